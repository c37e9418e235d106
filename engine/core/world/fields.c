/* fields.c -- grids and functions that hazards give one another; see fields.h. */
#include "core/world/fields.h"

#include <string.h>

#include "base/num.h"
#include "core/world/world.h"

static const struct quantity_row ROWS[QUANTITIES] = {
    [QUANTITY_DEPTH_M] = {"depth_m", "m", "水深", "depth of water"},
    [QUANTITY_SPEED_MS] = {"speed_ms", "m/s", "流速", "speed of flow"},
    [QUANTITY_SMOKE_K] = {"smoke_k", "1/m", "烟气消光系数", "extinction of smoke"},
    [QUANTITY_TEMP_C] = {"temp_c", "℃", "温度", "temperature"},
    [QUANTITY_CO_PPM] = {"co_ppm", "ppm", "一氧化碳浓度", "carbon monoxide"},
    [QUANTITY_DENSITY_M2] = {"density_m2", "1/m2", "人群密度", "density of people"},
};

const struct quantity_row *quantity_row(enum quantity q)
{
    ASSERT((int)q >= 0 && q < QUANTITIES);
    return &ROWS[q];
}

enum rc fields_add(struct fields *f, const struct field_source *source, struct arena *perm, struct err *e)
{
    ASSERT((int)source->quantity >= 0 && source->quantity < QUANTITIES);
    ASSERT(source->value != NULL ? source->cols > 0 && source->rows > 0 && source->cell_m > 0.0 : source->at != NULL);
    if (f->count == FIELDS_MAX)
        return ERR(e, RC_LIMIT, MSG_CORE_FIELDS_FULL, arg_i(FIELDS_MAX));
    if (source->value != NULL) {
        f->kept[f->count] = ARENA_NEW(perm, float, (size_t)source->cols * (size_t)source->rows);
        if (f->kept[f->count] == NULL)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    f->source[f->count++] = *source;
    return RC_OK;
}

void fields_turn(struct fields *f)
{
    for (int i = 0; i < f->count; i++) {
        const struct field_source *s = &f->source[i];
        if (s->value != NULL)
            memcpy(f->kept[i], s->value, (size_t)s->cols * (size_t)s->rows * sizeof *f->kept[i]);
    }
}

/* False outside, and where it says nothing. */
static bool of_grid(const struct field_source *s, const float *kept, double x, double y, double *out)
{
    const double col = num_floor((x - s->west_m) / s->cell_m), up = num_floor((y - s->south_m) / s->cell_m);

    if (!(col >= 0.0 && col < s->cols && up >= 0.0 && up < s->rows))
        return false;
    *out = (double)kept[(ptrdiff_t)(s->rows - 1 - (int)up) * s->cols + (int)col];
    return *out == *out;
}

double fields_at(const struct world *w, enum quantity q, double x_m, double y_m, int32_t level, double missing)
{
    const struct fields *f = &w->fields;
    double most = missing;
    bool found = false;

    for (int i = 0; i < f->count; i++) {
        const struct field_source *s = &f->source[i];
        if (s->quantity != q || s->level != level)
            continue;
        double here = s->value == NULL ? s->at(s->self, x_m, y_m) : 0.0;
        const bool says = s->value == NULL ? here == here : of_grid(s, f->kept[i], x_m, y_m, &here);
        if (says && (!found || here > most)) {
            most = here;
            found = true;
        }
    }
    return most;
}

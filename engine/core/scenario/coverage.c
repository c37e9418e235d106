/* Where a channel works: areas of the map, and the question whether a spot is covered. */
#include "base/num.h"
#include "core/scenario/atlas_read.h"

#define AROUND_M 800.0 /* assumed: a mast at a village still serves those so far out of it */
enum { AREAS_MAX = 32 };

static enum rc read_area(struct atlas_reading *r, const struct doc *d, struct area *out)
{
    if (d->kind != DOC_TABLE || d->count < 3 || d->count > LINE_POINTS_MAX)
        return DOC_ERR(d, r->e, MSG_CORE_ATLAS_AREA, arg_i(d->kind == DOC_TABLE ? d->count : 0), arg_i(LINE_POINTS_MAX));
    out->xy = ARENA_NEW(r->arena, double, 2 * d->count);
    if (out->xy == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *p = d->child; p != NULL; p = p->next, out->points++) {
        enum rc rc = corner_read(r, p, &out->xy[2 * out->points]);
        if (rc != RC_OK)
            return rc;
    }
    return RC_OK;
}

enum rc areas_read(struct atlas_reading *r, const struct doc *list, struct area **out, int32_t *count)
{
    if (list == NULL)
        return RC_OK;
    if (list->count > AREAS_MAX)
        return section_full(r, list, AREAS_MAX);
    *out = ARENA_NEW(r->arena, struct area, list->count + 1);
    if (*out == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list->child; d != NULL; d = d->next, ++*count) {
        enum rc rc = read_area(r, d, &(*out)[*count]);
        if (rc != RC_OK)
            return rc;
    }
    return RC_OK;
}

/* Even and odd crossings of a ray to the east. */
static bool inside(const struct area *a, double x, double y)
{
    bool in = false;
    for (int32_t i = 0, k = a->points - 1; i < a->points; k = i++) {
        const double *p = &a->xy[2 * i], *q = &a->xy[2 * k];
        if ((p[1] > y) != (q[1] > y) && x < (q[0] - p[0]) * (y - p[1]) / (q[1] - p[1]) + p[0])
            in = !in;
    }
    return in;
}

bool atlas_covers(const struct atlas *atlas, int32_t channel, double x, double y)
{
    const struct channel *c = &atlas->channel[channel];
    bool near = c->covers.count == 0;

    for (int i = 0; i < c->covers.count && !near; i++) {
        const struct place *p = &atlas->place[c->covers.id[i]];
        near = num_hypot(p->at[0] - x, p->at[1] - y) <= num_max(p->radius_m, AROUND_M);
    }
    for (int32_t i = 0; i < c->dead_count && near; i++)
        near = !inside(&c->dead[i], x, y);
    return near;
}

#include "hazard/fire/fire_parts.h"

#include <string.h>

#include "base/num.h"
#include "hazard/fire/fire.h"
#include "hazard/fire/grid.h"
#include "hazard/fire/local_fuel.h"

#define M_PER_FT 0.3048

static enum rc read_given(struct fire *f, const struct doc *section, struct arena *perm,
                          struct err *e)
{
    struct fire_given g;
    if (f->rows.model != MODEL_GIVEN)
        return f->rows.given ? DOC_ERR0(f->rows.given, e, MSG_FIRE_GIVEN_UNUSED) : RC_OK;
    if (!f->rows.given)
        return DOC_ERR0(section, e, MSG_FIRE_GIVEN_MISSING);
    enum rc rc = fire_read_rows(TABLE_GIVEN, f->rows.given, &f->atlas->names,
                             perm, &g, e);
    if (rc != RC_OK)
        return rc;
    double a = g.heading_deg * NUM_PI / 180.0;
    f->given = (struct fire_run){.rate_m_s = g.rate_m_s,
                                 .to_e = num_sin(a),
                                 .to_n = num_cos(a),
                                 .length_to_width = g.length_to_width,
                                 .ecc = fire_eccentricity(g.length_to_width)};
    return RC_OK;
}

/* What the author has not written comes from the row of the local fuel. */
static void take_local(struct fire_fuel_row *row, const struct doc *d, const struct local_fuel *l)
{
    const struct {
        const char *key;
        double *to, value;
    } all[] = {
        {"load_scale", &row->load_scale, l->load_scale},
        {"depth_scale", &row->depth_scale, l->depth_scale},
        {"shade", &row->shade, l->shade},
        {"cover", &row->cover, l->cover},
        {"canopy", &row->canopy_m, l->canopy_m},
        {"crown_ratio", &row->crown_ratio, l->crown_ratio},
        {"crown_base", &row->crown.base_m, l->crown_base_m},
        {"crown_density", &row->crown.density, l->crown_density},
        {"ks", &row->ks, l->ks},
        {"line", &row->line, l->line},
    };
    for (int i = 0; i < COUNT_OF(all); i++)
        if (!doc_get(d, all[i].key))
            *all[i].to = all[i].value;
}

static enum rc read_fuel_row(struct fire *f, const struct doc *d, struct arena *perm, struct err *e)
{
    if (f->fuel_rows == FUELS_MAX)
        return DOC_ERR(d, e, MSG_FIRE_FUELS_MAX, arg_i(FUELS_MAX));
    struct fire_fuel_row *row = &f->fuel_row[f->fuel_rows];
    enum rc rc = fire_read_rows(TABLE_FUEL, d, &f->atlas->names, perm, row, e);
    if (rc != RC_OK)
        return rc;
    for (int i = 0; i < f->fuel_rows; i++)
        if (f->fuel_row[i].code == row->code)
            return DOC_ERR(d, e, MSG_FIRE_CODE_TWICE, arg_i(row->code));
    f->fuel_rows++;
    row->burns = !text_is(row->model, "none");
    if (!row->burns)
        return RC_OK;
    const struct local_fuel *local = local_fuel_by_code(row->model);
    if (local)
        take_local(row, d, local);
    const struct fuel *model = fuel_by_code(local ? text_of(local->model) : row->model);
    if (!model)
        return DOC_ERR(d, e, MSG_FIRE_MODEL_UNKNOWN, arg_t(row->model));
    row->fuel = *model;
    row->fuel.depth_ft *= row->depth_scale;
    for (int i = 0; i < FUEL_CLASSES; i++)
        row->fuel.load_lb_ft2[i] *= row->load_scale;
    row->wind_factor =
        fire_wind_20ft(1.0) * fire_wind_factor(row->fuel.depth_ft * M_PER_FT, row->cover,
                                               row->canopy_m, row->crown_ratio);
    row->crown.height_m = row->canopy_m;
    row->crowns = row->crown.base_m > 0.0;
    if (row->crowns && row->canopy_m <= row->crown.base_m)
        return DOC_ERR(d, e, MSG_FIRE_CROWN_HEIGHT, arg_d(row->canopy_m, 1),
                       arg_d(row->crown.base_m, 1));
    row->crown_kw_m = crown_critical_kw_m(&row->crown);
    row->crown_kj_m2 = crown_heat_kj_m2(&row->crown);
    return fuel_check(&row->fuel, e);
}

static int fuel_index(const struct fire *f, int code)
{
    for (int i = 0; i < f->fuel_rows; i++)
        if (f->fuel_row[i].code == code)
            return i;
    return -1;
}

static enum rc read_fuel_grid(struct fire *f, struct file_source files, struct arena *perm,
                              struct err *e)
{
    struct text bytes;
    struct grid g;
    enum rc rc = files.read(files.ctx, f->rows.fuel_file, &bytes, e);
    if (rc == RC_OK)
        rc = grid_read(bytes, f->rows.fuel_file, perm, &g, e);
    if (rc != RC_OK)
        return rc;
    const struct map_frame *map = &f->atlas->map;
    if (num_abs(g.cols * g.cell_m - map->width_m) > g.cell_m ||
        num_abs(g.rows * g.cell_m - map->height_m) > g.cell_m)
        return ERR(e, RC_INPUT, MSG_FIRE_GRID_MATCH, arg_t(f->rows.fuel_file), arg_i(g.cols),
                   arg_i(g.rows), arg_d(g.cell_m, 2), arg_msg(MSG_FIRE_WORD_MAP),
                   arg_d(map->width_m / g.cell_m, 0), arg_d(map->height_m / g.cell_m, 0),
                   arg_d(g.cell_m, 2));
    f->cols = g.cols;
    f->cell_rows = g.rows;
    f->cell_m = g.cell_m;
    f->corner_x = g.x0;
    f->corner_y = g.y0;
    f->fuel = ARENA_NEW(perm, uint8_t, g.cols * g.rows);
    f->cover = ARENA_NEW(perm, uint8_t, g.cols * g.rows);
    if (!f->fuel || !f->cover)
        return ERR0(e, RC_MEMORY, MSG_FIRE_MEMORY);
    for (int i = 0; i < g.cols * g.rows; i++) {
        int k = fuel_index(f, (int)g.value[i]);
        if (k < 0 || (double)g.value[i] != (double)(int)g.value[i])
            return ERR(e, RC_INPUT, MSG_FIRE_CODE_UNKNOWN, arg_t(f->rows.fuel_file),
                       arg_i(i / g.cols + 1), arg_i(i % g.cols + 1), arg_d((double)g.value[i], 0));
        f->fuel[i] = (uint8_t)k;
        f->cover[i] = (uint8_t)f->fuel_row[k].ground;
    }
    return RC_OK;
}

static enum rc read_heights(struct fire *f, struct file_source files, struct arena *perm,
                            struct err *e)
{
    struct text name = f->rows.dem_file.len > 0 ? f->rows.dem_file : f->atlas->map.dem;
    struct text bytes;
    struct grid g;
    if (name.len == 0)
        return RC_OK;
    enum rc rc = files.read(files.ctx, name, &bytes, e);
    if (rc == RC_OK)
        rc = grid_read(bytes, name, perm, &g, e);
    if (rc != RC_OK)
        return rc;
    if (g.cols != f->cols || g.rows != f->cell_rows || num_abs(g.cell_m - f->cell_m) > 1e-6)
        return ERR(e, RC_INPUT, MSG_FIRE_GRID_MATCH, arg_t(name), arg_i(g.cols), arg_i(g.rows),
                   arg_d(g.cell_m, 2), arg_msg(MSG_FIRE_WORD_FUEL), arg_i(f->cols),
                   arg_i(f->cell_rows), arg_d(f->cell_m, 2));
    /* The same ground in another projection has another corner. */
    if (num_abs(g.x0 - f->corner_x) > g.cell_m || num_abs(g.y0 - f->corner_y) > g.cell_m)
        return ERR(e, RC_INPUT, MSG_FIRE_GRID_CORNER, arg_t(name), arg_d(g.x0, 1), arg_d(g.y0, 1),
                   arg_t(f->rows.fuel_file), arg_d(f->corner_x, 1), arg_d(f->corner_y, 1));
    f->height = g.value;
    return RC_OK;
}

static enum rc read_ignitions(struct fire *f, struct arena *perm, struct err *e)
{
    for (const struct doc *d = f->rows.ignitions ? f->rows.ignitions->child : NULL; d;
         d = d->next) {
        struct fire_ignition ign;
        if (f->ignitions == IGNITIONS_MAX)
            return DOC_ERR(d, e, MSG_FIRE_IGNITION_MAX, arg_i(IGNITIONS_MAX));
        enum rc rc = fire_read_rows(TABLE_IGNITION, d, &f->atlas->names,
                                 perm, &ign, e);
        if (rc != RC_OK)
            return rc;
        int cell = fire_cell_at(f, ign.at[0], ign.at[1]);
        if (cell < 0 || !f->fuel_row[f->fuel[cell]].burns)
            return DOC_ERR(d, e, MSG_FIRE_IGNITION_PLACE, arg_d(ign.at[0], 0), arg_d(ign.at[1], 0));
        int i = f->ignitions++; /* kept in order of time */
        for (; i > 0 && f->ignition[i - 1].t_ms > ign.t_ms; i--)
            f->ignition[i] = f->ignition[i - 1];
        f->ignition[i] = ign;
    }
    return RC_OK;
}

static enum rc read_depots(struct fire *f, struct arena *perm, struct err *e)
{
    for (const struct doc *d = f->rows.depots ? f->rows.depots->child : NULL; d; d = d->next) {
        if (f->depots == DEPOTS_MAX)
            return DOC_ERR(d, e, MSG_FIRE_DEPOTS_MAX, arg_i(DEPOTS_MAX));
        enum rc rc = fire_read_rows(TABLE_DEPOT, d, &f->atlas->names, perm,
                                 &f->depot[f->depots++], e);
        if (rc != RC_OK)
            return rc;
    }
    return RC_OK;
}

static enum rc read_passes(struct fire *f, struct arena *perm, struct err *e)
{
    for (const struct doc *d = f->rows.hotspots ? f->rows.hotspots->child : NULL; d; d = d->next) {
        struct fire_pass *p = &f->pass[f->passes];
        if (f->passes == PASSES_MAX)
            return DOC_ERR(d, e, MSG_FIRE_PASSES_MAX, arg_i(PASSES_MAX));
        enum rc rc = fire_read_rows(TABLE_PASS, d, &f->atlas->names, perm, p, e);
        if (rc != RC_OK)
            return rc;
        if (f->passes > 0 && p->at_ms <= p[-1].at_ms)
            return DOC_ERR0(d, e, MSG_FIRE_PASSES_ORDER);
        f->passes++;
    }
    return RC_OK;
}

static enum rc make_embers(struct fire *f, struct arena *perm, struct err *e)
{
    int cells = f->cols * f->cell_rows, lines = ATLAS_COUNT(f->atlas, ENT_LINE) + 1;
    f->ember_cell = ARENA_NEW(perm, int32_t, cells);
    f->ember_s = ARENA_NEW(perm, int32_t, cells);
    f->ember_m = ARENA_NEW(perm, float, cells);
    f->smoulders = ARENA_NEW(perm, uint8_t, cells);
    f->power = ARENA_NEW(perm, uint8_t, lines);
    f->power_event = ARENA_NEW(perm, int64_t, lines);
    f->depot_ms = ARENA_NEW(perm, int64_t, DEPOTS_MAX);
    f->warned = ARENA_NEW(perm, uint8_t, ATLAS_COUNT(f->atlas, ENT_TEAM) + 1);
    if (!f->ember_cell || !f->ember_s || !f->ember_m || !f->smoulders || !f->power ||
        !f->power_event || !f->depot_ms || !f->warned)
        return ERR0(e, RC_MEMORY, MSG_FIRE_MEMORY);
    return RC_OK;
}

static enum rc make_state(struct fire *f, struct arena *perm, struct err *e)
{
    int cells = f->cols * f->cell_rows, roads = ATLAS_COUNT(f->atlas, ENT_ROAD);
    int teams = ATLAS_COUNT(f->atlas, ENT_TEAM), places = ATLAS_COUNT(f->atlas, ENT_PLACE);
    int lines = ATLAS_COUNT(f->atlas, ENT_LINE) + 1;
    uint8_t *barrier = ARENA_NEW(perm, uint8_t, cells);
    f->line = ARENA_NEW(perm, struct line_cell, LINE_CELLS_MAX);
    f->line_at = ARENA_NEW(perm, uint16_t, cells);
    f->carry_m = ARENA_NEW(perm, double, teams + 1);
    f->endangered = ARENA_NEW(perm, uint8_t, teams + 1);
    f->threatened = ARENA_NEW(perm, uint8_t, places + 1);
    f->cut = ARENA_NEW(perm, uint8_t, roads + 1);
    f->line_event = ARENA_NEW(perm, int64_t, lines);
    f->crossed_ms = ARENA_NEW(perm, int64_t, lines);
    f->front = ARENA_NEW(perm, struct front_point, cells);
    if (!barrier || !f->line || !f->line_at || !f->carry_m || !f->endangered || !f->threatened ||
        !f->cut || !f->line_event || !f->crossed_ms || !f->front)
        return ERR0(e, RC_MEMORY, MSG_FIRE_MEMORY);
    for (int i = 0; i < lines; i++)
        f->crossed_ms[i] = -1;
    for (int i = 0; i < cells; i++)
        barrier[i] = f->fuel_row[f->fuel[i]].burns ? 0 : 1;
    struct spread_setup setup = {f->cols, f->cell_rows, f->cell_m, barrier, fire_cost, f};
    return spread_open(&setup, perm, &f->spread, e);
}

enum rc fire_open(const struct doc *section, const struct atlas *atlas, struct file_source files,
                  uint64_t seed, struct arena *perm, void **out, struct err *e)
{
    *out = NULL;
    struct fire *f = ARENA_NEW(perm, struct fire, 1);
    if (!f)
        return ERR0(e, RC_MEMORY, MSG_FIRE_MEMORY);
    f->atlas = atlas;
    f->wang = wang_default();
    f->luck = rng_make(seed, RNG_HAZARD, 1);
    enum rc rc =
        fire_read_rows(TABLE_FIRE, section, &atlas->names, perm, &f->rows, e);
    if (rc == RC_OK)
        rc = read_given(f, section, perm, e);
    for (const struct doc *d = rc == RC_OK ? f->rows.fuels->child : NULL; d && rc == RC_OK;
         d = d->next)
        rc = read_fuel_row(f, d, perm, e);
    if (rc == RC_OK)
        rc = read_fuel_grid(f, files, perm, e);
    if (rc == RC_OK)
        rc = read_heights(f, files, perm, e);
    if (rc == RC_OK)
        rc = read_ignitions(f, perm, e);
    if (rc == RC_OK)
        rc = read_depots(f, perm, e);
    if (rc == RC_OK)
        rc = read_passes(f, perm, e);
    if (rc == RC_OK)
        rc = fire_read_crews(f, perm, e);
    if (rc == RC_OK)
        rc = make_embers(f, perm, e);
    if (rc == RC_OK)
        rc = make_state(f, perm, e);
    if (rc != RC_OK)
        return rc;
    f->air = (struct fire_air){0.0, 0.0, 20.0, 12.0, 60};
    f->stale = true;
    f->moisture_at_ms = -1;
    *out = f;
    return RC_OK;
}

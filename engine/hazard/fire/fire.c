#include "hazard/fire/fire.h"

#include <string.h>

#include "base/num.h"
#include "hazard/fire/fire_calc.h"
#include "hazard/fire/fire_parts.h"

#define SUNNY 0.01      /* assumed */
#define SHADY 0.015     /* assumed */
#define ASPECT_TAN 0.27 /* 15 degrees: flatter ground counts as level */
#define MOISTURE_MS (30 * 60 * 1000) /* dead moisture follows the hour in steps of half an hour */

int fire_cell_at(const struct fire *f, double x, double y)
{
    double c = num_floor(x / f->cell_m), r = num_floor(y / f->cell_m);
    if (!(c >= 0.0 && r >= 0.0 && c < f->cols && r < f->cell_rows))
        return -1;
    return (f->cell_rows - 1 - (int)r) * f->cols + (int)c;
}

void fire_center(const struct fire *f, int cell, double *x, double *y)
{
    *x = (cell % f->cols + 0.5) * f->cell_m;
    *y = (f->cell_rows - 1 - cell / f->cols + 0.5) * f->cell_m;
}

/* --- costs --- */

void fire_slope(const struct fire *f, int cell, double *e, double *n)
{
    *e = *n = 0.0;
    if (!f->height)
        return;
    int col = cell % f->cols, row = cell / f->cols;
    int west = col > 0 ? cell - 1 : cell, east = col < f->cols - 1 ? cell + 1 : cell;
    int north = row > 0 ? cell - f->cols : cell,
        south = row < f->cell_rows - 1 ? cell + f->cols : cell;
    if (east > west)
        *e = ((double)f->height[east] - (double)f->height[west]) / ((east - west) * f->cell_m);
    if (south > north)
        *n = ((double)f->height[north] - (double)f->height[south]) /
             ((south - north) / f->cols * f->cell_m);
}

static const struct fire_bed *bed_at(const struct fire *f, int k, double slope_n)
{
    return slope_n > ASPECT_TAN ? &f->sunny[k] : slope_n < -ASPECT_TAN ? &f->shady[k] : &f->bed[k];
}

/* The crowns carry it: their rate, and the longer of the two shapes; the direction stays. */
static void take_to_crowns(const struct fire *f, int k, struct fire_run *run)
{
    double wind = fire_wind_20ft(num_hypot(f->air.wind_e, f->air.wind_n));
    double shape = crown_length_to_width(wind);
    run->rate_m_s = f->crown_rate[k];
    if (shape > run->length_to_width) {
        run->length_to_width = shape;
        run->ecc = fire_eccentricity(shape);
    }
}

void fire_cost(const void *ctx, int cell, struct fire_run *run)
{
    const struct fire *f = ctx;
    int k = f->fuel[cell];
    const struct fire_fuel_row *row = &f->fuel_row[k];
    double e, n;
    if (!row->burns) {
        *run = (struct fire_run){.length_to_width = 1.0};
        return;
    }
    if (f->rows.model == MODEL_GIVEN) {
        *run = f->given;
        return;
    }
    fire_slope(f, cell, &e, &n);
    if (f->rows.model == MODEL_WANG)
        wang_head_of(&f->wang, f->wang_r0, row->ks, f->air.wind_e, f->air.wind_n, e, n, run);
    else
        fire_head_of(bed_at(f, k, n), f->air.wind_e * row->wind_factor,
                     f->air.wind_n * row->wind_factor, e, n, run);
    if (row->crowns && run->rate_m_s < f->crown_rate[k] &&
        run->rate_m_s * f->bed[k].hpa_kj_m2 >= row->crown_kw_m)
        take_to_crowns(f, k, run);
}

/* Terrain shading, simple and stated: by day the litter of slopes that face south is drier than on level
 * ground, of slopes that face north wetter, less so under a canopy; by night they are alike. Assumed. */
static void make_aspects(struct fire *f, int k, const struct fire_moisture *level)
{
    const struct fire_fuel_row *row = &f->fuel_row[k];
    double hour = f->air.hour;
    double sun = hour > 6.0 && hour < 18.0 ? num_sin((hour - 6.0) * NUM_PI / 12.0) : 0.0;
    struct fire_moisture m = *level;
    m.dead_1h = num_max(0.02, level->dead_1h - SUNNY * sun * (1.0 - row->shade));
    fire_bed_make(&row->fuel, &m, &f->sunny[k]);
    m.dead_1h = level->dead_1h + SHADY * sun * (1.0 - row->shade);
    fire_bed_make(&row->fuel, &m, &f->shady[k]);
}

void fire_beds(struct fire *f)
{
    double wind = num_hypot(f->air.wind_e, f->air.wind_n);
    f->wang_r0 = wang_r0(&f->wang, f->air.temp_c, f->air.humidity, wind);
    for (int k = 0; k < f->fuel_rows; k++) {
        const struct fire_fuel_row *row = &f->fuel_row[k];
        if (!row->burns)
            continue;
        struct fire_moisture m = moisture_of_weather(f->air.temp_c, f->air.humidity, f->air.hour,
                                                     row->shade, f->rows.herb, f->rows.woody);
        if (f->rows.dead > 0.0)
            m = (struct fire_moisture){f->rows.dead, f->rows.dead + 0.01, f->rows.dead + 0.02,
                                       f->rows.herb, f->rows.woody};
        fire_bed_make(&row->fuel, &m, &f->bed[k]);
        if (f->height && f->rows.dead <= 0.0)
            make_aspects(f, k, &m);
        else
            f->sunny[k] = f->shady[k] = f->bed[k];
        enum crown_state state;
        f->crown_rate[k] = row->crowns ? crown_rate_m_s(&row->crown, wind, m.dead_1h, &state) : 0.0;
        if (f->shady[k].r0_m_s > 0.0 || f->cold_marked[k])
            continue;
        f->cold_marked[k] = true; /* too wet to burn: a strip of it must not be jumped */
        for (int cell = 0; cell < f->cols * f->cell_rows; cell++)
            if (f->fuel[cell] == k)
                spread_mark_cold(f->spread, cell);
    }
}

double fire_rate_into(const struct fire *f, int from, int to)
{
    return spread_rate(f->spread, from, to);
}

double fire_intensity_into(const struct fire *f, int from, int to)
{
    const struct fire_fuel_row *row = &f->fuel_row[f->fuel[to]];
    double rate = spread_rate(f->spread, from, to);
    double surface = f->bed[f->fuel[to]].hpa_kj_m2 * rate;
    return row->crowns && surface >= row->crown_kw_m ? surface + row->crown_kj_m2 * rate : surface;
}

struct cause fire_cause(const struct fire *f)
{
    int64_t seq = f->growth_event > 0 ? f->growth_event : f->first_event;
    return seq > 0 ? cause_event(seq) : (struct cause){CAUSE_NONE, 0};
}

struct cause fire_weather_cause(const struct fire *f)
{
    return f->weather_event > 0 ? cause_event(f->weather_event) : (struct cause){CAUSE_NONE, 0};
}

/* --- the step --- */

static void follow_weather(struct fire *f, struct world *w)
{
    int64_t from_ms = w->now_ms - w->tick_ms;
    bool drier = f->moisture_at_ms < 0 || from_ms >= f->moisture_at_ms + MOISTURE_MS;
    if (!f->stale && !drier)
        return;
    const struct weather_row *now = &w->weather->now;
    double from = now->from_deg * NUM_PI / 180.0;
    if (drier)
        f->moisture_at_ms = from_ms - from_ms % MOISTURE_MS;
    int64_t clock_ms = (f->atlas->meta.start_clock_ms + f->moisture_at_ms) % 86400000;
    f->air = (struct fire_air){-now->wind_ms * num_sin(from), -now->wind_ms * num_cos(from),
                               now->temp_c, (double)clock_ms / 3600000.0, now->humidity};
    fire_beds(f);
    spread_recost(f->spread);
    f->stale = false;
}

static void light_ignitions(struct fire *f, struct world *w)
{
    while (f->next_ignition < f->ignitions && f->ignition[f->next_ignition].t_ms < w->now_ms) {
        const struct fire_ignition *ign = &f->ignition[f->next_ignition++];
        double t = (double)ign->t_ms / 1000.0;
        if (t > spread_now(f->spread))
            spread_advance(f->spread, t);
        world_emit(w, &(struct event){.kind = FIRE_EV_IGNITED, .f = {ign->at[0], ign->at[1]}});
    }
}

/* 1, 2, 5, 10, 20, 50 .. ha */
static double milestone_ha(int i)
{
    static const double step[3] = {1.0, 2.0, 5.0};
    double v = step[i % 3];
    for (; i >= 3; i -= 3)
        v *= 10.0;
    return v;
}

static void say_growth(struct fire *f, struct world *w)
{
    double ha = fire_burnt_ha(f);
    bool said = false;
    for (; milestone_ha(f->milestone) <= ha; f->milestone++)
        said = true;
    if (said)
        f->growth_event = world_emit(
            w, &(struct event){.kind = FIRE_EV_HAZARD_GREW,
                               .i = {(int32_t)f->front_m},
                               .f = {ha},
                               .cause = fire_cause(f),
                               .also = fire_weather_cause(f)});
    int fresh = spread_edges(f->spread) & ~f->edges;
    for (int side = 0; side < 4; side++)
        if (fresh & (1 << side))
            world_emit(w,
                       &(struct event){.kind = EV_HAZARD_EDGE,
                                       .i = {side},
                                       .cause = fire_cause(f)});
    f->edges |= fresh;
}

static void say_out(struct fire *f, struct world *w)
{
    if (!f->burning || spread_is_active(f->spread))
        return;
    f->burning = false;
    fire_ember_all(f, (double)w->now_ms / 1000.0);
    spread_quench_all(f->spread); /* what is out does not come back by itself when the air dries */
    f->out_event = world_emit(w, &(struct event){.kind = FIRE_EV_HAZARD_OUT,
                                                 .f = {fire_burnt_ha(f)},
                                                 .cause = fire_cause(f)});
}

static void step(void *self, struct world *w)
{
    struct fire *f = self;
    follow_weather(f, w);
    fire_take_works(f, w);
    light_ignitions(f, w);
    spread_advance(f->spread, (double)w->now_ms / 1000.0);
    fire_test_lines(f, w);
    fire_efforts(f, w);
    fire_embers_wake(f, w);
    fire_find_front(f);
    fire_throw_brands(f, w);
    if (f->first_event > 0) {
        say_growth(f, w);
        say_out(f, w);
    }
    fire_expose(f, w);
    fire_mishaps(f, w);
    fire_hotspots(f, w);
    fire_efforts_left(f, w);
}

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct fire *f = self;
    if (e->kind == EV_WEATHER_CHANGED) {
        f->stale = true;
        f->weather_event = e->seq;
    }
    if (e->kind == EV_TEAM_DEPARTED)
        f->busy_ms[e->i[0]] = 0; /* refilled by the time it is there */
    if ((e->kind == EV_POWER_CUT || e->kind == EV_POWER_TRIPPED || e->kind == EV_POWER_BACK) && e->i[0] >= 0)
        f->dead_line[e->i[0]] = e->kind != EV_POWER_BACK;
    if (e->kind == EV_POWER_CUT && e->i[0] >= 0)
        f->power[e->i[0]] = POWER_OFF;
    if (e->kind == EV_POWER_BACK && e->i[0] >= 0)
        f->power[e->i[0]] = POWER_LIVE;
    if (e->kind == FIRE_EV_HOTSPOT_SEEN)
        fire_hotspot_tell(w, e);
    if (e->kind == FIRE_EV_DEPOT_EXPLODED)
        fire_explode(f, e);
    struct threat *threat = &w->exposure->threat[FIRE_OWNER];
    if (e->kind == FIRE_EV_HAZARD_OUT)
        threat->active = false;
    if (e->kind != FIRE_EV_IGNITED && e->kind != FIRE_EV_HAZARD_BACK)
        return;
    threat->active = true;
    if (threat->since_ms < 0)
        threat->since_ms = w->now_ms;
    int cell = fire_cell_at(f, e->f[0], e->f[1]);
    /* With all seeds used the new fire starts from its cell alone. */
    if (cell < 0 || (!spread_ignite(f->spread, cell) && !spread_light(f->spread, cell)))
        return; /* burnt already, or nothing there that burns */
    f->burning = true;
    if (f->first_event == 0)
        f->first_event = e->seq;
}

/* --- keeping --- */

static void walk_lines(struct fire *f, struct walk *w)
{
    if (w->mode == WALK_LOAD)
        memset(f->line_at, 0, (size_t)f->cols * (size_t)f->cell_rows * sizeof f->line_at[0]);
    walk_count(w, "fire_line_cells", &f->lines, LINE_CELLS_MAX);
    for (int i = 0; i < f->lines && !w->bad; i++) {
        struct line_cell *c = &f->line[i];
        walk_count(w, "line_cell", &c->cell, f->cols * f->cell_rows - 1);
        walk_count(w, "line_work", &c->work, WORKS_MAX - 1);
        walk_f64(w, "line_width", &c->width_m, 1);
        walk_f64(w, "line_length", &c->length_m, 1);
        walk_count(w, "line_stage", &c->stage, LINE_CROSSED);
        if (w->mode == WALK_LOAD && !w->bad)
            f->line_at[c->cell] = (uint16_t)(i + 1);
    }
}

static void walk_embers(struct fire *f, struct walk *w)
{
    int cells = f->cols * f->cell_rows;
    walk_count(w, "fire_embers", &f->embers, cells);
    walk_i32(w, "ember_cell", f->ember_cell, f->embers);
    walk_i32(w, "ember_since", f->ember_s, f->embers);
    walk_f32(w, "ember_left", f->ember_m, f->embers);
    if (w->mode != WALK_LOAD || w->bad)
        return;
    memset(f->smoulders, 0, (size_t)cells);
    for (int i = 0; i < f->embers; i++) {
        if (f->ember_cell[i] < 0 || f->ember_cell[i] >= cells) {
            w->bad = true;
            return;
        }
        f->smoulders[f->ember_cell[i]] = 1;
    }
}

static void walk_hotspots(struct fire *f, struct walk *w)
{
    walk_count(w, "fire_next_pass", &f->next_pass, f->passes);
    walk_count(w, "fire_hotspots", &f->hotspots, HOTSPOTS_MAX);
    for (int i = 0; i < f->hotspots && !w->bad; i++) {
        struct hotspot *h = &f->hotspot[i];
        walk_f64(w, "hotspot_x", &h->x, 1);
        walk_f64(w, "hotspot_y", &h->y, 1);
        walk_i32(w, "hotspot_real", &h->real, 1);
        walk_i32(w, "hotspot_checked", &h->checked, 1);
        walk_i64(w, "hotspot_event", &h->event, 1);
    }
}

static void walk_counters(struct fire *f, struct walk *w)
{
    const struct atlas *a = f->atlas;
    walk_count(w, "fire_next_ignition", &f->next_ignition, f->ignitions);
    walk_i64(w, "fire_moisture_at", &f->moisture_at_ms, 1);
    walk_bool(w, "fire_stale", &f->stale, 1);
    walk_count(w, "fire_works_taken", &f->works_taken, WORKS_MAX);
    walk_f64(w, "fire_water", f->water_l, ATLAS_COUNT(a, ENT_TEAM));
    walk_u8(w, "fire_dry", f->dry, ATLAS_COUNT(a, ENT_TEAM));
    walk_i64(w, "fire_busy", f->busy_ms, ATLAS_COUNT(a, ENT_TEAM));
    walk_f64(w, "fire_laid", f->laid_m, ATLAS_COUNT(a, ENT_LINE));
    walk_f64(w, "fire_built", f->built_m, ATLAS_COUNT(a, ENT_LINE));
    walk_u8(w, "fire_line_done", f->line_done, ATLAS_COUNT(a, ENT_LINE));
    walk_u8(w, "fire_dead_line", f->dead_line, ATLAS_COUNT(a, ENT_LINE));
    walk_u8(w, "fire_extent", f->extent, FIRE_EXTENT * FIRE_EXTENT);
    walk_f64(w, "fire_carry", f->carry_m, ATLAS_COUNT(a, ENT_TEAM));
    walk_u8(w, "fire_endangered", f->endangered, ATLAS_COUNT(a, ENT_TEAM));
    walk_u8(w, "fire_threatened", f->threatened, ATLAS_COUNT(a, ENT_PLACE));
    walk_u8(w, "fire_cut", f->cut, ATLAS_COUNT(a, ENT_ROAD));
    walk_i64(w, "fire_line_event", f->line_event, ATLAS_COUNT(a, ENT_LINE) + 1);
    walk_i64(w, "fire_crossed", f->crossed_ms, ATLAS_COUNT(a, ENT_LINE) + 1);
    walk_i32(w, "fire_seen", &f->seen_burnt, 1);
    walk_i32(w, "fire_milestone", &f->milestone, 1);
    walk_i32(w, "fire_edges", &f->edges, 1);
    walk_bool(w, "fire_burning", &f->burning, 1);
    walk_f64(w, "fire_flame_max", &f->flame_max_m, 1);
    walk_f64(w, "fire_front", &f->front_m, 1);
    walk_f64(w, "fire_head_x", &f->head_x, 1);
    walk_f64(w, "fire_head_y", &f->head_y, 1);
    walk_bool(w, "fire_headed", &f->headed, 1);
    walk_i64(w, "fire_first_event", &f->first_event, 1);
    walk_i64(w, "fire_weather_event", &f->weather_event, 1);
    walk_i64(w, "fire_growth_event", &f->growth_event, 1);
    walk_i64(w, "fire_crossed_event", &f->crossed_event, 1);
    walk_i64(w, "fire_out_event", &f->out_event, 1);
    walk_i64(w, "fire_back_event", &f->back_event, 1);
    walk_i32(w, "fire_spots", &f->spots, 1);
    walk_u64(w, "fire_luck", &f->luck.counter, 1);
    walk_u8(w, "fire_power", f->power, ATLAS_COUNT(a, ENT_LINE));
    walk_i64(w, "fire_power_event", f->power_event, ATLAS_COUNT(a, ENT_LINE));
    walk_i64(w, "fire_depot", f->depot_ms, f->depots);
    walk_u8(w, "fire_warned", f->warned, ATLAS_COUNT(a, ENT_TEAM));
}

static void fire_walk(void *self, struct walk *w)
{
    struct fire *f = self;
    walk_f64(w, "fire_wind_e", &f->air.wind_e, 1);
    walk_f64(w, "fire_wind_n", &f->air.wind_n, 1);
    walk_f64(w, "fire_temp", &f->air.temp_c, 1);
    walk_f64(w, "fire_hour", &f->air.hour, 1);
    walk_i32(w, "fire_humidity", &f->air.humidity, 1);
    if (w->mode == WALK_LOAD && !w->bad)
        fire_beds(f); /* the arrival times below are read with the costs they were made with */
    walk_facts(w, "fire_burning fire_dead_line fire_edges fire_crossed fire_first_event fire_weather_event fire_crossed_event fire_out_event fire_back_event");
    walk_counters(f, w);
    walk_embers(f, w);
    walk_hotspots(f, w);
    walk_lines(f, w);
    spread_walk(f->spread, w);
}

const struct hazard_ops fire_hazard = {
    .owner = FIRE_OWNER,
    .slice = {"fire", apply, step, fire_walk},
    .section = "fire",
    .open = fire_open,
    .measures = fire_measures,
    .measure_count = FIRE_MEASURES,
    .measure = fire_measure,
    .harm = &fire_harm,
    .effort = fire_effort,
    .refuse = fire_refuse,
    .stock = fire_stock,
    .layers = fire_layers,
    .layer_count = FIRE_LAYERS,
    .layer = fire_layer,
    .ground = fire_ground,
    .observe = fire_observe,
    .manual = fire_manual,
    .stubs = fire_stubs,
    .calc = fire_calc,
    .calc_count = FIRE_CALCS,
    .probes = fire_probes,
    .probe_count = FIRE_PROBES,
    .probe = fire_probe,
};

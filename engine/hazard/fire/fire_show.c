/* fire_show.c -- the fire as others see it: the map, measures, what can be read at a point. */
#include "base/num.h"
#include "hazard/fire/fire_parts.h"

double fire_burnt_ha(const struct fire *f)
{
    return spread_burnt_count(f->spread) * f->cell_m * f->cell_m / 10000.0;
}

static void view_cell(const void *self, int col, int row, int *state, int64_t *arrival_ms)
{
    const struct fire *f = self;
    int cell = row * f->cols + col;
    enum spread_state s = spread_state(f->spread, cell);
    *arrival_ms = -1;
    *state = 0;
    if (s == SPREAD_BARRIER)
        *state = f->line_at[cell] > 0 ? 3 : 0;
    if (s != SPREAD_BURNT && s != SPREAD_OUT)
        return;
    *arrival_ms = (int64_t)(spread_arrival(f->spread, cell) * 1000.0);
    *state = s == SPREAD_OUT ? 4 : 2;
    for (int k = 0; k < 4 && *state == 2; k++) {
        int c = col + (k == 1) - (k == 3), r = row + (k == 2) - (k == 0);
        if (c < 0 || r < 0 || c >= f->cols || r >= f->cell_rows)
            continue;
        int to = r * f->cols + c;
        if (spread_state(f->spread, to) == SPREAD_FREE &&
            spread_arrival(f->spread, to) < SPREAD_NEVER)
            *state = 1;
    }
}

static void view_ground(const void *self, int col, int row, int *class, double *height_m)
{
    const struct fire *f = self;
    int cell = row * f->cols + col;
    *class = f->fuel_row[f->fuel[cell]].ground;
    *height_m = f->height ? (double)f->height[cell] : 0.0;
}

void fire_view_make(struct fire *f)
{
    f->view = (struct hazard_view){f->cols, f->cell_rows, f->cell_m, view_cell, view_ground};
}

const struct hazard_view *fire_view(const void *self)
{
    return &((const struct fire *)self)->view;
}

enum { M_BURNT, M_PERIMETER, M_FRONT, M_FLAME, M_EMBERS, M_SPOTS };

const struct measure_row fire_measures[FIRE_MEASURES] = {
    [M_BURNT] = {"burnt_ha", "ha", "过火面积", "burnt area"},
    [M_PERIMETER] = {"perimeter_m", "m", "火场周长", "perimeter"},
    [M_FRONT] = {"front_m", "m", "燃烧火线长", "active front"},
    [M_FLAME] = {"flame_max_m", "m", "最大火焰长度", "greatest flame length"},
    [M_EMBERS] = {"unmopped_m", "m", "已扑灭未清理的边缘", "edge put out but not mopped up"},
    [M_SPOTS] = {"spot_fires", "", "飞火起火次数", "fires started by brands"},
};

double fire_measure(const void *self, int i)
{
    const struct fire *f = self;
    switch (i) {
    case M_BURNT:
        return fire_burnt_ha(f);
    case M_PERIMETER:
        return spread_perimeter_m(f->spread);
    case M_FRONT:
        return f->front_m;
    case M_EMBERS:
        return f->embers * f->cell_m;
    case M_SPOTS:
        return f->spots;
    default:
        return f->flame_max_m;
    }
}

/* --- at a point --- */

enum { P_ARRIVAL, P_STATE, P_HEIGHT, P_RATE, P_FLAME, P_LENGTH_TO_WIDTH };

const struct measure_row fire_probes[FIRE_PROBES] = {
    [P_ARRIVAL] = {"arrival_s", "s", "火到达的时刻", "when the fire arrived"},
    [P_STATE] = {"state", "", "0 未过火 1 正在烧 2 已过火 3 隔离带 4 已扑灭", "0 untouched, 1 active, 2 past, 3 line, 4 out"},
    [P_HEIGHT] = {"height_m", "m", "高程", "height"},
    [P_RATE] = {"rate_ms", "m/s", "当前条件下火头速度", "rate of the head under the conditions of now"},
    [P_FLAME] = {"flame_m", "m", "当前条件下火头火焰长度", "flame length at the head under the conditions of now"},
    [P_LENGTH_TO_WIDTH] = {"length_to_width", "1", "长宽比", "length to width"},
};

double fire_probe(const void *self, int i, double x_m, double y_m)
{
    const struct fire *f = self;
    const double none = 0.0 / 0.0;
    int cell = fire_cell_at(f, x_m, y_m), state;
    int64_t arrival_ms;
    struct fire_run run;
    if (cell < 0)
        return none;
    view_cell(self, cell % f->cols, cell / f->cols, &state, &arrival_ms);
    fire_cost(self, cell, &run);
    switch (i) {
    case P_ARRIVAL:
        return arrival_ms >= 0 ? spread_arrival(f->spread, cell) : none;
    case P_STATE:
        return state;
    case P_HEIGHT:
        return f->height ? (double)f->height[cell] : 0.0;
    case P_RATE:
        return run.rate_m_s;
    case P_FLAME:
        return fire_flame_m(run.rate_m_s * f->bed[f->fuel[cell]].hpa_kj_m2);
    default:
        return run.length_to_width;
    }
}

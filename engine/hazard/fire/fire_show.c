/* fire_show.c -- the fire as others see it: the map, measures, what can be read at a point. */
#include "base/num.h"
#include "hazard/fire/fire_parts.h"

double fire_burnt_ha(const struct fire *f)
{
    return spread_burnt_count(f->spread) * f->cell_m * f->cell_m / 10000.0;
}

/* --- on the map --- */

/* What burnt down is ash; the rest is the stronger the newer: a crew reads off it where it still glows. */
const struct layer_row fire_layers[FIRE_LAYERS] = {
    {.name = "fire", .zh = "火场", .en = "Fire", .unit = "", .shape = LAYER_RASTER, .palette = PALETTE_HEAT, .outline = true,
     .class = {{0, "已过火", "burnt over"},
               {0, "半小时至一小时", "30-60 min ago"},
               {0, "十分钟至半小时", "10-30 min ago"},
               {0, "十分钟内烧到", "within 10 min"},
               {0, "活动火线", "active front"}}},
};

static const double AGE_S[] = {3600.0, 1800.0, 600.0};

bool fire_layer(const void *self, int i, struct layer_out *out)
{
    const struct fire *f = self;
    double now_s = spread_now(f->spread), at_s = out->at_ms == LAYER_NOW ? now_s : (double)out->at_ms / 1000.0;
    ASSERT(i >= 0 && i < FIRE_LAYERS);
    out->cols = f->cols;
    out->rows = f->cell_rows;
    out->cell_m = f->cell_m;
    out->west_m = out->south_m = 0.0;
    if (at_s > now_s)
        return false;
    if (out->cls)
        spread_picture(f->spread, at_s, AGE_S, COUNT_OF(AGE_S), out->cls);
    return true;
}

int fire_look(const struct fire *f, int col, int row, int side)
{
    return spread_look(f->spread, col, row, side, AGE_S, COUNT_OF(AGE_S));
}

bool fire_ground(const void *self, struct ground *out)
{
    const struct fire *f = self;
    *out = (struct ground){f->cols, f->cell_rows, f->cell_m, 0.0, 0.0, f->height, f->cover};
    return true;
}

enum { M_BURNT, M_PERIMETER, M_FRONT, M_FLAME, M_EMBERS, M_SPOTS, M_LINE };

const struct measure_row fire_measures[FIRE_MEASURES] = {
    [M_BURNT] = {"burnt_ha", "ha", "过火面积", "burnt area", MEASURE_CURVE | MEASURE_LOSS | MEASURE_HEADLINE},
    [M_PERIMETER] = {"perimeter_m", "m", "火场周长", "perimeter", 0},
    [M_FRONT] = {"front_m", "m", "燃烧火线长", "active front", MEASURE_CURVE},
    [M_FLAME] = {"flame_max_m", "m", "最大火焰长度", "greatest flame length", 0},
    [M_EMBERS] = {"unmopped_m", "m", "已扑灭未清理的边缘", "edge put out but not mopped up", 0},
    [M_SPOTS] = {"spot_fires", "", "飞火起火次数", "fires started by brands", 0},
    [M_LINE] = {"line_built_m", "m", "已建隔离带", "line built", 0},
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
    case M_LINE:
        return fire_line_built_m(f);
    default:
        return f->flame_max_m;
    }
}

/* --- at a point --- */

enum { P_ARRIVAL, P_STATE, P_HEIGHT, P_RATE, P_FLAME, P_LENGTH_TO_WIDTH };

const struct measure_row fire_probes[FIRE_PROBES] = {
    [P_ARRIVAL] = {"arrival_s", "s", "火到达的时刻", "when the fire arrived", 0},
    [P_STATE] = {"state", "", "0 未过火 1 正在烧 2 已过火 3 隔离带 4 已扑灭", "0 untouched, 1 active, 2 past, 3 line, 4 out", 0},
    [P_HEIGHT] = {"height_m", "m", "高程", "height", 0},
    [P_RATE] = {"rate_ms", "m/s", "当前条件下火头速度", "rate of the head under the conditions of now", 0},
    [P_FLAME] = {"flame_m", "m", "当前条件下火头火焰长度", "flame length at the head under the conditions of now", 0},
    [P_LENGTH_TO_WIDTH] = {"length_to_width", "1", "长宽比", "length to width", 0},
};

static bool reached(const struct fire *f, int cell)
{
    enum spread_state s = spread_state(f->spread, cell);
    return s == SPREAD_BURNT || s == SPREAD_OUT;
}

/* As the row of P_STATE says. */
static int state_at(const struct fire *f, int cell)
{
    int col = cell % f->cols, row = cell / f->cols;
    enum spread_state s = spread_state(f->spread, cell);
    if (s == SPREAD_BARRIER)
        return f->line_at[cell] > 0 ? 3 : 0;
    if (s != SPREAD_BURNT)
        return s == SPREAD_OUT ? 4 : 0;
    for (int k = 0; k < 4; k++) {
        int c = col + (k == 1) - (k == 3), r = row + (k == 2) - (k == 0), to = r * f->cols + c;
        if (c >= 0 && r >= 0 && c < f->cols && r < f->cell_rows && spread_state(f->spread, to) == SPREAD_FREE &&
            spread_arrival(f->spread, to) < SPREAD_NEVER)
            return 1;
    }
    return 2;
}

double fire_probe(const void *self, int i, double x_m, double y_m)
{
    const struct fire *f = self;
    const double none = 0.0 / 0.0;
    int cell = fire_cell_at(f, x_m, y_m);
    struct fire_run run;
    if (cell < 0)
        return none;
    fire_cost(self, cell, &run);
    switch (i) {
    case P_ARRIVAL:
        return reached(f, cell) ? spread_arrival(f->spread, cell) : none;
    case P_STATE:
        return state_at(f, cell);
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

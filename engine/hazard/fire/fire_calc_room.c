/* fire_calc_room.c -- formulas about what people can do: lines, attack, containment; and brands, crowns, outlines. */
#include "base/num.h"
#include "hazard/fire/contain.h"
#include "hazard/fire/fire_calc_parts.h"
#include "hazard/fire/rothermel.h"
#include "hazard/fire/spotting.h"

/* ---- fire.contain ---- */

enum { CO_RATE, CO_LW, CO_SIZE, CO_ATTACK, CO_WORK, CO_LINE, CO_TACTIC };
const struct calc_param calc_contain_param[] = {
    {"rate", "m/s", NULL, 1e-6, 20, CALC_REQUIRED, "火头速度", "rate of the head"},
    {"length_to_width", "1", NULL, 1, 8, CALC_REQUIRED, "长宽比", "length to width"},
    {"size", "ha", NULL, 1e-4, 1e5, CALC_REQUIRED, "接报时面积", "size when it was reported"},
    {"attack", "h", NULL, 0, 240, CALC_REQUIRED, "接报后多久开始开设", "hours from the report to the first metre of line"},
    {"work", "h", NULL, 0.01, 240, 8, "连续开设时长", "hours of work"},
    {"line", "m/h", NULL, 0.1, 1e5, CALC_REQUIRED, "全队开设速度", "line an hour, whole crew"},
    {"tactic", "", "head rear", 0, 0, 0, "由火头或火尾开始", "from the head or from the rear"},
    {0},
};
enum { CR_CONTAINED, CR_TIME, CR_LINE, CR_AT_ATTACK, CR_FINAL };
const struct calc_result_row calc_contain_result[] = {
    {"contained", "", "是否围住", "whether it is contained"},
    {"time", "min", "接报至围住（或停止）", "from the report to containment, or to the end of the work"},
    {"line", "m", "开设总长", "line built"},
    {"size_at_attack", "ha", "开始时面积", "size when work began"},
    {"size", "ha", "最终面积", "final size"},
    {0},
};

enum rc calc_work_contain(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    const double *v = in->num;
    struct contain_case c = {v[CO_RATE], v[CO_LW], v[CO_SIZE] * 1e4, v[CO_ATTACK] * 3600.0, v[CO_WORK] * 3600.0,
                             v[CO_LINE] / 3600.0, v[CO_TACTIC] > 0.0};
    struct contain_result r = fire_contain(&c);
    if (r.contained)
        calc_set_title(out, CR_CONTAINED, "围住", "contained");
    else
        calc_set_title(out, CR_CONTAINED, "未能围住", "not contained");
    calc_set(out, CR_TIME, r.time_s / 60.0);
    calc_set(out, CR_LINE, r.line_m);
    calc_set(out, CR_AT_ATTACK, r.attack_m2 / 1e4);
    calc_set(out, CR_FINAL, r.final_m2 / 1e4);
    return RC_OK;
}

/* ---- fire.spotting ---- */

enum { SO_INTENSITY, SO_WIND, SO_COVER };
const struct calc_param calc_spotting_param[] = {
    {"intensity", "kW/m", NULL, 0, 2e5, CALC_REQUIRED, "火线强度", "fireline intensity"},
    {"wind", "m/s", NULL, 0, 60, CALC_REQUIRED, "10 米高处风速", "wind at 10 m"},
    {"cover", "m", NULL, 0, 60, 0, "下风方向植被高", "height of what stands down the wind"},
    {0},
};
const struct calc_result_row calc_spotting_result[] = {
    {"distance", "m", "最大飞火距离", "greatest spotting distance"},
    {0},
};

enum rc calc_work_spotting(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    calc_set(out, 0, fire_spot_max_m(in->num[SO_INTENSITY], fire_wind_20ft(in->num[SO_WIND]), in->num[SO_COVER]));
    return RC_OK;
}

/* ---- fire.crown ---- */

enum { KR_BASE, KR_DENSITY, KR_HEIGHT, KR_FOLIAR, KR_WIND, KR_DEAD, KR_SURFACE };
const struct calc_param calc_crown_param[] = {
    {"base", "m", NULL, 0.1, 60, CALC_REQUIRED, "枝下高", "crown base height"},
    {"density", "kg/m3", NULL, 0.001, 1, 0.1, "树冠可燃物密度", "canopy bulk density"},
    {"height", "m", NULL, 0.2, 80, 15, "林冠高", "canopy height"},
    {"foliar", "1", NULL, 0.3, 3, 1, "针叶含水率", "foliar moisture"},
    {"wind", "m/s", NULL, 0, 60, CALC_REQUIRED, "10 米高处风速", "wind at 10 m"},
    {"dead_1h", "1", NULL, 0.01, 1, 0.06, "细小死可燃物含水率", "moisture of fine dead fuel"},
    {"surface", "kW/m", NULL, 0, 2e5, CALC_REQUIRED, "地表火强度", "surface fire intensity"},
    {0},
};
enum { LR_STATE, LR_CRITICAL, LR_RATE, LR_HEAT };
const struct calc_result_row calc_crown_result[] = {
    {"state", "", "树冠火", "crown fire"},
    {"critical", "kW/m", "引燃树冠的地表火强度", "surface intensity that lights the crowns"},
    {"rate", "m/min", "树冠火速度", "rate of the crown fire"},
    {"heat", "kJ/m2", "树冠释热", "heat of the crowns"},
    {0},
};

enum rc calc_work_crown(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    const double *v = in->num;
    struct crown c = {v[KR_BASE], v[KR_DENSITY], v[KR_FOLIAR], v[KR_HEIGHT]};
    enum crown_state state;
    if (c.height_m <= c.base_m)
        return ERR(e, RC_INPUT, MSG_FIRE_CROWN_HEIGHT, arg_d(c.height_m, 1), arg_d(c.base_m, 1));
    double rate = crown_rate_m_s(&c, v[KR_WIND], v[KR_DEAD], &state);
    bool lit = v[KR_SURFACE] >= crown_critical_kw_m(&c);
    if (!lit)
        calc_set_title(out, LR_STATE, "不发生", "none");
    else if (state == CROWN_ACTIVE)
        calc_set_title(out, LR_STATE, "连续树冠火", "active");
    else
        calc_set_title(out, LR_STATE, "单株树冠火", "passive (torching)");
    calc_set(out, LR_CRITICAL, crown_critical_kw_m(&c));
    calc_set(out, LR_RATE, rate * 60.0);
    calc_set(out, LR_HEAT, crown_heat_kj_m2(&c));
    return RC_OK;
}

/* ---- fire.line ---- */

#define CHAIN_M 20.1168
static const double line_chains[][2] = {{30, 18}, {24, 16}, {5, 3}, {5, 3}, {6, 4}, {6, 4}, {4, 2}, {7, 5},
                                        {28, 16}, {6, 4}, {15, 9}, {7, 4}, {5, 3}, {40, 24}, {40, 24}};
enum { LI_FUEL, LI_TYPE, LI_PEOPLE, LI_WIDTH, LI_LENGTH };
const struct calc_param calc_line_param[] = {
    {"fuel", "", "FM1 FM2 FM3 FM4 FM5 FM6 FM7 FM8 FM9 FM10 FM11 FM12 FM13 FM8_hardwood FM9_hardwood", 0, 0, CALC_REQUIRED,
     "可燃物模型（FM8、FM9 为针叶）", "fuel model (FM8, FM9: conifer)"},
    {"crew", "", "type1 type2", 0, 0, 1, "队伍类型（type1 为专业）", "type of crew"},
    {"people", "", NULL, 1, 5000, 20, "人数", "people"},
    {"width", "m", NULL, 0.3, 200, 1, "宽度；超过 1 米按面积折算（假定）", "width; above 1 m in proportion to the area (assumed)"},
    {"length", "m", NULL, 1, 1e6, 1000, "长度", "length"},
    {0},
};
enum { IL_RATE, IL_AREA, IL_HOURS };
const struct calc_result_row calc_line_result[] = {
    {"rate", "m/h", "开设速度", "line an hour"},
    {"area_rate", "m2/h", "清理面积", "area an hour"},
    {"hours", "h", "开设该长度用时", "hours for the length"},
    {0},
};

enum rc calc_work_line(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    const double *v = in->num;
    double rate = line_chains[(int)v[LI_FUEL]][(int)v[LI_TYPE]] * CHAIN_M * v[LI_PEOPLE] / 20.0;
    rate /= num_max(1.0, v[LI_WIDTH]);
    calc_set(out, IL_RATE, rate);
    calc_set(out, IL_AREA, rate * v[LI_WIDTH]);
    calc_set(out, IL_HOURS, v[LI_LENGTH] / rate);
    return RC_OK;
}

/* ---- fire.attack ---- */

enum { AT_FLAME, AT_WIND, AT_MEANS };
const struct calc_param calc_attack_param[] = {
    {"flame", "m", NULL, 0, 100, CALC_REQUIRED, "火焰长度", "flame length"},
    {"wind", "m/s", NULL, 0, 60, 0, "10 米高处风速", "wind at 10 m"},
    {"means", "", "hand blower engine helicopter", 0, 0, CALC_REQUIRED, "扑打手段", "by what means"},
    {0},
};
enum { AR_VERDICT, AR_FLAME, AR_WIND };
const struct calc_result_row calc_attack_result[] = {
    {"verdict", "", "能否直接扑打", "whether it may be attacked directly"},
    {"flame_limit", "m", "火焰限值", "limit of flame length"},
    {"wind_limit", "m/s", "风速限值", "limit of wind"},
    {0},
};

enum rc calc_work_attack(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    /* 4 ft and 8 ft of the hauling chart (convention, unverified); blowers by their makers */
    static const double flame[] = {1.22, 1.5, 2.44, 2.44};
    const double *v = in->num;
    int means = (int)v[AT_MEANS];
    (void)e;
    if (v[AT_FLAME] >= flame[means])
        calc_set_title(out, AR_VERDICT, "不可：火焰过高", "no: flames too high");
    else if (means == 1 && v[AT_WIND] >= 5.5)
        calc_set_title(out, AR_VERDICT, "不可：风力已达 4 级", "no: wind of force 4 or more");
    else
        calc_set_title(out, AR_VERDICT, "可以", "yes");
    calc_set(out, AR_FLAME, flame[means]);
    if (means == 1)
        calc_set(out, AR_WIND, 5.5);
    return RC_OK;
}

/* ---- fire.outline: a table of points walked around the fire ---- */

enum { OU_AREA, OU_LENGTH, OU_POINTS };
const struct calc_result_row calc_outline_result[] = {
    {"area", "ha", "过火面积", "area"},
    {"perimeter", "m", "周长", "perimeter"},
    {"points", "", "测点数", "points"},
    {0},
};

enum rc calc_work_outline(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    const struct calc_matrix *m = &in->matrix[0];
    double area = 0.0, length = 0.0;
    if (in->matrices != 1 || m->cols != 2 || m->rows < 3)
        return ERR(e, RC_INPUT, MSG_FIRE_CALC_OUTLINE, arg_i(m->rows), arg_i(m->cols));
    for (int i = 0; i < m->rows; i++) {
        const double *a = m->at + (ptrdiff_t)i * 2, *b = m->at + (ptrdiff_t)((i + 1) % m->rows) * 2;
        if (a[0] != a[0] || a[1] != a[1])
            return ERR(e, RC_INPUT, MSG_FIRE_CALC_MISSING, arg_i(i + 1));
        area += 0.5 * (a[0] * b[1] - a[1] * b[0]);
        length += num_hypot(b[0] - a[0], b[1] - a[1]);
    }
    calc_set(out, OU_AREA, num_abs(area) / 1e4);
    calc_set(out, OU_LENGTH, length);
    calc_set(out, OU_POINTS, m->rows);
    return RC_OK;
}

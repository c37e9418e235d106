#include "hazard/fire/fire_calc.h"

#include "hazard/fire/fire_calc_parts.h"

#include "base/num.h"
#include "hazard/fire/moisture.h"
#include "hazard/fire/wangzhengfei.h"

/* In the order of fuel_table; a test compares. */
#define FUEL_CODES                                                                                 \
    "FM1 FM2 FM3 FM4 FM5 FM6 FM7 FM8 FM9 FM10 FM11 FM12 FM13 GR1 GR2 GR3 GR4 GR5 GR6 GR7 GR8 GR9 " \
    "GS1 GS2 GS3 GS4 SH1 SH2 SH3 SH4 SH5 SH6 SH7 SH8 SH9 TU1 TU2 TU3 TU4 TU5 TL1 TL2 TL3 TL4 TL5 " \
    "TL6 TL7 TL8 TL9 SB1 SB2 SB3 SB4"
#define WANG_CODES "conifer secondary needle_litter pine litter grass sedge pasture"
#define SOURCE_ROTHERMEL                                                                           \
    "Rothermel 1972 (INT-115), Albini 1976 (INT-GTR-30), as in firelab/behave; fuels: Anderson "   \
    "1982 (INT-GTR-122), Scott and Burgan 2005 (RMRS-GTR-153)"
#define SOURCE_WANG                                                                                \
    "王正非 1983/1992, 毛贤敏 1993: coefficients from open implementations, the papers unseen; d "        \
    "and the Chinese fuel labels unverified"

static double radians(double deg)
{
    return deg * NUM_PI / 180.0;
}

static double degrees(double e, double n)
{
    double d = num_atan2(e, n) * 180.0 / NUM_PI;
    d = d < 0.0 ? d + 360.0 : d;
    return d > 360.0 - 1e-9 ? 0.0 : d;
}

/* Wind by where it comes from, slope by where uphill is. */
struct drive {
    double wind_e, wind_n, slope_e, slope_n;
};

static struct drive drive_of(double wind, double from, double slope, double uphill)
{
    return (struct drive){-wind * num_sin(radians(from)), -wind * num_cos(radians(from)),
                          slope * num_sin(radians(uphill)), slope * num_cos(radians(uphill))};
}

static double heading(const struct fire_run *run)
{
    return run->to_e == 0.0 && run->to_n == 0.0 ? 0.0 / 0.0 : degrees(run->to_e, run->to_n);
}

/* ---- fire.rothermel ---- */

enum { RO_FUEL, RO_D1, RO_D10, RO_D100, RO_HERB, RO_WOODY, RO_WIND, RO_FROM, RO_SLOPE, RO_UP };
static const struct calc_param rothermel_param[] = {
    {"fuel", "", FUEL_CODES, 0, 0, CALC_REQUIRED, "可燃物模型", "fuel model"},
    {"dead_1h", "1", NULL, 0, 1, 0.06, "1 小时时滞死可燃物含水率", "moisture of dead fuel, 1 h"},
    {"dead_10h", "1", NULL, 0, 1, 0.07, "10 小时时滞死可燃物含水率", "moisture of dead fuel, 10 h"},
    {"dead_100h", "1", NULL, 0, 1, 0.08, "100 小时时滞死可燃物含水率", "moisture of dead fuel, 100 h"},
    {"herb", "1", NULL, 0.3, 3, 0.6, "活草本含水率", "moisture of live herbs"},
    {"woody", "1", NULL, 0.3, 3, 0.9, "活木本含水率", "moisture of live woody fuel"},
    {"wind", "m/s", NULL, 0, 40, 0, "火焰中部高度风速", "wind at midflame height"},
    {"wind_from", "deg", NULL, 0, 360, 180, "风的来向（北 0，东 90）", "where the wind comes from (north 0, east 90)"},
    {"slope", "1", NULL, 0, 5, 0, "坡度的正切（30% 写 0.3 或 30%）", "tangent of the slope"},
    {"uphill", "deg", NULL, 0, 360, 0, "上坡方向", "direction that leads uphill"},
    {0},
};
enum {
    RR_RATE, RR_RATE_MIN, RR_HEADING, RR_BACK, RR_FLANK, RR_LW, RR_ECC, RR_EFFECTIVE, RR_R0, RR_INTENSITY,
    RR_FLAME, RR_HPA, RR_REACTION, RR_RESIDENCE
};
static const struct calc_result_row rothermel_result[] = {
    {"rate", "m/s", "火头蔓延速度", "rate of spread of the head"},
    {"rate_min", "m/min", "同上，每分钟", "the same by the minute"},
    {"heading", "deg", "蔓延方向", "direction of the head"},
    {"back", "m/s", "火尾速度", "rate of the back"},
    {"flank", "m/s", "火翼速度", "rate of the flanks"},
    {"length_to_width", "1", "长宽比", "length to width"},
    {"eccentricity", "1", "离心率", "eccentricity"},
    {"wind_effective", "m/s", "等效风速", "effective wind"},
    {"rate_still", "m/s", "无风无坡速度", "rate without wind and slope"},
    {"intensity", "kW/m", "火线强度", "fireline intensity"},
    {"flame", "m", "火焰长度", "flame length"},
    {"heat_per_area", "kJ/m2", "单位面积释热", "heat per unit area"},
    {"reaction", "kW/m2", "反应强度", "reaction intensity"},
    {"residence", "s", "滞留时间", "residence time"},
    {0},
};

static const struct fuel *fuel_at(double index)
{
    int count;
    const struct fuel *f = fuel_table(&count);
    ASSERT(index >= 0 && index < count);
    return &f[(int)index];
}

static enum rc work_rothermel(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    const double *v = in->num;
    struct fire_moisture m = {v[RO_D1], v[RO_D10], v[RO_D100], v[RO_HERB], v[RO_WOODY]};
    struct drive d = drive_of(v[RO_WIND], v[RO_FROM], v[RO_SLOPE], v[RO_UP]);
    struct fire_bed bed;
    struct fire_run run;
    fire_bed_make(fuel_at(v[RO_FUEL]), &m, &bed);
    fire_run_of(&bed, d.wind_e, d.wind_n, d.slope_e, d.slope_n, &run);
    calc_set(out, RR_RATE, run.rate_m_s);
    calc_set(out, RR_RATE_MIN, run.rate_m_s * 60.0);
    calc_set(out, RR_HEADING, heading(&run));
    calc_set(out, RR_BACK, run.back_m_s);
    calc_set(out, RR_FLANK, run.flank_m_s);
    calc_set(out, RR_LW, run.length_to_width);
    calc_set(out, RR_ECC, run.ecc);
    calc_set(out, RR_EFFECTIVE, run.wind_eff_m_s);
    calc_set(out, RR_R0, bed.r0_m_s);
    calc_set(out, RR_INTENSITY, run.intensity_kw_m);
    calc_set(out, RR_FLAME, run.flame_m);
    calc_set(out, RR_HPA, bed.hpa_kj_m2);
    calc_set(out, RR_REACTION, bed.reaction_kw_m2);
    calc_set(out, RR_RESIDENCE, bed.residence_s);
    return RC_OK;
}

/* ---- fire.wangzhengfei ---- */

enum { WA_FUEL, WA_KS, WA_TEMP, WA_HUMIDITY, WA_WIND, WA_FROM, WA_SLOPE, WA_UP, WA_A, WA_B, WA_C, WA_D };
static const struct calc_param wang_param[] = {
    {"fuel", "", WANG_CODES, 0, 0, 3, "可燃物类型（给出 Ks）", "kind of fuel (gives Ks)"},
    {"ks", "1", NULL, 0.01, 5, CALC_OPTIONAL, "可燃物系数 Ks；不给则取自 fuel", "fuel factor Ks; without it that of fuel"},
    {"temp", "C", NULL, -40, 60, CALC_REQUIRED, "气温", "air temperature"},
    {"humidity", "%", NULL, 0, 100, CALC_REQUIRED, "相对湿度（0 至 100）", "relative humidity, 0 to 100"},
    {"wind", "m/s", NULL, 0, 60, CALC_REQUIRED, "10 米高处风速", "wind at 10 m"},
    {"wind_from", "deg", NULL, 0, 360, 180, "风的来向", "where the wind comes from"},
    {"slope", "1", NULL, 0, 5, 0, "坡度的正切", "tangent of the slope"},
    {"uphill", "deg", NULL, 0, 360, 0, "上坡方向", "direction that leads uphill"},
    {"a", "m/min/C", NULL, 0, 1, 0.03, "R0 的温度系数", "R0: factor of temperature"},
    {"b", "m/min", NULL, 0, 1, 0.05, "R0 的风力等级系数", "R0: factor of Beaufort force"},
    {"c", "m/min/%", NULL, 0, 1, 0.01, "R0 的干燥度系数", "R0: factor of dryness"},
    {"d", "m/min", NULL, 0, 5, 0.3, "R0 的常数（未核实）", "R0: constant (unverified)"},
    {0},
};
enum { WR_RATE, WR_RATE_MIN, WR_HEADING, WR_R0, WR_KS, WR_KW, WR_KPHI, WR_FORCE, WR_LW };
static const struct calc_result_row wang_result[] = {
    {"rate", "m/s", "蔓延速度", "rate of spread"},
    {"rate_min", "m/min", "同上，每分钟", "the same by the minute"},
    {"heading", "deg", "蔓延方向", "direction of the head"},
    {"r0", "m/min", "初始蔓延速度 R0", "initial rate R0"},
    {"ks", "1", "可燃物系数 Ks", "fuel factor Ks"},
    {"kw", "1", "风速系数 Kw（顺风）", "wind factor Kw, down the wind"},
    {"kphi", "1", "坡度系数 Kφ（上坡）", "slope factor Kphi, uphill"},
    {"force", "", "风力等级", "Beaufort force"},
    {"length_to_width", "1", "长宽比（Anderson，中焰风取 10 米风的 0.4，假定）",
     "length to width (Anderson; midflame wind assumed 0.4 of the wind at 10 m)"},
    {0},
};

static enum rc work_wang(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    const double *v = in->num;
    int count;
    const struct wang_fuel *fuels = wang_fuel_table(&count);
    struct wang w = wang_default();
    w.a = v[WA_A];
    w.b = v[WA_B];
    w.c = v[WA_C];
    w.d = v[WA_D];
    ASSERT(v[WA_FUEL] < count);
    double ks = in->given[WA_KS] ? v[WA_KS] : fuels[(int)v[WA_FUEL]].ks;
    double r0 = wang_r0(&w, v[WA_TEMP], v[WA_HUMIDITY], v[WA_WIND]);
    struct drive d = drive_of(v[WA_WIND], v[WA_FROM], v[WA_SLOPE], v[WA_UP]);
    struct fire_run run;
    wang_head_of(&w, r0, ks, d.wind_e, d.wind_n, d.slope_e, d.slope_n, &run);
    double tan = num_min(v[WA_SLOPE], w.slope_tan_max);
    calc_set(out, WR_RATE, run.rate_m_s);
    calc_set(out, WR_RATE_MIN, run.rate_m_s * 60.0);
    calc_set(out, WR_HEADING, heading(&run));
    calc_set(out, WR_R0, r0 * 60.0);
    calc_set(out, WR_KS, ks);
    calc_set(out, WR_KW, num_exp(w.wind_k * v[WA_WIND]));
    calc_set(out, WR_KPHI, tan > 0.0 ? num_exp(w.slope_k * num_pow(tan, w.slope_n)) : 1.0);
    calc_set(out, WR_FORCE, wang_beaufort(v[WA_WIND]));
    calc_set(out, WR_LW, run.length_to_width);
    return RC_OK;
}

/* ---- fire.spread: both models under the same weather ---- */

enum {
    SP_FUEL, SP_KS, SP_TEMP, SP_HUMIDITY, SP_HOUR, SP_WIND, SP_FROM, SP_SLOPE, SP_UP, SP_HERB, SP_WOODY,
    SP_SHADE, SP_COVER, SP_CANOPY, SP_CROWN
};
static const struct calc_param spread_param[] = {
    {"fuel", "", FUEL_CODES, 0, 0, CALC_REQUIRED, "可燃物模型（Rothermel）", "fuel model (Rothermel)"},
    {"ks", "1", NULL, 0.01, 5, 1, "可燃物系数 Ks（王正非）", "fuel factor Ks (Wang Zhengfei)"},
    {"temp", "C", NULL, -40, 60, CALC_REQUIRED, "气温", "air temperature"},
    {"humidity", "%", NULL, 0, 100, CALC_REQUIRED, "相对湿度（0 至 100）", "relative humidity, 0 to 100"},
    {"hour", "h", NULL, 0, 24, 14, "一天中的时刻", "hour of the day"},
    {"wind", "m/s", NULL, 0, 60, CALC_REQUIRED, "10 米高处风速", "wind at 10 m"},
    {"wind_from", "deg", NULL, 0, 360, 180, "风的来向", "where the wind comes from"},
    {"slope", "1", NULL, 0, 5, 0, "坡度的正切", "tangent of the slope"},
    {"uphill", "deg", NULL, 0, 360, 0, "上坡方向", "direction that leads uphill"},
    {"herb", "1", NULL, 0.3, 3, 0.6, "活草本含水率", "moisture of live herbs"},
    {"woody", "1", NULL, 0.3, 3, 0.9, "活木本含水率", "moisture of live woody fuel"},
    {"shade", "1", NULL, 0, 1, 0, "遮荫", "shade"},
    {"cover", "1", NULL, 0, 1, 0, "郁闭度", "crown cover"},
    {"canopy", "m", NULL, 0, 60, 0, "林冠高", "height of the canopy"},
    {"crown_ratio", "1", NULL, 0, 1, 0.5, "冠长率", "crown ratio"},
    {0},
};
enum { SR_RO_RATE, SR_WA_RATE, SR_RO_HEAD, SR_WA_HEAD, SR_RO_LW, SR_WA_LW, SR_RATIO, SR_MID, SR_DEAD, SR_FLAME, SR_INTENSITY };
static const struct calc_result_row spread_result[] = {
    {"rothermel_rate", "m/min", "Rothermel 火头速度", "rate of the head, Rothermel"},
    {"wang_rate", "m/min", "王正非模型速度", "rate of the head, Wang Zhengfei"},
    {"rothermel_heading", "deg", "Rothermel 蔓延方向", "heading, Rothermel"},
    {"wang_heading", "deg", "王正非模型蔓延方向", "heading, Wang Zhengfei"},
    {"rothermel_lw", "1", "Rothermel 长宽比", "length to width, Rothermel"},
    {"wang_lw", "1", "王正非模型长宽比", "length to width, Wang Zhengfei"},
    {"ratio", "1", "王正非与 Rothermel 速度之比", "rate of Wang Zhengfei over Rothermel"},
    {"wind_midflame", "m/s", "火焰中部高度风速", "wind at midflame height"},
    {"dead_1h", "1", "细小死可燃物含水率", "moisture of fine dead fuel"},
    {"flame", "m", "火焰长度（Rothermel）", "flame length (Rothermel)"},
    {"intensity", "kW/m", "火线强度（Rothermel）", "fireline intensity (Rothermel)"},
    {0},
};

static enum rc work_spread(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    const double *v = in->num;
    const struct fuel *f = fuel_at(v[SP_FUEL]);
    double factor = fire_wind_factor(f->depth_ft * 0.3048, v[SP_COVER], v[SP_CANOPY], v[SP_CROWN]);
    double mid = fire_wind_20ft(v[SP_WIND]) * factor;
    struct fire_moisture m = moisture_of_weather(v[SP_TEMP], v[SP_HUMIDITY], v[SP_HOUR], v[SP_SHADE],
                                                 v[SP_HERB], v[SP_WOODY]);
    struct drive d = drive_of(mid, v[SP_FROM], v[SP_SLOPE], v[SP_UP]);
    struct fire_bed bed;
    struct fire_run run, other;
    fire_bed_make(f, &m, &bed);
    fire_run_of(&bed, d.wind_e, d.wind_n, d.slope_e, d.slope_n, &run);
    struct wang w = wang_default();
    d = drive_of(v[SP_WIND], v[SP_FROM], v[SP_SLOPE], v[SP_UP]);
    wang_head_of(&w, wang_r0(&w, v[SP_TEMP], v[SP_HUMIDITY], v[SP_WIND]), v[SP_KS], d.wind_e,
                 d.wind_n, d.slope_e, d.slope_n, &other);
    calc_set(out, SR_RO_RATE, run.rate_m_s * 60.0);
    calc_set(out, SR_WA_RATE, other.rate_m_s * 60.0);
    calc_set(out, SR_RO_HEAD, heading(&run));
    calc_set(out, SR_WA_HEAD, heading(&other));
    calc_set(out, SR_RO_LW, run.length_to_width);
    calc_set(out, SR_WA_LW, other.length_to_width);
    calc_set(out, SR_RATIO, run.rate_m_s > 0.0 ? other.rate_m_s / run.rate_m_s : 0.0 / 0.0);
    calc_set(out, SR_MID, mid);
    calc_set(out, SR_DEAD, m.dead_1h);
    calc_set(out, SR_FLAME, run.flame_m);
    calc_set(out, SR_INTENSITY, run.intensity_kw_m);
    return RC_OK;
}

/* ---- fire.ellipse ---- */

enum { EL_RATE, EL_LW, EL_TIME, EL_ANGLE };
static const struct calc_param ellipse_param[] = {
    {"rate", "m/s", NULL, 0, 50, CALC_REQUIRED, "火头速度", "rate of the head"},
    {"length_to_width", "1", NULL, 1, 8, CALC_REQUIRED, "长宽比", "length to width"},
    {"time", "s", NULL, 0, 1e7, 3600, "起火后时间", "time since the ignition"},
    {"angle", "deg", NULL, 0, 180, 90, "与火头方向的夹角", "angle from the heading"},
    {0},
};
enum { ER_ECC, ER_BACK, ER_FLANK, ER_AT, ER_LENGTH, ER_WIDTH, ER_AREA, ER_PERIMETER };
static const struct calc_result_row ellipse_result[] = {
    {"eccentricity", "1", "离心率", "eccentricity"},
    {"back", "m/s", "火尾速度", "rate of the back"},
    {"flank", "m/s", "火翼速度", "rate of the flanks"},
    {"rate_at", "m/s", "该夹角方向的速度", "rate at that angle"},
    {"length", "m", "火场长", "length"},
    {"width", "m", "火场宽", "width"},
    {"area", "ha", "过火面积", "area"},
    {"perimeter", "m", "火线长", "perimeter"},
    {0},
};

static enum rc work_ellipse(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    const double *v = in->num;
    double ecc = fire_eccentricity(v[EL_LW]), back = v[EL_RATE] * (1.0 - ecc) / (1.0 + ecc);
    double length = (v[EL_RATE] + back) * v[EL_TIME];
    calc_set(out, ER_ECC, ecc);
    calc_set(out, ER_BACK, back);
    calc_set(out, ER_FLANK, (v[EL_RATE] + back) / (2.0 * v[EL_LW]));
    calc_set(out, ER_AT, fire_rate_at(v[EL_RATE], ecc, num_cos(radians(v[EL_ANGLE]))));
    calc_set(out, ER_LENGTH, length);
    calc_set(out, ER_WIDTH, length / v[EL_LW]);
    calc_set(out, ER_AREA, fire_ellipse_area_m2(v[EL_RATE], v[EL_LW], v[EL_TIME]) / 1e4);
    calc_set(out, ER_PERIMETER, fire_ellipse_perimeter_m(v[EL_RATE], v[EL_LW], v[EL_TIME]));
    return RC_OK;
}

/* ---- fire.flame ---- */

enum { FL_INTENSITY, FL_RATE, FL_HPA };
static const struct calc_param flame_param[] = {
    {"intensity", "kW/m", NULL, 0, 2e5, CALC_OPTIONAL, "火线强度；不给则由 rate 与 heat_per_area 相乘",
     "fireline intensity; without it rate times heat_per_area"},
    {"rate", "m/s", NULL, 0, 50, CALC_OPTIONAL, "蔓延速度", "rate of spread"},
    {"heat_per_area", "kJ/m2", NULL, 0, 2e5, CALC_OPTIONAL, "单位面积释热", "heat per unit area"},
    {0},
};
enum { FR_FLAME, FR_INTENSITY };
static const struct calc_result_row flame_result[] = {
    {"flame", "m", "火焰长度", "flame length"},
    {"intensity", "kW/m", "火线强度", "fireline intensity"},
    {0},
};

static enum rc work_flame(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    bool product = in->given[FL_RATE] && in->given[FL_HPA];
    bool any = in->given[FL_RATE] || in->given[FL_HPA];
    if (in->given[FL_INTENSITY] ? any : !product)
        return ERR0(e, RC_INPUT, MSG_FIRE_CALC_FLAME);
    double i = product ? in->num[FL_RATE] * in->num[FL_HPA] : in->num[FL_INTENSITY];
    calc_set(out, FR_FLAME, fire_flame_m(i));
    calc_set(out, FR_INTENSITY, i);
    return RC_OK;
}

/* ---- fire.moisture ---- */

enum { MO_TEMP, MO_HUMIDITY, MO_HOUR, MO_SHADE };
static const struct calc_param moisture_param[] = {
    {"temp", "C", NULL, -40, 60, CALC_REQUIRED, "气温", "air temperature"},
    {"humidity", "%", NULL, 0, 100, CALC_REQUIRED, "相对湿度（0 至 100）", "relative humidity, 0 to 100"},
    {"hour", "h", NULL, 0, 24, 14, "一天中的时刻", "hour of the day"},
    {"shade", "1", NULL, 0, 1, 0, "遮荫", "shade"},
    {0},
};
enum { MR_EMC, MR_D1, MR_D10, MR_D100 };
static const struct calc_result_row moisture_result[] = {
    {"equilibrium", "1", "平衡含水率", "equilibrium moisture"},
    {"dead_1h", "1", "1 小时时滞含水率", "dead fuel, 1 h"},
    {"dead_10h", "1", "10 小时时滞含水率", "dead fuel, 10 h"},
    {"dead_100h", "1", "100 小时时滞含水率", "dead fuel, 100 h"},
    {0},
};

static enum rc work_moisture(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    const double *v = in->num;
    struct fire_moisture m = moisture_of_weather(v[MO_TEMP], v[MO_HUMIDITY], v[MO_HOUR], v[MO_SHADE], 0.6, 0.9);
    calc_set(out, MR_EMC, moisture_equilibrium(v[MO_TEMP], v[MO_HUMIDITY]));
    calc_set(out, MR_D1, m.dead_1h);
    calc_set(out, MR_D10, m.dead_10h);
    calc_set(out, MR_D100, m.dead_100h);
    return RC_OK;
}

/* ---- fire.wind ---- */

enum { WI_WIND, WI_DEPTH, WI_COVER, WI_CANOPY, WI_CROWN };
static const struct calc_param wind_param[] = {
    {"wind", "m/s", NULL, 0, 60, CALC_REQUIRED, "10 米高处风速", "wind at 10 m"},
    {"depth", "m", NULL, 0.01, 5, 0.3, "可燃物床层厚度", "depth of the fuel bed"},
    {"cover", "1", NULL, 0, 1, 0, "郁闭度", "crown cover"},
    {"canopy", "m", NULL, 0, 60, 0, "林冠高", "height of the canopy"},
    {"crown_ratio", "1", NULL, 0, 1, 0.5, "冠长率", "crown ratio"},
    {0},
};
enum { IR_20FT, IR_FACTOR, IR_MID, IR_FORCE };
static const struct calc_result_row wind_result[] = {
    {"wind_20ft", "m/s", "6.1 米高处风速", "wind at 20 ft"},
    {"factor", "1", "风速折减系数", "adjustment factor"},
    {"wind_midflame", "m/s", "火焰中部高度风速", "wind at midflame height"},
    {"force", "", "风力等级（GB/T 28591-2012）", "Beaufort force (GB/T 28591-2012)"},
    {0},
};

static enum rc work_wind(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    const double *v = in->num;
    double factor = fire_wind_factor(v[WI_DEPTH], v[WI_COVER], v[WI_CANOPY], v[WI_CROWN]);
    calc_set(out, IR_20FT, fire_wind_20ft(v[WI_WIND]));
    calc_set(out, IR_FACTOR, factor);
    calc_set(out, IR_MID, fire_wind_20ft(v[WI_WIND]) * factor);
    calc_set(out, IR_FORCE, wang_beaufort(v[WI_WIND]));
    return RC_OK;
}

const struct calc_row fire_calc[FIRE_CALCS] = {
    {"fire.rothermel", "地表火蔓延速度、强度和火焰长度（Rothermel）", "surface fire: rate, intensity, flame (Rothermel)",
     SOURCE_ROTHERMEL, NULL, NULL, rothermel_param, rothermel_result, work_rothermel},
    {"fire.wangzhengfei", "林火蔓延速度（王正非模型）", "rate of spread by Wang Zhengfei's model", SOURCE_WANG, NULL, NULL,
     wang_param, wang_result, work_wang},
    {"fire.spread", "同一天气下两种蔓延模型并列", "both spread models side by side under the same weather",
     SOURCE_ROTHERMEL "; " SOURCE_WANG, NULL, NULL, spread_param, spread_result, work_spread},
    {"fire.ellipse", "椭圆火场的长、宽、面积和周长", "an elliptical fire: length, width, area, perimeter",
     "Anderson 1983 (INT-305), as in firelab/behave; perimeter: Ramanujan", NULL, NULL, ellipse_param, ellipse_result,
     work_ellipse},
    {"fire.flame", "由火线强度求火焰长度", "flame length from fireline intensity", "Byram 1959", NULL, NULL, flame_param,
     flame_result, work_flame},
    {"fire.moisture", "由天气求死可燃物含水率", "moisture of dead fuel from the weather",
     "Simard 1968 (equilibrium); correction for sun and shade and the steps to 10 h and 100 h are assumptions", NULL, NULL,
     moisture_param, moisture_result, work_moisture},
    {"fire.wind", "10 米风换算为火焰中部高度风", "wind at 10 m to midflame height",
     "Albini and Baughman 1979 (INT-221), as in firelab/behave", NULL, NULL, wind_param, wind_result, work_wind},
    {"fire.contain", "一支稳定出力的队伍能否围住椭圆火场", "whether a crew of steady output closes a line around an ellipse",
     "Fried and Fried 1996 (For. Sci. 42), own integration", NULL, NULL, calc_contain_param, calc_contain_result, calc_work_contain},
    {"fire.spotting", "最大飞火距离", "greatest distance of spotting from a surface fire",
     "Albini 1983 (INT-309), Chase 1984 (INT-158), as in firelab/behave", NULL, NULL, calc_spotting_param, calc_spotting_result, calc_work_spotting},
    {"fire.crown", "是否及多快发生树冠火", "whether and how fast the crowns burn",
     "Van Wagner 1977; Cruz, Alexander and Wakimoto 2005; flat heat of 18,600 kJ/kg", NULL, NULL, calc_crown_param, calc_crown_result,
     calc_work_crown},
    {"fire.line", "手工开设隔离带的速度", "sustained line production of hand crews",
     "NWCG Incident Response Pocket Guide, 20-person crews, rest allowed for; width in proportion is an assumption", NULL, NULL,
     calc_line_param, calc_line_result, calc_work_line},
    {"fire.attack", "火焰和风力下能否直接扑打", "whether flames and wind allow direct attack",
     "blowers: makers' limits (below 1.5 m, below force 4); hand tools and engines: 4 ft and 8 ft, convention, unverified", NULL,
     NULL, calc_attack_param, calc_attack_result, calc_work_attack},
    {"fire.outline", "由测点求火场面积和周长", "area and perimeter of a fire from points walked around it",
     "shoelace formula; plane coordinates in metres", "一行一个测点：东、北坐标（米），首尾自动相接",
     "a point a line: metres east, metres north; the last joins the first", NULL, calc_outline_result, calc_work_outline},
};

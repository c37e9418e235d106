#include "hazard/fire/wangzhengfei.h"

#include "base/num.h"

#define MIDFLAME_SHARE 0.4 /* assumed: open stands and grass, 10 m to midflame */

/* Figures read from open implementations; labels unverified. */
static const struct wang_fuel fuels[] = {
    {"conifer", 0.4, "针叶林", "conifer stand"},
    {"secondary", 0.7, "次生林", "secondary forest"},
    {"needle_litter", 0.8, "平铺针叶", "flat needle litter"},
    {"pine", 1.0, "红松、华山松、云南松", "Korean, Armand or Yunnan pine"},
    {"litter", 1.2, "枯枝落叶", "dead branches and leaves"},
    {"grass", 1.6, "茅草杂草", "couch grass and weeds"},
    {"sedge", 1.8, "莎草矮桦", "sedge and dwarf birch"},
    {"pasture", 2.0, "牧场草原", "pasture"},
};

const struct wang_fuel *wang_fuel_table(int *count)
{
    *count = COUNT_OF(fuels);
    return fuels;
}

struct wang wang_default(void)
{
    return (struct wang){
        .a = 0.03,
        .b = 0.05,
        .c = 0.01,
        .d = 0.3, /* d unverified */
        .wind_k = 0.1783,
        .slope_k = 3.533,
        .slope_n = 1.2, /* 毛贤敏's correction */
        .slope_tan_max = 1.0,
    };
}

int wang_beaufort(double wind_m_s)
{
    static const double top[] = {0.3, 1.6, 3.4, 5.5, 8.0, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7};
    int b = 0;
    while (b < COUNT_OF(top) && wind_m_s >= top[b])
        b++;
    return b;
}

double wang_r0(const struct wang *w, double temp_c, double humidity, double wind_m_s)
{
    double r = w->a * temp_c + w->b * wang_beaufort(wind_m_s) + w->c * (100.0 - humidity) - w->d;
    return num_max(0.0, r) / 60.0;
}

void wang_head_of(const struct wang *w, double r0_m_s, double ks, double wind_e, double wind_n,
                  double slope_e, double slope_n, struct fire_run *run)
{
    *run = (struct fire_run){.rate_m_s = r0_m_s * ks, .length_to_width = 1.0};
    double tan = num_min(num_hypot(slope_e, slope_n), w->slope_tan_max);
    double wind = num_hypot(wind_e, wind_n);
    /* The logarithm of Kw Kphi is the sum of two vectors' projections; its maximum is the length of
     * the resultant. (Kphi's power 1.2 taken on the full slope, then projected: exact up- and
     * downhill, and between them a stated simplification.) */
    double k_slope = tan > 0.0 ? w->slope_k * num_pow(tan, w->slope_n) : 0.0;
    double full = num_hypot(slope_e, slope_n);
    double x = w->wind_k * wind_e + (full > 0.0 ? k_slope * slope_e / full : 0.0);
    double y = w->wind_k * wind_n + (full > 0.0 ? k_slope * slope_n / full : 0.0);
    double k = num_hypot(x, y);
    if (r0_m_s <= 0.0 || ks <= 0.0 || k <= 0.0)
        return;
    run->rate_m_s = r0_m_s * ks * num_exp(k);
    run->to_e = x / k;
    run->to_n = y / k;
    /* The wind that alone would push as hard gives the shape. */
    run->wind_eff_m_s = (wind > 0.0 || k_slope > 0.0 ? k / w->wind_k : 0.0) * MIDFLAME_SHARE;
    run->length_to_width = fire_length_to_width(run->wind_eff_m_s);
    run->ecc = fire_eccentricity(run->length_to_width);
}

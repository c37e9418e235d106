#include "hazard/fire/spotting.h"

#include "base/num.h"

#define M_PER_FT 0.3048
#define M_PER_MI 1609.344
#define MPH_PER_M_S (3600.0 / M_PER_MI)
#define KW_M_PER_BTU_FT_S (1055.05585262 / M_PER_FT / 1000.0)

double fire_spot_max_m(double intensity_kw_m, double wind_20ft_m_s, double cover_m)
{
    double u = wind_20ft_m_s * MPH_PER_M_S;
    double hot = intensity_kw_m / KW_M_PER_BTU_FT_S;
    if (!(u > 0.0) || !(hot > 0.0))
        return 0.0;
    double f = 322.0 * num_pow(0.474 * u, -1.01);
    double height = 1.055 * num_sqrt(f * hot); /* of the brand, ft */
    double cover = num_max(cover_m / M_PER_FT, 2.2 * num_pow(height, 0.337) - 4.0);
    double drift = 0.000278 * u * num_pow(height, 0.643);
    if (!(cover > 0.0))
        return drift * M_PER_MI;
    double rise = height / cover;
    double flat = 0.000718 * u * num_sqrt(cover) *
                  (0.362 + 0.5 * num_sqrt(rise) * num_log(rise));
    return num_max(0.0, flat + drift) * M_PER_MI;
}

double crown_critical_kw_m(const struct crown *c)
{
    double h = 0.01 * c->base_m * (460.0 + 25.9 * c->foliar * 100.0);
    return h * num_sqrt(h);
}

double crown_rate_m_s(const struct crown *c, double wind_10m_m_s, double dead_1h,
                      enum crown_state *state)
{
    double u10 = wind_10m_m_s * 3.6; /* km/h */
    *state = CROWN_NONE;
    if (!(u10 > 0.0) || !(c->density > 0.0))
        return 0.0;
    double active = 11.02 * num_pow(u10, 0.9) * num_pow(c->density, 0.19) *
                    num_exp(-0.17 * dead_1h * 100.0); /* m/min */
    double met = active * c->density / 3.0;
    *state = met >= 1.0 ? CROWN_ACTIVE : CROWN_PASSIVE;
    return (met >= 1.0 ? active : active * num_exp(-met)) / 60.0;
}

double crown_length_to_width(double wind_20ft_m_s)
{
    return num_min(8.0, 1.0 + 0.125 * num_max(0.0, wind_20ft_m_s) * MPH_PER_M_S);
}

double crown_heat_kj_m2(const struct crown *c)
{
    return c->density * num_max(0.0, c->height_m - c->base_m) * 18600.0;
}

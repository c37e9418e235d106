/* spotting.h -- how far burning brands fly, and when a surface fire takes to the crowns.
 *
 * Spotting: the greatest distance from a surface fire driven by wind (Albini 1983, Chase 1984, as in
 * firelab/behave's spot.cpp), over flat ground. Crowns: Van Wagner 1977 for when the surface fire
 * lights them, Cruz, Alexander and Wakimoto 2005 for how fast they then carry it. A stated
 * simplification: no plumes, no terrain between source and target, no time aloft. */
#ifndef TUIYAN_HAZARD_FIRE_SPOTTING_H
#define TUIYAN_HAZARD_FIRE_SPOTTING_H

#include "hazard/fire/rothermel.h"

/* Greatest spotting distance in m; wind 20 ft above the vegetation, cover: height of what stands
 * down the wind, m. 0 without wind or fire. */
double fire_spot_max_m(double intensity_kw_m, double wind_20ft_m_s, double cover_m);

/* What stands above the surface fuel. base_m 0: no crowns that could burn. */
struct crown {
    double base_m;      /* height of the lowest green branches over ground */
    double density;     /* canopy bulk density, kg/m3 */
    double foliar;      /* foliar moisture, fraction */
    double height_m;    /* of the canopy */
};

enum crown_state { CROWN_NONE, CROWN_PASSIVE, CROWN_ACTIVE };

/* Surface intensity, kW/m, that lights the crowns. */
double crown_critical_kw_m(const struct crown *c);
/* Rate in m/s once they burn: active when the critical mass flow of 3 kg/m2/min is met, else passive.
 * wind_10m in m/s, dead_1h as a fraction. */
double crown_rate_m_s(const struct crown *c, double wind_10m_m_s, double dead_1h,
                      enum crown_state *state);
/* Length to width of a crown fire, 1 + 0.125 U20 in mph, at most 8 (Rothermel 1991, as in behave). */
double crown_length_to_width(double wind_20ft_m_s);
/* Heat of the burning crowns, kJ/m2: density times depth of the crowns times 18,600 kJ/kg. */
double crown_heat_kj_m2(const struct crown *c);

#endif

/* rothermel.h -- how fast a surface fire spreads, how hot and how high it burns.
 *
 * Rothermel 1972 (INT-115) with Albini 1976 (INT-GTR-30), as in the US Forest Service's behave.
 * What depends on fuel and moisture alone is worked out once into a struct fire_bed; wind and slope
 * of a cell then cost one power (two where slope and wind meet). SI units outside; the fitted
 * equations run in feet, pounds and minutes inside. */
#ifndef TUIYAN_HAZARD_FIRE_ROTHERMEL_H
#define TUIYAN_HAZARD_FIRE_ROTHERMEL_H

#include "hazard/fire/fuel.h"

/* Fractions of dry weight. */
struct fire_moisture {
    double dead_1h, dead_10h, dead_100h, herb, woody;
};

struct fire_bed {
    double r0_m_s; /* rate without wind and slope; 0 when too wet to burn */
    double wind_c; /* phi_wind = wind_c * U^wind_b, U at midflame height in m/s */
    double wind_b;
    double slope_k;        /* phi_slope = slope_k * tan^2, at most slope_max */
    double slope_max;      /* behave's cap, 0.9 I_R */
    double reaction_kw_m2; /* reaction intensity I_R */
    double residence_s;
    double hpa_kj_m2;     /* heat per unit area */
    double sav_1_ft;      /* characteristic surface to volume */
    double packing;       /* beta */
    double packing_ratio; /* beta / beta_op */
    double mx_live;
};

/* Directions are unit vectors (east, north) the fire runs towards. */
struct fire_run {
    double rate_m_s;     /* head */
    double to_e, to_n;   /* direction of the head; (0, 0) when neither wind nor slope drives it */
    double wind_eff_m_s; /* wind that alone would give this rate */
    double length_to_width;
    double ecc; /* eccentricity, focus at the ignition */
    double back_m_s, flank_m_s;
    double intensity_kw_m; /* Byram, at the head */
    double flame_m;        /* flame length at the head */
};

/* Fills *bed. A bed too wet or empty gets rates of 0. Moistures must lie in 0..4. */
void fire_bed_make(const struct fuel *f, const struct fire_moisture *m, struct fire_bed *bed);
/* wind: midflame, m/s, blowing towards (east, north); slope: tangent, vector pointing uphill. */
void fire_run_of(const struct fire_bed *bed, double wind_e, double wind_n, double slope_e,
                 double slope_n, struct fire_run *run);
/* The part of fire_run_of that spread needs: rate_m_s, to, wind_eff_m_s, length_to_width, ecc. */
void fire_head_of(const struct fire_bed *bed, double wind_e, double wind_n, double slope_e,
                  double slope_n, struct fire_run *run);

/* Byram's intensity in kW/m to flame length in m: 0.45 I^0.46 in feet and Btu/ft/s. */
double fire_flame_m(double intensity_kw_m);
/* Anderson 1983: length to width of the ellipse from the effective midflame wind, at most 8. */
double fire_length_to_width(double wind_eff_m_s);
/* Eccentricity of an ellipse of that length to width (>= 1). */
double fire_eccentricity(double length_to_width);
/* Rate at angle theta from the head, R (1 - e) / (1 - e cos theta). */
double fire_rate_at(double head_m_s, double ecc, double cos_theta);
/* Area (m2) and perimeter (m, Ramanujan) of an ellipse grown for t_s from a point. */
double fire_ellipse_area_m2(double head_m_s, double length_to_width, double t_s);
double fire_ellipse_perimeter_m(double head_m_s, double length_to_width, double t_s);

/* Wind 20 ft above the vegetation to midflame (Albini and Baughman 1979, as in behave). Sheltered
 * when the crowns fill at least 5 % and stand at least 6 ft (1.8288 m) high. cover, crown_ratio:
 * 0..1. */
double fire_wind_factor(double bed_depth_m, double cover, double canopy_m, double crown_ratio);
/* Wind at 10 m to wind at 20 ft: divided by 1.15. */
double fire_wind_20ft(double wind_10m_m_s);

#endif

/* wangzhengfei.h -- the spread model Chinese foresters know: 王正非, R = R0 Ks Kw Kphi.
 *
 * Coefficients come from open implementations of the model; the papers (王正非 1983, 1992; 毛贤敏
 * 1993) were not read. Every coefficient is therefore a parameter, with its mark in the rows of
 * wang_default. SI units: m/s in, m/s out. */
#ifndef TUIYAN_HAZARD_FIRE_WANGZHENGFEI_H
#define TUIYAN_HAZARD_FIRE_WANGZHENGFEI_H

#include "hazard/fire/rothermel.h"

struct wang {
    double a, b, c, d;       /* R0 = a T + b W + c (100 - RH) - d, m/min; T C, W Beaufort, RH % */
    double wind_k;           /* Kw = exp(wind_k V), V m/s */
    double slope_k, slope_n; /* Kphi = exp(+-slope_k |tan|^slope_n) */
    double slope_tan_max;    /* Kphi explodes beyond 45 degrees: capped there */
};

/* (0.03, 0.05, 0.01, 0.3), 0.1783, 3.533, 1.2, tan 45 degrees. d = 0.3 is unverified. */
struct wang wang_default(void);

/* Fuel factor Ks. The figures are read from open implementations; their Chinese labels are
 * unverified. */
struct wang_fuel {
    const char *code;
    double ks;
    const char *zh, *en;
};
const struct wang_fuel *wang_fuel_table(int *count);

/* Beaufort number 0..12 of a wind in m/s at 10 m (GB/T 28591-2012 limits). */
int wang_beaufort(double wind_m_s);
/* R0 in m/s, not below 0. */
double wang_r0(const struct wang *w, double temp_c, double humidity, double wind_m_s);
/* Rate of the head in m/s along the resultant of wind and slope, each as its own exponent: the
 * direction that maximises Kw(cos) Kphi(cos). Length to width is Anderson's, from the midflame wind
 * (0.4 of the 10 m wind, assumed). wind blows towards (e, n), slope points uphill (tangent). */
void wang_head_of(const struct wang *w, double r0_m_s, double ks, double wind_e, double wind_n,
                  double slope_e, double slope_n, struct fire_run *run);

#endif

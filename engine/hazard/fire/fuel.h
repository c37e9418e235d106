/* fuel.h -- what burns: the 13 fuel models of Anderson (1982) and the 40 of Scott and Burgan
 * (2005).
 *
 * Loads and sizes are kept in the US customary units of their publications, because Rothermel's
 * equations are fitted in them; nothing outside rothermel.c needs to know. The figures are those of
 * firelab/behave (public domain, US Forest Service), checked row by row by a test. A scenario may
 * add its own fuels as values of the same struct. */
#ifndef TUIYAN_HAZARD_FIRE_FUEL_H
#define TUIYAN_HAZARD_FIRE_FUEL_H

#include <stdbool.h>

#include "base/err.h"

enum fuel_class { FUEL_1H, FUEL_10H, FUEL_100H, FUEL_HERB, FUEL_WOODY, FUEL_CLASSES };

struct fuel {
    int number;       /* 1..13, 101..204; scenario fuels use 900..999 */
    const char *code; /* "FM1", "GR2" .. */
    bool dynamic;     /* herb load cures from live to dead by its moisture */
    double depth_ft;
    double mx_dead; /* moisture of extinction of dead fuel, fraction */
    double heat_dead_btu_lb;
    double heat_live_btu_lb;
    double load_lb_ft2[FUEL_CLASSES];
    double sav_1h; /* surface to volume, 1/ft; 10 h and 100 h are 109 and 30 */
    double sav_herb;
    double sav_woody;
    const char *name_en;
    const char *name_zh;
};

/* All 53 models, in order of number. */
const struct fuel *fuel_table(int *count);
/* The model with that number, or NULL. 91..99 (nonburnable) have no model. */
const struct fuel *fuel_by_number(int number);
const struct fuel *fuel_by_code(struct text code);
/* Refuses figures no fuel bed can have (negative loads, no depth, extinction outside 0..4 ..). */
MUST_USE enum rc fuel_check(const struct fuel *f, struct err *e);

#endif

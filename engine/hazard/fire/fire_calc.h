/* fire_calc.h -- the formulas of the forest fire for `tuiyan calc`. */
#ifndef TUIYAN_HAZARD_FIRE_FIRE_CALC_H
#define TUIYAN_HAZARD_FIRE_FIRE_CALC_H

#include "core/scenario/calc.h"

enum { FIRE_CALCS = 13 };
extern const struct calc_row fire_calc[FIRE_CALCS];

#endif

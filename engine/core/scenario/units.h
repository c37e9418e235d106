/* units.h -- units as people read and type them: one row a unit, whatever module uses it. */
#ifndef TUIYAN_CORE_SCENARIO_UNITS_H
#define TUIYAN_CORE_SCENARIO_UNITS_H

#include "base/err.h"

struct unit_row {
    const char *unit;   /* as schema rows and measures name it */
    const char *zh, *en; /* behind a number, on a page of that language */
    const char *typed;  /* other words that people type behind a number, separated by blanks; may be "" */
    int decimals;       /* that a person wants to see */
};

/* The row, or NULL: then the unit is printed as it stands, with one decimal. */
const struct unit_row *unit_find(struct text unit);
const struct unit_row *unit_at(int i); /* NULL past the end */

#endif

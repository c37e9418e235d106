/* grid.h -- reading an ESRI ASCII grid: a head of names and numbers, then rows from the north.
 *
 * Heights and fuel codes come in this form because every GIS writes it and a person can look into
 * it. */
#ifndef TUIYAN_HAZARD_FIRE_GRID_H
#define TUIYAN_HAZARD_FIRE_GRID_H

#include "base/arena.h"
#include "base/err.h"

enum { GRID_CELLS_MAX = 64 * 1000 * 1000 };

struct grid {
    int cols, rows;
    double cell_m;
    double x0, y0; /* south-west corner as the file says */
    float *value;  /* rows * cols, row 0 north */
};

/* RC_INPUT names the row and column (from 1, north-west) of what is wrong: no number, too few or
 * too many of them, a hole (NODATA) in the data. name is for the message. */
MUST_USE enum rc grid_read(struct text bytes, struct text name, struct arena *a, struct grid *out,
                           struct err *e);

#endif

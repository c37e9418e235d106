/* fields.h -- physics at a point, from one hazard to another: depth, speed, smoke, temperature, gas, density.
 *
 * A hazard says at the start which quantities it knows, each as a grid of its own or by a function. Whoever
 * asks reads what was at the end of the step before, whatever the order in which hazards step: grids are
 * copied when a step ends, a function has to answer so itself. Where several know a quantity at a point the
 * greatest holds, for of all of them more is worse. Not state: it is made anew from its sources. */
#ifndef TUIYAN_CORE_WORLD_FIELDS_H
#define TUIYAN_CORE_WORLD_FIELDS_H

#include "base/arena.h"
#include "base/err.h"

enum quantity {
    QUANTITY_DEPTH_M,    /* of water above the ground */
    QUANTITY_SPEED_MS,   /* of what flows there */
    QUANTITY_SMOKE_K,    /* extinction coefficient, 1/m */
    QUANTITY_TEMP_C,
    QUANTITY_CO_PPM,
    QUANTITY_DENSITY_M2, /* people on a square metre */
    QUANTITIES
};

struct quantity_row {
    const char *name, *unit, *zh, *en;
};

enum { FIELDS_MAX = 24, HAZARD_FIELDS_MAX = 8 };

struct field_source {
    enum quantity quantity;
    int32_t level; /* storey, or depth below; 0 the ground */
    /* A grid, row 0 north; NaN where it says nothing .. */
    int cols, rows;
    double cell_m, west_m, south_m;
    const float *value; /* rows * cols, its owner's, at the same address for good */
    /* .. or, with value NULL, a function: as it was at the end of the step before, NaN for nothing */
    double (*at)(const void *self, double x_m, double y_m);
    const void *self;
};

struct fields {
    struct field_source source[FIELDS_MAX]; /* in the order of the hazards */
    float *kept[FIELDS_MAX];                /* grids as they were when the last step ended */
    int count;
};

const struct quantity_row *quantity_row(enum quantity q);
/* Adds one; memory for its copy comes from perm. */
MUST_USE enum rc fields_add(struct fields *f, const struct field_source *source, struct arena *perm, struct err *e);
/* Takes the grids over: at the end of a step, and when a state was put back. */
void fields_turn(struct fields *f);
struct world;
/* What is known of the quantity at the point on that level; missing where nobody knows. */
double fields_at(const struct world *w, enum quantity q, double x_m, double y_m, int32_t level, double missing);

#endif

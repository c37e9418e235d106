/* sight.h -- what somebody sees of the hazards, at the moment of seeing.
 *
 * An eye looks from somewhere; each hazard says what it sees (observe in hazard.h): facts of its topics,
 * and the classes of cells of its raster layers. What was seen travels as a list of sights, in a message,
 * and is told with the time of seeing: who hears of it later knows what was seen, not what is. */
#ifndef TUIYAN_CORE_WORLD_SIGHT_H
#define TUIYAN_CORE_WORLD_SIGHT_H

#include "core/world/event.h"

enum eye_kind {
    EYE_TEAM,  /* id: team, where it stands */
    EYE_DESK,  /* id: agency; its gauges and cameras, what is brought to its desk: exact, wherever it sits */
};

struct eye {
    int32_t kind, id;
    double x, y;
    double reach_m; /* 0: as far as the hazard can be made out by such an eye */
    double judge;   /* what is judged by eye comes out so many times what it is; 1: exact */
};

/* A fact as struct fact has it (topic, subject, value), or cells of a raster layer on the grid that
 * knowledge keeps of it: topic sight_cells(owner, layer), subject the first cell (row * cols + col), value
 * CELLS_EACH classes of four bits, the first lowest, none beyond the end of the row. */
struct sight {
    int32_t topic, subject;
    int64_t value;
};

enum {
    SIGHT_CELLS = 1 << 16,
    CELLS_EACH = 16,
    CELL_UNSEEN = 15, /* class of a cell that the eye does not see; 0: it sees that nothing is there */
    SIGHTS_MAX = 1600, /* of one look: two layers seen whole, a row of a grid is 7 */
};

int32_t sight_cells(int owner, int layer);

struct world;
/* What all hazards show the eye, the first things first; returns how many, at most max. */
int world_observe(const struct world *w, const struct eye *eye, struct sight *out, int max);
/* Whether it sees anything of any hazard. */
bool world_sees(const struct world *w, const struct eye *eye);

#endif

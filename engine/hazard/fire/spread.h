/* spread.h -- where the fire is when: arrival times on a raster, by fast marching on a Randers
 * metric.
 *
 * An elliptical rate of spread R(theta) = R (1 - e)/(1 - e cos theta) makes the time over a vector
 * v F(v) = (|v| - e w.v)/p, p = R (1 - e), w the direction of the head: a Randers metric. With the
 * linear part taken off, the arrival from a segment between two neighbours is the closed form of
 * the isotropic eikonal equation, so the front is straight where it should be straight and an
 * ellipse is an ellipse, which spread along lattice edges never gives.
 *
 * A cell is settled when the fire has arrived: its time is final. Its unsettled neighbours carry a
 * tentative time, which is always the same pure function of the settled times, the barriers and the
 * costs of now. That makes the result independent of how often spread_advance was interrupted, and
 * a change at time t equal, bit for bit, to a run that knew of it: spread_advance(t), then the
 * change.
 *
 * Costs are constant between two calls of spread_recost. At such a moment the front lies somewhere
 * between settled and tentative cells; the way already covered is kept, the rest runs at new cost.
 *
 * Cells are numbered row by row from the north-west corner; times are seconds. Nothing allocates
 * after spread_open. 57 bytes a cell. */
#ifndef TUIYAN_HAZARD_FIRE_SPREAD_H
#define TUIYAN_HAZARD_FIRE_SPREAD_H

#include "base/arena.h"
#include "core/world/walk.h"
#include "hazard/fire/rothermel.h"

#define SPREAD_NEVER 1e300 /* arrival time of a cell the fire does not reach */

enum { SPREAD_SEED_MAX = 256 }; /* ignitions in one drill: the first, spot fires, burn-outs */

struct spread;

struct spread_setup {
    int cols, rows;
    double cell_m;
    const uint8_t *barrier; /* cols * rows; nonzero never burns and is never crossed; may be NULL */
    /* Fills head rate, direction, length_to_width, ecc for a cell as things stand now; rate 0: does
     * not burn. Called once a cell between two spread_recost, only for cells near the front. */
    void (*cost)(const void *ctx, int cell, struct fire_run *run);
    const void *ctx;
};

enum spread_state {
    SPREAD_FREE,    /* may burn */
    SPREAD_BURNT,   /* reached */
    SPREAD_OUT,     /* reached and put out: no fire leaves it any more */
    SPREAD_BARRIER, /* blocked or never burns */
};

/* RC_INPUT when the raster is empty or too large, RC_MEMORY. */
MUST_USE enum rc spread_open(const struct spread_setup *setup, struct arena *perm,
                             struct spread **out, struct err *e);
/* Settles every cell the fire reaches at or before until_s (>= the last one). */
void spread_advance(struct spread *s, double until_s);
/* All that follows happens at the moment up to which spread_advance was called last. */
/* A new fire at cell, as an exact ellipse out to three cells. False: it is a barrier or burnt. */
bool spread_ignite(struct spread *s, int cell);
/* The same for a single cell, without the exact ellipse: for a burn-out lit along a line. */
bool spread_light(struct spread *s, int cell);
/* What cost() says has changed. */
void spread_recost(struct spread *s);
/* A barrier from now on (false: it has burnt already), or no longer one. */
bool spread_block(struct spread *s, int cell);
void spread_unblock(struct spread *s, int cell);
/* The fire in a burnt cell is put out: it ignites no neighbour from now on. */
void spread_quench(struct spread *s, int cell);
void spread_quench_all(struct spread *s);
/* To be called for a cell whose rate cost() may have turned to 0 while others still burn, so that
 * long neighbours do not jump it. Never undone, costs only time. */
void spread_mark_cold(struct spread *s, int cell);

enum spread_state spread_state(const struct spread *s, int cell);
/* Settled time; of a cell at the front the time it will burn if nothing changes; else SPREAD_NEVER.
 */
double spread_arrival(const struct spread *s, int cell);
double spread_now(const struct spread *s);
bool spread_is_active(const struct spread *s); /* some cell is going to burn */
int spread_burnt_count(const struct spread *s);
int spread_burnt(const struct spread *s, int i); /* the i-th cell that burnt */
/* Cells at the front, which will burn next, in no particular order. */
int spread_front_count(const struct spread *s);
int spread_front(const struct spread *s, int i);
/* How it looked at at_s (<= now): out[cell] is 0 where it had not arrived, 1 where it arrived longer than age_s[0]
 * before or is out by now, k + 1 where it arrived less than age_s[k - 1] before (ages fall), ages + 2 where it then
 * burnt beside a cell it was going to reach. */
void spread_picture(const struct spread *s, double at_s, const double *age_s, int ages, uint8_t *out);
/* The strongest of it, as it is now, in a square of side cells from (col, row) on, as far as the map goes. */
int spread_look(const struct spread *s, int col, int row, int side, const double *age_s, int ages);
/* Length of the edge of what is burnt, m: lattice edges times pi/4 (exact for a circle). */
double spread_perimeter_m(const struct spread *s);
/* Side of the map the fire has touched: bit 0 north, 1 east, 2 south, 3 west. */
int spread_edges(const struct spread *s);
/* Rate and shape at a cell under the costs of now. */
void spread_run_at(const struct spread *s, int cell, struct fire_run *run);
/* Rate in m/s at which fire runs from one cell into another, by the costs of the second. */
double spread_rate(struct spread *s, int from, int to);
/* Order-independent digest of all settled times. */
uint64_t spread_digest(const struct spread *s);
/* Bytes a cell, for the bench and the test of the limit. */
double spread_bytes_per_cell(void);
/* Hash, save and load. On load the cost function must already answer as it did at the last recost.
 */
void spread_walk(struct spread *s, struct walk *w);

#endif

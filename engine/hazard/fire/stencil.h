/* stencil.h -- the rings of neighbours over which arrival times are propagated.
 *
 * A ring of order n holds every primitive lattice direction (dx, dy) with max(|dx|, |dy|) <= n,
 * sorted by angle: 16 directions for n = 2, then 32, 48, 80, and 176 for n = 8. Two neighbours in
 * angle span a triangle without lattice points inside (Farey sequences), so a two-point update
 * misses nothing. A ring is causal while its widest gap, atan(1/n), is at most acos(eccentricity).
 */
#ifndef TUIYAN_HAZARD_FIRE_STENCIL_H
#define TUIYAN_HAZARD_FIRE_STENCIL_H

#include <stdint.h>

enum { RINGS = 5, RING_MAX = 176, RING_REACH_MAX = 8 };

/* One direction and the pair it makes with the next one. Vectors run from the source to the cell
 * that is being updated, east and north, in metres. */
struct ray {
    int8_t dx, dy;
    int32_t step; /* index of the source minus index of the target, in the raster */
    double e, n, length;
    /* segment from this ray to the next: its length, distance from the target, where the foot lies
     */
    double gap, height, foot;
    /* 1 / gap; and between which shares of the slowness the two-point solution lies on the segment */
    double per_gap, low, high;
    int32_t before, after; /* its neighbours in the ring */
};

struct ring {
    int count, reach;
    struct ray ray[RING_MAX];
};

struct stencil {
    struct ring ring[RINGS];
    /* same[a][i][b]: which ray of ring b is ray i of ring a; -1 when it has none */
    int16_t same[RINGS][RING_MAX][RINGS];
};

void stencil_make(struct stencil *s, double cell_m, int stride);
/* The ring for an ellipse of that length to width: 16 to 2.2, 32 to 3.2, 48 to 4.1, 80 to 5.1. */
int stencil_ring_for(double length_to_width);

#endif

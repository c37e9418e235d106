/* spread_parts.h -- inside of spread: the state, and what spread.c lends to spread_keep.c. */
#ifndef TUIYAN_HAZARD_FIRE_SPREAD_PARTS_H
#define TUIYAN_HAZARD_FIRE_SPREAD_PARTS_H

#include "hazard/fire/spread.h"
#include "hazard/fire/stencil.h"

enum {
    PAD = RING_REACH_MAX, /* dead cells around the map, so that no neighbour needs a bounds check */
    SEED_REACH = 3,       /* cells to which an ignition is an exact ellipse */
    CELLS_MAX = 1 << 27,
};

enum {
    AT_FRONT = 1, /* in the heap, perhaps with time SPREAD_NEVER */
    BURNT = 2,
    NO_FUEL = 4,
    BLOCKED = 8,
    OUT = 16,
    SEEDED = 32, /* within SEED_REACH of an ignition */
    CLOSED = NO_FUEL | BLOCKED,
};

/* F(v) = |v| slow - (e pull_e + n pull_n); slow 0: does not burn. */
struct cost {
    float slow, pull_e, pull_n;
};

/* What only the update of the cell itself needs: half a cache line. */
struct local {
    struct cost cost;
    float rest;    /* at the last recost: how long the fire would still have needed */
    float base;    /* fire that came before this moment counts from it */
    float ref;     /* when the winning source started */
    int32_t place; /* in the heap */
    uint16_t cost_epoch;
    uint8_t ring;
    uint8_t near; /* Chebyshev distance to the nearest thing that may close the way, at most 9 */
};

struct seed {
    int32_t cell;
};

/* Per cell: 8 time, 1 state, 32 local, 8 + 4 heap, 4 order. */
struct spread {
    int cols, rows, stride;
    int cells; /* with the pad */
    double cell_m;
    void (*cost_of)(const void *ctx, int cell, struct fire_run *run);
    const void *ctx;
    struct stencil stencil;
    double *time;   /* read by neighbours too */
    struct local *local;
    uint8_t *state;
    double *heap_time;
    int32_t *heap_cell;
    int heap_count;
    int32_t *order; /* cells as they settled */
    int32_t burnt;
    double now, recost_at;
    uint16_t epoch;
    int ring_max; /* widest ring met so far: how far a settled cell must tell its neighbours */
    struct seed seed[SPREAD_SEED_MAX];
    int32_t seeds;
    int64_t edge_count;
    int32_t edges;
    uint64_t digest;
};

static inline int inner(const struct spread *s, int cell)
{
    ASSERT(cell >= 0 && cell < s->cols * s->rows);
    return (cell / s->cols + PAD) * s->stride + cell % s->cols + PAD;
}

static inline int outer(const struct spread *s, int x)
{
    return (x / s->stride - PAD) * s->cols + x % s->stride - PAD;
}

/* Marks a cell burnt at s->time[x] and counts it. */
void spread_settle(struct spread *s, int x);
/* Puts a cell back to the front with what was covered at the last recost; its time follows. */
void spread_rejoin(struct spread *s, int x, float rest, float base);
/* Notes something that may close the way around x. */
void spread_mark_near(struct spread *s, int x);

#endif

/* tiles.h -- a big raster in tiles of 64 x 64 cells: a step's hash costs what changed, a snapshot
 * what is not at rest.
 *
 * A raster is up to TILE_LAYERS arrays of one shape (a depth, a speed ..), row by row, of 1, 2,
 * 4 or 8 bytes a cell; each has a value of rest (dry, still, clear). Whoever writes a cell says so
 * with tiles_touch. A tile is *fresh* when it was touched since its digest was made, and *wet* when
 * any cell of any layer is not at rest; both are worked out from the cells and neither is state.
 * The digest of a tile and layer is kept; tiles_walk renews the fresh ones, gives one field a layer
 * to the hash, and saves and restores the wet tiles alone.
 *
 * Promises: the digest is a function of the cells, so a state that was restored, or reached by
 * another way, hashes alike; cells are compared by their bytes (write +0, not -0; no NaN). Whoever
 * writes and does not say so would be lost from the hash: tiles_walk asserts on the way into a
 * snapshot that the kept digests are those of the cells. */
#ifndef TUIYAN_CORE_WORLD_TILES_H
#define TUIYAN_CORE_WORLD_TILES_H

#include "base/arena.h"
#include "base/err.h"
#include "core/world/walk.h"

enum { TILE_CELLS = 64, TILE_LAYERS = 8 };

struct tile_layer {
    const char *name; /* of the field in the hash */
    void *at;         /* cols * rows cells */
    int32_t size;     /* bytes a cell: 1, 2, 4 or 8 */
    uint64_t rest;    /* the bytes of a cell at rest, as they lie in memory */
};

struct tiles {
    int32_t cols, rows;   /* cells */
    int32_t across, down; /* tiles */
    struct tile_layer layer[TILE_LAYERS];
    int32_t layers;
    uint8_t *fresh, *wet; /* by tile, row by row */
    uint64_t *digest[TILE_LAYERS];
    bool any; /* some tile is fresh */
};

/* The arrays stay the caller's and must be filled; all tiles are fresh. */
MUST_USE enum rc tiles_make(struct tiles *t, int32_t cols, int32_t rows,
                            const struct tile_layer *layer, int layers, struct arena *a,
                            struct err *e);
/* The cell was, or is about to be, written. */
static inline void tiles_touch(struct tiles *t, int32_t col, int32_t row)
{
    t->fresh[row / TILE_CELLS * t->across + col / TILE_CELLS] = 1;
    t->any = true;
}
void tiles_touch_all(struct tiles *t);
/* Digests and wetness of the fresh tiles are made anew; none is fresh then. Returns how many there
 * were. */
int32_t tiles_settle(struct tiles *t);
/* Whether every kept digest is that of the cells; fresh tiles are not asked. */
bool tiles_hold(const struct tiles *t);
/* Hash: settles, then a digest a layer. Save: the wet tiles. Load: all cells at rest but those; all
 * tiles fresh. */
void tiles_walk(struct tiles *t, struct walk *w);

#endif

/* A raster in tiles; see tiles.h. Nothing is allocated after tiles_make. */
#include "core/world/tiles.h"

#include <string.h>

#include "base/hash.h"

/* The cells of a tile: those at the east and south edges may be narrower. */
struct span {
    int32_t col, row, cols, rows;
};

static struct span span_of(const struct tiles *t, int32_t tile)
{
    struct span s = {tile % t->across * TILE_CELLS, tile / t->across * TILE_CELLS, TILE_CELLS,
                     TILE_CELLS};

    if (s.col + s.cols > t->cols)
        s.cols = t->cols - s.col;
    if (s.row + s.rows > t->rows)
        s.rows = t->rows - s.row;
    return s;
}

static uint8_t *cells_at(const struct tiles *t, const struct tile_layer *l, int32_t col,
                         int32_t row)
{
    return (uint8_t *)l->at + ((size_t)row * (size_t)t->cols + (size_t)col) * (size_t)l->size;
}

/* A row of cells at rest. */
static void rest_row(const struct tile_layer *l, uint8_t out[TILE_CELLS * 8])
{
    for (int i = 0; i < TILE_CELLS; i++)
        memcpy(out + i * l->size, &l->rest,
               (size_t)l->size); /* little-endian: the low bytes are the cell */
}

/* Gathered first and hashed at once: XXH3 pays for every call above 240 bytes, and more when it has
 * a seed (7.2 ms for 10^6 cells x 3 floats row by row, with seeds; 1.3 ms so). Where the tile lies
 * is in the order of digests. */
static uint64_t digest_of(const struct tiles *t, const struct tile_layer *l, struct span s)
{
    uint8_t cells[TILE_CELLS * TILE_CELLS * 8];
    const size_t row_size = (size_t)s.cols * (size_t)l->size;

    for (int32_t i = 0; i < s.rows; i++)
        memcpy(cells + (size_t)i * row_size, cells_at(t, l, s.col, s.row + i), row_size);
    return hash_bytes(cells, (size_t)s.rows * row_size, 0);
}

static bool is_wet(const struct tiles *t, const struct tile_layer *l, struct span s)
{
    uint8_t rest[TILE_CELLS * 8];

    rest_row(l, rest);
    for (int32_t row = s.row; row < s.row + s.rows; row++)
        if (memcmp(cells_at(t, l, s.col, row), rest, (size_t)s.cols * (size_t)l->size) != 0)
            return true;
    return false;
}

enum rc tiles_make(struct tiles *t, int32_t cols, int32_t rows, const struct tile_layer *layer,
                   int layers, struct arena *a, struct err *e)
{
    int32_t count;
    bool good;

    ASSERT(cols > 0 && rows > 0 && layers > 0 && layers <= TILE_LAYERS);
    *t = (struct tiles){.cols = cols, .rows = rows, .layers = layers};
    t->across = (cols + TILE_CELLS - 1) / TILE_CELLS;
    t->down = (rows + TILE_CELLS - 1) / TILE_CELLS;
    count = t->across * t->down;
    t->fresh = ARENA_NEW(a, uint8_t, count);
    t->wet = ARENA_NEW(a, uint8_t, count);
    good = t->fresh != NULL && t->wet != NULL;
    for (int i = 0; i < layers; i++) {
        ASSERT(layer[i].size == 1 || layer[i].size == 2 || layer[i].size == 4 ||
               layer[i].size == 8);
        t->layer[i] = layer[i];
        t->digest[i] = ARENA_NEW(a, uint64_t, count);
        good = good && t->digest[i] != NULL;
    }
    if (!good)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    tiles_touch_all(t);
    return RC_OK;
}

void tiles_touch_all(struct tiles *t)
{
    memset(t->fresh, 1, (size_t)t->across * (size_t)t->down);
    t->any = true;
}

int32_t tiles_settle(struct tiles *t)
{
    int32_t done = 0;

    for (int32_t i = 0; t->any && i < t->across * t->down; i++) {
        if (!t->fresh[i])
            continue;
        const struct span s = span_of(t, i);
        t->wet[i] = 0;
        for (int k = 0; k < t->layers; k++) {
            t->digest[k][i] = digest_of(t, &t->layer[k], s);
            t->wet[i] = t->wet[i] || is_wet(t, &t->layer[k], s);
        }
        t->fresh[i] = 0;
        done++;
    }
    t->any = false;
    return done;
}

bool tiles_hold(const struct tiles *t)
{
    for (int32_t i = 0; i < t->across * t->down; i++)
        for (int k = 0; k < t->layers && !t->fresh[i]; k++)
            if (t->digest[k][i] != digest_of(t, &t->layer[k], span_of(t, i)))
                return false;
    return true;
}

static void walk_tile(struct tiles *t, struct walk *w, int32_t tile)
{
    const struct span s = span_of(t, tile);

    for (int k = 0; k < t->layers; k++)
        for (int32_t row = s.row; row < s.row + s.rows; row++)
            walk_bytes(w, t->layer[k].name, cells_at(t, &t->layer[k], s.col, row),
                       (size_t)s.cols * (size_t)t->layer[k].size);
}

static void save_wet(struct tiles *t, struct walk *w)
{
    int32_t wet = 0;

    ASSERT(!w->at || tiles_hold(t)); /* or somebody wrote without a word */
    (void)tiles_settle(t);
    for (int32_t i = 0; i < t->across * t->down; i++)
        wet += t->wet[i];
    walk_count(w, "wet_tiles", &wet, t->across * t->down);
    for (int32_t i = 0; i < t->across * t->down; i++) {
        if (!t->wet[i])
            continue;
        walk_count(w, "tile", &i, t->across * t->down - 1);
        walk_tile(t, w, i);
    }
}

static void all_at_rest(struct tiles *t)
{
    for (int k = 0; k < t->layers; k++) {
        const struct tile_layer *l = &t->layer[k];
        const size_t cells = (size_t)t->cols * (size_t)t->rows;
        if (l->rest == 0)
            memset(l->at, 0, cells * (size_t)l->size);
        for (size_t i = 0; l->rest != 0 && i < cells; i++)
            memcpy((uint8_t *)l->at + i * (size_t)l->size, &l->rest, (size_t)l->size);
    }
}

static void load_wet(struct tiles *t, struct walk *w)
{
    int32_t wet = 0, last = -1;

    all_at_rest(t);
    tiles_touch_all(t);
    walk_count(w, "wet_tiles", &wet, t->across * t->down);
    for (int32_t n = 0; n < wet && !w->bad; n++) {
        int32_t tile = 0;
        walk_count(w, "tile", &tile, t->across * t->down - 1);
        w->bad = w->bad || tile <= last; /* rising, each once */
        last = tile;
        if (!w->bad)
            walk_tile(t, w, tile);
    }
}

void tiles_walk(struct tiles *t, struct walk *w)
{
    if (w->mode == WALK_LOAD) {
        load_wet(t, w);
        return;
    }
    if (w->mode == WALK_SAVE) {
        save_wet(t, w);
        return;
    }
    (void)tiles_settle(t);
    for (int k = 0; k < t->layers; k++)
        walk_digest(w, t->layer[k].name,
                    hash_bytes(t->digest[k],
                               (size_t)t->across * (size_t)t->down * sizeof(*t->digest[k]), 0));
}

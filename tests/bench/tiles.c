/* What a raster of 10^6 cells and three layers of floats costs in a step: its hash when nothing, a
 * twentieth, and all of it changed (limit 2 ms, or what changed), and a snapshot of what is wet.
 * Medians of RUNS. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/world/tiles.h"

enum { SIDE = 1000, LAYERS = 3, RUNS = 31 };
#define LIMIT_MS 2.0

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Rows 0 .. rows - 1 change; the hash of the whole. */
static double hash_ms(struct tiles *t, float *depth, int rows)
{
    static struct walk w;
    double ms[RUNS];
    for (int run = 0; run < RUNS; run++) {
        for (int row = 0; row < rows; row++) {
            for (int col = 0; col < SIDE; col++) {
                depth[row * SIDE + col] = (float)(run + 1 + col % 13);
                tiles_touch(t, col, row);
            }
        }
        double from = now_ms();
        walk_begin_hash(&w);
        walk_slice(&w, "bench");
        tiles_walk(t, &w);
        ms[run] = now_ms() - from;
    }
    qsort(ms, RUNS, sizeof(*ms), by_value);
    return ms[RUNS / 2];
}

int main(void)
{
    static struct walk w;
    static const char *const name[LAYERS] = {"depth", "speed_x", "speed_y"};
    struct tile_layer layer[LAYERS];
    struct arena a;
    struct tiles t;
    arena_init(&a, 0);
    for (int i = 0; i < LAYERS; i++)
        layer[i] = (struct tile_layer){name[i], ARENA_NEW(&a, float, SIDE *SIDE), sizeof(float), 0};
    if (!layer[2].at || tiles_make(&t, SIDE, SIDE, layer, LAYERS, &a, NULL) != RC_OK)
        return 1;
    double all = hash_ms(&t, layer[0].at, SIDE), some = hash_ms(&t, layer[0].at, SIDE / 20),
           none = hash_ms(&t, layer[0].at, 0);
    printf("tiles: hash of %d cells x %d floats  all changed %.2f ms (limit %.1f)  a twentieth "
           "%.2f ms  nothing %.3f ms\n",
           SIDE * SIDE, LAYERS, all, LIMIT_MS, some, none);
    double from = now_ms();
    walk_begin_save(&w, NULL, 0);
    tiles_walk(&t, &w);
    uint8_t *bytes = malloc(w.size);
    if (!bytes)
        return 1;
    walk_begin_save(&w, bytes, w.size);
    tiles_walk(&t, &w);
    double save = now_ms() - from;
    from = now_ms();
    walk_begin_load(&w, bytes, w.size);
    tiles_walk(&t, &w);
    printf("tiles: snapshot of all of it %.1f MB  sized and saved %.1f ms  loaded %.1f ms\n",
           (double)w.cap / 1e6, save, now_ms() - from);
    free(bytes);
    arena_free(&a);
    return 0;
}

/* Protects rasters in tiles: the kept digest is that of the cells at any size and after any writes,
 * a snapshot holds what is not at rest and gives the same state back, and a write that nobody told
 * of is found. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/rng.h"
#include "core/world/lanes.h"
#include "core/world/tiles.h"

struct raster {
    struct arena a;
    struct tiles t;
    float *depth;
    uint8_t *state;
    int64_t *since;
};

static void make(struct raster *r, int32_t cols, int32_t rows)
{
    const int64_t cells = (int64_t)cols * rows;

    arena_init(&r->a, 0);
    r->depth = ARENA_NEW(&r->a, float, cells);
    r->state = ARENA_NEW(&r->a, uint8_t, cells);
    r->since = ARENA_NEW(&r->a, int64_t, cells);
    for (int64_t i = 0; i < cells; i++)
        r->since[i] = -1;
    const struct tile_layer layer[] = {
        {"depth", r->depth, 4, 0}, {"state", r->state, 1, 0}, {"since", r->since, 8, (uint64_t)-1}};
    assert_int_equal(tiles_make(&r->t, cols, rows, layer, 3, &r->a, NULL), RC_OK);
}

static void write(struct raster *r, int32_t col, int32_t row, float depth, uint8_t state,
                  int64_t since)
{
    const int64_t i = (int64_t)row * r->t.cols + col;

    r->depth[i] = depth;
    r->state[i] = state;
    r->since[i] = since;
    tiles_touch(&r->t, col, row);
}

static uint64_t hash_now(struct raster *r)
{
    static struct walk w;

    walk_begin_hash(&w);
    walk_slice(&w, "test");
    tiles_walk(&r->t, &w);
    assert_int_equal(w.fields, 3);
    return walk_hash(&w);
}

/* The hash as if nothing had been kept. */
static uint64_t hash_anew(struct raster *r)
{
    tiles_touch_all(&r->t);
    return hash_now(r);
}

static const int32_t SIZES[][2] = {{1, 1},   {64, 64}, {63, 65},   {65, 63},
                                   {130, 1}, {1, 200}, {257, 129}, {1000, 37}};

static void the_digest_is_that_of_the_cells(void **state)
{
    (void)state;
    for (int k = 0; k < COUNT_OF(SIZES); k++) {
        struct raster r;
        uint64_t seed = 7 + (uint64_t)k;
        make(&r, SIZES[k][0], SIZES[k][1]);
        uint64_t before = hash_now(&r), dry = before;
        for (int n = 0; n < 200; n++) {
            seed = rng_mix(seed, 1);
            int32_t col = (int32_t)(seed % (uint64_t)r.t.cols),
                    row = (int32_t)((seed >> 20) % (uint64_t)r.t.rows);
            write(&r, col, row, (float)(n + 1) * 0.1f, (uint8_t)(n & 3), n);
            uint64_t now = hash_now(&r);
            assert_true(now != before); /* a change is seen */
            assert_true(tiles_hold(&r.t));
            if (n % 50 == 0)
                assert_true(hash_anew(&r) == now);
            before = now;
        }
        for (int32_t row = 0; row < r.t.rows; row++)
            for (int32_t col = 0; col < r.t.cols; col++)
                write(&r, col, row, 0, 0, -1);
        assert_true(hash_now(&r) == dry); /* the way there does not matter */
        arena_free(&r.a);
    }
}

static void only_what_was_touched_is_worked_out(void **state)
{
    struct raster r;

    (void)state;
    make(&r, 1000, 1000);
    assert_int_equal(tiles_settle(&r.t), 16 * 16);
    assert_int_equal(tiles_settle(&r.t), 0);
    write(&r, 64, 0, 1, 1, 1);
    write(&r, 127, 63, 1, 1, 1);
    write(&r, 999, 999, 1, 1, 1);
    assert_int_equal(tiles_settle(&r.t), 2);
    assert_int_equal(r.t.wet[0], 0);
    assert_int_equal(r.t.wet[1], 1);
    assert_int_equal(r.t.wet[255], 1);
    arena_free(&r.a);
}

static size_t save(struct raster *r, uint8_t *at, size_t cap)
{
    static struct walk w;

    walk_begin_save(&w, at, cap);
    walk_slice(&w, "test");
    tiles_walk(&r->t, &w);
    assert_false(w.bad);
    return w.size;
}

static void wet_tiles_come_back(void **state)
{
    static struct walk w;

    (void)state;
    for (int k = 0; k < COUNT_OF(SIZES); k++) {
        struct raster r, other;
        make(&r, SIZES[k][0], SIZES[k][1]);
        make(&other, SIZES[k][0], SIZES[k][1]);
        assert_int_equal(save(&r, NULL, 0), 4); /* dry: a count */
        write(&r, r.t.cols / 2, r.t.rows / 2, 1.5f, 2, 77);
        write(&r, r.t.cols - 1, r.t.rows - 1, 0.25f, 0, -1);
        write(&other, 0, 0, 9, 9, 9); /* what is not in the snapshot goes back to rest */
        size_t size = save(&r, NULL, 0);
        uint8_t *bytes = malloc(size);
        assert_int_equal(save(&r, bytes, size), size);
        assert_true(size <= 4 + 2 * (4 + 64 * 64 * 13));
        walk_begin_load(&w, bytes, size);
        walk_slice(&w, "test");
        tiles_walk(&other.t, &w);
        assert_false(w.bad);
        assert_true(w.size == size);
        assert_true(hash_now(&other) == hash_now(&r));
        assert_memory_equal(other.since, r.since, (size_t)r.t.cols * (size_t)r.t.rows * 8);
        assert_memory_equal(other.depth, r.depth, (size_t)r.t.cols * (size_t)r.t.rows * 4);
        /* And both go on alike. */
        write(&r, 0, 0, 3, 3, 3);
        write(&other, 0, 0, 3, 3, 3);
        assert_true(hash_now(&other) == hash_now(&r));
        for (size_t cut = 0; cut < size;
             cut += 1 + size / 7) { /* a torn one is bad, and nothing else */
            walk_begin_load(&w, bytes, cut);
            walk_slice(&w, "test");
            tiles_walk(&other.t, &w);
            assert_true(w.bad);
        }
        free(bytes);
        arena_free(&r.a);
        arena_free(&other.a);
    }
}

static void tiles_out_of_order_are_refused(void **state)
{
    static struct walk w;
    struct raster r;
    static uint8_t bytes[4 + 2 * (4 + 64 * 64 * 13)];

    (void)state;
    make(&r, 128, 64);
    write(&r, 0, 0, 1, 1, 1);
    write(&r, 64, 0, 1, 1, 1);
    assert_int_equal(save(&r, bytes, sizeof bytes), sizeof bytes);
    memset(bytes + 4 + 4 + 64 * 64 * 13, 0, 4); /* the second says it is the first */
    walk_begin_load(&w, bytes, sizeof bytes);
    walk_slice(&w, "test");
    tiles_walk(&r.t, &w);
    assert_true(w.bad);
    arena_free(&r.a);
}

static void a_write_without_a_word_is_found(void **state)
{
    struct raster r;

    (void)state;
    make(&r, 100, 100);
    (void)hash_now(&r);
    assert_true(tiles_hold(&r.t));
    r.depth[7070] = 1.0f;
    assert_false(tiles_hold(&r.t));
    tiles_touch(&r.t, 70, 70);
    assert_true(tiles_hold(&r.t));
    arena_free(&r.a);
}

static void count_part(void *arg, int i)
{
    int *seen = arg;
    seen[i] = i == 0 ? 1 : seen[i - 1] + 1;
}

static void the_cut_covers_every_row_once(void **state)
{
    int seen[LANE_BANDS];

    (void)state;
    for (int32_t rows = 0; rows < 300; rows++) {
        int32_t next = 0;
        for (int i = 0; i < LANE_BANDS; i++) {
            struct band b = lanes_band(rows, i);
            assert_int_equal(b.from, next);
            assert_true(b.to - b.from == rows / LANE_BANDS ||
                        b.to - b.from == rows / LANE_BANDS + 1);
            next = b.to;
        }
        assert_int_equal(next, rows);
    }
    lanes_serial.run(lanes_serial.ctx, LANE_BANDS, count_part, seen);
    assert_int_equal(seen[LANE_BANDS - 1], LANE_BANDS);
    double part[LANE_BANDS] = {1e16, 1.0, -1e16}; /* the order is seen: the 1 is lost in it */
    assert_true(lanes_sum(part) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_digest_is_that_of_the_cells),
        cmocka_unit_test(only_what_was_touched_is_worked_out),
        cmocka_unit_test(wet_tiles_come_back),
        cmocka_unit_test(tiles_out_of_order_are_refused),
        cmocka_unit_test(a_write_without_a_word_is_found),
        cmocka_unit_test(the_cut_covers_every_row_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects the fastest way: on random graphs with islands, cuts, police closures and jams, as the world is and as an agency believes
 * it to be, the tables and the search give the time that plain relaxation of every road gives, and never another way for the
 * same question; the nearest junction is the nearest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "../core/table.h"
#include "base/rng.h"
#include "response/parts.h"

enum { NODES = 60, ROADS = 80, CHAIN = 45, PLACES = 9, BYTES = 32768, GRAPHS = 12, ASKED = 60 };

static struct arena arena;
static struct atlas atlas;
static struct world world;
static struct response *response;
static struct exposure_rows *suffers;

static void write_graph(struct rng *luck, char *text)
{
    struct buf b = buf_on(text, BYTES);
    char line[256];
    buf_str(&b, "{ api = 1, meta = { title = { zh = \"路\", en = \"ways\" }, start = \"09:00\", length = \"12h\", tick = \"60s\","
                "terrain_note = { zh = \"无\", en = \"none\" } }, map = { width_m = 9000, height_m = 6000 }, nodes = {");
    for (int i = 0; i < NODES; i++) {
        snprintf(line, sizeof(line), "{ id = \"n%d\", at = { %d, %d } },", i, (int)rng_range(luck, 0, 9000), (int)rng_range(luck, 0, 6000));
        buf_str(&b, line);
    }
    buf_str(&b, "}, roads = {");
    for (int i = 0; i < ROADS; i++) {
        int from = (int)rng_range(luck, 0, NODES - 1), to = (from + (int)rng_range(luck, 1, 7)) % NODES;
        if (i < CHAIN) { /* so far all hangs together, for no place may lie on an island */
            from = i;
            to = i + 1;
        }
        snprintf(line, sizeof(line), "{ id = \"r%d\", from = \"n%d\", to = \"n%d\", class = \"county\", length_m = %d, speed_kmh = %d, capacity = 20 },", i,
                 from, to, (int)rng_range(luck, 1, 6) * 300, (int)rng_range(luck, 2, 5) * 10);
        buf_str(&b, line);
    }
    buf_str(&b, "}, channels = {}, places = {");
    for (int i = 0; i < PLACES; i++) {
        snprintf(line, sizeof(line), "{ id = \"p%d\", title = { zh = \"村\", en = \"village\" }, at = { 5, 5 }, kind = \"village\", node = \"n%d\" },", i,
                 i * 5);
        buf_str(&b, line);
    }
    buf_str(&b, "}, agencies = { { id = \"a\", title = { zh = \"局\", en = \"office\" }, place = \"p0\", levels = { 3 }, commands = true } },"
                "teams = {}, services = {}, objectives = { { id = \"o\", title = { zh = \"目\", en = \"o\" } } },"
                "weather = { { at = \"0min\", wind = 4, from = 270, temp = 30, humidity = 40 } },"
                "lines = {}, groups = {}, supplies = {}, stock = {}, injects = {}, plan = {}, assumptions = {}, indicators = {} }");
    assert_false(b.full);
}

static void open_graph(struct rng *luck)
{
    struct err e = {0};
    arena_init(&arena, 0);
    char *text = arena_alloc(&arena, BYTES, 1);
    write_graph(luck, text);
    if (atlas_read(table_doc(&arena, text), &arena, &atlas, &e) != RC_OK || world_init(&world, &atlas, 1, &arena, &e) != RC_OK ||
        response_open(&atlas, 1, &arena, &response, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    suffers = exposure_open(world.exposure, 2, &arena);
    assert_non_null(suffers);
    response_wire(response, &world);
}

/* What may happen to a road, in the world and in what the agency hears. */
static void trouble(struct rng *luck)
{
    int32_t road = (int32_t)rng_range(luck, 0, ROADS - 1);
    world.events = 0;
    switch (rng_range(luck, 0, 5)) {
    case 0:
        (void)world_emit(&world, &(struct event){.kind = EV_ROAD_CUT, .i = {road}});
        break;
    case 1:
        (void)world_emit(&world, &(struct event){.kind = EV_ROAD_CLEARED, .i = {road}});
        break;
    case 2:
        (void)world_emit(&world, &(struct event){.kind = EV_ROAD_CLOSED, .i = {0, road}});
        break;
    case 3:
        routes_load(response, road, (int32_t)rng_range(luck, 1, 30));
        break;
    case 4:
        suffers->road[road].pass = rng_unit(luck);
        break;
    default:
        world.now_ms += 1000;
        (void)knowledge_tell(world.knowledge, 0, TOPIC_ROAD_STATE, road, rng_range(luck, 0, 3), world.now_ms, world.now_ms, 0);
        break;
    }
}

/* Milliseconds as the speeds give them; -1: nobody passes. */
static int64_t toll(int32_t agency, int32_t road, bool siren)
{
    const struct road *x = &atlas.road[road];
    double speed = routes_speed(response, &world, road, siren);
    if (agency != EVERYBODY) {
        int64_t known = knowledge_value(world.knowledge, agency, TOPIC_ROAD_STATE, road, 0);
        speed = known == 2 || (known == 1 && !siren) ? 0.0 : known == 3 ? x->speed_ms * 0.1 : x->speed_ms;
    }
    return speed > 0.0 ? (int64_t)(x->length_m / speed * 1000.0) + 1 : -1;
}

/* Bellman and Ford: every road, until nothing changes. */
static int64_t plain(int32_t agency, int32_t from, int32_t to, bool siren)
{
    int64_t best[NODES];
    for (int i = 0; i < NODES; i++)
        best[i] = i == from ? 0 : INT64_MAX / 2;
    for (bool changed = true; changed;) {
        changed = false;
        for (int32_t k = 0; k < ROADS; k++) {
            int64_t ms = toll(agency, k, siren);
            int32_t a = atlas.road[k].from, b = atlas.road[k].to;
            for (int way = 0; way < 2 && ms >= 0; way++) {
                int32_t u = way ? b : a, v = way ? a : b;
                if (best[u] + ms < best[v]) {
                    best[v] = best[u] + ms;
                    changed = true;
                }
            }
        }
    }
    return best[to] < INT64_MAX / 2 ? best[to] : -1;
}

static void same_time_as_plain(void **state)
{
    (void)state;
    struct rng luck = rng_make(4, 77, 8);
    int none = 0, some = 0;
    for (int graph = 0; graph < GRAPHS; graph++) {
        open_graph(&luck);
        for (int i = 0; i < ASKED; i++) {
            struct route way, again;
            int32_t from = (int32_t)rng_range(&luck, 0, NODES - 1), to = (int32_t)rng_range(&luck, 0, NODES - 1);
            int32_t agency = rng_range(&luck, 0, 1) ? EVERYBODY : 0;
            bool siren = rng_range(&luck, 0, 1);
            int64_t ms = plain(agency, from, to, siren), sum = 0;
            bool found = routes_find(response, &world, agency, from, to, siren, &way);
            assert_int_equal(found, ms >= 0);
            none += !found;
            some += found;
            if (found) {
                assert_int_equal(way.travel_ms, ms);
                assert_int_equal(way.node[0], from);
                assert_int_equal(way.node[way.roads], to);
                for (int32_t k = 0; k < way.roads; k++) {
                    const struct road *x = &atlas.road[way.road[k]];
                    assert_true((x->from == way.node[k] && x->to == way.node[k + 1]) || (x->to == way.node[k] && x->from == way.node[k + 1]));
                    sum += toll(agency, way.road[k], siren);
                }
                assert_int_equal(sum, ms);
                assert_true(routes_find(response, &world, agency, from, to, siren, &again));
                assert_int_equal(again.roads, way.roads);
                assert_memory_equal(again.road, way.road, sizeof(*way.road) * (size_t)way.roads);
            }
            trouble(&luck);
            trouble(&luck);
        }
        arena_free(&arena);
    }
    assert_true(none > 50 && some > 300); /* both have been tried */
}

static void nearest_is_nearest(void **state)
{
    (void)state;
    struct rng luck = rng_make(5, 77, 9);
    open_graph(&luck);
    for (int i = 0; i < 2000; i++) {
        double x = (double)rng_range(&luck, -500, 9500), y = (double)rng_range(&luck, -500, 6500);
        int32_t best = 0;
        for (int32_t n = 1; n < NODES; n++) {
            const double *a = atlas.node[n].at, *b = atlas.node[best].at;
            if ((a[0] - x) * (a[0] - x) + (a[1] - y) * (a[1] - y) < (b[0] - x) * (b[0] - x) + (b[1] - y) * (b[1] - y))
                best = n;
        }
        assert_int_equal(routes_nearest_node(response, x, y), best);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_time_as_plain), cmocka_unit_test(nearest_is_nearest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

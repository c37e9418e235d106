/* Protects the way from a scenario to its map: everything where the atlas says, in the order of ids, and of
 * the hazard only what was reported. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "core/world/knowledge.h"
#include "draw/map_atlas.h"

static struct place places[2] = {
    {.title = {{"万古镇", 9}, {"Wangu", 5}}, .at = {100, 200}, .kind = PLACE_TOWN, .people = 50},
    {.title = {{"学校", 6}, {"", 0}}, .at = {800, 900}, .kind = PLACE_SCHOOL, .capacity = 300}};
static struct node nodes[2] = {{{100, 200}}, {{800, 900}}};
static struct road roads[1] = {{.title = {{"村道", 6}, {"lane", 4}}, .from = 0, .to = 1, .class = ROAD_VILLAGE}};
static struct team teams[2] = {
    {.title = {{"专业队", 9}, {"pro", 3}}, .kind = TEAM_FIRE_RESCUE, .home = 0, .service = -1},
    {.title = {{"直升机", 9}, {"helicopter", 10}}, .kind = TEAM_HELICOPTER, .home = 1, .service = 0}};

static struct atlas atlas_make(void)
{
    struct atlas a;
    memset(&a, 0, sizeof a);
    a.map.width_m = a.map.height_m = 1000;
    a.place = places;
    a.node = nodes;
    a.road = roads;
    a.team = teams;
    a.names.count[ENT_PLACE] = 2;
    a.names.count[ENT_NODE] = 2;
    a.names.count[ENT_ROAD] = 1;
    a.names.count[ENT_TEAM] = 2;
    return a;
}

static void test_everything_in_its_place(void **state)
{
    (void)state;
    struct atlas atlas = atlas_make();
    struct arena arena;
    struct map_pieces p;
    struct err e;
    arena_init(&arena, 0);
    assert_int_equal(map_from_atlas(&atlas, LANG_ZH, &arena, &p, &e), RC_OK);
    assert_int_equal(p.m.place_count, 2);
    assert_string_equal(p.place[0].name, "万古镇");
    assert_int_equal(p.place[0].kind, SITE_TOWN);
    assert_int_equal(p.place[1].kind, SITE_SHELTER);
    assert_int_equal(p.road[0].rclass, MAP_ROAD_MINOR);
    assert_float_equal(p.road[0].xy[3], 900, 0);
    assert_int_equal(p.team[0].symbol, SYMBOL_FIRE);
    assert_float_equal(p.team[0].y_m, 200, 0);
    assert_true(isnan(p.team[1].x_m)); /* must be asked for first */
    assert_int_equal(map_from_atlas(&atlas, LANG_EN, &arena, &p, &e), RC_OK);
    assert_string_equal(p.place[0].name, "Wangu");
    assert_string_equal(p.place[1].name, "学校"); /* no English title: the other one */
    arena_free(&arena);
}

static void cell(const void *self, int col, int row, int *state, int64_t *arrival_ms)
{
    (void)self;
    *state = row == 0 ? 1 : row == 1 ? 2 : 0;
    *arrival_ms = col * 1000000;
}

static void ground(const void *self, int col, int row, int *class, double *height_m)
{
    (void)self;
    *class = 1;
    *height_m = 10 * row + col;
}

static void test_hazard_and_ground(void **state)
{
    (void)state;
    static const struct hazard_view view = {4, 4, 250, cell, ground};
    struct atlas atlas = atlas_make();
    struct arena arena;
    struct map_pieces p;
    struct err e;
    uint8_t seen[KNOWN_GRID * KNOWN_GRID] = {0};
    arena_init(&arena, 0);
    assert_int_equal(map_from_atlas(&atlas, LANG_ZH, &arena, &p, &e), RC_OK);
    assert_int_equal(map_add_ground(&view, NULL, &arena, &p, &e), RC_OK);
    assert_float_equal((double)p.m.terrain.height_m[7], 13, 0);
    assert_int_equal(map_add_hazard(&view, NULL, 3000000, NULL, &arena, &p, &e), RC_OK);
    assert_int_equal(p.m.hazard.hclass[3], HAZARD_4); /* new */
    assert_int_equal(p.m.hazard.hclass[0], HAZARD_2); /* older */
    assert_int_equal(p.m.hazard.hclass[5], HAZARD_PAST);
    assert_int_equal(p.m.hazard.hclass[9], HAZARD_NONE);
    for (int i = 0; i < KNOWN_GRID; i++) /* only the western half was reported */
        memset(seen + i * KNOWN_GRID, 1, KNOWN_GRID / 2);
    assert_int_equal(map_add_hazard(&view, NULL, 3000000, seen, &arena, &p, &e), RC_OK);
    assert_int_equal(p.m.hazard.hclass[0], HAZARD_2);
    assert_int_equal(p.m.hazard.hclass[3], HAZARD_NONE);
    assert_int_equal(map_add_hazard(NULL, NULL, 0, NULL, &arena, &p, &e), RC_OK);
    arena_free(&arena);
}

static void test_stages(void **state)
{
    (void)state;
    assert_int_equal(mark_of_stage(word_find(NULL, VK_STAGE, TEXT("moving"))), TEAM_MARK_MOVING);
    assert_int_equal(mark_of_stage(word_find(NULL, VK_STAGE, TEXT("working"))), TEAM_MARK_WORKING);
    assert_int_equal(mark_of_stage(word_find(NULL, VK_STAGE, TEXT("lost"))), TEAM_MARK_LOST);
    assert_int_equal(mark_of_stage(-1), TEAM_MARK_NONE);
    assert_int_equal(mark_of_stage(99), TEAM_MARK_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_in_its_place),
        cmocka_unit_test(test_hazard_and_ground),
        cmocka_unit_test(test_stages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects the way from a scenario to its map: everything where the atlas says, in the order of ids, the
 * ground, and the layers of all hazards, whole or as a site view shows them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

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
    assert_int_equal(p.team[0].symbol, SYMBOL_BRIGADE);
    assert_float_equal(p.team[0].y_m, 200, 0);
    assert_true(isnan(p.team[1].x_m)); /* must be asked for first */
    assert_int_equal(map_from_atlas(&atlas, LANG_EN, &arena, &p, &e), RC_OK);
    assert_string_equal(p.place[0].name, "Wangu");
    assert_string_equal(p.place[1].name, "学校"); /* no English title: the other one */
    arena_free(&arena);
}

/* A hazard of a raster that can tell the past, of lines, and of dots that are off at the start. */
static const struct layer_row rows[3] = {
    {.name = "raster", .zh = "面", .en = "raster", .shape = LAYER_RASTER},
    {.name = "ways", .zh = "线", .en = "ways", .shape = LAYER_FLOW},
    {.name = "heads", .zh = "点", .en = "heads", .shape = LAYER_DOTS, .off_at_start = true, .level = -200}};
static double line_xy[4] = {0, 0, 1000, 1000};
static struct layer_line lines[1] = {{line_xy, 2, 3, -1, -200}};
static float dots_x[2] = {1, 2}, dots_y[2] = {3, 4};
static uint8_t dots[2] = {1, 6};

static bool layer(const void *self, int i, struct layer_out *out)
{
    (void)self;
    if (i > 0 && out->at_ms != LAYER_NOW)
        return false;
    if (i == 1) {
        out->line = lines;
        out->lines = 1;
    } else if (i == 2) {
        out->x = dots_x;
        out->y = dots_y;
        out->dot = dots;
        out->dots = 2;
    } else {
        out->cols = 4;
        out->rows = 2;
        out->cell_m = 250;
        for (int k = 0; out->cls && k < 8; k++)
            out->cls[k] = (uint8_t)(out->at_ms == LAYER_NOW ? k % 7 : 1);
    }
    return true;
}

static bool ground(const void *self, struct ground *out)
{
    static const float height[4] = {1, 2, 3, 4};
    (void)self;
    *out = (struct ground){2, 2, 500, 0, 0, height, NULL};
    return true;
}

static const struct hazard_ops hazard = {.layers = rows, .layer_count = 3, .layer = layer, .ground = ground};

static void test_ground(void **state)
{
    (void)state;
    struct atlas atlas = atlas_make();
    struct arena arena;
    struct map_pieces p;
    struct ground g;
    struct err e;
    arena_init(&arena, 0);
    assert_int_equal(map_from_atlas(&atlas, LANG_ZH, &arena, &p, &e), RC_OK);
    assert_true(map_ground_of(&hazard, NULL, &g));
    assert_int_equal(map_add_ground(&g, &arena, &p, &e), RC_OK);
    assert_float_equal((double)p.m.terrain.height_m[3], 4, 0);
    assert_true(p.m.terrain.height_m != g.height_m); /* it outlives the hazard */
    g.height_m = NULL; /* flat */
    assert_int_equal(map_add_ground(&g, &arena, &p, &e), RC_OK);
    assert_float_equal((double)p.m.terrain.height_m[3], 0, 0);
    assert_int_equal(map_add_ground(NULL, &arena, &p, &e), RC_OK);
    assert_false(map_ground_of(&(struct hazard_ops){.layers = rows}, NULL, &g));
    arena_free(&arena);
}

static void test_layers_are_taken_and_copied(void **state)
{
    (void)state;
    struct arena arena;
    struct map_layer l[MAP_LAYERS_MAX], *copy;
    struct err e;
    int count = 0;
    arena_init(&arena, 0);
    assert_int_equal(map_take_layers(&hazard, NULL, 0, LAYER_NOW, &arena, l, &count, &e), RC_OK);
    assert_int_equal(map_take_layers(&hazard, NULL, 1, LAYER_NOW, &arena, l, &count, &e), RC_OK);
    assert_int_equal(count, 6); /* the second hazard's, too */
    assert_int_equal(l[4].owner, 1);
    assert_int_equal(l[4].index, 1);
    assert_int_equal(l[3].cls[5], 5);
    assert_true(l[1].line != lines && l[1].line[0].xy != line_xy && l[2].x != dots_x);
    assert_true(map_copy_layers(l, count, &arena, &copy));
    assert_true(copy[0].cls != l[0].cls && copy[1].line[0].xy != l[1].line[0].xy && copy[2].dot != l[2].dot);
    assert_memory_equal(copy[0].cls, l[0].cls, 8);
    assert_float_equal(copy[4].line[0].xy[3], 1000, 0);
    count = 0;
    assert_int_equal(map_take_layers(&hazard, NULL, 0, 60000, &arena, l, &count, &e), RC_OK);
    assert_int_equal(count, 1); /* of the past the raster alone can tell */
    assert_int_equal(l[0].cls[5], 1);
    arena_free(&arena);
}

static void test_a_view_shows_its_layers(void **state)
{
    (void)state;
    struct arena arena;
    struct map_layer l[MAP_LAYERS_MAX], out[MAP_LAYERS_MAX];
    struct map m = {0};
    struct err e;
    int count = 0;
    arena_init(&arena, 0);
    assert_int_equal(map_take_layers(&hazard, NULL, 0, LAYER_NOW, &arena, l, &count, &e), RC_OK);
    uint32_t off = map_layers_off(l, count);
    assert_int_equal(off, 4);
    assert_int_equal(map_show_view(&m, NULL, l, count, off, out), 2);
    assert_int_equal(map_show_view(&m, NULL, l, count, 0, out), 3);
    assert_false(m.one_level);
    struct site_view below = {.level = -200};
    assert_int_equal(map_show_view(&m, &below, l, count, 0, out), 2); /* lines have levels of their own */
    assert_string_equal(out[0].row->name, "ways");
    assert_true(m.one_level && m.level == -200);
    struct doc *list = doc_add(&arena, NULL, TEXT("layers"), DOC_TABLE);
    struct doc *name = doc_add(&arena, list, TEXT(""), DOC_TEXT);
    name->t = TEXT("raster");
    struct site_view court = {.level = LEVEL_ANY, .layers = list};
    assert_int_equal(map_show_view(&m, &court, l, count, 0, out), 1);
    assert_string_equal(out[0].row->name, "raster");
    assert_false(m.one_level);
    arena_free(&arena);
}

static void test_bands(void **state)
{
    (void)state;
    static const struct layer_row depth = {.class = {{0.1, "a", "a"}, {0.5, "b", "b"}, {1.5, "c", "c"}}};
    assert_int_equal(layer_class_of(&depth, 0.05), 0);
    assert_int_equal(layer_class_of(&depth, 0.1), 1);
    assert_int_equal(layer_class_of(&depth, 1.4), 2);
    assert_int_equal(layer_class_of(&depth, 99), 3);
    assert_int_equal(layer_class_of(&depth, (double)NAN), 0);
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
        cmocka_unit_test(test_ground),
        cmocka_unit_test(test_layers_are_taken_and_copied),
        cmocka_unit_test(test_a_view_shows_its_layers),
        cmocka_unit_test(test_bands),
        cmocka_unit_test(test_stages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects what a reader must be able to trust: palettes that order by lightness, layers that show what they hold, the map's
 * arithmetic, ticks and numbers, text that is measured and cut, pixels where they belong. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/num.h"
#include "draw/chart.h"
#include "draw/label.h"
#include "draw/map.h"
#include "draw/timeline.h"

static uint32_t pixel(cairo_surface_t *s, int x, int y)
{
    cairo_surface_flush(s);
    const unsigned char *row = cairo_image_surface_get_data(s) +
                               (size_t)y * (size_t)cairo_image_surface_get_stride(s);
    uint32_t v;
    memcpy(&v, row + (size_t)x * 4, 4);
    return v & 0xFFFFFF;
}

static void test_palettes_fall_in_lightness(void **state)
{
    (void)state;
    const struct theme *const themes[] = {theme_dark(), theme_light()};
    for (int k = 0; k < 2; k++)
        for (int p = 0; p < PALETTES; p++)
            for (int c = p == PALETTE_HEAT ? 1 : 0; c + 1 < LAYER_CLASSES; c++) /* the first of heat is its ash */
                if (!(colour_lightness(themes[k]->palette[p][c]) > colour_lightness(themes[k]->palette[p][c + 1]) + 0.015))
                    fail_msg("palette %d, class %d", p, c + 1);
}

static void test_text_stands_out(void **state)
{
    (void)state;
    const struct theme *const themes[] = {theme_dark(), theme_light()};
    for (int k = 0; k < 2; k++) { /* WCAG 2.1: contrast 4.5 for text */
        const uint32_t ink[] = {themes[k]->ink, themes[k]->ink_dim};
        for (int i = 0; i < 2; i++) {
            double a = colour_lightness(ink[i]), b = colour_lightness(themes[k]->panel);
            double contrast = (num_max(a, b) + 0.05) / (num_min(a, b) + 0.05);
            assert_true(contrast >= 4.5);
        }
    }
}

static void test_map_frame_goes_there_and_back(void **state)
{
    (void)state;
    struct map m = {.x0_m = 1000, .y0_m = 2000, .x1_m = 5000, .y1_m = 4000};
    struct rect r = {10, 20, 400, 400};
    struct map_view f = map_view_of(r, &m);
    assert_float_equal(f.scale, 0.1, 1e-12);
    assert_float_equal(map_px(&f, 1000), 10, 1e-9);
    assert_float_equal(map_px(&f, 5000), 410, 1e-9);
    assert_float_equal(map_py(&f, 4000), 120, 1e-9); /* centred; north is up */
    assert_float_equal(map_py(&f, 2000), 320, 1e-9);
    assert_float_equal(map_x_m(&f, map_px(&f, 1234)), 1234, 1e-6);
    assert_float_equal(map_y_m(&f, map_py(&f, 3456)), 3456, 1e-6);
}

/* ---- layers ---- */

static const struct layer_row heat = {.name = "heat", .zh = "热", .en = "Heat", .shape = LAYER_RASTER, .palette = PALETTE_HEAT, .outline = true,
                                      .class = {{0, "灰", "ash"}, {0, "弱", "low"}, {0, "强", "high"}}};
static const struct layer_row water = {.name = "depth", .zh = "水深", .en = "Depth", .unit = "m", .shape = LAYER_RASTER, .palette = PALETTE_WATER,
                                       .class = {{0.1, "0.1 以上", "over 0.1"}, {0.5, "0.5 以上", "over 0.5"}}};

static cairo_surface_t *picture(const struct map *m, int w, int h)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, w, h);
    cairo_t *cr = cairo_create(s);
    draw_map(cr, theme_light(), (struct rect){0, 0, w, h}, m);
    cairo_destroy(cr);
    return s;
}

static uint32_t class_pixel(enum palette p, int cls)
{
    return theme_light()->palette[p][cls - 1] >> 8;
}

static void test_raster_row_0_is_north(void **state)
{
    (void)state;
    const uint8_t cells[4] = {5, 0, 0, 2};
    const struct map_layer l = {.row = &heat, .grid = {2, 2, 100, 0, 0}, .cls = cells};
    struct map m = {.layers = &l, .layer_count = 1, .bare = true};
    cairo_surface_t *s = picture(&m, 200, 200);
    assert_int_equal(pixel(s, 40, 40), class_pixel(PALETTE_HEAT, 5));
    assert_int_equal(pixel(s, 160, 160), class_pixel(PALETTE_HEAT, 2));
    assert_int_equal(pixel(s, 160, 40), theme_light()->map_mid >> 8);
    assert_int_equal(pixel(s, 99, 40), class_pixel(PALETTE_HEAT, 5)); /* no class is hidden by the edge .. */
    assert_int_not_equal(pixel(s, 100, 40), theme_light()->map_mid >> 8); /* .. which lies around it */
    assert_int_equal(pixel(s, 101, 40), theme_light()->map_mid >> 8);
    assert_int_not_equal(pixel(s, 40, 100), theme_light()->map_mid >> 8);
    cairo_surface_destroy(s);
}

/* Of many cells in a pixel the strongest shows: the one that burns is not averaged away. */
static void test_one_cell_of_a_million_is_seen(void **state)
{
    (void)state;
    enum { SIDE = 1000 };
    uint8_t *cells = calloc(SIDE, SIDE);
    assert_non_null(cells);
    cells[503 * SIDE + 217] = 4;
    struct layer_row bare = heat;
    bare.outline = false;
    const struct map_layer l = {.row = &bare, .grid = {SIDE, SIDE, 10, 0, 0}, .cls = cells};
    struct map m = {.layers = &l, .layer_count = 1, .bare = true};
    cairo_surface_t *s = picture(&m, 300, 300);
    int found = 0;
    for (int i = 0; i < 300 * 300; i++)
        found += pixel(s, i % 300, i / 300) == class_pixel(PALETTE_HEAT, 4);
    assert_int_equal(found, 1);
    assert_int_equal(pixel(s, 65, 151), class_pixel(PALETTE_HEAT, 4));
    cairo_surface_destroy(s);
    free(cells);
}

static void test_layers_lie_over_one_another(void **state)
{
    (void)state;
    const uint8_t low[1] = {3}, high[2] = {0, 6};
    const struct map_layer l[2] = {{.row = &heat, .grid = {1, 1, 200, 0, 0}, .cls = low},
                                   {.row = &water, .owner = 1, .grid = {2, 1, 100, 0, 50}, .cls = high}};
    struct map m = {.layers = l, .layer_count = 2, .bare = true, .x1_m = 200, .y1_m = 200};
    cairo_surface_t *s = picture(&m, 200, 200);
    assert_int_equal(pixel(s, 50, 100), class_pixel(PALETTE_HEAT, 3));
    assert_int_equal(pixel(s, 150, 100), class_pixel(PALETTE_WATER, 6)); /* the later over the earlier */
    assert_int_equal(pixel(s, 150, 180), class_pixel(PALETTE_HEAT, 3));
    cairo_surface_destroy(s);
}

static void test_dots_and_lines(void **state)
{
    (void)state;
    static const struct layer_row dots = {.name = "d", .zh = "点", .en = "dots", .shape = LAYER_DOTS, .palette = PALETTE_DENSITY};
    static const struct layer_row flow = {.name = "f", .zh = "流", .en = "flow", .shape = LAYER_FLOW, .palette = PALETTE_GAS};
    const float x[4] = {50, 150, NAN, 150}, y[4] = {150, 150, 50, 20};
    const uint8_t dot[4] = {6, 4, 5, 0};
    const double xy[8] = {0, 100, 200, 100, 0, 60, 200, 60};
    const struct layer_line lines[2] = {{xy, 2, 5, 1, 0}, {xy + 4, 2, 5, 0, -200}};
    const struct map_layer l[2] = {{.row = &dots, .x = x, .y = y, .dot = dot, .dots = 4}, {.row = &flow, .line = lines, .lines = 2}};
    struct map m = {.layers = l, .layer_count = 2, .bare = true, .x1_m = 200, .y1_m = 200};
    cairo_surface_t *s = picture(&m, 600, 600);
    assert_int_equal(pixel(s, 150, 150), class_pixel(PALETTE_DENSITY, 6));
    assert_int_equal(pixel(s, 450, 150), class_pixel(PALETTE_DENSITY, 4)); /* solid, though the palette is not */
    assert_int_equal(pixel(s, 450, 540), theme_light()->map_mid >> 8);     /* class 0 is nothing */
    assert_int_equal(pixel(s, 330, 300), class_pixel(PALETTE_GAS, 5));
    assert_int_equal(pixel(s, 330, 420), class_pixel(PALETTE_GAS, 5));
    cairo_surface_destroy(s);
    m.one_level = true;
    m.level = -200; /* the other line alone */
    s = picture(&m, 600, 600);
    assert_int_equal(pixel(s, 330, 420), class_pixel(PALETTE_GAS, 5));
    assert_int_equal(pixel(s, 330, 300), theme_light()->map_mid >> 8);
    cairo_surface_destroy(s);
}

/* The pixels that two pictures do not share. */
static int unlike(cairo_surface_t *a, cairo_surface_t *b, int x0, int y0, int x1, int y1)
{
    int n = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            n += pixel(a, x, y) != pixel(b, x, y);
    return n;
}

static bool has_colour(cairo_surface_t *s, uint32_t rgb, int x0, int y0, int x1, int y1)
{
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            if (pixel(s, x, y) == rgb)
                return true;
    return false;
}

/* The legend lists the layers of two hazards with the classes that are on the map, and no others. */
static void test_legend_of_two_hazards(void **state)
{
    (void)state;
    uint8_t one[100] = {0}, two[100] = {0}, none[100] = {0};
    one[99] = 3;
    two[98] = 6;
    two[97] = 2;
    struct layer_row deep = water; /* solid colours, to be found again */
    deep.class[5] = (struct layer_class){3, "3 以上", "over 3"};
    const struct map_layer l[3] = {{.row = &heat, .grid = {10, 10, 100, 0, 0}, .cls = one},
                                   {.row = &deep, .owner = 1, .grid = {10, 10, 100, 0, 0}, .cls = two},
                                   {.row = &water, .owner = 2, .grid = {10, 10, 100, 0, 0}, .cls = none}};
    struct map m = {.layers = l, .layer_count = 3, .lang = LANG_ZH};
    cairo_surface_t *s = picture(&m, 600, 600);
    /* The legend is the box at the lower left; the cells hit lie at the lower right. */
    assert_true(has_colour(s, class_pixel(PALETTE_HEAT, 3), 0, 300, 250, 600));
    assert_true(has_colour(s, class_pixel(PALETTE_WATER, 6), 0, 300, 250, 600));
    assert_false(has_colour(s, class_pixel(PALETTE_HEAT, 2), 0, 300, 250, 600));
    assert_false(has_colour(s, class_pixel(PALETTE_WATER, 5), 0, 300, 250, 600));
    m.layer_count = 2; /* a layer without anything to see has no row */
    cairo_surface_t *fewer = picture(&m, 600, 600);
    assert_int_equal(unlike(s, fewer, 0, 0, 600, 600), 0);
    cairo_surface_destroy(fewer);
    m.layer_count = 1; /* and the second hazard had rows of its own */
    fewer = picture(&m, 600, 600);
    assert_false(has_colour(fewer, class_pixel(PALETTE_WATER, 6), 0, 0, 600, 600));
    assert_true(unlike(s, fewer, 0, 300, 250, 600) > 500);
    cairo_surface_destroy(fewer);
    m.lang = LANG_EN;
    m.layer_count = 3;
    fewer = picture(&m, 600, 600);
    assert_true(unlike(s, fewer, 0, 300, 250, 600) > 100);
    cairo_surface_destroy(fewer);
    cairo_surface_destroy(s);
}

static void test_drawing_stays_inside(void **state)
{
    (void)state;
    struct map_team t = {500, 500, SYMBOL_BRIGADE, TEAM_MARK_WORKING, "队", false, 0, 0};
    struct map m = {.x1_m = 1000, .y1_m = 1000, .teams = &t, .team_count = 1};
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 300, 300);
    cairo_t *cr = cairo_create(s);
    fill_rect(cr, (struct rect){0, 0, 300, 300}, 0x123456FF);
    draw_map(cr, theme_dark(), (struct rect){50, 50, 200, 200}, &m);
    for (int i = 0; i < 300; i++) {
        assert_int_equal(pixel(s, i, 49), 0x123456);
        assert_int_equal(pixel(s, i, 250), 0x123456);
        assert_int_equal(pixel(s, 49, i), 0x123456);
    }
    assert_int_not_equal(pixel(s, 141, 141), 0x123456);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
}

static void test_labels_measure_and_cut(void **state)
{
    (void)state;
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 400, 100);
    cairo_t *cr = cairo_create(s);
    const struct theme *th = theme_light();
    struct label one = {.size = 14}, cut = {.size = 14, .width = 60, .lines = 1},
                 wrap = {.size = 14, .width = 60};
    struct size full = label_size(cr, th, "火场前线指挥部会商研判", &one);
    struct size small = label_size(cr, th, "火场前线指挥部会商研判", &cut);
    struct size high = label_size(cr, th, "火场前线指挥部会商研判", &wrap);
    assert_true(full.w > 140 && full.w < 170); /* 11 Han characters of 14 */
    assert_true(small.w <= 60.5 && small.h < full.h * 1.5);
    assert_true(high.w <= 60.5 && high.h > full.h * 2);
    assert_float_equal(label_size(cr, th, NULL, &one).w, 0, 0);
    assert_true(label_size(cr, th, "\xff\xfe" "ab", &one).w > 0); /* not UTF-8 */
    struct rect caret = label_caret(cr, th, "消防", &one, 3);
    assert_float_equal(caret.x, 14, 1);
    assert_int_equal(label_index_at(cr, th, "消防", &one, 15, 5), 3);
    assert_float_equal(label_caret(cr, th, "", &one, 9).x, 0, 0);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
}

static void check_number(enum lang lang, double v, int decimals, const char *want)
{
    char line[64];
    struct buf b = BUF_ON(line);
    number_for_people(&b, lang, v, decimals);
    assert_string_equal(line, want);
}

static void test_numbers_and_clocks(void **state)
{
    (void)state;
    check_number(LANG_ZH, 1240, 0, "1240");
    check_number(LANG_ZH, 12400, 0, "1.24万");
    check_number(LANG_EN, 12400, 0, "12,400");
    check_number(LANG_EN, 1234567.5, 1, "1,234,567.5");
    check_number(LANG_EN, 2.50, 2, "2.5");
    check_number(LANG_EN, -0.01, 1, "0");
    check_number(LANG_EN, (double)NAN, 1, "-");
    static const struct {
        double s;
        const char *want;
    } clock[] = {{0, "00:00"}, {55200, "15:20"}, {86400 + 3600, "01:00"}, {-60, "23:59"},
                 {55230, "15:20:30"}};
    for (int i = 0; i < COUNT_OF(clock); i++) {
        char line[32];
        struct buf b = BUF_ON(line);
        clock_for_people(&b, clock[i].s);
        assert_string_equal(line, clock[i].want);
    }
}

static void test_ticks_are_round(void **state)
{
    (void)state;
    assert_float_equal(tick_step(7, 8), 1, 1e-12);
    assert_float_equal(tick_step(640, 8), 100, 1e-9);
    assert_float_equal(tick_step(0.03, 5), 0.01, 1e-12);
    assert_float_equal(tick_step(0, 5), 0, 0);
    assert_float_equal(tick_step((double)NAN, 5), 0, 0);
    assert_float_equal(tick_step_clock(6 * 3600, 8), 3600, 0);
    assert_float_equal(tick_step_clock(3600, 4), 900, 0);
    assert_float_equal(tick_step_clock(10 * 86400.0, 5), 2 * 86400.0, 0);
}

static void test_timeline_finds_its_items(void **state)
{
    (void)state;
    const char *rows[] = {"甲", "乙"};
    const struct timeline_item items[] = {{0, 600, 0, 0, "一", false}, {1, 3000, 0, 0, "二", false}};
    const struct timeline t = {.rows = rows, .row_count = 2, .items = items, .item_count = 2,
                               .x0_s = 0, .x1_s = 3600};
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 600, 160);
    cairo_t *cr = cairo_create(s);
    struct rect r = {0, 0, 600, 160};
    draw_timeline(cr, theme_light(), r, &t);
    int found[2] = {0, 0};
    for (int y = 0; y < 160; y++)
        for (int x = 0; x < 600; x++) {
            int hit = timeline_item_at(cr, theme_light(), r, &t, x, y);
            assert_true(hit >= -1 && hit < 2);
            if (hit >= 0)
                found[hit]++;
        }
    assert_true(found[0] > 0 && found[0] < 1200);
    assert_true(found[1] > 0 && found[1] < 1200);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_palettes_fall_in_lightness),
        cmocka_unit_test(test_text_stands_out),
        cmocka_unit_test(test_map_frame_goes_there_and_back),
        cmocka_unit_test(test_raster_row_0_is_north),
        cmocka_unit_test(test_one_cell_of_a_million_is_seen),
        cmocka_unit_test(test_layers_lie_over_one_another),
        cmocka_unit_test(test_dots_and_lines),
        cmocka_unit_test(test_legend_of_two_hazards),
        cmocka_unit_test(test_drawing_stays_inside),
        cmocka_unit_test(test_labels_measure_and_cut),
        cmocka_unit_test(test_numbers_and_clocks),
        cmocka_unit_test(test_ticks_are_round),
        cmocka_unit_test(test_timeline_finds_its_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects what a reader must be able to trust: hazard colours that order by lightness, the map's
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

static void test_hazard_scale_falls_in_lightness(void **state)
{
    (void)state;
    const struct theme *const themes[] = {theme_dark(), theme_light()};
    for (int k = 0; k < 2; k++)
        for (int c = HAZARD_1; c < HAZARD_5; c++)
            assert_true(colour_lightness(themes[k]->hazard[c]) >
                        colour_lightness(themes[k]->hazard[c + 1]) + 0.03);
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

static void test_hazard_row_0_is_north(void **state)
{
    (void)state;
    const uint8_t cells[4] = {HAZARD_5, HAZARD_NONE, HAZARD_NONE, HAZARD_1};
    struct map m = {.hazard = {.grid = {2, 2, 100, 0, 0}, .hclass = cells}, .bare = true};
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 200, 200);
    cairo_t *cr = cairo_create(s);
    draw_map(cr, theme_light(), (struct rect){0, 0, 200, 200}, &m);
    const struct theme *th = theme_light();
    assert_int_equal(pixel(s, 40, 40), th->hazard[HAZARD_5] >> 8);
    assert_int_equal(pixel(s, 160, 160), th->hazard[HAZARD_1] >> 8);
    assert_int_equal(pixel(s, 160, 40), th->map_mid >> 8);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
}

static void test_arrival_times_become_classes(void **state)
{
    (void)state;
    const float arrival[4] = {0, 5000, 6000, INFINITY};
    struct map m = {.hazard = {.grid = {4, 1, 100, 0, 0}, .arrival_s = arrival, .now_s = 5100,
                               .active_s = 1000},
                    .bare = true};
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 400, 100);
    cairo_t *cr = cairo_create(s);
    draw_map(cr, theme_light(), (struct rect){0, 0, 400, 100}, &m);
    const struct theme *th = theme_light();
    assert_int_equal(pixel(s, 150, 50), th->hazard[HAZARD_4] >> 8); /* just reached */
    assert_int_not_equal(pixel(s, 50, 50), th->map_mid >> 8);       /* long past */
    assert_int_equal(pixel(s, 250, 50), th->map_mid >> 8);          /* later than now: not shown */
    assert_int_equal(pixel(s, 350, 50), th->map_mid >> 8);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
}

static void test_drawing_stays_inside(void **state)
{
    (void)state;
    struct map_team t = {500, 500, SYMBOL_FIRE, TEAM_MARK_WORKING, "队", false, 0, 0};
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
        cmocka_unit_test(test_hazard_scale_falls_in_lightness),
        cmocka_unit_test(test_text_stands_out),
        cmocka_unit_test(test_map_frame_goes_there_and_back),
        cmocka_unit_test(test_hazard_row_0_is_north),
        cmocka_unit_test(test_arrival_times_become_classes),
        cmocka_unit_test(test_drawing_stays_inside),
        cmocka_unit_test(test_labels_measure_and_cut),
        cmocka_unit_test(test_numbers_and_clocks),
        cmocka_unit_test(test_ticks_are_round),
        cmocka_unit_test(test_timeline_finds_its_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

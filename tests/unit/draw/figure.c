/* Protects the promise that every drawing takes anything - nothing, one item, thousands, NaN, a rectangle
 * of a few pixels - without an error, and gives the same bytes for the same input. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sample.h"

enum { KINDS = 6, MANY = 3000 };

static struct bytes png_of(const struct figure *f)
{
    struct bytes b = {0};
    struct err e;
    assert_int_equal(figure_png(f, 1, &b, &e), RC_OK);
    assert_true(b.size > 60);
    return b;
}

static uint32_t big_endian(const char *at)
{
    const unsigned char *p = (const unsigned char *)at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void test_png_has_its_size(void **state)
{
    (void)state;
    struct sample *s = malloc(sizeof *s);
    assert_non_null(s);
    sample_fill(s, LANG_ZH);
    for (int k = 0; k < KINDS; k++) {
        struct figure f = sample_figure(s, (enum figure_kind)k, theme_light());
        struct bytes b = {0};
        struct err e;
        assert_int_equal(figure_png(&f, 2, &b, &e), RC_OK);
        assert_memory_equal(b.at, "\x89PNG\r\n", 6);
        assert_int_equal(big_endian(b.at + 16), (uint32_t)(f.width * 2));
        assert_int_equal(big_endian(b.at + 20), (uint32_t)(f.height * 2));
        bytes_free(&b);
    }
    free(s);
}

static void test_same_input_same_bytes(void **state)
{
    (void)state;
    struct sample *s = malloc(sizeof *s);
    assert_non_null(s);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        sample_fill(s, (enum lang)lang);
        for (int k = 0; k < KINDS; k++) {
            struct figure f = sample_figure(s, (enum figure_kind)k, theme_dark());
            struct bytes a = png_of(&f), b = png_of(&f), va = {0}, vb = {0};
            struct err e;
            assert_int_equal(a.size, b.size);
            assert_memory_equal(a.at, b.at, a.size);
            assert_int_equal(figure_svg(&f, "a-", &va, &e), RC_OK);
            assert_int_equal(figure_svg(&f, "a-", &vb, &e), RC_OK);
            assert_int_equal(va.size, vb.size);
            assert_memory_equal(va.at, vb.at, va.size);
            bytes_free(&a);
            bytes_free(&b);
            bytes_free(&va);
            bytes_free(&vb);
        }
    }
    free(s);
}

static void test_languages_and_themes_differ(void **state)
{
    (void)state;
    struct sample *zh = malloc(sizeof *zh), *en = malloc(sizeof *en);
    assert_non_null(zh);
    assert_non_null(en);
    sample_fill(zh, LANG_ZH);
    sample_fill(en, LANG_EN);
    for (int k = 0; k < KINDS; k++) {
        struct figure fz = sample_figure(zh, (enum figure_kind)k, theme_light());
        struct figure fe = sample_figure(en, (enum figure_kind)k, theme_light());
        struct figure fd = sample_figure(zh, (enum figure_kind)k, theme_dark());
        struct bytes a = png_of(&fz), b = png_of(&fe), d = png_of(&fd);
        assert_true(a.size != b.size || memcmp(a.at, b.at, a.size) != 0);
        assert_true(a.size != d.size || memcmp(a.at, d.at, a.size) != 0);
        bytes_free(&a);
        bytes_free(&b);
        bytes_free(&d);
    }
    free(zh);
    free(en);
}

/* Every id of an SVG carries the prefix, every reference too, and none refers to nothing. */
static void test_svg_ids(void **state)
{
    (void)state;
    struct sample *s = malloc(sizeof *s);
    assert_non_null(s);
    sample_fill(s, LANG_ZH);
    for (int k = 0; k < KINDS; k++) {
        struct figure f = sample_figure(s, (enum figure_kind)k, theme_light());
        struct bytes b = {0};
        struct err e;
        assert_int_equal(figure_svg(&f, "f7-", &b, &e), RC_OK);
        assert_non_null(strstr(b.at, "<svg"));
        assert_non_null(strstr(b.at, "</svg>"));
        int ids = 0, references = 0;
        for (const char *p = b.at; (p = strstr(p, " id=\"")); p += 5, ids++)
            assert_memory_equal(p + 5, "f7-", 3);
        for (const char *p = b.at; (p = strstr(p, "href=\"#")); p += 7, references++) {
            char wanted[96] = " id=\"";
            size_t n = strcspn(p + 7, "\"");
            assert_true(n < 80);
            memcpy(wanted + 5, p + 7, n + 1);
            assert_non_null(strstr(b.at, wanted));
        }
        assert_true(ids > 0);
        assert_true(references > 0);
        bytes_free(&b);
    }
    free(s);
}

static void test_nothing(void **state)
{
    (void)state;
    static const struct map map = {.lang = LANG_ZH};
    static const struct chart chart = {.lang = LANG_ZH};
    static const struct bars bars = {.lang = LANG_EN};
    static const struct radar radar = {.lang = LANG_EN};
    static const struct timeline timeline = {.lang = LANG_ZH};
    static const struct matrix matrix = {.lang = LANG_ZH};
    const void *const of[KINDS] = {&map, &chart, &bars, &radar, &timeline, &matrix};
    for (int k = 0; k < KINDS; k++) {
        struct figure f = {(enum figure_kind)k, of[k], theme_light(), 300, 200, 4};
        struct bytes b = png_of(&f);
        bytes_free(&b);
    }
}

static void test_tiny_rectangles(void **state)
{
    (void)state;
    static const double size[][2] = {{1, 1},   {3, 200}, {200, 3},  {9, 9},   {20, 20},
                                     {40, 12}, {60, 60}, {100, 40}, {40, 300}, {220, 150}};
    struct sample *s = malloc(sizeof *s);
    assert_non_null(s);
    sample_fill(s, LANG_EN);
    for (int k = 0; k < KINDS; k++) {
        for (int i = 0; i < COUNT_OF(size); i++) {
            struct figure f = sample_figure(s, (enum figure_kind)k, theme_light());
            f.width = size[i][0];
            f.height = size[i][1];
            f.margin = 0;
            struct bytes b = png_of(&f);
            bytes_free(&b);
            f.margin = 50; /* wider than the picture */
            b = png_of(&f);
            bytes_free(&b);
        }
    }
    free(s);
}

static void test_size_out_of_range(void **state)
{
    (void)state;
    const double side[] = {0, -5, (double)NAN, (double)INFINITY, 40000};
    for (int i = 0; i < COUNT_OF(side); i++) {
        struct figure f = {FIGURE_CHART, NULL, theme_light(), side[i], 100, 0};
        struct bytes b = {0};
        struct err e;
        assert_int_equal(figure_png(&f, 1, &b, &e), RC_INPUT);
        assert_true(strlen(e.text[LANG_ZH]) > 0 && strlen(e.text[LANG_EN]) > 0);
        assert_int_equal(figure_svg(&f, NULL, &b, &e), RC_INPUT);
        assert_int_equal(b.size, 0);
    }
}

static void test_values_that_are_no_numbers(void **state)
{
    (void)state;
    struct sample *s = malloc(sizeof *s);
    assert_non_null(s);
    sample_fill(s, LANG_ZH);
    const double bad = (double)NAN, far = 1e200;
    s->x[3] = bad;
    s->y[1][5] = (double)INFINITY;
    s->y[1][6] = 1e300;
    s->mark[0].x = bad;
    s->band[0].x0 = bad;
    s->bar[0].value = bad;
    s->bar[1].full = bad;
    s->bar[2].value = -4;
    s->item[0].at_s = bad;
    s->item[1].for_s = (double)INFINITY;
    s->item[2].row = 99;
    s->item[3].kind = -7;
    s->due[0].at_s = bad;
    s->place[0].x_m = bad;
    s->team[0].y_m = bad;
    s->team[1].x_m = far;
    s->team[3].to_x_m = bad;
    s->road_xy[0][2] = bad;
    s->line_xy[1][4] = bad;
    s->line_xy[2][0] = far;
    s->height[77] = NAN;
    s->cls[5] = 200; /* no class */
    s->dot[0] = 99;
    s->dot_x[1] = NAN;
    s->flow_xy[2] = bad;
    s->map.wind_mps = bad;
    s->count[5] = -3;
    for (int k = 0; k < KINDS; k++) {
        struct figure f = sample_figure(s, (enum figure_kind)k, theme_light());
        struct bytes b = png_of(&f);
        bytes_free(&b);
    }
    free(s);
}

static void test_one_item(void **state)
{
    (void)state;
    struct sample *s = malloc(sizeof *s);
    assert_non_null(s);
    sample_fill(s, LANG_ZH);
    s->map.team_count = s->map.place_count = s->map.road_count = s->map.line_count = 1;
    s->chart.series_count = 1;
    s->series[0].count = 1;
    s->bars.count = s->radar.axis_count = s->timeline.row_count = s->timeline.item_count = 1;
    s->matrix.size = 1;
    for (int k = 0; k < KINDS; k++) {
        struct figure f = sample_figure(s, (enum figure_kind)k, theme_light());
        struct bytes b = png_of(&f);
        bytes_free(&b);
    }
    free(s);
}

static void test_thousands(void **state)
{
    (void)state;
    struct map_team *team = calloc(MANY, sizeof *team);
    struct timeline_item *item = calloc(MANY, sizeof *item);
    double *xy = calloc((size_t)MANY * 2, sizeof *xy);
    assert_true(team && item && xy);
    for (int i = 0; i < MANY; i++) {
        team[i] = (struct map_team){i * 37 % 12000, i * 91 % 12000, (enum symbol)(i % SYMBOL_COUNT),
                                    (enum map_team_mark)(i % 5), "队伍", false, 100, 100};
        item[i] = (struct timeline_item){i % 40, i * 7.0, i % 5 ? 0 : 400, i % 4, "事项", i % 9 == 0};
        xy[i] = i * 10.0;
        xy[MANY + i] = i % 50 * 1e6;
    }
    const char *rows[40];
    for (int i = 0; i < 40; i++)
        rows[i] = "单位";
    const struct map map = {.lang = LANG_ZH, .x1_m = 12000, .y1_m = 12000, .teams = team,
                            .team_count = MANY};
    const struct timeline timeline = {.lang = LANG_ZH, .rows = rows, .row_count = 40, .items = item,
                                      .item_count = MANY};
    const struct chart_series series = {"值", xy, xy + MANY, MANY, 0, false, true, false};
    const struct chart chart = {.lang = LANG_ZH, .series = &series, .series_count = 1, .clock = true};
    const struct figure figure[3] = {{FIGURE_MAP, &map, theme_light(), 800, 600, 0},
                                     {FIGURE_TIMELINE, &timeline, theme_dark(), 900, 500, 0},
                                     {FIGURE_CHART, &chart, theme_dark(), 600, 300, 0}};
    for (int i = 0; i < 3; i++) {
        struct bytes b = png_of(&figure[i]);
        bytes_free(&b);
    }
    free(team);
    free(item);
    free(xy);
}

static void test_base64(void **state)
{
    (void)state;
    static const char *const plain[] = {"f", "fo", "foo", "foob", "fooba", "foobar"};
    static const char *const coded[] = {"Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (int i = 0; i < COUNT_OF(plain); i++) { /* RFC 4648, section 10 */
        struct bytes b = {0};
        bytes_base64(&b, plain[i], strlen(plain[i]));
        assert_string_equal(b.at, coded[i]);
        bytes_free(&b);
    }
    struct bytes b = {0};
    char zeros[3000] = {0};
    bytes_base64(&b, zeros, sizeof zeros);
    assert_int_equal(b.size, 4000);
    bytes_free(&b);
}

static void paint_page(cairo_t *cr, const void *with)
{
    draw_figure(cr, with);
}

static void test_pdf(void **state)
{
    (void)state;
    struct sample *s = malloc(sizeof *s);
    assert_non_null(s);
    sample_fill(s, LANG_ZH);
    struct figure f = sample_figure(s, FIGURE_CHART, theme_light());
    struct bytes a = {0}, b = {0};
    struct err e;
    assert_int_equal(draw_to_pdf_bytes(f.width, f.height, paint_page, &f, &a, &e), RC_OK);
    assert_int_equal(draw_to_pdf_bytes(f.width, f.height, paint_page, &f, &b, &e), RC_OK);
    assert_memory_equal(a.at, "%PDF-", 5);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.at, b.at, a.size);
    bytes_free(&a);
    bytes_free(&b);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_png_has_its_size),
        cmocka_unit_test(test_same_input_same_bytes),
        cmocka_unit_test(test_languages_and_themes_differ),
        cmocka_unit_test(test_svg_ids),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_tiny_rectangles),
        cmocka_unit_test(test_size_out_of_range),
        cmocka_unit_test(test_values_that_are_no_numbers),
        cmocka_unit_test(test_one_item),
        cmocka_unit_test(test_thousands),
        cmocka_unit_test(test_base64),
        cmocka_unit_test(test_pdf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

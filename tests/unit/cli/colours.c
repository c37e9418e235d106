/* Protects that the same state has the same colours wherever it is drawn: window, report, the small
 * pictures of the start screen; that the room's screen has none but those reported; and that a
 * scenario's site views become figures of the report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../ui/site_scenario.h"
#include "cli/assess.h"
#include "ui/thumb.h"
#include "ui/window.h"

enum { MINUTES = 100, SIDE = 1080 };
#define DIR "build/colours"

static struct session *drill(const char *scenario, const char *bot, int minutes)
{
    struct session *s;
    struct err e = {0};
    struct session_options opt = {.seed = 1, .bot = bot};
    if (session_new(scenario, &opt, &s, &e) != RC_OK ||
        session_run_until(s, minutes * 60000ll, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    return s;
}

/* How many pixels have the solid colour of each class of a palette. */
static void count_classes(cairo_surface_t *p, enum palette palette, int count[LAYER_CLASSES + 1])
{
    cairo_surface_flush(p);
    assert_int_equal(cairo_surface_status(p), CAIRO_STATUS_SUCCESS);
    memset(count, 0, sizeof(int) * (LAYER_CLASSES + 1));
    for (int y = 0; y < cairo_image_surface_get_height(p); y++) {
        const unsigned char *row =
            cairo_image_surface_get_data(p) + (size_t)y * (size_t)cairo_image_surface_get_stride(p);
        for (int x = 0; x < cairo_image_surface_get_width(p); x++) {
            uint32_t v;
            memcpy(&v, row + (size_t)x * 4, 4);
            for (int k = 1; k <= LAYER_CLASSES; k++) {
                uint32_t of = theme_light()->palette[palette][k - 1];
                count[k] += (of & 0xFF) == 0xFF && (v & 0xFFFFFF) == of >> 8;
            }
        }
    }
}

static cairo_surface_t *shot(struct session *s, const char *name)
{
    struct err e = {0};
    struct picture_options o = {.name = name,
                                .lang = LANG_ZH,
                                .width = 1920,
                                .height = SIDE,
                                .scale = 1.0,
                                .left = 0,
                                .right = 0,
                                .team = -1,
                                .place = -1,
                                .inject = -1,
                                .row = -1};
    assert_int_equal(window_picture(s, &o, DIR ".png", &e), RC_OK);
    cairo_surface_t *p = cairo_image_surface_create_from_png(DIR ".png");
    remove(DIR ".png");
    return p;
}

/* ---- the pictures inside a report ---- */

struct report_text {
    char *at;
    const char *next;
};

struct png {
    unsigned char *at;
    size_t size, read;
};

static void open_report(struct session *s, struct report_text *r)
{
    struct assessment as;
    struct err e = {0};
    char path[256];
    if (assess(s, &as, &e) != RC_OK ||
        assess_report(s, &as, NULL, DIR, LANG_ZH, path, (int)sizeof(path), &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assess_free(&as);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    fseek(f, 0, SEEK_END);
    size_t size = (size_t)ftell(f);
    rewind(f);
    r->at = malloc(size + 1);
    assert_non_null(r->at);
    assert_int_equal(fread(r->at, 1, size, f), size);
    r->at[size] = '\0';
    r->next = r->at;
    fclose(f);
    remove(path);
    rmdir(DIR);
}

static cairo_status_t read_png(void *ctx, unsigned char *to, unsigned int size)
{
    struct png *p = ctx;
    if (p->read + size > p->size)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, p->at + p->read, size);
    p->read += size;
    return CAIRO_STATUS_SUCCESS;
}

static int sextet(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* The next picture, NULL past the last. */
static cairo_surface_t *next_picture(struct report_text *r)
{
    static const char head[] = "data:image/png;base64,";
    const char *p = strstr(r->next, head);
    if (!p)
        return NULL;
    p += strlen(head);
    size_t chars = strcspn(p, "\"=");
    struct png png = {.at = malloc(chars)};
    uint32_t bits = 0;
    assert_non_null(png.at);
    for (size_t i = 0; i < chars; i++) {
        bits = bits << 6 | (uint32_t)sextet(p[i]);
        if (i % 4 != 0)
            png.at[png.size++] = (unsigned char)(bits >> (6 - 2 * (i % 4)));
    }
    r->next = p + chars;
    cairo_surface_t *s = cairo_image_surface_create_from_png_stream(read_png, &png);
    free(png.at);
    return s;
}

/* Today the active front was wine in one and orange in the other. */
static void window_and_report_show_the_same_colours(void **state)
{
    (void)state;
    struct session *s = drill("scenarios/forest_fire", "textbook", MINUTES);
    struct report_text report;
    int window[LAYER_CLASSES + 1], page[LAYER_CLASSES + 1], frame[LAYER_CLASSES + 1],
        room[LAYER_CLASSES + 1];
    cairo_surface_t *p = shot(s, "facilitator");
    count_classes(p, PALETTE_HEAT, window);
    cairo_surface_destroy(p);
    open_report(s, &report);
    p = next_picture(&report); /* the map of the end */
    count_classes(p, PALETTE_HEAT, page);
    cairo_surface_destroy(p);
    for (int i = 0; i < 12; i++) { /* the last of the small ones is of the same moment */
        p = next_picture(&report);
        count_classes(p, PALETTE_HEAT, frame);
        cairo_surface_destroy(p);
    }
    int kinds = 0;
    for (int k = 2; k <= LAYER_CLASSES; k++) {
        kinds += window[k] > 0;
        if ((window[k] > 0) != (page[k] > 0) || (window[k] > 0) != (frame[k] > 0))
            fail_msg("class %d: %d pixels in the window, %d and %d in the report", k, window[k],
                     page[k], frame[k]);
    }
    assert_true(kinds >= 3 && window[5] > 0); /* the front among them */
    p = shot(s, "projector"); /* what was reported, as it looked then: in the same colours */
    count_classes(p, PALETTE_HEAT, room);
    cairo_surface_destroy(p);
    kinds = 0;
    for (int k = 2; k <= LAYER_CLASSES; k++)
        kinds += room[k] > 0;
    assert_true(kinds >= 1);
    free(report.at);
    session_close(s);
}

static void the_start_screen_shows_the_same_colours(void **state)
{
    (void)state;
    struct session *s = drill("scenarios/forest_fire", NULL, 60); /* what its pictures show */
    int window[LAYER_CLASSES + 1], small[LAYER_CLASSES + 1];
    cairo_surface_t *p = shot(s, "facilitator");
    count_classes(p, PALETTE_HEAT, window);
    cairo_surface_destroy(p);
    p = thumb_draw("scenarios/forest_fire", LANG_ZH);
    assert_non_null(p);
    count_classes(p, PALETTE_HEAT, small);
    cairo_surface_destroy(p);
    assert_true(window[5] > 0 && small[5] > 0);
    for (int k = 2; k <= LAYER_CLASSES; k++)
        assert_true(small[k] == 0 || window[k] > 0);
    session_close(s);
}

static void a_site_view_is_a_figure(void **state)
{
    (void)state;
    struct report_text report;
    site_scenario("build/figures", SITE_VIEWS);
    struct session *s = drill("build/figures", NULL, 30);
    site_remove("build/figures");
    open_report(s, &report);
    int window[LAYER_CLASSES + 1], below[LAYER_CLASSES + 1];
    cairo_surface_t *p = next_picture(&report);
    count_classes(p, PALETTE_HEAT, window);
    cairo_surface_destroy(p);
    const char *court = strstr(report.at, "寺院");
    assert_true(court && strstr(court, "负二百米水平"));
    cairo_surface_destroy(next_picture(&report));
    p = next_picture(&report);
    count_classes(p, PALETTE_HEAT, below); /* another level has nothing of the fire */
    cairo_surface_destroy(p);
    assert_true(window[5] > 0 && below[5] == 0);
    free(report.at);
    session_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(window_and_report_show_the_same_colours),
        cmocka_unit_test(the_start_screen_shows_the_same_colours),
        cmocka_unit_test(a_site_view_is_a_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

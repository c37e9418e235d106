/* Protects that a thing which can be set is worked from the window: its mark stands on the map with how it is set, a click on it
 * shows its facts and a button a setting, a click on that gives its holder's order; and with the truth hidden the map says what
 * the room was told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ui/view_parts.h"

enum { BAR, PUMP };

static struct session *s;
static struct snapshot *n;
static struct view view;
static struct ui ui;
static struct draw_list list;
static uint64_t version;

static void look(void)
{
    snapshot_free(n);
    n = snapshot_make(s, ++version);
    assert_non_null(n);
}

/* A frame, and what it wished is done. */
static void frame(void)
{
    ui_begin(&ui, &list, theme_dark());
    view_facilitator(&view, &ui, n, 1366, 768);
    ui_end(&ui, 1366, 768);
    for (int i = 0; i < view.wishes; i++) {
        struct answer a = {0};
        worker_do(s, &view.wish[i], &a);
        view.answer = a;
    }
    if (view.wishes > 0)
        look();
}

static void click(double x, double y)
{
    ui.in.x = x;
    ui.in.y = y;
    ui.in.pressed = ui.in.down = true;
    frame();
    ui.in.pressed = ui.in.down = false;
    ui.in.released = true;
    frame();
    ui.in.released = false;
    frame();
}

static const struct mark *mark_of(const char *words)
{
    for (int i = list.count; i-- > 0;)
        if (list.at[i].text && strcmp(list.at[i].text, words) == 0)
            return &list.at[i];
    return NULL;
}

static bool shows(const char *words)
{
    for (int i = 0; i < list.count; i++)
        if (list.at[i].text && strstr(list.at[i].text, words))
            return true;
    return false;
}

static void begin(enum lang lang)
{
    struct err e = {0};
    struct session_options opt = {.seed = 1};
    if (session_new("tests/data/small", &opt, &s, &e) != RC_OK || session_run_until(s, 60000, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_true(list_make(&list));
    assert_int_equal(view_open(&view, s, lang, &e), RC_OK);
    ui.in.x = ui.in.y = -100;
    look();
    frame();
}

static void end(void)
{
    snapshot_free(n);
    n = NULL;
    view_close(&view);
    list_free(&list);
    session_close(s);
    memset(&ui, 0, sizeof ui);
}

static void click_asset(int i)
{
    const struct map_view f = map_view_of(view.map_rect, &view.map[view.lang][MAP_TRUTH].pieces.m);
    const double *at = session_atlas(s)->asset[i].at;
    click(map_px(&f, at[0]), map_py(&f, at[1]));
}

static void set_by_clicks(void **state)
{
    (void)state;
    struct err e = {0};
    begin(LANG_ZH);
    assert_int_equal(view.map[LANG_ZH][MAP_TRUTH].pieces.m.asset_count, 2);
    assert_string_equal(view.map[LANG_ZH][MAP_TRUTH].pieces.asset[PUMP].setting, "停");
    click_asset(PUMP);
    assert_int_equal(view.asset, PUMP);
    assert_true(shows("现为：停") && shows("管理：区林业局") && shows("只能现场手动"));
    const struct mark *on = mark_of("启动");
    assert_non_null(on);
    click(on->r.x + on->r.w / 2, on->r.y + on->r.h / 2);
    assert_true(view.answer.good); /* a crew stands in the town */
    assert_int_equal(session_run_until(s, 12 * 60000, &e), RC_OK);
    look();
    frame();
    assert_string_equal(view.map[LANG_ZH][MAP_TRUTH].pieces.asset[PUMP].setting, "启动");
    assert_true(shows("现为：启动"));
    end();
}

/* One that stands at a place is chosen from the place. */
static void by_its_place(void **state)
{
    (void)state;
    begin(LANG_ZH);
    click_asset(BAR);
    assert_int_equal(view.asset, -1);
    assert_true(view.place >= 0);
    const struct mark *bar = mark_of("一号栏杆");
    assert_non_null(bar);
    click(bar->r.x + bar->r.w / 2, bar->r.y + bar->r.h / 2);
    assert_int_equal(view.asset, BAR);
    assert_true(shows("现为：开") && shows("可遥控"));
    end();
}

static void the_rooms_map_says_what_it_was_told(void **state)
{
    (void)state;
    struct err e = {0};
    struct order o;
    begin(LANG_EN);
    /* The holder's own desk: nobody in the room hears of it. */
    assert_int_equal(order_parse(TEXT("police close bar"), session_atlas(s), session_now(s), &o, &e), RC_OK);
    int64_t seq;
    if (session_submit(s, &o, &seq, &e) != RC_OK || session_run_until(s, 10 * 60000, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    look();
    frame();
    assert_string_equal(view.map[LANG_EN][MAP_TRUTH].pieces.asset[BAR].setting, "closed");
    view.hide_truth = true;
    frame();
    assert_string_equal(view.map[LANG_EN][MAP_COMMON].pieces.asset[BAR].setting, "open");
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(set_by_clicks), cmocka_unit_test(by_its_place), cmocka_unit_test(the_rooms_map_says_what_it_was_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

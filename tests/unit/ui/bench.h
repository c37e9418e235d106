/* bench.h -- a drill, its assessment and one facilitator's screen, pressed by keys as a user does.
 * Included after cmocka. */
#ifndef TUIYAN_TEST_BENCH_H
#define TUIYAN_TEST_BENCH_H

#include <string.h>

#include "ui/window.h"

#define SCENARIO "scenarios/forest_fire"
#define SET "tests/data/panel/set.lua"

struct bench { /* a drill, its assessment, and one facilitator's screen */
    struct session *s;
    struct marking *m;
    struct snapshot *n;
    struct view view;
    struct ui ui;
    struct draw_list list;
    uint64_t version;
};

static struct session *drill_in(const char *file, int minutes)
{
    struct session *s;
    struct err e = {0};
    struct session_options opt = {.seed = 1, .bot = "textbook", .file = file};
    if (session_new(SCENARIO, &opt, &s, &e) != RC_OK ||
        session_run_until(s, minutes * 60000ll, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    return s;
}

static struct session *drill(int minutes)
{
    return drill_in(NULL, minutes);
}

static void look(struct bench *b)
{
    snapshot_free(b->n);
    b->n = snapshot_make(b->s, ++b->version);
    assert_non_null(b->n);
    assert_true(marking_take(b->m, b->n));
}

/* A frame, then what it wished is done and looked at, as the worker does. */
static void frame(struct bench *b)
{
    ui_begin(&b->ui, &b->list, theme_dark());
    view_facilitator(&b->view, &b->ui, b->n, 1366, 768);
    ui_end(&b->ui, 1366, 768);
    assert_false(b->list.full);
    for (int i = 0; i < b->view.wishes; i++) {
        struct answer a = {0};
        if (b->view.wish[i].kind == WISH_DESK || b->view.wish[i].kind == WISH_ENTRY)
            marking_do(b->m, &b->view.wish[i], &a.text);
        else
            worker_do(b->s, &b->view.wish[i], &a);
    }
    if (b->view.wishes > 0)
        look(b);
}

static void settle(struct bench *b)
{
    for (int i = 0; i < 4; i++)
        frame(b);
}

static void press(struct bench *b, enum ui_key key)
{
    b->ui.in.key[b->ui.in.keys++].key = key;
    frame(b);
    settle(b);
}

static void type(struct bench *b, const char *text)
{
    (void)text_copy(b->ui.in.text, UI_TEXT, text_of(text));
    frame(b);
}

static bool shows(const struct bench *b, const char *words)
{
    for (int i = 0; i < b->list.count; i++) {
        if (b->list.at[i].text && strstr(b->list.at[i].text, words))
            return true;
    }
    return false;
}

/* An entry that must be taken: pairs of key and value, ended by NULL. */
static void record(struct marking *m, int kind, const char *const *pair)
{
    struct wish w;
    struct err e = {0};
    wish_entry(&w, kind);
    for (int i = 0; pair[i]; i += 2)
        wish_pair(&w, pair[i], pair[i + 1]);
    marking_do(m, &w, &e);
    if (e.rc != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
}
#define RECORD(m, kind, ...) record((m), (kind), (const char *const[]){__VA_ARGS__, NULL})

static void name_people(struct marking *m)
{
    RECORD(m, ENTRY_EVALUATOR, "id", "e1", "name", "王建国", "unit", "市应急局", "lead", "yes");
    RECORD(m, ENTRY_EVALUATOR, "id", "e2", "name", "李敏", "unit", "区林业局");
}

static void open_bench(struct bench *b, enum lang lang, int minutes)
{
    struct err e = {0};
    memset(b, 0, sizeof(*b));
    b->s = drill(minutes);
    b->m = marking_open(b->s);
    assert_true(b->m && list_make(&b->list));
    assert_int_equal(view_open(&b->view, b->s, lang, &e), RC_OK);
    b->ui.in.x = b->ui.in.y = -100;
    look(b);
    /* The page, then the set typed into its field. */
    press(b, KEY_F11);
    assert_int_equal(b->view.page, PAGE_MARK);
    assert_non_null(b->n->desk);
    ui_focus(&b->ui, "mark_set");
    type(b, SET);
    press(b, KEY_ENTER);
    if (b->n->desk->panel.phase != PANEL_MARKING)
        fail_msg("%s", err_text(&b->n->desk->answer.text, LANG_EN));
    /* The form for the first evaluator is open; its id is typed at once. */
    assert_true(b->view.mark.naming && b->ui.focus == ui_id("mark_form0"));
    b->view.mark.naming = false;
    name_people(b->m);
    look(b);
}

static void close_bench(struct bench *b)
{
    snapshot_free(b->n);
    marking_close(b->m);
    session_close(b->s);
    view_close(&b->view);
    list_free(&b->list);
}

static void sit_down(struct bench *b, const char *who)
{
    (void)text_copy(b->view.mark.who, NAME_BYTES, text_of(who));
    b->view.mark.item = -1;
    b->ui.focus = 0;
    settle(b);
    assert_true(b->n->desk->panel.who >= 0);
    assert_string_equal(b->n->desk->panel.person[b->n->desk->panel.who].id, who);
}

static const struct snap_item *item(const struct bench *b, const char *id)
{
    const struct snap_panel *p = &b->n->desk->panel;
    for (int i = 0; i < p->items; i++) {
        if (strcmp(p->item[i].id, id) == 0)
            return &p->item[i];
    }
    fail_msg("no item %s", id);
    return NULL;
}

static const char *at(const struct bench *b)
{
    return b->n->desk->panel.item[b->view.mark.item].id;
}

#endif

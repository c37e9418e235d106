/* Protects the experts' pages of the window: a sheet marked by keys alone, a deduction without a
 * comment refused where it is made, a mark tied to the moment and to an event, the drill going on
 * meanwhile, and above all that nobody reads another's marks before all sheets are in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"
#include "golden.h"

/* ---- marking ---- */

/* C.1 and C.3: full marks, a deduction with its word, a tie, points. */
static void mark_the_first(struct bench *bench)
{
    assert_string_equal(at(bench), "C.1");
    press(bench, KEY_1); /* full marks need no word */
    assert_int_equal(item(bench, "C.1")->state, MARK_RATED);
    assert_int_equal(item(bench, "C.1")->chosen, 0);
    assert_true(item(bench, "C.1")->at_ms == session_now(bench->s));

    /* A deduction is refused where it is made, in words, and the comment gets the focus. */
    press(bench, KEY_3);
    assert_int_equal(item(bench, "C.1")->chosen, 0);
    assert_false(bench->n->desk->answer.good);
    assert_true(shows(bench, err_text(&bench->n->desk->answer.text, LANG_ZH)));
    assert_true(bench->ui.focus == ui_id("mark_comment"));
    type(bench, "晚了四分钟");
    press(bench, KEY_ENTER);
    assert_int_equal(item(bench, "C.1")->chosen, 2);
    assert_string_equal(item(bench, "C.1")->comment, "晚了四分钟");

    /* Tied to the event that was clicked; E does it for a mark that stands. */
    bench->view.log_event = 7;
    settle(bench);
    assert_true(item(bench, "C.1")->event == 0);
    press(bench, KEY_E);
    assert_true(item(bench, "C.1")->event == 7);
    assert_int_equal(item(bench, "C.1")->chosen, 2);
    press(bench, KEY_E);
    assert_true(item(bench, "C.1")->event == 0);

    /* To the next that is not marked; points are typed. */
    press(bench, KEY_TAB);
    assert_string_equal(at(bench), "C.3");
    press(bench, KEY_4);
    assert_true(bench->ui.focus == ui_id("mark_value"));
    type(bench, ".5");
    press(bench, KEY_ENTER);
    assert_int_equal(item(bench, "C.3")->state, MARK_NONE); /* 4.5 of 5 is a deduction */
    type(bench, "一处没说清");
    press(bench, KEY_ENTER);
    assert_int_equal(item(bench, "C.3")->state, MARK_RATED);
    assert_string_equal(item(bench, "C.3")->value[LANG_EN], "4.5");
}

static void a_sheet_is_marked_by_keys(void **state)
{
    (void)state;
    static struct bench b;
    open_bench(&b, LANG_ZH, 60);
    sit_down(&b, "e1");
    mark_the_first(&b);

    /* Not applicable and not observed are two things, and two keys. */
    press(&b, KEY_TAB);
    press(&b, KEY_O);
    assert_int_equal(item(&b, "P.1")->state, MARK_NOT_OBSERVED);
    press(&b, KEY_DOWN);
    assert_string_equal(at(&b), "P.2");
    press(&b, KEY_N);
    assert_int_equal(item(&b, "P.2")->state, MARK_NOT_APPLICABLE);
    press(&b, KEY_DOWN); /* over the heading of the next project */
    assert_string_equal(at(&b), "W.1");
    press(&b, KEY_UP);
    assert_string_equal(at(&b), "P.2");

    /* A sheet with a hole is not handed in, and says which. S asks once. */
    press(&b, KEY_S);
    assert_false(b.n->desk->panel.person[0].in);
    assert_true(shows(&b, msg_text(LANG_ZH, MSG_MARK_SUBMIT_SURE)));
    press(&b, KEY_S);
    assert_false(b.n->desk->panel.person[0].in);
    assert_true(shows(&b, "W.1"));
    press(&b, KEY_TAB);
    assert_string_equal(at(&b), "W.1");
    press(&b, KEY_1);
    press(&b, KEY_TAB);
    press(&b, KEY_5);
    press(&b, KEY_ENTER);
    assert_int_equal(item(&b, "W.2")->state, MARK_RATED);
    press(&b, KEY_C); /* a word added to a measure keeps it */
    type(&b, "另有一问");
    press(&b, KEY_ENTER);
    assert_string_equal(item(&b, "W.2")->comment, "另有一问");
    assert_string_equal(item(&b, "W.2")->typed, "5");
    press(&b, KEY_S);
    press(&b, KEY_S);
    assert_true(b.n->desk->panel.person[0].in);

    /* What comes from the log alone is confirmed or overruled with a reason. */
    press(&b, KEY_TAB);
    assert_string_equal(at(&b), "C.2");
    assert_true(item(&b, "C.2")->automatic && item(&b, "C.2")->has_evidence);
    press(&b, KEY_2);
    assert_int_equal(item(&b, "C.2")->decision, AUTO_PENDING);
    type(&b, "会商没有结论");
    press(&b, KEY_ENTER);
    press(&b, KEY_ESCAPE);
    press(&b, KEY_Y);
    assert_int_equal(item(&b, "C.2")->decision, AUTO_CONFIRMED);
    close_bench(&b);
}

static void a_comment_waits_for_its_value(void **state)
{
    (void)state;
    static struct bench b;
    open_bench(&b, LANG_EN, 30);
    sit_down(&b, "e2");
    press(&b, KEY_C);
    assert_true(b.ui.focus == ui_id("mark_comment"));
    type(&b, "1 of 3 desks knew"); /* digits in a field are no marks */
    assert_int_equal(item(&b, "C.1")->state, MARK_NONE);
    press(&b, KEY_TAB); /* away, and back */
    assert_string_equal(at(&b), "C.3");
    press(&b, KEY_UP);
    assert_string_equal(at(&b), "C.1");
    assert_string_equal(b.view.mark.comment.text, "1 of 3 desks knew");
    press(&b, KEY_2);
    assert_int_equal(item(&b, "C.1")->chosen, 1);
    assert_string_equal(item(&b, "C.1")->comment, "1 of 3 desks knew");
    close_bench(&b);
}

/* ---- independence ---- */

#define SECRET "只有李敏这样看"

static void mark_all(struct marking *m, const char *who, const char *level, const char *comment)
{
    const char *const value[][2] = {{"C.1", level}, {"P.1", level}, {"W.1", level},
                                    {"C.3", "2.5"}, {"P.2", "no"},  {"W.2", "1"}};
    for (int i = 0; i < COUNT_OF(value); i++)
        RECORD(m, ENTRY_MARK, "by", who, "item", value[i][0], "value", value[i][1], "comment",
               comment, "event", "16", "at", "0:45:00");
}

/* Nothing of e2 in what e1's screens are made of, nor on them. */
static void no_word_of_the_other(struct bench *b)
{
    const struct snap_panel *p = &b->n->desk->panel;
    assert_false(p->revealed);
    assert_true(p->total == 0.0 && p->grade[LANG_ZH] == NULL && p->veto[LANG_ZH] == NULL &&
                p->pending == 0 && p->spread == 0);
    for (int i = 0; i < p->items; i++) {
        assert_true(p->item[i].others == 0 && p->item[i].other == NULL && !p->item[i].spread &&
                    p->item[i].score == 0.0);
        assert_null(strstr(p->item[i].comment, SECRET));
        assert_null(strstr(p->item[i].decided_why, SECRET));
        assert_string_equal(p->item[i].decided[LANG_ZH], "");
        if (!p->item[i].automatic)
            assert_int_equal(p->item[i].state, MARK_NONE);
    }
    for (int i = 0; i < p->projects; i++)
        assert_true(p->project[i].score == 0.0 && !p->project[i].applicable);
    for (int i = 0; i < b->n->desk->proposals; i++)
        assert_null(strstr(b->n->desk->proposal[i].key, "item:"));
    assert_false(shows(b, SECRET));
}

static void nobody_reads_anothers_marks_before_all_are_in(void **state)
{
    (void)state;
    static struct bench b;
    open_bench(&b, LANG_ZH, 90);
    mark_all(b.m, "e2", "poor", SECRET);
    RECORD(b.m, ENTRY_AUTO, "by", "e2", "item", "C.2", "do", "overrule", "value", "no", "reason",
           SECRET);
    for (int in = 0; in < 2; in++) { /* before and after e2's sheet is in */
        look(&b);
        sit_down(&b, "e1");
        b.view.page = PAGE_MARK;
        settle(&b);
        for (int i = 0; i < b.n->desk->panel.items; i++) {
            b.view.mark.item = i;
            settle(&b);
            no_word_of_the_other(&b);
        }
        b.view.page = PAGE_FINDINGS;
        for (int row = 0; row < 40; row++) {
            b.view.finding.row = row;
            settle(&b);
            no_word_of_the_other(&b);
        }
        b.view.page = PAGE_MARK;
        settle(&b);
        if (in == 0)
            RECORD(b.m, ENTRY_SUBMIT, "by", "e2");
    }
    /* All in, the lead reconciles: now it is all there. */
    mark_all(b.m, "e1", "excellent", "都好");
    RECORD(b.m, ENTRY_SUBMIT, "by", "e1");
    look(&b);
    sit_down(&b, "e1");
    assert_false(b.n->desk->panel.revealed);
    ui_focus(&b.ui, "mark_step");
    press(&b, KEY_ENTER);
    assert_int_equal(b.n->desk->panel.phase, PANEL_MARKING); /* asked once */
    ui_focus(&b.ui, "mark_step");
    press(&b, KEY_ENTER);
    assert_int_equal(b.n->desk->panel.phase, PANEL_RECONCILING);
    assert_true(b.n->desk->panel.revealed && b.n->desk->panel.spread > 0);
    assert_int_equal(item(&b, "C.1")->others, 1);
    assert_string_equal(item(&b, "C.1")->other[0].comment, SECRET);
    assert_true(item(&b, "C.1")->spread);
    assert_true(shows(&b, SECRET));
    /* A change now needs a reason. */
    b.ui.focus = 0;
    b.view.mark.item = 0;
    settle(&b);
    press(&b, KEY_2);
    assert_int_equal(item(&b, "C.1")->chosen, 0);
    assert_true(b.ui.focus == ui_id("mark_reason"));
    type(&b, "合议后同意降一级");
    press(&b, KEY_ENTER);
    assert_int_equal(item(&b, "C.1")->chosen, 1);
    close_bench(&b);
}

static void the_room_never_sees_the_assessment(void **state)
{
    (void)state;
    static struct bench b;
    open_bench(&b, LANG_ZH, 90);
    mark_all(b.m, "e2", "poor", SECRET);
    sit_down(&b, "e2");
    b.view.mark.item = 0;
    settle(&b);
    assert_true(shows(&b, SECRET)); /* one's own */
    for (int page = PAGE_MARK; page < DESK_PAGES; page++) {
        b.view.page = (enum desk_page)page;
        settle(&b);
        ui_begin(&b.ui, &b.list, theme_dark());
        view_projector(&b.view, &b.ui, b.n, 1366, 768);
        ui_end(&b.ui, 1366, 768);
        assert_false(shows(&b, SECRET) || shows(&b, "李敏") ||
                     shows(&b, msg_text(LANG_ZH, MSG_FIND_CONFIRM)));
        b.view.hide_truth = true; /* a mirrored display */
        settle(&b);
        assert_false(shows(&b, SECRET) || shows(&b, "李敏") ||
                     shows(&b, msg_text(LANG_ZH, MSG_FIND_CONFIRM)));
        b.view.hide_truth = false;
    }
    close_bench(&b);
}

/* ---- findings ---- */

static void a_proposal_becomes_a_finding_and_is_closed(void **state)
{
    (void)state;
    static struct bench b;
    open_bench(&b, LANG_ZH, 240);
    sit_down(&b, "e1");
    b.view.page = PAGE_FINDINGS;
    settle(&b);
    int proposals = b.n->desk->proposals;
    assert_true(proposals >= 2);
    b.view.finding.row = 1; /* under the heading */
    settle(&b);
    char text[512];
    (void)text_copy(text, (int)sizeof(text), text_of(b.n->desk->proposal[0].text[LANG_ZH]));
    ui_focus(&b.ui, "find_confirm");
    press(&b, KEY_ENTER);
    assert_int_equal(b.n->desk->findings, 1);
    assert_int_equal(b.n->desk->proposals, proposals - 1);
    assert_string_equal(b.n->desk->finding[0].text, text);
    assert_int_equal(b.view.finding.row, 0);
    /* Without an action nothing is being corrected. */
    ui_focus(&b.ui, "find_next");
    press(&b, KEY_ENTER);
    assert_int_equal(b.n->desk->finding[0].state, STATE_OPEN);
    assert_true(shows(&b, err_text(&b.n->desk->answer.text, LANG_ZH)));
    static const char *const field[] = {"find_measure", "find_unit", "find_person", "find_due"};
    static const char *const words[] = {"配备备用电台", "区应急局", "张三", "2026-12-31"};
    for (int i = 0; i < 4; i++) {
        ui_focus(&b.ui, field[i]);
        type(&b, words[i]);
    }
    press(&b, KEY_ENTER);
    assert_int_equal(b.n->desk->finding[0].actions, 1);
    assert_string_equal(b.n->desk->finding[0].action[0].person, "张三");
    ui_focus(&b.ui, "find_next");
    press(&b, KEY_ENTER);
    assert_int_equal(b.n->desk->finding[0].state, STATE_DOING);
    ui_focus(&b.ui, "find_evidence");
    type(&b, "验收单");
    ui_focus(&b.ui, "find_next");
    press(&b, KEY_ENTER);
    press(&b, KEY_ENTER);
    assert_int_equal(b.n->desk->finding[0].state, STATE_CLOSED);
    assert_string_equal(b.n->desk->finding[0].verified_by, "e1");
    /* Another is turned down, with a reason. */
    b.view.finding.row = 2;
    settle(&b);
    ui_focus(&b.ui, "find_dismiss");
    press(&b, KEY_ENTER);
    assert_int_equal(b.n->desk->proposals, proposals - 1);
    ui_focus(&b.ui, "find_reason");
    type(&b, "情景所限");
    press(&b, KEY_ENTER);
    assert_int_equal(b.n->desk->proposals, proposals - 2);
    close_bench(&b);
}

/* ---- what the pages say, in both languages ---- */

static void pages(struct session *s, const char *name, enum desk_page page, const char *item,
                  int row)
{
    static char text[1 << 20];
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        char file[64];
        struct err e = {0};
        struct buf b = BUF_ON(text);
        struct picture_options o = {.name = "facilitator",
                                    .lang = (enum lang)lang,
                                    .width = 1366,
                                    .height = 768,
                                    .scale = 1.0,
                                    .left = -1,
                                    .right = RIGHT_SCORE,
                                    .team = -1,
                                    .place = -1,
                                    .inject = -1,
                                    .page = page,
                                    .evaluator = "e1",
                                    .item = item,
                                    .row = row};
        if (window_text(s, &o, &b, &e) != RC_OK)
            fail_msg("%s", err_text(&e, LANG_EN));
        snprintf(file, sizeof(file), "%s.%s", name, lang == LANG_ZH ? "zh" : "en");
        golden(file, text);
    }
}

static void every_page_in_both_languages(void **state)
{
    (void)state;
    static const char path[] = "build/marks.drill";
    (void)remove(path);
    struct session *s = drill_in(path, 100);
    struct marking *m = marking_open(s);
    assert_non_null(m);
    pages(s, "mark_sets", PAGE_MARK, NULL, -1);
    RECORD(m, ENTRY_OPEN, "set", SET);
    name_people(m);
    mark_all(m, "e1", "medium", "迟了一些");
    pages(s, "mark", PAGE_MARK, "C.1", -1);
    RECORD(m, ENTRY_SUBMIT, "by", "e1");
    mark_all(m, "e2", "excellent", "看得清楚");
    RECORD(m, ENTRY_SUBMIT, "by", "e2");
    RECORD(m, ENTRY_RECONCILE, "by", "e1");
    RECORD(m, ENTRY_AUTO, "by", "e2", "item", "C.2", "do", "confirm");
    pages(s, "mark_reconcile", PAGE_MARK, "P.1", -1);
    pages(s, "findings", PAGE_FINDINGS, NULL, 2);
    RECORD(m, ENTRY_FINDING, "class", "correct", "text", "通信中断后没有改用备用手段", "by", "e1",
           "item", "C.1", "events", "16 20");
    RECORD(m, ENTRY_ACTION, "finding", "f1", "measure", "配备备用电台", "unit", "区应急局",
           "person", "张三", "due", "2026-12-31");
    pages(s, "finding", PAGE_FINDINGS, NULL, 0);
    marking_close(m);
    session_close(s);
    (void)remove(path);
}

/* ---- beside a running drill ---- */

static struct snapshot *wait_for(struct worker *w, struct snapshot *n,
                                 bool (*until)(const struct snapshot *n))
{
    for (int i = 0; i < 10000 && !(n && until(n));
         i++) { /* waits for what the other thread does, not for time */
        struct snapshot *next = worker_take(w);
        if (next) {
            snapshot_free(n);
            n = next;
            continue;
        }
        struct timespec t = {0, 2000000};
        (void)nanosleep(&t, NULL);
    }
    assert_true(n && until(n));
    return n;
}

static bool marked(const struct snapshot *n)
{
    return n->desk && n->desk->panel.who >= 0 && n->desk->panel.marked == 1;
}

static bool half_an_hour_on(const struct snapshot *n)
{
    return n->desk && n->desk->panel.marked == 1 &&
           n->now_ms >= n->desk->panel.item[0].at_ms + 30 * 60000;
}

static void marks_are_given_while_the_drill_runs(void **state)
{
    (void)state;
    struct worker *w;
    struct err e = {0};
    struct wish run = {.kind = WISH_RUN}, speed = {.kind = WISH_SPEED, .value = 3600}, open, person,
                mark, page;
    assert_int_equal(worker_start(drill(10), NULL, NULL, NULL, &w, &e), RC_OK);
    wish_entry(&open, ENTRY_OPEN);
    wish_pair(&open, "set", SET);
    wish_pair(&open, "kind", "self");
    wish_entry(&person, ENTRY_EVALUATOR);
    wish_pair(&person, "id", "s1");
    wish_pair(&person, "name", "自评人");
    wish_pair(&person, "kind", "self");
    wish_entry(&mark, ENTRY_MARK);
    wish_pair(&mark, "by", "s1");
    wish_pair(&mark, "item", "C.1");
    wish_pair(&mark, "value", "good");
    wish_pair(&mark, "at", "0:10:00");
    wish_desk(&page, PAGE_MARK, PANEL_SELF, "s1");
    assert_true(worker_wish(w, &speed) && worker_wish(w, &run) && worker_wish(w, &page) &&
                worker_wish(w, &open) && worker_wish(w, &person) && worker_wish(w, &mark));
    struct snapshot *n = wait_for(w, NULL, marked);
    assert_int_equal(n->desk->panel.kind, PANEL_SELF);
    n = wait_for(w, n, half_an_hour_on);
    assert_int_equal(n->phase, SESSION_RUNNING);
    snapshot_free(n);
    worker_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_is_marked_by_keys),
        cmocka_unit_test(a_comment_waits_for_its_value),
        cmocka_unit_test(nobody_reads_anothers_marks_before_all_are_in),
        cmocka_unit_test(the_room_never_sees_the_assessment),
        cmocka_unit_test(a_proposal_becomes_a_finding_and_is_closed),
        cmocka_unit_test(marks_are_given_while_the_drill_runs),
        cmocka_unit_test(every_page_in_both_languages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

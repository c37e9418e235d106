/* Protects the score: what each rule makes of the log, marks between full and zero, weights renormalised over what applied, the veto's
 * cap, clauses of the plan, and the chain of causes. Events are made by hand, so that every number can be worked out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "../core/table.h"
#include "eval/eval.h"

static struct arena arena;
static struct atlas atlas;
static struct event event[32];
static struct order order[8];
static int events, orders;
static double moved;

static const char INDICATORS[] =
    "injects = { { id = \"call\", title = { zh = \"报\", en = \"call\" }, at = \"5min\" } },\n"
    "plan = { { id = \"c_level\", text = { zh = \"响应\", en = \"level\" }, order = { verb = \"level\" }, trigger_inject = \"call\", within = \"10min\" },\n"
    "  { id = \"c_post\", text = { zh = \"指\", en = \"post\" }, event = \"post_opened\", trigger_event = \"level_started\", within = \"10min\" },\n"
    "  { id = \"c_warn\", text = { zh = \"警\", en = \"warn\" }, order = { verb = \"warn\" }, trigger_event = \"place_reached\", within = \"10min\" } },\n"
    "objectives = { { id = \"a\", title = { zh = \"甲\", en = \"A\" }, weight = 3 }, { id = \"b\", title = { zh = \"乙\", en = \"B\" }, weight = 1 } },\n"
    "indicators = {\n"
    "  { id = \"delay\", title = { zh = \"1\", en = \"1\" }, objective = \"a\", rule = \"delay\", event = \"level_started\", from_inject = \"call\", full = 10, zero = 30 },\n"
    "  { id = \"count\", title = { zh = \"2\", en = \"2\" }, objective = \"a\", rule = \"count\", event = \"consult_held\", full = 4, zero = 0 },\n"
    "  { id = \"never\", title = { zh = \"3\", en = \"3\" }, objective = \"a\", rule = \"delay\", event = \"warning_issued\", from = \"place_reached\", full = 1, zero = 2, weight = 9 },\n"
    "  { id = \"false\", title = { zh = \"4\", en = \"4\" }, objective = \"a\", rule = \"count\", event = \"report_false\", from = \"report_sent\", full = 0, zero = 1, weight = 9 },\n"
    "  { id = \"loss\", title = { zh = \"5\", en = \"5\" }, objective = \"b\", rule = \"baseline\", measure = \"burnt\", full = 0.5, zero = 0 },\n"
    "  { id = \"ratio\", title = { zh = \"6\", en = \"6\" }, objective = \"b\", rule = \"ratio\", measure = \"moved\", of = \"all\", full = 1, zero = 0, veto = \"fair\", veto_below = 30 },\n"
    "  { id = \"elements\", title = { zh = \"7\", en = \"7\" }, objective = \"b\", rule = \"complete\", event = \"level_started\", field = \"elements\", full = 1, zero = 0 },\n"
    "  { id = \"before\", title = { zh = \"8\", en = \"8\" }, objective = \"b\", rule = \"before\", event = \"level_started\", from_inject = \"call\" } } }";

static int setup(void **state)
{
    (void)state;
    char text[20000];
    struct err e = {0};
    FILE *f = fopen("tests/data/rig.table", "rb");
    assert_non_null(f);
    size_t n = fread(text, 1, 12000, f);
    fclose(f);
    text[n] = '\0';
    char *cut = strstr(text, "objectives =");
    assert_non_null(cut);
    char *weather = strstr(text, "weather =");
    assert_non_null(weather);
    char row[200];
    size_t len = strcspn(weather, "\n");
    memcpy(row, weather, len);
    row[len] = '\0';
    snprintf(cut, sizeof(text) - (size_t)(cut - text), "%s\nassumptions = {},\n%s", row, INDICATORS);
    arena_init(&arena, 0);
    if (atlas_read(table_doc(&arena, text), &arena, &atlas, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    events = orders = 0;
    moved = 40.0;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static int64_t happen(int kind, int minute, int32_t i0, int32_t i1, int32_t i2)
{
    event[events] = (struct event){.seq = events + 1, .t_ms = minute * 60000ll, .kind = kind, .i = {i0, i1, i2}};
    return event[events++].seq;
}

static bool measure(void *ctx, struct text name, double *out)
{
    (void)ctx;
    *out = text_is(name, "burnt") ? 75.0 : text_is(name, "moved") ? moved : 80.0;
    return true;
}

static bool baseline(void *ctx, struct text name, double *out)
{
    (void)ctx;
    *out = text_is(name, "burnt") ? 100.0 : 0.0;
    return true;
}

static const struct scored *find(const struct evaluation *ev, const char *id)
{
    for (int i = 0; i < ev->items; i++) {
        if (text_is(ev->indicator[i].id, id))
            return &ev->item[i];
    }
    fail_msg("no indicator %s", id);
    return NULL;
}

static void run(struct evaluation *ev)
{
    struct err e = {0};
    struct eval_input in = {&atlas, event, events, order, orders, 120 * 60000ll, NULL, measure, baseline};
    if (eval_run(&in, &arena, ev, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
}

static bool near(double a, double b) { return a - b < 1e-9 && b - a < 1e-9; }

static void every_rule_by_hand(void **state)
{
    (void)state;
    struct evaluation ev;
    (void)happen(EV_INJECT_FIRED, 5, 0, 0, 0);
    int64_t level = happen(EV_LEVEL_STARTED, 30, 1, W(LEVEL, FOUR), 5); /* 25 min after the call; elements 5 = two of four */
    (void)happen(EV_CONSULT_HELD, 40, 0, 0, 0);
    run(&ev);
    assert_true(near(find(&ev, "delay")->score, 25.0)); /* (30 - 25) / (30 - 10) */
    assert_int_equal(find(&ev, "delay")->evidence[find(&ev, "delay")->evidence_count - 1], level);
    assert_true(near(find(&ev, "count")->score, 25.0));
    assert_false(find(&ev, "never")->applicable); /* nothing was reached */
    assert_false(find(&ev, "false")->applicable); /* no report was sent */
    assert_true(near(find(&ev, "loss")->score, 50.0)); /* a quarter less; half is full */
    assert_true(near(find(&ev, "ratio")->score, 50.0));
    assert_true(near(find(&ev, "elements")->score, 50.0));
    assert_true(near(find(&ev, "before")->score, 0.0));
    /* A: 25 and 25; B: 50, 50, 50, 0. Weights 3 to 1. */
    assert_true(near(ev.objective[0].score, 25.0));
    assert_true(near(ev.objective[1].score, 37.5));
    assert_true(near(ev.total, (3 * 25.0 + 37.5) / 4.0));
    double lost = 0.0;
    for (int i = 0; i < ev.items; i++)
        lost += ev.item[i].lost;
    assert_true(near(lost, 100.0 - ev.total)); /* every lost point has its place */
    for (int i = 0; i < ev.items; i++)
        assert_true(ev.item[i].reason[LANG_ZH][0] && ev.item[i].reason[LANG_EN][0]);
}

static void a_mark_lies_between_full_and_zero(void **state)
{
    (void)state;
    assert_true(near(eval_mark(10, 10, 30), 100) && near(eval_mark(5, 10, 30), 100) && near(eval_mark(30, 10, 30), 0));
    assert_true(near(eval_mark(99, 10, 30), 0) && near(eval_mark(20, 10, 30), 50) && near(eval_mark(1, 4, 0), 25));
}

static void a_veto_caps_the_grade(void **state)
{
    (void)state;
    struct evaluation ev;
    (void)happen(EV_INJECT_FIRED, 5, 0, 0, 0);
    (void)happen(EV_LEVEL_STARTED, 6, 1, W(LEVEL, FOUR), 15);
    for (int i = 0; i < 4; i++)
        (void)happen(EV_CONSULT_HELD, 10 + i, 0, 0, 0);
    run(&ev);
    assert_int_equal(ev.veto, -1);
    enum grade before = ev.grade;
    assert_true(before == GRADE_EXCELLENT || before == GRADE_GOOD);
    moved = 20.0; /* a quarter moved: 25 points, under the veto's line of 30 */
    run(&ev);
    assert_true(ev.veto >= 0 && text_is(ev.indicator[ev.veto].id, "ratio"));
    assert_true(ev.total > 75.0); /* the points stay */
    assert_int_equal(ev.grade, GRADE_FAIR);
}

static void clauses_are_met_late_violated_or_not_triggered(void **state)
{
    (void)state;
    struct evaluation ev;
    (void)happen(EV_INJECT_FIRED, 5, 0, 0, 0);
    order[orders++] = (struct order){.seq = 1, .at_ms = 20 * 60000, .verb = VERB_LEVEL, .agency = 1, .given = 1, .arg = {W(LEVEL, FOUR)}};
    (void)happen(EV_LEVEL_STARTED, 21, 1, W(LEVEL, FOUR), 15);
    run(&ev);
    assert_int_equal(ev.clause[0].state, PLAN_LATE); /* 15 min, ten were allowed */
    assert_int_equal(ev.clause[1].state, PLAN_VIOLATED); /* no post */
    assert_int_equal(ev.clause[2].state, PLAN_NOT_TRIGGERED);
    (void)happen(EV_POST_OPENED, 29, 1, 0, 0);
    order[0].at_ms = 12 * 60000;
    run(&ev);
    assert_int_equal(ev.clause[0].state, PLAN_MET);
    assert_int_equal(ev.clause[1].state, PLAN_MET);
}

/* What the roster and the stocks could not do is told from what people missed. */
static void what_nobody_could_have_met(void **state)
{
    (void)state;
    struct evaluation ev;
    static struct team team[2] = {{.tasks = {{1u << W(TASK, WATER)}}}, {.tasks = {{1u << W(TASK, RESCUE)}}}};
    static struct need two_drops[1] = {{W(TASK, WATER), -1, 2}}, one_drop[1] = {{W(TASK, WATER), -1, 1}};
    struct clause kept[3];
    int32_t teams = atlas.names.count[ENT_TEAM];
    struct team *roster = atlas.team;
    memcpy(kept, atlas.clause, sizeof(kept));
    atlas.team = team;
    atlas.names.count[ENT_TEAM] = 2;
    (void)happen(EV_INJECT_FIRED, 5, 0, 0, 0);
    (void)happen(EV_LEVEL_STARTED, 21, 1, W(LEVEL, FOUR), 15);
    atlas.clause[1].need = one_drop; /* one is there: people missed it */
    atlas.clause[1].needs = 1;
    run(&ev);
    assert_int_equal(ev.clause[1].state, PLAN_VIOLATED);
    assert_false(ev.clause[1].impossible);
    struct plan_coverage c = eval_coverage(&ev, 3);
    assert_int_equal(c.impossible, 0);
    (void)happen(EV_POST_OPENED, 29, 1, 0, 0); /* what was done does not make two of one */
    atlas.clause[1].need = two_drops;
    run(&ev);
    assert_int_equal(ev.clause[1].state, PLAN_VIOLATED);
    assert_true(ev.clause[1].impossible);
    c = eval_coverage(&ev, 3);
    assert_int_equal(c.impossible, 1);
    assert_true(near(c.tested, 200.0 / 3));
    assert_true(near(c.met, 0)); /* one clause late of the one that could be met */
    memcpy(atlas.clause, kept, sizeof(kept));
    atlas.team = roster;
    atlas.names.count[ENT_TEAM] = teams;
}

static void a_chain_of_causes_ends_where_it_began(void **state)
{
    (void)state;
    int64_t out[16];
    int64_t fire = happen(EV_DRILL_STARTED, 1, 0, 0, 0);
    int64_t reached = happen(EV_PLACE_REACHED, 50, 1, 0, 0);
    event[reached - 1].cause = (struct cause){CAUSE_EVENT, fire};
    int64_t trapped = happen(EV_PEOPLE_TRAPPED, 50, 1, 100, 1);
    event[trapped - 1].cause = (struct cause){CAUSE_EVENT, reached};
    event[trapped - 1].also = (struct cause){CAUSE_ORDER, 7};
    int n = eval_why(event, events, trapped, out, 16);
    bool has_fire = false, has_order = false;
    for (int i = 0; i < n; i++) {
        has_fire = has_fire || out[i] == fire;
        has_order = has_order || out[i] == -7;
    }
    assert_true(n == 4 && out[0] == trapped && has_fire && has_order);
    /* A chain that bites its tail would hang a reader. */
    event[fire - 1].cause = (struct cause){CAUSE_EVENT, trapped};
    assert_true(eval_why(event, events, trapped, out, 16) <= 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(every_rule_by_hand), T(a_mark_lies_between_full_and_zero), T(a_veto_caps_the_grade),
        T(clauses_are_met_late_violated_or_not_triggered), T(a_chain_of_causes_ends_where_it_began),
                                       T(what_nobody_could_have_met)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

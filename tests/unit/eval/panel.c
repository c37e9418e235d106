/* Protects the panel: marks are independent until all are in; a deduction has a reason; not applicable is not zero
 * and not "not observed"; weights are renormalised; a veto caps; evidence counts once somebody decided on it;
 * changes leave a trace; nobody marks what was signed. And findings: nothing closes without action and evidence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/num.h"
#include "eval/finding.h"
#include "eval/panel.h"

enum { ITEMS = 6 };
enum { A1, A2, A3, B1, B2, C1 }; /* grade, grade, points, yes/no optional with veto, measure, from the log */

static struct rubric_item item[ITEMS];
static struct rubric set;
static struct scored evidence[ITEMS];
static struct arena arena;
static struct panels panels;

static struct text word(const char *s)
{
    return text_of(s);
}

static void make_set(void)
{
    static const struct rubric_level five[] = {{TEXT_INIT("excellent"), {TEXT_INIT("优"), TEXT_INIT("excellent")}, 100, 92.5},
                                               {TEXT_INIT("good"), {TEXT_INIT("良"), TEXT_INIT("good")}, 85, 80},
                                               {TEXT_INIT("medium"), {TEXT_INIT("中"), TEXT_INIT("medium")}, 75, 70},
                                               {TEXT_INIT("pass"), {TEXT_INIT("合格"), TEXT_INIT("pass")}, 65, 47.5},
                                               {TEXT_INIT("poor"), {TEXT_INIT("差"), TEXT_INIT("poor")}, 30, 0}};
    static const struct rubric_level two[] = {{TEXT_INIT("yes"), {TEXT_INIT("是"), TEXT_INIT("yes")}, 100, 50},
                                              {TEXT_INIT("no"), {TEXT_INIT("否"), TEXT_INIT("no")}, 0, 0}};
    static const struct rubric_level grade[] = {{TEXT_INIT("excellent"), {TEXT_INIT("优"), TEXT_INIT("excellent")}, 0, 90},
                                                {TEXT_INIT("good"), {TEXT_INIT("良"), TEXT_INIT("good")}, 0, 75},
                                                {TEXT_INIT("fair"), {TEXT_INIT("一般"), TEXT_INIT("fair")}, 0, 60},
                                                {TEXT_INIT("poor"), {TEXT_INIT("差"), TEXT_INIT("poor")}, 0, 0}};
    set = (struct rubric){.id = TEXT("t"), .scales = 2, .projects = 3, .items = ITEMS, .item = item, .grades = 4, .cap = 2};
    memcpy(set.scale[0].level, five, sizeof(five));
    set.scale[0].levels = 5;
    memcpy(set.scale[1].level, two, sizeof(two));
    set.scale[1].levels = 2;
    memcpy(set.grade, grade, sizeof(grade));
    set.phase[0] = (struct rubric_word){TEXT("start"), {TEXT("启动"), TEXT("start")}};
    set.role[0] = (struct rubric_word){TEXT("command"), {TEXT("指挥"), TEXT("command")}};
    set.role[1] = (struct rubric_word){TEXT("public"), {TEXT("群众"), TEXT("public")}};
    set.phases = 1;
    set.roles = 2;
    set.project[0] = (struct rubric_project){TEXT("a"), {TEXT("甲"), TEXT("a")}, 2};
    set.project[1] = (struct rubric_project){TEXT("b"), {TEXT("乙"), TEXT("b")}, 1};
    set.project[2] = (struct rubric_project){TEXT("c"), {TEXT("丙"), TEXT("c")}, 1};
    struct rubric_item base = {.weight = 1, .way = WAY_OBSERVE, .scale = -1, .phase = -1, .role = -1, .mark = SOURCE_OWN};
    for (int i = 0; i < ITEMS; i++)
        item[i] = base;
    item[A1].id = word("A.1"), item[A1].method = METHOD_CHOICE, item[A1].scale = 0, item[A1].role = 0;
    item[A2].id = word("A.2"), item[A2].method = METHOD_CHOICE, item[A2].scale = 0, item[A2].weight = 3, item[A2].role = 0;
    item[A3].id = word("A.3"), item[A3].method = METHOD_POINTS, item[A3].max = 5, item[A3].step = 0.5, item[A3].scale = -1;
    item[B1].id = word("B.1"), item[B1].method = METHOD_CHOICE, item[B1].scale = 1, item[B1].project = 1, item[B1].optional = true;
    item[B1].veto = 1, item[B1].veto_below = 50, item[B1].role = 1;
    item[B2].id = word("B.2"), item[B2].method = METHOD_MEASURE, item[B2].full = 10, item[B2].zero = 30, item[B2].project = 1;
    item[C1].id = word("C.1"), item[C1].method = METHOD_POINTS, item[C1].max = 100, item[C1].step = 0.01, item[C1].project = 2;
    item[C1].way = WAY_LOG, item[C1].has_rule = true;
    evidence[C1] = (struct scored){.indicator = &item[C1].rule, .applicable = true, .score = 40};
}

static enum rc tell(int kind, const char *pairs, struct err *e)
{
    struct entry entry = {.kind = kind};
    static char room[2048];
    (void)text_copy(room, (int)sizeof(room), text_of(pairs));
    struct text rest = text_of(room);
    struct text pair;
    while ((pair = text_word(&rest)).len > 0) {
        int eq = 0;
        while (pair.at[eq] != '=')
            eq++;
        entry.pair[entry.pairs++] = (struct entry_pair){{pair.at, eq}, {pair.at + eq + 1, pair.len - eq - 1}};
    }
    return panel_apply(&panels, &entry, 100, e);
}

static void good(int kind, const char *pairs)
{
    struct err e = {0};
    if (tell(kind, pairs, &e) != RC_OK)
        fail_msg("%s: %s", pairs, err_text(&e, LANG_EN));
}

/* Refused, and the message names `what`; nothing changed. */
static void bad(int kind, const char *pairs, const char *what)
{
    struct err e = {0};
    struct panel before = panels.of[PANEL_EXPERT];
    if (tell(kind, pairs, &e) == RC_OK)
        fail_msg("%s was taken", pairs);
    if (!strstr(err_text(&e, LANG_EN), what))
        fail_msg("%s: %s", pairs, err_text(&e, LANG_EN));
    assert_true(err_text(&e, LANG_ZH)[0] != 0);
    assert_memory_equal(&before, &panels.of[PANEL_EXPERT], sizeof(before));
}

static int setup(void **state)
{
    (void)state;
    struct err e;
    arena_init(&arena, 0);
    make_set();
    panels_init(&panels, &arena);
    assert_int_equal(panel_open(&panels, PANEL_EXPERT, &set, word("t.lua"), word("return {}"), &e), RC_OK);
    panels.of[PANEL_EXPERT].evidence = evidence;
    good(ENTRY_EVALUATOR, "id=e1 name=Zhang lead=yes weight=1");
    good(ENTRY_EVALUATOR, "id=e2 name=Li weight=1");
    good(ENTRY_EVALUATOR, "id=e3 name=Wang weight=2 sheets=start:command,*:public");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void mark(const char *by, const char *item_id, const char *value)
{
    char line[256];
    struct buf b = BUF_ON(line);
    const char *part[] = {"by=", by, " item=", item_id, " value=", value, " comment=because"};
    for (int i = 0; i < COUNT_OF(part); i++)
        buf_str(&b, part[i]);
    good(ENTRY_MARK, line);
}

static void mark_all(const char *by, const char *a1, const char *a2, const char *a3, const char *b1, const char *b2)
{
    mark(by, "A.1", a1);
    mark(by, "A.2", a2);
    mark(by, "A.3", a3);
    mark(by, "B.1", b1);
    mark(by, "B.2", b2);
}

static struct panel_score score(bool first, int combine)
{
    struct panel_score s;
    struct err e;
    assert_int_equal(panel_score(&panels.of[PANEL_EXPERT], first, combine, &arena, &s, &e), RC_OK);
    return s;
}

static void near(double got, double want)
{
    if (num_abs(got - want) > 1e-9)
        fail_msg("got %.12f, want %.12f", got, want);
}

/* ---- conversions ---- */

static void any_method_to_a_score_and_back(void **state)
{
    (void)state;
    double raw;
    near(rubric_score(&set, &item[A1], 1), 85);
    near(rubric_score(&set, &item[A3], 4.5), 90);
    near(rubric_score(&set, &item[B2], 20), 50);
    near(rubric_score(&set, &item[B2], 5), 100);
    near(rubric_score(&set, &item[B2], 90), 0);
    static const double at[] = {100, 92.5, 92.4, 80, 79.9, 70, 47.5, 47.4, 0};
    static const int level[] = {0, 0, 1, 1, 2, 2, 3, 4, 4};
    for (int i = 0; i < COUNT_OF(at); i++)
        assert_int_equal(rubric_choice(&set.scale[0], at[i]), level[i]);
    for (int i = 0; i < 5; i++) /* a level's own score is that level */
        assert_int_equal(rubric_choice(&set.scale[0], set.scale[0].level[i].score), i);
    near(rubric_raw(&set, &item[A3], 88), 4.5);
    near(rubric_raw(&set, &item[B2], 50), 20);
    assert_true(rubric_parse(&set, &item[A1], word("良"), &raw) && raw == 1);
    assert_true(rubric_parse(&set, &item[A1], word(" good "), &raw) && raw == 1);
    assert_false(rubric_parse(&set, &item[A1], word("2"), &raw)); /* a number is no level */
    item[B2].unit = word("分钟");
    assert_true(rubric_parse(&set, &item[B2], word("20 分钟"), &raw) && raw == 20);
    assert_true(rubric_parse(&set, &item[B2], word("20"), &raw) && raw == 20);
    assert_false(rubric_parse(&set, &item[B2], word("分钟"), &raw));
    assert_false(rubric_parse(&set, &item[A3], word("4.3"), &raw));
    assert_false(rubric_parse(&set, &item[A3], word("5.5"), &raw));
    assert_false(rubric_parse(&set, &item[A3], word("-1"), &raw));
}

static void people_write_marks_in_many_ways(void **state)
{
    (void)state;
    int32_t how;
    double raw;
    static const char *const four[] = {"4.5", "４．５", " 4.5 ", "4.50"};
    static const char *const none[] = {"不适用", "N/A", "na", "/", "—"};
    static const char *const unseen[] = {"未观察", "not_observed", "n/o"};
    for (int i = 0; i < COUNT_OF(four); i++)
        assert_true(panel_read_value(&set, &item[A3], word(four[i]), &how, &raw) && how == MARK_RATED && raw == 4.5);
    for (int i = 0; i < COUNT_OF(none); i++)
        assert_true(panel_read_value(&set, &item[A3], word(none[i]), &how, &raw) && how == MARK_NOT_APPLICABLE);
    for (int i = 0; i < COUNT_OF(unseen); i++)
        assert_true(panel_read_value(&set, &item[A3], word(unseen[i]), &how, &raw) && how == MARK_NOT_OBSERVED);
    assert_true(panel_read_value(&set, &item[B1], word("no"), &how, &raw) && how == MARK_RATED && raw == 1);
    assert_true(panel_read_value(&set, &item[A3], word(" "), &how, &raw) && how == MARK_NONE);
    assert_false(panel_read_value(&set, &item[A3], word("很好"), &how, &raw));
}

/* ---- marking ---- */

static void what_is_refused(void **state)
{
    (void)state;
    bad(ENTRY_EVALUATOR, "id=e1 name=X", "already");
    bad(ENTRY_EVALUATOR, "id=e4 name=X lead=yes", "Zhang");
    bad(ENTRY_EVALUATOR, "id=e4 name=X weight=0", "above 0");
    bad(ENTRY_EVALUATOR, "id=e4 name=X sheets=start:cook", "start:cook");
    bad(ENTRY_EVALUATOR, "id=e4 name=X kind=self", "not open");
    bad(ENTRY_EVALUATOR, "id=e4 nam=X", "did you mean 'name'");
    bad(ENTRY_MARK, "by=e9 item=A.1 value=优", "e9");
    bad(ENTRY_MARK, "by=e1 item=A.11 value=优", "did you mean");
    bad(ENTRY_MARK, "by=e1 item=A.1 value=六", "excellent / good");
    bad(ENTRY_MARK, "by=e1 item=A.1 value=良", "comment");
    bad(ENTRY_MARK, "by=e1 item=A.1 value=na", "optional");
    bad(ENTRY_MARK, "by=e1 item=A.1 value=优 event=101", "1 to 100");
    bad(ENTRY_MARK, "by=e1 item=A.1 value=优 at=noon", "noon");
    bad(ENTRY_MARK, "by=e1 item=C.1 value=100", "log");
    bad(ENTRY_MARK, "by=e3 item=A.1 value=", "value");
    bad(ENTRY_AUTO, "by=e1 item=A.1 do=confirm", "not taken from the log");
    bad(ENTRY_AUTO, "by=e1 item=C.1 do=maybe", "confirm");
    bad(ENTRY_AUTO, "by=e1 item=C.1 do=overrule value=80", "reason");
    bad(ENTRY_SUBMIT, "by=e1", "5 items left");
    bad(ENTRY_RECONCILE, "by=e2", "head");
    bad(ENTRY_RECONCILE, "by=e1", "nobody");
    bad(ENTRY_SIGN, "by=e1 head=00", "phase");
    good(ENTRY_MARK, "by=e1 item=A.1 value=优 event=100 at=01:30");
    assert_int_equal(panel_mark(&panels.of[PANEL_EXPERT], 0, A1)->at_ms, 90 * 60000);
}

static void a_sheet_is_its_stages_and_roles(void **state)
{
    (void)state;
    const struct panel *p = &panels.of[PANEL_EXPERT];
    item[A1].phase = 0; /* e3 has command at the start, and public throughout */
    assert_true(panel_expects(p, 2, A1));
    assert_true(panel_expects(p, 2, A2)); /* of every stage, so of the start too */
    assert_true(panel_expects(p, 2, B1));
    item[A2].role = 1;
    assert_true(panel_expects(p, 2, A2));
    item[A3].phase = 0;
    item[A3].role = 1;
    assert_true(panel_expects(p, 2, A3));
    assert_false(panel_expects(p, 0, C1)); /* the log's alone */
}

static void in_one_go(void)
{
    mark_all("e1", "优", "良", "4.5", "是", "20");
    mark_all("e2", "良", "良", "4", "na", "10");
    mark_all("e3", "差", "中", "5", "未观察", "30");
}

static void hand_in(void)
{
    good(ENTRY_SUBMIT, "by=e1");
    good(ENTRY_SUBMIT, "by=e2");
    good(ENTRY_SUBMIT, "by=e3");
}

static void the_score_is_the_weighted_mean(void **state)
{
    (void)state;
    in_one_go();
    hand_in();
    struct panel_score s = score(false, -1);
    near(s.item[A1].score, (100 + 85 + 2 * 30) / 4.0);
    near(s.item[A2].score, (85 + 85 + 2 * 75) / 4.0);
    near(s.item[A3].score, (90 + 80 + 2 * 100) / 4.0);
    near(s.item[B1].score, 100); /* one saw it; one says n/a; one did not look */
    near(s.item[B2].score, (50 + 100 + 2 * 0) / 4.0);
    assert_int_equal(s.item[C1].state, ITEM_PENDING);
    assert_int_equal(s.pending, 1);
    double a = (s.item[A1].score + 3 * s.item[A2].score + s.item[A3].score) / 5, b = (s.item[B1].score + s.item[B2].score) / 2;
    near(s.project[0].score, a);
    near(s.total, (2 * a + b) / 3); /* project c counts nothing yet: weights renormalised */
    double lost = 0;
    for (int i = 0; i < ITEMS; i++)
        lost += s.item[i].lost;
    near(s.total + lost, 100);
    near(score(false, COMBINE_MEDIAN).item[A1].score, 85);
    near(score(false, COMBINE_TRIMMED).item[A1].score, s.item[A1].score); /* needs five */
    assert_true(s.item[A1].spread);
    assert_int_equal(s.item[A1].outlier, 2);
    assert_false(s.item[A2].spread); /* one level */
    assert_true(s.item[B1].spread);  /* a mark against not applicable */
    assert_true(s.item[B2].spread);
}

static void not_applicable_leaves_the_total(void **state)
{
    (void)state;
    mark_all("e1", "优", "优", "5", "na", "10");
    mark_all("e2", "优", "优", "5", "na", "na");
    mark_all("e3", "优", "优", "5", "na", "na");
    hand_in();
    struct panel_score s = score(false, -1);
    assert_int_equal(s.item[B1].state, ITEM_NOT_APPLICABLE);
    near(s.item[B1].weight, 0);
    near(s.total, 100);
}

static void nobody_saw_is_not_does_not_apply(void **state)
{
    (void)state;
    mark_all("e1", "未观察", "优", "5", "是", "10");
    mark_all("e2", "未观察", "优", "5", "是", "10");
    mark_all("e3", "na", "优", "5", "是", "10");
    hand_in();
    assert_int_equal(score(false, -1).item[A1].state, ITEM_NOT_APPLICABLE);
    good(ENTRY_RECONCILE, "by=e1");
    good(ENTRY_MARK, "by=e3 item=A.1 value=未观察 reason=r");
    assert_int_equal(score(false, -1).item[A1].state, ITEM_NOT_OBSERVED);
}

static void reconciliation_leaves_a_trace(void **state)
{
    (void)state;
    in_one_go();
    hand_in();
    bad(ENTRY_MARK, "by=e3 item=A.1 value=良 comment=c", "handed in");
    good(ENTRY_RECONCILE, "by=e1");
    bad(ENTRY_MARK, "by=e3 item=A.1 value=良 comment=c", "reason");
    bad(ENTRY_SIGN, "by=e1 head=00", "C.1");
    double before = score(false, -1).total;
    good(ENTRY_MARK, "by=e3 item=A.1 value=良 reason=saw_the_log");
    const struct panel_mark *m = panel_mark(&panels.of[PANEL_EXPERT], 2, A1);
    assert_true(m->changed);
    near(m->first_raw, 4);
    near(m->raw, 1);
    near(score(true, -1).total, before);
    assert_true(score(false, -1).total > before);
    good(ENTRY_AUTO, "by=e2 item=C.1 do=confirm");
    near(score(false, -1).item[C1].score, 40);
    bad(ENTRY_AUTO, "by=e2 item=C.1 do=confirm", "reason");
    good(ENTRY_AUTO, "by=e2 item=C.1 do=overrule value=80 reason=clock");
    near(score(false, -1).item[C1].score, 80);
    good(ENTRY_SIGN, "by=e1 head=abcd");
    bad(ENTRY_MARK, "by=e3 item=A.1 value=优 reason=r", "signed");
    bad(ENTRY_AUTO, "by=e3 item=C.1 do=confirm reason=r", "signed");
    bad(ENTRY_REOPEN, "by=e2 reason=r", "head");
    good(ENTRY_REOPEN, "by=e1 reason=appeal");
    good(ENTRY_MARK, "by=e3 item=A.1 value=优 reason=r");
}

static void a_veto_caps_the_grade(void **state)
{
    (void)state;
    mark_all("e1", "优", "优", "5", "否", "10");
    mark_all("e2", "优", "优", "5", "否", "10");
    mark_all("e3", "优", "优", "5", "否", "10");
    hand_in();
    struct panel_score s = score(false, -1);
    near(s.total, (2 * 100 + 50) / 3.0);
    assert_int_equal(rubric_grade(&set, s.total), 1);
    assert_int_equal(s.veto, B1);
    assert_int_equal(s.grade, 2);
}

static void who_did_not_hand_in_is_left_out(void **state)
{
    (void)state;
    in_one_go();
    good(ENTRY_SUBMIT, "by=e1");
    good(ENTRY_SUBMIT, "by=e2");
    bad(ENTRY_RECONCILE, "by=e1", "Wang");
    good(ENTRY_RECONCILE, "by=e1 reason=ill");
    near(score(false, -1).item[A1].score, 92.5);
    bad(ENTRY_MARK, "by=e3 item=A.1 value=优 reason=r", "no part");
}

static void weights_by_judgement(void **state)
{
    (void)state;
    struct err e = {0};
    in_one_go();
    hand_in();
    struct entry w = {.kind = ENTRY_WEIGHTS};
    (void)entry_set(&w, "by", word("e1"));
    (void)entry_set(&w, "judges", word("1 2 4; 1/2 1 2; 1/4 1/2 1 | 1 2 4; 1/2 1 2; 1/4 1/2 1"));
    assert_int_equal(panel_apply(&panels, &w, 100, &e), RC_OK);
    const struct panel *p = &panels.of[PANEL_EXPERT];
    near(p->weight[0], 4.0 / 7);
    near(p->weight[2], 1.0 / 7);
    assert_int_equal(p->judges, 2);
    struct panel_score s = score(false, -1);
    near(s.project[0].weight, 2.0 / 3); /* c is pending */
    (void)entry_set(&w, "judges", word("1 9 1/9; 1/9 1 9; 9 1/9 1"));
    assert_int_equal(panel_apply(&panels, &w, 100, &e), RC_NO);
    assert_non_null(strstr(err_text(&e, LANG_EN), "CR"));
    near(panels.of[PANEL_EXPERT].weight[0], 4.0 / 7);
    (void)entry_set(&w, "force", word("yes"));
    (void)entry_set(&w, "reason", word("the panel insists"));
    assert_int_equal(panel_apply(&panels, &w, 100, &e), RC_OK);
    assert_true(panels.of[PANEL_EXPERT].forced);
    (void)entry_set(&w, "judges", word("1 2; 1/2 1"));
    assert_int_equal(panel_apply(&panels, &w, 100, &e), RC_INPUT);
}

static void agreement_before_and_after(void **state)
{
    (void)state;
    struct agreement g;
    struct err e;
    mark_all("e1", "优", "良", "4.5", "是", "20");
    mark_all("e2", "良", "良", "4.5", "是", "20");
    mark_all("e3", "差", "良", "4.5", "是", "20");
    hand_in();
    good(ENTRY_RECONCILE, "by=e1");
    assert_int_equal(panel_agreement(&panels.of[PANEL_EXPERT], false, &arena, &g, &e), RC_OK);
    assert_int_equal(g.raters, 3);
    assert_int_equal(g.items, 5);
    assert_int_equal(g.holes, 0);
    assert_false(g.too_few);
    assert_true(g.has_icc);
    assert_false(g.has_kappa); /* not all are choices */
    double before = g.interval.alpha;
    good(ENTRY_MARK, "by=e3 item=A.1 value=良 reason=r");
    assert_int_equal(panel_agreement(&panels.of[PANEL_EXPERT], false, &arena, &g, &e), RC_OK);
    assert_true(g.interval.alpha > before);
    assert_int_equal(panel_agreement(&panels.of[PANEL_EXPERT], true, &arena, &g, &e), RC_OK);
    near(g.interval.alpha, before);
    good(ENTRY_MARK, "by=e3 item=A.1 value=未观察 reason=r");
    assert_int_equal(panel_agreement(&panels.of[PANEL_EXPERT], false, &arena, &g, &e), RC_OK);
    assert_int_equal(g.holes, 1);
    assert_false(g.has_icc); /* refused with a hole; alpha stands */
    assert_true(g.interval.alpha == g.interval.alpha);
}

static void fuzzy_is_the_share_of_marks(void **state)
{
    (void)state;
    struct err e;
    double member[4];
    mark_all("e1", "优", "优", "5", "na", "10");
    mark_all("e2", "良", "优", "5", "na", "10");
    mark_all("e3", "良", "优", "5", "na", "10");
    hand_in();
    struct panel_score s = score(false, -1);
    assert_int_equal(panel_fuzzy(&panels.of[PANEL_EXPERT], &s, &arena, member, &e), RC_OK);
    double share = s.item[A1].weight / 100 * 2 / 3;
    near(member[1], share);
    near(member[0], 1 - share);
    near(member[2] + member[3], 0);
}

/* ---- findings ---- */

static struct findings findings;
static struct atlas atlas;

static enum rc find(int kind, const char *pairs, struct err *e)
{
    struct entry entry = {.kind = kind};
    static char room[1024];
    (void)text_copy(room, (int)sizeof(room), text_of(pairs));
    struct text rest = text_of(room), pair;
    while ((pair = text_word(&rest)).len > 0) {
        int eq = 0;
        while (pair.at[eq] != '=')
            eq++;
        entry.pair[entry.pairs++] = (struct entry_pair){arena_text(&arena, (struct text){pair.at, eq}),
                                                        arena_text(&arena, (struct text){pair.at + eq + 1, pair.len - eq - 1})};
    }
    return findings_apply(&findings, &panels, &atlas, &entry, 100, e);
}

static void find_bad(int kind, const char *pairs, const char *what)
{
    struct err e = {0};
    if (find(kind, pairs, &e) == RC_OK || !strstr(err_text(&e, LANG_EN), what))
        fail_msg("%s: %s", pairs, err_text(&e, LANG_EN));
}

static void find_good(int kind, const char *pairs)
{
    struct err e = {0};
    if (find(kind, pairs, &e) != RC_OK)
        fail_msg("%s: %s", pairs, err_text(&e, LANG_EN));
}

static void a_finding_goes_its_way(void **state)
{
    (void)state;
    struct err e;
    assert_int_equal(findings_init(&findings, &arena, &e), RC_OK);
    find_bad(ENTRY_FINDING, "id=f1 class=grave text=x", "grave");
    find_bad(ENTRY_FINDING, "id=f1 class=correct text=x item=Z.9", "Z.9");
    find_bad(ENTRY_FINDING, "id=f1 class=correct text=x clause=p_x", "p_x");
    find_bad(ENTRY_FINDING, "id=f1 class=correct text=x events=7,101", "101");
    find_good(ENTRY_FINDING, "id=f1 class=整改项 text=x item=A.1 events=7,9 from=item:A.1 by=e1");
    find_bad(ENTRY_FINDING, "id=f2 class=correct text=y from=item:A.1", "f1");
    find_bad(ENTRY_DISMISS, "from=item:A.1 by=e1 reason=r", "f1");
    find_good(ENTRY_DISMISS, "from=item:A.2 by=e1 reason=r");
    find_bad(ENTRY_STATE, "finding=f1 to=doing", "corrective action");
    find_bad(ENTRY_ACTION, "finding=f1 measure=m unit=u person=p due=2026-02-29", "2026-02-29");
    find_bad(ENTRY_ACTION, "finding=f1 measure=m unit=u person=p due=31.12.2026", "date");
    find_good(ENTRY_ACTION, "finding=f1 measure=m unit=u person=p due=2028-02-29");
    find_bad(ENTRY_STATE, "finding=f1 to=closed evidence=e by=e1", "cannot become");
    find_good(ENTRY_STATE, "finding=f1 to=整改中");
    find_bad(ENTRY_STATE, "finding=f1 to=verify", "evidence");
    find_good(ENTRY_STATE, "finding=f1 to=verify evidence=photo");
    find_good(ENTRY_STATE, "finding=f1 to=doing evidence=not_yet"); /* sent back */
    find_good(ENTRY_STATE, "finding=f1 to=verify evidence=photo2");
    find_bad(ENTRY_STATE, "finding=f1 to=closed", "by=");
    find_good(ENTRY_STATE, "finding=f1 to=closed by=office");
    find_bad(ENTRY_ACTION, "finding=f1 measure=m unit=u person=p due=2028-02-29", "closed");
    find_good(ENTRY_FINDING, "id=f1 class=improve text=reworded item=A.1"); /* an edit keeps its way */
    assert_int_equal(findings.list[0].state, STATE_CLOSED);
    assert_int_equal(findings.list[0].actions, 1);
    assert_int_equal(findings.count, 1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(any_method_to_a_score_and_back), T(people_write_marks_in_many_ways), T(what_is_refused),
        T(a_sheet_is_its_stages_and_roles), T(the_score_is_the_weighted_mean), T(not_applicable_leaves_the_total),
        T(nobody_saw_is_not_does_not_apply), T(reconciliation_leaves_a_trace), T(a_veto_caps_the_grade),
        T(who_did_not_hand_in_is_left_out), T(weights_by_judgement), T(agreement_before_and_after),
        T(fuzzy_is_the_share_of_marks), T(a_finding_goes_its_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

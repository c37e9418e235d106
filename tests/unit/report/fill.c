/* Protects the way from a drill's log to its report: points add up to the total, seats' orders and refusals
 * in time, what was cited is listed, the world's own orders are not passed off as the room's. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "report/fill.h"

#define T(zh, en) {{zh, (int)sizeof(zh) - 1}, {en, (int)sizeof(en) - 1}}
#define MIN_MS 60000

struct world_made {
    struct atlas atlas;
    struct agency agency[3];
    struct objective objective[2];
    struct clause clause[2];
    struct group group[1];
    struct inject inject[1];
    struct assumption assumption[1];
    struct name_row names[3], inject_names[1], clause_names[2];
    struct indicator indicator[3];
    struct scored item[3];
    struct clause_result result[2];
    struct evaluation eval;
    struct event event[6];
    struct order order[4], refused;
    struct report_refusal refusal;
    struct report_source source;
};

static void make_atlas(struct world_made *w)
{
    w->agency[0] = (struct agency){.title = T("应急管理局", "bureau"), .admin = ADMIN_DISTRICT, .parent = -1, .played = true};
    w->agency[1] = (struct agency){.title = T("万古镇", "Wangu"), .admin = ADMIN_TOWN, .played = true};
    w->agency[2] = (struct agency){.title = T("市局", "city"), .admin = ADMIN_CITY, .parent = -1};
    for (int i = 0; i < 3; i++)
        w->names[i].title = w->agency[i].title;
    w->objective[0] = (struct objective){T("信息", "reporting"), 3};
    w->objective[1] = (struct objective){T("转移", "evacuation"), 1};
    w->clause[0] = (struct clause){.text = T("1 小时内上报", "report within 1 h"), .agency = 0, .within_ms = 60 * MIN_MS};
    w->clause[1] = (struct clause){.text = T("夜间不扑打", "no attack at night"), .agency = -1};
    w->group[0] = (struct group){.title = T("医疗组", "medical group"), .lead = 0};
    w->inject[0] = (struct inject){.title = T("风向突变", "wind shift")};
    w->inject_names[0].title = w->inject[0].title;
    w->assumption[0] = (struct assumption){T("集结 15 分钟", "musters in 15 min"), {"U", 1}};
    w->atlas.meta = (struct meta){.title = T("森林火灾", "forest fire"), .town = T("万古镇", "Wangu"), .start_clock_ms = 800 * MIN_MS};
    w->atlas.agency = w->agency;
    w->atlas.objective = w->objective;
    w->atlas.clause = w->clause;
    w->atlas.group = w->group;
    w->atlas.inject = w->inject;
    w->atlas.assumption = w->assumption;
    w->atlas.assumption_count = 1;
    const int count[][2] = {{ENT_AGENCY, 3}, {ENT_OBJECTIVE, 2}, {ENT_CLAUSE, 2}, {ENT_GROUP, 1}, {ENT_INJECT, 1}};
    for (int i = 0; i < COUNT_OF(count); i++)
        w->atlas.names.count[count[i][0]] = count[i][1];
    w->atlas.names.row[ENT_AGENCY] = w->names;
    w->atlas.names.row[ENT_INJECT] = w->inject_names;
    w->clause_names[0].name = TEXT("p_report");
    w->clause_names[1].name = TEXT("p_night");
    w->atlas.names.row[ENT_CLAUSE] = w->clause_names;
}

static void make_eval(struct world_made *w)
{
    w->indicator[0] = (struct indicator){.title = T("初报", "first report"), .objective = 0, .weight = 2, .rule = RULE_DELAY, .full = 60, .zero = 120};
    w->indicator[1] = (struct indicator){.title = T("要素", "elements"), .objective = 0, .weight = 1, .rule = RULE_COMPLETE, .full = 1};
    w->indicator[2] = (struct indicator){.title = T("转移", "moved"), .objective = 1, .weight = 1, .rule = RULE_RATIO, .full = 1};
    w->item[0] = (struct scored){.indicator = &w->indicator[0], .applicable = true, .value = 90, .score = 50, .lost = 25, .reason = {"迟 30 分钟", "30 min late"}, .evidence = {4}, .evidence_count = 1};
    w->item[1] = (struct scored){.indicator = &w->indicator[1], .applicable = true, .value = 1, .score = 100};
    w->item[2] = (struct scored){.indicator = &w->indicator[2], .applicable = true, .value = 0.2, .score = 20, .lost = 20, .reason = {"八成未转移", "80% not moved"}};
    w->result[0] = (struct clause_result){.state = PLAN_LATE, .trigger_ms = 0, .due_ms = 60 * MIN_MS, .done_ms = 90 * MIN_MS};
    w->result[1] = (struct clause_result){.state = PLAN_NOT_TRIGGERED, .trigger_ms = -1, .due_ms = -1, .done_ms = -1};
    w->eval = (struct evaluation){.indicator = w->indicator, .item = w->item, .items = 3, .total = 55, .grade = GRADE_POOR, .veto = -1, .clause = w->result, .scripted = {{2, 1, 0, 0, 1}, 4, 3, 1}};
    w->eval.objective[0] = (struct objective_score){true, 3, 66.67, 25};
    w->eval.objective[1] = (struct objective_score){true, 1, 20, 20};
}

static void put(struct event *e, int64_t seq, int64_t t_min, int kind, const char *field, int64_t value)
{
    e->seq = seq;
    e->t_ms = t_min * MIN_MS;
    e->kind = kind;
    if (field)
        e->i[event_field(kind, field)] = (int32_t)value;
}

static void make_log(struct world_made *w)
{
    put(&w->event[0], 1, 0, EV_DRILL_STARTED, NULL, 0);
    put(&w->event[1], 2, 5, EV_INJECT_FIRED, "inject", 0);
    put(&w->event[2], 3, 20, EV_MESSAGE_LOST, "agency", 0);
    w->event[2].i[event_field(EV_MESSAGE_LOST, "to")] = 2;
    put(&w->event[3], 4, 90, EV_REPORT_RECEIVED, "agency", 0);
    put(&w->event[4], 5, 90, EV_REPORT_SENT, "agency", 0);
    w->event[4].i[event_field(EV_REPORT_SENT, "to")] = 2;
    w->event[4].cause = (struct cause){CAUSE_ORDER, 2};
    put(&w->event[5], 6, 95, EV_ORDER_FAILED, "order", 3);
    w->event[5].i[event_field(EV_ORDER_FAILED, "agency")] = 1;
    w->order[0] = (struct order){.seq = 1, .at_ms = 5 * MIN_MS, .verb = VERB_WIND, .agency = -1, .origin = ORIGIN_INJECT};
    w->order[1] = (struct order){.seq = 2, .at_ms = 90 * MIN_MS, .verb = VERB_REPORT, .agency = 0};
    w->order[2] = (struct order){.seq = 3, .at_ms = 94 * MIN_MS, .verb = VERB_APPROVE, .agency = 1};
    w->order[3] = (struct order){.seq = 4, .at_ms = 99 * MIN_MS, .verb = VERB_APPROVE, .agency = 0};
    w->refused = (struct order){.at_ms = 92 * MIN_MS, .verb = VERB_APPROVE, .agency = 1};
    w->refusal = (struct report_refusal){&w->refused, "权限不足"};
    w->source = (struct report_source){&w->atlas, &w->eval, w->event, 6, w->order, 4, &w->refusal, 1, 360 * MIN_MS, false, NULL, NULL};
}

static struct world_made *make(struct arena *a)
{
    arena_init(a, 0);
    struct world_made *w = ARENA_NEW(a, struct world_made, 1);
    assert_non_null(w);
    make_atlas(w);
    make_eval(w);
    make_log(w);
    return w;
}

static void test_score_adds_up(void **state)
{
    (void)state;
    struct arena a;
    struct report_model m;
    struct err e;
    struct world_made *w = make(&a);
    assert_int_equal(report_fill(&m, &w->source, LANG_ZH, &a, &e), RC_OK);
    double full = 0, earned = 0, items = 0, kept = 0;
    for (int i = 0; i < m.score.objective_count; i++) {
        full += m.score.objectives[i].full;
        earned += m.score.objectives[i].earned;
    }
    for (int i = 0; i < m.score.indicator_count; i++) {
        items += m.score.indicators[i].full;
        kept += m.score.indicators[i].earned;
    }
    assert_float_equal(full, 100, 1e-9);
    assert_float_equal(earned, m.score.total, 1e-9);
    assert_float_equal(items, 100, 1e-9);
    assert_float_equal(kept, m.score.total, 1e-9);
    assert_string_equal(m.score.indicators[0].value, "90 分钟");
    assert_string_equal(m.score.indicators[0].reason, "迟 30 分钟");
    assert_null(m.score.indicators[1].reason);
    assert_string_equal(m.score.indicators[2].value, "20%");
    arena_free(&a);
}

static void test_orders(void **state)
{
    (void)state;
    struct arena a;
    struct report_model m;
    struct err e;
    struct world_made *w = make(&a);
    assert_int_equal(report_fill(&m, &w->source, LANG_ZH, &a, &e), RC_OK);
    assert_int_equal(m.order_count, 4); /* the world's own one is not the room's */
    assert_int_equal(m.orders[0].seq, 2);
    assert_int_equal(m.orders[1].answer, REPORT_REFUSED);
    assert_string_equal(m.orders[1].reason, "权限不足");
    assert_int_equal(m.orders[2].answer, REPORT_FAILED);
    assert_int_equal(m.orders[3].answer, REPORT_ACCEPTED);
    assert_string_equal(m.orders[3].seat, "应急管理局");
    assert_int_equal(m.agencies[0].orders, 2);
    assert_int_equal(m.agencies[1].orders, 1);
    assert_false(m.agencies[2].played);
    arena_free(&a);
}

static void test_events_plan_findings(void **state)
{
    (void)state;
    struct arena a;
    struct report_model m;
    struct err e;
    struct world_made *w = make(&a);
    assert_int_equal(report_fill(&m, &w->source, LANG_EN, &a, &e), RC_OK);
    assert_int_equal(m.event_count, 4); /* three main ones and the cited one */
    assert_int_equal(m.events[2].seq, 4);
    assert_false(m.events[2].turning);
    assert_string_equal(m.events[3].cause, "order #2");
    assert_int_equal(m.clauses[0].state, REPORT_CLAUSE_LATE);
    assert_int_equal(m.clauses[1].done_ms, REPORT_NEVER);
    assert_int_equal(m.finding_count, 3);
    assert_int_equal(m.findings[0].fclass, REPORT_CORRECT);
    assert_int_equal(m.findings[1].fclass, REPORT_DEFICIENCY);
    assert_false(m.findings[0].confirmed);
    assert_non_null(m.coordination);
    assert_int_equal(m.coordination->size, 2);
    assert_int_equal(m.coordination->count[1], 1); /* bureau to city */
    assert_int_equal(m.coordination->bad[1], 1);
    assert_non_null(m.timeline);
    assert_int_equal(m.timeline->item_count, 5);
    assert_true(m.assumptions[0].unverified);
    assert_int_equal(m.script.by_time, 2);
    assert_int_equal(m.post_count, 7);
    arena_free(&a);
}

static void test_writes(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct arena a;
        struct report_model m;
        struct err e;
        struct bytes b = {0};
        struct world_made *w = make(&a);
        assert_int_equal(report_fill(&m, &w->source, (enum lang)lang, &a, &e), RC_OK);
        assert_int_equal(report_write_html(&m, (enum lang)lang, &b, &e), RC_OK);
        assert_non_null(strstr(b.at, lang == LANG_ZH ? "迟 30 分钟" : "30 min late"));
        assert_non_null(strstr(b.at, "href=\"#e4\""));
        bytes_free(&b);
        arena_free(&a);
    }
}

static void test_nothing_and_no_memory(void **state)
{
    (void)state;
    struct arena a, small;
    struct report_model m;
    struct err e;
    struct world_made *w = make(&a);
    static const struct atlas empty;
    const struct report_source none = {.atlas = &empty};
    assert_int_equal(report_fill(&m, &none, LANG_ZH, &a, &e), RC_OK);
    assert_true(isnan(m.score.total));
    arena_init(&small, 64);
    assert_int_equal(report_fill(&m, &w->source, LANG_ZH, &small, &e), RC_MEMORY);
    arena_free(&small);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_score_adds_up),
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_events_plan_findings),
        cmocka_unit_test(test_writes),
        cmocka_unit_test(test_nothing_and_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

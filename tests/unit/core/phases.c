/* Protects how the room is led: posts, phases, expected chains and courses are read as they are
 * written, every mistake is named with its line and key, and an inject that states what is not so
 * waits to be asked about. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/world/world.h"
#include "table.h"

/* The small scenario with more in it. */
static const char *with(const char *after, const char *more)
{
    static char source[32768];
    const char *at = strstr(SMALL_SCENARIO, after);
    struct buf b = BUF_ON(source);

    assert_non_null(at);
    buf_text(&b, (struct text){SMALL_SCENARIO, (int)(at - SMALL_SCENARIO) + (int)strlen(after)});
    buf_str(&b, more);
    buf_str(&b, at + strlen(after));
    assert_false(b.full);
    return source;
}

static void read_good(struct arena *a, const char *source, struct atlas *out)
{
    struct err e;

    arena_init(a, 0);
    if (atlas_read(table_doc(a, source), a, out, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
}

static void bad(const char *after, const char *more, const char *zh, const char *en)
{
    struct arena a;
    struct atlas at;
    struct err e;

    arena_init(&a, 0);
    if (atlas_read(table_doc(&a, with(after, more)), &a, &at, &e) == RC_OK)
        fail_msg("%s: not refused", more);
    if (strstr(err_text(&e, LANG_ZH), zh) == NULL || strstr(err_text(&e, LANG_EN), en) == NULL)
        fail_msg("%s: %s / %s", more, err_text(&e, LANG_ZH), err_text(&e, LANG_EN));
    if (strncmp(err_text(&e, LANG_EN), "test.lua:", 9) != 0)
        fail_msg("%s: no place: %s", more, err_text(&e, LANG_EN));
    arena_free(&a);
}

#define DISTRICT "{ id = \"district\", "
#define FIRE "{ id = \"fire\", "
#define API "api = 1,"
#define META "length = \"6h\","

static void posts(void **state)
{
    struct arena a;
    struct atlas at;

    (void)state;
    read_good(&a,
              with(DISTRICT, "posts = { { id = \"head\", title = { zh = \"区长\", en = \"head\" }, "
                             "deputy = \"vice\" },"
                             " { id = \"vice\", title = \"分管副区长\", name = \"王某\", phone = "
                             "\"023-0000\", place = \"town\" } },"),
              &at);
    assert_int_equal(at.agency[0].posts, 2);
    assert_int_equal(at.agency[0].post[0].deputy, 1); /* declared below */
    assert_int_equal(at.agency[0].post[0].place, -1);
    assert_int_equal(at.agency[0].post[1].deputy, -1);
    assert_int_equal(at.agency[0].post[1].place, 0);
    assert_true(text_is(at.agency[0].post[1].name, "王某"));
    assert_int_equal(at.agency[1].posts, 0);
    arena_free(&a);
    bad(DISTRICT, "posts = { { id = \"head\", title = \"区长\", deputy = \"hed\" } },",
        "您是否指“head”", "posts[1].deputy");
    bad(DISTRICT, "posts = { { id = \"head\", title = \"区长\", deputy = \"head\" } },", "自己",
        "itself");
    bad(DISTRICT,
        "posts = { { id = \"head\", title = \"区长\" }, { id = \"head\", title = \"长\" } },",
        "两次", "twice");
    bad(DISTRICT, "posts = { { id = \"head\", titel = \"区长\" } },", "title",
        "did you mean 'title'");
    bad(DISTRICT, "posts = { { id = \"head\" } },", "title", "'title'");
    bad(DISTRICT, "posts = { { id = \"head\", title = \"长\", place = \"twon\" } },", "town",
        "did you mean 'town'");
    bad(DISTRICT, "posts = { 5 },", "列表", "list");
}

static void chains(void **state)
{
    struct arena a;
    struct atlas at;
    char line[256];
    struct buf b = BUF_ON(line);

    (void)state;
    read_good(&a,
              with(FIRE, "chain = { { who = \"forestry\", does = \"receive\", text = \"记录来电\", "
                         "within = \"2min\" },"
                         " { who = \"district\", does = \"decide\", order = { verb = \"level\", "
                         "level = 3 }, within = \"10min\" },"
                         " { who = \"forestry\", does = \"act\", text = { zh = \"第一支队伍出动\", "
                         "en = \"first crew leaves\" },"
                         " event = \"team_departed\" } },"),
              &at);
    const struct inject *in = &at.inject[0];
    assert_int_equal(in->chain_count, 3);
    assert_int_equal(in->true_if, -1);
    assert_int_equal(in->chain[0].order.verb, -1);
    assert_int_equal(in->chain[0].event, -1);
    assert_int_equal(in->chain[1].order.verb, VERB_LEVEL);
    assert_int_equal(in->chain[1].order.agency, 0); /* whose step it is */
    assert_int_equal(in->chain[1].within_ms, 600000);
    assert_int_equal(in->chain[2].event, EV_TEAM_DEPARTED);
    assert_int_equal(in->chain[2].within_ms, 0);
    chain_step_say(&at, &in->chain[1], LANG_ZH, &b);
    assert_string_equal(line, "区政府决策：启动响应（10分钟内）");
    buf_clear(&b);
    chain_step_say(&at, &in->chain[2], LANG_EN, &b);
    assert_string_equal(line, "Forestry Bureau acts: first crew leaves");
    arena_free(&a);
    bad(FIRE, "chain = { { who = \"district\", does = \"decied\", text = \"x\" } },", "decide",
        "did you mean 'decide'");
    bad(FIRE, "chain = { { who = \"district\", does = \"act\" } },", "缺少", "chain[1]");
    bad(FIRE,
        "chain = { { who = \"district\", does = \"act\", order = { verb = \"level\" }, event = "
        "\"level_started\" } },",
        "不能同时", "cannot both");
    bad(FIRE,
        "chain = { { who = \"district\", does = \"act\", text = \"x\", event = \"level_startet\" } "
        "},",
        "level_started", "did you mean 'level_started'");
    bad(FIRE,
        "chain = { { who = \"district\", does = \"act\", text = \"x\", within = \"9min\" },"
        " { who = \"district\", does = \"act\", text = \"x\", within = \"5min\" } },",
        "先后", "chain[2].within");
    bad(FIRE, "true_if = 5,", "函数", "a function");
}

static void phases(void **state)
{
    struct arena a;
    struct atlas at;

    (void)state;
    read_good(&a,
              with(API,
                   "phases = { { id = \"p1\", title = \"接报\", from = \"15:00\", room = \"20min\","
                   " questions = { { zh = \"谁报？\", en = \"who?\" }, \"向谁报？\" }, seats = { "
                   "\"forestry\", \"district\" },"
                   " injects = { \"fire\" }, decision = { zh = \"是否启动\", en = \"start?\" } },"
                   " { id = \"p2\", title = \"启动\", after = \"fire\" } },"),
              &at);
    assert_int_equal(at.phase_count, 2);
    assert_int_equal(at.phase[0].from_ms, 0);
    assert_int_equal(at.phase[0].after, -1);
    assert_int_equal(at.phase[0].room_ms, 20 * 60000);
    assert_int_equal(at.phase[0].questions, 2);
    assert_true(text_is(at.phase[0].question[1].en, "向谁报？"));
    assert_int_equal(at.phase[0].seats.id[0], 1);
    assert_int_equal(at.phase[1].after, 0);
    assert_int_equal(at.phase[1].room_ms, 0);
    arena_free(&a);
#define P1 "phases = { { id = \"p1\", title = \"甲\", from = \"15:30\", injects = { \"fire\" } }, "
    bad(API, P1 "{ id = \"p1\", title = \"乙\", from = \"16:00\" } },", "两次", "phases[2].id");
    bad(API, P1 "{ id = \"p2\", title = \"乙\", from = \"15:20\" } },", "先后", "phases[2].from");
    bad(API, P1 "{ id = \"p2\", title = \"乙\", from = \"16:00\", injects = { \"fire\" } } },",
        "已属于", "belongs to phase 'p1'");
    bad(API, P1 "{ id = \"p2\", title = \"乙\" } },", "只写一个", "exactly one");
    bad(API, P1 "{ id = \"p2\", title = \"乙\", from = \"16:00\", after = \"fire\" } },",
        "只写一个", "exactly one");
    bad(API, P1 "{ id = \"p2\", title = \"乙\", from = \"23:00\" } },", "结束之后",
        "after the end");
    bad(API,
        P1 "{ id = \"p2\", title = \"乙\", from = \"16:00\", questions = { \"a\", \"b\", \"c\", "
           "\"d\" } } },",
        "最多 3", "at most 3");
    bad(API, P1 "{ id = \"p2\", title = \"乙\", from = \"16:00\", seets = {} } },", "seats",
        "did you mean 'seats'");
    bad(API, P1 "{ id = \"p2\", title = \"乙\", from = \"16:00\", questions = { 5 } } },", "表",
        "questions[1]");
}

static void course(void **state)
{
    struct arena a;
    struct atlas at;

    (void)state;
    read_good(&a, SMALL_SCENARIO, &at);
    assert_int_equal(at.meta.course, 0);
    assert_int_equal(at.meta.length_ms, 6 * 3600000);
    arena_free(&a);
    read_good(
        &a, with(META, "course = { number = 7, title = { zh = \"大风\", en = \"strong wind\" } },"),
        &at);
    assert_int_equal(at.meta.course, 7);
    assert_true(text_is(at.meta.course_title.zh, "大风"));
    assert_int_equal(at.meta.length_ms, 6 * 3600000); /* the rest of meta is as it was */
    arena_free(&a);
    bad(META, "course = { number = 0 },", "范围", "meta.course.number");
    bad(META, "course = 3,", "表", "meta.course");
    bad(META, "course = { numbr = 3 },", "number", "did you mean 'number'");
}

/* When a phase has begun, and that an inject which is asked about fires a step after others. */
static void in_the_world(void **state)
{
    struct arena a;
    struct atlas at;
    struct inject_state *s;

    (void)state;
    read_good(&a,
              with(API, "phases = { { id = \"p1\", title = \"甲\", from = \"15:00\" },"
                        " { id = \"p2\", title = \"乙\", after = \"fire\" } },"),
              &at);
    struct world w = {.atlas = &at, .tick_ms = 10000};
    assert_int_equal(inject_make(&at, &a, &s, NULL), RC_OK);
    w.inject = s;
    assert_int_equal(inject_phase(s, &w), 0);
    s->stage[0] = INJECT_FIRED;
    assert_int_equal(inject_phase(s, &w), 1);
    s->stage[0] = INJECT_WAITING;
    w.now_ms = 300000; /* when the first is due */
    assert_false(inject_asks(s, &w, 0));
    at.inject[0].true_if = 7;
    assert_true(inject_asks(s, &w, 0));
    s->trigger[0] = TRIGGER_HAND;
    assert_false(inject_asks(s, &w, 0));
    arena_free(&a);
}

static void manual(void **state)
{
    static char text[98304];

    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = buf_on(text, (int)sizeof text);
        atlas_manual((enum lang)lang, &b);
        assert_false(b.full);
        assert_non_null(strstr(text, "| `deputy` |"));
        assert_non_null(strstr(text, "receive decide act report"));
        assert_non_null(strstr(text, "| `true_if` |"));
    }
    struct buf b = buf_on(text, (int)sizeof text);
    atlas_stubs(&b);
    assert_non_null(strstr(text, "---@field chain? scenario.chain[] "));
    assert_non_null(strstr(text, "---@class scenario.posts\n"));
    assert_non_null(strstr(text, "---@field course? scenario.course "));
    assert_non_null(strstr(text, "---@field phases? scenario.phases[]\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posts),  cmocka_unit_test(chains),       cmocka_unit_test(phases),
        cmocka_unit_test(course), cmocka_unit_test(in_the_world), cmocka_unit_test(manual),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects authors: a scenario is read as it is written, what they leave out is filled in and said, and
 * every mistake is named with its line, its key and what would be right. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/scenario/atlas.h"
#include "table.h"

static void good_scenario(void **state)
{
    struct arena a;
    struct atlas at;
    struct err e;

    (void)state;
    arena_init(&a, 0);
    if (atlas_read(table_doc(&a, SMALL_SCENARIO), &a, &at, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(at.meta.length_ms, 6 * 3600000);
    assert_int_equal(at.meta.start_clock_ms, 15 * 3600000);
    assert_int_equal(at.meta.tick_ms, 10000);
    assert_int_equal(ATLAS_COUNT(&at, ENT_PLACE), 3);
    assert_int_equal(at.place[1].node, 1); /* the nearest */
    assert_int_equal(at.place[0].node, 0);
    assert_true(at.road[0].length_m == 6500.0); /* 5,000 m straight, 1.3 times */
    assert_true(at.road[0].speed_ms * 3.6 > 39.99 && at.road[0].speed_ms * 3.6 < 40.01);
    assert_true(at.road[1].length_m == 250.0);
    assert_true(at.road[1].speed_ms == 5.0);
    assert_true(at.line[0].length_m == 500.0);
    assert_int_equal(at.line[0].points, 2);
    assert_int_equal(at.agency[0].levels, 1 << 2 | 1 << 3);
    assert_int_equal(at.agency[1].levels, 1 << 4);
    assert_int_equal(at.agency[0].colours, 1 << 1);
    assert_int_equal(at.agency[1].parent, 0);
    assert_int_equal(at.agency[0].parent, -1);
    assert_int_equal(at.agency[2].read_ms, 180000);
    assert_int_equal(at.agency[1].channels.count, 1); /* not the gong */
    assert_true(text_is(at.agency[1].sign, "林"));
    assert_int_equal(at.team[0].muster_ms, 900000);
    assert_int_equal(at.team[0].muster_night_ms, 1800000);
    for (int32_t t = word_next(NULL, VK_TASK, -1); t >= 0; t = word_next(NULL, VK_TASK, t)) {
        static const char *const can[] = {"line", "attack", "standby", "rest"};
        bool wanted = false;
        for (int i = 0; i < COUNT_OF(can); i++)
            wanted = wanted || strcmp(can[i], word_name(NULL, VK_TASK, t)) == 0;
        assert_int_equal(task_set_has(at.team[0].tasks, t), wanted);
    }
    assert_true(at.team[1].flies);
    assert_true(task_set_has(at.team[1].tasks, word_find(NULL, VK_TASK, TEXT("drop"))));
    assert_int_equal(at.team[0].service, -1);
    assert_int_equal(at.service[0].read_ms, -1);
    assert_int_equal(at.service[0].line, 1);
    assert_true(at.service[0].once);
    assert_int_equal(at.stock_count, 1);
    assert_int_equal(at.stock[0].count, 40);
    assert_int_equal(at.assumption_count, 1 + 3);
    assert_true(text_is(at.assumption[0].mark, "U"));
    arena_free(&a);
}

static void injects_and_plan(void **state)
{
    struct arena a;
    struct atlas at;
    struct err e;
    struct order o;

    (void)state;
    arena_init(&a, 0);
    assert_int_equal(atlas_read(table_doc(&a, SMALL_SCENARIO), &a, &at, &e), RC_OK);
    assert_int_equal(at.inject[0].trigger, TRIGGER_TIME);
    assert_int_equal(at.inject[0].at_ms, 300000);
    assert_int_equal(at.inject[0].effect_count, 2);
    assert_string_equal(verb_row(at.inject[0].effects[0].verb)->name, "ignite");
    assert_int_equal(at.inject[0].effects[1].at_ms, 600000);
    assert_int_equal(at.inject[0].effects[1].arg[1], 5400000);
    assert_int_equal(at.inject[0].effects[1].origin, ORIGIN_INJECT);
    assert_int_equal(at.inject[1].trigger, TRIGGER_DECISION);
    assert_int_equal(at.inject[1].absent.verb, VERB_EVACUATE);
    assert_int_equal(at.inject[1].absent.agency, 0);
    assert_int_equal(at.inject[1].by_ms, 35 * 60000);
    assert_int_equal(at.inject[1].seen.verb, -1);
    assert_int_equal(at.inject[2].seen.verb, VERB_WARN);
    assert_int_equal(at.inject[2].delay_ms, 120000);
    assert_int_equal(at.inject[3].unanswered, 0);
    assert_int_equal(at.inject[4].trigger, TRIGGER_CHAIN);
    assert_int_equal(at.inject[4].after, 0);
    assert_int_equal(at.inject[5].trigger, TRIGGER_WORLD);
    assert_int_equal(at.inject[5].when, 7);
    assert_int_equal(at.inject[6].trigger, TRIGGER_HAND);
    assert_int_equal(at.clause[0].what_event, EV_LEVEL_STARTED);
    assert_int_equal(at.clause[0].what.verb, -1);
    assert_int_equal(at.clause[0].trigger_inject, 0);
    assert_int_equal(at.clause[1].what.verb, VERB_EVACUATE);
    assert_int_equal(at.clause[1].within_ms, at.meta.length_ms);
    assert_int_equal(at.clause[1].depends.count, 1);

    assert_int_equal(order_parse(TEXT("district warn red elements=kind+area"), &at, 0, &o, &e), RC_OK);
    assert_true(order_matches(&at.inject[2].seen, &o));
    assert_int_equal(order_parse(TEXT("district warn red"), &at, 0, &o, &e), RC_OK);
    assert_false(order_matches(&at.inject[2].seen, &o));
    assert_int_equal(order_parse(TEXT("forestry evacuate village"), &at, 0, &o, &e), RC_OK);
    assert_false(order_matches(&at.inject[1].absent, &o));
    assert_false(order_matches(&at.inject[1].seen, &o));
    arena_free(&a);
}

static void night(void **state)
{
    struct atlas at = {.meta = {.start_clock_ms = 15 * 3600000},
                       .dusk_ms = 70200000, .dawn_ms = 22500000};

    (void)state;
    assert_false(atlas_is_night(&at, 0));
    assert_false(atlas_is_night(&at, 70200000 - 15 * 3600000 - 1));
    assert_true(atlas_is_night(&at, 70200000 - 15 * 3600000));
    assert_true(atlas_is_night(&at, 12 * 3600000));
    assert_false(atlas_is_night(&at, 16 * 3600000));
}

/* The small scenario with one text in place of another, and what must be said about it. */
static void bad(const char *old, const char *new, enum rc rc, const char *zh, const char *en)
{
    static char source[16384];
    const char *at = strstr(SMALL_SCENARIO, old);
    struct arena a;
    struct atlas atlas;
    struct err e;
    size_t head;

    assert_non_null(at);
    head = (size_t)(at - SMALL_SCENARIO);
    assert_true(strlen(SMALL_SCENARIO) + strlen(new) < sizeof source);
    memcpy(source, SMALL_SCENARIO, head);
    memcpy(source + head, new, strlen(new));
    memcpy(source + head + strlen(new), at + strlen(old), strlen(at + strlen(old)) + 1);
    arena_init(&a, 0);
    if (atlas_read(table_doc(&a, source), &a, &atlas, &e) != rc)
        fail_msg("%s: not refused, or otherwise", new);
    if (strstr(err_text(&e, LANG_ZH), zh) == NULL || strstr(err_text(&e, LANG_EN), en) == NULL)
        fail_msg("%s: %s / %s", new, err_text(&e, LANG_ZH), err_text(&e, LANG_EN));
    if (strncmp(err_text(&e, LANG_EN), "test.lua:", 9) != 0)
        fail_msg("%s: no place: %s", new, err_text(&e, LANG_EN));
    arena_free(&a);
}

static void wrong_frame(void **state)
{
    (void)state;
    bad("api = 1", "api = 2", RC_INPUT, "api = 1", "test.lua:1: api");
    bad("api = 1,", "", RC_INPUT, "api = 1", "api = 1");
    bad("api = 1", "api = 1, taems = {}", RC_INPUT, "“teams”", "did you mean 'teams'");
    bad("api = 1", "api = 1, zzzzz = {}", RC_INPUT, "zzzzz", "there is no key");
    bad("api = 1", "api = 1, 5", RC_INPUT, "没有名称", "needs a key");
    bad("length = \"6h\"", "length = \"6 furlongs\"", RC_INPUT, "时长", "test.lua:2: meta.length");
    bad("length = \"6h\"", "length = \"6h\", tick = \"2min\"", RC_INPUT, "60", "range");
    bad("length = \"6h\"", "length = 0", RC_INPUT, "范围", "range");
    bad("length = \"6h\"", "length = \"6h\", dusk = \"05:00\"", RC_INPUT, "dusk", "dawn must");
    bad("terrain_note = {", "terain_note = {", RC_INPUT, "terrain_note", "terrain_note");
    bad("title = { zh = \"小火\", en = \"Small fire\" }, ", "", RC_INPUT, "title", "'title'");
    bad("width_m = 6000", "width_m = -5", RC_INPUT, "范围", "range");
    bad("map = {", "map = 5, x = {", RC_INPUT, "您是否指", "key");
}

static void wrong_rows(void **state)
{
    (void)state;
    bad("{ id = \"heli\"", "{ id = \"fire_pro_1\"", RC_INPUT, "第一次写在 test.lua:23", "first at test.lua:23");
    bad("agency = \"forestry\", kind", "agency = \"forestri\", kind", RC_INPUT,
        "您是否指“forestry”", "did you mean 'forestry'");
    bad("people = 25", "people = 0", RC_INPUT, "范围", "teams[1].people");
    bad("count = 40", "count = -1", RC_INPUT, "范围", "stock[1].count");
    bad("tasks = { \"line\"", "tasks = { \"lien\"", RC_INPUT, "您是否指“line”", "did you mean 'line'");
    bad("at = { 2990, 3990 }", "at = { 2990, 9990 }", RC_INPUT, "地图之外", "off the map");
    bad("{ 300, 400 }", "{ 300, -400 }", RC_INPUT, "地图之外", "off the map");
    bad("{ { 0, 0 }, { 300, 400 } }", "{ { 0, 0 } }", RC_INPUT, "折点", "corners");
    bad("levels = { 2, 3 }", "levels = { 2, 7 }", RC_INPUT, "1 至 4", "1 to 4");
    bad("id = \"power\"", "id = \"world\"", RC_INPUT, "保留字", "reserved");
    bad("id = \"power\"", "id = \"Power\"", RC_INPUT, "不能作标识", "cannot be an id");
    bad("{ id = \"power\",", "{", RC_INPUT, "缺少必填项“id”", "'id'");
    bad("teams = {", "teams = { x = 1,", RC_INPUT, "列表", "list");
    bad("teams = {", "teams = 3, plan = {}, assumptions = {", RC_INPUT, "列表", "list");
    bad("effect = \"power_cut\", line = \"power_500\"", "effect = \"power_cut\"", RC_INPUT, "line", "'line'");
    bad("effect = \"power_cut\"", "effect = \"team\"", RC_INPUT, "没有队伍", "no team says");
    bad("muster = \"15min\"", "service = \"cut_500\"", RC_INPUT, "不是 team", "not team");
    bad("count = 40 }", "count = 40 }, { place = \"town\", supply = \"hose\", count = 1 }", RC_INPUT,
        "两次", "twice");
    bad("people = 120", "people = 1, vulnerable = 2", RC_INPUT, "多于", "more than");
    bad("from = \"n1\", to = \"n3\"", "from = \"n1\", to = \"n1\"", RC_INPUT, "同一个", "both ends");
}

static void wrong_whole(void **state)
{
    (void)state;
    bad("from = \"n1\", to = \"n3\"", "from = \"n1\", to = \"n2\"", RC_INPUT, "没有道路相通", "no road leads");
    bad("played = true, levels = { 2, 3 }", "parent = \"power\", levels = { 2, 3 }", RC_INPUT, "成环", "cycle");
    bad(", commands = true", "", RC_INPUT, "commands = true", "commands = true");
    bad("after = \"fire\"", "after = \"next\"", RC_INPUT, "成环", "cycle");
    /* What waits for a power that nobody, or not the one named, has. */
    bad("verb = \"warn\", colour = \"red\"", "verb = \"warn\", colour = \"blue\"", RC_INPUT, "没有单位有权", "no agency has the authority");
    bad("verb = \"evacuate\", place = \"village\", by = \"district\"", "verb = \"level\", level = \"4\", by = \"district\"", RC_INPUT,
        "无权", "District has no authority");
    bad("levels = { 2, 3 }, colours = { \"red\" }, commands = true },\n"
        "  { id = \"forestry\", title = { zh = \"林业局\", en = \"Forestry Bureau\" }, played = true, "
        "parent = \"district\", levels = { \"4\" }",
        "commands = true },\n  { id = \"forestry\", title = \"林业局\"", RC_INPUT, "响应", "response level");
}

static void wrong_injects(void **state)
{
    (void)state;
    bad("at = \"5min\"", "at = \"5min\", when = fn", RC_INPUT, "不能同时", "cannot both");
    bad("at = \"5min\"", "at = \"7h\"", RC_INPUT, "结束之后", "after the end");
    bad(", by = \"35min\"", "", RC_INPUT, "须写“by”", "needs 'by'");
    bad(", within = \"20min\"", "", RC_INPUT, "within", "within");
    bad("verb = \"evacuate\"", "verb = \"evacuat\"", RC_INPUT, "evacuate", "did you mean 'evacuate'");
    bad("place = \"village\", by", "place = \"vilage\", by", RC_INPUT, "village", "did you mean 'village'");
    bad("place = \"village\", by", "plaze = \"village\", by", RC_INPUT, "plaze", "plaze");
    bad("by = \"district\" }", "by = \"distric\" }", RC_INPUT, "district", "did you mean 'district'");
    bad("world ignite at=3000,4000", "world ignite at=3000", RC_INPUT, "坐标", "effects[1]");
    bad("world ignite at=3000,4000", "district approve", RC_INPUT, "情景指令", "orders of the world");
    bad("event = \"level_started\"", "event = \"level_startet\"", RC_INPUT, "level_started",
        "did you mean 'level_started'");
    bad("event = \"level_started\", ", "", RC_INPUT, "只写一个", "exactly one");
    bad("depends = { \"c1\" }", "depends = { \"c2\" }", RC_INPUT, "成环", "cycle");
    bad("objective = \"fast\"", "objective = \"fats\"", RC_INPUT, "fast", "fast");
}

static void too_many(void **state)
{
    static char source[40000];
    struct buf b = BUF_ON(source);

    (void)state;
    buf_clear(&b);
    buf_str(&b, "channels = { ");
    for (int i = 0; i <= CHANNEL_MAX; i++) {
        buf_str(&b, "{ id = \"c");
        buf_i64(&b, i);
        buf_str(&b, "\" }, ");
    }
    bad("channels = {", source, RC_LIMIT, "最多 16 项", "at most 16");
}

/* Parts of the map with a tab of their own: read in their order, and every mistake named. */
static void views(void **state)
{
    static char source[16384];
    const char *with = "api = 1, views = { yard = { title = { zh = \"院落\", en = \"Yard\" }, x0 = 10, y0 = 20, x1 = 300, y1 = 400,\n"
                       "layers = { \"depth\" }, level = -200 }, all = { title = \"全部\", x0 = 0, y0 = 0, x1 = 6000, y1 = 5000 } }";
    struct arena a;
    struct atlas at;
    struct err e;

    (void)state;
    arena_init(&a, 0);
    snprintf(source, sizeof source, "{ %s%s", with, strstr(SMALL_SCENARIO, ",\nmeta"));
    if (atlas_read(table_doc(&a, source), &a, &at, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(at.view_count, 2);
    assert_true(text_is(at.view[0].name, "yard") && text_is(at.view[0].title.en, "Yard"));
    assert_true(at.view[0].x0 == 10 && at.view[0].y1 == 400);
    assert_int_equal(at.view[0].level, -200);
    assert_int_equal(at.view[0].layers->count, 1);
    assert_int_equal(at.view[1].level, LEVEL_ANY);
    assert_null(at.view[1].layers);
    arena_free(&a);
#define VIEW(rest) "api = 1,\nviews = { yard = { title = \"院\", " rest " } }"
    bad("api = 1", VIEW("x0 = 10, y0 = 20, x1 = 300"), RC_INPUT, "y1", "test.lua:2: views.yard");
    bad("api = 1", VIEW("x0 = 10, y0 = 20, x1 = 5, y1 = 400"), RC_INPUT, "至少大 10 米", "at least 10 m past");
    bad("api = 1", VIEW("x0 = 10, y0 = 20, x1 = 300, y1 = 5400"), RC_INPUT, "5400", "5400");
    bad("api = 1", VIEW("x0 = 10, y0 = 20, x1 = 300, y1 = 400, layer = 1"), RC_INPUT, "layers", "did you mean 'layers'");
    bad("api = 1", VIEW("x0 = 10, y0 = 20, x1 = 300, y1 = 400, layers = { 5 }"), RC_INPUT, "列表", "test.lua:2: views.yard.layers[1]");
    bad("api = 1", VIEW("x0 = 10, y0 = 20, x1 = 300, y1 = 400, level = 99999"), RC_INPUT, "范围", "range");
    bad("api = 1", "api = 1, views = { { title = \"院\" } }", RC_INPUT, "按名称", "by name");
    bad("api = 1", "api = 1, views = 5", RC_INPUT, "按名称", "by name");
#undef VIEW
}

/* The smallest arenas fail in words, never otherwise. */
static void no_memory(void **state)
{
    struct arena doc_arena;
    const struct doc *doc;
    bool done = false;

    (void)state;
    arena_init(&doc_arena, 0);
    doc = table_doc(&doc_arena, SMALL_SCENARIO);
    for (size_t limit = 1; !done && limit < (size_t)1 << 24; limit *= 2) {
        struct arena a;
        struct atlas at;
        struct err e;
        enum rc rc;
        arena_init(&a, limit);
        rc = atlas_read(doc, &a, &at, &e);
        assert_true(rc == RC_OK || rc == RC_MEMORY);
        done = rc == RC_OK;
        arena_free(&a);
    }
    assert_true(done);
    arena_free(&doc_arena);
}

static void manual(void **state)
{
    static char text[65536];

    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = buf_on(text, (int)sizeof text);
        atlas_manual((enum lang)lang, &b);
        assert_false(b.full);
        assert_non_null(strstr(text, "| `muster_night` |"));
        assert_non_null(strstr(text, "| `terrain_note` |"));
        assert_non_null(strstr(text, "| `trigger_inject` |"));
        assert_non_null(strstr(text, "| `level` |"));
        assert_non_null(strstr(text, "standby recon evacuate"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_scenario), cmocka_unit_test(injects_and_plan),
        cmocka_unit_test(night),         cmocka_unit_test(wrong_frame),
        cmocka_unit_test(wrong_rows),    cmocka_unit_test(wrong_whole),
        cmocka_unit_test(wrong_injects), cmocka_unit_test(too_many),
        cmocka_unit_test(no_memory),     cmocka_unit_test(manual),
        cmocka_unit_test(views),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

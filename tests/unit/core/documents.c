/* Protects what an author is told: values reach their struct in SI units, and each mistake gives the place, what is
 * wrong and what would be right, in both languages. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/scenario/schema.h"

struct team {
    struct text note, id;
    struct title title;
    bool local;
    int32_t crew, home, kind, when;
    double speed_ms;
    int64_t muster_ms, from_ms;
    double at[2];
    uint32_t skills;
    struct id_list roads;
    const struct doc *more;
};

#define AT(member) offsetof(struct team, member)
static const struct field ROWS[] = {
    {.name = "id", .type = FIELD_NAME, .offset = AT(id), .required = true, .zh = "标识", .en = "id"},
    {.name = "note", .type = FIELD_TEXT, .offset = AT(note), .zh = "备注", .en = "note | bar"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title)},
    {.name = "is_local", .type = FIELD_BOOL, .offset = AT(local), .dflt = 1},
    {.name = "crew", .type = FIELD_INT, .offset = AT(crew), .low = 1, .high = 200, .dflt = 10,
     .unit = "people", .zh = "人数", .en = "people", .mark = "U guess"},
    {.name = "speed", .type = FIELD_NUM, .offset = AT(speed_ms), .low = 0, .high = 40, .dflt = 8.5,
     .unit = "m/s"},
    {.name = "muster", .type = FIELD_DURATION, .offset = AT(muster_ms), .low = 0, .high = 7200,
     .dflt = 600},
    {.name = "from", .type = FIELD_MOMENT, .offset = AT(from_ms)},
    {.name = "at", .type = FIELD_POINT, .offset = AT(at)},
    {.name = "kind", .type = FIELD_CHOICE, .offset = AT(kind), .choices = "fire medical police",
     .dflt = 1},
    {.name = "skills", .type = FIELD_SET, .offset = AT(skills), .choices = "line mop_up evacuate"},
    {.name = "home", .type = FIELD_REF, .offset = AT(home), .entity = ENT_PLACE},
    {.name = "roads", .type = FIELD_REFS, .offset = AT(roads), .entity = ENT_ROAD},
    {.name = "more", .type = FIELD_DOC, .offset = AT(more)},
    {.name = "when", .type = FIELD_FUNC, .offset = AT(when)},
};

struct fixture {
    struct arena a;
    struct names names;
    struct name_row place[2], road[2];
    struct doc *root, *team;
    struct team out;
    struct err e;
};

static void setup(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    arena_init(&f->a, 0);
    f->place[0] = (struct name_row){TEXT("north_ridge"), {TEXT("北山脊"), TEXT("North Ridge")}};
    f->place[1] = (struct name_row){TEXT("wangu"), {TEXT("万古镇"), TEXT("Wangu town")}};
    f->road[0] = (struct name_row){TEXT("g85"), {{"", 0}, {"", 0}}};
    f->road[1] = (struct name_row){TEXT("track_2"), {{"", 0}, {"", 0}}};
    f->names.row[ENT_PLACE] = f->place;
    f->names.count[ENT_PLACE] = 2;
    f->names.row[ENT_ROAD] = f->road;
    f->names.count[ENT_ROAD] = 2;
    f->names.start_clock_ms = 14 * 3600000LL;
    f->root = doc_add(&f->a, NULL, (struct text){"", 0}, DOC_TABLE);
    f->root->file = TEXT("scenario.lua");
    f->root->line = 3;
    struct doc *teams = doc_add(&f->a, f->root, TEXT("teams"), DOC_TABLE);
    f->team = doc_add(&f->a, teams, (struct text){"", 0}, DOC_TABLE);
    f->team->line = 7;
}

static struct doc *put_text(struct fixture *f, struct doc *table, const char *key, const char *value)
{
    struct doc *d = doc_add(&f->a, table, text_of(key), DOC_TEXT);

    d->t = text_of(value);
    return d;
}

static void put_num(struct fixture *f, struct doc *table, const char *key, double value)
{
    doc_add(&f->a, table, text_of(key), DOC_NUM)->n = value;
}

static void put_int(struct fixture *f, struct doc *table, const char *key, int64_t value)
{
    struct doc *d = doc_add(&f->a, table, text_of(key), DOC_INT);

    d->i = value;
    d->n = (double)value;
}

static struct doc *put_table(struct fixture *f, const char *key)
{
    return doc_add(&f->a, f->team, text_of(key), DOC_TABLE);
}

static enum rc read_team(struct fixture *f)
{
    return schema_read(f->team, ROWS, COUNT_OF(ROWS), &f->names, &f->a, &f->out, &f->e);
}

static void every_type_is_read(void **state)
{
    struct fixture f;
    struct doc *list;

    (void)state;
    setup(&f);
    put_text(&f, f.team, "id", "fire_pro_1");
    put_text(&f, f.team, "note", "任意 text");
    list = put_table(&f, "title");
    put_text(&f, list, "zh", "专业队");
    put_int(&f, f.team, "speed", 11);
    put_num(&f, f.team, "crew", 24.0);
    put_text(&f, f.team, "muster", "1h30min");
    put_text(&f, f.team, "from", "15:20");
    list = put_table(&f, "at");
    put_num(&f, list, "", 120.5);
    put_int(&f, list, "", 80);
    put_text(&f, f.team, "kind", "police");
    list = put_table(&f, "skills");
    put_text(&f, list, "", "line");
    put_text(&f, list, "", "evacuate");
    put_text(&f, f.team, "home", "万古镇");
    list = put_table(&f, "roads");
    put_text(&f, list, "", "track_2");
    put_text(&f, list, "", "g85");
    put_table(&f, "more");
    doc_add(&f.a, f.team, TEXT("when"), DOC_FUNC)->func = 5;
    if (read_team(&f) != RC_OK)
        fail_msg("%s", f.e.text[LANG_EN]);
    assert_true(text_is(f.out.id, "fire_pro_1"));
    assert_true(text_is(f.out.note, "任意 text"));
    assert_true(text_is(f.out.title.zh, "专业队") && text_is(f.out.title.en, "专业队"));
    assert_true(f.out.local);
    assert_int_equal(f.out.crew, 24);
    assert_true(f.out.speed_ms == 11.0);
    assert_int_equal(f.out.muster_ms, 5400000);
    assert_int_equal(f.out.from_ms, 80 * 60000);
    assert_true(f.out.at[0] == 120.5 && f.out.at[1] == 80.0);
    assert_int_equal(f.out.kind, 2);
    assert_int_equal(f.out.skills, 5);
    assert_int_equal(f.out.home, 1);
    assert_int_equal(f.out.roads.count, 2);
    assert_int_equal(f.out.roads.id[0], 1);
    assert_non_null(f.out.more);
    assert_int_equal(f.out.when, 5);
    arena_free(&f.a);
}

static void absent_keys_get_defaults(void **state)
{
    struct fixture f;

    (void)state;
    setup(&f);
    put_text(&f, f.team, "id", "a");
    assert_int_equal(read_team(&f), RC_OK);
    assert_int_equal(f.out.crew, 10);
    assert_true(f.out.speed_ms == 8.5);
    assert_int_equal(f.out.muster_ms, 600000);
    assert_int_equal(f.out.kind, 1);
    assert_int_equal(f.out.home, -1);
    assert_int_equal(f.out.when, -1);
    assert_int_equal(f.out.roads.count, 0);
    assert_null(f.out.more);
    arena_free(&f.a);
}

/* Adds one wrong text and asserts the message. */
static void wrong(const char *key, const char *value, const char *en, const char *zh)
{
    struct fixture f;

    setup(&f);
    put_text(&f, f.team, "id", "a");
    put_text(&f, f.team, key, value)->line = 9;
    assert_int_equal(read_team(&f), RC_INPUT);
    if (strstr(f.e.text[LANG_EN], en) == NULL || strstr(f.e.text[LANG_ZH], zh) == NULL)
        fail_msg("%s = %s\n  got: %s\n  %s", key, value, f.e.text[LANG_EN], f.e.text[LANG_ZH]);
    arena_free(&f.a);
}

static void mistakes_are_told(void **state)
{
    (void)state;
    wrong("craw", "5", "scenario.lua:9: teams[1].craw: there is no key 'craw' here; did you mean 'crew'?",
          "没有“craw”这一项，您是否指“crew”？");
    wrong("entirely_else", "5", "there is no key 'entirely_else' here", "没有“entirely_else”");
    wrong("crew", "5", "scenario.lua:9: teams[1].crew: a whole number expected, got a text",
          "应为整数，写成了文字");
    wrong("home", "wangy", "place 'wangy' does not exist; did you mean 'wangu'?",
          "地点“wangy”不存在，您是否指“wangu”？");
    wrong("home", "elsewhere", "place 'elsewhere' does not exist", "地点“elsewhere”不存在");
    wrong("kind", "fir", "did you mean 'fire'? Choices: fire medical police", "您是否指“fire”？");
    wrong("skills", "swim", "not one of the choices: line mop_up evacuate", "可选");
    wrong("muster", "soon", "'soon' is not a duration", "不是时长");
    wrong("muster", "3h", "10800 is out of range; it must lie between 0 and 7200 s", "0 至 7200");
    wrong("from", "25:00", "'25:00' is not a moment", "不是时刻");
    wrong("at", "here", "a point", "坐标");
    wrong("more", "x", "a table { .. } expected", "应为表");
    wrong("when", "x", "a function expected", "应为函数");
    wrong("roads", "g85", "a list of road ids expected", "道路标识的列表");
    wrong("is_local", "yes", "true or false", "真假值");
}

static void structure_mistakes_are_told(void **state)
{
    struct fixture f;

    (void)state;
    setup(&f);
    assert_int_equal(read_team(&f), RC_INPUT);
    assert_string_equal(f.e.text[LANG_EN],
                        "scenario.lua:7: teams[1]: the required key 'id' is missing (id)");
    put_text(&f, f.team, "id", "Fire-1");
    assert_int_equal(read_team(&f), RC_INPUT);
    assert_non_null(strstr(f.e.text[LANG_EN], "teams[1].id: 'Fire-1' cannot be an id"));
    arena_free(&f.a);
    setup(&f);
    put_text(&f, f.team, "", "stray");
    assert_int_equal(read_team(&f), RC_INPUT);
    assert_non_null(strstr(f.e.text[LANG_EN], "teams[1][1]: every value here needs a key"));
    arena_free(&f.a);
    setup(&f);
    put_text(&f, f.team, "id", "a");
    put_int(&f, f.team, "crew", 500);
    assert_int_equal(read_team(&f), RC_INPUT);
    assert_non_null(strstr(f.e.text[LANG_EN], "500 is out of range; it must lie between 1 and 200 people"));
    arena_free(&f.a);
    setup(&f);
    put_text(&f, f.team, "id", "a");
    put_num(&f, f.team, "crew", 2.5);
    assert_int_equal(read_team(&f), RC_INPUT);
    assert_non_null(strstr(f.e.text[LANG_EN], "a whole number expected"));
    arena_free(&f.a);
    setup(&f);
    put_text(&f, f.team, "id", "a");
    put_num(&f, f.team, "speed", (double)INFINITY);
    assert_int_equal(read_team(&f), RC_INPUT);
    assert_non_null(strstr(f.e.text[LANG_EN], "finite"));
    arena_free(&f.a);
    setup(&f);
    assert_int_equal(schema_read(put_text(&f, f.team, "id", "x"), ROWS, COUNT_OF(ROWS), &f.names, &f.a,
                                 &f.out, &f.e), RC_INPUT);
    arena_free(&f.a);
}

static void names_are_found_and_guessed(void **state)
{
    struct fixture f;

    (void)state;
    setup(&f);
    assert_int_equal(names_find(&f.names, ENT_PLACE, TEXT("wangu")), 1);
    assert_int_equal(names_find(&f.names, ENT_PLACE, TEXT("North Ridge")), 0);
    assert_int_equal(names_find(&f.names, ENT_PLACE, TEXT("北山脊")), 0);
    assert_int_equal(names_find(&f.names, ENT_PLACE, TEXT("")), -1);
    assert_int_equal(names_find(&f.names, ENT_TEAM, TEXT("wangu")), -1);
    assert_true(text_is(names_nearest(&f.names, ENT_PLACE, TEXT("nroth_ridge")), "north_ridge"));
    assert_int_equal(names_nearest(&f.names, ENT_PLACE, TEXT("zzzz")).len, 0);
    assert_int_equal(names_nearest(&f.names, ENT_PLACE, TEXT("")).len, 0);
    assert_true(text_is(names_name(&f.names, ENT_ROAD, 0), "g85"));
    assert_true(text_is(names_name(&f.names, ENT_ROAD, -1), "-"));
    assert_true(text_is(names_arg(&f.names, ENT_PLACE, 1).zh, "万古镇"));
    assert_true(text_is(names_arg(&f.names, ENT_ROAD, 1).en, "track_2"));
    for (int i = 0; i < ENT_COUNT; i++)
        assert_true(entity_title((enum entity)i).zh.len > 0);
    arena_free(&f.a);
}

static void times_are_read_and_written(void **state)
{
    static const struct {
        const char *text;
        int64_t ms; /* -1: refused */
    } rows[] = {
        {"30min", 1800000}, {"1h30min", 5400000}, {"45s", 45000},     {"90", 90000},
        {"1.5h", 5400000},  {"2h 5min", 7500000}, {"1d", 86400000},   {"250ms", 250},
        {"30分钟", 1800000}, {"1小时20分", 4800000}, {" 5 min ", 300000}, {"0", 0},
        {"", -1},           {"min", -1},          {"-5min", -1},      {"5 parsecs", -1},
        {"1h30", -1},       {"99999999999h", -1}, {"400d", -1},       {"1.2345s", -1},
        {"5min5", -1},      {"nan", -1},
    };
    char out[40];
    struct buf b = BUF_ON(out);
    int64_t ms;

    (void)state;
    for (int i = 0; i < COUNT_OF(rows); i++) {
        bool good = duration_parse(text_of(rows[i].text), &ms);
        if (good != (rows[i].ms >= 0) || (good && ms != rows[i].ms))
            fail_msg("duration %s", rows[i].text);
        if (!good)
            continue;
        buf_clear(&b);
        duration_format(ms, &b);
        int64_t again = -1;
        assert_true(duration_parse(text_of(out), &again));
        assert_true(again == ms);
    }
    assert_true(moment_parse(TEXT("15:20"), 14 * 3600000LL, &ms) && ms == 4800000);
    assert_true(moment_parse(TEXT("15：20：30"), 14 * 3600000LL, &ms) && ms == 4830000);
    assert_true(moment_parse(TEXT("01:00"), 14 * 3600000LL, &ms) && ms == 11 * 3600000LL);
    assert_true(moment_parse(TEXT("+20min"), 0, &ms) && ms == 1200000);
    assert_true(moment_parse(TEXT("20min"), 0, &ms) && ms == 1200000);
    assert_false(moment_parse(TEXT("15:60"), 0, &ms));
    assert_false(moment_parse(TEXT("15:20:30:40"), 0, &ms));
    assert_false(moment_parse(TEXT("15:"), 0, &ms));
    buf_clear(&b);
    clock_format(11 * 3600000LL + 61000, 14 * 3600000LL, &b);
    assert_string_equal(out, "01:01:01");
    buf_clear(&b);
    offset_format(135 * 60000LL, &b);
    assert_string_equal(out, "02:15");
    buf_clear(&b);
    duration_format(90061001, &b);
    assert_string_equal(out, "25h1min1.001s");
}

static void the_manual_shows_every_row(void **state)
{
    char out[8000];
    struct buf b = BUF_ON(out);

    (void)state;
    schema_manual("teams", ROWS, COUNT_OF(ROWS), LANG_EN, &b);
    assert_false(b.full);
    assert_non_null(strstr(out, "## teams\n"));
    for (int i = 0; i < COUNT_OF(ROWS); i++)
        assert_non_null(strstr(out, ROWS[i].name));
    assert_non_null(strstr(out, "| 1 .. 200 | 10 | people | unverified guess |"));
    assert_non_null(strstr(out, "note \\| bar"));
    assert_non_null(strstr(out, "the id of a place"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_is_read),
        cmocka_unit_test(absent_keys_get_defaults),
        cmocka_unit_test(mistakes_are_told),
        cmocka_unit_test(structure_mistakes_are_told),
        cmocka_unit_test(names_are_found_and_guessed),
        cmocka_unit_test(times_are_read_and_written),
        cmocka_unit_test(the_manual_shows_every_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects what authors see of a document: every value at the line it was written, keys in the order written, and
 * the same from memory as from a folder. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "script/script.h"

static const char SCENARIO[] = "-- a scenario\n"                          /* 1 */
                               "local map = include 'map.lua'\n"          /* 2 */
                               "local teams = {\n"                        /* 3 */
                               "  { id = 'fire_1', crew = 12 },\n"        /* 4 */
                               "  { id = 'fire_2',\n"                     /* 5 */
                               "    crew = 8, -- { not a table }\n"       /* 6 */
                               "    kit = { 'pump', 'hose' } },\n"        /* 7 */
                               "}\n"                                      /* 8 */
                               "teams[#teams + 1] = {\n"                  /* 9 */
                               "  id = 'fire_3' }\n"                      /* 10 */
                               "table.insert(teams, { id = 'fire_4' })\n" /* 11 */
                               "local function helper(x)\n"               /* 12 */
                               "  return { x = x }\n"                     /* 13 */
                               "end\n"                                    /* 14 */
                               "return {\n"                               /* 15 */
                               "  zebra = 1,\n"                           /* 16 */
                               "  apple = \"a\\n\\\"b\",\n"               /* 17 */
                               "  text = [==[ two\n"                      /* 18 */
                               "  lines ]] ]==],\n"                       /* 19 */
                               "  teams = teams,\n"                       /* 20 */
                               "  when = function(s) if s then\n"         /* 21 */
                               "    return { 1 } end end,\n"              /* 22 */
                               "  map = map,\n"                           /* 23 */
                               "  [ 'odd key' ] = 2.5,\n"                 /* 24 */
                               "  made = helper(\n"                       /* 25 */
                               "    { 7 }),\n"                            /* 26 */
                               "  sum = 1 + 2 * 3; yes = true,\n"         /* 27 */
                               "  point = point { 3, 4 },\n"              /* 28 */
                               "}\n";
static const char MAP[] = "function point(p) return p end\n\nreturn {\n width = 12,\n roads = {\n  { 1, 2 },\n },\n}\n";

struct fixture {
    struct source_file file[2];
    struct source_list list;
    struct script *s;
    struct arena a;
    struct err e;
    const struct doc *doc;
};

static void setup(struct fixture *f, const char *source)
{
    struct script_options options;

    memset(f, 0, sizeof *f);
    memset(&options, 0, sizeof options);
    f->file[0] = (struct source_file){"scenario.lua", text_of(source)};
    f->file[1] = (struct source_file){"map.lua", text_of(MAP)};
    f->list = (struct source_list){f->file, 2};
    options.reader = source_list_reader(&f->list);
    arena_init(&f->a, 0);
    assert_int_equal(script_open(&options, &f->s, &f->e), RC_OK);
    if (script_load(f->s, "scenario.lua", &f->a, &f->doc, &f->e) != RC_OK)
        fail_msg("%s", f->e.text[LANG_EN]);
}

static void teardown(struct fixture *f)
{
    script_close(f->s);
    arena_free(&f->a);
}

static void at(const struct doc *d, const char *expected)
{
    char where[200];
    struct buf b = BUF_ON(where);

    assert_non_null(d);
    doc_where(d, &b);
    assert_string_equal(where, expected);
}

static void lines_are_right(void **state)
{
    struct fixture f;
    const struct doc *teams, *map;

    (void)state;
    setup(&f, SCENARIO);
    at(f.doc, "scenario.lua:15");
    at(doc_get(f.doc, "zebra"), "scenario.lua:16: zebra");
    at(doc_get(f.doc, "apple"), "scenario.lua:17: apple");
    at(doc_get(f.doc, "text"), "scenario.lua:18: text");
    teams = doc_get(f.doc, "teams");
    at(teams, "scenario.lua:20: teams");
    at(doc_get(doc_at(teams, 1), "crew"), "scenario.lua:4: teams[1].crew");
    at(doc_get(doc_at(teams, 2), "crew"), "scenario.lua:6: teams[2].crew");
    at(doc_at(doc_get(doc_at(teams, 2), "kit"), 2), "scenario.lua:7: teams[2].kit[2]");
    at(doc_get(doc_at(teams, 3), "id"), "scenario.lua:10: teams[3].id");
    at(doc_get(doc_at(teams, 4), "id"), "scenario.lua:11: teams[4].id");
    at(doc_get(f.doc, "when"), "scenario.lua:21: when");
    map = doc_get(f.doc, "map");
    at(map, "scenario.lua:23: map");
    at(doc_get(map, "width"), "map.lua:4: map.width");
    at(doc_at(doc_at(doc_get(map, "roads"), 1), 2), "map.lua:6: map.roads[1][2]");
    at(doc_get(f.doc, "odd key"), "scenario.lua:24: odd key");
    at(doc_get(doc_get(f.doc, "made"), "x"), "scenario.lua:25: made.x");
    at(doc_get(f.doc, "yes"), "scenario.lua:27: yes");
    at(doc_at(doc_get(f.doc, "point"), 2), "scenario.lua:28: point[2]");
    teardown(&f);
}

static void values_and_order_are_kept(void **state)
{
    static const char *const keys[] = {"zebra", "apple", "text", "teams", "when", "map",
                                       "odd key", "made", "sum", "yes", "point"};
    struct fixture f;
    const struct doc *d;
    int i = 0;

    (void)state;
    setup(&f, SCENARIO);
    for (d = f.doc->child; d != NULL; d = d->next, i++)
        assert_true(text_is(d->key, keys[i]));
    assert_int_equal(i, COUNT_OF(keys));
    assert_int_equal(doc_get(f.doc, "zebra")->kind, DOC_INT);
    assert_true(text_is(doc_get(f.doc, "apple")->t, "a\n\"b"));
    assert_int_equal(doc_get(f.doc, "odd key")->kind, DOC_NUM);
    assert_true(doc_get(f.doc, "odd key")->n == 2.5);
    assert_int_equal(doc_get(f.doc, "sum")->i, 7);
    assert_true(doc_get(f.doc, "sum")->n == 7.0);
    assert_int_equal(doc_get(f.doc, "yes")->kind, DOC_BOOL);
    assert_int_equal(doc_get(f.doc, "when")->kind, DOC_FUNC);
    assert_true(doc_get(f.doc, "when")->func > 0);
    assert_true(text_is(script_func_where(f.s, doc_get(f.doc, "when")->func), "scenario.lua:21"));
    assert_int_equal(script_func_where(f.s, 999).len, 0);
    assert_int_equal(doc_get(f.doc, "teams")->count, 4);
    assert_int_equal(script_source_count(f.s), 2);
    assert_string_equal(script_source(f.s, 1).name, "map.lua");
    assert_true(text_is(script_source(f.s, 1).text, MAP));
    teardown(&f);
}

static void unknown_keys_come_last_by_bytes(void **state)
{
    static const char *const keys[] = {"z", "y", "a1", "a2", "a3"};
    struct fixture f;
    int i = 0;

    (void)state;
    setup(&f, "local t = {\n z = 1,\n y = 2 }\nfor i = 3, 1, -1 do t['a' .. i] = i end\nreturn t");
    for (const struct doc *d = f.doc->child; d != NULL; d = d->next, i++)
        assert_true(text_is(d->key, keys[i]));
    assert_int_equal(i, 5);
    at(doc_get(f.doc, "y"), "scenario.lua:3: y");
    at(doc_get(f.doc, "a2"), "scenario.lua:5: a2"); /* the return */
    teardown(&f);
}

/* The lexer is only a help: whatever the source looks like, the document is right and has some line. */
static void strange_sources_still_load(void **state)
{
    static const char *const sources[] = {
        "return{a={b={c=1}}}",
        "return ({a={b={c=1}}})",
        "local a = {b={c=1}} local t = {a = a} return t",
        "local t = t0 or 1\nif t then t = {a={b={c=1}}} end\nreturn t",
        "local t <const> = {a={b={c=1}}}\nreturn t",
        "local s = '}' local c = '{' --[[ return { ]] --[==[ ]] ]==]\nreturn {a={b={c=1}}}",
        "x = {} x.a = {} x.a.b = {c = 1}\nreturn x",
        "local function f() return {a={b={c=1}}} end\nreturn f()",
        "local a, b = 1, {b={c=1}}\nreturn {a = b}",
        "for i = 1, 2 do local t = {1} end while false do end repeat until true\nreturn {a={b={c=1}}}",
        "return {a={b={c=(function() return 1 end)()}}}",
        "local t = {['a']={['b']={['c']=1}}}\nreturn t",
        "return {a={b={c=0x1, [ [[d]] ] = 2}}};",
    };

    (void)state;
    for (int i = 0; i < COUNT_OF(sources); i++) {
        struct fixture f;
        const struct doc *d;
        char source[400];
        (void)snprintf(source, sizeof source, "t0 = false\n%s", sources[i]);
        setup(&f, source);
        d = doc_get(doc_get(doc_get(f.doc, "a"), "b"), "c");
        assert_non_null(d);
        assert_int_equal(d->i, 1);
        assert_true(d->line >= 1 && d->line <= 4);
        teardown(&f);
    }
}

static void a_folder_reads_the_same(void **state)
{
    struct folder_reader r;
    struct script_options options;
    struct script *s;
    struct arena a;
    const struct doc *doc;
    struct err e;

    (void)state;
    memset(&options, 0, sizeof options);
    arena_init(&a, 0);
    assert_int_equal(folder_reader_init(&r, "tests/unit/script", &e), RC_OK);
    options.reader = folder_reader_source(&r);
    assert_int_equal(script_open(&options, &s, &e), RC_OK);
    assert_int_equal(script_load(s, "missing.lua", &a, &doc, &e), RC_INPUT);
    assert_non_null(strstr(e.text[LANG_EN], "missing.lua"));
    assert_null(doc);
    assert_int_equal(script_load(s, "../evil.c", &a, &doc, &e), RC_INPUT);
    script_close(s);
    folder_reader_free(&r);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_right),
        cmocka_unit_test(values_and_order_are_kept),
        cmocka_unit_test(unknown_keys_come_last_by_bytes),
        cmocka_unit_test(strange_sources_still_load),
        cmocka_unit_test(a_folder_reads_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

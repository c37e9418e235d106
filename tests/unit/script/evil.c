/* Protects the fence: no script, however bad, may crash, hang or eat the machine; each ends in one line that names
 * its file and line. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "script/script.h"

static double seconds(void)
{
    struct timespec t;

    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t), 0);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct run {
    struct err e;
    enum rc rc;
    double took_s;
};

/* Loads source as scenario.lua; what else stands in it is for include. */
static struct run load(const char *source, int len)
{
    struct source_file file[3] = {
        {"scenario.lua", {source, len >= 0 ? len : (int)strlen(source)}},
        {"loop.lua", TEXT("return include 'scenario.lua'")},
        {"secret.lua", TEXT("return {}")},
    };
    struct source_list list = {file, 3};
    struct script_options options = {.reader = source_list_reader(&list), .load_steps = 20000000};
    struct script *s;
    struct arena a;
    const struct doc *doc;
    struct run r;
    double start = seconds();

    memset(&r, 0, sizeof r);
    arena_init(&a, 0);
    assert_int_equal(script_open(&options, &s, &r.e), RC_OK);
    r.rc = script_load(s, "scenario.lua", &a, &doc, &r.e);
    assert_true(script_bytes(s) <= (size_t)64 * 1024 * 1024);
    script_close(s);
    arena_free(&a);
    r.took_s = seconds() - start;
    return r;
}

/* Asserts that source fails with `where` in front and `what` somewhere, in both languages on one line each. */
static void fails(const char *source, const char *where, const char *what)
{
    struct run r = load(source, -1);

    if (r.rc == RC_OK || strncmp(r.e.text[LANG_EN], where, strlen(where)) != 0 ||
        strstr(r.e.text[LANG_EN], what) == NULL)
        fail_msg("source: %s\n  expected: %s .. %s\n  got: %s", source, where, what,
                 r.rc == RC_OK ? "(no error)" : r.e.text[LANG_EN]);
    assert_int_equal(r.rc, RC_INPUT);
    assert_null(strchr(r.e.text[LANG_EN], '\n'));
    assert_null(strchr(r.e.text[LANG_ZH], '\n'));
    assert_int_equal(strncmp(r.e.text[LANG_ZH], where, strlen(where)), 0);
    if (r.took_s > 30.0) /* a hang, not a speed */
        fail_msg("source: %s took %.1f s", source, r.took_s);
}

static void loops_end(void **state)
{
    (void)state;
    fails("local x = 1\nwhile true do end", "scenario.lua:2: ", "steps");
    fails("repeat until false", "scenario.lua:1: ", "steps");
    fails("::a::\ngoto a", "scenario.lua:", "steps");
    fails("for i = 1, math.huge do end", "scenario.lua:1: ", "steps");
    fails("while true do\n pcall(function()\n while true do end end) end", "scenario.lua:3: ", "steps");
    fails("local function f() while true do pcall(f) end end f()", "scenario.lua:1: ", "");
    fails("while true do pcall(error) end", "scenario.lua:1: ", "steps");
    fails("local t = {1}\nfor k in pairs(t) do while true do end end", "scenario.lua:2: ", "steps");
    fails("table.sort({1,2,3}, function() while true do end end)", "scenario.lua:1: ", "steps");
    fails("('aaa'):gsub('a', function() while true do end end)", "scenario.lua:1: ", "steps");
    fails("local c <close> = nil\nwhile true do end", "scenario.lua:2: ", "steps");
}

static void memory_is_bounded(void **state)
{
    (void)state;
    fails("local t = {}\nwhile true do t[#t+1] = {} end", "scenario.lua:2: ", "");
    fails("local t = {}\nwhile true do t[#t+1] = ('x'):rep(100000) .. #t end", "scenario.lua:2: ",
          "memory");
    fails("local s = 'x'\nwhile true do s = s .. s end", "scenario.lua:2: ", "256 KB");
    fails("local s = ('x'):rep(1e9)", "scenario.lua:1: ", "256 KB");
    fails("string.rep('x', math.maxinteger)", "scenario.lua:1: ", "256 KB");
    fails("string.rep('', 1e9)\nstring.rep('x', 9, ('y'):rep(200000))", "scenario.lua:2: ", "256 KB");
    fails("local t = {}\nfor i = 1, 1e7 do t[i] = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxx' .. i end",
          "scenario.lua:2: ", "");
    fails("local t = {}\nlocal function grow() while true do t[#t+1] = ('x'):rep(200000) .. #t end end\n"
          "while true do pcall(grow) end", "scenario.lua:2: ", "memory");
    fails("local t = {} for i = 1, 1000 do t[i] = ('x'):rep(1000) end\nreturn table.concat(t)",
          "scenario.lua:2: ", "256 KB");
    fails("table.concat({}, 'x', 1, math.maxinteger)", "scenario.lua:1: ", "");
    fails("table.unpack({}, 1, 1e9)", "scenario.lua:1: ", "");
    fails("local t = {}\nfor i = 1, 1e6 do table.insert(t, 1, i) end", "scenario.lua:2: ", "steps");
    fails("local f = function(...) return select('#', ...) end\n"
          "local t = {} for i = 1, 200000 do t[i] = i end\nwhile true do f(table.unpack(t)) end",
          "scenario.lua:3: ", "");
}

static void recursion_ends(void **state)
{
    (void)state;
    fails("local function f() return 1 + f() end\nf()", "scenario.lua:1: ", "deeply");
    fails("local function f() pcall(f) return 1 + f() end\nf()", "scenario.lua:1: ", "");
    fails("local function f(s) return (s:gsub('.', f)) end\nf('x')", "scenario.lua:1: ", "deeply");
    fails("local function f() return f() end\nf()", "scenario.lua:1: ", "steps");
    char deep[4000] = "return ";
    memset(deep + 7, '{', 1000);
    deep[1007] = '\0';
    fails(deep, "scenario.lua:1: ", "");
    memset(deep + 7, '(', 1000);
    fails(deep, "scenario.lua:1: ", "");
}

static void the_system_is_out_of_reach(void **state)
{
    (void)state;
    fails("\nio.open('/etc/passwd')", "scenario.lua:2: ", "'io'");
    fails("os.execute('true')", "scenario.lua:1: ", "'os'");
    fails("debug.getinfo(1)", "scenario.lua:1: ", "'debug'");
    fails("require 'x'", "scenario.lua:1: ", "include");
    fails("dofile('x')", "scenario.lua:1: ", "'dofile'");
    fails("load('return 1')", "scenario.lua:1: ", "'load'");
    fails("collectgarbage()", "scenario.lua:1: ", "'collectgarbage'");
    fails("coroutine.wrap(function() end)", "scenario.lua:1: ", "'coroutine'");
    fails("string.dump(function() end)", "scenario.lua:1: ", "'string.dump'");
    fails("math.random()", "scenario.lua:1: ", "'math.random'");
    fails("next({})", "scenario.lua:1: ", "pairs");
    fails("package.loadlib('x', 'y')", "scenario.lua:1: ", "'package'");
    fails("local x = prnt", "scenario.lua:1: ", "did you mean 'print'");
    fails("local x = math.flor(1)", "scenario.lua:1: ", "did you mean 'floor'");
    fails("string.format('%p', {})", "scenario.lua:1: ", "%p");
    fails("string.format('%-10p', {})", "scenario.lua:1: ", "%p");
}

static void metatables_are_out_of_reach(void **state)
{
    (void)state;
    fails("setmetatable({}, {__gc = function() while true do end end})", "scenario.lua:1: ",
          "'setmetatable'");
    fails("getmetatable('').__index = nil", "scenario.lua:1: ", "'getmetatable'");
    fails("local x <close> = {}", "scenario.lua:1: ", "closable");
    fails("local x = '10' + 1", "scenario.lua:1: ", "arithmetic");
    fails("local x = 'a' < 1", "scenario.lua:1: ", "compare");
    fails("local x = {} .. 'a'", "scenario.lua:1: ", "concatenate");
    fails("return nil + 1", "scenario.lua:1: ", "arithmetic");
}

static void bytecode_is_refused(void **state)
{
    static const char code[] = "\x1bLua\x54\x00\x19\x93\r\n\x1a\n";
    struct run r = load(code, (int)sizeof code - 1);

    (void)state;
    assert_int_equal(r.rc, RC_INPUT);
    assert_non_null(strstr(r.e.text[LANG_EN], "scenario.lua:1: "));
    assert_non_null(strstr(r.e.text[LANG_EN], "bytecode"));
    r = load("return {\xff}", -1);
    assert_int_equal(r.rc, RC_INPUT);
    assert_non_null(strstr(r.e.text[LANG_EN], "UTF-8"));
    r = load("", 0);
    assert_int_equal(r.rc, RC_INPUT);
    assert_non_null(strstr(r.e.text[LANG_EN], "scenario.lua"));
}

static void patterns_are_bounded(void **state)
{
    (void)state;
    fails("local s = ('a'):rep(26)\nstring.find(s, ('a?'):rep(26) .. ('a'):rep(27))", "scenario.lua:2: ",
          "pattern");
    fails("local s = ('a'):rep(200000)\nstring.match(s, '.-.-.-b')", "scenario.lua:2: ", "pattern");
    fails("local s = ('('):rep(200000)\nstring.find(s, '%b()')", "scenario.lua:2: ", "pattern");
    fails("local s = ('a'):rep(200000)\nfor w in s:gmatch('a*b') do end", "scenario.lua:2: ", "pattern");
    fails("local s = ('a'):rep(200000)\ns:gsub('a*a*b', '')", "scenario.lua:2: ", "pattern");
    fails("local s = ('a'):rep(20000)\nwhile true do s:find('a*b') end", "scenario.lua:2: ", "");
    fails("while true do pcall(string.find, ('a'):rep(26), ('a?'):rep(26) .. ('a'):rep(27)) end",
          "scenario.lua:1: ", "");
    fails("string.find('a', '[a')", "scenario.lua:1: ", "']'");
    fails("string.find('a', '(a')", "scenario.lua:1: ", "'('");
    fails("string.find('a', '%')", "scenario.lua:1: ", "'%'");
    fails("string.find('a', ('()'):rep(40))", "scenario.lua:1: ", "captures");
    fails("string.find('a', ('a'):rep(1000) .. '.')", "scenario.lua:1: ", "too long");
}

static void odd_errors_are_told(void **state)
{
    (void)state;
    fails("\nerror({})", "scenario.lua:2: ", "table");
    fails("\nerror(nil)", "scenario.lua:2: ", "nil");
    fails("error(42)", "scenario.lua:1: ", "42");
    fails("error('plain', 0)", "scenario.lua:1: ", "plain");
    fails("error('two\\nlines')", "scenario.lua:1: ", "two lines");
    fails("error(('x'):rep(100000))", "scenario.lua:1: ", "xxx");
    fails("error('\\xff\\xfe')", "scenario.lua:1: ", "");
    fails("return {", "scenario.lua:1: ", "syntax");
    fails("local x = = 1", "scenario.lua:1: ", "syntax");
    fails("assert(false)", "scenario.lua:1: ", "assertion failed");
    fails("local ok, e = pcall(error, 'x')\nerror(e)", "scenario.lua:2: ", "x");
    fails("local ok, e = pcall(string.rep, 'x', 1e9)\nerror(e, 0)", "scenario.lua:1: ", "256 KB");
}

static void odd_documents_are_told(void **state)
{
    (void)state;
    fails("local x = 1", "scenario.lua", "return");
    fails("return 5", "scenario.lua", "number");
    fails("local t = {}\nt.a = t\nreturn t", "scenario.lua:2: a: ", "itself");
    fails("local t = {}\nfor i = 1, 40 do t = {t} end\nreturn t", "scenario.lua:", "deeper");
    fails("local t = {}\nfor i = 1, 300000 do t[i] = i end\nreturn t", "scenario.lua:3", "200000");
    fails("return {\n a = {\n b = 0/0 } }", "scenario.lua:3: a.b: ", "not a number");
    fails("return {\n a = {[1.5] = 1} }", "scenario.lua:2: a: ", "key");
    fails("return {\n a = {[{}] = 1} }", "scenario.lua:2: a: ", "key");
    fails("return {\n a = {[0] = 1} }", "scenario.lua:2: a: ", "key");
    fails("return {\n a = {1, nil, 3} }", "scenario.lua:2: a: ", "item 2");
    fails("return {\n a = '\\xff' }", "scenario.lua:2: a: ", "UTF-8");
    /* a small source that would be an enormous tree */
    fails("local t = {1}\nfor i = 1, 25 do t = {t, t} end\nreturn t", "scenario.lua:", "200000");
}

static void include_stays_inside(void **state)
{
    (void)state;
    fails("include '../secret.lua'", "scenario.lua:1: ", "..");
    fails("include '/etc/passwd'", "scenario.lua:1: ", ".lua");
    fails("include 'a/../b.lua'", "scenario.lua:1: ", "..");
    fails("include '.hidden.lua'", "scenario.lua:1: ", ".lua");
    fails("include 'se\\0cret.lua'", "scenario.lua:1: ", ".lua");
    fails("\ninclude 'missing.lua'", "scenario.lua:2: ", "missing.lua");
    fails("return include 'loop.lua'", "loop.lua:1: ", "circle");
}

static void good_scripts_pass(void **state)
{
    (void)state;
    struct run r = load("local ok, e = pcall(error, 'x')\n"
                        "assert(not ok and e == 'x')\n"
                        "assert(tostring({}) == 'table' and tostring(print) == 'function')\n"
                        "assert(string.format('%s %d', {}, 3) == 'table 3')\n"
                        "assert(math.floor(2.5) == 2 and math.exp(0) == 1.0 and 2^10 == 1024)\n"
                        "assert(('a,b'):match('(%w),(%w)') == 'a')\n"
                        "local n = 0 for w in ('one two  three'):gmatch('%a+') do n = n + #w end\n"
                        "assert(n == 11)\n"
                        "return { include 'secret.lua' }", -1);
    if (r.rc != RC_OK)
        fail_msg("%s", r.e.text[LANG_EN]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loops_end),
        cmocka_unit_test(memory_is_bounded),
        cmocka_unit_test(recursion_ends),
        cmocka_unit_test(the_system_is_out_of_reach),
        cmocka_unit_test(metatables_are_out_of_reach),
        cmocka_unit_test(bytecode_is_refused),
        cmocka_unit_test(patterns_are_bounded),
        cmocka_unit_test(odd_errors_are_told),
        cmocka_unit_test(odd_documents_are_told),
        cmocka_unit_test(include_stays_inside),
        cmocka_unit_test(good_scripts_pass),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects the two-way traffic with a script: functions and views towards it, handlers back, checked arguments,
 * clear errors, order that never depends on hashing, and budgets a call. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "script/script.h"

struct world {
    int orders;
    char last[64];
    int handler;
    char printed[4096];
    struct buf out;
};

/* --- functions --- */

static enum rc do_order(void *ctx, const struct script_value *arg, int count,
                        struct script_value *result, struct err *e)
{
    struct world *w = ctx;

    (void)count;
    w->orders++;
    assert_true(text_copy(w->last, (int)sizeof w->last, arg[0].t));
    if (text_is(arg[0].t, "fail"))
        return ERR(e, RC_NO, MSG_CORE_UNKNOWN_REF_NEAR, arg_s("team"), arg_s("fire_pr0_1"),
                   arg_s("fire_pro_1"));
    *result = script_int(w->orders);
    return RC_OK;
}

static enum rc do_on(void *ctx, const struct script_value *arg, int count,
                     struct script_value *result, struct err *e)
{
    (void)count, (void)result, (void)e;
    ((struct world *)ctx)->handler = arg[1].func;
    return RC_OK;
}

static enum rc do_echo(void *ctx, const struct script_value *arg, int count,
                       struct script_value *result, struct err *e)
{
    (void)ctx, (void)e;
    if (count > 0)
        *result = arg[0];
    return RC_OK;
}

static const struct script_fn FUNCTIONS[] = {
    {"order", "text:text seat?:text -> int", "下达指令", "submits an order", do_order},
    {"on", "event:text handler:func", "登记处理函数", "registers a handler", do_on},
    {"echo", "value:any -> any", "原样返回", "gives it back", do_echo},
    {"take", "opts:map", "取一个表", "takes a map", do_echo},
};

/* --- a view: team["a"].crew, team[1], #team --- */

enum { VIEW_TEAMS, VIEW_TEAM };
static const char *const TEAMS[] = {"zulu", "alpha", "mike"};

static enum rc team_get(const struct script_view *v, const struct script_value *key,
                        struct script_value *out, struct err *e)
{
    struct script_view team = *v;

    if (v->kind == VIEW_TEAM) {
        if (key->kind == SCRIPT_TEXT && text_is(key->t, "crew")) {
            *out = script_int(10 + v->id);
            return RC_OK;
        }
        if (key->kind == SCRIPT_TEXT && text_is(key->t, "name")) {
            *out = script_text(text_of(TEAMS[v->id]));
            return RC_OK;
        }
        if (key->kind == SCRIPT_TEXT && text_is(key->t, "order")) {
            out->kind = SCRIPT_ROW;
            out->row = &FUNCTIONS[2];
            return RC_OK;
        }
        return ERR(e, RC_INPUT, MSG_CORE_UNKNOWN_KEY_NEAR, arg_t(key->t), arg_s("crew"));
    }
    team.kind = VIEW_TEAM;
    for (int i = 0; i < COUNT_OF(TEAMS); i++) {
        if (key->kind == SCRIPT_TEXT ? text_is(key->t, TEAMS[i]) : key->i == i + 1) {
            team.id = i;
            *out = script_object(team);
            return RC_OK;
        }
    }
    if (key->kind == SCRIPT_INT)
        return RC_OK;
    return ERR(e, RC_INPUT, MSG_CORE_UNKNOWN_REF_NEAR, arg_s("team"), arg_t(key->t),
               arg_s("zulu"));
}

static int team_count(const struct script_view *v)
{
    return v->kind == VIEW_TEAMS ? COUNT_OF(TEAMS) : 1;
}

static void team_key(const struct script_view *v, int i, struct script_value *out)
{
    *out = script_text(text_of(v->kind == VIEW_TEAMS ? TEAMS[i] : "crew"));
}

static const struct script_view_ops TEAM_OPS = {"team", team_get, team_count, team_key};

/* --- fixture --- */

struct fixture {
    struct source_file file;
    struct source_list list;
    struct world w;
    struct script *s;
    struct arena a;
    struct err e;
    const struct doc *doc;
};

static void on_print(void *ctx, struct text line)
{
    struct world *w = ctx;

    buf_text(&w->out, line);
    buf_char(&w->out, '\n');
}

static void setup(struct fixture *f, const char *source)
{
    struct script_options options;

    memset(f, 0, sizeof *f);
    memset(&options, 0, sizeof options);
    f->w.out = BUF_ON(f->w.printed);
    f->file = (struct source_file){"scenario.lua", text_of(source)};
    f->list = (struct source_list){&f->file, 1};
    options.reader = source_list_reader(&f->list);
    options.fn = FUNCTIONS;
    options.fn_count = COUNT_OF(FUNCTIONS);
    options.ctx = &f->w;
    options.print = on_print;
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

static struct script_value teams(struct fixture *f)
{
    return script_object((struct script_view){&TEAM_OPS, &f->w, VIEW_TEAMS, 0, 0});
}

/* Calls the function f of `return { f = function(s) BODY end }`. */
static enum rc call(struct fixture *f, const char *body, struct script_value *result)
{
    char source[1000];
    struct buf b = BUF_ON(source);
    struct script_value arg;

    buf_str(&b, "return { f = function(s)\n");
    buf_str(&b, body);
    buf_str(&b, " end }");
    setup(f, source);
    arg = teams(f);
    return script_call(f->s, doc_get(f->doc, "f")->func, &arg, 1, result, 1000000, &f->e);
}

static void gives(const char *body, const char *expected)
{
    struct fixture f;
    struct script_value result;
    char full[1000];
    struct buf b = BUF_ON(full);

    buf_str(&b, "return tostring((function()\n");
    buf_str(&b, body);
    buf_str(&b, " end)())");
    if (call(&f, full, &result) != RC_OK)
        fail_msg("%s: %s", body, f.e.text[LANG_EN]);
    assert_int_equal(result.kind, SCRIPT_TEXT);
    if (!text_is(result.t, expected))
        fail_msg("%s\n  expected: %s\n  got: %.*s", body, expected, result.t.len, result.t.at);
    teardown(&f);
}

static void refuses(const char *body, const char *where, const char *what)
{
    struct fixture f;
    struct script_value result;

    if (call(&f, body, &result) == RC_OK)
        fail_msg("%s: no error", body);
    if (strstr(f.e.text[LANG_EN], where) != f.e.text[LANG_EN] ||
        strstr(f.e.text[LANG_EN], what) == NULL)
        fail_msg("%s\n  expected: %s .. %s\n  got: %s", body, where, what, f.e.text[LANG_EN]);
    assert_true(strstr(f.e.text[LANG_ZH], where) == f.e.text[LANG_ZH]);
    teardown(&f);
}

/* --- tests --- */

static void views_are_read(void **state)
{
    (void)state;
    gives("return s.alpha.crew", "11");
    gives("return s['zulu'].name", "zulu");
    gives("return s[3].name", "mike");
    gives("return #s", "3");
    gives("return s.alpha == s[2]", "true");
    gives("return s.alpha == s[1]", "false");
    gives("return s[4]", "nil");
    gives("return s.alpha", "team");
    gives("return type(s)", "userdata");
    gives("local n = '' for k, t in pairs(s) do n = n .. k .. t.crew .. ' ' end return n",
          "zulu10 alpha11 mike12 ");
    gives("local n = 0 for _, t in ipairs(s) do n = n + t.crew end return n", "33");
    gives("return s.alpha.order(5)", "5");
    refuses("return s.alhpa", "scenario.lua:2: ", "zulu");
    refuses("return\ns.alpha.crw", "scenario.lua:3: ", "did you mean 'crew'");
    refuses("s.alpha.crew = 5", "scenario.lua:2: ", "only be read");
    refuses("return s[{}]", "scenario.lua:2: ", "table");
    refuses("return s[1.5]", "scenario.lua:2: ", "number");
}

static void functions_are_called(void **state)
{
    struct fixture f;
    struct script_value result;

    (void)state;
    assert_int_equal(call(&f, "return order('dispatch', 'fire') + order('again')", &result), RC_OK);
    assert_int_equal(result.i, 3);
    assert_int_equal(f.w.orders, 2);
    assert_string_equal(f.w.last, "again");
    teardown(&f);
    refuses("order()", "scenario.lua:2: ", "order(text, seat?)");
    refuses("order(5)", "scenario.lua:2: ", "must be text, got int");
    refuses("order('a', 'b', 'c')", "scenario.lua:2: ", "too many");
    refuses("on('x', 5)", "scenario.lua:2: ", "must be func");
    refuses("\norder('fail')", "scenario.lua:3: ", "did you mean 'fire_pro_1'");
    refuses("local t = {} t[1] = t echo(t)", "scenario.lua:2: ", "contains itself");
    refuses("take('x')", "scenario.lua:2: ", "must be map");
    gives("take({}) take({a = 1}) return 1", "1");
    /* both languages survive a catch and a second raise */
    refuses("local ok, e = pcall(order, 'fail')\nerror(e, 0)", "scenario.lua:2: ", "fire_pro_1");
}

static void values_cross_both_ways(void **state)
{
    struct fixture f;
    struct script_value result;
    const struct script_value *v;

    (void)state;
    assert_int_equal(call(&f, "return echo({ b = {1, 2.5, 'x', true}, a = {c = {}}, f = print })",
                          &result), RC_OK);
    assert_int_equal(result.kind, SCRIPT_MAP);
    assert_true(text_is(result.key[0], "a") && text_is(result.key[1], "b"));
    v = script_get(&result, "b");
    assert_non_null(v);
    assert_int_equal(v->kind, SCRIPT_LIST);
    assert_int_equal(v->count, 4);
    assert_int_equal(v->item[0].i, 1);
    assert_true(v->item[1].n == 2.5);
    assert_true(text_is(v->item[2].t, "x"));
    assert_true(v->item[3].b);
    assert_int_equal(script_get(&result, "f")->kind, SCRIPT_FUNC);
    assert_null(script_get(&result, "none"));
    teardown(&f);
    assert_int_equal(call(&f, "return s.alpha", &result), RC_OK);
    assert_int_equal(result.kind, SCRIPT_VIEW);
    assert_int_equal(result.view.id, 1);
    teardown(&f);
    assert_int_equal(call(&f, "return", &result), RC_OK);
    assert_int_equal(result.kind, SCRIPT_NIL);
    assert_int_equal(script_call(f.s, 99, NULL, 0, NULL, 1000, &f.e), RC_INPUT);
    teardown(&f);
}

static void handlers_are_kept(void **state)
{
    struct fixture f;
    struct script_value arg = script_text(TEXT("fire"));
    struct script_value result;

    (void)state;
    setup(&f, "local n = 0\non('spread', function(what) n = n + 1 return what .. n end)\nreturn {}");
    assert_true(f.w.handler > 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(script_call(f.s, f.w.handler, &arg, 1, &result, 1000, &f.e), RC_OK);
    assert_true(text_is(result.t, "fire3"));
    teardown(&f);
    /* keeping without end is noticed */
    refuses("while true do on('x', function() end) end", "scenario.lua:2: ", "functions are kept");
}

static void a_call_has_its_own_budget(void **state)
{
    struct fixture f;
    struct script_value result;
    int loop, fine;

    (void)state;
    setup(&f, "return { loop = function()\n while true do pcall(order, 'x') end end,\n"
              "fine = function() return 7 end }");
    loop = doc_get(f.doc, "loop")->func;
    fine = doc_get(f.doc, "fine")->func;
    for (int i = 0; i < 20; i++) {
        assert_int_equal(script_call(f.s, loop, NULL, 0, &result, 10000, &f.e), RC_INPUT);
        assert_non_null(strstr(f.e.text[LANG_EN], "scenario.lua:2: the script did not end within 10000"));
        assert_int_equal(script_call(f.s, fine, NULL, 0, &result, 10000, &f.e), RC_OK);
        assert_int_equal(result.i, 7);
    }
    teardown(&f);
    /* the same number of orders on every machine */
    setup(&f, "return { loop = function() while true do order('x') end end }");
    assert_int_equal(script_call(f.s, doc_get(f.doc, "loop")->func, NULL, 0, NULL, 5000, &f.e),
                     RC_INPUT);
    int first = f.w.orders;
    teardown(&f);
    setup(&f, "return { loop = function() while true do order('x') end end }");
    assert_int_equal(script_call(f.s, doc_get(f.doc, "loop")->func, NULL, 0, NULL, 5000, &f.e),
                     RC_INPUT);
    assert_int_equal(f.w.orders, first);
    assert_true(first > 100);
    teardown(&f);
}

static void pairs_has_one_order(void **state)
{
    (void)state;
    gives("local t = {30, 10, 20} t.b = 1 t.a = 2 t[-1] = 3 t[2.5] = 4 t[true] = 5 t[1e9] = 6 "
          "t[false] = 7 t['10'] = 8 local n = '' "
          "for k in pairs(t) do n = n .. tostring(k) .. ' ' end return n",
          "-1 1 2 2.5 3 1000000000 10 a b false true ");
    gives("local n = '' for k in pairs({ z = 1, ['队'] = 1, a = 1, Z = 1 }) do n = n .. k end return n",
          "Zaz队");
    gives("local t = {a = 1, b = 2, c = 3} local n = '' "
          "for k in pairs(t) do t.b = nil n = n .. k end return n", "ac");
    gives("local t = {a = 1, b = 2} for k, v in pairs(t) do t[k] = v + 1 end return t.a + t.b", "5");
    gives("local n = 0 for i = 1, 100 do for k in pairs({[i] = i, ['x' .. i] = i}) do n = n + 1 end end "
          "return n", "200");
    gives("local n = 0 for k in pairs({}) do n = n + 1 end return n", "0");
    refuses("pairs({[{}] = 1})", "scenario.lua:2: ", "table");
    refuses("pairs(nil)", "scenario.lua:2: ", "nil");
}

static void sorting_is_stable(void **state)
{
    (void)state;
    gives("local t = {} for i = 1, 9 do t[i] = {k = i % 3, i = i} end "
          "table.sort(t, function(a, b) return a.k < b.k end) "
          "local n = '' for _, e in ipairs(t) do n = n .. e.i end return n", "369147258");
    gives("local t = {3, 1, 2} table.sort(t) return table.concat(t, ' ')", "1 2 3");
    gives("local t = {} table.sort(t) return #t", "0");
    gives("local t = {'b', 'a'} table.sort(t, function() return true end) return #t", "2");
    refuses("table.sort({1, 'a'})", "scenario.lua:2: ", "compare");
}

/* The pattern matcher is ours: the manual's language must hold. Expected values were taken from lua5.4. */
static void patterns_follow_the_manual(void **state)
{
    (void)state;
    gives("return ('hello world'):find('o w')", "5");
    gives("return select(2, ('hello'):find('l+'))", "4");
    gives("return ('  trim  '):match('^%s*(.-)%s*$') .. '|'", "trim|");
    gives("return ('key = value'):gsub('(%w+) = (%w+)', '%2=%1')", "value=key");
    gives("return ('abc'):gsub('', '-')", "-a-b-c-");
    gives("return ('abc'):gsub('%w', '%0%0')", "aabbcc");
    gives("return ('hello'):gsub('l', {l = 'L'})", "heLLo");
    gives("return ('hello'):gsub('.', function(c) if c == 'e' then return 'E' end end)", "hEllo");
    gives("return select(2, ('banana'):gsub('a', 'x', 2))", "2");
    gives("return ('f(a(b)c)d'):match('%b()')", "(a(b)c)");
    gives("return ('THE (quick) fox'):find('%((%a+)%)')", "5");
    gives("return ('hello'):match('()ll()')", "3");
    gives("return ('THE END'):gsub('%f[%a]%a+', 'x')", "x x");
    gives("return ('abcabc'):match('(abc)%1')", "abc");
    gives("return ('x-y'):match('[%w-]+')", "x-y");
    gives("return ('a]b'):match('[]]')", "]");
    gives("return ('a^b'):match('[b^]')", "^");
    gives("return ('2022-08-20'):match('^(%d%d%d%d)%-(%d%d)')", "2022");
    gives("return ('a.b'):find('.', 1, true)", "2");
    gives("return ('aaa'):find('a', -1)", "3");
    gives("return ('aaa'):find('', 10)", "nil");
    gives("return ('abc'):match('b$')", "nil");
    gives("return ('a$c'):match('a$c')", "a$c");
    gives("return ('aXb'):gsub('%u', '%%')", "a%b");
    gives("return ('abc'):match('((a)(b))')", "ab");
    gives("local n = '' for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do n = n .. k .. v end return n",
          "a1b2");
    gives("local n = 0 for w in ('a b c'):gmatch('%a*') do n = n + 1 end return n", "3");
    gives("return ('x'):rep(3, ',')", "x,x,x");
    gives("return ('\\0a'):find('a')", "2");
    gives("return ('a\\0b'):match('%z')", "nil");
}

static void printing_shows_no_address(void **state)
{
    struct fixture f;

    (void)state;
    setup(&f, "print({}, print, 1, 'x', nil)\nreturn {}");
    assert_string_equal(f.w.printed, "table\tfunction\t1\tx\tnil\n");
    teardown(&f);
}

static void the_manual_comes_from_the_rows(void **state)
{
    char text[4000];
    struct buf b = BUF_ON(text);

    (void)state;
    script_stubs(FUNCTIONS, COUNT_OF(FUNCTIONS), &b);
    assert_non_null(strstr(text, "---@param seat? string\n---@return integer\nfunction order(text, seat) end"));
    assert_non_null(strstr(text, "下达指令"));
    buf_clear(&b);
    script_manual(FUNCTIONS, COUNT_OF(FUNCTIONS), LANG_EN, &b);
    assert_non_null(strstr(text, "### `order(text, seat?)`\n\nsubmits an order"));
    assert_false(b.full);
}

/* Not a benchmark: only a guard against a call growing ten times dearer than meant (0.2 us). */
static void a_call_is_cheap(void **state)
{
    struct fixture f;
    struct timespec t0, t1;
    const int n = 200000;
    double each_us;

    (void)state;
    setup(&f, "return { f = function() end }");
    int handle = doc_get(f.doc, "f")->func;
    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t0), 0);
    for (int i = 0; i < n; i++)
        assert_int_equal(script_call(f.s, handle, NULL, 0, NULL, 100000, &f.e), RC_OK);
    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1), 0);
    each_us = ((double)(t1.tv_sec - t0.tv_sec) * 1e6 + (double)(t1.tv_nsec - t0.tv_nsec) * 1e-3) / n;
    print_message("an empty call takes %.3f us\n", each_us);
    assert_true(each_us < 5.0);
    teardown(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_are_read),
        cmocka_unit_test(functions_are_called),
        cmocka_unit_test(values_cross_both_ways),
        cmocka_unit_test(handlers_are_kept),
        cmocka_unit_test(a_call_has_its_own_budget),
        cmocka_unit_test(pairs_has_one_order),
        cmocka_unit_test(sorting_is_stable),
        cmocka_unit_test(patterns_follow_the_manual),
        cmocka_unit_test(printing_shows_no_address),
        cmocka_unit_test(the_manual_comes_from_the_rows),
        cmocka_unit_test(a_call_is_cheap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

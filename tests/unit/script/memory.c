/* Protects what a script remembers: saved from one script and restored into another of the same
 * sources, hidden counters, shared upvalues, nested and cyclic tables, views and the libraries' own
 * tables go on exactly as they were; the same memory gives the same bytes; what cannot be kept is
 * named; damaged bytes are refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/script.h"

/* --- a world to look at: one view, which counts --- */

static enum rc get_thing(const struct script_view *v, const struct script_value *key,
                         struct script_value *out, struct err *e)
{
    (void)e;
    *out = key->kind == SCRIPT_INT ? script_nil() : script_int(v->id + (int64_t)v->extra);
    return RC_OK;
}

static const struct script_view_ops thing_ops = {"thing", get_thing, NULL, NULL};
static const struct script_view_ops other_ops = {"other", get_thing, NULL, NULL};
static const struct script_view_ops *const view_ops[] = {&other_ops, &thing_ops};

static enum rc do_take(void *ctx, const struct script_value *arg, int count,
                       struct script_value *result, struct err *e)
{
    (void)ctx, (void)arg, (void)count, (void)result, (void)e;
    return RC_OK;
}

static const struct script_fn functions[] = {{"take", "value:any", "取", "takes it", do_take}};

static int world;

struct rig {
    struct script *s;
    struct arena arena;
    int step; /* handle */
    struct source_file file[2];
    struct source_list list;
};

static void rig_open(struct rig *r, const char *main, const char *part)
{
    struct err e = {0};
    const struct doc *doc = NULL;
    *r = (struct rig){
        .file = {{"main.lua", text_of(main)}, {"part.lua", text_of(part ? part : "return {}")}}};
    r->list = (struct source_list){r->file, 2};
    arena_init(&r->arena, 0);
    struct script_options opt = {.reader = source_list_reader(&r->list),
                                 .fn = functions,
                                 .fn_count = 1,
                                 .ctx = &world,
                                 .view_ops = view_ops,
                                 .views = 2};
    if (script_open(&opt, &r->s, &e) != RC_OK ||
        script_load(r->s, "main.lua", &r->arena, &doc, &e) != RC_OK ||
        script_seal(r->s, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(doc->kind, DOC_FUNC);
    r->step = doc->func;
}

static void rig_close(struct rig *r)
{
    script_close(r->s);
    arena_free(&r->arena);
}

/* One call with a view; what it returns, as text. */
static const char *step(struct rig *r, int i)
{
    static char out[2][512];
    static int turn;
    char *to = out[turn ^= 1];
    struct err e = {0};
    struct script_value args[2] = {script_int(i), script_object((struct script_view){
                                                      &thing_ops, &world, 1, 40, 2})},
                        is;
    if (script_call(r->s, r->step, args, 2, &is, 100000, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(is.kind, SCRIPT_TEXT);
    assert_true(text_copy(to, 512, is.t));
    return to;
}

static struct script_memory save(struct rig *r)
{
    struct script_memory m = {0};
    struct err e = {0};
    if (script_save(r->s, &m, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    return m;
}

/* Runs one straight through; at every moment a second one takes over and goes on: all they say is
 * the same. */
static void goes_on(const char *main, const char *part, int steps)
{
    for (int at = 0; at <= steps; at++) {
        struct rig a, b;
        struct err e = {0};
        rig_open(&a, main, part);
        rig_open(&b, main, part);
        for (int i = 0; i < at; i++)
            (void)step(&a, i);
        for (int i = 0; i < at % 3; i++)
            (void)step(&b, 90 + i); /* whatever it did before is forgotten */
        struct script_memory m = save(&a);
        if (script_restore(b.s, m.at, m.size, &e) != RC_OK)
            fail_msg("%s", err_text(&e, LANG_EN));
        struct script_memory again = save(&b);
        assert_int_equal(again.size, m.size);
        assert_memory_equal(again.at, m.at, m.size);
        for (int i = at; i < steps + 4; i++)
            assert_string_equal(step(&a, i), step(&b, i));
        script_memory_free(&m);
        script_memory_free(&again);
        m = save(&a);
        again = save(&b);
        assert_int_equal(again.size, m.size);
        assert_memory_equal(again.at, m.at, m.size);
        script_memory_free(&m);
        script_memory_free(&again);
        rig_close(&a);
        rig_close(&b);
    }
}

static void hidden_counters_go_on(void **state)
{
    (void)state;
    goes_on("local n, half = 0, 0.5\n"
            "return function(i) n = n + 1; half = half * 0.5; return n .. ' ' .. half end",
            NULL, 7);
}

/* Two functions and a third in another file share one variable; a second pair made by the same code
 * has its own. */
static void shared_variables_stay_shared(void **state)
{
    (void)state;
    goes_on(
        "local part = include 'part.lua'\n"
        "local function pair() local n = 0; return function() n = n + 1 end, function() return n "
        "end end\n"
        "local up, get = pair()\n"
        "local up2, get2 = pair()\n"
        "return function(i) up() if i % 2 == 0 then up2() end part.tick()\n"
        "  return get() .. ' ' .. get2() .. ' ' .. part.count() end",
        "local c = 0\nreturn { tick = function() c = c + 10 end, count = function() return c end }",
        6);
}

static void tables_keep_identity_and_circles(void **state)
{
    (void)state;
    goes_on("local tree = { name = 'root' }\ntree.self = tree\n"
            "local seen, queue = {}, {}\n"
            "kept = { tree = tree }\n" /* a global holds it as well */
            "return function(i)\n"
            "  local child = { up = tree, i = i, f = i / 3, [0] = 'zero', [-1] = true, [2.5] = "
            "'half', [true] = i }\n"
            "  child.me = child\n"
            "  tree[#tree + 1] = child\n"
            "  queue[#queue + 1] = child\n"
            "  if #queue > 3 then table.remove(queue, 1) end\n"
            "  seen['k' .. i] = queue\n"
            "  kept.tree.last = child\n"
            "  local s = ''\n"
            "  for k, v in pairs(kept.tree.last) do s = s .. tostring(k) .. '=' .. tostring(v == "
            "child or v) .. ';' end\n"
            "  return s .. #tree .. #queue .. tostring(tree.self == kept.tree) .. tostring(seen.k0 "
            "== queue)\n"
            "    .. tostring(tree[1].me == tree[1]) .. queue[1].i\n"
            "end",
            NULL, 8);
}

static void views_are_made_anew(void **state)
{
    (void)state;
    goes_on("local first, list = nil, {}\n"
            "return function(i, v) first = first or v; list[i % 2 == 0 and 'even' or 'odd'] = v; "
            "list.again = first\n"
            "  return tostring(rawequal(first, list.again)) .. tostring(first == v) .. first.x .. "
            "tostring(list.odd and list.odd.x) end",
            NULL, 4);
}

static void functions_and_libraries_can_be_put_elsewhere(void **state)
{
    (void)state;
    goes_on("local function one() return 'one' end\nlocal function two() return 'two' end\n"
            "local now = one\nmath.mine = 1\nnames = { one = 1, two = 2 }\n"
            "return function(i)\n"
            "  now = i % 3 == 0 and two or one\n" /* which function stands in a variable */
            "  names[now()] = (names[now()] or 0) + 1\n"
            "  math.mine = math.mine + 1\n"
            "  if i == 2 then string.double = string.rep; names.one = nil end\n"
            "  local s = rawget(string, 'double') and ('x'):double(3) or '-'\n"
            "  take(one)\n"
            "  return now() .. s .. math.mine .. tostring(names.one) .. names.two end",
            NULL, 6);
}

static void refused(const char *main, const char *says)
{
    struct rig r;
    struct err e = {0};
    struct script_memory m = {0};
    rig_open(&r, main, NULL);
    assert_int_equal(script_save(r.s, &m, &e), RC_OK);
    struct script_memory before = save(&r);
    (void)step(&r, 1);
    assert_int_equal(script_save(r.s, &m, &e), RC_INPUT);
    if (!strstr(err_text(&e, LANG_EN), says))
        fail_msg("'%s' does not say '%s'", err_text(&e, LANG_EN), says);
    (void)step(&r, 0); /* it goes on all the same, and forgets what was in the way */
    assert_int_equal(script_save(r.s, &m, &e), RC_OK);
    assert_int_equal(m.size, before.size);
    assert_memory_equal(m.at, before.at, m.size);
    script_memory_free(&m);
    script_memory_free(&before);
    rig_close(&r);
}

static void what_cannot_be_kept_is_named(void **state)
{
    (void)state;
    refused("local plan = { later = {} }\nreturn function(i)\n"
            "  if i == 1 then plan.later[1] = function() return i end else plan.later[1] = nil end "
            "return '' end",
            "plan.later[1] is a function made while the drill runs (main.lua:3)");
    refused("local it = false\nreturn function(i) if i == 1 then it = pairs({}) else it = false "
            "end return '' end",
            "it is a function");
    refused("local sent = {}\nreturn function(i) if i == 1 then sent[7] = 1 else sent[7] = nil end "
            "return '' end",
            "sent is a list with holes");
    refused("local by = {}\nreturn function(i) if i == 1 then by[by] = 1 else by[by] = nil end "
            "return '' end",
            "by has a key of type table");
}

static void an_include_on_the_way_is_named(void **state)
{
    (void)state;
    struct rig r;
    struct err e = {0};
    struct script_memory m = {0};
    rig_open(&r, "return function(i) include 'part.lua' return '' end", "return { 1 }");
    (void)step(&r, 1);
    assert_int_equal(script_save(r.s, &m, &e), RC_INPUT);
    assert_non_null(strstr(err_text(&e, LANG_EN), "part.lua was included while the drill runs"));
    script_memory_free(&m);
    rig_close(&r);
}

static void damaged_bytes_are_refused(void **state)
{
    (void)state;
    static const char main[] = "local n, t = 0, { a = { 1, 2, 3 }, b = 'text', c = 1.5 }\nt.t = t\n"
                               "return function(i, v) n = n + 1 t.v = v return '' .. n end";
    struct rig a;
    struct err e = {0};
    rig_open(&a, main, NULL);
    (void)step(&a, 1);
    struct script_memory m = save(&a);
    uint8_t *bad = malloc(m.size + 1);
    assert_non_null(bad);
    int refusals = 0;
    for (size_t cut = 0; cut < m.size + 2;
         cut += 3) { /* short ones, and one byte left over at the end */
        struct rig b;
        rig_open(&b, main, NULL);
        memcpy(bad, m.at, m.size);
        bad[m.size] = 0;
        size_t size = cut < m.size ? cut : m.size + 1;
        assert_int_equal(script_restore(b.s, bad, size, &e), RC_CORRUPT);
        rig_close(&b);
    }
    for (size_t at = 0; at < m.size;
         at++) { /* a wrong byte is refused, or is another value: never a crash */
        struct rig b;
        rig_open(&b, main, NULL);
        memcpy(bad, m.at, m.size);
        bad[at] ^= (uint8_t)(1 + at * 37 % 255);
        refusals += script_restore(b.s, bad, m.size, &e) != RC_OK;
        rig_close(&b);
    }
    assert_true(refusals > (int)(m.size / 8));
    struct rig other; /* of other sources */
    rig_open(&other, "local x = 1 return function(i) x = x + 1 return 'x' .. x end", NULL);
    assert_int_equal(script_restore(other.s, m.at, m.size, &e), RC_CORRUPT);
    rig_close(&other);
    free(bad);
    script_memory_free(&m);
    rig_close(&a);
}

/* However a table came to be what it is, its bytes are the same: they can be compared and hashed.
 */
static void the_same_memory_gives_the_same_bytes(void **state)
{
    (void)state;
    static const char main[] =
        "local t = {}\nreturn function(i)\n"
        "  if i == 1 then for k = 1, 40 do t['k' .. k] = k end end\n"
        "  if i == 2 then for k = 40, 1, -1 do t['k' .. k] = 0 end for k = 1, 40 do t['k' .. k] = "
        "k end end\n"
        "  if i == 3 then for k = 1, 90 do t[k] = k end for k = 90, 1, -1 do t[k] = nil end end\n"
        "  return '' end";
    struct rig a, b;
    rig_open(&a, main, NULL);
    rig_open(&b, main, NULL);
    (void)step(&a, 1);
    (void)step(&b, 3);
    (void)step(&b, 2);
    struct script_memory x = save(&a), y = save(&b);
    assert_int_equal(x.size, y.size);
    assert_memory_equal(x.at, y.at, x.size);
    script_memory_free(&x);
    script_memory_free(&y);
    rig_close(&a);
    rig_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hidden_counters_go_on),
        cmocka_unit_test(shared_variables_stay_shared),
        cmocka_unit_test(tables_keep_identity_and_circles),
        cmocka_unit_test(views_are_made_anew),
        cmocka_unit_test(functions_and_libraries_can_be_put_elsewhere),
        cmocka_unit_test(what_cannot_be_kept_is_named),
        cmocka_unit_test(an_include_on_the_way_is_named),
        cmocka_unit_test(damaged_bytes_are_refused),
        cmocka_unit_test(the_same_memory_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

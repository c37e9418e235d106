/* The string library: Lua's own harmless functions, and ours where length or cost must be bounded. */
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#include "script/fence.h"
#include "script/library.h"
#include "script/pattern.h"
#include "script/script.h"

enum {
    MATCH_STEPS = 4000000, /* one call of find, match, gsub: about 20 ms at worst */
    FORMAT_SPEC_MAX = 200,
};

static struct text check_text(lua_State *L, int index)
{
    size_t len;
    const char *at = luaL_checklstring(L, index, &len);

    return (struct text){at, (int)len}; /* SCRIPT_TEXT_MAX keeps it far below INT_MAX */
}

/* A 1-based place that may count from the end, as a 0-based offset clipped into 0..len+1. */
static int check_start(lua_State *L, int index, int len)
{
    lua_Integer i = luaL_optinteger(L, index, 1);

    if (i < 0)
        i = i < -(lua_Integer)len ? 1 : len + i + 1;
    if (i == 0)
        i = 1;
    return i > (lua_Integer)len + 1 ? len + 1 : (int)i - 1;
}

static void compile(lua_State *L, struct pattern *p, struct text t)
{
    const char *wrong = pattern_compile(p, t.at, (size_t)t.len);

    if (wrong != NULL)
        RAISE(L, MSG_SCRIPT_PATTERN, arg_s(wrong));
}

/* Charges what the match took and raises when it gave up. */
static void settle(lua_State *L, const struct pattern_match *m, int64_t given)
{
    fence_charge(L, (given - m->steps) / 4 + 1);
    if (m->steps < 0)
        RAISE0(L, MSG_SCRIPT_PATTERN_COST);
}

static void push_capture(lua_State *L, const struct pattern_match *m, int i, const char *from)
{
    if (i >= m->count) { /* no captures at all: the whole match */
        (void)lua_pushlstring(L, from, (size_t)(m->end - from));
        return;
    }
    if (m->capture[i].len == CAPTURE_POSITION)
        lua_pushinteger(L, (lua_Integer)(m->capture[i].at - m->subject) + 1);
    else
        (void)lua_pushlstring(L, m->capture[i].at, (size_t)m->capture[i].len);
}

static int push_captures(lua_State *L, const struct pattern_match *m, const char *from)
{
    int n = m->count > 0 ? m->count : (from != NULL ? 1 : 0);

    luaL_checkstack(L, n, NULL);
    for (int i = 0; i < n; i++)
        push_capture(L, m, i, from);
    return n;
}

/* The first match at or after from; NULL when there is none. */
static const char *search(const struct pattern *p, struct pattern_match *m, const char *from)
{
    for (const char *s = from; s <= m->subject_end && m->steps >= 0; s++) {
        if (pattern_match_at(p, m, s))
            return s;
        if (p->anchored)
            break;
    }
    return NULL;
}

static struct pattern_match match_on(struct text s)
{
    struct pattern_match m;

    m.subject = s.at;
    m.subject_end = s.at + s.len;
    m.end = NULL;
    m.count = 0;
    m.steps = MATCH_STEPS;
    return m;
}

static int find_plain(lua_State *L, struct text s, struct text what, int start)
{
    int64_t work = 0;

    for (int i = start; i + what.len <= s.len; i++) {
        const char *hit = what.len == 0 ? s.at + i
                                        : memchr(s.at + i, what.at[0], (size_t)(s.len - i));
        if (hit == NULL || hit + what.len > s.at + s.len)
            break;
        i = (int)(hit - s.at);
        work += what.len / 16 + 1;
        if (memcmp(hit, what.at, (size_t)what.len) == 0) {
            lua_pushinteger(L, i + 1);
            lua_pushinteger(L, i + what.len);
            return 2;
        }
        if (work > 10000) {
            fence_charge(L, work);
            work = 0;
        }
    }
    fence_charge(L, work + s.len / 64);
    luaL_pushfail(L);
    return 1;
}

static bool is_plain(struct text p)
{
    for (int i = 0; i < p.len; i++)
        if (p.at[i] != '\0' && strchr("^$*+?.([%-", p.at[i]) != NULL)
            return false;
    return true;
}

static int find_or_match(lua_State *L, bool find)
{
    struct text s = check_text(L, 1);
    struct text what = check_text(L, 2);
    int start = check_start(L, 3, s.len);
    struct pattern p;
    struct pattern_match m = match_on(s);
    const char *at;

    if (start > s.len) {
        luaL_pushfail(L);
        return 1;
    }
    if (find && (lua_toboolean(L, 4) || is_plain(what)))
        return find_plain(L, s, what, start);
    compile(L, &p, what);
    at = search(&p, &m, s.at + start);
    settle(L, &m, MATCH_STEPS);
    if (at == NULL) {
        luaL_pushfail(L);
        return 1;
    }
    if (!find)
        return push_captures(L, &m, at);
    lua_pushinteger(L, at - s.at + 1);
    lua_pushinteger(L, m.end - s.at);
    return 2 + push_captures(L, &m, NULL);
}

static int string_find(lua_State *L)
{
    return find_or_match(L, true);
}

static int string_match(lua_State *L)
{
    return find_or_match(L, false);
}

/* Upvalues: subject, pattern, offset to go on from, end of the last match (so that an empty match never
 * repeats it). */
static int gmatch_next(lua_State *L)
{
    struct text s = check_text(L, lua_upvalueindex(1));
    struct text what = check_text(L, lua_upvalueindex(2));
    lua_Integer from = lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    struct pattern p;
    struct pattern_match m = match_on(s);

    if (from > s.len)
        return 0;
    compile(L, &p, what);
    for (const char *at = s.at + from; at <= m.subject_end; at++) {
        at = search(&p, &m, at);
        if (at == NULL)
            break;
        if (m.end - s.at == last)
            continue;
        settle(L, &m, MATCH_STEPS);
        lua_pushinteger(L, m.end - s.at);
        lua_copy(L, -1, lua_upvalueindex(3));
        lua_replace(L, lua_upvalueindex(4));
        return push_captures(L, &m, at);
    }
    settle(L, &m, MATCH_STEPS);
    lua_pushinteger(L, (lua_Integer)s.len + 1);
    lua_replace(L, lua_upvalueindex(3));
    return 0;
}

static int string_gmatch(lua_State *L)
{
    struct text s = check_text(L, 1);
    struct text what = check_text(L, 2);
    int start = check_start(L, 3, s.len);

    /* As the manual says, '^' has no meaning here: it would prevent the iteration. */
    if (what.len > 0 && what.at[0] == '^')
        RAISE(L, MSG_SCRIPT_PATTERN, arg_s("'^' has no use in gmatch"));
    lua_settop(L, 2);
    lua_pushinteger(L, start);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, gmatch_next, 4);
    return 1;
}

/* Adds the replacement text with its %0 .. %9 filled. */
static void add_template(lua_State *L, luaL_Buffer *b, const struct pattern_match *m,
                         const char *from, struct text t)
{
    for (int i = 0; i < t.len; i++) {
        if (t.at[i] != '%') {
            luaL_addchar(b, t.at[i]);
            continue;
        }
        i++;
        if (i < t.len && t.at[i] == '%') {
            luaL_addchar(b, '%');
        } else if (i < t.len && t.at[i] == '0') {
            luaL_addlstring(b, from, (size_t)(m->end - from));
        } else if (i < t.len && t.at[i] >= '1' && t.at[i] <= '9' &&
                   t.at[i] - '1' < (m->count > 0 ? m->count : 1)) {
            push_capture(L, m, t.at[i] - '1', from);
            luaL_addvalue(b);
        } else {
            RAISE(L, MSG_SCRIPT_PATTERN, arg_s("wrong use of '%' in the replacement"));
        }
    }
}

static void add_replacement(lua_State *L, luaL_Buffer *b, const struct pattern_match *m,
                            const char *from)
{
    int kind = lua_type(L, 3);

    if (kind == LUA_TTABLE) {
        push_capture(L, m, 0, from);
        (void)lua_rawget(L, 3);
    } else if (kind == LUA_TFUNCTION) {
        int n;
        lua_pushvalue(L, 3);
        n = push_captures(L, m, from);
        lua_call(L, n, 1);
    } else {
        add_template(L, b, m, from, check_text(L, 3));
        return;
    }
    if (!lua_toboolean(L, -1)) { /* nil or false keeps the original */
        lua_pop(L, 1);
        (void)lua_pushlstring(L, from, (size_t)(m->end - from));
    } else if (!lua_isstring(L, -1)) {
        RAISE(L, MSG_SCRIPT_PATTERN, arg_s("the replacement must be a text or a number"));
    }
    luaL_addvalue(b);
}

static int string_gsub(lua_State *L)
{
    struct text s = check_text(L, 1);
    struct text what = check_text(L, 2);
    int kind = lua_type(L, 3);
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)s.len + 1);
    lua_Integer n = 0;
    struct pattern p;
    struct pattern_match m = match_on(s);
    const char *at = s.at;
    const char *last = NULL;
    luaL_Buffer b;

    luaL_argexpected(L,
                     kind == LUA_TNUMBER || kind == LUA_TSTRING || kind == LUA_TTABLE ||
                         kind == LUA_TFUNCTION,
                     3, "string/function/table");
    compile(L, &p, what);
    luaL_buffinit(L, &b);
    while (n < most) {
        bool hit = pattern_match_at(&p, &m, at);
        if (hit && m.end != last) {
            settle(L, &m, MATCH_STEPS);
            m.steps = MATCH_STEPS;
            n++;
            add_replacement(L, &b, &m, at);
            at = last = m.end;
        } else if (at < m.subject_end && m.steps >= 0) {
            luaL_addchar(&b, *at);
            at++;
        } else {
            break;
        }
        if (p.anchored)
            break;
    }
    settle(L, &m, MATCH_STEPS);
    luaL_addlstring(&b, at, (size_t)(m.subject_end - at));
    luaL_pushresult(&b);
    lua_pushinteger(L, n);
    return 2;
}

static int string_rep(lua_State *L)
{
    struct text s = check_text(L, 1);
    lua_Integer n = luaL_checkinteger(L, 2);
    struct text sep = {"", 0};
    luaL_Buffer b;

    if (!lua_isnoneornil(L, 3))
        sep = check_text(L, 3);
    if (n <= 0 || s.len + sep.len == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (n > SCRIPT_TEXT_MAX / (s.len + sep.len))
        RAISE(L, MSG_SCRIPT_TEXT_LONG, arg_i(SCRIPT_TEXT_MAX / 1024));
    fence_charge(L, n / 8 + 1);
    luaL_buffinitsize(L, &b, (size_t)(n * (s.len + sep.len)));
    for (lua_Integer i = 0; i < n; i++) {
        luaL_addlstring(&b, s.at, (size_t)s.len);
        if (i < n - 1)
            luaL_addlstring(&b, sep.at, (size_t)sep.len);
    }
    luaL_pushresult(&b);
    return 1;
}

/* Checks for %p and gives tables and functions a text without address, then calls Lua's own. */
static int string_format(lua_State *L)
{
    struct text f = check_text(L, 1);
    int specs = 0;
    int top = lua_gettop(L);

    for (int i = 0; i < f.len; i++) {
        if (f.at[i] != '%')
            continue;
        i++;
        if (i < f.len && f.at[i] == '%')
            continue;
        while (i < f.len && f.at[i] != '\0' && strchr("-+ #0123456789.", f.at[i]) != NULL)
            i++;
        if (i < f.len && f.at[i] == 'p')
            RAISE0(L, MSG_SCRIPT_FORMAT_P);
        if (++specs > FORMAT_SPEC_MAX)
            RAISE(L, MSG_SCRIPT_PATTERN, arg_s("more than 200 '%' in one format"));
    }
    for (int i = 2; i <= top; i++) {
        int kind = lua_type(L, i);
        if (kind != LUA_TNUMBER && kind != LUA_TSTRING && kind != LUA_TBOOLEAN &&
            kind != LUA_TNIL) {
            library_push_tostring(L, i);
            lua_replace(L, i);
        }
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, top, 1);
    return 1;
}

void library_push_string(lua_State *L)
{
    static const char *const kept[] = {"len", "sub", "upper", "lower", "byte", "char", "reverse"};
    static const luaL_Reg ours[] = {
        {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch},
        {"gsub", string_gsub}, {"rep", string_rep},     {NULL, NULL},
    };

    lua_pushcfunction(L, luaopen_string);
    lua_call(L, 0, 1); /* Lua's: source of the kept ones */
    lua_newtable(L);   /* ours */
    for (int i = 0; i < COUNT_OF(kept); i++) {
        (void)lua_getfield(L, -2, kept[i]);
        lua_setfield(L, -2, kept[i]);
    }
    luaL_setfuncs(L, ours, 0);
    (void)lua_getfield(L, -2, "format");
    lua_pushcclosure(L, string_format, 1);
    lua_setfield(L, -2, "format");
    lua_remove(L, -2);
    /* A new metatable for texts: methods only. Lua's own would also turn "10" + 1 into 11. */
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    (void)lua_setmetatable(L, -2);
    lua_pop(L, 1);
    library_strict(L, "string.");
}

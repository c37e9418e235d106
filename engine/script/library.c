#include "script/library.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "script/fence.h"
#include "script/loader.h"
#include "script/script.h"
#include "script/value.h"

/* --- unknown names --- */

static const struct {
    const char *name;
    const char *instead; /* "" when there is nothing like it */
} FORBIDDEN[] = {
    {"io", ""},           {"os", ""},
    {"debug", ""},        {"package", ""},
    {"require", "include \"file.lua\""},
    {"dofile", "include \"file.lua\""},
    {"loadfile", "include \"file.lua\""},
    {"load", ""},         {"loadstring", ""},
    {"collectgarbage", ""},
    {"coroutine", ""},    {"setmetatable", ""},
    {"getmetatable", ""}, {"rawset", "t[k] = v"},
    {"next", "pairs"},    {"xpcall", "pcall"},
    {"warn", "print"},    {"string.dump", ""},
    {"string.pack", ""},  {"string.unpack", ""},
    {"string.packsize", ""},
    {"math.random", "random"},
    {"math.randomseed", ""},
    {"math.tan", "math.sin(x) / math.cos(x)"},
    {"math.atan", ""},    {"math.pow", "x ^ y"},
    {"unpack", "table.unpack"},
};

/* The nearest text key of the table at index 1, into near; false when nothing is near. */
static bool nearest_key(lua_State *L, struct text word, char *near, int cap)
{
    int best = word.len / 3 > 2 ? word.len / 3 + 1 : 3;
    bool found = false;

    if (word.len <= 2)
        best = 2;
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            continue;
        size_t len;
        const char *at = lua_tolstring(L, -1, &len);
        struct text key = {at, (int)len};
        int d = text_distance(word, key, best + 1);
        /* ties by bytes, since lua_next has no fixed order */
        if (d < best || (d == best && found && text_compare(key, text_of(near)) < 0)) {
            best = d;
            found = text_copy(near, cap, key);
        }
    }
    return found;
}

/* __index of the globals and of each library; upvalue 1 is "" or "string.". */
static int missing_name(lua_State *L)
{
    char name[96];
    char near[64];
    struct buf b = BUF_ON(name);
    struct text key = {"?", 1};

    buf_str(&b, lua_tostring(L, lua_upvalueindex(1)));
    if (lua_type(L, 2) == LUA_TSTRING) {
        size_t len;
        key.at = lua_tolstring(L, 2, &len);
        key.len = len > 48 ? 48 : (int)len;
    }
    buf_text(&b, key);
    for (int i = 0; i < COUNT_OF(FORBIDDEN); i++) {
        if (strcmp(FORBIDDEN[i].name, name) != 0)
            continue;
        if (FORBIDDEN[i].instead[0] != '\0')
            RAISE(L, MSG_SCRIPT_FORBIDDEN_USE, arg_s(name), arg_s(FORBIDDEN[i].instead));
        RAISE(L, MSG_SCRIPT_FORBIDDEN, arg_s(name));
    }
    if (nearest_key(L, key, near, (int)sizeof near))
        RAISE(L, MSG_SCRIPT_UNKNOWN_NAME_NEAR, arg_s(name), arg_s(near));
    RAISE(L, MSG_SCRIPT_UNKNOWN_NAME, arg_s(name));
}

void library_strict(lua_State *L, const char *prefix)
{
    lua_createtable(L, 0, 1);
    (void)lua_pushstring(L, prefix);
    lua_pushcclosure(L, missing_name, 1);
    lua_setfield(L, -2, "__index");
    (void)lua_setmetatable(L, -2);
}

/* --- basic functions --- */

void library_push_tostring(lua_State *L, int index)
{
    const struct script_view *v;

    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
        (void)luaL_tolstring(L, index, NULL);
        return;
    default:
        v = value_view(L, index);
        (void)lua_pushstring(L, v != NULL ? v->ops->name : luaL_typename(L, index));
        return;
    }
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    library_push_tostring(L, 1);
    return 1;
}

static int base_print(lua_State *L)
{
    char line[ERR_TEXT];
    struct buf b = BUF_ON(line);
    int n = lua_gettop(L);

    for (int i = 1; i <= n; i++) {
        size_t len;
        const char *at;
        library_push_tostring(L, i);
        at = lua_tolstring(L, -1, &len);
        if (i > 1)
            buf_char(&b, '\t');
        buf_text(&b, (struct text){at, (int)len});
        lua_pop(L, 1);
    }
    loader_print(fence_of(L)->script, (struct text){line, b.len});
    return 0;
}

static bool is_overflow(lua_State *L)
{
    static const char words[] = "stack overflow";
    size_t len;
    const char *at = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &len) : NULL;

    return at != NULL && len >= sizeof words - 1 && strstr(at, words) != NULL;
}

/* A spent budget or memory limit passes through: only ordinary errors can be caught. */
static int base_pcall(lua_State *L)
{
    struct fence *f = fence_of(L);
    int status;

    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0);
    if (status == LUA_OK)
        return lua_gettop(L);
    if (status == LUA_ERRMEM)
        fence_stop_memory(f);
    /* Going on after an overflow would unwind and refill the whole stack again and again. */
    if (status == LUA_ERRERR || is_overflow(L))
        fence_stop_depth(L, f);
    if (f->stop != FENCE_RUNNING)
        return lua_error(L);
    f->syntax = false;
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

/* --- pairs --- */

struct sort_key {
    int rank; /* 0 numbers, 1 texts, 2 booleans */
    bool exact;
    lua_Integer i;
    lua_Number n;
    struct text t;
};

static int compare_keys(const void *left, const void *right)
{
    const struct sort_key *a = left;
    const struct sort_key *b = right;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->rank == 1)
        return text_compare(a->t, b->t);
    if (a->exact && b->exact)
        return (a->i > b->i) - (a->i < b->i);
    return (a->n > b->n) - (a->n < b->n);
}

static struct sort_key key_at(lua_State *L, int index)
{
    struct sort_key k = {0, false, 0, 0.0, {"", 0}};
    size_t len;

    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        k.exact = lua_isinteger(L, index) != 0;
        k.i = k.exact ? lua_tointeger(L, index) : 0;
        k.n = lua_tonumber(L, index);
        break;
    case LUA_TSTRING:
        k.rank = 1;
        k.t.at = lua_tolstring(L, index, &len);
        k.t.len = (int)len;
        break;
    case LUA_TBOOLEAN:
        k.rank = 2;
        k.exact = true;
        k.i = lua_toboolean(L, index);
        break;
    default:
        RAISE(L, MSG_SCRIPT_PAIRS_KEY, arg_s(luaL_typename(L, index)));
    }
    return k;
}

static void push_key(lua_State *L, const struct sort_key *k)
{
    if (k->rank == 1)
        (void)lua_pushlstring(L, k->t.at, (size_t)k->t.len);
    else if (k->rank == 2)
        lua_pushboolean(L, k->i != 0);
    else if (k->exact)
        lua_pushinteger(L, k->i);
    else
        lua_pushnumber(L, k->n);
}

/* Upvalues: the keys in order, the place in them. Arguments: the table, the last key. */
static int pairs_next(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));

    lua_settop(L, 1);
    for (;;) {
        i++;
        if (lua_rawgeti(L, lua_upvalueindex(1), i) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, 2);
        if (lua_rawget(L, 1) != LUA_TNIL) /* else it was removed on the way */
            break;
        lua_settop(L, 1);
    }
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
}

/* Upvalues: the place. Arguments: the view. */
static int view_next(lua_State *L)
{
    const struct script_view *v = value_view(L, 1);
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(1));
    struct script_value key = script_int(i + 1);

    if (v == NULL || i >= v->ops->count(v))
        return 0;
    if (v->ops->key != NULL)
        v->ops->key(v, (int)i, &key);
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(1));
    value_push(L, &key);
    lua_pushvalue(L, -1);
    (void)lua_gettable(L, 1);
    return 2;
}

static int pairs_view(lua_State *L, const struct script_view *v)
{
    if (v->ops->count == NULL)
        RAISE(L, MSG_SCRIPT_VIEW_LENGTH, arg_s(v->ops->name));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, view_next, 1);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

void library_push_keys(lua_State *L, int index)
{
    struct sort_key *keys;
    lua_Integer count = 0;
    lua_Integer n = 0;
    bool sorted = true;
    int list;

    index = lua_absindex(L, index);
    luaL_checkstack(L, 6, NULL);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        count++;
    fence_charge(L, count * 4);
    keys = lua_newuserdatauv(L, (size_t)(count + 1) * sizeof *keys, 0);
    lua_createtable(L, (int)count, 0);
    list = lua_gettop(L);
    for (lua_pushnil(L); n < count && lua_next(L, index); n++) {
        lua_pop(L, 1);
        keys[n] = key_at(L, -1);
        if (n > 0 && compare_keys(&keys[n - 1], &keys[n]) > 0)
            sorted = false;
    }
    lua_settop(L, list);
    if (!sorted)
        qsort(keys, (size_t)n, sizeof *keys, compare_keys);
    for (lua_Integer i = 0; i < n; i++) {
        push_key(L, &keys[i]);
        lua_rawseti(L, list, i + 1);
    }
    lua_remove(L, -2); /* the texts of the keys live as long as the table */
}

int library_pairs(lua_State *L)
{
    if (value_view(L, 1) != NULL)
        return pairs_view(L, value_view(L, 1));
    if (lua_type(L, 1) != LUA_TTABLE)
        RAISE(L, MSG_SCRIPT_PAIRS_KIND, arg_s(luaL_typename(L, 1)));
    lua_settop(L, 1);
    library_push_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_next, 2);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* --- math: what is exact comes from Lua, the rest from base/num --- */

static int math_exp(lua_State *L)
{
    lua_pushnumber(L, num_exp(luaL_checknumber(L, 1)));
    return 1;
}

static int math_log(lua_State *L)
{
    double x = luaL_checknumber(L, 1);

    if (lua_isnoneornil(L, 2))
        lua_pushnumber(L, num_log(x));
    else if (luaL_checknumber(L, 2) == 10.0)
        lua_pushnumber(L, num_log10(x));
    else
        lua_pushnumber(L, num_log(x) / num_log(luaL_checknumber(L, 2)));
    return 1;
}

static int math_sin(lua_State *L)
{
    lua_pushnumber(L, num_sin(luaL_checknumber(L, 1)));
    return 1;
}

static int math_cos(lua_State *L)
{
    lua_pushnumber(L, num_cos(luaL_checknumber(L, 1)));
    return 1;
}

static void push_math(lua_State *L)
{
    static const char *const kept[] = {"floor", "ceil",      "abs",  "min",        "max",
                                       "huge",  "pi",        "type", "tointeger",  "fmod",
                                       "sqrt",  "maxinteger", "ult", "mininteger", "modf"};
    static const luaL_Reg ours[] = {
        {"exp", math_exp}, {"log", math_log}, {"sin", math_sin}, {"cos", math_cos}, {NULL, NULL},
    };

    lua_pushcfunction(L, luaopen_math);
    lua_call(L, 0, 1);
    lua_newtable(L);
    for (int i = 0; i < COUNT_OF(kept); i++) {
        (void)lua_getfield(L, -2, kept[i]);
        lua_setfield(L, -2, kept[i]);
    }
    luaL_setfuncs(L, ours, 0);
    lua_remove(L, -2);
    library_strict(L, "math.");
}

/* --- everything together --- */

static void set_library(lua_State *L, const char *name)
{
    lua_setfield(L, -2, name); /* globals below it */
}

void library_open(lua_State *L)
{
    static const char *const kept[] = {"assert",   "error",  "ipairs",   "rawequal", "rawget",
                                       "rawlen",   "select", "tonumber", "type"};
    static const luaL_Reg ours[] = {
        {"tostring", base_tostring}, {"print", base_print},         {"pcall", base_pcall},
        {"pairs", library_pairs},    {"include", loader_include}, {NULL, NULL},
    };

    lua_pushcfunction(L, luaopen_base); /* fills the globals and returns them: the source */
    lua_call(L, 0, 1);
    lua_newtable(L);
    for (int i = 0; i < COUNT_OF(kept); i++) {
        (void)lua_getfield(L, -2, kept[i]);
        lua_setfield(L, -2, kept[i]);
    }
    luaL_setfuncs(L, ours, 0);
    library_push_string(L);
    set_library(L, "string");
    library_push_table(L);
    set_library(L, "table");
    push_math(L);
    set_library(L, "math");
    library_strict(L, "");
    /* The new table takes the place of Lua's globals, which nobody can reach any more. */
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pop(L, 1);
}

/* The table library: Lua's own functions, each charged for the work it hides. Scripts have no metatables, so #t is
 * always the table's own length. */
#include <lauxlib.h>
#include <lualib.h>

#include "script/fence.h"
#include "script/library.h"

/* Calls Lua's function in upvalue 1 with all arguments. */
static int pass_on(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

static lua_Integer length(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    return (lua_Integer)lua_rawlen(L, 1);
}

/* insert(t, v) at the end is cheap; anywhere else moves what follows. */
static int table_insert(lua_State *L)
{
    lua_Integer n = length(L);

    fence_charge(L, lua_gettop(L) > 2 ? n + 1 : 1);
    return pass_on(L);
}

static int table_remove(lua_State *L)
{
    lua_Integer n = length(L);

    fence_charge(L, lua_gettop(L) > 1 ? n + 1 : 1);
    return pass_on(L);
}

/* concat and unpack take an optional range: what counts is the range, not the length. */
static lua_Integer range(lua_State *L, int first_arg)
{
    lua_Integer n = length(L);
    lua_Integer first = luaL_optinteger(L, first_arg, 1);
    lua_Integer last = luaL_optinteger(L, first_arg + 1, n);

    if (last < first)
        return 0;
    /* unsigned: the range may span more than half the integers */
    return (lua_Unsigned)last - (lua_Unsigned)first >= 1000000000u
               ? 1000000000
               : last - first + 1;
}

static int table_concat(lua_State *L)
{
    fence_charge(L, range(L, 3) + 1);
    return pass_on(L);
}

static int table_unpack(lua_State *L)
{
    fence_charge(L, range(L, 2) + 1);
    return pass_on(L);
}

/* Whether the value at index a comes before the one at b; the comparing function, if any, is at 2. */
static bool before(lua_State *L, int a, int b)
{
    bool yes;

    if (lua_isnil(L, 2))
        return lua_compare(L, a, b, LUA_OPLT) != 0;
    lua_pushvalue(L, 2);
    lua_pushvalue(L, a);
    lua_pushvalue(L, b);
    lua_call(L, 2, 1);
    yes = lua_toboolean(L, -1) != 0;
    lua_pop(L, 1);
    return yes;
}

/* Merges from[low..mid) and from[mid..high) into to. */
static void merge(lua_State *L, int from, int to, lua_Integer low, lua_Integer mid, lua_Integer high)
{
    lua_Integer a = low;
    lua_Integer b = mid;

    for (lua_Integer i = low; i < high; i++) {
        bool right = a == mid;
        if (a < mid && b < high) {
            (void)lua_rawgeti(L, from, a);
            (void)lua_rawgeti(L, from, b);
            right = before(L, lua_gettop(L), lua_gettop(L) - 1);
            lua_pop(L, 2);
        }
        (void)lua_rawgeti(L, from, right ? b++ : a++);
        lua_rawseti(L, to, i);
    }
}

/* Lua's own sort takes its pivot from the clock when it meets bad luck; a stable merge sort gives equal elements
 * the same order every time. */
static int table_sort(lua_State *L)
{
    lua_Integer n = length(L);
    int from = 3;
    int to = 4;

    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    fence_charge(L, n + 1);
    lua_createtable(L, (int)n, 0);
    lua_createtable(L, (int)n, 0);
    for (lua_Integer i = 1; i <= n; i++) {
        (void)lua_rawgeti(L, 1, i);
        lua_rawseti(L, from, i);
    }
    for (lua_Integer width = 1; width < n; width *= 2) {
        fence_charge(L, n);
        for (lua_Integer low = 1; low <= n; low += 2 * width) {
            lua_Integer mid = low + width <= n + 1 ? low + width : n + 1;
            lua_Integer high = mid + width <= n + 1 ? mid + width : n + 1;
            merge(L, from, to, low, mid, high);
        }
        from = 7 - from; /* 3 and 4 change places */
        to = 7 - to;
    }
    for (lua_Integer i = 1; i <= n; i++) {
        (void)lua_rawgeti(L, from, i);
        lua_rawseti(L, 1, i);
    }
    return 0;
}

void library_push_table(lua_State *L)
{
    static const luaL_Reg ours[] = {
        {"insert", table_insert}, {"remove", table_remove}, {"concat", table_concat},
        {"unpack", table_unpack}, {"sort", table_sort},     {NULL, NULL},
    };

    lua_pushcfunction(L, luaopen_table);
    lua_call(L, 0, 1);
    lua_newtable(L);
    for (const luaL_Reg *r = ours; r->name != NULL; r++) {
        (void)lua_getfield(L, -2, r->name);
        lua_pushcclosure(L, r->func, 1);
        lua_setfield(L, -2, r->name);
    }
    (void)lua_getfield(L, -2, "pack");
    lua_setfield(L, -2, "pack");
    lua_remove(L, -2);
    library_strict(L, "table.");
}

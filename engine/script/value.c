#include "script/value.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "script/fence.h"
#include "script/loader.h"
#include "script/signature.h"

enum { VALUE_DEPTH = 12, VALUE_ITEMS = 100000 };

struct script_value script_nil(void)
{
    return (struct script_value){.kind = SCRIPT_NIL, .func = -1};
}

struct script_value script_bool(bool b)
{
    return (struct script_value){.kind = SCRIPT_BOOL, .b = b, .func = -1};
}

struct script_value script_int(int64_t i)
{
    return (struct script_value){.kind = SCRIPT_INT, .i = i, .n = (double)i, .func = -1};
}

struct script_value script_num(double n)
{
    return (struct script_value){.kind = SCRIPT_NUM, .n = n, .func = -1};
}

struct script_value script_text(struct text t)
{
    return (struct script_value){.kind = SCRIPT_TEXT, .t = t, .func = -1};
}

struct script_value script_list(const struct script_value *item, int count)
{
    return (struct script_value){.kind = SCRIPT_LIST, .item = item, .count = count, .func = -1};
}

struct script_value script_map(const struct text *key, const struct script_value *item, int count)
{
    return (struct script_value){
        .kind = SCRIPT_MAP, .key = key, .item = item, .count = count, .func = -1};
}

struct script_value script_object(struct script_view v)
{
    return (struct script_value){.kind = SCRIPT_VIEW, .view = v, .func = -1};
}

const struct script_value *script_get(const struct script_value *map, const char *key)
{
    if (map == NULL || map->kind != SCRIPT_MAP)
        return NULL;
    for (int i = 0; i < map->count; i++)
        if (text_is(map->key[i], key))
            return &map->item[i];
    return NULL;
}

/* --- views --- */

/* Userdata are made nowhere else, and scripts cannot set metatables: one with ours is a view. */
static const char VIEW_META = 0;

void value_push_view(lua_State *L, const struct script_view *v)
{
    struct script_view *at = lua_newuserdatauv(L, sizeof *at, 0);

    *at = *v;
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &VIEW_META);
    (void)lua_setmetatable(L, -2);
}

const struct script_view *value_view(lua_State *L, int index)
{
    const void *at = lua_touserdata(L, index);
    bool ours;

    if (at == NULL || lua_islightuserdata(L, index) || !lua_getmetatable(L, index))
        return NULL;
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &VIEW_META);
    ours = lua_rawequal(L, -1, -2) != 0;
    lua_pop(L, 2);
    return ours ? at : NULL;
}

/* A metamethod of ours gets a view first, except through a foreign operand. */
static struct script_view check_view(lua_State *L, int index)
{
    const struct script_view *v = value_view(L, index);

    if (v == NULL)
        (void)luaL_argerror(L, index, "view expected");
    return *v;
}

static int view_index(lua_State *L)
{
    struct script_view v = check_view(L, 1);
    struct script_value key = script_nil();
    struct script_value result = script_nil();
    struct err e;
    size_t len;
    enum rc rc;

    if (lua_type(L, 2) == LUA_TSTRING) {
        key.kind = SCRIPT_TEXT;
        key.t.at = lua_tolstring(L, 2, &len);
        key.t.len = (int)len;
    } else if (lua_isinteger(L, 2)) {
        key = script_int(lua_tointeger(L, 2));
    } else {
        RAISE(L, MSG_SCRIPT_VIEW_KEY, arg_s(v.ops->name), arg_s(luaL_typename(L, 2)));
    }
    rc = v.ops->get(&v, &key, &result, &e);
    if (rc != RC_OK)
        fence_raise_err(L, &e);
    value_push(L, &result);
    return 1;
}

static int view_write(lua_State *L)
{
    struct script_view v = check_view(L, 1);

    RAISE(L, MSG_SCRIPT_VIEW_WRITE, arg_s(v.ops->name));
}

static int view_length(lua_State *L)
{
    struct script_view v = check_view(L, 1);

    if (v.ops->count == NULL)
        RAISE(L, MSG_SCRIPT_VIEW_LENGTH, arg_s(v.ops->name));
    lua_pushinteger(L, v.ops->count(&v));
    return 1;
}

static int view_equal(lua_State *L)
{
    const struct script_view *a = value_view(L, 1);
    const struct script_view *b = value_view(L, 2);

    lua_pushboolean(L, a != NULL && b != NULL && a->ops == b->ops && a->ctx == b->ctx &&
                           a->kind == b->kind && a->id == b->id && a->extra == b->extra);
    return 1;
}

void value_open(lua_State *L)
{
    static const luaL_Reg meta[] = {
        {"__index", view_index}, {"__newindex", view_write}, {"__len", view_length},
        {"__eq", view_equal},    {NULL, NULL},
    };

    lua_createtable(L, 0, 5);
    luaL_setfuncs(L, meta, 0);
    lua_pushliteral(L, "view"); /* what Lua's own messages call it */
    lua_setfield(L, -2, "__name");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &VIEW_META);
}

/* --- towards Lua --- */

void value_push(lua_State *L, const struct script_value *v)
{
    luaL_checkstack(L, 4, NULL);
    switch (v->kind) {
    case SCRIPT_NIL:
        lua_pushnil(L);
        break;
    case SCRIPT_BOOL:
        lua_pushboolean(L, v->b);
        break;
    case SCRIPT_INT:
        lua_pushinteger(L, v->i);
        break;
    case SCRIPT_NUM:
        lua_pushnumber(L, v->n);
        break;
    case SCRIPT_TEXT:
        (void)lua_pushlstring(L, v->t.at, (size_t)v->t.len);
        break;
    case SCRIPT_LIST:
        lua_createtable(L, v->count, 0);
        for (int i = 0; i < v->count; i++) {
            value_push(L, &v->item[i]);
            lua_rawseti(L, -2, i + 1);
        }
        break;
    case SCRIPT_MAP:
        lua_createtable(L, 0, v->count);
        for (int i = 0; i < v->count; i++) {
            (void)lua_pushlstring(L, v->key[i].at, (size_t)v->key[i].len);
            value_push(L, &v->item[i]);
            lua_rawset(L, -3);
        }
        break;
    case SCRIPT_VIEW:
        value_push_view(L, &v->view);
        break;
    case SCRIPT_FUNC:
        if (!loader_push_kept(L, v->func))
            RAISE(L, MSG_SCRIPT_BAD_HANDLE, arg_i(v->func));
        break;
    case SCRIPT_ROW:
        value_push_row(L, v->row);
        break;
    }
}

/* --- from Lua --- */

struct value_reader {
    struct arena *arena;
    const char *what;
    int items;
};

static void read_at(lua_State *L, int index, struct value_reader *r, int depth,
                    struct script_value *out);

static void *take(lua_State *L, struct value_reader *r, int count, size_t size)
{
    void *at;

    r->items += count;
    at = r->items <= VALUE_ITEMS ? arena_alloc(r->arena, (size_t)count, size) : NULL;
    if (at == NULL)
        RAISE(L, MSG_SCRIPT_ARG_LARGE, arg_s(r->what));
    return at;
}

static void read_list(lua_State *L, int index, struct value_reader *r, int depth, int count,
                      struct script_value *out)
{
    struct script_value *item = take(L, r, count, sizeof *item);

    *out = script_list(item, count);
    for (int i = 0; i < count; i++) {
        (void)lua_rawgeti(L, index, i + 1);
        read_at(L, lua_gettop(L), r, depth + 1, &item[i]);
        lua_pop(L, 1);
    }
}

static int compare_texts(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static void read_map(lua_State *L, int index, struct value_reader *r, int depth, int count,
                     struct script_value *out)
{
    struct text *key = take(L, r, count, sizeof *key);
    struct script_value *item = take(L, r, count, sizeof *item);
    int n = 0;

    *out = script_map(key, item, count);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        size_t len;
        if (lua_type(L, -2) != LUA_TSTRING)
            RAISE(L, MSG_SCRIPT_DOC_KEY, arg_s(luaL_typename(L, -2)));
        key[n].at = lua_tolstring(L, -2, &len);
        key[n++].len = (int)len;
    }
    qsort(key, (size_t)count, sizeof *key, compare_texts);
    for (int i = 0; i < count; i++) {
        (void)lua_pushlstring(L, key[i].at, (size_t)key[i].len);
        (void)lua_rawget(L, index);
        key[i] = arena_text(r->arena, key[i]);
        if (key[i].at == NULL)
            RAISE(L, MSG_SCRIPT_ARG_LARGE, arg_s(r->what));
        read_at(L, lua_gettop(L), r, depth + 1, &item[i]);
        lua_pop(L, 1);
    }
}

/* A table is a list when all its keys are 1..n, and a map otherwise; the empty one is a list. */
static void read_table(lua_State *L, int index, struct value_reader *r, int depth,
                       struct script_value *out)
{
    lua_Unsigned length = lua_rawlen(L, index);
    lua_Unsigned count = 0;

    if (depth >= VALUE_DEPTH)
        RAISE(L, MSG_SCRIPT_ARG_DEEP, arg_s(r->what));
    luaL_checkstack(L, 8, NULL);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        count++;
    if (count > VALUE_ITEMS)
        RAISE(L, MSG_SCRIPT_ARG_LARGE, arg_s(r->what));
    fence_charge(L, (lua_Integer)count * 8);
    if (count == length)
        read_list(L, index, r, depth, (int)count, out);
    else
        read_map(L, index, r, depth, (int)count, out);
}

static void read_at(lua_State *L, int index, struct value_reader *r, int depth,
                    struct script_value *out)
{
    const struct script_view *v;
    size_t len;

    *out = script_nil();
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TNONE:
        break;
    case LUA_TBOOLEAN:
        *out = script_bool(lua_toboolean(L, index) != 0);
        break;
    case LUA_TNUMBER:
        *out = lua_isinteger(L, index) ? script_int(lua_tointeger(L, index))
                                       : script_num(lua_tonumber(L, index));
        break;
    case LUA_TSTRING:
        out->kind = SCRIPT_TEXT;
        out->t.at = lua_tolstring(L, index, &len);
        out->t.len = (int)len;
        out->t = arena_text(r->arena, out->t);
        if (out->t.at == NULL)
            RAISE(L, MSG_SCRIPT_ARG_LARGE, arg_s(r->what));
        break;
    case LUA_TTABLE:
        read_table(L, index, r, depth, out);
        break;
    case LUA_TFUNCTION:
        out->kind = SCRIPT_FUNC;
        out->func = loader_keep(L, index);
        break;
    default:
        v = value_view(L, index);
        if (v == NULL)
            RAISE(L, MSG_SCRIPT_DOC_KIND, arg_s(luaL_typename(L, index)));
        *out = script_object(*v);
        break;
    }
}

void value_read(lua_State *L, int index, struct arena *a, const char *what,
                struct script_value *out)
{
    struct value_reader r = {a, what, 0};

    read_at(L, lua_absindex(L, index), &r, 0, out);
}

/* --- the caller's functions --- */

static bool fits(const struct script_value *v, struct text type)
{
    static const struct {
        const char *type;
        unsigned kinds;
    } types[] = {
        {"bool", 1u << SCRIPT_BOOL},
        {"int", 1u << SCRIPT_INT},
        {"num", 1u << SCRIPT_INT | 1u << SCRIPT_NUM},
        {"text", 1u << SCRIPT_TEXT},
        {"list", 1u << SCRIPT_LIST},
        {"map", 1u << SCRIPT_MAP},
        {"table", 1u << SCRIPT_MAP | 1u << SCRIPT_LIST},
        {"func", 1u << SCRIPT_FUNC},
        {"view", 1u << SCRIPT_VIEW},
    };

    for (int i = 0; i < COUNT_OF(types); i++)
        if (text_is(type, types[i].type))
            return (types[i].kinds >> v->kind & 1u) != 0 ||
                   (v->kind == SCRIPT_LIST && v->count == 0 && text_is(type, "map"));
    return true; /* any */
}

static void check_args(lua_State *L, const struct script_fn *row, struct script_value *arg,
                       int count)
{
    static const char *const kind[] = {"nil",  "bool", "int",  "num",  "text", "list",
                                       "map",  "view", "func", "func"};
    struct text rest = text_of(row->args);
    struct signature_arg a;
    char shown[160];
    struct buf b = BUF_ON(shown);
    int i = 0;

    signature_show(row->args, &b);
    for (; signature_next(&rest, &a) && !a.result; i++) {
        if (a.rest)
            return;
        if (i >= count || arg[i].kind == SCRIPT_NIL) {
            if (!a.optional && !text_is(a.type, "any"))
                RAISE(L, MSG_SCRIPT_ARG_MISSING, arg_s(row->name), arg_i(i + 1), arg_t(a.name),
                      arg_s(shown));
            continue;
        }
        if (!fits(&arg[i], a.type))
            RAISE(L, MSG_SCRIPT_ARG_TYPE, arg_s(row->name), arg_i(i + 1), arg_t(a.name),
                  arg_t(a.type), arg_s(kind[arg[i].kind]));
        if (text_is(a.type, "map"))
            arg[i].kind = SCRIPT_MAP; /* an empty table */
    }
    if (count > i)
        RAISE(L, MSG_SCRIPT_ARG_MANY, arg_s(row->name), arg_s(shown));
}

static int call_row(lua_State *L)
{
    const struct script_fn *row = lua_touserdata(L, lua_upvalueindex(1));
    struct script_value arg[SCRIPT_ARGS_MAX];
    struct script_value result = script_nil();
    int count = lua_gettop(L);
    struct err e;
    enum rc rc;

    if (count > SCRIPT_ARGS_MAX)
        RAISE(L, MSG_SCRIPT_ARG_MANY, arg_s(row->name), arg_s("..."));
    for (int i = 0; i < count; i++)
        value_read(L, i + 1, loader_scratch(L), row->name, &arg[i]);
    check_args(L, row, arg, count);
    rc = row->call(loader_context(L), arg, count, &result, &e);
    if (rc != RC_OK)
        fence_raise_err(L, &e);
    value_push(L, &result);
    return 1;
}

void value_push_row(lua_State *L, const struct script_fn *row)
{
    /* The row is a constant of the caller; scripts can only call the closure. */
    lua_pushlightuserdata(L, (void *)(uintptr_t)row);
    lua_pushcclosure(L, call_row, 1);
}

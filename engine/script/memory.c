/* memory.c -- what a script remembers, as bytes and back: script_seal, script_save, script_restore.
 *
 * The fence makes this possible: scripts have no coroutines, no metatables of their own and no
 * debug library, so the heap is tables, functions and plain values. Functions are code: they come
 * from the sources, and are numbered in the order in which a fixed walk from the roots (globals,
 * what files gave, kept functions) meets them. What a function hides or shares with others are its
 * upvalues; two functions share one when lua_upvalueid says so, and that cannot change after
 * loading, so the variables ("cells") are numbered once as well.
 *
 * Bytes: a head; then the roots and the cells as values; then the contents of each table in the
 * order in which it was first named, which names further tables. Keys are written in the order of
 * pairs, so equal memory gives equal bytes. Everything that may raise runs behind the door. */
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "script/door.h"
#include "script/library.h"
#include "script/loader.h"
#include "script/value.h"

enum tag {
    TAG_NIL,
    TAG_FALSE,
    TAG_TRUE,
    TAG_INT,
    TAG_NUM,
    TAG_TEXT,
    TAG_TABLE,
    TAG_THING,
    TAG_VIEW,
    TAG_END
};

enum { MAGIC = 0x314d4c54 /* "TLM1" */, PATH_DEPTH = 8 };
static const int64_t STEPS =
    INT64_MAX / 4; /* the bytes are bounded by the memory limit, and so is the work */

/* Registry keys: number by thing, thing by number. */
static const char NUMBER = 0;
static const char THING = 0;

/* Stack slots of a body; slot 1 is its context. */
enum { SLOT_NUMBER = 2, SLOT_THING, SLOT_SEEN, SLOT_LIST };

static void begin(lua_State *L)
{
    lua_settop(L, 1);
    luaL_checkstack(L, 40, NULL);
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &NUMBER);
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &THING);
    lua_newtable(L); /* seen: number by object */
    lua_newtable(L); /* list: object by number */
}

/* Number of the function or library table on top of the stack; 0 when it has none. */
static int number_of(lua_State *L)
{
    lua_pushvalue(L, -1);
    (void)lua_rawget(L, SLOT_NUMBER);
    int n = (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
    return n;
}

static bool plain_key(lua_State *L, int index)
{
    int type = lua_type(L, index);
    return type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TBOOLEAN;
}

static bool only_plain_keys(lua_State *L, int index)
{
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (!plain_key(L, -2)) {
            lua_pop(L, 2);
            return false;
        }
    }
    return true;
}

/* --- sealing --- */

static void give_number(lua_State *L, struct script *s)
{
    lua_pushvalue(L, -1);
    lua_pushinteger(L, ++s->things);
    lua_rawset(L, SLOT_NUMBER);
    lua_pushvalue(L, -1);
    lua_rawseti(L, SLOT_THING, s->things);
}

/* Takes the value on top away; tables and functions not met before are to be looked into. */
static void meet(lua_State *L, struct script *s, int *count)
{
    int type = lua_type(L, -1);
    if (type == LUA_TTABLE || type == LUA_TFUNCTION) {
        lua_pushvalue(L, -1);
        if (lua_rawget(L, SLOT_SEEN) == LUA_TNIL) {
            lua_pop(L, 1);
            lua_pushvalue(L, -1);
            lua_pushboolean(L, 1);
            lua_rawset(L, SLOT_SEEN);
            lua_pushvalue(L, -1);
            lua_rawseti(L, SLOT_LIST, ++*count);
            bool library = lua_getmetatable(L, -1) != 0;
            if (library)
                lua_pop(L, 1);
            if (library || type == LUA_TFUNCTION)
                give_number(L, s);
        } else {
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

static void add_cell(lua_State *L, struct script *s, int func, int up)
{
    if (s->cells == s->cell_cap) {
        int cap = s->cell_cap ? s->cell_cap * 2 : 256;
        struct script_cell *more = realloc(s->cell, (size_t)cap * sizeof *more);
        if (more == NULL)
            RAISE0(L, MSG_CORE_NO_MEMORY);
        s->cell = more;
        s->cell_cap = cap;
    }
    s->cell[s->cells++] = (struct script_cell){func, up};
}

/* The upvalues of the Lua function on top: each variable is met once, by its identity. */
static void look_into_function(lua_State *L, struct script *s, int *count)
{
    int func = number_of(L);
    int self = lua_gettop(L);
    if (lua_iscfunction(L, self))
        return;
    for (int up = 1; lua_getupvalue(L, self, up) != NULL; up++) {
        void *id = lua_upvalueid(L, self, up);
        if (lua_rawgetp(L, SLOT_SEEN, id) == LUA_TNIL) {
            lua_pushboolean(L, 1);
            lua_rawsetp(L, SLOT_SEEN, id);
            add_cell(L, s, func, up);
        }
        lua_pop(L, 1);
        meet(L, s, count);
    }
}

static void look_into_table(lua_State *L, struct script *s, int *count)
{
    int self = lua_gettop(L);
    if (!only_plain_keys(L, self))
        return; /* script_save will say so */
    library_push_keys(L, self);
    lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= n; i++) {
        (void)lua_rawgeti(L, self + 1, i);
        (void)lua_rawget(L, self);
        meet(L, s, count);
    }
    lua_pop(L, 1);
}

static int seal_body(lua_State *L)
{
    struct script *s = lua_touserdata(L, 1);
    int count = 0;

    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &NUMBER);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &THING);
    begin(L);
    lua_pushglobaltable(L);
    meet(L, s, &count);
    for (int i = 1; i <= s->file_count; i++) {
        loader_push_included(L);
        (void)lua_rawgeti(L, -1, i);
        lua_remove(L, -2);
        meet(L, s, &count);
    }
    for (int i = 1; i <= s->kept; i++) {
        (void)loader_push_kept(L, i);
        meet(L, s, &count);
    }
    for (int i = 1; i <= count; i++) {
        if (lua_rawgeti(L, SLOT_LIST, i) == LUA_TFUNCTION)
            look_into_function(L, s, &count);
        else
            look_into_table(L, s, &count);
        lua_settop(L, SLOT_LIST);
    }
    return 0;
}

enum rc script_seal(struct script *s, struct err *e)
{
    ASSERT(!s->busy && !s->sealed);
    s->cells = s->things = 0;
    s->sealed_files = s->file_count;
    enum rc rc = door_run(&s->fence, seal_body, s, STEPS, e);
    s->sealed = rc == RC_OK;
    return rc;
}

/* --- saving --- */

struct place { /* how a table is reached: for messages */
    int from;  /* number of the table that holds it; 0: a root */
    struct text key;
    lua_Integer i; /* the key, when key is empty */
};

struct save {
    struct script *s;
    struct script_memory *out;
    struct place *place; /* by number */
    int count, cap;
    struct place here; /* of the value being written */
};

static void put(lua_State *L, struct save *v, const void *at, size_t size)
{
    struct script_memory *m = v->out;
    if (size > m->cap - m->size) {
        size_t cap = m->cap ? m->cap * 2 : 4096;
        while (cap - m->size < size)
            cap *= 2;
        uint8_t *more = realloc(m->at, cap);
        if (more == NULL)
            RAISE0(L, MSG_CORE_NO_MEMORY);
        m->at = more;
        m->cap = cap;
    }
    if (size > 0)
        memcpy(m->at + m->size, at, size);
    m->size += size;
}

static void put_tag(lua_State *L, struct save *v, enum tag tag)
{
    uint8_t byte = (uint8_t)tag;
    put(L, v, &byte, 1);
}

static void put_u32(lua_State *L, struct save *v, uint32_t n)
{
    put(L, v, &n, sizeof n);
}

/* "teams.sent[3]": from the outermost name we know. */
static void say_place(const struct save *v, struct buf *out)
{
    const struct place *chain[PATH_DEPTH];
    int depth = 0;
    for (const struct place *p = &v->here; depth < PATH_DEPTH; p = &v->place[p->from]) {
        chain[depth++] = p;
        if (p->from == 0)
            break;
    }
    while (depth-- > 0) {
        const struct place *p = chain[depth];
        if (p->key.len == 0 && p->i == 0)
            continue; /* the globals themselves */
        if (p->key.len == 0) {
            buf_char(out, '[');
            buf_i64(out, p->i);
            buf_char(out, ']');
            continue;
        }
        if (out->len > 0)
            buf_char(out, '.');
        buf_text(out, p->key);
    }
}

NO_RETURN static void refuse(lua_State *L, const struct save *v, enum msg id, const char *what)
{
    char path[200];
    struct buf b = BUF_ON(path);
    say_place(v, &b);
    RAISE(L, id, arg_s(path), arg_s(what));
}

NO_RETURN static void refuse_function(lua_State *L, const struct save *v, int index)
{
    char where[96];
    struct buf b = BUF_ON(where);
    lua_Debug ar;
    lua_pushvalue(L, index);
    if (lua_getinfo(L, ">S", &ar) && ar.linedefined > 0) {
        buf_str(&b, ar.short_src);
        buf_char(&b, ':');
        buf_i64(&b, ar.linedefined);
    } else {
        buf_str(&b, "pairs, ipairs, gmatch");
    }
    refuse(L, v, MSG_SCRIPT_KEEP_FUNC, where);
}

/* Writes the number of the object on top; true when it is named for the first time. */
static bool put_object(lua_State *L, struct save *v, enum tag tag)
{
    lua_pushvalue(L, -1);
    bool first = lua_rawget(L, SLOT_SEEN) == LUA_TNIL;
    uint32_t n = first ? (uint32_t)v->count + 1 : (uint32_t)lua_tointeger(L, -1);
    lua_pop(L, 1);
    put_tag(L, v, tag);
    put_u32(L, v, n);
    if (!first)
        return false;
    if (v->count + 2 > v->cap) {
        int cap = v->cap ? v->cap * 2 : 256;
        struct place *more = realloc(v->place, (size_t)cap * sizeof *more);
        if (more == NULL)
            RAISE0(L, MSG_CORE_NO_MEMORY);
        v->place = more;
        v->cap = cap;
    }
    v->place[++v->count] = v->here;
    lua_pushvalue(L, -1);
    lua_pushinteger(L, v->count);
    lua_rawset(L, SLOT_SEEN);
    lua_pushvalue(L, -1);
    lua_rawseti(L, SLOT_LIST, v->count);
    return true;
}

static void put_view(lua_State *L, struct save *v)
{
    const struct script_view *view = value_view(L, -1);
    if (view == NULL)
        refuse(L, v, MSG_SCRIPT_KEEP_KIND, luaL_typename(L, -1));
    const struct script_options *o = &v->s->options;
    int ops = 0;
    while (ops < o->views && o->view_ops[ops] != view->ops)
        ops++;
    if (ops == o->views || view->ctx != o->ctx)
        refuse(L, v, MSG_SCRIPT_KEEP_KIND, view->ops->name);
    if (!put_object(L, v, TAG_VIEW))
        return;
    put_u32(L, v, (uint32_t)ops);
    put(L, v, &view->kind, sizeof view->kind);
    put(L, v, &view->id, sizeof view->id);
    put(L, v, &view->extra, sizeof view->extra);
}

/* Writes the value on top and takes it away. */
static void put_value(lua_State *L, struct save *v)
{
    lua_Integer i;
    lua_Number n;
    size_t len;
    const char *at;

    switch (lua_type(L, -1)) {
    case LUA_TNIL:
        put_tag(L, v, TAG_NIL);
        break;
    case LUA_TBOOLEAN:
        put_tag(L, v, lua_toboolean(L, -1) ? TAG_TRUE : TAG_FALSE);
        break;
    case LUA_TNUMBER:
        i = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
        n = lua_tonumber(L, -1);
        put_tag(L, v, lua_isinteger(L, -1) ? TAG_INT : TAG_NUM);
        put(L, v, lua_isinteger(L, -1) ? (const void *)&i : (const void *)&n, 8);
        break;
    case LUA_TSTRING:
        at = lua_tolstring(L, -1, &len);
        put_tag(L, v, TAG_TEXT);
        put_u32(L, v, (uint32_t)len);
        put(L, v, at, len);
        break;
    case LUA_TTABLE:
        if (put_object(L, v, TAG_TABLE))
            put_u32(L, v, (uint32_t)number_of(L)); /* 0: the script's own */
        break;
    case LUA_TFUNCTION:
        if (number_of(L) == 0)
            refuse_function(L, v, lua_gettop(L));
        put_tag(L, v, TAG_THING);
        put_u32(L, v, (uint32_t)number_of(L));
        break;
    default:
        put_view(L, v);
        break;
    }
    lua_pop(L, 1);
}

static void note_key(lua_State *L, struct save *v, int from, int index)
{
    v->here = (struct place){.from = from};
    if (lua_type(L, index) == LUA_TSTRING) {
        size_t len;
        v->here.key.at = lua_tolstring(L, index, &len);
        v->here.key.len = len > 48 ? 48 : (int)len;
    } else if (lua_isinteger(L, index)) {
        v->here.i = lua_tointeger(L, index);
    }
}

/* How many of its keys are 1..n; refuses one whose whole numbers leave gaps. */
static lua_Integer list_length(lua_State *L, struct save *v, int index, bool *named)
{
    lua_Integer count = 0, last = 0;
    *named = false;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (!plain_key(L, -2))
            refuse(L, v, MSG_SCRIPT_KEEP_KEY, luaL_typename(L, -2));
        lua_Integer i = lua_isinteger(L, -2) ? lua_tointeger(L, -2) : 0;
        count += i > 0;
        last = i > last ? i : last;
        *named = *named || i <= 0;
    }
    if (count != last)
        refuse(L, v, MSG_SCRIPT_KEEP_HOLES, "");
    return count;
}

/* The contents of table number n, on top: its list, then its other keys in order. */
static void put_contents(lua_State *L, struct save *v, int n)
{
    int self = lua_gettop(L);
    bool named;
    v->here = v->place[n];
    lua_Integer length = list_length(L, v, self, &named);
    put_u32(L, v, (uint32_t)length);
    for (lua_Integer i = 1; i <= length; i++) {
        v->here = (struct place){.from = n, .i = i};
        (void)lua_rawgeti(L, self, i);
        put_value(L, v);
    }
    if (named)
        library_push_keys(L, self);
    lua_Integer keys = named ? (lua_Integer)lua_rawlen(L, -1) : 0;
    for (lua_Integer k = 1; k <= keys; k++) {
        (void)lua_rawgeti(L, self + 1, k);
        if (lua_isinteger(L, -1) && lua_tointeger(L, -1) > 0) {
            lua_pop(L, 1);
            continue;
        }
        note_key(L, v, n, -1);
        lua_pushvalue(L, -1);
        put_value(L, v);
        (void)lua_rawget(L, self);
        put_value(L, v);
    }
    put_tag(L, v, TAG_END);
}

static void put_roots(lua_State *L, struct save *v)
{
    struct script *s = v->s;
    v->here = (struct place){.from = 0};
    lua_pushglobaltable(L);
    put_value(L, v);
    for (int i = 1; i <= s->file_count; i++) {
        v->here = (struct place){.key = text_of(s->file[i - 1].name)};
        loader_push_included(L);
        (void)lua_rawgeti(L, -1, i);
        lua_remove(L, -2);
        put_value(L, v);
    }
    for (int i = 0; i < s->cells; i++) {
        (void)lua_rawgeti(L, SLOT_THING, s->cell[i].func);
        v->here = (struct place){.key = text_of(lua_getupvalue(L, -1, s->cell[i].up))};
        put_value(L, v);
        lua_pop(L, 1);
    }
}

static int save_body(lua_State *L)
{
    struct save *v = lua_touserdata(L, 1);
    struct script *s = v->s;

    begin(L);
    if (s->file_count != s->sealed_files)
        RAISE(L, MSG_SCRIPT_KEEP_INCLUDE, arg_s(s->file[s->file_count - 1].name));
    put_u32(L, v, MAGIC);
    put_u32(L, v, (uint32_t)s->things);
    put_u32(L, v, (uint32_t)s->cells);
    put_u32(L, v, (uint32_t)s->file_count);
    put_u32(L, v, (uint32_t)s->kept);
    put_roots(L, v);
    for (int i = 1; i <= v->count; i++) {
        if (lua_rawgeti(L, SLOT_LIST, i) == LUA_TTABLE)
            put_contents(L, v, i);
        lua_settop(L, SLOT_LIST);
    }
    return 0;
}

enum rc script_save(struct script *s, struct script_memory *out, struct err *e)
{
    struct save v = {.s = s, .out = out};

    ASSERT(!s->busy && s->sealed);
    out->size = 0;
    enum rc rc = door_run(&s->fence, save_body, &v, STEPS, e);
    free(v.place);
    return rc;
}

void script_memory_free(struct script_memory *m)
{
    free(m->at);
    *m = (struct script_memory){0};
}

/* --- restoring --- */

struct restore {
    struct script *s;
    const uint8_t *at;
    size_t size, used;
    int count; /* objects named so far */
};

static void get(lua_State *L, struct restore *r, void *to, size_t size)
{
    if (size > r->size - r->used)
        RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
    memcpy(to, r->at + r->used, size);
    r->used += size;
}

static uint32_t get_u32(lua_State *L, struct restore *r, uint32_t max)
{
    uint32_t n;
    get(L, r, &n, sizeof n);
    if (n > max)
        RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
    return n;
}

/* Notes the object on top under the next number. */
static void note_object(lua_State *L, struct restore *r)
{
    lua_pushvalue(L, -1);
    lua_rawseti(L, SLOT_LIST, ++r->count);
}

static void make_table(lua_State *L, struct restore *r)
{
    uint32_t thing = get_u32(L, r, (uint32_t)r->s->things);
    if (thing == 0)
        lua_newtable(L);
    else if (lua_rawgeti(L, SLOT_THING, thing) != LUA_TTABLE)
        RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
    note_object(L, r);
}

static void make_view(lua_State *L, struct restore *r)
{
    const struct script_options *o = &r->s->options;
    struct script_view view = {.ctx = o->ctx};
    uint32_t ops = get_u32(L, r, UINT32_MAX);
    if (ops >= (uint32_t)o->views)
        RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
    view.ops = o->view_ops[ops];
    get(L, r, &view.kind, sizeof view.kind);
    get(L, r, &view.id, sizeof view.id);
    get(L, r, &view.extra, sizeof view.extra);
    value_push_view(L, &view);
    note_object(L, r);
}

/* Pushes the next value; false (and nothing pushed) at the end of a table. */
static bool get_value(lua_State *L, struct restore *r)
{
    uint8_t tag;
    lua_Integer i;
    lua_Number n;
    uint32_t size;

    get(L, r, &tag, 1);
    switch (tag) {
    case TAG_END:
        return false;
    case TAG_NIL:
        lua_pushnil(L);
        return true;
    case TAG_FALSE:
    case TAG_TRUE:
        lua_pushboolean(L, tag == TAG_TRUE);
        return true;
    case TAG_INT:
        get(L, r, &i, 8);
        lua_pushinteger(L, i);
        return true;
    case TAG_NUM:
        get(L, r, &n, 8);
        lua_pushnumber(L, n);
        return true;
    case TAG_TEXT:
        size = get_u32(L, r, SCRIPT_TEXT_MAX + 64);
        if (size > r->size - r->used)
            RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
        (void)lua_pushlstring(L, (const char *)r->at + r->used, size);
        r->used += size;
        return true;
    case TAG_THING:
        if (lua_rawgeti(L, SLOT_THING, get_u32(L, r, (uint32_t)r->s->things)) == LUA_TFUNCTION)
            return true;
        break;
    case TAG_TABLE:
    case TAG_VIEW:
        size = get_u32(L, r, (uint32_t)r->count + 1);
        if (size == (uint32_t)r->count + 1)
            (tag == TAG_TABLE ? make_table : make_view)(L, r);
        else
            (void)lua_rawgeti(L, SLOT_LIST, size);
        if (lua_type(L, -1) == (tag == TAG_TABLE ? LUA_TTABLE : LUA_TUSERDATA))
            return true;
        break;
    default:
        break;
    }
    RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
}

static void need_value(lua_State *L, struct restore *r)
{
    if (!get_value(L, r))
        RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
}

/* A library's table keeps its identity: it is emptied and filled again. */
static void empty(lua_State *L, int index)
{
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, index); /* an existing field may be cleared on the way */
    }
}

static void get_contents(lua_State *L, struct restore *r)
{
    int self = lua_gettop(L);
    uint32_t length = get_u32(L, r, UINT32_MAX);
    empty(L, self);
    for (uint32_t i = 1; i <= length; i++) {
        need_value(L, r);
        if (lua_isnil(L, -1))
            RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
        lua_rawseti(L, self, i);
    }
    while (get_value(L, r)) {
        if (!plain_key(L, -1))
            RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
        need_value(L, r);
        lua_rawset(L, self);
    }
}

/* What calls kept beyond the functions of the sources is never called again; how many there are
 * counts towards a limit. */
static void set_kept(lua_State *L, struct script *s, int kept)
{
    loader_push_all_kept(L);
    for (int i = s->kept + 1; i <= kept; i++) {
        lua_pushboolean(L, 0);
        lua_rawseti(L, -2, i);
    }
    lua_pop(L, 1);
    s->kept = kept;
}

static void get_roots(lua_State *L, struct restore *r)
{
    struct script *s = r->s;
    need_value(L, r); /* the globals: a library's table, in its place already */
    lua_pushglobaltable(L);
    if (!lua_rawequal(L, -1, -2))
        RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
    lua_pop(L, 2);
    loader_push_included(L);
    for (int i = 1; i <= s->file_count; i++) {
        need_value(L, r);
        lua_rawseti(L, -2, i);
    }
    lua_pop(L, 1);
    for (int i = 0; i < s->cells; i++) {
        (void)lua_rawgeti(L, SLOT_THING, s->cell[i].func);
        need_value(L, r);
        (void)lua_setupvalue(L, -2, s->cell[i].up);
        lua_pop(L, 1);
    }
}

static int restore_body(lua_State *L)
{
    struct restore *r = lua_touserdata(L, 1);
    struct script *s = r->s;

    begin(L);
    if (get_u32(L, r, UINT32_MAX) != MAGIC || get_u32(L, r, UINT32_MAX) != (uint32_t)s->things ||
        get_u32(L, r, UINT32_MAX) != (uint32_t)s->cells ||
        get_u32(L, r, UINT32_MAX) != (uint32_t)s->file_count)
        RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
    set_kept(L, s, (int)get_u32(L, r, SCRIPT_HANDLES_MAX));
    get_roots(L, r);
    for (int i = 1; i <= r->count; i++) {
        if (lua_rawgeti(L, SLOT_LIST, i) == LUA_TTABLE)
            get_contents(L, r);
        lua_settop(L, SLOT_LIST);
    }
    if (r->used != r->size)
        RAISE0(L, MSG_SCRIPT_KEEP_DAMAGED);
    return 0;
}

enum rc script_restore(struct script *s, const void *at, size_t size, struct err *e)
{
    struct restore r = {.s = s, .at = at, .size = size};

    ASSERT(!s->busy && s->sealed);
    enum rc rc = door_run(&s->fence, restore_body, &r, STEPS, e);
    return rc == RC_OK ? RC_OK : rc == RC_MEMORY ? RC_MEMORY : RC_CORRUPT;
}

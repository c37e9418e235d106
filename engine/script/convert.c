/* A Lua value becomes a document, with the lines the lexer found. */
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "script/loader.h"

struct entry {
    struct text key; /* empty: list item */
    int order;       /* place in the source; INT32_MAX when unknown */
    const struct line_node *node;
};

struct convert {
    lua_State *L;
    struct script *s;
    struct arena *arena;
    struct err *e;
    int nodes;
    const void *path[SCRIPT_DEPTH_MAX]; /* tables being converted, outermost first */
};

static enum rc convert_at(struct convert *c, int index, const struct line_node *node, int depth,
                          struct doc *parent, struct text key, struct doc **out);

static enum rc no_memory(struct convert *c)
{
    return ERR0(c->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
}

static int by_key(const void *a, const void *b)
{
    return text_compare(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

static int by_order(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;

    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return text_compare(a->key, b->key);
}

static int node_by_key(const void *left, const void *right)
{
    const struct line_node *a = *(const struct line_node *const *)left;
    const struct line_node *b = *(const struct line_node *const *)right;
    int d = text_compare(a->key, b->key);

    return d != 0 ? d : (a->order > b->order) - (a->order < b->order);
}

/* Gives each of the named entries (sorted by key) its node. */
static enum rc match_nodes(struct convert *c, struct entry *entry, int count,
                           const struct line_node *table)
{
    const struct line_node **sorted;
    int n = 0;
    int k = 0;

    if (table == NULL || table->count == 0)
        return RC_OK;
    sorted = ARENA_NEW(&c->s->scratch, const struct line_node *, table->count);
    if (sorted == NULL)
        return no_memory(c);
    for (const struct line_node *node = table->child; node != NULL; node = node->next)
        if (node->index == 0)
            sorted[n++] = node;
    qsort((void *)sorted, (size_t)n, sizeof *sorted, node_by_key);
    for (int i = 0; i < count; i++) {
        while (k < n && text_compare(sorted[k]->key, entry[i].key) < 0)
            k++;
        for (; k < n && text_eq(sorted[k]->key, entry[i].key); k++) {
            entry[i].node = sorted[k]; /* the last one written counts */
            entry[i].order = sorted[k]->order;
        }
    }
    return RC_OK;
}

/* Checks the keys and collects the named ones. */
static enum rc collect(struct convert *c, int index, const struct doc *table, struct entry *entry,
                       int length)
{
    lua_State *L = c->L;
    int n = 0;

    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) == LUA_TSTRING) {
            size_t len;
            entry[n].key.at = lua_tolstring(L, -2, &len);
            entry[n].key.len = (int)len;
            entry[n].order = INT32_MAX;
            entry[n].node = NULL;
            if (len == 0 || !text_is_utf8(entry[n].key))
                return DOC_ERR0(table, c->e, MSG_SCRIPT_DOC_UTF8);
            n++;
        } else if (!lua_isinteger(L, -2)) {
            return DOC_ERR(table, c->e, MSG_SCRIPT_DOC_KEY, arg_s(luaL_typename(L, -2)));
        } else if (lua_tointeger(L, -2) < 1) {
            return DOC_ERR(table, c->e, MSG_SCRIPT_DOC_KEY, arg_i(lua_tointeger(L, -2)));
        } else if (lua_tointeger(L, -2) > length) {
            return DOC_ERR(table, c->e, MSG_SCRIPT_DOC_HOLE, arg_i(length + 1));
        }
    }
    return RC_OK;
}

static enum rc convert_list(struct convert *c, int index, const struct line_node *node, int depth,
                            struct doc *table, int length)
{
    const struct line_node *item = node != NULL ? node->child : NULL;
    enum rc rc = RC_OK;

    for (int i = 1; i <= length && rc == RC_OK; i++) {
        struct doc *made;
        while (item != NULL && item->index != i)
            item = item->next;
        if (lua_rawgeti(c->L, index, i) == LUA_TNIL)
            rc = DOC_ERR(table, c->e, MSG_SCRIPT_DOC_HOLE, arg_i(i));
        else
            rc = convert_at(c, lua_gettop(c->L), item, depth + 1, table, (struct text){"", 0},
                            &made);
        lua_pop(c->L, 1);
    }
    return rc;
}

static enum rc convert_table(struct convert *c, int index, const struct line_node *node, int depth,
                             struct doc *table)
{
    lua_State *L = c->L;
    int length = 0;
    int total = 0;
    int named;
    struct entry *entry;
    enum rc rc;

    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        total++;
    if (c->nodes + total > SCRIPT_NODES_MAX)
        return DOC_ERR(table, c->e, MSG_SCRIPT_DOC_LARGE, arg_i(SCRIPT_NODES_MAX));
    /* not #t: with holes its value is Lua's choice */
    while (length < total && lua_rawgeti(L, index, length + 1) != LUA_TNIL) {
        lua_pop(L, 1);
        length++;
    }
    if (length < total)
        lua_pop(L, 1);
    named = total - length;
    entry = ARENA_NEW(&c->s->scratch, struct entry, named > 0 ? named : 1);
    if (entry == NULL)
        return no_memory(c);
    rc = collect(c, index, table, entry, length);
    if (rc == RC_OK) {
        qsort(entry, (size_t)named, sizeof *entry, by_key);
        rc = match_nodes(c, entry, named, node);
    }
    if (rc != RC_OK)
        return rc;
    qsort(entry, (size_t)named, sizeof *entry, by_order);
    rc = convert_list(c, index, node, depth, table, length);
    for (int i = 0; i < named && rc == RC_OK; i++) {
        struct doc *made;
        (void)lua_pushlstring(L, entry[i].key.at, (size_t)entry[i].key.len);
        (void)lua_rawget(L, index);
        rc = convert_at(c, lua_gettop(L), entry[i].node, depth + 1, table, entry[i].key, &made);
        lua_pop(L, 1);
    }
    return rc;
}

/* A function knows its own line, whatever the lexer found. */
static void place_function(struct convert *c, int index, struct doc *d)
{
    lua_Debug ar;

    lua_pushvalue(c->L, index);
    if (!lua_getinfo(c->L, ">S", &ar) || ar.linedefined <= 0)
        return;
    d->line = ar.linedefined;
    for (int i = 0; i < c->s->file_count; i++)
        if (strcmp(c->s->file[i].name, ar.short_src) == 0)
            d->file = text_of(c->s->file[i].name);
}

static enum rc convert_scalar(struct convert *c, int index, struct doc *d)
{
    lua_State *L = c->L;
    size_t len;

    switch (d->kind) {
    case DOC_BOOL:
        d->b = lua_toboolean(L, index) != 0;
        break;
    case DOC_INT:
        d->i = lua_tointeger(L, index);
        d->n = (double)d->i;
        break;
    case DOC_NUM:
        d->n = lua_tonumber(L, index);
        if (d->n != d->n)
            return DOC_ERR0(d, c->e, MSG_SCRIPT_DOC_NAN);
        break;
    case DOC_TEXT:
        d->t.at = lua_tolstring(L, index, &len);
        d->t.len = (int)len;
        if (!text_is_utf8(d->t))
            return DOC_ERR0(d, c->e, MSG_SCRIPT_DOC_UTF8);
        d->t = arena_text(c->arena, d->t);
        if (d->t.at == NULL)
            return no_memory(c);
        break;
    case DOC_FUNC:
        place_function(c, index, d);
        if (c->s->kept == SCRIPT_HANDLES_MAX)
            return DOC_ERR(d, c->e, MSG_SCRIPT_HANDLES, arg_i(SCRIPT_HANDLES_MAX));
        d->func = loader_keep(L, index);
        break;
    default:
        return DOC_ERR(d, c->e, MSG_SCRIPT_DOC_KIND, arg_s(luaL_typename(L, index)));
    }
    return RC_OK;
}

static enum doc_kind kind_of(lua_State *L, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN:
        return DOC_BOOL;
    case LUA_TNUMBER:
        return lua_isinteger(L, index) ? DOC_INT : DOC_NUM;
    case LUA_TSTRING:
        return DOC_TEXT;
    case LUA_TTABLE:
        return DOC_TABLE;
    case LUA_TFUNCTION:
        return DOC_FUNC;
    default:
        return DOC_NIL;
    }
}

static enum rc convert_at(struct convert *c, int index, const struct line_node *node, int depth,
                          struct doc *parent, struct text key, struct doc **out)
{
    const void *self = lua_topointer(c->L, index);
    struct doc *d;

    if (++c->nodes > SCRIPT_NODES_MAX)
        return DOC_ERR(parent, c->e, MSG_SCRIPT_DOC_LARGE, arg_i(SCRIPT_NODES_MAX));
    d = *out = doc_add(c->arena, parent, key, kind_of(c->L, index));
    if (d == NULL)
        return no_memory(c);
    if (node != NULL) {
        d->file = node->file;
        d->line = node->line;
    }
    if (d->kind != DOC_TABLE)
        return convert_scalar(c, index, d);
    if (depth >= SCRIPT_DEPTH_MAX)
        return DOC_ERR(d, c->e, MSG_SCRIPT_DOC_DEEP, arg_i(SCRIPT_DEPTH_MAX));
    for (int i = 0; i < depth; i++)
        if (c->path[i] == self)
            return DOC_ERR0(d, c->e, MSG_SCRIPT_DOC_CYCLE);
    c->path[depth] = self;
    luaL_checkstack(c->L, 8, NULL);
    fence_charge(c->L, 20);
    return convert_table(c, index,
                         lines_resolve(c->s->map, c->s->file_count, node), depth, d);
}

enum rc convert_value(lua_State *L, struct script *s, int file, struct arena *a,
                      const struct doc **out, struct err *e)
{
    struct convert c = {.L = L, .s = s, .arena = a, .e = e};
    const struct line_node *node = s->map[file].returned;
    struct line_node whole = {.file = s->map[file].file, .line = 1};
    int index = lua_gettop(L);
    int kind = lua_type(L, index);
    struct doc *made = NULL;
    enum rc rc;

    if (kind != LUA_TTABLE && kind != LUA_TFUNCTION)
        return ERR(e, RC_INPUT, MSG_SCRIPT_NO_RETURN, arg_s(s->file[file].name),
                   kind == LUA_TBOOLEAN ? arg_msg(MSG_SCRIPT_NOTHING)
                                        : arg_s(luaL_typename(L, index)));
    rc = convert_at(&c, index, node != NULL ? node : &whole, 0, NULL, (struct text){"", 0}, &made);
    *out = made;
    return rc;
}

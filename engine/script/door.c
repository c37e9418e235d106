#include "script/door.h"

#include <lauxlib.h>
#include <string.h>

/* Runs where the error happened, before the stack is unwound: only here its place is known. */
static int on_error(lua_State *L)
{
    struct fence *f = fence_of(L);

    if (f->stop != FENCE_RUNNING)
        return 1;
    (void)fence_where(L, f->where, (int)sizeof f->where);
    if (lua_type(L, 1) == LUA_TNUMBER)
        (void)lua_tostring(L, 1);
    if (lua_type(L, 1) != LUA_TSTRING) {
        char prefix[sizeof f->where + 2];
        struct buf b = BUF_ON(prefix);
        (void)ERR(&f->raised, RC_INPUT, MSG_SCRIPT_ODD_ERROR, arg_s(luaL_typename(L, 1)));
        if (f->where[0] != '\0') {
            buf_str(&b, f->where);
            buf_str(&b, ": ");
            err_prefix(&f->raised, prefix);
        }
        (void)lua_pushstring(L, f->raised.text[LANG_EN]);
    }
    return 1;
}

void door_open(struct fence *f)
{
    lua_settop(f->L, 0);
    lua_pushcfunction(f->L, on_error);
}

/* Cuts "file:12: " off the front of *t into place; false when there is none. */
static bool split_place(struct text *t, struct text *place)
{
    for (int i = 0; i + 1 < t->len && i < 90; i++) {
        int n = i + 1;
        if (t->at[i] != ':' || t->at[n] < '0' || t->at[n] > '9')
            continue;
        while (n < t->len && t->at[n] >= '0' && t->at[n] <= '9')
            n++;
        if (n + 1 >= t->len || t->at[n] != ':' || t->at[n + 1] != ' ')
            return false;
        *place = (struct text){t->at, n};
        *t = (struct text){t->at + n + 2, t->len - n - 2};
        return true;
    }
    return false;
}

static bool contains(struct text t, const char *what)
{
    struct text w = text_of(what);

    for (int i = 0; i + w.len <= t.len; i++)
        if (memcmp(t.at + i, w.at, (size_t)w.len) == 0)
            return true;
    return false;
}

/* One line: a message may quote source text. */
static struct text one_line(struct text t, struct buf *b)
{
    for (int i = 0; i < t.len; i++)
        buf_text(b, t.at[i] == '\n' || t.at[i] == '\r' || t.at[i] == '\t'
                        ? (struct text){" ", 1}
                        : (struct text){t.at + i, 1});
    while (b->len > 0 && !text_is_utf8((struct text){b->at, b->len}))
        b->at[--b->len] = '\0'; /* a character cut by the end of the buffer, or bytes of the script's */
    return (struct text){b->at, b->len};
}

/* Lua's commonest messages by how they begin; the rest of them stays as it is. */
static const struct {
    const char *begins;
    enum msg id;
} KNOWN[] = {
    {"attempt to index ", MSG_SCRIPT_INDEX},
    {"attempt to call ", MSG_SCRIPT_CALL},
    {"attempt to perform arithmetic on ", MSG_SCRIPT_ARITHMETIC},
    {"attempt to compare ", MSG_SCRIPT_COMPARE},
    {"attempt to concatenate ", MSG_SCRIPT_CONCATENATE},
    {"bad argument ", MSG_SCRIPT_BAD_ARGUMENT},
};

static enum rc translate(struct fence *f, struct text message, struct err *e)
{
    char line[400];
    char prefix[128];
    struct buf line_b = BUF_ON(line);
    struct buf prefix_b = BUF_ON(prefix);
    struct text place = text_of(f->where);
    enum msg id = f->syntax ? MSG_SCRIPT_SYNTAX : MSG_SCRIPT_ERROR;

    (void)split_place(&message, &place);
    for (int i = 0; i < COUNT_OF(KNOWN) && !f->syntax; i++) {
        int n = text_of(KNOWN[i].begins).len;
        if (!text_starts(message, KNOWN[i].begins))
            continue;
        id = KNOWN[i].id;
        message = (struct text){message.at + n, message.len - n};
        break;
    }
    if (contains(message, "stack overflow"))
        (void)ERR0(e, RC_INPUT, MSG_SCRIPT_RECURSION);
    else if (contains(message, "attempt to load a binary chunk"))
        (void)ERR0(e, RC_INPUT, MSG_SCRIPT_BYTECODE);
    else
        (void)ERR(e, RC_INPUT, id, arg_t(one_line(message, &line_b)));
    if (place.len > 0) {
        buf_text(&prefix_b, place);
        buf_str(&prefix_b, ": ");
        err_prefix(e, prefix);
    }
    return RC_INPUT;
}

static enum rc explain(struct fence *f, int status, struct err *e)
{
    struct err ignored;
    struct text message = {"?", 1};

    if (e == NULL)
        e = &ignored;
    if (status == LUA_ERRMEM)
        fence_stop_memory(f);
    if (f->stop != FENCE_RUNNING) {
        *e = f->raised;
        return e->rc;
    }
    if (lua_type(f->L, -1) == LUA_TSTRING) {
        size_t len;
        message.at = lua_tolstring(f->L, -1, &len);
        message.len = len > ERR_TEXT ? ERR_TEXT : (int)len;
    }
    if (f->raised.rc != RC_OK && text_is(message, f->raised.text[LANG_EN])) {
        *e = f->raised;
        return e->rc;
    }
    return translate(f, message, e);
}

enum rc door_run(struct fence *f, lua_CFunction body, void *ctx, int64_t steps, struct err *e)
{
    lua_State *L = f->L;
    int top = lua_gettop(L);
    enum rc rc = RC_OK;
    int status;

    fence_begin(f, steps);
    f->raised.rc = RC_OK;
    lua_pushcfunction(L, body);
    lua_pushlightuserdata(L, ctx);
    status = lua_pcall(L, 1, 0, FENCE_SLOT_HANDLER);
    if (status != LUA_OK)
        rc = explain(f, status, e);
    lua_settop(L, top);
    return rc;
}

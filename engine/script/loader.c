#include "script/loader.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "script/door.h"
#include "script/library.h"
#include "script/value.h"

static const size_t BYTES_MAX = (size_t)64 * 1024 * 1024;
static const int64_t LOAD_STEPS = 50000000;

/* Registry keys: the address counts. */
static const char KEPT = 0;
static const char INCLUDED = 0;

/* --- what other files ask for --- */

static struct script *script_of(lua_State *L)
{
    return fence_of(L)->script;
}

void loader_print(const struct script *s, struct text line)
{
    if (s->options.print != NULL)
        s->options.print(s->options.ctx, line);
}

struct arena *loader_scratch(lua_State *L)
{
    return &script_of(L)->scratch;
}

void *loader_context(lua_State *L)
{
    return script_of(L)->options.ctx;
}

int loader_keep(lua_State *L, int index)
{
    struct script *s = script_of(L);

    index = lua_absindex(L, index);
    if (s->kept == SCRIPT_HANDLES_MAX)
        RAISE(L, MSG_SCRIPT_HANDLES, arg_i(SCRIPT_HANDLES_MAX));
    luaL_checkstack(L, 2, NULL);
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &KEPT);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, s->kept + 1);
    lua_pop(L, 1);
    return ++s->kept;
}

bool loader_push_kept(lua_State *L, int handle)
{
    if (handle < 1 || handle > script_of(L)->kept)
        return false;
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &KEPT);
    (void)lua_rawgeti(L, -1, handle);
    lua_remove(L, -2);
    return true;
}

void loader_push_included(lua_State *L)
{
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &INCLUDED);
}

void loader_push_all_kept(lua_State *L)
{
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &KEPT);
}

/* --- reading files --- */

bool loader_name_ok(struct text name)
{
    bool first = true;

    if (name.len < 5 || name.len > 200 ||
        !text_is((struct text){name.at + name.len - 4, 4}, ".lua"))
        return false;
    for (int i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '_' || c == '-';
        if (!plain && !(c == '.' && !first) && !(c == '/' && !first))
            return false;
        first = c == '/';
    }
    return true;
}

static enum rc check_source(struct text name, struct text *text, struct err *e)
{
    if (text->len > SCRIPT_FILE_MAX)
        return ERR(e, RC_INPUT, MSG_SCRIPT_FILE_LARGE, arg_t(name), arg_i(SCRIPT_FILE_MAX / 1024));
    if (text_starts(*text, "\xef\xbb\xbf")) /* a byte order mark is harmless */
        *text = (struct text){text->at + 3, text->len - 3};
    if (text->len > 0 && text->at[0] == '\x1b') {
        enum rc rc = ERR0(e, RC_INPUT, MSG_SCRIPT_BYTECODE);
        char prefix[256];
        struct buf b = BUF_ON(prefix);
        buf_text(&b, name);
        buf_str(&b, ":1: ");
        err_prefix(e, prefix);
        return rc;
    }
    if (!text_is_utf8(*text))
        return ERR(e, RC_INPUT, MSG_SCRIPT_FILE_NOT_TEXT, arg_t(name));
    return RC_OK;
}

/* Reads a file once; *index says where it is kept. */
static enum rc read_file(struct script *s, struct text name, int *index, struct err *e)
{
    struct text text = {"", 0};
    struct text kept_name;
    struct text kept;
    enum rc rc;

    for (*index = 0; *index < s->file_count; (*index)++)
        if (text_is(name, s->file[*index].name))
            return RC_OK;
    if (!loader_name_ok(name))
        return ERR(e, RC_INPUT, MSG_SCRIPT_FILE_NAME, arg_t(name));
    if (s->file_count == SCRIPT_FILES_MAX)
        return ERR(e, RC_LIMIT, MSG_SCRIPT_FILES_MANY, arg_i(SCRIPT_FILES_MAX));
    kept_name = arena_text(&s->sources, name);
    if (kept_name.at == NULL)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    rc = s->options.reader.read(s->options.reader.ctx, kept_name.at, &text, e);
    if (rc != RC_OK)
        return rc;
    rc = check_source(name, &text, e);
    if (rc != RC_OK)
        return rc;
    kept = arena_text(&s->sources, text);
    if (kept.at == NULL || !lines_read(&s->sources, kept_name, kept, &s->map[*index]))
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->file[*index] = (struct source_file){kept_name.at, kept};
    s->file_count++;
    return RC_OK;
}

/* Compiles and runs a read file; leaves its one result on the stack and remembers it. Raises. */
static void run_file(lua_State *L, struct script *s, int index)
{
    const struct source_file *f = &s->file[index];
    char chunk[256];
    struct buf b = BUF_ON(chunk);
    struct buf where;
    int status;

    luaL_checkstack(L, 6, NULL);
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &INCLUDED);
    if (lua_rawgeti(L, -1, index + 1) != LUA_TNIL) {
        lua_remove(L, -2);
        return;
    }
    lua_pop(L, 1);
    if (s->running[index])
        RAISE(L, MSG_SCRIPT_INCLUDE_CYCLE, arg_s(f->name));
    buf_char(&b, '=');
    buf_str(&b, f->name);
    /* for the compiler's errors that know no line: nesting too deep, out of memory */
    where = buf_on(s->fence.where, (int)sizeof s->fence.where);
    buf_str(&where, f->name);
    buf_str(&where, ":1");
    status = luaL_loadbufferx(L, f->text.at, (size_t)f->text.len, chunk, "t");
    if (status == LUA_ERRMEM)
        fence_stop_memory(&s->fence);
    s->fence.syntax = status == LUA_ERRSYNTAX;
    if (status != LUA_OK)
        (void)lua_error(L);
    s->running[index] = true;
    lua_call(L, 0, 1);
    s->running[index] = false;
    if (lua_isnil(L, -1)) { /* a file of definitions: true, as Lua's own require gives */
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
    }
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, index + 1);
    lua_remove(L, -2);
}

int loader_include(lua_State *L)
{
    struct script *s = script_of(L);
    size_t len;
    const char *at = luaL_checklstring(L, 1, &len);
    int index;
    struct err e;

    if (read_file(s, (struct text){at, (int)len}, &index, &e) != RC_OK)
        fence_raise_err(L, &e);
    run_file(L, s, index);
    return 1;
}

/* --- the public face --- */

static int open_body(lua_State *L)
{
    struct script *s = lua_touserdata(L, 1);

    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEPT);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &INCLUDED);
    value_open(L);
    library_open(L);
    lua_pushglobaltable(L);
    for (int i = 0; i < s->options.fn_count; i++) {
        (void)lua_pushstring(L, s->options.fn[i].name);
        value_push_row(L, &s->options.fn[i]);
        lua_rawset(L, -3);
    }
    return 0;
}

enum rc script_open(const struct script_options *options, struct script **out, struct err *e)
{
    struct script *s = calloc(1, sizeof *s);
    enum rc rc;

    *out = NULL;
    if (s == NULL)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->options = *options;
    if (s->options.bytes_max == 0)
        s->options.bytes_max = BYTES_MAX;
    if (s->options.load_steps == 0)
        s->options.load_steps = LOAD_STEPS;
    arena_init(&s->sources, 0);
    arena_init(&s->scratch, s->options.bytes_max);
    rc = fence_open(&s->fence, s->options.bytes_max, e);
    if (rc == RC_OK) {
        s->fence.script = s;
        door_open(&s->fence);
        rc = door_run(&s->fence, open_body, s, s->options.load_steps, e);
    }
    if (rc != RC_OK) {
        script_close(s);
        return rc;
    }
    *out = s;
    return RC_OK;
}

void script_close(struct script *s)
{
    if (s == NULL)
        return;
    fence_close(&s->fence);
    arena_free(&s->sources);
    arena_free(&s->scratch);
    free(s->cell);
    free(s);
}

struct load {
    struct script *s;
    int file;
    struct arena *arena;
    const struct doc *doc;
    struct err *e;
    enum rc rc;
};

static int load_body(lua_State *L)
{
    struct load *load = lua_touserdata(L, 1);

    run_file(L, load->s, load->file);
    load->rc = convert_value(L, load->s, load->file, load->arena, &load->doc, load->e);
    return 0;
}

enum rc script_load(struct script *s, const char *name, struct arena *a, const struct doc **out,
                    struct err *e)
{
    struct load load = {.s = s, .arena = a, .e = e};
    enum rc rc;

    *out = NULL;
    ASSERT(!s->busy);
    rc = read_file(s, text_of(name), &load.file, e);
    if (rc != RC_OK)
        return rc;
    arena_reset(&s->scratch);
    s->busy = true;
    rc = door_run(&s->fence, load_body, &load, s->options.load_steps, e);
    s->busy = false;
    memset(s->running, 0, sizeof s->running);
    if (rc == RC_OK)
        rc = load.rc;
    if (rc == RC_OK)
        *out = load.doc;
    return rc;
}

struct call {
    struct script *s;
    int handle;
    const struct script_value *args;
    int count;
    struct script_value *result;
};

static int call_body(lua_State *L)
{
    struct call *c = lua_touserdata(L, 1);

    if (!loader_push_kept(L, c->handle))
        RAISE(L, MSG_SCRIPT_BAD_HANDLE, arg_i(c->handle));
    for (int i = 0; i < c->count; i++)
        value_push(L, &c->args[i]);
    lua_call(L, c->count, 1);
    if (c->result != NULL)
        value_read(L, -1, &c->s->scratch, "return", c->result);
    return 0;
}

enum rc script_call(struct script *s, int handle, const struct script_value *args, int count,
                    struct script_value *result, int64_t steps, struct err *e)
{
    struct call c = {s, handle, args, count, result};
    enum rc rc;

    ASSERT(!s->busy);
    ASSERT(count >= 0 && count <= SCRIPT_ARGS_MAX);
    if (s->scratch.used > 0)
        arena_reset(&s->scratch);
    if (result != NULL)
        *result = script_nil();
    s->busy = true;
    rc = door_run(&s->fence, call_body, &c, steps, e);
    s->busy = false;
    if (rc != RC_OK && result != NULL)
        *result = script_nil();
    memset(s->running, 0, sizeof s->running);
    return rc;
}

struct where {
    int handle;
    struct arena *arena;
    struct text out;
};

static int where_body(lua_State *L)
{
    struct where *w = lua_touserdata(L, 1);
    char place[96];
    struct buf b = BUF_ON(place);
    lua_Debug ar;

    if (!loader_push_kept(L, w->handle))
        return 0;
    if (lua_getinfo(L, ">S", &ar) && ar.linedefined > 0) {
        buf_str(&b, ar.short_src);
        buf_char(&b, ':');
        buf_i64(&b, ar.linedefined);
        w->out = arena_text(w->arena, (struct text){place, b.len});
    }
    return 0;
}

struct text script_func_where(struct script *s, int handle)
{
    struct where w = {handle, &s->sources, {"", 0}};
    enum rc rc = door_run(&s->fence, where_body, &w, 1000, NULL);

    return rc == RC_OK && w.out.at != NULL ? w.out : (struct text){"", 0};
}

int script_source_count(const struct script *s)
{
    return s->file_count;
}

struct source_file script_source(const struct script *s, int index)
{
    ASSERT(index >= 0 && index < s->file_count);
    return s->file[index];
}

size_t script_bytes(const struct script *s)
{
    return s->fence.bytes;
}

int64_t script_steps(const struct script *s)
{
    return s->fence.steps_given - s->fence.steps;
}

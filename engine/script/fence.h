/* fence.h -- the Lua state itself, with its limits: bytes, instructions, one string's length.
 *
 * Instructions are counted, not seconds, so that a script stops at the same place on every machine. Work that
 * one instruction can hide (allocation, sorting, pattern matching) is charged as instructions too. Once the steps
 * are spent an error is raised at every further instruction, so that no pcall can swallow it. */
#ifndef TUIYAN_SCRIPT_FENCE_H
#define TUIYAN_SCRIPT_FENCE_H

#include <lua.h>

#include "base/err.h"

enum fence_stop { FENCE_RUNNING, FENCE_STEPS, FENCE_MEMORY, FENCE_TEXT, FENCE_DEPTH, FENCE_TIME };

struct fence {
    lua_State *L;
    size_t bytes, bytes_max;
    int64_t steps, steps_given;
    int64_t cpu_start_ms;
    int interval; /* instructions between two hooks */
    unsigned hooks;
    enum fence_stop stop;    /* why the script may not go on */
    enum fence_stop refused; /* what the allocator refused last */
    bool syntax;             /* the error under way comes from the compiler */
    char where[96];          /* "file:line" of the last refusal or error */
    struct err raised;       /* the last of our own errors, in both languages */
    struct script *script;
};

/* The stack slot that holds the error handler for the life of the state. */
enum { FENCE_SLOT_HANDLER = 1 };

MUST_USE enum rc fence_open(struct fence *f, size_t bytes_max, struct err *e);
void fence_close(struct fence *f);
struct fence *fence_of(lua_State *L);

/* Gives a fresh budget; every entry through the door begins with it. */
void fence_begin(struct fence *f, int64_t steps);
/* Takes steps for work done in C; raises when they are spent. */
void fence_charge(lua_State *L, int64_t steps);
/* "file:line" of the innermost running Lua function; false, and out as it was, when there is none. */
bool fence_where(lua_State *L, char *out, int cap);
/* Raises an error with file:line in front. Never returns. */
NO_RETURN void fence_raise(lua_State *L, enum msg id, const struct arg *args, int count);
NO_RETURN void fence_raise_err(lua_State *L, const struct err *e);
/* After LUA_ERRMEM, or calls nested too deeply: from now on nothing catches it. */
void fence_stop_memory(struct fence *f);
void fence_stop_depth(lua_State *L, struct fence *f);
/* The message for f->stop or f->refused. */
void fence_stop_err(const struct fence *f, enum fence_stop stop, struct err *e);

#define RAISE0(L, id) fence_raise((L), (id), NULL, 0)
#define RAISE(L, id, ...)                                                                          \
    fence_raise((L), (id), (const struct arg[]){__VA_ARGS__},                                      \
                (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))

#endif

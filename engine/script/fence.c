#include "script/fence.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "script/script.h"

enum {
    HOOK_INTERVAL = 1000,
    CALLS_ODD = 20000, /* open calls that only endless recursion reaches */
    BYTES_PER_STEP = 64, /* clearing or copying 64 bytes takes about as long as one instruction */
    /* One instruction can hide work that no hook sees (comparing long texts). This guard against a hang is not
     * a budget: no script that ends by itself comes near it. */
    CPU_GUARD_MS = 10000,
};

struct fence *fence_of(lua_State *L)
{
    struct fence *f;

    memcpy(&f, lua_getextraspace(L), sizeof f);
    return f;
}

bool fence_where(lua_State *L, char *out, int cap)
{
    lua_Debug ar;

    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        if (lua_getinfo(L, "Sl", &ar) && ar.currentline > 0) {
            struct buf b = buf_on(out, cap);
            buf_str(&b, ar.short_src);
            buf_char(&b, ':');
            buf_i64(&b, ar.currentline);
            return true;
        }
    }
    return false;
}

static void refuse(struct fence *f, enum fence_stop why)
{
    lua_Debug ar;

    f->refused = why;
    /* Lua answers with a full collection before it gives up: work in proportion to what is held. */
    f->steps -= (int64_t)(f->bytes / BYTES_PER_STEP);
    if (f->L == NULL)
        return;
    (void)fence_where(f->L, f->where, (int)sizeof f->where);
    /* With so many calls open it is the calls that fill the memory. */
    if (why == FENCE_MEMORY && lua_getstack(f->L, CALLS_ODD, &ar))
        f->refused = FENCE_DEPTH;
}

static void *allocate(void *ud, void *ptr, size_t osize, size_t nsize)
{
    struct fence *f = ud;
    size_t old = ptr != NULL ? osize : 0;
    void *p;

    if (nsize == 0) {
        free(ptr);
        f->bytes -= old;
        return NULL;
    }
    if (nsize > old) {
        /* For a new object Lua passes its type in place of the old size. */
        if (ptr == NULL && osize == LUA_TSTRING && nsize > SCRIPT_TEXT_MAX + 64) {
            refuse(f, FENCE_TEXT);
            return NULL;
        }
        if (nsize - old > f->bytes_max - f->bytes) {
            refuse(f, FENCE_MEMORY);
            return NULL;
        }
        f->steps -= (int64_t)((nsize - old) / BYTES_PER_STEP);
    }
    p = realloc(ptr, nsize);
    if (p == NULL) {
        refuse(f, FENCE_MEMORY);
        return NULL;
    }
    f->bytes = f->bytes - old + nsize;
    return p;
}

static int64_t cpu_ms(void)
{
    struct timespec t = {0, 0};

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void fence_stop_err(const struct fence *f, enum fence_stop stop, struct err *e)
{
    char prefix[sizeof f->where + 2];
    struct buf b = BUF_ON(prefix);

    switch (stop) {
    case FENCE_STEPS:
        (void)ERR(e, RC_INPUT, MSG_SCRIPT_STEPS, arg_i(f->steps_given));
        break;
    case FENCE_TIME:
        (void)ERR(e, RC_INPUT, MSG_SCRIPT_TIME, arg_i(CPU_GUARD_MS / 1000));
        break;
    case FENCE_TEXT:
        (void)ERR(e, RC_INPUT, MSG_SCRIPT_TEXT_LONG, arg_i(SCRIPT_TEXT_MAX / 1024));
        break;
    case FENCE_DEPTH:
        (void)ERR0(e, RC_INPUT, MSG_SCRIPT_RECURSION);
        break;
    case FENCE_MEMORY:
    case FENCE_RUNNING:
        (void)ERR(e, RC_INPUT, MSG_SCRIPT_MEMORY, arg_i((int64_t)(f->bytes_max / (1024 * 1024))));
        break;
    }
    if (f->where[0] != '\0') {
        buf_str(&b, f->where);
        buf_str(&b, ": ");
        err_prefix(e, prefix);
    }
}

void fence_stop_memory(struct fence *f)
{
    if (f->stop != FENCE_RUNNING)
        return;
    f->stop = f->refused == FENCE_RUNNING ? FENCE_MEMORY : f->refused;
    fence_stop_err(f, f->stop, &f->raised);
}

void fence_stop_depth(lua_State *L, struct fence *f)
{
    if (f->stop != FENCE_RUNNING)
        return;
    f->stop = FENCE_DEPTH;
    (void)fence_where(L, f->where, (int)sizeof f->where);
    fence_stop_err(f, f->stop, &f->raised);
}

NO_RETURN static void stop_now(lua_State *L, struct fence *f, enum fence_stop why)
{
    if (f->stop == FENCE_RUNNING) {
        /* Collecting in a full memory costs steps: then the memory is what ran out. */
        if (why == FENCE_STEPS && (f->refused == FENCE_MEMORY || f->refused == FENCE_DEPTH))
            why = f->refused;
        f->stop = why;
        (void)fence_where(L, f->where, (int)sizeof f->where);
        fence_stop_err(f, why, &f->raised);
    }
    (void)lua_pushstring(L, f->raised.text[LANG_EN]);
    (void)lua_error(L);
    abort(); /* lua_error does not return */
}

static void on_count(lua_State *L, lua_Debug *ar)
{
    struct fence *f = fence_of(L);

    (void)ar;
    f->steps -= f->interval;
    if (f->steps <= 0) {
        f->interval = 1;
        lua_sethook(L, on_count, LUA_MASKCOUNT, 1);
        stop_now(L, f, FENCE_STEPS);
    }
    if (f->hooks++ % 16 != 0)
        return;
    if (f->cpu_start_ms < 0) /* read late: most calls are over before the first hook */
        f->cpu_start_ms = cpu_ms();
    if (cpu_ms() - f->cpu_start_ms > CPU_GUARD_MS) {
        f->steps = 0;
        f->interval = 1;
        lua_sethook(L, on_count, LUA_MASKCOUNT, 1);
        stop_now(L, f, FENCE_TIME);
    }
}

void fence_begin(struct fence *f, int64_t steps)
{
    f->stop = FENCE_RUNNING;
    f->refused = FENCE_RUNNING;
    f->steps = f->steps_given = steps;
    f->interval = steps < HOOK_INTERVAL ? (steps > 0 ? (int)steps : 1) : HOOK_INTERVAL;
    f->hooks = 0;
    f->syntax = false;
    f->where[0] = '\0';
    f->cpu_start_ms = -1;
    lua_sethook(f->L, on_count, LUA_MASKCOUNT, f->interval);
}

void fence_charge(lua_State *L, int64_t steps)
{
    struct fence *f = fence_of(L);

    f->steps -= steps;
    if (f->steps <= 0) {
        f->interval = 1;
        lua_sethook(L, on_count, LUA_MASKCOUNT, 1);
        stop_now(L, f, FENCE_STEPS);
    }
}

NO_RETURN void fence_raise_err(lua_State *L, const struct err *e)
{
    struct fence *f = fence_of(L);
    char prefix[sizeof f->where + 2];
    struct buf b = BUF_ON(prefix);

    if (f->stop == FENCE_RUNNING) {
        f->raised = *e;
        if (fence_where(L, f->where, (int)sizeof f->where)) {
            buf_str(&b, f->where);
            buf_str(&b, ": ");
            err_prefix(&f->raised, prefix);
        }
    }
    (void)lua_pushstring(L, f->raised.text[LANG_EN]);
    (void)lua_error(L);
    abort(); /* lua_error does not return */
}

NO_RETURN void fence_raise(lua_State *L, enum msg id, const struct arg *args, int count)
{
    struct err e;

    (void)err_set(&e, RC_INPUT, id, args, count);
    fence_raise_err(L, &e);
}

enum rc fence_open(struct fence *f, size_t bytes_max, struct err *e)
{
    memset(f, 0, sizeof *f);
    f->bytes_max = bytes_max;
    f->steps = f->steps_given = INT32_MAX;
    f->L = lua_newstate(allocate, f);
    if (f->L == NULL)
        return ERR(e, RC_MEMORY, MSG_SCRIPT_MEMORY, arg_i((int64_t)(bytes_max / (1024 * 1024))));
    memcpy(lua_getextraspace(f->L), &f, sizeof f);
    return RC_OK;
}

void fence_close(struct fence *f)
{
    if (f->L != NULL)
        lua_close(f->L);
    f->L = NULL;
}

/* check.c -- what a drill file says of itself: the chain of its log, the counts in it, its end; all of it for `verify`. */
#include <stdlib.h>
#include <string.h>

#include "store/inner.h"

enum rc store_check_chain(struct store *st, struct chain_report *out, struct err *e)
{
    *out = (struct chain_report){0};
    uint8_t before[HASH_BYTES] = {0}, hash[HASH_BYTES];
    sqlite3_stmt *q = store_stmt(st, SQL_LOG_ALL);
    if (!q)
        return store_fail(st, e);
    int code;
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(q, 0);
        out->rows++;
        if (out->bad_id)
            continue;
        store_chain(before, id, sqlite3_column_int(q, 1), sqlite3_column_int(q, 2), sqlite3_column_int64(q, 3),
                    sqlite3_column_int64(q, 4), sqlite3_column_int64(q, 5), sqlite3_column_blob(q, 6),
                    (size_t)sqlite3_column_bytes(q, 6), hash);
        bool good = id == out->rows && sqlite3_column_bytes(q, 7) == HASH_BYTES &&
                    memcmp(sqlite3_column_blob(q, 7), hash, HASH_BYTES) == 0;
        if (!good) {
            out->bad_id = id;
            continue;
        }
        out->good++;
        memcpy(before, hash, HASH_BYTES);
    }
    sqlite3_reset(q);
    return code == SQLITE_DONE ? RC_OK : store_fail(st, e);
}

/* ---- counts ---- */

struct counted { /* rows of one line so far */
    int64_t orders, refusals, events;
};

struct counting {
    struct counted *line; /* by number of the line */
    int64_t lines;
    int64_t rows, notes;
    bool ended;
    int last; /* kind */
};

static struct counted *counted(struct counting *c, int64_t line)
{
    enum { LINES_AT_MOST = 1 << 20 };
    if (line < 0 || line >= LINES_AT_MOST)
        return NULL;
    if (line >= c->lines) {
        struct counted *more = realloc(c->line, (size_t)(line + 16) * sizeof(*more));
        if (!more)
            return NULL;
        memset(more + c->lines, 0, (size_t)(line + 16 - c->lines) * sizeof(*more));
        c->line = more;
        c->lines = line + 16;
    }
    return &c->line[line];
}

/* Whether the row fits what stands before it. */
static bool count_row(struct counting *c, struct counted *l, int kind, const uint8_t *at, int size)
{
    c->last = kind;
    switch (kind) {
    case LOG_ORDER:
        l->orders++;
        return true;
    case LOG_REFUSAL:
        l->refusals++;
        return true;
    case LOG_EVENT:
        l->events++;
        return true;
    case LOG_STEP: /* of an older format: nothing is said */
        return size < 24 || size != 24 + 4 * (int)store_get32(at + 8) ||
               (store_get32(at + 12) == (uint32_t)l->orders && store_get32(at + 16) == (uint32_t)l->refusals &&
                store_get32(at + 20) == (uint32_t)l->events);
    case LOG_CLOSE:
        return size == 8 && store_get64(at) == (uint64_t)c->rows;
    default:
        return true;
    }
}

enum rc store_check_counts(struct store *st, struct store_difference *out, struct err *e)
{
    struct counting c = {.last = LOG_CLOSE};
    enum rc rc = RC_OK;
    *out = (struct store_difference){.kind = DIFFERENCE_NONE};
    sqlite3_stmt *q = store_stmt(st, SQL_LOG_ALL);
    int code = SQLITE_ERROR;
    while (q && rc == RC_OK && out->kind == DIFFERENCE_NONE && (code = sqlite3_step(q)) == SQLITE_ROW) {
        int kind = sqlite3_column_int(q, 2);
        int64_t seq = sqlite3_column_int64(q, 3);
        struct counted *l = counted(&c, sqlite3_column_int64(q, 1));
        if (!l) {
            rc = ERR(e, RC_CORRUPT, MSG_STORE_BAD_ROW, arg_i(sqlite3_column_int64(q, 0)));
        } else if (!count_row(&c, l, kind, sqlite3_column_blob(q, 6), sqlite3_column_bytes(q, 6))) {
            struct buf b = BUF_ON(out->row);
            out->kind = DIFFERENCE_COUNT;
            (void)text_copy(out->table, (int)sizeof(out->table), TEXT("log"));
            buf_i64(&b, sqlite3_column_int64(q, 0));
        }
        c.ended = c.ended || (kind == LOG_CLOCK && (seq == CLOCK_FINISH || seq == CLOCK_ABORT));
        c.rows++;
    }
    if (rc == RC_OK && out->kind == DIFFERENCE_NONE && code != SQLITE_DONE)
        rc = store_fail(st, e);
    if (q)
        sqlite3_reset(q);
    if (rc == RC_OK && out->kind == DIFFERENCE_NONE && c.ended && c.last != LOG_CLOSE) {
        struct buf b = BUF_ON(out->row);
        out->kind = DIFFERENCE_END;
        (void)text_copy(out->table, (int)sizeof(out->table), TEXT("log"));
        buf_i64(&b, c.rows);
    }
    free(c.line);
    return rc;
}

enum rc store_count(struct store *st, int32_t line, struct err *e)
{
    if (st->tail.line == line)
        return RC_OK;
    sqlite3_stmt *q = store_stmt(st, SQL_LOG_COUNT);
    if (!q)
        return store_fail(st, e);
    sqlite3_bind_int(q, 1, line);
    if (sqlite3_step(q) != SQLITE_ROW)
        return store_fail(st, e);
    st->tail.line = line;
    st->tail.orders = sqlite3_column_int64(q, 0);
    st->tail.refusals = sqlite3_column_int64(q, 1);
    st->tail.events = sqlite3_column_int64(q, 2);
    sqlite3_reset(q);
    return RC_OK;
}

/* ---- all of it ---- */

enum rc store_verify(struct store *st, struct store_difference *out, bool *open, struct err *e)
{
    struct chain_report chain;
    *out = (struct store_difference){.kind = DIFFERENCE_NONE};
    enum rc rc = store_check_chain(st, &chain, e);
    if (rc == RC_OK && chain.bad_id != 0)
        rc = ERR(e, RC_CORRUPT, MSG_STORE_CHAIN, arg_i(chain.bad_id), arg_i(chain.good));
    if (rc == RC_OK && st->format >= FORMAT)
        rc = store_check_counts(st, out, e);
    if (rc == RC_OK && st->format >= FORMAT && out->kind == DIFFERENCE_NONE)
        rc = store_check_rows(st, true, out, e);
    *open = !st->tail.closed;
    return rc;
}

void store_say_difference(const struct store_difference *d, struct err *e)
{
    static const enum msg says[] = {
        [DIFFERENCE_CHANGED] = MSG_STORE_CHANGED, [DIFFERENCE_MISSING] = MSG_STORE_MISSING, [DIFFERENCE_EXTRA] = MSG_STORE_EXTRA,
        [DIFFERENCE_COUNT] = MSG_STORE_COUNT,     [DIFFERENCE_END] = MSG_STORE_END};
    ASSERT(d->kind > DIFFERENCE_NONE && d->kind < COUNT_OF(says));
    ERR(e, RC_CORRUPT, d->kind == DIFFERENCE_CHANGED && !d->field[0] ? MSG_STORE_CHANGED_ROW : says[d->kind], arg_s(d->table),
        arg_s(d->row), arg_s(d->field));
}

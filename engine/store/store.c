/* store.c -- errors, statements, meta, transactions, sources, and the chain of the log. */
#include "store/store.h"

#include <sha256.h>
#include <stdlib.h>
#include <string.h>

#include "store/inner.h"

/* ---- errors and statements ---- */

enum rc store_fail(const struct store *st, struct err *e)
{
    int code = st->db ? sqlite3_errcode(st->db) : SQLITE_NOMEM;
    struct arg why = arg_s(st->db ? sqlite3_errmsg(st->db) : "out of memory");
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR0(e, RC_BUSY, MSG_STORE_BUSY);
    case SQLITE_FULL:
        return ERR0(e, RC_IO, MSG_STORE_FULL);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return ERR0(e, RC_IO, MSG_STORE_READ_ONLY);
    case SQLITE_NOTADB:
        return ERR0(e, RC_INPUT, MSG_STORE_NOT_DRILL);
    case SQLITE_CORRUPT:
        return ERR(e, RC_CORRUPT, MSG_STORE_CORRUPT, why);
    case SQLITE_NOMEM:
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    default:
        return ERR(e, RC_IO, MSG_STORE_IO, why);
    }
}

sqlite3_stmt *store_stmt(struct store *st, enum statement which)
{
    if (!st->stmt[which] &&
        sqlite3_prepare_v3(st->db, store_sql[which], -1, SQLITE_PREPARE_PERSISTENT, &st->stmt[which], NULL) != SQLITE_OK)
        return NULL;
    sqlite3_reset(st->stmt[which]);
    sqlite3_clear_bindings(st->stmt[which]);
    return st->stmt[which];
}

enum rc store_run(struct store *st, sqlite3_stmt *stmt, struct err *e)
{
    if (!stmt)
        return store_fail(st, e);
    int code;
    do
        code = sqlite3_step(stmt);
    while (code == SQLITE_ROW);
    enum rc rc = code == SQLITE_DONE ? RC_OK : store_fail(st, e);
    sqlite3_reset(stmt);
    return rc;
}

enum rc store_exec(struct store *st, const char *sql, struct err *e)
{
    return sqlite3_exec(st->db, sql, NULL, NULL, NULL) == SQLITE_OK ? RC_OK : store_fail(st, e);
}

/* ---- meta ---- */

static enum rc meta_sealed(struct store *st, sqlite3_stmt *q, const char *name, struct err *e)
{
    enum rc rc = store_run(st, q, e);
    return rc == RC_OK ? store_seal(st, SEALED_META, &(struct seal_key){name, 0}, e) : rc;
}

static enum rc meta_put_text(struct store *st, const char *name, const char *value, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_META_PUT);
    if (q) {
        sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_text(q, 2, value, -1, SQLITE_STATIC);
    }
    return meta_sealed(st, q, name, e);
}

static enum rc meta_put_int(struct store *st, const char *name, int64_t value, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_META_PUT);
    if (q) {
        sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_int64(q, 2, value);
    }
    return meta_sealed(st, q, name, e);
}

static void meta_get_text(struct store *st, const char *name, char *out, int cap)
{
    sqlite3_stmt *q = store_stmt(st, SQL_META_GET);
    out[0] = 0;
    if (!q)
        return;
    sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
    if (sqlite3_step(q) == SQLITE_ROW)
        (void)text_copy(out, cap, text_of((const char *)sqlite3_column_text(q, 0)));
    sqlite3_reset(q);
}

static int64_t meta_get_int(struct store *st, const char *name)
{
    int64_t v = 0;
    sqlite3_stmt *q = store_stmt(st, SQL_META_GET);
    if (!q)
        return 0;
    sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
    if (sqlite3_step(q) == SQLITE_ROW)
        v = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return v;
}

int store_format(const struct store *st) { return st->format; }

const struct store_meta *store_get_meta(const struct store *st) { return &st->meta; }

enum rc store_write_meta(struct store *st, struct err *e)
{
    const struct store_meta *m = &st->meta;
    enum rc rc = meta_put_text(st, "scenario", m->scenario, e);
    if (rc == RC_OK)
        rc = meta_put_text(st, "title_zh", m->title_zh, e);
    if (rc == RC_OK)
        rc = meta_put_text(st, "title_en", m->title_en, e);
    if (rc == RC_OK)
        rc = meta_put_text(st, "bot", m->bot, e);
    if (rc == RC_OK)
        rc = meta_put_text(st, "engine", m->engine, e);
    if (rc == RC_OK)
        rc = meta_put_int(st, "codec", CODEC, e);
    if (rc == RC_OK)
        rc = meta_put_int(st, "model", m->model, e);
    if (rc == RC_OK)
        rc = meta_put_text(st, "uuid", m->uuid, e);
    if (rc == RC_OK)
        rc = meta_put_int(st, "seed", (int64_t)m->seed, e);
    if (rc == RC_OK && m->course > 0)
        rc = meta_put_int(st, "course", m->course, e);
    if (rc == RC_OK)
        rc = meta_put_int(st, "tick_ms", m->tick_ms, e);
    if (rc == RC_OK)
        rc = meta_put_int(st, "created_ms", m->created_ms, e);
    return rc;
}

void store_read_meta(struct store *st)
{
    struct store_meta *m = &st->meta;
    meta_get_text(st, "scenario", m->scenario, (int)sizeof(m->scenario));
    meta_get_text(st, "title_zh", m->title_zh, (int)sizeof(m->title_zh));
    meta_get_text(st, "title_en", m->title_en, (int)sizeof(m->title_en));
    meta_get_text(st, "bot", m->bot, (int)sizeof(m->bot));
    meta_get_text(st, "engine", m->engine, (int)sizeof(m->engine));
    meta_get_text(st, "uuid", m->uuid, (int)sizeof(m->uuid));
    m->seed = (uint64_t)meta_get_int(st, "seed");
    m->course = (int32_t)meta_get_int(st, "course");
    m->model = (int32_t)meta_get_int(st, "model");
    m->tick_ms = meta_get_int(st, "tick_ms");
    m->created_ms = meta_get_int(st, "created_ms");
}

/* ---- transactions ---- */

enum rc store_begin(struct store *st, struct err *e)
{
    enum rc rc = store_run(st, store_stmt(st, SQL_BEGIN), e);
    st->in_group = rc == RC_OK;
    st->before = st->tail;
    st->fields_before = st->fields;
    return rc;
}

/* The chain goes on from what is on disk, whatever was tried in between. */
void store_rollback(struct store *st)
{
    (void)store_run(st, store_stmt(st, SQL_ROLLBACK), NULL);
    st->tail = st->before;
    st->fields = st->fields_before;
    st->in_group = false;
}

/* The row that ends the log of a drill that has ended: how many rows stand before it. */
static enum rc put_closing(struct store *st, struct err *e)
{
    uint8_t bytes[8];
    store_put64(bytes, (uint64_t)st->tail.id);
    return store_log(st, 0, LOG_CLOSE, 0, 0, 0, bytes, sizeof(bytes), NULL, e);
}

enum rc store_commit(struct store *st, struct err *e)
{
    bool grew = st->tail.id != st->before.id;
    enum rc rc = grew && st->tail.closed ? put_closing(st, e) : RC_OK;
    if (rc == RC_OK)
        rc = store_run(st, store_stmt(st, SQL_COMMIT), e);
    if (rc != RC_OK)
        store_rollback(st);
    st->in_group = false;
    return rc;
}

enum rc store_enter(struct store *st, bool *own, struct err *e)
{
    *own = !st->in_group;
    return *own ? store_begin(st, e) : RC_OK;
}

enum rc store_leave(struct store *st, bool own, enum rc rc, struct err *e)
{
    if (own && rc == RC_OK)
        return store_commit(st, e);
    if (own)
        store_rollback(st);
    return rc;
}

/* ---- sources ---- */

enum rc store_put_source(struct store *st, const char *name, const void *at, size_t size, struct err *e)
{
    bool own;
    enum rc rc = store_enter(st, &own, e);
    if (rc != RC_OK)
        return rc;
    sqlite3_stmt *q = store_stmt(st, SQL_SOURCE_PUT);
    if (q) {
        sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_blob64(q, 2, size ? at : "", size, SQLITE_STATIC);
    }
    rc = store_run(st, q, e);
    if (rc == RC_OK)
        rc = store_seal(st, SEALED_SOURCE, &(struct seal_key){name, 0}, e);
    return store_leave(st, own, rc, e);
}

enum rc store_get_source(struct store *st, const char *name, struct arena *a, struct text *out, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_SOURCE_GET);
    if (!q)
        return store_fail(st, e);
    sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
    int code = sqlite3_step(q);
    enum rc rc = RC_OK;
    if (code == SQLITE_ROW)
        *out = arena_text(a, (struct text){sqlite3_column_blob(q, 0), sqlite3_column_bytes(q, 0)});
    else
        rc = code == SQLITE_DONE ? ERR(e, RC_NO, MSG_STORE_NO_SOURCE, arg_s(name)) : store_fail(st, e);
    sqlite3_reset(q);
    if (rc == RC_OK && !out->at)
        rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    return rc;
}

enum rc store_each_source(struct store *st, enum rc (*each)(void *ctx, const char *name, size_t size), void *ctx,
                          struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_SOURCE_LIST);
    if (!q)
        return store_fail(st, e);
    int code;
    enum rc rc = RC_OK;
    while (rc == RC_OK && (code = sqlite3_step(q)) == SQLITE_ROW)
        rc = each(ctx, (const char *)sqlite3_column_text(q, 0), (size_t)sqlite3_column_int64(q, 1));
    if (rc != RC_OK)
        rc = ERR0(e, rc, MSG_STORE_READING);
    else if (code != SQLITE_DONE)
        rc = store_fail(st, e);
    sqlite3_reset(q);
    return rc;
}

/* ---- the chain ---- */

void store_put32(uint8_t *to, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(v >> (8 * i));
}

void store_put64(uint8_t *to, uint64_t v)
{
    for (int i = 0; i < 8; i++)
        to[i] = (uint8_t)(v >> (8 * i));
}

uint32_t store_get32(const uint8_t *from)
{
    return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

uint64_t store_get64(const uint8_t *from)
{
    return store_get32(from) | (uint64_t)store_get32(from + 4) << 32;
}

void store_chain(const uint8_t before[HASH_BYTES], int64_t id, int32_t line, int32_t kind, int64_t seq,
                 int64_t t_ms, int64_t wall_ms, const void *payload, size_t size, uint8_t out[HASH_BYTES])
{
    uint8_t head[56];
    store_put64(head, (uint64_t)id);
    store_put64(head + 8, (uint64_t)line);
    store_put64(head + 16, (uint64_t)kind);
    store_put64(head + 24, (uint64_t)seq);
    store_put64(head + 32, (uint64_t)t_ms);
    store_put64(head + 40, (uint64_t)wall_ms);
    store_put64(head + 48, size);
    SHA2_CTX c;
    SHA256Init(&c);
    SHA256Update(&c, before, HASH_BYTES);
    SHA256Update(&c, head, sizeof(head));
    SHA256Update(&c, payload, size);
    SHA256Final(out, &c);
}

enum rc store_log(struct store *st, int32_t line, int32_t kind, int64_t seq, int64_t t_ms, int64_t wall_ms,
                  const void *payload, size_t size, int64_t *id, struct err *e)
{
    uint8_t hash[HASH_BYTES];
    int64_t next = st->tail.id + 1;
    ASSERT(st->in_group);
    store_chain(st->tail.hash, next, line, kind, seq, t_ms, wall_ms, payload, size, hash);
    if (sqlite3_get_autocommit(
            st->db)) /* SQLite gave the whole group up: a row alone would be half of it */
        return ERR(e, RC_IO, MSG_STORE_IO, arg_s("rolled back"));
    sqlite3_stmt *q = store_stmt(st, SQL_LOG_PUT);
    if (q) {
        sqlite3_bind_int64(q, 1, next);
        sqlite3_bind_int(q, 2, line);
        sqlite3_bind_int(q, 3, kind);
        sqlite3_bind_int64(q, 4, seq);
        sqlite3_bind_int64(q, 5, t_ms);
        sqlite3_bind_int64(q, 6, wall_ms);
        sqlite3_bind_blob64(q, 7, size ? payload : "", size, SQLITE_STATIC);
        sqlite3_bind_blob(q, 8, hash, HASH_BYTES, SQLITE_STATIC);
    }
    enum rc rc = store_run(st, q, e);
    if (rc == RC_OK) {
        struct tail *t = &st->tail;
        t->id = next;
        memcpy(t->hash, hash, HASH_BYTES);
        t->closed = t->closed || (kind == LOG_CLOCK && (seq == CLOCK_FINISH || seq == CLOCK_ABORT));
        t->orders += t->line == line && kind == LOG_ORDER;
        t->refusals += t->line == line && kind == LOG_REFUSAL;
        t->events += t->line == line && kind == LOG_EVENT;
        if (id)
            *id = next;
    }
    return rc;
}

enum rc store_words(struct store *st, int64_t id, const struct store_words *words, struct err *e)
{
    if (!words || !words->zh || !words->en)
        return RC_OK;
    sqlite3_stmt *q = store_stmt(st, SQL_WORD_PUT);
    if (q) {
        sqlite3_bind_int64(q, 1, id);
        sqlite3_bind_text(q, 2, words->zh, -1, SQLITE_STATIC);
        sqlite3_bind_text(q, 3, words->en, -1, SQLITE_STATIC);
    }
    return store_run(st, q, e);
}

void store_head(struct store *st, char hex[65])
{
    for (int i = 0; i < HASH_BYTES; i++) {
        hex[2 * i] = "0123456789abcdef"[st->tail.hash[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[st->tail.hash[i] & 15];
    }
    hex[64] = 0;
}

#include "store/store.h"

#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static enum rc exec(struct store *st, const char *sql, struct err *e)
{
    return sqlite3_exec(st->db, sql, NULL, NULL, NULL) == SQLITE_OK ? RC_OK : store_fail(st, e);
}

/* ---- meta ---- */

static enum rc meta_put_text(struct store *st, const char *name, const char *value, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_META_PUT);
    if (q) {
        sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_text(q, 2, value, -1, SQLITE_STATIC);
    }
    return store_run(st, q, e);
}

static enum rc meta_put_int(struct store *st, const char *name, int64_t value, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_META_PUT);
    if (q) {
        sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_int64(q, 2, value);
    }
    return store_run(st, q, e);
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

const struct store_meta *store_get_meta(const struct store *st) { return &st->meta; }

static enum rc write_meta(struct store *st, struct err *e)
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

static void read_meta(struct store *st)
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
    m->tick_ms = meta_get_int(st, "tick_ms");
    m->created_ms = meta_get_int(st, "created_ms");
}

/* ---- opening ---- */

/* fresh: a file just made; any other without our mark is somebody else's and is left alone. */
static enum rc migrate(struct store *st, bool fresh, struct err *e)
{
    int version = 0, application = 0;
    sqlite3_stmt *q;
    if (sqlite3_prepare_v2(st->db, "SELECT v.user_version, a.application_id FROM pragma_user_version v, pragma_application_id a",
                           -1, &q, NULL) != SQLITE_OK)
        return store_fail(st, e);
    int code = sqlite3_step(q);
    if (code == SQLITE_ROW) {
        version = sqlite3_column_int(q, 0);
        application = sqlite3_column_int(q, 1);
    }
    sqlite3_finalize(q);
    if (code != SQLITE_ROW)
        return store_fail(st, e);
    if (!fresh && application != STORE_APPLICATION_ID)
        return ERR0(e, RC_INPUT, MSG_STORE_NOT_DRILL);
    if (version > store_migration_count)
        return ERR(e, RC_NEWER, MSG_STORE_NEWER, arg_i(version), arg_i(store_migration_count));
    for (int i = version; i < store_migration_count; i++) {
        char sql[64];
        struct buf b = BUF_ON(sql);
        buf_str(&b, "PRAGMA user_version = ");
        buf_i64(&b, i + 1);
        enum rc rc = exec(st, "BEGIN IMMEDIATE", e);
        if (rc == RC_OK)
            rc = exec(st, store_migrations[i], e);
        if (rc == RC_OK)
            rc = exec(st, "PRAGMA application_id = 1954115121", e);
        if (rc == RC_OK)
            rc = exec(st, sql, e);
        if (rc == RC_OK)
            rc = exec(st, "COMMIT", e);
        if (rc != RC_OK) {
            (void)sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
            return rc;
        }
    }
    return RC_OK;
}
_Static_assert(STORE_APPLICATION_ID == 1954115121, "the pragma above writes it in decimal");

static enum rc read_head(struct store *st, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_LOG_HEAD);
    if (!q)
        return store_fail(st, e);
    int code = sqlite3_step(q);
    if (code == SQLITE_ROW && sqlite3_column_bytes(q, 1) == HASH_BYTES) {
        st->head_id = sqlite3_column_int64(q, 0);
        memcpy(st->head, sqlite3_column_blob(q, 1), HASH_BYTES);
    }
    sqlite3_reset(q);
    return code == SQLITE_ROW || code == SQLITE_DONE ? RC_OK : store_fail(st, e);
}

enum rc store_add_field(struct store *st, const char *slice, const char *name)
{
    void *more = realloc(st->field, (size_t)(st->fields + 1) * sizeof(*st->field));
    if (!more)
        return RC_MEMORY;
    st->field = more;
    (void)text_copy(st->field[st->fields][0], 48, text_of(slice));
    (void)text_copy(st->field[st->fields][1], 48, text_of(name));
    st->fields++;
    return RC_OK;
}

static enum rc read_fields(struct store *st, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_FIELD_LIST);
    if (!q)
        return store_fail(st, e);
    int code;
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        if (store_add_field(st, (const char *)sqlite3_column_text(q, 0), (const char *)sqlite3_column_text(q, 1)) != RC_OK)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    sqlite3_reset(q);
    return code == SQLITE_DONE ? RC_OK : store_fail(st, e);
}

static enum rc open_db(const char *path, int flags, struct store **out, struct err *e)
{
    *out = NULL;
    struct store *st = calloc(1, sizeof(*st));
    if (!st)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    st->writable = (flags & SQLITE_OPEN_READWRITE) != 0;
    enum rc rc = RC_OK;
    if (sqlite3_open_v2(path, &st->db, flags, NULL) != SQLITE_OK) {
        rc = store_fail(st, e);
    } else {
        sqlite3_busy_timeout(st->db, 200);
        sqlite3_db_config(st->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        rc = exec(st, "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;"
                      "PRAGMA synchronous = FULL; PRAGMA cache_size = -4000;", e);
    }
    if (rc == RC_OK && st->writable) {
        /* One writer at a time: a second program that opens the file is told so at once. */
        rc = exec(st, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT;", e);
    }
    if (rc != RC_OK) {
        store_close(st);
        return rc;
    }
    *out = st;
    return RC_OK;
}

void store_discard(struct store *st, const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    store_close(st);
    for (int i = 0; path && i < COUNT_OF(ends); i++) {
        char name[4096];
        struct buf b = BUF_ON(name);
        buf_str(&b, path);
        buf_str(&b, ends[i]);
        (void)remove(name);
    }
}

enum rc store_create(const char *path, const struct store_meta *meta, struct store **out, struct err *e)
{
    *out = NULL;
    if (path && access(path, F_OK) == 0)
        return ERR(e, RC_INPUT, MSG_STORE_EXISTS, arg_s(path));
    struct store *st;
    enum rc rc = open_db(path ? path : ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &st, e);
    if (rc != RC_OK) {
        store_discard(NULL, path); /* what SQLite began to make */
        return rc;
    }
    st->meta = *meta;
    rc = migrate(st, true, e);
    if (rc == RC_OK)
        rc = store_begin(st, e);
    if (rc == RC_OK)
        rc = write_meta(st, e);
    struct store_line main_line = {.reason = LINE_MAIN};
    int32_t id;
    if (rc == RC_OK)
        rc = store_add_line(st, &main_line, &id, e);
    if (rc == RC_OK)
        rc = store_commit(st, e);
    if (rc != RC_OK) {
        store_discard(st, path);
        return rc;
    }
    *out = st;
    return RC_OK;
}

enum rc store_open(const char *path, bool writable, struct store **out, struct err *e)
{
    *out = NULL;
    if (access(path, F_OK) != 0)
        return ERR(e, RC_INPUT, MSG_STORE_NO_FILE, arg_s(path));
    if (writable && access(path, W_OK) != 0)
        return ERR0(e, RC_IO, MSG_STORE_READ_ONLY);
    struct store *st;
    enum rc rc = open_db(path, writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, &st, e);
    if (rc != RC_OK)
        return rc;
    if (rc == RC_OK)
        rc = migrate(st, false, e);
    struct chain_report chain;
    if (rc == RC_OK)
        rc = store_check_chain(st, &chain, e);
    if (rc == RC_OK && chain.bad_id != 0)
        rc = ERR(e, RC_CORRUPT, MSG_STORE_CHAIN, arg_i(chain.bad_id), arg_i(chain.good));
    if (rc == RC_OK)
        rc = read_head(st, e);
    if (rc == RC_OK)
        rc = read_fields(st, e);
    if (rc != RC_OK) {
        store_close(st);
        return rc;
    }
    read_meta(st);
    if (st->meta.uuid[0] == 0) {
        store_close(st);
        return ERR0(e, RC_CORRUPT, MSG_STORE_NOT_DRILL);
    }
    *out = st;
    return RC_OK;
}

void store_close(struct store *st)
{
    if (!st)
        return;
    for (int i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(st->stmt[i]);
    sqlite3_close(st->db);
    free(st->field);
    free(st);
}

enum rc store_begin(struct store *st, struct err *e)
{
    enum rc rc = store_run(st, store_stmt(st, SQL_BEGIN), e);
    st->in_group = rc == RC_OK;
    st->head_id_before = st->head_id;
    st->fields_before = st->fields;
    memcpy(st->head_before, st->head, HASH_BYTES);
    return rc;
}

/* The chain goes on from what is on disk, whatever was tried in between. */
void store_rollback(struct store *st)
{
    (void)store_run(st, store_stmt(st, SQL_ROLLBACK), NULL);
    st->head_id = st->head_id_before;
    st->fields = st->fields_before;
    memcpy(st->head, st->head_before, HASH_BYTES);
    st->in_group = false;
}

enum rc store_commit(struct store *st, struct err *e)
{
    enum rc rc = store_run(st, store_stmt(st, SQL_COMMIT), e);
    if (rc != RC_OK)
        store_rollback(st);
    st->in_group = false;
    return rc;
}

/* ---- sources ---- */

enum rc store_put_source(struct store *st, const char *name, const void *at, size_t size, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_SOURCE_PUT);
    if (q) {
        sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_blob64(q, 2, size ? at : "", size, SQLITE_STATIC);
    }
    return store_run(st, q, e);
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

static void le64(uint8_t *to, int64_t v)
{
    for (int i = 0; i < 8; i++)
        to[i] = (uint8_t)((uint64_t)v >> (8 * i));
}

void store_chain(const uint8_t before[HASH_BYTES], int64_t id, int32_t line, int32_t kind, int64_t seq,
                 int64_t t_ms, int64_t wall_ms, const void *payload, size_t size, uint8_t out[HASH_BYTES])
{
    uint8_t head[56];
    le64(head, id);
    le64(head + 8, line);
    le64(head + 16, kind);
    le64(head + 24, seq);
    le64(head + 32, t_ms);
    le64(head + 40, wall_ms);
    le64(head + 48, (int64_t)size);
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
    int64_t next = st->head_id + 1;
    store_chain(st->head, next, line, kind, seq, t_ms, wall_ms, payload, size, hash);
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
        st->head_id = next;
        memcpy(st->head, hash, HASH_BYTES);
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
        hex[2 * i] = "0123456789abcdef"[st->head[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[st->head[i] & 15];
    }
    hex[64] = 0;
}

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

/* open.c -- making a drill file and opening one: format, what stands beside it, the checks on the way in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/inner.h"

/* The format; a file without our mark is somebody else's and is left alone. */
static enum rc read_format(struct store *st, struct err *e)
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
    if (application != STORE_APPLICATION_ID || version < 1)
        return ERR0(e, RC_INPUT, MSG_STORE_NOT_DRILL);
    if (version > store_migration_count)
        return ERR(e, RC_NEWER, MSG_STORE_NEWER, arg_i(version), arg_i(store_migration_count));
    st->format = version;
    return RC_OK;
}

/* A file just made is brought to today's format; no other ever is. */
static enum rc migrate(struct store *st, struct err *e)
{
    for (int i = 0; i < store_migration_count; i++) {
        char sql[64];
        struct buf b = BUF_ON(sql);
        buf_str(&b, "PRAGMA user_version = ");
        buf_i64(&b, i + 1);
        enum rc rc = store_exec(st, "BEGIN IMMEDIATE", e);
        if (rc == RC_OK)
            rc = store_exec(st, store_migrations[i][0], e);
        if (rc == RC_OK)
            rc = store_exec(st, store_migrations[i][1], e);
        if (rc == RC_OK)
            rc = store_exec(st, "PRAGMA application_id = 1954115121", e);
        if (rc == RC_OK)
            rc = store_exec(st, sql, e);
        if (rc == RC_OK)
            rc = store_exec(st, "COMMIT", e);
        if (rc != RC_OK) {
            (void)sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
            return rc;
        }
    }
    st->format = store_migration_count;
    return RC_OK;
}
_Static_assert((int)FORMAT == (int)STORE_FORMAT, "one number");
_Static_assert(STORE_APPLICATION_ID == 1954115121, "the pragma above writes it in decimal");

static enum rc read_head(struct store *st, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_LOG_HEAD);
    if (!q)
        return store_fail(st, e);
    int code = sqlite3_step(q);
    if (code == SQLITE_ROW && sqlite3_column_bytes(q, 1) == HASH_BYTES) {
        st->tail.id = sqlite3_column_int64(q, 0);
        memcpy(st->tail.hash, sqlite3_column_blob(q, 1), HASH_BYTES);
    }
    sqlite3_reset(q);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return store_fail(st, e);
    q = store_stmt(st, SQL_LOG_ENDED);
    if (!q || sqlite3_step(q) != SQLITE_ROW)
        return store_fail(st, e);
    st->tail.closed = sqlite3_column_int64(q, 0) > 0;
    sqlite3_reset(q);
    return RC_OK;
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

/* ---- the database ---- */

/* Whether something stands beside the file that belongs to it: somebody writes, or was killed while he did. */
static bool has_beside(const char *path)
{
    char name[4096];
    struct buf b = BUF_ON(name);
    return store_beside(path, "-wal", &b) || store_beside(path, "-journal", &b);
}

/* The path as a URI. Nothing beside the file: nobody writes to it, and SQLite is told to lock nothing and to make no file,
 * so that a file of a write-protected folder opens and looking leaves nothing behind. */
static bool read_only_uri(const char *path, struct buf *out)
{
    bool immutable = !has_beside(path);
    buf_str(out, "file:");
    for (const char *c = path; *c; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '/' || *c == '.' ||
                     *c == '_' || *c == '-';
        if (plain) {
            buf_char(out, *c);
        } else {
            buf_char(out, '%');
            buf_u64_hex(out, (uint8_t)*c, 2);
        }
    }
    buf_str(out, immutable ? "?immutable=1" : "?mode=ro");
    return !out->full;
}

static enum rc open_sqlite(const char *path, int flags, struct store **out, struct err *e)
{
    char uri[3 * 4096];
    struct buf b = BUF_ON(uri);
    *out = NULL;
    struct store *st = calloc(1, sizeof(*st));
    if (!st)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    st->writable = (flags & SQLITE_OPEN_READWRITE) != 0;
    enum rc rc = RC_OK;
    if (!st->writable && !read_only_uri(path, &b)) {
        rc = ERR(e, RC_INPUT, MSG_STORE_NO_FILE, arg_s(path));
    } else if (sqlite3_open_v2(st->writable ? path : uri, &st->db, flags | (st->writable ? 0 : SQLITE_OPEN_URI), NULL) != SQLITE_OK) {
        rc = store_fail(st, e);
    } else {
        sqlite3_busy_timeout(st->db, 200);
        sqlite3_db_config(st->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        rc = store_exec(st, "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;"
                            "PRAGMA synchronous = FULL; PRAGMA cache_size = -4000; SELECT 1 FROM sqlite_master LIMIT 1;", e);
    }
    if (rc == RC_OK && st->writable) {
        /* One writer at a time: a second program that opens the file is told so at once. */
        rc = store_exec(st, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT;", e);
    }
    if (rc != RC_OK) {
        store_close(st);
        return rc;
    }
    *out = st;
    return RC_OK;
}

/* Reads the file where it lies, or, when its folder lets nothing be made that reading needs, a copy of it. */
static enum rc open_beside(const char *path, struct store **out, struct err *e)
{
    char shm[4096], aside[ASIDE_BYTES];
    struct buf b = BUF_ON(shm);
    bool had = store_beside(path, "-shm", &b);
    enum rc rc = open_sqlite(path, SQLITE_OPEN_READONLY, out, e);
    if (rc == RC_OK && !had)
        memcpy((*out)->shm, shm, sizeof(shm));
    if (rc != RC_IO)
        return rc;
    rc = store_copy_aside(path, aside, e);
    if (rc != RC_OK)
        return rc;
    rc = open_sqlite(aside, SQLITE_OPEN_READWRITE, out, e);
    if (rc != RC_OK) {
        store_remove_aside(aside);
        return rc;
    }
    (*out)->writable = false;
    memcpy((*out)->aside, aside, sizeof(aside));
    return RC_OK;
}

/* path NULL: in memory. */
static enum rc open_db(const char *path, int flags, struct store **out, struct err *e)
{
    if ((flags & SQLITE_OPEN_READONLY) && has_beside(path))
        return open_beside(path, out, e);
    return open_sqlite(path, flags, out, e);
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

/* ---- making and opening ---- */

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
    rc = migrate(st, e);
    if (rc == RC_OK && meta) {
        struct store_line main_line = {.reason = LINE_MAIN};
        int32_t id;
        bool own;
        st->meta = *meta;
        rc = store_enter(st, &own, e);
        store_seal_together(st);
        if (rc == RC_OK)
            rc = store_write_meta(st, e);
        if (rc == RC_OK)
            rc = store_add_line(st, &main_line, &id, e);
        rc = store_seal_end(st, rc, e);
        if (st->in_group)
            rc = store_leave(st, own, rc, e);
    }
    if (rc != RC_OK) {
        store_discard(st, path);
        return rc;
    }
    *out = st;
    return RC_OK;
}

static enum rc check(struct store *st, struct err *e)
{
    struct chain_report chain;
    struct store_difference d = {.kind = DIFFERENCE_NONE};
    enum rc rc = store_check_chain(st, &chain, e);
    if (rc == RC_OK && chain.bad_id != 0)
        rc = ERR(e, RC_CORRUPT, MSG_STORE_CHAIN, arg_i(chain.bad_id), arg_i(chain.good));
    if (rc == RC_OK && st->format >= FORMAT)
        rc = store_check_counts(st, &d, e);
    if (rc == RC_OK && st->format >= FORMAT && d.kind == DIFFERENCE_NONE)
        rc = store_check_rows(st, false, &d, e);
    if (rc == RC_OK && d.kind != DIFFERENCE_NONE) {
        store_say_difference(&d, e);
        rc = RC_CORRUPT;
    }
    return rc;
}

enum rc store_open_unchecked(const char *path, struct store **out, struct err *e)
{
    return open_db(path, SQLITE_OPEN_READONLY, out, e);
}

enum rc store_peek(const char *path, struct store_kind *out, struct err *e)
{
    struct store *st;
    *out = (struct store_kind){0, 0};
    if (access(path, F_OK) != 0)
        return ERR(e, RC_INPUT, MSG_STORE_NO_FILE, arg_s(path));
    enum rc rc = open_db(path, SQLITE_OPEN_READONLY, &st, e);
    if (rc == RC_OK)
        rc = read_format(st, e);
    if (rc == RC_OK) {
        store_read_meta(st);
        *out = (struct store_kind){st->format, st->meta.model};
    }
    store_close(st);
    return rc;
}

enum rc store_open(const char *path, bool writable, struct store **out, struct err *e)
{
    *out = NULL;
    if (access(path, F_OK) != 0)
        return ERR(e, RC_INPUT, MSG_STORE_NO_FILE, arg_s(path));
    if (writable && access(path, W_OK) != 0)
        return ERR0(e, RC_IO, MSG_STORE_READ_ONLY);
    struct store *st;
    struct store_kind kind;
    enum rc rc = writable ? store_peek(path, &kind, e) : RC_OK;
    if (rc == RC_OK && writable && kind.format < FORMAT)
        rc = ERR(e, RC_NO, MSG_STORE_OLD_FORMAT, arg_i(kind.format), arg_i(FORMAT));
    if (rc == RC_OK)
        rc = open_db(path, writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, &st, e);
    if (rc != RC_OK)
        return rc;
    rc = read_format(st, e);
    if (rc == RC_OK)
        rc = check(st, e);
    if (rc == RC_OK)
        rc = read_head(st, e);
    if (rc == RC_OK)
        rc = read_fields(st, e);
    if (rc == RC_OK) {
        store_read_meta(st);
        if (st->meta.uuid[0] == 0)
            rc = ERR0(e, RC_CORRUPT, MSG_STORE_NOT_DRILL);
    }
    if (rc != RC_OK) {
        store_close(st);
        return rc;
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
    for (int i = 0; i < SEALED_COUNT; i++)
        sqlite3_finalize(st->seal[i]);
    sqlite3_close(st->db);
    if (st->shm[0])
        (void)unlink(st->shm);
    store_remove_aside(st->aside);
    free(st->field);
    free(st->batch.at);
    free(st);
}

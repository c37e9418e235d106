/* recover.c -- a new file of today's format from a damaged one (as far as its chain holds) or from one of an older format.
 *
 * The log is copied row by row with its numbers, so that every hash of it stays what it was and the old head stands in the new
 * chain. Rows beside the log come along with their seals; those of an older format, which had none, are sealed now. A note
 * in the log says where the copy comes from. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/inner.h"

struct copying {
    sqlite3 *from;
    struct store *to;
    int format; /* of the file copied */
    struct err *e;
};

static int format_of(sqlite3 *db)
{
    sqlite3_stmt *q = NULL;
    int format = 0;
    if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
        format = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    return format;
}

/* Rows of the log, as far as the chain holds. */
static int64_t copy_log(const struct copying *c)
{
    sqlite3_stmt *r = NULL;
    int64_t rows = 0;
    if (sqlite3_prepare_v2(c->from, store_sql[SQL_LOG_ALL], -1, &r, NULL) != SQLITE_OK)
        return 0;
    while (sqlite3_step(r) == SQLITE_ROW) {
        uint8_t hash[HASH_BYTES];
        int64_t id = sqlite3_column_int64(r, 0);
        const void *payload = sqlite3_column_blob(r, 6);
        size_t size = (size_t)sqlite3_column_bytes(r, 6);
        store_chain(c->to->tail.hash, id, sqlite3_column_int(r, 1), sqlite3_column_int(r, 2), sqlite3_column_int64(r, 3),
                    sqlite3_column_int64(r, 4), sqlite3_column_int64(r, 5), payload, size, hash);
        if (id != c->to->tail.id + 1 || sqlite3_column_bytes(r, 7) != HASH_BYTES ||
            memcmp(hash, sqlite3_column_blob(r, 7), HASH_BYTES) != 0)
            break;
        if (store_log(c->to, sqlite3_column_int(r, 1), sqlite3_column_int(r, 2), sqlite3_column_int64(r, 3),
                      sqlite3_column_int64(r, 4), sqlite3_column_int64(r, 5), payload, size, NULL, NULL) != RC_OK)
            break;
        rows++;
    }
    sqlite3_finalize(r);
    return rows;
}

/* The key of the row just written, from its first columns. */
static enum rc seal_copy(const struct copying *c, enum sealed which, int keys, sqlite3_stmt *r)
{
    struct seal_key key[4];
    for (int i = 0; i < keys; i++) {
        key[i].text = sqlite3_column_type(r, i) == SQLITE_TEXT ? (const char *)sqlite3_column_text(r, i) : NULL;
        key[i].i = sqlite3_column_int64(r, i);
    }
    return store_seal(c->to, which, key, c->e);
}

/* Copies the rows of one table that can still be read, and seals them; stops quietly where the file is damaged. which < 0: not
 * sealed. */
static enum rc copy_table(const struct copying *c, int which, int keys, const char *read, const char *write)
{
    sqlite3_stmt *r = NULL, *w = NULL;
    enum rc rc = RC_OK;
    if (sqlite3_prepare_v2(c->from, read, -1, &r, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(c->to->db, write, -1, &w, NULL) == SQLITE_OK) {
        while (rc == RC_OK && sqlite3_step(r) == SQLITE_ROW) {
            for (int i = 0; i < sqlite3_column_count(r); i++)
                sqlite3_bind_value(w, i + 1, sqlite3_column_value(r, i));
            if (sqlite3_step(w) != SQLITE_DONE)
                break;
            sqlite3_reset(w);
            if (which >= 0)
                rc = seal_copy(c, (enum sealed)which, keys, r);
        }
    }
    sqlite3_finalize(r);
    sqlite3_finalize(w);
    return rc;
}

static enum rc copy_old_tables(const struct copying *c)
{
    static const struct {
        int which, keys;
        const char *read, *write;
    } tables[] = {
        {SEALED_META, 1, "SELECT name, value FROM meta", "INSERT INTO meta(name, value) VALUES(?1, ?2)"},
        {SEALED_SOURCE, 1, "SELECT name, bytes FROM source ORDER BY rowid", "INSERT INTO source(name, bytes) VALUES(?1, ?2)"},
        {SEALED_LINE, 1, "SELECT id, parent, fork_ms, reason, note, wall_ms FROM line ORDER BY id",
         "INSERT INTO line(id, parent, fork_ms, reason, note, wall_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"},
        {SEALED_FIELD, 1, "SELECT i, slice, name FROM field ORDER BY i", "INSERT INTO field(i, slice, name) VALUES(?1, ?2, ?3)"},
        {SEALED_BASELINE, 2, "SELECT name, (SELECT max(t_ms) FROM log WHERE kind = 3), value FROM baseline",
         "INSERT INTO baseline(name, until_ms, value) VALUES(?1, ?2, ?3)"},
        {SEALED_SCORE, 1, "SELECT version, line, total, grade, grade_zh, grade_en, veto_zh, veto_en, head, wall_ms, basis FROM score",
         "INSERT INTO score(version, line, total, grade, grade_zh, grade_en, veto_zh, veto_en, head, wall_ms, basis)"
         " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, coalesce(?11, 'auto'))"},
        {SEALED_ITEM, 2, "SELECT * FROM score_item ORDER BY version, i",
         "INSERT INTO score_item VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"},
        {SEALED_EVIDENCE, 3, "SELECT version, i, event FROM score_evidence", "INSERT INTO score_evidence VALUES(?1, ?2, ?3)"},
    };
    enum rc rc = RC_OK;
    for (int i = 0; i < COUNT_OF(tables) && rc == RC_OK; i++) {
        const char *read = tables[i].read;
        if (tables[i].which == SEALED_SCORE && c->format < 3)
            read = "SELECT version, line, total, grade, grade_zh, grade_en, veto_zh, veto_en, head, wall_ms FROM score";
        rc = copy_table(c, tables[i].which, tables[i].keys, read, tables[i].write);
    }
    return rc;
}

static enum rc copy_derived(const struct copying *c)
{
    enum rc rc = copy_table(c, -1, 0, "SELECT log, zh, en FROM word", "INSERT INTO word(log, zh, en) VALUES(?1, ?2, ?3)");
    return rc == RC_OK ? copy_table(c, -1, 0, "SELECT line, t_ms, name, value FROM measure",
                                    "INSERT INTO measure(line, t_ms, name, value) VALUES(?1, ?2, ?3, ?4)")
                       : rc;
}

/* In words, as the log's note keeps it. */
static enum rc note_origin(const struct copying *c, int64_t rows, struct err *e)
{
    char head[65];
    struct err said;
    store_head(c->to, head);
    ERR(&said, RC_OK, MSG_STORE_RECOVERED, arg_i(c->format), arg_i(rows), arg_s(head));
    return store_log(c->to, 0, LOG_NOTE, 0, 0, 0, said.text[LANG_EN], strlen(said.text[LANG_EN]), NULL, e);
}

/* Sentences and curves that are not as the chain has them are made again by whoever wants them. */
static enum rc check_copy(const struct copying *c, struct err *e)
{
    struct store_difference d;
    bool open;
    enum rc rc = store_check_rows(c->to, true, &d, e);
    if (rc == RC_OK && (strcmp(d.table, "word") == 0 || strcmp(d.table, "measure") == 0))
        rc = store_drop_derived(c->to, e);
    if (rc == RC_OK)
        rc = store_verify(c->to, &d, &open, e);
    if (rc != RC_OK || d.kind == DIFFERENCE_NONE)
        return rc;
    store_say_difference(&d, e);
    return RC_CORRUPT;
}

static enum rc copy_all(struct copying *c, int64_t *rows, struct err *e)
{
    enum rc rc = store_begin(c->to, e);
    if (rc != RC_OK)
        return rc;
    *rows = copy_log(c);
    rc = *rows > 0 ? note_origin(c, *rows, e) : RC_OK;
    if (rc == RC_OK)
        rc = c->format < FORMAT ? copy_old_tables(c) : store_copy_sealed(c->to, c->from, e);
    if (rc == RC_OK)
        rc = copy_derived(c);
    return store_leave(c->to, true, rc, e);
}

enum rc store_recover(const char *from, const char *to, int64_t *rows, struct err *e)
{
    struct copying c = {.e = e};
    *rows = 0;
    if (access(from, R_OK) != 0)
        return ERR(e, RC_INPUT, MSG_STORE_NO_FILE, arg_s(from));
    enum rc rc = store_create(to, NULL, &c.to, e);
    if (rc != RC_OK)
        return rc;
    struct store *damaged = NULL;
    if (store_open_unchecked(from, &damaged, NULL) == RC_OK) {
        c.from = damaged->db;
        c.format = format_of(c.from);
        rc = copy_all(&c, rows, e);
    }
    if (rc == RC_OK && *rows == 0)
        rc = ERR(e, RC_CORRUPT, MSG_STORE_RECOVER_NONE, arg_s(from));
    if (rc == RC_OK)
        rc = check_copy(&c, e);
    store_close(damaged);
    if (rc != RC_OK)
        store_discard(c.to, to);
    else
        store_close(c.to);
    return rc;
}

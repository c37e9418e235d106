/* keep.c -- what lies beside the log: snapshots, scores, baselines, measures. */
#include <stdlib.h>
#include <string.h>

#include "store/inner.h"

enum rc store_put_snapshot(struct store *st, int32_t line, int64_t t_ms, const void *at, size_t size, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_SNAPSHOT_PUT);
    if (q) {
        sqlite3_bind_int(q, 1, line);
        sqlite3_bind_int64(q, 2, t_ms);
        sqlite3_bind_blob64(q, 3, at, size, SQLITE_STATIC);
    }
    return store_run(st, q, e);
}

enum rc store_get_snapshot(struct store *st, int32_t line, int64_t t_ms, int64_t *found_ms, struct arena *a,
                           struct text *out, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_SNAPSHOT_GET);
    if (!q)
        return store_fail(st, e);
    sqlite3_bind_int(q, 1, line);
    sqlite3_bind_int64(q, 2, t_ms);
    int code = sqlite3_step(q);
    enum rc rc = RC_OK;
    if (code == SQLITE_ROW) {
        *found_ms = sqlite3_column_int64(q, 0);
        *out = arena_text(a, (struct text){sqlite3_column_blob(q, 1), sqlite3_column_bytes(q, 1)});
        if (!out->at)
            rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    } else {
        rc = code == SQLITE_DONE ? RC_NO : store_fail(st, e);
    }
    sqlite3_reset(q);
    return rc;
}

enum rc store_each_snapshot(struct store *st,
                            enum rc (*each)(void *ctx, int32_t line, int64_t t_ms, size_t size),
                            void *ctx, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_SNAPSHOT_LIST);
    int code = SQLITE_ERROR;
    enum rc rc = RC_OK;
    while (q && rc == RC_OK && (code = sqlite3_step(q)) == SQLITE_ROW)
        rc = each(ctx, sqlite3_column_int(q, 0), sqlite3_column_int64(q, 1),
                  (size_t)sqlite3_column_int64(q, 2));
    if (rc == RC_OK && code != SQLITE_DONE)
        rc = store_fail(st, e);
    sqlite3_reset(q);
    return rc;
}

enum rc store_drop_snapshot(struct store *st, int32_t line, int64_t t_ms, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_SNAPSHOT_DROP);
    if (q) {
        sqlite3_bind_int(q, 1, line);
        sqlite3_bind_int64(q, 2, t_ms);
    }
    return store_run(st, q, e);
}

enum rc store_drop_derived(struct store *st, struct err *e)
{
    char *why = NULL;
    int code = sqlite3_exec(st->db, "BEGIN IMMEDIATE; DELETE FROM word; DELETE FROM snapshot; DELETE FROM measure; COMMIT;",
                            NULL, NULL, &why);
    sqlite3_free(why);
    if (code == SQLITE_OK)
        return RC_OK;
    enum rc rc = store_fail(st, e);
    (void)sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

/* ---- scores ---- */

static void bind_real(sqlite3_stmt *q, int i, double v)
{
    if (v != v)
        sqlite3_bind_null(q, i);
    else
        sqlite3_bind_double(q, i, v);
}

static void bind_text(sqlite3_stmt *q, int i, const char *t)
{
    sqlite3_bind_text(q, i, t ? t : "", -1, SQLITE_STATIC);
}

static enum rc put_item(struct store *st, int32_t version, int i, const struct store_score_item *it, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_ITEM_PUT);
    if (q) {
        sqlite3_bind_int(q, 1, version);
        sqlite3_bind_int(q, 2, i);
        sqlite3_bind_int(q, 3, it->kind);
        bind_text(q, 4, it->id);
        bind_text(q, 5, it->parent);
        bind_text(q, 6, it->title_zh);
        bind_text(q, 7, it->title_en);
        sqlite3_bind_double(q, 8, it->weight);
        bind_real(q, 9, it->value);
        bind_text(q, 10, it->unit);
        bind_real(q, 11, it->score);
        sqlite3_bind_double(q, 12, it->lost);
        bind_text(q, 13, it->method);
        bind_text(q, 14, it->reason_zh);
        bind_text(q, 15, it->reason_en);
    }
    enum rc rc = store_run(st, q, e);
    if (rc == RC_OK)
        rc = store_seal(st, SEALED_ITEM, (const struct seal_key[]){{NULL, version}, {NULL, i}}, e);
    for (int k = 0; k < it->evidence_count && rc == RC_OK; k++) {
        q = store_stmt(st, SQL_EVIDENCE_PUT);
        if (q) {
            sqlite3_bind_int(q, 1, version);
            sqlite3_bind_int(q, 2, i);
            sqlite3_bind_int64(q, 3, it->evidence[k]);
        }
        rc = store_run(st, q, e);
        if (rc == RC_OK && sqlite3_changes(st->db) > 0) /* an event named twice is one piece of evidence */
            rc = store_seal(st, SEALED_EVIDENCE, (const struct seal_key[]){{NULL, version}, {NULL, i}, {NULL, it->evidence[k]}}, e);
    }
    return rc;
}

static enum rc put_score(struct store *st, const struct store_score *s, int64_t wall_ms, int32_t *version, struct err *e)
{
    char head[65];
    sqlite3_stmt *q = store_stmt(st, SQL_SCORE_VERSION);
    if (!q || sqlite3_step(q) != SQLITE_ROW)
        return store_fail(st, e);
    *version = sqlite3_column_int(q, 0);
    sqlite3_reset(q);
    store_head(st, head);
    q = store_stmt(st, SQL_SCORE_PUT);
    if (q) {
        sqlite3_bind_int(q, 1, *version);
        sqlite3_bind_int(q, 2, s->line);
        sqlite3_bind_double(q, 3, s->total);
        bind_text(q, 4, s->grade);
        bind_text(q, 5, s->grade_zh);
        bind_text(q, 6, s->grade_en);
        bind_text(q, 7, s->veto_zh);
        bind_text(q, 8, s->veto_en);
        bind_text(q, 9, head);
        sqlite3_bind_int64(q, 10, wall_ms);
        bind_text(q, 11, s->basis ? s->basis : "auto");
    }
    enum rc rc = store_run(st, q, e);
    store_seal_together(st);
    if (rc == RC_OK)
        rc = store_seal(st, SEALED_SCORE, &(struct seal_key){NULL, *version}, e);
    for (int i = 0; i < s->items && rc == RC_OK; i++)
        rc = put_item(st, *version, i, &s->item[i], e);
    return store_seal_end(st, rc, e);
}

enum rc store_put_score(struct store *st, const struct store_score *s, int64_t wall_ms, int32_t *version, struct err *e)
{
    enum rc rc = store_begin(st, e);
    if (rc != RC_OK)
        return rc;
    rc = put_score(st, s, wall_ms, version, e);
    if (rc == RC_OK)
        return store_commit(st, e);
    store_rollback(st);
    return rc;
}

static void copy_column(sqlite3_stmt *q, int i, char *to, int cap)
{
    (void)text_copy(to, cap, (struct text){(const char *)sqlite3_column_text(q, i), sqlite3_column_bytes(q, i)});
}

int store_versions(struct store *st, struct store_version *out, int max)
{
    int count = 0;
    sqlite3_stmt *q = store_stmt(st, st->format < 3 ? SQL_SCORE_LIST_2 : SQL_SCORE_LIST);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        if (count < max) {
            struct store_version *v = &out[count];
            *v = (struct store_version){.version = sqlite3_column_int(q, 0), .line = sqlite3_column_int(q, 10),
                                        .total = sqlite3_column_double(q, 2), .wall_ms = sqlite3_column_int64(q, 9)};
            copy_column(q, 1, v->basis, (int)sizeof(v->basis));
            copy_column(q, 3, v->grade, (int)sizeof(v->grade));
            copy_column(q, 8, v->head, (int)sizeof(v->head));
            for (int l = 0; l < LANG_COUNT; l++) { /* zh before en, as enum lang */
                copy_column(q, 4 + l, v->grade_title[l], (int)sizeof(v->grade_title[l]));
                copy_column(q, 6 + l, v->veto[l], (int)sizeof(v->veto[l]));
            }
        }
        count++;
    }
    sqlite3_reset(q);
    return count;
}

static double real_column(sqlite3_stmt *q, int i)
{
    return sqlite3_column_type(q, i) == SQLITE_NULL ? 0.0 / 0.0 : sqlite3_column_double(q, i);
}

enum rc store_each_score_item(struct store *st, int32_t version, void (*each)(void *ctx, const struct store_score_item *it),
                              void *ctx, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_SCORE_ITEMS);
    int code = SQLITE_ERROR;
    if (q)
        sqlite3_bind_int(q, 1, version);
    while (q && (code = sqlite3_step(q)) == SQLITE_ROW) {
        const char *t[8];
        for (int i = 0; i < 8; i++)
            t[i] = (const char *)sqlite3_column_text(q, i + 1);
        const struct store_score_item it = {.kind = sqlite3_column_int(q, 0), .id = t[0], .parent = t[1], .title_zh = t[2],
                                            .title_en = t[3], .method = t[4], .unit = t[5], .reason_zh = t[6],
                                            .reason_en = t[7], .weight = sqlite3_column_double(q, 9),
                                            .value = real_column(q, 10), .score = real_column(q, 11),
                                            .lost = sqlite3_column_double(q, 12)};
        each(ctx, &it);
    }
    sqlite3_reset(q);
    return code == SQLITE_DONE ? RC_OK : store_fail(st, e);
}

static enum rc insert_baseline(struct store *st, const char *name, int64_t until_ms, double value, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_BASELINE_PUT);
    if (q) {
        bind_text(q, 1, name);
        sqlite3_bind_int64(q, 2, until_ms);
        bind_real(q, 3, value);
    }
    enum rc rc = store_run(st, q, e);
    return rc == RC_OK ? store_seal(st, SEALED_BASELINE, (const struct seal_key[]){{name, 0}, {NULL, until_ms}}, e) : rc;
}

/* The same drill with nobody acting is the same whenever it is played: what stands there is compared, not written again. */
enum rc store_put_baseline(struct store *st, const char *name, int64_t until_ms, double value, struct err *e)
{
    double was;
    bool own;
    enum rc rc = store_get_baseline(st, name, until_ms, &was, e);
    if (rc == RC_OK)
        return memcmp(&was, &value, sizeof(was)) == 0 || (was != was && value != value)
                   ? RC_OK
                   : ERR(e, RC_CORRUPT, MSG_STORE_BASELINE, arg_s(name));
    if (rc != RC_NO)
        return rc;
    rc = store_enter(st, &own, e);
    return rc == RC_OK ? store_leave(st, own, insert_baseline(st, name, until_ms, value, e), e) : rc;
}

enum rc store_get_baseline(struct store *st, const char *name, int64_t until_ms, double *value, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, st->format < FORMAT ? SQL_BASELINE_GET_3 : SQL_BASELINE_GET);
    if (!q)
        return store_fail(st, e);
    bind_text(q, 1, name);
    if (st->format >= FORMAT)
        sqlite3_bind_int64(q, 2, until_ms);
    int code = sqlite3_step(q);
    if (code == SQLITE_ROW)
        *value = real_column(q, 0);
    sqlite3_reset(q);
    return code == SQLITE_ROW ? RC_OK : code == SQLITE_DONE ? RC_NO : store_fail(st, e);
}

enum rc store_put_measure(struct store *st, int32_t line, int64_t t_ms, const char *name, double value, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_MEASURE_PUT);
    if (q) {
        sqlite3_bind_int(q, 1, line);
        sqlite3_bind_int64(q, 2, t_ms);
        bind_text(q, 3, name);
        bind_real(q, 4, value);
    }
    return store_run(st, q, e);
}

enum rc store_end_measures(struct store *st, int32_t line, struct err *e)
{
    bool own;
    enum rc rc = store_enter(st, &own, e);
    return rc == RC_OK ? store_leave(st, own, store_digest(st, DIGEST_MEASURE, line, e), e) : rc;
}

enum rc store_each_measure(struct store *st, int32_t line, void (*each)(void *ctx, const char *name, int64_t t_ms, double value),
                           void *ctx, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_MEASURE_LIST);
    int code = SQLITE_ERROR;
    if (q)
        sqlite3_bind_int(q, 1, line);
    while (q && (code = sqlite3_step(q)) == SQLITE_ROW)
        each(ctx, (const char *)sqlite3_column_text(q, 0), sqlite3_column_int64(q, 1), real_column(q, 2));
    if (q)
        sqlite3_reset(q);
    return code == SQLITE_DONE ? RC_OK : store_fail(st, e);
}

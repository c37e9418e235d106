/* log.c -- appending to the log and reading a line back. */
#include <stdlib.h>
#include <string.h>

#include "store/inner.h"

/* ---- lines ---- */

enum rc store_add_line(struct store *st, const struct store_line *line, int32_t *id, struct err *e)
{
    bool own;
    enum rc rc = store_enter(st, &own, e);
    if (rc != RC_OK)
        return rc;
    sqlite3_stmt *q = store_stmt(st, SQL_LINE_PUT);
    if (q) {
        sqlite3_bind_int(q, 1, line->parent);
        sqlite3_bind_int64(q, 2, line->fork_ms);
        sqlite3_bind_int(q, 3, line->reason);
        sqlite3_bind_text(q, 4, line->note, -1, SQLITE_STATIC);
        sqlite3_bind_int64(q, 5, st->meta.created_ms);
    }
    rc = store_run(st, q, e);
    if (rc == RC_OK) {
        *id = (int32_t)sqlite3_last_insert_rowid(st->db);
        rc = store_seal(st, SEALED_LINE, &(struct seal_key){NULL, *id}, e);
    }
    return store_leave(st, own, rc, e);
}

int32_t store_official(struct store *st)
{
    int32_t line = 1;
    sqlite3_stmt *q = store_stmt(st, SQL_OFFICIAL);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        line = sqlite3_column_int(q, 0);
    sqlite3_reset(q);
    return line;
}

int store_lines(struct store *st, struct store_line *out, int max)
{
    int count = 0, official = store_official(st);
    sqlite3_stmt *q = store_stmt(st, SQL_LINE_LIST);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        if (count < max) {
            struct store_line *l = &out[count];
            *l = (struct store_line){sqlite3_column_int(q, 0), sqlite3_column_int(q, 1), sqlite3_column_int64(q, 2),
                                     sqlite3_column_int(q, 3), sqlite3_column_int(q, 0) == official, ""};
            (void)text_copy(l->note, (int)sizeof(l->note), text_of((const char *)sqlite3_column_text(q, 4)));
        }
        count++;
    }
    sqlite3_reset(q);
    return count;
}

/* ---- appending ---- */

/* One row in a transaction of its own, or in the group that is open. */
static enum rc log_alone(struct store *st, int32_t line, int32_t kind, int64_t seq, int64_t t_ms, int64_t wall_ms,
                         const void *payload, size_t size, const struct store_words *words, struct err *e)
{
    bool own;
    int64_t id = 0;
    enum rc rc = store_enter(st, &own, e);
    if (rc != RC_OK)
        return rc;
    rc = store_log(st, line, kind, seq, t_ms, wall_ms, payload, size, &id, e);
    if (rc == RC_OK)
        rc = store_words(st, id, words, e);
    return store_leave(st, own, rc, e);
}

enum rc store_set_official(struct store *st, int32_t line, struct err *e)
{
    return log_alone(st, line, LOG_LINE, line, 0, 0, NULL, 0, NULL, e);
}

enum rc store_append_order(struct store *st, int32_t line, const struct order *o, int64_t wall_ms, struct err *e)
{
    uint8_t bytes[RECORD_BYTES];
    int size = order_encode(o, bytes, (int)sizeof(bytes));
    ASSERT(size > 0);
    return log_alone(st, line, LOG_ORDER, o->seq, o->at_ms, wall_ms, bytes, (size_t)size, NULL, e);
}

enum rc store_put_order_words(struct store *st, int32_t line, const struct order *o, const struct store_words *words,
                              struct err *e)
{
    (void)line, (void)o; /* the row just appended is the head of the log */
    return store_words(st, st->tail.id, words, e);
}

enum rc store_append_refusal(struct store *st, int32_t line, const struct order *o, const struct err *why,
                             int64_t wall_ms, struct err *e)
{
    uint8_t bytes[RECORD_BYTES + 2 * ERR_TEXT];
    int size = order_encode(o, bytes + 4, RECORD_BYTES - 4);
    ASSERT(size > 0);
    store_put32(bytes, (uint32_t)size);
    size += 4;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        size_t len = strlen(why->text[lang]) + 1;
        memcpy(bytes + size, why->text[lang], len);
        size += (int)len;
    }
    struct store_words words = {why->text[LANG_ZH], why->text[LANG_EN]};
    return log_alone(st, line, LOG_REFUSAL, 0, o->at_ms, wall_ms, bytes, (size_t)size, &words, e);
}

enum rc store_append_clock(struct store *st, int32_t line, int32_t kind, int64_t t_ms, double speed,
                           int64_t wall_ms, struct err *e)
{
    uint8_t bytes[12];
    uint64_t bits;
    memcpy(&bits, &speed, 8);
    store_put32(bytes, (uint32_t)kind);
    store_put32(bytes + 4, (uint32_t)bits);
    store_put32(bytes + 8, (uint32_t)(bits >> 32));
    return log_alone(st, line, LOG_CLOCK, kind, t_ms, wall_ms, bytes, sizeof(bytes), NULL, e);
}

static enum rc append_entries(struct store *st, int32_t line, int64_t t_ms, const struct text *body, int count,
                              int64_t wall_ms, int64_t *first, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_ENTRY_COUNT);
    if (!q || sqlite3_step(q) != SQLITE_ROW)
        return store_fail(st, e);
    *first = sqlite3_column_int64(q, 0) + 1;
    sqlite3_reset(q);
    enum rc rc = RC_OK;
    for (int i = 0; i < count && rc == RC_OK; i++)
        rc = store_log(st, line, LOG_MARK, *first + i, t_ms, wall_ms, body[i].at, (size_t)body[i].len, NULL, e);
    return rc;
}

enum rc store_append_entries(struct store *st, int32_t line, int64_t t_ms, const struct text *body, int count,
                             int64_t wall_ms, int64_t *first, struct err *e)
{
    enum rc rc = store_begin(st, e);
    if (rc != RC_OK)
        return rc;
    rc = append_entries(st, line, t_ms, body, count, wall_ms, first, e);
    if (rc == RC_OK)
        return store_commit(st, e);
    store_rollback(st);
    return rc;
}

enum rc store_each_entry(struct store *st, enum rc (*each)(void *ctx, int64_t seq, int64_t wall_ms, struct text body),
                         void *ctx, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_ENTRY_LIST);
    int code = SQLITE_ERROR;
    enum rc rc = RC_OK;
    while (q && rc == RC_OK && (code = sqlite3_step(q)) == SQLITE_ROW)
        rc = each(ctx, sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1),
                  (struct text){sqlite3_column_blob(q, 2), sqlite3_column_bytes(q, 2)});
    if (rc == RC_OK && code != SQLITE_DONE)
        rc = store_fail(st, e);
    sqlite3_reset(q);
    return rc;
}

/* The field table grows at the first step and when a slice begins to show more fields. */
static enum rc put_field(struct store *st, int i, const struct store_field *f, struct err *e)
{
    sqlite3_stmt *q = store_stmt(st, SQL_FIELD_PUT);
    if (q) {
        sqlite3_bind_int(q, 1, i);
        sqlite3_bind_text(q, 2, f->slice, -1, SQLITE_STATIC);
        sqlite3_bind_text(q, 3, f->name, -1, SQLITE_STATIC);
    }
    enum rc rc = store_run(st, q, e);
    if (rc == RC_OK)
        rc = store_seal(st, SEALED_FIELD, &(struct seal_key){NULL, i}, e);
    if (rc == RC_OK && store_add_field(st, f->slice, f->name) != RC_OK)
        rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    return rc;
}

static enum rc put_fields(struct store *st, const struct store_step *s, struct err *e)
{
    enum rc rc = RC_OK;
    if (st->fields >= s->fields)
        return RC_OK;
    store_seal_together(st);
    for (int i = st->fields; i < s->fields && rc == RC_OK; i++)
        rc = put_field(st, i, &s->field[i], e);
    return store_seal_end(st, rc, e);
}

/* With how many orders, refusals and events the line has had until then: a row that goes missing is missed. */
static enum rc put_step_row(struct store *st, const struct store_step *s, int64_t wall_ms, struct err *e)
{
    uint8_t bytes[24 + 4 * SLICE_FIELD_MAX];
    enum rc rc = store_count(st, s->line, e);
    if (rc != RC_OK)
        return rc;
    store_put64(bytes, s->hash);
    store_put32(bytes + 8, (uint32_t)s->fields);
    store_put32(bytes + 12, (uint32_t)st->tail.orders);
    store_put32(bytes + 16, (uint32_t)st->tail.refusals);
    store_put32(bytes + 20, (uint32_t)st->tail.events);
    for (int i = 0; i < s->fields; i++)
        store_put32(bytes + 24 + 4 * i, s->field[i].hash);
    return store_log(st, s->line, LOG_STEP, s->t_ms, s->t_ms, wall_ms, bytes, 24 + 4 * (size_t)s->fields, NULL, e);
}

static enum rc put_step(struct store *st, const struct store_step *s, int64_t wall_ms, struct err *e)
{
    uint8_t bytes[RECORD_BYTES];
    int64_t id;
    enum rc rc = put_fields(st, s, e);
    for (int i = 0; i < s->events && rc == RC_OK; i++) {
        int size = event_encode(&s->event[i], bytes, (int)sizeof(bytes));
        ASSERT(size > 0);
        rc = store_log(st, s->line, LOG_EVENT, s->event[i].seq, s->event[i].t_ms, wall_ms, bytes, (size_t)size, &id, e);
        if (rc == RC_OK)
            rc = store_words(st, id, s->event_words ? &s->event_words[i] : NULL, e);
    }
    if (rc == RC_OK)
        rc = put_step_row(st, s, wall_ms, e);
    for (int i = 0; i < s->orders && rc == RC_OK; i++) {
        int size = order_encode(&s->order[i], bytes, (int)sizeof(bytes));
        ASSERT(size > 0);
        rc = store_log(st, s->line, LOG_ORDER, s->order[i].seq, s->order[i].at_ms, wall_ms, bytes, (size_t)size, &id, e);
        if (rc == RC_OK)
            rc = store_words(st, id, s->order_words ? &s->order_words[i] : NULL, e);
    }
    if (rc == RC_OK && s->ends)
        rc = store_append_clock(st, s->line, s->ends, s->t_ms, s->speed, wall_ms, e);
    if (rc == RC_OK && s->ends)
        rc = store_digest(st, DIGEST_WORD, st->tail.id, e);
    return rc;
}

enum rc store_append_step(struct store *st, const struct store_step *s, int64_t wall_ms, struct err *e)
{
    bool own = !st->in_group;
    enum rc rc = own ? store_begin(st, e) : RC_OK;
    if (rc != RC_OK)
        return rc;
    rc = put_step(st, s, wall_ms, e);
    if (!own)
        return rc;
    if (rc == RC_OK)
        return store_commit(st, e);
    store_rollback(st);
    return rc;
}

/* ---- reading ---- */

struct reading {
    struct store *st;
    const struct store_reader *reader;
    int64_t fork_ms; /* rows past it belong to the parent alone; -1: all */
    struct err *e;   /* says what is wrong with a record */
};

static int age_of(const struct reading *r) { return CODEC_AGE - r->reader->older; }

/* The sentences of a row, "" when there are none. */
static enum rc show_raw(const struct reading *r, int64_t id, int kind, const uint8_t *at, int size)
{
    struct store_words words = {"", ""};
    sqlite3_stmt *q = store_stmt(r->st, SQL_WORD_GET);
    if (!q)
        return RC_IO;
    sqlite3_bind_int64(q, 1, id);
    if (sqlite3_step(q) == SQLITE_ROW)
        words = (struct store_words){(const char *)sqlite3_column_text(q, 0), (const char *)sqlite3_column_text(q, 1)};
    enum rc rc = r->reader->raw(r->reader->ctx, kind, at, size, &words);
    sqlite3_reset(q);
    return rc;
}

static enum rc read_refusal(const struct reading *r, const uint8_t *at, int size)
{
    struct order o;
    struct err why = {.rc = RC_NO};
    if (size < 4 || (int64_t)store_get32(at) + 4 > size || !order_decode(at + 4, (int)store_get32(at), age_of(r), &o, r->e))
        return RC_CORRUPT;
    int from = 4 + (int)store_get32(at);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const void *end = memchr(at + from, 0, (size_t)(size - from));
        if (!end)
            return RC_CORRUPT;
        (void)text_copy(why.text[lang], ERR_TEXT, text_of((const char *)at + from));
        from = (int)((const uint8_t *)end - at) + 1;
    }
    return r->reader->refusal(r->reader->ctx, &o, &why);
}

static enum rc read_step(const struct reading *r, int64_t t_ms, const uint8_t *at, int size)
{
    uint32_t field[SLICE_FIELD_MAX];
    if (size < 12 || store_get32(at + 8) > SLICE_FIELD_MAX)
        return RC_CORRUPT;
    int fields = (int)store_get32(at + 8);
    int from = size - 4 * fields; /* past the counts, which formats before 4 had not */
    if (from != 24 && from != 12)
        return RC_CORRUPT;
    for (int i = 0; i < fields; i++)
        field[i] = store_get32(at + from + 4 * i);
    return r->reader->step(r->reader->ctx, t_ms, store_get64(at), field, fields);
}

static enum rc read_clock(const struct reading *r, int64_t t_ms, int64_t wall_ms, const uint8_t *at, int size)
{
    double speed;
    if (size != 12)
        return RC_CORRUPT;
    uint64_t bits = store_get64(at + 4);
    memcpy(&speed, &bits, 8);
    return r->reader->clock(r->reader->ctx, (int32_t)store_get32(at), t_ms, speed, wall_ms);
}

static enum rc read_row(const struct reading *r, sqlite3_stmt *q)
{
    const struct store_reader *to = r->reader;
    int kind = sqlite3_column_int(q, 1);
    int64_t t_ms = sqlite3_column_int64(q, 3);
    const uint8_t *at = sqlite3_column_blob(q, 5);
    int size = sqlite3_column_bytes(q, 5);
    struct order o;
    struct event ev;
    bool mine = r->fork_ms < 0 || t_ms <= r->fork_ms;
    if (kind == LOG_ORDER || kind == LOG_REFUSAL)
        mine = r->fork_ms < 0 || t_ms < r->fork_ms; /* an order takes effect in the step after its moment */
    if (!mine)
        return RC_OK;
    if (to->raw && (kind == LOG_ORDER || kind == LOG_EVENT)) {
        enum rc rc = show_raw(r, sqlite3_column_int64(q, 0), kind, at, size);
        if (rc != RC_OK)
            return rc;
    }
    switch (kind) {
    case LOG_ORDER:
        if (!to->order)
            return RC_OK;
        return order_decode(at, size, age_of(r), &o, r->e) ? to->order(to->ctx, &o) : RC_CORRUPT;
    case LOG_EVENT:
        if (!to->event)
            return RC_OK;
        return event_decode(at, size, age_of(r), &ev, r->e) ? to->event(to->ctx, &ev) : RC_CORRUPT;
    case LOG_REFUSAL:
        return to->refusal ? read_refusal(r, at, size) : RC_OK;
    case LOG_STEP:
        return to->step ? read_step(r, t_ms, at, size) : RC_OK;
    case LOG_CLOCK:
        return to->clock ? read_clock(r, t_ms, sqlite3_column_int64(q, 4), at, size) : RC_OK;
    default:
        return RC_OK;
    }
}

static enum rc read_own(struct reading *r, int32_t line, struct err *e)
{
    sqlite3_stmt *q = store_stmt(r->st, SQL_LOG_LINE);
    if (!q)
        return store_fail(r->st, e);
    sqlite3_bind_int(q, 1, line);
    int code;
    enum rc rc = RC_OK;
    int64_t id = 0;
    while (rc == RC_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
        id = sqlite3_column_int64(q, 0);
        rc = read_row(r, q);
    }
    if (rc == RC_CORRUPT && r->e->rc != RC_OK)
        rc = ERR(e, RC_CORRUPT, MSG_STORE_BAD_ROW_WHY, arg_i(id), arg_zh_en(r->e->text[LANG_ZH], r->e->text[LANG_EN]));
    else if (rc == RC_CORRUPT)
        rc = ERR(e, RC_CORRUPT, MSG_STORE_BAD_ROW, arg_i(id));
    else if (rc != RC_OK)
        rc = ERR0(e, rc, MSG_STORE_READING);
    else if (code != SQLITE_DONE)
        rc = store_fail(r->st, e);
    sqlite3_reset(q);
    return rc;
}

enum { DEPTH_MAX = 64 };

enum rc store_read_line(struct store *st, int32_t line, const struct store_reader *reader, struct err *e)
{
    int32_t path[DEPTH_MAX];
    int64_t fork[DEPTH_MAX];
    int depth = 0;
    int64_t until = -1;
    for (int32_t at = line; at != 0;) {
        sqlite3_stmt *q = store_stmt(st, SQL_LINE_GET);
        if (!q)
            return store_fail(st, e);
        sqlite3_bind_int(q, 1, at);
        if (sqlite3_step(q) != SQLITE_ROW || depth == DEPTH_MAX) {
            sqlite3_reset(q);
            return ERR(e, RC_INPUT, MSG_STORE_NO_LINE, arg_i(at));
        }
        path[depth] = at;
        fork[depth++] = until;
        int64_t here = sqlite3_column_int64(q, 1);
        until = until < 0 || here < until ? here : until;
        at = sqlite3_column_int(q, 0);
        sqlite3_reset(q);
    }
    enum rc rc = RC_OK;
    while (depth-- > 0 && rc == RC_OK) {
        struct err why = {.rc = RC_OK};
        struct reading r = {st, reader, fork[depth], &why};
        rc = read_own(&r, path[depth], e);
    }
    return rc;
}

bool store_field_name(struct store *st, int i, const char **slice, const char **name)
{
    if (i < 0 || i >= st->fields)
        return false;
    *slice = st->field[i][0];
    *name = st->field[i][1];
    return true;
}

/* ---- words again ---- */

enum rc store_reword(struct store *st, void *ctx, void (*order)(void *ctx, const struct order *o, struct store_words *out),
                     void (*event)(void *ctx, const struct event *ev, struct store_words *out), int64_t *rows, struct err *e)
{
    *rows = 0;
    enum rc rc = store_begin(st, e);
    if (rc != RC_OK)
        return rc;
    sqlite3_stmt *q = store_stmt(st, SQL_LOG_ALL);
    int code = SQLITE_ERROR;
    while (q && rc == RC_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
        int kind = sqlite3_column_int(q, 2);
        const uint8_t *at = sqlite3_column_blob(q, 6);
        int size = sqlite3_column_bytes(q, 6);
        struct store_words words = {NULL, NULL};
        struct order o;
        struct event ev;
        if (kind == LOG_ORDER && order_decode(at, size, CODEC_AGE, &o, NULL))
            order(ctx, &o, &words);
        else if (kind == LOG_EVENT && event_decode(at, size, CODEC_AGE, &ev, NULL))
            event(ctx, &ev, &words);
        else if (kind == LOG_REFUSAL && size >= 4 && (int64_t)store_get32(at) + 4 < size) {
            const char *zh = (const char *)at + 4 + store_get32(at);
            words = (struct store_words){zh, zh + strlen(zh) + 1};
        }
        if (words.zh)
            (*rows)++;
        rc = store_words(st, sqlite3_column_int64(q, 0), &words, e);
    }
    if (rc == RC_OK && code != SQLITE_DONE)
        rc = store_fail(st, e);
    sqlite3_reset(q);
    if (rc == RC_OK)
        rc = store_digest(st, DIGEST_WORD, st->tail.id, e);
    if (rc == RC_OK)
        return store_commit(st, e);
    store_rollback(st);
    return rc;
}

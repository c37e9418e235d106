/* seal.c -- the rows beside the log, covered by its chain: each has a row of the log (LOG_ROW) that holds its table, its key
 * and the SHA-256 of its content, written in the transaction that wrote the row itself.
 *
 * Content is what SQLite gives back, column by column: name, type and bytes; so a renamed column is a change too. Beside the
 * SHA-256 stand 4 bytes a column (XXH3): no protection, they only say which field differs. Rows written together share a
 * row of the log. What can be worked out again
 * (sentences, curves) is covered by one digest for many rows, of which the newest counts. */
#include <stdlib.h>
#include <string.h>

#include <sha256.h>

#include "base/hash.h"
#include "store/inner.h"

/* Key columns come first in every table, in this order. */
static const struct sealed_table {
    const char *name;
    int keys;
    bool may_go; /* a file that was recovered may have lost rows of it */
    const char *one, *all;
} TABLES[SEALED_COUNT] = {
#define ONE(t, where) "SELECT * FROM " t " WHERE " where
#define ALL(t, order) "SELECT * FROM " t " ORDER BY " order
    [SEALED_META] = {"meta", 1, false, ONE("meta", "name = ?1"), ALL("meta", "name")},
    [SEALED_SOURCE] = {"source", 1, false, ONE("source", "name = ?1"), ALL("source", "name")},
    [SEALED_LINE] = {"line", 1, false, ONE("line", "id = ?1"), ALL("line", "id")},
    [SEALED_FIELD] = {"field", 1, false, ONE("field", "i = ?1"), ALL("field", "i")},
    [SEALED_BASELINE] = {"baseline", 2, true, ONE("baseline", "name = ?1 AND until_ms = ?2"), ALL("baseline", "name, until_ms")},
    [SEALED_SCORE] = {"score", 1, true, ONE("score", "version = ?1"), ALL("score", "version")},
    [SEALED_ITEM] = {"score_item", 2, true, ONE("score_item", "version = ?1 AND i = ?2"), ALL("score_item", "version, i")},
    [SEALED_EVIDENCE] = {"score_evidence", 3, true, ONE("score_evidence", "version = ?1 AND i = ?2 AND event = ?3"),
                         ALL("score_evidence", "version, i, event")},
    /* Kept for what is to come: this program writes none, and a row in them that nothing seals is named. */
    [SEALED_REFERENCE] = {"reference", 5, true, NULL, ALL("reference", "course, basis, policy, until_ms, measure")},
    [SEALED_SEAL] = {"seal", 1, true, NULL, ALL("seal", "id")},
    [SEALED_OPENED] = {"seal_opened", 1, true, NULL, ALL("seal_opened", "seal")},
    [SEALED_KEY] = {"office_key", 1, true, NULL, ALL("office_key", "id")},
    [SEALED_SIGNATURE] = {"signature", 1, true, NULL, ALL("signature", "id")},
    [SEALED_ATTACHMENT] = {"attachment", 1, true, NULL, ALL("attachment", "id")},
};

enum { ROW_TAG = 'R', MANY_TAG = 'M', DIGEST_TAG = 'D', KEY_BYTES = 512, COLUMNS_MAX = 32, SEAL_BYTES = 1024 };

/* ---- content as bytes ---- */

static void feed(SHA2_CTX *c, uint64_t *check, const void *at, size_t size)
{
    SHA256Update(c, at, size);
    *check = hash_bytes(at, size, *check);
}

/* One column: its name with the closing zero, its type, its length, its bytes. */
static uint32_t feed_column(SHA2_CTX *c, sqlite3_stmt *q, int i)
{
    const char *name = sqlite3_column_name(q, i);
    uint8_t head[9] = {(uint8_t)sqlite3_column_type(q, i)};
    uint8_t number[8];
    uint64_t check = 0, bits = 0;
    const void *at = number;
    size_t size = 0;
    double real;
    switch (head[0]) {
    case SQLITE_INTEGER:
        bits = (uint64_t)sqlite3_column_int64(q, i);
        size = 8;
        break;
    case SQLITE_FLOAT:
        real = sqlite3_column_double(q, i);
        memcpy(&bits, &real, 8);
        size = 8;
        break;
    case SQLITE_NULL:
        break;
    default:
        at = sqlite3_column_blob(q, i);
        size = (size_t)sqlite3_column_bytes(q, i);
        break;
    }
    store_put64(number, bits);
    store_put64(head + 1, size);
    feed(c, &check, name, strlen(name) + 1);
    feed(c, &check, head, sizeof(head));
    if (size > 0)
        feed(c, &check, at, size);
    return (uint32_t)check;
}

/* What a row is called: its key columns, as people would write them: "3,7", "scenario.lua". */
static int write_key(sqlite3_stmt *q, int keys, char out[KEY_BYTES])
{
    struct buf b = buf_on(out, KEY_BYTES);
    for (int i = 0; i < keys; i++) {
        if (i > 0)
            buf_char(&b, ',');
        if (sqlite3_column_type(q, i) == SQLITE_INTEGER)
            buf_i64(&b, sqlite3_column_int64(q, i));
        else
            buf_text(&b, (struct text){(const char *)sqlite3_column_text(q, i), sqlite3_column_bytes(q, i)});
    }
    return b.len;
}

/* ---- sealing ---- */

static int seal_head(uint8_t *to, char tag, const char *table, const char *key, int key_len)
{
    size_t n = strlen(table);
    to[0] = (uint8_t)tag;
    to[1] = (uint8_t)n;
    memcpy(to + 2, table, n);
    to[2 + n] = (uint8_t)key_len;
    to[3 + n] = (uint8_t)(key_len >> 8);
    memcpy(to + 4 + n, key, (size_t)key_len);
    return 4 + (int)n + key_len;
}

static int seal_payload(sqlite3_stmt *q, const struct sealed_table *t, uint8_t to[SEAL_BYTES])
{
    char key[KEY_BYTES];
    int key_len = write_key(q, t->keys, key);
    int at = seal_head(to, ROW_TAG, t->name, key, key_len), columns = sqlite3_column_count(q);
    SHA2_CTX c;
    ASSERT(columns <= COLUMNS_MAX);
    SHA256Init(&c);
    for (int i = 0; i < columns; i++)
        store_put32(to + at + HASH_BYTES + 4 * i, feed_column(&c, q, i));
    SHA256Final(to + at, &c);
    return at + HASH_BYTES + 4 * columns;
}

static enum rc put_seal(struct store *st, enum sealed which, const uint8_t *payload, int size, struct err *e)
{
    struct seal_batch *b = &st->batch;
    if (!b->open)
        return store_log(st, 0, LOG_ROW, which, 0, 0, payload, (size_t)size, NULL, e);
    size_t need = b->size + 2 + (size_t)size;
    if (need > b->cap) {
        size_t cap = b->cap * 2 > need ? b->cap * 2 : need + 4096;
        uint8_t *more = realloc(b->at, cap);
        if (!more)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
        b->at = more;
        b->cap = cap;
    }
    if (b->size == 1)
        b->first = (int)which;
    b->at[b->size] = (uint8_t)size;
    b->at[b->size + 1] = (uint8_t)(size >> 8);
    memcpy(b->at + b->size + 2, payload, (size_t)size);
    b->size = need;
    return RC_OK;
}

void store_seal_together(struct store *st)
{
    ASSERT(!st->batch.open);
    st->batch.open = true;
    st->batch.size = 1; /* the tag */
}

/* Whatever went wrong meanwhile, the next rows are sealed each by itself again. */
enum rc store_seal_end(struct store *st, enum rc rc, struct err *e)
{
    struct seal_batch *b = &st->batch;
    bool any = b->size > 1;
    b->open = false;
    if (rc != RC_OK || !any)
        return rc;
    b->at[0] = MANY_TAG;
    return store_log(st, 0, LOG_ROW, b->first, 0, 0, b->at, b->size, NULL, e);
}

enum rc store_seal(struct store *st, enum sealed which, const struct seal_key *key, struct err *e)
{
    const struct sealed_table *t = &TABLES[which];
    uint8_t payload[SEAL_BYTES];
    ASSERT(st->in_group && t->one);
    if (!st->seal[which] &&
        sqlite3_prepare_v3(st->db, t->one, -1, SQLITE_PREPARE_PERSISTENT, &st->seal[which], NULL) != SQLITE_OK)
        return store_fail(st, e);
    sqlite3_stmt *q = st->seal[which];
    sqlite3_reset(q);
    for (int i = 0; i < t->keys; i++) {
        if (key[i].text)
            sqlite3_bind_text(q, i + 1, key[i].text, -1, SQLITE_STATIC);
        else
            sqlite3_bind_int64(q, i + 1, key[i].i);
    }
    int code = sqlite3_step(q);
    enum rc rc = code == SQLITE_ROW ? RC_OK : store_fail(st, e);
    int size = rc == RC_OK ? seal_payload(q, t, payload) : 0;
    sqlite3_reset(q);
    return rc == RC_OK ? put_seal(st, which, payload, size, e) : rc;
}

/* ---- digests of what can be worked out again ---- */

static const struct digest {
    const char *table, *rows; /* ?1: the line, or the last row of the log that counts */
} DIGESTS[DIGEST_COUNT] = {
    [DIGEST_WORD] = {"word", "SELECT * FROM word WHERE log <= ?1 ORDER BY log"},
    [DIGEST_MEASURE] = {"measure", "SELECT * FROM measure WHERE line = ?1 ORDER BY name, t_ms"},
};

static enum rc digest(struct store *st, enum digested which, int64_t of, uint8_t hash[HASH_BYTES], int64_t *rows, struct err *e)
{
    sqlite3_stmt *q = NULL;
    SHA2_CTX c;
    int code = sqlite3_prepare_v2(st->db, DIGESTS[which].rows, -1, &q, NULL);
    SHA256Init(&c);
    *rows = 0;
    if (code == SQLITE_OK)
        sqlite3_bind_int64(q, 1, of);
    while (code == SQLITE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(q); i++)
            (void)feed_column(&c, q, i);
        (*rows)++;
        code = SQLITE_OK;
    }
    SHA256Final(hash, &c);
    sqlite3_finalize(q);
    return code == SQLITE_DONE ? RC_OK : store_fail(st, e);
}

enum rc store_digest(struct store *st, enum digested which, int64_t of, struct err *e)
{
    uint8_t payload[128];
    char key[24];
    struct buf b = BUF_ON(key);
    int64_t rows;
    buf_i64(&b, of);
    int at = seal_head(payload, DIGEST_TAG, DIGESTS[which].table, key, b.len);
    enum rc rc = digest(st, which, of, payload + at, &rows, e);
    store_put64(payload + at + HASH_BYTES, (uint64_t)rows);
    return rc == RC_OK ? store_log(st, 0, LOG_ROW, DIGEST_SEQ + which, of, 0, payload, (size_t)at + HASH_BYTES + 8, NULL, e) : rc;
}

/* ---- checking ---- */

struct seal { /* as the log has it */
    int which; /* enum sealed */
    struct text key;
    const uint8_t *hash, *check;
    int checks;
    int64_t row; /* of the log */
    bool seen;
};

struct checking {
    struct store *st;
    struct arena a;
    struct seal *list;
    int count, cap;
    int64_t recovered; /* the last note that the file was recovered: row of the log */
    struct store_difference *out;
};

static bool differ(struct checking *c, enum difference_kind kind, const char *table, struct text row, const char *field)
{
    *c->out = (struct store_difference){.kind = (int32_t)kind};
    (void)text_copy(c->out->table, (int)sizeof(c->out->table), text_of(table));
    (void)text_copy(c->out->row, (int)sizeof(c->out->row), row);
    (void)text_copy(c->out->field, (int)sizeof(c->out->field), text_of(field ? field : ""));
    return false;
}

/* Splits a payload into table, key and what follows. */
static bool split(const uint8_t *at, int size, struct text *table, struct text *key, const uint8_t **rest, int *left)
{
    if (size < 4 || 4 + at[1] > size)
        return false;
    *table = (struct text){(const char *)at + 2, at[1]};
    int n = 2 + at[1], key_len = at[n] | at[n + 1] << 8;
    if (n + 2 + key_len > size)
        return false;
    *key = (struct text){(const char *)at + n + 2, key_len};
    *rest = at + n + 2 + key_len;
    *left = size - n - 2 - key_len;
    return true;
}

static enum rc take_seal(struct checking *c, const uint8_t *payload, int size, int64_t row, struct err *e)
{
    struct text copy = arena_text(&c->a, (struct text){(const char *)payload, size}), table, key;
    const uint8_t *rest;
    int left, which = 0;
    if (!copy.at)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    bool good = split((const uint8_t *)copy.at, size, &table, &key, &rest, &left) && left >= HASH_BYTES;
    while (good && which < SEALED_COUNT && !text_is(table, TABLES[which].name))
        which++;
    if (!good || which == SEALED_COUNT || (left - HASH_BYTES) % 4 != 0)
        return ERR(e, RC_CORRUPT, MSG_STORE_BAD_ROW, arg_i(row));
    if (c->count == c->cap) {
        int cap = c->cap ? c->cap * 2 : 512;
        struct seal *more = realloc(c->list, (size_t)cap * sizeof(*more));
        if (!more)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
        c->list = more;
        c->cap = cap;
    }
    c->list[c->count++] = (struct seal){which, key, rest, rest + HASH_BYTES, (left - HASH_BYTES) / 4, row, false};
    return RC_OK;
}

/* The seals of one row of the log. */
static enum rc take_many(struct checking *c, const uint8_t *at, int size, int64_t row, struct err *e)
{
    enum rc rc = RC_OK;
    for (int i = 1; i < size && rc == RC_OK;) {
        int n = i + 2 <= size ? at[i] | at[i + 1] << 8 : 0;
        if (n == 0 || i + 2 + n > size)
            return ERR(e, RC_CORRUPT, MSG_STORE_BAD_ROW, arg_i(row));
        rc = take_seal(c, at + i + 2, n, row, e);
        i += 2 + n;
    }
    return rc;
}

static int compare_text(struct text a, struct text b)
{
    int n = a.len < b.len ? a.len : b.len;
    int order = n > 0 ? memcmp(a.at, b.at, (size_t)n) : 0;
    return order != 0 ? order : a.len - b.len;
}

static int by_key(const void *a, const void *b)
{
    const struct seal *x = a, *y = b;
    if (x->which != y->which)
        return x->which - y->which;
    int order = compare_text(x->key, y->key);
    return order != 0 ? order : x->row < y->row ? -1 : x->row > y->row;
}

static struct seal *find_seal(struct checking *c, int which, struct text key)
{
    int low = 0, high = c->count;
    while (low < high) {
        int mid = (low + high) / 2;
        struct seal *s = &c->list[mid];
        int order = s->which != which ? s->which - which : compare_text(s->key, key);
        if (order == 0)
            return s;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* The column whose 4 bytes differ; the row as a whole when none does. */
static const char *changed_field(const struct seal *s, sqlite3_stmt *q, const uint8_t *payload, int at)
{
    for (int i = 0; i < sqlite3_column_count(q); i++) {
        if (i >= s->checks || memcmp(s->check + 4 * i, payload + at + HASH_BYTES + 4 * i, 4) != 0)
            return sqlite3_column_name(q, i);
    }
    return "";
}

/* True while all is as sealed. */
static bool check_row(struct checking *c, int which, sqlite3_stmt *q)
{
    const struct sealed_table *t = &TABLES[which];
    uint8_t payload[SEAL_BYTES];
    char key[KEY_BYTES];
    int key_len = write_key(q, t->keys, key);
    struct seal *s = find_seal(c, which, (struct text){key, key_len});
    if (!s || s->seen)
        return differ(c, DIFFERENCE_EXTRA, t->name, (struct text){key, key_len}, NULL);
    s->seen = true;
    int size = seal_payload(q, t, payload), at = size - HASH_BYTES - 4 * sqlite3_column_count(q);
    if (memcmp(s->hash, payload + at, HASH_BYTES) == 0)
        return true;
    return differ(c, DIFFERENCE_CHANGED, t->name, s->key, changed_field(s, q, payload, at));
}

static enum rc check_table(struct checking *c, int which, struct err *e)
{
    sqlite3_stmt *q = NULL;
    bool same = true;
    int code = sqlite3_prepare_v2(c->st->db, TABLES[which].all, -1, &q, NULL);
    while (same && code == SQLITE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
        same = check_row(c, which, q);
        code = SQLITE_OK;
    }
    sqlite3_finalize(q);
    if (same && code != SQLITE_DONE)
        return store_fail(c->st, e);
    for (int i = 0; i < c->count && same; i++) {
        const struct seal *s = &c->list[i];
        if (s->which == which && !s->seen && !(TABLES[which].may_go && s->row < c->recovered))
            same = differ(c, DIFFERENCE_MISSING, TABLES[which].name, s->key, NULL);
    }
    return RC_OK;
}

/* The newest digest of a table (and line) against what is there. Rows that are all gone can be made again. */
static enum rc check_digest(struct checking *c, enum digested which, struct text key, const uint8_t *hash, int64_t rows,
                            struct err *e)
{
    uint8_t now[HASH_BYTES];
    int64_t of = 0, have;
    if (!text_to_i64(key, &of))
        return ERR(e, RC_CORRUPT, MSG_STORE_BAD_ROW, arg_i(0));
    enum rc rc = digest(c->st, which, of, now, &have, e);
    if (rc == RC_OK && have > 0 && (have != rows || memcmp(now, hash, HASH_BYTES) != 0))
        (void)differ(c, have != rows ? DIFFERENCE_EXTRA : DIFFERENCE_CHANGED, DIGESTS[which].table, key, NULL);
    return rc;
}

static enum rc check_digests(struct checking *c, struct err *e)
{
    sqlite3_stmt *q = NULL;
    enum rc rc = RC_OK;
    /* The newest by table and key: seq tells the table, t_ms the key. */
    int code = sqlite3_prepare_v2(c->st->db, "SELECT max(id), payload FROM log WHERE kind = 9 AND seq >= ?1 GROUP BY seq,"
                                             " CASE seq WHEN ?1 THEN 0 ELSE t_ms END ORDER BY 1", -1, &q, NULL);
    if (code == SQLITE_OK)
        sqlite3_bind_int(q, 1, DIGEST_SEQ);
    while (rc == RC_OK && c->out->kind == DIFFERENCE_NONE && code == SQLITE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
        struct text table, key;
        const uint8_t *rest;
        int left;
        code = SQLITE_OK;
        if (!split(sqlite3_column_blob(q, 1), sqlite3_column_bytes(q, 1), &table, &key, &rest, &left) || left != HASH_BYTES + 8)
            rc = ERR(e, RC_CORRUPT, MSG_STORE_BAD_ROW, arg_i(sqlite3_column_int64(q, 0)));
        for (int k = 0; k < DIGEST_COUNT && rc == RC_OK; k++) {
            if (text_is(table, DIGESTS[k].table))
                rc = check_digest(c, (enum digested)k, key, rest, (int64_t)store_get64(rest + HASH_BYTES), e);
        }
    }
    if (rc == RC_OK && c->out->kind == DIFFERENCE_NONE && code != SQLITE_DONE)
        rc = store_fail(c->st, e);
    sqlite3_finalize(q);
    return rc;
}

static enum rc read_seals(struct checking *c, struct err *e)
{
    sqlite3_stmt *q = NULL;
    enum rc rc = RC_OK;
    int code = sqlite3_prepare_v2(c->st->db, "SELECT id, kind, payload FROM log WHERE kind IN (7, 9) ORDER BY id", -1, &q, NULL);
    while (rc == RC_OK && code == SQLITE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
        const uint8_t *at = sqlite3_column_blob(q, 2);
        int size = sqlite3_column_bytes(q, 2);
        code = SQLITE_OK;
        if (sqlite3_column_int(q, 1) == LOG_NOTE)
            c->recovered = sqlite3_column_int64(q, 0);
        else if (size > 0 && at[0] == ROW_TAG)
            rc = take_seal(c, at, size, sqlite3_column_int64(q, 0), e);
        else if (size > 0 && at[0] == MANY_TAG)
            rc = take_many(c, at, size, sqlite3_column_int64(q, 0), e);
    }
    if (rc == RC_OK && code != SQLITE_DONE)
        rc = store_fail(c->st, e);
    sqlite3_finalize(q);
    if (c->count > 0)
        qsort(c->list, (size_t)c->count, sizeof(*c->list), by_key);
    int kept = 0;
    for (int i = 0; rc == RC_OK && i < c->count; i++) {
        struct seal *last = kept > 0 ? &c->list[kept - 1] : NULL;
        bool twice = last && last->which == c->list[i].which && text_eq(last->key, c->list[i].key);
        if (twice && last->row > c->recovered)
            rc = ERR(e, RC_CORRUPT, MSG_STORE_BAD_ROW, arg_i(c->list[i].row)); /* no row is written twice, but for a lost one */
        c->list[twice ? kept - 1 : kept] = c->list[i];
        kept += !twice;
    }
    c->count = kept;
    return rc;
}

enum rc store_check_rows(struct store *st, bool derived, struct store_difference *out, struct err *e)
{
    struct checking c = {.st = st, .out = out};
    *out = (struct store_difference){.kind = DIFFERENCE_NONE};
    arena_init(&c.a, 0);
    enum rc rc = read_seals(&c, e);
    for (int which = 0; rc == RC_OK && out->kind == DIFFERENCE_NONE && which < SEALED_COUNT; which++)
        rc = check_table(&c, which, e);
    if (rc == RC_OK && derived && out->kind == DIFFERENCE_NONE)
        rc = check_digests(&c, e);
    free(c.list);
    arena_free(&c.a);
    return rc;
}

/* ---- copying ---- */

static enum rc copy_sealed(struct checking *c, int which, sqlite3 *from, struct err *e)
{
    char sql[256];
    struct buf b = BUF_ON(sql);
    sqlite3_stmt *r = NULL, *w = NULL;
    enum rc rc = RC_OK;
    if (sqlite3_prepare_v2(from, TABLES[which].all, -1, &r, NULL) != SQLITE_OK)
        return RC_OK; /* damaged: what can be read is copied */
    buf_str(&b, "INSERT INTO ");
    buf_str(&b, TABLES[which].name);
    for (int i = 0; i < sqlite3_column_count(r); i++)
        buf_str(&b, i > 0 ? ", ?" : " VALUES(?");
    buf_str(&b, ")");
    if (sqlite3_prepare_v2(c->st->db, sql, -1, &w, NULL) != SQLITE_OK)
        rc = store_fail(c->st, e);
    while (rc == RC_OK && sqlite3_step(r) == SQLITE_ROW) {
        bool same = check_row(c, which, r);
        for (int i = 0; i < sqlite3_column_count(r) && same; i++)
            sqlite3_bind_value(w, i + 1, sqlite3_column_value(r, i));
        int code = same ? sqlite3_step(w) : SQLITE_DONE;
        if (code != SQLITE_DONE && code != SQLITE_CONSTRAINT) /* an item whose score stayed behind stays there too */
            rc = store_fail(c->st, e);
        sqlite3_reset(w);
    }
    sqlite3_finalize(r);
    sqlite3_finalize(w);
    return rc;
}

enum rc store_copy_sealed(struct store *to, sqlite3 *from, struct err *e)
{
    struct store_difference ignored;
    struct checking c = {.st = to, .out = &ignored};
    arena_init(&c.a, 0);
    enum rc rc = read_seals(&c, e);
    for (int which = 0; rc == RC_OK && which < SEALED_COUNT; which++)
        rc = copy_sealed(&c, which, from, e);
    free(c.list);
    arena_free(&c.a);
    return rc;
}

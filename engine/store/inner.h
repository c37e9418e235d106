/* inner.h -- what the files of store share; included by store alone. */
#ifndef TUIYAN_STORE_INNER_H
#define TUIYAN_STORE_INNER_H

#include <sqlite3.h>

#include "store/schema.h"
#include "store/store.h"

enum { ASIDE_BYTES = 512, HASH_BYTES = 32, RECORD_BYTES = 4096, FORMAT = 4 };

/* The tables whose rows the chain covers one by one (seal.c), and those covered by a digest. Append-only: the numbers are on
 * file. */
enum sealed {
    SEALED_META, SEALED_SOURCE, SEALED_LINE, SEALED_FIELD, SEALED_BASELINE, SEALED_SCORE, SEALED_ITEM, SEALED_EVIDENCE,
    SEALED_REFERENCE, SEALED_SEAL, SEALED_OPENED, SEALED_KEY, SEALED_SIGNATURE, SEALED_ATTACHMENT,
    SEALED_COUNT
};
enum digested { DIGEST_WORD, DIGEST_MEASURE, DIGEST_COUNT };
enum { DIGEST_SEQ = 1000 }; /* log.seq of a digest is this and its number, of a row the number of its table */

struct seal_key { /* one key column: a text, or a number */
    const char *text;
    int64_t i;
};

/* The end of the log; taken back as a whole when a transaction fails. */
struct tail {
    int64_t id;
    uint8_t hash[HASH_BYTES];
    bool closed;                      /* a line has come to its end: every transaction ends with a closing row */
    int32_t line;                     /* whose rows are counted: 0 none yet */
    int64_t orders, refusals, events; /* of that line itself */
};

struct seal_batch { /* seals of rows that are written together */
    bool open;
    int first; /* table of the first */
    uint8_t *at;
    size_t size, cap;
};

struct store {
    sqlite3 *db;
    sqlite3_stmt *stmt[SQL_COUNT];
    sqlite3_stmt *seal[SEALED_COUNT];
    struct seal_batch batch;
    struct store_meta meta;
    int format;
    bool writable, in_group;
    struct tail tail, before; /* before: of the transaction under way */
    char (*field)[2][48]; /* slice and name of each hashed field */
    int fields, fields_before; /* before: as the head's */
    char aside[ASIDE_BYTES];   /* a copy that is read in its place; "" */
    char shm[4096];            /* what reading put beside the file, taken away again; "" */
};

enum rc store_fail(const struct store *st, struct err *e);
sqlite3_stmt *store_stmt(struct store *st, enum statement which); /* reset, bindings cleared; NULL on failure */
enum rc store_run(struct store *st, sqlite3_stmt *stmt, struct err *e); /* steps to the end */
/* One row of the log, chained; inside a transaction. */
enum rc store_log(struct store *st, int32_t line, int32_t kind, int64_t seq, int64_t t_ms, int64_t wall_ms,
                  const void *payload, size_t size, int64_t *id, struct err *e);
enum rc store_words(struct store *st, int64_t id, const struct store_words *words, struct err *e);
enum rc store_seal(struct store *st, enum sealed which, const struct seal_key *key, struct err *e);
/* Between the two, seals share one row of the log, which the second writes unless rc is an error already. */
void store_seal_together(struct store *st);
enum rc store_seal_end(struct store *st, enum rc rc, struct err *e);
/* of: the line of measures; the last row of the log whose words count. */
enum rc store_digest(struct store *st, enum digested which, int64_t of, struct err *e);
/* Every row against its seal; with derived, words and measures too. */
enum rc store_check_rows(struct store *st, bool derived, struct store_difference *out, struct err *e);
/* Into a file whose log is copied already: the rows of another that are as its log says. */
enum rc store_copy_sealed(struct store *to, sqlite3 *from, struct err *e);
/* beside.c: whether path + end is there; its name in out either way. */
bool store_beside(const char *path, const char *end, struct buf *out);
enum rc store_copy_aside(const char *path, char out[ASIDE_BYTES], struct err *e);
void store_remove_aside(char aside[ASIDE_BYTES]);
/* Read-only, without a look inside. */
enum rc store_open_unchecked(const char *path, struct store **out, struct err *e);
/* What steps and closing rows say of the log, and whether it ends as it should. */
enum rc store_check_counts(struct store *st, struct store_difference *out, struct err *e);
/* Counts the rows of the line, unless they are counted. */
enum rc store_count(struct store *st, int32_t line, struct err *e);
/* In a transaction of its own unless one is under way. */
enum rc store_enter(struct store *st, bool *own, struct err *e);
enum rc store_leave(struct store *st, bool own, enum rc rc, struct err *e);
enum rc store_exec(struct store *st, const char *sql, struct err *e);
enum rc store_write_meta(struct store *st, struct err *e);
void store_read_meta(struct store *st);
void store_put32(uint8_t *to, uint32_t v);
void store_put64(uint8_t *to, uint64_t v);
uint32_t store_get32(const uint8_t *from);
uint64_t store_get64(const uint8_t *from);
enum rc store_add_field(struct store *st, const char *slice, const char *name);
void store_chain(const uint8_t before[HASH_BYTES], int64_t id, int32_t line, int32_t kind, int64_t seq,
                 int64_t t_ms, int64_t wall_ms, const void *payload, size_t size, uint8_t out[HASH_BYTES]);

#endif

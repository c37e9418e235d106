/* inner.h -- what the files of store share; included by store alone. */
#ifndef TUIYAN_STORE_INNER_H
#define TUIYAN_STORE_INNER_H

#include <sqlite3.h>

#include "store/schema.h"
#include "store/store.h"

enum { HASH_BYTES = 32, RECORD_BYTES = 2048 };

struct store {
    sqlite3 *db;
    sqlite3_stmt *stmt[SQL_COUNT];
    struct store_meta meta;
    bool writable, in_group;
    int64_t head_id;
    uint8_t head[HASH_BYTES];
    int64_t head_id_before; /* of the transaction under way */
    uint8_t head_before[HASH_BYTES];
    char (*field)[2][48]; /* slice and name of each hashed field */
    int fields, fields_before; /* before: as the head's */
};

enum rc store_fail(const struct store *st, struct err *e);
sqlite3_stmt *store_stmt(struct store *st, enum statement which); /* reset, bindings cleared; NULL on failure */
enum rc store_run(struct store *st, sqlite3_stmt *stmt, struct err *e); /* steps to the end */
/* One row of the log, chained; inside a transaction. */
enum rc store_log(struct store *st, int32_t line, int32_t kind, int64_t seq, int64_t t_ms, int64_t wall_ms,
                  const void *payload, size_t size, int64_t *id, struct err *e);
enum rc store_words(struct store *st, int64_t id, const struct store_words *words, struct err *e);
enum rc store_add_field(struct store *st, const char *slice, const char *name);
void store_chain(const uint8_t before[HASH_BYTES], int64_t id, int32_t line, int32_t kind, int64_t seq,
                 int64_t t_ms, int64_t wall_ms, const void *payload, size_t size, uint8_t out[HASH_BYTES]);

#endif

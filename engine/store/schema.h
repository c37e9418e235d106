/* schema.h -- the tables, views and statements of the drill file; included by store alone. */
#ifndef TUIYAN_STORE_SCHEMA_H
#define TUIYAN_STORE_SCHEMA_H

enum { STORE_APPLICATION_ID = 0x74796e31 /* "tyn1" */ };

/* Each migration is one transaction; its number is user_version after it. */
extern const char *const store_migrations[][2]; /* in two parts, for the length of a string */
extern const int store_migration_count;

enum statement {
    SQL_BEGIN, SQL_COMMIT, SQL_ROLLBACK,
    SQL_META_PUT, SQL_META_GET,
    SQL_SOURCE_PUT, SQL_SOURCE_GET, SQL_SOURCE_LIST,
    SQL_LINE_PUT, SQL_LINE_LIST, SQL_LINE_GET, SQL_OFFICIAL,
    SQL_LOG_PUT, SQL_LOG_HEAD, SQL_LOG_LINE, SQL_LOG_ALL, SQL_LOG_COUNT, SQL_LOG_ENDED, SQL_ENTRY_COUNT, SQL_ENTRY_LIST,
    SQL_WORD_PUT, SQL_WORD_GET, SQL_FIELD_PUT, SQL_FIELD_LIST,
    SQL_SNAPSHOT_PUT, SQL_SNAPSHOT_GET, SQL_SNAPSHOT_LIST, SQL_SNAPSHOT_DROP,
    SQL_SCORE_VERSION, SQL_SCORE_PUT, SQL_SCORE_LIST, SQL_SCORE_LIST_2, SQL_SCORE_ITEMS, SQL_ITEM_PUT, SQL_EVIDENCE_PUT,
    SQL_BASELINE_PUT, SQL_BASELINE_GET, SQL_BASELINE_GET_3, SQL_MEASURE_PUT, SQL_MEASURE_LIST,
    SQL_COUNT
};
extern const char *const store_sql[SQL_COUNT];

#endif

/* store.h -- the drill file: one SQLite database with an append-only, SHA-256-chained log inside.
 *
 * WAL and synchronous=FULL: what a store_append call acknowledged survives a pulled plug. Tables refuse
 * UPDATE and DELETE; each log row's hash covers its content and the hash before it, and the log holds
 * the hash of every row of the other tables from which a log, a score or a report is made (seal.c). What
 * is derived can be rebuilt. New files are of format 4; older ones are only ever read. engine/store/README.md
 * documents the schema and the views for people with a sqlite3 shell. */
#ifndef TUIYAN_STORE_STORE_H
#define TUIYAN_STORE_STORE_H

#include "core/order/order.h"

struct store;

struct store_meta {
    char scenario[NAME_BYTES];
    char title_zh[TITLE_BYTES], title_en[TITLE_BYTES];
    uint64_t seed;
    int32_t course;          /* of the scenario; 0: it names none */
    int64_t tick_ms;
    char bot[NAME_BYTES];    /* "" when none */
    char engine[32];         /* version of the program that made it */
    int32_t model;           /* number of the models that played it; 0: an earlier program that had none */
    char uuid[40];
    int64_t created_ms;      /* wall clock, Unix ms: an annotation */
};

/* Makes a new drill file; an existing file is refused. path NULL: a database in memory. */
MUST_USE enum rc store_create(const char *path, const struct store_meta *meta, struct store **out,
                              struct err *e);
/* Opens a drill file and checks it (store_verify but for what is derived). RC_NEWER, RC_BUSY, RC_CORRUPT, RC_IO say why not;
 * RC_NO: writable was asked for a file of an older format. Read-only opening writes nothing, beside the file neither, and
 * needs no right to write. On failure *out is NULL. */
MUST_USE enum rc store_open(const char *path, bool writable, struct store **out, struct err *e);
void store_close(struct store *st); /* NULL is fine */
/* Format and model of a file, with nothing checked but that it is a drill file. */
struct store_kind {
    int format;
    int32_t model;
};
enum { STORE_FORMAT = 4 };
MUST_USE enum rc store_peek(const char *path, struct store_kind *out, struct err *e);
int store_format(const struct store *st);
/* Closes and removes a file that was just made and of which nothing was acknowledged yet. */
void store_discard(struct store *st, const char *path);
const struct store_meta *store_get_meta(const struct store *st);

/* Sources: the scenario's files, the resolved document ("scenario.doc"). Names are unique. */
MUST_USE enum rc store_put_source(struct store *st, const char *name, const void *at, size_t size,
                                  struct err *e);
/* The bytes live in a until it is freed. RC_NO when there is no such source. */
MUST_USE enum rc store_get_source(struct store *st, const char *name, struct arena *a, struct text *out,
                                  struct err *e);
MUST_USE enum rc store_each_source(struct store *st,
                                   enum rc (*each)(void *ctx, const char *name, size_t size), void *ctx,
                                   struct err *e);

/* Lines: a tree. Line 1 is made by store_create. */
enum line_reason { LINE_MAIN, LINE_BRANCH, LINE_CORRECTION, LINE_BACKDATE };
struct store_line {
    int32_t id, parent;  /* parent 0: none */
    int64_t fork_ms;     /* the line shares its parent's log up to and including this tick */
    int32_t reason;      /* enum line_reason */
    bool official;
    char note[160];
};
MUST_USE enum rc store_add_line(struct store *st, const struct store_line *line, int32_t *id, struct err *e);
MUST_USE enum rc store_set_official(struct store *st, int32_t line, struct err *e);
/* Fills at most max lines; returns how many there are. */
int store_lines(struct store *st, struct store_line *out, int max);
int32_t store_official(struct store *st);

/* The log. wall_ms (Unix) is noted, never read back by the engine. */
enum log_kind { LOG_ORDER = 1, LOG_REFUSAL, LOG_STEP, LOG_CLOCK, LOG_LINE, LOG_MARK, LOG_NOTE, LOG_EVENT,
                LOG_ROW, LOG_CLOSE };

/* One accepted order of the room, durable on return. */
MUST_USE enum rc store_append_order(struct store *st, int32_t line, const struct order *o, int64_t wall_ms,
                                    struct err *e);
MUST_USE enum rc store_append_refusal(struct store *st, int32_t line, const struct order *o,
                                      const struct err *why, int64_t wall_ms, struct err *e);
enum clock_kind { CLOCK_START, CLOCK_PAUSE, CLOCK_RESUME, CLOCK_SPEED, CLOCK_HOLD, CLOCK_FINISH, CLOCK_ABORT };
MUST_USE enum rc store_append_clock(struct store *st, int32_t line, int32_t kind, int64_t t_ms, double speed,
                                    int64_t wall_ms, struct err *e);

struct store_words { /* sentences for the derived, readable tables; NULL pointers leave them empty */
    const char *zh, *en;
};
struct store_field { /* hash of one field of the state after the step */
    const char *slice, *name;
    uint32_t hash;
};
struct store_step {
    int32_t line;
    int64_t t_ms;
    const struct order *order;  /* of scripts and bots, submitted at the end of this step */
    const struct store_words *order_words;
    int orders;
    const struct event *event;
    const struct store_words *event_words;
    int events;
    uint64_t hash;
    const struct store_field *field; /* names are kept once a file, hashes by step */
    int fields;
    int32_t ends;  /* CLOCK_FINISH or CLOCK_ABORT when the drill ends with it, else 0 */
    double speed;  /* of the clock then */
};
/* All of a step, or nothing: one transaction, durable on return. */
MUST_USE enum rc store_append_step(struct store *st, const struct store_step *step, int64_t wall_ms,
                                   struct err *e);
/* Readable words for an order of the room that was appended (derived). */
MUST_USE enum rc store_put_order_words(struct store *st, int32_t line, const struct order *o,
                                       const struct store_words *words, struct err *e);

/* Reading back what a line consists of: its own rows and those of its ancestors up to the fork, oldest
 * first. A callback that does not return RC_OK ends the reading with that code. */
struct store_reader {
    void *ctx;
    enum rc (*order)(void *ctx, const struct order *o);                    /* may be NULL */
    enum rc (*refusal)(void *ctx, const struct order *o, const struct err *why);
    enum rc (*event)(void *ctx, const struct event *ev);
    enum rc (*step)(void *ctx, int64_t t_ms, uint64_t hash, const uint32_t *field, int fields);
    enum rc (*clock)(void *ctx, int32_t kind, int64_t t_ms, double speed, int64_t wall_ms);
    /* Each order and event before it is decoded, with its sentences ("" when there are none); may be NULL. */
    enum rc (*raw)(void *ctx, int32_t kind, const uint8_t *at, int size, const struct store_words *words);
    int older; /* by how many ages the records of codec 1 are older than the newest (order_decode) */
};
MUST_USE enum rc store_read_line(struct store *st, int32_t line, const struct store_reader *reader,
                                 struct err *e);
/* The i-th field name of the file's field table; false past the end. */
bool store_field_name(struct store *st, int i, const char **slice, const char **name);

/* Every order, refusal and event row of all lines, to make words for it again: each gives the words (valid until
 * the next call) or NULL pointers. Inside one transaction. */
MUST_USE enum rc store_reword(struct store *st, void *ctx,
                              void (*order)(void *ctx, const struct order *o, struct store_words *out),
                              void (*event)(void *ctx, const struct event *ev, struct store_words *out),
                              int64_t *rows, struct err *e);

/* Entries of the assessment (marks, sign-offs, findings ..): texts, one JSON object each, chained like everything in
 * the log. All of them or none, durable on return; *first gets the number of the first. */
MUST_USE enum rc store_append_entries(struct store *st, int32_t line, int64_t t_ms, const struct text *body, int count,
                                      int64_t wall_ms, int64_t *first, struct err *e);
/* Oldest first; what each does not return RC_OK for ends the reading with that code. body is valid in the call. */
MUST_USE enum rc store_each_entry(struct store *st,
                                  enum rc (*each)(void *ctx, int64_t seq, int64_t wall_ms, struct text body), void *ctx,
                                  struct err *e);

/* Snapshots: may be dropped at any time. */
MUST_USE enum rc store_put_snapshot(struct store *st, int32_t line, int64_t t_ms, const void *at, size_t size,
                                    struct err *e);
/* The newest of the line itself (not of its ancestors) at or before t_ms; RC_NO when there is none. */
MUST_USE enum rc store_get_snapshot(struct store *st, int32_t line, int64_t t_ms, int64_t *found_ms,
                                    struct arena *a, struct text *out, struct err *e);
MUST_USE enum rc store_each_snapshot(struct store *st,
                                     enum rc (*each)(void *ctx, int32_t line, int64_t t_ms,
                                                     size_t size),
                                     void *ctx, struct err *e);
MUST_USE enum rc store_drop_snapshot(struct store *st, int32_t line, int64_t t_ms, struct err *e);
MUST_USE enum rc store_drop_derived(struct store *st, struct err *e); /* words, measures, snapshots */

/* The chain. */
void store_head(struct store *st, char hex[65]); /* of the last row */
struct chain_report {
    int64_t rows, good; /* rows there are; rows before the first that does not fit */
    int64_t bad_id;     /* 0 when the chain is whole */
};
MUST_USE enum rc store_check_chain(struct store *st, struct chain_report *out, struct err *e);
/* What differs from what the chain says, the first of it. */
enum difference_kind {
    DIFFERENCE_NONE,
    DIFFERENCE_CHANGED, /* a row of a table; field "" when it cannot be told which */
    DIFFERENCE_MISSING,
    DIFFERENCE_EXTRA,
    DIFFERENCE_COUNT,   /* a step or closing row of the log counts other rows than there are */
    DIFFERENCE_END,     /* the drill came to its end, and the log does not */
};
struct store_difference {
    int32_t kind; /* enum difference_kind */
    char table[32], row[160], field[48];
};
/* Everything the file says of itself: the chain (RC_CORRUPT when it breaks), every row of every table, words and measures. *open:
 * no line has come to its end yet, so nobody can tell whether the end of the log is missing. */
MUST_USE enum rc store_verify(struct store *st, struct store_difference *out, bool *open, struct err *e);
/* In words. */
void store_say_difference(const struct store_difference *d, struct err *e);
/* Copies the intact prefix of a damaged file, or all of a file of an older format, into a new file of today's format. What was
 * played by older models stays so. */
MUST_USE enum rc store_recover(const char *from, const char *to, int64_t *rows, struct err *e);

/* Evaluation: every scoring is a new version, old ones stay. */
struct store_score_item {
    int32_t kind;            /* 0 objective, 1 indicator; of a panel's score 2 project, 3 item */
    const char *id, *parent, *title_zh, *title_en, *method, *unit, *reason_zh, *reason_en;
    double weight, value;    /* value: measured; NaN when there is none */
    double score;            /* 0..100; NaN: not applicable */
    double lost;             /* points of the total lost here */
    const int64_t *evidence; /* event numbers */
    int evidence_count;
};
struct store_score {
    int32_t line;
    double total;
    const char *grade, *grade_zh, *grade_en, *veto_zh, *veto_en; /* veto: "" when none */
    const struct store_score_item *item;
    int items;
    const char *basis; /* "auto", or "panel:" and the indicator set; NULL: "auto" */
};
MUST_USE enum rc store_put_score(struct store *st, const struct store_score *s, int64_t wall_ms,
                                 int32_t *version, struct err *e);
struct store_version { /* a scoring as it was stored */
    int32_t version, line;
    double total;
    int64_t wall_ms;
    char basis[NAME_BYTES + 8], grade[4], head[65];
    char grade_title[LANG_COUNT][TITLE_BYTES], veto[LANG_COUNT][4 * TITLE_BYTES];
};
/* Fills at most max versions, oldest first; returns how many there are. */
int store_versions(struct store *st, struct store_version *out, int max);
/* The items of one version in their order; texts are valid in the call. */
MUST_USE enum rc store_each_score_item(struct store *st, int32_t version,
                                       void (*each)(void *ctx, const struct store_score_item *it), void *ctx, struct err *e);
/* Measures: the baseline (nobody does anything, up to until_ms; written once) and the series of a line (derived). Older formats
 * have one baseline, whatever until_ms. *value is NaN for a measure that has none. */
MUST_USE enum rc store_put_baseline(struct store *st, const char *name, int64_t until_ms, double value, struct err *e);
MUST_USE enum rc store_get_baseline(struct store *st, const char *name, int64_t until_ms, double *value, struct err *e);
/* Groups writes: all of them, or none. What is appended inside is durable with the commit. */
MUST_USE enum rc store_begin(struct store *st, struct err *e);
MUST_USE enum rc store_commit(struct store *st, struct err *e);
void store_rollback(struct store *st); /* everything is as it was before store_begin */
MUST_USE enum rc store_put_measure(struct store *st, int32_t line, int64_t t_ms, const char *name, double value,
                                   struct err *e);
/* After the last of a line: its digest goes on the chain. */
MUST_USE enum rc store_end_measures(struct store *st, int32_t line, struct err *e);
/* Every point of the line, by name and time. */
MUST_USE enum rc store_each_measure(struct store *st, int32_t line,
                                    void (*each)(void *ctx, const char *name, int64_t t_ms, double value), void *ctx,
                                    struct err *e);

#endif

/* schema.h -- reading a document table into a struct by rows.
 *
 * Each module owns an array of struct field for each kind of table it reads. The same rows give the
 * checks (unknown key with "did you mean", wrong type, range, missing), the defaults, the author's
 * manual and the typed stubs. Durations are texts such as "30min", "1h30min", "45s" or plain seconds.
 * Moments are "+20min" or "20min" after the start, or a clock time "15:20" on or after the start. */
#ifndef TUIYAN_CORE_SCENARIO_SCHEMA_H
#define TUIYAN_CORE_SCENARIO_SCHEMA_H

#include "core/scenario/doc.h"
#include "core/scenario/names.h"

enum field_type {
    FIELD_TEXT,     /* struct text */
    FIELD_NAME,     /* struct text: an id, [a-z][a-z0-9_]*, at most NAME_BYTES - 1 */
    FIELD_TITLE,    /* struct title: "text" or { zh = , en = } */
    FIELD_BOOL,     /* bool */
    FIELD_INT,      /* int32_t */
    FIELD_NUM,      /* double */
    FIELD_DURATION, /* int64_t ms */
    FIELD_MOMENT,   /* int64_t ms of drill time */
    FIELD_POINT,    /* double[2]: { x, y } metres from the south-west corner */
    FIELD_CHOICE,   /* int32_t: index in choices, words separated by blanks */
    FIELD_SET,      /* uint32_t: bit set over choices; a list of words, or one word */
    FIELD_WORD,     /* int32_t: a number of a word of the kind `words`, -1 when absent */
    FIELD_TASKS,    /* struct task_set: a list of tasks, or one */
    FIELD_REF,      /* int32_t: id of entity, -1 when absent */
    FIELD_REFS,     /* struct id_list: a list of ids of entity */
    FIELD_DOC,      /* const struct doc *: a table read by somebody else, NULL when absent */
    FIELD_FUNC,     /* int32_t: handle, -1 when absent */
};

struct id_list {
    int32_t *id;
    int count;
};

struct field {
    const char *name;
    enum field_type type;
    size_t offset;
    bool required;
    double low, high;  /* of INT, NUM (SI) and DURATION (seconds); equal: no bound */
    double dflt;       /* of numbers and choices; seconds for durations; REF: none */
    const char *unit;  /* "m", "m/s", .. or "" */
    const char *choices; /* of CHOICE and SET; of DOC: its class in the stubs, NULL for any table */
    enum entity entity;
    int words; /* of WORD: enum value_kind */
    const char *zh, *en; /* help, one line */
    const char *mark;    /* "" or the source; "U" in front: unverified, shown as such */
};

/* Keys that an owner of words adds to a section of the scenario (teams, places, lines, roads): legal where
 * the owner is present, read into rows of its own beside the section's, in the order of its ids. */
struct more {
    const char *section;
    const struct field *rows; /* offsets within its own row */
    int count;
    size_t size;
};

/* Reads every key of table into out. Absent keys get their default. Memory for lists comes from a. */
MUST_USE enum rc schema_read(const struct doc *table, const struct field *rows, int row_count,
                             const struct names *names, struct arena *a, void *out, struct err *e);
/* One section of the author's manual: a table of the rows, Markdown. */
void schema_manual(const char *heading, const struct field *rows, int row_count, enum lang lang,
                   struct buf *out);
/* The same rows as a class for an editor's Lua language server; name such as "scenario.places". */
void schema_stubs(const char *name, const struct field *rows, int row_count, struct buf *out);
bool duration_parse(struct text t, int64_t *out_ms);
bool moment_parse(struct text t, int64_t start_clock_ms, int64_t *out_ms);
/* "1h30min"; what duration_parse reads back. */
void duration_format(int64_t ms, struct buf *out);
/* "15:20" (or "15:20:30" when seconds matter) for a moment. */
void clock_format(int64_t t_ms, int64_t start_clock_ms, struct buf *out);
/* "01:30" or "01:30:20" since the start, as offset_format writes it. */
bool offset_parse(struct text t, int64_t *out_ms);
/* "02:15" hours and minutes (":ss" when not whole) since the start, as orders files have it. */
void offset_format(int64_t t_ms, struct buf *out);

#endif

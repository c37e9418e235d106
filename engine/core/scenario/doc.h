/* doc.h -- the generic document: what a scenario, plan, indicator set or case file becomes once the
 * script that returned it has run. A tree of values, each with the file and line it was written at.
 *
 * Lua is one way to make a document; whoever reads one need not know. Documents are immutable after
 * they were built and live in one arena. Tables keep the order in which keys were written. */
#ifndef TUIYAN_CORE_SCENARIO_DOC_H
#define TUIYAN_CORE_SCENARIO_DOC_H

#include "base/arena.h"
#include "base/err.h"

enum doc_kind { DOC_NIL, DOC_BOOL, DOC_INT, DOC_NUM, DOC_TEXT, DOC_TABLE, DOC_FUNC };

struct doc {
    enum doc_kind kind;
    struct text key; /* empty for an item of a list */
    int index;       /* 1-based place in a list, 0 for a named value */
    bool b;
    int64_t i;
    double n; /* also set for DOC_INT */
    struct text t;
    int func; /* handle of a function in the script that made the document; -1 otherwise */
    int count; /* children of a table */
    struct doc *parent, *child, *last, *next;
    struct text file;
    int line; /* 0 when unknown */
};

/* A new child at the end of table (NULL makes a root). NULL when memory ran out. */
struct doc *doc_add(struct arena *a, struct doc *table, struct text key, enum doc_kind kind);
const struct doc *doc_get(const struct doc *table, const char *key); /* NULL when absent */
const struct doc *doc_at(const struct doc *table, int index);        /* 1-based list item or NULL */
/* Writes "file:line: teams[3].home" for messages. */
void doc_where(const struct doc *d, struct buf *out);
/* ERR with doc_where in front. */
enum rc doc_error(const struct doc *d, struct err *e, enum msg id, const struct arg *args, int count);

#define DOC_ERR(d, e, id, ...)                                                                     \
    doc_error((d), (e), (id), (const struct arg[]){__VA_ARGS__},                                   \
              (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))
#define DOC_ERR0(d, e, id) doc_error((d), (e), (id), NULL, 0)

#endif

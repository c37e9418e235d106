/* entry.h -- what is said in the assessment, one recorded entry each: a panel opened, an evaluator named, a mark,
 * a sheet handed in, a changed mark, a sign-off, a finding, an action. Facts are never edited; the panel is
 * their fold. An entry is a kind and named texts, so that a command line, a sheet and a window write the same. */
#ifndef TUIYAN_EVAL_ENTRY_H
#define TUIYAN_EVAL_ENTRY_H

#include "base/err.h"
#include "core/scenario/names.h"

enum entry_kind {
    ENTRY_OPEN,      /* an indicator set for experts, self-evaluation or survey */
    ENTRY_EVALUATOR, /* somebody who marks */
    ENTRY_MARK,
    ENTRY_AUTO,      /* evidence from the log confirmed or overruled */
    ENTRY_SUBMIT,    /* a sheet handed in */
    ENTRY_RECONCILE, /* all are in: spread is shown, changes need a reason */
    ENTRY_WEIGHTS,   /* of projects, by pairwise judgements */
    ENTRY_SIGN,
    ENTRY_REOPEN,
    ENTRY_FINDING,   /* 问题 */
    ENTRY_DISMISS,   /* a proposed finding turned down */
    ENTRY_ACTION,    /* 整改措施 */
    ENTRY_STATE,     /* of a finding's correction */
    ENTRY_KINDS,
};

enum { ENTRY_PAIRS = 12, ENTRY_VALUE_MAX = 256 * 1024 };

struct entry_pair {
    struct text key, value;
};

struct entry {
    int32_t kind;
    struct entry_pair pair[ENTRY_PAIRS];
    int pairs;
    int64_t seq;     /* 0: not recorded yet */
    int64_t wall_ms; /* Unix, an annotation */
};

const char *entry_name(int32_t kind);         /* "mark" */
struct title entry_title(int32_t kind);
int entry_find(struct text name);             /* -1 */
struct text entry_get(const struct entry *f, const char *key); /* empty when absent */
bool entry_has(const struct entry *f, const char *key);
/* Adds or replaces a pair; false when there is no room. */
bool entry_set(struct entry *f, const char *key, struct text value);
/* Every key is one of the kind's, the required ones are there, no value is too long: RC_INPUT else. */
MUST_USE enum rc entry_check(const struct entry *f, struct err *e);
/* The keys of a kind for help: "by item value [comment] ..". */
void entry_usage(int32_t kind, struct buf *out);

#endif

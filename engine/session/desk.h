/* desk.h -- the assessment of one drill: entries recorded in its file, and the panels, findings and scores that
 * are their fold. The command line, sheets and the window all write through desk_record. */
#ifndef TUIYAN_SESSION_DESK_H
#define TUIYAN_SESSION_DESK_H

#include "eval/finding.h"
#include "eval/panel.h"
#include "session/assess.h"
#include "session/sets.h"

struct desk {
    struct session *session;
    struct arena arena;       /* panels, findings, sets, texts of entries */
    struct panels panels;
    struct findings findings;
    struct entry *entry;      /* all of them, oldest first */
    int64_t entries, entry_cap;
    struct assessment auto_eval; /* evidence and automatic score as of the last refresh */
    bool assessed;
    int64_t steps, orders;    /* of the drill at the last refresh .. */
    uint64_t hash;            /* .. and its state */
    struct arena evidence;    /* of the last refresh */
    struct session *twin;     /* the same drill with no orders, as far as this one came; NULL: the file has its end */
};

/* Reads the entries of the drill (none when it is in memory) and works out the evidence. On failure nothing is
 * owned. *out must not be moved; ends with desk_close. */
MUST_USE enum rc desk_open(struct session *s, struct desk *out, struct err *e);
void desk_close(struct desk *d);
/* Evidence anew when the drill went on since. */
MUST_USE enum rc desk_refresh(struct desk *d, struct err *e);
/* Applies all entries in order and records them in one transaction, or none of them. Texts are copied. Fills what
 * only the desk knows: the head of the chain of a sign-off, the id of a new finding. *failed (may be NULL): index
 * of the entry that was refused, -1 when it was the disk. */
MUST_USE enum rc desk_record(struct desk *d, const struct entry *entry, int count, int *failed, struct err *e);
/* Opens the panel of a kind with a set: a shipped name, a path, or "scenario" for the scenario's own indicators. */
MUST_USE enum rc desk_open_set(struct desk *d, int32_t kind, const char *name, struct err *e);
/* What the log and, when marks are open to all, the panel suggest as findings. *out has room for PROPOSAL_MAX and
 * lives in a. *count: how many. */
MUST_USE enum rc desk_propose(const struct desk *d, bool with_marks, struct arena *a, struct proposal **out, int *count,
                              struct err *e);
/* A finding or dismissal that names its proposal in `from`: class, text, cause and events are taken from it
 * unless they are given. Texts live in a. RC_INPUT: there is no such proposal. */
MUST_USE enum rc desk_fill(const struct desk *d, struct arena *a, struct entry *entry, struct err *e);
/* The experts' score as a new version in the drill file. *version may be NULL. */
MUST_USE enum rc desk_store_score(struct desk *d, int32_t *version, struct err *e);
bool desk_has_panel(const struct desk *d); /* the experts' panel is open */

#endif

/* fill.h -- from what a drill recorded to the model of its report.
 *
 * Fills all that the scenario, the log and the evaluation decide: facts, agencies, orders and refusals,
 * events (the main ones and those cited), score, clauses, proposed findings, command post, coordination,
 * timeline, how scripted it was, assumptions. The caller adds what it alone knows: clock, maps, curves,
 * losses, corrections, head of the chain, signers, issuer, date. */
#ifndef TUIYAN_REPORT_FILL_H
#define TUIYAN_REPORT_FILL_H

#include "eval/finding.h"
#include "report/report.h"

struct report_refusal {
    const struct order *order;
    const char *why; /* in the language of the report */
};

struct report_source {
    const struct atlas *atlas;
    const struct evaluation *eval; /* NULL: not evaluated */
    const struct event *event;     /* of the official line, rising seq */
    int64_t events;
    const struct order *order;
    int64_t orders;
    const struct report_refusal *refusals;
    int refusal_count;
    int64_t end_ms;
    bool aborted;
    const struct panels *panels;     /* NULL: no experts */
    const struct findings *findings; /* NULL: nothing confirmed */
};

/* Clears *m first. Everything it points at lives in the arena or in the source. RC_MEMORY when the arena
 * is full. */
MUST_USE enum rc report_fill(struct report_model *m, const struct report_source *src,
                             enum lang lang, struct arena *a, struct err *e);

#endif

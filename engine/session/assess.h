/* assess.h -- the automatic evaluation of a session: the do-nothing twin, the evidence in the log, the score. */
#ifndef TUIYAN_SESSION_ASSESS_H
#define TUIYAN_SESSION_ASSESS_H

#include "eval/eval.h"
#include "session/session.h"

struct assess_reading { /* what eval reads measures through */
    struct session *s;
    const double *baseline;
};

struct assessment {
    struct arena arena;
    struct evaluation eval;
    double *baseline; /* by measure of the session */
    struct assess_reading reading;
    struct eval_input input; /* for further rules over the same drill; valid as long as session and assessment */
};

/* Runs the do-nothing twin (or reads the stored baseline) and evaluates. Ends with assess_free, also on failure.
 * *out must not be moved afterwards. */
MUST_USE enum rc assess(struct session *s, struct assessment *out, struct err *e);
/* The same over measures of the do-nothing twin that the caller has; baseline: session_measures(s) of them. */
MUST_USE enum rc assess_over(struct session *s, const double *baseline, struct assessment *out, struct err *e);
/* The baseline that is stored in the drill file; false when it is not there for every measure. */
bool assess_stored_baseline(struct session *s, double *values);
/* A new score version in the drill file (nothing when the drill is in memory). */
MUST_USE enum rc assess_store(struct session *s, const struct assessment *a, struct err *e);
void assess_free(struct assessment *a);

#endif

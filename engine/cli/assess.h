/* assess.h -- scoring and reporting a session, shared by several commands. */
#ifndef TUIYAN_CLI_ASSESS_H
#define TUIYAN_CLI_ASSESS_H

#include "eval/eval.h"
#include "session/session.h"

struct assessment {
    struct arena arena;
    struct evaluation eval;
    double *baseline; /* by measure of the session */
};

/* Runs the do-nothing twin (or reads the stored baseline) and evaluates. Ends with assess_free, also on failure. */
MUST_USE enum rc assess(struct session *s, struct assessment *out, struct err *e);
/* A new score version in the drill file (nothing when the drill is in memory). */
MUST_USE enum rc assess_store(struct session *s, const struct assessment *a, struct err *e);
void assess_free(struct assessment *a);
/* Writes the report into the folder dir (made when missing): dir/report.html in the language. path gets the file's name. */
MUST_USE enum rc assess_report(struct session *s, const struct assessment *a, const char *dir, enum lang lang,
                               char *path, int cap, struct err *e);

#endif

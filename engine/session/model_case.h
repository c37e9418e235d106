/* model_case.h -- a hazard alone on a case: setup, run time, probes, expected values with tolerances.
 *
 * A case is a Lua file that returns one table. It wires a world of weather, works and the hazards of
 * its `setup` (a scenario's own sections), without anybody who answers to them, runs it, and compares
 * measures, probes, counts of events and formulas worked by hand with what was published. */
#ifndef TUIYAN_SESSION_MODEL_CASE_H
#define TUIYAN_SESSION_MODEL_CASE_H

#include "core/scenario/calc.h"

struct case_row {
    struct title what;
    const char *unit;
    double want, tolerance, got; /* tolerance is absolute, worked out from rel when that was given */
    double low, high;            /* the band that passes */
    bool pass;
};

struct case_result {
    struct title title;
    struct text source;
    struct case_row *row;
    int rows, failed;
    int64_t steps;
};

/* Runs the case in file path. formulas: all of them, the last without a name. Everything in *out lives in a. RC_INPUT names file, line
 * and what would be right. A value that is off is no error: it is a row that did not pass. */
MUST_USE enum rc case_run(const char *path, const struct calc_row *(*formula)(int i), struct arena *a,
                          struct case_result *out, struct err *e);
/* The schema rows for authors. */
void case_manual(enum lang lang, struct buf *out);

#endif

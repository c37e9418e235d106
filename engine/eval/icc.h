/* icc.h -- intraclass correlation of Shrout and Fleiss 1979, all six forms with intervals.
 *
 * n items are the targets, k raters the judges. (1,..): each item has other judges; (2,..): the same panel,
 * a sample of possible judges, absolute agreement - the form for an expert panel; (3,..): the panel is all
 * there is, consistency. (..,1): one judge's mark; (..,k): the mean of the panel. Estimates below 0 are
 * legal. Intervals of (2,..): Satterthwaite's degrees of freedom; of (2,k): Spearman-Brown from (2,1). */
#ifndef TUIYAN_EVAL_ICC_H
#define TUIYAN_EVAL_ICC_H

#include "eval/agree.h"

enum icc_form { ICC_1_1, ICC_2_1, ICC_3_1, ICC_1_K, ICC_2_K, ICC_3_K, ICC_FORMS };

struct icc {
    double value[ICC_FORMS], low[ICC_FORMS], high[ICC_FORMS]; /* NaN: all marks are equal */
    double between, within, judges, error;                    /* mean squares */
    double f_one, p_one, f_two, p_two;                        /* between over within, between over error */
    double df;                                                /* Satterthwaite's, of ICC(2,1) */
};

/* confidence 0 < c < 1, commonly 0.95. RC_INPUT: a hole (alpha can take it), fewer than 2 raters or items. */
MUST_USE enum rc icc_run(const struct agree_table *t, double confidence, struct icc *out, struct err *e);

#endif

/* weights.h -- weights of indicators from judgements (AHP) and from data (entropy), and fuzzy comprehensive
 * evaluation (模糊综合评价). Pure functions; memory for the work comes from the caller's arena.
 *
 * Entropy weights favour what differs between the compared, not what matters: an option, never the default. */
#ifndef TUIYAN_EVAL_WEIGHTS_H
#define TUIYAN_EVAL_WEIGHTS_H

#include "base/arena.h"
#include "base/err.h"

enum { AHP_MAX = 64, AHP_JUDGES_MAX = 1000 };

/* Random indices differ between books, so results name theirs: Saaty's classic one of Chinese papers (the
 * entries for 9 and 10 unverified), Saaty 2005, Donegan and Dodd 1991. Beyond 10 the entry of 10 stands in,
 * so that CR is then an upper bound. */
enum ahp_index { AHP_CLASSIC, AHP_SAATY2005, AHP_DONEGAN };
enum ahp_method { AHP_EIGEN, AHP_GEOMETRIC, AHP_COLUMNS };

struct ahp {
    double *weight; /* n, sum 1 */
    double *group;  /* n x n: the judges' geometric mean, made whole */
    double lambda_max, ci, cr, ri;
    int n, missing; /* pairs that no judge compared */
};

/* judge holds judges matrices of n x n, one after another; NaN: not compared. Entries are above 0, the
 * diagonal 1, a(i,j) a(j,i) = 1 up to RECIPROCAL_SLACK (0.33 may stand for 1/3). Pairs nobody compared are
 * completed so that lambda_max is least (Bozoki, Fulop and Ronyai 2010). RC_INPUT names judge and cell; also
 * when the compared pairs do not join all. A CR of 0.1 or more is the caller's to judge. */
MUST_USE enum rc ahp_run(const double *judge, int judges, int n, enum ahp_method method, enum ahp_index index,
                         struct arena *a, struct ahp *out, struct err *e);

static const double AHP_CR_LIMIT = 0.1;

/* value: objects rows of indicators columns, two objects or more, none below 0 unless min_max scales each
 * column to 0..1 first. entropy and weight: one for each column. A column without differences weighs 0;
 * if none has any, all weigh the same. RC_INPUT names the cell. */
MUST_USE enum rc entropy_run(const double *value, int objects, int indicators, bool min_max, double *entropy,
                             double *weight, struct err *e);

/* How memberships and weights are put together: weighted mean M(.,+), which keeps everything; M(and,or),
 * M(.,or), and the bounded sum M(and,+). */
enum fuzzy_operator { FUZZY_MEAN, FUZZY_MIN_MAX, FUZZY_PRODUCT_MAX, FUZZY_MIN_SUM };
/* weight: factors; membership: factors x grades, 0..1; out: grades. RC_INPUT: a weight or membership outside
 * 0..1 or missing, weights that do not sum to 1. */
MUST_USE enum rc fuzzy_run(const double *weight, const double *membership, int factors, int grades,
                           enum fuzzy_operator op, double *out, struct err *e);

#endif

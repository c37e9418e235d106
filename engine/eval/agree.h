/* agree.h -- how far evaluators agree: Krippendorff's alpha, Kendall's W, Fleiss' and Cohen's kappa, r_wg,
 * percent agreement. Pure functions; memory for the work comes from the caller's arena.
 *
 * A table has one rater a row. NaN is a missing mark: alpha and percent agreement take it as it is, the
 * others refuse it with the cell's place. A statistic that the data do not define is NaN, never 0. */
#ifndef TUIYAN_EVAL_AGREE_H
#define TUIYAN_EVAL_AGREE_H

#include "base/arena.h"
#include "base/err.h"

struct agree_table {
    int raters, items;
    const double *at; /* raters rows of items marks */
};

/* Below these a statistic says little (样本过少). */
enum { AGREE_RATERS_MIN = 3, AGREE_ITEMS_MIN = 5 };
bool agree_too_few(int raters, int items);

/* How far apart two marks are: 0 or 1; by ranks; by difference; by difference over sum. */
enum alpha_level { ALPHA_NOMINAL, ALPHA_ORDINAL, ALPHA_INTERVAL, ALPHA_RATIO };

struct agree_alpha {
    double alpha;              /* 1 - observed / expected; NaN when expected is 0 */
    double observed, expected; /* disagreement */
    int units, marks;          /* items with two marks or more, and the marks on them */
};

/* Krippendorff 2011, coincidence form. RC_INPUT: no item has two marks; a mark below 0 at ratio level. */
MUST_USE enum rc agree_alpha(const struct agree_table *t, enum alpha_level level, struct arena *a,
                             struct agree_alpha *out, struct err *e);

struct agree_percent {
    double pairs; /* share of pairs of marks on one item that are equal */
    double whole; /* share of items on which all marks are equal */
    int units;
};
MUST_USE enum rc agree_percent(const struct agree_table *t, struct agree_percent *out, struct err *e);

struct agree_kendall {
    double w, w_tied;       /* w_tied: corrected for ties */
    double s, ties;         /* sum of squares of the rank sums; sum of t^3 - t over all ties */
    double chi2, chi2_tied; /* m (n - 1) W */
    double df, p, p_tied;
};
/* Mid-ranks within each rater. RC_INPUT: a hole, fewer than 2 raters or items. */
MUST_USE enum rc agree_kendall(const struct agree_table *t, struct arena *a, struct agree_kendall *out,
                               struct err *e);

struct agree_kappa {
    double kappa, observed, expected;
};
/* Fleiss 1971 from counts: subjects rows, how many raters chose each of categories. All rows have the same
 * sum, two or more. RC_INPUT otherwise. */
MUST_USE enum rc agree_fleiss(const double *count, int subjects, int categories, struct agree_kappa *out,
                              struct err *e);
/* The same from marks, each distinct mark a category. */
MUST_USE enum rc agree_fleiss_marks(const struct agree_table *t, struct arena *a, struct agree_kappa *out,
                                    struct err *e);
/* Cohen 1960 from a square table: how often the first rater said i and the second j. */
MUST_USE enum rc agree_cohen(const double *count, int categories, struct agree_kappa *out, struct err *e);

/* James, Demaree and Wolf 1984 for one item: 1 - variance over that of a scale of steps equal steps.
 * Missing marks are left out; NaN below two marks. */
double agree_rwg(const struct agree_table *t, int item, double steps);

/* RC_INPUT with the place of the first hole; method is the word in the message. */
MUST_USE enum rc agree_no_holes(const struct agree_table *t, const char *method, struct err *e);

#endif

/* dist.h -- the distributions behind intervals and tests of agreement: F and chi-squared, on base/num alone.
 *
 * Relative error about 1e-12 for degrees of freedom up to some thousands; not whole numbers of degrees are
 * fine. Formulas: the continued fractions and series of Abramowitz and Stegun, 26.5.8 and 6.5.29-31. */
#ifndef TUIYAN_EVAL_DIST_H
#define TUIYAN_EVAL_DIST_H

/* Regularised incomplete beta I_x(a, b); a, b > 0, x in 0..1. */
double dist_beta(double x, double a, double b);
/* P(F > f) with df1 and df2 degrees of freedom; infinity gives 0, NaN gives NaN. */
double dist_f_above(double f, double df1, double df2);
/* The f below which the share p (0 < p < 1) of F lies. */
double dist_f_quantile(double p, double df1, double df2);
/* P(chi-squared > x) with df degrees of freedom. */
double dist_chi2_above(double x, double df);

#endif

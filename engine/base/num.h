/* num.h -- the few transcendentals the engine needs, the same bits on every machine.
 *
 * glibc picks FMA variants of exp, log, pow, sin, cos, atan2 by processor, and the results differ.
 * These are plain IEEE-754 double operations in a fixed order, compiled with -ffp-contract=off
 * -fno-builtin. Error against MPFR is at most 1 ulp (pow: 2 ulp) over the stated ranges; a test says so.
 * Special values follow C Annex F: NaN in, NaN out; log(0) = -inf; exp overflow = inf; pow(x, 0) = 1. */
#ifndef TUIYAN_BASE_NUM_H
#define TUIYAN_BASE_NUM_H

#include <stdbool.h>

#define NUM_PI 3.14159265358979323846

double num_exp(double x);
double num_log(double x);
double num_log10(double x);
double num_pow(double x, double y);
double num_sqrt(double x); /* the hardware's correctly rounded one */
double num_cbrt(double x);
double num_sin(double x);  /* |x| <= 1e5 radians at full accuracy; beyond it, accurate reduction is not promised */
double num_cos(double x);
double num_tan(double x);
double num_atan(double x);
double num_atan2(double y, double x);
double num_asin(double x);
double num_acos(double x);
double num_hypot(double x, double y); /* sqrt(x*x + y*y), no protection from overflow */
double num_floor(double x);
double num_ceil(double x);
double num_round(double x); /* half away from zero */
double num_abs(double x);
double num_min(double a, double b);
double num_max(double a, double b);
double num_clamp(double x, double low, double high);
bool num_is_finite(double x);
double num_mod(double x, double y); /* fmod: sign of x, exact */
double num_lgamma(double x);        /* x > 0; relative error 1e-13 */

#endif

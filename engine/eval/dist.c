#include "eval/dist.h"

#include "base/attr.h"
#include "base/num.h"

enum { TERMS_MAX = 20000, HALVINGS = 200 };
static const double TINY = 1e-300, CLOSE = 1e-16;

static double not_tiny(double v)
{
    return num_abs(v) < TINY ? TINY : v;
}

/* Lentz's evaluation of the continued fraction; converges fast for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double x, double a, double b)
{
    double c = 1.0, d = 1.0 / not_tiny(1.0 - (a + b) * x / (a + 1.0)), h = d;
    for (int m = 1; m <= TERMS_MAX; m++) {
        double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / not_tiny(1.0 + even * d);
        c = not_tiny(1.0 + even / c);
        h *= d * c;
        d = 1.0 / not_tiny(1.0 + odd * d);
        c = not_tiny(1.0 + odd / c);
        h *= d * c;
        if (num_abs(d * c - 1.0) < CLOSE)
            break;
    }
    return h;
}

/* I_x(a, b) with y = 1 - x given apart, so that neither tail loses digits. */
static double beta_of(double x, double y, double a, double b)
{
    if (x <= 0.0)
        return 0.0;
    if (y <= 0.0)
        return 1.0;
    double front = num_exp(num_lgamma(a + b) - num_lgamma(a) - num_lgamma(b) + a * num_log(x) + b * num_log(y));
    if (x < (a + 1.0) / (a + b + 2.0))
        return front * beta_fraction(x, a, b) / a;
    return 1.0 - front * beta_fraction(y, b, a) / b;
}

double dist_beta(double x, double a, double b)
{
    return beta_of(x, 1.0 - x, a, b);
}

double dist_f_above(double f, double df1, double df2)
{
    if (f != f)
        return f;
    if (f <= 0.0)
        return 1.0;
    if (!num_is_finite(f))
        return 0.0;
    double all = df2 + df1 * f;
    return beta_of(df2 / all, df1 * f / all, df2 / 2.0, df1 / 2.0);
}

/* P(F > f) falls with f; halves an interval of log f. */
double dist_f_quantile(double p, double df1, double df2)
{
    ASSERT(p > 0.0 && p < 1.0 && df1 > 0.0 && df2 > 0.0);
    double low = -600.0, high = 600.0;
    for (int i = 0; i < HALVINGS; i++) {
        double mid = (low + high) / 2.0;
        if (dist_f_above(num_exp(mid), df1, df2) > 1.0 - p)
            low = mid;
        else
            high = mid;
    }
    return num_exp((low + high) / 2.0);
}

/* Regularised upper incomplete gamma Q(a, x): series below a + 1, continued fraction above. */
static double gamma_above(double a, double x)
{
    double front = num_exp(a * num_log(x) - x - num_lgamma(a));
    if (x < a + 1.0) {
        double term = 1.0 / a, sum = term;
        for (int i = 1; i <= TERMS_MAX && term > sum * CLOSE; i++) {
            term *= x / (a + i);
            sum += term;
        }
        return 1.0 - front * sum;
    }
    double b = x + 1.0 - a, c = 1.0 / TINY, d = 1.0 / not_tiny(b), h = d;
    for (int i = 1; i <= TERMS_MAX; i++) {
        double an = -i * (i - a);
        b += 2.0;
        d = 1.0 / not_tiny(an * d + b);
        c = not_tiny(b + an / c);
        h *= d * c;
        if (num_abs(d * c - 1.0) < CLOSE)
            break;
    }
    return front * h;
}

double dist_chi2_above(double x, double df)
{
    if (x != x)
        return x;
    if (x <= 0.0)
        return 1.0;
    return num_is_finite(x) ? gamma_above(df / 2.0, x / 2.0) : 0.0;
}

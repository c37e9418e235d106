#include "eval/icc.h"

#include "base/num.h"
#include "eval/dist.h"

static const double NONE = 0.0 / 0.0;

static double over(double a, double b)
{
    return b != 0.0 ? a / b : NONE;
}

/* F of mean squares: infinite when the lower is nil. */
static double f_ratio(double upper, double lower)
{
    return lower > 0.0 ? upper / lower : upper > 0.0 ? 1.0 / 0.0 : NONE;
}

static void mean_squares(const struct agree_table *t, struct icc *o)
{
    double n = t->items, k = t->raters, grand = 0.0, between = 0.0, judges = 0.0, within = 0.0;
    size_t items = (size_t)t->items;
    for (size_t c = 0; c < items * (size_t)t->raters; c++)
        grand += t->at[c];
    grand /= n * k;
    for (size_t i = 0; i < items; i++) {
        double mean = 0.0;
        for (int r = 0; r < t->raters; r++)
            mean += t->at[(size_t)r * items + i];
        mean /= k;
        between += k * (mean - grand) * (mean - grand);
        for (int r = 0; r < t->raters; r++) {
            double d = t->at[(size_t)r * items + i] - mean;
            within += d * d;
        }
    }
    for (int r = 0; r < t->raters; r++) {
        double mean = 0.0;
        for (size_t i = 0; i < items; i++)
            mean += t->at[(size_t)r * items + i];
        mean /= n;
        judges += n * (mean - grand) * (mean - grand);
    }
    /* What rounding leaves of nothing is nothing. */
    double dust = 1e-13 * (between + within);
    double error = within - judges > dust ? within - judges : 0.0;
    o->between = (between > dust ? between : 0.0) / (n - 1.0);
    o->within = (within > dust ? within : 0.0) / (n * (k - 1.0));
    o->judges = (judges > dust ? judges : 0.0) / (k - 1.0);
    o->error = error / ((n - 1.0) * (k - 1.0));
}

/* Forms (1,..) and (3,..): q is a quantile of F, noise the mean square below the between one. */
static double single_bound(double between, double noise, double q, double k)
{
    return over(between - q * noise, between + (k - 1.0) * q * noise);
}

static double average_bound(double between, double noise, double q)
{
    return over(between - q * noise, between);
}

static double spearman_brown(double r, double k)
{
    return over(k * r, 1.0 + (k - 1.0) * r);
}

/* Shrout and Fleiss 1979, p. 424, multiplied by MSE so that perfect judges divide nothing by nothing. */
static void panel_interval(struct icc *o, double n, double k, double p)
{
    double rho = o->value[ICC_2_1], c = n * (1.0 + (k - 1.0) * rho) - k * rho;
    double a = k * rho * o->judges, b = c * o->error;
    double over_all = k * o->judges + (k * n - k - n) * o->error;
    if (rho != rho)
        return;
    if (!(a * a + b * b > 0.0)) {
        o->low[ICC_2_1] = o->high[ICC_2_1] = rho;
    } else {
        o->df = (k - 1.0) * (n - 1.0) * (a + b) * (a + b) / ((n - 1.0) * a * a + b * b);
        bool usable = o->df > 0.0;
        double up = usable ? dist_f_quantile(p, n - 1.0, o->df) : NONE;
        double down = usable ? dist_f_quantile(p, o->df, n - 1.0) : NONE;
        o->low[ICC_2_1] = over(n * (o->between - up * o->error), up * over_all + n * o->between);
        o->high[ICC_2_1] = over(n * (down * o->between - o->error), over_all + n * down * o->between);
    }
    o->low[ICC_2_K] = spearman_brown(o->low[ICC_2_1], k);
    o->high[ICC_2_K] = spearman_brown(o->high[ICC_2_1], k);
}

static void plain_interval(struct icc *o, enum icc_form single, enum icc_form average, double noise, double df1,
                           double df2, double k, double p)
{
    double up = dist_f_quantile(p, df1, df2), down = 1.0 / dist_f_quantile(p, df2, df1);
    o->low[single] = single_bound(o->between, noise, up, k);
    o->high[single] = single_bound(o->between, noise, down, k);
    o->low[average] = average_bound(o->between, noise, up);
    o->high[average] = average_bound(o->between, noise, down);
}

enum rc icc_run(const struct agree_table *t, double confidence, struct icc *out, struct err *e)
{
    enum rc rc = agree_no_holes(t, "ICC", e);
    if (rc != RC_OK)
        return rc;
    double n = t->items, k = t->raters, p = (1.0 + confidence) / 2.0;
    *out = (struct icc){.df = NONE};
    for (int i = 0; i < ICC_FORMS; i++)
        out->low[i] = out->high[i] = NONE;
    mean_squares(t, out);
    double b = out->between, w = out->within, j = out->judges, m = out->error;
    out->value[ICC_1_1] = over(b - w, b + (k - 1.0) * w);
    out->value[ICC_2_1] = over(b - m, b + (k - 1.0) * m + k * (j - m) / n);
    out->value[ICC_3_1] = over(b - m, b + (k - 1.0) * m);
    out->value[ICC_1_K] = over(b - w, b);
    out->value[ICC_2_K] = over(b - m, b + (j - m) / n);
    out->value[ICC_3_K] = over(b - m, b);
    out->f_one = f_ratio(b, w);
    out->f_two = f_ratio(b, m);
    out->p_one = dist_f_above(out->f_one, n - 1.0, n * (k - 1.0));
    out->p_two = dist_f_above(out->f_two, n - 1.0, (n - 1.0) * (k - 1.0));
    plain_interval(out, ICC_1_1, ICC_1_K, w, n - 1.0, n * (k - 1.0), k, p);
    plain_interval(out, ICC_3_1, ICC_3_K, m, n - 1.0, (n - 1.0) * (k - 1.0), k, p);
    panel_interval(out, n, k, p);
    return RC_OK;
}

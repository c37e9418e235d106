#include "eval/weights.h"

#include "base/num.h"

enum { POWER_MAX = 1000, COMPLETE_MAX = 1000, INDEX_MAX = 10 };
static const double RECIPROCAL_SLACK = 0.03; /* 0.14 for 1/7 is off by 2 % */

/* n from 0; evaluation methods 9.6 of the reference. */
static const double random_index[][INDEX_MAX + 1] = {
    [AHP_CLASSIC] = {0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49},
    [AHP_SAATY2005] = {0, 0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49},
    [AHP_DONEGAN] = {0, 0, 0, 0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055},
};

struct work {
    int n;
    double *a;           /* n x n */
    double *right, *left; /* eigenvectors, sum 1 */
    double *next;
    double *log_step;    /* n x n, of missing pairs above the diagonal */
    bool *missing;       /* n x n */
};

static double *at(double *m, int n, int i, int j)
{
    return &m[(size_t)i * (size_t)n + (size_t)j];
}

static void make_sum_one(double *v, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += v[i];
    for (int i = 0; i < n; i++)
        v[i] /= sum;
}

/* Power iteration on a positive matrix, from what v holds; transposed: the left vector. Returns the value. */
static double eigen(const struct work *w, double *v, bool transposed)
{
    double lambda = 0.0;
    for (int round = 0; round < POWER_MAX; round++) {
        double change = 0.0, sum = 0.0;
        for (int i = 0; i < w->n; i++) {
            w->next[i] = 0.0;
            for (int j = 0; j < w->n; j++)
                w->next[i] += *(transposed ? at(w->a, w->n, j, i) : at(w->a, w->n, i, j)) * v[j];
            sum += w->next[i];
        }
        for (int i = 0; i < w->n; i++) {
            double x = w->next[i] / sum;
            change = num_max(change, num_abs(x - v[i]) / x);
            v[i] = x;
        }
        lambda = sum;
        if (change < 2e-15)
            break;
    }
    return lambda;
}

/* ---- judgements ---- */

static enum rc check_judge(const double *m, int n, int judge, struct err *e)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            double v = m[i * n + j], back = m[j * n + i];
            if (v == v && !(v > 0.0 && num_is_finite(v)))
                return ERR(e, RC_INPUT, MSG_AHP_POSITIVE, arg_i(judge), arg_i(i + 1), arg_i(j + 1));
            if (i == j && v == v && v != 1.0)
                return ERR(e, RC_INPUT, MSG_AHP_DIAGONAL, arg_i(judge), arg_i(i + 1));
            if (i < j && num_abs(v * back - 1.0) > RECIPROCAL_SLACK)
                return ERR(e, RC_INPUT, MSG_AHP_RECIPROCAL, arg_i(judge), arg_i(i + 1), arg_i(j + 1));
        }
    }
    return RC_OK;
}

/* What one judge says of i over j: both entries when both are there. False: nothing. */
static bool judgement(const double *m, int n, int i, int j, double *log_ratio)
{
    double v = m[i * n + j], back = m[j * n + i];
    if (v != v && back != back)
        return false;
    *log_ratio = v != v ? -num_log(back) : back != back ? num_log(v) : (num_log(v) - num_log(back)) / 2.0;
    return true;
}

/* The only judge's figures stay as they are; those of several are their geometric mean. */
static int merge(const double *judge, int judges, struct work *w)
{
    int holes = 0, n = w->n;
    for (int i = 0; i < n; i++) {
        *at(w->a, n, i, i) = 1.0;
        for (int j = i + 1; j < n; j++) {
            double sum = 0.0, one;
            int count = 0;
            for (int k = 0; k < judges; k++) {
                if (judgement(&judge[(size_t)k * (size_t)n * (size_t)n], n, i, j, &one)) {
                    sum += one;
                    count++;
                }
            }
            double mean = count > 0 ? num_exp(sum / count) : 1.0;
            *at(w->a, n, i, j) = mean;
            *at(w->a, n, j, i) = 1.0 / mean;
            w->missing[i * n + j] = count == 0;
            holes += count == 0;
        }
    }
    return holes;
}

/* Whether the compared pairs join all n; marks what is reached from the first. */
static bool is_joined(const struct work *w)
{
    int n = w->n, reached = 1;
    for (int i = 0; i < n; i++)
        w->next[i] = i == 0;
    for (bool grew = true; grew;) {
        grew = false;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                if (w->missing[i * n + j] || w->next[i] == w->next[j])
                    continue;
                w->next[i] = w->next[j] = 1.0;
                reached++;
                grew = true;
            }
        }
    }
    return reached == n;
}

/* ---- completion ---- */

static void move_missing(struct work *w, double share)
{
    for (int i = 0; i < w->n; i++) {
        for (int j = i + 1; j < w->n; j++) {
            if (!w->missing[i * w->n + j])
                continue;
            double *v = at(w->a, w->n, i, j);
            *v *= num_exp(share * *at(w->log_step, w->n, i, j));
            *at(w->a, w->n, j, i) = 1.0 / *v;
        }
    }
}

/* lambda_max is convex in the logarithms of the missing entries; its gradient at (i,j) has the sign of
 * v_i w_j a_ij - v_j w_i / a_ij, so that stepping to where this is 0 leads down in each. Halves the step
 * until lambda does not rise. */
static void complete(struct work *w)
{
    double lambda = eigen(w, w->right, false);
    for (int round = 0; round < COMPLETE_MAX; round++) {
        double longest = 0.0, share = 1.0;
        (void)eigen(w, w->left, true);
        for (int i = 0; i < w->n; i++) {
            for (int j = i + 1; j < w->n; j++) {
                if (!w->missing[i * w->n + j])
                    continue;
                double step = (num_log(w->right[i] * w->left[j]) - num_log(w->right[j] * w->left[i])) / 2.0 -
                              num_log(*at(w->a, w->n, i, j));
                *at(w->log_step, w->n, i, j) = step;
                longest = num_max(longest, num_abs(step));
            }
        }
        if (longest < 1e-12)
            return;
        move_missing(w, share);
        double now = eigen(w, w->right, false);
        while (now > lambda + 1e-14 * lambda && share > 1e-3) {
            move_missing(w, -share / 2.0);
            share /= 2.0;
            now = eigen(w, w->right, false);
        }
        lambda = now;
    }
}

/* ---- AHP ---- */

static void weigh(struct work *w, enum ahp_method method, double *weight)
{
    int n = w->n;
    for (int i = 0; i < n; i++) {
        double sum = 0.0;
        for (int j = 0; j < n; j++) {
            double column = 0.0;
            for (int k = 0; method == AHP_COLUMNS && k < n; k++)
                column += *at(w->a, n, k, j);
            sum += method == AHP_COLUMNS ? *at(w->a, n, i, j) / column : num_log(*at(w->a, n, i, j));
        }
        weight[i] = method == AHP_EIGEN ? w->right[i] : method == AHP_COLUMNS ? sum / n : num_exp(sum / n);
    }
    make_sum_one(weight, n);
}

static double mean_ratio(struct work *w, const double *weight)
{
    double sum = 0.0;
    for (int i = 0; i < w->n; i++) {
        double row = 0.0;
        for (int j = 0; j < w->n; j++)
            row += *at(w->a, w->n, i, j) * weight[j];
        sum += row / weight[i];
    }
    return sum / w->n;
}

static bool make_work(struct work *w, int n, struct arena *a)
{
    size_t cells = (size_t)n * (size_t)n;
    *w = (struct work){.n = n};
    w->a = ARENA_NEW(a, double, cells);
    w->log_step = ARENA_NEW(a, double, cells);
    w->missing = ARENA_NEW(a, bool, cells);
    w->right = ARENA_NEW(a, double, n);
    w->left = ARENA_NEW(a, double, n);
    w->next = ARENA_NEW(a, double, n);
    if (!w->a || !w->log_step || !w->missing || !w->right || !w->left || !w->next)
        return false;
    for (int i = 0; i < n; i++)
        w->right[i] = w->left[i] = 1.0 / n;
    return true;
}

enum rc ahp_run(const double *judge, int judges, int n, enum ahp_method method, enum ahp_index index,
                struct arena *a, struct ahp *out, struct err *e)
{
    struct work w;
    ASSERT(judges > 0 && n > 0);
    if (n > AHP_MAX || judges > AHP_JUDGES_MAX)
        return ERR(e, RC_LIMIT, MSG_AHP_LARGE, arg_i(AHP_MAX), arg_i(AHP_JUDGES_MAX));
    for (int k = 0; k < judges; k++) {
        enum rc rc = check_judge(&judge[(size_t)k * (size_t)n * (size_t)n], n, k + 1, e);
        if (rc != RC_OK)
            return rc;
    }
    *out = (struct ahp){.n = n, .weight = ARENA_NEW(a, double, n)};
    if (!make_work(&w, n, a) || !out->weight)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    out->missing = merge(judge, judges, &w);
    if (!is_joined(&w))
        return ERR0(e, RC_INPUT, MSG_AHP_NOT_JOINED);
    out->group = w.a;
    if (out->missing > 0)
        complete(&w);
    else
        (void)eigen(&w, w.right, false);
    weigh(&w, method, out->weight);
    out->lambda_max = mean_ratio(&w, out->weight);
    out->ri = random_index[index][n < INDEX_MAX ? n : INDEX_MAX];
    out->ci = n > 2 ? (out->lambda_max - n) / (n - 1.0) : 0.0;
    out->cr = n > 2 ? out->ci / out->ri : 0.0;
    return RC_OK;
}

/* ---- entropy ---- */

enum rc entropy_run(const double *value, int objects, int indicators, bool min_max, double *entropy,
                    double *weight, struct err *e)
{
    double all = 0.0;
    if (objects < 2)
        return ERR(e, RC_INPUT, MSG_ENTROPY_OBJECTS, arg_i(objects));
    for (int j = 0; j < indicators; j++) {
        double low = value[j], high = value[j], sum = 0.0, plogp = 0.0;
        for (int i = 0; i < objects; i++) {
            double v = value[(size_t)i * (size_t)indicators + (size_t)j];
            if (v != v || (!min_max && v < 0.0))
                return ERR(e, RC_INPUT, MSG_ENTROPY_CELL, arg_i(i + 1), arg_i(j + 1));
            low = num_min(low, v);
            high = num_max(high, v);
            sum += v;
        }
        double from = min_max ? low : 0.0, total = sum - from * objects;
        for (int i = 0; i < objects && low < high; i++) {
            double p = (value[(size_t)i * (size_t)indicators + (size_t)j] - from) / total;
            plogp += p > 0.0 ? p * num_log(p) : 0.0;
        }
        entropy[j] = low < high ? -plogp / num_log(objects) : 1.0;
        weight[j] = num_max(1.0 - entropy[j], 0.0);
        all += weight[j];
    }
    for (int j = 0; j < indicators; j++)
        weight[j] = all > 0.0 ? weight[j] / all : 1.0 / indicators;
    return RC_OK;
}

/* ---- fuzzy ---- */

static bool is_share(double v)
{
    return v >= 0.0 && v <= 1.0;
}

static double put_together(double so_far, double w, double r, enum fuzzy_operator op)
{
    switch (op) {
    case FUZZY_MEAN:
        return so_far + w * r;
    case FUZZY_MIN_MAX:
        return num_max(so_far, num_min(w, r));
    case FUZZY_PRODUCT_MAX:
        return num_max(so_far, w * r);
    case FUZZY_MIN_SUM:
        return num_min(1.0, so_far + num_min(w, r));
    }
    return so_far;
}

enum rc fuzzy_run(const double *weight, const double *membership, int factors, int grades,
                  enum fuzzy_operator op, double *out, struct err *e)
{
    double sum = 0.0;
    for (int i = 0; i < factors; i++) {
        if (!is_share(weight[i]))
            return ERR(e, RC_INPUT, MSG_FUZZY_WEIGHT, arg_i(i + 1));
        sum += weight[i];
        for (int j = 0; j < grades; j++) {
            if (!is_share(membership[i * grades + j]))
                return ERR(e, RC_INPUT, MSG_FUZZY_CELL, arg_i(i + 1), arg_i(j + 1));
        }
    }
    if (num_abs(sum - 1.0) > 1e-6)
        return ERR(e, RC_INPUT, MSG_FUZZY_SUM, arg_d(sum, 4));
    for (int j = 0; j < grades; j++) {
        out[j] = 0.0;
        for (int i = 0; i < factors; i++)
            out[j] = put_together(out[j], weight[i], membership[i * grades + j], op);
    }
    return RC_OK;
}

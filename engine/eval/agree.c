#include "eval/agree.h"

#include <stdlib.h>

#include "base/num.h"
#include "eval/dist.h"

static const double NONE = 0.0 / 0.0;

bool agree_too_few(int raters, int items)
{
    return raters < AGREE_RATERS_MIN || items < AGREE_ITEMS_MIN;
}

static double mark(const struct agree_table *t, int rater, int item)
{
    return t->at[(size_t)rater * (size_t)t->items + (size_t)item];
}

static bool is_missing(double v)
{
    return v != v;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static int marks_of(const struct agree_table *t, int item)
{
    int m = 0;
    for (int r = 0; r < t->raters; r++)
        m += !is_missing(mark(t, r, item));
    return m;
}

enum rc agree_no_holes(const struct agree_table *t, const char *method, struct err *e)
{
    for (int r = 0; r < t->raters; r++) {
        for (int i = 0; i < t->items; i++) {
            if (is_missing(mark(t, r, i)))
                return ERR(e, RC_INPUT, MSG_AGREE_HOLE, arg_s(method), arg_i(r + 1), arg_i(i + 1));
        }
    }
    if (t->raters < 2 || t->items < 2)
        return ERR(e, RC_INPUT, MSG_AGREE_SMALL, arg_s(method), arg_i(t->raters), arg_i(t->items));
    return RC_OK;
}

/* ---- Krippendorff's alpha ---- */

/* The distinct marks of all pairable items, and where each stands on the scale. */
struct scale {
    enum alpha_level level;
    double *value, *count, *place;
    int values;
    double n; /* pairable marks */
};

static int find_value(const struct scale *s, double v)
{
    int low = 0, high = s->values - 1;
    while (low < high) {
        int mid = (low + high) / 2;
        if (s->value[mid] < v)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* value holds n marks in any order: sorts, folds equal ones, gives each its place. By ranks the distance
 * of c and k is the difference of their mid-ranks, so that all levels but ratio compare places. */
static void make_scale(struct scale *s, int n)
{
    qsort(s->value, (size_t)n, sizeof(double), by_value);
    s->n = n;
    s->values = 0;
    for (int i = 0; i < n; i++) {
        if (s->values == 0 || s->value[s->values - 1] < s->value[i])
            s->value[s->values++] = s->value[i];
        s->count[s->values - 1] += 1.0;
    }
    double below = 0.0;
    for (int c = 0; c < s->values; c++) {
        s->place[c] = s->level == ALPHA_NOMINAL   ? c
                      : s->level == ALPHA_ORDINAL ? below + s->count[c] / 2.0
                                                  : s->value[c];
        below += s->count[c];
    }
}

static double ratio_distance(double c, double k)
{
    double d = c + k > 0.0 ? (c - k) / (c + k) : 0.0;
    return d * d;
}

/* Sum of distances over ordered pairs of m places (weight[i] times each; NULL: once), sorted by place. */
static double pair_sum(enum alpha_level level, const double *place, const double *weight, int m)
{
    double n = 0.0, sum = 0.0, squares = 0.0;
    for (int i = 0; i < m; i++) {
        double w = weight ? weight[i] : 1.0;
        if (level == ALPHA_RATIO) {
            for (int j = 0; j < i; j++)
                sum += 2.0 * w * (weight ? weight[j] : 1.0) * ratio_distance(place[i], place[j]);
            continue;
        }
        double d = place[i] - place[0]; /* equal marks give 0 exactly */
        n += w;
        sum += w * d;
        squares += w * d * d;
    }
    return level == ALPHA_RATIO ? sum : 2.0 * (n * squares - sum * sum);
}

/* Ordered pairs of unequal places, sorted. */
static double unequal_pairs(const double *place, const double *weight, int m)
{
    double n = 0.0, equal = 0.0, run = 0.0;
    for (int i = 0; i < m; i++) {
        double w = weight ? weight[i] : 1.0;
        run = i > 0 && place[i] == place[i - 1] ? run + w : w;
        n += w;
        if (i + 1 == m || place[i + 1] != place[i])
            equal += run * run;
    }
    return n * n - equal;
}

static double disagreement(enum alpha_level level, const double *place, const double *weight, int m)
{
    return level == ALPHA_NOMINAL ? unequal_pairs(place, weight, m) : pair_sum(level, place, weight, m);
}

static double observed(const struct agree_table *t, const struct scale *s, double *unit)
{
    double sum = 0.0;
    for (int i = 0; i < t->items; i++) {
        int m = 0;
        if (marks_of(t, i) < 2)
            continue;
        for (int r = 0; r < t->raters; r++) {
            if (!is_missing(mark(t, r, i)))
                unit[m++] = s->place[find_value(s, mark(t, r, i))];
        }
        qsort(unit, (size_t)m, sizeof(double), by_value);
        sum += disagreement(s->level, unit, NULL, m) / (m - 1);
    }
    return sum / s->n;
}

static enum rc collect(const struct agree_table *t, struct scale *s, int *n, int *units, struct err *e)
{
    *n = *units = 0;
    for (int i = 0; i < t->items; i++) {
        if (marks_of(t, i) < 2)
            continue;
        (*units)++;
        for (int r = 0; r < t->raters; r++) {
            double v = mark(t, r, i);
            if (s->level == ALPHA_RATIO && v < 0.0)
                return ERR(e, RC_INPUT, MSG_AGREE_NEGATIVE, arg_i(r + 1), arg_i(i + 1));
            if (!is_missing(v))
                s->value[(*n)++] = v;
        }
    }
    return *n > 0 ? RC_OK : ERR0(e, RC_INPUT, MSG_AGREE_NO_PAIRS);
}

enum rc agree_alpha(const struct agree_table *t, enum alpha_level level, struct arena *a,
                    struct agree_alpha *out, struct err *e)
{
    size_t cells = (size_t)t->raters * (size_t)t->items;
    struct scale s = {.level = level};
    s.value = ARENA_NEW(a, double, cells);
    s.count = ARENA_NEW(a, double, cells);
    s.place = ARENA_NEW(a, double, cells);
    double *unit = ARENA_NEW(a, double, t->raters);
    if (!s.value || !s.count || !s.place || !unit)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    *out = (struct agree_alpha){0};
    enum rc rc = collect(t, &s, &out->marks, &out->units, e);
    if (rc != RC_OK)
        return rc;
    make_scale(&s, out->marks);
    out->observed = observed(t, &s, unit);
    out->expected = disagreement(level, s.place, s.count, s.values) / (s.n * (s.n - 1.0));
    out->alpha = out->expected > 0.0 ? 1.0 - out->observed / out->expected : NONE;
    return RC_OK;
}

enum rc agree_percent(const struct agree_table *t, struct agree_percent *out, struct err *e)
{
    double pairs = 0.0, equal = 0.0, whole = 0.0;
    *out = (struct agree_percent){0};
    for (int i = 0; i < t->items; i++) {
        double of_item = 0.0, same = 0.0;
        for (int r = 0; r < t->raters; r++) {
            for (int q = 0; q < r && !is_missing(mark(t, r, i)); q++) {
                of_item += !is_missing(mark(t, q, i));
                same += mark(t, r, i) == mark(t, q, i);
            }
        }
        out->units += of_item > 0.0;
        whole += of_item > 0.0 && same == of_item;
        pairs += of_item;
        equal += same;
    }
    if (out->units == 0)
        return ERR0(e, RC_INPUT, MSG_AGREE_NO_PAIRS);
    out->pairs = equal / pairs;
    out->whole = whole / out->units;
    return RC_OK;
}

/* ---- Kendall's W ---- */

/* Adds the mid-ranks of one rater's marks to sum; returns the sum of t^3 - t over its ties. */
static double add_ranks(const double *row, double *sorted, int n, double *sum)
{
    double ties = 0.0;
    for (int i = 0; i < n; i++)
        sorted[i] = row[i];
    qsort(sorted, (size_t)n, sizeof(double), by_value);
    for (int i = 0; i < n;) {
        int end = i + 1;
        while (end < n && sorted[end] == sorted[i])
            end++;
        double t = end - i;
        ties += t * t * t - t;
        i = end;
    }
    struct scale s = {.value = sorted, .values = n};
    for (int i = 0; i < n; i++) {
        int first = find_value(&s, row[i]), last = first;
        while (last + 1 < n && sorted[last + 1] == row[i])
            last++;
        sum[i] += (first + last) / 2.0 + 1.0;
    }
    return ties;
}

enum rc agree_kendall(const struct agree_table *t, struct arena *a, struct agree_kendall *out, struct err *e)
{
    enum rc rc = agree_no_holes(t, "W", e);
    if (rc != RC_OK)
        return rc;
    double *sum = ARENA_NEW(a, double, t->items), *sorted = ARENA_NEW(a, double, t->items);
    if (!sum || !sorted)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    double m = t->raters, n = t->items, mean = m * (n + 1.0) / 2.0;
    *out = (struct agree_kendall){.df = n - 1.0};
    for (int r = 0; r < t->raters; r++)
        out->ties += add_ranks(&t->at[(size_t)r * (size_t)t->items], sorted, t->items, sum);
    for (int i = 0; i < t->items; i++)
        out->s += (sum[i] - mean) * (sum[i] - mean);
    double whole = m * m * (n * n * n - n), rest = whole - m * out->ties;
    out->w = 12.0 * out->s / whole;
    out->w_tied = rest > 0.0 ? 12.0 * out->s / rest : NONE;
    out->chi2 = m * (n - 1.0) * out->w;
    out->chi2_tied = m * (n - 1.0) * out->w_tied;
    out->p = dist_chi2_above(out->chi2, out->df);
    out->p_tied = dist_chi2_above(out->chi2_tied, out->df);
    return RC_OK;
}

/* ---- kappas, r_wg ---- */

static struct agree_kappa kappa_of(double o, double x)
{
    return (struct agree_kappa){x < 1.0 ? (o - x) / (1.0 - x) : NONE, o, x};
}

enum rc agree_fleiss(const double *count, int subjects, int categories, struct agree_kappa *out, struct err *e)
{
    double n = 0.0, o = 0.0, x = 0.0;
    for (int i = 0; i < subjects; i++) {
        double sum = 0.0, squares = 0.0;
        for (int j = 0; j < categories; j++) {
            double c = count[(size_t)i * (size_t)categories + (size_t)j];
            if (!(c >= 0.0) || c != num_floor(c))
                return ERR(e, RC_INPUT, MSG_AGREE_COUNT, arg_i(i + 1), arg_i(j + 1));
            sum += c;
            squares += c * c;
        }
        n = i == 0 ? sum : n;
        if (sum != n || n < 2.0)
            return ERR(e, RC_INPUT, MSG_AGREE_ROW_SUM, arg_i(i + 1), arg_i((int)sum), arg_i((int)n));
        o += (squares - n) / (n * (n - 1.0));
    }
    for (int j = 0; j < categories; j++) {
        double share = 0.0;
        for (int i = 0; i < subjects; i++)
            share += count[(size_t)i * (size_t)categories + (size_t)j];
        share /= n * subjects;
        x += share * share;
    }
    *out = kappa_of(o / subjects, x);
    return RC_OK;
}

enum rc agree_fleiss_marks(const struct agree_table *t, struct arena *a, struct agree_kappa *out, struct err *e)
{
    enum rc rc = agree_no_holes(t, "kappa", e);
    if (rc != RC_OK)
        return rc;
    int cells = t->raters * t->items;
    struct scale s = {.level = ALPHA_NOMINAL};
    s.value = ARENA_NEW(a, double, cells);
    s.count = ARENA_NEW(a, double, cells);
    s.place = ARENA_NEW(a, double, cells);
    if (!s.value || !s.count || !s.place)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < cells; i++)
        s.value[i] = t->at[i];
    make_scale(&s, cells);
    double *count = ARENA_NEW(a, double, (size_t)t->items * (size_t)s.values);
    if (!count)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int r = 0; r < t->raters; r++) {
        for (int i = 0; i < t->items; i++)
            count[(size_t)i * (size_t)s.values + (size_t)find_value(&s, mark(t, r, i))] += 1.0;
    }
    return agree_fleiss(count, t->items, s.values, out, e);
}

enum rc agree_cohen(const double *count, int categories, struct agree_kappa *out, struct err *e)
{
    double n = 0.0, o = 0.0, x = 0.0;
    for (int i = 0; i < categories * categories; i++) {
        if (!(count[i] >= 0.0) || count[i] != num_floor(count[i]))
            return ERR(e, RC_INPUT, MSG_AGREE_COUNT, arg_i(i / categories + 1), arg_i(i % categories + 1));
        n += count[i];
    }
    if (n < 1.0)
        return ERR0(e, RC_INPUT, MSG_AGREE_NO_PAIRS);
    for (int i = 0; i < categories; i++) {
        double row = 0.0, col = 0.0;
        for (int j = 0; j < categories; j++) {
            row += count[i * categories + j];
            col += count[j * categories + i];
        }
        o += count[i * categories + i] / n;
        x += row / n * (col / n);
    }
    *out = kappa_of(o, x);
    return RC_OK;
}

double agree_rwg(const struct agree_table *t, int item, double steps)
{
    double n = 0.0, sum = 0.0, squares = 0.0;
    for (int r = 0; r < t->raters; r++) {
        double v = mark(t, r, item);
        n += !is_missing(v);
        sum += is_missing(v) ? 0.0 : v;
    }
    for (int r = 0; r < t->raters; r++) {
        double d = mark(t, r, item) - sum / n;
        squares += is_missing(d) ? 0.0 : d * d;
    }
    return n >= 2.0 ? 1.0 - squares / (n - 1.0) / ((steps * steps - 1.0) / 12.0) : NONE;
}

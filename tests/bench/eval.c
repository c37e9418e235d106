/* How long the statistics of a panel take: 50 raters by 1,000 items (limit 1 s for all together), 12 by 100 besides. Medians of
 * RUNS runs in milliseconds of one core; marks in steps of 0.5 from 0 to 100, and, for alpha's longest course, all different. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/rng.h"
#include "eval/icc.h"

enum { RUNS = 7, RATERS = 50, ITEMS = 1000 };

static double marks[RATERS * ITEMS];

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

enum what { ALPHA, ICC, KENDALL, FLEISS, PERCENT };

static void work(const struct agree_table *t, enum what what, enum alpha_level level)
{
    struct arena a;
    struct err e = {0};
    struct agree_alpha alpha;
    struct agree_kendall kendall;
    struct agree_kappa kappa;
    struct agree_percent percent;
    struct icc icc;
    arena_init(&a, 0);
    enum rc rc = what == ALPHA     ? agree_alpha(t, level, &a, &alpha, &e)
                 : what == ICC     ? icc_run(t, 0.95, &icc, &e)
                 : what == KENDALL ? agree_kendall(t, &a, &kendall, &e)
                 : what == FLEISS  ? agree_fleiss_marks(t, &a, &kappa, &e)
                                   : agree_percent(t, &percent, &e);
    arena_free(&a);
    if (rc != RC_OK) {
        fprintf(stderr, "%s\n", err_text(&e, LANG_EN));
        exit(1);
    }
}

static double measure(const char *name, const struct agree_table *t, enum what what, enum alpha_level level)
{
    double ms[RUNS];
    for (int i = 0; i < RUNS; i++) {
        double start = now();
        work(t, what, level);
        ms[i] = (now() - start) * 1e3;
    }
    qsort(ms, RUNS, sizeof(*ms), by_value);
    printf("%-18s %8.3f ms   %d raters, %d items\n", name, ms[RUNS / 2], t->raters, t->items);
    return ms[RUNS / 2];
}

static double all(const struct agree_table *t)
{
    double ms = measure("alpha_nominal", t, ALPHA, ALPHA_NOMINAL);
    ms += measure("alpha_ordinal", t, ALPHA, ALPHA_ORDINAL);
    ms += measure("alpha_interval", t, ALPHA, ALPHA_INTERVAL);
    ms += measure("alpha_ratio", t, ALPHA, ALPHA_RATIO);
    ms += measure("icc", t, ICC, ALPHA_NOMINAL);
    ms += measure("kendall", t, KENDALL, ALPHA_NOMINAL);
    ms += measure("fleiss", t, FLEISS, ALPHA_NOMINAL);
    ms += measure("percent", t, PERCENT, ALPHA_NOMINAL);
    return ms;
}

int main(void)
{
    struct rng luck = rng_make(1, 6, 1);
    for (int c = 0; c < RATERS * ITEMS; c++)
        marks[c] = (double)(rng_u64(&luck) % 201) / 2.0;
    printf("%-18s %8.3f ms   limit 50 ms\n", "panel_12x100", all(&(struct agree_table){12, 100, marks}));
    printf("%-18s %8.3f ms   limit 1000 ms\n", "panel_50x1000", all(&(struct agree_table){RATERS, ITEMS, marks}));
    for (int c = 0; c < RATERS * ITEMS; c++)
        marks[c] += c * 1e-6;
    (void)measure("ratio_all_unequal", &(struct agree_table){RATERS, ITEMS, marks}, ALPHA, ALPHA_RATIO);
    return 0;
}

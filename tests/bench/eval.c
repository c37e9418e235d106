/* How long scoring takes: a panel of 12 experts by 100 items from its recorded entries to total, spread, agreement and fuzzy
 * grades (limit 50 ms); and the statistics alone: 50 raters by 1,000 items (limit 1 s for all together). Medians of
 * RUNS runs in milliseconds of one core; marks in steps of 0.5 from 0 to 100, and, for alpha's longest course, all different. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/rng.h"
#include "eval/icc.h"
#include "eval/panel.h"

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

/* ---- a whole panel ---- */

enum { EXPERTS = 12, PANEL_ITEMS = 100 };

static void must(enum rc rc, const struct err *e)
{
    if (rc == RC_OK)
        return;
    fprintf(stderr, "%s\n", err_text(e, LANG_EN));
    exit(1);
}

static void say(struct panels *p, int kind, const char *by, const char *key, const char *word, const char *value)
{
    struct entry entry = {.kind = kind};
    struct err e = {0};
    (void)entry_set(&entry, kind == ENTRY_EVALUATOR ? "id" : "by", text_of(by));
    if (key)
        (void)entry_set(&entry, key, text_of(word));
    if (kind == ENTRY_EVALUATOR)
        (void)entry_set(&entry, "lead", text_of(value));
    if (kind == ENTRY_MARK) {
        (void)entry_set(&entry, "value", text_of(value));
        (void)entry_set(&entry, "comment", TEXT("a reason of some length, as experts write it"));
    }
    must(panel_apply(p, &entry, 1, &e), &e);
}

static void make_rubric(struct rubric *set, struct rubric_item *item, char (*id)[8])
{
    set->id = TEXT("bench");
    set->projects = 10;
    set->grades = 2;
    set->grade[0] = (struct rubric_level){TEXT("good"), {TEXT("good"), TEXT("good")}, 100, 60};
    set->grade[1] = (struct rubric_level){TEXT("poor"), {TEXT("poor"), TEXT("poor")}, 0, 0};
    set->item = item;
    set->items = PANEL_ITEMS;
    for (int k = 0; k < set->projects; k++)
        set->project[k] = (struct rubric_project){TEXT("p"), {TEXT("p"), TEXT("p")}, 1};
    for (int i = 0; i < PANEL_ITEMS; i++) {
        snprintf(id[i], sizeof(id[i]), "i%d", i);
        item[i] = (struct rubric_item){.id = text_of(id[i]), .project = i / 10, .method = METHOD_POINTS, .scale = -1, .max = 100,
                                       .step = 0.5, .weight = 1, .phase = -1, .role = -1, .way = WAY_OBSERVE};
    }
}

/* From the entries, as when a drill file is opened, to everything the report prints of the panel. */
static double whole_panel(struct rng *luck)
{
    static struct rubric set;
    static struct rubric_item item[PANEL_ITEMS];
    static char id[PANEL_ITEMS][8], value[EXPERTS * PANEL_ITEMS][8];
    double ms[RUNS];
    make_rubric(&set, item, id);
    for (int c = 0; c < EXPERTS * PANEL_ITEMS; c++)
        snprintf(value[c], sizeof(value[c]), "%d", (int)(rng_u64(luck) % 101));
    for (int r = 0; r < RUNS; r++) {
        struct arena a;
        struct panels p;
        struct panel_score score;
        struct agreement g;
        struct err e = {0};
        double fuzzy[RUBRIC_LEVELS_MAX], start = now();
        arena_init(&a, 0);
        panels_init(&p, &a);
        must(panel_open(&p, PANEL_EXPERT, &set, TEXT("bench.lua"), TEXT("return {}"), &e), &e);
        for (int k = 0; k < EXPERTS; k++) {
            char who[8];
            snprintf(who, sizeof(who), "e%d", k);
            say(&p, ENTRY_EVALUATOR, who, "name", who, k == 0 ? "yes" : "no");
            for (int i = 0; i < PANEL_ITEMS; i++)
                say(&p, ENTRY_MARK, who, "item", id[i], value[k * PANEL_ITEMS + i]);
            say(&p, ENTRY_SUBMIT, who, NULL, NULL, NULL);
        }
        say(&p, ENTRY_RECONCILE, "e0", NULL, NULL, NULL);
        must(panel_score(&p.of[PANEL_EXPERT], false, -1, &a, &score, &e), &e);
        must(panel_agreement(&p.of[PANEL_EXPERT], false, &a, &g, &e), &e);
        must(panel_fuzzy(&p.of[PANEL_EXPERT], &score, &a, fuzzy, &e), &e);
        arena_free(&a);
        ms[r] = (now() - start) * 1e3;
    }
    qsort(ms, RUNS, sizeof(*ms), by_value);
    return ms[RUNS / 2];
}

int main(void)
{
    struct rng luck = rng_make(1, 6, 1);
    for (int c = 0; c < RATERS * ITEMS; c++)
        marks[c] = (double)(rng_u64(&luck) % 201) / 2.0;
    printf("%-18s %8.3f ms   limit 50 ms, from entries to total, agreement and grades\n", "panel_12x100", whole_panel(&luck));
    printf("%-18s %8.3f ms   all statistics\n", "marks_12x100", all(&(struct agree_table){12, 100, marks}));
    printf("%-18s %8.3f ms   limit 1000 ms\n", "marks_50x1000", all(&(struct agree_table){RATERS, ITEMS, marks}));
    for (int c = 0; c < RATERS * ITEMS; c++)
        marks[c] += c * 1e-6;
    (void)measure("ratio_all_unequal", &(struct agree_table){RATERS, ITEMS, marks}, ALPHA, ALPHA_RATIO);
    return 0;
}

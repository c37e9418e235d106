/* How fast the fire is: burnt cells a second in uniform and in varying ground, a thousand fires, planning again after
 * an order, the scenario's fire alone for six hours, memory a cell. Medians of RUNS runs, in seconds of one core. Peers as measured on
 * the same kind of machine (A4 of the fire reference): C2F-W 20,000 burnt cells/s; ELMFIRE 592.6 s for the 5 m ellipse. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/num.h"
#include "base/rng.h"
#include "core/world/world.h"
#include "hazard/fire/fire.h"
#include "hazard/fire/spread.h"
#include "script/script.h"

enum { RUNS = 5, N = 1000, FIRES = 1000, FIRE_CELLS = 10000 };
#define SCENARIO "scenarios/forest_fire"

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

static double median_of(double *v, int count)
{
    qsort(v, (size_t)count, sizeof *v, by_value);
    return v[count / 2];
}

static double median(double *v)
{
    return median_of(v, RUNS);
}

static void must(enum rc rc, const struct err *e)
{
    if (rc == RC_OK)
        return;
    fprintf(stderr, "%s\n", err_text(e, LANG_EN));
    exit(1);
}

/* Ground where everything differs by cell: 53 fuels in three moistures, wind and slope turning and swelling. */
struct plain {
    bool varying;
    struct fire_run run;
    struct fire_bed bed[53][3];
    int cols;
    const float *field; /* 256 values of a wave */
};

static void cost(const void *ctx, int cell, struct fire_run *run)
{
    const struct plain *g = ctx;
    if (!g->varying) {
        *run = g->run;
        return;
    }
    uint64_t h = rng_mix((uint64_t)cell, 11);
    int col = cell % g->cols, row = cell / g->cols;
    const struct fire_bed *bed = &g->bed[h % 4 ? 16 : 23][h / 64 % 3]; /* two fuels that mix like grass and shrub */
    double e = (double)g->field[col & 255], n = (double)g->field[row & 255];
    fire_head_of(bed, 1.5 + 0.6 * e, 0.6 * n, 0.15 * n, 0.15 * e, run);
    /* the slowest cells do not rule the time */
    run->rate_m_s = num_max(run->rate_m_s, 0.02);
}

static struct spread *open_on(struct arena *a, const struct plain *g, int cols, int rows)
{
    struct spread_setup setup = {cols, rows, 30.0, NULL, cost, g};
    struct spread *s;
    struct err e;
    arena_init(a, 0);
    must(spread_open(&setup, a, &s, &e), &e);
    return s;
}

static double one_fire(const struct plain *g, int *burnt)
{
    struct arena a;
    struct spread *s = open_on(&a, g, N, N);
    (void)spread_ignite(s, (N / 2) * N + N / 2);
    double t = now();
    spread_advance(s, 1e7);
    t = now() - t;
    *burnt = spread_burnt_count(s);
    arena_free(&a);
    return t;
}

static void cells_a_second(const char *name, const struct plain *g, double limit)
{
    double v[RUNS];
    int burnt = 0;
    for (int i = 0; i < RUNS; i++) {
        double t = one_fire(g, &burnt);
        v[i] = burnt / t / 1e6;
    }
    printf("%-28s %8.2f M cells/s (at least %.1f; peer C2F-W 0.02)\n", name, median(v), limit);
}

static struct plain uniform(double lw)
{
    struct plain g = {.cols = N};
    g.run = (struct fire_run){.rate_m_s = 0.3, .to_e = 0.6018150231520483, .to_n = 0.7986355100472928,
                              .length_to_width = lw, .ecc = fire_eccentricity(lw)};
    return g;
}

static void thousand_fires(const struct plain *g)
{
    enum { FEW = 3 }; /* each takes seconds */
    double v[FEW];
    int64_t cells = 0;
    for (int i = 0; i < FEW; i++) {
        double t = now();
        cells = 0;
        for (int k = 0; k < FIRES; k++) {
            struct arena a;
            struct spread *s = open_on(&a, g, 160, 160);
            (void)spread_ignite(s, 80 * 160 + 80);
            for (double until = 600.0; spread_burnt_count(s) < FIRE_CELLS && until < 1e7; until += 600.0)
                spread_advance(s, until);
            cells += spread_burnt_count(s);
            arena_free(&a);
        }
        v[i] = now() - t;
    }
    double m = median_of(v, FEW);
    printf("%-28s %8.2f s (below 10; %.0f fires/s, %.1f M cells; peer Cell2Fire 0.1 s for 263 cells)\n", "1,000 fires of 10,000 cells",
           m, FIRES / m, (double)cells / 1e6);
}

/* An order half way: a line of 200 cells before the front; what is left to burn costs what it would have cost. */
static void planning_again(const struct plain *g)
{
    double with[RUNS], without[RUNS];
    for (int i = 0; i < RUNS; i++) {
        for (int k = 0; k < 2; k++) {
            struct arena a;
            struct spread *s = open_on(&a, g, 700, 700);
            (void)spread_ignite(s, 350 * 700 + 350);
            for (double until = 600.0; spread_burnt_count(s) < 100000; until += 600.0)
                spread_advance(s, until);
            double t = now();
            if (k) {
                for (int row = 0; row < 200; row++)
                    (void)spread_block(s, (250 + row) * 700 + 640);
                spread_recost(s);
            }
            spread_advance(s, 1e7);
            *(k ? &with[i] : &without[i]) = (now() - t) * 1e3;
            arena_free(&a);
        }
    }
    double m = median(with), o = median(without);
    printf("%-28s %8.1f ms for what was left to burn (without the order %.1f ms)\n", "planning again after an order", m, o);
}

static enum rc read_file(void *ctx, struct text name, struct text *out, struct err *e)
{
    struct arena *a = ctx;
    struct folder_reader r;
    char file[256];
    (void)text_copy(file, (int)sizeof(file), name);
    enum rc rc = folder_reader_init(&r, SCENARIO, e);
    struct source_reader source = folder_reader_source(&r);
    if (rc == RC_OK)
        rc = source.read(source.ctx, file, out, e);
    if (rc == RC_OK)
        *out = arena_text(a, *out);
    folder_reader_free(&r);
    return rc;
}

/* The scenario's fire with its weather, nobody acting. */
static void scenario_alone(void)
{
    struct arena a;
    struct err e = {0};
    struct folder_reader r;
    struct script *script;
    const struct doc *doc;
    static struct atlas atlas;
    double v[RUNS], ha = 0.0;
    arena_init(&a, 0);
    must(folder_reader_init(&r, SCENARIO, &e), &e);
    struct script_options opt = {.reader = folder_reader_source(&r)};
    must(script_open(&opt, &script, &e), &e);
    must(script_load(script, "scenario.lua", &a, &doc, &e), &e);
    must(atlas_read(doc, &a, &atlas, &e), &e);
    for (int i = 0; i < RUNS; i++) {
        struct arena run;
        static struct world w;
        void *fire;
        arena_init(&run, 0);
        must(world_init(&w, &atlas, 1, &run, &e), &e);
        struct file_source files = {&run, read_file};
        must(fire_hazard.open(doc_get(doc_get(doc, "hazards"), "fire"), &atlas, files, 1, &run, &fire, &e), &e);
        must(hazard_wire(&fire_hazard, fire, &w, &run, &e), &e);
        double t = now();
        while (w.now_ms < 6 * 3600000) {
            w.events = 0;
            w.now_ms += w.tick_ms;
            world_step(&w);
        }
        v[i] = (now() - t) * 1e3;
        ha = fire_hazard.measure(fire, 0);
        arena_free(&run);
    }
    printf("%-28s %8.1f ms (below 50; %.0f ha)\n", "the scenario's fire, 6 h", median(v), ha);
    script_close(script);
    folder_reader_free(&r);
    arena_free(&a);
}

/* ELMFIRE's verification on 5 m cells, side by side with its 592.6 s. */
static void elmfire(void)
{
    double v[RUNS];
    int burnt = 0;
    for (int i = 0; i < RUNS; i++) {
        struct plain g = uniform(2.236);
        g.run.rate_m_s = 843.99 / 3600.0;
        struct arena a;
        struct spread_setup setup = {1400, 1400, 5.0, NULL, cost, &g};
        struct spread *s;
        struct err e;
        arena_init(&a, 0);
        double t = now();
        must(spread_open(&setup, &a, &s, &e), &e);
        (void)spread_ignite(s, 1150 * 1400 + 250);
        spread_advance(s, 6 * 3600.0);
        v[i] = now() - t;
        burnt = spread_burnt_count(s);
        arena_free(&a);
    }
    double ha = burnt * 25.0 / 1e4;
    printf("%-28s %8.3f s (peer ELMFIRE 592.6; area %+.2f %%, ELMFIRE +1.17 %%)\n", "ellipse of 5 m cells, 6 h", median(v),
           (ha / 1003.93 - 1.0) * 100.0);
}

int main(void)
{
    static float wave[256];
    static struct plain varying = {.varying = true, .cols = N, .field = wave};
    int fuels;
    const struct fuel *f = fuel_table(&fuels);
    for (int i = 0; i < 256; i++)
        wave[i] = (float)num_sin(i * NUM_PI / 32.0);
    for (int k = 0; k < fuels; k++)
        for (int m = 0; m < 3; m++)
            fire_bed_make(&f[k], &(struct fire_moisture){0.04 + 0.02 * m, 0.05 + 0.02 * m, 0.06 + 0.02 * m, 0.6, 0.9},
                          &varying.bed[k][m]);
    struct plain round = uniform(1.0), wide = uniform(2.2), narrow = uniform(3.0), thin = uniform(4.0);
    cells_a_second("uniform, L/W 1", &round, 2.0);
    cells_a_second("uniform, L/W 2.2", &wide, 2.0);
    cells_a_second("uniform, L/W 3", &narrow, 1.3);
    cells_a_second("uniform, L/W 4", &thin, 1.3);
    cells_a_second("all varying by cell", &varying, 1.2);
    varying.cols = 160;
    thousand_fires(&varying);
    varying.cols = 700;
    planning_again(&varying);
    scenario_alone();
    elmfire();
    printf("%-28s %8.0f bytes (at most 64)\n", "a cell", spread_bytes_per_cell());
    return 0;
}

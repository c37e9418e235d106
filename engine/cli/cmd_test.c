/* cmd_test.c -- plays every bot of a scenario over seeds. The scenario names its bots best first; the answer is no when
 * their mean scores do not fall in that order, or the first is not the best in nine of ten seeds. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"

enum { BOTS_MAX = 16, SEEDS_MAX = 1000 };

struct played {
    char name[NAME_BYTES];
    double total, sum; /* of this seed; of all so far */
    double *measure;   /* sums over seeds */
};

static enum rc play(const char *folder, uint64_t seed, struct played *p, struct err *e)
{
    struct session_options opt = {.seed = seed, .bot = p->name, .threads = 1};
    struct session *s;
    struct assessment a;
    enum rc rc = session_new(folder, &opt, &s, e);
    if (rc != RC_OK)
        return rc;
    while (rc == RC_OK && session_phase(s) < SESSION_FINISHED)
        rc = session_step(s, e);
    if (rc == RC_OK) {
        rc = assess(s, &a, e);
        if (rc == RC_OK) {
            p->total = a.eval.total;
            p->sum += a.eval.total;
            for (int i = 0; i < session_measures(s); i++)
                p->measure[i] += session_measure(s, i);
        }
        assess_free(&a);
    }
    session_close(s);
    return rc;
}

/* Reads the bots and makes room for their measures. */
static enum rc prepare(const struct session *s, const char *folder, struct played *bot, int *count, struct err *e)
{
    for (*count = 0; *count < BOTS_MAX; (*count)++) {
        struct text name = session_bot_name(s, *count);
        if (name.len == 0)
            break;
        struct played *p = &bot[*count];
        (void)text_copy(p->name, (int)sizeof(p->name), name);
        p->measure = calloc((size_t)session_measures(s) + 1, sizeof(double));
        if (!p->measure)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    if (*count < 2)
        return ERR(e, RC_INPUT, MSG_CLI_TEST_FEW, arg_s(folder));
    return RC_OK;
}

static void print_table(struct call *c, const struct session *s, const struct played *bot, int bots, int64_t seeds)
{
    SAY(c, MSG_CLI_TEST_HEAD, arg_i(seeds));
    for (int b = 0; b < bots; b++) {
        printf("%-14s %6.2f", bot[b].name, bot[b].sum / (double)seeds);
        for (int i = 0; i < session_measures(s); i++) {
            const struct measure_row *m = session_measure_row(s, i);
            double mean = bot[b].measure[i] / (double)seeds;
            if (mean > 0.05)
                printf("  %s %.1f", m->name, mean);
        }
        putchar('\n');
    }
}

static void print_json(const struct session *s, const struct played *bot, int bots, int64_t seeds, int best, bool good)
{
    printf("{\"good\": %s, \"seeds\": %lld, \"best\": %d, \"bots\": [", good ? "true" : "false", (long long)seeds, best);
    for (int b = 0; b < bots; b++) {
        printf("%s\n {\"name\": \"%s\", \"total\": %.4f, \"measures\": {", b ? "," : "", bot[b].name, bot[b].sum / (double)seeds);
        for (int i = 0; i < session_measures(s); i++)
            printf("%s\"%s\": %.4f", i ? ", " : "", session_measure_row(s, i)->name, bot[b].measure[i] / (double)seeds);
        printf("}}");
    }
    puts("\n]}");
}

static int judge(struct call *c, const struct session *s, const struct played *bot, int bots, int64_t seeds, int best)
{
    int wrong = -1;
    for (int b = 0; b + 1 < bots && wrong < 0; b++) {
        if (bot[b].sum <= bot[b + 1].sum)
            wrong = b;
    }
    bool often = best * 10 >= seeds * 9;
    bool good = wrong < 0 && often;
    if (c->json) {
        print_json(s, bot, bots, seeds, best, good);
        return good ? EXIT_GOOD : EXIT_NO;
    }
    print_table(c, s, bot, bots, seeds);
    SAY(c, MSG_CLI_TEST_BEST, arg_s(bot[0].name), arg_i(best), arg_i(seeds));
    if (wrong >= 0)
        SAY(c, MSG_CLI_TEST_WRONG, arg_s(bot[wrong].name), arg_s(bot[wrong + 1].name));
    else if (good)
        puts(msg_text(c->lang, MSG_CLI_TEST_GOOD));
    return good ? EXIT_GOOD : EXIT_NO;
}

static int run_test(struct call *c)
{
    static const struct session_options plain = {.seed = 1};
    struct played bot[BOTS_MAX] = {0};
    struct session *s;
    struct err e = {0};
    int64_t seeds = 3;
    int bots = 0, best = 0;
    if (!call_number(c, "--seeds", 1, SEEDS_MAX, &seeds))
        return EXIT_INPUT;
    if (session_new(c->arg[0], &plain, &s, &e) != RC_OK)
        return call_failed(c, &e);
    enum rc rc = prepare(s, c->arg[0], bot, &bots, &e);
    for (int64_t seed = 1; seed <= seeds && rc == RC_OK; seed++) {
        bool first = true;
        for (int b = 0; b < bots && rc == RC_OK; b++) {
            rc = play(c->arg[0], (uint64_t)seed, &bot[b], &e);
            first = first && (b == 0 || bot[b].total < bot[0].total);
        }
        best += first;
    }
    int code = rc == RC_OK ? judge(c, s, bot, bots, seeds, best) : call_failed(c, &e);
    for (int b = 0; b < BOTS_MAX; b++)
        free(bot[b].measure);
    session_close(s);
    return code;
}

const struct command command_test = {.name = "test", .usage = "SCENARIO", .help = MSG_CLI_TEST, .args_min = 1, .args_max = 1,
                                     .option = {{"--seeds", "N", MSG_CLI_OPT_SEEDS}}, .run = run_test};

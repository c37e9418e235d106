/* cmd_run.c -- a drill without a window. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

enum { ORDERS_BYTES = 4 << 20 };

/* ---- an orders file ---- */

struct order_list {
    struct order *order;
    int *line;
    int count, next;
};

static char *read_whole(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    char *at = malloc(ORDERS_BYTES);
    *size = at ? fread(at, 1, ORDERS_BYTES, f) : 0;
    bool whole = at && !ferror(f) && *size < ORDERS_BYTES;
    fclose(f);
    if (!whole) {
        free(at);
        return NULL;
    }
    return at;
}

/* "file:12: what is wrong" in front of an error. */
static void at_line(struct err *e, const char *path, int line)
{
    char prefix[512];
    struct buf b = BUF_ON(prefix);
    buf_str(&b, path);
    buf_char(&b, ':');
    buf_i64(&b, line);
    buf_str(&b, ": ");
    err_prefix(e, prefix);
}

static enum rc read_orders(const char *path, const struct atlas *atlas, struct order_list *out, struct err *e)
{
    size_t size;
    char *text = read_whole(path, &size);
    if (!text)
        return ERR(e, RC_INPUT, MSG_CLI_NO_ORDERS, arg_s(path), arg_i(ORDERS_BYTES >> 20));
    int lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += text[i] == '\n';
    out->order = calloc((size_t)lines, sizeof(*out->order));
    out->line = calloc((size_t)lines, sizeof(*out->line));
    enum rc rc = out->order && out->line ? RC_OK : ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    size_t from = size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    for (int n = 1; from < size && rc == RC_OK; n++) {
        size_t end = from;
        while (end < size && text[end] != '\n')
            end++;
        struct text line = text_trim((struct text){text + from, (int)(end - from)});
        from = end + 1;
        if (line.len == 0 || line.at[0] == '#')
            continue;
        struct order *o = &out->order[out->count];
        int64_t before = out->count > 0 ? o[-1].at_ms : 0;
        rc = order_parse(line, atlas, before, o, e);
        if (rc == RC_OK && o->at_ms < before)
            rc = ERR0(e, RC_INPUT, MSG_CLI_ORDERS_BACK);
        if (rc != RC_OK)
            at_line(e, path, n);
        o->origin = ORIGIN_FILE;
        out->line[out->count++] = n;
    }
    free(text);
    return rc;
}

/* Gives the orders that are due. A refusal is part of the drill, printed and recorded. */
static enum rc give_due(struct call *c, struct session *s, struct order_list *list, bool quiet, struct err *e)
{
    while (list->next < list->count && list->order[list->next].at_ms <= session_now(s)) {
        struct order o = list->order[list->next++];
        enum rc rc = session_submit(s, &o, NULL, e);
        if (rc == RC_NO) {
            if (!quiet)
                SAY(c, MSG_CLI_REFUSED, arg_i(list->line[list->next - 1]), arg_s(err_text(e, c->lang)));
        } else if (rc != RC_OK) {
            return rc;
        }
    }
    return RC_OK;
}

/* ---- the course ---- */

static void print_events(struct call *c, struct session *s, int64_t from)
{
    const struct record *r = session_record(s);
    const struct atlas *atlas = session_atlas(s);
    for (int64_t i = from; i < r->events; i++) {
        if (!event_turns(r->event[i].kind))
            continue;
        char clock[32], text[1024];
        struct buf b = BUF_ON(clock), t = BUF_ON(text);
        clock_format(r->event[i].t_ms, atlas->meta.start_clock_ms, &b);
        event_format(&r->event[i], atlas, c->lang, &t);
        printf("%s  %s\n", clock, text);
    }
}

static enum rc play(struct call *c, struct session *s, struct order_list *list, bool quiet, struct err *e)
{
    enum rc rc = RC_OK;
    bool progress = !quiet && isatty(STDERR_FILENO);
    while (rc == RC_OK && session_phase(s) < SESSION_FINISHED) {
        int64_t from = session_record(s)->events;
        rc = give_due(c, s, list, quiet, e);
        if (rc == RC_OK)
            rc = session_step(s, e);
        if (rc == RC_OK && !quiet)
            print_events(c, s, from);
        if (progress) {
            int64_t length = session_atlas(s)->meta.length_ms;
            fprintf(stderr, "\r%3d %%\r", (int)(session_now(s) * 100 / (length > 0 ? length : 1)));
        }
    }
    return rc;
}

static int finish(struct call *c, struct session *s, struct err *e)
{
    struct assessment a;
    enum rc rc = assess(s, &a, e);
    if (rc == RC_OK)
        rc = assess_store(s, &a, e);
    int code = rc == RC_OK ? print_score(c, s, &a) : call_failed(c, e);
    const char *dir = call_option(c, "--report");
    char path[1024];
    if (rc == RC_OK && dir) {
        rc = assess_report(s, &a, NULL, dir, c->lang, path, (int)sizeof(path), e);
        if (rc != RC_OK)
            code = call_failed(c, e);
        else if (!c->json)
            SAY(c, MSG_CLI_REPORT_AT, arg_s(path));
    }
    const char *file = call_option(c, "-o");
    if (rc == RC_OK && file && !c->json)
        SAY(c, MSG_CLI_DRILL_AT, arg_s(file));
    assess_free(&a);
    return code;
}

static int run(struct call *c)
{
    int64_t seed = 1;
    struct err e = {0};
    int64_t course = 0;
    if (!call_number(c, "--seed", 0, INT64_MAX, &seed) || !call_number(c, "--course", 1, COURSES_MAX, &course))
        return EXIT_INPUT;
    struct session_options opt = {.seed = (uint64_t)seed, .file = call_option(c, "-o"), .bot = call_option(c, "--bot"),
                                  .course = (int32_t)course};
    struct session *s;
    if (session_new(c->arg[0], &opt, &s, &e) != RC_OK)
        return call_failed(c, &e);
    struct order_list list = {0};
    const char *orders = call_option(c, "--orders");
    bool quiet = c->json || call_option(c, "--quiet");
    enum rc rc = orders ? read_orders(orders, session_atlas(s), &list, &e) : RC_OK;
    if (rc == RC_OK && !quiet)
        say_course(c, s);
    if (rc == RC_OK)
        rc = play(c, s, &list, quiet, &e);
    int code = rc == RC_OK ? finish(c, s, &e) : call_failed(c, &e);
    free(list.order);
    free(list.line);
    session_close(s);
    return code;
}

const struct command command_run = {
    .name = "run", .usage = "SCENARIO", .help = MSG_CLI_RUN, .args_min = 1, .args_max = 1,
    .option = {{"--bot", "NAME", MSG_CLI_OPT_BOT}, {"--orders", "FILE", MSG_CLI_OPT_ORDERS}, {"--seed", "N", MSG_CLI_OPT_SEED},
               {"--course", "N", MSG_CLI_OPT_COURSE}, {"-o", "FILE.drill", MSG_CLI_OPT_OUT}, {"--report", "DIR", MSG_CLI_OPT_REPORT}, {"--quiet", NULL, MSG_CLI_OPT_QUIET}},
    .run = run,
};

/* cmd_look.c -- looking into a drill: log, why, replay, verify, export, compare. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

static void print_event(struct call *c, struct session *s, const struct event *ev)
{
    const struct atlas *atlas = session_atlas(s);
    char clock[32], text[1024];
    struct buf b = BUF_ON(clock), t = BUF_ON(text);
    clock_format(ev->t_ms, atlas->meta.start_clock_ms, &b);
    session_say_event(s, ev, c->lang, &t);
    if (c->json) {
        json_t *j = json_pack("{s:I, s:I, s:s, s:s, s:s}", "seq", (json_int_t)ev->seq, "t_ms", (json_int_t)ev->t_ms, "clock",
                              clock, "kind", event_row(ev->kind)->name, "text", text);
        char *line = j ? json_dumps(j, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
        puts(line ? line : "");
        free(line);
        json_decref(j);
        return;
    }
    printf("%6lld  %s  %s\n", (long long)ev->seq, clock, text);
}

static void print_order(struct call *c, struct session *s, const struct order *o)
{
    const struct atlas *atlas = session_atlas(s);
    char clock[32], text[1024];
    struct buf b = BUF_ON(clock), t = BUF_ON(text);
    clock_format(o->at_ms, atlas->meta.start_clock_ms, &b);
    order_say(o, atlas, c->lang, &t);
    if (c->json) {
        json_t *j = json_pack("{s:I, s:I, s:s, s:s, s:s}", "order", (json_int_t)o->seq, "t_ms", (json_int_t)o->at_ms, "clock",
                              clock, "verb", verb_row(o->verb)->name, "text", text);
        char *line = j ? json_dumps(j, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
        puts(line ? line : "");
        free(line);
        json_decref(j);
        return;
    }
    printf("    #%-4lld %s  %s\n", (long long)o->seq, clock, text);
}

/* ---- log ---- */

static int run_log(struct call *c)
{
    struct session *s;
    struct err e = {0};
    if (call_load(c, c->arg[0], false, &s, &e) != RC_OK)
        return call_failed(c, &e);
    const struct record *r = session_record(s);
    const char *kind = call_option(c, "--kind");
    int wanted = kind ? event_find(text_of(kind)) : -1;
    if (kind && wanted < 0) {
        ERR(&e, RC_INPUT, MSG_CLI_NO_KIND, arg_s(kind));
        session_close(s);
        return call_failed(c, &e);
    }
    bool orders_only = call_option(c, "--orders") != NULL;
    int64_t o = 0;
    say_course(c, s);
    for (int64_t i = 0; i < r->events; i++) {
        for (; o < r->orders && r->order[o].at_ms < r->event[i].t_ms && wanted < 0; o++)
            print_order(c, s, &r->order[o]);
        if (!orders_only && (wanted < 0 || r->event[i].kind == wanted))
            print_event(c, s, &r->event[i]);
    }
    for (; o < r->orders && wanted < 0; o++)
        print_order(c, s, &r->order[o]);
    session_close(s);
    return EXIT_GOOD;
}

const struct command command_log = {
    .name = "log", .usage = "FILE", .help = MSG_CLI_LOG, .args_min = 1, .args_max = 1,
    .option = {{"--orders", NULL, MSG_CLI_OPT_ORDERS_ONLY}, {"--kind", "EVENT", MSG_CLI_OPT_KIND}}, .run = run_log};

/* ---- export: the orders in their own language ---- */

static int run_export(struct call *c)
{
    struct session *s;
    struct err e = {0};
    if (call_load(c, c->arg[0], false, &s, &e) != RC_OK)
        return call_failed(c, &e);
    const struct record *r = session_record(s);
    for (int64_t i = 0; i < r->orders; i++) {
        if (r->order[i].origin == ORIGIN_SCRIPT)
            continue; /* scripts give them again */
        char line[1024];
        struct buf b = BUF_ON(line);
        order_format(&r->order[i], session_atlas(s), true, &b);
        puts(line);
    }
    session_close(s);
    return EXIT_GOOD;
}

const struct command command_export = {.name = "export", .usage = "FILE", .help = MSG_CLI_EXPORT, .args_min = 1,
                                       .args_max = 1, .run = run_export};

/* ---- why ---- */

enum { WHY_MAX = 64 };

static int run_why(struct call *c)
{
    struct session *s;
    struct err e = {0};
    int64_t seq;
    if (call_load(c, c->arg[0], false, &s, &e) != RC_OK)
        return call_failed(c, &e);
    const struct record *r = session_record(s);
    if (!text_to_i64(text_of(c->arg[1]), &seq) || seq < 1 || seq > r->events) {
        ERR(&e, RC_INPUT, MSG_CLI_NO_EVENT, arg_s(c->arg[1]), arg_i(r->events));
        session_close(s);
        return call_failed(c, &e);
    }
    int64_t chain[WHY_MAX];
    int count = eval_why(r->event, r->events, seq, chain, WHY_MAX);
    for (int i = 0; i < count; i++) {
        if (chain[i] < 0) {
            const struct order *o = session_order(s, -chain[i]);
            if (o)
                print_order(c, s, o);
            continue;
        }
        const struct event *ev = session_event(s, chain[i]);
        if (i == 1 && !c->json)
            puts(msg_text(c->lang, MSG_CLI_BECAUSE));
        print_event(c, s, ev);
        const struct cause *both[] = {&ev->cause, &ev->also};
        for (int k = 0; k < 2 && !c->json; k++) {
            if (both[k]->kind == CAUSE_ABSENCE)
                SAY(c, MSG_CLI_ABSENCE, arg_zh_en(verb_row((int)both[k]->ref)->zh, verb_row((int)both[k]->ref)->name));
            else if (both[k]->kind == CAUSE_INJECT)
                SAY(c, MSG_CLI_BY_INJECT, names_arg(&session_atlas(s)->names, ENT_INJECT, (int)both[k]->ref));
        }
    }
    session_close(s);
    return EXIT_GOOD;
}

const struct command command_why = {.name = "why", .usage = "FILE EVENT", .help = MSG_CLI_WHY, .args_min = 2, .args_max = 2,
                                    .run = run_why};

/* ---- replay, verify ---- */

static int run_replay(struct call *c)
{
    struct session *s;
    struct err e = {0};
    int64_t at = 0, line = 0;
    const char *when = call_option(c, "--at");
    if (when && !call_moment(when, 0, &at, c->lang))
        return EXIT_INPUT;
    if (!call_number(c, "--line", 1, INT32_MAX, &line))
        return EXIT_INPUT;
    enum rc rc = when ? session_at(c->arg[0], (int)line, at, &s, &e) : session_load(c->arg[0], false, &s, &e);
    if (rc == RC_OK && session_archived(s, &e)) {
        session_close(s);
        rc = RC_NO;
    }
    if (rc != RC_OK)
        return call_failed(c, &e);
    if (!when && !c->json) {
        const struct record *r = session_record(s);
        for (int64_t i = 0; i < r->events; i++)
            print_event(c, s, &r->event[i]);
    }
    char hash[20], clock[32];
    struct buf b = BUF_ON(clock);
    struct walk *w = malloc(sizeof(*w));
    if (!w) {
        session_close(s);
        return EXIT_INTERNAL;
    }
    snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)world_hash(session_world(s), w));
    free(w);
    offset_format(session_now(s), &b);
    if (c->json)
        printf("{\"t_ms\": %lld, \"hash\": \"%s\", \"events\": %lld}\n", (long long)session_now(s), hash,
               (long long)session_world(s)->event_seq);
    else
        SAY(c, MSG_CLI_REPLAYED, arg_s(clock), arg_s(hash));
    session_close(s);
    return EXIT_GOOD;
}

const struct command command_replay = {
    .name = "replay", .usage = "FILE", .help = MSG_CLI_REPLAY, .args_min = 1, .args_max = 1,
    .option = {{"--at", "HH:MM", MSG_CLI_OPT_AT}, {"--line", "N", MSG_CLI_OPT_LINE}}, .run = run_replay};

static int run_verify(struct call *c)
{
    struct difference_found d;
    struct err e = {0};
    int64_t line = 0;
    if (!call_number(c, "--line", 1, INT32_MAX, &line))
        return EXIT_INPUT;
    enum rc rc = session_verify(c->arg[0], (int)line, call_option(c, "--scripts") != NULL, &d, &e);
    if (rc == RC_NO && d.differs) {
        char clock[32];
        struct buf b = BUF_ON(clock);
        offset_format(d.t_ms, &b);
        if (c->json)
            printf("{\"same\": false, \"t_ms\": %lld, \"slice\": \"%s\", \"field\": \"%s\"}\n", (long long)d.t_ms, d.slice,
                   d.field);
        else
            SAY(c, MSG_CLI_DIFFERS, arg_s(clock), arg_s(d.slice), arg_s(d.field));
        return EXIT_NO;
    }
    if (rc != RC_OK)
        return call_failed(c, &e);
    if (c->json) {
        puts(d.open ? "{\"same\": true, \"ended\": false}" : "{\"same\": true}");
        return EXIT_GOOD;
    }
    SAY(c, MSG_CLI_SAME, arg_s(c->arg[0]));
    if (d.open)
        SAY(c, MSG_CLI_OPEN_END, arg_i(0));
    return EXIT_GOOD;
}

const struct command command_verify = {
    .name = "verify", .usage = "FILE", .help = MSG_CLI_VERIFY, .args_min = 1, .args_max = 1,
    .option = {{"--scripts", NULL, MSG_CLI_OPT_SCRIPTS}, {"--line", "N", MSG_CLI_OPT_LINE}}, .run = run_verify};

/* ---- compare ---- */

static int run_compare(struct call *c)
{
    struct session *s[2] = {NULL, NULL};
    struct assessment a[2] = {0};
    struct err e = {0};
    int code = EXIT_GOOD;
    enum rc rc = RC_OK;
    int64_t line[2] = {0, 0};
    if (!call_number(c, "--line-a", 1, INT32_MAX, &line[0]) || !call_number(c, "--line-b", 1, INT32_MAX, &line[1]))
        return EXIT_INPUT;
    for (int i = 0; i < 2 && rc == RC_OK; i++) {
        const char *file = c->arg[i] ? c->arg[i] : c->arg[0];
        rc = line[i] ? session_line_end(file, (int)line[i], &s[i], &e) : call_load(c, file, false, &s[i], &e);
        if (rc == RC_OK)
            rc = assess(s[i], &a[i], &e);
    }
    if (rc != RC_OK) {
        code = call_failed(c, &e);
    } else if (session_measures(s[0]) != session_measures(s[1])) {
        ERR0(&e, RC_INPUT, MSG_CLI_NOT_ALIKE);
        code = call_failed(c, &e);
    } else {
        if (c->json)
            printf("{\"total\": [%.2f, %.2f]", a[0].eval.total, a[1].eval.total);
        else
            SAY(c, MSG_CLI_COMPARE_TOTAL, arg_d(a[0].eval.total, 2), arg_d(a[1].eval.total, 2),
                arg_d(a[1].eval.total - a[0].eval.total, 2));
        for (int i = 0; i < session_measures(s[0]); i++) {
            const struct measure_row *m = session_measure_row(s[0], i);
            double x = session_measure(s[0], i), y = session_measure(s[1], i);
            if (c->json)
                printf(", \"%s\": [%.6g, %.6g]", m->name, x, y);
            else
                SAY(c, MSG_CLI_COMPARE_ROW, arg_zh_en(m->zh, m->en), arg_d(x, measure_decimals(m)), arg_d(y, measure_decimals(m)),
                    arg_d(y - x, measure_decimals(m)), arg_s(measure_unit(m, c->lang)));
        }
        if (c->json)
            puts("}");
    }
    for (int i = 0; i < 2; i++) {
        assess_free(&a[i]);
        session_close(s[i]);
    }
    return code;
}

const struct command command_compare = {
    .name = "compare", .usage = "A [B]", .help = MSG_CLI_COMPARE, .args_min = 1, .args_max = 2,
    .option = {{"--line-a", "N", MSG_CLI_OPT_LINE}, {"--line-b", "N", MSG_CLI_OPT_LINE}}, .run = run_compare};

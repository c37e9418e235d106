/* cmd_score.c -- the score: automatic, the experts', its versions, entropy weights over several drills; the report. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/print_panel.h"
#include "eval/weights.h"

enum { VERSIONS_MAX = 512 };

/* ---- versions ---- */

static int print_versions(struct call *c, struct store *st)
{
    struct store_version *v = calloc(VERSIONS_MAX, sizeof(*v));
    if (!v)
        return EXIT_INTERNAL;
    int count = store_versions(st, v, VERSIONS_MAX);
    json_t *all = json_array();
    for (int i = 0; i < count && i < VERSIONS_MAX; i++) {
        json_array_append_new(all, json_pack("{s:i, s:s, s:f, s:s, s:s}", "version", v[i].version, "basis", v[i].basis, "total",
                                             v[i].total, "grade", v[i].grade, "head", v[i].head));
        if (!c->json)
            SAY(c, MSG_CLI_VERSION, arg_i(v[i].version), arg_s(v[i].basis), arg_d(v[i].total, 2),
                arg_zh_en(v[i].grade_title[LANG_ZH], v[i].grade_title[LANG_EN]), arg_s(v[i].head));
    }
    free(v);
    if (c->json)
        return say_json(all);
    json_decref(all);
    return EXIT_GOOD;
}

struct old_items {
    struct call *c;
    json_t *json;
};

static void print_old_item(void *ctx, const struct store_score_item *it)
{
    struct old_items *o = ctx;
    bool head = it->kind == 0 || it->kind == 2;
    if (o->c->json) {
        json_array_append_new(o->json, json_pack("{s:s, s:s, s:o, s:f, s:s}", "id", it->id, "title", o->c->lang == LANG_ZH ? it->title_zh : it->title_en,
                                                 "score", it->score == it->score ? json_real(it->score) : json_null(), "lost",
                                                 it->lost, "reason", o->c->lang == LANG_ZH ? it->reason_zh : it->reason_en));
        return;
    }
    const char *reason = o->c->lang == LANG_ZH ? it->reason_zh : it->reason_en;
    const struct arg in = arg_s(head ? "" : "    "), id = arg_s(it->id), title = arg_zh_en(it->title_zh, it->title_en);
    if (it->score == it->score)
        SAY(o->c, MSG_CLI_OLD_ITEM, in, arg_d(it->score, 1), arg_d(it->lost, 1), id, title, arg_s(reason));
    else
        SAY(o->c, MSG_CLI_OLD_ITEM_NONE, in, id, title, arg_s(reason));
}

static int print_version(struct call *c, struct store *st, int64_t wanted)
{
    struct store_version *v = calloc(VERSIONS_MAX, sizeof(*v));
    struct err e = {0};
    int code = EXIT_GOOD;
    if (!v)
        return EXIT_INTERNAL;
    int count = store_versions(st, v, VERSIONS_MAX), at = -1;
    for (int i = 0; i < count && i < VERSIONS_MAX; i++)
        at = v[i].version == wanted ? i : at;
    struct old_items o = {c, json_array()};
    if (at < 0) {
        ERR(&e, RC_INPUT, MSG_CLI_NO_VERSION, arg_i(wanted), arg_i(count));
        code = call_failed(c, &e);
    } else if (store_each_score_item(st, (int32_t)wanted, print_old_item, &o, &e) != RC_OK) {
        code = call_failed(c, &e);
    } else if (c->json) {
        json_t *all = json_pack("{s:i, s:s, s:f, s:O}", "version", v[at].version, "basis", v[at].basis, "total", v[at].total,
                                "items", o.json);
        code = say_json(all);
    } else {
        SAY(c, MSG_CLI_VERSION, arg_i(v[at].version), arg_s(v[at].basis), arg_d(v[at].total, 2),
            arg_zh_en(v[at].grade_title[LANG_ZH], v[at].grade_title[LANG_EN]), arg_s(v[at].head));
    }
    json_decref(o.json);
    free(v);
    return code;
}

/* ---- entropy weights: several drills of the same set ---- */

static enum rc project_scores(const char *path, const struct rubric *first, struct rubric *set, double *out, struct arena *a,
                              struct err *e)
{
    struct session *s;
    struct desk d;
    struct panel_score score;
    enum rc rc = session_load(path, false, &s, e);
    if (rc != RC_OK)
        return rc;
    rc = desk_open(s, &d, e);
    const struct panel *p = &d.panels.of[PANEL_EXPERT];
    if (rc == RC_OK && p->phase != PANEL_SIGNED && p->phase != PANEL_RECONCILING)
        rc = ERR(e, RC_NO, MSG_CLI_ENTROPY_NOT_IN, arg_s(path));
    if (rc == RC_OK && first && !text_eq(first->id, p->set->id))
        rc = ERR(e, RC_INPUT, MSG_CLI_ENTROPY_SET, arg_s(path), arg_t(p->set->id), arg_t(first->id));
    if (rc == RC_OK)
        rc = panel_score(p, false, -1, a, &score, e);
    for (int k = 0; rc == RC_OK && k < p->set->projects; k++) {
        out[k] = score.project[k].score;
        if (!score.project[k].applicable)
            rc = ERR(e, RC_NO, MSG_CLI_ENTROPY_HOLE, arg_s(path), arg_t(p->set->project[k].id));
    }
    if (rc == RC_OK && !first) { /* names outlive the drill */
        *set = *p->set;
        set->id = arena_text(a, set->id);
        for (int k = 0; k < set->projects; k++) {
            set->project[k].id = arena_text(a, set->project[k].id);
            set->project[k].title.zh = arena_text(a, set->project[k].title.zh);
            set->project[k].title.en = arena_text(a, set->project[k].title.en);
        }
    }
    desk_close(&d);
    session_close(s);
    return rc;
}

static double weighted(const double *weight, const double *score, int count)
{
    double total = 0;
    for (int i = 0; i < count; i++)
        total += weight[i] * score[i];
    return total;
}

static int print_entropy(struct call *c)
{
    struct err e = {0};
    struct arena a;
    arena_init(&a, 0);
    struct rubric *set = ARENA_NEW(&a, struct rubric, 1);
    double *at = ARENA_NEW(&a, double, (size_t)c->args * RUBRIC_PROJECTS_MAX);
    double *table = ARENA_NEW(&a, double, (size_t)c->args * RUBRIC_PROJECTS_MAX);
    double entropy[RUBRIC_PROJECTS_MAX], weight[RUBRIC_PROJECTS_MAX];
    enum rc rc = set && at && table ? RC_OK : ERR0(&e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (rc == RC_OK && c->args < 2)
        rc = ERR0(&e, RC_INPUT, MSG_CLI_ENTROPY_TWO);
    for (int i = 0; i < c->args && rc == RC_OK; i++)
        rc = project_scores(c->arg[i], i > 0 ? set : NULL, set, at + i * RUBRIC_PROJECTS_MAX, &a, &e);
    for (int i = 0; rc == RC_OK && i < c->args; i++) {
        for (int k = 0; k < set->projects; k++)
            table[i * set->projects + k] = at[i * RUBRIC_PROJECTS_MAX + k];
    }
    if (rc == RC_OK)
        rc = entropy_run(table, c->args, set->projects, false, entropy, weight, &e);
    int code = EXIT_GOOD;
    if (rc != RC_OK) {
        code = call_failed(c, &e);
    } else if (c->json) {
        json_t *w = json_array(), *t = json_array();
        for (int k = 0; k < set->projects; k++)
            json_array_append_new(w, json_real(weight[k]));
        for (int i = 0; i < c->args; i++)
            json_array_append_new(t, json_real(weighted(weight, table + i * set->projects, set->projects)));
        json_t *all = json_pack("{s:o, s:o}", "weights", w, "totals", t);
        code = say_json(all);
    } else {
        SAY(c, MSG_CLI_ENTROPY, arg_i(c->args));
        for (int k = 0; k < set->projects; k++)
            SAY(c, MSG_CLI_ENTROPY_WEIGHT, arg_zh_en(set->project[k].title.zh.at, set->project[k].title.en.at), arg_d(weight[k] * 100, 1));
        for (int i = 0; i < c->args; i++)
            SAY(c, MSG_CLI_ENTROPY_TOTAL, arg_s(c->arg[i]), arg_d(weighted(weight, table + i * set->projects, set->projects), 2));
    }
    arena_free(&a);
    return code;
}

/* ---- score, report ---- */

static int combine_option(const struct call *c, int *out)
{
    static const char *const words[] = {"mean", "median", "trimmed"};
    const char *word = call_option(c, "--combine");
    struct err e = {0};
    *out = -1;
    for (int i = 0; word && i < COUNT_OF(words); i++)
        *out = strcmp(word, words[i]) == 0 ? i : *out;
    if (!word || *out >= 0)
        return EXIT_GOOD;
    ERR(&e, RC_INPUT, MSG_CLI_COMBINE, arg_s(word));
    return call_failed(c, &e);
}

static enum rc keep_version(struct call *c, struct desk *d, bool panel, struct err *e)
{
    int32_t version = 0;
    if (!panel)
        return assess_store(d->session, &d->auto_eval, e);
    enum rc rc = desk_store_score(d, &version, e);
    if (rc == RC_OK && !c->json)
        SAY(c, MSG_CLI_VERSION_KEPT, arg_i(version));
    return rc;
}

static int print_scores(struct call *c, struct desk *d, bool panel, int combine)
{
    bool fuzzy = call_option(c, "--fuzzy") != NULL;
    if (panel)
        return print_panel_score(c, d, combine, fuzzy);
    int code = print_score(c, d->session, &d->auto_eval);
    if (code != EXIT_GOOD || c->json || !desk_has_panel(d))
        return code;
    SAY(c, MSG_CLI_AND_PANEL, arg_i(0));
    return print_panel_score(c, d, combine, fuzzy);
}

static int run_score(struct call *c)
{
    struct session *s;
    struct desk d;
    struct err e = {0};
    int64_t version = 0;
    int combine;
    bool again = call_option(c, "--again") != NULL;
    bool panel = call_option(c, "--panel") || call_option(c, "--combine") || call_option(c, "--fuzzy");
    if (call_option(c, "--entropy"))
        return print_entropy(c);
    if (!call_number(c, "--version", 1, VERSIONS_MAX, &version) || combine_option(c, &combine) != EXIT_GOOD)
        return EXIT_INPUT;
    if (c->args > 1) {
        ERR(&e, RC_INPUT, MSG_CLI_TOO_MANY, arg_s(c->arg[1]), arg_s("score"), arg_s("FILE"));
        return call_failed(c, &e);
    }
    if (call_load(c, c->arg[0], again, &s, &e) != RC_OK)
        return call_failed(c, &e);
    int code;
    if (version > 0 || call_option(c, "--versions")) {
        code = version > 0 ? print_version(c, session_store(s), version) : print_versions(c, session_store(s));
    } else if (desk_open(s, &d, &e) != RC_OK) {
        code = call_failed(c, &e);
    } else {
        code = again && keep_version(c, &d, panel, &e) != RC_OK ? call_failed(c, &e) : print_scores(c, &d, panel, combine);
        desk_close(&d);
    }
    session_close(s);
    return code;
}

const struct command command_score = {
    .name = "score", .usage = "FILE", .help = MSG_CLI_SCORE, .args_min = 1, .args_max = ARGS_MAX,
    .option = {{"--again", NULL, MSG_CLI_OPT_AGAIN}, {"--panel", NULL, MSG_CLI_OPT_PANEL}, {"--combine", "HOW", MSG_CLI_OPT_COMBINE},
               {"--fuzzy", NULL, MSG_CLI_OPT_FUZZY}, {"--versions", NULL, MSG_CLI_OPT_VERSIONS},
               {"--version", "N", MSG_CLI_OPT_VERSION}, {"--entropy", NULL, MSG_CLI_OPT_ENTROPY}},
    .run = run_score};

static int run_report(struct call *c)
{
    struct session *s;
    struct desk d;
    struct err e = {0};
    char path[1024];
    const char *dir = call_option(c, "-o");
    if (call_load(c, c->arg[0], false, &s, &e) != RC_OK)
        return call_failed(c, &e);
    int code = EXIT_GOOD;
    enum rc rc = desk_open(s, &d, &e);
    if (rc == RC_OK)
        rc = assess_report(s, &d.auto_eval, &d, dir ? dir : ".", c->lang, path, (int)sizeof(path), &e);
    if (rc != RC_OK)
        code = call_failed(c, &e);
    else if (c->json)
        printf("{\"report\": \"%s\"}\n", path);
    else
        SAY(c, MSG_CLI_REPORT_AT, arg_s(path));
    if (rc == RC_OK || d.session)
        desk_close(&d);
    session_close(s);
    return code;
}

const struct command command_report = {.name = "report", .usage = "FILE", .help = MSG_CLI_REPORT, .args_min = 1, .args_max = 1,
                                       .option = {{"-o", "DIR", MSG_CLI_OPT_DIR}}, .run = run_report};

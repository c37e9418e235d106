/* cmd_models.c -- hazards alone on cases: published figures, expected and got. */
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "session/model_case.h"

enum { CASES_MAX = 256, PATH_BYTES = 1024 };
#define CASES "tests/models"

struct found {
    char folder[PATH_BYTES];
    char name[CASES_MAX][NAME_BYTES];
    int count;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool list_folder(struct found *f)
{
    DIR *d = opendir(f->folder);
    f->count = 0;
    for (struct dirent *one = d ? readdir(d) : NULL; one && f->count < CASES_MAX; one = readdir(d)) {
        size_t n = strlen(one->d_name);
        if (n < 5 || n - 4 >= NAME_BYTES || strcmp(one->d_name + n - 4, ".lua") != 0)
            continue;
        (void)text_copy(f->name[f->count++], NAME_BYTES, (struct text){one->d_name, (int)n - 4});
    }
    if (d)
        closedir(d);
    qsort(f->name, (size_t)f->count, sizeof(f->name[0]), by_name);
    return f->count > 0;
}

/* The folder of published cases: here, or in the tree the program was built in. */
static bool find_cases(struct found *f)
{
    char self[PATH_BYTES];
    (void)text_copy(f->folder, PATH_BYTES, text_of(CASES));
    if (list_folder(f))
        return true;
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    if (n <= 0)
        return false;
    self[n] = 0;
    for (int up = 0; up < 4; up++) {
        char *slash = strrchr(self, '/');
        if (!slash)
            return false;
        *slash = 0;
        struct buf b = buf_on(f->folder, PATH_BYTES);
        buf_str(&b, self);
        buf_str(&b, "/" CASES);
        if (!b.full && list_folder(f))
            return true;
    }
    return false;
}

static void show_number(double v, int width)
{
    if (v == v)
        printf(" %*.7g", width, v);
    else
        printf(" %*s", width, "*");
}

static void show_band(double low, double high)
{
    char text[64];
    if (high >= 1e299)
        snprintf(text, sizeof(text), ">= %.6g", low);
    else if (low <= -1e299)
        snprintf(text, sizeof(text), "<= %.6g", high);
    else
        snprintf(text, sizeof(text), "%.5g..%.5g", low, high);
    printf(" %14s", text);
}

static void show_row(struct call *c, const struct case_row *r)
{
    struct text what = c->lang == LANG_ZH ? r->what.zh : r->what.en;
    printf("  %s", msg_text(c->lang, r->pass ? MSG_CLI_CASE_PASS : MSG_CLI_CASE_FAIL));
    if (r->want == r->want)
        show_number(r->want, 14);
    else
        show_band(r->low, r->high);
    show_number(r->got, 14);
    if (r->want == r->want)
        show_number(r->got - r->want, 12);
    else
        printf(" %12s", "");
    const char *unit = strcmp(r->unit, "1") == 0 ? "" : r->unit;
    printf("  %-6s %.*s\n", unit, what.len, what.at);
}

static json_t *number(double v)
{
    return v == v && v < 1e299 && v > -1e299 ? json_real(v) : json_null();
}

static void show_json(struct call *c, const char *name, const struct case_result *r)
{
    json_t *rows = json_array();
    for (int i = 0; i < r->rows; i++) {
        const struct case_row *row = &r->row[i];
        struct text what = c->lang == LANG_ZH ? row->what.zh : row->what.en;
        json_array_append_new(rows, json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:b}", "what",
                                              json_stringn(what.at, (size_t)what.len), "unit", row->unit, "expected",
                                              number(row->want), "low", number(row->low), "high", number(row->high),
                                              "got", number(row->got), "pass", row->pass));
    }
    json_t *j = json_pack("{s:s, s:o, s:i, s:i, s:o}", "case", name, "source",
                          json_stringn(r->source.at, (size_t)r->source.len), "rows", r->rows, "failed", r->failed,
                          "results", rows);
    char *text = j ? json_dumps(j, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    puts(text ? text : "");
    free(text);
    json_decref(j);
}

static int one_case(struct call *c, const char *name, const char *path)
{
    struct arena a;
    struct case_result r;
    struct err e = {0};
    arena_init(&a, 0);
    enum rc rc = case_run(path, calc_formula, &a, &r, &e);
    int code = rc == RC_OK ? r.failed > 0 ? EXIT_NO : EXIT_GOOD : call_failed(c, &e);
    if (rc == RC_OK && c->json) {
        show_json(c, name, &r);
    } else if (rc == RC_OK) {
        struct text title = c->lang == LANG_ZH || r.title.en.len == 0 ? r.title.zh : r.title.en;
        printf("%s: %.*s\n", name, title.len, title.at);
        SAY(c, MSG_CALC_SOURCE, arg_t(r.source));
        printf("%s\n", msg_text(c->lang, MSG_CLI_CASE_HEAD));
        for (int i = 0; i < r.rows; i++)
            show_row(c, &r.row[i]);
        SAY(c, MSG_CLI_CASE_SUM, arg_i(r.rows - r.failed), arg_i(r.rows));
    }
    arena_free(&a);
    return code;
}

static int list_cases(struct call *c, const struct found *f)
{
    if (c->json) {
        json_t *all = json_array();
        for (int i = 0; i < f->count; i++)
            json_array_append_new(all, json_string(f->name[i]));
        char *text = json_dumps(all, JSON_COMPACT);
        puts(text ? text : "");
        free(text);
        json_decref(all);
        return EXIT_GOOD;
    }
    for (int i = 0; i < f->count; i++)
        printf("  %s\n", f->name[i]);
    printf("\n%s\n", msg_text(c->lang, MSG_CLI_CASE_HINT));
    return EXIT_GOOD;
}

static int named_case(struct call *c, const struct found *f, const char *name)
{
    struct err e = {0};
    int best = 6;
    const char *near = "";
    for (int i = 0; i < f->count; i++) {
        int d = text_distance(text_of(name), text_of(f->name[i]), best);
        if (d < best) {
            best = d;
            near = f->name[i];
        }
        if (strcmp(f->name[i], name) != 0)
            continue;
        char path[PATH_BYTES + NAME_BYTES + 8];
        snprintf(path, sizeof(path), "%s/%s.lua", f->folder, name);
        return one_case(c, name, path);
    }
    ERR(&e, RC_INPUT, MSG_CLI_CASE_NONE, arg_s(name), arg_s(near));
    return call_failed(c, &e);
}

static int all_cases(struct call *c, const struct found *f)
{
    int worst = EXIT_GOOD;
    for (int i = 0; i < f->count; i++) {
        int code = named_case(c, f, f->name[i]);
        worst = code > worst ? code : worst;
    }
    return worst;
}

static int run_models(struct call *c)
{
    const char *name = c->args > 0 ? c->arg[0] : NULL;
    size_t n = name ? strlen(name) : 0;
    if (n > 4 && strcmp(name + n - 4, ".lua") == 0)
        return one_case(c, name, name);
    struct found *f = calloc(1, sizeof(*f));
    if (!f)
        return EXIT_INTERNAL;
    struct err e = {0};
    int code;
    if (!find_cases(f)) {
        ERR(&e, RC_INPUT, MSG_CLI_CASE_NO_FOLDER, arg_s(CASES));
        code = call_failed(c, &e);
    } else if (call_option(c, "--all")) {
        code = all_cases(c, f);
    } else {
        code = name ? named_case(c, f, name) : list_cases(c, f);
    }
    free(f);
    return code;
}

const struct command command_models = {.name = "models", .usage = "[NAME or FILE.lua]", .help = MSG_CLI_MODELS, .args_min = 0,
                                       .args_max = 1, .option = {{"--all", NULL, MSG_CLI_OPT_ALL}}, .run = run_models};

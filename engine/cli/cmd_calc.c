/* cmd_calc.c -- any formula of the library by hand: list, describe, work, print with units. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "core/scenario/calc.h"
#include "eval/eval_calc.h"
#include "hazard/hazards.h"

enum { TABLE_BYTES_MAX = 64 << 20 };

const struct calc_row *calc_formula(int i)
{
    for (int h = 0; h < hazard_count; h++) {
        if (i < hazard_table[h]->calc_count)
            return &hazard_table[h]->calc[i];
        i -= hazard_table[h]->calc_count;
    }
    return i < EVAL_CALCS ? &eval_calc[i] : NULL;
}

static const char *pick(const struct call *c, const char *zh, const char *en)
{
    return c->lang == LANG_ZH ? zh : en;
}

static int print_json(json_t *j)
{
    char *text = j ? json_dumps(j, JSON_INDENT(2) | JSON_PRESERVE_ORDER) : NULL;
    json_decref(j);
    if (!text)
        return EXIT_INTERNAL;
    puts(text);
    free(text);
    return EXIT_GOOD;
}

/* ---- list ---- */

static int list(struct call *c)
{
    json_t *all = json_array();
    for (int i = 0; calc_formula(i); i++) {
        const struct calc_row *r = calc_formula(i);
        if (c->json)
            json_array_append_new(all, json_pack("{s:s, s:s, s:s}", "name", r->name, "help",
                                                 pick(c, r->zh, r->en), "source", r->source));
        else
            printf("  %-22s %s\n", r->name, pick(c, r->zh, r->en));
    }
    if (c->json)
        return print_json(all);
    json_decref(all);
    printf("\n%s\n", msg_text(c->lang, MSG_CALC_HINT));
    return EXIT_GOOD;
}

/* ---- describe ---- */

static void describe_default(struct call *c, const struct calc_param *p, struct buf *out)
{
    char num[40];
    struct buf n = BUF_ON(num);
    if (p->dflt != p->dflt) {
        buf_str(out, msg_text(c->lang, MSG_CALC_MUST));
        return;
    }
    if (p->dflt - p->dflt != 0.0) {
        buf_str(out, msg_text(c->lang, MSG_CALC_MAY));
        return;
    }
    if (p->choices)
        buf_text(&n, calc_choice(p, (int)p->dflt));
    else
        buf_f64(&n, p->dflt);
    msg_format(out, c->lang, MSG_CALC_DEFAULT, (const struct arg[]){arg_s(num)}, 1);
}

static void describe_param(struct call *c, const struct calc_param *p)
{
    char text[512], low[40], high[40];
    struct buf b = BUF_ON(text), l = BUF_ON(low), h = BUF_ON(high);
    buf_str(&b, pick(c, p->zh, p->en));
    buf_str(&b, c->lang == LANG_ZH ? "；" : "; ");
    if (!p->choices && p->low < p->high) {
        buf_f64(&l, p->low);
        buf_f64(&h, p->high);
        msg_format(&b, c->lang, MSG_CALC_BETWEEN, (const struct arg[]){arg_s(low), arg_s(high)}, 2);
        buf_str(&b, c->lang == LANG_ZH ? "；" : "; ");
    }
    describe_default(c, p, &b);
    printf("  %-16s %-8s %s\n", p->name, p->unit, text);
    if (p->choices)
        printf("  %-16s %-8s %s\n", "", "", p->choices);
}

static json_t *real_or_null(double v)
{
    return v == v && v - v == 0.0 ? json_real(v) : json_null();
}

static int describe_json(struct call *c, const struct calc_row *r)
{
    json_t *params = json_array(), *results = json_array();
    for (int i = 0; i < calc_params(r); i++) {
        const struct calc_param *p = &r->param[i];
        json_t *j = json_pack("{s:s, s:s, s:s}", "name", p->name, "unit", p->unit, "help",
                              pick(c, p->zh, p->en));
        if (p->choices) {
            struct text word;
            json_t *words = json_array();
            for (int k = 0; (word = calc_choice(p, k)).len > 0; k++)
                json_array_append_new(words, json_stringn(word.at, (size_t)word.len));
            json_object_set_new(j, "choices", words);
            word = calc_choice(p, p->dflt == p->dflt ? (int)p->dflt : 1 << 20);
            json_object_set_new(j, "default", word.len ? json_stringn(word.at, (size_t)word.len) : json_null());
        } else {
            json_object_set_new(j, "low", p->low < p->high ? json_real(p->low) : json_null());
            json_object_set_new(j, "high", p->low < p->high ? json_real(p->high) : json_null());
            json_object_set_new(j, "default", real_or_null(p->dflt));
        }
        json_array_append_new(params, j);
    }
    for (int i = 0; i < calc_results(r); i++)
        json_array_append_new(results, json_pack("{s:s, s:s, s:s}", "name", r->result[i].name, "unit", r->result[i].unit,
                                                 "help", pick(c, r->result[i].zh, r->result[i].en)));
    json_t *j = json_pack("{s:s, s:s, s:s, s:o, s:o}", "name", r->name, "help", pick(c, r->zh, r->en), "source",
                          r->source, "parameters", params, "results", results);
    if (r->table_zh)
        json_object_set_new(j, "table", json_string(pick(c, r->table_zh, r->table_en)));
    return print_json(j);
}

static int describe(struct call *c, const struct calc_row *r)
{
    if (c->json)
        return describe_json(c, r);
    printf("%s  %s\n", r->name, pick(c, r->zh, r->en));
    SAY(c, MSG_CALC_SOURCE, arg_s(r->source));
    if (r->table_zh)
        SAY(c, MSG_CALC_TABLE, arg_zh_en(r->table_zh, r->table_en));
    if (calc_params(r) > 0)
        puts(msg_text(c->lang, MSG_CALC_PARAMETERS));
    for (int i = 0; i < calc_params(r); i++)
        describe_param(c, &r->param[i]);
    puts(msg_text(c->lang, MSG_CALC_RESULTS));
    for (int i = 0; i < calc_results(r); i++)
        printf("  %-16s %-8s %s\n", r->result[i].name, r->result[i].unit, pick(c, r->result[i].zh, r->result[i].en));
    return EXIT_GOOD;
}

/* ---- print ---- */

static json_t *value_json(const struct calc_value *v, const struct calc_result_row *row, enum lang lang)
{
    if (v->kind == CALC_TITLE) {
        struct text t = lang == LANG_ZH ? v->title.zh : v->title.en;
        return json_pack("{s:o}", "value", json_stringn(t.at, (size_t)t.len));
    }
    if (v->kind == CALC_NUMBER)
        return json_pack("{s:o, s:s}", "value", real_or_null(v->num), "unit", row->unit);
    json_t *rows = json_array();
    for (int i = 0; i < v->rows; i++) {
        json_t *line = json_array();
        for (int k = 0; k < v->cols; k++)
            json_array_append_new(line, real_or_null(v->vector[i * v->cols + k]));
        json_array_append_new(rows, line);
    }
    if (v->rows == 1) {
        json_t *only = json_incref(json_array_get(rows, 0));
        json_decref(rows);
        rows = only;
    }
    return json_pack("{s:o, s:s}", "value", rows, "unit", row->unit);
}

static json_t *input_json(const struct calc_row *r, const struct calc_input *in)
{
    json_t *j = json_object();
    for (int i = 0; i < calc_params(r); i++) {
        const struct calc_param *p = &r->param[i];
        struct text word = p->choices ? calc_choice(p, (int)in->num[i]) : (struct text){"", 0};
        json_t *value = p->choices ? json_stringn(word.at, (size_t)word.len) : real_or_null(in->num[i]);
        json_object_set_new(j, p->name, json_pack("{s:o, s:s, s:b}", "value", value, "unit", p->unit, "given", in->given[i]));
    }
    return j;
}

/* Statistics and weights print their results by name alone; most have no unit. */
static bool is_plain(const struct calc_row *r)
{
    for (int i = 0; i < EVAL_CALCS; i++) {
        if (r == &eval_calc[i])
            return true;
    }
    return false;
}

/* {"alpha": 0.74, "icc": {"2,1": 0.29}}: a name with a dot goes into an object. */
static int print_plain(struct call *c, const struct calc_row *r, const struct calc_output *out)
{
    json_t *all = json_object();
    for (int i = 0; i < calc_results(r); i++) {
        if (out->value[i].kind == CALC_UNSET)
            continue;
        json_t *wrapped = value_json(&out->value[i], &r->result[i], c->lang), *into = all;
        const char *name = r->result[i].name, *dot = strchr(name, '.');
        if (dot) {
            char group[32];
            (void)text_copy(group, sizeof(group), (struct text){name, (int)(dot - name)});
            into = json_object_get(all, group);
            if (!into) {
                json_object_set_new(all, group, json_object());
                into = json_object_get(all, group);
            }
            name = dot + 1;
        }
        json_object_set(into, name, json_object_get(wrapped, "value"));
        json_decref(wrapped);
    }
    return print_json(all);
}

static int print_result_json(struct call *c, const struct calc_row *r, const struct calc_input *in,
                             const struct calc_output *out)
{
    if (is_plain(r))
        return print_plain(c, r, out);
    json_t *result = json_object();
    for (int i = 0; i < calc_results(r); i++) {
        if (out->value[i].kind != CALC_UNSET)
            json_object_set_new(result, r->result[i].name, value_json(&out->value[i], &r->result[i], c->lang));
    }
    return print_json(json_pack("{s:s, s:s, s:o, s:o}", "name", r->name, "source", r->source, "input",
                                input_json(r, in), "result", result));
}

static void print_number(double v)
{
    if (v == v)
        printf(" %.7g", v);
    else
        fputs(" *", stdout);
}

static void print_value(struct call *c, const struct calc_result_row *row, const struct calc_value *v)
{
    printf("%-22s", row->name);
    if (v->kind == CALC_TITLE) {
        struct text t = c->lang == LANG_ZH ? v->title.zh : v->title.en;
        printf(" %.*s", t.len, t.at);
    } else if (v->kind == CALC_NUMBER) {
        print_number(v->num);
    }
    for (int i = 0; v->kind == CALC_VECTOR && i < v->rows; i++) {
        if (i > 0)
            printf("\n%-22s", "");
        for (int k = 0; k < v->cols; k++)
            print_number(v->vector[i * v->cols + k]);
    }
    const char *unit = strcmp(row->unit, "1") == 0 ? "" : row->unit;
    printf("%s%s  (%s)\n", unit[0] ? " " : "", unit, pick(c, row->zh, row->en));
}

static int print_result(struct call *c, const struct calc_row *r, const struct calc_input *in,
                        const struct calc_output *out)
{
    if (c->json)
        return print_result_json(c, r, in, out);
    for (int i = 0; i < calc_results(r); i++) {
        if (out->value[i].kind != CALC_UNSET)
            print_value(c, &r->result[i], &out->value[i]);
    }
    return EXIT_GOOD;
}

/* ---- read and work ---- */

/* Whole file, or standard input for "-". */
static enum rc read_all(const char *path, struct arena *a, struct text *out, struct err *e)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *bytes = malloc(TABLE_BYTES_MAX);
    size_t n = f && bytes ? fread(bytes, 1, TABLE_BYTES_MAX, f) : 0;
    bool good = f && bytes && !ferror(f) && n < TABLE_BYTES_MAX;
    if (f && f != stdin)
        fclose(f);
    if (good)
        *out = arena_text(a, (struct text){bytes, (int)n});
    free(bytes);
    if (!good)
        return ERR(e, RC_INPUT, MSG_CALC_FILE, arg_s(path), arg_i(TABLE_BYTES_MAX >> 20));
    return out->at ? RC_OK : ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
}

static enum rc read_table(const char *path, struct arena *a, struct calc_input *in, struct err *e)
{
    struct text bytes;
    struct calc_matrix *matrix;
    if (in->matrices > 0)
        return ERR(e, RC_INPUT, MSG_CALC_ONE_TABLE, arg_s(path));
    enum rc rc = read_all(path, a, &bytes, e);
    if (rc == RC_OK)
        rc = calc_read_table(bytes, text_of(path), a, &matrix, &in->matrices, e);
    if (rc == RC_OK)
        in->matrix = matrix;
    return rc;
}

static enum rc read_arguments(struct call *c, const struct calc_row *r, struct arena *a, struct calc_input *in,
                              struct err *e)
{
    enum rc rc = RC_OK;
    for (int i = 1; i < c->args && rc == RC_OK; i++) {
        const char *arg = c->arg[i], *equal = strchr(arg, '=');
        if (arg[0] == '-' && arg[1] == '-' && i + 1 < c->args) {
            rc = calc_argument(r, text_of(arg + 2), text_of(c->arg[i + 1]), in, e);
            i++;
        } else if (equal) {
            rc = calc_argument(r, (struct text){arg, (int)(equal - arg)}, text_of(equal + 1), in, e);
        } else if (r->table_zh) {
            rc = read_table(arg, a, in, e);
        } else {
            rc = ERR(e, RC_INPUT, MSG_CALC_NO_TABLE, arg_s(r->name));
        }
    }
    return rc;
}

/* A pipe or a file on standard input stands for a table that is not named. */
static bool input_waits(void)
{
    struct stat s;
    return fstat(STDIN_FILENO, &s) == 0 && (S_ISFIFO(s.st_mode) || (S_ISREG(s.st_mode) && s.st_size > 0));
}

static const struct calc_row *find(const char *name, struct err *e)
{
    int best = 6;
    const char *near = NULL;
    for (int i = 0; calc_formula(i); i++) {
        if (strcmp(calc_formula(i)->name, name) == 0)
            return calc_formula(i);
        int d = text_distance(text_of(name), text_of(calc_formula(i)->name), best);
        if (d < best) {
            best = d;
            near = calc_formula(i)->name;
        }
    }
    if (near)
        ERR(e, RC_INPUT, MSG_CALC_NONE_NEAR, arg_s(name), arg_s(near));
    else
        ERR(e, RC_INPUT, MSG_CALC_NONE, arg_s(name));
    return NULL;
}

static int run_calc(struct call *c)
{
    if (c->args == 0)
        return list(c);
    struct err e = {0};
    const struct calc_row *r = find(c->arg[0], &e);
    if (!r)
        return call_failed(c, &e);
    bool piped = r->table_zh && input_waits();
    if (c->args == 1 && !piped)
        return describe(c, r);
    struct arena a;
    struct calc_input in;
    arena_init(&a, 0);
    struct calc_output out = {.arena = &a};
    calc_begin(r, &in);
    enum rc rc = read_arguments(c, r, &a, &in, &e);
    if (rc == RC_OK && piped && in.matrices == 0)
        rc = read_table("-", &a, &in, &e);
    if (rc == RC_OK)
        rc = calc_work(r, &in, &out, &e);
    int code = rc == RC_OK ? print_result(c, r, &in, &out) : call_failed(c, &e);
    arena_free(&a);
    return code;
}

const struct command command_calc = {.name = "calc", .usage = "[NAME key=value ... | NAME FILE]", .help = MSG_CLI_CALC,
                                     .args_min = 0, .args_max = ARGS_MAX, .run = run_calc, .pairs = true};

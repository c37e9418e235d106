/* main.c -- the table of subcommands, options read strictly, exit codes. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"

static const struct command *const commands[] = {
    &command_ui,
    &command_run,   &command_check, &command_replay, &command_verify,  &command_rebuild, &command_log,   &command_score,
    &command_why,   &command_branch, &command_compare, &command_report, &command_export, &command_api,
    &command_calc,  &command_models, &command_new, &command_test,
    &command_mark, &command_findings,
};

const char *call_option(const struct call *c, const char *name)
{
    for (int i = 0; i < OPTIONS_MAX && c->command->option[i].name; i++) {
        if (strcmp(c->command->option[i].name, name) == 0)
            return c->option[i];
    }
    return NULL;
}

static void complain(enum lang lang, enum msg id, const struct arg *args, int count)
{
    char text[1024];
    struct buf b = BUF_ON(text);
    msg_format(&b, lang, id, args, count);
    fprintf(stderr, "tuiyan: %s\n", text);
}
#define COMPLAIN(lang, id, ...)                                                                    \
    complain((lang), (id), (const struct arg[]){__VA_ARGS__},                                      \
             (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))

bool call_number(const struct call *c, const char *name, int64_t low, int64_t high, int64_t *out)
{
    const char *text = call_option(c, name);
    if (!text)
        return true;
    if (text_to_i64(text_of(text), out) && *out >= low && *out <= high)
        return true;
    COMPLAIN(c->lang, MSG_CLI_BAD_NUMBER, arg_s(name), arg_s(text), arg_i(low), arg_i(high));
    return false;
}

bool call_moment(const char *text, int64_t start_clock_ms, int64_t *out, enum lang lang)
{
    (void)start_clock_ms;
    if (text && (offset_parse(text_of(text), out) || duration_parse(text_of(text), out)))
        return true;
    COMPLAIN(lang, MSG_CLI_BAD_MOMENT, arg_s(text ? text : ""));
    return false;
}

int call_failed(const struct call *c, const struct err *e)
{
    fprintf(stderr, "tuiyan: %s\n", err_text(e, c->lang));
    switch (e->rc) {
    case RC_OK:
        return EXIT_GOOD;
    case RC_NO:
        return EXIT_NO;
    case RC_INTERNAL:
    case RC_MEMORY:
        return EXIT_INTERNAL;
    default:
        return EXIT_INPUT;
    }
}

void say(const struct call *c, enum msg id, const struct arg *args, int count)
{
    char text[2048];
    struct buf b = BUF_ON(text);
    msg_format(&b, c->lang, id, args, count);
    puts(text);
}

struct arg title_arg(struct title t)
{
    struct arg a = arg_zh_en("", "");
    a.zh = t.zh;
    a.en = t.en.len > 0 ? t.en : t.zh;
    return a;
}

int say_json(json_t *all)
{
    char *text = all ? json_dumps(all, JSON_INDENT(1) | JSON_REAL_PRECISION(15)) : NULL;
    if (text)
        puts(text);
    free(text);
    json_decref(all);
    return text ? EXIT_GOOD : EXIT_INTERNAL;
}

json_t *text_json(struct text t)
{
    return json_stringn(t.at ? t.at : "", (size_t)t.len);
}

const char *in_lang(const struct call *c, struct title t, char *buf, int cap)
{
    struct text use = c->lang == LANG_ZH || t.en.len == 0 ? t.zh : t.en;
    (void)text_copy(buf, cap, use);
    return buf;
}

static void usage(const struct command *cmd, enum lang lang, FILE *to)
{
    fprintf(to, "tuiyan %s %s\n  %s\n", cmd->name, cmd->usage, msg_text(lang, cmd->help));
    for (int i = 0; i < OPTIONS_MAX && cmd->option[i].name; i++) {
        const struct option_row *o = &cmd->option[i];
        char left[48];
        snprintf(left, sizeof(left), "%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
        fprintf(to, "  %-18s %s\n", left, msg_text(lang, o->help));
    }
    fprintf(to, "  %-18s %s\n", "--lang zh|en", msg_text(lang, MSG_CLI_OPT_LANG));
    fprintf(to, "  %-18s %s\n", "--json", msg_text(lang, MSG_CLI_OPT_JSON));
}

static void overview(enum lang lang, FILE *to)
{
    fprintf(to, "%s\n\n", msg_text(lang, MSG_CLI_ABOUT));
    for (int i = 0; i < COUNT_OF(commands); i++)
        fprintf(to, "  tuiyan %-8s %-22s %s\n", commands[i]->name, commands[i]->usage, msg_text(lang, commands[i]->help));
    fprintf(to, "\n%s\n", msg_text(lang, MSG_CLI_HELP_HINT));
}

/* The language asked for, else that of the environment, else Chinese. */
static enum lang find_lang(int argc, char **argv)
{
    enum lang lang = LANG_ZH;
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], "--lang") == 0 && lang_parse(text_of(argv[i + 1]), &lang))
            return lang;
    }
    const char *env = getenv("LC_ALL");
    if (!env || !*env)
        env = getenv("LC_MESSAGES");
    if (!env || !*env)
        env = getenv("LANG");
    if (env)
        (void)lang_parse(text_of(env), &lang);
    return lang;
}

/* -1: go on; else the exit code. */
static int read_option(struct call *c, int argc, char **argv, int *i)
{
    const char *name = argv[*i];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        usage(c->command, c->lang, stdout);
        return EXIT_GOOD;
    }
    if (strcmp(name, "--json") == 0) {
        c->json = true;
        return -1;
    }
    bool is_lang = strcmp(name, "--lang") == 0;
    const char *value = *i + 1 < argc ? argv[*i + 1] : NULL;
    enum lang lang;
    if (is_lang && value && lang_parse(text_of(value), &lang)) {
        (*i)++;
        return -1;
    }
    for (int k = 0; k < OPTIONS_MAX && c->command->option[k].name && !is_lang; k++) {
        const struct option_row *o = &c->command->option[k];
        if (strcmp(o->name, name) != 0)
            continue;
        if (!o->value) {
            c->option[k] = "";
            return -1;
        }
        if (!value)
            break;
        c->option[k] = value;
        (*i)++;
        return -1;
    }
    if (c->command->pairs && !is_lang && value && c->args + 2 <= c->command->args_max) {
        c->arg[c->args++] = name;
        c->arg[c->args++] = value;
        (*i)++;
        return -1;
    }
    COMPLAIN(c->lang, MSG_CLI_BAD_OPTION, arg_s(name), arg_s(c->command->name));
    return EXIT_INPUT;
}

static int call_command(const struct command *cmd, enum lang lang, int argc, char **argv)
{
    struct call c = {.command = cmd, .lang = lang};
    for (int i = 2; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] != 0) {
            int code = read_option(&c, argc, argv, &i);
            if (code >= 0)
                return code;
        } else if (c.args == cmd->args_max) {
            COMPLAIN(lang, MSG_CLI_TOO_MANY, arg_s(argv[i]), arg_s(cmd->name), arg_s(cmd->usage));
            return EXIT_INPUT;
        } else {
            c.arg[c.args++] = argv[i];
        }
    }
    if (c.args < cmd->args_min) {
        COMPLAIN(lang, MSG_CLI_TOO_FEW, arg_s(cmd->name), arg_s(cmd->usage));
        return EXIT_INPUT;
    }
    return cmd->run(&c);
}

int main(int argc, char **argv)
{
    /* Everything we print is made by ourselves in UTF-8; numbers and order of texts stay "C". */
    setlocale(LC_CTYPE, "C.UTF-8");
    enum lang lang = find_lang(argc, argv);
    if (argc < 2)
        return call_command(&command_ui, lang, argc, argv);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        overview(lang, stdout);
        return EXIT_GOOD;
    }
    for (int i = 0; i < COUNT_OF(commands); i++) {
        if (strcmp(commands[i]->name, argv[1]) == 0) {
            int code = call_command(commands[i], lang, argc, argv);
            return fflush(stdout) == 0 ? code : EXIT_INTERNAL;
        }
    }
    struct text best = {"", 0};
    int distance = 4;
    for (int i = 0; i < COUNT_OF(commands); i++) {
        int d = text_distance(text_of(argv[1]), text_of(commands[i]->name), distance);
        if (d < distance) {
            distance = d;
            best = text_of(commands[i]->name);
        }
    }
    COMPLAIN(lang, best.len ? MSG_CLI_NO_COMMAND_NEAR : MSG_CLI_NO_COMMAND, arg_s(argv[1]), arg_t(best));
    return EXIT_INPUT;
}

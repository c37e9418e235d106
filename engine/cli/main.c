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

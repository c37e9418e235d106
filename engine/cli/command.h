/* command.h -- one subcommand, one file, one row in the table of main.c. */
#ifndef TUIYAN_CLI_COMMAND_H
#define TUIYAN_CLI_COMMAND_H

#include <jansson.h>

#include "cli/assess.h"
#include "core/scenario/calc.h"
#include "session/session.h"
#include "store/store.h"

enum { EXIT_GOOD = 0, EXIT_NO = 1, EXIT_INPUT = 2, EXIT_INTERNAL = 3, OPTIONS_MAX = 18, ARGS_MAX = 32 };

/* One option. value NULL: a flag. */
struct option_row {
    const char *name;  /* "--seed" */
    const char *value; /* "N", or NULL */
    enum msg help;
};

struct command;

struct call {
    const struct command *command;
    enum lang lang;
    bool json;
    const char *option[OPTIONS_MAX]; /* by row; "" for a flag that was given, NULL when not given */
    const char *arg[ARGS_MAX];
    int args;
};

struct command {
    const char *name;
    const char *usage; /* "SCENARIO" */
    enum msg help;
    int args_min, args_max;
    struct option_row option[OPTIONS_MAX];
    int (*run)(struct call *c);
    bool pairs; /* an option not in the table, --key VALUE, becomes the arguments --key and VALUE */
};

extern const struct command command_run, command_check, command_replay, command_verify, command_rebuild, command_log,
    command_score, command_why, command_branch, command_compare, command_report, command_export, command_api, command_ui,
    command_calc, command_models, command_new, command_test, command_mark, command_findings;

/* One line on stderr, in the language. */
void call_complain(enum lang lang, enum msg id, const struct arg *args, int count);
#define COMPLAIN(lang, id, ...)                                                                    \
    call_complain((lang), (id), (const struct arg[]){__VA_ARGS__},                                      \
             (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))
/* The value of an option, or NULL. */
const char *call_option(const struct call *c, const char *name);
/* A whole number option; false with a message when it is none. */
bool call_number(const struct call *c, const char *name, int64_t low, int64_t high, int64_t *out);
/* A moment such as 01:30 or 90min; false with a message. */
bool call_moment(const char *text, int64_t start_clock_ms, int64_t *out, enum lang lang);
/* Prints what went wrong to stderr and gives the exit code for it. */
int call_failed(const struct call *c, const struct err *e);
/* session_load, and what has to be said of the file on stderr. */
MUST_USE enum rc call_load(const struct call *c, const char *file, bool writable, struct session **out, struct err *e);
/* What has to be said of a drill that other models played. */
void call_notice(const struct call *c, const struct session *s);
/* A catalogue line on standard output. */
void say(const struct call *c, enum msg id, const struct arg *args, int count);
#define SAY(c, id, ...)                                                                            \
    say((c), (id), (const struct arg[]){__VA_ARGS__},                                              \
        (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))
/* The line that says which course is played; nothing when the scenario names none. */
void say_course(const struct call *c, const struct session *s);
struct arg title_arg(struct title t); /* for SAY and ERR */
json_t *text_json(struct text t);
/* Prints a value and lets go of it. Gives the exit code. */
int say_json(json_t *all);
const char *in_lang(const struct call *c, struct title t, char *buf, int cap);

/* The i-th formula of all modules, or NULL after the last. */
const struct calc_row *calc_formula(int i);
/* Prints the score table of an assessment, or its JSON. */
int print_score(struct call *c, struct session *s, const struct assessment *a);

#endif

/* cmd_author.c -- check a scenario, print the manual; and what changes a drill file: branch, rebuild. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "hazard/hazards.h"
#include "session/manual.h"
#include "session/sets.h"

/* ---- check ---- */

/* An indicator set: a .lua file, or a shipped name after --set. */
static int check_set(struct call *c, const char *name)
{
    struct arena a;
    struct rubric *set;
    struct text bytes;
    struct err e = {0};
    char path[SET_PATH], title[512];
    arena_init(&a, 0);
    enum rc rc = set_find(name, &a, path, &bytes, &e);
    set = rc == RC_OK ? ARENA_NEW(&a, struct rubric, 1) : NULL;
    if (rc == RC_OK)
        rc = set ? set_read(path, bytes, NULL, &a, set, &e) : ERR0(&e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    int code = EXIT_GOOD;
    if (rc != RC_OK) {
        code = call_failed(c, &e);
    } else if (c->json) {
        puts("{\"good\": true}");
    } else {
        int rules = 0, unread = 0;
        for (int i = 0; i < set->items; i++) {
            rules += set->item[i].has_rule;
            unread += set->item[i].mark == SOURCE_UNVERIFIED;
        }
        SAY(c, MSG_CLI_CHECKED_SET, arg_s(in_lang(c, set->title, title, (int)sizeof(title))), arg_i(set->projects),
            arg_i(set->items), arg_i(rules), arg_i(unread));
    }
    arena_free(&a);
    return code;
}

static bool is_lua_file(const char *path)
{
    size_t n = strlen(path);
    struct stat st;
    return n > 4 && strcmp(path + n - 4, ".lua") == 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* How the room is led: posts, phases, expected chains; nothing when there is none of it. */
static void say_room(struct call *c, const struct atlas *at)
{
    int64_t posts = 0, chains = 0, asked = 0, room_ms = 0;
    for (int i = 0; i < ATLAS_COUNT(at, ENT_AGENCY); i++)
        posts += at->agency[i].posts;
    for (int i = 0; i < ATLAS_COUNT(at, ENT_INJECT); i++) {
        chains += at->inject[i].chain_count > 0;
        asked += at->inject[i].true_if >= 0;
    }
    for (int i = 0; i < at->phase_count; i++)
        room_ms += at->phase[i].room_ms;
    if (posts + chains + asked + at->phase_count > 0)
        SAY(c, MSG_CLI_CHECKED_ROOM, arg_i(posts), arg_i(at->phase_count), arg_i(room_ms / 60000), arg_i(chains), arg_i(asked));
}

static int run_check(struct call *c)
{
    const char *name = call_option(c, "--set");
    if (name || (c->args == 1 && is_lua_file(c->arg[0])))
        return check_set(c, name ? name : c->arg[0]);
    if (c->args == 0) {
        struct err none = {0};
        ERR0(&none, RC_INPUT, MSG_CLI_CHECK_WHAT);
        return call_failed(c, &none);
    }
    struct session *s;
    struct err e = {0};
    struct session_options opt = {.seed = 1};
    if (session_new(c->arg[0], &opt, &s, &e) != RC_OK)
        return call_failed(c, &e);
    struct arena a;
    struct evaluation ev;
    arena_init(&a, 0);
    enum rc rc = eval_read(session_atlas(s), &a, &ev, &e);
    for (int i = 0; i < ev.items && rc == RC_OK; i++) {
        const struct indicator *it = &ev.indicator[i];
        if (it->measure.len > 0 && session_measure_find(s, it->measure) < 0)
            rc = ERR(&e, RC_INPUT, MSG_CLI_NO_MEASURE, arg_t(it->id), arg_t(it->measure));
    }
    if (rc == RC_OK)
        rc = session_check_bots(s, &e);
    int code = EXIT_GOOD;
    if (rc != RC_OK) {
        code = call_failed(c, &e);
    } else if (c->json) {
        puts("{\"good\": true}");
    } else {
        const struct names *n = &session_atlas(s)->names;
        SAY(c, MSG_CLI_CHECKED, arg_s(c->arg[0]), arg_i(n->count[ENT_AGENCY]), arg_i(n->count[ENT_TEAM]),
            arg_i(n->count[ENT_PLACE]), arg_i(n->count[ENT_INJECT]), arg_i(ev.items), arg_i(n->count[ENT_CLAUSE]));
        say_room(c, session_atlas(s));
    }
    arena_free(&a);
    session_close(s);
    return code;
}

const struct command command_check = {.name = "check", .usage = "SCENARIO", .help = MSG_CLI_CHECK, .args_min = 0,
                                      .args_max = 1, .option = {{"--set", "NAME", MSG_CLI_OPT_CHECK_SET}}, .run = run_check};

/* ---- api ---- */

enum { MANUAL_BYTES = 1 << 20 };

static int run_api(struct call *c)
{
    char *at = malloc(MANUAL_BYTES);
    if (!at)
        return EXIT_INTERNAL;
    struct buf b = buf_on(at, MANUAL_BYTES);
    session_manual(c->lang, call_option(c, "--stubs") != NULL, &b);
    fputs(at, stdout);
    free(at);
    return EXIT_GOOD;
}

const struct command command_api = {.name = "api", .usage = "", .help = MSG_CLI_API, .args_min = 0, .args_max = 0,
                                    .option = {{"--stubs", NULL, MSG_CLI_OPT_STUBS}}, .run = run_api};

/* ---- branch ---- */

static int run_branch(struct call *c)
{
    struct session *s;
    struct err e = {0};
    int64_t at = 0;
    if (!call_moment(call_option(c, "--at"), 0, &at, c->lang))
        return EXIT_INPUT;
    if (call_load(c, c->arg[0], true, &s, &e) != RC_OK)
        return call_failed(c, &e);
    const char *note = call_option(c, "--note");
    enum rc rc = session_branch(s, at, note ? note : "", &e);
    const char *order = call_option(c, "--order");
    if (rc == RC_OK && order)
        rc = session_submit_text(s, text_of(order), NULL, &e);
    if (rc == RC_OK)
        rc = session_run_until(s, session_atlas(s)->meta.length_ms, &e);
    int code = EXIT_GOOD;
    if (rc != RC_OK)
        code = call_failed(c, &e);
    else if (c->json)
        printf("{\"line\": %d}\n", session_line(s));
    else
        SAY(c, MSG_CLI_BRANCHED, arg_i(session_line(s)));
    session_close(s);
    return code;
}

const struct command command_branch = {
    .name = "branch", .usage = "FILE", .help = MSG_CLI_BRANCH, .args_min = 1, .args_max = 1,
    .option = {{"--at", "HH:MM", MSG_CLI_OPT_AT}, {"--order", "TEXT", MSG_CLI_OPT_ORDER}, {"--note", "TEXT", MSG_CLI_OPT_NOTE}},
    .run = run_branch};

/* ---- rebuild ---- */

static int run_rebuild(struct call *c)
{
    struct err e = {0};
    const char *to = call_option(c, "-o");
    if (to) {
        int64_t rows;
        if (store_recover(c->arg[0], to, &rows, &e) != RC_OK)
            return call_failed(c, &e);
        SAY(c, MSG_CLI_RECOVERED, arg_i(rows), arg_s(to));
        return EXIT_GOOD;
    }
    int64_t rows;
    if (session_rebuild_words(c->arg[0], &rows, &e) != RC_OK)
        return call_failed(c, &e);
    SAY(c, MSG_CLI_REBUILT, arg_i(rows));
    return EXIT_GOOD;
}

const struct command command_rebuild = {.name = "rebuild", .usage = "FILE", .help = MSG_CLI_REBUILD, .args_min = 1,
                                        .args_max = 1, .option = {{"-o", "NEW.drill", MSG_CLI_OPT_RECOVER}},
                                        .run = run_rebuild};

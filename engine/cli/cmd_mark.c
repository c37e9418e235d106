/* cmd_mark.c -- the experts' panel: open it, name evaluators, mark, hand in, reconcile, sign off; sheets out and in. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cli/entry_line.h"
#include "cli/print_panel.h"
#include "cli/sheets.h"

static enum rc open_desk(const struct call *c, const char *path, bool writable, struct session **s, struct desk *d, struct err *e)
{
    enum rc rc = call_load(c, path, writable, s, e);
    if (rc != RC_OK)
        return rc;
    rc = desk_open(*s, d, e);
    if (rc != RC_OK) {
        session_close(*s);
        *s = NULL;
    }
    return rc;
}

/* open set=NAME [kind=..]: the set's text is fetched, not typed. */
static int open_set(struct call *c, struct desk *d, const struct entry *asked)
{
    struct err e = {0};
    char name[SET_PATH];
    int kind = panel_kind_find(entry_get(asked, "kind"));
    enum rc rc = RC_OK;
    if (kind < 0)
        rc = ERR(&e, RC_INPUT, MSG_PANEL_KIND, arg_t(entry_get(asked, "kind")));
    else if (!text_copy(name, (int)sizeof(name), entry_get(asked, "set")) || !name[0])
        rc = ERR(&e, RC_INPUT, MSG_ENTRY_MISSING, arg_s("open"), arg_s("set"), arg_s("set=.. [kind=..]"));
    for (int i = 0; i < asked->pairs && rc == RC_OK; i++) {
        if (!text_is(asked->pair[i].key, "set") && !text_is(asked->pair[i].key, "kind"))
            rc = ERR(&e, RC_INPUT, MSG_ENTRY_KEY, arg_s("open"), arg_t(asked->pair[i].key), arg_s("set=.. [kind=..]"));
    }
    if (rc == RC_OK)
        rc = desk_open_set(d, kind, name, &e);
    if (rc != RC_OK)
        return call_failed(c, &e);
    const struct rubric *set = d->panels.of[kind].set;
    char title[512];
    if (c->json)
        printf("{\"items\": %d}\n", set->items);
    else
        SAY(c, MSG_CLI_PANEL_OPENED, arg_zh_en(panel_kind_title(kind).zh.at, panel_kind_title(kind).en.at),
            arg_s(in_lang(c, set->title, title, (int)sizeof(title))), arg_i(set->items));
    return EXIT_GOOD;
}

static int record_words(struct call *c, struct desk *d)
{
    struct entry entry;
    struct err e = {0};
    if (entry_from_words(c->arg[1], c->arg + 2, c->args - 2, &entry, &e) != RC_OK)
        return call_failed(c, &e);
    if (entry.kind == ENTRY_OPEN)
        return open_set(c, d, &entry);
    int code = record_entries(c, d, &entry, 1, NULL, NULL);
    if (code != EXIT_GOOD || entry.kind != ENTRY_SIGN)
        return code;
    int32_t version = 0; /* what was signed is kept as a version of the score */
    if (desk_store_score(d, &version, &e) != RC_OK)
        return call_failed(c, &e);
    if (!c->json)
        SAY(c, MSG_CLI_VERSION_KEPT, arg_i(version));
    return EXIT_GOOD;
}

static int record_file(struct call *c, struct desk *d, const char *path)
{
    struct arena a;
    struct entry *entry;
    struct err e = {0};
    int *line, count;
    arena_init(&a, 0);
    int code = entries_from_file(path, &a, &entry, &line, &count, &e) == RC_OK
                   ? record_entries(c, d, entry, count, path, line)
                   : call_failed(c, &e);
    arena_free(&a);
    return code;
}

static int look(struct call *c, struct desk *d)
{
    const char *what = c->args > 1 ? c->arg[1] : "state";
    if (strcmp(what, "state") == 0)
        return print_panel_state(c, d);
    if (strcmp(what, "spread") == 0)
        return print_spread(c, d);
    if (strcmp(what, "agreement") == 0)
        return print_agreement(c, d);
    if (strcmp(what, "statements") == 0)
        return print_statements(c, d);
    return print_sheet(c, d, c->args > 2 ? c->arg[2] : "");
}

static bool looks(const struct call *c)
{
    static const char *const words[] = {"state", "spread", "agreement", "sheet", "statements"};
    if (c->args < 2)
        return !call_option(c, "--import") && !call_option(c, "--entries");
    for (int i = 0; i < COUNT_OF(words); i++) {
        if (strcmp(c->arg[1], words[i]) == 0)
            return !call_option(c, "--import");
    }
    return false;
}

static int run_mark(struct call *c)
{
    struct session *s;
    struct desk d;
    struct err e = {0};
    bool reading = looks(c);
    if (open_desk(c, c->arg[0], !reading && !call_option(c, "--export"), &s, &d, &e) != RC_OK)
        return call_failed(c, &e);
    int code;
    if (call_option(c, "--export"))
        code = sheets_export(c, &d, call_option(c, "--export"));
    else if (call_option(c, "--import"))
        code = sheets_import(c, &d, c->arg + 1, c->args - 1);
    else if (call_option(c, "--entries"))
        code = record_file(c, &d, call_option(c, "--entries"));
    else
        code = reading ? look(c, &d) : record_words(c, &d);
    desk_close(&d);
    session_close(s);
    return code;
}

const struct command command_mark = {
    .name = "mark", .usage = "FILE [KIND key=value ..]", .help = MSG_CLI_MARK, .args_min = 1, .args_max = ARGS_MAX,
    .option = {{"--export", "DIR", MSG_CLI_OPT_EXPORT_SHEETS}, {"--import", NULL, MSG_CLI_OPT_IMPORT_SHEETS},
               {"--entries", "FILE", MSG_CLI_OPT_ENTRIES}, {"--csv", NULL, MSG_CLI_OPT_CSV}},
    .run = run_mark};

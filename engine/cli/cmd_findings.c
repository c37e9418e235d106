/* cmd_findings.c -- problems: what the program proposes, what experts confirmed, how it is put right. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/entry_line.h"
#include "report/book/book.h"

struct listing {
    struct proposal *proposal;
    int proposals;
};

static enum rc propose(struct desk *d, struct arena *a, struct listing *out, struct err *e)
{
    return desk_propose(d, true, a, &out->proposal, &out->proposals, e);
}

static void events_text(const int64_t *event, int events, struct buf *out)
{
    for (int i = 0; i < events; i++) {
        buf_str(out, i ? " #" : "#");
        buf_i64(out, event[i]);
    }
}

/* ---- printing ---- */

static json_t *events_json(const int64_t *event, int events)
{
    json_t *all = json_array();
    for (int i = 0; i < events; i++)
        json_array_append_new(all, json_integer(event[i]));
    return all;
}

static int print_json(const struct desk *d, const struct listing *l)
{
    json_t *findings = json_array(), *proposals = json_array();
    for (int i = 0; i < d->findings.count; i++) {
        const struct finding *f = &d->findings.list[i];
        json_t *actions = json_array();
        for (int k = 0; k < f->actions; k++)
            json_array_append_new(actions, json_pack("{s:o, s:o, s:o, s:o}", "measure", text_json(f->action[k].measure), "unit",
                                                     text_json(f->action[k].unit), "person", text_json(f->action[k].person),
                                                     "due", text_json(f->action[k].due)));
        json_array_append_new(findings, json_pack("{s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "id", text_json(f->id), "class",
                                                  finding_class_name(f->class), "state", finding_state_name(f->state), "text",
                                                  text_json(f->text), "item", text_json(f->item), "clause", text_json(f->clause),
                                                  "from", text_json(f->from), "events", events_json(f->event, f->events),
                                                  "actions", actions));
    }
    for (int i = 0; i < l->proposals; i++) {
        const struct proposal *p = &l->proposal[i];
        if (p->finding < 0 && p->dismissed < 0)
            json_array_append_new(proposals, json_pack("{s:s, s:s, s:o, s:o, s:s, s:o}", "key", p->key, "class",
                                                       finding_class_name(p->class), "zh", text_json(p->text.zh), "en",
                                                       text_json(p->text.en), "cause", p->cause[LANG_ZH], "events",
                                                       events_json(p->event, p->events)));
    }
    json_t *all = json_pack("{s:o, s:o, s:i}", "findings", findings, "proposals", proposals, "dismissed", d->findings.dismissals);
    return say_json(all);
}

static void print_finding(struct call *c, const struct finding *f)
{
    char events[EVIDENCE_MAX * 12] = "";
    struct buf b = BUF_ON(events);
    events_text(f->event, f->events, &b);
    SAY(c, MSG_CLI_FINDING, arg_t(f->id), title_arg(finding_class_title(f->class)), title_arg(finding_state_title(f->state)),
        arg_t(f->text), arg_s(events));
    if (f->cause.len > 0)
        SAY(c, MSG_CLI_FINDING_CAUSE, arg_t(f->cause));
    for (int k = 0; k < f->actions; k++)
        SAY(c, MSG_CLI_FINDING_ACTION, arg_t(f->action[k].measure), arg_t(f->action[k].unit), arg_t(f->action[k].person),
            arg_t(f->action[k].due));
    if (f->evidence.len > 0)
        SAY(c, MSG_CLI_FINDING_EVIDENCE, arg_t(f->evidence), arg_t(f->verified_by));
}

static int print_findings(struct call *c, struct desk *d)
{
    struct listing l;
    struct err e = {0};
    struct arena a;
    arena_init(&a, 0);
    int code = EXIT_GOOD, open = 0;
    if (propose(d, &a, &l, &e) != RC_OK) {
        code = call_failed(c, &e);
    } else if (c->json) {
        code = print_json(d, &l);
    } else {
        SAY(c, MSG_CLI_FINDINGS, arg_i(d->findings.count));
        for (int i = 0; i < d->findings.count; i++)
            print_finding(c, &d->findings.list[i]);
        for (int i = 0; i < l.proposals; i++)
            open += l.proposal[i].finding < 0 && l.proposal[i].dismissed < 0;
        SAY(c, MSG_CLI_PROPOSALS, arg_i(open), arg_i(d->findings.dismissals));
        for (int i = 0; i < l.proposals; i++) {
            const struct proposal *p = &l.proposal[i];
            char events[EVIDENCE_MAX * 12] = "";
            struct buf b = BUF_ON(events);
            if (p->finding >= 0 || p->dismissed >= 0)
                continue;
            events_text(p->event, p->events, &b);
            SAY(c, MSG_CLI_PROPOSAL, arg_s(p->key), title_arg(finding_class_title(p->class)), title_arg(p->text),
                arg_s(p->cause[c->lang]), arg_s(events));
        }
    }
    arena_free(&a);
    return code;
}

/* ---- the list as a spreadsheet: 问题整改清单 ---- */

enum { F_ID, F_CLASS, F_TEXT, F_CAUSE, F_EVENTS, F_MEASURE, F_UNIT, F_PERSON, F_DUE, F_STATE, F_EVIDENCE, F_COLS };

static void put(struct out_cell *row, int column, int style, struct text t)
{
    row[column] = (struct out_cell){.kind = t.len > 0 ? CELL_TEXT : CELL_EMPTY, .style = style, .text = t};
}

static struct text in(const struct call *c, struct title t)
{
    return c->lang == LANG_ZH || t.en.len == 0 ? t.zh : t.en;
}

static int export_findings(struct call *c, struct desk *d, const char *path)
{
    static const enum msg heads[F_COLS] = {MSG_CLI_F_ID, MSG_CLI_F_CLASS, MSG_CLI_F_TEXT, MSG_CLI_F_CAUSE, MSG_CLI_F_EVENTS,
                                           MSG_CLI_F_MEASURE, MSG_CLI_F_UNIT, MSG_CLI_F_PERSON, MSG_CLI_F_DUE, MSG_CLI_F_STATE,
                                           MSG_CLI_F_EVIDENCE};
    static const double widths[F_COLS] = {7, 10, 34, 34, 14, 34, 16, 10, 12, 10, 30};
    struct err e = {0};
    struct arena a;
    arena_init(&a, 0);
    int rows = 2;
    struct out_cell *cell = ARENA_NEW(&a, struct out_cell, (size_t)(d->findings.count * ACTION_MAX + 3) * F_COLS);
    enum rc rc = cell ? RC_OK : ERR0(&e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (rc == RC_OK) {
        char title[512];
        put(cell, 0, STYLE_TITLE, text_of(msg_text(c->lang, MSG_CLI_F_TITLE)));
        put(cell, F_CAUSE, STYLE_NOTE, text_of(in_lang(c, session_atlas(d->session)->meta.title, title, (int)sizeof(title))));
        for (int k = 0; k < F_COLS; k++)
            put(cell + F_COLS, k, STYLE_HEAD, text_of(msg_text(c->lang, heads[k])));
        for (int i = 0; i < d->findings.count; i++) {
            const struct finding *f = &d->findings.list[i];
            for (int k = 0; k == 0 || k < f->actions; k++) {
                struct out_cell *row = cell + (size_t)rows++ * F_COLS;
                char events[EVIDENCE_MAX * 12] = "";
                struct buf b = BUF_ON(events);
                events_text(f->event, f->events, &b);
                put(row, F_ID, STYLE_CENTRE, f->id);
                put(row, F_CLASS, STYLE_CENTRE, in(c, finding_class_title(f->class)));
                put(row, F_TEXT, STYLE_WRAP, f->text);
                put(row, F_CAUSE, STYLE_WRAP, f->cause);
                put(row, F_EVENTS, STYLE_WRAP, arena_text(&a, (struct text){b.at, b.len}));
                put(row, F_STATE, STYLE_CENTRE, in(c, finding_state_title(f->state)));
                put(row, F_EVIDENCE, STYLE_WRAP, f->evidence);
                const struct action none = {{"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0}};
                const struct action *x = k < f->actions ? &f->action[k] : &none;
                put(row, F_MEASURE, STYLE_WRAP, x->measure);
                put(row, F_UNIT, STYLE_WRAP, x->unit);
                put(row, F_PERSON, STYLE_CENTRE, x->person);
                put(row, F_DUE, STYLE_CENTRE, x->due);
            }
        }
        struct out_sheet sheet = {.name = text_of(msg_text(c->lang, MSG_CLI_F_TAB)), .rows = rows, .columns = F_COLS, .cell = cell,
                                  .width = widths, .frozen_rows = 2, .head_row = 1, .head_rows = 1};
        struct out_book book = {.sheet = &sheet, .sheets = 1, .title = sheet.name};
        rc = book_write(path, &book, &e);
    }
    arena_free(&a);
    if (rc != RC_OK)
        return call_failed(c, &e);
    if (c->json)
        printf("{\"findings\": %d}\n", d->findings.count);
    else
        SAY(c, MSG_CLI_F_WRITTEN, arg_i(d->findings.count), arg_s(path));
    return EXIT_GOOD;
}

/* ---- the command ---- */

static int record(struct call *c, struct desk *d)
{
    struct entry entry;
    struct err e = {0};
    struct arena a;
    arena_init(&a, 0);
    enum rc rc = entry_from_words(c->arg[1], c->arg + 2, c->args - 2, &entry, &e);
    if (rc == RC_OK && entry.kind < ENTRY_FINDING)
        rc = ERR(&e, RC_INPUT, MSG_CLI_ENTRY_KIND, arg_s(c->arg[1]), arg_s("finding, dismiss, action, state"));
    if (rc == RC_OK && entry_has(&entry, "from"))
        rc = desk_fill(d, &a, &entry, &e);
    int code = rc == RC_OK ? record_entries(c, d, &entry, 1, NULL, NULL) : call_failed(c, &e);
    arena_free(&a);
    return code;
}

static int run_findings(struct call *c)
{
    struct session *s;
    struct desk d;
    struct err e = {0};
    bool writes = c->args > 1;
    if (call_load(c, c->arg[0], writes, &s, &e) != RC_OK)
        return call_failed(c, &e);
    int code;
    if (desk_open(s, &d, &e) != RC_OK) {
        code = call_failed(c, &e);
    } else {
        code = call_option(c, "--export") ? export_findings(c, &d, call_option(c, "--export"))
               : writes                   ? record(c, &d)
                                          : print_findings(c, &d);
        desk_close(&d);
    }
    session_close(s);
    return code;
}

const struct command command_findings = {
    .name = "findings", .usage = "FILE [KIND key=value ..]", .help = MSG_CLI_FINDINGS_HELP, .args_min = 1, .args_max = ARGS_MAX,
    .option = {{"--export", "FILE.xlsx", MSG_CLI_OPT_EXPORT_FINDINGS}}, .run = run_findings};

/* view_plan.c -- the plan as a tick-list: what the room says is ticked and becomes the order behind
 * it. The state of a clause comes from the log as it is now, never from what was ticked. */
#include <string.h>

#include "base/num.h"
#include "ui/view_parts.h"

enum { BOX_W = 26, ROW_H = 62 };

struct plan {
    struct view *v;
    struct ui *ui;
    const struct snapshot *n;
};

/* ---- what a clause's event is brought about by ---- */

static int verb_for(int event)
{
    static const struct {
        int event, verb;
    } nearest[] = {{EV_LEVEL_STARTED, VERB_LEVEL},
                   {EV_LEVEL_ENDED, VERB_END_RESPONSE},
                   {EV_POST_ORDERED, VERB_POST},
                   {EV_POST_OPENED, VERB_POST},
                   {EV_COMMANDER_NAMED, VERB_COMMANDER},
                   {EV_GROUP_FORMED, VERB_GROUP},
                   {EV_GROUP_STAFFED, VERB_GROUP},
                   {EV_CONSULT_STARTED, VERB_CONSULT},
                   {EV_CONSULT_HELD, VERB_CONSULT},
                   {EV_PLAN_APPROVED, VERB_APPROVE},
                   {EV_REPORT_SENT, VERB_REPORT},
                   {EV_REPORT_RECEIVED, VERB_REPORT},
                   {EV_WARNING_ISSUED, VERB_WARN},
                   {EV_PEOPLE_WARNED, VERB_WARN},
                   {EV_CALL_MADE, VERB_CALL},
                   {EV_CALL_ANSWERED, VERB_CALL},
                   {EV_QUESTION_ASKED, VERB_ASK},
                   {EV_QUESTION_ANSWERED, VERB_ASK},
                   {EV_TEAM_ORDERED, VERB_DISPATCH},
                   {EV_TEAM_TOLD, VERB_DISPATCH},
                   {EV_TEAM_DEPARTED, VERB_DISPATCH},
                   {EV_TEAM_ARRIVED, VERB_DISPATCH},
                   {EV_TASK_STARTED, VERB_DISPATCH},
                   {EV_TASK_DONE, VERB_DISPATCH},
                   {EV_LINE_DONE, VERB_DISPATCH},
                   {EV_TEAM_WITHDRAWN, VERB_WITHDRAW},
                   {EV_ROAD_CLOSED, VERB_CLOSE},
                   {EV_ROAD_OPENED, VERB_OPEN},
                   {EV_EVACUATION_ORDERED, VERB_EVACUATE},
                   {EV_PEOPLE_MOVED, VERB_EVACUATE},
                   {EV_SHELTER_OPENED, VERB_SHELTER},
                   {EV_REQUEST_MADE, VERB_REQUEST},
                   {EV_REQUEST_READ, VERB_REQUEST},
                   {EV_REQUEST_ACCEPTED, VERB_REQUEST},
                   {EV_REQUEST_DONE, VERB_REQUEST},
                   {EV_REQUEST_CLOSED, VERB_REQUEST},
                   {EV_SUPPLY_SENT, VERB_SEND},
                   {EV_SUPPLY_CAME, VERB_SEND},
                   {EV_STATEMENT, VERB_STATE}};
    for (int i = 0; i < COUNT_OF(nearest); i++) {
        if (nearest[i].event == event)
            return nearest[i].verb;
    }
    return -1;
}

/* "指挥部在…开设": an event of no particular place. */
static const char *event_words(struct plan *p, int kind)
{
    const struct event_row *row = event_row(kind);
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    bool inside = false;
    for (const char *c = p->v->lang == LANG_ZH ? row->zh : row->en; *c; c++) {
        if (*c == '{')
            buf_str(&b, "…");
        inside = *c == '{' || (inside && *c != '}');
        if (!inside && *c != '}')
            buf_char(&b, *c);
    }
    return list_keep(p->ui->list, line);
}

/* ---- the order behind a clause ---- */

static bool order_of(const struct plan *p, int i, struct order *o)
{
    const struct clause *c = &p->n->atlas->clause[i];
    *o =
        (struct order){.verb = c->what.verb >= 0    ? c->what.verb
                               : c->what_event >= 0 ? verb_for(c->what_event)
                                                    : -1,
                       .agency = c->agency >= 0                             ? c->agency
                                 : c->what.agency >= 0 && c->what.verb >= 0 ? c->what.agency
                                                                            : view_commander(p->n)};
    if (o->verb < 0)
        return false;
    if (c->what.verb >= 0) {
        o->given = c->what.given;
        memcpy(o->arg, c->what.arg, sizeof(o->arg));
    }
    if (verb_row(o->verb)->who != WHO_SEAT)
        o->agency = -1;
    return true;
}

/* The line as the room's language types it; a name with a blank in it would not be read back, so
 * then the canonical line. */
static void write_order(const struct plan *p, const struct order *o, struct buf *out)
{
    const struct verb_row *row = verb_row(o->verb);
    char word[TITLE_BYTES * 2];
    bool plain = p->v->lang == LANG_ZH && o->agency >= 0;
    struct buf w = BUF_ON(word);
    if (plain)
        value_format(VK_AGENCY, o->agency, p->n->atlas, LANG_ZH, false, &w);
    buf_text(out, (struct text){w.at, w.len});
    buf_char(out, ' ');
    buf_str(out, row->zh);
    plain = plain && !strchr(word, ' ');
    for (int a = 0; a < ORDER_ARGS && row->arg[a].name && plain; a++) {
        if (!order_has(o, a))
            continue;
        buf_clear(&w);
        value_format(row->arg[a].kind, o->arg[a], p->n->atlas, LANG_ZH, false, &w);
        plain = w.len > 0 && !strchr(word, ' ');
        buf_char(out, ' ');
        if (row->arg[a].how != HOW_POS) {
            buf_str(out, row->arg[a].zh);
            buf_char(out, row->arg[a].how == HOW_KEY ? '=' : ' ');
        }
        buf_str(out, word);
    }
    if (plain)
        return;
    buf_clear(out);
    order_format(o, p->n->atlas, false, out);
}

/* "at" and "to" are not what is missing: a place is. */
static const char *what_it_is(const struct view *v, const struct verb_arg *arg)
{
    if (arg->how == HOW_WORD && arg->kind == VK_PLACE)
        return SAY0(v, MSG_PLAN_A_PLACE);
    if (arg->how == HOW_WORD && arg->kind == VK_AGENCY)
        return SAY0(v, MSG_PLAN_AN_AGENCY);
    return v->lang == LANG_ZH ? arg->zh : arg->name;
}

/* Names of the arguments that must still be said; "" when the line can be given as it is. */
static const char *missing(const struct plan *p, const struct order *o)
{
    const struct verb_row *row = verb_row(o->verb);
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    for (int a = 0; a < ORDER_ARGS && row->arg[a].name; a++) {
        if (!row->arg[a].required || order_has(o, a))
            continue;
        buf_str(&b, b.len == 0 ? "" : p->v->lang == LANG_ZH ? "、" : ", ");
        buf_str(&b, what_it_is(p->v, &row->arg[a]));
    }
    if (o->verb == VERB_STATE)
        buf_str(&b, SAY0(p->v, MSG_PLAN_STATEMENT));
    return list_keep(p->ui->list, line);
}

/* Into the line for orders, to be completed; one Enter gives it, like any order. */
static void tick(struct plan *p, int i)
{
    struct order o;
    char line[UI_TEXT];
    struct buf b = BUF_ON(line);
    p->v->clause = i;
    if (!order_of(p, i, &o))
        return;
    write_order(p, &o, &b);
    if (missing(p, &o)[0])
        buf_char(&b, ' ');
    ui_edit_set(&p->v->order, line);
    p->v->correct = 0;
    ui_focus(p->ui, "order");
}

/* ---- the list ---- */

static const char *state_word(const struct plan *p, int i, uint32_t *colour)
{
    const struct clause_result *r = &p->n->clause[i];
    const struct theme *th = p->ui->theme;
    const uint32_t colours[] = {[PLAN_MET] = th->good,
                                [PLAN_LATE] = th->warn,
                                [PLAN_VIOLATED] = th->bad,
                                [PLAN_NOT_TRIGGERED] = th->idle,
                                [PLAN_UNTESTED] = th->accent};
    int64_t left = r->due_ms - p->n->now_ms;
    bool running = r->state == PLAN_UNTESTED && left > 0 && p->n->phase < SESSION_FINISHED;
    *colour = running && left < 10 * 60000 ? th->warn : colours[r->state];
    return running ? SAYF(p->ui, p->v, MSG_PLAN_TIME_LEFT, arg_i((left + 59999) / 60000))
                   : say_title(p->ui, p->v->lang, plan_state_title(r->state));
}

static const char *who(const struct plan *p, const struct clause *c)
{
    return c->agency >= 0 ? say_name(p->ui, p->v, p->n, ENT_AGENCY, c->agency)
                          : SAY0(p->v, MSG_PLAN_ANYBODY);
}

static const char *trigger(struct plan *p, const struct clause *c)
{
    return c->trigger_inject >= 0  ? say_name(p->ui, p->v, p->n, ENT_INJECT, c->trigger_inject)
           : c->trigger_event >= 0 ? event_words(p, c->trigger_event)
                                   : SAY0(p->v, MSG_PLAN_FROM_START);
}

static void clause_row(void *ctx, int i, struct ui_row *out)
{
    struct plan *p = ctx;
    const struct clause *c = &p->n->atlas->clause[i];
    uint32_t colour;
    bool done = p->n->clause[i].done_ms >= 0;
    out->cell[2] = (struct ui_cell){state_word(p, i, &colour), 0, true, false};
    out->cell[2].colour = colour;
    out->cell[0] = (struct ui_cell){done ? "☑" : "☐",
                                    done ? p->ui->theme->good : p->ui->theme->ink_dim, false, true};
    out->cell[1].text = say_name(p->ui, p->v, p->n, ENT_CLAUSE, i);
    out->below = SAYF(p->ui, p->v, MSG_PLAN_ROW, arg_s(who(p, c)), arg_i(c->within_ms / 60000),
                      arg_s(trigger(p, c)));
}

/* ---- the chosen clause ---- */

static double line(struct plan *p, struct rect r, double y, enum msg name, const char *text,
                   double h)
{
    ui_text(p->ui, (struct rect){r.x, y, 52, 18}, SAY0(p->v, name),
            &(struct label){.size = 11.5, .colour = p->ui->theme->accent, .lines = 1});
    ui_text(p->ui, (struct rect){r.x + 54, y, r.w - 54, h}, text,
            &(struct label){.size = 12, .lines = (int)(h / 17)});
    return y + h;
}

static void done_by(struct plan *p, const struct clause_result *r, struct rect at)
{
    char text[32];
    struct buf b = BUF_ON(text);
    buf_char(&b, '#');
    buf_i64(&b, r->done_event);
    if (!ui_button(p->ui, "plan_done", at, text, 0, NULL))
        return;
    p->v->log_order = r->by_order ? r->done_event : 0;
    p->v->log_event = r->by_order ? 0 : r->done_event;
    p->v->log_show = true;
    p->v->filter = LOG_ALL;
    p->v->right = RIGHT_LOG;
}

static const char *what_next(struct plan *p, int i, const struct order *o, bool order)
{
    const struct clause *c = &p->n->atlas->clause[i];
    if (!order)
        return c->what_event >= 0
                   ? SAYF(p->ui, p->v, MSG_PLAN_MET_BY, arg_s(event_words(p, c->what_event)))
                   : SAY0(p->v, MSG_PLAN_FOR_EXPERTS);
    const char *lacks = missing(p, o);
    return lacks[0] ? SAYF(p->ui, p->v, MSG_PLAN_MISSING, arg_s(lacks))
                    : SAY0(p->v, MSG_PLAN_READY);
}

static void detail(struct plan *p, int i, struct rect r)
{
    const struct clause *c = &p->n->atlas->clause[i];
    const struct clause_result *res = &p->n->clause[i];
    const struct theme *th = p->ui->theme;
    struct order o;
    bool order = order_of(p, i, &o);
    double y = r.y;
    const char *when = res->trigger_ms >= 0
                           ? SAYF(p->ui, p->v, MSG_PLAN_TRIGGERED, arg_s(trigger(p, c)),
                                  arg_s(say_clock(p->ui, p->n, res->trigger_ms)),
                                  arg_s(say_clock(p->ui, p->n, res->due_ms)))
                           : SAYF(p->ui, p->v, MSG_PLAN_WAITS, arg_s(trigger(p, c)));
    y = line(p, r, y, MSG_PLAN_WHO,
             SAYF(p->ui, p->v, MSG_PLAN_WHO_LIMIT, arg_s(who(p, c)), arg_i(c->within_ms / 60000)),
             18);
    y = line(p, r, y, MSG_PLAN_TRIGGER, when, 35);
    if (c->what.verb < 0 && c->what_event >= 0)
        y = line(p, r, y, MSG_PLAN_WHAT, event_words(p, c->what_event), 18);
    if (res->done_ms >= 0) {
        y = line(p, r, y, MSG_PLAN_DONE, say_clock(p->ui, p->n, res->done_ms), 24);
        done_by(p, res, (struct rect){r.x + r.w - 64, y - 25, 64, 22});
    }
    if (res->impossible)
        y = line(p, r, y, MSG_PLAN_STATE, SAY0(p->v, MSG_PLAN_IMPOSSIBLE), 18);
    if (c->source.len > 0) {
        char source[256];
        (void)text_copy(source, (int)sizeof(source), c->source);
        y = line(p, r, y, MSG_PLAN_SOURCE, source, 35);
    }
    ui_text(p->ui, (struct rect){r.x, y, r.w, 36}, what_next(p, i, &o, order),
            &(struct label){.size = 12, .lines = 2, .colour = order ? th->ink : th->warn});
    if (ui_button(p->ui, "plan_tick", (struct rect){r.x, r.y + r.h - 28, r.w, 26},
                  SAY0(p->v, MSG_PLAN_TICK),
                  order && p->n->phase < SESSION_FINISHED ? BUTTON_ACCENT : BUTTON_OFF,
                  SAY0(p->v, MSG_PLAN_TICK_TIP)))
        tick(p, i);
}

void view_plan(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    struct plan p = {v, ui, n};
    int clauses = ATLAS_COUNT(n->atlas, ENT_CLAUSE), was = v->clause;
    double low = v->clause >= 0 && v->clause < clauses ? num_min(214, r.h * 0.48) : 0;
    struct ui_table t = {.rows = clauses,
                         .columns = 3,
                         .width = {0.08, 0.62, 0.3},
                         .row_height = ROW_H,
                         .ctx = &p,
                         .row = clause_row};
    struct rect list = {r.x, r.y, r.w, r.h - low - (low > 0 ? 6 : 0)};
    bool open = n->phase < SESSION_FINISHED, focused = ui->focus == ui_id("plan");
    bool box = ui->in.pressed && ui->in.x < r.x + BOX_W;
    int hit = ui_table(ui, "plan", list, &t, v->clause);
    if (hit >= 0)
        v->clause = hit;
    /* The box, or Enter and blank on the chosen one; taken, or the line for orders would take the
     * Enter as its own. */
    if (open && hit >= 0 && box)
        tick(&p, hit);
    else if (open && focused && was >= 0 && was < clauses &&
             (ui_take(ui, KEY_ENTER) || ui_take(ui, KEY_SPACE)))
        tick(&p, was);
    if (low > 0)
        detail(&p, was, (struct rect){r.x, r.y + r.h - low, r.w, low});
}

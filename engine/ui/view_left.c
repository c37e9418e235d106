/* view_left.c -- the left side: injects with guidance, agencies and their requests, the command post; the plan is view_plan.c. */
#include "base/num.h"
#include "ui/view_parts.h"

struct side {
    struct view *v;
    struct ui *ui;
    const struct snapshot *n;
    int list[INJECT_MAX];
    int count;
};

/* ---- injects ---- */

static uint32_t stage_colour(const struct theme *th, int stage)
{
    const uint32_t colours[] = {th->idle, th->accent, th->warn, th->good, th->ink_faint};
    return colours[stage];
}

static void inject_row(void *ctx, int i, struct ui_row *out)
{
    static const enum msg stages[] = {MSG_UI_WAITING, MSG_UI_DUE, MSG_UI_HELD, MSG_UI_FIRED, MSG_UI_CANCELLED};
    struct side *s = ctx;
    int id = s->list[i];
    int64_t due = s->n->inject_due_ms[id];
    int stage = s->n->inject_stage[id];
    static const enum msg why[] = {MSG_UI_BY_TIME, MSG_UI_BY_WORLD, MSG_UI_BY_DECISION, MSG_UI_BY_CHAIN, MSG_UI_BY_HAND};
    out->cell[0].text = due >= 0 ? say_clock(s->ui, s->n, due) : SAY0(s->v, why[s->n->atlas->inject[id].trigger]);
    out->cell[0].colour = s->ui->theme->ink_dim;
    out->cell[1].text = say_name(s->ui, s->v, s->n, ENT_INJECT, id);
    out->cell[1].bold = s->n->atlas->inject[id].decide;
    bool untrue = view_untrue(s->n, id);
    out->cell[2] = (struct ui_cell){SAY0(s->v, untrue ? MSG_UI_UNTRUE : stages[stage]),
                                    untrue ? s->ui->theme->bad : stage_colour(s->ui->theme, stage), true, false};
}

/* Those to come by time first, then what waits for something, then what is over. */
static int64_t inject_key(const struct snapshot *n, int i)
{
    bool over = n->inject_stage[i] == INJECT_FIRED || n->inject_stage[i] == INJECT_CANCELLED;
    int64_t due = n->inject_due_ms[i] >= 0 ? n->inject_due_ms[i] : INT64_MAX / 8;
    return over ? INT64_MAX / 4 + due : due;
}

static void sort_injects(struct side *s)
{
    s->count = ATLAS_COUNT(s->n->atlas, ENT_INJECT);
    for (int i = 0; i < s->count; i++) {
        int k = i;
        for (; k > 0 && inject_key(s->n, s->list[k - 1]) > inject_key(s->n, i); k--)
            s->list[k] = s->list[k - 1];
        s->list[k] = i;
    }
}

static void inject_order(struct view *v, const struct snapshot *n, const char *verb, int inject, const char *rest)
{
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    buf_str(&b, verb);
    buf_char(&b, ' ');
    buf_text(&b, names_name(&n->atlas->names, ENT_INJECT, inject));
    buf_str(&b, rest);
    view_order(v, n, -1, line);
}

static void inject_buttons(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    int i = v->inject, stage = n->inject_stage[i];
    bool over = stage == INJECT_FIRED, running = n->phase < SESSION_FINISHED;
    int off = over || !running ? BUTTON_OFF : 0;
    double w = (r.w - 12) / 4;
    if (ui_button(ui, "fire", (struct rect){r.x, r.y, w, 26}, SAY0(v, MSG_UI_INJECT_NOW), off | BUTTON_ACCENT, SAY0(v, MSG_UI_INJECT_NOW_TIP)))
        inject_order(v, n, "inject", i, "");
    if (ui_button(ui, "hold", (struct rect){r.x + w + 4, r.y, w, 26}, SAY0(v, MSG_UI_HOLD), off, SAY0(v, MSG_UI_HOLD_TIP)))
        inject_order(v, n, "hold", i, "");
    if (ui_button(ui, "later", (struct rect){r.x + 2 * (w + 4), r.y, w, 26}, SAY0(v, MSG_UI_LATER), off, SAY0(v, MSG_UI_LATER_TIP))) {
        char rest[48];
        struct buf b = BUF_ON(rest);
        int64_t due = n->inject_due_ms[i] > n->now_ms ? n->inject_due_ms[i] : n->now_ms;
        buf_str(&b, " to ");
        offset_format(due + 10 * 60000, &b);
        inject_order(v, n, "reschedule", i, rest);
    }
    if (ui_button(ui, "cancel", (struct rect){r.x + 3 * (w + 4), r.y, w, 26}, SAY0(v, MSG_UI_CANCEL), off, SAY0(v, MSG_UI_CANCEL_TIP)))
        inject_order(v, n, "cancel", i, "");
}

/* A text of the scenario; NULL when there is none. */
static const char *part_text(struct view *v, struct ui *ui, struct title t)
{
    return t.zh.len + t.en.len > 0 ? say_title(ui, v->lang, t) : NULL;
}

static void inject_detail(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    const struct inject *in = &n->atlas->inject[v->inject];
    const struct { enum msg head; const char *text; double share; } part[] = {
        {MSG_UI_UNTRUE_HEAD, view_untrue(n, v->inject) ? SAY0(v, MSG_UI_UNTRUE_TIP) : NULL, 0.3},
        {MSG_UI_MESSAGE, part_text(v, ui, in->message), 0.4}, {MSG_UI_GUIDANCE, part_text(v, ui, in->guidance), 0.28},
        {MSG_UI_EXPECTED, part_text(v, ui, in->expected), 0.32}, {MSG_UI_CHAIN, view_chain(v, ui, n, v->inject), 0.7}};
    inject_buttons(v, ui, n, r);
    double y = r.y + 32, room = r.h - 32, shares = 0;
    for (int i = 0; i < COUNT_OF(part); i++)
        shares += part[i].text ? part[i].share : 0;
    for (int i = 0; i < COUNT_OF(part); i++) {
        if (!part[i].text)
            continue; /* no heading over nothing */
        double h = room * part[i].share / shares;
        ui_text(ui, (struct rect){r.x, y, r.w, 16}, SAY0(v, part[i].head), &(struct label){.size = 11.5, .colour = ui->theme->accent, .lines = 1});
        ui_text_tip(ui, (struct rect){r.x, y + 17, r.w, h - 18}, part[i].text,
                &(struct label){.size = 12.5, .lines = (int)num_max(2, (h - 18) / 18)});
        y += h;
    }
}

static void injects(struct side *s, struct rect r)
{
    struct view *v = s->v;
    sort_injects(s);
    double strip = view_agenda(v, s->ui, s->n, r);
    r.y += strip;
    r.h -= strip;
    bool long_one = v->inject >= 0 && s->n->atlas->inject[v->inject].chain_count > 0;
    double low = v->inject >= 0 ? num_min(long_one ? 350 : 260, r.h * (long_one ? 0.6 : 0.48)) : 0;
    struct ui_table t = {.rows = s->count, .columns = 3, .width = {0.22, 0.52, 0.26}, .ctx = s, .row = inject_row};
    int now = -1;
    for (int i = 0; i < s->count; i++)
        now = s->list[i] == v->inject ? i : now;
    int hit = ui_table(s->ui, "injects", (struct rect){r.x, r.y, r.w, r.h - low - 34}, &t, now);
    if (hit >= 0)
        v->inject = s->list[hit];
    if (ui_button(s->ui, "improvise", (struct rect){r.x, r.y + r.h - low - 30, r.w, 26}, SAY0(v, MSG_UI_IMPROVISE), 0, SAY0(v, MSG_UI_IMPROVISE_TIP))) {
        ui_edit_set(&v->order, v->lang == LANG_ZH ? "导调 临时注入 \"【演练】" : "facilitator improvise \"EXERCISE. ");
        ui_focus(s->ui, "order");
    }
    if (v->inject >= 0)
        inject_detail(v, s->ui, s->n, (struct rect){r.x, r.y + r.h - low + 2, r.w, low - 2});
}

/* ---- agencies ---- */

static int open_requests(const struct snapshot *n, int agency)
{
    int count = 0;
    for (int i = 0; i < n->requests; i++)
        count += n->request[i].to == agency && n->request[i].state <= 2;
    return count;
}

static void agency_row(void *ctx, int i, struct ui_row *out)
{
    struct side *s = ctx;
    int open = open_requests(s->n, i);
    bool played = s->n->atlas->agency[i].played;
    out->cell[0].text = say_name(s->ui, s->v, s->n, ENT_AGENCY, i);
    out->cell[0].bold = i == s->n->command.commander;
    out->cell[1] = (struct ui_cell){played ? SAY0(s->v, MSG_UI_SEAT) : SAY0(s->v, MSG_UI_SIMULATED),
                                    played ? s->ui->theme->accent : s->ui->theme->idle, true, false};
    if (open > 0) {
        char count[16];
        struct buf b = BUF_ON(count);
        buf_i64(&b, open);
        out->cell[2] = (struct ui_cell){list_keep(s->ui->list, count), s->ui->theme->warn, true, false};
    }
}

static void request_row(void *ctx, int i, struct ui_row *out)
{
    static const enum msg states[] = {MSG_UI_REQ_MADE, MSG_UI_REQ_READ, MSG_UI_REQ_ACCEPTED, MSG_UI_REQ_REFUSED, MSG_UI_REQ_DONE,
                                      MSG_UI_REQ_CLOSED, MSG_UI_REQ_ORPHAN};
    struct side *s = ctx;
    const struct request_view *q = &s->n->request[s->n->requests - 1 - i];
    const struct theme *th = s->ui->theme;
    const uint32_t colours[] = {th->idle, th->accent, th->warn, th->bad, th->good, th->good, th->bad};
    out->cell[0].text = say_clock(s->ui, s->n, q->made_ms);
    out->cell[0].colour = th->ink_dim;
    out->cell[1].text = say_name(s->ui, s->v, s->n, ENT_SERVICE, q->service);
    out->cell[2] = (struct ui_cell){SAY0(s->v, states[q->state]), colours[q->state], true, false};
}

/* What the chosen agency can be asked for: one click. */
static void services(struct side *s, struct rect r)
{
    struct view *v = s->v;
    double y = r.y;
    for (int i = 0; i < ATLAS_COUNT(s->n->atlas, ENT_SERVICE) && y + 26 < r.y + r.h; i++) {
        if (s->n->atlas->service[i].agency != v->agency)
            continue;
        char id[32], line[LINE_BYTES];
        struct buf b = BUF_ON(id), l = BUF_ON(line);
        buf_str(&b, "service");
        buf_i64(&b, i);
        if (ui_button(s->ui, id, (struct rect){r.x, y, r.w, 24}, SAYF(s->ui, v, MSG_UI_ASK_FOR, names_arg(&s->n->atlas->names, ENT_SERVICE, i)), 0, NULL)) {
            int from = view_commander(s->n);
            buf_str(&l, "request ");
            buf_text(&l, names_name(&s->n->atlas->names, ENT_SERVICE, i));
            view_order(v, s->n, from, line);
        }
        y += 28;
    }
}

static void agencies(struct side *s, struct rect r)
{
    struct view *v = s->v;
    double top = r.h * 0.42, mid = v->agency >= 0 ? r.h * 0.2 : 0;
    struct ui_table t = {.rows = ATLAS_COUNT(s->n->atlas, ENT_AGENCY), .columns = 3, .width = {0.58, 0.26, 0.16}, .ctx = s, .row = agency_row};
    int hit = ui_table(s->ui, "agencies", (struct rect){r.x, r.y, r.w, top}, &t, v->agency);
    if (hit >= 0)
        v->agency = hit;
    if (v->agency >= 0) {
        double taken = view_posts(v, s->ui, s->n, (struct rect){r.x, r.y + top + 6, r.w, r.h * 0.16});
        top += taken;
        services(s, (struct rect){r.x, r.y + top + 6, r.w, mid});
    }
    ui_text(s->ui, (struct rect){r.x, r.y + top + mid + 8, r.w, 20}, SAY0(v, MSG_UI_REQUESTS), &(struct label){.size = 12, .bold = true, .lines = 1});
    struct ui_table q = {.rows = s->n->requests, .columns = 3, .width = {0.18, 0.52, 0.3}, .ctx = s, .row = request_row};
    (void)ui_table(s->ui, "requests", (struct rect){r.x, r.y + top + mid + 30, r.w, r.h - top - mid - 30}, &q, -1);
}

/* ---- the command post ---- */

static double fact(struct side *s, struct rect r, double y, enum msg name, const char *value, uint32_t colour)
{
    ui_text(s->ui, (struct rect){r.x, y, r.w * 0.38, 20}, SAY0(s->v, name), &(struct label){.size = 12.5, .colour = s->ui->theme->ink_dim, .lines = 1});
    ui_text_tip(s->ui, (struct rect){r.x + r.w * 0.38, y, r.w * 0.62, 20}, value, &(struct label){.size = 12.5, .bold = true, .lines = 1, .colour = colour});
    return y + 22;
}

static void group_row(void *ctx, int i, struct ui_row *out)
{
    static const enum msg states[] = {MSG_UI_GROUP_NONE, MSG_UI_GROUP_FORMED, MSG_UI_GROUP_STAFFED};
    struct side *s = ctx;
    const struct theme *th = s->ui->theme;
    int groups = ATLAS_COUNT(s->n->atlas, ENT_GROUP);
    if (i < groups) {
        int state = s->n->group[i];
        out->cell[0].text = say_name(s->ui, s->v, s->n, ENT_GROUP, i);
        out->cell[1].text = say_name(s->ui, s->v, s->n, ENT_AGENCY, s->n->atlas->group[i].lead);
        out->cell[1].colour = th->ink_dim;
        out->cell[2] = (struct ui_cell){SAY0(s->v, states[state]), state == 2 ? th->good : state == 1 ? th->warn : th->idle, true, false};
        return;
    }
    int c = i - groups;
    char percent[16];
    struct buf b = BUF_ON(percent);
    buf_i64(&b, s->n->channel[c]);
    buf_str(&b, " %");
    out->cell[0].text = say_name(s->ui, s->v, s->n, ENT_CHANNEL, c);
    out->cell[2] = (struct ui_cell){list_keep(s->ui->list, percent), s->n->channel[c] >= 100 ? th->good : s->n->channel[c] > 0 ? th->warn : th->bad, true, false};
}

static void post(struct side *s, struct rect r)
{
    const struct command_view *c = &s->n->command;
    const struct theme *th = s->ui->theme;
    struct view *v = s->v;
    const char *none = SAY0(v, MSG_UI_NONE);
    double y = r.y;
    y = fact(s, r, y, MSG_UI_LEVEL, c->level ? say_word(v, s->ui, VK_LEVEL, c->level) : none, c->level ? th->good : th->bad);
    y = fact(s, r, y, MSG_UI_COMMANDER, c->commander >= 0 ? say_name(s->ui, v, s->n, ENT_AGENCY, c->commander) : none, c->commander >= 0 ? th->good : th->bad);
    y = fact(s, r, y, MSG_UI_POST, c->post_place >= 0 ? say_name(s->ui, v, s->n, ENT_PLACE, c->post_place) : none, c->post_open ? th->good : th->bad);
    y = fact(s, r, y, MSG_UI_COMMS_CHECKED, c->comms_checked ? SAY0(v, MSG_UI_YES) : SAY0(v, MSG_UI_NO), c->comms_checked ? th->good : th->bad);
    y = fact(s, r, y, MSG_UI_CONSULTED, SAYF(s->ui, v, MSG_UI_TIMES, arg_i(c->consultations)), c->consultations ? th->good : th->bad);
    y = fact(s, r, y, MSG_UI_APPROVED, c->plan_approved ? SAY0(v, MSG_UI_YES) : SAY0(v, MSG_UI_NO), c->plan_approved ? th->good : th->bad);
    y = fact(s, r, y, MSG_UI_REPORTED, c->first_report_ms >= 0 ? say_clock(s->ui, s->n, c->first_report_ms) : none, c->first_report_ms >= 0 ? th->good : th->bad);
    struct ui_table t = {.rows = ATLAS_COUNT(s->n->atlas, ENT_GROUP) + ATLAS_COUNT(s->n->atlas, ENT_CHANNEL), .columns = 3,
                         .width = {0.44, 0.34, 0.22}, .ctx = s, .row = group_row};
    (void)ui_table(s->ui, "groups", (struct rect){r.x, y + 6, r.w, r.y + r.h - y - 6}, &t, -1);
}

void view_left(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    struct side s = {.v = v, .ui = ui, .n = n};
    const char *names[LEFT_TABS] = {SAY0(v, MSG_UI_INJECTS), SAY0(v, MSG_UI_AGENCIES), SAY0(v, MSG_UI_POST), SAY0(v, MSG_UI_PLAN)};
    struct rect in = ui_panel(ui, r, NULL);
    v->left = (enum left_tab)ui_tabs(ui, "left", (struct rect){in.x, in.y, in.w, 28}, names, LEFT_TABS, (int)v->left);
    struct rect rest = {in.x, in.y + 34, in.w, in.h - 34};
    if (v->left == LEFT_INJECTS)
        injects(&s, rest);
    else if (v->left == LEFT_AGENCIES)
        agencies(&s, rest);
    else if (v->left == LEFT_POST)
        post(&s, rest);
    else
        view_plan(v, ui, n, rest);
}

/* view_right.c -- the right side: the log with filters, teams, curves, the score; and the facts of what was clicked. */
#include <string.h>

#include "base/num.h"
#include "ui/view_parts.h"

enum { LOG_MAX = 8192 };

struct log_side {
    struct view *v;
    struct ui *ui;
    const struct snapshot *n;
    int32_t row[LOG_MAX]; /* event index, or -1 - order index */
    int count;
};

/* ---- the log ---- */

static bool wanted(enum log_filter filter, const struct event *e)
{
    switch (filter) {
    case LOG_ORDERS:
        return false;
    case LOG_INJECTS:
        return event_class(e->kind) == EVENT_INJECT;
    case LOG_LOSSES:
        return event_class(e->kind) == EVENT_LOSS;
    default:
        return event_class(e->kind) != EVENT_QUIET;
    }
}

/* Orders and events in order of time; the newest LOG_MAX. */
static void collect(struct log_side *s)
{
    int64_t o = s->n->orders, e = s->n->events;
    int at = LOG_MAX;
    bool orders = s->v->filter == LOG_ALL || s->v->filter == LOG_ORDERS;
    while (at > 0 && (e > 0 || (orders && o > 0))) {
        bool take_event = !orders || o == 0 || (e > 0 && s->n->event[e - 1].t_ms > s->n->order[o - 1].at_ms);
        if (take_event) {
            if (e == 0)
                break;
            e--;
            if (wanted(s->v->filter, &s->n->event[e]))
                s->row[--at] = (int32_t)e;
        } else {
            o--;
            s->row[--at] = (int32_t)(-1 - o);
        }
    }
    s->count = LOG_MAX - at;
    memmove(s->row, s->row + at, sizeof(s->row[0]) * (size_t)s->count);
}

static uint32_t event_colour(const struct theme *th, const struct event *e)
{
    if (e->kind >= EV_INJECT_FIRED && e->kind <= EV_INJECT_MOVED)
        return th->accent;
    return wanted(LOG_LOSSES, e) ? th->bad : th->ink;
}

static void log_row(void *ctx, int i, struct ui_row *out)
{
    struct log_side *s = ctx;
    const struct theme *th = s->ui->theme;
    int32_t r = s->row[i];
    if (r >= 0) {
        out->cell[0].text = say_clock(s->ui, s->n, s->n->event[r].t_ms);
        out->cell[1].text = say_event(s->ui, s->v, s->n, &s->n->event[r]);
        out->cell[1].colour = event_colour(th, &s->n->event[r]);
    } else {
        char line[LINE_BYTES];
        struct buf b = BUF_ON(line);
        const struct order *o = &s->n->order[-1 - r];
        buf_char(&b, '#');
        buf_i64(&b, o->seq);
        buf_char(&b, ' ');
        order_say(o, s->n->atlas, s->v->lang, &b);
        out->cell[0].text = say_clock(s->ui, s->n, o->at_ms);
        out->cell[1].text = list_keep(s->ui->list, line);
        out->cell[1].colour = th->good;
        out->back = colour_alpha(th->good, 0.08);
    }
    out->cell[0].colour = th->ink_dim;
}

static void correct_button(struct log_side *s, struct rect r)
{
    struct view *v = s->v;
    if (!ui_button(s->ui, "correct", r, SAYF(s->ui, v, MSG_UI_CORRECT_N, arg_i(v->log_order)), BUTTON_ACCENT, SAY0(v, MSG_UI_CORRECT_TIP)))
        return;
    char line[UI_TEXT];
    struct buf b = BUF_ON(line);
    order_format(&s->n->order[v->log_order - 1], s->n->atlas, false, &b);
    ui_edit_set(&v->order, line);
    v->correct = v->log_order;
    ui_focus(s->ui, "order");
}

static void log_tab(struct log_side *s, struct rect r)
{
    struct view *v = s->v;
    const char *names[LOG_FILTERS] = {SAY0(v, MSG_UI_FILTER_ALL), SAY0(v, MSG_UI_FILTER_ORDERS), SAY0(v, MSG_UI_FILTER_INJECTS), SAY0(v, MSG_UI_FILTER_LOSSES)};
    bool open = v->filter_open;
    collect(s);
    int now = -1;
    for (int i = 0; i < s->count; i++)
        now = (v->log_order > 0 && s->row[i] == -v->log_order) || (v->log_event > 0 && s->row[i] == v->log_event - 1) ? i : now;
    struct ui_table t = {.rows = s->count, .columns = 2, .width = {num_max(0.15 * r.w, 50), r.w - num_max(0.15 * r.w, 50)}, .row_height = 40, .ctx = s, .row = log_row, .to_end = true, .show = v->log_show};
    v->log_show = false;
    bool used = s->ui->used;
    s->ui->used = used || (open && s->ui->in.pressed);
    int hit = ui_table(s->ui, "log", (struct rect){r.x, r.y + 32, r.w, r.h - 32}, &t, now);
    s->ui->used = s->ui->used && !open ? s->ui->used : used;
    if (hit >= 0) {
        v->log_order = s->row[hit] < 0 ? -s->row[hit] : 0;
        v->log_event = s->row[hit] >= 0 ? s->n->event[s->row[hit]].seq : 0;
    }
    if (v->log_order > 0 && v->log_order <= s->n->orders && s->n->phase < SESSION_FINISHED)
        correct_button(s, (struct rect){r.x + r.w * 0.5, r.y, r.w * 0.5, 26});
    v->filter = (enum log_filter)ui_dropdown(s->ui, "filter", (struct rect){r.x, r.y, r.w * 0.46, 26}, names, LOG_FILTERS, (int)v->filter, &v->filter_open);
}

/* ---- teams ---- */

static void team_row(void *ctx, int i, struct ui_row *out)
{
    struct log_side *s = ctx;
    const struct theme *th = s->ui->theme;
    const struct team_view *t = &s->n->team[i];
    uint32_t colour = t->stage == W(STAGE, WORKING) ? th->good : t->stage == W(STAGE, MOVING) || t->stage == W(STAGE, MUSTER) ? th->accent
                      : t->stage == W(STAGE, BLOCKED) || t->stage == W(STAGE, LOST) ? th->bad : th->idle;
    out->cell[0].text = say_name(s->ui, s->v, s->n, ENT_TEAM, i);
    out->cell[1] = (struct ui_cell){say_word(s->v, s->ui, VK_STAGE, t->stage), colour, true, false};
    out->cell[2].text = t->place >= 0 ? say_name(s->ui, s->v, s->n, ENT_PLACE, t->place)
                        : t->eta_ms > s->n->now_ms ? SAYF(s->ui, s->v, MSG_UI_ETA, arg_s(say_clock(s->ui, s->n, (t->eta_ms + 30000) / 60000 * 60000))) : "";
    out->cell[2].colour = th->ink_dim;
    if (t->hurt + t->dead > 0) {
        out->cell[3].text = SAYF(s->ui, s->v, MSG_UI_HURT, arg_i(t->hurt + t->dead));
        out->cell[3].colour = th->bad;
    }
}

static void teams_tab(struct log_side *s, struct rect r)
{
    struct ui_table t = {.rows = ATLAS_COUNT(s->n->atlas, ENT_TEAM), .columns = 4, .width = {0.35, 0.23, 0.29, 0.13}, .ctx = s, .row = team_row};
    int hit = ui_table(s->ui, "teams", r, &t, s->v->team);
    if (hit >= 0) {
        s->v->team = hit;
        s->v->place = s->v->asset = -1;
    }
}

/* ---- curves ---- */

/* The next measure after i that is one of the window's curves; n->measures: there is none. */
static int next_headline(const struct snapshot *n, int i)
{
    for (i = i < n->measures ? i + 1 : i; i < n->measures && !(n->measure_row[i]->flags & MEASURE_HEADLINE); i++)
        continue;
    return i;
}

static void make_curves(struct view *v, const struct snapshot *n)
{
    if (v->curves_of == n->version * 2 + (v->lang == LANG_EN))
        return;
    v->curves_of = n->version * 2 + (v->lang == LANG_EN);
    arena_reset(&v->curve_arena);
    int64_t every = n->steps > 400 ? n->steps / 200 : 1, points = n->steps / every;
    for (int k = 0, m = -1; k < COUNT_OF(v->curve); k++) {
        v->curve[k] = (struct figure){.kind = FIGURE_CHART};
        m = next_headline(n, m);
        struct chart *c = ARENA_NEW(&v->curve_arena, struct chart, 1);
        struct chart_series *line = ARENA_NEW(&v->curve_arena, struct chart_series, 1);
        double *x = ARENA_NEW(&v->curve_arena, double, points + 1), *y = ARENA_NEW(&v->curve_arena, double, points + 1);
        if (m == n->measures || !c || !line || !x || !y)
            continue;
        for (int64_t i = 0; i < points; i++) {
            x[i] = (double)n->step_ms[i * every] / 1000.0;
            y[i] = n->measure[i * every * n->measures + m];
        }
        const struct measure_row *row = n->measure_row[m];
        *line = (struct chart_series){.x = x, .y = y, .count = (int)points, .fill = true};
        *c = (struct chart){.lang = v->lang, .title = v->lang == LANG_ZH ? row->zh : row->en, .unit = measure_unit(row, v->lang), .clock = true,
                            .clock_start_s = (double)n->atlas->meta.start_clock_ms / 1000.0, .x0 = 0,
                            .x1 = (double)n->atlas->meta.length_ms / 1000.0, .series = line, .series_count = 1,
                            .has_now = true, .now = (double)n->now_ms / 1000.0};
        v->curve[k].of = c;
    }
}

static void curves_tab(struct log_side *s, struct rect r)
{
    make_curves(s->v, s->n);
    double h = (r.h - 12) / 3;
    for (int k = 0; k < 3; k++) {
        if (s->v->curve[k].of)
            list_add(s->ui->list, (struct mark){.kind = DRAW_FIGURE, .r = {r.x, r.y + k * (h + 6), r.w, h}, .of = &s->v->curve[k],
                                                   .version = s->v->curves_of, .text = ((const struct chart *)s->v->curve[k].of)->title});
    }
}

/* ---- score ---- */

static void score_row(void *ctx, int i, struct ui_row *out)
{
    struct log_side *s = ctx;
    const struct theme *th = s->ui->theme;
    const struct scored *it = &s->n->eval.item[i];
    char points[24];
    struct buf b = BUF_ON(points);
    if (it->applicable && it->lost > 0.005) {
        buf_str(&b, "-");
        buf_fixed(&b, it->lost, 1);
    }
    out->cell[0].text = say_title(s->ui, s->v->lang, it->indicator->title);
    out->cell[1].text = list_keep(s->ui->list, points);
    out->cell[1].colour = th->bad;
    out->cell[1].bold = true;
    out->cell[2].text = list_keep(s->ui->list, it->reason[s->v->lang]);
    out->cell[2].colour = it->applicable ? th->ink_dim : th->ink_faint;
}

static void score_tab(struct log_side *s, struct rect r)
{
    struct view *v = s->v;
    if (!s->n->scored) {
        ui_text(s->ui, (struct rect){r.x, r.y + 10, r.w, 60}, SAY0(v, MSG_UI_NO_SCORE), &(struct label){.size = 13, .lines = 3});
        return;
    }
    char total[24];
    struct buf b = BUF_ON(total);
    buf_fixed(&b, s->n->eval.total, 1);
    ui_text(s->ui, (struct rect){r.x, r.y, r.w * 0.5, 44}, list_keep(s->ui->list, total), &(struct label){.size = 34, .bold = true, .digits = true, .lines = 1});
    ui_text(s->ui, (struct rect){r.x + r.w * 0.5, r.y, r.w * 0.5, 44}, say_title(s->ui, v->lang, grade_title(s->n->eval.grade)),
            &(struct label){.size = 24, .bold = true, .lines = 1, .align = ALIGN_RIGHT});
    if (ui_button(s->ui, "release", (struct rect){r.x, r.y + 48, r.w, 26}, v->score_released ? SAY0(v, MSG_UI_RELEASED) : SAY0(v, MSG_UI_RELEASE),
                  v->score_released ? BUTTON_ON : 0, SAY0(v, MSG_UI_RELEASE_TIP)))
        v->score_released = !v->score_released;
    struct ui_table t = {.rows = s->n->eval.items, .columns = 3, .width = {0.36, 0.14, 0.5}, .row_height = 42, .ctx = s, .row = score_row};
    (void)ui_table(s->ui, "score", (struct rect){r.x, r.y + 82, r.w, r.h - 82}, &t, -1);
}

void view_right(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    struct log_side s = {.v = v, .ui = ui, .n = n};
    const char *names[RIGHT_TABS] = {SAY0(v, MSG_UI_LOG), SAY0(v, MSG_UI_TEAMS), SAY0(v, MSG_UI_CURVES), SAY0(v, MSG_UI_SCORE)};
    struct rect in = ui_panel(ui, r, NULL);
    v->right = (enum right_tab)ui_tabs(ui, "right", (struct rect){in.x, in.y, in.w, 28}, names, RIGHT_TABS, (int)v->right);
    struct rect rest = {in.x, in.y + 34, in.w, in.h - 34};
    if (v->right == RIGHT_LOG)
        log_tab(&s, rest);
    else if (v->right == RIGHT_TEAMS && n->archived)
        view_archived(v, ui, n, rest);
    else if (v->right == RIGHT_TEAMS)
        teams_tab(&s, rest);
    else if (v->right == RIGHT_CURVES)
        curves_tab(&s, rest);
    else
        score_tab(&s, rest);
}

/* ---- facts and why ---- */

/* The newest event that speaks of it. */
static int64_t newest_about(const struct snapshot *n, enum value_kind kind, int id)
{
    for (int64_t i = n->events; i-- > 0;) {
        const struct event_row *row = event_row(n->event[i].kind);
        for (int k = 0; k < EVENT_INTS && row->field[k].kind != VK_NONE; k++) {
            if (row->field[k].kind == kind && n->event[i].i[k] == id && n->event[i].kind != EV_TEAM_SAW && n->event[i].kind != EV_TEAM_ROAD)
                return n->event[i].seq;
        }
    }
    return 0;
}

static void why(struct view *v, struct ui *ui, const struct snapshot *n, int64_t seq, struct rect r)
{
    int64_t chain[8];
    int count = seq > 0 ? eval_why(n->event, n->events, seq, chain, COUNT_OF(chain)) : 0;
    double y = r.y;
    ui_text(ui, (struct rect){r.x, y, r.w, 16}, SAY0(v, MSG_UI_WHY), &(struct label){.size = 11.5, .colour = ui->theme->accent, .lines = 1});
    for (int i = 0; i < count && y + 34 <= r.y + r.h; i++) {
        char line[LINE_BYTES];
        struct buf b = BUF_ON(line);
        y += 17;
        if (chain[i] > 0 && chain[i] <= n->events) {
            buf_str(&b, say_clock(ui, n, n->event[chain[i] - 1].t_ms));
            buf_char(&b, ' ');
            event_format(&n->event[chain[i] - 1], n->atlas, v->lang, &b);
        } else if (chain[i] < 0 && -chain[i] <= n->orders) {
            buf_char(&b, '#');
            buf_i64(&b, -chain[i]);
            buf_char(&b, ' ');
            order_say(&n->order[-chain[i] - 1], n->atlas, v->lang, &b);
        }
        ui_text_tip(ui, (struct rect){r.x, y, r.w, 17}, line, &(struct label){.size = 11.5, .lines = 1, .colour = chain[i] < 0 ? ui->theme->good : ui->theme->ink});
    }
}

/* A button for what the team of the side can be told to do at a place; beside the last one, or below. */
static void task_button(struct view *v, struct ui *ui, const struct snapshot *n, struct rect in, int32_t task, struct rect *at)
{
    char id[24];
    struct buf b = BUF_ON(id);
    if (task == W(TASK, STANDBY) || !task_set_has(n->atlas->team[v->team].tasks, task) ||
        (task_row(&n->atlas->names, task)->targets & ON_PLACE) == 0)
        return;
    buf_str(&b, "task");
    buf_i64(&b, task);
    if (at->x + 76 > in.x + in.w) {
        at->x = in.x;
        at->y += 28;
    }
    if (ui_button(ui, id, *at, say_word(v, ui, VK_TASK, task), v->task == task ? BUTTON_ON : 0, SAY0(v, MSG_UI_TASK_TIP)))
        v->task = v->task == task ? -1 : task;
    at->x += 78;
}

static void team_facts(struct view *v, struct ui *ui, const struct snapshot *n, struct rect in)
{
    const struct team_view *t = &n->team[v->team];
    const struct team *row = &n->atlas->team[v->team];
    ui_text(ui, (struct rect){in.x, in.y, in.w, 18},
            SAYF(ui, v, MSG_UI_TEAM_FACTS, arg_s(say_word(v, ui, VK_STAGE, t->stage)), arg_s(say_word(v, ui, VK_TASK, t->task)), arg_i(t->people),
                 arg_i(t->worked_ms / 60000)), &(struct label){.size = 12, .lines = 1});
    const struct team_stock *stock = &n->team_stock[v->team];
    if (stock->share >= 0.0) {
        ui_text(ui, (struct rect){in.x, in.y + 18, 60, 16}, say_title(ui, v->lang, stock->title), &(struct label){.size = 11.5, .lines = 1});
        ui_bar(ui, (struct rect){in.x + 62, in.y + 22, in.w - 62, 8}, stock->share, ui->theme->accent);
    }
    const struct names *names = &n->atlas->names;
    struct rect at = {in.x, in.y + 38, 74, 25};
    int32_t along = -1; /* the first task along a line that needs nobody's word */
    for (int32_t k = word_next(names, VK_TASK, -1); k >= 0; k = word_next(names, VK_TASK, k)) {
        const struct task_row *task = task_row(names, k);
        if (along < 0 && task_set_has(row->tasks, k) && (task->targets & ON_LINE) && !(task->flags & TASK_APPROVED))
            along = k;
        if ((task->flags & TASK_IDLE) == 0)
            task_button(v, ui, n, in, k, &at);
    }
    for (int32_t k = word_next(names, VK_TASK, -1); k >= 0; k = word_next(names, VK_TASK, k))
        if ((task_row(names, k)->flags & TASK_IDLE) != 0)
            task_button(v, ui, n, in, k, &at);
    double x, y = at.y;
    y += 29;
    x = in.x;
    for (int l = 0; l < ATLAS_COUNT(n->atlas, ENT_LINE) && along >= 0; l++) {
        if (n->atlas->line[l].kind >> OWN_BITS == OWN_CORE || y + 25 > in.y + in.h - 76)
            continue;
        char id[24], line[LINE_BYTES];
        struct buf b = BUF_ON(id), o = BUF_ON(line);
        buf_str(&b, "line");
        buf_i64(&b, l);
        if (ui_button(ui, id, (struct rect){x, y, 152, 25}, SAYF(ui, v, MSG_UI_BUILD, names_arg(&n->atlas->names, ENT_LINE, l)), 0, NULL)) {
            buf_str(&o, "dispatch ");
            buf_text(&o, names_name(&n->atlas->names, ENT_TEAM, v->team));
            buf_str(&o, " task=");
            buf_str(&o, word_name(names, VK_TASK, along));
            buf_str(&o, " line=");
            buf_text(&o, names_name(&n->atlas->names, ENT_LINE, l));
            buf_str(&o, " with=lookout");
            view_order(v, n, row->agency, line);
        }
        x += 156;
        if (x + 152 > in.x + in.w) {
            x = in.x;
            y += 28;
        }
    }
    if (ui_button(ui, "withdraw", (struct rect){in.x + in.w - 74, in.y + in.h - 72, 74, 22}, SAY0(v, MSG_UI_WITHDRAW), 0, SAY0(v, MSG_UI_WITHDRAW_TIP))) {
        char line[LINE_BYTES];
        struct buf o = BUF_ON(line);
        buf_str(&o, "withdraw ");
        buf_text(&o, names_name(&n->atlas->names, ENT_TEAM, v->team));
        view_order(v, n, row->agency, line);
    }
    why(v, ui, n, newest_about(n, VK_TEAM, v->team), (struct rect){in.x, in.y + in.h - 70, in.w, 70});
}

/* What can be set at the place: its mark lies under the place's own. How much room it took. */
static double place_assets(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    int place = v->place, count = 0;
    for (int i = 0; i < ATLAS_COUNT(n->atlas, ENT_ASSET); i++) {
        if (n->atlas->asset[i].place != place)
            continue;
        char id[24];
        struct buf b = BUF_ON(id);
        buf_str(&b, "asset");
        buf_i64(&b, i);
        if (ui_button(ui, id, (struct rect){r.x + count % 3 * 104.0, r.y + count / 3 * 28.0, 100, 25}, say_name(ui, v, n, ENT_ASSET, i), 0, NULL)) {
            v->asset = i;
            v->place = -1;
        }
        count++;
    }
    return (count + 2) / 3 * 28.0;
}

static void place_facts(struct view *v, struct ui *ui, const struct snapshot *n, struct rect in)
{
    static const struct { const char *id, *verb, *rest; enum msg name; int need; } acts[] = {
        {"act_move", "evacuate ", "", MSG_UI_EVACUATE, 1}, {"act_shelter", "shelter ", "", MSG_UI_OPEN_SHELTER, 2},
        {"act_post", "post at ", "", MSG_UI_SET_POST, 0},
        {"act_warn", "warn yellow to ", " elements=kind+level+start+area+notice+measures+issuer+time", MSG_UI_WARN, 1}};
    const struct place *row = &n->atlas->place[v->place];
    const struct place_view *p = &n->place[v->place];
    const struct felt *s = &n->place_feels[v->place];
    if (row->people > 0)
        ui_text(ui, (struct rect){in.x, in.y, in.w, 18}, SAYF(ui, v, MSG_UI_PLACE_FACTS, arg_i(row->people), arg_i(p->people), arg_i(p->moving), arg_i(p->moved)),
                &(struct label){.size = 12, .lines = 1});
    else if (row->capacity > 0)
        ui_text(ui, (struct rect){in.x, in.y, in.w, 18}, SAYF(ui, v, MSG_UI_SHELTER_FACTS, arg_i(p->sheltered), arg_i(row->capacity)), &(struct label){.size = 12, .lines = 1});
    if (s->distance_m < 1e8)
        ui_text(ui, (struct rect){in.x, in.y + 18, in.w, 18}, SAYF(ui, v, MSG_UI_DISTANCE, arg_i((int64_t)s->distance_m)),
                &(struct label){.size = 12, .lines = 1, .colour = s->danger > 0.0 ? ui->theme->bad : ui->theme->ink_dim});
    double x = in.x;
    for (int k = 0; k < COUNT_OF(acts); k++) {
        if ((acts[k].need == 1 && row->people <= 0) || (acts[k].need == 2 && row->capacity <= 0))
            continue;
        if (ui_button(ui, acts[k].id, (struct rect){x, in.y + 42, 74, 25}, SAY0(v, acts[k].name), 0, NULL)) {
            char line[LINE_BYTES];
            struct buf o = BUF_ON(line);
            buf_str(&o, acts[k].verb);
            buf_text(&o, names_name(&n->atlas->names, ENT_PLACE, v->place));
            buf_str(&o, acts[k].rest);
            view_order(v, n, view_commander(n), line);
        }
        x += 78;
    }
    int place = v->place; /* one of its assets may be chosen now */
    double y = 74 + place_assets(v, ui, n, (struct rect){in.x, in.y + 74, in.w, 28});
    why(v, ui, n, newest_about(n, VK_PLACE, place), (struct rect){in.x, in.y + y, in.w, in.h - y - 2});
}

/* How it stands, and a button a setting: in per cent, quarters. */
static void asset_facts(struct view *v, struct ui *ui, const struct snapshot *n, struct rect in)
{
    const struct asset *row = &n->atlas->asset[v->asset];
    const struct asset_state *s = &n->asset[v->asset];
    const struct names *names = &n->atlas->names;
    struct title is = word_title(names, VK_SETTING, s->is), wish = word_title(names, VK_SETTING, s->wish);
    ui_text(ui, (struct rect){in.x, in.y, in.w, 18},
            SAYF(ui, v, MSG_UI_ASSET_FACTS, arg_zh_en(is.zh.at, is.en.at), arg_zh_en(wish.zh.at, wish.en.at), names_arg(names, ENT_AGENCY, row->holder)),
            &(struct label){.size = 12, .lines = 1});
    ui_text(ui, (struct rect){in.x, in.y + 18, in.w, 18}, s->broken ? SAY0(v, MSG_UI_ASSET_BROKEN) : SAY0(v, row->remote >= 0 ? MSG_UI_ASSET_REMOTE : MSG_UI_ASSET_HAND),
            &(struct label){.size = 12, .lines = 1, .colour = s->broken ? ui->theme->bad : ui->theme->ink_dim});
    int32_t all[16];
    int count = 0;
    for (int percent = 0; percent <= 100; percent += 25)
        if (asset_takes(n->atlas, v->asset, SETTING_PERCENT + percent))
            all[count++] = SETTING_PERCENT + percent;
    for (int32_t k = asset_next_setting(n->atlas, v->asset, -1); k >= 0 && count < COUNT_OF(all); k = asset_next_setting(n->atlas, v->asset, k))
        all[count++] = k;
    for (int k = 0; k < count; k++) {
        char id[24];
        struct buf b = BUF_ON(id);
        buf_str(&b, "set");
        buf_i64(&b, k);
        if (ui_button(ui, id, (struct rect){in.x + k % 5 * 62.0, in.y + 40 + k / 5 * 28.0, 58, 25}, say_word(v, ui, VK_SETTING, all[k]),
                      s->is == all[k] ? BUTTON_ON : 0, SAY0(v, MSG_UI_ASSET_TIP))) {
            char line[LINE_BYTES];
            struct buf o = BUF_ON(line);
            buf_str(&o, "set ");
            buf_text(&o, names_name(names, ENT_ASSET, v->asset));
            buf_char(&o, ' ');
            buf_str(&o, word_name(names, VK_SETTING, all[k]));
            view_order(v, n, row->holder, line);
        }
    }
    double y = in.y + 42 + (count + 4) / 5 * 28.0;
    why(v, ui, n, newest_about(n, VK_ASSET, v->asset), (struct rect){in.x, y, in.w, in.y + in.h - y});
}

void view_facts(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    const char *name = v->team >= 0    ? say_name(ui, v, n, ENT_TEAM, v->team)
                       : v->asset >= 0 ? say_name(ui, v, n, ENT_ASSET, v->asset)
                                       : say_name(ui, v, n, ENT_PLACE, v->place);
    if (v->hide_truth)
        return; /* what is clicked shows the truth */
    struct rect in = ui_panel(ui, r, name);
    if (v->team >= 0)
        team_facts(v, ui, n, in);
    else if (v->asset >= 0)
        asset_facts(v, ui, n, in);
    else
        place_facts(v, ui, n, in);
    if (ui_over(ui, r) && ui->in.pressed)
        ui->used = true; /* not the map behind */
}

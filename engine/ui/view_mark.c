/* view_mark.c -- the experts' sheets: evaluators at the left, items in the middle, the chosen item at the right. The drill goes on beside. */
#include <string.h>

#include "base/hash.h"
#include "base/num.h"
#include "session/sets.h"
#include "ui/view_parts.h"

enum { ROWS_MAX = RUBRIC_ITEMS_MAX + 2 * RUBRIC_PROJECTS_MAX + 2, HEAD_LOG = -1000 };

struct sheet {
    struct view *v;
    struct ui *ui;
    const struct snapshot *n;
    const struct snap_panel *p;
    int row[ROWS_MAX]; /* an item, or -1 - a project as heading, or HEAD_LOG */
    int rows;
};

static const char *in_lang(const struct view *v, const char *const both[LANG_COUNT])
{
    return both[v->lang] ? both[v->lang] : "";
}

static const struct snap_item *chosen(const struct view *v, const struct snap_panel *p)
{
    return v->mark.item >= 0 && v->mark.item < p->items ? &p->item[v->mark.item] : NULL;
}

static const struct snap_panel *panel_of(const struct snapshot *n)
{
    return n->desk && n->desk->failed.rc == RC_OK ? &n->desk->panel : NULL;
}

/* ---- wishes ---- */

struct wish *view_wish_new(struct view *v)
{
    return v->wishes < VIEW_WISHES ? &v->wish[v->wishes++] : NULL;
}

/* "1:02:30", as marks and the log's limits are read. */
static void moment(int64_t ms, struct buf *out)
{
    int64_t s = ms / 1000;
    buf_i64(out, s / 3600);
    for (int64_t unit = 60; unit > 0; unit /= 60) {
        buf_str(out, s / unit % 60 < 10 ? ":0" : ":");
        buf_i64(out, s / unit % 60);
    }
}

/* A mark, or what the log says overruled. */
static void give(struct view *v, const struct snapshot *n, const struct snap_item *it, const char *value)
{
    struct wish *w = view_wish_new(v);
    char at[24], event[24];
    struct buf a = BUF_ON(at), e = BUF_ON(event);
    if (!w)
        return;
    wish_entry(w, it->automatic ? ENTRY_AUTO : ENTRY_MARK);
    wish_pair(w, "by", v->mark.who);
    wish_pair(w, "item", it->id);
    wish_pair(w, "value", value);
    if (it->automatic) {
        wish_pair(w, "do", "overrule");
        wish_pair(w, "reason", v->mark.comment.text);
    } else {
        moment(n->now_ms, &a);
        wish_pair(w, "at", at);
        wish_pair(w, "comment", v->mark.comment.text);
        if (v->mark.event > 0) {
            buf_i64(&e, v->mark.event);
            wish_pair(w, "event", event);
        }
        if (n->desk->panel.phase == PANEL_RECONCILING)
            wish_pair(w, "reason", v->mark.reason.text);
    }
    (void)text_copy(v->mark.pending, (int)sizeof(v->mark.pending), text_of(value));
    (void)text_copy(v->mark.pending_item, (int)sizeof(v->mark.pending_item), text_of(it->id));
}

static void confirm(struct view *v, const struct snap_item *it)
{
    struct wish *w = view_wish_new(v);
    if (!w)
        return;
    wish_entry(w, ENTRY_AUTO);
    wish_pair(w, "by", v->mark.who);
    wish_pair(w, "item", it->id);
    wish_pair(w, "do", "confirm");
    wish_pair(w, "reason", v->mark.comment.text);
}

/* What is recorded, written as it is given; "" when there is nothing to give again. */
static const char *recorded(const struct snap_item *it)
{
    if (it->automatic || it->state == MARK_NONE)
        return "";
    return it->state == MARK_NOT_APPLICABLE ? "na" : it->state == MARK_NOT_OBSERVED ? "not_observed"
           : it->levels > 0 ? it->level_id[it->chosen] : it->typed;
}

static bool is_pending(const struct view *v, const struct snap_item *it)
{
    return v->mark.pending[0] && strcmp(v->mark.pending_item, it->id) == 0;
}

/* The comment, with the value that waits for it or the recorded one. */
static void give_again(struct view *v, const struct snapshot *n, const struct snap_item *it)
{
    const char *value = is_pending(v, it) ? v->mark.pending : it->levels == 0 && v->mark.value.text[0] ? v->mark.value.text : recorded(it);
    char copy[UI_TEXT];
    (void)text_copy(copy, (int)sizeof(copy), text_of(value));
    if (copy[0])
        give(v, n, it, copy);
}

/* ---- which item the fields show ---- */

static uint64_t key_of(const struct view *v, const struct snap_item *it)
{
    uint64_t h = hash_bytes(v->mark.who, strlen(v->mark.who), (uint64_t)v->mark.kind);
    return hash_bytes(it->id, strlen(it->id), h) | 1;
}

static void keep_draft(struct view *v, uint64_t of)
{
    struct draft *d = &v->mark.draft[v->mark.drafts++ % DRAFTS];
    d->of = of;
    (void)text_copy(d->text, UI_TEXT, text_of(v->mark.comment.text));
}

static const char *draft_of(const struct view *v, uint64_t of)
{
    for (int i = 1; i <= DRAFTS && i <= v->mark.drafts; i++) {
        const struct draft *d = &v->mark.draft[(v->mark.drafts - i) % DRAFTS];
        if (d->of == of)
            return d->text;
    }
    return NULL;
}

/* Before another item is chosen: a comment that was changed goes with the value, or waits for one. */
static void leave(struct view *v, const struct snapshot *n, const struct snap_panel *p)
{
    const struct snap_item *it = chosen(v, p);
    bool open = p->phase != PANEL_SIGNED && p->who >= 0;
    if (!it || !open || v->mark.loaded != key_of(v, it) || strcmp(v->mark.comment.text, it->comment) == 0)
        return;
    if (!it->automatic && (is_pending(v, it) || recorded(it)[0]))
        give_again(v, n, it);
    else
        keep_draft(v, v->mark.loaded);
}

static void choose(struct view *v, const struct snapshot *n, const struct snap_panel *p, int item)
{
    if (item == v->mark.item || item < 0 || item >= p->items)
        return;
    leave(v, n, p);
    v->mark.item = item;
    v->mark.show = true;
    v->mark.asking = ASK_NOTHING;
}

static void load(struct view *v, const struct snap_item *it)
{
    uint64_t key = key_of(v, it);
    if (v->mark.loaded == key)
        return;
    const char *draft = draft_of(v, key);
    v->mark.loaded = key;
    v->mark.event = it->event;
    ui_edit_set(&v->mark.comment, draft ? draft : it->comment);
    ui_edit_set(&v->mark.value, it->typed);
    ui_edit_set(&v->mark.reason, "");
}

static int next_unmarked(const struct snap_panel *p, int from)
{
    for (int i = 1; i <= p->items; i++) {
        const struct snap_item *it = &p->item[(from + i + p->items) % p->items];
        if (it->automatic ? it->decision == AUTO_PENDING : it->state == MARK_NONE)
            return (from + i + p->items) % p->items;
    }
    return from < 0 ? 0 : from;
}

/* ---- following the worker ---- */

static void hear(struct view *v, struct ui *ui, const struct snapshot *n)
{
    const struct desk_answer *a = &n->desk->answer;
    if (a->number == v->mark.heard)
        return;
    v->mark.heard = a->number;
    if (a->kind == ENTRY_OPEN && a->good && v->page == PAGE_MARK) {
        v->mark.naming = true; /* the next thing there is to do */
        ui_focus(ui, "mark_form0");
    }
    if (a->kind == ENTRY_EVALUATOR && a->good) {
        v->mark.naming = false;
        ui->focus = 0;
    }
    if ((a->kind != ENTRY_MARK && a->kind != ENTRY_AUTO) || strcmp(a->item, v->mark.pending_item) != 0)
        return;
    const struct snap_panel *p = &n->desk->panel;
    const struct snap_item *it = chosen(v, p);
    if (a->good)
        v->mark.pending[0] = '\0';
    if (!it || strcmp(it->id, a->item) != 0 || v->page != PAGE_MARK)
        return;
    if (a->good) {
        v->mark.loaded = 0; /* as it is recorded now */
        ui_focus(ui, "mark_items");
    } else {
        bool why = p->phase == PANEL_RECONCILING && !it->automatic && !v->mark.reason.text[0];
        ui_focus(ui, why ? "mark_reason" : "mark_comment");
    }
}

/* Asks the worker for what the page shows, when it shows something else. */
static void ask(struct view *v, const struct snapshot *n)
{
    const struct snap_desk *d = n->desk;
    const struct snap_panel *p = panel_of(n);
    const char *who = p && p->who >= 0 ? p->person[p->who].id : "";
    bool known = false;
    for (int i = 0; p && p->kind == v->mark.kind && i < p->persons; i++)
        known = known || strcmp(p->person[i].id, v->mark.who) == 0;
    bool same = v->page == PAGE_DRILL ? d == NULL
                                      : d && d->page == v->page && d->panel.kind == v->mark.kind && (!known || strcmp(who, v->mark.who) == 0);
    uint64_t what = hash_bytes(v->mark.who, strlen(v->mark.who), (uint64_t)v->page * PANEL_KINDS + (uint64_t)v->mark.kind + 1);
    if (same || (v->mark.wished == what && v->mark.wished_at == n->version))
        return;
    struct wish *w = view_wish_new(v);
    if (!w)
        return;
    wish_desk(w, v->page, v->mark.kind, v->mark.who);
    v->mark.wished = what;
    v->mark.wished_at = n->version;
}

void view_mark_follow(struct view *v, struct ui *ui, const struct snapshot *n)
{
    ask(v, n);
    if (n->desk)
        hear(v, ui, n);
}

/* ---- shared pieces ---- */

struct rect view_desk_head(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    const char *pages[DESK_PAGES] = {SAY0(v, MSG_MARK_PAGE_MAP), SAY0(v, MSG_MARK_PAGE_MARK), SAY0(v, MSG_MARK_PAGE_FINDINGS)};
    struct rect in = ui_panel(ui, r, NULL);
    v->page = (enum desk_page)ui_tabs(ui, "desk_page", (struct rect){in.x, in.y, 240, 28}, pages, DESK_PAGES, (int)v->page);
    const struct snap_panel *p = panel_of(n);
    if (p && p->phase != PANEL_CLOSED)
        ui_text(ui, (struct rect){in.x + 252, in.y, in.w - 252 - (v->page == PAGE_MARK ? 280 : 0), 28}, in_lang(v, p->set),
                &(struct label){.size = 12.5, .lines = 1, .colour = ui->theme->ink_dim});
    return (struct rect){in.x, in.y + 36, in.w, in.h - 36};
}

bool view_field(struct view *v, struct ui *ui, const char *id, enum msg label, struct rect r, struct ui_edit *edit, const char *hint)
{
    ui_text(ui, (struct rect){r.x, r.y, r.w, 16}, SAY0(v, label), &(struct label){.size = 11.5, .colour = ui->theme->accent, .lines = 1});
    return ui_field(ui, id, (struct rect){r.x, r.y + 18, r.w, 30}, edit, hint);
}

void view_events(struct view *v, struct ui *ui, const char *id, const int64_t *seq, int count, struct rect r)
{
    double x = r.x;
    for (int i = 0; i < count && x + 58 <= r.x + r.w; i++, x += 62) {
        char name[48], text[24];
        struct buf b = BUF_ON(name), t = BUF_ON(text);
        buf_str(&b, id);
        buf_i64(&b, i);
        buf_char(&t, '#');
        buf_i64(&t, seq[i]);
        if (ui_button(ui, name, (struct rect){x, r.y, 58, 22}, text, v->log_event == seq[i] ? BUTTON_ON : 0, NULL)) {
            v->log_event = seq[i];
            v->log_order = 0;
            v->log_show = true;
            v->filter = LOG_ALL;
            v->right = RIGHT_LOG;
        }
    }
}

/* ---- no panel yet ---- */

static void wish_set(struct view *v, const char *set)
{
    struct wish *w = view_wish_new(v);
    if (!w)
        return;
    wish_entry(w, ENTRY_OPEN);
    wish_pair(w, "set", set);
    wish_pair(w, "kind", panel_kind_name(v->mark.kind));
}

static void choose_set(struct sheet *s, struct rect r)
{
    struct view *v = s->v;
    double w = num_min(420, r.w - 20), x = r.x + (r.w - w) / 2, y = r.y + 20;
    ui_text(s->ui, (struct rect){x, y, w, 44}, SAY0(v, MSG_MARK_CHOOSE_SET), &(struct label){.size = 14, .lines = 2});
    y += 52;
    for (int i = -1; i < 0 || set_shipped(i); i++, y += 32) {
        const char *name = i < 0 ? "scenario" : set_shipped(i);
        if (ui_button(s->ui, name, (struct rect){x, y, w, 28}, i < 0 ? SAY0(v, MSG_MARK_SET_SCENARIO) : name, i < 0 ? BUTTON_ACCENT : 0, NULL))
            wish_set(v, name);
    }
    if (ui_field(s->ui, "mark_set", (struct rect){x, y + 6, w, 32}, &v->mark.set, SAY0(v, MSG_MARK_SET_HINT)) && v->mark.set.text[0])
        wish_set(v, v->mark.set.text);
    const struct desk_answer *a = &s->n->desk->answer;
    if (a->number > 0 && !a->good && a->kind == ENTRY_OPEN)
        ui_text(s->ui, (struct rect){x, y + 44, w, 60}, err_text(&a->text, v->lang), &(struct label){.size = 12.5, .lines = 3, .colour = s->ui->theme->bad});
}

/* ---- the left column: who marks, where they are, what it comes to ---- */

static void person_row(void *ctx, int i, struct ui_row *out)
{
    struct sheet *s = ctx;
    const struct snap_person *p = &s->p->person[i];
    const struct theme *th = s->ui->theme;
    out->cell[0].text = p->lead ? SAYF(s->ui, s->v, MSG_FIND_ABOUT, arg_s(p->name), arg_msg(MSG_MARK_LEAD)) : p->name;
    out->cell[0].bold = p->lead;
    out->cell[1] = (struct ui_cell){p->in ? SAY0(s->v, MSG_MARK_IN) : SAYF(s->ui, s->v, MSG_MARK_LEFT, arg_i(p->missing)),
                                    p->in ? th->good : p->missing == 0 ? th->accent : th->warn, true, false};
}

static void project_row(void *ctx, int i, struct ui_row *out)
{
    struct sheet *s = ctx;
    const struct snap_project *p = &s->p->project[i];
    char score[24] = "—";
    struct buf b = BUF_ON(score);
    if (p->applicable)
        buf_fixed(&b, p->score, 1);
    else
        buf_str(&b, "—");
    out->cell[0].text = in_lang(s->v, p->title);
    out->cell[1].text = list_keep(s->ui->list, score);
    out->cell[1].bold = true;
    out->cell[1].colour = !p->applicable ? s->ui->theme->idle : p->score < 60 ? s->ui->theme->bad : s->ui->theme->ink;
}

static void wish_by(struct view *v, int32_t kind, const char *reason)
{
    struct wish *w = view_wish_new(v);
    if (!w)
        return;
    wish_entry(w, kind);
    wish_pair(w, "by", v->mark.who);
    wish_pair(w, "reason", reason);
    v->mark.asking = ASK_NOTHING;
}

/* Asked once; the second press does it. */
static void step_on(struct view *v, enum asking what)
{
    static const int32_t entry[] = {[ASK_SUBMIT] = ENTRY_SUBMIT, [ASK_RECONCILE] = ENTRY_RECONCILE, [ASK_SIGN] = ENTRY_SIGN, [ASK_REOPEN] = ENTRY_REOPEN};
    if (v->mark.asking != what) {
        v->mark.asking = what;
        return;
    }
    wish_by(v, entry[what], what == ASK_RECONCILE || what == ASK_REOPEN ? v->mark.reason.text : "");
}

/* What this evaluator may do with the sheet or the panel now; ASK_NOTHING: nothing. */
static enum asking step_of(const struct snap_panel *p)
{
    const struct snap_person *me = p->who >= 0 ? &p->person[p->who] : NULL;
    if (!me)
        return ASK_NOTHING;
    if (p->phase == PANEL_MARKING && !me->in)
        return ASK_SUBMIT;
    if (!me->lead || p->kind != PANEL_EXPERT)
        return ASK_NOTHING;
    return p->phase == PANEL_MARKING ? ASK_RECONCILE : p->phase == PANEL_RECONCILING ? ASK_SIGN : ASK_REOPEN;
}

static double step_button(struct sheet *s, struct rect r)
{
    static const enum msg text[][2] = {[ASK_SUBMIT] = {MSG_MARK_SUBMIT, MSG_MARK_SUBMIT_SURE}, [ASK_RECONCILE] = {MSG_MARK_RECONCILE, MSG_MARK_RECONCILE_SURE},
                                       [ASK_SIGN] = {MSG_MARK_SIGN, MSG_MARK_SIGN_SURE}, [ASK_REOPEN] = {MSG_MARK_REOPEN, MSG_MARK_REOPEN_SURE}};
    struct view *v = s->v;
    enum asking step = step_of(s->p);
    double y = r.y + r.h;
    if (step == ASK_NOTHING)
        return r.h;
    bool sure = v->mark.asking == step, why = step == ASK_RECONCILE || step == ASK_REOPEN;
    if (ui_button(s->ui, "mark_step", (struct rect){r.x, y - 30, r.w, 28}, SAY0(v, text[step][sure]), sure ? BUTTON_ON : BUTTON_ACCENT,
                  step == ASK_SUBMIT ? SAY0(v, MSG_MARK_SUBMIT_TIP) : NULL))
        step_on(v, step);
    y -= 34;
    if (why) {
        (void)ui_field(s->ui, "mark_step_reason", (struct rect){r.x, y - 28, r.w, 28}, &v->mark.reason, SAY0(v, MSG_MARK_REASON_HINT));
        y -= 34;
    }
    const struct desk_answer *a = &s->n->desk->answer;
    if (a->number > 0 && !a->good && a->kind >= ENTRY_SUBMIT && a->kind <= ENTRY_REOPEN) {
        ui_text(s->ui, (struct rect){r.x, y - 54, r.w, 54}, err_text(&a->text, v->lang), &(struct label){.size = 12, .lines = 3, .colour = s->ui->theme->bad});
        y -= 58;
    }
    return y - r.y;
}

static double panel_total(struct sheet *s, struct rect r)
{
    const struct snap_panel *p = s->p;
    struct view *v = s->v;
    const struct theme *th = s->ui->theme;
    char total[24];
    struct buf b = BUF_ON(total);
    buf_fixed(&b, p->total, 1);
    ui_text(s->ui, (struct rect){r.x, r.y, r.w, 16}, SAY0(v, MSG_MARK_TOTAL), &(struct label){.size = 11.5, .colour = th->accent, .lines = 1});
    ui_text(s->ui, (struct rect){r.x, r.y + 16, r.w * 0.55, 34}, total, &(struct label){.size = 26, .bold = true, .digits = true, .lines = 1});
    ui_text(s->ui, (struct rect){r.x + r.w * 0.5, r.y + 16, r.w * 0.5, 34}, in_lang(v, p->grade),
            &(struct label){.size = 17, .bold = true, .align = ALIGN_RIGHT, .lines = 1});
    double y = r.y + 52;
    const char *line[3] = {p->veto[LANG_ZH] ? SAYF(s->ui, v, MSG_MARK_VETO, arg_s(in_lang(v, p->veto))) : "",
                           p->pending > 0 ? SAYF(s->ui, v, MSG_MARK_PENDING, arg_i(p->pending)) : "",
                           p->phase == PANEL_SIGNED ? SAYF(s->ui, v, MSG_MARK_SIGNED, arg_s(p->signed_by), arg_s(p->head)) : ""};
    const uint32_t colour[3] = {th->bad, th->warn, th->good};
    for (int i = 0; i < COUNT_OF(line); i++) {
        if (!line[i][0])
            continue;
        ui_text(s->ui, (struct rect){r.x, y, r.w, 34}, line[i], &(struct label){.size = 12, .lines = 2, .colour = colour[i]});
        y += 36;
    }
    return y;
}

static void left_column(struct sheet *s, struct rect r)
{
    const struct snap_panel *p = s->p;
    struct view *v = s->v;
    ui_tag(s->ui, (struct rect){r.x, r.y, r.w, 20}, say_title(s->ui, v->lang, panel_phase_title(p->phase)),
           p->phase == PANEL_MARKING ? s->ui->theme->accent : p->phase == PANEL_SIGNED ? s->ui->theme->good : s->ui->theme->warn);
    double low = step_button(s, r), list = num_min(p->persons * 24.0 + 4, p->revealed ? low * 0.3 : low - 70);
    struct ui_table t = {.rows = p->persons, .columns = 2, .width = {0.66, 0.34}, .ctx = s, .row = person_row};
    int hit = ui_table(s->ui, "mark_people", (struct rect){r.x, r.y + 28, r.w, num_max(list, 24)}, &t, p->who);
    if (hit >= 0 && hit != p->who) {
        leave(v, s->n, p);
        (void)text_copy(v->mark.who, NAME_BYTES, text_of(p->person[hit].id));
        v->mark.item = -1;
        v->mark.naming = false;
        v->mark.pending[0] = '\0';
        v->mark.asking = ASK_NOTHING;
    }
    double y = r.y + 34 + num_max(list, 24);
    if (p->phase == PANEL_MARKING && ui_button(s->ui, "mark_name", (struct rect){r.x, y, r.w, 26}, SAY0(v, MSG_MARK_NAME_PERSON),
                                               v->mark.naming ? BUTTON_ON : 0, NULL)) {
        v->mark.naming = !v->mark.naming;
        for (int i = 0; i < FORM_FIELDS && v->mark.naming; i++)
            ui_edit_set(&v->mark.form[i], "");
        v->mark.lead = false;
        ui_focus(s->ui, "mark_form0");
    }
    if (!p->revealed)
        return;
    y = panel_total(s, (struct rect){r.x, y, r.w, 100});
    struct ui_table q = {.rows = p->projects, .columns = 2, .width = {0.74, 0.26}, .ctx = s, .row = project_row};
    if (r.y + low - y > 30)
        (void)ui_table(s->ui, "mark_projects", (struct rect){r.x, y + 4, r.w, r.y + low - y - 8}, &q, -1);
}

/* ---- naming an evaluator ---- */

static void name_person(struct sheet *s, struct rect r)
{
    static const struct { enum msg label; const char *key; } field[FORM_FIELDS] = {
        {MSG_MARK_FORM_ID, "id"}, {MSG_MARK_FORM_NAME, "name"}, {MSG_MARK_FORM_UNIT, "unit"}, {MSG_MARK_FORM_ROLE, "role"},
        {MSG_MARK_FORM_SHEETS, "sheets"}, {MSG_MARK_FORM_WEIGHT, "weight"}};
    struct view *v = s->v;
    bool entered = false;
    double y = r.y;
    for (int i = 0; i < FORM_FIELDS; i++, y += 54) {
        char id[] = "mark_form0";
        id[9] = (char)('0' + i);
        entered = view_field(v, s->ui, id, field[i].label, (struct rect){r.x, y, r.w, 50}, &v->mark.form[i], "") || entered;
    }
    if (ui_button(s->ui, "mark_lead", (struct rect){r.x, y + 4, r.w * 0.48, 28}, v->mark.lead ? SAY0(v, MSG_MARK_LEAD) : SAY0(v, MSG_MARK_LEAD_OFF),
                  v->mark.lead ? BUTTON_ON : 0, NULL))
        v->mark.lead = !v->mark.lead;
    entered = ui_button(s->ui, "mark_register", (struct rect){r.x + r.w * 0.52, y + 4, r.w * 0.48, 28}, SAY0(v, MSG_MARK_REGISTER), BUTTON_ACCENT, NULL) || entered;
    struct wish *w = entered ? view_wish_new(v) : NULL;
    if (w) {
        wish_entry(w, ENTRY_EVALUATOR);
        for (int i = 0; i < FORM_FIELDS; i++)
            wish_pair(w, field[i].key, v->mark.form[i].text);
        wish_pair(w, "kind", panel_kind_name(v->mark.kind));
        wish_pair(w, "lead", v->mark.lead ? "yes" : "");
        (void)text_copy(v->mark.who, NAME_BYTES, text_of(v->mark.form[0].text));
    }
    const struct desk_answer *a = &s->n->desk->answer;
    if (a->number > 0 && !a->good && a->kind == ENTRY_EVALUATOR)
        ui_text(s->ui, (struct rect){r.x, y + 40, r.w, 60}, err_text(&a->text, v->lang), &(struct label){.size = 12.5, .lines = 3, .colour = s->ui->theme->bad});
}

/* ---- the items ---- */

static void lay_rows(struct sheet *s)
{
    int project = -1;
    for (int i = 0; i < s->p->items && s->rows + 2 < ROWS_MAX; i++) {
        const struct snap_item *it = &s->p->item[i];
        bool first_of_log = it->automatic && (i == 0 || !s->p->item[i - 1].automatic);
        if (first_of_log)
            s->row[s->rows++] = HEAD_LOG;
        else if (!it->automatic && it->project != project)
            s->row[s->rows++] = -1 - it->project;
        project = it->project;
        s->row[s->rows++] = i;
    }
}

static void item_row(void *ctx, int i, struct ui_row *out)
{
    struct sheet *s = ctx;
    const struct theme *th = s->ui->theme;
    if (s->row[i] < 0) {
        out->cell[1].text = s->row[i] == HEAD_LOG ? SAY0(s->v, MSG_MARK_FROM_LOG) : in_lang(s->v, s->p->project[-1 - s->row[i]].title);
        out->cell[1].bold = true;
        out->cell[1].colour = th->accent;
        return;
    }
    const struct snap_item *it = &s->p->item[s->row[i]];
    out->cell[0].text = it->id;
    out->cell[0].colour = th->ink_dim;
    out->cell[1].text = in_lang(s->v, it->text);
    if (it->automatic) {
        static const enum msg words[] = {MSG_MARK_TO_CONFIRM, MSG_MARK_CONFIRMED, MSG_MARK_OVERRULED};
        out->cell[2] = (struct ui_cell){SAY0(s->v, words[it->decision]), it->decision == AUTO_PENDING ? th->warn : th->good, true, false};
    } else if (is_pending(s->v, it)) {
        out->cell[2] = (struct ui_cell){SAY0(s->v, MSG_MARK_UNSAVED), th->bad, true, false};
    } else {
        out->cell[2] = (struct ui_cell){in_lang(s->v, it->value), it->state == MARK_NONE ? th->warn : it->state == MARK_RATED ? th->good : th->idle,
                                        true, false};
    }
    if (it->spread)
        out->back = colour_alpha(th->warn, 0.12);
}

static void items(struct sheet *s, struct rect r)
{
    struct view *v = s->v;
    int now = -1;
    lay_rows(s);
    for (int i = 0; i < s->rows; i++)
        now = s->row[i] >= 0 && s->row[i] == v->mark.item ? i : now;
    ui_text(s->ui, (struct rect){r.x, r.y, r.w, 18}, SAYF(s->ui, v, MSG_MARK_DONE_OF, arg_i(s->p->marked), arg_i(s->p->to_mark)),
            &(struct label){.size = 12, .bold = true, .lines = 1});
    ui_bar(s->ui, (struct rect){r.x + 130, r.y + 6, r.w - 130, 7}, s->p->to_mark > 0 ? (double)s->p->marked / s->p->to_mark : 0, s->ui->theme->good);
    struct ui_table t = {.rows = s->rows, .columns = 3, .width = {0.15, 0.61, 0.24}, .row_height = 42, .ctx = s, .row = item_row, .show = v->mark.show};
    v->mark.show = false;
    if (s->ui->focus == 0)
        ui_focus(s->ui, "mark_items");
    int hit = ui_table(s->ui, "mark_items", (struct rect){r.x, r.y + 22, r.w, r.h - 22}, &t, now);
    int step = hit < now ? -1 : 1;
    while (hit > 0 && hit < s->rows && s->row[hit] < 0) /* over headings */
        hit += step;
    if (hit == 0 && s->row[0] < 0)
        hit = now >= 0 ? now : 1;
    if (hit >= 0 && hit < s->rows && s->row[hit] >= 0)
        choose(v, s->n, s->p, s->row[hit]);
}

/* ---- the chosen item ---- */

static bool may_mark(const struct sheet *s)
{
    const struct snap_panel *p = s->p;
    return p->who >= 0 && p->phase != PANEL_SIGNED && (p->phase == PANEL_RECONCILING || !p->person[p->who].in);
}

/* Automatic ones may be decided also after this expert's sheet is in. */
static bool may_decide(const struct sheet *s, const struct snap_item *it)
{
    return it->automatic ? s->p->who >= 0 && s->p->phase != PANEL_SIGNED : may_mark(s);
}

static double levels(struct sheet *s, const struct snap_item *it, struct rect r)
{
    struct view *v = s->v;
    int off = may_decide(s, it) ? 0 : BUTTON_OFF, columns = it->levels > 4 ? 2 : 1;
    double w = (r.w - 6 * (columns - 1)) / columns;
    for (int k = 0; k < it->levels; k++) {
        char id[] = "mark_level0", key[] = "1", score[24];
        struct buf b = BUF_ON(score);
        id[10] = (char)('0' + k);
        key[0] = (char)('1' + k);
        buf_fixed(&b, it->level_score[k], 0);
        bool on = is_pending(v, it) ? strcmp(v->mark.pending, it->level_id[k]) == 0 : it->chosen == k;
        struct rect at = {r.x + k % columns * (w + 6), r.y + (double)(k / columns) * 29, w, 26};
        if (ui_button(s->ui, id, at, SAYF(s->ui, v, MSG_MARK_LEVEL, arg_s(k < 9 ? key : ""), arg_s(in_lang(v, it->level[k])), arg_s(score)),
                      off | (on ? BUTTON_ON : 0), NULL))
            give(v, s->n, it, it->level_id[k]);
    }
    return r.y + (double)((it->levels + columns - 1) / columns) * 29;
}

static double values(struct sheet *s, const struct snap_item *it, struct rect r)
{
    struct view *v = s->v;
    int off = may_decide(s, it) ? 0 : BUTTON_OFF;
    double y = r.y;
    if (it->levels > 0) {
        y = levels(s, it, r);
    } else {
        ui_text(s->ui, (struct rect){r.x, y, r.w, 16}, SAYF(s->ui, v, MSG_MARK_POINTS, arg_s(in_lang(v, it->allowed))),
                &(struct label){.size = 11.5, .colour = s->ui->theme->accent, .lines = 1});
        if (ui_field(s->ui, "mark_value", (struct rect){r.x, y + 18, r.w, 30}, &v->mark.value, in_lang(v, it->allowed)) && v->mark.value.text[0] && !off)
            give(v, s->n, it, v->mark.value.text);
        y += 54;
    }
    double w = (r.w - 6) / 2;
    if (it->automatic) {
        if (ui_button(s->ui, "mark_confirm", (struct rect){r.x, y, w, 26}, SAY0(v, MSG_MARK_CONFIRM), off | (it->decision == AUTO_PENDING ? BUTTON_ACCENT : 0), NULL))
            confirm(v, it);
    } else if (ui_button(s->ui, "mark_not_observed", (struct rect){r.x + w + 6, y, w, 26}, SAY0(v, MSG_MARK_NOT_OBSERVED),
                         off | (it->state == MARK_NOT_OBSERVED ? BUTTON_ON : 0), NULL)) {
        give(v, s->n, it, "not_observed");
    }
    if (ui_button(s->ui, "mark_na", (struct rect){it->automatic ? r.x + w + 6 : r.x, y, w, 26}, SAY0(v, MSG_MARK_NA),
                  off | (it->state == MARK_NOT_APPLICABLE ? BUTTON_ON : 0), NULL))
        give(v, s->n, it, "na");
    return y + 32;
}

static void tie_event(struct view *v)
{
    v->mark.event = v->mark.event == v->log_event ? 0 : v->log_event;
}

static double tie(struct sheet *s, const struct snap_item *it, struct rect r)
{
    struct view *v = s->v;
    const struct theme *th = s->ui->theme;
    const char *text = SAY0(v, MSG_MARK_TIED_NOW);
    bool tied = v->mark.event > 0 && v->mark.event <= s->n->events;
    if (tied)
        text = SAYF(s->ui, v, MSG_MARK_TIED, arg_i(v->mark.event), arg_s(say_event(s->ui, v, s->n, &s->n->event[v->mark.event - 1])));
    ui_text(s->ui, (struct rect){r.x, r.y, r.w - 122, 34}, text, &(struct label){.size = 12, .lines = 2, .colour = tied ? th->ink : th->ink_faint});
    bool clear = tied && (v->log_event == v->mark.event || v->log_event <= 0);
    if (ui_button(s->ui, "mark_tie", (struct rect){r.x + r.w - 118, r.y + 4, 118, 26}, clear ? SAY0(v, MSG_MARK_UNTIE) : SAY0(v, MSG_MARK_TIE),
                  clear || v->log_event > 0 ? 0 : BUTTON_OFF, SAY0(v, MSG_MARK_TIE_TIP))) {
        v->mark.event = clear ? 0 : v->log_event;
        if (recorded(it)[0] && may_mark(s))
            give_again(v, s->n, it);
    }
    return r.y + 38;
}

static double words(struct sheet *s, const struct snap_item *it, struct rect r)
{
    struct view *v = s->v;
    double y = r.y;
    bool entered = view_field(v, s->ui, "mark_comment", MSG_MARK_COMMENT, (struct rect){r.x, y, r.w, 50}, &v->mark.comment, SAY0(v, MSG_MARK_COMMENT_HINT));
    y += 52;
    if (s->p->phase == PANEL_RECONCILING && !it->automatic) {
        entered = view_field(v, s->ui, "mark_reason", MSG_MARK_REASON, (struct rect){r.x, y, r.w, 50}, &v->mark.reason, SAY0(v, MSG_MARK_COMMENT_HINT)) || entered;
        y += 52;
    }
    if (entered) {
        if (may_decide(s, it))
            give_again(v, s->n, it);
        ui_focus(s->ui, "mark_items"); /* so that the next key is a mark again */
    }
    const struct desk_answer *a = &s->n->desk->answer;
    if (a->number > 0 && !a->good && (a->kind == ENTRY_MARK || a->kind == ENTRY_AUTO) && strcmp(a->item, it->id) == 0) {
        ui_text(s->ui, (struct rect){r.x, y, r.w, 34}, err_text(&a->text, v->lang), &(struct label){.size = 12.5, .bold = true, .lines = 2, .colour = s->ui->theme->bad});
        y += 36;
    }
    if (!it->automatic)
        y = tie(s, it, (struct rect){r.x, y, r.w, 34});
    return y;
}

static double evidence(struct sheet *s, const struct snap_item *it, struct rect r)
{
    struct view *v = s->v;
    const struct theme *th = s->ui->theme;
    if (!it->has_evidence)
        return r.y;
    ui_text(s->ui, (struct rect){r.x, r.y, r.w, 16},
            it->applies ? SAYF(s->ui, v, MSG_MARK_EVIDENCE, arg_d(it->evidence_score, 0)) : SAY0(v, MSG_MARK_EVIDENCE_NONE),
            &(struct label){.size = 11.5, .colour = th->accent, .lines = 1});
    ui_text(s->ui, (struct rect){r.x, r.y + 17, r.w, 36}, in_lang(v, it->evidence), &(struct label){.size = 12.5, .lines = 2});
    view_events(v, s->ui, "mark_evidence", it->seq, it->events, (struct rect){r.x, r.y + 54, r.w, 22});
    double y = r.y + (it->events > 0 ? 80 : 56);
    if (it->automatic && it->decision != AUTO_PENDING) {
        const char *what = it->decision == AUTO_CONFIRMED ? SAY0(v, MSG_MARK_CONFIRMED) : SAY0(v, MSG_MARK_OVERRULED);
        const char *value = it->decided[v->lang][0] ? SAYF(s->ui, v, MSG_FIND_ABOUT, arg_s(what), arg_s(it->decided[v->lang])) : what;
        ui_text(s->ui, (struct rect){r.x, y, r.w, 18}, SAYF(s->ui, v, MSG_MARK_BY, arg_s(it->decided_by), arg_s(value)),
                &(struct label){.size = 12.5, .lines = 1, .colour = th->good});
        ui_text(s->ui, (struct rect){r.x, y + 18, r.w, 34}, it->decided_why, &(struct label){.size = 12, .lines = 2, .colour = th->ink_dim});
        y += 54;
    }
    return y;
}

static void other_row(void *ctx, int i, struct ui_row *out)
{
    struct sheet *s = ctx;
    const struct snap_other *o = &chosen(s->v, s->p)->other[i];
    const char *value = in_lang(s->v, o->value);
    out->cell[0].text = o->name;
    out->cell[1].text = o->changed ? SAYF(s->ui, s->v, MSG_MARK_WAS, arg_s(value), arg_s(in_lang(s->v, o->first))) : value;
    out->cell[1].colour = o->outlier ? s->ui->theme->warn : 0;
    out->cell[1].bold = true;
    out->cell[2].text = o->changed && o->reason[0] ? o->reason : o->comment;
    out->cell[2].colour = s->ui->theme->ink_dim;
}

static void others(struct sheet *s, const struct snap_item *it, struct rect r)
{
    if (!s->p->revealed || it->automatic || r.h < 40)
        return;
    ui_text(s->ui, (struct rect){r.x, r.y, r.w - 80, 18}, SAY0(s->v, MSG_MARK_OTHERS), &(struct label){.size = 11.5, .colour = s->ui->theme->accent, .lines = 1});
    if (it->spread)
        ui_tag(s->ui, (struct rect){r.x + r.w - 76, r.y, 76, 18}, SAY0(s->v, MSG_MARK_SPREAD), s->ui->theme->warn);
    struct ui_table t = {.rows = it->others, .columns = 3, .width = {0.2, 0.3, 0.5}, .row_height = 34, .ctx = s, .row = other_row};
    (void)ui_table(s->ui, "mark_others", (struct rect){r.x, r.y + 20, r.w, r.h - 20}, &t, -1);
}

static void detail(struct sheet *s, struct rect r)
{
    struct view *v = s->v;
    const struct theme *th = s->ui->theme;
    const struct snap_item *it = chosen(v, s->p);
    if (!it)
        return;
    load(v, it);
    if (v->log_event != v->mark.log_seen) {
        v->mark.log_seen = v->log_event;
        if (v->log_event > 0 && it->state == MARK_NONE && !it->automatic) /* clicked: what is about to be marked is about that */
            v->mark.event = v->log_event;
    }
    ui_text(s->ui, (struct rect){r.x, r.y, r.w * 0.6, 18}, SAYF(s->ui, v, MSG_FIND_ABOUT, arg_s(it->id), arg_s(in_lang(v, s->p->project[it->project].title))),
            &(struct label){.size = 11.5, .colour = th->ink_dim, .lines = 1});
    if (it->optional || it->veto)
        ui_tag(s->ui, (struct rect){r.x + r.w - 90, r.y, 90, 18}, SAY0(v, it->veto ? MSG_MARK_VETO_TAG : MSG_MARK_OPTIONAL), it->veto ? th->bad : th->idle);
    ui_text(s->ui, (struct rect){r.x, r.y + 20, r.w, 44}, in_lang(v, it->text), &(struct label){.size = 15, .bold = true, .lines = 2});
    bool guide = in_lang(v, it->guide)[0] != '\0';
    ui_text(s->ui, (struct rect){r.x, r.y + 66, r.w, 34}, in_lang(v, it->guide), &(struct label){.size = 12, .lines = 2, .colour = th->ink_dim});
    double y = values(s, it, (struct rect){r.x, r.y + (guide ? 104 : 70), r.w, 100});
    y = words(s, it, (struct rect){r.x, y, r.w, 100});
    if (it->at_ms >= 0) {
        ui_text(s->ui, (struct rect){r.x, y, r.w, 16}, SAYF(s->ui, v, MSG_MARK_AT, arg_s(say_clock(s->ui, s->n, it->at_ms))),
                &(struct label){.size = 11.5, .lines = 1, .colour = th->ink_dim});
        y += 20;
    }
    y = evidence(s, it, (struct rect){r.x, y + 2, r.w, 80});
    others(s, it, (struct rect){r.x, y + 4, r.w, r.y + r.h - y - 4});
}

/* ---- the page ---- */

static void kinds(struct view *v, struct ui *ui, struct rect r)
{
    const char *names[PANEL_KINDS] = {SAY0(v, MSG_MARK_EXPERTS), SAY0(v, MSG_MARK_SELF), SAY0(v, MSG_MARK_SURVEY)};
    int now = ui_tabs(ui, "mark_kind", (struct rect){r.x + r.w - 270, r.y - 36, 270, 28}, names, PANEL_KINDS, v->mark.kind);
    if (now == v->mark.kind)
        return;
    v->mark.kind = now;
    v->mark.who[0] = '\0';
    v->mark.item = -1;
    v->mark.naming = false;
    v->mark.asking = ASK_NOTHING;
}

void view_mark(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    struct sheet s;
    struct rect in = view_desk_head(v, ui, n, r);
    const struct snap_panel *p = panel_of(n);
    kinds(v, ui, in);
    if (!p || p->kind != v->mark.kind) {
        const char *why = n->desk && n->desk->failed.rc != RC_OK ? err_text(&n->desk->failed, v->lang) : SAY0(v, MSG_MARK_WORKING);
        ui_text(ui, (struct rect){in.x, in.y + 20, in.w, 60}, why, &(struct label){.size = 14, .lines = 3, .align = ALIGN_CENTRE});
        return;
    }
    s = (struct sheet){.v = v, .ui = ui, .n = n, .p = p};
    if (p->phase == PANEL_CLOSED) {
        choose_set(&s, in);
        return;
    }
    if (v->mark.item < 0 && p->items > 0 && p->who >= 0) {
        v->mark.item = next_unmarked(p, -1);
        v->mark.show = true;
    }
    double left = num_clamp(in.w * 0.18, 150, 230), right = num_clamp(in.w * 0.36, 260, 420);
    left_column(&s, (struct rect){in.x, in.y, left, in.h});
    struct rect side = {in.x + in.w - right, in.y, right, in.h};
    struct rect middle = {in.x + left + 10, in.y, in.w - left - right - 22, in.h};
    if (p->who < 0 && !v->mark.naming)
        ui_text(ui, (struct rect){middle.x, middle.y, middle.w + right, 40}, SAY0(v, MSG_MARK_CHOOSE_PERSON), &(struct label){.size = 14, .lines = 2});
    if (p->who >= 0)
        items(&s, middle);
    if (v->mark.naming)
        name_person(&s, side);
    else if (p->who >= 0)
        detail(&s, side);
}

/* ---- keys ---- */

static void value_key(struct sheet *s, const struct snap_item *it, int digit)
{
    char text[] = "0";
    text[0] = (char)('0' + digit);
    if (it->levels == 0) { /* points are typed; the digit begins them */
        ui_edit_set(&s->v->mark.value, text);
        ui_focus(s->ui, "mark_value");
    } else if (digit >= 1 && digit <= it->levels) {
        give(s->v, s->n, it, it->level_id[digit - 1]);
    }
}

static void item_keys(struct sheet *s)
{
    struct view *v = s->v;
    const struct snap_item *it = chosen(v, s->p);
    if (!it || !may_decide(s, it))
        return;
    for (int d = 0; d <= 9; d++) {
        if (ui_take(s->ui, (enum ui_key)((int)KEY_0 + d)))
            value_key(s, it, d);
    }
    if (ui_take(s->ui, KEY_N))
        give(v, s->n, it, "na");
    if (ui_take(s->ui, KEY_O) && !it->automatic)
        give(v, s->n, it, "not_observed");
    if (ui_take(s->ui, KEY_Y) && it->automatic)
        confirm(v, it);
    if (ui_take(s->ui, KEY_C))
        ui_focus(s->ui, "mark_comment");
    if (ui_take(s->ui, KEY_E) && (v->log_event > 0 || v->mark.event > 0) && !it->automatic) {
        tie_event(v);
        if (recorded(it)[0])
            give_again(v, s->n, it);
    }
}

void view_mark_keys(struct view *v, struct ui *ui, const struct snapshot *n)
{
    const struct snap_panel *p = panel_of(n);
    struct sheet s = {.v = v, .ui = ui, .n = n, .p = p};
    bool in_comment = ui->focus == ui_id("mark_comment") || ui->focus == ui_id("mark_value");
    if (!p || p->kind != v->mark.kind || p->who < 0 || v->mark.naming)
        return;
    if ((!ui->focus_typed || in_comment) && p->items > 0 && ui_take(ui, KEY_TAB)) {
        choose(v, n, p, next_unmarked(p, v->mark.item));
        ui_focus(ui, "mark_items");
        return;
    }
    if (ui_pressed(ui, KEY_ESCAPE, false)) {
        v->mark.pending[0] = '\0';
        v->mark.asking = ASK_NOTHING;
        v->mark.loaded = 0;
    }
    if (ui->focus_typed)
        return;
    item_keys(&s);
    if (ui_take(ui, KEY_S) && step_of(p) == ASK_SUBMIT)
        step_on(v, ASK_SUBMIT);
}

/* view_panel.c -- the panel: its set chosen, its evaluators named, how far they are, and what it
 * comes to when they are through. */
#include "ui/view_mark.h"

#include <string.h>

#include "base/num.h"
#include "session/sets.h"

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

/* What can be opened: the scenario's own indicators, then the shipped sets. The page of a panel offers what is made for it first. */
static const struct set_row *offered(int i)
{
    static const struct set_row own = {"scenario", PANEL_EXPERT, MSG_MARK_SET_SCENARIO};
    return i == 0 ? &own : set_shipped(i - 1);
}

void panel_choose_set(struct sheet *s, struct rect r)
{
    struct view *v = s->v;
    double w = num_min(420, r.w - 20), x = r.x + (r.w - w) / 2, y = r.y + 20;
    ui_text(s->ui, (struct rect){x, y, w, 44}, SAY0(v, MSG_MARK_CHOOSE_SET),
            &(struct label){.size = 14, .lines = 2});
    y += 52;
    for (int fit = 1; fit >= 0; fit--) {
        const struct set_row *row;
        for (int i = 0; (row = offered(i)); i++) {
            if (((int)row->kind == (int)v->mark.kind) != (fit == 1))
                continue;
            if (ui_button(s->ui, row->name, (struct rect){x, y, w, 28}, SAY0(v, row->words), fit ? BUTTON_ACCENT : 0, NULL))
                wish_set(v, row->name);
            y += 32;
        }
    }
    if (ui_field(s->ui, "mark_set", (struct rect){x, y + 6, w, 32}, &v->mark.set,
                 SAY0(v, MSG_MARK_SET_HINT)) &&
        v->mark.set.text[0])
        wish_set(v, v->mark.set.text);
    const struct desk_answer *a = &s->n->desk->answer;
    if (a->number > 0 && !a->good && a->kind == ENTRY_OPEN)
        ui_text(s->ui, (struct rect){x, y + 44, w, 60}, err_text(&a->text, v->lang),
                &(struct label){.size = 12.5, .lines = 3, .colour = s->ui->theme->bad});
}

/* ---- the left column: who marks, where they are, what it comes to ---- */

static void person_row(void *ctx, int i, struct ui_row *out)
{
    struct sheet *s = ctx;
    const struct snap_person *p = &s->p->person[i];
    const struct theme *th = s->ui->theme;
    out->cell[0].text =
        p->lead ? SAYF(s->ui, s->v, MSG_FIND_ABOUT, arg_s(p->name), arg_msg(MSG_MARK_LEAD))
                : p->name;
    out->cell[0].bold = p->lead;
    out->cell[1] = (struct ui_cell){p->in ? SAY0(s->v, MSG_MARK_IN)
                                          : SAYF(s->ui, s->v, MSG_MARK_LEFT, arg_i(p->missing)),
                                    p->in             ? th->good
                                    : p->missing == 0 ? th->accent
                                                      : th->warn,
                                    true, false};
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
    out->cell[0].text = mark_words(s->v, p->title);
    out->cell[1].text = list_keep(s->ui->list, score);
    out->cell[1].bold = true;
    out->cell[1].colour = !p->applicable  ? s->ui->theme->idle
                          : p->score < 60 ? s->ui->theme->bad
                                          : s->ui->theme->ink;
}
static double step_button(struct sheet *s, struct rect r)
{
    static const enum msg text[][2] = {
        [ASK_SUBMIT] = {MSG_MARK_SUBMIT, MSG_MARK_SUBMIT_SURE},
        [ASK_RECONCILE] = {MSG_MARK_RECONCILE, MSG_MARK_RECONCILE_SURE},
        [ASK_SIGN] = {MSG_MARK_SIGN, MSG_MARK_SIGN_SURE},
        [ASK_REOPEN] = {MSG_MARK_REOPEN, MSG_MARK_REOPEN_SURE}};
    struct view *v = s->v;
    enum asking step = mark_step(s->p);
    double y = r.y + r.h;
    if (step == ASK_NOTHING)
        return r.h;
    bool sure = v->mark.asking == step, why = step == ASK_RECONCILE || step == ASK_REOPEN;
    if (ui_button(s->ui, "mark_step", (struct rect){r.x, y - 30, r.w, 28},
                  SAY0(v, text[step][sure]), sure ? BUTTON_ON : BUTTON_ACCENT,
                  step == ASK_SUBMIT ? SAY0(v, MSG_MARK_SUBMIT_TIP) : NULL))
        mark_step_on(v, step);
    y -= 34;
    if (why) {
        (void)ui_field(s->ui, "mark_step_reason", (struct rect){r.x, y - 28, r.w, 28},
                       &v->mark.reason, SAY0(v, MSG_MARK_REASON_HINT));
        y -= 34;
    }
    const struct desk_answer *a = &s->n->desk->answer;
    if (a->number > 0 && !a->good && a->kind >= ENTRY_SUBMIT && a->kind <= ENTRY_REOPEN) {
        ui_text(s->ui, (struct rect){r.x, y - 54, r.w, 54}, err_text(&a->text, v->lang),
                &(struct label){.size = 12, .lines = 3, .colour = s->ui->theme->bad});
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
    ui_text(s->ui, (struct rect){r.x, r.y, r.w, 16}, SAY0(v, MSG_MARK_TOTAL),
            &(struct label){.size = 11.5, .colour = th->accent, .lines = 1});
    ui_text(s->ui, (struct rect){r.x, r.y + 16, r.w * 0.55, 34}, total,
            &(struct label){.size = 26, .bold = true, .digits = true, .lines = 1});
    ui_text(s->ui, (struct rect){r.x + r.w * 0.5, r.y + 16, r.w * 0.5, 34}, mark_words(v, p->grade),
            &(struct label){.size = 17, .bold = true, .align = ALIGN_RIGHT, .lines = 1});
    double y = r.y + 52;
    const char *line[3] = {
        p->veto[LANG_ZH] ? SAYF(s->ui, v, MSG_MARK_VETO, arg_s(mark_words(v, p->veto))) : "",
        p->pending > 0 ? SAYF(s->ui, v, MSG_MARK_PENDING, arg_i(p->pending)) : "",
        p->phase == PANEL_SIGNED
            ? SAYF(s->ui, v, MSG_MARK_SIGNED, arg_s(p->signed_by), arg_s(p->head))
            : ""};
    const uint32_t colour[3] = {th->bad, th->warn, th->good};
    for (int i = 0; i < COUNT_OF(line); i++) {
        if (!line[i][0])
            continue;
        ui_text(s->ui, (struct rect){r.x, y, r.w, 34}, line[i],
                &(struct label){.size = 12, .lines = 2, .colour = colour[i]});
        y += 36;
    }
    return y;
}

void panel_column(struct sheet *s, struct rect r)
{
    const struct snap_panel *p = s->p;
    struct view *v = s->v;
    ui_tag(s->ui, (struct rect){r.x, r.y, r.w, 20},
           say_title(s->ui, v->lang, panel_phase_title(p->phase)),
           p->phase == PANEL_MARKING  ? s->ui->theme->accent
           : p->phase == PANEL_SIGNED ? s->ui->theme->good
                                      : s->ui->theme->warn);
    double low = step_button(s, r),
           list = num_min(p->persons * 24.0 + 4, p->revealed ? low * 0.3 : low - 70);
    struct ui_table t = {
        .rows = p->persons, .columns = 2, .width = {0.66, 0.34}, .ctx = s, .row = person_row};
    int hit = ui_table(s->ui, "mark_people", (struct rect){r.x, r.y + 28, r.w, num_max(list, 24)},
                       &t, p->who);
    if (hit >= 0 && hit != p->who) {
        mark_leave(v, s->n, p);
        (void)text_copy(v->mark.who, NAME_BYTES, text_of(p->person[hit].id));
        v->mark.item = -1;
        v->mark.naming = false;
        v->mark.pending[0] = '\0';
        v->mark.asking = ASK_NOTHING;
    }
    double y = r.y + 34 + num_max(list, 24);
    if (p->phase == PANEL_MARKING &&
        ui_button(s->ui, "mark_name", (struct rect){r.x, y, r.w, 26}, SAY0(v, MSG_MARK_NAME_PERSON),
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
    struct ui_table q = {
        .rows = p->projects, .columns = 2, .width = {r.w - 48, 48}, .ctx = s, .row = project_row};
    if (r.y + low - y > 30)
        (void)ui_table(s->ui, "mark_projects", (struct rect){r.x, y + 4, r.w, r.y + low - y - 8},
                       &q, -1);
}

/* ---- naming an evaluator ---- */

double panel_name_person(struct sheet *s, struct rect r)
{
    static const struct {
        enum msg label;
        const char *key;
    } field[FORM_FIELDS] = {{MSG_MARK_FORM_ID, "id"},         {MSG_MARK_FORM_NAME, "name"},
                            {MSG_MARK_FORM_UNIT, "unit"},     {MSG_MARK_FORM_ROLE, "role"},
                            {MSG_MARK_FORM_SHEETS, "sheets"}, {MSG_MARK_FORM_WEIGHT, "weight"}};
    struct view *v = s->v;
    bool entered = false;
    double y = r.y;
    for (int i = 0; i < FORM_FIELDS; i++, y += 54) {
        char id[] = "mark_form0";
        id[9] = (char)('0' + i);
        entered = view_field(v, s->ui, id, field[i].label, (struct rect){r.x, y, r.w, 50},
                             &v->mark.form[i], "") ||
                  entered;
    }
    if (ui_button(s->ui, "mark_lead", (struct rect){r.x, y + 4, r.w * 0.48, 28},
                  v->mark.lead ? SAY0(v, MSG_MARK_LEAD) : SAY0(v, MSG_MARK_LEAD_OFF),
                  v->mark.lead ? BUTTON_ON : 0, NULL))
        v->mark.lead = !v->mark.lead;
    entered =
        ui_button(s->ui, "mark_register", (struct rect){r.x + r.w * 0.52, y + 4, r.w * 0.48, 28},
                  SAY0(v, MSG_MARK_REGISTER), BUTTON_ACCENT, NULL) ||
        entered;
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
        ui_text(s->ui, (struct rect){r.x, y + 40, r.w, 60}, err_text(&a->text, v->lang),
                &(struct label){.size = 12.5, .lines = 3, .colour = s->ui->theme->bad});
    return y + 100;
}

/* view_finding.c -- problems: those confirmed, with their corrections and states, and what the
 * program proposes; one is worked on at the right. */
#include <string.h>

#include "base/hash.h"
#include "base/num.h"
#include "ui/view_parts.h"

struct list {
    struct view *v;
    struct ui *ui;
    const struct snapshot *n;
    const struct snap_desk *d;
};

static const char *in_lang(const struct view *v, const char *const both[LANG_COUNT])
{
    return both[v->lang] ? both[v->lang] : "";
}

static uint32_t class_colour(const struct theme *th, int class)
{
    return class == FINDING_DEFICIENCY ? th->bad : class == FINDING_CORRECT ? th->warn : th->accent;
}

/* ---- the list: findings, a heading, proposals ---- */

static void row(void *ctx, int i, struct ui_row *out)
{
    struct list *l = ctx;
    const struct theme *th = l->ui->theme;
    if (i == l->d->findings) {
        out->cell[1].text = SAY0(l->v, MSG_FIND_PROPOSALS);
        out->cell[1].bold = true;
        out->cell[1].colour = th->accent;
    } else if (i < l->d->findings) {
        const struct snap_finding *f = &l->d->finding[i];
        out->cell[0] = (struct ui_cell){say_title(l->ui, l->v->lang, finding_class_title(f->class)),
                                        class_colour(th, f->class), true, false};
        out->cell[1].text = SAYF(l->ui, l->v, MSG_FIND_ABOUT, arg_s(f->id), arg_s(f->text));
        out->cell[2] = (struct ui_cell){say_title(l->ui, l->v->lang, finding_state_title(f->state)),
                                        f->state == STATE_CLOSED ? th->good
                                        : f->state == STATE_OPEN ? th->bad
                                                                 : th->warn,
                                        true, false};
    } else {
        const struct snap_proposal *p = &l->d->proposal[i - l->d->findings - 1];
        out->cell[0] = (struct ui_cell){say_title(l->ui, l->v->lang, finding_class_title(p->class)),
                                        class_colour(th, p->class), true, false};
        out->cell[1].text = in_lang(l->v, p->text);
        out->cell[2].text =
            p->agency >= 0 ? say_name(l->ui, l->v, l->n, ENT_AGENCY, p->agency) : "";
        out->cell[2].colour = th->ink_dim;
    }
}

static void clear_fields(struct finding_view *f)
{
    struct ui_edit *all[] = {&f->text, &f->cause,  &f->reason, &f->measure,
                             &f->unit, &f->person, &f->due,    &f->evidence};
    for (int i = 0; i < COUNT_OF(all); i++)
        ui_edit_set(all[i], "");
    f->class = -1;
}

/* The fields follow what is chosen, once. */
static void load(struct list *l)
{
    struct finding_view *f = &l->v->finding;
    const char *key = "own", *text = "", *cause = "";
    if (!f->fresh && f->row >= 0 && f->row < l->d->findings) {
        key = l->d->finding[f->row].id;
        text = l->d->finding[f->row].text;
        cause = l->d->finding[f->row].cause;
    } else if (!f->fresh && f->row > l->d->findings) {
        const struct snap_proposal *p = &l->d->proposal[f->row - l->d->findings - 1];
        key = p->key;
        text = in_lang(l->v, p->text);
        cause = in_lang(l->v, p->cause);
    }
    uint64_t now = hash_bytes(key, strlen(key), (uint64_t)l->v->lang + 3) | 1;
    if (f->loaded == now)
        return;
    clear_fields(f);
    ui_edit_set(&f->text, text);
    ui_edit_set(&f->cause, cause);
    f->loaded = now;
}

/* ---- wishes ---- */

static void wish_finding(struct list *l, const struct snap_finding *old,
                         const struct snap_proposal *p)
{
    struct finding_view *f = &l->v->finding;
    struct wish *w = view_wish_new(l->v);
    char events[EVIDENCE_MAX * 12] = "";
    struct buf b = BUF_ON(events);
    const int64_t *seq = old ? old->seq : p ? p->seq : &l->v->log_event;
    int count = old ? old->events : p ? p->events : l->v->log_event > 0;
    int class = f->class >= 0 ? f->class : old ? old->class : p ? p->class : FINDING_IMPROVE;
    if (!w)
        return;
    for (int i = 0; i < count; i++) {
        buf_str(&b, i ? " " : "");
        buf_i64(&b, seq[i]);
    }
    wish_entry(w, ENTRY_FINDING);
    wish_pair(w, "id", old ? old->id : "");
    wish_pair(w, "class", finding_class_name(class));
    wish_pair(w, "text", f->text.text);
    wish_pair(w, "cause", f->cause.text);
    wish_pair(w, "by", l->v->mark.who);
    wish_pair(w, "events", events);
    wish_pair(w, "item", old ? old->item : "");
    wish_pair(w, "clause", old ? old->clause : "");
    wish_pair(w, "from", old ? old->from : p ? p->key : "");
}

static void wish_state(struct list *l, const struct snap_finding *f, int to)
{
    struct wish *w = view_wish_new(l->v);
    if (!w)
        return;
    wish_entry(w, ENTRY_STATE);
    wish_pair(w, "finding", f->id);
    wish_pair(w, "to", finding_state_name(to));
    wish_pair(w, "by", l->v->mark.who);
    wish_pair(w, "evidence", l->v->finding.evidence.text);
}

static void wish_action(struct list *l, const struct snap_finding *f)
{
    struct finding_view *fv = &l->v->finding;
    struct wish *w = view_wish_new(l->v);
    if (!w)
        return;
    wish_entry(w, ENTRY_ACTION);
    wish_pair(w, "finding", f->id);
    wish_pair(w, "measure", fv->measure.text);
    wish_pair(w, "unit", fv->unit.text);
    wish_pair(w, "person", fv->person.text);
    wish_pair(w, "due", fv->due.text);
}

static void wish_dismiss(struct list *l, const struct snap_proposal *p)
{
    struct wish *w = view_wish_new(l->v);
    if (!w)
        return;
    wish_entry(w, ENTRY_DISMISS);
    wish_pair(w, "from", p->key);
    wish_pair(w, "by", l->v->mark.who);
    wish_pair(w, "reason", l->v->finding.reason.text);
}

/* ---- the chosen one ---- */

static double classes(struct list *l, struct rect r, int now)
{
    struct finding_view *f = &l->v->finding;
    double w = (r.w - 12) / FINDING_CLASSES;
    for (int i = 0; i < FINDING_CLASSES; i++) {
        char id[] = "find_class0";
        id[10] = (char)('0' + i);
        bool on = (f->class >= 0 ? f->class : now) == i;
        if (ui_button(l->ui, id, (struct rect){r.x + i * (w + 6), r.y, w, 26},
                      say_title(l->ui, l->v->lang, finding_class_title(i)), on ? BUTTON_ON : 0,
                      NULL))
            f->class = i;
    }
    return r.y + 32;
}

static double wording(struct list *l, struct rect r, int class, const int64_t *seq, int events)
{
    struct finding_view *f = &l->v->finding;
    double y = classes(l, r, class);
    double text = 20 + ui_field_height(f->text.text, r.w, 1, 4),
           cause = 20 + ui_field_height(f->cause.text, r.w, 2, 6);
    (void)view_field(l->v, l->ui, "find_text", MSG_FIND_TEXT, (struct rect){r.x, y, r.w, text},
                     &f->text, "");
    y += text + 2;
    (void)view_field(l->v, l->ui, "find_cause", MSG_FIND_CAUSE, (struct rect){r.x, y, r.w, cause},
                     &f->cause, "");
    y += cause + 4;
    view_events(l->v, l->ui, "find_event", seq, events, (struct rect){r.x, y, r.w, 22});
    return y + (events > 0 ? 30 : 4);
}

static double action_form(struct list *l, const struct snap_finding *f, struct rect r)
{
    struct finding_view *fv = &l->v->finding;
    struct view *v = l->v;
    double w = (r.w - 12) / 3, y = r.y;
    for (int i = 0; i < f->actions; i++, y += 20) {
        const struct snap_action *a = &f->action[i];
        ui_text(l->ui, (struct rect){r.x, y, r.w, 18},
                SAYF(l->ui, v, MSG_FIND_ACTION_LINE, arg_s(a->measure), arg_s(a->unit),
                     arg_s(a->person), arg_s(a->due)),
                &(struct label){.size = 12.5, .lines = 1});
    }
    if (f->actions == ACTION_MAX || f->state == STATE_CLOSED)
        return y;
    (void)view_field(v, l->ui, "find_measure", MSG_FIND_ACTION, (struct rect){r.x, y, r.w, 50},
                     &fv->measure, SAY0(v, MSG_FIND_MEASURE));
    y += 52;
    (void)view_field(v, l->ui, "find_unit", MSG_FIND_UNIT, (struct rect){r.x, y, w, 50}, &fv->unit,
                     "");
    (void)view_field(v, l->ui, "find_person", MSG_FIND_PERSON, (struct rect){r.x + w + 6, y, w, 50},
                     &fv->person, "");
    bool entered = view_field(v, l->ui, "find_due", MSG_FIND_DUE,
                              (struct rect){r.x + 2 * (w + 6), y, w, 50}, &fv->due, "");
    y += 54;
    if (ui_button(l->ui, "find_action", (struct rect){r.x, y, r.w, 26},
                  SAY0(v, MSG_FIND_ADD_ACTION), fv->measure.text[0] ? BUTTON_ACCENT : 0, NULL) ||
        entered)
        wish_action(l, f);
    return y + 34;
}

static double states(struct list *l, const struct snap_finding *f, struct rect r)
{
    struct view *v = l->v;
    double y = r.y;
    if (f->evidence[0]) {
        ui_text(l->ui, (struct rect){r.x, y, r.w, 34},
                SAYF(l->ui, v, MSG_FIND_ABOUT, arg_s(f->evidence), arg_s(f->verified_by)),
                &(struct label){.size = 12.5, .lines = 2, .colour = l->ui->theme->good});
        y += 38;
    }
    if (f->state == STATE_CLOSED)
        return y;
    if (f->state == STATE_DOING || f->state == STATE_VERIFY) {
        (void)view_field(v, l->ui, "find_evidence", MSG_FIND_EVIDENCE,
                         (struct rect){r.x, y, r.w, 50}, &v->finding.evidence, "");
        y += 54;
    }
    double w = f->state == STATE_VERIFY ? (r.w - 6) / 2 : r.w;
    if (ui_button(l->ui, "find_next", (struct rect){r.x, y, w, 28},
                  SAYF(l->ui, v, MSG_FIND_NEXT_STATE,
                       arg_s(say_title(l->ui, v->lang, finding_state_title(f->state + 1)))),
                  BUTTON_ACCENT, NULL))
        wish_state(l, f, f->state + 1);
    if (f->state == STATE_VERIFY &&
        ui_button(l->ui, "find_back", (struct rect){r.x + w + 6, y, w, 28},
                  SAYF(l->ui, v, MSG_FIND_NEXT_STATE,
                       arg_s(say_title(l->ui, v->lang, finding_state_title(STATE_DOING)))),
                  0, NULL))
        wish_state(l, f, STATE_DOING);
    return y + 36;
}

static double proposal(struct list *l, const struct snap_proposal *p, struct rect r)
{
    struct view *v = l->v;
    double y = wording(l, r, p->class, p->seq, p->events);
    if (ui_button(l->ui, "find_confirm", (struct rect){r.x, y, r.w, 28}, SAY0(v, MSG_FIND_CONFIRM),
                  BUTTON_ACCENT, NULL))
        wish_finding(l, NULL, p);
    y += 42;
    bool entered =
        view_field(v, l->ui, "find_reason", MSG_FIND_REASON, (struct rect){r.x, y, r.w, 50},
                   &v->finding.reason, SAY0(v, MSG_MARK_REASON_HINT));
    y += 54;
    if (ui_button(l->ui, "find_dismiss", (struct rect){r.x, y, r.w, 28}, SAY0(v, MSG_FIND_DISMISS),
                  0, NULL) ||
        entered)
        wish_dismiss(l, p);
    return y + 36;
}

static double detail(struct list *l, struct rect r)
{
    struct finding_view *f = &l->v->finding;
    struct view *v = l->v;
    const struct theme *th = l->ui->theme;
    int p = f->row - l->d->findings - 1;
    double y = r.y;
    ui_text(
        l->ui, (struct rect){r.x, y, r.w, 18},
        v->mark.who[0] ? SAYF(l->ui, v, MSG_FIND_BY_WHOM, arg_s(v->mark.who))
                       : SAY0(v, MSG_FIND_NO_PERSON),
        &(struct label){.size = 12, .lines = 1, .colour = v->mark.who[0] ? th->ink_dim : th->warn});
    struct rect at = {r.x, y + 24, r.w, r.h - 24};
    load(l);
    if (f->fresh) {
        y = wording(l, at, FINDING_IMPROVE, &v->log_event, v->log_event > 0);
        if (ui_button(l->ui, "find_save", (struct rect){r.x, y, r.w, 28}, SAY0(v, MSG_FIND_SAVE),
                      BUTTON_ACCENT, NULL))
            wish_finding(l, NULL, NULL);
        y += 36;
    } else if (f->row >= 0 && f->row < l->d->findings) {
        const struct snap_finding *x = &l->d->finding[f->row];
        y = wording(l, at, x->class, x->seq, x->events);
        if (ui_button(l->ui, "find_save", (struct rect){r.x, y, r.w, 26}, SAY0(v, MSG_FIND_SAVE), 0,
                      NULL))
            wish_finding(l, x, NULL);
        y = action_form(l, x, (struct rect){r.x, y + 36, r.w, 100});
        y = states(l, x, (struct rect){r.x, y, r.w, 100});
    } else if (p >= 0 && p < l->d->proposals) {
        y = proposal(l, &l->d->proposal[p], at);
    } else {
        ui_text(l->ui, at,
                SAY0(v, l->d->findings + l->d->proposals > 0 ? MSG_FIND_CHOOSE : MSG_FIND_NONE),
                &(struct label){.size = 14, .lines = 2});
        return y;
    }
    const struct desk_answer *a = &l->d->answer;
    if (a->number > 0 && a->kind >= ENTRY_FINDING)
        ui_text(
            l->ui, (struct rect){r.x, y, r.w, 52}, err_text(&a->text, v->lang),
            &(struct label){
                .size = 12.5, .bold = true, .lines = 3, .colour = a->good ? th->good : th->bad});
    return y + 56;
}

/* After a finding was recorded the fields show what is on record. */
static void hear(struct view *v, const struct snap_desk *d)
{
    if (v->finding.heard == d->answer.number)
        return;
    v->finding.heard = d->answer.number;
    if (!d->answer.good || d->answer.kind < ENTRY_FINDING)
        return;
    v->finding.loaded = 0;
    v->finding.fresh = false;
    if (d->answer.kind == ENTRY_DISMISS)
        v->finding.row = -1;
    else if (d->answer.kind == ENTRY_FINDING &&
             (v->finding.row < 0 || v->finding.row >= d->findings))
        v->finding.row = d->findings - 1;
}

void view_finding(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    struct rect in = view_desk_head(v, ui, n, r);
    struct list l = {v, ui, n, n->desk};
    if (!n->desk || n->desk->page != PAGE_FINDINGS || n->desk->failed.rc != RC_OK) {
        const char *why = n->desk && n->desk->failed.rc != RC_OK
                              ? err_text(&n->desk->failed, v->lang)
                              : SAY0(v, MSG_MARK_WORKING);
        ui_text(ui, (struct rect){in.x, in.y + 20, in.w, 60}, why,
                &(struct label){.size = 14, .lines = 3, .align = ALIGN_CENTRE});
        return;
    }
    hear(v, n->desk);
    double right = num_clamp(in.w * 0.42, 280, 520), left = in.w - right - 14;
    int rows = l.d->findings + (l.d->proposals > 0 ? l.d->proposals + 1 : 0);
    struct ui_table t = {.rows = rows,
                         .columns = 3,
                         .width = {num_max(left * 0.18, 96), left * 0.6, num_max(left * 0.2, 84)},
                         .row_height = 42,
                         .ctx = &l,
                         .row = row};
    if (v->finding.row >= rows)
        v->finding.row = -1;
    int hit = ui_table(ui, "findings", (struct rect){in.x, in.y, left, in.h - 36}, &t,
                       v->finding.fresh ? -1 : v->finding.row);
    if (hit == l.d->findings) /* over the heading */
        hit += hit < v->finding.row && hit > 0 ? -1 : 1;
    if (hit >= 0 && hit < rows) {
        v->finding.row = hit;
        v->finding.fresh = false;
    }
    if (ui_button(ui, "find_own", (struct rect){in.x, in.y + in.h - 28, left, 28},
                  SAY0(v, MSG_FIND_OWN), v->finding.fresh ? BUTTON_ON : 0, NULL)) {
        v->finding.fresh = true;
        v->finding.loaded = 0;
        ui_focus(ui, "find_text");
    }
    struct ui_pane pane;
    struct rect at =
        ui_scroll_begin(ui, "finding_detail", (struct rect){in.x + left + 14, in.y, right, in.h},
                        v->finding.high, &pane);
    v->finding.high = detail(&l, at) - at.y;
    ui_scroll_end(ui, &pane);
}

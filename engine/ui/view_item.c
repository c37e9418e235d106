/* view_item.c -- the sheet: its items, and the chosen one with its scale, words, evidence and,
 * later, what the others gave. */
#include "ui/view_mark.h"

#include <string.h>

#include "base/num.h"

/* ---- the items ---- */

static void lay_rows(struct sheet *s)
{
    int project = -1;
    for (int i = 0; i < s->p->items && s->rows + 2 < SHEET_ROWS; i++) {
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
        out->cell[1].text = s->row[i] == HEAD_LOG
                                ? SAY0(s->v, MSG_MARK_FROM_LOG)
                                : mark_words(s->v, s->p->project[-1 - s->row[i]].title);
        out->cell[1].bold = true;
        out->cell[1].colour = th->accent;
        return;
    }
    const struct snap_item *it = &s->p->item[s->row[i]];
    out->cell[0].text = it->id;
    out->cell[0].colour = th->ink_dim;
    out->cell[1].text = mark_words(s->v, it->text);
    if (it->automatic) {
        static const enum msg words[] = {MSG_MARK_TO_CONFIRM, MSG_MARK_CONFIRMED,
                                         MSG_MARK_OVERRULED};
        out->cell[2] =
            (struct ui_cell){SAY0(s->v, words[it->decision]),
                             it->decision == AUTO_PENDING ? th->warn : th->good, true, false};
    } else if (mark_is_pending(s->v, it)) {
        out->cell[2] = (struct ui_cell){SAY0(s->v, MSG_MARK_UNSAVED), th->bad, true, false};
    } else {
        out->cell[2] = (struct ui_cell){mark_words(s->v, it->value),
                                        it->state == MARK_NONE    ? th->warn
                                        : it->state == MARK_RATED ? th->good
                                                                  : th->idle,
                                        true, false};
    }
    if (it->spread)
        out->back = colour_alpha(th->warn, 0.12);
}

void item_list(struct sheet *s, struct rect r)
{
    struct view *v = s->v;
    int now = -1;
    lay_rows(s);
    for (int i = 0; i < s->rows; i++)
        now = s->row[i] >= 0 && s->row[i] == v->mark.item ? i : now;
    ui_text(s->ui, (struct rect){r.x, r.y, r.w, 18},
            SAYF(s->ui, v, MSG_MARK_DONE_OF, arg_i(s->p->marked), arg_i(s->p->to_mark)),
            &(struct label){.size = 12, .bold = true, .lines = 1});
    ui_bar(s->ui, (struct rect){r.x + 130, r.y + 6, r.w - 130, 7},
           s->p->to_mark > 0 ? (double)s->p->marked / s->p->to_mark : 0, s->ui->theme->good);
    struct ui_table t = {.rows = s->rows,
                         .columns = 3,
                         .width = {0.15, 0.61, 0.24},
                         .row_height = 42,
                         .ctx = s,
                         .row = item_row,
                         .show = v->mark.show};
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
        mark_choose(v, s->n, s->p, s->row[hit]);
}

/* ---- the chosen item ---- */

static double levels(struct sheet *s, const struct snap_item *it, struct rect r)
{
    struct view *v = s->v;
    int off = mark_may(s, it) ? 0 : BUTTON_OFF, columns = it->levels > 4 ? 2 : 1;
    double w = (r.w - 6 * (columns - 1)) / columns;
    for (int k = 0; k < it->levels; k++) {
        char id[] = "mark_level0", key[] = "1", score[24];
        struct buf b = BUF_ON(score);
        id[10] = (char)('0' + k);
        key[0] = (char)('1' + k);
        buf_fixed(&b, it->level_score[k], 0);
        bool on = mark_is_pending(v, it) ? strcmp(v->mark.pending, it->level_id[k]) == 0
                                         : it->chosen == k;
        struct rect at = {r.x + k % columns * (w + 6), r.y + (double)(k / columns) * 29, w, 26};
        if (ui_button(s->ui, id, at,
                      SAYF(s->ui, v, MSG_MARK_LEVEL, arg_s(k < 9 ? key : ""),
                           arg_s(mark_words(v, it->level[k])), arg_s(score)),
                      off | (on ? BUTTON_ON : 0), NULL))
            mark_give(v, s->n, it, it->level_id[k]);
    }
    return r.y + (double)((it->levels + columns - 1) / columns) * 29;
}

static double values(struct sheet *s, const struct snap_item *it, struct rect r)
{
    struct view *v = s->v;
    int off = mark_may(s, it) ? 0 : BUTTON_OFF;
    double y = r.y;
    if (it->levels > 0) {
        y = levels(s, it, r);
    } else {
        ui_text(s->ui, (struct rect){r.x, y, r.w, 16},
                SAYF(s->ui, v, MSG_MARK_POINTS, arg_s(mark_words(v, it->allowed))),
                &(struct label){.size = 11.5, .colour = s->ui->theme->accent, .lines = 1});
        if (ui_field(s->ui, "mark_value", (struct rect){r.x, y + 18, r.w, 30}, &v->mark.value,
                     mark_words(v, it->allowed)) &&
            v->mark.value.text[0] && !off)
            mark_give(v, s->n, it, v->mark.value.text);
        y += 54;
    }
    double w = (r.w - 6) / 2;
    if (it->automatic) {
        if (ui_button(s->ui, "mark_confirm", (struct rect){r.x, y, w, 26},
                      SAY0(v, MSG_MARK_CONFIRM),
                      off | (it->decision == AUTO_PENDING ? BUTTON_ACCENT : 0), NULL))
            mark_confirm(v, it);
    } else if (ui_button(s->ui, "mark_not_observed", (struct rect){r.x + w + 6, y, w, 26},
                         SAY0(v, MSG_MARK_NOT_OBSERVED),
                         off | (it->state == MARK_NOT_OBSERVED ? BUTTON_ON : 0), NULL)) {
        mark_give(v, s->n, it, "not_observed");
    }
    if (ui_button(s->ui, "mark_na", (struct rect){it->automatic ? r.x + w + 6 : r.x, y, w, 26},
                  SAY0(v, MSG_MARK_NA), off | (it->state == MARK_NOT_APPLICABLE ? BUTTON_ON : 0),
                  NULL))
        mark_give(v, s->n, it, "na");
    return y + 32;
}

static double tie(struct sheet *s, const struct snap_item *it, struct rect r)
{
    struct view *v = s->v;
    const struct theme *th = s->ui->theme;
    const char *text = SAY0(v, MSG_MARK_TIED_NOW);
    bool tied = v->mark.event > 0 && v->mark.event <= s->n->events;
    if (tied)
        text = SAYF(s->ui, v, MSG_MARK_TIED, arg_i(v->mark.event),
                    arg_s(say_event(s->ui, v, s->n, &s->n->event[v->mark.event - 1])));
    ui_text(s->ui, (struct rect){r.x, r.y, r.w - 122, 34}, text,
            &(struct label){.size = 12, .lines = 2, .colour = tied ? th->ink : th->ink_faint});
    bool clear = tied && (v->log_event == v->mark.event || v->log_event <= 0);
    if (ui_button(s->ui, "mark_tie", (struct rect){r.x + r.w - 118, r.y + 4, 118, 26},
                  clear ? SAY0(v, MSG_MARK_UNTIE) : SAY0(v, MSG_MARK_TIE),
                  clear || v->log_event > 0 ? 0 : BUTTON_OFF, SAY0(v, MSG_MARK_TIE_TIP))) {
        v->mark.event = clear ? 0 : v->log_event;
        if (mark_recorded(it)[0] && mark_may(s, it))
            mark_give_again(v, s->n, it);
    }
    return r.y + 38;
}

static double words(struct sheet *s, const struct snap_item *it, struct rect r)
{
    struct view *v = s->v;
    double y = r.y;
    double high = 20 + ui_field_height(v->mark.comment.text, r.w, 2, 6);
    bool entered =
        view_field(v, s->ui, "mark_comment", MSG_MARK_COMMENT, (struct rect){r.x, y, r.w, high},
                   &v->mark.comment, SAY0(v, MSG_MARK_COMMENT_HINT));
    y += high + 2;
    if (s->p->phase == PANEL_RECONCILING && !it->automatic) {
        high = 20 + ui_field_height(v->mark.reason.text, r.w, 1, 4);
        entered =
            view_field(v, s->ui, "mark_reason", MSG_MARK_REASON, (struct rect){r.x, y, r.w, high},
                       &v->mark.reason, SAY0(v, MSG_MARK_COMMENT_HINT)) ||
            entered;
        y += high + 2;
    }
    if (entered) {
        if (mark_may(s, it))
            mark_give_again(v, s->n, it);
        ui_focus(s->ui, "mark_items"); /* so that the next key is a mark again */
    }
    const struct desk_answer *a = &s->n->desk->answer;
    if (a->number > 0 && !a->good && (a->kind == ENTRY_MARK || a->kind == ENTRY_AUTO) &&
        strcmp(a->item, it->id) == 0) {
        ui_text(
            s->ui, (struct rect){r.x, y, r.w, 34}, err_text(&a->text, v->lang),
            &(struct label){.size = 12.5, .bold = true, .lines = 2, .colour = s->ui->theme->bad});
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
            it->applies ? SAYF(s->ui, v, MSG_MARK_EVIDENCE, arg_d(it->evidence_score, 0))
                        : SAY0(v, MSG_MARK_EVIDENCE_NONE),
            &(struct label){.size = 11.5, .colour = th->accent, .lines = 1});
    ui_text(s->ui, (struct rect){r.x, r.y + 17, r.w, 36}, mark_words(v, it->evidence),
            &(struct label){.size = 12.5, .lines = 2});
    view_events(v, s->ui, "mark_evidence", it->seq, it->events,
                (struct rect){r.x, r.y + 54, r.w, 22});
    double y = r.y + (it->events > 0 ? 80 : 56);
    if (it->automatic && it->decision != AUTO_PENDING) {
        const char *what = it->decision == AUTO_CONFIRMED ? SAY0(v, MSG_MARK_CONFIRMED)
                                                          : SAY0(v, MSG_MARK_OVERRULED);
        const char *value = it->decided[v->lang][0] ? SAYF(s->ui, v, MSG_FIND_ABOUT, arg_s(what),
                                                           arg_s(it->decided[v->lang]))
                                                    : what;
        ui_text(s->ui, (struct rect){r.x, y, r.w, 18},
                SAYF(s->ui, v, MSG_MARK_BY, arg_s(it->decided_by), arg_s(value)),
                &(struct label){.size = 12.5, .lines = 1, .colour = th->good});
        ui_text(s->ui, (struct rect){r.x, y + 18, r.w, 34}, it->decided_why,
                &(struct label){.size = 12, .lines = 2, .colour = th->ink_dim});
        y += 54;
    }
    return y;
}

static void other_row(void *ctx, int i, struct ui_row *out)
{
    struct sheet *s = ctx;
    const struct snap_other *o = &mark_chosen(s->v, s->p)->other[i];
    const char *value = mark_words(s->v, o->value);
    out->cell[0].text = o->name;
    out->cell[1].text = o->changed ? SAYF(s->ui, s->v, MSG_MARK_WAS, arg_s(value),
                                          arg_s(mark_words(s->v, o->first)))
                                   : value;
    out->cell[1].colour = o->outlier ? s->ui->theme->warn : 0;
    out->cell[1].bold = true;
    out->cell[2].text = o->changed && o->reason[0] ? o->reason : o->comment;
    out->cell[2].colour = s->ui->theme->ink_dim;
}

static void others(struct sheet *s, const struct snap_item *it, struct rect r)
{
    if (!s->p->revealed || it->automatic || r.h < 40)
        return;
    ui_text(s->ui, (struct rect){r.x, r.y, r.w - 80, 18}, SAY0(s->v, MSG_MARK_OTHERS),
            &(struct label){.size = 11.5, .colour = s->ui->theme->accent, .lines = 1});
    if (it->spread)
        ui_tag(s->ui, (struct rect){r.x + r.w - 76, r.y, 76, 18}, SAY0(s->v, MSG_MARK_SPREAD),
               s->ui->theme->warn);
    struct ui_table t = {.rows = it->others,
                         .columns = 3,
                         .width = {0.2, 0.28, 0.52},
                         .row_height = 40,
                         .ctx = s,
                         .row = other_row};
    (void)ui_table(s->ui, "mark_others", (struct rect){r.x, r.y + 20, r.w, r.h - 20}, &t, -1);
}

double item_detail(struct sheet *s, struct rect r)
{
    struct view *v = s->v;
    const struct theme *th = s->ui->theme;
    const struct snap_item *it = mark_chosen(v, s->p);
    if (!it)
        return r.y;
    mark_load(v, it);
    if (v->log_event != v->mark.log_seen) {
        v->mark.log_seen = v->log_event;
        if (v->log_event > 0 && it->state == MARK_NONE &&
            !it->automatic) /* clicked: what is about to be marked is about that */
            v->mark.event = v->log_event;
    }
    ui_text(s->ui, (struct rect){r.x, r.y, r.w * 0.6, 18},
            SAYF(s->ui, v, MSG_FIND_ABOUT, arg_s(it->id),
                 arg_s(mark_words(v, s->p->project[it->project].title))),
            &(struct label){.size = 11.5, .colour = th->ink_dim, .lines = 1});
    if (it->optional || it->veto)
        ui_tag(s->ui, (struct rect){r.x + r.w - 90, r.y, 90, 18},
               SAY0(v, it->veto ? MSG_MARK_VETO_TAG : MSG_MARK_OPTIONAL),
               it->veto ? th->bad : th->idle);
    ui_text(s->ui, (struct rect){r.x, r.y + 20, r.w, 44}, mark_words(v, it->text),
            &(struct label){.size = 15, .bold = true, .lines = 2});
    bool guide = mark_words(v, it->guide)[0] != '\0';
    ui_text(s->ui, (struct rect){r.x, r.y + 66, r.w, 34}, mark_words(v, it->guide),
            &(struct label){.size = 12, .lines = 2, .colour = th->ink_dim});
    double y = values(s, it, (struct rect){r.x, r.y + (guide ? 104 : 70), r.w, 100});
    y = words(s, it, (struct rect){r.x, y, r.w, 100});
    if (it->at_ms >= 0) {
        ui_text(s->ui, (struct rect){r.x, y, r.w, 16},
                SAYF(s->ui, v, MSG_MARK_AT, arg_s(say_clock(s->ui, s->n, it->at_ms))),
                &(struct label){.size = 11.5, .lines = 1, .colour = th->ink_dim});
        y += 20;
    }
    y = evidence(s, it, (struct rect){r.x, y + 2, r.w, 80});
    others(s, it, (struct rect){r.x, y + 4, r.w, r.y + r.h - y - 4});
    return y + (s->p->revealed && !it->automatic ? 26 + 40 * num_min(it->others, 4) : 0);
}

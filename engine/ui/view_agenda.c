/* view_agenda.c -- how the room is led, as the facilitator sees it: the phase that runs, an
 * agency's posts, the chain that an inject should set going, the mark of one that states what is
 * not so. */
#include "base/num.h"
#include "ui/view_parts.h"

enum { AGENDA_HEIGHT = 40 };

/* Questions, who speaks and what must be decided, in one text for the mouse. */
static const char *phase_tip(struct view *v, struct ui *ui, const struct snapshot *n,
                             const struct phase *p)
{
    char text[LINE_BYTES], seats[LINE_BYTES / 2];
    struct buf b = BUF_ON(text), s = BUF_ON(seats);
    for (int i = 0; i < p->questions; i++) {
        buf_i64(&b, i + 1);
        buf_str(&b, ". ");
        buf_str(&b, say_title(ui, v->lang, p->question[i]));
        buf_char(&b, ' ');
    }
    for (int i = 0; i < p->seats.count; i++) {
        if (i > 0)
            buf_str(&s, v->lang == LANG_ZH ? "、" : ", ");
        buf_str(&s, say_name(ui, v, n, ENT_AGENCY, p->seats.id[i]));
    }
    if (p->seats.count > 0)
        buf_str(&b, SAYF(ui, v, MSG_UI_PHASE_SEATS, arg_s(seats)));
    return list_keep(ui->list, text);
}

double view_agenda(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    const struct atlas *at = n->atlas;
    char head[LINE_BYTES];
    struct buf b = BUF_ON(head);
    if (at->phase_count == 0)
        return 0;
    struct rect all = {r.x, r.y, r.w, AGENDA_HEIGHT - 4};
    const struct phase *p = n->agenda >= 0 ? &at->phase[n->agenda] : &at->phase[0];
    const char *title = say_title(ui, v->lang, p->title);
    buf_str(&b, n->agenda >= 0
                    ? SAYF(ui, v, MSG_UI_PHASE, arg_i(n->agenda + 1), arg_i(at->phase_count),
                           arg_s(title))
                    : SAYF(ui, v, MSG_UI_PHASE_NEXT, arg_i(at->phase_count), arg_s(title)));
    if (p->room_ms > 0)
        buf_str(&b, SAYF(ui, v, MSG_UI_PHASE_ROOM, arg_i(p->room_ms / 60000)));
    ui_text_tip(
        ui, (struct rect){r.x, r.y, r.w, 18}, head,
        &(struct label){.size = 12.5, .bold = true, .lines = 1, .colour = ui->theme->accent});
    if (p->decision.zh.len > 0)
        ui_text(ui, (struct rect){r.x, r.y + 18, r.w, 17},
                SAYF(ui, v, MSG_UI_PHASE_DECISION, arg_s(say_title(ui, v->lang, p->decision))),
                &(struct label){.size = 11.5, .lines = 1, .colour = ui->theme->ink_dim});
    if (ui_over(ui, all) && !ui->blocked && p->questions + p->seats.count > 0)
        ui->tip = phase_tip(v, ui, n, p);
    return AGENDA_HEIGHT;
}

const char *view_chain(struct view *v, struct ui *ui, const struct snapshot *n, int inject)
{
    const struct inject *in = &n->atlas->inject[inject];
    char text[2 * LINE_BYTES];
    struct buf b = BUF_ON(text);
    for (int i = 0; i < in->chain_count; i++) {
        buf_i64(&b, i + 1);
        buf_str(&b, ". ");
        chain_step_say(n->atlas, &in->chain[i], v->lang, &b);
        buf_str(&b, "  ");
    }
    return in->chain_count > 0 ? list_keep(ui->list, text) : NULL;
}

bool view_untrue(const struct snapshot *n, int inject)
{
    if (n->atlas->inject[inject].true_if < 0 || n->inject_stage[inject] != INJECT_HELD)
        return false;
    for (int64_t i = n->orders; i-- > 0;) {
        const struct order *o = &n->order[i];
        if (o->verb == VERB_HOLD && o->arg[0] == inject)
            return o->origin == ORIGIN_SCRIPT; /* not the facilitator's own wish */
    }
    return false;
}

struct posts {
    struct view *v;
    struct ui *ui;
    const struct snapshot *n;
    const struct agency *agency;
};

/* The post, who holds it or where that is, and who stands in. */
static void post_row(void *ctx, int i, struct ui_row *out)
{
    struct posts *s = ctx;
    const struct post *p = &s->agency->post[i];
    char who[LINE_BYTES];
    struct buf b = BUF_ON(who);
    buf_text(&b, p->name);
    if (p->name.len > 0 && p->phone.len > 0)
        buf_char(&b, ' ');
    buf_text(&b, p->phone);
    if (b.len == 0 && p->place >= 0)
        buf_str(&b, say_name(s->ui, s->v, s->n, ENT_PLACE, p->place));
    else if (b.len == 0 && p->deputy >= 0)
        buf_str(&b, SAYF(s->ui, s->v, MSG_UI_DEPUTY,
                         arg_s(say_title(s->ui, s->v->lang, s->agency->post[p->deputy].title))));
    out->cell[0].text = say_title(s->ui, s->v->lang, p->title);
    out->cell[1] =
        (struct ui_cell){list_keep(s->ui->list, who), s->ui->theme->ink_dim, false, false};
}

double view_posts(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    struct posts s = {v, ui, n, v->agency >= 0 ? &n->atlas->agency[v->agency] : NULL};
    if (!s.agency || s.agency->posts == 0)
        return 0;
    double height = num_min(r.h, 26.0 * s.agency->posts + 4);
    struct ui_table t = {
        .rows = s.agency->posts, .columns = 2, .width = {0.56, 0.44}, .ctx = &s, .row = post_row};
    (void)ui_table(ui, "posts", (struct rect){r.x, r.y, r.w, height}, &t, -1);
    return height + 6;
}

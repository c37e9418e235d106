/* view_mark.c -- the mark view: what is chosen, what is wished, what comes back, and the keys. The
 * drill goes on beside. */
#include "ui/view_mark.h"

#include <string.h>

#include "base/hash.h"
#include "base/num.h"

const char *mark_words(const struct view *v, const char *const both[LANG_COUNT])
{
    return both[v->lang] ? both[v->lang] : "";
}

const struct snap_item *mark_chosen(const struct view *v, const struct snap_panel *p)
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
void mark_give(struct view *v, const struct snapshot *n, const struct snap_item *it,
               const char *value)
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

void mark_confirm(struct view *v, const struct snap_item *it)
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
const char *mark_recorded(const struct snap_item *it)
{
    if (it->automatic || it->state == MARK_NONE)
        return "";
    return it->state == MARK_NOT_APPLICABLE ? "na"
           : it->state == MARK_NOT_OBSERVED ? "not_observed"
           : it->levels > 0                 ? it->level_id[it->chosen]
                                            : it->typed;
}

bool mark_is_pending(const struct view *v, const struct snap_item *it)
{
    return v->mark.pending[0] && strcmp(v->mark.pending_item, it->id) == 0;
}

/* The comment, with the value that waits for it or the recorded one. */
void mark_give_again(struct view *v, const struct snapshot *n, const struct snap_item *it)
{
    const char *value = mark_is_pending(v, it)                     ? v->mark.pending
                        : it->levels == 0 && v->mark.value.text[0] ? v->mark.value.text
                                                                   : mark_recorded(it);
    char copy[UI_TEXT];
    (void)text_copy(copy, (int)sizeof(copy), text_of(value));
    if (copy[0])
        mark_give(v, n, it, copy);
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

/* Before another item is chosen: a comment that was changed goes with the value, or waits for one.
 */
void mark_leave(struct view *v, const struct snapshot *n, const struct snap_panel *p)
{
    const struct snap_item *it = mark_chosen(v, p);
    bool open = p->phase != PANEL_SIGNED && p->who >= 0;
    if (!it || !open || v->mark.loaded != key_of(v, it) ||
        strcmp(v->mark.comment.text, it->comment) == 0)
        return;
    if (!it->automatic && (mark_is_pending(v, it) || mark_recorded(it)[0]))
        mark_give_again(v, n, it);
    else
        keep_draft(v, v->mark.loaded);
}

void mark_choose(struct view *v, const struct snapshot *n, const struct snap_panel *p, int item)
{
    if (item == v->mark.item || item < 0 || item >= p->items)
        return;
    mark_leave(v, n, p);
    v->mark.item = item;
    v->mark.show = true;
    v->mark.asking = ASK_NOTHING;
}

void mark_load(struct view *v, const struct snap_item *it)
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
    if ((a->kind != ENTRY_MARK && a->kind != ENTRY_AUTO) ||
        strcmp(a->item, v->mark.pending_item) != 0)
        return;
    const struct snap_panel *p = &n->desk->panel;
    const struct snap_item *it = mark_chosen(v, p);
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
                                      : d && d->page == v->page && d->panel.kind == v->mark.kind &&
                                            (!known || strcmp(who, v->mark.who) == 0);
    uint64_t what = hash_bytes(v->mark.who, strlen(v->mark.who),
                               (uint64_t)v->page * PANEL_KINDS + (uint64_t)v->mark.kind + 1);
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
    const char *pages[DESK_PAGES] = {SAY0(v, MSG_MARK_PAGE_MAP), SAY0(v, MSG_MARK_PAGE_MARK),
                                     SAY0(v, MSG_MARK_PAGE_FINDINGS)};
    struct rect in = ui_panel(ui, r, NULL);
    v->page = (enum desk_page)ui_tabs(ui, "desk_page", (struct rect){in.x, in.y, 240, 28}, pages,
                                      DESK_PAGES, (int)v->page);
    const struct snap_panel *p = panel_of(n);
    if (p && p->phase != PANEL_CLOSED)
        ui_text(ui,
                (struct rect){in.x + 252, in.y, in.w - 252 - (v->page == PAGE_MARK ? 280 : 0), 28},
                mark_words(v, p->set),
                &(struct label){.size = 12.5, .lines = 1, .colour = ui->theme->ink_dim});
    return (struct rect){in.x, in.y + 36, in.w, in.h - 36};
}

bool view_field(struct view *v, struct ui *ui, const char *id, enum msg label, struct rect r,
                struct ui_edit *edit, const char *hint)
{
    ui_text(ui, (struct rect){r.x, r.y, r.w, 16}, SAY0(v, label),
            &(struct label){.size = 11.5, .colour = ui->theme->accent, .lines = 1});
    return ui_field(ui, id, (struct rect){r.x, r.y + 18, r.w, r.h - 20}, edit, hint);
}

void view_events(struct view *v, struct ui *ui, const char *id, const int64_t *seq, int count,
                 struct rect r)
{
    double x = r.x;
    for (int i = 0; i < count && x + 58 <= r.x + r.w; i++, x += 62) {
        char name[48], text[24];
        struct buf b = BUF_ON(name), t = BUF_ON(text);
        buf_str(&b, id);
        buf_i64(&b, i);
        buf_char(&t, '#');
        buf_i64(&t, seq[i]);
        if (ui_button(ui, name, (struct rect){x, r.y, 58, 22}, text,
                      v->log_event == seq[i] ? BUTTON_ON : 0, NULL)) {
            v->log_event = seq[i];
            v->log_order = 0;
            v->log_show = true;
            v->filter = LOG_ALL;
            v->right = RIGHT_LOG;
        }
    }
}

/* ---- handing in and signing ---- */

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
void mark_step_on(struct view *v, enum asking what)
{
    static const int32_t entry[] = {[ASK_SUBMIT] = ENTRY_SUBMIT,
                                    [ASK_RECONCILE] = ENTRY_RECONCILE,
                                    [ASK_SIGN] = ENTRY_SIGN,
                                    [ASK_REOPEN] = ENTRY_REOPEN};
    if (v->mark.asking != what) {
        v->mark.asking = what;
        return;
    }
    wish_by(v, entry[what], what == ASK_RECONCILE || what == ASK_REOPEN ? v->mark.reason.text : "");
}

/* What this evaluator may do with the sheet or the panel now; ASK_NOTHING: nothing. */
enum asking mark_step(const struct snap_panel *p)
{
    const struct snap_person *me = p->who >= 0 ? &p->person[p->who] : NULL;
    if (!me)
        return ASK_NOTHING;
    if (p->phase == PANEL_MARKING && !me->in)
        return ASK_SUBMIT;
    if (!me->lead || p->kind != PANEL_EXPERT)
        return ASK_NOTHING;
    return p->phase == PANEL_MARKING       ? ASK_RECONCILE
           : p->phase == PANEL_RECONCILING ? ASK_SIGN
                                           : ASK_REOPEN;
}

/* ---- who may ---- */

static bool may_mark(const struct sheet *s)
{
    const struct snap_panel *p = s->p;
    return p->who >= 0 && p->phase != PANEL_SIGNED &&
           (p->phase == PANEL_RECONCILING || !p->person[p->who].in);
}

/* Automatic ones may be decided also after this expert's sheet is in. */
bool mark_may(const struct sheet *s, const struct snap_item *it)
{
    return it->automatic ? s->p->who >= 0 && s->p->phase != PANEL_SIGNED : may_mark(s);
}

/* ---- the page ---- */

static void kinds(struct view *v, struct ui *ui, struct rect r)
{
    const char *names[PANEL_KINDS] = {SAY0(v, MSG_MARK_EXPERTS), SAY0(v, MSG_MARK_SELF),
                                      SAY0(v, MSG_MARK_SURVEY)};
    int now = ui_tabs(ui, "mark_kind", (struct rect){r.x + r.w - 270, r.y - 36, 270, 28}, names,
                      PANEL_KINDS, v->mark.kind);
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
        const char *why = n->desk && n->desk->failed.rc != RC_OK
                              ? err_text(&n->desk->failed, v->lang)
                              : SAY0(v, MSG_MARK_WORKING);
        ui_text(ui, (struct rect){in.x, in.y + 20, in.w, 60}, why,
                &(struct label){.size = 14, .lines = 3, .align = ALIGN_CENTRE});
        return;
    }
    s = (struct sheet){.v = v, .ui = ui, .n = n, .p = p};
    if (p->phase == PANEL_CLOSED) {
        panel_choose_set(&s, in);
        return;
    }
    if (v->mark.item < 0 && p->items > 0 && p->who >= 0) {
        v->mark.item = next_unmarked(p, -1);
        v->mark.show = true;
    }
    double left = num_clamp(in.w * 0.18, 118, 230), right = num_clamp(in.w * 0.36, 225, 420);
    panel_column(&s, (struct rect){in.x, in.y, left, in.h});
    struct rect side = {in.x + in.w - right, in.y, right, in.h};
    struct rect middle = {in.x + left + 10, in.y, in.w - left - right - 22, in.h};
    if (p->who < 0 && !v->mark.naming)
        ui_text(ui, (struct rect){middle.x, middle.y, middle.w + right, 40},
                SAY0(v, MSG_MARK_CHOOSE_PERSON), &(struct label){.size = 14, .lines = 2});
    if (p->who >= 0)
        item_list(&s, middle);
    struct ui_pane pane;
    struct rect at = ui_scroll_begin(ui, v->mark.naming ? "mark_form" : "mark_detail", side,
                                     v->mark.high, &pane);
    double end = at.y;
    if (v->mark.naming)
        end = panel_name_person(&s, at);
    else if (p->who >= 0)
        end = item_detail(&s, at);
    v->mark.high = end - at.y;
    ui_scroll_end(ui, &pane);
}

/* ---- keys ---- */

static void tie_event(struct view *v)
{
    v->mark.event = v->mark.event == v->log_event ? 0 : v->log_event;
}

static void value_key(struct sheet *s, const struct snap_item *it, int digit)
{
    char text[] = "0";
    text[0] = (char)('0' + digit);
    if (it->levels == 0) { /* points are typed; the digit begins them */
        ui_edit_set(&s->v->mark.value, text);
        ui_focus(s->ui, "mark_value");
    } else if (digit >= 1 && digit <= it->levels) {
        mark_give(s->v, s->n, it, it->level_id[digit - 1]);
    }
}

static void item_keys(struct sheet *s)
{
    struct view *v = s->v;
    const struct snap_item *it = mark_chosen(v, s->p);
    if (!it || !mark_may(s, it))
        return;
    for (int d = 0; d <= 9; d++) {
        if (ui_take(s->ui, (enum ui_key)((int)KEY_0 + d)))
            value_key(s, it, d);
    }
    if (ui_take(s->ui, KEY_N))
        mark_give(v, s->n, it, "na");
    if (ui_take(s->ui, KEY_O) && !it->automatic)
        mark_give(v, s->n, it, "not_observed");
    if (ui_take(s->ui, KEY_Y) && it->automatic)
        mark_confirm(v, it);
    if (ui_take(s->ui, KEY_C))
        ui_focus(s->ui, "mark_comment");
    if (ui_take(s->ui, KEY_E) && (v->log_event > 0 || v->mark.event > 0) && !it->automatic) {
        tie_event(v);
        if (mark_recorded(it)[0])
            mark_give_again(v, s->n, it);
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
        mark_choose(v, n, p, next_unmarked(p, v->mark.item));
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
    if (ui_take(ui, KEY_S) && mark_step(p) == ASK_SUBMIT)
        mark_step_on(v, ASK_SUBMIT);
}

/* fill_orders.c -- orders and refusals, the command post, who dealt with whom, the timeline. */
#include <stdlib.h>
#include <string.h>

#include "report/fill_parts.h"

enum { LINE_BYTES = 1600, MATRIX_MAX = 20, ROWS_MAX = 14 };

static const char *order_text(struct filling *f, const struct order *o)
{
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    order_say(o, f->src->atlas, f->lang, &b);
    return fill_text(f, (struct text){b.at, b.len});
}

static int by_time(const void *a, const void *b)
{
    const struct report_order *p = a, *q = b;
    if (p->t_ms != q->t_ms)
        return p->t_ms < q->t_ms ? -1 : 1;
    return p->seq < q->seq ? -1 : p->seq > q->seq;
}

/* What became of an order after it was accepted: the first event that says it failed or was refused. */
static const struct event *failure_of(const struct report_source *s, int64_t seq)
{
    for (int64_t i = 0; i < s->events; i++) {
        const struct event *ev = &s->event[i];
        if ((ev->kind == EV_ORDER_FAILED || ev->kind == EV_TEAM_REFUSED) &&
            event_int(ev, "order", -1) == seq)
            return ev;
    }
    return NULL;
}

void fill_orders(struct filling *f)
{
    const struct report_source *s = f->src;
    struct report_order *list = FILL_NEW(f, struct report_order, s->orders + s->refusal_count);
    int n = 0;
    if (!list)
        return;
    for (int64_t k = 0; k < s->orders; k++) {
        const struct order *o = &s->order[k];
        if (!fill_is_seat_order(o))
            continue;
        const struct event *bad = failure_of(s, o->seq);
        list[n++] = (struct report_order){.seq = o->seq, .t_ms = o->at_ms,
                                          .seat = fill_agency(f, o->agency),
                                          .text = order_text(f, o),
                                          .answer = bad ? REPORT_FAILED : REPORT_ACCEPTED,
                                          .reason = bad ? fill_event_text(f, bad) : NULL,
                                          .said_ms = REPORT_NEVER};
    }
    for (int k = 0; k < s->refusal_count; k++) {
        const struct order *o = s->refusals[k].order;
        list[n++] = (struct report_order){.seq = 0, .t_ms = o->at_ms,
                                          .seat = fill_agency(f, o->agency),
                                          .text = order_text(f, o), .answer = REPORT_REFUSED,
                                          .reason = s->refusals[k].why, .said_ms = REPORT_NEVER};
    }
    qsort(list, (size_t)n, sizeof *list, by_time);
    f->m->orders = list;
    f->m->order_count = n;
}

static const struct event *first_of(const struct report_source *s, int kind)
{
    for (int64_t i = 0; i < s->events; i++)
        if (s->event[i].kind == kind)
            return &s->event[i];
    return NULL;
}

void fill_post(struct filling *f)
{
    static const struct {
        int kind;
        enum msg what, planned;
    } row[] = {{EV_LEVEL_STARTED, MSG_REPORT_POST_LEVEL, MSG_REPORT_POST_LEVEL_DO},
               {EV_COMMANDER_NAMED, MSG_REPORT_POST_COMMANDER, MSG_REPORT_POST_COMMANDER_DO},
               {EV_POST_OPENED, MSG_REPORT_POST_PLACE, MSG_REPORT_POST_PLACE_DO},
               {EV_COMMS_CHECKED, MSG_REPORT_POST_COMMS, MSG_REPORT_POST_COMMS_DO},
               {EV_CONSULT_HELD, MSG_REPORT_POST_CONSULT, MSG_REPORT_POST_CONSULT_DO},
               {EV_PLAN_APPROVED, MSG_REPORT_POST_PLAN, MSG_REPORT_POST_PLAN_DO}};
    const struct report_source *s = f->src;
    int groups = ATLAS_COUNT(s->atlas, ENT_GROUP), n = 0;
    struct report_post *list = FILL_NEW(f, struct report_post, COUNT_OF(row) + groups);
    if (!list)
        return;
    for (int i = 0; i < COUNT_OF(row); i++) {
        const struct event *ev = first_of(s, row[i].kind);
        list[n++] = (struct report_post){
            msg_text(f->lang, row[i].what), msg_text(f->lang, row[i].planned),
            ev ? fill_event_text(f, ev) : msg_text(f->lang, MSG_REPORT_NOT_DONE),
            ev ? ev->t_ms : REPORT_NEVER, ev != NULL};
    }
    for (int g = 0; g < groups; g++) {
        const struct event *staffed = NULL;
        for (int64_t i = 0; i < s->events && !staffed; i++)
            if (s->event[i].kind == EV_GROUP_STAFFED && event_int(&s->event[i], "group", -1) == g)
                staffed = &s->event[i];
        list[n++] = (struct report_post){
            fill_title(f, s->atlas->group[g].title),
            FILL_MSG(f, MSG_REPORT_POST_GROUP_DO,
                     names_arg(&s->atlas->names, ENT_AGENCY, s->atlas->group[g].lead)),
            staffed ? fill_event_text(f, staffed) : msg_text(f->lang, MSG_REPORT_NOT_DONE),
            staffed ? staffed->t_ms : REPORT_NEVER, staffed != NULL};
    }
    f->m->post = list;
    f->m->post_count = n;
}

/* Events in which one agency turns to another; bad ones say that it did not work. */
static int contact_of(int kind)
{
    switch (kind) {
    case EV_REQUEST_MADE:
    case EV_REPORT_SENT:
    case EV_CALL_MADE:
        return 1;
    case EV_REQUEST_REFUSED:
    case EV_REQUEST_ORPHANED:
    case EV_CALL_UNANSWERED:
    case EV_MESSAGE_LOST:
        return -1;
    default:
        return 0;
    }
}

/* The busiest agencies, in order of declaration; gives how many. */
static int choose_agencies(struct filling *f, const int64_t *busy, int n, int max, int *out)
{
    int chosen = 0;
    bool *taken = FILL_NEW(f, bool, n);
    for (int k = 0; taken && k < max; k++) {
        int best = -1;
        for (int i = 0; i < n; i++)
            if (!taken[i] && busy[i] > 0 && (best < 0 || busy[i] > busy[best]))
                best = i;
        if (best < 0)
            break;
        taken[best] = true;
    }
    for (int i = 0; taken && i < n; i++)
        if (taken[i])
            out[chosen++] = i;
    return chosen;
}

static int place_in(const int *list, int count, int64_t id)
{
    for (int i = 0; i < count; i++)
        if (list[i] == id)
            return i;
    return -1;
}

void fill_matrix(struct filling *f)
{
    const struct report_source *s = f->src;
    int n = ATLAS_COUNT(s->atlas, ENT_AGENCY), chosen[MATRIX_MAX];
    int64_t *busy = FILL_NEW(f, int64_t, n);
    if (!busy)
        return;
    for (int64_t i = 0; i < s->events; i++) {
        int64_t from = event_int(&s->event[i], "agency", -1), to = event_int(&s->event[i], "to", -1);
        if (contact_of(s->event[i].kind) && from >= 0 && to >= 0 && from < n && to < n) {
            busy[from]++;
            busy[to]++;
        }
    }
    int size = choose_agencies(f, busy, n, MATRIX_MAX, chosen);
    struct matrix *m = FILL_NEW(f, struct matrix, 1);
    const char **names = FILL_NEW(f, const char *, size);
    int *count = FILL_NEW(f, int, (int64_t)size * size), *bad = FILL_NEW(f, int, (int64_t)size * size);
    if (!m || !names || !count || !bad || size < 2)
        return;
    for (int i = 0; i < size; i++)
        names[i] = fill_agency(f, chosen[i]);
    for (int64_t i = 0; i < s->events; i++) {
        int row = place_in(chosen, size, event_int(&s->event[i], "agency", -1));
        int col = place_in(chosen, size, event_int(&s->event[i], "to", -1));
        int contact = row >= 0 && col >= 0 ? contact_of(s->event[i].kind) : 0;
        if (contact > 0)
            count[row * size + col]++;
        if (contact < 0)
            bad[row * size + col]++;
    }
    *m = (struct matrix){f->lang, NULL, names, size, count, bad,
                         msg_text(f->lang, MSG_REPORT_MATRIX_NOTE)};
    f->m->coordination = m;
}

/* "调派 专业队 1": the verb and the first thing it names. */
static const char *short_order(struct filling *f, const struct order *o)
{
    const struct verb_row *v = verb_row(o->verb);
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    buf_str(&b, f->lang == LANG_ZH ? v->zh : v->name);
    if (v->arg[0].name && order_has(o, 0) && v->arg[0].kind != VK_AGENCY) {
        buf_char(&b, ' ');
        value_format(v->arg[0].kind, o->arg[0], f->src->atlas, f->lang, false, &b);
    }
    return fill_text(f, (struct text){b.at, b.len});
}

enum { KIND_ORDER, KIND_INJECT, KIND_REPORT, KIND_BAD, KIND_COUNT };

static void add_orders(struct filling *f, const int *rows, int row_count,
                       struct timeline_item *items, int *n)
{
    const struct report_source *s = f->src;
    for (int64_t k = 0; k < s->orders + s->refusal_count; k++) {
        bool refused = k >= s->orders;
        const struct order *o = refused ? s->refusals[k - s->orders].order : &s->order[k];
        int row = place_in(rows, row_count, o->agency);
        if (row < 0 || !fill_is_seat_order(o))
            continue;
        bool bad = refused || failure_of(s, o->seq);
        int kind = bad ? KIND_BAD : o->verb == VERB_REPORT ? KIND_REPORT : KIND_ORDER;
        items[(*n)++] = (struct timeline_item){row, (double)o->at_ms / 1000, 0, kind,
                                               short_order(f, o), bad};
    }
}

/* An inject stands in the row of the first agency that is told. */
static void add_injects(struct filling *f, const int *rows, int row_count,
                        struct timeline_item *items, int *n)
{
    const struct report_source *s = f->src;
    for (int64_t i = 0; i < s->events; i++) {
        const struct event *ev = &s->event[i];
        int64_t id = event_int(ev, "inject", -1);
        if (ev->kind != EV_INJECT_FIRED || id < 0 || id >= ATLAS_COUNT(s->atlas, ENT_INJECT))
            continue;
        const struct inject *in = &s->atlas->inject[id];
        int row = -1;
        for (int k = 0; k < in->to.count && row < 0; k++)
            row = place_in(rows, row_count, in->to.id[k]);
        items[(*n)++] = (struct timeline_item){row < 0 ? row_count : row, (double)ev->t_ms / 1000, 0,
                                               KIND_INJECT, fill_title(f, in->title), false};
    }
}

void fill_timeline(struct filling *f)
{
    static const enum msg kind[KIND_COUNT] = {MSG_REPORT_KIND_ORDER, MSG_REPORT_KIND_INJECT,
                                              MSG_REPORT_KIND_REPORT, MSG_REPORT_KIND_BAD};
    const struct report_source *s = f->src;
    int agencies = ATLAS_COUNT(s->atlas, ENT_AGENCY), rows[ROWS_MAX], n = 0;
    int64_t *busy = FILL_NEW(f, int64_t, agencies);
    struct timeline *t = FILL_NEW(f, struct timeline, 1);
    struct timeline_kind *kinds = FILL_NEW(f, struct timeline_kind, KIND_COUNT);
    struct timeline_item *items =
        FILL_NEW(f, struct timeline_item, s->orders + s->refusal_count + s->events);
    const char **names = FILL_NEW(f, const char *, ROWS_MAX + 1);
    if (!busy || !t || !kinds || !items || !names)
        return;
    for (int64_t k = 0; k < s->orders; k++)
        if (fill_is_seat_order(&s->order[k]) && s->order[k].agency >= 0 &&
            s->order[k].agency < agencies)
            busy[s->order[k].agency]++;
    int row_count = choose_agencies(f, busy, agencies, ROWS_MAX, rows);
    for (int i = 0; i < row_count; i++)
        names[i] = fill_agency(f, rows[i]);
    names[row_count] = msg_text(f->lang, MSG_REPORT_OTHER_ROW);
    add_orders(f, rows, row_count, items, &n);
    add_injects(f, rows, row_count, items, &n);
    if (n == 0)
        return;
    for (int i = 0; i < KIND_COUNT; i++)
        kinds[i].name = msg_text(f->lang, kind[i]);
    *t = (struct timeline){.lang = f->lang, .rows = names, .row_count = row_count + 1,
                           .kinds = kinds, .kind_count = KIND_COUNT, .items = items,
                           .item_count = n, .x1_s = (double)s->end_ms / 1000 * 1.06,
                           .clock_start_s = (double)s->atlas->meta.start_clock_ms / 1000};
    f->m->timeline = t;
}

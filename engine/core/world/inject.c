#include "core/world/inject.h"

#include "core/world/world.h"

enum rc inject_make(const struct atlas *atlas, struct arena *perm, struct inject_state **out, struct err *e)
{
    struct inject_state *s = ARENA_NEW(perm, struct inject_state, 1);
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->count = ATLAS_COUNT(atlas, ENT_INJECT);
    s->services = ATLAS_COUNT(atlas, ENT_SERVICE);
    s->stage = ARENA_NEW(perm, int32_t, s->count + 1);
    s->due_ms = ARENA_NEW(perm, int64_t, s->count + 1);
    s->trigger = ARENA_NEW(perm, int32_t, s->count + 1);
    s->fired_event = ARENA_NEW(perm, int64_t, s->count + 1);
    s->cause = ARENA_NEW(perm, struct cause, s->count + 1);
    s->seen = ARENA_NEW(perm, uint8_t, s->count + 1);
    s->request_ms = ARENA_NEW(perm, int64_t, s->services + 1);
    if (!s->stage || !s->due_ms || !s->trigger || !s->fired_event || !s->cause || !s->seen || !s->request_ms)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < s->count; i++) {
        const struct inject *in = &atlas->inject[i];
        s->due_ms[i] = in->trigger == TRIGGER_TIME ? in->at_ms + in->delay_ms : -1;
        s->trigger[i] = in->trigger;
    }
    for (int i = 0; i < s->services; i++)
        s->request_ms[i] = -1;
    *out = s;
    return RC_OK;
}

static void make_due(struct inject_state *s, int i, int64_t at_ms, enum inject_trigger trigger,
                     struct cause cause)
{
    if (s->stage[i] != INJECT_WAITING || s->due_ms[i] >= 0)
        return;
    s->due_ms[i] = at_ms;
    s->trigger[i] = (int32_t)trigger;
    s->cause[i] = cause;
}

static void note_control(struct inject_state *s, const struct world *w, const struct order *o)
{
    int32_t i = (int32_t)o->arg[0];
    if (o->verb != VERB_INJECT)
        return;
    if (s->stage[i] == INJECT_FIRED || s->stage[i] == INJECT_CANCELLED)
        return;
    bool by_script = o->origin == ORIGIN_SCRIPT;
    s->stage[i] = INJECT_DUE;
    s->due_ms[i] = w->now_ms + (by_script ? w->atlas->inject[i].delay_ms : 0);
    s->trigger[i] = by_script ? TRIGGER_WORLD : TRIGGER_HAND;
    s->cause[i] = cause_order(o->seq);
}

void inject_note_order(struct inject_state *s, const struct world *w, const struct order *o)
{
    const struct verb_row *row = verb_row(o->verb);
    if (row->who == WHO_HAND)
        note_control(s, w, o);
    for (int i = 0; i < s->count; i++) {
        const struct inject *in = &w->atlas->inject[i];
        if (in->trigger != TRIGGER_DECISION)
            continue;
        if (in->seen.verb >= 0 && order_matches(&in->seen, o))
            make_due(s, i, w->now_ms + in->delay_ms, TRIGGER_DECISION, cause_order(o->seq));
        if (in->absent.verb >= 0 && order_matches(&in->absent, o))
            s->seen[i] = 1;
    }
}

static void note_fired(struct inject_state *s, const struct world *w, const struct event *e)
{
    int32_t fired = e->i[0];
    s->stage[fired] = INJECT_FIRED;
    s->fired_event[fired] = e->seq;
    s->due_ms[fired] = e->t_ms; /* from now on: when it fired */
    for (int i = 0; i < s->count; i++) {
        const struct inject *in = &w->atlas->inject[i];
        if (in->trigger == TRIGGER_CHAIN && in->after == fired)
            make_due(s, i, w->now_ms + in->delay_ms, TRIGGER_CHAIN, cause_event(e->seq));
    }
}

void inject_apply(void *self, const struct world *w, const struct event *e)
{
    struct inject_state *s = self;
    switch (e->kind) {
    case EV_INJECT_FIRED:
        note_fired(s, w, e);
        break;
    case EV_INJECT_HELD:
        s->stage[e->i[0]] = INJECT_HELD;
        break;
    case EV_INJECT_CANCELLED:
        s->stage[e->i[0]] = INJECT_CANCELLED;
        break;
    case EV_INJECT_MOVED:
        s->stage[e->i[0]] = INJECT_DUE;
        s->due_ms[e->i[0]] = e->i[1];
        break;
    case EV_REQUEST_MADE:
        if (s->request_ms[e->i[3]] < 0)
            s->request_ms[e->i[3]] = e->t_ms;
        break;
    case EV_REQUEST_ACCEPTED:
    case EV_REQUEST_REFUSED:
        s->request_ms[e->i[3]] = -1;
        break;
    default:
        break;
    }
}

static bool is_due(const struct inject_state *s, int i, int64_t now_ms)
{
    return (s->stage[i] == INJECT_WAITING || s->stage[i] == INJECT_DUE) && s->due_ms[i] >= 0 &&
           s->due_ms[i] <= now_ms;
}

static bool asks(const struct inject_state *s, const struct world *w, int i)
{
    return w->atlas->inject[i].true_if >= 0 && s->trigger[i] != TRIGGER_HAND;
}

bool inject_asks(const struct inject_state *s, const struct world *w, int32_t inject)
{
    return asks(s, w, inject) && is_due(s, inject, w->now_ms);
}

int32_t inject_phase(const struct inject_state *s, const struct world *w)
{
    int32_t now = -1;

    for (int32_t i = 0; i < w->atlas->phase_count; i++) {
        const struct phase *p = &w->atlas->phase[i];
        bool begun = p->after < 0 ? p->from_ms <= w->now_ms : s->stage[p->after] == INJECT_FIRED;
        now = begun ? i : now;
    }
    return now;
}

void inject_step(void *self, struct world *w)
{
    struct inject_state *s = self;
    for (int i = 0; i < s->count; i++) {
        const struct inject *in = &w->atlas->inject[i];
        if (in->trigger != TRIGGER_DECISION || s->stage[i] != INJECT_WAITING)
            continue;
        if (in->absent.verb >= 0 && !s->seen[i] && w->now_ms >= in->by_ms)
            make_due(s, i, in->by_ms + in->delay_ms, TRIGGER_DECISION,
                     (struct cause){CAUSE_ABSENCE, in->absent.verb});
        int32_t service = in->unanswered;
        if (service >= 0 && s->request_ms[service] >= 0 &&
            w->now_ms - s->request_ms[service] >= in->within_ms)
            make_due(s, i, w->now_ms + in->delay_ms, TRIGGER_DECISION,
                     (struct cause){CAUSE_ABSENCE, VERB_REQUEST});
    }
    for (int i = 0; i < s->count; i++) {
        /* due since the last step, when the script has been asked */
        if (is_due(s, i, asks(s, w, i) ? w->now_ms - w->tick_ms : w->now_ms))
            world_emit(w, &(struct event){.kind = EV_INJECT_FIRED,
                                          .i = {i, s->trigger[i]},
                                          .cause = s->cause[i]});
    }
}

void inject_walk(void *self, struct walk *w)
{
    struct inject_state *s = self;
    walk_facts(w, "fired request");
    walk_i32(w, "stage", s->stage, s->count);
    walk_i64(w, "due", s->due_ms, s->count);
    walk_i32(w, "trigger", s->trigger, s->count);
    walk_i64(w, "fired", s->fired_event, s->count);
    for (int i = 0; i < s->count; i++) {
        walk_i32(w, "cause", &s->cause[i].kind, 1);
        walk_i64(w, "cause_ref", &s->cause[i].ref, 1);
    }
    walk_u8(w, "seen", s->seen, s->count);
    walk_i64(w, "request", s->request_ms, s->services);
}

#include <stdlib.h>
#include <time.h>

#include "session/inner.h"

int64_t session_wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Room for one more item of size bytes in a growing array. */
static bool grow(void **at, int64_t count, int64_t *cap, size_t size, int64_t more)
{
    if (count + more <= *cap)
        return true;
    int64_t want = *cap ? *cap * 2 : 256;
    while (want < count + more)
        want *= 2;
    void *bigger = realloc(*at, (size_t)want * size);
    if (!bigger)
        return false;
    *at = bigger;
    *cap = want;
    return true;
}

enum rc record_order(struct record *r, const struct order *o, struct err *e)
{
    void *at = r->order;
    if (!grow(&at, r->orders, &r->order_cap, sizeof(*r->order), 1))
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    r->order = at;
    r->order[r->orders++] = *o;
    return RC_OK;
}

enum rc record_events(struct record *r, const struct event *event, int count, struct err *e)
{
    void *at = r->event;
    if (!grow(&at, r->events, &r->event_cap, sizeof(*r->event), count))
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    r->event = at;
    for (int i = 0; i < count; i++)
        r->event[r->events++] = event[i];
    return RC_OK;
}

enum rc record_refusal(struct record *r, const struct order *o, const struct err *why, struct err *e)
{
    void *at = r->refusal;
    if (!grow(&at, r->refusals, &r->refusal_cap, sizeof(*r->refusal), 1))
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    r->refusal = at;
    r->refusal[r->refusals++] = (struct refusal_note){*o, *why};
    return RC_OK;
}

int64_t session_clock_ns(void)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

enum rc record_known_step(struct session *s, int64_t t_ms, uint64_t hash, int64_t first_event,
                          struct err *e)
{
    struct record *r = &s->record;
    void *at = r->step;
    int64_t cap = r->step_cap;
    if (!grow(&at, r->steps, &r->step_cap, sizeof(*r->step), 1))
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    r->step = at;
    int measures = session_measures(s);
    if (cap != r->step_cap) {
        void *wider = realloc(r->measure, (size_t)r->step_cap * (size_t)(measures + 1) * sizeof(double));
        if (!wider)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
        r->measure = wider;
    }
    for (int i = 0; i < measures; i++)
        r->measure[r->steps * measures + i] = 0.0;
    r->step[r->steps++] = (struct step_note){t_ms, hash, first_event};
    return RC_OK;
}

enum rc record_step(struct session *s, int64_t t_ms, uint64_t hash, int64_t first_event,
                    struct err *e)
{
    enum rc rc = record_known_step(s, t_ms, hash, first_event, e);
    int measures = session_measures(s);
    for (int i = 0; rc == RC_OK && i < measures; i++)
        s->record.measure[(s->record.steps - 1) * measures + i] = session_measure(s, i);
    return rc;
}

void record_cut(struct record *r, int64_t t_ms)
{
    while (r->events > 0 && r->event[r->events - 1].t_ms > t_ms)
        r->events--;
    while (r->steps > 0 && r->step[r->steps - 1].t_ms > t_ms)
        r->steps--;
}

void record_free(struct record *r)
{
    free(r->order);
    free(r->event);
    free(r->step);
    free(r->refusal);
    free(r->measure);
    *r = (struct record){0};
}

/* inject.h -- which injects have fired, are held, moved or cancelled. Time, decision, absence, unanswered
 * request and chain triggers are evaluated here, the same on replay; world-state conditions are Lua's
 * and arrive as recorded `inject` orders, and so do the facilitator's.
 *
 * An inject with `true_if` waits one step once it is due, so that the script can look whether what it
 * states is so and, when it is not, give a recorded `hold`; a replay without Lua waits and holds alike.
 * Fired by hand it goes out at once: the facilitator has decided. */
#ifndef TUIYAN_CORE_WORLD_INJECT_H
#define TUIYAN_CORE_WORLD_INJECT_H

#include "core/world/event.h"
#include "core/world/walk.h"

enum inject_stage { INJECT_WAITING, INJECT_DUE, INJECT_HELD, INJECT_FIRED, INJECT_CANCELLED };

struct inject_state {
    int32_t *stage;       /* by inject */
    int64_t *due_ms;      /* when it will fire; -1 unknown */
    int32_t *trigger;     /* VK_TRIGGER that made it due */
    int64_t *fired_event; /* 0 before */
    struct cause *cause;  /* of the trigger */
    uint8_t *seen;        /* by inject: an order like the awaited one was given */
    int64_t *request_ms;  /* by service: since when a request is unanswered; -1 */
    int32_t count, services;
};

struct world;
struct atlas;
struct order;
MUST_USE enum rc inject_make(const struct atlas *atlas, struct arena *perm, struct inject_state **out,
                             struct err *e);
/* To be told of every order that takes effect. */
void inject_note_order(struct inject_state *s, const struct world *w, const struct order *o);
void inject_apply(void *self, const struct world *w, const struct event *e);
void inject_step(void *self, struct world *w); /* emits INJECT_FIRED for all that are due */
void inject_walk(void *self, struct walk *w);
/* Whether it is due and waits for the script's word; see above. */
bool inject_asks(const struct inject_state *s, const struct world *w, int32_t inject);
/* The phase of the agenda that has begun last; -1: none yet. */
int32_t inject_phase(const struct inject_state *s, const struct world *w);

#endif

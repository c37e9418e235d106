/* facts.h -- watches that facts change in apply alone.
 *
 * A slice names its facts at the head of its walk (walk_facts): the fields that stand for what
 * happened (a level, a cut road, the dead) and so may change only while an event is applied. All
 * other fields are what is in hand, set when an order is carried out or a message arrives (a team's
 * way, a queue, a due time), and quantities that a step carries on (a position, metres of line, a
 * fill), whose thresholds become events. The watch hashes the facts before and after every apply
 * and at the end of a step: what changed in between changed without an event. It costs a hash of
 * the state an event, so nobody watches in a drill; tests do, over whole drills. */
#ifndef TUIYAN_CORE_WORLD_FACTS_H
#define TUIYAN_CORE_WORLD_FACTS_H

#include "core/world/walk.h"

struct world;

struct fact_watch {
    struct walk walk, kept;
    bool began;
    int64_t looks;
    /* The first fact that changed outside apply; slice NULL: none did. */
    const char *slice, *field;
    int64_t t_ms;
    int32_t before; /* kind of the event that was to be applied next; -1: the step had ended */
};

/* To be called with all zero before the first. */
void facts_before(struct fact_watch *f, struct world *w, int32_t event_kind);
void facts_after(struct fact_watch *f, struct world *w);
/* The i-th name that a slice calls a fact and no field of it has (a slip of the pen, or a list of
 * things of which there is none yet): its slice, and the name in *name; NULL past the end. */
const char *facts_unknown(const struct fact_watch *f, int i, struct text *name);

#endif

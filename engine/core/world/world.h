/* world.h -- the table of slices, time, and the one way in which facts change: events that are applied.
 *
 * The session makes a world, wires slices into it, and runs steps. During a step, rules and systems
 * call world_emit; the event gets its number, is appended to the step's list and is applied to every
 * slice at once, in table order. apply never emits. */
#ifndef TUIYAN_CORE_WORLD_WORLD_H
#define TUIYAN_CORE_WORLD_WORLD_H

#include "base/rng.h"
#include "core/scenario/atlas.h"
#include "core/world/assets.h"
#include "core/world/exposure.h"
#include "core/world/fields.h"
#include "core/world/inject.h"
#include "core/world/knowledge.h"
#include "core/world/lanes.h"
#include "core/world/modes.h"
#include "core/world/souls.h"
#include "core/world/walk.h"
#include "core/world/weather.h"
#include "core/world/works.h"

struct world;

struct slice_ops {
    const char *name;
    void (*apply)(void *self, const struct world *w, const struct event *e); /* may be NULL */
    void (*step)(void *self, struct world *w);                              /* may be NULL */
    void (*walk)(void *self, struct walk *walk);
};

struct slice {
    const struct slice_ops *ops;
    void *self;
};

struct hazard_ops; /* core/world/hazard.h */
struct hazard_used {
    const struct hazard_ops *ops;
    void *self;
};

struct world {
    const struct atlas *atlas;
    uint64_t seed;
    int64_t now_ms;  /* end of the step being made; 0 before the first */
    int64_t tick_ms;
    int64_t event_seq; /* of the last event */
    int64_t order_seq; /* of the last order */
    bool finished, aborted;
    /* how a hazard may compute: never what it computes */
    const struct lanes *lanes; /* never NULL */
    enum kernel kernel;
    struct slice slice[SLICE_MAX];
    int slices;
    struct hazard_used hazard[OWNERS_MAX]; /* by owner; ops NULL: the scenario does not have it */
    /* core's own slices, which every module may read; written by their owner only */
    struct knowledge *knowledge;
    struct exposure *exposure;
    struct works *works;
    struct assets *assets;
    struct souls *souls;
    struct weather *weather;
    struct inject_state *inject;
    struct fields fields; /* what hazards tell one another; not state */
    struct mode mode[MODES_MAX]; /* in the order of the hazards; not state */
    int modes;
    /* the step's lists */
    struct event *event;
    int events, event_cap;
    struct fact_watch *watch; /* NULL: nobody watches; facts.h */
    bool overflow; /* more than STEP_EVENT_MAX: the step fails with RC_LIMIT */
};

/* Memory for the step lists and core's slices comes from perm. */
MUST_USE enum rc world_init(struct world *w, const struct atlas *atlas, uint64_t seed, struct arena *perm,
                            struct err *e);
void world_add(struct world *w, const struct slice_ops *ops, void *self);
/* Numbers e, sets its time, appends and applies it. Returns its sequence number. */
int64_t world_emit(struct world *w, const struct event *e);
/* Makes an event: unset integers are 0, ids must be given. Used as
 * world_emit(w, &(struct event){.kind = EV_TEAM_ARRIVED, .i = {team, place}, .cause = ...}). */
struct cause cause_event(int64_t seq);
struct cause cause_order(int64_t seq);
struct cause cause_inject(int32_t inject);
struct cause cause_of_order(const struct order *o); /* the order, or what stands behind an inject's effect */
/* Runs every slice's step in table order for the tick that ends at w->now_ms. */
void world_step(struct world *w);
/* Fills w->field hashes of the whole state; returns the total. */
uint64_t world_hash(struct world *w, struct walk *walk);
void world_walk(struct world *w, struct walk *walk);

/* A number that is measured all through the drill: for evaluation, curves and comparison. */
enum measure_flag {
    MEASURE_CURVE = 1,    /* worth a curve in the report */
    MEASURE_LOSS = 2,     /* what was lost: stands beside the drill in which nobody acts */
    MEASURE_HEADLINE = 4, /* its curve is the first thing the window shows */
};

struct measure_row {
    const char *name; /* "people_moved" */
    const char *unit; /* a row of units.h, or as it is printed */
    const char *zh, *en;
    uint32_t flags;   /* enum measure_flag */
};

/* The unit as people read it (persons and items are words); decimals a person wants to see of it. */
const char *measure_unit(const struct measure_row *m, enum lang lang);
int measure_decimals(const struct measure_row *m);

/* A rule: what one verb needs and does. check looks at what the seat can know; act emits events. */
struct rule {
    int32_t verb;
    rule_check *check; /* RC_OK, or RC_NO with one line a facilitator understands. Never changes anything. */
    rule_act *act;
};

#endif

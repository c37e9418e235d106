/* works.h -- the neutral record of what people built and of what teams do on the ground; hazards read it.
 *
 * What an amount means (metres, bags, litres) is the business of the task's owner: response knows the crew,
 * its strength and where it is, no unit. Pieces of work are append-only, and anybody may write them (a slide
 * dams a river); a hazard remembers how many it has taken over. Efforts are written anew every step. */
#ifndef TUIYAN_CORE_WORLD_WORKS_H
#define TUIYAN_CORE_WORLD_WORKS_H

#include "core/world/event.h"
#include "core/world/walk.h"

enum { TASK_NATURE = -1 }; /* of a piece that nobody made on purpose */

struct work {
    int32_t task;              /* VK_TASK that made it; TASK_NATURE */
    int32_t team, line, asset; /* who, which planned line, which asset; -1 */
    double ax, ay, bx, by;     /* from, to */
    double amount;             /* in the task's own unit: of a break its width in metres */
    int64_t at_ms, until_ms;   /* until -1: for good */
    int64_t order, event;      /* behind it */
};

/* What a team does at its task, this step. */
struct effort {
    int32_t team, task;
    int32_t target_kind, target; /* enum task_target and its id; a spot has none: -1 */
    double x, y;     /* where the team is; the owner may move it */
    double reach_m;  /* how far from there it works; the owner's */
    double amount_s; /* units a second with all factors in; of a task without a usual rate the share of the
                        crew's strength, which the owner makes an amount of */
    double from_m;   /* TASK_STRETCH: how far along its line it has got; the owner moves it on */
    int64_t order, event; /* behind it */
    /* written back by the task's owner: at once (effort in hazard.h), or when it steps */
    double done, left; /* amounts; left 0: there is no more to do */
    int32_t stopped;   /* VK_REASON why nothing is done; before: what it was last step */
};

struct works {
    struct work *work;
    int32_t count;
    struct effort *effort;
    int32_t efforts, effort_cap;
    int32_t *working; /* people at work, by place and slot of the task; response counts them each step */
    int32_t places;
};

MUST_USE enum rc works_make(const struct atlas *atlas, struct arena *perm, struct works **out, struct err *e);
/* Appends a piece; false when WORKS_MAX is reached. */
bool works_add(struct works *w, const struct work *piece);
/* People who work at a place at a task. */
int32_t works_people(const struct works *w, int32_t place, int32_t task);
void works_walk(void *self, struct walk *w);

#endif

/* hazard.h -- how a threat plugs in: one table of functions. Hazards read atlas, weather, works and
 * positions, write exposure, and emit events. None knows of another, nor of response. */
#ifndef TUIYAN_CORE_WORLD_HAZARD_H
#define TUIYAN_CORE_WORLD_HAZARD_H

#include "core/scenario/calc.h"
#include "core/world/ground.h"
#include "core/world/layers.h"
#include "core/world/sight.h"
#include "core/world/world.h"

/* Files of the scenario (rasters) by name; the bytes live as long as the drill. */
struct file_source {
    void *ctx;
    enum rc (*read)(void *ctx, struct text name, struct text *out, struct err *e);
};

/* Shares of those it gets hold of (suffering.harm is a factor on them), each with its source in the
 * hazard. */
struct harm_row {
    double safe;     /* hurt or dead of a crew with lookout, escape route and a means of warning, .. */
    double knows;    /* .. of one that knows the ground, .. */
    double stranger; /* .. of one that does not */
    double crew_dead;    /* dead of those */
    double trapped;      /* hurt or dead of the people of a place who could not leave */
    double trapped_dead; /* dead of those */
};

/* An order as the leader of the team thinks of it. */
struct task_order {
    int32_t team, task, tactic;
    int32_t place, line; /* -1 */
    int32_t via, drop;   /* by way of which place; where people are brought to; -1 */
    double x, y;
    int64_t with; /* VK_SAFETY */
};

struct hazard_ops {
    int owner; /* of its words; hazard/hazards.h */
    struct slice_ops slice;
    const char *section; /* key under `hazards` in the scenario: "fire" */
    MUST_USE enum rc (*open)(const struct doc *section, const struct atlas *atlas, struct file_source files,
                             uint64_t seed, struct arena *perm, void **out, struct err *e);
    const struct measure_row *measures;
    int measure_count;
    const struct harm_row *harm; /* NULL: it hurts nobody */
    /* A team sets about a task of this hazard, in response's step. What goes on along a line is done here and
     * answered at once (done, left, from_m, stopped); what stays in one place may as well be answered when the
     * hazard steps, which finds all efforts of the last step in works. May be NULL. */
    void (*effort)(void *self, struct world *w, struct effort *job);
    /* Whether the leader of a crew that knows the ground refuses the order, and why. May be NULL. */
    bool (*refuse)(const void *self, const struct world *w, const struct task_order *o, int32_t *reason);
    /* TASK_TRIP: how many people the team takes at a time. NULL: as many as it has members. */
    int32_t (*seats)(const void *self, int32_t team, int32_t task);
    /* What a team carries and uses up at its work: the share that is left, and its name; below 0: nothing of
     * the kind. May be NULL. */
    double (*stock)(const void *self, int32_t team, struct title *name);
    double (*measure)(const void *self, int i);
    const struct layer_row *layers; /* what it shows on a map; NULL: nothing */
    int layer_count;
    /* Layer i, whole: see struct layer_out. False: it cannot tell (how it was at that moment). */
    bool (*layer)(const void *self, int i, struct layer_out *out);
    /* What the eye sees of it now, first what counts most; at most max sights, returns how many. NULL: nothing. */
    int (*observe)(const void *self, const struct world *w, const struct eye *eye, struct sight *out, int max);
    bool (*ground)(const void *self, struct ground *out); /* when it has read the ground; may be NULL */
    void (*manual)(enum lang lang, struct buf *out);     /* its schema rows */
    void (*stubs)(struct buf *out);                      /* the same as classes; may be NULL */
    const struct calc_row *calc; /* formulas that can be worked by hand; NULL: none */
    int calc_count;
    const struct measure_row *probes; /* what can be read at a point; NULL: none */
    int probe_count;
    double (*probe)(const void *self, int i, double x_m, double y_m); /* NaN off the map */
    const struct mode_ops *modes; /* ways of moving that it provides; NULL: none */
    int mode_count;
    bool (*keeps)(const void *self, int32_t place); /* it moves the people there itself; may be NULL */
    int (*fields)(const void *self, struct field_source *out, int max); /* what it knows at a point; may be NULL */
};

/* Wires an opened hazard into the world, before response: its slice, its fields, its ways of moving, the people it keeps,
 * its rows of exposure, room for what is known of its rasters, and its functions for whoever meets it in core
 * (w->hazard). */
MUST_USE enum rc hazard_wire(const struct hazard_ops *ops, void *self, struct world *w, struct arena *perm, struct err *e);
/* The harm that a hazard does: a row of zeros where there is no such hazard, or it hurts nobody. */
const struct harm_row *hazard_harm(const struct world *w, int32_t owner);

#endif

/* works.h -- the neutral record of what people built or do on the ground; response writes, hazards
 * read. Pieces are append-only; a hazard remembers how many it has taken over. */
#ifndef TUIYAN_CORE_WORLD_WORKS_H
#define TUIYAN_CORE_WORLD_WORKS_H

#include "core/world/event.h"
#include "core/world/walk.h"

enum work_kind {
    WORK_LINE,  /* a strip cleared from a to b, width_m wide */
    WORK_WET,   /* a drop or a wetted strip; holds until until_ms */
    WORK_BURN,  /* burn-out lit from a to b */
    WORK_DOOR, WORK_DIKE, WORK_GATE, /* for hazards of other shapes */
};

struct work {
    int32_t kind;
    int32_t team, line; /* who, which planned line; -1 */
    double ax, ay, bx, by, width_m;
    int64_t at_ms, until_ms; /* until -1: for good */
    int64_t order, event;    /* behind it */
};

/* What a team does to the front where it stands, this step. Rewritten every step. */
struct effort {
    int32_t team;
    int32_t kind;       /* VK_TASK: attack, mopup, drop, guard */
    double x, y;
    double rate_ms;     /* metres of front (or of edge) put out a second */
    double reach_m;     /* how far from x, y it works along the edge */
    double flame_limit_m;
    double wind_limit_ms; /* 10 m wind above which it cannot work so; 0: no limit */
    double done_m;      /* the hazard writes back what was put out this step */
    int32_t stopped;    /* VK_REASON written back: why nothing was done */
};

struct works {
    struct work *work;
    int32_t count;
    struct effort *effort;
    int32_t efforts, effort_cap;
};

MUST_USE enum rc works_make(const struct atlas *atlas, struct arena *perm, struct works **out, struct err *e);
/* Appends a piece; false when WORKS_MAX is reached. */
bool works_add(struct works *w, const struct work *piece);
void works_walk(void *self, struct walk *w);

#endif

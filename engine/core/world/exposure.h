/* exposure.h -- the neutral record through which hazards reach people: the hazard writes what each
 * place, road and team suffers now; response reads it. Response writes where the teams are. */
#ifndef TUIYAN_CORE_WORLD_EXPOSURE_H
#define TUIYAN_CORE_WORLD_EXPOSURE_H

#include "core/world/event.h"
#include "core/world/walk.h"

struct suffering {
    double distance_m;  /* to the nearest active part of the hazard; 1e9 when none */
    double intensity;   /* the hazard's own measure there: fire kW/m; 0 when not reached */
    double flame_m;     /* of the nearest active part, for limits of direct work */
    double smoke;       /* 0..1 */
    double work;        /* factor on productivity there, 0..1 */
    int64_t since_ms;   /* reached since; -1 when not */
    int64_t event;      /* event by which it came; 0 */
    double line;        /* of a team: factor on line building in the ground there; 1 is the reference */
};

struct position {
    double x, y;
    bool out;  /* in the field: the hazard may reach it */
    bool safe; /* lookout and escape route are in place: warned in time */
};

/* A hazard as such: set by its own apply. */
struct threat {
    int64_t since_ms; /* when it first began; -1: never */
    bool active;      /* it may still do harm by itself */
};

struct exposure {
    struct threat threat[OWNERS_MAX]; /* by owner */
    struct suffering *place, *road, *team;
    struct position *where; /* by team */
    int32_t places, roads, teams;
    double seen_size_ha;    /* truth: size now, for observers' reports */
    double front_m;         /* length of active front */
    double head_x, head_y;  /* the fastest active part */
    double head_ms;         /* its speed, m/s */
    int64_t event;          /* last event of growth */
    /* Truth of extent on the KNOWN_GRID, row 0 north: nonzero where the hazard is or was. */
    uint8_t *extent;
};

MUST_USE enum rc exposure_make(const struct atlas *atlas, struct arena *perm, struct exposure **out,
                               struct err *e);
/* Since when there is any hazard; -1. Whether there was one and none is active any more. */
int64_t exposure_since_ms(const struct exposure *x);
bool exposure_over(const struct exposure *x);
void exposure_walk(void *self, struct walk *w);

#endif

/* exposure.h -- the neutral record through which hazards reach people: a hazard writes what each place,
 * road and team suffers of it now; others read what comes together there. Response writes where the
 * teams are.
 *
 * Each hazard has a row of its own of everything (exposure_open), so that two at once never overwrite
 * each other; exposure_place, exposure_road and exposure_team fold them. */
#ifndef TUIYAN_CORE_WORLD_EXPOSURE_H
#define TUIYAN_CORE_WORLD_EXPOSURE_H

#include "core/world/event.h"
#include "core/world/walk.h"

/* What one hazard does to one place, road or team. */
struct suffering {
    double distance_m; /* to the nearest part of it that can do harm; 1e9 when there is none */
    double danger;     /* 0: none; above 0: threatened; from 1 on nobody can stay there and live */
    double pass;       /* factor on the speed of whoever passes, 0..1 */
    double work;       /* factor on what people get done there, 0..1 */
    double harm;       /* factor on the shares of its harm_row for those it gets hold of; 0: it hurts nobody */
    int64_t since_ms;  /* since when it is there itself; -1 when it is not */
    int64_t event;     /* by which it came; 0 */
    bool seen;         /* people there see it by themselves */
};

/* All of it together: the least distance, the greatest danger and harm with whose they are, products of
 * pass and work, since the first of them. Of equals the smaller owner. */
struct felt {
    double distance_m, danger, pass, work, harm;
    int32_t danger_of, harm_of; /* owners; -1 where there is no danger, no harm */
    int64_t since_ms;
    int64_t event; /* of the hazard that came first, else of the one whose danger it is, else the nearest's; 0 */
    bool seen;
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
    int64_t event;    /* by which it grew last; 0 */
};

/* The rows of one hazard. */
struct exposure_rows {
    int32_t owner;
    struct suffering *place, *road, *team;
};

struct exposure {
    struct threat threat[OWNERS_MAX]; /* by owner */
    struct exposure_rows row[OWNERS_MAX]; /* `rows` of them, by rising owner */
    int32_t rows;
    struct position *where; /* by team */
    int32_t places, roads, teams;
};

extern const struct suffering suffering_none;

MUST_USE enum rc exposure_make(const struct atlas *atlas, struct arena *perm, struct exposure **out,
                               struct err *e);
/* The rows of a hazard, made when it is first asked for. NULL: no memory. */
struct exposure_rows *exposure_open(struct exposure *x, int owner, struct arena *perm);
/* The rows of a hazard that has been opened. */
struct exposure_rows *exposure_of(const struct exposure *x, int owner);
struct felt exposure_place(const struct exposure *x, int32_t place);
struct felt exposure_road(const struct exposure *x, int32_t road);
struct felt exposure_team(const struct exposure *x, int32_t team);
/* Since when there is any hazard; -1. Whether there was one and none is active any more. */
int64_t exposure_since_ms(const struct exposure *x);
/* The last event by which any of them grew; 0. */
int64_t exposure_event(const struct exposure *x);
bool exposure_over(const struct exposure *x);
void exposure_walk(void *self, struct walk *w);

#endif

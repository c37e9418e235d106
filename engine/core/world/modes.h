/* modes.h -- ways of moving beside the road graph: on water, underground, over a floor. A hazard provides
 * them; response asks for a way and lets the provider advance the team.
 *
 * Legs chain: by road to the place where the mode begins, by mode to the destination; and back by mode to a
 * place from where the road goes on. Who gives the order believes in a way as its agency knows it; whether
 * there is one the team finds out. */
#ifndef TUIYAN_CORE_WORLD_MODES_H
#define TUIYAN_CORE_WORLD_MODES_H

#include <stdbool.h>
#include <stdint.h>

struct world;

enum trip_answer {
    TRIP_NOT_MINE, /* does not go there: the road, or another mode */
    TRIP_FOUND,
    TRIP_NO_WAY,   /* only this mode goes there, and there is no way */
};
enum trip_state { TRIP_UNDER_WAY, TRIP_THERE, TRIP_STUCK };

struct trip {
    int32_t team;
    bool inside;    /* the team is in the mode's own network; else it comes to it by road */
    double from[2];
    int32_t place;  /* where it goes; -1: to the spot */
    double to[2];
    int32_t via;    /* place where road and mode meet: as ordered, or -1; an answer fills it in (-1: all the way
                     * inside) */
    int32_t reason; /* VK_REASON of TRIP_NO_WAY */
};

struct mode_ops {
    const char *name, *zh, *en;
    enum trip_answer (*find)(const void *self, const struct world *w, int32_t agency, struct trip *trip, int64_t *travel_ms);
    /* Moves the team for so long towards trip->to (a trip out: the place via); at is where it is. TRIP_STUCK
     * says why, VK_REASON, and is asked again after a while. */
    enum trip_state (*advance)(void *self, struct world *w, const struct trip *trip, double seconds, double at[2],
                               int32_t *reason);
};

enum { MODES_MAX = 16 };

struct mode {
    const struct mode_ops *ops;
    void *self;
};

#endif

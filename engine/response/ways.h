/* ways.h -- the fastest way over the road graph, however many ask in one minute.
 *
 * Made once: for each place the time from every junction at free flow and the road to take there, so that a way whose roads are
 * as free as ever is walked off a table. Where a road on it is not, a search towards the place (A*) uses that table as its
 * lower bound and looks at little but the detour. Nothing of it is state: the same roads give the same way. */
#ifndef TUIYAN_RESPONSE_WAYS_H
#define TUIYAN_RESPONSE_WAYS_H

#include "response/parts.h"

struct ways;

/* Milliseconds on the road for whoever asks; never less than at free flow; -1: not passable. */
struct toll {
    int64_t (*ms)(const struct toll *t, int32_t road);
    const struct response *response;
    const struct world *world;
    int32_t agency;
    bool emergency;
};

MUST_USE enum rc ways_make(const struct atlas *atlas, struct arena *perm, struct ways **out);
/* Among equally fast ways the same one each time. False when there is none. */
bool ways_find(struct ways *s, const struct toll *toll, int32_t from, int32_t to, struct route *out);
/* part[node]: the lowest junction of the part of the graph that hangs together over passable roads. */
void ways_parts(const struct ways *s, const struct toll *toll, int32_t *part);
int32_t ways_nearest(const struct ways *s, double x, double y); /* junction; ties: the first declared; -1: there is none */
/* Milliseconds at the road's speed; -1 where nobody drives at all. */
int64_t ways_free_ms(const struct road *road);

#endif

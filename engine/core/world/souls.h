/* souls.h -- the people of a place have one keeper, who moves them; who crosses from one to another is an event.
 *
 * Response keeps a place unless a hazard said at the start that it moves the people there itself (walkers in
 * a mine, agents in a court). Of each place: who is in it, hurt in it, dead, and out of it. Out of a place of
 * response are those it has on the road or in a shelter; out of a hazard's place those who were booked at
 * the place they came to. For every place in + hurt + dead + out is what there should be: declared and come;
 * over all, in + hurt + dead, and out of response's, is declared + arrived - left. Asserted each step.
 * Notices say what reached the people of a place, for whoever moves them; append-only. */
#ifndef TUIYAN_CORE_WORLD_SOULS_H
#define TUIYAN_CORE_WORLD_SOULS_H

#include "core/world/event.h"
#include "core/world/walk.h"

enum { KEEPER_RESPONSE = 0 };

struct soul_count {
    int32_t in;   /* there, unhurt */
    int32_t hurt; /* hurt, there or treated */
    int32_t dead;
    int32_t out;
    int32_t due;  /* declared there, and come since */
};

enum notice_what {
    NOTICE_WARNED, /* a warning was published */
    NOTICE_LEAVE,  /* they are ordered out, to `to` */
};

struct notice {
    int32_t place, what; /* enum notice_what */
    int32_t agency;      /* whose word it is */
    int32_t to;          /* place, -1 */
    double share;        /* of the people there that it reaches within an hour; 0..1 */
    int64_t from_ms;     /* when it began to reach them */
    int64_t order, event;
};

struct souls {
    uint8_t *keeper;       /* by place: owner that moves its people; KEEPER_RESPONSE */
    struct soul_count *at; /* by place, written by its keeper */
    int32_t places;
    int64_t arrived, left; /* from outside, to outside */
    int64_t declared;
    struct notice *notice;
    int32_t notices;
};

MUST_USE enum rc souls_make(const struct atlas *atlas, struct arena *perm, struct souls **out, struct err *e);
/* False when somebody else keeps it already. At the start only. */
bool souls_claim(struct souls *s, int32_t place, int owner);
bool souls_claimed(const struct souls *s, int32_t place);
/* Appends; false when NOTICES_MAX is reached. */
bool souls_notice(struct souls *s, const struct notice *notice);
/* Whether the sums hold. */
bool souls_add_up(const struct souls *s);
struct world;
void souls_apply(void *self, const struct world *w, const struct event *e);
void souls_walk(void *self, struct walk *w);

#endif

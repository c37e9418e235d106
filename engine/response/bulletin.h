/* bulletin.h -- what a message says: a list of sights, filled when it is sent, read when it arrives.
 *
 * The lists of all messages lie in one pool, in links of a few sights; each list has one message, which
 * gives it back when it is delivered or lost. 0 is no list. */
#ifndef TUIYAN_RESPONSE_BULLETIN_H
#define TUIYAN_RESPONSE_BULLETIN_H

#include "core/world/world.h"

struct bulletins;

/* NULL without memory. */
struct bulletins *bulletins_make(struct arena *perm);
/* The new list; 0 when the pool has no room for it, and then nothing is taken. */
int32_t bulletin_write(struct bulletins *b, const struct sight *sight, int count);
/* Copies the list out; returns how many. max is SIGHTS_MAX at least. */
int bulletin_read(const struct bulletins *b, int32_t list, struct sight *out, int max);
void bulletin_free(struct bulletins *b, int32_t list);
/* The list as part of the message that carries it; a load takes a new one. */
void bulletin_walk(struct bulletins *b, struct walk *w, int32_t *list);
void bulletins_clear(struct bulletins *b); /* before a load */

#endif

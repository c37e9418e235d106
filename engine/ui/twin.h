/* twin.h -- the drill with nobody acting, kept up with the drill itself on a thread of its own, so
 * that the score of a drill that ends is there at once. */
#ifndef TUIYAN_UI_TWIN_H
#define TUIYAN_UI_TWIN_H

#include "session/session.h"

struct twin;

/* NULL when it cannot be had: then whoever needs the measures computes them. It borrows the
 * scenario of s: end it before s. reached is called on its thread whenever it has caught up. */
struct twin *twin_start(struct session *s, void (*reached)(void *ctx), void *ctx);
void twin_end(struct twin *t); /* NULL is fine */
/* It is to compute up to t_ms. */
void twin_follow(struct twin *t, int64_t t_ms);
/* When it has caught up with s, s keeps its measures (session_keep_baseline). False: not yet. */
bool twin_give(struct twin *t, struct session *s);

#endif

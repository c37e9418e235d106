/* thumb.h -- small maps of the scenarios on the start screen, drawn one after another on a thread of their own: the
 * first frame waits for none of them. */
#ifndef TUIYAN_UI_THUMB_H
#define TUIYAN_UI_THUMB_H

#include "ui/view.h"

enum { THUMB_W = 108, THUMB_H = 108 }; /* units of the screen */

/* The scenario as it is before anything happens, at twice the size for sharp screens. NULL when it cannot be opened. The
 * caller owns it (cairo_surface_destroy). */
cairo_surface_t *thumb_draw(const char *scenario, enum lang lang);

struct thumbs;
/* ready is called on the thread after each picture. NULL when there is no thread: the screen goes without pictures. */
struct thumbs *thumbs_start(const struct start_item *items, int count, enum lang lang, void (*ready)(void *ctx), void *ctx);
/* Puts the pictures that are ready into their items; they stay until thumbs_end. */
void thumbs_collect(struct thumbs *t, struct start_item *items, int count);
/* Waits for the picture being drawn, then frees them all; NULL is fine. */
void thumbs_end(struct thumbs *t);

#endif

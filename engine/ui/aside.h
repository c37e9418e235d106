/* aside.h -- a thread that draws maps. One is drawn at a time; a newer wish replaces one that waits. */
#ifndef TUIYAN_UI_ASIDE_H
#define TUIYAN_UI_ASIDE_H

#include "draw/map.h"

struct aside;

MUST_USE struct aside *aside_start(void (*ready)(void *ctx), void *ctx);
void aside_end(struct aside *a); /* NULL is fine */
/* Wishes for a picture of the map, w x h pixels. The map's lists are copied; its names and terrain must stay. key tells maps apart. */
void aside_want(struct aside *a, const struct map *m, int w, int h, double scale, uint64_t key);
/* The newest picture that is ready, NULL before the first; it stays as it is until the next call of aside_picture. */
cairo_surface_t *aside_picture(struct aside *a);
/* Rises with each picture. */
uint64_t aside_number(struct aside *a);

#endif

/* paint.h -- from a draw list to pixels: only the cells that changed are drawn again; maps are kept as pictures. */
#ifndef TUIYAN_UI_PAINT_H
#define TUIYAN_UI_PAINT_H

#include "ui/list.h"

struct painter;

MUST_USE struct painter *painter_make(const struct theme *th);
void painter_free(struct painter *p);
void painter_theme(struct painter *p, const struct theme *th);
/* Maps are drawn on a thread of their own; until a new one is ready the last is shown, so that a frame never waits for it. ready is called
 * on that thread when one is. Without this a map is drawn at once. False without memory. */
bool painter_draw_maps_aside(struct painter *p, void (*ready)(void *ctx), void *ctx);
/* Everything is drawn again the next time (another size, a new surface). */
void painter_forget(struct painter *p);
/* Draws what changed since the last call onto an image of width x height pixels; scale: pixels a unit. Fills at most `max` rectangles
 * (pixels) of what was touched and returns how many; 0: nothing changed. */
int painter_draw(struct painter *p, cairo_surface_t *image, double scale, const struct draw_list *l, struct rect *touched, int max);
/* For carets and clicks: the byte index in a text under x, y units from its top left corner; width: where it wraps, 0: one line. */
int painter_index(struct painter *p, const char *text, double size, double width, double x, double y);

#endif

/* model_grid.h -- grids a case draws itself: a plane with boxes on it, as ESRI ASCII text. */
#ifndef TUIYAN_SESSION_MODEL_GRID_H
#define TUIYAN_SESSION_MODEL_GRID_H

#include "core/scenario/atlas.h"

/* d: { cell_m =, value =, east =, north =, boxes = { { from = {x, y}, to = {x, y}, value = }, .. } } or a text, taken as it
 * is. The grid covers the map; value + east * x + north * y at a cell's centre, boxes over it in order. */
MUST_USE enum rc model_grid_draw(const struct doc *d, const struct map_frame *map, struct arena *a, struct text *out,
                                 struct err *e);
void model_grid_manual(enum lang lang, struct buf *out);

#endif

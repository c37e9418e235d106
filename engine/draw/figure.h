/* figure.h -- any of the drawings as one value, to be made into a picture. */
#ifndef TUIYAN_DRAW_FIGURE_H
#define TUIYAN_DRAW_FIGURE_H

#include "draw/chart.h"
#include "draw/map.h"
#include "draw/matrix.h"
#include "draw/surface.h"
#include "draw/timeline.h"

enum figure_kind {
    FIGURE_MAP, FIGURE_CHART, FIGURE_BARS, FIGURE_RADAR, FIGURE_TIMELINE, FIGURE_MATRIX
};

struct figure {
    enum figure_kind kind;
    const void *of; /* the struct of that kind; borrowed. NULL paints the background alone */
    const struct theme *theme;
    double width, height;
    double margin;
};

/* Background and drawing. */
void draw_figure(cairo_t *cr, const struct figure *f);
MUST_USE enum rc figure_png(const struct figure *f, double scale, struct bytes *out, struct err *e);
MUST_USE enum rc figure_svg(const struct figure *f, const char *id_prefix, struct bytes *out,
                            struct err *e);

#endif

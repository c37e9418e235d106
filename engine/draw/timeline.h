/* timeline.h -- what happened when: one row an agency, a working group or a kind of inject.
 *
 * Items stand at their time in lanes of their row, so that labels do not cover one another; a label
 * without room is shortened or left out, its mark stays. Times are seconds of drill time. */
#ifndef TUIYAN_DRAW_TIMELINE_H
#define TUIYAN_DRAW_TIMELINE_H

#include "draw/theme.h"

struct timeline_kind {
    const char *name;
    uint32_t colour; /* 0: the theme's series colour of its place */
};

struct timeline_item {
    int row;
    double at_s;
    double for_s; /* > 0: a bar of that length */
    int kind;
    const char *name; /* NULL: none */
    bool hollow;      /* not yet, refused, cancelled */
};

enum timeline_due { DUE_OPEN, DUE_MET, DUE_LATE };

struct timeline_deadline {
    int row; /* -1: through all rows */
    double at_s;
    enum timeline_due due;
    const char *name;
};

struct timeline {
    enum lang lang;
    const char *title;
    const char *const *rows;
    int row_count;
    const struct timeline_kind *kinds;
    int kind_count;
    const struct timeline_item *items;
    int item_count;
    const struct timeline_deadline *deadlines;
    int deadline_count;
    double x0_s, x1_s; /* equal: from the items */
    double clock_start_s;
    bool has_now;
    double now_s;
};

void draw_timeline(cairo_t *cr, const struct theme *th, struct rect r, const struct timeline *t);
/* A height at which rows of this timeline read well. */
double timeline_height(const struct theme *th, const struct timeline *t);
/* The item under a point, or -1; r as given to draw_timeline. */
int timeline_item_at(cairo_t *cr, const struct theme *th, struct rect r, const struct timeline *t,
                     double x, double y);

#endif

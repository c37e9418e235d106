/* matrix.h -- who dealt with whom: counts between departments, shaded. */
#ifndef TUIYAN_DRAW_MATRIX_H
#define TUIYAN_DRAW_MATRIX_H

#include "draw/theme.h"

struct matrix {
    enum lang lang;
    const char *title;
    const char *const *names;
    int size;
    const int *count; /* size * size, row: from, column: to; negative counts as 0 */
    const int *bad;   /* the same, how many of them failed or were late; NULL: not shown */
    const char *note; /* under the matrix; NULL: none */
};

void draw_matrix(cairo_t *cr, const struct theme *th, struct rect r, const struct matrix *m);

#endif

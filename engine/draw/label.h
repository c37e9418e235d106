/* label.h -- text, through pango: Chinese and English shaped, wrapped, cut with an ellipsis, with a halo.
 *
 * Texts are NUL-terminated UTF-8; NULL is the empty text, and bytes that are not UTF-8 are replaced.
 * Laid-out text is kept with the surface it is drawn on (a few hundred entries), so that a screen
 * drawn again costs little; it is freed with the surface. */
#ifndef TUIYAN_DRAW_LABEL_H
#define TUIYAN_DRAW_LABEL_H

#include "draw/theme.h"

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct label {
    double size;     /* height of the letters, units; 0 is the theme's plain text */
    bool bold;
    enum align align;
    double width;    /* room: wraps or cuts; 0 is unbounded */
    int lines;       /* at most so many, then an ellipsis; 0 with a width: wraps freely */
    uint32_t colour; /* 0 is the theme's ink */
    uint32_t halo;   /* drawn around the letters; 0 is none */
    double halo_width; /* 0 with a halo: 3 */
    bool digits;     /* figures of equal width, for clocks and tables */
};

/* Size of the text as it would be drawn. */
struct size label_size(cairo_t *cr, const struct theme *th, const char *text,
                       const struct label *how);
/* Draws with the top left corner at x, y (with a width, the text is aligned within it; without one,
 * ALIGN_CENTRE and ALIGN_RIGHT hang it on x). Gives its size. */
struct size draw_label(cairo_t *cr, const struct theme *th, double x, double y, const char *text,
                       const struct label *how);
/* Draws within r: aligned sideways, in the middle of its height, cut with an ellipsis. */
void draw_label_in(cairo_t *cr, const struct theme *th, struct rect r, const char *text,
                   const struct label *how);
/* The index of the byte under a point relative to the text's top left corner, for carets and clicks. */
int label_index_at(cairo_t *cr, const struct theme *th, const char *text, const struct label *how,
                   double x, double y);
/* Where a caret before byte `index` stands, relative to the text's top left corner; w is 0. */
struct rect label_caret(cairo_t *cr, const struct theme *th, const char *text,
                        const struct label *how, int index);
/* True when a font with Chinese glyphs is installed; without one the program should name a package. */
bool label_has_chinese(void);

#endif

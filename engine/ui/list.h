/* list.h -- what a screen shows, as a list of plain marks.
 *
 * A view writes a list; a painter turns it into pixels; a test prints it as text. Coordinates are units of the screen before scaling,
 * x to the right, y down. Texts live in the list's own memory until it is cleared. */
#ifndef TUIYAN_UI_LIST_H
#define TUIYAN_UI_LIST_H

#include "draw/figure.h"
#include "draw/label.h"

enum mark_kind {
    DRAW_BOX,    /* filled, rounded */
    DRAW_EDGE,   /* its outline */
    DRAW_TEXT,   /* in the middle of the rectangle's height, cut with an ellipsis; `how.lines` > 1: from its top, wrapped */
    DRAW_LINE,   /* from x, y to x + w, y + h */
    DRAW_SIGN,   /* a team's symbol, `number` its enum symbol */
    DRAW_MAP,    /* of: struct map; version changes when it does */
    DRAW_PICTURE, /* of: cairo_surface_t that never changes, drawn to fill r */
    DRAW_FIGURE, /* of: struct figure without sizes; version changes when it does */
    DRAW_CARET,  /* a text caret; the field's text, `number` the byte before which it stands */
    DRAW_CLIP,   /* until DRAW_UNCLIP nothing outside r is drawn */
    DRAW_UNCLIP,
};

struct mark {
    enum mark_kind kind;
    struct rect r;
    uint32_t colour;
    double radius; /* of boxes; width of lines */
    const char *text;
    struct label how;
    const void *of;
    uint64_t version;
    int number;
};

enum { LIST_MAX = 6000, LIST_TEXT = 512 * 1024 };

struct draw_list {
    struct mark *at;
    int count;
    char *text; /* LIST_TEXT bytes */
    size_t text_used;
    bool full; /* something did not fit: a mistake of ours, shown by tests */
};

MUST_USE bool list_make(struct draw_list *l);
void list_free(struct draw_list *l);
void list_clear(struct draw_list *l);
/* Copies the text. */
void list_add(struct draw_list *l, struct mark c);
/* A copy of a text that lives as long as the list; "" when full. */
const char *list_keep(struct draw_list *l, const char *text);
/* One line a command: what a test compares and what a spoiler test searches. */
void list_print(const struct draw_list *l, struct buf *out);
/* The hash of what a command shows, and the rectangle it may touch. */
uint64_t mark_hash(const struct mark *c);
struct rect mark_bounds(const struct mark *c);

#endif

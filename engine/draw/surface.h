/* surface.h -- from drawing to bytes in memory: PNG, SVG and PDF, the same bytes for the same input. */
#ifndef TUIYAN_DRAW_SURFACE_H
#define TUIYAN_DRAW_SURFACE_H

#include <cairo.h>

#include "base/err.h"

/* Bytes that grow, on the heap; the owner calls bytes_free. Start with {0}. When memory runs out
 * `failed` is set, what is there stays, and further additions are ignored. */
struct bytes {
    char *at; /* always followed by a NUL once something was added */
    size_t size, cap;
    bool failed;
};

void bytes_add(struct bytes *b, const void *at, size_t size);
void bytes_str(struct bytes *b, const char *cstr);
void bytes_free(struct bytes *b);
/* Base64 (RFC 4648) without line breaks. */
void bytes_base64(struct bytes *b, const void *at, size_t size);

typedef void paint_fn(cairo_t *cr, const void *with);

enum { SURFACE_PIXELS_MAX = 16384 }; /* a side; cairo's images end at 32767 */

/* Paints width x height units on a picture of scale pixels a unit. */
MUST_USE enum rc draw_to_png_bytes(double width, double height, double scale, paint_fn *paint,
                                   const void *with, struct bytes *out, struct err *e);
/* id_prefix goes before every id within, so that several pictures can stand in one document; NULL is
 * none. Cairo numbers some ids by a counter of the process; they are numbered anew here. */
MUST_USE enum rc draw_to_svg_bytes(double width, double height, const char *id_prefix,
                                   paint_fn *paint, const void *with, struct bytes *out,
                                   struct err *e);
/* One page of width x height points, with a fixed creation date. */
MUST_USE enum rc draw_to_pdf_bytes(double width, double height, paint_fn *paint, const void *with,
                                   struct bytes *out, struct err *e);

#endif

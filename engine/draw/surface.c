#include "draw/surface.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"

void bytes_add(struct bytes *b, const void *at, size_t size)
{
    if (b->failed || size == 0)
        return;
    if (size >= SIZE_MAX / 4 - b->size) {
        b->failed = true;
        return;
    }
    if (b->size + size + 1 > b->cap) {
        size_t cap = b->cap ? b->cap : 4096;
        while (cap < b->size + size + 1)
            cap *= 2;
        char *grown = realloc(b->at, cap);
        if (!grown) {
            b->failed = true;
            return;
        }
        b->at = grown;
        b->cap = cap;
    }
    memcpy(b->at + b->size, at, size);
    b->size += size;
    b->at[b->size] = 0;
}

void bytes_str(struct bytes *b, const char *cstr)
{
    if (cstr)
        bytes_add(b, cstr, strlen(cstr));
}

void bytes_free(struct bytes *b)
{
    free(b->at);
    *b = (struct bytes){0};
}

void bytes_base64(struct bytes *b, const void *at, size_t size)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = at;
    char line[1024];
    size_t n = 0;
    for (size_t i = 0; i < size; i += 3) {
        unsigned v = (unsigned)p[i] << 16;
        if (i + 1 < size)
            v |= (unsigned)p[i + 1] << 8;
        if (i + 2 < size)
            v |= p[i + 2];
        line[n++] = digit[v >> 18];
        line[n++] = digit[(v >> 12) & 63];
        line[n++] = i + 1 < size ? digit[(v >> 6) & 63] : '=';
        line[n++] = i + 2 < size ? digit[v & 63] : '=';
        if (n == sizeof line) {
            bytes_add(b, line, n);
            n = 0;
        }
    }
    bytes_add(b, line, n);
}

static cairo_status_t write_bytes(void *closure, const unsigned char *data, unsigned int length)
{
    struct bytes *b = closure;
    bytes_add(b, data, length);
    return b->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static enum rc failed(cairo_status_t status, struct err *e)
{
    enum rc rc = status == CAIRO_STATUS_NO_MEMORY ? RC_MEMORY : RC_INTERNAL;
    return ERR(e, rc, MSG_DRAW_FAILED, arg_s(cairo_status_to_string(status)));
}

static bool side_ok(double v)
{
    return num_is_finite(v) && v >= 1 && v <= SURFACE_PIXELS_MAX;
}

static enum rc check_size(double width, double height, struct err *e)
{
    if (side_ok(width) && side_ok(height))
        return RC_OK;
    return ERR(e, RC_INPUT, MSG_DRAW_SIZE, arg_d(width, 0), arg_d(height, 0),
               arg_i(SURFACE_PIXELS_MAX));
}

/* Paints on surface, finishes it, and gives the worst status on the way. */
static cairo_status_t paint_on(cairo_surface_t *surface, double scale, paint_fn *paint,
                               const void *with)
{
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, scale, scale);
    paint(cr, with);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    return status;
}

enum rc draw_to_png_bytes(double width, double height, double scale, paint_fn *paint,
                          const void *with, struct bytes *out, struct err *e)
{
    double pw = num_ceil(width * scale), ph = num_ceil(height * scale);
    enum rc rc = check_size(pw, ph, e);
    if (rc)
        return rc;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)pw, (int)ph);
    cairo_status_t status = paint_on(surface, scale, paint, with);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, write_bytes, out);
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS ? RC_OK : failed(status, e);
}

enum { ID_BYTES = 64, ID_MAX = 4096 };

struct id_map {
    char kind; /* first letter: cairo counts surfaces and images by one counter of the process */
    long old;
};

/* The position of an id in order of first appearance. */
static int id_number(struct id_map *map, int *count, char kind, long old)
{
    for (int i = *count - 1; i >= 0; i--)
        if (map[i].old == old && map[i].kind == kind)
            return i;
    if (*count < ID_MAX)
        map[(*count)++] = (struct id_map){kind, old};
    return *count - 1;
}

static bool is_id_end(char c)
{
    return c == '"' || c == ')' || c == 0;
}

/* Writes the id that starts at p, renumbered and with its prefix; gives the first byte behind it. */
static const char *write_id(struct bytes *out, const char *p, const char *prefix,
                            struct id_map *map, int *count)
{
    bytes_str(out, prefix);
    size_t word = strncmp(p, "surface", 7) == 0 ? 7 : strncmp(p, "image", 5) == 0 ? 5 : 0;
    char *end = NULL;
    long old = word ? strtol(p + word, &end, 10) : 0;
    if (word && end > p + word && is_id_end(*end)) {
        char digits[ID_BYTES];
        struct buf b = BUF_ON(digits);
        buf_i64(&b, id_number(map, count, p[0], old));
        bytes_add(out, p, word);
        bytes_add(out, digits, (size_t)b.len);
        return end;
    }
    size_t n = 0;
    while (!is_id_end(p[n]))
        n++;
    bytes_add(out, p, n);
    return p + n;
}

/* Copies an SVG with new ids. Ids stand behind id=", href="# and url(# only; texts are drawn as
 * glyphs, so these marks cannot come from a text. */
static enum rc rewrite_ids(const struct bytes *svg, const char *prefix, struct bytes *out,
                           struct err *e)
{
    static const char *const mark[] = {" id=\"", "href=\"#", "url(#"};
    struct id_map *map = calloc(ID_MAX, sizeof *map);
    if (!map)
        return failed(CAIRO_STATUS_NO_MEMORY, e);
    int count = 0;
    const char *p = svg->at, *from = svg->at, *end = svg->at + svg->size;
    while (p < end) {
        size_t hit = 0;
        if (*p == ' ' || *p == 'h' || *p == 'u')
            for (int i = 0; i < COUNT_OF(mark) && !hit; i++)
                if (strncmp(p, mark[i], strlen(mark[i])) == 0)
                    hit = strlen(mark[i]);
        if (!hit) {
            p++;
            continue;
        }
        p += hit;
        bytes_add(out, from, (size_t)(p - from));
        p = from = write_id(out, p, prefix, map, &count);
    }
    bytes_add(out, from, (size_t)(end - from));
    free(map);
    return out->failed ? failed(CAIRO_STATUS_NO_MEMORY, e) : RC_OK;
}

enum rc draw_to_svg_bytes(double width, double height, const char *id_prefix, paint_fn *paint,
                          const void *with, struct bytes *out, struct err *e)
{
    enum rc rc = check_size(width, height, e);
    if (rc)
        return rc;
    struct bytes raw = {0};
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(write_bytes, &raw, width, height);
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
    cairo_status_t status = paint_on(surface, 1, paint, with);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    rc = status == CAIRO_STATUS_SUCCESS ? rewrite_ids(&raw, id_prefix, out, e) : failed(status, e);
    bytes_free(&raw);
    return rc;
}

enum rc draw_to_pdf_bytes(double width, double height, paint_fn *paint, const void *with,
                          struct bytes *out, struct err *e)
{
    enum rc rc = check_size(width, height, e);
    if (rc)
        return rc;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(write_bytes, out, width, height);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    cairo_status_t status = paint_on(surface, 1, paint, with);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS ? RC_OK : failed(status, e);
}

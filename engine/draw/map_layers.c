/* map_layers.c -- what hazards show: rasters and dots as pixels of a sheet over the map, lines and
 * arrows as strokes.
 *
 * A sheet has the size of the map in pixels, so that a million ragged cells cost no more than the
 * pixels they fall into: their edge is a difference between pixels, not a path. */
#include "draw/map_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"

enum { SHEET_MAX = 32000 }; /* pixels a side; cairo's own limit is 32767 */
#define VECTOR_PIXELS 2.0   /* pixels a unit where the target has none of its own (SVG, PDF) */

struct sheet {
    cairo_surface_t *image;
    uint32_t *px;
    int w, h, stride; /* pixels */
    double x, y, s;   /* user coordinates of its corner, pixels a unit */
    bool vector;
};

/* The pixels of the target itself, so that nothing is scaled; *s is pixels a unit. */
static bool sheet_open(const struct map_pen *p, struct sheet *out)
{
    cairo_matrix_t m;
    cairo_get_matrix(p->cr, &m);
    const struct rect r = p->f.rect;
    *out = (struct sheet){.vector = cairo_surface_get_type(cairo_get_target(p->cr)) !=
                                    CAIRO_SURFACE_TYPE_IMAGE};
    double sx = out->vector ? VECTOR_PIXELS : m.xx, x = r.x, y = r.y;
    if (!(sx > 0))
        return false;
    if (!out->vector) { /* on whole pixels */
        x = (num_floor(r.x * sx + m.x0) - m.x0) / sx;
        y = (num_floor(r.y * sx + m.y0) - m.y0) / sx;
    }
    double w = num_ceil((r.x + r.w - x) * sx), h = num_ceil((r.y + r.h - y) * sx);
    if (!(w >= 1 && h >= 1 && w <= SHEET_MAX && h <= SHEET_MAX))
        return false;
    out->x = x;
    out->y = y;
    out->s = sx;
    out->w = (int)w;
    out->h = (int)h;
    out->image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, out->w, out->h);
    if (cairo_surface_status(out->image) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(out->image);
        return false;
    }
    out->px = (uint32_t *)(void *)cairo_image_surface_get_data(out->image);
    out->stride = cairo_image_surface_get_stride(out->image) / 4;
    return true;
}

static void sheet_close(const struct map_pen *p, struct sheet *t)
{
    cairo_surface_mark_dirty(t->image);
    cairo_save(p->cr);
    cairo_translate(p->cr, t->x, t->y);
    cairo_scale(p->cr, 1 / t->s, 1 / t->s);
    cairo_set_source_surface(p->cr, t->image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(p->cr), CAIRO_FILTER_NEAREST);
    cairo_paint(p->cr);
    cairo_restore(p->cr);
    cairo_surface_destroy(t->image);
}

static uint32_t class_colour(const struct map_pen *p, const struct layer_row *row, int cls)
{
    return p->th->palette[row->palette][cls - 1];
}

/* ---- rasters ---- */

struct span {
    int from, to; /* cells [from, to); empty: off the raster */
};

/* Which cells a pixel shows along one axis: the one in its middle, or all that begin in it when
 * they are smaller. at0: the pixel coordinate of the raster's first edge; per: pixels a cell. */
static void fill_spans(struct span *out, int pixels, double at0, double per, int cells)
{
    for (int i = 0; i < pixels; i++) {
        int from = (int)num_floor(num_clamp((i + (per < 1 ? 0 : 0.5) - at0) / per, -1, cells));
        int to = per < 1 ? (int)num_floor(num_clamp((i + 1 - at0) / per, -1, cells)) : from + 1;
        out[i] = (struct span){from < 0 ? 0 : from, to > cells ? cells : to};
    }
}

/* The strongest class of each column over the rows of one pixel row. */
static const uint8_t *strongest(const struct map_layer *l, struct span rows, uint8_t *room)
{
    size_t cols = (size_t)l->grid.cols;
    const uint8_t *row = l->cls + (size_t)rows.from * cols;
    if (rows.to == rows.from + 1)
        return row;
    memcpy(room, row, cols);
    for (int k = rows.from + 1; k < rows.to; k++) {
        row += cols;
        for (size_t c = 0; c < cols; c++)
            room[c] = row[c] > room[c] ? row[c] : room[c];
    }
    return room;
}

static void fill_classes(const struct map_layer *l, const struct span *x, const struct span *y,
                         int w, int h, uint8_t *room, uint8_t *out)
{
    for (int j = 0; j < h; j++, out += w) {
        if (y[j].from >= y[j].to)
            continue; /* zeroed already */
        const uint8_t *row = strongest(l, y[j], room);
        for (int i = 0; i < w; i++) {
            uint8_t c = 0;
            for (int k = x[i].from; k < x[i].to; k++)
                c = row[k] > c ? row[k] : c;
            out[i] = c <= LAYER_CLASSES ? c : 0;
        }
    }
}

/* Writes the edge beside the pixel at i, j of t: around what is hit, so that it hides no class. */
static void edge_beside(const struct sheet *t, const uint8_t *c, int i, int j, int width,
                        uint32_t edge)
{
    uint32_t *px = t->px + (size_t)j * (size_t)t->stride + i;
    for (int k = 1; k <= width; k++) {
        if (i >= k && !c[-k])
            px[-k] = edge;
        if (i + k < t->w && !c[k])
            px[k] = edge;
        if (j >= k && !c[-k * t->w])
            px[-k * t->stride] = edge;
        if (j + k < t->h && !c[k * t->w])
            px[k * t->stride] = edge;
    }
}

static void colour_pixels(const struct map_pen *p, const struct layer_row *row, const uint8_t *c,
                          const struct sheet *t)
{
    uint32_t colour[LAYER_CLASSES + 1] = {0},
                                    edge = map_premultiply(p->th->palette_edge[row->palette]);
    int width = row->outline ? (int)num_max(1, num_round(p->unit * t->s)) : 0;
    for (int k = 1; k <= LAYER_CLASSES; k++)
        colour[k] = map_premultiply(class_colour(p, row, k));
    for (int j = 0; j < t->h; j++) {
        uint32_t *px = t->px + (size_t)j * (size_t)t->stride;
        for (int i = 0; i < t->w; i++, c++) {
            if (!*c)
                continue;
            px[i] = colour[*c];
            if (width > 0)
                edge_beside(t, c, i, j, width, edge);
        }
    }
}

static void raster_draw(const struct map_pen *p, const struct map_layer *l)
{
    struct sheet t;
    if (!l->cls || !map_grid_ok(&l->grid) || !sheet_open(p, &t))
        return;
    double per = l->grid.cell_m * p->f.scale * t.s;
    double west = (p->f.x0 + l->grid.west_m * p->f.scale - t.x) * t.s;
    double north =
        (p->f.y0 - (l->grid.south_m + l->grid.rows * l->grid.cell_m) * p->f.scale - t.y) * t.s;
    struct span *x = calloc((size_t)t.w + (size_t)t.h, sizeof *x), *y = x ? x + t.w : NULL;
    uint8_t *cls = calloc((size_t)t.w * (size_t)t.h, 1), *room = malloc((size_t)l->grid.cols);
    if (x && cls && room) {
        fill_spans(x, t.w, west, per, l->grid.cols);
        fill_spans(y, t.h, north, per, l->grid.rows);
        fill_classes(l, x, y, t.w, t.h, room, cls);
        colour_pixels(p, l->row, cls, &t);
    }
    free(x);
    free(cls);
    free(room);
    sheet_close(p, &t);
}

/* ---- dots ---- */

static void dots_draw(const struct map_pen *p, const struct map_layer *l)
{
    struct sheet t;
    if (l->dots <= 0 || !l->x || !l->y || !sheet_open(p, &t))
        return;
    int side = (int)num_max(2, num_round(2.6 * p->unit * t.s));
    uint32_t colour[LAYER_CLASSES + 1] = {0};
    for (int k = 1; k <= LAYER_CLASSES; k++)
        colour[k] = map_premultiply(class_colour(p, l->row, k) | 0xFF);
    for (int i = 0; i < l->dots; i++) {
        uint8_t c = l->dot ? l->dot[i] : 1;
        double x = (p->f.x0 + (double)l->x[i] * p->f.scale - t.x) * t.s - side / 2.0;
        double y = (p->f.y0 - (double)l->y[i] * p->f.scale - t.y) * t.s - side / 2.0;
        if (c == 0 || c > LAYER_CLASSES || !(x > -side && y > -side && x < t.w && y < t.h))
            continue; /* a NaN fails the test, too */
        int x0 = (int)num_max(0, num_round(x)), y0 = (int)num_max(0, num_round(y));
        int x1 = (int)num_min(t.w, num_round(x) + side),
            y1 = (int)num_min(t.h, num_round(y) + side);
        for (int j = y0; j < y1; j++)
            for (int k = x0; k < x1; k++)
                t.px[(size_t)j * (size_t)t.stride + (size_t)k] = colour[c];
    }
    sheet_close(p, &t);
}

/* ---- lines and arrows ---- */

double map_layer_width(const struct map_pen *p)
{
    return 2.8 * p->unit;
}

static void arrow_head(const struct map_pen *p, double x, double y, double dx, double dy,
                       uint32_t colour)
{
    double k = 5.5 * p->unit;
    cairo_move_to(p->cr, x + dx * k, y + dy * k);
    cairo_line_to(p->cr, x - dx * k * 0.6 - dy * k * 0.7, y - dy * k * 0.6 + dx * k * 0.7);
    cairo_line_to(p->cr, x - dx * k * 0.6 + dy * k * 0.7, y - dy * k * 0.6 - dx * k * 0.7);
    cairo_close_path(p->cr);
    set_colour(p->cr, colour);
    cairo_fill_preserve(p->cr);
    set_colour(p->cr, 0xFFFFFFC0);
    cairo_set_line_width(p->cr, 0.8 * p->unit);
    cairo_stroke(p->cr);
}

/* Arrows a fixed way apart on paper, the first half of it from the beginning; a short line has one
 * in its middle. */
static void arrows(const struct map_pen *p, const struct layer_line *l, uint32_t colour)
{
    const double apart = 54 * p->unit;
    double total = 0, run = 0;
    for (int i = 0; i + 1 < l->points; i++)
        total += num_hypot(l->xy[2 * i + 2] - l->xy[2 * i], l->xy[2 * i + 3] - l->xy[2 * i + 1]) *
                 p->f.scale;
    if (!num_is_finite(total) || !(total > 6 * p->unit))
        return;
    double next = total < apart ? total / 2 : apart / 2;
    for (int i = 0; i + 1 < l->points; i++) {
        double x0 = map_px(&p->f, l->xy[2 * i]), y0 = map_py(&p->f, l->xy[2 * i + 1]);
        double x1 = map_px(&p->f, l->xy[2 * i + 2]), y1 = map_py(&p->f, l->xy[2 * i + 3]);
        double d = num_hypot(x1 - x0, y1 - y0);
        for (; d > 0 && next <= run + d; next += apart) {
            double s = (next - run) / d, x = x0 + (x1 - x0) * s, y = y0 + (y1 - y0) * s;
            if (rect_inside((struct rect){x, y, 0, 0}, p->f.rect))
                arrow_head(p, x, y, (x1 - x0) / d * l->way, (y1 - y0) / d * l->way, colour);
        }
        run += d;
    }
}

static void lines_draw(const struct map_pen *p, const struct map_layer *l)
{
    for (int pass = 0; pass < 3;
         pass++) /* pale edges first, then the lines, then the arrows: crossings look joined */
        for (int i = 0; i < l->lines; i++) {
            const struct layer_line *line = &l->line[i];
            if (line->points < 2 || line->cls == 0 || line->cls > LAYER_CLASSES ||
                (p->m->one_level && line->level != p->m->level))
                continue;
            uint32_t colour = class_colour(p, l->row, line->cls) | 0xFF;
            if (pass == 2) {
                if (l->row->shape == LAYER_FLOW && line->way != 0)
                    arrows(p, line, colour);
                continue;
            }
            map_path(p, line->xy, line->points, false);
            cairo_set_line_width(p->cr, map_layer_width(p) + (pass == 0 ? 1.6 * p->unit : 0));
            set_colour(p->cr, pass == 0 ? 0xFFFFFFA0 : colour);
            cairo_stroke(p->cr);
        }
}

void map_layer_sample(const struct map_pen *p, const struct layer_row *row, int cls, double x,
                      double y, double w)
{
    uint32_t colour = class_colour(p, row, cls);
    double u = p->unit;
    switch (row->shape) {
    case LAYER_RASTER:
        fill_rect(p->cr, (struct rect){x, y - 5 * u, w, 10 * u}, colour);
        break;
    case LAYER_DOTS:
        for (int k = 0; k < 3; k++)
            fill_rect(p->cr,
                      (struct rect){x + w * (k + 0.5) / 3 - 1.5 * u, y - 1.5 * u, 3 * u, 3 * u},
                      colour | 0xFF);
        break;
    case LAYER_LINES:
    case LAYER_FLOW:
        stroke_line(p->cr, x, y, x + w, y, map_layer_width(p), colour | 0xFF);
        if (row->shape == LAYER_FLOW)
            arrow_head(p, x + w / 2, y, 1, 0, colour | 0xFF);
        break;
    }
}

uint32_t map_layer_classes(const struct map *m, const struct map_layer *l)
{
    bool seen[256] = {false};
    size_t cells =
        l->cls && map_grid_ok(&l->grid) ? (size_t)l->grid.cols * (size_t)l->grid.rows : 0;
    uint32_t set = 0;
    for (size_t i = 0; i < cells; i++)
        seen[l->cls[i]] = true;
    for (int i = 0; i < l->lines; i++)
        seen[l->line[i].cls] |= !m->one_level || l->line[i].level == m->level;
    for (int i = 0; i < l->dots; i++)
        seen[l->dot ? l->dot[i] : 1] = true;
    for (int k = 1; k <= LAYER_CLASSES; k++)
        set |= seen[k] ? 1u << k : 0;
    return set;
}

void map_layers_draw(const struct map_pen *p)
{
    for (int i = 0; i < p->m->layer_count; i++) {
        const struct map_layer *l = &p->m->layers[i];
        switch (l->row->shape) {
        case LAYER_RASTER:
            raster_draw(p, l);
            break;
        case LAYER_LINES:
        case LAYER_FLOW:
            lines_draw(p, l);
            break;
        case LAYER_DOTS:
            dots_draw(p, l);
            break;
        }
    }
}

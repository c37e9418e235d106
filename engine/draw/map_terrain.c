/* map_terrain.c -- terrain with hill shading and contour lines. */
#include "draw/map_parts.h"

#include <math.h>

#include "base/num.h"

enum { CONTOUR_CELLS = 320, CONTOUR_LEVELS = 40 };

bool map_grid_ok(const struct map_grid *g)
{
    return g->cols > 0 && g->rows > 0 && g->cols <= 32000 && g->rows <= 32000 && g->cell_m > 0 &&
           num_is_finite(g->west_m + g->south_m + g->cell_m);
}

static float height_at(const struct map_terrain *t, int row, int col)
{
    row = row < 0 ? 0 : row >= t->grid.rows ? t->grid.rows - 1 : row;
    col = col < 0 ? 0 : col >= t->grid.cols ? t->grid.cols - 1 : col;
    return t->height_m[(size_t)row * (size_t)t->grid.cols + (size_t)col];
}

static void height_range(const struct map_terrain *t, double *low, double *high)
{
    *low = *high = (double)NAN;
    size_t n = (size_t)t->grid.cols * (size_t)t->grid.rows;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        double z = (double)t->height_m[i];
        if (!num_is_finite(z))
            continue;
        *low = any ? num_min(*low, z) : z;
        *high = any ? num_max(*high, z) : z;
        any = true;
    }
}

/* Light from the north-west at 45 degrees, twice exaggerated, as on Chinese topographic sheets:
 * the usual Lambert shade of the surface normal (Horn 1981, differences of the neighbours). */
static double shade_at(const struct map_terrain *t, int row, int col)
{
    double dx = (double)height_at(t, row, col + 1) - (double)height_at(t, row, col - 1);
    double dy = (double)height_at(t, row - 1, col) - (double)height_at(t, row + 1, col);
    double k = 1.6 / (2 * t->grid.cell_m);
    double nx = -dx * k, ny = -dy * k;
    double s = (-0.5 * nx + 0.5 * ny + 0.70710678) / num_sqrt(nx * nx + ny * ny + 1);
    return num_is_finite(s) ? num_clamp(s, 0, 1) : 0.70710678;
}

uint32_t map_premultiply(uint32_t rgba)
{
    uint32_t a = rgba & 0xFF;
    uint32_t r = ((rgba >> 24) & 0xFF) * a / 255, g = ((rgba >> 16) & 0xFF) * a / 255;
    uint32_t b = ((rgba >> 8) & 0xFF) * a / 255;
    return a << 24 | r << 16 | g << 8 | b;
}

static uint32_t terrain_colour(const struct theme *th, double share, double shade)
{
    uint32_t c = share < 0.5 ? colour_mix(th->map_low, th->map_mid, share * 2)
                             : colour_mix(th->map_mid, th->map_high, share * 2 - 1);
    double d = shade - 0.70710678;
    return d < 0 ? colour_mix(c, 0x3F4A3CFF, -d * 0.75) : colour_mix(c, 0xFFFFFFFF, d * 1.3);
}

/* Paints a picture of one pixel a cell over its extent. */
static void paint_cells(const struct map_pen *p, cairo_surface_t *image, const struct map_grid *g,
                        cairo_filter_t filter)
{
    cairo_t *cr = p->cr;
    double side = g->cell_m * p->f.scale;
    cairo_save(cr);
    cairo_translate(cr, p->f.x0 + g->west_m * p->f.scale,
                    p->f.y0 - (g->south_m + g->rows * g->cell_m) * p->f.scale);
    cairo_scale(cr, side, side);
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), filter);
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
    cairo_rectangle(cr, 0, 0, g->cols, g->rows);
    cairo_fill(cr);
    cairo_restore(cr);
}

static void paint_heights(const struct map_pen *p, double low, double high)
{
    const struct map_terrain *t = &p->m->terrain;
    const struct map_grid *g = &t->grid;
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, g->cols, g->rows);
    if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS) {
        unsigned char *data = cairo_image_surface_get_data(image);
        size_t stride = (size_t)cairo_image_surface_get_stride(image);
        for (int row = 0; row < g->rows; row++) {
            uint32_t *line = (uint32_t *)(void *)(data + (size_t)row * stride);
            for (int col = 0; col < g->cols; col++) {
                double z = (double)height_at(t, row, col);
                line[col] = num_is_finite(z)
                                ? map_premultiply(terrain_colour(p->th, (z - low) / (high - low),
                                                             shade_at(t, row, col)))
                                : 0;
            }
        }
        cairo_surface_mark_dirty(image);
        paint_cells(p, image, g, CAIRO_FILTER_BILINEAR);
    }
    cairo_surface_destroy(image);
}

/* One cell of marching squares: adds the pieces of the line z = level between four corner heights
 * (north-west, north-east, south-east, south-west). */
static void contour_cell(const struct map_pen *p, const double z[4], double level, double x_m,
                         double y_m, double step_m)
{
    double px[4], py[4];
    int n = 0;
    const double cx[5] = {0, 1, 1, 0, 0}, cy[5] = {0, 0, -1, -1, 0};
    for (int i = 0; i < 4; i++) {
        double a = z[i], b = z[(i + 1) % 4];
        if ((a < level) == (b < level))
            continue;
        double s = (level - a) / (b - a);
        px[n] = map_px(&p->f, x_m + (cx[i] + (cx[i + 1] - cx[i]) * s) * step_m);
        py[n] = map_py(&p->f, y_m + (cy[i] + (cy[i + 1] - cy[i]) * s) * step_m);
        n++;
    }
    for (int i = 0; i + 1 < n; i += 2) {
        cairo_move_to(p->cr, px[i], py[i]);
        cairo_line_to(p->cr, px[i + 1], py[i + 1]);
    }
}

static void contour_level(const struct map_pen *p, double level, int skip)
{
    const struct map_terrain *t = &p->m->terrain;
    double half = t->grid.cell_m / 2, top = t->grid.south_m + t->grid.rows * t->grid.cell_m;
    for (int row = 0; row + skip < t->grid.rows; row += skip) {
        for (int col = 0; col + skip < t->grid.cols; col += skip) {
            const double z[4] = {(double)height_at(t, row, col),
                                 (double)height_at(t, row, col + skip),
                                 (double)height_at(t, row + skip, col + skip),
                                 (double)height_at(t, row + skip, col)};
            if (!num_is_finite(z[0] + z[1] + z[2] + z[3]))
                continue;
            contour_cell(p, z, level, t->grid.west_m + col * t->grid.cell_m + half,
                         top - row * t->grid.cell_m - half, skip * t->grid.cell_m);
        }
    }
}

static double nice_interval(double range)
{
    const double steps[] = {5, 10, 20, 25, 50, 100, 200, 250, 500, 1000};
    for (int i = 0; i < COUNT_OF(steps); i++)
        if (range / steps[i] <= 14)
            return steps[i];
    return range / 10;
}

static void paint_contours(const struct map_pen *p, double low, double high)
{
    const struct map_grid *g = &p->m->terrain.grid;
    int larger = g->cols > g->rows ? g->cols : g->rows;
    int skip = 1 + larger / CONTOUR_CELLS;
    double step = nice_interval(high - low);
    int first = (int)num_ceil(low / step), drawn = 0;
    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_BUTT);
    for (int k = first; k * step < high && drawn < CONTOUR_LEVELS; k++, drawn++) {
        contour_level(p, k * step, skip);
        bool index = k % 5 == 0; /* every fifth line is heavier */
        cairo_set_line_width(p->cr, (index ? 1.1 : 0.6) * p->unit);
        set_colour(p->cr, p->th->map_contour);
        cairo_stroke(p->cr);
    }
    cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
}

void map_terrain_draw(const struct map_pen *p)
{
    const struct map_terrain *t = &p->m->terrain;
    if (!t->height_m || !map_grid_ok(&t->grid))
        return;
    double low, high;
    height_range(t, &low, &high);
    if (!num_is_finite(low))
        return;
    if (high - low < 1)
        high = low + 1;
    paint_heights(p, low, high);
    paint_contours(p, low, high);
}

/* theme.h -- colours, fonts and the few shapes everything drawn is made of.
 *
 * A theme is a parameter of every drawing function: dark for the screen, light for paper. Nothing
 * here knows what is drawn. Colours are 0xRRGGBBAA. Rectangles and sizes are in the user units of
 * the cairo_t (pixels on a screen, points on paper), x to the right, y down.
 *
 * Each palette of layers runs along one hue path, so that its lightness falls steadily as the class
 * rises: it reads under the common colour vision deficiencies and when printed in grey. The first
 * of HEAT stands apart: the ash that heat leaves behind. Both themes share the palettes, since maps
 * are light in both. The series colours follow Okabe and Ito (2008, "Color Universal Design"),
 * lightened for the dark theme; charts add a dash pattern to each series, so that colour is never
 * the only sign. */
#ifndef TUIYAN_DRAW_THEME_H
#define TUIYAN_DRAW_THEME_H

#include <cairo.h>

#include "base/catalogue.h"
#include "core/world/layers.h"

enum { THEME_SERIES = 8 };

struct rect {
    double x, y, w, h;
};

struct size {
    double w, h;
};

struct theme {
    bool dark;
    const char *family;   /* a list of font families for pango */
    const char *language; /* or Han glyphs may come from the Japanese face */
    double text;          /* size of plain text, units */
    double line;          /* width of a hairline, units */
    uint32_t back, panel, panel_alt, border, grid;
    uint32_t ink, ink_dim, ink_faint, on_accent;
    uint32_t accent, good, warn, bad, idle;
    uint32_t series[THEME_SERIES];
    /* Class k of a layer is palette[..][k - 1]; palette_edge: the line around all of it. */
    uint32_t palette[PALETTES][LAYER_CLASSES], palette_edge[PALETTES];
    /* The map is light in both themes: paper maps are what people know. */
    uint32_t map_low, map_mid, map_high, map_contour, map_ink, map_halo, map_box, map_water;
    uint32_t road_main, road_minor, road_track, road_case;
};

const struct theme *theme_dark(void);
const struct theme *theme_light(void);

void set_colour(cairo_t *cr, uint32_t rgba);
uint32_t colour_mix(uint32_t a, uint32_t b, double share_of_b); /* share clamped to 0..1 */
uint32_t colour_alpha(uint32_t rgba, double alpha);             /* alpha replaced, 0..1 */
double colour_lightness(uint32_t rgba);                         /* relative luminance, 0..1 */

void fill_rect(cairo_t *cr, struct rect r, uint32_t rgba);
/* Adds a rounded rectangle to the path; the radius is cut to half the shorter side. */
void path_round_rect(cairo_t *cr, struct rect r, double radius);
void fill_round_rect(cairo_t *cr, struct rect r, double radius, uint32_t rgba);
void stroke_round_rect(cairo_t *cr, struct rect r, double radius, double width, uint32_t rgba);
/* A straight line; nothing when a coordinate is not finite. */
void stroke_line(cairo_t *cr, double x0, double y0, double x1, double y1, double width,
                 uint32_t rgba);
void fill_disc(cairo_t *cr, double x, double y, double radius, uint32_t rgba);
bool rect_overlaps(struct rect a, struct rect b);
bool rect_inside(struct rect inner, struct rect outer);
/* False when a side is not finite or under min_side: too small to draw anything that reads. */
bool rect_usable(struct rect r, double min_side);
struct rect rect_inset(struct rect r, double by);

#endif

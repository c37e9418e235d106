#include "draw/theme.h"

#include "base/num.h"

#define FAMILY "Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, sans-serif"

/* Heat as before; water after the blues of depth charts; gas from pale green to black violet, apart from both; density
 * from lilac to purple. */
#define PALETTE_ROWS                                                                                                  \
    .palette = {[PALETTE_HEAT] = {0x4C433DB0, 0xFDAE3DFF, 0xF36B21FF, 0xCC2A1EFF, 0x7A0A2CFF, 0x33031AFF},            \
                [PALETTE_WATER] = {0xD3E9F8E0, 0x9FCDECE8, 0x5FA3D9F0, 0x2F75BDF8, 0x184A92FF, 0x0A2458FF},           \
                [PALETTE_GAS] = {0xE2EFB4E0, 0xB7D36BE8, 0x7FAE3CF0, 0x4A8139F8, 0x2B5444FF, 0x1C2638FF},             \
                [PALETTE_DENSITY] = {0xEEDCF5E0, 0xD6AEE6E8, 0xB57BD2F0, 0x8E4BB5F8, 0x642589FF, 0x37104FFF}},        \
    .palette_edge = {[PALETTE_HEAT] = 0x5A1210D0, [PALETTE_WATER] = 0x0A2458D0, [PALETTE_GAS] = 0x1C2638D0,           \
                     [PALETTE_DENSITY] = 0x37104FD0}

static const struct theme dark_theme = {
    .dark = true,
    .family = FAMILY,
    .language = "zh-cn",
    .text = 13,
    .line = 1,
    .back = 0x0B0F17FF,
    .panel = 0x171D27FF,
    .panel_alt = 0x202837FF,
    .border = 0x2D3748FF,
    .grid = 0x333F52FF,
    .ink = 0xE8EDF4FF,
    .ink_dim = 0xA3AFC0FF,
    .ink_faint = 0x77849AFF,
    .on_accent = 0xFFFFFFFF,
    .accent = 0x3D8BFDFF,
    .good = 0x2FBF71FF,
    .warn = 0xF5A524FF,
    .bad = 0xF2555AFF,
    .idle = 0x64748BFF,
    .series = {0x56B4E9FF, 0xFF8A4CFF, 0x2EC79BFF, 0xF0C43CFF, 0xE39ACBFF, 0xB5A6FFFF, 0xC9D27AFF,
               0xC3CBD8FF},
    PALETTE_ROWS,
    .map_low = 0xD3E0C8FF,
    .map_mid = 0xE6E2CBFF,
    .map_high = 0xD4BFA0FF,
    .map_contour = 0x9A8B6F66,
    .map_ink = 0x1B2430FF,
    .map_halo = 0xFFFFFFE0,
    .map_box = 0xFFFFFFF0,
    .map_water = 0x8FBEE0FF,
    .road_main = 0xF6C768FF,
    .road_minor = 0xFFFFFFFF,
    .road_track = 0x8B6F47FF,
    .road_case = 0x6B6257FF,
};

static const struct theme light_theme = {
    .dark = false,
    .family = FAMILY,
    .language = "zh-cn",
    .text = 13,
    .line = 0.8,
    .back = 0xFFFFFFFF,
    .panel = 0xFFFFFFFF,
    .panel_alt = 0xF3F5F8FF,
    .border = 0xB8C0CBFF,
    .grid = 0xDDE2E9FF,
    .ink = 0x17202BFF,
    .ink_dim = 0x4A5666FF,
    .ink_faint = 0x6F7A89FF,
    .on_accent = 0xFFFFFFFF,
    .accent = 0x1659B8FF,
    .good = 0x0F7A45FF,
    .warn = 0xB86E00FF,
    .bad = 0xC0272DFF,
    .idle = 0x7A8697FF,
    .series = {0x0072B2FF, 0xD55E00FF, 0x00875FFF, 0xB98900FF, 0xB5508BFF, 0x5B4BB7FF, 0x6B7A1EFF,
               0x4A4F57FF},
    PALETTE_ROWS,
    .map_low = 0xDCE8D2FF,
    .map_mid = 0xEFEBD8FF,
    .map_high = 0xDDCAAEFF,
    .map_contour = 0x9A8B6F66,
    .map_ink = 0x17202BFF,
    .map_halo = 0xFFFFFFE6,
    .map_box = 0xFFFFFFF2,
    .map_water = 0x9CC7E6FF,
    .road_main = 0xF6C768FF,
    .road_minor = 0xFFFFFFFF,
    .road_track = 0x8B6F47FF,
    .road_case = 0x6B6257FF,
};

const struct theme *theme_dark(void)
{
    return &dark_theme;
}

const struct theme *theme_light(void)
{
    return &light_theme;
}

static double channel(uint32_t rgba, int shift)
{
    return (double)((rgba >> shift) & 0xFFu) / 255.0;
}

static uint32_t pack(double r, double g, double b, double a)
{
    uint32_t v = 0;
    const double c[4] = {r, g, b, a};
    for (int i = 0; i < 4; i++)
        v = (v << 8) | (uint32_t)num_round(num_clamp(c[i], 0, 1) * 255.0);
    return v;
}

void set_colour(cairo_t *cr, uint32_t rgba)
{
    cairo_set_source_rgba(cr, channel(rgba, 24), channel(rgba, 16), channel(rgba, 8),
                          channel(rgba, 0));
}

uint32_t colour_mix(uint32_t a, uint32_t b, double share_of_b)
{
    double s = num_is_finite(share_of_b) ? num_clamp(share_of_b, 0, 1) : 0;
    double c[4];
    for (int i = 0; i < 4; i++)
        c[i] = channel(a, 24 - 8 * i) * (1 - s) + channel(b, 24 - 8 * i) * s;
    return pack(c[0], c[1], c[2], c[3]);
}

uint32_t colour_alpha(uint32_t rgba, double alpha)
{
    return (rgba & 0xFFFFFF00u) | (uint32_t)num_round(num_clamp(alpha, 0, 1) * 255.0);
}

/* Relative luminance as in WCAG 2.1, "relative luminance". */
double colour_lightness(uint32_t rgba)
{
    const double weight[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = channel(rgba, 24 - 8 * i);
        sum += weight[i] * (c <= 0.03928 ? c / 12.92 : num_pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

void fill_rect(cairo_t *cr, struct rect r, uint32_t rgba)
{
    set_colour(cr, rgba);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_fill(cr);
}

void path_round_rect(cairo_t *cr, struct rect r, double radius)
{
    double k = num_max(0, num_min(radius, num_min(r.w, r.h) / 2));
    cairo_new_sub_path(cr);
    cairo_arc(cr, r.x + r.w - k, r.y + k, k, -NUM_PI / 2, 0);
    cairo_arc(cr, r.x + r.w - k, r.y + r.h - k, k, 0, NUM_PI / 2);
    cairo_arc(cr, r.x + k, r.y + r.h - k, k, NUM_PI / 2, NUM_PI);
    cairo_arc(cr, r.x + k, r.y + k, k, NUM_PI, 3 * NUM_PI / 2);
    cairo_close_path(cr);
}

void fill_round_rect(cairo_t *cr, struct rect r, double radius, uint32_t rgba)
{
    set_colour(cr, rgba);
    path_round_rect(cr, r, radius);
    cairo_fill(cr);
}

void stroke_round_rect(cairo_t *cr, struct rect r, double radius, double width, uint32_t rgba)
{
    set_colour(cr, rgba);
    path_round_rect(cr, rect_inset(r, width / 2), radius);
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
}

void stroke_line(cairo_t *cr, double x0, double y0, double x1, double y1, double width,
                 uint32_t rgba)
{
    if (!num_is_finite(x0 + y0 + x1 + y1))
        return;
    set_colour(cr, rgba);
    cairo_set_line_width(cr, width);
    cairo_move_to(cr, x0, y0);
    cairo_line_to(cr, x1, y1);
    cairo_stroke(cr);
}

void fill_disc(cairo_t *cr, double x, double y, double radius, uint32_t rgba)
{
    if (!num_is_finite(x + y))
        return;
    set_colour(cr, rgba);
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * NUM_PI);
    cairo_fill(cr);
}

bool rect_overlaps(struct rect a, struct rect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

bool rect_inside(struct rect inner, struct rect outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

bool rect_usable(struct rect r, double min_side)
{
    return num_is_finite(r.x + r.y + r.w + r.h) && r.w >= min_side && r.h >= min_side;
}

struct rect rect_inset(struct rect r, double by)
{
    return (struct rect){r.x + by, r.y + by, num_max(0, r.w - 2 * by), num_max(0, r.h - 2 * by)};
}

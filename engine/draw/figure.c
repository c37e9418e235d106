#include "draw/figure.h"

void draw_figure(cairo_t *cr, const struct figure *f)
{
    struct rect all = {0, 0, f->width, f->height};
    const struct theme *th = f->theme ? f->theme : theme_light();
    fill_rect(cr, all, th->panel);
    struct rect r = rect_inset(all, f->margin);
    if (!f->of)
        return;
    switch (f->kind) {
    case FIGURE_MAP:
        draw_map(cr, th, r, f->of);
        break;
    case FIGURE_CHART:
        draw_chart(cr, th, r, f->of);
        break;
    case FIGURE_BARS:
        draw_bars(cr, th, r, f->of);
        break;
    case FIGURE_RADAR:
        draw_radar(cr, th, r, f->of);
        break;
    case FIGURE_TIMELINE:
        draw_timeline(cr, th, r, f->of);
        break;
    case FIGURE_MATRIX:
        draw_matrix(cr, th, r, f->of);
        break;
    }
}

static void paint(cairo_t *cr, const void *with)
{
    draw_figure(cr, with);
}

enum rc figure_png(const struct figure *f, double scale, struct bytes *out, struct err *e)
{
    return draw_to_png_bytes(f->width, f->height, scale, paint, f, out, e);
}

enum rc figure_svg(const struct figure *f, const char *id_prefix, struct bytes *out, struct err *e)
{
    return draw_to_svg_bytes(f->width, f->height, id_prefix, paint, f, out, e);
}

#include "draw/chart.h"

#include <math.h>

#include "base/num.h"
#include "draw/label.h"

enum { END_LABELS = 24 };

/* Where values land: the plot's rectangle and both ranges. */
struct plot {
    cairo_t *cr;
    const struct theme *th;
    const struct chart *c;
    struct rect box;
    double x0, x1, y0, y1, y_step;
    int y_decimals;
};

static double plot_x(const struct plot *p, double x)
{
    return num_clamp(p->box.x + (x - p->x0) / (p->x1 - p->x0) * p->box.w, -1e6, 1e6);
}

static double plot_y(const struct plot *p, double y)
{
    return num_clamp(p->box.y + p->box.h - (y - p->y0) / (p->y1 - p->y0) * p->box.h, -1e6, 1e6);
}

static uint32_t series_colour(const struct plot *p, int i)
{
    uint32_t own = p->c->series[i].colour;
    return own ? own : p->th->series[i % THEME_SERIES];
}

static void widen(double v, double *low, double *high)
{
    if (!num_is_finite(v))
        return;
    *low = num_is_finite(*low) ? num_min(*low, v) : v;
    *high = num_is_finite(*high) ? num_max(*high, v) : v;
}

/* Ranges from the data where the chart gives none. False when there is no value at all. */
static bool find_ranges(struct plot *p)
{
    const struct chart *c = p->c;
    double x0 = (double)NAN, x1 = x0, y0 = x0, y1 = x0;
    bool any = false;
    for (int i = 0; i < c->series_count; i++) {
        for (int k = 0; k < c->series[i].count; k++) {
            double x = c->series[i].x[k], y = c->series[i].y[k];
            if (!num_is_finite(x) || !num_is_finite(y) || num_abs(y) > 1e300)
                continue;
            widen(x, &x0, &x1);
            widen(y, &y0, &y1);
            any = true;
        }
    }
    if (!any)
        return false;
    if (c->has_now)
        widen(c->now, &x0, &x1);
    bool given_x = c->x1 > c->x0, given_y = c->y1 > c->y0;
    p->x0 = given_x ? c->x0 : x0;
    p->x1 = given_x ? c->x1 : x1;
    p->y0 = given_y ? c->y0 : num_min(y0, 0);
    p->y1 = given_y ? c->y1 : num_max(y1, 0);
    if (!(p->x1 > p->x0))
        p->x1 = p->x0 + (c->clock ? 3600 : 1);
    if (!(p->y1 > p->y0))
        p->y1 = p->y0 + 1;
    return true;
}

/* Rounds the y range to whole steps, and finds how many decimals its ticks need. */
static void round_y(struct plot *p, double height)
{
    int most = (int)num_clamp(height / (p->th->text * 2.4), 1, 8);
    p->y_step = tick_step(p->y1 - p->y0, most);
    if (!(p->c->y1 > p->c->y0)) {
        p->y0 = num_floor(p->y0 / p->y_step + 1e-9) * p->y_step;
        p->y1 = num_ceil(p->y1 / p->y_step - 1e-9) * p->y_step;
    }
    p->y_decimals = 0;
    for (double s = p->y_step; p->y_decimals < 6 && s - num_floor(s + 1e-9) > 1e-6; s *= 10)
        p->y_decimals++;
}

static void tick_text(const struct plot *p, struct buf *b, double v, bool of_x, double step)
{
    if (!of_x) {
        number_for_people(b, p->c->lang, num_abs(v) < p->y_step * 1e-6 ? 0 : v, p->y_decimals);
    } else if (p->c->clock) {
        clock_for_people(b, v + p->c->clock_start_s);
    } else {
        int decimals = 0;
        for (double s = step; decimals < 6 && s - num_floor(s + 1e-9) > 1e-6; s *= 10)
            decimals++;
        number_for_people(b, p->c->lang, v, decimals);
    }
}

static double y_label_width(const struct plot *p)
{
    struct label how = {.size = p->th->text * 0.85, .digits = true};
    double w = 0;
    for (int k = 0; k <= 10; k++) {
        double v = p->y0 + k * p->y_step;
        if (v > p->y1 + p->y_step * 0.01)
            break;
        char line[64];
        struct buf b = BUF_ON(line);
        tick_text(p, &b, v, false, 0);
        w = num_max(w, label_size(p->cr, p->th, line, &how).w);
    }
    return w;
}

static void draw_y_axis(const struct plot *p)
{
    const struct theme *th = p->th;
    struct label how = {.size = th->text * 0.85, .colour = th->ink_dim, .align = ALIGN_RIGHT,
                        .digits = true};
    for (int k = 0; k <= 64; k++) {
        double v = num_ceil(p->y0 / p->y_step - 1e-9) * p->y_step + k * p->y_step;
        if (v > p->y1 + p->y_step * 0.01)
            break;
        double y = num_round(plot_y(p, v)) + 0.5;
        bool zero = num_abs(v) < p->y_step * 1e-6;
        stroke_line(p->cr, p->box.x, y, p->box.x + p->box.w, y, th->line,
                    zero ? th->ink_faint : th->grid);
        char line[64];
        struct buf b = BUF_ON(line);
        tick_text(p, &b, v, false, 0);
        struct size s = label_size(p->cr, th, line, &how);
        draw_label(p->cr, th, p->box.x - 6, y - s.h / 2, line, &how);
    }
    if (p->c->unit) {
        struct label unit = {.size = th->text * 0.85, .colour = th->ink_faint};
        draw_label(p->cr, th, p->box.x - 6, p->box.y - th->text * 1.6, p->c->unit, &unit);
    }
}

static void draw_x_axis(const struct plot *p)
{
    const struct theme *th = p->th;
    struct label how = {.size = th->text * 0.85, .colour = th->ink_dim, .align = ALIGN_CENTRE,
                        .digits = true};
    int most = (int)num_clamp(p->box.w / (th->text * 4.6), 1, 12);
    double span = p->x1 - p->x0;
    double step = p->c->clock ? tick_step_clock(span, most) : tick_step(span, most);
    if (!(step > 0))
        return;
    double shift = p->c->clock ? p->c->clock_start_s : 0; /* ticks stand on whole clock hours */
    double first = num_ceil((p->x0 + shift) / step - 1e-9) * step - shift;
    for (int k = 0; k <= most + 1; k++) {
        double v = first + k * step;
        if (v > p->x1 + step * 1e-6)
            break;
        double x = num_round(plot_x(p, v)) + 0.5;
        stroke_line(p->cr, x, p->box.y, x, p->box.y + p->box.h, th->line, th->grid);
        char line[64];
        struct buf b = BUF_ON(line);
        tick_text(p, &b, v, true, step);
        draw_label(p->cr, th, x, p->box.y + p->box.h + 3, line, &how);
    }
    if (!p->c->clock && p->c->x_unit) {
        struct label unit = {.size = th->text * 0.85, .colour = th->ink_faint,
                             .align = ALIGN_RIGHT};
        draw_label(p->cr, th, p->box.x + p->box.w, p->box.y + p->box.h - th->text * 1.3,
                   p->c->x_unit, &unit);
    }
}

static void draw_bands(const struct plot *p)
{
    for (int i = 0; i < p->c->band_count; i++) {
        const struct chart_band *b = &p->c->bands[i];
        double x0 = num_max(plot_x(p, b->x0), p->box.x);
        double x1 = num_min(plot_x(p, b->x1), p->box.x + p->box.w);
        if (!num_is_finite(x0 + x1) || !(x1 > x0))
            continue;
        fill_rect(p->cr, (struct rect){x0, p->box.y, x1 - x0, p->box.h},
                  colour_alpha(p->th->idle, 0.16));
        struct label how = {.size = p->th->text * 0.8, .colour = p->th->ink_faint, .lines = 1};
        if (b->name && x1 - x0 > p->th->text * 2.5)
            draw_label_in(p->cr, p->th,
                          (struct rect){x0 + 3, p->box.y + p->box.h - p->th->text * 1.5,
                                        x1 - x0 - 4, p->th->text * 1.4},
                          b->name, &how);
    }
}

/* Names of marks stand at the top in two rows; a name without room is left out, its line stays. */
static void draw_marks(const struct plot *p)
{
    double taken[2] = {-1e9, -1e9};
    const struct theme *th = p->th;
    for (int i = 0; i < p->c->mark_count; i++) {
        const struct chart_mark *m = &p->c->marks[i];
        if (!num_is_finite(m->x) || m->x < p->x0 || m->x > p->x1)
            continue;
        double x = plot_x(p, m->x);
        uint32_t colour = m->colour ? m->colour : th->ink_dim;
        const double dash[2] = {3, 3};
        cairo_set_dash(p->cr, dash, 2, 0);
        stroke_line(p->cr, x, p->box.y, x, p->box.y + p->box.h, 1, colour);
        cairo_set_dash(p->cr, NULL, 0, 0);
        if (!m->name)
            continue;
        struct label how = {.size = th->text * 0.8, .colour = colour, .halo = th->panel};
        struct size s = label_size(p->cr, th, m->name, &how);
        double left = num_min(x + 3, p->box.x + p->box.w - s.w);
        for (int row = 0; row < 2; row++) {
            if (left < taken[row])
                continue;
            draw_label(p->cr, th, left, p->box.y + 1 + row * th->text * 1.15, m->name, &how);
            taken[row] = left + s.w + 6;
            break;
        }
    }
}

/* Adds one unbroken run of points to the path; gives the index behind it. Points closer than a
 * quarter of a unit to the last one are skipped. */
static int run_path(const struct plot *p, const struct chart_series *s, int from, double *x_first,
                    double *x_last)
{
    bool open = false;
    double last_x = 0, last_y = 0;
    int k = from;
    for (; k < s->count; k++) {
        if (!num_is_finite(s->x[k]) || !num_is_finite(s->y[k]))
            break;
        double x = plot_x(p, s->x[k]), y = plot_y(p, s->y[k]);
        bool more = k + 1 < s->count && num_is_finite(s->y[k + 1]);
        if (open && more && num_abs(x - last_x) < 0.25 && num_abs(y - last_y) < 0.25)
            continue;
        if (!open) {
            cairo_move_to(p->cr, x, y);
            *x_first = x;
        } else if (s->step) {
            cairo_line_to(p->cr, x, last_y);
        }
        cairo_line_to(p->cr, x, y);
        open = true;
        last_x = x;
        last_y = y;
    }
    *x_last = last_x;
    return open ? k : -1;
}

static void draw_series(const struct plot *p, int i)
{
    static const double dashes[4][4] = {{0}, {7, 3, 7, 3}, {2, 2.5, 2, 2.5}, {8, 3, 2, 3}};
    const struct chart_series *s = &p->c->series[i];
    cairo_t *cr = p->cr;
    for (int k = 0; k < s->count; k++) {
        double first = 0, last = 0;
        int end = run_path(p, s, k, &first, &last);
        if (end < 0)
            continue;
        if (s->fill) {
            cairo_path_t *line = cairo_copy_path(cr);
            double base = plot_y(p, num_clamp(0, p->y0, p->y1));
            cairo_line_to(cr, last, base);
            cairo_line_to(cr, first, base);
            cairo_close_path(cr);
            set_colour(cr, colour_alpha(series_colour(p, i), 0.14));
            cairo_fill(cr);
            cairo_append_path(cr, line);
            cairo_path_destroy(line);
        }
        /* On paper the dash tells the series apart without colour. */
        int d = s->dashed ? 1 : p->th->dark ? 0 : i % 4;
        cairo_set_dash(cr, dashes[d], d ? 4 : 0, 0);
        cairo_set_line_width(cr, 2);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        set_colour(cr, series_colour(p, i));
        cairo_stroke(cr);
        cairo_set_dash(cr, NULL, 0, 0);
        if (end == k + 1) /* a single point makes no line */
            fill_disc(cr, last, plot_y(p, s->y[k]), 2.4, series_colour(p, i));
        k = end;
    }
}

static int last_point(const struct chart_series *s)
{
    for (int k = s->count - 1; k >= 0; k--)
        if (num_is_finite(s->x[k]) && num_is_finite(s->y[k]))
            return k;
    return -1;
}

static double end_label_width(const struct plot *p)
{
    struct label how = {.size = p->th->text * 0.9};
    double w = 0;
    for (int i = 0; i < p->c->series_count && i < END_LABELS; i++)
        w = num_max(w, label_size(p->cr, p->th, p->c->series[i].name, &how).w);
    return w;
}

/* Names at the ends of the lines, pushed apart downwards, then back up when they leave the plot. */
static void draw_end_labels(const struct plot *p, double width)
{
    int order[END_LABELS], n = 0;
    double y[END_LABELS], want[END_LABELS];
    double line = p->th->text * 1.25;
    for (int i = 0; i < p->c->series_count && i < END_LABELS; i++) {
        int k = last_point(&p->c->series[i]);
        if (k < 0)
            continue;
        double at = plot_y(p, p->c->series[i].y[k]);
        int j = n++;
        for (; j > 0 && want[j - 1] > at; j--) {
            want[j] = want[j - 1];
            order[j] = order[j - 1];
        }
        want[j] = at;
        order[j] = i;
    }
    for (int j = 0; j < n; j++)
        y[j] = j > 0 ? num_max(want[j], y[j - 1] + line) : want[j];
    double bottom = p->box.y + p->box.h;
    for (int j = n - 1; j >= 0; j--) {
        y[j] = num_min(y[j], bottom);
        bottom = y[j] - line;
    }
    for (int j = 0; j < n; j++) {
        const struct chart_series *s = &p->c->series[order[j]];
        double x = p->box.x + p->box.w;
        double from = num_min(plot_x(p, s->x[last_point(s)]), x);
        stroke_line(p->cr, from, want[j], x + 8, y[j], 0.8,
                    colour_alpha(series_colour(p, order[j]), 0.6));
        struct label how = {.size = p->th->text * 0.9, .colour = series_colour(p, order[j]),
                            .width = width, .lines = 1};
        struct size size = label_size(p->cr, p->th, s->name, &how);
        draw_label(p->cr, p->th, x + 10, y[j] - size.h / 2, s->name, &how);
    }
}

/* A row of samples for charts too narrow for names at the line ends. Gives its height. */
static double draw_key(const struct plot *p, struct rect r)
{
    double x = r.x, y = r.y, line = p->th->text * 1.4;
    struct label how = {.size = p->th->text * 0.85, .colour = p->th->ink_dim};
    for (int i = 0; i < p->c->series_count && i < END_LABELS; i++) {
        struct size s = label_size(p->cr, p->th, p->c->series[i].name, &how);
        if (x > r.x && x + s.w + 20 > r.x + r.w) {
            x = r.x;
            y += line;
        }
        fill_rect(p->cr, (struct rect){x, y + line / 2 - 4, 10, 8}, series_colour(p, i));
        draw_label(p->cr, p->th, x + 14, y + (line - s.h) / 2, p->c->series[i].name, &how);
        x += s.w + 26;
    }
    return y + line - r.y;
}

static void draw_plot(struct plot *p)
{
    cairo_t *cr = p->cr;
    draw_bands(p);
    draw_y_axis(p);
    draw_x_axis(p);
    cairo_save(cr);
    cairo_rectangle(cr, p->box.x - 1, p->box.y - 3, p->box.w + 2, p->box.h + 6);
    cairo_clip(cr);
    for (int i = 0; i < p->c->series_count; i++)
        draw_series(p, i);
    cairo_restore(cr);
    draw_marks(p);
    if (p->c->has_now && num_is_finite(p->c->now)) {
        double x = plot_x(p, p->c->now);
        stroke_line(cr, x, p->box.y, x, p->box.y + p->box.h, 1.4, p->th->bad);
    }
}

void draw_chart(cairo_t *cr, const struct theme *th, struct rect r, const struct chart *c)
{
    if (!rect_usable(r, 8))
        return;
    cairo_save(cr);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
    r = draw_title(cr, th, r, c->title);
    struct plot p = {.cr = cr, .th = th, .c = c};
    if (!find_ranges(&p)) {
        draw_no_data(cr, th, r, c->lang);
        cairo_restore(cr);
        return;
    }
    round_y(&p, r.h - th->text * 3);
    double left = y_label_width(&p) + 10, top = c->unit ? th->text * 1.7 : th->text * 0.6;
    double names = num_min(end_label_width(&p) + 14, r.w * 0.34);
    bool direct = r.w >= 340 && r.h >= 90;
    double key = 0;
    if (!direct && r.h >= 70)
        key = draw_key(&p, (struct rect){r.x + 2, r.y, r.w - 4, r.h}) + 2;
    p.box = (struct rect){r.x + left, r.y + key + top, r.w - left - (direct ? names : 12),
                          r.h - key - top - th->text * 1.7};
    if (p.box.w >= 6 && p.box.h >= 6) {
        draw_plot(&p);
        if (direct)
            draw_end_labels(&p, names - 10);
    }
    cairo_restore(cr);
}

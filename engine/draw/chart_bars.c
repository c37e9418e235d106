/* chart_bars.c -- horizontal bars and the radar. */
#include "base/num.h"
#include "draw/chart.h"
#include "draw/label.h"

static double bars_longest(const struct bars *b)
{
    double longest = 0;
    for (int i = 0; i < b->count; i++) {
        const double v[3] = {b->bars[i].value, b->bars[i].full, b->bars[i].compare};
        for (int k = 0; k < 3; k++)
            if (num_is_finite(v[k]))
                longest = num_max(longest, v[k]);
    }
    return longest > 0 ? longest : 1;
}

static void bar_value(const struct bars *b, const struct bar *bar, struct buf *out)
{
    number_for_people(out, b->lang, bar->value, b->decimals);
    if (bar->full > 0) {
        buf_str(out, " / ");
        number_for_people(out, b->lang, bar->full, b->decimals);
    }
    if (b->unit) {
        buf_char(out, ' ');
        buf_str(out, b->unit);
    }
    if (bar->note) {
        buf_str(out, "  ");
        buf_str(out, bar->note);
    }
}

static void draw_bar(cairo_t *cr, const struct theme *th, const struct bars *b,
                     const struct bar *bar, struct rect row, double names, double room,
                     double longest)
{
    struct label how = {.size = th->text * 0.92, .colour = th->ink, .align = ALIGN_RIGHT};
    draw_label_in(cr, th, (struct rect){row.x, row.y, names - 8, row.h}, bar->name, &how);
    double thick = num_min(row.h * 0.62, th->text * 1.25), y = row.y + (row.h - thick) / 2;
    double x = row.x + names, scale = room / longest;
    if (bar->full > 0)
        fill_round_rect(cr, (struct rect){x, y, bar->full * scale, thick}, 2, th->grid);
    double end = bar->full > 0 ? bar->full * scale : 0;
    if (num_is_finite(bar->value) && bar->value > 0) {
        fill_round_rect(cr, (struct rect){x, y, bar->value * scale, thick}, 2,
                        bar->colour ? bar->colour : th->accent);
        end = num_max(end, bar->value * scale);
    }
    if (num_is_finite(bar->compare) && bar->compare >= 0 && b->compare_name) {
        double cx = x + bar->compare * scale;
        stroke_line(cr, cx, y - 3, cx, y + thick + 3, 2.2, th->ink);
        end = num_max(end, bar->compare * scale);
    }
    char line[256];
    struct buf text = BUF_ON(line);
    bar_value(b, bar, &text);
    struct label value = {.size = th->text * 0.88, .colour = th->ink_dim, .digits = true};
    draw_label_in(cr, th, (struct rect){x + end + 6, row.y, row.x + row.w - x - end - 6, row.h},
                  line, &value);
}

void draw_bars(cairo_t *cr, const struct theme *th, struct rect r, const struct bars *b)
{
    if (!rect_usable(r, 8))
        return;
    cairo_save(cr);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
    r = draw_title(cr, th, r, b->title);
    if (b->count <= 0)
        draw_no_data(cr, th, r, b->lang);
    struct label how = {.size = th->text * 0.92}, small = {.size = th->text * 0.85,
                                                           .colour = th->ink_dim};
    if (b->compare_name && b->count > 0 && r.h > th->text * 4) {
        stroke_line(cr, r.x + 5, r.y + 2, r.x + 5, r.y + th->text * 1.2, 2.2, th->ink);
        draw_label(cr, th, r.x + 12, r.y, b->compare_name, &small);
        r.y += th->text * 1.6;
        r.h -= th->text * 1.6;
    }
    double names = 0, values = 0, least = th->text * 1.35;
    int shown = b->count;
    if (shown * least > r.h)
        shown = (int)(r.h / least) - 1 < 1 ? 1 : (int)(r.h / least) - 1;
    for (int i = 0; i < b->count && i < shown; i++) {
        char line[256];
        struct buf text = BUF_ON(line);
        bar_value(b, &b->bars[i], &text);
        names = num_max(names, label_size(cr, th, b->bars[i].name, &how).w);
        values = num_max(values, label_size(cr, th, line, &how).w);
    }
    names = num_min(names + 10, r.w * 0.4);
    double room = num_max(r.w - names - num_min(values + 10, r.w * 0.35), 4);
    double line = num_min(r.h / num_max(shown < b->count ? shown + 1 : shown, 1), th->text * 2.6);
    for (int i = 0; i < b->count && i < shown; i++)
        draw_bar(cr, th, b, &b->bars[i], (struct rect){r.x, r.y + i * line, r.w, line}, names,
                 room, bars_longest(b));
    if (shown < b->count) {
        char more[32];
        struct buf text = BUF_ON(more);
        buf_str(&text, "… +");
        buf_i64(&text, b->count - shown);
        draw_label(cr, th, r.x + names, r.y + shown * line, more, &small);
    }
    cairo_restore(cr);
}

struct spider {
    cairo_t *cr;
    const struct theme *th;
    const struct radar *d;
    double x, y, radius;
};

static void spider_point(const struct spider *s, int axis, double v, double *x, double *y)
{
    double a = 2 * NUM_PI * axis / s->d->axis_count - NUM_PI / 2;
    *x = s->x + s->radius * v * num_cos(a);
    *y = s->y + s->radius * v * num_sin(a);
}

static void spider_web(const struct spider *s)
{
    double x, y;
    for (int ring = 1; ring <= 5; ring++) {
        for (int i = 0; i <= s->d->axis_count; i++) {
            spider_point(s, i % s->d->axis_count, ring / 5.0, &x, &y);
            if (i == 0)
                cairo_move_to(s->cr, x, y);
            else
                cairo_line_to(s->cr, x, y);
        }
        set_colour(s->cr, ring == 5 ? s->th->ink_faint : s->th->grid);
        cairo_set_line_width(s->cr, s->th->line);
        cairo_stroke(s->cr);
    }
    for (int i = 0; i < s->d->axis_count; i++) {
        spider_point(s, i, 1, &x, &y);
        stroke_line(s->cr, s->x, s->y, x, y, s->th->line, s->th->grid);
        struct label how = {.size = s->th->text * 0.9, .colour = s->th->ink};
        struct size t = label_size(s->cr, s->th, s->d->axes[i], &how);
        spider_point(s, i, 1 + 9 / num_max(s->radius, 1), &x, &y);
        double side = (x - s->x) / s->radius;
        double left = side > 0.15 ? x : side < -0.15 ? x - t.w : x - t.w / 2;
        double down = (y - s->y) / s->radius;
        draw_label(s->cr, s->th, left, y - t.h / 2 + down * t.h * 0.35, s->d->axes[i], &how);
    }
}

static void spider_series(const struct spider *s, int k)
{
    const struct radar_series *series = &s->d->series[k];
    uint32_t colour = series->colour ? series->colour : s->th->series[k % THEME_SERIES];
    bool open = false;
    double x, y;
    for (int i = 0; i < s->d->axis_count; i++) {
        if (!num_is_finite(series->value[i]))
            continue;
        spider_point(s, i, num_clamp(series->value[i], 0, 1), &x, &y);
        if (open)
            cairo_line_to(s->cr, x, y);
        else
            cairo_move_to(s->cr, x, y);
        open = true;
    }
    if (!open)
        return;
    cairo_close_path(s->cr);
    set_colour(s->cr, colour_alpha(colour, 0.18));
    cairo_fill_preserve(s->cr);
    set_colour(s->cr, colour);
    cairo_set_line_width(s->cr, 2);
    cairo_stroke(s->cr);
    for (int i = 0; i < s->d->axis_count; i++) {
        if (!num_is_finite(series->value[i]))
            continue;
        spider_point(s, i, num_clamp(series->value[i], 0, 1), &x, &y);
        fill_disc(s->cr, x, y, 2.6, colour);
    }
}

void draw_radar(cairo_t *cr, const struct theme *th, struct rect r, const struct radar *d)
{
    if (!rect_usable(r, 8))
        return;
    cairo_save(cr);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
    r = draw_title(cr, th, r, d->title);
    double names = 0, x = r.x;
    struct label how = {.size = th->text * 0.9, .colour = th->ink};
    for (int i = 0; i < d->axis_count; i++)
        names = num_max(names, label_size(cr, th, d->axes[i], &how).w);
    if (d->series_count > 1) {
        for (int k = 0; k < d->series_count && k < THEME_SERIES; k++) {
            uint32_t own = d->series[k].colour;
            fill_rect(cr, (struct rect){x, r.y + 5, 10, 8}, own ? own : th->series[k]);
            x += draw_label(cr, th, x + 14, r.y, d->series[k].name, &how).w + 28;
        }
        r.y += th->text * 1.6;
        r.h -= th->text * 1.6;
    }
    struct spider s = {cr, th, d, r.x + r.w / 2, r.y + r.h / 2, 0};
    names = num_min(names, r.w * 0.26);
    s.radius = num_min(r.w / 2 - names - 14, r.h / 2 - th->text * 1.8);
    if (d->axis_count < 3 || s.radius < 4) {
        draw_no_data(cr, th, r, d->lang);
    } else {
        spider_web(&s);
        for (int k = 0; k < d->series_count; k++)
            spider_series(&s, k);
    }
    cairo_restore(cr);
}

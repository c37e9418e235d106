#include "draw/timeline.h"

#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "draw/chart.h"
#include "draw/label.h"

enum { LANES_MAX = 6 };

/* An item placed: its lane and what it covers sideways. */
struct spot {
    int item, row, lane;
    int used; /* lanes of its row that hold anything */
    double x0, x1; /* of the mark or bar */
    double room;   /* to the right of x1, up to the next mark in the lane */
};

struct sheet {
    cairo_t *cr;
    const struct theme *th;
    const struct timeline *t;
    struct rect box; /* of the rows, right of their names */
    double names, x0, x1, row_h, lane_h;
    int lanes;
    struct spot *spot;
    int count;
};

static double sheet_x(const struct sheet *s, double at_s)
{
    return num_clamp(s->box.x + (at_s - s->x0) / (s->x1 - s->x0) * s->box.w, -1e6, 1e6);
}

static uint32_t kind_colour(const struct sheet *s, int kind)
{
    if (kind >= 0 && kind < s->t->kind_count && s->t->kinds[kind].colour)
        return s->t->kinds[kind].colour;
    return s->th->series[(kind < 0 ? 0 : kind) % THEME_SERIES];
}

static void find_span(struct sheet *s)
{
    const struct timeline *t = s->t;
    s->x0 = t->x0_s;
    s->x1 = t->x1_s;
    if (s->x1 > s->x0)
        return;
    double low = (double)NAN, high = low;
    for (int i = 0; i < t->item_count; i++) {
        double a = t->items[i].at_s, b = a + num_max(t->items[i].for_s, 0);
        if (!num_is_finite(a) || !num_is_finite(b))
            continue;
        low = num_is_finite(low) ? num_min(low, a) : a;
        high = num_is_finite(high) ? num_max(high, b) : b;
    }
    s->x0 = num_is_finite(low) ? num_min(low, 0) : 0;
    s->x1 = num_is_finite(high) ? high : 3600;
    if (!(s->x1 > s->x0))
        s->x1 = s->x0 + 3600;
    s->x1 += (s->x1 - s->x0) * 0.06; /* room for the last label */
}

static int spot_compare(const void *a, const void *b)
{
    const struct spot *p = a, *q = b;
    if (p->row != q->row)
        return p->row < q->row ? -1 : 1;
    if (p->x0 < q->x0 || p->x0 > q->x0)
        return p->x0 < q->x0 ? -1 : 1;
    return p->item < q->item ? -1 : p->item > q->item;
}

static double wish_width(const struct sheet *s, const struct spot *p)
{
    struct label how = {.size = s->th->text * 0.88};
    double w = label_size(s->cr, s->th, s->t->items[p->item].name, &how).w;
    return w > 0 ? w + 8 : 4;
}

/* The first lane free at x0, or the one that is free soonest. */
static void choose_lanes(struct sheet *s)
{
    double end[LANES_MAX];
    int row = -1;
    for (int i = 0; i < s->count; i++) {
        struct spot *p = &s->spot[i];
        if (p->row != row)
            for (int k = 0; k < LANES_MAX; k++)
                end[k] = -1e9;
        row = p->row;
        int best = 0;
        for (int k = 0; k < s->lanes; k++) {
            if (end[k] <= p->x0) {
                best = k;
                break;
            }
            if (end[k] < end[best])
                best = k;
        }
        p->lane = best;
        bool inside = p->x1 - p->x0 > wish_width(s, p) + 6;
        end[best] = num_max(end[best], inside ? p->x1 + 3 : p->x1 + wish_width(s, p));
    }
}

/* From the right: the room each label has, and how many lanes its row needs. */
static void find_room(struct sheet *s)
{
    double next[LANES_MAX];
    int row = -1;
    for (int i = s->count - 1; i >= 0; i--) {
        struct spot *p = &s->spot[i];
        if (p->row != row) {
            int used = 1, first = i;
            for (; first >= 0 && s->spot[first].row == p->row; first--)
                used = s->spot[first].lane + 1 > used ? s->spot[first].lane + 1 : used;
            while (++first <= i)
                s->spot[first].used = used;
            for (int k = 0; k < LANES_MAX; k++)
                next[k] = s->box.x + s->box.w;
        }
        row = p->row;
        p->room = next[p->lane] - p->x1 - 3;
        next[p->lane] = num_min(next[p->lane], p->x0);
    }
}

/* Fills s->spot; the caller frees it. */
static void place_items(struct sheet *s)
{
    const struct timeline *t = s->t;
    double k = s->th->text * 0.38;
    s->spot = t->item_count > 0 ? calloc((size_t)t->item_count, sizeof *s->spot) : NULL;
    if (!s->spot)
        return;
    for (int i = 0; i < t->item_count; i++) {
        const struct timeline_item *item = &t->items[i];
        double end = item->at_s + num_max(item->for_s, 0);
        if (item->row < 0 || item->row >= t->row_count || !num_is_finite(item->at_s) ||
            !num_is_finite(end) || end < s->x0 || item->at_s > s->x1)
            continue;
        double x = sheet_x(s, item->at_s);
        bool bar = item->for_s > 0;
        s->spot[s->count++] = (struct spot){
            .item = i, .row = item->row, .x0 = bar ? num_max(x, s->box.x) : x - k,
            .x1 = bar ? num_min(num_max(sheet_x(s, end), x + 2), s->box.x + s->box.w) : x + k};
    }
    qsort(s->spot, (size_t)s->count, sizeof *s->spot, spot_compare);
    choose_lanes(s);
    find_room(s);
}

static double spot_y(const struct sheet *s, const struct spot *p)
{
    double used = p->used * s->lane_h;
    return s->box.y + p->row * s->row_h + (s->row_h - used) / 2 + (p->lane + 0.5) * s->lane_h;
}

static void draw_spot(const struct sheet *s, const struct spot *p)
{
    const struct timeline_item *item = &s->t->items[p->item];
    const struct theme *th = s->th;
    uint32_t colour = kind_colour(s, item->kind);
    double y = spot_y(s, p), k = th->text * 0.38, w = p->x1 - p->x0;
    struct label how = {.size = th->text * 0.88, .colour = th->ink, .lines = 1};
    double wish = label_size(s->cr, th, item->name, &how).w;
    if (item->for_s > 0) {
        struct rect bar = {p->x0, y - s->lane_h * 0.4, w, s->lane_h * 0.8};
        fill_round_rect(s->cr, bar, 3, colour_alpha(colour, item->hollow ? 0.14 : 0.32));
        stroke_round_rect(s->cr, bar, 3, 1, colour);
        if (wish > 0 && w > wish + 6) {
            draw_label_in(s->cr, th, (struct rect){bar.x + 4, bar.y, w - 4, bar.h}, item->name,
                          &how);
            return;
        }
    } else {
        double x = (p->x0 + p->x1) / 2;
        fill_disc(s->cr, x, y, k, colour);
        if (item->hollow)
            fill_disc(s->cr, x, y, k * 0.55, th->panel);
    }
    if (wish <= 0 || p->room < th->text * 2.2)
        return;
    how.halo = th->panel;
    how.halo_width = 2.5;
    draw_label_in(s->cr, th, (struct rect){p->x1 + 3, y - s->lane_h / 2, num_min(wish + 1, p->room),
                                           s->lane_h}, item->name, &how);
}

static void draw_rows(const struct sheet *s)
{
    const struct theme *th = s->th;
    struct label how = {.size = th->text * 0.92, .colour = th->ink_dim};
    for (int i = 0; i < s->t->row_count; i++) {
        double y = s->box.y + i * s->row_h;
        if (i % 2 == 0)
            fill_rect(s->cr, (struct rect){s->box.x, y, s->box.w, s->row_h}, th->panel_alt);
        draw_label_in(s->cr, th, (struct rect){s->box.x - s->names, y, s->names - 8, s->row_h},
                      s->t->rows[i], &how);
    }
}

static void draw_hours(const struct sheet *s)
{
    const struct theme *th = s->th;
    int most = (int)num_clamp(s->box.w / (th->text * 4.6), 1, 14);
    double step = tick_step_clock(s->x1 - s->x0, most), shift = s->t->clock_start_s;
    double bottom = s->box.y + s->row_h * s->t->row_count;
    struct label how = {.size = th->text * 0.85, .colour = th->ink_dim, .align = ALIGN_CENTRE,
                        .digits = true};
    double first = num_ceil((s->x0 + shift) / step - 1e-9) * step - shift;
    for (int k = 0; k <= most + 1; k++) {
        double v = first + k * step;
        if (v > s->x1)
            break;
        double x = num_round(sheet_x(s, v)) + 0.5;
        stroke_line(s->cr, x, s->box.y, x, bottom, th->line, th->grid);
        char line[32];
        struct buf b = BUF_ON(line);
        clock_for_people(&b, v + shift);
        draw_label(s->cr, th, x, bottom + 3, line, &how);
    }
}

static void draw_deadlines(const struct sheet *s)
{
    const struct theme *th = s->th;
    for (int i = 0; i < s->t->deadline_count; i++) {
        const struct timeline_deadline *d = &s->t->deadlines[i];
        if (!num_is_finite(d->at_s) || d->at_s < s->x0 || d->at_s > s->x1 ||
            d->row >= s->t->row_count)
            continue;
        bool all = d->row < 0;
        double x = sheet_x(s, d->at_s), y = s->box.y + (all ? 0 : d->row * s->row_h);
        double h = all ? s->row_h * s->t->row_count : s->row_h;
        uint32_t colour = d->due == DUE_MET ? th->good : d->due == DUE_LATE ? th->bad : th->warn;
        const double dash[2] = {4, 3};
        cairo_set_dash(s->cr, dash, 2, 0);
        stroke_line(s->cr, x, y, x, y + h, 1.6, colour);
        cairo_set_dash(s->cr, NULL, 0, 0);
        cairo_move_to(s->cr, x, y);
        cairo_line_to(s->cr, x + 7, y + 3.5);
        cairo_line_to(s->cr, x, y + 7);
        cairo_close_path(s->cr);
        set_colour(s->cr, colour);
        cairo_fill(s->cr);
        struct label how = {.size = th->text * 0.8, .colour = colour, .halo = th->panel};
        if (d->name && s->row_h > th->text * 2.4)
            draw_label(s->cr, th, x + 4, y + h - th->text * 1.15, d->name, &how);
    }
}

static double draw_kinds(const struct sheet *s, struct rect r)
{
    const struct theme *th = s->th;
    struct label how = {.size = th->text * 0.85, .colour = th->ink_dim};
    double x = r.x + r.w, line = th->text * 1.5;
    for (int i = s->t->kind_count - 1; i >= 0; i--) {
        struct size size = label_size(s->cr, th, s->t->kinds[i].name, &how);
        x -= size.w + 24;
        if (x < r.x)
            break;
        fill_disc(s->cr, x + 6, r.y + line / 2, 4.2, kind_colour(s, i));
        draw_label(s->cr, th, x + 14, r.y + (line - size.h) / 2, s->t->kinds[i].name, &how);
    }
    return line;
}

/* Measures all of it; false when there is nothing to show. */
static bool sheet_begin(struct sheet *s, struct rect r)
{
    const struct theme *th = s->th;
    struct label how = {.size = th->text * 0.92};
    if (s->t->row_count <= 0)
        return false;
    for (int i = 0; i < s->t->row_count; i++)
        s->names = num_max(s->names, label_size(s->cr, th, s->t->rows[i], &how).w);
    s->names = num_min(s->names + 12, r.w * 0.3);
    s->box = (struct rect){r.x + s->names, r.y, r.w - s->names - 4, r.h - th->text * 1.7};
    if (s->box.w < 8 || s->box.h < 8)
        return false;
    s->row_h = num_min(s->box.h / s->t->row_count, th->text * 6);
    s->lane_h = num_min(th->text * 1.5, s->row_h * 0.92);
    s->lanes = (int)num_clamp(s->row_h / s->lane_h, 1, LANES_MAX);
    find_span(s);
    place_items(s);
    return true;
}

/* Title and key; what is left is for the rows. */
static struct rect sheet_head(const struct sheet *s, struct rect r, bool paint)
{
    double title = s->t->title && *s->t->title && r.h >= 3 * s->th->text ? s->th->text * 1.9 + 2 : 0;
    bool key = s->t->kind_count > 0 && r.h > s->th->text * 6;
    if (paint) {
        draw_title(s->cr, s->th, r, s->t->title);
        if (key)
            draw_kinds(s, (struct rect){r.x + r.w * 0.3, r.y + 2, r.w * 0.7, r.h});
    }
    double head = num_max(title, key ? s->th->text * 1.9 + 2 : 0);
    return (struct rect){r.x, r.y + head, r.w, num_max(0, r.h - head)};
}

void draw_timeline(cairo_t *cr, const struct theme *th, struct rect r, const struct timeline *t)
{
    if (!rect_usable(r, 8))
        return;
    struct sheet s = {.cr = cr, .th = th, .t = t};
    cairo_save(cr);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
    r = sheet_head(&s, r, true);
    if (!sheet_begin(&s, r)) {
        draw_no_data(cr, th, r, t->lang);
    } else {
        draw_rows(&s);
        draw_hours(&s);
        for (int i = 0; s.spot && i < s.count; i++)
            draw_spot(&s, &s.spot[i]);
        draw_deadlines(&s);
        if (t->has_now && t->now_s >= s.x0 && t->now_s <= s.x1)
            stroke_line(cr, sheet_x(&s, t->now_s), s.box.y, sheet_x(&s, t->now_s),
                        s.box.y + s.row_h * t->row_count, 1.6, th->bad);
    }
    free(s.spot);
    cairo_restore(cr);
}

double timeline_height(const struct theme *th, const struct timeline *t)
{
    int most = 0;
    for (int row = 0; row < t->row_count && row < 64; row++) {
        int n = 0;
        for (int i = 0; i < t->item_count; i++)
            n += t->items[i].row == row;
        most = n > most ? n : most;
    }
    double lanes = most > 12 ? 3.2 : most > 4 ? 2.2 : 1.5;
    return th->text * (5.5 + 1.5 * lanes * (t->row_count > 0 ? t->row_count : 1));
}

int timeline_item_at(cairo_t *cr, const struct theme *th, struct rect r, const struct timeline *t,
                     double x, double y)
{
    if (!rect_usable(r, 8))
        return -1;
    struct sheet s = {.cr = cr, .th = th, .t = t};
    int hit = -1;
    if (sheet_begin(&s, sheet_head(&s, r, false)))
        for (int i = 0; s.spot && i < s.count; i++)
            if (x >= s.spot[i].x0 - 2 && x <= s.spot[i].x1 + 2 &&
                num_abs(y - spot_y(&s, &s.spot[i])) <= s.lane_h / 2)
                hit = s.spot[i].item;
    free(s.spot);
    return hit;
}

#include "draw/map.h"

#include <stdlib.h>

#include "base/num.h"
#include "draw/map_parts.h"

bool boxes_free(const struct boxes *b, struct rect r)
{
    if (b->count >= BOXES_MAX || !rect_inside(r, b->within))
        return false;
    for (int i = 0; i < b->count; i++)
        if (rect_overlaps(b->box[i], r))
            return false;
    return true;
}

void boxes_take(struct boxes *b, struct rect r)
{
    if (b->count < BOXES_MAX)
        b->box[b->count++] = r;
}

static void grid_extent(const struct map_grid *g, double out[4])
{
    if (g->cols <= 0 || g->rows <= 0 || !(g->cell_m > 0))
        return;
    out[0] = g->west_m;
    out[1] = g->south_m;
    out[2] = g->west_m + g->cols * g->cell_m;
    out[3] = g->south_m + g->rows * g->cell_m;
}

struct map_view map_view_of(struct rect r, const struct map *m)
{
    double ext[4] = {0, 0, 1000, 1000};
    if (m->x1_m > m->x0_m && m->y1_m > m->y0_m) {
        ext[0] = m->x0_m;
        ext[1] = m->y0_m;
        ext[2] = m->x1_m;
        ext[3] = m->y1_m;
    } else {
        for (int i = 0; i < m->layer_count; i++)
            grid_extent(&m->layers[i].grid, ext);
        grid_extent(&m->terrain.grid, ext);
    }
    double w = num_max(ext[2] - ext[0], 1e-6), h = num_max(ext[3] - ext[1], 1e-6);
    double scale = num_min(r.w / w, r.h / h);
    double cx = (ext[0] + ext[2]) / 2, cy = (ext[1] + ext[3]) / 2;
    return (struct map_view){r, scale, r.x + r.w / 2 - cx * scale, r.y + r.h / 2 + cy * scale};
}

/* Clamped far outside any picture, so that cairo's fixed point numbers never overflow. */
double map_px(const struct map_view *f, double x_m)
{
    return num_clamp(f->x0 + x_m * f->scale, -1e6, 1e6);
}

double map_py(const struct map_view *f, double y_m)
{
    return num_clamp(f->y0 - y_m * f->scale, -1e6, 1e6);
}

double map_x_m(const struct map_view *f, double px)
{
    return (px - f->x0) / f->scale;
}

double map_y_m(const struct map_view *f, double py)
{
    return (f->y0 - py) / f->scale;
}

void map_path(const struct map_pen *p, const double *xy, int points, bool closed)
{
    bool open = false;
    for (int i = 0; i < points; i++) {
        if (!num_is_finite(xy[2 * i] + xy[2 * i + 1]))
            continue;
        double x = map_px(&p->f, xy[2 * i]), y = map_py(&p->f, xy[2 * i + 1]);
        if (open)
            cairo_line_to(p->cr, x, y);
        else
            cairo_move_to(p->cr, x, y);
        open = true;
    }
    if (open && closed)
        cairo_close_path(p->cr);
}

bool map_name_near(const struct map_pen *p, double x, double y, double away, const char *text,
                   const struct label *how, bool boxed)
{
    if (!text || !*text || p->boxes->count >= BOXES_MAX)
        return false;
    struct size s = label_size(p->cr, p->th, text, how);
    double px = boxed ? 4 * p->unit : 1, d = away + 2;
    double w = s.w + 2 * px, h = s.h + (boxed ? 1 : 0);
    const double corner[8][2] = {{x - w / 2, y + d},     {x + d, y - h / 2},
                                 {x - d - w, y - h / 2}, {x - w / 2, y - d - h},
                                 {x + d * 0.7, y + d * 0.7}, {x - d * 0.7 - w, y + d * 0.7},
                                 {x + d * 0.7, y - d * 0.7 - h},
                                 {x - d * 0.7 - w, y - d * 0.7 - h}};
    for (int i = 0; i < 8; i++) {
        struct rect box = {corner[i][0], corner[i][1], w, h};
        if (!boxes_free(p->boxes, box))
            continue;
        boxes_take(p->boxes, box);
        if (boxed)
            fill_round_rect(p->cr, box, 3 * p->unit, p->th->map_box);
        draw_label(p->cr, p->th, box.x + px, box.y + (box.h - s.h) / 2, text, how);
        return true;
    }
    return false;
}

static bool pen_begin(struct map_pen *p, cairo_t *cr, const struct theme *th, struct rect r,
                      const struct map *m)
{
    if (!rect_usable(r, 4))
        return false;
    p->cr = cr;
    p->th = th;
    p->m = m;
    p->f = map_view_of(r, m);
    p->unit = num_clamp(num_min(r.w, r.h) / 520, 0.55, 1.0) * th->text / 13;
    p->boxes = NULL;
    cairo_save(cr);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cr, NULL, 0, 0);
    return true;
}

void draw_map_base(cairo_t *cr, const struct theme *th, struct rect r, const struct map *m)
{
    struct map_pen p;
    if (!pen_begin(&p, cr, th, r, m))
        return;
    fill_rect(cr, r, th->map_mid);
    map_terrain_draw(&p);
    map_lines_draw(&p, true);
    map_roads_draw(&p);
    cairo_restore(cr);
}

void draw_map_over(cairo_t *cr, const struct theme *th, struct rect r, const struct map *m)
{
    struct map_pen p;
    if (!pen_begin(&p, cr, th, r, m))
        return;
    struct boxes *boxes = calloc(1, sizeof *boxes);
    map_layers_draw(&p);
    if (boxes) {
        boxes->within = rect_inset(r, 2);
        p.boxes = boxes;
        map_lines_draw(&p, false);
        map_roads_closed_draw(&p);
        map_places_draw(&p);
        if (!m->bare && r.w >= 200 && r.h >= 140)
            map_furniture_draw(&p);
        map_place_names_draw(&p, -1, 0);
        map_assets_draw(&p);
        map_post_draw(&p);
        map_teams_draw(&p);
        map_place_names_draw(&p, 1, 4);
        map_line_names_draw(&p);
    }
    free(boxes);
    cairo_restore(cr);
}

void draw_map(cairo_t *cr, const struct theme *th, struct rect r, const struct map *m)
{
    draw_map_base(cr, th, r, m);
    draw_map_over(cr, th, r, m);
}

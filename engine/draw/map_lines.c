/* map_lines.c -- roads, rivers, borders, control lines and their names. */
#include "draw/map_parts.h"

#include <string.h>

#include "base/num.h"

static const double road_width[] = {4.2, 2.8, 1.6};

static uint32_t road_colour(const struct theme *th, enum map_road_class c)
{
    return c == MAP_ROAD_MAIN ? th->road_main : c == MAP_ROAD_MINOR ? th->road_minor : th->road_track;
}

/* All roads of a class in one path: casings first, so that junctions look joined. */
static void road_layer(const struct map_pen *p, enum map_road_class c, bool casing)
{
    cairo_t *cr = p->cr;
    for (int i = 0; i < p->m->road_count; i++)
        if (p->m->roads[i].rclass == c && p->m->roads[i].points > 1)
            map_path(p, p->m->roads[i].xy, p->m->roads[i].points, false);
    double w = road_width[c] * p->unit;
    if (c == MAP_ROAD_TRACK) {
        const double dash[2] = {5 * p->unit, 3 * p->unit};
        cairo_set_dash(cr, dash, 2, 0);
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    }
    cairo_set_line_width(cr, casing ? w + 1.6 * p->unit : w);
    set_colour(cr, casing ? p->th->road_case : road_colour(p->th, c));
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
}

void map_roads_draw(const struct map_pen *p)
{
    road_layer(p, MAP_ROAD_TRACK, false);
    road_layer(p, MAP_ROAD_MINOR, true);
    road_layer(p, MAP_ROAD_MAIN, true);
    road_layer(p, MAP_ROAD_MINOR, false);
    road_layer(p, MAP_ROAD_MAIN, false);
}

/* The point half way along, and the direction there. False when there is no length. */
static bool line_middle(const struct map_pen *p, const double *xy, int points, double *mx,
                        double *my, double *length)
{
    double total = 0;
    for (int pass = 0; pass < 2; pass++) {
        double run = 0;
        for (int i = 0; i + 1 < points; i++) {
            double x0 = map_px(&p->f, xy[2 * i]), y0 = map_py(&p->f, xy[2 * i + 1]);
            double x1 = map_px(&p->f, xy[2 * i + 2]), y1 = map_py(&p->f, xy[2 * i + 3]);
            double d = num_hypot(x1 - x0, y1 - y0);
            if (!num_is_finite(d))
                continue;
            if (pass == 1 && run + d >= total / 2 && d > 0) {
                double s = (total / 2 - run) / d;
                *mx = x0 + (x1 - x0) * s;
                *my = y0 + (y1 - y0) * s;
                *length = total;
                return true;
            }
            run += d;
        }
        total = run;
        if (!(total > 0))
            return false;
    }
    return false;
}

void map_roads_closed_draw(const struct map_pen *p)
{
    cairo_t *cr = p->cr;
    for (int i = 0; i < p->m->road_count; i++) {
        const struct map_road *road = &p->m->roads[i];
        if (!road->closed || road->points < 2)
            continue;
        const double dash[2] = {6 * p->unit, 4 * p->unit};
        map_path(p, road->xy, road->points, false);
        cairo_set_line_width(cr, 3.4 * p->unit);
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
        set_colour(cr, 0x2A1414FF);
        cairo_set_dash(cr, dash, 2, 0);
        cairo_stroke(cr);
        cairo_set_dash(cr, NULL, 0, 0);
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
        double x, y, length;
        if (!line_middle(p, road->xy, road->points, &x, &y, &length))
            continue;
        double k = 6.5 * p->unit, a = k * 0.45;
        fill_disc(cr, x, y, k + 1.4 * p->unit, 0xFFFFFFFF);
        fill_disc(cr, x, y, k, 0xC0272DFF);
        stroke_line(cr, x - a, y - a, x + a, y + a, 1.9 * p->unit, 0xFFFFFFFF);
        stroke_line(cr, x - a, y + a, x + a, y - a, 1.9 * p->unit, 0xFFFFFFFF);
        boxes_take(p->boxes, (struct rect){x - k, y - k, 2 * k, 2 * k});
    }
}

/* Sets width, colour and dashes for a kind of line. */
void map_line_style(const struct map_pen *p, enum map_line_kind kind, double *width,
                    uint32_t *colour)
{
    const double u = p->unit;
    static const struct {
        double width;
        uint32_t colour; /* 0: the theme's water */
        double on, off;
    } row[MAP_LINE_KINDS] = {
        [MAP_LINE_PLANNED] = {2.4, 0x1D4ED8FF, 7, 5}, [MAP_LINE_BUILT] = {3.4, 0x1D4ED8FF, 0, 0},
        [MAP_LINE_CROSSED] = {3.4, 0xB4127BFF, 2, 4}, [MAP_LINE_POWER] = {1.4, 0x4A3B78FF, 0, 0},
        [MAP_LINE_CORDON] = {2.0, 0xD92B2BFF, 9, 5},  [MAP_LINE_RIVER] = {3.6, 0, 0, 0},
        [MAP_LINE_BORDER] = {1.6, 0x7A4B94C0, 10, 4},
    };
    const double dash[2] = {row[kind].on * u, row[kind].off * u};
    cairo_set_dash(p->cr, dash, row[kind].on > 0 ? 2 : 0, 0);
    *width = row[kind].width * u;
    *colour = row[kind].colour ? row[kind].colour : p->th->map_water;
}

/* Little crosses along a power line, as on topographic maps. */
static void power_ticks(const struct map_pen *p, const struct map_line *l)
{
    for (int i = 0; i < l->points; i++) {
        if (!num_is_finite(l->xy[2 * i] + l->xy[2 * i + 1]))
            continue;
        double x = map_px(&p->f, l->xy[2 * i]), y = map_py(&p->f, l->xy[2 * i + 1]);
        double k = 3.2 * p->unit;
        stroke_line(p->cr, x - k, y - k, x + k, y + k, 1.2 * p->unit, 0x4A3B78FF);
        stroke_line(p->cr, x - k, y + k, x + k, y - k, 1.2 * p->unit, 0x4A3B78FF);
    }
}

/* The built share of a planned line, from its first point. */
static void built_part(const struct map_pen *p, const struct map_line *l)
{
    double total = 0, run = 0;
    for (int i = 0; i + 1 < l->points; i++)
        total += num_hypot(l->xy[2 * i + 2] - l->xy[2 * i], l->xy[2 * i + 3] - l->xy[2 * i + 1]);
    double want = total * num_clamp(l->done, 0, 1);
    if (!num_is_finite(want) || !(want > 0))
        return;
    cairo_move_to(p->cr, map_px(&p->f, l->xy[0]), map_py(&p->f, l->xy[1]));
    for (int i = 0; i + 1 < l->points && run < want; i++) {
        double dx = l->xy[2 * i + 2] - l->xy[2 * i], dy = l->xy[2 * i + 3] - l->xy[2 * i + 1];
        double d = num_hypot(dx, dy), s = d > 0 ? num_min(1, (want - run) / d) : 1;
        cairo_line_to(p->cr, map_px(&p->f, l->xy[2 * i] + dx * s),
                      map_py(&p->f, l->xy[2 * i + 1] + dy * s));
        run += d;
    }
    double width;
    uint32_t colour;
    map_line_style(p, MAP_LINE_BUILT, &width, &colour);
    cairo_set_line_width(p->cr, width);
    set_colour(p->cr, colour);
    cairo_stroke(p->cr);
}

void map_lines_draw(const struct map_pen *p, bool base)
{
    cairo_t *cr = p->cr;
    for (int i = 0; i < p->m->line_count; i++) {
        const struct map_line *l = &p->m->lines[i];
        if (l->points < 2 || l->kind < 0 || l->kind >= MAP_LINE_KINDS)
            continue;
        bool is_base = l->kind == MAP_LINE_RIVER || l->kind == MAP_LINE_BORDER;
        if (is_base != base)
            continue;
        double width;
        uint32_t colour;
        if (!base) { /* a pale edge lets the line stand out on dark ground */
            map_path(p, l->xy, l->points, l->closed);
            cairo_set_dash(cr, NULL, 0, 0);
            map_line_style(p, MAP_LINE_BUILT, &width, &colour);
            cairo_set_line_width(cr, width + 2 * p->unit);
            set_colour(cr, 0xFFFFFFA0);
            cairo_stroke(cr);
        }
        map_path(p, l->xy, l->points, l->closed);
        map_line_style(p, l->kind, &width, &colour);
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
        cairo_set_line_width(cr, width);
        set_colour(cr, colour);
        cairo_stroke(cr);
        cairo_set_dash(cr, NULL, 0, 0);
        if (l->kind == MAP_LINE_POWER)
            power_ticks(p, l);
        if (l->kind == MAP_LINE_PLANNED)
            built_part(p, l);
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    }
}

/* A road is many pieces of one name: true the first time a name is asked for. */
static bool first_time(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return false;
    return true;
}

static void road_names(const struct map_pen *p)
{
    enum { NAMED_MAX = 96 };
    const char *named[NAMED_MAX];
    int count = 0;
    double x, y, length;
    for (int i = 0; i < p->m->road_count && count < NAMED_MAX; i++) {
        const struct map_road *r = &p->m->roads[i];
        if (!r->name || !*r->name || r->points < 2 || !first_time(named, count, r->name) ||
            !line_middle(p, r->xy, r->points, &x, &y, &length))
            continue;
        struct label how = {.size = 10.5 * p->unit, .colour = r->closed ? 0xA01A1FFF : 0x5B4B32FF,
                            .halo = p->th->map_halo};
        if (!r->closed && label_size(p->cr, p->th, r->name, &how).w > length * 0.9)
            continue;
        if (map_name_near(p, x, y, (r->closed ? 8 : 4) * p->unit, r->name, &how, false))
            named[count++] = r->name;
    }
}

void map_line_names_draw(const struct map_pen *p)
{
    double x, y, length;
    for (int i = 0; i < p->m->line_count; i++) {
        const struct map_line *l = &p->m->lines[i];
        if (!l->name || l->points < 2 || l->kind < 0 || l->kind >= MAP_LINE_KINDS)
            continue;
        double width;
        uint32_t colour;
        map_line_style(p, l->kind, &width, &colour);
        cairo_set_dash(p->cr, NULL, 0, 0);
        if (!line_middle(p, l->xy, l->points, &x, &y, &length))
            continue;
        bool water = l->kind == MAP_LINE_RIVER;
        struct label how = {.size = 11.5 * p->unit, .colour = water ? 0x2A6496FF : colour | 0xFF,
                            .halo = p->th->map_halo};
        map_name_near(p, x, y, 4 * p->unit, l->name, &how, false);
    }
    road_names(p);
}

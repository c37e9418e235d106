/* map_furniture.c -- legend, scale bar, north and wind arrows, the moment, the note on the terrain. */
#include "draw/map_parts.h"

#include "base/num.h"

static const char *say(const struct map_pen *p, enum msg id)
{
    return msg_text(p->m->lang, id);
}

/* A white box for a piece of furniture, taken from the room of labels. */
static void plate(const struct map_pen *p, struct rect r)
{
    fill_round_rect(p->cr, r, 4 * p->unit, p->th->map_box);
    stroke_round_rect(p->cr, r, 4 * p->unit, 0.8, 0x1B243030);
    boxes_take(p->boxes, rect_inset(r, -2));
}

static double moment_draw(const struct map_pen *p)
{
    double edge = 8 * p->unit;
    if (!p->m->moment || !*p->m->moment)
        return edge;
    struct label how = {.size = 13 * p->unit, .bold = true, .colour = p->th->map_ink,
                        .digits = true};
    struct size s = label_size(p->cr, p->th, p->m->moment, &how);
    struct rect box = {p->f.rect.x + edge, p->f.rect.y + edge, s.w + 16 * p->unit,
                       s.h + 6 * p->unit};
    plate(p, box);
    draw_label(p->cr, p->th, box.x + 8 * p->unit, box.y + 3 * p->unit, p->m->moment, &how);
    return box.h + 2 * edge;
}

/* 1, 2 or 5 times a power of ten, at most v. */
static double nice_below(double v)
{
    double base = 1;
    while (base * 10 <= v)
        base *= 10;
    while (base > v)
        base /= 10;
    return base * 5 <= v ? base * 5 : base * 2 <= v ? base * 2 : base;
}

static void scale_bar(const struct map_pen *p)
{
    const struct rect r = p->f.rect;
    double u = p->unit, metres = nice_below(num_clamp(r.w * 0.2, 60, 160) / p->f.scale);
    if (!num_is_finite(metres) || !(metres > 0))
        return;
    double w = metres * p->f.scale;
    char line[64];
    struct buf b = BUF_ON(line);
    bool km = metres >= 1000;
    buf_f64(&b, km ? metres / 1000 : metres);
    buf_str(&b, km ? " km" : " m");
    struct label how = {.size = 11 * u, .colour = p->th->map_ink, .digits = true};
    struct size s = label_size(p->cr, p->th, line, &how);
    const char *note = say(p, p->m->synthetic ? MSG_DRAW_SYNTHETIC : MSG_DRAW_SCHEMATIC);
    struct label small = {.size = 10.5 * u, .colour = 0x4A5666FF};
    struct size n = label_size(p->cr, p->th, note, &small);
    double inner = num_max(w + s.w + 8 * u, n.w);
    struct rect box = {r.x + r.w - inner - 22 * u, r.y + r.h - 46 * u, inner + 14 * u, 38 * u};
    plate(p, box);
    double x = box.x + 7 * u, y = box.y + 12 * u;
    for (int k = 0; k < 4; k++)
        fill_rect(p->cr, (struct rect){x + w * k / 4, y - 2.5 * u, w / 4, 5 * u},
                  k % 2 ? 0xFFFFFFFF : p->th->map_ink);
    cairo_rectangle(p->cr, x, y - 2.5 * u, w, 5 * u);
    set_colour(p->cr, p->th->map_ink);
    cairo_set_line_width(p->cr, 0.9 * u);
    cairo_stroke(p->cr);
    draw_label(p->cr, p->th, x + w + 7 * u, y - s.h / 2, line, &how);
    draw_label(p->cr, p->th, x, box.y + box.h - n.h - 2 * u, note, &small);
}

/* An arrow of length k centred at x, y, pointing `deg` clockwise from north. */
static void arrow(cairo_t *cr, double x, double y, double k, double deg, uint32_t colour)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_rotate(cr, deg * NUM_PI / 180);
    cairo_move_to(cr, 0, -k / 2);
    cairo_line_to(cr, k * 0.26, k / 2);
    cairo_line_to(cr, 0, k * 0.3);
    cairo_line_to(cr, -k * 0.26, k / 2);
    cairo_close_path(cr);
    set_colour(cr, colour);
    cairo_fill(cr);
    cairo_restore(cr);
}

static void wind_text(const struct map_pen *p, struct buf *b)
{
    static const enum msg from[8] = {MSG_DRAW_FROM_N, MSG_DRAW_FROM_NE, MSG_DRAW_FROM_E,
                                     MSG_DRAW_FROM_SE, MSG_DRAW_FROM_S, MSG_DRAW_FROM_SW,
                                     MSG_DRAW_FROM_W, MSG_DRAW_FROM_NW};
    if (p->m->wind_mps < 0.3) { /* GB/T 28591: force 0 is under 0.3 m/s */
        buf_str(b, say(p, MSG_DRAW_WIND_CALM));
        return;
    }
    double deg = num_is_finite(p->m->wind_from_deg) ? num_mod(p->m->wind_from_deg, 360) : 0;
    int k = (int)num_floor((deg < 0 ? deg + 360 : deg) / 45 + 0.5) % 8;
    const struct arg arg[2] = {arg_d(p->m->wind_mps, p->m->wind_mps < 9.95 ? 1 : 0),
                               arg_msg(from[k])};
    msg_format(b, p->m->lang, MSG_DRAW_WIND, arg, 2);
}

static void compass(const struct map_pen *p)
{
    const struct rect r = p->f.rect;
    double u = p->unit;
    bool wind = num_is_finite(p->m->wind_mps);
    char line[128];
    struct buf b = BUF_ON(line);
    if (wind)
        wind_text(p, &b);
    struct label how = {.size = 11.5 * u, .colour = p->th->map_ink};
    struct size s = label_size(p->cr, p->th, line, &how);
    double w = wind ? s.w + 66 * u : 30 * u;
    struct rect box = {r.x + r.w - w - 8 * u, r.y + 8 * u, w, 36 * u};
    plate(p, box);
    double nx = box.x + box.w - 15 * u;
    struct label north = {.size = 10 * u, .bold = true, .colour = p->th->map_ink,
                          .align = ALIGN_CENTRE};
    draw_label(p->cr, p->th, nx, box.y + 1 * u, say(p, MSG_DRAW_NORTH), &north);
    arrow(p->cr, nx, box.y + 24.5 * u, 17 * u, 0, p->th->map_ink);
    if (!wind)
        return;
    double wx = box.x + 19 * u, wy = box.y + 18 * u;
    cairo_arc(p->cr, wx, wy, 14 * u, 0, 2 * NUM_PI);
    set_colour(p->cr, 0x1659B82A);
    cairo_fill(p->cr);
    if (p->m->wind_mps >= 0.3 && num_is_finite(p->m->wind_from_deg))
        arrow(p->cr, wx, wy, 22 * u, p->m->wind_from_deg + 180, 0x1659B8FF);
    draw_label(p->cr, p->th, box.x + 37 * u, box.y + (box.h - s.h) / 2, line, &how);
}

enum { LEGEND_MAX = 56, NAME_MAX_BYTES = 160 };

enum row_kind { ROW_HEAD, ROW_LAYER, ROW_ROAD, ROW_CLOSED, ROW_LINE, ROW_PLACE, ROW_SYMBOL };

struct legend_row {
    enum row_kind kind;
    int which; /* of ROW_LAYER: the class */
    enum msg name;
    const struct layer_row *layer; /* of ROW_HEAD and ROW_LAYER */
};

struct legend {
    struct legend_row row[LEGEND_MAX];
    int count;
};

static void legend_add(struct legend *l, enum row_kind kind, int which, enum msg name)
{
    if (l->count < LEGEND_MAX)
        l->row[l->count++] = (struct legend_row){kind, which, name, NULL};
}

/* The layer's name, and under it the classes that are on the map, the strongest first. */
static void legend_layer(struct legend *l, const struct map *m, const struct map_layer *of)
{
    uint32_t there = map_layer_classes(m, of);
    int head = l->count;
    for (int k = LAYER_CLASSES; k > 0; k--) {
        if (!(there >> k & 1) || !of->row->class[k - 1].zh || l->count + 2 > LEGEND_MAX)
            continue;
        if (l->count == head)
            l->row[l->count++] = (struct legend_row){ROW_HEAD, 0, MSG_NONE, of->row};
        l->row[l->count++] = (struct legend_row){ROW_LAYER, k, MSG_NONE, of->row};
    }
}

/* Only what is on the map, each once. */
static void legend_collect(const struct map *m, struct legend *l)
{
    static const enum msg road[] = {MSG_DRAW_ROAD_MAIN, MSG_DRAW_ROAD_MINOR, MSG_DRAW_ROAD_TRACK};
    static const enum msg line[] = {MSG_DRAW_LINE_PLANNED, MSG_DRAW_LINE_BUILT,
                                    MSG_DRAW_LINE_CROSSED, MSG_DRAW_LINE_POWER,
                                    MSG_DRAW_LINE_CORDON};
    static const enum msg state[] = {MSG_DRAW_PLACE_NORMAL, MSG_DRAW_PLACE_THREATENED,
                                     MSG_DRAW_PLACE_REACHED, MSG_DRAW_PLACE_MOVED};
    bool roads[3] = {false}, closed = false, lines[5] = {false}, states[4] = {false};
    bool symbol[SYMBOL_COUNT] = {false};
    for (int i = 0; i < m->road_count; i++) {
        roads[m->roads[i].rclass % 3] = true;
        closed = closed || m->roads[i].closed;
    }
    for (int i = 0; i < m->line_count; i++) {
        if (m->lines[i].kind >= 0 && m->lines[i].kind < 5)
            lines[m->lines[i].kind] = true;
        if (m->lines[i].kind == MAP_LINE_PLANNED && m->lines[i].done > 0)
            lines[MAP_LINE_BUILT] = true;
    }
    for (int i = 0; i < m->place_count; i++)
        if (m->places[i].kind <= SITE_TOWN || m->places[i].state != SITE_NORMAL)
            states[m->places[i].state % 4] = true;
    for (int i = 0; i < m->team_count; i++)
        symbol[symbol_row(m->teams[i].symbol) - symbol_row(SYMBOL_BRIGADE)] = true;
    for (int i = 0; i < m->layer_count; i++)
        legend_layer(l, m, &m->layers[i]);
    for (int i = 0; i < 3; i++)
        if (roads[i])
            legend_add(l, ROW_ROAD, i, road[i]);
    if (closed)
        legend_add(l, ROW_CLOSED, 0, MSG_DRAW_ROAD_CLOSED);
    for (int i = 0; i < 5; i++)
        if (lines[i])
            legend_add(l, ROW_LINE, i, line[i]);
    for (int i = 0; i < 4; i++)
        if (states[i])
            legend_add(l, ROW_PLACE, i, state[i]);
    for (int i = 0; i < SYMBOL_COUNT; i++)
        if (symbol[i])
            legend_add(l, ROW_SYMBOL, i, symbol_row((enum symbol)i)->name);
}

static void road_sample(const struct map_pen *p, int which, double x, double y, double w)
{
    const struct theme *th = p->th;
    double u = p->unit;
    if (which == MAP_ROAD_TRACK) {
        const double dash[2] = {5 * u, 3 * u};
        cairo_set_dash(p->cr, dash, 2, 0);
        stroke_line(p->cr, x, y, x + w, y, 1.6 * u, th->road_track);
        cairo_set_dash(p->cr, NULL, 0, 0);
        return;
    }
    double k = which == MAP_ROAD_MAIN ? 4.2 : 2.8;
    stroke_line(p->cr, x, y, x + w, y, (k + 1.6) * u, th->road_case);
    stroke_line(p->cr, x, y, x + w, y, k * u, which == MAP_ROAD_MAIN ? th->road_main : th->road_minor);
}

/* The sample of a legend row, w wide, its middle at height y. */
static void legend_sample(const struct map_pen *p, const struct legend_row *row, double x, double y,
                          double w)
{
    cairo_t *cr = p->cr;
    double u = p->unit, width;
    uint32_t colour;
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    switch (row->kind) {
    case ROW_HEAD:
        break;
    case ROW_LAYER:
        map_layer_sample(p, row->layer, row->which, x, y, w);
        break;
    case ROW_ROAD:
        road_sample(p, row->which, x, y, w);
        break;
    case ROW_CLOSED:
        fill_disc(cr, x + w / 2, y, 6 * u, 0xC0272DFF);
        stroke_line(cr, x + w / 2 - 2.6 * u, y - 2.6 * u, x + w / 2 + 2.6 * u, y + 2.6 * u,
                    1.7 * u, 0xFFFFFFFF);
        stroke_line(cr, x + w / 2 - 2.6 * u, y + 2.6 * u, x + w / 2 + 2.6 * u, y - 2.6 * u,
                    1.7 * u, 0xFFFFFFFF);
        break;
    case ROW_LINE:
        map_line_style(p, (enum map_line_kind)row->which, &width, &colour);
        stroke_line(cr, x, y, x + w, y, width, colour);
        cairo_set_dash(cr, NULL, 0, 0);
        break;
    case ROW_PLACE:
        map_place_mark(p, x + w / 2, y, 4.4 * u, SITE_VILLAGE, (enum map_place_state)row->which);
        break;
    case ROW_SYMBOL:
    default:
        draw_symbol(cr, p->th, x + w / 2, y, 13 * u, (enum symbol)row->which);
        break;
    }
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
}

static void legend_name(enum lang lang, const struct legend_row *row, struct buf *b)
{
    const struct layer_row *l = row->layer;
    bool zh = lang == LANG_ZH;
    if (row->kind == ROW_LAYER) {
        buf_str(b, zh ? l->class[row->which - 1].zh : l->class[row->which - 1].en);
    } else if (row->kind == ROW_HEAD) {
        buf_str(b, zh ? l->zh : l->en);
        buf_str(b, l->unit && l->unit[0] ? ", " : "");
        buf_str(b, l->unit ? l->unit : "");
    } else {
        buf_str(b, msg_text(lang, row->name));
    }
}

void map_legend_text(const struct map *m, struct buf *out)
{
    struct legend l = {.count = 0};
    legend_collect(m, &l);
    for (int i = 0; i < l.count; i++) {
        bool first = i == 0 || l.row[i - 1].kind == ROW_HEAD;
        if (!first || (i > 0 && l.row[i].kind == ROW_LAYER))
            buf_str(out, first ? m->lang == LANG_ZH ? "：" : ": " : m->lang == LANG_ZH ? "、" : ", ");
        legend_name(m->lang, &l.row[i], out);
    }
}

/* Rows in columns at the bottom left, never wider or higher than half the map; what does not fit is left out. */
static void legend_draw(const struct map_pen *p, double top)
{
    struct legend l = {.count = 0};
    legend_collect(p->m, &l);
    if (l.count == 0)
        return;
    const struct rect r = p->f.rect;
    double u = p->unit, line = 18 * u, sample = 26 * u, width = 0;
    struct label how = {.size = 11 * u, .colour = p->th->map_ink};
    for (int i = 0; i < l.count; i++) {
        char name[NAME_MAX_BYTES];
        struct buf b = BUF_ON(name);
        legend_name(p->m->lang, &l.row[i], &b);
        width = num_max(width, label_size(p->cr, p->th, name, &how).w);
    }
    width += sample + 18 * u;
    int fit = (int)((r.h - top - 24 * u) * 0.62 / line);
    int columns = (int)(r.w * 0.55 / width);
    columns = columns < 1 ? 1 : columns > 2 ? 2 : columns;
    if (fit < 2 || width > r.w * 0.6)
        return;
    int each = (l.count + columns - 1) / columns;
    if (each <= fit && l.count <= fit && l.count <= 9) {
        columns = 1;
        each = l.count;
    }
    if (each > fit)
        each = fit;
    columns = (l.count + each - 1) / each < columns ? (l.count + each - 1) / each : columns;
    struct rect box = {r.x + 8 * u, r.y + r.h - each * line - 18 * u, columns * width + 6 * u,
                       each * line + 10 * u};
    plate(p, box);
    for (int i = 0; i < l.count && i < columns * each; i++) {
        double x = box.x + 8 * u + (i / each) * width;
        double y = box.y + 5 * u + (i % each) * line + line / 2;
        legend_sample(p, &l.row[i], x, y, sample);
        char name[NAME_MAX_BYTES];
        struct buf b = BUF_ON(name);
        bool head = l.row[i].kind == ROW_HEAD;
        struct label as = how;
        as.bold = head;
        legend_name(p->m->lang, &l.row[i], &b);
        draw_label(p->cr, p->th, head ? x : x + sample + 6 * u,
                   y - label_size(p->cr, p->th, name, &as).h / 2, name, &as);
    }
}

void map_furniture_draw(const struct map_pen *p)
{
    double top = moment_draw(p);
    compass(p);
    scale_bar(p);
    legend_draw(p, top);
}

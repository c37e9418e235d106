#include "draw/matrix.h"

#include "base/num.h"
#include "draw/chart.h"
#include "draw/label.h"

struct grid {
    cairo_t *cr;
    const struct theme *th;
    const struct matrix *m;
    double x, y, cell; /* corner of the first cell */
    double names, heads;
    int most;
};

static int count_at(const int *counts, int size, int row, int col)
{
    int v = counts ? counts[row * size + col] : 0;
    return v > 0 ? v : 0;
}

static void draw_cell(const struct grid *g, int row, int col)
{
    const struct theme *th = g->th;
    int v = count_at(g->m->count, g->m->size, row, col);
    int bad = count_at(g->m->bad, g->m->size, row, col);
    struct rect box = {g->x + col * g->cell, g->y + row * g->cell, g->cell - 1, g->cell - 1};
    double share = g->most > 0 ? num_sqrt((double)v / g->most) : 0;
    uint32_t fill = row == col && v == 0 ? th->grid
                    : v == 0             ? th->panel_alt
                                         : colour_mix(th->panel_alt, th->accent, 0.18 + 0.82 * share);
    fill_rect(g->cr, box, fill);
    if (bad > 0) {
        double k = num_min(g->cell * 0.34, 9);
        cairo_move_to(g->cr, box.x + box.w - k, box.y);
        cairo_line_to(g->cr, box.x + box.w, box.y);
        cairo_line_to(g->cr, box.x + box.w, box.y + k);
        cairo_close_path(g->cr);
        set_colour(g->cr, th->warn);
        cairo_fill(g->cr);
    }
    if (v == 0 || g->cell < 13)
        return;
    char line[16];
    struct buf b = BUF_ON(line);
    buf_i64(&b, v);
    bool pale = colour_lightness(fill) > 0.3;
    struct label how = {.size = num_min(th->text * 0.95, g->cell * 0.5), .align = ALIGN_CENTRE,
                        .colour = pale ? 0x17202BFF : 0xFFFFFFFF, .digits = true};
    draw_label_in(g->cr, th, box, line, &how);
}

static void draw_total(const struct grid *g, int i, bool of_row)
{
    int64_t sum = 0;
    for (int k = 0; k < g->m->size; k++)
        sum += of_row ? count_at(g->m->count, g->m->size, i, k)
                      : count_at(g->m->count, g->m->size, k, i);
    char line[24];
    struct buf b = BUF_ON(line);
    buf_i64(&b, sum);
    double end = g->m->size * g->cell + 3;
    struct rect box = {of_row ? g->x + end : g->x + i * g->cell,
                       of_row ? g->y + i * g->cell : g->y + end, g->cell, g->cell};
    struct label how = {.size = num_min(g->th->text * 0.9, g->cell * 0.5), .align = ALIGN_CENTRE,
                        .colour = g->th->ink_dim, .bold = true, .digits = true};
    draw_label_in(g->cr, g->th, box, line, &how);
}

/* Column names lean, so that long ones need little width. */
static void draw_head(const struct grid *g, int col, const char *name)
{
    struct label how = {.size = num_min(g->th->text * 0.88, g->cell * 0.6), .colour = g->th->ink,
                        .width = g->heads * 1.15, .lines = 1};
    struct size s = label_size(g->cr, g->th, name, &how);
    cairo_save(g->cr);
    cairo_translate(g->cr, g->x + (col + 0.5) * g->cell, g->y - 3);
    cairo_rotate(g->cr, -NUM_PI / 3);
    draw_label(g->cr, g->th, 0, -s.h / 2, name, &how);
    cairo_restore(g->cr);
}

static void draw_grid(const struct grid *g)
{
    const struct matrix *m = g->m;
    struct label how = {.size = num_min(g->th->text * 0.9, g->cell * 0.62), .colour = g->th->ink,
                        .align = ALIGN_RIGHT};
    for (int i = 0; i < m->size; i++) {
        for (int k = 0; k < m->size; k++)
            draw_cell(g, i, k);
        draw_label_in(g->cr, g->th,
                      (struct rect){g->x - g->names, g->y + i * g->cell, g->names - 6, g->cell},
                      m->names[i], &how);
        draw_head(g, i, m->names[i]);
        draw_total(g, i, true);
        draw_total(g, i, false);
    }
    how.colour = g->th->ink_dim;
    draw_label_in(g->cr, g->th, (struct rect){g->x - g->names, g->y + m->size * g->cell + 3,
                                              g->names - 6, g->cell},
                  msg_text(m->lang, MSG_DRAW_TOTAL), &how);
    draw_head(g, m->size, msg_text(m->lang, MSG_DRAW_TOTAL));
    struct label corner = {.size = num_min(g->th->text * 0.85, g->cell * 0.6),
                           .colour = g->th->ink_faint, .align = ALIGN_RIGHT};
    draw_label_in(g->cr, g->th,
                  (struct rect){g->x - g->names, g->y - 18, g->names - 6, 16},
                  msg_text(m->lang, MSG_DRAW_FROM_TO), &corner);
}

void draw_matrix(cairo_t *cr, const struct theme *th, struct rect r, const struct matrix *m)
{
    if (!rect_usable(r, 8))
        return;
    cairo_save(cr);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
    r = draw_title(cr, th, r, m->title);
    struct grid g = {.cr = cr, .th = th, .m = m};
    if (m->note && r.h > th->text * 8) {
        struct label how = {.size = th->text * 0.85, .colour = th->ink_dim, .width = r.w};
        struct size s = label_size(cr, th, m->note, &how);
        draw_label(cr, th, r.x, r.y + r.h - s.h, m->note, &how);
        r.h -= s.h + 4;
    }
    struct label how = {.size = th->text * 0.9};
    for (int i = 0; i < m->size; i++) {
        g.names = num_max(g.names, label_size(cr, th, m->names[i], &how).w);
        for (int k = 0; k < m->size; k++) {
            int v = count_at(m->count, m->size, i, k);
            g.most = v > g.most ? v : g.most;
        }
    }
    double corner = label_size(cr, th, msg_text(m->lang, MSG_DRAW_FROM_TO), &how).w;
    double longest = num_min(g.names, r.h * 0.35);
    g.names = num_min(num_max(g.names, corner) + 12, r.w * 0.35);
    g.heads = longest * 0.9 + 8;
    double lean = longest * 0.5 + 6; /* the last head leans out to the right */
    g.cell = num_min((r.w - g.names - lean) / (m->size + 1), (r.h - g.heads - 6) / (m->size + 1));
    g.cell = num_floor(num_min(g.cell, th->text * 3.2));
    double slack = r.w - g.names - lean - g.cell * (m->size + 1);
    g.x = r.x + g.names + num_max(0, num_floor(slack / 2));
    g.y = r.y + g.heads;
    if (m->size <= 0 || !m->count || g.cell < 3)
        draw_no_data(cr, th, r, m->lang);
    else
        draw_grid(&g);
    cairo_restore(cr);
}

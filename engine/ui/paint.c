#include "ui/paint.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/num.h"

#include "ui/aside.h"

enum { CELL = 32, CELLS_MAX = 32768 /* of 8K */, KEPT_MAX = 6 };

/* A picture kept between frames: the ground of a map, or a whole map or figure. */
struct kept {
    cairo_surface_t *picture;
    uint64_t key;
    int64_t used;
};

struct painter {
    const struct theme *theme;
    uint64_t cell[CELLS_MAX], next[CELLS_MAX];
    int cols, rows;
    struct kept kept[KEPT_MAX];
    int64_t frame;
    cairo_surface_t *scratch;
    cairo_t *measure;
    struct aside *aside; /* NULL: maps are drawn at once */
};

struct painter *painter_make(const struct theme *th)
{
    struct painter *p = calloc(1, sizeof(*p));
    if (!p)
        return NULL;
    p->theme = th;
    p->scratch = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 8, 8);
    p->measure = cairo_create(p->scratch);
    return p;
}

void painter_free(struct painter *p)
{
    if (!p)
        return;
    for (int i = 0; i < KEPT_MAX; i++) {
        if (p->kept[i].picture)
            cairo_surface_destroy(p->kept[i].picture);
    }
    aside_end(p->aside);
    cairo_destroy(p->measure);
    cairo_surface_destroy(p->scratch);
    free(p);
}

void painter_theme(struct painter *p, const struct theme *th)
{
    p->theme = th;
    painter_forget(p);
}

void painter_forget(struct painter *p)
{
    p->cols = p->rows = 0;
}

int painter_index(struct painter *p, const char *text, double size, double width, double x, double y)
{
    const struct label how = {.size = size, .width = width};
    return label_index_at(p->measure, p->theme, text, &how, x, width > 0 ? y : size * 0.5);
}

/* The picture for a key, or an empty one of w x h to be drawn; *fresh says which. NULL without memory. */
static cairo_surface_t *keep(struct painter *p, uint64_t key, int w, int h, bool *fresh)
{
    struct kept *old = &p->kept[0];
    *fresh = false;
    for (int i = 0; i < KEPT_MAX; i++) {
        struct kept *k = &p->kept[i];
        if (k->picture && k->key == key) {
            k->used = p->frame;
            return k->picture;
        }
        if (!k->picture || k->used < old->used)
            old = k;
    }
    /* A picture of the same size is drawn over: its laid-out texts are still good. */
    if (old->picture && (cairo_image_surface_get_width(old->picture) != w || cairo_image_surface_get_height(old->picture) != h)) {
        cairo_surface_destroy(old->picture);
        old->picture = NULL;
    }
    if (!old->picture)
        old->picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    old->key = key;
    old->used = p->frame;
    *fresh = true;
    return old->picture;
}

static uint64_t key_of(const struct mark *c, double scale, uint64_t version, uint64_t salt)
{
    const double v[3] = {c->r.w, c->r.h, scale};
    uint64_t parts[3] = {hash_bytes(v, sizeof(v), salt), (uint64_t)(uintptr_t)c->of, version};
    return hash_bytes(parts, sizeof(parts), salt);
}

static cairo_t *begin_picture(cairo_surface_t *picture, double scale)
{
    cairo_t *cr = cairo_create(picture);
    cairo_scale(cr, scale, scale);
    return cr;
}

bool painter_draw_maps_aside(struct painter *p, void (*ready)(void *ctx), void *ctx)
{
    p->aside = aside_start(ready, ctx);
    return p->aside != NULL;
}

static void show_picture(cairo_t *cr, cairo_surface_t *picture, const struct mark *c, double scale)
{
    cairo_save(cr);
    cairo_rectangle(cr, c->r.x, c->r.y, c->r.w, c->r.h);
    cairo_clip(cr);
    cairo_translate(cr, c->r.x, c->r.y);
    cairo_scale(cr, 1.0 / scale, 1.0 / scale);
    cairo_set_source_surface(cr, picture, 0, 0);
    /* Pixel for pixel: a plain copy. */
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
    cairo_paint(cr);
    cairo_restore(cr);
}

/* The ground is drawn when the shown extent changes, the rest when the state does, the frame only copies. */
static void paint_map(struct painter *p, cairo_t *cr, const struct mark *c, double scale)
{
    const struct map *m = c->of;
    int w = (int)(c->r.w * scale + 0.5), h = (int)(c->r.h * scale + 0.5);
    const double extent[5] = {m->x0_m, m->y0_m, m->x1_m, m->y1_m, (double)m->lang};
    const struct rect here = {0, 0, c->r.w, c->r.h};
    bool fresh_base, fresh;
    if (w < 1 || h < 1)
        return;
    struct mark ground = *c;
    ground.of = m->terrain.height_m;
    if (p->aside) {
        cairo_surface_t *ready = aside_picture(p->aside);
        if (ready)
            show_picture(cr, ready, c, scale);
        return;
    }
    cairo_surface_t *base = keep(p, key_of(&ground, scale, hash_bytes(extent, sizeof(extent), 3), 1), w, h, &fresh_base);
    if (fresh_base) {
        cairo_t *to = begin_picture(base, scale);
        draw_map_base(to, theme_light(), here, m);
        cairo_destroy(to);
    }
    cairo_surface_t *all = keep(p, key_of(c, scale, c->version, 2), w, h, &fresh);
    if (fresh) {
        cairo_t *to = begin_picture(all, scale);
        cairo_save(to);
        cairo_scale(to, 1.0 / scale, 1.0 / scale);
        cairo_set_source_surface(to, base, 0, 0);
        cairo_paint(to);
        cairo_restore(to);
        draw_map_over(to, theme_light(), here, m);
        cairo_destroy(to);
    }
    show_picture(cr, all, c, scale);
}

static void paint_figure(struct painter *p, cairo_t *cr, const struct mark *c, double scale)
{
    int w = (int)(c->r.w * scale + 0.5), h = (int)(c->r.h * scale + 0.5);
    bool fresh;
    if (w < 1 || h < 1)
        return;
    cairo_surface_t *all = keep(p, key_of(c, scale, c->version, 4), w, h, &fresh);
    if (fresh) {
        struct figure f = *(const struct figure *)c->of;
        cairo_t *to = begin_picture(all, scale);
        f.width = c->r.w;
        f.height = c->r.h;
        if (!f.theme)
            f.theme = p->theme;
        draw_figure(to, &f);
        cairo_destroy(to);
    }
    show_picture(cr, all, c, scale);
}

static void paint_picture(cairo_t *cr, const struct mark *c)
{
    cairo_surface_t *of = (cairo_surface_t *)(uintptr_t)c->of;
    int w = cairo_image_surface_get_width(of), h = cairo_image_surface_get_height(of);
    if (w < 1 || h < 1)
        return;
    cairo_save(cr);
    cairo_rectangle(cr, c->r.x, c->r.y, c->r.w, c->r.h);
    cairo_clip(cr);
    cairo_translate(cr, c->r.x, c->r.y);
    cairo_scale(cr, c->r.w / w, c->r.h / h);
    cairo_set_source_surface(cr, of, 0, 0);
    cairo_paint(cr);
    cairo_restore(cr);
}

static void paint_text(struct painter *p, cairo_t *cr, const struct mark *c)
{
    struct label how = c->how;
    how.width = c->r.w;
    if (!how.colour)
        how.colour = c->colour;
    if (how.lines > 1) {
        draw_label(cr, p->theme, c->r.x, c->r.y, c->text, &how);
        return;
    }
    draw_label_in(cr, p->theme, c->r, c->text, &how);
}

static void paint_caret(struct painter *p, cairo_t *cr, const struct mark *c)
{
    /* A single line is measured as it was drawn, so that it is laid out once. */
    const struct label how = {.size = c->how.size, .width = c->r.w, .lines = c->how.lines > 1 ? 0 : 1};
    struct rect at = label_caret(cr, p->theme, c->text, &how, c->number);
    if (c->how.lines > 1) { /* in the line where it stands, as far as that is shown */
        if (at.y + at.h <= c->r.h)
            stroke_line(cr, c->r.x + at.x, c->r.y + at.y, c->r.x + at.x, c->r.y + at.y + at.h, 1.5, c->colour);
        return;
    }
    stroke_line(cr, c->r.x + at.x, c->r.y + 5, c->r.x + at.x, c->r.y + c->r.h - 5, 1.5, c->colour);
}

static void paint_command(struct painter *p, cairo_t *cr, const struct mark *c, double scale)
{
    switch (c->kind) {
    case DRAW_BOX:
        fill_round_rect(cr, c->r, c->radius, c->colour);
        break;
    case DRAW_EDGE:
        stroke_round_rect(cr, c->r, c->radius, 1.0, c->colour);
        break;
    case DRAW_TEXT:
        paint_text(p, cr, c);
        break;
    case DRAW_LINE:
        stroke_line(cr, c->r.x, c->r.y, c->r.x + c->r.w, c->r.y + c->r.h, c->radius > 0 ? c->radius : 1.0, c->colour);
        break;
    case DRAW_SIGN:
        draw_symbol(cr, p->theme, c->r.x + c->r.w / 2, c->r.y + c->r.h / 2, c->r.h, (enum symbol)c->number);
        break;
    case DRAW_MAP:
        paint_map(p, cr, c, scale);
        break;
    case DRAW_PICTURE:
        paint_picture(cr, c);
        break;
    case DRAW_FIGURE:
        paint_figure(p, cr, c, scale);
        break;
    case DRAW_CARET:
        paint_caret(p, cr, c);
        break;
    case DRAW_CLIP:
        cairo_save(cr);
        cairo_rectangle(cr, c->r.x, c->r.y, c->r.w, c->r.h);
        cairo_clip(cr);
        break;
    case DRAW_UNCLIP:
        cairo_restore(cr);
        break;
    }
}

static int between(double v, int low, int high)
{
    return v < low ? low : v > high ? high : (int)v;
}

/* What shows in each cell, as one number. A clip counts where it lies: it changes what is seen there. */
static void hash_cells(struct painter *p, double scale, const struct draw_list *l)
{
    memset(p->next, 0, sizeof(p->next[0]) * (size_t)(p->cols * p->rows));
    for (int i = 0; i < l->count; i++) {
        if (l->at[i].kind == DRAW_UNCLIP)
            continue;
        struct rect r = mark_bounds(&l->at[i]);
        struct mark m = l->at[i];
        if (m.kind == DRAW_MAP && p->aside)
            m.version = aside_number(p->aside); /* it changes when the picture does, not when it is wished for */
        uint64_t h = mark_hash(&m);
        int x0 = between(r.x * scale / CELL, 0, p->cols - 1), x1 = between((r.x + r.w) * scale / CELL, 0, p->cols - 1);
        int y0 = between(r.y * scale / CELL, 0, p->rows - 1), y1 = between((r.y + r.h) * scale / CELL, 0, p->rows - 1);
        for (int row = y0; row <= y1; row++) {
            for (int col = x0; col <= x1; col++)
                p->next[row * p->cols + col] = hash_word(p->next[row * p->cols + col], h);
        }
    }
}

/* Puts runs of cells whose content changed into touched. */
static int find_changes(struct painter *p, double scale, const struct draw_list *l, int width, int height, struct rect *touched, int max)
{
    int cols = (width + CELL - 1) / CELL, rows = (height + CELL - 1) / CELL, count = 0;
    ASSERT(cols * rows <= CELLS_MAX);
    bool all = cols != p->cols || rows != p->rows;
    p->cols = cols;
    p->rows = rows;
    hash_cells(p, scale, l);
    for (int row = 0; row < rows; row++) {
        int run = -1;
        for (int col = 0; col <= cols; col++) {
            bool changed = col < cols && (all || p->next[row * cols + col] != p->cell[row * cols + col]);
            if (changed && run < 0)
                run = col;
            if (changed || run < 0)
                continue;
            struct rect r = {run * CELL, row * CELL, (col - run) * CELL, CELL};
            r.w = r.x + r.w > width ? width - r.x : r.w;
            r.h = r.y + r.h > height ? height - r.y : r.h;
            if (count < max)
                touched[count++] = r;
            else
                touched[max - 1] = (struct rect){0, 0, width, height};
            run = -1;
        }
    }
    memcpy(p->cell, p->next, sizeof(p->cell[0]) * (size_t)(cols * rows));
    return count;
}

/* A new map is wished for even when nothing else changed. */
static void want_maps(struct painter *p, double scale, const struct draw_list *l)
{
    for (int i = 0; p->aside && i < l->count; i++) {
        const struct mark *c = &l->at[i];
        if (c->kind == DRAW_MAP)
            aside_want(p->aside, c->of, (int)(c->r.w * scale + 0.5), (int)(c->r.h * scale + 0.5), scale, key_of(c, scale, c->version, 2));
    }
}

/* The background of what is painted again, but not where a map covers it whole. */
static void clear(struct painter *p, cairo_t *cr, cairo_surface_t *image, double scale, const struct draw_list *l)
{
    const struct mark *map = NULL;
    for (int i = 0; i < l->count && !map; i++)
        map = l->at[i].kind == DRAW_MAP ? &l->at[i] : NULL;
    cairo_save(cr);
    if (map && p->aside && aside_picture(p->aside)) {
        double x0 = num_ceil(map->r.x * scale) + 1, y0 = num_ceil(map->r.y * scale) + 1;
        double x1 = num_floor((map->r.x + map->r.w) * scale) - 1, y1 = num_floor((map->r.y + map->r.h) * scale) - 1;
        cairo_rectangle(cr, 0, 0, cairo_image_surface_get_width(image), cairo_image_surface_get_height(image));
        if (x1 > x0 && y1 > y0)
            cairo_rectangle(cr, x0, y0, x1 - x0, y1 - y0);
        cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
        cairo_clip(cr);
    }
    set_colour(cr, p->theme->back);
    cairo_paint(cr);
    cairo_restore(cr);
}

int painter_draw(struct painter *p, cairo_surface_t *image, double scale, const struct draw_list *l, struct rect *touched, int max)
{
    int width = cairo_image_surface_get_width(image), height = cairo_image_surface_get_height(image);
    want_maps(p, scale, l);
    int count = find_changes(p, scale, l, width, height, touched, max);
    if (count == 0)
        return 0;
    p->frame++;
    cairo_t *cr = cairo_create(image);
    for (int i = 0; i < count; i++)
        cairo_rectangle(cr, touched[i].x, touched[i].y, touched[i].w, touched[i].h);
    cairo_clip(cr);
    clear(p, cr, image, scale, l);
    cairo_scale(cr, scale, scale);
    int depth = 0;
    for (int i = 0; i < l->count; i++) {
        const struct mark *c = &l->at[i];
        bool seen = c->kind == DRAW_CLIP || c->kind == DRAW_UNCLIP;
        for (int k = 0; k < count && !seen; k++) {
            struct rect r = {touched[k].x / scale - 3, touched[k].y / scale - 3, touched[k].w / scale + 6, touched[k].h / scale + 6};
            seen = rect_overlaps(r, mark_bounds(c));
        }
        depth += (c->kind == DRAW_CLIP) - (c->kind == DRAW_UNCLIP);
        ASSERT(depth >= 0);
        if (seen)
            paint_command(p, cr, c, scale);
    }
    ASSERT(depth == 0);
    cairo_destroy(cr);
    cairo_surface_flush(image);
    return count;
}

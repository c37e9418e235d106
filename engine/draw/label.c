#include "draw/label.h"

#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/num.h"

enum { CACHE_SLOTS = 1024 };

/* One laid-out text; `text` and `how` tell whether it is the one wanted. */
struct slot {
    PangoLayout *layout;
    char *text;
    struct label how;
    /* With its halo as a picture, on screens: stroking every letter again each frame is what costs. */
    cairo_surface_t *picture;
    double scale, margin;
    uint32_t halo, colour;
};

struct cache {
    PangoContext *context;
    struct slot slot[CACHE_SLOTS];
};

static const cairo_user_data_key_t cache_key;

static void cache_free(void *at)
{
    struct cache *c = at;
    for (int i = 0; i < CACHE_SLOTS; i++) {
        if (c->slot[i].layout)
            g_object_unref(c->slot[i].layout);
        if (c->slot[i].picture)
            cairo_surface_destroy(c->slot[i].picture);
        g_free(c->slot[i].text);
    }
    if (c->context)
        g_object_unref(c->context);
    free(c);
}

static bool is_paper(cairo_surface_t *surface)
{
    cairo_surface_type_t t = cairo_surface_get_type(surface);
    return t == CAIRO_SURFACE_TYPE_PDF || t == CAIRO_SURFACE_TYPE_SVG ||
           t == CAIRO_SURFACE_TYPE_PS || t == CAIRO_SURFACE_TYPE_RECORDING;
}

/* On a screen slight hinting keeps strokes crisp; on paper hinting and rounded positions make the
 * spacing of Chinese text uneven. */
static PangoContext *context_new(cairo_t *cr, const struct theme *th)
{
    PangoContext *context = pango_cairo_create_context(cr);
    cairo_font_options_t *options = cairo_font_options_create();
    bool paper = is_paper(cairo_get_target(cr));
    cairo_font_options_set_hint_style(options, paper ? CAIRO_HINT_STYLE_NONE
                                                     : CAIRO_HINT_STYLE_SLIGHT);
    cairo_font_options_set_hint_metrics(options, paper ? CAIRO_HINT_METRICS_OFF
                                                       : CAIRO_HINT_METRICS_ON);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    /* 72: sizes are user units, not points of whatever display this is. */
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, !paper);
    pango_context_set_language(context, pango_language_from_string(th->language));
    return context;
}

static struct cache *cache_of(cairo_t *cr, const struct theme *th)
{
    cairo_surface_t *surface = cairo_get_target(cr);
    struct cache *c = cairo_surface_get_user_data(surface, &cache_key);
    if (c)
        return c;
    c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->context = context_new(cr, th);
    if (cairo_surface_set_user_data(surface, &cache_key, c, cache_free) != CAIRO_STATUS_SUCCESS) {
        cache_free(c);
        return NULL;
    }
    return c;
}

static bool same_layout(const struct label *a, const struct label *b)
{
    return a->size == b->size && a->bold == b->bold && a->align == b->align &&
           a->width == b->width && a->lines == b->lines && a->digits == b->digits;
}

/* Quotes and dashes are as wide as a Han character in a Chinese font, unless no Han stand beside them. */
static bool has_no_han(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c >= 0xe3 && *c <= 0xed) /* U+3000 and on: Han, their punctuation */
            return false;
    }
    return true;
}

static void layout_style(PangoLayout *layout, const struct theme *th, const struct label *how, bool latin)
{
    PangoFontDescription *font = pango_font_description_from_string(th->family);
    pango_font_description_set_absolute_size(font, how->size * PANGO_SCALE);
    pango_font_description_set_weight(font, how->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    if (how->digits || latin) {
        PangoAttrList *list = pango_attr_list_new();
        pango_attr_list_insert(list, pango_attr_font_features_new(!latin ? "tnum=1" : how->digits ? "tnum=1,pwid=1" : "pwid=1"));
        pango_layout_set_attributes(layout, list);
        pango_attr_list_unref(list);
    }
    if (how->width > 0) {
        pango_layout_set_width(layout, (int)(num_min(how->width, 1e6) * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
        if (how->lines > 0) {
            pango_layout_set_height(layout, -how->lines);
            pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        }
        if (how->align == ALIGN_CENTRE)
            pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
        if (how->align == ALIGN_RIGHT)
            pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    }
}

static PangoLayout *layout_new(struct cache *c, const struct theme *th, const char *text,
                               const struct label *how)
{
    PangoLayout *layout = pango_layout_new(c->context);
    layout_style(layout, th, how, has_no_han(text));
    if (g_utf8_validate(text, -1, NULL)) {
        pango_layout_set_text(layout, text, -1);
    } else {
        char *valid = g_utf8_make_valid(text, -1);
        pango_layout_set_text(layout, valid, -1);
        g_free(valid);
    }
    return layout;
}

/* The laid-out text, from the surface's cache; the cache keeps it. */
static struct slot *slot_of(cairo_t *cr, const struct theme *th, const char *text,
                              const struct label *how)
{
    struct cache *c = cache_of(cr, th);
    if (!c)
        return NULL;
    struct label key = *how;
    if (!(key.size > 0))
        key.size = th->text;
    if (!num_is_finite(key.width) || key.width < 0)
        key.width = 0;
    size_t bytes = strlen(text);
    uint64_t h = hash_bytes(text, bytes, (uint64_t)(key.size * 64) + (key.bold ? 1u : 0u));
    h = hash_word(h, (uint64_t)(key.width * 64) + (uint64_t)key.lines);
    struct slot *s = &c->slot[h % CACHE_SLOTS];
    if (s->layout && strcmp(s->text, text) == 0 && same_layout(&s->how, &key)) {
        pango_cairo_update_layout(cr, s->layout);
        return s;
    }
    if (s->layout)
        g_object_unref(s->layout);
    if (s->picture)
        cairo_surface_destroy(s->picture);
    g_free(s->text);
    pango_cairo_update_context(cr, c->context);
    *s = (struct slot){.layout = layout_new(c, th, text, &key), .text = g_strdup(text), .how = key};
    return s;
}

static PangoLayout *layout_of(cairo_t *cr, const struct theme *th, const char *text, const struct label *how)
{
    struct slot *s = slot_of(cr, th, text, how);
    return s ? s->layout : NULL;
}

static struct size layout_size(PangoLayout *layout)
{
    int w = 0, h = 0;
    pango_layout_get_size(layout, &w, &h);
    return (struct size){(double)w / PANGO_SCALE, (double)h / PANGO_SCALE};
}

struct size label_size(cairo_t *cr, const struct theme *th, const char *text,
                       const struct label *how)
{
    PangoLayout *layout = text && *text ? layout_of(cr, th, text, how) : NULL;
    return layout ? layout_size(layout) : (struct size){0, 0};
}

static void draw_with_halo(cairo_t *cr, PangoLayout *layout, double x, double y, double width, uint32_t halo, uint32_t colour)
{
    cairo_save(cr);
    cairo_move_to(cr, x, y);
    pango_cairo_layout_path(cr, layout);
    cairo_set_line_width(cr, width);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    set_colour(cr, halo);
    cairo_stroke(cr);
    cairo_restore(cr);
    set_colour(cr, colour);
    cairo_move_to(cr, x, y);
    pango_cairo_show_layout(cr, layout);
    cairo_new_path(cr);
}

/* The label with its halo, drawn once at this scale and then copied. */
static bool make_picture(struct slot *s, double scale, double margin, uint32_t halo, uint32_t colour)
{
    if (s->picture && s->scale == scale && s->margin == margin && s->halo == halo && s->colour == colour)
        return true;
    if (s->picture)
        cairo_surface_destroy(s->picture);
    int w = 0, h = 0;
    pango_layout_get_pixel_size(s->layout, &w, &h);
    s->picture = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)((w + 2 * margin) * scale) + 2, (int)((h + 2 * margin) * scale) + 2);
    if (cairo_surface_status(s->picture) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(s->picture);
        s->picture = NULL;
        return false;
    }
    cairo_t *cr = cairo_create(s->picture);
    cairo_scale(cr, scale, scale);
    draw_with_halo(cr, s->layout, margin, margin, margin, halo, colour);
    cairo_destroy(cr);
    s->scale = scale;
    s->margin = margin;
    s->halo = halo;
    s->colour = colour;
    return true;
}

static void copy_picture(cairo_t *cr, const struct slot *s, double x, double y)
{
    x -= s->margin;
    y -= s->margin;
    cairo_user_to_device(cr, &x, &y);
    cairo_save(cr);
    cairo_identity_matrix(cr);
    cairo_set_source_surface(cr, s->picture, num_round(x), num_round(y));
    cairo_paint(cr);
    cairo_restore(cr);
}

struct size draw_label(cairo_t *cr, const struct theme *th, double x, double y, const char *text,
                       const struct label *how)
{
    if (!text || !*text || !num_is_finite(x + y))
        return (struct size){0, 0};
    struct slot *slot = slot_of(cr, th, text, how);
    if (!slot)
        return (struct size){0, 0};
    struct size s = layout_size(slot->layout);
    uint32_t colour = how->colour ? how->colour : th->ink;
    if (!(how->width > 0) && how->align != ALIGN_LEFT)
        x -= how->align == ALIGN_CENTRE ? s.w / 2 : s.w;
    if (how->halo) {
        double width = how->halo_width > 0 ? how->halo_width : 3, scale = 1, zero = 0;
        cairo_user_to_device_distance(cr, &scale, &zero);
        if (cairo_surface_get_type(cairo_get_target(cr)) == CAIRO_SURFACE_TYPE_IMAGE && scale > 0 && !(how->width > 0) &&
            make_picture(slot, scale, width, how->halo, colour))
            copy_picture(cr, slot, x, y);
        else
            draw_with_halo(cr, slot->layout, x, y, width, how->halo, colour);
        return s;
    }
    set_colour(cr, colour);
    cairo_move_to(cr, x, y);
    pango_cairo_show_layout(cr, slot->layout);
    cairo_new_path(cr);
    return s;
}

void draw_label_in(cairo_t *cr, const struct theme *th, struct rect r, const char *text,
                   const struct label *how)
{
    if (!rect_usable(r, 1))
        return;
    struct label in = *how;
    in.width = r.w;
    if (in.lines <= 0)
        in.lines = 1;
    struct size s = label_size(cr, th, text, &in);
    draw_label(cr, th, r.x, r.y + (r.h - s.h) / 2, text, &in);
}

int label_index_at(cairo_t *cr, const struct theme *th, const char *text, const struct label *how,
                   double x, double y)
{
    PangoLayout *layout = text && *text ? layout_of(cr, th, text, how) : NULL;
    if (!layout)
        return 0;
    int index = 0, trailing = 0;
    pango_layout_xy_to_index(layout, (int)(num_clamp(x, 0, 1e6) * PANGO_SCALE),
                             (int)(num_clamp(y, 0, 1e6) * PANGO_SCALE), &index, &trailing);
    const char *t = pango_layout_get_text(layout);
    const char *p = t + index;
    while (trailing-- > 0 && *p)
        p = g_utf8_next_char(p);
    return (int)(p - t);
}

struct rect label_caret(cairo_t *cr, const struct theme *th, const char *text,
                        const struct label *how, int index)
{
    bool empty = !text || !*text;
    PangoLayout *layout = layout_of(cr, th, empty ? " " : text, how);
    if (!layout)
        return (struct rect){0, 0, 0, 0};
    int length = empty ? 0 : (int)strlen(pango_layout_get_text(layout));
    PangoRectangle strong;
    int at = index < 0 ? 0 : index > length ? length : index;
    pango_layout_get_cursor_pos(layout, at, &strong, NULL);
    return (struct rect){(double)strong.x / PANGO_SCALE, (double)strong.y / PANGO_SCALE, 0,
                         (double)strong.height / PANGO_SCALE};
}

bool label_has_chinese(void)
{
    PangoFontMap *map = pango_cairo_font_map_get_default();
    PangoContext *context = pango_font_map_create_context(map);
    PangoFontDescription *font = pango_font_description_from_string(theme_dark()->family);
    pango_context_set_font_description(context, font);
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    PangoLayout *layout = pango_layout_new(context);
    pango_layout_set_text(layout, "推演", -1);
    bool has = pango_layout_get_unknown_glyphs_count(layout) == 0;
    g_object_unref(layout);
    pango_font_description_free(font);
    g_object_unref(context);
    return has;
}

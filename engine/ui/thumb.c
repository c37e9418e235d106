#include "ui/thumb.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "draw/map_atlas.h"
#include "session/session.h"

enum { THUMBS_MAX = 64, SHARP = 2, SHOWN_AT_MS = 60 * 60000 };

/* ---- one picture ---- */

static enum rc make_pieces(struct session *s, enum lang lang, struct arena *a, struct map_pieces *out)
{
    struct map_layer *layers = ARENA_NEW(a, struct map_layer, MAP_LAYERS_MAX);
    const void *self;
    int count = 0;
    if (!layers)
        return RC_MEMORY;
    enum rc rc = map_from_atlas(session_atlas(s), lang, a, out, NULL);
    for (int h = 0; rc == RC_OK && session_hazard(s, h, &self); h++) {
        const struct hazard_ops *ops = session_hazard(s, h, &self);
        struct ground ground;
        if (!out->m.terrain.height_m && map_ground_of(ops, self, &ground))
            rc = map_add_ground(&ground, a, out, NULL);
        if (rc == RC_OK)
            rc = map_take_layers(ops, self, h, LAYER_NOW, a, layers, &count, NULL);
    }
    (void)map_show_view(&out->m, NULL, layers, count, map_layers_off(layers, count), layers);
    return rc;
}

cairo_surface_t *thumb_draw(const char *scenario, enum lang lang)
{
    struct session *s;
    struct session_options opt = {.seed = 1};
    struct arena a;
    struct map_pieces p;
    cairo_surface_t *to = NULL;
    if (session_new(scenario, &opt, &s, NULL) != RC_OK)
        return NULL;
    if (session_run_until(s, SHOWN_AT_MS, NULL) != RC_OK) { /* when the hazard has begun and nobody has done anything */
        session_close(s);
        return NULL;
    }
    arena_init(&a, 0);
    if (make_pieces(s, lang, &a, &p) == RC_OK) {
        to = cairo_image_surface_create(CAIRO_FORMAT_RGB24, THUMB_W * SHARP, THUMB_H * SHARP);
        cairo_t *cr = cairo_create(to);
        p.m.bare = true; /* no legend, no names: too small to read; signs half their size */
        p.m.team_count = 0;
        for (int i = 0; i < p.m.place_count; i++)
            p.place[i] = (struct map_place){.x_m = p.place[i].x_m, .y_m = p.place[i].y_m, .people = -1, .kind = p.place[i].kind};
        for (int i = 0; i < p.m.road_count; i++)
            p.road[i].name = NULL;
        for (int i = 0; i < p.m.line_count; i++)
            p.line[i].name = NULL;
        p.m.wind_mps = (double)NAN;
        p.m.moment = NULL;
        draw_map(cr, theme_light(), (struct rect){0, 0, THUMB_W * SHARP, THUMB_H * SHARP}, &p.m);
        bool good = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
        cairo_destroy(cr);
        if (!good) {
            cairo_surface_destroy(to);
            to = NULL;
        }
    }
    arena_free(&a);
    session_close(s);
    return to;
}

/* ---- all of them, aside ---- */

struct thumbs {
    pthread_t thread;
    pthread_mutex_t lock;
    bool quit;
    enum lang lang;
    int count;
    char path[THUMBS_MAX][512]; /* "": no picture wanted */
    cairo_surface_t *picture[THUMBS_MAX];
    void (*ready)(void *ctx);
    void *ctx;
};

static bool told_to_quit(struct thumbs *t)
{
    pthread_mutex_lock(&t->lock);
    bool quit = t->quit;
    pthread_mutex_unlock(&t->lock);
    return quit;
}

static void *draw_all(void *at)
{
    struct thumbs *t = at;
    for (int i = 0; i < t->count && !told_to_quit(t); i++) {
        cairo_surface_t *p = t->path[i][0] ? thumb_draw(t->path[i], t->lang) : NULL;
        pthread_mutex_lock(&t->lock);
        t->picture[i] = p;
        pthread_mutex_unlock(&t->lock);
        if (p && t->ready)
            t->ready(t->ctx);
    }
    return NULL;
}

struct thumbs *thumbs_start(const struct start_item *items, int count, enum lang lang, void (*ready)(void *ctx), void *ctx)
{
    struct thumbs *t = calloc(1, sizeof(*t));
    if (!t)
        return NULL;
    *t = (struct thumbs){.lang = lang, .count = count < THUMBS_MAX ? count : THUMBS_MAX, .ready = ready, .ctx = ctx};
    for (int i = 0; i < t->count; i++) {
        if (!items[i].drill)
            (void)text_copy(t->path[i], (int)sizeof(t->path[i]), text_of(items[i].path));
    }
    pthread_mutex_init(&t->lock, NULL);
    if (pthread_create(&t->thread, NULL, draw_all, t) == 0)
        return t;
    pthread_mutex_destroy(&t->lock);
    free(t);
    return NULL;
}

void thumbs_collect(struct thumbs *t, struct start_item *items, int count)
{
    if (!t)
        return;
    pthread_mutex_lock(&t->lock);
    for (int i = 0; i < count && i < t->count; i++)
        items[i].picture = t->picture[i];
    pthread_mutex_unlock(&t->lock);
}

void thumbs_end(struct thumbs *t)
{
    if (!t)
        return;
    pthread_mutex_lock(&t->lock);
    t->quit = true;
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->thread, NULL);
    for (int i = 0; i < t->count; i++) {
        if (t->picture[i])
            cairo_surface_destroy(t->picture[i]);
    }
    pthread_mutex_destroy(&t->lock);
    free(t);
}

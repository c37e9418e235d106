#include "ui/aside.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "draw/map_atlas.h"

/* A map with copies of the lists that the view writes into. */
struct copy {
    struct map m;
    struct map_road *road;
    struct map_place *place;
    struct map_team *team;
    struct map_line *line;
    struct arena layers; /* the layers and all they point at */
    int w, h;
    double scale;
    uint64_t key;
};

/* Three pictures: one shown, one ready to be shown, one being drawn. */
enum { PICTURES = 3 };

struct aside {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct copy wish;
    bool wished, quit;
    uint64_t wished_key; /* the last that was wished for */
    cairo_surface_t *picture[PICTURES];
    int shown, fresh; /* -1: none */
    uint64_t number;
    void (*ready)(void *ctx);
    void *ctx;
    /* the thread's own */
    cairo_surface_t *ground;
    uint64_t ground_key;
};

static void copy_free(struct copy *c)
{
    free(c->road);
    free(c->place);
    free(c->team);
    free(c->line);
    arena_free(&c->layers);
    *c = (struct copy){0};
}

static void *copy_list(const void *from, int count, size_t size)
{
    void *to = count > 0 && from ? malloc((size_t)count * size) : NULL;
    if (to)
        memcpy(to, from, (size_t)count * size);
    return to;
}

static void copy_map(struct copy *c, const struct map *m)
{
    c->m = *m;
    c->m.roads = c->road = copy_list(m->roads, m->road_count, sizeof(*m->roads));
    c->m.places = c->place = copy_list(m->places, m->place_count, sizeof(*m->places));
    c->m.teams = c->team = copy_list(m->teams, m->team_count, sizeof(*m->teams));
    c->m.lines = c->line = copy_list(m->lines, m->line_count, sizeof(*m->lines));
    struct map_layer *layers;
    arena_init(&c->layers, 0);
    bool whole = map_copy_layers(m->layers, m->layer_count, &c->layers, &layers);
    c->m.layers = layers;
    c->m.layer_count = whole ? m->layer_count : 0;
    /* What could not be copied is left out: a poorer map, no crash. */
    c->m.road_count = c->road ? m->road_count : 0;
    c->m.place_count = c->place ? m->place_count : 0;
    c->m.team_count = c->team ? m->team_count : 0;
    c->m.line_count = c->line ? m->line_count : 0;
}

/* A surface of this size, the old one when it fits: its laid-out texts are still good. */
static cairo_surface_t *fit(cairo_surface_t *old, int w, int h)
{
    if (old && cairo_image_surface_get_width(old) == w && cairo_image_surface_get_height(old) == h)
        return old;
    if (old)
        cairo_surface_destroy(old);
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
}

static void draw(struct aside *a, const struct copy *c, cairo_surface_t *to)
{
    const double extent[7] = {c->m.x0_m, c->m.y0_m, c->m.x1_m, c->m.y1_m, (double)c->m.lang, c->w, c->h};
    const struct rect here = {0, 0, c->w / c->scale, c->h / c->scale};
    uint64_t key = hash_bytes(extent, sizeof(extent), (uint64_t)(uintptr_t)c->m.terrain.height_m + (uint64_t)c->m.road_count);
    if (!a->ground || a->ground_key != key) {
        a->ground = fit(a->ground, c->w, c->h);
        a->ground_key = key;
        cairo_t *cr = cairo_create(a->ground);
        cairo_scale(cr, c->scale, c->scale);
        draw_map_base(cr, theme_light(), here, &c->m);
        cairo_destroy(cr);
    }
    cairo_t *cr = cairo_create(to);
    cairo_set_source_surface(cr, a->ground, 0, 0);
    cairo_paint(cr);
    cairo_scale(cr, c->scale, c->scale);
    draw_map_over(cr, theme_light(), here, &c->m);
    cairo_destroy(cr);
    cairo_surface_flush(to);
}

/* The picture that is neither shown nor waiting to be. */
static int spare(const struct aside *a)
{
    int i = 0;
    while (i == a->shown || i == a->fresh)
        i++;
    return i;
}

static void *work(void *ctx)
{
    struct aside *a = ctx;
    for (;;) {
        pthread_mutex_lock(&a->lock);
        while (!a->wished && !a->quit)
            pthread_cond_wait(&a->wake, &a->lock);
        if (a->quit) {
            pthread_mutex_unlock(&a->lock);
            return NULL;
        }
        struct copy c = a->wish;
        a->wish = (struct copy){0};
        a->wished = false;
        int i = spare(a);
        pthread_mutex_unlock(&a->lock);
        /* Only this thread touches a spare picture. */
        a->picture[i] = fit(a->picture[i], c.w, c.h);
        draw(a, &c, a->picture[i]);
        copy_free(&c);
        pthread_mutex_lock(&a->lock);
        a->fresh = i;
        a->number++;
        pthread_mutex_unlock(&a->lock);
        if (a->ready)
            a->ready(a->ctx);
    }
}

struct aside *aside_start(void (*ready)(void *ctx), void *ctx)
{
    struct aside *a = calloc(1, sizeof(*a));
    if (!a)
        return NULL;
    a->shown = a->fresh = -1;
    a->ready = ready;
    a->ctx = ctx;
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->wake, NULL);
    if (pthread_create(&a->thread, NULL, work, a) == 0)
        return a;
    free(a);
    return NULL;
}

void aside_end(struct aside *a)
{
    if (!a)
        return;
    pthread_mutex_lock(&a->lock);
    a->quit = true;
    pthread_cond_signal(&a->wake);
    pthread_mutex_unlock(&a->lock);
    pthread_join(a->thread, NULL);
    copy_free(&a->wish);
    for (int i = 0; i < PICTURES; i++) {
        if (a->picture[i])
            cairo_surface_destroy(a->picture[i]);
    }
    if (a->ground)
        cairo_surface_destroy(a->ground);
    pthread_mutex_destroy(&a->lock);
    pthread_cond_destroy(&a->wake);
    free(a);
}

void aside_want(struct aside *a, const struct map *m, int w, int h, double scale, uint64_t key)
{
    if (w < 1 || h < 1 || a->wished_key == key)
        return;
    struct copy c = {.w = w, .h = h, .scale = scale, .key = key};
    copy_map(&c, m);
    a->wished_key = key;
    pthread_mutex_lock(&a->lock);
    struct copy old = a->wish;
    a->wish = c;
    a->wished = true;
    pthread_cond_signal(&a->wake);
    pthread_mutex_unlock(&a->lock);
    copy_free(&old);
}

cairo_surface_t *aside_picture(struct aside *a)
{
    pthread_mutex_lock(&a->lock);
    if (a->fresh >= 0) {
        a->shown = a->fresh;
        a->fresh = -1;
    }
    int i = a->shown;
    pthread_mutex_unlock(&a->lock);
    return i >= 0 ? a->picture[i] : NULL;
}

uint64_t aside_number(struct aside *a)
{
    pthread_mutex_lock(&a->lock);
    uint64_t n = a->number;
    pthread_mutex_unlock(&a->lock);
    return n;
}

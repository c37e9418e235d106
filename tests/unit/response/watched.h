/* watched.h -- a hazard whose looks a test sets: a raster of classes, a size and a spot, shown to every eye while it is lit. */
#ifndef TUIYAN_TESTS_WATCHED_H
#define TUIYAN_TESTS_WATCHED_H

#include "base/num.h"
#include "core/world/hazard.h"
#include "hazard/fire/fire_words.h"
#include "rig.h"

enum { WATCHED_SIDE = 40 };

struct watched {
    bool lit;
    double size_ha, x, y;
    uint8_t cls[WATCHED_SIDE * WATCHED_SIDE]; /* over the map's western 12 km */
};

static void watched_apply(void *self, const struct world *w, const struct event *e) { (void)self, (void)w, (void)e; }

static void watched_walk(void *self, struct walk *w) { walk_u8(w, "cls", ((struct watched *)self)->cls, WATCHED_SIDE * WATCHED_SIDE); }

static bool watched_layer(const void *self, int i, struct layer_out *out)
{
    (void)self, (void)i;
    out->cols = out->rows = WATCHED_SIDE;
    out->cell_m = 300.0;
    out->west_m = out->south_m = 0.0;
    return out->cls == NULL;
}

static int watched_observe(const void *self, const struct world *w, const struct eye *eye, struct sight *out, int max)
{
    const struct watched *h = self;
    int n = 0;
    (void)w;
    if (!h->lit && eye->kind != EYE_DESK)
        return 0;
    if (n < max)
        out[n++] = (struct sight){FIRE_TOPIC_SIZE, 0, (int64_t)(h->size_ha * 10.0)};
    if (n < max)
        out[n++] = (struct sight){FIRE_TOPIC_AT, 0, point_pack(h->x, h->y)};
    for (int row = 0; row < WATCHED_SIDE && eye->kind == EYE_TEAM; row++) {
        for (int col = 0; col < WATCHED_SIDE && n < max; col += CELLS_EACH) {
            uint64_t value = 0;
            for (int k = 0; k < CELLS_EACH; k++)
                value |= (uint64_t)(col + k < WATCHED_SIDE ? h->cls[row * WATCHED_SIDE + col + k] : CELL_UNSEEN) << (4 * k);
            out[n++] = (struct sight){sight_cells(FIRE_OWNER, 0), row * WATCHED_SIDE + col, (int64_t)value};
        }
    }
    return n;
}

static const struct layer_row watched_layers[] = {{.name = "watched", .shape = LAYER_RASTER}};
static const struct hazard_ops watched_ops = {.owner = FIRE_OWNER, .slice = {"watched", watched_apply, NULL, watched_walk},
                                              .layers = watched_layers, .layer_count = 1, .layer = watched_layer,
                                              .observe = watched_observe};

static inline void watched_begin(struct rig *g, struct watched *h)
{
    struct err e = {0};
    *h = (struct watched){.lit = false};
    g->world.hazard[FIRE_OWNER] = (struct hazard_used){0}; /* in place of the rig's own, which shows nothing */
    if (hazard_wire(&watched_ops, h, &g->world, &g->arena, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
}

#endif

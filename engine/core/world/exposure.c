#include "core/world/exposure.h"

#include "core/world/world.h"

static const struct suffering untouched = {1e9, 0, 0, 0, 1, -1, 0, 1};

enum rc exposure_make(const struct atlas *atlas, struct arena *perm, struct exposure **out, struct err *e)
{
    struct exposure *x = ARENA_NEW(perm, struct exposure, 1);
    if (!x)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    x->places = ATLAS_COUNT(atlas, ENT_PLACE);
    x->roads = ATLAS_COUNT(atlas, ENT_ROAD);
    x->teams = ATLAS_COUNT(atlas, ENT_TEAM);
    x->place = ARENA_NEW(perm, struct suffering, x->places + 1);
    x->road = ARENA_NEW(perm, struct suffering, x->roads + 1);
    x->team = ARENA_NEW(perm, struct suffering, x->teams + 1);
    x->where = ARENA_NEW(perm, struct position, x->teams + 1);
    x->extent = ARENA_NEW(perm, uint8_t, KNOWN_GRID * KNOWN_GRID);
    if (!x->place || !x->road || !x->team || !x->where || !x->extent)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < x->places; i++)
        x->place[i] = untouched;
    for (int i = 0; i < x->roads; i++)
        x->road[i] = untouched;
    for (int i = 0; i < x->teams; i++)
        x->team[i] = untouched;
    for (int i = 0; i < OWNERS_MAX; i++)
        x->threat[i].since_ms = -1;
    *out = x;
    return RC_OK;
}

int64_t exposure_since_ms(const struct exposure *x)
{
    int64_t since = -1;
    for (int i = 0; i < OWNERS_MAX; i++)
        if (x->threat[i].since_ms >= 0 && (since < 0 || x->threat[i].since_ms < since))
            since = x->threat[i].since_ms;
    return since;
}

bool exposure_over(const struct exposure *x)
{
    bool active = false;
    for (int i = 0; i < OWNERS_MAX; i++)
        active = active || x->threat[i].active;
    return !active && exposure_since_ms(x) >= 0;
}

static void walk_sufferings(struct walk *w, struct suffering *s, int count)
{
    for (int i = 0; i < count; i++) {
        walk_f64(w, "distance", &s[i].distance_m, 1);
        walk_f64(w, "intensity", &s[i].intensity, 1);
        walk_f64(w, "flame", &s[i].flame_m, 1);
        walk_f64(w, "smoke", &s[i].smoke, 1);
        walk_f64(w, "work", &s[i].work, 1);
        walk_i64(w, "since", &s[i].since_ms, 1);
        walk_i64(w, "event", &s[i].event, 1);
        walk_f64(w, "line", &s[i].line, 1);
    }
}

void exposure_walk(void *self, struct walk *w)
{
    struct exposure *x = self;
    walk_facts(w, "hazard_since hazard_active");
    for (int i = 0; i < OWNERS_MAX; i++) {
        walk_i64(w, "hazard_since", &x->threat[i].since_ms, 1);
        walk_bool(w, "hazard_active", &x->threat[i].active, 1);
    }
    walk_sufferings(w, x->place, x->places);
    walk_sufferings(w, x->road, x->roads);
    walk_sufferings(w, x->team, x->teams);
    for (int i = 0; i < x->teams; i++) {
        walk_f64(w, "x", &x->where[i].x, 1);
        walk_f64(w, "y", &x->where[i].y, 1);
        walk_bool(w, "out", &x->where[i].out, 1);
        walk_bool(w, "safe", &x->where[i].safe, 1);
    }
    walk_f64(w, "size", &x->seen_size_ha, 1);
    walk_f64(w, "front", &x->front_m, 1);
    walk_f64(w, "head_x", &x->head_x, 1);
    walk_f64(w, "head_y", &x->head_y, 1);
    walk_f64(w, "head_speed", &x->head_ms, 1);
    walk_i64(w, "growth_event", &x->event, 1);
    walk_u8(w, "extent", x->extent, KNOWN_GRID * KNOWN_GRID);
}

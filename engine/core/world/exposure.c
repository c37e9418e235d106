/* exposure.c -- what hazards do to places, roads and teams, a row each; folded for those who suffer it. */
#include "core/world/exposure.h"

#include "core/world/world.h"

const struct suffering suffering_none = {
    .distance_m = 1e9, .pass = 1.0, .work = 1.0, .since_ms = -1};

enum rc exposure_make(const struct atlas *atlas, struct arena *perm, struct exposure **out, struct err *e)
{
    struct exposure *x = ARENA_NEW(perm, struct exposure, 1);
    if (!x)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    x->places = ATLAS_COUNT(atlas, ENT_PLACE);
    x->roads = ATLAS_COUNT(atlas, ENT_ROAD);
    x->teams = ATLAS_COUNT(atlas, ENT_TEAM);
    x->where = ARENA_NEW(perm, struct position, x->teams + 1);
    if (!x->where)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < OWNERS_MAX; i++)
        x->threat[i].since_ms = -1;
    *out = x;
    return RC_OK;
}

/* ---- a row for each hazard ---- */

static struct suffering *make_row(struct arena *perm, int32_t count)
{
    struct suffering *s = ARENA_NEW(perm, struct suffering, count + 1);
    for (int32_t i = 0; s && i < count; i++)
        s[i] = suffering_none;
    return s;
}

struct exposure_rows *exposure_of(const struct exposure *x, int owner)
{
    for (int32_t k = 0; k < x->rows; k++)
        if (x->row[k].owner == owner)
            return (struct exposure_rows *)&x->row[k];
    ASSERT(false); /* a hazard that was never opened */
    return NULL;
}

struct exposure_rows *exposure_open(struct exposure *x, int owner, struct arena *perm)
{
    int32_t at = 0;

    while (at < x->rows && x->row[at].owner < owner)
        at++;
    if (at < x->rows && x->row[at].owner == owner)
        return &x->row[at];
    struct exposure_rows rows = {owner, make_row(perm, x->places), make_row(perm, x->roads),
                                 make_row(perm, x->teams)};
    ASSERT(x->rows < OWNERS_MAX);
    if (!rows.place || !rows.road || !rows.team)
        return NULL;
    for (int32_t k = x->rows++; k > at; k--)
        x->row[k] = x->row[k - 1];
    x->row[at] = rows;
    return &x->row[at];
}

/* ---- what comes together ---- */

static struct felt nothing(void)
{
    return (struct felt){.distance_m = suffering_none.distance_m, .pass = 1.0, .work = 1.0, 
                         .danger_of = -1, .harm_of = -1, .since_ms = -1};
}

/* Whose event explains it: who came first, else whose danger is greatest, else who is nearest. */
static bool explains(const struct felt *f, const struct suffering *s)
{
    if (s->since_ms >= 0 || f->since_ms >= 0)
        return s->since_ms >= 0 && (f->since_ms < 0 || s->since_ms < f->since_ms);
    if (s->danger > 0.0 || f->danger > 0.0)
        return s->danger > f->danger;
    return s->distance_m < f->distance_m || f->event == 0;
}

static void add(struct felt *f, int32_t owner, const struct suffering *s)
{
    if (s->event > 0 && (f->event == 0 || explains(f, s)))
        f->event = s->event;
    if (s->distance_m < f->distance_m)
        f->distance_m = s->distance_m;
    if (s->danger > f->danger) {
        f->danger = s->danger;
        f->danger_of = owner;
    }
    if (s->harm > f->harm) {
        f->harm = s->harm;
        f->harm_of = owner;
    }
    f->pass *= s->pass;
    f->work *= s->work;
    if (s->since_ms >= 0 && (f->since_ms < 0 || s->since_ms < f->since_ms))
        f->since_ms = s->since_ms;
    f->seen = f->seen || s->seen;
}

struct felt exposure_place(const struct exposure *x, int32_t place)
{
    struct felt f = nothing();
    for (int32_t k = 0; k < x->rows; k++)
        add(&f, x->row[k].owner, &x->row[k].place[place]);
    return f;
}

struct felt exposure_road(const struct exposure *x, int32_t road)
{
    struct felt f = nothing();
    for (int32_t k = 0; k < x->rows; k++)
        add(&f, x->row[k].owner, &x->row[k].road[road]);
    return f;
}

struct felt exposure_team(const struct exposure *x, int32_t team)
{
    struct felt f = nothing();
    for (int32_t k = 0; k < x->rows; k++)
        add(&f, x->row[k].owner, &x->row[k].team[team]);
    return f;
}

/* ---- the hazards as such ---- */

int64_t exposure_since_ms(const struct exposure *x)
{
    int64_t since = -1;
    for (int i = 0; i < OWNERS_MAX; i++)
        if (x->threat[i].since_ms >= 0 && (since < 0 || x->threat[i].since_ms < since))
            since = x->threat[i].since_ms;
    return since;
}

int64_t exposure_event(const struct exposure *x)
{
    int64_t last = 0;
    for (int i = 0; i < OWNERS_MAX; i++)
        if (x->threat[i].event > last)
            last = x->threat[i].event;
    return last;
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
        walk_f64(w, "danger_there", &s[i].danger, 1);
        walk_f64(w, "pass", &s[i].pass, 1);
        walk_f64(w, "work", &s[i].work, 1);
        walk_f64(w, "harm", &s[i].harm, 1);
        walk_i64(w, "since", &s[i].since_ms, 1);
        walk_i64(w, "event", &s[i].event, 1);
        walk_bool(w, "seen", &s[i].seen, 1);
    }
}

void exposure_walk(void *self, struct walk *w)
{
    struct exposure *x = self;
    walk_facts(w, "hazard_since hazard_active");
    for (int i = 0; i < OWNERS_MAX; i++) {
        walk_i64(w, "hazard_since", &x->threat[i].since_ms, 1);
        walk_bool(w, "hazard_active", &x->threat[i].active, 1);
        walk_i64(w, "hazard_event", &x->threat[i].event, 1);
    }
    for (int32_t k = 0; k < x->rows; k++) {
        walk_sufferings(w, x->row[k].place, x->places);
        walk_sufferings(w, x->row[k].road, x->roads);
        walk_sufferings(w, x->row[k].team, x->teams);
    }
    for (int i = 0; i < x->teams; i++) {
        walk_f64(w, "x", &x->where[i].x, 1);
        walk_f64(w, "y", &x->where[i].y, 1);
        walk_bool(w, "out", &x->where[i].out, 1);
        walk_bool(w, "safe", &x->where[i].safe, 1);
    }
}

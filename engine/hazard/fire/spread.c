#include "hazard/fire/spread.h"

#include <string.h>

#include "base/num.h"
#include "base/rng.h"
#include "hazard/fire/spread_parts.h"

/* --- heap: 4-ary, by time, ties by cell --- */

static bool sooner(const struct spread *s, double t, int32_t x, int i)
{
    return t < s->heap_time[i] || (t == s->heap_time[i] && x < s->heap_cell[i]);
}

static void heap_put(struct spread *s, int i, double t, int32_t x)
{
    s->heap_time[i] = t;
    s->heap_cell[i] = x;
    s->local[x].place = i;
}

static void heap_up(struct spread *s, int i, double t, int32_t x)
{
    while (i > 0) {
        int up = (i - 1) / 4;
        if (!sooner(s, t, x, up))
            break;
        heap_put(s, i, s->heap_time[up], s->heap_cell[up]);
        i = up;
    }
    heap_put(s, i, t, x);
}

static void heap_down(struct spread *s, int i, double t, int32_t x)
{
    for (;;) {
        int first = 4 * i + 1, last = first + 4, best = first;
        if (first >= s->heap_count)
            break;
        if (last > s->heap_count)
            last = s->heap_count;
        for (int k = first + 1; k < last; k++)
            if (sooner(s, s->heap_time[k], s->heap_cell[k], best))
                best = k;
        if (sooner(s, t, x, best))
            break;
        heap_put(s, i, s->heap_time[best], s->heap_cell[best]);
        i = best;
    }
    heap_put(s, i, t, x);
}

static void heap_remove(struct spread *s, int32_t x)
{
    int i = s->local[x].place;
    int last = --s->heap_count;
    if (i == last)
        return;
    double t = s->heap_time[last];
    int32_t moved = s->heap_cell[last];
    if (i > 0 && sooner(s, t, moved, (i - 1) / 4))
        heap_up(s, i, t, moved);
    else
        heap_down(s, i, t, moved);
}

static void heap_set(struct spread *s, int32_t x, double t)
{
    int i = s->local[x].place;
    if (sooner(s, t, x, i))
        heap_up(s, i, t, x);
    else
        heap_down(s, i, t, x);
}

/* --- cost and sight --- */

static void cost_refresh(struct spread *s, int x)
{
    if (s->local[x].cost_epoch == s->epoch)
        return;
    s->local[x].cost_epoch = s->epoch;
    struct fire_run run;
    s->cost_of(s->ctx, outer(s, x), &run);
    struct cost *c = &s->local[x].cost;
    *c = (struct cost){0.0f, 0.0f, 0.0f};
    s->local[x].ring = 0;
    if (!(run.rate_m_s > 0.0))
        return;
    double slow = 1.0 / (run.rate_m_s * (1.0 - run.ecc));
    c->slow = (float)slow;
    c->pull_e = (float)(run.ecc * run.to_e * slow);
    c->pull_n = (float)(run.ecc * run.to_n * slow);
    int ring = stencil_ring_for(run.length_to_width);
    s->local[x].ring = (uint8_t)ring;
    if (ring > s->ring_max)
        s->ring_max = ring;
}

/* Whether fire cannot pass through a cell. A burnt cell lets it pass: it did burn. */
static bool closes(struct spread *s, int x)
{
    if (s->state[x] & BURNT)
        return false;
    if (s->state[x] & CLOSED)
        return true;
    cost_refresh(s, x);
    return s->local[x].cost.slow <= 0.0f;
}

/* Supercover walk between two cell centres: every cell the segment touches must be open, and of two
 * cells met at a corner at least one, so that a break of diagonal cells is closed. */
static bool in_sight(struct spread *s, int from, int dx, int dy)
{
    int nx = dx < 0 ? -dx : dx, ny = dy < 0 ? -dy : dy;
    int sx = dx < 0 ? -1 : 1, sy = dy < 0 ? s->stride : -s->stride;
    int ix = 0, iy = 0, x = from;
    while (ix < nx || iy < ny) {
        int d = (1 + 2 * ix) * ny - (1 + 2 * iy) * nx;
        if (d == 0) {
            if (closes(s, x + sx) && closes(s, x + sy))
                return false;
            x += sx + sy;
            ix++;
            iy++;
        } else if (d < 0) {
            x += sx;
            ix++;
        } else {
            x += sy;
            iy++;
        }
        if ((ix < nx || iy < ny) && closes(s, x))
            return false;
    }
    return true;
}

/* --- the update --- */

/* A source as seen from a cell: fire starts at `start` with `share` of the way still to go. */
struct source {
    double start, share, ref;
};

struct best {
    double time;
    float ref;
};

static void best_take(struct best *b, double t, double ref)
{
    float r = (float)ref;
    if (t < b->time || (t == b->time && r < b->ref)) {
        b->time = t;
        b->ref = r;
    }
}

/* What the updates of one cell have in common. */
struct target {
    double slow, pull_e, pull_n; /* its cost */
    double base, rest, recost_at;
};

static struct target target_of(const struct spread *s, int x)
{
    const struct cost *c = &s->local[x].cost;
    return (struct target){(double)c->slow, (double)c->pull_e, (double)c->pull_n,
                           (double)s->local[x].base, (double)s->local[x].rest, s->recost_at};
}

static inline struct source source_at(const struct target *t, double time)
{
    double ref = time > t->base ? time : t->base;
    if (ref > t->recost_at)
        return (struct source){ref, 1.0, ref};
    /* The front between source and cell stood where the old times put it. */
    double gone = t->recost_at - ref;
    double share = t->rest < 1e30 ? t->rest / (t->rest + gone) : 1.0;
    return (struct source){t->recost_at, share, ref};
}

static inline void one_point(const struct target *t, const struct source *a, double e, double n,
                      double length, struct best *b)
{
    double f = length * t->slow - (e * t->pull_e + n * t->pull_n);
    best_take(b, a->start + a->share * f, a->ref);
}

/* The same with part of the way gone: the two points lie nearer, the triangle has another shape. */
static void two_point_part(const struct target *t, const struct ray *ra, const struct ray *rb,
                           const struct source *a, const struct source *b, struct best *best)
{
    double ae = ra->e * a->share, an = ra->n * a->share;
    double be = rb->e * b->share, bn = rb->n * b->share;
    double ge = be - ae, gn = bn - an, gap = num_hypot(ge, gn);
    if (!(gap > 0.0))
        return;
    double height = num_abs(ae * gn - an * ge) / gap;
    double foot = -(ae * ge + an * gn) / gap;
    double ta = a->start - (ae * t->pull_e + an * t->pull_n);
    double tb = b->start - (be * t->pull_e + bn * t->pull_n);
    double lean = (ta - tb) / (gap * t->slow);
    double q2 = 1.0 - lean * lean;
    if (!(q2 > 0.0))
        return;
    double q = num_sqrt(q2);
    double at = foot + height * lean / q;
    if (at > 0.0 && at < gap)
        best_take(best, ta + t->slow * (height * q - lean * foot), num_max(a->ref, b->ref));
}

/* Arrival from the segment between two sources: with the linear part of the metric taken off, the
 * point of the segment is where the derivative vanishes. Endpoints are one_point's. */
static inline void two_point(const struct target *t, const struct ray *ra, const struct ray *rb,
                      const struct source *a, const struct source *b, struct best *best)
{
    if (a->share != 1.0 || b->share != 1.0) {
        two_point_part(t, ra, rb, a, b, best);
        return;
    }
    double ta = a->start - (ra->e * t->pull_e + ra->n * t->pull_n);
    double tb = b->start - (rb->e * t->pull_e + rb->n * t->pull_n);
    double rise = (ta - tb) * ra->per_gap;
    if (!(rise > ra->low * t->slow && rise < ra->high * t->slow))
        return;
    double q = num_sqrt(t->slow * t->slow - rise * rise);
    best_take(best, ta + ra->height * q - rise * ra->foot, a->ref > b->ref ? a->ref : b->ref);
}

static inline bool is_source(const struct spread *s, int x)
{
    return (s->state[x] & (BURNT | OUT)) == BURNT;
}

/* blind: something that may close the way is near. */
static inline bool ray_open(struct spread *s, int x, bool blind, const struct ray *ray)
{
    int y = x + ray->step;
    return is_source(s, y) && (!blind || in_sight(s, y, ray->dx, ray->dy));
}

/* Fire that comes straight from an ignition nearby: exact, whatever the ring. */
static void from_seeds(struct spread *s, int x, const struct target *t, struct best *b)
{
    int col = x % s->stride, row = x / s->stride;
    for (int i = 0; i < s->seeds; i++) {
        int y = s->seed[i].cell;
        int dx = col - y % s->stride, dy = y / s->stride - row;
        if (dx * dx + dy * dy > SEED_REACH * SEED_REACH || !is_source(s, y))
            continue;
        if (s->local[x].near <= SEED_REACH && !in_sight(s, y, dx, dy))
            continue;
        struct source a = source_at(t, s->time[y]);
        double e = dx * s->cell_m, n = dy * s->cell_m;
        one_point(t, &a, e, n, num_hypot(e, n), b);
    }
}

/* The tentative time of a cell from everything that is settled around it. */
static struct best gather(struct spread *s, int x)
{
    struct best b = {SPREAD_NEVER, 0.0f};
    cost_refresh(s, x);
    if (s->local[x].cost.slow <= 0.0f)
        return b;
    const struct target t = target_of(s, x);
    const struct ring *r = &s->stencil.ring[s->local[x].ring];
    struct source a, first = {0}, prev = {0};
    const bool blind = s->local[x].near <= r->reach;
    bool open = false, first_open = false, prev_open = false;
    for (int j = 0; j < r->count; j++) {
        const struct ray *ray = &r->ray[j];
        open = ray_open(s, x, blind, ray);
        if (open) {
            a = source_at(&t, s->time[x + ray->step]);
            one_point(&t, &a, ray->e, ray->n, ray->length, &b);
            if (prev_open)
                two_point(&t, &r->ray[j - 1], ray, &prev, &a, &b);
            prev = a;
            if (j == 0)
                first = a;
        }
        if (j == 0)
            first_open = open;
        prev_open = open;
    }
    if (prev_open && first_open)
        two_point(&t, &r->ray[r->count - 1], &r->ray[0], &prev, &first, &b);
    if (s->state[x] & SEEDED)
        from_seeds(s, x, &t, &b);
    return b;
}

/* What one newly settled neighbour (ray j of the cell's ring) adds to the same minimum. */
static void from_ray(struct spread *s, int x, int j, struct best *b)
{
    const struct ring *r = &s->stencil.ring[s->local[x].ring];
    const struct ray *ray = &r->ray[j];
    const bool blind = s->local[x].near <= r->reach;
    if (s->local[x].cost.slow <= 0.0f || !ray_open(s, x, blind, ray))
        return;
    const struct target t = target_of(s, x);
    struct source a = source_at(&t, s->time[x + ray->step]);
    one_point(&t, &a, ray->e, ray->n, ray->length, b);
    const struct ray *rb = &r->ray[ray->before], *ra = &r->ray[ray->after];
    if (ray_open(s, x, blind, rb)) {
        struct source o = source_at(&t, s->time[x + rb->step]);
        two_point(&t, rb, ray, &o, &a, b);
    }
    if (ray_open(s, x, blind, ra)) {
        struct source o = source_at(&t, s->time[x + ra->step]);
        two_point(&t, ray, ra, &a, &o, b);
    }
}

static void set_tentative(struct spread *s, int x, const struct best *b)
{
    s->time[x] = b->time;
    s->local[x].ref = b->ref;
    heap_set(s, x, b->time);
}

/* Fire has come near a free cell: it joins the front. */
static void join(struct spread *s, int x)
{
    s->state[x] |= AT_FRONT;
    s->local[x].rest = 1e35f; /* nothing gone yet at the last recost */
    s->local[x].base = 0.0f;
    struct best b = gather(s, x);
    s->time[x] = b.time;
    s->local[x].ref = b.ref;
    heap_up(s, s->heap_count++, b.time, x);
}

static void tell_neighbours(struct spread *s, int y)
{
    int widest = s->ring_max;
    const struct ring *r = &s->stencil.ring[widest];
    for (int i = 0; i < r->count; i++) {
        int x = y - r->ray[i].step;
        uint8_t st = s->state[x];
        if (st & (BURNT | CLOSED))
            continue;
        if (!(st & AT_FRONT)) {
            if (s->stencil.same[widest][i][0] >= 0)
                join(s, x);
            continue;
        }
        int j = s->stencil.same[widest][i][s->local[x].ring];
        if (j < 0)
            continue;
        struct best b = {s->time[x], s->local[x].ref};
        from_ray(s, x, j, &b);
        if (b.time < s->time[x])
            set_tentative(s, x, &b);
        else
            s->local[x].ref = b.ref;
    }
}

static uint64_t bits_of(double v)
{
    uint64_t u;
    memcpy(&u, &v, sizeof u);
    return u;
}

void spread_settle(struct spread *s, int x)
{
    const int side[4] = {-s->stride, 1, s->stride, -1};
    s->state[x] = (uint8_t)((s->state[x] & ~AT_FRONT) | BURNT);
    s->order[s->burnt++] = x;
    s->digest += rng_mix((uint64_t)outer(s, x), bits_of(s->time[x]));
    for (int i = 0; i < 4; i++)
        s->edge_count += s->state[x + side[i]] & BURNT ? -1 : 1;
    int col = x % s->stride - PAD, row = x / s->stride - PAD;
    s->edges |= (row == 0 ? 1 : 0) | (col == s->cols - 1 ? 2 : 0) | (row == s->rows - 1 ? 4 : 0) |
                (col == 0 ? 8 : 0);
}

void spread_advance(struct spread *s, double until_s)
{
    ASSERT(until_s >= s->now);
    while (s->heap_count > 0 && s->heap_time[0] <= until_s) {
        int x = s->heap_cell[0];
        heap_remove(s, x);
        spread_settle(s, x);
        tell_neighbours(s, x);
    }
    s->now = until_s;
}

/* --- changes --- */

/* Makes the tentative times around x anew. */
static void regather_around(struct spread *s, int x, int reach)
{
    for (int dr = -reach; dr <= reach; dr++)
        for (int dc = -reach; dc <= reach; dc++) {
            int y = x + dr * s->stride + dc;
            if (!(s->state[y] & AT_FRONT))
                continue;
            struct best b = gather(s, y);
            if (b.time != s->time[y] || b.ref != s->local[y].ref)
                set_tentative(s, y, &b);
        }
}

/* A way has been opened at x: who gains by it counts from now, or fire would have passed before. */
static void open_around(struct spread *s, int x, int reach)
{
    for (int dr = -reach; dr <= reach; dr++)
        for (int dc = -reach; dc <= reach; dc++) {
            int y = x + dr * s->stride + dc;
            if (!(s->state[y] & AT_FRONT) || y == x)
                continue;
            struct best b = gather(s, y);
            if (b.time >= s->time[y])
                continue;
            s->local[y].base = (float)s->now;
            b = gather(s, y);
            set_tentative(s, y, &b);
        }
}

static int reach_now(const struct spread *s)
{
    int reach = s->stencil.ring[s->ring_max].reach;
    return reach > SEED_REACH ? reach : SEED_REACH;
}

bool spread_ignite(struct spread *s, int cell)
{
    int x = inner(s, cell);
    if ((s->state[x] & (BURNT | CLOSED)) || s->seeds == SPREAD_SEED_MAX)
        return false;
    if (s->state[x] & AT_FRONT)
        heap_remove(s, x);
    s->seed[s->seeds++].cell = x;
    s->time[x] = s->now;
    spread_settle(s, x);
    for (int dr = -SEED_REACH; dr <= SEED_REACH; dr++)
        for (int dc = -SEED_REACH; dc <= SEED_REACH; dc++) {
            int y = x + dr * s->stride + dc;
            s->state[y] |= SEEDED;
            if (!(s->state[y] & (BURNT | CLOSED | AT_FRONT)))
                join(s, y);
        }
    tell_neighbours(s, x);
    regather_around(s, x, SEED_REACH);
    return true;
}

bool spread_light(struct spread *s, int cell)
{
    int x = inner(s, cell);
    if (s->state[x] & (BURNT | CLOSED))
        return false;
    if (s->state[x] & AT_FRONT)
        heap_remove(s, x);
    s->time[x] = s->now;
    spread_settle(s, x);
    tell_neighbours(s, x);
    return true;
}

void spread_recost(struct spread *s)
{
    for (int i = 0; i < s->heap_count; i++) {
        int x = s->heap_cell[i];
        double t = s->time[x], ref = (double)s->local[x].ref;
        if (t >= SPREAD_NEVER) {
            s->local[x].base = (float)s->now;
            s->local[x].rest = 1e35f;
            continue;
        }
        /* Of the winning source: how much of the way was left before, and is left now. */
        bool old = ref <= s->recost_at;
        double gone = num_max(0.0, s->recost_at - ref), rest = (double)s->local[x].rest;
        double share = old && rest < 1e30 ? rest / (rest + gone) : 1.0;
        double start = old ? s->recost_at : ref;
        share *= num_clamp((t - s->now) / (t - start), 0.0, 1.0);
        double left = share < 1.0 ? share * (s->now - ref) / (1.0 - share) : 1e35;
        s->local[x].rest = (float)num_max(left, 0.0);
    }
    s->recost_at = s->now;
    s->epoch++;
    if (s->epoch == 0) { /* wrapped: forget what was marked with the same number before */
        s->epoch = 1;
        for (int x = 0; x < s->cells; x++)
            s->local[x].cost_epoch = 0;
    }
    for (int i = 0; i < s->heap_count; i++) {
        struct best b = gather(s, s->heap_cell[i]);
        s->time[s->heap_cell[i]] = b.time;
        s->local[s->heap_cell[i]].ref = b.ref;
        s->heap_time[i] = b.time;
    }
    for (int i = (s->heap_count + 2) / 4; i >= 0 && s->heap_count > 0; i--)
        heap_down(s, i, s->heap_time[i], s->heap_cell[i]);
}

void spread_mark_near(struct spread *s, int x)
{
    for (int dr = -RING_REACH_MAX; dr <= RING_REACH_MAX; dr++)
        for (int dc = -RING_REACH_MAX; dc <= RING_REACH_MAX; dc++) {
            int a = dr < 0 ? -dr : dr, b = dc < 0 ? -dc : dc;
            int d = a > b ? a : b;
            uint8_t *near = &s->local[x + dr * s->stride + dc].near;
            if (*near > d)
                *near = (uint8_t)d;
        }
}

void spread_rejoin(struct spread *s, int x, float rest, float base)
{
    join(s, x);
    s->local[x].rest = rest;
    s->local[x].base = base;
    struct best b = gather(s, x);
    set_tentative(s, x, &b);
}

void spread_mark_cold(struct spread *s, int cell)
{
    int x = inner(s, cell);
    if (s->local[x].near > 0)
        spread_mark_near(s, x);
}

bool spread_block(struct spread *s, int cell)
{
    int x = inner(s, cell);
    if (s->state[x] & BURNT)
        return false;
    if (s->state[x] & CLOSED)
        return true;
    if (s->state[x] & AT_FRONT)
        heap_remove(s, x);
    s->state[x] = (uint8_t)((s->state[x] & ~AT_FRONT) | BLOCKED);
    spread_mark_near(s, x);
    regather_around(s, x, reach_now(s));
    return true;
}

void spread_unblock(struct spread *s, int cell)
{
    int x = inner(s, cell);
    if (!(s->state[x] & BLOCKED))
        return;
    s->state[x] = (uint8_t)(s->state[x] & ~BLOCKED);
    const struct ring *r = &s->stencil.ring[0];
    bool near_fire = s->state[x] & SEEDED;
    for (int j = 0; j < r->count; j++)
        near_fire = near_fire || s->state[x + r->ray[j].step] & BURNT;
    if (near_fire) {
        join(s, x);
        s->local[x].base = (float)s->now; /* the fire stood before it and starts into it now */
        struct best b = gather(s, x);
        set_tentative(s, x, &b);
    }
    open_around(s, x, reach_now(s));
}

void spread_quench(struct spread *s, int cell)
{
    int x = inner(s, cell);
    if (!is_source(s, x))
        return;
    s->state[x] |= OUT;
    s->digest += rng_mix((uint64_t)cell, 0x6f7574u);
    regather_around(s, x, reach_now(s));
}

void spread_quench_all(struct spread *s)
{
    for (int i = 0; i < s->burnt; i++) {
        int x = s->order[i];
        if (!(s->state[x] & OUT))
            s->digest += rng_mix((uint64_t)outer(s, x), 0x6f7574u);
        s->state[x] |= OUT;
    }
    for (int i = 0; i < s->heap_count; i++) {
        int x = s->heap_cell[i];
        s->time[x] = SPREAD_NEVER;
        s->local[x].ref = 0.0f;
        s->heap_time[i] = SPREAD_NEVER;
    }
    for (int i = (s->heap_count + 2) / 4; i >= 0 && s->heap_count > 0; i--)
        heap_down(s, i, s->heap_time[i], s->heap_cell[i]);
}

double spread_rate(struct spread *s, int from, int to)
{
    int x = inner(s, to);
    cost_refresh(s, x);
    const struct cost *c = &s->local[x].cost;
    double e = (to % s->cols - from % s->cols) * s->cell_m;
    double n = (from / s->cols - to / s->cols) * s->cell_m;
    double length = num_hypot(e, n);
    double f = length * (double)c->slow - (e * (double)c->pull_e + n * (double)c->pull_n);
    return c->slow > 0.0f && f > 0.0 ? length / f : 0.0;
}

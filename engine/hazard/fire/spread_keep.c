#include "hazard/fire/spread_parts.h"

#include <string.h>

#include "base/num.h"
#include "base/rng.h"

static void reset(struct spread *s)
{
    for (int x = 0; x < s->cells; x++) {
        s->state[x] &= NO_FUEL;
        s->time[x] = SPREAD_NEVER;
        s->local[x].cost_epoch = 0;
    }
    s->epoch = 1;
    s->heap_count = 0;
    s->burnt = s->seeds = s->edges = 0;
    s->edge_count = 0;
    s->digest = 0;
    s->ring_max = 0;
    s->now = s->recost_at = 0.0;
}

static void read_barriers(struct spread *s, const uint8_t *barrier)
{
    for (int x = 0; x < s->cells; x++)
        s->local[x].near = RING_REACH_MAX + 1;
    memset(s->state, NO_FUEL, (size_t)s->cells);
    for (int cell = 0; cell < s->cols * s->rows; cell++)
        s->state[inner(s, cell)] = barrier && barrier[cell] ? NO_FUEL : 0;
    for (int cell = 0; barrier && cell < s->cols * s->rows; cell++) {
        int x = inner(s, cell);
        if (!(s->state[x] & NO_FUEL))
            continue;
        /* The inside of a lake lies behind its shore. */
        bool shore = false;
        for (int dr = -1; dr <= 1; dr++)
            for (int dc = -1; dc <= 1; dc++)
                shore = shore || !(s->state[x + dr * s->stride + dc] & NO_FUEL);
        if (shore)
            spread_mark_near(s, x);
    }
}

static bool allocate(struct spread *s, struct arena *perm)
{
    size_t n = (size_t)s->cells, m = (size_t)s->cols * (size_t)s->rows;
    s->time = ARENA_NEW(perm, double, n);
    s->state = ARENA_NEW(perm, uint8_t, n);
    s->local = ARENA_NEW(perm, struct local, n);
    s->heap_time = ARENA_NEW(perm, double, m);
    s->heap_cell = ARENA_NEW(perm, int32_t, m);
    s->order = ARENA_NEW(perm, int32_t, m);
    return s->time && s->state && s->local && s->heap_time && s->heap_cell && s->order;
}

double spread_bytes_per_cell(void)
{
    return (double)(sizeof(double) + sizeof(uint8_t) + sizeof(struct local) + sizeof(double) +
                    2 * sizeof(int32_t));
}

enum rc spread_open(const struct spread_setup *setup, struct arena *perm, struct spread **out,
                    struct err *e)
{
    *out = NULL;
    int64_t cells = (int64_t)(setup->cols + 2 * PAD) * (setup->rows + 2 * PAD);
    if (setup->cols < 1 || setup->rows < 1 || cells > CELLS_MAX || !(setup->cell_m > 0.0))
        return ERR(e, RC_INPUT, MSG_FIRE_RASTER_SIZE, arg_i(setup->cols), arg_i(setup->rows));
    struct spread *s = ARENA_NEW(perm, struct spread, 1);
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_FIRE_MEMORY);
    s->cols = setup->cols;
    s->rows = setup->rows;
    s->stride = setup->cols + 2 * PAD;
    s->cells = (int)cells;
    s->cell_m = setup->cell_m;
    s->cost_of = setup->cost;
    s->ctx = setup->ctx;
    if (!allocate(s, perm))
        return ERR0(e, RC_MEMORY, MSG_FIRE_MEMORY);
    stencil_make(&s->stencil, s->cell_m, s->stride);
    read_barriers(s, setup->barrier);
    reset(s);
    *out = s;
    return RC_OK;
}

enum spread_state spread_state(const struct spread *s, int cell)
{
    uint8_t st = s->state[inner(s, cell)];
    if (st & OUT)
        return SPREAD_OUT;
    if (st & BURNT)
        return SPREAD_BURNT;
    return st & CLOSED ? SPREAD_BARRIER : SPREAD_FREE;
}

double spread_arrival(const struct spread *s, int cell)
{
    int x = inner(s, cell);
    return s->state[x] & (BURNT | AT_FRONT) ? s->time[x] : SPREAD_NEVER;
}

double spread_now(const struct spread *s)
{
    return s->now;
}

bool spread_is_active(const struct spread *s)
{
    return s->heap_count > 0 && s->heap_time[0] < SPREAD_NEVER;
}

int spread_burnt_count(const struct spread *s)
{
    return s->burnt;
}

int spread_burnt(const struct spread *s, int i)
{
    return outer(s, s->order[i]);
}

int spread_front_count(const struct spread *s)
{
    return s->heap_count;
}

int spread_front(const struct spread *s, int i)
{
    return outer(s, s->heap_cell[i]);
}

/* Whether the fire of at_s was going to reach x; that of now knows it by the front. */
static bool was_next(const struct spread *s, int x, double at_s)
{
    uint8_t st = s->state[x];
    bool reached = st & BURNT || (st & AT_FRONT && !(st & CLOSED));
    return reached && s->time[x] > at_s && s->time[x] < SPREAD_NEVER;
}

enum { RUN = 8 }; /* cells looked at together: one word of their states */

static uint64_t states_at(const struct spread *s, int x)
{
    uint64_t w;
    memcpy(&w, s->state + x, sizeof w);
    return w;
}

/* The cells from x on, without those that burn beside what they were going to reach. */
static void picture_run(const struct spread *s, int x, int cells, double at_s, const double *age_s,
                        int ages, uint8_t *out)
{
    for (int i = 0; i < cells; i++) {
        uint8_t st = s->state[x + i];
        double age = at_s - s->time[x + i];
        out[i] = 0;
        if (!(st & BURNT) || age < 0.0)
            continue;
        out[i] = 1;
        for (int k = 0; k < ages && !(st & OUT) && age < age_s[k]; k++)
            out[i]++;
    }
}

static void picture_front(const struct spread *s, int x, int cells, double at_s, int front,
                          uint8_t *out)
{
    const int step[4] = {-1, 1, -s->stride, s->stride};
    for (int i = 0; i < cells; i++)
        for (int k = 0; k < 4 && out[i] > 0 && !(s->state[x + i] & OUT); k++)
            if (was_next(s, x + i + step[k], at_s))
                out[i] = (uint8_t)front;
}

void spread_picture(const struct spread *s, double at_s, const double *age_s, int ages,
                    uint8_t *out)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    bool now = at_s >= s->now;
    for (int row = 0; row < s->rows; row++, out += s->cols) {
        int first = (row + PAD) * s->stride + PAD;
        for (int col = 0; col < s->cols; col += RUN) {
            int x = first + col, cells = s->cols - col < RUN ? s->cols - col : RUN;
            uint64_t own = states_at(s, x);
            if (!(own & each * BURNT)) { /* the pad behind the last cell never burns */
                memset(out + col, 0, (size_t)cells);
                continue;
            }
            picture_run(s, x, cells, at_s, age_s, ages, out + col);
            /* Deep inside, five words tell that nothing more is going to burn. */
            uint64_t around = own | states_at(s, x - 1) | states_at(s, x + 1) |
                              states_at(s, x - s->stride) | states_at(s, x + s->stride);
            if (!now || around & each * AT_FRONT)
                picture_front(s, x, cells, at_s, ages + 2, out + col);
        }
    }
}

int spread_look(const struct spread *s, int col, int row, int side, const double *age_s, int ages)
{
    const int front = ages + 2;
    int cols = s->cols - col < side ? s->cols - col : side, best = 0;
    for (int r = row; r < row + side && r < s->rows && best < front; r++) {
        int first = (r + PAD) * s->stride + PAD + col;
        for (int x = first; x < first + cols; x++) {
            uint8_t cls;
            if (!(s->state[x] & BURNT))
                continue;
            picture_run(s, x, 1, s->now, age_s, ages, &cls);
            if ((s->state[x - 1] | s->state[x + 1] | s->state[x - s->stride] | s->state[x + s->stride]) & AT_FRONT)
                picture_front(s, x, 1, s->now, front, &cls);
            best = cls > best ? cls : best;
        }
    }
    return best;
}

double spread_perimeter_m(const struct spread *s)
{
    return (double)s->edge_count * s->cell_m * (NUM_PI / 4.0);
}

int spread_edges(const struct spread *s)
{
    return s->edges;
}

void spread_run_at(const struct spread *s, int cell, struct fire_run *run)
{
    s->cost_of(s->ctx, cell, run);
}

uint64_t spread_digest(const struct spread *s)
{
    return s->digest;
}

static void walk_burnt(struct spread *s, struct walk *w)
{
    int32_t count = s->burnt;
    walk_count(w, "burnt", &count, s->cols * s->rows);
    for (int32_t i = 0; i < count && !w->bad; i++) {
        int32_t cell = w->mode == WALK_LOAD ? 0 : outer(s, s->order[i]);
        double t = w->mode == WALK_LOAD ? 0.0 : s->time[s->order[i]];
        uint8_t out = w->mode == WALK_LOAD ? 0 : s->state[s->order[i]] & OUT;
        walk_count(w, "cell", &cell, s->cols * s->rows - 1);
        walk_f64(w, "time", &t, 1);
        walk_u8(w, "out", &out, 1);
        if (w->mode != WALK_LOAD || w->bad)
            continue;
        int x = inner(s, cell);
        if (s->state[x] & (BURNT | NO_FUEL)) {
            w->bad = true;
            return;
        }
        s->time[x] = t;
        spread_settle(s, x);
        if (out) {
            s->state[x] |= OUT;
            s->digest += rng_mix((uint64_t)cell, 0x6f7574u);
        }
    }
}

static void walk_blocked(struct spread *s, struct walk *w)
{
    int32_t count = 0;
    for (int cell = 0; w->mode != WALK_LOAD && cell < s->cols * s->rows; cell++)
        count += s->state[inner(s, cell)] & BLOCKED ? 1 : 0;
    walk_count(w, "blocked", &count, s->cols * s->rows);
    int32_t next = 0;
    for (int32_t i = 0; i < count && !w->bad; i++) {
        while (w->mode != WALK_LOAD && !(s->state[inner(s, next)] & BLOCKED))
            next++;
        walk_count(w, "cell", &next, s->cols * s->rows - 1);
        if (w->mode == WALK_LOAD && !w->bad) {
            s->state[inner(s, next)] |= BLOCKED;
            spread_mark_near(s, inner(s, next));
        }
        next++;
    }
}

static void walk_front(struct spread *s, struct walk *w)
{
    int32_t count = s->heap_count;
    walk_count(w, "front", &count, s->cols * s->rows);
    for (int32_t i = 0; i < count && !w->bad; i++) {
        int32_t cell = w->mode == WALK_LOAD ? 0 : outer(s, s->heap_cell[i]);
        int x = inner(s, cell);
        float rest = s->local[x].rest, base = s->local[x].base;
        walk_count(w, "cell", &cell, s->cols * s->rows - 1);
        walk_f32(w, "rest", &rest, 1);
        walk_f32(w, "base", &base, 1);
        if (w->mode != WALK_LOAD || w->bad)
            continue;
        x = inner(s, cell);
        if (s->state[x] & (BURNT | CLOSED | AT_FRONT)) {
            w->bad = true;
            return;
        }
        spread_rejoin(s, x, rest, base);
    }
}

static void mark_seeds(struct spread *s)
{
    for (int i = 0; i < s->seeds; i++)
        for (int dr = -SEED_REACH; dr <= SEED_REACH; dr++)
            for (int dc = -SEED_REACH; dc <= SEED_REACH; dc++)
                s->state[s->seed[i].cell + dr * s->stride + dc] |= SEEDED;
}

void spread_walk(struct spread *s, struct walk *w)
{
    if (w->mode == WALK_LOAD)
        reset(s);
    walk_f64(w, "fire_now_s", &s->now, 1);
    walk_f64(w, "fire_recost_s", &s->recost_at, 1);
    walk_digest(w, "fire_arrival", s->digest);
    if (w->mode == WALK_HASH) {
        walk_i32(w, "fire_burnt", &s->burnt, 1);
        return;
    }
    walk_count(w, "fire_seeds", &s->seeds, SPREAD_SEED_MAX);
    for (int i = 0; i < s->seeds && !w->bad; i++) {
        int32_t cell = w->mode == WALK_LOAD ? 0 : outer(s, s->seed[i].cell);
        walk_count(w, "cell", &cell, s->cols * s->rows - 1);
        s->seed[i].cell = inner(s, cell);
    }
    if (w->bad)
        return;
    mark_seeds(s);
    walk_burnt(s, w);
    walk_blocked(s, w);
    walk_front(s, w);
}

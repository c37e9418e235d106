/* fire_work.c -- lines that hold or give way, and teams at the front. */
#include "hazard/fire/fire_parts.h"

#include "base/num.h"

/* --- lines --- */

/* Adds a stretch of work to a cell; with about half the cell crossed, the cell is a barrier. (Of
 * two cells a line passes in the same column one always has as much, so that no line has holes.) */
#define CLOSED_SHARE 0.45

static void add_to_cell(struct fire *f, const struct work *piece, int work, int cell,
                        double length_m)
{
    int i = f->line_at[cell] - 1;
    if (i < 0) {
        if (f->lines == LINE_CELLS_MAX || !f->fuel_row[f->fuel[cell]].burns)
            return;
        i = f->lines++;
        f->line[i] = (struct line_cell){cell, work, piece->amount, 0.0, LINE_CUTTING};
        f->line_at[cell] = (uint16_t)(i + 1);
    }
    struct line_cell *c = &f->line[i];
    if (c->stage == LINE_CROSSED || piece->amount > c->width_m)
        c->width_m = piece->amount;
    c->work = work;
    c->length_m += length_m;
    if (c->length_m >= CLOSED_SHARE * f->cell_m && c->stage == LINE_CUTTING &&
        spread_block(f->spread, cell))
        c->stage = LINE_STANDING;
}

/* Walks a segment in steps of a tenth of a cell and books each step to the cell it lies in. */
static void rasterise(struct fire *f, const struct work *piece, int work)
{
    double dx = piece->bx - piece->ax, dy = piece->by - piece->ay;
    double length = num_hypot(dx, dy);
    int steps = (int)num_ceil(length / (0.1 * f->cell_m));
    int cell = -1;
    double sum = 0.0;
    for (int i = 0; i < steps; i++) {
        double t = (i + 0.5) / steps;
        int here = fire_cell_at(f, piece->ax + t * dx, piece->ay + t * dy);
        if (here != cell && cell >= 0)
            add_to_cell(f, piece, work, cell, sum);
        if (here != cell)
            sum = 0.0;
        cell = here;
        sum += length / steps;
    }
    if (cell >= 0)
        add_to_cell(f, piece, work, cell, sum);
}

static void burn_out(struct fire *f, const struct work *piece)
{
    double dx = piece->bx - piece->ax, dy = piece->by - piece->ay;
    int steps = (int)num_ceil(num_hypot(dx, dy) / (0.5 * f->cell_m)) + 1;
    for (int i = 0; i < steps; i++) {
        double t = (i + 0.5) / steps;
        int cell = fire_cell_at(f, piece->ax + t * dx, piece->ay + t * dy);
        if (cell >= 0)
            (void)spread_light(f->spread, cell);
    }
}

void fire_take_works(struct fire *f, struct world *w)
{
    for (; f->works_taken < w->works->count; f->works_taken++) {
        const struct work *piece = &w->works->work[f->works_taken];
        if (piece->task == FIRE_TASK_LINE || piece->task == FIRE_TASK_DROP)
            rasterise(f, piece, f->works_taken);
        else if (piece->task == FIRE_TASK_BURNOUT)
            burn_out(f, piece);
    }
    /* What was wetted dries. */
    for (int i = 0; i < f->lines; i++) {
        const struct work *piece = &w->works->work[f->line[i].work];
        if (f->line[i].stage == LINE_STANDING && piece->until_ms >= 0 &&
            piece->until_ms <= w->now_ms - w->tick_ms) {
            spread_unblock(f->spread, f->line[i].cell);
            f->line[i].stage = LINE_CUTTING;
            f->line[i].length_m = 0.0;
        }
    }
}

/* The hottest fire that leans on a line cell: from which cell and how hot; -1 when none does. */
static int leaning(const struct fire *f, int cell, double *intensity)
{
    int col = cell % f->cols, row = cell / f->cols, best = -1;
    double now = spread_now(f->spread);
    *intensity = 0.0;
    for (int k = 0; k < 9; k++) {
        int c = col + k % 3 - 1, r = row + k / 3 - 1;
        if (k == 4 || c < 0 || r < 0 || c >= f->cols || r >= f->cell_rows)
            continue;
        int from = r * f->cols + c;
        if (spread_state(f->spread, from) != SPREAD_BURNT ||
            now - spread_arrival(f->spread, from) > f->rows.contact_s)
            continue;
        double hot = fire_intensity_into(f, from, cell);
        if (hot > *intensity) {
            *intensity = hot;
            best = from;
        }
    }
    return best;
}

static struct cause cause_of_work(const struct fire *f, const struct work *piece)
{
    if (piece->event > 0)
        return cause_event(piece->event);
    if (piece->order > 0)
        return cause_order(piece->order);
    return f->growth_event > 0 ? cause_event(f->growth_event) : (struct cause){CAUSE_NONE, 0};
}

/* A strip that a bucket wetted: no line of anybody's. */
static bool is_bucket(const struct work *piece)
{
    return piece->task == FIRE_TASK_DROP && piece->line < 0;
}

static void say_crossed(struct fire *f, struct world *w, const struct line_cell *c, double flame_m)
{
    const struct work *piece = &w->works->work[c->work];
    int slot = piece->line + 1;
    /* One line gives way in many cells; it is said once in ten minutes. */
    if (is_bucket(piece) || (f->crossed_ms[slot] >= 0 && w->now_ms - f->crossed_ms[slot] < 600000))
        return;
    f->crossed_ms[slot] = w->now_ms;
    f->line_event[slot] = world_emit(
        w, &(struct event){.kind = FIRE_EV_LINE_CROSSED,
                           .i = {piece->line, c->work, FIRE_REASON_WIDTH},
                           .f = {c->width_m, flame_m},
                           .cause = cause_of_work(f, piece),
                           .also = f->weather_event > 0 ? cause_event(f->weather_event)
                                                        : (struct cause){CAUSE_NONE, 0}});
    f->crossed_event = f->line_event[slot];
}

static void say_held(struct fire *f, struct world *w, const struct line_cell *c, double flame_m)
{
    const struct work *piece = &w->works->work[c->work];
    int slot = piece->line + 1;
    if (f->line_event[slot] > 0 || is_bucket(piece)) /* a wetted strip has no name and is gone soon */
        return;
    f->line_event[slot] = world_emit(w, &(struct event){.kind = FIRE_EV_LINE_HELD,
                                                        .i = {piece->line, c->work},
                                                        .f = {c->width_m, flame_m},
                                                        .cause = cause_of_work(f, piece)});
}

void fire_test_lines(struct fire *f, struct world *w)
{
    for (int i = 0; i < f->lines; i++) {
        struct line_cell *c = &f->line[i];
        double hot;
        if (c->stage != LINE_STANDING || leaning(f, c->cell, &hot) < 0)
            continue;
        double flame_m = fire_flame_m(hot);
        if (c->width_m < f->rows.hold_factor * flame_m) {
            spread_unblock(f->spread, c->cell);
            c->stage = LINE_CROSSED;
            say_crossed(f, w, c, flame_m);
        } else
            say_held(f, w, c, flame_m);
    }
}

/* --- teams at the front --- */

/* A burning cell with open edge: its length, the flame on it, the square of its distance. */
struct edge {
    int cell, to; /* to: where it runs hottest */
    double length_m, flame_m, far2;
};

static bool edge_of(const struct fire *f, int cell, struct edge *out)
{
    const int col = cell % f->cols, row = cell / f->cols;
    double hot = 0.0;
    int open = 0;
    if (spread_state(f->spread, cell) != SPREAD_BURNT)
        return false;
    for (int k = 0; k < 4; k++) {
        int c = col + (k == 1) - (k == 3), r = row + (k == 2) - (k == 0);
        if (c < 0 || r < 0 || c >= f->cols || r >= f->cell_rows)
            continue;
        int to = r * f->cols + c;
        double t = spread_state(f->spread, to) == SPREAD_FREE ? spread_arrival(f->spread, to)
                                                              : SPREAD_NEVER;
        if (t >= SPREAD_NEVER)
            continue;
        open++;
        double one = fire_intensity_into(f, cell, to);
        if (open == 1 || one > hot)
            out->to = to;
        hot = num_max(hot, one);
    }
    if (open == 0)
        return false;
    out->cell = cell;
    /* One open side is one cell of front; a corner with two is its diagonal. */
    out->length_m = f->cell_m * (open == 1 ? 1.0 : open == 2 ? 1.41421356237309505 : 2.0);
    out->flame_m = fire_flame_m(hot);
    return true;
}

/* The nearest workable edge around a team; *too_high tells of edges with flames above its limit. */
static bool nearest_edge(const struct fire *f, const struct effort *job, struct edge *best,
                         bool *too_high)
{
    int mid = fire_cell_at(f, job->x, job->y);
    int reach = (int)num_ceil(num_max(job->reach_m, f->cell_m) / f->cell_m);
    bool found = false;
    *too_high = false;
    if (mid < 0)
        return false;
    for (int r = mid / f->cols - reach; r <= mid / f->cols + reach; r++)
        for (int c = mid % f->cols - reach; c <= mid % f->cols + reach; c++) {
            struct edge one;
            double x, y;
            if (c < 0 || r < 0 || c >= f->cols || r >= f->cell_rows ||
                !edge_of(f, r * f->cols + c, &one))
                continue;
            if (one.flame_m > f->crew[job->team].flame_limit_m) {
                *too_high = true;
                continue;
            }
            fire_center(f, one.cell, &x, &y);
            one.far2 = (x - job->x) * (x - job->x) + (y - job->y) * (y - job->y);
            if (found && one.far2 >= best->far2) /* rising cell ids: the first of equals stays */
                continue;
            *best = one;
            found = true;
        }
    return found;
}

/* Mop-up and guard where nothing burns openly any more. */
static void tend_embers(struct fire *f, struct effort *job, double tick_s)
{
    double reach = num_max(job->reach_m, f->cell_m);
    if (job->task == FIRE_TASK_MOPUP)
        job->done = fire_ember_mop(f, job, job->amount_s * tick_s);
    bool left = fire_ember_near(f, job->x, job->y, reach) >= 0;
    job->stopped = left || job->done > 0.0 ? W(REASON, NONE) : W(REASON, DONE);
}

/* The crews' rule of what not to attack is checked once a task; the order is theirs to answer for. */
static void check_rule(struct fire *f, struct world *w, const struct effort *job,
                       const struct edge *edge)
{
    int32_t rule = fire_rule_broken(f, job, edge->cell, edge->to, edge->flame_m);
    int bit = rule == FIRE_REASON_UPHILL ? 1 : rule == FIRE_REASON_HEADON ? 2 : rule == FIRE_REASON_TALL ? 4 : 8;
    if (rule == W(REASON, NONE) || f->warned[job->team] & bit)
        return;
    f->warned[job->team] |= (uint8_t)bit;
    world_emit(w, &(struct event){.kind = FIRE_EV_ATTACK_UNSAFE,
                                  .i = {job->team, rule},
                                  .f = {edge->flame_m},
                                  .cause = fire_cause(f),
                                  .also = fire_weather_cause(f)});
}

static void put_out(struct fire *f, const struct world *w, int cell)
{
    spread_quench(f->spread, cell);
    fire_ember_add(f, cell, (double)w->now_ms / 1000.0);
}

static void one_effort(struct fire *f, struct world *w, struct effort *job)
{
    double tick_s = (double)w->tick_ms / 1000.0;
    double *carry = &f->carry_m[job->team];
    struct edge best;
    bool too_high;
    job->done = 0.0;
    job->stopped = W(REASON, NONE);
    if (!nearest_edge(f, job, &best, &too_high)) {
        *carry = 0.0;
        if (too_high)
            job->stopped = FIRE_REASON_FLAME;
        else if (job->task == FIRE_TASK_MOPUP || job->task == FIRE_TASK_GUARD)
            tend_embers(f, job, tick_s);
        else
            job->stopped = W(REASON, DONE);
        return;
    }
    const double wind_limit_ms = f->crew[job->team].wind_limit_ms;
    if (wind_limit_ms > 0.0 && w->weather->now.wind_ms >= wind_limit_ms) {
        job->stopped = W(REASON, WIND);
        return;
    }
    if (job->task == FIRE_TASK_ATTACK)
        check_rule(f, w, job, &best);
    job->done = job->amount_s * tick_s;
    *carry += job->done;
    while (*carry >= best.length_m) {
        *carry -= best.length_m;
        put_out(f, w, best.cell);
        if (!nearest_edge(f, job, &best, &too_high))
            break;
    }
}

void fire_efforts(struct fire *f, struct world *w)
{
    uint8_t busy[TEAM_MAX] = {0};
    for (int i = 0; i < w->works->efforts; i++) {
        struct effort *job = &w->works->effort[i];
        if (job->team >= 0 && job->amount_s > 0.0 && fire_is_edge(job->task)) {
            busy[job->team] = 1;
            one_effort(f, w, job);
        }
    }
    for (int i = 0; i < ATLAS_COUNT(f->atlas, ENT_TEAM); i++)
        if (!busy[i])
            f->warned[i] = 0;
}

/* There is something to do for as long as any of it burns, in reach or not. */
void fire_efforts_left(struct fire *f, struct world *w)
{
    for (int i = 0; i < w->works->efforts; i++)
        if (fire_is_edge(w->works->effort[i].task))
            w->works->effort[i].left = f->burning ? f->front_m : 0.0;
}

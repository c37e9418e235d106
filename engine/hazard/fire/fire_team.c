/* fire_team.c -- what crews do to the fire, and what they refuse: response says which share of a crew's strength is
 * there (effort.amount_s), here it becomes metres of line, of front put out, of ground wetted. */
#include "base/num.h"
#include "hazard/fire/fire_parts.h"

#define TANK_MS (30 * 60000)  /* assumed: a full tank lasts 30 min of work */
#define REFILL_MS (25 * 60000)
#define RELAY_MS (8 * 60000)  /* with a water supply set up at the place */
#define DRY_OUTPUT 0.3        /* assumed: beaters and blowers without water */
#define REACH_M 300.0         /* along the edge, to both sides */
#define SEARCH_M 2500.0       /* how far a crew sees where the fire is */
#define MOPUP_SHARE 0.8
#define GUARD_SHARE 0.2
#define PIECE_M 5.0
#define BURN_FACTOR 2.0       /* assumed: torches along a finished line, against building it */
#define BURN_OFFSET_M 25.0
#define DROP_EVERY_MS (6 * 60000) /* assumed: a turn to the dip site and back with a bucket of about 3 t */
#define DROP_LENGTH_M 60.0        /* assumed: the wetted strip of one bucket, and .. */
#define DROP_WIDTH_M 15.0
#define DROP_AHEAD_M 40.0         /* .. where it lies before the head */
#define DROP_WET_MS (30 * 60000)  /* assumed: until it is dry again in great heat */
#define AIR_WIND_MS 14.0      /* assumed for bucket drops: below force 7 */
#define FLAME_LIMIT_M 1.5     /* of a crew that the scenario says nothing of; see fire_rows.c */
#define POWER_M 100.0         /* no water and no tools this near to a live line */

static struct cause cause_of(const struct effort *job)
{
    return job->order > 0 ? cause_order(job->order) : (struct cause){CAUSE_NONE, 0};
}

/* ---- the crews as read ---- */

enum rc fire_read_crews(struct fire *f, struct arena *perm, struct err *e)
{
    const int teams = ATLAS_COUNT(f->atlas, ENT_TEAM);
    const struct fire_crew *rows = atlas_more(f->atlas, FIRE_OWNER, FIRE_MORE_TEAMS);
    const struct doc *d = f->atlas->doc ? doc_get(f->atlas->doc, "teams") : NULL;

    f->crew = ARENA_NEW(perm, struct fire_crew, teams + 1);
    f->water_l = ARENA_NEW(perm, double, teams + 1);
    f->dry = ARENA_NEW(perm, uint8_t, teams + 1);
    f->busy_ms = ARENA_NEW(perm, int64_t, teams + 1);
    f->laid_m = ARENA_NEW(perm, double, ATLAS_COUNT(f->atlas, ENT_LINE) + 1);
    f->built_m = ARENA_NEW(perm, double, ATLAS_COUNT(f->atlas, ENT_LINE) + 1);
    f->line_done = ARENA_NEW(perm, uint8_t, ATLAS_COUNT(f->atlas, ENT_LINE) + 1);
    f->dead_line = ARENA_NEW(perm, uint8_t, ATLAS_COUNT(f->atlas, ENT_LINE) + 1);
    f->extent = ARENA_NEW(perm, uint8_t, FIRE_EXTENT * FIRE_EXTENT);
    if (!f->crew || !f->water_l || !f->dry || !f->busy_ms || !f->laid_m || !f->built_m ||
        !f->line_done ||
        !f->dead_line || !f->extent)
        return ERR0(e, RC_MEMORY, MSG_FIRE_MEMORY);
    d = d ? d->child : NULL;
    for (int i = 0; i < teams; i++, d = d ? d->next : NULL) {
        f->crew[i] = rows ? rows[i] : (struct fire_crew){.line_width_m = 2.0, .flame_limit_m = FLAME_LIMIT_M};
        if (f->atlas->team[i].flies && d && !doc_get(d, "wind_limit_ms"))
            f->crew[i].wind_limit_ms = AIR_WIND_MS;
        f->water_l[i] = f->crew[i].water_l;
    }
    return RC_OK;
}

/* ---- control lines ---- */

/* Adds what was built (or lit) from a to b metres along the line, corner by corner, so far to the side of it. */
static bool add_pieces(const struct fire *f, struct world *w, const struct effort *job, double from_m,
                       double to_m, double side_m)
{
    const struct control_line *line = &f->atlas->line[job->target];
    double start = 0.0;
    for (int32_t k = 0; k + 1 < line->points; k++) {
        const double *p = line->xy + (ptrdiff_t)k * 2;
        double dx = p[2] - p[0], dy = p[3] - p[1], length = num_hypot(dx, dy);
        double a = num_max(from_m - start, 0.0), b = num_min(to_m - start, length);
        start += length;
        if (length <= 0.0 || b <= a)
            continue;
        double nx = -dy / length * side_m, ny = dx / length * side_m;
        struct work piece = {.task = job->task, .team = job->team, .line = job->target, .asset = -1,
                             .ax = p[0] + dx * a / length + nx, .ay = p[1] + dy * a / length + ny,
                             .bx = p[0] + dx * b / length + nx, .by = p[1] + dy * b / length + ny,
                             .amount = line->width_m, .at_ms = w->now_ms, .until_ms = -1,
                             .order = job->order, .event = job->event};
        if (!works_add(w->works, &piece))
            return false;
    }
    return true;
}

static void build_line(struct fire *f, struct world *w, struct effort *job)
{
    const struct fire_crew *crew = &f->crew[job->team];
    const struct control_line *line = &f->atlas->line[job->target];
    const int cell = fire_cell_at(f, job->x, job->y);
    const double ground = cell >= 0 ? f->fuel_row[f->fuel[cell]].line : 1.0;
    double *laid = &f->laid_m[job->target];
    /* The crew's rate is for its own width; a wider break takes as much more work. */
    job->amount_s = crew->line_mh / 3600.0 * job->amount_s * ground *
                    num_min(1.0, crew->line_width_m / num_max(1.0, line->width_m));
    const double to = num_min(line->length_m, job->from_m + job->amount_s * (double)w->tick_ms / 1000.0);
    /* Recorded in pieces of some metres: a long break of many days must not fill the record. */
    if (to - *laid >= PIECE_M || (to >= line->length_m && to > *laid)) {
        if (!add_pieces(f, w, job, *laid, to, 0.0)) {
            job->stopped = W(REASON, BUSY);
            return;
        }
        *laid = to;
    }
    job->done = to - job->from_m;
    job->from_m = f->built_m[job->target] = to;
    job->left = line->length_m - to;
    if (job->left > 0.0 || f->line_done[job->target])
        return;
    f->line_done[job->target] = 1;
    (void)world_emit(w, &(struct event){.kind = EV_LINE_DONE,
                                        .i = {job->target, job->team},
                                        .f = {line->length_m, line->width_m},
                                        .cause = cause_event(job->event),
                                        .also = cause_of(job)});
}

double fire_line_built_m(const struct fire *f)
{
    double sum = 0.0;
    for (int k = 0; k < ATLAS_COUNT(f->atlas, ENT_LINE); k++) {
        const double length = f->atlas->line[k].length_m;
        sum += length > 0.0 ? f->built_m[k] / length * length : 0.0;
    }
    return sum;
}

/* Lights the fuel between a finished line and the fire, on the side of the fire. */
static void burn_line(const struct fire *f, struct world *w, struct effort *job)
{
    const struct control_line *line = &f->atlas->line[job->target];
    const double built = num_max(f->built_m[job->target], job->from_m);
    double ax, ay, bx, by;
    job->amount_s = num_max(100.0, f->crew[job->team].line_mh) * BURN_FACTOR / 3600.0 * job->amount_s;
    const double from = job->from_m;
    const double to = num_min(built, from + job->amount_s * (double)w->tick_ms / 1000.0);
    line_point(line, from, &ax, &ay);
    line_point(line, num_max(to, from + 1.0), &bx, &by);
    const double side = (bx - ax) * (f->head_y - ay) - (by - ay) * (f->head_x - ax);
    if (to > from)
        (void)add_pieces(f, w, job, from, to, side >= 0.0 ? BURN_OFFSET_M : -BURN_OFFSET_M);
    job->done = to - from;
    job->from_m = to;
    job->left = built - to;
}

/* ---- the edge ---- */

/* The nearest ground the fire is on or was on, as coarse as a crew makes it out. */
static bool nearest_fire(const struct fire *f, double x, double y, double *fx, double *fy)
{
    const double cw = f->atlas->map.width_m / FIRE_EXTENT, ch = f->atlas->map.height_m / FIRE_EXTENT;
    double best2 = SEARCH_M * SEARCH_M;
    bool found = false;
    for (int row = 0; row < FIRE_EXTENT; row++) {
        for (int col = 0; col < FIRE_EXTENT; col++) {
            if (!f->extent[row * FIRE_EXTENT + col])
                continue;
            double cx = (col + 0.5) * cw, cy = (FIRE_EXTENT - 1 - row + 0.5) * ch;
            double d2 = (cx - x) * (cx - x) + (cy - y) * (cy - y);
            if (d2 >= best2)
                continue;
            best2 = d2;
            *fx = cx;
            *fy = cy;
            found = true;
        }
    }
    return found;
}

/* Walks towards the edge until it is within reach. */
static void close_in(const struct fire *f, const struct world *w, struct effort *job)
{
    double fx = 0.0, fy = 0.0;
    if (!nearest_fire(f, job->x, job->y, &fx, &fy))
        return;
    double dx = fx - job->x, dy = fy - job->y, left = num_hypot(dx, dy);
    double step = f->atlas->team[job->team].walk_ms * 0.5 * (double)w->tick_ms / 1000.0;
    step = num_min(step, left - REACH_M * 0.5);
    if (step <= 0.0 || left <= 0.0)
        return;
    job->x += dx / left * step;
    job->y += dy / left * step;
}

static double edge_rate(const struct fire *f, const struct effort *job)
{
    double rate = f->crew[job->team].attack_mh / 3600.0;
    if (job->task == FIRE_TASK_MOPUP)
        rate *= MOPUP_SHARE;
    if (job->task == FIRE_TASK_GUARD)
        rate *= GUARD_SHARE;
    return f->dry[job->team] ? rate * DRY_OUTPUT : rate;
}

static void use_water(struct fire *f, struct world *w, const struct effort *job)
{
    const int i = job->team;
    const double tank = f->crew[i].water_l;
    if (tank <= 0.0)
        return;
    if (f->dry[i]) {
        if (f->busy_ms[i] <= w->now_ms) {
            f->dry[i] = 0;
            f->water_l[i] = tank;
        }
        return;
    }
    f->water_l[i] -= tank * (double)w->tick_ms / TANK_MS;
    if (f->water_l[i] > 0.0)
        return;
    f->water_l[i] = 0.0;
    const bool relay =
        job->target_kind == ON_PLACE && works_people(w->works, job->target, W(TASK, WATER)) > 0;
    if (!relay)
        (void)world_emit(
            w, &(struct event){.kind = FIRE_EV_TEAM_DRY, .i = {i}, .cause = cause_event(job->event)});
    f->dry[i] = 1;
    f->busy_ms[i] = w->now_ms + (relay ? RELAY_MS : REFILL_MS);
}

/* A bucket wets a strip across the wind ahead of the head, when that is within reach: fire stops there
 * until it is dry. */
static void wet_ahead(struct fire *f, struct world *w, const struct effort *job)
{
    const double limit = f->crew[job->team].wind_limit_ms;
    const bool windy = limit > 0.0 && w->weather->now.wind_ms >= limit;
    if (f->busy_ms[job->team] > w->now_ms || windy || job->stopped == W(REASON, DONE) ||
        num_hypot(f->head_x - job->x, f->head_y - job->y) > job->reach_m)
        return;
    double from = w->weather->now.from_deg * 0.017453292519943295;
    double ex = -num_sin(from), ey = -num_cos(from); /* where the wind goes */
    double mx = f->head_x + ex * DROP_AHEAD_M, my = f->head_y + ey * DROP_AHEAD_M;
    const double half = DROP_LENGTH_M / 2.0;
    const struct work strip = {.task = FIRE_TASK_DROP, .team = job->team, .line = -1, .asset = -1,
                               .ax = mx - ey * half, .ay = my + ex * half,
                               .bx = mx + ey * half, .by = my - ex * half, .amount = DROP_WIDTH_M,
                               .at_ms = w->now_ms, .until_ms = w->now_ms + DROP_WET_MS,
                               .order = job->order, .event = job->event};
    (void)works_add(w->works, &strip); /* a full record: later buckets only put out */
    f->busy_ms[job->team] = w->now_ms + DROP_EVERY_MS;
}

bool fire_is_edge(int32_t task)
{
    return task == FIRE_TASK_ATTACK || task == FIRE_TASK_MOPUP || task == FIRE_TASK_GUARD ||
           task == FIRE_TASK_DROP;
}

void fire_effort(void *self, struct world *w, struct effort *job)
{
    struct fire *f = self;
    if (job->task == FIRE_TASK_LINE) {
        build_line(f, w, job);
    } else if (job->task == FIRE_TASK_BURNOUT) {
        burn_line(f, w, job);
    } else if (fire_is_edge(job->task)) {
        use_water(f, w, job);
        if (job->stopped == W(REASON, DONE))
            close_in(f, w, job);
        job->reach_m = f->atlas->team[job->team].flies ? 3.0 * REACH_M : REACH_M;
        job->amount_s *= edge_rate(f, job);
        if (job->task == FIRE_TASK_DROP)
            wet_ahead(f, w, job);
    }
}

double fire_stock(const void *self, int32_t team, struct title *name)
{
    const struct fire *f = self;
    *name = (struct title){text_of(msg_text(LANG_ZH, MSG_FIRE_WATER)), text_of(msg_text(LANG_EN, MSG_FIRE_WATER))};
    return f->crew[team].water_l > 0 ? f->water_l[team] / f->crew[team].water_l : -1.0;
}

/* ---- what a leader refuses: 三先四不打 as far as a model can see it ---- */

static bool live_line_near(const struct fire *f, double x, double y)
{
    for (int k = 0; k < ATLAS_COUNT(f->atlas, ENT_LINE); k++) {
        const struct control_line *line = &f->atlas->line[k];
        if (line->kind != LINE_POWER || f->dead_line[k])
            continue;
        for (double at = 0.0; at <= line->length_m; at += 50.0) {
            double lx, ly;
            line_point(line, at, &lx, &ly);
            if (num_hypot(lx - x, ly - y) < POWER_M)
                return true;
        }
    }
    return false;
}

bool fire_refuse(const void *self, const struct world *w, const struct task_order *o, int32_t *reason)
{
    const struct fire *f = self;
    const bool fights = o->task == FIRE_TASK_ATTACK || o->task == FIRE_TASK_BURNOUT;
    if (fights && atlas_is_night(f->atlas, w->now_ms) && !(o->with & SAFETY_BIT(LOOKOUT)))
        *reason = W(REASON, NIGHT);
    else if (o->task == FIRE_TASK_ATTACK && o->tactic == FIRE_TACTIC_HEAD)
        *reason = W(REASON, SAFETY);
    else if ((fights || o->task == FIRE_TASK_LINE) && live_line_near(f, o->x, o->y))
        *reason = W(REASON, POWERED);
    else
        return false;
    return true;
}

/* teams_work.c -- tasks: lines, direct attack, mop-up, burn-out, drops and what only needs people there. */
#include "base/num.h"
#include "response/teams.h"

#define TIRED_LOSS 0.4        /* assumed: output lost by the end of a shift */
#define TIRED_OUTPUT 0.5      /* assumed: output of an exhausted crew */
#define NIGHT_OUTPUT 0.5      /* assumed: hand crews by night */
#define HEAT_C 37.0
#define HEAT_OUTPUT 0.8       /* assumed: in great heat with protective clothing */
#define COLLAPSE_SHARE 0.05   /* assumed: of a crew at hard work in the heat that has run out of drinking water */
#define COLLAPSE 1.5          /* shifts after which a crew stops by itself */
#define TANK_MS (30 * 60000)  /* assumed: a full tank lasts 30 min of work */
#define REFILL_MS (25 * 60000)
#define RELAY_MS (8 * 60000)  /* with a water supply set up at the place */
#define DRY_OUTPUT 0.3        /* assumed: beaters and blowers without water */
#define REACH_M 300.0         /* along the edge, to both sides */
#define SEARCH_M 2500.0       /* how far a crew sees where the fire is */
#define IDLE_MS (20 * 60000)  /* nothing left to do for so long: done */
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

/* ---- control lines ---- */

void line_point(const struct control_line *line, double at_m, double *x, double *y)
{
    const double *p = line->xy;
    *x = p[0];
    *y = p[1];
    for (int32_t k = 0; k + 1 < line->points; k++, p += 2) {
        double dx = p[2] - p[0], dy = p[3] - p[1], length = num_hypot(dx, dy);
        double share = length > 0.0 ? num_clamp(at_m / length, 0.0, 1.0) : 1.0;
        *x = p[0] + dx * share;
        *y = p[1] + dy * share;
        if (at_m <= length)
            return;
        at_m -= length;
    }
}

/* Adds what was built (or lit) from a to b metres along the line, corner by corner. */
static bool add_pieces(struct response *r, struct world *w, int32_t i, double from_m, double to_m, int32_t kind,
                       double side_m)
{
    struct teams *t = r->teams;
    const struct control_line *line = &r->atlas->line[t->line[i]];
    double start = 0.0;
    for (int32_t k = 0; k + 1 < line->points; k++) {
        const double *p = line->xy + (ptrdiff_t)k * 2;
        double dx = p[2] - p[0], dy = p[3] - p[1], length = num_hypot(dx, dy);
        double a = num_max(from_m - start, 0.0), b = num_min(to_m - start, length);
        start += length;
        if (length <= 0.0 || b <= a)
            continue;
        double nx = -dy / length * side_m, ny = dx / length * side_m;
        struct work piece = {.kind = kind, .team = i, .line = t->line[i],
                             .ax = p[0] + dx * a / length + nx, .ay = p[1] + dy * a / length + ny,
                             .bx = p[0] + dx * b / length + nx, .by = p[1] + dy * b / length + ny,
                             .width_m = line->width_m, .at_ms = w->now_ms, .until_ms = -1,
                             .order = t->order[i], .event = t->start_event[i]};
        if (!works_add(w->works, &piece))
            return false;
    }
    return true;
}

double team_output(const struct response *r, const struct world *w, int32_t i)
{
    const struct teams *t = r->teams;
    const struct team *team = &r->atlas->team[i];
    double share = team->people > 0 ? (double)t->people[i] / team->people : 0.0;
    double worn = team->shift_ms > 0 ? num_min(1.0, (double)t->worked_ms[i] / (double)team->shift_ms) : 0.0;
    share *= t->tired[i] ? TIRED_OUTPUT : 1.0 - TIRED_LOSS * worn;
    share *= supply_output(r, i);
    if (team->flies)
        return share;
    if (atlas_is_night(r->atlas, w->now_ms))
        share *= NIGHT_OUTPUT;
    if (w->weather->now.temp_c >= HEAT_C)
        share *= HEAT_OUTPUT;
    return share * exposure_team(w->exposure, i).work;
}

/* ---- starting and stopping ---- */

static void stop(struct response *r, struct world *w, int32_t i, int32_t reason, struct cause cause)
{
    struct teams *t = r->teams;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TASK_STOPPED,
                                                  .i = {i, t->task[i], reason},
                                                  .cause = cause,
                                                  .also = t->order[i] > 0 ? cause_order(t->order[i])
                                                                          : (struct cause){CAUSE_NONE, 0}});
    team_say(r, w, i, event);
}

static void done(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TASK_DONE,
                                                  .i = {i, t->task[i], t->dest[i], t->line[i]},
                                                  .cause = cause_event(t->start_event[i])});
    team_say(r, w, i, event);
}

void team_start(struct response *r, struct world *w, int32_t i, struct cause cause)
{
    struct teams *t = r->teams;
    if (t->flags[i] & FLAG_WITHDRAW || t->task[i] == W(TASK, STANDBY))
        return;
    if (t->task[i] == W(TASK, REST)) {
        team_say(r, w, i, 0);
        return;
    }
    t->idle_ms[i] = 0;
    t->stopped[i] = W(REASON, NONE);
    t->start_event[i] = world_emit(w, &(struct event){.kind = EV_TASK_STARTED,
                                                      .i = {i, t->task[i], t->dest[i], t->line[i]},
                                                      .cause = cause,
                                                      .also = t->order[i] > 0 ? cause_order(t->order[i])
                                                                              : (struct cause){CAUSE_NONE, 0}});
    team_say(r, w, i, t->start_event[i]);
    int32_t other = t->relieves[i];
    t->relieves[i] = -1;
    if (other >= 0 && t->stage[other] == W(STAGE, WORKING))
        team_withdraw(r, w, other, r->atlas->team[other].home, W(REASON, ORDERED), cause_event(t->start_event[i]));
}

/* ---- one step of each kind ---- */

static void build_line(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    const struct team *team = &r->atlas->team[i];
    const struct control_line *line = &r->atlas->line[t->line[i]];
    double *built = &t->line_m[t->line[i]];
    /* The crew's rate is for its own width; a wider break takes as much more work. */
    double rate = team->line_mh / 3600.0 * team_output(r, w, i) * exposure_team(w->exposure, i).line *
                  num_min(1.0, team->line_width_m / num_max(1.0, line->width_m));
    double *laid = &t->laid_m[t->line[i]];
    double to = num_min(line->length_m, *built + rate * (double)w->tick_ms / 1000.0);
    /* Recorded in pieces of some metres: a long break of many days must not fill the record. */
    if (to - *laid >= PIECE_M || (to >= line->length_m && to > *laid)) {
        if (!add_pieces(r, w, i, *laid, to, WORK_LINE, 0.0)) {
            stop(r, w, i, W(REASON, BUSY), cause_event(t->start_event[i]));
            return;
        }
        *laid = to;
    }
    *built = to;
    line_point(line, to, &t->x[i], &t->y[i]);
    if (to < line->length_m)
        return;
    if (t->line_event[t->line[i]] == 0)
        (void)world_emit(w, &(struct event){.kind = EV_LINE_DONE,
                                            .i = {t->line[i], i},
                                            .f = {line->length_m, line->width_m},
                                            .cause = cause_event(t->start_event[i]),
                                            .also = t->order[i] > 0 ? cause_order(t->order[i])
                                                                    : (struct cause){CAUSE_NONE, 0}});
    done(r, w, i);
}

/* Lights the fuel between a finished line and the fire, on the side of the fire. */
static void burn_line(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    const struct control_line *line = &r->atlas->line[t->line[i]];
    double *burnt = &t->burnt_m[t->line[i]], ax, ay, bx, by;
    double rate = num_max(100.0, r->atlas->team[i].line_mh) * BURN_FACTOR / 3600.0 * team_output(r, w, i);
    double from = *burnt, to = num_min(t->line_m[t->line[i]], from + rate * (double)w->tick_ms / 1000.0);
    line_point(line, from, &ax, &ay);
    line_point(line, num_max(to, from + 1.0), &bx, &by);
    double side = (bx - ax) * (w->exposure->head_y - ay) - (by - ay) * (w->exposure->head_x - ax);
    if (to > from)
        (void)add_pieces(r, w, i, from, to, WORK_BURN, side >= 0.0 ? BURN_OFFSET_M : -BURN_OFFSET_M);
    *burnt = to;
    line_point(line, to, &t->x[i], &t->y[i]);
    if (to >= t->line_m[t->line[i]])
        done(r, w, i);
}

/* The nearest ground the fire is on or was on, by the grid of what observers can see. */
static bool nearest_fire(const struct response *r, const struct world *w, double x, double y, double *fx, double *fy)
{
    double cw = r->atlas->map.width_m / KNOWN_GRID, ch = r->atlas->map.height_m / KNOWN_GRID;
    double best2 = SEARCH_M * SEARCH_M;
    bool found = false;
    for (int row = 0; row < KNOWN_GRID; row++) {
        for (int col = 0; col < KNOWN_GRID; col++) {
            if (!w->exposure->extent[row * KNOWN_GRID + col])
                continue;
            double cx = (col + 0.5) * cw, cy = (KNOWN_GRID - 1 - row + 0.5) * ch;
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
static void close_in(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    double fx, fy;
    if (!nearest_fire(r, w, t->x[i], t->y[i], &fx, &fy))
        return;
    double dx = fx - t->x[i], dy = fy - t->y[i], left = num_hypot(dx, dy);
    double step = r->atlas->team[i].walk_ms * 0.5 * (double)w->tick_ms / 1000.0;
    step = num_min(step, left - REACH_M * 0.5);
    if (step <= 0.0 || left <= 0.0)
        return;
    t->x[i] += dx / left * step;
    t->y[i] += dy / left * step;
}

static double edge_rate(const struct response *r, int32_t i)
{
    const struct teams *t = r->teams;
    double rate = r->atlas->team[i].attack_mh / 3600.0;
    if (t->task[i] == W(TASK, MOPUP))
        rate *= MOPUP_SHARE;
    if (t->task[i] == W(TASK, GUARD))
        rate *= GUARD_SHARE;
    return t->dry[i] ? rate * DRY_OUTPUT : rate;
}

static void use_water(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    double tank = r->atlas->team[i].water_l;
    if (tank <= 0.0)
        return;
    if (t->dry[i]) {
        if (t->until_ms[i] <= w->now_ms) {
            t->dry[i] = 0;
            t->water_l[i] = tank;
        }
        return;
    }
    t->water_l[i] -= tank * (double)w->tick_ms / TANK_MS;
    if (t->water_l[i] > 0.0)
        return;
    t->water_l[i] = 0.0;
    bool relay = t->dest[i] >= 0 && teams_working(r, t->dest[i], W(TASK, WATER)) > 0;
    if (!relay)
        team_say(r, w, i,
                 world_emit(w, &(struct event){.kind = EV_TEAM_DRY, .i = {i}, .cause = cause_event(t->start_event[i])}));
    t->dry[i] = 1;
    t->until_ms[i] = w->now_ms + (relay ? RELAY_MS : REFILL_MS);
}

/* A bucket wets a strip across the wind ahead of the head, when that is within reach: fire stops there until it is dry. */
static void wet_ahead(const struct response *r, struct world *w, int32_t i, double reach)
{
    struct teams *t = r->teams;
    const struct exposure *x = w->exposure;
    double limit = r->atlas->team[i].wind_limit_ms;
    bool windy = limit > 0.0 && w->weather->now.wind_ms >= limit;
    if (t->until_ms[i] > w->now_ms || windy || t->stopped[i] == W(REASON, DONE) ||
        num_hypot(x->head_x - t->x[i], x->head_y - t->y[i]) > reach)
        return;
    double from = w->weather->now.from_deg * 0.017453292519943295;
    double ex = -num_sin(from), ey = -num_cos(from); /* where the wind goes */
    double mx = x->head_x + ex * DROP_AHEAD_M, my = x->head_y + ey * DROP_AHEAD_M, half = DROP_LENGTH_M / 2.0;
    const struct work strip = {.kind = WORK_WET, .team = i, .line = -1, .ax = mx - ey * half, .ay = my + ex * half,
                               .bx = mx + ey * half, .by = my - ex * half, .width_m = DROP_WIDTH_M, .at_ms = w->now_ms,
                               .until_ms = w->now_ms + DROP_WET_MS, .order = t->order[i], .event = t->start_event[i]};
    (void)works_add(w->works, &strip); /* a full record: later buckets only put out */
    t->until_ms[i] = w->now_ms + DROP_EVERY_MS;
}

static void work_edge(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    use_water(r, w, i);
    if (t->stopped[i] == W(REASON, DONE))
        close_in(r, w, i);
    struct works *works = w->works;
    ASSERT(works->efforts < works->effort_cap);
    double reach = r->atlas->team[i].flies ? 3.0 * REACH_M : REACH_M;
    works->effort[works->efforts++] = (struct effort){.team = i, .kind = t->task[i], .x = t->x[i], .y = t->y[i],
                                                      .rate_ms = edge_rate(r, i) * team_output(r, w, i),
                                                      .reach_m = reach,
                                                      .flame_limit_m = r->atlas->team[i].flame_limit_m,
                                                      .wind_limit_ms = r->atlas->team[i].wind_limit_ms};
    if (t->task[i] == W(TASK, DROP))
        wet_ahead(r, w, i, reach);
}

static void get_tired(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    int64_t shift = r->atlas->team[i].shift_ms;
    t->worked_ms[i] += w->tick_ms;
    if (shift <= 0 || t->worked_ms[i] < shift)
        return;
    if (!t->tired[i]) {
        int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_TIRED,
                                                      .i = {i, (int32_t)t->worked_ms[i]},
                                                      .cause = cause_event(t->start_event[i])});
        team_say(r, w, i, event);
    } else if ((double)t->worked_ms[i] >= COLLAPSE * (double)shift) {
        stop(r, w, i, W(REASON, TIRED), cause_event(t->start_event[i]));
    }
}

void team_work(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    bool out_of_sky = team_flies(r, i) && atlas_is_night(r->atlas, w->now_ms);
    if (out_of_sky) {
        stop(r, w, i, W(REASON, NIGHT), cause_event(t->start_event[i]));
        return;
    }
    get_tired(r, w, i);
    if (t->stage[i] != W(STAGE, WORKING))
        return;
    if (t->task[i] == W(TASK, LINE))
        build_line(r, w, i);
    else if (t->task[i] == W(TASK, BURNOUT))
        burn_line(r, w, i);
    else if (t->task[i] == W(TASK, ATTACK) || t->task[i] == W(TASK, MOPUP) || t->task[i] == W(TASK, GUARD) ||
             t->task[i] == W(TASK, DROP))
        work_edge(r, w, i);
}

int64_t team_why(const struct response *r, int32_t team) { return r->teams->start_event[team]; }

void teams_run_out(struct response *r, struct world *w, int32_t i, bool harm, int64_t event)
{
    struct teams *t = r->teams;
    int32_t hurt = 0;
    if (!harm) {
        stop(r, w, i, W(REASON, STOCK), cause_event(event));
        t->stopped[i] = W(REASON, STOCK);
        return;
    }
    for (int32_t k = 0; k < t->people[i] && w->weather->now.temp_c >= HEAT_C; k++)
        hurt += rng_unit(&t->luck) < COLLAPSE_SHARE;
    if (hurt > 0)
        event = world_emit(w, &(struct event){.kind = EV_TEAM_HURT,
                                              .i = {i, hurt, 0, (int32_t)t->order[i]},
                                              .cause = cause_event(event),
                                              .also = t->order[i] > 0 ? cause_order(t->order[i]) : (struct cause){CAUSE_NONE, 0}});
    if (t->stage[i] != W(STAGE, LOST))
        team_withdraw(r, w, i, r->atlas->team[i].home, W(REASON, STOCK), cause_event(event));
}

void teams_resume(struct response *r, struct world *w, int32_t i, int64_t event)
{
    struct teams *t = r->teams;
    if (t->stage[i] == W(STAGE, READY) && t->leg[i] == LEG_NONE && t->eta_ms[i] < 0 && t->stopped[i] == W(REASON, STOCK))
        team_start(r, w, i, cause_event(event));
}

void team_answer_efforts(struct response *r, struct world *w)
{
    struct teams *t = r->teams;
    for (int32_t k = 0; k < w->works->efforts; k++) {
        const struct effort *job = &w->works->effort[k];
        int32_t i = job->team;
        if (t->stage[i] != W(STAGE, WORKING) || t->task[i] != job->kind)
            continue;
        t->idle_ms[i] = job->stopped == W(REASON, DONE) ? t->idle_ms[i] + w->tick_ms : 0;
        bool driven_off = job->stopped == W(REASON, FLAME) || job->stopped == W(REASON, WIND);
        if (driven_off && t->stopped[i] != job->stopped) {
            stop(r, w, i, job->stopped,
                 w->exposure->event > 0 ? cause_event(w->exposure->event) : (struct cause){CAUSE_NONE, 0});
        }
        t->stopped[i] = job->stopped;
        if (t->idle_ms[i] >= IDLE_MS && (exposure_over(w->exposure) || w->exposure->front_m <= 0.0))
            done(r, w, i);
    }
}

/* fire_ember.c -- what smoulders along an edge that was put out: it comes back until it is mopped up. */
#include "base/num.h"
#include "hazard/fire/fire_parts.h"

#define COOLS_S (12.0 * 3600.0) /* assumed: after 12 h half as likely, after 36 h a quarter */
#define GUARD_MISSES 0.1        /* assumed: one in ten fires under guard comes back unseen */

static bool can_burn(const struct fire *f, int col, int row)
{
    if (col < 0 || row < 0 || col >= f->cols || row >= f->cell_rows)
        return false;
    return spread_state(f->spread, row * f->cols + col) == SPREAD_FREE;
}

/* A cell beside this one that has not burnt; -1 when there is none. */
static int unburnt_beside(const struct fire *f, int cell)
{
    int col = cell % f->cols, row = cell / f->cols;
    for (int k = 0; k < 4; k++) {
        int c = col + (k == 1) - (k == 3), r = row + (k == 2) - (k == 0);
        if (can_burn(f, c, r))
            return r * f->cols + c;
    }
    return -1;
}

void fire_ember_add(struct fire *f, int cell, double now_s)
{
    if (f->embers == f->cols * f->cell_rows || f->smoulders[cell] || unburnt_beside(f, cell) < 0)
        return;
    f->smoulders[cell] = 1;
    f->ember_cell[f->embers] = cell;
    f->ember_s[f->embers] = (int32_t)now_s;
    f->ember_m[f->embers] = (float)f->cell_m;
    f->embers++;
}

void fire_ember_all(struct fire *f, double now_s)
{
    for (int i = 0; i < spread_burnt_count(f->spread); i++)
        if (spread_state(f->spread, spread_burnt(f->spread, i)) == SPREAD_BURNT)
            fire_ember_add(f, spread_burnt(f->spread, i), now_s);
}

static void drop(struct fire *f, int i)
{
    f->smoulders[f->ember_cell[i]] = 0;
    f->embers--;
    f->ember_cell[i] = f->ember_cell[f->embers];
    f->ember_s[i] = f->ember_s[f->embers];
    f->ember_m[i] = f->ember_m[f->embers];
}

int fire_ember_near(const struct fire *f, double x, double y, double reach_m)
{
    double best2 = reach_m * reach_m;
    int best = -1;
    for (int i = 0; i < f->embers; i++) {
        double ex, ey;
        fire_center(f, f->ember_cell[i], &ex, &ey);
        double d2 = (ex - x) * (ex - x) + (ey - y) * (ey - y);
        if (d2 > best2 || (d2 == best2 && best >= 0 && f->ember_cell[i] > f->ember_cell[best]))
            continue;
        best2 = d2;
        best = i;
    }
    return best;
}

double fire_ember_mop(struct fire *f, const struct effort *job, double metres)
{
    double done = 0.0;
    while (metres > 0.0) {
        int i = fire_ember_near(f, job->x, job->y, num_max(job->reach_m, f->cell_m));
        if (i < 0)
            return done;
        double left = (double)f->ember_m[i], part = num_min(left, metres);
        f->ember_m[i] = (float)(left - part);
        done += part;
        metres -= part;
        if (f->ember_m[i] <= 0.0f)
            drop(f, i);
        else
            break;
    }
    return done;
}

/* Expected fires a second, one ember after another; the dryness and wind of now are factored out. */
static double weight(const struct fire *f, int i, double now_s)
{
    return (double)f->ember_m[i] / (1.0 + (now_s - (double)f->ember_s[i]) / COOLS_S);
}

/* How readily it catches: 1 at 6 % fine dead moisture and 5 m/s, nothing above 18 %. Assumed. */
static double readiness(const struct fire *f)
{
    double fine = f->rows.dead > 0.0
                      ? f->rows.dead
                      : moisture_fine_dead(f->air.temp_c, f->air.humidity, f->air.hour, 0.0);
    double dry = num_clamp((0.18 - fine) / 0.12, 0.0, 1.5);
    return dry * num_clamp(num_hypot(f->air.wind_e, f->air.wind_n) / 5.0, 0.3, 3.0);
}

static bool guarded(const struct fire *f, const struct world *w, int cell)
{
    double x, y;
    fire_center(f, cell, &x, &y);
    for (int i = 0; i < w->works->efforts; i++) {
        const struct effort *job = &w->works->effort[i];
        bool watches = job->task == FIRE_TASK_GUARD || job->task == FIRE_TASK_MOPUP;
        double reach = num_max(job->reach_m, f->cell_m);
        if (watches && job->team >= 0 &&
            (job->x - x) * (job->x - x) + (job->y - y) * (job->y - y) <= reach * reach)
            return true;
    }
    return false;
}

void fire_embers_wake(struct fire *f, struct world *w)
{
    double now_s = (double)w->now_ms / 1000.0, sum = 0.0;
    if (f->embers == 0 || f->rows.reburn <= 0.0)
        return;
    for (int i = 0; i < f->embers; i++)
        sum += weight(f, i, now_s);
    /* reburn counts a kilometre and an hour */
    double expected = sum / 1000.0 * f->rows.reburn * readiness(f) * (double)w->tick_ms / 3600000.0;
    double luck = rng_unit(&f->luck), pick = rng_unit(&f->luck) * sum;
    double seen = rng_unit(&f->luck);
    if (luck >= 1.0 - num_exp(-expected))
        return;
    int i = 0;
    for (; i < f->embers - 1; i++) {
        pick -= weight(f, i, now_s);
        if (pick < 0.0)
            break;
    }
    int cell = f->ember_cell[i], to = unburnt_beside(f, cell);
    if (to >= 0 && guarded(f, w, cell) && seen >= GUARD_MISSES)
        return; /* the guard has put it out at once */
    drop(f, i);
    if (to < 0)
        return;
    double x, y;
    fire_center(f, to, &x, &y);
    f->back_event = world_emit(w, &(struct event){.kind = FIRE_EV_HAZARD_BACK,
                                                  .f = {x, y},
                                                  .cause = f->out_event > 0 ? cause_event(f->out_event)
                                                                            : fire_cause(f),
                                                  .also = fire_weather_cause(f)});
}

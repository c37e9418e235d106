/* fire_mishap.c -- power lines that trip, depots that explode, and what crews should not attack. */
#include "base/num.h"
#include "hazard/fire/fire_parts.h"

#define FLAMES_UNDER 2.0     /* assumed: flames and hot smoke this many flame lengths off trip a line */
#define STEEP 0.36           /* tangent of 20 degrees, assumed */
#define FORCE_4_M_S 5.5      /* GB/T 28591-2012 */
#define TALL_M 1.5           /* blowers are not for scrub and grass above (reference, 1.5 m) */
#define GULLY_M 12.0         /* assumed: both sides this much higher .. */
#define GULLY_CELLS 2        /* .. within so many cells */
#define HEAD_SHARE 0.7       /* assumed: the head is where it runs at least so fast */

/* ---- power lines ---- */

static void try_line(struct fire *f, struct world *w, int i)
{
    const struct control_line *line = &f->atlas->line[i];
    for (int k = 0; k + 1 < line->points; k++) {
        const double *p = line->xy + (ptrdiff_t)k * 2;
        double distance;
        int front = fire_nearest_front(f, p[0], p[1], p[2], p[3], &distance);
        if (front < 0)
            return;
        double flame_m = fire_flame_m((double)f->front[front].intensity);
        if (distance > num_max(f->rows.power_m, FLAMES_UNDER * flame_m))
            continue;
        f->power[i] = POWER_OUT;
        f->power_event[i] = world_emit(w, &(struct event){.kind = EV_POWER_TRIPPED,
                                                          .i = {i},
                                                          .cause = fire_cause(f),
                                                          .also = fire_weather_cause(f)});
        return;
    }
}

/* ---- depots ---- */

static void try_depot(struct fire *f, struct world *w, int i)
{
    const struct fire_depot *d = &f->depot[i];
    const struct suffering *s = &f->suffers->place[d->place];
    if (f->depot_ms[i] < 0)
        return;
    if (s->distance_m > f->cell_m || f->fronts == 0) {
        f->depot_ms[i] = 0; /* the front has passed, or was driven off */
        return;
    }
    f->depot_ms[i] += w->tick_ms;
    if (f->depot_ms[i] < d->after_ms)
        return;
    int32_t minutes = (int32_t)(f->depot_ms[i] / 60000);
    f->depot_ms[i] = -1;
    int64_t seq = world_emit(w, &(struct event){.kind = FIRE_EV_DEPOT_EXPLODED,
                                                .i = {d->place, minutes},
                                                .cause = s->event > 0 ? cause_event(s->event) : fire_cause(f),
                                                .also = fire_cause(f)});
    const double *at = f->atlas->place[d->place].at;
    for (int t = 0; t < w->exposure->teams; t++) {
        const struct position *p = &w->exposure->where[t];
        if (!p->out || num_hypot(p->x - at[0], p->y - at[1]) > d->radius_m)
            continue;
        f->endangered[t] |= 2;
        f->suffers->team[t].harm = 1.0;
        f->suffers->team[t].event = world_emit(
            w,
            &(struct event){.kind = EV_TEAM_CAUGHT, .i = {t, FIRE_OWNER}, .cause = cause_event(seq)});
    }
}

/* Burning debris all around; what falls on fuel burns. */
void fire_explode(struct fire *f, const struct event *e)
{
    for (int i = 0; i < f->depots; i++) {
        const struct fire_depot *d = &f->depot[i];
        if (d->place != e->i[0])
            continue;
        const double *at = f->atlas->place[d->place].at;
        for (int k = 0; k < 8; k++) {
            double a = k * NUM_PI / 4.0, far = d->radius_m * (k % 2 ? 1.0 : 0.6);
            int cell = fire_cell_at(f, at[0] + far * num_sin(a), at[1] + far * num_cos(a));
            if (cell >= 0 && spread_light(f->spread, cell))
                f->burning = true;
        }
    }
}

void fire_mishaps(struct fire *f, struct world *w)
{
    for (int i = 0; i < ATLAS_COUNT(f->atlas, ENT_LINE) && f->fronts > 0; i++)
        if (f->atlas->line && f->atlas->line[i].kind == LINE_POWER && f->power[i] == POWER_LIVE &&
            (w->now_ms / w->tick_ms + i) % 2 == 0)
            try_line(f, w, i);
    for (int i = 0; i < f->depots; i++)
        try_depot(f, w, i);
}

/* ---- the crews' rule ---- */

static double height_at(const struct fire *f, double x, double y, double other)
{
    int cell = fire_cell_at(f, x, y);
    return f->height && cell >= 0 ? (double)f->height[cell] : other;
}

/* Does the ground rise on both sides of the way the fire runs? */
static bool in_gully(const struct fire *f, double x, double y, const struct fire_run *run)
{
    double here = height_at(f, x, y, 0.0), far = GULLY_CELLS * f->cell_m;
    double left = height_at(f, x - run->to_n * far, y + run->to_e * far, here);
    double right = height_at(f, x + run->to_n * far, y - run->to_e * far, here);
    return left >= here + GULLY_M && right >= here + GULLY_M;
}

int32_t fire_rule_broken(const struct fire *f, const struct effort *job, int from, int to,
                         double flame_m)
{
    double x, y, se, sn;
    struct fire_run run;
    const struct fire_fuel_row *row = &f->fuel_row[f->fuel[to]];
    fire_center(f, from, &x, &y);
    fire_cost(f, to, &run);
    fire_slope(f, to, &se, &sn);
    double tx = job->x - x, ty = job->y - y, off = num_hypot(tx, ty);
    double wind = num_hypot(f->air.wind_e, f->air.wind_n);
    bool head = fire_rate_into(f, from, to) >= HEAD_SHARE * run.rate_m_s;
    double above = height_at(f, job->x, job->y, 0.0) - height_at(f, x, y, 0.0);
    if (head && num_hypot(se, sn) >= STEEP && se * run.to_e + sn * run.to_n > 0.0 && above > 0.0)
        return FIRE_REASON_UPHILL;
    if (head && wind >= FORCE_4_M_S && off > 0.0 &&
        tx * f->air.wind_e + ty * f->air.wind_n > 0.7 * off * wind)
        return FIRE_REASON_HEADON;
    if ((row->ground == GROUND_GRASS || row->ground == GROUND_SHRUB) && flame_m > TALL_M)
        return FIRE_REASON_TALL;
    if (f->height && in_gully(f, x, y, &run))
        return FIRE_REASON_GULLY;
    return W(REASON, NONE);
}

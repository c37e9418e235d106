/* fire_expose.c -- what places, roads and teams suffer of the fire: flames, smoke, and the events that follow. */
#include "hazard/fire/fire_parts.h"

#include "base/num.h"

#define FAR_M 1e9
#define NEAR_M 1500.0 /* within this, distances are made anew each step; beyond, every fifth */
#define FLAME_SEEN_M 3000.0 /* flames farther off matter to nobody */
#define SAFETY_FLAMES 4.0   /* separation from flames in flame lengths (Butler and Cohen 1998) */
#define CAUGHT_FLAME_M 1.0  /* assumed: over lower flames a crew steps into the burnt */
/* Assumed: with lookout and escape route the danger is seen twice as far off. */
#define WARNED_FACTOR 2.0
#define THREAT_M 1000.0     /* fire this near threatens a place, and .. */
#define DEADLY_M 50.0       /* .. so near nobody can stay in it; both assumed */
#define SEEN_M 800.0        /* assumed: from a village smoke and flames are seen so far and taken seriously */
#define SMOKE_SLOWS 0.7     /* assumed: in dense smoke 30 % of the speed is left */

/* Crews: assumed, after the three kinds of crews in the accounts of Muli 2019 and Xichang 2020. People who
 * could not leave: assumed. */
const struct harm_row fire_harm = {.safe = 0.03, .knows = 0.25, .stranger = 0.6, .crew_dead = 0.35,
                                   .trapped = 0.10, .trapped_dead = 0.15};

/* --- the front --- */

/* The hottest burnt neighbour of a cell at the front, and how many sides burn. */
static int hottest_side(const struct fire *f, int cell, int *sides, double *hot)
{
    const int col = cell % f->cols, row = cell / f->cols;
    int best = -1;
    *sides = 0;
    *hot = 0.0;
    for (int k = 0; k < 4; k++) {
        int c = col + (k == 1) - (k == 3), r = row + (k == 2) - (k == 0);
        if (c < 0 || r < 0 || c >= f->cols || r >= f->cell_rows)
            continue;
        int from = r * f->cols + c;
        if (spread_state(f->spread, from) != SPREAD_BURNT)
            continue;
        (*sides)++;
        double one = fire_intensity_into(f, from, cell);
        if (one > *hot) {
            *hot = one;
            best = from;
        }
    }
    return best;
}

void fire_find_front(struct fire *f)
{
    int count = spread_front_count(f->spread);
    int64_t edges = 0;
    f->fronts = 0;
    for (int i = 0; i < count; i++) {
        int cell = spread_front(f->spread, i), sides;
        double hot, x, y, bx, by;
        if (spread_arrival(f->spread, cell) >= SPREAD_NEVER)
            continue;
        int from = hottest_side(f, cell, &sides, &hot);
        edges += sides;
        if (from < 0)
            continue;
        fire_center(f, cell, &x, &y);
        fire_center(f, from, &bx, &by);
        f->front[f->fronts++] = (struct front_point){(float)(0.5 * (x + bx)),
                                                     (float)(0.5 * (y + by)), cell, (float)hot};
    }
    f->front_m = (double)edges * f->cell_m * (NUM_PI / 4.0);
}

/* The nearest front point to a segment (or point, when both ends are one); ties by cell, because
 * the order of the list is not part of the state. -1 when there is no front. */
int fire_nearest_front(const struct fire *f, double ax, double ay, double bx, double by,
                       double *distance)
{
    const float fx = (float)ax, fy = (float)ay, dx = (float)(bx - ax), dy = (float)(by - ay);
    const float len2 = dx * dx + dy * dy;
    float best2 = 3e38f;
    int best = -1;
    for (int i = 0; i < f->fronts; i++) {
        const struct front_point *p = &f->front[i];
        float px = p->x - fx, py = p->y - fy;
        if (len2 > 0.0f) {
            float t = (px * dx + py * dy) / len2;
            t = t < 0.0f ? 0.0f : t > 1.0f ? 1.0f : t;
            px -= t * dx;
            py -= t * dy;
        }
        float d2 = px * px + py * py;
        if (d2 < best2 || (d2 == best2 && p->cell < f->front[best].cell)) {
            best2 = d2;
            best = i;
        }
    }
    *distance = best >= 0 ? num_sqrt((double)best2) : FAR_M;
    return best;
}

/* Smoke thins out with distance; a point down the wind of the nearest front gets the full share,
 * others less, and a short front makes little. A stated simplification, not a plume model. */
static double smoke_at(const struct fire *f, double x, double y, int nearest, double distance)
{
    if (nearest < 0 || distance > 6.0 * f->rows.smoke_m)
        return 0.0;
    double wind = num_hypot(f->air.wind_e, f->air.wind_n);
    double vx = x - (double)f->front[nearest].x, vy = y - (double)f->front[nearest].y,
           d = num_hypot(vx, vy);
    double along =
        wind > 0.5 && d > 0.0 ? (vx * f->air.wind_e + vy * f->air.wind_n) / (wind * d) : 0.0;
    double share = along > 0.7 ? 1.0 : along > 0.0 ? 0.5 : 0.15;
    return share * num_min(1.0, f->front_m / 1000.0) * num_exp(-distance / f->rows.smoke_m);
}

/* What the fire itself knows of a spot, beside what it writes into exposure. */
struct near_fire {
    double intensity; /* of the nearest front, kW/m */
    double flame_m, smoke;
};

/* Fills *s for a segment (or point) and a distance around it. */
static struct near_fire suffer(const struct fire *f, struct suffering *s, double ax, double ay, double bx,
                               double by, double radius_m)
{
    double distance;
    int i = fire_nearest_front(f, ax, ay, bx, by, &distance);
    struct near_fire n = {.intensity = i >= 0 ? (double)f->front[i].intensity : 0.0,
                          .smoke = smoke_at(f, 0.5 * (ax + bx), 0.5 * (ay + by), i, distance)};
    n.flame_m = i >= 0 && distance < FLAME_SEEN_M ? fire_flame_m(n.intensity) : 0.0;
    s->distance_m = i >= 0 ? num_max(0.0, distance - radius_m) : FAR_M;
    s->pass = 1.0 - SMOKE_SLOWS * n.smoke;
    s->work = 1.0 - 0.5 * n.smoke; /* assumed: in dense smoke half the output */
    return n;
}

static bool is_due(const struct fire *f, const struct world *w, const struct suffering *s, int i)
{
    return s->distance_m < num_max(NEAR_M, f->rows.threat_m + 500.0) || s->distance_m >= FAR_M ||
           (w->now_ms / w->tick_ms + i) % 5 == 0;
}

static struct cause or_nothing(int64_t event)
{
    return event > 0 ? cause_event(event) : (struct cause){CAUSE_NONE, 0};
}

/* What made the fire come this way: a line that gave way, else the last change of weather. */
static struct cause why_here(const struct fire *f)
{
    return or_nothing(f->crossed_event > 0 ? f->crossed_event : f->weather_event);
}

/* --- places, roads, teams --- */

static void expose_places(struct fire *f, struct world *w)
{
    for (int i = 0; i < w->exposure->places; i++) {
        const struct place *p = &f->atlas->place[i];
        struct suffering *s = &f->suffers->place[i];
        if (!is_due(f, w, s, i))
            continue;
        struct near_fire here = suffer(f, s, p->at[0], p->at[1], p->at[0], p->at[1], p->radius_m);
        s->danger = s->distance_m < DEADLY_M   ? 1.0
                    : s->distance_m < THREAT_M ? DEADLY_M / (s->distance_m + 1.0)
                                               : 0.0;
        s->harm = s->danger >= 1.0 ? 1.0 : 0.0;
        s->seen = s->distance_m < SEEN_M;
        bool inhabited = kind_row(&f->atlas->names, VK_PLACE_KIND, p->kind)->inhabited;
        if (!inhabited)
            continue;
        if (!f->threatened[i] && s->distance_m <= f->rows.threat_m) {
            f->threatened[i] = 1;
            s->event = world_emit(w, &(struct event){.kind = EV_PLACE_THREATENED,
                                                     .i = {i, FIRE_OWNER},
                                                     .f = {s->distance_m},
                                                     .cause = or_nothing(f->first_event),
                                                     .also = why_here(f)});
        }
        if (s->since_ms < 0 && s->distance_m <= f->cell_m) {
            s->since_ms = w->now_ms;
            s->event = world_emit(w, &(struct event){.kind = EV_PLACE_REACHED,
                                                     .i = {i, FIRE_OWNER},
                                                     .f = {here.intensity},
                                                     .cause = or_nothing(s->event),
                                                     .also = why_here(f)});
        }
    }
}

static void expose_roads(struct fire *f, struct world *w)
{
    for (int i = 0; i < w->exposure->roads; i++) {
        const struct road *road = &f->atlas->road[i];
        const double *a = f->atlas->node[road->from].at, *b = f->atlas->node[road->to].at;
        struct suffering *s = &f->suffers->road[i];
        if (!is_due(f, w, s, i))
            continue;
        struct near_fire here = suffer(f, s, a[0], a[1], b[0], b[1], 0.0);
        bool dense = here.smoke >= f->rows.road_smoke;
        if (!f->cut[i] && (s->distance_m <= f->rows.road_m || dense)) {
            f->cut[i] = 1;
            s->since_ms = w->now_ms;
            s->event = world_emit(
                w, &(struct event){
                       .kind = EV_ROAD_CUT,
                       .i = {i, FIRE_OWNER},
                       .cause = or_nothing(f->growth_event > 0 ? f->growth_event : f->first_event),
                       .also = why_here(f)});
        } else if (f->cut[i] && s->distance_m > 1.5 * f->rows.road_m &&
                   here.smoke < 0.7 * f->rows.road_smoke) {
            f->cut[i] = 0;
            s->since_ms = -1;
            s->event = world_emit(
                w,
                &(struct event){
                    .kind = EV_ROAD_CLEARED, .i = {i, FIRE_OWNER}, .cause = or_nothing(s->event)});
        }
    }
}

/* Whether the fire has run over the ground a team stands on, this step. */
static bool run_over(const struct fire *f, const struct world *w, const struct position *at)
{
    int cell = fire_cell_at(f, at->x, at->y);
    if (cell < 0 || spread_state(f->spread, cell) != SPREAD_BURNT)
        return false;
    double t_ms = spread_arrival(f->spread, cell) * 1000.0;
    return t_ms > (double)(w->now_ms - w->tick_ms) && t_ms <= (double)w->now_ms;
}

static void expose_team(struct fire *f, struct world *w, int i)
{
    const struct position *at = &w->exposure->where[i];
    struct suffering *s = &f->suffers->team[i];
    double flame_limit = f->crew[i].flame_limit_m;
    struct near_fire here = suffer(f, s, at->x, at->y, at->x, at->y, 0.0);
    double reach = SAFETY_FLAMES * here.flame_m * (at->safe ? WARNED_FACTOR : 1.0);
    bool hot = here.flame_m > num_max(flame_limit, CAUGHT_FLAME_M);
    double deadly = num_max(reach, f->cell_m);
    s->danger = !hot ? 0.0 : s->distance_m <= deadly ? 1.0 : 0.99 * deadly / s->distance_m;
    s->harm = hot ? 1.0 : 0.0;
    if (s->danger >= 1.0 && !(f->endangered[i] & 1)) {
        f->endangered[i] |= 1;
        s->since_ms = w->now_ms;
        s->event =
            world_emit(w, &(struct event){.kind = EV_TEAM_ENDANGERED,
                                          .i = {i, FIRE_OWNER},
                                          .f = {s->distance_m, here.intensity},
                                          .cause = or_nothing(f->growth_event > 0 ? f->growth_event
                                                                                  : f->first_event),
                                          .also = why_here(f)});
    }
    if (hot && run_over(f, w, at) && !(f->endangered[i] & 2)) {
        f->endangered[i] |= 2;
        s->event = world_emit(w, &(struct event){.kind = EV_TEAM_CAUGHT,
                                                 .i = {i, FIRE_OWNER},
                                                 .f = {here.intensity},
                                                 .cause = or_nothing(s->event),
                                                 .also = why_here(f)});
    }
    if (s->distance_m > num_max(2.0 * reach, 4.0 * f->cell_m)) {
        f->endangered[i] = 0;
        s->since_ms = -1;
    }
}

static void expose_teams(struct fire *f, struct world *w)
{
    for (int i = 0; i < w->exposure->teams; i++) {
        if (w->exposure->where[i].out)
            expose_team(f, w, i);
        else {
            f->suffers->team[i] = suffering_none;
            f->endangered[i] = 0;
        }
    }
}

/* --- the whole --- */

static void expose_head(struct fire *f)
{
    int best = -1;
    for (int i = 0; i < f->fronts; i++)
        if (best < 0 || f->front[i].intensity > f->front[best].intensity ||
            (f->front[i].intensity == f->front[best].intensity &&
             f->front[i].cell < f->front[best].cell))
            best = i;
    if (best < 0)
        return;
    const struct front_point *p = &f->front[best];
    f->headed = true;
    f->head_x = (double)p->x;
    f->head_y = (double)p->y;
    f->flame_max_m = num_max(f->flame_max_m, fire_flame_m((double)p->intensity));
}

static void expose_extent(struct fire *f)
{
    for (; f->seen_burnt < spread_burnt_count(f->spread); f->seen_burnt++) {
        double x, y;
        fire_center(f, spread_burnt(f->spread, f->seen_burnt), &x, &y);
        int col = (int)(x / f->atlas->map.width_m * FIRE_EXTENT);
        int row = FIRE_EXTENT - 1 - (int)(y / f->atlas->map.height_m * FIRE_EXTENT);
        if (col >= 0 && col < FIRE_EXTENT && row >= 0 && row < FIRE_EXTENT)
            f->extent[row * FIRE_EXTENT + col] = 1;
    }
}

void fire_expose(struct fire *f, struct world *w)
{
    f->suffers = exposure_of(w->exposure, FIRE_OWNER);
    expose_head(f);
    expose_extent(f);
    if (f->first_event == 0)
        return;
    w->exposure->threat[FIRE_OWNER].event = f->growth_event > 0 ? f->growth_event : f->first_event;
    expose_places(f, w);
    expose_roads(f, w);
    expose_teams(f, w);
}

/* teams_move.c -- how a team gets there: on foot to the road, edge by edge, on foot to the spot or to where a mode begins. */
#include "base/num.h"
#include "response/teams.h"

#define STRANGER 0.6        /* assumed: speed of an outside team without a guide */
#define NIGHT_WALK 0.6      /* assumed */
#define NIGHT_DRIVE 0.8     /* assumed */
#define CONVOY_EACH 0.01    /* assumed: each further vehicle of a convoy costs 1 % .. */
#define CONVOY_MOST 0.3     /* .. at most 30 % */
#define FLY_MS 50.0         /* a Mi-171 or Ka-32 class helicopter with its bucket, about 180 km/h */
#define TERRAIN_WALK 1.3    /* assumed: paths are longer than the straight line */
#define CRAWL_MS 2.0         /* assumed: out of a cut road */
#define WAIT_AT_CUT_MS (5 * 60000)

static double convoy(const struct response *r, int32_t i)
{
    int32_t n = r->atlas->team[i].vehicles;
    return 1.0 - num_min(CONVOY_MOST, CONVOY_EACH * (n > 1 ? n - 1 : 0));
}

static double walk_speed(const struct response *r, const struct world *w, int32_t i)
{
    double v = r->atlas->team[i].walk_ms / TERRAIN_WALK;
    if (atlas_is_night(r->atlas, w->now_ms))
        v *= NIGHT_WALK;
    return team_knows_ground(r, i) ? v : v * STRANGER;
}

static double drive_speed(const struct response *r, const struct world *w, int32_t i, int32_t road)
{
    double v = routes_speed(r, w, road, r->atlas->team[i].kind != TEAM_VOLUNTEER) * convoy(r, i);
    if (atlas_is_night(r->atlas, w->now_ms))
        v *= NIGHT_DRIVE;
    return team_knows_ground(r, i) ? v : v * STRANGER;
}

static double distance(double ax, double ay, double bx, double by)
{
    return num_hypot(bx - ax, by - ay);
}

/* Where the road part of its trip ends: its destination, or where it enters a mode; the junction there. */
static int32_t road_end(const struct response *r, int32_t i, double at[2])
{
    const struct teams *t = r->teams;
    int32_t place = t->mode_next[i] >= 0 ? t->via[i] : t->dest[i];
    at[0] = t->mode_next[i] >= 0 ? r->atlas->place[place].at[0] : t->dest_x[i];
    at[1] = t->mode_next[i] >= 0 ? r->atlas->place[place].at[1] : t->dest_y[i];
    return place >= 0 ? r->atlas->place[place].node : routes_nearest_node(r, at[0], at[1]);
}

static bool plan_route(struct response *r, const struct world *w, int32_t i, int32_t from, int64_t *travel_ms)
{
    struct teams *t = r->teams;
    struct route route;
    double goal[2];
    int32_t to = road_end(r, i, goal);
    if (!routes_find(r, w, r->atlas->team[i].agency, from, to, r->atlas->team[i].kind != TEAM_VOLUNTEER, &route))
        return false;
    for (int32_t k = 0; k < route.roads; k++)
        t->route[i * ROUTE_MAX + k] = route.road[k];
    t->edges[i] = route.roads;
    t->edge[i] = -1;
    t->node[i] = from;
    const double *end = r->atlas->node[to].at;
    double walk = distance(end[0], end[1], goal[0], goal[1]) / walk_speed(r, w, i);
    double factor = convoy(r, i) * (team_knows_ground(r, i) ? 1.0 : STRANGER);
    *travel_ms = (int64_t)((double)route.travel_ms / factor + walk * 1000.0);
    return true;
}

/* The road part, from where it is or from where it leaves a mode. */
static bool plan_road(struct response *r, const struct world *w, int32_t i, int64_t *travel_ms)
{
    const struct teams *t = r->teams;
    int64_t drive_ms;
    int32_t out = t->via_out[i];
    double x = out >= 0 ? r->atlas->place[out].at[0] : t->x[i], y = out >= 0 ? r->atlas->place[out].at[1] : t->y[i];
    int32_t from = out >= 0 ? r->atlas->place[out].node
                   : t->place[i] >= 0 && t->leg[i] == LEG_NONE && !team_is_out(r, i)
                       ? r->atlas->place[t->place[i]].node
                       : routes_nearest_node(r, x, y);
    if (!plan_route(r, w, i, from, &drive_ms))
        return false;
    const double *at = r->atlas->node[from].at;
    *travel_ms += drive_ms;
    *travel_ms += (int64_t)(distance(x, y, at[0], at[1]) / walk_speed(r, w, i) * 1000.0);
    return true;
}

bool team_depart(struct response *r, struct world *w, int32_t i, struct cause cause, int32_t *reason)
{
    struct teams *t = r->teams;
    int64_t travel_ms = 0;
    int32_t leg = LEG_OUT;
    bool all_in = false;
    *reason = W(REASON, ROAD);
    if (team_flies(r, i)) {
        leg = LEG_FLY;
        travel_ms = (int64_t)(distance(t->x[i], t->y[i], t->dest_x[i], t->dest_y[i]) / FLY_MS * 1000.0);
    } else {
        if (!team_plan_modes(r, w, i, &all_in, &travel_ms, reason) || (!all_in && !plan_road(r, w, i, &travel_ms)))
            return false;
        leg = t->mode[i] >= 0 ? LEG_MODE : LEG_OUT;
    }
    t->leg[i] = leg;
    t->eta_ms[i] = w->now_ms + travel_ms;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_DEPARTED,
                                                  .i = {i, t->dest[i], (int32_t)travel_ms},
                                                  .cause = cause,
                                                  .also = t->order[i] > 0 ? cause_order(t->order[i])
                                                                          : (struct cause){CAUSE_NONE, 0}});
    t->start_event[i] = event;
    team_say(r, w, i, event);
    return true;
}

void team_off_road(struct response *r, int32_t i)
{
    struct teams *t = r->teams;
    if (t->leg[i] == LEG_DRIVE && t->edge[i] >= 0 && t->edge[i] < t->edges[i])
        routes_load(r, t->route[i * ROUTE_MAX + t->edge[i]], -r->atlas->team[i].vehicles);
    t->leg[i] = LEG_NONE;
    t->edges[i] = 0;
    t->edge[i] = -1;
}

/* Moves straight to a point; returns the seconds left of the step. */
static double walk_to(struct teams *t, int32_t i, double x, double y, double speed, double seconds, bool *there)
{
    double left = distance(t->x[i], t->y[i], x, y), step = speed * seconds;
    *there = left <= step;
    if (*there) {
        t->x[i] = x;
        t->y[i] = y;
        return seconds - (speed > 0.0 ? left / speed : 0.0);
    }
    t->x[i] += (x - t->x[i]) * step / left;
    t->y[i] += (y - t->y[i]) * step / left;
    return 0.0;
}

/* What stops it here becomes known to its agency; it looks for another way, or waits. */
static void blocked(struct response *r, struct world *w, int32_t i, int32_t road)
{
    struct teams *t = r->teams;
    int64_t cut = routes_cut_event(r, road), travel_ms = 0;
    int32_t state = routes_state(r, road);
    struct cause cause = cut > 0 ? cause_event(cut) : cause_event(t->start_event[i]);
    bool first = t->stage[i] != W(STAGE, BLOCKED);
    int64_t event = t->start_event[i];
    if (first) {
        event = world_emit(w, &(struct event){.kind = EV_TEAM_BLOCKED,
                                              .i = {i, road, state == 2 ? W(REASON, HAZARD) : W(REASON, ROAD)},
                                              .cause = cause});
        t->start_event[i] = event;
        team_say(r, w, i, event);
        /* The drivers see it themselves, whatever their agency hears. */
    }
    t->until_ms[i] = w->now_ms + WAIT_AT_CUT_MS;
    struct route way;
    double goal[2];
    int32_t to = road_end(r, i, goal);
    if (!routes_find(r, w, EVERYBODY, t->node[i], to, r->atlas->team[i].kind != TEAM_VOLUNTEER, &way))
        return;
    for (int32_t k = 0; k < way.roads; k++)
        t->route[i * ROUTE_MAX + k] = way.road[k];
    t->edges[i] = way.roads;
    t->edge[i] = -1;
    travel_ms = (int64_t)((double)way.travel_ms / convoy(r, i));
    t->eta_ms[i] = w->now_ms + travel_ms;
    t->until_ms[i] = 0;
    t->start_event[i] = world_emit(
        w, &(struct event){.kind = EV_TEAM_REROUTED,
                           .i = {i, way.roads > 0 ? way.road[0] : road, (int32_t)travel_ms},
                           .cause = cause_event(event)});
}

/* Enters the next edge; false when it cannot. */
static bool enter(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    int32_t road = t->route[i * ROUTE_MAX + t->edge[i] + 1];
    if (drive_speed(r, w, i, road) <= 0.0) {
        blocked(r, w, i, road);
        return false;
    }
    t->edge[i]++;
    t->along_m[i] = 0.0;
    routes_load(r, road, r->atlas->team[i].vehicles);
    (void)world_emit(w, &(struct event){.kind = EV_TEAM_ROAD,
                                        .i = {i, road, r->atlas->road[road].from == t->node[i]},
                                        .cause = cause_event(t->start_event[i])});
    return true;
}

static void place_on_edge(struct response *r, int32_t i, int32_t road)
{
    struct teams *t = r->teams;
    const struct road *x = &r->atlas->road[road];
    int32_t far = x->from == t->node[i] ? x->to : x->from;
    const double *a = r->atlas->node[t->node[i]].at, *b = r->atlas->node[far].at;
    double share = num_clamp(t->along_m[i] / x->length_m, 0.0, 1.0);
    t->x[i] = a[0] + (b[0] - a[0]) * share;
    t->y[i] = a[1] + (b[1] - a[1]) * share;
}

/* Drives for so many seconds; returns what is left when the last edge was done. */
static double drive(struct response *r, struct world *w, int32_t i, double seconds)
{
    struct teams *t = r->teams;
    while (seconds > 0.0) {
        if (t->edge[i] < 0 || t->along_m[i] >= r->atlas->road[t->route[i * ROUTE_MAX + t->edge[i]]].length_m) {
            if (t->edge[i] >= 0) {
                int32_t done = t->route[i * ROUTE_MAX + t->edge[i]];
                const struct road *x = &r->atlas->road[done];
                routes_load(r, done, -r->atlas->team[i].vehicles);
                t->node[i] = x->from == t->node[i] ? x->to : x->from;
                if (t->edge[i] + 1 >= t->edges[i]) {
                    t->edge[i] = t->edges[i]; /* off the road */
                    t->leg[i] = LEG_IN;
                    return seconds;
                }
                /* On the junction: not on any edge until the next is entered. */
                for (int32_t k = 0; k + 1 + t->edge[i] < t->edges[i]; k++)
                    t->route[i * ROUTE_MAX + k] = t->route[i * ROUTE_MAX + k + t->edge[i] + 1];
                t->edges[i] -= t->edge[i] + 1;
                t->edge[i] = -1;
            }
            if (t->edges[i] == 0) {
                t->leg[i] = LEG_IN;
                return seconds;
            }
            if (!enter(r, w, i))
                return 0.0;
        }
        int32_t road = t->route[i * ROUTE_MAX + t->edge[i]];
        double speed = drive_speed(r, w, i, road);
        if (speed <= 0.0) /* cut while it is on it: on at a crawl to get out of it */
            speed = CRAWL_MS;
        double left = r->atlas->road[road].length_m - t->along_m[i];
        double run = num_min(left, speed * seconds);
        t->along_m[i] += run;
        seconds -= run / speed;
        if (run >= left)
            t->along_m[i] = r->atlas->road[road].length_m;
        place_on_edge(r, i, road);
    }
    return 0.0;
}

static void arrive(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    t->leg[i] = LEG_NONE;
    t->edges[i] = 0;
    t->edge[i] = -1;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_ARRIVED,
                                                  .i = {i, t->dest[i], t->line[i]},
                                                  .cause = cause_event(t->start_event[i])});
    t->start_event[i] = event;
    team_say(r, w, i, event);
    team_start(r, w, i, cause_event(event));
}

void team_travel(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    double seconds = (double)w->tick_ms / 1000.0;
    bool there = false;
    if (t->stage[i] == W(STAGE, BLOCKED) && t->until_ms[i] > w->now_ms)
        return;
    if (t->leg[i] == LEG_FLY) {
        (void)walk_to(t, i, t->dest_x[i], t->dest_y[i], FLY_MS, seconds, &there);
        if (there)
            arrive(r, w, i);
        return;
    }
    if (t->leg[i] == LEG_MODE) {
        if (team_go_by_mode(r, w, i, seconds))
            arrive(r, w, i);
        return;
    }
    if (t->leg[i] == LEG_OUT) {
        const double *at = r->atlas->node[t->node[i]].at;
        seconds = walk_to(t, i, at[0], at[1], walk_speed(r, w, i), seconds, &there);
        if (!there)
            return;
        t->leg[i] = t->edges[i] > 0 ? LEG_DRIVE : LEG_IN;
    }
    if (t->leg[i] == LEG_DRIVE)
        seconds = drive(r, w, i, seconds);
    if (t->leg[i] != LEG_IN)
        return;
    double goal[2];
    (void)road_end(r, i, goal);
    (void)walk_to(t, i, goal[0], goal[1], walk_speed(r, w, i), seconds, &there);
    if (there && t->mode_next[i] >= 0)
        team_enter_mode(r, w, i);
    else if (there)
        arrive(r, w, i);
}

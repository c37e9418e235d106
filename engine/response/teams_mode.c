/* teams_mode.c -- the part of a trip that goes by a hazard's way of moving: on water, underground, over a floor. */
#include "response/teams.h"

#define STUCK_MS (60000) /* assumed: a team that does not get on looks again every minute */

static struct trip trip_of(const struct response *r, int32_t i)
{
    const struct teams *t = r->teams;
    return (struct trip){.team = i, .from = {t->x[i], t->y[i]}, .place = t->dest[i], .to = {t->dest_x[i], t->dest_y[i]},
                         .via = -1, .reason = W(REASON, ROAD)};
}

static enum trip_answer ask(const struct response *r, const struct world *w, int32_t mode, struct trip *trip,
                            int64_t *travel_ms, int32_t *reason)
{
    const struct mode *m = &w->mode[mode];
    int64_t ms = 0;
    enum trip_answer answer = m->ops->find(m->self, w, r->atlas->team[trip->team].agency, trip, &ms);
    ASSERT(trip->via >= -1 && trip->via < ATLAS_COUNT(r->atlas, ENT_PLACE));
    if (answer == TRIP_FOUND)
        *travel_ms += ms;
    if (answer == TRIP_NO_WAY)
        *reason = trip->reason;
    return answer;
}

/* Which mode takes it in, and where; the first of them that goes there. */
static bool plan_entry(struct response *r, const struct world *w, int32_t i, struct trip *trip, int64_t *travel_ms,
                       int32_t *reason)
{
    struct teams *t = r->teams;
    int32_t ordered = trip->via;
    for (int32_t k = 0; k < w->modes; k++) {
        if (k == t->mode[i])
            continue; /* it leaves that one */
        trip->via = ordered;
        enum trip_answer answer = ask(r, w, k, trip, travel_ms, reason);
        if (answer == TRIP_NO_WAY)
            return false;
        if (answer == TRIP_NOT_MINE)
            continue;
        ASSERT(trip->via >= 0);
        t->mode_next[i] = k;
        t->via[i] = trip->via;
        return true;
    }
    return ordered < 0; /* by road; an entry that leads nowhere is no way */
}

bool team_plan_modes(struct response *r, const struct world *w, int32_t i, bool *all_in, int64_t *travel_ms, int32_t *reason)
{
    struct teams *t = r->teams;
    struct trip trip = trip_of(r, i);
    t->mode_next[i] = t->via[i] = t->via_out[i] = -1;
    *all_in = false;
    trip.via = t->via_order[i];
    if (t->mode[i] >= 0) {
        trip.inside = true;
        if (ask(r, w, t->mode[i], &trip, travel_ms, reason) != TRIP_FOUND)
            return false;
        *all_in = trip.via < 0;
        t->via_out[i] = trip.via;
        if (*all_in)
            return true;
        trip = trip_of(r, i);
        trip.from[0] = r->atlas->place[t->via_out[i]].at[0];
        trip.from[1] = r->atlas->place[t->via_out[i]].at[1];
    }
    return plan_entry(r, w, i, &trip, travel_ms, reason);
}

/* On its way again: into a mode, out of one, or past what held it up (place -1). */
static void go_on(struct response *r, struct world *w, int32_t i, int32_t place)
{
    struct teams *t = r->teams;
    t->start_event[i] = world_emit(w, &(struct event){.kind = EV_TEAM_CHANGED,
                                                      .i = {i, place, t->mode[i] >= 0},
                                                      .cause = cause_event(t->start_event[i])});
}

void team_enter_mode(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    t->mode[i] = t->mode_next[i];
    t->mode_next[i] = -1;
    t->leg[i] = LEG_MODE;
    go_on(r, w, i, t->via[i]);
}

static void stuck(struct response *r, struct world *w, int32_t i, int32_t reason)
{
    struct teams *t = r->teams;
    t->until_ms[i] = w->now_ms + STUCK_MS;
    if (t->stage[i] == W(STAGE, BLOCKED))
        return;
    t->start_event[i] = world_emit(w, &(struct event){.kind = EV_TEAM_BLOCKED,
                                                      .i = {i, -1, reason},
                                                      .cause = cause_event(t->start_event[i])});
    team_say(r, w, i, t->start_event[i]);
}

bool team_go_by_mode(struct response *r, struct world *w, int32_t i, double seconds)
{
    struct teams *t = r->teams;
    const struct mode *m = &w->mode[t->mode[i]];
    struct trip trip = trip_of(r, i);
    double at[2] = {t->x[i], t->y[i]};
    int32_t reason = W(REASON, ROAD), out = t->via_out[i];
    trip.inside = true;
    trip.via = out >= 0 ? out : t->via[i];
    if (out >= 0) {
        trip.place = out;
        trip.to[0] = r->atlas->place[out].at[0];
        trip.to[1] = r->atlas->place[out].at[1];
    }
    enum trip_state state = m->ops->advance(m->self, w, &trip, seconds, at, &reason);
    t->x[i] = at[0];
    t->y[i] = at[1];
    if (state == TRIP_STUCK) {
        stuck(r, w, i, reason);
        return false;
    }
    if (state == TRIP_THERE && out >= 0) {
        t->mode[i] = t->via_out[i] = -1;
        t->leg[i] = LEG_OUT;
        go_on(r, w, i, out);
        return false;
    }
    if (state == TRIP_UNDER_WAY && t->stage[i] == W(STAGE, BLOCKED))
        go_on(r, w, i, -1);
    return state == TRIP_THERE;
}

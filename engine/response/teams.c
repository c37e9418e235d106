/* teams.c -- the teams: stages, danger, reports; the slice. */
#include "response/teams.h"

#include <string.h>

#include "base/num.h"
#include "core/world/hazard.h"

#define REST_GIVES 2                /* assumed: an hour of rest makes good two of work */
#define REST_MS (60 * 60000)
#define PLACE_SEEN_M 2500.0         /* a crew in the open sees this far how a place fares */
#define RECON_EVERY_MS (10 * 60000) /* those sent to look report this often .. */
#define SIGHT_EVERY_MS (30 * 60000) /* .. those who fight it so often; everybody else once, when they first see it */
#define SIGHT_ERROR 0.15            /* assumed: areas judged by eye are off by about 15 % */
#define SLOW_TO_LEAVE 0.25          /* assumed: a minute, without a lookout, that a crew sees it must go */

enum rc teams_make(struct response *r, uint64_t seed, struct arena *perm, struct teams **out, struct err *e)
{
    struct teams *t = ARENA_NEW(perm, struct teams, 1);
    if (!t)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    t->count = ATLAS_COUNT(r->atlas, ENT_TEAM);
    t->lines = ATLAS_COUNT(r->atlas, ENT_LINE);
    size_t n = (size_t)t->count + 1, lines = (size_t)t->lines + 1;
    const struct names *names = &r->atlas->names;
    int32_t **ints[] = {&t->stage, &t->place, &t->task, &t->line, &t->people, &t->hurt, &t->dead, &t->boss,
                        &t->flags, &t->tactic, &t->dest, &t->leg, &t->node, &t->edge, &t->edges, &t->tired,
                        &t->stopped, &t->caught_by, &t->fetch, &t->drop, &t->aboard, &t->relieves, &t->available, &t->volunteer,
                        &t->mode, &t->mode_next, &t->via, &t->via_out, &t->via_order};
    int64_t **longs[] = {&t->with, &t->order, &t->order_event, &t->pending, &t->until_ms, &t->eta_ms, &t->worked_ms,
                         &t->saw_ms, &t->idle_ms, &t->danger_event, &t->caught_event, &t->start_event,
                         &t->came_ms, &t->list_ms, &t->list_order};
    double **reals[] = {&t->dest_x, &t->dest_y, &t->x, &t->y, &t->along_m, &t->boarding};
    bool ok = true;
    for (int k = 0; k < COUNT_OF(ints); k++)
        ok = (*ints[k] = ARENA_NEW(perm, int32_t, n)) && ok;
    for (int k = 0; k < COUNT_OF(longs); k++)
        ok = (*longs[k] = ARENA_NEW(perm, int64_t, n)) && ok;
    for (int k = 0; k < COUNT_OF(reals); k++)
        ok = (*reals[k] = ARENA_NEW(perm, double, n)) && ok;
    ok = (t->route = ARENA_NEW(perm, int32_t, n * ROUTE_MAX)) && ok;
    for (int32_t k = word_next(names, VK_TASK, -1); k >= 0; k = word_next(names, VK_TASK, k))
        if (task_row(names, k)->shape == TASK_STRETCH && t->stretches < STRETCHES_MAX)
            t->stretch_task[t->stretches++] = k;
    ok = (t->stretch_m = ARENA_NEW(perm, double, lines * (size_t)(t->stretches + 1))) && ok;
    if (!ok)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t i = 0; i < t->count; i++) {
        const struct team *team = &r->atlas->team[i];
        t->available[i] = team->service < 0 && !team->unasked;
        t->stage[i] = t->available[i] ? W(STAGE, HOME) : W(STAGE, AWAY);
        t->place[i] = team->home;
        t->dest[i] = team->home;
        t->x[i] = r->atlas->place[team->home].at[0];
        t->y[i] = r->atlas->place[team->home].at[1];
        t->people[i] = team->people;
        t->line[i] = t->edge[i] = t->relieves[i] = t->fetch[i] = t->drop[i] = -1;
        t->mode[i] = t->mode_next[i] = t->via[i] = t->via_out[i] = t->via_order[i] = -1;
        t->saw_ms[i] = t->eta_ms[i] = -1;
        t->boss[i] = team->agency;
    }
    t->luck = rng_make(seed, RNG_RESPONSE, 2);
    *out = t;
    return RC_OK;
}

/* ---- small questions ---- */

bool team_flies(const struct response *r, int32_t i) { return r->atlas->team[i].flies; }

bool team_is_out(const struct response *r, int32_t i)
{
    int32_t stage = r->teams->stage[i];
    return stage == W(STAGE, MOVING) || stage == W(STAGE, BLOCKED) || stage == W(STAGE, READY) ||
           stage == W(STAGE, WORKING) || stage == W(STAGE, RESTING);
}

bool team_knows_ground(const struct response *r, int32_t i)
{
    if (r->atlas->team[i].unasked && r->teams->volunteer[i] != VOLUNTEER_LISTED)
        return false; /* nobody has briefed them */
    return !r->atlas->team[i].outside || (r->teams->with[i] & SAFETY_BIT(GUIDE)) != 0;
}

static bool has_radio(const struct response *r, int32_t i)
{
    if (r->atlas->team[i].outside && (r->teams->with[i] & SAFETY_BIT(RADIO)) == 0)
        return false;
    const struct id_list *list = &r->atlas->agency[r->atlas->team[i].agency].channels;
    for (int k = 0; k < list->count; k++) {
        int32_t kind = r->atlas->channel[list->id[k]].kind;
        if ((kind == CHANNEL_RADIO || kind == CHANNEL_SATELLITE || kind == CHANNEL_MOBILE) &&
            comms_percent(r, list->id[k]) > 0 && atlas_covers(r->atlas, list->id[k], r->teams->x[i], r->teams->y[i]))
            return true;
    }
    return false;
}

bool team_is_safe(const struct response *r, int32_t i)
{
    return (r->teams->with[i] & SAFETY_BIT(LOOKOUT)) != 0 && has_radio(r, i) && team_knows_ground(r, i);
}

int32_t teams_working(const struct response *r, int32_t place, int32_t task)
{
    return works_people(r->works, place, task);
}

/* ---- reports to its agency: what is heard is known, the rest is not ---- */

void team_say(struct response *r, struct world *w, int32_t i, int64_t event)
{
    struct teams *t = r->teams;
    int64_t percent = t->line[i] >= 0 ? (int64_t)(100.0 * response_line_share(r, t->line[i])) : 0;
    int32_t road = t->stage[i] == W(STAGE, BLOCKED) && t->edges[i] > 0 && t->leg[i] != LEG_MODE
                       ? t->route[i * ROUTE_MAX + (t->edge[i] + 1 < t->edges[i] ? t->edge[i] + 1 : t->edges[i] - 1)]
                       : -1;
    struct sight say[6];
    int n = 0;
    say[n++] = (struct sight){TOPIC_TEAM_STAGE, i, t->stage[i]};
    say[n++] = (struct sight){TOPIC_TEAM_PLACE, i, t->leg[i] == LEG_NONE ? t->place[i] : -1};
    say[n++] = (struct sight){TOPIC_TEAM_TASK, i, t->task[i]};
    say[n++] = (struct sight){TOPIC_TEAM_HURT, i, t->hurt[i] + t->dead[i]};
    if (t->line[i] >= 0)
        say[n++] = (struct sight){TOPIC_LINE_DONE, t->line[i], percent};
    if (road >= 0) /* what stopped it: a cut, or a jam */
        say[n++] = (struct sight){TOPIC_ROAD_STATE, road, routes_state(r, road) == 2 ? 2 : 3};
    (void)comms_send_sights(r, w, &(struct message){.kind = MESSAGE_STATUS, .from = i, .to = r->atlas->team[i].agency,
                                                    .seen_ms = w->now_ms, .channel = -1, .event = event}, say, n);
}

/* The inhabited place in sight that the hazard is nearest to, threatened or reached; returns how many sights. */
static int worst_place(const struct response *r, const struct world *w, int32_t i, struct sight *out)
{
    const struct teams *t = r->teams;
    int32_t worst = -1;
    double nearest = 0.0;
    for (int32_t p = 0; p < w->exposure->places; p++) {
        double dx = r->atlas->place[p].at[0] - t->x[i], dy = r->atlas->place[p].at[1] - t->y[i];
        if (r->atlas->place[p].people <= 0 || dx * dx + dy * dy >= PLACE_SEEN_M * PLACE_SEEN_M)
            continue;
        const struct felt there = exposure_place(w->exposure, p);
        if (there.danger > 0.0 && (worst < 0 || there.distance_m < nearest)) {
            *out = (struct sight){TOPIC_PLACE_STATE, p, there.since_ms >= 0 ? 2 : 1};
            worst = p;
            nearest = there.distance_m;
        }
    }
    return worst >= 0;
}

/* What a team saw, as an event: the first headline of it. */
static int64_t say_saw(const struct response *r, struct world *w, int32_t i, const struct sight *seen, int count)
{
    const int64_t why = exposure_event(w->exposure);
    struct event saw = {.kind = EV_TEAM_SAW, .i = {i, r->teams->dest[i], -1}, .f = {0, exposure_team(w->exposure, i).distance_m},
                        .cause = why > 0 ? cause_event(why) : cause_event(r->teams->start_event[i])};
    for (int k = 0; k < count && saw.i[2] < 0; k++) {
        const struct topic_row *row = seen[k].topic & SIGHT_CELLS ? NULL : topic_row(&r->atlas->names, seen[k].topic);
        if (!row || !row->headline)
            continue;
        saw.i[2] = seen[k].topic;
        saw.f[0] = (double)seen[k].value / row->scale;
    }
    return world_emit(w, &saw);
}

static void look(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    const struct position *at = &w->exposure->where[i]; /* as the hazards know it */
    struct eye eye = {EYE_TEAM, i, at->x, at->y, 0.0, 1.0};
    struct sight seen[SIGHTS_MAX];
    bool reports = (task_row(&r->atlas->names, t->task[i])->flags & TASK_REPORTS) != 0;
    int64_t every = t->task[i] == W(TASK, RECON) ? RECON_EVERY_MS : reports ? SIGHT_EVERY_MS : INT64_MAX;
    if ((t->saw_ms[i] >= 0 && w->now_ms - t->saw_ms[i] < every) || !at->out || !world_sees(w, &eye))
        return;
    eye.judge = 1.0 + SIGHT_ERROR * num_clamp(rng_normal(&t->luck), -2.0, 2.0);
    int n = world_observe(w, &eye, seen, SIGHTS_MAX - 3);
    int64_t event = say_saw(r, w, i, seen, n);
    seen[n++] = (struct sight){TOPIC_WIND, 0, (int64_t)(w->weather->now.wind_ms * 10.0)};
    seen[n++] = (struct sight){TOPIC_WIND_FROM, 0, (int64_t)w->weather->now.from_deg};
    n += worst_place(r, w, i, &seen[n]);
    t->saw_ms[i] = w->now_ms;
    (void)comms_send_sights(r, w, &(struct message){.kind = MESSAGE_SIGHT, .from = i, .to = r->atlas->team[i].agency,
                                                    .seen_ms = w->now_ms, .channel = -1, .event = event}, seen, n);
}

/* ---- moving ---- */

void teams_release(struct response *r, struct world *w, int32_t team, int32_t place, struct cause cause)
{
    struct teams *t = r->teams;
    if (t->available[team])
        return;
    t->available[team] = 1;
    t->stage[team] = W(STAGE, HOME);
    t->place[team] = place >= 0 ? place : r->atlas->team[team].home;
    t->x[team] = r->atlas->place[t->place[team]].at[0];
    t->y[team] = r->atlas->place[t->place[team]].at[1];
    team_say(r, w, team, cause.kind == CAUSE_EVENT ? cause.ref : 0);
}

void team_withdraw(struct response *r, struct world *w, int32_t i, int32_t place, int32_t reason, struct cause cause)
{
    struct teams *t = r->teams;
    if (place < 0)
        place = r->atlas->team[i].home;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_WITHDRAWN, .i = {i, reason, place}, .cause = cause});
    team_off_road(r, i);
    t->dest[i] = place;
    t->dest_x[i] = r->atlas->place[place].at[0];
    t->dest_y[i] = r->atlas->place[place].at[1];
    t->task[i] = W(TASK, STANDBY);
    t->line[i] = -1;
    t->flags[i] |= FLAG_WITHDRAW;
    t->danger_event[i] = 0;
    t->start_event[i] = event;
    int32_t no_way;
    t->via_order[i] = -1;
    if (team_depart(r, w, i, cause_event(event), &no_way))
        return;
    if (t->mode[i] >= 0) /* shut in */
        event = world_emit(w, &(struct event){.kind = EV_ORDER_FAILED,
                                              .i = {t->boss[i], VERB_WITHDRAW, no_way, (int32_t)t->order[i], i},
                                              .cause = cause_event(event)});
    team_say(r, w, i, event); /* it stays where it is, and says so */
}

/* ---- danger ---- */

static void casualties(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    const struct harm_row *harm = hazard_harm(w, t->caught_by[i]);
    double share = team_is_safe(r, i) ? harm->safe : team_knows_ground(r, i) ? harm->knows : harm->stranger;
    if (harm->stranger > 0.0) /* a hazard of this drill: how hard it took them */
        share *= exposure_of(w->exposure, t->caught_by[i])->team[i].harm;
    int32_t hurt = 0, dead = 0;
    for (int32_t k = 0; k < t->people[i]; k++) {
        if (rng_unit(&t->luck) >= share)
            continue;
        if (rng_unit(&t->luck) < harm->crew_dead)
            dead++;
        else
            hurt++;
    }
    if (hurt + dead == 0)
        return;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_HURT,
                                                  .i = {i, hurt, dead, (int32_t)t->order[i]},
                                                  .cause = cause_event(t->caught_event[i]),
                                                  .also = t->order[i] > 0 ? cause_order(t->order[i])
                                                                          : cause_event(t->start_event[i])});
    team_say(r, w, i, event);
}

/* A crew that sees its danger goes; with lookout and escape route at once, else when it happens to see it. */
static void escape(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    bool sees = team_is_safe(r, i) || rng_unit(&t->luck) < SLOW_TO_LEAVE * (double)w->tick_ms / 60000.0;
    if (sees && !(t->flags[i] & FLAG_WITHDRAW))
        team_withdraw(r, w, i, r->atlas->team[i].home, W(REASON, HAZARD), cause_event(t->danger_event[i]));
}

/* ---- the slice ---- */

static void apply_stage(struct teams *t, const struct event *e)
{
    int32_t i = e->i[0];
    switch (e->kind) {
    case EV_TEAM_ORDERED:
        t->pending[i] = e->i[4];
        break;
    case EV_TEAM_DEPARTED:
        t->stage[i] = W(STAGE, MOVING);
        break;
    case EV_TEAM_ROAD:
    case EV_TEAM_REROUTED:
        t->stage[i] = W(STAGE, MOVING);
        break;
    case EV_TEAM_BLOCKED:
        t->stage[i] = W(STAGE, BLOCKED);
        break;
    case EV_TEAM_ARRIVED:
        t->stage[i] = W(STAGE, READY);
        t->place[i] = e->i[1];
        t->eta_ms[i] = -1;
        break;
    case EV_TASK_STARTED:
        t->stage[i] = W(STAGE, WORKING);
        break;
    case EV_TASK_DONE:
        t->stage[i] = W(STAGE, READY);
        break;
    case EV_TASK_STOPPED: /* what the hazard does may pass: they wait for their chance; all else ends the task */
        if (e->i[2] == W(REASON, TIRED))
            t->stage[i] = W(STAGE, RESTING);
        else if (e->i[2] >> OWN_BITS == OWN_CORE)
            t->stage[i] = W(STAGE, READY);
        break;
    case EV_TEAM_TIRED:
        t->tired[i] = 1;
        break;
    case EV_TEAM_CAME:
        t->available[i] = 1;
        t->stage[i] = W(STAGE, READY);
        t->place[i] = t->dest[i] = e->i[1];
        break;
    default:
        break;
    }
}

static void apply_harm(struct teams *t, const struct event *e)
{
    int32_t i = e->i[0];
    if (e->kind == EV_TEAM_ENDANGERED) {
        t->danger_event[i] = e->seq;
    } else if (e->kind == EV_TEAM_CAUGHT) {
        t->caught_event[i] = e->seq;
        t->caught_by[i] = e->i[1];
    } else if (e->kind == EV_TEAM_HURT) {
        t->hurt[i] += e->i[1];
        t->dead[i] += e->i[2];
        t->people[i] -= e->i[1] + e->i[2];
        if (t->people[i] <= 0)
            t->stage[i] = W(STAGE, LOST);
    }
}

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct response *r = self;
    struct teams *t = r->teams;
    (void)w;
    switch (e->kind) {
    case EV_TEAM_CHANGED:
        t->stage[e->i[0]] = W(STAGE, MOVING);
        break;
    case EV_TEAM_CAME: {
        const double *at = r->atlas->place[e->i[1]].at;
        t->x[e->i[0]] = at[0];
        t->y[e->i[0]] = at[1];
        apply_stage(t, e);
        volunteers_apply(t, e);
        break;
    }
    case EV_TEAM_REGISTERED:
    case EV_TEAM_STRAYED:
    case EV_TEAM_TURNED_AWAY:
        volunteers_apply(t, e);
        break;
    case EV_TEAM_ENDANGERED:
    case EV_TEAM_CAUGHT:
    case EV_TEAM_HURT:
        apply_harm(t, e);
        break;
    default:
        if (e->kind >= EV_TEAM_ORDERED && e->kind <= EV_TEAM_CAME)
            apply_stage(t, e);
        break;
    }
}

static void count_workers(struct response *r)
{
    struct teams *t = r->teams;
    int32_t *working = r->works->working;
    memset(working, 0, sizeof(*working) * (size_t)r->works->places * TASK_SLOTS);
    for (int32_t i = 0; i < t->count; i++) {
        if (t->stage[i] == W(STAGE, WORKING) && t->dest[i] >= 0)
            working[t->dest[i] * TASK_SLOTS + task_slot(t->task[i])] += t->people[i];
    }
}

static void rest(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    if (t->worked_ms[i] <= 0)
        return;
    t->worked_ms[i] -= REST_GIVES * w->tick_ms;
    if (t->worked_ms[i] < 0)
        t->worked_ms[i] = 0;
    if (t->tired[i] && 2 * t->worked_ms[i] <= r->atlas->team[i].shift_ms)
        t->tired[i] = 0;
}

/* Goes as ordered; without any way, as its agency knows the roads, it says so once and looks again from time to time. */
static void set_off(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    t->until_ms[i] = t->stage[i] == W(STAGE, MUSTER) ? t->until_ms[i] : 0;
    int32_t no_way;
    if (team_depart(r, w, i, cause_event(t->start_event[i]), &no_way))
        return;
    t->until_ms[i] = w->now_ms + PACK_MS;
    if (t->stopped[i] == no_way)
        return;
    t->stopped[i] = no_way;
    int64_t event = world_emit(w, &(struct event){.kind = EV_ORDER_FAILED,
                                                  .i = {t->boss[i], VERB_DISPATCH, no_way, (int32_t)t->order[i], i},
                                                  .cause = cause_event(t->start_event[i]),
                                                  .also = t->order[i] > 0 ? cause_order(t->order[i])
                                                                          : (struct cause){CAUSE_NONE, 0}});
    team_say(r, w, i, event);
}

static void one_team(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    if (t->caught_event[i] > 0) {
        casualties(r, w, i);
        t->caught_event[i] = 0;
    } else if (t->danger_event[i] > 0) {
        escape(r, w, i);
    }
    if (t->stage[i] == W(STAGE, LOST))
        return;
    bool waiting = t->until_ms[i] > 0 && t->until_ms[i] <= w->now_ms;
    if (waiting && (t->stage[i] == W(STAGE, MUSTER) ||
                    (t->stage[i] == W(STAGE, READY) && t->leg[i] == LEG_NONE && t->eta_ms[i] >= 0))) {
        set_off(r, w, i);
    } else if (t->stage[i] == W(STAGE, MOVING) || t->stage[i] == W(STAGE, BLOCKED)) {
        team_travel(r, w, i);
    } else if (t->stage[i] == W(STAGE, WORKING)) {
        team_work(r, w, i);
    } else {
        rest(r, w, i);
    }
    if (team_is_out(r, i))
        look(r, w, i);
}

static void step(void *self, struct world *w)
{
    struct response *r = self;
    struct teams *t = r->teams;
    team_answer_efforts(r, w);
    w->works->efforts = 0;
    count_workers(r);
    for (int32_t i = 0; i < t->count; i++) {
        if (t->volunteer[i] != VOLUNTEER_NONE)
            volunteers_step(r, w, i);
        if (t->stage[i] != W(STAGE, HOME) && t->stage[i] != W(STAGE, AWAY))
            one_team(r, w, i);
        w->exposure->where[i] = (struct position){t->x[i], t->y[i], team_is_out(r, i) && !team_flies(r, i),
                                                  team_is_safe(r, i)};
    }
    count_workers(r);
}

static void walk_state(struct teams *t, struct walk *w)
{
    int32_t n = t->count;
    walk_i32(w, "stage", t->stage, n);
    walk_i32(w, "place", t->place, n);
    walk_i32(w, "task", t->task, n);
    walk_i32(w, "line", t->line, n);
    walk_i32(w, "people", t->people, n);
    walk_i32(w, "hurt", t->hurt, n);
    walk_i32(w, "dead", t->dead, n);
    walk_i64(w, "order", t->order, n);
    walk_i64(w, "order_event", t->order_event, n);
    walk_i64(w, "pending", t->pending, n);
    walk_i32(w, "boss", t->boss, n);
    walk_i32(w, "flags", t->flags, n);
    walk_i64(w, "with", t->with, n);
    walk_i32(w, "tactic", t->tactic, n);
    walk_i32(w, "dest", t->dest, n);
    walk_f64(w, "dest_x", t->dest_x, n);
    walk_f64(w, "dest_y", t->dest_y, n);
    walk_f64(w, "x", t->x, n);
    walk_f64(w, "y", t->y, n);
}

static void walk_teams(void *self, struct walk *w)
{
    struct response *r = self;
    struct teams *t = r->teams;
    int32_t n = t->count;
    walk_facts(w, "place people hurt dead tired caught caught_by came");
    walk_state(t, w);
    walk_i32(w, "leg", t->leg, n);
    walk_i32(w, "node", t->node, n);
    walk_i32(w, "edge", t->edge, n);
    for (int32_t i = 0; i < n && !w->bad; i++) {
        walk_count(w, "edges", &t->edges[i], ROUTE_MAX);
        walk_i32(w, "route", t->route + (ptrdiff_t)i * ROUTE_MAX, t->edges[i]);
    }
    walk_f64(w, "along", t->along_m, n);
    walk_i32(w, "mode", t->mode, n);
    walk_i32(w, "mode_next", t->mode_next, n);
    walk_i32(w, "via", t->via, n);
    walk_i32(w, "via_out", t->via_out, n);
    walk_i32(w, "via_order", t->via_order, n);
    walk_i64(w, "until", t->until_ms, n);
    walk_i64(w, "eta", t->eta_ms, n);
    walk_i64(w, "worked", t->worked_ms, n);
    walk_i64(w, "saw", t->saw_ms, n);
    walk_i64(w, "idle", t->idle_ms, n);
    walk_i32(w, "tired", t->tired, n);
    walk_i32(w, "stopped", t->stopped, n);
    walk_i32(w, "fetch", t->fetch, n);
    walk_i32(w, "drop", t->drop, n);
    walk_i32(w, "aboard", t->aboard, n);
    walk_f64(w, "boarding", t->boarding, n);
    walk_i64(w, "danger", t->danger_event, n);
    walk_i64(w, "caught", t->caught_event, n);
    walk_i32(w, "caught_by", t->caught_by, n);
    walk_i64(w, "start_event", t->start_event, n);
    walk_i32(w, "relieves", t->relieves, n);
    walk_i32(w, "available", t->available, n);
    walk_i32(w, "volunteer", t->volunteer, n);
    walk_i64(w, "came", t->came_ms, n);
    walk_i64(w, "list_at", t->list_ms, n);
    walk_i64(w, "list_order", t->list_order, n);
    walk_f64(w, "stretch", t->stretch_m, t->stretches * t->lines);
    walk_u64(w, "luck", &t->luck.key, 1);
    walk_u64(w, "luck_counter", &t->luck.counter, 1);
    if (w->mode == WALK_LOAD && !w->bad)
        count_workers(r);
}

const struct slice_ops teams_ops = {"teams", apply, step, walk_teams};

/* ---- views ---- */

void response_team(const struct response *r, int32_t i, struct team_view *out)
{
    const struct teams *t = r->teams;
    int32_t road = t->leg[i] == LEG_DRIVE && t->edge[i] >= 0 && t->edge[i] < t->edges[i]
                       ? t->route[i * ROUTE_MAX + t->edge[i]]
                       : -1;
    *out = (struct team_view){.stage = t->stage[i], .place = t->leg[i] == LEG_NONE ? t->place[i] : -1,
                              .task = t->task[i], .line = t->line[i], .road = road, .x = t->x[i], .y = t->y[i],
                              .people = t->people[i], .hurt = t->hurt[i], .dead = t->dead[i],
                              .worked_ms = t->worked_ms[i], .eta_ms = t->leg[i] == LEG_NONE ? -1 : t->eta_ms[i]};
}

double response_line_share(const struct response *r, int32_t line)
{
    const struct teams *t = r->teams;
    double length = r->atlas->line[line].length_m, most = 0.0;
    for (int32_t k = 0; k < t->stretches; k++)
        most = num_max(most, t->stretch_m[k * t->lines + line]);
    return length > 0.0 ? most / length : 0.0;
}

/* people.c -- the public: how a warning spreads, who goes, on what road, to which shelter, and who does not. */
#include "base/num.h"
#include "base/rng.h"
#include "core/world/hazard.h"
#include "response/parts.h"

/* All assumed unless a source is named; listed in the scenario's assumptions. */
#define CADRES_SHARE 0.5          /* village cadres reach half of the uninformed in an hour, on foot */
#define CREW_PER_HOUR 30.0        /* people that one member of a team at the doors informs in an hour */
#define SEES_SHARE 0.6            /* an hour, of those who see it coming */
#define LOSES_SHARE 0.7           /* a broadcast that is half down reaches less */
#define PREPARE_MS (20 * 60000)   /* mean time from being told to leaving */
#define GO_ORDERED 0.85           /* of the informed, when ordered */
#define GO_WARNED 0.35            /* when only warned */
#define GO_CREW 0.98              /* when somebody stands at the door */
#define PER_CAR 3                 /* people to a private car */
#define BUS_TRIP 35               /* vulnerable people a bus moves at a time .. */
#define BUS_TRIP_MS (30 * 60000)  /* .. in so long */
#define CAR_TRIP 4                /* and a team's vehicle */
#define SHELTER_MS (20 * 60000)   /* to open a shelter */
#define RESCUE_PER_HOUR 4.0       /* trapped people that one rescuer brings out in an hour */
#define TREAT_PER_HOUR 1.5        /* hurt people that one medical worker treats in an hour */

enum { WAY_MAX = 256 };

struct people {
    int32_t bus_places; /* that share the buses in this step; made anew each step */
    int32_t places;
    /* by place: these add up to the population */
    int32_t *home, *moving, *sheltered, *hurt, *dead, *treated;
    int32_t *trapped;         /* of those at home */
    int32_t *caught;          /* how many were trapped at first */
    int32_t *frail;           /* of those at home: cannot leave by themselves */
    double *informed;         /* 0..1 */
    double *rate;             /* of being informed by warnings, an hour */
    double *going, *arriving, *riding, *rescuing, *treating, *falling; /* fractions of a person carried on */
    int32_t *ordered, *shelter, *said_warned, *said_moved;
    int64_t *order, *order_event, *warn_event, *trap_event, *hurt_event;
    int32_t *boss;
    /* the road its people are on */
    int32_t *way, *way_count, *cars;
    /* shelters, by place */
    int32_t *guests, *open, *full;
    int64_t *open_ms, *open_order;
    int32_t *opener;
    struct rng luck;
};

enum rc people_make(struct response *r, uint64_t seed, struct arena *perm, struct people **out, struct err *e)
{
    struct people *p = ARENA_NEW(perm, struct people, 1);
    if (!p)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    p->places = ATLAS_COUNT(r->atlas, ENT_PLACE);
    size_t n = (size_t)p->places + 1;
    int32_t **ints[] = {&p->home, &p->moving, &p->sheltered, &p->hurt, &p->dead, &p->treated, &p->trapped, &p->frail,
                        &p->ordered, &p->shelter, &p->said_warned, &p->said_moved, &p->boss, &p->way_count, &p->cars,
                        &p->guests, &p->open, &p->full, &p->opener, &p->caught};
    int64_t **longs[] = {&p->order, &p->order_event, &p->warn_event, &p->trap_event, &p->hurt_event, &p->open_ms,
                         &p->open_order};
    double **reals[] = {&p->informed, &p->rate, &p->going, &p->arriving, &p->riding, &p->rescuing, &p->treating, &p->falling};
    bool ok = (p->way = ARENA_NEW(perm, int32_t, n * WAY_MAX)) != NULL;
    for (int k = 0; k < COUNT_OF(ints); k++)
        ok = (*ints[k] = ARENA_NEW(perm, int32_t, n)) && ok;
    for (int k = 0; k < COUNT_OF(longs); k++)
        ok = (*longs[k] = ARENA_NEW(perm, int64_t, n)) && ok;
    for (int k = 0; k < COUNT_OF(reals); k++)
        ok = (*reals[k] = ARENA_NEW(perm, double, n)) && ok;
    if (!ok)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t i = 0; i < p->places; i++) {
        p->home[i] = r->atlas->place[i].people;
        p->frail[i] = r->atlas->place[i].vulnerable;
        p->shelter[i] = p->boss[i] = p->opener[i] = -1;
        p->open_ms[i] = -1;
    }
    p->luck = rng_make(seed, RNG_RESPONSE, 4);
    *out = p;
    return RC_OK;
}

void people_hand_over(struct response *r, const struct world *w)
{
    for (int32_t i = 0; i < r->people->places; i++) {
        if (souls_claimed(w->souls, i))
            r->people->home[i] = r->people->frail[i] = 0;
    }
}

/* How many there are of a place: who lived there, and who came since. */
static int32_t population(const struct response *r, int32_t place) { return r->souls->at[place].due; }

/* ---- orders ---- */

/* The nearest place that can take people in and is not threatened as far as the agency knows. */
static int32_t nearest_shelter(const struct response *r, const struct world *w, int32_t agency, int32_t place, bool must_be_open)
{
    int32_t best = -1;
    double best2 = 0.0;
    const double *at = r->atlas->place[place].at;
    for (int32_t i = 0; i < r->people->places; i++) {
        const struct place *s = &r->atlas->place[i];
        double dx = s->at[0] - at[0], dy = s->at[1] - at[1], d2 = dx * dx + dy * dy;
        if (s->capacity <= 0 || i == place || r->people->guests[i] >= s->capacity ||
            (must_be_open && !r->people->open[i]) ||
            knowledge_value(w->knowledge, agency, TOPIC_PLACE_STATE, i, 0) > 0 || (best >= 0 && d2 >= best2))
            continue;
        best = i;
        best2 = d2;
    }
    return best;
}

int32_t people_shelter(const struct response *r, const struct world *w, int32_t agency, int32_t place)
{
    return nearest_shelter(r, w, agency, place, false);
}

static enum rc check_evacuate(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    int32_t place = (int32_t)o->arg[0];
    struct arg name = names_arg(&r->atlas->names, ENT_PLACE, place);
    if (population(r, place) <= 0)
        return ERR(e, RC_NO, MSG_RESPONSE_NOBODY_THERE, name);
    if (!command_may_command(r, o->agency) && r->atlas->agency[o->agency].admin != ADMIN_TOWN)
        return ERR(e, RC_NO, MSG_RESPONSE_MAY_NOT_EVACUATE, names_arg(&r->atlas->names, ENT_AGENCY, o->agency));
    if (knowledge_value(w->knowledge, o->agency, TOPIC_PLACE_ORDERED, place, 0))
        return ERR(e, RC_NO, MSG_RESPONSE_ORDERED_ALREADY, name);
    if (order_has(o, 1) && r->atlas->place[o->arg[1]].capacity <= 0)
        return ERR(e, RC_NO, MSG_RESPONSE_NO_SHELTER, names_arg(&r->atlas->names, ENT_PLACE, (int)o->arg[1]));
    if (!order_has(o, 1) && nearest_shelter(r, w, o->agency, place, false) < 0)
        return ERR0(e, RC_NO, MSG_RESPONSE_NO_SHELTER_AT_ALL);
    return RC_OK;
}

static void act_evacuate(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int32_t place = (int32_t)o->arg[0];
    int32_t shelter = order_has(o, 1) ? (int32_t)o->arg[1] : nearest_shelter(r, w, o->agency, place, false);
    int64_t event = world_emit(w, &(struct event){.kind = EV_EVACUATION_ORDERED,
                                                  .i = {o->agency, place, shelter, (int32_t)o->seq},
                                                  .cause = cause_order(o->seq)});
    command_notice(r, w, o->agency, TOPIC_PLACE_ORDERED, place, 1, event);
    (void)comms_send(r, w, &(struct message){.kind = MESSAGE_WARNING, .from = o->agency, .to = place, .ref = o->seq,
                                             .value = {1, 0, 0}, .seen_ms = w->now_ms, .channel = -1, .event = event});
}

static enum rc check_shelter(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    struct arg name = names_arg(&r->atlas->names, ENT_PLACE, (int)o->arg[0]);
    if (r->atlas->place[o->arg[0]].capacity <= 0)
        return ERR(e, RC_NO, MSG_RESPONSE_NO_SHELTER, name);
    if (knowledge_value(w->knowledge, o->agency, TOPIC_SHELTER, (int32_t)o->arg[0], 0) || r->people->open_ms[o->arg[0]] >= 0)
        return ERR(e, RC_NO, MSG_RESPONSE_SHELTER_ALREADY, name);
    return RC_OK;
}

static void act_shelter(void *self, struct world *w, const struct order *o)
{
    struct people *p = ((struct response *)self)->people;
    p->open_ms[o->arg[0]] = w->now_ms + SHELTER_MS;
    p->open_order[o->arg[0]] = o->seq;
    p->opener[o->arg[0]] = o->agency;
}

static enum rc check_hurt(void *self, const struct world *w, const struct order *o, struct err *e)
{
    (void)self, (void)w;
    return o->arg[1] > 0 && o->arg[1] <= 10000 ? RC_OK : ERR0(e, RC_NO, MSG_RESPONSE_NEGATIVE);
}

static void act_hurt(void *self, struct world *w, const struct order *o)
{
    struct people *p = ((struct response *)self)->people;
    int32_t place = (int32_t)o->arg[0], count = (int32_t)o->arg[1];
    int32_t there = souls_claimed(w->souls, place) ? w->souls->at[place].in : p->home[place];
    if (count > there)
        count = there;
    if (count > 0)
        (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_HURT, .i = {place, count, 0}, .cause = cause_of_order(o)});
}

const struct rule people_rules[] = {
    {VERB_EVACUATE, check_evacuate, act_evacuate},
    {VERB_SHELTER, check_shelter, act_shelter},
    {VERB_HURT, check_hurt, act_hurt},
};
const int people_rule_count = COUNT_OF(people_rules);

void people_deliver(struct response *r, struct world *w, const struct message *m)
{
    struct people *p = r->people;
    int32_t place = m->to;
    p->warn_event[place] = m->event;
    /* A channel for the public informs by its reach; a call to the village sends the cadres round. */
    double reach = m->channel >= 0 ? r->atlas->channel[m->channel].reach : 0.0;
    if (m->channel >= 0)
        reach *= comms_percent(r, m->channel) >= 100 ? 1.0 : LOSES_SHARE;
    double rate = reach > 0.0 && reach < 1.0 ? -num_log(1.0 - reach) : reach >= 1.0 ? 4.0 : 0.0;
    bool ordered = m->value[0] == 1;
    const struct notice said = {.place = place, .what = ordered ? NOTICE_LEAVE : NOTICE_WARNED, .agency = m->from,
                                .to = ordered ? p->shelter[place] : -1, .share = num_max(reach, CADRES_SHARE),
                                .from_ms = w->now_ms, .order = m->ref, .event = m->event};
    if (!souls_notice(w->souls, &said))
        (void)world_emit(w, &(struct event){.kind = EV_MESSAGE_LOST,
                                            .i = {m->from, -1, W(REASON, BUSY), (int32_t)m->ref, -1},
                                            .cause = cause_event(m->event)});
    if (souls_claimed(w->souls, place))
        return; /* whoever moves them reads the notice */
    p->rate[place] = num_max(p->rate[place], rate) + (p->rate[place] <= 0.0 ? -num_log(1.0 - CADRES_SHARE) : 0.0);
}

/* ---- one step of one place ---- */

static double hours(const struct world *w) { return (double)w->tick_ms / 3600000.0; }

/* Whole persons out of a running fraction, at most `most`. */
static int32_t take(double *carry, double add, int32_t most)
{
    *carry += add;
    int32_t whole = (int32_t)*carry;
    if (whole > most)
        whole = most;
    *carry -= whole;
    if (whole == most)
        *carry = 0.0;
    return whole > 0 ? whole : 0;
}


static void inform(struct response *r, struct world *w, int32_t i)
{
    struct people *p = r->people;
    double rate = p->rate[i];
    int32_t crew = teams_working(r, i, W(TASK, EVACUATE));
    if (exposure_place(w->exposure, i).seen)
        rate += SEES_SHARE;
    if (p->home[i] > 0)
        rate += crew * CREW_PER_HOUR / p->home[i];
    p->informed[i] += (1.0 - p->informed[i]) * num_min(1.0, rate * hours(w));
    int32_t percent = (int32_t)(p->informed[i] * 100.0);
    int32_t mark = percent >= 90 ? 90 : percent >= 50 ? 50 : 0;
    if (mark > p->said_warned[i] && p->warn_event[i] > 0)
        (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_WARNED, .i = {i, mark}, .cause = cause_event(p->warn_event[i])});
}

/* The order, else the warning, else what they saw or were told at the door. */
static struct cause why_they_go(const struct people *p, int32_t i)
{
    int64_t event = p->order_event[i] > 0 ? p->order_event[i] : p->warn_event[i];
    return event > 0 ? cause_event(event) : (struct cause){CAUSE_NONE, 0};
}

static void off_road(struct response *r, int32_t i)
{
    struct people *p = r->people;
    for (int32_t k = 0; k < p->way_count[i]; k++)
        routes_load(r, p->way[i * WAY_MAX + k], -p->cars[i]);
    p->cars[i] = 0;
    p->way_count[i] = 0;
}

/* Seconds to drive to the shelter now; puts the cars of those on the move on the road. -1: no way. */
static double drive_s(struct response *r, struct world *w, int32_t i)
{
    struct people *p = r->people;
    struct route way;
    int32_t cars = (p->moving[i] + PER_CAR - 1) / PER_CAR;
    double seconds = 0.0;
    bool good = p->way_count[i] > 0;
    for (int32_t k = 0; k < p->way_count[i] && good; k++)
        good = routes_state(r, p->way[i * WAY_MAX + k]) != 2;
    if (!good) {
        off_road(r, i);
        if (!routes_find(r, w, EVERYBODY, r->atlas->place[i].node, r->atlas->place[p->shelter[i]].node, true, &way))
            return -1.0;
        p->way_count[i] = way.roads;
        for (int32_t k = 0; k < way.roads; k++)
            p->way[i * WAY_MAX + k] = way.road[k];
    }
    int32_t spread = p->way_count[i] > 0 ? (cars + p->way_count[i] - 1) / p->way_count[i] : 0;
    for (int32_t k = 0; k < p->way_count[i]; k++) {
        int32_t road = p->way[i * WAY_MAX + k];
        routes_load(r, road, spread - p->cars[i]);
        double speed = routes_speed(r, w, road, true);
        seconds += r->atlas->road[road].length_m / num_max(0.5, speed);
    }
    p->cars[i] = spread;
    return seconds;
}

/* The frail that were ordered out and know it. */
static bool waits_for_bus(const struct people *p, int32_t i)
{
    return p->shelter[i] >= 0 && p->trapped[i] == 0 && p->ordered[i] && p->informed[i] > 0.2 && p->frail[i] > 0;
}

static void leave(struct response *r, struct world *w, int32_t i)
{
    struct people *p = r->people;
    if (p->shelter[i] < 0 || p->trapped[i] > 0)
        return;
    double go = p->ordered[i] ? GO_ORDERED : GO_WARNED;
    if (teams_working(r, i, W(TASK, EVACUATE)) > 0)
        go = GO_CREW;
    int32_t total = population(r, i), able = p->home[i] - p->frail[i];
    int32_t gone = total - p->home[i];
    double want = go * p->informed[i] * total - gone;
    if (want > 0.0 && able > 0) {
        int32_t n = take(&p->going[i], num_min(want, able) * (double)w->tick_ms / PREPARE_MS, able);
        p->home[i] -= n;
        p->moving[i] += n;
    }
    /* The frail go by bus and in the vehicles of the teams there. */
    int32_t crew = teams_working(r, i, W(TASK, EVACUATE));
    double seats = (double)coord_buses(r) * BUS_TRIP / (p->bus_places > 1 ? p->bus_places : 1);
    seats += (crew > 0 ? (crew / 5 + 1) * CAR_TRIP : 0);
    if (waits_for_bus(p, i) && seats > 0.0) {
        int32_t n = take(&p->riding[i], seats * (double)w->tick_ms / BUS_TRIP_MS, p->frail[i]);
        p->frail[i] -= n;
        p->home[i] -= n;
        p->moving[i] += n;
    }
}

/* Lets arrive who can be taken in; a full shelter sends people on to the next. */
static void arrive(struct response *r, struct world *w, int32_t i, double seconds)
{
    struct people *p = r->people;
    int32_t shelter = p->shelter[i];
    if (p->moving[i] == 0 || seconds < 0.0)
        return;
    int32_t n = take(&p->arriving[i], p->moving[i] * num_min(1.0, (double)w->tick_ms / 1000.0 / num_max(seconds, 60.0)) + 0.02,
                     p->moving[i]);
    if (!p->open[shelter]) {
        int32_t other = nearest_shelter(r, w, EVERYBODY, i, true);
        if (other >= 0)
            p->shelter[i] = other;
        p->arriving[i] = 0.0;
        return; /* they wait before a closed door, or drive on */
    }
    int32_t room = r->atlas->place[shelter].capacity - p->guests[shelter];
    if (n > room) {
        n = room;
        if (!p->full[shelter])
            (void)world_emit(w, &(struct event){.kind = EV_SHELTER_FULL,
                                                .i = {shelter, r->atlas->place[shelter].capacity},
                                                .cause = why_they_go(p, i)});
        int32_t other = nearest_shelter(r, w, EVERYBODY, i, true);
        if (other >= 0) {
            off_road(r, i);
            p->shelter[i] = other;
        }
    }
    p->moving[i] -= n;
    p->sheltered[i] += n;
    p->guests[shelter] += n;
}

static void say_moved(struct response *r, struct world *w, int32_t i)
{
    struct people *p = r->people;
    int32_t total = population(r, i), percent = total > 0 ? p->sheltered[i] * 100 / total : 0;
    int32_t left = p->home[i] + p->moving[i];
    int32_t mark = left == 0 && p->sheltered[i] > 0 ? 100 : percent / 25 * 25;
    if (mark <= p->said_moved[i])
        return;
    int64_t event = world_emit(w, &(struct event){.kind = EV_PEOPLE_MOVED,
                                                  .i = {i, p->sheltered[i], left, mark},
                                                  .cause = why_they_go(p, i)});
    if (p->boss[i] >= 0)
        command_inform(r, w, p->boss[i], p->boss[i], TOPIC_PLACE_MOVED, i, p->sheltered[i], 0, event);
}

/* The hazard is here and so are they. */
static void trap(struct response *r, struct world *w, int32_t i)
{
    struct people *p = r->people;
    if (p->trap_event[i] > 0 || p->home[i] == 0)
        return;
    const struct felt s = exposure_place(w->exposure, i);
    if (s.since_ms < 0)
        return;
    struct cause reached = s.event > 0 ? cause_event(s.event) : (struct cause){CAUSE_NONE, 0};
    int64_t event = world_emit(w, &(struct event){.kind = EV_PEOPLE_TRAPPED,
                                                  .i = {i, p->home[i], p->ordered[i]},
                                                  .cause = reached,
                                                  .also = p->ordered[i] ? cause_event(p->order_event[i])
                                                                        : (struct cause){CAUSE_ABSENCE, VERB_EVACUATE}});
    const struct harm_row *harm = hazard_harm(w, s.harm_of);
    int32_t hurt = 0, dead = 0;
    for (int32_t k = 0; k < p->trapped[i]; k++) {
        if (rng_unit(&p->luck) >= harm->trapped * s.harm)
            continue;
        if (rng_unit(&p->luck) < harm->trapped_dead)
            dead++;
        else
            hurt++;
    }
    if (hurt + dead > 0)
        (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_HURT, .i = {i, hurt, dead}, .cause = cause_event(event),
                                            .also = p->ordered[i] ? cause_order(p->order[i]) : (struct cause){CAUSE_ABSENCE, VERB_EVACUATE}});
}

static int32_t rescuers(const struct response *r, int32_t i)
{
    return teams_working(r, i, W(TASK, RESCUE)) + teams_working(r, i, W(TASK, EVACUATE));
}

/* A team that works there, for the event; ties by number. */
static int32_t a_team_at(const struct response *r, int32_t place, int32_t task)
{
    for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM); i++) {
        struct team_view v;
        response_team(r, i, &v);
        if (v.stage == W(STAGE, WORKING) && v.place == place && v.task == task)
            return i;
    }
    return -1;
}

static void help(struct response *r, struct world *w, int32_t i)
{
    struct people *p = r->people;
    if (p->trapped[i] > 0 && rescuers(r, i) > 0) {
        int32_t n = take(&p->rescuing[i], rescuers(r, i) * RESCUE_PER_HOUR * hours(w), p->trapped[i]);
        int32_t task = teams_working(r, i, W(TASK, RESCUE)) > 0 ? W(TASK, RESCUE) : W(TASK, EVACUATE);
        if (n > 0)
            (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_RESCUED, .i = {a_team_at(r, i, task), i, n, -1}, .cause = cause_event(p->trap_event[i])});
    }
    int32_t medics = teams_working(r, i, W(TASK, MEDICAL)), at = i;
    if (medics == 0 && p->shelter[i] >= 0) { /* those who fell ill lie in the shelter */
        at = p->shelter[i];
        medics = teams_working(r, at, W(TASK, MEDICAL));
    }
    if (p->hurt[i] > 0 && medics > 0) {
        int32_t n = take(&p->treating[i], medics * TREAT_PER_HOUR * hours(w), p->hurt[i]);
        int32_t team = a_team_at(r, at, W(TASK, MEDICAL));
        if (n > 0 && team >= 0) {
            p->hurt[i] -= n;
            p->treated[i] += n;
            (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_TREATED, .i = {team, n}, .cause = cause_event(p->hurt_event[i])});
        }
    }
}

void people_fall_ill(struct response *r, struct world *w, int32_t shelter, int32_t supply, double share, int64_t event)
{
    struct people *p = r->people;
    for (int32_t i = 0; i < p->places; i++) {
        if (p->shelter[i] != shelter || p->sheltered[i] == 0 || p->guests[shelter] == 0)
            continue;
        int32_t most = p->sheltered[i] < p->guests[shelter] ? p->sheltered[i] : p->guests[shelter];
        int32_t n = take(&p->falling[i], share * p->sheltered[i], most);
        if (n > 0)
            (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_ILL, .i = {shelter, i, n, supply}, .cause = cause_event(event)});
    }
}

static void one_place(struct response *r, struct world *w, int32_t i)
{
    struct people *p = r->people;
    bool sees = exposure_place(w->exposure, i).seen;
    trap(r, w, i);
    if (p->rate[i] <= 0.0 && !sees && p->moving[i] == 0 && p->trapped[i] == 0 && p->hurt[i] == 0 && p->informed[i] <= 0.0 &&
        teams_working(r, i, W(TASK, EVACUATE)) == 0)
        return;
    inform(r, w, i);
    if (p->shelter[i] < 0 && p->informed[i] > 0.0)
        p->shelter[i] = nearest_shelter(r, w, EVERYBODY, i, true);
    leave(r, w, i);
    if (p->shelter[i] >= 0 && p->moving[i] > 0)
        arrive(r, w, i, drive_s(r, w, i));
    if (p->moving[i] == 0)
        off_road(r, i);
    help(r, w, i);
    say_moved(r, w, i);
}

/* ---- the slice ---- */

static void count_souls(const struct people *p, struct souls *s)
{
    for (int32_t i = 0; i < p->places; i++) {
        if (souls_claimed(s, i))
            continue;
        struct soul_count *c = &s->at[i];
        c->in = p->home[i];
        c->out = p->moving[i] + p->sheltered[i];
        c->hurt = p->hurt[i] + p->treated[i];
        c->dead = p->dead[i];
    }
}

static void step(void *self, struct world *w)
{
    struct response *r = self;
    struct people *p = r->people;
    p->bus_places = 0;
    for (int32_t i = 0; i < p->places; i++)
        p->bus_places += waits_for_bus(p, i);
    for (int32_t i = 0; i < p->places; i++) {
        if (p->open_ms[i] >= 0 && !p->open[i] && p->open_ms[i] <= w->now_ms) {
            int64_t event = world_emit(w, &(struct event){.kind = EV_SHELTER_OPENED,
                                                          .i = {i, p->opener[i], (int32_t)p->open_order[i]},
                                                          .cause = cause_order(p->open_order[i])});
            command_notice(r, w, p->opener[i], TOPIC_SHELTER, i, 1, event);
        }
        if (population(r, i) > 0 && !souls_claimed(w->souls, i))
            one_place(r, w, i);
    }
    count_souls(p, w->souls);
}

/* Those who came out of a hazard's place stand at the one they came to, told and able to go on; where a shelter is open
 * there, they are its guests. */
static void take_in(const struct response *r, int32_t place, int32_t count, int32_t hurt)
{
    struct people *p = r->people;
    int32_t whole = count - hurt, room = p->open[place] ? r->atlas->place[place].capacity - p->guests[place] : 0;
    int32_t in = whole < room ? whole : room;
    int32_t before = p->home[place];
    p->home[place] += whole - in;
    if (whole > in)
        p->informed[place] = (p->informed[place] * before + (whole - in)) / p->home[place];
    p->sheltered[place] += in;
    p->guests[place] += in;
    p->hurt[place] += hurt;
    if (in > 0 && p->shelter[place] < 0)
        p->shelter[place] = place;
}

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct people *p = ((struct response *)self)->people;
    switch (e->kind) {
    case EV_EVACUATION_ORDERED:
        p->ordered[e->i[1]] = 1;
        p->shelter[e->i[1]] = e->i[2];
        p->order[e->i[1]] = e->i[3];
        p->order_event[e->i[1]] = e->seq;
        p->boss[e->i[1]] = e->i[0];
        break;
    case EV_PEOPLE_WARNED:
        p->said_warned[e->i[0]] = e->i[1];
        break;
    case EV_PEOPLE_MOVED:
        p->said_moved[e->i[0]] = e->i[3];
        break;
    case EV_PEOPLE_OUT:
        if (!souls_claimed(w->souls, e->i[1])) {
            take_in(self, e->i[1], e->i[2], e->i[3]);
            p->hurt_event[e->i[1]] = e->seq;
        }
        break;
    case EV_PEOPLE_CAME:
        if (!souls_claimed(w->souls, e->i[0]))
            p->home[e->i[0]] += e->i[1];
        break;
    case EV_PEOPLE_TRAPPED:
        p->trapped[e->i[0]] = p->caught[e->i[0]] = e->i[1];
        p->trap_event[e->i[0]] = e->seq;
        break;
    case EV_PEOPLE_HURT: {
        int32_t i = e->i[0], sum = e->i[1] + e->i[2];
        if (souls_claimed(w->souls, i))
            break;
        p->home[i] -= sum;
        p->hurt[i] += e->i[1];
        p->dead[i] += e->i[2];
        p->hurt_event[i] = e->seq;
        if (p->trapped[i] > p->home[i])
            p->trapped[i] = p->home[i];
        if (p->frail[i] > p->home[i])
            p->frail[i] = p->home[i];
        break;
    }
    case EV_PEOPLE_RESCUED: {
        int32_t i = e->i[1];
        p->trapped[i] -= e->i[2] < p->trapped[i] ? e->i[2] : p->trapped[i];
        p->home[i] -= e->i[2];
        p->sheltered[i] += e->i[2];
        if (e->i[3] >= 0) /* brought there by a team */
            p->guests[e->i[3]] += e->i[2];
        if (p->frail[i] > p->home[i])
            p->frail[i] = p->home[i];
        break;
    }
    case EV_PEOPLE_ILL:
        p->sheltered[e->i[1]] -= e->i[2];
        p->hurt[e->i[1]] += e->i[2];
        p->guests[e->i[0]] -= e->i[2];
        p->hurt_event[e->i[1]] = e->seq;
        break;
    case EV_SHELTER_OPENED:
        p->open[e->i[0]] = 1;
        break;
    case EV_SHELTER_FULL:
        p->full[e->i[0]] = 1;
        break;
    default:
        break;
    }
}

static void walk_people(void *self, struct walk *w)
{
    struct people *p = ((struct response *)self)->people;
    int32_t n = p->places;
    int32_t *ints[] = {p->home, p->moving, p->sheltered, p->hurt, p->dead, p->treated, p->trapped, p->frail, p->ordered,
                       p->shelter, p->said_warned, p->said_moved, p->boss, p->cars, p->guests, p->open, p->full, p->opener, p->caught};
    static const char *const int_names[] = {"home", "on_the_way", "sheltered", "hurt", "dead", "treated", "trapped", "frail",
                                            "ordered", "shelter", "said_warned", "said_moved", "boss", "cars", "guests", "open",
                                            "full", "opener", "caught"};
    int64_t *longs[] = {p->order, p->order_event, p->warn_event, p->trap_event, p->hurt_event, p->open_ms, p->open_order};
    static const char *const long_names[] = {"order", "order_event", "warn_event", "trap_event", "hurt_event", "open_at",
                                             "open_order"};
    double *reals[] = {p->informed, p->rate, p->going, p->arriving, p->riding, p->rescuing, p->treating, p->falling};
    static const char *const real_names[] = {"informed", "rate", "going", "arriving", "riding", "rescuing", "treating", "falling_ill"};
    walk_facts(w, "dead trapped caught ordered boss order order_event trap_event hurt_event said_warned said_moved open full");
    for (int k = 0; k < COUNT_OF(ints); k++)
        walk_i32(w, int_names[k], ints[k], n);
    for (int k = 0; k < COUNT_OF(longs); k++)
        walk_i64(w, long_names[k], longs[k], n);
    for (int k = 0; k < COUNT_OF(reals); k++)
        walk_f64(w, real_names[k], reals[k], n);
    for (int32_t i = 0; i < n && !w->bad; i++) {
        walk_count(w, "way_roads", &p->way_count[i], WAY_MAX);
        walk_i32(w, "way", p->way + (ptrdiff_t)i * WAY_MAX, p->way_count[i]);
    }
    walk_u64(w, "luck", &p->luck.key, 1);
    walk_u64(w, "luck_counter", &p->luck.counter, 1);
}

const struct slice_ops people_ops = {"people", apply, step, walk_people};

/* ---- views ---- */

void response_place(const struct response *r, int32_t i, struct place_view *out)
{
    const struct people *p = r->people;
    if (souls_claimed(r->souls, i)) { /* who is out of it is counted where he came to */
        const struct soul_count *c = &r->souls->at[i];
        *out = (struct place_view){.people = c->in, .hurt = c->hurt, .dead = c->dead, .ordered = p->ordered[i] != 0,
                                   .sheltered = p->guests[i], .shelter_open = p->open[i] != 0};
        return;
    }
    *out = (struct place_view){.people = p->home[i], .warned = (int32_t)(p->informed[i] * population(r, i)),
                               .moving = p->moving[i], .moved = p->sheltered[i], .trapped = p->trapped[i],
                               .hurt = p->hurt[i] + p->treated[i], .treated = p->treated[i], .caught = p->caught[i], .dead = p->dead[i], .sheltered = p->guests[i],
                               .ordered = p->ordered[i] != 0, .shelter_open = p->open[i] != 0};
}

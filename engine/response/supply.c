/* supply.c -- depots and what is sent from them: whose it is, loading, transport by road, arrival, use, dates. Stock is
 * conserved: what lies somewhere, is on the road, was used and has spoilt is what there was at the start. */
#include "response/parts.h"

#define LOAD_MS (15 * 60000)        /* assumed: to find, load and sign for it */
#define REQUISITION_MS (20 * 60000) /* assumed: the paper and a second signature before another's stock is loaded */
#define STUCK_MS (10 * 60000)       /* a lorry that finds no road looks again */
#define LORRY_FACTOR 1.4            /* assumed: loaded lorries against the road's speed */
#define ILL_PER_HOUR 0.02           /* assumed: of those in a shelter that is short of water in the heat */
#define BARE_OUTPUT 0.5             /* assumed: a hungry crew, or one that has no hoses left */
#define PORTER_M 1500.0             /* assumed: what lies so near to a crew is carried up to it */
#define FILL_MS (15 * 60000)        /* assumed: to fill up all that is carried */
#define LOOK_STEPS 5                /* a crew looks that often for the nearest place that has some */
#define GRACE_MS (60 * 60000)       /* assumed: what people brought along lasts an hour */
#define DAY_MS 86400000.0
enum { TRIPS_MAX = 1024 };

struct transport { int32_t supply, count, from, to, agency; int64_t due_ms, order, event; int32_t moving; };

struct supply_state {
    /* by cell: place * supplies + supply */
    int32_t *stock;
    int32_t *taken;    /* went out of it so far, sent or used: the oldest first */
    int32_t *scarce;   /* people go without */
    double *owed;      /* needed and not yet taken from the stock, in units */
    int64_t *since_ms; /* whole units are missing since; -1 */
    int64_t *good_ms;  /* the declared stock keeps so long; -1 */
    int64_t *short_event;
    int32_t *owner, *keeper, *declared; /* of the declared stock; owner -1: anybody's */
    int64_t *why;      /* by place: the last event that brought people or supplies there */
    int32_t *crew;     /* by place: people at work, in this step */
    int64_t *used, *spoilt; /* by supply */
    /* what crews carry, by team * supplies + supply */
    int64_t *carry_ms;      /* enough for so much work more */
    int32_t *bare;          /* it has run out and was said */
    int32_t *source;        /* place in reach that they draw from; -1 */
    int32_t places, supplies;
    struct transport *trip;
    int32_t trips;
};

static void declare(struct supply_state *s, const struct atlas *atlas)
{
    for (int32_t i = 0; i < s->places * s->supplies; i++)
        s->owner[i] = s->keeper[i] = -1, s->since_ms[i] = s->good_ms[i] = -1;
    for (int32_t i = 0; i < atlas->stock_count; i++) {
        const struct stock *row = &atlas->stock[i];
        int32_t cell = row->place * s->supplies + row->supply;
        s->stock[cell] = s->declared[cell] = row->count;
        s->owner[cell] = row->owner;
        s->keeper[cell] = row->custodian;
        s->good_ms[cell] = row->good_ms;
    }
}

enum rc supply_make(struct response *r, uint64_t seed, struct arena *perm, struct supply_state **out, struct err *e)
{
    (void)seed;
    struct supply_state *s = ARENA_NEW(perm, struct supply_state, 1);
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->places = ATLAS_COUNT(r->atlas, ENT_PLACE);
    s->supplies = ATLAS_COUNT(r->atlas, ENT_SUPPLY);
    size_t cells = (size_t)s->places * (size_t)s->supplies + 1;
    int32_t **ints[] = {&s->stock, &s->taken, &s->scarce, &s->owner, &s->keeper, &s->declared};
    int64_t **times[] = {&s->since_ms, &s->good_ms, &s->short_event};
    bool full = false;
    for (int i = 0; i < COUNT_OF(ints); i++)
        full = !(*ints[i] = ARENA_NEW(perm, int32_t, cells)) || full;
    for (int i = 0; i < COUNT_OF(times); i++)
        full = !(*times[i] = ARENA_NEW(perm, int64_t, cells)) || full;
    s->owed = ARENA_NEW(perm, double, cells);
    s->why = ARENA_NEW(perm, int64_t, (size_t)s->places + 1);
    s->crew = ARENA_NEW(perm, int32_t, (size_t)s->places + 1);
    s->used = ARENA_NEW(perm, int64_t, (size_t)s->supplies + 1);
    s->spoilt = ARENA_NEW(perm, int64_t, (size_t)s->supplies + 1);
    s->trip = ARENA_NEW(perm, struct transport, TRIPS_MAX);
    size_t loads = (size_t)ATLAS_COUNT(r->atlas, ENT_TEAM) * (size_t)s->supplies + 1;
    s->carry_ms = ARENA_NEW(perm, int64_t, loads);
    s->bare = ARENA_NEW(perm, int32_t, loads);
    s->source = ARENA_NEW(perm, int32_t, loads);
    if (full || !s->carry_ms || !s->bare || !s->source || !s->owed || !s->why || !s->crew || !s->used || !s->spoilt || !s->trip)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    declare(s, r->atlas);
    for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM) * s->supplies; i++) {
        s->carry_ms[i] = r->atlas->supply[i % s->supplies].carry_ms;
        s->source[i] = -1;
    }
    *out = s;
    return RC_OK;
}

/* ---- views ---- */

int32_t response_stock(const struct response *r, int32_t place, int32_t supply)
{
    return r->supply->stock[place * r->supply->supplies + supply];
}

int32_t response_in_transit(const struct response *r, int32_t supply)
{
    int32_t sum = 0;
    for (int32_t i = 0; i < r->supply->trips; i++)
        sum += r->supply->trip[i].supply == supply ? r->supply->trip[i].count : 0;
    return sum;
}

int64_t response_used(const struct response *r, int32_t supply) { return r->supply->used[supply]; }

int64_t response_spoilt(const struct response *r, int32_t supply) { return r->supply->spoilt[supply]; }

bool response_short(const struct response *r, int32_t place, int32_t supply)
{
    return r->supply->scarce[place * r->supply->supplies + supply] != 0;
}

/* ---- sending ---- */

enum { ARG_SUPPLY, ARG_COUNT, ARG_FROM, ARG_TO };

/* Whose stock it is not: takes it by requisition or not at all. */
static bool strange(const struct supply_state *s, int32_t agency, int32_t cell)
{
    return s->owner[cell] >= 0 && s->owner[cell] != agency && s->keeper[cell] != agency;
}

static enum rc check_send(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    const struct supply_state *s = r->supply;
    (void)w;
    struct arg from = names_arg(&r->atlas->names, ENT_PLACE, (int)o->arg[ARG_FROM]);
    struct arg what = names_arg(&r->atlas->names, ENT_SUPPLY, (int)o->arg[ARG_SUPPLY]);
    int32_t cell = (int32_t)o->arg[ARG_FROM] * s->supplies + (int32_t)o->arg[ARG_SUPPLY];
    if (o->arg[ARG_COUNT] <= 0)
        return ERR0(e, RC_NO, MSG_RESPONSE_NEGATIVE);
    if (o->arg[ARG_FROM] == o->arg[ARG_TO])
        return ERR(e, RC_NO, MSG_RESPONSE_SAME_PLACE, from);
    bool taking = strange(s, o->agency, cell);
    if (taking && !command_may_command(r, o->agency))
        return ERR(e, RC_NO, MSG_RESPONSE_NOT_YOUR_STOCK, from, what, names_arg(&r->atlas->names, ENT_AGENCY, s->owner[cell]));
    /* The depot's book is at hand for those whose it is; others know what the register of the plan says. */
    int32_t book = taking ? s->declared[cell] : s->stock[cell];
    if (book < o->arg[ARG_COUNT])
        return ERR(e, RC_NO, MSG_RESPONSE_STOCK, from, arg_i(book), what, arg_i(o->arg[ARG_COUNT]));
    if (s->trips == TRIPS_MAX)
        return ERR(e, RC_NO, MSG_RESPONSE_TRIPS, arg_i(TRIPS_MAX));
    return RC_OK;
}

static void act_send(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    struct supply_state *s = r->supply;
    int32_t from = (int32_t)o->arg[ARG_FROM], supply = (int32_t)o->arg[ARG_SUPPLY], count = (int32_t)o->arg[ARG_COUNT];
    int32_t cell = from * s->supplies + supply;
    struct cause cause = cause_order(o->seq);
    if (s->stock[cell] < count) { /* the register was out of date */
        (void)world_emit(w, &(struct event){.kind = EV_ORDER_FAILED,
                                            .i = {o->agency, VERB_SEND, W(REASON, STOCK), (int32_t)o->seq, -1},
                                            .cause = cause,
                                            .also = s->why[from] > 0 ? cause_event(s->why[from]) : (struct cause){CAUSE_NONE, 0}});
        return;
    }
    if (strange(s, o->agency, cell))
        cause = cause_event(world_emit(w, &(struct event){.kind = EV_SUPPLY_TAKEN,
                                                          .i = {o->agency, s->owner[cell], from, supply, count, (int32_t)o->seq},
                                                          .cause = cause}));
    (void)world_emit(w, &(struct event){.kind = EV_SUPPLY_SENT,
                                        .i = {o->agency, from, (int32_t)o->arg[ARG_TO], supply, count, (int32_t)o->seq},
                                        .cause = cause});
}

const struct rule supply_rules[] = {{VERB_SEND, check_send, act_send}};
const int supply_rule_count = COUNT_OF(supply_rules);

static void take(struct supply_state *s, int32_t cell, int32_t count)
{
    s->stock[cell] -= count;
    s->taken[cell] += count;
    ASSERT(s->stock[cell] >= 0);
}

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct supply_state *s = ((struct response *)self)->supply;
    (void)w;
    if (e->kind == EV_SUPPLY_SENT) {
        int32_t cell = e->i[1] * s->supplies + e->i[3];
        int64_t load = LOAD_MS + (strange(s, e->i[0], cell) ? REQUISITION_MS : 0);
        ASSERT(s->trips < TRIPS_MAX);
        take(s, cell, e->i[4]);
        s->why[e->i[1]] = e->seq;
        s->trip[s->trips++] = (struct transport){.supply = e->i[3], .count = e->i[4], .from = e->i[1], .to = e->i[2], .agency = e->i[0],
                                            .due_ms = e->t_ms + load, .order = e->i[5], .event = e->seq};
    } else if (e->kind == EV_SUPPLY_CAME) {
        s->stock[e->i[0] * s->supplies + e->i[1]] += e->i[2];
        s->why[e->i[0]] = e->seq;
    } else if (e->kind == EV_SUPPLY_SPOILT) {
        int32_t cell = e->i[0] * s->supplies + e->i[1];
        take(s, cell, e->i[2]);
        s->spoilt[e->i[1]] += e->i[2];
        s->good_ms[cell] = -1;
    } else if (e->kind == EV_SUPPLY_SHORT) {
        s->scarce[e->i[0] * s->supplies + e->i[1]] = 1;
        s->short_event[e->i[0] * s->supplies + e->i[1]] = e->seq;
    } else if (e->kind == EV_SHELTER_OPENED) {
        s->why[e->i[0]] = e->seq;
    }
}

/* ---- use ---- */

/* People in a shelter use what lies there; without it they are short after GRACE_MS. Crews use it while there is some
 * and have their own otherwise. */
static void use(struct response *r, struct world *w, int32_t place, int32_t supply)
{
    struct supply_state *s = r->supply;
    const struct supply *what = &r->atlas->supply[supply];
    int32_t cell = place * s->supplies + supply;
    struct place_view v;
    response_place(r, place, &v);
    double tick = (double)w->tick_ms / DAY_MS;
    s->owed[cell] += v.sheltered * what->person_day * tick;
    if (s->stock[cell] > 0 && what->carry_ms == 0)
        s->owed[cell] += s->crew[place] * what->crew_day * tick;
    int32_t whole = s->owed[cell] < (double)s->stock[cell] ? (int32_t)s->owed[cell] : s->stock[cell];
    if (whole > 0) {
        take(s, cell, whole);
        s->used[supply] += whole;
        s->owed[cell] -= whole;
    }
    double most = 1.0 + v.sheltered * what->person_day / 24.0; /* nobody makes up for more than an hour's hunger */
    if (s->owed[cell] > most)
        s->owed[cell] = most;
    if (s->owed[cell] < 1.0 || v.sheltered == 0) {
        s->since_ms[cell] = -1;
        s->scarce[cell] = 0;
    } else if (s->since_ms[cell] < 0) {
        s->since_ms[cell] = w->now_ms;
    } else if (!s->scarce[cell] && w->now_ms - s->since_ms[cell] >= GRACE_MS) {
        (void)world_emit(w, &(struct event){.kind = EV_SUPPLY_SHORT, .i = {place, supply},
                                            .cause = s->why[place] > 0 ? cause_event(s->why[place])
                                                                       : (struct cause){CAUSE_ABSENCE, VERB_SEND},
                                            .also = {CAUSE_ABSENCE, VERB_SEND}});
    } else if (s->scarce[cell] && what->without == WITHOUT_HARM) {
        people_fall_ill(r, w, place, supply, ILL_PER_HOUR * (double)w->tick_ms / 3600000.0, s->short_event[cell]);
    }
}

/* ---- what crews carry ---- */

double supply_output(const struct response *r, int32_t team)
{
    const struct supply_state *s = r->supply;
    double output = 1.0;
    for (int32_t k = 0; k < s->supplies; k++) {
        const struct supply *what = &r->atlas->supply[k];
        struct team_view v;
        if (!s->bare[team * s->supplies + k] || what->without != WITHOUT_SLOW)
            continue;
        response_team(r, team, &v);
        if (task_set_has(what->tasks, v.task))
            output *= BARE_OUTPUT;
    }
    return output;
}

/* The nearest place within reach that has some; porters carry it from there. */
static int32_t find_source(const struct response *r, double x, double y, int32_t supply)
{
    const struct supply_state *s = r->supply;
    double best2 = PORTER_M * PORTER_M;
    int32_t best = -1;
    for (int32_t p = 0; p < s->places; p++) {
        double dx = r->atlas->place[p].at[0] - x, dy = r->atlas->place[p].at[1] - y, d2 = dx * dx + dy * dy;
        if (s->stock[p * s->supplies + supply] > 0 && d2 < best2) {
            best2 = d2;
            best = p;
        }
    }
    return best;
}

/* Takes so many milliseconds' worth from the place it draws from; returns for how many there was enough. */
static int64_t draw(struct response *r, int32_t load, const struct team_view *v, int64_t want_ms)
{
    struct supply_state *s = r->supply;
    int32_t supply = load % s->supplies;
    double unit_ms = v->people * r->atlas->supply[supply].crew_day / DAY_MS; /* units a millisecond of work takes */
    if (s->source[load] < 0 || want_ms <= 0 || unit_ms <= 0.0)
        return 0;
    int32_t cell = s->source[load] * s->supplies + supply;
    double there = (double)s->stock[cell] - s->owed[cell], want = (double)want_ms * unit_ms;
    if (there < want)
        want_ms = there > 0.0 ? (int64_t)(there / unit_ms) : 0;
    s->owed[cell] += (double)want_ms * unit_ms;
    return want_ms;
}

static void run_out(struct response *r, struct world *w, int32_t team, int32_t supply)
{
    struct supply_state *s = r->supply;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_SHORT, .i = {team, supply},
                                                  .cause = cause_event(team_why(r, team)),
                                                  .also = {CAUSE_ABSENCE, VERB_SEND}});
    s->bare[team * s->supplies + supply] = 1;
    if (r->atlas->supply[supply].without != WITHOUT_SLOW)
        teams_run_out(r, w, team, r->atlas->supply[supply].without == WITHOUT_HARM, event);
}

/* One supply of one crew: used at work, first from what lies in reach, and filled up from there. */
static void carry(struct response *r, struct world *w, int32_t team, int32_t supply, const struct team_view *v)
{
    struct supply_state *s = r->supply;
    const struct supply *what = &r->atlas->supply[supply];
    int32_t load = team * s->supplies + supply;
    int64_t full = what->carry_ms, gap = full - s->carry_ms[load];
    bool works = v->stage == W(STAGE, WORKING) && task_set_has(what->tasks, v->task);
    if (v->stage == W(STAGE, HOME) || v->stage == W(STAGE, AWAY) || (!works && v->place == r->atlas->team[team].home)) {
        s->carry_ms[load] = full;
        s->bare[load] = 0;
        return;
    }
    if (!works && gap <= 0)
        return;
    bool gone = s->source[load] >= 0 && s->stock[s->source[load] * s->supplies + supply] == 0;
    if (gone || (w->now_ms / w->tick_ms + team) % LOOK_STEPS == 0)
        s->source[load] = v->stage == W(STAGE, MOVING) ? -1 : find_source(r, v->x, v->y, supply);
    int64_t fill = full * w->tick_ms / FILL_MS, use_ms = works ? w->tick_ms : 0;
    s->carry_ms[load] += draw(r, load, v, use_ms + (gap < fill ? gap : fill)) - use_ms;
    if (s->carry_ms[load] <= 0) {
        s->carry_ms[load] = 0;
        if (works && !s->bare[load])
            run_out(r, w, team, supply);
    } else if (s->bare[load] && s->carry_ms[load] * 4 >= full) {
        s->bare[load] = 0;
        int32_t place = s->source[load];
        int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_SUPPLIED, .i = {team, supply},
                                                      .cause = cause_event(place >= 0 && s->why[place] > 0 ? s->why[place] : team_why(r, team))});
        if (what->without == WITHOUT_STOP)
            teams_resume(r, w, team, event);
    }
}

static void step_crews(struct response *r, struct world *w)
{
    struct supply_state *s = r->supply;
    bool any = false;
    for (int32_t k = 0; k < s->supplies; k++)
        any = any || (r->atlas->supply[k].carry_ms > 0 && r->atlas->supply[k].crew_day > 0.0);
    for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM) && any; i++) {
        for (int32_t k = 0; k < s->supplies; k++) {
            struct team_view v;
            response_team(r, i, &v); /* anew: it may just have stopped for want of another */
            if (r->atlas->supply[k].carry_ms > 0 && r->atlas->supply[k].crew_day > 0.0 && !r->atlas->team[i].flies)
                carry(r, w, i, k, &v);
        }
    }
}

/* What is left of the declared stock after its date; the oldest went out first, what came later keeps. */
static void spoil(struct supply_state *s, struct world *w, int32_t cell)
{
    if (s->good_ms[cell] < 0 || w->now_ms < s->good_ms[cell])
        return;
    int32_t left = s->declared[cell] - s->taken[cell];
    if (left > 0)
        (void)world_emit(w, &(struct event){.kind = EV_SUPPLY_SPOILT, .i = {cell / s->supplies, cell % s->supplies, left},
                                            .cause = {CAUSE_ABSENCE, VERB_SEND}});
    s->good_ms[cell] = -1;
}

static void count_crews(struct response *r)
{
    struct supply_state *s = r->supply;
    for (int32_t p = 0; p < s->places; p++)
        s->crew[p] = 0;
    for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM); i++) {
        struct team_view v;
        response_team(r, i, &v);
        if (v.stage == W(STAGE, WORKING) && v.place >= 0)
            s->crew[v.place] += v.people;
    }
}

static void step(void *self, struct world *w)
{
    struct response *r = self;
    struct supply_state *s = r->supply;
    int32_t kept = 0;
    for (int32_t i = 0; i < s->trips; i++) {
        struct transport *t = &s->trip[i];
        bool came = false;
        if (t->due_ms <= w->now_ms && !t->moving) {
            struct route way;
            t->moving = routes_find(r, w, EVERYBODY, r->atlas->place[t->from].node, r->atlas->place[t->to].node, true, &way);
            t->due_ms = w->now_ms + (t->moving ? (int64_t)((double)way.travel_ms * LORRY_FACTOR) : STUCK_MS);
        } else if (t->due_ms <= w->now_ms) {
            (void)world_emit(w, &(struct event){.kind = EV_SUPPLY_CAME, .i = {t->to, t->supply, t->count}, .cause = cause_event(t->event)});
            came = true;
        }
        if (!came)
            s->trip[kept++] = *t;
    }
    s->trips = kept;
    if (s->supplies > 0)
        count_crews(r);
    step_crews(r, w);
    for (int32_t cell = 0; cell < s->places * s->supplies; cell++) {
        const struct supply *what = &r->atlas->supply[cell % s->supplies];
        if (what->person_day > 0.0 || what->crew_day > 0.0)
            use(r, w, cell / s->supplies, cell % s->supplies);
        spoil(s, w, cell);
    }
}

static void walk_supply(void *self, struct walk *w)
{
    struct supply_state *s = ((struct response *)self)->supply;
    int32_t cells = s->places * s->supplies;
    walk_facts(w, "scarce spoilt good_until short_event supply_event");
    walk_i32(w, "stock", s->stock, cells);
    walk_i32(w, "taken", s->taken, cells);
    walk_i32(w, "scarce", s->scarce, cells);
    walk_f64(w, "owed", s->owed, cells);
    walk_i64(w, "missing_since", s->since_ms, cells);
    walk_i64(w, "good_until", s->good_ms, cells);
    walk_i64(w, "short_event", s->short_event, cells);
    walk_i64(w, "supply_event", s->why, s->places);
    walk_i64(w, "used", s->used, s->supplies);
    walk_i64(w, "spoilt", s->spoilt, s->supplies);
    int32_t loads = ATLAS_COUNT(((struct response *)self)->atlas, ENT_TEAM) * s->supplies;
    walk_i64(w, "carried", s->carry_ms, loads);
    walk_i32(w, "bare", s->bare, loads);
    walk_i32(w, "source", s->source, loads);
    walk_count(w, "trips", &s->trips, TRIPS_MAX);
    for (int32_t i = 0; i < s->trips && !w->bad; i++) {
        struct transport *t = &s->trip[i];
        walk_i32(w, "trip_supply", &t->supply, 1);
        walk_i32(w, "trip_count", &t->count, 1);
        walk_i32(w, "trip_from", &t->from, 1);
        walk_i32(w, "trip_to", &t->to, 1);
        walk_i32(w, "trip_agency", &t->agency, 1);
        walk_i64(w, "trip_due", &t->due_ms, 1);
        walk_i64(w, "trip_order", &t->order, 1);
        walk_i64(w, "trip_event", &t->event, 1);
        walk_i32(w, "trip_moving", &t->moving, 1);
    }
}

const struct slice_ops supply_ops = {"supply", apply, step, walk_supply};

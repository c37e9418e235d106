/* supply.c -- depots and what is sent from them: loading, transport by road, arrival. Stock is conserved. */
#include "response/parts.h"

#define LOAD_MS (15 * 60000)   /* assumed: to find, load and sign for it */
#define STUCK_MS (10 * 60000)  /* a lorry that finds no road looks again */
#define LORRY_FACTOR 1.4       /* assumed: loaded lorries against the road's speed */
enum { TRIPS_MAX = 1024 };

struct trip { int32_t supply, count, from, to, agency; int64_t due_ms, order, event; int32_t moving; };

struct supply_state {
    int32_t *stock; /* place * supplies + supply */
    int32_t places, supplies;
    struct trip *trip;
    int32_t trips;
};

enum rc supply_make(struct response *r, uint64_t seed, struct arena *perm, struct supply_state **out, struct err *e)
{
    (void)seed;
    struct supply_state *s = ARENA_NEW(perm, struct supply_state, 1);
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->places = ATLAS_COUNT(r->atlas, ENT_PLACE);
    s->supplies = ATLAS_COUNT(r->atlas, ENT_SUPPLY);
    s->stock = ARENA_NEW(perm, int32_t, (size_t)s->places * (size_t)s->supplies + 1);
    s->trip = ARENA_NEW(perm, struct trip, TRIPS_MAX);
    if (!s->stock || !s->trip)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t i = 0; i < r->atlas->stock_count; i++)
        s->stock[r->atlas->stock[i].place * s->supplies + r->atlas->stock[i].supply] += r->atlas->stock[i].count;
    *out = s;
    return RC_OK;
}

enum { ARG_SUPPLY, ARG_COUNT, ARG_FROM, ARG_TO };

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

static enum rc check_send(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    (void)w;
    struct arg from = names_arg(&r->atlas->names, ENT_PLACE, (int)o->arg[ARG_FROM]);
    struct arg what = names_arg(&r->atlas->names, ENT_SUPPLY, (int)o->arg[ARG_SUPPLY]);
    if (o->arg[ARG_COUNT] <= 0)
        return ERR0(e, RC_NO, MSG_RESPONSE_NEGATIVE);
    if (o->arg[ARG_FROM] == o->arg[ARG_TO])
        return ERR(e, RC_NO, MSG_RESPONSE_SAME_PLACE, from);
    /* The depot's book is at hand for whoever sends from it. */
    int32_t there = response_stock(r, (int32_t)o->arg[ARG_FROM], (int32_t)o->arg[ARG_SUPPLY]);
    if (there < o->arg[ARG_COUNT])
        return ERR(e, RC_NO, MSG_RESPONSE_STOCK, from, arg_i(there), what, arg_i(o->arg[ARG_COUNT]));
    if (r->supply->trips == TRIPS_MAX)
        return ERR(e, RC_NO, MSG_RESPONSE_TRIPS, arg_i(TRIPS_MAX));
    return RC_OK;
}

static void act_send(void *self, struct world *w, const struct order *o)
{
    (void)self;
    (void)world_emit(w, &(struct event){.kind = EV_SUPPLY_SENT,
                                        .i = {o->agency, (int32_t)o->arg[ARG_FROM], (int32_t)o->arg[ARG_TO],
                                              (int32_t)o->arg[ARG_SUPPLY], (int32_t)o->arg[ARG_COUNT], (int32_t)o->seq},
                                        .cause = cause_order(o->seq)});
}

const struct rule supply_rules[] = {{VERB_SEND, check_send, act_send}};
const int supply_rule_count = COUNT_OF(supply_rules);

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct supply_state *s = ((struct response *)self)->supply;
    (void)w;
    if (e->kind == EV_SUPPLY_SENT) {
        ASSERT(s->trips < TRIPS_MAX);
        s->stock[e->i[1] * s->supplies + e->i[3]] -= e->i[4];
        ASSERT(s->stock[e->i[1] * s->supplies + e->i[3]] >= 0);
        s->trip[s->trips++] = (struct trip){.supply = e->i[3], .count = e->i[4], .from = e->i[1], .to = e->i[2], .agency = e->i[0],
                                            .due_ms = e->t_ms + LOAD_MS, .order = e->i[5], .event = e->seq};
    } else if (e->kind == EV_SUPPLY_CAME) {
        s->stock[e->i[0] * s->supplies + e->i[1]] += e->i[2];
    }
}

static void step(void *self, struct world *w)
{
    struct response *r = self;
    struct supply_state *s = r->supply;
    int32_t kept = 0;
    for (int32_t i = 0; i < s->trips; i++) {
        struct trip *t = &s->trip[i];
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
}

static void walk_supply(void *self, struct walk *w)
{
    struct supply_state *s = ((struct response *)self)->supply;
    walk_i32(w, "stock", s->stock, s->places * s->supplies);
    walk_count(w, "trips", &s->trips, TRIPS_MAX);
    for (int32_t i = 0; i < s->trips && !w->bad; i++) {
        struct trip *t = &s->trip[i];
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

/* routes.c -- the road graph: what is closed, cut or jammed, how fast one drives. */
#include "base/num.h"
#include "response/ways.h"

/* Greenshields 1935: speed falls in a straight line with the vehicles on the road; a jam still creeps. */
#define CREEP 0.1
#define JAM_CLEARS 0.7     /* share of the capacity at which a jam is over again */
#define SIREN 1.3          /* assumed: emergency vehicles are let through */
#define ONLOOKERS 0.35     /* assumed: share of a road's capacity filled by onlookers and residents' cars .. */
#define ONLOOK_M 3000.0    /* .. on open roads this near to the hazard .. */
#define ONLOOK_MS 3600000.0 /* .. growing over an hour; a closed road has none */
#define CLOSING_MS (8 * 60000) /* assumed: a patrol on duty needs 8 min to bar a road */

struct parts;

struct routes {
    struct ways *ways;
    int32_t roads;
    /* state, by road */
    uint8_t *closed, *jammed;
    uint8_t *cut; /* by which hazards: a bit for each owner; each clears its own alone */
    int32_t *load;       /* vehicles of teams and of people being moved */
    int32_t *waiting;    /* agency that is about to bar it; -1 */
    int64_t *bar_at_ms;
    int64_t *bar_order, *cut_event;
    /* worked out from these */
    int64_t closures;    /* rises with each road closed, cut or given free */
    struct parts *parts; /* by who asks (the truth, the shared picture, each agency) and siren */
    int32_t nodes;
};

/* Which junctions hang together, as of so many changes; made when first asked for after one. */
struct parts { int64_t made; int32_t *part; };

static bool make_parts(struct routes *s, const struct atlas *atlas, struct arena *perm)
{
    int32_t rows = 2 * (2 + ATLAS_COUNT(atlas, ENT_AGENCY));
    s->nodes = ATLAS_COUNT(atlas, ENT_NODE);
    s->parts = ARENA_NEW(perm, struct parts, rows);
    int32_t *all = ARENA_NEW(perm, int32_t, (size_t)rows * ((size_t)s->nodes + 1));
    for (int32_t i = 0; i < rows && s->parts && all; i++)
        s->parts[i].part = all + (ptrdiff_t)i * (s->nodes + 1);
    return s->parts && all;
}

enum rc routes_make(struct response *r, uint64_t seed, struct arena *perm, struct routes **out, struct err *e)
{
    (void)seed;
    struct routes *s = ARENA_NEW(perm, struct routes, 1);
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->roads = ATLAS_COUNT(r->atlas, ENT_ROAD);
    size_t roads = (size_t)s->roads + 1;
    s->closed = ARENA_NEW(perm, uint8_t, roads);
    s->cut = ARENA_NEW(perm, uint8_t, roads);
    s->jammed = ARENA_NEW(perm, uint8_t, roads);
    s->load = ARENA_NEW(perm, int32_t, roads);
    s->waiting = ARENA_NEW(perm, int32_t, roads);
    s->bar_at_ms = ARENA_NEW(perm, int64_t, roads);
    s->bar_order = ARENA_NEW(perm, int64_t, roads);
    s->cut_event = ARENA_NEW(perm, int64_t, roads);
    if (!s->closed || !s->cut || !s->jammed || !s->load || !s->waiting || !s->bar_at_ms || !s->bar_order ||
        !s->cut_event || !make_parts(s, r->atlas, perm) || ways_make(r->atlas, perm, &s->ways) != RC_OK)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t i = 0; i < s->roads; i++)
        s->waiting[i] = -1;
    s->closures = 1;
    *out = s;
    return RC_OK;
}

/* ---- state and speed ---- */

int32_t routes_state(const struct response *r, int32_t road)
{
    const struct routes *s = r->routes;
    return s->cut[road] ? 2 : s->jammed[road] ? 3 : s->closed[road] ? 1 : 0;
}

void routes_load(struct response *r, int32_t road, int32_t vehicles)
{
    r->routes->load[road] += vehicles;
    ASSERT(r->routes->load[road] >= 0);
}

/* Cars of onlookers and residents on an open road near the hazard, in vehicles. */
static double onlookers(const struct response *r, const struct world *w, int32_t road)
{
    const struct routes *s = r->routes;
    const int64_t since_ms = exposure_since_ms(w->exposure);
    if (s->closed[road] || since_ms < 0 || exposure_road(w->exposure, road).distance_m > ONLOOK_M)
        return 0.0;
    double grown = num_min(1.0, (double)(w->now_ms - since_ms) / ONLOOK_MS);
    return ONLOOKERS * grown * r->atlas->road[road].capacity;
}

static double share_of(const struct response *r, const struct world *w, int32_t road)
{
    return (r->routes->load[road] + onlookers(r, w, road)) / num_max(1.0, r->atlas->road[road].capacity);
}

double routes_speed(const struct response *r, const struct world *w, int32_t road, bool emergency)
{
    const struct routes *s = r->routes;
    if (s->cut[road] || (s->closed[road] && !emergency))
        return 0.0;
    double share = num_max(CREEP, 1.0 - share_of(r, w, road));
    double speed = r->atlas->road[road].speed_ms * share;
    if (emergency)
        speed = num_min(r->atlas->road[road].speed_ms, speed * SIREN);
    return speed * exposure_road(w->exposure, road).pass;
}

int32_t routes_nearest_node(const struct response *r, double x, double y)
{
    return ways_nearest(r->routes->ways, x, y);
}

/* ---- the fastest way ---- */

/* Milliseconds to drive the road as it is. */
static int64_t true_ms(const struct toll *t, int32_t road)
{
    double speed = routes_speed(t->response, t->world, road, t->emergency);
    return speed > 0.0 ? (int64_t)(t->response->atlas->road[road].length_m / speed * 1000.0) + 1 : -1;
}

/* Milliseconds to drive it as the agency believes it to be. */
static int64_t believed_ms(const struct toll *t, int32_t road)
{
    const struct road *x = &t->response->atlas->road[road];
    int64_t known = knowledge_value(t->world->knowledge, t->agency, TOPIC_ROAD_STATE, road, 0);
    if (known == 2 || (known == 1 && !t->emergency))
        return -1;
    if (known != 3)
        return ways_free_ms(x);
    return x->speed_ms > 0.0 ? (int64_t)(x->length_m / (x->speed_ms * CREEP) * 1000.0) + 1 : -1;
}

/* Whether the two hang together, for whoever asks; worked out anew after a change alone. */
static bool together(struct routes *s, const struct toll *toll, int32_t row, int64_t changes, int32_t from, int32_t to)
{
    struct parts *p = &s->parts[2 * row + toll->emergency];
    if (p->made != changes) {
        ways_parts(s->ways, toll, p->part);
        p->made = changes;
    }
    return p->part[from] == p->part[to];
}

bool routes_find(const struct response *r, const struct world *w, int32_t agency, int32_t from, int32_t to,
                 bool emergency, struct route *out)
{
    const struct knowledge *k = w->knowledge;
    struct routes *s = r->routes;
    struct toll toll = {agency == EVERYBODY ? true_ms : believed_ms, r, w, agency, emergency};
    int64_t changes = s->closures;
    int32_t row = 0;
    if (from < 0 || to < 0)
        return false;
    if (agency != EVERYBODY) {
        uint32_t own = knowledge_version(k, agency, TOPIC_ROAD_STATE);
        row = own > 0 ? 2 + agency : 1;
        toll.agency = own > 0 ? agency : EVERYBODY; /* who was told nothing apart believes what all do */
        changes = 1 + (int64_t)own + knowledge_version(k, EVERYBODY, TOPIC_ROAD_STATE);
    }
    return together(s, &toll, row, changes, from, to) && ways_find(s->ways, &toll, from, to, out);
}

/* ---- orders ---- */

/* Who can bar a road: an agency with a cordon team, or the one in command, which has the police do it. */
static bool may_bar(const struct response *r, int32_t agency)
{
    if (r->atlas->agency[agency].commands)
        return true;
    for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM); i++) {
        if (r->atlas->team[i].agency == agency && task_set_has(r->atlas->team[i].tasks, W(TASK, CORDON)))
            return true;
    }
    return false;
}

static enum rc check_bar(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    if (order_asset(o) >= 0)
        return asset_check_bar(r, w, o, e);
    int32_t road = (int32_t)o->arg[0];
    struct arg name = names_arg(&r->atlas->names, ENT_ROAD, road);
    int64_t known = knowledge_value(w->knowledge, o->agency, TOPIC_ROAD_STATE, road, 0);
    if (!may_bar(r, o->agency))
        return ERR(e, RC_NO, MSG_RESPONSE_MAY_NOT_BAR, names_arg(&r->atlas->names, ENT_AGENCY, o->agency));
    if (o->verb == VERB_CLOSE && known == 1)
        return ERR(e, RC_NO, MSG_RESPONSE_CLOSED_ALREADY, name);
    if (o->verb == VERB_OPEN && known == 2)
        return ERR(e, RC_NO, MSG_RESPONSE_ROAD_CUT, name);
    if (o->verb == VERB_OPEN && known != 1)
        return ERR(e, RC_NO, MSG_RESPONSE_OPEN_ALREADY, name);
    return RC_OK;
}

static void act_close(void *self, struct world *w, const struct order *o)
{
    struct routes *s = ((struct response *)self)->routes;
    int32_t road = (int32_t)o->arg[0];
    if (order_asset(o) >= 0) {
        asset_act_bar(w, o);
        return;
    }
    if (s->closed[road] || s->waiting[road] >= 0)
        return;
    s->waiting[road] = o->agency;
    s->bar_at_ms[road] = w->now_ms + CLOSING_MS;
    s->bar_order[road] = o->seq;
}

static void act_open(void *self, struct world *w, const struct order *o)
{
    (void)self;
    if (order_asset(o) >= 0) {
        asset_act_bar(w, o);
        return;
    }
    world_emit(w, &(struct event){.kind = EV_ROAD_OPENED,
                                  .i = {o->agency, (int32_t)o->arg[0], (int32_t)o->seq},
                                  .cause = cause_order(o->seq)});
}

const struct rule routes_rules[] = {
    {VERB_CLOSE, check_bar, act_close},
    {VERB_OPEN, check_bar, act_open},
};
const int routes_rule_count = COUNT_OF(routes_rules);

/* ---- the slice ---- */

void routes_bar(struct response *r, struct world *w, int32_t agency, int32_t road, int64_t order, struct cause cause)
{
    if (!r->routes->closed[road])
        world_emit(w, &(struct event){.kind = EV_ROAD_CLOSED, .i = {agency, road, (int32_t)order}, .cause = cause});
}

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct routes *s = ((struct response *)self)->routes;
    switch (e->kind) {
    case EV_ROAD_CLOSED:
    case EV_ROAD_OPENED:
        s->closed[e->i[1]] = e->kind == EV_ROAD_CLOSED;
        s->closures++;
        s->waiting[e->i[1]] = -1;
        /* Closures are made public: the whole room and the drivers know. */
        (void)knowledge_tell(w->knowledge, EVERYBODY, TOPIC_ROAD_STATE, e->i[1], e->kind == EV_ROAD_CLOSED,
                             w->now_ms, w->now_ms, e->seq);
        break;
    case EV_ROAD_CUT:
    case EV_ROAD_CLEARED: {
        const uint8_t bit = (uint8_t)(1u << (e->i[1] > 0 && e->i[1] < OWNERS_MAX ? e->i[1] : OWN_CORE));
        s->cut[e->i[0]] = (uint8_t)(e->kind == EV_ROAD_CUT ? s->cut[e->i[0]] | bit : s->cut[e->i[0]] & ~bit);
        s->closures++;
        s->cut_event[e->i[0]] = e->seq;
        break;
    }
    default:
        break;
    }
}

static void step(void *self, struct world *w)
{
    struct response *r = self;
    struct routes *s = r->routes;
    for (int32_t i = 0; i < s->roads; i++) {
        if (s->waiting[i] >= 0 && s->bar_at_ms[i] <= w->now_ms)
            routes_bar(r, w, s->waiting[i], i, s->bar_order[i], cause_order(s->bar_order[i]));
        if (s->load[i] == 0 && !s->jammed[i])
            continue;
        double share = share_of(r, w, i);
        if (!s->jammed[i] && s->load[i] > 0 && share >= 1.0) {
            const int64_t why = exposure_event(w->exposure);
            s->jammed[i] = 1;
            world_emit(w, &(struct event){.kind = EV_ROAD_JAMMED,
                                          .i = {i, s->load[i]},
                                          .cause = why > 0 ? cause_event(why)
                                                                          : (struct cause){CAUSE_NONE, 0}});
        } else if (s->jammed[i] && share < JAM_CLEARS) {
            s->jammed[i] = 0;
        }
    }
}

static void walk_routes(void *self, struct walk *w)
{
    struct routes *s = ((struct response *)self)->routes;
    walk_facts(w, "closed cut cut_event");
    walk_u8(w, "closed", s->closed, s->roads);
    walk_u8(w, "cut", s->cut, s->roads);
    walk_u8(w, "jammed", s->jammed, s->roads);
    walk_i32(w, "load", s->load, s->roads);
    walk_i32(w, "waiting", s->waiting, s->roads);
    walk_i64(w, "bar_at", s->bar_at_ms, s->roads);
    walk_i64(w, "bar_order", s->bar_order, s->roads);
    walk_i64(w, "cut_event", s->cut_event, s->roads);
    if (w->mode == WALK_LOAD)
        s->closures++;
}

const struct slice_ops routes_ops = {"routes", apply, step, walk_routes};

int64_t routes_cut_event(const struct response *r, int32_t road)
{
    return r->routes->cut_event[road];
}

/* routes.c -- the road graph: what is closed, cut or jammed, how fast one drives, the fastest way. */
#include "base/num.h"
#include "response/parts.h"

/* Greenshields 1935: speed falls in a straight line with the vehicles on the road; a jam still creeps. */
#define CREEP 0.1
#define JAM_CLEARS 0.7     /* share of the capacity at which a jam is over again */
#define SIREN 1.3          /* assumed: emergency vehicles are let through */
#define SMOKE_SLOWS 0.7    /* assumed: in dense smoke 30 % of the speed is left */
#define ONLOOKERS 0.35     /* assumed: share of a road's capacity filled by onlookers and residents' cars .. */
#define ONLOOK_M 3000.0    /* .. on open roads this near to the hazard .. */
#define ONLOOK_MS 3600000.0 /* .. growing over an hour; a closed road has none */
#define CLOSING_MS (8 * 60000) /* assumed: a patrol on duty needs 8 min to bar a road */

enum { NO_EDGE = -1 };

struct routes {
    /* fixed: edges leaving each node */
    int32_t *first, *edge; /* first[node] .. first[node + 1] in edge[] */
    int32_t nodes, roads;
    /* state, by road */
    uint8_t *closed, *cut, *jammed;
    int32_t *load;       /* vehicles of teams and of people being moved */
    int32_t *waiting;    /* agency that is about to bar it; -1 */
    int64_t *bar_at_ms;
    int64_t *bar_order, *cut_event;
    int64_t hazard_ms;   /* since when there is a hazard; -1 */
    /* scratch of one search */
    int64_t *cost;
    int32_t *by, *heap;
    int32_t heap_count;
    int32_t *at; /* place of a node in the heap; -1 */
};

static enum rc make_graph(struct routes *s, const struct atlas *a, struct arena *perm)
{
    s->first = ARENA_NEW(perm, int32_t, s->nodes + 2);
    s->edge = ARENA_NEW(perm, int32_t, 2 * s->roads + 1);
    if (!s->first || !s->edge)
        return RC_MEMORY;
    for (int32_t i = 0; i < s->roads; i++) {
        s->first[a->road[i].from + 2]++;
        s->first[a->road[i].to + 2]++;
    }
    for (int32_t n = 2; n <= s->nodes + 1; n++)
        s->first[n] += s->first[n - 1];
    for (int32_t i = 0; i < s->roads; i++) {
        s->edge[s->first[a->road[i].from + 1]++] = i;
        s->edge[s->first[a->road[i].to + 1]++] = i;
    }
    return RC_OK;
}

enum rc routes_make(struct response *r, uint64_t seed, struct arena *perm, struct routes **out, struct err *e)
{
    (void)seed;
    struct routes *s = ARENA_NEW(perm, struct routes, 1);
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->nodes = ATLAS_COUNT(r->atlas, ENT_NODE);
    s->roads = ATLAS_COUNT(r->atlas, ENT_ROAD);
    size_t roads = (size_t)s->roads + 1, nodes = (size_t)s->nodes + 1;
    s->closed = ARENA_NEW(perm, uint8_t, roads);
    s->cut = ARENA_NEW(perm, uint8_t, roads);
    s->jammed = ARENA_NEW(perm, uint8_t, roads);
    s->load = ARENA_NEW(perm, int32_t, roads);
    s->waiting = ARENA_NEW(perm, int32_t, roads);
    s->bar_at_ms = ARENA_NEW(perm, int64_t, roads);
    s->bar_order = ARENA_NEW(perm, int64_t, roads);
    s->cut_event = ARENA_NEW(perm, int64_t, roads);
    s->cost = ARENA_NEW(perm, int64_t, nodes);
    s->by = ARENA_NEW(perm, int32_t, nodes);
    s->heap = ARENA_NEW(perm, int32_t, nodes);
    s->at = ARENA_NEW(perm, int32_t, nodes);
    if (!s->closed || !s->cut || !s->jammed || !s->load || !s->waiting || !s->bar_at_ms || !s->bar_order ||
        !s->cut_event || !s->cost || !s->by || !s->heap || !s->at ||
        make_graph(s, r->atlas, perm) != RC_OK)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t i = 0; i < s->roads; i++)
        s->waiting[i] = -1;
    s->hazard_ms = -1;
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
    if (s->closed[road] || s->hazard_ms < 0 || w->exposure->road[road].distance_m > ONLOOK_M)
        return 0.0;
    double grown = num_min(1.0, (double)(w->now_ms - s->hazard_ms) / ONLOOK_MS);
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
    return speed * (1.0 - SMOKE_SLOWS * w->exposure->road[road].smoke);
}

int32_t routes_nearest_node(const struct atlas *atlas, double x, double y)
{
    int32_t best = -1;
    double best2 = 0.0;
    for (int32_t i = 0; i < ATLAS_COUNT(atlas, ENT_NODE); i++) {
        double dx = atlas->node[i].at[0] - x, dy = atlas->node[i].at[1] - y;
        double d2 = dx * dx + dy * dy;
        if (best < 0 || d2 < best2) {
            best = i;
            best2 = d2;
        }
    }
    return best;
}

/* ---- the fastest way: Dijkstra with a heap, ties by node ---- */

static bool before(const struct routes *s, int32_t a, int32_t b)
{
    return s->cost[a] != s->cost[b] ? s->cost[a] < s->cost[b] : a < b;
}

static void put(struct routes *s, int32_t i, int32_t node)
{
    s->heap[i] = node;
    s->at[node] = i;
}

static void sift_up(struct routes *s, int32_t node)
{
    int32_t i = s->at[node];
    while (i > 0 && before(s, node, s->heap[(i - 1) / 2])) {
        put(s, i, s->heap[(i - 1) / 2]);
        i = (i - 1) / 2;
    }
    put(s, i, node);
}

static int32_t pop(struct routes *s)
{
    int32_t top = s->heap[0], node = s->heap[--s->heap_count], i = 0;
    s->at[top] = -2; /* settled */
    if (s->heap_count == 0)
        return top;
    for (;;) {
        int32_t child = 2 * i + 1;
        if (child >= s->heap_count)
            break;
        if (child + 1 < s->heap_count && before(s, s->heap[child + 1], s->heap[child]))
            child++;
        if (before(s, node, s->heap[child]))
            break;
        put(s, i, s->heap[child]);
        i = child;
    }
    put(s, i, node);
    return top;
}

/* Milliseconds to drive the road as the agency believes it to be; -1: not passable. */
static int64_t believed_ms(const struct response *r, const struct world *w, int32_t agency, int32_t road,
                           bool emergency)
{
    const struct road *x = &r->atlas->road[road];
    double speed;
    if (agency == EVERYBODY) {
        speed = routes_speed(r, w, road, emergency);
    } else {
        int64_t known = knowledge_value(w->knowledge, agency, TOPIC_ROAD_STATE, road, 0);
        if (known == 2 || (known == 1 && !emergency))
            return -1;
        speed = x->speed_ms * (known == 3 ? CREEP : 1.0);
    }
    return speed > 0.0 ? (int64_t)(x->length_m / speed * 1000.0) + 1 : -1;
}

static bool trace(const struct response *r, int32_t from, int32_t to, struct route *out)
{
    struct routes *s = r->routes;
    int32_t count = 0, node = to;
    while (node != from) {
        const struct road *x = &r->atlas->road[s->by[node]];
        if (++count > COUNT_OF(out->road))
            return false;
        node = x->from == node ? x->to : x->from;
    }
    out->roads = count;
    out->travel_ms = s->cost[to];
    for (node = to; count > 0; count--) {
        const struct road *x = &r->atlas->road[s->by[node]];
        out->road[count - 1] = s->by[node];
        out->node[count] = node;
        node = x->from == node ? x->to : x->from;
    }
    out->node[0] = from;
    return true;
}

bool routes_find(const struct response *r, const struct world *w, int32_t agency, int32_t from, int32_t to,
                 bool emergency, struct route *out)
{
    struct routes *s = r->routes;
    if (from < 0 || to < 0)
        return false;
    for (int32_t i = 0; i < s->nodes; i++)
        s->at[i] = -1;
    s->heap_count = 1;
    s->cost[from] = 0;
    s->by[from] = NO_EDGE;
    put(s, 0, from);
    while (s->heap_count > 0) {
        int32_t node = pop(s);
        if (node == to)
            return trace(r, from, to, out);
        for (int32_t k = s->first[node]; k < s->first[node + 1]; k++) {
            int32_t road = s->edge[k];
            const struct road *x = &r->atlas->road[road];
            int32_t next = x->from == node ? x->to : x->from;
            int64_t ms = s->at[next] == -2 ? -1 : believed_ms(r, w, agency, road, emergency);
            if (ms < 0 || (s->at[next] >= 0 && s->cost[node] + ms >= s->cost[next]))
                continue;
            if (s->at[next] < 0)
                s->at[next] = s->heap_count++;
            s->cost[next] = s->cost[node] + ms;
            s->by[next] = road;
            sift_up(s, next);
        }
    }
    return false;
}

/* ---- orders ---- */

/* Who can bar a road: an agency with a cordon team, or the one in command, which has the police do it. */
static bool may_bar(const struct response *r, int32_t agency)
{
    if (r->atlas->agency[agency].commands)
        return true;
    for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM); i++) {
        if (r->atlas->team[i].agency == agency && (r->atlas->team[i].tasks >> W(TASK, CORDON) & 1))
            return true;
    }
    return false;
}

static enum rc check_bar(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    int32_t road = (int32_t)o->arg[0];
    struct arg name = names_arg(&r->atlas->names, ENT_ROAD, road);
    int64_t known = knowledge_value(w->knowledge, o->agency, TOPIC_ROAD_STATE, road, 0);
    if (!may_bar(r, o->agency))
        return ERR(e, RC_NO, MSG_RESPONSE_MAY_NOT_BAR, names_arg(&r->atlas->names, ENT_AGENCY, o->agency));
    if (o->verb == VERB_CLOSE_ROAD && known == 1)
        return ERR(e, RC_NO, MSG_RESPONSE_CLOSED_ALREADY, name);
    if (o->verb == VERB_OPEN_ROAD && known == 2)
        return ERR(e, RC_NO, MSG_RESPONSE_ROAD_CUT, name);
    if (o->verb == VERB_OPEN_ROAD && known != 1)
        return ERR(e, RC_NO, MSG_RESPONSE_OPEN_ALREADY, name);
    return RC_OK;
}

static void act_close(void *self, struct world *w, const struct order *o)
{
    struct routes *s = ((struct response *)self)->routes;
    int32_t road = (int32_t)o->arg[0];
    if (s->closed[road] || s->waiting[road] >= 0)
        return;
    s->waiting[road] = o->agency;
    s->bar_at_ms[road] = w->now_ms + CLOSING_MS;
    s->bar_order[road] = o->seq;
}

static void act_open(void *self, struct world *w, const struct order *o)
{
    (void)self;
    world_emit(w, &(struct event){.kind = EV_ROAD_OPENED,
                                  .i = {o->agency, (int32_t)o->arg[0], (int32_t)o->seq},
                                  .cause = cause_order(o->seq)});
}

const struct rule routes_rules[] = {
    {VERB_CLOSE_ROAD, check_bar, act_close},
    {VERB_OPEN_ROAD, check_bar, act_open},
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
        s->waiting[e->i[1]] = -1;
        /* Closures are made public: the whole room and the drivers know. */
        (void)knowledge_tell(w->knowledge, EVERYBODY, TOPIC_ROAD_STATE, e->i[1], e->kind == EV_ROAD_CLOSED,
                             w->now_ms, w->now_ms, e->seq);
        break;
    case EV_ROAD_CUT:
    case EV_ROAD_CLEARED:
        s->cut[e->i[0]] = e->kind == EV_ROAD_CUT;
        s->cut_event[e->i[0]] = e->seq;
        break;
    case EV_IGNITED:
        if (s->hazard_ms < 0)
            s->hazard_ms = w->now_ms;
        break;
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
        double share = share_of(r, w, i);
        if (!s->jammed[i] && s->load[i] > 0 && share >= 1.0) {
            s->jammed[i] = 1;
            world_emit(w, &(struct event){.kind = EV_ROAD_JAMMED,
                                          .i = {i, s->load[i]},
                                          .cause = w->exposure->event > 0 ? cause_event(w->exposure->event)
                                                                          : (struct cause){CAUSE_NONE, 0}});
        } else if (s->jammed[i] && share < JAM_CLEARS) {
            s->jammed[i] = 0;
        }
    }
}

static void walk_routes(void *self, struct walk *w)
{
    struct routes *s = ((struct response *)self)->routes;
    walk_u8(w, "closed", s->closed, s->roads);
    walk_u8(w, "cut", s->cut, s->roads);
    walk_u8(w, "jammed", s->jammed, s->roads);
    walk_i32(w, "load", s->load, s->roads);
    walk_i32(w, "waiting", s->waiting, s->roads);
    walk_i64(w, "bar_at", s->bar_at_ms, s->roads);
    walk_i64(w, "bar_order", s->bar_order, s->roads);
    walk_i64(w, "cut_event", s->cut_event, s->roads);
    walk_i64(w, "hazard_since", &s->hazard_ms, 1);
}

const struct slice_ops routes_ops = {"routes", apply, step, walk_routes};

int64_t routes_cut_event(const struct response *r, int32_t road)
{
    return r->routes->cut_event[road];
}

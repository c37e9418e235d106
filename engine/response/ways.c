/* ways.c -- tables of free flow, and the search beside them where something is in the way. */
#include "response/ways.h"

#include "base/num.h"

enum { LANDMARKS = 6, NO_ROAD = -1, FAR = INT32_MAX, GRID = 48 };

struct ways {
    const struct atlas *atlas;
    int32_t nodes, roads, rows;
    int32_t *first, *edge; /* roads that meet at a node: first[node] .. first[node + 1] in edge[] */
    int32_t *end;          /* beside edge[]: the node at their other end */
    int32_t *free_ms;      /* by road; FAR: nobody drives there */
    /* by node where a place lies */
    int32_t *row;          /* by node: its row in the tables; -1 */
    int32_t *rest;         /* milliseconds from there: row * nodes + node */
    int16_t *turn;         /* road towards it: row * nodes + node; -1 */
    /* junctions by square of the map: cell[k] .. cell[k + 1] in inside[] */
    int32_t *cell, *inside;
    double cell_w, cell_h;
    /* scratch of one search */
    int64_t *cost;
    int32_t *by, *heap, *at, *touched; /* at: place in the heap; -1 not seen, -2 settled */
    int32_t heap_count, touched_count;
};
_Static_assert(ROAD_MAX <= INT16_MAX, "a turn is a road");

int64_t ways_free_ms(const struct road *road)
{
    return road->speed_ms > 0.0 ? (int64_t)(road->length_m / road->speed_ms * 1000.0) + 1 : -1;
}

static bool make_graph(struct ways *s, struct arena *perm)
{
    const struct atlas *a = s->atlas;
    s->first = ARENA_NEW(perm, int32_t, s->nodes + 2);
    s->edge = ARENA_NEW(perm, int32_t, 2 * s->roads + 1);
    s->end = ARENA_NEW(perm, int32_t, 2 * s->roads + 1);
    s->free_ms = ARENA_NEW(perm, int32_t, s->roads + 1);
    if (!s->first || !s->edge || !s->end || !s->free_ms)
        return false;
    for (int32_t i = 0; i < s->roads; i++) {
        int64_t ms = ways_free_ms(&a->road[i]);
        s->free_ms[i] = ms < 0 ? FAR : ms < FAR ? (int32_t)ms : FAR - 1;
        s->first[a->road[i].from + 2]++;
        s->first[a->road[i].to + 2]++;
    }
    for (int32_t n = 2; n <= s->nodes + 1; n++)
        s->first[n] += s->first[n - 1];
    for (int32_t i = 0; i < s->roads; i++) {
        int32_t there = s->first[a->road[i].from + 1]++, back = s->first[a->road[i].to + 1]++;
        s->edge[there] = s->edge[back] = i;
        s->end[there] = a->road[i].to;
        s->end[back] = a->road[i].from;
    }
    return true;
}

/* ---- the nearest junction ---- */

static int32_t column(double at, double size)
{
    return (int32_t)num_clamp(at / size, 0.0, GRID - 1);
}

static int32_t cell_of(const struct ways *s, int32_t node)
{
    const double *at = s->atlas->node[node].at;
    return column(at[1], s->cell_h) * GRID + column(at[0], s->cell_w);
}

static bool make_grid(struct ways *s, struct arena *perm)
{
    s->cell = ARENA_NEW(perm, int32_t, GRID * GRID + 2);
    s->inside = ARENA_NEW(perm, int32_t, s->nodes + 1);
    if (!s->cell || !s->inside)
        return false;
    s->cell_w = num_max(1.0, s->atlas->map.width_m / GRID);
    s->cell_h = num_max(1.0, s->atlas->map.height_m / GRID);
    for (int32_t n = 0; n < s->nodes; n++)
        s->cell[cell_of(s, n) + 2]++;
    for (int32_t k = 2; k < GRID * GRID + 2; k++)
        s->cell[k] += s->cell[k - 1];
    for (int32_t n = 0; n < s->nodes; n++)
        s->inside[s->cell[cell_of(s, n) + 1]++] = n;
    return true;
}

struct near { double x, y, best2; int32_t best; };

static void look_into(const struct ways *s, int32_t row, int32_t col, struct near *q)
{
    if (row < 0 || row >= GRID || col < 0 || col >= GRID)
        return;
    for (int32_t i = s->cell[row * GRID + col]; i < s->cell[row * GRID + col + 1]; i++) {
        int32_t n = s->inside[i];
        double dx = s->atlas->node[n].at[0] - q->x, dy = s->atlas->node[n].at[1] - q->y, d2 = dx * dx + dy * dy;
        if (q->best < 0 || d2 < q->best2 || (!(d2 > q->best2) && n < q->best)) {
            q->best = n;
            q->best2 = d2;
        }
    }
}

/* Ring by ring of squares around the point's own; what lies in a ring is at least one square less away. */
int32_t ways_nearest(const struct ways *s, double x, double y)
{
    int32_t col = column(x, s->cell_w), row = column(y, s->cell_h);
    struct near q = {x, y, 0.0, -1};
    for (int32_t ring = 0; ring < GRID; ring++) {
        double away = (ring - 1) * num_min(s->cell_w, s->cell_h);
        if (q.best >= 0 && ring > 1 && away * away > q.best2)
            break;
        for (int32_t k = -ring; k <= ring; k++) {
            int32_t step = k == -ring || k == ring ? 1 : 2 * ring;
            for (int32_t c = -ring; c <= ring; c += step)
                look_into(s, row + k, col + c, &q);
        }
    }
    return q.best;
}

/* ---- a heap of nodes: soonest at the goal, of those the nearest to it, then by node ---- */

struct search {
    const struct toll *toll; /* NULL: at free flow */
    const int32_t *rest;     /* row of the goal; NULL: landmarks, or no bound at all */
    int32_t to, landmarks;
};

/* No more than what is really left: exact at free flow; by landmarks |d(L, node) - d(L, goal)| (Goldberg and Harrelson 2005). */
static int64_t left(const struct ways *s, const struct search *q, int32_t node)
{
    int64_t most = 0;
    if (q->rest)
        return q->rest[node];
    for (int32_t k = 0; k < q->landmarks; k++) {
        const int32_t *row = s->rest + (ptrdiff_t)(k * (s->rows - 1) / LANDMARKS) * s->nodes;
        if (row[node] == FAR || row[q->to] == FAR)
            continue;
        int64_t gap = (int64_t)row[node] - row[q->to];
        gap = gap < 0 ? -gap : gap;
        most = gap > most ? gap : most;
    }
    return most;
}

static bool before(const struct ways *s, const struct search *q, int32_t a, int32_t b)
{
    int64_t la = left(s, q, a), lb = left(s, q, b);
    if (s->cost[a] + la != s->cost[b] + lb)
        return s->cost[a] + la < s->cost[b] + lb;
    return la != lb ? la < lb : a < b;
}

static void put(struct ways *s, int32_t i, int32_t node)
{
    s->heap[i] = node;
    s->at[node] = i;
}

static void sift_up(struct ways *s, const struct search *q, int32_t node)
{
    int32_t i = s->at[node];
    while (i > 0 && before(s, q, node, s->heap[(i - 1) / 2])) {
        put(s, i, s->heap[(i - 1) / 2]);
        i = (i - 1) / 2;
    }
    put(s, i, node);
}

static int32_t pop(struct ways *s, const struct search *q)
{
    int32_t top = s->heap[0], node = s->heap[--s->heap_count], i = 0;
    s->at[top] = -2;
    if (s->heap_count == 0)
        return top;
    for (;;) {
        int32_t child = 2 * i + 1;
        if (child >= s->heap_count)
            break;
        if (child + 1 < s->heap_count && before(s, q, s->heap[child + 1], s->heap[child]))
            child++;
        if (before(s, q, node, s->heap[child]))
            break;
        put(s, i, s->heap[child]);
        i = child;
    }
    put(s, i, node);
    return top;
}

static void begin(struct ways *s, int32_t from)
{
    for (int32_t i = 0; i < s->touched_count; i++)
        s->at[s->touched[i]] = -1;
    s->touched[0] = from;
    s->touched_count = s->heap_count = 1;
    s->cost[from] = 0;
    s->by[from] = NO_ROAD;
    put(s, 0, from);
}

/* Reaches the roads of a node that was settled. */
static void relax(struct ways *s, const struct search *q, int32_t node)
{
    for (int32_t k = s->first[node]; k < s->first[node + 1]; k++) {
        int32_t road = s->edge[k], next = s->end[k];
        if (s->at[next] == -2 || s->free_ms[road] == FAR)
            continue;
        int64_t ms = q->toll ? q->toll->ms(q->toll, road) : s->free_ms[road];
        if (ms < 0 || (s->at[next] >= 0 && s->cost[node] + ms >= s->cost[next]))
            continue;
        if (s->at[next] < 0) {
            s->at[next] = s->heap_count++;
            s->touched[s->touched_count++] = next;
        }
        s->cost[next] = s->cost[node] + ms;
        s->by[next] = road;
        sift_up(s, q, next);
    }
}

/* ---- the tables ---- */

/* From a place's node over the whole graph: Dijkstra, for roads are as long in both directions. */
static void fill_row(struct ways *s, int32_t row, int32_t goal)
{
    struct search q = {0};
    int32_t *rest = s->rest + (ptrdiff_t)row * s->nodes;
    int16_t *turn = s->turn + (ptrdiff_t)row * s->nodes;
    for (int32_t n = 0; n < s->nodes; n++) {
        rest[n] = FAR;
        turn[n] = NO_ROAD;
    }
    begin(s, goal);
    while (s->heap_count > 0) {
        int32_t node = pop(s, &q);
        rest[node] = s->cost[node] < FAR ? (int32_t)s->cost[node] : FAR - 1;
        turn[node] = (int16_t)s->by[node];
        relax(s, &q, node);
    }
}

enum rc ways_make(const struct atlas *atlas, struct arena *perm, struct ways **out)
{
    struct ways *s = ARENA_NEW(perm, struct ways, 1);
    if (!s)
        return RC_MEMORY;
    s->atlas = atlas;
    s->nodes = ATLAS_COUNT(atlas, ENT_NODE);
    s->roads = ATLAS_COUNT(atlas, ENT_ROAD);
    size_t nodes = (size_t)s->nodes + 1;
    s->row = ARENA_NEW(perm, int32_t, nodes);
    s->cost = ARENA_NEW(perm, int64_t, nodes);
    s->by = ARENA_NEW(perm, int32_t, nodes);
    s->heap = ARENA_NEW(perm, int32_t, nodes);
    s->at = ARENA_NEW(perm, int32_t, nodes);
    s->touched = ARENA_NEW(perm, int32_t, nodes);
    if (!s->row || !s->cost || !s->by || !s->heap || !s->at || !s->touched || !make_graph(s, perm) ||
        !make_grid(s, perm))
        return RC_MEMORY;
    for (int32_t n = 0; n < s->nodes; n++)
        s->row[n] = s->at[n] = -1;
    for (int32_t p = 0; p < ATLAS_COUNT(atlas, ENT_PLACE); p++) {
        int32_t node = atlas->place[p].node;
        if (node >= 0 && s->row[node] < 0)
            s->row[node] = s->rows++;
    }
    size_t cells = (size_t)s->rows * (size_t)s->nodes + 1;
    s->rest = ARENA_NEW(perm, int32_t, cells);
    s->turn = ARENA_NEW(perm, int16_t, cells);
    if (!s->rest || !s->turn)
        return RC_MEMORY;
    for (int32_t n = 0; n < s->nodes; n++)
        if (s->row[n] >= 0)
            fill_row(s, s->row[n], n);
    *out = s;
    return RC_OK;
}

/* ---- finding ---- */

static int32_t far_end(const struct ways *s, int32_t road, int32_t node)
{
    const struct road *x = &s->atlas->road[road];
    return x->from == node ? x->to : x->from;
}

/* By the table, while every road on the way is as free as ever: nothing can be faster. */
static bool walk_table(const struct ways *s, const struct toll *toll, int32_t from, int32_t to, struct route *out)
{
    const int16_t *turn = s->turn + (ptrdiff_t)s->row[to] * s->nodes;
    out->roads = 0;
    out->travel_ms = 0;
    out->node[0] = from;
    for (int32_t node = from; node != to;) {
        int32_t road = turn[node];
        if (road < 0 || out->roads == COUNT_OF(out->road) || toll->ms(toll, road) != s->free_ms[road])
            return false;
        node = far_end(s, road, node);
        out->travel_ms += s->free_ms[road];
        out->road[out->roads++] = road;
        out->node[out->roads] = node;
    }
    return true;
}

static bool trace(const struct ways *s, int32_t from, int32_t to, struct route *out)
{
    int32_t count = 0, node;
    for (node = to; node != from; node = far_end(s, s->by[node], node)) {
        if (++count > COUNT_OF(out->road))
            return false;
    }
    out->roads = count;
    out->travel_ms = s->cost[to];
    out->node[0] = from;
    for (node = to; count > 0; node = far_end(s, s->by[node], node), count--) {
        out->road[count - 1] = s->by[node];
        out->node[count] = node;
    }
    return true;
}

bool ways_find(struct ways *s, const struct toll *toll, int32_t from, int32_t to, struct route *out)
{
    struct search q = {.toll = toll, .to = to, .landmarks = s->rows > 0 ? LANDMARKS : 0};
    if (from < 0 || to < 0)
        return false;
    if (s->row[to] >= 0) {
        q.rest = s->rest + (ptrdiff_t)s->row[to] * s->nodes;
        if (q.rest[from] == FAR)
            return false;
        if (walk_table(s, toll, from, to, out))
            return true;
    }
    for (begin(s, from); s->heap_count > 0;) {
        int32_t node = pop(s, &q);
        if (node == to)
            return trace(s, from, to, out);
        relax(s, &q, node);
    }
    return false;
}

void ways_parts(const struct ways *s, const struct toll *toll, int32_t *part)
{
    for (int32_t n = 0; n < s->nodes; n++)
        part[n] = n;
    for (int32_t i = 0; i < s->roads; i++) {
        int32_t a = s->atlas->road[i].from, b = s->atlas->road[i].to;
        if (toll->ms(toll, i) < 0)
            continue;
        for (; part[a] != a; a = part[a])
            part[a] = part[part[a]];
        for (; part[b] != b; b = part[b])
            part[b] = part[part[b]];
        part[a > b ? a : b] = a > b ? b : a;
    }
    for (int32_t n = 0; n < s->nodes; n++) /* in rising order each one's is final */
        part[n] = part[part[n]];
}

/* Where things are: nodes, places, roads, planned lines; read into the atlas. */
#include "base/num.h"
#include "core/scenario/atlas_read.h"

bool row_has(const struct doc *d, const char *key)
{
    const struct doc *v = doc_get(d, key);

    return v != NULL && v->kind != DOC_NIL;
}

enum rc point_check(const struct atlas_reading *r, const struct doc *d, const double *at)
{
    const struct map_frame *map = &r->atlas->map;

    if (at[0] >= 0.0 && at[0] <= map->width_m && at[1] >= 0.0 && at[1] <= map->height_m)
        return RC_OK;
    return DOC_ERR(d, r->e, MSG_CORE_ATLAS_OFF_MAP, arg_d(at[0], 0), arg_d(at[1], 0),
                   arg_d(map->width_m, 0), arg_d(map->height_m, 0));
}

/* --- nodes --- */

struct node_row {
    struct text id;
    struct title title;
    struct node node;
};

static const struct field node_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct node_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = offsetof(struct node_row, title),
     .zh = "名称", .en = "title"},
    {.name = "at", .type = FIELD_POINT, .offset = offsetof(struct node_row, node.at),
     .required = true, .unit = "m", .zh = "路口位置", .en = "where the junction is"},
};

static enum rc accept_node(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    const struct node_row *n = row;

    r->atlas->node[id] = n->node;
    return point_check(r, doc_get(d, "at"), n->node.at);
}

/* --- places --- */

struct place_row {
    struct text id;
    struct place place;
};

#define AT(member) offsetof(struct place_row, place.member)
static const struct field place_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct place_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true,
     .zh = "名称", .en = "title"},
    {.name = "at", .type = FIELD_POINT, .offset = AT(at), .required = true, .unit = "m",
     .zh = "位置，自地图西南角起", .en = "position from the south-west corner of the map"},
    {.name = "kind", .type = FIELD_WORD, .offset = AT(kind), .required = true,
     .words = VK_PLACE_KIND,
     .zh = "类别", .en = "kind"},
    {.name = "node", .type = FIELD_REF, .offset = AT(node), .entity = ENT_NODE,
     .zh = "所在路口，省略为最近的路口", .en = "junction it lies at; the nearest when absent"},
    {.name = "people", .type = FIELD_INT, .offset = AT(people), .low = 0, .high = 1000000,
     .unit = "人", .zh = "受威胁时须转移的人数", .en = "people to be moved when threatened"},
    {.name = "vulnerable", .type = FIELD_INT, .offset = AT(vulnerable), .low = 0, .high = 1000000,
     .unit = "人", .zh = "其中老弱病残", .en = "of them old, ill or disabled"},
    {.name = "capacity", .type = FIELD_INT, .offset = AT(capacity), .low = 0, .high = 1000000,
     .unit = "人", .zh = "作为安置点可容纳人数，0 为不是安置点", .en = "people it shelters; 0: no shelter"},
    {.name = "post_site", .type = FIELD_BOOL, .offset = AT(post_site),
     .zh = "适于设指挥部", .en = "fit for a command post"},
    {.name = "radius_m", .type = FIELD_NUM, .offset = AT(radius_m), .low = 0, .high = 20000,
     .dflt = 150, .unit = "m", .zh = "范围半径", .en = "extent", .mark = "U"},
};
#undef AT

static int32_t nearest_node(const struct atlas *atlas, const double *at)
{
    int32_t best = -1;
    double best_m2 = 0.0;

    for (int32_t i = 0; i < ATLAS_COUNT(atlas, ENT_NODE); i++) {
        double dx = atlas->node[i].at[0] - at[0];
        double dy = atlas->node[i].at[1] - at[1];
        double m2 = dx * dx + dy * dy;
        if (best < 0 || m2 < best_m2) {
            best = i;
            best_m2 = m2;
        }
    }
    return best;
}

static enum rc accept_place(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct place *p = &((struct place_row *)row)->place;

    if (p->vulnerable > p->people)
        return DOC_ERR(d, r->e, MSG_CORE_ATLAS_VULNERABLE, arg_i(p->vulnerable), arg_i(p->people));
    if (p->node < 0)
        p->node = nearest_node(r->atlas, p->at);
    r->atlas->place[id] = *p;
    return point_check(r, doc_get(d, "at"), p->at);
}

/* --- roads --- */

struct road_row {
    struct text id;
    struct road road;
    double speed_kmh;
};

/* Speeds of convoys in hill country and vehicles a road takes before it jams: the scenario's to change,
 * unverified. A vehicle needs so many metres of road of its class to keep moving. */
static const struct {
    double speed_kmh, metres_each;
} CLASSES[] = {
    [ROAD_HIGHWAY] = {60.0, 20.0}, [ROAD_COUNTY] = {40.0, 30.0}, [ROAD_VILLAGE] = {25.0, 50.0},
    [ROAD_TRACK] = {12.0, 100.0},  [ROAD_FOOT] = {4.0, 200.0},
};
static const double WINDING = 1.3; /* road length over straight distance, unverified */

#define AT(member) offsetof(struct road_row, road.member)
static const struct field road_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct road_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .zh = "名称", .en = "title"},
    {.name = "from", .type = FIELD_REF, .offset = AT(from), .required = true, .entity = ENT_NODE,
     .zh = "起点路口", .en = "junction it begins at"},
    {.name = "to", .type = FIELD_REF, .offset = AT(to), .required = true, .entity = ENT_NODE,
     .zh = "终点路口", .en = "junction it ends at"},
    {.name = "class", .type = FIELD_CHOICE, .offset = AT(class), .dflt = ROAD_VILLAGE,
     .choices = "highway county village track foot", .zh = "等级", .en = "class"},
    {.name = "length_m", .type = FIELD_NUM, .offset = AT(length_m), .low = 1, .high = 200000,
     .unit = "m", .zh = "长度，省略为直线距离的 1.3 倍",
     .en = "length; 1.3 times the straight distance when absent", .mark = "U"},
    {.name = "speed_kmh", .type = FIELD_NUM, .offset = offsetof(struct road_row, speed_kmh),
     .low = 1, .high = 120, .unit = "km/h",
     .zh = "车速，省略时按等级为 60、40、25、12，步道 4",
     .en = "speed; 60, 40, 25, 12 by class when absent, footpath 4", .mark = "U"},
    {.name = "capacity", .type = FIELD_INT, .offset = AT(capacity), .low = 1, .high = 100000,
     .unit = "辆", .zh = "同时容纳的车辆，超过即拥堵；省略时按等级每车占 20、30、50、100 米",
     .en = "vehicles on it at once before it jams; by class 20, 30, 50, 100 m each when absent",
     .mark = "U"},
};
#undef AT

static enum rc accept_road(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct road_row *in = row;
    struct road *road = &in->road;
    const struct node *from = &r->atlas->node[road->from];
    const struct node *to = &r->atlas->node[road->to];

    if (road->from == road->to)
        return DOC_ERR(d, r->e, MSG_CORE_ATLAS_LOOP_ROAD,
                       names_arg(&r->atlas->names, ENT_NODE, road->from));
    if (!row_has(d, "length_m")) {
        double straight = num_hypot(to->at[0] - from->at[0], to->at[1] - from->at[1]);
        road->length_m = num_max(1.0, straight * WINDING);
        r->guessed_length = true;
    }
    if (!row_has(d, "speed_kmh")) {
        in->speed_kmh = CLASSES[road->class].speed_kmh;
        r->guessed_speed = true;
    }
    road->speed_ms = in->speed_kmh / 3.6;
    if (!row_has(d, "capacity")) {
        double fit = num_floor(road->length_m / CLASSES[road->class].metres_each);
        road->capacity = (int32_t)num_clamp(fit, 2.0, 10000.0);
        r->guessed_capacity = true;
    }
    r->atlas->road[id] = *road;
    return RC_OK;
}

/* --- planned lines --- */

struct line_row {
    struct text id;
    struct control_line line;
    const struct doc *points;
};

#define AT(member) offsetof(struct line_row, line.member)
static const struct field line_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct line_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true,
     .zh = "名称", .en = "title"},
    {.name = "kind", .type = FIELD_WORD, .offset = AT(kind), .words = VK_LINE_KIND,
     .zh = "类别，省略为本情景灾害的第一种", .en = "kind; the first of the scenario's hazard when absent"},
    {.name = "points", .type = FIELD_DOC, .offset = offsetof(struct line_row, points),
     .required = true, .zh = "折点 { {x, y}, .. }，2 至 64 个", .en = "corners { {x, y}, .. }, 2 to 64"},
    {.name = "width_m", .type = FIELD_NUM, .offset = AT(width_m), .low = 0, .high = 500, .dflt = 10,
     .unit = "m", .zh = "计划宽度", .en = "planned width", .mark = "U"},
};
#undef AT


enum rc corner_read(const struct atlas_reading *r, const struct doc *d, double *at)
{
    const struct doc *x = doc_at(d, 1);
    const struct doc *y = doc_at(d, 2);

    if (d->kind != DOC_TABLE || d->count != 2 || x == NULL || y == NULL ||
        (x->kind != DOC_INT && x->kind != DOC_NUM) || (y->kind != DOC_INT && y->kind != DOC_NUM))
        return DOC_ERR0(d, r->e, MSG_CORE_BAD_POINT);
    at[0] = x->kind == DOC_INT ? (double)x->i : x->n;
    at[1] = y->kind == DOC_INT ? (double)y->i : y->n;
    if (!num_is_finite(at[0]) || !num_is_finite(at[1]))
        return DOC_ERR0(d, r->e, MSG_CORE_NOT_FINITE);
    return point_check(r, d, at);
}

/* The first kind of line that a hazard of the scenario brings; a cordon where none does. */
static int32_t usual_line(const struct names *n)
{
    for (int32_t k = word_next(n, VK_LINE_KIND, -1); k >= 0; k = word_next(n, VK_LINE_KIND, k))
        if (k >> OWN_BITS != OWN_CORE)
            return k;
    return LINE_CORDON;
}

static enum rc accept_line(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct line_row *in = row;
    struct control_line *line = &in->line;

    (void)d;
    if (line->kind < 0)
        line->kind = usual_line(&r->atlas->names);
    if (in->points->count < 2 || in->points->count > LINE_POINTS_MAX)
        return DOC_ERR(in->points, r->e, MSG_CORE_ATLAS_CORNERS, arg_i(in->points->count),
                       arg_i(LINE_POINTS_MAX));
    line->xy = ARENA_NEW(r->arena, double, 2 * in->points->count);
    if (line->xy == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *p = in->points->child; p != NULL; p = p->next) {
        double *at = &line->xy[2 * line->points];
        enum rc rc = corner_read(r, p, at);
        if (rc != RC_OK)
            return rc;
        if (line->points > 0)
            line->length_m += num_hypot(at[0] - at[-2], at[1] - at[-1]);
        line->points++;
    }
    r->atlas->line[id] = *line;
    return RC_OK;
}

const struct section ATLAS_PLACES[] = {
    {"nodes", ENT_NODE, ROAD_NODE_MAX, node_rows, COUNT_OF(node_rows), sizeof(struct node_row),
     accept_node, "nodes 路口", "nodes: junctions of the road network"},
    {"places", ENT_PLACE, PLACE_MAX, place_rows, COUNT_OF(place_rows), sizeof(struct place_row),
     accept_place, "places 地点", "places"},
    {"roads", ENT_ROAD, ROAD_MAX, road_rows, COUNT_OF(road_rows), sizeof(struct road_row),
     accept_road, "roads 道路", "roads"},
    {"lines", ENT_LINE, LINE_MAX, line_rows, COUNT_OF(line_rows), sizeof(struct line_row),
     accept_line, "lines 作业线与线路", "lines: planned control lines"},
};
const int ATLAS_PLACES_COUNT = COUNT_OF(ATLAS_PLACES);

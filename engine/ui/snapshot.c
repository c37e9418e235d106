#include "ui/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "core/world/hazard.h"

static void *copy(struct snapshot *n, const void *from, int64_t count, size_t size)
{
    void *to = arena_alloc(&n->arena, (size_t)(count > 0 ? count : 1), size);
    if (to && count > 0)
        memcpy(to, from, (size_t)count * size);
    return to;
}

/* What the room knows: the shared picture or, if newer, what a played seat was told. */
static struct snap_fact room(const struct world *w, int32_t topic, int32_t subject)
{
    struct fact best = knowledge_get(w->knowledge, EVERYBODY, topic, subject);
    for (int32_t a = 0; a < ATLAS_COUNT(w->atlas, ENT_AGENCY); a++) {
        if (!w->atlas->agency[a].played)
            continue;
        struct fact f = knowledge_get(w->knowledge, a, topic, subject);
        if (f.seen_ms > best.seen_ms)
            best = f;
    }
    return (struct snap_fact){best.value, best.seen_ms};
}

static struct snap_fact *rooms(struct snapshot *n, const struct world *w, int32_t topic, int count)
{
    struct snap_fact *f = ARENA_NEW(&n->arena, struct snap_fact, count + 1);
    for (int i = 0; f && i < count; i++)
        f[i] = room(w, topic, i);
    return f;
}

/* Cells that a seat knows better than the room does so far. */
static void take_newer(int cells, const uint8_t *cls, const int32_t *minute, uint8_t *to_cls, int32_t *to_minute)
{
    for (int i = 0; i < cells; i++) {
        if (minute[i] > to_minute[i]) {
            to_cls[i] = cls[i];
            to_minute[i] = minute[i];
        }
    }
}

/* What the room has been told of a raster: the class as it was seen, when it was seen. */
static bool take_seen_layer(struct snapshot *n, const struct world *w, const struct map_layer *of, int owner)
{
    struct known_grid g;
    struct seen_layer *l = &n->seen[n->seen_layers];
    if (!knowledge_grid(w->knowledge, owner, of->index, &g))
        return true;
    size_t cells = (size_t)g.cols * (size_t)g.rows;
    uint8_t *cls = ARENA_NEW(&n->arena, uint8_t, cells), *one = ARENA_NEW(&n->arena, uint8_t, cells);
    int32_t *minute = ARENA_NEW(&n->arena, int32_t, cells), *when = ARENA_NEW(&n->arena, int32_t, cells);
    if (!cls || !one || !minute || !when)
        return false;
    *l = (struct seen_layer){of->owner, of->index, g.cols, g.rows, g.cell_m, g.west_m, g.south_m, cls, minute};
    knowledge_seen(w->knowledge, EVERYBODY, owner, of->index, cls, minute);
    for (int32_t a = 0; a < ATLAS_COUNT(w->atlas, ENT_AGENCY); a++) {
        if (!w->atlas->agency[a].played)
            continue;
        knowledge_seen(w->knowledge, a, owner, of->index, one, when);
        take_newer(g.cols * g.rows, one, when, cls, minute);
    }
    n->seen_layers++;
    return true;
}

/* Whose the layer is, by the number of its words: a layer of the drill only says which of its hazards. */
static int owner_of(const struct world *w, const struct map_layer *of)
{
    int owner = OWNERS_MAX - 1;
    while (owner > OWN_CORE && !(w->hazard[owner].ops && of->index < w->hazard[owner].ops->layer_count &&
                                 &w->hazard[owner].ops->layers[of->index] == of->row))
        owner--;
    return owner;
}

static bool take_seen(struct snapshot *n, const struct world *w)
{
    n->seen = ARENA_NEW(&n->arena, struct seen_layer, n->layers + 1);
    if (!n->seen)
        return false;
    for (int i = 0; i < n->layers; i++) {
        const struct map_layer *of = &n->layer[i];
        if (of->row->shape == LAYER_RASTER && !take_seen_layer(n, w, of, owner_of(w, of)))
            return false;
    }
    return true;
}

static bool take_knowledge(struct snapshot *n, const struct world *w)
{
    const struct atlas *a = n->atlas;
    n->known_team_stage = rooms(n, w, TOPIC_TEAM_STAGE, ATLAS_COUNT(a, ENT_TEAM));
    n->known_team_place = rooms(n, w, TOPIC_TEAM_PLACE, ATLAS_COUNT(a, ENT_TEAM));
    n->known_team_hurt = rooms(n, w, TOPIC_TEAM_HURT, ATLAS_COUNT(a, ENT_TEAM));
    n->known_road = rooms(n, w, TOPIC_ROAD_STATE, ATLAS_COUNT(a, ENT_ROAD));
    n->known_place = rooms(n, w, TOPIC_PLACE_STATE, ATLAS_COUNT(a, ENT_PLACE));
    n->known_moved = rooms(n, w, TOPIC_PLACE_MOVED, ATLAS_COUNT(a, ENT_PLACE));
    n->known_line = rooms(n, w, TOPIC_LINE_DONE, ATLAS_COUNT(a, ENT_LINE));
    n->known_channel = rooms(n, w, TOPIC_CHANNEL_STATE, ATLAS_COUNT(a, ENT_CHANNEL));
    n->known_asset = rooms(n, w, TOPIC_ASSET, ATLAS_COUNT(a, ENT_ASSET));
    n->known_broken = rooms(n, w, TOPIC_ASSET_BROKEN, ATLAS_COUNT(a, ENT_ASSET));
    for (int32_t t = topic_headline(&a->names, -1); t >= 0 && n->headlines < SNAP_HEADLINES; t = topic_headline(&a->names, t))
        n->headline[n->headlines++] = (struct snap_headline){t, room(w, t, 0)};
    n->known_level = room(w, TOPIC_LEVEL, 0);
    n->known_post = room(w, TOPIC_POST, 0);
    n->known_commander = room(w, TOPIC_COMMANDER, 0);
    n->known_wind = room(w, TOPIC_WIND, 0);
    n->known_from = room(w, TOPIC_WIND_FROM, 0);
    int injects = ATLAS_COUNT(a, ENT_INJECT);
    n->inject_told = ARENA_NEW(&n->arena, uint8_t, injects + 1);
    for (int i = 0; n->inject_told && i < injects; i++)
        n->inject_told[i] = room(w, TOPIC_INJECT, i).seen_ms >= 0;
    return n->known_team_stage && n->known_team_place && n->known_team_hurt && n->known_road &&
           n->known_place && n->known_moved && n->known_line && n->known_channel &&
           n->known_asset && n->known_broken &&
           n->inject_told && take_seen(n, w);
}

/* What it carries and uses up at its work, as the first hazard says that knows of any. */
static struct team_stock stock_of(const struct world *w, int32_t team)
{
    struct team_stock s = {.share = -1.0};
    for (int k = 0; k < OWNERS_MAX && s.share < 0.0; k++)
        if (w->hazard[k].ops != NULL && w->hazard[k].ops->stock != NULL)
            s.share = w->hazard[k].ops->stock(w->hazard[k].self, team, &s.title);
    return s;
}

static bool take_truth(struct snapshot *n, struct session *s)
{
    const struct atlas *a = n->atlas;
    const struct response *r = session_response(s);
    const struct world *w = session_world(s);
    int teams = ATLAS_COUNT(a, ENT_TEAM), places = ATLAS_COUNT(a, ENT_PLACE), roads = ATLAS_COUNT(a, ENT_ROAD);
    int lines = ATLAS_COUNT(a, ENT_LINE), channels = ATLAS_COUNT(a, ENT_CHANNEL), groups = ATLAS_COUNT(a, ENT_GROUP);
    int agencies = ATLAS_COUNT(a, ENT_AGENCY);
    n->requests = response_requests(r);
    n->team = ARENA_NEW(&n->arena, struct team_view, teams + 1);
    n->team_stock = ARENA_NEW(&n->arena, struct team_stock, teams + 1);
    n->place = ARENA_NEW(&n->arena, struct place_view, places + 1);
    n->road = ARENA_NEW(&n->arena, int32_t, roads + 1);
    n->channel = ARENA_NEW(&n->arena, int32_t, channels + 1);
    n->line_share = ARENA_NEW(&n->arena, double, lines + 1);
    n->group = ARENA_NEW(&n->arena, int32_t, groups + 1);
    n->request = ARENA_NEW(&n->arena, struct request_view, n->requests + 1);
    n->matrix = ARENA_NEW(&n->arena, struct matrix_cell, agencies * agencies + 1);
    n->place_feels = ARENA_NEW(&n->arena, struct felt, places + 1);
    n->asset = copy(n, w->assets->at, ATLAS_COUNT(a, ENT_ASSET), sizeof(struct asset_state));
    if (!n->asset || !n->team || !n->place || !n->road || !n->channel || !n->line_share || !n->group || !n->request || !n->matrix ||
        !n->place_feels || !n->team_stock)
        return false;
    for (int i = 0; i < teams; i++) {
        response_team(r, i, &n->team[i]);
        n->team_stock[i] = stock_of(w, i);
    }
    for (int i = 0; i < places; i++) {
        response_place(r, i, &n->place[i]);
        n->place_feels[i] = exposure_place(w->exposure, i);
    }
    for (int i = 0; i < roads; i++)
        n->road[i] = response_road_state(r, i);
    for (int i = 0; i < channels; i++)
        n->channel[i] = response_channel_percent(r, i);
    for (int i = 0; i < lines; i++)
        n->line_share[i] = response_line_share(r, i);
    for (int i = 0; i < groups; i++)
        n->group[i] = response_group_state(r, i);
    for (int i = 0; i < n->requests; i++)
        response_request(r, i, &n->request[i]);
    for (int i = 0; n->requests > 0 && i < agencies * agencies; i++)
        response_matrix(r, i / agencies, i % agencies, &n->matrix[i]);
    response_command(r, &n->command);
    n->weather = w->weather->now;
    return true;
}

static bool take_layers(struct snapshot *n, const struct session *s)
{
    const void *self;
    n->layer = ARENA_NEW(&n->arena, struct map_layer, MAP_LAYERS_MAX);
    bool good = n->layer != NULL;
    for (int h = 0; good && session_hazard(s, h, &self); h++) {
        const struct hazard_ops *ops = session_hazard(s, h, &self);
        good = map_take_layers(ops, self, h, LAYER_NOW, &n->arena, n->layer, &n->layers, NULL) ==
               RC_OK;
    }
    return good;
}

static bool take_record(struct snapshot *n, struct session *s)
{
    const struct record *r = session_record(s);
    const struct inject_state *in = session_world(s)->inject;
    n->events = r->events;
    n->orders = r->orders;
    n->event = copy(n, r->event, r->events, sizeof(*r->event));
    n->order = copy(n, r->order, r->orders, sizeof(*r->order));
    n->refusals = r->refusals < SNAP_REFUSALS ? (int)r->refusals : SNAP_REFUSALS;
    n->refusal = copy(n, r->refusal + (r->refusals - n->refusals), n->refusals, sizeof(*r->refusal));
    n->inject_stage = copy(n, in->stage, in->count, sizeof(*in->stage));
    n->inject_trigger = copy(n, in->trigger, in->count, sizeof(*in->trigger));
    n->inject_due_ms = copy(n, in->due_ms, in->count, sizeof(*in->due_ms));
    n->agenda = inject_phase(in, session_world(s));
    n->steps = r->steps;
    n->measures = session_measures(s);
    n->measure = copy(n, r->measure, r->steps * n->measures, sizeof(double));
    n->step_ms = ARENA_NEW(&n->arena, int64_t, r->steps + 1);
    const struct measure_row **row = ARENA_NEW(&n->arena, const struct measure_row *, n->measures + 1);
    if (!n->event || !n->order || !n->refusal || !n->inject_stage || !n->inject_trigger || !n->inject_due_ms || !n->measure ||
        !n->step_ms || !row)
        return false;
    for (int64_t i = 0; i < r->steps; i++)
        n->step_ms[i] = r->step[i].t_ms;
    for (int i = 0; i < n->measures; i++)
        row[i] = session_measure_row(s, i);
    n->measure_row = row;
    return true;
}

static bool take_plan(struct snapshot *n, struct session *s)
{
    const struct record *r = session_record(s);
    struct eval_input in = {.atlas = n->atlas, .event = r->event, .events = r->events, .order = r->order, .orders = r->orders,
                            .end_ms = n->now_ms};
    n->clause = ARENA_NEW(&n->arena, struct clause_result, ATLAS_COUNT(n->atlas, ENT_CLAUSE) + 1);
    if (n->clause)
        eval_plan(&in, n->clause);
    return n->clause != NULL;
}

struct snapshot *snapshot_make(struct session *s, uint64_t version)
{
    struct snapshot *n = calloc(1, sizeof(*n));
    if (!n)
        return NULL;
    arena_init(&n->arena, 0);
    n->version = version;
    n->atlas = session_atlas(s);
    n->phase = session_phase(s);
    n->holding = session_holding(s);
    n->now_ms = session_now(s);
    n->seed = session_seed(s);
    n->line = session_line(s);
    n->archived = session_archived(s, &n->notice);
    (void)text_copy(n->bot, (int)sizeof(n->bot), text_of(session_bot(s)));
    if (!take_truth(n, s) || !take_layers(n, s) || !take_knowledge(n, session_world(s)) ||
        !take_record(n, s) || !take_plan(n, s)) {
        snapshot_free(n);
        return NULL;
    }
    return n;
}

void snapshot_free(struct snapshot *s)
{
    if (!s)
        return;
    arena_free(&s->arena);
    free(s);
}

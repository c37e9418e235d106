/* toy.c -- the smallest complete hazard, for whoever writes the next one: snow falls on a pass, cuts the road, is ploughed by
 * teams and held off by a heated road; skiers move over it. It brings a verb, a task, reasons, an event, a topic, an asset, a
 * layer, a measure and a way of moving, and nothing outside this file knows of it: tests/toy/toy.test.sh walks it from the
 * typed order to log, legend, curve and report. Built into a tuiyan of its own, in tests alone. */
#include "base/num.h"
#include "core/order/vocab.h"
#include "core/world/hazard.h"
#include "hazard/fire/fire.h"
#include "hazard/fire/fire_words.h"

enum { SNOW_OWNER = 6, OWN = SNOW_OWNER << OWN_BITS, CELLS = 20, FOOT = 1 };
enum { EV_DEEPER = OWN, TASK_PLOUGH = OWN, REASON_DEEP = OWN, REASON_BARE, TOPIC_DEPTH = OWN, KIND_HEATER = OWN, SET_OFF = OWN, SET_ON };
#define SKI_MS 3.0        /* made up, as every number here */
#define MELT_CM_H 6.0
#define TOO_DEEP_CM 9.0

struct snow {
    const struct atlas *atlas;
    double rate_cm_h, cut_cm; /* declared */
    double depth_cm, cleared_cm;
    bool cut, heated;
    int32_t said_cm;
    int64_t event;
};

/* ---- words ---- */

static enum rc may_salt(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct snow *s = self;
    (void)w, (void)o;
    return s->depth_cm < TOO_DEEP_CM ? RC_OK : ERR(e, RC_NO, MSG_RESPONSE_CANNOT_NOW, arg_zh_en("撒融雪剂", "salt"), arg_zh_en("积雪过深", "the snow is too deep"));
}

static void salt(void *self, struct world *w, const struct order *o)
{
    const struct snow *s = self;
    world_emit(w, &(struct event){.kind = EV_DEEPER, .f = {num_max(0.0, s->depth_cm - 2.0)}, .cause = cause_of_order(o)});
}

static const struct event_row events[] = {
    {"snow_deeper", EVENT_TELLS | EVENT_TURN, "垭口积雪 {depth} 厘米", "{depth} cm of snow on the pass", {{"depth", VK_NUM}}}};
static const struct verb_row verbs[] = {{"salt", "撒融雪剂", WHO_SEAT, "向垭口路面撒融雪剂", "salt the road over the pass", {{0}}, may_salt, salt, NULL}};
static const struct task_row tasks[] = {
    {.name = "plough", .zh = "铲雪", .en = "plough", .shape = TASK_STAY, .targets = ON_PLACE, .flags = TASK_EFFORT, .crews = "engineer", .unit = "cm", .usual = 0.4}};
static const struct word_row reasons[] = {{"deep", "积雪过深", "the snow is too deep"}, {"bare", "路面无雪", "no snow on the road"}};
static const struct word_row settings[] = {{"unheated", "停用", "unheated"}, {"heated", "加热", "heated"}};
static const struct kind_row assets[] = {{.name = "heater", .zh = "路面加热", .en = "heated road", .sign = "热", .settings = "unheated heated", .hands_ms = 60000}};
static const struct topic_row topics[] = {
    {.name = "snow_depth", .zh = "积雪深度", .en = "depth of snow", .entity = ENT_COUNT, .kind = VK_NUM, .scale = 10, .unit = "cm", .headline = true, .measure = "snow_cm"}};

static const struct vocab snow_vocab = {
    .name = "snow", .zh = "暴雪", .en = "snowstorm", .event = events, .events = 1, .verb = verbs, .verbs = 1, .task = tasks, .tasks = 1,
    .reason = reasons, .reasons = 2, .setting = settings, .settings = 2, .asset_kind = assets, .asset_kinds = 1, .topic = topics, .topics = 1};

/* ---- the model ---- */

static const struct field rows[] = {
    {.name = "rate_cm_h", .type = FIELD_NUM, .offset = offsetof(struct snow, rate_cm_h), .low = 0, .high = 50, .dflt = 12, .zh = "降雪强度", .en = "snowfall", .mark = "U"},
    {.name = "cut_cm", .type = FIELD_NUM, .offset = offsetof(struct snow, cut_cm), .low = 1, .high = 200, .dflt = 8, .zh = "断道雪深", .en = "depth that cuts the road", .mark = "U"}};

static enum rc open(const struct doc *section, const struct atlas *atlas, struct file_source files, uint64_t seed, struct arena *perm,
                    void **out, struct err *e)
{
    struct snow *s = ARENA_NEW(perm, struct snow, 1);
    (void)files, (void)seed;
    *out = s;
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    enum rc rc = schema_read(section, rows, COUNT_OF(rows), &atlas->names, perm, s, e);
    s->atlas = atlas;
    return rc;
}

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct snow *s = self;
    if (e->kind == EV_DEEPER) {
        s->depth_cm = e->f[0];
        s->said_cm = (int32_t)e->f[0];
        s->event = e->seq;
        struct threat *t = &w->exposure->threat[SNOW_OWNER];
        t->since_ms = t->since_ms < 0 ? w->now_ms : t->since_ms;
        t->event = e->seq;
        t->active = true;
    }
    if (e->kind == EV_ASSET_SET)
        s->heated = e->i[1] == SET_ON;
    if (e->kind == EV_ROAD_CUT || e->kind == EV_ROAD_CLEARED)
        s->cut = e->kind == EV_ROAD_CUT;
}

static void plough(struct snow *s, struct world *w)
{
    for (int32_t k = 0; k < w->works->efforts; k++) {
        struct effort *job = &w->works->effort[k];
        if (job->task != TASK_PLOUGH)
            continue;
        job->stopped = s->depth_cm > TOO_DEEP_CM ? REASON_DEEP : W(REASON, NONE);
        job->done = job->stopped ? 0.0 : num_min(s->depth_cm, job->amount_s * (double)w->tick_ms / 1000.0);
        job->left = s->depth_cm - job->done;
        s->depth_cm -= job->done;
        s->cleared_cm += job->done;
    }
}

static void step(void *self, struct world *w)
{
    struct snow *s = self;
    double hours = (double)w->tick_ms / 3.6e6;
    plough(s, w);
    s->depth_cm = num_max(0.0, s->depth_cm + (s->rate_cm_h - (s->heated ? MELT_CM_H : 0.0)) * hours);
    if ((int32_t)s->depth_cm > s->said_cm)
        world_emit(w, &(struct event){.kind = EV_DEEPER, .f = {s->depth_cm}, .cause = s->event > 0 ? cause_event(s->event) : (struct cause){0}});
    bool deep = s->depth_cm >= s->cut_cm;
    for (int32_t r = 0; r < ATLAS_COUNT(s->atlas, ENT_ROAD) && deep != s->cut; r++)
        world_emit(w, &(struct event){.kind = deep ? EV_ROAD_CUT : EV_ROAD_CLEARED, .i = {r, SNOW_OWNER}, .cause = cause_event(s->event)});
    for (int32_t r = 0; r < ATLAS_COUNT(s->atlas, ENT_ROAD); r++)
        exposure_of(w->exposure, SNOW_OWNER)->road[r].pass = num_clamp(1.0 - s->depth_cm / s->cut_cm, 0.2, 1.0);
}

static void walk(void *self, struct walk *w)
{
    struct snow *s = self;
    walk_f64(w, "depth", &s->depth_cm, 1);
    walk_f64(w, "cleared", &s->cleared_cm, 1);
    walk_bool(w, "cut", &s->cut, 1);
    walk_bool(w, "heated", &s->heated, 1);
    walk_i32(w, "said", &s->said_cm, 1);
    walk_i64(w, "event", &s->event, 1);
}

/* ---- what is read off ---- */

static const struct measure_row measures[] = {{"snow_cm", "cm", "积雪深度", "depth of snow", MEASURE_CURVE | MEASURE_HEADLINE | MEASURE_LOSS},
                                              {"ploughed_cm", "cm", "已清除积雪", "snow cleared", MEASURE_CURVE}};

static double measure(const void *self, int i)
{
    const struct snow *s = self;
    return i == 0 ? s->depth_cm : s->cleared_cm;
}

static const struct layer_row layers[] = {{.name = "snow", .zh = "积雪", .en = "Snow", .unit = "cm", .shape = LAYER_RASTER, .palette = PALETTE_WATER,
    .class = {{1, "1 厘米以上", "1 cm and more"}, {5, "5 厘米以上", "5 cm and more"}, {10, "10 厘米以上", "10 cm and more"}}}};

static bool layer(const void *self, int i, struct layer_out *out)
{
    const struct snow *s = self;
    if (out->at_ms != LAYER_NOW)
        return false;
    out->cols = out->rows = CELLS;
    out->cell_m = s->atlas->map.width_m / CELLS;
    out->west_m = out->south_m = 0.0;
    for (int c = 0; out->cls && c < CELLS * CELLS; c++) /* twice as deep in the north as in the south */
        out->cls[c] = (uint8_t)layer_class_of(&layers[i], s->depth_cm * (1.3 - 0.6 * (c / CELLS) / CELLS));
    return true;
}

static int observe(const void *self, const struct world *w, const struct eye *eye, struct sight *out, int max)
{
    const struct snow *s = self;
    (void)w;
    if (max < 1 || s->depth_cm < 1.0)
        return 0;
    out[0] = (struct sight){TOPIC_DEPTH, 0, (int64_t)num_round(10.0 * eye->judge * s->depth_cm)};
    return 1;
}

static enum trip_answer find(const void *self, const struct world *w, int32_t agency, struct trip *trip, int64_t *travel_ms)
{
    const struct snow *s = self;
    (void)w, (void)agency;
    bool up = trip->place >= 0 && s->atlas->place[trip->place].kind == PLACE_HILL;
    if (!up && !trip->inside)
        return TRIP_NOT_MINE;
    trip->via = up && trip->inside ? -1 : trip->via >= 0 ? trip->via : FOOT; /* where the road ends */
    trip->reason = REASON_BARE;
    *travel_ms = (int64_t)(1000.0 * num_hypot(trip->to[0] - trip->from[0], trip->to[1] - trip->from[1]) / SKI_MS);
    return s->depth_cm >= 1.0 ? TRIP_FOUND : TRIP_NO_WAY;
}

static enum trip_state advance(void *self, struct world *w, const struct trip *trip, double seconds, double at[2], int32_t *reason)
{
    double dx = trip->to[0] - at[0], dy = trip->to[1] - at[1], left = num_hypot(dx, dy), far = num_min(left, SKI_MS * seconds);
    (void)self, (void)w, (void)reason;
    if (left > 0.0) {
        at[0] += dx * far / left;
        at[1] += dy * far / left;
    }
    return far >= left ? TRIP_THERE : TRIP_UNDER_WAY;
}
static const struct mode_ops modes[] = {{"ski", "滑雪", "on skis", find, advance}};

static const struct hazard_ops snow = {
    .owner = SNOW_OWNER, .slice = {"snow", apply, step, walk}, .section = "snow", .open = open, .measures = measures, .measure_count = 2,
    .measure = measure, .layers = layers, .layer_count = 1, .layer = layer, .observe = observe, .modes = modes, .mode_count = 1};
const struct hazard_ops *const hazard_table[] = {&fire_hazard, &snow};
const int hazard_count = 2;
const struct vocab *const vocab_table[OWNERS_MAX] = {[OWN_CORE] = &core_vocab, [FIRE_OWNER] = &fire_vocab, [SNOW_OWNER] = &snow_vocab};

/* Protects that the core fits more than rasters: a second, tiny hazard of another shape - three branches of a stream that join,
 * down which a flood wave runs - plugs in by the same table, cuts a road, reaches a village, answers to a dike that people build,
 * is hashed, saved and restored like the fire. */
#include "base/num.h"
#include "core/world/hazard.h"
#include "rig.h"

/* Branches 0 and 1 join into 2, which runs past the main road and the village. Water moves at 1 m/s. */
enum { BRANCHES = 3, STREAM_OWNER = 2, TASK_DIKE = STREAM_OWNER << OWN_BITS };
static const double length_m[BRANCHES] = {1800, 6000, 2400};
#define SPEED_MS 1.0
#define DIKE_HOLDS_M3S 60.0

struct stream {
    const struct atlas *atlas;
    double front_m[BRANCHES]; /* of the wave; -1: none yet */
    double flow_m3s[BRANCHES];
    int32_t road_cut, reached, works_seen, dikes;
};

static enum rc stream_open(const struct doc *section, const struct atlas *atlas, struct file_source files, uint64_t seed,
                           struct arena *perm, void **out, struct err *e)
{
    (void)section, (void)files, (void)seed, (void)e;
    struct stream *s = ARENA_NEW(perm, struct stream, 1);
    *out = s;
    if (!s)
        return RC_MEMORY;
    *s = (struct stream){.atlas = atlas, .front_m = {0, 0, -1}, .flow_m3s = {30, 50, 0}};
    return RC_OK;
}

static void stream_apply(void *self, const struct world *w, const struct event *e)
{
    struct stream *s = self;
    (void)w;
    if (e->kind == EV_ROAD_CUT)
        s->road_cut = 1;
    else if (e->kind == EV_PLACE_REACHED)
        s->reached = 1;
}

static void stream_step(void *self, struct world *w)
{
    struct stream *s = self;
    double dt = (double)w->tick_ms / 1000.0;
    for (; s->works_seen < w->works->count; s->works_seen++)
        s->dikes += w->works->work[s->works_seen].task == TASK_DIKE;
    for (int b = 0; b < BRANCHES; b++) {
        if (s->front_m[b] < 0.0)
            continue;
        s->front_m[b] = num_min(length_m[b], s->front_m[b] + SPEED_MS * dt);
        if (b < 2 && s->front_m[b] >= length_m[b]) {
            if (s->front_m[2] < 0.0)
                s->front_m[2] = 0.0;
            s->flow_m3s[2] += s->flow_m3s[b];
            s->front_m[b] = -2.0; /* its water is in the lower branch now */
        }
    }
    int32_t road = 0, village = 1;
    double to_village = s->front_m[2] < 0.0 ? 1e9 : length_m[2] - s->front_m[2];
    struct exposure_rows *x = exposure_of(w->exposure, STREAM_OWNER);
    x->place[village].distance_m = to_village;
    x->road[road].distance_m = s->front_m[2] < 0.0 ? 1e9 : num_max(0.0, 1200.0 - s->front_m[2]);
    if (!s->road_cut && s->front_m[2] >= 1200.0)
        x->road[road].event = world_emit(w, &(struct event){.kind = EV_ROAD_CUT, .i = {road}});
    bool over = s->flow_m3s[2] > (s->dikes > 0 ? DIKE_HOLDS_M3S : 0.0);
    if (!s->reached && to_village <= 0.0 && over) {
        x->place[village].since_ms = w->now_ms;
        x->place[village].danger = x->place[village].harm = 1.0;
        x->place[village].event =
            world_emit(w, &(struct event){.kind = EV_PLACE_REACHED, .i = {village}, .f = {s->flow_m3s[2]}});
    }
}

static void stream_walk(void *self, struct walk *w)
{
    struct stream *s = self;
    walk_f64(w, "front", s->front_m, BRANCHES);
    walk_f64(w, "flow", s->flow_m3s, BRANCHES);
    walk_i32(w, "road_cut", &s->road_cut, 1);
    walk_i32(w, "reached", &s->reached, 1);
    walk_i32(w, "works_seen", &s->works_seen, 1);
    walk_i32(w, "dikes", &s->dikes, 1);
}

static double stream_measure(const void *self, int i)
{
    (void)i;
    return ((const struct stream *)self)->flow_m3s[2];
}

static const struct measure_row measures[] = {{"flow_m3s", "m3/s", "流量", "discharge", MEASURE_CURVE}};
static const struct hazard_ops stream_hazard = {.owner = STREAM_OWNER, .slice = {"stream", stream_apply, stream_step, stream_walk}, .section = "stream",
                                                .open = stream_open, .measures = measures, .measure_count = 1,
                                                .measure = stream_measure};

static void begin(struct rig *g, void **self)
{
    rig_open(g, 9, NULL, NULL);
    /* Wired in before the response, as the session does: a world of its own order. */
    struct err e = {0};
    if (world_init(&g->world, &g->atlas, 9, &g->arena, &e) != RC_OK ||
        stream_hazard.open(NULL, &g->atlas, (struct file_source){0}, 9, &g->arena, self, &e) != RC_OK ||
        response_open(&g->atlas, 9, &g->arena, &g->response, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(hazard_wire(&stream_hazard, *self, &g->world, &g->arena, &e), RC_OK);
    response_wire(g->response, &g->world);
}

static struct rig one, two;
static struct walk walk;

static void people_and_a_network_meet(void **state)
{
    (void)state;
    void *self;
    begin(&one, &self);
    rig_give(&one, "district shelter mill");
    rig_give(&one, "forestry dispatch crew to village task=recon");
    rig_run(&one, 120);
    /* Branch 0 is 1,800 m, the road 1,200 m further down: 3,000 s. The village at 4,200 s. */
    assert_true(rig_minute(&one, EV_ROAD_CUT, 0) >= 49.0 && rig_minute(&one, EV_ROAD_CUT, 0) <= 51.0);
    assert_true(rig_minute(&one, EV_PLACE_REACHED, 1) >= 69.0 && rig_minute(&one, EV_PLACE_REACHED, 1) <= 71.0);
    assert_non_null(rig_event(&one, EV_PEOPLE_TRAPPED, 1, 0));
    assert_true(stream_hazard.measure(self, 0) == 80.0); /* both upper branches */
    rig_close(&one);
}

static void a_dike_changes_the_outcome(void **state)
{
    (void)state;
    void *self;
    begin(&one, &self);
    /* Only the smaller branch is dammed off by what people built: 30 m3/s pass beneath 60. */
    assert_true(works_add(one.world.works, &(struct work){.task = TASK_DIKE, .team = -1, .line = -1, .until_ms = -1}));
    rig_run(&one, 85);
    assert_null(rig_event(&one, EV_PLACE_REACHED, -1, 0)); /* the other branch arrives after 100 min */
    rig_run(&one, 60);
    assert_non_null(rig_event(&one, EV_PLACE_REACHED, -1, 0)); /* 80 m3/s go over it */
    rig_close(&one);
}

static void it_is_hashed_saved_and_restored(void **state)
{
    (void)state;
    void *self, *other;
    begin(&one, &self);
    rig_give(&one, "district evacuate village to mill");
    rig_run(&one, 55);
    walk_begin_save(&walk, NULL, 0);
    world_walk(&one.world, &walk);
    size_t size = walk.size;
    uint8_t *bytes = malloc(size);
    assert_non_null(bytes);
    walk_begin_save(&walk, bytes, size);
    world_walk(&one.world, &walk);
    assert_false(walk.bad);
    begin(&two, &other);
    walk_begin_load(&walk, bytes, size);
    world_walk(&two.world, &walk);
    assert_false(walk.bad);
    free(bytes);
    for (int i = 0; i < 60; i++) {
        rig_run(&one, 1);
        rig_run(&two, 1);
        assert_true(world_hash(&one.world, &walk) == world_hash(&two.world, &walk));
    }
    ((struct stream *)other)->flow_m3s[2] += 1.0;
    assert_true(world_hash(&one.world, &walk) != world_hash(&two.world, &walk));
    rig_close(&one);
    rig_close(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(people_and_a_network_meet), cmocka_unit_test(a_dike_changes_the_outcome),
                                       cmocka_unit_test(it_is_hashed_saved_and_restored)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

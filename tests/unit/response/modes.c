/* Protects ways of moving beside roads: a team drives to where one begins, changes, moves by it as its hazard says, arrives, works
 * there and comes back; the entry ordered is the one taken; one network leads into another; a team that finds no way, or gets
 * stuck, says so with the hazard's reason. */
#include "base/num.h"
#include "core/world/hazard.h"
#include "rig.h"

enum { TOWN = 0, VILLAGE = 1, MILL = 2, RIDGE = 3 };
#define SPEED_MS 2.0

/* A lake between mill, village (landings) and the ridge, which only boats reach; and a tunnel from the village to the mill. */
struct lake {
    bool frozen;        /* no way, as everybody knows */
    bool fog;           /* a way, but nobody gets on */
    bool tunnel;        /* it is open */
    int32_t advanced;
};

static enum trip_answer boat_find(const void *self, const struct world *w, int32_t agency, struct trip *trip, int64_t *travel_ms)
{
    const struct lake *l = self;
    (void)agency;
    bool out = trip->inside && trip->place != RIDGE;
    if (trip->place != RIDGE && !trip->inside)
        return TRIP_NOT_MINE;
    if (trip->via >= 0 && trip->via != MILL && trip->via != VILLAGE)
        return TRIP_NO_WAY;
    if (l->frozen) {
        trip->reason = W(REASON, WIND);
        return TRIP_NO_WAY;
    }
    if (trip->via < 0)
        trip->via = VILLAGE;
    const double *a = w->atlas->place[trip->via].at, *b = out ? trip->from : trip->to;
    *travel_ms = (int64_t)(num_hypot(a[0] - b[0], a[1] - b[1]) / SPEED_MS * 1000.0);
    return TRIP_FOUND;
}

static enum trip_answer tunnel_find(const void *self, const struct world *w, int32_t agency, struct trip *trip, int64_t *travel_ms)
{
    const struct lake *l = self;
    (void)w, (void)agency;
    if (!l->tunnel || trip->inside || trip->place != MILL)
        return TRIP_NOT_MINE;
    trip->via = VILLAGE;
    *travel_ms = (int64_t)(5000.0 / SPEED_MS * 1000.0);
    return TRIP_FOUND;
}

static enum trip_state boat_advance(void *self, struct world *w, const struct trip *trip, double seconds, double at[2], int32_t *reason)
{
    struct lake *l = self;
    double dx = trip->to[0] - at[0], dy = trip->to[1] - at[1], left = num_hypot(dx, dy), step = SPEED_MS * seconds;
    (void)w;
    if (l->fog) {
        *reason = W(REASON, NIGHT);
        return TRIP_STUCK;
    }
    l->advanced++;
    if (left <= step) {
        at[0] = trip->to[0];
        at[1] = trip->to[1];
        return TRIP_THERE;
    }
    at[0] += dx / left * step;
    at[1] += dy / left * step;
    return TRIP_UNDER_WAY;
}

static void lake_walk(void *self, struct walk *w)
{
    struct lake *l = self;
    walk_bool(w, "frozen", &l->frozen, 1);
    walk_bool(w, "fog", &l->fog, 1);
    walk_bool(w, "tunnel", &l->tunnel, 1);
    walk_i32(w, "advanced", &l->advanced, 1);
}

static const struct mode_ops boats[] = {{"boat", "船", "boat", boat_find, boat_advance}, {"tunnel", "隧道", "tunnel", tunnel_find, boat_advance}};
static const struct hazard_ops lake_hazard = {.owner = 4, .slice = {"lake", NULL, NULL, lake_walk}, .section = "lake", .modes = boats,
                                              .mode_count = COUNT_OF(boats)};
static struct rig g;
static struct lake lake;

static void begin(struct rig *rig, struct lake *l)
{
    struct err e = {0};
    *l = (struct lake){0};
    rig_open(rig, 6, NULL, NULL);
    if (world_init(&rig->world, &rig->atlas, 6, &rig->arena, &e) != RC_OK ||
        response_open(&rig->atlas, 6, &rig->arena, &rig->response, &e) != RC_OK ||
        hazard_wire(&lake_hazard, l, &rig->world, &rig->arena, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    response_wire(rig->response, &rig->world);
}

static struct team_view crew(void)
{
    struct team_view v;
    response_team(g.response, rig_id(&g, ENT_TEAM, "crew"), &v);
    return v;
}

/* 6 km of road, 2 km of water. */
static void there_and_back(void **state)
{
    (void)state;
    begin(&g, &lake);
    rig_give(&g, "forestry dispatch crew to ridge task=recon");
    rig_run(&g, 60);
    assert_int_equal(crew().place, RIDGE);
    assert_int_equal(crew().stage, W(STAGE, WORKING));
    const struct event *in = rig_event(&g, EV_TEAM_CHANGED, -1, 0);
    assert_non_null(in);
    assert_int_equal(in->i[1], VILLAGE);
    assert_int_equal(in->i[2], 1);
    assert_true(lake.advanced >= 16 && lake.advanced <= 18); /* 2,000 m at 2 m/s */
    const struct event *left = rig_event(&g, EV_TEAM_DEPARTED, -1, 0), *came = rig_event(&g, EV_TEAM_ARRIVED, -1, 0);
    assert_true(num_abs((double)(came->t_ms - left->t_ms - left->i[2])) < 4.0 * 60000); /* as it was said */
    rig_give(&g, "forestry withdraw crew to mill");
    rig_run(&g, 60);
    assert_int_equal(crew().place, MILL);
    const struct event *out = rig_event(&g, EV_TEAM_CHANGED, -1, 1);
    assert_non_null(out);
    assert_int_equal(out->i[1], VILLAGE);
    assert_int_equal(out->i[2], 0);
    assert_true(rig_event(&g, EV_TEAM_ROAD, -1, 1)->t_ms > out->t_ms); /* the road goes on from there */
    rig_close(&g);
}

/* Out of the boat at the village, and into the tunnel there without a metre of road. */
static void from_one_into_another(void **state)
{
    (void)state;
    begin(&g, &lake);
    rig_give(&g, "forestry dispatch crew to ridge task=recon");
    rig_run(&g, 60);
    lake.tunnel = true;
    int roads = rig_count(&g, EV_TEAM_ROAD);
    rig_give(&g, "forestry dispatch crew to mill task=recon");
    rig_run(&g, 90);
    assert_int_equal(crew().place, MILL);
    assert_int_equal(rig_count(&g, EV_TEAM_ROAD), roads);
    const struct event *out = rig_event(&g, EV_TEAM_CHANGED, -1, 1), *in = rig_event(&g, EV_TEAM_CHANGED, -1, 2);
    assert_true(out->i[1] == VILLAGE && out->i[2] == 0 && in->i[1] == VILLAGE && in->i[2] == 1);
    rig_close(&g);
}

static void by_the_entry_ordered(void **state)
{
    (void)state;
    begin(&g, &lake);
    rig_give(&g, "林 调派 一队 到 山脊 任务=侦察 经=磨坊");
    rig_run(&g, 80);
    assert_int_equal(rig_event(&g, EV_TEAM_CHANGED, -1, 0)->i[1], MILL);
    assert_int_equal(crew().place, RIDGE);
    rig_close(&g);
    /* One that the lake does not have, and one by which nothing goes. */
    begin(&g, &lake);
    rig_give(&g, "forestry dispatch crew to ridge task=recon via=town");
    rig_give(&g, "forestry dispatch second to village task=guard via=mill");
    rig_run(&g, 20);
    assert_int_equal(rig_count(&g, EV_ORDER_FAILED), 2);
    assert_int_equal(crew().place, TOWN);
    rig_close(&g);
}

static void no_way_is_said(void **state)
{
    (void)state;
    begin(&g, &lake);
    lake.frozen = true;
    rig_give(&g, "forestry dispatch crew to ridge task=recon");
    rig_run(&g, 30);
    const struct event *failed = rig_event(&g, EV_ORDER_FAILED, -1, 0);
    assert_non_null(failed);
    assert_int_equal(failed->i[2], W(REASON, WIND));
    assert_int_equal(rig_count(&g, EV_ORDER_FAILED), 1); /* once, however often it looks */
    lake.frozen = false;
    rig_run(&g, 60);
    assert_int_equal(crew().place, RIDGE);
    /* Shut in: the way back is gone. */
    lake.frozen = true;
    rig_give(&g, "forestry withdraw crew");
    rig_run(&g, 5);
    failed = rig_event(&g, EV_ORDER_FAILED, -1, 1);
    assert_non_null(failed);
    assert_int_equal(failed->i[1], VERB_WITHDRAW);
    assert_int_equal(crew().place, RIDGE);
    rig_close(&g);
}

static void stuck_and_on_again(void **state)
{
    (void)state;
    begin(&g, &lake);
    rig_give(&g, "forestry dispatch crew to ridge task=recon");
    rig_run(&g, 24);
    lake.fog = true;
    rig_run(&g, 15);
    const struct event *blocked = rig_event(&g, EV_TEAM_BLOCKED, -1, 0);
    assert_non_null(blocked);
    assert_int_equal(blocked->i[1], -1);
    assert_int_equal(blocked->i[2], W(REASON, NIGHT));
    assert_int_equal(rig_count(&g, EV_TEAM_BLOCKED), 1);
    assert_int_equal(crew().stage, W(STAGE, BLOCKED));
    char text[100];
    struct buf b = BUF_ON(text);
    event_format(blocked, &g.atlas, LANG_EN, &b);
    assert_string_equal(text, "Crew blocked at a place on its way");
    lake.fog = false;
    rig_run(&g, 30);
    assert_int_equal(crew().place, RIDGE);
    rig_close(&g);
}

static struct walk walk;

static void saved_on_the_water(void **state)
{
    static struct rig two;
    static struct lake other;
    (void)state;
    begin(&g, &lake);
    rig_give(&g, "forestry dispatch crew to ridge task=recon via=village");
    rig_run(&g, 28);
    assert_true(lake.advanced > 0 && crew().place < 0);
    walk_begin_save(&walk, NULL, 0);
    world_walk(&g.world, &walk);
    size_t size = walk.size;
    uint8_t *bytes = malloc(size);
    assert_non_null(bytes);
    walk_begin_save(&walk, bytes, size);
    world_walk(&g.world, &walk);
    begin(&two, &other);
    walk_begin_load(&walk, bytes, size);
    world_walk(&two.world, &walk);
    assert_false(walk.bad);
    free(bytes);
    for (int i = 0; i < 40; i++) {
        rig_run(&g, 1);
        rig_run(&two, 1);
        assert_true(world_hash(&g.world, &walk) == world_hash(&two.world, &walk));
    }
    assert_int_equal(crew().place, RIDGE);
    rig_close(&g);
    rig_close(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),     cmocka_unit_test(from_one_into_another), cmocka_unit_test(by_the_entry_ordered), cmocka_unit_test(no_way_is_said),
        cmocka_unit_test(stuck_and_on_again), cmocka_unit_test(saved_on_the_water),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

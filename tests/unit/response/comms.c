/* Protects the promise of communications: what waits for a full channel keeps its turn, none of it vanishes, masts go dark
 * with their battery and come back with their line. A tick is a minute; radio and mobile of the rig carry 100 messages each. */
#include "response/parts.h"
#include "rig.h"

static struct rig g;

static int setup(void **state)
{
    (void)state;
    rig_open(&g, 5, NULL, NULL);
    rig_run(&g, 1);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    rig_close(&g);
    return 0;
}

static bool notice(int32_t channel, int64_t hold_ms, int64_t value)
{
    return comms_send(g.response, &g.world,
                      &(struct message){.kind = MESSAGE_NOTICE, .from = rig_id(&g, ENT_AGENCY, "district"),
                                        .to = rig_id(&g, ENT_AGENCY, "forestry"), .ref = TOPIC_PLACE_MOVED, .value = {0, value},
                                        .seen_ms = g.world.now_ms + value, .channel = channel, .hold_ms = hold_ms});
}

static int64_t heard(void)
{
    return knowledge_value(g.world.knowledge, rig_id(&g, ENT_AGENCY, "forestry"), TOPIC_PLACE_MOVED, 0, -1);
}

static void a_full_channel_carries_what_it_can_and_keeps_the_order(void **state)
{
    (void)state;
    int32_t radio = rig_id(&g, ENT_CHANNEL, "radio");
    for (int i = 0; i < 250; i++)
        assert_true(notice(radio, 0, i));
    assert_int_equal(response_in_flight(g.response), 250);
    rig_run(&g, 1); /* 100 a minute, a minute's delay, in the order of sending */
    assert_int_equal(response_in_flight(g.response), 150);
    assert_int_equal(heard(), 99);
    assert_true(notice(radio, 0, 250)); /* the last to come is the last to be served */
    rig_run(&g, 1);
    assert_int_equal(heard(), 199);
    rig_run(&g, 1);
    assert_int_equal(heard(), 250);
    assert_int_equal(response_in_flight(g.response), 0);
}

static void a_full_channel_does_not_hold_up_another(void **state)
{
    (void)state;
    int32_t radio = rig_id(&g, ENT_CHANNEL, "radio"), mobile = rig_id(&g, ENT_CHANNEL, "mobile");
    for (int i = 0; i < 400; i++)
        assert_true(notice(radio, 0, i));
    assert_true(notice(mobile, 0, 1000));
    rig_run(&g, 2); /* two minutes by mobile; 200 have gone by radio */
    assert_int_equal(heard(), 1000);
    assert_int_equal(response_in_flight(g.response), 200);
}

/* Trying a dead channel takes as long as using it: 100 a minute find it dead and go by the other one. */
static void a_dead_channel_is_given_up_turn_by_turn(void **state)
{
    (void)state;
    int32_t radio = rig_id(&g, ENT_CHANNEL, "radio");
    for (int i = 0; i < 250; i++)
        assert_true(notice(radio, 0, i));
    (void)world_emit(&g.world, &(struct event){.kind = EV_CHANNEL_DOWN, .i = {radio, 0}});
    rig_take(&g);
    static const int switched[] = {100, 200, 250};
    for (int i = 0; i < 3; i++) {
        rig_run(&g, 1);
        assert_int_equal(rig_count(&g, EV_MESSAGE_SWITCHED), switched[i]);
    }
    rig_run(&g, 2);
    assert_int_equal(heard(), 249);
}

static void no_room_is_said_and_nothing_else_is_lost(void **state)
{
    (void)state;
    for (int i = 0; i < MESSAGE_MAX; i++)
        assert_true(notice(-1, 600000, i));
    assert_false(notice(-1, 0, 0));
    rig_take(&g);
    assert_int_equal(rig_count(&g, EV_MESSAGE_LOST), 1);
    assert_int_equal(response_in_flight(g.response), MESSAGE_MAX);
}

/* State with messages in every queue is the same after it was saved and loaded, and goes on in the same way. */
static void messages_in_flight_are_restored(void **state)
{
    (void)state;
    static uint8_t bytes[1 << 24];
    static struct walk save, load, hash;
    for (int i = 0; i < 300; i++)
        assert_true(notice(rig_id(&g, ENT_CHANNEL, i % 2 ? "radio" : "mobile"), i % 7 * 60000, i));
    rig_run(&g, 1);
    walk_begin_save(&save, bytes, sizeof(bytes));
    world_walk(&g.world, &save);
    assert_false(save.bad);
    uint64_t before = world_hash(&g.world, &hash);
    rig_run(&g, 9);
    uint64_t later = world_hash(&g.world, &hash);
    assert_int_equal(response_in_flight(g.response), 0);
    int64_t value = heard();
    walk_begin_load(&load, bytes, save.size);
    world_walk(&g.world, &load);
    assert_false(load.bad);
    assert_true(world_hash(&g.world, &hash) == before);
    rig_run(&g, 9);
    assert_true(world_hash(&g.world, &hash) == later);
    assert_int_equal(heard(), value);
}

static void masts_go_dark_with_their_battery_and_come_back_with_the_line(void **state)
{
    (void)state;
    int32_t mobile = rig_id(&g, ENT_CHANNEL, "mobile"), line = rig_id(&g, ENT_LINE, "power_a");
    int64_t trip = world_emit(&g.world, &(struct event){.kind = EV_POWER_TRIPPED, .i = {line}});
    rig_take(&g);
    rig_run(&g, 60);
    (void)world_emit(&g.world, &(struct event){.kind = EV_POWER_CUT, .i = {line}}); /* off already: no fresh battery */
    rig_take(&g);
    rig_run(&g, 59);
    assert_int_equal(response_channel_percent(g.response, mobile), 100);
    rig_run(&g, 1); /* two hours */
    assert_int_equal(response_channel_percent(g.response, mobile), 40);
    assert_int_equal(response_channel_percent(g.response, rig_id(&g, ENT_CHANNEL, "radio")), 100);
    assert_int_equal(rig_event(&g, EV_CHANNEL_DOWN, mobile, 0)->cause.ref, trip);
    int64_t back = world_emit(&g.world, &(struct event){.kind = EV_POWER_BACK, .i = {line}});
    rig_take(&g);
    rig_run(&g, 1);
    assert_int_equal(response_channel_percent(g.response, mobile), 100);
    assert_int_equal(rig_event(&g, EV_CHANNEL_UP, mobile, 0)->cause.ref, back);
}

/* The rig's mobile network is dead around the ridge. By radio a team there is heard after a minute. */
static void a_valley_without_coverage_is_silent_until_the_team_leaves_it(void **state)
{
    (void)state;
    int32_t crew = rig_id(&g, ENT_TEAM, "crew"), forestry = rig_id(&g, ENT_AGENCY, "forestry");
    int32_t ridge = rig_id(&g, ENT_PLACE, "ridge");
    (void)world_emit(&g.world, &(struct event){.kind = EV_CHANNEL_DOWN, .i = {rig_id(&g, ENT_CHANNEL, "radio"), 0}});
    rig_take(&g);
    rig_give(&g, "forestry dispatch crew to ridge task=recon");
    rig_run(&g, 40); /* 2 min by mobile, 10 to muster, 10 + 6.7 to drive: on the ridge in the 31st minute */
    const struct event *came = rig_event(&g, EV_TEAM_ARRIVED, crew, 0);
    assert_non_null(came);
    assert_in_range(came->t_ms, 29 * 60000, 33 * 60000);
    assert_int_equal(knowledge_value(g.world.knowledge, forestry, TOPIC_TEAM_PLACE, crew, -1), -1); /* on its way, as they know it */
    assert_true(knowledge_get(g.world.knowledge, forestry, TOPIC_TEAM_STAGE, crew).seen_ms < came->t_ms);
    /* An order finds no channel either: somebody drives up with it, 25 min. The report of its leaving waits for a mast. */
    int minute = (int)(g.world.now_ms / 60000);
    rig_give(&g, "forestry withdraw crew");
    rig_run(&g, 60);
    const struct event *told = rig_event(&g, EV_TEAM_TOLD, crew, 1), *left = rig_event(&g, EV_TEAM_WITHDRAWN, crew, 0);
    assert_non_null(told);
    assert_int_equal(told->t_ms / 60000, minute + 25);
    struct fact heard_of = knowledge_get(g.world.knowledge, forestry, TOPIC_TEAM_STAGE, crew);
    assert_true(heard_of.seen_ms >= left->t_ms);
    assert_true(heard_of.heard_ms > told->t_ms);
    assert_int_equal(knowledge_value(g.world.knowledge, forestry, TOPIC_TEAM_PLACE, crew, -1), rig_id(&g, ENT_PLACE, "town"));
    assert_false(atlas_covers(&g.atlas, rig_id(&g, ENT_CHANNEL, "mobile"), g.atlas.place[ridge].at[0], g.atlas.place[ridge].at[1]));
}

/* A warning by a channel that does not cover the place goes by the sender's next that does. */
static void a_warning_goes_where_its_channel_covers(void **state)
{
    (void)state;
    int32_t mobile = rig_id(&g, ENT_CHANNEL, "mobile"), radio = rig_id(&g, ENT_CHANNEL, "radio");
    int32_t district = rig_id(&g, ENT_AGENCY, "district");
    static const char *const to[] = {"village", "ridge"};
    for (int i = 0; i < 2; i++) {
        struct message m = {.kind = MESSAGE_WARNING, .from = district, .to = rig_id(&g, ENT_PLACE, to[i]), .channel = mobile};
        assert_true(comms_send(g.response, &g.world, &m));
    }
    rig_run(&g, 1); /* radio takes a minute, mobile two */
    assert_int_equal(response_in_flight(g.response), 1);
    (void)world_emit(&g.world, &(struct event){.kind = EV_CHANNEL_DOWN, .i = {radio, 0}});
    rig_take(&g);
    struct message m = {.kind = MESSAGE_WARNING, .from = district, .to = rig_id(&g, ENT_PLACE, "ridge"), .channel = mobile};
    assert_true(comms_send(g.response, &g.world, &m));
    rig_run(&g, 24);
    assert_int_equal(response_in_flight(g.response), 1); /* the runner: 25 min */
    rig_run(&g, 1);
    assert_int_equal(response_in_flight(g.response), 0);
}

static enum rc read_channels(const char *channels, struct err *e)
{
    struct arena a;
    struct atlas atlas;
    char *text = NULL;
    arena_init(&a, 0);
    text = arena_alloc(&a, 20000, 1);
    const char *rig = rig_read(&a), *from = strstr(rig, "channels = {"), *to = strstr(rig, "agencies = {");
    assert_true(from && to && to > from);
    snprintf(text, 20000, "%.*s channels = { { id = \"radio\", title = \"r\", kind = \"radio\" },\n%s },\n%s", (int)(from - rig), rig, channels, to);
    enum rc rc = atlas_read(table_doc(&a, text), &a, &atlas, e);
    arena_free(&a);
    return rc;
}

static void coverage_that_cannot_be_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct { const char *row, *says; } bad[] = {
        {"dead = { { { 1, 1 }, { 2, 2 } } }", "an area has 3 to 64"},
        {"dead = { { { 1, 1 }, { 2, 2 }, { 99999, 1 } } }", "99999"},
        {"dead = { { { 1, 1 }, { 2, 2 }, { 3 } } }", "two numbers"},
        {"covers = { \"vilage\" }", "village"},
    };
    for (int i = 0; i < COUNT_OF(bad); i++) {
        struct err e = {0};
        char row[256];
        snprintf(row, sizeof(row), "{ id = \"mobile\", title = \"m\", kind = \"mobile\", %s }", bad[i].row);
        assert_int_equal(read_channels(row, &e), RC_INPUT);
        if (!strstr(err_text(&e, LANG_EN), bad[i].says) || !strstr(err_text(&e, LANG_EN), "test.lua:"))
            fail_msg("%s", err_text(&e, LANG_EN));
    }
    struct err e = {0};
    assert_int_equal(read_channels("{ id = \"mobile\", title = \"m\", kind = \"mobile\", covers = { \"village\" } }", &e), RC_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_full_channel_carries_what_it_can_and_keeps_the_order), T(a_full_channel_does_not_hold_up_another),
        T(a_dead_channel_is_given_up_turn_by_turn), T(no_room_is_said_and_nothing_else_is_lost), T(messages_in_flight_are_restored),
        T(a_valley_without_coverage_is_silent_until_the_team_leaves_it), T(a_warning_goes_where_its_channel_covers),
        cmocka_unit_test(coverage_that_cannot_be_is_named_with_its_line),
        T(masts_go_dark_with_their_battery_and_come_back_with_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

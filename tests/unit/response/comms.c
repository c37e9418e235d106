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

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_full_channel_carries_what_it_can_and_keeps_the_order), T(a_full_channel_does_not_hold_up_another),
        T(a_dead_channel_is_given_up_turn_by_turn), T(no_room_is_said_and_nothing_else_is_lost), T(messages_in_flight_are_restored),
        T(masts_go_dark_with_their_battery_and_come_back_with_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects "they run out": a crew uses what it carries at the stated rate, draws on what lies near, and without it works slower, stops
 * and waits, or falls back with people collapsing in the heat. The crew of 20 takes a unit an hour for each of them. */
#include "response/parts.h"
#include "rig.h"

static struct rig g;

#define FUEL "{ id = \"fuel\", title = \"fuel\", crew_day = 24, tasks = { \"line\" }, carry = \"2h\", without = \"stop\" },"
#define DRINK "{ id = \"drink\", title = \"drink\", crew_day = 24, carry = \"3h\", without = \"harm\" },"
#define MEAL "{ id = \"meal\", title = \"meal\", crew_day = 24, carry = \"1h\" },"

static int teardown(void **state)
{
    (void)state;
    rig_close(&g);
    return 0;
}

static int32_t crew(void) { return rig_id(&g, ENT_TEAM, "crew"); }

/* Sends the crew to its line; minute in which it begins to work. */
static int begin(const char *supplies)
{
    rig_open_with(&g, 5, supplies, NULL, NULL);
    rig_run(&g, 1);
    rig_give(&g, "forestry dispatch crew task=line line=break_a");
    for (int i = 0; i < 60 && !rig_event(&g, EV_TASK_STARTED, crew(), 0); i++)
        rig_run(&g, 1);
    assert_non_null(rig_event(&g, EV_TASK_STARTED, crew(), 0));
    return (int)rig_minute(&g, EV_TASK_STARTED, crew());
}

/* What lies at a place without anybody's order. */
static void lay(const char *supply, const char *place, int count)
{
    (void)world_emit(&g.world, &(struct event){.kind = EV_SUPPLY_CAME, .i = {rig_id(&g, ENT_PLACE, place), rig_id(&g, ENT_SUPPLY, supply), count}});
    rig_take(&g);
}

static void without_fuel_a_crew_stops_and_goes_on_when_it_comes(void **state)
{
    (void)state;
    int start = begin(FUEL);
    int32_t fuel = rig_id(&g, ENT_SUPPLY, "fuel"), ridge = rig_id(&g, ENT_PLACE, "ridge");
    rig_run(&g, 118);
    assert_null(rig_event(&g, EV_TEAM_SHORT, crew(), 0));
    rig_run(&g, 2);
    const struct event *e = rig_event(&g, EV_TEAM_SHORT, crew(), 0), *stop = rig_event(&g, EV_TASK_STOPPED, crew(), 0);
    assert_non_null(e);
    assert_in_range(e->t_ms / 60000, start + 119, start + 121);
    assert_int_equal(e->i[1], fuel);
    assert_int_equal(e->also.kind, CAUSE_ABSENCE);
    assert_int_equal(e->also.ref, VERB_SEND);
    assert_int_equal(stop->i[2], W(REASON, STOCK));
    assert_int_equal(stop->cause.ref, e->seq);
    rig_run(&g, 60);
    assert_int_equal(rig_count(&g, EV_TEAM_SHORT), 1); /* said once; it waits */
    double built = response_line_share(g.response, rig_id(&g, ENT_LINE, "break_a"));
    lay("fuel", "ridge", 30);
    rig_run(&g, 15);
    const struct event *again = rig_event(&g, EV_TEAM_SUPPLIED, crew(), 0);
    assert_non_null(again);
    assert_int_equal(g.log[again->cause.ref - 1].kind, EV_SUPPLY_CAME);
    assert_non_null(rig_event(&g, EV_TASK_STARTED, crew(), 1));
    /* 30 units are an hour and a half of work of 20 people. */
    rig_run(&g, 120);
    const struct event *out = rig_event(&g, EV_TEAM_SHORT, crew(), 1);
    assert_non_null(out);
    assert_in_range((out->t_ms - rig_event(&g, EV_TASK_STARTED, crew(), 1)->t_ms) / 60000, 87, 93);
    assert_true(response_line_share(g.response, rig_id(&g, ENT_LINE, "break_a")) > built + 0.08);
    assert_int_equal(response_stock(g.response, ridge, fuel) + response_used(g.response, fuel), 30);
    assert_true(response_stock(g.response, ridge, fuel) <= 1); /* a can is taken when it is used up */
}

/* 900 m from the ridge the line is still in reach of porters; the town, 6 km off, is not. */
static void what_lies_near_is_used_and_what_lies_far_is_not(void **state)
{
    (void)state;
    begin(FUEL);
    int32_t fuel = rig_id(&g, ENT_SUPPLY, "fuel");
    lay("fuel", "town", 500);
    lay("fuel", "ridge", 60);
    rig_run(&g, 180);
    assert_null(rig_event(&g, EV_TEAM_SHORT, crew(), 0));
    assert_int_equal(response_stock(g.response, rig_id(&g, ENT_PLACE, "town"), fuel), 500);
    assert_in_range(response_used(g.response, fuel), 58, 60); /* three hours of 20 an hour */
    rig_run(&g, 125); /* now two hours more of what it carries */
    assert_non_null(rig_event(&g, EV_TEAM_SHORT, crew(), 0));
}

static void without_water_it_falls_back_and_in_the_heat_people_collapse(void **state)
{
    (void)state;
    for (int hot = 0; hot < 2; hot++) {
        int start = begin(DRINK);
        g.world.weather->now.temp_c = hot ? 41 : 30;
        rig_run(&g, 185);
        const struct event *e = rig_event(&g, EV_TEAM_SHORT, crew(), 0), *back = rig_event(&g, EV_TEAM_WITHDRAWN, crew(), 0);
        assert_non_null(e);
        assert_non_null(back);
        assert_in_range(e->t_ms / 60000, start + 179, start + 181);
        assert_int_equal(back->i[1], W(REASON, STOCK));
        const struct event *hurt = rig_event(&g, EV_TEAM_HURT, crew(), 0);
        assert_int_equal(hurt != NULL, hot);
        if (hurt) {
            assert_in_range(hurt->i[1], 1, 5); /* one of twenty on the average */
            assert_int_equal(hurt->i[2], 0);
            assert_int_equal(hurt->cause.ref, e->seq);
            assert_int_equal(back->cause.ref, hurt->seq);
        }
        rig_run(&g, 60);
        struct team_view v;
        response_team(g.response, crew(), &v);
        assert_int_equal(v.place, rig_id(&g, ENT_PLACE, "town"));
        assert_int_equal(v.people + v.hurt, 20);
        if (!hot)
            rig_close(&g);
    }
}

static void hungry_it_works_at_half_its_rate(void **state)
{
    (void)state;
    begin(MEAL);
    rig_run(&g, 58);
    assert_true(supply_output(g.response, crew()) > 0.99);
    rig_run(&g, 4);
    assert_true(supply_output(g.response, crew()) < 0.51);
    assert_int_equal(rig_count(&g, EV_TASK_STOPPED), 0);
    lay("meal", "ridge", 20);
    rig_run(&g, 10);
    assert_true(supply_output(g.response, crew()) > 0.99);
    assert_int_equal(rig_count(&g, EV_TEAM_SUPPLIED), 1);
}

/* A hundred people in a shelter without water: short after an hour, and from then two an hour fall ill; water ends it, medics help. */
static void a_shelter_without_water_makes_people_ill(void **state)
{
    (void)state;
    rig_open_with(&g, 5, "{ id = \"drink\", title = \"drink\", person_day = 24, without = \"harm\" },", NULL, NULL);
    int32_t mill = rig_id(&g, ENT_PLACE, "mill"), village = rig_id(&g, ENT_PLACE, "village");
    rig_give(&g, "district shelter mill");
    rig_give(&g, "district evacuate village to mill");
    rig_give(&g, "district request bus");
    rig_give(&g, "police dispatch patrol to village task=evacuate");
    for (int i = 0; i < 400 && !rig_event(&g, EV_SUPPLY_SHORT, mill, 0); i++)
        rig_run(&g, 1);
    const struct event *dry = rig_event(&g, EV_SUPPLY_SHORT, mill, 0);
    assert_non_null(dry);
    struct place_view v, shelter;
    response_place(g.response, mill, &shelter);
    int32_t ill = 0, before = shelter.sheltered;
    rig_run(&g, 300);
    for (int i = 0; i < g.events; i++) {
        if (g.log[i].kind != EV_PEOPLE_ILL)
            continue;
        assert_int_equal(g.log[i].i[1], village);
        assert_int_equal(g.log[i].cause.ref, dry->seq);
        ill += g.log[i].i[2];
    }
    response_place(g.response, village, &v);
    response_place(g.response, mill, &shelter);
    assert_true(before > 30);
    assert_in_range(ill, before * 5 * 2 / 100 - 2, 100 * 5 * 2 / 100);
    assert_int_equal(v.hurt, ill);
    assert_int_equal(v.people + v.moving + v.moved + v.hurt + v.dead, 100);
    assert_int_equal(shelter.sheltered, v.moved);
    lay("drink", "mill", 900);
    rig_give(&g, "district dispatch medics to mill task=medical");
    rig_run(&g, 120);
    response_place(g.response, village, &v);
    assert_int_equal(v.hurt, ill); /* nobody more .. */
    assert_true(v.treated > 0);    /* .. and these are seen to */
}

/* Minutes from the first to the last of the frail of the village leaving it, while `others` places wait for the same four buses. */
static int minutes_for_the_frail(bool others)
{
    rig_open_rows(&g, 5, "places = {", "{ id = \"hamlet\", title = \"hamlet\", at = { 7000, 1100 }, kind = \"village\", node = \"b\", people = 300, vulnerable = 300 },"
                                       "{ id = \"home\", title = \"home\", at = { 7000, 1200 }, kind = \"village\", node = \"b\", people = 280, vulnerable = 280 },", NULL, NULL);
    rig_give(&g, "district request bus");
    rig_give(&g, "district shelter mill");
    if (others) {
        rig_give(&g, "district evacuate hamlet to mill");
        rig_run(&g, 1);
    }
    rig_give(&g, "district evacuate home to mill");
    int32_t home = rig_id(&g, ENT_PLACE, "home");
    struct place_view v;
    int first = -1;
    for (int minute = 0; minute < 400; minute++) {
        rig_run(&g, 1);
        response_place(g.response, home, &v);
        first = first < 0 && v.people < 280 ? minute : first;
        if (v.people <= 140)
            return minute - first;
    }
    return -1;
}

/* Four buses move 140 in half an hour; when another place waits for them too, half as many. */
static void a_bus_is_in_one_place_at_a_time(void **state)
{
    (void)state;
    assert_in_range(minutes_for_the_frail(false), 29, 31);
    rig_close(&g);
    assert_in_range(minutes_for_the_frail(true), 45, 61);
}

/* Other work does not take it; at home it is filled up. */
static void only_its_tasks_take_it(void **state)
{
    (void)state;
    rig_open_with(&g, 5, FUEL, NULL, NULL);
    rig_run(&g, 1);
    rig_give(&g, "forestry dispatch crew to ridge task=recon");
    rig_run(&g, 230);
    assert_int_equal(rig_count(&g, EV_TEAM_SHORT), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_teardown(name, teardown)
        T(without_fuel_a_crew_stops_and_goes_on_when_it_comes), T(what_lies_near_is_used_and_what_lies_far_is_not),
        T(without_water_it_falls_back_and_in_the_heat_people_collapse), T(hungry_it_works_at_half_its_rate), T(a_shelter_without_water_makes_people_ill), T(a_bus_is_in_one_place_at_a_time), T(only_its_tasks_take_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects coordination with a played agency: its seat accepts or refuses, and silence makes an orphan; hands are counted;
 * the matrix agrees with the requests, also after it was restored. Forestry of the rig is played: read 2 min, act 8, one pair of hands. */
#include "rig.h"

static struct rig g;

static int setup(void **state)
{
    (void)state;
    rig_open(&g, 5, NULL, NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    rig_close(&g);
    return 0;
}

static struct matrix_cell cell(const char *from, const char *to)
{
    struct matrix_cell c;
    response_matrix(g.response, rig_id(&g, ENT_AGENCY, from), rig_id(&g, ENT_AGENCY, to), &c);
    return c;
}

static void the_seat_that_was_asked_answers(void **state)
{
    (void)state;
    rig_give(&g, "district request guide");
    rig_refused(&g, "forestry accept 1", "not been read");
    rig_run(&g, 3); /* a minute by radio, two to read */
    assert_true(rig_minute(&g, EV_REQUEST_READ, 1) == 3.0);
    rig_run(&g, 27);
    assert_null(rig_event(&g, EV_REQUEST_ACCEPTED, 1, 0)); /* nobody answers for a seat */
    rig_refused(&g, "police accept 1", "made to Forestry");
    rig_refused(&g, "forestry accept 7", "no request 7");
    rig_give(&g, "forestry accept 1");
    const struct event *e = rig_event(&g, EV_REQUEST_ACCEPTED, 1, 0);
    assert_non_null(e);
    assert_int_equal(e->cause.ref, rig_event(&g, EV_REQUEST_READ, 1, 0)->seq);
    assert_int_equal(e->also.kind, CAUSE_ORDER);
    rig_run(&g, 12);
    assert_true(rig_minute(&g, EV_REQUEST_DONE, 1) == 38.0);
    assert_true(rig_minute(&g, EV_REQUEST_CLOSED, 1) == 39.0);
    assert_int_equal(cell("district", "forestry").median_ms, 30 * 60000);
    rig_refused(&g, "forestry accept 1", "answered");
}

/* A simulated agency says no when its people are committed: till a moment, by another service, or because all are out. */
static void who_is_committed_says_so(void **state)
{
    (void)state;
    rig_give(&g, "district request winch");  /* 1: free at 13:00 */
    rig_give(&g, "district request cut");    /* 2 */
    rig_run(&g, 10);
    rig_give(&g, "district request pylons"); /* 3: the same people */
    rig_run(&g, 10);
    assert_int_equal(rig_event(&g, EV_REQUEST_REFUSED, 1, 0)->i[4], W(REASON, BUSY));
    assert_non_null(rig_event(&g, EV_REQUEST_ACCEPTED, 2, 0));
    assert_int_equal(rig_event(&g, EV_REQUEST_REFUSED, 3, 0)->i[4], W(REASON, BUSY));
    rig_run(&g, 50);
    rig_give(&g, "district request winch"); /* 4 */
    rig_give(&g, "district request heli");  /* 5 */
    rig_run(&g, 60);
    assert_non_null(rig_event(&g, EV_REQUEST_DONE, 4, 0));
    assert_non_null(rig_event(&g, EV_REQUEST_DONE, 5, 0));
    rig_give(&g, "district request heli"); /* 6: there is but one, and it is here */
    rig_run(&g, 60);
    assert_int_equal(rig_event(&g, EV_REQUEST_REFUSED, 6, 0)->i[4], W(REASON, BUSY));
    assert_int_equal(cell("district", "power").refused, 2);
}

static void a_refusal_carries_its_reason_back(void **state)
{
    (void)state;
    rig_give(&g, "district request guide");
    rig_run(&g, 5);
    rig_refused(&g, "forestry refuse 1 reason=none", "say why");
    rig_give(&g, "forestry refuse 1 reason=busy");
    assert_int_equal(rig_event(&g, EV_REQUEST_REFUSED, 1, 0)->i[4], W(REASON, BUSY));
    rig_run(&g, 3);
    assert_true(rig_minute(&g, EV_REQUEST_CLOSED, 1) == 6.0); /* heard a minute later */
    assert_int_equal(cell("district", "forestry").refused, 1);
    assert_int_equal(rig_count(&g, EV_REQUEST_DONE), 0);
}

static void a_silent_seat_makes_an_orphan(void **state)
{
    (void)state;
    rig_give(&g, "district request guide");
    rig_run(&g, 59);
    assert_int_equal(cell("district", "forestry").open, 1);
    rig_run(&g, 1);
    assert_true(rig_minute(&g, EV_REQUEST_ORPHANED, 1) == 60.0);
    assert_int_equal(cell("district", "forestry").orphans, 1);
    assert_int_equal(cell("district", "forestry").open, 0);
    assert_int_equal(cell("district", "forestry").median_ms, -1);
    rig_refused(&g, "forestry accept 1", "answered");
}

static void a_seat_has_no_more_hands_than_it_has(void **state)
{
    (void)state;
    rig_give(&g, "district request guide");
    rig_give(&g, "police request guide");
    rig_run(&g, 5);
    rig_give(&g, "forestry accept 1");
    rig_refused(&g, "forestry accept 2", "can work on 1");
    rig_run(&g, 8);
    rig_give(&g, "forestry accept 2");
    rig_run(&g, 10);
    assert_int_equal(rig_count(&g, EV_REQUEST_DONE), 2);
}

static void a_seat_cannot_promise_what_the_night_forbids(void **state)
{
    (void)state;
    rig_run(&g, 9 * 60);
    rig_give(&g, "district request drone");
    rig_run(&g, 5);
    rig_refused(&g, "forestry accept 1", "not possible now");
    rig_give(&g, "forestry refuse 1 reason=night");
}

/* Counts by the plain way: every request of the drill. */
static void compare(int32_t from, int32_t to)
{
    struct matrix_cell c;
    int32_t requests = 0, open = 0, refused = 0, orphans = 0;
    response_matrix(g.response, from, to, &c);
    for (int32_t i = 0; i < response_requests(g.response); i++) {
        struct request_view v;
        response_request(g.response, i, &v);
        if (v.from != from || v.to != to)
            continue;
        requests++;
        open += v.state <= 2;
        refused += v.state == 3;
        orphans += v.state == 6;
    }
    assert_int_equal(c.requests, requests);
    assert_int_equal(c.open, open);
    assert_int_equal(c.refused, refused);
    assert_int_equal(c.orphans, orphans);
}

static void compare_all(void)
{
    for (int32_t a = 0; a < ATLAS_COUNT(&g.atlas, ENT_AGENCY); a++)
        for (int32_t b = 0; b < ATLAS_COUNT(&g.atlas, ENT_AGENCY); b++)
            compare(a, b);
}

static void the_matrix_agrees_with_the_requests(void **state)
{
    (void)state;
    static uint8_t bytes[1 << 24];
    static struct walk save, load, hash;
    static const char *const asks[] = {"district request guide", "police request drone", "district request bus", "city request cordon",
                                       "district request heli", "forestry request heli", "district request cut", "forestry request bus"};
    for (int i = 0; i < 40; i++) {
        rig_give(&g, asks[i * 5 % COUNT_OF(asks)]);
        rig_run(&g, 2);
    }
    compare_all();
    assert_int_equal(cell("district", "police").requests, 5);
    walk_begin_save(&save, bytes, sizeof(bytes));
    world_walk(&g.world, &save);
    assert_false(save.bad);
    rig_run(&g, 60);
    uint64_t later = world_hash(&g.world, &hash);
    struct matrix_cell before = cell("forestry", "police");
    walk_begin_load(&load, bytes, save.size);
    world_walk(&g.world, &load);
    assert_false(load.bad);
    compare_all();
    rig_run(&g, 60);
    compare_all();
    assert_true(world_hash(&g.world, &hash) == later);
    struct matrix_cell after = cell("forestry", "police");
    assert_int_equal(after.median_ms, before.median_ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(the_seat_that_was_asked_answers), T(who_is_committed_says_so), T(a_refusal_carries_its_reason_back), T(a_silent_seat_makes_an_orphan),
        T(a_seat_has_no_more_hands_than_it_has), T(a_seat_cannot_promise_what_the_night_forbids),
        T(the_matrix_agrees_with_the_requests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

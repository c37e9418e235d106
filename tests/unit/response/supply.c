/* Protects supplies: whose they are, what a requisition costs, what people use, when they are short, when it is past its
 * date. In the rig one person in a shelter uses one unit of food an hour, one at work two. */
#include "rig.h"

static struct rig g;
static int32_t town, mill, food;

static int setup(void **state)
{
    (void)state;
    rig_open(&g, 5, NULL, NULL);
    town = rig_id(&g, ENT_PLACE, "town");
    mill = rig_id(&g, ENT_PLACE, "mill");
    food = rig_id(&g, ENT_SUPPLY, "food");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    rig_close(&g);
    return 0;
}

static void another_s_stock_is_asked_for_or_requisitioned(void **state)
{
    (void)state;
    rig_refused(&g, "forestry send food 10 from town to mill", "belongs to Police");
    rig_give(&g, "police send food 10 from town to mill"); /* its own: 15 min to load, 14 min on the road */
    rig_give(&g, "power send food 10 from town to mill");  /* in its keeping */
    assert_int_equal(rig_count(&g, EV_SUPPLY_TAKEN), 0);
    rig_give(&g, "district send food 10 from town to mill"); /* 20 min more for the paper */
    const struct event *e = rig_event(&g, EV_SUPPLY_TAKEN, rig_id(&g, ENT_AGENCY, "district"), 0);
    assert_non_null(e);
    assert_int_equal(e->i[1], rig_id(&g, ENT_AGENCY, "police"));
    assert_int_equal(rig_event(&g, EV_SUPPLY_SENT, -1, 2)->cause.ref, e->seq);
    rig_run(&g, 60);
    assert_int_equal(rig_count(&g, EV_SUPPLY_CAME), 3);
    double own = (double)rig_event(&g, EV_SUPPLY_CAME, mill, 0)->t_ms, taken = (double)rig_event(&g, EV_SUPPLY_CAME, mill, 2)->t_ms;
    assert_true(own >= 28 * 60000.0 && own <= 32 * 60000.0);
    assert_true(taken - own == 20 * 60000.0);
}

static void a_register_out_of_date_fails_at_the_depot(void **state)
{
    (void)state;
    rig_give(&g, "police send food 390 from town to mill");
    rig_refused(&g, "police send food 11 from town to mill", "10");
    rig_give(&g, "district send food 100 from town to mill"); /* the register still says 400 */
    const struct event *e = rig_event(&g, EV_ORDER_FAILED, -1, 0);
    assert_non_null(e);
    assert_int_equal(e->i[2], W(REASON, STOCK));
    assert_int_equal(e->cause.kind, CAUSE_ORDER);
    assert_int_equal(e->also.ref, rig_event(&g, EV_SUPPLY_SENT, -1, 0)->seq); /* what emptied it */
    assert_int_equal(response_stock(g.response, town, food), 10);
    rig_refused(&g, "district send food 401 from town to mill", "400");
}

static int32_t guests(void)
{
    struct place_view v;
    response_place(g.response, mill, &v);
    return v.sheltered;
}

static void guests_use_stock_until_it_is_short(void **state)
{
    (void)state;
    rig_give(&g, "district shelter mill");
    rig_give(&g, "district evacuate village to mill");
    rig_give(&g, "police dispatch patrol to village task=evacuate");
    rig_give(&g, "district request bus");
    int minutes = 0;
    double due = 0.0; /* guests of each minute are counted before the step that feeds them */
    while (response_stock(g.response, mill, food) > 20 && minutes++ < 600) {
        rig_run(&g, 1);
        due += guests() / 60.0;
        int64_t used = response_used(g.response, food);
        assert_true((double)used <= due + 2.0 && (double)used >= due - 2.0);
    }
    assert_true(minutes < 600 && guests() >= 90);
    while (response_stock(g.response, mill, food) > 0)
        rig_run(&g, 1);
    int64_t empty_ms = g.world.now_ms;
    assert_null(rig_event(&g, EV_SUPPLY_SHORT, -1, 0));
    rig_run(&g, 65);
    const struct event *e = rig_event(&g, EV_SUPPLY_SHORT, mill, 0);
    assert_non_null(e);
    assert_true(e->t_ms - empty_ms >= 60 * 60000 && e->t_ms - empty_ms <= 63 * 60000);
    assert_int_equal(e->cause.ref, rig_event(&g, EV_SHELTER_OPENED, mill, 0)->seq);
    assert_int_equal(e->also.kind, CAUSE_ABSENCE);
    assert_int_equal(e->also.ref, VERB_SEND);
    assert_true(response_short(g.response, mill, food));
    rig_run(&g, 120);
    assert_int_equal(rig_count(&g, EV_SUPPLY_SHORT), 1); /* said once */
    int64_t before = response_used(g.response, food);
    rig_give(&g, "police send food 400 from town to mill");
    rig_run(&g, 35);
    assert_false(response_short(g.response, mill, food));
    /* An hour's hunger at most is made up for. */
    assert_true(response_used(g.response, food) - before <= guests() + guests() * 7 / 60 + 2);
}

static void crews_use_what_lies_at_their_place_and_are_never_short(void **state)
{
    (void)state;
    rig_give(&g, "forestry dispatch crew to mill task=recon"); /* 20 people, 2 units an hour each */
    rig_run(&g, 60);
    struct team_view v;
    response_team(g.response, rig_id(&g, ENT_TEAM, "crew"), &v);
    assert_int_equal(v.stage, W(STAGE, WORKING));
    int64_t before = response_used(g.response, food);
    rig_run(&g, 30);
    int64_t used = response_used(g.response, food) - before;
    assert_true(used >= 19 && used <= 21);
    rig_run(&g, 10 * 60);
    assert_int_equal(rig_count(&g, EV_SUPPLY_SHORT), 0);
}

static void what_is_past_its_date_is_not_sent(void **state)
{
    (void)state;
    rig_give(&g, "police send food 150 from town to mill");
    rig_run(&g, 8 * 60 - 1);
    assert_int_equal(response_stock(g.response, town, food), 250);
    rig_run(&g, 1);
    const struct event *e = rig_event(&g, EV_SUPPLY_SPOILT, town, 0);
    assert_non_null(e);
    assert_int_equal(e->i[2], 250);
    assert_int_equal(response_spoilt(g.response, food), 250);
    assert_int_equal(response_stock(g.response, mill, food), 450);
    rig_refused(&g, "police send food 1 from town to mill", "holds 0");
}

/* ---- what check says of a depot that cannot be ---- */

static void bad(const char *right, const char *wrong, const char *says)
{
    struct arena arena;
    struct atlas atlas;
    struct err e = {0};
    arena_init(&arena, 0);
    const char *text = rig_read(&arena), *at = strstr(text, right);
    char *other = arena_alloc(&arena, strlen(text) + strlen(wrong) + 1, 1);
    assert_non_null(at);
    assert_non_null(other);
    snprintf(other, strlen(text) + strlen(wrong) + 1, "%.*s%s%s", (int)(at - text), text, wrong, at + strlen(right));
    assert_int_equal(atlas_read(table_doc(&arena, other), &arena, &atlas, &e), RC_INPUT);
    if (!strstr(err_text(&e, LANG_EN), says) || !strstr(err_text(&e, LANG_EN), "test.lua:"))
        fail_msg("%s", err_text(&e, LANG_EN));
    arena_free(&arena);
}

static void depots_that_cannot_be_are_named_with_their_line(void **state)
{
    (void)state;
    bad("supply = \"water\", count = 50", "supply = \"water\", count = -5", "count");
    bad("owner = \"police\", custodian", "custodian", "owner");
    bad("owner = \"police\"", "owner = \"polcie\"", "police");
    bad("place = \"mill\", supply = \"food\"", "place = \"town\", supply = \"food\"", "twice");
    bad("good_for = \"8h\"", "good_for = \"0min\"", "good_for");
    bad("person_day = 24", "person_day = -1", "person_day");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(another_s_stock_is_asked_for_or_requisitioned), T(a_register_out_of_date_fails_at_the_depot),
        T(guests_use_stock_until_it_is_short), T(crews_use_what_lies_at_their_place_and_are_never_short),
        T(what_is_past_its_date_is_not_sent), T(depots_that_cannot_be_are_named_with_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

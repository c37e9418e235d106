/* Protects what must hold whatever a room orders: nobody is in two places or vanishes, no stock is made or lost, every request has one
 * fate, and no seat knows what no message told it. Random valid orders under a fixed stream; PROPERTY_RUNS=n gives more. */
#include "orders.h"

static struct rig g;

static void holds(void)
{
    int64_t lies[2] = {0, 0};
    for (int32_t p = 0; p < ATLAS_COUNT(&g.atlas, ENT_PLACE); p++) {
        struct place_view v;
        response_place(g.response, p, &v);
        assert_true(v.people >= 0 && v.moving >= 0 && v.moved >= 0 && v.hurt >= 0 && v.dead >= 0 && v.trapped <= v.people);
        assert_int_equal(v.people + v.moving + v.moved + v.hurt + v.dead, g.atlas.place[p].people);
        if (g.atlas.place[p].capacity > 0)
            assert_true(v.sheltered <= g.atlas.place[p].capacity);
        for (int32_t k = 0; k < 2; k++) {
            assert_true(response_stock(g.response, p, k) >= 0);
            lies[k] += response_stock(g.response, p, k);
        }
    }
    for (int32_t k = 0; k < 2; k++)
        assert_int_equal(lies[k] + response_in_transit(g.response, k) + response_used(g.response, k) + response_spoilt(g.response, k),
                         k == 0 ? 50 : 700);
    for (int32_t t = 0; t < ATLAS_COUNT(&g.atlas, ENT_TEAM); t++) {
        struct team_view v;
        response_team(g.response, t, &v);
        assert_int_equal(v.people + v.hurt + v.dead, g.atlas.team[t].people);
        /* At a place, on a road, or on foot between them: never at a place and on a road. */
        assert_false(v.place >= 0 && v.road >= 0);
        assert_true(v.x >= -1 && v.x <= 12001 && v.y >= -1 && v.y <= 12001);
    }
    for (int32_t i = 0; i < response_requests(g.response); i++) {
        struct request_view v;
        response_request(g.response, i, &v);
        assert_in_range(v.state, 0, 6);
        assert_true(v.answered_ms < 0 || (v.read_ms >= v.made_ms && v.answered_ms >= v.read_ms));
        assert_true(v.done_ms < 0 || v.done_ms >= v.answered_ms);
        assert_true(v.closed_ms < 0 || v.closed_ms >= v.answered_ms);
    }
}

/* Each event's causes are earlier events or orders that exist. */
static void causes_are_earlier(void)
{
    for (int i = 0; i < g.events; i++) {
        const struct cause *c[] = {&g.log[i].cause, &g.log[i].also};
        for (int k = 0; k < 2; k++) {
            if (c[k]->kind == CAUSE_EVENT && (c[k]->ref < 1 || c[k]->ref >= g.log[i].seq))
                fail_msg("event %d (%s): cause %d", (int)g.log[i].seq, event_row(g.log[i].kind)->name, (int)c[k]->ref);
            if (c[k]->kind == CAUSE_ORDER)
                assert_in_range(c[k]->ref, 1, g.orders);
        }
    }
}

static void whatever_is_ordered(void **state)
{
    (void)state;
    const char *n = getenv("PROPERTY_RUNS");
    int runs = n ? atoi(n) : 12;
    for (int seed = 1; seed <= runs; seed++) {
        struct rng r = rng_make((uint64_t)seed, 77, 1);
        rig_open(&g, (uint64_t)seed, NULL, NULL);
        for (int minute = 0; minute < 360; minute++) {
            for (int64_t k = rng_range(&r, 0, 2); k > 0; k--)
                (void)random_order(&g, &r);
            if (rng_range(&r, 0, 40) == 0)
                world_order(&g, &r);
            rig_run(&g, 1);
            holds();
        }
        causes_are_earlier();
        rig_close(&g);
    }
}

static void silence_tells_nobody_anything(void **state)
{
    (void)state;
    struct rng r = rng_make(3, 77, 2);
    rig_open(&g, 3, NULL, NULL);
    struct order o;
    struct err e = {0};
    static const char *const out[] = {"world outage radio", "world outage mobile"};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(order_parse(text_of(out[i]), &g.atlas, 0, &o, &e), RC_OK);
        response_find_rule(o.verb)->act(g.response, &g.world, &o);
    }
    rig_take(&g);
    for (int minute = 0; minute < 20; minute++) { /* before the first runner can be anywhere */
        (void)random_order(&g, &r);
        rig_run(&g, 1);
    }
    for (int32_t a = 0; a < ATLAS_COUNT(&g.atlas, ENT_AGENCY); a++) {
        for (int32_t topic = word_next(NULL, VK_TOPIC, -1); topic >= 0; topic = word_next(NULL, VK_TOPIC, topic)) {
            for (int32_t i = 0; i < knowledge_subjects(g.world.knowledge, topic); i++) {
                struct fact f = knowledge_get(g.world.knowledge, a, topic, i);
                if (f.seen_ms < 0 || topic == TOPIC_CHANNEL_STATE || topic == TOPIC_ROAD_STATE)
                    continue; /* never told; or what everybody using it notices */
                /* All else it can know is what it decided itself. */
                const struct event *by = f.event > 0 ? &g.log[f.event - 1] : NULL;
                assert_non_null(by);
                bool own = false;
                for (int k = 0; k < EVENT_INTS && !own; k++)
                    own = event_row(by->kind)->field[k].kind == VK_AGENCY && by->i[k] == a;
                if (!own && by->kind != EV_COMMANDER_NAMED)
                    fail_msg("agency %d knows %s by %s", (int)a, word_name(NULL, VK_TOPIC, topic), event_row(by->kind)->name);
            }
        }
    }
    rig_close(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_is_ordered), cmocka_unit_test(silence_tells_nobody_anything)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

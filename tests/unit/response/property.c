/* Protects what must hold whatever a room orders: nobody is in two places or vanishes, no stock is made or lost, every request has one
 * fate, and no seat knows what no message told it. Random valid orders under a fixed stream; PROPERTY_RUNS=n gives more. */
#include "base/rng.h"
#include "rig.h"

static struct rig g;

static const char *const templates[] = {
    "forestry dispatch crew to %P task=recon", "forestry dispatch second to %P task=guard lookout=yes",
    "forestry dispatch stranger to %P task=attack", "forestry dispatch crew task=line line=break_a",
    "district dispatch second to %P task=attack tactic=flank", "police dispatch patrol to %P task=evacuate",
    "police dispatch patrol to %P task=cordon", "district dispatch medics to %P task=medical",
    "forestry withdraw crew to %P", "forestry withdraw second", "forestry relieve crew by second",
    "district evacuate village to %P", "district evacuate village", "district shelter town", "district shelter mill",
    "district request cut", "district request heli", "forestry request bus", "district request cordon", "district ask police",
    "district call forestry", "police close up", "police close main", "police open main", "police open up",
    "district send water 7 from town to mill", "district send water 3 from mill to town", "police send food 20 from town to mill", "district request guide", "police request drone", "forestry accept 1", "forestry accept 2", "forestry refuse 3 reason=busy",
    "city send food 90 from town to ridge", "district register riders", "district turn_away riders", "district dispatch riders to %P task=support",
    "power send food 9 from town to village", "district post at %P",
    "district commander district", "city commander city", "district level 4 elements=matter", "district end_response",
    "district group rescue", "district consult", "district approve", "district report to city form=first area=3 hurt=0",
    "district warn yellow to village channel=mobile", "city dispatch bird to %P task=drop",
};
static const char *const places[] = {"town", "village", "mill", "ridge"};
static const char *const world_orders[] = {"world outage radio for=40min", "world restore radio", "world outage mobile", "world restore mobile",
                                           "world hurt village count=2", "world come riders to town"};

static void random_order(struct rng *r)
{
    char line[160];
    struct buf b = BUF_ON(line);
    const char *t = templates[rng_range(r, 0, COUNT_OF(templates) - 1)];
    for (; *t; t++) {
        if (t[0] == '%' && t[1] == 'P') {
            buf_str(&b, places[rng_range(r, 0, COUNT_OF(places) - 1)]);
            t++;
        } else {
            buf_char(&b, *t);
        }
    }
    struct err e = {0};
    enum rc rc = rig_try(&g, line, &e);
    assert_true(rc == RC_OK || rc == RC_NO);
    if (rc == RC_NO)
        assert_true(e.text[LANG_ZH][0] && e.text[LANG_EN][0]);
}

static void world_order(struct rng *r)
{
    struct order o;
    struct err e = {0};
    const char *line = world_orders[rng_range(r, 0, COUNT_OF(world_orders) - 1)];
    assert_int_equal(order_parse(text_of(line), &g.atlas, g.world.now_ms, &o, &e), RC_OK);
    const struct rule *rule = response_find_rule(o.verb);
    if (rule->check(g.response, &g.world, &o, &e) == RC_OK)
        rule->act(g.response, &g.world, &o);
    rig_take(&g);
}

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
                random_order(&r);
            if (rng_range(&r, 0, 40) == 0)
                world_order(&r);
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
        random_order(&r);
        rig_run(&g, 1);
    }
    for (int32_t a = 0; a < ATLAS_COUNT(&g.atlas, ENT_AGENCY); a++) {
        for (int topic = 0; topic < TOPIC_COUNT; topic++) {
            for (int32_t i = 0; i < knowledge_subjects(g.world.knowledge, (enum topic)topic); i++) {
                struct fact f = knowledge_get(g.world.knowledge, a, (enum topic)topic, i);
                if (f.seen_ms < 0 || topic == TOPIC_CHANNEL_STATE || topic == TOPIC_ROAD_STATE)
                    continue; /* never told; or what everybody using it notices */
                /* All else it can know is what it decided itself. */
                const struct event *by = f.event > 0 ? &g.log[f.event - 1] : NULL;
                assert_non_null(by);
                bool own = false;
                for (int k = 0; k < EVENT_INTS && !own; k++)
                    own = event_row(by->kind)->field[k].kind == VK_AGENCY && by->i[k] == a;
                if (!own && by->kind != EV_COMMANDER_NAMED)
                    fail_msg("agency %d knows %s by %s", (int)a, topic_name((enum topic)topic), event_row(by->kind)->name);
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

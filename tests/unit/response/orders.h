/* orders.h -- random orders and blows of fate over the rig's district; for property tests. */
#ifndef TUIYAN_TESTS_ORDERS_H
#define TUIYAN_TESTS_ORDERS_H

#include "base/rng.h"
#include "rig.h"

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

/* One order in words, that may be refused. */
static void random_line(struct rng *r, char *line, int size)
{
    struct buf b = buf_on(line, size);
    const char *t = templates[rng_range(r, 0, COUNT_OF(templates) - 1)];
    for (; *t; t++) {
        if (t[0] == '%' && t[1] == 'P') {
            buf_str(&b, places[rng_range(r, 0, COUNT_OF(places) - 1)]);
            t++;
        } else {
            buf_char(&b, *t);
        }
    }
}

/* What it was: refused orders carry a reason in both languages. */
static enum rc random_order(struct rig *g, struct rng *r)
{
    char line[160];
    struct err e = {0};
    random_line(r, line, (int)sizeof(line));
    enum rc rc = rig_try(g, line, &e);
    assert_true(rc == RC_OK || rc == RC_NO);
    if (rc == RC_NO)
        assert_true(e.text[LANG_ZH][0] && e.text[LANG_EN][0]);
    return rc;
}

static void world_order(struct rig *g, struct rng *r)
{
    struct order o;
    struct err e = {0};
    const char *line = world_orders[rng_range(r, 0, COUNT_OF(world_orders) - 1)];
    assert_int_equal(order_parse(text_of(line), &g->atlas, g->world.now_ms, &o, &e), RC_OK);
    const struct rule *rule = response_find_rule(o.verb);
    if (rule->check(g->response, &g->world, &o, &e) == RC_OK)
        rule->act(g->response, &g->world, &o);
    rig_take(g);
}

#endif

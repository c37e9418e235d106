/* Protects how a thing is set: over its remote control, by somebody sent when that is dead, by a team on the spot or sent there;
 * that whoever may not, names a setting it does not take, or finds it broken, is told why; that a seat knows of it what it was
 * told; and that a hazard whose state follows the thing goes another way for each order. */
#include "base/num.h"
#include "orders.h"

static const char *const ASSETS =
    " assets = {"
    "  { id = \"g1\", title = { zh = \"一号闸\", en = \"Gate 1\" }, kind = \"gate\", holder = \"power\", place = \"mill\", remote = \"radio\", setting = \"10%\" },"
    "  { id = \"d7\", title = { zh = \"七号门\", en = \"Door 7\" }, kind = \"door\", holder = \"forestry\", place = \"village\", hands = \"6min\" },"
    "  { id = \"fan\", title = { zh = \"主扇\", en = \"Main fan\" }, kind = \"fan\", holder = \"district\", at = { 1100, 1000 }, remote = \"mobile\", setting = \"on\" },"
    "  { id = \"weir\", title = { zh = \"堰\", en = \"Weir\" }, kind = \"gate\", holder = \"forestry\", at = { 7000, 1100 } } },";

/* A basin behind gate 1: fills by 10 a minute, empties by the share that it stands open. At 400 the gate gives way. */
struct basin {
    double level;
    int32_t broke;
};

static void basin_apply(void *self, const struct world *w, const struct event *e)
{
    (void)w;
    if (e->kind == EV_ASSET_BROKEN)
        ((struct basin *)self)->broke = 1;
}

static void basin_step(void *self, struct world *w)
{
    struct basin *b = self;
    b->level += 10.0 - setting_percent(w->assets->at[0].is) * 0.4;
    b->level = num_max(0.0, b->level);
    if (b->level >= 400.0 && !b->broke)
        (void)world_emit(w, &(struct event){.kind = EV_ASSET_BROKEN, .i = {0}});
}

static void basin_walk(void *self, struct walk *w)
{
    walk_f64(w, "level", &((struct basin *)self)->level, 1);
    walk_i32(w, "broke", &((struct basin *)self)->broke, 1);
}

static const struct slice_ops basin_ops = {"basin", basin_apply, basin_step, basin_walk};
static struct rig g;
static struct basin basin;

enum { G1, D7, FAN, WEIR };

static void begin(void)
{
    basin = (struct basin){0};
    rig_open_rows(&g, 5, "{ api = 1,", ASSETS, &basin_ops, &basin);
}

static int32_t is(int32_t asset) { return g.world.assets->at[asset].is; }

static int64_t known(const char *agency, int32_t topic, int32_t asset)
{
    return knowledge_value(g.world.knowledge, rig_id(&g, ENT_AGENCY, agency), topic, asset, -1);
}

static void cut(const char *channel)
{
    (void)world_emit(&g.world, &(struct event){.kind = EV_CHANNEL_DOWN, .i = {rig_id(&g, ENT_CHANNEL, channel), 0}});
    rig_take(&g);
}

static void by_remote_control(void **state)
{
    (void)state;
    begin();
    rig_give(&g, "power set g1 to=60%");
    assert_int_equal(g.world.assets->at[G1].wish, SETTING_PERCENT + 60);
    assert_int_equal(is(G1), SETTING_PERCENT + 10);
    rig_run(&g, 3); /* the radio takes a minute */
    assert_int_equal(is(G1), SETTING_PERCENT + 60);
    assert_int_equal(known("power", TOPIC_ASSET, G1), SETTING_PERCENT + 60);
    assert_int_equal(known("district", TOPIC_ASSET, G1), -1); /* nobody told it */
    const struct event *set = rig_event(&g, EV_ASSET_SET, G1, 0);
    assert_int_equal(set->i[2], -1);
    assert_int_equal(set->i[3], 1);
    assert_int_equal(set->cause.ref, rig_event(&g, EV_ASSET_WANTED, G1, 0)->seq);
    rig_refused(&g, "power set g1 to=60%", "already");
    rig_close(&g);
}

/* The commander's order goes by the holder's desk: mobile 2 min, the desk reads and acts 7 min, radio 1 min. */
static void by_the_holders_desk(void **state)
{
    (void)state;
    begin();
    rig_give(&g, "district open g1");
    rig_run(&g, 8);
    assert_int_equal(is(G1), SETTING_PERCENT + 10);
    rig_run(&g, 4);
    assert_int_equal(is(G1), SETTING_PERCENT + 100);
    rig_run(&g, 4);
    assert_int_equal(known("district", TOPIC_ASSET, G1), SETTING_PERCENT + 100);
    rig_close(&g);
}

/* The line is dead: lost, then 12 km of road at 36 km/h .. 6 km here: 10 min, and 20 min of hands. */
static void when_the_line_is_dead(void **state)
{
    (void)state;
    begin();
    cut("radio");
    rig_give(&g, "power set g1 to=60%");
    rig_run(&g, 25);
    assert_int_equal(is(G1), SETTING_PERCENT + 10);
    const struct event *lost = rig_event(&g, EV_MESSAGE_LOST, -1, 0), *sent = rig_event(&g, EV_KEEPER_SENT, G1, 0);
    assert_non_null(lost);
    assert_int_equal(lost->i[3], 1);
    assert_int_equal(sent->cause.ref, lost->seq);
    assert_in_range(sent->i[2], 9 * 60000, 11 * 60000);
    rig_run(&g, 10);
    assert_int_equal(is(G1), SETTING_PERCENT + 60);
    rig_close(&g);
}

/* Nobody gets there: both ways to the mill are cut, and the holder knows. */
static void when_there_is_no_road_either(void **state)
{
    (void)state;
    begin();
    cut("radio");
    rig_give(&g, "power set g1 to=60%");
    rig_run(&g, 4);
    (void)world_emit(&g.world, &(struct event){.kind = EV_ROAD_CUT, .i = {rig_id(&g, ENT_ROAD, "west")}});
    (void)world_emit(&g.world, &(struct event){.kind = EV_ROAD_CUT, .i = {rig_id(&g, ENT_ROAD, "east")}});
    rig_run(&g, 20);
    const struct event *failed = rig_event(&g, EV_ORDER_FAILED, -1, 0);
    assert_non_null(failed);
    assert_int_equal(failed->i[1], VERB_SET);
    assert_int_equal(failed->i[2], W(REASON, ROAD));
    assert_int_equal(is(G1), SETTING_PERCENT + 10);
    rig_close(&g);
}

static void by_hand_of_a_team(void **state)
{
    (void)state;
    begin();
    rig_refused(&g, "forestry set d7 closed", "by hand");
    rig_give(&g, "forestry set d7 closed by crew"); /* musters, drives, works */
    rig_run(&g, 20);
    assert_int_equal(is(D7), W(SETTING, OPEN));
    rig_run(&g, 25);
    assert_int_equal(is(D7), W(SETTING, CLOSED));
    assert_int_equal(rig_event(&g, EV_ASSET_SET, D7, 0)->i[2], rig_id(&g, ENT_TEAM, "crew"));
    assert_true(rig_minute(&g, EV_ASSET_SET, D7) >= rig_minute(&g, EV_TEAM_ARRIVED, -1) + 6.0);
    rig_run(&g, 4);
    assert_int_equal(known("forestry", TOPIC_ASSET, D7), W(SETTING, CLOSED));
    /* Now it stands there: no word of who is needed, and no drive. */
    rig_give(&g, "forestry open d7");
    rig_run(&g, 10);
    assert_int_equal(is(D7), W(SETTING, OPEN));
    /* The weir is 100 m away: within reach of the same hands, and theirs by nobody's name. */
    rig_give(&g, "forestry set weir 40%");
    rig_run(&g, 30);
    assert_int_equal(is(WEIR), SETTING_PERCENT + 40);
    rig_close(&g);
}

static void a_team_called_elsewhere(void **state)
{
    (void)state;
    begin();
    rig_give(&g, "forestry set d7 closed by crew");
    rig_run(&g, 14);
    rig_give(&g, "forestry dispatch crew to mill task=standby");
    rig_run(&g, 3);
    const struct event *failed = rig_event(&g, EV_ORDER_FAILED, -1, 0);
    assert_non_null(failed);
    assert_int_equal(failed->i[2], W(REASON, BUSY));
    assert_int_equal(failed->i[4], rig_id(&g, ENT_TEAM, "crew"));
    rig_run(&g, 60);
    assert_int_equal(is(D7), W(SETTING, OPEN));
    rig_close(&g);
}

static void whoever_may_not(void **state)
{
    (void)state;
    begin();
    rig_refused(&g, "police set g1 60%", "authority");
    rig_refused(&g, "forestry set fan reverse", "authority");
    rig_refused(&g, "power set g1 60% by crew", "authority"); /* its gate, not its team */
    rig_give(&g, "district set g1 60%");                      /* above, and in command */
    rig_close(&g);
}

static void what_it_does_not_take(void **state)
{
    (void)state;
    struct order o;
    struct err e = {0};
    begin();
    rig_refused(&g, "power set g1 closed", "0% to 100%");
    rig_refused(&g, "district set fan closed", "off, on, reverse");
    rig_refused(&g, "district set fan revers", "did you mean 'reverse'");
    rig_refused(&g, "district set fann off", "did you mean 'fan'");
    rig_refused(&g, "power set g1 120%", "0% to 100%");
    rig_refused(&g, "district close fan", "cannot be set to 'closed'");
    rig_refused(&g, "district close fam", "did you mean 'fan'");
    /* Settings before the thing is named: the check knows. */
    assert_int_equal(order_parse(TEXT("district set to=open fan"), &g.atlas, 0, &o, &e), RC_OK);
    rig_refused(&g, "district set to=open fan", "off, on, reverse");
    rig_close(&g);
}

static void the_words(void **state)
{
    static const char *const same[][2] = {{"供 设置 一号闸 60%", "power set g1 60%"}, {"林 设置 七号门 关 由 一队", "forestry set d7 closed by crew"},
                                          {"区 设置 主扇 为 反转", "district set fan reverse"}, {"林 关闭 七号门", "forestry close d7"},
                                          {"林 开启 七号门", "forestry open d7"}, {"警 封路 main", "police close main"},
                                          {"power set g1 60", "power set g1 60%"}};
    (void)state;
    begin();
    for (int i = 0; i < COUNT_OF(same); i++) {
        struct order a, b;
        struct err e = {0};
        char text[200];
        struct buf out = BUF_ON(text);
        if (order_parse(text_of(same[i][0]), &g.atlas, 0, &a, &e) != RC_OK)
            fail_msg("%s: %s", same[i][0], err_text(&e, LANG_EN));
        order_format(&a, &g.atlas, false, &out);
        assert_string_equal(text, same[i][1]);
        assert_int_equal(order_parse(text_of(text), &g.atlas, 0, &b, &e), RC_OK);
        assert_memory_equal(&a, &b, sizeof a);
        uint8_t bytes[512];
        int size = order_encode(&a, bytes, sizeof bytes);
        assert_true(size > 0 && order_decode(bytes, size, CODEC_AGE, &b, &e));
        assert_memory_equal(&a, &b, sizeof a);
    }
    struct order o;
    char text[200];
    struct buf out = BUF_ON(text);
    assert_int_equal(order_parse(TEXT("forestry close d7"), &g.atlas, 0, &o, NULL), RC_OK);
    order_say(&o, &g.atlas, LANG_ZH, &out);
    assert_non_null(strstr(text, "关闭 七号门"));
    buf_clear(&out);
    assert_int_equal(order_parse(TEXT("police close main"), &g.atlas, 0, &o, NULL), RC_OK);
    order_say(&o, &g.atlas, LANG_ZH, &out);
    assert_non_null(strstr(text, "封路"));
    struct text offer[8];
    assert_int_equal(order_complete(TEXT("district set fan to="), &g.atlas, LANG_EN, offer, 8), 3);
    assert_true(text_is(offer[2], "reverse"));
    assert_int_equal(order_complete(TEXT("forestry close d"), &g.atlas, LANG_EN, offer, 8), 1);
    assert_true(text_is(offer[0], "d7"));
    rig_close(&g);
}

/* A hazard that follows: with the gate up it stays, left alone it gives way, and then no order moves it. */
static void a_hazard_follows_it(void **state)
{
    (void)state;
    begin();
    rig_give(&g, "power set g1 to=60%");
    rig_run(&g, 120);
    assert_true(basin.level < 1.0);
    rig_close(&g);
    begin();
    rig_run(&g, 120);
    assert_non_null(rig_event(&g, EV_ASSET_BROKEN, G1, 0));
    rig_give(&g, "power set g1 to=60%"); /* its desk has not seen it */
    rig_run(&g, 4);
    const struct event *failed = rig_event(&g, EV_ORDER_FAILED, -1, 0);
    assert_non_null(failed);
    assert_int_equal(failed->i[2], W(REASON, BROKEN));
    assert_int_equal(is(G1), SETTING_PERCENT + 10);
    rig_refused(&g, "power set g1 to=60%", "broken"); /* now it has */
    rig_close(&g);
}

static struct walk walk;

static void it_is_saved_and_restored(void **state)
{
    static struct rig two;
    static struct basin other;
    (void)state;
    begin();
    cut("radio");
    rig_give(&g, "power set g1 to=60%");
    rig_give(&g, "forestry set d7 closed by crew");
    rig_run(&g, 8);
    walk_begin_save(&walk, NULL, 0);
    world_walk(&g.world, &walk);
    size_t size = walk.size;
    uint8_t *bytes = malloc(size);
    assert_non_null(bytes);
    walk_begin_save(&walk, bytes, size);
    world_walk(&g.world, &walk);
    other = (struct basin){0};
    rig_open_rows(&two, 5, "{ api = 1,", ASSETS, &basin_ops, &other);
    walk_begin_load(&walk, bytes, size);
    world_walk(&two.world, &walk);
    assert_false(walk.bad);
    free(bytes);
    for (int i = 0; i < 60; i++) {
        rig_run(&g, 1);
        rig_run(&two, 1);
        assert_true(world_hash(&g.world, &walk) == world_hash(&two.world, &walk));
    }
    assert_int_equal(two.world.assets->at[G1].is, SETTING_PERCENT + 60);
    assert_int_equal(two.world.assets->at[D7].is, W(SETTING, CLOSED));
    rig_close(&g);
    rig_close(&two);
}

/* What a room may order of things, some of it nonsense. */
static const char *const wishes[] = {
    "power set g1 0%", "power set g1 60%", "district set g1 100%", "district close g1", "city open g1", "police set g1 5%",
    "forestry close d7", "forestry open d7", "forestry set d7 closed by crew", "forestry set d7 open by second",
    "district set d7 closed by medics", "forestry set weir 40% by stranger", "forestry set weir 0%", "district set fan reverse",
    "district set fan off", "city set fan on by patrol", "district set fan on by riders",
};

/* Every wish has one fate: set, failed aloud, refused by a leader, overtaken by the next, or still in hand. */
static void one_fate(void)
{
    int wanted[4] = {0}, ended[4] = {0};
    for (int i = 0; i < g.events; i++) {
        const struct event *e = &g.log[i];
        if (e->kind == EV_ASSET_WANTED) {
            wanted[e->i[0]]++;
            for (int k = i + 1; k < g.events; k++) {
                const struct event *l = &g.log[k];
                if ((l->kind == EV_ASSET_WANTED && l->i[0] == e->i[0]) || (l->kind == EV_ASSET_SET && l->i[3] == e->i[2]) ||
                    (l->kind == EV_ORDER_FAILED && l->i[3] == e->i[2] && l->i[1] != VERB_DISPATCH) ||
                    (l->kind == EV_TEAM_REFUSED && l->i[2] == e->i[2])) {
                    ended[e->i[0]]++;
                    break;
                }
            }
        }
    }
    for (int i = 0; i < 4; i++)
        assert_true(wanted[i] - ended[i] == 0 || wanted[i] - ended[i] == 1); /* the last may be in hand */
}

static void whatever_is_ordered(void **state)
{
    (void)state;
    const char *n = getenv("PROPERTY_RUNS");
    int runs = n ? atoi(n) : 6, sets = 0, failed = 0;
    for (int seed = 1; seed <= runs; seed++) {
        struct rng r = rng_make((uint64_t)seed, 79, 1);
        struct err e = {0};
        int32_t before[4];
        basin = (struct basin){0};
        rig_open_rows(&g, (uint64_t)seed, "{ api = 1,", ASSETS, &basin_ops, &basin);
        for (int minute = 0; minute < 300; minute++) {
            int from = g.events;
            for (int i = 0; i < 4; i++)
                before[i] = is(i);
            if (rng_range(&r, 0, 3) == 0)
                (void)rig_try(&g, wishes[rng_range(&r, 0, COUNT_OF(wishes) - 1)], &e);
            if (rng_range(&r, 0, 2) == 0)
                (void)random_order(&g, &r);
            if (rng_range(&r, 0, 25) == 0)
                world_order(&g, &r);
            rig_run(&g, 1);
            for (int i = from; i < g.events; i++) {
                if (g.log[i].kind == EV_ASSET_SET)
                    before[g.log[i].i[0]] = g.log[i].i[1];
            }
            for (int i = 0; i < 4; i++)
                assert_int_equal(is(i), before[i]); /* moved by an event, or not at all */
            assert_true(souls_add_up(g.world.souls));
        }
        one_fate();
        sets += rig_count(&g, EV_ASSET_SET);
        failed += rig_count(&g, EV_ORDER_FAILED);
        rig_close(&g);
    }
    assert_true(sets > 4 * runs && failed > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_remote_control),       cmocka_unit_test(by_the_holders_desk),
        cmocka_unit_test(when_the_line_is_dead),   cmocka_unit_test(when_there_is_no_road_either),
        cmocka_unit_test(by_hand_of_a_team),       cmocka_unit_test(a_team_called_elsewhere),
        cmocka_unit_test(whoever_may_not),         cmocka_unit_test(what_it_does_not_take),
        cmocka_unit_test(the_words),               cmocka_unit_test(a_hazard_follows_it),
        cmocka_unit_test(it_is_saved_and_restored), cmocka_unit_test(whatever_is_ordered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

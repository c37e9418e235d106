/* Protects the three shapes of work with a hazard of the test's own: a ferry takes people to and fro with the seats its owner
 * gives and brings them out; sandbags grow along a line at the owner's pace; a limit of the task and the owner's refusal keep
 * a leader back. Response knows none of the units. And keys that a hazard adds to a section of the scenario. */
#include "base/num.h"
#include "hazard/fire/fire_words.h"
#include "rig.h"

enum { WATER_OWNER = 3, FERRY = WATER_OWNER << OWN_BITS, SANDBAG, SWIFT = WATER_OWNER << OWN_BITS };

#define BAGS_M 20.0 /* to a metre of line */

struct river {
    bool swift, closed; /* too swift to load; the leader refuses */
    double bags;
};
static struct river river;

static const struct limit_row gale[] = {{"wind_ms", '>', 12.0, W(REASON, WIND)}};
static const struct task_row TASKS[] = {
    {.name = "ferry", .zh = "摆渡", .en = "ferry", .shape = TASK_TRIP, .targets = ON_PLACE, .flags = TASK_EFFORT,
     .crews = "police", .unit = "人", .usual = 12.0, .limit = gale, .limits = 1},
    {.name = "sandbag", .zh = "装垒沙袋", .en = "sandbag", .shape = TASK_STRETCH, .targets = ON_LINE, .flags = TASK_EFFORT,
     .crews = "police", .unit = "袋", .usual = 12.0},
};
static const struct word_row REASONS[] = {{"swift", "水流过急", "the water runs too fast"}};
struct boat { int32_t seats; };
static const struct field boat_rows[] = {{.name = "seats", .type = FIELD_INT, .offset = offsetof(struct boat, seats), .low = 1, .high = 500,
                                          .dflt = 8, .zh = "座位", .en = "seats"}};
static const struct more more[] = {{"teams", boat_rows, 1, sizeof(struct boat)}};
static const struct vocab water_words = {.name = "water", .zh = "水", .en = "water", .task = TASKS, .tasks = COUNT_OF(TASKS),
                                         .reason = REASONS, .reasons = 1, .more = more, .mores = 1};
const struct vocab *const vocab_table[OWNERS_MAX] = {[OWN_CORE] = &core_vocab, [FIRE_OWNER] = &fire_vocab,
                                                     [WATER_OWNER] = &water_words};

static void river_step(void *self, struct world *w) { (void)self, (void)w; }
static void river_walk(void *self, struct walk *w) { walk_f64(w, "bags", &((struct river *)self)->bags, 1); }

static void river_effort(void *self, struct world *w, struct effort *job)
{
    struct river *s = self;
    if (job->task == FERRY) {
        job->stopped = s->swift ? SWIFT : W(REASON, NONE);
        return;
    }
    job->done = job->amount_s * (double)w->tick_ms / 1000.0;
    s->bags += job->done;
    job->from_m += job->done / BAGS_M;
    job->left = num_max(0.0, w->atlas->line[job->target].length_m - job->from_m);
}

static bool river_refuse(const void *self, const struct world *w, const struct task_order *o, int32_t *reason)
{
    (void)w;
    *reason = SWIFT;
    return ((const struct river *)self)->closed && o->task == FERRY;
}

static int32_t river_seats(const void *self, int32_t team, int32_t task)
{
    (void)self, (void)team;
    return task == FERRY ? 30 : 0;
}

static const struct hazard_ops river_hazard = {.owner = WATER_OWNER, .slice = {"river", NULL, river_step, river_walk}, .section = "river",
                                               .effort = river_effort, .refuse = river_refuse, .seats = river_seats};

static struct rig g;

static int setup(void **state)
{
    struct err e = {0};
    (void)state;
    river = (struct river){0};
    rig_open(&g, 5, NULL, NULL);
    assert_int_equal(hazard_wire(&river_hazard, &river, &g.world, &g.arena, &e), RC_OK);
    rig_run(&g, 1);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    rig_close(&g);
    return 0;
}

static struct place_view place(const char *name)
{
    struct place_view v;
    response_place(g.response, rig_id(&g, ENT_PLACE, name), &v);
    return v;
}

/* 100 people, 30 seats, ten hands that get 120 aboard an hour: four trips of about two quarters of an hour. */
static void a_ferry_goes_to_and_fro(void **state)
{
    (void)state;
    const int32_t patrol = rig_id(&g, ENT_TEAM, "patrol"), village = rig_id(&g, ENT_PLACE, "village");
    rig_give(&g, "district shelter mill");
    rig_give(&g, "police dispatch patrol to village task=ferry drop=mill");
    rig_run(&g, 60 * 4);
    assert_int_equal(rig_count(&g, EV_PEOPLE_RESCUED), 4);
    int32_t sum = 0;
    for (int k = 0; k < 4; k++) {
        const struct event *e = rig_event(&g, EV_PEOPLE_RESCUED, patrol, k);
        assert_non_null(e);
        assert_int_equal(e->i[1], village);
        assert_int_equal(e->i[2], k < 3 ? 30 : 10);
        assert_int_equal(e->i[3], rig_id(&g, ENT_PLACE, "mill"));
        sum += e->i[2];
    }
    assert_int_equal(sum, 100);
    assert_int_equal(place("village").people, 0);
    assert_int_equal(place("village").moved, 100);
    assert_int_equal(place("mill").sheltered, 100);
    const struct event *first = rig_event(&g, EV_PEOPLE_RESCUED, patrol, 0), *second = rig_event(&g, EV_PEOPLE_RESCUED, patrol, 1);
    /* Loading 30 takes a quarter of an hour and more, the way back and forth 10 min each at the least. */
    assert_true(second->t_ms - first->t_ms >= 35 * 60000);
    assert_int_equal(rig_count(&g, EV_TASK_DONE), 1); /* nobody is left */
}

/* Until they are put down people count where they were: at every minute their sum stays the same. */
static void nobody_is_lost_on_the_way(void **state)
{
    (void)state;
    rig_give(&g, "district shelter mill");
    rig_give(&g, "police dispatch patrol to village task=ferry drop=mill");
    for (int k = 0; k < 200; k++) {
        rig_run(&g, 1);
        struct place_view v = place("village");
        assert_int_equal(v.people + v.moving + v.moved + v.hurt + v.dead, 100);
    }
    rig_give(&g, "police withdraw patrol"); /* whoever is aboard gets off where it comes to */
    rig_run(&g, 60);
    struct place_view v = place("village");
    assert_int_equal(v.people + v.moving + v.moved + v.hurt + v.dead, 100);
}

static void its_owner_can_stop_a_ferry(void **state)
{
    (void)state;
    river.swift = true;
    rig_give(&g, "police dispatch patrol to village task=ferry drop=mill");
    rig_run(&g, 120);
    assert_int_equal(rig_count(&g, EV_PEOPLE_RESCUED), 0);
    river.swift = false;
    rig_run(&g, 60);
    assert_true(rig_count(&g, EV_PEOPLE_RESCUED) > 0);
}

/* Ten people lay 120 bags an hour: 6 m, less what fatigue takes. */
static void bags_grow_along_a_line(void **state)
{
    (void)state;
    const int32_t line = rig_id(&g, ENT_LINE, "break_a");
    rig_give(&g, "police dispatch patrol task=sandbag line=break_a");
    rig_run(&g, 60);
    double before = response_line_share(g.response, line) * 1000.0, bags = river.bags;
    assert_true(before > 0.0);
    rig_run(&g, 60);
    double built = response_line_share(g.response, line) * 1000.0 - before;
    assert_true(built > 4.5 && built <= 6.0);
    assert_true(river.bags - bags > built * BAGS_M - 1e-6 && river.bags - bags < built * BAGS_M + 1e-6);
}

static void a_limit_and_the_owner_keep_a_leader_back(void **state)
{
    (void)state;
    const int32_t patrol = rig_id(&g, ENT_TEAM, "patrol");
    river.closed = true;
    rig_give(&g, "police dispatch patrol to village task=ferry drop=mill");
    rig_run(&g, 5);
    assert_int_equal(rig_event(&g, EV_TEAM_REFUSED, patrol, 0)->i[1], SWIFT);
    rig_give(&g, "police dispatch patrol to village task=cordon"); /* not the hazard's business */
    rig_run(&g, 5);
    assert_null(rig_event(&g, EV_TEAM_REFUSED, patrol, 1));
    river.closed = false;
    (void)world_emit(&g.world, &(struct event){.kind = EV_WEATHER_CHANGED, .i = {40}, .f = {13.0, 270.0, 30.0}});
    rig_take(&g);
    rig_give(&g, "police dispatch patrol to village task=ferry drop=mill");
    rig_run(&g, 5);
    assert_int_equal(rig_event(&g, EV_TEAM_REFUSED, patrol, 1)->i[1], W(REASON, WIND));
    rig_refused(&g, "police dispatch patrol task=ferry", "where");
    rig_refused(&g, "police dispatch patrol to village task=sandbag", "line");
}

/* A scenario with the hazard `hazards`, whose second team has the key `key`. */
static enum rc read_with(const char *hazards, const char *key, struct atlas *out, struct err *e)
{
    static char text[2048];
    snprintf(text, sizeof(text),
             "{ api = 1, meta = { title = { zh = \"试\", en = \"t\" }, start = \"12:00\", length = \"1h\", tick = \"60s\","
             " terrain_note = { zh = \"无\", en = \"none\" } }, map = { width_m = 100, height_m = 100 },"
             " nodes = { { id = \"n\", at = { 1, 1 } } }, agencies = { { id = \"a\", title = \"a\" } },"
             " places = { { id = \"p\", title = \"p\", at = { 1, 1 }, kind = \"town\" } }, hazards = { %s },"
             " teams = { { id = \"x\", title = \"x\", agency = \"a\", kind = \"police\", people = 5, home = \"p\" },"
             " { id = \"y\", title = \"y\", agency = \"a\", kind = \"police\", people = 5, home = \"p\", %s } } }",
             hazards, key);
    return atlas_read_part(table_doc(&g.arena, text), &g.arena, out, e);
}

/* What a hazard adds to a section is read beside it, by id, and legal with that hazard alone or with none. */
static void keys_that_a_hazard_adds(void **state)
{
    static struct atlas a;
    struct err e = {0};
    (void)state;
    assert_int_equal(read_with("water = { }", "seats = 30", &a, &e), RC_OK);
    const struct boat *boats = atlas_more(&a, WATER_OWNER, 0);
    assert_int_equal(boats[0].seats, 8);
    assert_int_equal(boats[1].seats, 30);
    assert_null(atlas_more(&a, FIRE_OWNER, FIRE_MORE_TEAMS));
    assert_int_equal(read_with("water = { }", "seat = 30", &a, &e), RC_INPUT);
    assert_non_null(strstr(err_text(&e, LANG_EN), "'seats'")); /* did you mean */
    assert_int_equal(read_with("water = { }", "seats = 9000", &a, &e), RC_INPUT);
    assert_non_null(strstr(err_text(&e, LANG_EN), "500"));
    assert_int_equal(read_with("water = { }", "line_mh = 300", &a, &e), RC_INPUT);
    assert_int_equal(read_with("fire = { }", "seats = 30", &a, &e), RC_INPUT);
    assert_int_equal(read_with("fire = { }", "line_mh = 300", &a, &e), RC_OK);
    const struct fire_crew *crews = atlas_more(&a, FIRE_OWNER, FIRE_MORE_TEAMS);
    assert_true(crews[1].line_mh == 300.0 && crews[0].line_mh == 0.0 && crews[0].flame_limit_m == 1.5);
    assert_int_equal(read_with("", "line_mh = 300, seats = 30", &a, &e), RC_OK); /* nobody says which hazard */
}

/* A pattern over safety measures asks for at least these, in the old spelling and in the new. */
static void patterns_of_safety_measures(void **state)
{
    static const struct { const char *order; bool fits; } tries[] = {
        {"forestry dispatch crew to ridge task=guard with=guide+lookout+radio", true},
        {"forestry dispatch crew to ridge task=guard with=lookout+radio", true},
        {"forestry dispatch crew to ridge task=guard radio=yes lookout=yes", true},
        {"forestry dispatch crew to ridge task=guard with=lookout", false},
        {"forestry dispatch crew to ridge task=guard", false}};
    static const char *const written[] = {"lookout = true, radio = true", "with = \"lookout+radio\"", "with = { \"radio\", \"lookout\" }"};
    (void)state;
    for (int k = 0; k < COUNT_OF(written); k++) {
        static struct rig h;
        char rows[256];
        snprintf(rows, sizeof(rows), "{ id = \"i\", title = \"i\", message = \"m\", on_order = { verb = \"dispatch\", %s } }", written[k]);
        rig_open_rows(&h, 5, "injects = {", rows, NULL, NULL);
        for (int i = 0; i < COUNT_OF(tries); i++) {
            struct order o;
            struct err e = {0};
            assert_int_equal(order_parse(text_of(tries[i].order), &h.atlas, 0, &o, &e), RC_OK);
            assert_int_equal(order_matches(&h.atlas.inject[0].seen, &o), tries[i].fits);
        }
        rig_close(&h);
    }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {T(a_ferry_goes_to_and_fro), T(nobody_is_lost_on_the_way), T(its_owner_can_stop_a_ferry),
                                       T(bags_grow_along_a_line), T(a_limit_and_the_owner_keep_a_leader_back),
                                       T(keys_that_a_hazard_adds), T(patterns_of_safety_measures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

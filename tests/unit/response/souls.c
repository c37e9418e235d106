/* Protects that people are counted once: a place that a hazard keeps is its own to move, whoever comes out of it is response's
 * from there on (shelter, bus, medics), a notice reaches whoever moves them, and the sum over places and keepers stays what was
 * declared, came and left, whatever a room orders. PROPERTY_RUNS=n gives more. */
#include "base/num.h"
#include "core/world/hazard.h"
#include "orders.h"

enum { HALL = 5, TOWN = 0, VILLAGE = 1, MILL = 2, RIDGE = 3 };

/* A hall: keeps the village's people. They walk out by themselves, some every minute once they were told to; chance: anything. */
struct hall {
    int32_t notices, told, to, out_a_minute, hurt_at_minute;
    struct rng *chance; /* NULL: as told */
};

static bool hall_keeps(const void *self, int32_t place)
{
    (void)self;
    return place == VILLAGE;
}

static int32_t at_most(int32_t a, int32_t b) { return a < b ? a : b; }

/* Harm, ways out, arrivals and departures by chance. */
static void anything(struct hall *h, struct world *w)
{
    const struct soul_count *c = &w->souls->at[VILLAGE];
    static const int32_t exits[] = {TOWN, MILL, RIDGE};
    int32_t n = at_most((int32_t)rng_range(h->chance, 0, 6), c->in);
    int32_t hurt = at_most((int32_t)rng_range(h->chance, 0, 2), c->hurt);
    switch (rng_range(h->chance, 0, 9)) {
    case 0:
        (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_HURT, .i = {VILLAGE, n / 2, n - n / 2}});
        break;
    case 1:
    case 2:
        (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_OUT, .i = {VILLAGE, exits[rng_range(h->chance, 0, 2)], n + hurt, hurt}});
        break;
    case 3:
        (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_LEFT, .i = {VILLAGE, n}});
        break;
    case 4:
        (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_CAME, .i = {rng_range(h->chance, 0, 1) ? VILLAGE : MILL, n}});
        break;
    default:
        break;
    }
}

static void hall_step(void *self, struct world *w)
{
    struct hall *h = self;
    const struct soul_count *c = &w->souls->at[VILLAGE];
    for (; h->notices < w->souls->notices; h->notices++)
        h->told = h->told || w->souls->notice[h->notices].place == VILLAGE;
    if (h->chance) {
        anything(h, w);
        return;
    }
    if (h->hurt_at_minute * 60000 == w->now_ms)
        (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_HURT, .i = {VILLAGE, 5, 1}});
    if (h->told && c->in > 0)
        (void)world_emit(w, &(struct event){.kind = EV_PEOPLE_OUT,
                                            .i = {VILLAGE, h->to, at_most(h->out_a_minute, c->in) + c->hurt, c->hurt}});
}

static void hall_walk(void *self, struct walk *w)
{
    struct hall *h = self;
    walk_i32(w, "notices", &h->notices, 1);
    walk_i32(w, "told", &h->told, 1);
}

static const struct hazard_ops hall_hazard = {.owner = HALL, .slice = {"hall", NULL, hall_step, hall_walk}, .section = "hall",
                                              .keeps = hall_keeps};
static struct rig g;
static struct hall hall;

static void begin(uint64_t seed)
{
    struct err e = {0};
    rig_open(&g, seed, NULL, NULL);
    if (world_init(&g.world, &g.atlas, seed, &g.arena, &e) != RC_OK ||
        response_open(&g.atlas, seed, &g.arena, &g.response, &e) != RC_OK ||
        hazard_wire(&hall_hazard, &hall, &g.world, &g.arena, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    response_wire(g.response, &g.world);
}

static struct place_view view_of(int32_t place)
{
    struct place_view v;
    response_place(g.response, place, &v);
    return v;
}

static void the_keeper_moves_them(void **state)
{
    (void)state;
    hall = (struct hall){.to = TOWN, .out_a_minute = 10, .hurt_at_minute = 3};
    begin(4);
    rig_give(&g, "district evacuate village to mill"); /* nobody moves them but the hall; the mill is not open */
    rig_run(&g, 1);
    assert_int_equal(view_of(VILLAGE).people, 100);
    assert_int_equal(hall.told, 0);
    rig_run(&g, 31);
    /* Told in its time, and out by tens: five hurt among them, one dead stays. */
    assert_int_equal(hall.told, 1);
    const struct notice *n = &g.world.souls->notice[0];
    assert_int_equal(n->what, NOTICE_LEAVE);
    assert_int_equal(n->place, VILLAGE);
    assert_int_equal(n->to, MILL);
    assert_true(n->share > 0.0 && n->from_ms > 0 && n->order == 1);
    assert_int_equal(view_of(VILLAGE).people, 0);
    assert_int_equal(view_of(VILLAGE).dead, 1);
    int32_t carried = 0;
    for (int i = 0; rig_event(&g, EV_PEOPLE_OUT, VILLAGE, i); i++)
        carried += rig_event(&g, EV_PEOPLE_OUT, VILLAGE, i)->i[3];
    assert_int_equal(carried, 5);
    assert_int_equal(view_of(TOWN).people, 94);
    assert_int_equal(view_of(TOWN).hurt, 5);
    assert_null(rig_event(&g, EV_PEOPLE_MOVED, VILLAGE, 0)); /* response did not move them a second time */
    rig_close(&g);
}

/* From the assembly place: a shelter, cars and medics, as from any village. */
static void response_goes_on_from_there(void **state)
{
    (void)state;
    hall = (struct hall){.to = RIDGE, .out_a_minute = 20, .hurt_at_minute = 2};
    begin(4);
    rig_give(&g, "district shelter mill");
    rig_give(&g, "district warn yellow to village channel=mobile");
    rig_give(&g, "district dispatch medics to ridge task=medical");
    rig_run(&g, 45);
    assert_int_equal(g.world.souls->notice[0].what, NOTICE_WARNED);
    assert_int_equal(view_of(VILLAGE).people, 0);
    rig_give(&g, "district evacuate ridge to mill");
    rig_run(&g, 180);
    assert_true(view_of(RIDGE).moved > 70);
    assert_int_equal(view_of(MILL).sheltered, view_of(RIDGE).moved);
    assert_true(view_of(RIDGE).treated > 0);
    rig_close(&g);
}

/* Straight into a shelter that is open. */
static void into_an_open_shelter(void **state)
{
    (void)state;
    hall = (struct hall){.to = MILL, .out_a_minute = 30};
    begin(4);
    rig_give(&g, "district shelter mill");
    rig_run(&g, 25);
    rig_give(&g, "district evacuate village");
    rig_run(&g, 20);
    assert_int_equal(view_of(MILL).sheltered, 100);
    assert_int_equal(view_of(MILL).moved, 100);
    rig_close(&g);
}

static void nobody_is_kept_twice(void **state)
{
    static struct hall other;
    struct hazard_ops second = hall_hazard;
    struct err e = {0};
    (void)state;
    hall = (struct hall){0};
    begin(4);
    second.owner = HALL + 1;
    assert_int_equal(hazard_wire(&second, &other, &g.world, &g.arena, &e), RC_INPUT);
    assert_non_null(strstr(err_text(&e, LANG_EN), "Village"));
    rig_close(&g);
}

/* declared + arrived - left, place by place and over all; by the views too. */
static void adds_up(void)
{
    const struct souls *s = g.world.souls;
    int64_t came = 0, left = 0, sum = 0;
    for (int i = 0; i < g.events; i++) {
        came += g.log[i].kind == EV_PEOPLE_CAME ? g.log[i].i[1] : 0;
        left += g.log[i].kind == EV_PEOPLE_LEFT ? g.log[i].i[1] : 0;
    }
    assert_true(s->arrived == came && s->left == left);
    for (int32_t p = 0; p < s->places; p++) {
        struct place_view v = view_of(p);
        assert_true(v.people >= 0 && v.moving >= 0 && v.moved >= 0 && v.hurt >= 0 && v.dead >= 0);
        sum += v.people + v.moving + v.moved + v.hurt + v.dead;
    }
    assert_int_equal(sum, 100 + came - left);
    assert_true(souls_add_up(s));
}

static void whatever_is_ordered(void **state)
{
    (void)state;
    const char *n = getenv("PROPERTY_RUNS");
    int runs = n ? atoi(n) : 8, outs = 0;
    for (int seed = 1; seed <= runs; seed++) {
        struct rng r = rng_make((uint64_t)seed, 78, 1), c = rng_make((uint64_t)seed, 78, 2);
        hall = (struct hall){.chance = &c};
        begin((uint64_t)seed);
        for (int minute = 0; minute < 300; minute++) {
            for (int64_t k = rng_range(&r, 0, 2); k > 0; k--)
                (void)random_order(&g, &r);
            if (rng_range(&r, 0, 20) == 0)
                world_order(&g, &r);
            rig_run(&g, 1);
            adds_up();
        }
        outs += rig_count(&g, EV_PEOPLE_OUT);
        rig_close(&g);
    }
    assert_true(outs > 10 * runs);
}

static struct walk walk;

static void saved_and_restored(void **state)
{
    (void)state;
    hall = (struct hall){.to = TOWN, .out_a_minute = 3, .hurt_at_minute = 3};
    begin(4);
    rig_give(&g, "district evacuate village to mill");
    rig_run(&g, 12);
    walk_begin_save(&walk, NULL, 0);
    world_walk(&g.world, &walk);
    size_t size = walk.size;
    uint8_t *bytes = malloc(size);
    assert_non_null(bytes);
    walk_begin_save(&walk, bytes, size);
    world_walk(&g.world, &walk);
    uint64_t then = world_hash(&g.world, &walk);
    rig_run(&g, 20);
    uint64_t later = world_hash(&g.world, &walk);
    walk_begin_load(&walk, bytes, size);
    world_walk(&g.world, &walk);
    assert_false(walk.bad);
    free(bytes);
    assert_true(world_hash(&g.world, &walk) == then);
    g.events = 0;
    rig_run(&g, 20);
    assert_true(world_hash(&g.world, &walk) == later);
    rig_close(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_keeper_moves_them), cmocka_unit_test(response_goes_on_from_there),
        cmocka_unit_test(into_an_open_shelter),  cmocka_unit_test(nobody_is_kept_twice),
        cmocka_unit_test(whatever_is_ordered),   cmocka_unit_test(saved_and_restored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

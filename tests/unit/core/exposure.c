/* Protects that two hazards at once never overwrite each other: each writes its own row, and what comes together is the least
 * distance, the greatest danger and harm with whose they are, and the products of what hinders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/world/world.h"

enum { WATER = 3, SMOKE = 1 };

static struct arena arena;
static struct atlas atlas;
static struct exposure *x;

static int setup(void **state)
{
    struct err e;
    (void)state;
    arena_init(&arena, 0);
    atlas.names.count[ENT_PLACE] = atlas.names.count[ENT_ROAD] = atlas.names.count[ENT_TEAM] = 2;
    assert_int_equal(exposure_make(&atlas, &arena, &x, &e), RC_OK);
    assert_non_null(exposure_open(x, WATER, &arena));
    assert_non_null(exposure_open(x, SMOKE, &arena));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void nothing_is_suffered_without_a_hazard(void **state)
{
    (void)state;
    const struct felt f = exposure_place(x, 0);
    assert_true(f.distance_m == 1e9 && f.danger == 0.0 && f.pass == 1.0 && f.work == 1.0 && f.harm == 0.0);
    assert_true(f.danger_of == -1 && f.harm_of == -1 && f.since_ms == -1 && f.event == 0 && !f.seen);
}

static void two_writers_meet_in_the_fold_alone(void **state)
{
    (void)state;
    struct suffering *water = exposure_of(x, WATER)->team, *smoke = exposure_of(x, SMOKE)->team;
    water[0] = (struct suffering){.distance_m = 5, .danger = 0.5, .pass = 0.5, .work = 0.5, .harm = 0.2, .since_ms = 900, .event = 7};
    smoke[0] = (struct suffering){.distance_m = 90, .danger = 2, .pass = 0.5, .work = 0.25, .harm = 0.1, .since_ms = -1, .event = 9, .seen = true};
    struct felt f = exposure_team(x, 0);
    assert_true(f.distance_m == 5 && f.danger == 2 && f.harm == 0.2 && f.pass == 0.25 && f.work == 0.125);
    assert_int_equal(f.danger_of, SMOKE);
    assert_int_equal(f.harm_of, WATER);
    assert_true(f.since_ms == 900 && f.event == 7 && f.seen); /* the one that is there explains it */
    smoke[0] = suffering_none; /* one of them is over; the other stays as it was */
    f = exposure_team(x, 0);
    assert_true(f.distance_m == 5 && f.danger == 0.5 && f.danger_of == WATER && f.since_ms == 900 && !f.seen);
    assert_true(exposure_team(x, 1).distance_m == 1e9 && exposure_road(x, 0).pass == 1.0);
}

static void equal_danger_is_the_first_owners(void **state)
{
    (void)state;
    exposure_of(x, WATER)->road[1].danger = exposure_of(x, SMOKE)->road[1].danger = 1.0;
    assert_int_equal(exposure_road(x, 1).danger_of, SMOKE);
    assert_int_equal(x->rows, 2);
    assert_ptr_equal(exposure_open(x, WATER, &arena), exposure_of(x, WATER)); /* opened once */
    assert_int_equal(x->rows, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_suffered_without_a_hazard, setup, teardown),
        cmocka_unit_test_setup_teardown(two_writers_meet_in_the_fold_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(equal_danger_is_the_first_owners, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects the fire as a hazard of a drill: it reads its section and refuses what is wrong, runs in
 * a world, answers to lines and teams, says what happened with causes, and is restored to the bit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/num.h"
#include "hazard/fire/fire.h"
#include "hazard/fire/fire_parts.h"
#include "hazard/fire/grid.h"
#include "stage.h"

/* What the layer shows, now and an hour ago, is what the fire is and was. */
static void layers_agree(struct stage *s)
{
    static uint8_t now[N * N], then[N * N];
    struct layer_out out = {.at_ms = LAYER_NOW}, past = {.at_ms = s->world.now_ms - 3600000}, ahead = {.at_ms = s->world.now_ms + 1};
    struct ground ground;
    int front = 0, ash = 0, was = 0;
    assert_true(fire_hazard.layer(s->fire, 0, &out));
    assert_int_equal(out.cols * out.rows, N * N);
    out.cls = now;
    past.cls = then;
    assert_true(fire_hazard.layer(s->fire, 0, &out));
    assert_true(fire_hazard.layer(s->fire, 0, &past));
    assert_false(fire_hazard.layer(s->fire, 0, &ahead)); /* a hazard never runs ahead of now */
    for (int i = 0; i < N * N; i++) {
        double x = (i % N + 0.5) * out.cell_m, y = (N - i / N - 0.5) * out.cell_m;
        double at_s = fire_hazard.probe(s->fire, 0, x, y), is = fire_hazard.probe(s->fire, 1, x, y);
        double age_s = (double)s->world.now_ms / 1000.0 - at_s;
        assert_true((now[i] > 0) == (at_s == at_s));
        assert_true((now[i] == 5) == (is == 1.0));
        if (now[i] > 0 && now[i] < 5)
            assert_int_equal(now[i], age_s < 600 ? 4 : age_s < 1800 ? 3 : age_s < 3600 ? 2 : 1);
        assert_true((then[i] > 0) == (at_s == at_s && age_s >= 3600));
        front += now[i] == 5;
        ash += now[i] == 1;
        was += then[i] > 0;
    }
    assert_true(front > 10 && ash > 10 && was > 10 && was < front + ash);
    assert_true(fire_hazard.ground(s->fire, &ground));
    assert_int_equal(ground.cols, N);
    assert_true(ground.cover[0] < GROUND_COVERS);
}


static void course_of_events(void **state)
{
    (void)state;
    struct stage s = {0};
    struct tally t = {0};
    open_stage(&s, N, 600.0, 1500.0, "GR2");
    run(&s, 240, &t);
    assert_true(burnt(&s) > 50.0);
    assert_int_equal(t.count[FIRE_EV_IGNITED], 1);
    assert_true(t.count[FIRE_EV_HAZARD_GREW] >= 5);
    assert_int_equal(t.last[FIRE_EV_HAZARD_GREW].cause.kind, CAUSE_EVENT);
    assert_int_equal(t.count[EV_ROAD_CUT], 1);
    assert_true(t.count[EV_PLACE_THREATENED] >= 1);
    assert_true(t.count[EV_PLACE_REACHED] >= 1);
    assert_true(t.last[EV_PLACE_REACHED].cause.ref > 0 && t.last[EV_PLACE_REACHED].also.ref > 0);
    assert_true(exposure_place(s.world.exposure, 0).since_ms > 0);
    assert_true(fire_hazard.measure(s.fire, 1) > 1000.0);
    assert_true(fire_hazard.measure(s.fire, 3) > 1.0);
    assert_false(s.world.overflow);
    layers_agree(&s);
    close_stage(&s);
}

static void add_line(struct stage *s, double width)
{
    assert_true(works_add(s->world.works, &(struct work){.task = FIRE_TASK_LINE,
                                                         .team = 0,
                                                         .line = 0,
                                                         .ax = 1500.0,
                                                         .ay = -5.0,
                                                         .bx = 1540.0,
                                                         .by = 3010.0,
                                                         .amount = width,
                                                         .until_ms = -1}));
}

/* A wide line across the map holds and nothing passes; a narrow one is crossed with the reason. */
static void line_holds_or_not(void **state)
{
    (void)state;
    struct stage s = {0};
    struct tally t = {0};
    open_stage(&s, N, 600.0, 1500.0, "GR2");
    run(&s, 5, &t);
    add_line(&s, 60.0);
    run(&s, 3000, &t);
    assert_int_equal(t.count[FIRE_EV_LINE_HELD], 1);
    assert_int_equal(t.count[FIRE_EV_LINE_CROSSED], 0);
    assert_int_equal(t.count[EV_PLACE_REACHED], 0);
    assert_int_equal(t.count[FIRE_EV_HAZARD_OUT], 1);
    double held = burnt(&s);
    close_stage(&s);

    struct tally u = {0};
    open_stage(&s, N, 600.0, 1500.0, "GR2");
    run(&s, 5, &u);
    add_line(&s, 1.0);
    run(&s, 3000, &u);
    assert_true(u.count[FIRE_EV_LINE_CROSSED] >= 1);
    assert_int_equal(u.last[FIRE_EV_LINE_CROSSED].i[2], word_find(NULL, VK_REASON, TEXT("width")));
    assert_true(u.count[EV_PLACE_REACHED] >= 1);
    assert_true(burnt(&s) > held * 1.2);
    close_stage(&s);
}

/* A line of one-metre pieces, cut by degrees, ends up as tight as one cut at once. */
static void line_in_pieces(void **state)
{
    (void)state;
    struct stage s = {0};
    struct tally t = {0};
    open_stage(&s, N, 300.0, 1500.0, "GR2");
    for (int i = 0; i < 1550; i++)
        assert_true(works_add(s.world.works, &(struct work){.task = FIRE_TASK_LINE,
                                                            .line = 0,
                                                            .ax = 900.0 + i * 0.4,
                                                            .ay = -3.0 + i * 1.95,
                                                            .bx = 900.4 + i * 0.4,
                                                            .by = -1.05 + i * 1.95,
                                                            .amount = 60.0,
                                                            .until_ms = -1}));
    run(&s, 3000, &t);
    assert_int_equal(t.count[EV_ROAD_CUT], 0);
    assert_int_equal(t.count[FIRE_EV_HAZARD_OUT], 1);
    close_stage(&s);
}

/* A team at a low fire puts it out; at a high one it is stopped by the flames. */
static void direct_attack(void **state)
{
    (void)state;
    struct stage s = {0};
    struct tally t = {0};
    open_stage(&s, N, 1500.0, 1500.0, "TL1");
    wind(&s, 0.5, 270.0);
    run(&s, 120, &t);
    struct effort job = {.task = FIRE_TASK_ATTACK, .x = 1500, .y = 1500, .amount_s = 0.5, .reach_m = 600};
    double before = burnt(&s);
    for (int i = 0; i < 120; i++) {
        s.world.works->effort[0] = job;
        s.world.works->efforts = 1;
        run(&s, 1, &t);
    }
    assert_int_equal(t.count[FIRE_EV_HAZARD_OUT], 1);
    assert_true(burnt(&s) < before + 1.0);
    assert_int_equal(s.world.works->effort[0].stopped, word_find(NULL, VK_REASON, TEXT("done")));
    close_stage(&s);

    struct tally u = {0};
    open_stage(&s, N, 600.0, 1500.0, "SH5");
    run(&s, 30, &u);
    job = (struct effort){.task = FIRE_TASK_ATTACK, .x = 700, .y = 1500, .amount_s = 0.5, .reach_m = 900};
    ((struct fire *)s.fire)->crew[0].flame_limit_m = 0.3;
    s.world.works->effort[0] = job;
    s.world.works->efforts = 1;
    run(&s, 1, &u);
    assert_int_equal(s.world.works->effort[0].stopped, word_find(NULL, VK_REASON, TEXT("flame")));
    assert_true(s.world.works->effort[0].done == 0.0);
    close_stage(&s);
}

/* A crew in front of a run is endangered, then caught, each with its cause. */
static void team_is_caught(void **state)
{
    (void)state;
    struct stage s = {0};
    struct tally t = {0};
    open_stage(&s, N, 600.0, 1500.0, "SH5");
    s.world.exposure->where[0] = (struct position){1300.0, 1500.0, true, false};
    run(&s, 240, &t);
    assert_int_equal(t.count[EV_TEAM_ENDANGERED], 1);
    assert_int_equal(t.count[EV_TEAM_CAUGHT], 1);
    assert_int_equal(t.last[EV_TEAM_CAUGHT].cause.ref, t.last[EV_TEAM_ENDANGERED].seq);
    assert_true(t.last[EV_TEAM_ENDANGERED].also.ref > 0);
    close_stage(&s);
}

static uint64_t state_hash(struct stage *s)
{
    static struct walk w;
    return world_hash(&s->world, &w);
}

/* Saved in the middle and loaded into a fresh world, the drill goes on to the same bits. */
static void restore(void **state)
{
    (void)state;
    static uint8_t bytes[1 << 24];
    struct stage a = {0}, b = {0};
    static struct walk w;
    open_stage(&a, N, 600.0, 1500.0, "GR2");
    run(&a, 40, NULL);
    add_line(&a, 8.0);
    wind(&a, 4.0, 225.0);
    run(&a, 35, NULL);
    walk_begin_save(&w, bytes, sizeof bytes);
    world_walk(&a.world, &w);
    assert_false(w.bad);
    size_t size = w.size;
    open_stage(&b, N, 600.0, 1500.0, "GR2");
    b.world.events = 0;
    walk_begin_load(&w, bytes, size);
    world_walk(&b.world, &w);
    assert_false(w.bad);
    assert_true(state_hash(&a) == state_hash(&b));
    for (int i = 0; i < 150; i++) {
        if (i == 30) {
            wind(&a, 9.0, 200.0);
            wind(&b, 9.0, 200.0);
        }
        run(&a, 1, NULL);
        run(&b, 1, NULL);
        if (state_hash(&a) != state_hash(&b))
            fail_msg("differs at minute %d", i);
    }
    assert_true(burnt(&a) > 20.0);
    close_stage(&a);
    close_stage(&b);
}

static void refusals(void **state)
{
    (void)state;
    struct stage s = {0};
    struct err e;
    memset(&s, 0, sizeof s);
    arena_init(&s.arena, 0);
    make_grids(&s, N);
    make_atlas(&s);
    assert_int_equal(try_open(&s, section(&s.arena, 2990.0, 100.0, "GR2"), &e), RC_INPUT);
    assert_non_null(strstr(e.text[LANG_EN], "2990"));
    assert_int_equal(try_open(&s, section(&s.arena, -5.0, 100.0, "GR2"), &e), RC_INPUT);
    assert_int_equal(try_open(&s, section(&s.arena, 600.0, 100.0, "XX2"), &e), RC_INPUT);
    struct doc *d = section(&s.arena, 600.0, 100.0, "GR2");
    put_num(&s.arena, d, "dead", 4.0);
    assert_int_equal(try_open(&s, d, &e), RC_INPUT);
    char *at = strstr(s.fuel, "1 1 1 1");
    at[0] = '7';
    assert_int_equal(try_open(&s, section(&s.arena, 600.0, 100.0, "GR2"), &e), RC_INPUT);
    assert_non_null(strstr(e.text[LANG_EN], "7"));
    at[0] = '1';
    s.atlas.map.width_m = 4000.0;
    assert_int_equal(try_open(&s, section(&s.arena, 600.0, 100.0, "GR2"), &e), RC_INPUT);
    s.atlas.map.width_m = 3000.0;
    s.dem[strlen(s.dem) - 8] = '\0';
    assert_int_equal(try_open(&s, section(&s.arena, 600.0, 100.0, "GR2"), &e), RC_INPUT);
    close_stage(&s);
}

static void wang_model_runs(void **state)
{
    (void)state;
    struct stage s = {0};
    struct err e;
    memset(&s, 0, sizeof s);
    arena_init(&s.arena, 0);
    make_grids(&s, N);
    make_atlas(&s);
    assert_int_equal(world_init(&s.world, &s.atlas, 1, &s.arena, &e), RC_OK);
    struct doc *d = section(&s.arena, 600.0, 1500.0, "TL8");
    put_text(&s.arena, d, "spread", "wangzhengfei");
    if (try_open(&s, d, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(hazard_wire(&fire_hazard, s.fire, &s.world, &s.arena, &e), RC_OK);
    wind(&s, 6.0, 270.0);
    run(&s, 120, NULL);
    assert_true(burnt(&s) > 5.0);
    close_stage(&s);
}

/* 400 x 400 cells, 6 h, 360 steps: in a few hundredths of a second; a generous bound for slow
 * hosts. */
static void speed(void **state)
{
    (void)state;
    struct stage s = {0};
    open_stage(&s, 400, 3000.0, 6000.0, "GS2");
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    for (int h = 0; h < 6; h++) {
        wind(&s, 3.0 + h, 250.0 + 10.0 * h);
        run(&s, 60, NULL);
    }
    clock_gettime(CLOCK_MONOTONIC, &b);
    double ms = (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6;
    print_message("fire alone, 400 x 400, 6 h: %.1f ms, %.0f ha, front %.0f m\n", ms, burnt(&s),
                  fire_hazard.measure(s.fire, 2));
    assert_true(burnt(&s) > 100.0);
    assert_true(ms < 2000.0);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(course_of_events),
        cmocka_unit_test(line_holds_or_not),
        cmocka_unit_test(line_in_pieces),
        cmocka_unit_test(direct_attack),
        cmocka_unit_test(team_is_caught),
        cmocka_unit_test(restore),
        cmocka_unit_test(refusals),
        cmocka_unit_test(wang_model_runs),
        cmocka_unit_test(speed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects what one hazard tells another of a point: it reads how it was at the end of the step before, whichever of the two
 * steps first; of several that know, the greatest; nothing off the grid, on another level or where the source says nothing;
 * and a state put back reads as the straight run did. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "core/world/hazard.h"
#include "table.h"

/* A room of 4 x 2 cells of 10 m from (100, 200) that fills with smoke: 0.5 a step in its west, 2 in its east. */
enum { COLS = 4, ROWS = 2 };
struct room {
    float smoke[COLS * ROWS];
    double co, co_before; /* of a gallery: it keeps what was itself */
};

/* People who breathe it: what they read in each step adds up. */
struct crowd {
    double dose, last, co;
};

static void room_step(void *self, struct world *w)
{
    struct room *r = self;
    (void)w;
    for (int i = 0; i < COLS * ROWS; i++)
        r->smoke[i] += i % COLS < 2 ? 0.5f : 2.0f;
    r->co_before = r->co;
    r->co += 10.0;
}

static void room_walk(void *self, struct walk *w)
{
    struct room *r = self;
    walk_f32(w, "smoke", r->smoke, COLS * ROWS);
    walk_f64(w, "co", &r->co, 1);
    walk_f64(w, "co_before", &r->co_before, 1);
}

static double gallery_co(const void *self, double x_m, double y_m)
{
    (void)y_m;
    return x_m < 50.0 ? (double)NAN : ((const struct room *)self)->co_before;
}

static int room_fields(const void *self, struct field_source *out, int max)
{
    const struct room *r = self;
    assert_true(max >= 2);
    out[0] = (struct field_source){.quantity = QUANTITY_SMOKE_K, .cols = COLS, .rows = ROWS, .cell_m = 10.0, .west_m = 100.0,
                                   .south_m = 200.0, .value = r->smoke};
    out[1] = (struct field_source){.quantity = QUANTITY_CO_PPM, .level = -200, .at = gallery_co, .self = r};
    return 2;
}

static void crowd_step(void *self, struct world *w)
{
    struct crowd *c = self;
    c->last = fields_at(w, QUANTITY_SMOKE_K, 135.0, 205.0, 0, -1.0);
    c->co = fields_at(w, QUANTITY_CO_PPM, 60.0, 0.0, -200, -1.0);
    c->dose += c->last;
}

static void crowd_walk(void *self, struct walk *w)
{
    struct crowd *c = self;
    walk_f64(w, "dose", &c->dose, 1);
    walk_f64(w, "last", &c->last, 1);
    walk_f64(w, "co", &c->co, 1);
}

static const struct hazard_ops room_hazard = {.owner = 2, .slice = {"room", NULL, room_step, room_walk}, .section = "room", .fields = room_fields};
static const struct hazard_ops crowd_hazard = {.owner = 3, .slice = {"crowd", NULL, crowd_step, crowd_walk}, .section = "crowd"};

struct stand {
    struct arena arena;
    struct atlas atlas;
    struct world world;
    struct room room;
    struct crowd crowd;
};

static void begin(struct stand *s, bool reader_first)
{
    struct err e = {0};
    memset(s, 0, sizeof *s);
    arena_init(&s->arena, 0);
    if (atlas_read(table_doc(&s->arena, SMALL_SCENARIO), &s->arena, &s->atlas, &e) != RC_OK ||
        world_init(&s->world, &s->atlas, 1, &s->arena, &e) != RC_OK ||
        (reader_first && hazard_wire(&crowd_hazard, &s->crowd, &s->world, &s->arena, &e) != RC_OK) ||
        hazard_wire(&room_hazard, &s->room, &s->world, &s->arena, &e) != RC_OK ||
        (!reader_first && hazard_wire(&crowd_hazard, &s->crowd, &s->world, &s->arena, &e) != RC_OK))
        fail_msg("%s", err_text(&e, LANG_EN));
}

static void steps(struct stand *s, int n)
{
    for (int i = 0; i < n; i++) {
        s->world.now_ms += s->world.tick_ms;
        s->world.events = 0;
        world_step(&s->world);
    }
}

static struct stand one, two;

static void one_step_late_in_either_order(void **state)
{
    (void)state;
    for (int first = 0; first < 2; first++) {
        begin(&one, first != 0);
        steps(&one, 1);
        assert_true(one.crowd.last == 0.0 && one.room.smoke[3] == 2.0f); /* the room was clear when the step began */
        steps(&one, 1);
        assert_true(one.crowd.last == 2.0);
        steps(&one, 8);
        assert_true(one.crowd.last == 18.0 && one.crowd.dose == 90.0);
        arena_free(&one.arena);
    }
}

/* A function answers for itself, so the reader after it in order reads what it kept. */
static void a_function_keeps_it_itself(void **state)
{
    (void)state;
    begin(&one, false);
    steps(&one, 5);
    assert_true(one.crowd.co == 40.0);
    assert_true(fields_at(&one.world, QUANTITY_CO_PPM, 10.0, 0.0, -200, -7.0) == -7.0); /* NaN there */
    assert_true(fields_at(&one.world, QUANTITY_CO_PPM, 60.0, 0.0, 0, -7.0) == -7.0);    /* another level */
    arena_free(&one.arena);
}

static void where_it_lies(void **state)
{
    static float deep[1] = {1.25f};
    struct err e = {0};
    (void)state;
    begin(&one, false);
    steps(&one, 4);
    const struct world *w = &one.world;
    assert_true(fields_at(w, QUANTITY_SMOKE_K, 100.0, 200.0, 0, -1.0) == 2.0);
    assert_true(fields_at(w, QUANTITY_SMOKE_K, 139.9, 219.9, 0, -1.0) == 8.0);
    assert_true(fields_at(w, QUANTITY_SMOKE_K, 140.0, 205.0, 0, -1.0) == -1.0);
    assert_true(fields_at(w, QUANTITY_SMOKE_K, 99.9, 205.0, 0, -1.0) == -1.0);
    assert_true(fields_at(w, QUANTITY_DEPTH_M, 100.0, 200.0, 0, 0.0) == 0.0);
    /* A second that knows smoke: the greater of both holds; where it says nothing, the other. */
    const struct field_source more = {.quantity = QUANTITY_SMOKE_K, .cols = 1, .rows = 1, .cell_m = 1000.0, .value = deep};
    assert_int_equal(fields_add(&one.world.fields, &more, &one.arena, &e), RC_OK);
    deep[0] = 3.0f;
    fields_turn(&one.world.fields);
    assert_true(fields_at(w, QUANTITY_SMOKE_K, 105.0, 205.0, 0, -1.0) == 3.0);
    assert_true(fields_at(w, QUANTITY_SMOKE_K, 135.0, 205.0, 0, -1.0) == 8.0);
    deep[0] = (float)NAN;
    fields_turn(&one.world.fields);
    assert_true(fields_at(w, QUANTITY_SMOKE_K, 105.0, 205.0, 0, -1.0) == 2.0);
    for (int i = one.world.fields.count; i < FIELDS_MAX; i++)
        assert_int_equal(fields_add(&one.world.fields, &more, &one.arena, &e), RC_OK);
    assert_int_equal(fields_add(&one.world.fields, &more, &one.arena, &e), RC_LIMIT);
    arena_free(&one.arena);
}

static struct walk walk;

static void a_state_put_back_reads_the_same(void **state)
{
    (void)state;
    begin(&one, false);
    begin(&two, false);
    steps(&one, 6);
    walk_begin_save(&walk, NULL, 0);
    world_walk(&one.world, &walk);
    uint8_t *bytes = malloc(walk.size);
    assert_non_null(bytes);
    const size_t size = walk.size;
    walk_begin_save(&walk, bytes, size);
    world_walk(&one.world, &walk);
    walk_begin_load(&walk, bytes, size);
    world_walk(&two.world, &walk);
    assert_false(walk.bad);
    free(bytes);
    for (int i = 0; i < 4; i++) {
        steps(&one, 1);
        steps(&two, 1);
        assert_true(one.crowd.last == two.crowd.last && one.crowd.last > 0.0);
        assert_true(world_hash(&one.world, &walk) == world_hash(&two.world, &walk));
    }
    arena_free(&one.arena);
    arena_free(&two.arena);
}

static void quantities_have_rows(void **state)
{
    (void)state;
    for (int q = 0; q < QUANTITIES; q++)
        assert_true(quantity_row((enum quantity)q)->name != NULL && quantity_row((enum quantity)q)->zh != NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_step_late_in_either_order), cmocka_unit_test(a_function_keeps_it_itself),
        cmocka_unit_test(where_it_lies),                 cmocka_unit_test(a_state_put_back_reads_the_same),
        cmocka_unit_test(quantities_have_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects the watch over "facts change in apply alone": a fact that a step or a rule writes is
 * named with its slice, the moment and what came next; one that an event writes, and quantities
 * that a step carries on, are not. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/world/facts.h"
#include "core/world/world.h"
#include "table.h"

struct toy {
    int32_t gate, hidden;
    double level;
    bool cheats, late;
};

static void toy_apply(void *self, const struct world *w, const struct event *e)
{
    (void)w;
    struct toy *t = self;
    if (e->kind == EV_DRILL_STARTED)
        t->gate++;
}

static void toy_step(void *self, struct world *w)
{
    struct toy *t = self;
    t->level += 0.5;
    if (t->cheats)
        t->gate = 7;
    world_emit(w, &(struct event){.kind = EV_DRILL_STARTED});
    if (t->late)
        t->hidden = 1;
}

static void toy_walk(void *self, struct walk *w)
{
    struct toy *t = self;
    walk_facts(w, "gate late_gate");
    walk_i32(w, "gate", &t->gate, 1);
    walk_f64(w, "level", &t->level, 1);
    if (t->hidden)
        walk_i32(w, "late_gate", &t->hidden, 1); /* a field that is there only now */
}

static const struct slice_ops toy_ops = {"toy", toy_apply, toy_step, toy_walk};

static void what_is_written_without_an_event_is_named(void **state)
{
    static struct fact_watch watch;
    struct arena a;
    struct atlas at;
    struct err e;
    struct world w;

    (void)state;
    for (int how = 0; how < 3; how++) {
        struct toy t = {.cheats = how == 1, .late = how == 2};
        arena_init(&a, 0);
        assert_int_equal(atlas_read(table_doc(&a, SMALL_SCENARIO), &a, &at, &e), RC_OK);
        assert_int_equal(world_init(&w, &at, 1, &a, &e), RC_OK);
        world_add(&w, &toy_ops, &t);
        watch = (struct fact_watch){0};
        w.watch = &watch;
        for (int step = 0; step < 3; step++) {
            w.events = 0;
            w.now_ms += w.tick_ms;
            world_step(&w);
        }
        assert_int_equal(t.gate, how == 1 ? 8 : 3);
        if (how == 0) {
            assert_null(watch.slice);
            assert_true(watch.looks >= 6);
            struct text name;
            assert_string_equal(facts_unknown(&watch, 0, &name), "toy"); /* it never came */
            assert_true(text_is(name, "late_gate"));
            assert_null(facts_unknown(&watch, 1, &name));
        } else {
            assert_string_equal(watch.slice, "toy");
            assert_string_equal(watch.field, how == 1 ? "gate" : "late_gate");
            assert_int_equal(watch.t_ms, how == 1 ? 2 * w.tick_ms : w.tick_ms);
            assert_int_equal(watch.before, how == 1 ? EV_DRILL_STARTED : -1);
        }
        arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_written_without_an_event_is_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

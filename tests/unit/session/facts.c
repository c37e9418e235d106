/* Protects "facts change in apply alone" over whole drills: every bot of the forest fire and of the
 * small scenario is played with the watch on, and nothing that a slice calls a fact changes outside
 * the apply of an event. Every name is a field's. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core/world/facts.h"
#include "session/session.h"

static void play(const char *folder, const char *bot, uint64_t seed, struct fact_watch *watch)
{
    struct session *s;
    struct err e = {0};
    struct session_options opt = {.seed = seed, .bot = bot};
    memset(watch, 0, sizeof(*watch));
    if (session_new(folder, &opt, &s, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    session_world(s)->watch = watch;
    if (session_run_until(s, INT64_MAX, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    if (watch->slice)
        fail_msg("%s of %s seed %d: %s.%s changed outside apply at %lld s, before %s", bot, folder,
                 (int)seed, watch->slice, watch->field, (long long)watch->t_ms / 1000,
                 watch->before < 0 ? "the end of the step" : event_row(watch->before)->name);
    session_close(s);
}

static void facts_change_in_apply_alone(void **state)
{
    static struct fact_watch watch;
    (void)state;
    static const char *const bots[] = {"textbook", "late", "chaotic", "do_nothing"};
    for (int b = 0; b < COUNT_OF(bots); b++)
        play("scenarios/forest_fire", bots[b], 1, &watch);
    play("tests/data/small", "quick", 7, &watch);
    play("scenarios/forest_fire", "textbook", 2, &watch);
    assert_true(watch.looks > 500);
    assert_true(watch.kept.named_count > 8);
    struct text name;
    const char *slice = facts_unknown(&watch, 0, &name);
    if (slice)
        fail_msg("walk_facts of %s names %.*s, and no field has that name", slice, name.len,
                 name.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(facts_change_in_apply_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

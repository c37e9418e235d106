/* Protects words by owner: names are unlike over all owners, numbers say whose they are, a scenario without a hazard does not
 * know that hazard's words, and what teams usually do follows from kinds and tasks alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/world/event.h"
#include "core/order/vocab.h"

static const enum value_kind OWNED[] = {VK_TASK, VK_REASON, VK_TACTIC, VK_PLACE_KIND, VK_TEAM_KIND, VK_LINE_KIND,
                                         VK_ASSET_KIND, VK_SETTING, VK_HAZARD, VK_TOPIC};

/* A name that two owners used would be read as the first one's. */
static void names_are_unlike(void **state)
{
    (void)state;
    for (int v = verb_next(NULL, -1); v >= 0; v = verb_next(NULL, v)) {
        assert_int_equal(verb_find(text_of(verb_row(v)->name)), v);
        assert_int_equal(verb_find(text_of(verb_row(v)->zh)), v);
        if (verb_row(v)->alias_zh != NULL)
            assert_int_equal(verb_find(text_of(verb_row(v)->alias_zh)), v);
    }
    for (int k = event_next(NULL, -1); k >= 0; k = event_next(NULL, k))
        assert_int_equal(event_find(text_of(event_row(k)->name)), k);
    for (int i = 0; i < COUNT_OF(OWNED); i++)
        for (int32_t v = word_next(NULL, OWNED[i], -1); v >= 0; v = word_next(NULL, OWNED[i], v)) {
            assert_int_equal(word_find(NULL, OWNED[i], text_of(word_name(NULL, OWNED[i], v))), v);
            assert_int_equal(word_find(NULL, OWNED[i], word_title(NULL, OWNED[i], v).zh), v);
        }
}

/* The first headline of the hazards that a scenario has is what its reports state; a scenario without any has none. */
static void headlines_are_the_hazards(void **state)
{
    const struct names other = {.owners = 1u << 6}, none = {.owners = 0};
    int32_t first = topic_headline(&none, -1);
    char text[64];
    struct buf b = BUF_ON(text);

    (void)state;
    assert_true(first >> OWN_BITS > OWN_CORE);
    assert_int_equal(topic_headline(&other, -1), -1);
    for (int32_t t = word_next(NULL, VK_TOPIC, -1); t >= 0; t = word_next(NULL, VK_TOPIC, t)) {
        const struct topic_row *row = topic_row(NULL, t);
        assert_true(row->scale > 0.0 && row->zh[0] && row->en[0]);
        assert_true(!row->headline || row->entity == ENT_COUNT); /* said without naming a place or a team */
        assert_true(t >> OWN_BITS > OWN_CORE || !row->headline);
    }
    topic_format(first, 123, NULL, LANG_ZH, &b);
    assert_string_equal(b.at, "12.3 公顷");
}

/* A record of a program that said what kind of hazard it was, by the names it had for the fields. */
static void fields_keep_their_earlier_names(void **state)
{
    const struct event saw = {.kind = EV_TEAM_SAW, .i = {0, -1, -1}, .f = {3.5, 100.0}};
    char text[160];
    struct buf b = BUF_ON(text);

    (void)state;
    assert_true(event_num(&saw, "size", -1.0) == 3.5 && event_num(&saw, "value", -1.0) == 3.5);
    assert_int_equal(event_field(EV_REPORT_SENT, "area"), event_field(EV_REPORT_SENT, "fact"));
    assert_int_equal(verb_arg_find(VERB_REPORT, "area"), verb_arg_find(VERB_REPORT, "fact"));
    assert_int_equal(verb_arg_find(VERB_TELL, "面积"), verb_arg_find(VERB_TELL, "fact"));
    event_format(&saw, NULL, LANG_ZH, &b);
    assert_non_null(strstr(text, "3.5 公顷"));
}

/* The numbers are a fixed scheme: owner << 8 | row, rows from 0 without a gap. */
static void numbers_say_the_owner(void **state)
{
    int last = -1, owners = 0;

    (void)state;
    for (int k = event_next(NULL, -1); k >= 0; last = k, k = event_next(NULL, k)) {
        assert_true(k > last);
        assert_true(k == last + 1 || (k & 255) == 0);
        owners += (k & 255) == 0;
        assert_true((k & 255) < vocab_of(NULL, k >> OWN_BITS)->events);
    }
    assert_true(owners >= 2); /* core and a hazard */
    assert_false(verb_valid(-1));
    assert_false(verb_valid(CORE_VERBS));
    assert_false(verb_valid(EVENT_KINDS));
    assert_false(word_valid(NULL, VK_TASK, (OWN_SCENARIO << OWN_BITS) + 0));
    assert_false(word_valid(NULL, VK_LEVEL, 5));
    assert_true(word_valid(NULL, VK_LEVEL, 4));
    assert_string_equal(word_name(NULL, VK_REASON, 255), "-");
}

/* A scenario that has another hazard only: words of the first are not offered, not found, but still have rows. */
static void absent_hazards_words(void **state)
{
    struct names n = {.owners = 1u << 6};
    const int32_t uphill = word_find(NULL, VK_REASON, TEXT("uphill"));

    (void)state;
    assert_true(uphill >> OWN_BITS != OWN_CORE);
    assert_int_equal(word_find(&n, VK_REASON, TEXT("uphill")), -1);
    assert_int_equal(word_find(&n, VK_TEAM_KIND, TEXT("fire_pro")), -1);
    assert_true(word_find(&n, VK_TEAM_KIND, TEXT("police")) >= 0);
    assert_string_equal(word_name(&n, VK_REASON, uphill), "uphill");
    for (int v = verb_next(&n, -1); v >= 0; v = verb_next(&n, v))
        assert_int_equal(v >> OWN_BITS, OWN_CORE);
    for (int k = event_next(&n, -1); k >= 0; k = event_next(&n, k))
        assert_int_equal(k >> OWN_BITS, OWN_CORE);
    n.owners = 1u << (uphill >> OWN_BITS);
    assert_int_equal(word_find(&n, VK_REASON, TEXT("uphill")), uphill);
}

/* What the scenario itself declares lives with its names. */
static void words_of_the_scenario(void **state)
{
    static const struct task_row tasks[] = {{.name = "sweep", .zh = "清扫", .en = "sweep"}};
    static const struct vocab own = {.name = "own", .task = tasks, .tasks = 1};
    const struct names n = {.own = &own};
    const int32_t sweep = word_find(&n, VK_TASK, TEXT("清扫"));

    (void)state;
    assert_int_equal(sweep, OWN_SCENARIO << OWN_BITS);
    assert_string_equal(task_row(&n, sweep)->en, "sweep");
    assert_int_equal(word_find(NULL, VK_TASK, TEXT("sweep")), -1);
    struct task_set set = {{0}};
    task_set_add(&set, sweep);
    for (int32_t t = word_next(&n, VK_TASK, -1); t >= 0; t = word_next(&n, VK_TASK, t))
        assert_int_equal(task_set_has(set, t), t == sweep);
}

/* Every class of event is used, and those that the log reads as losses are no mere remarks. */
static void classes(void **state)
{
    int seen[4] = {0}, turns = 0;

    (void)state;
    for (int k = event_next(NULL, -1); k >= 0; k = event_next(NULL, k)) {
        seen[event_class(k)]++;
        turns += event_turns(k);
    }
    for (int i = 0; i < 4; i++)
        assert_true(seen[i] > 0);
    assert_true(turns > 20);
    assert_int_equal(event_class(EV_PEOPLE_HURT), EVENT_LOSS);
    assert_true(event_turns(EV_PEOPLE_HURT));
    assert_int_equal(event_class(EV_TEAM_ROAD), EVENT_QUIET);
    assert_int_equal(event_class(EV_INJECT_MOVED), EVENT_INJECT);
    assert_false(event_turns(EV_TEAM_ROAD));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headlines_are_the_hazards), cmocka_unit_test(fields_keep_their_earlier_names),
        cmocka_unit_test(names_are_unlike),      cmocka_unit_test(numbers_say_the_owner),
        cmocka_unit_test(absent_hazards_words),  cmocka_unit_test(words_of_the_scenario),
        cmocka_unit_test(classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

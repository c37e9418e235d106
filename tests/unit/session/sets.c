/* Protects the shipped indicator sets: every text in both languages, sheets that can be dealt out by stage and role, evidence of
 * its own kind on every item that claims the log, scales on which each level comes back as itself, measures that every scenario has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/num.h"
#include "response/response.h"
#include "session/sets.h"

static const char *const names[] = {"tabletop", "live", "preparation", "hseep", "forest_fire", "self", "survey"};

static struct arena arena;

static struct rubric *shipped(const char *name)
{
    char file[64], path[SET_PATH];
    struct buf b = BUF_ON(file);
    buf_str(&b, "assets/indicators/");
    buf_str(&b, name);
    buf_str(&b, ".lua");
    struct text bytes;
    struct err e = {0};
    struct rubric *set = ARENA_NEW(&arena, struct rubric, 1);
    assert_non_null(set);
    if (set_find(file, &arena, path, &bytes, &e) != RC_OK || set_read(path, bytes, NULL, &arena, set, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_true(text_eq(set->id, text_of(name)));
    return set;
}

/* Chinese is not all ASCII, English is: neither is missing and the two were not swapped. */
static void both(const char *set, struct text id, struct title t)
{
    bool wide = false, narrow = t.en.len > 0;
    for (int i = 0; i < t.zh.len; i++)
        wide = wide || (unsigned char)t.zh.at[i] >= 0x80;
    for (int i = 0; i < t.en.len; i++)
        narrow = narrow && (unsigned char)t.en.at[i] < 0x80;
    if (!wide || !narrow)
        fail_msg("%s %.*s: '%.*s' / '%.*s'", set, id.len, id.at, t.zh.len, t.zh.at, t.en.len, t.en.at);
}

static void texts_in_both_languages(void **state)
{
    (void)state;
    for (int n = 0; n < COUNT_OF(names); n++) {
        const struct rubric *r = shipped(names[n]);
        both(names[n], r->id, r->title);
        both(names[n], r->id, r->note);
        assert_true(r->source.len > 0);
        for (int i = 0; i < r->projects; i++)
            both(names[n], r->project[i].id, r->project[i].title);
        for (int i = 0; i < r->phases; i++)
            both(names[n], r->phase[i].id, r->phase[i].title);
        for (int i = 0; i < r->roles; i++)
            both(names[n], r->role[i].id, r->role[i].title);
        for (int i = 0; i < r->scales; i++) {
            both(names[n], r->scale[i].id, r->scale[i].title);
            for (int k = 0; k < r->scale[i].levels; k++)
                both(names[n], r->scale[i].level[k].id, r->scale[i].level[k].title);
        }
        for (int i = 0; i < r->items; i++) {
            both(names[n], r->item[i].id, r->item[i].text);
            if (r->item[i].guide.zh.len + r->item[i].guide.en.len > 0)
                both(names[n], r->item[i].id, r->item[i].guide);
        }
    }
}

/* Every expert's item has a stage and a role, every project something to judge; what participants answer has no role. */
static void sheets_can_be_dealt_out(void **state)
{
    (void)state;
    for (int n = 0; n < COUNT_OF(names); n++) {
        const struct rubric *r = shipped(names[n]);
        bool experts = n < 5;
        int seen[RUBRIC_PROJECTS_MAX] = {0};
        assert_int_equal(r->phases, 4);
        assert_int_equal(r->roles, 6);
        for (int i = 0; i < r->items; i++) {
            const struct rubric_item *it = &r->item[i];
            if (it->phase < 0 || (it->role >= 0) != experts)
                fail_msg("%s %.*s: phase %d, role %d", names[n], it->id.len, it->id.at, it->phase, it->role);
            seen[it->project]++;
        }
        for (int i = 0; i < r->projects; i++)
            assert_true(seen[i] > 0 && r->project[i].weight > 0.0);
    }
}

static void log_items_have_rules_and_rules_the_log(void **state)
{
    (void)state;
    for (int n = 0; n < COUNT_OF(names); n++) {
        const struct rubric *r = shipped(names[n]);
        for (int i = 0; i < r->items; i++) {
            const struct rubric_item *it = &r->item[i];
            if (it->has_rule != ((it->way & WAY_LOG) != 0))
                fail_msg("%s %.*s: rule %d, way %u", names[n], it->id.len, it->id.at, it->has_rule, it->way);
            if (!it->has_rule || it->rule.measure.len == 0)
                continue;
            bool known = text_eq(r->id, TEXT("forest_fire")) && text_eq(it->rule.measure, TEXT("burnt_ha"));
            for (int m = 0; m < response_measure_count; m++)
                known = known || text_eq(it->rule.measure, text_of(response_measures[m].name));
            if (!known)
                fail_msg("%s %.*s: measure %.*s", names[n], it->id.len, it->id.at, it->rule.measure.len, it->rule.measure.at);
        }
    }
}

/* A level is worth a score that is that level: the two converters agree. Written marks come back in either language. */
static void levels_come_back(void **state)
{
    (void)state;
    for (int n = 0; n < COUNT_OF(names); n++) {
        const struct rubric *r = shipped(names[n]);
        for (int i = 0; i < r->items; i++) {
            const struct rubric_item *it = &r->item[i];
            for (int k = 0; it->method == METHOD_CHOICE && k < r->scale[it->scale].levels; k++) {
                const struct rubric_level *l = &r->scale[it->scale].level[k];
                double raw = -1.0;
                assert_int_equal(rubric_choice(&r->scale[it->scale], rubric_score(r, it, k)), k);
                assert_true(rubric_parse(r, it, l->title.zh, &raw) && num_abs(raw - k) < 1e-9);
                assert_true(rubric_parse(r, it, l->title.en, &raw) && num_abs(raw - k) < 1e-9);
            }
        }
    }
}

static void bands_of_hseep(void **state)
{
    (void)state;
    const struct rubric *r = shipped("hseep");
    static const struct {
        double score;
        int level;
    } want[] = {{100, 0}, {80, 0}, {79.99, 1}, {66, 1}, {65.99, 2}, {50, 2}, {49.99, 3}, {0, 3}};
    for (int i = 0; i < COUNT_OF(want); i++)
        assert_int_equal(rubric_choice(&r->scale[0], want[i].score), want[i].level);
    double raw = -1.0;
    assert_true(rubric_parse(r, &r->item[0], TEXT("M"), &raw) && num_abs(raw - 2.0) < 1e-9);
    assert_false(rubric_parse(r, &r->item[0], TEXT("X"), &raw));
    assert_false(rubric_parse(r, &r->item[0], TEXT("PS"), &raw));
}

/* Marks as the reference has them: what was seen in secondary copies is V2, all else of those tables U. */
static void marks_of_sources(void **state)
{
    (void)state;
    static const struct {
        const char *set;
        int copies;
    } want[] = {{"tabletop", 7}, {"live", 16}, {"preparation", 20}};
    for (int n = 0; n < COUNT_OF(want); n++) {
        const struct rubric *r = shipped(want[n].set);
        int copies = 0;
        for (int i = 0; i < r->items; i++) {
            copies += r->item[i].mark == SOURCE_COPY;
            assert_true(r->item[i].mark == SOURCE_COPY || r->item[i].mark == SOURCE_UNVERIFIED);
        }
        assert_int_equal(copies, want[n].copies);
    }
}

static void vetoes_of_forest_fire(void **state)
{
    (void)state;
    const struct rubric *r = shipped("forest_fire");
    int vetoes = 0;
    for (int i = 0; i < r->items; i++) {
        const struct rubric_item *it = &r->item[i];
        if (!it->veto)
            continue;
        vetoes++;
        double raw = -1.0;
        assert_true(rubric_parse(r, it, TEXT("有"), &raw));
        assert_true(rubric_score(r, it, raw) < it->veto_below);
        assert_true(rubric_parse(r, it, TEXT("无"), &raw));
        assert_true(rubric_score(r, it, raw) >= it->veto_below);
    }
    assert_int_equal(vetoes, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_in_both_languages),
        cmocka_unit_test(sheets_can_be_dealt_out),
        cmocka_unit_test(log_items_have_rules_and_rules_the_log),
        cmocka_unit_test(levels_come_back),
        cmocka_unit_test(bands_of_hseep),
        cmocka_unit_test(marks_of_sources),
        cmocka_unit_test(vetoes_of_forest_fire),
    };
    arena_init(&arena, 0);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}

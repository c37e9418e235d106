/* Protects the vocabulary of events: every kind reads as a whole sentence in both languages and its
 * fields fit the record. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/scenario/atlas.h"
#include "table.h"

struct fixture {
    struct arena arena;
    struct atlas atlas;
};

static int setup(void **state)
{
    static struct fixture f;
    struct err e;

    memset(&f, 0, sizeof f);
    arena_init(&f.arena, 0);
    if (atlas_read(table_doc(&f.arena, SMALL_SCENARIO), &f.arena, &f.atlas, &e) != RC_OK)
        return 1;
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    arena_free(&((struct fixture *)*state)->arena);
    return 0;
}

static void rows_fit(void **state)
{
    (void)state;
    for (int k = event_next(NULL, -1); k >= 0; k = event_next(NULL, k)) {
        const struct event_row *row = event_row(k);
        int ints = 0, nums = 0;
        for (const struct event_field *f = row->field; f->kind != VK_NONE; f++) {
            assert_true(f->name[0] != '\0');
            (*(f->kind == VK_NUM ? &nums : &ints))++;
        }
        if (ints > EVENT_INTS || nums > EVENT_NUMS)
            fail_msg("%s has too many fields", row->name);
        assert_int_equal(event_find(text_of(row->name)), k);
    }
    assert_int_equal(event_find(TEXT("nothing")), -1);
    assert_int_equal(event_field(event_find(TEXT("line_crossed")), "reason"), 2);
    assert_int_equal(event_field(event_find(TEXT("line_crossed")), "flame"), EVENT_INTS + 1);
    assert_int_equal(event_field(event_find(TEXT("line_crossed")), "place"), -1);
}

/* Every {field} of the templates is a field of the row. */
static void templates_name_fields(void **state)
{
    (void)state;
    for (int k = event_next(NULL, -1); k >= 0; k = event_next(NULL, k)) {
        const char *const both[2] = {event_row(k)->zh, event_row(k)->en};
        for (int i = 0; i < 2; i++)
            for (const char *s = strchr(both[i], '{'); s != NULL; s = strchr(s + 1, '{')) {
                char name[40] = "";
                size_t n = strcspn(s + 1, "}");
                assert_true(n < sizeof name);
                memcpy(name, s + 1, n);
                if (event_field(k, name) < 0)
                    fail_msg("%s: no field %s", event_row(k)->name, name);
            }
    }
}

static void sentences(void **state)
{
    const struct atlas *atlas = &((struct fixture *)*state)->atlas;

    for (int k = event_next(NULL, -1); k >= 0; k = event_next(NULL, k))
        for (int value = -1; value < 2; value++)
            for (int lang = 0; lang < LANG_COUNT; lang++) {
                char text[512];
                struct buf b = BUF_ON(text);
                struct event e = {.kind = k, .f = {1.25, 2.0, 3.0}};
                for (int i = 0; i < EVENT_INTS; i++)
                    e.i[i] = value;
                buf_clear(&b);
                event_format(&e, atlas, (enum lang)lang, &b);
                assert_true(b.len > 0 && !b.full);
                assert_null(strpbrk(text, "{}"));
                assert_true(text_is_utf8((struct text){text, b.len}));
            }
}

static void one_sentence(void **state)
{
    const struct atlas *atlas = &((struct fixture *)*state)->atlas;
    const struct event e = {.kind = event_find(TEXT("line_crossed")), .i = {0, 3, word_find(NULL, VK_REASON, TEXT("flame"))}, .f = {5.0, 2.34}};
    const struct event warn = {.kind = EV_WARNING_ISSUED, .i = {0, 1, -1}};
    const struct event left = {.kind = EV_TEAM_DEPARTED, .i = {0, 1, 5430000}};
    char text[256];
    struct buf b = BUF_ON(text);

    buf_clear(&b);
    event_format(&e, atlas, LANG_ZH, &b);
    assert_string_equal(text, "甲隔离带被突破：火焰过高（宽 5.0 米，火焰 2.3 米）");
    buf_clear(&b);
    event_format(&e, atlas, LANG_EN, &b);
    assert_string_equal(text, "Line A crossed: flames too high (width 5.0 m, flame 2.3 m)");
    buf_clear(&b);
    event_format(&warn, atlas, LANG_ZH, &b);
    assert_string_equal(text, "区政府发布红色预警，范围全部区域");
    buf_clear(&b);
    event_format(&left, atlas, LANG_ZH, &b);
    assert_string_equal(text, "专业队1出发，预计 1小时30分钟30秒 到达");
    assert_true(event_int(&e, "reason", -9) == e.i[2]);
    assert_true(event_int(&e, "place", -9) == -9);
    assert_true(event_num(&e, "flame", 0.0) > 2.33);
}

static void words(void **state)
{
    (void)state;
    assert_int_equal(word_count(VK_LEVEL), 5);
    assert_int_equal(word_find(NULL, VK_TASK, TEXT("侦察")), 1);
    assert_int_equal(word_find(NULL, VK_TASK, TEXT("recon")), 1);
    assert_int_equal(word_find(NULL, VK_TASK, TEXT("fly")), -1);
    assert_string_equal(word_name(NULL, VK_COLOUR, 1), "red");
    assert_string_equal(word_name(NULL, VK_COLOUR, 99), "-");
    assert_int_equal(word_count(VK_COUNT), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_fit),     cmocka_unit_test(templates_name_fields),
        cmocka_unit_test(sentences),    cmocka_unit_test(one_sentence),
        cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

/* Protects the vocabulary of events: every kind reads as a whole sentence in both languages, its fields
 * fit the record, and bytes of orders and events come back as they went. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/rng.h"
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
    for (int k = 0; k < EV_COUNT; k++) {
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
    assert_int_equal(event_field(EV_LINE_CROSSED, "reason"), 2);
    assert_int_equal(event_field(EV_LINE_CROSSED, "flame"), EVENT_INTS + 1);
    assert_int_equal(event_field(EV_LINE_CROSSED, "place"), -1);
}

/* Every {field} of the templates is a field of the row. */
static void templates_name_fields(void **state)
{
    (void)state;
    for (int k = 0; k < EV_COUNT; k++) {
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

    for (int k = 0; k < EV_COUNT; k++)
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
    const struct event e = {.kind = EV_LINE_CROSSED, .i = {0, 3, 1}, .f = {5.0, 2.34}};
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
    assert_true(event_int(&e, "reason", -9) == 1);
    assert_true(event_int(&e, "place", -9) == -9);
    assert_true(event_num(&e, "flame", 0.0) > 2.33);
}

static void words(void **state)
{
    (void)state;
    assert_int_equal(word_count(VK_LEVEL), 5);
    assert_int_equal(word_find(VK_TASK, TEXT("开设隔离带")), 2);
    assert_int_equal(word_find(VK_TASK, TEXT("line")), 2);
    assert_int_equal(word_find(VK_TASK, TEXT("fly")), -1);
    assert_string_equal(word_name(VK_COLOUR, 1), "red");
    assert_string_equal(word_name(VK_COLOUR, 99), "-");
    assert_int_equal(word_count(VK_COUNT), 0);
}

static void event_bytes(void **state)
{
    uint8_t bytes[256], again[256];

    (void)state;
    for (int k = 0; k < EV_COUNT; k++) {
        struct event e = {.seq = 77, .t_ms = -5, .kind = k, .cause = {CAUSE_ORDER, 12},
                          .also = {CAUSE_ABSENCE, VERB_EVACUATE}};
        struct event back;
        int ints = 0, nums = 0, size;
        for (const struct event_field *f = event_row(k)->field; f->kind != VK_NONE; f++) {
            if (f->kind == VK_NUM)
                e.f[nums++] = -1.0 / 3.0;
            else
                e.i[ints++] = -1 - k;
        }
        size = event_encode(&e, bytes, sizeof bytes);
        assert_true(size > 0);
        assert_int_equal(event_encode(&e, again, size - 1), 0);
        assert_true(event_decode(bytes, size, &back));
        assert_int_equal(event_encode(&back, again, sizeof again), size);
        assert_memory_equal(bytes, again, (size_t)size);
        assert_memory_equal(e.i, back.i, sizeof e.i);
        assert_memory_equal(e.f, back.f, sizeof e.f);
        for (int cut = 0; cut < size; cut++)
            assert_false(event_decode(bytes, cut, &back));
        bytes[size] = 0;
        assert_false(event_decode(bytes, size + 1, &back));
    }
}

static void order_bytes(void **state)
{
    uint8_t bytes[1024], again[1024];

    (void)state;
    for (int v = 0; v < VERB_COUNT; v++) {
        struct order o = {.seq = 3, .at_ms = 1LL << 40, .verb = v, .agency = v % 2 - 1,
                          .origin = ORIGIN_SCRIPT, .cause = {CAUSE_EVENT, 1LL << 33}};
        struct order back;
        int size;
        for (int a = 0; a < ORDER_ARGS && verb_row(v)->arg[a].name != NULL; a++) {
            bool give = a % 2 == 0;
            o.given |= (uint32_t)give << a;
            o.arg[a] = give ? 1 : value_entity(verb_row(v)->arg[a].kind) != ENT_COUNT ? -1 : 0;
        }
        memcpy(o.text, "群众已转移\n\"ok\"", sizeof "群众已转移\n\"ok\"");
        size = order_encode(&o, bytes, sizeof bytes);
        assert_true(size > 0);
        assert_int_equal(order_encode(&o, again, size - 1), 0);
        assert_true(order_decode(bytes, size, &back));
        assert_int_equal(back.verb, o.verb);
        assert_int_equal(back.at_ms, o.at_ms);
        assert_int_equal(back.agency, o.agency);
        assert_memory_equal(back.arg, o.arg, sizeof o.arg);
        assert_string_equal(back.text, o.text);
        assert_int_equal(order_encode(&back, again, sizeof again), size);
        assert_memory_equal(bytes, again, (size_t)size);
        for (int cut = 0; cut < size; cut++)
            assert_false(order_decode(bytes, cut, &back));
    }
}

/* Bytes that are no record, and records with one byte changed: refused, or a record with one spelling. */
static void random_bytes(void **state)
{
    struct rng rng = rng_make(9, 9, 9);
    struct order o = {.verb = VERB_DISPATCH, .given = 7, .arg = {1, 2, 3}, .text = "x"};
    struct event e = {.kind = EV_TEAM_ORDERED};
    uint8_t bytes[600], again[1024];

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct order back;
        struct event event;
        int size = i % 3 == 0   ? (int)rng_range(&rng, 0, (int64_t)sizeof bytes)
                   : i % 3 == 1 ? order_encode(&o, bytes, sizeof bytes)
                                : event_encode(&e, bytes, sizeof bytes);
        for (int k = 0; k < size && i % 3 == 0; k++)
            bytes[k] = (uint8_t)rng_u64(&rng);
        if (size > 0)
            bytes[rng_range(&rng, 0, size - 1)] = (uint8_t)rng_u64(&rng);
        if (order_decode(bytes, size, &back)) {
            assert_int_equal(order_encode(&back, again, sizeof again), size);
            assert_memory_equal(bytes, again, (size_t)size);
        }
        if (event_decode(bytes, size, &event)) {
            assert_int_equal(event_encode(&event, again, sizeof again), size);
            assert_memory_equal(bytes, again, (size_t)size);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_fit),     cmocka_unit_test(templates_name_fields),
        cmocka_unit_test(sentences),    cmocka_unit_test(one_sentence),
        cmocka_unit_test(words),        cmocka_unit_test(event_bytes),
        cmocka_unit_test(order_bytes),  cmocka_unit_test(random_bytes),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

/* Protects the bytes of orders and events: codec 2 brings back every verb, event and word as it went, by name, with one
 * spelling; fields that a later program adds read as none; unknown names are named; damage is refused. Codec 1 of earlier
 * programs reads into today's terms, whatever a verb's number meant then. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/rng.h"
#include "core/order/vocab.h"
#include "core/scenario/atlas.h"
#include "table.h"

static bool is_set(enum value_kind kind)
{
    return kind == VK_WARN_SET || kind == VK_LEVEL_SET || kind == VK_REPORT_SET;
}

/* Some value of a kind; pick chooses among words. */
static int64_t some_value(enum value_kind kind, int pick)
{
    if (is_set(kind))
        return pick % ((1 << word_count(kind)) - 1) + 1;
    if (kind == VK_SETTING && pick % 3 == 0)
        return SETTING_PERCENT + pick % 101;
    if (word_has_words(kind)) {
        int32_t word = word_next(NULL, kind, -1);
        for (int i = 0; i < pick % 40 && word_next(NULL, kind, word) >= 0; i++)
            word = word_next(NULL, kind, word);
        return word;
    }
    if (kind == VK_VERB)
        return pick % CORE_VERBS;
    return kind == VK_BOOL ? pick % 2 : 3 + pick;
}

static struct event some_event(int kind, int pick)
{
    struct event e = {.seq = 77, .t_ms = -5, .kind = kind, .cause = {CAUSE_ORDER, 12}, .also = {CAUSE_EVENT, 1LL << 33}};
    int ints = 0, nums = 0;

    for (const struct event_field *f = event_row(kind)->field; f->kind != VK_NONE; f++) {
        if (f->kind == VK_NUM)
            e.f[nums++] = -1.0 / 3.0;
        else
            e.i[ints++] = (int32_t)some_value(f->kind, pick);
    }
    return e;
}

static void event_bytes(void **state)
{
    uint8_t bytes[512], again[512];

    (void)state;
    for (int k = event_next(NULL, -1); k >= 0; k = event_next(NULL, k))
        for (int pick = 0; pick < 40; pick++) {
            struct event e = some_event(k, pick), back;
            if (pick % 2)
                e.also = (struct cause){CAUSE_ABSENCE, pick % CORE_VERBS};
            int size = event_encode(&e, bytes, sizeof bytes);
            assert_true(size > 0);
            assert_int_equal(event_encode(&e, again, size - 1), 0);
            assert_true(event_decode(bytes, size, CODEC_AGE, &back, NULL));
            assert_int_equal(event_encode(&back, again, sizeof again), size);
            assert_memory_equal(bytes, again, (size_t)size);
            assert_memory_equal(e.i, back.i, sizeof e.i);
            assert_memory_equal(e.f, back.f, sizeof e.f);
            assert_true(back.also.ref == e.also.ref);
            for (int cut = 0; cut < size; cut++)
                assert_false(event_decode(bytes, cut, CODEC_AGE, &back, NULL));
            bytes[size] = 0;
            assert_false(event_decode(bytes, size + 1, CODEC_AGE, &back, NULL));
        }
}

static void order_bytes(void **state)
{
    uint8_t bytes[2048], again[2048];

    (void)state;
    for (int v = verb_next(NULL, -1); v >= 0; v = verb_next(NULL, v))
        for (int pick = 0; pick < 40; pick++) {
            struct order o = {.seq = 3, .at_ms = 1LL << 40, .verb = v, .agency = v % 2 - 1, .origin = ORIGIN_SCRIPT,
                              .cause = {CAUSE_EVENT, 1LL << 33}};
            struct order back;
            for (int a = 0; a < ORDER_ARGS && verb_row(v)->arg[a].name != NULL; a++) {
                bool give = (a + pick) % 2 == 0;
                o.given |= (uint32_t)give << a;
                o.arg[a] = give ? some_value(verb_row(v)->arg[a].kind, pick)
                                : value_entity(verb_row(v)->arg[a].kind) != ENT_COUNT || verb_row(v)->arg[a].kind == VK_BARRIER ? -1 : 0;
            }
            memcpy(o.text, "群众已转移\n\"ok\"", sizeof "群众已转移\n\"ok\"");
            int size = order_encode(&o, bytes, sizeof bytes);
            assert_true(size > 0);
            assert_int_equal(order_encode(&o, again, size - 1), 0);
            assert_true(order_decode(bytes, size, CODEC_AGE, &back, NULL));
            assert_int_equal(back.verb, o.verb);
            assert_int_equal(back.at_ms, o.at_ms);
            assert_int_equal(back.agency, o.agency);
            assert_int_equal(back.given, o.given);
            assert_memory_equal(back.arg, o.arg, sizeof o.arg);
            assert_string_equal(back.text, o.text);
            assert_int_equal(order_encode(&back, again, sizeof again), size);
            assert_memory_equal(bytes, again, (size_t)size);
            for (int cut = 0; cut < size; cut++)
                assert_false(order_decode(bytes, cut, CODEC_AGE, &back, NULL));
        }
}

/* Where the fields of an event stand: after tag, codec, name, seq, t, two causes of nine bytes. */
static int fields_at(const struct event *e)
{
    return 2 + 1 + text_of(event_row(e->kind)->name).len + 8 + 8 + 18;
}

static int value_size(enum value_kind kind, const uint8_t *at)
{
    int size = 1;
    if (is_set(kind)) {
        for (int k = 0; k < at[0]; k++)
            size += 1 + at[size];
        return size;
    }
    return word_has_words(kind) || kind == VK_VERB ? 1 + at[0] : 4;
}

/* An event as a program with fewer fields at the end would have written it. */
static int shorter(const struct event *e, int keep_ints, int keep_nums, uint8_t *to)
{
    uint8_t bytes[512];
    int size = event_encode(e, bytes, sizeof bytes), at = fields_at(e), from = at + 1, i = 0, kept;

    memcpy(to, bytes, (size_t)at);
    kept = at + 1;
    to[at] = (uint8_t)keep_ints;
    for (const struct event_field *f = event_row(e->kind)->field; f->kind != VK_NONE; f++) {
        if (f->kind == VK_NUM)
            continue;
        int n = value_size(f->kind, bytes + from);
        if (i++ < keep_ints) {
            memcpy(to + kept, bytes + from, (size_t)n);
            kept += n;
        }
        from += n;
    }
    assert_int_equal(size - from, 1 + 8 * bytes[from]);
    to[kept++] = (uint8_t)keep_nums;
    memcpy(to + kept, bytes + from + 1, 8 * (size_t)keep_nums);
    return kept + 8 * keep_nums;
}

static void missing_fields_say_nothing(void **state)
{
    uint8_t bytes[512];

    (void)state;
    for (int k = event_next(NULL, -1); k >= 0; k = event_next(NULL, k)) {
        struct event e = some_event(k, 1), back;
        int ints = 0, nums = 0;
        for (const struct event_field *f = event_row(k)->field; f->kind != VK_NONE; f++)
            (*(f->kind == VK_NUM ? &nums : &ints))++;
        for (int i = 0; i <= ints; i++)
            for (int n = 0; n <= nums; n++) {
                int size = shorter(&e, i, n, bytes);
                assert_true(event_decode(bytes, size, CODEC_AGE, &back, NULL));
                for (int x = 0; x < ints; x++)
                    assert_int_equal(back.i[x], x < i ? e.i[x] : -1);
                for (int x = 0; x < nums; x++)
                    assert_true(back.f[x] == (x < n ? e.f[x] : -1.0));
            }
        /* One more than the program knows: a newer one wrote it. */
        int size = event_encode(&e, bytes, sizeof bytes);
        bytes[fields_at(&e)]++;
        assert_false(event_decode(bytes, size, CODEC_AGE, &back, NULL));
    }
}

static void unknown_names_are_named(void **state)
{
    struct order o = {.verb = VERB_DISPATCH, .given = 4, .arg = {-1, -1, word_find(NULL, VK_TASK, TEXT("line"))}}, back;
    struct event e = {.kind = EV_TEAM_REFUSED, .i = {1, word_find(NULL, VK_REASON, TEXT("flame")), 2}}, event;
    uint8_t bytes[512];
    struct err err = {0};

    (void)state;
    int size = order_encode(&o, bytes, sizeof bytes);
    memcpy(bytes + 3, "despatch", 8);
    assert_false(order_decode(bytes, size, CODEC_AGE, &back, &err));
    assert_int_equal(err.rc, RC_CORRUPT);
    assert_non_null(strstr(err.text[LANG_EN], "'despatch'"));
    assert_non_null(strstr(err.text[LANG_ZH], "“despatch”"));
    memcpy(bytes + 3, "dispatch", 8);
    for (int k = 0; k + 4 <= size; k++)
        if (memcmp(bytes + k, "line", 4) == 0)
            bytes[k] = 'w';
    assert_false(order_decode(bytes, size, CODEC_AGE, &back, &err));
    assert_non_null(strstr(err.text[LANG_EN], "'wine'"));
    size = event_encode(&e, bytes, sizeof bytes);
    bytes[3] = 'b';
    assert_false(event_decode(bytes, size, CODEC_AGE, &event, &err));
    assert_non_null(strstr(err.text[LANG_EN], "'beam_refused'"));
    bytes[3] = 't';
    bytes[1] = 9;
    assert_false(event_decode(bytes, size, CODEC_AGE, &event, &err));
    assert_int_equal(err.rc, RC_NEWER);
    assert_non_null(strstr(err.text[LANG_EN], "codec 9"));
    /* A title is no name: a record has one spelling. */
    bytes[1] = 2;
    assert_true(event_decode(bytes, size, CODEC_AGE, &event, &err));
}

/* Bytes that are no record, and records with one byte changed: refused, or a record with one spelling. */
static void random_bytes(void **state)
{
    struct rng rng = rng_make(9, 9, 9);
    struct order o = {.verb = VERB_DISPATCH, .given = 7, .arg = {1, 2, 3}, .text = "x"};
    struct event e = {.kind = EV_TEAM_ORDERED, .i = {1, 2, 3}};
    uint8_t bytes[600], again[2048];

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
        if (bytes[1] == 1)
            continue; /* codec 1 is read, never written */
        if (order_decode(bytes, size, CODEC_AGE, &back, NULL)) {
            assert_int_equal(order_encode(&back, again, sizeof again), size);
            assert_memory_equal(bytes, again, (size_t)size);
        }
        if (event_decode(bytes, size, CODEC_AGE, &event, NULL)) {
            assert_int_equal(event_encode(&event, again, sizeof again), size);
            assert_memory_equal(bytes, again, (size_t)size);
        }
    }
}

/* ---- codec 1, by hand ---- */

struct old {
    uint8_t at[1024];
    int size;
};

static void add(struct old *o, uint64_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        o->at[o->size++] = (uint8_t)(v >> (8 * i));
}

static void add_text(struct old *o, const char *text, int length_bytes)
{
    add(o, strlen(text), length_bytes);
    memcpy(o->at + o->size, text, strlen(text));
    o->size += (int)strlen(text);
}

static struct old old_order(const char *verb, int32_t agency, uint32_t given, const int64_t *arg, int args, const char *text)
{
    struct old o = {.size = 0};
    add(&o, 'O', 1);
    add(&o, 1, 1);
    add_text(&o, verb, 1);
    add(&o, 5, 8);
    add(&o, 720000, 8);
    add(&o, (uint32_t)agency, 4);
    add(&o, ORIGIN_ROOM, 1);
    add(&o, CAUSE_NONE, 1);
    add(&o, 0, 8);
    add(&o, given, 2);
    for (int i = 0; i < args; i++)
        add(&o, (uint64_t)arg[i], 8);
    add_text(&o, text, 2);
    return o;
}

static struct old old_event(const char *kind, int absent, const int32_t *i, int ints, const double *f, int nums)
{
    struct old o = {.size = 0};
    add(&o, 'E', 1);
    add(&o, 1, 1);
    add_text(&o, kind, 1);
    add(&o, 9, 8);
    add(&o, 60000, 8);
    add(&o, absent >= 0 ? CAUSE_ABSENCE : CAUSE_NONE, 1);
    add(&o, absent >= 0 ? (uint64_t)absent : 0, 8);
    add(&o, CAUSE_NONE, 1);
    add(&o, 0, 8);
    for (int k = 0; k < ints; k++)
        add(&o, (uint32_t)i[k], 4);
    for (int k = 0; k < nums; k++) {
        uint64_t bits;
        memcpy(&bits, &f[k], 8);
        add(&o, bits, 8);
    }
    return o;
}

static void codec_1_orders(void **state)
{
    struct arena arena;
    struct atlas atlas;
    struct err e;
    struct order o;
    char text[512];

    (void)state;
    arena_init(&arena, 0);
    assert_int_equal(atlas_read(table_doc(&arena, SMALL_SCENARIO), &arena, &atlas, &e), RC_OK);
    /* dispatch: team 0, to 1, task 2 = line, tactic 1 = flank; the numbers are those of 2026 for ever. */
    struct old old = old_order("dispatch", 0, 1u | 2u | 4u | 256u, (int64_t[]){0, 1, 2, 1}, 4, "快\n去");
    assert_true(order_decode(old.at, old.size, CODEC_AGE, &o, NULL));
    assert_int_equal(o.verb, VERB_DISPATCH);
    assert_int_equal(o.at_ms, 720000);
    assert_int_equal(o.arg[verb_arg_find(o.verb, "team")], 0);
    assert_int_equal(o.arg[verb_arg_find(o.verb, "to")], 1);
    assert_string_equal(word_name(NULL, VK_TASK, (int)o.arg[verb_arg_find(o.verb, "task")]), "line");
    assert_string_equal(o.text, "快\n去");
    struct buf b = BUF_ON(text);
    assert_true(order_text_1(old.at, old.size, CODEC_AGE, &atlas, &b));
    char want[256];
    struct buf w = BUF_ON(want);
    buf_text(&w, names_name(&atlas.names, ENT_AGENCY, 0));
    buf_str(&w, " dispatch ");
    buf_text(&w, names_name(&atlas.names, ENT_TEAM, 0));
    buf_str(&w, " to ");
    buf_text(&w, names_name(&atlas.names, ENT_PLACE, 1));
    buf_str(&w, " task=line tactic=flank \"快\\n去\"");
    assert_string_equal(text, want);
    for (int cut = 0; cut < old.size; cut++)
        assert_false(order_decode(old.at, cut, CODEC_AGE, &o, NULL));
    /* A set, a duration. */
    old = old_order("level", 0, 7, (int64_t[]){3, 5, 5400000}, 3, "");
    assert_true(order_decode(old.at, old.size, CODEC_AGE, &o, NULL));
    buf_clear(&b);
    assert_true(order_text_1(old.at, old.size, CODEC_AGE, &atlas, &b));
    assert_non_null(strstr(text, " level 3 elements=matter+period for=1h30min"));
    old = old_order("wind", -1, 3, (int64_t[]){8, 315}, 2, "");
    buf_clear(&b);
    assert_true(order_text_1(old.at, old.size, CODEC_AGE, &atlas, &b));
    assert_string_equal(text, "world wind speed=8 from=315");
    /* What no program of then wrote. */
    old = old_order("dispatch", 0, 4, (int64_t[]){17}, 1, "");
    assert_false(order_decode(old.at, old.size, CODEC_AGE, &o, NULL));
    old = old_order("approve", 0, 1, (int64_t[]){0}, 1, "");
    assert_false(order_decode(old.at, old.size, CODEC_AGE, &o, NULL));
    old = old_order("warn", 0, 4, (int64_t[]){256}, 1, "");
    assert_false(order_decode(old.at, old.size, CODEC_AGE, &o, NULL));
    arena_free(&arena);
}

static void codec_1_events(void **state)
{
    struct event e;

    (void)state;
    /* Verb 21 was `inject` at first, `accept` since two rows came before it; 23 `cancel`, `inject`, `register`. */
    static const char *const of_21[] = {"inject", "accept", "accept"}, *const of_23[] = {"cancel", "inject", "register"};
    for (int age = 0; age < CODEC_AGES; age++) {
        struct old old = old_event("order_failed", 23, (int32_t[]){0, 21, 7, 4, -1}, 5, NULL, 0);
        assert_true(event_decode(old.at, old.size, age, &e, NULL));
        assert_string_equal(verb_row(e.i[event_field(e.kind, "verb")])->name, of_21[age]);
        assert_string_equal(verb_row((int)e.cause.ref)->name, of_23[age]);
        assert_string_equal(word_name(NULL, VK_REASON, e.i[event_field(e.kind, "reason")]), "authority");
        assert_int_equal(event_int(&e, "order", -9), 4);
    }
    /* team_arrived gained its line; before, it had two integers. */
    struct old old = old_event("team_arrived", -1, (int32_t[]){3, 4}, 2, NULL, 0);
    assert_true(event_decode(old.at, old.size, CODEC_AGE, &e, NULL));
    assert_int_equal(event_int(&e, "place", -9), 4);
    assert_int_equal(event_int(&e, "line", -9), -1);
    old = old_event("team_arrived", -1, (int32_t[]){3, 4, 2}, 3, NULL, 0);
    assert_true(event_decode(old.at, old.size, CODEC_AGE, &e, NULL));
    assert_int_equal(event_int(&e, "line", -9), 2);
    assert_false(event_decode(old.at, old.size - 1, CODEC_AGE, &e, NULL));
    old = old_event("team_arrived", -1, (int32_t[]){3, 4, 2, 0}, 4, NULL, 0);
    assert_false(event_decode(old.at, old.size, CODEC_AGE, &e, NULL));
    /* Integers and numbers; the last reason of then. */
    old = old_event("line_crossed", -1, (int32_t[]){0, 3, 22}, 3, (double[]){5.0, 2.5}, 2);
    assert_true(event_decode(old.at, old.size, CODEC_AGE, &e, NULL));
    assert_string_equal(word_name(NULL, VK_REASON, e.i[event_field(e.kind, "reason")]), "stock");
    assert_true(event_num(&e, "flame", 0.0) == 2.5);
    for (int cut = 0; cut < old.size; cut++)
        assert_false(event_decode(old.at, cut, CODEC_AGE, &e, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(event_bytes),
        cmocka_unit_test(order_bytes),
        cmocka_unit_test(missing_fields_say_nothing),
        cmocka_unit_test(unknown_names_are_named),
        cmocka_unit_test(random_bytes),
        cmocka_unit_test(codec_1_orders),
        cmocka_unit_test(codec_1_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

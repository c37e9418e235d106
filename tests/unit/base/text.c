/* Protects: cutting, comparing and reading text; building it in a bounded buffer; numbers in and
 * out the same in every locale, rounded exactly. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/text.h"

#define ASSERT_TEXT(t, cstr)                                                                       \
    do {                                                                                           \
        struct text got_ = (t);                                                                    \
        assert_true(text_is(got_, (cstr)));                                                        \
    } while (0)

static void comparing(void **state)
{
    (void)state;
    assert_true(text_eq(text_of(NULL), TEXT("")));
    assert_true(text_is(TEXT("火场"), "火场") && !text_is(TEXT("火"), "火场"));
    assert_true(text_compare(TEXT("a"), TEXT("b")) < 0 && text_compare(TEXT("ab"), TEXT("a")) > 0);
    assert_true(text_compare(TEXT("a"), TEXT("火")) < 0); /* bytes are unsigned */
    assert_true(text_compare(TEXT("abc"), TEXT("abc")) == 0);
    assert_true(text_starts(TEXT("team3"), "team") && !text_starts(TEXT("te"), "team"));
}

static void trimming_and_cutting_words(void **state)
{
    (void)state;
    ASSERT_TEXT(text_trim(TEXT(" \t　派出　\r\n")), "派出");
    ASSERT_TEXT(text_trim(TEXT("　 　")), "");
    struct text rest = TEXT("  派出 三队　北岭 \"two words\" end");
    ASSERT_TEXT(text_word(&rest), "派出");
    ASSERT_TEXT(text_word(&rest), "三队");
    ASSERT_TEXT(text_word(&rest), "北岭");
    ASSERT_TEXT(text_word(&rest), "\"two words\"");
    ASSERT_TEXT(text_word(&rest), "end");
    ASSERT_TEXT(text_word(&rest), "");
    ASSERT_TEXT(text_word(&rest), "");
    rest = TEXT("\"open");
    ASSERT_TEXT(text_word(&rest), "\"open");
}

static void reading_whole_numbers(void **state)
{
    (void)state;
    int64_t v = 5;
    assert_true(text_to_i64(TEXT("-9223372036854775808"), &v) && v == INT64_MIN);
    assert_true(text_to_i64(TEXT("9223372036854775807"), &v) && v == INT64_MAX);
    assert_true(text_to_i64(TEXT("+17"), &v) && v == 17);
    v = 5;
    const char *bad[] = {"",    "-",   "+", "9223372036854775808", "-9223372036854775809", "1 ",
                         "1.0", "0x1", "١"};
    for (int i = 0; i < COUNT_OF(bad); i++)
        assert_false(text_to_i64(text_of(bad[i]), &v));
    assert_true(v == 5);
}

static void reading_decimals(void **state)
{
    (void)state;
    double v = 5;
    assert_true(text_to_f64(TEXT("-1.5e3"), &v) && v == -1500);
    assert_true(text_to_f64(TEXT(".5"), &v) && v == 0.5);
    assert_true(text_to_f64(TEXT("2."), &v) && v == 2);
    assert_true(text_to_f64(TEXT("9007199254740993"), &v) && v == 9007199254740992.0);
    assert_true(text_to_f64(TEXT("4.9e-324"), &v) && v == 0x1p-1074);
    assert_true(text_to_f64(TEXT("1e-400"), &v) && v == 0);
    v = 5;
    const char *bad[] = {"",      ".",    "e5",  "1e", "1e+", "nan", "inf",
                         "1e999", "0x10", "1,5", " 1", "1 ",  "--1", "1.2.3"};
    for (int i = 0; i < COUNT_OF(bad); i++)
        assert_false(text_to_f64(text_of(bad[i]), &v));
    assert_true(v == 5);
}

static void telling_utf8(void **state)
{
    (void)state;
    assert_true(text_is_utf8(TEXT("")) && text_is_utf8(TEXT("推演 a")) &&
                text_is_utf8(TEXT("\xf0\x9f\x94\xa5")));
    const char *bad[] = {"\x80",         "\xc0\xaf",         "\xe7\x81", "\xed\xa0\x80",
                         "\xe0\x80\x80", "\xf4\x90\x80\x80", "\xf8",     "\xff"};
    for (int i = 0; i < COUNT_OF(bad); i++)
        assert_false(text_is_utf8(text_of(bad[i])));
}

static void edit_distance(void **state)
{
    (void)state;
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 9), 3);
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 2), 2);
    assert_int_equal(text_distance(TEXT(""), TEXT("abc"), 9), 3);
    assert_int_equal(text_distance(TEXT("team"), TEXT("team"), 9), 0);
}

static void a_full_buffer_ends_at_a_character(void **state)
{
    (void)state;
    char room[8];
    struct buf b = BUF_ON(room);
    buf_str(&b, "火场火");
    assert_true(b.full);
    assert_string_equal(room, "火场");
    buf_str(&b, "x"); /* nothing slips in behind the cut */
    buf_char(&b, 'y');
    assert_string_equal(room, "火场");
    buf_clear(&b);
    assert_true(!b.full && b.len == 0 && room[0] == 0);
    for (int i = 0; i < 7; i++)
        buf_char(&b, 'a');
    assert_false(b.full);
    buf_char(&b, 'a');
    assert_true(b.full && strlen(room) == 7);

    char one[1];
    b = BUF_ON(one);
    buf_str(&b, "a");
    assert_true(b.full && one[0] == 0);
    assert_true(text_copy(room, 8, TEXT("1234567")));
    assert_false(text_copy(room, 8, TEXT("12345678")));
}

static void writing_whole_numbers(void **state)
{
    (void)state;
    char room[64];
    struct buf b = BUF_ON(room);
    buf_i64(&b, INT64_MIN);
    buf_char(&b, ' ');
    buf_i64(&b, 0);
    buf_char(&b, ' ');
    buf_u64_hex(&b, 0xabcdef, 8);
    assert_string_equal(room, "-9223372036854775808 0 00abcdef");
}

static void fixed(char *room, int cap, double v, int decimals)
{
    struct buf b = buf_on(room, cap);
    buf_fixed(&b, v, decimals);
}

static void fixed_decimals_round_half_away_from_zero(void **state)
{
    (void)state;
    static const struct {
        double v;
        int decimals;
        const char *want;
    } rows[] = {
        {0, 0, "0"},
        {-0.0, 2, "0.00"},
        {0.5, 0, "1"},
        {1.5, 0, "2"},
        {2.5, 0, "3"},
        {-2.5, 0, "-3"},
        {0.125, 2, "0.13"},
        {-0.125, 2, "-0.13"},
        {1.115, 2, "1.11"}, /* the double is 1.11499.. */
        {1.005, 2, "1.00"},
        {-0.004, 2, "0.00"},
        {-0.006, 2, "-0.01"},
        {0.999999, 3, "1.000"},
        {9.9999, 0, "10"},
        {1e-300, 9, "0.000000000"},
        {123456.789, 1, "123456.8"},
        {1e15, 1, "1000000000000000.0"},
        {4503599627370495.5, 0, "4503599627370496"},
        {1e22, 0, "10000000000000000000000"},
        {5e-10, 9, "0.000000001"},
        {4.9999e-10, 9, "0.000000000"},
    };
    char room[400];
    for (int i = 0; i < COUNT_OF(rows); i++) {
        fixed(room, (int)sizeof(room), rows[i].v, rows[i].decimals);
        assert_string_equal(room, rows[i].want);
    }
    double zero = 0;
    fixed(room, (int)sizeof(room), zero / zero, 2);
    assert_string_equal(room, "nan");
    fixed(room, (int)sizeof(room), -1 / zero, 2);
    assert_string_equal(room, "-inf");
}

/* printf rounds the exact binary value too, but half to even: ties are left out. */
static void fixed_decimals_agree_with_printf(void **state)
{
    (void)state;
    struct rng r = rng_make(3, 1, 1);
    char got[400], want[400];
    for (int i = 0; i < 200000; i++) {
        int decimals = (int)rng_range(&r, 0, 9);
        double v = rng_uniform(&r, -1, 1);
        for (int64_t k = rng_range(&r, 0, 14); k > 0; k--)
            v *= i & 1 ? 10 : 0.2;
        if (i % 5 == 0) { /* decimals as people type them, among them near ties */
            (void)snprintf(want, sizeof(want), "%.*f5", decimals, v);
            v = strtod(want, NULL);
        }
        fixed(got, (int)sizeof(got), v, decimals);
        (void)snprintf(want, sizeof(want), "%.*f", decimals, v);
        if (strspn(want, "-0.") == strlen(want) && want[0] == '-')
            memmove(want, want + 1, strlen(want));
        char exact[400];
        (void)snprintf(exact, sizeof(exact), "%.200f", v);
        const char *beyond = strchr(exact, '.') + 1 + decimals;
        if (beyond[0] != '5' || strspn(beyond + 1, "0") != strlen(beyond + 1))
            assert_string_equal(got, want);
    }
}

static void doubles_come_back_as_they_were(void **state)
{
    (void)state;
    struct rng r = rng_make(3, 1, 2);
    char room[64];
    for (int i = 0; i < 100000; i++) {
        uint64_t bits = rng_u64(&r);
        double v, back;
        memcpy(&v, &bits, sizeof(v));
        if (v - v != 0)
            continue;
        if (i & 1)
            v = (double)rng_range(&r, -100000, 100000) / 100;
        struct buf b = BUF_ON(room);
        buf_f64(&b, v);
        assert_true(text_to_f64((struct text){room, b.len}, &back));
        assert_memory_equal(&v, &back, sizeof(v));
    }
    struct buf b = BUF_ON(room);
    buf_f64(&b, 0.1);
    buf_char(&b, ' ');
    buf_f64(&b, 1e300);
    buf_char(&b, ' ');
    buf_f64(&b, -3);
    assert_string_equal(room, "0.1 1e+300 -3");
}

static void a_foreign_locale_changes_nothing(void **state)
{
    (void)state;
    const char *names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8", "ps_AF.UTF-8", "ps_AF"};
    for (int i = 0; i < COUNT_OF(names); i++) {
        if (!setlocale(LC_NUMERIC, names[i]))
            continue; /* not installed here */
        char room[64];
        double v;
        struct buf b = BUF_ON(room);
        buf_fixed(&b, 1.25, 1);
        buf_char(&b, ' ');
        buf_f64(&b, 0.1);
        assert_string_equal(room, "1.3 0.1");
        assert_true(text_to_f64(TEXT("2.5"), &v) && v == 2.5);
        assert_false(text_to_f64(TEXT("2,5"), &v));
    }
    assert_non_null(setlocale(LC_NUMERIC, "C"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing),
        cmocka_unit_test(trimming_and_cutting_words),
        cmocka_unit_test(reading_whole_numbers),
        cmocka_unit_test(reading_decimals),
        cmocka_unit_test(telling_utf8),
        cmocka_unit_test(edit_distance),
        cmocka_unit_test(a_full_buffer_ends_at_a_character),
        cmocka_unit_test(writing_whole_numbers),
        cmocka_unit_test(fixed_decimals_round_half_away_from_zero),
        cmocka_unit_test(fixed_decimals_agree_with_printf),
        cmocka_unit_test(doubles_come_back_as_they_were),
        cmocka_unit_test(a_foreign_locale_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

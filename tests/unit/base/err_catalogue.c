/* Protects: the catalogue (no empty row, both languages use the same placeholders, every row is
 * UTF-8) and how arguments and errors are put into words. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/err.h"

/* One bit for every {0} .. {7} in the row. */
static unsigned placeholders(const char *row)
{
    unsigned set = 0;
    for (const char *c = row; *c; c++) {
        if (c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}')
            set |= 1u << (c[1] - '0');
    }
    return set;
}

static void check_row(enum msg id)
{
    const char *zh = msg_text(LANG_ZH, id), *en = msg_text(LANG_EN, id), *name = msg_name(id);
    unsigned set = placeholders(zh);
    bool good = zh[0] != 0 && en[0] != 0 && text_is_utf8(text_of(zh)) &&
                text_is_utf8(text_of(en)) && set == placeholders(en) && set < 256 &&
                (set & (set + 1)) == 0 && name[0] >= 'A' && name[0] <= 'Z';
    for (const char *c = name; *c; c++)
        good = good && ((*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '_');
    if (!good)
        print_error("catalogue row %s: zh '%s', en '%s'\n", name, zh, en);
    assert_true(good);
}

static void every_row_is_whole_in_both_languages(void **state)
{
    (void)state;
    for (int id = MSG_NONE + 1; id < MSG_COUNT; id++)
        check_row((enum msg)id);
    assert_string_equal(msg_text(LANG_ZH, MSG_NONE), "");
}

static void no_two_rows_share_a_name(void **state)
{
    (void)state;
    for (int a = 0; a < MSG_COUNT; a++) {
        for (int b = a + 1; b < MSG_COUNT; b++)
            assert_string_not_equal(msg_name((enum msg)a), msg_name((enum msg)b));
    }
}

static void templates_take_arguments_in_any_order(void **state)
{
    (void)state;
    char room[128];
    struct buf b = BUF_ON(room);
    const struct arg args[] = {arg_s("A{1}"), arg_i(-7), arg_d(2.345, 1), arg_zh_en("火", "fire")};
    text_format(&b, LANG_ZH, TEXT("{3}{1}: {0}, {2} {3} {4} {x} {"), args, COUNT_OF(args));
    assert_string_equal(room,
                        "火-7: A{1}, 2.3 火 {4} {x} {"); /* what is put in is not read again */
    buf_clear(&b);
    text_format(&b, LANG_EN, TEXT("{3}|{8}"), args, COUNT_OF(args));
    assert_string_equal(room, "fire|{8}");
    buf_clear(&b);
    text_format(&b, LANG_EN, TEXT("{0}"), NULL, 0);
    assert_string_equal(room, "{0}");
}

static void an_error_speaks_both_languages(void **state)
{
    (void)state;
    struct err e;
    enum rc rc = ERR(&e, RC_INPUT, MSG_CORE_UNKNOWN_KEY_NEAR, arg_s("widn"), arg_t(TEXT("wind")));
    assert_int_equal(rc, RC_INPUT);
    assert_int_equal(e.rc, RC_INPUT);
    assert_non_null(strstr(err_text(&e, LANG_ZH), "widn"));
    assert_non_null(strstr(err_text(&e, LANG_EN), "wind"));
    assert_null(strstr(err_text(&e, LANG_EN), "{0}"));
    err_prefix(&e, "a.lua:3: ");
    assert_int_equal(strncmp(err_text(&e, LANG_ZH), "a.lua:3: ", 9), 0);
    assert_non_null(strstr(err_text(&e, LANG_EN), "wind"));
    assert_int_equal(ERR0(NULL, RC_IO, MSG_NONE), RC_IO);
    err_prefix(NULL, "x");
}

static void a_long_error_is_cut_at_a_character(void **state)
{
    (void)state;
    char longer[1000];
    struct buf b = BUF_ON(longer);
    while (!b.full)
        buf_str(&b, "火");
    struct err e;
    (void)ERR(&e, RC_INPUT, MSG_CORE_UNKNOWN_KEY_NEAR, arg_s(longer), arg_s("x"));
    assert_true(strlen(err_text(&e, LANG_ZH)) < ERR_TEXT);
    assert_true(text_is_utf8(text_of(err_text(&e, LANG_ZH))));
    err_prefix(&e, "ab:");
    assert_true(text_is_utf8(text_of(err_text(&e, LANG_EN))));
}

static void languages_are_known_by_their_codes(void **state)
{
    (void)state;
    enum lang l;
    assert_true(lang_parse(TEXT("zh"), &l) && l == LANG_ZH);
    assert_true(lang_parse(TEXT("zh-CN"), &l) && l == LANG_ZH);
    assert_true(lang_parse(TEXT("zh_CN.UTF-8"), &l) && l == LANG_ZH);
    assert_true(lang_parse(TEXT("EN"), &l) && l == LANG_EN);
    assert_true(lang_parse(TEXT("en_GB"), &l) && l == LANG_EN);
    assert_false(lang_parse(TEXT(""), &l) || lang_parse(TEXT("fr"), &l) ||
                 lang_parse(TEXT("entropy"), &l));
}

static void an_error_is_one_line_whatever_it_quotes(void **state)
{
    (void)state;
    struct err e = {0};
    ERR(&e, RC_INPUT, MSG_SETS_NO_SET, arg_s("a\nb\x1b[2J\tc"), arg_s("x"));
    for (int l = 0; l < LANG_COUNT; l++) {
        assert_null(strpbrk(e.text[l], "\n\t\x1b"));
        assert_non_null(strstr(e.text[l], "a b [2J c"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_whole_in_both_languages),
        cmocka_unit_test(an_error_is_one_line_whatever_it_quotes),
        cmocka_unit_test(no_two_rows_share_a_name),
        cmocka_unit_test(templates_take_arguments_in_any_order),
        cmocka_unit_test(an_error_speaks_both_languages),
        cmocka_unit_test(a_long_error_is_cut_at_a_character),
        cmocka_unit_test(languages_are_known_by_their_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

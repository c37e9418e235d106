/* Protects formulas worked by hand: arguments are read strictly, tables too, and what is wrong is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/scenario/calc.h"

enum { P_BASE, P_MODE, P_EXTRA };
static const struct calc_param params[] = {
    {"base", "m", NULL, 0, 10, CALC_REQUIRED, "底", "base"},
    {"mode", "", "plain double", 0, 0, 0, "方式", "mode"},
    {"extra", "m", NULL, 0, 0, CALC_OPTIONAL, "另加", "extra"},
    {0},
};
static const struct calc_result_row results[] = {{"sum", "m", "和", "sum"}, {"cells", "", "格", "cells"}, {0}};

static enum rc work(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    double v = in->num[P_BASE] * (in->num[P_MODE] > 0 ? 2.0 : 1.0);
    calc_set(out, 0, in->given[P_EXTRA] ? v + in->num[P_EXTRA] : v);
    double *row = in->matrices ? calc_set_matrix(out, 1, 1, in->matrices) : NULL;
    for (int i = 0; row && i < in->matrices; i++)
        row[i] = in->matrix[i].rows * in->matrix[i].cols;
    return RC_OK;
}

static const struct calc_row plain = {"t.plain", "试", "try", "none", NULL, NULL, params, results, work};
static const struct calc_row tabled = {"t.table", "试", "try", "none", "一行一人", "one a line", NULL, results, work};

/* Reads "key=value" words and works; the message in English on failure. */
static enum rc run(const struct calc_row *row, const char *words, double *sum, struct err *e)
{
    struct calc_input in;
    struct arena a;
    arena_init(&a, 0);
    struct calc_output out = {.arena = &a};
    struct text rest = text_of(words), word;
    enum rc rc = RC_OK;
    calc_begin(row, &in);
    while (rc == RC_OK && (word = text_word(&rest)).len > 0) {
        const char *eq = memchr(word.at, '=', (size_t)word.len);
        assert_non_null(eq);
        int n = (int)(eq - word.at);
        rc = calc_argument(row, (struct text){word.at, n}, (struct text){eq + 1, word.len - n - 1}, &in, e);
    }
    if (rc == RC_OK)
        rc = calc_work(row, &in, &out, e);
    *sum = out.value[0].num;
    arena_free(&a);
    return rc;
}

static void arguments(void **state)
{
    (void)state;
    struct err e;
    double sum;
    assert_int_equal(run(&plain, "base=3", &sum, &e), RC_OK);
    assert_true(sum == 3.0);
    assert_int_equal(run(&plain, "mode=double base=1/4 extra=50%", &sum, &e), RC_OK);
    assert_true(sum == 1.0);
}

static void refused(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"", "t.plain lacks the parameter base (base; m)"},
        {"bass=1", "t.plain has no parameter 'bass'; did you mean 'base'?"},
        {"unheard_of=1", "t.plain has no parameter 'unheard_of'; it takes base, mode, extra"},
        {"base=-1", "base=-1 is out of range; 0 to 10 m is right"},
        {"base=11", "base=11 is out of range; 0 to 10 m is right"},
        {"base=1/0", "base=1/0 is not a number; write it as 0.06, 6% or 1/3 m"},
        {"base=nan", "base=nan is not a number; write it as 0.06, 6% or 1/3 m"},
        {"base=", "base= is not a number; write it as 0.06, 6% or 1/3 m"},
        {"base=1 base=2", "the parameter base is given twice"},
        {"base=1 mode=doubel", "mode cannot be 'doubel'; did you mean 'double'?"},
        {"base=1 mode=something", "mode cannot be 'something'; it is one of plain double"},
    };
    for (int i = 0; i < COUNT_OF(bad); i++) {
        struct err e = {0};
        double sum;
        assert_int_equal(run(&plain, bad[i][0], &sum, &e), RC_INPUT);
        assert_string_equal(err_text(&e, LANG_EN), bad[i][1]);
    }
    struct err e = {0};
    double sum;
    assert_int_equal(run(&tabled, "", &sum, &e), RC_INPUT);
    assert_string_equal(err_text(&e, LANG_EN), "t.table needs a table: give a file, or - for standard input; one a line");
}

static void tables(void **state)
{
    (void)state;
    struct arena a;
    struct calc_matrix *m;
    struct err e;
    int n;
    arena_init(&a, 0);
    assert_int_equal(calc_read_table(TEXT("# judge 1\n1 1/3, 5\n# in between\n3;1\t*\n\n\n2 2\r\n"), TEXT("f"), &a, &m, &n, &e), RC_OK);
    assert_int_equal(n, 2);
    assert_int_equal(m[0].rows, 2);
    assert_int_equal(m[0].cols, 3);
    assert_true(m[0].at[1] == 1.0 / 3.0 && m[0].at[3] == 3.0 && m[0].at[5] != m[0].at[5]);
    assert_int_equal(m[1].rows, 1);
    assert_int_equal(m[1].cols, 2);
    assert_true(m[1].at[1] == 2.0);
    arena_free(&a);
}

static void tables_refused(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"1 2\n3\n", "f, line 2 has 1 values, the lines before it in this table 2; write * for a missing value and an empty line between tables"},
        {"1 2\n\n3 x\n", "f, line 3, value 2: 'x' is not a number; a missing value is *, a fraction 1/3"},
        {"\n \n", "f holds no values"},
        {"# only words\n", "f holds no values"},
        {"", "f holds no values"},
    };
    for (int i = 0; i < COUNT_OF(bad); i++) {
        struct arena a;
        struct calc_matrix *m;
        struct err e = {0};
        int n;
        arena_init(&a, 0);
        assert_int_equal(calc_read_table(text_of(bad[i][0]), TEXT("f"), &a, &m, &n, &e), RC_INPUT);
        assert_string_equal(err_text(&e, LANG_EN), bad[i][1]);
        assert_int_equal(n, 0);
        arena_free(&a);
    }
}

static void table_reaches_work(void **state)
{
    (void)state;
    struct arena a;
    struct calc_matrix *m;
    struct calc_input in;
    struct err e;
    arena_init(&a, 0);
    struct calc_output out = {.arena = &a};
    calc_begin(&tabled, &in);
    assert_int_equal(calc_read_table(TEXT("1 2 3\n4 5 6\n\n7\n"), TEXT("f"), &a, &m, &in.matrices, &e), RC_OK);
    in.matrix = m;
    assert_int_equal(calc_work(&tabled, &in, &out, &e), RC_OK);
    assert_int_equal(out.value[1].kind, CALC_VECTOR);
    assert_true(out.value[1].vector[0] == 6.0 && out.value[1].vector[1] == 1.0);
    calc_begin(&plain, &in);
    in.matrix = m;
    in.matrices = 1;
    in.num[0] = 1.0;
    in.given[0] = true;
    assert_int_equal(calc_work(&plain, &in, &out, &e), RC_INPUT);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arguments),      cmocka_unit_test(refused),
        cmocka_unit_test(tables),         cmocka_unit_test(tables_refused),
        cmocka_unit_test(table_reaches_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

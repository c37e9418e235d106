/* Protects units: one row a unit, read the same behind a measure, behind a number that is typed and in an error about a range. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/scenario/units.h"
#include "core/world/world.h"

static void rows(void **state)
{
    const struct unit_row *row;

    (void)state;
    for (int i = 0; (row = unit_at(i)) != NULL; i++) {
        assert_ptr_equal(unit_find(text_of(row->unit)), row); /* unlike one another */
        assert_true(row->zh[0] != '\0');
    }
    assert_null(unit_find(TEXT("furlong")));
    assert_null(unit_at(-1));
}

static void behind_a_measure(void **state)
{
    const struct measure_row people = {"x", "人", "", "", 0}, flow = {"x", "m3/s", "", "", 0}, odd = {"x", "kPa", "", "", 0};

    (void)state;
    assert_string_equal(measure_unit(&people, LANG_ZH), "人");
    assert_string_equal(measure_unit(&people, LANG_EN), "people");
    assert_int_equal(measure_decimals(&people), 0);
    assert_string_equal(measure_unit(&flow, LANG_EN), "m³/s");
    assert_string_equal(measure_unit(&odd, LANG_EN), "kPa");
    assert_int_equal(measure_decimals(&odd), 1);
}

static void in_an_error(void **state)
{
    struct row {
        int32_t people;
    } out;
    const struct field f = {.name = "people", .type = FIELD_INT, .low = 1, .high = 9, .unit = "人", .zh = "人数", .en = "people"};
    struct doc value = {.kind = DOC_INT, .i = 10, .key = TEXT("people")};
    const struct doc table = {.kind = DOC_TABLE, .child = &value, .count = 1};
    struct err e = {0};

    (void)state;
    assert_int_equal(schema_read(&table, &f, 1, NULL, NULL, &out, &e), RC_INPUT);
    assert_non_null(strstr(err_text(&e, LANG_ZH), "9 人"));
    assert_non_null(strstr(err_text(&e, LANG_EN), "9 people"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows), cmocka_unit_test(behind_a_measure), cmocka_unit_test(in_an_error)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

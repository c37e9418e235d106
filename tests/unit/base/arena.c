/* Protects: arena memory is zeroed, aligned, bounded by its limit, and reusable after a reset. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 0);
    unsigned char *before = NULL;
    for (int i = 1; i < 3000; i++) {
        unsigned char *p = arena_alloc(&a, (size_t)i, 3);
        assert_non_null(p);
        assert_true((uintptr_t)p % 16 == 0);
        for (int k = 0; k < 3 * i; k++)
            assert_int_equal(p[k], 0);
        memset(p, 0xff, 3 * (size_t)i);
        assert_true(p != before);
        before = p;
    }
    double *big = ARENA_NEW(&a, double, 1000000);
    assert_non_null(big);
    assert_true(big[999999] == 0);
    arena_free(&a);
    assert_true(a.used == 0 && !a.head);
}

static void the_limit_holds(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1024);
    assert_non_null(arena_alloc(&a, 1, 1000));
    assert_null(arena_alloc(&a, 1, 17));
    assert_non_null(arena_alloc(&a, 1, 16));
    assert_null(arena_alloc(&a, 1, 1));
    assert_null(arena_text(&a, TEXT("x")).at);
    arena_reset(&a);
    assert_non_null(arena_alloc(&a, 1, 1024));
    arena_free(&a);
}

static void a_product_that_overflows_is_refused(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 0);
    assert_null(arena_alloc(&a, SIZE_MAX / 2, 3));
    assert_null(arena_alloc(&a, SIZE_MAX, 1));
    arena_free(&a);
}

static void a_reset_arena_gives_zeroes_again(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 0);
    for (int round = 0; round < 3; round++) {
        unsigned char *p = arena_alloc(&a, 1, 100000);
        unsigned char *q = arena_alloc(&a, 4, 100000);
        assert_non_null(p);
        assert_non_null(q);
        assert_true(p[0] == 0 && p[99999] == 0 && q[399999] == 0);
        memset(p, 1, 100000);
        memset(q, 2, 400000);
        assert_int_equal(p[99999], 1);
        arena_reset(&a);
        assert_true(a.used == 0);
    }
    arena_free(&a);
    arena_reset(&a); /* an empty one too */
}

static void a_text_copy_ends_in_nul(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 0);
    char from[] = "火场x";
    struct text t = arena_text(&a, (struct text){from, 6});
    from[0] = 'z';
    assert_string_equal(t.at, "火场");
    assert_int_equal(t.len, 6);
    assert_string_equal(arena_text(&a, (struct text){NULL, 0}).at, "");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(the_limit_holds),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(a_reset_arena_gives_zeroes_again),
        cmocka_unit_test(a_text_copy_ends_in_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects: the state hash is XXH3-64 as published, seed and all, and folding words keeps their
 * order. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/hash.h"

static void the_empty_input_has_its_published_value(void **state)
{
    (void)state;
    assert_true(hash_bytes("", 0, 0) == 0x2D06800538D394C2u);
    assert_true(hash_bytes(NULL, 0, 0) == 0x2D06800538D394C2u);
}

static void every_length_seed_and_byte_counts(void **state)
{
    (void)state;
    unsigned char bytes[1500], copy[1501];
    for (int i = 0; i < 1500; i++)
        bytes[i] = (unsigned char)(i * 131 + (i >> 3));
    memcpy(copy + 1, bytes, sizeof(bytes));
    uint64_t before = 0;
    for (size_t n = 1; n <= sizeof(bytes); n++) {
        uint64_t h = hash_bytes(bytes, n, 0);
        assert_true(h != before && h != hash_bytes(bytes, n, 1));
        assert_true(h == hash_bytes(copy + 1, n, 0)); /* alignment does not matter */
        bytes[n - 1] ^= 1;
        assert_true(h != hash_bytes(bytes, n, 0));
        bytes[n - 1] ^= 1;
        before = h;
    }
}

static void folding_words_keeps_their_order(void **state)
{
    (void)state;
    assert_true(hash_word(hash_word(1, 2), 3) != hash_word(hash_word(1, 3), 2));
    assert_true(hash_word(0, 1) != hash_word(0, 2) && hash_word(1, 0) != hash_word(2, 0));
    uint64_t h = 1;
    for (int i = 0; i < 100; i++)
        h = hash_word(h, 0);
    assert_true(h != 0 && h != 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_empty_input_has_its_published_value),
        cmocka_unit_test(every_length_seed_and_byte_counts),
        cmocka_unit_test(folding_words_keeps_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

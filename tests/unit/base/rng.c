/* Protects: random streams give the recorded values for ever, are independent of one another, and
 * have the distributions they claim. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>

#include "base/attr.h"
#include "base/num.h"
#include "base/rng.h"

/* SplitMix64 seeded with 1234567, as its authors' program prints it: key 1234567, counter 0. */
static void the_generator_is_splitmix64(void **state)
{
    (void)state;
    static const uint64_t want[] = {6457827717110365317u, 3203168211198807973u,
                                    9817491932198370423u, 4593380528125082431u,
                                    16408922859458223821u};
    struct rng r = {1234567, 0};
    for (int i = 0; i < COUNT_OF(want); i++)
        assert_true(rng_u64(&r) == want[i]);
}

static void recorded_streams_stay(void **state)
{
    (void)state;
    struct rng r = rng_make(42, 3, 7);
    uint64_t first = rng_u64(&r), second = rng_u64(&r), mixed = rng_mix(1, 2);
    print_message("  %llx %llx %llx\n", (unsigned long long)first, (unsigned long long)second,
                  (unsigned long long)mixed);
    assert_true(first == 0x50d0406134a90b2eu && second == 0x15bef05455643524u &&
                mixed == 0x6871c08cbe75136cu);
    assert_true(r.counter == 2);
}

static void streams_do_not_depend_on_one_another(void **state)
{
    (void)state;
    struct rng a = rng_make(1, 1, 1), b = rng_make(1, 1, 2), c = rng_make(1, 2, 1),
               d = rng_make(2, 1, 1);
    assert_true(a.key != b.key && a.key != c.key && a.key != d.key && b.key != c.key);
    struct rng again = a;
    uint64_t one = rng_u64(&a);
    (void)rng_u64(&b);
    assert_true(rng_u64(&again) == one);
    assert_true(rng_mix(1, 2) != rng_mix(2, 1));
}

static void ranges_are_unbiased_and_inclusive(void **state)
{
    (void)state;
    struct rng r = rng_make(9, 1, 1);
    enum { SIDES = 6, THROWS = 600000 };
    int seen[SIDES] = {0};
    for (int i = 0; i < THROWS; i++) {
        int64_t v = rng_range(&r, -2, 3);
        assert_true(v >= -2 && v <= 3);
        seen[v + 2]++;
    }
    double chi = 0;
    for (int i = 0; i < SIDES; i++) {
        double off = seen[i] - THROWS / SIDES;
        chi += off * off / ((double)THROWS / SIDES);
    }
    assert_true(chi < 20.5); /* 5 degrees of freedom, p = 0.001 */
    assert_true(rng_range(&r, 5, 5) == 5);
    (void)rng_range(&r, INT64_MIN, INT64_MAX);

    /* a span of 3/4 of all values: plain modulo would give the first third twice as often */
    int low = 0;
    const int64_t half = (int64_t)1 << 62;
    for (int i = 0; i < 30000; i++)
        low += rng_range(&r, -2 * half, half - 1) < -half;
    assert_true(low > 9700 && low < 10300);
}

static void moments(const char *name, double (*next)(struct rng *r), double mean, double variance)
{
    struct rng r = rng_make(11, 1, 1);
    enum { DRAWS = 400000 };
    double sum = 0, squares = 0;
    for (int i = 0; i < DRAWS; i++) {
        double v = next(&r);
        assert_true(num_is_finite(v));
        sum += v;
        squares += (v - mean) * (v - mean);
    }
    double got_mean = sum / DRAWS, got_variance = squares / DRAWS;
    print_message("  %s: mean %.4f, variance %.4f\n", name, got_mean, got_variance);
    assert_true(num_abs(got_mean - mean) < 5 * num_sqrt(variance / DRAWS));
    assert_true(num_abs(got_variance / variance - 1) < 0.02);
}

static double uniform(struct rng *r)
{
    double v = rng_uniform(r, 2, 5);
    assert_true(v >= 2 && v < 5);
    return v;
}

static double exponential(struct rng *r)
{
    double v = rng_exponential(r, 3);
    assert_true(v >= 0);
    return v;
}

static void distributions_have_their_moments(void **state)
{
    (void)state;
    moments("unit", rng_unit, 0.5, 1.0 / 12);
    moments("uniform", uniform, 3.5, 9.0 / 12);
    moments("normal", rng_normal, 0, 1);
    moments("exponential", exponential, 3, 9);
}

static void a_normal_draw_takes_two_numbers(void **state)
{
    (void)state;
    struct rng r = rng_make(1, 1, 1);
    (void)rng_normal(&r);
    assert_true(r.counter == 2);
    (void)rng_unit(&r);
    assert_true(r.counter == 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_is_splitmix64),
        cmocka_unit_test(recorded_streams_stay),
        cmocka_unit_test(streams_do_not_depend_on_one_another),
        cmocka_unit_test(ranges_are_unbiased_and_inclusive),
        cmocka_unit_test(distributions_have_their_moments),
        cmocka_unit_test(a_normal_draw_takes_two_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

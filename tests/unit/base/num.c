/* Protects: the accuracy of base/num against MPFR over random and special arguments, its special
 * values, and the bits themselves: the checksum below is the same for every compiler, level and
 * processor. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/num.h"
#include "base/rng.h"
#include "num_bits.h"

enum { ROUNDS = 200000 };

typedef double one_fn(double x);
typedef double two_fn(double x, double y);
typedef int mpfr_one_fn(mpfr_t out, const mpfr_t x, mpfr_rnd_t mode);
typedef int mpfr_two_fn(mpfr_t out, const mpfr_t x, const mpfr_t y, mpfr_rnd_t mode);

/* How far got is from the exact value, in units of the last place of the exact value rounded. */
static double ulps(double got, const mpfr_t exact)
{
    double near = mpfr_get_d(exact, MPFR_RNDN);
    if (isnan(near) || isnan(got))
        return isnan(near) && isnan(got) ? 0 : 1e300;
    if (isinf(near) || isinf(got)) {
        if (near == got)
            return 0;
        return fabs(isinf(near) ? got : near) >= 0x1.fffffffffffffp1023 ? 1 : 1e300;
    }
    if (got == 0 && near == 0)
        return signbit(got) == signbit(near) ? 0 : 1e300;
    int exponent;
    (void)frexp(near, &exponent);
    double ulp = ldexp(1, exponent - 53 < -1074 || near == 0 ? -1074 : exponent - 53);
    mpfr_t off;
    mpfr_init2(off, 300);
    mpfr_d_sub(off, got, exact, MPFR_RNDN);
    mpfr_div_d(off, off, ulp, MPFR_RNDN);
    double v = fabs(mpfr_get_d(off, MPFR_RNDN));
    mpfr_clear(off);
    return v;
}

static const double special[] = {
    0.0,
    0x1p-1074,
    0x1p-1022,
    0x1.8p-1030,
    1e-300,
    1e-20,
    0x1p-28,
    0x1p-27,
    1e-8,
    1e-3,
    0.0625,
    0.125,
    0.25,
    1.0 / 3,
    0.41421356237309503,
    0.5,
    0.70710678118654746,
    0.70710678118654757,
    0.75,
    0.9,
    0.99999999999999989,
    1.0,
    1.0000000000000002,
    1.1,
    1.4142135623730949,
    1.4142135623730951,
    1.5,
    1.5707963267948966,
    2.0,
    2.5,
    3.0,
    3.1415926535897931,
    4.0,
    4.7123889803846897,
    6.2831853071795862,
    7.0,
    8.0,
    10.0,
    27.0,
    64.0,
    100.0,
    355.0,
    709.0,
    710.5,
    740.0,
    745.0,
    1000.0,
    1e5,
    99999.5,
    1e15,
    1e22,
    1e100,
    0x1p1023,
    0x1.fffffffffffffp1023,
};

struct one_case {
    const char *name;
    one_fn *ours;
    mpfr_one_fn *exact;
    double low,
        high; /* range of the random arguments; low > 0 and logarithmic when high / low > 1e6 */
    bool both_signs;
    double special_limit; /* special arguments above it are left out */
    double bound;
};

static double draw(struct rng *r, const struct one_case *c)
{
    double x = c->low > 0 && c->high / c->low > 1e6
                   ? num_exp(rng_uniform(r, num_log(c->low), num_log(c->high)))
                   : rng_uniform(r, c->low, c->high);
    return c->both_signs && (rng_u64(r) & 1) ? -x : x;
}

static double one_off(const struct one_case *c, double x, mpfr_t in, mpfr_t out)
{
    mpfr_set_d(in, x, MPFR_RNDN);
    (void)c->exact(out, in, MPFR_RNDN);
    return ulps(c->ours(x), out);
}

static void check_one(const struct one_case *c)
{
    mpfr_t in, out;
    mpfr_init2(in, 53);
    mpfr_init2(out, 110);
    struct rng r = rng_make(7, 1, 1);
    double worst = 0, at = 0;
    int count = ROUNDS + 2 * COUNT_OF(special);
    for (int i = 0; i < count; i++) {
        int s = i - ROUNDS;
        double x = s < 0 ? draw(&r, c) : s & 1 ? -special[s / 2] : special[s / 2];
        if (s >= 0 && fabs(x) > c->special_limit)
            continue;
        double off = one_off(c, x, in, out);
        if (off > worst) {
            worst = off;
            at = x;
        }
    }
    print_message("  %-7s %12g .. %-12g %.4f ulp at %a\n", c->name, c->low, c->high, worst, at);
    assert_true(worst <= c->bound);
    mpfr_clears(in, out, (mpfr_ptr)NULL);
}

static void functions_of_one_argument_stay_within_one_ulp(void **state)
{
    (void)state;
    static const struct one_case cases[] = {
        {"exp", num_exp, mpfr_exp, -1.0, 1.0, false, 1e308, 1},
        {"exp", num_exp, mpfr_exp, -750.0, 711.0, false, DBL_MAX, 1},
        {"log", num_log, mpfr_log, 1e-307, 1e308, false, DBL_MAX, 1},
        {"log", num_log, mpfr_log, 0.4, 2.5, false, DBL_MAX, 1},
        {"log10", num_log10, mpfr_log10, 1e-307, 1e308, false, DBL_MAX, 1},
        {"log10", num_log10, mpfr_log10, 0.4, 2.5, false, DBL_MAX, 1},
        {"sqrt", num_sqrt, mpfr_sqrt, 1e-307, 1e308, false, DBL_MAX, 0.5},
        {"cbrt", num_cbrt, mpfr_cbrt, 1e-307, 1e308, true, DBL_MAX, 1},
        {"cbrt", num_cbrt, mpfr_cbrt, 0.5, 9.0, true, DBL_MAX, 1},
        {"sin", num_sin, mpfr_sin, -7.0, 7.0, false, 1e5, 1},
        {"sin", num_sin, mpfr_sin, 1e-9, 1e5, true, 1e5, 1},
        {"cos", num_cos, mpfr_cos, -7.0, 7.0, false, 1e5, 1},
        {"cos", num_cos, mpfr_cos, 1e-9, 1e5, true, 1e5, 1},
        {"tan", num_tan, mpfr_tan, -7.0, 7.0, false, 1e5, 1},
        {"tan", num_tan, mpfr_tan, 1e-9, 1e5, true, 1e5, 1},
        {"atan", num_atan, mpfr_atan, -3.0, 3.0, false, DBL_MAX, 1},
        {"atan", num_atan, mpfr_atan, 1e-12, 1e12, true, DBL_MAX, 1},
        {"asin", num_asin, mpfr_asin, -1.0, 1.0, false, DBL_MAX, 1},
        {"asin", num_asin, mpfr_asin, 1e-12, 1.0, true, DBL_MAX, 1},
        {"acos", num_acos, mpfr_acos, -1.0, 1.0, false, DBL_MAX, 1},
        {"acos", num_acos, mpfr_acos, 1e-12, 1.0, true, DBL_MAX, 1},
    };
    for (int i = 0; i < COUNT_OF(cases); i++)
        check_one(&cases[i]);
}

/* Doubles nearest to k pi/2, where the reduction cancels nearly everything. */
static void angles_near_multiples_of_a_right_angle_stay_accurate(void **state)
{
    (void)state;
    mpfr_t half_pi, at, out;
    mpfr_inits2(200, half_pi, at, out, (mpfr_ptr)NULL);
    mpfr_const_pi(half_pi, MPFR_RNDN);
    mpfr_div_ui(half_pi, half_pi, 2, MPFR_RNDN);
    static const struct {
        one_fn *ours;
        mpfr_one_fn *exact;
    } pairs[] = {{num_sin, mpfr_sin}, {num_cos, mpfr_cos}, {num_tan, mpfr_tan}};
    double worst = 0;
    for (unsigned long k = 1; k <= 63662; k++) {
        mpfr_mul_ui(at, half_pi, k, MPFR_RNDN);
        double x = mpfr_get_d(at, MPFR_RNDN);
        mpfr_set_d(at, x, MPFR_RNDN);
        for (int f = 0; f < COUNT_OF(pairs); f++) {
            (void)pairs[f].exact(out, at, MPFR_RNDN);
            worst = num_max(worst, ulps(pairs[f].ours(x), out));
        }
    }
    print_message("  near k pi/2: %.4f ulp\n", worst);
    assert_true(worst <= 1);
    mpfr_clears(half_pi, at, out, (mpfr_ptr)NULL);
}

static void draw_pair(struct rng *r, int kind, double *x, double *y)
{
    switch (kind) {
    case 0: /* any power that neither overflows nor vanishes */
        *x = num_exp(rng_uniform(r, -700, 700));
        *y = rng_uniform(r, -740, 710) / num_log(*x);
        break;
    case 1: /* what models use */
        *x = rng_uniform(r, 0, 50);
        *y = rng_uniform(r, -4, 4);
        break;
    case 2: /* near one with a large exponent */
        *x = 1 + rng_uniform(r, -1e-3, 1e-3);
        *y = rng_uniform(r, -6e5, 6e5);
        break;
    default: /* negative bases, whole exponents */
        *x = rng_uniform(r, -20, 20);
        *y = (double)rng_range(r, -40, 40);
        break;
    }
}

static double two_off(two_fn *ours, mpfr_two_fn *exact, double x, double y)
{
    mpfr_t a, b, out;
    mpfr_inits2(53, a, b, (mpfr_ptr)NULL);
    mpfr_init2(out, 110);
    mpfr_set_d(a, x, MPFR_RNDN);
    mpfr_set_d(b, y, MPFR_RNDN);
    (void)exact(out, a, b, MPFR_RNDN);
    double off = ulps(ours(x, y), out);
    mpfr_clears(a, b, out, (mpfr_ptr)NULL);
    return off;
}

static void pow_stays_within_two_ulp(void **state)
{
    (void)state;
    struct rng r = rng_make(7, 1, 2);
    for (int kind = 0; kind < 4; kind++) {
        double worst = 0, wx = 0, wy = 0;
        for (int i = 0; i < ROUNDS; i++) {
            double x, y;
            draw_pair(&r, kind, &x, &y);
            double off = two_off(num_pow, mpfr_pow, x, y);
            if (off > worst) {
                worst = off;
                wx = x;
                wy = y;
            }
        }
        print_message("  pow kind %d: %.4f ulp at %a, %a\n", kind, worst, wx, wy);
        assert_true(worst <= 2);
    }
}

static void two_argument_functions_agree_on_special_arguments(void **state)
{
    (void)state;
    double worst_pow = 0, worst_atan2 = 0;
    for (int i = 0; i < 2 * (COUNT_OF(special) + 2); i++) {
        for (int j = 0; j < 2 * (COUNT_OF(special) + 2); j++) {
            double v[2];
            int which[2] = {i, j};
            for (int a = 0; a < 2; a++) {
                int s = which[a] / 2;
                v[a] = s == COUNT_OF(special) ? INFINITY : s > COUNT_OF(special) ? NAN : special[s];
                v[a] = which[a] & 1 ? -v[a] : v[a];
            }
            worst_pow = num_max(worst_pow, two_off(num_pow, mpfr_pow, v[0], v[1]));
            worst_atan2 = num_max(worst_atan2, two_off(num_atan2, mpfr_atan2, v[0], v[1]));
            assert_true(two_off(num_mod, mpfr_fmod, v[0], v[1]) == 0);
        }
    }
    print_message("  special pairs: pow %.4f, atan2 %.4f ulp\n", worst_pow, worst_atan2);
    assert_true(worst_pow <= 2);
    assert_true(worst_atan2 <= 1);
}

static void atan2_stays_within_one_ulp(void **state)
{
    (void)state;
    struct rng r = rng_make(7, 1, 3);
    double worst = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double x = rng_uniform(&r, -1, 1), y = rng_uniform(&r, -1, 1);
        if (i & 1) {
            x *= num_exp(rng_uniform(&r, -300, 300));
            y *= (i & 2) ? num_exp(rng_uniform(&r, -300, 300))
                         : x * num_exp(rng_uniform(&r, -40, 40));
        }
        worst = num_max(worst, two_off(num_atan2, mpfr_atan2, y, x));
    }
    print_message("  atan2: %.4f ulp\n", worst);
    assert_true(worst <= 1);
}

static void mod_is_exact(void **state)
{
    (void)state;
    struct rng r = rng_make(7, 1, 4);
    for (int i = 0; i < 20000; i++) {
        double x = rng_uniform(&r, -1, 1) * num_exp(rng_uniform(&r, -300, 300));
        double y = rng_uniform(&r, -1, 1) * num_exp(rng_uniform(&r, -300, 300));
        assert_true(two_off(num_mod, mpfr_fmod, x, y) == 0);
    }
}

static void whole_number_functions_agree_with_their_definition(void **state)
{
    (void)state;
    struct rng r = rng_make(7, 1, 5);
    mpfr_t in, out;
    mpfr_inits2(53, in, out, (mpfr_ptr)NULL);
    for (int i = 0; i < ROUNDS; i++) {
        double x = i & 1 ? rng_uniform(&r, -1e3, 1e3)
                         : rng_uniform(&r, -1, 1) * num_exp(rng_uniform(&r, -5, 45));
        if (i % 7 == 0)
            x = (double)rng_range(&r, -9, 9) / 2;
        mpfr_set_d(in, x, MPFR_RNDN);
        (void)mpfr_floor(out, in);
        assert_true(ulps(num_floor(x), out) == 0);
        (void)mpfr_ceil(out, in);
        assert_true(ulps(num_ceil(x), out) == 0);
        (void)mpfr_round(out, in);
        assert_true(ulps(num_round(x), out) == 0);
    }
    mpfr_clears(in, out, (mpfr_ptr)NULL);
    assert_true(num_round(0.49999999999999994) == 0);
    assert_true(signbit(num_floor(-0.0)) && signbit(num_ceil(-0.5)) &&
                signbit(num_round(-0.5 + 1e-9)));
    assert_true(num_floor(INFINITY) == INFINITY && isnan(num_ceil(NAN)) &&
                num_round(-1e300) == -1e300);
}

static void lgamma_has_a_relative_error_of_1e_13(void **state)
{
    (void)state;
    struct rng r = rng_make(7, 1, 6);
    mpfr_t in, out;
    mpfr_inits2(200, in, out, (mpfr_ptr)NULL);
    double worst = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double x = i % 3 == 0   ? rng_uniform(&r, 0, 20)
                   : i % 3 == 1 ? num_exp(rng_uniform(&r, -600, 600))
                                : 1 + (double)(i & 1) + rng_uniform(&r, -1e-5, 1e-5);
        int sign;
        mpfr_set_d(in, x, MPFR_RNDN);
        (void)mpfr_lgamma(out, &sign, in, MPFR_RNDN);
        double near = mpfr_get_d(out, MPFR_RNDN);
        if (near != 0)
            worst = num_max(worst, fabs(num_lgamma(x) - near) / fabs(near));
    }
    print_message("  lgamma: %.2g\n", worst);
    assert_true(worst <= 1e-13);
    assert_true(num_lgamma(1) == 0 && num_lgamma(2) == 0);
    assert_true(num_lgamma(0) == INFINITY && num_lgamma(INFINITY) == INFINITY &&
                isnan(num_lgamma(NAN)));
    mpfr_clears(in, out, (mpfr_ptr)NULL);
}

static void special_values_follow_annex_f(void **state)
{
    (void)state;
    assert_true(isnan(num_exp(NAN)) && isnan(num_log(NAN)) && isnan(num_sin(NAN)) &&
                isnan(num_atan(NAN)));
    assert_true(num_exp(INFINITY) == INFINITY && num_exp(-INFINITY) == 0 &&
                num_exp(1000) == INFINITY);
    assert_true(num_log(0) == -INFINITY && isnan(num_log(-1)) && num_log(INFINITY) == INFINITY);
    assert_true(num_log(1) == 0 && !signbit(num_log(1)));
    assert_true(num_pow(NAN, 0) == 1 && num_pow(1, NAN) == 1 && num_pow(-1, INFINITY) == 1);
    assert_true(isnan(num_pow(-8, 1.0 / 3)) && num_pow(-2, 3) == -8 && num_pow(10, 2) == 100);
    assert_true(isnan(num_sin(INFINITY)) && isnan(num_asin(1.5)) && num_acos(1) == 0);
    for (int n = -5; n <= 22; n++)
        assert_true(n < 0 || num_log10(num_pow(10, n)) == n);
    assert_true(isnan(num_min(NAN, 1)) && isnan(num_min(1, NAN)) && isnan(num_max(1, NAN)));
    assert_true(num_min(2, 1) == 1 && num_max(2, 1) == 2 && num_clamp(5, 0, 3) == 3);
    assert_true(num_clamp(-5, 0, 3) == 0 && num_clamp(2, 0, 3) == 2 && isnan(num_clamp(NAN, 0, 1)));
    assert_true(!num_is_finite(NAN) && !num_is_finite(-INFINITY) && num_is_finite(-1e308));
    assert_true(num_hypot(3, 4) == 5 && num_abs(-2) == 2 && isnan(num_sqrt(-1)));
    assert_true(num_abs(num_sin(1e17)) <= 1 && num_abs(num_cos(1e300)) <= 1);
}

static void bits_are_the_recorded_ones(void **state)
{
    (void)state;
    uint64_t sum = num_bits_checksum();
    print_message("  bits %016llx\n", (unsigned long long)sum);
    assert_true(sum == NUM_BITS_EXPECTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_of_one_argument_stay_within_one_ulp),
        cmocka_unit_test(angles_near_multiples_of_a_right_angle_stay_accurate),
        cmocka_unit_test(pow_stays_within_two_ulp),
        cmocka_unit_test(two_argument_functions_agree_on_special_arguments),
        cmocka_unit_test(atan2_stays_within_one_ulp),
        cmocka_unit_test(mod_is_exact),
        cmocka_unit_test(whole_number_functions_agree_with_their_definition),
        cmocka_unit_test(lgamma_has_a_relative_error_of_1e_13),
        cmocka_unit_test(special_values_follow_annex_f),
        cmocka_unit_test(bits_are_the_recorded_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

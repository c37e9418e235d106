/* num_bits.h -- one checksum over the result bits of base/num for 100,000 arguments a function.
 * Used by the unit test, which knows the value, and by tests/tools/bits.sh, which compares
 * compilers. */
#ifndef TUIYAN_TESTS_NUM_BITS_H
#define TUIYAN_TESTS_NUM_BITS_H

#include <stdint.h>
#include <string.h>

#include "base/num.h"

#define NUM_BITS_EXPECTED 0xd8da32718550b307u

static inline uint64_t num_bits_next(uint64_t *counter)
{
    uint64_t z = (*counter += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static inline void num_bits_fold(uint64_t *sum, double v)
{
    uint64_t u;
    if (v != v)
        v = 0; /* the sign and payload of a NaN are the processor's own business */
    memcpy(&u, &v, sizeof(u));
    *sum = (*sum ^ u) * 0x9fb21c651e98df25u;
    *sum ^= *sum >> 29;
}

static inline uint64_t num_bits_checksum(void)
{
    uint64_t counter = 20250117, sum = 0;
    for (int i = 0; i < 100000; i++) {
        double unit = (double)(num_bits_next(&counter) >> 11) * 0x1p-53;
        double other = (double)(num_bits_next(&counter) >> 11) * 0x1p-52 - 1;
        double wide;
        uint64_t any = num_bits_next(&counter); /* every exponent, infinities and NaN among them */
        memcpy(&wide, &any, sizeof(wide));
        double angle = (unit - 0.5) * (i % 2 ? 2e5 : 14);
        double size = i % 3 ? unit * 60 : num_abs(wide);
        const double results[] = {
            num_exp(other * 750),   num_exp(other),           num_log(size),
            num_log10(size),        num_pow(size, other * 8), num_pow(1 + other * 1e-3, unit * 1e5),
            num_sqrt(wide),         num_cbrt(wide),           num_sin(angle),
            num_cos(angle),         num_tan(angle),           num_sin(wide),
            num_atan(other * 5),    num_atan(wide),           num_atan2(unit - 0.5, other),
            num_atan2(wide, other), num_asin(other),          num_acos(other),
            num_hypot(unit, other), num_floor(angle),         num_ceil(angle),
            num_round(angle),       num_mod(angle, unit),     num_mod(wide, other),
            num_lgamma(size),
        };
        for (int k = 0; k < (int)(sizeof(results) / sizeof(results[0])); k++)
            num_bits_fold(&sum, results[k]);
    }
    return sum;
}

#endif

/* lanes8.h -- how numbers are summed and compared so that every build gives the same bits.
 *
 * The rules, for scalar, SSE2, AVX2 and aarch64 alike:
 *  - a sum runs in 8 fixed lanes, element i into lane i % 8, in every build and also in the scalar
 * one; the lanes are added as ((0+1)+(2+3))+((4+5)+(6+7)). Sums of bands are then added in band
 * order (core/world/lanes.h);
 *  - an element's own arithmetic is written once as plain operations and in one order; a vector
 * kernel does the same operations on 2, 4 or 8 elements at a time and never across neighbours in
 * its own order;
 *  - the greater of two is a > b ? a : b, which is what maxps does; no NaN reaches it;
 *  - no approximate reciprocal or root (rcp, rsqrt), no flush to zero, no fused multiply-add:
 * -ffp-contract=off everywhere, a vector function is built for "avx2" and never for "fma";
 *  - cube roots, powers and exponentials come from base/num alone.
 * tests/replay/kernel.c is a kernel after these rules; bits_matrix.test.sh shows that it gives the
 * same bits with gcc and clang, at every level, with 1, 2 and 3 threads. */
#ifndef TUIYAN_BASE_LANES8_H
#define TUIYAN_BASE_LANES8_H

#include <stdint.h>

struct lanes8 {
    double at[8];
};

/* Adds v as element i of what is summed. */
static inline void lanes8_add(struct lanes8 *s, int64_t i, double v)
{
    s->at[i & 7] += v;
}

static inline double lanes8_total(const struct lanes8 *s)
{
    return ((s->at[0] + s->at[1]) + (s->at[2] + s->at[3])) +
           ((s->at[4] + s->at[5]) + (s->at[6] + s->at[7]));
}

static inline float lanes8_max(float a, float b)
{
    return a > b ? a : b;
}

#endif

/* rng.h -- counter-based random streams, one per module and purpose, kept in the state.
 *
 * SplitMix64's output function over key + counter (Steele, Lea, Flood 2014, OOPSLA). Drawing from one
 * stream never disturbs another, and the whole state is two integers. */
#ifndef TUIYAN_BASE_RNG_H
#define TUIYAN_BASE_RNG_H

#include <stdint.h>

struct rng {
    uint64_t key;
    uint64_t counter;
};

/* Modules that draw; the purpose is counted within the module. */
enum { RNG_HAZARD = 1, RNG_RESPONSE = 2 };

struct rng rng_make(uint64_t seed, uint32_t module, uint32_t purpose);
uint64_t rng_u64(struct rng *r);
double rng_unit(struct rng *r);                              /* [0, 1), 53 bits */
int64_t rng_range(struct rng *r, int64_t low, int64_t high); /* low..high inclusive, unbiased */
double rng_uniform(struct rng *r, double low, double high);
double rng_normal(struct rng *r);                    /* mean 0, variance 1; Box-Muller, two draws */
double rng_exponential(struct rng *r, double mean);
uint64_t rng_mix(uint64_t a, uint64_t b); /* one stateless hash of two words */

#endif

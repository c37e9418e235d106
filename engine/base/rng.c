#include "base/rng.h"

#include "base/attr.h"
#include "base/num.h"

/* SplitMix64's finaliser. */
static uint64_t finish(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static const uint64_t golden = 0x9e3779b97f4a7c15u;

uint64_t rng_mix(uint64_t a, uint64_t b)
{
    return finish(finish(a + golden) ^ (b + golden));
}

struct rng rng_make(uint64_t seed, uint32_t module, uint32_t purpose)
{
    return (struct rng){rng_mix(seed, (uint64_t)module << 32 | purpose), 0};
}

uint64_t rng_u64(struct rng *r)
{
    return finish(r->key + ++r->counter * golden);
}

double rng_unit(struct rng *r)
{
    return (double)(rng_u64(r) >> 11) * 0x1p-53;
}

int64_t rng_range(struct rng *r, int64_t low, int64_t high)
{
    ASSERT(low <= high);
    uint64_t span = (uint64_t)high - (uint64_t)low + 1;
    if (span == 0)
        return (int64_t)rng_u64(r);
    uint64_t limit =
        UINT64_MAX - (UINT64_MAX % span + 1) % span; /* the last value that keeps it fair */
    uint64_t draw = rng_u64(r);
    while (draw > limit)
        draw = rng_u64(r);
    return (int64_t)((uint64_t)low + draw % span);
}

double rng_uniform(struct rng *r, double low, double high)
{
    return low + (high - low) * rng_unit(r);
}

double rng_normal(struct rng *r)
{
    double u = 1.0 - rng_unit(r); /* (0, 1] */
    double v = rng_unit(r);
    return num_sqrt(-2.0 * num_log(u)) * num_cos(2.0 * NUM_PI * v);
}

double rng_exponential(struct rng *r, double mean)
{
    return -mean * num_log(1.0 - rng_unit(r));
}

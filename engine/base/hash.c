#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_bytes(const void *at, size_t size, uint64_t seed)
{
    return XXH3_64bits_withSeed(at, size, seed);
}

uint64_t hash_word(uint64_t h, uint64_t word)
{
    h = (h ^ word) * 0x9fb21c651e98df25u;
    return h ^ (h >> 28) ^ (h >> 47);
}

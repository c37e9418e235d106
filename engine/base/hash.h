/* hash.h -- XXH3-64 of bytes. The vector variants of xxhash give the same value as the scalar one. */
#ifndef TUIYAN_BASE_HASH_H
#define TUIYAN_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const void *at, size_t size, uint64_t seed);
/* Folds one word into a running 64-bit value; order matters. */
uint64_t hash_word(uint64_t h, uint64_t word);

#endif

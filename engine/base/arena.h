/* arena.h -- memory by lifetime: everything given out is freed together.
 *
 * An arena grows in blocks. arena_alloc returns zeroed memory aligned for any type, or NULL when the
 * system has none left or the arena's limit is reached. */
#ifndef TUIYAN_BASE_ARENA_H
#define TUIYAN_BASE_ARENA_H

#include "base/text.h"

struct arena {
    struct arena_block *head;
    size_t used;
    size_t limit; /* bytes, all blocks together; 0 is none */
};

void arena_init(struct arena *a, size_t limit);
MUST_USE void *arena_alloc(struct arena *a, size_t count, size_t size);
struct text arena_text(struct arena *a, struct text t); /* .at NULL on failure; NUL-terminated copy */
void arena_reset(struct arena *a); /* gives all blocks but the first back */
void arena_free(struct arena *a);

#define ARENA_NEW(arena, type, count) ((type *)arena_alloc((arena), (size_t)(count), sizeof(type)))

#endif

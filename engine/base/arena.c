#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t size, used;
};

enum {
    BLOCK = 256 * 1024,
    ALIGN = 16,
    HEAD = (sizeof(struct arena_block) + ALIGN - 1) / ALIGN * ALIGN
};

void arena_init(struct arena *a, size_t limit)
{
    *a = (struct arena){.limit = limit};
}

static struct arena_block *more(struct arena *a, size_t need)
{
    size_t size = need > BLOCK ? need : BLOCK;
    if (size > SIZE_MAX - HEAD)
        return NULL;
    struct arena_block *b = malloc(HEAD + size);
    if (!b)
        return NULL;
    *b = (struct arena_block){a->head, size, 0};
    a->head = b;
    return b;
}

void *arena_alloc(struct arena *a, size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX - ALIGN) / size)
        return NULL;
    size_t need = (count * size + ALIGN - 1) / ALIGN * ALIGN;
    if (a->limit != 0 && need > a->limit - a->used)
        return NULL;
    struct arena_block *b = a->head;
    if (!b || b->size - b->used < need)
        b = more(a, need);
    if (!b)
        return NULL;
    void *at = (char *)b + HEAD + b->used;
    b->used += need;
    a->used += need;
    memset(at, 0, need);
    return at;
}

struct text arena_text(struct arena *a, struct text t)
{
    char *copy = arena_alloc(a, 1, (size_t)t.len + 1);
    if (!copy)
        return (struct text){NULL, 0};
    if (t.len > 0)
        memcpy(copy, t.at, (size_t)t.len);
    return (struct text){copy, t.len};
}

void arena_reset(struct arena *a)
{
    while (a->head && a->head->next) {
        struct arena_block *b = a->head;
        a->head = b->next;
        free(b);
    }
    if (a->head)
        a->head->used = 0;
    a->used = 0;
}

void arena_free(struct arena *a)
{
    while (a->head) {
        struct arena_block *b = a->head;
        a->head = b->next;
        free(b);
    }
    a->used = 0;
}

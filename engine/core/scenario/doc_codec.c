#include "core/scenario/doc_codec.h"

#include <string.h>

enum { VERSION = 1, DEPTH_MAX = 64 };

struct pen {
    uint8_t *at;
    size_t size, cap;
    bool full;
};

static void put(struct pen *p, const void *at, size_t size)
{
    if (p->at && !p->full) {
        if (size > p->cap - p->size)
            p->full = true;
        else
            memcpy(p->at + p->size, at, size);
    }
    p->size += size;
}

static void put_u32(struct pen *p, uint32_t v)
{
    uint8_t b[4] = {(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)};
    put(p, b, 4);
}

static void put_text(struct pen *p, struct text t)
{
    put_u32(p, (uint32_t)t.len);
    if (t.len > 0)
        put(p, t.at, (size_t)t.len);
}

static void put_u64(struct pen *p, uint64_t v)
{
    put_u32(p, (uint32_t)v);
    put_u32(p, (uint32_t)(v >> 32));
}

static void encode(struct pen *p, const struct doc *d)
{
    uint8_t kind = (uint8_t)d->kind;
    put(p, &kind, 1);
    put_text(p, d->key);
    put_text(p, d->file);
    put_u32(p, (uint32_t)d->line);
    uint64_t bits;
    switch (d->kind) {
    case DOC_NIL:
        break;
    case DOC_BOOL:
        put_u32(p, d->b);
        break;
    case DOC_INT:
        put_u64(p, (uint64_t)d->i);
        break;
    case DOC_NUM:
        memcpy(&bits, &d->n, 8);
        put_u64(p, bits);
        break;
    case DOC_TEXT:
        put_text(p, d->t);
        break;
    case DOC_FUNC:
        put_u32(p, (uint32_t)d->func);
        break;
    case DOC_TABLE:
        put_u32(p, (uint32_t)d->count);
        for (const struct doc *c = d->child; c; c = c->next)
            encode(p, c);
        break;
    }
}

size_t doc_encode(const struct doc *d, uint8_t *to, size_t cap)
{
    struct pen p = {to, 0, cap, false};
    put_u32(&p, VERSION);
    encode(&p, d);
    return p.full ? 0 : p.size;
}

struct eye {
    const uint8_t *at;
    size_t left;
    bool bad;
    struct arena *a;
};

static uint32_t get_u32(struct eye *s)
{
    if (s->left < 4) {
        s->bad = true;
        return 0;
    }
    uint32_t v = (uint32_t)s->at[0] | (uint32_t)s->at[1] << 8 | (uint32_t)s->at[2] << 16 |
                 (uint32_t)s->at[3] << 24;
    s->at += 4;
    s->left -= 4;
    return v;
}

static uint64_t get_u64(struct eye *s)
{
    uint64_t low = get_u32(s);
    return low | (uint64_t)get_u32(s) << 32;
}

static struct text get_text(struct eye *s)
{
    uint32_t len = get_u32(s);
    if (s->bad || len > s->left || len > INT32_MAX) {
        s->bad = true;
        return (struct text){"", 0};
    }
    struct text t = arena_text(s->a, (struct text){(const char *)s->at, (int)len});
    if (!t.at) {
        s->bad = true;
        return (struct text){"", 0};
    }
    s->at += len;
    s->left -= len;
    return t;
}

static struct doc *decode(struct eye *s, struct doc *parent, int depth)
{
    if (s->left < 1 || depth > DEPTH_MAX) {
        s->bad = true;
        return NULL;
    }
    uint8_t kind = *s->at++;
    s->left--;
    struct text key = get_text(s);
    struct text file = get_text(s);
    int line = (int)get_u32(s);
    if (s->bad || kind > DOC_FUNC) {
        s->bad = true;
        return NULL;
    }
    struct doc *d = doc_add(s->a, parent, key, (enum doc_kind)kind);
    if (!d) {
        s->bad = true;
        return NULL;
    }
    d->file = file;
    d->line = line;
    d->func = -1;
    uint64_t bits;
    switch (d->kind) {
    case DOC_NIL:
        break;
    case DOC_BOOL:
        d->b = get_u32(s) != 0;
        break;
    case DOC_INT:
        d->i = (int64_t)get_u64(s);
        d->n = (double)d->i;
        break;
    case DOC_NUM:
        bits = get_u64(s);
        memcpy(&d->n, &bits, 8);
        break;
    case DOC_TEXT:
        d->t = get_text(s);
        break;
    case DOC_FUNC:
        d->func = (int)get_u32(s);
        break;
    case DOC_TABLE:
        for (uint32_t i = get_u32(s); i > 0 && !s->bad; i--)
            (void)decode(s, d, depth + 1);
        break;
    }
    return d;
}

struct doc *doc_decode(const uint8_t *from, size_t size, struct arena *a)
{
    struct eye s = {from, size, false, a};
    if (get_u32(&s) != VERSION || s.bad)
        return NULL;
    struct doc *d = decode(&s, NULL, 0);
    return s.bad || s.left != 0 ? NULL : d;
}

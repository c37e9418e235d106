#include "core/world/walk.h"

#include <string.h>

#include "base/hash.h"

void walk_begin_hash(struct walk *w)
{
    w->mode = WALK_HASH;
    w->slice = "";
    w->fields = 0;
    w->cursor = 0;
    w->watch = false;
    w->facts = "";
    w->named_count = 0;
    w->bad = false;
}

void walk_begin_save(struct walk *w, uint8_t *at, size_t cap)
{
    w->mode = WALK_SAVE;
    w->slice = "";
    w->at = at;
    w->size = 0;
    w->cap = cap;
    w->bad = false;
}

void walk_begin_load(struct walk *w, const uint8_t *at, size_t size)
{
    w->mode = WALK_LOAD;
    w->slice = "";
    w->at = (uint8_t *)(uintptr_t)at; /* read only in this mode */
    w->size = 0;
    w->cap = size;
    w->bad = false;
}

void walk_slice(struct walk *w, const char *slice)
{
    w->slice = slice;
    w->cursor = w->fields;
    w->facts = "";
}

void walk_facts(struct walk *w, const char *names)
{
    w->facts = names;
    if (w->mode != WALK_HASH || !w->watch)
        return;
    ASSERT(w->named_count < SLICE_MAX);
    w->named[w->named_count].slice = w->slice;
    w->named[w->named_count++].names = names;
}

static bool is_fact(const struct walk *w, const char *name)
{
    struct text rest = text_of(w->facts);

    for (struct text word = text_word(&rest); word.len > 0; word = text_word(&rest))
        if (text_is(word, name))
            return true;
    return false;
}

/* The slot of a field. Elements of an array of structs name the same fields in the same order, so the
 * slot wanted is nearly always the one after the last. */
static struct walk_field *slot(struct walk *w, const char *name)
{
    if (w->cursor < w->fields && w->field[w->cursor].name == name)
        return &w->field[w->cursor++];
    for (int i = w->fields - 1; i >= 0 && w->field[i].slice == w->slice; i--) {
        if (w->field[i].name == name) {
            w->cursor = i + 1;
            return &w->field[i];
        }
    }
    ASSERT(w->fields < SLICE_FIELD_MAX);
    struct walk_field *f = &w->field[w->fields++];
    *f = (struct walk_field){w->slice, name, WALK_NOTHING, w->watch && is_fact(w, name)};
    w->cursor = w->fields;
    return f;
}

static void fold(struct walk *w, const char *name, const void *at, size_t size)
{
    struct walk_field *f = slot(w, name);
    if (size == 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        f->hash = hash_word(f->hash, word);
    } else if (size == 4) {
        uint32_t word;
        memcpy(&word, at, 4);
        f->hash = hash_word(f->hash, word);
    } else {
        f->hash = hash_bytes(at, size, f->hash);
    }
}

static void store_bytes(struct walk *w, const void *at, size_t size)
{
    if (w->at && !w->bad) {
        if (size > w->cap - w->size) {
            w->bad = true;
            return;
        }
        memcpy(w->at + w->size, at, size);
    }
    w->size += size;
}

static void load_bytes(struct walk *w, void *at, size_t size)
{
    if (w->bad || size > w->cap - w->size) {
        w->bad = true;
        memset(at, 0, size);
        return;
    }
    memcpy(at, w->at + w->size, size);
    w->size += size;
}

void walk_bytes(struct walk *w, const char *name, void *at, size_t size)
{
    switch (w->mode) {
    case WALK_HASH:
        fold(w, name, at, size);
        break;
    case WALK_SAVE:
        store_bytes(w, at, size);
        break;
    case WALK_LOAD:
        load_bytes(w, at, size);
        break;
    }
}

/* Every machine we build for is little-endian; a big-endian one would swap here. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "walk writes memory order");

void walk_i32(struct walk *w, const char *name, int32_t *v, int count)
{
    walk_bytes(w, name, v, (size_t)count * sizeof(*v));
}

void walk_u32(struct walk *w, const char *name, uint32_t *v, int count)
{
    walk_bytes(w, name, v, (size_t)count * sizeof(*v));
}

void walk_i64(struct walk *w, const char *name, int64_t *v, int count)
{
    walk_bytes(w, name, v, (size_t)count * sizeof(*v));
}

void walk_u64(struct walk *w, const char *name, uint64_t *v, int count)
{
    walk_bytes(w, name, v, (size_t)count * sizeof(*v));
}

void walk_f64(struct walk *w, const char *name, double *v, int count)
{
    walk_bytes(w, name, v, (size_t)count * sizeof(*v));
}

void walk_f32(struct walk *w, const char *name, float *v, int count)
{
    walk_bytes(w, name, v, (size_t)count * sizeof(*v));
}

void walk_u8(struct walk *w, const char *name, uint8_t *v, int count)
{
    walk_bytes(w, name, v, (size_t)count);
}

void walk_bool(struct walk *w, const char *name, bool *v, int count)
{
    for (int i = 0; i < count; i++) {
        uint32_t word = v[i] ? 1 : 0;
        walk_bytes(w, name, &word, sizeof(word));
        if (w->mode == WALK_LOAD) {
            if (word > 1)
                w->bad = true;
            v[i] = word == 1;
        }
    }
}

void walk_count(struct walk *w, const char *name, int32_t *v, int32_t max)
{
    walk_i32(w, name, v, 1);
    if (w->mode == WALK_LOAD && (*v < 0 || *v > max)) {
        w->bad = true;
        *v = 0;
    }
}

void walk_digest(struct walk *w, const char *name, uint64_t digest)
{
    if (w->mode == WALK_HASH)
        fold(w, name, &digest, sizeof(digest));
}

uint64_t walk_hash(const struct walk *w)
{
    uint64_t h = 0;
    for (int i = 0; i < w->fields; i++)
        h = hash_word(h, w->field[i].hash);
    return h;
}

/* walk.h -- one visit of every field of a slice drives hash, snapshot, restore and the diff of verify.
 *
 * A slice's walk function names each field and hands over its address. Arrays of structs call the same
 * fields for each element; the field's hash then covers all of them. Pointers are never walked. */
#ifndef TUIYAN_CORE_WORLD_WALK_H
#define TUIYAN_CORE_WORLD_WALK_H

#include <stddef.h>
#include "base/limits.h"
#include "base/text.h"

enum walk_mode { WALK_HASH, WALK_SAVE, WALK_LOAD };

#define WALK_NOTHING 0x9e3779b97f4a7c15u /* the hash of a field before anything is folded into it */

struct walk_field {
    const char *slice, *name; /* compared by address: string literals */
    uint64_t hash;
    bool fact; /* only looked up when somebody watches */
};

struct walk {
    enum walk_mode mode;
    const char *slice;
    /* WALK_HASH */
    struct walk_field field[SLICE_FIELD_MAX];
    int fields;
    int cursor;
    bool watch;        /* facts are looked up; facts.h */
    const char *facts; /* of the slice being walked */
    struct { const char *slice, *names; } named[SLICE_MAX]; /* of all slices, when watched */
    int named_count;
    /* WALK_SAVE: bytes written, sizing when at is NULL; WALK_LOAD: bytes read */
    uint8_t *at;
    size_t size, cap;
    bool bad; /* LOAD ran out of bytes or a count does not fit; SAVE did not fit */
};

void walk_begin_hash(struct walk *w);
void walk_begin_save(struct walk *w, uint8_t *at, size_t cap); /* at NULL: only counts size */
void walk_begin_load(struct walk *w, const uint8_t *at, size_t size);
void walk_slice(struct walk *w, const char *slice);
/* Names, at the head of a slice's walk, the fields that stand for what happened and so change in apply alone,
 * separated by blanks; facts.h watches them. */
void walk_facts(struct walk *w, const char *names);
void walk_bytes(struct walk *w, const char *name, void *at, size_t size); /* raw, little-endian data only */
void walk_i32(struct walk *w, const char *name, int32_t *v, int count);
void walk_u32(struct walk *w, const char *name, uint32_t *v, int count);
void walk_i64(struct walk *w, const char *name, int64_t *v, int count);
void walk_u64(struct walk *w, const char *name, uint64_t *v, int count);
void walk_f64(struct walk *w, const char *name, double *v, int count);
void walk_f32(struct walk *w, const char *name, float *v, int count);
void walk_u8(struct walk *w, const char *name, uint8_t *v, int count);
void walk_bool(struct walk *w, const char *name, bool *v, int count);
/* A count that bounds what follows: on load it must lie in 0..max, else w->bad. */
void walk_count(struct walk *w, const char *name, int32_t *v, int32_t max);
/* A value that stands for bulk data in the hash (an incremental digest); nothing is saved or loaded. */
void walk_digest(struct walk *w, const char *name, uint64_t digest);
/* The hash of all fields seen, in order. */
uint64_t walk_hash(const struct walk *w);

#endif

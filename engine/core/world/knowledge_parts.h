/* knowledge_parts.h -- inside of knowledge: facts (knowledge.c) and what is known of rasters (knowledge_seen.c). */
#ifndef TUIYAN_CORE_WORLD_KNOWLEDGE_PARTS_H
#define TUIYAN_CORE_WORLD_KNOWLEDGE_PARTS_H

#include "core/world/knowledge.h"

/* What one agency, or everybody, has been told of a raster. */
struct picture {
    uint8_t *cls;
    int32_t *seen_s; /* -1: never */
    bool told;       /* anything of it */
    bool stale;      /* the digest is of before the last telling */
    uint64_t digest;
};

struct raster {
    int32_t owner, layer;
    struct known_grid grid;
    struct picture *of; /* the shared one, then by agency */
};

/* A difference: what one agency was told and the shared picture does not have. Slot 0 keys are free. */
struct difference {
    uint32_t key; /* 1 + agency * facts + index */
    struct fact fact;
};

enum { DIFF_SLOTS = FACT_DIFF_MAX * 2 };

struct knowledge {
    /* A topic's place: those of the owners that the scenario has, one after another. */
    int32_t first[OWNERS_MAX + 1];
    int32_t topics;
    int32_t *base;     /* by place: index of its first fact */
    uint8_t *entity;   /* by place */
    int32_t agencies;
    struct fact *shared;
    struct difference *diff; /* open addressing; nothing is ever removed */
    int32_t diffs;
    int32_t *order;          /* slots in the order of first telling, for walking */
    struct raster *raster;
    int32_t rasters;
    uint32_t *version;       /* by agency, the shared picture first, and topic */
};

/* One of the pictures (0: the shared one) as part of the state. */
void knowledge_walk_picture(struct raster *r, int32_t which, struct walk *w);

#endif

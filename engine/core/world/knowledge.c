#include "core/world/knowledge.h"

#include <string.h>

#include "base/rng.h"
#include "core/world/world.h"

struct fact_row {
    const char *name;
    enum entity entity; /* ENT_COUNT: one subject */
};

static const struct fact_row topics[TOPIC_COUNT] = {
    [TOPIC_HAZARD_SIZE] = {"hazard_size", ENT_COUNT},
    [TOPIC_HAZARD_AT] = {"hazard_at", ENT_COUNT},
    [TOPIC_HAZARD_COUNT] = {"hazard_count", ENT_COUNT},
    [TOPIC_WIND] = {"wind", ENT_COUNT},
    [TOPIC_WIND_FROM] = {"wind_from", ENT_COUNT},
    [TOPIC_WIND_AHEAD] = {"wind_ahead", ENT_COUNT},
    [TOPIC_LEVEL] = {"level", ENT_COUNT},
    [TOPIC_POST] = {"post", ENT_COUNT},
    [TOPIC_COMMANDER] = {"commander", ENT_COUNT},
    [TOPIC_TEAM_STAGE] = {"team_stage", ENT_TEAM},
    [TOPIC_TEAM_PLACE] = {"team_place", ENT_TEAM},
    [TOPIC_TEAM_TASK] = {"team_task", ENT_TEAM},
    [TOPIC_TEAM_HURT] = {"team_hurt", ENT_TEAM},
    [TOPIC_PLACE_STATE] = {"place_state", ENT_PLACE},
    [TOPIC_PLACE_MOVED] = {"place_moved", ENT_PLACE},
    [TOPIC_PLACE_ORDERED] = {"place_ordered", ENT_PLACE},
    [TOPIC_SHELTER] = {"shelter", ENT_PLACE},
    [TOPIC_ROAD_STATE] = {"road_state", ENT_ROAD},
    [TOPIC_CHANNEL_STATE] = {"channel_state", ENT_CHANNEL},
    [TOPIC_LINE_DONE] = {"line_done", ENT_LINE},
    [TOPIC_POWER_CUT] = {"power_cut", ENT_LINE},
    [TOPIC_INJECT] = {"inject", ENT_INJECT},
    [TOPIC_ASSET] = {"asset", ENT_ASSET},
    [TOPIC_ASSET_BROKEN] = {"asset_broken", ENT_ASSET},
};

/* A difference: what one agency was told and the shared picture does not have. Slot 0 keys are free. */
struct difference {
    uint32_t key; /* 1 + agency * facts + index */
    struct fact fact;
};

enum { DIFF_SLOTS = FACT_DIFF_MAX * 2 };

struct knowledge {
    int32_t base[TOPIC_COUNT + 1]; /* index of the first fact of a topic */
    int32_t agencies;
    struct fact *shared;
    struct difference *diff; /* open addressing; nothing is ever removed */
    int32_t diffs;
    int32_t *order;          /* slots in the order of first telling, for walking */
    uint8_t *seen;
    uint32_t *version;       /* by agency, the shared picture first, and topic */
};

static const struct fact untold = {0, -1, -1, 0};

const char *topic_name(enum topic topic)
{
    ASSERT((int)topic >= 0 && topic < TOPIC_COUNT);
    return topics[topic].name;
}

int knowledge_subjects(const struct knowledge *k, enum topic topic)
{
    return k->base[topic + 1] - k->base[topic];
}

enum rc knowledge_make(const struct atlas *atlas, struct arena *perm, struct knowledge **out,
                       struct err *e)
{
    struct knowledge *k = ARENA_NEW(perm, struct knowledge, 1);
    if (!k)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int t = 0; t < TOPIC_COUNT; t++) {
        int subjects = topics[t].entity == ENT_COUNT ? 1 : ATLAS_COUNT(atlas, topics[t].entity);
        k->base[t + 1] = k->base[t] + subjects;
    }
    k->agencies = ATLAS_COUNT(atlas, ENT_AGENCY);
    k->shared = ARENA_NEW(perm, struct fact, k->base[TOPIC_COUNT] + 1);
    k->diff = ARENA_NEW(perm, struct difference, DIFF_SLOTS);
    k->order = ARENA_NEW(perm, int32_t, FACT_DIFF_MAX);
    k->seen = ARENA_NEW(perm, uint8_t, KNOWN_GRID * KNOWN_GRID);
    k->version = ARENA_NEW(perm, uint32_t, ((size_t)k->agencies + 1) * TOPIC_COUNT);
    if (!k->shared || !k->diff || !k->order || !k->seen || !k->version)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < k->base[TOPIC_COUNT]; i++)
        k->shared[i] = untold;
    *out = k;
    return RC_OK;
}

static uint32_t diff_key(const struct knowledge *k, int32_t agency, int32_t index)
{
    return 1 + (uint32_t)agency * (uint32_t)k->base[TOPIC_COUNT] + (uint32_t)index;
}

/* The slot of a key, or the free slot where it would go. What is known of one subject (a team's stage, place, task) lies
 * side by side, for it is told together. */
static int32_t diff_slot(const struct knowledge *k, uint32_t key, enum topic topic)
{
    uint32_t facts = (uint32_t)k->base[TOPIC_COUNT], agency = (key - 1) / facts, subject = (key - 1) % facts - (uint32_t)k->base[topic];
    uint32_t at = (uint32_t)rng_mix(agency << 8 | (uint32_t)topics[topic].entity, subject) + ((uint32_t)topic & 7u);
    for (at &= DIFF_SLOTS - 1; k->diff[at].key != 0 && k->diff[at].key != key;)
        at = (at + 1) & (DIFF_SLOTS - 1);
    return (int32_t)at;
}

/* Of a key that was loaded. */
static enum topic topic_of(const struct knowledge *k, uint32_t key)
{
    int32_t index = (int32_t)((key - 1) % (uint32_t)k->base[TOPIC_COUNT]);
    int topic = 0;
    while (index >= k->base[topic + 1])
        topic++;
    return (enum topic)topic;
}
_Static_assert((DIFF_SLOTS & (DIFF_SLOTS - 1)) == 0, "a power of two");

static int32_t fact_index(const struct knowledge *k, enum topic topic, int32_t subject)
{
    ASSERT((int)topic >= 0 && topic < TOPIC_COUNT);
    ASSERT(subject >= 0 && subject < k->base[topic + 1] - k->base[topic]);
    return k->base[topic] + subject;
}

static void hear(struct fact *f, const struct fact *news)
{
    if (news->seen_ms >= f->seen_ms)
        *f = *news;
}

bool knowledge_tell(struct knowledge *k, int32_t agency, enum topic topic, int32_t subject, int64_t value,
                    int64_t seen_ms, int64_t heard_ms, int64_t event)
{
    int32_t index = fact_index(k, topic, subject);
    struct fact news = {value, seen_ms, heard_ms, event};
    if (agency == EVERYBODY) {
        hear(&k->shared[index], &news);
        k->version[topic]++;
        return true;
    }
    ASSERT(agency >= 0 && agency < k->agencies);
    if (k->shared[index].seen_ms >= seen_ms)
        return true; /* everybody knows something newer already */
    uint32_t key = diff_key(k, agency, index);
    struct difference *d = &k->diff[diff_slot(k, key, topic)];
    if (d->key == 0) {
        if (k->diffs == FACT_DIFF_MAX)
            return false;
        k->order[k->diffs++] = (int32_t)(d - k->diff);
        d->key = key;
        d->fact = untold;
    }
    hear(&d->fact, &news);
    k->version[(agency + 1) * TOPIC_COUNT + (int)topic]++;
    return true;
}

uint32_t knowledge_version(const struct knowledge *k, int32_t agency, enum topic topic)
{
    return k->version[(agency == EVERYBODY ? 0 : agency + 1) * TOPIC_COUNT + (int)topic];
}

struct fact knowledge_get(const struct knowledge *k, int32_t agency, enum topic topic, int32_t subject)
{
    int32_t index = fact_index(k, topic, subject);
    struct fact fact = k->shared[index];
    if (agency != EVERYBODY) {
        ASSERT(agency >= 0 && agency < k->agencies);
        uint32_t key = diff_key(k, agency, index);
        const struct difference *d = &k->diff[diff_slot(k, key, topic)];
        if (d->key == key && d->fact.seen_ms > fact.seen_ms)
            fact = d->fact;
    }
    return fact;
}

int64_t knowledge_value(const struct knowledge *k, int32_t agency, enum topic topic, int32_t subject,
                        int64_t missing)
{
    struct fact f = knowledge_get(k, agency, topic, subject);
    return f.seen_ms < 0 ? missing : f.value;
}

const uint8_t *knowledge_seen(const struct knowledge *k)
{
    return k->seen;
}

void knowledge_see(struct knowledge *k, int col, int row)
{
    if (col >= 0 && col < KNOWN_GRID && row >= 0 && row < KNOWN_GRID)
        k->seen[row * KNOWN_GRID + col] = 1;
}

static void walk_fact(struct walk *w, struct fact *f)
{
    walk_i64(w, "value", &f->value, 1);
    walk_i64(w, "seen", &f->seen_ms, 1);
    walk_i64(w, "heard", &f->heard_ms, 1);
    walk_i64(w, "event", &f->event, 1);
}

void knowledge_walk(void *self, struct walk *w)
{
    struct knowledge *k = self;
    for (int i = 0; i < k->base[TOPIC_COUNT]; i++)
        walk_fact(w, &k->shared[i]);
    int32_t count = k->diffs;
    walk_count(w, "differences", &count, FACT_DIFF_MAX);
    if (w->mode == WALK_LOAD) {
        memset(k->diff, 0, sizeof(*k->diff) * DIFF_SLOTS);
        k->diffs = 0;
    }
    for (int i = 0; i < count && !w->bad; i++) {
        struct difference d = {0};
        if (w->mode != WALK_LOAD)
            d = k->diff[k->order[i]];
        walk_u32(w, "key", &d.key, 1);
        walk_fact(w, &d.fact);
        if (w->mode != WALK_LOAD)
            continue;
        int32_t at = d.key ? diff_slot(k, d.key, topic_of(k, d.key)) : -1;
        if (at < 0 || k->diff[at].key != 0) {
            w->bad = true; /* no key, or one told twice: not something we saved */
            return;
        }
        k->diff[at] = d;
        k->order[k->diffs++] = at;
        k->version[((d.key - 1) / (uint32_t)k->base[TOPIC_COUNT] + 1) * TOPIC_COUNT + (uint32_t)topic_of(k, d.key)]++;
    }
    for (int topic = 0; topic < TOPIC_COUNT && w->mode == WALK_LOAD; topic++)
        k->version[topic]++;
    walk_u8(w, "extent_seen", k->seen, KNOWN_GRID * KNOWN_GRID);
}

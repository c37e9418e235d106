/* knowledge.c -- facts: the shared picture and, by agency, what differs from it; declared in
 * knowledge.h. Pictures of rasters are in knowledge_seen.c. */
#include "core/world/knowledge_parts.h"

#include <string.h>

#include "base/hash.h"
#include "base/rng.h"
#include "core/order/vocab.h"
#include "core/world/world.h"

static const struct fact untold = {0, -1, -1, 0};

/* Where the facts of a topic lie; a topic of a hazard that the scenario does not have has no place. */
static int32_t place_of(const struct knowledge *k, int32_t topic)
{
    int owner = topic >> OWN_BITS, row = topic & OWN_ROW;
    ASSERT(topic >= 0 && owner < OWNERS_MAX && row < k->first[owner + 1] - k->first[owner]);
    return k->first[owner] + row;
}

int knowledge_subjects(const struct knowledge *k, int32_t topic)
{
    int32_t at = place_of(k, topic);
    return k->base[at + 1] - k->base[at];
}

static void count_topics(struct knowledge *k, const struct names *n)
{
    for (int owner = 0; owner < OWNERS_MAX; owner++) {
        const struct vocab *v = vocab_present(n, owner) ? vocab_of(n, owner) : NULL;
        k->first[owner + 1] = k->first[owner] + (v ? v->topics : 0);
    }
    k->topics = k->first[OWNERS_MAX];
}

enum rc knowledge_make(const struct atlas *atlas, struct arena *perm, struct knowledge **out,
                       struct err *e)
{
    struct knowledge *k = ARENA_NEW(perm, struct knowledge, 1);
    if (!k)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    count_topics(k, &atlas->names);
    k->agencies = ATLAS_COUNT(atlas, ENT_AGENCY);
    k->base = ARENA_NEW(perm, int32_t, k->topics + 1);
    k->entity = ARENA_NEW(perm, uint8_t, k->topics + 1);
    k->version = ARENA_NEW(perm, uint32_t, ((size_t)k->agencies + 1) * (size_t)k->topics);
    if (!k->base || !k->entity || !k->version)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t t = word_next(&atlas->names, VK_TOPIC, -1); t >= 0; t = word_next(&atlas->names, VK_TOPIC, t)) {
        int32_t at = place_of(k, t);
        enum entity entity = topic_row(&atlas->names, t)->entity;
        k->entity[at] = (uint8_t)entity;
        k->base[at + 1] = k->base[at] + (entity == ENT_COUNT ? 1 : ATLAS_COUNT(atlas, entity));
    }
    k->shared = ARENA_NEW(perm, struct fact, k->base[k->topics] + 1);
    k->diff = ARENA_NEW(perm, struct difference, DIFF_SLOTS);
    k->order = ARENA_NEW(perm, int32_t, FACT_DIFF_MAX);
    k->raster = ARENA_NEW(perm, struct raster, KNOWN_LAYERS_MAX);
    if (!k->shared || !k->diff || !k->order || !k->raster)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < k->base[k->topics]; i++)
        k->shared[i] = untold;
    *out = k;
    return RC_OK;
}

static uint32_t diff_key(const struct knowledge *k, int32_t agency, int32_t index)
{
    return 1 + (uint32_t)agency * (uint32_t)k->base[k->topics] + (uint32_t)index;
}

/* The slot of a key, or the free slot where it would go; place: the topic's. What is known of one subject (a team's stage,
 * place, task) lies side by side, for it is told together. */
static int32_t diff_slot(const struct knowledge *k, uint32_t key, int32_t place)
{
    uint32_t facts = (uint32_t)k->base[k->topics], agency = (key - 1) / facts, subject = (key - 1) % facts - (uint32_t)k->base[place];
    uint32_t at = (uint32_t)rng_mix(agency << 8 | k->entity[place], subject) + ((uint32_t)place & 7u);
    for (at &= DIFF_SLOTS - 1; k->diff[at].key != 0 && k->diff[at].key != key;)
        at = (at + 1) & (DIFF_SLOTS - 1);
    return (int32_t)at;
}

/* The topic's place, of a key that was loaded. */
static int32_t place_of_key(const struct knowledge *k, uint32_t key)
{
    int32_t index = (int32_t)((key - 1) % (uint32_t)k->base[k->topics]), place = 0;
    while (index >= k->base[place + 1])
        place++;
    return place;
}
_Static_assert((DIFF_SLOTS & (DIFF_SLOTS - 1)) == 0, "a power of two");

static int32_t fact_index(const struct knowledge *k, int32_t place, int32_t subject)
{
    ASSERT(subject >= 0 && subject < k->base[place + 1] - k->base[place]);
    return k->base[place] + subject;
}

static uint32_t *version_of(const struct knowledge *k, int32_t agency, int32_t place)
{
    return &k->version[(agency == EVERYBODY ? 0 : agency + 1) * k->topics + place];
}

static void hear(struct fact *f, const struct fact *news)
{
    if (news->seen_ms >= f->seen_ms)
        *f = *news;
}

bool knowledge_tell(struct knowledge *k, int32_t agency, int32_t topic, int32_t subject, int64_t value,
                    int64_t seen_ms, int64_t heard_ms, int64_t event)
{
    int32_t place = place_of(k, topic), index = fact_index(k, place, subject);
    struct fact news = {value, seen_ms, heard_ms, event};
    if (agency == EVERYBODY) {
        hear(&k->shared[index], &news);
        ++*version_of(k, EVERYBODY, place);
        return true;
    }
    ASSERT(agency >= 0 && agency < k->agencies);
    if (k->shared[index].seen_ms >= seen_ms)
        return true; /* everybody knows something newer already */
    uint32_t key = diff_key(k, agency, index);
    struct difference *d = &k->diff[diff_slot(k, key, place)];
    if (d->key == 0) {
        if (k->diffs == FACT_DIFF_MAX)
            return false;
        k->order[k->diffs++] = (int32_t)(d - k->diff);
        d->key = key;
        d->fact = untold;
    }
    hear(&d->fact, &news);
    ++*version_of(k, agency, place);
    return true;
}

uint32_t knowledge_version(const struct knowledge *k, int32_t agency, int32_t topic)
{
    return *version_of(k, agency, place_of(k, topic));
}

struct fact knowledge_get(const struct knowledge *k, int32_t agency, int32_t topic, int32_t subject)
{
    int32_t place = place_of(k, topic), index = fact_index(k, place, subject);
    struct fact fact = k->shared[index];
    if (agency != EVERYBODY) {
        ASSERT(agency >= 0 && agency < k->agencies);
        uint32_t key = diff_key(k, agency, index);
        const struct difference *d = &k->diff[diff_slot(k, key, place)];
        if (d->key == key && d->fact.seen_ms > fact.seen_ms)
            fact = d->fact;
    }
    return fact;
}

int64_t knowledge_value(const struct knowledge *k, int32_t agency, int32_t topic, int32_t subject,
                        int64_t missing)
{
    struct fact f = knowledge_get(k, agency, topic, subject);
    return f.seen_ms < 0 ? missing : f.value;
}

static void walk_fact(struct walk *w, struct fact *f)
{
    walk_i64(w, "value", &f->value, 1);
    walk_i64(w, "seen", &f->seen_ms, 1);
    walk_i64(w, "heard", &f->heard_ms, 1);
    walk_i64(w, "event", &f->event, 1);
}

/* The facts are four words each, without gaps: hashed as they lie. What one agency alone was told goes by its
 * order of telling, with whose it is. */
static void hash_facts(const struct knowledge *k, struct walk *w)
{
    const size_t facts = (size_t)k->base[k->topics];
    uint64_t told = (uint64_t)k->diffs;

    _Static_assert(sizeof(struct fact) == 4 * sizeof(int64_t), "no gaps");
    walk_digest(w, "shared_facts", hash_bytes(k->shared, facts * sizeof(k->shared[0]), facts));
    for (int32_t i = 0; i < k->diffs; i++) {
        const struct difference *d = &k->diff[k->order[i]];
        told = hash_bytes(&d->fact, sizeof(d->fact), hash_word(told, d->key));
    }
    walk_digest(w, "own_facts", told);
}

static void walk_facts_told(struct knowledge *k, struct walk *w)
{
    for (int i = 0; i < k->base[k->topics]; i++)
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
        int32_t at = d.key ? diff_slot(k, d.key, place_of_key(k, d.key)) : -1;
        if (at < 0 || k->diff[at].key != 0) {
            w->bad = true; /* no key, or one told twice: not something we saved */
            return;
        }
        k->diff[at] = d;
        k->order[k->diffs++] = at;
        ++*version_of(k, (int32_t)((d.key - 1) / (uint32_t)k->base[k->topics]), place_of_key(k, d.key));
    }
    for (int32_t place = 0; place < k->topics && w->mode == WALK_LOAD; place++)
        ++*version_of(k, EVERYBODY, place);
}

void knowledge_walk(void *self, struct walk *w)
{
    struct knowledge *k = self;
    if (w->mode == WALK_HASH)
        hash_facts(k, w);
    else
        walk_facts_told(k, w);
    for (int i = 0; i < k->rasters && !w->bad; i++) {
        for (int32_t a = 0; a <= k->agencies && !w->bad; a++)
            knowledge_walk_picture(&k->raster[i], a, w);
    }
}

/* snapshot.c -- the whole state of a drill at the end of a step, kept so that nobody has to compute
 * it again.
 *
 * A snapshot holds every slice of the world, what the scripts remember, and the measures of all
 * steps so far (orders, events and hashes are in the record). They are placed by what computing
 * costs, so that any moment is near one. With a drill file they lie in its table `snapshot`, else
 * in memory; either may lose them at any time. Nothing is believed: the bytes carry a checksum, and
 * the state they give must have the hash that the record has for that step. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "script/script.h"
#include "session/inner.h"

enum { MAGIC = 0x32736e74, LINES_MAX = 256 };
/* Of the second that standing at a fork may take; opening a million cells and their state takes as
 * much again. */
static const int64_t PACE_NS = 300 * 1000 * 1000;
static const size_t SIZE_MAX_BYTES = 200u << 20;

struct head {
    uint64_t magic, checksum; /* of all that follows the checksum */
    int64_t t_ms, steps, cost_ns;
    uint64_t hash;
    uint64_t world, script, measures; /* bytes of each part; script 0: Lua was off */
};

/* ---- the list ---- */

void snaps_init(struct snaps *n)
{
    *n = (struct snaps){.size_max = SIZE_MAX_BYTES, .pace_ns = PACE_NS};
}

void snaps_free(struct snaps *n)
{
    for (int i = 0; i < n->count; i++)
        free(n->at[i].bytes);
    free(n->at);
    snaps_init(n);
}

void session_snapshots(struct session *s, int64_t apart_ms, size_t size_max)
{
    s->snaps.pace_ns = apart_ms * 1000000;
    if (size_max > 0)
        s->snaps.size_max = size_max;
}

static bool add(struct snaps *n, const struct snap *one)
{
    if (n->count == n->cap) {
        int cap = n->cap ? n->cap * 2 : 16;
        struct snap *more = realloc(n->at, (size_t)cap * sizeof(*more));
        if (!more)
            return false;
        n->at = more;
        n->cap = cap;
    }
    int i = n->count;
    while (i > 0 && (n->at[i - 1].line > one->line ||
                     (n->at[i - 1].line == one->line && n->at[i - 1].t_ms > one->t_ms)))
        i--;
    memmove(&n->at[i + 1], &n->at[i], (size_t)(n->count - i) * sizeof(*n->at));
    n->at[i] = *one;
    n->count++;
    n->size += one->size;
    return true;
}

/* Forgets one; that a file cannot lose it now does no harm. */
static void drop(struct session *s, struct snaps *n, int i)
{
    if (!n->at[i].bytes && s->store && s->writable) {
        enum rc rc = store_drop_snapshot(s->store, n->at[i].line, n->at[i].t_ms, NULL);
        (void)rc;
    }
    free(n->at[i].bytes);
    n->size -= n->at[i].size;
    n->count--;
    memmove(&n->at[i], &n->at[i + 1], (size_t)(n->count - i) * sizeof(*n->at));
}

/* Past the limit the one goes whose neighbours are nearest to one another; never the last of a
 * line. */
static void thin(struct session *s)
{
    struct snaps *n = &s->snaps;
    while (n->size > n->size_max && n->count > 2) {
        int least = -1;
        int64_t least_ns = 0;
        for (int i = 0; i + 1 < n->count; i++) {
            const struct snap *at = &n->at[i];
            if (at[1].line != at->line)
                continue;
            int64_t gap = at[1].cost_ns - (i > 0 && at[-1].line == at->line ? at[-1].cost_ns : 0);
            if (least < 0 || gap < least_ns) {
                least = i;
                least_ns = gap;
            }
        }
        if (least < 0)
            least = 0; /* one a line: the oldest line's */
        drop(s, n, least);
        if (least_ns / 2 > n->pace_ns)
            n->pace_ns = least_ns / 2; /* closer ones would only be dropped again */
    }
}

static enum rc take_row(void *ctx, int32_t line, int64_t t_ms, size_t size)
{
    struct snaps *n = ctx;
    int64_t cost =
        n->count > 0 && n->at[n->count - 1].line == line ? n->at[n->count - 1].cost_ns : 0;
    struct snap one = {.line = line, .t_ms = t_ms, .cost_ns = cost + n->pace_ns, .size = size};
    return add(n, &one) ? RC_OK : RC_MEMORY;
}

enum rc snaps_list(struct session *s, struct err *e)
{
    return store_each_snapshot(s->store, take_row, &s->snaps, e);
}

void snaps_adopt(struct session *s, struct session *twin, int64_t fork_ms)
{
    struct snaps *n = &s->snaps, *t = &twin->snaps;
    for (int i = n->count - 1; i >= 0 && !s->store; i--) {
        if (n->at[i].t_ms > fork_ms)
            drop(s, n, i); /* in memory there is no way back to the old line */
    }
    for (int i = 0; i < t->count; i++) {
        if (!add(n, &t->at[i]))
            free(t->at[i].bytes);
        t->at[i].bytes = NULL;
    }
    n->cost_ns = t->cost_ns;
    n->last_ns = t->last_ns;
    thin(s);
}

/* ---- measures: runs of equal values, column by column ---- */

static void put(uint8_t *at, size_t *used, const void *from, size_t size)
{
    if (at)
        memcpy(at + *used, from, size);
    *used += size;
}

/* Bytes they take; at NULL only counts. */
static size_t put_measures(const struct session *s, uint8_t *at)
{
    const struct record *r = &s->record;
    int columns = session_measures(s);
    size_t used = 0;
    for (int c = 0; c < columns; c++) {
        for (int64_t k = 0; k < r->steps;) {
            const double *v = &r->measure[k * columns + c];
            uint32_t run = 1;
            while (k + run < r->steps &&
                   memcmp(v, &r->measure[(k + run) * columns + c], sizeof(*v)) == 0)
                run++;
            put(at, &used, &run, sizeof(run));
            put(at, &used, v, sizeof(*v));
            k += run;
        }
    }
    return used;
}

static bool get_measures(struct session *s, const uint8_t *at, size_t size, int64_t steps)
{
    int columns = session_measures(s);
    size_t used = 0;
    for (int c = 0; c < columns; c++) {
        for (int64_t k = 0; k < steps;) {
            uint32_t run;
            double v;
            if (size - used < sizeof(run) + sizeof(v))
                return false;
            memcpy(&run, at + used, sizeof(run));
            memcpy(&v, at + used + sizeof(run), sizeof(v));
            used += sizeof(run) + sizeof(v);
            if (run == 0 || run > steps - k)
                return false;
            for (; run > 0; run--)
                s->record.measure[k++ * columns + c] = v;
        }
    }
    return used == size;
}

/* ---- taking ---- */

static uint64_t checksum(const uint8_t *at, size_t size)
{
    size_t from = offsetof(struct head, t_ms);
    return hash_bytes(at + from, size - from, MAGIC);
}

/* The bytes of the present state, of malloc; NULL when memory ran out. */
static uint8_t *make(struct session *s, const struct script_memory *m, struct walk *w, size_t *size)
{
    struct play *p = s->play;
    walk_begin_save(w, NULL, 0);
    world_walk(&p->world, w);
    struct head h = {.magic = MAGIC,
                     .t_ms = p->world.now_ms,
                     .steps = s->record.steps,
                     .cost_ns = s->snaps.cost_ns,
                     .hash = p->hash,
                     .world = w->size,
                     .script = m->size,
                     .measures = put_measures(s, NULL)};
    *size = sizeof(h) + h.world + h.script + h.measures;
    uint8_t *bytes = malloc(*size);
    if (!bytes)
        return NULL;
    walk_begin_save(w, bytes + sizeof(h), h.world);
    world_walk(&p->world, w);
    ASSERT(!w->bad && w->size == h.world);
    if (m->size > 0)
        memcpy(bytes + sizeof(h) + h.world, m->at, m->size);
    (void)put_measures(s, bytes + sizeof(h) + h.world + h.script);
    memcpy(bytes, &h, sizeof(h));
    h.checksum = checksum(bytes, *size);
    memcpy(bytes, &h, sizeof(h));
    return bytes;
}

static bool known(const struct session *s, int64_t t_ms)
{
    for (int i = 0; i < s->snaps.count; i++) {
        if (s->snaps.at[i].line == s->line && s->snaps.at[i].t_ms == t_ms)
            return true;
    }
    return false;
}

static void take(struct session *s)
{
    struct script_memory m = {0};
    struct snap one = {.line = s->line, .t_ms = session_now(s), .cost_ns = s->snaps.cost_ns};
    struct walk *w = malloc(sizeof(*w));
    /* What a script holds at this moment may be nothing that can be kept: then the next moment may
     * do. */
    if (w && script_save(bridge_script(s->bridge), &m, NULL) == RC_OK)
        one.bytes = make(s, &m, w, &one.size);
    script_memory_free(&m);
    free(w);
    if (!one.bytes)
        return;
    if (s->store && s->writable &&
        store_put_snapshot(s->store, s->line, one.t_ms, one.bytes, one.size, NULL) == RC_OK) {
        free(one.bytes);
        one.bytes = NULL;
    }
    if (!add(&s->snaps, &one)) {
        free(one.bytes);
        return;
    }
    s->snaps.last_ns = s->snaps.cost_ns;
    thin(s);
}

void snaps_after_step(struct session *s, int64_t cost_ns)
{
    struct snaps *n = &s->snaps;
    n->cost_ns += cost_ns;
    if (s->bridge && n->cost_ns - n->last_ns >= n->pace_ns && !known(s, session_now(s)))
        take(s);
}

/* ---- restoring ---- */

/* Bytes of snapshot i of s, of malloc. */
static uint8_t *fetch(struct session *s, int i, size_t *size)
{
    const struct snap *n = &s->snaps.at[i];
    uint8_t *bytes = NULL;
    *size = n->size;
    if (n->bytes) {
        bytes = malloc(n->size);
        if (bytes)
            memcpy(bytes, n->bytes, n->size);
        return bytes;
    }
    struct arena a;
    struct text stored;
    int64_t found_ms;
    arena_init(&a, 0);
    if (store_get_snapshot(s->store, n->line, n->t_ms, &found_ms, &a, &stored, NULL) == RC_OK &&
        found_ms == n->t_ms && (size_t)stored.len == n->size) {
        bytes = malloc(n->size + 1);
        if (bytes)
            memcpy(bytes, stored.at, n->size);
    }
    arena_free(&a);
    return bytes;
}

/* The parts; false when they are not what the head says. */
static bool open_bytes(const uint8_t *bytes, size_t size, struct head *h)
{
    if (size < sizeof(*h))
        return false;
    memcpy(h, bytes, sizeof(*h));
    size_t rest = size - sizeof(*h);
    return h->magic == MAGIC && h->world <= rest && h->script <= rest - h->world &&
           h->measures == rest - h->world - h->script && h->checksum == checksum(bytes, size);
}

static bool load(struct session *s, const uint8_t *bytes, const struct head *h)
{
    struct play *p = s->play;
    const uint8_t *at = bytes + sizeof(*h);
    walk_begin_load(&p->walk, at, h->world);
    world_walk(&p->world, &p->walk);
    if (p->walk.bad || p->walk.size != h->world || p->world.now_ms != h->t_ms)
        return false;
    record_cut(&s->record, h->t_ms);
    p->hash = world_hash(&p->world, &p->walk);
    const struct record *r = &s->record;
    if (p->hash != h->hash || !get_measures(s, at + h->world + h->script, h->measures, h->steps))
        return false;
    if (s->bridge &&
        (bridge_seal(s->bridge, NULL) != RC_OK || h->script == 0 ||
         script_restore(bridge_script(s->bridge), at + h->world, h->script, NULL) != RC_OK))
        return false;
    p->next_order = 0;
    while (p->next_order < r->orders && r->order[p->next_order].seq <= p->world.order_seq)
        p->next_order++;
    s->snaps.cost_ns = s->snaps.last_ns = h->cost_ns;
    return true;
}

struct stretch { /* of a line that belongs to the line being played */
    int32_t line;
    int64_t until_ms;
};

/* s's line and its ancestors up to where they part. In memory the list holds nothing else. */
static int lineage(const struct session *s, struct stretch *out, int max)
{
    struct store_line *all = s->store ? malloc(LINES_MAX * sizeof(*all)) : NULL;
    int known_lines = all ? store_lines(s->store, all, LINES_MAX) : 0;
    int64_t until = INT64_MAX;
    int count = 0;
    for (int32_t line = s->line; line > 0 && count < max;) {
        out[count++] = (struct stretch){line, until};
        int i = 0;
        while (i < known_lines && i < LINES_MAX && all[i].id != line)
            i++;
        if (i == known_lines || i == LINES_MAX)
            break;
        until = all[i].fork_ms < until ? all[i].fork_ms : until;
        line = all[i].parent;
    }
    free(all);
    return count;
}

/* The newest snapshot of s's course at or before t_ms; -1: none. */
static int find(const struct session *s, int64_t t_ms)
{
    struct stretch path[FORKS_MAX];
    int count = s->snaps.count > 0 ? lineage(s, path, FORKS_MAX) : 0, best = -1;
    for (int i = 0; i < s->snaps.count; i++) {
        const struct snap *n = &s->snaps.at[i];
        bool mine = !s->store;
        for (int k = 0; k < count; k++)
            mine = mine || (path[k].line == n->line && n->t_ms <= path[k].until_ms);
        if (mine && n->t_ms <= t_ms && (best < 0 || n->t_ms > s->snaps.at[best].t_ms))
            best = i;
    }
    return best;
}

/* Whether the record has the step that a snapshot is of. */
static bool on_record(const struct record *r, const struct head *h)
{
    return h->steps >= 1 && h->steps <= r->steps && r->step[h->steps - 1].t_ms == h->t_ms &&
           r->step[h->steps - 1].hash == h->hash;
}

/* A fresh play, and fresh scripts, as before anything was tried. home has the scenario. */
static enum rc reopen(struct session *s, struct session *home, struct err *e)
{
    const struct doc *again;
    bool scripts = s->bridge != NULL;
    play_close(s->play);
    bridge_close(s->bridge);
    s->play = NULL;
    s->bridge = NULL;
    enum rc rc = play_open(home, &s->play, e);
    if (rc == RC_OK && scripts)
        rc = bridge_open(home, &s->bridge, &again, e);
    if (rc == RC_OK && s->bridge && s->bot[0])
        rc = bridge_bot(s->bridge, s->bot, e);
    return rc;
}

enum rc snaps_restore(struct session *s, struct session *from, int64_t t_ms, struct err *e)
{
    enum rc rc = RC_OK;
    for (int i; rc == RC_OK && (i = find(from, t_ms)) >= 0;) {
        struct head h;
        size_t size;
        int64_t at_ms = from->snaps.at[i].t_ms;
        uint8_t *bytes = fetch(from, i, &size);
        bool tried =
            bytes && open_bytes(bytes, size, &h) && h.t_ms == at_ms && on_record(&s->record, &h);
        bool good = tried && load(s, bytes, &h);
        free(bytes);
        if (good)
            return RC_OK;
        if (tried)
            rc = reopen(s, from, e);
        drop(from, &from->snaps, i);
    }
    if (rc == RC_OK)
        record_cut(&s->record, 0);
    return rc;
}

enum rc snaps_compare_scripts(struct session *s, struct err *e)
{
    bool any = false;
    for (int k = 0; k < s->snaps.count; k++)
        any = any || s->snaps.at[k].t_ms == session_now(s);
    int i = any ? find(s, session_now(s)) : -1;
    if (i < 0 || s->snaps.at[i].t_ms != session_now(s))
        return RC_OK;
    struct script_memory m = {0};
    struct head h;
    size_t size;
    uint8_t *bytes = fetch(s, i, &size);
    enum rc rc = RC_OK;
    if (bytes && open_bytes(bytes, size, &h) &&
        script_save(bridge_script(s->bridge), &m, NULL) == RC_OK &&
        (m.size != h.script || memcmp(m.at, bytes + sizeof(h) + h.world, m.size) != 0)) {
        char clock[32];
        struct buf b = BUF_ON(clock);
        offset_format(session_now(s), &b);
        rc = ERR(e, RC_NO, MSG_SESSION_MEMORY_DIFFERS, arg_s(clock));
    }
    script_memory_free(&m);
    free(bytes);
    return rc;
}

/* world.c -- slices in their order, events on their way into them. */
#include "core/world/world.h"

#include "core/scenario/units.h"

#include <string.h>

#include "core/world/facts.h"

struct cause cause_event(int64_t seq)
{
    return (struct cause){CAUSE_EVENT, seq};
}

struct cause cause_order(int64_t seq)
{
    return (struct cause){CAUSE_ORDER, seq};
}

struct cause cause_of_order(const struct order *o)
{
    return o->seq > 0 ? cause_order(o->seq) : o->cause;
}

struct cause cause_inject(int32_t inject)
{
    return (struct cause){CAUSE_INJECT, inject};
}

static void time_apply(void *self, const struct world *w, const struct event *e)
{
    (void)w;
    struct world *world = self;
    if (e->kind == EV_DRILL_FINISHED)
        world->finished = true;
    if (e->kind == EV_DRILL_ABORTED)
        world->aborted = true;
}

static void time_walk(void *self, struct walk *walk)
{
    struct world *w = self;
    walk_facts(walk, "finished aborted");
    walk_i64(walk, "now", &w->now_ms, 1);
    walk_i64(walk, "event_seq", &w->event_seq, 1);
    walk_i64(walk, "order_seq", &w->order_seq, 1);
    walk_bool(walk, "finished", &w->finished, 1);
    walk_bool(walk, "aborted", &w->aborted, 1);
}

static const struct slice_ops time_ops = {"time", time_apply, NULL, time_walk};
static const struct slice_ops weather_ops = {"weather", weather_apply, weather_step, weather_walk};
static const struct slice_ops inject_ops = {"inject", inject_apply, inject_step, inject_walk};
static const struct slice_ops knowledge_ops = {"knowledge", NULL, NULL, knowledge_walk};
static const struct slice_ops exposure_ops = {"exposure", NULL, NULL, exposure_walk};
static const struct slice_ops works_ops = {"works", NULL, NULL, works_walk};
static const struct slice_ops souls_ops = {"souls", souls_apply, NULL, souls_walk};
static const struct slice_ops assets_ops = {"assets", assets_apply, NULL, assets_walk};

enum rc world_init(struct world *w, const struct atlas *atlas, uint64_t seed, struct arena *perm,
                   struct err *e)
{
    *w = (struct world){.atlas = atlas, .seed = seed, .tick_ms = atlas->meta.tick_ms, .lanes = &lanes_serial};
    w->event_cap = STEP_EVENT_MAX;
    w->event = ARENA_NEW(perm, struct event, w->event_cap);
    if (!w->event)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    enum rc rc = weather_make(atlas, perm, &w->weather, e);
    if (rc == RC_OK)
        rc = inject_make(atlas, perm, &w->inject, e);
    if (rc == RC_OK)
        rc = knowledge_make(atlas, perm, &w->knowledge, e);
    if (rc == RC_OK)
        rc = exposure_make(atlas, perm, &w->exposure, e);
    if (rc == RC_OK)
        rc = works_make(atlas, perm, &w->works, e);
    if (rc == RC_OK)
        rc = assets_make(atlas, perm, &w->assets, e);
    if (rc == RC_OK)
        rc = souls_make(atlas, perm, &w->souls, e);
    if (rc != RC_OK)
        return rc;
    world_add(w, &time_ops, w);
    world_add(w, &weather_ops, w->weather);
    world_add(w, &inject_ops, w->inject);
    world_add(w, &knowledge_ops, w->knowledge);
    world_add(w, &exposure_ops, w->exposure);
    world_add(w, &works_ops, w->works);
    world_add(w, &assets_ops, w->assets);
    world_add(w, &souls_ops, w->souls);
    return RC_OK;
}

void world_add(struct world *w, const struct slice_ops *ops, void *self)
{
    ASSERT(w->slices < SLICE_MAX);
    w->slice[w->slices++] = (struct slice){ops, self};
}

int64_t world_emit(struct world *w, const struct event *event)
{
    ASSERT(event_row(event->kind) != NULL);
    if (w->events == w->event_cap) {
        w->overflow = true;
        return w->event_seq;
    }
    struct event *e = &w->event[w->events++];
    *e = *event;
    e->seq = ++w->event_seq;
    e->t_ms = w->now_ms;
    if (w->watch)
        facts_before(w->watch, w, e->kind);
    for (int i = 0; i < w->slices; i++) {
        if (w->slice[i].ops->apply)
            w->slice[i].ops->apply(w->slice[i].self, w, e);
    }
    if (w->watch)
        facts_after(w->watch, w);
    return e->seq;
}

void world_step(struct world *w)
{
    for (int i = 0; i < w->slices; i++) {
        if (w->slice[i].ops->step)
            w->slice[i].ops->step(w->slice[i].self, w);
    }
    fields_turn(&w->fields);
    if (w->watch)
        facts_before(w->watch, w, -1);
    ASSERT(souls_add_up(w->souls)); /* nobody is in two places or vanishes */
}

void world_walk(struct world *w, struct walk *walk)
{
    for (int i = 0; i < w->slices; i++) {
        walk_slice(walk, w->slice[i].ops->name);
        w->slice[i].ops->walk(w->slice[i].self, walk);
    }
    if (walk->mode == WALK_LOAD)
        fields_turn(&w->fields);
}

uint64_t world_hash(struct world *w, struct walk *walk)
{
    walk_begin_hash(walk);
    world_walk(w, walk);
    return walk_hash(walk);
}

const char *measure_unit(const struct measure_row *m, enum lang lang)
{
    const struct unit_row *row = unit_find(text_of(m->unit));
    return row == NULL ? m->unit : lang == LANG_ZH ? row->zh : row->en;
}

int measure_decimals(const struct measure_row *m)
{
    const struct unit_row *row = unit_find(text_of(m->unit));
    return row == NULL ? 1 : row->decimals;
}

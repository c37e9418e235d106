/* works.c -- pieces of work and efforts of teams; see works.h. */
#include "core/world/works.h"

#include <string.h>

#include "core/world/world.h"

enum rc works_make(const struct atlas *atlas, struct arena *perm, struct works **out, struct err *e)
{
    struct works *w = ARENA_NEW(perm, struct works, 1);
    if (!w)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    w->effort_cap = ATLAS_COUNT(atlas, ENT_TEAM) + 1;
    w->places = ATLAS_COUNT(atlas, ENT_PLACE);
    w->work = ARENA_NEW(perm, struct work, WORKS_MAX);
    w->effort = ARENA_NEW(perm, struct effort, w->effort_cap);
    w->working = ARENA_NEW(perm, int32_t, ((size_t)w->places + 1) * TASK_SLOTS);
    if (!w->work || !w->effort || !w->working)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    *out = w;
    return RC_OK;
}

bool works_add(struct works *w, const struct work *piece)
{
    if (w->count == WORKS_MAX)
        return false;
    w->work[w->count++] = *piece;
    return true;
}

int32_t works_people(const struct works *w, int32_t place, int32_t task)
{
    ASSERT(place >= 0 && place < w->places);
    return w->working[place * TASK_SLOTS + task_slot(task)];
}

static void walk_piece(struct walk *w, struct work *p)
{
    walk_i32(w, "task", &p->task, 1);
    walk_i32(w, "team", &p->team, 1);
    walk_i32(w, "line", &p->line, 1);
    walk_i32(w, "asset", &p->asset, 1);
    walk_f64(w, "ax", &p->ax, 1);
    walk_f64(w, "ay", &p->ay, 1);
    walk_f64(w, "bx", &p->bx, 1);
    walk_f64(w, "by", &p->by, 1);
    walk_f64(w, "amount", &p->amount, 1);
    walk_i64(w, "at", &p->at_ms, 1);
    walk_i64(w, "until", &p->until_ms, 1);
    walk_i64(w, "order", &p->order, 1);
    walk_i64(w, "event", &p->event, 1);
}

static void walk_effort(struct walk *w, struct effort *p)
{
    walk_i32(w, "effort_team", &p->team, 1);
    walk_i32(w, "effort_task", &p->task, 1);
    walk_i32(w, "effort_target_kind", &p->target_kind, 1);
    walk_i32(w, "effort_target", &p->target, 1);
    walk_f64(w, "effort_x", &p->x, 1);
    walk_f64(w, "effort_y", &p->y, 1);
    walk_f64(w, "effort_reach", &p->reach_m, 1);
    walk_f64(w, "effort_amount", &p->amount_s, 1);
    walk_f64(w, "effort_from", &p->from_m, 1);
    walk_i64(w, "effort_order", &p->order, 1);
    walk_i64(w, "effort_event", &p->event, 1);
    walk_f64(w, "effort_done", &p->done, 1);
    walk_f64(w, "effort_left", &p->left, 1);
    walk_i32(w, "effort_stopped", &p->stopped, 1);
}

void works_walk(void *self, struct walk *w)
{
    struct works *works = self;
    walk_count(w, "count", &works->count, WORKS_MAX);
    for (int i = 0; i < works->count; i++)
        walk_piece(w, &works->work[i]);
    walk_count(w, "efforts", &works->efforts, works->effort_cap);
    for (int i = 0; i < works->efforts; i++)
        walk_effort(w, &works->effort[i]);
}

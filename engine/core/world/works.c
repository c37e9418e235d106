#include "core/world/works.h"

#include <string.h>

#include "core/world/world.h"

enum rc works_make(const struct atlas *atlas, struct arena *perm, struct works **out, struct err *e)
{
    struct works *w = ARENA_NEW(perm, struct works, 1);
    if (!w)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    w->effort_cap = ATLAS_COUNT(atlas, ENT_TEAM) + 1;
    w->work = ARENA_NEW(perm, struct work, WORKS_MAX);
    w->effort = ARENA_NEW(perm, struct effort, w->effort_cap);
    if (!w->work || !w->effort)
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

static void walk_piece(struct walk *w, struct work *p)
{
    walk_i32(w, "kind", &p->kind, 1);
    walk_i32(w, "team", &p->team, 1);
    walk_i32(w, "line", &p->line, 1);
    walk_f64(w, "ax", &p->ax, 1);
    walk_f64(w, "ay", &p->ay, 1);
    walk_f64(w, "bx", &p->bx, 1);
    walk_f64(w, "by", &p->by, 1);
    walk_f64(w, "width", &p->width_m, 1);
    walk_i64(w, "at", &p->at_ms, 1);
    walk_i64(w, "until", &p->until_ms, 1);
    walk_i64(w, "order", &p->order, 1);
    walk_i64(w, "event", &p->event, 1);
}

static void walk_effort(struct walk *w, struct effort *p)
{
    walk_i32(w, "effort_team", &p->team, 1);
    walk_i32(w, "effort_kind", &p->kind, 1);
    walk_f64(w, "effort_x", &p->x, 1);
    walk_f64(w, "effort_y", &p->y, 1);
    walk_f64(w, "effort_rate", &p->rate_ms, 1);
    walk_f64(w, "effort_reach", &p->reach_m, 1);
    walk_f64(w, "effort_limit", &p->flame_limit_m, 1);
    walk_f64(w, "effort_wind", &p->wind_limit_ms, 1);
    walk_f64(w, "effort_done", &p->done_m, 1);
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

/* assets.c -- the slice of what can be set; see assets.h. */
#include "core/world/assets.h"

#include "core/world/world.h"

enum rc assets_make(const struct atlas *atlas, struct arena *perm, struct assets **out, struct err *e)
{
    struct assets *a = ARENA_NEW(perm, struct assets, 1);

    if (!a)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    a->count = ATLAS_COUNT(atlas, ENT_ASSET);
    a->at = ARENA_NEW(perm, struct asset_state, a->count + 1);
    if (!a->at)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t i = 0; i < a->count; i++)
        a->at[i] = (struct asset_state){.wish = atlas->asset[i].setting, .is = atlas->asset[i].setting, .hand = -1};
    *out = a;
    return RC_OK;
}

void assets_apply(void *self, const struct world *w, const struct event *e)
{
    struct assets *a = self;

    (void)w;
    if (e->kind != EV_ASSET_WANTED && e->kind != EV_ASSET_SET && e->kind != EV_ASSET_BROKEN)
        return;
    ASSERT(e->i[0] >= 0 && e->i[0] < a->count);
    struct asset_state *s = &a->at[e->i[0]];
    if (e->kind == EV_ASSET_WANTED) {
        s->wish = e->i[1];
        s->order = e->i[2];
        s->hand = e->i[4];
        return;
    }
    s->event = e->seq;
    if (e->kind == EV_ASSET_BROKEN) {
        s->broken = true;
        return;
    }
    s->is = e->i[1];
    s->hand = -1;
}

void assets_walk(void *self, struct walk *w)
{
    struct assets *a = self;

    walk_facts(w, "wish is hand order event broken");
    for (int32_t i = 0; i < a->count; i++) {
        struct asset_state *s = &a->at[i];
        walk_i32(w, "wish", &s->wish, 1);
        walk_i32(w, "is", &s->is, 1);
        walk_i32(w, "hand", &s->hand, 1);
        walk_i64(w, "order", &s->order, 1);
        walk_i64(w, "event", &s->event, 1);
        walk_bool(w, "broken", &s->broken, 1);
    }
}

int setting_percent(int32_t setting)
{
    return setting >= SETTING_PERCENT ? setting - SETTING_PERCENT : -1;
}

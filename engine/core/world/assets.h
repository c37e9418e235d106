/* assets.h -- how the things stand that can be set: gates, doors, fans, pumps, exits, stairs, barriers.
 *
 * What they are is declared in the scenario (struct asset). A setting is a word ("closed") or per cent.
 * An order (`set`, `open`, `close`, or a hazard's own verb) says what is wanted, EV_ASSET_WANTED; response
 * carries it out over the remote control or by hand and says what became of it, EV_ASSET_SET; a hazard
 * reads `is`, sets what it moves itself by the same event, and says EV_ASSET_BROKEN. Changes in apply alone. */
#ifndef TUIYAN_CORE_WORLD_ASSETS_H
#define TUIYAN_CORE_WORLD_ASSETS_H

#include "core/world/event.h"
#include "core/world/walk.h"

struct asset_state {
    int32_t wish, is; /* VK_SETTING: as ordered last, as it stands */
    int32_t hand;     /* team that is to work it; -1 */
    int64_t order;    /* behind the wish; 0 */
    int64_t event;    /* that changed it last; 0 */
    bool broken;      /* stays as it is, whatever is ordered */
};

struct assets {
    struct asset_state *at; /* by asset */
    int32_t count;
};

MUST_USE enum rc assets_make(const struct atlas *atlas, struct arena *perm, struct assets **out, struct err *e);
struct world;
void assets_apply(void *self, const struct world *w, const struct event *e);
void assets_walk(void *self, struct walk *w);
/* 0..100 of a setting in per cent; -1 of a word. */
int setting_percent(int32_t setting);

#endif

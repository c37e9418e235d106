/* map_atlas.h -- the part of a map that the scenario and a hazard decide.
 *
 * map_from_atlas makes roads, places, teams and lines in the order of their ids, as they stand before
 * anything happens; the caller then writes states into the arrays (they are its own) and draws m. All
 * memory comes from the arena; texts are copied into it. */
#ifndef TUIYAN_DRAW_MAP_ATLAS_H
#define TUIYAN_DRAW_MAP_ATLAS_H

#include "core/world/hazard.h"
#include "draw/map.h"

struct map_pieces {
    struct map m;           /* its lists point at the arrays below */
    struct map_road *road;  /* by road id */
    struct map_place *place;
    struct map_team *team;  /* at their homes; teams that are not yet there are not shown (NaN) */
    struct map_line *line;
};

/* RC_MEMORY when the arena is full. */
MUST_USE enum rc map_from_atlas(const struct atlas *atlas, enum lang lang, struct arena *a,
                                struct map_pieces *out, struct err *e);
/* Heights of the hazard's ground become the terrain; done once. Nothing when view is NULL. */
MUST_USE enum rc map_add_ground(const struct hazard_view *view, const void *self, struct arena *a,
                                struct map_pieces *io, struct err *e);
/* The hazard as it is, by classes: what burns is the stronger the newer, the rest is past. With `seen`
 * (KNOWN_GRID x KNOWN_GRID over width_m x height_m, row 0 north) only what was reported is shown. */
MUST_USE enum rc map_add_hazard(const struct hazard_view *view, const void *self, int64_t now_ms,
                                const uint8_t *seen, struct arena *a, struct map_pieces *io,
                                struct err *e);

enum symbol symbol_of_team(const struct names *names, int32_t team_kind); /* VK_TEAM_KIND */
enum map_team_mark mark_of_stage(int32_t stage);          /* a VK_STAGE word */
/* A title in the language, as a C string in the arena; "" when memory is short. */
const char *title_text(struct title t, enum lang lang, struct arena *a);

#endif

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
    struct map_asset *asset; /* by asset id, as set at the start */
};

/* RC_MEMORY when the arena is full. */
MUST_USE enum rc map_from_atlas(const struct atlas *atlas, enum lang lang, struct arena *a,
                                struct map_pieces *out, struct err *e);
/* The heights become the terrain (copied); done once. Nothing when ground is NULL or has no cells.
 */
MUST_USE enum rc map_add_ground(const struct ground *ground, struct arena *a, struct map_pieces *io,
                                struct err *e);
/* The ground that the hazard has read; false: none. */
bool map_ground_of(const struct hazard_ops *ops, const void *self, struct ground *out);

enum { MAP_LAYERS_MAX = 32 }; /* of all hazards of a drill */
/* Appends the layers of a hazard as they were at at_ms (LAYER_NOW), those that it can still tell,
 * copied into the arena. owner: which hazard of the drill. out has room for MAP_LAYERS_MAX. */
MUST_USE enum rc map_take_layers(const struct hazard_ops *ops, const void *self, int32_t owner,
                                 int64_t at_ms, struct arena *a, struct map_layer *out, int *count,
                                 struct err *e);
/* Copies of layers with all they point at but the rows; false when the arena is full. */
bool map_copy_layers(const struct map_layer *from, int count, struct arena *a,
                     struct map_layer **out);
/* The bits of the layers that are shown only when asked for. */
uint32_t map_layers_off(const struct map_layer *l, int count);
/* Puts the layers that the view shows (NULL: all), and none whose bit is set in off, into out; how
 * many. The level of the map follows the view, its extent is the caller's. */
int map_show_view(struct map *m, const struct site_view *view, const struct map_layer *from,
                  int count, uint32_t off, struct map_layer *out);

/* Writes how it is set, in the language. */
void map_asset_set(struct map_asset *out, const struct names *names, enum lang lang, int32_t setting);
enum symbol symbol_of_team(const struct names *names, int32_t team_kind); /* VK_TEAM_KIND */
enum map_team_mark mark_of_stage(int32_t stage);          /* a VK_STAGE word */
/* A title in the language, as a C string in the arena; "" when memory is short. */
const char *title_text(struct title t, enum lang lang, struct arena *a);

#endif

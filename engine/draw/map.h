/* map.h -- the common picture in local metres: terrain, layers, roads, places, lines, teams.
 *
 * Everything is a plain value the caller fills; pointers are borrowed for the call. Map coordinates
 * are metres east and north of the south-west corner; row 0 of a raster is its north edge. Items
 * whose coordinates are not finite are left out. Labels keep clear of one another: what finds no
 * room loses its label, in order of importance, never its symbol. Any list may be empty. */
#ifndef TUIYAN_DRAW_MAP_H
#define TUIYAN_DRAW_MAP_H

#include "draw/theme.h"

struct map_grid {
    int cols, rows; /* 0: there is no raster */
    double cell_m;
    double west_m, south_m; /* its south-west corner */
};

struct map_terrain {
    struct map_grid grid;
    const float *height_m; /* rows * cols; NaN is outside */
};

/* One layer of a hazard as it is to be drawn: the row says how, the rest what; see
 * core/world/layers.h. */
struct map_layer {
    const struct layer_row *row;
    int32_t owner, index;          /* which hazard of the drill, which of its layers */
    struct map_grid grid;          /* RASTER */
    const uint8_t *cls;            /* rows * cols */
    const struct layer_line *line; /* LINES, FLOW */
    int lines;
    const float *x, *y; /* DOTS */
    const uint8_t *dot;
    int dots;
};

enum map_road_class { MAP_ROAD_MAIN, MAP_ROAD_MINOR, MAP_ROAD_TRACK };

struct map_road {
    const double *xy; /* points * 2, metres */
    int points;
    enum map_road_class rclass;
    bool closed;      /* drawn with a cross in its middle */
    const char *name; /* NULL: none */
};

enum map_place_kind {
    SITE_VILLAGE, SITE_TOWN, SITE_SHELTER, SITE_HOSPITAL, SITE_SCHOOL, SITE_DEPOT,
    SITE_WATER, SITE_POINT /* a staging area, a junction, a summit */
};

enum map_place_state { SITE_NORMAL, SITE_THREATENED, SITE_REACHED, SITE_MOVED };

struct map_place {
    double x_m, y_m;
    const char *name;
    int64_t people; /* under 0: not shown */
    enum map_place_kind kind;
    enum map_place_state state;
    double moved; /* share of the people moved, 0..1, drawn as an arc; 0 none */
};

enum symbol {
    SYMBOL_BRIGADE, SYMBOL_FOREST, SYMBOL_POLICE, SYMBOL_MEDICAL, SYMBOL_MILITIA, SYMBOL_VOLUNTEER,
    SYMBOL_POWER, SYMBOL_COMMS, SYMBOL_SUPPLY, SYMBOL_WEATHER, SYMBOL_AIR, SYMBOL_TRANSPORT,
    SYMBOL_RESCUE, SYMBOL_COMMAND, SYMBOL_OTHER, SYMBOL_COUNT
};

struct symbol_row {
    const char *glyph; /* one Han character, in both languages */
    uint32_t colour;
    enum msg name;
};

const struct symbol_row *symbol_row(enum symbol s);
/* A team's sign: the character on its colour, side units wide, centred at x, y. */
void draw_symbol(cairo_t *cr, const struct theme *th, double x, double y, double side,
                 enum symbol s);

enum map_team_mark { TEAM_MARK_NONE, TEAM_MARK_MOVING, TEAM_MARK_WORKING, TEAM_MARK_WARN, TEAM_MARK_LOST };

struct map_team {
    double x_m, y_m;
    enum symbol symbol;
    enum map_team_mark mark; /* a dot at the corner */
    const char *name;
    bool selected;
    double to_x_m, to_y_m; /* where it is going; drawn as a thin dashed line when TEAM_MARK_MOVING */
};

struct map_asset { /* a thing that can be set */
    double x_m, y_m;
    const char *glyph; /* one Han character */
    const char *name;
    char setting[32];
    bool broken, selected;
};

enum map_line_kind {
    MAP_LINE_PLANNED, MAP_LINE_BUILT, MAP_LINE_CROSSED, MAP_LINE_POWER, MAP_LINE_CORDON,
    MAP_LINE_RIVER, MAP_LINE_BORDER, MAP_LINE_KINDS
};

struct map_line {
    const double *xy;
    int points;
    enum map_line_kind kind;
    double done; /* MAP_LINE_PLANNED: share built, from its first point, 0..1 */
    bool closed; /* the last point joins the first */
    const char *name;
};

struct map_post {
    bool shown;
    double x_m, y_m;
    const char *name;
};

struct map {
    enum lang lang;
    /* What is shown, metres; with x1 <= x0 the whole of the terrain (or else of a layer). */
    double x0_m, y0_m, x1_m, y1_m;
    struct map_terrain terrain;
    const struct map_layer *layers; /* the later over the earlier */
    int layer_count;
    bool one_level; /* of lines only those of .. */
    int32_t level;  /* .. this level are drawn */
    const struct map_road *roads;
    int road_count;
    const struct map_place *places;
    int place_count;
    const struct map_team *teams;
    int team_count;
    const struct map_line *lines;
    int line_count;
    const struct map_asset *assets;
    int asset_count;
    struct map_post post;
    double wind_mps;      /* NaN: no wind arrow */
    double wind_from_deg; /* where it comes from, clockwise from north */
    const char *moment;   /* such as "15:20 (T+02:00)", at the top left; NULL: none */
    bool synthetic;       /* the terrain is made up: the note says so */
    bool bare;            /* without legend, scale, arrows and note */
};

/* How metres become units: isotropic, the shown extent centred in the rectangle. */
struct map_view {
    struct rect rect;
    double scale; /* units a metre */
    double x0, y0; /* unit coordinates of metre 0, 0 */
};

struct map_view map_view_of(struct rect r, const struct map *m);
double map_px(const struct map_view *f, double x_m);
double map_py(const struct map_view *f, double y_m);
double map_x_m(const struct map_view *f, double px);
double map_y_m(const struct map_view *f, double py);

/* The legend in words, for whoever cannot see the picture. */
void map_legend_text(const struct map *m, struct buf *out);
void draw_map(cairo_t *cr, const struct theme *th, struct rect r, const struct map *m);
/* The same in two: what rarely changes (terrain, rivers, roads that are open, borders), worth keeping
 * in a surface, and what changes with every step. draw_map is one after the other. */
void draw_map_base(cairo_t *cr, const struct theme *th, struct rect r, const struct map *m);
void draw_map_over(cairo_t *cr, const struct theme *th, struct rect r, const struct map *m);

#endif

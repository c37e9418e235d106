/* map_parts.h -- what the files of the map share; not for others. */
#ifndef TUIYAN_DRAW_MAP_PARTS_H
#define TUIYAN_DRAW_MAP_PARTS_H

#include "draw/label.h"
#include "draw/map.h"

enum { BOXES_MAX = 1536 };

/* Places already taken on the map, so that labels keep clear. Full means: no more labels. */
struct boxes {
    struct rect box[BOXES_MAX];
    int count;
    struct rect within;
};

bool boxes_free(const struct boxes *b, struct rect r);
void boxes_take(struct boxes *b, struct rect r);

struct map_pen {
    cairo_t *cr;
    const struct theme *th;
    const struct map *m;
    struct map_view f;
    double unit; /* 1 at normal size, less in small rectangles: scales symbols and letters */
    struct boxes *boxes;
};

void map_terrain_draw(const struct map_pen *p);
void map_layers_draw(const struct map_pen *p);
/* Which classes of a layer there are on the map: bit k for class k. */
uint32_t map_layer_classes(const struct map *m, const struct map_layer *l);
/* The width of a layer's lines. */
double map_layer_width(const struct map_pen *p);
/* A line of a layer from x, y on, as the legend shows it. */
void map_layer_sample(const struct map_pen *p, const struct layer_row *row, int cls, double x,
                      double y, double w);
bool map_grid_ok(const struct map_grid *g);
uint32_t map_premultiply(uint32_t rgba);
void map_path(const struct map_pen *p, const double *xy, int points, bool closed);
void map_roads_draw(const struct map_pen *p);
void map_roads_closed_draw(const struct map_pen *p);
void map_lines_draw(const struct map_pen *p, bool base);
void map_line_names_draw(const struct map_pen *p);
void map_places_draw(const struct map_pen *p);
/* Names of places of rank first..last: towns and threatened places are 0 and below, the rest up to 4. */
void map_place_names_draw(const struct map_pen *p, int first, int last);
void map_teams_draw(const struct map_pen *p);
void map_assets_draw(const struct map_pen *p);
void map_post_draw(const struct map_pen *p);
void map_furniture_draw(const struct map_pen *p);
void map_line_style(const struct map_pen *p, enum map_line_kind kind, double *width,
                    uint32_t *colour);
void map_place_mark(const struct map_pen *p, double x, double y, double size,
                    enum map_place_kind kind, enum map_place_state state);
/* A name beside a point: tries the sides in turn; draws and takes the room. False: none was free. */
bool map_name_near(const struct map_pen *p, double x, double y, double away, const char *text,
                   const struct label *how, bool boxed);

#endif

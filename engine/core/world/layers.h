/* layers.h -- what a hazard shows on a map: rasters, lines, arrows along lines, dots.
 *
 * The hazard says once what class a cell, a line or a dot is of and which palette its classes take;
 * the window, the room's screen, the report and the small pictures all paint that class, so that
 * the same state has the same colours everywhere. A class is 1 .. LAYER_CLASSES, the strongest
 * highest; 0 is nothing to be seen. Where several cells fall into one pixel the strongest shows. */
#ifndef TUIYAN_CORE_WORLD_LAYERS_H
#define TUIYAN_CORE_WORLD_LAYERS_H

#include "core/scenario/atlas.h"

enum layer_shape {
    LAYER_RASTER,
    LAYER_LINES,
    LAYER_FLOW, /* lines with arrows along them */
    LAYER_DOTS
};

/* What a scale looks like, not what it stands for. */
enum palette { PALETTE_HEAT, PALETTE_WATER, PALETTE_GAS, PALETTE_DENSITY, PALETTES };

enum { LAYER_CLASSES = 6 };

/* The picture as it is, in place of a moment. */
#define LAYER_NOW INT64_C(-1)

struct layer_class {
    double from; /* where it begins, in the layer's unit; rising; all 0: no bands of one measure */
    const char *zh, *en; /* as the legend says it; NULL: the class is not used */
};

struct layer_row {
    const char *name; /* unlike every other layer's, of all hazards: "depth" */
    const char *zh, *en;
    const char *unit; /* of the bands, "" or NULL when they have none */
    enum layer_shape shape;
    enum palette palette;
    struct layer_class class[LAYER_CLASSES]; /* class k is class[k - 1] */
    bool outline; /* RASTER: a dark edge around all that is not 0, so that it reads in grey, too */
    bool off_at_start; /* shown only when asked for */
    int32_t level; /* RASTER, DOTS: metres above the ground, below it negative */
};

struct layer_line {
    const double *xy; /* points * 2, metres */
    int32_t points;
    uint8_t cls;
    int8_t way;    /* FLOW: 1 from its first point to its last, -1 the other way, 0 still */
    int32_t level; /* as that of a row; each line has its own */
};

/* One layer at one moment. at_ms and cls come from whoever asks, the rest is the answer. */
struct layer_out {
    int64_t at_ms; /* LAYER_NOW, or an earlier moment */
    /* RASTER, row 0 north */
    int cols, rows;
    double cell_m, west_m, south_m;
    uint8_t *cls; /* rows * cols bytes, all of them written; NULL: the sizes alone are asked for */
    /* LINES, FLOW: the hazard's own, good until it steps */
    const struct layer_line *line;
    int lines;
    /* DOTS: likewise */
    const float *x, *y;
    const uint8_t *dot;
    int dots;
};

/* What the room has been told of a raster: the class as it was seen, and when, on a grid as coarse
 * as such sightings are. */
struct seen_layer {
    int32_t owner, layer; /* which hazard of the drill, which of its layers */
    int cols, rows;
    double cell_m, west_m, south_m;
    const uint8_t *cls;    /* 0: never reported */
    const int32_t *minute; /* of drill time when it was seen; -1: not known */
};

struct hazard_ops;

/* The class of a measured value by the bands of a row: the last one that begins at or below it, 0
 * below the first. */
int layer_class_of(const struct layer_row *row, double value);
/* Whether a site view shows the layer; view NULL: the whole map shows them all. */
bool layer_in_view(const struct layer_row *row, const struct site_view *view);
/* Every layer that a view names is one of these hazards'. RC_INPUT names file, line and what there
 * is. */
MUST_USE enum rc layers_check_views(const struct atlas *atlas,
                                    const struct hazard_ops *const *hazard, int count,
                                    struct err *e);

#endif

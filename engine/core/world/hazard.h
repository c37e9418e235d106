/* hazard.h -- how a threat plugs in: one table of functions. Hazards read atlas, weather, works and
 * positions, write exposure, and emit events. None knows of another, nor of response. */
#ifndef TUIYAN_CORE_WORLD_HAZARD_H
#define TUIYAN_CORE_WORLD_HAZARD_H

#include "core/scenario/calc.h"
#include "core/world/world.h"

/* Files of the scenario (rasters) by name; the bytes live as long as the drill. */
struct file_source {
    void *ctx;
    enum rc (*read)(void *ctx, struct text name, struct text *out, struct err *e);
};

/* A raster for drawing and for reports, row 0 north. value(col,row): hazard's own classes. */
struct hazard_view {
    int cols, rows;
    double cell_m;
    /* 0 untouched, 1 active now, 2 past, 3 barrier, 4 out/cold; arrival time in ms or -1 */
    void (*cell)(const void *self, int col, int row, int *state, int64_t *arrival_ms);
    /* Base map classes: 0 none,1 forest,2 shrub,3 grass,4 field,5 built-up,6 water; height in m */
    void (*ground)(const void *self, int col, int row, int *class, double *height_m);
};

struct hazard_ops {
    int owner; /* of its words; hazard/hazards.h */
    struct slice_ops slice;
    const char *section; /* key under `hazards` in the scenario: "fire" */
    MUST_USE enum rc (*open)(const struct doc *section, const struct atlas *atlas, struct file_source files,
                             uint64_t seed, struct arena *perm, void **out, struct err *e);
    const struct measure_row *measures;
    int measure_count;
    double (*measure)(const void *self, int i);
    const struct hazard_view *(*view)(const void *self); /* may be NULL */
    void (*manual)(enum lang lang, struct buf *out);     /* its schema rows */
    void (*stubs)(struct buf *out);                      /* the same as classes; may be NULL */
    const struct calc_row *calc; /* formulas that can be worked by hand; NULL: none */
    int calc_count;
    const struct measure_row *probes; /* what can be read at a point; NULL: none */
    int probe_count;
    double (*probe)(const void *self, int i, double x_m, double y_m); /* NaN off the map */
};

#endif

/* ground.h -- what lies under everything that happens: heights and cover, one raster, row 0 north.
 *
 * It never changes during a drill and belongs to no hazard; whoever has read it (today the hazard
 * that needs it) fills the record, and the first that does so makes the base map. */
#ifndef TUIYAN_CORE_WORLD_GROUND_H
#define TUIYAN_CORE_WORLD_GROUND_H

#include <stdint.h>

enum ground_cover {
    GROUND_NONE,
    GROUND_FOREST,
    GROUND_SHRUB,
    GROUND_GRASS,
    GROUND_FIELD,
    GROUND_BUILT,
    GROUND_WATER,
    GROUND_COVERS
};

struct ground {
    int cols, rows;
    double cell_m, west_m, south_m; /* its south-west corner */
    const float *height_m;          /* rows * cols; NULL: flat */
    const uint8_t *cover;           /* enum ground_cover; NULL: not known */
};

#endif

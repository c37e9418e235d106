/* lanes.h -- fork and join for hazards, given by the session: a hazard starts no thread and asks no
 * processor.
 *
 * Work is cut into a fixed number of parts that does not depend on how many threads there are; a
 * part writes only what is its own, and what is summed over parts is summed in their order. So one
 * thread and many give the same bits. Rasters are cut by rows into LANE_BANDS bands. How sums
 * inside a band run: base/lanes8.h. */
#ifndef TUIYAN_CORE_WORLD_LANES_H
#define TUIYAN_CORE_WORLD_LANES_H

#include <stdint.h>

enum { LANE_BANDS = 64 };

struct lanes {
    void *ctx;
    /* Calls part(arg, i) once for every i in 0 .. parts - 1, in any order and maybe at the same
     * time; returns when all have returned. Not to be called from inside a part. */
    void (*run)(void *ctx, int parts, void (*part)(void *arg, int i), void *arg);
};

/* One after another in the caller's thread. */
extern const struct lanes lanes_serial;

/* Rows of a band: from .. to - 1; the first ones are a row longer when it does not go up. */
struct band {
    int32_t from, to;
};
struct band lanes_band(int32_t rows, int i);
/* The sum over bands in band order: the only way in which a raster is summed. */
double lanes_sum(const double part[LANE_BANDS]);

/* Which vector kernels a hazard is to run; all give the same bits. The session knows the processor.
 */
enum kernel { KERNEL_SCALAR, KERNEL_SSE2, KERNEL_AVX2 };

#endif

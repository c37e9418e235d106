/* lanes.h -- threads behind core's lanes: started when first used, as many as asked for, ended with
 * the pool. */
#ifndef TUIYAN_SESSION_LANES_H
#define TUIYAN_SESSION_LANES_H

#include "core/world/lanes.h"

struct lane_pool;

/* threads: 0 as many as there are processors (at most LANE_THREADS); 1 none beside the caller. NULL
 * without memory. */
enum { LANE_THREADS = 16 };
struct lane_pool *lane_pool_open(int threads);
void lane_pool_close(struct lane_pool *p); /* NULL is fine */
/* Lanes that run in the pool. They live as long as it does. A thread that cannot be started is done
 * without. */
const struct lanes *lane_pool_lanes(const struct lane_pool *p);
/* The widest kernels this processor runs. */
enum kernel lane_kernel(void);

#endif

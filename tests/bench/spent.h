/* spent.h -- the two clocks of a bench: the wall's, which on a busy machine also counts the turns of others, and the work of the
 * measuring thread alone. */
#ifndef TUIYAN_TESTS_BENCH_SPENT_H
#define TUIYAN_TESTS_BENCH_SPENT_H

#include <time.h>

struct spent {
    double wall, own; /* ms */
};

static inline double read_clock(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static inline struct spent now(void)
{
    return (struct spent){read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_THREAD_CPUTIME_ID)};
}

static inline struct spent since(struct spent t)
{
    struct spent n = now();
    return (struct spent){n.wall - t.wall, n.own - t.own};
}

static inline int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

#endif

/* Threads behind core's lanes. Parts are taken from a counter under the lock: a hazard's part is
 * thousands of cells, so the lock is not what costs. The caller works too. */
#include "session/lanes.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

struct lane_pool {
    struct lanes lanes;
    int threads, started; /* beside the caller */
    pthread_t thread[LANE_THREADS];
    pthread_mutex_t lock;
    pthread_cond_t work, idle;
    bool ending;
    /* what is being run */
    void (*part)(void *arg, int i);
    void *arg;
    int parts, next, done;
};

/* Takes parts until there are none left. The lock is held before and after. */
static void take_parts(struct lane_pool *p)
{
    while (p->next < p->parts) {
        int i = p->next++;
        pthread_mutex_unlock(&p->lock);
        p->part(p->arg, i);
        pthread_mutex_lock(&p->lock);
        if (++p->done == p->parts)
            pthread_cond_signal(&p->idle);
    }
}

static void *thread_main(void *arg)
{
    struct lane_pool *p = arg;
    pthread_mutex_lock(&p->lock);
    while (!p->ending) {
        take_parts(p);
        if (!p->ending)
            pthread_cond_wait(&p->work, &p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static void run(void *ctx, int parts, void (*part)(void *arg, int i), void *arg)
{
    struct lane_pool *p = ctx;
    while (p->started < p->threads &&
           pthread_create(&p->thread[p->started], NULL, thread_main, p) == 0)
        p->started++;
    p->threads = p->started; /* what could not be started is not tried again */
    pthread_mutex_lock(&p->lock);
    p->part = part;
    p->arg = arg;
    p->next = p->done = 0;
    p->parts = parts;
    pthread_cond_broadcast(&p->work);
    take_parts(p);
    while (p->done < p->parts)
        pthread_cond_wait(&p->idle, &p->lock);
    p->parts = p->next = 0;
    pthread_mutex_unlock(&p->lock);
}

struct lane_pool *lane_pool_open(int threads)
{
    struct lane_pool *p = calloc(1, sizeof(*p));
    long there = sysconf(_SC_NPROCESSORS_ONLN);
    if (!p)
        return NULL;
    if (threads == 0)
        threads = there > 0 ? (int)there : 1;
    p->threads = (threads < LANE_THREADS ? threads : LANE_THREADS) - 1;
    p->lanes = (struct lanes){p, run};
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    pthread_cond_init(&p->idle, NULL);
    return p;
}

void lane_pool_close(struct lane_pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->ending = true;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->started; i++)
        pthread_join(p->thread[i], NULL);
    pthread_cond_destroy(&p->work);
    pthread_cond_destroy(&p->idle);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

const struct lanes *lane_pool_lanes(const struct lane_pool *p)
{
    return &p->lanes;
}

enum kernel lane_kernel(void)
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") ? KERNEL_AVX2 : KERNEL_SSE2;
#else
    return KERNEL_SCALAR;
#endif
}

/* Protects the session's lanes: every part is run once whatever the number of threads, runs follow
 * one another, and what is summed is the same to the bit. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "session/lanes.h"

enum { PARTS_MAX = 1000 };

struct job {
    int seen[PARTS_MAX];
    double part[LANE_BANDS];
};

static void one(void *arg, int i)
{
    struct job *j = arg;
    j->seen[i]++;
    if (i < LANE_BANDS) {
        double v = 1.0;
        for (int k = 1; k < 500; k++)
            v += 1.0 / (double)(k + i);
        j->part[i] = v;
    }
}

static void every_part_once(void **state)
{
    (void)state;
    double want = 0.0;
    for (int threads = 0; threads <= 5; threads++) {
        struct lane_pool *p = lane_pool_open(threads);
        assert_non_null(p);
        const struct lanes *l = lane_pool_lanes(p);
        for (int round = 0; round < 200; round++) {
            static struct job j;
            int parts = round == 0 ? LANE_BANDS : round % 7 == 0 ? PARTS_MAX : round % 4;
            memset(&j, 0, sizeof(j));
            l->run(l->ctx, parts, one, &j);
            for (int i = 0; i < PARTS_MAX; i++)
                assert_int_equal(j.seen[i], i < parts);
            if (round == 0) {
                want = threads == 0 ? lanes_sum(j.part) : want;
                assert_true(lanes_sum(j.part) == want);
            }
        }
        lane_pool_close(p);
    }
    struct lane_pool *idle = lane_pool_open(4); /* never used: nothing to wait for */
    lane_pool_close(idle);
    lane_pool_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_part_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

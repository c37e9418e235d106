/* Lanes without threads, and the fixed cut; see lanes.h. */
#include "core/world/lanes.h"

static void run_serial(void *ctx, int parts, void (*part)(void *arg, int i), void *arg)
{
    (void)ctx;
    for (int i = 0; i < parts; i++)
        part(arg, i);
}

const struct lanes lanes_serial = {0, run_serial};

struct band lanes_band(int32_t rows, int i)
{
    const int32_t each = rows / LANE_BANDS, more = rows % LANE_BANDS;
    const int32_t from = each * i + (i < more ? i : more);

    return (struct band){from, from + each + (i < more)};
}

double lanes_sum(const double part[LANE_BANDS])
{
    double sum = 0.0;

    for (int i = 0; i < LANE_BANDS; i++)
        sum += part[i];
    return sum;
}

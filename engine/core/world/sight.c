/* sight.c -- asks the hazards of a world what an eye sees of them. */
#include "core/world/sight.h"

#include "core/world/hazard.h"

int32_t sight_cells(int owner, int layer)
{
    return SIGHT_CELLS | owner << OWN_BITS | layer;
}

int world_observe(const struct world *w, const struct eye *eye, struct sight *out, int max)
{
    int n = 0;
    for (int i = 0; i < OWNERS_MAX && n < max; i++) {
        const struct hazard_used *h = &w->hazard[i];
        if (h->ops && h->ops->observe)
            n += h->ops->observe(h->self, w, eye, out + n, max - n);
        ASSERT(n <= max);
    }
    return n;
}

bool world_sees(const struct world *w, const struct eye *eye)
{
    struct sight first;
    return world_observe(w, eye, &first, 1) > 0;
}

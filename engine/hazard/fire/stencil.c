#include "hazard/fire/stencil.h"

#include "base/attr.h"
#include "base/num.h"

static int gcd(int a, int b)
{
    while (b) {
        int t = a % b;
        a = b;
        b = t;
    }
    return a;
}

/* Directions of the first octant by rising slope, as fractions dy/dx. */
static int octant(int n, int (*out)[2])
{
    int count = 0;
    for (int dx = 1; dx <= n; dx++)
        for (int dy = 0; dy <= dx; dy++)
            if (gcd(dx, dy) == 1) {
                int k = count++;
                for (; k > 0 && out[k - 1][1] * dx > dy * out[k - 1][0]; k--) {
                    out[k][0] = out[k - 1][0];
                    out[k][1] = out[k - 1][1];
                }
                out[k][0] = dx;
                out[k][1] = dy;
            }
    return count;
}

static void ring_add(struct ring *r, int dx, int dy)
{
    if (r->count > 0 && r->ray[r->count - 1].dx == dx && r->ray[r->count - 1].dy == dy)
        return;
    ASSERT(r->count < RING_MAX);
    r->ray[r->count].dx = (int8_t)dx;
    r->ray[r->count++].dy = (int8_t)dy;
}

static void ring_directions(struct ring *r, int n)
{
    int part[RING_REACH_MAX * RING_REACH_MAX][2];
    int count = octant(n, part);
    static const int turn[4][4] = {{1, 0, 0, 1}, {0, -1, 1, 0}, {-1, 0, 0, -1}, {0, 1, -1, 0}};
    r->count = 0;
    r->reach = n;
    for (int q = 0; q < 4; q++) {
        const int *t = turn[q];
        for (int i = 0; i < count; i++)
            ring_add(r, t[0] * part[i][0] + t[1] * part[i][1],
                     t[2] * part[i][0] + t[3] * part[i][1]);
        for (int i = count - 2; i > 0;
             i--) /* mirrored at the diagonal; 90 degrees is the next turn's */
            ring_add(r, t[0] * part[i][1] + t[1] * part[i][0],
                     t[2] * part[i][1] + t[3] * part[i][0]);
    }
}

static void ring_measure(struct ring *r, double cell_m, int stride)
{
    for (int i = 0; i < r->count; i++) {
        struct ray *a = &r->ray[i];
        const struct ray *b = &r->ray[(i + 1) % r->count];
        a->e = a->dx * cell_m;
        a->n = a->dy * cell_m;
        a->length = num_hypot(a->e, a->n);
        /* Row 0 is north: a source to the south lies further on in memory. */
        a->step = a->dy * stride - a->dx;
        double ge = (b->dx - a->dx) * cell_m, gn = (b->dy - a->dy) * cell_m;
        a->gap = num_hypot(ge, gn);
        a->height = num_abs(a->e * gn - a->n * ge) / a->gap;
        a->foot = -(a->e * ge + a->n * gn) / a->gap;
        a->per_gap = 1.0 / a->gap;
        /* at = foot + height x / sqrt(1 - x^2) lies in (0, gap) exactly for low < x < high */
        a->low = -a->foot / num_hypot(a->foot, a->height);
        a->high = (a->gap - a->foot) / num_hypot(a->gap - a->foot, a->height);
        a->before = i > 0 ? i - 1 : r->count - 1;
        a->after = i + 1 < r->count ? i + 1 : 0;
    }
}

void stencil_make(struct stencil *s, double cell_m, int stride)
{
    static const int order[RINGS] = {2, 3, 4, 5, 8};
    for (int r = 0; r < RINGS; r++) {
        ring_directions(&s->ring[r], order[r]);
        ring_measure(&s->ring[r], cell_m, stride);
    }
    for (int a = 0; a < RINGS; a++)
        for (int i = 0; i < s->ring[a].count; i++)
            for (int b = 0; b < RINGS; b++) {
                s->same[a][i][b] = -1;
                for (int j = 0; j < s->ring[b].count; j++)
                    if (s->ring[b].ray[j].dx == s->ring[a].ray[i].dx &&
                        s->ring[b].ray[j].dy == s->ring[a].ray[i].dy)
                        s->same[a][i][b] = (int16_t)j;
            }
}

int stencil_ring_for(double length_to_width)
{
    static const double top[RINGS - 1] = {2.2, 3.2, 4.1, 5.1};
    int r = 0;
    while (r < RINGS - 1 && length_to_width > top[r])
        r++;
    return r;
}

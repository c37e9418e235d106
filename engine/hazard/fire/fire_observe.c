/* fire_observe.c -- what an eye sees of the fire: how large, where it runs fastest, how many fires, and each cell within
 * reach as it looks at that moment. */
#include <string.h>

#include "base/num.h"
#include "hazard/fire/fire_parts.h"

#define CREW_SEES_M 2500.0 /* a crew in the open sees smoke and flames this far */

/* The cells in sight on the grid that knowledge keeps; row by row, CELL_UNSEEN where the eye does not reach. */
struct patch {
    struct known_grid grid;
    int col0, row0, cols, rows;
    uint8_t cls[KNOWN_GRID * KNOWN_GRID];
};

static bool in_sight(const struct fire *f, const struct world *w, const struct eye *eye, double *reach_m)
{
    *reach_m = eye->reach_m > 0.0 ? eye->reach_m : CREW_SEES_M;
    return f->fronts > 0 && exposure_of(w->exposure, FIRE_OWNER)->team[eye->id].distance_m <= *reach_m;
}

static int bound(double v, int most)
{
    return (int)num_clamp(num_floor(v), 0.0, most);
}

static void look(const struct fire *f, const struct eye *eye, double reach, struct patch *p)
{
    const int fold = p->grid.fold;
    const double cell = p->grid.cell_m, west = p->grid.west_m, north = p->grid.south_m + p->grid.rows * cell;
    p->col0 = bound((eye->x - reach - west) / cell, p->grid.cols);
    p->row0 = bound((north - eye->y - reach) / cell, p->grid.rows);
    p->cols = bound((eye->x + reach - west) / cell + 1.0, p->grid.cols) - p->col0;
    p->rows = bound((north - eye->y + reach) / cell + 1.0, p->grid.rows) - p->row0;
    for (int row = 0; row < p->rows; row++) {
        for (int col = 0; col < p->cols; col++) {
            double dx = west + (p->col0 + col + 0.5) * cell - eye->x, dy = north - (p->row0 + row + 0.5) * cell - eye->y;
            bool seen = dx * dx + dy * dy <= reach * reach;
            p->cls[row * p->cols + col] = seen ? (uint8_t)fire_look(f, (p->col0 + col) * fold, (p->row0 + row) * fold, fold) : CELL_UNSEEN;
        }
    }
}

/* Groups of burnt and burning cells that touch, corners too. */
static int count_fires(const struct patch *p)
{
    static const int dx[8] = {1, 1, 0, -1, -1, -1, 0, 1}, dy[8] = {0, 1, 1, 1, 0, -1, -1, -1};
    uint8_t done[KNOWN_GRID * KNOWN_GRID];
    int16_t stack[KNOWN_GRID * KNOWN_GRID];
    int fires = 0;
    for (int i = 0; i < p->cols * p->rows; i++)
        done[i] = p->cls[i] == 0 || p->cls[i] == CELL_UNSEEN;
    for (int i = 0; i < p->cols * p->rows; i++) {
        int left = 0;
        if (done[i])
            continue;
        fires++;
        done[i] = 1;
        stack[left++] = (int16_t)i;
        while (left > 0) {
            int at = stack[--left];
            for (int k = 0; k < 8; k++) {
                int col = at % p->cols + dx[k], row = at / p->cols + dy[k], to = row * p->cols + col;
                if (col < 0 || row < 0 || col >= p->cols || row >= p->rows || done[to])
                    continue;
                done[to] = 1;
                stack[left++] = (int16_t)to;
            }
        }
    }
    return fires;
}

static int write_cells(const struct patch *p, struct sight *out, int max)
{
    int n = 0;
    for (int row = 0; row < p->rows; row++) {
        for (int col = 0; col < p->cols && n < max; col += CELLS_EACH) {
            uint64_t value = 0;
            bool any = false;
            for (int i = 0; i < CELLS_EACH; i++) {
                uint64_t cls = col + i < p->cols ? p->cls[row * p->cols + col + i] : CELL_UNSEEN;
                any = any || cls != CELL_UNSEEN;
                value |= cls << (4 * i);
            }
            if (any)
                out[n++] = (struct sight){sight_cells(FIRE_OWNER, 0), (p->row0 + row) * p->grid.cols + p->col0 + col,
                                          (int64_t)value};
        }
    }
    return n;
}

int fire_observe(const void *self, const struct world *w, const struct eye *eye, struct sight *out, int max)
{
    const struct fire *f = self;
    struct patch p;
    double reach = 0.0;
    int n = 0;
    if (eye->kind != EYE_DESK && !in_sight(f, w, eye, &reach))
        return 0;
    double size_ha = fire_burnt_ha(f) * eye->judge;
    if (n < max)
        out[n++] = (struct sight){FIRE_TOPIC_SIZE, 0, (int64_t)(size_ha * 10.0)};
    if (n < max && f->headed)
        out[n++] = (struct sight){FIRE_TOPIC_AT, 0, point_pack(f->head_x, f->head_y)};
    if (eye->kind == EYE_DESK || n == max || !knowledge_grid(w->knowledge, FIRE_OWNER, 0, &p.grid))
        return n;
    look(f, eye, reach, &p);
    out[n++] = (struct sight){FIRE_TOPIC_COUNT, 0, count_fires(&p)};
    return n + write_cells(&p, out + n, max - n);
}

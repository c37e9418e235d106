/* fire_spot.c -- brands that start fires ahead of the front.
 *
 * Each point of a hot front throws brands as a Poisson process of its own, drawn by a hash of seed,
 * cell and step, so that the order in which the front is listed does not matter. */
#include "base/num.h"
#include "hazard/fire/fire_parts.h"
#include "hazard/fire/spotting.h"

#define THROWS_KW_M 700.0   /* assumed: below flames of about 1.6 m nothing flies far */
#define NOMINAL_KW_M 2800.0 /* flames of 3 m, for which `spotting` is given */
#define WIND_LEAST_M_S 3.0
#define SPREAD_RAD 0.17     /* assumed: brands fall within 10 degrees of the wind (one deviation) */
#define UPPER 3.0           /* the greatest distance is the 95 % quantile of an exponential */
#define SPOTS_A_STEP 8

static double unit_of(uint64_t h)
{
    return (double)(h >> 11) * 0x1p-53;
}

struct landing {
    int cell, from;
    double x, y;
};

/* Where a brand of this point comes down; false when nothing there burns. */
static bool land(const struct fire *f, const struct front_point *p, uint64_t h, struct landing *out)
{
    double wind = num_hypot(f->air.wind_e, f->air.wind_n);
    const struct fire_fuel_row *row = &f->fuel_row[f->fuel[p->cell]];
    double most = fire_spot_max_m((double)p->intensity, fire_wind_20ft(wind), row->canopy_m);
    double far = num_min(most, -num_log(1.0 - unit_of(rng_mix(h, 1))) * most / UPPER);
    double turn = (unit_of(rng_mix(h, 2)) + unit_of(rng_mix(h, 3)) + unit_of(rng_mix(h, 4)) - 1.5) *
                  2.0 * SPREAD_RAD;
    double c = num_cos(turn), s = num_sin(turn);
    double e = f->air.wind_e / wind, n = f->air.wind_n / wind;
    out->x = (double)p->x + far * (e * c - n * s);
    out->y = (double)p->y + far * (n * c + e * s);
    out->cell = fire_cell_at(f, out->x, out->y);
    out->from = p->cell;
    return far > 2.0 * f->cell_m && out->cell >= 0 &&
           spread_state(f->spread, out->cell) == SPREAD_FREE;
}

void fire_throw_brands(struct fire *f, struct world *w)
{
    double wind = num_hypot(f->air.wind_e, f->air.wind_n);
    if (f->rows.spotting <= 0.0 || wind < WIND_LEAST_M_S)
        return;
    struct landing spot[SPOTS_A_STEP];
    int spots = 0;
    /* The drier the needles, the more brands catch: 1 at 6 %, assumed. */
    double fine = f->rows.dead > 0.0
                      ? f->rows.dead
                      : moisture_fine_dead(f->air.temp_c, f->air.humidity, f->air.hour, 0.0);
    double dry = num_clamp((0.15 - fine) / 0.09, 0.0, 1.5);
    double each = f->rows.spotting * dry * f->cell_m / 1000.0 * (double)w->tick_ms / 3600000.0;
    uint64_t step = (uint64_t)(w->now_ms / w->tick_ms);
    for (int i = 0; i < f->fronts; i++) {
        const struct front_point *p = &f->front[i];
        if ((double)p->intensity < THROWS_KW_M)
            continue;
        uint64_t h = rng_mix(rng_mix(f->luck.key, step), (uint64_t)p->cell);
        struct landing one;
        if (unit_of(h) >= each * (double)p->intensity / NOMINAL_KW_M || !land(f, p, h, &one))
            continue;
        /* in order of the cells they came from; the list of the front has no order */
        if (spots == SPOTS_A_STEP && spot[spots - 1].from < one.from)
            continue;
        int at = spots < SPOTS_A_STEP ? spots++ : spots - 1;
        for (; at > 0 && spot[at - 1].from > one.from; at--)
            spot[at] = spot[at - 1];
        spot[at] = one;
    }
    for (int i = 0; i < spots; i++) {
        f->spots++;
        world_emit(w, &(struct event){.kind = FIRE_EV_IGNITED,
                                      .i = {1},
                                      .f = {spot[i].x, spot[i].y},
                                      .cause = fire_cause(f),
                                      .also = fire_weather_cause(f)});
    }
}

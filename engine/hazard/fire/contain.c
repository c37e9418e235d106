#include "hazard/fire/contain.h"

#include "base/num.h"
#include "hazard/fire/rothermel.h"

#define STEP_S 1.0

/* The free edge after one second: centre ahead of the ignition, half axes, all in m/s. */
struct growth {
    double ahead, half_length, half_width;
    double crew; /* output of one half of the crew */
};

static void point(const struct growth *g, double s, double *x, double *y)
{
    *x = g->ahead + g->half_length * num_cos(s);
    *y = g->half_width * num_sin(s);
}

/* Angle a second; negative when the fire outruns the crew there. */
static double turn(const struct growth *g, double t, double s)
{
    double x, y, dx = -g->half_length * num_sin(s), dy = g->half_width * num_cos(s);
    point(g, s, &x, &y);
    double a = t * t * (dx * dx + dy * dy), b = 2.0 * t * (x * dx + y * dy);
    double c = x * x + y * y - g->crew * g->crew;
    double d = b * b - 4.0 * a * c;
    return d >= 0.0 ? (-b + num_sqrt(d)) / (2.0 * a) : -1.0;
}

/* One step of Runge-Kutta; false when the crew is outrun. */
static bool pursue(const struct growth *g, double t, double s, double *ds)
{
    double k1 = turn(g, t, s), k2 = turn(g, t + 0.5 * STEP_S, s + 0.5 * STEP_S * k1);
    double k3 = turn(g, t + 0.5 * STEP_S, s + 0.5 * STEP_S * k2);
    double k4 = turn(g, t + STEP_S, s + STEP_S * k3);
    *ds = STEP_S / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
    return k1 > 0.0 && k2 > 0.0 && k3 > 0.0 && k4 > 0.0;
}

struct contain_result fire_contain(const struct contain_case *c)
{
    double ecc = fire_eccentricity(c->length_to_width);
    double back = c->head_m_s * (1.0 - ecc) / (1.0 + ecc);
    struct growth g = {0.5 * (c->head_m_s - back), 0.5 * (c->head_m_s + back), 0.0, 0.5 * c->line_m_s};
    g.half_width = g.half_length / c->length_to_width;
    /* Seen from the back the pursuit is the same with the ellipse turned round. */
    if (c->from_back)
        g.ahead = -g.ahead;
    double grow = NUM_PI * g.half_length * g.half_width;
    double reported = num_sqrt(c->report_m2 / grow);
    double t = reported + c->attack_s, s = 0.0, area = 0.0, ds, x, y, nx, ny;
    struct contain_result r = {.attack_m2 = grow * t * t};
    int steps = (int)(c->work_s / STEP_S);
    for (int i = 0; i < steps && !r.contained; i++) {
        double h = STEP_S;
        if (!pursue(&g, t, s, &ds))
            break;
        if (s + ds >= NUM_PI) {
            h = STEP_S * (NUM_PI - s) / ds;
            ds = NUM_PI - s;
            r.contained = true;
        }
        point(&g, s, &x, &y);
        point(&g, s + ds, &nx, &ny);
        area += 0.5 * t * (t + h) * (x * ny - y * nx);
        s += ds;
        t += h;
        r.line_m += h * c->line_m_s;
    }
    r.time_s = t - reported;
    r.final_m2 = r.contained ? 2.0 * area : grow * t * t;
    return r;
}

/* fire_hotspot.c -- what the satellites report: hot spots, some of them false, until somebody has looked. */
#include "base/num.h"
#include "hazard/fire/fire_parts.h"

#define ERROR_M 300.0     /* assumed: one deviation; a pixel of the sensors in use is 375 m */
#define SEEN_FROM_M 500.0 /* assumed: a crew this near sees what is there */
#define APART_M 1500.0    /* a false one lies at least so far from the front */
#define TRIES 32

static void report(struct fire *f, struct world *w, double x, double y, bool real)
{
    if (f->hotspots == HOTSPOTS_MAX)
        return; /* the reader allows no more passes than fit */
    x = num_clamp(x, 0.0, f->atlas->map.width_m);
    y = num_clamp(y, 0.0, f->atlas->map.height_m);
    struct hotspot *h = &f->hotspot[f->hotspots++];
    *h = (struct hotspot){.x = x, .y = y, .real = real};
    h->event = world_emit(w, &(struct event){.kind = FIRE_EV_HOTSPOT_SEEN,
                                             .i = {f->hotspots},
                                             .f = {x, y},
                                             .cause = real ? fire_cause(f) : (struct cause){CAUSE_NONE, 0}});
}

/* Sun on a roof, a kiln, a field fire: anywhere but at the front. */
static void report_false(struct fire *f, struct world *w)
{
    for (int i = 0; i < TRIES; i++) {
        double x = rng_unit(&f->luck) * f->atlas->map.width_m;
        double y = rng_unit(&f->luck) * f->atlas->map.height_m, distance;
        int front = fire_nearest_front(f, x, y, x, y, &distance);
        if (front >= 0 && distance < APART_M)
            continue;
        report(f, w, x, y, false);
        return;
    }
}

static void look_around(struct fire *f, struct world *w)
{
    for (int i = 0; i < f->hotspots; i++) {
        struct hotspot *h = &f->hotspot[i];
        for (int t = 0; t < w->exposure->teams && !h->checked; t++) {
            const struct position *p = &w->exposure->where[t];
            if (!p->out || num_hypot(p->x - h->x, p->y - h->y) > SEEN_FROM_M)
                continue;
            h->checked = 1;
            world_emit(w, &(struct event){.kind = FIRE_EV_HOTSPOT_CHECKED,
                                          .i = {i + 1, t, h->real},
                                          .cause = cause_event(h->event)});
        }
    }
}

void fire_hotspots(struct fire *f, struct world *w)
{
    for (; f->next_pass < f->passes && f->pass[f->next_pass].at_ms < w->now_ms; f->next_pass++) {
        if (f->fronts > 0) {
            double ex = ERROR_M * num_clamp(rng_normal(&f->luck), -2.0, 2.0);
            double ey = ERROR_M * num_clamp(rng_normal(&f->luck), -2.0, 2.0);
            report(f, w, f->head_x + ex, f->head_y + ey, true);
        }
        for (int i = 0; i < f->pass[f->next_pass].false_alarms; i++)
            report_false(f, w);
    }
    look_around(f, w);
}

void fire_hotspot_tell(const struct world *w, const struct event *e)
{
    for (int32_t a = 0; a < ATLAS_COUNT(w->atlas, ENT_AGENCY); a++)
        if (w->atlas->agency[a].commands)
            (void)knowledge_tell(w->knowledge, a, FIRE_TOPIC_AT, 0, point_pack(e->f[0], e->f[1]),
                                 w->now_ms, w->now_ms, e->seq);
}

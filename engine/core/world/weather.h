/* weather.h -- the weather over the map: a table by the hour from the scenario, changed by events.
 *
 * Values are piecewise constant between rows. WEATHER_CHANGED is emitted at every row and by the world
 * verb `wind`, whose value holds until the next row. The 10 m wind, where it comes from (degrees,
 * 0 north, clockwise), temperature, relative humidity. */
#ifndef TUIYAN_CORE_WORLD_WEATHER_H
#define TUIYAN_CORE_WORLD_WEATHER_H

#include "core/world/event.h"
#include "core/world/walk.h"

struct weather_row {
    int64_t at_ms;
    double wind_ms;   /* at 10 m */
    double from_deg;
    double temp_c;
    int32_t humidity; /* % */
};

struct weather {
    struct weather_row now;
    int32_t next;      /* row to come */
    int32_t rows;
    struct weather_row *row; /* from the scenario; not state */
    int64_t event;     /* that made it so */
};

struct world;
MUST_USE enum rc weather_make(const struct atlas *atlas, struct arena *perm, struct weather **out,
                              struct err *e);
void weather_apply(void *self, const struct world *w, const struct event *e);
void weather_step(void *self, struct world *w);
void weather_walk(void *self, struct walk *w);

/* Its rows for the author. */
void weather_manual(enum lang lang, struct buf *out);
void weather_stubs(struct buf *out);

#endif

#include "core/world/weather.h"

#include "base/num.h"
#include "core/world/world.h"

static const struct field weather_rows[] = {
    {.name = "at", .type = FIELD_MOMENT, .offset = offsetof(struct weather_row, at_ms), .required = true,
     .zh = "从此时起", .en = "from this moment on"},
    {.name = "wind", .type = FIELD_NUM, .offset = offsetof(struct weather_row, wind_ms), .required = true,
     .low = 0, .high = 60, .unit = "m/s", .zh = "10 米高平均风速", .en = "mean wind at 10 m"},
    {.name = "from", .type = FIELD_NUM, .offset = offsetof(struct weather_row, from_deg), .required = true,
     .low = 0, .high = 360, .unit = "°", .zh = "风的来向，北为 0，顺时针", .en = "where it comes from, 0 north, clockwise"},
    {.name = "temp", .type = FIELD_NUM, .offset = offsetof(struct weather_row, temp_c), .required = true,
     .low = -40, .high = 55, .unit = "℃", .zh = "气温", .en = "air temperature"},
    {.name = "humidity", .type = FIELD_INT, .offset = offsetof(struct weather_row, humidity), .required = true,
     .low = 1, .high = 100, .unit = "%", .zh = "相对湿度", .en = "relative humidity"},
};

enum rc weather_make(const struct atlas *atlas, struct arena *perm, struct weather **out, struct err *e)
{
    struct weather *w = ARENA_NEW(perm, struct weather, 1);
    const struct doc *list = atlas->doc ? doc_get(atlas->doc, "weather") : NULL;
    int rows = list ? list->count : 0;
    if (w)
        w->row = ARENA_NEW(perm, struct weather_row, rows + 1);
    if (!w || !w->row)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list ? list->child : NULL; d; d = d->next) {
        struct weather_row *row = &w->row[w->rows];
        enum rc rc = schema_read(d, weather_rows, COUNT_OF(weather_rows), &atlas->names, perm, row, e);
        if (rc != RC_OK)
            return rc;
        if (w->rows > 0 && row->at_ms <= row[-1].at_ms)
            return DOC_ERR0(d, e, MSG_CORE_WEATHER_ORDER);
        w->rows++;
    }
    /* Without a table: a still, mild day, so that hazards that need none can do without. */
    w->now = (struct weather_row){0, 0.0, 0.0, 20.0, 60};
    *out = w;
    return RC_OK;
}

void weather_apply(void *self, const struct world *world, const struct event *e)
{
    (void)world;
    struct weather *w = self;
    if (e->kind != EV_WEATHER_CHANGED)
        return;
    w->now = (struct weather_row){e->t_ms, e->f[0], e->f[1], e->f[2], e->i[0]};
    w->event = e->seq;
}

void weather_step(void *self, struct world *world)
{
    struct weather *w = self;
    while (w->next < w->rows && w->row[w->next].at_ms < world->now_ms) {
        const struct weather_row *row = &w->row[w->next++];
        if (w->next < w->rows && w->row[w->next].at_ms < world->now_ms)
            continue;
        world_emit(world, &(struct event){.kind = EV_WEATHER_CHANGED,
                                          .i = {row->humidity},
                                          .f = {row->wind_ms, row->from_deg, row->temp_c}});
    }
}

void weather_walk(void *self, struct walk *w)
{
    struct weather *x = self;
    walk_facts(w, "at wind from temp humidity event");
    walk_i64(w, "at", &x->now.at_ms, 1);
    walk_f64(w, "wind", &x->now.wind_ms, 1);
    walk_f64(w, "from", &x->now.from_deg, 1);
    walk_f64(w, "temp", &x->now.temp_c, 1);
    walk_i32(w, "humidity", &x->now.humidity, 1);
    walk_count(w, "next", &x->next, x->rows);
    walk_i64(w, "event", &x->event, 1);
}

void weather_manual(enum lang lang, struct buf *out)
{
    schema_manual("weather[]", weather_rows, COUNT_OF(weather_rows), lang, out);
}

void weather_stubs(struct buf *out)
{
    schema_stubs("scenario.weather", weather_rows, COUNT_OF(weather_rows), out);
}

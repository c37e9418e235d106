/* stage.h -- a drill of one fire for tests: two villages, one road, one team, one line (a power line). */
#ifndef TUIYAN_TESTS_STAGE_H
#define TUIYAN_TESTS_STAGE_H

enum { N = 100 };

typedef void section_change(struct arena *a, struct doc *section);

struct stage {
    section_change *change; /* set before open_stage: what this test adds to the section */
    struct arena arena;
    struct atlas atlas;
    struct world world;
    struct fire_crew crew; /* of the one team */
    void *fire;
    char *fuel, *dem;
    int n;
};

static inline struct text text_n(struct arena *a, const char *c)
{
    return arena_text(a, text_of(c));
}

static inline struct doc *put_text(struct arena *a, struct doc *t, const char *key, const char *v)
{
    struct doc *d = doc_add(a, t, text_n(a, key), DOC_TEXT);
    d->t = text_n(a, v);
    return d;
}

static inline struct doc *put_num(struct arena *a, struct doc *t, const char *key, double v)
{
    struct doc *d = doc_add(a, t, text_n(a, key), v == (double)(int64_t)v ? DOC_INT : DOC_NUM);
    d->i = (int64_t)v;
    d->n = v;
    return d;
}

static inline struct doc *put_table(struct arena *a, struct doc *t, const char *key)
{
    return doc_add(a, t, text_n(a, key), DOC_TABLE);
}

static inline void put_fuel(struct arena *a, struct doc *list, int code, const char *model)
{
    struct doc *row = doc_add(a, list, (struct text){NULL, 0}, DOC_TABLE);
    put_num(a, row, "code", code);
    put_text(a, row, "model", model);
}

static inline void put_ignition(struct arena *a, struct doc *list, double x, double y)
{
    struct doc *row = doc_add(a, list, (struct text){NULL, 0}, DOC_TABLE);
    struct doc *at = put_table(a, row, "at");
    put_num(a, at, "", x);
    put_num(a, at, "", y);
}

/* A section for an n x n map of 30 m cells. */
static inline struct doc *section(struct arena *a, double x, double y, const char *model)
{
    struct doc *root = doc_add(a, NULL, (struct text){NULL, 0}, DOC_TABLE);
    put_text(a, root, "fuel", "fuel.asc");
    put_text(a, root, "dem", "dem.asc");
    struct doc *fuels = put_table(a, root, "fuels");
    put_fuel(a, fuels, 1, model);
    put_fuel(a, fuels, 2, "TL8");
    put_fuel(a, fuels, 9, "none");
    put_ignition(a, put_table(a, root, "ignitions"), x, y);
    put_num(a, root, "spotting", 0.0); /* brands and smoke have their own tests */
    put_num(a, root, "road_smoke", 1.0);
    return root;
}

static inline enum rc read_file(void *ctx, struct text name, struct text *out, struct err *e)
{
    struct stage *s = ctx;
    (void)e;
    *out = text_of(text_is(name, "dem.asc") ? s->dem : s->fuel);
    return RC_OK;
}

/* Fuel 1 everywhere, 9 in the easternmost tenth; heights rise to the north-east, with folds. */
static inline void make_grids(struct stage *s, int n)
{
    size_t size = (size_t)n * (size_t)n * 8 + 200;
    s->n = n;
    s->fuel = calloc(size, 1);
    s->dem = calloc(size, 1);
    for (int k = 0; k < 2; k++) {
        struct buf b = buf_on(k ? s->dem : s->fuel, (int)size);
        buf_str(&b, "ncols ");
        buf_i64(&b, n);
        buf_str(&b, "\nnrows ");
        buf_i64(&b, n);
        buf_str(&b, "\nxllcorner 0\nyllcorner 0\ncellsize 30\nNODATA_value -9999\n");
        for (int i = 0; i < n * n; i++) {
            int col = i % n, row = i / n;
            if (k == 0)
                buf_i64(&b, col >= n - n / 10 ? 9 : n > N && (col / 9 + row / 7) % 3 == 0 ? 2 : 1);
            else
                buf_fixed(&b,
                          300.0 + 1.5 * col - 1.0 * row +
                              20.0 * num_sin(col * 0.11) * num_cos(row * 0.13),
                          1);
            buf_char(&b, i % n == n - 1 ? '\n' : ' ');
        }
        assert_false(b.full);
    }
}

static inline void make_atlas(struct stage *s)
{
    static struct place place[2] = {
        {.at = {2000.0, 1500.0}, .kind = PLACE_VILLAGE, .people = 50, .radius_m = 60.0},
        {.at = {2900.0, 200.0}, .kind = PLACE_VILLAGE, .people = 50, .radius_m = 60.0},
    };
    static struct node node[2] = {{{1800.0, 0.0}}, {{1800.0, 3000.0}}};
    static struct road road[1] = {{.from = 0, .to = 1}};
    static struct team team[1] = {{.people = 20}};
    static double xy[4] = {1700.0, 0.0, 1700.0, 3000.0};
    static struct control_line line[1] = {{.kind = LINE_POWER, .xy = xy, .points = 2, .length_m = 3000.0}};
    s->atlas = (struct atlas){.place = place, .node = node, .road = road, .team = team, .line = line};
    static struct name_row names[2] = {{.name = {"north", 5}}, {.name = {"south", 5}}};
    s->crew = (struct fire_crew){.line_width_m = 2.0, .flame_limit_m = 1.2};
    s->atlas.more[FIRE_OWNER][FIRE_MORE_TEAMS] = &s->crew;
    s->atlas.names.row[ENT_PLACE] = names;
    s->atlas.names.count[ENT_PLACE] = 2;
    s->atlas.names.count[ENT_NODE] = 2;
    s->atlas.names.count[ENT_ROAD] = 1;
    s->atlas.names.count[ENT_TEAM] = 1;
    s->atlas.names.count[ENT_LINE] = 1;
    s->atlas.meta.tick_ms = 60000;
    s->atlas.meta.start_clock_ms = 15 * 3600000;
    s->atlas.map.width_m = s->atlas.map.height_m = s->n * 30.0;
}

static inline enum rc try_open(struct stage *s, struct doc *d, struct err *e)
{
    struct file_source files = {s, read_file};
    return fire_hazard.open(d, &s->atlas, files, 1, &s->arena, &s->fire, e);
}

static inline void wind(struct stage *s, double speed, double from)
{
    world_emit(&s->world,
               &(struct event){.kind = EV_WEATHER_CHANGED, .i = {25}, .f = {speed, from, 38.0}});
}

static inline void open_stage(struct stage *s, int n, double x, double y, const char *model)
{
    struct err e;
    section_change *change = s->change;
    memset(s, 0, sizeof *s);
    s->change = change;
    arena_init(&s->arena, 0);
    make_grids(s, n);
    make_atlas(s);
    assert_int_equal(world_init(&s->world, &s->atlas, 1, &s->arena, &e), RC_OK);
    struct doc *d = section(&s->arena, x, y, model);
    if (s->change)
        s->change(&s->arena, d);
    if (try_open(s, d, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(hazard_wire(&fire_hazard, s->fire, &s->world, &s->arena, &e), RC_OK);
    wind(s, 6.0, 270.0);
}

static inline void close_stage(struct stage *s)
{
    free(s->fuel);
    free(s->dem);
    arena_free(&s->arena);
}

/* Steps once; counts events of a kind and keeps the last. */
struct tally {
    int count[EVENT_KINDS];
    struct event last[EVENT_KINDS];
};

static inline void run(struct stage *s, int minutes, struct tally *t)
{
    for (int i = 0; i < minutes; i++) {
        s->world.now_ms += s->world.tick_ms;
        world_step(&s->world);
        for (int k = 0; k < s->world.events && t; k++) {
            t->count[s->world.event[k].kind]++;
            t->last[s->world.event[k].kind] = s->world.event[k];
        }
        s->world.events = 0;
    }
}

static inline double burnt(const struct stage *s)
{
    return fire_hazard.measure(s->fire, 0);
}

#endif

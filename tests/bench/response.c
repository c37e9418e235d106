/* How long one step of the response takes in the world that the issue states: 1,000 teams, 500 places, 5,000 roads, 100
 * agencies, 10,000 messages in flight, 100 requests open. Median, p99 and worst of STEPS steps, in milliseconds of one core:
 * everything quiet; everybody on the way; a road cut in each step; the map cut in two; all messages due on channels that are full; no channel left. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../unit/core/table.h"
#include "base/rng.h"
#include "response/parts.h"

enum { SIDE = 50, TEAMS = 1000, PLACES = 500, AGENCIES = 100, DIAGONALS = 100, FLIGHT = 10000, STEPS = 101, TEXT_BYTES = 1 << 20 };

static struct world world;
static struct atlas atlas;
static struct response *response;
static int64_t orders;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void must(enum rc rc, const struct err *e)
{
    if (rc == RC_OK)
        return;
    fprintf(stderr, "%s\n", err_text(e, LANG_EN));
    exit(1);
}

struct page { char *at; size_t used; };

#define SAY(p, ...) ((p)->used += (size_t)snprintf((p)->at + (p)->used, TEXT_BYTES - (p)->used, __VA_ARGS__))

static void roads(struct page *p)
{
    SAY(p, "nodes = {");
    for (int i = 0; i < SIDE * SIDE; i++)
        SAY(p, "{ id = \"n%d\", at = { %d, %d } },\n", i, 500 + i % SIDE * 1000, 500 + i / SIDE * 1000);
    SAY(p, "}, roads = {");
    for (int i = 0, n = 0; i < SIDE * SIDE; i++) {
        int step[3] = {i % SIDE < SIDE - 1 ? 1 : 0, i < SIDE * (SIDE - 1) ? SIDE : 0,
                       i % 23 == 0 && n < 4900 + DIAGONALS && i % SIDE < SIDE - 1 && i < SIDE * (SIDE - 1) ? SIDE + 1 : 0};
        for (int k = 0; k < 3; k++) {
            if (step[k])
                SAY(p, "{ id = \"r%d\", from = \"n%d\", to = \"n%d\", class = \"county\", length_m = %d, speed_kmh = 40 },\n", n++, i,
                    i + step[k], k == 2 ? 1450 : 1050);
        }
    }
    SAY(p, "},\n");
}

static void people(struct page *p)
{
    SAY(p, "channels = { { id = \"radio\", title = { zh = \"台\", en = \"radio\" }, kind = \"radio\", delay = \"1min\", per_minute = 400 },"
           "{ id = \"mobile\", title = { zh = \"机\", en = \"mobile\" }, kind = \"mobile\", delay = \"2min\", per_minute = 400, reach = 0.5 } },\n");
    SAY(p, "places = {");
    for (int i = 0; i < PLACES; i++)
        SAY(p, "{ id = \"p%d\", title = { zh = \"村\", en = \"village\" }, at = { %d, %d }, kind = \"village\", node = \"n%d\", people = 300, capacity = 200 },\n",
            i, 500 + i * 5 % SIDE * 1000, 500 + i * 5 / SIDE * 1000, i * 5);
    SAY(p, "}, agencies = {");
    for (int i = 0; i < AGENCIES; i++)
        SAY(p, "{ id = \"a%d\", title = { zh = \"局\", en = \"office\" }, place = \"p%d\", read = \"5min\", act = \"30min\", staff = 1%s },\n", i, i,
            i == 0 ? ", levels = { 3, 4 }, commands = true" : ", parent = \"a0\"");
    SAY(p, "}, services = {");
    for (int i = 0; i < AGENCIES; i++)
        SAY(p, "{ id = \"s%d\", title = { zh = \"事\", en = \"service\" }, agency = \"a%d\", once = false },\n", i, i);
    SAY(p, "}, teams = {");
    for (int i = 0; i < TEAMS; i++)
        SAY(p, "{ id = \"t%d\", title = { zh = \"队\", en = \"crew\" }, agency = \"a%d\", kind = \"fire_pro\", people = 20, home = \"p%d\", muster = \"5min\", line_mh = 100, attack_mh = 200 },\n",
            i, i % AGENCIES, i % PLACES);
    SAY(p, "},\n");
}

static void build(struct arena *perm)
{
    struct err e = {0};
    struct page p = {malloc(TEXT_BYTES), 0};
    if (!p.at)
        exit(1);
    SAY(&p, "{ api = 1, meta = { title = { zh = \"速\", en = \"bench\" }, start = \"09:00\", length = \"12h\", tick = \"60s\","
            "terrain_note = { zh = \"无\", en = \"none\" } }, map = { width_m = 50000, height_m = 50000 },\n");
    roads(&p);
    people(&p);
    SAY(&p, "objectives = { { id = \"o\", title = { zh = \"目\", en = \"o\" } } },"
            "weather = { { at = \"0min\", wind = 4, from = 270, temp = 30, humidity = 40 } },"
            "lines = {}, groups = {}, supplies = {}, stock = {}, injects = {}, plan = {}, assumptions = {}, indicators = {} }");
    if (p.used >= TEXT_BYTES)
        exit(1);
    must(atlas_read(table_doc(perm, p.at), perm, &atlas, &e), &e);
    must(world_init(&world, &atlas, 1, perm, &e), &e);
    must(response_open(&atlas, 1, perm, &response, &e), &e);
    response_wire(response, &world);
    printf("response_world     %d teams, %d places, %d roads, %d agencies\n", ATLAS_COUNT(&atlas, ENT_TEAM),
           ATLAS_COUNT(&atlas, ENT_PLACE), ATLAS_COUNT(&atlas, ENT_ROAD), ATLAS_COUNT(&atlas, ENT_AGENCY));
}

/* Notices that wait to be written for ten minutes to three hours more, until FLIGHT messages are on their way. */
static void fill(struct rng *luck)
{
    while (response_in_flight(response) < FLIGHT) {
        int32_t from = (int32_t)rng_range(luck, 0, AGENCIES - 1);
        if (!comms_send(response, &world, &(struct message){.kind = MESSAGE_NOTICE, .from = from, .to = (from + 7) % AGENCIES,
                                                            .ref = TOPIC_PLACE_STATE, .value = {rng_range(luck, 0, PLACES - 1), 1},
                                                            .channel = -1, .hold_ms = rng_range(luck, 10, 180) * 60000}))
            exit(1);
    }
}

static void give(const char *line)
{
    struct order o;
    struct err e = {0};
    must(order_parse(text_of(line), &atlas, world.now_ms, &o, &e), &e);
    const struct rule *rule = response_find_rule(o.verb);
    must(rule->check(response, &world, &o, &e), &e);
    o.seq = ++orders;
    rule->act(response, &world, &o);
}

static void cut(int n)
{
    (void)world_emit(&world, &(struct event){.kind = EV_ROAD_CUT, .i = {n * 37 % ATLAS_COUNT(&atlas, ENT_ROAD)}});
}

enum course { QUIET, CUTS };

/* Median, 99 of 100 and worst of STEPS steps, with FLIGHT messages on their way before each. */
static void measure(const char *name, enum course course, struct rng *luck)
{
    double ms[STEPS];
    int64_t events = 0;
    for (int i = 0; i < STEPS; i++) {
        world.events = 0;
        world.now_ms += world.tick_ms;
        fill(luck);
        if (course == CUTS)
            cut(i);
        double t = now();
        world_step(&world);
        ms[i] = (now() - t) * 1e3;
        events += world.events;
        if (world.overflow)
            exit(1);
    }
    qsort(ms, STEPS, sizeof(*ms), by_value);
    printf("%-18s %8.3f ms   limit 1 ms   p99 %.3f ms, worst %.3f ms, %.0f events a step\n", name, ms[STEPS / 2],
           ms[STEPS * 99 / 100 - 1], ms[STEPS - 1], (double)events / STEPS);
}

static void channels(int32_t percent)
{
    for (int32_t i = 0; i < ATLAS_COUNT(&atlas, ENT_CHANNEL); i++)
        (void)world_emit(&world, &(struct event){.kind = EV_CHANNEL_DOWN, .i = {i, percent}});
}

/* The map is cut in two, and everybody has been told: half of the teams have no way to where they are sent. */
static void siege(void)
{
    for (int32_t i = 0; i < ATLAS_COUNT(&atlas, ENT_ROAD); i++) {
        if (atlas.road[i].from % SIDE == SIDE / 2 || atlas.road[i].to % SIDE == SIDE / 2) {
            world.events = 0;
            (void)world_emit(&world, &(struct event){.kind = EV_ROAD_CUT, .i = {i}});
            (void)knowledge_tell(world.knowledge, EVERYBODY, TOPIC_ROAD_STATE, i, 2, world.now_ms, world.now_ms, 0);
        }
    }
}

/* Every team is sent to a place in one minute. */
static void dispatch(int away)
{
    char line[128];
    for (int i = 0; i < TEAMS; i++) {
        world.events = 0;
        snprintf(line, sizeof(line), "a%d dispatch t%d to p%d task=guard", i % AGENCIES, i, (i * 7 + away) % PLACES);
        give(line);
    }
}

int main(void)
{
    struct arena perm;
    struct rng luck = rng_make(1, 77, 3);
    char line[128];
    arena_init(&perm, 0);
    build(&perm);
    measure("response_quiet", QUIET, &luck);
    dispatch(250);
    for (int i = 0; i < AGENCIES; i++) {
        snprintf(line, sizeof(line), "a%d request s%d", i, (i + 1) % AGENCIES);
        give(line);
    }
    measure("response_busy", QUIET, &luck);
    dispatch(120);
    measure("response_cuts", CUTS, &luck);
    siege();
    dispatch(125);
    measure("response_siege", QUIET, &luck);
    channels(1);
    for (int i = 0; i < 200; i++) { /* until all that was written waits for a channel */
        world.events = 0;
        world.now_ms += world.tick_ms;
        world_step(&world);
        fill(&luck);
    }
    measure("response_jam", QUIET, &luck);
    channels(0);
    measure("response_silent", QUIET, &luck);
    arena_free(&perm);
    return 0;
}

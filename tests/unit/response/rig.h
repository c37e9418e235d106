/* rig.h -- a small district with a world and the response, driven by typed orders; for tests of what people do. */
#ifndef TUIYAN_TESTS_RIG_H
#define TUIYAN_TESTS_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "../core/table.h"
#include "core/world/hazard.h"
#include "hazard/fire/fire.h"
#include "hazard/fire/fire_words.h"
#include "response/response.h"

/* Two ways from town to village: the county road (6 km at 36 km/h) and the long one over the mill (12 km). */
#define RIG_SCENARIO "tests/data/rig.table"

static const char *rig_read(struct arena *a)
{
    enum { SIZE = 16384 };
    char *text = arena_alloc(a, SIZE, 1);
    FILE *f = fopen(RIG_SCENARIO, "rb");
    assert_non_null(f);
    assert_non_null(text);
    size_t n = fread(text, 1, SIZE - 1, f);
    fclose(f);
    assert_true(n > 0 && n < SIZE - 1);
    return text;
}

struct rig {
    struct arena arena;
    struct atlas atlas;
    struct world world;
    struct response *response;
    void *fire;               /* never lit: who owns lines and edges, and shows nothing */
    struct hazard_ops crews;
    struct hazard_ops hazard; /* what stands for a hazard */
    int64_t orders;
    /* every event so far */
    struct event log[20000];
    int events;
};

enum { RIG_OWNER = 2 }; /* of a test's own hazard */
static const struct harm_row rig_harm = {.safe = 0.03, .knows = 0.25, .stranger = 0.6, .crew_dead = 0.35, .trapped = 0.1,
                                         .trapped_dead = 0.15};

/* Bare ground on the rig's map of 12 km. */
static enum rc rig_ground(void *ctx, struct text name, struct text *out, struct err *e)
{
    static const char row[] = "1 1 1 1 1 1 1 1 1 1 1 1\n";
    static char grid[600];
    struct buf b = BUF_ON(grid);
    (void)ctx, (void)name, (void)e;
    buf_str(&b, "ncols 12\nnrows 12\nxllcorner 0\nyllcorner 0\ncellsize 1000\nNODATA_value -9999\n");
    for (int i = 0; i < 12; i++)
        buf_str(&b, row);
    *out = (struct text){b.at, b.len};
    return RC_OK;
}

static void rig_open_fire(struct rig *g)
{
    struct err e = {0};
    const struct doc *section =
        table_doc(&g->arena, "{ fuel = \"fuel.asc\", fuels = { { code = 1, model = \"none\" } }, ignitions = { } }");
    g->crews = (struct hazard_ops){.owner = FIRE_OWNER, .slice = fire_hazard.slice, .effort = fire_hazard.effort,
                                   .refuse = fire_hazard.refuse};
    if (fire_hazard.open(section, &g->atlas, (struct file_source){NULL, rig_ground}, 1, &g->arena, &g->fire, &e) != RC_OK ||
        hazard_wire(&g->crews, g->fire, &g->world, &g->arena, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
}

/* other: a slice that stands for a hazard; may be NULL. rows stand before the rig's own of the section; may be "". */
static void rig_open_rows(struct rig *g, uint64_t seed, const char *section, const char *rows, const struct slice_ops *other, void *self)
{
    struct err e = {0};
    memset(g, 0, sizeof(*g));
    arena_init(&g->arena, 0);
    const char *text = rig_read(&g->arena), *at = strstr(text, section);
    size_t size = strlen(text) + strlen(rows) + 1, head = (size_t)(at - text) + strlen(section);
    char *whole = arena_alloc(&g->arena, size, 1);
    assert_non_null(at);
    assert_non_null(whole);
    snprintf(whole, size, "%.*s%s%s", (int)head, text, rows, text + head);
    if (atlas_read(table_doc(&g->arena, whole), &g->arena, &g->atlas, &e) != RC_OK ||
        world_init(&g->world, &g->atlas, seed, &g->arena, &e) != RC_OK ||
        response_open(&g->atlas, seed, &g->arena, &g->response, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    rig_open_fire(g);
    if (other) {
        g->hazard = (struct hazard_ops){.owner = RIG_OWNER, .slice = *other, .harm = &rig_harm};
        assert_int_equal(hazard_wire(&g->hazard, self, &g->world, &g->arena, &e), RC_OK);
    }
    response_wire(g->response, &g->world);
}

static inline void rig_open_with(struct rig *g, uint64_t seed, const char *supplies, const struct slice_ops *other, void *self)
{
    rig_open_rows(g, seed, "supplies = {", supplies, other, self);
}

static inline void rig_open(struct rig *g, uint64_t seed, const struct slice_ops *other, void *self)
{
    rig_open_with(g, seed, "", other, self);
}

static void rig_close(struct rig *g)
{
    arena_free(&g->arena);
}

/* What was emitted since the last call goes into the log. */
static void rig_take(struct rig *g)
{
    for (int i = 0; i < g->world.events; i++) {
        assert_true(g->events < COUNT_OF(g->log));
        g->log[g->events++] = g->world.event[i];
    }
    g->world.events = 0;
}

static enum rc rig_try(struct rig *g, const char *line, struct err *e)
{
    struct order o;
    enum rc rc = order_parse(text_of(line), &g->atlas, g->world.now_ms, &o, e);
    if (rc != RC_OK)
        return rc;
    const struct rule *rule = response_find_rule(o.verb);
    assert_non_null(rule);
    rc = rule->check(g->response, &g->world, &o, e);
    if (rc != RC_OK)
        return rc;
    o.seq = ++g->orders;
    o.at_ms = g->world.now_ms;
    g->world.order_seq = o.seq;
    rule->act(g->response, &g->world, &o);
    rig_take(g);
    return RC_OK;
}

static inline void rig_give(struct rig *g, const char *line)
{
    struct err e = {0};
    if (rig_try(g, line, &e) != RC_OK)
        fail_msg("%s: %s", line, err_text(&e, LANG_EN));
}

/* The order must be refused, and the refusal must say `word`. */
static inline void rig_refused(struct rig *g, const char *line, const char *word)
{
    struct err e = {0};
    if (rig_try(g, line, &e) == RC_OK)
        fail_msg("accepted: %s", line);
    if (!strstr(err_text(&e, LANG_EN), word))
        fail_msg("%s: %s", line, err_text(&e, LANG_EN));
}

static void rig_run(struct rig *g, int minutes)
{
    for (int i = 0; i < minutes; i++) {
        g->world.now_ms += 60000;
        world_step(&g->world);
        assert_false(g->world.overflow);
        rig_take(g);
    }
}

/* Event of a kind whose first field is `id` (-1: any): the n-th (from 0), or NULL. */
static inline const struct event *rig_event(const struct rig *g, int kind, int32_t id, int n)
{
    for (int i = 0; i < g->events; i++) {
        if (g->log[i].kind == kind && (id < 0 || g->log[i].i[0] == id) && n-- == 0)
            return &g->log[i];
    }
    return NULL;
}

static inline double rig_minute(const struct rig *g, int kind, int32_t id)
{
    const struct event *e = rig_event(g, kind, id, 0);
    return e ? (double)e->t_ms / 60000.0 : -1.0;
}

static inline int rig_count(const struct rig *g, int kind)
{
    int n = 0;
    for (int i = 0; i < g->events; i++)
        n += g->log[i].kind == kind;
    return n;
}

static inline int32_t rig_id(const struct rig *g, enum entity kind, const char *name)
{
    int id = names_find(&g->atlas.names, kind, text_of(name));
    assert_true(id >= 0);
    return id;
}

#endif

#include "session/assess.h"

#include <stdlib.h>
#include <string.h>

#include "store/store.h"

static bool read_measure(void *ctx, struct text name, double *out)
{
    const struct assess_reading *r = ctx;
    int i = session_measure_find(r->s, name);
    if (i < 0)
        return false;
    *out = session_measure(r->s, i);
    return *out == *out;
}

static bool read_baseline(void *ctx, struct text name, double *out)
{
    const struct assess_reading *r = ctx;
    int i = session_measure_find(r->s, name);
    if (i < 0)
        return false;
    *out = r->baseline[i];
    return *out == *out;
}

bool assess_stored_baseline(struct session *s, double *values)
{
    struct store *st = session_store(s);
    bool archived = session_archived(s, NULL); /* what it does not hold is not worked out any more */
    for (int i = 0; st && i < session_measures(s); i++) {
        values[i] = 0.0 / 0.0;
        if (store_get_baseline(st, session_measure_row(s, i)->name, session_now(s), &values[i], NULL) != RC_OK && !archived)
            return false;
    }
    return st != NULL;
}

static enum rc begin(struct session *s, struct assessment *out, struct err *e)
{
    *out = (struct assessment){0};
    arena_init(&out->arena, 0);
    out->baseline = ARENA_NEW(&out->arena, double, session_measures(s) + 1);
    return out->baseline ? RC_OK : ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
}

/* An archived drill may hold no curves. What needs one has no score then, and neither has the objective nor the total: without
 * those items they would be others. */
static void leave_open(const struct session *s, struct evaluation *ev)
{
    for (int i = 0; i < ev->items; i++) {
        struct scored *it = &ev->item[i];
        int m = session_measure_find(s, it->indicator->measure);
        if (it->indicator->measure.len == 0 || (m >= 0 && session_measure(s, m) == session_measure(s, m)))
            continue;
        for (int l = 0; l < LANG_COUNT; l++)
            (void)text_copy(it->reason[l], REASON_BYTES, text_of(msg_text((enum lang)l, MSG_SESSION_NO_CURVE)));
        ev->objective[it->indicator->objective].applicable = false;
        ev->total = 0.0 / 0.0;
    }
}

static enum rc evaluate(struct session *s, struct assessment *out, struct err *e)
{
    const struct record *r = session_record(s);
    out->reading = (struct assess_reading){s, out->baseline};
    out->input = (struct eval_input){session_atlas(s), r->event, r->events, r->order, r->orders, session_now(s),
                                     &out->reading, read_measure, read_baseline};
    enum rc rc = eval_run(&out->input, &out->arena, &out->eval, e);
    if (rc == RC_OK && session_archived(s, NULL))
        leave_open(s, &out->eval);
    return rc;
}

enum rc assess(struct session *s, struct assessment *out, struct err *e)
{
    enum rc rc = begin(s, out, e);
    if (rc == RC_OK && !assess_stored_baseline(s, out->baseline))
        rc = session_baseline(s, out->baseline, e);
    return rc == RC_OK ? evaluate(s, out, e) : rc;
}

enum rc assess_over(struct session *s, const double *baseline, struct assessment *out, struct err *e)
{
    enum rc rc = begin(s, out, e);
    for (int i = 0; rc == RC_OK && i < session_measures(s); i++)
        out->baseline[i] = baseline[i];
    return rc == RC_OK ? evaluate(s, out, e) : rc;
}

void assess_free(struct assessment *a)
{
    arena_free(&a->arena);
}

static const char *copy(struct arena *a, struct text t)
{
    struct text c = arena_text(a, t);
    return c.at ? c.at : "";
}

static enum rc put_measures(struct session *s, const struct assessment *a, struct err *e)
{
    struct store *st = session_store(s);
    const struct record *r = session_record(s);
    enum rc rc = store_begin(st, e);
    for (int i = 0; i < session_measures(s) && rc == RC_OK; i++) {
        const char *name = session_measure_row(s, i)->name;
        rc = store_put_baseline(st, name, session_now(s), a->baseline[i], e);
        int64_t every = r->steps > 120 ? r->steps / 60 : 1; /* a curve of about 60 points */
        for (int64_t k = every - 1; k < r->steps && rc == RC_OK; k += every)
            rc = store_put_measure(st, session_line(s), r->step[k].t_ms, name, session_measure_at(s, k, i), e);
        int64_t last = r->steps - 1; /* what a score is made from stands there too, whatever the steps */
        if (last >= 0 && r->steps % every != 0 && rc == RC_OK)
            rc = store_put_measure(st, session_line(s), r->step[last].t_ms, name, session_measure_at(s, last, i), e);
    }
    if (rc == RC_OK)
        rc = store_end_measures(st, session_line(s), e);
    if (rc == RC_OK)
        return store_commit(st, e);
    store_rollback(st);
    return rc;
}

static struct store_score_item objective_item(struct arena *a, const struct atlas *atlas, const struct evaluation *ev, int o)
{
    const struct objective_score *os = &ev->objective[o];
    return (struct store_score_item){.kind = 0, .id = copy(a, names_name(&atlas->names, ENT_OBJECTIVE, o)), .parent = "",
                                     .title_zh = copy(a, atlas->objective[o].title.zh),
                                     .title_en = copy(a, atlas->objective[o].title.en), .method = "sum", .unit = "",
                                     .reason_zh = "", .reason_en = "", .weight = os->weight, .value = 0.0 / 0.0,
                                     .score = os->applicable ? os->score : 0.0 / 0.0, .lost = os->lost};
}

static struct store_score_item indicator_item(struct arena *a, const struct atlas *atlas, const struct scored *sc)
{
    static const char *const methods[] = {"delay", "count", "measure", "ratio", "baseline", "complete", "before", "happened", "plan"};
    const struct indicator *it = sc->indicator;
    double none = 0.0 / 0.0;
    return (struct store_score_item){.kind = 1, .id = copy(a, it->id),
                                     .parent = copy(a, names_name(&atlas->names, ENT_OBJECTIVE, it->objective)),
                                     .title_zh = copy(a, it->title.zh), .title_en = copy(a, it->title.en),
                                     .method = methods[it->rule], .unit = it->rule == RULE_DELAY ? "min" : "",
                                     .reason_zh = sc->reason[LANG_ZH], .reason_en = sc->reason[LANG_EN],
                                     .weight = it->weight, .value = sc->applicable ? sc->value : none,
                                     .score = sc->applicable ? sc->score : none, .lost = sc->lost,
                                     .evidence = sc->evidence, .evidence_count = sc->evidence_count};
}

enum rc assess_store(struct session *s, const struct assessment *as, struct err *e)
{
    if (!session_store(s))
        return RC_OK;
    if (session_archived(s, e))
        return RC_NO;
    const struct evaluation *ev = &as->eval;
    const struct atlas *atlas = session_atlas(s);
    struct arena a;
    arena_init(&a, 0);
    int objectives = ATLAS_COUNT(atlas, ENT_OBJECTIVE);
    struct store_score_item *item = ARENA_NEW(&a, struct store_score_item, objectives + ev->items + 1);
    enum rc rc = item ? put_measures(s, as, e) : ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (rc == RC_OK) {
        for (int o = 0; o < objectives; o++)
            item[o] = objective_item(&a, atlas, ev, o);
        for (int i = 0; i < ev->items; i++)
            item[objectives + i] = indicator_item(&a, atlas, &ev->item[i]);
        struct title g = grade_title(ev->grade);
        const struct indicator *veto = ev->veto >= 0 ? &ev->indicator[ev->veto] : NULL;
        struct store_score score = {session_line(s), ev->total, grade_name(ev->grade), copy(&a, g.zh), copy(&a, g.en),
                                    veto ? copy(&a, veto->title.zh) : "", veto ? copy(&a, veto->title.en) : "", item,
                                    objectives + ev->items, "auto"};
        int32_t version;
        rc = store_put_score(session_store(s), &score, session_wall_ms(), &version, e);
    }
    arena_free(&a);
    return rc;
}

/* lines.c -- building any state of any line again: loading, branching, correcting, verifying. */
#include <stdlib.h>
#include <string.h>

#include "session/archive.h"
#include "session/inner.h"

/* ---- what a line consists of ---- */

struct intake {
    struct session *s;
    int64_t steps;      /* steps on file */
    int64_t *t_ms;
    uint64_t *hash;     /* by step */
    uint32_t **field;
    int *fields;
    int64_t cap;
};

static enum rc take_order(void *ctx, const struct order *o)
{
    struct intake *in = ctx;
    return record_order(&in->s->record, o, NULL);
}

static enum rc take_refusal(void *ctx, const struct order *o, const struct err *why)
{
    struct intake *in = ctx;
    return record_refusal(&in->s->record, o, why, NULL);
}

static enum rc take_step(void *ctx, int64_t t_ms, uint64_t hash, const uint32_t *field, int fields)
{
    struct intake *in = ctx;
    if (in->steps == in->cap) {
        int64_t cap = in->cap ? in->cap * 2 : 512;
        int64_t *t = realloc(in->t_ms, (size_t)cap * sizeof(*t));
        if (t)
            in->t_ms = t;
        uint64_t *h = realloc(in->hash, (size_t)cap * sizeof(*h));
        if (h)
            in->hash = h;
        uint32_t **f = realloc(in->field, (size_t)cap * sizeof(*f));
        if (f)
            in->field = f;
        int *n = realloc(in->fields, (size_t)cap * sizeof(*n));
        if (n)
            in->fields = n;
        if (!t || !h || !f || !n)
            return RC_MEMORY;
        in->cap = cap;
    }
    in->t_ms[in->steps] = t_ms;
    uint32_t *copy = malloc((size_t)(fields + 1) * sizeof(*copy));
    if (!copy)
        return RC_MEMORY;
    memcpy(copy, field, (size_t)fields * sizeof(*copy));
    in->hash[in->steps] = hash;
    in->field[in->steps] = copy;
    in->fields[in->steps++] = fields;
    return RC_OK;
}

static void intake_free(struct intake *in)
{
    for (int64_t i = 0; i < in->steps; i++)
        free(in->field[i]);
    free(in->field);
    free(in->fields);
    free(in->hash);
    free(in->t_ms);
}

/* Where the line, or one it comes from, corrects an order: scripts run again give the old one. */
static enum rc note_forks(struct session *s, struct err *e)
{
    enum { LINES = 256 };
    struct store_line *all = malloc(LINES * sizeof(*all));
    if (!all)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    int count = store_lines(s->store, all, LINES);
    s->forks = 0;
    for (int32_t line = s->line; line > 1 && s->forks < FORKS_MAX;) {
        int i = 0;
        while (i < count && i < LINES && all[i].id != line)
            i++;
        if (i == count || i == LINES)
            break;
        if (all[i].reason == LINE_CORRECTION)
            s->fork_ms[s->forks++] = all[i].fork_ms;
        line = all[i].parent;
    }
    free(all);
    return RC_OK;
}

static enum rc take_event(void *ctx, const struct event *ev)
{
    struct intake *in = ctx;
    return record_events(&in->s->record, ev, 1, NULL);
}

/* Everything the line has on file goes into the record: what is computed again must only come to
 * the same. */
static enum rc read_line(struct session *s, int32_t line, struct intake *in, struct err *e)
{
    *in = (struct intake){.s = s};
    struct store_reader reader = {.ctx = in, .order = take_order, .refusal = take_refusal, .event = take_event, .step = take_step};
    enum rc rc = store_read_line(s->store, line, &reader, e);
    int64_t first = 0;
    for (int64_t k = 0; rc == RC_OK && k < in->steps; k++) {
        rc = record_known_step(s, in->t_ms[k], in->hash[k], first, e);
        while (first < s->record.events && s->record.event[first].t_ms <= in->t_ms[k])
            first++;
    }
    return rc == RC_OK ? note_forks(s, e) : rc;
}

/* Names the first field of the step that differs from the file. */
static void name_difference(struct session *s, const struct expected *in, int64_t step,
                            struct difference_found *out)
{
    const struct walk *w = &s->play->walk;
    *out = (struct difference_found){.differs = true, .t_ms = s->play->world.now_ms};
    for (int i = 0; i < w->fields; i++) {
        const char *slice, *name;
        bool same = i < in->fields[step] && in->field[step][i] == (uint32_t)w->field[i].hash &&
                    store_field_name(s->store, i, &slice, &name);
        if (same)
            continue;
        (void)text_copy(out->slice, (int)sizeof(out->slice), text_of(w->field[i].slice));
        (void)text_copy(out->field, (int)sizeof(out->field), text_of(w->field[i].name));
        return;
    }
}

static bool is_script(const struct order *o)
{
    return !session_is_room(o);
}

static bool is_fork(const struct session *s, int64_t t_ms)
{
    for (int i = 0; i < s->forks; i++) {
        if (s->fork_ms[i] == t_ms)
            return true;
    }
    return false;
}

/* The next order of scripts on record that was given now or later. */
static const struct order *next_script_order(const struct session *s, int64_t *cursor)
{
    const struct record *r = &s->record;
    while (*cursor < r->orders &&
           (r->order[*cursor].at_ms < session_now(s) || !is_script(&r->order[*cursor])))
        (*cursor)++;
    return *cursor < r->orders ? &r->order[*cursor] : NULL;
}

/* Compares what Lua orders now with what is on record for the same moment. */
static enum rc compare_scripts(struct session *s, int64_t *cursor, struct err *e)
{
    struct order *given = malloc(sizeof(*given) * STEP_ORDER_MAX);
    if (!given)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    int count = 0;
    enum rc rc = bridge_step(s->bridge, s, s->play, given, STEP_ORDER_MAX, &count, e);
    int64_t now = s->play->world.now_ms;
    for (int i = 0; i < count && rc == RC_OK; i++) {
        given[i].at_ms = now;
        if (session_check(s, s->play, &given[i], NULL) != RC_OK)
            continue;
        const struct order *was = next_script_order(s, cursor);
        bool same = was && was->at_ms == now && was->verb == given[i].verb && was->agency == given[i].agency &&
                    was->given == given[i].given && memcmp(was->arg, given[i].arg, sizeof(was->arg)) == 0;
        if (!same && is_fork(s, now))
            continue; /* this is the order that was corrected */
        if (!same) {
            char clock[32];
            struct buf b = BUF_ON(clock);
            offset_format(now, &b);
            rc = ERR(e, RC_NO, MSG_SESSION_SCRIPT_DIFFERS, arg_s(clock), arg_i(*cursor + 1));
        }
        (*cursor)++;
    }
    free(given);
    return rc;
}

static enum rc compare_hash(struct session *s, int64_t k, const struct expected *want,
                            struct difference_found *found, struct err *e)
{
    if (k >= want->steps || want->hash[k] == s->play->hash)
        return RC_OK;
    if (found)
        name_difference(s, want, k, found);
    char clock[32];
    struct buf b = BUF_ON(clock);
    offset_format(s->play->world.now_ms, &b);
    return ERR(e, RC_NO, MSG_SESSION_HASH_DIFFERS, arg_s(clock));
}

enum rc session_replay(struct session *s, int64_t t_ms, const struct expected *want,
                       struct difference_found *found, struct err *e)
{
    const struct world *w = &s->play->world;
    int64_t cursor = 0;
    enum rc rc = RC_OK;
    while (rc == RC_OK && w->now_ms < t_ms && s->phase < SESSION_FINISHED) {
        int64_t began = session_clock_ns();
        int64_t first = s->record.events, k = s->record.steps;
        rc = play_step(s, s->play, e);
        if (rc == RC_OK)
            rc = record_events(&s->record, w->event, w->events, e);
        if (rc == RC_OK)
            rc = record_step(s, w->now_ms, s->play->hash, first, e);
        if (w->finished || w->aborted)
            s->phase = w->aborted ? SESSION_ABORTED : SESSION_FINISHED;
        if (rc == RC_OK && want)
            rc = compare_hash(s, k, want, found, e);
        if (rc == RC_OK && s->bridge && s->phase < SESSION_FINISHED)
            rc = compare_scripts(s, &cursor, e);
        if (rc == RC_OK && s->bridge && found)
            rc = snaps_compare_scripts(s, e);
        if (rc == RC_OK)
            snaps_after_step(s, session_clock_ns() - began);
        if (rc == RC_OK)
            rc = session_go_on(s, e);
    }
    return rc;
}

static enum rc open_stored(const char *file, bool writable, bool scripts, struct session **out, struct err *e)
{
    struct session *s;
    struct store_kind kind;
    enum rc rc = store_peek(file, &kind, e);
    *out = NULL;
    if (rc == RC_OK && archive_needed(&kind))
        rc = archive_refuse(&kind, e);
    if (rc == RC_OK)
        rc = session_alloc(&s, e);
    if (rc != RC_OK)
        return rc;
    rc = store_open(file, writable, &s->store, e);
    if (rc == RC_OK)
        rc = session_read_store(s, e);
    if (rc == RC_OK && scripts) {
        const struct doc *again;
        rc = bridge_open(s, &s->bridge, &again, e);
        if (rc == RC_OK && s->bot[0])
            rc = bridge_bot(s->bridge, s->bot, e);
    }
    if (rc == RC_OK)
        rc = play_open(s, &s->play, e);
    if (rc != RC_OK) {
        session_close(s);
        return rc;
    }
    s->writable = writable;
    *out = s;
    return RC_OK;
}

/* The state of the line at t_ms, from the nearest snapshot. */
static enum rc build(struct session *s, int64_t t_ms, const struct expected *want, struct err *e)
{
    enum rc rc = snaps_list(s, e);
    if (rc == RC_OK)
        rc = snaps_restore(s, s, t_ms, e);
    if (rc != RC_OK)
        return rc;
    const struct world *w = &s->play->world;
    if (w->finished || w->aborted)
        s->phase = w->aborted ? SESSION_ABORTED : SESSION_FINISHED;
    s->watch.from_ms = session_now(s);
    s->watch.to_ms = t_ms;
    return session_replay(s, t_ms, want, NULL, e);
}

static struct expected expected_of(const struct intake *in)
{
    return (struct expected){in->hash, in->field, in->fields, in->steps};
}

static int64_t end_of(const struct session *s, const struct intake *in)
{
    return in->steps * s->atlas.meta.tick_ms;
}

static enum rc load_line(struct session *s, int32_t line, struct err *e)
{
    struct intake in;
    s->line = line;
    enum rc rc = read_line(s, line, &in, e);
    struct expected want = expected_of(&in);
    if (rc == RC_OK)
        rc = build(s, end_of(s, &in), &want, e);
    intake_free(&in);
    return rc;
}

enum rc session_load_watched(const char *file, bool writable, session_progress *fn, void *ctx,
                             struct session **out, struct err *e)
{
    struct session *s;
    struct store_kind kind;
    enum rc rc = store_peek(file, &kind, e);
    *out = NULL;
    if (rc == RC_OK && archive_needed(&kind))
        return archive_open(file, &kind, 0, writable, out, e);
    if (rc == RC_OK)
        rc = open_stored(file, writable, writable, &s, e);
    if (rc != RC_OK)
        return rc;
    session_watch(s, fn, ctx);
    rc = load_line(s, store_official(s->store), e);
    bool off = s->watch.off;
    session_watch(s, NULL, NULL);
    if (rc != RC_OK) {
        session_close(s);
        return rc == RC_NO && !off ? RC_CORRUPT : rc;
    }
    if (s->phase == SESSION_IDLE && s->record.steps > 0)
        s->phase = SESSION_PAUSED;
    *out = s;
    return RC_OK;
}

enum rc session_load(const char *file, bool writable, struct session **out, struct err *e)
{
    return session_load_watched(file, writable, NULL, NULL, out, e);
}

/* Everything the file says of itself. */
static enum rc verify_file(struct store *st, bool *open, struct err *e)
{
    struct store_difference d;
    enum rc rc = store_verify(st, &d, open, e);
    if (rc == RC_OK && d.kind != DIFFERENCE_NONE) {
        store_say_difference(&d, e);
        rc = RC_CORRUPT;
    }
    return rc;
}

/* Of a drill of other models no more can be said. */
static enum rc verify_archive(const char *file, const struct store_kind *kind, bool *open, struct err *e)
{
    struct store *st;
    enum rc rc = store_open(file, false, &st, e);
    if (rc == RC_OK)
        rc = verify_file(st, open, e);
    store_close(st);
    return rc == RC_OK ? archive_refuse(kind, e) : rc;
}

enum rc session_verify(const char *file, int line, bool scripts, struct difference_found *out, struct err *e)
{
    struct session *s;
    struct store_kind kind;
    *out = (struct difference_found){0};
    enum rc rc = store_peek(file, &kind, e);
    if (rc == RC_OK && archive_needed(&kind))
        return verify_archive(file, &kind, &out->open, e);
    if (rc == RC_OK)
        rc = open_stored(file, false, scripts, &s, e);
    if (rc != RC_OK)
        return rc;
    struct intake in;
    s->line = line > 0 ? line : store_official(s->store);
    rc = verify_file(s->store, &out->open, e);
    if (rc != RC_OK) {
        session_close(s);
        return rc;
    }
    rc = read_line(s, s->line, &in, e);
    struct expected want = expected_of(&in);
    if (rc == RC_OK)
        rc = snaps_list(s, e);
    if (rc == RC_OK) {
        record_cut(&s->record, 0); /* from the very start: nothing is believed */
        rc = session_replay(s, end_of(s, &in), &want, out, e);
    }
    intake_free(&in);
    session_close(s);
    return rc;
}

enum rc session_line_end(const char *file, int line, struct session **out, struct err *e)
{
    struct session *s;
    struct store_kind kind;
    enum rc rc = store_peek(file, &kind, e);
    *out = NULL;
    if (rc == RC_OK && archive_needed(&kind))
        return archive_open(file, &kind, line, false, out, e);
    if (rc == RC_OK)
        rc = open_stored(file, false, false, &s, e);
    if (rc != RC_OK)
        return rc;
    rc = load_line(s, line, e);
    if (rc != RC_OK) {
        session_close(s);
        return rc;
    }
    *out = s;
    return RC_OK;
}

/* ---- words ---- */

struct wording {
    const struct session *s;
    char zh[1024], en[1024];
};

static void word_order(void *ctx, const struct order *o, struct store_words *out)
{
    struct wording *w = ctx;
    struct buf zh = BUF_ON(w->zh), en = BUF_ON(w->en);
    order_say(o, &w->s->atlas, LANG_ZH, &zh);
    order_format(o, &w->s->atlas, false, &en);
    *out = (struct store_words){w->zh, w->en};
}

static void word_event(void *ctx, const struct event *ev, struct store_words *out)
{
    struct wording *w = ctx;
    struct buf zh = BUF_ON(w->zh), en = BUF_ON(w->en);
    event_format(ev, &w->s->atlas, LANG_ZH, &zh);
    event_format(ev, &w->s->atlas, LANG_EN, &en);
    *out = (struct store_words){w->zh, w->en};
}

enum rc session_rebuild_words(const char *file, int64_t *rows, struct err *e)
{
    struct session *s;
    enum rc rc = open_stored(file, true, false, &s, e);
    if (rc != RC_OK)
        return rc;
    struct wording w = {.s = s};
    rc = store_drop_derived(s->store, e);
    if (rc == RC_OK)
        rc = store_reword(s->store, &w, word_order, word_event, rows, e);
    session_close(s);
    return rc;
}

enum rc session_at(const char *file, int line, int64_t t_ms, struct session **out, struct err *e)
{
    struct session *s;
    enum rc rc = open_stored(file, false, false, &s, e);
    *out = NULL;
    if (rc != RC_OK)
        return rc;
    struct intake in;
    s->line = line > 0 ? line : store_official(s->store);
    rc = read_line(s, s->line, &in, e);
    int64_t end = end_of(s, &in);
    if (rc == RC_OK && (t_ms < 0 || t_ms > end)) {
        char at[32], last[32];
        struct buf a = BUF_ON(at), b = BUF_ON(last);
        offset_format(t_ms, &a);
        offset_format(end, &b);
        rc = ERR(e, RC_INPUT, MSG_SESSION_BAD_MOMENT, arg_s(at), arg_s(last));
    }
    if (rc == RC_OK)
        rc = build(s, t_ms, NULL, e);
    intake_free(&in);
    if (rc != RC_OK) {
        session_close(s);
        return rc;
    }
    *out = s;
    return RC_OK;
}

enum rc session_bad_moment(const struct session *s, int64_t t_ms, struct err *e)
{
    char at[32], last[32];
    struct buf a = BUF_ON(at), b = BUF_ON(last);
    offset_format(t_ms, &a);
    offset_format(session_now(s), &b);
    return ERR(e, RC_INPUT, MSG_SESSION_BAD_MOMENT, arg_s(at), arg_s(last));
}

/* ---- the same drill with nobody acting ---- */

enum rc session_twin(struct session *s, struct session **out, struct err *e)
{
    struct session *twin;
    *out = NULL;
    enum rc rc = session_live(s, e);
    if (rc == RC_OK)
        rc = session_alloc(&twin, e);
    if (rc != RC_OK)
        return rc;
    /* The twin borrows the scenario: it only reads it. */
    twin->doc = s->doc;
    twin->atlas = s->atlas;
    twin->seed = s->seed;
    twin->course = s->course;
    twin->threads = 1; /* it runs beside s */
    twin->writable = true;
    for (int i = 0; i < s->sources && rc == RC_OK; i++)
        rc = session_add_source(twin, s->source[i].name, s->source[i].bytes, e);
    const struct doc *again;
    if (rc == RC_OK)
        rc = bridge_open(twin, &twin->bridge, &again, e);
    if (rc == RC_OK)
        rc = play_open(twin, &twin->play, e);
    if (rc == RC_OK)
        *out = twin;
    else
        session_close(twin);
    return rc;
}

void session_keep_baseline(struct session *s, const struct session *twin)
{
    int count = session_measures(s);
    if (!s->baseline)
        s->baseline = calloc((size_t)count + 1, sizeof(*s->baseline));
    for (int i = 0; s->baseline && i < count; i++)
        s->baseline[i] = session_measure(twin, i);
    s->baseline_ms = session_now(s);
}

static enum rc run_twin(struct session *s, struct session *twin, struct err *e)
{
    enum rc rc = RC_OK;
    while (rc == RC_OK && session_now(twin) < session_now(s) && twin->phase < SESSION_FINISHED) {
        rc = session_step(twin, e);
        if (rc == RC_OK)
            rc = session_go_on(twin, e);
    }
    return rc;
}

enum rc session_baseline(struct session *s, double *values, struct err *e)
{
    enum rc rc = RC_OK;
    if (!s->baseline || s->baseline_ms != session_now(s)) {
        struct session *twin;
        rc = session_twin(s, &twin, e);
        if (rc == RC_OK) {
            twin->watch =
                (struct watch){.fn = s->watch.fn, .ctx = s->watch.ctx, .to_ms = session_now(s)};
            rc = run_twin(s, twin, e);
        }
        if (rc == RC_OK)
            session_keep_baseline(s, twin);
        session_close(twin);
        if (rc == RC_OK && !s->baseline)
            rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    for (int i = 0; rc == RC_OK && i < session_measures(s); i++)
        values[i] = s->baseline[i];
    return rc;
}

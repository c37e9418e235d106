/* lines.c -- building any state of any line again: loading, branching, correcting, verifying. */
#include <stdlib.h>
#include <string.h>

#include "session/inner.h"

/* ---- what a line consists of ---- */

struct intake {
    struct session *s;
    int64_t steps;      /* steps on file */
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
    (void)t_ms;
    if (in->steps == in->cap) {
        int64_t cap = in->cap ? in->cap * 2 : 512;
        uint64_t *h = realloc(in->hash, (size_t)cap * sizeof(*h));
        if (h)
            in->hash = h;
        uint32_t **f = realloc(in->field, (size_t)cap * sizeof(*f));
        if (f)
            in->field = f;
        int *n = realloc(in->fields, (size_t)cap * sizeof(*n));
        if (n)
            in->fields = n;
        if (!h || !f || !n)
            return RC_MEMORY;
        in->cap = cap;
    }
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
}

static enum rc read_line(struct session *s, int32_t line, struct intake *in, struct err *e)
{
    *in = (struct intake){.s = s};
    struct store_reader reader = {in, take_order, take_refusal, NULL, take_step, NULL};
    return store_read_line(s->store, line, &reader, e);
}

/* Names the first field of the step that differs from the file. */
static void name_difference(struct session *s, const struct intake *in, int64_t step,
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
        while (*cursor < s->record.orders && (s->record.order[*cursor].at_ms < now ||
                                              s->record.order[*cursor].origin == ORIGIN_ROOM ||
                                              s->record.order[*cursor].origin == ORIGIN_FILE))
            (*cursor)++;
        const struct order *was = *cursor < s->record.orders ? &s->record.order[*cursor] : NULL;
        bool same = was && was->at_ms == now && was->verb == given[i].verb && was->agency == given[i].agency &&
                    was->given == given[i].given && memcmp(was->arg, given[i].arg, sizeof(was->arg)) == 0;
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

/* Replays the record up to t_ms. With in, compares each hash with the file; with scripts, feeds Lua. */
static enum rc replay(struct session *s, int64_t t_ms, const struct intake *in, struct difference_found *found,
                      struct err *e)
{
    int64_t cursor = 0;
    enum rc rc = RC_OK;
    while (rc == RC_OK && s->play->world.now_ms < t_ms && s->phase < SESSION_FINISHED) {
        rc = play_step(s, s->play, e);
        if (rc != RC_OK)
            return rc;
        const struct world *w = &s->play->world;
        int64_t first = s->record.events;
        int64_t k = s->record.steps;
        rc = record_events(&s->record, w->event, w->events, e);
        if (rc == RC_OK)
            rc = record_step(s, w->now_ms, s->play->hash, first, e);
        if (w->finished || w->aborted)
            s->phase = w->aborted ? SESSION_ABORTED : SESSION_FINISHED;
        if (rc == RC_OK && in && k < in->steps && in->hash[k] != s->play->hash) {
            if (found)
                name_difference(s, in, k, found);
            char clock[32];
            struct buf b = BUF_ON(clock);
            offset_format(w->now_ms, &b);
            return ERR(e, RC_NO, MSG_SESSION_HASH_DIFFERS, arg_s(clock));
        }
        if (rc == RC_OK && s->bridge && s->phase < SESSION_FINISHED)
            rc = compare_scripts(s, &cursor, e);
    }
    return rc;
}

static enum rc open_stored(const char *file, bool writable, bool scripts, struct session **out, struct err *e)
{
    struct session *s;
    enum rc rc = session_alloc(&s, e);
    *out = NULL;
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

enum rc session_load(const char *file, bool writable, struct session **out, struct err *e)
{
    struct session *s;
    enum rc rc = open_stored(file, writable, writable, &s, e);
    *out = NULL;
    if (rc != RC_OK)
        return rc;
    struct intake in;
    s->line = store_official(s->store);
    rc = read_line(s, s->line, &in, e);
    if (rc == RC_OK)
        rc = replay(s, in.steps * s->atlas.meta.tick_ms, &in, NULL, e);
    intake_free(&in);
    if (rc != RC_OK) {
        session_close(s);
        return rc == RC_NO ? RC_CORRUPT : rc;
    }
    if (s->phase == SESSION_IDLE && s->record.steps > 0)
        s->phase = SESSION_PAUSED;
    *out = s;
    return RC_OK;
}

enum rc session_verify(const char *file, int line, bool scripts, struct difference_found *out, struct err *e)
{
    struct session *s;
    *out = (struct difference_found){0};
    enum rc rc = open_stored(file, false, scripts, &s, e);
    if (rc != RC_OK)
        return rc;
    struct intake in;
    s->line = line > 0 ? line : store_official(s->store);
    rc = read_line(s, s->line, &in, e);
    if (rc == RC_OK)
        rc = replay(s, in.steps * s->atlas.meta.tick_ms, &in, out, e);
    intake_free(&in);
    session_close(s);
    return rc;
}

enum rc session_line_end(const char *file, int line, struct session **out, struct err *e)
{
    struct session *s;
    enum rc rc = open_stored(file, false, false, &s, e);
    *out = NULL;
    if (rc != RC_OK)
        return rc;
    struct intake in;
    s->line = line;
    rc = read_line(s, line, &in, e);
    if (rc == RC_OK)
        rc = replay(s, in.steps * s->atlas.meta.tick_ms, &in, NULL, e);
    intake_free(&in);
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

static enum rc load_snapshot(struct session *s, int64_t t_ms, struct err *e)
{
    int64_t found_ms;
    struct text bytes;
    enum rc rc = store_get_snapshot(s->store, s->line, t_ms, &found_ms, &s->perm, &bytes, e);
    if (rc == RC_NO)
        return RC_OK;
    if (rc != RC_OK)
        return rc;
    struct walk *w = malloc(sizeof(*w));
    if (!w)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    walk_begin_load(w, (const uint8_t *)bytes.at, (size_t)bytes.len);
    world_walk(&s->play->world, w);
    bool bad = w->bad || w->size != (size_t)bytes.len;
    free(w);
    if (bad) { /* droppable: build from the start instead */
        play_close(s->play);
        return play_open(s, &s->play, e);
    }
    while (s->play->next_order < s->record.orders &&
           s->record.order[s->play->next_order].seq <= s->play->world.order_seq)
        s->play->next_order++;
    return RC_OK;
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
    int64_t end = in.steps * s->atlas.meta.tick_ms;
    if (rc == RC_OK && (t_ms < 0 || t_ms > end)) {
        char at[32], last[32];
        struct buf a = BUF_ON(at), b = BUF_ON(last);
        offset_format(t_ms, &a);
        offset_format(end, &b);
        rc = ERR(e, RC_INPUT, MSG_SESSION_BAD_MOMENT, arg_s(at), arg_s(last));
    }
    if (rc == RC_OK)
        rc = load_snapshot(s, t_ms, e);
    if (rc == RC_OK)
        rc = replay(s, t_ms, NULL, NULL, e);
    intake_free(&in);
    if (rc != RC_OK) {
        session_close(s);
        return rc;
    }
    *out = s;
    return RC_OK;
}

/* ---- new lines ---- */

/* A fresh play at t_ms on the record cut there; Lua is started anew and shown the events again. */
static enum rc rebuild(struct session *s, int64_t t_ms, struct err *e)
{
    bool with_bot = s->bridge != NULL;
    record_cut(s, t_ms);
    play_close(s->play);
    s->play = NULL;
    bridge_close(s->bridge);
    s->bridge = NULL;
    s->phase = SESSION_RUNNING;
    s->record.events = 0;
    s->record.steps = 0;
    enum rc rc = play_open(s, &s->play, e);
    const struct doc *again;
    if (rc == RC_OK && with_bot)
        rc = bridge_open(s, &s->bridge, &again, e);
    if (rc == RC_OK && s->bridge && s->bot[0])
        rc = bridge_bot(s->bridge, s->bot, e);
    return rc == RC_OK ? replay(s, t_ms, NULL, NULL, e) : rc;
}

static enum rc add_line(struct session *s, int64_t fork_ms, enum line_reason reason, const char *note,
                        struct err *e)
{
    if (!s->store) {
        s->line++;
        return RC_OK;
    }
    struct store_line line = {.parent = s->line, .fork_ms = fork_ms, .reason = (int32_t)reason};
    (void)text_copy(line.note, (int)sizeof(line.note), text_of(note));
    return store_add_line(s->store, &line, &s->line, e);
}

static enum rc bad_moment(const struct session *s, int64_t t_ms, struct err *e)
{
    char at[32], last[32];
    struct buf a = BUF_ON(at), b = BUF_ON(last);
    offset_format(t_ms, &a);
    offset_format(session_now(s), &b);
    return ERR(e, RC_INPUT, MSG_SESSION_BAD_MOMENT, arg_s(at), arg_s(last));
}

enum rc session_branch(struct session *s, int64_t t_ms, const char *note, struct err *e)
{
    if (t_ms < 0 || t_ms > session_now(s))
        return bad_moment(s, t_ms, e);
    t_ms -= t_ms % s->atlas.meta.tick_ms;
    enum rc rc = rebuild(s, t_ms, e);
    return rc == RC_OK ? add_line(s, t_ms, LINE_BRANCH, note, e) : rc;
}

bool session_is_room(const struct order *o)
{
    return o->origin == ORIGIN_ROOM || o->origin == ORIGIN_FILE;
}

enum rc session_play_again(struct session *s, const struct again *list, int64_t end_ms, struct change *out, struct err *e)
{
    int64_t next = 0;
    enum rc rc = RC_OK;
    while (rc == RC_OK) {
        int64_t now = session_now(s);
        for (; next < list->count && list->order[next].at_ms <= now && rc == RC_OK; next++) {
            struct order o = list->order[next];
            struct err why;
            enum rc took = session_submit(s, &o, NULL, &why);
            if (took == RC_OK)
                out->kept++;
            else if (took == RC_NO) {
                if (out->refused == 0)
                    out->why = why;
                if (out->refused < CHANGE_REFUSED)
                    out->refused_seq[out->refused] = list->order[next].seq;
                out->refused++;
            } else {
                if (e)
                    *e = why;
                rc = took;
            }
        }
        if (now >= end_ms || s->phase >= SESSION_FINISHED || rc != RC_OK)
            break;
        rc = session_step(s, e);
    }
    return rc;
}

/* Sequence number of the first event that is not the same on both lines. */
static int64_t first_difference(const struct event *was, int64_t count, const struct record *now)
{
    int64_t i = 0;
    while (i < count && i < now->events && memcmp(&was[i].i, &now->event[i].i, sizeof(was[i].i)) == 0 &&
           was[i].kind == now->event[i].kind && was[i].t_ms == now->event[i].t_ms &&
           memcmp(&was[i].f, &now->event[i].f, sizeof(was[i].f)) == 0)
        i++;
    return i == count && i == now->events ? 0 : i + 1;
}

static enum rc replay_changed(struct session *s, int64_t fork_ms, const struct again *list,
                              enum line_reason reason, bool accept, struct change *out, struct err *e)
{
    int64_t end_ms = session_now(s);
    int64_t events = s->record.events;
    struct event *was = malloc((size_t)(events + 1) * sizeof(*was));
    if (!was)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (events > 0)
        memcpy(was, s->record.event, (size_t)events * sizeof(*was));
    *out = (struct change){0};
    enum rc rc = rebuild(s, fork_ms, e);
    if (rc == RC_OK)
        rc = add_line(s, fork_ms, reason, "", e);
    if (rc == RC_OK)
        rc = session_play_again(s, list, end_ms, out, e);
    if (rc == RC_OK)
        out->first_event = first_difference(was, events, &s->record);
    if (rc == RC_OK && accept && s->store)
        rc = store_set_official(s->store, s->line, e);
    free(was);
    return rc;
}

enum rc session_correct(struct session *s, int64_t seq, const struct order *instead, bool accept,
                        struct change *out, struct err *e)
{
    const struct order *wrong = session_order(s, seq);
    if (!wrong)
        return ERR(e, RC_INPUT, MSG_SESSION_NO_ORDER, arg_i(seq), arg_i(s->record.orders));
    int64_t fork_ms = wrong->at_ms;
    struct again list = {malloc((size_t)(s->record.orders + 1) * sizeof(struct order)), 0};
    if (!list.order)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int64_t i = 0; i < s->record.orders; i++) {
        const struct order *o = &s->record.order[i];
        if (o->at_ms < fork_ms || (!session_is_room(o) && s->bridge && o->seq != seq))
            continue;
        if (o->seq != seq) {
            list.order[list.count++] = *o;
        } else if (instead) {
            list.order[list.count] = *instead;
            list.order[list.count++].at_ms = fork_ms;
        }
    }
    enum rc rc = replay_changed(s, fork_ms, &list, LINE_CORRECTION, accept, out, e);
    if (rc == RC_OK && !instead)
        out->dropped = 1;
    free(list.order);
    return rc;
}

enum rc session_backdate(struct session *s, const struct order *said, int64_t said_ms, bool accept,
                         struct change *out, struct err *e)
{
    if (said_ms < 0 || said_ms > session_now(s))
        return bad_moment(s, said_ms, e);
    said_ms -= said_ms % s->atlas.meta.tick_ms;
    struct again list = {malloc((size_t)(s->record.orders + 2) * sizeof(struct order)), 0};
    if (!list.order)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    list.order[list.count] = *said;
    list.order[list.count++].at_ms = said_ms;
    for (int64_t i = 0; i < s->record.orders; i++) {
        const struct order *o = &s->record.order[i];
        if (o->at_ms >= said_ms && (session_is_room(o) || !s->bridge))
            list.order[list.count++] = *o;
    }
    enum rc rc = replay_changed(s, said_ms, &list, LINE_BACKDATE, accept, out, e);
    free(list.order);
    return rc;
}

enum rc session_twin(struct session *s, struct session **out, struct err *e)
{
    struct session *twin;
    *out = NULL;
    enum rc rc = session_alloc(&twin, e);
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

enum rc session_baseline(struct session *s, double *values, struct err *e)
{
    struct session *twin;
    enum rc rc = session_twin(s, &twin, e);
    if (rc == RC_OK)
        rc = session_run_until(twin, session_now(s), e);
    for (int i = 0; rc == RC_OK && i < session_measures(s); i++)
        values[i] = session_measure(twin, i);
    session_close(twin);
    return rc;
}

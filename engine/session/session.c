#include "session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/scenario/doc_codec.h"
#include "session/archive.h"
#include "session/inner.h"
#include "session/model.h"

#define ENGINE_VERSION "0.1.0"

enum { STEP_SCRIPT_ORDERS = STEP_ORDER_MAX, WORD_BYTES = 1024 };

/* ---- looking ---- */

const struct atlas *session_atlas(const struct session *s) { return &s->atlas; }
struct world *session_world(struct session *s) { return &s->play->world; }
const struct response *session_response(const struct session *s) { return s->play->response; }
int64_t session_now(const struct session *s) { return s->play->world.now_ms; }
uint64_t session_seed(const struct session *s) { return s->seed; }
int32_t session_course(const struct session *s) { return s->course; }
struct store *session_store(struct session *s) { return s->store; }
int session_line(const struct session *s) { return s->line; }
const char *session_bot(const struct session *s) { return s->bot; }
const struct record *session_record(const struct session *s) { return &s->record; }
enum session_phase session_phase(const struct session *s) { return s->phase; }
bool session_holding(const struct session *s) { return s->holding; }

const struct hazard_ops *session_hazard(const struct session *s, int i, const void **self)
{
    if (i < 0 || i >= s->play->hazards || s->archive)
        return NULL;
    *self = s->play->hazard_self[i];
    return s->play->hazard[i];
}

bool session_course_say(const struct session *s, enum lang lang, struct buf *out)
{
    const struct meta *meta = &s->atlas.meta;
    struct text title = lang == LANG_ZH ? meta->course_title.zh : meta->course_title.en;
    if (s->course == 0)
        return false;
    const struct arg args[] = {arg_i(s->course), arg_t(title)};
    bool named = s->course == meta->course && title.len > 0;
    msg_format(out, lang, named ? MSG_SESSION_COURSE_NAMED : MSG_SESSION_COURSE, args, named ? 2 : 1);
    return true;
}

const struct event *session_event(const struct session *s, int64_t seq)
{
    return seq >= 1 && seq <= s->record.events ? &s->record.event[seq - 1] : NULL;
}

const struct order *session_order(const struct session *s, int64_t seq)
{
    return seq >= 1 && seq <= s->record.orders ? &s->record.order[seq - 1] : NULL;
}

/* Which hazard (or, past them, response) measure i belongs to; *i becomes its index there. */
static int measure_owner(const struct session *s, int *i)
{
    for (int h = 0; h < s->play->hazards; h++) {
        if (*i < s->play->hazard[h]->measure_count)
            return h;
        *i -= s->play->hazard[h]->measure_count;
    }
    return -1;
}

int session_measures(const struct session *s)
{
    int count = response_measure_count;
    for (int h = 0; h < s->play->hazards; h++)
        count += s->play->hazard[h]->measure_count;
    return count;
}

const struct measure_row *session_measure_row(const struct session *s, int i)
{
    int h = measure_owner(s, &i);
    return h >= 0 ? &s->play->hazard[h]->measures[i] : &response_measures[i];
}

static double play_measure(const struct play *p, const struct session *s, int i)
{
    int h = measure_owner(s, &i);
    return h >= 0 ? p->hazard[h]->measure(p->hazard_self[h], i) : response_measure(p->response, i);
}

double session_measure(const struct session *s, int i)
{
    if (s->archive)
        return archive_measure(s->archive, i);
    return play_measure(s->play, s, i);
}

int session_measure_find(const struct session *s, struct text name)
{
    for (int i = 0; i < session_measures(s); i++) {
        if (text_is(name, session_measure_row(s, i)->name))
            return i;
    }
    return -1;
}

double session_measure_at(const struct session *s, int64_t k, int i)
{
    ASSERT(k >= 0 && k < s->record.steps);
    return s->record.measure[k * session_measures(s) + i];
}

/* ---- opening and closing ---- */

void session_close(struct session *s)
{
    if (!s)
        return;
    bridge_close(s->bridge);
    play_close(s->play);
    lane_pool_close(s->pool);
    record_free(&s->record);
    snaps_free(&s->snaps);
    archive_free(s->archive);
    store_close(s->store);
    free(s->baseline);
    free(s->source);
    free(s->folder);
    arena_free(&s->perm);
    free(s);
}

static void make_uuid(char out[40], uint64_t a, uint64_t b)
{
    struct buf h = buf_on(out, 40);
    buf_u64_hex(&h, a >> 32, 8);
    buf_char(&h, '-');
    buf_u64_hex(&h, a >> 16 & 0xffff, 4);
    buf_char(&h, '-');
    buf_u64_hex(&h, (a & 0x0fff) | 0x8000, 4); /* version 8: our own making */
    buf_char(&h, '-');
    buf_u64_hex(&h, (b >> 48 & 0x3fff) | 0x8000, 4);
    buf_char(&h, '-');
    buf_u64_hex(&h, b & 0xffffffffffff, 12);
}

static enum rc put_sources(struct session *s, struct err *e)
{
    enum rc rc = store_begin(s->store, e);
    for (int i = 0; i < s->sources && rc == RC_OK; i++) {
        char name[256];
        (void)text_copy(name, (int)sizeof(name), s->source[i].name);
        rc = store_put_source(s->store, name, s->source[i].bytes.at, (size_t)s->source[i].bytes.len, e);
    }
    size_t size = doc_encode(s->doc, NULL, 0);
    uint8_t *bytes = rc == RC_OK ? malloc(size) : NULL;
    if (rc == RC_OK && !bytes)
        rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (rc == RC_OK) {
        (void)doc_encode(s->doc, bytes, size);
        rc = store_put_source(s->store, "scenario.doc", bytes, size, e);
    }
    free(bytes);
    return rc == RC_OK ? store_commit(s->store, e) : rc;
}

static enum rc make_store(struct session *s, const char *file, struct err *e)
{
    struct store_meta meta = {.seed = s->seed, .model = MODEL_NUMBER, .course = s->course, .tick_ms = s->atlas.meta.tick_ms, .created_ms = session_wall_ms()};
    (void)text_copy(meta.scenario, (int)sizeof(meta.scenario), s->atlas.meta.name);
    (void)text_copy(meta.title_zh, (int)sizeof(meta.title_zh), s->atlas.meta.title.zh);
    (void)text_copy(meta.title_en, (int)sizeof(meta.title_en), s->atlas.meta.title.en);
    (void)text_copy(meta.bot, (int)sizeof(meta.bot), text_of(s->bot));
    (void)text_copy(meta.engine, (int)sizeof(meta.engine), text_of(ENGINE_VERSION));
    uint64_t wall = (uint64_t)meta.created_ms;
    make_uuid(meta.uuid, rng_mix(wall, s->seed), rng_mix((uint64_t)(uintptr_t)s, wall));
    enum rc rc = store_create(file, &meta, &s->store, e);
    if (rc != RC_OK)
        return rc;
    rc = put_sources(s, e);
    if (rc == RC_OK)
        return rc;
    /* Nothing was acknowledged yet: a file without its scenario would only be in the way. */
    store_discard(s->store, file);
    s->store = NULL;
    return rc;
}

enum rc session_new(const char *folder, const struct session_options *opt, struct session **out,
                    struct err *e)
{
    struct session *s;
    enum rc rc = session_alloc(&s, e);
    *out = NULL;
    if (rc != RC_OK)
        return rc;
    s->seed = opt->seed;
    s->hold = opt->hold;
    s->threads = opt->threads;
    s->writable = true;
    rc = session_read_folder(s, folder, e);
    s->course = opt->course > 0 ? opt->course : s->atlas.meta.course;
    if (rc == RC_OK && opt->bot) {
        (void)text_copy(s->bot, (int)sizeof(s->bot), text_of(opt->bot));
        rc = bridge_bot(s->bridge, opt->bot, e);
    }
    if (rc == RC_OK)
        rc = play_open(s, &s->play, e);
    if (rc == RC_OK && opt->file)
        rc = make_store(s, opt->file, e);
    if (rc != RC_OK) {
        session_close(s);
        return rc;
    }
    *out = s;
    return RC_OK;
}

/* ---- words and the drill file ---- */

struct worded {
    char (*zh)[WORD_BYTES], (*en)[WORD_BYTES];
    struct store_words *words;
};

static bool worded_alloc(struct worded *t, int count)
{
    size_t n = (size_t)count + 1;
    t->zh = malloc(n * WORD_BYTES);
    t->en = malloc(n * WORD_BYTES);
    t->words = malloc(n * sizeof(*t->words));
    return t->zh && t->en && t->words;
}

static void worded_free(struct worded *t)
{
    free(t->zh);
    free(t->en);
    free(t->words);
}

static void say_event(const struct session *s, struct worded *t, int i, const struct event *ev)
{
    struct buf zh = BUF_ON(t->zh[i]), en = BUF_ON(t->en[i]);
    event_format(ev, &s->atlas, LANG_ZH, &zh);
    event_format(ev, &s->atlas, LANG_EN, &en);
    t->words[i] = (struct store_words){t->zh[i], t->en[i]};
}

static void say_order(const struct session *s, struct worded *t, int i, const struct order *o)
{
    struct buf zh = BUF_ON(t->zh[i]), en = BUF_ON(t->en[i]);
    order_say(o, &s->atlas, LANG_ZH, &zh);
    order_format(o, &s->atlas, false, &en);
    t->words[i] = (struct store_words){t->zh[i], t->en[i]};
}

static enum rc put_step(struct session *s, const struct order *script, int count, struct err *e)
{
    struct play *p = s->play;
    struct worded ev = {0}, od = {0};
    struct store_field *field = malloc(sizeof(*field) * SLICE_FIELD_MAX);
    enum rc rc = RC_OK;
    if (!worded_alloc(&ev, p->world.events) || !worded_alloc(&od, count) || !field) {
        rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    } else {
        for (int i = 0; i < p->world.events; i++)
            say_event(s, &ev, i, &p->world.event[i]);
        for (int i = 0; i < count; i++)
            say_order(s, &od, i, &script[i]);
        for (int i = 0; i < p->walk.fields; i++)
            field[i] = (struct store_field){p->walk.field[i].slice, p->walk.field[i].name,
                                            (uint32_t)p->walk.field[i].hash};
        struct store_step step = {s->line, p->world.now_ms, script, od.words, count, p->world.event, ev.words,
                                  p->world.events, p->hash, field, p->walk.fields,
                                  s->phase == SESSION_ABORTED    ? CLOCK_ABORT
                                  : s->phase == SESSION_FINISHED ? CLOCK_FINISH
                                                                 : 0,
                                  s->speed};
        rc = store_append_step(s->store, &step, session_wall_ms(), e);
    }
    worded_free(&ev);
    worded_free(&od);
    free(field);
    return rc;
}

/* ---- playing ---- */

static enum rc over(const struct session *s, struct err *e)
{
    if (s->archive)
        return session_live(s, e);
    if (!s->writable)
        return ERR0(e, RC_NO, MSG_SESSION_READ_ONLY);
    if (s->phase == SESSION_FINISHED || s->phase == SESSION_ABORTED)
        return ERR0(e, RC_NO, MSG_SESSION_OVER);
    return RC_OK;
}

enum rc session_append_order(struct session *s, const struct order *o, struct err *e)
{
    enum rc rc = store_append_order(s->store, s->line, o, session_wall_ms(), e);
    if (rc != RC_OK)
        return rc;
    struct worded t = {0};
    if (worded_alloc(&t, 1)) {
        say_order(s, &t, 0, o);
        /* Derived: the order stands without them, and rebuild makes them again. */
        enum rc said = store_put_order_words(s->store, s->line, o, t.words, NULL);
        (void)said;
    }
    worded_free(&t);
    return RC_OK;
}

enum rc session_submit(struct session *s, struct order *o, int64_t *seq, struct err *e)
{
    enum rc rc = over(s, e);
    if (rc != RC_OK)
        return rc;
    o->at_ms = s->play->world.now_ms;
    rc = session_check(s, s->play, o, e);
    if (rc == RC_NO) {
        struct err io;
        struct err why = e ? *e : (struct err){.rc = RC_NO};
        enum rc kept = record_refusal(&s->record, o, &why, &io);
        if (kept == RC_OK && s->store)
            kept = store_append_refusal(s->store, s->line, o, &why, session_wall_ms(), &io);
        if (kept != RC_OK) {
            if (e)
                *e = io;
            return kept;
        }
    }
    if (rc != RC_OK)
        return rc;
    o->seq = s->record.orders + 1;
    if (s->store)
        rc = session_append_order(s, o, e);
    if (rc != RC_OK)
        return rc;
    rc = record_order(&s->record, o, e);
    if (rc == RC_OK && seq)
        *seq = o->seq;
    return rc;
}

enum rc session_submit_text(struct session *s, struct text line, int64_t *seq, struct err *e)
{
    struct order o;
    line = text_trim(line);
    if (line.len == 0)
        return ERR0(e, RC_INPUT, MSG_SESSION_EMPTY);
    enum rc rc = order_parse(line, &s->atlas, session_now(s), &o, e);
    if (rc != RC_OK)
        return rc;
    o.origin = ORIGIN_ROOM;
    return session_submit(s, &o, seq, e);
}

static void note_step(struct session *s)
{
    const struct world *w = &s->play->world;
    if (w->finished)
        s->phase = SESSION_FINISHED;
    if (w->aborted)
        s->phase = SESSION_ABORTED;
    for (int i = 0; i < w->events && s->hold; i++) {
        if (w->event[i].kind == EV_INJECT_FIRED && s->atlas.inject[w->event[i].i[0]].decide)
            s->holding = true;
    }
}

/* The orders the scripts gave at the end of the step just made, checked and numbered. */
static enum rc take_script_orders(struct session *s, struct order *script, int *count, struct err *e)
{
    int given = 0;
    *count = 0;
    if (!s->bridge || s->phase == SESSION_FINISHED || s->phase == SESSION_ABORTED)
        return RC_OK;
    enum rc rc = bridge_step(s->bridge, s, s->play, script, STEP_SCRIPT_ORDERS, &given, e);
    for (int i = 0; i < given && rc == RC_OK; i++) {
        struct order o = script[i];
        struct err why = {0};
        o.at_ms = s->play->world.now_ms;
        if (session_check(s, s->play, &o, &why) != RC_OK) {
            rc = record_refusal(&s->record, &o, &why, e);
            if (rc == RC_OK && s->store)
                rc = store_append_refusal(s->store, s->line, &o, &why, session_wall_ms(), e);
            continue;
        }
        o.seq = s->record.orders + 1;
        script[(*count)++] = o;
        rc = record_order(&s->record, &o, e);
    }
    return rc;
}

enum rc session_step(struct session *s, struct err *e)
{
    enum rc rc = over(s, e);
    if (rc != RC_OK)
        return rc;
    s->holding = false;
    if (s->phase == SESSION_IDLE)
        rc = session_start(s, e);
    int64_t began = session_clock_ns();
    if (rc == RC_OK)
        rc = play_step(s, s->play, e);
    if (rc != RC_OK)
        return rc;
    const struct world *w = &s->play->world;
    int64_t first = s->record.events;
    rc = record_events(&s->record, w->event, w->events, e);
    if (rc == RC_OK)
        rc = record_step(s, w->now_ms, s->play->hash, first, e);
    note_step(s);
    struct order *script = malloc(sizeof(*script) * STEP_SCRIPT_ORDERS);
    int count = 0;
    if (rc == RC_OK && !script)
        rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (rc == RC_OK)
        rc = take_script_orders(s, script, &count, e);
    int64_t cost = session_clock_ns() - began;
    if (rc == RC_OK && s->store)
        rc = put_step(s, script, count, e);
    free(script);
    if (rc == RC_OK)
        snaps_after_step(s, cost);
    return rc;
}

void session_watch(struct session *s, session_progress *fn, void *ctx)
{
    s->watch = (struct watch){.fn = fn, .ctx = ctx};
}

enum rc session_go_on(struct session *s, struct err *e)
{
    struct watch *w = &s->watch;
    if (!w->fn)
        return RC_OK;
    double all = (double)(w->to_ms - w->from_ms), done = (double)(session_now(s) - w->from_ms);
    double share = all > 0.0 ? done / all : 1.0;
    w->off = !w->fn(w->ctx, share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share);
    return w->off ? ERR0(e, RC_NO, MSG_SESSION_CALLED_OFF) : RC_OK;
}

enum rc session_run_until(struct session *s, int64_t t_ms, struct err *e)
{
    enum rc rc = RC_OK;
    s->watch.from_ms = session_now(s);
    s->watch.to_ms = t_ms < s->atlas.meta.length_ms ? t_ms : s->atlas.meta.length_ms;
    do {
        if (session_now(s) >= t_ms || s->phase >= SESSION_FINISHED ||
            session_go_on(s, NULL) != RC_OK)
            return RC_OK;
        rc = session_step(s, e);
    } while (rc == RC_OK && !s->holding);
    return rc;
}

static enum rc clock_note(struct session *s, int32_t kind, struct err *e)
{
    if (!s->store || !s->writable)
        return RC_OK;
    return store_append_clock(s->store, s->line, kind, session_now(s), s->speed, session_wall_ms(), e);
}

enum rc session_start(struct session *s, struct err *e)
{
    enum rc rc = over(s, e);
    if (rc != RC_OK)
        return rc;
    int32_t kind = s->phase == SESSION_IDLE ? CLOCK_START : CLOCK_RESUME;
    s->phase = SESSION_RUNNING;
    return clock_note(s, kind, e);
}

enum rc session_pause(struct session *s, struct err *e)
{
    enum rc rc = over(s, e);
    if (rc != RC_OK || s->phase != SESSION_RUNNING)
        return rc;
    s->phase = SESSION_PAUSED;
    return clock_note(s, CLOCK_PAUSE, e);
}

enum rc session_speed(struct session *s, double speed, struct err *e)
{
    if (!(speed >= 0.1 && speed <= 3600.0))
        return ERR(e, RC_INPUT, MSG_SESSION_SPEED, arg_d(speed, 1));
    s->speed = speed;
    return clock_note(s, CLOCK_SPEED, e);
}

enum rc session_finish(struct session *s, bool abort, struct err *e)
{
    struct order o = {.verb = abort ? VERB_ABORT : VERB_FINISH, .agency = -1, .origin = ORIGIN_ROOM};
    enum rc rc = session_submit(s, &o, NULL, e);
    return rc == RC_OK ? session_step(s, e) : rc;
}

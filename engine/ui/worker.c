#include "ui/worker.h"

#include "base/num.h"

#include "session/assess.h"
#include "ui/twin.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WISHES_MAX = 64, PUBLISH_MS = 40, TELL_MS = 100, MEASURES_SHOWN = 5 };

struct worker {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct wish wish[WISHES_MAX];
    int first, wishes;
    uint64_t wished, taken; /* wishes put in so far; the number of the one being carried out */
    uint64_t called_off;    /* up to this one */
    struct busy busy;
    int64_t busy_ms, told_ms; /* since when; when changed was called for it */
    bool news;                /* from the twin */
    struct snapshot *fresh; /* published and not taken */
    struct answer answer;
    uint64_t version;
    bool quit;
    /* the thread's own */
    struct session *session;
    worker_score *score;
    void (*changed)(void *ctx);
    void *ctx;
    double speed; /* drill time over wall time */
    bool running, to_next;
    int64_t until_ms;
    bool scored;
    struct arena score_arena;
    struct evaluation eval;
    struct marking *marking;
    struct twin *twin; /* nobody acts; NULL: not needed, or not to be had */
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- what takes long ---- */

static bool progress(void *ctx, double share)
{
    struct worker *w = ctx;
    int64_t now = now_ms();
    pthread_mutex_lock(&w->lock);
    bool on = w->busy.on, tell = on && now - w->told_ms >= TELL_MS;
    bool go = !on || (!w->quit && (w->called_off == 0 || w->taken > w->called_off));
    w->busy.share = share;
    if (tell)
        w->told_ms = now;
    pthread_mutex_unlock(&w->lock);
    if (tell && w->changed)
        w->changed(w->ctx);
    return go;
}

static void set_busy(struct worker *w, bool on)
{
    pthread_mutex_lock(&w->lock);
    w->busy = (struct busy){.on = on};
    w->busy_ms = w->told_ms = now_ms();
    pthread_mutex_unlock(&w->lock);
}

void worker_busy(struct worker *w, struct busy *out)
{
    pthread_mutex_lock(&w->lock);
    *out = w->busy;
    out->for_ms = now_ms() - w->busy_ms;
    pthread_mutex_unlock(&w->lock);
}

/* On the twin's thread. */
static void twin_is_there(void *ctx)
{
    struct worker *w = ctx;
    pthread_mutex_lock(&w->lock);
    w->news = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
}

/* The drill with nobody acting is computed beside the drill, unless the file has what came of it.
 */
static void start_twin(struct worker *w)
{
    double *stored =
        w->score ? calloc((size_t)session_measures(w->session) + 1, sizeof(*stored)) : NULL;
    if (stored && !assess_stored_baseline(w->session, stored))
        w->twin = twin_start(w->session, twin_is_there, w);
    free(stored);
}

/* ---- wishes ---- */

static void say(struct answer *a, enum rc rc, const struct err *e, enum msg done, const struct arg *args, int count)
{
    a->good = rc == RC_OK;
    if (rc == RC_OK)
        (void)err_set(&a->text, RC_OK, done, args, count);
    else
        a->text = *e;
}

static enum rc parse(const struct session *s, const char *text, struct order *o, struct err *e)
{
    enum rc rc = order_parse(text_trim(text_of(text)), session_atlas(s), session_now(s), o, e);
    o->origin = ORIGIN_ROOM;
    return rc;
}

static void said(struct session *s, const struct wish *w, struct answer *out)
{
    struct order o;
    struct err e = {0};
    struct change change = {0};
    enum rc rc = parse(s, w->text, &o, &e);
    if (rc == RC_OK)
        rc = session_backdate(s, &o, w->t_ms, true, &change, &e);
    say(out, rc, &e, MSG_UI_BACKDATED, (const struct arg[]){arg_i(change.kept), arg_i(change.refused)}, 2);
}

static void correct(struct session *s, const struct wish *w, struct answer *out)
{
    struct order o;
    struct err e = {0};
    struct change change = {0};
    bool nothing = w->text[0] == '\0';
    enum rc rc = nothing ? RC_OK : parse(s, w->text, &o, &e);
    if (rc == RC_OK)
        rc = session_correct(s, w->seq, nothing ? NULL : &o, true, &change, &e);
    say(out, rc, &e, MSG_UI_CORRECTED,
        (const struct arg[]){arg_i(w->seq), arg_i(change.kept), arg_i(change.refused), arg_i(change.dropped)}, 4);
}

/* "people moved 120 -> 340; at work 66 -> 61": the first measures that would be otherwise now. */
static void differences(const struct session *s, const double *other, enum lang lang, struct buf *out)
{
    int shown = 0;
    for (int i = 0; i < session_measures(s) && shown < MEASURES_SHOWN; i++) {
        const struct measure_row *m = session_measure_row(s, i);
        double was = session_measure(s, i);
        if (num_abs(was - other[i]) < (measure_decimals(m) > 0 ? 0.05 : 0.5))
            continue;
        buf_str(out, shown++ == 0 ? "" : lang == LANG_ZH ? "；" : "; ");
        buf_str(out, lang == LANG_ZH ? m->zh : m->en);
        buf_char(out, ' ');
        buf_fixed(out, was, measure_decimals(m));
        buf_str(out, " → ");
        buf_fixed(out, other[i], measure_decimals(m));
    }
    if (shown == 0)
        buf_str(out, msg_text(lang, MSG_UI_NO_DIFFERENCE));
}

/* "12 as before, 2 would be refused (#14, #20), such as: crew 3 is on its way". */
static void refusals(const struct change *c, enum lang lang, struct buf *out)
{
    char numbers[160];
    struct buf b = BUF_ON(numbers);
    for (int64_t i = 0; i < c->refused && i < CHANGE_REFUSED; i++) {
        buf_str(&b, i == 0 ? "" : lang == LANG_ZH ? "、" : ", ");
        if (c->refused_seq[i] > 0) {
            buf_char(&b, '#');
            buf_i64(&b, c->refused_seq[i]);
        } else {
            buf_str(&b, msg_text(lang, MSG_UI_PREVIEW_ITSELF));
        }
    }
    if (c->refused > CHANGE_REFUSED)
        buf_str(&b, "…");
    if (c->refused == 0)
        msg_format(out, lang, MSG_UI_PREVIEW_KEPT, (const struct arg[]){arg_i(c->kept)}, 1);
    else
        msg_format(out, lang, MSG_UI_PREVIEW_REFUSED,
                   (const struct arg[]){arg_i(c->kept), arg_i(c->refused), arg_s(numbers), arg_s(err_text(&c->why, lang))}, 4);
}

static void preview(struct session *s, const struct wish *w, struct answer *out)
{
    struct order o;
    struct err e = {0};
    struct change change = {0};
    bool nothing = w->seq > 0 && w->text[0] == '\0';
    double *other = calloc((size_t)session_measures(s) + 1, sizeof(*other));
    enum rc rc = !other ? ERR0(&e, RC_MEMORY, MSG_CORE_NO_MEMORY) : nothing ? RC_OK : parse(s, w->text, &o, &e);
    if (rc == RC_OK)
        rc = session_preview(s, w->seq, nothing ? NULL : &o, w->t_ms, &change, other, &e);
    char now[LANG_COUNT][240] = {""}, later[LANG_COUNT][240] = {""};
    for (int l = 0; rc == RC_OK && l < LANG_COUNT; l++) {
        struct buf n = BUF_ON(now[l]), b = BUF_ON(later[l]);
        differences(s, other, (enum lang)l, &n);
        refusals(&change, (enum lang)l, &b);
    }
    say(out, rc, &e, MSG_UI_PREVIEW,
        (const struct arg[]){arg_zh_en(now[LANG_ZH], now[LANG_EN]), arg_zh_en(later[LANG_ZH], later[LANG_EN])}, 2);
    free(other);
}

void worker_do(struct session *s, const struct wish *w, struct answer *out)
{
    struct err e = {0};
    int64_t seq = 0;
    enum rc rc = RC_OK;
    switch (w->kind) {
    case WISH_ORDER:
        rc = session_submit_text(s, text_of(w->text), &seq, &e);
        say(out, rc, &e, MSG_UI_ACCEPTED, (const struct arg[]){arg_i(seq)}, 1);
        return;
    case WISH_SAID:
        said(s, w, out);
        return;
    case WISH_CORRECT:
        correct(s, w, out);
        return;
    case WISH_PREVIEW:
        preview(s, w, out);
        return;
    case WISH_STEP:
        rc = session_step(s, &e);
        break;
    case WISH_UNTIL:
        rc = session_run_until(s, w->t_ms, &e);
        break;
    case WISH_RUN:
        rc = session_phase(s) == SESSION_RUNNING ? RC_OK : session_start(s, &e);
        break;
    case WISH_PAUSE:
        rc = session_pause(s, &e);
        break;
    case WISH_SPEED:
        rc = session_speed(s, w->value, &e);
        break;
    case WISH_FINISH:
    case WISH_ABORT:
        rc = session_finish(s, w->kind == WISH_ABORT, &e);
        break;
    default:
        break;
    }
    say(out, rc, &e, MSG_UI_DONE, NULL, 0);
}

/* What is the worker's own matter, beside the session. */
static void obey(struct worker *w, const struct wish *wish, struct answer *out)
{
    struct err done = {0};
    if (wish->kind == WISH_DESK) {
        marking_do(w->marking, wish, &done);
        return;
    }
    if (wish->kind == WISH_ENTRY) {
        marking_do(w->marking, wish, &out->text);
        out->good = out->text.rc == RC_OK;
        return;
    }
    set_busy(w, true);
    worker_do(w->session, wish, out);
    set_busy(w, false);
    switch (wish->kind) {
    case WISH_RUN:
        w->running = out->good;
        w->to_next = false;
        break;
    case WISH_NEXT:
        w->running = session_phase(w->session) < SESSION_FINISHED;
        w->to_next = true;
        break;
    case WISH_PAUSE:
        w->running = false;
        break;
    case WISH_SPEED:
        if (out->good)
            w->speed = wish->value;
        break;
    default:
        break;
    }
}

/* ---- steps ---- */

static bool fired_something(const struct session *s)
{
    const struct record *r = session_record(s);
    if (r->steps == 0)
        return false;
    for (int64_t i = r->step[r->steps - 1].first_event; i < r->events; i++) {
        if (r->event[i].kind == EV_INJECT_FIRED)
            return true;
    }
    return false;
}

static void step(struct worker *w, struct answer *answer)
{
    struct err e = {0};
    enum rc rc = session_step(w->session, &e);
    if (rc != RC_OK) {
        /* The disk is full, or a script broke: the drill stands and says why; what was acknowledged is on file. */
        say(answer, rc, &e, MSG_UI_DONE, NULL, 0);
        answer->kind = WISH_STEP;
        answer->number++;
        w->running = false;
        return;
    }
    if (session_phase(w->session) >= SESSION_FINISHED)
        w->running = false;
    if (session_holding(w->session) || (w->to_next && fired_something(w->session))) {
        w->running = w->to_next = false;
        rc = session_phase(w->session) == SESSION_RUNNING ? session_pause(w->session, &e) : RC_OK;
        if (rc != RC_OK)
            say(answer, rc, &e, MSG_UI_DONE, NULL, 0);
    }
}

static void publish(struct worker *w, const struct answer *answer)
{
    if (w->twin)
        twin_follow(w->twin, session_now(w->session));
    if (!w->scored && w->score && session_phase(w->session) == SESSION_FINISHED &&
        (!w->twin || twin_give(w->twin, w->session))) {
        set_busy(w, true);
        w->scored = w->score(w->session, &w->score_arena, &w->eval);
        set_busy(w, false);
    }
    struct snapshot *n = snapshot_make(w->session, ++w->version);
    if (n && !marking_take(w->marking, n)) {
        snapshot_free(n);
        n = NULL;
    }
    if (n) {
        n->speed = w->speed;
        n->writable = true;
        n->scored = w->scored;
        n->eval = w->eval;
        /* A single step leaves the session's clock on; what the user sees is whether time goes by itself. */
        if (n->phase <= SESSION_PAUSED && (w->running || n->phase != SESSION_IDLE))
            n->phase = w->running ? SESSION_RUNNING : SESSION_PAUSED;
    }
    pthread_mutex_lock(&w->lock);
    struct snapshot *old = n ? w->fresh : NULL;
    if (n)
        w->fresh = n;
    w->answer = *answer;
    pthread_mutex_unlock(&w->lock);
    snapshot_free(old);
    if (w->changed)
        w->changed(w->ctx);
}

/* Waits for a wish or for the time of the next step; true with a wish. */
static bool next_wish(struct worker *w, int64_t due_ms, struct wish *out)
{
    bool got = false;
    pthread_mutex_lock(&w->lock);
    while (w->wishes == 0 && !w->quit && !w->news && (!w->running || now_ms() < due_ms)) {
        if (!w->running) {
            pthread_cond_wait(&w->wake, &w->lock);
            continue;
        }
        struct timespec t;
        int64_t at = due_ms;
        t.tv_sec = at / 1000;
        t.tv_nsec = at % 1000 * 1000000;
        pthread_cond_timedwait(&w->wake, &w->lock, &t);
    }
    if (w->wishes > 0) {
        *out = w->wish[w->first];
        w->first = (w->first + 1) % WISHES_MAX;
        w->wishes--;
        w->taken++;
        got = true;
    }
    pthread_mutex_unlock(&w->lock);
    return got;
}

static void *work(void *ctx)
{
    struct worker *w = ctx;
    struct answer answer = {0};
    int64_t due = 0, published = 0;
    bool stale = true;
    session_watch(w->session, progress, w);
    start_twin(w);
    for (;;) {
        struct wish wish;
        bool quit;
        pthread_mutex_lock(&w->lock);
        quit = w->quit;
        stale = stale || w->news;
        w->news = false;
        pthread_mutex_unlock(&w->lock);
        if (quit)
            return NULL;
        if (stale && (!w->running || now_ms() - published >= PUBLISH_MS)) {
            publish(w, &answer);
            published = now_ms();
            stale = false;
        }
        if (next_wish(w, due, &wish)) {
            bool was = w->running;
            obey(w, &wish, &answer);
            answer.kind = wish.kind == WISH_DESK ? answer.kind : wish.kind;
            answer.number += wish.kind != WISH_DESK; /* what is shown is no news */
            stale = true;
            published = 0;
            if (!was)
                due = now_ms();
        } else if (w->running && now_ms() >= due) {
            step(w, &answer);
            stale = true;
            double wait = (double)session_atlas(w->session)->meta.tick_ms / (w->to_next ? 3600.0 : w->speed);
            due = due + (int64_t)wait < now_ms() - 1000 ? now_ms() : due + (int64_t)wait;
        }
    }
}

/* ---- outside ---- */

enum rc worker_start(struct session *s, worker_score *score, void (*changed)(void *ctx), void *ctx, struct worker **out,
                     struct err *e)
{
    struct worker *w = calloc(1, sizeof(*w));
    *out = NULL;
    if (!w)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    *w = (struct worker){.session = s, .score = score, .changed = changed, .ctx = ctx, .speed = 60.0};
    arena_init(&w->score_arena, 0);
    w->marking = marking_open(s);
    if (!w->marking) {
        free(w);
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, &attr);
    pthread_condattr_destroy(&attr);
    if (pthread_create(&w->thread, NULL, work, w) != 0) {
        marking_close(w->marking);
        free(w);
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    *out = w;
    return RC_OK;
}

void worker_end(struct worker *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->quit = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    twin_end(w->twin);
    snapshot_free(w->fresh);
    marking_close(w->marking);
    session_close(w->session);
    arena_free(&w->score_arena);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->wake);
    free(w);
}

bool worker_wish(struct worker *w, const struct wish *wish)
{
    pthread_mutex_lock(&w->lock);
    bool off = wish->kind == WISH_CALL_OFF;
    bool room = off || w->wishes < WISHES_MAX;
    if (off) {
        w->called_off = w->wished;
    } else if (room) {
        w->wished++;
        w->wish[(w->first + w->wishes) % WISHES_MAX] = *wish;
        w->wishes++;
        pthread_cond_signal(&w->wake);
    }
    pthread_mutex_unlock(&w->lock);
    return room;
}

struct snapshot *worker_take(struct worker *w)
{
    pthread_mutex_lock(&w->lock);
    struct snapshot *n = w->fresh;
    w->fresh = NULL;
    pthread_mutex_unlock(&w->lock);
    return n;
}

void worker_answer(struct worker *w, struct answer *out)
{
    pthread_mutex_lock(&w->lock);
    *out = w->answer;
    pthread_mutex_unlock(&w->lock);
}

/* twin.c -- the drill with nobody acting, stepped on a thread of its own up to where the room is; declared in twin.h. */
#include "ui/twin.h"

#include <pthread.h>
#include <stdlib.h>

struct twin {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    int64_t target_ms, at_ms;
    bool stands; /* it has ended, or failed: it goes no further */
    bool failed, quit;
    void (*reached)(void *ctx);
    void *ctx;
    struct session *session; /* the thread's own while it is behind the target */
};

/* One step without the lock: whoever asks meanwhile is told that it is not there yet. */
static void go_on(struct twin *t)
{
    struct err e = {0};
    pthread_mutex_unlock(&t->lock);
    enum rc rc = session_step(t->session, &e);
    int64_t at = session_now(t->session);
    bool over = session_phase(t->session) >= SESSION_FINISHED;
    pthread_mutex_lock(&t->lock);
    t->at_ms = at;
    t->failed = rc != RC_OK;
    t->stands = t->failed || over;
    if ((t->stands || t->at_ms >= t->target_ms) && t->reached) {
        pthread_mutex_unlock(&t->lock);
        t->reached(t->ctx);
        pthread_mutex_lock(&t->lock);
    }
}

static void *work(void *ctx)
{
    struct twin *t = ctx;
    pthread_mutex_lock(&t->lock);
    while (!t->quit) {
        if (t->stands || t->at_ms >= t->target_ms)
            pthread_cond_wait(&t->wake, &t->lock);
        else
            go_on(t);
    }
    pthread_mutex_unlock(&t->lock);
    return NULL;
}

struct twin *twin_start(struct session *s, void (*reached)(void *ctx), void *ctx)
{
    struct err e = {0};
    struct twin *t = calloc(1, sizeof(*t));
    if (!t)
        return NULL;
    t->reached = reached;
    t->ctx = ctx;
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->wake, NULL);
    if (session_twin(s, &t->session, &e) == RC_OK && pthread_create(&t->thread, NULL, work, t) == 0)
        return t;
    session_close(t->session);
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->wake);
    free(t);
    return NULL;
}

void twin_end(struct twin *t)
{
    if (!t)
        return;
    pthread_mutex_lock(&t->lock);
    t->quit = true;
    pthread_cond_signal(&t->wake);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->thread, NULL);
    session_close(t->session);
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->wake);
    free(t);
}

void twin_follow(struct twin *t, int64_t t_ms)
{
    pthread_mutex_lock(&t->lock);
    t->target_ms = t_ms;
    pthread_cond_signal(&t->wake);
    pthread_mutex_unlock(&t->lock);
}

bool twin_give(struct twin *t, struct session *s)
{
    twin_follow(t, session_now(s));
    pthread_mutex_lock(&t->lock);
    bool there = t->stands || t->at_ms >= t->target_ms;
    bool usable = there && !t->failed && (t->at_ms == t->target_ms || t->stands);
    if (usable && t->at_ms <= t->target_ms) /* it rests: the thread touches nothing */
        session_keep_baseline(s, t->session);
    pthread_mutex_unlock(&t->lock);
    return there;
}

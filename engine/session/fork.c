/* fork.c -- new lines: branching, correcting, back-dating, and trying what a correction would
 * change.
 *
 * All four go the same way. A twin is put to the moment of parting from the nearest snapshot, and
 * computes on from there; what is to be kept goes into the drill file inside one transaction. Only
 * when all of it has come off does the session become the twin. Called off or failed, the drill and
 * its file are as they were. */
#include <stdlib.h>
#include <string.h>

#include "session/inner.h"

bool session_is_room(const struct order *o)
{
    return o->origin == ORIGIN_ROOM || o->origin == ORIGIN_FILE;
}

/* Orders that take effect after t_ms were not given yet, but for those that scripts gave at the end
 * of that very step. */
static bool given_by(const struct order *o, int64_t t_ms)
{
    return o->at_ms < t_ms || (o->at_ms == t_ms && !session_is_room(o));
}

static enum rc copy_record(struct session *to, const struct session *from, int64_t t_ms,
                           struct err *e)
{
    const struct record *r = &from->record;
    int columns = session_measures(from);
    enum rc rc = RC_OK;
    for (int64_t i = 0; i < r->orders && rc == RC_OK && given_by(&r->order[i], t_ms); i++)
        rc = record_order(&to->record, &r->order[i], e);
    for (int64_t i = 0; i < r->refusals && rc == RC_OK; i++) {
        if (given_by(&r->refusal[i].order, t_ms))
            rc = record_refusal(&to->record, &r->refusal[i].order, &r->refusal[i].why, e);
    }
    int64_t events = 0;
    while (events < r->events && r->event[events].t_ms <= t_ms)
        events++;
    if (rc == RC_OK)
        rc = record_events(&to->record, r->event, (int)events, e);
    for (int64_t k = 0; k < r->steps && rc == RC_OK && r->step[k].t_ms <= t_ms; k++) {
        rc = record_known_step(to, r->step[k].t_ms, r->step[k].hash, r->step[k].first_event, e);
        if (rc == RC_OK)
            memcpy(&to->record.measure[k * columns], &r->measure[k * columns],
                   (size_t)columns * sizeof(double));
    }
    return rc;
}

/* The scenario stays s's: the twin's world and scripts may outlive the twin. */
static enum rc open_twin(struct session *s, struct session **out, struct err *e)
{
    struct session *twin;
    const struct doc *again;
    enum rc rc = session_alloc(&twin, e);
    *out = twin;
    if (rc != RC_OK)
        return rc;
    twin->doc = s->doc;
    twin->atlas = s->atlas;
    twin->seed = s->seed;
    twin->course = s->course;
    twin->line = s->line;
    twin->hold = s->hold;
    twin->speed = s->speed;
    twin->writable = true;
    twin->phase = SESSION_RUNNING;
    twin->snaps.pace_ns = s->snaps.pace_ns;
    twin->snaps.size_max = s->snaps.size_max;
    twin->forks = s->forks;
    memcpy(twin->fork_ms, s->fork_ms, sizeof(s->fork_ms));
    memcpy(twin->bot, s->bot, sizeof(s->bot));
    rc = play_open(s, &twin->play, e);
    if (rc == RC_OK)
        rc = bridge_open(s, &twin->bridge, &again, e);
    if (rc == RC_OK && s->bot[0])
        rc = bridge_bot(twin->bridge, s->bot, e);
    return rc;
}

/* The state at t_ms, as s had it. */
static enum rc stand_at(struct session *s, struct session *twin, int64_t t_ms, int64_t end_ms,
                        struct err *e)
{
    uint64_t *hash = malloc((size_t)(s->record.steps + 1) * sizeof(*hash));
    if (!hash)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int64_t k = 0; k < s->record.steps; k++)
        hash[k] = s->record.step[k].hash;
    struct expected want = {hash, NULL, NULL, s->record.steps};
    enum rc rc = copy_record(twin, s, t_ms, e);
    if (rc == RC_OK)
        rc = snaps_restore(twin, s, t_ms, e);
    if (rc == RC_OK) {
        const struct world *w = &twin->play->world;
        if (w->finished || w->aborted)
            twin->phase = w->aborted ? SESSION_ABORTED : SESSION_FINISHED;
        twin->watch = (struct watch){
            .fn = s->watch.fn, .ctx = s->watch.ctx, .from_ms = session_now(twin), .to_ms = end_ms};
        rc = session_replay(twin, t_ms, &want, NULL, e);
    }
    free(hash);
    return rc;
}

/* Orders and refusals of the scripts at the moment of parting belong to the new line: the old
 * line's end before it. */
static enum rc put_script_orders(struct session *twin, int64_t t_ms, int64_t except, struct err *e)
{
    struct record *r = &twin->record;
    int64_t kept = 0;
    for (int64_t i = 0; i < r->orders; i++) {
        if (except != 0 && r->order[i].seq == except)
            continue;
        r->order[kept] = r->order[i];
        r->order[kept].seq = kept + 1;
        kept++;
    }
    r->orders = kept;
    enum rc rc = RC_OK;
    for (int64_t i = 0; i < r->orders && rc == RC_OK && twin->store; i++) {
        if (r->order[i].at_ms == t_ms)
            rc = session_append_order(twin, &r->order[i], e);
    }
    for (int64_t i = 0; i < r->refusals && rc == RC_OK && twin->store; i++) {
        const struct refusal_note *n = &r->refusal[i];
        if (n->order.at_ms == t_ms)
            rc = store_append_refusal(twin->store, twin->line, &n->order, &n->why,
                                      session_wall_ms(), e);
    }
    return rc;
}

static enum rc add_line(struct session *s, int64_t fork_ms, enum line_reason reason,
                        const char *note, struct err *e)
{
    if (!s->store) {
        s->line++;
        return RC_OK;
    }
    struct store_line line = {.parent = s->line, .fork_ms = fork_ms, .reason = (int32_t)reason};
    (void)text_copy(line.note, (int)sizeof(line.note), text_of(note));
    return store_add_line(s->store, &line, &s->line, e);
}

/* ---- a course: begun, and ended in one way or the other ---- */

struct course { /* another course of the drill: as s up to fork_ms, on its own from there */
    struct session *twin;
    bool keep; /* as a line; in the file inside one transaction */
    int64_t fork_ms;
};

/* except: number of an order of scripts at fork_ms that was not given after all, or 0. */
static enum rc course_begin(struct session *s, int64_t end_ms, int64_t except,
                            enum line_reason reason, const char *note, struct course *c,
                            struct err *e)
{
    c->twin = NULL;
    enum rc rc = c->keep && s->store ? store_begin(s->store, e) : RC_OK;
    if (rc != RC_OK) {
        c->keep = false; /* nothing is open */
        return rc;
    }
    rc = open_twin(s, &c->twin, e);
    if (rc == RC_OK)
        rc = stand_at(s, c->twin, c->fork_ms, end_ms, e);
    if (rc == RC_OK && c->keep) {
        c->twin->store = s->store;
        rc = add_line(c->twin, c->fork_ms, reason, note, e);
    }
    if (rc == RC_OK && reason == LINE_CORRECTION && c->twin->forks < FORKS_MAX)
        c->twin->fork_ms[c->twin->forks++] = c->fork_ms;
    if (rc == RC_OK)
        rc = put_script_orders(c->twin, c->fork_ms, except, e);
    return rc;
}

/* s becomes the twin. */
static void adopt(struct session *s, struct course *c)
{
    struct session *t = c->twin;
    play_close(s->play);
    bridge_close(s->bridge);
    record_free(&s->record);
    snaps_adopt(s, t, c->fork_ms);
    s->play = t->play;
    s->bridge = t->bridge;
    s->record = t->record;
    s->phase = t->phase;
    s->holding = t->holding;
    s->line = t->line;
    s->forks = t->forks;
    memcpy(s->fork_ms, t->fork_ms, sizeof(s->fork_ms));
    bridge_serve(s->bridge, s);
    t->play = NULL;
    t->bridge = NULL;
    t->record = (struct record){0};
}

/* With RC_OK the course is kept when it was to be; else all is as before. Returns rc, or what
 * failed. */
static enum rc course_end(struct session *s, struct course *c, enum rc rc, struct err *e)
{
    bool open = c->keep && s->store;
    if (rc == RC_OK && open)
        rc = store_commit(s->store, e);
    else if (open)
        store_rollback(s->store);
    if (rc == RC_OK && c->keep)
        adopt(s, c);
    if (c->twin)
        c->twin->store = NULL;
    session_close(c->twin);
    return rc;
}

/* ---- orders given again ---- */

struct again { /* orders of an old record that are to be given again on another course */
    struct order *order;
    int64_t count;
};

static enum rc give_again(struct session *s, const struct order *given, struct change *out,
                          struct err *e)
{
    struct order o = *given;
    struct err why;
    enum rc took = session_submit(s, &o, NULL, &why);
    if (took == RC_OK) {
        out->kept++;
        return RC_OK;
    }
    if (took != RC_NO) {
        if (e)
            *e = why;
        return took;
    }
    if (out->refused == 0)
        out->why = why;
    if (out->refused < CHANGE_REFUSED)
        out->refused_seq[out->refused] = given->seq;
    out->refused++;
    return RC_OK;
}

/* Gives the orders at their moments and steps on to end_ms; counts what is taken and what is
 * refused now. */
static enum rc play_again(struct session *s, const struct again *list, int64_t end_ms,
                          struct change *out, struct err *e)
{
    int64_t next = 0;
    enum rc rc = RC_OK;
    while (rc == RC_OK) {
        int64_t now = session_now(s);
        for (; next < list->count && list->order[next].at_ms <= now && rc == RC_OK; next++)
            rc = give_again(s, &list->order[next], out, e);
        if (now >= end_ms || s->phase >= SESSION_FINISHED || rc != RC_OK)
            break;
        rc = session_step(s, e);
        if (rc == RC_OK)
            rc = session_go_on(s, e);
    }
    return rc;
}

/* What a change is: order seq is *instead (NULL: nothing), or with seq 0 *instead is said at
 * said_ms. */
struct changing {
    int64_t seq, fork_ms;
    const struct order *instead;
    bool of_script; /* the order that is changed was given by a script or a bot */
};

/* The room's orders from the moment of parting on, as they would have been. Scripts and the bot
 * give theirs by themselves. */
static enum rc make_list(const struct session *s, const struct changing *c, struct again *out,
                         struct err *e)
{
    const struct record *r = &s->record;
    *out = (struct again){malloc((size_t)(r->orders + 2) * sizeof(struct order)), 0};
    if (!out->order)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    bool first = c->instead && (c->seq == 0 || c->of_script);
    for (int64_t i = -1; i < r->orders; i++) {
        const struct order *o = i < 0 ? NULL : &r->order[i];
        bool changed = o && o->seq == c->seq && !c->of_script;
        if (i < 0 ? first : changed && c->instead) {
            out->order[out->count] = *c->instead;
            out->order[out->count].seq = 0;
            out->order[out->count++].at_ms = c->fork_ms;
        } else if (o && !changed && o->at_ms >= c->fork_ms && session_is_room(o)) {
            out->order[out->count++] = *o;
        }
    }
    return RC_OK;
}

/* Sequence number of the first event that is not the same on both lines. */
static int64_t first_difference(const struct record *was, const struct record *now)
{
    int64_t i = 0;
    while (i < was->events && i < now->events &&
           memcmp(&was->event[i].i, &now->event[i].i, sizeof(was->event[i].i)) == 0 &&
           was->event[i].kind == now->event[i].kind && was->event[i].t_ms == now->event[i].t_ms &&
           memcmp(&was->event[i].f, &now->event[i].f, sizeof(was->event[i].f)) == 0)
        i++;
    return i == was->events && i == now->events ? 0 : i + 1;
}

static enum rc change(struct session *s, const struct changing *what, enum line_reason reason,
                      bool keep, bool accept, struct change *out, double *measure, struct err *e)
{
    struct again list;
    struct course c = {.keep = keep, .fork_ms = what->fork_ms};
    int64_t end_ms = session_now(s);
    *out = (struct change){0};
    enum rc rc = make_list(s, what, &list, e);
    if (rc != RC_OK)
        return rc;
    rc = course_begin(s, end_ms, what->of_script ? what->seq : 0, reason, "", &c, e);
    if (rc == RC_OK)
        rc = play_again(c.twin, &list, end_ms, out, e);
    if (rc == RC_OK)
        out->first_event = first_difference(&s->record, &c.twin->record);
    out->dropped = rc == RC_OK && what->seq > 0 && !what->instead;
    for (int i = 0; rc == RC_OK && measure && i < session_measures(s); i++)
        measure[i] = session_measure(c.twin, i);
    if (rc == RC_OK && accept && s->store)
        rc = store_set_official(s->store, c.twin->line, e);
    rc = course_end(s, &c, rc, e);
    free(list.order);
    return rc;
}

/* ---- the public face ---- */

static enum rc may_change(const struct session *s, struct err *e)
{
    if (s->archive)
        return session_live(s, e);
    return s->writable ? RC_OK : ERR0(e, RC_NO, MSG_SESSION_READ_ONLY);
}

enum rc session_branch(struct session *s, int64_t t_ms, const char *note, struct err *e)
{
    enum rc rc = may_change(s, e);
    if (rc != RC_OK)
        return rc;
    if (t_ms < 0 || t_ms > session_now(s))
        return session_bad_moment(s, t_ms, e);
    struct course c = {.keep = true, .fork_ms = t_ms - t_ms % s->atlas.meta.tick_ms};
    rc = course_begin(s, c.fork_ms, 0, LINE_BRANCH, note, &c, e);
    return course_end(s, &c, rc, e);
}

/* What is asked for; RC_INPUT when there is no such order or moment. */
static enum rc understand(const struct session *s, int64_t seq, const struct order *instead,
                          int64_t said_ms, struct changing *out, struct err *e)
{
    *out = (struct changing){.seq = seq, .instead = instead};
    if (seq > 0) {
        const struct order *wrong = session_order(s, seq);
        if (!wrong)
            return ERR(e, RC_INPUT, MSG_SESSION_NO_ORDER, arg_i(seq), arg_i(s->record.orders));
        out->fork_ms = wrong->at_ms;
        out->of_script = !session_is_room(wrong);
        return RC_OK;
    }
    if (said_ms < 0 || said_ms > session_now(s))
        return session_bad_moment(s, said_ms, e);
    out->fork_ms = said_ms - said_ms % s->atlas.meta.tick_ms;
    return RC_OK;
}

enum rc session_correct(struct session *s, int64_t seq, const struct order *instead, bool accept,
                        struct change *out, struct err *e)
{
    struct changing what;
    enum rc rc = may_change(s, e);
    if (rc == RC_OK && !session_order(s, seq))
        rc = ERR(e, RC_INPUT, MSG_SESSION_NO_ORDER, arg_i(seq), arg_i(s->record.orders));
    if (rc == RC_OK)
        rc = understand(s, seq, instead, 0, &what, e);
    return rc == RC_OK ? change(s, &what, LINE_CORRECTION, true, accept, out, NULL, e) : rc;
}

enum rc session_backdate(struct session *s, const struct order *said, int64_t said_ms, bool accept,
                         struct change *out, struct err *e)
{
    struct changing what;
    enum rc rc = may_change(s, e);
    if (rc == RC_OK)
        rc = understand(s, 0, said, said_ms, &what, e);
    return rc == RC_OK ? change(s, &what, LINE_BACKDATE, true, accept, out, NULL, e) : rc;
}

enum rc session_preview(struct session *s, int64_t seq, const struct order *instead,
                        int64_t said_ms, struct change *out, double *measure, struct err *e)
{
    struct changing what;
    *out = (struct change){0};
    enum rc rc = session_live(s, e);
    if (rc == RC_OK)
        rc = understand(s, seq, instead, said_ms, &what, e);
    return rc == RC_OK ? change(s, &what, LINE_CORRECTION, false, false, out, measure, e) : rc;
}

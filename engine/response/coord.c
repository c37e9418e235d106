/* coord.c -- requests between agencies: made, read, accepted or refused, carried out, reported back. */
#include "base/num.h"
#include "response/parts.h"

#define ORPHAN_MS (60 * 60000) /* assumed: after an hour without an answer nobody counts on one */
#define WIND_AHEAD_NONE (-1)

enum request_state { REQUEST_MADE, REQUEST_READ, REQUEST_ACCEPTED, REQUEST_REFUSED, REQUEST_DONE, REQUEST_CLOSED, REQUEST_ORPHAN };

struct request {
    int32_t from, to, service, state, reason;
    int32_t arrived; /* 0 on its way, 1 in the tray */
    int64_t made_ms, read_ms, answered_ms, done_ms, closed_ms, due_ms;
    int64_t order, event; /* event: the last of its life, cause of the next */
    int32_t next;         /* the one before it between the same two, for the matrix; -1 */
};

struct coord {
    struct request *request;
    int32_t count;
    int32_t open;    /* first that may still move; all before it have ended */
    uint8_t *cut;    /* by line: de-energised on request */
    int32_t buses;
    /* derived from the requests */
    int32_t *busy;   /* by agency: requests in hand */
    int32_t *latest; /* by pair of agencies: the last request, -1 */
    int32_t agencies;
};

static void index_clear(struct coord *s)
{
    for (int32_t i = 0; i < s->agencies; i++)
        s->busy[i] = 0;
    for (int32_t i = 0; i < s->agencies * s->agencies; i++)
        s->latest[i] = -1;
}

static void index_add(struct coord *s, int32_t i)
{
    struct request *q = &s->request[i];
    int32_t *latest = &s->latest[q->from * s->agencies + q->to];
    q->next = *latest;
    *latest = i;
    s->busy[q->to] += q->state == REQUEST_ACCEPTED;
}

enum rc coord_make(struct response *r, uint64_t seed, struct arena *perm, struct coord **out, struct err *e)
{
    (void)seed;
    struct coord *s = ARENA_NEW(perm, struct coord, 1);
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->request = ARENA_NEW(perm, struct request, REQUEST_MAX);
    s->cut = ARENA_NEW(perm, uint8_t, ATLAS_COUNT(r->atlas, ENT_LINE) + 1);
    s->agencies = ATLAS_COUNT(r->atlas, ENT_AGENCY);
    s->busy = ARENA_NEW(perm, int32_t, (size_t)s->agencies + 1);
    s->latest = ARENA_NEW(perm, int32_t, (size_t)s->agencies * (size_t)s->agencies + 1);
    if (!s->request || !s->cut || !s->busy || !s->latest)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    index_clear(s);
    *out = s;
    return RC_OK;
}

static bool is_open(const struct request *q)
{
    return q->state == REQUEST_MADE || q->state == REQUEST_READ || q->state == REQUEST_ACCEPTED;
}

int32_t coord_open(const struct response *r, int32_t service)
{
    for (int32_t i = r->coord->open; i < r->coord->count; i++) {
        if (r->coord->request[i].service == service && is_open(&r->coord->request[i]))
            return i + 1;
    }
    return -1;
}

int32_t coord_buses(const struct response *r) { return r->coord->buses; }

bool coord_power_cut(const struct response *r, int32_t line) { return r->coord->cut[line] != 0; }

/* ---- orders ---- */

static enum rc check_request(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    const struct service *service = &r->atlas->service[o->arg[0]];
    (void)w;
    if (service->agency == o->agency)
        return ERR(e, RC_NO, MSG_RESPONSE_OWN_SERVICE, names_arg(&r->atlas->names, ENT_AGENCY, o->agency));
    if (r->coord->count == REQUEST_MAX)
        return ERR(e, RC_NO, MSG_RESPONSE_REQUESTS, arg_i(REQUEST_MAX));
    return RC_OK;
}

static void act_request(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int32_t service = (int32_t)o->arg[0], to = r->atlas->service[service].agency;
    int32_t before = coord_open(r, service);
    int64_t event = world_emit(w, &(struct event){.kind = EV_REQUEST_MADE,
                                                  .i = {r->coord->count + 1, o->agency, to, service, (int32_t)o->seq},
                                                  .cause = cause_order(o->seq)});
    struct request *q = &r->coord->request[r->coord->count - 1];
    if (before > 0 && r->atlas->service[service].once) {
        q->reason = W(REASON, DUPLICATE);
        event = world_emit(w, &(struct event){.kind = EV_REQUEST_DUPLICATED,
                                              .i = {r->coord->count, o->agency, to, service},
                                              .cause = cause_order(o->seq),
                                              .also = cause_event(r->coord->request[before - 1].event)});
    }
    (void)comms_send(r, w, &(struct message){.kind = MESSAGE_REQUEST, .from = o->agency, .to = to,
                                             .ref = r->coord->count, .seen_ms = w->now_ms, .channel = -1, .event = event});
}

static enum rc check_ask(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    (void)w;
    if (o->arg[0] == o->agency)
        return ERR(e, RC_NO, MSG_RESPONSE_SELF, names_arg(&r->atlas->names, ENT_AGENCY, o->agency));
    return RC_OK;
}

static void act_ask(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int64_t event = world_emit(w, &(struct event){.kind = EV_QUESTION_ASKED,
                                                  .i = {o->agency, (int32_t)o->arg[0], (int32_t)o->seq},
                                                  .cause = cause_order(o->seq)});
    (void)comms_send(r, w, &(struct message){.kind = MESSAGE_ASK, .from = o->agency, .to = (int32_t)o->arg[0],
                                             .seen_ms = w->now_ms, .channel = -1, .event = event});
}

static int32_t refusal(const struct response *r, const struct world *w, const struct request *q);
static void decide(struct response *r, struct world *w, int32_t i, int32_t reason, struct cause by);

static bool free_hands(const struct response *r, int32_t agency)
{
    int32_t staff = r->atlas->agency[agency].staff;
    return staff <= 0 || r->coord->busy[agency] < staff;
}

/* The agency that was asked, about a request that lies read on its table. */
static enum rc check_answer(const struct response *r, const struct order *o, struct err *e)
{
    if (o->arg[0] < 1 || o->arg[0] > r->coord->count)
        return ERR(e, RC_NO, MSG_RESPONSE_NO_REQUEST, arg_i(o->arg[0]));
    const struct request *q = &r->coord->request[o->arg[0] - 1];
    if (q->to != o->agency)
        return ERR(e, RC_NO, MSG_RESPONSE_NOT_ASKED, arg_i(o->arg[0]), names_arg(&r->atlas->names, ENT_AGENCY, q->to));
    if (q->state != REQUEST_READ)
        return ERR(e, RC_NO, MSG_RESPONSE_NOT_WAITING, arg_i(o->arg[0]));
    return RC_OK;
}

static enum rc check_accept(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    enum rc rc = check_answer(r, o, e);
    if (rc != RC_OK)
        return rc;
    const struct request *q = &r->coord->request[o->arg[0] - 1];
    int32_t reason = refusal(r, w, q); /* night and wind are seen from the window */
    if (reason != W(REASON, NONE))
        return ERR(e, RC_NO, MSG_RESPONSE_CANNOT_NOW, names_arg(&r->atlas->names, ENT_SERVICE, q->service),
                   word_arg(VK_REASON, reason));
    if (!free_hands(r, q->to))
        return ERR(e, RC_NO, MSG_RESPONSE_STAFF, names_arg(&r->atlas->names, ENT_AGENCY, q->to),
                   arg_i(r->atlas->agency[q->to].staff));
    return RC_OK;
}

static void act_accept(void *self, struct world *w, const struct order *o)
{
    decide(self, w, (int32_t)o->arg[0] - 1, W(REASON, NONE), cause_order(o->seq));
}

static enum rc check_refuse(void *self, const struct world *w, const struct order *o, struct err *e)
{
    (void)w;
    if (o->arg[1] == W(REASON, NONE))
        return ERR0(e, RC_NO, MSG_RESPONSE_REASON_NONE);
    return check_answer(self, o, e);
}

static void act_refuse(void *self, struct world *w, const struct order *o)
{
    decide(self, w, (int32_t)o->arg[0] - 1, (int32_t)o->arg[1], cause_order(o->seq));
}

const struct rule coord_rules[] = {{VERB_REQUEST, check_request, act_request}, {VERB_ASK, check_ask, act_ask},
                                   {VERB_ACCEPT, check_accept, act_accept}, {VERB_REFUSE, check_refuse, act_refuse}};
const int coord_rule_count = COUNT_OF(coord_rules);

/* ---- messages ---- */

/* All that one agency knows and the other does not, or knows better. */
static void pool_knowledge(struct world *w, int32_t from, int32_t to, int64_t event)
{
    const struct names *n = &w->atlas->names;
    for (int32_t topic = word_next(n, VK_TOPIC, -1); topic >= 0; topic = word_next(n, VK_TOPIC, topic)) {
        for (int32_t i = 0; i < knowledge_subjects(w->knowledge, topic); i++) {
            struct fact theirs = knowledge_get(w->knowledge, from, topic, i);
            struct fact mine = knowledge_get(w->knowledge, to, topic, i);
            if (theirs.seen_ms > mine.seen_ms)
                (void)knowledge_tell(w->knowledge, to, topic, i, theirs.value, theirs.seen_ms, w->now_ms, event);
        }
    }
    knowledge_show(w->knowledge, from, to);
}

void coord_pool(struct world *w, int32_t from, int32_t to, int64_t event)
{
    pool_knowledge(w, from, to, event);
}

void coord_deliver(struct response *r, struct world *w, const struct message *m)
{
    if (m->kind == MESSAGE_ASK) {
        (void)comms_send(r, w, &(struct message){.kind = MESSAGE_TELL, .from = m->to, .to = m->from,
                                                 .hold_ms = r->atlas->agency[m->to].read_ms, .seen_ms = w->now_ms,
                                                 .channel = -1, .event = m->event});
        return;
    }
    if (m->kind == MESSAGE_TELL) {
        int64_t event = world_emit(w, &(struct event){.kind = EV_QUESTION_ANSWERED, .i = {m->to, m->from}, .cause = cause_event(m->event)});
        pool_knowledge(w, m->from, m->to, event);
        return;
    }
    struct request *q = &r->coord->request[m->ref - 1];
    if (m->kind == MESSAGE_REQUEST && q->state == REQUEST_MADE) {
        int64_t read = r->atlas->service[q->service].read_ms;
        q->arrived = 1;
        q->due_ms = w->now_ms + (read >= 0 ? read : r->atlas->agency[q->to].read_ms);
    } else if (m->kind == MESSAGE_ANSWER) {
        (void)world_emit(w, &(struct event){.kind = EV_REQUEST_CLOSED,
                                            .i = {(int32_t)m->ref, q->from, q->to, q->service},
                                            .cause = cause_event(q->event)});
    }
}

static void answer(struct response *r, struct world *w, int32_t i)
{
    const struct request *q = &r->coord->request[i];
    (void)comms_send(r, w, &(struct message){.kind = MESSAGE_ANSWER, .from = q->to, .to = q->from, .ref = i + 1,
                                             .seen_ms = w->now_ms, .channel = -1, .event = q->event});
}

/* ---- carrying out ---- */

/* Its people are at another service that was accepted or carried out, or all its teams are out already. */
static bool committed(const struct response *r, int32_t service)
{
    const struct id_list *shares = &r->atlas->service[service].shares;
    int32_t teams = 0, out = 0;
    for (int32_t i = 0; i < r->coord->count && shares->count > 0; i++) {
        const struct request *q = &r->coord->request[i];
        bool taken = q->state == REQUEST_ACCEPTED || q->state == REQUEST_DONE || q->state == REQUEST_CLOSED;
        for (int k = 0; k < shares->count && taken; k++) {
            if (shares->id[k] == q->service)
                return true;
        }
    }
    for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM) && r->atlas->service[service].effect == SERVICE_TEAM; i++) {
        struct team_view v;
        response_team(r, i, &v);
        teams += r->atlas->team[i].service == service;
        out += r->atlas->team[i].service == service && v.stage != W(STAGE, AWAY);
    }
    return teams > 0 && out == teams;
}

static int32_t refusal(const struct response *r, const struct world *w, const struct request *q)
{
    const struct service *service = &r->atlas->service[q->service];
    if (q->reason != W(REASON, NONE))
        return q->reason;
    if (w->now_ms < service->free_ms || committed(r, q->service))
        return W(REASON, BUSY);
    if (service->daylight && atlas_is_night(r->atlas, w->now_ms))
        return W(REASON, NIGHT);
    if (service->wind_max > 0.0 && w->weather->now.wind_ms > service->wind_max)
        return W(REASON, WIND);
    return W(REASON, NONE);
}

static void effect(struct response *r, struct world *w, const struct request *q)
{
    const struct service *service = &r->atlas->service[q->service];
    struct cause cause = cause_event(q->event);
    switch (service->effect) {
    case SERVICE_TEAM:
        for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM); i++) {
            if (r->atlas->team[i].service == q->service)
                teams_release(r, w, i, -1, cause);
        }
        break;
    case SERVICE_CHANNEL:
        if (comms_percent(r, service->channel) < 100)
            (void)world_emit(w, &(struct event){.kind = EV_CHANNEL_UP, .i = {service->channel, 100}, .cause = cause});
        break;
    case SERVICE_POWER_CUT:
        (void)world_emit(w, &(struct event){.kind = EV_POWER_CUT, .i = {service->line, q->to}, .cause = cause});
        break;
    case SERVICE_POWER_BACK:
        (void)world_emit(w, &(struct event){.kind = EV_POWER_BACK, .i = {service->line, q->to}, .cause = cause});
        break;
    case SERVICE_CLOSE:
        routes_bar(r, w, q->to, service->road, q->order, cause);
        break;
    case SERVICE_BUS:
        r->coord->buses += service->buses;
        break;
    default:
        break;
    }
}

/* What the requester learns with the answer. */
static void learn(struct response *r, const struct world *w, const struct request *q, const struct event *e)
{
    const struct service *service = &r->atlas->service[q->service];
    struct knowledge *k = w->knowledge;
    if (q->state == REQUEST_REFUSED)
        return;
    if (service->effect == SERVICE_POWER_CUT || service->effect == SERVICE_POWER_BACK) {
        for (int32_t a = 0; a < ATLAS_COUNT(r->atlas, ENT_AGENCY); a++) {
            if (a == q->from || a == q->to)
                (void)knowledge_tell(k, a, TOPIC_POWER_CUT, service->line, r->coord->cut[service->line], q->done_ms,
                                     w->now_ms, e->seq);
        }
    } else if (service->effect == SERVICE_BRIEF) {
        const struct weather *weather = w->weather;
        int64_t ahead = weather->next < weather->rows ? (int64_t)weather->row[weather->next].from_deg : WIND_AHEAD_NONE;
        (void)knowledge_tell(k, q->from, TOPIC_WIND, 0, (int64_t)(weather->now.wind_ms * 10.0), q->done_ms, w->now_ms, e->seq);
        (void)knowledge_tell(k, q->from, TOPIC_WIND_FROM, 0, (int64_t)weather->now.from_deg, q->done_ms, w->now_ms, e->seq);
        (void)knowledge_tell(k, q->from, TOPIC_WIND_AHEAD, 0, ahead, q->done_ms, w->now_ms, e->seq);
    } else if (service->effect == SERVICE_TEAM) {
        for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM); i++) {
            if (r->atlas->team[i].service == q->service)
                (void)knowledge_tell(k, q->from, TOPIC_TEAM_STAGE, i, W(STAGE, HOME), q->done_ms, w->now_ms, e->seq);
        }
    } else if (service->effect == SERVICE_CHANNEL) {
        (void)knowledge_tell(k, q->from, TOPIC_CHANNEL_STATE, service->channel, 100, q->done_ms, w->now_ms, e->seq);
    }
}

static int64_t say(struct world *w, const struct request *q, int32_t number, int32_t kind, int32_t reason)
{
    return world_emit(w, &(struct event){.kind = kind, .i = {number, q->from, q->to, q->service, reason},
                                         .cause = cause_event(q->event),
                                         .also = q->order > 0 ? cause_order(q->order) : (struct cause){CAUSE_NONE, 0}});
}

/* Accepted, or refused for a reason; by: the order of the seat that decided. */
static void decide(struct response *r, struct world *w, int32_t i, int32_t reason, struct cause by)
{
    struct request *q = &r->coord->request[i];
    bool yes = reason == W(REASON, NONE);
    int64_t act = r->atlas->service[q->service].act_ms;
    (void)world_emit(w, &(struct event){.kind = yes ? EV_REQUEST_ACCEPTED : EV_REQUEST_REFUSED,
                                        .i = {i + 1, q->from, q->to, q->service, reason},
                                        .cause = cause_event(q->event),
                                        .also = by});
    q->due_ms = w->now_ms + (act >= 0 ? act : r->atlas->agency[q->to].act_ms);
    if (!yes)
        answer(r, w, i);
}

/* A simulated agency decides by its rules once somebody is free; the seat of a played one gives the answer itself. */
static void one_request(struct response *r, struct world *w, int32_t i)
{
    struct coord *s = r->coord;
    struct request *q = &s->request[i];
    bool due = q->arrived && q->due_ms <= w->now_ms;
    if (q->state == REQUEST_MADE && due) {
        (void)say(w, q, i + 1, EV_REQUEST_READ, 0);
        q->due_ms = w->now_ms;
    } else if (q->state == REQUEST_READ && due) {
        bool seat = r->atlas->agency[q->to].played && q->reason == W(REASON, NONE);
        int32_t reason = refusal(r, w, q);
        if (!seat && (reason != W(REASON, NONE) || free_hands(r, q->to)))
            decide(r, w, i, reason, q->order > 0 ? cause_order(q->order) : (struct cause){CAUSE_NONE, 0});
    } else if (q->state == REQUEST_ACCEPTED && due) {
        (void)say(w, q, i + 1, EV_REQUEST_DONE, 0);
        effect(r, w, q);
        answer(r, w, i);
    }
    if ((q->state == REQUEST_MADE || q->state == REQUEST_READ) && w->now_ms - q->made_ms >= ORPHAN_MS)
        (void)say(w, q, i + 1, EV_REQUEST_ORPHANED, 0);
}

static void step(void *self, struct world *w)
{
    struct response *r = self;
    struct coord *s = r->coord;
    for (int32_t i = s->open; i < s->count; i++)
        one_request(r, w, i);
    while (s->open < s->count && !is_open(&s->request[s->open]))
        s->open++;
}

static void apply_request(struct response *r, const struct world *w, const struct event *e)
{
    struct coord *s = r->coord;
    struct request *q = &s->request[e->i[0] - 1];
    q->event = e->seq;
    switch (e->kind) {
    case EV_REQUEST_READ:
        q->state = REQUEST_READ;
        q->read_ms = e->t_ms;
        break;
    case EV_REQUEST_ACCEPTED:
    case EV_REQUEST_REFUSED:
        q->state = e->kind == EV_REQUEST_ACCEPTED ? REQUEST_ACCEPTED : REQUEST_REFUSED;
        s->busy[q->to] += q->state == REQUEST_ACCEPTED;
        q->answered_ms = e->t_ms;
        break;
    case EV_REQUEST_DONE:
        q->state = REQUEST_DONE;
        s->busy[q->to]--;
        q->done_ms = e->t_ms;
        break;
    case EV_REQUEST_CLOSED:
        learn(r, w, q, e);
        q->closed_ms = e->t_ms;
        if (q->state == REQUEST_DONE)
            q->state = REQUEST_CLOSED;
        break;
    case EV_REQUEST_ORPHANED:
        q->state = REQUEST_ORPHAN;
        break;
    default:
        break;
    }
}

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct response *r = self;
    struct coord *s = r->coord;
    if (e->kind == EV_REQUEST_MADE) {
        ASSERT(s->count < REQUEST_MAX);
        s->request[s->count++] = (struct request){.from = e->i[1], .to = e->i[2], .service = e->i[3], .made_ms = e->t_ms,
                                                  .read_ms = -1, .answered_ms = -1, .done_ms = -1, .closed_ms = -1,
                                                  .order = e->i[4], .event = e->seq};
        index_add(s, s->count - 1);
    } else if (e->kind >= EV_REQUEST_READ && e->kind <= EV_REQUEST_DUPLICATED) {
        apply_request(r, w, e);
    } else if (e->kind == EV_POWER_CUT || e->kind == EV_POWER_BACK || e->kind == EV_POWER_TRIPPED) {
        s->cut[e->i[0]] = e->kind != EV_POWER_BACK;
    }
}

static void walk_request(struct walk *w, struct request *q)
{
    walk_i32(w, "request_from", &q->from, 1);
    walk_i32(w, "request_to", &q->to, 1);
    walk_i32(w, "request_service", &q->service, 1);
    walk_i32(w, "request_state", &q->state, 1);
    walk_i32(w, "request_reason", &q->reason, 1);
    walk_i32(w, "request_arrived", &q->arrived, 1);
    walk_i64(w, "request_made", &q->made_ms, 1);
    walk_i64(w, "request_read", &q->read_ms, 1);
    walk_i64(w, "request_answered", &q->answered_ms, 1);
    walk_i64(w, "request_done", &q->done_ms, 1);
    walk_i64(w, "request_closed", &q->closed_ms, 1);
    walk_i64(w, "request_due", &q->due_ms, 1);
    walk_i64(w, "request_order", &q->order, 1);
    walk_i64(w, "request_event", &q->event, 1);
}

static void walk_coord(void *self, struct walk *w)
{
    struct response *r = self;
    struct coord *s = r->coord;
    walk_facts(w, "requests request_from request_to request_service request_state request_made request_read request_answered "
                  "request_done request_closed request_order power_cut");
    walk_count(w, "requests", &s->count, REQUEST_MAX);
    for (int32_t i = 0; i < s->count && !w->bad; i++)
        walk_request(w, &s->request[i]);
    walk_count(w, "first_open", &s->open, REQUEST_MAX);
    walk_u8(w, "power_cut", s->cut, ATLAS_COUNT(r->atlas, ENT_LINE));
    walk_i32(w, "buses", &s->buses, 1);
    if (w->mode != WALK_LOAD)
        return;
    index_clear(s);
    for (int32_t i = 0; i < s->count && !w->bad; i++) {
        const struct request *q = &s->request[i];
        w->bad = q->from < 0 || q->from >= s->agencies || q->to < 0 || q->to >= s->agencies;
        if (!w->bad)
            index_add(s, i);
    }
}

const struct slice_ops coord_ops = {"coordination", apply, step, walk_coord};

/* ---- views ---- */

int32_t response_requests(const struct response *r) { return r->coord->count; }

void response_request(const struct response *r, int32_t i, struct request_view *out)
{
    const struct request *q = &r->coord->request[i];
    *out = (struct request_view){i + 1, q->from, q->to, q->service, q->state, q->made_ms, q->read_ms, q->answered_ms,
                                 q->done_ms, q->closed_ms};
}

void response_matrix(const struct response *r, int32_t from, int32_t to, struct matrix_cell *out)
{
    int64_t latency[REQUEST_MAX];
    int32_t answered = 0;
    *out = (struct matrix_cell){.median_ms = -1};
    for (int32_t i = r->coord->latest[from * r->coord->agencies + to]; i >= 0; i = r->coord->request[i].next) {
        const struct request *q = &r->coord->request[i];
        out->requests++;
        out->orphans += q->state == REQUEST_ORPHAN;
        out->refused += q->state == REQUEST_REFUSED;
        out->open += is_open(q);
        if (q->answered_ms < 0)
            continue;
        int64_t ms = q->answered_ms - q->made_ms;
        int32_t k = answered++;
        for (; k > 0 && latency[k - 1] > ms; k--)
            latency[k] = latency[k - 1];
        latency[k] = ms;
    }
    if (answered > 0)
        out->median_ms = answered % 2 ? latency[answered / 2] : (latency[answered / 2 - 1] + latency[answered / 2]) / 2;
}

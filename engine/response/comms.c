/* comms.c -- channels, what carries them, and the messages in transit. */
#include "base/num.h"
#include "response/comms_reach.h"

#define TRIES_A_CHANNEL 2
#define RETRY_MS 60000
#define WAIT_TRIES 30              /* assumed: a team out of reach tries for half an hour to report */
#define BATTERY_MS (120 * 60000)   /* assumed: a base station runs 2 h on its battery */
#define UNPOWERED_PERCENT 40       /* assumed: sites with a generator of their own go on */
#define REPAIR_MS (30 * 60000)     /* assumed: one communications team sets up a substitute in 30 min */
#define REPAIRED_PERCENT 80        /* assumed: which carries most of the traffic */
#define RUNNER_MS (25 * 60000)     /* assumed: somebody drives over when nothing else works */

/* Messages for one channel: a heap by due time, then by number in order of sending; both kept here, close together. */
struct turn { int64_t due_ms, number; int32_t slot; };
struct queue { struct turn *turn; int32_t count; };

struct comms {
    struct message *message; /* by slot */
    int32_t *spare;          /* free slots: the first MESSAGE_MAX - count */
    int32_t count;
    struct bulletins *bulletins; /* what the messages say */
    struct queue *queue;     /* by channel; the last one is the runners' */
    int64_t next;
    struct rng luck;
    /* by channel */
    int32_t *percent;
    int32_t *carried;        /* messages in this step */
    int64_t *restore_ms;     /* when an outage ends by itself; -1 */
    int64_t *repair_ms;      /* team time spent on it */
    int64_t *down_event;
    int64_t *power_off_ms;   /* since when its supply is off; -1 */
    int64_t *power_event;    /* that took the supply, or gave it back */
    int32_t *dark;           /* 1 down for want of power, 2 and power has come back */
    int64_t repair_event;
    int32_t channels;
    int32_t cut_off;         /* agencies that cannot be reached; worked out from the channels */
};

static void count_cut_off(const struct response *r);

static bool make_queues(struct comms *s, struct arena *perm)
{
    s->message = ARENA_NEW(perm, struct message, MESSAGE_MAX);
    s->spare = ARENA_NEW(perm, int32_t, MESSAGE_MAX);
    s->queue = ARENA_NEW(perm, struct queue, (size_t)s->channels + 1);
    s->bulletins = bulletins_make(perm);
    if (!s->message || !s->spare || !s->queue || !s->bulletins)
        return false;
    for (int32_t i = 0; i < MESSAGE_MAX; i++)
        s->spare[i] = MESSAGE_MAX - 1 - i;
    for (int32_t i = 0; i <= s->channels; i++) {
        s->queue[i].turn = ARENA_NEW(perm, struct turn, MESSAGE_MAX);
        if (!s->queue[i].turn)
            return false;
    }
    return true;
}

enum rc comms_make(struct response *r, uint64_t seed, struct arena *perm, struct comms **out, struct err *e)
{
    struct comms *s = ARENA_NEW(perm, struct comms, 1);
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->channels = ATLAS_COUNT(r->atlas, ENT_CHANNEL);
    size_t n = (size_t)s->channels + 1;
    s->percent = ARENA_NEW(perm, int32_t, n);
    s->carried = ARENA_NEW(perm, int32_t, n);
    s->restore_ms = ARENA_NEW(perm, int64_t, n);
    s->repair_ms = ARENA_NEW(perm, int64_t, n);
    s->down_event = ARENA_NEW(perm, int64_t, n);
    s->power_off_ms = ARENA_NEW(perm, int64_t, n);
    s->power_event = ARENA_NEW(perm, int64_t, n);
    s->dark = ARENA_NEW(perm, int32_t, n);
    if (!s->percent || !s->carried || !s->restore_ms || !s->repair_ms || !s->down_event || !s->power_off_ms ||
        !s->power_event || !s->dark || !make_queues(s, perm))
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t i = 0; i < s->channels; i++) {
        s->percent[i] = 100;
        s->restore_ms[i] = s->power_off_ms[i] = -1;
    }
    s->luck = rng_make(seed, RNG_RESPONSE, 1);
    r->comms = s;
    count_cut_off(r);
    *out = s;
    return RC_OK;
}

int32_t comms_percent(const struct response *r, int32_t channel)
{
    return r->comms->percent[channel];
}

bool comms_all_reachable(const struct response *r) { return r->comms->cut_off == 0; }

static void count_cut_off(const struct response *r)
{
    r->comms->cut_off = 0;
    for (int32_t a = 0; a < ATLAS_COUNT(r->atlas, ENT_AGENCY); a++)
        r->comms->cut_off += !comms_reachable(r, a);
}

int32_t response_in_flight(const struct response *r)
{
    return r->comms->count;
}

/* ---- a queue for each channel ---- */

static struct queue *queue_of(const struct comms *s, int32_t channel)
{
    return &s->queue[channel < 0 ? s->channels : channel];
}

static bool sooner(const struct turn *a, const struct turn *b)
{
    return a->due_ms != b->due_ms ? a->due_ms < b->due_ms : a->number < b->number;
}

static bool push(struct comms *s, const struct message *m, int64_t number)
{
    if (s->count == MESSAGE_MAX)
        return false;
    struct queue *q = queue_of(s, m->channel);
    struct turn news = {m->due_ms, number, s->spare[MESSAGE_MAX - ++s->count]};
    int32_t i = q->count++;
    s->message[news.slot] = *m;
    for (; i > 0 && sooner(&news, &q->turn[(i - 1) / 2]); i = (i - 1) / 2)
        q->turn[i] = q->turn[(i - 1) / 2];
    q->turn[i] = news;
    return true;
}

static void pop(struct comms *s, struct queue *q, struct message *m, int64_t *number)
{
    struct turn last = q->turn[--q->count];
    int32_t i = 0;
    *m = s->message[q->turn[0].slot];
    *number = q->turn[0].number;
    s->spare[MESSAGE_MAX - s->count--] = q->turn[0].slot;
    for (;;) {
        int32_t child = 2 * i + 1;
        if (child + 1 < q->count && sooner(&q->turn[child + 1], &q->turn[child]))
            child++;
        if (child >= q->count || !sooner(&q->turn[child], &last))
            break;
        q->turn[i] = q->turn[child];
        i = child;
    }
    q->turn[i] = last;
}

static int64_t delay_of(const struct response *r, int32_t channel)
{
    return channel == RUNNER ? RUNNER_MS : r->atlas->channel[channel].delay_ms;
}

/* ---- what happens to one that is due ---- */

static struct cause cause_of(const struct message *m)
{
    return m->event > 0 ? cause_event(m->event) : (struct cause){CAUSE_NONE, 0};
}

static void deliver(struct response *r, struct world *w, const struct message *m)
{
    switch (m->kind) {
    case MESSAGE_ORDER:
        teams_deliver(r, w, m);
        break;
    case MESSAGE_REQUEST:
    case MESSAGE_ANSWER:
    case MESSAGE_ASK:
    case MESSAGE_TELL:
        coord_deliver(r, w, m);
        break;
    case MESSAGE_WARNING:
        people_deliver(r, w, m);
        break;
    case MESSAGE_WISH:
    case MESSAGE_REMOTE:
    case MESSAGE_HANDS:
        assets_deliver(r, w, m);
        break;
    default:
        command_deliver(r, w, m);
        break;
    }
}

static void lose_for(struct response *r, struct world *w, const struct message *m, int32_t reason)
{
    bool team = m->kind == MESSAGE_ORDER || m->kind == MESSAGE_HANDS;
    bool order = team || m->kind == MESSAGE_WISH || m->kind == MESSAGE_REMOTE;
    bulletin_free(r->comms->bulletins, m->bulletin);
    world_emit(w, &(struct event){.kind = EV_MESSAGE_LOST,
                                  .i = {message_agency_of(r, m, true), message_agency_of(r, m, false), reason,
                                        order ? (int32_t)m->ref : 0, team ? m->to : -1},
                                  .cause = cause_of(m),
                                  .also = m->channel >= 0 && r->comms->down_event[m->channel] > 0
                                              ? cause_event(r->comms->down_event[m->channel])
                                              : (struct cause){CAUSE_NONE, 0}});
}

static void lose(struct response *r, struct world *w, const struct message *m)
{
    lose_for(r, w, m, W(REASON, CHANNEL));
}

/* Nobody leaves the line to carry a report: one that finds no channel where the team stands is tried again until the team has
 * come where one works, for a while. RUNNER: there is none that would work anywhere. */
static int32_t wait_on(const struct response *r, const struct message *m)
{
    return m->tries < WAIT_TRIES ? message_next_channel(r, m, -1, true) : RUNNER;
}

static bool is_report(const struct message *m)
{
    return m->kind == MESSAGE_SIGHT || m->kind == MESSAGE_STATUS || m->kind == MESSAGE_FOUND;
}

bool comms_send(struct response *r, struct world *w, const struct message *m)
{
    struct message out = *m;
    bool named = m->channel >= 0 && r->comms->percent[m->channel] > 0 && message_covered(r, m, m->channel);
    out.sent_ms = w->now_ms;
    out.tries = 0;
    if (m->kind == MESSAGE_REMOTE && !named) { /* no other line leads there */
        lose(r, w, &out);
        return true;
    }
    out.channel = named ? m->channel : message_next_channel(r, m, -1, false);
    if (out.channel == RUNNER && is_report(m))
        out.channel = wait_on(r, &out);
    if (out.channel == RUNNER && is_report(m)) {
        lose(r, w, &out);
        return true;
    }
    out.due_ms = w->now_ms + m->hold_ms + delay_of(r, out.channel);
    if (push(r->comms, &out, r->comms->next++))
        return true;
    lose(r, w, &out); /* no room for it: on record, never silent */
    return false;
}

bool comms_send_sights(struct response *r, struct world *w, const struct message *m, const struct sight *sight, int count)
{
    struct message out = *m;
    out.bulletin = bulletin_write(r->comms->bulletins, sight, count);
    if (out.bulletin != 0)
        return comms_send(r, w, &out);
    lose_for(r, w, &out, W(REASON, BUSY));
    return false;
}

int comms_read(const struct response *r, const struct message *m, struct sight *out)
{
    return bulletin_read(r->comms->bulletins, m->bulletin, out, SIGHTS_MAX);
}

static void say_switched(struct response *r, struct world *w, const struct message *m, int32_t down)
{
    struct event ev = {.kind = EV_MESSAGE_SWITCHED,
                       .i = {message_agency_of(r, m, true), message_agency_of(r, m, false), m->channel < 0 ? -1 : m->channel},
                       .cause = cause_of(m)};
    if (r->comms->down_event[down] > 0)
        ev.also = cause_event(r->comms->down_event[down]);
    (void)world_emit(w, &ev);
}

/* Tries once more on this channel, then on the next; a runner always gets through. */
static void retry(struct response *r, struct world *w, struct message *m, int64_t number)
{
    int32_t down = m->channel;
    m->tries++;
    m->due_ms = w->now_ms + RETRY_MS;
    if (m->kind == MESSAGE_REMOTE && (m->tries >= TRIES_A_CHANNEL || r->comms->percent[down] <= 0)) {
        lose(r, w, m);
        return;
    }
    if (m->tries % TRIES_A_CHANNEL == 0 || r->comms->percent[down] <= 0) {
        m->channel = message_next_channel(r, m, down, false);
        if (m->channel == RUNNER && is_report(m)) {
            m->channel = message_next_channel(r, m, -1, false);
            m->channel = m->channel == RUNNER || m->channel == down ? wait_on(r, m) : m->channel;
            if (m->channel == RUNNER) {
                m->channel = down;
                lose(r, w, m);
                return;
            }
        }
        if (m->channel != down) {
            m->due_ms = w->now_ms + delay_of(r, m->channel);
            say_switched(r, w, m, down);
        }
    }
    if (!push(r->comms, m, number))
        lose(r, w, m);
}

/* How many messages the channel carries in one step; at least one. To try a dead one takes as long as to use it. */
static int64_t room_of(const struct response *r, const struct world *w, int32_t channel)
{
    int32_t percent = r->comms->percent[channel] > 0 ? r->comms->percent[channel] : 100;
    int64_t room = (int64_t)r->atlas->channel[channel].per_minute * percent * w->tick_ms / 6000000;
    return room > 0 ? room : 1;
}

/* The queue whose first message is due soonest, among those that can still carry one in this step; NULL when there is
 * none. What waits for a full channel keeps its time, and so its turn. */
static struct queue *next_due(struct response *r, const struct world *w)
{
    struct comms *s = r->comms;
    struct queue *best = NULL;
    for (int32_t i = 0; i <= s->channels; i++) {
        struct queue *q = &s->queue[i];
        if (q->count == 0 || q->turn[0].due_ms > w->now_ms)
            continue;
        if (i < s->channels && s->carried[i] >= room_of(r, w, i))
            continue;
        if (!best || sooner(&q->turn[0], &best->turn[0]))
            best = q;
    }
    return best;
}

static bool gets_through(const struct response *r, const struct message *m)
{
    struct comms *s = r->comms;
    int32_t channel = m->channel;
    if (channel == RUNNER)
        return true;
    s->carried[channel]++;
    if (s->percent[channel] <= 0 || !message_covered(r, m, channel))
        return false;
    return s->percent[channel] >= 100 || rng_range(&s->luck, 1, 100) <= s->percent[channel];
}

static void run_queue(struct response *r, struct world *w)
{
    struct comms *s = r->comms;
    for (int32_t i = 0; i < s->channels; i++)
        s->carried[i] = 0;
    for (struct queue *q = next_due(r, w); q; q = next_due(r, w)) {
        struct message m;
        int64_t number;
        pop(s, q, &m, &number);
        if (!gets_through(r, &m)) {
            retry(r, w, &m, number);
            continue;
        }
        deliver(r, w, &m);
        bulletin_free(s->bulletins, m.bulletin);
    }
}

/* ---- channels ---- */

static void set_channel(struct world *w, int32_t channel, int32_t percent, struct cause cause, struct cause also)
{
    world_emit(w, &(struct event){.kind = percent >= 100 || percent == REPAIRED_PERCENT ? EV_CHANNEL_UP : EV_CHANNEL_DOWN,
                                  .i = {channel, percent},
                                  .cause = cause,
                                  .also = also});
}

static struct cause down_cause(const struct comms *s, int32_t i)
{
    return s->down_event[i] > 0 ? cause_event(s->down_event[i]) : (struct cause){CAUSE_NONE, 0};
}

static int32_t repair_people(const struct response *r)
{
    int32_t people = 0;
    for (int32_t p = 0; p < ATLAS_COUNT(r->atlas, ENT_PLACE); p++)
        people += teams_working(r, p, W(TASK, COMMS));
    return people;
}

/* The battery lasts a while; what went dark with it comes back with the supply. */
static void run_power(struct comms *s, struct world *w, int32_t i)
{
    struct cause by = s->power_event[i] > 0 ? cause_event(s->power_event[i]) : (struct cause){CAUSE_NONE, 0};
    if (s->dark[i] == 2) {
        s->dark[i] = 0;
        if (s->percent[i] == UNPOWERED_PERCENT)
            set_channel(w, i, 100, by, down_cause(s, i));
    } else if (s->power_off_ms[i] >= 0 && w->now_ms - s->power_off_ms[i] >= BATTERY_MS) {
        s->power_off_ms[i] = -1;
        s->dark[i] = 1;
        if (s->percent[i] > UNPOWERED_PERCENT)
            set_channel(w, i, UNPOWERED_PERCENT, by, (struct cause){CAUSE_NONE, 0});
    }
}

static void step(void *self, struct world *w)
{
    struct response *r = self;
    struct comms *s = r->comms;
    bool repaired = repair_people(r) > 0;
    for (int32_t i = 0; i < s->channels; i++) {
        if (s->percent[i] >= 100)
            continue;
        if (s->restore_ms[i] >= 0 && s->restore_ms[i] <= w->now_ms) {
            set_channel(w, i, 100, down_cause(s, i), (struct cause){CAUSE_NONE, 0});
        } else if (repaired && s->percent[i] < REPAIRED_PERCENT) {
            s->repair_ms[i] += w->tick_ms;
            if (s->repair_ms[i] >= REPAIR_MS)
                set_channel(w, i, REPAIRED_PERCENT,
                            s->repair_event > 0 ? cause_event(s->repair_event) : down_cause(s, i), down_cause(s, i));
        }
    }
    for (int32_t i = 0; i < s->channels; i++)
        run_power(s, w, i);
    run_queue(r, w);
}

/* Whoever uses a channel notices that it fails, or that it is back. */
static void notice(const struct response *r, const struct world *w, const struct event *e)
{
    for (int32_t a = 0; a < ATLAS_COUNT(r->atlas, ENT_AGENCY); a++) {
        const struct id_list *list = &r->atlas->agency[a].channels;
        for (int i = 0; i < list->count; i++) {
            if (list->id[i] == e->i[0])
                (void)knowledge_tell(w->knowledge, a, TOPIC_CHANNEL_STATE, e->i[0], e->i[1], w->now_ms,
                                     w->now_ms, e->seq);
        }
    }
}

/* The channels whose masts hang on the line; where the scenario names none, the mobile network's hang on any. */
static void apply_power(const struct response *r, const struct world *w, const struct event *e)
{
    struct comms *s = r->comms;
    for (int32_t i = 0; i < s->channels; i++) {
        const struct channel *c = &r->atlas->channel[i];
        if (c->line >= 0 ? c->line != e->i[0] : c->kind != CHANNEL_MOBILE)
            continue;
        if (e->kind == EV_POWER_BACK) {
            s->dark[i] = s->dark[i] == 1 ? 2 : s->dark[i];
            s->power_off_ms[i] = -1;
        } else if (s->power_off_ms[i] < 0 && s->dark[i] == 0) {
            s->power_off_ms[i] = w->now_ms;
        } else {
            continue; /* off already: the battery does not begin anew */
        }
        s->power_event[i] = e->seq;
    }
}

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct comms *s = ((struct response *)self)->comms;
    switch (e->kind) {
    case EV_CHANNEL_DOWN:
    case EV_CHANNEL_UP:
        s->percent[e->i[0]] = e->i[1];
        s->repair_ms[e->i[0]] = 0;
        if (e->kind == EV_CHANNEL_DOWN)
            s->down_event[e->i[0]] = e->seq;
        else
            s->restore_ms[e->i[0]] = -1;
        count_cut_off(self);
        notice(self, w, e);
        break;
    case EV_POWER_TRIPPED:
    case EV_POWER_CUT:
    case EV_POWER_BACK:
        apply_power(self, w, e);
        break;
    case EV_TASK_STARTED:
        if (e->i[1] == W(TASK, COMMS))
            s->repair_event = e->seq;
        break;
    default:
        break;
    }
}

/* ---- orders of the world ---- */

static enum rc check_channel(void *self, const struct world *w, const struct order *o, struct err *e)
{
    (void)self, (void)w, (void)o, (void)e;
    return RC_OK;
}

static void act_outage(void *self, struct world *w, const struct order *o)
{
    struct comms *s = ((struct response *)self)->comms;
    int32_t channel = (int32_t)o->arg[0];
    struct cause cause = o->seq > 0 ? cause_order(o->seq) : o->cause;
    set_channel(w, channel, 0, cause, (struct cause){CAUSE_NONE, 0});
    s->restore_ms[channel] = order_has(o, 1) ? w->now_ms + o->arg[1] : -1;
}

static void act_restore(void *self, struct world *w, const struct order *o)
{
    struct comms *s = ((struct response *)self)->comms;
    if (s->percent[o->arg[0]] < 100)
        set_channel(w, (int32_t)o->arg[0], 100, o->seq > 0 ? cause_order(o->seq) : o->cause,
                    down_cause(s, (int32_t)o->arg[0]));
}

const struct rule comms_rules[] = {
    {VERB_OUTAGE, check_channel, act_outage},
    {VERB_RESTORE, check_channel, act_restore},
};
const int comms_rule_count = COUNT_OF(comms_rules);

static void walk_message(struct comms *s, struct walk *w, struct message *m)
{
    walk_i32(w, "message_kind", &m->kind, 1);
    walk_i32(w, "message_from", &m->from, 1);
    walk_i32(w, "message_to", &m->to, 1);
    walk_i64(w, "message_ref", &m->ref, 1);
    walk_i64(w, "message_value", m->value, COUNT_OF(m->value));
    bulletin_walk(s->bulletins, w, &m->bulletin);
    walk_i64(w, "message_sent", &m->sent_ms, 1);
    walk_i64(w, "message_hold", &m->hold_ms, 1);
    walk_i64(w, "message_due", &m->due_ms, 1);
    walk_i64(w, "message_seen", &m->seen_ms, 1);
    walk_i32(w, "message_channel", &m->channel, 1);
    walk_i32(w, "message_tries", &m->tries, 1);
    walk_i64(w, "message_event", &m->event, 1);
}

/* Queue by queue; which slot a message lies in is nobody's business. */
static void walk_queues(struct comms *s, struct walk *w)
{
    int32_t next = 0;
    if (w->mode == WALK_LOAD)
        bulletins_clear(s->bulletins);
    for (int32_t i = 0; i <= s->channels && !w->bad; i++) {
        struct queue *q = &s->queue[i];
        walk_count(w, "messages", &q->count, MESSAGE_MAX);
        if (w->mode == WALK_LOAD && (w->bad || q->count > MESSAGE_MAX - next)) {
            w->bad = true;
            q->count = 0;
        }
        for (int32_t k = 0; k < q->count && !w->bad; k++) {
            if (w->mode == WALK_LOAD)
                q->turn[k].slot = next++;
            struct message *m = &s->message[q->turn[k].slot];
            walk_message(s, w, m);
            walk_i64(w, "message_number", &q->turn[k].number, 1);
            q->turn[k].due_ms = m->due_ms;
        }
    }
    if (w->mode != WALK_LOAD)
        return;
    s->count = next;
    for (int32_t i = 0; i < MESSAGE_MAX - next; i++)
        s->spare[i] = MESSAGE_MAX - 1 - i;
}

static void walk_comms(void *self, struct walk *w)
{
    struct comms *s = ((struct response *)self)->comms;
    walk_facts(w, "percent down_event power_event repair_event");
    walk_queues(s, w);
    walk_i64(w, "next_number", &s->next, 1);
    walk_u64(w, "luck", &s->luck.key, 1);
    walk_u64(w, "luck_counter", &s->luck.counter, 1);
    walk_i32(w, "percent", s->percent, s->channels);
    walk_i64(w, "restore_at", s->restore_ms, s->channels);
    walk_i64(w, "repaired", s->repair_ms, s->channels);
    walk_i64(w, "down_event", s->down_event, s->channels);
    walk_i64(w, "power_off", s->power_off_ms, s->channels);
    walk_i64(w, "power_event", s->power_event, s->channels);
    walk_i32(w, "dark", s->dark, s->channels);
    walk_i64(w, "repair_event", &s->repair_event, 1);
    if (w->mode == WALK_LOAD && !w->bad)
        count_cut_off(self);
}

const struct slice_ops comms_ops = {"comms", apply, step, walk_comms};

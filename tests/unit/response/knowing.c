/* Protects "what was not heard is not known": over random drills with outages, every fact that an agency comes to know is one that
 * a message delivered in that minute told it, that it decided itself, that it notices by itself (its channels), that is
 * public (closed roads), or that the board of the open post or a consultation shows. The deliveries are seen by a spy
 * between communications and those who read. */
#include "orders.h"
#include "watched.h"
#include "response/parts.h"

static void spy_command(struct response *r, struct world *w, const struct message *m);
static void spy_coord(struct response *r, struct world *w, const struct message *m);

/* Communications with the spy in the place of the readers; the library's own is not linked. */
#define command_deliver spy_command
#define coord_deliver spy_coord
#include "../../../engine/response/comms.c"
#undef command_deliver
#undef coord_deliver

enum { SUBJECTS = 12, AGENCIES = 8, TOLD_MAX = 400000, TOPICS = 2 << OWN_BITS };

static struct rig g;

/* What may be known from now on; value is any when `whatever`. */
struct told { int32_t agency, topic, subject; int64_t value, seen_ms; bool whatever; };
static struct told told[TOLD_MAX];
static int told_count;
static struct fact before[AGENCIES][TOPICS][SUBJECTS];
static int facts_learnt, cells_learnt, deliveries;

/* Pictures as the deliveries make them; the real ones must equal them, cell by cell. */
enum { CELLS = WATCHED_SIDE * WATCHED_SIDE };
struct painting { uint8_t cls[CELLS]; int32_t seen_s[CELLS]; };
static struct painting painted[AGENCIES];
static struct watched blaze;

static int32_t next_topic(int32_t topic)
{
    topic = word_next(NULL, VK_TOPIC, topic);
    assert_true(topic < TOPICS);
    return topic;
}

static void may_know(int32_t agency, int32_t topic, int32_t subject, int64_t value, int64_t seen_ms)
{
    assert_true(told_count < TOLD_MAX);
    told[told_count++] = (struct told){agency, topic, subject, value, seen_ms, false};
}

static void may_know_any(int32_t agency, int32_t topic)
{
    assert_true(told_count < TOLD_MAX);
    told[told_count++] = (struct told){.agency = agency, .topic = topic, .subject = -1, .whatever = true};
}

static void paint(int32_t agency, int cell, int cls, int32_t seen_s)
{
    struct painting *p = &painted[agency];
    if (seen_s < p->seen_s[cell])
        return;
    p->cls[cell] = (uint8_t)cls;
    p->seen_s[cell] = seen_s;
}

static void paint_sight(int32_t agency, const struct sight *s, int64_t seen_ms)
{
    for (int k = 0; k < CELLS_EACH; k++) {
        int cls = (int)((uint64_t)s->value >> (4 * k) & 15u);
        if (cls != CELL_UNSEEN)
            paint(agency, s->subject + k, cls, (int32_t)(seen_ms / 1000));
    }
}

/* All that one has and the other has not, or has older. */
static void paint_over(int32_t from, int32_t to)
{
    for (int i = 0; i < CELLS; i++)
        if (painted[from].seen_s[i] > painted[to].seen_s[i])
            paint(to, i, painted[from].cls[i], painted[from].seen_s[i]);
}

/* At a consultation all bring what they know to the chair, and take with them what it then knows; before the messages of the
 * same minute come in. */
static int64_t consulted_seq;

static void paint_consulted(const struct event *list, int count)
{
    for (int i = 0; i < count; i++) {
        int32_t chair = list[i].i[0];
        if (list[i].kind != EV_CONSULT_HELD || list[i].seq <= consulted_seq)
            continue;
        consulted_seq = list[i].seq;
        for (int pass = 0; pass < 2; pass++)
            for (int32_t a = 0; a < ATLAS_COUNT(&g.atlas, ENT_AGENCY); a++)
                if (a != chair && g.atlas.agency[a].played && comms_reachable(g.response, a))
                    paint_over(pass == 0 ? a : chair, pass == 0 ? chair : a);
    }
}

static void pictures_equal(void)
{
    static uint8_t cls[CELLS];
    static int32_t minute[CELLS];
    for (int32_t a = 0; a < ATLAS_COUNT(&g.atlas, ENT_AGENCY); a++) {
        knowledge_seen(g.world.knowledge, a, FIRE_OWNER, 0, cls, minute);
        for (int i = 0; i < CELLS; i++) {
            assert_int_equal(minute[i], painted[a].seen_s[i] < 0 ? -1 : painted[a].seen_s[i] / 60);
            assert_int_equal(cls[i], painted[a].cls[i]);
            cells_learnt += minute[i] >= 0;
        }
    }
}

/* The hazard comes and goes in patches. */
static void blaze_on(struct rng *r)
{
    int64_t at = rng_range(r, 0, CELLS - 9);
    blaze.lit = rng_range(r, 0, 9) > 0;
    blaze.size_ha = (double)rng_range(r, 0, 500);
    for (int k = 0; k < 8; k++)
        blaze.cls[at + k] = (uint8_t)rng_range(r, 0, 6);
}

/* What the sender put into the message, as parts.h writes it down: nothing else, and with the time of seeing. */
static void spy_command(struct response *r, struct world *w, const struct message *m)
{
    static struct sight sight[SIGHTS_MAX];
    struct command_view post;
    int count = comms_read(r, m, sight);
    paint_consulted(w->event, w->events);
    response_command(r, &post);
    deliveries++;
    bool report = m->kind == MESSAGE_STATUS || m->kind == MESSAGE_SIGHT || m->kind == MESSAGE_FOUND;
    assert_true(count == 0 || report || m->kind == MESSAGE_REPORT);
    for (int32_t a = 0; a < ATLAS_COUNT(&g.atlas, ENT_AGENCY); a++) {
        if (a != m->to && !(report && post.post_open && comms_reachable(r, a)))
            continue; /* the board of the post is seen by those who can be reached */
        for (int i = 0; i < count; i++) {
            if (sight[i].topic & SIGHT_CELLS)
                paint_sight(a, &sight[i], m->seen_ms);
            else
                may_know(a, sight[i].topic, sight[i].subject, sight[i].value, m->seen_ms);
        }
    }
    if (m->kind == MESSAGE_NOTICE)
        may_know(m->to, (int32_t)m->ref, (int32_t)m->value[0], m->value[1], m->seen_ms);
    command_deliver(r, w, m);
}

static void spy_coord(struct response *r, struct world *w, const struct message *m)
{
    deliveries++;
    for (int32_t topic = next_topic(-1); topic >= 0 && m->kind == MESSAGE_TELL; topic = next_topic(topic)) {
        for (int32_t i = 0; i < knowledge_subjects(w->knowledge, topic); i++) {
            struct fact f = knowledge_get(w->knowledge, m->from, topic, i);
            may_know(m->to, topic, i, f.value, f.seen_ms);
        }
    }
    paint_consulted(w->event, w->events);
    if (m->kind == MESSAGE_TELL)
        paint_over(m->from, m->to);
    if (m->kind == MESSAGE_ANSWER) {
        struct request_view q;
        response_request(r, (int32_t)m->ref - 1, &q);
        int32_t effect = g.atlas.service[q.service].effect;
        if (effect == SERVICE_TEAM)
            may_know_any(q.from, TOPIC_TEAM_STAGE);
        if (effect == SERVICE_CHANNEL)
            may_know_any(q.from, TOPIC_CHANNEL_STATE);
        for (int k = TOPIC_WIND; k <= TOPIC_WIND_AHEAD && effect == SERVICE_BRIEF; k++)
            may_know_any(q.from, k);
        if (effect == SERVICE_POWER_CUT || effect == SERVICE_POWER_BACK) {
            may_know_any(q.from, TOPIC_POWER_CUT);
            may_know_any(q.to, TOPIC_POWER_CUT); /* its own work */
        }
    }
    coord_deliver(r, w, m);
}

/* ---- the rest of the ways to know, out of the events of the minute ---- */

static void from_events(int first)
{
    for (int i = first; i < g.events; i++) {
        const struct event *e = &g.log[i];
        if (e->kind == EV_ROAD_CLOSED || e->kind == EV_ROAD_OPENED)
            may_know(EVERYBODY, TOPIC_ROAD_STATE, e->i[1], e->kind == EV_ROAD_CLOSED, e->t_ms);
        for (int32_t a = 0; a < ATLAS_COUNT(&g.atlas, ENT_AGENCY); a++) {
            const struct id_list *own = &g.atlas.agency[a].channels;
            for (int k = 0; k < own->count && (e->kind == EV_CHANNEL_DOWN || e->kind == EV_CHANNEL_UP); k++) {
                if (own->id[k] == e->i[0])
                    may_know(a, TOPIC_CHANNEL_STATE, e->i[0], e->i[1], e->t_ms);
            }
        }
    }
}

/* Its own decision: the event behind the fact names it. */
static bool decided(int32_t agency, const struct fact *f)
{
    const struct event *by = f->event > 0 && f->event <= g.events ? &g.log[f->event - 1] : NULL;
    for (int k = 0; by && k < EVENT_INTS; k++) {
        if (event_row(by->kind)->field[k].kind == VK_AGENCY && by->i[k] == agency && f->seen_ms == by->t_ms)
            return true;
    }
    return false;
}

/* At a consultation those who can be reached put together what each of them had known. */
static bool pooled(int32_t topic, int32_t subject, const struct fact *f)
{
    for (int32_t a = 0; a < ATLAS_COUNT(&g.atlas, ENT_AGENCY); a++) {
        const struct fact *had = &before[a][topic][subject];
        if (g.atlas.agency[a].played && ((had->value == f->value && had->seen_ms == f->seen_ms) || decided(a, f)))
            return true;
        for (int i = 0; i < told_count; i++) { /* or was told in the same minute */
            if (told[i].topic == topic && (told[i].whatever || (told[i].subject == subject && told[i].value == f->value &&
                                                                told[i].seen_ms == f->seen_ms)))
                return true;
        }
    }
    return false;
}

static bool was_told(int32_t agency, int32_t topic, int32_t subject, const struct fact *f)
{
    for (int i = 0; i < told_count; i++) {
        const struct told *t = &told[i];
        if ((t->agency == agency || t->agency == EVERYBODY) && t->topic == topic &&
            (t->whatever || (t->subject == subject && t->value == f->value && t->seen_ms == f->seen_ms)))
            return true;
    }
    return false;
}

static bool same(const struct fact *a, const struct fact *b)
{
    return a->value == b->value && a->seen_ms == b->seen_ms && a->event == b->event;
}

static void remember(void)
{
    for (int32_t topic = next_topic(-1); topic >= 0; topic = next_topic(topic)) {
        for (int32_t i = 0; i < knowledge_subjects(g.world.knowledge, topic); i++) {
            for (int32_t a = 0; a < ATLAS_COUNT(&g.atlas, ENT_AGENCY); a++)
                before[a][topic][i] = knowledge_get(g.world.knowledge, a, topic, i);
        }
    }
    told_count = 0;
}

/* Each fact that changed since the last look must have come from somewhere. */
static void look(int first_event)
{
    bool consulted = false;
    from_events(first_event);
    paint_consulted(&g.log[first_event], g.events - first_event);
    pictures_equal();
    for (int i = first_event; i < g.events; i++)
        consulted = consulted || g.log[i].kind == EV_CONSULT_HELD;
    for (int32_t a = 0; a < ATLAS_COUNT(&g.atlas, ENT_AGENCY); a++) {
        for (int32_t topic = next_topic(-1); topic >= 0; topic = next_topic(topic)) {
            for (int32_t i = 0; i < knowledge_subjects(g.world.knowledge, topic); i++) {
                struct fact f = knowledge_get(g.world.knowledge, a, topic, i);
                if (same(&f, &before[a][topic][i]))
                    continue;
                if (!was_told(a, topic, i, &f) && !decided(a, &f) && !(consulted && g.atlas.agency[a].played && pooled(topic, i, &f)))
                    fail_msg("minute %d: %.*s knows %s %d = %d, seen at %d, by %s", (int)(g.world.now_ms / 60000),
                             names_name(&g.atlas.names, ENT_AGENCY, a).len, names_name(&g.atlas.names, ENT_AGENCY, a).at, word_name(NULL, VK_TOPIC, topic), (int)i, (int)f.value,
                             (int)(f.seen_ms / 60000), f.event > 0 ? event_row(g.log[f.event - 1].kind)->name : "nothing");
                facts_learnt++;
            }
        }
    }
    remember();
}

static void nobody_knows_what_no_message_told(void **state)
{
    (void)state;
    const char *n = getenv("PROPERTY_RUNS");
    int runs = n ? atoi(n) : 40;
    for (int seed = 1; seed <= runs; seed++) {
        struct rng r = rng_make((uint64_t)seed, 77, 4);
        rig_open(&g, (uint64_t)seed, NULL, NULL);
        watched_begin(&g, &blaze);
        consulted_seq = 0;
        memset(painted, 0, sizeof(painted));
        for (int i = 0; i < AGENCIES * CELLS; i++)
            painted[i / CELLS].seen_s[i % CELLS] = -1;
        assert_true(ATLAS_COUNT(&g.atlas, ENT_AGENCY) <= AGENCIES);
        for (int32_t topic = next_topic(-1); topic >= 0; topic = next_topic(topic))
            assert_true(knowledge_subjects(g.world.knowledge, topic) <= SUBJECTS);
        remember();
        for (int minute = 0; minute < 360; minute++) {
            int first = g.events;
            for (int64_t k = rng_range(&r, 0, 2); k > 0; k--)
                (void)random_order(&g, &r);
            if (rng_range(&r, 0, 25) == 0)
                world_order(&g, &r);
            look(first); /* what was decided between the minutes is there to be pooled in the next */
            first = g.events;
            blaze_on(&r);
            rig_run(&g, 1);
            look(first);
        }
        rig_close(&g);
    }
    assert_true(facts_learnt > 200 * runs && deliveries > 200 * runs && cells_learnt > 1000 * runs); /* it was no silent world */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nobody_knows_what_no_message_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

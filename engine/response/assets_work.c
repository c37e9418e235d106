/* assets_work.c -- how what is wanted of an asset comes about: over its remote control, or by hands on the spot.
 *
 * An order (EV_ASSET_WANTED, by whatever verb) makes a job. A team named, or one that stands there, does it by hand after
 * the asset's time. What has a remote control is set by its holder's desk: the order goes to the desk like any message, the
 * desk's goes over the control's own channel; when that is dead it is lost, and the holder sends somebody by road. A newer
 * order for the same asset takes the place of the older. What comes to nothing is said, with its reason. */
#include "base/num.h"
#include "response/teams.h"

#define AT_HAND_M 200.0 /* who stands this near can work it */

enum job_stage {
    JOB_NONE,
    JOB_NEW,   /* wanted in this step */
    JOB_SAID,  /* the order is on its way to the desk */
    JOB_LINE,  /* on the remote control's channel */
    JOB_DARK,  /* which did not carry it */
    JOB_ROAD,  /* somebody of the holder is on the road to it */
    JOB_SENT,  /* a team is ordered there */
    JOB_TOLD,  /* the order is on its way to a team that stands there */
    JOB_HANDS, /* being worked */
    JOB_LOST,  /* the order itself was lost */
};

struct job {
    int32_t stage, setting, agency, team, verb; /* team -1: the holder's people */
    int64_t order, event;                       /* event: the last in its chain of causes */
    int64_t due_ms;
};

struct assets_work {
    struct job *job; /* by asset */
    int32_t count;
};

enum rc assets_work_make(struct response *r, uint64_t seed, struct arena *perm, struct assets_work **out, struct err *e)
{
    struct assets_work *s = ARENA_NEW(perm, struct assets_work, 1);
    (void)seed;
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->count = ATLAS_COUNT(r->atlas, ENT_ASSET);
    s->job = ARENA_NEW(perm, struct job, s->count + 1);
    if (!s->job)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    *out = s;
    return RC_OK;
}

/* ---- what a seat can know ---- */

static bool may_set(const struct response *r, int32_t agency, int32_t asset)
{
    if (command_may_command(r, agency))
        return true;
    for (int32_t a = r->atlas->asset[asset].holder; a >= 0; a = r->atlas->agency[a].parent) {
        if (a == agency)
            return true;
    }
    return false;
}

static bool near_asset(const struct asset *a, double x, double y)
{
    return num_hypot(a->at[0] - x, a->at[1] - y) <= AT_HAND_M;
}

/* Whether the agency knows of a team of its own that stands there. */
static bool knows_hands(const struct response *r, const struct world *w, int32_t agency, const struct asset *a)
{
    for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM); i++) {
        int64_t place = knowledge_value(w->knowledge, agency, TOPIC_TEAM_PLACE, i, r->atlas->team[i].home);
        const double *at = place >= 0 ? r->atlas->place[place].at : NULL;
        if (at && team_may_order(r, agency, i) && (place == a->place || near_asset(a, at[0], at[1])))
            return true;
    }
    return false;
}

static enum rc check(const struct response *r, const struct world *w, const struct order *o, int32_t asset, int32_t setting,
                     int32_t team, struct err *e)
{
    const struct asset *a = &r->atlas->asset[asset];
    const struct names *n = &r->atlas->names;
    struct arg name = names_arg(n, ENT_ASSET, asset);
    struct title said = word_title(n, VK_SETTING, setting);
    struct arg what = arg_zh_en(said.zh.at, said.en.at); /* words are literals */
    if (!may_set(r, o->agency, asset))
        return ERR(e, RC_NO, MSG_RESPONSE_ASSET_AUTHORITY, names_arg(n, ENT_AGENCY, o->agency), name,
                   names_arg(n, ENT_AGENCY, a->holder));
    if (!asset_takes(r->atlas, asset, setting)) {
        char zh[200], en[200];
        struct buf zh_b = BUF_ON(zh), en_b = BUF_ON(en);
        asset_say_settings(r->atlas, asset, LANG_ZH, &zh_b);
        asset_say_settings(r->atlas, asset, LANG_EN, &en_b);
        return ERR(e, RC_NO, MSG_RESPONSE_ASSET_SETTING, name, what, arg_zh_en(zh, en));
    }
    if (knowledge_value(w->knowledge, o->agency, TOPIC_ASSET_BROKEN, asset, 0))
        return ERR(e, RC_NO, MSG_RESPONSE_ASSET_BROKEN, name);
    if (r->assets->job[asset].stage == JOB_NONE &&
        knowledge_value(w->knowledge, o->agency, TOPIC_ASSET, asset, a->setting) == setting)
        return ERR(e, RC_NO, MSG_RESPONSE_ASSET_ALREADY, name, what);
    if (team >= 0)
        return team_check(r, w, o, team, e);
    if (a->remote < 0 && !knows_hands(r, w, o->agency, a))
        return ERR(e, RC_NO, MSG_RESPONSE_ASSET_BY, name);
    return RC_OK;
}

static void want(struct world *w, const struct order *o, int32_t asset, int32_t setting, int32_t team)
{
    (void)world_emit(w, &(struct event){.kind = EV_ASSET_WANTED,
                                        .i = {asset, setting, (int32_t)o->seq, o->agency, team, o->verb},
                                        .cause = cause_of_order(o)});
}

enum { ARG_ASSET, ARG_TO, ARG_BY };

static enum rc check_set(void *self, const struct world *w, const struct order *o, struct err *e)
{
    return check(self, w, o, (int32_t)o->arg[ARG_ASSET], (int32_t)o->arg[ARG_TO],
                 order_has(o, ARG_BY) ? (int32_t)o->arg[ARG_BY] : -1, e);
}

static void act_set(void *self, struct world *w, const struct order *o)
{
    (void)self;
    want(w, o, (int32_t)o->arg[ARG_ASSET], (int32_t)o->arg[ARG_TO], order_has(o, ARG_BY) ? (int32_t)o->arg[ARG_BY] : -1);
}

/* What open and close mean for it: the word, else all or nothing. */
static int32_t bar_setting(const struct atlas *atlas, int32_t asset, int32_t verb)
{
    int32_t word = verb == VERB_OPEN ? W(SETTING, OPEN) : W(SETTING, CLOSED);
    if (asset_takes(atlas, asset, word) || !asset_takes(atlas, asset, SETTING_PERCENT))
        return word;
    return SETTING_PERCENT + (verb == VERB_OPEN ? 100 : 0);
}

enum rc asset_check_bar(const struct response *r, const struct world *w, const struct order *o, struct err *e)
{
    int32_t asset = order_asset(o);
    return check(r, w, o, asset, bar_setting(r->atlas, asset, o->verb), -1, e);
}

void asset_act_bar(struct world *w, const struct order *o)
{
    int32_t asset = order_asset(o);
    want(w, o, asset, bar_setting(w->atlas, asset, o->verb), -1);
}

const struct rule assets_work_rules[] = {{VERB_SET, check_set, act_set}};
const int assets_work_rule_count = COUNT_OF(assets_work_rules);

/* ---- the end of a job ---- */

static struct cause behind(const struct job *j)
{
    return j->order > 0 ? cause_order(j->order) : (struct cause){CAUSE_NONE, 0};
}

static void fail(struct response *r, struct world *w, int32_t asset, int32_t reason)
{
    struct job *j = &r->assets->job[asset];
    (void)world_emit(w, &(struct event){.kind = EV_ORDER_FAILED,
                                        .i = {j->agency, j->verb, reason, (int32_t)j->order, j->team},
                                        .cause = cause_event(j->event),
                                        .also = behind(j)});
    j->stage = JOB_NONE;
}

/* Whoever stands before it, or has it on his panel, tells his own agency and the one that gave the order. */
static void report(struct response *r, struct world *w, int32_t asset, int64_t event)
{
    const struct job *j = &r->assets->job[asset];
    const struct asset_state *s = &w->assets->at[asset];
    int32_t own = j->team >= 0 ? r->atlas->team[j->team].agency : r->atlas->asset[asset].holder;
    const int32_t to[2] = {own, j->agency};
    for (int k = 0; k < 2; k++) {
        if (to[k] < 0 || (k == 1 && to[k] == own))
            continue;
        if (j->team >= 0) {
            const struct sight found[] = {{TOPIC_ASSET, asset, s->is}, {TOPIC_ASSET_BROKEN, asset, s->broken}};
            (void)comms_send_sights(r, w, &(struct message){.kind = MESSAGE_FOUND, .from = j->team, .to = to[k],
                                                            .seen_ms = w->now_ms, .channel = -1, .event = event},
                                    found, COUNT_OF(found));
        } else if (k == 0) {
            (void)knowledge_tell(w->knowledge, own, TOPIC_ASSET, asset, s->is, w->now_ms, w->now_ms, event);
            (void)knowledge_tell(w->knowledge, own, TOPIC_ASSET_BROKEN, asset, s->broken, w->now_ms, w->now_ms, event);
        } else {
            command_inform(r, w, own, to[k], TOPIC_ASSET, asset, s->is, 0, event);
            if (s->broken)
                command_inform(r, w, own, to[k], TOPIC_ASSET_BROKEN, asset, 1, 0, event);
        }
    }
}

/* Sets it, or finds that it does not move. */
static void carry_out(struct response *r, struct world *w, int32_t asset)
{
    struct job *j = &r->assets->job[asset];
    int64_t event = w->assets->at[asset].event;
    if (w->assets->at[asset].broken) {
        report(r, w, asset, event);
        fail(r, w, asset, W(REASON, BROKEN));
        return;
    }
    event = world_emit(w, &(struct event){.kind = EV_ASSET_SET,
                                          .i = {asset, j->setting, j->team, (int32_t)j->order},
                                          .cause = cause_event(j->event),
                                          .also = behind(j)});
    report(r, w, asset, event);
    j->stage = JOB_NONE;
}

/* ---- by hand ---- */

static bool stands_there(const struct response *r, int32_t team, int32_t asset)
{
    const struct teams *t = r->teams;
    int32_t stage = t->stage[team];
    bool up = stage == W(STAGE, HOME) || stage == W(STAGE, READY) || stage == W(STAGE, WORKING) || stage == W(STAGE, RESTING);
    return up && t->leg[team] == LEG_NONE && t->people[team] > 0 &&
           near_asset(&r->atlas->asset[asset], t->x[team], t->y[team]);
}

/* The first declared of those that stand there and that the agency may order; -1. */
static int32_t team_there(const struct response *r, int32_t agency, int32_t asset)
{
    for (int32_t i = 0; i < r->teams->count; i++) {
        if (stands_there(r, i, asset) && agency >= 0 && team_may_order(r, agency, i))
            return i;
    }
    return -1;
}

static void begin_hands(struct response *r, struct world *w, int32_t asset)
{
    struct job *j = &r->assets->job[asset];
    j->stage = JOB_HANDS;
    j->due_ms = w->now_ms + r->atlas->asset[asset].hands_ms;
}

static void send_team(struct response *r, struct world *w, int32_t asset)
{
    struct job *j = &r->assets->job[asset];
    const struct asset *a = &r->atlas->asset[asset];
    if (!stands_there(r, j->team, asset)) {
        j->stage = JOB_SENT;
        team_send(r, w, j->agency, j->order, j->team, a->place, a->at);
        return;
    }
    j->stage = JOB_TOLD;
    (void)comms_send(r, w, &(struct message){.kind = MESSAGE_HANDS, .from = j->agency, .to = j->team, .ref = j->order,
                                             .value = {asset, 0, 0}, .seen_ms = w->now_ms, .channel = -1, .event = j->event});
}

/* A team on its way: there, called elsewhere, or turned back. */
static void watch_team(struct response *r, struct world *w, int32_t asset)
{
    const struct teams *t = r->teams;
    const struct job *j = &r->assets->job[asset];
    int32_t i = j->team;
    bool ours = t->pending[i] == j->order || (t->pending[i] == 0 && t->order[i] == j->order);
    if (t->stage[i] == W(STAGE, LOST) || (ours && (t->flags[i] & FLAG_WITHDRAW)))
        fail(r, w, asset, W(REASON, HAZARD));
    else if (!ours)
        fail(r, w, asset, W(REASON, BUSY));
    else if (t->order[i] == j->order && t->eta_ms[i] < 0 && stands_there(r, i, asset))
        begin_hands(r, w, asset);
}

/* ---- by remote control, and when that is dead ---- */

static void send_line(struct response *r, struct world *w, int32_t asset)
{
    struct job *j = &r->assets->job[asset];
    const struct asset *a = &r->atlas->asset[asset];
    j->stage = JOB_LINE;
    (void)comms_send(r, w, &(struct message){.kind = MESSAGE_REMOTE, .from = a->holder, .to = a->holder, .ref = j->order,
                                             .value = {asset, 0, 0}, .seen_ms = w->now_ms, .channel = a->remote,
                                             .event = j->event});
}

static bool way_there(const struct response *r, const struct world *w, int32_t asset, int32_t who, int64_t *travel_ms)
{
    const struct asset *a = &r->atlas->asset[asset];
    int32_t office = r->atlas->agency[a->holder].place;
    int32_t to = a->place >= 0 ? r->atlas->place[a->place].node : routes_nearest_node(r, a->at[0], a->at[1]);
    struct route way;
    *travel_ms = 0;
    if (office < 0 || r->atlas->place[office].node == to)
        return true; /* they sit beside it */
    if (!routes_find(r, w, who, r->atlas->place[office].node, to, true, &way))
        return false;
    *travel_ms = way.travel_ms;
    return true;
}

static void send_keeper(struct response *r, struct world *w, int32_t asset)
{
    struct job *j = &r->assets->job[asset];
    int32_t holder = r->atlas->asset[asset].holder;
    int64_t travel_ms;
    if (!way_there(r, w, asset, holder, &travel_ms)) {
        fail(r, w, asset, W(REASON, ROAD));
        return;
    }
    j->stage = JOB_ROAD;
    j->due_ms = w->now_ms + travel_ms;
    j->event = world_emit(w, &(struct event){.kind = EV_KEEPER_SENT,
                                             .i = {asset, holder, (int32_t)travel_ms},
                                             .cause = cause_event(j->event),
                                             .also = behind(j)});
}

/* ---- steps ---- */

static void begin(struct response *r, struct world *w, int32_t asset)
{
    struct job *j = &r->assets->job[asset];
    const struct asset *a = &r->atlas->asset[asset];
    const struct agency *holder = &r->atlas->agency[a->holder];
    if (j->team < 0 && a->remote < 0)
        j->team = team_there(r, j->agency, asset);
    if (j->team >= 0) {
        send_team(r, w, asset);
    } else if (a->remote < 0) {
        fail(r, w, asset, W(REASON, UNMANNED));
    } else if (j->agency < 0 || j->agency == a->holder) {
        send_line(r, w, asset);
    } else {
        j->stage = JOB_SAID;
        (void)comms_send(r, w, &(struct message){.kind = MESSAGE_WISH, .from = j->agency, .to = a->holder, .ref = j->order,
                                                 .value = {asset, 0, 0}, .seen_ms = w->now_ms,
                                                 .hold_ms = holder->played ? 0 : holder->read_ms + holder->act_ms,
                                                 .channel = -1, .event = j->event});
    }
}

void assets_deliver(struct response *r, struct world *w, const struct message *m)
{
    int32_t asset = (int32_t)m->value[0];
    struct job *j = &r->assets->job[asset];
    static const int32_t waits[][2] = {{MESSAGE_WISH, JOB_SAID}, {MESSAGE_REMOTE, JOB_LINE}, {MESSAGE_HANDS, JOB_TOLD}};
    bool fits = false;
    for (int k = 0; k < COUNT_OF(waits); k++)
        fits = fits || (m->kind == waits[k][0] && j->stage == waits[k][1]);
    if (!fits || j->order != m->ref)
        return; /* overtaken by a newer order */
    if (m->kind == MESSAGE_WISH)
        send_line(r, w, asset);
    else if (m->kind == MESSAGE_REMOTE)
        carry_out(r, w, asset);
    else if (stands_there(r, j->team, asset))
        begin_hands(r, w, asset);
    else
        fail(r, w, asset, W(REASON, UNMANNED));
}

static void one_job(struct response *r, struct world *w, int32_t asset)
{
    struct job *j = &r->assets->job[asset];
    int64_t travel_ms;
    switch (j->stage) {
    case JOB_NEW:
        begin(r, w, asset);
        break;
    case JOB_DARK:
        send_keeper(r, w, asset);
        break;
    case JOB_LOST:
        fail(r, w, asset, W(REASON, CHANNEL));
        break;
    case JOB_SENT:
        watch_team(r, w, asset);
        break;
    case JOB_ROAD:
        if (j->due_ms > w->now_ms)
            break;
        if (way_there(r, w, asset, EVERYBODY, &travel_ms))
            begin_hands(r, w, asset);
        else
            fail(r, w, asset, W(REASON, ROAD)); /* stopped where it was cut meanwhile */
        break;
    case JOB_HANDS:
        if (j->team >= 0 && !stands_there(r, j->team, asset))
            fail(r, w, asset, r->teams->flags[j->team] & FLAG_WITHDRAW ? W(REASON, HAZARD) : W(REASON, BUSY));
        else if (j->due_ms <= w->now_ms)
            carry_out(r, w, asset);
        break;
    default:
        break;
    }
}

static void step(void *self, struct world *w)
{
    struct response *r = self;
    for (int32_t i = 0; i < r->assets->count; i++) {
        if (r->assets->job[i].stage != JOB_NONE)
            one_job(r, w, i);
    }
}

/* A message that was lost, or a leader who refused: of the job that waits for it. */
static void apply_lost(struct assets_work *s, const struct event *e, int64_t order)
{
    for (int32_t i = 0; i < s->count; i++) {
        struct job *j = &s->job[i];
        if (j->stage == JOB_NONE || order <= 0 || j->order != order)
            continue;
        j->event = e->seq;
        if (e->kind == EV_TEAM_REFUSED)
            j->stage = JOB_NONE; /* said by the leader */
        else
            j->stage = j->stage == JOB_LINE ? JOB_DARK : JOB_LOST;
    }
}

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct assets_work *s = ((struct response *)self)->assets;
    (void)w;
    ASSERT(e->kind != EV_ASSET_WANTED || e->i[2] > 0); /* what moves by itself is set, not wanted */
    if (e->kind == EV_ASSET_WANTED)
        s->job[e->i[0]] = (struct job){.stage = JOB_NEW, .setting = e->i[1], .order = e->i[2], .agency = e->i[3],
                                       .team = e->i[4], .verb = e->i[5], .event = e->seq};
    else if (e->kind == EV_MESSAGE_LOST)
        apply_lost(s, e, e->i[3]);
    else if (e->kind == EV_TEAM_REFUSED)
        apply_lost(s, e, e->i[2]);
}

static void walk_jobs(void *self, struct walk *w)
{
    struct assets_work *s = ((struct response *)self)->assets;
    for (int32_t i = 0; i < s->count; i++) {
        struct job *j = &s->job[i];
        walk_i32(w, "stage", &j->stage, 1);
        walk_i32(w, "setting", &j->setting, 1);
        walk_i32(w, "agency", &j->agency, 1);
        walk_i32(w, "team", &j->team, 1);
        walk_i32(w, "verb", &j->verb, 1);
        walk_i64(w, "order", &j->order, 1);
        walk_i64(w, "event", &j->event, 1);
        walk_i64(w, "due", &j->due_ms, 1);
    }
}

const struct slice_ops assets_work_ops = {"assets_work", apply, step, walk_jobs};

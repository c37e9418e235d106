/* teams_orders.c -- orders to teams: what is checked, what a leader thinks of them, how they are sent and taken. */
#include "core/world/hazard.h"
#include "response/teams.h"

#define FLY_WIND_MS 10.8            /* Beaufort 6: bucket work stops (assumed from the 5-6 limits in use) */

/* ---- what a leader thinks of an order ---- */

/* Limits of the task, then what the hazards' own rules say against it. */
static int32_t rules_say(const struct response *r, const struct world *w, int32_t i)
{
    const struct teams *t = r->teams;
    const struct task_order o = {.team = i, .task = t->task[i], .tactic = t->tactic[i], .place = t->dest[i],
                                 .line = t->line[i], .via = t->via_order[i], .drop = t->drop[i], .x = t->dest_x[i], .y = t->dest_y[i], .with = t->with[i]};
    int32_t reason = team_limit(r, w, t->task[i]);
    for (int k = 0; k < OWNERS_MAX && reason == W(REASON, NONE); k++) {
        const struct hazard_used *h = &w->hazard[k];
        if (h->ops != NULL && h->ops->refuse != NULL && !h->ops->refuse(h->self, w, &o, &reason))
            reason = W(REASON, NONE);
    }
    return reason;
}

/* The reason why the leader refuses; NONE when he goes. */
static int32_t leader_says(const struct response *r, const struct world *w, int32_t i)
{
    const struct teams *t = r->teams;
    if (t->people[i] <= 0)
        return W(REASON, BUSY);
    if (team_flies(r, i))
        return atlas_is_night(r->atlas, w->now_ms)        ? W(REASON, NIGHT)
               : w->weather->now.wind_ms > FLY_WIND_MS ? W(REASON, WIND)
                                                       : team_limit(r, w, t->task[i]);
    if (t->tired[i] && t->task[i] != W(TASK, REST))
        return W(REASON, TIRED);
    if (!team_knows_ground(r, i))
        return W(REASON, NONE); /* strangers do not know what they should refuse */
    return rules_say(r, w, i);
}

/* ---- orders ---- */

/* In one number: place, task, line, tactic, flags, by way of which place, and where people are brought to. */
enum { PACK_PLACE = 10, PACK_TASK = 11, PACK_LINE = 8, PACK_FLAGS = 3 };

static int64_t pack(int64_t into, int bits, int64_t v)
{
    ASSERT(v >= 0 && v < (int64_t)1 << bits);
    return into << bits | v;
}

static int32_t unpack(int64_t *from, int bits)
{
    const int32_t v = (int32_t)(*from & (((int64_t)1 << bits) - 1));
    *from >>= bits;
    return v;
}

void teams_deliver(struct response *r, struct world *w, const struct message *m)
{
    struct teams *t = r->teams;
    int32_t i = m->to;
    if (m->ref != t->pending[i])
        return; /* overtaken by a newer order */
    t->pending[i] = 0;
    t->order[i] = m->ref;
    t->order_event[i] = m->event;
    t->boss[i] = m->from;
    int64_t packed = m->value[0];
    t->dest[i] = unpack(&packed, PACK_PLACE) - 1;
    t->task[i] = unpack(&packed, PACK_TASK);
    t->line[i] = unpack(&packed, PACK_LINE) - 1;
    t->tactic[i] = unpack(&packed, PACK_TASK);
    t->flags[i] = unpack(&packed, PACK_FLAGS);
    t->via_order[i] = unpack(&packed, PACK_PLACE) - 1;
    t->drop[i] = unpack(&packed, PACK_PLACE) - 1;
    t->with[i] = m->value[1];
    if (t->aboard[i] == 0)
        t->fetch[i] = -1;
    point_unpack(m->value[2], &t->dest_x[i], &t->dest_y[i]);
    t->stopped[i] = W(REASON, NONE);
    int64_t told = world_emit(w, &(struct event){.kind = EV_TEAM_TOLD, .i = {i, (int32_t)m->ref}, .cause = cause_event(m->event)});
    if (t->flags[i] & FLAG_WITHDRAW) {
        team_withdraw(r, w, i, t->dest[i], W(REASON, ORDERED), cause_event(told));
        return;
    }
    int32_t reason = leader_says(r, w, i);
    if (reason != W(REASON, NONE)) {
        t->start_event[i] = world_emit(w, &(struct event){.kind = EV_TEAM_REFUSED,
                                                          .i = {i, reason, (int32_t)m->ref},
                                                          .cause = cause_event(told),
                                                          .also = cause_order(m->ref)});
        team_say(r, w, i, t->start_event[i]);
        return;
    }
    bool home = t->stage[i] == W(STAGE, HOME) || t->stage[i] == W(STAGE, MUSTER);
    const struct team *team = &r->atlas->team[i];
    int64_t muster = atlas_is_night(r->atlas, w->now_ms) ? team->muster_night_ms : team->muster_ms;
    team_off_road(r, i);
    t->until_ms[i] = w->now_ms + (home ? muster : PACK_MS);
    t->start_event[i] = told;
    t->stage[i] = home ? W(STAGE, MUSTER) : W(STAGE, READY);
    t->eta_ms[i] = t->until_ms[i];
    team_say(r, w, i, told);
}

static void send_order(struct response *r, struct world *w, const struct order *o, const struct task_order *told,
                       int32_t flags)
{
    struct teams *t = r->teams;
    const int32_t team = told->team;
    if (t->pending[team] > 0)
        (void)world_emit(w, &(struct event){.kind = EV_ORDER_CONFLICT,
                                            .i = {team, (int32_t)o->seq, (int32_t)t->pending[team]},
                                            .cause = cause_order(o->seq),
                                            .also = cause_order(t->pending[team])});
    int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_ORDERED,
                                                  .i = {team, told->place, told->task, told->line, (int32_t)o->seq, o->agency},
                                                  .cause = cause_order(o->seq)});
    int64_t packed = pack(0, PACK_PLACE, told->drop + 1);
    packed = pack(packed, PACK_PLACE, told->via + 1);
    packed = pack(packed, PACK_FLAGS, flags);
    packed = pack(packed, PACK_TASK, told->tactic);
    packed = pack(packed, PACK_LINE, told->line + 1);
    packed = pack(packed, PACK_TASK, told->task);
    packed = pack(packed, PACK_PLACE, told->place + 1);
    (void)comms_send(r, w, &(struct message){.kind = MESSAGE_ORDER,
                                             .from = o->agency,
                                             .to = team,
                                             .ref = o->seq,
                                             .value = {packed, told->with, point_pack(told->x, told->y)},
                                             .seen_ms = w->now_ms,
                                             .channel = -1,
                                             .event = event});
}

void team_send(struct response *r, struct world *w, int32_t agency, int64_t order, int32_t team, int32_t place, const double at[2])
{
    const struct order o = {.seq = order, .agency = agency};
    const struct task_order told = {.team = team, .task = W(TASK, STANDBY), .place = place, .line = -1, .via = -1, .drop = -1, .x = at[0], .y = at[1]};
    send_order(r, w, &o, &told, place < 0 ? FLAG_AT : 0);
}

enum { ARG_TEAM, ARG_TO, ARG_TASK, ARG_LINE, ARG_AT, ARG_WITH, ARG_TACTIC, ARG_VIA, ARG_DROP };

/* Its own agency, those above it, and whoever commands. */
bool team_may_order(const struct response *r, int32_t agency, int32_t team)
{
    const struct atlas *a = r->atlas;
    if (a->agency[agency].commands || agency == command_agency(r))
        return true;
    for (int32_t owner = a->team[team].agency; owner >= 0; owner = a->agency[owner].parent) {
        if (owner == agency)
            return true;
    }
    return false;
}

enum rc team_check(const struct response *r, const struct world *w, const struct order *o, int32_t team, struct err *e)
{
    struct arg name = names_arg(&r->atlas->names, ENT_TEAM, team);
    const struct team *row = &r->atlas->team[team];
    int64_t rest = row->service >= 0 || row->unasked ? W(STAGE, AWAY) : W(STAGE, HOME);
    int64_t stage = knowledge_value(w->knowledge, o->agency, TOPIC_TEAM_STAGE, team, rest);
    if (!team_may_order(r, o->agency, team))
        return ERR(e, RC_NO, MSG_RESPONSE_NOT_YOURS, names_arg(&r->atlas->names, ENT_AGENCY, o->agency), name,
                   names_arg(&r->atlas->names, ENT_AGENCY, row->agency));
    if (stage == W(STAGE, AWAY) && row->service >= 0)
        return ERR(e, RC_NO, MSG_RESPONSE_AWAY, name, names_arg(&r->atlas->names, ENT_SERVICE, row->service));
    if (stage == W(STAGE, AWAY))
        return ERR(e, RC_NO, MSG_RESPONSE_NOT_COME, name);
    if (stage == W(STAGE, LOST))
        return ERR(e, RC_NO, MSG_RESPONSE_LOST, name);
    return RC_OK;
}

static enum rc check_dispatch(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    int32_t team = (int32_t)o->arg[ARG_TEAM], task = order_has(o, ARG_TASK) ? (int32_t)o->arg[ARG_TASK] : W(TASK, STANDBY);
    const struct team *row = &r->atlas->team[team];
    struct arg name = names_arg(&r->atlas->names, ENT_TEAM, team);
    struct arg doing = word_arg(VK_TASK, task);
    enum rc rc = team_check(r, w, o, team, e);
    if (rc != RC_OK)
        return rc;
    if (task != W(TASK, STANDBY) && task != W(TASK, REST) && !task_set_has(row->tasks, task))
        return ERR(e, RC_NO, MSG_RESPONSE_CANNOT, name, doing);
    const struct task_row *kind = task_row(&r->atlas->names, task);
    bool lined = kind->targets == ON_LINE;
    if (lined && (!order_has(o, ARG_LINE) || r->atlas->line[o->arg[ARG_LINE]].kind == LINE_POWER))
        return ERR(e, RC_NO, MSG_RESPONSE_WHICH_LINE, doing);
    if (!lined && !order_has(o, ARG_TO) && (kind->shape == TASK_TRIP || !order_has(o, ARG_AT)))
        return ERR(e, RC_NO, MSG_RESPONSE_WHERE, name);
    struct command_view c;
    response_command(r, &c);
    if ((kind->flags & TASK_APPROVED) != 0 && !c.plan_approved)
        return ERR(e, RC_NO, MSG_RESPONSE_NEEDS_APPROVAL, doing);
    if ((kind->flags & TASK_ON_DONE) != 0 &&
        knowledge_value(w->knowledge, o->agency, TOPIC_LINE_DONE, (int32_t)o->arg[ARG_LINE], 0) < 100)
        return ERR(e, RC_NO, MSG_RESPONSE_NOT_DONE, names_arg(&r->atlas->names, ENT_LINE, (int)o->arg[ARG_LINE]), doing);
    bool moving = knowledge_value(w->knowledge, o->agency, TOPIC_TEAM_STAGE, team, 0) == W(STAGE, MOVING);
    if (moving && r->teams->order[team] > 0 && r->teams->boss[team] == o->agency && order_has(o, ARG_TO) &&
        r->teams->dest[team] == o->arg[ARG_TO] && r->teams->task[team] == task)
        return ERR(e, RC_NO, MSG_RESPONSE_ON_THE_WAY, name);
    return RC_OK;
}

static void act_dispatch(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int32_t team = (int32_t)o->arg[ARG_TEAM], flags = 0;
    struct task_order told = {.team = team, .task = order_has(o, ARG_TASK) ? (int32_t)o->arg[ARG_TASK] : W(TASK, STANDBY),
                              .tactic = order_has(o, ARG_TACTIC) ? (int32_t)o->arg[ARG_TACTIC] : W(TACTIC, NONE),
                              .place = order_has(o, ARG_TO) ? (int32_t)o->arg[ARG_TO] : -1,
                              .line = order_has(o, ARG_LINE) ? (int32_t)o->arg[ARG_LINE] : -1,
                              .via = order_has(o, ARG_VIA) ? (int32_t)o->arg[ARG_VIA] : -1,
                              .drop = order_has(o, ARG_DROP) ? (int32_t)o->arg[ARG_DROP] : -1, 
                              .with = order_has(o, ARG_WITH) ? o->arg[ARG_WITH] : 0};
    const struct task_row *kind = task_row(&r->atlas->names, told.task);
    const double *at = r->atlas->place[told.place >= 0 ? told.place : r->atlas->team[team].home].at;
    told.x = at[0];
    told.y = at[1];
    if (told.line >= 0 && kind->shape == TASK_STRETCH) {
        line_point(&r->atlas->line[told.line], *team_stretch(r->teams, told.task, told.line), &told.x, &told.y);
        told.place = -1;
    } else if (order_has(o, ARG_AT)) {
        point_unpack(o->arg[ARG_AT], &told.x, &told.y);
        flags |= FLAG_AT;
    }
    if (kind->shape == TASK_TRIP && told.drop < 0)
        told.drop = people_shelter(r, w, o->agency, told.place);
    if (kind->shape == TASK_TRIP && told.drop < 0)
        told.drop = r->atlas->team[team].home;
    send_order(r, w, o, &told, flags);
}

static enum rc check_withdraw(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    int32_t team = (int32_t)o->arg[0];
    enum rc rc = team_check(r, w, o, team, e);
    if (rc == RC_OK && knowledge_value(w->knowledge, o->agency, TOPIC_TEAM_STAGE, team, W(STAGE, HOME)) == W(STAGE, HOME) &&
        r->teams->pending[team] == 0)
        return ERR(e, RC_NO, MSG_RESPONSE_AT_HOME, names_arg(&r->atlas->names, ENT_TEAM, team));
    return rc;
}

static void act_withdraw(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int32_t team = (int32_t)o->arg[0], place = order_has(o, 1) ? (int32_t)o->arg[1] : r->atlas->team[team].home;
    const double *at = r->atlas->place[place].at;
    const struct task_order told = {.team = team, .task = W(TASK, STANDBY), .place = place, .line = -1, .via = -1, .drop = -1, .x = at[0], .y = at[1],
                                    .with = r->teams->with[team] & (SAFETY_BIT(GUIDE) | SAFETY_BIT(RADIO))};
    send_order(r, w, o, &told, FLAG_WITHDRAW);
}

static enum rc check_relieve(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    int32_t team = (int32_t)o->arg[0], by = (int32_t)o->arg[1];
    enum rc rc = team_check(r, w, o, team, e);
    if (rc == RC_OK)
        rc = team_check(r, w, o, by, e);
    if (rc != RC_OK)
        return rc;
    int32_t task = (int32_t)knowledge_value(w->knowledge, o->agency, TOPIC_TEAM_TASK, team, 0);
    if (team == by || task == 0)
        return ERR(e, RC_NO, MSG_RESPONSE_NOTHING_TO_RELIEVE, names_arg(&r->atlas->names, ENT_TEAM, team));
    if (!task_set_has(r->atlas->team[by].tasks, task))
        return ERR(e, RC_NO, MSG_RESPONSE_CANNOT, names_arg(&r->atlas->names, ENT_TEAM, by),
                   word_arg(VK_TASK, task));
    return RC_OK;
}

static void act_relieve(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    struct teams *t = r->teams;
    int32_t team = (int32_t)o->arg[0], by = (int32_t)o->arg[1];
    t->relieves[by] = team;
    const struct task_order told = {.team = by, .task = t->task[team], .tactic = t->tactic[team], .place = t->dest[team],
                                    .line = t->line[team], .x = t->x[team], .y = t->y[team], .via = t->via_order[team], .drop = t->drop[team], .with = t->with[team]};
    send_order(r, w, o, &told, t->flags[team] & ~FLAG_WITHDRAW);
}

static enum rc check_come(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    (void)w;
    if (!r->atlas->team[o->arg[0]].unasked || r->teams->available[o->arg[0]])
        return ERR(e, RC_NO, MSG_RESPONSE_CAME_ALREADY, names_arg(&r->atlas->names, ENT_TEAM, (int)o->arg[0]));
    return RC_OK;
}

static void act_come(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int32_t team = (int32_t)o->arg[0];
    int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_CAME,
                                                  .i = {team, (int32_t)o->arg[1]},
                                                  .cause = o->seq > 0 ? cause_order(o->seq) : o->cause});
    team_say(r, w, team, event);
}

const struct rule teams_rules[] = {
    {VERB_DISPATCH, check_dispatch, act_dispatch}, {VERB_WITHDRAW, check_withdraw, act_withdraw},
    {VERB_RELIEVE, check_relieve, act_relieve},    {VERB_COME, check_come, act_come},
    {VERB_REGISTER, volunteers_check, volunteers_register},
    {VERB_TURN_AWAY, volunteers_check, volunteers_turn_away},
};
const int teams_rule_count = COUNT_OF(teams_rules);

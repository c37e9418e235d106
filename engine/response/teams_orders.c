/* teams_orders.c -- orders to teams: what is checked, what a leader thinks of them, how they are sent and taken. */
#include "base/num.h"
#include "response/teams.h"

#define FLY_WIND_MS 10.8            /* Beaufort 6: bucket work stops (assumed from the 5-6 limits in use) */
#define POWER_M 100.0               /* no water and no tools this near to a live line */

/* ---- what a leader thinks of an order ---- */

static bool live_line_near(const struct response *r, double x, double y)
{
    for (int32_t k = 0; k < r->teams->lines; k++) {
        const struct control_line *line = &r->atlas->line[k];
        if (line->kind != LINE_POWER || coord_power_cut(r, k))
            continue;
        for (double at = 0.0; at <= line->length_m; at += 50.0) {
            double lx, ly;
            line_point(line, at, &lx, &ly);
            if (num_hypot(lx - x, ly - y) < POWER_M)
                return true;
        }
    }
    return false;
}

/* The reason why the leader refuses; NONE when he goes. The rules: 三先四不打 as far as a model can see them. */
static int32_t leader_says(const struct response *r, const struct world *w, int32_t i)
{
    const struct teams *t = r->teams;
    bool night = atlas_is_night(r->atlas, w->now_ms);
    bool fights = t->task[i] == W(TASK, ATTACK) || t->task[i] == W(TASK, BURNOUT);
    if (t->people[i] <= 0)
        return W(REASON, BUSY);
    if (team_flies(r, i))
        return night ? W(REASON, NIGHT) : w->weather->now.wind_ms > FLY_WIND_MS ? W(REASON, WIND) : W(REASON, NONE);
    if (t->tired[i] && t->task[i] != W(TASK, REST))
        return W(REASON, TIRED);
    if (!team_knows_ground(r, i))
        return W(REASON, NONE); /* strangers do not know what they should refuse */
    if (fights && night && !(t->flags[i] & FLAG_LOOKOUT))
        return W(REASON, NIGHT);
    if (t->task[i] == W(TASK, ATTACK) && t->tactic[i] == W(TACTIC, HEAD))
        return W(REASON, SAFETY);
    if ((fights || t->task[i] == W(TASK, LINE)) && live_line_near(r, t->dest_x[i], t->dest_y[i]))
        return W(REASON, POWERED);
    return W(REASON, NONE);
}

/* ---- orders ---- */

static int64_t order_pack(int32_t place, int32_t task, int32_t line, int32_t via)
{
    return (int64_t)(place + 1) | (int64_t)task << 16 | (int64_t)(line + 1) << 32 | (int64_t)(via + 1) << 48;
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
    t->dest[i] = (int32_t)(m->value[0] & 0xffff) - 1;
    t->task[i] = (int32_t)(m->value[0] >> 16 & 0xffff);
    t->line[i] = (int32_t)(m->value[0] >> 32 & 0xffff) - 1;
    t->via_order[i] = (int32_t)(m->value[0] >> 48) - 1;
    t->flags[i] = (int32_t)(m->value[1] & 0xff);
    t->tactic[i] = (int32_t)(m->value[1] >> 8);
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

static void send_by(struct response *r, struct world *w, const struct order *o, int32_t team, int32_t place, int32_t task,
                    int32_t line, int32_t flags, int32_t tactic, int32_t via, double x, double y)
{
    struct teams *t = r->teams;
    if (t->pending[team] > 0)
        (void)world_emit(w, &(struct event){.kind = EV_ORDER_CONFLICT,
                                            .i = {team, (int32_t)o->seq, (int32_t)t->pending[team]},
                                            .cause = cause_order(o->seq),
                                            .also = cause_order(t->pending[team])});
    int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_ORDERED,
                                                  .i = {team, place, task, line, (int32_t)o->seq, o->agency},
                                                  .cause = cause_order(o->seq)});
    (void)comms_send(r, w, &(struct message){.kind = MESSAGE_ORDER,
                                             .from = o->agency,
                                             .to = team,
                                             .ref = o->seq,
                                             .value = {order_pack(place, task, line, via), flags | tactic << 8, point_pack(x, y)},
                                             .seen_ms = w->now_ms,
                                             .channel = -1,
                                             .event = event});
}

static void send_order(struct response *r, struct world *w, const struct order *o, int32_t team, int32_t place,
                       int32_t task, int32_t line, int32_t flags, int32_t tactic, double x, double y)
{
    send_by(r, w, o, team, place, task, line, flags, tactic, -1, x, y);
}

void team_send(struct response *r, struct world *w, int32_t agency, int64_t order, int32_t team, int32_t place, const double at[2])
{
    const struct order o = {.seq = order, .agency = agency};
    send_order(r, w, &o, team, place, W(TASK, STANDBY), -1, place < 0 ? FLAG_AT : 0, 0, at[0], at[1]);
}

enum { ARG_TEAM, ARG_TO, ARG_TASK, ARG_LINE, ARG_AT, ARG_GUIDE, ARG_LOOKOUT, ARG_RADIO, ARG_TACTIC, ARG_VIA };

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
    bool lined = task == W(TASK, LINE) || task == W(TASK, BURNOUT);
    if (lined && (!order_has(o, ARG_LINE) || r->atlas->line[o->arg[ARG_LINE]].kind == LINE_POWER))
        return ERR(e, RC_NO, MSG_RESPONSE_WHICH_LINE, doing);
    if (!lined && !order_has(o, ARG_TO) && !order_has(o, ARG_AT))
        return ERR(e, RC_NO, MSG_RESPONSE_WHERE, name);
    if (task == W(TASK, BURNOUT)) {
        struct command_view c;
        response_command(r, &c);
        if (!c.plan_approved)
            return ERR0(e, RC_NO, MSG_RESPONSE_BURN_APPROVAL);
        if (knowledge_value(w->knowledge, o->agency, TOPIC_LINE_DONE, (int32_t)o->arg[ARG_LINE], 0) < 100)
            return ERR(e, RC_NO, MSG_RESPONSE_BURN_LINE, names_arg(&r->atlas->names, ENT_LINE, (int)o->arg[ARG_LINE]));
    }
    bool moving = knowledge_value(w->knowledge, o->agency, TOPIC_TEAM_STAGE, team, 0) == W(STAGE, MOVING);
    if (moving && r->teams->order[team] > 0 && r->teams->boss[team] == o->agency && order_has(o, ARG_TO) &&
        r->teams->dest[team] == o->arg[ARG_TO] && r->teams->task[team] == task)
        return ERR(e, RC_NO, MSG_RESPONSE_ON_THE_WAY, name);
    return RC_OK;
}

static void act_dispatch(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int32_t team = (int32_t)o->arg[ARG_TEAM], task = order_has(o, ARG_TASK) ? (int32_t)o->arg[ARG_TASK] : W(TASK, STANDBY);
    int32_t place = order_has(o, ARG_TO) ? (int32_t)o->arg[ARG_TO] : -1;
    int32_t line = order_has(o, ARG_LINE) ? (int32_t)o->arg[ARG_LINE] : -1, flags = 0;
    double x = r->atlas->place[r->atlas->team[team].home].at[0], y = r->atlas->place[r->atlas->team[team].home].at[1];
    if (place >= 0) {
        x = r->atlas->place[place].at[0];
        y = r->atlas->place[place].at[1];
    }
    if (line >= 0 && (task == W(TASK, LINE) || task == W(TASK, BURNOUT))) {
        line_point(&r->atlas->line[line], task == W(TASK, LINE) ? r->teams->line_m[line] : r->teams->burnt_m[line], &x, &y);
        place = -1;
    } else if (order_has(o, ARG_AT)) {
        point_unpack(o->arg[ARG_AT], &x, &y);
        flags |= FLAG_AT;
    }
    flags |= order_has(o, ARG_GUIDE) && o->arg[ARG_GUIDE] ? FLAG_GUIDE : 0;
    flags |= order_has(o, ARG_LOOKOUT) && o->arg[ARG_LOOKOUT] ? FLAG_LOOKOUT : 0;
    flags |= order_has(o, ARG_RADIO) && o->arg[ARG_RADIO] ? FLAG_RADIO : 0;
    send_by(r, w, o, team, place, task, line, flags, order_has(o, ARG_TACTIC) ? (int32_t)o->arg[ARG_TACTIC] : 0,
            order_has(o, ARG_VIA) ? (int32_t)o->arg[ARG_VIA] : -1, x, y);
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
    send_order(r, w, o, team, place, W(TASK, STANDBY), -1, FLAG_WITHDRAW | (r->teams->flags[team] & (FLAG_GUIDE | FLAG_RADIO)),
               0, at[0], at[1]);
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
    send_by(r, w, o, by, t->dest[team], t->task[team], t->line[team], t->flags[team] & ~FLAG_WITHDRAW, t->tactic[team],
            t->via_order[team], t->x[team], t->y[team]);
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

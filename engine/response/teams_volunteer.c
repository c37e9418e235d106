/* teams_volunteer.c -- those who come unasked: registered and briefed, turned away, or left to themselves. */
#include "response/teams.h"

#define REGISTER_MS (10 * 60000) /* assumed: to write down names, form groups, brief them */
#define FAR_M 1e9
#define STRAY_MS (30 * 60000)    /* assumed: so long they wait for somebody to speak to them */

static bool speaks_to(const struct teams *t, int32_t i)
{
    return t->order[i] > 0 || t->pending[i] > 0;
}

enum rc volunteers_check(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    int32_t team = (int32_t)o->arg[0], state = r->teams->volunteer[team];
    struct arg name = names_arg(&r->atlas->names, ENT_TEAM, team);
    if (!r->atlas->team[team].unasked)
        return ERR(e, RC_NO, MSG_RESPONSE_NOT_VOLUNTEERS, name);
    enum rc rc = team_check(r, w, o, team, e);
    if (rc != RC_OK)
        return rc;
    if (o->verb == VERB_REGISTER && (state == VOLUNTEER_LISTED || r->teams->list_ms[team] > 0))
        return ERR(e, RC_NO, MSG_RESPONSE_REGISTERED_ALREADY, name);
    if (knowledge_value(w->knowledge, o->agency, TOPIC_TEAM_STAGE, team, W(STAGE, AWAY)) != W(STAGE, READY))
        return ERR(e, RC_NO, MSG_RESPONSE_VOLUNTEERS_OUT, name);
    return RC_OK;
}

/* They may have gone up in the meantime: then nobody is there to be spoken to. */
static bool there(struct response *r, struct world *w, const struct order *o)
{
    struct teams *t = r->teams;
    int32_t i = (int32_t)o->arg[0];
    if (t->stage[i] == W(STAGE, READY) && t->leg[i] == LEG_NONE)
        return true;
    (void)world_emit(w, &(struct event){.kind = EV_ORDER_FAILED,
                                        .i = {o->agency, o->verb, W(REASON, UNREAD), (int32_t)o->seq, i},
                                        .cause = cause_order(o->seq),
                                        .also = t->start_event[i] > 0 ? cause_event(t->start_event[i])
                                                                      : (struct cause){CAUSE_NONE, 0}});
    return false;
}

void volunteers_register(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int32_t i = (int32_t)o->arg[0];
    if (!there(r, w, o))
        return;
    r->teams->list_ms[i] = w->now_ms + REGISTER_MS;
    r->teams->list_order[i] = o->seq;
    r->teams->boss[i] = o->agency;
}

void volunteers_turn_away(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int32_t i = (int32_t)o->arg[0];
    if (!there(r, w, o))
        return;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_TURNED_AWAY,
                                                  .i = {i, o->agency, (int32_t)o->seq},
                                                  .cause = cause_order(o->seq)});
    team_say(r, w, i, event);
}

/* The spot that the hazards show first, from however far. */
static bool first_spot(const struct response *r, const struct world *w, int32_t i, double *x, double *y)
{
    enum { FIRST = 8 };
    const struct position *at = &w->exposure->where[i];
    struct sight seen[FIRST];
    int n = world_observe(w, &(struct eye){EYE_TEAM, i, at->x, at->y, FAR_M, 1.0}, seen, FIRST);
    for (int k = 0; k < n; k++) {
        if (seen[k].topic & SIGHT_CELLS || topic_row(&r->atlas->names, seen[k].topic)->kind != VK_POINT)
            continue;
        point_unpack(seen[k].value, x, y);
        return true;
    }
    return false;
}

/* Nobody spoke to them: they go where they see it, without radio, lookout or a task. */
static void stray(struct response *r, struct world *w, int32_t i, double x, double y)
{
    struct teams *t = r->teams;
    t->dest[i] = -1;
    t->dest_x[i] = x;
    t->dest_y[i] = y;
    t->task[i] = W(TASK, SUPPORT);
    t->line[i] = -1;
    t->flags[i] = 0;
    t->with[i] = 0;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_STRAYED,
                                                  .i = {i, (int32_t)(w->now_ms - t->came_ms[i])},
                                                  .cause = cause_event(t->start_event[i]),
                                                  .also = {CAUSE_ABSENCE, VERB_REGISTER}});
    t->start_event[i] = event;
    int32_t no_way;
    if (!team_depart(r, w, i, cause_event(event), &no_way))
        team_say(r, w, i, event);
}

void volunteers_step(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    if (t->list_ms[i] > 0 && t->list_ms[i] <= w->now_ms) {
        t->list_ms[i] = 0;
        (void)world_emit(w, &(struct event){.kind = EV_TEAM_REGISTERED,
                                            .i = {i, t->boss[i], (int32_t)t->list_order[i]},
                                            .cause = cause_order(t->list_order[i]),
                                            .also = t->start_event[i] > 0 ? cause_event(t->start_event[i])
                                                                          : (struct cause){CAUSE_NONE, 0}});
    }
    bool waits = t->volunteer[i] == VOLUNTEER_CAME && t->list_ms[i] == 0 && t->stage[i] == W(STAGE, READY) && !speaks_to(t, i);
    double x, y;
    if (waits && w->now_ms - t->came_ms[i] >= STRAY_MS && first_spot(r, w, i, &x, &y))
        stray(r, w, i, x, y);
}

void volunteers_apply(struct teams *t, const struct event *e)
{
    int32_t i = e->i[0];
    switch (e->kind) {
    case EV_TEAM_CAME:
        t->volunteer[i] = VOLUNTEER_CAME;
        t->came_ms[i] = e->t_ms;
        t->start_event[i] = e->seq;
        t->order[i] = t->list_ms[i] = 0;
        break;
    case EV_TEAM_REGISTERED:
        t->volunteer[i] = VOLUNTEER_LISTED;
        break;
    case EV_TEAM_STRAYED:
        t->volunteer[i] = VOLUNTEER_STRAYED;
        break;
    case EV_TEAM_TURNED_AWAY:
        t->volunteer[i] = VOLUNTEER_NONE;
        t->available[i] = 0;
        t->stage[i] = W(STAGE, AWAY);
        t->pending[i] = t->list_ms[i] = 0;
        break;
    default:
        break;
    }
}

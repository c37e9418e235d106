/* command_orders.c -- the orders to the command body: response level, post, commander, groups, consultations, reports, warnings, calls. */
#include "base/num.h"
#include "response/command.h"

/* Set-up times: assumed, from drill reports that name 20 to 60 min for a forward post. */
#define POST_MS (20 * 60000)
#define POST_BAD_MS (45 * 60000)   /* at a place not fit for it */
#define GROUP_MS (15 * 60000)
#define GROUP_EACH_MS (4 * 60000)  /* for each member to be reached and to come */
#define CONSULT_MS (10 * 60000)
#define CONSULT_HOLDS_MS (90 * 60000) /* a plan rests on a consultation not older than this */
#define FALSE_SHARE 0.5            /* a report off by more than half of what was known .. */
#define FALSE_LEAST 5.0            /* .. and by more than this, in the unit that people read, is called false */

static struct arg agency_arg(const struct response *r, int32_t agency)
{
    return names_arg(&r->atlas->names, ENT_AGENCY, agency);
}

/* The agencies that could have given the order, for the refusal. */
static struct arg who_may(const struct response *r)
{
    for (int32_t a = 0; a < r->command->agencies; a++) {
        if (r->atlas->agency[a].commands && r->atlas->agency[a].admin == ADMIN_DISTRICT)
            return agency_arg(r, a);
    }
    for (int32_t a = 0; a < r->command->agencies; a++) {
        if (r->atlas->agency[a].commands)
            return agency_arg(r, a);
    }
    return agency_arg(r, -1);
}

static enum rc needs_command(const struct response *r, const struct order *o, struct err *e)
{
    const struct verb_row *row = verb_row(o->verb);
    if (command_may_command(r, o->agency))
        return RC_OK;
    return ERR(e, RC_NO, MSG_RESPONSE_NO_AUTHORITY, agency_arg(r, o->agency), arg_zh_en(row->zh, row->name), who_may(r));
}

/* ---- response level ---- */

static enum rc check_level(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    int32_t level = (int32_t)o->arg[0], now = r->command->level[o->agency];
    (void)w;
    if (level == W(LEVEL, NONE))
        return ERR0(e, RC_NO, MSG_RESPONSE_LEVEL_NONE);
    if (!(r->atlas->agency[o->agency].levels >> level & 1)) {
        for (int32_t a = 0; a < r->command->agencies; a++) {
            if (r->atlas->agency[a].levels >> level & 1)
                return ERR(e, RC_NO, MSG_RESPONSE_LEVEL_WHO, agency_arg(r, o->agency), word_arg(VK_LEVEL, level),
                           agency_arg(r, a));
        }
        return ERR(e, RC_NO, MSG_RESPONSE_LEVEL_NOBODY, word_arg(VK_LEVEL, level));
    }
    if (now == level)
        return ERR(e, RC_NO, MSG_RESPONSE_LEVEL_ALREADY, word_arg(VK_LEVEL, level));
    return RC_OK;
}

static void act_level(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int64_t event = world_emit(w, &(struct event){.kind = EV_LEVEL_STARTED,
                                                  .i = {o->agency, (int32_t)o->arg[0], order_has(o, 1) ? (int32_t)o->arg[1] : 0,
                                                        (int32_t)o->seq},
                                                  .cause = cause_order(o->seq)});
    command_notice(r, w, o->agency, TOPIC_LEVEL, 0, o->arg[0], event);
}

static enum rc check_end(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    (void)w;
    if (r->command->level[o->agency] == W(LEVEL, NONE))
        return ERR(e, RC_NO, MSG_RESPONSE_NO_LEVEL, agency_arg(r, o->agency));
    return RC_OK;
}

static void act_end(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int64_t event = world_emit(w, &(struct event){.kind = EV_LEVEL_ENDED, .i = {o->agency}, .cause = cause_order(o->seq)});
    command_notice(r, w, o->agency, TOPIC_LEVEL, 0, W(LEVEL, NONE), event);
}

/* ---- command post, commander, groups ---- */

static enum rc check_post(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    int32_t place = (int32_t)o->arg[0];
    struct arg name = names_arg(&r->atlas->names, ENT_PLACE, place);
    enum rc rc = needs_command(r, o, e);
    if (rc != RC_OK)
        return rc;
    if (knowledge_value(w->knowledge, o->agency, TOPIC_PLACE_STATE, place, 0) == 2)
        return ERR(e, RC_NO, MSG_RESPONSE_POST_REACHED, name);
    if (r->command->post_next == place || (r->command->post == place && r->command->post_open))
        return ERR(e, RC_NO, MSG_RESPONSE_POST_ALREADY, name);
    return RC_OK;
}

static void act_post(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    struct command *s = r->command;
    int32_t place = (int32_t)o->arg[0], from = r->atlas->agency[o->agency].place;
    struct route way;
    s->post_event = world_emit(w, &(struct event){.kind = EV_POST_ORDERED,
                                                  .i = {o->agency, place, (int32_t)o->seq},
                                                  .cause = cause_order(o->seq)});
    s->post_due_ms = w->now_ms + (r->atlas->place[place].post_site ? POST_MS : POST_BAD_MS);
    if (from >= 0 && routes_find(r, w, o->agency, r->atlas->place[from].node, r->atlas->place[place].node, true, &way))
        s->post_due_ms += way.travel_ms;
}

static enum rc check_commander(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    int32_t named = (int32_t)o->arg[0];
    (void)w;
    enum rc rc = needs_command(r, o, e);
    if (rc == RC_OK && named == r->command->commander)
        return ERR(e, RC_NO, MSG_RESPONSE_COMMANDER_ALREADY, agency_arg(r, named));
    /* Command passes upward by right, downward only from those who hold it. */
    if (rc == RC_OK && r->command->commander >= 0 &&
        r->atlas->agency[o->agency].admin > r->atlas->agency[r->command->commander].admin)
        return ERR(e, RC_NO, MSG_RESPONSE_COMMAND_ABOVE, agency_arg(r, r->command->commander));
    return rc;
}

static void act_commander(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int64_t event = world_emit(w, &(struct event){.kind = EV_COMMANDER_NAMED,
                                                  .i = {(int32_t)o->arg[0], r->command->commander, (int32_t)o->seq},
                                                  .cause = cause_order(o->seq)});
    command_notice(r, w, o->agency, TOPIC_COMMANDER, 0, o->arg[0], event);
}

static enum rc check_group(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    (void)w;
    enum rc rc = needs_command(r, o, e);
    if (rc == RC_OK && r->command->group[o->arg[0]] > 0)
        return ERR(e, RC_NO, MSG_RESPONSE_GROUP_ALREADY, names_arg(&r->atlas->names, ENT_GROUP, (int)o->arg[0]));
    return rc;
}

static void act_group(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int32_t group = (int32_t)o->arg[0];
    const struct group *row = &r->atlas->group[group];
    int32_t lead = order_has(o, 1) ? (int32_t)o->arg[1] : row->lead;
    (void)world_emit(w, &(struct event){.kind = EV_GROUP_FORMED, .i = {group, lead, (int32_t)o->seq}, .cause = cause_order(o->seq)});
    r->command->group_due_ms[group] = w->now_ms + GROUP_MS + GROUP_EACH_MS * row->members.count;
}

/* ---- consultation and plan ---- */

static enum rc check_consult(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    (void)w;
    enum rc rc = needs_command(r, o, e);
    if (rc == RC_OK && r->command->consult_due_ms >= 0)
        return ERR0(e, RC_NO, MSG_RESPONSE_CONSULT_NOW);
    return rc;
}

static void act_consult(void *self, struct world *w, const struct order *o)
{
    struct command *s = ((struct response *)self)->command;
    s->consult_event = world_emit(w, &(struct event){.kind = EV_CONSULT_STARTED,
                                                     .i = {o->agency, (int32_t)o->seq},
                                                     .cause = cause_order(o->seq)});
    s->consult_agency = o->agency;
    s->consult_due_ms = w->now_ms + CONSULT_MS;
}

/* What the agency knows of the first headline that the hazards here have. */
static struct fact known_headline(const struct response *r, const struct world *w, int32_t agency)
{
    int32_t topic = topic_headline(&r->atlas->names, -1);
    return topic < 0 ? (struct fact){.seen_ms = -1} : knowledge_get(w->knowledge, agency, topic, 0);
}

/* Those who can be reached put together what they know. */
void command_hold_consultation(struct response *r, struct world *w)
{
    struct command *s = r->command;
    int32_t chair = s->consult_agency, members = 0;
    for (int32_t a = 0; a < s->agencies; a++)
        members += r->atlas->agency[a].played && comms_reachable(r, a);
    struct fact news = known_headline(r, w, chair);
    int64_t age = news.seen_ms < 0 ? w->now_ms : w->now_ms - news.seen_ms;
    s->consult_event = world_emit(w, &(struct event){.kind = EV_CONSULT_HELD,
                                                     .i = {chair, members, (int32_t)age},
                                                     .cause = cause_event(s->consult_event)});
    for (int32_t a = 0; a < s->agencies; a++) {
        if (a != chair && r->atlas->agency[a].played && comms_reachable(r, a))
            coord_pool(w, a, chair, s->consult_event);
    }
    for (int32_t a = 0; a < s->agencies; a++) {
        if (a != chair && r->atlas->agency[a].played && comms_reachable(r, a))
            coord_pool(w, chair, a, s->consult_event);
    }
}

static enum rc check_approve(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    (void)w;
    enum rc rc = needs_command(r, o, e);
    if (rc == RC_OK && r->command->commander >= 0 && o->agency != r->command->commander &&
        r->atlas->agency[o->agency].admin > r->atlas->agency[r->command->commander].admin)
        return ERR(e, RC_NO, MSG_RESPONSE_COMMAND_ABOVE, agency_arg(r, r->command->commander));
    return rc;
}

static void act_approve(void *self, struct world *w, const struct order *o)
{
    const struct command *s = ((struct response *)self)->command;
    bool consulted = s->last_consult_ms >= 0 && w->now_ms - s->last_consult_ms <= CONSULT_HOLDS_MS;
    (void)world_emit(w, &(struct event){.kind = EV_PLAN_APPROVED,
                                        .i = {o->agency, consulted, (int32_t)o->seq},
                                        .cause = cause_order(o->seq),
                                        .also = consulted ? cause_event(s->consult_event) : (struct cause){CAUSE_NONE, 0}});
}

/* ---- reports ---- */

enum { REPORT_TO, REPORT_FORM, REPORT_FACT, REPORT_HURT, REPORT_ELEMENTS };

static enum rc check_report(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    (void)w;
    if (o->arg[REPORT_TO] == o->agency)
        return ERR(e, RC_NO, MSG_RESPONSE_SELF, agency_arg(r, o->agency));
    if (order_has(o, REPORT_FACT) && o->arg[REPORT_FACT] < 0)
        return ERR0(e, RC_NO, MSG_RESPONSE_NEGATIVE);
    if (r->command->reports == REPORTS_MAX)
        return ERR(e, RC_NO, MSG_RESPONSE_REPORTS, arg_i(REPORTS_MAX));
    return RC_OK;
}

static int64_t known_casualties(const struct response *r, const struct world *w, int32_t agency)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < ATLAS_COUNT(r->atlas, ENT_TEAM); i++)
        sum += knowledge_value(w->knowledge, agency, TOPIC_TEAM_HURT, i, 0);
    return sum;
}

/* Compares the figures with what the sender had been told: the truth plays no part. */
static void judge_report(const struct response *r, struct world *w, const struct order *o, int64_t sent)
{
    int32_t topic = topic_headline(&r->atlas->names, -1);
    struct fact news = known_headline(r, w, o->agency);
    double known = topic < 0 ? 0.0 : (double)news.value / topic_row(&r->atlas->names, topic)->scale, said = (double)o->arg[REPORT_FACT];
    int64_t hurt = known_casualties(r, w, o->agency);
    double off = num_abs(said - known);
    if (order_has(o, REPORT_FACT) && news.seen_ms >= 0 && off > FALSE_LEAST && off > FALSE_SHARE * known)
        (void)world_emit(w, &(struct event){.kind = EV_REPORT_FALSE,
                                            .i = {o->agency, (int32_t)o->arg[REPORT_FORM], (int32_t)o->seq},
                                            .cause = cause_event(sent),
                                            .also = news.event > 0 ? cause_event(news.event) : (struct cause){CAUSE_NONE, 0}});
    if (order_has(o, REPORT_HURT) && o->arg[REPORT_HURT] < hurt)
        (void)world_emit(w, &(struct event){.kind = EV_REPORT_CONCEALED,
                                            .i = {o->agency, (int32_t)o->arg[REPORT_FORM], (int32_t)o->seq, (int32_t)hurt,
                                                  (int32_t)o->arg[REPORT_HURT]},
                                            .cause = cause_event(sent)});
}

/* Late is what comes after its absence was established. */
static void judge_limits(struct response *r, struct world *w, const struct order *o, int64_t sent)
{
    struct command *s = r->command;
    for (int32_t i = 0; i < s->limits; i++) {
        const struct report_limit *l = &r->atlas->report_limit[i];
        if (s->limit_stage[i] != LIMIT_MISSED || l->from != o->agency || l->to != o->arg[REPORT_TO] || l->form != o->arg[REPORT_FORM])
            continue;
        int64_t late = w->now_ms - s->limit_from_ms[i] - l->within_ms;
        s->limit_stage[i] = LIMIT_LATE;
        (void)world_emit(w, &(struct event){.kind = EV_REPORT_LATE,
                                            .i = {o->agency, l->to, l->form, (int32_t)late, (int32_t)o->seq},
                                            .cause = cause_event(s->limit_event[i]),
                                            .also = cause_event(sent)});
    }
}

/* A figure that somebody states, as a fact of the first headline; false when no hazard here has one. */
static bool stated(const struct response *r, int64_t figure, struct sight *out)
{
    int32_t topic = topic_headline(&r->atlas->names, -1);
    if (topic >= 0)
        *out = (struct sight){topic, 0, (int64_t)((double)figure * topic_row(&r->atlas->names, topic)->scale)};
    return topic >= 0;
}

static void act_report(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    struct command *s = r->command;
    int32_t to = (int32_t)o->arg[REPORT_TO], form = (int32_t)o->arg[REPORT_FORM];
    int64_t event = world_emit(w, &(struct event){.kind = EV_REPORT_SENT,
                                                  .i = {o->agency, to, form,
                                                        order_has(o, REPORT_ELEMENTS) ? (int32_t)o->arg[REPORT_ELEMENTS] : 0,
                                                        (int32_t)o->seq,
                                                        order_has(o, REPORT_HURT) ? (int32_t)o->arg[REPORT_HURT] : 0},
                                                  .f = {order_has(o, REPORT_FACT) ? (double)o->arg[REPORT_FACT] : 0.0},
                                                  .cause = cause_order(o->seq)});
    judge_report(r, w, o, event);
    judge_limits(r, w, o, event);
    s->report[s->reports++] = (struct report){o->agency, to, form, event};
    struct message up = {.kind = MESSAGE_REPORT, .from = o->agency, .to = to, .ref = s->reports - 1, .seen_ms = w->now_ms,
                         .channel = -1, .event = event};
    struct sight figure;
    if (order_has(o, REPORT_FACT) && stated(r, o->arg[REPORT_FACT], &figure))
        (void)comms_send_sights(r, w, &up, &figure, 1);
    else
        (void)comms_send(r, w, &up);
}

/* ---- warnings and calls ---- */

static enum rc check_warn(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    int32_t colour = (int32_t)o->arg[0];
    (void)w;
    if (r->atlas->agency[o->agency].colours >> colour & 1)
        return RC_OK;
    for (int32_t a = 0; a < r->command->agencies; a++) {
        if (r->atlas->agency[a].colours >> colour & 1)
            return ERR(e, RC_NO, MSG_RESPONSE_COLOUR_WHO, agency_arg(r, o->agency), word_arg(VK_COLOUR, colour),
                       agency_arg(r, a));
    }
    return ERR(e, RC_NO, MSG_RESPONSE_COLOUR_NOBODY, word_arg(VK_COLOUR, colour));
}

static void act_warn(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    int32_t place = order_has(o, 1) ? (int32_t)o->arg[1] : -1, channel = order_has(o, 3) ? (int32_t)o->arg[3] : -1;
    int64_t event = world_emit(w, &(struct event){.kind = EV_WARNING_ISSUED,
                                                  .i = {o->agency, (int32_t)o->arg[0], place,
                                                        order_has(o, 2) ? (int32_t)o->arg[2] : 0, (int32_t)o->seq},
                                                  .cause = cause_order(o->seq)});
    for (int32_t p = 0; p < ATLAS_COUNT(r->atlas, ENT_PLACE); p++) {
        if (r->atlas->place[p].people > 0 && (place < 0 || place == p))
            (void)comms_send(r, w, &(struct message){.kind = MESSAGE_WARNING, .from = o->agency, .to = p, .ref = o->seq,
                                                     .seen_ms = w->now_ms, .channel = channel, .event = event});
    }
}

static enum rc check_call(void *self, const struct world *w, const struct order *o, struct err *e)
{
    const struct response *r = self;
    (void)w;
    if (o->arg[0] == o->agency)
        return ERR(e, RC_NO, MSG_RESPONSE_SELF, agency_arg(r, o->agency));
    if (r->command->calls == CALLS_MAX)
        return ERR(e, RC_NO, MSG_RESPONSE_CALLS, arg_i(CALLS_MAX));
    return RC_OK;
}

void command_send_call(struct response *r, struct world *w, int32_t i)
{
    const struct call *c = &r->command->call[i];
    (void)comms_send(r, w, &(struct message){.kind = MESSAGE_CALL, .from = c->from, .to = c->to, .ref = i,
                                             .seen_ms = w->now_ms, .channel = -1, .event = c->event});
}

static void act_call(void *self, struct world *w, const struct order *o)
{
    struct response *r = self;
    struct command *s = r->command;
    int64_t event = world_emit(w, &(struct event){.kind = EV_CALL_MADE,
                                                  .i = {o->agency, (int32_t)o->arg[0], (int32_t)o->seq},
                                                  .cause = cause_order(o->seq)});
    s->call[s->calls++] = (struct call){o->agency, (int32_t)o->arg[0], 1, 0, w->now_ms + CALL_AGAIN_MS, event};
    command_send_call(r, w, s->calls - 1);
}

static enum rc check_tell(void *self, const struct world *w, const struct order *o, struct err *e)
{
    (void)self, (void)w, (void)o, (void)e;
    return RC_OK;
}

/* An inject lets an agency see the hazards as they are (or as the story says, by a figure of the first headline). */
static void act_tell(void *self, struct world *w, const struct order *o)
{
    enum { FACTS_MAX = 64 };
    const struct response *r = self;
    int32_t agency = (int32_t)o->arg[0], at = r->atlas->agency[agency].place, said = -1;
    int64_t event = o->cause.kind == CAUSE_EVENT ? o->cause.ref : 0;
    struct eye desk = {.kind = EYE_DESK, .id = agency, .judge = 1.0};
    struct sight seen[FACTS_MAX + 3], figure;
    if (at >= 0) {
        desk.x = r->atlas->place[at].at[0];
        desk.y = r->atlas->place[at].at[1];
    }
    int n = world_observe(w, &desk, seen, FACTS_MAX);
    for (int i = 0; i < n && order_has(o, 1) && stated(r, o->arg[1], &figure); i++)
        said = seen[i].topic == figure.topic ? i : said;
    if (order_has(o, 1) && stated(r, o->arg[1], &figure))
        seen[said >= 0 ? said : n++] = figure;
    seen[n++] = (struct sight){TOPIC_WIND, 0, (int64_t)(w->weather->now.wind_ms * 10.0)};
    seen[n++] = (struct sight){TOPIC_WIND_FROM, 0, (int64_t)w->weather->now.from_deg};
    for (int i = 0; i < n; i++)
        (void)knowledge_hear(w->knowledge, agency, &seen[i], w->now_ms, w->now_ms, event);
}

const struct rule command_rules[] = {
    {VERB_LEVEL, check_level, act_level},       {VERB_END_RESPONSE, check_end, act_end},
    {VERB_POST, check_post, act_post},          {VERB_COMMANDER, check_commander, act_commander},
    {VERB_GROUP, check_group, act_group},       {VERB_CONSULT, check_consult, act_consult},
    {VERB_APPROVE, check_approve, act_approve}, {VERB_REPORT, check_report, act_report},
    {VERB_WARN, check_warn, act_warn},          {VERB_CALL, check_call, act_call},
    {VERB_TELL, check_tell, act_tell},
};
const int command_rule_count = COUNT_OF(command_rules);

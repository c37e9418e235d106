/* command.c -- the command body: its state, what it is told and passes on, what falls due. */
#include "base/num.h"
#include "response/command.h"

#define CHECK_MS (8 * 60000)       /* communications verified after opening */
#define CALL_TRIES 3
#define CALL_ANSWER 85             /* assumed: chance in per cent that the named person answers */

enum rc command_make(struct response *r, uint64_t seed, struct arena *perm, struct command **out, struct err *e)
{
    struct command *s = ARENA_NEW(perm, struct command, 1);
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->agencies = ATLAS_COUNT(r->atlas, ENT_AGENCY);
    s->groups = ATLAS_COUNT(r->atlas, ENT_GROUP);
    s->level = ARENA_NEW(perm, int32_t, s->agencies + 1);
    s->level_event = ARENA_NEW(perm, int64_t, s->agencies + 1);
    s->group = ARENA_NEW(perm, int32_t, s->groups + 1);
    s->group_due_ms = ARENA_NEW(perm, int64_t, s->groups + 1);
    s->group_event = ARENA_NEW(perm, int64_t, s->groups + 1);
    s->call = ARENA_NEW(perm, struct call, CALLS_MAX);
    s->report = ARENA_NEW(perm, struct report, REPORTS_MAX);
    s->limits = r->atlas->report_limit_count;
    s->limit_stage = ARENA_NEW(perm, int32_t, s->limits + 1);
    s->limit_from_ms = ARENA_NEW(perm, int64_t, s->limits + 1);
    s->limit_event = ARENA_NEW(perm, int64_t, s->limits + 1);
    if (!s->limit_stage || !s->limit_from_ms || !s->limit_event)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (!s->level || !s->level_event || !s->group || !s->group_due_ms || !s->group_event || !s->call || !s->report)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->post = s->post_next = s->post_agency = s->commander = s->consult_agency = -1;
    s->post_due_ms = s->check_due_ms = s->consult_due_ms = -1;
    s->last_consult_ms = s->first_report_ms = s->last_report_ms = -1;
    s->luck = rng_make(seed, RNG_RESPONSE, 3);
    *out = s;
    return RC_OK;
}

/* ---- facts told by message ---- */

void command_inform(struct response *r, struct world *w, int32_t from, int32_t to, int32_t topic, int32_t subject,
                    int64_t value, int64_t hold_ms, int64_t event)
{
    (void)comms_send(r, w, &(struct message){.kind = MESSAGE_NOTICE, .from = from, .to = to, .ref = topic,
                                             .value = {subject, value, 0}, .seen_ms = w->now_ms, .hold_ms = hold_ms,
                                             .channel = -1, .event = event});
}

void command_notice(struct response *r, struct world *w, int32_t from, int32_t topic, int32_t subject, int64_t value,
                    int64_t event)
{
    (void)knowledge_tell(w->knowledge, from, topic, subject, value, w->now_ms, w->now_ms, event);
    for (int32_t a = 0; a < r->command->agencies; a++) {
        if (a != from)
            command_inform(r, w, from, a, topic, subject, value, 0, event);
    }
}

int32_t command_agency(const struct response *r)
{
    return r->command->commander;
}

bool command_may_command(const struct response *r, int32_t agency)
{
    return agency >= 0 && (r->atlas->agency[agency].commands || agency == r->command->commander);
}

/* ---- what is heard ---- */

/* What the post hears stands on its board, for all who can be reached. */
static void hear(struct response *r, struct world *w, const struct message *m, const struct sight *s)
{
    bool board = r->command->post_open && comms_all_reachable(r);
    bool kept = knowledge_hear(w->knowledge, board ? EVERYBODY : m->to, s, m->seen_ms, w->now_ms, m->event);
    for (int32_t a = 0; a < r->command->agencies && r->command->post_open && !board; a++) {
        if (a != m->to && comms_reachable(r, a))
            kept = knowledge_hear(w->knowledge, a, s, m->seen_ms, w->now_ms, m->event) && kept;
    }
    if (!kept) /* FACT_DIFF_MAX: what somebody could not note down is on record */
        (void)world_emit(w, &(struct event){.kind = EV_MESSAGE_LOST,
                                            .i = {r->atlas->team[m->from].agency, m->to, W(REASON, BUSY), 0, -1},
                                            .cause = m->event > 0 ? cause_event(m->event) : (struct cause){CAUSE_NONE, 0}});
}

/* What a department hears from its teams goes on to the one above, as long as there is no post that hears all. */
static void pass_on(struct response *r, struct world *w, const struct message *m, const struct sight *sight, int count)
{
    int32_t above = r->atlas->agency[m->to].parent;
    if (r->command->post_open || above < 0 || r->atlas->agency[m->to].admin == ADMIN_CITY)
        return;
    struct message up = *m;
    up.to = above;
    up.hold_ms = r->atlas->agency[m->to].read_ms;
    up.channel = -1;
    if (r->atlas->agency[above].admin >= ADMIN_DISTRICT)
        (void)comms_send_sights(r, w, &up, sight, count);
}

static void hear_team(struct response *r, struct world *w, const struct message *m)
{
    struct sight sight[SIGHTS_MAX];
    int count = comms_read(r, m, sight);
    for (int i = 0; i < count; i++)
        hear(r, w, m, &sight[i]);
    if (m->kind != MESSAGE_FOUND) /* that goes to whom it concerns */
        pass_on(r, w, m, sight, count);
}

/* The figure of a report is its receiver's alone. */
static void hear_report(struct response *r, struct world *w, const struct message *m)
{
    struct sight figure[SIGHTS_MAX];
    int count = comms_read(r, m, figure);
    for (int i = 0; i < count; i++)
        (void)knowledge_hear(w->knowledge, m->to, &figure[i], m->seen_ms, w->now_ms, m->event);
}

void command_deliver(struct response *r, struct world *w, const struct message *m)
{
    struct command *s = r->command;
    switch (m->kind) {
    case MESSAGE_STATUS:
    case MESSAGE_SIGHT:
    case MESSAGE_FOUND:
        hear_team(r, w, m);
        break;
    case MESSAGE_NOTICE:
        (void)knowledge_tell(w->knowledge, m->to, (int32_t)m->ref, (int32_t)m->value[0], m->value[1], m->seen_ms,
                             w->now_ms, m->event);
        break;
    case MESSAGE_INJECT:
        (void)knowledge_tell(w->knowledge, m->to, TOPIC_INJECT, (int32_t)m->ref, 1, m->seen_ms, w->now_ms, m->event);
        break;
    case MESSAGE_REPORT:
        (void)world_emit(w, &(struct event){.kind = EV_REPORT_RECEIVED,
                                            .i = {m->from, m->to, s->report[m->ref].form},
                                            .cause = cause_event(m->event)});
        hear_report(r, w, m);
        break;
    case MESSAGE_CALL:
        if (!s->call[m->ref].answered && rng_range(&s->luck, 1, 100) <= CALL_ANSWER)
            (void)world_emit(w, &(struct event){.kind = EV_CALL_ANSWERED, .i = {m->from, m->to}, .cause = cause_event(m->event)});
        break;
    default:
        break;
    }
}

/* ---- the slice ---- */

static void apply_command(struct command *s, const struct event *e)
{
    switch (e->kind) {
    case EV_POST_ORDERED:
        s->post_next = e->i[1];
        s->post_agency = e->i[0];
        break;
    case EV_POST_OPENED:
        s->post = e->i[1];
        s->post_open = true;
        s->checked = false;
        s->post_next = -1;
        s->post_event = e->seq;
        s->check_due_ms = e->t_ms + CHECK_MS;
        break;
    case EV_POST_OVERRUN:
        s->post_open = s->checked = false;
        break;
    case EV_COMMANDER_NAMED:
        s->commander = e->i[0];
        s->commander_event = e->seq;
        break;
    case EV_GROUP_FORMED:
    case EV_GROUP_STAFFED:
        s->group[e->i[0]] = e->kind == EV_GROUP_FORMED ? 1 : 2;
        s->group_event[e->i[0]] = e->seq;
        break;
    case EV_COMMS_CHECKED:
        s->checked = true;
        break;
    case EV_CONSULT_HELD:
        s->consultations++;
        s->last_consult_ms = e->t_ms;
        break;
    case EV_PLAN_APPROVED:
        s->approved = true;
        break;
    default:
        break;
    }
}

/* What starts a limit's clock, and what stops it. */
static void apply_limits(const struct response *r, const struct event *e)
{
    struct command *s = r->command;
    for (int32_t i = 0; i < s->limits; i++) {
        const struct report_limit *l = &r->atlas->report_limit[i];
        bool begins = e->kind == l->trigger_event || (e->kind == EV_INJECT_FIRED && l->trigger_inject >= 0 && e->i[0] == l->trigger_inject);
        if (s->limit_stage[i] == LIMIT_IDLE && begins) {
            s->limit_stage[i] = LIMIT_RUNNING;
            s->limit_from_ms[i] = e->t_ms;
            s->limit_event[i] = e->seq;
        } else if (s->limit_stage[i] <= LIMIT_RUNNING && e->kind == EV_REPORT_SENT && e->i[0] == l->from && e->i[1] == l->to && e->i[2] == l->form) {
            s->limit_stage[i] = LIMIT_MET; /* also before anybody could have asked for it */
        } else if (e->kind == EV_REPORT_MISSING && s->limit_stage[i] == LIMIT_RUNNING && e->i[0] == l->from && e->i[1] == l->to &&
                   e->i[2] == l->form && (int64_t)e->i[3] == l->within_ms) {
            s->limit_stage[i] = LIMIT_MISSED;
            s->limit_event[i] = e->seq;
        }
    }
}

static void apply(void *self, const struct world *w, const struct event *e)
{
    struct command *s = ((struct response *)self)->command;
    (void)w;
    apply_limits(self, e);
    if (e->kind == EV_LEVEL_STARTED || e->kind == EV_LEVEL_ENDED) {
        s->level[e->i[0]] = e->kind == EV_LEVEL_STARTED ? e->i[1] : W(LEVEL, NONE);
        s->level_event[e->i[0]] = e->seq;
    } else if (e->kind == EV_REPORT_SENT) {
        s->last_report_ms = e->t_ms;
        if (s->first_report_ms < 0)
            s->first_report_ms = e->t_ms;
    } else if (e->kind == EV_CALL_ANSWERED) {
        for (int32_t i = 0; i < s->calls; i++) {
            if (s->call[i].from == e->i[0] && s->call[i].to == e->i[1])
                s->call[i].answered = 1;
        }
    } else {
        apply_command(s, e);
    }
}

static void step_post(struct response *r, struct world *w)
{
    struct command *s = r->command;
    if (s->post_open && exposure_place(w->exposure, s->post).danger >= 1.0) {
        const int64_t came = exposure_place(w->exposure, s->post).event;
        (void)world_emit(w, &(struct event){.kind = EV_POST_OVERRUN,
                                            .i = {s->post},
                                            .cause = cause_event(came > 0 ? came : s->post_event),
                                            .also = cause_event(s->post_event)});
    }
    if (s->post_next >= 0 && s->post_due_ms <= w->now_ms) {
        int32_t place = s->post_next;
        if (exposure_place(w->exposure, place).danger >= 1.0) {
            s->post_next = -1; /* nobody sets up a post in such danger */
        } else {
            int64_t event = world_emit(w, &(struct event){.kind = EV_POST_OPENED,
                                                          .i = {s->post_agency, place},
                                                          .cause = cause_event(s->post_event)});
            command_notice(r, w, s->post_agency, TOPIC_POST, 0, place, event);
        }
    }
    if (s->post_open && !s->checked && s->check_due_ms <= w->now_ms) {
        int32_t up = 0;
        const double *at = r->atlas->place[s->post].at;
        const struct id_list *list = &r->atlas->agency[s->post_agency].channels;
        for (int i = 0; i < list->count; i++)
            up += comms_percent(r, list->id[i]) > 0 && atlas_covers(r->atlas, list->id[i], at[0], at[1]);
        s->check_due_ms = w->now_ms + CHECK_MS;
        if (up > 0)
            (void)world_emit(w, &(struct event){.kind = EV_COMMS_CHECKED, .i = {s->post_agency, up}, .cause = cause_event(s->post_event)});
    }
}

static void step_calls(struct response *r, struct world *w)
{
    struct command *s = r->command;
    for (int32_t i = 0; i < s->calls; i++) {
        struct call *c = &s->call[i];
        if (c->answered || c->tries > CALL_TRIES || c->due_ms > w->now_ms)
            continue;
        c->tries++;
        c->due_ms = w->now_ms + CALL_AGAIN_MS;
        if (c->tries <= CALL_TRIES)
            command_send_call(r, w, i);
        else
            (void)world_emit(w, &(struct event){.kind = EV_CALL_UNANSWERED, .i = {c->from, c->to}, .cause = cause_event(c->event)});
    }
}

static void step(void *self, struct world *w)
{
    struct response *r = self;
    struct command *s = r->command;
    step_post(r, w);
    for (int32_t g = 0; g < s->groups; g++) {
        if (s->group[g] == 1 && s->post_open && s->group_due_ms[g] <= w->now_ms)
            (void)world_emit(w, &(struct event){.kind = EV_GROUP_STAFFED, .i = {g, r->atlas->group[g].lead}, .cause = cause_event(s->group_event[g])});
    }
    if (s->consult_due_ms >= 0 && s->consult_due_ms <= w->now_ms) {
        s->consult_due_ms = -1;
        command_hold_consultation(r, w);
    }
    step_calls(r, w);
    for (int32_t i = 0; i < s->limits; i++) {
        const struct report_limit *l = &r->atlas->report_limit[i];
        if (s->limit_stage[i] == LIMIT_RUNNING && w->now_ms - s->limit_from_ms[i] > l->within_ms)
            (void)world_emit(w, &(struct event){.kind = EV_REPORT_MISSING,
                                                .i = {l->from, l->to, l->form, (int32_t)l->within_ms},
                                                .cause = cause_event(s->limit_event[i]),
                                                .also = {CAUSE_ABSENCE, VERB_REPORT}});
    }
}

static void walk_calls(struct command *s, struct walk *w)
{
    walk_count(w, "calls", &s->calls, CALLS_MAX);
    for (int32_t i = 0; i < s->calls && !w->bad; i++) {
        struct call *c = &s->call[i];
        walk_i32(w, "call_from", &c->from, 1);
        walk_i32(w, "call_to", &c->to, 1);
        walk_i32(w, "call_tries", &c->tries, 1);
        walk_i32(w, "call_answered", &c->answered, 1);
        walk_i64(w, "call_due", &c->due_ms, 1);
        walk_i64(w, "call_event", &c->event, 1);
    }
    walk_count(w, "reports", &s->reports, REPORTS_MAX);
    for (int32_t i = 0; i < s->reports && !w->bad; i++) {
        struct report *p = &s->report[i];
        walk_i32(w, "report_from", &p->from, 1);
        walk_i32(w, "report_to", &p->to, 1);
        walk_i32(w, "report_form", &p->form, 1);
        walk_i64(w, "report_event", &p->event, 1);
    }
}

static void walk_command(void *self, struct walk *w)
{
    struct command *s = ((struct response *)self)->command;
    walk_facts(w, "level level_event post post_agency post_open commander commander_event group group_event consultations "
                  "last_consult checked approved first_report last_report limit_from limit_event");
    walk_i32(w, "level", s->level, s->agencies);
    walk_i64(w, "level_event", s->level_event, s->agencies);
    walk_i32(w, "post", &s->post, 1);
    walk_i32(w, "post_next", &s->post_next, 1);
    walk_i32(w, "post_agency", &s->post_agency, 1);
    walk_i64(w, "post_due", &s->post_due_ms, 1);
    walk_i64(w, "post_event", &s->post_event, 1);
    walk_i64(w, "check_due", &s->check_due_ms, 1);
    walk_bool(w, "post_open", &s->post_open, 1);
    walk_bool(w, "checked", &s->checked, 1);
    walk_i32(w, "commander", &s->commander, 1);
    walk_i64(w, "commander_event", &s->commander_event, 1);
    walk_i32(w, "group", s->group, s->groups);
    walk_i64(w, "group_due", s->group_due_ms, s->groups);
    walk_i64(w, "group_event", s->group_event, s->groups);
    walk_i32(w, "consult_agency", &s->consult_agency, 1);
    walk_i32(w, "consultations", &s->consultations, 1);
    walk_i64(w, "consult_due", &s->consult_due_ms, 1);
    walk_i64(w, "consult_event", &s->consult_event, 1);
    walk_i64(w, "last_consult", &s->last_consult_ms, 1);
    walk_bool(w, "approved", &s->approved, 1);
    walk_i64(w, "first_report", &s->first_report_ms, 1);
    walk_i64(w, "last_report", &s->last_report_ms, 1);
    walk_calls(s, w);
    walk_i32(w, "limit_stage", s->limit_stage, s->limits);
    walk_i64(w, "limit_from", s->limit_from_ms, s->limits);
    walk_i64(w, "limit_event", s->limit_event, s->limits);
    walk_u64(w, "luck", &s->luck.key, 1);
    walk_u64(w, "luck_counter", &s->luck.counter, 1);
}

const struct slice_ops command_ops = {"command", apply, step, walk_command};

/* ---- views ---- */

void response_command(const struct response *r, struct command_view *out)
{
    const struct command *s = r->command;
    int32_t level = W(LEVEL, NONE);
    for (int32_t a = 0; a < s->agencies; a++) {
        if (s->level[a] != W(LEVEL, NONE) && (level == W(LEVEL, NONE) || s->level[a] < level))
            level = s->level[a];
    }
    *out = (struct command_view){.level = level, .post_place = s->post_open ? s->post : -1, .commander = s->commander,
                                 .post_open = s->post_open, .plan_approved = s->approved, .comms_checked = s->checked,
                                 .consultations = s->consultations, .last_consult_ms = s->last_consult_ms,
                                 .first_report_ms = s->first_report_ms, .last_report_ms = s->last_report_ms};
}

int32_t response_group_state(const struct response *r, int32_t group) { return r->command->group[group]; }

void response_tell_inject(struct response *r, struct world *w, int32_t inject, int64_t event)
{
    const struct inject *in = &r->atlas->inject[inject];
    for (int i = 0; i < in->to.count; i++) {
        if (in->channel < 0)
            (void)knowledge_tell(w->knowledge, in->to.id[i], TOPIC_INJECT, inject, 1, w->now_ms, w->now_ms, event);
        else
            (void)comms_send(r, w, &(struct message){.kind = MESSAGE_INJECT, .from = -1, .to = in->to.id[i], .ref = inject,
                                                     .seen_ms = w->now_ms, .channel = in->channel, .event = event});
    }
}

/* teams_work.c -- teams at their tasks: what hinders and tires them, and the three shapes that work can have. What it
 * comes to is the business of the task's owner (core/world/works.h). */
#include "base/num.h"
#include "core/world/hazard.h"
#include "response/teams.h"

#define TIRED_LOSS 0.4        /* assumed: output lost by the end of a shift */
#define TIRED_OUTPUT 0.5      /* assumed: output of an exhausted crew */
#define NIGHT_OUTPUT 0.5      /* assumed: hand crews by night */
#define HEAT_C 37.0
#define HEAT_OUTPUT 0.8       /* assumed: in great heat with protective clothing */
#define COLLAPSE_SHARE 0.05   /* assumed: of a crew at hard work in the heat that has run out of drinking water */
#define COLLAPSE 1.5          /* shifts after which a crew stops by itself */
#define IDLE_MS (20 * 60000)  /* nothing left to do for so long: done */

double team_output(const struct response *r, const struct world *w, int32_t i)
{
    const struct teams *t = r->teams;
    const struct team *team = &r->atlas->team[i];
    double share = team->people > 0 ? (double)t->people[i] / team->people : 0.0;
    double worn = team->shift_ms > 0 ? num_min(1.0, (double)t->worked_ms[i] / (double)team->shift_ms) : 0.0;
    share *= t->tired[i] ? TIRED_OUTPUT : 1.0 - TIRED_LOSS * worn;
    share *= supply_output(r, i);
    if (team->flies)
        return share;
    if (atlas_is_night(r->atlas, w->now_ms))
        share *= NIGHT_OUTPUT;
    if (w->weather->now.temp_c >= HEAT_C)
        share *= HEAT_OUTPUT;
    return share * exposure_team(w->exposure, i).work;
}

/* ---- starting and stopping ---- */

static void stop(struct response *r, struct world *w, int32_t i, int32_t reason, struct cause cause)
{
    struct teams *t = r->teams;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TASK_STOPPED,
                                                  .i = {i, t->task[i], reason},
                                                  .cause = cause,
                                                  .also = t->order[i] > 0 ? cause_order(t->order[i])
                                                                          : (struct cause){CAUSE_NONE, 0}});
    team_say(r, w, i, event);
}

void team_done(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    int64_t event = world_emit(w, &(struct event){.kind = EV_TASK_DONE,
                                                  .i = {i, t->task[i], t->dest[i], t->line[i]},
                                                  .cause = cause_event(t->start_event[i])});
    team_say(r, w, i, event);
}

void team_start(struct response *r, struct world *w, int32_t i, struct cause cause)
{
    struct teams *t = r->teams;
    if (team_land(r, w, i, cause) || t->flags[i] & FLAG_WITHDRAW || t->task[i] == W(TASK, STANDBY))
        return;
    if (t->task[i] == W(TASK, REST)) {
        team_say(r, w, i, 0);
        return;
    }
    t->idle_ms[i] = 0;
    t->stopped[i] = W(REASON, NONE);
    t->start_event[i] = world_emit(w, &(struct event){.kind = EV_TASK_STARTED,
                                                      .i = {i, t->task[i], t->dest[i], t->line[i]},
                                                      .cause = cause,
                                                      .also = t->order[i] > 0 ? cause_order(t->order[i])
                                                                              : (struct cause){CAUSE_NONE, 0}});
    team_say(r, w, i, t->start_event[i]);
    int32_t other = t->relieves[i];
    t->relieves[i] = -1;
    if (other >= 0 && t->stage[other] == W(STAGE, WORKING))
        team_withdraw(r, w, other, r->atlas->team[other].home, W(REASON, ORDERED), cause_event(t->start_event[i]));
}

/* ---- the shapes of work ---- */

static const struct task_row *row_of(const struct response *r, int32_t i)
{
    return task_row(&r->atlas->names, r->teams->task[i]);
}

double *team_stretch(struct teams *t, int32_t task, int32_t line)
{
    for (int32_t k = 0; k < t->stretches; k++)
        if (t->stretch_task[k] == task)
            return &t->stretch_m[k * t->lines + line];
    ASSERT(false); /* no task that goes along a line */
    return NULL;
}

static struct effort effort_of(const struct response *r, const struct world *w, int32_t i, const struct task_row *row)
{
    struct teams *t = r->teams;
    const double nominal = row->usual > 0.0 ? row->usual / 3600.0 * r->atlas->team[i].people : 1.0;
    struct effort job = {.team = i, .task = t->task[i], .target_kind = ON_POINT, .target = -1, .x = t->x[i],
                         .y = t->y[i], .amount_s = nominal * team_output(r, w, i), .order = t->order[i],
                         .event = t->start_event[i], .left = 1.0, .stopped = t->stopped[i]};
    if (row->shape == TASK_STRETCH) {
        job.target_kind = ON_LINE;
        job.target = t->line[i];
        job.from_m = *team_stretch(t, t->task[i], t->line[i]);
        job.left = r->atlas->line[t->line[i]].length_m - job.from_m;
        job.stopped = W(REASON, NONE);
    } else if (t->dest[i] >= 0) {
        job.target_kind = ON_PLACE;
        job.target = t->dest[i];
    }
    return job;
}

/* What its work brought about for the team itself goes into a report. */
static void say_what_came_of_it(struct response *r, struct world *w, int32_t i, int from)
{
    for (int k = from; k < w->events; k++)
        if (event_row(w->event[k].kind)->field[0].kind == VK_TEAM && w->event[k].i[0] == i)
            team_say(r, w, i, w->event[k].seq);
}

/* The owner of the task does with it what it can at once; what it answers later it finds in works. */
void team_set_about(struct response *r, struct world *w, int32_t i, struct effort *job)
{
    const struct hazard_used *owner = &w->hazard[job->task >> OWN_BITS];
    const int from = w->events;
    struct works *works = w->works;
    if (owner->ops != NULL && owner->ops->effort != NULL)
        owner->ops->effort(owner->self, w, job);
    r->teams->x[i] = job->x;
    r->teams->y[i] = job->y;
    say_what_came_of_it(r, w, i, from);
    ASSERT(works->efforts < works->effort_cap);
    works->effort[works->efforts++] = *job;
}

/* Along a line: it gets on, or cannot, or has come to the end. */
static void take_stretch(struct response *r, struct world *w, const struct effort *job)
{
    struct teams *t = r->teams;
    const int32_t i = job->team;
    if (job->stopped != W(REASON, NONE)) {
        stop(r, w, i, job->stopped, cause_event(t->start_event[i]));
        return;
    }
    *team_stretch(t, job->task, job->target) = job->from_m;
    line_point(&r->atlas->line[job->target], job->from_m, &t->x[i], &t->y[i]);
    if (job->left <= 0.0)
        team_done(r, w, i);
}

static bool beyond(const struct limit_row *l, double v)
{
    return l->op == '>' ? v > l->at : v < l->at;
}

int32_t team_limit(const struct response *r, const struct world *w, int32_t task)
{
    const struct task_row *row = task_row(&r->atlas->names, task);
    const struct weather_row *now = &w->weather->now;
    const struct { const char *what; double value; } known[] = {
        {"wind_ms", now->wind_ms}, {"temp_c", now->temp_c}, {"humidity", now->humidity},
        {"night", atlas_is_night(r->atlas, w->now_ms) ? 1.0 : 0.0}};
    for (int k = 0; k < row->limits; k++) {
        int i = 0;
        while (i < COUNT_OF(known) && !text_is(text_of(row->limit[k].what), known[i].what))
            i++;
        ASSERT(i < COUNT_OF(known)); /* a row that says what nobody measures */
        if (beyond(&row->limit[k], known[i].value))
            return row->limit[k].reason;
    }
    return W(REASON, NONE);
}

static void get_tired(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    int64_t shift = r->atlas->team[i].shift_ms;
    t->worked_ms[i] += w->tick_ms;
    if (shift <= 0 || t->worked_ms[i] < shift)
        return;
    if (!t->tired[i]) {
        int64_t event = world_emit(w, &(struct event){.kind = EV_TEAM_TIRED,
                                                      .i = {i, (int32_t)t->worked_ms[i]},
                                                      .cause = cause_event(t->start_event[i])});
        team_say(r, w, i, event);
    } else if ((double)t->worked_ms[i] >= COLLAPSE * (double)shift) {
        stop(r, w, i, W(REASON, TIRED), cause_event(t->start_event[i]));
    }
}

void team_work(struct response *r, struct world *w, int32_t i)
{
    struct teams *t = r->teams;
    const struct task_row *row = row_of(r, i);
    bool out_of_sky = team_flies(r, i) && atlas_is_night(r->atlas, w->now_ms);
    int32_t limit = out_of_sky ? W(REASON, NIGHT) : team_limit(r, w, t->task[i]);
    if (limit != W(REASON, NONE)) {
        stop(r, w, i, limit, cause_event(t->start_event[i]));
        return;
    }
    get_tired(r, w, i);
    if (t->stage[i] != W(STAGE, WORKING) || (row->shape == TASK_STAY && (row->flags & TASK_EFFORT) == 0))
        return;
    struct effort job = effort_of(r, w, i, row);
    if (row->shape == TASK_TRIP) {
        team_trip(r, w, i, &job);
        return;
    }
    team_set_about(r, w, i, &job);
    if (row->shape == TASK_STRETCH)
        take_stretch(r, w, &job);
}

int64_t team_why(const struct response *r, int32_t team) { return r->teams->start_event[team]; }

void teams_run_out(struct response *r, struct world *w, int32_t i, bool harm, int64_t event)
{
    struct teams *t = r->teams;
    int32_t hurt = 0;
    if (!harm) {
        stop(r, w, i, W(REASON, STOCK), cause_event(event));
        t->stopped[i] = W(REASON, STOCK);
        return;
    }
    for (int32_t k = 0; k < t->people[i] && w->weather->now.temp_c >= HEAT_C; k++)
        hurt += rng_unit(&t->luck) < COLLAPSE_SHARE;
    if (hurt > 0)
        event = world_emit(w, &(struct event){.kind = EV_TEAM_HURT,
                                              .i = {i, hurt, 0, (int32_t)t->order[i]},
                                              .cause = cause_event(event),
                                              .also = t->order[i] > 0 ? cause_order(t->order[i]) : (struct cause){CAUSE_NONE, 0}});
    if (t->stage[i] != W(STAGE, LOST))
        team_withdraw(r, w, i, r->atlas->team[i].home, W(REASON, STOCK), cause_event(event));
}

void teams_resume(struct response *r, struct world *w, int32_t i, int64_t event)
{
    struct teams *t = r->teams;
    if (t->stage[i] == W(STAGE, READY) && t->leg[i] == LEG_NONE && t->eta_ms[i] < 0 && t->stopped[i] == W(REASON, STOCK))
        team_start(r, w, i, cause_event(event));
}

void team_answer_efforts(struct response *r, struct world *w)
{
    struct teams *t = r->teams;
    for (int32_t k = 0; k < w->works->efforts; k++) {
        const struct effort *job = &w->works->effort[k];
        int32_t i = job->team;
        if (t->stage[i] != W(STAGE, WORKING) || t->task[i] != job->task || row_of(r, i)->shape != TASK_STAY)
            continue;
        t->idle_ms[i] = job->stopped == W(REASON, DONE) ? t->idle_ms[i] + w->tick_ms : 0;
        bool driven_off = job->stopped != W(REASON, NONE) && job->stopped != W(REASON, DONE);
        if (driven_off && t->stopped[i] != job->stopped) {
            int64_t why = exposure_event(w->exposure);
            stop(r, w, i, job->stopped, why > 0 ? cause_event(why) : (struct cause){CAUSE_NONE, 0});
        }
        t->stopped[i] = job->stopped;
        if (t->idle_ms[i] >= IDLE_MS && job->left <= 0.0)
            team_done(r, w, i);
    }
}

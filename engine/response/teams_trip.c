/* teams_trip.c -- to and fro with a load: people are taken aboard where they are and put down where it was said.
 *
 * A trip goes by whatever way the team moves. Until they are put down the people count where they were: who is
 * aboard is reserved there, so that two teams do not take the same, and nobody is lost when a team is. */
#include "base/num.h"
#include "core/world/hazard.h"
#include "response/teams.h"

/* People at the place whom nobody has aboard yet. */
static int32_t waiting(const struct response *r, int32_t place)
{
    const struct teams *t = r->teams;
    struct place_view v;
    int32_t aboard = 0;
    response_place(r, place, &v);
    for (int32_t i = 0; i < t->count; i++)
        if (t->fetch[i] == place)
            aboard += t->aboard[i];
    return v.people > aboard ? v.people - aboard : 0;
}

static int32_t seats(const struct response *r, const struct world *w, int32_t i)
{
    const int32_t task = r->teams->task[i];
    const struct hazard_used *owner = &w->hazard[task >> OWN_BITS];
    return owner->ops != NULL && owner->ops->seats != NULL ? owner->ops->seats(owner->self, i, task)
                                                          : r->teams->people[i];
}

static bool go_to(struct response *r, struct world *w, int32_t i, int32_t place)
{
    struct teams *t = r->teams;
    int32_t before = t->dest[i];
    t->dest[i] = place;
    t->dest_x[i] = r->atlas->place[place].at[0];
    t->dest_y[i] = r->atlas->place[place].at[1];
    int32_t reason;
    if (team_depart(r, w, i, cause_event(t->start_event[i]), &reason))
        return true;
    t->dest[i] = before; /* no way: it stays, and tries again */
    return false;
}

bool team_land(struct response *r, struct world *w, int32_t i, struct cause cause)
{
    struct teams *t = r->teams;
    const int32_t from = t->fetch[i], here = t->dest[i];
    if (from < 0 || here < 0 || here == from)
        return false;
    const bool goes_on = task_row(&r->atlas->names, t->task[i])->shape == TASK_TRIP && here == t->drop[i];
    struct place_view v;
    response_place(r, from, &v);
    const int32_t count = t->aboard[i] < v.people ? t->aboard[i] : v.people;
    t->aboard[i] = 0;
    if (count > 0) {
        int64_t event = world_emit(w, &(struct event){.kind = EV_PEOPLE_RESCUED,
                                                      .i = {i, from, count, here},
                                                      .cause = cause,
                                                      .also = t->order[i] > 0 ? cause_order(t->order[i])
                                                                              : (struct cause){CAUSE_NONE, 0}});
        t->start_event[i] = event;
        team_say(r, w, i, event);
    }
    if (!goes_on) {
        t->fetch[i] = -1;
        return false;
    }
    if (waiting(r, from) == 0 || !go_to(r, w, i, from)) {
        t->fetch[i] = -1;
        team_done(r, w, i);
    }
    return true;
}

void team_trip(struct response *r, struct world *w, int32_t i, struct effort *job)
{
    struct teams *t = r->teams;
    if (t->fetch[i] < 0)
        t->fetch[i] = t->dest[i];
    const int32_t left = waiting(r, t->fetch[i]), free_seats = seats(r, w, i) - t->aboard[i];
    const int32_t most = free_seats < left ? free_seats : left;
    job->left = left;
    team_set_about(r, w, i, job);
    t->stopped[i] = job->stopped;
    if (job->stopped != W(REASON, NONE))
        return; /* its owner lets nobody aboard now */
    t->boarding[i] = num_min(t->boarding[i] + job->amount_s * (double)w->tick_ms / 1000.0, most > 0 ? most : 0);
    const int32_t came = (int32_t)t->boarding[i];
    t->boarding[i] -= came;
    t->aboard[i] += came;
    if (t->aboard[i] == 0 && left == 0) {
        t->fetch[i] = -1;
        team_done(r, w, i);
    } else if (t->aboard[i] > 0 && (came == free_seats || came == left)) {
        t->boarding[i] = 0.0;
        (void)go_to(r, w, i, t->drop[i]);
    }
}

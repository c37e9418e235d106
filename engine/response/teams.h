/* teams.h -- state of the teams, shared by teams.c (stages), teams_orders.c, teams_move.c (travel), teams_work.c and teams_trip.c (tasks).
 *
 * One array a field, so that a step and a hash run through memory in order. */
#ifndef TUIYAN_RESPONSE_TEAMS_H
#define TUIYAN_RESPONSE_TEAMS_H

#include "base/rng.h"
#include "response/parts.h"

#define PACK_MS (4 * 60000) /* assumed: a crew in the field packs up in 4 min */

enum { ROUTE_MAX = 256 };

enum leg { LEG_NONE, LEG_OUT, LEG_DRIVE, LEG_IN, LEG_FLY, LEG_MODE }; /* on foot to the road, by road, on foot to the spot; by a hazard's mode */

enum order_flag { FLAG_AT = 1, FLAG_WITHDRAW = 2 };

enum { STRETCHES_MAX = 32 }; /* tasks that go along a line, of all hazards of a scenario */

enum volunteer { VOLUNTEER_NONE, VOLUNTEER_CAME, VOLUNTEER_LISTED, VOLUNTEER_STRAYED };

struct teams {
    int32_t count;
    /* what it is */
    int32_t *stage, *place, *task, *line;
    int32_t *people, *hurt, *dead;
    /* the order it works under */
    int64_t *order, *order_event, *pending; /* pending: order on its way to the team; 0 */
    int32_t *boss, *flags, *tactic;
    int64_t *with; /* VK_SAFETY: what it was told to have with it */
    int32_t *dest; /* place, -1: a spot */
    double *dest_x, *dest_y;
    /* where it is */
    double *x, *y;
    int32_t *leg, *node, *edge, *edges; /* node: last passed; edge: index in route; -1 before the first */
    double *along_m;
    int32_t *route; /* ROUTE_MAX a team */
    int32_t *mode;      /* in whose network it is; -1: none */
    int32_t *mode_next; /* that it will enter on this trip; -1 .. */
    int32_t *via, *via_out, *via_order; /* .. at this place; leaving mode at this; as ordered; -1 */
    int64_t *until_ms;  /* end of mustering, of packing up, of refilling, of a rest */
    int64_t *eta_ms;
    /* work */
    int64_t *worked_ms, *saw_ms, *idle_ms;
    int32_t *tired, *stopped; /* stopped: VK_REASON that was said last */
    /* trips: where people are fetched from (-1) and brought to, who is aboard */
    int32_t *fetch, *drop, *aboard;
    double *boarding; /* fraction of a person carried on */
    int64_t *danger_event; /* TEAM_ENDANGERED that it has not answered; 0 */
    int64_t *caught_event; /* TEAM_CAUGHT whose harm is not yet done; 0 */
    int32_t *caught_by;    /* the hazard of it */
    int64_t *start_event;  /* TASK_STARTED or TEAM_ARRIVED: cause of what it does */
    int32_t *relieves;     /* team that goes when this one has come; -1 */
    int32_t *available;    /* obtained or come */
    int32_t *volunteer;    /* enum volunteer */
    int64_t *came_ms, *list_ms, *list_order; /* list_ms: when they will be registered; 0 */
    /* control lines */
    double *stretch_m; /* by task of stretch_task and line: how far it has got */
    int32_t stretch_task[STRETCHES_MAX], stretches;
    int32_t lines;
    struct rng luck;
};

/* teams_move.c */
/* Sends a team off to its destination; false, and why (VK_REASON), when there is no way as its agency knows it. */
bool team_depart(struct response *r, struct world *w, int32_t i, struct cause cause, int32_t *reason);
void team_travel(struct response *r, struct world *w, int32_t i);
/* Leaves the road: takes its vehicles off it. */
void team_off_road(struct response *r, int32_t i);

/* teams_mode.c */
/* What of the trip to its destination goes by modes: where it leaves the one it is in (via_out), where it enters the next
 * (via); false, and why, when there is no way. all_in: it stays inside all the way. Adds to *travel_ms. */
bool team_plan_modes(struct response *r, const struct world *w, int32_t i, bool *all_in, int64_t *travel_ms, int32_t *reason);
void team_enter_mode(struct response *r, struct world *w, int32_t i); /* it stands where the mode begins */
/* One step of LEG_MODE; true when it has come to its destination. */
bool team_go_by_mode(struct response *r, struct world *w, int32_t i, double seconds);

/* teams_work.c */
void team_start(struct response *r, struct world *w, int32_t i, struct cause cause);
void team_work(struct response *r, struct world *w, int32_t i);
/* After the hazard's last word on the efforts: what was stopped, what is done. */
void team_answer_efforts(struct response *r, struct world *w);
void team_done(struct response *r, struct world *w, int32_t i);
/* Gives the work to the owner of the task; where the team then is, is taken over. */
void team_set_about(struct response *r, struct world *w, int32_t i, struct effort *job);
/* How far a task has got along a line, m. */
double *team_stretch(struct teams *t, int32_t task, int32_t line);
/* The limit of the task that the weather or the hour is beyond: VK_REASON, or none. */
int32_t team_limit(const struct response *r, const struct world *w, int32_t task);
double team_output(const struct response *r, const struct world *w, int32_t i); /* share of the nominal rate */

/* teams_trip.c */
/* One step of a team that takes people aboard where it is. */
void team_trip(struct response *r, struct world *w, int32_t i, struct effort *job);
/* Puts down whom it has aboard, where it has come to; true when it goes on with its trips and nothing is left to do here. */
bool team_land(struct response *r, struct world *w, int32_t i, struct cause cause);

/* teams_volunteer.c: rules of the verbs register and turn_away; one step of a team that came unasked. */
enum rc volunteers_check(void *self, const struct world *w, const struct order *o, struct err *e);
void volunteers_register(void *self, struct world *w, const struct order *o);
void volunteers_turn_away(void *self, struct world *w, const struct order *o);
void volunteers_step(struct response *r, struct world *w, int32_t i);
void volunteers_apply(struct teams *t, const struct event *e);

/* teams.c */
/* Whether the agency may order the team about and, as it knows, the team is there. */
enum rc team_check(const struct response *r, const struct world *w, const struct order *o, int32_t team, struct err *e);
/* Its own agency, those above it, and whoever commands. */
bool team_may_order(const struct response *r, int32_t agency, int32_t team);
/* Orders it to a place (-1: to the spot) to stand by there. */
void team_send(struct response *r, struct world *w, int32_t agency, int64_t order, int32_t team, int32_t place, const double at[2]);
void team_say(struct response *r, struct world *w, int32_t i, int64_t event);
void team_withdraw(struct response *r, struct world *w, int32_t i, int32_t place, int32_t reason, struct cause cause);
bool team_flies(const struct response *r, int32_t i);
bool team_is_out(const struct response *r, int32_t i);
/* Lookout, escape route and a working means of warning. */
bool team_is_safe(const struct response *r, int32_t i);
bool team_knows_ground(const struct response *r, int32_t i);

#endif

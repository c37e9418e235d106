/* response.h -- what people do about it, whatever the hazard: command, teams, routes, coordination,
 * communications, public, supplies. One handle; several slices; one table of rules. */
#ifndef TUIYAN_RESPONSE_RESPONSE_H
#define TUIYAN_RESPONSE_RESPONSE_H

#include "core/world/world.h"

struct response;

/* Capacities are reserved here; nothing allocates in a step. */
MUST_USE enum rc response_open(const struct atlas *atlas, uint64_t seed, struct arena *perm,
                               struct response **out, struct err *e);
/* Adds its slices to the world in their order. */
void response_wire(struct response *r, struct world *w);
/* The rule of a verb it carries out, or NULL; self of check and act is the response. */
const struct rule *response_find_rule(int32_t verb);

/* Plain facts for views, scripts and evaluation (truth). */
struct team_view {
    int32_t stage, place, task, line, road; /* words and ids */
    double x, y;
    int32_t people, hurt, dead;
    int64_t worked_ms, eta_ms; /* eta -1: not on the way */
};
void response_team(const struct response *r, int32_t team, struct team_view *out);
struct place_view {
    int32_t people;           /* still there */
    int32_t warned, moving, moved, trapped, hurt, dead, treated;
    int32_t caught;           /* how many were there when the hazard came */
    int32_t sheltered;        /* guests of this place as a shelter */
    bool ordered, shelter_open;
};
void response_place(const struct response *r, int32_t place, struct place_view *out);
int32_t response_road_state(const struct response *r, int32_t road); /* 0 open 1 closed 2 cut 3 jammed */
/* What lies at a place, and what is on the way. */
int32_t response_stock(const struct response *r, int32_t place, int32_t supply);
int32_t response_in_transit(const struct response *r, int32_t supply);
int64_t response_used(const struct response *r, int32_t supply);   /* by people and crews so far */
int64_t response_spoilt(const struct response *r, int32_t supply); /* past its date */
bool response_short(const struct response *r, int32_t place, int32_t supply); /* people there go without */
int32_t response_channel_percent(const struct response *r, int32_t channel);
int32_t response_in_flight(const struct response *r); /* messages on their way or waiting for a free channel */
double response_line_share(const struct response *r, int32_t line); /* built, 0..1 */
struct command_view {
    int32_t level, post_place, commander; /* -1 none */
    bool post_open, plan_approved, comms_checked;
    int32_t consultations;
    int64_t last_consult_ms, first_report_ms, last_report_ms; /* -1 never */
};
void response_command(const struct response *r, struct command_view *out);
int32_t response_group_state(const struct response *r, int32_t group); /* 0 none 1 formed 2 staffed */
struct request_view {
    int32_t number, from, to, service, state; /* 0 made 1 read 2 accepted 3 refused 4 done 5 closed 6 orphan */
    int64_t made_ms, read_ms, answered_ms, done_ms, closed_ms;
};
/* Agency by agency: requests of one to the other. median_ms: from made to answered, -1 when none was. */
struct matrix_cell {
    int32_t requests, open, refused, orphans;
    int64_t median_ms;
};
void response_matrix(const struct response *r, int32_t from, int32_t to, struct matrix_cell *out);
/* Tells the agencies an inject is meant for, at once or by its channel (session, after the step). */
void response_tell_inject(struct response *r, struct world *w, int32_t inject, int64_t event);
int32_t response_requests(const struct response *r);
void response_request(const struct response *r, int32_t i, struct request_view *out);
/* Measures for evaluation and curves. */
extern const struct measure_row response_measures[];
extern const int response_measure_count;
double response_measure(const struct response *r, int i);

#endif

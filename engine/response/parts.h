/* parts.h -- how the parts of response hang together; included by response alone.
 *
 * routes: the road graph, closures, congestion, shortest ways. teams: stage, travel, tasks, fatigue,
 * water, safety. comms: channels and messages in transit. command: post, commander, groups, level,
 * reports, consultations, warnings, calls. coord: requests between agencies. people: warning spread and
 * moving of the public, shelters. supply: stock and transport. assets_work: who sets what can be set, and how.
 *
 * A part changes its facts (walk_facts) in apply only, and tests watch that it does; what is in hand (a
 * team's order and way, queues, due times) is set when an order is carried out or a message arrives, and
 * continuous quantities (position on a road, metres of line, people on the move, fatigue, water) advance
 * in its step. Orders and reports travel as messages: what
 * does not get through is not known and not done. */
#ifndef TUIYAN_RESPONSE_PARTS_H
#define TUIYAN_RESPONSE_PARTS_H

#include "response/bulletin.h"
#include "response/response.h"

struct routes;
struct teams;
struct comms;
struct command;
struct coord;
struct people;
struct supply_state;
struct assets_work;

struct response {
    const struct atlas *atlas;
    struct routes *routes;
    struct teams *teams;
    struct comms *comms;
    struct command *command;
    struct coord *coord;
    struct people *people;
    struct supply_state *supply;
    struct assets_work *assets;
    const struct souls *souls; /* the world's */
    struct works *works; /* of the world it is wired into */
};

/* One of each per part; parts get the whole response so that they can ask one another. */
#define PART(name, type)                                                                           \
    MUST_USE enum rc name##_make(struct response *r, uint64_t seed, struct arena *perm,            \
                                 struct type **out, struct err *e);                                \
    extern const struct slice_ops name##_ops; /* self: struct response * */                        \
    extern const struct rule name##_rules[];                                                       \
    extern const int name##_rule_count;
PART(routes, routes)
PART(comms, comms)
PART(command, command)
PART(coord, coord)
PART(teams, teams)
PART(people, people)
PART(supply, supply_state)
PART(assets_work, assets_work)
#undef PART

/* ---- comms: messages in transit ---- */
enum message_kind {
    MESSAGE_ORDER,   /* agency -> team: ref = order seq, event = TEAM_ORDERED seq */
    MESSAGE_SIGHT,   /* team -> its agency and the post: what it sees of the hazard */
    MESSAGE_STATUS,  /* team -> its agency and the post: stage, place, task */
    MESSAGE_REQUEST, /* agency -> agency: ref = request number */
    MESSAGE_ANSWER,  /* agency -> agency: ref = request number */
    MESSAGE_REPORT,  /* agency -> agency: report-up, ref = index of the report */
    MESSAGE_INJECT,  /* outside -> agency: ref = inject id */
    MESSAGE_CALL,    /* agency -> agency */
    MESSAGE_WARNING, /* agency -> place */
    MESSAGE_NOTICE,  /* agency -> agency: one fact */
    MESSAGE_ASK,     /* agency -> agency: what do you know */
    MESSAGE_TELL,    /* agency -> agency: all that the sender knows */
    MESSAGE_WISH,    /* agency -> the desk of an asset's holder: set it */
    MESSAGE_REMOTE,  /* the desk -> the asset, over its remote control */
    MESSAGE_HANDS,   /* agency -> team: set the asset where you stand */
    MESSAGE_FOUND,   /* team -> agency: how an asset stands */
};
/* What a message says. Those that report have a bulletin: facts and cells as they were when it was written, told with
 * seen_ms; on arrival nothing is read from the world. The numbers of the others:
 * ORDER   ref order; value[0] place, task, line .. packed, value[1] safety measures, value[2] point
 * STATUS  bulletin: the team's stage, place, task and casualties, how far its line is, the road that stopped it
 * SIGHT   bulletin: what the hazards show it (sight.h), the wind, the place that is worst off in its sight
 * REPORT  ref index of the report; bulletin: the figure it states of the first headline, none when it states none
 * NOTICE  ref topic; value[0] subject, value[1] the fact
 * REQUEST, ANSWER  ref number of the request
 * WISH, REMOTE, HANDS  ref order; value[0] asset
 * FOUND   bulletin: how the asset is set, whether it is broken
 * INJECT  ref inject. CALL ref index of the call. WARNING ref order that published it. ASK, TELL nothing. */
struct message {
    int32_t kind, from, to; /* agencies; team for ORDER (to) and SIGHT/STATUS (from); place for WARNING */
    int64_t ref, value[3];
    int32_t bulletin; /* 0: none; comms sets it */
    int64_t sent_ms, due_ms, seen_ms;
    int64_t hold_ms; /* before it is sent: reading, writing, thinking */
    int32_t channel, tries;
    int64_t event; /* that it is about; becomes the cause of its delivery */
};
/* Puts a message on its way by the sender's first channel that works; retried and switched by itself.
 * False when MESSAGE_MAX is reached. */
bool comms_send(struct response *r, struct world *w, const struct message *m);
/* The same with a bulletin: what was seen. False also when BULLETIN_MAX is reached; then the message is lost, on record. */
bool comms_send_sights(struct response *r, struct world *w, const struct message *m, const struct sight *sight, int count);
/* What a message says that is being delivered; returns how many, SIGHTS_MAX at most. */
int comms_read(const struct response *r, const struct message *m, struct sight *out);
int32_t comms_percent(const struct response *r, int32_t channel);
/* Whether any of its channels works at its office; whether that is so of every agency. */
bool comms_reachable(const struct response *r, int32_t agency);
bool comms_all_reachable(const struct response *r);

/* ---- delivery: called by comms_step in order of due time, then of sending ---- */
void teams_deliver(struct response *r, struct world *w, const struct message *m);   /* ORDER */
void command_deliver(struct response *r, struct world *w, const struct message *m); /* SIGHT STATUS REPORT CALL INJECT */
void coord_deliver(struct response *r, struct world *w, const struct message *m);   /* REQUEST ANSWER */
void people_deliver(struct response *r, struct world *w, const struct message *m);  /* WARNING */
void assets_deliver(struct response *r, struct world *w, const struct message *m);  /* WISH REMOTE HANDS */

/* ---- routes ---- */
struct route {
    int32_t roads, road[256]; /* edges in order of travel */
    int32_t node[257];
    int64_t travel_ms;        /* at the moment's speeds, for free-flowing traffic plus known jams */
};
/* Fastest way between nodes avoiding roads that are closed as `agency` knows it (EVERYBODY: as it is). Emergency vehicles
 * pass police closures, not hazard cuts. False when there is none. */
bool routes_find(const struct response *r, const struct world *w, int32_t agency, int32_t from, int32_t to,
                 bool emergency, struct route *out);
int32_t routes_state(const struct response *r, int32_t road); /* 0 open 1 closed 2 cut 3 jammed (truth) */
double routes_speed(const struct response *r, const struct world *w, int32_t road,
                    bool emergency); /* m/s now; 0: impassable */
/* Bars the road at once (a service carried out). */
void routes_bar(struct response *r, struct world *w, int32_t agency, int32_t road, int64_t order, struct cause cause);
int64_t routes_cut_event(const struct response *r, int32_t road); /* 0: never cut */
void routes_load(struct response *r, int32_t road, int32_t vehicles); /* +: enter, -: leave */
int32_t routes_nearest_node(const struct response *r, double x, double y); /* ties: the first declared; -1 */

/* ---- teams ---- */
/* Working teams at a place by task: how many people. */
int32_t teams_working(const struct response *r, int32_t place, int32_t task);
/* Makes a service team available (coord, when SERVICE_TEAM is done) or a volunteer team come. */
void teams_release(struct response *r, struct world *w, int32_t team, int32_t place, struct cause cause);

int64_t team_why(const struct response *r, int32_t team); /* the event behind what it does; 0 */
/* Out of something that it cannot work without: it stops and waits for it; with harm it falls back, and in great heat some
 * collapse. */
void teams_run_out(struct response *r, struct world *w, int32_t team, bool harm, int64_t event);
void teams_resume(struct response *r, struct world *w, int32_t team, int64_t event); /* takes up what it had to stop */

/* The people of places that a hazard keeps are not response's; before the first step. */
void people_hand_over(struct response *r, const struct world *w);
/* The nearest place that can take the people of a place in and is not threatened as far as the agency knows; -1. */
int32_t people_shelter(const struct response *r, const struct world *w, int32_t agency, int32_t place);
/* So many of the people in a shelter that came from each place fall ill for want of a supply; event: SUPPLY_SHORT. */
void people_fall_ill(struct response *r, struct world *w, int32_t shelter, int32_t supply, double share, int64_t event);

/* ---- assets ---- */
/* close and open of an asset: what the seat can know against it; makes it wanted. */
enum rc asset_check_bar(const struct response *r, const struct world *w, const struct order *o, struct err *e);
void asset_act_bar(struct world *w, const struct order *o);

/* ---- supply ---- */
double supply_output(const struct response *r, int32_t team); /* share of its rate that a crew short of something keeps */

/* ---- command, coord, people ---- */
/* The sender knows the fact at once; every other agency is sent a notice. */
void command_notice(struct response *r, struct world *w, int32_t from, int32_t topic, int32_t subject, int64_t value,
                    int64_t event);
/* One agency is told a fact by message (itself: after hold_ms). */
void command_inform(struct response *r, struct world *w, int32_t from, int32_t to, int32_t topic, int32_t subject,
                    int64_t value, int64_t hold_ms, int64_t event);
bool command_may_command(const struct response *r, int32_t agency); /* has the authority, or was named */
struct arg word_arg(enum value_kind kind, int32_t i);

int32_t command_agency(const struct response *r); /* the agency that commands; -1 before one is named */
/* All that `from` knows and `to` does not is told to `to` (EVERYBODY: the shared picture). */
void coord_pool(struct world *w, int32_t from, int32_t to, int64_t event);
int32_t coord_open(const struct response *r, int32_t service); /* request number open for it; -1 */
int32_t coord_buses(const struct response *r);   /* vehicles obtained for moving people */
bool coord_power_cut(const struct response *r, int32_t line);

#endif

/* command.h -- state of the command body, shared by command.c (what it knows and does by itself) and command_orders.c (the orders to it). */
#ifndef TUIYAN_RESPONSE_COMMAND_H
#define TUIYAN_RESPONSE_COMMAND_H

#include "base/rng.h"
#include "response/parts.h"

#define CALL_AGAIN_MS (5 * 60000)

enum { CALLS_MAX = 512, REPORTS_MAX = 512 };

enum limit_stage { LIMIT_IDLE, LIMIT_RUNNING, LIMIT_MET, LIMIT_MISSED, LIMIT_LATE };

struct call { int32_t from, to, tries, answered; int64_t due_ms, event; };
struct report { int32_t from, to, form; int64_t event; };

struct command {
    int32_t *level;         /* by agency; VK_LEVEL */
    int64_t *level_event;
    int32_t post, post_next, post_agency; /* place; -1 */
    int64_t post_due_ms, post_event, check_due_ms;
    bool post_open, checked;
    int32_t commander;
    int64_t commander_event;
    int32_t *group;         /* 0 none 1 formed 2 staffed */
    int64_t *group_due_ms, *group_event;
    int32_t consult_agency, consultations;
    int64_t consult_due_ms, consult_event, last_consult_ms;
    bool approved;
    int64_t first_report_ms, last_report_ms;
    struct call *call;
    struct report *report;
    int32_t calls, reports, agencies, groups;
    /* by limit for reports */
    int32_t *limit_stage;   /* enum limit_stage */
    int64_t *limit_from_ms, *limit_event; /* trigger; then REPORT_MISSING */
    int32_t limits;
    struct rng luck;
};

/* A consultation that is due is held: those in it are told what the others know. */
void command_hold_consultation(struct response *r, struct world *w);
/* Calls the named person of call i once. */
void command_send_call(struct response *r, struct world *w, int32_t i);

#endif

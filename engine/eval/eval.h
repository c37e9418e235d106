/* eval.h -- folds over events and measures: what was done, when, how completely, at what loss, and what it
 * scores. Indicators are data of the scenario; the software proposes, experts confirm.
 *
 * An indicator yields a value, turns it into 0..100 by a straight line between its zero and its full mark,
 * and keeps the events behind it. Not applicable is not zero: weights are renormalised over what applied.
 * A veto caps the grade. */
#ifndef TUIYAN_EVAL_EVAL_H
#define TUIYAN_EVAL_EVAL_H

#include "core/world/world.h"

enum eval_rule {
    RULE_DELAY,    /* minutes from a trigger (event, inject or the start) to the first matching event */
    RULE_COUNT,    /* how many events match */
    RULE_MEASURE,  /* a measure at the end */
    RULE_RATIO,    /* one measure over another */
    RULE_BASELINE, /* share of the do-nothing loss that was avoided */
    RULE_COMPLETE, /* best share of the elements ticked in a matching event */
    RULE_BEFORE,   /* a matching event before the trigger */
    RULE_HAPPENED, /* a matching event at all */
    RULE_PLAN,     /* share of the plan's clauses met, of those that were triggered and could be met */
    RULE_COUNT_OF, /* the number of rules */
};

enum { EVIDENCE_MAX = 16, REASON_BYTES = 320 };

struct event_pattern {
    int32_t kind;   /* -1: none */
    int32_t fields; /* that must equal */
    int32_t at[EVENT_INTS];
    int32_t value[EVENT_INTS];
};

struct indicator {
    struct text id;
    struct title title;
    int32_t objective;
    double weight;
    int32_t rule;
    struct event_pattern event, from;
    int32_t from_inject; /* -1 */
    double full, zero;
    struct text measure, of;
    struct text field;
    struct text source;
    int32_t veto;        /* 0 none, 1: below veto_below the grade is at most 一般 */
    double veto_below;
};

struct scored {
    const struct indicator *indicator;
    bool applicable;
    double value, score, lost; /* lost: points of the total */
    char reason[LANG_COUNT][REASON_BYTES];
    int64_t evidence[EVIDENCE_MAX];
    int evidence_count;
};

struct objective_score {
    bool applicable;
    double weight, score, lost;
};

enum grade { GRADE_EXCELLENT, GRADE_GOOD, GRADE_FAIR, GRADE_POOR };
struct title grade_title(enum grade g);
const char *grade_name(enum grade g); /* "A" .. "D" */

enum plan_state { PLAN_MET, PLAN_LATE, PLAN_VIOLATED, PLAN_NOT_TRIGGERED, PLAN_UNTESTED };
struct title plan_state_title(enum plan_state s);

struct clause_result {
    enum plan_state state;
    int64_t trigger_ms, due_ms, done_ms; /* -1: not */
    int64_t trigger_event, done_event;   /* 0: none; done_event is an order number when by_order */
    bool by_order;
    bool impossible;     /* violated, but what it takes did not exist in this drill: nobody could have met it */
};

/* How much of the plan the drill tested, and how much of what it tested was met. */
struct plan_coverage {
    int clauses, of[5]; /* by enum plan_state */
    int impossible;     /* of those violated */
    double tested;      /* per cent of all clauses that came to be met, late or violated */
    double met;         /* per cent of the tested that could be met */
};

/* How scripted the drill was. */
struct scripted {
    int fired[5];      /* injects by VK_TRIGGER */
    int total;
    int orders, idle;  /* orders of the room and bot; of them, those that caused no event */
};

struct eval_input {
    const struct atlas *atlas;
    const struct event *event;
    int64_t events;
    const struct order *order;
    int64_t orders;
    int64_t end_ms;
    void *ctx;
    bool (*measure)(void *ctx, struct text name, double *out);
    bool (*baseline)(void *ctx, struct text name, double *out);
};

struct evaluation {
    struct indicator *indicator;
    struct scored *item;
    int items;
    struct objective_score objective[OBJECTIVE_MAX];
    double total;
    enum grade grade;
    int veto; /* index of the item that capped the grade, -1 */
    struct clause_result *clause;
    struct scripted scripted;
};

/* Reads the scenario's indicators (checks them too) into out->indicator; memory from a. */
MUST_USE enum rc eval_read(const struct atlas *atlas, struct arena *a, struct evaluation *out, struct err *e);
/* Reads one rule: id, title, objective only when whole. *out keeps pointers into doc. */
MUST_USE enum rc eval_read_rule(const struct doc *d, bool whole, const struct atlas *atlas, struct arena *a,
                                struct indicator *out, struct err *e);
/* Works out the evidence of one rule; clause is needed by RULE_PLAN and may be NULL otherwise. */
void eval_item(const struct eval_input *in, const struct clause_result *clause, struct scored *s);
/* eval_read, then the whole evaluation. */
MUST_USE enum rc eval_run(const struct eval_input *in, struct arena *a, struct evaluation *out, struct err *e);
/* The plan's clauses as of in->end_ms, from the log alone; out has one for each clause. Measures are not asked for. */
void eval_plan(const struct eval_input *in, struct clause_result *out);
/* A number between zero (0) and full (100) marks; either may be the larger. */
struct plan_coverage eval_coverage(const struct evaluation *ev, int clauses);
double eval_mark(double value, double full, double zero);
void eval_manual(enum lang lang, struct buf *out);
void eval_stubs(struct buf *out);

/* One line of "why": the chain of causes behind an event, newest first, as event numbers (positive) and order
 * numbers (negative). Returns how many were written. */
int eval_why(const struct event *event, int64_t events, int64_t seq, int64_t *out, int max);

#endif

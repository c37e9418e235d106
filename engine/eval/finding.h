/* finding.h -- problems (问题): the program proposes them from what scored low and which clauses of the plan were
 * missed; an expert confirms, words and classes them, or turns them down with a reason. A confirmed finding gets
 * corrective actions and goes 待整改 -> 整改中 -> 待验证 -> 已关闭, each step with what it needs. The software never
 * makes a finding by itself. */
#ifndef TUIYAN_EVAL_FINDING_H
#define TUIYAN_EVAL_FINDING_H

#include "eval/panel.h"

enum { FINDING_MAX = 256, ACTION_MAX = 4, PROPOSAL_KEY = 64, PROPOSAL_MAX = 512 };

enum finding_class { FINDING_DEFICIENCY, FINDING_CORRECT, FINDING_IMPROVE, FINDING_CLASSES }; /* 不足项 整改项 改进项 */
enum finding_state { STATE_OPEN, STATE_DOING, STATE_VERIFY, STATE_CLOSED, FINDING_STATES };

struct action { /* 整改措施 */
    struct text measure, unit, person, due, element; /* due: YYYY-MM-DD; element: planning, organisation, .. */
};

struct finding {
    struct text id, text, cause, by;
    struct text item, clause; /* ids; empty: none */
    struct text from;         /* the proposal it confirms; empty: the expert's own */
    int32_t class, state;
    int64_t event[EVIDENCE_MAX];
    int events;
    struct action action[ACTION_MAX];
    int actions;
    struct text evidence, verified_by; /* of the correction */
};

struct dismissal {
    struct text from, by, reason;
};

struct findings {
    struct finding *list; /* FINDING_MAX */
    int count;
    struct dismissal *dismissed; /* PROPOSAL_MAX */
    int dismissals;
    struct arena *a;
};

MUST_USE enum rc findings_init(struct findings *f, struct arena *a, struct err *e);
/* As panel_apply, for ENTRY_FINDING, _DISMISS, _ACTION and _STATE. */
MUST_USE enum rc findings_apply(struct findings *f, const struct panels *panels, const struct atlas *atlas,
                                const struct entry *entry, int64_t last_event, struct err *e);
int finding_find(const struct findings *f, struct text id); /* -1 */
/* "f1", "f2" ..: the first that is free. */
void finding_next_id(const struct findings *f, struct buf *out);

struct proposal {
    char key[PROPOSAL_KEY]; /* "item:B2.13", "indicator:i_report", "clause:p_level" */
    int32_t class;
    struct title text;
    char cause[LANG_COUNT][REASON_BYTES];
    const int64_t *event;
    int events;
    int64_t one; /* room for a clause's own event */
    int32_t agency; /* who; -1 */
    int finding;   /* the confirmed finding; -1 */
    int dismissed; /* or the dismissal; -1 */
};

/* What the log and the marks suggest. ev: the automatic evaluation; p and s may be NULL (no panel). Below 30 a
 * deficiency, below 60 to be corrected, below 85 to be improved; a clause violated is to be corrected, late to be
 * improved; both unless nobody could have met it. Parameters of this program, no published rule.
 * Returns how many were written. */
int findings_propose(const struct findings *f, const struct atlas *atlas, const struct evaluation *ev,
                     const struct panel *p, const struct panel_score *s, struct proposal *out, int max);

struct title finding_class_title(int32_t class);
struct title finding_state_title(int32_t state);
int finding_class_find(struct text word); /* deficiency, correct, improve, or the zh words; -1 */
const char *finding_class_name(int32_t class);
int finding_state_find(struct text word); /* open, doing, verify, closed, or the zh words; -1 */
const char *finding_state_name(int32_t state);

#endif

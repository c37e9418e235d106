/* panel.h -- the experts' panel: independent marks, spread, reconciliation, sign-off; and what it scores.
 *
 * A panel is the fold of recorded entries. Until every sheet is in, each expert's marks are that expert's own;
 * then the spread is shown and a change needs a reason; then the head signs with the head of the log's chain.
 * Not applicable and not observed are two things: the first takes the item out of the total, the second only
 * this expert's view of it. What the log alone can tell is proposed by the program, and counts only when an
 * expert confirmed or overruled it. Self-evaluation and the participants' survey are panels of their own
 * that never touch the experts' total. */
#ifndef TUIYAN_EVAL_PANEL_H
#define TUIYAN_EVAL_PANEL_H

#include "eval/agree.h"
#include "eval/entry.h"
#include "eval/icc.h"
#include "eval/rubric.h"

enum { EVALUATOR_MAX = 64, SHEETS_MAX = 12, TITLES_MAX = 3 };

enum panel_kind { PANEL_EXPERT, PANEL_SELF, PANEL_SURVEY, PANEL_KINDS };
enum panel_phase { PANEL_CLOSED, PANEL_MARKING, PANEL_RECONCILING, PANEL_SIGNED };
enum mark_state { MARK_NONE, MARK_RATED, MARK_NOT_APPLICABLE, MARK_NOT_OBSERVED };
enum auto_state { AUTO_PENDING, AUTO_CONFIRMED, AUTO_OVERRULED };

struct sheet_key {
    int32_t phase, role; /* -1: every */
};

struct evaluator {
    struct text id, name, unit, role, expertise;
    double weight;
    bool lead; /* 组长 */
    struct sheet_key sheet[SHEETS_MAX]; /* none: the whole table */
    int sheets;
    bool submitted;
    int64_t submitted_ms; /* wall */
};

struct panel_mark {
    int32_t state;
    double raw; /* as on the item's scale */
    struct text comment, reason; /* reason: of the last change after the sheets were in */
    int64_t event, at_ms; /* what it is tied to; 0 and -1: nothing */
    int32_t first_state; /* as it was when the sheets were in; changed when .. */
    double first_raw;
    bool changed;        /* .. this says so */
};

struct auto_decision {
    int32_t state;
    double raw; /* of an overruled one */
    bool not_applicable;
    struct text by, reason;
};

struct panel {
    int32_t phase;
    const struct rubric *set;
    struct text file, source; /* the set's name and Lua text */
    struct evaluator *evaluator; /* EVALUATOR_MAX */
    int evaluators;
    struct panel_mark *mark; /* EVALUATOR_MAX x set->items */
    struct auto_decision *decision; /* by item */
    struct scored *evidence; /* by item; what the log says; NULL until panel_evidence */
    double *weight;  /* of projects by judgement; NULL: the set's own */
    double cr;
    bool forced;
    int judges;
    struct text signed_by, head;
    int64_t signed_ms;
    int signatures; /* how often it was signed: a new version each */
};

struct panels {
    struct panel of[PANEL_KINDS];
    struct arena *a; /* where texts and tables live */
};

void panels_init(struct panels *p, struct arena *a);
/* Starts the panel of a kind with a set that was read. RC_NO: it is open already. */
MUST_USE enum rc panel_open(struct panels *p, int32_t kind, const struct rubric *set, struct text file,
                            struct text source, struct err *e);
/* Works out the evidence of every item that has a rule; in as for eval_run. */
MUST_USE enum rc panel_evidence(struct panel *p, const struct eval_input *in, const struct clause_result *clause,
                                struct arena *a, struct err *e);
/* Checks an entry against what was recorded before and applies it, or leaves everything as it was: RC_NO and
 * RC_INPUT say why. Kinds of findings are not the panel's (finding.h); ENTRY_OPEN is panel_open's. last_event: the
 * newest event number, for marks tied to one. */
MUST_USE enum rc panel_apply(struct panels *p, const struct entry *f, int64_t last_event, struct err *e);

int panel_kind_find(struct text word);         /* "expert" .. or 专家; empty: expert; -1 */
const char *panel_kind_name(int32_t kind);
struct title panel_kind_title(int32_t kind);
struct title panel_phase_title(int32_t phase);
/* The panel and evaluator of an id, or false. */
bool panel_evaluator(const struct panels *p, struct text id, int *kind, int *evaluator);
/* Should this evaluator mark this item? Items taken from the log alone are nobody's. */
bool panel_expects(const struct panel *p, int evaluator, int item);
bool panel_automatic(const struct rubric_item *it); /* taken from the log alone */
const struct panel_mark *panel_mark(const struct panel *p, int evaluator, int item);
int panel_missing(const struct panel *p, int evaluator); /* items expected and not marked */
/* Reads a mark's word: a value of the item's scale, or 不适用 / na, 未观察 / not_observed, in any of the ways people
 * write them (full-width digits, blanks). False: neither. The empty text gives MARK_NONE. */
bool panel_read_value(const struct rubric *r, const struct rubric_item *it, struct text word, int32_t *state, double *raw);
struct title mark_state_title(int32_t state);
/* Judgement matrices of n x n written as "1 3; 1/3 1 | 1 2; 1/2 1": blanks between entries, ; after a row, | after a
 * judge, 1/3 and * (not compared) as in tables. False: not a whole number of matrices, or more than max entries. */
bool panel_read_judges(struct text t, int n, double *out, int max, int *judges);

/* ---- the score ---- */

enum item_state { ITEM_COUNTED, ITEM_NOT_APPLICABLE, ITEM_NOT_OBSERVED, ITEM_UNMARKED, ITEM_PENDING };

struct item_result {
    int32_t state;
    double score;     /* 0..100, all experts together */
    double low, high; /* lowest and highest score given; NaN: none */
    int rated, not_applicable, not_observed, missing;
    bool spread;      /* far apart: two levels or more, or a level against not applicable */
    int outlier;      /* the evaluator furthest from the median when spread; -1 */
    double weight;    /* points of the total it stands for */
    double lost;      /* of them */
};

struct project_result {
    bool applicable;
    double weight; /* share of the total, 0..1 */
    double score, lost;
};

struct panel_score {
    struct item_result *item;
    struct project_result project[RUBRIC_PROJECTS_MAX];
    double total;
    int grade, veto;  /* indices of set->grade and set->item; veto -1: none */
    int counted, pending, spread, unmarked;
    double project_by[EVALUATOR_MAX][RUBRIC_PROJECTS_MAX]; /* each expert's own; NaN: marked nothing there */
};

/* first: marks as they were when the sheets came in, before reconciliation. combine: enum combine, or -1 for the
 * set's. Memory from a. */
MUST_USE enum rc panel_score(const struct panel *p, bool first, int combine, struct arena *a, struct panel_score *out,
                             struct err *e);

struct agreement { /* NaN: not defined, or refused */
    int raters, items, holes;
    bool too_few;
    struct agree_alpha interval, ordinal;
    bool has_icc; /* no holes */
    struct icc icc;
    struct agree_kendall kendall;
    bool has_kappa;
    struct agree_kappa kappa;
    struct agree_percent percent;
};
/* Over the items that experts mark; marks as scores 0..100. RC_OK with NaN where something is not defined. */
MUST_USE enum rc panel_agreement(const struct panel *p, bool first, struct arena *a, struct agreement *out, struct err *e);

/* Fuzzy comprehensive evaluation: membership of each grade is the share of marks that give it; M(.,+). out has
 * set->grades entries. An option beside the total, never instead. */
MUST_USE enum rc panel_fuzzy(const struct panel *p, const struct panel_score *s, struct arena *a, double *out,
                             struct err *e);

#endif

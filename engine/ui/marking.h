/* marking.h -- the assessment as the window shows it: the panel, one evaluator's sheet, proposals
 * and findings, copied out of the desk.
 *
 * Lives on the worker's thread beside the session. The desk is opened when a page of the assessment
 * is first shown and follows the drill while one is. Until the panel is reconciled nothing of
 * another evaluator's values, and no score, is copied: what is not in a snapshot cannot be shown by
 * mistake. */
#ifndef TUIYAN_UI_MARKING_H
#define TUIYAN_UI_MARKING_H

#include "eval/finding.h"
#include "eval/panel.h"
#include "session/session.h"

enum desk_page { PAGE_DRILL, PAGE_MARK, PAGE_FINDINGS, DESK_PAGES };

struct snap_person {
    const char *id, *name, *unit;
    bool lead, in;
    int missing; /* items still to mark */
};

struct snap_other { /* another evaluator's mark, once all are in */
    const char *name, *value[LANG_COUNT], *first[LANG_COUNT], *comment, *reason;
    bool changed, outlier;
};

struct snap_item {
    const char *id, *text[LANG_COUNT], *guide[LANG_COUNT], *allowed[LANG_COUNT], *unit;
    int project, method, levels; /* levels: 0 unless a choice */
    const char *level_id[RUBRIC_LEVELS_MAX], *level[RUBRIC_LEVELS_MAX][LANG_COUNT];
    double level_score[RUBRIC_LEVELS_MAX];
    bool automatic, optional, veto;
    /* this evaluator's own mark */
    int state, chosen; /* enum mark_state; level, -1 */
    const char *value[LANG_COUNT], *typed, *comment,
        *reason; /* typed: points or a measure, as one gives them */
    int64_t event, at_ms;
    /* what the log says */
    bool has_evidence, applies;
    double evidence_score;
    const char *evidence[LANG_COUNT];
    int64_t seq[EVIDENCE_MAX];
    int events;
    int decision; /* enum auto_state, of automatic ones */
    const char *decided_by, *decided[LANG_COUNT], *decided_why;
    /* after reconciliation began */
    struct snap_other *other;
    int others;
    bool spread, counted;
    double low, high, score, lost;
};

struct snap_project {
    const char *title[LANG_COUNT];
    bool applicable;
    double score, weight;
};

struct snap_panel {
    int phase_of[PANEL_KINDS];
    int kind, phase;
    const char *set[LANG_COUNT];
    struct snap_person *person;
    int persons, who;       /* whose sheet; -1 */
    struct snap_item *item; /* of the sheet; those taken from the log alone after it */
    int items, marked, to_mark;
    struct snap_project *project;
    int projects;
    bool revealed; /* the marks are open to all, and the score is there */
    double total;
    const char *grade[LANG_COUNT], *veto[LANG_COUNT];
    int pending, spread;
    const char *signed_by, *head;
};

struct snap_proposal { /* neither confirmed nor turned down */
    const char *key, *text[LANG_COUNT], *cause[LANG_COUNT];
    int class, agency;
    int64_t seq[EVIDENCE_MAX];
    int events;
};

struct snap_action {
    const char *measure, *unit, *person, *due;
};

struct snap_finding {
    const char *id, *text, *cause, *by, *item, *clause, *from, *evidence, *verified_by;
    int class, state;
    int64_t seq[EVIDENCE_MAX];
    int events;
    struct snap_action action[ACTION_MAX];
    int actions;
};

struct desk_answer { /* to the last entry */
    uint64_t number; /* rises with each */
    bool good;
    int kind; /* enum entry_kind */
    char item[NAME_BYTES];
    struct err text;
};

struct snap_desk {
    enum desk_page page;
    struct desk_answer answer;
    struct snap_panel panel;
    struct snap_proposal *proposal;
    struct snap_finding *finding;
    int proposals, findings;
    struct err failed; /* why there is nothing to show; rc RC_OK: there is */
};

struct wish;
struct snapshot;
struct marking;

/* Costs nothing until a page is shown. NULL without memory. Close it before the session. */
MUST_USE struct marking *marking_open(struct session *s);
void marking_close(struct marking *m);
/* WISH_DESK and WISH_ENTRY. done gets what became of it. */
void marking_do(struct marking *m, const struct wish *w, struct err *done);
/* Puts what the shown page needs into the snapshot (nothing when none is shown). False without
 * memory. */
MUST_USE bool marking_take(struct marking *m, struct snapshot *n);

/* An entry as a wish: its kind, then pairs. Values are cut when there is no room, which the desk
 * then refuses. */
void wish_entry(struct wish *w, int32_t entry_kind);
void wish_pair(struct wish *w, const char *key, const char *value);
/* Which page, panel and evaluator's sheet the snapshots are to have. */
void wish_desk(struct wish *w, enum desk_page page, int kind, const char *who);

#endif

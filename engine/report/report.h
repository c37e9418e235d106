/* report.h -- the evaluation report of one drill: a model of plain values, and the writers.
 *
 * Whoever knows a drill (session, cli, ui) fills a struct report_model; a writer turns it into a paper.
 * The model borrows everything for the call. Texts are NUL-terminated UTF-8 in the language the report
 * is written in (names, sentences of events); NULL is absent. The report's own words come from the
 * catalogue. Times are drill time in ms; REPORT_NEVER is "did not happen". Any list may be empty: a
 * chapter that must be there says so in words, any other is left out.
 *
 * The chapters follow what the drill guides ask an evaluation report to hold (应急办函〔2009〕62号 and
 * AQ/T 9009-2015: execution, plan, command, handling, objectives, findings, advice; record with real
 * times and process control), title and body are set in the manner of GB/T 9704. */
#ifndef TUIYAN_REPORT_REPORT_H
#define TUIYAN_REPORT_REPORT_H

#include "draw/figure.h"

#define REPORT_NEVER INT64_MIN

/* "参演单位 12 个": one line of the table of basic facts, for what has no field of its own. */
struct report_fact {
    const char *name, *value;
};

/* One change of the clock: speeds and pauses are part of what happened. */
enum report_clock_kind {
    REPORT_CLOCK_START, REPORT_CLOCK_SPEED, REPORT_CLOCK_PAUSE, REPORT_CLOCK_HOLD /* 讨论不计时 */,
    REPORT_CLOCK_RESUME, REPORT_CLOCK_JUMP, REPORT_CLOCK_FINISH, REPORT_CLOCK_ABORT,
    REPORT_CLOCK_KINDS
};

struct report_clock {
    enum report_clock_kind kind;
    int64_t t_ms;
    const char *wall; /* real time, such as "2026-07-03 09:12:05"; NULL in a run without a room */
    double speed;     /* of REPORT_CLOCK_SPEED; else 0 */
    const char *note;
};

/* A picture: `figure.of` is a struct map, chart, timeline or bars of draw/. Width and height 0, theme
 * NULL: a good default for the page. Maps become PNG, all others SVG. */
struct report_figure {
    struct figure figure;
    const char *caption;
    bool sheet; /* one of a row of small pictures (a contact sheet), its caption beneath it without a number */
};

struct report_agency {
    const char *name, *role;
    bool played; /* a seat in the room; else simulated */
    int64_t orders;
};

enum report_answer { REPORT_ACCEPTED, REPORT_REFUSED, REPORT_FAILED };

struct report_order {
    int64_t seq, t_ms;
    const char *seat;
    const char *text;        /* as given, in words */
    enum report_answer answer;
    const char *reason;      /* of a refusal or failure */
    int64_t said_ms;         /* back-dated: when it was said; else REPORT_NEVER */
};

/* An event, also one that proves an indicator; the report links numbers to it. */
struct report_event {
    int64_t seq, t_ms;
    const char *text;
    const char *cause; /* "指令 #12", "注入「风向突变」"; NULL: nature */
    bool turning;      /* listed in the course of the drill, not only as evidence */
};

struct report_objective {
    const char *name;
    double weight; /* share of the total, any unit */
    double earned, full; /* full 0: not applicable */
};

struct report_indicator {
    int objective; /* index; -1 none */
    const char *name;
    const char *value;  /* measured, in words: "首报 14 分钟" */
    const char *method; /* how, and against which law or clause */
    double earned, full;
    bool applicable;
    const char *reason; /* for each lost point; required when earned < full */
    const int64_t *evidence; /* sequence numbers of events */
    int evidence_count;
};

struct report_score {
    double total;      /* 0..100; NaN: not scored */
    const char *grade; /* 优 良 一般 差 */
    const char *cap;   /* the veto that capped the grade; NULL: none */
    const char *version; /* of the assessment, such as "自动评分 第 1 版" */
    const char *reliability; /* agreement of the evaluators in words; NULL: no expert marks yet */
    const struct report_objective *objectives;
    int objective_count;
    const struct report_indicator *indicators;
    int indicator_count;
};

/* ---- the experts' part ---- */

struct report_evaluator {
    const char *name, *unit, *role;
    double weight;
    bool lead, submitted;
    const double *project; /* own score of each project; NaN: marked nothing there */
};

struct report_project {
    const char *name;
    bool applicable;
    double weight, score, earned, full; /* weight: per cent of the total */
};

struct report_panel_item {
    int project;
    const char *id, *text;
    const char *how;    /* method, mark of the source, "▲" */
    const char *marks;  /* "张：良；李：中", or what was decided on the evidence */
    const char *log;    /* the evidence in a sentence; NULL none */
    bool counted, spread;
    const char *why_not; /* not counted: not applicable, not observed .. */
    double score, low, high, earned, full;
    const char *reason; /* the comments */
    const int64_t *evidence;
    int evidence_count;
};

struct report_change {
    const char *who, *item, *was, *now, *reason;
};

struct report_statistic {
    const char *name, *first, *last; /* of independent marks, and after reconciliation */
};

struct report_voice { /* self-evaluation, survey: beside the total, never in it */
    const char *title, *set;
    int people;
    const struct report_project *projects;
    int project_count;
    double total;
};

struct report_panel {
    const char *set, *source, *note, *phase, *combine;
    const char *weights; /* how the projects were weighed; NULL: as the set says */
    double total;
    const char *grade, *cap;
    int pending;
    const struct report_evaluator *evaluators;
    int evaluator_count;
    const struct report_project *projects;
    int project_count;
    const struct report_panel_item *items;
    int item_count;
    const struct report_change *changes;
    int change_count;
    const struct report_statistic *statistics;
    int statistic_count;
    const char *too_few; /* 样本过少; NULL: enough */
    const char *const *grades; /* of the fuzzy evaluation, with membership in per cent */
    const double *membership;
    int grade_count;
    const char *signed_by, *head; /* NULL: not signed */
};

struct report_statement { /* a decision the model cannot play, on record for the experts */
    int64_t seq, t_ms;
    const char *seat, *text;
};

enum report_finding_class { REPORT_DEFICIENCY, REPORT_CORRECT, REPORT_IMPROVE }; /* 不足 整改 改进 */

struct report_finding {
    enum report_finding_class fclass;
    const char *text, *cause, *measure, *unit, *person, *due;
    const int64_t *evidence;
    int evidence_count;
    bool confirmed; /* by an expert; the program alone only proposes */
    const char *state;    /* of the correction, 待整改 ..; NULL: a proposal */
    const char *verified; /* evidence of the correction and who verified it */
};

/* In the order of enum plan_state of eval. */
enum report_clause_state {
    REPORT_CLAUSE_MET, REPORT_CLAUSE_LATE, REPORT_CLAUSE_VIOLATED, REPORT_CLAUSE_NOT_TRIGGERED,
    REPORT_CLAUSE_UNTESTED, REPORT_CLAUSE_STATES
};

struct report_clause {
    const char *text, *who, *source;
    int64_t within_ms;    /* 0: no limit */
    int64_t triggered_ms; /* REPORT_NEVER */
    int64_t done_ms;      /* REPORT_NEVER */
    enum report_clause_state state;
    bool impossible;      /* what it takes did not exist: nobody could have met it */
    const char *advice; /* what to revise; NULL none */
};

/* One requirement on the command post: 前线指挥部, 总指挥, 工作组, 通信核验 .. */
struct report_post {
    const char *what, *planned, *actual;
    int64_t t_ms; /* when it stood; REPORT_NEVER */
    bool good;
};

struct report_correction {
    int64_t t_ms;
    const char *was, *now, *why;
    const char *effect; /* which later orders changed; NULL none */
};

struct report_assumption {
    const char *text;
    const char *mark; /* source, or NULL */
    bool unverified;  /* [U]: printed with a mark */
};

/* The agenda as the scenario has it: who was to hold which post, in which phases, and what each inject should set going. */
struct report_duty {
    const char *agency, *title, *name, *phone, *place, *deputy; /* NULL when not given */
};
struct report_phase {
    const char *title, *from;  /* from: a clock time, or the inject with which it begins */
    int64_t room_ms;           /* budget of time in the room; 0: none */
    const char *questions, *seats, *decision; /* NULL when there are none */
};
struct report_step {
    const char *inject;
    int64_t fired_ms; /* REPORT_NEVER: the inject did not fire */
    const char *text; /* who does what, how soon */
    bool opens;       /* the first of its inject */
};

struct report_loss {
    const char *name, *unit;
    double value, baseline; /* baseline: the same drill with nobody acting; NaN unknown */
    int decimals;
};

/* How scripted the drill was. */
struct report_script {
    bool known;
    int64_t by_time, by_world, by_decision, by_chain, by_hand; /* injects fired */
    int64_t decisions;        /* orders of the room that were accepted */
    int64_t without_effect;   /* of them: changed nothing in the world; -1 unknown */
    const char *remark;
};

struct report_signer {
    const char *role, *name; /* name NULL: a line to sign on */
};

struct report_model {
    const char *title;    /* NULL: "<scenario>桌面推演评估报告" */
    const char *issuer;   /* the office; printed above the red line; NULL none */
    const char *number;   /* 文号; NULL none */
    const char *date;     /* "2026年7月3日", under the signatures; NULL none */
    const char *scenario, *summary, *trains, *town;
    const char *bot;      /* a simulated commander played; NULL: people */
    uint64_t seed;
    const char *course;   /* of the scenario's courses; NULL: it names none */
    const char *engine;   /* version of the program */
    const char *archive;  /* it was played by other models: what that means; NULL */
    const char *line;     /* the official line; NULL when there is but one */
    int64_t start_clock_ms; /* clock of drill time 0, ms since midnight */
    int64_t end_ms;
    bool aborted;
    const struct report_fact *facts;
    int fact_count;
    const struct report_agency *agencies;
    int agency_count;
    const struct report_clock *clock;
    int clock_count;
    const struct report_figure *maps;
    int map_count;
    const struct report_figure *curves; /* charts */
    int curve_count;
    const struct timeline *timeline; /* NULL none */
    const struct report_order *orders;
    int order_count;
    struct report_score score;
    const struct report_event *events; /* rising seq */
    int event_count;
    const struct report_finding *findings;
    int finding_count;
    const struct report_clause *clauses;
    int clause_count;
    double plan_tested, plan_met; /* per cent: of all clauses; of the tested that could be met */
    const struct report_panel *panel; /* NULL: no experts */
    const struct report_voice *voices;
    int voice_count;
    const struct report_statement *statements;
    int statement_count;
    const struct matrix *coordination; /* NULL none */
    const struct report_post *post;
    int post_count;
    const struct report_correction *corrections;
    int correction_count;
    const struct report_assumption *assumptions;
    int assumption_count;
    const struct report_duty *duties;
    int duty_count;
    const struct report_phase *phases;
    int phase_count;
    const struct report_step *steps; /* of expected chains, those of an inject together */
    int step_count;
    const struct report_loss *losses;
    int loss_count;
    struct report_script script;
    bool synthetic;           /* the terrain is made up */
    const char *terrain_note; /* NULL: a general sentence when synthetic */
    const char *chain_head;   /* SHA-256 of the log's last row, hex; NULL: a drill in memory */
    const struct report_signer *signers; /* none: the usual four */
    int signer_count;
};

/* Writes ONE self-contained HTML file: print style for A4, pictures inside as data, nothing fetched.
 * Appends to *out, which the caller frees (bytes_free), also on failure. The same model gives the
 * same bytes. Fails with RC_MEMORY, or with what a figure failed with. */
MUST_USE enum rc report_write_html(const struct report_model *m, enum lang lang, struct bytes *out,
                                   struct err *e);

#endif

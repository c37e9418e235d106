/* rubric.h -- an indicator set as data: projects, items, scales, and what an item's evidence in the log is.
 *
 * A set comes from a document (assets/indicators/NAME.lua), so another edition of a standard's table replaces
 * it without a line of C. Marks are kept as they were given and turned into 0..100 by the item's scale; any
 * score can be turned back into a choice of any scale (GB/T 46792-2025 annex D asks for both ways).
 * A set whose table was not read in the standard itself must call itself 自拟指标; reading refuses it else. */
#ifndef TUIYAN_EVAL_RUBRIC_H
#define TUIYAN_EVAL_RUBRIC_H

#include "eval/eval.h"

enum {
    RUBRIC_ITEMS_MAX = 256,   /* the longest table has 101 */
    RUBRIC_PROJECTS_MAX = 40, /* the longest has 27 groups */
    RUBRIC_SCALES_MAX = 16,
    RUBRIC_LEVELS_MAX = 10,
    RUBRIC_WORDS_MAX = 32,    /* stages or roles */
};

enum item_method { METHOD_CHOICE, METHOD_POINTS, METHOD_MEASURE }; /* 选择项 评分 定量测量 */
enum item_way { WAY_OBSERVE = 1, WAY_INTERVIEW = 2, WAY_RECORD = 4, WAY_LOG = 8 }; /* 观察 访谈 资料 系统日志 */
/* How far the source could be read: in full, a secondary copy, practice, general knowledge only, our own. */
enum source_mark { SOURCE_FULL, SOURCE_COPY, SOURCE_PRACTICE, SOURCE_UNVERIFIED, SOURCE_OWN };
enum combine { COMBINE_MEAN, COMBINE_MEDIAN, COMBINE_TRIMMED };

struct rubric_level {
    struct text id;
    struct title title;
    double score;    /* 0..100, what a mark of this level is worth */
    double at_least; /* the lowest score that is this level */
};

struct rubric_scale {
    struct text id;
    struct title title;
    struct rubric_level level[RUBRIC_LEVELS_MAX]; /* best first */
    int levels;
};

struct rubric_word { /* a stage or a role */
    struct text id;
    struct title title;
};

struct rubric_project {
    struct text id;
    struct title title;
    double weight;
};

struct rubric_item {
    struct text id;
    struct title text;
    struct title guide; /* what to look at; may be empty */
    int32_t project, method, scale; /* scale: -1 unless METHOD_CHOICE */
    uint32_t way;
    double max, step;   /* of METHOD_POINTS */
    double full, zero;  /* of METHOD_MEASURE: values for 100 and 0 */
    struct text unit;
    double weight;
    bool optional;      /* may be marked not applicable without a word (▲) */
    int32_t phase, role; /* -1: every one */
    int32_t mark;       /* enum source_mark */
    struct text source;
    bool has_rule;      /* the log has evidence for it */
    struct indicator rule;
    int32_t veto;       /* 0 none, 1: below veto_below the grade is capped */
    double veto_below;
};

struct rubric {
    struct text id;
    struct title title;
    struct text version, source;
    struct title note;
    int32_t mark;
    int32_t combine;
    struct rubric_scale scale[RUBRIC_SCALES_MAX];
    struct rubric_word phase[RUBRIC_WORDS_MAX], role[RUBRIC_WORDS_MAX];
    struct rubric_project project[RUBRIC_PROJECTS_MAX];
    struct rubric_item *item;
    int scales, phases, roles, projects, items;
    struct rubric_level grade[RUBRIC_LEVELS_MAX]; /* of the total, best first */
    int grades;
    int cap; /* the best grade a veto leaves, an index of grade */
};

/* Reads and checks a set. atlas gives the scenario's names that rules may use; NULL: a set looked at alone,
 * whose rules may then not name places or injects. Texts of doc must outlive out. RC_INPUT names file and line. */
MUST_USE enum rc rubric_read(const struct doc *doc, const struct atlas *atlas, struct arena *a, struct rubric *out,
                             struct err *e);
/* The scenario's own automatic indicators as a set: a project for each objective, an item for each indicator. */
MUST_USE enum rc rubric_of_scenario(const struct atlas *atlas, struct arena *a, struct rubric *out, struct err *e);

int rubric_find(const struct rubric *r, struct text id); /* an item, or -1 */
struct text rubric_nearest(const struct rubric *r, struct text id);

/* Reads what somebody wrote as a mark of the item: a level's id or title in either language; points; a measured
 * value. *raw: index of the level, points, or value. False: not on the scale. */
bool rubric_parse(const struct rubric *r, const struct rubric_item *it, struct text word, double *raw);
/* The mark as people read it. */
void rubric_format(const struct rubric *r, const struct rubric_item *it, double raw, enum lang lang, struct buf *out);
/* What would be right, for messages: "好 / 中 / 差" or "0 - 5". */
void rubric_allowed(const struct rubric *r, const struct rubric_item *it, enum lang lang, struct buf *out);
/* Any method to 0..100. */
double rubric_score(const struct rubric *r, const struct rubric_item *it, double raw);
/* Any score to a level of scale: the first whose at_least it reaches (an index; the last when none). */
int rubric_choice(const struct rubric_scale *s, double score);
/* A score to a mark of the item: level, points to the step, or value. */
double rubric_raw(const struct rubric *r, const struct rubric_item *it, double score);
int rubric_grade(const struct rubric *r, double total); /* index of grade */
struct title source_mark_title(int32_t mark);
struct title item_method_title(int32_t method);
struct title combine_title(int32_t combine);
void rubric_manual(enum lang lang, struct buf *out);

#endif

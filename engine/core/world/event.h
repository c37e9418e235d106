/* event.h -- what happened: the vocabulary that eval, script, store and report decode without knowing
 * who emitted it.
 *
 * An event is a plain record. Its row in events.def names its fields: the integers in order, then the
 * numbers in order; the templates are what a person reads. Facts of the world (those a slice names as
 * such, facts.h) change only when an event is applied. Every event says what caused it; `also` is a
 * second cause (the order that had put a team where the hazard then came). */
#ifndef TUIYAN_CORE_WORLD_EVENT_H
#define TUIYAN_CORE_WORLD_EVENT_H

#include "base/limits.h"
#include "core/scenario/names.h"

enum cause_kind {
    CAUSE_NONE,    /* the start of the scenario, nature */
    CAUSE_ORDER,   /* ref: sequence number of an order */
    CAUSE_EVENT,   /* ref: sequence number of an event */
    CAUSE_INJECT,  /* ref: inject id */
    CAUSE_ABSENCE, /* ref: verb that nobody ordered in time */
};

struct cause {
    int32_t kind;
    int64_t ref;
};

/* What a field of an event (or an argument of an order) is. */
enum value_kind {
    VK_NONE,
    VK_AGENCY, VK_TEAM, VK_PLACE, VK_ROAD, VK_LINE, VK_CHANNEL, VK_SERVICE, VK_GROUP, VK_SUPPLY,
    VK_INJECT, VK_OBJECTIVE, VK_CLAUSE, VK_ASSET, /* ids of an entity; -1 none */
    VK_TASK, VK_LEVEL, VK_FORM, VK_STAGE, VK_COLOUR, VK_REASON, VK_TRIGGER, VK_TACTIC, /* words.def */
    VK_SAFETY,   /* a bit set over safety measures by owner, see word_bit */
    VK_HAZARD,   /* owner of a hazard's words; -1: not said */
    VK_WARN_SET, VK_LEVEL_SET, VK_REPORT_SET, /* bit sets of words.def */
    VK_PLACE_KIND, VK_TEAM_KIND, VK_LINE_KIND, VK_ASSET_KIND, /* kinds.def and the hazards' own */
    VK_SETTING,  /* of an asset: a word, or SETTING_PERCENT + 0..100 */
    VK_BARRIER,  /* what can be closed: a road, or BARRIER_ASSET + an asset */
    VK_TOPIC,    /* what is known: topics.def and the hazards' own */
    VK_COUNT,    /* a whole number: people, reports */
    VK_REQUEST,  /* number of a request in this drill */
    VK_ORDER,    /* sequence number of an order */
    VK_VERB,
    VK_MS,       /* a duration in milliseconds */
    VK_MOMENT,   /* drill time in milliseconds */
    VK_NUM,      /* a number, SI, shown with one decimal */
    VK_POINT,    /* orders: metres packed by point_pack; events use two VK_NUM */
    VK_BOOL,
    VK_FACT,     /* orders: a figure of the first headline that the scenario's hazards have, as people read it */
};

/* A number of a word, a verb or a kind of event is owner << OWN_BITS | row; see core/order/vocab.h. */
enum {
    OWN_BITS = 8,
    OWN_ROW = (1 << OWN_BITS) - 1, /* mask of the row */
    OWNERS_MAX = 8,
    OWN_CORE = 0,
    OWN_SCENARIO = OWNERS_MAX - 1,
    EVENT_KINDS = OWNERS_MAX << OWN_BITS, /* room for an array by kind of event */
    SETTING_PERCENT = EVENT_KINDS,        /* settings: words lie below, whole per cents from here */
    BARRIER_ASSET = 1 << 24,              /* barriers: roads lie below, assets from here */
};

enum event_kind { /* core's own: those that another module's apply needs, or that no hazard brings */
#define EVENT(id, name, class, zh, en, ...) EV_##id,
#include "core/world/events.def"
#undef EVENT
    CORE_EVENTS
};

/* How an event stands in logs and in the report. */
enum event_class {
    EVENT_TELLS,
    EVENT_LOSS,      /* somebody or something is lost, or an order came to nothing */
    EVENT_QUIET,     /* left out where the log is read, kept where it is searched */
    EVENT_INJECT,
    EVENT_CLASS = 3, /* mask */
    EVENT_TURN = 4,  /* with any of them: a turning point of the drill */
};

struct event_field {
    const char *name;
    enum value_kind kind; /* VK_NUM fields fill f[], all others i[]; VK_TOPIC is told with the field "value" */
};

struct event_row {
    const char *name;
    int class; /* enum event_class, EVENT_TURN */
    const char *zh, *en; /* templates with {field} */
    struct event_field field[EVENT_INTS + EVENT_NUMS + 1]; /* ends with VK_NONE */
};

struct event {
    int64_t seq;  /* 1.. within a line */
    int64_t t_ms; /* drill time */
    int32_t kind;
    int32_t i[EVENT_INTS];
    double f[EVENT_NUMS];
    struct cause cause;
    struct cause also;
};

const struct event_row *event_row(int kind);
int event_find(struct text name); /* -1 when there is none */
/* All kinds there are, in order of their numbers: -1 begins, -1 is behind the last. With names only those
 * of hazards that the scenario has. */
int event_next(const struct names *n, int kind);
enum event_class event_class(int kind);
bool event_turns(int kind);
/* Position of a field: >= 0 into i[], or EVENT_INTS + k into f[]; -1 when the kind has no such field. */
int event_field(int kind, const char *name);
/* The integer value of a named field, or missing. */
int64_t event_int(const struct event *e, const char *name, int64_t missing);
double event_num(const struct event *e, const char *name, double missing);
struct atlas;
/* The sentence a person reads, without the time. */
void event_format(const struct event *e, const struct atlas *atlas, enum lang lang, struct buf *out);

/* The number of one of core's words: W(STAGE, HOME) is 1. */
enum word_position {
#define WORD(kind, id, name, zh, en) WORD_AT_##kind##_##id,
#include "core/order/words.def"
#undef WORD
#define TASK(id, name, zh, en, shape, targets, flags, crews) WORD_AT_TASK_##id,
#include "core/order/tasks.def"
#undef TASK
    WORD_FIRST_TASK = WORD_AT_TASK_STANDBY,
    WORD_FIRST_LEVEL = WORD_AT_LEVEL_NONE,
    WORD_FIRST_COLOUR = WORD_AT_COLOUR_NONE,
    WORD_FIRST_FORM = WORD_AT_FORM_FIRST,
    WORD_FIRST_STAGE = WORD_AT_STAGE_NONE,
    WORD_FIRST_REASON = WORD_AT_REASON_NONE,
    WORD_FIRST_TRIGGER = WORD_AT_TRIGGER_TIME,
    WORD_FIRST_TACTIC = WORD_AT_TACTIC_NONE,
    WORD_FIRST_SETTING = WORD_AT_SETTING_OPEN,
    WORD_FIRST_WARN_SET = WORD_AT_WARN_SET_KIND,
    WORD_FIRST_LEVEL_SET = WORD_AT_LEVEL_SET_MATTER,
    WORD_FIRST_REPORT_SET = WORD_AT_REPORT_SET_UNIT,
};
#define W(kind, id) ((int32_t)WORD_AT_##kind##_##id - (int32_t)WORD_FIRST_##kind)

/* Words: name, zh, en. Kinds such as levels and stages are core's alone and count from 0; tasks, reasons,
 * tactics and kinds of things have owners: go through them with word_next. n may be NULL. */
struct word_row {
    const char *name, *zh, *en;
};
bool word_has_words(enum value_kind kind);
bool word_is_set(enum value_kind kind); /* its values are bit sets over the words */
/* The bit of a word in sets of its kind: its number, but owner << 3 | row where words have owners. The word
 * of a bit, -1: none. Bits of a value lie below SET_BITS: it stays positive. */
enum { SET_BITS = 63 };
int word_bit(enum value_kind kind, int32_t word);
int32_t word_of_bit(enum value_kind kind, int bit);
int32_t word_next(const struct names *n, enum value_kind kind, int32_t v);
bool word_valid(const struct names *n, enum value_kind kind, int64_t v);
int word_count(enum value_kind kind); /* of core's words: levels, colours, elements */
const char *word_name(const struct names *n, enum value_kind kind, int32_t v);
struct title word_title(const struct names *n, enum value_kind kind, int32_t v);
int32_t word_find(const struct names *n, enum value_kind kind, struct text word); /* name or title; -1 */
/* Any value as text: canonical (English ids) or for people. */
void value_format(enum value_kind kind, int64_t v, const struct atlas *atlas, enum lang lang,
                  bool canonical, struct buf *out);
enum entity value_entity(enum value_kind kind); /* ENT_COUNT when it is none */
int64_t point_pack(double x_m, double y_m); /* whole metres */
void point_unpack(int64_t v, double *x_m, double *y_m);

#endif

/* vocab.h -- the words that modules bring: verbs, tasks, events, reasons, topics and kinds, as rows.
 *
 * A number is owner << 8 | row. Core is owner 0; a hazard has its own (hazard/hazards.h); the last owner
 * is the scenario itself: what an author declares lives with the scenario's names, so that every look-up
 * takes them (NULL: only what is compiled in). Rows are append-only. Nothing is registered at run time:
 * whoever links the hazards defines vocab_table; core only declares it. Words of a hazard that a
 * scenario does not have are not offered and not found there (names->owners), but a number that is on
 * record always has its row. */
#ifndef TUIYAN_CORE_ORDER_VOCAB_H
#define TUIYAN_CORE_ORDER_VOCAB_H

#include "core/order/order.h"

enum {
    TASKS_EACH = 32,   /* tasks of one owner: a slot is owner << 5 | row, 256 in all */
    SAFETIES_EACH = 8, /* safety measures of one owner: a bit is owner << 3 | row, SET_BITS in all */
    TASK_SLOTS = OWNERS_MAX * TASKS_EACH,
};

/* How a task goes on in space and time. What its amounts mean is its owner's business. */
enum task_shape {
    TASK_STAY,    /* people who are there count: cordon, treatment, search, guard */
    TASK_STRETCH, /* grows along a line */
    TASK_TRIP,    /* to and fro with a load */
};
enum task_target { ON_PLACE = 1, ON_LINE = 2, ON_ASSET = 4, ON_POINT = 8 };
enum task_flag {
    TASK_IDLE = 1,     /* no work: standing by, resting */
    TASK_EFFORT = 2,   /* goes to its owner as an effort each step */
    TASK_ALL = 4,      /* every team can do it */
    TASK_APPROVED = 8, /* only once the plan is approved */
    TASK_ON_DONE = 16, /* along a line that is known to be done */
    TASK_REPORTS = 32, /* who does it sees the hazard and says so from time to time */
};

/* A bound beyond which a leader does not let the crew work. */
struct limit_row {
    const char *what; /* "wind_ms", "temp_c", "humidity", "night" (1 or 0) */
    char op;          /* '>' or '<' */
    double at;
    int32_t reason; /* VK_REASON */
};

struct task_row {
    const char *name, *zh, *en;
    enum task_shape shape;
    uint32_t targets, flags; /* enum task_target, enum task_flag */
    const char *crews;       /* kinds of team that usually can, beside those that say so themselves */
    const char *unit;        /* of its amount, "m", "袋"; NULL: none */
    double usual;            /* amount an hour and person; 0: none. With its source in the comment */
    const struct limit_row *limit;
    int limits;
};

struct kind_row { /* a kind of place, team, line or asset */
    const char *name, *zh, *en;
    const char *sign;     /* one character on the map; NULL: the title's */
    const char *usual;    /* teams: tasks they can do when the scenario does not say */
    bool inhabited;       /* places: people live or stay there, and are warned of a threat */
    bool flies;           /* teams */
    const char *settings; /* assets: "percent", or words such as "open closed"; the first holds at the start */
    int64_t hands_ms;     /* assets: how long hands take to set it on the spot */
};

/* What can be known: a topic and a subject (an id of the entity; ENT_COUNT: one fact for all). */
struct topic_row {
    const char *name, *zh, *en;
    enum entity entity;
    enum value_kind kind; /* how the value reads */
    double scale;         /* the value on record is so many times what people read */
    const char *unit;
    bool headline; /* said to the room: projector, report */
    const char *measure; /* of the hazard: what it is in truth; NULL: no such number */
};

struct atlas;
/* Core's own safety measures, as bits of a VK_SAFETY set. */
enum { SAFETY_GUIDE, SAFETY_LOOKOUT, SAFETY_RADIO };
#define SAFETY_BIT(id) ((int64_t)1 << SAFETY_##id)

struct more; /* core/scenario/schema.h */

struct vocab {
    const char *name, *zh, *en; /* the key under `hazards`; core: "core" */
    const struct event_row *event;
    int events;
    const struct verb_row *verb;
    int verbs;
    const struct task_row *task;
    int tasks;
    const struct word_row *reason, *safety, *tactic, *setting;
    int reasons, safeties, tactics, settings;
    const struct topic_row *topic;
    int topics;
    const struct kind_row *place_kind, *team_kind, *line_kind, *asset_kind;
    int place_kinds, team_kinds, line_kinds, asset_kinds;
    const struct more *more; /* keys it adds to sections of the scenario */
    int mores;               /* <= MORES_EACH */
};

/* By owner; NULL where there is none. hazard/hazards.c defines it; a test without hazards its own. */
extern const struct vocab *const vocab_table[OWNERS_MAX];
extern const struct vocab core_vocab;

/* The vocabulary of an owner as this scenario has it, or NULL. */
const struct vocab *vocab_of(const struct names *n, int owner);
/* Whether the scenario may use the owner's words. */
bool vocab_present(const struct names *n, int owner);
/* The next number after v (-1 begins) among the rows that the owners present bring; -1 behind the last.
 * count: how many an owner's vocabulary has of them. */
typedef int vocab_count(const struct vocab *v, enum value_kind kind);
int32_t vocab_next(const struct names *n, int32_t v, vocab_count *count, enum value_kind kind);
/* Row of a task; never NULL for a valid number. */
const struct task_row *task_row(const struct names *n, int32_t task);
const struct topic_row *topic_row(const struct names *n, int32_t topic);
/* The next headline among the topics that the scenario has: -1 begins, -1 is behind the last. */
int32_t topic_headline(const struct names *n, int32_t topic);
/* A value on record as people read it, with its unit: "12.3 m". */
void topic_format(int32_t topic, int64_t value, const struct atlas *atlas, enum lang lang, struct buf *out);
void topic_write_unit(const struct topic_row *row, enum lang lang, struct buf *out); /* with the blank before it */
int task_slot(int32_t task);
const struct kind_row *kind_row(const struct names *n, enum value_kind kind, int32_t v);

/* ---- sets of tasks ---- */
bool task_set_has(struct task_set set, int32_t task);
void task_set_add(struct task_set *set, int32_t task);
struct task_set task_set_all(void);

#endif

/* names.h -- the ids an author wrote, one table an entity kind: ASCII name outside, dense int inside,
 * in order of declaration; a zh and en title beside. */
#ifndef TUIYAN_CORE_SCENARIO_NAMES_H
#define TUIYAN_CORE_SCENARIO_NAMES_H

#include "base/arena.h"
#include "base/err.h"

struct title {
    struct text zh;
    struct text en;
};

enum entity {
    ENT_AGENCY, ENT_TEAM, ENT_PLACE, ENT_NODE, ENT_ROAD, ENT_LINE, ENT_CHANNEL, ENT_SERVICE,
    ENT_GROUP, ENT_SUPPLY, ENT_INJECT, ENT_OBJECTIVE, ENT_CLAUSE, ENT_ASSET,
    ENT_COUNT
};

/* Tasks that a team can do, or that use a supply: bits by slot, see task_set_has in core/order/vocab.h. */
struct task_set {
    uint64_t w[4];
};

struct name_row {
    struct text name;
    struct title title;
};

struct vocab;

struct names {
    struct name_row *row[ENT_COUNT];
    int count[ENT_COUNT];
    int cap[ENT_COUNT];
    int64_t start_clock_ms; /* clock of drill time 0, ms since midnight, Beijing time */
    uint32_t owners;         /* bit of each hazard that the scenario has; 0: not asked, all words are known */
    const struct vocab *own; /* words that the scenario itself declares; NULL: none */
};

/* Returns the id, or -1. Also matches a zh or en title, whole, so that typed Chinese works. */
int names_find(const struct names *n, enum entity kind, struct text word);
/* The nearest name by edit distance, or the empty text when nothing is near. */
struct text names_nearest(const struct names *n, enum entity kind, struct text word);
const char *entity_name(enum entity kind);                 /* "team" */
struct title entity_title(enum entity kind);               /* 队伍 / team */
struct arg names_arg(const struct names *n, enum entity kind, int id); /* title for a message; "-" for -1 */
struct text names_name(const struct names *n, enum entity kind, int id);

/* Typed ids, so that a place cannot be passed for a team. Index -1 is none. */
typedef struct { int32_t i; } agency_id;
typedef struct { int32_t i; } team_id;
typedef struct { int32_t i; } place_id;
typedef struct { int32_t i; } road_id;

#endif

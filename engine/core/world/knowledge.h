/* knowledge.h -- what a seat has been told, beside what is.
 *
 * There is one shared picture, and for each agency only its differences from it. A fact is a value
 * with the time at which it was true and the time at which it was heard. Newer observations replace
 * older ones. An order is checked against the knowledge of the agency that gives it. */
#ifndef TUIYAN_CORE_WORLD_KNOWLEDGE_H
#define TUIYAN_CORE_WORLD_KNOWLEDGE_H

#include "core/world/event.h"
#include "core/world/walk.h"

/* What facts there are: a topic and a subject (an id of the topic's entity, or 0). */
enum topic {
    TOPIC_HAZARD_SIZE,  /* value: ha * 10 */
    TOPIC_HAZARD_AT,    /* value: point_pack of the part reported last */
    TOPIC_HAZARD_COUNT, /* value: separate fires reported */
    TOPIC_WIND,         /* value: m/s * 10 */
    TOPIC_WIND_FROM,    /* degrees */
    TOPIC_WIND_AHEAD,   /* a forecast: degrees the wind will come from; -1 */
    TOPIC_LEVEL,        /* VK_LEVEL */
    TOPIC_POST,         /* place, -1 */
    TOPIC_COMMANDER,    /* agency, -1 */
    TOPIC_TEAM_STAGE,   /* by team: VK_STAGE */
    TOPIC_TEAM_PLACE,   /* by team: place, -1 on the way */
    TOPIC_TEAM_TASK,    /* by team: VK_TASK */
    TOPIC_TEAM_HURT,    /* by team: hurt + dead */
    TOPIC_PLACE_STATE,  /* by place: 0 quiet, 1 threatened, 2 reached */
    TOPIC_PLACE_MOVED,  /* by place: people moved */
    TOPIC_PLACE_ORDERED,/* by place: evacuation ordered */
    TOPIC_SHELTER,      /* by place: open */
    TOPIC_ROAD_STATE,   /* by road: 0 open, 1 closed by order, 2 cut, 3 jammed */
    TOPIC_CHANNEL_STATE,/* by channel: per cent that works */
    TOPIC_LINE_DONE,    /* by line: per cent built */
    TOPIC_POWER_CUT,    /* by line */
    TOPIC_INJECT,       /* by inject: told */
    TOPIC_ASSET,        /* by asset: VK_SETTING */
    TOPIC_ASSET_BROKEN, /* by asset */
    TOPIC_COUNT
};

struct fact {
    int64_t value;
    int64_t seen_ms;  /* when it was true; -1: never told */
    int64_t heard_ms;
    int64_t event;    /* what told it */
};

struct knowledge; /* opaque */

enum { EVERYBODY = -1 };

MUST_USE enum rc knowledge_make(const struct atlas *atlas, struct arena *perm, struct knowledge **out,
                                struct err *e);
/* Tells one agency, or EVERYBODY (the shared picture). Returns false when FACT_DIFF_MAX is reached. */
bool knowledge_tell(struct knowledge *k, int32_t agency, enum topic topic, int32_t subject, int64_t value,
                    int64_t seen_ms, int64_t heard_ms, int64_t event);
/* What the agency knows; EVERYBODY: the shared picture. seen_ms -1 when nobody told it. */
struct fact knowledge_get(const struct knowledge *k, int32_t agency, enum topic topic, int32_t subject);
int64_t knowledge_value(const struct knowledge *k, int32_t agency, enum topic topic, int32_t subject,
                        int64_t missing);
/* The part of the hazard that has been reported, on a grid of KNOWN_GRID x KNOWN_GRID over the map, row
 * 0 north: 0 unknown, 1 reported. Shared picture only. */
enum { KNOWN_GRID = 100 };
const uint8_t *knowledge_seen(const struct knowledge *k);
void knowledge_see(struct knowledge *k, int col, int row);
/* Rises with each fact of the topic that the agency (EVERYBODY: the shared picture) is told; 0: it has none of its own. Not
 * state: it says whether something worked out from the facts is still good. */
uint32_t knowledge_version(const struct knowledge *k, int32_t agency, enum topic topic);
int knowledge_subjects(const struct knowledge *k, enum topic topic);
const char *topic_name(enum topic topic);
void knowledge_walk(void *self, struct walk *w);

#endif

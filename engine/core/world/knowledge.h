/* knowledge.h -- what a seat has been told, beside what is.
 *
 * There is one shared picture, and for each agency only its differences from it. A fact is a value
 * with the time at which it was true and the time at which it was heard. Newer observations replace
 * older ones. Of rasters it keeps what a cell looked like when it was seen, never a window on what is. An
 * order is checked against the knowledge of the agency that gives it. */
#ifndef TUIYAN_CORE_WORLD_KNOWLEDGE_H
#define TUIYAN_CORE_WORLD_KNOWLEDGE_H

#include "core/world/sight.h"
#include "core/world/walk.h"

/* What can be known: a topic and a subject (an id of the topic's entity, or 0). Topics are words by owner
 * (core/order/vocab.h); these are core's own. */
enum topic {
#define TOPIC(id, ...) TOPIC_##id,
#include "core/world/topics.def"
#undef TOPIC
    CORE_TOPICS
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
bool knowledge_tell(struct knowledge *k, int32_t agency, int32_t topic, int32_t subject, int64_t value,
                    int64_t seen_ms, int64_t heard_ms, int64_t event);
/* What the agency knows; EVERYBODY: the shared picture. seen_ms -1 when nobody told it. */
struct fact knowledge_get(const struct knowledge *k, int32_t agency, int32_t topic, int32_t subject);
int64_t knowledge_value(const struct knowledge *k, int32_t agency, int32_t topic, int32_t subject,
                        int64_t missing);

/* ---- rasters: the class of each cell as it was seen last, and when ---- */

/* Of each raster layer a grid is kept as coarse as sightings are: the layer's own cells, or so many of them
 * in one that it has at most KNOWN_GRID cells a side. Row 0 is north. */
enum { KNOWN_GRID = 100, KNOWN_LAYERS_MAX = 16 };
struct known_grid {
    int cols, rows;
    int fold; /* cells of the layer in one of the grid, a side; the last ones may have fewer */
    double cell_m, west_m, south_m;
};
struct layer_out;
MUST_USE enum rc knowledge_add_layer(struct knowledge *k, int owner, int layer, const struct layer_out *size,
                                     struct arena *perm, struct err *e);
/* False: there is no such raster. */
bool knowledge_grid(const struct knowledge *k, int owner, int layer, struct known_grid *out);
/* What the agency (or EVERYBODY) knows of it: the newer of its own and the shared picture, cell by cell, into
 * cols * rows bytes and as many minutes of drill time; minute -1: never told. */
void knowledge_seen(const struct knowledge *k, int32_t agency, int owner, int layer, uint8_t *cls, int32_t *minute);
/* Tells what was seen at seen_ms: a fact, or cells (sight.h). False as knowledge_tell. */
bool knowledge_hear(struct knowledge *k, int32_t agency, const struct sight *sight, int64_t seen_ms, int64_t heard_ms,
                    int64_t event);
/* Cells that `from` knows better than `to` (an agency, or EVERYBODY) are told to it. */
void knowledge_show(struct knowledge *k, int32_t from, int32_t to);

/* Rises with each fact of the topic that the agency (EVERYBODY: the shared picture) is told; 0: it has none of its own. Not
 * state: it says whether something worked out from the facts is still good. */
uint32_t knowledge_version(const struct knowledge *k, int32_t agency, int32_t topic);
int knowledge_subjects(const struct knowledge *k, int32_t topic);
void knowledge_walk(void *self, struct walk *w);

#endif

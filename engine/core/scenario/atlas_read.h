/* atlas_read.h -- how the sections of a scenario are read; shared by the atlas files only.
 *
 * A section is a list of tables of one kind. Pass 1 collects the ids of all sections into the names,
 * pass 2 reads every row with its references and lets the section accept it. */
#ifndef TUIYAN_CORE_SCENARIO_ATLAS_READ_H
#define TUIYAN_CORE_SCENARIO_ATLAS_READ_H

#include "core/scenario/atlas.h"

struct atlas_reading {
    const struct doc *doc;
    struct arena *arena;
    struct atlas *atlas;
    struct err *e;
    bool guessed_length, guessed_speed, guessed_capacity; /* of roads: said among the assumptions */
};

/* Takes the row read from d; id is its place among the ids (or in the list, when it has none). */
typedef enum rc section_accept(struct atlas_reading *r, int id, const struct doc *d, void *row);

struct section {
    const char *key;
    enum entity entity; /* ENT_COUNT: its rows have no ids */
    int max;            /* from limits.h, or MORE_MAX */
    const struct field *rows;
    int row_count;
    size_t row_size;
    section_accept *accept;
    const char *zh, *en; /* heading of the manual */
};

enum {
    MORE_MAX = 256, /* services, groups, supplies, stocks: far above any district's lists */
};

/* A section's rows and behind them those that owners of words add (more.c): fields of one long row. */
struct joined_part {
    int owner, i;
    size_t offset, size;
};
struct joined {
    struct field rows[96];
    int count;
    size_t size; /* of the whole row */
    struct joined_part part[2 * OWNERS_MAX];
    int parts;
};
/* n NULL: of all owners there are. */
void more_join(const struct section *s, const struct names *n, struct joined *out);
MUST_USE enum rc more_reserve(struct atlas_reading *r, const struct joined *j, int rows);
void more_keep(struct atlas_reading *r, const struct joined *j, int id, const void *row);

/* Sections in reading order, those that others depend on first. */
extern const struct section ATLAS_PLACES[], ATLAS_PEOPLE[], ATLAS_ASSETS[], ATLAS_INJECTS[], ATLAS_PLAN[], ATLAS_PHASES[];
extern const int ATLAS_PLACES_COUNT, ATLAS_PEOPLE_COUNT, ATLAS_ASSETS_COUNT, ATLAS_INJECTS_COUNT, ATLAS_PLAN_COUNT, ATLAS_PHASES_COUNT;

/* { verb = .., arguments .., by = agency }. Absent: verb -1. */
MUST_USE enum rc pattern_read(struct atlas_reading *r, const struct doc *d, struct order_pattern *out);
/* The number of the event that d names. No name: -1. */
MUST_USE enum rc event_name_read(struct atlas_reading *r, const struct doc *d, struct text name, int32_t *out);
/* The posts of an agency, and the expected chain of an inject; NULL: none. */
MUST_USE enum rc posts_read(struct atlas_reading *r, const struct doc *list, struct agency *out);
MUST_USE enum rc chain_read(struct atlas_reading *r, const struct doc *list, struct inject *out);
/* A point must lie on the map. at is where it was written. */
MUST_USE enum rc point_check(const struct atlas_reading *r, const struct doc *d, const double *at);
/* A corner of a line or an area: { x, y } on the map. */
MUST_USE enum rc corner_read(const struct atlas_reading *r, const struct doc *d, double *at);
/* A list of areas, each a list of corners; NULL: none. */
MUST_USE enum rc areas_read(struct atlas_reading *r, const struct doc *list, struct area **out, int32_t *count);
/* The section `views`; see atlas_views.c. */
MUST_USE enum rc atlas_views_read(struct atlas_reading *r);
void atlas_views_manual(enum lang lang, struct buf *out);
void atlas_views_stubs(struct buf *out);
void plan_needs_manual(enum lang lang, struct buf *out);
void phases_manual(enum lang lang, struct buf *out); /* rows inside posts and chain */
void phases_stubs(struct buf *out);
/* Was the key written? */
bool row_has(const struct doc *d, const char *key);
/* The error of a list that is longer than its declared capacity: RC_LIMIT. */
enum rc section_full(const struct atlas_reading *r, const struct doc *list, int max);
/* What only the whole can show: islands, cycles, powers that nobody has. */
MUST_USE enum rc atlas_check(struct atlas_reading *r);

#endif

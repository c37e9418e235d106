/* inner.h -- what the files of session share; included by session alone.
 *
 * A session is three things: the scenario (read once, immutable), the play (world and systems, built anew
 * for every line), and the record (orders, events and hashes of the line being played). */
#ifndef TUIYAN_SESSION_INNER_H
#define TUIYAN_SESSION_INNER_H

#include "session/lanes.h"
#include "session/session.h"
#include "store/store.h"

enum { HAZARDS_MAX = 8, SNAPSHOT_EVERY_MS = 3600 * 1000 };

struct source { /* a file of the scenario, in memory for the drill's life */
    struct text name, bytes;
};

struct play {
    struct arena arena;
    struct world world;
    struct response *response;
    const struct hazard_ops *hazard[HAZARDS_MAX];
    void *hazard_self[HAZARDS_MAX];
    int hazards;
    int64_t next_order; /* index in record.order of the first order not yet carried out */
    struct walk walk;   /* field hashes of the last step */
    uint64_t hash;
};

struct bridge; /* the Lua side: handlers, conditions, bot */

struct session {
    struct arena perm;
    char *folder; /* NULL when it came from a drill file */
    struct source *source;
    int sources, source_cap;
    const struct doc *doc;
    struct atlas atlas;
    uint64_t seed;
    int32_t course;
    char bot[NAME_BYTES];
    int threads;            /* as asked for */
    struct lane_pool *pool; /* NULL: serial */
    struct play *play;
    struct record record;
    struct store *store;
    bool writable;
    int32_t line;
    struct bridge *bridge; /* NULL: Lua is off */
    enum session_phase phase;
    bool hold, holding;
    double speed;
};

/* build.c */
enum rc session_alloc(struct session **out, struct err *e);
enum rc session_read_folder(struct session *s, const char *folder, struct err *e);
enum rc session_read_store(struct session *s, struct err *e);
/* d names a hazard that there is not: says which there are. */
enum rc session_no_hazard(const struct doc *d, struct err *e);
enum rc session_find_source(struct session *s, struct text name, struct text *out, struct err *e);
enum rc session_add_source(struct session *s, struct text name, struct text bytes, struct err *e);
enum rc play_open(struct session *s, struct play **out, struct err *e);
void play_close(struct play *p);
/* One tick of p with the orders of the record; the events are in p->world.event. */
enum rc play_step(struct session *s, struct play *p, struct err *e);
/* The rule of a verb and on whom it works: session, the hazard that brings it, or response. False when the drill has none. */
bool session_rule(const struct session *s, const struct play *p, int32_t verb, struct rule *out, void **self);
enum rc session_check(const struct session *s, const struct play *p, const struct order *o, struct err *e);

/* rules.c: the facilitator's and the world's verbs */
extern const struct rule session_rules[];
extern const int session_rule_count;

/* record.c */
enum rc record_order(struct record *r, const struct order *o, struct err *e);
enum rc record_events(struct record *r, const struct event *event, int count, struct err *e);
enum rc record_refusal(struct record *r, const struct order *o, const struct err *why, struct err *e);
enum rc record_step(struct session *s, int64_t t_ms, uint64_t hash, int64_t first_event, struct err *e);
void record_free(struct record *r);
/* Forgets all after t_ms: orders with at_ms >= t_ms, steps and events after it. */
void record_cut(struct session *s, int64_t t_ms);


/* bridge.c */
/* Runs scenario.lua from the session's sources; *doc is the resolved document. */
enum rc bridge_open(struct session *s, struct bridge **out, const struct doc **doc, struct err *e);
enum rc bridge_bot(struct bridge *b, const char *bot, struct err *e);
void bridge_close(struct bridge *b);
/* Shows the events of the step just made to conditions, handlers and the bot. Orders they give are put into out
 * (at most max), at_ms now; *count is how many. */
enum rc bridge_step(struct bridge *b, struct session *s, struct play *p, struct order *out, int max, int *count,
                    struct err *e);

/* Orders of an old record that are to be given again on another course. */
struct again {
    struct order *order;
    int64_t count;
};
bool session_is_room(const struct order *o); /* said in the room, or of an orders file */
/* Gives the orders at their moments and steps on to end_ms; counts what is taken and what is refused now. */
enum rc session_play_again(struct session *s, const struct again *list, int64_t end_ms, struct change *out, struct err *e);

#endif

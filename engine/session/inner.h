/* inner.h -- what the files of session share; included by session alone.
 *
 * A session is three things: the scenario (read once, immutable), the play (world and systems, built anew
 * for every line), and the record (orders, events and hashes of the line being played). */
#ifndef TUIYAN_SESSION_INNER_H
#define TUIYAN_SESSION_INNER_H

#include "session/lanes.h"
#include "session/session.h"
#include "store/store.h"

enum { HAZARDS_MAX = 8, FORKS_MAX = 64 };

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

struct archive; /* what another program's drill is shown from: archive.c */
struct bridge; /* the Lua side: handlers, conditions, bot */

/* The whole state at the end of a step, Lua included; see snapshot.c. */
struct snap {
    int32_t line;
    int64_t t_ms;
    int64_t cost_ns; /* compute from the start of the drill to here, as far as we know */
    size_t size;
    uint8_t *bytes; /* NULL: in the drill file */
};

struct snaps { /* by line and time */
    struct snap *at;
    int count, cap;
    size_t size;     /* of all together .. */
    size_t size_max; /* .. past it they are thinned */
    int64_t pace_ns; /* compute between two */
    int64_t cost_ns; /* compute so far on this course */
    int64_t last_ns; /* at the last snapshot */
};

struct watch { /* who is told how far a long computation is */
    session_progress *fn;
    void *ctx;
    int64_t from_ms, to_ms; /* drill time that is computed */
    bool off;               /* it was called off */
};

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
    struct archive *archive; /* NULL: a drill of this program's models */
    enum session_phase phase;
    bool hold, holding;
    double speed;
    struct snaps snaps;
    struct watch watch;
    int64_t fork_ms[FORKS_MAX]; /* where this line corrects a script's order: there it differs from
                                   what scripts give */
    int forks;
    double *baseline; /* measures when nobody acts, at baseline_ms */
    int64_t baseline_ms;
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

/* archive.c: RC_NO and the one line, when the drill was played by other models */
enum rc session_live(const struct session *s, struct err *e);

/* rules.c: the facilitator's and the world's verbs */
extern const struct rule session_rules[];
extern const int session_rule_count;

/* record.c */
enum rc record_order(struct record *r, const struct order *o, struct err *e);
enum rc record_events(struct record *r, const struct event *event, int count, struct err *e);
enum rc record_refusal(struct record *r, const struct order *o, const struct err *why, struct err *e);
enum rc record_step(struct session *s, int64_t t_ms, uint64_t hash, int64_t first_event, struct err *e);
/* As record_step, for a step that is not computed: its measures are to be filled in. */
enum rc record_known_step(struct session *s, int64_t t_ms, uint64_t hash, int64_t first_event,
                          struct err *e);
void record_free(struct record *r);
/* Forgets steps and events after t_ms. */
void record_cut(struct record *r, int64_t t_ms);
/* A clock for what computing costs. Not processor time: lanes compute on threads of their own. */
int64_t session_clock_ns(void);

/* snapshot.c */
void snaps_init(struct snaps *n);
void snaps_free(struct snaps *n);
/* Those in the drill file. */
enum rc snaps_list(struct session *s, struct err *e);
/* A step was computed for cost_ns: takes a snapshot when the last is far enough away. Nothing fails
 * with it: a snapshot may be missing at any time. Without scripts none is taken, since nobody could
 * go on from it. */
void snaps_after_step(struct session *s, int64_t cost_ns);
/* Puts s, freshly opened and with its record up to t_ms at least, to the newest snapshot of from's
 * line (s itself, or the session that s parts from) at or before t_ms, and cuts its events and
 * steps there; to the start when there is none. What is damaged, or is not the state that the
 * record has, is dropped. */
enum rc snaps_restore(struct session *s, struct session *from, int64_t t_ms, struct err *e);
/* RC_NO when a snapshot at this moment remembers another state of the scripts. */
enum rc snaps_compare_scripts(struct session *s, struct err *e);
/* s goes on as twin, which parted from it at fork_ms: it takes over what twin has. */
void snaps_adopt(struct session *s, struct session *twin, int64_t fork_ms);

/* lines.c */
struct expected { /* hashes by step, and of fields where they are known (else NULL) */
    const uint64_t *hash;
    uint32_t *const *field;
    const int *fields;
    int64_t steps;
};
/* Replays the record up to t_ms. With want, each hash is compared, and what differs is named in
 * found (may be NULL); with scripts, Lua is fed and its orders are compared, and with found what it
 * remembers as well. */
enum rc session_replay(struct session *s, int64_t t_ms, const struct expected *want,
                       struct difference_found *found, struct err *e);
/* Tells the watcher how far it is; RC_NO: it was called off. */
enum rc session_go_on(struct session *s, struct err *e);
enum rc session_bad_moment(const struct session *s, int64_t t_ms, struct err *e);

/* fork.c */
bool session_is_room(const struct order *o); /* said in the room, or of an orders file */

/* session.c */
/* Puts an accepted order into the drill file, with its words. */
enum rc session_append_order(struct session *s, const struct order *o, struct err *e);

/* bridge.c */
/* Runs scenario.lua from the session's sources; *doc is the resolved document. */
enum rc bridge_open(struct session *s, struct bridge **out, const struct doc **doc, struct err *e);
enum rc bridge_bot(struct bridge *b, const char *bot, struct err *e);
void bridge_close(struct bridge *b);
/* Numbers the functions there are; before anything is kept or restored. */
enum rc bridge_seal(struct bridge *b, struct err *e);
struct script *bridge_script(struct bridge *b);
/* b serves s from now on. */
void bridge_serve(struct bridge *b, struct session *s);
/* Shows the events of the step just made to conditions, handlers and the bot. Orders they give are put into out
 * (at most max), at_ms now; *count is how many. */
enum rc bridge_step(struct bridge *b, struct session *s, struct play *p, struct order *out, int max, int *count,
                    struct err *e);

#endif

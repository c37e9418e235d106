/* session.h -- one drill's life: open, submit, step, replay, line, verify, assess, close.
 *
 * A drill is a fold over an append-only list of orders. The session owns the fold: it reads the scenario
 * (or the copy of it inside a drill file), wires the systems, takes orders, makes steps, writes each to
 * the drill file before anybody sees it, and can build any state of any line again from the file.
 * No global state: many sessions may live side by side. */
#ifndef TUIYAN_SESSION_SESSION_H
#define TUIYAN_SESSION_SESSION_H

#include "core/world/hazard.h"
#include "core/world/world.h"
#include "response/response.h"

struct session;
struct store;

/* Idle -> Running <-> Paused -> Finished or Aborted. */
enum session_phase { SESSION_IDLE, SESSION_RUNNING, SESSION_PAUSED, SESSION_FINISHED, SESSION_ABORTED };

struct session_options {
    uint64_t seed;
    const char *file; /* drill file to make; NULL: a drill in memory, nothing is kept */
    const char *bot;  /* a bot of the scenario, or NULL */
    bool hold;        /* pause at decision points (讨论不计时) */
    int32_t course;   /* of the scenario's courses; 0: the one it names as default */
    int threads;      /* for hazards; 0: as many as processors; 1: for one of many side by side. The same bits. */
};

/* Starts a new drill of the scenario in folder. On failure *out is NULL. */
MUST_USE enum rc session_new(const char *folder, const struct session_options *opt, struct session **out,
                             struct err *e);
/* Opens a drill file and builds the official line to its end. With writable, the drill can go on: the
 * events are fed to Lua again and its orders compared with the recorded ones. */
MUST_USE enum rc session_load(const char *file, bool writable, struct session **out, struct err *e);
void session_close(struct session *s);
/* A drill of another format or of other models (session/model.h) is shown from its file and never replayed: there are its
 * orders, events, sentences, curves, baseline and assessment, and there is no state: no map, no branch, no replay, which all
 * give RC_NO. True for such a drill; *notice (may be NULL) then has the one line that says so. */
bool session_archived(const struct session *s, struct err *notice);
/* True when some of its records do not read as they were written; *notice says how many. */
bool session_archive_odd(const struct session *s, struct err *notice);
/* RC_NO and why: entries of the assessment cannot be added to a file of an older format. */
MUST_USE enum rc session_may_record(const struct session *s, struct err *e);
/* The sentence of an event of the record, without the time: in an archived drill as its own program said it. */
void session_say_event(const struct session *s, const struct event *ev, enum lang lang, struct buf *out);

/* Checks an order and, when accepted, makes it durable. RC_NO: refused, *e says why, recorded as refused.
 * Its at_ms is set to now. *seq (may be NULL) gets its number. */
MUST_USE enum rc session_submit(struct session *s, struct order *o, int64_t *seq, struct err *e);
MUST_USE enum rc session_submit_text(struct session *s, struct text line, int64_t *seq, struct err *e);
/* One tick: orders in sequence, systems in table order, scripts, hash, one transaction. */
MUST_USE enum rc session_step(struct session *s, struct err *e);
/* The wall clock in Unix ms, for annotations. */
int64_t session_wall_ms(void);
/* Steps until drill time t_ms, the end, or (when holding) a decision point. */
MUST_USE enum rc session_run_until(struct session *s, int64_t t_ms, struct err *e);
enum session_phase session_phase(const struct session *s);
/* Annotations that are printed in the report: the wall clock is never read back. */
enum rc session_start(struct session *s, struct err *e);
enum rc session_pause(struct session *s, struct err *e);
enum rc session_speed(struct session *s, double speed, struct err *e);
bool session_holding(const struct session *s); /* stopped at a decision point */
MUST_USE enum rc session_finish(struct session *s, bool abort, struct err *e);

/* Called now and then on the thread that computes, with the share that is done (0..1): false calls
 * it off. What was called off fails with RC_NO and leaves the drill and its file as they were;
 * session_run_until just stops where it is. */
typedef bool session_progress(void *ctx, double share);
/* Watches what takes long: branch, correct, backdate, preview, baseline, run_until. fn NULL: nobody
 * does. */
void session_watch(struct session *s, session_progress *fn, void *ctx);
/* As session_load, with a watcher of the loading itself. */
MUST_USE enum rc session_load_watched(const char *file, bool writable, session_progress *fn,
                                      void *ctx, struct session **out, struct err *e);
/* Snapshots lie at most this much compute apart (0.3 s), and thinner past size_max bytes
 * (200 MB). 0: as it is. */
void session_snapshots(struct session *s, int64_t apart_ms, size_t size_max);

/* What there is to look at. All pointers live as long as the session. */
const struct atlas *session_atlas(const struct session *s);
struct world *session_world(struct session *s);
const struct response *session_response(const struct session *s);
const struct hazard_ops *session_hazard(const struct session *s, int i, const void **self); /* NULL past the end */
int64_t session_now(const struct session *s);
uint64_t session_seed(const struct session *s);
/* The course that is played, for models that draw from it; 0: the scenario names none and none was asked for. */
int32_t session_course(const struct session *s);
/* "3" or "1 (usual wind)"; false when there is nothing to say. */
bool session_course_say(const struct session *s, enum lang lang, struct buf *out);
struct store *session_store(struct session *s); /* NULL when in memory */
int session_line(const struct session *s);
const char *session_bot(const struct session *s);

struct record { /* of the line being played, oldest first */
    struct order *order;
    int64_t orders, order_cap;
    struct event *event;
    int64_t events, event_cap;
    struct step_note *step;
    int64_t steps, step_cap;
    struct refusal_note *refusal;
    int64_t refusals, refusal_cap;
    double *measure; /* steps x measure_count, sampled at the end of every step */
};

struct step_note {
    int64_t t_ms;
    uint64_t hash;
    int64_t first_event; /* index of its first event in record.event */
};

struct refusal_note {
    struct order order;
    struct err why;
};

const struct record *session_record(const struct session *s);
const struct event *session_event(const struct session *s, int64_t seq); /* NULL when there is none */
const struct order *session_order(const struct session *s, int64_t seq);
/* All measures of hazards and response, in order. */
int session_measures(const struct session *s);
const struct measure_row *session_measure_row(const struct session *s, int i);
double session_measure(const struct session *s, int i);
int session_measure_find(const struct session *s, struct text name); /* -1 */
/* Value at the end of step k. */
double session_measure_at(const struct session *s, int64_t k, int i);

/* ---- lines: nothing is ever edited ---- */
/* A new line that parts from the official one at t_ms and ends there; it becomes the one being played,
 * not the official one. */
MUST_USE enum rc session_branch(struct session *s, int64_t t_ms, const char *note, struct err *e);
enum { CHANGE_REFUSED = 6 };
struct change { /* what a correction changes */
    int64_t kept, refused, dropped; /* later orders of the room: as before, now refused */
    int64_t refused_seq[CHANGE_REFUSED]; /* of the first that are refused: their numbers as given; 0: the new order itself */
    struct err why;                 /* the first is refused */
    int64_t first_event;            /* sequence number from which events differ; 0: none */
};
/* 更正: order seq should have been *instead (or nothing, when NULL). Builds the line and replays forward.
 * The new line becomes the official one when accept is true; otherwise it stays a what-if line. */
MUST_USE enum rc session_correct(struct session *s, int64_t seq, const struct order *instead, bool accept,
                                 struct change *out, struct err *e);
/* "said at 14:32": an order that takes effect at said_ms <= now. */
MUST_USE enum rc session_backdate(struct session *s, const struct order *o, int64_t said_ms, bool accept,
                                  struct change *out, struct err *e);

/* What a correction of order seq (instead NULL: taken back), or, with seq 0, an order said at said_ms, would change: tried
 * on a twin in memory, so that s and its file stay as they are. measure: session_measures(s) values at the present moment on that
 * other course. */
MUST_USE enum rc session_preview(struct session *s, int64_t seq, const struct order *instead, int64_t said_ms,
                                 struct change *out, double *measure, struct err *e);

/* ---- verification ---- */
struct difference_found {
    bool differs;
    int64_t t_ms;
    char slice[32], field[48];
    bool open; /* the drill has not ended: nobody can tell whether the end of its log is missing */
};
/* Replays a stored line with Lua off (or with scripts on, comparing their orders too) and names the first
 * tick, slice and field that differ; before that, everything the chain covers (RC_CORRUPT names table, row and field). */
MUST_USE enum rc session_verify(const char *file, int line, bool scripts, struct difference_found *out,
                                struct err *e);
/* Builds the state of a stored line at t_ms (nearest snapshot, then replay), Lua off, read-only.
 * Its record has all that came before. */
MUST_USE enum rc session_at(const char *file, int line, int64_t t_ms, struct session **out, struct err *e);
/* The end of any stored line, read-only. */
MUST_USE enum rc session_line_end(const char *file, int line, struct session **out, struct err *e);
/* The i-th bot the scenario names, best first; empty past the end. */
struct text session_bot_name(const struct session *s, int i);
/* Loads every bot the scenario names and plays the beginning with each, so that `check` finds what
 * is wrong with them, and what scripts hold that no snapshot can keep. */
MUST_USE enum rc session_check_bots(struct session *s, struct err *e);
/* Makes the readable sentences and curves of a drill file again from its log. */
MUST_USE enum rc session_rebuild_words(const char *file, int64_t *rows, struct err *e);
/* The same scenario and seed with no orders at all, in memory: what happens when nobody does
 * anything. Used as the baseline of the evaluation, computed once a moment and kept. values has
 * session_measures(s) entries. */
MUST_USE enum rc session_baseline(struct session *s, double *values, struct err *e);
/* The measures of twin (session_twin, at the moment of s or ended before it) are that baseline:
 * nobody computes it again. */
void session_keep_baseline(struct session *s, const struct session *twin);
/* That drill itself, at its beginning: whoever follows a running drill steps it on with session_run_until instead of
 * playing it from the start each time. It borrows the scenario: close it before s. */
MUST_USE enum rc session_twin(struct session *s, struct session **out, struct err *e);

#endif

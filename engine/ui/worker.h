/* worker.h -- runs a session on a thread of its own: takes wishes, makes steps at the speed of the clock, publishes snapshots.
 *
 * The window never touches the session. Wishes are answered by a line of text in both languages. */
#ifndef TUIYAN_UI_WORKER_H
#define TUIYAN_UI_WORKER_H

#include "ui/snapshot.h"

enum wish_kind {
    WISH_ORDER,      /* text: an order as typed */
    WISH_SAID,       /* text: an order; t_ms: when it was said */
    WISH_CORRECT,    /* text: what order `seq` should have been; "" for nothing */
    WISH_PREVIEW,    /* what WISH_CORRECT (seq > 0) or WISH_SAID (seq 0) would change; nothing is changed */
    WISH_RUN, WISH_PAUSE, WISH_STEP, WISH_SPEED /* value */, WISH_HOLD /* value 0 or 1 */,
    WISH_NEXT,       /* run to the next inject or decision */
    WISH_UNTIL,      /* t_ms */
    WISH_FINISH, WISH_ABORT, WISH_QUIT,
    WISH_DESK,       /* value: enum desk_page; seq: enum panel_kind; text: an evaluator; see marking.h */
    WISH_CALL_OFF,   /* what waits and what is being computed is called off; waits for nothing itself */
    WISH_ENTRY,      /* seq: enum entry_kind; text: its pairs */
};

enum { WISH_TEXT = 3072 }; /* a finding: three fields of the longest kind, and names */

struct wish {
    enum wish_kind kind;
    char text[WISH_TEXT];
    int64_t t_ms, seq;
    double value;
};

struct answer {
    uint64_t number; /* rises with each */
    bool good;
    enum wish_kind kind; /* what it answers */
    struct err text; /* what was done, or why not */
};

struct worker;

/* Scores a drill that has ended; given from above, since the do-nothing twin needs the session. May be NULL. */
typedef bool worker_score(struct session *s, struct arena *a, struct evaluation *out);
/* Takes the session over; worker_end closes it. changed is called on the worker's thread after each snapshot or answer. */
MUST_USE enum rc worker_start(struct session *s, worker_score *score, void (*changed)(void *ctx), void *ctx, struct worker **out,
                              struct err *e);
void worker_end(struct worker *w);
/* False when too many wishes wait. */
bool worker_wish(struct worker *w, const struct wish *wish);
/* The newest snapshot when there is one newer than the last taken, else NULL. The caller frees it. */
struct snapshot *worker_take(struct worker *w);
void worker_answer(struct worker *w, struct answer *out);
/* What is being computed right now, and for how long already. changed is called now and then while it lasts. */
enum { BUSY_SHOWN_MS = 300 }; /* what takes longer is shown */
struct busy {
    bool on;
    double share; /* 0..1 done */
    int64_t for_ms;
};
void worker_busy(struct worker *w, struct busy *out);
/* Carries out one wish at once, on this thread: for tests and pictures. */
void worker_do(struct session *s, const struct wish *wish, struct answer *out);

#endif

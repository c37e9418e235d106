/* window.h -- the only file that knows SDL stands behind this: a window for the facilitator, one for the room, and pictures without a
 * display. */
#ifndef TUIYAN_UI_WINDOW_H
#define TUIYAN_UI_WINDOW_H

#include "ui/view.h"

struct window_options {
    enum lang lang;
    double scale;         /* 1..2 */
    bool projector;       /* open the second window at once */
    int width, height;    /* 0: most of the screen */
    worker_score *score;
    struct start_item *items; /* for the start screen, when session is NULL; it puts pictures into them */
    int item_count;
    /* Opens what was chosen on the start screen; progress (with its own ctx) draws how far it is, false calls it off. */
    void *ctx;
    enum rc (*open)(void *ctx, const struct start_item *item, session_progress *progress, void *progress_ctx,
                    struct session **out, struct err *e);
    const struct start_item *first; /* opened at once in place of the start screen; NULL: none */
    int64_t quit_after_ms; /* for tests: 0 never */
};

/* True when a display answers. */
bool window_has_display(void);
/* Runs until the user closes it; takes the session over (NULL: start screen first). RC_NO: there is no display. */
MUST_USE enum rc window_run(struct session *s, const struct window_options *opt, struct err *e);

/* One view as a PNG file of width x height pixels, without a display. name: facilitator, projector, start; right and left choose the pages
 * (-1: as at the start). */
struct picture_options {
    const char *name;
    enum lang lang;
    int width, height;
    double scale;
    int left, right, team, place, inject;
    int clause;                   /* of the plan, 1 is the first; 0 none */
    int site;                     /* the tab over the map: a site view, 1 is the first; 0 the whole map */
    enum desk_page page;          /* of the assessment; */
    int panel, row;               /* enum panel_kind; the chosen finding or proposal, -1 none */
    const char *evaluator, *item; /* whose sheet, and what is chosen on it; NULL: none */
    bool help, released, hidden; /* hidden: the truth, as on a mirrored display */
    worker_score *score;
    struct start_item *items;
    int item_count;
};
MUST_USE enum rc window_picture(struct session *s, const struct picture_options *opt, const char *path, struct err *e);
/* The same as the text of its draw list; appended to out. */
MUST_USE enum rc window_text(struct session *s, const struct picture_options *opt, struct buf *out, struct err *e);

#endif

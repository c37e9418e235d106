/* view.h -- the screens: pure functions of a snapshot and the state of the view to a draw list; what the user wishes comes out as wishes.
 *
 * The facilitator's screen shows the truth, the projector's only the common picture: what has been reported. */
#ifndef TUIYAN_UI_VIEW_H
#define TUIYAN_UI_VIEW_H

#include "draw/map_atlas.h"
#include "ui/widget.h"
#include "ui/worker.h"

enum { VIEW_WISHES = 16, VIEW_COMPLETIONS = 6 };

enum left_tab { LEFT_INJECTS, LEFT_AGENCIES, LEFT_POST, LEFT_PLAN, LEFT_TABS };
enum right_tab { RIGHT_LOG, RIGHT_TEAMS, RIGHT_CURVES, RIGHT_SCORE, RIGHT_TABS };
enum log_filter { LOG_ALL, LOG_ORDERS, LOG_INJECTS, LOG_LOSSES, LOG_FILTERS };
enum show { SHOW_HAZARDS = 1, SHOW_ROADS = 2, SHOW_PLACES = 4, SHOW_TEAMS = 8, SHOW_LINES = 16 };

struct start_item {
    char path[512], title[2][TITLE_BYTES], note[2][400];
    bool drill; /* a file to go on with; else a scenario */
    int64_t changed_ms; /* a file: when it was written last, Unix; the newest comes first */
    void *picture; /* cairo_surface_t of its map (thumb.h); NULL until it is drawn */
};

/* A map prepared for drawing: the parts that never change, and arrays that follow the snapshot. */
enum { MAP_TRUTH, MAP_COMMON };
struct view_map {
    struct arena arena;
    struct map_pieces pieces;
    struct map_layer layer[MAP_LAYERS_MAX]; /* those of the snapshot that are shown */
    uint64_t version;
    uint64_t of;     /* what it was made from */
};

enum { DRAFTS = 16, FORM_FIELDS = 6 };
enum asking { ASK_NOTHING, ASK_SUBMIT, ASK_RECONCILE, ASK_SIGN, ASK_REOPEN };

struct draft { /* a comment typed before there was a value to record it with */
    uint64_t of;
    char text[UI_TEXT];
};

struct mark_view { /* the experts' sheets */
    int kind, item;              /* chosen panel and item of the sheet */
    char who[NAME_BYTES];        /* id of the evaluator who marks; "": none yet */
    bool show, naming, lead;
    struct ui_edit comment, value, reason, set, form[FORM_FIELDS];
    uint64_t loaded;             /* the mark that the fields show */
    char pending[UI_TEXT];       /* a value sent and not recorded yet, or refused for want of a word */
    char pending_item[NAME_BYTES];
    int64_t event, log_seen;     /* tied to, 0 none; the log's selection that was acted on */
    enum asking asking;          /* asked once more before it is done */
    uint64_t heard;              /* the last answer that was acted on */
    struct draft draft[DRAFTS];
    int drafts;
    double high;                 /* of the chosen item's part in the last frame */
    uint64_t wished, wished_at;  /* what the worker was asked to show, at which snapshot */
};

struct finding_view {
    int row;                     /* findings, then proposals; -1 none */
    int class;                   /* of what is being confirmed; -1: as proposed */
    uint64_t loaded, heard;
    struct ui_edit text, cause, reason, measure, unit, person, due, evidence;
    bool fresh;                  /* writing a finding of one's own */
    double high;                 /* of the chosen one's part in the last frame */
};

struct view {
    enum lang lang;
    enum desk_page page; /* what stands in the middle */
    struct mark_view mark;
    struct finding_view finding;
    enum left_tab left;
    enum right_tab right;
    enum log_filter filter;
    bool filter_open, speed_open, help, hide_truth, quit, show_projector, score_released;
    bool open_projector; /* the user asked for the second window */
    double scale;        /* wished; 1..2 */
    double left_w, right_w;
    unsigned show;     /* enum show */
    uint32_t off;      /* layers of the hazards that are not drawn: bits in the order of the snapshot */
    int site;          /* the atlas's view whose tab is chosen; -1: the whole map */
    /* selections; -1 none */
    int team, place, asset, inject, agency, clause, task; /* task: chosen for the team, waiting for where */
    int64_t log_order;   /* order selected in the log; 0 none */
    int64_t log_event;   /* or event */
    bool log_show;       /* bring it into sight */
    int64_t correct;     /* order being corrected; 0 none */
    char previewed[UI_TEXT + 48]; /* what the shown preview is of; Enter on the same again carries it out */
    struct ui_edit order, said;
    struct text completion[VIEW_COMPLETIONS];
    int completions;
    /* map */
    struct view_map map[LANG_COUNT][2]; /* the truth, the common picture */
    double x0, y0, x1, y1; /* shown extent */
    bool dragging;
    double drag_x, drag_y;
    struct rect map_rect;
    /* last word of the worker */
    struct answer answer;
    struct busy busy;    /* what it computes; shown when it takes long */
    struct err notice;   /* of the window itself, shown until the next answer; RC_OK: none */
    uint64_t notice_at;  /* answer.number when it was said */
    int64_t wall_ms;     /* Unix, for the pacing meter; 0: not shown */
    struct wish wish[VIEW_WISHES];
    int wishes;
    /* curves */
    struct arena curve_arena;
    struct figure curve[3];
    uint64_t curves_of;
    int start_choice;
    double start_height; /* of the list on the start screen in the last frame */
};

/* Reads what never changes (titles, ground) from the session; before the worker takes it. */
MUST_USE enum rc view_open(struct view *v, struct session *s, enum lang lang, struct err *e);
void view_close(struct view *v);
/* The whole of the map, or of the site view that is chosen. */
void view_reset_map(struct view *v, const struct atlas *atlas);
/* Another tab over the map: -1 or a view of the atlas. */
void view_choose_site(struct view *v, const struct atlas *atlas, int site);

void view_facilitator(struct view *v, struct ui *ui, const struct snapshot *n, double w, double h);
void view_projector(struct view *v, struct ui *ui, const struct snapshot *n, double w, double h);
/* While something is being opened, share of it done; true: it was called off. */
bool view_opening(struct view *v, struct ui *ui, double share, double w, double h);
/* Returns the chosen item, or -1. */
int view_start(struct view *v, struct ui *ui, const struct start_item *items, int count, const char *problem, double w, double h);

#endif

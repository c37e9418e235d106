/* view_parts.h -- what the files of the view share. */
#ifndef TUIYAN_UI_VIEW_PARTS_H
#define TUIYAN_UI_VIEW_PARTS_H

#include "ui/view.h"

enum { LINE_BYTES = 1024 };

const char *say_msg(struct ui *ui, enum lang lang, enum msg id, const struct arg *args, int count);
#define SAYF(ui, v, id, ...)                                                                       \
    say_msg((ui), (v)->lang, (id), (const struct arg[]){__VA_ARGS__},                              \
            (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))
#define SAY0(v, id) msg_text((v)->lang, (id))
const char *say_title(struct ui *ui, enum lang lang, struct title t);
const char *say_name(struct ui *ui, const struct view *v, const struct snapshot *n, enum entity kind, int id);
const char *say_clock(struct ui *ui, const struct snapshot *n, int64_t t_ms);
const char *say_word(const struct view *v, struct ui *ui, enum value_kind kind, int i);
const char *say_event(struct ui *ui, const struct view *v, const struct snapshot *n, const struct event *e);

void view_wish(struct view *v, enum wish_kind kind, const char *text);
/* "AGENCY rest": an order of a seat, given by a click. */
void view_order(struct view *v, const struct snapshot *n, int agency, const char *rest);
/* Who gives orders that are clicked: the commander, else the first seat that may command. */
int view_commander(const struct snapshot *n);

/* Map: makes the arrays follow the snapshot; selects by clicks; draws itself and the panel of facts. */
void view_map_follow(struct view *v, struct view_map *m, const struct snapshot *n, bool truth);
/* The tabs of the scenario's site views, with F12 for the next; gives what is left below. Nothing when it has none. */
struct rect view_site_tabs(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
void view_map_area(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);

void view_left(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
/* How the room is led (view_agenda.c). The heights are what was taken; 0 when the scenario says nothing of it. */
double view_agenda(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
double view_posts(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
const char *view_chain(struct view *v, struct ui *ui, const struct snapshot *n, int inject); /* NULL: none expected */
bool view_untrue(const struct snapshot *n, int inject); /* held because what it states is not so */
void view_plan(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
void view_right(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
void view_facts(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);

/* The assessment. Keys are read after everything is drawn, when it is known whether a field has the focus. */
void view_mark(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
void view_mark_keys(struct view *v, struct ui *ui, const struct snapshot *n);
void view_mark_follow(struct view *v, struct ui *ui, const struct snapshot *n);
void view_finding(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
/* The tabs above both; gives what is left below. */
struct rect view_desk_head(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
/* An empty wish to fill, NULL when there is no room. */
struct wish *view_wish_new(struct view *v);
/* Numbers of events as buttons: a press shows the event in the log. */
void view_events(struct view *v, struct ui *ui, const char *id, const int64_t *seq, int count, struct rect r);
/* Label above a field; true when Enter was pressed. */
bool view_field(struct view *v, struct ui *ui, const char *id, enum msg label, struct rect r, struct ui_edit *edit, const char *hint);

/* The common picture, the current inject and what has been reported: all that the room may see. */
/* A drill of other models has no state: why, in place of it. */
void view_archived(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
void view_room(struct view *v, struct ui *ui, const struct snapshot *n, struct rect all);

#endif

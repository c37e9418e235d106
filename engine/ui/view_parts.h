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
void view_map_area(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);

void view_left(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
void view_right(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);
void view_facts(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r);

#endif

/* view_mark.h -- what the files of the mark view share: view_mark.c what is chosen and wished, and
 * the keys; view_panel.c the panel and who marks; view_item.c the sheet and its items. */
#ifndef TUIYAN_UI_VIEW_MARK_H
#define TUIYAN_UI_VIEW_MARK_H

#include "ui/view_parts.h"

enum { SHEET_ROWS = RUBRIC_ITEMS_MAX + 2 * RUBRIC_PROJECTS_MAX + 2, HEAD_LOG = -1000 };

struct sheet {
    struct view *v;
    struct ui *ui;
    const struct snapshot *n;
    const struct snap_panel *p;
    int row[SHEET_ROWS]; /* an item, or -1 - a project as heading, or HEAD_LOG */
    int rows;
};

const char *mark_words(const struct view *v, const char *const both[LANG_COUNT]);
const struct snap_item *mark_chosen(const struct view *v,
                                    const struct snap_panel *p); /* NULL: none */
/* A mark, or what the log says overruled. */
void mark_give(struct view *v, const struct snapshot *n, const struct snap_item *it,
               const char *value);
/* The comment, with the value that waits for it or the recorded one. */
void mark_give_again(struct view *v, const struct snapshot *n, const struct snap_item *it);
void mark_confirm(struct view *v, const struct snap_item *it);
/* What is recorded, written as it is given; "" when there is nothing to give again. */
const char *mark_recorded(const struct snap_item *it);
bool mark_is_pending(const struct view *v,
                     const struct snap_item *it); /* sent, or refused for want of a word */
/* Before another item is chosen: a comment that was changed goes with the value, or waits for one.
 */
void mark_leave(struct view *v, const struct snapshot *n, const struct snap_panel *p);
void mark_choose(struct view *v, const struct snapshot *n, const struct snap_panel *p, int item);
void mark_load(struct view *v,
               const struct snap_item *it); /* fills the fields, once for each item */
bool mark_may(const struct sheet *s, const struct snap_item *it); /* this expert, this item, now */
/* What this evaluator may do with the sheet or the panel now; ASK_NOTHING: nothing. */
enum asking mark_step(const struct snap_panel *p);
void mark_step_on(struct view *v, enum asking what); /* asked once; the second time it is wished */

void panel_choose_set(struct sheet *s, struct rect r);
void panel_column(struct sheet *s, struct rect r); /* who marks, where they are, what it comes to */
double panel_name_person(struct sheet *s, struct rect r);
void item_list(struct sheet *s, struct rect r);
double item_detail(struct sheet *s, struct rect r); /* where its content ends */

#endif

/* fill_parts.h -- what the files of report_fill share; not for others. */
#ifndef TUIYAN_REPORT_FILL_PARTS_H
#define TUIYAN_REPORT_FILL_PARTS_H

#include "report/fill.h"

struct filling {
    struct report_model *m;
    const struct report_source *src;
    enum lang lang;
    struct arena *a;
    bool short_of_memory; /* set by any of the helpers; checked once at the end */
};

/* count zeroed items, or NULL with short_of_memory set. */
void *fill_new(struct filling *f, int64_t count, size_t size);
#define FILL_NEW(f, type, count) ((type *)fill_new((f), (count), sizeof(type)))
const char *fill_text(struct filling *f, struct text t);
const char *fill_title(struct filling *f, struct title t);
const char *fill_msg(struct filling *f, enum msg id, const struct arg *args, int count);
#define FILL_MSG(f, id, ...)                                                                       \
    fill_msg((f), (id), (const struct arg[]){__VA_ARGS__},                                         \
             (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))
const char *fill_agency(struct filling *f, int64_t agency); /* "导调" for -1 */
const char *fill_event_text(struct filling *f, const struct event *ev);
bool fill_is_seat_order(const struct order *o);

void fill_events(struct filling *f);
void fill_orders(struct filling *f);
void fill_post(struct filling *f);
void fill_score(struct filling *f);
void fill_clauses(struct filling *f);
void fill_findings(struct filling *f);
void fill_panel(struct filling *f);
void fill_matrix(struct filling *f);
void fill_timeline(struct filling *f);
void fill_agenda(struct filling *f); /* posts, phases, expected chains */

#endif

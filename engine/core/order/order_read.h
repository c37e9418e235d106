/* order_read.h -- the reader behind order_parse and order_complete; for those two only. */
#ifndef TUIYAN_CORE_ORDER_ORDER_READ_H
#define TUIYAN_CORE_ORDER_ORDER_READ_H

#include "core/scenario/atlas.h"

enum order_stage { STAGE_WHO, STAGE_VERB, STAGE_ARGS, STAGE_VALUE, STAGE_TEXT };
enum order_said { SAID_NOBODY, SAID_AGENCY, SAID_HAND, SAID_WORLD };

struct order_reading {
    struct text line;
    int pos;
    const struct atlas *atlas;
    struct order *order;
    struct err *e;
    bool half; /* the line is being typed: where it ends is no mistake */
    enum order_stage stage; /* what stands next at the end */
    int arg;                /* STAGE_VALUE: of which argument */
    enum order_said said;
};

/* Reads r->line into *r->order. */
MUST_USE enum rc order_read(struct order_reading *r);
/* Reads a value of that kind at r->pos; false, and nothing moved, when there is none. */
bool order_read_value(struct order_reading *r, enum value_kind kind, int64_t *out);
/* The errors: a value that is not of arg's kind; a word that fits nowhere; a required one missing. */
enum rc order_bad_value(const struct order_reading *r, int arg);
enum rc order_bad_word(const struct order_reading *r);
enum rc order_missing(const struct order_reading *r, int arg);
/* Neither an agency nor a verb (verb_only: not a verb). */
enum rc order_bad_start(const struct order_reading *r, bool verb_only);

/* The argument of a verb that takes safety measures; -1. */
int order_safety_arg(int verb);

#endif

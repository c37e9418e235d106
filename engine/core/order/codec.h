/* codec.h -- what the two codecs of orders and events share; included by order/ alone.
 *
 * Reading keeps one cursor that goes bad and stays bad: whoever reads asks once, at the end. */
#ifndef TUIYAN_CORE_ORDER_CODEC_H
#define TUIYAN_CORE_ORDER_CODEC_H

#include "core/order/order.h"

enum { ORDER_TAG = 'O', EVENT_TAG = 'E', CODEC_NAME_MAX = 47 };

struct codec_in {
    const uint8_t *at;
    int left;
    bool bad;
    struct err *e; /* may be NULL; filled when a name is unknown */
};

uint64_t codec_take(struct codec_in *in, int bytes);
/* A length of size_bytes bytes, then that many bytes. */
struct text codec_take_text(struct codec_in *in, int size_bytes);
/* What stands before the arguments of an order, after its verb; false when it cannot be. */
bool codec_take_order_head(struct codec_in *in, struct order *out);
/* The statement, and nothing after it. */
bool codec_take_statement(struct codec_in *in, struct order *out);
double codec_take_num(struct codec_in *in);
/* Fills e with what is wrong and gives false. */
bool codec_fail(struct codec_in *in, enum msg id, struct text what);
/* Numbers of today for the names on file; -1 and a message when there is no such thing. */
int codec_find_verb(struct codec_in *in, struct text name);
int codec_find_event(struct codec_in *in, struct text name);
int codec_find_word(struct codec_in *in, enum value_kind kind, struct text name);
bool codec_kind_is_word(enum value_kind kind); /* one of a small enumeration: written by name */
/* What a number can be without knowing the scenario. */
bool codec_number_possible(enum value_kind kind, int64_t v);
/* What an argument that was not given holds. */
int64_t codec_none(enum value_kind kind);

/* codec_1.c */
bool order_decode_1(struct codec_in *in, int age, struct order *out);
bool event_decode_1(struct codec_in *in, int age, struct event *out);

#endif

/* order.h -- what the room decides: one grammar, typed by hand or clicked, in English or Chinese.
 *
 * `00:12 police dispatch police_1 to village task=evacuate` - a time (offset from the start, or
 * absent for now), who says it (an agency; "facilitator"/"导调" or "world"/"情景" for the others), a verb,
 * its arguments, and a last quoted text. The canonical text on file is English. */
#ifndef TUIYAN_CORE_ORDER_ORDER_H
#define TUIYAN_CORE_ORDER_ORDER_H

#include "core/world/event.h"

enum verb { /* core's own; hazards bring theirs */
#define VERB(id, ...) VERB_##id,
#include "core/order/verbs.def"
#undef VERB
    CORE_VERBS
};

enum who { WHO_SEAT, WHO_HAND, WHO_WORLD };
enum how { HOW_POS, HOW_WORD, HOW_KEY };

struct verb_arg {
    const char *name, *zh;
    enum value_kind kind;
    enum how how;
    bool required;
};

struct world;
struct order;
/* What a verb needs and does; see struct rule in world.h. */
typedef enum rc rule_check(void *self, const struct world *w, const struct order *o, struct err *e);
typedef void rule_act(void *self, struct world *w, const struct order *o);

struct verb_row {
    const char *name, *zh;
    enum who who;
    const char *help_zh, *help_en;
    struct verb_arg arg[ORDER_ARGS + 1]; /* ends with a NULL name */
    rule_check *check; /* hazards fill them; core's rows leave them to response and session */
    rule_act *act;
    const char *alias_zh; /* another Chinese word for it; NULL: none. Of close and open: what an asset
                           * is closed by, while zh is a road's */
};

/* Who brought the order in. */
enum origin { ORIGIN_ROOM, ORIGIN_BOT, ORIGIN_SCRIPT, ORIGIN_INJECT, ORIGIN_FILE };

struct order {
    int64_t seq;     /* 1.. within a line; 0 before it was accepted */
    int64_t at_ms;   /* drill time at which it takes effect */
    int32_t verb;
    int32_t agency;  /* who says it; -1 for the facilitator and the world */
    int32_t origin;
    uint32_t given;  /* bit a: argument a was given */
    int64_t arg[ORDER_ARGS]; /* ids, words, numbers; -1 when an id is not given, else 0 */
    struct cause cause;      /* of script orders and inject effects */
    char text[ORDER_TEXT];
};

const struct verb_row *verb_row(int verb);
bool verb_valid(int64_t verb);
int verb_next(const struct names *n, int verb); /* as event_next */
int verb_find(struct text word); /* name or zh; -1 */
int verb_arg_find(int verb, const char *name); /* or the name that earlier programs had for it */
/* The k-th word by which an argument may be named: its name, its Chinese name, for a line those of the
 * kinds of line there are there, for a figure what it is a figure of and what it was called; empty past the last. */
struct text order_arg_word(const struct names *n, const struct verb_arg *arg, int k);
bool order_has(const struct order *o, int arg);
int32_t order_asset(const struct order *o); /* the asset that it is about; -1 */
/* Reads one line. now_ms is used when the line has no time. RC_INPUT with a message that names the
 * word and what would be right. */
MUST_USE enum rc order_parse(struct text line, const struct atlas *atlas, int64_t now_ms,
                             struct order *out, struct err *e);
/* The canonical line (with_time: offset first). What order_parse reads back to the same order. */
void order_format(const struct order *o, const struct atlas *atlas, bool with_time, struct buf *out);
/* For people: "公安局：调派 民警1组 到 王家湾，任务：组织转移". */
void order_say(const struct order *o, const struct atlas *atlas, enum lang lang, struct buf *out);
/* Between quotes, so that order_parse reads the same bytes again. */
void order_quote(struct text t, struct buf *out);
/* Canonical little-endian bytes of an order and of an event (codec 2). Encoding returns the size, 0 when cap is too small.
 * Decoding reads codec 1 too; false when the bytes are no such record, and *e (may be NULL) then says why and which name
 * this program does not know. age: whose numbers of verbs a record of codec 1 holds (codec_1.c), CODEC_AGE unless one
 * knows better. */
enum { CODEC = 2, CODEC_AGE = 2, CODEC_AGES };
int order_encode(const struct order *o, uint8_t *to, int cap);
bool order_decode(const uint8_t *from, int size, int age, struct order *out, struct err *e);
int event_encode(const struct event *e, uint8_t *to, int cap);
bool event_decode(const uint8_t *from, int size, int age, struct event *out, struct err *e);
/* The canonical line of an order of codec 1 as the program that wrote it would have printed it, from frozen tables; false
 * when the bytes are no such order. */
bool order_text_1(const uint8_t *from, int size, int age, const struct atlas *atlas, struct buf *out);
/* What could stand next in a half-typed line, for completion: up to max words, in order of use. */
int order_complete(struct text line, const struct atlas *atlas, enum lang lang, struct text *out, int max);

#endif

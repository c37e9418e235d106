/* catalogue.h -- every string a person sees, in zh-CN and en, switched live.
 *
 * The rows are STR(ID, "中文", "English") in strings/NAME.def, one file a module; ID starts with the
 * module's name. Placeholders are {0} .. {7}; they may stand in another order in each language. A test
 * checks that both languages use the same ones. */
#ifndef TUIYAN_BASE_CATALOGUE_H
#define TUIYAN_BASE_CATALOGUE_H

#include "base/text.h"

enum lang { LANG_ZH, LANG_EN, LANG_COUNT };

#define STR(id, zh, en) MSG_##id,
enum msg {
    MSG_NONE,
#include "base/strings/all.def"
    MSG_COUNT
};
#undef STR

struct arg {
    enum { ARG_TEXT, ARG_INT, ARG_FIXED, ARG_PAIR } kind;
    int decimals;      /* of ARG_FIXED */
    struct text zh;    /* ARG_TEXT uses zh alone; ARG_PAIR both */
    struct text en;
    int64_t i;
    double d;
};

struct arg arg_s(const char *cstr);
struct arg arg_t(struct text t);
struct arg arg_i(int64_t i);
struct arg arg_d(double d, int decimals);
struct arg arg_zh_en(const char *zh, const char *en); /* a name in both languages */
struct arg arg_msg(enum msg id);                      /* another row, without placeholders */

/* The raw row, placeholders and all. */
const char *msg_text(enum lang lang, enum msg id);
const char *msg_name(enum msg id);
/* The row with its placeholders filled. Missing arguments are our own mistake (ASSERT). */
void msg_format(struct buf *b, enum lang lang, enum msg id, const struct arg *args, int count);
/* The same for any template text. Unknown placeholders are copied as they stand. */
void text_format(struct buf *b, enum lang lang, struct text tmpl, const struct arg *args, int count);
bool lang_parse(struct text t, enum lang *out); /* "zh", "zh-CN", "en", .. */

#endif

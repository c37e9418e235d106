/* err.h -- how a function says that the world is wrong.
 *
 * A function that can fail returns enum rc and fills the caller's struct err with one line in both
 * languages: what is wrong, where, and what would be right. The words come from the catalogue; the
 * placeholders {0} {1} .. are filled from typed arguments, so no text is ever used as a format. */
#ifndef TUIYAN_BASE_ERR_H
#define TUIYAN_BASE_ERR_H

#include "base/catalogue.h"
#include "base/text.h"

enum rc {
    RC_OK = 0,
    RC_NO,       /* the answer is no: a refusal, a check that failed */
    RC_INPUT,    /* a file, script, order or option is wrong */
    RC_IO,       /* the disk or the system is in the way */
    RC_BUSY,     /* somebody else holds it */
    RC_CORRUPT,  /* what was stored is damaged */
    RC_NEWER,    /* made by a newer version */
    RC_LIMIT,    /* a declared capacity is exhausted */
    RC_MEMORY,   /* out of memory */
    RC_INTERNAL, /* we are wrong */
};

#define ERR_TEXT 640

struct err {
    enum rc rc;
    char text[LANG_COUNT][ERR_TEXT];
};

/* Fills *e (which may be NULL) and returns rc. Used through ERR and ERR0 only. */
enum rc err_set(struct err *e, enum rc rc, enum msg id, const struct arg *args, int count);
/* Puts "file:line: " or any other text before what *e says. */
void err_prefix(struct err *e, const char *prefix);
const char *err_text(const struct err *e, enum lang lang);

#define ERR0(e, rc, id) err_set((e), (rc), (id), NULL, 0)
#define ERR(e, rc, id, ...)                                                                        \
    err_set((e), (rc), (id), (const struct arg[]){__VA_ARGS__},                                    \
            (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))

#endif

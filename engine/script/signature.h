/* signature.h -- reading script_fn.args word by word. */
#ifndef TUIYAN_SCRIPT_SIGNATURE_H
#define TUIYAN_SCRIPT_SIGNATURE_H

#include "base/text.h"

struct signature_arg {
    struct text name; /* "..." for the rest; empty for the result */
    struct text type;
    bool optional;
    bool rest;
    bool result;
};

/* Cuts the next argument off *rest; false at the end. */
bool signature_next(struct text *rest, struct signature_arg *out);
/* "text, seat?" for messages and the manual. */
void signature_show(const char *args, struct buf *out);

#endif

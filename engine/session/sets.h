/* sets.h -- where indicator sets come from: a shipped name, a file of one's own, or the copy inside a drill. */
#ifndef TUIYAN_SESSION_SETS_H
#define TUIYAN_SESSION_SETS_H

#include "eval/panel.h"
#include "eval/rubric.h"
#include "session/assets.h"

enum { SET_BYTES_MAX = 256 * 1024, SET_PATH = ASSET_PATH };

/* The bytes of a set: a path when name has a slash or ends in .lua, else a shipped one, looked for in
 * $TUIYAN_ASSETS/indicators, ./assets/indicators and beside the program. path gets where it was found.
 * RC_INPUT names the shipped sets when there is none of that name. */
MUST_USE enum rc set_find(const char *name, struct arena *a, char path[SET_PATH], struct text *bytes, struct err *e);
struct set_row { /* a shipped set */
    const char *name;
    enum panel_kind kind; /* whose sheets it is made for */
    enum msg words;       /* in a few words */
};
const struct set_row *set_shipped(int i); /* NULL past the end */
/* Runs the Lua source inside the fence and reads the set. name is what messages call the file. Everything in
 * *out lives in a. */
MUST_USE enum rc set_read(const char *name, struct text bytes, const struct atlas *atlas, struct arena *a,
                          struct rubric *out, struct err *e);

#endif

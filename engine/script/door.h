/* door.h -- the one way into Lua. Everything that may raise runs inside door_run. */
#ifndef TUIYAN_SCRIPT_DOOR_H
#define TUIYAN_SCRIPT_DOOR_H

#include "script/fence.h"

/* Puts what the door needs on a fresh state's stack. */
void door_open(struct fence *f);
/* Runs body(L) protected, with a fresh budget; body finds ctx with lua_touserdata(L, 1). The stack is the same
 * afterwards, whatever happened. On failure e holds one line "file:line: what" in both languages. */
MUST_USE enum rc door_run(struct fence *f, lua_CFunction body, void *ctx, int64_t steps,
                          struct err *e);

#endif

/* manual.h -- what authors read: the manual and the stubs, printed from the rows the engine itself uses. */
#ifndef TUIYAN_SESSION_MANUAL_H
#define TUIYAN_SESSION_MANUAL_H

#include "base/catalogue.h"

void session_manual(enum lang lang, bool stubs, struct buf *out);

#endif

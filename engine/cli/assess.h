/* assess.h -- reporting a session, shared by several commands. */
#ifndef TUIYAN_CLI_ASSESS_H
#define TUIYAN_CLI_ASSESS_H

#include "session/desk.h"

/* Writes the report into the folder dir (made when missing): dir/report.html in the language. desk gives the experts'
 * part, NULL: there is none. path gets the file's name. */
MUST_USE enum rc assess_report(struct session *s, const struct assessment *a, const struct desk *desk, const char *dir,
                               enum lang lang, char *path, int cap, struct err *e);

#endif

/* archive.h -- drills of other models, shown from their file (archive.c); included by session alone. */
#ifndef TUIYAN_SESSION_ARCHIVE_H
#define TUIYAN_SESSION_ARCHIVE_H

#include "session/inner.h"

bool archive_needed(const struct store_kind *kind); /* another format or model than this program's */
/* line 0: the official one. writable: entries of the assessment may be added, where the format allows. */
enum rc archive_open(const char *file, const struct store_kind *kind, int32_t line, bool writable, struct session **out,
                     struct err *e);
void archive_free(struct archive *a); /* NULL is fine */
/* RC_NO and the one line that says what such a file is and is not good for. */
enum rc archive_refuse(const struct store_kind *kind, struct err *e);
double archive_measure(const struct archive *a, int i); /* at the end of the line; NaN when it is not on file */

#endif

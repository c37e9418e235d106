/* entry_line.h -- entries of the assessment as people type them: key=value words, or lines of a file. */
#ifndef TUIYAN_CLI_ENTRY_LINE_H
#define TUIYAN_CLI_ENTRY_LINE_H

#include "cli/command.h"
#include "session/desk.h"

enum { ENTRY_LINES_MAX = 20000, ENTRY_FILE_MAX = 4 * 1024 * 1024 };

/* kind, then key=value words as a shell hands them over. RC_INPUT names the word. */
MUST_USE enum rc entry_from_words(const char *kind, const char *const *word, int words, struct entry *out, struct err *e);
/* One line: kind key=value key="value with blanks"; "" inside quotes is a quote. Empty lines and # lines give no
 * entry: *none. Texts point into a. */
MUST_USE enum rc entry_from_line(struct text line, struct arena *a, struct entry *out, bool *none, struct err *e);
/* A file of such lines; errors begin with file:line. line[i] is where entry i stood. Memory from a. */
MUST_USE enum rc entries_from_file(const char *path, struct arena *a, struct entry **out, int **line, int *count,
                                   struct err *e);
/* Records and prints what was recorded. Gives the exit code. */
int record_entries(struct call *c, struct desk *d, const struct entry *entry, int count, const char *path, const int *line);

#endif

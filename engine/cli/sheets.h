/* sheets.h -- evaluation sheets as spreadsheets: one for each evaluator out, filled ones in. */
#ifndef TUIYAN_CLI_SHEETS_H
#define TUIYAN_CLI_SHEETS_H

#include "cli/command.h"
#include "session/desk.h"

/* Writes sheet_ID.xlsx (or .csv with --csv) for each evaluator into dir, which is made when missing. */
int sheets_export(struct call *c, struct desk *d, const char *dir);
/* Reads filled sheets and records their marks and that they are in: everything of all files, or nothing. */
int sheets_import(struct call *c, struct desk *d, const char *const *path, int paths);

#endif

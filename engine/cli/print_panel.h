/* print_panel.h -- the panel in the terminal and as JSON. Each gives the exit code. */
#ifndef TUIYAN_CLI_PRINT_PANEL_H
#define TUIYAN_CLI_PRINT_PANEL_H

#include "cli/command.h"
#include "session/desk.h"

int print_panel_state(struct call *c, struct desk *d);
/* After the sheets are in: how far the marks are apart, and what was changed for what reason. */
int print_spread(struct call *c, struct desk *d);
int print_agreement(struct call *c, struct desk *d);
/* One evaluator's items with evidence and own marks. */
int print_sheet(struct call *c, struct desk *d, const char *evaluator);
/* Decisions the model cannot play, on record for the experts. */
int print_statements(struct call *c, struct desk *d);
/* The experts' score; combine: enum combine or -1; fuzzy: the grades' memberships too. */
int print_panel_score(struct call *c, struct desk *d, int combine, bool fuzzy);

#endif

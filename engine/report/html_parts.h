/* html_parts.h -- the chapters of the HTML report, one function each. For the HTML writer only. */
#ifndef TUIYAN_REPORT_HTML_PARTS_H
#define TUIYAN_REPORT_HTML_PARTS_H

#include "report/html_page.h"

extern const char *const html_style[]; /* the style sheet in pieces, ends with NULL */

void html_basics(struct page *p);
void html_course(struct page *p);
void html_command(struct page *p);
void html_losses(struct page *p);
void html_score(struct page *p);
void html_panel(struct page *p);
void html_agreement(struct page *p);
void html_plan(struct page *p);
void html_findings(struct page *p);
void html_corrections(struct page *p);
void html_assumptions(struct page *p);
void html_agenda(struct page *p);
void html_evidence(struct page *p);
void html_sign(struct page *p);

#endif

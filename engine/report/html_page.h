/* html_page.h -- writing HTML: escaped text, tables, times, pictures as data. For the HTML writer only. */
#ifndef TUIYAN_REPORT_HTML_PAGE_H
#define TUIYAN_REPORT_HTML_PAGE_H

#include "report/report.h"

struct page {
    struct bytes *out;
    const struct report_model *m;
    enum lang lang;
    struct err *e;
    enum rc rc; /* the first failure; later pictures are left out */
    int chapter, figure, table;
};

/* Markup as it stands: only literals of ours. */
void page_raw(struct page *p, const char *markup);
/* Text of any origin: escaped; a line break becomes <br>; what is not UTF-8 or not printable becomes
 * U+FFFD. NULL writes nothing. */
void page_text(struct page *p, const char *text);
void page_msg(struct page *p, enum msg id);
void page_fill(struct page *p, enum msg id, const struct arg *args, int count);
#define PAGE_FILL(p, id, ...)                                                                      \
    page_fill((p), (id), (const struct arg[]){__VA_ARGS__},                                        \
              (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))
void page_int(struct page *p, int64_t v);
void page_number(struct page *p, double v, int decimals);
/* "15:20 (T+02:00)"; an em dash for REPORT_NEVER. */
void page_moment(struct page *p, int64_t t_ms);
void page_duration(struct page *p, int64_t ms); /* "1 小时 20 分" */

/* <h2> with the number of the chapter: 一、二、三 or 1. 2. 3. */
void page_chapter(struct page *p, enum msg title);
void page_section(struct page *p, enum msg title); /* <h3> */
void page_paragraph(struct page *p, enum msg id);
void page_none(struct page *p, enum msg id); /* "无" in words */

/* A table with its heading row, which is repeated on every printed page. Widths are CSS classes. */
struct column {
    enum msg name;
    const char *style; /* "w10 num" .. */
};
void table_begin(struct page *p, enum msg caption, const struct column *columns, int count);
void table_row(struct page *p);
void table_cell(struct page *p); /* opens the next cell, closes the one before */
void table_row_end(struct page *p);
void table_end(struct page *p);
void table_text(struct page *p, const char *text);
/* #12 #18, linked to the events when these are in the report. */
void page_evidence(struct page *p, const int64_t *seq, int count);
/* A picture with its caption; what fails is kept in p->rc. */
void page_figure(struct page *p, const struct figure *f, const char *caption);
/* The same without a number: one small picture of a contact sheet. */
void page_frame(struct page *p, const struct figure *f, const char *caption);

#endif

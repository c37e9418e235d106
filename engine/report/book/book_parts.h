/* book_parts.h -- what the readers and writers of spreadsheets share. For book*.c only. */
#ifndef TUIYAN_REPORT_BOOK_BOOK_PARTS_H
#define TUIYAN_REPORT_BOOK_BOOK_PARTS_H

#include <stdio.h>

#include "report/book/book.h"

/* A file being read: its bytes, where the result goes, and the cells of the sheet at hand in the
 * order they come, on the heap until the sheet's size is known. */
struct placed {
    int32_t row, column;
    struct cell cell;
};
struct book_file {
    struct text path;
    unsigned char *at; /* NUL-terminated beyond size */
    size_t size;
    struct arena *a;
    struct book *out;
    struct err *e;
    int64_t cells; /* rows * columns of the sheets that are done */
    struct placed *placed;
    int32_t count, cap;
    int32_t rows, columns; /* of the sheet at hand, so far */
    struct text sheet;     /* its name */
};

/* Fills f->e with a row whose {0} is the place: file; with the sheet at hand; with a cell. */
enum rc book_fail(struct book_file *f, enum rc rc, enum msg id);
enum rc book_fail_sheet(struct book_file *f, enum rc rc, enum msg id);
enum rc book_fail_cell(struct book_file *f, enum rc rc, enum msg id, int row, int column);
enum rc book_fail_limit(struct book_file *f, enum msg id, int64_t limit); /* {1} is the limit */

/* Adds a cell that is not empty. Its text is copied unless `kept`. */
MUST_USE enum rc book_put(struct book_file *f, int row, int column, struct cell c, bool kept);
/* Lays the cells put so far out as *s and starts anew. */
MUST_USE enum rc book_lay_out(struct book_file *f, struct sheet *s);

MUST_USE enum rc book_read_xlsx(struct book_file *f);
MUST_USE enum rc book_read_csv(struct book_file *f);

/* What a number format shows. */
enum format_kind {
    FORMAT_NUMBER,
    FORMAT_PERCENT,
    FORMAT_DATE,
    FORMAT_TIME,
    FORMAT_MOMENT,
    FORMAT_ELAPSED
};
enum format_kind format_of_id(int id);             /* of the built-in formats */
enum format_kind format_of_code(struct text code); /* "yyyy\-mm\-dd;@" */
/* Days since 1899-12-30 (or 1904-01-01) as ISO text; false when it is no date of 1900 to 9999. */
bool date_text(double serial, enum format_kind kind, bool from_1904, struct buf *out);
/* The other way, for 1900-03-01 on; a time alone is less than 1. */
bool date_serial(struct text iso, double *serial, enum format_kind *kind);

/* A file written beside its place. */
struct beside {
    char part[BOOK_PATH_MAX + 8];
    const char *path;
};
/* Makes the part, empty. */
MUST_USE enum rc beside_begin(struct beside *b, const char *path, struct err *e);
/* Renames it, or, when it is not good, removes it; why is an errno. */
MUST_USE enum rc beside_end(struct beside *b, bool good, int why, struct err *e);
/* Are all its cells fit to be written? */
MUST_USE enum rc out_check(const char *path, const struct out_sheet *s, struct err *e);

#endif

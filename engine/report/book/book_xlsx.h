/* book_xlsx.h -- an .xlsx being read: what its sheets have in common. For book_xlsx*.c only. */
#ifndef TUIYAN_REPORT_BOOK_BOOK_XLSX_H
#define TUIYAN_REPORT_BOOK_BOOK_XLSX_H

#include "report/book/book_package.h"

enum { STRINGS_MAX = 1000000, FORMATS_MAX = 1 << 16, CODES_MAX = 4096 };

struct reader {
    struct package p;
    struct book_file *f;
    struct text
        *string; /* shared; one that is too long has only a length, and fails where it is used */
    int32_t strings, string_cap;
    unsigned char *format; /* enum format_kind of each cell format */
    int32_t formats;
    struct {
        int64_t id;
        enum format_kind kind;
    } * code; /* custom number formats */
    int32_t codes;
    bool from_1904;
    bool in_text, phonetic; /* of the walk at hand */
    struct buf text;        /* gathers the characters of an element */
    char room[BOOK_TEXT_MAX + 8];
};

/* The text gathered so far, with _xHHHH_ undone; too long, a length above BOOK_TEXT_MAX alone. */
struct text reader_text(struct reader *r);
void reader_gather(void *with, const char *at,
                   int len); /* the walk's text handler: with is a struct reader * */

MUST_USE enum rc reader_strings(struct reader *r, const char *part);
MUST_USE enum rc reader_styles(struct reader *r, const char *part);
MUST_USE enum rc reader_sheet(struct reader *r, const char *part, struct sheet *s);

#endif

/* book.h -- a workbook as rows of cells: what a spreadsheet says, whatever program wrote it.
 *
 * Reading is for strangers' files: mark sheets that came back from Excel, WPS or LibreOffice, or a
 * CSV in UTF-8, UTF-16 or GBK. What a file is, is told by its bytes, never by its name. A book is
 * read whole or not at all; what is wrong is one line that names the file and, where there is one,
 * sheet and cell. Nothing is guessed: full-width digits stay text, a date stays a date, a formula
 * is told from a value; what to make of them is the importer's matter. Rows and columns count from
 * 0 everywhere.
 *
 * Writing makes the same bytes for the same book: no clock, no locale, no name of a machine. */
#ifndef TUIYAN_REPORT_BOOK_BOOK_H
#define TUIYAN_REPORT_BOOK_BOOK_H

#include "base/arena.h"
#include "base/err.h"

enum {
    BOOK_FILE_MAX = 16 << 20,     /* bytes of a file; a mark sheet has 10 to 50 KiB */
    BOOK_UNPACKED_MAX = 64 << 20, /* bytes of all parts of an .xlsx unpacked */
    BOOK_RATIO_MAX = 200,         /* unpacked to packed, of parts over 1 MiB; real ones: 60 */
    BOOK_PARTS_MAX = 4096,        /* files in an .xlsx */
    BOOK_SHEETS_MAX = 64,
    BOOK_ROWS_MAX = 20000,        /* with something in them; empty ones below do not count */
    BOOK_COLUMNS_MAX = 256,
    BOOK_CELLS_MAX = 1000000,     /* rows * columns, all sheets together */
    BOOK_TEXT_MAX = 4096,         /* bytes of one cell: 1,300 Han characters */
    BOOK_PATH_MAX = 1024,         /* bytes of a path to write to */
    BOOK_PLACE_BYTES = 400,
};

enum cell_kind {
    CELL_EMPTY,
    CELL_TEXT,
    CELL_NUMBER,
    CELL_FORMULA, /* text and number are what the program that saved it had worked out, if it did;
                   * in a CSV, where only the formula stands, text is the formula */
    CELL_BOOL,
    CELL_ERROR, /* text is #N/A, #DIV/0! .. */
    CELL_DATE,  /* text is 2026-11-26, 2026-11-26T15:20:00 or 15:20:00; number the serial day, if
                 * the file has one */
};

struct cell {
    int32_t kind;     /* enum cell_kind */
    bool merged;      /* part of a merged range; only the range's first cell has something in it */
    bool percent;     /* shown as per cent: text "85%", number 0.85 */
    bool numeric;     /* number holds something: CELL_NUMBER, _BOOL, _FORMULA, _DATE */
    struct text text; /* as a person reads it; UTF-8. Numbers of an .xlsx in their shortest form,
                       * those of a CSV as they stand there ("08"). \n alone parts lines */
    double number;    /* CELL_BOOL: 0 or 1 */
};

struct sheet {
    struct text name;      /* of a CSV: the file's name without its folder and ending */
    int32_t rows, columns; /* just enough for all that is not empty */
    int32_t first_row;     /* the first row with something in it; rows when there is none */
    bool hidden;
    struct cell *cell; /* row-major, rows * columns */
};

struct book {
    struct text path;
    struct sheet *sheet; /* in the order of the tabs */
    int32_t sheets;
};

/* Reads .xlsx (by its bytes, not its name) or CSV: UTF-8, UTF-16 with its mark, else GB18030; cells
 * parted by comma, semicolon or tab, whichever the first line with any has most of. Everything out
 * points to is a's. On failure *out is empty. RC_INPUT: not such a file, or locked by a password.
 * RC_CORRUPT: damaged. RC_LIMIT: larger than the limits above. RC_IO: cannot be read. */
MUST_USE enum rc book_read(const char *path, struct arena *a, struct book *out, struct err *e);

/* Never NULL; the empty cell outside the sheet. */
const struct cell *book_cell(const struct sheet *s, int row, int column);
void book_cell_name(int row, int column, struct buf *out); /* "C7" */

/* Where a complaint points, in both languages: file, then sheet (may be NULL), then cell (row < 0:
 * none). The result is an argument for ERR and lives as long as *p. */
struct book_place {
    char text[LANG_COUNT][BOOK_PLACE_BYTES];
};
struct arg book_place(struct book_place *p, struct text path, const struct text *sheet, int row,
                      int column);

/* --- writing --- */

enum cell_style {
    STYLE_PLAIN,  /* bordered, left */
    STYLE_HEAD,   /* heading row: bold, shaded, centred, wrapped */
    STYLE_TITLE,  /* bold 16 pt, no border; runs on over empty neighbours */
    STYLE_INPUT,  /* to be filled in: unlocked, tinted, centred */
    STYLE_REMARK, /* to be filled in with words: unlocked, tinted, wrapped; "-2" stays text */
    STYLE_NOTE,   /* explanation: grey, no border */
    STYLE_KEY,    /* small grey, for ids */
    STYLE_WRAP,   /* bordered, wrapped */
    STYLE_CENTRE, /* bordered, centred */
    STYLE_COUNT
};

struct out_cell {
    int32_t kind;     /* CELL_EMPTY, _TEXT, _NUMBER, _BOOL, _FORMULA (text "=A1+1", number its
                       * value), _DATE (text as in struct cell, from 1900-03-01 on) */
    int32_t style;    /* enum cell_style; an empty PLAIN cell is left out */
    struct text text; /* UTF-8, at most BOOK_TEXT_MAX bytes */
    double number;    /* finite; CELL_NUMBER, CELL_BOOL, CELL_FORMULA */
};

/* What may be typed into rows x columns cells from (row, column) on: one of words, or a decimal
 * number from low to high when there are none. A word holds no comma; all have 255 characters. */
struct out_rule {
    int32_t row, column, rows, columns;
    const struct text *word;
    int32_t words;
    double low, high;
    struct text title, prompt; /* shown beside the cell when it is chosen: 32 and 255 characters */
    struct text wrong;         /* shown when something else is typed: 255 characters */
};

struct out_sheet {
    struct text name; /* 1 to 31 characters, none of []:*?/\, no ' at an end, unlike the others */
    int32_t rows, columns;
    const struct out_cell *cell; /* row-major, rows * columns */
    const double *width;         /* of each column, in digits; NULL, or 0: the program's own */
    const double *height;        /* of each row, in points; NULL, or 0: as the text needs */
    const bool *hidden_column;   /* NULL: none */
    bool hidden;
    bool protect;  /* only INPUT and REMARK cells can be changed; no password */
    bool portrait; /* printed on A4 landscape otherwise, as wide as the page */
    int32_t frozen_rows, frozen_columns;
    int32_t head_row, head_rows; /* repeated on every printed page; head_rows 0: none */
    const struct out_rule *rule;
    int32_t rules;
    struct text header, footer; /* of every printed page; its number stands right in the footer */
};

struct out_book {
    const struct out_sheet *sheet;
    int32_t sheets;    /* >= 1, one of them not hidden; the first such is shown */
    struct text title; /* of the document's properties */
    int64_t created_s; /* the date in them, seconds since 1970 UTC; 0: 2000-01-01 */
};

/* Writes .xlsx beside path and renames it into place: on failure nothing is left and what was there
 * stays. RC_INPUT, RC_LIMIT: a text, name or rule that no spreadsheet takes, with its place. RC_IO:
 * the disk. */
MUST_USE enum rc book_write(const char *path, const struct out_book *b, struct err *e);
/* UTF-8 with its mark, commas, CRLF: Excel and WPS open it in Chinese rightly. A text that they
 * would take for a formula gets a ' in front, which book_read takes off. Fails as book_write. */
MUST_USE enum rc book_write_csv(const char *path, const struct out_sheet *s, struct err *e);

#endif

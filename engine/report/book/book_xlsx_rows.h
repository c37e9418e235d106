/* book_xlsx_rows.h -- rows as high as their text needs, and free to grow. For book_xlsx_write.c
 * only. */
#ifndef TUIYAN_REPORT_BOOK_BOOK_XLSX_ROWS_H
#define TUIYAN_REPORT_BOOK_BOOK_XLSX_ROWS_H

#include "report/book/book.h"

/* How a style looks. */
struct cell_look {
    double points;
    uint32_t ink, fill; /* 0: black; none */
    uint8_t align;
    bool bold, border, wrap, unlocked, text;
};

/* Points a row is guessed to need; 0 when the default does. look has an entry for each style. */
double row_height(const struct out_sheet *s, int row, const struct cell_look *look);
/* In the .xlsx at path, written from b, rows whose height b leaves open grow with what is typed. */
bool rows_loosen(const char *path, const struct out_book *b);

#endif

#include "report/book/book.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "report/book/book_parts.h"

const struct cell *book_cell(const struct sheet *s, int row, int column)
{
    static const struct cell none;
    if (row < 0 || column < 0 || row >= s->rows || column >= s->columns)
        return &none;
    return &s->cell[(size_t)row * (size_t)s->columns + (size_t)column];
}

void book_cell_name(int row, int column, struct buf *out)
{
    char letters[8];
    int n = 0;
    ASSERT(row >= 0 && column >= 0);
    /* Bijective base 26: after Z comes AA. */
    for (int64_t c = (int64_t)column + 1; c > 0; c = (c - 1) / 26)
        letters[n++] = (char)('A' + (c - 1) % 26);
    while (n > 0)
        buf_char(out, letters[--n]);
    buf_i64(out, (int64_t)row + 1);
}

struct arg book_place(struct book_place *p, struct text path, const struct text *sheet, int row,
                      int column)
{
    char name[24];
    struct buf cell = BUF_ON(name);
    if (row >= 0)
        book_cell_name(row, column, &cell);
    enum msg id = !sheet    ? MSG_BOOK_PLACE_FILE
                  : row < 0 ? MSG_BOOK_PLACE_SHEET
                            : MSG_BOOK_PLACE_CELL;
    /* Of a long path the end tells more than the beginning. */
    if (path.len > BOOK_PLACE_BYTES / 2) {
        int cut = path.len - BOOK_PLACE_BYTES / 2;
        while (cut < path.len && ((unsigned char)path.at[cut] & 0xC0) == 0x80)
            cut++;
        path = (struct text){path.at + cut, path.len - cut};
    }
    struct arg args[] = {arg_t(path), arg_t(sheet ? *sheet : TEXT("")), arg_s(name)};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = BUF_ON(p->text[lang]);
        msg_format(&b, (enum lang)lang, id, args, COUNT_OF(args));
    }
    return arg_zh_en(p->text[LANG_ZH], p->text[LANG_EN]);
}

enum rc book_fail(struct book_file *f, enum rc rc, enum msg id)
{
    struct book_place p;
    return ERR(f->e, rc, id, book_place(&p, f->path, NULL, -1, -1));
}

enum rc book_fail_sheet(struct book_file *f, enum rc rc, enum msg id)
{
    struct book_place p;
    return ERR(f->e, rc, id, book_place(&p, f->path, &f->sheet, -1, -1));
}

enum rc book_fail_cell(struct book_file *f, enum rc rc, enum msg id, int row, int column)
{
    struct book_place p;
    return ERR(f->e, rc, id, book_place(&p, f->path, &f->sheet, row, column));
}

enum rc book_fail_limit(struct book_file *f, enum msg id, int64_t limit)
{
    struct book_place p;
    return ERR(f->e, RC_LIMIT, id, book_place(&p, f->path, NULL, -1, -1), arg_i(limit));
}

/* The same for a cell. */
static enum rc fail_limit_at(struct book_file *f, enum msg id, int64_t limit, int row, int column)
{
    struct book_place p;
    return ERR(f->e, RC_LIMIT, id, book_place(&p, f->path, &f->sheet, row, column), arg_i(limit));
}

enum rc book_put(struct book_file *f, int row, int column, struct cell c, bool kept)
{
    if (row >= BOOK_ROWS_MAX)
        return fail_limit_at(f, MSG_BOOK_ROWS, BOOK_ROWS_MAX, row, column);
    if (column >= BOOK_COLUMNS_MAX)
        return fail_limit_at(f, MSG_BOOK_COLUMNS, BOOK_COLUMNS_MAX, row, column);
    if (c.text.len > BOOK_TEXT_MAX || c.text.len < 0)
        return fail_limit_at(f, MSG_BOOK_TEXT_LONG, BOOK_TEXT_MAX, row, column);
    int32_t rows = row + 1 > f->rows ? row + 1 : f->rows;
    int32_t columns = column + 1 > f->columns ? column + 1 : f->columns;
    /* A cell written twice is found when they are laid out; until then they must not grow on. */
    if (f->cells + (int64_t)rows * columns > BOOK_CELLS_MAX || f->count >= BOOK_CELLS_MAX)
        return book_fail_limit(f, MSG_BOOK_CELLS, BOOK_CELLS_MAX);
    if (f->count == f->cap) {
        int32_t cap = f->cap ? f->cap * 2 : 1024;
        struct placed *more = realloc(f->placed, (size_t)cap * sizeof(*more));
        if (!more)
            return book_fail(f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
        f->placed = more;
        f->cap = cap;
    }
    if (!kept && c.text.len > 0) {
        c.text = arena_text(f->a, c.text);
        if (!c.text.at)
            return book_fail(f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    }
    f->placed[f->count++] = (struct placed){row, column, c};
    f->rows = rows;
    f->columns = columns;
    return RC_OK;
}

enum rc book_lay_out(struct book_file *f, struct sheet *s)
{
    s->name = f->sheet;
    s->rows = s->first_row = f->rows;
    s->columns = f->columns;
    size_t cells = (size_t)f->rows * (size_t)f->columns;
    s->cell = cells ? ARENA_NEW(f->a, struct cell, cells) : NULL;
    if (cells && !s->cell)
        return book_fail(f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    for (int32_t i = 0; i < f->count; i++) {
        const struct placed *p = &f->placed[i];
        struct cell *to = &s->cell[(size_t)p->row * (size_t)s->columns + (size_t)p->column];
        if (to->kind != CELL_EMPTY)
            return book_fail_cell(f, RC_CORRUPT, MSG_BOOK_CELL_TWICE, p->row, p->column);
        *to = p->cell;
        if (p->row < s->first_row)
            s->first_row = p->row;
    }
    f->cells += (int64_t)cells;
    f->count = f->rows = f->columns = 0;
    return RC_OK;
}

static enum rc cannot(struct book_file *f, enum msg id, int why)
{
    struct book_place p;
    return ERR(f->e, RC_IO, id, book_place(&p, f->path, NULL, -1, -1), arg_s(strerror(why)));
}

/* The whole file into f->at. */
static enum rc load(struct book_file *f, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return cannot(f, MSG_BOOK_CANNOT_READ, errno);
    if (!S_ISREG(st.st_mode)) /* a pipe would wait for ever */
        return book_fail(f, RC_INPUT, MSG_BOOK_NOT_FILE);
    if (st.st_size > BOOK_FILE_MAX)
        return book_fail_limit(f, MSG_BOOK_FILE_LARGE, BOOK_FILE_MAX >> 20);
    FILE *in = fopen(path, "rb");
    if (!in)
        return cannot(f, MSG_BOOK_CANNOT_READ, errno);
    enum rc rc = RC_OK;
    size_t want = (size_t)st.st_size;
    f->at = malloc(want + 1);
    if (!f->at) {
        rc = book_fail(f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    } else {
        f->size = fread(f->at, 1, want, in);
        f->at[f->size] = 0;
        if (ferror(in))
            rc = cannot(f, MSG_BOOK_CANNOT_READ, errno);
    }
    (void)fclose(in);
    if (rc == RC_OK && f->size == 0)
        rc = book_fail(f, RC_INPUT, MSG_BOOK_EMPTY_FILE);
    return rc;
}

static bool begins(const struct book_file *f, const char *with, size_t n)
{
    return f->size >= n && memcmp(f->at, with, n) == 0;
}

static bool ends_in(struct text path, const char *ending)
{
    int n = (int)strlen(ending);
    for (int i = 0; i < n; i++)
        if (path.len < n || (path.at[path.len - n + i] | 0x20) != ending[i])
            return false;
    return true;
}

/* OLE containers hold old workbooks and, under a password, new ones: [MS-OFFCRYPTO] 2.3.4.4 puts
 * these into a stream of this name. Names are UTF-16. */
static enum rc fail_ole(struct book_file *f)
{
    static const char stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    if (memmem(f->at, f->size, stream, sizeof(stream)))
        return book_fail(f, RC_INPUT, MSG_BOOK_PASSWORD);
    return book_fail(f, RC_INPUT, ends_in(f->path, ".et") ? MSG_BOOK_ET : MSG_BOOK_OLD);
}

/* First bytes of what people send by mistake. */
static const struct {
    const char *bytes;
    size_t count;
    enum msg id;
} foreign[] = {
    {"\x09\x00\x04\x00", 4, MSG_BOOK_OLD}, /* BIFF 2, 3, 4, 5 without a container */
    {"\x09\x02\x06\x00", 4, MSG_BOOK_OLD}, {"\x09\x04\x06\x00", 4, MSG_BOOK_OLD},
    {"\x09\x08\x08\x00", 4, MSG_BOOK_OLD}, {"\x09\x08\x10\x00", 4, MSG_BOOK_OLD},
    {"%PDF", 4, MSG_BOOK_NOT_TABLE},       {"{\\rtf", 5, MSG_BOOK_NOT_TABLE},
    {"\x89PNG", 4, MSG_BOOK_NOT_TABLE},    {"\xFF\xD8\xFF", 3, MSG_BOOK_NOT_TABLE}, /* JPEG */
    {"Rar!", 4, MSG_BOOK_NOT_TABLE},       {"7z\xBC\xAF", 4, MSG_BOOK_NOT_TABLE},
    {"<?xml", 5, MSG_BOOK_MARKUP},         {"\xEF\xBB\xBF<?xml", 8, MSG_BOOK_MARKUP},
    {"<html", 5, MSG_BOOK_MARKUP},         {"<!DOCTYPE", 9, MSG_BOOK_MARKUP},
    {"<table", 6, MSG_BOOK_MARKUP},
};

static enum rc read_by_bytes(struct book_file *f)
{
    if (begins(f, "PK\x03\x04", 4) || begins(f, "PK\x05\x06", 4))
        return book_read_xlsx(f);
    if (begins(f, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
        return fail_ole(f);
    for (int i = 0; i < COUNT_OF(foreign); i++)
        if (begins(f, foreign[i].bytes, foreign[i].count))
            return book_fail(f, RC_INPUT, foreign[i].id);
    return book_read_csv(f);
}

enum rc book_read(const char *path, struct arena *a, struct book *out, struct err *e)
{
    struct book_file f = {.path = text_of(path), .a = a, .out = out, .e = e};
    *out = (struct book){0};
    enum rc rc = load(&f, path);
    if (rc == RC_OK) {
        out->path = arena_text(a, f.path);
        rc = out->path.at ? read_by_bytes(&f) : book_fail(&f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    }
    free(f.at);
    free(f.placed);
    if (rc != RC_OK)
        *out = (struct book){0};
    return rc;
}

enum rc beside_begin(struct beside *b, const char *path, struct err *e)
{
    if (strlen(path) > BOOK_PATH_MAX)
        return ERR(e, RC_INPUT, MSG_BOOK_PATH_LONG, arg_s(path));
    struct buf part = BUF_ON(b->part);
    buf_str(&part, path);
    buf_str(&part, ".part");
    b->path = path;
    FILE *f = fopen(b->part, "wb");
    if (!f)
        return ERR(e, RC_IO, MSG_BOOK_CANNOT_WRITE, arg_s(path), arg_s(strerror(errno)));
    (void)fclose(f);
    return RC_OK;
}

enum rc beside_end(struct beside *b, bool good, int why, struct err *e)
{
    if (good && rename(b->part, b->path) == 0)
        return RC_OK;
    if (good)
        why = errno;
    (void)remove(b->part);
    return ERR(e, RC_IO, MSG_BOOK_CANNOT_WRITE, arg_s(b->path), arg_s(strerror(why)));
}

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "report/book/book_parts.h"

/* --- reading --- */

/* A CSV being read, as UTF-8 with a NUL beyond its end. */
struct csv {
    struct book_file *f;
    const char *at, *end;
    char parting; /* comma, semicolon or tab */
    int32_t row, column;
    char *field; /* room for one cell */
    int len;
};

/* The text from..to is good up to its end, which is where the complaint points. */
static enum rc fail_line(struct book_file *f, const char *from, const char *to)
{
    struct book_place p;
    int64_t line = 1;
    for (; from < to; from++)
        line += *from == '\n';
    return ERR(f->e, RC_INPUT, MSG_BOOK_ENCODING, book_place(&p, f->path, NULL, -1, -1),
               arg_i(line));
}

/* The first line that is not UTF-8, or the end. */
static const char *bad_line(const char *at, const char *end)
{
    while (at < end) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        next = next ? next + 1 : end;
        if (!text_is_utf8((struct text){at, (int)(next - at)}))
            break;
        at = next;
    }
    return at;
}

/* The text as UTF-8 on the heap. A byte of GB18030 becomes at most 1.5, a unit of UTF-16 3 for 2.
 */
static enum rc convert(struct book_file *f, const char *encoding, size_t skip, char **out,
                       size_t *size)
{
    size_t left = f->size - skip, room = f->size * 3 + 16;
    char *from = (char *)f->at + skip, *to = *out = malloc(room);
    if (!to)
        return book_fail(f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    iconv_t how = iconv_open("UTF-8", encoding);
    if (how == (iconv_t)-1)
        return book_fail(f, RC_INPUT, MSG_BOOK_ICONV);
    char *end = to;
    size_t space = room - 1;
    bool good = iconv(how, &from, &left, &end, &space) != (size_t)-1 && left == 0;
    (void)iconv_close(how);
    *end = 0;
    *size = (size_t)(end - to);
    return good ? RC_OK : fail_line(f, to, end);
}

/* Is it UTF-8 that was damaged, rather than GB18030? In GB18030 no eight Han characters of UTF-8
 * stand before the first byte that is wrong. */
static bool was_utf8(const char *at, const char *end)
{
    int han = 0;
    while (at < end && han < 8) {
        int n = 1;
        while (n < 4 && n < end - at && ((unsigned char)at[n] & 0xC0) == 0x80)
            n++;
        if (!text_is_utf8((struct text){at, n}))
            return false;
        han += n == 3;
        at += n;
    }
    return han == 8;
}

/* c->at..end becomes the file as UTF-8: its own bytes, or *made on the heap. */
static enum rc decode(struct book_file *f, struct csv *c, char **made)
{
    const char *at = (const char *)f->at;
    size_t skip = 0, size = f->size;
    const char *encoding = NULL;
    if (size >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        skip = 3;
    else if (size >= 2 && memcmp(at, "\xFF\xFE", 2) == 0)
        encoding = "UTF-16LE", skip = 2;
    else if (size >= 2 && memcmp(at, "\xFE\xFF", 2) == 0)
        encoding = "UTF-16BE", skip = 2;
    else if (!text_is_utf8((struct text){at, (int)size}) && !was_utf8(at, at + size))
        encoding = memchr(at, 0, size) ? NULL : "GB18030";
    c->at = at + skip;
    c->end = at + size;
    if (encoding) {
        enum rc rc = convert(f, encoding, skip, made, &size);
        if (rc != RC_OK)
            return rc;
        c->at = *made;
        c->end = *made + size;
    }
    if (memchr(c->at, 0, (size_t)(c->end - c->at)))
        return book_fail(f, RC_INPUT, MSG_BOOK_NOT_TEXT);
    if (!encoding && !text_is_utf8((struct text){c->at, (int)(c->end - c->at)}))
        return fail_line(f, c->at, bad_line(c->at, c->end));
    return RC_OK;
}

/* What parts the cells: said by a first line "sep=;" as Excel has it, else what the first record
 * with any of them outside quotes has most of; of as many, a tab before a comma before a semicolon.
 */
static char find_parting(struct csv *c)
{
    size_t size = (size_t)(c->end - c->at);
    if (size >= 5 && memcmp(c->at, "sep=", 4) == 0 && strchr(",;\t", c->at[4]) && c->at[4]) {
        char said = c->at[4];
        c->at += 5;
        c->at += *c->at == '\r';
        c->at += *c->at == '\n';
        return said;
    }
    static const char parting[] = {'\t', ',', ';'};
    int count[3] = {0};
    bool inside = false;
    for (const char *s = c->at; s < c->end; s++) {
        inside = inside != (*s == '"');
        for (int i = 0; i < 3; i++)
            count[i] += !inside && *s == parting[i];
        if (!inside && (*s == '\n' || *s == '\r') && count[0] + count[1] + count[2] > 0)
            break;
    }
    int best = 0;
    for (int i = 1; i < 3; i++)
        if (count[i] > count[best])
            best = i;
    return parting[best];
}

/* Is it ' before what a spreadsheet would take for a formula, as book_write_csv puts it? */
static bool is_guarded(struct text t)
{
    int i = 0;
    while (i < t.len && t.at[i] == '\'')
        i++;
    return i > 0 && i < t.len && strchr("=+-@\t", t.at[i]);
}

static bool is_error(struct text t)
{
    static const char *const words[] = {"#N/A",  "#DIV/0!", "#VALUE!", "#REF!", "#NAME?",
                                        "#NUM!", "#NULL!",  "#SPILL!", "#CALC!"};
    for (int i = 0; i < COUNT_OF(words); i++)
        if (text_is(t, words[i]))
            return true;
    return false;
}

/* What a field says. Quotes around a number change nothing: some writers quote everything. */
static struct cell field_cell(struct text t)
{
    struct cell c = {.kind = CELL_TEXT, .text = t};
    struct text bare = text_trim(t);
    if (t.len == 0)
        return (struct cell){0};
    if (is_guarded(t)) {
        c.text = (struct text){t.at + 1, t.len - 1};
    } else if (t.len > 3 && memcmp(t.at, "=\"", 2) == 0 &&
               !memchr(t.at + 2, '"', (size_t)t.len - 3) &&
               t.at[t.len - 1] == '"') { /* ="007" is how some keep Excel from making it 7 */
        c.text = (struct text){t.at + 2, t.len - 3};
    } else if (t.at[0] == '=' && t.len > 1) {
        c.kind = CELL_FORMULA;
    } else if (text_to_f64(bare, &c.number)) {
        c.kind = CELL_NUMBER;
        c.numeric = true;
    } else if (text_is(bare, "TRUE") || text_is(bare, "FALSE")) {
        c.kind = CELL_BOOL;
        c.numeric = true;
        c.number = text_is(bare, "TRUE");
    } else if (is_error(bare)) {
        c.kind = CELL_ERROR;
    } else if (bare.len > 1 && bare.at[bare.len - 1] == '%' &&
               text_to_f64((struct text){bare.at, bare.len - 1}, &c.number)) {
        c.kind = CELL_NUMBER;
        c.numeric = c.percent = true;
        c.number /= 100;
    }
    return c;
}

/* One cell up to what parts it from the next, or the record's end. */
static enum rc read_field(struct csv *c)
{
    bool inside = c->at < c->end && *c->at == '"';
    c->at += inside;
    c->len = 0;
    for (; c->at < c->end; c->at++) {
        char ch = *c->at;
        if (inside && ch == '"') {
            if (c->at[1] != '"') {
                inside = false;
                continue;
            }
            c->at++;
        } else if (inside && ch == '\r') { /* \r\n and a lone \r are a new line */
            c->at += c->at[1] == '\n';
            ch = '\n';
        } else if (!inside && (ch == c->parting || ch == '\n' || ch == '\r')) {
            break;
        }
        if (c->len <= BOOK_TEXT_MAX)
            c->field[c->len++] = ch;
    }
    if (inside)
        return book_fail_cell(c->f, RC_INPUT, MSG_BOOK_QUOTE, c->row, c->column);
    struct cell cell = field_cell((struct text){c->field, c->len});
    if (c->len > BOOK_TEXT_MAX)
        cell = (struct cell){.kind = CELL_TEXT, .text = {c->field, c->len}};
    if (cell.kind == CELL_EMPTY || cell.text.len == 0)
        return RC_OK;
    return book_put(c->f, c->row, c->column, cell, false);
}

static enum rc read_records(struct csv *c)
{
    while (c->at < c->end) {
        enum rc rc = read_field(c);
        if (rc != RC_OK)
            return rc;
        if (c->at >= c->end)
            break;
        if (*c->at == c->parting) {
            c->at++;
            c->column++;
            continue;
        }
        c->at += *c->at == '\r' && c->at[1] == '\n' ? 2 : 1;
        c->column = 0;
        c->row++;
    }
    return RC_OK;
}

/* The file's name without its folder and ending. */
static struct text stem(struct text path)
{
    int from = 0, to = path.len;
    for (int i = 0; i < path.len; i++)
        if (path.at[i] == '/')
            from = i + 1;
    for (int i = path.len - 1; i > from; i--)
        if (path.at[i] == '.') {
            to = i;
            break;
        }
    return (struct text){path.at + from, to - from};
}

enum rc book_read_csv(struct book_file *f)
{
    struct csv c = {.f = f, .field = malloc(BOOK_TEXT_MAX + 1)};
    char *made = NULL;
    enum rc rc = c.field ? decode(f, &c, &made) : book_fail(f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    if (rc == RC_OK) {
        f->sheet = stem(f->out->path);
        f->out->sheet = ARENA_NEW(f->a, struct sheet, 1);
        if (!f->out->sheet)
            rc = book_fail(f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    }
    if (rc == RC_OK) {
        f->out->sheets = 1;
        c.parting = find_parting(&c);
        rc = read_records(&c);
    }
    if (rc == RC_OK)
        rc = book_lay_out(f, &f->out->sheet[0]);
    free(c.field);
    free(made);
    return rc;
}

/* --- writing --- */

static void put_text(FILE *out, struct text t)
{
    int quotes = 0;
    while (quotes < t.len && t.at[quotes] == '\'')
        quotes++;
    bool guard = quotes < t.len && strchr("=+-@\t", t.at[quotes]);
    bool quote = t.len > 0 && (t.at[0] == ' ' || t.at[t.len - 1] == ' ');
    for (int i = 0; i < t.len; i++)
        quote = quote || strchr(",;\t\"\r\n", t.at[i]);
    if (quote)
        (void)fputc('"', out);
    if (guard)
        (void)fputc('\'', out);
    for (int i = 0; i < t.len; i++) {
        if (t.at[i] == '"')
            (void)fputc('"', out);
        (void)fputc(t.at[i], out);
    }
    if (quote)
        (void)fputc('"', out);
}

static void put_cell(FILE *out, const struct out_cell *c)
{
    char made[64];
    struct buf b = BUF_ON(made);
    if (c->kind == CELL_TEXT || c->kind == CELL_DATE) {
        put_text(out, c->text);
        return;
    }
    if (c->kind == CELL_BOOL)
        buf_str(&b, c->number != 0 ? "TRUE" : "FALSE");
    else if (c->kind == CELL_NUMBER || c->kind == CELL_FORMULA)
        buf_f64(&b, c->number);
    (void)fputs(made, out);
}

enum rc book_write_csv(const char *path, const struct out_sheet *s, struct err *e)
{
    struct beside b;
    enum rc rc = out_check(path, s, e);
    if (rc == RC_OK)
        rc = beside_begin(&b, path, e);
    if (rc != RC_OK)
        return rc;
    FILE *out = fopen(b.part, "wb");
    if (!out)
        return beside_end(&b, false, errno, e);
    (void)fputs("\xEF\xBB\xBF", out);
    for (int32_t row = 0; row < s->rows; row++) {
        for (int32_t column = 0; column < s->columns; column++) {
            if (column > 0)
                (void)fputc(',', out);
            put_cell(out, &s->cell[(size_t)row * (size_t)s->columns + (size_t)column]);
        }
        (void)fputs("\r\n", out);
    }
    bool good = !ferror(out) && fflush(out) == 0;
    int why = errno;
    if (fclose(out) != 0) {
        good = false;
        why = errno;
    }
    return beside_end(&b, good, why, e);
}

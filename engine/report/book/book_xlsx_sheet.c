#include "report/book/book_xlsx.h"

#include <stdlib.h>
#include <string.h>

enum { MERGES_MAX = 1 << 16, EXCEL_ROWS = 1048576, EXCEL_COLUMNS = 16384 };

enum value_kind {
    VALUE_NUMBER,
    VALUE_SHARED,
    VALUE_TEXT,
    VALUE_INLINE,
    VALUE_BOOL,
    VALUE_ERROR,
    VALUE_ISO
};

struct range {
    int32_t row, column, last_row, last_column;
};

/* A sheet being walked. A cell's gathered text is that of its <v>, or of the <t>s in its <is>. */
struct sheet_walk {
    struct reader *r;
    int32_t row, column;
    bool in_row, in_cell, in_inline;
    bool formula, valued, in_formula;
    struct buf said; /* the formula's beginning */
    char said_room[16];
    enum value_kind value;
    enum format_kind format;
    struct range *merge;
    int32_t merges, merge_cap;
};

static void wrong_cell(struct sheet_walk *w, enum msg id)
{
    struct reader *r = w->r;
    package_stop(&r->p, book_fail_cell(r->f, RC_CORRUPT, id, w->row, w->column));
}

static void wrong_place(struct sheet_walk *w)
{
    package_stop(&w->r->p, book_fail_sheet(w->r->f, RC_CORRUPT, MSG_BOOK_CELL_NAME));
}

/* Cuts "C7" off *s. */
static bool take_name(const char **s, int32_t *row, int32_t *column)
{
    int32_t c = 0, r = 0;
    const char *at = *s;
    for (; (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z'); at++)
        if ((c = c * 26 + ((*at | 0x20) - 'a' + 1)) > EXCEL_COLUMNS)
            return false;
    for (; *at >= '0' && *at <= '9'; at++)
        if ((r = r * 10 + (*at - '0')) > EXCEL_ROWS)
            return false;
    *s = at;
    *row = r - 1;
    *column = c - 1;
    return r > 0 && c > 0;
}

static void open_row(struct sheet_walk *w, const char **attr)
{
    int64_t r = (int64_t)w->row + 2; /* the next one, unless it says which */
    if (attr_get(attr, "r") && !attr_int(attr, "r", &r))
        r = 0;
    if (r < 1 || r > EXCEL_ROWS) {
        wrong_place(w);
        return;
    }
    w->row = (int32_t)r - 1;
    w->column = -1;
    w->in_row = true;
}

static void open_cell(struct sheet_walk *w, const char **attr)
{
    static const struct {
        const char *word;
        enum value_kind kind;
    } kinds[] = {{"s", VALUE_SHARED}, {"str", VALUE_TEXT}, {"inlineStr", VALUE_INLINE},
                 {"b", VALUE_BOOL},   {"e", VALUE_ERROR},  {"d", VALUE_ISO},
                 {"n", VALUE_NUMBER}};
    const char *name = attr_get(attr, "r"), *type = attr_get(attr, "t");
    const struct reader *r = w->r;
    int32_t row = w->row;
    int64_t style = 0;
    w->column++;
    if ((name && (!take_name(&name, &row, &w->column) || *name || row != w->row)) ||
        w->column >= EXCEL_COLUMNS) {
        wrong_place(w);
        return;
    }
    w->value = VALUE_NUMBER;
    for (int i = 0; type && i < COUNT_OF(kinds); i++)
        if (strcmp(type, kinds[i].word) == 0)
            w->value = kinds[i].kind;
    bool styled = attr_int(attr, "s", &style) && style >= 0 && style < r->formats;
    w->format = styled ? (enum format_kind)r->format[style] : FORMAT_NUMBER;
    w->in_cell = true;
    w->formula = w->valued = w->in_inline = w->in_formula = false;
    w->said = BUF_ON(w->said_room);
    w->r->phonetic = false;
    buf_clear(&w->r->text);
}

static void add_merge(struct sheet_walk *w, const char **attr)
{
    const char *ref = attr_get(attr, "ref");
    struct range m;
    bool good = ref && take_name(&ref, &m.row, &m.column);
    m.last_row = m.row, m.last_column = m.column;
    if (good && *ref == ':') {
        ref++;
        good = take_name(&ref, &m.last_row, &m.last_column);
    }
    if (!good || *ref || m.last_row < m.row || m.last_column < m.column ||
        w->merges == MERGES_MAX) {
        package_stop(&w->r->p, book_fail_sheet(w->r->f, RC_CORRUPT, MSG_BOOK_MERGES));
        return;
    }
    if (w->merges == w->merge_cap) {
        int32_t cap = w->merge_cap ? w->merge_cap * 2 : 64;
        struct range *more = realloc(w->merge, (size_t)cap * sizeof(*more));
        if (!more) {
            package_stop(&w->r->p, book_fail(w->r->f, RC_MEMORY, MSG_BOOK_NO_MEMORY));
            return;
        }
        w->merge = more;
        w->merge_cap = cap;
    }
    w->merge[w->merges++] = m;
}

static void open_element(void *with, const char *name, const char **attr)
{
    struct sheet_walk *w = with;
    struct reader *r = w->r;
    if (strcmp(name, "row") == 0) {
        open_row(w, attr);
    } else if (w->in_row && strcmp(name, "c") == 0) {
        open_cell(w, attr);
    } else if (strcmp(name, "mergeCell") == 0) {
        add_merge(w, attr);
    } else if (!w->in_cell) {
        return;
    } else if (strcmp(name, "f") == 0) {
        w->formula = w->in_formula = true;
    } else if (strcmp(name, "v") == 0) {
        r->in_text = w->value != VALUE_INLINE;
        w->valued = w->valued || r->in_text;
    } else if (strcmp(name, "is") == 0) {
        w->in_inline = true;
        w->valued = w->valued || w->value == VALUE_INLINE;
    } else if (strcmp(name, "rPh") == 0) {
        r->phonetic = true;
    } else if (strcmp(name, "t") == 0) {
        r->in_text = w->in_inline && !r->phonetic && w->value == VALUE_INLINE;
    }
}

/* 0.85 as "85%": at most nine places, none of them a trailing 0. */
static void put_percent(struct buf *out, double v)
{
    char made[64];
    struct buf b = BUF_ON(made);
    buf_fixed(&b, v * 100, 9);
    while (b.len > 1 && b.at[b.len - 1] == '0')
        b.len--;
    if (b.at[b.len - 1] == '.')
        b.len--;
    buf_text(out, (struct text){made, b.len});
    buf_char(out, '%');
}

/* A number as its format shows it; out is where its text goes. */
static bool number_cell(struct sheet_walk *w, struct text t, struct cell *c, struct buf *out)
{
    if (!text_to_f64(text_trim(t), &c->number))
        return false;
    c->kind = CELL_NUMBER;
    c->numeric = true;
    bool dated = w->format != FORMAT_NUMBER && w->format != FORMAT_PERCENT &&
                 date_text(c->number, w->format, w->r->from_1904, out);
    if (dated) {
        c->kind = CELL_DATE;
    } else if (w->format == FORMAT_PERCENT && c->number > -1e6 && c->number < 1e6) {
        c->percent = true;
        put_percent(out, c->number);
    } else {
        buf_f64(out, c->number);
    }
    c->text = (struct text){out->at, out->len};
    return true;
}

/* What the value says; false when it makes no sense. */
static bool value_cell(struct sheet_walk *w, struct text t, struct cell *c, struct buf *out,
                       bool *kept)
{
    const struct reader *r = w->r;
    enum format_kind shown;
    int64_t i;
    c->text = t;
    switch (w->value) {
    case VALUE_NUMBER:
        return number_cell(w, t, c, out);
    case VALUE_SHARED:
        if (!text_to_i64(text_trim(t), &i) || i < 0 || i >= r->strings)
            return false;
        c->text = r->string[i];
        *kept = true;
        c->kind = CELL_TEXT;
        return true;
    case VALUE_BOOL:
        if (!text_is(text_trim(t), "0") && !text_is(text_trim(t), "1"))
            return false;
        c->number = text_is(text_trim(t), "1");
        c->text = c->number > 0 ? TEXT("TRUE") : TEXT("FALSE");
        c->numeric = *kept = true;
        c->kind = CELL_BOOL;
        return true;
    case VALUE_ERROR:
        c->kind = CELL_ERROR;
        return true;
    case VALUE_ISO:
        c->kind = CELL_DATE;
        c->numeric = date_serial(t, &c->number, &shown);
        return true;
    case VALUE_TEXT:
    case VALUE_INLINE:
        c->kind = CELL_TEXT;
        return true;
    }
    return false;
}

static void end_cell(struct sheet_walk *w)
{
    struct reader *r = w->r;
    char made[64];
    struct buf out = BUF_ON(made);
    struct cell c = {0};
    bool kept = false;
    struct text t = reader_text(r);
    if (t.len > BOOK_TEXT_MAX)
        c = (struct cell){.kind = CELL_TEXT, .text = t}; /* book_put says so */
    /* <v></v> of a number is what some writers put for nothing. */
    else if (w->valued && t.len > 0 && !value_cell(w, t, &c, &out, &kept)) {
        wrong_cell(w, MSG_BOOK_CELL_VALUE);
        return;
    }
    /* LibreOffice has no other form for a plain TRUE. */
    bool plain =
        c.kind == CELL_BOOL && (text_is((struct text){w->said.at, w->said.len}, "TRUE()") ||
                                text_is((struct text){w->said.at, w->said.len}, "FALSE()"));
    if (w->formula && !plain)
        c.kind = CELL_FORMULA;
    if (c.kind == CELL_EMPTY || (c.kind == CELL_TEXT && c.text.len == 0))
        return;
    enum rc rc = book_put(r->f, w->row, w->column, c, kept);
    if (rc != RC_OK)
        package_stop(&r->p, rc);
}

static void close_element(void *with, const char *name)
{
    struct sheet_walk *w = with;
    if (!w->in_row)
        return;
    if (strcmp(name, "row") == 0) {
        w->in_row = false;
    } else if (w->in_cell && strcmp(name, "c") == 0) {
        w->in_cell = false;
        end_cell(w);
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        w->r->in_text = false;
    } else if (strcmp(name, "rPh") == 0) {
        w->r->phonetic = false;
    } else if (strcmp(name, "is") == 0) {
        w->in_inline = false;
    } else if (strcmp(name, "f") == 0) {
        w->in_formula = false;
    }
}

static void gather(void *with, const char *at, int len)
{
    struct sheet_walk *w = with;
    if (w->in_formula)
        buf_text(&w->said, (struct text){at, len});
    else
        reader_gather(w->r, at, len);
}

/* Ranges do not overlap, so together they cover no more than the sheet. */
static enum rc mark_merges(struct sheet_walk *w, struct sheet *s)
{
    int64_t left = (int64_t)s->rows * s->columns;
    for (int32_t i = 0; i < w->merges; i++) {
        struct range m = w->merge[i];
        if (m.row == m.last_row && m.column == m.last_column)
            continue;
        for (int32_t row = m.row; row <= m.last_row && row < s->rows; row++)
            for (int32_t column = m.column; column <= m.last_column && column < s->columns;
                 column++) {
                if (left-- == 0)
                    return book_fail_sheet(w->r->f, RC_CORRUPT, MSG_BOOK_MERGES);
                s->cell[(size_t)row * (size_t)s->columns + (size_t)column].merged = true;
            }
    }
    return RC_OK;
}

enum rc reader_sheet(struct reader *r, const char *part, struct sheet *s)
{
    static const struct walk_ops ops = {open_element, close_element, gather};
    struct sheet_walk w = {.r = r, .row = -1};
    r->in_text = r->phonetic = false;
    enum rc rc = package_walk(&r->p, part, &ops, &w);
    if (rc == RC_OK)
        rc = book_lay_out(r->f, s);
    if (rc == RC_OK)
        rc = mark_merges(&w, s);
    free(w.merge);
    return rc;
}

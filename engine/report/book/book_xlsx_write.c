#include <errno.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/num.h"
#include "report/book/book_parts.h"
#include "report/book/book_xlsx_rows.h"

enum {
    NAME_CHARS = 31,
    RULE_CHARS = 255,
    TITLE_CHARS = 32,
    PAGE_CHARS = 255,
    CREATED_S = 946684800, /* 2000-01-01 */
};

/* --- what no spreadsheet takes is found before anything is written --- */

static enum rc fail_at(const char *path, const struct out_sheet *s, enum rc rc, enum msg id,
                       int row, int column, struct err *e)
{
    struct book_place p;
    return ERR(e, rc, id, book_place(&p, text_of(path), &s->name, row, column),
               arg_i(BOOK_TEXT_MAX));
}

static int characters(struct text t)
{
    int n = 0;
    for (int i = 0; i < t.len; i++)
        n += ((unsigned char)t.at[i] & 0xC0) != 0x80;
    return n;
}

static bool is_fit(struct text t)
{
    return text_is_utf8(t) && (t.len == 0 || !memchr(t.at, 0, (size_t)t.len));
}

static enum rc check_cell(const char *path, const struct out_sheet *s, int row, int column,
                          struct err *e)
{
    const struct out_cell *c = &s->cell[(size_t)row * (size_t)s->columns + (size_t)column];
    enum format_kind kind;
    double serial;
    ASSERT(c->style >= 0 && c->style < STYLE_COUNT && c->kind >= 0 && c->kind <= CELL_DATE &&
           c->kind != CELL_ERROR);
    if (c->text.len > BOOK_TEXT_MAX)
        return fail_at(path, s, RC_LIMIT, MSG_BOOK_TEXT_LONG, row, column, e);
    if (!is_fit(c->text))
        return fail_at(path, s, RC_INPUT, MSG_BOOK_OUT_TEXT, row, column, e);
    if (!num_is_finite(c->number))
        return fail_at(path, s, RC_INPUT, MSG_BOOK_OUT_NUMBER, row, column, e);
    if (c->kind == CELL_DATE && !date_serial(c->text, &serial, &kind))
        return fail_at(path, s, RC_INPUT, MSG_BOOK_OUT_DATE, row, column, e);
    return RC_OK;
}

enum rc out_check(const char *path, const struct out_sheet *s, struct err *e)
{
    struct book_place p;
    ASSERT(s->rows >= 0 && s->columns >= 0);
    if (s->rows > BOOK_ROWS_MAX)
        return ERR(e, RC_LIMIT, MSG_BOOK_ROWS, book_place(&p, text_of(path), &s->name, -1, -1),
                   arg_i(BOOK_ROWS_MAX));
    if (s->columns > BOOK_COLUMNS_MAX)
        return ERR(e, RC_LIMIT, MSG_BOOK_COLUMNS, book_place(&p, text_of(path), &s->name, -1, -1),
                   arg_i(BOOK_COLUMNS_MAX));
    for (int32_t row = 0; row < s->rows; row++)
        for (int32_t column = 0; column < s->columns; column++) {
            enum rc rc = check_cell(path, s, row, column, e);
            if (rc != RC_OK)
                return rc;
        }
    return RC_OK;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool same_name(struct text a, struct text b)
{
    for (int i = 0; i < a.len && a.len == b.len; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return a.len == b.len;
}

static bool is_name(const struct out_book *b, int at)
{
    struct text name = b->sheet[at].name;
    int n = characters(name);
    if (n < 1 || n > NAME_CHARS || !is_fit(name) || name.at[0] == '\'' ||
        name.at[name.len - 1] == '\'')
        return false;
    for (int i = 0; i < name.len; i++)
        if (strchr("[]:*?/\\", name.at[i]) || (unsigned char)name.at[i] < ' ')
            return false;
    for (int i = 0; i < at; i++)
        if (same_name(b->sheet[i].name, name))
            return false;
    return true;
}

static bool is_rule(const struct out_rule *r)
{
    int all = r->words - 1;
    if (characters(r->title) > TITLE_CHARS || characters(r->prompt) > RULE_CHARS ||
        characters(r->wrong) > RULE_CHARS)
        return false;
    if (!is_fit(r->title) || !is_fit(r->prompt) || !is_fit(r->wrong))
        return false;
    for (int i = 0; i < r->words; i++) {
        if (r->word[i].len == 0 || !is_fit(r->word[i]) ||
            memchr(r->word[i].at, ',', (size_t)r->word[i].len))
            return false;
        all += characters(r->word[i]);
    }
    return r->words > 0 ? all <= RULE_CHARS
                        : num_is_finite(r->low) && num_is_finite(r->high) && r->low <= r->high;
}

static enum rc check_book(const char *path, const struct out_book *b, struct err *e)
{
    struct book_place p;
    if (b->sheets > BOOK_SHEETS_MAX)
        return ERR(e, RC_LIMIT, MSG_BOOK_SHEETS, book_place(&p, text_of(path), NULL, -1, -1),
                   arg_i(BOOK_SHEETS_MAX));
    int64_t cells = 0;
    for (int i = 0; i < b->sheets; i++) {
        const struct out_sheet *s = &b->sheet[i];
        if (!is_name(b, i))
            return fail_at(path, s, RC_INPUT, MSG_BOOK_OUT_NAME, -1, -1, e);
        enum rc rc = out_check(path, s, e);
        if (rc != RC_OK)
            return rc;
        cells += (int64_t)s->rows * s->columns;
        for (int j = 0; j < s->rules; j++)
            if (!is_rule(&s->rule[j]))
                return fail_at(path, s, RC_LIMIT, MSG_BOOK_OUT_RULE, s->rule[j].row,
                               s->rule[j].column, e);
        if (characters(s->header) > PAGE_CHARS / 2 || characters(s->footer) > PAGE_CHARS / 2 ||
            !is_fit(s->header) || !is_fit(s->footer))
            return fail_at(path, s, RC_LIMIT, MSG_BOOK_OUT_PAGE, -1, -1, e);
    }
    if (cells > BOOK_CELLS_MAX)
        return ERR(e, RC_LIMIT, MSG_BOOK_CELLS, book_place(&p, text_of(path), NULL, -1, -1),
                   arg_i(BOOK_CELLS_MAX));
    return RC_OK;
}

/* --- writing --- */

struct writer {
    lxw_workbook *book;
    struct arena a;
    enum { NUMBERS_PLAIN, NUMBERS_DATE, NUMBERS_TIME, NUMBERS_MOMENT, NUMBERS_COUNT } numbers;
    lxw_format *format[STYLE_COUNT][NUMBERS_COUNT];
    bool memory; /* none is left */
};

/* A C string for libxlsxwriter: U+FFFE and U+FFFF, which XML does not hold, become U+FFFD, and what
 * looks like an escape of ST_Xstring is itself escaped. */
static char *c_string(struct writer *w, struct text t)
{
    int cap = t.len * 2 + 8;
    char *room = arena_alloc(&w->a, (size_t)cap, 1);
    if (!room) {
        w->memory = true;
        return NULL;
    }
    struct buf b = buf_on(room, cap);
    for (int i = 0; i < t.len; i++) {
        const char *s = t.at + i;
        if (t.len - i >= 7 && s[0] == '_' && s[1] == 'x' && s[6] == '_' &&
            strspn(s + 2, "0123456789abcdefABCDEF") >= 4)
            buf_str(&b, "_x005F");
        if (t.len - i >= 3 &&
            (memcmp(s, "\xEF\xBF\xBE", 3) == 0 || memcmp(s, "\xEF\xBF\xBF", 3) == 0)) {
            buf_str(&b, "\xEF\xBF\xBD");
            i += 2;
        } else {
            buf_char(&b, *s);
        }
    }
    return room;
}

/* How each style looks. Tints are pale enough to print grey on grey. */
static const struct cell_look looks[STYLE_COUNT] = {
    [STYLE_PLAIN] = {.points = 10.5, .align = LXW_ALIGN_LEFT, .border = true},
    [STYLE_HEAD] = {.points = 10.5,
                    .fill = 0xD9E2EC,
                    .align = LXW_ALIGN_CENTER,
                    .bold = true,
                    .border = true,
                    .wrap = true},
    [STYLE_TITLE] = {.points = 16, .align = LXW_ALIGN_LEFT, .bold = true},
    [STYLE_INPUT] = {.points = 12,
                     .fill = 0xFFF7D6,
                     .align = LXW_ALIGN_CENTER,
                     .border = true,
                     .unlocked = true},
    [STYLE_REMARK] = {.points = 10.5,
                      .fill = 0xFFF7D6,
                      .align = LXW_ALIGN_LEFT,
                      .border = true,
                      .wrap = true,
                      .unlocked = true,
                      .text = true},
    [STYLE_NOTE] = {.points = 10, .ink = 0x555555, .align = LXW_ALIGN_LEFT},
    [STYLE_KEY] = {.points = 8, .ink = 0x808080, .align = LXW_ALIGN_LEFT, .border = true},
    [STYLE_WRAP] = {.points = 10.5, .align = LXW_ALIGN_LEFT, .border = true, .wrap = true},
    [STYLE_CENTRE] = {.points = 10.5, .align = LXW_ALIGN_CENTER, .border = true},
};

static lxw_format *format_for(struct writer *w, int style, int numbers)
{
    static const char *const codes[NUMBERS_COUNT] = {NULL, "yyyy-mm-dd", "hh:mm:ss",
                                                     "yyyy-mm-dd hh:mm:ss"};
    if (w->format[style][numbers])
        return w->format[style][numbers];
    const struct cell_look *l = &looks[style];
    lxw_format *f = workbook_add_format(w->book);
    if (!f) {
        w->memory = true;
        return NULL;
    }
    format_set_font_name(
        f, "宋体"); /* Excel and WPS have it; others fall back to what shows Chinese */
    format_set_font_size(f, l->points);
    format_set_font_color(f, l->ink ? l->ink : LXW_COLOR_BLACK);
    format_set_align(f, l->align);
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (l->fill) {
        format_set_pattern(f, LXW_PATTERN_SOLID);
        format_set_fg_color(f, l->fill);
    }
    if (l->bold)
        format_set_bold(f);
    if (l->border) {
        format_set_border(f, LXW_BORDER_THIN);
        format_set_border_color(f, 0x999999);
    }
    if (l->wrap)
        format_set_text_wrap(f);
    if (l->unlocked)
        format_set_unlocked(f);
    if (codes[numbers])
        format_set_num_format(f, codes[numbers]);
    else if (l->text)
        format_set_num_format(f, "@");
    return w->format[style][numbers] = f;
}

static lxw_error put_date(struct writer *w, lxw_worksheet *ws, lxw_row_t row, lxw_col_t column,
                          const struct out_cell *c)
{
    enum format_kind kind = FORMAT_DATE;
    double serial = 0;
    bool good = date_serial(c->text, &serial, &kind);
    ASSERT(good); /* check_cell saw it */
    int numbers = kind == FORMAT_DATE   ? NUMBERS_DATE
                  : kind == FORMAT_TIME ? NUMBERS_TIME
                                        : NUMBERS_MOMENT;
    return worksheet_write_number(ws, row, column, serial, format_for(w, c->style, numbers));
}

static lxw_error put_cell(struct writer *w, lxw_worksheet *ws, lxw_row_t row, lxw_col_t column,
                          const struct out_cell *c)
{
    if (c->kind == CELL_DATE)
        return put_date(w, ws, row, column, c);
    if (c->kind == CELL_EMPTY && c->style == STYLE_PLAIN)
        return LXW_NO_ERROR;
    lxw_format *f = format_for(w, c->style, NUMBERS_PLAIN);
    char *text = c->kind == CELL_TEXT || c->kind == CELL_FORMULA ? c_string(w, c->text) : NULL;
    if (c->kind == CELL_NUMBER)
        return worksheet_write_number(ws, row, column, c->number, f);
    if (c->kind == CELL_BOOL)
        return worksheet_write_boolean(ws, row, column, c->number != 0, f);
    if (!text || !text[0])
        return worksheet_write_blank(ws, row, column, f);
    return c->kind == CELL_TEXT ? worksheet_write_string(ws, row, column, text, f)
                                : worksheet_write_formula_num(ws, row, column, text, f, c->number);
}

static lxw_error put_rule(struct writer *w, lxw_worksheet *ws, const struct out_rule *r)
{
    lxw_data_validation v = {.ignore_blank = LXW_VALIDATION_ON,
                             .show_input = LXW_VALIDATION_ON,
                             .show_error = LXW_VALIDATION_ON,
                             .error_type = LXW_VALIDATION_ERROR_TYPE_STOP,
                             .dropdown = LXW_VALIDATION_ON};
    ASSERT(r->rows > 0 && r->columns > 0 && r->row >= 0 && r->column >= 0);
    if (r->words > 0) {
        char **list = ARENA_NEW(&w->a, char *, r->words + 1);
        w->memory = w->memory || !list;
        for (int i = 0; list && i < r->words; i++)
            list[i] = c_string(w, r->word[i]);
        v.validate = LXW_VALIDATION_TYPE_LIST;
        v.value_list = list;
    } else {
        v.validate = LXW_VALIDATION_TYPE_DECIMAL;
        v.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        v.minimum_number = r->low;
        v.maximum_number = r->high;
    }
    v.input_title = r->title.len ? c_string(w, r->title) : NULL;
    v.input_message = r->prompt.len ? c_string(w, r->prompt) : NULL;
    v.error_title = v.input_title;
    v.error_message = r->wrong.len ? c_string(w, r->wrong) : NULL;
    if (w->memory)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    return worksheet_data_validation_range(ws, (lxw_row_t)r->row, (lxw_col_t)r->column,
                                           (lxw_row_t)(r->row + r->rows - 1),
                                           (lxw_col_t)(r->column + r->columns - 1), &v);
}

/* "&C" and the text, in which & stands for itself. */
static char *page_line(struct writer *w, const char *side, struct text t, const char *more)
{
    int cap = t.len * 2 + 64;
    char *room = arena_alloc(&w->a, (size_t)cap, 1);
    if (!room) {
        w->memory = true;
        return NULL;
    }
    struct buf b = buf_on(room, cap);
    buf_str(&b, side);
    for (int i = 0; i < t.len; i++) {
        if (t.at[i] == '&')
            buf_char(&b, '&');
        buf_char(&b, t.at[i]);
    }
    buf_str(&b, more);
    return room;
}

static void put_page(struct writer *w, lxw_worksheet *ws, const struct out_sheet *s)
{
    enum { A4 = 9 };
    worksheet_set_paper(ws, A4);
    if (!s->portrait)
        worksheet_set_landscape(ws);
    worksheet_fit_to_pages(ws, 1, 0);
    worksheet_set_margins(ws, 0.5, 0.5, 0.75, 0.75); /* inches */
    if (s->head_rows > 0)
        (void)worksheet_repeat_rows(ws, (lxw_row_t)s->head_row,
                                    (lxw_row_t)(s->head_row + s->head_rows - 1));
    char *header = s->header.len ? page_line(w, "&C", s->header, "") : NULL;
    char *footer = page_line(w, "&L", s->footer, "&R&P / &N");
    if (header)
        (void)worksheet_set_header(ws, header);
    if (footer)
        (void)worksheet_set_footer(ws, footer);
}

static void put_columns(lxw_worksheet *ws, const struct out_sheet *s)
{
    for (int i = 0; i < s->columns; i++) {
        double width = s->width && s->width[i] > 0 ? s->width[i] : LXW_DEF_COL_WIDTH;
        lxw_row_col_options options = {.hidden = s->hidden_column && s->hidden_column[i]};
        if (options.hidden || (s->width && s->width[i] > 0))
            (void)worksheet_set_column_opt(ws, (lxw_col_t)i, (lxw_col_t)i, width, NULL, &options);
    }
    for (int i = 0; i < s->rows; i++) {
        double height = s->height && s->height[i] > 0 ? s->height[i] : row_height(s, i, looks);
        if (height > 0)
            (void)worksheet_set_row(ws, (lxw_row_t)i, height, NULL);
    }
}

static lxw_error put_sheet(struct writer *w, const struct out_sheet *s, bool *shown)
{
    char *name = c_string(w, s->name);
    lxw_worksheet *ws = name ? workbook_add_worksheet(w->book, name) : NULL;
    if (!ws)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    put_columns(ws, s);
    for (int32_t row = 0; row < s->rows; row++)
        for (int32_t column = 0; column < s->columns; column++) {
            lxw_error bad = put_cell(w, ws, (lxw_row_t)row, (lxw_col_t)column,
                                     &s->cell[(size_t)row * (size_t)s->columns + (size_t)column]);
            if (bad != LXW_NO_ERROR)
                return bad;
        }
    for (int i = 0; i < s->rules; i++) {
        lxw_error bad = put_rule(w, ws, &s->rule[i]);
        if (bad != LXW_NO_ERROR)
            return bad;
    }
    put_page(w, ws, s);
    if (s->frozen_rows > 0 || s->frozen_columns > 0)
        worksheet_freeze_panes(ws, (lxw_row_t)s->frozen_rows, (lxw_col_t)s->frozen_columns);
    if (s->protect) {
        lxw_protection may = {.format_columns = 1, .format_rows = 1};
        worksheet_protect(ws, NULL, &may);
    }
    if (s->hidden) {
        worksheet_hide(ws);
    } else if (!*shown) {
        worksheet_activate(ws);
        worksheet_set_first_sheet(ws);
        *shown = true;
    }
    return w->memory ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR;
}

static lxw_error write_part(struct writer *w, const struct out_book *b)
{
    lxw_error bad = LXW_NO_ERROR;
    bool shown = false;
    lxw_doc_properties properties = {.created = (time_t)(b->created_s ? b->created_s : CREATED_S)};
    properties.title = b->title.len ? c_string(w, b->title) : NULL;
    (void)workbook_set_properties(w->book, &properties);
    for (int i = 0; i < b->sheets && bad == LXW_NO_ERROR; i++)
        bad = put_sheet(w, &b->sheet[i], &shown);
    ASSERT(shown || bad != LXW_NO_ERROR);
    return bad;
}

enum rc book_write(const char *path, const struct out_book *b, struct err *e)
{
    struct writer w = {0};
    struct beside beside;
    ASSERT(b->sheets > 0);
    enum rc rc = check_book(path, b, e);
    if (rc == RC_OK)
        rc = beside_begin(&beside, path, e);
    if (rc != RC_OK)
        return rc;
    arena_init(&w.a, 0);
    w.book = workbook_new(beside.part);
    lxw_error bad = w.book ? write_part(&w, b) : LXW_ERROR_MEMORY_MALLOC_FAILED;
    errno = 0;
    lxw_error closed = w.book ? workbook_close(w.book) : bad; /* frees it whatever happens */
    int why = errno ? errno : EIO;
    arena_free(&w.a);
    if (bad == LXW_NO_ERROR)
        bad = closed;
    if (bad == LXW_NO_ERROR && !rows_loosen(beside.part, b)) {
        bad = LXW_ERROR_CREATING_TMPFILE;
        why = EIO;
    }
    return beside_end(&beside, bad == LXW_NO_ERROR,
                      bad == LXW_ERROR_MEMORY_MALLOC_FAILED ? ENOMEM : why, e);
}

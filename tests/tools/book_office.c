/* The spreadsheet half of `make soak-office`: writes a book, and compares what an office program made of it.
 *   book_office write FILE.xlsx        writes the sample
 *   book_office same FILE.xlsx         every cell as it was, kinds and all
 *   book_office text FILE.csv          every cell of the first sheet reads as it did
 *   book_office refused FILE           is not read; prints why
 *   book_office show FILE              prints what is read */
#include <stdio.h>
#include <string.h>

#include "report/book/book.h"

#define WORDS(literal) {"" literal "", (int)sizeof(literal) - 1}
#define NONE {CELL_EMPTY, STYLE_PLAIN, {0}, 0}

enum { ROWS = 8, COLUMNS = 5 };

static const struct out_cell cells[ROWS * COLUMNS] = {
    {CELL_TEXT, STYLE_KEY, WORDS("drill-7"), 0}, {CELL_TEXT, STYLE_TITLE, WORDS("北山镇森林火灾桌面推演评估表"), 0}, NONE, NONE, NONE,
    NONE, {CELL_TEXT, STYLE_NOTE, WORDS("评分 0 至 100；扣分须写明依据 <&>"), 0}, NONE, NONE, NONE,
    {CELL_TEXT, STYLE_HEAD, WORDS("编号"), 0}, {CELL_TEXT, STYLE_HEAD, WORDS("指标"), 0}, {CELL_TEXT, STYLE_HEAD, WORDS("评分"), 0},
    {CELL_TEXT, STYLE_HEAD, WORDS("结论"), 0}, {CELL_TEXT, STYLE_HEAD, WORDS("扣分依据"), 0},
    {CELL_TEXT, STYLE_KEY, WORDS("report_first"), 0}, {CELL_TEXT, STYLE_WRAP, WORDS("首报及时、要素齐全\n（时间、地点、规模）"), 0},
    {CELL_NUMBER, STYLE_INPUT, {0}, 85.5}, {CELL_TEXT, STYLE_INPUT, WORDS("良"), 0}, {CELL_TEXT, STYLE_REMARK, WORDS("-2 分：“迟”, \"18 分钟\""), 0},
    {CELL_TEXT, STYLE_KEY, WORDS("warn_public"), 0}, {CELL_TEXT, STYLE_WRAP, WORDS("预警发布；叫应"), 0},
    {CELL_NUMBER, STYLE_INPUT, {0}, 100}, {CELL_TEXT, STYLE_INPUT, WORDS("优"), 0}, {CELL_TEXT, STYLE_REMARK, WORDS("=不是公式"), 0},
    {CELL_TEXT, STYLE_KEY, WORDS("post_open"), 0}, {CELL_TEXT, STYLE_WRAP, WORDS("_x0041_ 𠮷\t制表"), 0},
    {CELL_EMPTY, STYLE_INPUT, {0}, 0}, {CELL_TEXT, STYLE_INPUT, WORDS("８５"), 0}, {CELL_TEXT, STYLE_REMARK, WORDS("007"), 0},
    {CELL_BOOL, STYLE_CENTRE, {0}, 1}, {CELL_DATE, STYLE_CENTRE, WORDS("2026-11-26"), 0}, {CELL_NUMBER, STYLE_PLAIN, {0}, -0.125},
    {CELL_DATE, STYLE_PLAIN, WORDS("15:20:00"), 0}, {CELL_TEXT, STYLE_PLAIN, WORDS(" 前后空格 "), 0},
    {CELL_DATE, STYLE_PLAIN, WORDS("2026-11-26T15:20:00"), 0}, {CELL_FORMULA, STYLE_PLAIN, WORDS("=SUM(C4:C6)"), 185.5},
    {CELL_NUMBER, STYLE_PLAIN, {0}, 1234567.25}, {CELL_TEXT, STYLE_PLAIN, WORDS("'撇号"), 0}, {CELL_TEXT, STYLE_PLAIN, WORDS("末"), 0},
};
static const struct text grades[] = {WORDS("优"), WORDS("良"), WORDS("一般"), WORDS("差")};
static const double widths[COLUMNS] = {14, 44, 10, 10, 60};
static const bool hidden[COLUMNS] = {true};
static const struct out_rule rules[] = {
    {.row = 3, .column = 2, .rows = 3, .columns = 1, .low = 0, .high = 100, .title = WORDS("评分"), .prompt = WORDS("0 至 100"),
     .wrong = WORDS("应为 0 至 100 的数")},
    {.row = 3, .column = 3, .rows = 3, .columns = 1, .word = grades, .words = 4},
};
static const struct out_sheet sheets[] = {
    {.name = WORDS("评分表"), .rows = ROWS, .columns = COLUMNS, .cell = cells, .width = widths, .hidden_column = hidden,
     .protect = true, .frozen_rows = 3, .head_row = 2, .head_rows = 1, .rule = rules, .rules = 2,
     .header = WORDS("演练材料 & 非真实事件"), .footer = WORDS("评估专家签字：")},
    {.name = WORDS("drill"), .rows = 1, .columns = 1, .cell = &cells[3 * COLUMNS], .hidden = true},
};

static int complain(const struct err *e)
{
    fprintf(stderr, "%s\n%s\n", err_text(e, LANG_ZH), err_text(e, LANG_EN));
    return 1;
}

/* The text of a cell as it should be read back. */
static struct text wanted(const struct out_cell *c, struct buf *b)
{
    buf_clear(b);
    if (c->kind == CELL_BOOL)
        return c->number > 0 ? TEXT("TRUE") : TEXT("FALSE");
    if (c->kind == CELL_NUMBER || c->kind == CELL_FORMULA) {
        buf_f64(b, c->number);
        return (struct text){b->at, b->len};
    }
    return c->text;
}

/* A CSV says less: a text of digits is a number there, a date is a text as its format shows it. */
static bool same_cell(const struct out_cell *w, const struct cell *got, bool csv)
{
    char made[64], plain[64];
    struct buf b = BUF_ON(made), flat = BUF_ON(plain);
    struct text t = wanted(w, &b);
    if (!csv)
        return got->kind == w->kind && text_eq(got->text, t);
    for (int i = 0; i < t.len && w->kind == CELL_DATE; i++)
        buf_char(&flat, t.at[i] == 'T' ? ' ' : t.at[i]);
    bool formula = w->kind == CELL_TEXT && t.len > 0 && t.at[0] == '='; /* nothing tells it from one */
    return (text_eq(got->text, w->kind == CELL_DATE ? (struct text){plain, flat.len} : t)) &&
           (got->kind == CELL_FORMULA) == formula;
}

static int compare(const struct book *b, bool csv)
{
    int wrong = 0;
    const struct sheet *s = &b->sheet[0];
    if (!csv && (b->sheets != 2 || !text_is(s->name, "评分表") || s->hidden || !b->sheet[1].hidden))
        wrong += printf("sheets differ: %d\n", b->sheets) > 0;
    if (s->rows != ROWS || s->columns != COLUMNS)
        wrong += printf("%d rows, %d columns\n", s->rows, s->columns) > 0;
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            const struct cell *got = book_cell(s, row, column);
            if (same_cell(&cells[row * COLUMNS + column], got, csv))
                continue;
            char name[24];
            struct buf at = BUF_ON(name);
            book_cell_name(row, column, &at);
            wrong += printf("%s: kind %d '%.*s'\n", name, got->kind, got->text.len, got->text.at ? got->text.at : "") > 0;
        }
    return wrong > 0;
}

static void show(const struct book *b)
{
    for (int i = 0; i < b->sheets; i++) {
        const struct sheet *s = &b->sheet[i];
        printf("[%.*s]%s %d x %d\n", s->name.len, s->name.at, s->hidden ? " hidden" : "", s->rows, s->columns);
        for (int row = 0; row < s->rows; row++)
            for (int column = 0; column < s->columns; column++) {
                const struct cell *c = book_cell(s, row, column);
                if (c->kind != CELL_EMPTY || c->merged)
                    printf("%d,%d kind %d%s '%.*s'\n", row, column, c->kind, c->merged ? " merged" : "", c->text.len,
                           c->text.at ? c->text.at : "");
            }
    }
}

int main(int argc, char **argv)
{
    struct err e;
    struct book b;
    struct arena a;
    const char *what = argc == 3 ? argv[1] : "";
    if (strcmp(what, "write") == 0) {
        const struct out_book out = {.sheet = sheets, .sheets = 2, .title = TEXT("评估表")};
        return book_write(argv[2], &out, &e) == RC_OK ? 0 : complain(&e);
    }
    if (strcmp(what, "csv") == 0)
        return book_write_csv(argv[2], &sheets[0], &e) == RC_OK ? 0 : complain(&e);
    if (argc != 3)
        return 2;
    arena_init(&a, 0);
    enum rc rc = book_read(argv[2], &a, &b, &e);
    int end = 2;
    if (strcmp(what, "refused") == 0)
        end = rc == RC_INPUT ? printf("%s\n", err_text(&e, LANG_EN)) < 0 : 1;
    else if (rc != RC_OK)
        end = complain(&e);
    else if (strcmp(what, "same") == 0 || strcmp(what, "text") == 0)
        end = compare(&b, what[0] == 't');
    else if (strcmp(what, "show") == 0)
        show(&b), end = 0;
    arena_free(&a);
    return end;
}

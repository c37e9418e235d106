/* Protects what goes out to the evaluators and comes back: a book written is read back as it was, as .xlsx and
 * as CSV; the same book gives the same bytes; a failed write leaves nothing; CSV in every encoding and with
 * every mark that Excel, WPS and hands put into it. */
#include "book_make.h"

#include <iconv.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <time.h>

#define T(s) {CELL_TEXT, STYLE_PLAIN, WORDS(s), 0}

static const struct out_cell sample_cells[] = {
    {CELL_TEXT, STYLE_TITLE, WORDS("桌面推演评估表 & <1>"), 0}, {CELL_EMPTY, STYLE_PLAIN, {0}, 0}, {CELL_EMPTY, STYLE_PLAIN, {0}, 0}, {CELL_EMPTY, STYLE_PLAIN, {0}, 0},
    {CELL_TEXT, STYLE_HEAD, WORDS("编号"), 0}, {CELL_TEXT, STYLE_HEAD, WORDS("指标"), 0}, {CELL_TEXT, STYLE_HEAD, WORDS("评分"), 0}, {CELL_TEXT, STYLE_HEAD, WORDS("意见"), 0},
    {CELL_TEXT, STYLE_KEY, WORDS("report_up"), 0}, {CELL_TEXT, STYLE_WRAP, WORDS("首报\n及时"), 0}, {CELL_NUMBER, STYLE_INPUT, {0}, 85.5}, {CELL_TEXT, STYLE_REMARK, WORDS("-2 分，\"迟\""), 0},
    {CELL_TEXT, STYLE_KEY, WORDS("_x0041_ 𠮷"), 0}, {CELL_DATE, STYLE_CENTRE, WORDS("2026-11-26"), 0}, {CELL_EMPTY, STYLE_INPUT, {0}, 0}, {CELL_TEXT, STYLE_REMARK, WORDS(" =1+1"), 0},
    {CELL_BOOL, STYLE_PLAIN, {0}, 1}, {CELL_DATE, STYLE_PLAIN, WORDS("2026-11-26T15:20:00"), 0}, {CELL_NUMBER, STYLE_PLAIN, {0}, -0.1}, {CELL_TEXT, STYLE_NOTE, WORDS("'=1"), 0},
};
static const struct text grades[] = {{"优", 3}, {"良", 3}, {"一般", 6}, {"差", 3}};
static const double widths[] = {12, 40, 10, 60};
static const double heights[] = {0, 0, 0, 40, 0};
static const bool hidden_columns[] = {true, false, false, false};
static const struct out_rule rules[] = {
    {.row = 2, .column = 2, .rows = 2, .columns = 1, .low = 0, .high = 100, .title = WORDS("评分"), .prompt = WORDS("0 至 100"), .wrong = WORDS("应为 0 至 100")},
    {.row = 4, .column = 2, .rows = 1, .columns = 1, .word = grades, .words = 4},
};

static void sample(struct out_sheet s[2], struct out_book *b)
{
    s[0] = (struct out_sheet){.name = TEXT("评分表"), .rows = 5, .columns = 4, .cell = sample_cells, .width = widths, .height = heights,
                              .hidden_column = hidden_columns, .protect = true, .frozen_rows = 2, .head_row = 1,
                              .head_rows = 1, .rule = rules, .rules = 2, .header = TEXT("A&B 评估"), .footer = TEXT("甲")};
    s[1] = (struct out_sheet){.name = TEXT("ids"), .rows = 1, .columns = 1, .cell = &sample_cells[8], .hidden = true};
    *b = (struct out_book){.sheet = s, .sheets = 2, .title = TEXT("评估")};
}

static void test_xlsx_round(void **state)
{
    struct bench *b = *state;
    struct out_sheet s[2];
    struct out_book out;
    sample(s, &out);
    bench_file(b, "甲.xlsx");
    assert_int_equal(book_write(b->path, &out, &b->e), RC_OK);
    assert_reads(b);
    assert_int_equal(b->book.sheets, 2);
    assert_true(text_is(b->book.path, b->path));
    const struct sheet *one = &b->book.sheet[0];
    assert_true(text_is(one->name, "评分表"));
    assert_false(one->hidden);
    assert_true(b->book.sheet[1].hidden);
    assert_int_equal(one->rows, 5);
    assert_int_equal(one->columns, 4);
    assert_int_equal(one->first_row, 0);
    assert_cell(one, 0, 0, CELL_TEXT, "桌面推演评估表 & <1>");
    assert_cell(one, 0, 1, CELL_EMPTY, "");
    assert_cell(one, 2, 0, CELL_TEXT, "report_up");
    assert_cell(one, 2, 1, CELL_TEXT, "首报\n及时");
    assert_cell(one, 2, 2, CELL_NUMBER, "85.5");
    assert_true(book_cell(one, 2, 2)->number == 85.5 && book_cell(one, 2, 2)->numeric);
    assert_cell(one, 2, 3, CELL_TEXT, "-2 分，\"迟\"");
    assert_cell(one, 3, 0, CELL_TEXT, "_x0041_ 𠮷");
    assert_cell(one, 3, 1, CELL_DATE, "2026-11-26");
    assert_cell(one, 3, 2, CELL_EMPTY, "");
    assert_cell(one, 3, 3, CELL_TEXT, " =1+1");
    assert_cell(one, 4, 0, CELL_BOOL, "TRUE");
    assert_cell(one, 4, 1, CELL_DATE, "2026-11-26T15:20:00");
    assert_cell(one, 4, 2, CELL_NUMBER, "-0.1");
    assert_cell(one, 4, 3, CELL_TEXT, "'=1");
    assert_cell(one, 99, 0, CELL_EMPTY, "");
    assert_cell(one, 0, -1, CELL_EMPTY, "");
    assert_cell(&b->book.sheet[1], 0, 0, CELL_TEXT, "report_up");
}

/* Copies out one part of the zip at hand. */
static char *part_of(struct bench *b, const char *name)
{
    zip_t *z = zip_open(b->path, ZIP_RDONLY, NULL);
    assert_non_null(z);
    zip_stat_t st;
    assert_int_equal(zip_stat(z, name, 0, &st), 0);
    char *at = calloc(1, (size_t)st.size + 1);
    assert_non_null(at);
    zip_file_t *f = zip_fopen(z, name, 0);
    assert_non_null(f);
    assert_int_equal(zip_fread(f, at, st.size), st.size);
    (void)zip_fclose(f);
    zip_discard(z);
    return at;
}

static void test_xlsx_dress(void **state)
{
    struct bench *b = *state;
    struct out_sheet s[2];
    struct out_book out;
    sample(s, &out);
    bench_file(b, "a.xlsx");
    assert_int_equal(book_write(b->path, &out, &b->e), RC_OK);
    char *xml = part_of(b, "xl/worksheets/sheet1.xml");
    static const char *const wanted[] = {
        "<sheetProtection sheet=\"1\"", "ySplit=\"2\"", "<dataValidation type=\"decimal\"", "sqref=\"C3:C4\"",
        "<formula1>0</formula1><formula2>100</formula2>", "<formula1>\"优,良,一般,差\"</formula1>", "sqref=\"C5\"",
        "hidden=\"1\"", "paperSize=\"9\"", "orientation=\"landscape\"", "fitToHeight=\"0\"", "A&amp;&amp;B 评估",
        "&amp;P / &amp;N", "fitToPage=\"1\"", "prompt=\"0 至 100\""};
    for (int i = 0; i < COUNT_OF(wanted); i++)
        if (!strstr(xml, wanted[i]))
            fail_msg("no %s", wanted[i]);
    assert_null(strstr(xml, "password"));
    /* Row 3 holds two lines and may grow; row 4 is as high as was asked. */
    assert_non_null(strstr(xml, "<row r=\"3\" spans=\"1:4\" ht=\"30.25\">"));
    assert_non_null(strstr(xml, "<row r=\"4\" spans=\"1:4\" ht=\"40\" customHeight=\"1\">"));
    free(xml);
    xml = part_of(b, "xl/workbook.xml");
    assert_non_null(strstr(xml, "_xlnm.Print_Titles"));
    assert_non_null(strstr(xml, "!$2:$2"));
    free(xml);
    xml = part_of(b, "xl/styles.xml");
    assert_non_null(strstr(xml, "<protection locked=\"0\"/>"));
    assert_non_null(strstr(xml, "FFFFF7D6"));
    free(xml);
}

static void test_same_bytes(void **state)
{
    struct bench *b = *state;
    struct out_sheet s[2];
    struct out_book out;
    size_t size[2];
    unsigned char *bytes[2];
    sample(s, &out);
    for (int i = 0; i < 2; i++) {
        bench_file(b, i ? "two.xlsx" : "one.xlsx");
        (void)setenv("TZ", i ? "America/New_York" : "Asia/Shanghai", 1);
        tzset();
        assert_int_equal(book_write(b->path, &out, &b->e), RC_OK);
        bytes[i] = get_bytes(b->path, &size[i]);
    }
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(bytes[0], bytes[1], size[0]);
    free(bytes[0]);
    free(bytes[1]);
    /* Nor does the hour of writing stand anywhere: not in the zip, not in the document's properties. */
    zip_t *z = zip_open(b->path, ZIP_RDONLY, NULL);
    assert_non_null(z);
    for (zip_int64_t i = 0; i < zip_get_num_entries(z, 0); i++) {
        zip_stat_t st;
        assert_int_equal(zip_stat_index(z, (zip_uint64_t)i, 0, &st), 0);
        assert_true(st.mtime < 400000000); /* 1982 */
    }
    zip_discard(z);
    char *xml = part_of(b, "docProps/core.xml");
    assert_non_null(strstr(xml, ">2000-01-01T00:00:00Z</dcterms:created>"));
    assert_non_null(strstr(xml, ">2000-01-01T00:00:00Z</dcterms:modified>"));
    free(xml);
}

static void assert_refused(struct bench *b, const struct out_book *out, enum rc rc, const char *where)
{
    memset(&b->e, 0, sizeof(b->e));
    bench_file(b, "no.xlsx");
    assert_int_equal(book_write(b->path, out, &b->e), rc);
    if (!strstr(err_text(&b->e, LANG_EN), where) || !err_text(&b->e, LANG_ZH)[0])
        fail_msg("%s", err_text(&b->e, LANG_EN));
    assert_int_equal(access(b->path, F_OK), -1);
}

static void test_refused(void **state)
{
    struct bench *b = *state;
    struct out_sheet s[2];
    struct out_book out;
    static char longer[BOOK_TEXT_MAX + 2];
    memset(longer, 'a', sizeof(longer) - 1);
    static const struct text names[] = {WORDS(""), WORDS("a/b"), WORDS("a?"), WORDS("'a"), WORDS("ids"), WORDS("IDS"),
                                        WORDS("\xFF"), WORDS("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二")};
    for (int i = 0; i < COUNT_OF(names); i++) {
        sample(s, &out);
        s[1].name = names[i];
        s[0].name = TEXT("ids");
        assert_refused(b, &out, RC_INPUT, "a sheet's name");
    }
    struct out_cell bad[] = {T("a"), {CELL_TEXT, STYLE_PLAIN, {longer, BOOK_TEXT_MAX + 1}, 0}};
    sample(s, &out);
    s[0].cell = bad, s[0].rows = 1, s[0].columns = 2, s[0].rules = 0, s[0].width = s[0].height = NULL, s[0].hidden_column = NULL;
    assert_refused(b, &out, RC_LIMIT, "cell B1");
    bad[1] = (struct out_cell){CELL_TEXT, STYLE_PLAIN, TEXT("\xC3("), 0};
    assert_refused(b, &out, RC_INPUT, "cell B1");
    bad[1] = (struct out_cell){CELL_NUMBER, STYLE_PLAIN, {0}, (double)NAN};
    assert_refused(b, &out, RC_INPUT, "cell B1");
    bad[1] = (struct out_cell){CELL_DATE, STYLE_PLAIN, TEXT("2026-02-30"), 0};
    assert_refused(b, &out, RC_INPUT, "cell B1");
    bad[1] = (struct out_cell)T("b");
    static const struct text comma[] = {WORDS("a,b")};
    struct out_rule rule = {.row = 3, .column = 1, .rows = 1, .columns = 1, .word = comma, .words = 1};
    s[0].rule = &rule, s[0].rules = 1;
    assert_refused(b, &out, RC_LIMIT, "cell B4");
    rule = (struct out_rule){.row = 3, .column = 1, .rows = 1, .columns = 1, .low = 2, .high = 1};
    assert_refused(b, &out, RC_LIMIT, "cell B4");
    s[0].rules = 0;
    bench_file(b, "no/such/a.xlsx");
    assert_int_equal(book_write(b->path, &out, &b->e), RC_IO);
    assert_int_equal(book_write_csv(b->path, &s[0], &b->e), RC_IO);
    /* A folder in the way: the part does not stay either (bench_end sees). */
    assert_int_equal(book_write(b->folder, &out, &b->e), RC_IO);
    assert_non_null(strstr(err_text(&b->e, LANG_ZH), "无法写入"));
    char part[80];
    (void)snprintf(part, sizeof(part), "%s.part", b->folder);
    assert_int_equal(access(part, F_OK), -1);
}

/* A disk that takes no more after n bytes: RC_IO, what was there stays, nothing is left beside it (bench_end sees). */
static void test_full_disk(void **state)
{
    struct bench *b = *state;
    struct out_sheet s[2];
    struct out_book out;
    struct rlimit was;
    size_t size[2];
    sample(s, &out);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    for (int csv = 0; csv < 2; csv++) {
        bench_file(b, "full");
        enum rc rc = csv ? book_write_csv(b->path, &s[0], &b->e) : book_write(b->path, &out, &b->e);
        assert_int_equal(rc, RC_OK);
        unsigned char *good = get_bytes(b->path, &size[0]);
        for (size_t n = 0; n < size[0]; n += size[0] / 16 + 1) {
            struct rlimit low = {(rlim_t)n, was.rlim_max};
            assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
            rc = csv ? book_write_csv(b->path, &s[0], &b->e) : book_write(b->path, &out, &b->e);
            assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
            assert_int_equal(rc, RC_IO);
            assert_non_null(strstr(err_text(&b->e, LANG_ZH), "无法写入"));
            unsigned char *now = get_bytes(b->path, &size[1]);
            assert_int_equal(size[1], size[0]);
            assert_memory_equal(now, good, size[0]);
            free(now);
        }
        free(good);
    }
    (void)signal(SIGXFSZ, before);
}

static void test_csv_round(void **state)
{
    struct bench *b = *state;
    struct out_sheet s[2];
    struct out_book out;
    sample(s, &out);
    bench_file(b, "表 1.v2.csv");
    assert_int_equal(book_write_csv(b->path, &s[0], &b->e), RC_OK);
    size_t size;
    unsigned char *bytes = get_bytes(b->path, &size);
    bytes[size] = 0;
    static const char begin[] = "\xEF\xBB\xBF桌面推演评估表 & <1>,,,\r\n编号,指标,";
    assert_memory_equal(bytes, begin, sizeof(begin) - 1);
    assert_non_null(strstr((char *)bytes, "\"首报\n及时\",85.5,\"'-2 分，\"\"迟\"\"\"\r\n"));
    assert_non_null(strstr((char *)bytes, ",''=1\r\n"));
    free(bytes);
    assert_reads(b);
    const struct sheet *one = &b->book.sheet[0];
    assert_true(text_is(one->name, "表 1.v2"));
    assert_int_equal(one->rows, 5);
    assert_cell(one, 2, 1, CELL_TEXT, "首报\n及时");
    assert_cell(one, 2, 2, CELL_NUMBER, "85.5");
    assert_cell(one, 2, 3, CELL_TEXT, "-2 分，\"迟\"");
    assert_cell(one, 3, 0, CELL_TEXT, "_x0041_ 𠮷");
    assert_cell(one, 3, 1, CELL_TEXT, "2026-11-26");
    assert_cell(one, 3, 3, CELL_TEXT, " =1+1");
    assert_cell(one, 4, 0, CELL_BOOL, "TRUE");
    assert_cell(one, 4, 2, CELL_NUMBER, "-0.1");
    assert_cell(one, 4, 3, CELL_TEXT, "'=1");
}

static void put_as(struct bench *b, const char *encoding, const char *mark, size_t mark_size, const char *utf8)
{
    char out[512];
    memcpy(out, mark, mark_size);
    char *from = (char *)(uintptr_t)utf8, *to = out + mark_size;
    size_t left = strlen(utf8), room = sizeof(out) - mark_size;
    iconv_t how = iconv_open(encoding, "UTF-8");
    assert_true(how != (iconv_t)-1);
    assert_int_equal(iconv(how, &from, &left, &to, &room), 0);
    (void)iconv_close(how);
    put_bytes(b, "a.csv", out, (size_t)(to - out));
}

static void test_csv_encodings(void **state)
{
    struct bench *b = *state;
    static const struct {
        const char *encoding, *mark;
        size_t size;
    } all[] = {{"UTF-8", "", 0}, {"UTF-8", "\xEF\xBB\xBF", 3}, {"UTF-16LE", "\xFF\xFE", 2},
               {"UTF-16BE", "\xFE\xFF", 2}, {"GBK", "", 0}, {"GB18030", "", 0}};
    for (int i = 0; i < COUNT_OF(all); i++) {
        put_as(b, all[i].encoding, all[i].mark, all[i].size, "编号;指标;评分\r\n1;首报，及时;８５\r\n2;\"a;\"\"b\r\n c\";\r\n");
        assert_reads(b);
        const struct sheet *s = &b->book.sheet[0];
        assert_int_equal(s->rows, 3);
        assert_int_equal(s->columns, 3);
        assert_cell(s, 0, 0, CELL_TEXT, "编号");
        assert_cell(s, 1, 0, CELL_NUMBER, "1");
        assert_cell(s, 1, 1, CELL_TEXT, "首报，及时");
        assert_cell(s, 1, 2, CELL_TEXT, "８５");
        assert_cell(s, 2, 1, CELL_TEXT, "a;\"b\n c");
        assert_cell(s, 2, 2, CELL_EMPTY, "");
    }
}

static void read_text(struct bench *b, const char *text)
{
    put_bytes(b, "b.txt", text, strlen(text));
    assert_reads(b);
}

static void test_csv_forms(void **state)
{
    struct bench *b = *state;
    const struct sheet *s;
    read_text(b, "a\tb,c\rd\te");
    s = &b->book.sheet[0];
    assert_int_equal(s->rows, 2);
    assert_cell(s, 0, 1, CELL_TEXT, "b,c");
    assert_cell(s, 1, 1, CELL_TEXT, "e");
    read_text(b, "sep=;\r\n1,5;2\n");
    s = &b->book.sheet[0];
    assert_cell(s, 0, 0, CELL_TEXT, "1,5");
    assert_cell(s, 0, 1, CELL_NUMBER, "2");
    read_text(b, "\n\n,08,\"1.50\",=1+1,=\"007\",#N/A,85%,false,FALSE, 3 \n,,\n");
    s = &b->book.sheet[0];
    assert_int_equal(s->rows, 3);
    assert_int_equal(s->first_row, 2);
    assert_cell(s, 2, 1, CELL_NUMBER, "08");
    assert_true(book_cell(s, 2, 1)->number == 8);
    assert_cell(s, 2, 2, CELL_NUMBER, "1.50");
    assert_cell(s, 2, 3, CELL_FORMULA, "=1+1");
    assert_false(book_cell(s, 2, 3)->numeric);
    assert_cell(s, 2, 4, CELL_TEXT, "007");
    assert_cell(s, 2, 5, CELL_ERROR, "#N/A");
    assert_cell(s, 2, 6, CELL_NUMBER, "85%");
    assert_true(book_cell(s, 2, 6)->percent && book_cell(s, 2, 6)->number == 0.85);
    assert_cell(s, 2, 7, CELL_TEXT, "false");
    assert_cell(s, 2, 8, CELL_BOOL, "FALSE");
    assert_cell(s, 2, 9, CELL_NUMBER, " 3 ");
    read_text(b, "alone");
    assert_cell(&b->book.sheet[0], 0, 0, CELL_TEXT, "alone");
    read_text(b, "\xEF\xBB\xBF");
    assert_int_equal(b->book.sheet[0].rows, 0);
}

static void test_csv_bad(void **state)
{
    struct bench *b = *state;
    put_bytes(b, "a.csv", "", 0);
    assert_fails(b, RC_INPUT, "空文件", "is empty");
    put_bytes(b, "a.csv", "a,b\nc,\"d\n", 9);
    assert_fails(b, RC_INPUT, "单元格 B2 的引号没有结束", "cell B2");
    put_bytes(b, "a.csv", "a\0b,\n", 5);
    assert_fails(b, RC_INPUT, "空字节", "zero bytes");
    put_bytes(b, "a.csv", "a\n\xD6\xD0\n\xFF\xFF\n", 8);
    assert_fails(b, RC_INPUT, "第 3 行", "line 3");
    put_bytes(b, "a.csv", "\xEF\xBB\xBF" "a\n\xD6\xD0\n", 8);
    assert_fails(b, RC_INPUT, "第 2 行", "line 2");
    static const char torn[] = "编号,指标\n甲,首报及时\n乙,\xE9\xA6"; /* not taken for GBK */
    put_bytes(b, "a.csv", torn, sizeof(torn) - 1);
    assert_fails(b, RC_INPUT, "第 3 行", "line 3");
    put_bytes(b, "a.csv", "\xFF\xFE" "a\0\x00\xD8", 6); /* half a surrogate pair */
    assert_fails(b, RC_INPUT, "第 1 行", "line 1");
    char *big = malloc(4 << 20);
    assert_non_null(big);
    memset(big, 'a', 5000);
    put_bytes(b, "a.csv", big, 5000);
    assert_fails(b, RC_LIMIT, "单元格 A1", "4096 bytes");
    memset(big, ',', 300);
    big[300] = 'x';
    put_bytes(b, "a.csv", big, 301);
    assert_fails(b, RC_LIMIT, "单元格 KO1", "256 columns");
    memset(big, '\n', 20001);
    big[20000] = 'x';
    put_bytes(b, "a.csv", big, 20001);
    assert_fails(b, RC_LIMIT, "单元格 A20001", "20000 rows");
    size_t n = 0;
    for (int row = 0; row < 5000; row++) {
        big[n++] = 'x';
        memset(big + n, ',', 255);
        n += 255;
        big[n++] = 'y';
        big[n++] = '\n';
    }
    put_bytes(b, "a.csv", big, n);
    assert_fails(b, RC_LIMIT, "1000000 个单元格", "1000000 cells");
    free(big);
    bench_file(b, "none.csv");
    assert_fails(b, RC_IO, "无法读取", "cannot read");
    char was[96];
    (void)snprintf(was, sizeof(was), "%s", b->path);
    (void)snprintf(b->path, sizeof(b->path), "%s", b->folder);
    assert_fails(b, RC_INPUT, "不是普通文件", "not a plain file");
    (void)snprintf(b->path, sizeof(b->path), "%s", was);
}

/* Memory that ends at any point: RC_MEMORY, and nothing is leaked (make MODE=asan sees). */
static void test_no_memory(void **state)
{
    struct bench *b = *state;
    static struct out_cell many[2000];
    static char words[64];
    memset(words, 'w', sizeof(words));
    for (int i = 0; i < COUNT_OF(many); i++)
        many[i] = (struct out_cell){CELL_TEXT, STYLE_PLAIN, {words, 40 + i % 20}, 0};
    struct out_sheet s = {.name = TEXT("a"), .rows = 500, .columns = 4, .cell = many};
    struct out_book out = {.sheet = &s, .sheets = 1};
    for (int csv = 0; csv < 2; csv++) {
        bench_file(b, "much");
        assert_int_equal(csv ? book_write_csv(b->path, &s, &b->e) : book_write(b->path, &out, &b->e), RC_OK);
        int failed = 0;
        for (size_t limit = 1; limit < 1 << 20; limit += limit / 2 + 1) {
            struct arena a;
            arena_init(&a, limit);
            enum rc rc = book_read(b->path, &a, &b->book, &b->e);
            assert_true(rc == RC_OK || rc == RC_MEMORY);
            assert_true((rc == RC_OK) == (b->book.sheets == 1));
            failed += rc == RC_MEMORY;
            arena_free(&a);
        }
        assert_true(failed >= 3);
    }
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        int row, column;
        const char *name;
    } all[] = {{0, 0, "A1"}, {6, 2, "C7"}, {0, 25, "Z1"}, {9, 26, "AA10"}, {0, 255, "IV1"}, {1048575, 16383, "XFD1048576"}};
    for (int i = 0; i < COUNT_OF(all); i++) {
        char at[24];
        struct buf b = BUF_ON(at);
        book_cell_name(all[i].row, all[i].column, &b);
        assert_string_equal(at, all[i].name);
    }
    struct book_place p;
    struct text sheet = TEXT("评分");
    (void)book_place(&p, TEXT("a.xlsx"), &sheet, 6, 2);
    assert_string_equal(p.text[LANG_ZH], "a.xlsx 工作表“评分”单元格 C7");
    assert_string_equal(p.text[LANG_EN], "a.xlsx, sheet '评分', cell C7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_xlsx_round, bench_begin, bench_end),
        cmocka_unit_test_setup_teardown(test_xlsx_dress, bench_begin, bench_end),
        cmocka_unit_test_setup_teardown(test_same_bytes, bench_begin, bench_end),
        cmocka_unit_test_setup_teardown(test_refused, bench_begin, bench_end),
        cmocka_unit_test_setup_teardown(test_full_disk, bench_begin, bench_end),
        cmocka_unit_test_setup_teardown(test_csv_round, bench_begin, bench_end),
        cmocka_unit_test_setup_teardown(test_csv_encodings, bench_begin, bench_end),
        cmocka_unit_test_setup_teardown(test_csv_forms, bench_begin, bench_end),
        cmocka_unit_test_setup_teardown(test_csv_bad, bench_begin, bench_end),
        cmocka_unit_test_setup_teardown(test_no_memory, bench_begin, bench_end),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Protects the reading of workbooks that others wrote: each trait of Excel, WPS, LibreOffice and the smaller
 * writers, one at a time, in a zip made by hand; and each way in which such a file is bad or means harm ends in
 * one line that says so. */
#include "book_make.h"

#define ROOT_RELS                                                                                                        \
    "<Relationships xmlns='" PACKAGE_RELS "'><Relationship Id='r1' Type='" REL_SPACE "/officeDocument' "                  \
    "Target='xl/workbook.xml'/></Relationships>"
#define BOOK(inside) "<workbook xmlns='" MAIN_SPACE "' xmlns:r='" REL_SPACE "'>" inside "</workbook>"
#define ONE_SHEET "<sheets><sheet name='评分' sheetId='1' r:id='r1'/></sheets>"
#define BOOK_RELS                                                                                                        \
    "<Relationships xmlns='" PACKAGE_RELS "'><Relationship Id='r1' Type='" REL_SPACE "/worksheet' "                       \
    "Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='" REL_SPACE "/sharedStrings' Target='sharedStrings.xml'/>" \
    "<Relationship Id='r3' Type='" REL_SPACE "/styles' Target='styles.xml'/></Relationships>"
#define SHEET(rows) "<worksheet xmlns='" MAIN_SPACE "'><sheetData>" rows "</sheetData></worksheet>"
#define STRINGS(inside) "<sst xmlns='" MAIN_SPACE "'>" inside "</sst>"
#define STYLES(inside) "<styleSheet xmlns='" MAIN_SPACE "'>" inside "</styleSheet>"
#define BLANK_STYLES STYLES("<cellXfs count='1'><xf numFmtId='0'/></cellXfs>")

/* A book of one sheet; strings or styles may be NULL: plain ones. */
static void put_book(struct bench *b, const char *sheet, const char *strings, const char *styles)
{
    const struct part parts[] = {{"_rels/.rels", ROOT_RELS},
                                 {"xl/workbook.xml", BOOK(ONE_SHEET)},
                                 {"xl/_rels/workbook.xml.rels", BOOK_RELS},
                                 {"xl/worksheets/sheet1.xml", sheet},
                                 {"xl/sharedStrings.xml", strings ? strings : STRINGS("")},
                                 {"xl/styles.xml", styles ? styles : BLANK_STYLES},
                                 {NULL, NULL}};
    put_zip(b, "a.bin", parts); /* the name tells nothing */
}

static const struct sheet *first_of(struct bench *b)
{
    assert_reads(b);
    assert_int_equal(b->book.sheets, 1);
    return &b->book.sheet[0];
}

static void test_strings(void **state)
{
    struct bench *b = *state;
    put_book(b,
             SHEET("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c>"
                   "<c r='D1' t='inlineStr'><is><t>直接</t></is></c>"
                   "<c r='E1' t='inlineStr'><is><r><t>一</t></r><r><rPr><b/></rPr><t xml:space='preserve'> 二</t></r>"
                   "<rPh sb='0' eb='1'><t>yi</t></rPh></is></c><c r='F1' t='s'><v>3</v></c><c r='G1' t='s'><v>4</v></c>"
                   "<c r='H1' t='str'><v>文字</v></c></row>"),
             STRINGS("<si><t>首报</t></si><si><r><t>迟</t></r><r><rPr><sz val='9'/></rPr><t>报</t></r></si>"
                     "<si><t>漢字</t><rPh sb='0' eb='2'><t>かんじ</t></rPh><phoneticPr fontId='1'/></si>"
                     "<si><t>a_x000D_\nb_x005F_x0041_&#10;c &amp; d_x4E2D_</t></si><si><t></t></si>"),
             NULL);
    const struct sheet *s = first_of(b);
    assert_true(text_is(s->name, "评分"));
    assert_int_equal(s->columns, 8);
    assert_cell(s, 0, 0, CELL_TEXT, "首报");
    assert_cell(s, 0, 1, CELL_TEXT, "迟报");
    assert_cell(s, 0, 2, CELL_TEXT, "漢字");
    assert_cell(s, 0, 3, CELL_TEXT, "直接");
    assert_cell(s, 0, 4, CELL_TEXT, "一 二");
    assert_cell(s, 0, 5, CELL_TEXT, "a\nb_x0041_\nc & d中");
    assert_cell(s, 0, 6, CELL_EMPTY, "");
    assert_cell(s, 0, 7, CELL_TEXT, "文字");
}

static void test_values(void **state)
{
    struct bench *b = *state;
    put_book(b,
             SHEET("<row r='1'><c r='A1'><v>0.10000000000000001</v></c><c r='B1' t='n'><v>85</v></c><c r='C1' t='b'><v>1</v></c>"
                   "<c r='D1' t='e'><v>#DIV/0!</v></c><c r='E1' t='d'><v>2026-11-26T08:00:00</v></c><c r='F1'><v>1E-3</v></c>"
                   "<c r='G1'><v></v></c><c r='H1' s='0'/></row>"
                   "<row r='2'><c r='A2'><f>B1*2</f><v>170</v></c><c r='B2' t='str'><f>\"优\"&amp;\"良\"</f><v>优良</v></c>"
                   "<c r='C2'><f t='shared' si='0'/></c><c r='D2' t='e'><f>NA()</f><v>#N/A</v></c>"
                   "<c r='E2' t='b'><f aca='false'>FALSE()</f><v>0</v></c><c r='F2' t='b'><f>NOT(FALSE())</f><v>1</v></c></row>"),
             NULL, NULL);
    const struct sheet *s = first_of(b);
    assert_int_equal(s->columns, 6);
    assert_cell(s, 0, 0, CELL_NUMBER, "0.1");
    assert_cell(s, 0, 1, CELL_NUMBER, "85");
    assert_cell(s, 0, 2, CELL_BOOL, "TRUE");
    assert_cell(s, 0, 3, CELL_ERROR, "#DIV/0!");
    assert_cell(s, 0, 4, CELL_DATE, "2026-11-26T08:00:00");
    assert_cell(s, 0, 5, CELL_NUMBER, "0.001");
    assert_cell(s, 1, 0, CELL_FORMULA, "170");
    assert_true(book_cell(s, 1, 0)->numeric && book_cell(s, 1, 0)->number == 170);
    assert_cell(s, 1, 1, CELL_FORMULA, "优良");
    assert_false(book_cell(s, 1, 1)->numeric);
    assert_cell(s, 1, 2, CELL_FORMULA, "");
    assert_cell(s, 1, 3, CELL_FORMULA, "#N/A");
    assert_cell(s, 1, 4, CELL_BOOL, "FALSE"); /* LibreOffice's way */
    assert_cell(s, 1, 5, CELL_FORMULA, "TRUE");
}

static void test_dates(void **state)
{
    struct bench *b = *state;
    static const char styles[] =
        STYLES("<numFmts count='7'><numFmt numFmtId='164' formatCode='yyyy\"年\"m\"月\"d\"日\";@'/>"
               "<numFmt numFmtId='165' formatCode='[$-804]yyyy/m/d\\ h:mm'/><numFmt numFmtId='166' formatCode='0.00\"d\"'/>"
               "<numFmt numFmtId='167' formatCode='[h]:mm'/><numFmt numFmtId='168' formatCode='[Red]0.0;\\m0'/>"
               "<numFmt numFmtId='169' formatCode='h:mm AM/PM'/><numFmt numFmtId='170' formatCode='0.0%'/></numFmts>"
               "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
               "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/>"
               "<xf numFmtId='167'/><xf numFmtId='168'/><xf numFmtId='169'/><xf numFmtId='170'/><xf numFmtId='31'/>"
               "<xf numFmtId='9'/></cellXfs>"
               "<dxfs><dxf><numFmt numFmtId='164' formatCode='0'/></dxf></dxfs>");
    put_book(b,
             SHEET("<row><c s='1'><v>46352</v></c><c s='2'><v>46352</v></c><c s='3'><v>46352.638888888891</v></c>"
                   "<c s='4'><v>2.5</v></c><c s='5'><v>1.5</v></c><c s='6'><v>3</v></c><c s='7'><v>0.5</v></c>"
                   "<c s='8'><v>0.85499999999999998</v></c><c s='9'><v>1</v></c><c s='10'><v>0.07</v></c></row>"
                   "<row><c s='1'><v>59</v></c><c s='1'><v>60</v></c><c s='1'><v>61</v></c><c s='1'><v>-3</v></c>"
                   "<c s='1'><v>2958465</v></c><c s='1'><v>2958466</v></c><c s='99'><v>7</v></c></row>"),
             NULL, styles);
    const struct sheet *s = first_of(b);
    assert_cell(s, 0, 0, CELL_DATE, "2026-11-26");
    assert_true(book_cell(s, 0, 0)->number == 46352);
    assert_cell(s, 0, 1, CELL_DATE, "2026-11-26");
    assert_cell(s, 0, 2, CELL_DATE, "2026-11-26T15:20:00");
    assert_cell(s, 0, 3, CELL_NUMBER, "2.5");
    assert_cell(s, 0, 4, CELL_DATE, "36:00:00");
    assert_cell(s, 0, 5, CELL_NUMBER, "3");
    assert_cell(s, 0, 6, CELL_DATE, "12:00:00");
    assert_cell(s, 0, 7, CELL_NUMBER, "85.5%");
    assert_true(book_cell(s, 0, 7)->percent && book_cell(s, 0, 7)->number == 0.855);
    assert_cell(s, 0, 8, CELL_DATE, "1900-01-01");
    assert_cell(s, 0, 9, CELL_NUMBER, "7%");
    assert_cell(s, 1, 0, CELL_DATE, "1900-02-28");
    assert_cell(s, 1, 1, CELL_NUMBER, "60"); /* 29 February 1900 never was */
    assert_cell(s, 1, 2, CELL_DATE, "1900-03-01");
    assert_cell(s, 1, 3, CELL_NUMBER, "-3");
    assert_cell(s, 1, 4, CELL_DATE, "9999-12-31");
    assert_cell(s, 1, 5, CELL_NUMBER, "2958466");
    assert_cell(s, 1, 6, CELL_NUMBER, "7");
}

static void test_places(void **state)
{
    struct bench *b = *state;
    /* No r at all; rows and cells left out; an empty cell far away counts for nothing. */
    put_book(b,
             "<worksheet xmlns='" MAIN_SPACE "'><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r='4'><c r='C4'><v>3</v></c>"
             "<c><v>4</v></c></row><row><c><v>5</v></c></row><row r='1048576'><c r='XFD1048576' s='0'/></row></sheetData>"
             "<mergeCells count='3'><mergeCell ref='C4:D5'/><mergeCell ref='A1:A1'/><mergeCell ref='B1:XFD2'/></mergeCells></worksheet>",
             NULL, NULL);
    const struct sheet *s = first_of(b);
    assert_int_equal(s->rows, 5);
    assert_int_equal(s->columns, 4);
    assert_cell(s, 0, 0, CELL_NUMBER, "1");
    assert_cell(s, 0, 1, CELL_NUMBER, "2");
    assert_cell(s, 3, 2, CELL_NUMBER, "3");
    assert_cell(s, 3, 3, CELL_NUMBER, "4");
    assert_cell(s, 4, 0, CELL_NUMBER, "5");
    static const char merged[5][5] = {"0111", "0111", "0000", "0011", "0011"};
    for (int row = 0; row < 5; row++)
        for (int column = 0; column < 4; column++)
            assert_int_equal(book_cell(s, row, column)->merged, merged[row][column] == '1');
}

/* Other spellings of the package: prefixes, strict namespaces, absolute and winding targets, slashes and case. */
static void test_packages(void **state)
{
    struct bench *b = *state;
    static const char strict[] = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    char root[512], book[512], rels[2][700];
    (void)snprintf(root, sizeof(root), "<Relationships xmlns='%s'><Relationship Id='a' Type='%s/officeDocument' Target='/xl/Workbook.xml'/>"
                   "</Relationships>", PACKAGE_RELS, strict);
    (void)snprintf(book, sizeof(book), "<x:workbook xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main' xmlns:q='%s'>"
                   "<x:workbookPr date1904='1'/><x:sheets><x:sheet name='b' q:id='s2' state='veryHidden'/>"
                   "<x:sheet name='chart' q:id='s3'/><x:sheet name='a' q:id='s1'/></x:sheets></x:workbook>", strict);
    for (int i = 0; i < 2; i++)
        (void)snprintf(rels[i], sizeof(rels[i]), "<Relationships xmlns='%s'><Relationship Id='s1' Type='%s/worksheet' Target='%s'/>"
                       "<Relationship Id='s3' Type='%s/chartsheet' Target='chartsheets/sheet1.xml'/>"
                       "<Relationship Id='s2' Type='%s/worksheet' Target='../xl/./other/two.xml'/>"
                       "<Relationship Id='s4' Type='%s/styles' Target='http://example.org/s' TargetMode='External'/></Relationships>",
                       PACKAGE_RELS, strict, i ? "\\xl\\worksheets\\sheet1.xml" : "/xl/worksheets/sheet1.xml", strict, strict, strict);
    static const char sheet[] = "<m:worksheet xmlns:m='http://purl.oclc.org/ooxml/spreadsheetml/main' xmlns:z='urn:z'><m:sheetData>"
                                "<m:row r='1'><m:c r='A1' t='inlineStr'><z:v>9</z:v><m:is><m:t>甲</m:t><z:t>no</z:t></m:is></m:c></m:row>"
                                "</m:sheetData></m:worksheet>";
    for (int i = 0; i < 2; i++) {
        const struct part parts[] = {{"_rels/.rels", root},
                                     {"xl/workbook.xml", book},
                                     {"xl/_rels/Workbook.xml.rels", rels[i]},
                                     {i ? "xl\\worksheets\\sheet1.xml" : "xl/worksheets/Sheet1.xml", sheet},
                                     {"xl/other/two.xml", SHEET("<row><c><v>2</v></c></row>")},
                                     {NULL, NULL}};
        put_zip(b, "a.csv", parts);
        assert_reads(b);
        assert_int_equal(b->book.sheets, 2);
        assert_true(text_is(b->book.sheet[0].name, "b") && b->book.sheet[0].hidden);
        assert_true(text_is(b->book.sheet[1].name, "a") && !b->book.sheet[1].hidden);
        assert_cell(&b->book.sheet[0], 0, 0, CELL_NUMBER, "2");
        assert_cell(&b->book.sheet[1], 0, 0, CELL_TEXT, "甲");
    }
}

static void test_calendar_of_1904(void **state)
{
    struct bench *b = *state;
    const struct part parts[] = {{"_rels/.rels", ROOT_RELS},
                                 {"xl/workbook.xml", BOOK("<workbookPr date1904='true'/>" ONE_SHEET)},
                                 {"xl/_rels/workbook.xml.rels", BOOK_RELS},
                                 {"xl/worksheets/sheet1.xml", SHEET("<row><c s='0'><v>44890</v></c><c s='0'><v>0</v></c></row>")},
                                 {"xl/sharedStrings.xml", STRINGS("")},
                                 {"xl/styles.xml", STYLES("<cellXfs><xf numFmtId='14'/></cellXfs>")},
                                 {NULL, NULL}};
    put_zip(b, "a.xlsx", parts);
    const struct sheet *s = first_of(b);
    assert_cell(s, 0, 0, CELL_DATE, "2026-11-26");
    assert_cell(s, 0, 1, CELL_DATE, "1904-01-01");
}

/* --- bad ones --- */

static void test_bad_cells(void **state)
{
    struct bench *b = *state;
    static const struct {
        const char *rows, *zh, *en;
    } all[] = {
        {"<row><c t='s'><v>7</v></c></row>", "单元格 A1 的值已损坏", "cell A1"},
        {"<row><c t='s'><v>-1</v></c></row>", "单元格 A1 的值已损坏", "cell A1"},
        {"<row r='3'><c r='C3'><v>eighty</v></c></row>", "单元格 C3 的值已损坏", "cell C3"},
        {"<row><c t='b'><v>2</v></c></row>", "单元格 A1 的值已损坏", "cell A1"},
        {"<row><c><v>1e999</v></c></row>", "单元格 A1 的值已损坏", "cell A1"},
        {"<row><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>", "单元格 A1 已损坏：这一单元格写了两次", "twice"},
        {"<row r='2'><c r='A1'><v>1</v></c></row>", "位置写错", "position"},
        {"<row r='0'/>", "位置写错", "position"},
        {"<row r='9999999999'/>", "位置写错", "position"},
        {"<row r='x'/>", "位置写错", "position"},
        {"<row><c r='AAAA1'/></row>", "位置写错", "position"},
        {"<row><c r='A'/></row>", "位置写错", "position"},
        {"<row><c r='A1B'/></row>", "位置写错", "position"},
        {"</sheetData><mergeCells><mergeCell ref='A2:A1'/></mergeCells><sheetData>", "合并单元格", "merged ranges"},
        {"<row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref='A1:B2'/><mergeCell ref='A1:C1'/></mergeCells><sheetData>",
         "合并单元格", "merged ranges"},
    };
    for (int i = 0; i < COUNT_OF(all); i++) {
        char sheet[512];
        (void)snprintf(sheet, sizeof(sheet), "<worksheet xmlns='%s'><sheetData>%s</sheetData></worksheet>", MAIN_SPACE, all[i].rows);
        put_book(b, sheet, NULL, NULL);
        assert_fails(b, RC_CORRUPT, all[i].zh, all[i].en);
        assert_non_null(strstr(err_text(&b->e, LANG_ZH), "工作表“评分”"));
    }
}

static void test_limits(void **state)
{
    struct bench *b = *state;
    put_book(b, SHEET("<row r='20001'><c r='A20001'><v>1</v></c></row>"), NULL, NULL);
    assert_fails(b, RC_LIMIT, "单元格 A20001", "20000 rows");
    put_book(b, SHEET("<row><c r='IW1'><v>1</v></c></row>"), NULL, NULL);
    assert_fails(b, RC_LIMIT, "单元格 IW1", "256 columns");
    put_book(b, SHEET("<row r='9999'><c r='IV9999'><v>1</v></c></row>"), NULL, NULL);
    assert_fails(b, RC_LIMIT, "1000000 个单元格", "1000000 cells");
    char *long_text = malloc(8192);
    assert_non_null(long_text);
    static const char *const forms[] = {"<c r='B1' t='inlineStr'><is><t>%s</t></is></c>", "<c r='B1' t='s'><v>0</v></c>",
                                        "<c r='B1'><v>%s</v></c>"};
    char many[4200];
    memset(many, '1', sizeof(many));
    many[BOOK_TEXT_MAX + 1] = 0;
    char strings[4400], cell[4400];
    for (int i = 0; i < COUNT_OF(forms); i++) {
        (void)snprintf(strings, sizeof(strings), "<sst xmlns='%s'><si><t>%s</t></si></sst>", MAIN_SPACE, many);
        const char *cut = strstr(forms[i], "%s");
        (void)snprintf(cell, sizeof(cell), "%.*s%s%s", (int)(cut ? cut - forms[i] : (long)strlen(forms[i])), forms[i],
                       cut ? many : "", cut ? cut + 2 : "");
        (void)snprintf(long_text, 8192, "<worksheet xmlns='%s'><sheetData><row>%s</row></sheetData></worksheet>", MAIN_SPACE, cell);
        put_book(b, long_text, strings, NULL);
        assert_fails(b, RC_LIMIT, "单元格 B1", "4096 bytes");
    }
    /* Too long, but no cell says it. */
    put_book(b, SHEET("<row><c><v>1</v></c></row>"), strings, NULL);
    assert_cell(first_of(b), 0, 0, CELL_NUMBER, "1");
    free(long_text);
    char sheets[6000] = "<workbook xmlns='" MAIN_SPACE "' xmlns:r='" REL_SPACE "'><sheets>";
    for (int i = 0; i < 65; i++)
        (void)snprintf(sheets + strlen(sheets), sizeof(sheets) - strlen(sheets), "<sheet name='s%d' r:id='r1'/>", i);
    (void)snprintf(sheets + strlen(sheets), sizeof(sheets) - strlen(sheets), "</sheets></workbook>");
    const struct part parts[] = {{"_rels/.rels", ROOT_RELS}, {"xl/workbook.xml", sheets}, {"xl/_rels/workbook.xml.rels", BOOK_RELS}, {NULL, NULL}};
    put_zip(b, "a.xlsx", parts);
    assert_fails(b, RC_LIMIT, "工作表超过 64 张", "64 sheets");
}

static void test_hostile(void **state)
{
    struct bench *b = *state;
    /* A billion laughs, and a file from outside: no DOCTYPE is read at all. */
    put_book(b,
             "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
             SHEET("<row><c t='inlineStr'><is><t>&c;</t></is></c></row>"), NULL, NULL);
    assert_fails(b, RC_INPUT, "DOCTYPE", "DOCTYPE");
    put_book(b, "<!DOCTYPE l SYSTEM 'file:///etc/passwd'>" SHEET(""), NULL, NULL);
    assert_fails(b, RC_INPUT, "xl/worksheets/sheet1.xml", "DOCTYPE");
    char deep[4096] = "";
    for (int i = 0; i < 300; i++)
        memcpy(deep + strlen(deep), "<a>", 4);
    put_book(b, deep, NULL, NULL);
    assert_fails(b, RC_CORRUPT, "第 1 行有错", "line 1");
    /* 8 MiB of blanks pack into a few KiB; 70 MiB are too many however they are packed. */
    size_t n = (size_t)70 << 20;
    char *blanks = malloc(n + 1);
    assert_non_null(blanks);
    memset(blanks, ' ', n);
    blanks[8 << 20] = 0;
    put_book(b, SHEET(""), blanks, NULL);
    assert_fails(b, RC_LIMIT, "压缩比", "packed by more than 200");
    blanks[8 << 20] = ' ';
    blanks[n] = 0;
    put_book(b, blanks, NULL, NULL);
    assert_fails(b, RC_LIMIT, "解压后超过 64 MB", "more than 64 MB");
    put_bytes(b, "a.xlsx", blanks, (16 << 20) + 1);
    assert_fails(b, RC_LIMIT, "超过 16 MB", "larger than 16 MB");
    free(blanks);
    int why = 0;
    bench_file(b, "a.xlsx");
    zip_t *z = zip_open(b->path, ZIP_CREATE | ZIP_TRUNCATE, &why);
    assert_non_null(z);
    for (int i = 0; i <= BOOK_PARTS_MAX; i++) {
        char name[24];
        (void)snprintf(name, sizeof(name), "f%d", i);
        assert_true(zip_file_add(z, name, zip_source_buffer(z, "x", 1, 0), 0) >= 0);
    }
    assert_int_equal(zip_close(z), 0);
    assert_fails(b, RC_LIMIT, "超过 4096 个", "4096 files");
}

static void test_broken_packages(void **state)
{
    struct bench *b = *state;
    const struct part gone[] = {{"_rels/.rels", ROOT_RELS}, {"xl/workbook.xml", BOOK(ONE_SHEET)},
                                {"xl/_rels/workbook.xml.rels", BOOK_RELS}, {"xl/styles.xml", BLANK_STYLES},
                                {"xl/sharedStrings.xml", STRINGS("")}, {NULL, NULL}};
    put_zip(b, "a.xlsx", gone);
    assert_fails(b, RC_CORRUPT, "缺少内部文件 xl/worksheets/sheet1.xml", "is missing");
    put_book(b, "<worksheet xmlns='" MAIN_SPACE "'>\n<sheetData>", NULL, NULL);
    assert_fails(b, RC_CORRUPT, "第 2 行有错", "line 2");
    const struct part empty[] = {{"_rels/.rels", ROOT_RELS}, {"xl/workbook.xml", BOOK("<sheets/>")}, {NULL, NULL}};
    put_zip(b, "a.xlsx", empty);
    assert_fails(b, RC_INPUT, "没有工作表", "has no sheet");
    const struct part ods[] = {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<a/>"}, {NULL, NULL}};
    put_zip(b, "a.xlsx", ods);
    assert_fails(b, RC_INPUT, ".ods", ".ods");
    const struct part word[] = {{"_rels/.rels", ROOT_RELS}, {"xl/workbook.xml", "<document xmlns='urn:w'/>"}, {NULL, NULL}};
    put_zip(b, "a.xlsx", word);
    assert_fails(b, RC_INPUT, "不是电子表格", "no spreadsheet");
    const struct part other[] = {{"a.txt", "a"}, {NULL, NULL}};
    put_zip(b, "a.xlsx", other);
    assert_fails(b, RC_INPUT, "不是电子表格", "no spreadsheet");
    const struct part binary[] = {{"_rels/.rels", "<Relationships xmlns='" PACKAGE_RELS "'><Relationship Id='r' Type='" REL_SPACE
                                                  "/officeDocument' Target='xl/workbook.bin'/></Relationships>"}, {NULL, NULL}};
    put_zip(b, "a.xlsx", binary);
    assert_fails(b, RC_INPUT, ".xlsb", ".xlsb");
    const struct part outside[] = {{"_rels/.rels", "<Relationships xmlns='" PACKAGE_RELS "'><Relationship Id='r' Type='" REL_SPACE
                                                   "/officeDocument' Target='../../..'/></Relationships>"}, {NULL, NULL}};
    put_zip(b, "a.xlsx", outside);
    assert_fails(b, RC_CORRUPT, "_rels/.rels", "_rels/.rels");
}

static void test_other_files(void **state)
{
    struct bench *b = *state;
    char ole[2048] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    put_bytes(b, "a.xlsx", ole, sizeof(ole));
    assert_fails(b, RC_INPUT, "另存为 .xlsx", "an old .xls");
    put_bytes(b, "a.et", ole, sizeof(ole));
    assert_fails(b, RC_INPUT, ".et 格式", "a WPS .et");
    memcpy(ole + 1152, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", 32);
    put_bytes(b, "a.xlsx", ole, sizeof(ole));
    assert_fails(b, RC_INPUT, "去掉密码", "remove the password");
    put_bytes(b, "a.xls", "\x09\x08\x10\x00\x00\x06", 6);
    assert_fails(b, RC_INPUT, "旧的 .xls", "an old .xls");
    put_bytes(b, "a.xls", "<html><table>", 13);
    assert_fails(b, RC_INPUT, "网页", "a web page");
    put_bytes(b, "a.csv", "%PDF-1.4", 8);
    assert_fails(b, RC_INPUT, "不是电子表格", "no spreadsheet");
    put_bytes(b, "a.xlsx", "PK\x03\x04", 4);
    assert_fails(b, RC_CORRUPT, "已损坏或不完整", "damaged or incomplete");
    int why = 0;
    bench_file(b, "a.xlsx");
    zip_t *z = zip_open(b->path, ZIP_CREATE | ZIP_TRUNCATE, &why);
    assert_non_null(z);
    zip_int64_t at = zip_file_add(z, "_rels/.rels", zip_source_buffer(z, ROOT_RELS, sizeof(ROOT_RELS) - 1, 0), 0);
    assert_true(at >= 0);
    assert_int_equal(zip_file_set_encryption(z, (zip_uint64_t)at, ZIP_EM_AES_256, "secret"), 0);
    assert_int_equal(zip_close(z), 0);
    assert_fails(b, RC_INPUT, "去掉密码", "remove the password");
}

/* --- strangers' bytes: read or refused with a line, never a crash, never without end --- */

static void assert_ends(struct bench *b)
{
    enum rc rc = read_it(b);
    assert_true(rc == RC_OK || rc == RC_INPUT || rc == RC_CORRUPT || rc == RC_LIMIT);
    assert_true((rc == RC_OK) == (b->book.sheets > 0));
    if (rc != RC_OK)
        assert_true(err_text(&b->e, LANG_ZH)[0] && err_text(&b->e, LANG_EN)[0]);
}

static uint32_t next(uint32_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 17;
    *s ^= *s << 5;
    return *s;
}

static void mangle(struct bench *b, int rounds)
{
    size_t size;
    unsigned char *good = get_bytes(b->path, &size), *bad = malloc(size + 1);
    assert_non_null(bad);
    uint32_t s = 20261126;
    for (size_t n = 0; n < size; n += 64) {
        put_bytes(b, "cut", good, n);
        assert_ends(b);
    }
    for (int i = 0; i < rounds; i++) {
        memcpy(bad, good, size);
        for (uint32_t k = next(&s) % 4 + 1; k > 0; k--)
            bad[next(&s) % size] = (unsigned char)next(&s);
        put_bytes(b, "bad", bad, size);
        assert_ends(b);
    }
    free(good);
    free(bad);
}

static const char fuzz_sheet[] = "<worksheet xmlns='" MAIN_SPACE "'><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c>"
                                 "<c r='B1' s='1'><v>46352.5</v></c><c r='C1' t='inlineStr'><is><r><t>a_x0041_</t></r></is></c></row>"
                                 "<row r='2'><c r='A2'><f>1+1</f><v>2</v></c><c r='B2' t='b'><v>1</v></c></row></sheetData>"
                                 "<mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>";

static void test_mangled(void **state)
{
    struct bench *b = *state;
    const char *said = getenv("BOOK_ROUNDS");
    int rounds = said ? atoi(said) : 3000;
    /* Packed: the zip itself. */
    put_book(b, fuzz_sheet, STRINGS("<si><t>首报</t></si>"), STYLES("<cellXfs><xf numFmtId='0'/><xf numFmtId='22'/></cellXfs>"));
    mangle(b, rounds);
    static const char csv[] = "编号;指标\r\n1;\"a;\"\"b\r\n c\"\r\n";
    put_bytes(b, "a.csv", csv, sizeof(csv) - 1);
    mangle(b, rounds);
    static const char wide[] = "\xFF\xFE" "1\0;\0\"\0a\0\"\0\r\0\n\0-N\r\0";
    put_bytes(b, "a.csv", wide, sizeof(wide) - 1);
    mangle(b, rounds);
}

/* Packed bytes that are damaged fail their checksum: so the XML inside is damaged before it is packed. */
static void test_mangled_inside(void **state)
{
    struct bench *b = *state;
    const char *said = getenv("BOOK_ROUNDS");
    int rounds = said ? atoi(said) : 2000;
    static const char strings[] = STRINGS("<si><t>首报</t></si>");
    static const char styles[] = STYLES("<numFmts><numFmt numFmtId='164' formatCode='[h]:mm;\"d\"'/></numFmts>"
                                        "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/></cellXfs>");
    static const char book[] = BOOK(ONE_SHEET), rels[] = BOOK_RELS;
    static const char *const whole[] = {fuzz_sheet, strings, styles, book, rels};
    uint32_t s = 1;
    int read = 0;
    for (int i = 0; i < rounds; i++) {
        char copy[5][1024];
        for (int k = 0; k < 5; k++) {
            assert_true(strlen(whole[k]) < sizeof(copy[k]));
            memcpy(copy[k], whole[k], strlen(whole[k]) + 1);
        }
        for (uint32_t k = next(&s) % 2 + 1; k > 0; k--) {
            char *one = copy[next(&s) % 5];
            char *at = one + next(&s) % strlen(one);
            *at = next(&s) % 2 ? (char)("0123456789ABCZaz:\"'<>/ "[next(&s) % 23]) : (char)(next(&s) % 255 + 1);
        }
        const struct part parts[] = {{"_rels/.rels", ROOT_RELS}, {"xl/workbook.xml", copy[3]}, {"xl/_rels/workbook.xml.rels", copy[4]},
                                     {"xl/worksheets/sheet1.xml", copy[0]}, {"xl/sharedStrings.xml", copy[1]},
                                     {"xl/styles.xml", copy[2]}, {NULL, NULL}};
        put_zip(b, "in.xlsx", parts);
        assert_ends(b);
        read += b->book.sheets > 0;
    }
    assert_true(read > rounds / 20); /* not all die at the door */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_begin, bench_end)
    const struct CMUnitTest tests[] = {
        TEST(test_strings),         TEST(test_values),      TEST(test_dates),        TEST(test_places),
        TEST(test_packages),        TEST(test_calendar_of_1904), TEST(test_bad_cells), TEST(test_limits),
        TEST(test_hostile),         TEST(test_broken_packages), TEST(test_other_files), TEST(test_mangled),
        TEST(test_mangled_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

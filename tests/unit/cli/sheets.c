/* Protects the way in for workbooks: a sheet that a spreadsheet program saved with merged cells, formulas or errors where
 * a mark should be is refused with its cell, and nothing of it is recorded; a plain one comes in. */
#include "../report/book_make.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/sheets.h"
#include "session/desk.h"

#define ROOT_RELS                                                                                                        \
    "<Relationships xmlns='" PACKAGE_RELS "'><Relationship Id='r1' Type='" REL_SPACE "/officeDocument' "                  \
    "Target='xl/workbook.xml'/></Relationships>"
#define BOOK_RELS                                                                                                        \
    "<Relationships xmlns='" PACKAGE_RELS "'><Relationship Id='r1' Type='" REL_SPACE "/worksheet' "                       \
    "Target='worksheets/sheet1.xml'/></Relationships>"
#define ONE_BOOK                                                                                                         \
    "<workbook xmlns='" MAIN_SPACE "' xmlns:r='" REL_SPACE "'><sheets><sheet name='评分' sheetId='1' r:id='r1'/></sheets></workbook>"

static struct session *s;
static struct desk d;

static void start(void)
{
    struct err e = {0};
    struct session_options opt = {.seed = 7};
    if (session_new("tests/data/small", &opt, &s, &e) != RC_OK || desk_open(s, &d, &e) != RC_OK ||
        desk_open_set(&d, PANEL_EXPERT, "tests/data/panel/set.lua", &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    struct entry who = {.kind = ENTRY_EVALUATOR};
    (void)entry_set(&who, "id", TEXT("e1"));
    (void)entry_set(&who, "name", TEXT("Zhang"));
    (void)entry_set(&who, "sheets", TEXT("respond:public"));
    assert_int_equal(desk_record(&d, &who, 1, NULL, &e), RC_OK);
}

static void end(void)
{
    desk_close(&d);
    session_close(s);
}

/* Imports a workbook whose mark of P.1 is the cell `mark`, with `after` behind the rows; gives the exit code and what was
 * said on stderr. The sheet of e1 is P.1, P.2 and what has no role: W.1, W.2. */
static int import(struct bench *b, const char *mark, const char *after, char said[1024])
{
    static char sheet[8192];
    snprintf(sheet, sizeof(sheet),
             "<worksheet xmlns='" MAIN_SPACE "'><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>tuiyan-sheet-1</t></is></c>"
             "<c r='B1' t='inlineStr'><is><t>-</t></is></c><c r='C1' t='inlineStr'><is><t>panel_test</t></is></c>"
             "<c r='D1' t='inlineStr'><is><t>e1</t></is></c></row>"
             "<row r='3'><c r='A3' t='inlineStr'><is><t>P.1</t></is></c>%s<c r='H3' t='inlineStr'><is><t>why</t></is></c></row>"
             "<row r='4'><c r='A4' t='inlineStr'><is><t>P.2</t></is></c><c r='G4' t='inlineStr'><is><t>是</t></is></c></row>"
             "<row r='5'><c r='A5' t='inlineStr'><is><t>W.1</t></is></c><c r='G5' t='inlineStr'><is><t>优</t></is></c></row>"
             "<row r='6'><c r='A6' t='inlineStr'><is><t>W.2</t></is></c><c r='G6'><v>5</v></c></row></sheetData>%s</worksheet>",
             mark, after);
    const struct part parts[] = {{"_rels/.rels", ROOT_RELS},
                                 {"xl/workbook.xml", ONE_BOOK},
                                 {"xl/_rels/workbook.xml.rels", BOOK_RELS},
                                 {"xl/worksheets/sheet1.xml", sheet},
                                 {NULL, NULL}};
    put_zip(b, "e1.xlsx", parts);
    struct call c = {.command = &command_mark, .lang = LANG_EN, .json = true};
    const char *path = b->path;
    FILE *f = tmpfile();
    int kept = dup(2), out = dup(1);
    assert_non_null(f);
    fflush(stdout);
    assert_true(dup2(fileno(f), 2) >= 0 && dup2(fileno(f), 1) >= 0);
    int code = sheets_import(&c, &d, &path, 1);
    fflush(stdout);
    fflush(stderr);
    (void)dup2(kept, 2);
    (void)dup2(out, 1);
    close(kept);
    close(out);
    rewind(f);
    size_t n = fread(said, 1, 1023, f);
    said[n] = 0;
    fclose(f);
    return code;
}

static void bad_cells_are_named_and_nothing_is_kept(void **state)
{
    struct bench *b = *state;
    static const struct {
        const char *mark, *after, *says;
    } cases[] = {
        {"<c r='G3' t='inlineStr'><is><t>良</t></is></c>", "<mergeCells count='1'><mergeCell ref='G3:G4'/></mergeCells>", "merged"},
        {"<c r='G3' t='str'><f>IF(1,\"良\",\"中\")</f><v>良</v></c>", "", "formula"},
        {"<c r='G3' t='e'><v>#N/A</v></c>", "", "#N/A"},
        {"<c r='G3'><v>3</v></c>", "", "excellent / good"},
        {"", "", "no mark"},
    };
    start();
    for (int i = 0; i < COUNT_OF(cases); i++) {
        char said[1024];
        int64_t before = d.entries;
        assert_int_equal(import(b, cases[i].mark, cases[i].after, said), EXIT_INPUT);
        if (!strstr(said, cases[i].says) || !strstr(said, "G3") || !strstr(said, "评分") || !strstr(said, "e1.xlsx"))
            fail_msg("case %d says: %s", i, said);
        assert_int_equal(d.entries, before);
        assert_int_equal(panel_mark(&d.panels.of[PANEL_EXPERT], 0, 4)->state, MARK_NONE);
    }
    end();
}

static void a_plain_one_comes_in(void **state)
{
    struct bench *b = *state;
    char said[1024];
    start();
    if (import(b, "<c r='G3' t='inlineStr'><is><t> 良 </t></is></c>", "", said) != EXIT_GOOD)
        fail_msg("%s", said);
    const struct panel *p = &d.panels.of[PANEL_EXPERT];
    assert_true(p->evaluator[0].submitted);
    assert_int_equal((int)panel_mark(p, 0, rubric_find(p->set, TEXT("P.1")))->raw, 1);
    assert_int_equal((int)panel_mark(p, 0, rubric_find(p->set, TEXT("W.2")))->raw, 5);
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(bad_cells_are_named_and_nothing_is_kept, bench_begin, bench_end),
        cmocka_unit_test_setup_teardown(a_plain_one_comes_in, bench_begin, bench_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

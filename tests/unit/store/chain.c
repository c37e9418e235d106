/* Protects the chain over everything: whatever is changed, taken out of or put into any table by SQL is named by table, row
 * and field; a log that is cut or chained anew without its counts is found out; a rebuilt copy keeps what fits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sha256.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

static char folder[64], base[128], forged[128], copy[128];

static void must(enum rc rc, const struct err *e)
{
    if (rc != RC_OK)
        fail_msg("%s", err_text(e, LANG_EN));
}

static void put_step(struct store *st, int32_t line, int64_t minute, int64_t first_event, int32_t ends)
{
    struct err e = {0};
    struct event ev[2] = {{.seq = first_event, .t_ms = minute * 60000, .kind = EV_DRILL_STARTED},
                          {.seq = first_event + 1, .t_ms = minute * 60000, .kind = EV_DRILL_STARTED}};
    struct store_words words[2] = {{"一", "one"}, {"二", "two"}};
    struct store_field field[2] = {{"slice", "field", (uint32_t)minute}, {"slice", "other", 7}};
    struct store_step step = {.line = line, .t_ms = minute * 60000, .event = ev, .event_words = words, .events = 2,
                              .hash = 1000u + (uint64_t)minute, .field = field, .fields = 2, .ends = ends, .speed = 1};
    must(store_append_step(st, &step, 5, &e), &e);
}

static void put_score(struct store *st)
{
    struct err e = {0};
    struct store_score_item item = {.kind = 1, .id = "i", .parent = "o", .title_zh = "指", .title_en = "i", .method = "delay", .unit = "min",
                                    .reason_zh = "因", .reason_en = "why", .weight = 1, .value = 5, .score = 60, .lost = 40,
                                    .evidence = (const int64_t[]){1, 2, 1}, .evidence_count = 3};
    struct store_score score = {1, 60, "C", "一般", "fair", "", "", &item, 1, "auto"};
    int32_t version;
    must(store_put_score(st, &score, 5, &version, &e), &e);
}

/* A file with rows in every table that this program writes. */
static void make_base(bool finished)
{
    struct store_meta meta = {.seed = 42, .tick_ms = 60000, .created_ms = 1, .scenario = "s", .title_zh = "演练", .title_en = "drill",
                              .bot = "b", .engine = "test", .uuid = "u", .model = 3};
    struct store *st;
    struct err e = {0}, why = {.rc = RC_NO, .text = {[LANG_ZH] = "不", [LANG_EN] = "no"}};
    struct order o = {.seq = 1, .verb = VERB_STATE, .agency = 1, .text = "x"}, bad = o;
    unlink(base);
    must(store_create(base, &meta, &st, &e), &e);
    must(store_put_source(st, "scenario.lua", "return {}", 9, &e), &e);
    must(store_put_source(st, "dem.asc", "", 0, &e), &e);
    must(store_append_clock(st, 1, CLOCK_START, 0, 1, 5, &e), &e);
    must(store_append_order(st, 1, &o, 5, &e), &e);
    must(store_append_refusal(st, 1, &bad, &why, 5, &e), &e);
    for (int minute = 1; minute <= 5; minute++)
        put_step(st, 1, minute, 2 * minute - 1, finished && minute == 5 ? CLOCK_FINISH : 0);
    int32_t line;
    struct store_line branch = {.parent = 1, .fork_ms = 120000, .reason = LINE_BRANCH, .note = "试"};
    must(store_add_line(st, &branch, &line, &e), &e);
    put_step(st, line, 3, 5, 0);
    must(store_put_baseline(st, "burnt", 300000, 12.5, &e), &e);
    must(store_put_baseline(st, "burnt", 300000, 12.5, &e), &e); /* the same again: nothing is written */
    assert_int_equal(store_put_baseline(st, "burnt", 300000, 12.25, &e), RC_CORRUPT);
    must(store_put_baseline(st, "nothing", 300000, 0.0 / 0.0, &e), &e);
    must(store_begin(st, &e), &e);
    must(store_put_measure(st, 1, 60000, "burnt", 1, &e), &e);
    must(store_put_measure(st, 1, 300000, "burnt", 10, &e), &e);
    must(store_end_measures(st, 1, &e), &e);
    must(store_commit(st, &e), &e);
    put_score(st);
    put_score(st);
    const struct text entry = TEXT("{\"entry\":\"open\"}");
    int64_t first;
    must(store_append_entries(st, 1, 300000, &entry, 1, 6, &first, &e), &e);
    store_close(st);
}

static void copy_file(const char *from, const char *to)
{
    char bytes[1 << 16];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_true(in && out);
    for (size_t n; (n = fread(bytes, 1, sizeof(bytes), in)) > 0;)
        assert_int_equal(fwrite(bytes, 1, n, out), n);
    fclose(in);
    fclose(out);
}

/* Every trigger taken away first, as somebody who owns the file can. */
static sqlite3 *open_forged(void)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    char drop[64][128];
    int count = 0;
    copy_file(base, forged);
    assert_int_equal(sqlite3_open(forged, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'", -1, &q, NULL), SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW)
        snprintf(drop[count++], sizeof(drop[0]), "%s", (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    assert_true(count > 20);
    for (int i = 0; i < count; i++)
        assert_int_equal(sqlite3_exec(db, drop[i], NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static void forge(const char *sql)
{
    char *why = NULL;
    sqlite3 *db = open_forged();
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
    assert_true(sqlite3_total_changes(db) > 0);
    sqlite3_close(db);
}

/* What verify says of the file: opening finds what is not derived, the rest is found inside. */
static void verify(struct err *e)
{
    struct store *st;
    struct store_difference d = {.kind = DIFFERENCE_NONE};
    bool open;
    *e = (struct err){.rc = RC_OK};
    if (store_open(forged, false, &st, e) != RC_OK)
        return;
    must(store_verify(st, &d, &open, e), e);
    if (d.kind != DIFFERENCE_NONE)
        store_say_difference(&d, e);
    store_close(st);
}

static void every_table_is_covered(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *says[3];
    } tries[] = {
        {"UPDATE meta SET value = 43 WHERE name = 'seed'", {"table meta", "row 'seed'", "value"}},
        {"UPDATE meta SET value = '' WHERE name = 'bot'", {"table meta", "row 'bot'", "value"}},
        {"UPDATE meta SET value = '别' WHERE name = 'title_zh'", {"table meta", "row 'title_zh'", "value"}},
        {"UPDATE meta SET value = 0 WHERE name = 'created_ms'", {"table meta", "row 'created_ms'", "value"}},
        {"UPDATE meta SET value = 9 WHERE name = 'model'", {"table meta", "row 'model'", "value"}},
        {"DELETE FROM meta WHERE name = 'title_en'", {"table meta lacks", "'title_en'"}},
        {"INSERT INTO meta VALUES('course', 4)", {"table meta has", "'course'"}},
        {"UPDATE source SET bytes = x'' WHERE name = 'scenario.lua'", {"table source", "row 'scenario.lua'", "bytes"}},
        {"DELETE FROM source WHERE name = 'dem.asc'", {"table source lacks", "'dem.asc'"}},
        {"INSERT INTO source VALUES('more.lua', x'00')", {"table source has", "'more.lua'"}},
        {"UPDATE line SET fork_ms = 60000 WHERE id = 2", {"table line", "row '2'", "fork_ms"}},
        {"UPDATE line SET note = '' WHERE id = 2", {"table line", "row '2'", "note"}},
        {"DELETE FROM line WHERE id = 2", {"table line lacks", "'2'"}},
        {"INSERT INTO line VALUES(3, 1, 0, 1, '', 1)", {"table line has", "'3'"}},
        {"UPDATE field SET name = 'else' WHERE i = 1", {"table field", "row '1'", "name"}},
        {"DELETE FROM field WHERE i = 0", {"table field lacks", "'0'"}},
        {"INSERT INTO field VALUES(2, 'a', 'b')", {"table field has", "'2'"}},
        {"UPDATE baseline SET value = value * 10 WHERE name = 'burnt'", {"table baseline", "row 'burnt,300000'", "value"}},
        {"UPDATE baseline SET value = 1 WHERE name = 'nothing'", {"table baseline", "row 'nothing,300000'", "value"}},
        {"DELETE FROM baseline WHERE name = 'burnt'", {"table baseline lacks", "'burnt,300000'"}},
        {"INSERT INTO baseline VALUES('burnt', 60000, 1)", {"table baseline has", "'burnt,60000'"}},
        {"UPDATE score SET total = 99.9 WHERE version = 2", {"table score", "row '2'", "total"}},
        {"UPDATE score SET grade_zh = '优秀' WHERE version = 1", {"table score", "row '1'", "grade_zh"}},
        {"UPDATE score SET basis = 'panel:x'", {"table score", "row '1'", "basis"}},
        {"PRAGMA foreign_keys = OFF; DELETE FROM score WHERE version = 2", {"table score lacks", "'2'"}},
        {"INSERT INTO score SELECT 3, line, total, grade, grade_zh, grade_en, veto_zh, veto_en, head, wall_ms, basis FROM score"
         " WHERE version = 1", {"table score has", "'3'"}},
        {"UPDATE score_item SET score = 100, lost = 0", {"table score_item", "row '1,0'", "score"}},
        {"UPDATE score_item SET reason_zh = '' WHERE version = 2", {"table score_item", "row '2,0'", "reason_zh"}},
        {"UPDATE score_item SET value = NULL WHERE version = 2", {"table score_item", "row '2,0'", "value"}},
        {"DELETE FROM score_item WHERE version = 2", {"table score_item lacks", "'2,0'"}},
        {"INSERT INTO score_item SELECT version, 1, kind, id, parent, title_zh, title_en, weight, value, unit, score, lost, method,"
         " reason_zh, reason_en FROM score_item WHERE version = 1", {"table score_item has", "'1,1'"}},
        {"UPDATE score_evidence SET event = 3 WHERE event = 2 AND version = 1", {"table score_evidence has", "'1,0,3'"}},
        {"DELETE FROM score_evidence WHERE event = 2 AND version = 2", {"table score_evidence lacks", "'2,0,2'"}},
        {"INSERT INTO score_evidence VALUES(2, 0, 9)", {"table score_evidence has", "'2,0,9'"}},
        /* kept for what is to come: nothing of this program's may stand there */
        {"INSERT INTO reference VALUES(1, '', 'b', 1, 'm', 2.0, 'closed', 1)", {"table reference has", "'1,,b,1,m'"}},
        {"INSERT INTO seal VALUES(1, 'e', 'expert', 's', 'k', 1, 1, x'', x'', x'', x'', 1)", {"table seal has", "'1'"}},
        {"INSERT INTO seal_opened VALUES(1, 'reset', '', NULL, 0, 1)", {"table seal_opened has", "'1'"}},
        {"INSERT INTO office_key VALUES(1, 'ed25519', x'', '', 1)", {"table office_key has", "'1'"}},
        {"INSERT INTO signature VALUES(1, 1, 1, '', NULL, '', '', x'', 1)", {"table signature has", "'1'"}},
        {"INSERT INTO attachment VALUES(1, 'a', 'image/png', x'', '', NULL, NULL, NULL, '', 1)", {"table attachment has", "'1'"}},
        /* what can be worked out again */
        {"UPDATE word SET zh = '一切顺利', en = 'all went well'", {"table word"}},
        {"DELETE FROM word WHERE en = 'two'", {"table word"}},
        {"UPDATE measure SET value = 0", {"table measure", "row '1'"}},
        {"DELETE FROM measure WHERE t_ms = 60000", {"table measure", "row '1'"}},
        {"INSERT INTO measure VALUES(1, 70000, 'burnt', 3.0)", {"table measure", "row '1'"}},
        /* a column under another name */
        {"UPDATE meta SET value = value; ALTER TABLE score_item RENAME COLUMN reason_zh TO x;"
         "ALTER TABLE score_item RENAME COLUMN reason_en TO reason_zh; ALTER TABLE score_item RENAME COLUMN x TO reason_en",
         {"table score_item", "row '1,0'"}},
        /* the log itself */
        {"UPDATE log SET wall_ms = 9 WHERE id = 20", {"row 20"}},
        {"DELETE FROM log WHERE id = 20", {"row 2"}},
        {"DELETE FROM log WHERE id = (SELECT max(id) FROM log)", {"end of table log"}},
        {"DELETE FROM log WHERE id > (SELECT max(id) - 3 FROM log)", {"log"}},
    };
    make_base(true);
    for (int i = 0; i < COUNT_OF(tries); i++) {
        struct err e;
        forge(tries[i].sql);
        verify(&e);
        if (e.rc != RC_CORRUPT)
            fail_msg("unseen: %s: %s", tries[i].sql, err_text(&e, LANG_EN));
        for (int k = 0; k < 3 && tries[i].says[k]; k++) {
            if (!strstr(err_text(&e, LANG_EN), tries[i].says[k]))
                fail_msg("%s: '%s' is not in '%s'", tries[i].sql, tries[i].says[k], err_text(&e, LANG_EN));
        }
    }
    copy_file(base, forged);
    struct err e;
    verify(&e);
    must(e.rc, &e);
    /* What is derived may go as a whole: it is made again. */
    forge("DELETE FROM word; DELETE FROM measure; DELETE FROM snapshot");
    verify(&e);
    must(e.rc, &e);
}

/* The chain made anew over the rows that are left, as somebody can who has read store.c. */
static void chain_anew(const char *sql)
{
    sqlite3 *db = open_forged();
    sqlite3_stmt *r, *w;
    uint8_t before[32] = {0};
    int64_t id = 0;
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_true(sqlite3_total_changes(db) > 0);
    assert_int_equal(sqlite3_exec(db, "CREATE TEMP TABLE x AS SELECT * FROM log ORDER BY id; DELETE FROM log", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT line, kind, seq, t_ms, wall_ms, payload FROM x ORDER BY id", -1, &r, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO log VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", -1, &w, NULL), SQLITE_OK);
    while (sqlite3_step(r) == SQLITE_ROW) {
        int64_t head[7] = {++id};
        SHA2_CTX c;
        for (int i = 0; i < 5; i++)
            head[i + 1] = sqlite3_column_int64(r, i);
        head[6] = sqlite3_column_bytes(r, 5);
        SHA256Init(&c);
        SHA256Update(&c, before, 32);
        SHA256Update(&c, (const uint8_t *)head, sizeof(head)); /* of a little-endian machine */
        SHA256Update(&c, sqlite3_column_blob(r, 5), (size_t)head[6]);
        SHA256Final(before, &c);
        for (int i = 0; i < 6; i++)
            sqlite3_bind_int64(w, i + 1, head[i]);
        sqlite3_bind_blob(w, 7, head[6] ? sqlite3_column_blob(r, 5) : "", (int)head[6], SQLITE_TRANSIENT);
        sqlite3_bind_blob(w, 8, before, 32, SQLITE_TRANSIENT);
        assert_int_equal(sqlite3_step(w), SQLITE_DONE);
        sqlite3_reset(w);
    }
    sqlite3_finalize(r);
    sqlite3_finalize(w);
    sqlite3_close(db);
}

static void a_log_chained_anew_must_count_right(void **state)
{
    (void)state;
    static const char *const tries[] = {
        "DELETE FROM log WHERE id = (SELECT max(id) FROM log WHERE kind = 8 AND line = 1)",
        "DELETE FROM log WHERE kind = 8",
        "DELETE FROM log WHERE kind = 2",
        "DELETE FROM log WHERE kind = 1",
        "DELETE FROM log WHERE kind = 3",
        "DELETE FROM log WHERE kind = 4",
        "DELETE FROM log WHERE kind = 6",
        "DELETE FROM log WHERE kind = 9 AND seq = 5", /* the seals of the scores */
        "DELETE FROM log WHERE id > (SELECT id FROM log WHERE kind = 3 LIMIT 1 OFFSET 2)",
    };
    make_base(true);
    for (int i = 0; i < COUNT_OF(tries); i++) {
        struct err e;
        chain_anew(tries[i]);
        verify(&e);
        if (e.rc != RC_CORRUPT || strstr(err_text(&e, LANG_EN), "broken"))
            fail_msg("unseen: %s: %s", tries[i], err_text(&e, LANG_EN));
    }
    struct err e; /* the making anew itself is right */
    chain_anew("UPDATE word SET log = log");
    verify(&e);
    must(e.rc, &e);
}

/* A drill under way has no end that could be missing, and says so; a finished one has. */
static void the_end_of_a_finished_log_is_marked(void **state)
{
    (void)state;
    struct store *st;
    struct store_difference d;
    struct err e = {0};
    bool open;
    for (int finished = 0; finished < 2; finished++) {
        make_base(finished);
        must(store_open(base, false, &st, &e), &e);
        must(store_verify(st, &d, &open, &e), &e);
        assert_int_equal(d.kind, DIFFERENCE_NONE);
        assert_int_equal(open, !finished);
        store_close(st);
    }
    must(store_open(base, true, &st, &e), &e); /* what comes after it is closed again */
    put_score(st);
    store_close(st);
    copy_file(base, forged);
    verify(&e);
    must(e.rc, &e);
    forge("DELETE FROM log WHERE id = (SELECT max(id) FROM log)");
    verify(&e);
    assert_non_null(strstr(err_text(&e, LANG_EN), "the end of table log"));
}

static void append_only_tables_refuse(void **state)
{
    (void)state;
    static const char *const tables[] = {"meta", "source", "line", "log", "field", "baseline", "score", "score_item", "score_evidence"};
    sqlite3 *db;
    make_base(true);
    assert_int_equal(sqlite3_open(base, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL), SQLITE_OK);
    for (int i = 0; i < COUNT_OF(tables); i++) {
        char sql[128];
        snprintf(sql, sizeof(sql), "DELETE FROM %s", tables[i]);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_CONSTRAINT);
        snprintf(sql, sizeof(sql), "PRAGMA recursive_triggers = ON; REPLACE INTO %s SELECT * FROM %s", tables[i], tables[i]);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_CONSTRAINT);
    }
    sqlite3_close(db);
}

/* Changed rows stay behind; a file whose scenario was changed is not made whole by copying it. */
static void a_rebuilt_copy_keeps_what_fits(void **state)
{
    (void)state;
    struct err e = {0};
    struct store *st;
    struct store_version v[4];
    int64_t rows;
    make_base(true);
    forge("UPDATE score SET total = 99 WHERE version = 2; UPDATE word SET zh = 'x'");
    unlink(copy);
    must(store_recover(forged, copy, &rows, &e), &e);
    must(store_open(copy, true, &st, &e), &e);
    assert_int_equal(store_versions(st, v, 4), 1);
    assert_true(v[0].total == 60);
    put_score(st); /* its number is not that of the lost one */
    assert_int_equal(store_versions(st, v, 4), 2);
    assert_int_equal(v[1].version, 3);
    assert_int_equal(store_get_meta(st)->model, 3);
    store_close(st);
    copy_file(copy, forged);
    verify(&e);
    must(e.rc, &e);
    forge("UPDATE source SET bytes = x'00' WHERE name = 'scenario.lua'");
    unlink(copy);
    assert_int_equal(store_recover(forged, copy, &rows, &e), RC_CORRUPT);
    assert_non_null(strstr(err_text(&e, LANG_EN), "table source lacks the row 'scenario.lua'"));
    assert_int_not_equal(access(copy, F_OK), 0);
}

int main(void)
{
    snprintf(folder, sizeof(folder), "%s", "build/chain.XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    snprintf(base, sizeof(base), "%s/base.drill", folder);
    snprintf(forged, sizeof(forged), "%s/forged.drill", folder);
    snprintf(copy, sizeof(copy), "%s/copy.drill", folder);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_is_covered),          cmocka_unit_test(a_log_chained_anew_must_count_right),
        cmocka_unit_test(the_end_of_a_finished_log_is_marked), cmocka_unit_test(append_only_tables_refuse),
        cmocka_unit_test(a_rebuilt_copy_keeps_what_fits)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(base);
    unlink(forged);
    unlink(copy);
    rmdir(folder);
    return failed;
}

/* Protects the drill file: append-only and chained, read back as it was written, lines share their past, a newer file refused, a second
 * writer told, damage found and the part before it recovered, a score never edited. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"

static char folder[64], path[128], copy[128];

static int setup(void **state)
{
    (void)state;
    snprintf(path, sizeof(path), "%s/a.drill", folder);
    snprintf(copy, sizeof(copy), "%s/b.drill", folder);
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char name[160];
        snprintf(name, sizeof(name), "%s%s", path, ends[i]);
        unlink(name);
        snprintf(name, sizeof(name), "%s%s", copy, ends[i]);
        unlink(name);
    }
    return 0;
}

static struct store *make(void)
{
    struct store_meta meta = {.seed = 42, .tick_ms = 60000, .created_ms = 1, .scenario = "s", .title_zh = "演练", .title_en = "drill",
                              .engine = "test", .uuid = "u"};
    struct store *st = NULL;
    struct err e = {0};
    if (store_create(path, &meta, &st, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    return st;
}

static void must(enum rc rc, const struct err *e)
{
    if (rc != RC_OK)
        fail_msg("%s", err_text(e, LANG_EN));
}

static void put_step(struct store *st, int32_t line, int64_t minute, int64_t first_event)
{
    struct err e = {0};
    struct event ev[2] = {{.seq = first_event, .t_ms = minute * 60000, .kind = EV_PLACE_THREATENED, .f = {1.5}},
                          {.seq = first_event + 1, .t_ms = minute * 60000, .kind = EV_PLACE_REACHED, .i = {7}, .f = {3.25},
                           .cause = {CAUSE_EVENT, first_event}}};
    struct store_words words[2] = {{"起火", "ignition"}, {"扩大", "growth"}};
    struct store_field field = {"slice", "field", (uint32_t)minute};
    struct store_step step = {.line = line, .t_ms = minute * 60000, .event = ev, .event_words = words, .events = 2,
                              .hash = 1000u + (uint64_t)minute, .field = &field, .fields = 1};
    must(store_append_step(st, &step, 5, &e), &e);
}

static int64_t put_order(struct store *st, int32_t line, int64_t seq, const char *text)
{
    struct err e = {0};
    struct order o = {.seq = seq, .at_ms = seq * 60000, .verb = VERB_STATE, .agency = 1};
    snprintf(o.text, sizeof(o.text), "%s", text);
    must(store_append_order(st, line, &o, 5, &e), &e);
    return seq;
}

/* ---- reading back ---- */

struct seen {
    int orders, events, steps, refusals;
    char last_text[64];
    double f;
    uint64_t hash;
};

static enum rc on_order(void *ctx, const struct order *o)
{
    struct seen *s = ctx;
    s->orders++;
    (void)text_copy(s->last_text, (int)sizeof(s->last_text), text_of(o->text));
    return RC_OK;
}

static enum rc on_event(void *ctx, const struct event *ev)
{
    struct seen *s = ctx;
    s->events++;
    s->f += ev->f[0];
    return RC_OK;
}

static enum rc on_step(void *ctx, int64_t t_ms, uint64_t hash, const uint32_t *field, int fields)
{
    struct seen *s = ctx;
    s->steps++;
    s->hash = hash;
    assert_int_equal(fields, 1);
    assert_int_equal(field[0], t_ms / 60000);
    return RC_OK;
}

static enum rc on_refusal(void *ctx, const struct order *o, const struct err *why)
{
    struct seen *s = ctx;
    (void)o;
    s->refusals++;
    assert_string_equal(why->text[LANG_EN], "no");
    return RC_OK;
}

static struct seen look(struct store *st, int32_t line)
{
    struct seen s = {0};
    struct err e = {0};
    struct store_reader reader = {.ctx = &s, .order = on_order, .refusal = on_refusal, .event = on_event, .step = on_step};
    must(store_read_line(st, line, &reader, &e), &e);
    return s;
}

static void what_was_appended_is_read_back(void **state)
{
    (void)state;
    struct err e = {0};
    struct store *st = make();
    (void)put_order(st, 1, 1, "一");
    put_step(st, 1, 1, 1);
    struct order bad = {.verb = VERB_STATE, .agency = 1};
    struct err why = {.rc = RC_NO, .text = {[LANG_ZH] = "不", [LANG_EN] = "no"}};
    must(store_append_refusal(st, 1, &bad, &why, 5, &e), &e);
    put_step(st, 1, 2, 3);
    store_close(st);
    must(store_open(path, false, &st, &e), &e);
    struct seen s = look(st, 1);
    assert_int_equal(s.orders, 1);
    assert_int_equal(s.events, 4);
    assert_int_equal(s.steps, 2);
    assert_int_equal(s.refusals, 1);
    assert_string_equal(s.last_text, "一");
    assert_true(s.f == 2 * (1.5 + 3.25));
    assert_true(s.hash == 1002);
    assert_int_equal(store_get_meta(st)->seed, 42);
    struct chain_report chain;
    must(store_check_chain(st, &chain, &e), &e);
    assert_int_equal(chain.bad_id, 0);
    assert_true(chain.rows == chain.good && chain.rows >= 8);
    store_close(st);
}

static void lines_share_their_past_and_part(void **state)
{
    (void)state;
    struct err e = {0};
    struct store *st = make();
    put_step(st, 1, 1, 1);
    put_step(st, 1, 2, 3);
    put_step(st, 1, 3, 5);
    struct store_line line = {.parent = 1, .fork_ms = 2 * 60000, .reason = LINE_CORRECTION};
    int32_t id = 0;
    must(store_add_line(st, &line, &id, &e), &e);
    (void)put_order(st, id, 9, "更正");
    put_step(st, id, 3, 5);
    put_step(st, id, 4, 7);
    assert_int_equal(look(st, 1).steps, 3);
    assert_int_equal(look(st, 1).orders, 0);
    assert_int_equal(look(st, id).steps, 4); /* two of the past, two of its own */
    assert_int_equal(look(st, id).orders, 1);
    assert_int_equal(store_official(st), 1);
    must(store_set_official(st, id, &e), &e);
    assert_int_equal(store_official(st), id);
    store_close(st);
}

static int sql(const char *file, const char *text)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    int rc = sqlite3_exec(db, text, NULL, NULL, NULL);
    sqlite3_close(db);
    return rc;
}

static void the_log_refuses_to_be_changed(void **state)
{
    (void)state;
    struct store *st = make();
    put_step(st, 1, 1, 1);
    store_close(st);
    assert_int_not_equal(sql(path, "UPDATE log SET t_ms = 0"), SQLITE_OK);
    assert_int_not_equal(sql(path, "DELETE FROM log"), SQLITE_OK);
    assert_int_not_equal(sql(path, "PRAGMA recursive_triggers = ON; REPLACE INTO log SELECT * FROM log"), SQLITE_OK);
    assert_int_not_equal(sql(path, "UPDATE line SET note = 'x'"), SQLITE_OK);
    /* Who takes the triggers away is found out by the chain. */
    assert_int_equal(sql(path, "DROP TRIGGER log_no_update; UPDATE log SET wall_ms = 6 WHERE id = 2"), SQLITE_OK);
    struct err e = {0};
    assert_int_equal(store_open(path, false, &st, &e), RC_CORRUPT);
    assert_null(st);
    assert_non_null(strstr(err_text(&e, LANG_EN), "row 2; 1 rows"));
}

static void the_intact_part_of_a_forged_file_is_recovered(void **state)
{
    (void)state;
    struct store *st = make();
    for (int minute = 1; minute <= 10; minute++)
        put_step(st, 1, minute, 2 * minute - 1);
    store_close(st);
    assert_int_equal(sql(path, "DROP TRIGGER log_no_update; UPDATE log SET t_ms = t_ms + 1 WHERE id ="
                               " (SELECT id + 1 FROM log WHERE kind = 3 ORDER BY id LIMIT 1 OFFSET 4)"), SQLITE_OK);
    struct err e = {0};
    int64_t rows = 0;
    must(store_recover(path, copy, &rows, &e), &e);
    assert_true(rows > 15 && rows < 40);
    must(store_open(copy, false, &st, &e), &e);
    struct chain_report chain;
    must(store_check_chain(st, &chain, &e), &e);
    assert_int_equal(chain.bad_id, 0);
    assert_true(look(st, 1).steps == 5);
    store_close(st);
    /* The copy can be written on, and what it says of itself holds. */
    must(store_open(copy, true, &st, &e), &e);
    put_step(st, 1, 6, 11);
    struct store_difference d;
    bool open;
    must(store_verify(st, &d, &open, &e), &e);
    assert_int_equal(d.kind, DIFFERENCE_NONE);
    assert_true(open);
    store_close(st);
}

static void a_newer_file_is_refused(void **state)
{
    (void)state;
    store_close(make());
    assert_int_equal(sql(path, "PRAGMA user_version = 999"), SQLITE_OK);
    struct store *st;
    struct err e = {0};
    assert_int_equal(store_open(path, true, &st, &e), RC_NEWER);
    assert_null(st);
    assert_non_null(strstr(err_text(&e, LANG_EN), "999"));
}

static void a_second_writer_is_told(void **state)
{
    (void)state;
    struct store *st = make(), *other;
    struct err e = {0};
    assert_int_equal(store_open(path, true, &other, &e), RC_BUSY);
    assert_null(other);
    assert_non_null(strstr(err_text(&e, LANG_ZH), "另一个程序"));
    store_close(st);
    must(store_open(path, true, &other, &e), &e);
    store_close(other);
}

static void an_existing_file_is_never_overwritten(void **state)
{
    (void)state;
    store_close(make());
    struct store_meta meta = {.seed = 1, .tick_ms = 1};
    struct store *st;
    struct err e = {0};
    assert_int_not_equal(store_create(path, &meta, &st, &e), RC_OK);
    assert_null(st);
}

static void what_is_no_drill_file_is_said(void **state)
{
    (void)state;
    struct store *st;
    struct err e = {0};
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    for (int i = 0; i < 8192; i++)
        fputc(i * 7 % 251, f);
    fclose(f);
    assert_int_equal(store_open(path, false, &st, &e), RC_INPUT);
    unlink(path);
    assert_int_equal(sql(path, "CREATE TABLE t(x)"), SQLITE_OK); /* some other program's database */
    assert_int_equal(store_open(path, false, &st, &e), RC_INPUT);
    assert_int_not_equal(store_open("build/no/such.drill", false, &st, &e), RC_OK);
}

static void every_scoring_is_a_new_version(void **state)
{
    (void)state;
    struct store *st = make();
    struct err e = {0};
    int64_t evidence[] = {3, 4};
    struct store_score_item item = {.kind = 1, .id = "i", .parent = "o", .title_zh = "指", .title_en = "i", .method = "delay", .unit = "min",
                                    .reason_zh = "因", .reason_en = "why", .weight = 1, .value = 5, .score = 60, .lost = 40,
                                    .evidence = evidence, .evidence_count = 2};
    struct store_score score = {1, 60, "C", "一般", "fair", "", "", &item, 1, "auto"};
    int32_t first = 0, second = 0;
    must(store_put_score(st, &score, 5, &first, &e), &e);
    score.total = 70;
    must(store_put_score(st, &score, 6, &second, &e), &e);
    assert_int_equal(second, first + 1);
    store_close(st);
    sqlite3 *db;
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT version, score, reason_zh, events FROM v_score WHERE id = 'i' ORDER BY version", -1, &q, NULL), SQLITE_OK);
    for (int v = first; v <= second; v++) {
        assert_int_equal(sqlite3_step(q), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int(q, 0), v);
        assert_string_equal((const char *)sqlite3_column_text(q, 2), "因");
        assert_string_equal((const char *)sqlite3_column_text(q, 3), "3 4");
    }
    sqlite3_finalize(q);
    sqlite3_close(db);
    assert_int_not_equal(sql(path, "UPDATE score SET total = 100"), SQLITE_OK);
}

int main(void)
{
    snprintf(folder, sizeof(folder), "%s", "build/store.XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup(name, setup)
        T(what_was_appended_is_read_back), T(lines_share_their_past_and_part), T(the_log_refuses_to_be_changed),
        T(the_intact_part_of_a_forged_file_is_recovered), T(a_newer_file_is_refused), T(a_second_writer_is_told),
        T(an_existing_file_is_never_overwritten), T(what_is_no_drill_file_is_said), T(every_scoring_is_a_new_version)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)setup(NULL);
    rmdir(folder);
    return failed;
}

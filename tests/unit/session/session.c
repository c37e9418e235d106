/* Protects the promise of the session: same scenario, seed and orders give the same drill; what was accepted
 * is kept; lines are never edited; replay needs no Lua; a difference is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/inner.h"
#include "session/session.h"
#include "store/store.h"

#define SMALL "tests/data/small"
#define LEVEL "district level 3 elements=matter+level+period+measures"
#define CREW "forestry dispatch pro_1 to ridge task=line line=break_1"

static char folder[64];

static const char *file_name(const char *name)
{
    static char path[128];
    snprintf(path, sizeof(path), "%s/%s.drill", folder, name);
    unlink(path);
    return path;
}

static struct session *start(const char *file, const char *bot)
{
    struct session_options opt = {.seed = 7, .file = file, .bot = bot};
    struct session *s = NULL;
    struct err e = {0};
    if (session_new(SMALL, &opt, &s, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    return s;
}

static void run_to(struct session *s, int minutes)
{
    struct err e = {0};
    if (session_run_until(s, minutes * 60000ll, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
}

static enum rc say(struct session *s, const char *text, struct err *e)
{
    return session_submit_text(s, text_of(text), NULL, e);
}

static void must(struct session *s, const char *text)
{
    struct err e = {0};
    if (say(s, text, &e) != RC_OK)
        fail_msg("%s: %s", text, err_text(&e, LANG_EN));
}

static uint64_t last_hash(struct session *s)
{
    const struct record *r = session_record(s);
    return r->step[r->steps - 1].hash;
}

static void same_orders_same_drill(void **state)
{
    (void)state;
    uint64_t hash[2];
    for (int i = 0; i < 2; i++) {
        struct session *s = start(NULL, NULL);
        run_to(s, 3);
        must(s, LEVEL);
        must(s, CREW);
        run_to(s, 60);
        assert_int_equal(session_phase(s), SESSION_FINISHED);
        hash[i] = last_hash(s);
        session_close(s);
    }
    assert_true(hash[0] == hash[1]);
    struct session *s = start(NULL, NULL);
    run_to(s, 4); /* a minute later is another drill */
    must(s, LEVEL);
    must(s, CREW);
    run_to(s, 60);
    assert_true(last_hash(s) != hash[0]);
    session_close(s);
}

static void a_bot_run_equals_its_own_orders(void **state)
{
    (void)state;
    struct session *bot = start(NULL, "quick");
    run_to(bot, 60);
    assert_true(session_record(bot)->orders > 4);
    struct session *typed = start(NULL, NULL);
    const struct record *r = session_record(bot);
    int64_t next = 0;
    while (session_phase(typed) < SESSION_FINISHED) {
        for (; next < r->orders && r->order[next].at_ms <= session_now(typed); next++) {
            if (r->order[next].origin != ORIGIN_BOT)
                continue;
            char line[600];
            struct buf b = BUF_ON(line);
            order_format(&r->order[next], session_atlas(bot), false, &b);
            must(typed, line);
        }
        struct err e;
        assert_int_equal(session_step(typed, &e), RC_OK);
    }
    /* Facts and their times agree; only who typed the orders and their numbers may differ. */
    assert_int_equal(session_record(typed)->events, r->events);
    for (int64_t i = 0; i < r->events; i++) {
        assert_int_equal(session_record(typed)->event[i].kind, r->event[i].kind);
        assert_int_equal(session_record(typed)->event[i].t_ms, r->event[i].t_ms);
    }
    session_close(bot);
    session_close(typed);
}

static void a_refusal_is_said_and_recorded(void **state)
{
    (void)state;
    struct session *s = start(NULL, NULL);
    struct err e = {0};
    run_to(s, 2);
    assert_int_equal(say(s, "forestry level 3", &e), RC_NO);
    assert_true(strlen(err_text(&e, LANG_ZH)) > 0);
    assert_int_equal(session_record(s)->refusals, 1);
    assert_int_equal(session_record(s)->orders, 0);
    assert_int_equal(say(s, "world wind speed=5 from=90", &e), RC_NO);
    assert_int_equal(say(s, "district levle 3", &e), RC_INPUT);
    assert_non_null(strstr(err_text(&e, LANG_EN), "level"));
    session_close(s);
}

static void injects_fire_by_all_five_triggers(void **state)
{
    (void)state;
    struct session *s = start(NULL, NULL);
    run_to(s, 5);
    must(s, "facilitator inject extra");
    run_to(s, 60);
    const struct record *r = session_record(s);
    bool seen[5] = {false};
    for (int64_t i = 0; i < r->events; i++) {
        if (r->event[i].kind == EV_INJECT_FIRED)
            seen[r->event[i].i[1]] = true;
    }
    assert_true(seen[TRIGGER_TIME] && seen[TRIGGER_WORLD] && seen[TRIGGER_DECISION] && seen[TRIGGER_CHAIN] &&
                seen[TRIGGER_HAND]);
    session_close(s);
}

static void handlers_react_and_are_recorded(void **state)
{
    (void)state;
    struct session *s = start(NULL, NULL);
    run_to(s, 3);
    must(s, LEVEL);
    run_to(s, 6);
    const struct record *r = session_record(s);
    bool script = false;
    for (int64_t i = 0; i < r->orders; i++)
        script = script || (r->order[i].origin == ORIGIN_SCRIPT && r->order[i].verb == VERB_INJECT);
    assert_true(script);
    session_close(s);
}

static void a_file_replays_resumes_and_verifies(void **state)
{
    (void)state;
    const char *file = file_name("resume");
    struct session *s = start(file, NULL);
    struct err e = {0};
    struct difference_found d;
    run_to(s, 3);
    must(s, LEVEL);
    must(s, CREW);
    run_to(s, 20);
    session_close(s);

    assert_int_equal(session_verify(file, 0, false, &d, &e), RC_OK);
    assert_int_equal(session_verify(file, 0, true, &d, &e), RC_OK);
    if (session_load(file, true, &s, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(session_now(s), 20 * 60000);
    run_to(s, 60);
    uint64_t resumed = last_hash(s);
    session_close(s);

    s = start(NULL, NULL);
    run_to(s, 3);
    must(s, LEVEL);
    must(s, CREW);
    run_to(s, 60);
    assert_true(last_hash(s) == resumed);
    session_close(s);
    assert_int_equal(session_verify(file, 0, true, &d, &e), RC_OK);
}

static void any_moment_equals_the_record(void **state)
{
    (void)state;
    const char *file = file_name("moment");
    struct session *s = start(file, "quick");
    struct err e = {0};
    run_to(s, 60);
    struct walk *w = malloc(sizeof(*w));
    assert_non_null(w);
    const struct record *r = session_record(s);
    for (int minute = 1; minute <= 60; minute += 13) {
        struct session *at;
        assert_int_equal(session_at(file, 0, minute * 60000ll, &at, &e), RC_BUSY); /* the live drill holds it */
    }
    uint64_t hash[61];
    for (int k = 0; k < 60; k++)
        hash[k + 1] = r->step[k].hash;
    session_close(s);
    for (int minute = 1; minute <= 60; minute += 13) {
        struct session *at;
        if (session_at(file, 0, minute * 60000ll, &at, &e) != RC_OK)
            fail_msg("%s", err_text(&e, LANG_EN));
        assert_true(world_hash(session_world(at), w) == hash[minute]);
        session_close(at);
    }
    free(w);
}

static void a_snapshot_is_the_whole_state(void **state)
{
    (void)state;
    struct session *a = start(NULL, "quick"), *b = start(NULL, "quick");
    struct walk *w = malloc(sizeof(*w));
    assert_non_null(w);
    run_to(a, 31);
    run_to(b, 31);
    walk_begin_save(w, NULL, 0);
    world_walk(session_world(a), w);
    size_t size = w->size;
    uint8_t *bytes = malloc(size);
    walk_begin_save(w, bytes, size);
    world_walk(session_world(a), w);
    assert_false(w->bad);
    run_to(b, 45); /* b goes on, then is put back */
    walk_begin_load(w, bytes, size);
    world_walk(session_world(b), w);
    assert_false(w->bad);
    assert_int_equal(w->size, size);
    assert_true(world_hash(session_world(b), w) == last_hash(a));
    free(bytes);
    free(w);
    session_close(a);
    session_close(b);
}

static void a_correction_changes_only_what_must(void **state)
{
    (void)state;
    struct session *s = start(file_name("correct"), NULL);
    struct err e = {0};
    run_to(s, 3);
    must(s, LEVEL);
    must(s, CREW);
    run_to(s, 10);
    must(s, "police dispatch police_1 to village task=evacuate");
    run_to(s, 30);
    int64_t before = session_record(s)->event[0].t_ms;
    int64_t events_before_3 = 0;
    for (int64_t i = 0; i < session_record(s)->events; i++)
        events_before_3 += session_record(s)->event[i].t_ms <= 3 * 60000;
    struct order instead;
    assert_int_equal(order_parse(TEXT("forestry dispatch pro_1 to village task=attack"), session_atlas(s), 0, &instead, &e), RC_OK);
    struct change change;
    int64_t wrong = 0;
    for (int64_t i = 0; i < session_record(s)->orders; i++) {
        if (session_record(s)->order[i].verb == VERB_DISPATCH && wrong == 0)
            wrong = session_record(s)->order[i].seq;
    }
    if (session_correct(s, wrong, &instead, true, &change, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(session_now(s), 30 * 60000);
    assert_int_equal(session_record(s)->event[0].t_ms, before);
    assert_true(change.first_event > events_before_3);
    assert_true(change.kept >= 2);
    assert_int_equal(store_official(session_store(s)), 2);
    assert_int_equal(session_line(s), 2);
    session_close(s);
}

static void a_statement_can_be_back_dated(void **state)
{
    (void)state;
    const char *file = file_name("backdate");
    struct session *s = start(file, NULL);
    struct err e = {0};
    struct change change;
    struct difference_found d;
    run_to(s, 12);
    struct order said;
    assert_int_equal(order_parse(TEXT(LEVEL), session_atlas(s), 0, &said, &e), RC_OK);
    said.origin = ORIGIN_ROOM;
    if (session_backdate(s, &said, 5 * 60000, true, &change, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(session_now(s), 12 * 60000);
    const struct record *r = session_record(s);
    bool found = false;
    for (int64_t i = 0; i < r->events; i++) {
        if (r->event[i].kind == EV_LEVEL_STARTED) {
            found = true;
            assert_int_equal(r->event[i].t_ms, 6 * 60000);
        }
    }
    assert_true(found);
    session_close(s);
    assert_int_equal(session_verify(file, 2, false, &d, &e), RC_OK);
    assert_int_equal(session_verify(file, 1, false, &d, &e), RC_OK); /* the old line is as it was */
}

static void a_branch_parts_and_the_old_line_stays(void **state)
{
    (void)state;
    const char *file = file_name("branch");
    struct session *s = start(file, "quick");
    struct err e = {0};
    struct difference_found d;
    run_to(s, 40);
    if (session_branch(s, 20 * 60000, "what if", &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(session_now(s), 20 * 60000);
    must(s, "forestry withdraw pro_1 to town");
    run_to(s, 40);
    assert_int_equal(session_line(s), 2);
    assert_int_equal(store_official(session_store(s)), 1);
    session_close(s);
    assert_int_equal(session_verify(file, 1, false, &d, &e), RC_OK);
    assert_int_equal(session_verify(file, 2, false, &d, &e), RC_OK);
}

/* Kills a running drill at a random moment: whatever was acknowledged (printed by the child) is in the file. */
static void kill_and_look(int round)
{
    const char *file = file_name("kill");
    int pipe_fd[2];
    assert_int_equal(pipe(pipe_fd), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct session_options opt = {.seed = 7, .file = file};
        struct session *s;
        struct err e;
        close(pipe_fd[0]);
        if (session_new(SMALL, &opt, &s, &e) != RC_OK)
            _exit(1);
        for (int i = 0; i < 58; i++) {
            int64_t seq = 0;
            struct order o;
            if (order_parse(TEXT("district state \"记录\""), session_atlas(s), 0, &o, &e) == RC_OK &&
                session_submit(s, &o, &seq, &e) == RC_OK && write(pipe_fd[1], &seq, sizeof(seq)) != sizeof(seq))
                _exit(1);
            if (session_step(s, &e) != RC_OK)
                _exit(1);
        }
        _exit(0);
    }
    close(pipe_fd[1]);
    int64_t acknowledged = 0, seq;
    int reads = 1 + round * 7 % 50;
    while (reads-- > 0 && read(pipe_fd[0], &seq, sizeof(seq)) == sizeof(seq))
        acknowledged = seq;
    for (volatile int spin = round * 9973 % 60000; spin > 0; spin--)
        ; /* another moment within the step each time */
    kill(child, SIGKILL);
    while (read(pipe_fd[0], &seq, sizeof(seq)) == sizeof(seq))
        acknowledged = seq;
    close(pipe_fd[0]);
    waitpid(child, NULL, 0);
    struct session *s;
    struct err e = {0};
    if (session_load(file, true, &s, &e) != RC_OK)
        fail_msg("round %d: %s", round, err_text(&e, LANG_EN));
    int64_t said = 0;
    for (int64_t i = 0; i < session_record(s)->orders; i++) {
        if (session_record(s)->order[i].origin == ORIGIN_ROOM)
            said = session_record(s)->order[i].seq;
    }
    assert_true(said >= acknowledged);
    run_to(s, 60); /* and the drill goes on */
    session_close(s);
}

static void nothing_acknowledged_is_lost_to_a_kill(void **state)
{
    (void)state;
    const char *rounds = getenv("KILL_ROUNDS");
    int count = rounds ? atoi(rounds) : 50;
    for (int round = 0; round < count; round++)
        kill_and_look(round);
}

static void the_clock_runs_pauses_and_ends(void **state)
{
    (void)state;
    struct err e = {0};
    const char *file = file_name("phases");
    struct session *s = start(file, NULL);
    assert_int_equal(session_phase(s), SESSION_IDLE);
    assert_int_equal(session_start(s, &e), RC_OK);
    assert_int_equal(session_phase(s), SESSION_RUNNING);
    run_to(s, 2);
    assert_int_equal(session_pause(s, &e), RC_OK);
    assert_int_equal(session_phase(s), SESSION_PAUSED);
    must(s, LEVEL); /* an order given while the clock stands */
    assert_int_equal(session_speed(s, 0.05, &e), RC_INPUT);
    assert_int_equal(session_speed(s, 60.0, &e), RC_OK);
    assert_int_equal(session_start(s, &e), RC_OK);
    run_to(s, 5);
    assert_int_equal(session_finish(s, true, &e), RC_OK); /* a real emergency */
    assert_int_equal(session_phase(s), SESSION_ABORTED);
    assert_int_equal(session_step(s, &e), RC_NO);
    assert_int_equal(say(s, LEVEL, &e), RC_NO);
    session_close(s);
    /* It is on file as it was: aborted, with its pauses and speeds. */
    assert_int_equal(session_load(file, true, &s, &e), RC_OK);
    assert_int_equal(session_phase(s), SESSION_ABORTED);
    assert_int_equal(session_step(s, &e), RC_NO);
    session_close(s);
}

static void the_clock_holds_where_a_decision_is_due(void **state)
{
    (void)state;
    struct session_options opt = {.seed = 1, .hold = true};
    struct session *s;
    struct err e = {0};
    assert_int_equal(session_new("scenarios/forest_fire", &opt, &s, &e), RC_OK);
    run_to(s, 360);
    /* call_12119 at minute 3 asks for a decision. Talking costs the drill nothing: its time stands until it is told to go on. */
    assert_true(session_holding(s));
    assert_int_equal(session_now(s), 3 * 60000);
    int64_t before = session_now(s);
    must(s, "town dispatch semi_wangu task=line line=break_fengding");
    assert_int_equal(session_now(s), before);
    run_to(s, 30);
    assert_true(session_now(s) > before);
    session_close(s);
}

static void a_broken_scenario_is_said_in_one_line(void **state)
{
    (void)state;
    struct session_options opt = {.seed = 1};
    struct session *s;
    struct err e = {0};
    assert_int_equal(session_new("tests/data/no_such_folder", &opt, &s, &e), RC_INPUT);
    assert_null(s);
    assert_null(strchr(err_text(&e, LANG_EN), '\n'));
    opt.bot = "nobody";
    assert_int_equal(session_new(SMALL, &opt, &s, &e), RC_INPUT);
    assert_non_null(strstr(err_text(&e, LANG_EN), "quick"));
}

static void a_correction_can_be_tried_first(void **state)
{
    (void)state;
    struct err e = {0};
    struct session *s = start(NULL, NULL);
    run_to(s, 3);
    must(s, LEVEL);
    must(s, CREW);
    run_to(s, 40);
    double other[64], was[64];
    int n = session_measures(s);
    assert_true(n < 64);
    for (int i = 0; i < n; i++)
        was[i] = session_measure(s, i);
    struct change try = {0}, real = {0};
    uint64_t hash = last_hash(s);
    int64_t orders = session_record(s)->orders;
    assert_int_equal(session_preview(s, 2, NULL, 0, &try, other, &e), RC_OK); /* the crew never sent */
    assert_true(last_hash(s) == hash && session_record(s)->orders == orders);
    assert_int_equal(try.dropped, 1);
    assert_int_equal(session_correct(s, 2, NULL, true, &real, &e), RC_OK);
    bool differs = false;
    for (int i = 0; i < n; i++) {
        assert_true(session_measure(s, i) == other[i]); /* the preview told the truth */
        differs = differs || was[i] != other[i];
    }
    assert_true(differs);
    assert_int_equal(session_preview(s, 99, NULL, 0, &try, other, &e), RC_INPUT);
    session_close(s);
}

static void what_a_correction_would_forbid_is_named_before(void **state)
{
    (void)state;
    struct err e = {0};
    struct session *s = start(NULL, NULL);
    run_to(s, 3);
    must(s, LEVEL);
    must(s, CREW);
    int64_t sent = session_record(s)->orders;
    run_to(s, 8);
    must(s, "forestry withdraw pro_1");
    int64_t back = session_record(s)->orders;
    run_to(s, 12);
    struct change try;
    struct order instead;
    double other[64];
    assert_true(session_measures(s) < 64);
    assert_int_equal(session_preview(s, sent, NULL, 0, &try, other, &e), RC_OK); /* never sent: it cannot be called back */
    assert_int_equal(try.refused, 1);
    assert_int_equal(try.refused_seq[0], back);
    assert_non_null(strstr(err_text(&try.why, LANG_EN), "at home"));
    assert_int_equal(order_parse(TEXT("district withdraw pro_1"), session_atlas(s), 0, &instead, &e), RC_OK);
    assert_int_equal(session_preview(s, sent, &instead, 0, &try, other, &e), RC_OK); /* the new order itself is impossible, too */
    assert_int_equal(try.refused, 2);
    assert_int_equal(try.refused_seq[0], 0);
    assert_int_equal(try.refused_seq[1], back);
    session_close(s);
}

static void every_verb_is_somebodys(void **state)
{
    (void)state;
    for (int32_t v = verb_next(NULL, -1); v >= 0; v = verb_next(NULL, v)) {
        bool mine = response_find_rule(v) != NULL || (verb_row(v)->check && verb_row(v)->act);
        for (int i = 0; i < session_rule_count; i++)
            mine = mine || session_rules[i].verb == v;
        if (!mine)
            fail_msg("no rule for the verb '%s'", verb_row(v)->name);
    }
}

static void what_the_model_cannot_play_goes_on_record(void **state)
{
    (void)state;
    struct err e = {0};
    struct session *s = start(NULL, NULL);
    run_to(s, 2);
    must(s, "district state \"the water company was told\"");
    assert_int_not_equal(say(s, "district state", &e), RC_OK);
    run_to(s, 3);
    const struct record *r = session_record(s);
    bool found = false;
    for (int64_t i = 0; i < r->events; i++)
        found = found || (r->event[i].kind == EV_STATEMENT && r->event[i].i[1] == 1);
    assert_true(found);
    session_close(s);
}

int main(void)
{
    snprintf(folder, sizeof(folder), "%s", "build/session.XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_orders_same_drill),
        cmocka_unit_test(the_clock_runs_pauses_and_ends),
        cmocka_unit_test(the_clock_holds_where_a_decision_is_due),
        cmocka_unit_test(a_bot_run_equals_its_own_orders),
        cmocka_unit_test(a_refusal_is_said_and_recorded),
        cmocka_unit_test(injects_fire_by_all_five_triggers),
        cmocka_unit_test(handlers_react_and_are_recorded),
        cmocka_unit_test(a_file_replays_resumes_and_verifies),
        cmocka_unit_test(any_moment_equals_the_record),
        cmocka_unit_test(a_snapshot_is_the_whole_state),
        cmocka_unit_test(a_correction_changes_only_what_must),
        cmocka_unit_test(a_correction_can_be_tried_first),
        cmocka_unit_test(what_a_correction_would_forbid_is_named_before),
        cmocka_unit_test(every_verb_is_somebodys),
        cmocka_unit_test(what_the_model_cannot_play_goes_on_record),
        cmocka_unit_test(a_statement_can_be_back_dated),
        cmocka_unit_test(a_branch_parts_and_the_old_line_stays),
        cmocka_unit_test(nothing_acknowledged_is_lost_to_a_kill),
        cmocka_unit_test(a_broken_scenario_is_said_in_one_line),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char clean[128];
    snprintf(clean, sizeof(clean), "rm -rf %s", folder);
    return system(clean) == 0 ? failed : failed + 1;
}

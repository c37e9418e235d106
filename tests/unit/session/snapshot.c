/* Protects going back without replaying from zero: at any moment the state put back from a snapshot
 * goes on exactly as the straight run did, hidden counters of scripts included; what lies between a
 * snapshot and the moment is all that is computed; a damaged snapshot is dropped; what is called
 * off leaves the drill and its file as they were; the record is whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rng.h"
#include "script/script.h"
#include "session/inner.h"
#include "session/session.h"
#include "store/store.h"

enum { STEPS = 60, MIN = 60000 };
#define SMALL "tests/data/small/"

static char folder[64], scenario[128];

/* ---- a scenario whose scripts remember: small, with counters nobody sees but by what they do ----
 */

static const char HEAD[] = "local looks, told = 0, {}\n"
                           "local function look() looks = looks + 1 return looks end\n"
                           "local function share() local n = 0 return function() n = n + 1 return "
                           "n end, function() return n end end\n"
                           "local up, get = share()\n"
                           "chain = { name = 'first' }\nchain.next = chain\n";
static const char WHEN[] =
    "when = function(s) return look() % 3 == 2 and s.hazard.size_ha > 1 and get() >= 0 end,";
static const char HANDLERS[] =
    "  on = {\n"
    "    team_ordered = function(e, s) up() end,\n"
    "    team_departed = function(e, s) up() chain = { name = 'n' .. get(), next = chain } end,\n"
    "    team_arrived = function(e, s) order('district state \"looks ' .. looks .. ' heard ' .. "
    "get() .. ' ' .. chain.name .. '\"') end,\n";
static const char BOT[] =
    "local quick = include 'bots/quick.lua'\n"
    "local n, last, list = 0, nil, {}\n"
    "local ring = {}\nring.self = ring\n"
    "return function(k)\n"
    "  n = n + 1\n"
    "  list[#list + 1] = { n = n, before = list[#list], view = k.team.pro_1 }\n"
    "  if #list > 4 then table.remove(list, 1) end\n"
    "  ring['k' .. n % 7] = ring\n"
    "  local keys = '' for key in pairs(ring) do keys = keys .. key:sub(1, 2) end\n"
    "  if n % 5 == 0 then order('district state \"' .. n .. ' ' .. list[1].n .. ' ' .. keys .. ' ' "
    ".. list[2].view.stage .. '\"') end\n"
    "  quick(k)\n"
    "end\n";

static char *read_all(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    char *at = calloc(1, 1 << 20);
    assert_non_null(f);
    assert_non_null(at);
    *size = fread(at, 1, (1 << 20) - 1, f);
    fclose(f);
    return at;
}

static void write_all(const char *name, const char *at, size_t size)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", scenario, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(at, 1, size, f), size);
    fclose(f);
}

static void copy(const char *name)
{
    char path[256];
    size_t size;
    snprintf(path, sizeof(path), SMALL "%s", name);
    char *at = read_all(path, &size);
    write_all(name, at, size);
    free(at);
}

/* at with the first `was` replaced. */
static char *replaced(char *at, const char *was, const char *now)
{
    char *found = strstr(at, was);
    assert_non_null(found);
    size_t size = strlen(at) + strlen(now) + 1;
    char *out = calloc(1, size);
    assert_non_null(out);
    snprintf(out, size, "%.*s%s%s", (int)(found - at), at, now, found + strlen(was));
    free(at);
    return out;
}

static void make_scenario(void)
{
    char path[256];
    size_t size;
    snprintf(scenario, sizeof(scenario), "%s/remember", folder);
    snprintf(path, sizeof(path), "%s/bots", scenario);
    assert_int_equal(mkdir(scenario, 0777), 0);
    assert_int_equal(mkdir(path, 0777), 0);
    copy("dem.asc");
    copy("fuel.asc");
    copy("bots/quick.lua");
    copy("bots/still.lua");
    write_all("bots/counting.lua", BOT, strlen(BOT));
    char *text = read_all(SMALL "scenario.lua", &size);
    text = replaced(text, "when = function(s) return s.hazard.size_ha > 1 end,", WHEN);
    text = replaced(text, "  on = {\n", HANDLERS);
    text = replaced(text, "bots = { \"quick\"", "bots = { \"counting\", \"quick\"");
    char *all = calloc(1, strlen(HEAD) + strlen(text) + 1);
    assert_non_null(all);
    strcpy(all, HEAD);
    strcat(all, text);
    write_all("scenario.lua", all, strlen(all));
    free(all);
    free(text);
}

/* ---- helpers ---- */

static const char *file_name(const char *name)
{
    static char path[128];
    snprintf(path, sizeof(path), "%s/%s.drill", folder, name);
    unlink(path);
    return path;
}

static void good(enum rc rc, const struct err *e)
{
    if (rc != RC_OK)
        fail_msg("%s", err_text(e, LANG_EN));
}

static struct session *start(const char *file)
{
    struct session_options opt = {.seed = 7, .file = file, .bot = "counting"};
    struct session *s = NULL;
    struct err e = {0};
    good(session_new(scenario, &opt, &s, &e), &e);
    session_snapshots(s, 0, 0);
    return s;
}

static void run_to(struct session *s, int minutes)
{
    struct err e = {0};
    good(session_run_until(s, minutes * (int64_t)MIN, &e), &e);
}

static void must(struct session *s, const char *text)
{
    struct err e = {0};
    good(session_submit_text(s, text_of(text), NULL, &e), &e);
}

struct counter {
    int calls, stop_at; /* 0: never */
    double share;
};

static bool count(void *ctx, double share)
{
    struct counter *c = ctx;
    assert_true(share >= c->share && share <= 1.0);
    c->share = share;
    return ++c->calls != c->stop_at;
}

static void same_event(const struct event *a, const struct event *b)
{
    assert_int_equal(a->seq, b->seq);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->t_ms, b->t_ms);
    assert_memory_equal(a->i, b->i, sizeof(a->i));
    assert_memory_equal(a->f, b->f, sizeof(a->f));
    assert_int_equal(a->cause.kind, b->cause.kind);
    assert_int_equal(a->cause.ref, b->cause.ref);
}

static void same_order(const struct session *s, const struct order *a, const struct order *b)
{
    char one[2000], two[2000];
    struct buf x = BUF_ON(one), y = BUF_ON(two);
    order_format(a, session_atlas(s), false, &x);
    order_format(b, session_atlas(s), false, &y);
    assert_string_equal(one, two);
    assert_int_equal(a->seq, b->seq);
    assert_int_equal(a->at_ms, b->at_ms);
    assert_int_equal(a->origin, b->origin);
}

/* Every order, event, hash and measure of a is b's; how many steps there are, too. */
static void same_record(const struct session *a, const struct session *b)
{
    const struct record *x = session_record(a), *y = session_record(b);
    assert_int_equal(x->steps, y->steps);
    for (int64_t k = 0; k < x->steps; k++) {
        assert_int_equal(x->step[k].t_ms, y->step[k].t_ms);
        assert_true(x->step[k].hash == y->step[k].hash);
        assert_int_equal(x->step[k].first_event, y->step[k].first_event);
        for (int i = 0; i < session_measures(a); i++)
            assert_true(session_measure_at(a, k, i) == session_measure_at(b, k, i));
    }
    assert_int_equal(x->orders, y->orders);
    for (int64_t i = 0; i < x->orders; i++)
        same_order(a, &x->order[i], &y->order[i]);
    assert_int_equal(x->events, y->events);
    for (int64_t i = 0; i < x->events; i++)
        same_event(&x->event[i], &y->event[i]);
    assert_int_equal(x->refusals, y->refusals);
}

static void same_scripts(struct session *a, struct session *b)
{
    struct script_memory x = {0}, y = {0};
    struct err e = {0};
    good(script_save(bridge_script(a->bridge), &x, &e), &e);
    good(script_save(bridge_script(b->bridge), &y, &e), &e);
    assert_int_equal(x.size, y.size);
    assert_memory_equal(x.at, y.at, x.size);
    script_memory_free(&x);
    script_memory_free(&y);
}

/* ---- tests ---- */

/* The scripts' orders carry their counters, so a record that is the same means that they remembered
 * the same. */
static void any_moment_goes_on_as_the_straight_run_did(void **state)
{
    (void)state;
    struct err e = {0};
    struct session *straight = start(NULL);
    run_to(straight, STEPS);
    assert_true(session_record(straight)->orders > 12);
    bool heard = false;
    for (int64_t i = 0; i < session_record(straight)->orders; i++)
        heard = heard || session_record(straight)->order[i].origin == ORIGIN_SCRIPT;
    assert_true(heard);
    struct rng luck = {.key = 11};
    for (int round = 0; round < 14; round++) {
        int to = 1 + (int)(rng_u64(&luck) % (STEPS - 1)),
            at = (int)(rng_u64(&luck) % (uint64_t)(to + 1));
        struct counter c = {0};
        struct session *s = start(NULL);
        run_to(s, to);
        session_watch(s, count, &c);
        good(session_branch(s, at * (int64_t)MIN, "", &e), &e);
        assert_int_equal(c.calls, 0); /* nothing was computed: a snapshot lies at every step */
        session_watch(s, NULL, NULL);
        assert_int_equal(session_now(s), at * (int64_t)MIN);
        run_to(s, STEPS);
        same_record(straight, s);
        same_scripts(straight, s);
        session_close(s);
    }
    session_close(straight);
}

static void a_file_is_taken_up_where_it_stands(void **state)
{
    (void)state;
    struct err e = {0};
    struct difference_found d;
    struct session *straight = start(NULL), *s;
    run_to(straight, STEPS);
    for (int stop = 1; stop < STEPS; stop += 19) {
        const char *file = file_name("resume");
        struct counter c = {0};
        s = start(file);
        run_to(s, stop);
        session_close(s);
        good(session_load_watched(file, true, count, &c, &s, &e), &e);
        assert_int_equal(c.calls, 0);
        session_snapshots(s, 0, 0);
        run_to(s, STEPS);
        same_record(straight, s);
        same_scripts(straight, s);
        session_close(s);
        assert_int_equal(session_verify(file, 0, true, &d, &e), RC_OK);
    }
    session_close(straight);
}

/* What is computed is what lies between the snapshot and the moment, however long the drill was
 * before. */
static void only_what_lies_between_is_computed(void **state)
{
    (void)state;
    struct err e = {0};
    struct counter c = {0};
    const char *file = file_name("between");
    struct session *s = start(file), *at;
    session_snapshots(s, 1000000, 0); /* none by itself */
    run_to(s, 20);
    session_snapshots(s, 0, 0);
    run_to(s, 21);
    session_snapshots(s, 1000000, 0);
    run_to(s, 50);
    assert_int_equal(s->snaps.count, 1);
    session_watch(s, count, &c);
    good(session_branch(s, 30 * (int64_t)MIN, "", &e), &e);
    assert_int_equal(c.calls, 9);
    c = (struct counter){0};
    run_to(s, 40);
    c = (struct counter){0};
    good(session_branch(s, 25 * (int64_t)MIN, "", &e),
         &e); /* the old line's snapshot serves the new one */
    assert_int_equal(c.calls, 4);
    c = (struct counter){0};
    good(session_branch(s, 20 * (int64_t)MIN, "", &e), &e);
    assert_int_equal(c.calls, 20); /* before the only one: from the start */
    session_close(s);
    good(session_at(file, 1, 30 * (int64_t)MIN, &at, &e), &e);
    assert_int_equal(session_now(at), 30 * MIN);
    session_close(at);
}

static void a_change_is_computed_from_where_it_begins(void **state)
{
    (void)state;
    struct err e = {0};
    struct counter c = {0};
    struct change tried, done;
    double other[64];
    struct session *s = start(NULL);
    run_to(s, 30);
    must(s, "forestry withdraw pro_1 to town");
    int64_t wrong = session_record(s)->orders;
    run_to(s, 45);
    uint64_t hash = s->play->hash;
    session_watch(s, count, &c);
    good(session_preview(s, wrong, NULL, 0, &tried, other, &e), &e);
    assert_int_equal(c.calls, 15);
    assert_true(c.share == 1.0);
    assert_true(s->play->hash == hash && session_record(s)->orders >= wrong);
    c = (struct counter){0};
    good(session_correct(s, wrong, NULL, true, &done, &e), &e);
    assert_int_equal(c.calls, 15);
    assert_int_equal(tried.first_event, done.first_event);
    assert_true(s->play->hash != hash);
    for (int i = 0; i < session_measures(s); i++)
        assert_true(session_measure(s, i) == other[i]);
    c = (struct counter){0};
    struct order said;
    good(order_parse(TEXT("forestry withdraw pro_1 to town"), session_atlas(s), 0, &said, &e), &e);
    good(session_backdate(s, &said, 30 * (int64_t)MIN, true, &done, &e), &e);
    assert_int_equal(c.calls, 15);
    session_watch(s, NULL, NULL);
    assert_true(s->play->hash == hash); /* said again where it was: the same drill */
    session_close(s);
}

/* A bot's order is taken back where it was given; what the bot remembers stays, and the drill can
 * be resumed. */
static void an_order_of_the_bot_can_be_corrected(void **state)
{
    (void)state;
    struct err e = {0};
    struct change done;
    const char *file = file_name("bot");
    struct session *s = start(file);
    run_to(s, 30);
    int64_t sent = 0;
    const struct record *r = session_record(s);
    for (int64_t i = 0; i < r->orders; i++) {
        if (r->order[i].origin == ORIGIN_BOT && r->order[i].verb == VERB_DISPATCH && sent == 0)
            sent = r->order[i].seq;
    }
    assert_true(sent > 1);
    int64_t given = r->order[sent - 1].at_ms;
    good(session_correct(s, sent, NULL, true, &done, &e), &e);
    assert_int_equal(done.dropped, 1);
    r = session_record(s);
    int64_t others = 0;
    for (int64_t i = 0; i < r->orders; i++) {
        assert_int_equal(r->order[i].seq, i + 1);
        others += r->order[i].at_ms == given;
    }
    assert_true(others > 1); /* what it ordered at the same moment stands */
    run_to(s, 40);
    uint64_t hash = s->play->hash;
    session_close(s);
    for (int snapshots = 1; snapshots >= 0; snapshots--) { /* with them, and from the start */
        good(session_load(file, true, &s, &e), &e);
        assert_true(s->play->hash == hash);
        good(store_drop_derived(session_store(s), &e), &e);
        session_close(s);
    }
}

/* ---- damage ---- */

struct stored {
    int count;
    int64_t t_ms[128];
    int32_t line;
};

static enum rc note_stored(void *ctx, int32_t line, int64_t t_ms, size_t size)
{
    struct stored *n = ctx;
    (void)size;
    n->line = line;
    if (n->count < 128)
        n->t_ms[n->count++] = t_ms;
    return RC_OK;
}

/* Spoils every snapshot of the file: cut, one byte more, one byte other. */
static void spoil(const char *file, int how)
{
    struct store *st;
    struct err e = {0};
    struct stored all = {0};
    good(store_open(file, true, &st, &e), &e);
    good(store_each_snapshot(st, note_stored, &all, &e), &e);
    assert_true(all.count > 3);
    for (int i = 0; i < all.count; i++) {
        struct arena a;
        struct text was;
        int64_t found;
        arena_init(&a, 0);
        good(store_get_snapshot(st, all.line, all.t_ms[i], &found, &a, &was, &e), &e);
        char *bad = calloc(1, (size_t)was.len + 1);
        assert_non_null(bad);
        memcpy(bad, was.at, (size_t)was.len);
        if (how == 2)
            bad[(i * 7919 + 40) % was.len] ^= 1;
        size_t size = (size_t)(how == 0 ? was.len / 2 : how == 1 ? was.len + 1 : was.len);
        good(store_put_snapshot(st, all.line, all.t_ms[i], bad, size, &e), &e);
        free(bad);
        arena_free(&a);
    }
    store_close(st);
}

static void a_damaged_snapshot_is_dropped(void **state)
{
    (void)state;
    struct err e = {0};
    struct session *straight = start(NULL), *s;
    run_to(straight, STEPS);
    for (int how = 0; how < 3; how++) {
        const char *file = file_name("damaged");
        struct counter c = {0};
        struct stored left = {0};
        s = start(file);
        session_snapshots(s, 1000000, 0);
        for (int i = 0; i < 5; i++) {
            run_to(s, 8 * i + 7);
            session_snapshots(s, 0, 0);
            run_to(s, 8 * i + 8);
            session_snapshots(s, 1000000, 0);
        }
        session_close(s);
        spoil(file, how);
        good(session_load_watched(file, true, count, &c, &s, &e), &e);
        assert_int_equal(c.calls, 40); /* built from the start */
        good(store_each_snapshot(session_store(s), note_stored, &left, &e), &e);
        assert_int_equal(left.count, 0);
        run_to(s, STEPS);
        same_record(straight, s);
        same_scripts(straight, s);
        session_close(s);
    }
    session_close(straight);
}

/* A snapshot of another course, sound in itself, is not believed: its hash is not the record's. */
static void a_foreign_snapshot_is_dropped(void **state)
{
    (void)state;
    struct err e = {0};
    struct session *a = start(file_name("foreign_a")), *b, *s;
    char file_a[128];
    snprintf(file_a, sizeof(file_a), "%s/foreign_a.drill", folder);
    run_to(a, 4);
    must(a, "district state \"another course\"");
    session_snapshots(a, 1000000, 0);
    run_to(a, 12);
    const char *file_b = file_name("foreign_b");
    b = start(file_b);
    session_snapshots(b, 1000000, 0);
    run_to(b, 11);
    session_snapshots(b, 0, 0);
    run_to(b, 12);
    struct arena mem;
    struct text bytes;
    int64_t found;
    arena_init(&mem, 0);
    good(store_get_snapshot(session_store(b), 1, 12 * MIN, &found, &mem, &bytes, &e), &e);
    assert_int_equal(found, 12 * MIN);
    good(store_put_snapshot(session_store(a), 1, 12 * MIN, bytes.at, (size_t)bytes.len, &e), &e);
    arena_free(&mem);
    uint64_t hash = a->play->hash;
    assert_true(hash != b->play->hash);
    session_close(a);
    session_close(b);
    good(session_load(file_a, true, &s, &e), &e);
    assert_true(s->play->hash == hash);
    session_close(s);
}

/* ---- called off ---- */

static void what_is_called_off_leaves_no_trace(void **state)
{
    (void)state;
    struct err e = {0};
    struct change done;
    for (int what = 0; what < 3; what++) {
        const char *file = file_name("off");
        struct session *s = start(file), *straight = start(NULL);
        struct store_line line[8];
        struct stored before = {0}, after = {0};
        struct order said;
        char head[65], now[65];
        if (what == 2)
            session_snapshots(s, 1000000, 0); /* none: the way to the fork can be called off, too */
        run_to(s, 30);
        run_to(straight, STEPS);
        good(store_each_snapshot(s->store, note_stored, &before, &e), &e);
        store_head(s->store, head);
        good(order_parse(TEXT("forestry withdraw pro_1 to town"), session_atlas(s), 0, &said, &e),
             &e);
        for (int stop = 1; stop < 20; stop += 6) {
            struct counter c = {.stop_at = stop};
            session_watch(s, count, &c);
            enum rc rc = what == 0 ? session_backdate(s, &said, 10 * (int64_t)MIN, true, &done, &e)
                         : what == 1
                             ? session_correct(s, 1, NULL, true, &done, &e)
                             : session_backdate(s, &said, 9 * (int64_t)MIN, true, &done, &e);
            assert_int_equal(rc, RC_NO);
            assert_int_equal(c.calls, stop);
            assert_int_equal(session_line(s), 1);
            assert_int_equal(store_lines(s->store, line, 8), 1);
            store_head(s->store, now);
            assert_string_equal(head, now);
        }
        session_watch(s, NULL, NULL);
        good(store_each_snapshot(s->store, note_stored, &after, &e), &e);
        assert_int_equal(before.count, after.count);
        run_to(s, STEPS); /* and it goes on as if nothing had been asked */
        same_record(straight, s);
        same_scripts(straight, s);
        session_close(s);
        struct difference_found d;
        assert_int_equal(session_verify(file, 1, true, &d, &e), RC_OK);
        session_close(straight);
    }
}

/* ---- the record before a snapshot ---- */

static void the_record_is_whole_however_a_session_was_entered(void **state)
{
    (void)state;
    struct err e = {0};
    const char *file = file_name("forest");
    struct session_options opt = {.seed = 1, .file = file, .bot = "textbook"};
    struct session *s, *at;
    good(session_new("scenarios/forest_fire", &opt, &s, &e), &e);
    session_snapshots(s, 5, 0);
    good(session_run_until(s, INT64_MAX, &e), &e);
    assert_true(s->snaps.count > 3);
    assert_true(session_record(s)->events > 300);
    int64_t moment = 210 * (int64_t)MIN, sent = session_event(s, 100)->t_ms;
    struct event hundredth = *session_event(s, 100);
    double value = session_measure_at(s, 100, 0);
    session_close(s);
    assert_true(sent < moment);
    good(session_at(file, 0, moment, &at, &e), &e);
    assert_non_null(session_event(at, 100));
    same_event(session_event(at, 100), &hundredth);
    assert_true(session_measure_at(at, 100, 0) == value);
    assert_int_equal(session_record(at)->steps, 210);
    assert_null(session_event(at, session_record(at)->events + 1));
    assert_int_equal(session_event(at, session_record(at)->events)->seq,
                     session_record(at)->events);
    session_close(at);
}

static void many_snapshots_are_thinned(void **state)
{
    (void)state;
    struct err e = {0};
    struct session *straight = start(NULL);
    run_to(straight, STEPS);
    for (int kept = 0; kept < 2; kept++) {
        struct session *s = start(kept ? file_name("thin") : NULL);
        run_to(s, 2);
        size_t one = s->snaps.at[0].size;
        session_snapshots(s, 0, 12 * one);
        run_to(s, STEPS);
        assert_true(s->snaps.count >= 4 && s->snaps.count < 14);
        assert_true(s->snaps.size <= 12 * one);
        assert_true(s->snaps.at[0].t_ms < 20 * MIN); /* old ones are not all gone */
        struct stored in_file = {0};
        if (kept)
            good(store_each_snapshot(s->store, note_stored, &in_file, &e), &e);
        assert_int_equal(in_file.count, kept ? s->snaps.count : 0);
        good(session_branch(s, 33 * (int64_t)MIN, "", &e), &e);
        run_to(s, STEPS);
        same_record(straight, s);
        session_close(s);
    }
    session_close(straight);
}

static void nobody_acting_is_computed_once(void **state)
{
    (void)state;
    struct err e = {0};
    struct session *s = start(NULL);
    double first[64], again[64];
    struct counter c = {0};
    run_to(s, 20);
    assert_true(session_measures(s) < 64);
    session_watch(s, count, &c);
    good(session_baseline(s, first, &e), &e);
    assert_int_equal(c.calls, 20);
    good(session_baseline(s, again, &e), &e);
    assert_int_equal(c.calls, 20);
    assert_memory_equal(first, again, sizeof(double) * (size_t)session_measures(s));
    session_watch(s, NULL, NULL);
    run_to(s, 21);
    struct session *twin;
    good(session_twin(s, &twin, &e), &e);
    run_to(twin, 21);
    session_keep_baseline(s, twin);
    c = (struct counter){0};
    session_watch(s, count, &c);
    good(session_baseline(s, again, &e), &e);
    assert_int_equal(c.calls, 0);
    assert_true(again[0] == session_measure(twin, 0));
    session_close(twin);
    session_close(s);
}

/* ---- what cannot be kept ---- */

static void check_names_what_cannot_be_kept(void **state)
{
    (void)state;
    static const char bad[] = "local later = {}\nreturn function(k) if k.time > 30 then "
                              "later[#later + 1] = function() end end end\n";
    struct session_options opt = {.seed = 7};
    struct session *s;
    struct err e = {0};
    good(session_new(scenario, &opt, &s, &e), &e);
    good(session_check_bots(s, &e), &e);
    session_close(s);
    write_all("bots/still.lua", bad, strlen(bad));
    good(session_new(scenario, &opt, &s, &e), &e);
    assert_int_equal(session_check_bots(s, &e), RC_INPUT);
    assert_non_null(strstr(err_text(&e, LANG_EN),
                           "later[1] is a function made while the drill runs (bots/still.lua:2)"));
    session_close(s);
    /* Played all the same, it is only slow to go back. */
    opt.bot = "still";
    good(session_new(scenario, &opt, &s, &e), &e);
    session_snapshots(s, 0, 0);
    run_to(s, 40);
    assert_int_equal(s->snaps.count, 30);
    uint64_t hash = s->play->hash;
    good(session_branch(s, 35 * (int64_t)MIN, "", &e), &e);
    run_to(s, 40);
    assert_true(s->play->hash == hash);
    session_close(s);
    copy("bots/still.lua");
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "build/snapshot.XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    make_scenario();
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_moment_goes_on_as_the_straight_run_did),
        cmocka_unit_test(a_file_is_taken_up_where_it_stands),
        cmocka_unit_test(only_what_lies_between_is_computed),
        cmocka_unit_test(a_change_is_computed_from_where_it_begins),
        cmocka_unit_test(an_order_of_the_bot_can_be_corrected),
        cmocka_unit_test(a_damaged_snapshot_is_dropped),
        cmocka_unit_test(a_foreign_snapshot_is_dropped),
        cmocka_unit_test(what_is_called_off_leaves_no_trace),
        cmocka_unit_test(the_record_is_whole_however_a_session_was_entered),
        cmocka_unit_test(many_snapshots_are_thinned),
        cmocka_unit_test(nobody_acting_is_computed_once),
        cmocka_unit_test(check_names_what_cannot_be_kept),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}

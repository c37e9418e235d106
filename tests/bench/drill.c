/* How fast a whole drill is: the 6 h forest fire with the textbook bot, durable and in memory, its replay, one scoring; and
 * one step's append beside raw SQLite inserts at the same durability. Medians of RUNS runs. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "session/session.h"

enum { RUNS = 7, INSERTS = 200 };
#define SCENARIO "scenarios/forest_fire"
#define FILE_NAME "build/bench.drill"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *v)
{
    qsort(v, RUNS, sizeof(*v), by_value);
    return v[RUNS / 2];
}

static void die(const struct err *e)
{
    fprintf(stderr, "%s\n", err_text(e, LANG_EN));
    exit(1);
}

static void clean(void)
{
    unlink(FILE_NAME);
    unlink(FILE_NAME "-wal");
    unlink(FILE_NAME "-shm");
}

static double play(const char *file, int64_t *steps, int64_t *events)
{
    struct err e = {0};
    struct session *s;
    clean();
    double t = now();
    struct session_options opt = {.seed = 1, .file = file, .bot = "textbook"};
    if (session_new(SCENARIO, &opt, &s, &e) != RC_OK || session_run_until(s, INT64_MAX, &e) != RC_OK)
        die(&e);
    *steps = session_record(s)->steps;
    *events = session_record(s)->events;
    session_close(s);
    return now() - t;
}

static double replay(void)
{
    struct err e = {0};
    struct session *s;
    double t = now();
    if (session_load(FILE_NAME, false, &s, &e) != RC_OK)
        die(&e);
    session_close(s);
    return now() - t;
}

/* As many rows as a step writes, in one transaction each, WAL and synchronous=FULL. */
static double raw_inserts(void)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    clean();
    if (sqlite3_open(FILE_NAME, &db) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB);", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "INSERT INTO t(b) VALUES (zeroblob(160))", -1, &st, NULL) != SQLITE_OK)
        exit(1);
    double t = now();
    for (int i = 0; i < INSERTS; i++) {
        sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
        for (int k = 0; k < 4; k++) {
            sqlite3_step(st);
            sqlite3_reset(st);
        }
        sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    }
    t = now() - t;
    sqlite3_finalize(st);
    sqlite3_close(db);
    return t / INSERTS;
}

int main(void)
{
    double durable[RUNS], memory[RUNS], again[RUNS], raw[RUNS];
    int64_t steps = 0, events = 0;
    for (int i = 0; i < RUNS; i++) {
        memory[i] = play(NULL, &steps, &events);
        raw[i] = raw_inserts();
        durable[i] = play(FILE_NAME, &steps, &events);
        again[i] = replay();
    }
    clean();
    double d = median(durable), m = median(memory), a = median(again), r = median(raw);
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    printf("drill_durable      %8.3f s    limit 0.5 s   %.0f steps/s, %.0f events/s\n", d, (double)steps / d, (double)events / d);
    printf("drill_in_memory    %8.3f s    limit 0.3 s   %.0f steps/s, %.0f events/s\n", m, (double)steps / m, (double)events / m);
    printf("drill_replay       %8.3f s    limit 0.3 s   %.0f steps/s\n", a, (double)steps / a);
    printf("drill_memory       %8.1f MB   limit 100 MB\n", (double)use.ru_maxrss / 1024.0);
    printf("step_append        %8.3f ms   peer: raw SQLite, 4 rows a transaction, %.3f ms\n", (d - m) / (double)steps * 1e3, r * 1e3);
    return 0;
}

/* How long it takes to stand at any moment of a drill that needs a minute to compute, to take it up
 * again from its file, and to compute a changed course from a fork to now. The drill is slow on
 * purpose: its bot looks at one thing many times, and remembers what it saw. FORK_S=n for a drill
 * of n seconds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/session.h"

enum { STEPS = 3600, MOMENTS = 8, TICK_MS = 10000, TRIAL = 40, MOST = 140000 };
#define FOLDER "build/bench_fork"
#define FILE_NAME "build/bench_fork.drill"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void check(enum rc rc, const struct err *e)
{
    if (rc == RC_OK)
        return;
    fprintf(stderr, "%s\n", err_text(e, LANG_EN));
    exit(1);
}

static void clean(void)
{
    unlink(FILE_NAME);
    unlink(FILE_NAME "-wal");
    unlink(FILE_NAME "-shm");
}

static void write_bot(int rounds)
{
    FILE *f = fopen(FOLDER "/bots/slow.lua", "w");
    if (!f)
        exit(1);
    fprintf(f,
            "local sum, calls, last = 0, 0, {}\n"
            "return function(k)\n"
            "  for i = 1, %d do sum = sum + i %% 7 + #k.place.village.state end\n"
            "  calls = calls + 1\n"
            "  last[#last + 1] = { at = k.time, sum = sum }\n"
            "  if #last > 20 then table.remove(last, 1) end\n"
            "  if calls %% 90 == 0 then order('district state \"' .. calls .. ' ' .. sum .. ' ' .. "
            "#last .. '\"') end\n"
            "end\n",
            rounds);
    fclose(f);
}

/* The small scenario with 3,600 steps and that bot. */
static void make_scenario(void)
{
    static const char make[] =
        "rm -rf " FOLDER " && cp -r tests/data/small " FOLDER " && sed -i"
        " -e 's/length = \"60min\", tick = \"60s\"/length = \"10h\", tick = \"10s\"/'"
        " -e 's/bots = { /bots = { \"slow\", /' " FOLDER "/scenario.lua";
    if (system(make) != 0)
        exit(1);
}

static struct session *start(const char *file)
{
    struct session *s;
    struct err e = {0};
    struct session_options opt = {.seed = 1, .file = file, .bot = "slow"};
    check(session_new(FOLDER, &opt, &s, &e), &e);
    return s;
}

/* Rounds a step that make the drill take so many seconds here. */
static int calibrate(double seconds)
{
    const int rounds = 20000;
    struct err e = {0};
    write_bot(rounds);
    struct session *s = start(NULL);
    double t = now();
    check(session_run_until(s, TRIAL * TICK_MS, &e), &e);
    t = (now() - t) / TRIAL;
    session_close(s);
    double wish = seconds / STEPS / t * rounds;
    return wish > MOST ? MOST : (int)wish;
}

int main(void)
{
    const char *wish = getenv("FORK_S");
    static double at[STEPS + 1];
    struct err e = {0};
    struct session *s;
    clean();
    make_scenario();
    write_bot(calibrate(wish ? atof(wish) : 60.0));
    s = start(FILE_NAME);
    double begun = now();
    for (int k = 1; k <= STEPS - 1; k++) {
        check(session_run_until(s, (int64_t)k * TICK_MS, &e), &e);
        at[k] = now() - begun;
    }
    session_close(s);
    struct stat st;
    stat(FILE_NAME, &st);
    double load = 0.0, stand = 0.0;
    for (int i = 0; i < MOMENTS; i++) {
        int k = 97 + i * (STEPS - 200) / (MOMENTS - 1);
        double t = now();
        check(session_load(FILE_NAME, true, &s, &e), &e);
        load = now() - t > load ? now() - t : load;
        t = now();
        check(session_branch(s, (int64_t)k * TICK_MS, "", &e), &e);
        stand = now() - t > stand ? now() - t : stand;
        session_close(s);
    }
    struct order said;
    struct change change;
    const int fork = STEPS - 1 - STEPS / 8;
    check(session_load(FILE_NAME, true, &s, &e), &e);
    check(order_parse(TEXT("district state \"said before\""), session_atlas(s), 0, &said, &e), &e);
    double t = now();
    check(session_backdate(s, &said, (int64_t)fork * TICK_MS, true, &change, &e), &e);
    t = now() - t;
    session_close(s);
    clean();
    double compute = at[STEPS - 1] - at[fork];
    printf("fork_drill         %8.3f s    %d steps, file %.1f MB\n", at[STEPS - 1], STEPS - 1,
           (double)st.st_size / 1e6);
    printf("fork_load          %8.3f s    limit 1 s     worst of %d\n", load, MOMENTS);
    printf("fork_stand         %8.3f s    limit 1 s     worst of %d moments\n", stand, MOMENTS);
    printf("fork_to_now        %8.3f s    limit %.3f s = %.3f s of computing + 1 s\n", t,
           compute + 1.0, compute);
    return 0;
}

/* Protects against strangers' text: order lines and scenario files broken in every way a byte can be. Takes files of a corpus and
 * mutates them ROUNDS times each (default 200, so that it runs as a plain test; make fuzz gives more), under a fixed random
 * stream. Nothing may crash, hang or allocate without bound; whatever is refused is refused with a line in both languages.
 *
 *   text orders FILE..     each line is an order for the small scenario
 *   text scenario FOLDER   scenario.lua mutated, everything else as it is
 *   text entries FILE..    each line an entry of the assessment, recorded on the small scenario
 *   text set FILE..        an indicator set */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rng.h"
#include "cli/entry_line.h"
#include "session/desk.h"
#include "session/session.h"

enum { TEXT_MAX = 1 << 20 };

static char *slurp(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    char *at = f ? malloc(TEXT_MAX) : NULL;
    if (!at) {
        perror(path);
        exit(2);
    }
    *size = fread(at, 1, TEXT_MAX / 2, f);
    fclose(f);
    return at;
}

static size_t mutate(struct rng *r, char *at, size_t size)
{
    static const char *const tokens[] = {"{", "}", "\"", "--[[", "=", ",", "function", "end", "1e999", "-", "nil", "\xff", "演", "]]",
                                         "99999999999999999999", "to", " ", "\n", "at=", "0x", "\\0"};
    for (int64_t n = rng_range(r, 1, 4); n > 0 && size > 0; n--) {
        size_t i = (size_t)rng_range(r, 0, (int64_t)size - 1);
        const char *t = tokens[rng_range(r, 0, COUNT_OF(tokens) - 1)];
        size_t len = strlen(t), cut = (size_t)rng_range(r, 0, 12);
        switch (rng_range(r, 0, 3)) {
        case 0:
            at[i] = (char)rng_range(r, 0, 255);
            break;
        case 1:
            if (size + len < TEXT_MAX) {
                memmove(at + i + len, at + i, size - i);
                memcpy(at + i, t, len);
                size += len;
            }
            break;
        case 2:
            cut = cut > size - i ? size - i : cut;
            memmove(at + i, at + i + cut, size - i - cut);
            size -= cut;
            break;
        default:
            cut = cut > size - i ? size - i : cut;
            if (size + cut < TEXT_MAX) {
                memmove(at + i + cut, at + i, size - i);
                size += cut;
            }
            break;
        }
    }
    return size;
}

static void said(enum rc rc, const struct err *e)
{
    if (rc == RC_OK)
        return;
    if (!e->text[LANG_ZH][0] || !e->text[LANG_EN][0] || strchr(e->text[LANG_EN], '\n') || rc == RC_INTERNAL) {
        fprintf(stderr, "a refusal without words, or more than a line: %d %s\n", (int)rc, e->text[LANG_EN]);
        abort();
    }
}

static void fuzz_orders(const char *path, int64_t rounds)
{
    struct session *s;
    struct err e = {0};
    struct session_options opt = {.seed = 1};
    if (session_new("tests/data/small", &opt, &s, &e) != RC_OK) {
        fprintf(stderr, "%s\n", err_text(&e, LANG_EN));
        exit(2);
    }
    size_t size;
    char *all = slurp(path, &size), *line = malloc(TEXT_MAX);
    struct rng r = rng_make(1, 99, 1);
    for (int64_t k = 0; line && k < rounds; k++) {
        for (size_t from = 0; from < size;) {
            size_t end = from;
            while (end < size && all[end] != '\n')
                end++;
            memcpy(line, all + from, end - from);
            size_t len = k == 0 ? end - from : mutate(&r, line, end - from);
            struct err why = {0};
            if (session_phase(s) < SESSION_FINISHED)
                said(session_submit_text(s, (struct text){line, (int)len}, NULL, &why), &why);
            from = end + 1;
        }
        if (session_phase(s) < SESSION_FINISHED && k % 10 == 0)
            said(session_step(s, &e), &e);
    }
    session_close(s);
    free(all);
    free(line);
}

static void copy_file(const char *from, const char *to)
{
    size_t size;
    char *at = slurp(from, &size);
    FILE *f = fopen(to, "wb");
    if (!f || fwrite(at, 1, size, f) != size || fclose(f) != 0)
        exit(2);
    free(at);
}

static void fuzz_scenario(const char *folder, int64_t rounds)
{
    char base[] = "build/fuzz.XXXXXX", path[512], from[512];
    if (!mkdtemp(base))
        exit(2);
    static const char *const parts[] = {"dem.asc", "fuel.asc", "bots/quick.lua", "bots/still.lua"};
    snprintf(path, sizeof(path), "%s/bots", base);
    mkdir(path, 0777);
    for (int i = 0; i < COUNT_OF(parts); i++) {
        snprintf(from, sizeof(from), "%s/%s", folder, parts[i]);
        snprintf(path, sizeof(path), "%s/%s", base, parts[i]);
        copy_file(from, path);
    }
    size_t size;
    snprintf(from, sizeof(from), "%s/scenario.lua", folder);
    char *good = slurp(from, &size), *bad = malloc(TEXT_MAX);
    struct rng r = rng_make(2, 99, 2);
    for (int64_t k = 0; bad && k < rounds; k++) {
        memcpy(bad, good, size);
        size_t len = mutate(&r, bad, size);
        snprintf(path, sizeof(path), "%s/scenario.lua", base);
        FILE *f = fopen(path, "wb");
        if (!f || fwrite(bad, 1, len, f) != len || fclose(f) != 0)
            exit(2);
        struct session *s = NULL;
        struct err e = {0};
        struct session_options opt = {.seed = 1};
        enum rc rc = session_new(base, &opt, &s, &e);
        said(rc, &e);
        for (int step = 0; rc == RC_OK && step < 3; step++)
            said(session_step(s, &e), &e);
        session_close(s);
    }
    for (int i = 0; i < COUNT_OF(parts); i++) {
        snprintf(path, sizeof(path), "%s/%s", base, parts[i]);
        unlink(path);
    }
    snprintf(path, sizeof(path), "%s/bots", base);
    rmdir(path);
    snprintf(path, sizeof(path), "%s/scenario.lua", base);
    unlink(path);
    rmdir(base);
    free(good);
    free(bad);
}

/* A drill file with bytes changed, cut or zeroed: read, verified, recovered or refused, never a crash. */
static void fuzz_drill(const char *file, int64_t rounds)
{
    char path[] = "build/fuzz.drill";
    size_t size;
    char *good = slurp(file, &size), *bad = malloc(TEXT_MAX);
    struct rng r = rng_make(3, 99, 3);
    for (int64_t k = 0; bad && k < rounds; k++) {
        memcpy(bad, good, size);
        size_t len = rng_range(&r, 0, 4) == 0 ? (size_t)rng_range(&r, 0, (int64_t)size) : size;
        for (int64_t n = rng_range(&r, 1, 6); n > 0; n--)
            bad[rng_range(&r, 0, (int64_t)size - 1)] = (char)rng_range(&r, 0, 255);
        FILE *f = fopen(path, "wb");
        if (!f || fwrite(bad, 1, len, f) != len || fclose(f) != 0)
            exit(2);
        struct session *s = NULL;
        struct err e = {0};
        struct difference_found d;
        enum rc rc = session_load(path, false, &s, &e);
        said(rc, &e);
        session_close(s);
        if (rc == RC_OK)
            said(session_verify(path, 1, false, &d, &e), &e);
    }
    unlink(path);
    free(good);
    free(bad);
}

static void fuzz_entries(const char *path, int64_t rounds)
{
    struct session *s;
    struct desk d;
    struct err e = {0};
    struct session_options opt = {.seed = 1};
    if (session_new("tests/data/small", &opt, &s, &e) != RC_OK || session_run_until(s, 600000, &e) != RC_OK ||
        desk_open(s, &d, &e) != RC_OK || desk_open_set(&d, PANEL_EXPERT, "tests/data/panel/set.lua", &e) != RC_OK) {
        fprintf(stderr, "%s\n", err_text(&e, LANG_EN));
        exit(2);
    }
    size_t size;
    char *all = slurp(path, &size), *line = malloc(TEXT_MAX);
    struct rng r = rng_make(4, 99, 4);
    for (int64_t k = 0; line && k < rounds; k++) {
        for (size_t from = 0; from < size;) {
            size_t end = from;
            while (end < size && all[end] != '\n')
                end++;
            memcpy(line, all + from, end - from);
            size_t len = k == 0 ? end - from : mutate(&r, line, end - from);
            struct err why = {0};
            struct entry entry;
            struct arena a;
            bool none;
            arena_init(&a, 0);
            enum rc rc = entry_from_line((struct text){line, (int)len}, &a, &entry, &none, &why);
            if (rc == RC_OK && !none)
                rc = desk_record(&d, &entry, 1, NULL, &why);
            said(rc, &why);
            arena_free(&a);
            from = end + 1;
        }
    }
    free(all);
    free(line);
    desk_close(&d);
    session_close(s);
}

static void fuzz_set(const char *path, int64_t rounds)
{
    size_t size;
    char *good = slurp(path, &size), *bad = malloc(TEXT_MAX);
    struct rng r = rng_make(5, 99, 5);
    for (int64_t k = 0; bad && k < rounds; k++) {
        struct arena a;
        struct err e = {0};
        arena_init(&a, 64u << 20);
        memcpy(bad, good, size);
        size_t len = k == 0 ? size : mutate(&r, bad, size);
        struct rubric *set = ARENA_NEW(&a, struct rubric, 1);
        enum rc rc = set_read("set.lua", (struct text){bad, (int)len}, NULL, &a, set, &e);
        if (rc != RC_MEMORY)
            said(rc, &e);
        arena_free(&a);
    }
    free(good);
    free(bad);
}

int main(int argc, char **argv)
{
    const char *n = getenv("ROUNDS");
    int64_t rounds = n ? atoll(n) : 200;
    if (argc < 3)
        return 2;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[1], "orders") == 0)
            fuzz_orders(argv[i], rounds);
        else if (strcmp(argv[1], "scenario") == 0)
            fuzz_scenario(argv[i], rounds);
        else if (strcmp(argv[1], "drill") == 0)
            fuzz_drill(argv[i], rounds);
        else if (strcmp(argv[1], "entries") == 0)
            fuzz_entries(argv[i], rounds);
        else if (strcmp(argv[1], "set") == 0)
            fuzz_set(argv[i], rounds);
        else
            return 2;
    }
    return 0;
}

/* Protects "nothing acknowledged is lost" and "no crash" against what a machine can do: the n-th allocation fails, the
 * n-th call that SQLite makes to the disk fails or the disk is full, and the power goes so that whatever was not synced
 * is gone. A five-step drill is played again and again with the fault one place later, until it is played whole.
 * FAULT_ALL=1 (make soak) tries every place; else the first ones and then every seventh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/session.h"

#define SMALL "tests/data/small"

static char folder[64], drill[128];

/* ---- the n-th allocation ---- */

static long fail_alloc; /* counts down; 0: never */
#if !defined(__SANITIZE_ADDRESS__)
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *at, size_t size);

static bool alloc_fails(void)
{
    return fail_alloc > 0 && --fail_alloc == 0;
}

void *malloc(size_t size)
{
    return alloc_fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return alloc_fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *at, size_t size)
{
    return alloc_fails() ? NULL : __libc_realloc(at, size);
}
#endif

/* ---- a disk that fails, fills up, or forgets what was not synced ---- */

enum { UNDO_MAX = 4096, UNDO_BYTES = 16 << 20, FILES_MAX = 8 };

enum disk_fault { DISK_GOOD, DISK_ERROR, DISK_FULL, DISK_POWER };

static struct {
    enum disk_fault fault;
    long countdown;
    bool dead; /* the power is off: every call fails */
} disk;

struct undo {
    int file;
    sqlite3_int64 at, old_size;
    int size;
    size_t bytes; /* where the old bytes lie in undo_bytes */
};
static struct undo undo[UNDO_MAX];
static int undos;
static unsigned char *undo_bytes;
static size_t undo_used;
static char file_path[FILES_MAX][512];
static int files;

struct shim_file {
    sqlite3_file base;
    int number;
    sqlite3_file *real; /* behind this struct */
};

static struct sqlite3_file *real_of(sqlite3_file *f)
{
    return ((struct shim_file *)f)->real;
}

/* What this call shall answer instead of being made. */
static int struck(bool writes)
{
    if (disk.dead)
        return SQLITE_IOERR;
    if (disk.fault == DISK_GOOD || (disk.fault != DISK_ERROR && !writes) || disk.countdown <= 0 || --disk.countdown > 0)
        return SQLITE_OK;
    if (disk.fault == DISK_POWER)
        disk.dead = true;
    return disk.fault == DISK_FULL ? SQLITE_FULL : SQLITE_IOERR;
}

static void remember(int file, sqlite3_file *real, sqlite3_int64 at, int size)
{
    if (disk.fault != DISK_POWER)
        return;
    sqlite3_int64 end = 0;
    assert_int_equal(real->pMethods->xFileSize(real, &end), SQLITE_OK);
    assert_true(undos < UNDO_MAX && undo_used + (size_t)size <= UNDO_BYTES);
    int keep = at >= end ? 0 : at + size <= end ? size : (int)(end - at);
    if (keep > 0)
        assert_int_equal(real->pMethods->xRead(real, undo_bytes + undo_used, keep, at), SQLITE_OK);
    undo[undos++] = (struct undo){file, at, end, keep, undo_used};
    undo_used += (size_t)keep;
}

static int shim_close(sqlite3_file *f)
{
    return real_of(f)->pMethods->xClose(real_of(f));
}

static int shim_read(sqlite3_file *f, void *to, int size, sqlite3_int64 at)
{
    int rc = struck(false);
    return rc != SQLITE_OK ? rc : real_of(f)->pMethods->xRead(real_of(f), to, size, at);
}

static int shim_write(sqlite3_file *f, const void *from, int size, sqlite3_int64 at)
{
    int rc = struck(true);
    if (rc != SQLITE_OK)
        return rc;
    remember(((struct shim_file *)f)->number, real_of(f), at, size);
    return real_of(f)->pMethods->xWrite(real_of(f), from, size, at);
}

static int shim_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    int rc = struck(true);
    sqlite3_int64 end = 0;
    if (rc != SQLITE_OK)
        return rc;
    assert_int_equal(real_of(f)->pMethods->xFileSize(real_of(f), &end), SQLITE_OK);
    if (end > size)
        remember(((struct shim_file *)f)->number, real_of(f), size, (int)(end - size));
    return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int shim_sync(sqlite3_file *f, int flags)
{
    int rc = struck(true);
    if (rc != SQLITE_OK)
        return rc;
    int kept = 0, number = ((struct shim_file *)f)->number;
    for (int i = 0; i < undos; i++) {
        if (undo[i].file != number)
            undo[kept++] = undo[i];
    }
    undos = kept;
    if (undos == 0)
        undo_used = 0;
    return real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int shim_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int shim_lock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int shim_unlock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int shim_reserved(sqlite3_file *f, int *out)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int shim_control(sqlite3_file *f, int op, void *arg)
{
    return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int shim_sector(sqlite3_file *f)
{
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int shim_device(sqlite3_file *f)
{
    (void)f;
    return 0; /* no promise of atomic or ordered writes */
}

static const sqlite3_io_methods shim_methods = {
    .iVersion = 1, /* no shared memory: the store locks its file for itself */
    .xClose = shim_close, .xRead = shim_read, .xWrite = shim_write, .xTruncate = shim_truncate, .xSync = shim_sync,
    .xFileSize = shim_size, .xLock = shim_lock, .xUnlock = shim_unlock, .xCheckReservedLock = shim_reserved,
    .xFileControl = shim_control, .xSectorSize = shim_sector, .xDeviceCharacteristics = shim_device};

static sqlite3_vfs *real_vfs;

static int shim_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *f, int flags, int *out)
{
    (void)vfs;
    struct shim_file *s = (struct shim_file *)f;
    int rc = struck(false);
    s->base.pMethods = NULL;
    if (rc != SQLITE_OK)
        return SQLITE_CANTOPEN;
    s->real = (sqlite3_file *)(s + 1);
    rc = real_vfs->xOpen(real_vfs, name, s->real, flags, out);
    if (rc != SQLITE_OK)
        return rc;
    s->base.pMethods = &shim_methods;
    for (s->number = 0; s->number < files && (!name || strcmp(file_path[s->number], name) != 0); s->number++)
        ;
    if (s->number == files) {
        assert_true(files < FILES_MAX);
        snprintf(file_path[files++], sizeof(file_path[0]), "%s", name ? name : "");
    }
    return SQLITE_OK;
}

static sqlite3_vfs shim_vfs;

static void plug_in(void)
{
    real_vfs = sqlite3_vfs_find(NULL);
    shim_vfs = *real_vfs;
    shim_vfs.zName = "faulty";
    shim_vfs.szOsFile = (int)sizeof(struct shim_file) + real_vfs->szOsFile;
    shim_vfs.xOpen = shim_open;
    shim_vfs.pNext = NULL;
    assert_int_equal(sqlite3_vfs_register(&shim_vfs, 1), SQLITE_OK);
}

/* The power is off: what was not synced never happened. */
static void forget_unsynced(void)
{
    for (int i = undos - 1; i >= 0; i--) {
        FILE *f = fopen(file_path[undo[i].file], "r+b");
        if (!f)
            continue; /* deleted since */
        if (undo[i].size > 0) {
            assert_int_equal(fseek(f, (long)undo[i].at, SEEK_SET), 0);
            assert_int_equal(fwrite(undo_bytes + undo[i].bytes, 1, (size_t)undo[i].size, f), (size_t)undo[i].size);
        }
        assert_int_equal(fflush(f), 0);
        assert_int_equal(ftruncate(fileno(f), (off_t)undo[i].old_size), 0);
        fclose(f);
    }
    undos = 0;
    undo_used = 0;
}

/* ---- the drill ---- */

static void clear(void)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[160];
    for (int i = 0; i < COUNT_OF(ends); i++) {
        snprintf(path, sizeof(path), "%s%s", drill, ends[i]);
        unlink(path);
    }
    undos = files = 0;
    undo_used = 0;
}

/* Five steps with two orders. Says how far it came: orders and steps that were acknowledged. */
static enum rc five_steps(int64_t *orders, int64_t *steps, struct err *e)
{
    static const char *const lines[] = {"district level 3 elements=matter+level+period+measures",
                                        "forestry dispatch pro_1 to ridge task=line line=break_1"};
    struct session_options opt = {.seed = 7, .file = drill, .bot = "quick"};
    struct session *s = NULL;
    *orders = *steps = 0;
    enum rc rc = session_new(SMALL, &opt, &s, e);
    for (int i = 0; rc == RC_OK && i < 5; i++) {
        int64_t seq = 0;
        if (i < 2) {
            rc = session_submit_text(s, text_of(lines[i]), &seq, e);
            if (rc == RC_OK)
                *orders = seq;
        }
        if (rc == RC_OK)
            rc = session_step(s, e);
        if (rc == RC_OK)
            *steps = i + 1;
    }
    session_close(s);
    return rc;
}

static void all_is_there(int64_t orders, int64_t steps, const char *what, long n)
{
    struct session *s;
    struct err e = {0};
    assert_int_equal(sqlite3_vfs_register(real_vfs, 1), SQLITE_OK); /* another day, a good disk */
    enum rc rc = session_load(drill, false, &s, &e);
    assert_int_equal(sqlite3_vfs_register(&shim_vfs, 1), SQLITE_OK);
    if (rc != RC_OK) {
        if (orders > 0 || steps > 0)
            fail_msg("%s %ld: %d orders and %d steps were acknowledged, but: %s", what, n, (int)orders, (int)steps,
                     err_text(&e, LANG_EN));
        return;
    }
    if (session_record(s)->orders < orders || session_record(s)->steps < steps)
        fail_msg("%s %ld: acknowledged %d orders, %d steps; kept %d, %d", what, n, (int)orders, (int)steps,
                 (int)session_record(s)->orders, (int)session_record(s)->steps);
    session_close(s);
}

static long next_place(long n)
{
    return getenv("FAULT_ALL") || n < 60 ? n + 1 : n + 7;
}

static void the_nth_allocation_fails(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    skip(); /* the sanitizer owns malloc */
#else
    for (long n = 1;; n = next_place(n)) {
        int64_t orders, steps;
        struct err e = {0};
        clear();
        fail_alloc = n;
        enum rc rc = five_steps(&orders, &steps, &e);
        bool over = fail_alloc > 0;
        fail_alloc = 0;
        if (rc != RC_OK)
            assert_true(e.text[LANG_ZH][0] != '\0' && e.text[LANG_EN][0] != '\0');
        all_is_there(orders, steps, "allocation", n);
        if (over) {
            assert_int_equal(rc, RC_OK);
            assert_true(n > 100); /* there were places to fail in */
            return;
        }
    }
#endif
}

static void disk_faults(enum disk_fault fault, const char *what)
{
    for (long n = 1;; n = next_place(n)) {
        int64_t orders, steps;
        struct err e = {0};
        clear();
        disk.fault = fault;
        disk.countdown = n;
        disk.dead = false;
        enum rc rc = five_steps(&orders, &steps, &e);
        bool over = disk.countdown > 0;
        disk.dead = false;
        disk.fault = DISK_GOOD;
        if (fault == DISK_POWER)
            forget_unsynced();
        if (rc != RC_OK)
            assert_true(e.text[LANG_ZH][0] != '\0' && e.text[LANG_EN][0] != '\0');
        all_is_there(orders, steps, what, n);
        if (over) {
            assert_int_equal(rc, RC_OK);
            assert_true(n > 20);
            return;
        }
    }
}

static void the_nth_disk_call_fails(void **state)
{
    (void)state;
    disk_faults(DISK_ERROR, "disk call");
}

static void the_disk_is_full_at_the_nth_write(void **state)
{
    (void)state;
    disk_faults(DISK_FULL, "full disk at write");
}

static void the_power_goes_at_the_nth_write(void **state)
{
    (void)state;
    disk_faults(DISK_POWER, "power cut at write");
}

/* The shim must be able to lose something, or the test above proves nothing. */
static void an_unsynced_write_is_really_lost(void **state)
{
    (void)state;
    sqlite3 *db;
    clear();
    disk.fault = DISK_POWER;
    disk.countdown = 0;
    assert_int_equal(sqlite3_open(drill, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA synchronous = FULL; CREATE TABLE a(x); INSERT INTO a VALUES (1);", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA synchronous = OFF; INSERT INTO a VALUES (2);", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    forget_unsynced();
    disk.fault = DISK_GOOD;
    assert_int_equal(sqlite3_open(drill, &db), SQLITE_OK);
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM a", -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(st, 0), 1);
    sqlite3_finalize(st);
    sqlite3_close(db);
}

int main(void)
{
    snprintf(folder, sizeof(folder), "%s", "build/faults.XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    char here[400];
    if (!getcwd(here, sizeof(here)))
        return 1;
    snprintf(drill, sizeof(drill), "%s/five.drill", folder);
    undo_bytes = malloc(UNDO_BYTES);
    if (!undo_bytes)
        return 1;
    plug_in();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unsynced_write_is_really_lost), cmocka_unit_test(the_nth_allocation_fails),
        cmocka_unit_test(the_nth_disk_call_fails),          cmocka_unit_test(the_disk_is_full_at_the_nth_write),
        cmocka_unit_test(the_power_goes_at_the_nth_write),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    clear();
    rmdir(folder);
    free(undo_bytes);
    return failed;
}

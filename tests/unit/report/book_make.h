/* What the tests of spreadsheets share: a folder of their own, zips made by hand, and asking for errors. */
#ifndef TUIYAN_TEST_BOOK_MAKE_H
#define TUIYAN_TEST_BOOK_MAKE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zip.h>

#include "report/book/book.h"

#define MAIN_SPACE "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define REL_SPACE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_RELS "http://schemas.openxmlformats.org/package/2006/relationships"

/* TEXT for tables that are static. */
#define WORDS(literal) {"" literal "", (int)sizeof(literal) - 1}

struct part {
    const char *name, *text;
};

struct bench {
    char folder[64];
    char path[96]; /* of the file at hand */
    struct arena a;
    struct err e;
    struct book book;
};

static inline int bench_begin(void **state)
{
    struct bench *b = calloc(1, sizeof(*b));
    assert_non_null(b);
    (void)snprintf(b->folder, sizeof(b->folder), "/tmp/tuiyan-book-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    arena_init(&b->a, 0);
    *state = b;
    return 0;
}

static inline int bench_end(void **state)
{
    struct bench *b = *state;
    (void)unlink(b->path);
    assert_int_equal(rmdir(b->folder), 0); /* nothing else was left */
    arena_free(&b->a);
    free(b);
    return 0;
}

static inline void bench_file(struct bench *b, const char *name)
{
    if (b->path[0])
        (void)unlink(b->path);
    (void)snprintf(b->path, sizeof(b->path), "%s/%.24s", b->folder, name);
}

static inline void put_bytes(struct bench *b, const char *name, const void *at, size_t size)
{
    bench_file(b, name);
    FILE *f = fopen(b->path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(at, 1, size, f), size);
    assert_int_equal(fclose(f), 0);
}

static inline unsigned char *get_bytes(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    long n = ftell(f);
    assert_true(n >= 0);
    rewind(f);
    unsigned char *at = malloc((size_t)n + 1);
    assert_non_null(at);
    *size = fread(at, 1, (size_t)n, f);
    assert_int_equal(*size, n);
    (void)fclose(f);
    return at;
}

/* A zip of parts, the last with a NULL name. */
static inline void put_zip(struct bench *b, const char *name, const struct part *parts)
{
    bench_file(b, name);
    int why = 0;
    zip_t *z = zip_open(b->path, ZIP_CREATE | ZIP_TRUNCATE, &why);
    assert_non_null(z);
    for (; parts->name; parts++) {
        zip_source_t *s = zip_source_buffer(z, parts->text, strlen(parts->text), 0);
        assert_non_null(s);
        assert_true(zip_file_add(z, parts->name, s, ZIP_FL_ENC_UTF_8) >= 0);
    }
    assert_int_equal(zip_close(z), 0);
}

static inline enum rc read_it(struct bench *b)
{
    arena_reset(&b->a);
    memset(&b->e, 0, sizeof(b->e));
    return book_read(b->path, &b->a, &b->book, &b->e);
}

static inline void assert_reads(struct bench *b)
{
    if (read_it(b) != RC_OK)
        fail_msg("%s", err_text(&b->e, LANG_EN));
}

/* It fails so, in both languages, names the file, and leaves nothing. */
static inline void assert_fails(struct bench *b, enum rc rc, const char *zh, const char *en)
{
    enum rc got = read_it(b);
    if (got != rc || !strstr(err_text(&b->e, LANG_ZH), zh) || !strstr(err_text(&b->e, LANG_EN), en))
        fail_msg("rc %d, wanted %d: %s / %s", (int)got, (int)rc, err_text(&b->e, LANG_ZH), err_text(&b->e, LANG_EN));
    assert_non_null(strstr(err_text(&b->e, LANG_ZH), b->path));
    assert_non_null(strstr(err_text(&b->e, LANG_EN), b->path));
    assert_int_equal(b->book.sheets, 0);
    assert_null(b->book.sheet);
}

static inline void assert_cell(const struct sheet *s, int row, int column, enum cell_kind kind, const char *text)
{
    const struct cell *c = book_cell(s, row, column);
    if (c->kind != (int32_t)kind || !text_is(c->text, text))
        fail_msg("row %d column %d: kind %d '%.*s', wanted %d '%s'", row, column, c->kind, c->text.len,
                 c->text.at ? c->text.at : "", (int)kind, text);
}

#endif

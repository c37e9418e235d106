/* beside.c -- what stands beside a drill file while somebody writes it, or since he was killed: reading such a file without
 * leaving anything there, and from a folder where nothing can be made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/inner.h"

enum { COPY_BYTES = 1 << 16 };

bool store_beside(const char *path, const char *end, struct buf *out)
{
    buf_clear(out);
    buf_str(out, path);
    buf_str(out, end);
    return !out->full && access(out->at, F_OK) == 0;
}

static bool copy_file(const char *from, const char *to)
{
    FILE *in = fopen(from, "rb"), *out = in ? fopen(to, "wb") : NULL;
    char *bytes = malloc(COPY_BYTES);
    bool good = in && out && bytes;
    for (size_t n; good && (n = fread(bytes, 1, COPY_BYTES, in)) > 0;)
        good = fwrite(bytes, 1, n, out) == n;
    good = good && !ferror(in);
    free(bytes);
    if (in)
        fclose(in);
    if (out && fclose(out) != 0)
        good = false;
    return good;
}

/* Both files, for the log may hold all of the drill and the file nothing. Nobody of this process has them open: SQLite would
 * have said that they are in use, and closing a second handle would take its locks away. */
enum rc store_copy_aside(const char *path, char out[ASIDE_BYTES], struct err *e)
{
    char from[4096], to[ASIDE_BYTES + 8];
    const char *dir = getenv("TMPDIR");
    struct buf b = buf_on(out, ASIDE_BYTES), f = BUF_ON(from);
    buf_str(&b, dir && *dir ? dir : "/tmp");
    buf_str(&b, "/tuiyan.XXXXXX");
    bool made = !b.full && mkdtemp(out) != NULL;
    if (!made) {
        out[0] = 0;
        return ERR(e, RC_IO, MSG_STORE_ASIDE, arg_s(path));
    }
    buf_str(&b, "/drill");
    bool good = !b.full && copy_file(path, out);
    if (good && store_beside(path, "-wal", &f)) {
        snprintf(to, sizeof(to), "%s-wal", out);
        good = copy_file(from, to);
    }
    if (good)
        return RC_OK;
    store_remove_aside(out);
    return ERR(e, RC_IO, MSG_STORE_ASIDE, arg_s(path));
}

void store_remove_aside(char aside[ASIDE_BYTES])
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char name[ASIDE_BYTES + 16];
    if (!aside[0])
        return;
    for (int i = 0; i < COUNT_OF(ends); i++) {
        snprintf(name, sizeof(name), "%s%s", aside, ends[i]);
        (void)unlink(name);
    }
    char *slash = strrchr(aside, '/');
    if (slash) {
        *slash = 0;
        (void)rmdir(aside);
    }
    aside[0] = 0;
}

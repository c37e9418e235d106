/* golden.h -- a screen's draw list as text, compared with tests/ui/golden; GOLDEN=write rewrites it. Included after cmocka. */
#ifndef TUIYAN_TEST_GOLDEN_H
#define TUIYAN_TEST_GOLDEN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void golden(const char *name, const char *text)
{
    char path[200];
    static char want[1 << 20];
    snprintf(path, sizeof(path), "tests/ui/golden/%s.txt", name);
    const char *mode = getenv("GOLDEN");
    if (mode && strcmp(mode, "write") == 0) {
        FILE *f = fopen(path, "wb");
        assert_non_null(f);
        fputs(text, f);
        fclose(f);
    }
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("no %s; GOLDEN=write makes it", path);
    size_t n = fread(want, 1, sizeof(want) - 1, f);
    fclose(f);
    want[n] = '\0';
    if (strcmp(want, text) != 0) {
        size_t i = 0, line = 1;
        for (; want[i] && want[i] == text[i]; i++)
            line += want[i] == '\n';
        fail_msg("%s differs in line %d: got ...%.60s", path, (int)line, text + (i > 20 ? i - 20 : 0));
    }
}

#endif

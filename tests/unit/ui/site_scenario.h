/* site_scenario.h -- the small scenario with site views in it, written to a folder of its own. Included after cmocka. */
#ifndef TUIYAN_TEST_SITE_SCENARIO_H
#define TUIYAN_TEST_SITE_SCENARIO_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SITE_VIEWS                                                                                  \
    "views = { court = { title = { zh = \"寺院\", en = \"Temple court\" }, x0 = 1200, y0 = 1500,\n" \
    "  x1 = 2000, y1 = 2300, layers = { \"fire\" } },\n"                                            \
    "  below = { title = { zh = \"负二百米水平\", en = \"Level -200\" }, x0 = 0, y0 = 0,\n"         \
    "  x1 = 3000, y1 = 3000, level = -200 } },\n"

static void site_copy(const char *folder, const char *name, const char *insert)
{
    static char text[1 << 18];
    char from[200], to[200];
    snprintf(from, sizeof(from), "tests/data/small/%s", name);
    snprintf(to, sizeof(to), "%s/%s", folder, name);
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    size_t n = fread(text, 1, sizeof(text) - 1, in);
    text[n] = '\0';
    char *at = insert ? strstr(text, "api = 1,") : NULL;
    assert_true(!insert || at);
    size_t head = at ? (size_t)(at - text) + strlen("api = 1,") : 0;
    fwrite(text, 1, head, out);
    fputs(insert ? insert : "", out);
    fwrite(text + head, 1, n - head, out);
    fclose(in);
    fclose(out);
}

static void site_scenario(const char *folder, const char *views)
{
    (void)mkdir("build", 0777);
    (void)mkdir(folder, 0777);
    site_copy(folder, "dem.asc", NULL);
    site_copy(folder, "fuel.asc", NULL);
    site_copy(folder, "scenario.lua", views);
}

static void site_remove(const char *folder)
{
    static const char *const names[] = {"dem.asc", "fuel.asc", "scenario.lua"};
    char path[200];
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        remove(path);
    }
    rmdir(folder);
}

#endif

#include "session/sets.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/script.h"
#include "session/assets.h"

/* The one list of what lies in assets/indicators. */
static const struct set_row shipped[] = {
    {"tabletop", PANEL_EXPERT, MSG_MARK_SET_TABLETOP},       {"live", PANEL_EXPERT, MSG_MARK_SET_LIVE},
    {"preparation", PANEL_EXPERT, MSG_MARK_SET_PREPARATION}, {"hseep", PANEL_EXPERT, MSG_MARK_SET_HSEEP},
    {"forest_fire", PANEL_EXPERT, MSG_MARK_SET_FOREST_FIRE}, {"self", PANEL_SELF, MSG_MARK_SET_SELF},
    {"survey", PANEL_SURVEY, MSG_MARK_SET_SURVEY},
};

const struct set_row *set_shipped(int i)
{
    return i >= 0 && i < COUNT_OF(shipped) ? &shipped[i] : NULL;
}

static enum rc read_bytes(const char *path, struct arena *a, struct text *bytes, struct err *e)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return ERR(e, RC_INPUT, MSG_SETS_CANNOT_READ, arg_s(path), arg_s(strerror(errno)));
    char *at = arena_alloc(a, SET_BYTES_MAX + 1, 1);
    size_t n = at ? fread(at, 1, SET_BYTES_MAX + 1, f) : 0;
    bool bad = at && ferror(f);
    int why = errno;
    (void)fclose(f);
    if (!at)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (bad)
        return ERR(e, RC_INPUT, MSG_SETS_CANNOT_READ, arg_s(path), arg_s(strerror(why)));
    if (n > SET_BYTES_MAX)
        return ERR(e, RC_INPUT, MSG_SETS_TOO_LONG, arg_s(path), arg_i(SET_BYTES_MAX / 1024));
    *bytes = (struct text){at, (int)n};
    return RC_OK;
}

static bool is_path(const char *name)
{
    size_t n = strlen(name);
    return strchr(name, '/') || (n > 4 && strcmp(name + n - 4, ".lua") == 0);
}

enum rc set_find(const char *name, struct arena *a, char path[SET_PATH], struct text *bytes, struct err *e)
{
    if (is_path(name)) {
        if (!text_copy(path, SET_PATH, text_of(name)))
            return ERR(e, RC_INPUT, MSG_SETS_CANNOT_READ, arg_s(name), arg_s(strerror(ENAMETOOLONG)));
        return read_bytes(path, a, bytes, e);
    }
    char under[SET_PATH];
    struct buf u = BUF_ON(under);
    buf_str(&u, "indicators/");
    buf_str(&u, name);
    buf_str(&u, ".lua");
    if (!u.full && asset_find(under, path))
        return read_bytes(path, a, bytes, e);
    char all[160];
    struct buf b = BUF_ON(all);
    for (int i = 0; i < COUNT_OF(shipped); i++) {
        buf_str(&b, i ? ", " : "");
        buf_str(&b, shipped[i].name);
    }
    return ERR(e, RC_INPUT, MSG_SETS_NO_SET, arg_s(name), arg_s(all));
}

enum rc set_read(const char *name, struct text bytes, const struct atlas *atlas, struct arena *a, struct rubric *out,
                 struct err *e)
{
    const char *base = strrchr(name, '/');
    base = base ? base + 1 : name;
    struct source_file file = {base, bytes};
    struct source_list list = {&file, 1};
    struct script_options opt = {.reader = source_list_reader(&list)};
    struct script *script;
    const struct doc *doc;
    if (!text_is_utf8(bytes))
        return ERR(e, RC_INPUT, MSG_SETS_NOT_UTF8, arg_s(base));
    enum rc rc = script_open(&opt, &script, e);
    if (rc != RC_OK)
        return rc;
    rc = script_load(script, base, a, &doc, e);
    if (rc == RC_OK)
        rc = rubric_read(doc, atlas, a, out, e);
    script_close(script);
    return rc;
}

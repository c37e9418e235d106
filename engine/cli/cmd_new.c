/* cmd_new.c -- a new scenario from a template (assets/templates/NAME) that passes `check` and shows
 * the order of its bots. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "hazard/hazards.h"
#include "session/assets.h"

enum { TEMPLATE_BYTES = 1 << 20, TEMPLATE_DEPTH = 2, TEMPLATES_MAX = 32 };
#define OWN_NAME "NAME" /* in a template's Lua files: the new scenario's name */

static bool join(char out[ASSET_PATH], const char *folder, const char *name)
{
    struct buf b = buf_on(out, ASSET_PATH);
    buf_str(&b, folder);
    buf_char(&b, '/');
    buf_str(&b, name);
    return !b.full;
}

static bool is_lua(const char *path)
{
    size_t n = strlen(path);
    return n > 4 && strcmp(path + n - 4, ".lua") == 0;
}

/* Writes the bytes, with name where a Lua file says NAME; false when the disk did not take it all.
 */
static bool write_named(FILE *f, const char *at, size_t size, const char *name)
{
    const char *end = at + size;
    for (const char *hit;
         name && (hit = memmem(at, (size_t)(end - at), OWN_NAME, strlen(OWN_NAME)));
         at = hit + strlen(OWN_NAME)) {
        fwrite(at, 1, (size_t)(hit - at), f);
        fputs(name, f);
    }
    fwrite(at, 1, (size_t)(end - at), f);
    bool good = !ferror(f);
    return fclose(f) == 0 && good;
}

static bool copy_file(const char *from, const char *to, const char *name)
{
    FILE *in = fopen(from, "rb");
    char *bytes = in ? malloc(TEMPLATE_BYTES) : NULL;
    size_t size = bytes ? fread(bytes, 1, TEMPLATE_BYTES, in) : 0;
    bool good = bytes && !ferror(in) && size < TEMPLATE_BYTES;
    if (in)
        fclose(in);
    FILE *out = good ? fopen(to, "wx") : NULL;
    good = out && write_named(out, bytes, size, is_lua(from) ? name : NULL);
    free(bytes);
    return good;
}

/* The folder and what is in it; to must not be there yet. */
static bool copy_folder(const char *from, const char *to, const char *name, int depth)
{
    if (depth > TEMPLATE_DEPTH || mkdir(to, 0777) != 0)
        return false;
    DIR *d = opendir(from);
    bool good = d != NULL;
    for (const struct dirent *entry; good && (entry = readdir(d));) {
        char a[ASSET_PATH], b[ASSET_PATH];
        struct stat st;
        if (entry->d_name[0] == '.')
            continue;
        good = join(a, from, entry->d_name) && join(b, to, entry->d_name) && stat(a, &st) == 0;
        if (good)
            good = S_ISDIR(st.st_mode) ? copy_folder(a, b, name, depth + 1) : copy_file(a, b, name);
    }
    if (d)
        closedir(d);
    return good;
}

static bool name_good(const char *name)
{
    size_t len = strlen(name);
    return len > 0 && len < NAME_BYTES && name[0] >= 'a' && name[0] <= 'z' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == len;
}

static bool find_template(const char *name, char path[ASSET_PATH])
{
    char under[NAME_BYTES + 16];
    snprintf(under, sizeof(under), "templates/%s", name);
    return name_good(name) && asset_find(under, path);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The templates there are, with commas between. */
static void list_templates(struct buf *out)
{
    char name[TEMPLATES_MAX][NAME_BYTES];
    char folder[ASSET_PATH];
    int count = 0;
    DIR *d = asset_find("templates", folder) ? opendir(folder) : NULL;
    for (const struct dirent *entry; d && count < TEMPLATES_MAX && (entry = readdir(d));) {
        if (name_good(entry->d_name))
            (void)text_copy(name[count++], NAME_BYTES, text_of(entry->d_name));
    }
    if (d)
        closedir(d);
    qsort(name, (size_t)count, sizeof(name[0]), by_name);
    for (int i = 0; i < count; i++) {
        buf_str(out, i ? ", " : "");
        buf_str(out, name[i]);
    }
}

/* The template asked for; without --of that of the first hazard which has one. */
static enum rc choose_template(const struct call *c, char path[ASSET_PATH], struct err *e)
{
    const char *of = call_option(c, "--of");
    char all[TEMPLATES_MAX * NAME_BYTES];
    struct buf b = BUF_ON(all);
    bool found = of && find_template(of, path);
    for (int i = 0; !of && !found && i < hazard_count; i++)
        found = hazard_table[i] && find_template(hazard_table[i]->section, path);
    if (found)
        return RC_OK;
    list_templates(&b);
    if (b.len == 0)
        return ERR0(e, RC_INPUT, MSG_CLI_NEW_NO_ASSETS);
    return ERR(e, RC_INPUT, MSG_CLI_NEW_TEMPLATE, arg_s(of ? of : ""), arg_s(all));
}

static int run_new(struct call *c)
{
    const char *folder = c->arg[0];
    const char *slash = strrchr(folder, '/');
    const char *name = slash ? slash + 1 : folder;
    struct err e = {0};
    char from[ASSET_PATH];
    if (!name_good(name) || strlen(folder) > 1000) {
        (void)ERR(&e, RC_INPUT, MSG_CLI_NEW_NAME, arg_s(name), arg_i(NAME_BYTES - 1));
        return call_failed(c, &e);
    }
    if (choose_template(c, from, &e) != RC_OK)
        return call_failed(c, &e);
    if (!copy_folder(from, folder, name, 0)) {
        (void)ERR(&e, RC_IO, MSG_CLI_NEW_FAILED, arg_s(folder), arg_s(strerror(errno)));
        return call_failed(c, &e);
    }
    if (c->json)
        puts("{\"good\": true}");
    else
        SAY(c, MSG_CLI_NEW_MADE, arg_s(folder));
    return EXIT_GOOD;
}

const struct command command_new = {.name = "new",
                                    .usage = "NAME",
                                    .help = MSG_CLI_NEW,
                                    .args_min = 1,
                                    .args_max = 1,
                                    .option = {{"--of", "TEMPLATE", MSG_CLI_OPT_OF}},
                                    .run = run_new};

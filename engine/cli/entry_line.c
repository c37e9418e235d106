#include "cli/entry_line.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static enum rc set_kind(struct text word, struct entry *out, struct err *e)
{
    *out = (struct entry){.kind = entry_find(word)};
    if (out->kind >= 0)
        return RC_OK;
    char all[256];
    struct buf b = BUF_ON(all);
    for (int i = 0; i < ENTRY_KINDS; i++) {
        buf_str(&b, i ? ", " : "");
        buf_str(&b, entry_name(i));
    }
    return ERR(e, RC_INPUT, MSG_CLI_ENTRY_KIND, arg_t(word), arg_s(all));
}

static enum rc add_pair(struct entry *out, struct text key, struct text value, struct err *e)
{
    for (int i = 0; i < out->pairs; i++) {
        if (text_eq(out->pair[i].key, key))
            return ERR(e, RC_INPUT, MSG_CLI_ENTRY_TWICE, arg_t(key));
    }
    if (out->pairs == ENTRY_PAIRS)
        return ERR(e, RC_INPUT, MSG_CLI_ENTRY_MANY, arg_i(ENTRY_PAIRS));
    out->pair[out->pairs++] = (struct entry_pair){key, value};
    return RC_OK;
}

static int equals_at(struct text t)
{
    for (int i = 0; i < t.len; i++) {
        if (t.at[i] == '=')
            return i;
        if (t.at[i] == ' ' || t.at[i] == '"')
            return -1;
    }
    return -1;
}

enum rc entry_from_words(const char *kind, const char *const *word, int words, struct entry *out, struct err *e)
{
    enum rc rc = set_kind(text_of(kind), out, e);
    for (int i = 0; i < words && rc == RC_OK; i++) {
        struct text t = text_of(word[i]);
        int eq = equals_at(t);
        if (eq < 1)
            return ERR(e, RC_INPUT, MSG_CLI_ENTRY_PAIR, arg_t(t));
        rc = add_pair(out, (struct text){t.at, eq}, (struct text){t.at + eq + 1, t.len - eq - 1}, e);
    }
    return rc;
}

/* A quoted value; *rest stands behind the opening quote and is moved behind the closing one. */
static enum rc quoted(struct text *rest, struct arena *a, struct text *out, struct err *e)
{
    char *to = arena_alloc(a, (size_t)rest->len + 1, 1);
    int n = 0, i = 0;
    if (!to)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (; i < rest->len; i++) {
        if (rest->at[i] == '"' && i + 1 < rest->len && rest->at[i + 1] == '"')
            i++;
        else if (rest->at[i] == '"')
            break;
        to[n++] = rest->at[i];
    }
    if (i == rest->len)
        return ERR0(e, RC_INPUT, MSG_CLI_ENTRY_QUOTE);
    *rest = (struct text){rest->at + i + 1, rest->len - i - 1};
    *out = (struct text){to, n};
    return RC_OK;
}

enum rc entry_from_line(struct text line, struct arena *a, struct entry *out, bool *none, struct err *e)
{
    struct text rest = text_trim(line);
    *none = rest.len == 0 || rest.at[0] == '#';
    if (*none)
        return RC_OK;
    enum rc rc = set_kind(text_word(&rest), out, e);
    while (rc == RC_OK && (rest = text_trim(rest)).len > 0) {
        int eq = equals_at(rest);
        if (eq < 1)
            return ERR(e, RC_INPUT, MSG_CLI_ENTRY_PAIR, arg_t(text_word(&rest)));
        struct text key = {rest.at, eq}, value;
        rest = (struct text){rest.at + eq + 1, rest.len - eq - 1};
        if (rest.len > 0 && rest.at[0] == '"') {
            rest = (struct text){rest.at + 1, rest.len - 1};
            rc = quoted(&rest, a, &value, e);
        } else {
            int len = 0;
            while (len < rest.len && rest.at[len] != ' ' && rest.at[len] != '\t')
                len++;
            value = (struct text){rest.at, len};
            rest = (struct text){rest.at + len, rest.len - len};
        }
        if (rc == RC_OK)
            rc = add_pair(out, key, value, e);
    }
    return rc;
}

static enum rc read_file(const char *path, struct arena *a, struct text *out, struct err *e)
{
    FILE *f = fopen(path, "rb");
    char *at = f ? arena_alloc(a, ENTRY_FILE_MAX + 1, 1) : NULL;
    size_t n = at ? fread(at, 1, ENTRY_FILE_MAX + 1, f) : 0;
    int why = errno;
    bool bad = !f || (at && ferror(f));
    if (f)
        (void)fclose(f);
    if (bad)
        return ERR(e, RC_INPUT, MSG_CLI_CANNOT_READ, arg_s(path), arg_s(strerror(why)));
    if (!at)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (n > ENTRY_FILE_MAX)
        return ERR(e, RC_INPUT, MSG_CLI_ENTRY_LONG, arg_s(path), arg_i(ENTRY_FILE_MAX / 1024 / 1024));
    *out = (struct text){at, (int)n};
    return RC_OK;
}

static void at_line(struct err *e, const char *path, int line)
{
    char where[1100];
    struct buf b = BUF_ON(where);
    buf_str(&b, path);
    buf_char(&b, ':');
    buf_i64(&b, line);
    buf_str(&b, ": ");
    err_prefix(e, where);
}

enum rc entries_from_file(const char *path, struct arena *a, struct entry **out, int **line, int *count, struct err *e)
{
    struct text rest = {"", 0};
    int number = 0, cap = 1;
    *count = 0;
    enum rc rc = read_file(path, a, &rest, e);
    if (rc != RC_OK)
        return rc;
    for (int i = 0; i < rest.len; i++)
        cap += rest.at[i] == '\n';
    if (cap > ENTRY_LINES_MAX)
        return ERR(e, RC_INPUT, MSG_CLI_ENTRY_LINES, arg_s(path), arg_i(ENTRY_LINES_MAX));
    *out = ARENA_NEW(a, struct entry, cap + 1);
    *line = ARENA_NEW(a, int, cap + 1);
    if (!*out || !*line)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    while (rest.len > 0 && rc == RC_OK) {
        int len = 0;
        bool none;
        while (len < rest.len && rest.at[len] != '\n')
            len++;
        struct text now = {rest.at, len > 0 && rest.at[len - 1] == '\r' ? len - 1 : len};
        rest = len < rest.len ? (struct text){rest.at + len + 1, rest.len - len - 1} : (struct text){"", 0};
        number++;
        rc = entry_from_line(now, a, &(*out)[*count], &none, e);
        if (rc != RC_OK)
            at_line(e, path, number);
        else if (!none)
            (*line)[(*count)++] = number;
    }
    return rc;
}

int record_entries(struct call *c, struct desk *d, const struct entry *entry, int count, const char *path, const int *line)
{
    struct err e = {0};
    int failed = -1;
    int64_t before = d->entries;
    enum rc rc = desk_record(d, entry, count, &failed, &e);
    if (rc != RC_OK && failed >= 0 && line)
        at_line(&e, path, line[failed]);
    if (rc != RC_OK)
        return call_failed(c, &e);
    if (c->json) {
        printf("{\"recorded\": %d}\n", count);
        return EXIT_GOOD;
    }
    if (count != 1) {
        SAY(c, MSG_CLI_ENTRIES, arg_i(count));
        return EXIT_GOOD;
    }
    const struct entry *done = &d->entry[before];
    struct title t = entry_title(done->kind);
    SAY(c, MSG_CLI_ENTRY_DONE, arg_i(done->seq), arg_zh_en(t.zh.at, t.en.at), arg_t(entry_get(done, "id")));
    return EXIT_GOOD;
}

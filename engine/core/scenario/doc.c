#include "core/scenario/doc.h"

#include <string.h>

/* The place the next unnamed child gets. Lists are the rule, so the last child usually knows. */
static int next_index(const struct doc *table)
{
    int index = 0;

    if (table->last == NULL)
        return 1;
    if (table->last->index > 0)
        return table->last->index + 1;
    for (const struct doc *d = table->child; d != NULL; d = d->next)
        if (d->index > index)
            index = d->index;
    return index + 1;
}

struct doc *doc_add(struct arena *a, struct doc *table, struct text key, enum doc_kind kind)
{
    struct doc *d = ARENA_NEW(a, struct doc, 1);

    ASSERT(table == NULL || table->kind == DOC_TABLE);
    if (d == NULL)
        return NULL;
    d->kind = kind;
    d->func = -1;
    if (key.len > 0) {
        d->key = arena_text(a, key);
        if (d->key.at == NULL)
            return NULL;
    }
    if (table == NULL)
        return d;
    if (key.len == 0)
        d->index = next_index(table);
    d->parent = table;
    d->file = table->file;
    d->line = table->line;
    if (table->last != NULL)
        table->last->next = d;
    else
        table->child = d;
    table->last = d;
    table->count++;
    return d;
}

const struct doc *doc_get(const struct doc *table, const char *key)
{
    if (table == NULL || table->kind != DOC_TABLE)
        return NULL;
    for (const struct doc *d = table->child; d != NULL; d = d->next)
        if (d->index == 0 && text_is(d->key, key))
            return d;
    return NULL;
}

const struct doc *doc_at(const struct doc *table, int index)
{
    if (table == NULL || table->kind != DOC_TABLE)
        return NULL;
    for (const struct doc *d = table->child; d != NULL; d = d->next)
        if (d->index == index && index > 0)
            return d;
    return NULL;
}

enum { DEPTH_SHOWN = 40 };

static void write_path(const struct doc *d, struct buf *out)
{
    const struct doc *up[DEPTH_SHOWN];
    int depth = 0;

    for (; d != NULL && d->parent != NULL && depth < DEPTH_SHOWN; d = d->parent)
        up[depth++] = d;
    for (int i = depth - 1; i >= 0; i--) {
        if (up[i]->index > 0) {
            buf_char(out, '[');
            buf_i64(out, up[i]->index);
            buf_char(out, ']');
        } else {
            if (i < depth - 1)
                buf_char(out, '.');
            buf_text(out, up[i]->key);
        }
    }
}

void doc_where(const struct doc *d, struct buf *out)
{
    if (d == NULL)
        return;
    if (d->file.len > 0) {
        buf_text(out, d->file);
        if (d->line > 0) {
            buf_char(out, ':');
            buf_i64(out, d->line);
        }
        if (d->parent != NULL)
            buf_str(out, ": ");
    }
    write_path(d, out);
}

enum rc doc_error(const struct doc *d, struct err *e, enum msg id, const struct arg *args, int count)
{
    char where[256];
    struct buf b = buf_on(where, (int)sizeof where - 2);

    doc_where(d, &b);
    if (b.len > 0)
        memcpy(where + b.len, ": ", 3);
    (void)err_set(e, RC_INPUT, id, args, count);
    err_prefix(e, where);
    return RC_INPUT;
}

#include "ui/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

bool list_make(struct draw_list *l)
{
    *l = (struct draw_list){.at = malloc(sizeof(*l->at) * LIST_MAX), .text = malloc(LIST_TEXT)};
    return l->at && l->text;
}

void list_free(struct draw_list *l)
{
    free(l->at);
    free(l->text);
    *l = (struct draw_list){0};
}

void list_clear(struct draw_list *l)
{
    l->count = 0;
    l->text_used = 0;
    l->full = false;
}

const char *list_keep(struct draw_list *l, const char *text)
{
    size_t n = text ? strlen(text) + 1 : 1;
    if (l->text_used + n > LIST_TEXT) {
        l->full = true;
        return "";
    }
    char *to = l->text + l->text_used;
    memcpy(to, text ? text : "", n);
    l->text_used += n;
    return to;
}

void list_add(struct draw_list *l, struct mark c)
{
    if (l->count == LIST_MAX) {
        l->full = true;
        return;
    }
    if (c.text)
        c.text = list_keep(l, c.text);
    l->at[l->count++] = c;
}

void list_print(const struct draw_list *l, struct buf *out)
{
    static const char *const kinds[] = {"box", "edge", "text", "line", "sign", "map", "picture", "figure", "caret", "clip", "unclip"};
    for (int i = 0; i < l->count; i++) {
        const struct mark *c = &l->at[i];
        if (c->kind == DRAW_BOX || c->kind == DRAW_EDGE || c->kind == DRAW_CLIP || c->kind == DRAW_UNCLIP || c->kind == DRAW_LINE)
            continue; /* what it looks like is for pictures; this is what it says */
        buf_str(out, kinds[c->kind]);
        const double v[4] = {c->r.x, c->r.y, c->r.w, c->r.h};
        for (int k = 0; k < 4; k++) {
            buf_char(out, ' ');
            buf_i64(out, (int64_t)(v[k] + 0.5));
        }
        if (c->text) {
            buf_char(out, ' ');
            buf_str(out, c->text);
        }
        buf_char(out, '\n');
    }
}

struct rect mark_bounds(const struct mark *c)
{
    struct rect r = c->r;
    if (r.w < 0) {
        r.x += r.w;
        r.w = -r.w;
    }
    if (r.h < 0) {
        r.y += r.h;
        r.h = -r.h;
    }
    if (c->kind == DRAW_LINE || c->kind == DRAW_EDGE || c->kind == DRAW_CARET)
        r = rect_inset(r, -2);
    return r;
}

uint64_t mark_hash(const struct mark *c)
{
    const double v[5] = {c->r.x, c->r.y, c->r.w, c->r.h, c->radius + c->how.size};
    uint64_t part[7];
    part[0] = hash_bytes(v, sizeof(v), (uint64_t)c->kind);
    part[1] = c->text ? hash_bytes(c->text, strlen(c->text), 1) : 0;
    part[2] = (uint64_t)c->colour << 32 | c->how.colour;
    part[3] = (uint64_t)(uintptr_t)c->of;
    part[4] = c->version;
    part[5] = (uint64_t)(uint32_t)c->number;
    part[6] = (uint64_t)c->how.bold << 8 | (uint64_t)c->how.align << 4 | (uint64_t)c->how.lines;
    return hash_bytes(part, sizeof(part), 2);
}

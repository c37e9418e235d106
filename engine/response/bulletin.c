/* bulletin.c -- the pool of lists of sights. */
#include "response/bulletin.h"

enum { LINK_SIGHTS = 8 };

struct link {
    struct sight sight[LINK_SIGHTS];
    int32_t count, next; /* next: of the list, or of the free ones; 0 none */
};

struct bulletins {
    struct link *link; /* 1 .. BULLETIN_MAX */
    int32_t free, left; /* the first free one, and how many there are */
};

void bulletins_clear(struct bulletins *b)
{
    for (int32_t i = 1; i <= BULLETIN_MAX; i++)
        b->link[i].next = i < BULLETIN_MAX ? i + 1 : 0;
    b->free = 1;
    b->left = BULLETIN_MAX;
}

struct bulletins *bulletins_make(struct arena *perm)
{
    struct bulletins *b = ARENA_NEW(perm, struct bulletins, 1);
    if (b)
        b->link = ARENA_NEW(perm, struct link, BULLETIN_MAX + 1);
    if (!b || !b->link)
        return NULL;
    bulletins_clear(b);
    return b;
}

int32_t bulletin_write(struct bulletins *b, const struct sight *sight, int count)
{
    int32_t first = 0, *to = &first;
    ASSERT(count > 0 && count <= SIGHTS_MAX);
    if ((count + LINK_SIGHTS - 1) / LINK_SIGHTS > b->left)
        return 0;
    for (int i = 0; i < count; i += LINK_SIGHTS) {
        struct link *l = &b->link[*to = b->free];
        b->free = l->next;
        b->left--;
        l->count = count - i < LINK_SIGHTS ? count - i : LINK_SIGHTS;
        for (int k = 0; k < l->count; k++)
            l->sight[k] = sight[i + k];
        to = &l->next;
    }
    *to = 0;
    return first;
}

int bulletin_read(const struct bulletins *b, int32_t list, struct sight *out, int max)
{
    int n = 0;
    for (; list != 0; list = b->link[list].next) {
        for (int k = 0; k < b->link[list].count; k++) {
            ASSERT(n < max);
            out[n++] = b->link[list].sight[k];
        }
    }
    return n;
}

void bulletin_free(struct bulletins *b, int32_t list)
{
    while (list != 0) {
        int32_t next = b->link[list].next;
        b->link[list].next = b->free;
        b->free = list;
        b->left++;
        list = next;
    }
    ASSERT(b->left <= BULLETIN_MAX);
}

void bulletin_walk(struct bulletins *b, struct walk *w, int32_t *list)
{
    struct sight sight[SIGHTS_MAX];
    int32_t count = 0;
    if (w->mode != WALK_LOAD)
        count = bulletin_read(b, *list, sight, SIGHTS_MAX);
    walk_count(w, "sights", &count, SIGHTS_MAX);
    for (int32_t i = 0; i < count && !w->bad; i++) {
        walk_i32(w, "sight_topic", &sight[i].topic, 1);
        walk_i32(w, "sight_subject", &sight[i].subject, 1);
        walk_i64(w, "sight_value", &sight[i].value, 1);
    }
    if (w->mode != WALK_LOAD)
        return;
    *list = count > 0 && !w->bad ? bulletin_write(b, sight, count) : 0;
    w->bad = w->bad || (count > 0 && *list == 0);
}

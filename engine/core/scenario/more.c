/* more.c -- keys that hazards add to sections of the scenario: read with the section, kept in rows of their own. */
#include "core/scenario/atlas_read.h"

#include <string.h>

const void *atlas_more(const struct atlas *atlas, int owner, int i)
{
    ASSERT(owner >= 0 && owner < OWNERS_MAX && i >= 0 && i < MORES_EACH);
    return atlas->more[owner][i];
}

/* Puts the rows of one addition behind those that are there, as fields of one long row. */
static void join(struct joined *j, int owner, int i, const struct more *m)
{
    struct joined_part *part = &j->part[j->parts++];

    ASSERT(j->parts <= COUNT_OF(j->part) && j->count + m->count <= COUNT_OF(j->rows));
    j->size = (j->size + 15) & ~(size_t)15;
    *part = (struct joined_part){owner, i, j->size, m->size};
    for (int k = 0; k < m->count; k++) {
        j->rows[j->count] = m->rows[k];
        j->rows[j->count++].offset += j->size;
    }
    j->size += m->size;
}

void more_join(const struct section *s, const struct names *n, struct joined *j)
{
    *j = (struct joined){.size = s->row_size};
    ASSERT(s->row_count <= COUNT_OF(j->rows));
    for (int k = 0; k < s->row_count; k++)
        j->rows[j->count++] = s->rows[k];
    for (int owner = 0; owner < OWNERS_MAX; owner++) {
        const struct vocab *v = vocab_present(n, owner) ? vocab_of(n, owner) : NULL;
        ASSERT(v == NULL || v->mores <= MORES_EACH);
        for (int i = 0; v != NULL && i < v->mores; i++)
            if (strcmp(v->more[i].section, s->key) == 0)
                join(j, owner, i, &v->more[i]);
    }
}

enum rc more_reserve(struct atlas_reading *r, const struct joined *j, int rows)
{
    for (int k = 0; k < j->parts; k++) {
        const struct joined_part *part = &j->part[k];
        void **to = &r->atlas->more[part->owner][part->i];
        *to = arena_alloc(r->arena, (size_t)rows + 1, part->size);
        if (*to == NULL)
            return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    return RC_OK;
}

void more_keep(struct atlas_reading *r, const struct joined *j, int id, const void *row)
{
    for (int k = 0; k < j->parts; k++) {
        const struct joined_part *part = &j->part[k];
        char *rows = r->atlas->more[part->owner][part->i];
        memcpy(rows + (size_t)id * part->size, (const char *)row + part->offset, part->size);
    }
}

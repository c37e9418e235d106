/* The words of small enumerations, from words.def; declared in event.h. */
#include "core/world/event.h"

struct word_row {
    enum value_kind kind;
    const char *name, *zh, *en;
};

static const struct word_row WORDS[] = {
#define WORD(kind, id, name, zh, en) {VK_##kind, name, zh, en},
#include "core/order/words.def"
#undef WORD
};

/* Rows of one kind stand together: the first of them, and how many. */
static const struct word_row *rows_of(enum value_kind kind, int *count)
{
    int first = 0;
    int n = 0;

    while (first < COUNT_OF(WORDS) && WORDS[first].kind != kind)
        first++;
    while (first + n < COUNT_OF(WORDS) && WORDS[first + n].kind == kind)
        n++;
    *count = n;
    return n > 0 ? &WORDS[first] : NULL;
}

int word_count(enum value_kind kind)
{
    int count;

    (void)rows_of(kind, &count);
    return count;
}

const char *word_name(enum value_kind kind, int i)
{
    int count;
    const struct word_row *row = rows_of(kind, &count);

    return i >= 0 && i < count ? row[i].name : "-";
}

struct title word_title(enum value_kind kind, int i)
{
    int count;
    const struct word_row *row = rows_of(kind, &count);

    if (i < 0 || i >= count)
        return (struct title){TEXT("-"), TEXT("-")};
    return (struct title){text_of(row[i].zh), text_of(row[i].en)};
}

int word_find(enum value_kind kind, struct text word)
{
    int count;
    const struct word_row *row = rows_of(kind, &count);

    for (int i = 0; i < count; i++)
        if (text_is(word, row[i].name))
            return i;
    for (int i = 0; i < count; i++)
        if (text_is(word, row[i].zh) || text_is(word, row[i].en))
            return i;
    return -1;
}

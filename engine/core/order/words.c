/* The words of small enumerations: core's from words.def, tasks and their like by owner; declared in event.h and vocab.h. */
#include "core/order/vocab.h"

struct core_word {
    enum value_kind kind;
    struct word_row row;
};

static const struct core_word WORDS[] = {
#define WORD(kind, id, name, zh, en) {VK_##kind, {name, zh, en}},
#include "core/order/words.def"
#undef WORD
};

/* Settings in per cent are words too, so that they have one text on file; they are not counted through. */
#define TEN(d) #d "0%", #d "1%", #d "2%", #d "3%", #d "4%", #d "5%", #d "6%", #d "7%", #d "8%", #d "9%"
static const char *const PERCENT[] = {"0%", "1%", "2%", "3%", "4%", "5%", "6%", "7%", "8%", "9%", TEN(1), TEN(2), TEN(3),
                                      TEN(4), TEN(5), TEN(6), TEN(7), TEN(8), TEN(9), "100%"};
#undef TEN

/* Rows of one kind stand together: the first of them, and how many. */
static const struct core_word *rows_of(enum value_kind kind, int *count)
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

const struct vocab *vocab_of(const struct names *n, int owner)
{
    if (owner == OWN_CORE)
        return &core_vocab;
    if (owner == OWN_SCENARIO)
        return n != NULL ? n->own : NULL;
    return owner > 0 && owner < OWNERS_MAX ? vocab_table[owner] : NULL;
}

bool vocab_present(const struct names *n, int owner)
{
    if (owner == OWN_CORE || owner == OWN_SCENARIO || n == NULL || n->owners == 0)
        return true;
    return (n->owners >> owner & 1u) != 0;
}

int32_t vocab_next(const struct names *n, int32_t v, vocab_count *count, enum value_kind kind)
{
    v++;
    for (int owner = v >> OWN_BITS; owner < OWNERS_MAX; owner++) {
        const struct vocab *from = vocab_present(n, owner) ? vocab_of(n, owner) : NULL;
        int row = owner == v >> OWN_BITS ? v & OWN_ROW : 0;
        if (from != NULL && row < count(from, kind))
            return owner << OWN_BITS | row;
    }
    return -1;
}

/* How many rows of the kind an owner brings; -1: the kind has no owners. */
static int owned_count(const struct vocab *v, enum value_kind kind)
{
    switch (kind) {
    case VK_TASK:
        return v->tasks;
    case VK_REASON:
        return v->reasons;
    case VK_TACTIC:
        return v->tactics;
    case VK_SETTING:
        return v->settings;
    case VK_SAFETY:
        return v->safeties;
    case VK_PLACE_KIND:
        return v->place_kinds;
    case VK_TEAM_KIND:
        return v->team_kinds;
    case VK_LINE_KIND:
        return v->line_kinds;
    case VK_ASSET_KIND:
        return v->asset_kinds;
    case VK_TOPIC:
        return v->topics;
    default:
        return -1;
    }
}

static const struct kind_row *kinds_of(const struct vocab *v, enum value_kind kind)
{
    return kind == VK_PLACE_KIND  ? v->place_kind
           : kind == VK_TEAM_KIND ? v->team_kind
           : kind == VK_LINE_KIND ? v->line_kind
                                  : v->asset_kind;
}

static struct word_row owned_row(const struct vocab *v, enum value_kind kind, int row)
{
    if (kind == VK_TASK)
        return (struct word_row){v->task[row].name, v->task[row].zh, v->task[row].en};
    if (kind == VK_REASON)
        return v->reason[row];
    if (kind == VK_TACTIC)
        return v->tactic[row];
    if (kind == VK_SAFETY)
        return v->safety[row];
    if (kind == VK_SETTING)
        return v->setting[row];
    if (kind == VK_TOPIC)
        return (struct word_row){v->topic[row].name, v->topic[row].zh, v->topic[row].en};
    const struct kind_row *k = &kinds_of(v, kind)[row];
    return (struct word_row){k->name, k->zh, k->en};
}

static bool is_owned(enum value_kind kind)
{
    return owned_count(&core_vocab, kind) >= 0;
}

bool word_is_set(enum value_kind kind)
{
    return kind == VK_WARN_SET || kind == VK_LEVEL_SET || kind == VK_REPORT_SET || kind == VK_SAFETY;
}

int word_bit(enum value_kind kind, int32_t word)
{
    ASSERT(word_is_set(kind) && word >= 0);
    if (kind != VK_SAFETY)
        return word;
    ASSERT((word & OWN_ROW) < SAFETIES_EACH);
    return (word >> OWN_BITS) * SAFETIES_EACH + (word & (SAFETIES_EACH - 1));
}

int32_t word_of_bit(enum value_kind kind, int bit)
{
    const int32_t word = kind == VK_SAFETY ? bit / SAFETIES_EACH << OWN_BITS | bit % SAFETIES_EACH : bit;

    return word_valid(NULL, kind, word) ? word : -1;
}

int word_count(enum value_kind kind)
{
    int count;

    ASSERT(!is_owned(kind)); /* those are not counted from 0: word_next */
    (void)rows_of(kind, &count);
    return count;
}

bool word_has_words(enum value_kind kind)
{
    return kind == VK_HAZARD || is_owned(kind) || word_count(kind) > 0;
}

/* An owner as a word: its vocabulary's name. What the scenario declares may be on record without it. */
static bool find_owner(const struct names *n, int64_t v, struct word_row *out)
{
    static const struct word_row own = {"own", "本情景自定", "the scenario's own"};
    const struct vocab *from = v < OWNERS_MAX ? vocab_of(n, (int)v) : NULL;

    if (from != NULL)
        *out = (struct word_row){from->name, from->zh, from->en};
    else if (v == OWN_SCENARIO)
        *out = own;
    return from != NULL || v == OWN_SCENARIO;
}

/* The row of a number, present in this scenario or not. */
static bool find_row(const struct names *n, enum value_kind kind, int64_t v, struct word_row *out)
{
    if (v < 0)
        return false;
    if (kind == VK_SETTING && v >= SETTING_PERCENT) {
        const char *text = v - SETTING_PERCENT < COUNT_OF(PERCENT) ? PERCENT[v - SETTING_PERCENT] : NULL;
        *out = (struct word_row){text, text, text};
        return text != NULL;
    }
    if (kind == VK_HAZARD)
        return find_owner(n, v, out);
    if (is_owned(kind)) {
        const struct vocab *from = v < EVENT_KINDS ? vocab_of(n, (int)(v >> OWN_BITS)) : NULL;
        const int row = (int)(v & OWN_ROW);
        if (from == NULL || row >= owned_count(from, kind))
            return false;
        *out = owned_row(from, kind, row);
        return true;
    }
    int count;
    const struct core_word *rows = rows_of(kind, &count);
    if (v >= count)
        return false;
    *out = rows[v].row;
    return true;
}

bool word_valid(const struct names *n, enum value_kind kind, int64_t v)
{
    struct word_row row;

    return find_row(n, kind, v, &row);
}

int32_t word_next(const struct names *n, enum value_kind kind, int32_t v)
{
    v++;
    if (kind == VK_HAZARD) {
        while (v < OWNERS_MAX && (!vocab_present(n, v) || vocab_of(n, v) == NULL))
            v++;
        return v < OWNERS_MAX ? v : -1;
    }
    if (!is_owned(kind))
        return v < word_count(kind) ? v : -1;
    return vocab_next(n, v - 1, owned_count, kind);
}

const char *word_name(const struct names *n, enum value_kind kind, int32_t v)
{
    struct word_row row;

    return find_row(n, kind, v, &row) ? row.name : "-";
}

struct title word_title(const struct names *n, enum value_kind kind, int32_t v)
{
    struct word_row row;

    if (!find_row(n, kind, v, &row))
        return (struct title){TEXT("-"), TEXT("-")};
    return (struct title){text_of(row.zh), text_of(row.en)};
}

int32_t word_find(const struct names *n, enum value_kind kind, struct text word)
{
    for (int32_t v = word_next(n, kind, -1); v >= 0; v = word_next(n, kind, v))
        if (text_is(word, word_name(n, kind, v)))
            return v;
    for (int32_t v = word_next(n, kind, -1); v >= 0; v = word_next(n, kind, v)) {
        const struct title t = word_title(n, kind, v);
        if (text_eq(word, t.zh) || text_eq(word, t.en))
            return v;
    }
    for (int p = 0; kind == VK_SETTING && p < COUNT_OF(PERCENT); p++)
        if (text_is(word, PERCENT[p]))
            return SETTING_PERCENT + p;
    return -1;
}

/* ---- rows with more to them ---- */

const struct task_row *task_row(const struct names *n, int32_t task)
{
    const struct vocab *from = task >= 0 ? vocab_of(n, task >> OWN_BITS) : NULL;
    const int row = task & OWN_ROW;

    ASSERT(from != NULL && row < from->tasks);
    return &from->task[row];
}

const struct kind_row *kind_row(const struct names *n, enum value_kind kind, int32_t v)
{
    const struct vocab *from = v >= 0 ? vocab_of(n, v >> OWN_BITS) : NULL;
    const int row = v & OWN_ROW;

    ASSERT(from != NULL && row < owned_count(from, kind));
    return &kinds_of(from, kind)[row];
}

const struct topic_row *topic_row(const struct names *n, int32_t topic)
{
    const struct vocab *from = topic >= 0 ? vocab_of(n, topic >> OWN_BITS) : NULL;
    const int row = topic & OWN_ROW;

    ASSERT(from != NULL && row < from->topics);
    return &from->topic[row];
}

int32_t topic_headline(const struct names *n, int32_t topic)
{
    do
        topic = word_next(n, VK_TOPIC, topic);
    while (topic >= 0 && !topic_row(n, topic)->headline);
    return topic;
}

int task_slot(int32_t task)
{
    const int row = task & OWN_ROW;

    ASSERT(task >= 0 && row < TASKS_EACH && task >> OWN_BITS < OWNERS_MAX);
    return (task >> OWN_BITS) * TASKS_EACH + row;
}

bool task_set_has(struct task_set set, int32_t task)
{
    const int slot = task_slot(task);

    return (set.w[slot >> 6] >> (slot & 63) & 1u) != 0;
}

void task_set_add(struct task_set *set, int32_t task)
{
    const int slot = task_slot(task);

    set->w[slot >> 6] |= (uint64_t)1 << (slot & 63);
}

struct task_set task_set_all(void)
{
    return (struct task_set){{~(uint64_t)0, ~(uint64_t)0, ~(uint64_t)0, ~(uint64_t)0}};
}

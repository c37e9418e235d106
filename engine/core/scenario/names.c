#include "core/scenario/names.h"

static const struct {
    const char *name, *zh, *en;
} ENTITIES[ENT_COUNT] = {
    [ENT_AGENCY] = {"agency", "单位", "agency"},
    [ENT_TEAM] = {"team", "队伍", "team"},
    [ENT_PLACE] = {"place", "地点", "place"},
    [ENT_NODE] = {"node", "路口", "junction"},
    [ENT_ROAD] = {"road", "道路", "road"},
    [ENT_LINE] = {"line", "作业线", "control line"},
    [ENT_CHANNEL] = {"channel", "通信手段", "channel"},
    [ENT_SERVICE] = {"service", "服务", "service"},
    [ENT_GROUP] = {"group", "工作组", "working group"},
    [ENT_SUPPLY] = {"supply", "物资", "supply"},
    [ENT_INJECT] = {"inject", "注入事件", "inject"},
    [ENT_OBJECTIVE] = {"objective", "演练目标", "objective"},
    [ENT_CLAUSE] = {"clause", "预案条款", "plan clause"},
    [ENT_ASSET] = {"asset", "设施", "asset"},
};

int names_find(const struct names *n, enum entity kind, struct text word)
{
    if (word.len == 0)
        return -1;
    for (int i = 0; i < n->count[kind]; i++)
        if (text_eq(n->row[kind][i].name, word))
            return i;
    for (int i = 0; i < n->count[kind]; i++) {
        const struct title *t = &n->row[kind][i].title;
        if (text_eq(t->zh, word) || text_eq(t->en, word))
            return i;
    }
    return -1;
}

struct text names_nearest(const struct names *n, enum entity kind, struct text word)
{
    /* A third of the word wrong is still a misspelling; beyond that it is another word. */
    int best = word.len / 3 > 2 ? word.len / 3 : 2;
    struct text found = {"", 0};

    if (word.len <= 2)
        best = 1;
    best++; /* text_distance stops at its cap: reaching it means "not near" */
    for (int i = 0; i < n->count[kind] && word.len > 0; i++) {
        const struct name_row *row = &n->row[kind][i];
        const struct text tries[3] = {row->name, row->title.zh, row->title.en};
        for (int k = 0; k < 3; k++) {
            if (tries[k].len == 0)
                continue;
            int d = text_distance(word, tries[k], best);
            if (d < best) {
                best = d;
                found = row->name;
            }
        }
    }
    return found;
}

const char *entity_name(enum entity kind)
{
    ASSERT(kind >= 0 && kind < ENT_COUNT);
    return ENTITIES[kind].name;
}

struct title entity_title(enum entity kind)
{
    ASSERT(kind >= 0 && kind < ENT_COUNT);
    return (struct title){text_of(ENTITIES[kind].zh), text_of(ENTITIES[kind].en)};
}

struct arg names_arg(const struct names *n, enum entity kind, int id)
{
    struct arg a = arg_zh_en("-", "-");

    if (id >= 0 && id < n->count[kind]) {
        const struct name_row *row = &n->row[kind][id];
        a.zh = row->title.zh.len > 0 ? row->title.zh : row->name;
        a.en = row->title.en.len > 0 ? row->title.en : row->name;
    }
    return a;
}

struct text names_name(const struct names *n, enum entity kind, int id)
{
    if (id < 0 || id >= n->count[kind])
        return TEXT("-");
    return n->row[kind][id].name;
}

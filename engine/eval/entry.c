#include "eval/entry.h"

#include "base/attr.h"

struct entry_row {
    const char *name;
    struct title title;
    const char *keys; /* words; a question mark behind: may be left out */
};

static const struct entry_row entry_rows[ENTRY_KINDS] = {
    [ENTRY_OPEN] = {"open", {TEXT_INIT("启用指标集"), TEXT_INIT("indicator set opened")}, "set file text kind?"},
    [ENTRY_EVALUATOR] = {"evaluator", {TEXT_INIT("登记评估专家"), TEXT_INIT("evaluator named")},
                        "id name unit? role? expertise? weight? kind? sheets? lead?"},
    [ENTRY_MARK] = {"mark", {TEXT_INIT("评分"), TEXT_INIT("mark")}, "by item value comment? event? at? reason?"},
    [ENTRY_AUTO] = {"auto", {TEXT_INIT("系统证据确认"), TEXT_INIT("evidence decided on")}, "by item do value? reason?"},
    [ENTRY_SUBMIT] = {"submit", {TEXT_INIT("交表"), TEXT_INIT("sheet handed in")}, "by source?"},
    [ENTRY_RECONCILE] = {"reconcile", {TEXT_INIT("进入合议"), TEXT_INIT("reconciliation opened")}, "by reason?"},
    [ENTRY_WEIGHTS] = {"weights", {TEXT_INIT("项目权重"), TEXT_INIT("weights of projects")}, "by judges reason? force?"},
    [ENTRY_SIGN] = {"sign", {TEXT_INIT("组长签认"), TEXT_INIT("signed off")}, "by head"},
    [ENTRY_REOPEN] = {"reopen", {TEXT_INIT("重新开启评估"), TEXT_INIT("reopened")}, "by reason"},
    [ENTRY_FINDING] = {"finding", {TEXT_INIT("问题"), TEXT_INIT("finding")},
                      "id class text by? item? clause? events? cause? from?"},
    [ENTRY_DISMISS] = {"dismiss", {TEXT_INIT("不予认定"), TEXT_INIT("proposal dismissed")}, "from by reason"},
    [ENTRY_ACTION] = {"action", {TEXT_INIT("整改措施"), TEXT_INIT("corrective action")},
                     "finding measure unit person due element?"},
    [ENTRY_STATE] = {"state", {TEXT_INIT("整改状态"), TEXT_INIT("state of the correction")}, "finding to by? evidence?"},
};

const char *entry_name(int32_t kind)
{
    return kind >= 0 && kind < ENTRY_KINDS ? entry_rows[kind].name : "";
}

struct title entry_title(int32_t kind)
{
    static const struct title none = {TEXT_INIT(""), TEXT_INIT("")};
    return kind >= 0 && kind < ENTRY_KINDS ? entry_rows[kind].title : none;
}

int entry_find(struct text name)
{
    for (int i = 0; i < ENTRY_KINDS; i++) {
        if (text_is(name, entry_rows[i].name))
            return i;
    }
    return -1;
}

static const struct entry_pair *find_pair(const struct entry *f, struct text key)
{
    for (int i = 0; i < f->pairs; i++) {
        if (text_eq(f->pair[i].key, key))
            return &f->pair[i];
    }
    return NULL;
}

struct text entry_get(const struct entry *f, const char *key)
{
    const struct entry_pair *p = find_pair(f, text_of(key));
    return p ? p->value : TEXT("");
}

bool entry_has(const struct entry *f, const char *key)
{
    return entry_get(f, key).len > 0;
}

bool entry_set(struct entry *f, const char *key, struct text value)
{
    for (int i = 0; i < f->pairs; i++) {
        if (text_is(f->pair[i].key, key)) {
            f->pair[i].value = value;
            return true;
        }
    }
    if (f->pairs == ENTRY_PAIRS)
        return false;
    f->pair[f->pairs++] = (struct entry_pair){text_of(key), value};
    return true;
}

/* Cuts the next key off *rest. */
static bool next_key(struct text *rest, struct text *key, bool *optional)
{
    *key = text_word(rest);
    *optional = key->len > 0 && key->at[key->len - 1] == '?';
    key->len -= *optional;
    return key->len > 0;
}

static bool knows(int32_t kind, struct text wanted, struct text *near)
{
    struct text rest = text_of(entry_rows[kind].keys), key;
    bool optional;
    int best = 4;
    *near = TEXT("");
    while (next_key(&rest, &key, &optional)) {
        if (text_eq(key, wanted))
            return true;
        int distance = text_distance(key, wanted, best);
        if (distance < best) {
            best = distance;
            *near = key;
        }
    }
    return false;
}

enum rc entry_check(const struct entry *f, struct err *e)
{
    char usage[160];
    struct buf b = BUF_ON(usage);
    ASSERT(f->kind >= 0 && f->kind < ENTRY_KINDS);
    entry_usage(f->kind, &b);
    for (int i = 0; i < f->pairs; i++) {
        struct text near;
        if (!knows(f->kind, f->pair[i].key, &near))
            return near.len > 0 ? ERR(e, RC_INPUT, MSG_ENTRY_KEY_NEAR, arg_s(entry_name(f->kind)), arg_t(f->pair[i].key), arg_t(near))
                                : ERR(e, RC_INPUT, MSG_ENTRY_KEY, arg_s(entry_name(f->kind)), arg_t(f->pair[i].key), arg_s(usage));
        int most = text_is(f->pair[i].key, "text") && f->kind == ENTRY_OPEN ? ENTRY_VALUE_MAX : 4096;
        if (f->pair[i].value.len > most)
            return ERR(e, RC_INPUT, MSG_ENTRY_LONG, arg_t(f->pair[i].key), arg_i(most));
        if (!text_is_utf8(f->pair[i].value))
            return ERR(e, RC_INPUT, MSG_ENTRY_UTF8, arg_t(f->pair[i].key));
    }
    struct text rest = text_of(entry_rows[f->kind].keys), key;
    bool optional;
    while (next_key(&rest, &key, &optional)) {
        const struct entry_pair *p = find_pair(f, key);
        if (!optional && (!p || text_trim(p->value).len == 0))
            return ERR(e, RC_INPUT, MSG_ENTRY_MISSING, arg_s(entry_name(f->kind)), arg_t(key), arg_s(usage));
    }
    return RC_OK;
}

void entry_usage(int32_t kind, struct buf *out)
{
    struct text rest = text_of(entry_rows[kind].keys), key;
    bool optional, first = true;
    while (next_key(&rest, &key, &optional)) {
        if (!first)
            buf_char(out, ' ');
        first = false;
        buf_str(out, optional ? "[" : "");
        buf_text(out, key);
        buf_str(out, optional ? "=..]" : "=..");
    }
}

/* What order_parse says when a line is wrong: the word, its place, and what would be right. */
#include "core/order/order_read.h"
#include "core/order/scan.h"

enum { SAY = 400 };

static struct arg word_arg(const struct order_reading *r)
{
    return arg_t(scan_word(r->line, r->pos));
}

static struct arg column_arg(const struct order_reading *r)
{
    return arg_i(scan_column(r->line, r->pos));
}

/* Keeps the nearer of what was found and t. */
static void nearer(struct text word, struct text t, int *best, struct text *found)
{
    int d;

    if (t.len == 0)
        return;
    d = text_distance(word, t, *best);
    if (d < *best) {
        *best = d;
        *found = t;
    }
}

static int near_cap(struct text word)
{
    return word.len <= 2 ? 2 : word.len / 3 > 2 ? word.len / 3 + 1 : 3;
}

enum rc order_bad_start(const struct order_reading *r, bool verb_only)
{
    const struct text word = scan_word(r->line, r->pos);
    const struct names *n = &r->atlas->names;
    struct text found = {"", 0};
    int best = near_cap(word);

    for (int v = verb_next(n, -1); v >= 0; v = verb_next(n, v)) {
        nearer(word, text_of(verb_row(v)->name), &best, &found);
        nearer(word, text_of(verb_row(v)->zh), &best, &found);
        if (verb_row(v)->alias_zh != NULL)
            nearer(word, text_of(verb_row(v)->alias_zh), &best, &found);
    }
    for (int i = 0; i < n->count[ENT_AGENCY] && !verb_only; i++) {
        nearer(word, n->row[ENT_AGENCY][i].name, &best, &found);
        nearer(word, n->row[ENT_AGENCY][i].title.zh, &best, &found);
        nearer(word, n->row[ENT_AGENCY][i].title.en, &best, &found);
    }
    if (found.len > 0)
        return ERR(r->e, RC_INPUT, verb_only ? MSG_CORE_ORDER_VERB_NEAR : MSG_CORE_ORDER_WHO_NEAR,
                   word_arg(r), column_arg(r), arg_t(found));
    return ERR(r->e, RC_INPUT, verb_only ? MSG_CORE_ORDER_VERB : MSG_CORE_ORDER_WHO, word_arg(r),
               column_arg(r));
}

static void list_words(const struct names *n, enum value_kind kind, enum lang lang, struct buf *out)
{
    bool any = false;

    for (int32_t i = word_next(n, kind, -1); i >= 0; i = word_next(n, kind, i)) {
        if (any)
            buf_str(out, lang == LANG_ZH ? "、" : ", ");
        if (lang == LANG_ZH)
            buf_text(out, word_title(n, kind, i).zh);
        else
            buf_str(out, word_name(n, kind, i));
        any = true;
    }
}

/* What a value of that kind looks like. */
static void describe(const struct order_reading *r, enum value_kind kind, enum lang lang, struct buf *out)
{
    const struct names *n = &r->atlas->names;
    char list[SAY];
    struct buf b = buf_on(list, SAY);
    enum entity entity = value_entity(kind);
    struct arg arg;
    enum msg id;

    if (entity != ENT_COUNT) {
        struct title t = entity_title(entity);
        arg = arg_t(lang == LANG_ZH ? t.zh : t.en);
        msg_format(out, lang, MSG_CORE_VALUE_ENTITY, &arg, 1);
        return;
    }
    if (word_has_words(kind)) {
        bool set = word_is_set(kind);
        if (kind == VK_SETTING)
            asset_say_settings(r->atlas, order_asset(r->order), lang, &b);
        else
            list_words(n, kind, lang, &b);
        arg = arg_s(list);
        msg_format(out, lang, set ? MSG_CORE_VALUE_SET : MSG_CORE_VALUE_WORDS, &arg, 1);
        return;
    }
    switch (kind) {
    case VK_MS:
        id = MSG_CORE_VALUE_DURATION;
        break;
    case VK_MOMENT:
        id = MSG_CORE_VALUE_MOMENT;
        break;
    case VK_POINT:
        id = MSG_CORE_VALUE_POINT;
        break;
    case VK_BOOL:
        id = MSG_CORE_VALUE_BOOL;
        break;
    case VK_VERB:
        id = MSG_CORE_VALUE_VERB;
        break;
    case VK_BARRIER:
        id = MSG_CORE_VALUE_BARRIER;
        break;
    default:
        id = MSG_CORE_VALUE_COUNT;
        break;
    }
    buf_str(out, msg_text(lang, id));
}

static struct text near_value(const struct order_reading *r, enum value_kind kind, struct text word)
{
    const struct names *n = &r->atlas->names;
    enum entity entity = value_entity(kind);
    struct text found = {"", 0};
    int best = near_cap(word);

    if (entity != ENT_COUNT)
        return names_nearest(n, entity, word);
    if (kind == VK_BARRIER) {
        const struct text road = names_nearest(n, ENT_ROAD, word), asset = names_nearest(n, ENT_ASSET, word);
        nearer(word, road, &best, &found);
        nearer(word, asset, &best, &found);
        return found.len > 0 ? found : road.len > 0 ? road : asset;
    }
    if (!word_has_words(kind))
        return found;
    if (kind == VK_SETTING) {
        const int32_t asset = order_asset(r->order);
        for (int32_t i = asset_next_setting(r->atlas, asset, -1); i >= 0; i = asset_next_setting(r->atlas, asset, i)) {
            nearer(word, text_of(word_name(n, kind, i)), &best, &found);
            nearer(word, word_title(n, kind, i).zh, &best, &found);
        }
        return found;
    }
    for (int32_t i = word_next(n, kind, -1); i >= 0; i = word_next(n, kind, i)) {
        nearer(word, text_of(word_name(n, kind, i)), &best, &found);
        nearer(word, word_title(n, kind, i).zh, &best, &found);
    }
    return found;
}

enum rc order_bad_value(const struct order_reading *r, int arg)
{
    const struct verb_arg *row = &verb_row(r->order->verb)->arg[arg];
    const struct arg name = arg_zh_en(row->zh, row->name);
    const struct text word = scan_word(r->line, r->pos);
    char zh[SAY], en[SAY];
    struct buf zh_b = buf_on(zh, SAY), en_b = buf_on(en, SAY);
    struct text found;

    describe(r, row->kind, LANG_ZH, &zh_b);
    describe(r, row->kind, LANG_EN, &en_b);
    if (word.len == 0)
        return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_NO_VALUE, name, arg_zh_en(zh, en));
    found = near_value(r, row->kind, word);
    if (found.len > 0)
        return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_VALUE_NEAR, word_arg(r), column_arg(r), name,
                   arg_zh_en(zh, en), arg_t(found));
    return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_VALUE, word_arg(r), column_arg(r), name,
               arg_zh_en(zh, en));
}

/* "调派 队伍 [到 地点] 任务=.." */
static void usage(const struct verb_row *row, enum lang lang, struct buf *out)
{
    const bool zh = lang == LANG_ZH;

    buf_str(out, zh ? row->zh : row->name);
    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        const struct verb_arg *arg = &row->arg[a];
        enum entity entity = value_entity(arg->kind);
        buf_str(out, arg->required ? " " : " [");
        buf_str(out, zh ? arg->zh : arg->name);
        if (arg->how == HOW_KEY) {
            buf_str(out, "=..");
        } else if (arg->how == HOW_WORD && entity != ENT_COUNT) {
            buf_char(out, ' ');
            buf_text(out, zh ? entity_title(entity).zh : entity_title(entity).en);
        } else if (arg->how == HOW_WORD) {
            buf_str(out, " ..");
        }
        if (!arg->required)
            buf_char(out, ']');
    }
    buf_str(out, zh ? " “内容”" : " \"text\"");
}

enum rc order_missing(const struct order_reading *r, int arg)
{
    const struct verb_row *row = verb_row(r->order->verb);
    char zh[SAY], en[SAY];
    struct buf zh_b = buf_on(zh, SAY), en_b = buf_on(en, SAY);

    usage(row, LANG_ZH, &zh_b);
    usage(row, LANG_EN, &en_b);
    return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_MISSING, arg_zh_en(row->zh, row->name),
               arg_zh_en(row->arg[arg].zh, row->arg[arg].name), arg_zh_en(zh, en));
}

/* A word with "=" behind it was meant as the name of an argument. */
static bool is_keyed(const struct order_reading *r)
{
    struct text word = scan_word(r->line, r->pos);
    int next;
    uint32_t c = scan_char(r->line, r->pos + word.len, &next);

    return c == '=' || c == ':';
}

enum rc order_bad_word(const struct order_reading *r)
{
    const struct verb_row *row = verb_row(r->order->verb);
    const struct text word = scan_word(r->line, r->pos);
    const bool keyed = is_keyed(r);
    struct text found = {"", 0};
    int best = near_cap(word);
    char zh[SAY], en[SAY];
    struct buf zh_b = buf_on(zh, SAY), en_b = buf_on(en, SAY);

    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        const struct verb_arg *arg = &row->arg[a];
        if (arg->how == HOW_POS && !keyed && arg->required && !order_has(r->order, a))
            return order_bad_value(r, a);
        if (order_has(r->order, a))
            continue;
        nearer(word, text_of(arg->name), &best, &found);
        nearer(word, text_of(arg->zh), &best, &found);
    }
    usage(row, LANG_ZH, &zh_b);
    usage(row, LANG_EN, &en_b);
    if (found.len > 0)
        return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_WORD_NEAR, word_arg(r), column_arg(r),
                   arg_zh_en(row->zh, row->name), arg_zh_en(zh, en), arg_t(found));
    return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_WORD, word_arg(r), column_arg(r),
               arg_zh_en(row->zh, row->name), arg_zh_en(zh, en));
}

/* What could stand next in a half-typed line; declared in order.h. */
#include <string.h>

#include "core/order/order_read.h"
#include "core/order/scan.h"

struct offer {
    struct text line;
    int from; /* where the half-typed word begins */
    enum lang lang;
    struct text *out;
    int count, max;
};

/* Offers what is usual in the language, or whichever spelling was begun. */
static void offer(struct offer *o, struct text usual, struct text other)
{
    struct text pick = usual;

    if (o->count >= o->max)
        return;
    if (usual.len == 0 || !scan_begins(o->line, o->from, usual)) {
        if (other.len == 0 || !scan_begins(o->line, o->from, other))
            return;
        pick = other;
    }
    for (int i = 0; i < o->count; i++)
        if (text_eq(o->out[i], pick))
            return;
    o->out[o->count++] = pick;
}

static void offer_pair(struct offer *o, const char *name, const char *zh)
{
    if (o->lang == LANG_ZH)
        offer(o, text_of(zh), text_of(name));
    else
        offer(o, text_of(name), text_of(zh));
}

static void offer_entities(struct offer *o, const struct names *n, enum entity kind)
{
    for (int i = 0; i < n->count[kind]; i++) {
        const struct name_row *row = &n->row[kind][i];
        if (o->lang == LANG_ZH)
            offer(o, row->title.zh, row->name);
        else
            offer(o, row->name, row->title.zh);
    }
}

static void offer_verbs(struct offer *o, const struct names *n, enum order_said said)
{
    for (int v = verb_next(n, -1); v >= 0; v = verb_next(n, v)) {
        const struct verb_row *row = verb_row(v);
        bool fits = said == SAID_AGENCY  ? row->who == WHO_SEAT
                    : said == SAID_WORLD ? row->who == WHO_WORLD
                                         : row->who == WHO_HAND;
        if (fits)
            offer_pair(o, row->name, row->zh);
    }
}

static void offer_who(struct offer *o, const struct atlas *atlas)
{
    const struct names *n = &atlas->names;

    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < n->count[ENT_AGENCY]; i++) {
            const struct name_row *row = &n->row[ENT_AGENCY][i];
            if (atlas->agency != NULL && atlas->agency[i].played != (pass == 0))
                continue;
            if (o->lang == LANG_ZH)
                offer(o, row->title.zh, row->name);
            else
                offer(o, row->name, row->title.zh);
        }
        if (pass == 0) {
            offer_pair(o, "facilitator", "导调");
            offer_verbs(o, n, SAID_HAND);
        }
    }
}

/* What the asset takes that stands before; without one, every word there is. */
static void offer_settings(struct offer *o, const struct atlas *atlas, int32_t asset)
{
    for (int32_t v = asset_next_setting(atlas, asset, -1); v >= 0; v = asset_next_setting(atlas, asset, v)) {
        const struct text zh = word_title(&atlas->names, VK_SETTING, v).zh;
        const struct text name = text_of(word_name(&atlas->names, VK_SETTING, v));
        if (o->lang == LANG_ZH)
            offer(o, zh, name);
        else
            offer(o, name, zh);
    }
}

static void offer_values(struct offer *o, const struct atlas *atlas, const struct order *order,
                         enum value_kind kind)
{
    enum entity entity = value_entity(kind);

    if (kind == VK_SETTING) {
        offer_settings(o, atlas, order_asset(order));
        return;
    }
    if (kind == VK_BARRIER) {
        offer_entities(o, &atlas->names, ENT_ROAD);
        offer_entities(o, &atlas->names, ENT_ASSET);
    }

    if (entity != ENT_COUNT)
        offer_entities(o, &atlas->names, entity);
    const struct names *n = &atlas->names;
    int32_t i = word_has_words(kind) ? word_next(n, kind, -1) : -1;
    for (; i >= 0; i = word_next(n, kind, i)) {
        struct text zh = word_title(n, kind, i).zh;
        struct text name = text_of(word_name(n, kind, i));
        if (o->lang == LANG_ZH)
            offer(o, zh, name);
        else
            offer(o, name, zh);
    }
    if (kind == VK_BOOL) {
        offer_pair(o, "yes", "是");
        offer_pair(o, "no", "否");
    }
    if (kind == VK_MS || kind == VK_MOMENT) {
        offer_pair(o, "30min", "30分钟");
        offer_pair(o, "1h", "1小时");
    }
}

static void offer_args(struct offer *o, const struct atlas *atlas, const struct order *order)
{
    const struct verb_row *row = verb_row(order->verb);

    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        if (row->arg[a].how != HOW_POS || order_has(order, a))
            continue;
        offer_values(o, atlas, order, row->arg[a].kind);
        if (row->arg[a].required)
            return;
    }
    for (int pass = 0; pass < 2; pass++)
        for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++)
            if (row->arg[a].how != HOW_POS && !order_has(order, a) &&
                row->arg[a].required == (pass == 0))
                offer_pair(o, row->arg[a].name, row->arg[a].zh);
}

/* Where the word being typed begins. */
static int word_start(struct text line)
{
    int start = 0;

    for (int pos = 0; pos < line.len;) {
        uint32_t c = scan_char(line, pos, &pos);
        if (scan_is_blank(c) || c == '=' || c == ':' || c == '+')
            start = pos;
    }
    return start;
}

int order_complete(struct text line, const struct atlas *atlas, enum lang lang, struct text *out,
                   int max)
{
    struct order order;
    struct err e;
    struct order_reading r = {.atlas = atlas, .order = &order, .e = &e, .half = true, .arg = -1};
    struct offer o = {.line = line, .lang = lang, .out = out, .max = max};

    memset(&order, 0, sizeof order);
    order.verb = -1;
    order.agency = -1;
    if (!text_is_utf8(line))
        return 0;
    o.from = word_start(line);
    r.line = (struct text){line.at, o.from};
    if (order_read(&r) != RC_OK)
        return 0;
    switch (r.stage) {
    case STAGE_WHO:
        offer_who(&o, atlas);
        break;
    case STAGE_VERB:
        offer_verbs(&o, &atlas->names, r.said);
        break;
    case STAGE_ARGS:
        offer_args(&o, atlas, &order);
        break;
    case STAGE_VALUE:
        offer_values(&o, atlas, &order, verb_row(order.verb)->arg[r.arg].kind);
        break;
    case STAGE_TEXT:
        break;
    }
    return o.count;
}

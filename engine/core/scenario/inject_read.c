/* Injects, and patterns over orders, which the plan uses too. */
#include "core/scenario/atlas_read.h"
#include "core/order/order_read.h"

#include <string.h>

/* --- patterns over orders --- */

/* A value as an author wrote it, as the text that the order language reads. */
static bool value_text(const struct doc *d, struct buf *out)
{
    switch (d->kind) {
    case DOC_TEXT:
        buf_text(out, d->t);
        return !out->full;
    case DOC_INT:
        buf_i64(out, d->i);
        return true;
    case DOC_NUM:
        buf_fixed(out, d->n, 3);
        return true;
    case DOC_BOOL:
        buf_str(out, d->b ? "yes" : "no");
        return true;
    case DOC_TABLE: /* { "kind", "level" } or { x, y } */
        for (const struct doc *c = d->child; c != NULL; c = c->next) {
            if (c->kind == DOC_TABLE || !value_text(c, out))
                return false;
            if (c->next != NULL)
                buf_char(out, c->kind == DOC_TEXT ? '+' : ',');
        }
        return !out->full && d->count > 0;
    default:
        return false;
    }
}

static enum rc read_pattern_arg(struct atlas_reading *r, const struct doc *d, int arg,
                                struct order_pattern *out)
{
    char text[256];
    struct buf b = buf_on(text, (int)sizeof text);
    char where[256];
    struct buf where_b = buf_on(where, (int)sizeof where - 2);
    struct order order = {.verb = out->verb};
    struct order_reading reading = {.atlas = r->atlas, .order = &order, .e = r->e};
    bool good = value_text(d, &b) && text_is_utf8((struct text){b.at, b.len});

    if (good) {
        reading.line = (struct text){b.at, b.len};
        good = order_read_value(&reading, verb_row(out->verb)->arg[arg].kind, &out->arg[arg]) &&
               reading.pos == reading.line.len;
        reading.pos = 0;
    }
    if (good) {
        out->given |= (uint32_t)1 << arg;
        return RC_OK;
    }
    doc_where(d, &where_b);
    memcpy(where + where_b.len, ": ", 3);
    (void)order_bad_value(&reading, arg);
    err_prefix(r->e, where);
    return RC_INPUT;
}

static enum rc read_pattern_verb(struct atlas_reading *r, const struct doc *d, int32_t *verb)
{
    const struct doc *word = doc_get(d, "verb");
    struct text near = {"", 0};
    int best = 4;

    if (word == NULL || word->kind != DOC_TEXT)
        return DOC_ERR(d, r->e, MSG_CORE_MISSING_KEY, arg_s("verb"), arg_zh_en("指令", "the order"));
    *verb = verb_find(word->t);
    if (*verb >= 0)
        return RC_OK;
    const struct names *n = &r->atlas->names;
    for (int v = verb_next(n, -1); v >= 0; v = verb_next(n, v)) {
        int distance = text_distance(word->t, text_of(verb_row(v)->name), best);
        if (distance < best) {
            best = distance;
            near = text_of(verb_row(v)->name);
        }
    }
    if (near.len > 0)
        return DOC_ERR(word, r->e, MSG_CORE_ATLAS_VERB_NEAR, arg_t(word->t), arg_t(near));
    return DOC_ERR(word, r->e, MSG_CORE_ATLAS_VERB, arg_t(word->t));
}

static enum rc read_pattern_agency(struct atlas_reading *r, const struct doc *d, int32_t *out)
{
    const struct names *names = &r->atlas->names;
    int id = d->kind == DOC_TEXT ? names_find(names, ENT_AGENCY, d->t) : -1;
    struct text near;

    *out = id;
    if (id >= 0)
        return RC_OK;
    if (d->kind != DOC_TEXT)
        return DOC_ERR(d, r->e, MSG_CORE_UNKNOWN_REF, arg_zh_en("单位", "agency"), arg_s("?"));
    near = names_nearest(names, ENT_AGENCY, d->t);
    if (near.len > 0)
        return DOC_ERR(d, r->e, MSG_CORE_UNKNOWN_REF_NEAR, arg_zh_en("单位", "agency"),
                       arg_t(d->t), arg_t(near));
    return DOC_ERR(d, r->e, MSG_CORE_UNKNOWN_REF, arg_zh_en("单位", "agency"), arg_t(d->t));
}

static int pattern_arg(const struct names *n, int verb, struct text key)
{
    const struct verb_row *row = verb_row(verb);
    struct text word;

    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++)
        for (int k = 0; (word = order_arg_word(n, &row->arg[a], k)).len > 0; k++)
            if (text_eq(key, word))
                return a;
    return -1;
}

/* A safety measure by itself, as it used to be written: lookout = true. */
static bool pattern_safety(const struct atlas_reading *r, const struct doc *d, struct order_pattern *out)
{
    const int arg = order_safety_arg(out->verb);
    const int32_t word = arg >= 0 ? word_find(&r->atlas->names, VK_SAFETY, d->key) : -1;
    const bool yes = d->kind == DOC_BOOL ? d->b : d->kind == DOC_TEXT && text_is(d->t, "yes");

    if (word < 0 || !yes)
        return false;
    out->arg[arg] |= (int64_t)1 << word_bit(VK_SAFETY, word);
    out->given |= (uint32_t)1 << arg;
    return true;
}

/* "by" is who gives the order, unless the verb has an argument of that name (relieve .. by); "who"
 * always is. */
enum rc pattern_read(struct atlas_reading *r, const struct doc *d, struct order_pattern *out)
{
    enum rc rc;

    *out = (struct order_pattern){.verb = -1, .agency = -1};
    if (d == NULL)
        return RC_OK;
    rc = read_pattern_verb(r, d, &out->verb);
    for (const struct doc *c = d->child; c != NULL && rc == RC_OK; c = c->next) {
        int arg;
        if (c->index > 0)
            return DOC_ERR(c, r->e, MSG_CORE_STRAY_ITEM, arg_i(c->index));
        if (text_is(c->key, "verb"))
            continue;
        arg = pattern_arg(&r->atlas->names, out->verb, c->key);
        if (arg >= 0)
            rc = read_pattern_arg(r, c, arg, out);
        else if (pattern_safety(r, c, out))
            continue;
        else if (text_is(c->key, "by") || text_is(c->key, "who"))
            rc = read_pattern_agency(r, c, &out->agency);
        else
            rc = DOC_ERR(c, r->e, MSG_CORE_UNKNOWN_KEY, arg_t(c->key));
    }
    return rc;
}

/* --- injects --- */

struct inject_row {
    struct text id;
    struct inject inject;
    const struct doc *on_order, *absent, *effects, *chain;
};

#define AT(member) offsetof(struct inject_row, inject.member)
static const struct field inject_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct inject_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true,
     .zh = "名称", .en = "title"},
    {.name = "message", .type = FIELD_TITLE, .offset = AT(message),
     .zh = "告知席位的原话", .en = "what the seats are told, in words"},
    {.name = "at", .type = FIELD_MOMENT, .offset = AT(at_ms),
     .zh = "按时触发的时刻", .en = "fires at this moment"},
    {.name = "when", .type = FIELD_FUNC, .offset = AT(when),
     .zh = "态势触发：function(s) 返回真时", .en = "fires when function(s) says so"},
    {.name = "true_if", .type = FIELD_FUNC, .offset = AT(true_if),
     .zh = "所述是否属实：function(s)；到触发时返回假则暂缓，由导调决定",
     .en = "whether what it states is true: function(s); when it says false at the moment of firing the inject "
           "is held for the facilitator"},
    {.name = "on_order", .type = FIELD_DOC, .offset = offsetof(struct inject_row, on_order),
     .zh = "决策触发：有这样的指令时 { verb = .. }", .en = "fires when such an order is given"},
    {.name = "absent", .type = FIELD_DOC, .offset = offsetof(struct inject_row, absent),
     .zh = "决策触发：到 by 时仍无这样的指令", .en = "fires when no such order was given by `by`"},
    {.name = "by", .type = FIELD_MOMENT, .offset = AT(by_ms),
     .zh = "absent 的截止时刻", .en = "the moment for absent"},
    {.name = "unanswered", .type = FIELD_REF, .offset = AT(unanswered), .entity = ENT_SERVICE,
     .zh = "决策触发：该协同请求超过 within 无答复",
     .en = "fires when a request for it is open longer than `within`"},
    {.name = "within", .type = FIELD_DURATION, .offset = AT(within_ms), .low = 0, .high = 864000,
     .zh = "unanswered 的时限", .en = "the limit for unanswered"},
    {.name = "after", .type = FIELD_REF, .offset = AT(after), .entity = ENT_INJECT,
     .zh = "连锁触发：该注入之后", .en = "comes after that inject"},
    {.name = "delay", .type = FIELD_DURATION, .offset = AT(delay_ms), .low = 0, .high = 864000,
     .zh = "触发后再过多久", .en = "so long after the trigger"},
    {.name = "to", .type = FIELD_REFS, .offset = AT(to), .entity = ENT_AGENCY,
     .zh = "告知哪些单位", .en = "agencies that are told"},
    {.name = "channel", .type = FIELD_REF, .offset = AT(channel), .entity = ENT_CHANNEL,
     .zh = "经何种手段，省略为导调口头告知", .en = "by which means; the facilitator tells when absent"},
    {.name = "guidance", .type = FIELD_TITLE, .offset = AT(guidance),
     .zh = "给导调的提示", .en = "for the facilitator"},
    {.name = "expected", .type = FIELD_TITLE, .offset = AT(expected),
     .zh = "预期行动", .en = "what is expected of the seats"},
    {.name = "chain", .type = FIELD_DOC, .offset = offsetof(struct inject_row, chain), .choices = "scenario.chain[]",
     .zh = "预期处置链：按次序写明谁在多久内接报、决策、处置、报告",
     .en = "what is expected to follow, step by step: who receives, decides, acts, reports, and how soon"},
    {.name = "objective", .type = FIELD_REF, .offset = AT(objective), .entity = ENT_OBJECTIVE,
     .zh = "检验的演练目标", .en = "objective it tests"},
    {.name = "effects", .type = FIELD_DOC, .offset = offsetof(struct inject_row, effects),
     .zh = "情景指令 { \"world outage mobile for=90min\", .. }，时间自触发起算",
     .en = "orders of the world; times count from the firing"},
    {.name = "decide", .type = FIELD_BOOL, .offset = AT(decide),
     .zh = "须当场决策，可暂停时钟", .en = "the clock may hold for a decision"},
};
#undef AT

enum { EFFECTS_MAX = 16 }; /* of one inject; more is a chain of injects */

static enum rc read_effects(struct atlas_reading *r, const struct doc *list, struct inject *out)
{
    if (list == NULL)
        return RC_OK;
    if (list->count > EFFECTS_MAX)
        return section_full(r, list, EFFECTS_MAX);
    out->effects = ARENA_NEW(r->arena, struct order, list->count + 1);
    if (out->effects == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list->child; d != NULL; d = d->next) {
        struct order *o = &out->effects[out->effect_count];
        char where[256];
        struct buf b = buf_on(where, (int)sizeof where - 2);
        enum rc rc;
        if (d->index == 0 || d->kind != DOC_TEXT)
            return DOC_ERR(d, r->e, MSG_CORE_WRONG_TYPE, arg_msg(MSG_CORE_TYPE_TEXT), arg_s("?"));
        rc = order_parse(d->t, r->atlas, 0, o, r->e);
        if (rc != RC_OK) {
            doc_where(d, &b);
            memcpy(where + b.len, ": ", 3);
            err_prefix(r->e, where);
            return rc;
        }
        if (verb_row(o->verb)->who != WHO_WORLD)
            return DOC_ERR(d, r->e, MSG_CORE_ATLAS_EFFECT,
                           arg_zh_en(verb_row(o->verb)->zh, verb_row(o->verb)->name));
        o->origin = ORIGIN_INJECT;
        out->effect_count++;
    }
    return RC_OK;
}

/* Which of the five triggers the row has; more than one is a mistake. */
static enum rc read_trigger(struct atlas_reading *r, const struct doc *d, struct inject *in)
{
    static const struct {
        const char *key;
        enum inject_trigger trigger;
    } keys[] = {
        {"at", TRIGGER_TIME},         {"when", TRIGGER_WORLD},         {"on_order", TRIGGER_DECISION},
        {"absent", TRIGGER_DECISION}, {"unanswered", TRIGGER_DECISION}, {"after", TRIGGER_CHAIN},
    };
    static const char *const pairs[][2] = {
        {"absent", "by"}, {"by", "absent"}, {"unanswered", "within"}, {"within", "unanswered"}};
    const char *first = NULL;

    in->trigger = TRIGGER_HAND;
    for (int i = 0; i < COUNT_OF(keys); i++) {
        if (!row_has(d, keys[i].key))
            continue;
        if (first != NULL)
            return DOC_ERR(d, r->e, MSG_CORE_ATLAS_NOT_BOTH, arg_s(first), arg_s(keys[i].key));
        first = keys[i].key;
        in->trigger = (int32_t)keys[i].trigger;
    }
    for (int i = 0; i < COUNT_OF(pairs); i++)
        if (row_has(d, pairs[i][0]) && !row_has(d, pairs[i][1]))
            return DOC_ERR(d, r->e, MSG_CORE_ATLAS_GOES_WITH, arg_s(pairs[i][0]),
                           arg_s(pairs[i][1]));
    if (in->at_ms > r->atlas->meta.length_ms)
        return DOC_ERR0(doc_get(d, "at"), r->e, MSG_CORE_ATLAS_TOO_LATE);
    if (in->by_ms > r->atlas->meta.length_ms)
        return DOC_ERR0(doc_get(d, "by"), r->e, MSG_CORE_ATLAS_TOO_LATE);
    return RC_OK;
}

static enum rc accept_inject(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct inject_row *in = row;
    enum rc rc = read_trigger(r, d, &in->inject);

    if (rc == RC_OK)
        rc = pattern_read(r, in->on_order, &in->inject.seen);
    if (rc == RC_OK)
        rc = pattern_read(r, in->absent, &in->inject.absent);
    if (rc == RC_OK)
        rc = read_effects(r, in->effects, &in->inject);
    if (rc == RC_OK)
        rc = chain_read(r, in->chain, &in->inject);
    r->atlas->inject[id] = in->inject;
    return rc;
}

const struct section ATLAS_INJECTS[] = {
    {"injects", ENT_INJECT, INJECT_MAX, inject_rows, COUNT_OF(inject_rows),
     sizeof(struct inject_row), accept_inject, "injects 注入", "injects"},
};
const int ATLAS_INJECTS_COUNT = COUNT_OF(ATLAS_INJECTS);

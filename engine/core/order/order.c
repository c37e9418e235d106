/* The verbs and how an order is written; declared in order.h. */
#include "core/order/order.h"

#include "core/scenario/atlas.h"

bool verb_valid(int64_t verb)
{
    const struct vocab *from = verb >= 0 && verb < EVENT_KINDS ? vocab_of(NULL, (int)verb >> OWN_BITS) : NULL;

    return from != NULL && (verb & OWN_ROW) < from->verbs;
}

const struct verb_row *verb_row(int verb)
{
    ASSERT(verb_valid(verb));
    return &vocab_of(NULL, verb >> OWN_BITS)->verb[verb & OWN_ROW];
}

static int verbs_of(const struct vocab *v, enum value_kind kind)
{
    (void)kind;
    return v->verbs;
}

int verb_next(const struct names *n, int verb)
{
    return vocab_next(n, verb, verbs_of, VK_NONE);
}

int verb_find(struct text word)
{
    for (int v = verb_next(NULL, -1); v >= 0; v = verb_next(NULL, v))
        if (text_is(word, verb_row(v)->name) || text_is(word, verb_row(v)->zh) ||
            (verb_row(v)->alias_zh != NULL && text_is(word, verb_row(v)->alias_zh)))
            return v;
    return -1;
}

/* What a figure was called while every figure was an area. */
static const char *const FACT_WAS[] = {"area", "面积"};

int verb_arg_find(int verb, const char *name)
{
    const struct verb_row *row = verb_row(verb);

    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        struct text word = text_of(name);
        if (text_is(word, row->arg[a].name) ||
            (row->arg[a].kind == VK_FACT && (text_is(word, FACT_WAS[0]) || text_is(word, FACT_WAS[1]))))
            return a;
    }
    return -1;
}

struct text order_arg_word(const struct names *n, const struct verb_arg *arg, int k)
{
    int32_t kind = -1;

    if (k < 2)
        return text_of(k == 0 ? arg->name : arg->zh);
    if (arg->kind == VK_FACT && k < 2 + COUNT_OF(FACT_WAS))
        return text_of(FACT_WAS[k - 2]);
    if (arg->kind == VK_FACT && k == 2 + COUNT_OF(FACT_WAS) && topic_headline(n, -1) >= 0)
        return text_of(topic_row(n, topic_headline(n, -1))->zh);
    if (arg->kind != VK_LINE)
        return (struct text){"", 0};
    for (int i = 2; i <= k; i++)
        kind = i > 2 && kind < 0 ? -1 : word_next(n, VK_LINE_KIND, kind);
    return kind >= 0 ? word_title(n, VK_LINE_KIND, kind).zh : (struct text){"", 0};
}

/* What people call the argument: a line goes by the name of its own kind, a figure by what it is a figure of. */
static struct text arg_label(const struct atlas *atlas, const struct verb_arg *arg, int64_t v, bool zh)
{
    if (arg->kind == VK_LINE && zh && atlas != NULL && v >= 0 && v < ATLAS_COUNT(atlas, ENT_LINE))
        return word_title(&atlas->names, VK_LINE_KIND, atlas->line[v].kind).zh;
    int32_t topic = arg->kind == VK_FACT && atlas != NULL ? topic_headline(&atlas->names, -1) : -1;
    if (topic >= 0)
        return zh ? word_title(&atlas->names, VK_TOPIC, topic).zh : word_title(&atlas->names, VK_TOPIC, topic).en;
    return text_of(zh ? arg->zh : arg->name);
}

bool order_has(const struct order *o, int arg)
{
    return arg >= 0 && arg < ORDER_ARGS && (o->given >> arg & 1u) != 0;
}

void order_quote(struct text t, struct buf *out)
{
    buf_char(out, '"');
    for (int i = 0; i < t.len; i++) {
        char c = t.at[i];
        int n = 1;
        if (c == '"' || c == '\\') {
            buf_char(out, '\\');
            buf_char(out, c);
        } else if (c == '\n') {
            buf_str(out, "\\n");
        } else if (c == '\t') {
            buf_str(out, "\\t");
        } else if ((unsigned char)c < 0x20 || c == 0x7f) {
            buf_char(out, ' ');
        } else {
            /* whole characters at once: a buffer cuts at their boundaries only */
            while (i + n < t.len && ((unsigned char)t.at[i + n] & 0xc0u) == 0x80u)
                n++;
            buf_text(out, (struct text){t.at + i, n});
            i += n - 1;
        }
    }
    buf_char(out, '"');
}

static void write_time(int64_t ms, struct buf *out)
{
    int64_t rest = ms % 1000;

    if (ms < 0) {
        buf_str(out, "00:00 ");
        return;
    }
    offset_format(ms, out);
    if (rest > 0) {
        if (ms % 60000 < 1000)
            buf_str(out, ":00");
        buf_char(out, '.');
        for (int64_t place = 100; place > 0; place /= 10)
            buf_char(out, (char)('0' + rest / place % 10));
    }
    buf_char(out, ' ');
}

void order_format(const struct order *o, const struct atlas *atlas, bool with_time, struct buf *out)
{
    const struct verb_row *row = verb_row(o->verb);
    bool skipped = false; /* an absent positional argument: those after it need their names */

    if (with_time)
        write_time(o->at_ms, out);
    if (o->agency >= 0)
        value_format(VK_AGENCY, o->agency, atlas, LANG_EN, true, out);
    else
        buf_str(out, row->who == WHO_WORLD ? "world" : "facilitator");
    buf_char(out, ' ');
    buf_str(out, row->name);
    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        const struct verb_arg *arg = &row->arg[a];
        if (!order_has(o, a)) {
            skipped = skipped || arg->how == HOW_POS;
            continue;
        }
        buf_char(out, ' ');
        if (arg->how == HOW_KEY || (arg->how == HOW_POS && skipped)) {
            buf_str(out, arg->name);
            buf_char(out, '=');
        } else if (arg->how == HOW_WORD) {
            buf_str(out, arg->name);
            buf_char(out, ' ');
        }
        value_format(arg->kind, o->arg[a], atlas, LANG_EN, true, out);
    }
    if (o->text[0] != '\0') {
        buf_char(out, ' ');
        order_quote(text_of(o->text), out);
    }
}

int32_t order_asset(const struct order *o)
{
    const struct verb_row *row = verb_row(o->verb);

    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        if (!order_has(o, a))
            continue;
        if (row->arg[a].kind == VK_ASSET)
            return (int32_t)o->arg[a];
        if (row->arg[a].kind == VK_BARRIER && o->arg[a] >= BARRIER_ASSET)
            return (int32_t)(o->arg[a] - BARRIER_ASSET);
    }
    return -1;
}

/* A road is barred by another word than an asset is closed by. */
static const char *verb_said(const struct order *o)
{
    const struct verb_row *row = verb_row(o->verb);
    const bool asset = row->arg[0].kind == VK_BARRIER && order_asset(o) >= 0;

    return asset && row->alias_zh != NULL ? row->alias_zh : row->zh;
}

void order_say(const struct order *o, const struct atlas *atlas, enum lang lang, struct buf *out)
{
    const struct verb_row *row = verb_row(o->verb);
    const bool zh = lang == LANG_ZH;

    if (o->agency >= 0)
        value_format(VK_AGENCY, o->agency, atlas, lang, false, out);
    else
        buf_str(out, msg_text(lang, row->who == WHO_WORLD ? MSG_CORE_SAY_WORLD
                                                          : MSG_CORE_SAY_FACILITATOR));
    buf_str(out, zh ? "：" : ": ");
    buf_str(out, zh ? verb_said(o) : row->name);
    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        const struct verb_arg *arg = &row->arg[a];
        if (!order_has(o, a))
            continue;
        if (arg->how == HOW_KEY) {
            buf_str(out, zh ? "，" : ", ");
            buf_text(out, arg_label(atlas, arg, o->arg[a], zh));
            buf_str(out, zh ? "：" : ": ");
        } else {
            buf_char(out, ' ');
            if (arg->how == HOW_WORD) {
                buf_str(out, zh ? arg->zh : arg->name);
                buf_char(out, ' ');
            }
        }
        value_format(arg->kind, o->arg[a], atlas, lang, false, out);
    }
    if (o->text[0] != '\0') {
        buf_str(out, zh ? "：“" : ": “");
        buf_str(out, o->text);
        buf_str(out, "”");
    }
}

/* Of safety measures all that are asked for must be there; else the value must be the same. */
static bool arg_fits(int32_t verb, int arg, int64_t asked, int64_t got)
{
    return verb_row(verb)->arg[arg].kind == VK_SAFETY ? (got & asked) == asked : got == asked;
}

bool order_matches(const struct order_pattern *p, const struct order *o)
{
    if (p->verb < 0 || o->verb != p->verb || (p->agency >= 0 && o->agency != p->agency))
        return false;
    for (int a = 0; a < ORDER_ARGS; a++)
        if ((p->given >> a & 1u) != 0 && (!order_has(o, a) || !arg_fits(o->verb, a, p->arg[a], o->arg[a])))
            return false;
    return true;
}

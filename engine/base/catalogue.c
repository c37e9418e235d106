#include "base/catalogue.h"

struct row {
    const char *name;
    const char *text[LANG_COUNT];
};

#define STR(id, zh, en) [MSG_##id] = {#id, {zh, en}},
static const struct row rows[MSG_COUNT] = {
    [MSG_NONE] = {"NONE", {"", ""}},
#include "base/strings/all.def"
};
#undef STR

struct arg arg_s(const char *cstr)
{
    return arg_t(text_of(cstr));
}

struct arg arg_t(struct text t)
{
    return (struct arg){.kind = ARG_TEXT, .zh = t};
}

struct arg arg_i(int64_t i)
{
    return (struct arg){.kind = ARG_INT, .i = i};
}

struct arg arg_d(double d, int decimals)
{
    return (struct arg){.kind = ARG_FIXED, .d = d, .decimals = decimals};
}

struct arg arg_zh_en(const char *zh, const char *en)
{
    return (struct arg){.kind = ARG_PAIR, .zh = text_of(zh), .en = text_of(en)};
}

struct arg arg_msg(enum msg id)
{
    ASSERT((int)id >= 0 && id < MSG_COUNT);
    return arg_zh_en(rows[id].text[LANG_ZH], rows[id].text[LANG_EN]);
}

const char *msg_text(enum lang lang, enum msg id)
{
    ASSERT((int)id >= 0 && id < MSG_COUNT);
    return rows[id].text[lang];
}

const char *msg_name(enum msg id)
{
    ASSERT((int)id >= 0 && id < MSG_COUNT);
    return rows[id].name;
}

static void put_arg(struct buf *b, enum lang lang, const struct arg *a)
{
    switch (a->kind) {
    case ARG_TEXT:
        buf_text(b, a->zh);
        break;
    case ARG_INT:
        buf_i64(b, a->i);
        break;
    case ARG_FIXED:
        buf_fixed(b, a->d, a->decimals);
        break;
    case ARG_PAIR:
        buf_text(b, lang == LANG_ZH ? a->zh : a->en);
        break;
    }
}

static int placeholder(struct text t, int at)
{
    bool is = at + 2 < t.len && t.at[at] == '{' && t.at[at + 1] >= '0' && t.at[at + 1] <= '7' &&
              t.at[at + 2] == '}';
    return is ? t.at[at + 1] - '0' : -1;
}

void text_format(struct buf *b, enum lang lang, struct text tmpl, const struct arg *args, int count)
{
    int plain = 0;
    for (int i = 0; i < tmpl.len; i++) {
        int which = placeholder(tmpl, i);
        if (which < 0 || which >= count)
            continue;
        buf_text(b, (struct text){tmpl.at + plain, i - plain});
        put_arg(b, lang, &args[which]);
        i += 2;
        plain = i + 1;
    }
    buf_text(b, (struct text){tmpl.at + plain, tmpl.len - plain});
}

void msg_format(struct buf *b, enum lang lang, enum msg id, const struct arg *args, int count)
{
    struct text tmpl = text_of(msg_text(lang, id));
    for (int i = 0; i < tmpl.len; i++)
        ASSERT(placeholder(tmpl, i) < count);
    text_format(b, lang, tmpl, args, count);
}

/* Does t begin with the two-letter code, alone or before a region: "zh", "ZH_CN.UTF-8"? */
static bool has_code(struct text t, const char *code)
{
    if (t.len < 2 || (t.at[0] | 0x20) != code[0] || (t.at[1] | 0x20) != code[1])
        return false;
    return t.len == 2 || t.at[2] == '-' || t.at[2] == '_' || t.at[2] == '.';
}

bool lang_parse(struct text t, enum lang *out)
{
    if (has_code(t, "zh") || text_is(t, "中文"))
        *out = LANG_ZH;
    else if (has_code(t, "en") || text_is(t, "English"))
        *out = LANG_EN;
    else
        return false;
    return true;
}

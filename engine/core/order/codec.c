/* Orders and events as bytes: little-endian, versioned, one spelling for one record; in order.h.
 *
 * A verb and a kind of event go by their names, because rows are added in the middle of the tables.
 * Arguments and fields go by their place, which is frozen once released. Decoding checks everything
 * that can be known without a scenario; ids are checked against the scenario by whoever has one. */
#include <string.h>

#include "core/order/order.h"

enum { ORDER_TAG = 'O', EVENT_TAG = 'E', CODEC_VERSION = 1, VERB_NAME_MAX = 47 };

struct out {
    uint8_t *at;
    int len, cap;
    bool full;
};

static void put(struct out *o, const void *from, int size)
{
    if (o->full || size > o->cap - o->len) {
        o->full = true;
        return;
    }
    if (size > 0)
        memcpy(o->at + o->len, from, (size_t)size);
    o->len += size;
}

static void put_u(struct out *o, uint64_t v, int bytes)
{
    uint8_t b[8];

    for (int i = 0; i < bytes; i++)
        b[i] = (uint8_t)(v >> (8 * i));
    put(o, b, bytes);
}

static void put_name(struct out *o, const char *name)
{
    struct text t = text_of(name);

    ASSERT(t.len <= VERB_NAME_MAX);
    put_u(o, (uint64_t)t.len, 1);
    put(o, t.at, t.len);
}

struct in {
    const uint8_t *at;
    int left;
    bool bad;
};

static uint64_t take_u(struct in *in, int bytes)
{
    uint64_t v = 0;

    if (in->bad || in->left < bytes) {
        in->bad = true;
        return 0;
    }
    for (int i = 0; i < bytes; i++)
        v |= (uint64_t)in->at[i] << (8 * i);
    in->at += bytes;
    in->left -= bytes;
    return v;
}

static int64_t take_i64(struct in *in)
{
    return (int64_t)take_u(in, 8);
}

static int32_t take_i32(struct in *in)
{
    return (int32_t)(uint32_t)take_u(in, 4);
}

static struct text take_text(struct in *in, int size_bytes)
{
    int n = (int)take_u(in, size_bytes);
    struct text t = {(const char *)in->at, n};

    if (in->bad || n > in->left) {
        in->bad = true;
        return (struct text){"", 0};
    }
    in->at += n;
    in->left -= n;
    return t;
}

static void put_cause(struct out *o, struct cause c)
{
    put_u(o, (uint64_t)c.kind, 1);
    put_u(o, (uint64_t)c.ref, 8);
}

static struct cause take_cause(struct in *in)
{
    struct cause c;

    c.kind = (int32_t)take_u(in, 1);
    c.ref = take_i64(in);
    if (c.kind > CAUSE_ABSENCE)
        in->bad = true;
    return c;
}

int order_encode(const struct order *o, uint8_t *to, int cap)
{
    struct out out = {to, 0, cap, false};
    struct text text = text_of(o->text);

    ASSERT(text.len < ORDER_TEXT);
    put_u(&out, ORDER_TAG, 1);
    put_u(&out, CODEC_VERSION, 1);
    put_name(&out, verb_row(o->verb)->name);
    put_u(&out, (uint64_t)o->seq, 8);
    put_u(&out, (uint64_t)o->at_ms, 8);
    put_u(&out, (uint32_t)o->agency, 4);
    put_u(&out, (uint64_t)o->origin, 1);
    put_cause(&out, o->cause);
    put_u(&out, o->given, 2);
    for (int a = 0; a < ORDER_ARGS; a++)
        if (order_has(o, a))
            put_u(&out, (uint64_t)o->arg[a], 8);
    put_u(&out, (uint64_t)text.len, 2);
    put(&out, text.at, text.len);
    return out.full ? 0 : out.len;
}

/* What a value can be without knowing the scenario. */
static bool value_possible(enum value_kind kind, int64_t v)
{
    int words = word_count(kind);

    if (value_entity(kind) != ENT_COUNT)
        return v >= -1 && v <= INT32_MAX;
    if (kind == VK_WARN_SET || kind == VK_LEVEL_SET || kind == VK_REPORT_SET)
        return v >= 0 && v < (int64_t)1 << words;
    if (words > 0)
        return v >= 0 && v < words;
    if (kind == VK_BOOL)
        return v == 0 || v == 1;
    if (kind == VK_VERB)
        return v >= -1 && v < VERB_COUNT;
    return true;
}

static bool take_args(struct in *in, struct order *out)
{
    const struct verb_row *row = verb_row(out->verb);
    int a = 0;

    for (; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        out->arg[a] = value_entity(row->arg[a].kind) != ENT_COUNT ? -1 : 0;
        if ((out->given >> a & 1u) == 0)
            continue;
        out->arg[a] = take_i64(in);
        if (!value_possible(row->arg[a].kind, out->arg[a]))
            return false;
    }
    return out->given >> a == 0;
}

bool order_decode(const uint8_t *from, int size, struct order *out)
{
    struct in in = {from, size, size < 0};
    struct text text;

    memset(out, 0, sizeof *out);
    if (take_u(&in, 1) != ORDER_TAG || take_u(&in, 1) != CODEC_VERSION)
        return false;
    text = take_text(&in, 1);
    out->verb = -1;
    for (int v = 0; v < VERB_COUNT; v++)
        if (text_is(text, verb_row(v)->name))
            out->verb = v;
    if (in.bad || out->verb < 0)
        return false;
    out->seq = take_i64(&in);
    out->at_ms = take_i64(&in);
    out->agency = take_i32(&in);
    out->origin = (int32_t)take_u(&in, 1);
    out->cause = take_cause(&in);
    out->given = (uint32_t)take_u(&in, 2);
    if (in.bad || out->origin > ORIGIN_FILE || out->agency < -1 || out->seq < 0)
        return false;
    if (!take_args(&in, out))
        return false;
    text = take_text(&in, 2);
    if (in.bad || in.left != 0 || text.len >= ORDER_TEXT || !text_is_utf8(text))
        return false;
    for (int i = 0; i < text.len; i++)
        if (text.at[i] == '\0')
            return false;
    return text_copy(out->text, ORDER_TEXT, text);
}

/* How many integers and numbers a kind of event has. */
static void field_counts(int kind, int *ints, int *nums)
{
    *ints = *nums = 0;
    for (const struct event_field *f = event_row(kind)->field; f->kind != VK_NONE; f++)
        (*(f->kind == VK_NUM ? nums : ints))++;
}

int event_encode(const struct event *e, uint8_t *to, int cap)
{
    struct out out = {to, 0, cap, false};
    int ints, nums;

    field_counts(e->kind, &ints, &nums);
    put_u(&out, EVENT_TAG, 1);
    put_u(&out, CODEC_VERSION, 1);
    put_name(&out, event_row(e->kind)->name);
    put_u(&out, (uint64_t)e->seq, 8);
    put_u(&out, (uint64_t)e->t_ms, 8);
    put_cause(&out, e->cause);
    put_cause(&out, e->also);
    for (int i = 0; i < ints; i++)
        put_u(&out, (uint32_t)e->i[i], 4);
    for (int i = 0; i < nums; i++) {
        uint64_t bits;
        memcpy(&bits, &e->f[i], sizeof bits);
        put_u(&out, bits, 8);
    }
    return out.full ? 0 : out.len;
}

bool event_decode(const uint8_t *from, int size, struct event *out)
{
    struct in in = {from, size, size < 0};
    int ints, nums;

    memset(out, 0, sizeof *out);
    if (take_u(&in, 1) != EVENT_TAG || take_u(&in, 1) != CODEC_VERSION)
        return false;
    out->kind = event_find(take_text(&in, 1));
    if (in.bad || out->kind < 0)
        return false;
    out->seq = take_i64(&in);
    out->t_ms = take_i64(&in);
    out->cause = take_cause(&in);
    out->also = take_cause(&in);
    field_counts(out->kind, &ints, &nums);
    for (int i = 0; i < ints; i++)
        out->i[i] = take_i32(&in);
    for (int i = 0; i < nums; i++) {
        uint64_t bits = take_u(&in, 8);
        memcpy(&out->f[i], &bits, sizeof bits);
    }
    return !in.bad && in.left == 0;
}

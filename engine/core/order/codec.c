/* Orders and events as bytes: little-endian, versioned, one spelling for one record; in order.h.
 *
 * Codec 2: whatever is a word of the program (a verb, a kind of event, a task, a reason, a stage ..) goes
 * by its name, because rows are added to the tables and move; ids of the scenario in the same file go by
 * their number. Arguments and fields go by their place, which is frozen once released, after how many
 * there are: those that a later program adds at the end read as none in the files of an earlier one
 * (integers -1, numbers -1.0, whatever they count: "not said" is never a measured 0). A name that this
 * program does not know is an error that says the name. Codec 1 is read by codec_1.c.
 *
 * Decoding checks everything that can be known without a scenario; ids are checked against the scenario
 * by whoever has one. */
#include "core/order/codec.h"
#include "core/order/vocab.h"

#include <string.h>

enum { GIVEN_BITS = 16 };
#define OWN_MARK '@' /* before the row of a word that the scenario declares */
_Static_assert((int)ORDER_ARGS <= (int)GIVEN_BITS, "given is 16 bits on file");

/* ---- writing ---- */

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

    ASSERT(t.len <= CODEC_NAME_MAX);
    put_u(o, (uint64_t)t.len, 1);
    put(o, t.at, t.len);
}

/* A word that the scenario declares goes by its row: the scenario lies in the same file and never changes. */
static void put_own_word(struct out *o, int64_t v)
{
    char text[16];
    struct buf b = BUF_ON(text);

    buf_char(&b, OWN_MARK);
    buf_i64(&b, v & OWN_ROW);
    put_name(o, text);
}

/* Empty for none. */
static void put_word(struct out *o, enum value_kind kind, int64_t v)
{
    if (v >> OWN_BITS == OWN_SCENARIO) {
        put_own_word(o, v);
        return;
    }
    ASSERT(v == -1 || word_valid(NULL, kind, v));
    put_name(o, v >= 0 ? word_name(NULL, kind, (int32_t)v) : "");
}

static void put_verb(struct out *o, int64_t verb)
{
    put_name(o, verb >= 0 ? verb_row((int)verb)->name : "");
}

/* How many, then each by name; 255 for a set that was not said. */
static void put_set(struct out *o, enum value_kind kind, int64_t v)
{
    int count = 0;

    for (int i = 0; v >= 0 && i < SET_BITS; i++)
        count += (int)((uint64_t)v >> i & 1u);
    put_u(o, v < 0 ? 255u : (uint64_t)count, 1);
    for (int i = 0; v >= 0 && i < SET_BITS; i++) {
        if (((uint64_t)v >> i & 1u) == 0)
            continue;
        ASSERT(word_of_bit(kind, i) >= 0);
        put_name(o, word_name(NULL, kind, word_of_bit(kind, i)));
    }
}

static void put_value(struct out *o, enum value_kind kind, int64_t v, int bytes)
{
    if (word_is_set(kind))
        put_set(o, kind, v);
    else if (codec_kind_is_word(kind))
        put_word(o, kind, v);
    else if (kind == VK_VERB)
        put_verb(o, v);
    else
        put_u(o, (uint64_t)v, bytes);
}

static void put_cause(struct out *o, struct cause c)
{
    put_u(o, (uint64_t)c.kind, 1);
    if (c.kind == CAUSE_ABSENCE)
        put_verb(o, c.ref);
    else
        put_u(o, (uint64_t)c.ref, 8);
}

int order_encode(const struct order *o, uint8_t *to, int cap)
{
    struct out out = {to, 0, cap, false};
    struct text text = text_of(o->text);
    const struct verb_row *row = verb_row(o->verb);

    ASSERT(text.len < ORDER_TEXT);
    put_u(&out, ORDER_TAG, 1);
    put_u(&out, CODEC, 1);
    put_name(&out, row->name);
    put_u(&out, (uint64_t)o->seq, 8);
    put_u(&out, (uint64_t)o->at_ms, 8);
    put_u(&out, (uint32_t)o->agency, 4);
    put_u(&out, (uint64_t)o->origin, 1);
    put_cause(&out, o->cause);
    put_u(&out, o->given, 2);
    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++)
        if (order_has(o, a))
            put_value(&out, row->arg[a].kind, o->arg[a], 8);
    put_u(&out, (uint64_t)text.len, 2);
    put(&out, text.at, text.len);
    return out.full ? 0 : out.len;
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
    int ints, nums, i = 0;

    field_counts(e->kind, &ints, &nums);
    put_u(&out, EVENT_TAG, 1);
    put_u(&out, CODEC, 1);
    put_name(&out, event_row(e->kind)->name);
    put_u(&out, (uint64_t)e->seq, 8);
    put_u(&out, (uint64_t)e->t_ms, 8);
    put_cause(&out, e->cause);
    put_cause(&out, e->also);
    put_u(&out, (uint64_t)ints, 1);
    for (const struct event_field *f = event_row(e->kind)->field; f->kind != VK_NONE; f++)
        if (f->kind != VK_NUM)
            put_value(&out, f->kind, e->i[i++], 4);
    put_u(&out, (uint64_t)nums, 1);
    for (i = 0; i < nums; i++) {
        uint64_t bits;
        memcpy(&bits, &e->f[i], sizeof bits);
        put_u(&out, bits, 8);
    }
    return out.full ? 0 : out.len;
}

/* ---- reading: what both codecs share ---- */

uint64_t codec_take(struct codec_in *in, int bytes)
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

static int32_t take_i32(struct codec_in *in)
{
    return (int32_t)(uint32_t)codec_take(in, 4);
}

double codec_take_num(struct codec_in *in)
{
    uint64_t bits = codec_take(in, 8);
    double v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

struct text codec_take_text(struct codec_in *in, int size_bytes)
{
    int n = (int)codec_take(in, size_bytes);
    struct text t = {(const char *)in->at, n};

    if (in->bad || n > in->left) {
        in->bad = true;
        return (struct text){"", 0};
    }
    in->at += n;
    in->left -= n;
    return t;
}

/* The first thing found wrong is what is said. */
bool codec_fail(struct codec_in *in, enum msg id, struct text what)
{
    if (!in->bad)
        ERR(in->e, RC_CORRUPT, id, arg_t(what));
    in->bad = true;
    return false;
}

/* Names alone, never titles: a record has one spelling. */
int codec_find_verb(struct codec_in *in, struct text name)
{
    int verb = in->bad ? -1 : verb_find(name);

    if (verb >= 0 && text_is(name, verb_row(verb)->name))
        return verb;
    codec_fail(in, MSG_CORE_CODEC_VERB, name);
    return -1;
}

int codec_find_event(struct codec_in *in, struct text name)
{
    int kind = in->bad ? -1 : event_find(name);

    if (kind < 0)
        codec_fail(in, MSG_CORE_CODEC_EVENT, name);
    return kind;
}

/* The row behind the mark, in its one spelling; -1. */
static int own_row(struct text name)
{
    int row = 0;

    if (name.len < 2 || name.len > 4 || name.at[0] != OWN_MARK || (name.at[1] == '0' && name.len > 2))
        return -1;
    for (int i = 1; i < name.len; i++) {
        if (name.at[i] < '0' || name.at[i] > '9')
            return -1;
        row = row * 10 + (name.at[i] - '0');
    }
    return row < 1 << OWN_BITS ? row : -1;
}

int codec_find_word(struct codec_in *in, enum value_kind kind, struct text name)
{
    int word = in->bad ? -1 : word_find(NULL, kind, name);

    if (word >= 0 && text_is(name, word_name(NULL, kind, word)))
        return word;
    word = own_row(name);
    if (!in->bad && word >= 0)
        return OWN_SCENARIO << OWN_BITS | word;
    codec_fail(in, MSG_CORE_CODEC_WORD, name);
    return -1;
}

bool codec_kind_is_word(enum value_kind kind)
{
    return !word_is_set(kind) && word_has_words(kind);
}

bool codec_number_possible(enum value_kind kind, int64_t v)
{
    if (value_entity(kind) != ENT_COUNT)
        return v >= -1 && v <= INT32_MAX;
    if (kind == VK_BOOL)
        return v >= 0 && v <= 1;
    if (kind == VK_BARRIER)
        return v >= 0 && v < 2 * BARRIER_ASSET;
    return true;
}

int64_t codec_none(enum value_kind kind)
{
    return value_entity(kind) != ENT_COUNT || kind == VK_BARRIER ? -1 : 0;
}

bool codec_take_statement(struct codec_in *in, struct order *out)
{
    struct text text = codec_take_text(in, 2);

    if (in->bad || in->left != 0 || text.len >= ORDER_TEXT || !text_is_utf8(text))
        return false;
    for (int i = 0; i < text.len; i++)
        if (text.at[i] == '\0')
            return false;
    return text_copy(out->text, ORDER_TEXT, text);
}

/* ---- reading codec 2 ---- */

static int64_t take_verb(struct codec_in *in)
{
    struct text name = codec_take_text(in, 1);

    return in->bad || name.len == 0 ? -1 : codec_find_verb(in, name);
}

static struct cause take_cause(struct codec_in *in)
{
    struct cause c = {(int32_t)codec_take(in, 1), 0};

    if (c.kind > CAUSE_ABSENCE)
        in->bad = true;
    c.ref = c.kind == CAUSE_ABSENCE ? take_verb(in) : (int64_t)codec_take(in, 8);
    return c;
}

static int64_t take_set(struct codec_in *in, enum value_kind kind)
{
    int count = (int)codec_take(in, 1), last = -1;
    int64_t set = 0;

    if (count == 255)
        return -1;
    for (int i = 0; i < count && !in->bad; i++) {
        int word = codec_find_word(in, kind, codec_take_text(in, 1));
        int bit = in->bad || !word_valid(NULL, kind, word) ? -1 : word_bit(kind, word);
        if (bit <= last || bit >= SET_BITS) { /* in order, each once: one spelling */
            in->bad = true;
            return 0;
        }
        set |= (int64_t)1 << bit;
        last = bit;
    }
    return set;
}

static int64_t take_value(struct codec_in *in, enum value_kind kind, int bytes)
{
    if (word_is_set(kind))
        return take_set(in, kind);
    if (kind == VK_VERB)
        return take_verb(in);
    if (codec_kind_is_word(kind)) {
        struct text name = codec_take_text(in, 1);
        return in->bad || name.len == 0 ? -1 : codec_find_word(in, kind, name);
    }
    return bytes == 4 ? (int64_t)take_i32(in) : (int64_t)codec_take(in, bytes);
}

bool codec_take_order_head(struct codec_in *in, struct order *out)
{
    out->seq = (int64_t)codec_take(in, 8);
    out->at_ms = (int64_t)codec_take(in, 8);
    out->agency = take_i32(in);
    out->origin = (int32_t)codec_take(in, 1);
    return !in->bad && out->origin <= ORIGIN_FILE && out->agency >= -1 && out->seq >= 0;
}

/* An order has no value of a word that says nothing: it was given, or it was not. */
static bool take_args(struct codec_in *in, struct order *out)
{
    const struct verb_row *row = verb_row(out->verb);
    int a = 0;

    for (; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        enum value_kind kind = row->arg[a].kind;
        out->arg[a] = codec_none(kind);
        if ((out->given >> a & 1u) == 0)
            continue;
        out->arg[a] = take_value(in, kind, 8);
        bool word = word_is_set(kind) || codec_kind_is_word(kind);
        if (in->bad || (word && out->arg[a] < 0) || !codec_number_possible(kind, out->arg[a]))
            return false;
    }
    return out->given >> a == 0;
}

static bool order_decode_2(struct codec_in *in, struct order *out)
{
    out->verb = codec_find_verb(in, codec_take_text(in, 1));
    if (in->bad || !codec_take_order_head(in, out))
        return false;
    out->cause = take_cause(in);
    out->given = (uint32_t)codec_take(in, 2);
    return !in->bad && take_args(in, out) && codec_take_statement(in, out);
}

static bool event_decode_2(struct codec_in *in, struct event *out)
{
    int ints, nums, here, i = 0;

    out->kind = codec_find_event(in, codec_take_text(in, 1));
    if (in->bad)
        return false;
    out->seq = (int64_t)codec_take(in, 8);
    out->t_ms = (int64_t)codec_take(in, 8);
    out->cause = take_cause(in);
    out->also = take_cause(in);
    field_counts(out->kind, &ints, &nums);
    here = (int)codec_take(in, 1);
    if (in->bad || here > ints)
        return false;
    for (const struct event_field *f = event_row(out->kind)->field; f->kind != VK_NONE; f++) {
        if (f->kind == VK_NUM)
            continue;
        out->i[i] = i < here ? (int32_t)take_value(in, f->kind, 4) : -1;
        i++;
    }
    here = (int)codec_take(in, 1);
    if (in->bad || here > nums)
        return false;
    for (i = 0; i < nums; i++)
        out->f[i] = i < here ? codec_take_num(in) : -1.0;
    return !in->bad && in->left == 0;
}

/* ---- either codec ---- */

/* The codec of a record with this tag; 0 when it is none. */
static int take_codec(struct codec_in *in, int tag)
{
    int codec;

    ERR0(in->e, RC_CORRUPT, MSG_CORE_CODEC_BAD);
    if (codec_take(in, 1) != (uint64_t)tag)
        return 0;
    codec = (int)codec_take(in, 1);
    if (!in->bad && codec > CODEC)
        ERR(in->e, RC_NEWER, MSG_CORE_CODEC_NEWER, arg_i(codec), arg_i(CODEC));
    return in->bad ? 0 : codec;
}

bool order_decode(const uint8_t *from, int size, int age, struct order *out, struct err *e)
{
    struct codec_in in = {from, size, size < 0, e};
    int codec = take_codec(&in, ORDER_TAG);

    memset(out, 0, sizeof *out);
    return codec == 2 ? order_decode_2(&in, out) : codec == 1 && order_decode_1(&in, age, out);
}

bool event_decode(const uint8_t *from, int size, int age, struct event *out, struct err *e)
{
    struct codec_in in = {from, size, size < 0, e};
    int codec = take_codec(&in, EVENT_TAG);

    memset(out, 0, sizeof *out);
    return codec == 2 ? event_decode_2(&in, out) : codec == 1 && event_decode_1(&in, age, out);
}

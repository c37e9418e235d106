/* One typed line into an order: who, verb, arguments, quoted text; declared in order.h. */
#include "core/order/order_read.h"

#include <string.h>

#include "core/order/codec.h"
#include "core/order/scan.h"

enum { LINE_BYTES = 2048 }; /* the longest canonical line: a full text, every character escaped */

static enum rc check_line(struct order_reading *r)
{
    if (r->line.len > LINE_BYTES)
        return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_LONG, arg_i(LINE_BYTES));
    if (!text_is_utf8(r->line))
        return ERR0(r->e, RC_INPUT, MSG_CORE_ORDER_UTF8);
    for (int i = 0; i < r->line.len; i++) {
        unsigned char c = (unsigned char)r->line.at[i];
        if ((c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7f)
            return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_CONTROL, arg_i(scan_column(r->line, i)));
    }
    return RC_OK;
}

static bool at_end(const struct order_reading *r)
{
    return r->pos >= r->line.len;
}

/* Blanks, and the colon of "公安局：调派 ..". */
static void skip_loose(struct order_reading *r)
{
    int next;

    r->pos = scan_skip(r->line, r->pos);
    while (!at_end(r) && scan_char(r->line, r->pos, &next) == ':')
        r->pos = scan_skip(r->line, next);
}

/* Cuts low..high digits off; -1 when there are fewer or more. */
static int64_t take_digits(struct text t, int *pos, int low, int high)
{
    int64_t v = 0;
    int n = 0;
    int next;

    for (; *pos < t.len; *pos = next, n++) {
        uint32_t c = scan_char(t, *pos, &next);
        if (c < '0' || c > '9')
            break;
        if (n == high)
            return -1;
        v = v * 10 + (int64_t)(c - '0');
    }
    return n >= low ? v : -1;
}

static bool take_mark(struct text t, int *pos, uint32_t mark)
{
    int next;

    if (*pos >= t.len || scan_char(t, *pos, &next) != mark)
        return false;
    *pos = next;
    return true;
}

/* "00:12", "00:12:30", "00:12:30.250". A number without a colon is no time: "119指挥中心". */
static enum rc read_time(struct order_reading *r)
{
    int pos = r->pos;
    int64_t h = take_digits(r->line, &pos, 1, 4);
    int64_t m, s = 0, ms = 0;
    int next;

    if (h < 0 || !take_mark(r->line, &pos, ':'))
        return RC_OK;
    m = take_digits(r->line, &pos, 2, 2);
    if (m >= 0 && take_mark(r->line, &pos, ':')) {
        s = take_digits(r->line, &pos, 2, 2);
        if (s >= 0 && take_mark(r->line, &pos, '.'))
            ms = take_digits(r->line, &pos, 3, 3);
    }
    if (m < 0 || m > 59 || s < 0 || s > 59 || ms < 0 ||
        (pos < r->line.len && scan_char(r->line, pos, &next) < 0x80 &&
         !scan_is_blank(scan_char(r->line, pos, &next))))
        return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_TIME,
                   arg_t(scan_word(r->line, r->pos)), arg_i(scan_column(r->line, r->pos)));
    r->order->at_ms = ((h * 60 + m) * 60 + s) * 1000 + ms;
    r->pos = pos;
    return RC_OK;
}

/* Says whether somebody was named; the verb may also stand alone. */
static void read_who(struct order_reading *r)
{
    static const struct {
        const char *word;
        enum order_said said;
    } others[] = {
        {"facilitator", SAID_HAND}, {"导调", SAID_HAND}, {"world", SAID_WORLD}, {"情景", SAID_WORLD},
    };
    int64_t id;

    if (order_read_value(r, VK_AGENCY, &id)) {
        r->order->agency = (int32_t)id;
        r->said = SAID_AGENCY;
        return;
    }
    for (int i = 0; i < COUNT_OF(others); i++) {
        int end = scan_match(r->line, r->pos, text_of(others[i].word));
        if (end >= 0) {
            r->pos = end;
            r->said = others[i].said;
            return;
        }
    }
}

static enum rc check_who(const struct order_reading *r)
{
    const struct verb_row *row = verb_row(r->order->verb);
    const struct arg name = arg_zh_en(row->zh, row->name);

    switch (row->who) {
    case WHO_SEAT:
        if (r->said != SAID_AGENCY)
            return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_SEAT, name);
        break;
    case WHO_HAND:
        if (r->said == SAID_AGENCY || r->said == SAID_WORLD)
            return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_HAND, name);
        break;
    case WHO_WORLD:
        if (r->said == SAID_AGENCY || r->said == SAID_HAND)
            return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_WORLD, name);
        break;
    }
    return RC_OK;
}

static enum rc read_start(struct order_reading *r)
{
    int64_t verb;
    enum rc rc;

    r->pos = scan_skip(r->line, r->pos);
    rc = read_time(r);
    if (rc != RC_OK)
        return rc;
    skip_loose(r);
    r->stage = STAGE_WHO;
    if (at_end(r))
        return r->half ? RC_OK : ERR0(r->e, RC_INPUT, MSG_CORE_ORDER_EMPTY);
    read_who(r);
    skip_loose(r);
    if (r->said != SAID_NOBODY)
        r->stage = STAGE_VERB;
    if (at_end(r))
        return r->half ? RC_OK : ERR0(r->e, RC_INPUT, MSG_CORE_ORDER_NO_VERB);
    if (!order_read_value(r, VK_VERB, &verb))
        return order_bad_start(r, r->said != SAID_NOBODY);
    r->order->verb = (int32_t)verb;
    r->stage = STAGE_ARGS;
    return check_who(r);
}

/* --- arguments --- */

static void set_arg(struct order_reading *r, int arg, int64_t v)
{
    r->order->arg[arg] = v;
    r->order->given |= (uint32_t)1 << arg;
}

/* The argument whose word stands at the cursor; *after: behind it, and behind "=" when keyed. One not
 * yet given goes before one given, the longer word before the shorter. */
static int match_arg(const struct order_reading *r, bool keyed, int *after)
{
    const struct verb_row *row = verb_row(r->order->verb);
    int best = -1;
    int best_end = r->pos;

    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        struct text word;
        for (int k = 0; (word = order_arg_word(&r->atlas->names, &row->arg[a], k)).len > 0; k++) {
            int end = scan_match(r->line, r->pos, word);
            int next = end;
            if (end < 0)
                continue;
            if (keyed) {
                uint32_t c;
                while ((c = scan_char(r->line, end, &next)) == ' ')
                    end = next;
                if (c != '=' && c != ':')
                    continue;
                end = next;
            }
            if (end > best_end ||
                (end == best_end && best >= 0 && order_has(r->order, best) &&
                 !order_has(r->order, a))) {
                best = a;
                best_end = end;
            }
        }
    }
    *after = best_end;
    return best;
}

/* A named argument: its value must follow. */
static enum rc read_named(struct order_reading *r, int arg, int after, bool keyed)
{
    const struct verb_arg *row = &verb_row(r->order->verb)->arg[arg];
    int64_t v = 0;

    if (order_has(r->order, arg))
        return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_TWICE, arg_zh_en(row->zh, row->name),
                   arg_i(scan_column(r->line, r->pos)));
    r->pos = after;
    if (row->kind == VK_BOOL && !keyed) {
        /* "向导" alone says yes */
        int here = r->pos;
        r->pos = scan_skip(r->line, r->pos);
        if (!order_read_value(r, row->kind, &v)) {
            r->pos = here;
            v = 1;
        }
        set_arg(r, arg, v);
        return RC_OK;
    }
    if (!keyed)
        r->pos = scan_skip(r->line, r->pos);
    else
        while (!at_end(r) && scan_char(r->line, r->pos, &after) == ' ')
            r->pos = after;
    if (!at_end(r) && order_read_value(r, row->kind, &v)) {
        set_arg(r, arg, v);
        return RC_OK;
    }
    if (at_end(r) && r->half) {
        r->stage = STAGE_VALUE;
        r->arg = arg;
        return RC_OK;
    }
    return order_bad_value(r, arg);
}

/* What may be given bare, beside positional arguments: what its own words make plain. */
static bool is_plain(const struct verb_arg *arg)
{
    if (word_is_set(arg->kind))
        return false;
    return value_entity(arg->kind) != ENT_COUNT || word_has_words(arg->kind);
}

static bool read_bare(struct order_reading *r, bool positional)
{
    const struct verb_row *row = verb_row(r->order->verb);

    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
        int64_t v = 0;
        if (order_has(r->order, a) || (row->arg[a].how == HOW_POS) != positional)
            continue;
        if (!positional && !is_plain(&row->arg[a]))
            continue;
        if (order_read_value(r, row->arg[a].kind, &v)) {
            set_arg(r, a, v);
            return true;
        }
        if (positional && row->arg[a].required)
            return false; /* positional values come in order */
    }
    return false;
}

int order_safety_arg(int verb)
{
    const struct verb_row *row = verb_row(verb);

    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++)
        if (row->arg[a].kind == VK_SAFETY)
            return a;
    return -1;
}

/* The end of a word that stands at the cursor, and behind "=" when keyed; -1. */
static int match_word_here(const struct order_reading *r, struct text word, bool keyed)
{
    int end = scan_match(r->line, r->pos, word), next = end;
    uint32_t c = 0;

    if (end < 0 || !keyed)
        return end;
    while ((c = scan_char(r->line, end, &next)) == ' ')
        end = next;
    return c == '=' || c == ':' ? next : -1;
}

/* A safety measure said by itself, as it used to be: "lookout=yes", "观察哨". */
static bool read_safety(struct order_reading *r, bool keyed)
{
    const struct names *n = &r->atlas->names;
    const int arg = order_safety_arg(r->order->verb);
    int32_t best = -1;
    int best_end = r->pos, next;
    int64_t yes = 1;

    for (int32_t w = word_next(n, VK_SAFETY, -1); arg >= 0 && w >= 0; w = word_next(n, VK_SAFETY, w)) {
        const struct title t = word_title(n, VK_SAFETY, w);
        const struct text tries[3] = {text_of(word_name(n, VK_SAFETY, w)), t.zh, t.en};
        for (int k = 0; k < 3; k++) {
            int end = match_word_here(r, tries[k], keyed);
            if (end > best_end) {
                best = w;
                best_end = end;
            }
        }
    }
    if (best < 0)
        return false;
    const int before = r->pos;
    r->pos = best_end;
    while (!at_end(r) && scan_char(r->line, r->pos, &next) == ' ')
        r->pos = next;
    if (at_end(r) && keyed && r->half) {
        r->stage = STAGE_TEXT; /* nothing to offer */
        return true;
    }
    if (!order_read_value(r, VK_BOOL, &yes)) {
        r->pos = keyed ? before : best_end;
        yes = 1; /* the word alone says yes */
        if (keyed)
            return false;
    }
    const int64_t had = order_has(r->order, arg) ? r->order->arg[arg] : 0;
    set_arg(r, arg, had | (yes ? (int64_t)1 << word_bit(VK_SAFETY, best) : 0));
    return true;
}

static enum rc read_argument(struct order_reading *r)
{
    int after;
    int arg = match_arg(r, true, &after);

    if (arg >= 0)
        return read_named(r, arg, after, true);
    if (read_safety(r, true))
        return RC_OK;
    if (read_bare(r, true))
        return RC_OK;
    arg = match_arg(r, false, &after);
    if (arg >= 0)
        return read_named(r, arg, after, false);
    if (read_safety(r, false))
        return RC_OK;
    if (read_bare(r, false))
        return RC_OK;
    return order_bad_word(r);
}

/* --- the quoted text --- */

/* The position of the closing quote; -1 when there is none. “ ends with ”, if there is one. */
static int find_close(struct text t, int pos, uint32_t open)
{
    int other = -1;

    while (pos < t.len) {
        int next;
        uint32_t c = scan_raw(t, pos, &next);
        if (open == 0x201c || open == 0x201d) {
            if (c == 0x201d)
                return pos;
            if (other < 0 && (c == 0x201c || c == '"' || c == 0xff02))
                other = pos;
        } else if (c == '\\') {
            (void)scan_raw(t, next, &next);
        } else if (c == '"' || c == 0xff02) {
            return pos;
        }
        pos = next;
    }
    return other;
}

static enum rc read_text(struct order_reading *r)
{
    char *to = r->order->text;
    int len = 0;
    int pos;
    uint32_t open = scan_raw(r->line, r->pos, &pos);
    const bool escapes = open != 0x201c && open != 0x201d;
    int close = find_close(r->line, pos, open);

    if (close < 0) {
        r->stage = STAGE_TEXT;
        if (r->half) {
            r->pos = r->line.len;
            return RC_OK;
        }
        return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_UNCLOSED, arg_i(scan_column(r->line, r->pos)));
    }
    for (; pos < close; pos++) {
        char c = r->line.at[pos];
        if (escapes && c == '\\' && pos + 1 < close) {
            c = r->line.at[++pos];
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
        if (c == '\r')
            c = ' '; /* of a line from another system; it would not come back from the canonical form */
        if (len >= ORDER_TEXT - 1)
            return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_TEXT_LONG, arg_i(ORDER_TEXT - 1));
        to[len++] = c;
    }
    to[len] = '\0';
    (void)scan_raw(r->line, close, &r->pos);
    r->pos = scan_skip(r->line, r->pos);
    if (!at_end(r))
        return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_AFTER_TEXT,
                   arg_t(scan_word(r->line, r->pos)), arg_i(scan_column(r->line, r->pos)));
    r->stage = STAGE_TEXT;
    return RC_OK;
}

static enum rc read_rest(struct order_reading *r)
{
    const struct verb_row *row = verb_row(r->order->verb);
    int next;
    enum rc rc = RC_OK;

    for (int a = 0; a < ORDER_ARGS; a++)
        r->order->arg[a] = row->arg[a].name != NULL ? codec_none(row->arg[a].kind) : 0;
    for (;;) {
        skip_loose(r);
        if (at_end(r) || r->stage != STAGE_ARGS)
            break;
        rc = scan_is_quote(scan_char(r->line, r->pos, &next)) ? read_text(r) : read_argument(r);
        if (rc != RC_OK)
            return rc;
    }
    if (r->half)
        return RC_OK;
    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++)
        if (row->arg[a].required && !order_has(r->order, a))
            return order_missing(r, a);
    if (r->order->text[0] == '\0' &&
        (r->order->verb == VERB_STATE || r->order->verb == VERB_IMPROVISE))
        return ERR(r->e, RC_INPUT, MSG_CORE_ORDER_NO_TEXT, arg_zh_en(row->zh, row->name));
    return RC_OK;
}

enum rc order_read(struct order_reading *r)
{
    enum rc rc = check_line(r);

    if (rc == RC_OK)
        rc = read_start(r);
    if (rc == RC_OK && r->stage == STAGE_ARGS)
        rc = read_rest(r);
    return rc;
}

enum rc order_parse(struct text line, const struct atlas *atlas, int64_t now_ms, struct order *out,
                    struct err *e)
{
    struct order_reading r = {
        .line = line, .atlas = atlas, .order = out, .e = e, .arg = -1, .said = SAID_NOBODY};

    memset(out, 0, sizeof *out);
    out->at_ms = now_ms;
    out->verb = -1;
    out->agency = -1;
    return order_read(&r);
}

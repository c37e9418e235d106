/* Values in a typed order: what stands at the cursor, as a number. */
#include "base/num.h"
#include "core/order/order_read.h"
#include "core/order/scan.h"
#include "core/scenario/units.h"

static bool match_entity(struct order_reading *r, enum entity kind, int64_t *out)
{
    const struct names *n = &r->atlas->names;
    int best = r->pos;

    /* ids first, so that an id wins over a title of the same length */
    for (int i = 0; i < n->count[kind]; i++) {
        int end = scan_match(r->line, r->pos, n->row[kind][i].name);
        if (end > best) {
            best = end;
            *out = i;
        }
    }
    for (int i = 0; i < n->count[kind]; i++) {
        const struct title *t = &n->row[kind][i].title;
        int zh = scan_match(r->line, r->pos, t->zh);
        int en = scan_match(r->line, r->pos, t->en);
        int end = zh > en ? zh : en;
        if (end > best) {
            best = end;
            *out = i;
        }
    }
    if (best == r->pos)
        return false;
    r->pos = best;
    return true;
}

/* A road or an asset: whichever name is the longer, a road before an asset of the same name. */
static bool match_barrier(struct order_reading *r, int64_t *out)
{
    const int start = r->pos;
    int64_t asset;
    const bool road = match_entity(r, ENT_ROAD, out);
    const int after = r->pos;

    r->pos = start;
    if (match_entity(r, ENT_ASSET, &asset) && r->pos > after) {
        *out = BARRIER_ASSET + asset;
        return true;
    }
    r->pos = after;
    return road;
}

static bool match_word(struct order_reading *r, enum value_kind kind, int64_t *out)
{
    int best = r->pos;

    const struct names *n = &r->atlas->names;
    for (int32_t i = word_next(n, kind, -1); i >= 0; i = word_next(n, kind, i)) {
        const struct title t = word_title(n, kind, i);
        const struct text tries[3] = {text_of(word_name(n, kind, i)), t.zh, t.en};
        for (int k = 0; k < 3; k++) {
            int end = scan_match(r->line, r->pos, tries[k]);
            if (end > best) {
                best = end;
                *out = i;
            }
        }
    }
    if (best == r->pos)
        return false;
    r->pos = best;
    return true;
}

/* "60%", "60"; of an asset that is named already, only what it takes. */
static bool match_setting(struct order_reading *r, int64_t *out)
{
    const int32_t asset = order_asset(r->order);
    const int start = r->pos;
    int pos = r->pos;
    int next;

    if (scan_whole(r->line, &pos, out)) {
        if (*out > 100 || (asset >= 0 && !asset_takes(r->atlas, asset, SETTING_PERCENT + *out)))
            return false;
        if (scan_char(r->line, pos, &next) == '%')
            pos = next;
        *out += SETTING_PERCENT;
        r->pos = pos;
        return true;
    }
    if (match_word(r, VK_SETTING, out) && (asset < 0 || asset_takes(r->atlas, asset, *out)))
        return true;
    r->pos = start;
    return false;
}

/* The position after any of the words, or -1. */
static int match_any(const struct order_reading *r, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        int end = scan_match(r->line, r->pos, text_of(words[i]));
        if (end >= 0)
            return end;
    }
    return -1;
}

static bool match_set(struct order_reading *r, enum value_kind kind, int64_t *out)
{
    static const char *const all[] = {"all", "全部"};
    static const char *const none[] = {"none", "无"};
    const struct names *n = &r->atlas->names;
    const int start = r->pos;
    int64_t bit = 0;
    int end;

    *out = 0;
    end = match_any(r, none, COUNT_OF(none));
    if (end < 0) {
        end = match_any(r, all, COUNT_OF(all));
        if (end >= 0)
            for (int32_t w = word_next(n, kind, -1); w >= 0; w = word_next(n, kind, w))
                *out |= (int64_t)1 << word_bit(kind, w);
    }
    if (end >= 0) {
        r->pos = end;
        return true;
    }
    for (;;) {
        int next;
        if (!match_word(r, kind, &bit)) {
            if (r->half && r->pos >= r->line.len && r->pos > start)
                return false;
            r->pos = start;
            return false;
        }
        *out |= (int64_t)1 << word_bit(kind, (int32_t)bit);
        if (scan_char(r->line, r->pos, &next) != '+')
            return true;
        r->pos = next;
    }
}

/* A measure word after a number, as people write it: "200人", "12 辆". */
static void skip_unit(struct order_reading *r)
{
    const struct unit_row *row;
    int next;
    int here = r->pos;
    int end = -1;

    if (scan_char(r->line, r->pos, &next) == ' ')
        r->pos = next;
    for (int i = 0; (row = unit_at(i)) != NULL; i++) {
        struct text rest = text_of(row->typed);
        int best = scan_match(r->line, r->pos, text_of(row->unit));
        for (struct text word = text_word(&rest); word.len > 0; word = text_word(&rest)) {
            int found = scan_match(r->line, r->pos, word);
            best = found > best ? found : best;
        }
        end = best > end ? best : end;
    }
    r->pos = end >= 0 ? end : here;
}

static bool match_count(struct order_reading *r, int64_t *out)
{
    int pos = r->pos;

    if (!scan_whole(r->line, &pos, out) || *out > 2000000000)
        return false;
    r->pos = pos;
    skip_unit(r);
    return true;
}

static bool match_time(struct order_reading *r, enum value_kind kind, int64_t *out)
{
    char chunk[64];
    struct buf b = BUF_ON(chunk);
    int end;
    bool good;

    buf_clear(&b);
    end = scan_chunk(r->line, r->pos, &b);
    if (b.full || b.len == 0)
        return false;
    if (kind == VK_MS)
        good = duration_parse((struct text){b.at, b.len}, out);
    else
        good = moment_parse((struct text){b.at, b.len}, r->atlas->names.start_clock_ms, out);
    if (good)
        r->pos = end;
    return good;
}

static bool match_point(struct order_reading *r, int64_t *out)
{
    const double far_m = 1.0e7; /* a quarter of the earth's girth: no map is larger */
    int pos = r->pos;
    int next = pos;
    double x, y;
    bool braced = scan_char(r->line, pos, &next) == '(';

    if (braced)
        pos = next;
    if (!scan_decimal(r->line, &pos, &x) || scan_char(r->line, pos, &next) != ',')
        return false;
    pos = next;
    while (scan_char(r->line, pos, &next) == ' ')
        pos = next;
    if (!scan_decimal(r->line, &pos, &y))
        return false;
    if (braced) {
        if (scan_char(r->line, pos, &next) != ')')
            return false;
        pos = next;
    }
    if (num_abs(x) > far_m || num_abs(y) > far_m)
        return false;
    *out = point_pack(x, y);
    r->pos = pos;
    return true;
}

static bool match_bool(struct order_reading *r, int64_t *out)
{
    static const char *const yes[] = {"yes", "true", "是", "有", "1"};
    static const char *const no[] = {"no", "false", "否", "无", "0"};
    int end = match_any(r, yes, COUNT_OF(yes));

    *out = end >= 0;
    if (end < 0)
        end = match_any(r, no, COUNT_OF(no));
    if (end < 0)
        return false;
    r->pos = end;
    return true;
}

static bool match_verb(struct order_reading *r, int64_t *out)
{
    int best = r->pos;

    for (int v = verb_next(&r->atlas->names, -1); v >= 0; v = verb_next(&r->atlas->names, v)) {
        int en = scan_match(r->line, r->pos, text_of(verb_row(v)->name));
        int zh = scan_match(r->line, r->pos, text_of(verb_row(v)->zh));
        int end = en > zh ? en : zh;
        if (verb_row(v)->alias_zh != NULL) {
            zh = scan_match(r->line, r->pos, text_of(verb_row(v)->alias_zh));
            end = zh > end ? zh : end;
        }
        if (end > best) {
            best = end;
            *out = v;
        }
    }
    if (best == r->pos)
        return false;
    r->pos = best;
    return true;
}

bool order_read_value(struct order_reading *r, enum value_kind kind, int64_t *out)
{
    if (value_entity(kind) != ENT_COUNT)
        return match_entity(r, value_entity(kind), out);
    switch (kind) {
    case VK_WARN_SET:
    case VK_LEVEL_SET:
    case VK_REPORT_SET:
    case VK_SAFETY:
        return match_set(r, kind, out);
    case VK_MS:
    case VK_MOMENT:
        return match_time(r, kind, out);
    case VK_POINT:
        return match_point(r, out);
    case VK_BOOL:
        return match_bool(r, out);
    case VK_BARRIER:
        return match_barrier(r, out);
    case VK_SETTING:
        return match_setting(r, out);
    case VK_VERB:
        return match_verb(r, out);
    default:
        return word_has_words(kind) ? match_word(r, kind, out) : match_count(r, out);
    }
}

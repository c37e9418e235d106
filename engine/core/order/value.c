/* Values of events and orders as text, canonical or for people; declared in event.h. */
#include "core/world/event.h"

#include "base/num.h"
#include "core/scenario/atlas.h"
#include "core/scenario/units.h"

enum entity value_entity(enum value_kind kind)
{
    switch (kind) {
    case VK_AGENCY:
        return ENT_AGENCY;
    case VK_TEAM:
        return ENT_TEAM;
    case VK_PLACE:
        return ENT_PLACE;
    case VK_ROAD:
        return ENT_ROAD;
    case VK_LINE:
        return ENT_LINE;
    case VK_CHANNEL:
        return ENT_CHANNEL;
    case VK_SERVICE:
        return ENT_SERVICE;
    case VK_GROUP:
        return ENT_GROUP;
    case VK_SUPPLY:
        return ENT_SUPPLY;
    case VK_INJECT:
        return ENT_INJECT;
    case VK_OBJECTIVE:
        return ENT_OBJECTIVE;
    case VK_CLAUSE:
        return ENT_CLAUSE;
    case VK_ASSET:
        return ENT_ASSET;
    default:
        return ENT_COUNT;
    }
}

static int32_t whole(double v)
{
    return (int32_t)num_round(num_clamp(v, -2.0e9, 2.0e9));
}

int64_t point_pack(double x_m, double y_m)
{
    uint64_t x = (uint32_t)whole(x_m);
    uint64_t y = (uint32_t)whole(y_m);

    return (int64_t)(x << 32 | y);
}

void point_unpack(int64_t v, double *x_m, double *y_m)
{
    *x_m = (double)(int32_t)(uint32_t)((uint64_t)v >> 32);
    *y_m = (double)(int32_t)(uint32_t)((uint64_t)v & 0xffffffffu);
}

static void write_point(int64_t v, bool canonical, struct buf *out)
{
    double x, y;

    point_unpack(v, &x, &y);
    if (!canonical)
        buf_char(out, '(');
    buf_i64(out, (int64_t)x);
    buf_str(out, canonical ? "," : ", ");
    buf_i64(out, (int64_t)y);
    if (!canonical)
        buf_char(out, ')');
}

static void write_entity(enum value_kind kind, int64_t v, const struct atlas *atlas, enum lang lang,
                         bool canonical, struct buf *out)
{
    enum entity entity = value_entity(kind);
    struct arg name;

    if (v < 0 && !canonical && kind == VK_AGENCY) {
        buf_str(out, msg_text(lang, MSG_CORE_SAY_FACILITATOR));
    } else if (v < 0 && !canonical && kind == VK_PLACE) {
        buf_str(out, msg_text(lang, MSG_CORE_SAY_SOMEWHERE));
    } else if (v < 0) {
        buf_char(out, '-');
    } else if (atlas == NULL || v >= atlas->names.count[entity]) {
        buf_char(out, '#');
        buf_i64(out, v);
    } else if (canonical) {
        buf_text(out, names_name(&atlas->names, entity, (int)v));
    } else {
        name = names_arg(&atlas->names, entity, (int)v);
        buf_text(out, lang == LANG_ZH ? name.zh : name.en);
    }
}

static void write_set(enum value_kind kind, int64_t v, enum lang lang, bool canonical,
                      struct buf *out)
{
    bool any = false;

    for (int bit = 0; bit < SET_BITS; bit++) {
        const int32_t i = ((uint64_t)v >> bit & 1u) != 0 ? word_of_bit(kind, bit) : -1;
        if (i < 0)
            continue;
        if (any)
            buf_str(out, canonical ? "+" : lang == LANG_ZH ? "、" : ", ");
        any = true;
        if (canonical)
            buf_str(out, word_name(NULL, kind, i));
        else
            buf_text(out, lang == LANG_ZH ? word_title(NULL, kind, i).zh : word_title(NULL, kind, i).en);
    }
    if (!any)
        buf_str(out, canonical || lang == LANG_EN ? "none" : "无");
}

/* "1小时30分钟" for people; English keeps "1h30min". */
static void write_duration_zh(int64_t ms, struct buf *out)
{
    const int64_t s = ms / 1000;

    if (s >= 3600) {
        buf_i64(out, s / 3600);
        buf_str(out, "小时");
    }
    if (s % 3600 >= 60) {
        buf_i64(out, s % 3600 / 60);
        buf_str(out, "分钟");
    }
    if (s % 60 > 0 || s == 0) {
        buf_i64(out, s % 60);
        buf_str(out, "秒");
    }
}

static void write_moment(int64_t v, const struct atlas *atlas, bool canonical, struct buf *out)
{
    if (canonical) {
        buf_char(out, '+');
        duration_format(v, out);
    } else if (atlas != NULL) {
        clock_format(v, atlas->names.start_clock_ms, out);
    } else {
        offset_format(v, out);
    }
}

void topic_write_unit(const struct topic_row *row, enum lang lang, struct buf *out)
{
    const struct unit_row *unit = row->unit != NULL ? unit_find(text_of(row->unit)) : NULL;
    const char *word = row->unit == NULL ? "" : unit == NULL ? row->unit : lang == LANG_ZH ? unit->zh : unit->en;

    if (word[0] != '\0')
        buf_char(out, ' ');
    buf_str(out, word);
}

void topic_format(int32_t topic, int64_t value, const struct atlas *atlas, enum lang lang, struct buf *out)
{
    const struct topic_row *row = topic_row(atlas != NULL ? &atlas->names : NULL, topic);
    const struct unit_row *unit = row->unit != NULL ? unit_find(text_of(row->unit)) : NULL;

    if (row->kind != VK_NUM && row->kind != VK_COUNT) {
        value_format(row->kind, value, atlas, lang, false, out);
        return;
    }
    buf_fixed(out, (double)value / row->scale, unit != NULL ? unit->decimals : row->kind == VK_NUM);
    topic_write_unit(row, lang, out);
}

void value_format(enum value_kind kind, int64_t v, const struct atlas *atlas, enum lang lang,
                  bool canonical, struct buf *out)
{
    if (value_entity(kind) != ENT_COUNT) {
        write_entity(kind, v, atlas, lang, canonical, out);
        return;
    }
    if (word_is_set(kind)) {
        write_set(kind, v, lang, canonical, out);
        return;
    }
    if (word_has_words(kind)) {
        const struct names *n = atlas != NULL ? &atlas->names : NULL;
        const struct title t = word_title(n, kind, (int32_t)v);
        if (canonical)
            buf_str(out, word_name(n, kind, (int32_t)v));
        else
            buf_text(out, lang == LANG_ZH ? t.zh : t.en);
        return;
    }
    switch (kind) {
    case VK_BARRIER:
        write_entity(v >= BARRIER_ASSET ? VK_ASSET : VK_ROAD,
                     v >= BARRIER_ASSET ? v - BARRIER_ASSET : v, atlas, lang, canonical, out);
        break;
    case VK_MS:
        if (canonical || lang == LANG_EN || v < 0)
            duration_format(canonical ? v : v - v % 1000, out); /* people read whole seconds */
        else
            write_duration_zh(v, out);
        break;
    case VK_MOMENT:
        write_moment(v, atlas, canonical, out);
        break;
    case VK_POINT:
        write_point(v, canonical, out);
        break;
    case VK_FACT: {
        int32_t topic = canonical || atlas == NULL ? -1 : topic_headline(&atlas->names, -1);
        buf_i64(out, v);
        if (topic >= 0)
            topic_write_unit(topic_row(&atlas->names, topic), lang, out);
        break;
    }
    case VK_BOOL:
        buf_str(out, canonical || lang == LANG_EN ? (v ? "yes" : "no") : (v ? "是" : "否"));
        break;
    case VK_VERB:
        if (!verb_valid(v))
            buf_char(out, '-');
        else
            buf_str(out, canonical || lang == LANG_EN ? verb_row((int)v)->name
                                                      : verb_row((int)v)->zh);
        break;
    case VK_REQUEST:
        buf_i64(out, v);
        if (!canonical && lang == LANG_ZH)
            buf_str(out, "号");
        break;
    default:
        buf_i64(out, v);
        break;
    }
}

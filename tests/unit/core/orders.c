/* Protects the order language: what the room types, in either language, is what goes on file and what
 * is read back; nonsense is refused with the word and its place, and never crashes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/rng.h"
#include "core/scenario/atlas.h"
#include "table.h"

struct fixture {
    struct arena arena;
    struct atlas atlas;
};

static int setup(void **state)
{
    static struct fixture f;
    struct err e;

    memset(&f, 0, sizeof f);
    arena_init(&f.arena, 0);
    if (atlas_read(table_doc(&f.arena, SMALL_SCENARIO), &f.arena, &f.atlas, &e) != RC_OK) {
        print_error("%s\n", err_text(&e, LANG_EN));
        return 1;
    }
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    arena_free(&((struct fixture *)*state)->arena);
    return 0;
}

static const struct atlas *atlas_of(void **state)
{
    return &((struct fixture *)*state)->atlas;
}

static void same_order(const struct order *a, const struct order *b)
{
    assert_int_equal(a->verb, b->verb);
    assert_int_equal(a->agency, b->agency);
    assert_int_equal(a->at_ms, b->at_ms);
    assert_int_equal(a->given, b->given);
    for (int i = 0; i < ORDER_ARGS; i++)
        assert_true(a->arg[i] == b->arg[i]);
    assert_string_equal(a->text, b->text);
}

static struct order read(const struct atlas *atlas, const char *line)
{
    struct order o;
    struct err e;

    if (order_parse(text_of(line), atlas, 1234, &o, &e) != RC_OK)
        fail_msg("%s: %s", line, err_text(&e, LANG_EN));
    return o;
}

/* A typed line and the canonical one it must become. */
static void becomes(const struct atlas *atlas, const char *line, const char *canonical)
{
    char text[2048];
    struct buf b = BUF_ON(text);
    struct order o = read(atlas, line);

    buf_clear(&b);
    order_format(&o, atlas, o.at_ms != 1234, &b);
    assert_string_equal(text, canonical);
}

static void refused(const struct atlas *atlas, const char *line, const char *zh, const char *en)
{
    struct order o;
    struct err e;

    if (order_parse(text_of(line), atlas, 0, &o, &e) != RC_INPUT)
        fail_msg("accepted: %s", line);
    if (strstr(err_text(&e, LANG_ZH), zh) == NULL)
        fail_msg("%s: %s", line, err_text(&e, LANG_ZH));
    if (strstr(err_text(&e, LANG_EN), en) == NULL)
        fail_msg("%s: %s", line, err_text(&e, LANG_EN));
}

/* Some value of a kind; i picks which. */
static int64_t some_value(const struct atlas *atlas, enum value_kind kind, int i)
{
    enum entity entity = value_entity(kind);

    if (entity != ENT_COUNT)
        return i % ATLAS_COUNT(atlas, entity);
    switch (kind) {
    case VK_SETTING: /* the sample's asset is set in per cent */
        return SETTING_PERCENT + i % 101;
    case VK_BARRIER:
        return i % 2 == 0 ? i % ATLAS_COUNT(atlas, ENT_ROAD) : BARRIER_ASSET;
    case VK_WARN_SET:
    case VK_LEVEL_SET:
    case VK_REPORT_SET:
        return i % (1 << word_count(kind));
    case VK_MS:
        return i % 2 == 0 ? 5400000 + i : 45000;
    case VK_MOMENT:
        return 1234567 + i;
    case VK_POINT:
        return point_pack(3000.0 + i, -20.0);
    case VK_BOOL:
        return i % 2;
    case VK_COUNT:
    case VK_FACT:
        return 7919 * (int64_t)i;
    default:
        assert_true(word_has_words(kind));
        int32_t v = word_next(&atlas->names, kind, -1);
        for (int k = i % 7; k > 0; k--)
            v = word_next(&atlas->names, kind, v) >= 0 ? word_next(&atlas->names, kind, v) : v;
        return v;
    }
}

static void round_trip(void **state)
{
    static const int64_t times[] = {0, 1000, 59999, 60000, 61250, 3600000, 400000001};
    const struct atlas *atlas = atlas_of(state);
    int trips = 0;

    for (int v = verb_next(NULL, -1); v >= 0; v = verb_next(NULL, v)) {
        const struct verb_row *row = verb_row(v);
        for (int i = 0; i < 40; i++) {
            char text[2048];
            struct buf b = BUF_ON(text);
            struct order o = {.verb = v, .agency = row->who == WHO_SEAT ? i % 3 : -1};
            struct order back;
            struct err e;
            o.at_ms = times[i % COUNT_OF(times)];
            for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++) {
                bool give = row->arg[a].required || i % 8 == 7 || (i >> (a % 3) & 1) != 0;
                o.arg[a] = give ? some_value(atlas, row->arg[a].kind, i + a)
                                : value_entity(row->arg[a].kind) != ENT_COUNT ? -1 : 0;
                o.given |= (uint32_t)give << a;
            }
            if (i % 2 == 0 || v == VERB_STATE || v == VERB_IMPROVISE)
                memcpy(o.text, "说“快”: \"a\\b\"\n，到 to=1", sizeof "说“快”: \"a\\b\"\n，到 to=1");
            buf_clear(&b);
            order_format(&o, atlas, true, &b);
            assert_false(b.full);
            if (order_parse((struct text){text, b.len}, atlas, 0, &back, &e) != RC_OK)
                fail_msg("%s: %s", text, err_text(&e, LANG_EN));
            same_order(&o, &back);
            trips++;
        }
    }
    assert_true(trips >= 40 * CORE_VERBS);
}

static void typed_lines(void **state)
{
    const struct atlas *a = atlas_of(state);

    becomes(a, "00:12 forestry dispatch fire_pro_1 to north_ridge task=line",
            "00:12 forestry dispatch fire_pro_1 to north_ridge task=line");
    becomes(a, "林业局：调派 专业队1 到 北山脊 任务=开设隔离带",
            "forestry dispatch fire_pro_1 to north_ridge task=line");
    becomes(a, "林业局调派专业队1到北山脊，任务：直接扑打",
            "forestry dispatch fire_pro_1 to north_ridge task=attack");
    becomes(a, "００：１２　林业局　调派　专业队1　到　北山脊，任务＝待命，向导＝是",
            "00:12 forestry dispatch fire_pro_1 to north_ridge task=standby with=guide");
    /* As safety measures used to be written, one by one; no is none. */
    becomes(a, "00:12 forestry dispatch fire_pro_1 to north_ridge radio=yes lookout: yes guide=no",
            "00:12 forestry dispatch fire_pro_1 to north_ridge with=lookout+radio");
    becomes(a, "林业局调派专业队1到北山脊，观察哨，电台＝有", "forestry dispatch fire_pro_1 to north_ridge with=lookout+radio");
    becomes(a, "林业局调派专业队1到北山脊，安全措施＝观察哨+向导", "forestry dispatch fire_pro_1 to north_ridge with=guide+lookout");
    becomes(a, "Forestry Bureau: dispatch Pro team 1 to North ridge, lookout, task=mopup",
            "forestry dispatch fire_pro_1 to north_ridge task=mopup with=lookout");
    becomes(a, "1:02:30 区政府 上报 向 区政府 初报 面积=12公顷 要素=单位概况+简要经过 “属实”",
            "01:02:30 district report to district form=first fact=12 elements=unit+course \"属实\"");
    becomes(a, "district report to district form=first area=12", "district report to district form=first fact=12");
    becomes(a, "区政府启动响应三级 期限=2小时", "district level 3 for=2h");
    becomes(a, "区政府 发布预警 红色 向 向阳村 要素=类别、级别 手段=铜锣",
            "district warn red to village elements=kind+level channel=gong");
    becomes(a, "区政府 设指挥部 在 万古镇", "district post at town");
    becomes(a, "DISTRICT POST AT TOWN", "district post at town");
    becomes(a, "区政府 调运 水带 20件 从 万古镇 到 北山脊",
            "district send hose 20 from town to north_ridge");
    becomes(a, "导调 改期注入 迟缓 到 15:40", "facilitator reschedule late to +40min");
    becomes(a, "inject fire", "facilitator inject fire");
    becomes(a, "导调 临时注入 “有记者到场”", "facilitator improvise \"有记者到场\"");
    becomes(a, "情景 风变 风速=8 风向=350", "world wind speed=8 from=350");
    becomes(a, "world ignite at=(3000.4， 4000)", "world ignite at=3000,4000");
    becomes(a, "林业局 轮换 专业队1 由 直升机", "forestry relieve fire_pro_1 by heli");
    becomes(a, "district state \"we wait\"", "district state \"we wait\"");
    assert_int_equal(read(a, "district approve").at_ms, 1234);
}

static void wrong_lines(void **state)
{
    const struct atlas *a = atlas_of(state);

    refused(a, "", "空的", "empty");
    refused(a, "00:12", "空的", "empty");
    refused(a, "00:72 district approve", "不是时间", "not a time");
    refused(a, "forestri dispatch fire_pro_1", "您是否指“forestry”", "did you mean 'forestry'");
    refused(a, "forestry dispach fire_pro_1", "您是否指“dispatch”", "did you mean 'dispatch'");
    refused(a, "forestry dispatch fire_pr0_1 to north_ridge", "第 19 字“fire_pr0_1”",
            "did you mean 'fire_pro_1'");
    refused(a, "林业局 调派 专业队9 到 北山脊", "您是否指“fire_pro_1”", "at character 8");
    refused(a, "forestry dispatch fire_pro_1 to north_rigde", "north_ridge", "north_ridge");
    refused(a, "forestry dispatch fire_pro_1 task=lien", "您是否指“line”", "did you mean 'line'");
    refused(a, "forestry dispatch fire_pro_1 tsak=line", "您是否指“task”", "did you mean 'task'");
    refused(a, "forestry dispatch fire_pro_1 quickly", "无法识别", "not understood");
    refused(a, "forestry dispatch", "缺少必填的“队伍”", "lacks the required 'team'");
    refused(a, "district post", "缺少必填的“在”", "lacks the required 'at'");
    refused(a, "district report to forestry", "缺少必填的“形式”", "'form'");
    refused(a, "forestry dispatch fire_pro_1 to", "后面缺少内容", "nothing stands after");
    refused(a, "forestry dispatch fire_pro_1 to town to village", "写了两次", "twice");
    refused(a, "district send hose 99999999999 from town to village", "整数", "whole number");
    refused(a, "district state", "引号", "quotes");
    refused(a, "district state \"open", "没有结束", "not closed");
    refused(a, "district state \"a\" b", "多余", "too much");
    refused(a, "dispatch fire_pro_1", "由哪个单位", "which agency");
    refused(a, "forestry inject fire", "只能由导调", "only the facilitator");
    refused(a, "facilitator ignite at=1,2", "只能由情景", "only the world");
    refused(a, "district \xff\xfe", "UTF-8", "UTF-8");
    refused(a, "district state \"\x01\"", "控制字符", "control");
}

static void long_texts(void **state)
{
    const struct atlas *a = atlas_of(state);
    char line[4096] = "district state \"";
    size_t start = strlen(line);

    memset(line + start, 'x', ORDER_TEXT - 1);
    line[start + ORDER_TEXT - 1] = '"';
    line[start + ORDER_TEXT] = '\0';
    assert_int_equal(strlen(read(a, line).text), ORDER_TEXT - 1);
    memset(line + start, 'x', ORDER_TEXT);
    memcpy(line + start + ORDER_TEXT, "\"", 2);
    refused(a, line, "太长", "too long");
    memset(line + start, 'x', 3000);
    memcpy(line + start + 3000, "\"", 2);
    refused(a, line, "太长", "too long");
}

/* Random mutations of good lines: either refused in words or read back to the same order. */
static void mutations(void **state)
{
    static const char *const seeds[] = {
        "00:12 forestry dispatch fire_pro_1 to north_ridge task=line at=100,200 with=guide \"快\"",
        "区政府 上报 向 区政府 形式=初报 要素=单位概况+简要经过 “属实”",
        "world outage mobile for=90min",
        "导调 改期注入 迟缓 到 15:40",
        "区政府 发布预警 红色 向 向阳村 要素=all",
    };
    const struct atlas *atlas = atlas_of(state);
    struct rng rng = rng_make(1, 2, 3);
    int accepted = 0;

    for (int i = 0; i < 4000; i++) {
        char line[400];
        char text[2048];
        struct buf b = BUF_ON(text);
        struct order o, back;
        struct err e;
        int len = (int)strlen(seeds[i % COUNT_OF(seeds)]);
        memcpy(line, seeds[i % COUNT_OF(seeds)], (size_t)len);
        for (int k = (int)rng_range(&rng, 0, 4); k > 0 && len > 1; k--) {
            int at = (int)rng_range(&rng, 0, len - 1);
            switch (rng_range(&rng, 0, 3)) {
            case 0:
                line[at] = (char)rng_range(&rng, 1, 255);
                break;
            case 1:
                memmove(line + at, line + at + 1, (size_t)(len - at - 1));
                len--;
                break;
            case 2:
                memmove(line + at + 1, line + at, (size_t)(len - at));
                line[at] = " =\"+:,9a"[rng_range(&rng, 0, 7)];
                len++;
                break;
            default:
                len = at + 1;
                break;
            }
        }
        e.text[LANG_ZH][0] = e.text[LANG_EN][0] = '\0';
        if (order_parse((struct text){line, len}, atlas, 0, &o, &e) != RC_OK) {
            assert_true(e.text[LANG_ZH][0] != '\0' && e.text[LANG_EN][0] != '\0');
            assert_true(text_is_utf8(text_of(e.text[LANG_ZH])));
            continue;
        }
        accepted++;
        buf_clear(&b);
        order_format(&o, atlas, true, &b);
        assert_int_equal(order_parse((struct text){text, b.len}, atlas, 9, &back, &e), RC_OK);
        same_order(&o, &back);
    }
    assert_true(accepted > 400);
}

static void said_in_words(void **state)
{
    const struct atlas *a = atlas_of(state);
    struct order o = read(a, "forestry dispatch fire_pro_1 to north_ridge task=line guide \"稳\"");
    char text[512];
    struct buf b = BUF_ON(text);

    buf_clear(&b);
    order_say(&o, a, LANG_ZH, &b);
    assert_string_equal(text, "林业局：调派 专业队1 到 北山脊，任务：开设隔离带，安全措施：向导：“稳”");
    buf_clear(&b);
    order_say(&o, a, LANG_EN, &b);
    assert_string_equal(text, "Forestry Bureau: dispatch Pro team 1 to North ridge, task: build the line, "
                              "with: guide: “稳”");
}

static bool offers(const struct atlas *a, const char *line, enum lang lang, const char *word)
{
    struct text out[40];
    int n = order_complete(text_of(line), a, lang, out, COUNT_OF(out));

    for (int i = 0; i < n; i++)
        if (text_is(out[i], word))
            return true;
    return false;
}

static void completion(void **state)
{
    const struct atlas *a = atlas_of(state);
    struct text two[2];

    assert_true(offers(a, "", LANG_ZH, "林业局"));
    assert_true(offers(a, "林", LANG_ZH, "林业局"));
    assert_true(offers(a, "for", LANG_ZH, "forestry"));
    assert_true(offers(a, "00:10 forestry ", LANG_EN, "dispatch"));
    assert_false(offers(a, "forestry ", LANG_EN, "ignite"));
    assert_true(offers(a, "facilitator ", LANG_EN, "inject"));
    assert_true(offers(a, "林业局 调派 ", LANG_ZH, "专业队1"));
    assert_true(offers(a, "林业局 调派 专业队1 ", LANG_ZH, "到"));
    assert_true(offers(a, "林业局 调派 专业队1 到 ", LANG_ZH, "北山脊"));
    assert_true(offers(a, "forestry dispatch fire_pro_1 task=", LANG_EN, "line"));
    assert_true(offers(a, "forestry dispatch fire_pro_1 task=at", LANG_EN, "attack"));
    assert_true(offers(a, "district warn red elements=kind+le", LANG_EN, "level"));
    assert_false(offers(a, "forestry dispatch fire_pro_1 to town ", LANG_EN, "to"));
    assert_int_equal(order_complete(text_of("nobody does "), a, LANG_EN, two, 2), 0);
    assert_int_equal(order_complete(text_of(""), a, LANG_EN, two, 2), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip), cmocka_unit_test(typed_lines),
        cmocka_unit_test(wrong_lines), cmocka_unit_test(long_texts),
        cmocka_unit_test(mutations),  cmocka_unit_test(said_in_words),
        cmocka_unit_test(completion),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

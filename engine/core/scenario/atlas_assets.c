/* atlas_assets.c -- things that can be set: gates, doors, fans, pumps; read into the atlas. */
#include <string.h>

#include "core/scenario/atlas_read.h"

#define BY_PERCENT "percent"

struct asset_row {
    struct text id, setting;
    struct asset asset;
    const struct doc *path;
};

#define AT(member) offsetof(struct asset_row, asset.member)
static const struct field asset_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct asset_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true,
     .zh = "名称", .en = "title"},
    {.name = "kind", .type = FIELD_WORD, .offset = AT(kind), .required = true,
     .words = VK_ASSET_KIND, .zh = "类别", .en = "kind"},
    {.name = "holder", .type = FIELD_REF, .offset = AT(holder), .required = true,
     .entity = ENT_AGENCY, .zh = "管理单位", .en = "agency whose it is"},
    {.name = "place", .type = FIELD_REF, .offset = AT(place), .entity = ENT_PLACE,
     .zh = "所在地点", .en = "place where it stands"},
    {.name = "at", .type = FIELD_POINT, .offset = AT(at), .unit = "m",
     .zh = "位置，省略为所在地点的位置", .en = "position; that of its place when absent"},
    {.name = "level", .type = FIELD_INT, .offset = AT(level), .low = -5000, .high = 5000,
     .zh = "所在水平或楼层，地面为 0", .en = "level of the mine or storey; 0 at the surface"},
    {.name = "path", .type = FIELD_DOC, .offset = offsetof(struct asset_row, path),
     .zh = "不是一个点时的折点 { {x, y}, .. }，2 至 64 个",
     .en = "its corners when it is no point, { {x, y}, .. }, 2 to 64"},
    {.name = "remote", .type = FIELD_REF, .offset = AT(remote), .entity = ENT_CHANNEL,
     .zh = "遥控所用的通信手段，省略为只能现场手动",
     .en = "channel by which its holder sets it from the desk; by hand alone when absent"},
    {.name = "setting", .type = FIELD_TEXT, .offset = offsetof(struct asset_row, setting),
     .zh = "开始时的状态，如 \"60%\"、\"closed\"；省略为该类别的第一种，按百分比的为 0%",
     .en = "how it is set at the start, as \"60%\" or \"closed\"; the first of its kind, or 0%, when absent"},
    {.name = "hands", .type = FIELD_DURATION, .offset = AT(hands_ms), .low = 0, .high = 86400,
     .zh = "现场手动所需时间，省略按类别", .en = "time it takes by hand; its kind's when absent",
     .mark = "U"},
};
#undef AT

static const char *settings_of(const struct atlas *atlas, int32_t asset)
{
    return kind_row(&atlas->names, VK_ASSET_KIND, atlas->asset[asset].kind)->settings;
}

/* The next of the blank-separated words at *at; empty behind the last. */
static struct text next_word(const char **at)
{
    struct text word;

    while (**at == ' ')
        (*at)++;
    word = (struct text){*at, 0};
    for (; **at != ' ' && **at != '\0'; (*at)++)
        word.len++;
    return word;
}

int32_t asset_next_setting(const struct atlas *atlas, int32_t asset, int32_t v)
{
    const struct names *n = &atlas->names;
    bool past = v < 0;

    if (asset < 0)
        return word_next(n, VK_SETTING, v);
    const char *at = settings_of(atlas, asset);
    for (struct text word = next_word(&at); word.len > 0; word = next_word(&at)) {
        const int32_t here = text_is(word, BY_PERCENT) ? -1 : word_find(n, VK_SETTING, word);
        if (here >= 0 && past)
            return here;
        past = past || here == v;
    }
    return -1;
}

static bool by_percent(const struct atlas *atlas, int32_t asset)
{
    const char *at = settings_of(atlas, asset);

    for (struct text word = next_word(&at); word.len > 0; word = next_word(&at))
        if (text_is(word, BY_PERCENT))
            return true;
    return false;
}

bool asset_takes(const struct atlas *atlas, int32_t asset, int64_t setting)
{
    if (setting >= SETTING_PERCENT)
        return setting <= SETTING_PERCENT + 100 && by_percent(atlas, asset);
    for (int32_t v = asset_next_setting(atlas, asset, -1); v >= 0; v = asset_next_setting(atlas, asset, v))
        if (v == setting)
            return true;
    return false;
}

void asset_say_settings(const struct atlas *atlas, int32_t asset, enum lang lang, struct buf *out)
{
    const bool zh = lang == LANG_ZH;
    bool any = asset < 0 || by_percent(atlas, asset);

    if (any)
        buf_str(out, zh ? "0% 至 100%" : "0% to 100%");
    for (int32_t v = asset_next_setting(atlas, asset, -1); v >= 0; v = asset_next_setting(atlas, asset, v)) {
        if (any)
            buf_str(out, zh ? "、" : ", ");
        value_format(VK_SETTING, v, atlas, lang, !zh, out);
        any = true;
    }
}

static enum rc read_path(struct atlas_reading *r, const struct doc *list, struct asset *out)
{
    if (list == NULL)
        return RC_OK;
    if (list->count < 2 || list->count > LINE_POINTS_MAX)
        return DOC_ERR(list, r->e, MSG_CORE_ATLAS_CORNERS, arg_i(list->count), arg_i(LINE_POINTS_MAX));
    out->path = ARENA_NEW(r->arena, double, 2 * list->count);
    if (out->path == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *p = list->child; p != NULL; p = p->next) {
        enum rc rc = corner_read(r, p, &out->path[2 * out->points++]);
        if (rc != RC_OK)
            return rc;
    }
    return RC_OK;
}

/* The one written, else the kind's first. */
static enum rc read_setting(struct atlas_reading *r, const struct doc *d, int id, struct text word)
{
    struct asset *asset = &r->atlas->asset[id];
    char zh[200], en[200];
    struct buf zh_b = BUF_ON(zh), en_b = BUF_ON(en);

    asset->setting = by_percent(r->atlas, id) ? SETTING_PERCENT : asset_next_setting(r->atlas, id, -1);
    if (word.len == 0)
        return RC_OK;
    asset->setting = word_find(&r->atlas->names, VK_SETTING, word);
    if (asset->setting >= 0 && asset_takes(r->atlas, id, asset->setting))
        return RC_OK;
    asset_say_settings(r->atlas, id, LANG_ZH, &zh_b);
    asset_say_settings(r->atlas, id, LANG_EN, &en_b);
    return DOC_ERR(doc_get(d, "setting"), r->e, MSG_CORE_BAD_CHOICE, arg_t(word), arg_zh_en(zh, en));
}

static enum rc accept_asset(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct asset_row *in = row;
    struct asset *asset = &in->asset;
    enum rc rc = read_path(r, in->path, asset);

    if (rc != RC_OK)
        return rc;
    if (asset->place < 0 && !row_has(d, "at"))
        return DOC_ERR(d, r->e, MSG_CORE_MISSING_KEY, arg_s("at"), arg_zh_en("或 place", "or place"));
    if (row_has(d, "at"))
        rc = point_check(r, doc_get(d, "at"), asset->at);
    else
        memcpy(asset->at, r->atlas->place[asset->place].at, sizeof asset->at);
    if (rc != RC_OK)
        return rc;
    if (!row_has(d, "hands"))
        asset->hands_ms = kind_row(&r->atlas->names, VK_ASSET_KIND, asset->kind)->hands_ms;
    r->atlas->asset[id] = *asset;
    return read_setting(r, d, id, in->setting);
}

const struct section ATLAS_ASSETS[] = {
    {"assets", ENT_ASSET, ASSET_MAX, asset_rows, COUNT_OF(asset_rows), sizeof(struct asset_row),
     accept_asset, "assets 可设定的设施", "assets: things that can be set"},
};
const int ATLAS_ASSETS_COUNT = COUNT_OF(ATLAS_ASSETS);

/* The scenario as declared, read from its document: the frame, the ids, the sections; see atlas.h. */
#include "core/scenario/atlas.h"

#include <string.h>

#include "base/num.h"
#include "core/scenario/atlas_read.h"

enum { DAY_MS = 86400000 };

/* --- meta and map --- */

struct meta_row {
    struct meta meta;
    int64_t dusk_ms, dawn_ms;
    const struct doc *course;
};

#define AT(member) offsetof(struct meta_row, meta.member)
static const struct field meta_rows[] = {
    {.name = "name", .type = FIELD_NAME, .offset = AT(name), .zh = "情景标识", .en = "id of the scenario"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true,
     .zh = "情景名称 { zh = , en = }", .en = "title { zh = , en = }"},
    {.name = "summary", .type = FIELD_TITLE, .offset = AT(summary), .zh = "简介", .en = "summary"},
    {.name = "trains", .type = FIELD_TITLE, .offset = AT(trains), .zh = "练什么", .en = "what it trains"},
    {.name = "town", .type = FIELD_TITLE, .offset = AT(town), .zh = "所在镇街", .en = "town"},
    {.name = "date", .type = FIELD_TEXT, .offset = AT(date), .zh = "日期 \"2022-08-20\"",
     .en = "date, \"2022-08-20\""},
    {.name = "start", .type = FIELD_MOMENT, .offset = AT(start_clock_ms), .required = true,
     .low = 0, .high = 86399, .zh = "开始的北京时间 \"15:00\"", .en = "clock time of the start, \"15:00\""},
    {.name = "length", .type = FIELD_DURATION, .offset = AT(length_ms), .required = true, .low = 60,
     .high = 864000, .zh = "计划时长", .en = "planned length"},
    {.name = "tick", .type = FIELD_DURATION, .offset = AT(tick_ms), .low = 1, .high = 60,
     .dflt = 10, .zh = "推演步长", .en = "length of a step"},
    {.name = "terrain_note", .type = FIELD_TITLE, .offset = AT(terrain_note), .required = true,
     .zh = "地形来源说明，印在每张图上；合成地形须写明", .en = "where the terrain comes from, on every map; "
     "say so when it is synthetic"},
    {.name = "dusk", .type = FIELD_MOMENT, .offset = offsetof(struct meta_row, dusk_ms), .low = 0,
     .high = 86399, .dflt = 70200, .zh = "天黑的北京时间，省略为 19:30",
     .en = "clock time of dusk; 19:30 when absent", .mark = "U"},
    {.name = "dawn", .type = FIELD_MOMENT, .offset = offsetof(struct meta_row, dawn_ms), .low = 0,
     .high = 86399, .dflt = 22500, .zh = "天亮的北京时间，省略为 6:15",
     .en = "clock time of dawn; 6:15 when absent", .mark = "U"},
    {.name = "course", .type = FIELD_DOC, .offset = offsetof(struct meta_row, course), .choices = "scenario.course",
     .zh = "默认走向 { number = , title = }；各危害可抽取的范围写在其自己一节",
     .en = "the course that is played by default { number = , title = }; what a hazard may draw stands in its own section"},
};
#undef AT

static const struct field course_rows[] = {
    {.name = "number", .type = FIELD_INT, .offset = offsetof(struct meta, course), .low = 1, .high = COURSES_MAX, .dflt = 1,
     .zh = "走向编号；同号同走向", .en = "number of the course; the same number is the same course"},
    {.name = "title", .type = FIELD_TITLE, .offset = offsetof(struct meta, course_title), .zh = "走向名称", .en = "its title"},
};

#define AT(member) offsetof(struct map_frame, member)
static const struct field map_rows[] = {
    {.name = "width_m", .type = FIELD_NUM, .offset = AT(width_m), .required = true, .low = 10,
     .high = 500000, .unit = "m", .zh = "东西宽", .en = "extent west to east"},
    {.name = "height_m", .type = FIELD_NUM, .offset = AT(height_m), .required = true, .low = 10,
     .high = 500000, .unit = "m", .zh = "南北长", .en = "extent south to north"},
    {.name = "dem", .type = FIELD_TEXT, .offset = AT(dem), .zh = "高程栅格文件（ESRI ASCII）",
     .en = "file of elevations (ESRI ASCII grid)"},
    {.name = "crs", .type = FIELD_TEXT, .offset = AT(crs), .zh = "坐标系：WGS-84、CGCS2000、GCJ-02",
     .en = "reference system: WGS-84, CGCS2000, GCJ-02"},
    {.name = "lon0", .type = FIELD_NUM, .offset = AT(lon0), .low = -180, .high = 180, .unit = "°",
     .zh = "西南角经度", .en = "longitude of the south-west corner"},
    {.name = "lat0", .type = FIELD_NUM, .offset = AT(lat0), .low = -90, .high = 90, .unit = "°",
     .zh = "西南角纬度", .en = "latitude of the south-west corner"},
};
#undef AT

static const struct doc *table_of(const struct atlas_reading *r, const char *key, enum rc *rc)
{
    const struct doc *d = doc_get(r->doc, key);

    if (d == NULL || d->kind == DOC_NIL)
        *rc = DOC_ERR(r->doc, r->e, MSG_CORE_MISSING_KEY, arg_s(key), arg_zh_en("一节", "a section"));
    return d;
}

static enum rc read_frame(struct atlas_reading *r)
{
    struct meta_row meta = {0};
    struct names *names = &r->atlas->names;
    enum rc rc = RC_OK;
    const struct doc *d = table_of(r, "meta", &rc);

    names->start_clock_ms = 0; /* clock times of meta count from midnight */
    if (rc == RC_OK)
        rc = schema_read(d, meta_rows, COUNT_OF(meta_rows), names, r->arena, &meta, r->e);
    if (rc != RC_OK)
        return rc;
    if (meta.course != NULL)
        rc = schema_read(meta.course, course_rows, COUNT_OF(course_rows), names, r->arena, &meta.meta, r->e);
    if (rc != RC_OK)
        return rc;
    r->atlas->meta = meta.meta;
    r->atlas->dusk_ms = meta.dusk_ms;
    r->atlas->dawn_ms = meta.dawn_ms;
    names->start_clock_ms = meta.meta.start_clock_ms;
    if (meta.dawn_ms >= meta.dusk_ms)
        return DOC_ERR0(d, r->e, MSG_CORE_ATLAS_DAWN);
    d = table_of(r, "map", &rc);
    if (rc == RC_OK)
        rc = schema_read(d, map_rows, COUNT_OF(map_rows), names, r->arena, &r->atlas->map, r->e);
    return rc;
}

/* --- sections --- */

static const struct {
    const struct section *at;
    const int *count;
} TABLES[] = {
    {ATLAS_PLACES, &ATLAS_PLACES_COUNT},
    {ATLAS_PEOPLE, &ATLAS_PEOPLE_COUNT},
    {ATLAS_ASSETS, &ATLAS_ASSETS_COUNT},
    {ATLAS_INJECTS, &ATLAS_INJECTS_COUNT},
    {ATLAS_PLAN, &ATLAS_PLAN_COUNT},
    {ATLAS_PHASES, &ATLAS_PHASES_COUNT},
};

/* Keys of a scenario that others read: hazards the session, weather core's weather, indicators eval,
 * on and bots the session. */
static const char *const OTHER_KEYS[] = {"api", "meta", "map", "views", "hazards", "weather", "indicators",
                                         "on", "bots"};

typedef enum rc section_visit(struct atlas_reading *r, const struct section *s);

static enum rc each_section(struct atlas_reading *r, section_visit *visit)
{
    enum rc rc = RC_OK;

    for (int t = 0; t < COUNT_OF(TABLES); t++)
        for (int i = 0; i < *TABLES[t].count && rc == RC_OK; i++)
            rc = visit(r, &TABLES[t].at[i]);
    return rc;
}

static struct title loose_title(const struct doc *d)
{
    struct title t = {{"", 0}, {"", 0}};
    const struct doc *zh, *en;

    if (d == NULL)
        return t;
    if (d->kind == DOC_TEXT)
        return (struct title){d->t, d->t};
    zh = doc_get(d, "zh");
    en = doc_get(d, "en");
    if (zh != NULL && zh->kind == DOC_TEXT)
        t.zh = t.en = zh->t;
    if (en != NULL && en->kind == DOC_TEXT) {
        t.en = en->t;
        if (t.zh.len == 0)
            t.zh = en->t;
    }
    return t;
}

/* The same id twice: says where the first one stands. */
static enum rc duplicate(struct atlas_reading *r, const struct section *s, const struct doc *list,
                         const struct doc *id)
{
    char where[200];
    struct buf b = buf_on(where, (int)sizeof where);
    const struct title kind = entity_title(s->entity);
    struct arg kind_arg = arg_zh_en("", "");

    kind_arg.zh = kind.zh;
    kind_arg.en = kind.en;
    for (const struct doc *d = list->child; d != NULL; d = d->next) {
        const struct doc *first = doc_get(d, "id");
        if (first != NULL && first->kind == DOC_TEXT && text_eq(first->t, id->t)) {
            doc_where(first, &b);
            break;
        }
    }
    return DOC_ERR(id, r->e, MSG_CORE_ATLAS_TWICE, kind_arg, arg_t(id->t), arg_s(where));
}

static bool known_id(const struct names *n, enum entity kind, struct text id)
{
    for (int i = 0; i < n->count[kind]; i++)
        if (text_eq(n->row[kind][i].name, id))
            return true;
    return false;
}

enum rc section_full(const struct atlas_reading *r, const struct doc *list, int max)
{
    (void)DOC_ERR(list, r->e, MSG_CORE_ATLAS_FULL, arg_i(list->count), arg_i(max));
    if (r->e != NULL)
        r->e->rc = RC_LIMIT;
    return RC_LIMIT;
}

/* Pass 1: the list is one, fits, and its ids are unlike. */
static enum rc collect(struct atlas_reading *r, const struct section *s)
{
    struct names *n = &r->atlas->names;
    const struct doc *list = doc_get(r->doc, s->key);

    if (list == NULL || list->kind == DOC_NIL)
        return RC_OK;
    if (list->kind != DOC_TABLE)
        return DOC_ERR0(list, r->e, MSG_CORE_ATLAS_LIST);
    if (list->count > s->max)
        return section_full(r, list, s->max);
    if (s->entity != ENT_COUNT) {
        n->row[s->entity] = ARENA_NEW(r->arena, struct name_row, list->count + 1);
        n->cap[s->entity] = list->count;
        if (n->row[s->entity] == NULL)
            return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    for (const struct doc *d = list->child; d != NULL; d = d->next) {
        const struct doc *id = doc_get(d, "id");
        if (d->index == 0 || d->kind != DOC_TABLE)
            return DOC_ERR0(d, r->e, MSG_CORE_ATLAS_LIST);
        if (s->entity == ENT_COUNT)
            continue;
        if (id == NULL || id->kind != DOC_TEXT)
            return DOC_ERR(d, r->e, MSG_CORE_MISSING_KEY, arg_s("id"), arg_zh_en("标识", "id"));
        if (known_id(n, s->entity, id->t))
            return duplicate(r, s, list, id);
        n->row[s->entity][n->count[s->entity]++] = (struct name_row){
            id->t, loose_title(doc_get(d, s->entity == ENT_CLAUSE ? "text" : "title"))};
    }
    return RC_OK;
}

/* Pass 2. */
static enum rc read_section(struct atlas_reading *r, const struct section *s)
{
    const struct doc *list = doc_get(r->doc, s->key);
    struct joined all;
    void *row;
    int id = 0;
    enum rc rc;

    if (list == NULL || list->kind == DOC_NIL)
        return RC_OK;
    more_join(s, &r->atlas->names, &all);
    rc = more_reserve(r, &all, list->count);
    row = arena_alloc(r->arena, 1, all.size);
    if (rc == RC_OK && row == NULL)
        rc = ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list->child; d != NULL && rc == RC_OK; d = d->next, id++) {
        memset(row, 0, all.size);
        rc = schema_read(d, all.rows, all.count, &r->atlas->names, r->arena, row, r->e);
        if (rc == RC_OK)
            more_keep(r, &all, id, row);
        if (rc == RC_OK)
            rc = s->accept(r, id, d, row);
    }
    return rc;
}

static enum rc reserve(struct atlas_reading *r)
{
    struct atlas *at = r->atlas;
    const int *n = at->names.count;
    const struct doc *stock = doc_get(r->doc, "stock");
    const struct doc *assumptions = doc_get(r->doc, "assumptions");
    const struct doc *limits = doc_get(r->doc, "report_limits");
    const struct doc *phases = doc_get(r->doc, "phases");
    const int own_assumptions = 4; /* what the readers of roads add */
    bool good = true;

#define ROOM(member, count)                                                                        \
    good = good && (at->member = arena_alloc(r->arena, (size_t)(count) + 1, sizeof *at->member)) != NULL
    ROOM(agency, n[ENT_AGENCY]);
    ROOM(place, n[ENT_PLACE]);
    ROOM(node, n[ENT_NODE]);
    ROOM(road, n[ENT_ROAD]);
    ROOM(team, n[ENT_TEAM]);
    ROOM(line, n[ENT_LINE]);
    ROOM(channel, n[ENT_CHANNEL]);
    ROOM(service, n[ENT_SERVICE]);
    ROOM(group, n[ENT_GROUP]);
    ROOM(supply, n[ENT_SUPPLY]);
    ROOM(inject, n[ENT_INJECT]);
    ROOM(objective, n[ENT_OBJECTIVE]);
    ROOM(clause, n[ENT_CLAUSE]);
    ROOM(asset, n[ENT_ASSET]);
    ROOM(stock, stock != NULL ? stock->count : 0);
    ROOM(report_limit, limits != NULL ? limits->count : 0);
    ROOM(phase, phases != NULL ? phases->count : 0);
    ROOM(assumption, (assumptions != NULL ? assumptions->count : 0) + own_assumptions);
#undef ROOM
    return good ? RC_OK : ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
}

/* --- the whole --- */

static const char *known_key(int i)
{
    if (i < COUNT_OF(OTHER_KEYS))
        return OTHER_KEYS[i];
    i -= COUNT_OF(OTHER_KEYS);
    for (int t = 0; t < COUNT_OF(TABLES); t++) {
        if (i < *TABLES[t].count)
            return TABLES[t].at[i].key;
        i -= *TABLES[t].count;
    }
    return NULL;
}

static enum rc check_top(struct atlas_reading *r)
{
    const struct doc *api = doc_get(r->doc, "api");

    if (r->doc == NULL || r->doc->kind != DOC_TABLE)
        return DOC_ERR(r->doc, r->e, MSG_CORE_WRONG_TYPE, arg_msg(MSG_CORE_TYPE_TABLE), arg_s("?"));
    for (const struct doc *d = r->doc->child; d != NULL; d = d->next) {
        const char *near = NULL;
        const char *key;
        int best = 3;
        bool found = false;
        if (d->index > 0)
            return DOC_ERR(d, r->e, MSG_CORE_STRAY_ITEM, arg_i(d->index));
        for (int i = 0; (key = known_key(i)) != NULL && !found; i++) {
            int distance = text_distance(d->key, text_of(key), best);
            found = text_is(d->key, key);
            if (distance < best) {
                best = distance;
                near = key;
            }
        }
        if (!found && near != NULL)
            return DOC_ERR(d, r->e, MSG_CORE_UNKNOWN_KEY_NEAR, arg_t(d->key), arg_s(near));
        if (!found)
            return DOC_ERR(d, r->e, MSG_CORE_UNKNOWN_KEY, arg_t(d->key));
    }
    if (api == NULL || api->kind != DOC_INT || api->i != 1)
        return DOC_ERR0(api != NULL ? api : r->doc, r->e, MSG_CORE_ATLAS_API);
    return RC_OK;
}

static void add_assumption(struct atlas *atlas, enum msg id)
{
    atlas->assumption[atlas->assumption_count++] = (struct assumption){
        {text_of(msg_text(LANG_ZH, id)), text_of(msg_text(LANG_EN, id))}, TEXT("U")};
}

/* Whose words the scenario may use: the hazards it lists. */
static void find_owners(const struct doc *doc, struct names *n)
{
    for (int owner = OWN_CORE + 1; owner < OWN_SCENARIO; owner++) {
        const struct vocab *v = vocab_of(NULL, owner);
        const struct doc *list = doc_get(doc, "hazards");
        if (v != NULL && list != NULL && doc_get(list, v->name) != NULL)
            n->owners |= 1u << owner;
    }
}

static enum rc read(const struct doc *doc, bool whole, struct arena *a, struct atlas *out,
                    struct err *e)
{
    struct atlas_reading r = {.doc = doc, .arena = a, .atlas = out, .e = e};
    enum rc rc;

    memset(out, 0, sizeof *out);
    out->doc = doc;
    rc = check_top(&r);
    if (rc == RC_OK)
        find_owners(doc, &out->names);
    if (rc == RC_OK)
        rc = each_section(&r, collect);
    if (rc == RC_OK)
        rc = read_frame(&r);
    if (rc == RC_OK)
        rc = reserve(&r);
    if (rc == RC_OK)
        rc = each_section(&r, read_section);
    if (rc == RC_OK)
        rc = atlas_views_read(&r);
    if (rc == RC_OK && whole)
        rc = atlas_check(&r);
    if (rc != RC_OK)
        return rc;
    if (r.guessed_length)
        add_assumption(out, MSG_CORE_ASSUME_LENGTH);
    if (r.guessed_speed)
        add_assumption(out, MSG_CORE_ASSUME_SPEED);
    if (r.guessed_capacity)
        add_assumption(out, MSG_CORE_ASSUME_CAPACITY);
    return RC_OK;
}

enum rc atlas_read(const struct doc *doc, struct arena *a, struct atlas *out, struct err *e)
{
    return read(doc, true, a, out, e);
}

enum rc atlas_read_part(const struct doc *doc, struct arena *a, struct atlas *out, struct err *e)
{
    return read(doc, false, a, out, e);
}

void line_point(const struct control_line *line, double at_m, double *x, double *y)
{
    const double *p = line->xy;
    *x = p[0];
    *y = p[1];
    for (int32_t k = 0; k + 1 < line->points; k++, p += 2) {
        double dx = p[2] - p[0], dy = p[3] - p[1], length = num_hypot(dx, dy);
        double share = length > 0.0 ? num_clamp(at_m / length, 0.0, 1.0) : 1.0;
        *x = p[0] + dx * share;
        *y = p[1] + dy * share;
        if (at_m <= length)
            return;
        at_m -= length;
    }
}

bool atlas_is_night(const struct atlas *atlas, int64_t t_ms)
{
    int64_t clock = (atlas->meta.start_clock_ms + t_ms) % DAY_MS;

    if (clock < 0)
        clock += DAY_MS;
    return clock >= atlas->dusk_ms || clock < atlas->dawn_ms;
}

void atlas_manual(enum lang lang, struct buf *out)
{
    schema_manual(lang == LANG_ZH ? "meta 情景" : "meta: the scenario", meta_rows,
                  COUNT_OF(meta_rows), lang, out);
    schema_manual("meta.course", course_rows, COUNT_OF(course_rows), lang, out);
    schema_manual(lang == LANG_ZH ? "map 地图" : "map", map_rows, COUNT_OF(map_rows), lang, out);
    atlas_views_manual(lang, out);
    for (int t = 0; t < COUNT_OF(TABLES); t++)
        for (int i = 0; i < *TABLES[t].count; i++) {
            const struct section *s = &TABLES[t].at[i];
            struct joined all;
            more_join(s, NULL, &all);
            schema_manual(lang == LANG_ZH ? s->zh : s->en, all.rows, all.count, lang, out);
        }
    plan_needs_manual(lang, out);
    phases_manual(lang, out);
}

void atlas_stubs(struct buf *out)
{
    char name[64];

    schema_stubs("scenario.meta", meta_rows, COUNT_OF(meta_rows), out);
    schema_stubs("scenario.course", course_rows, COUNT_OF(course_rows), out);
    schema_stubs("scenario.map", map_rows, COUNT_OF(map_rows), out);
    phases_stubs(out);
    atlas_views_stubs(out);
    for (int t = 0; t < COUNT_OF(TABLES); t++)
        for (int i = 0; i < *TABLES[t].count; i++) {
            struct buf b = BUF_ON(name);
            struct joined all;
            more_join(&TABLES[t].at[i], NULL, &all);
            buf_str(&b, "scenario.");
            buf_str(&b, TABLES[t].at[i].key);
            schema_stubs(name, all.rows, all.count, out);
        }
    buf_str(out, "---@class scenario\n---@field meta scenario.meta\n---@field map scenario.map\n"
                 "---@field views? table<string, scenario.views>\n");
    for (int t = 0; t < COUNT_OF(TABLES); t++)
        for (int i = 0; i < *TABLES[t].count; i++) {
            buf_str(out, "---@field ");
            buf_str(out, TABLES[t].at[i].key);
            buf_str(out, "? scenario.");
            buf_str(out, TABLES[t].at[i].key);
            buf_str(out, "[]\n");
        }
}

/* Who there is and what they have: agencies, teams, channels, services, groups, supplies, stock. */
#include "core/scenario/atlas_read.h"

/* --- channels --- */

struct channel_row {
    struct text id;
    struct channel channel;
    const struct doc *dead;
};

/* Time to get through and messages a minute, by kind; unverified, the scenario's to change. */
static const struct {
    int64_t delay_ms;
    int32_t per_minute;
} CHANNELS[] = {
    [CHANNEL_MOBILE] = {60000, 20},   [CHANNEL_FIXED] = {60000, 6},
    [CHANNEL_RADIO] = {30000, 6},     [CHANNEL_SATELLITE] = {120000, 2},
    [CHANNEL_RUNNER] = {1200000, 1},  [CHANNEL_BROADCAST] = {300000, 1},
    [CHANNEL_GONG] = {600000, 1},
};

#define AT(member) offsetof(struct channel_row, channel.member)
static const struct field channel_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct channel_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true,
     .zh = "名称", .en = "title"},
    {.name = "kind", .type = FIELD_CHOICE, .offset = AT(kind), .required = true,
     .choices = "mobile fixed radio satellite runner broadcast gong", .zh = "类别", .en = "kind"},
    {.name = "delay", .type = FIELD_DURATION, .offset = AT(delay_ms), .low = 0, .high = 86400,
     .zh = "接通所需时间，省略时按类别 1、1、0.5、2、20、5、10 分钟",
     .en = "time to get through; 1, 1, 0.5, 2, 20, 5, 10 min by kind when absent", .mark = "U"},
    {.name = "per_minute", .type = FIELD_INT, .offset = AT(per_minute), .low = 1, .high = 10000,
     .zh = "每分钟可传条数，省略时按类别 20、6、6、2、1、1、1",
     .en = "messages a minute; 20, 6, 6, 2, 1, 1, 1 by kind when absent", .mark = "U"},
    {.name = "reach", .type = FIELD_NUM, .offset = AT(reach), .low = 0, .high = 1,
     .zh = "一小时内可通知到的群众比例，0 为不面向公众",
     .en = "share of the public it reaches in an hour; 0: not for the public", .mark = "U"},
    {.name = "power_line", .type = FIELD_REF, .offset = AT(line), .entity = ENT_LINE,
     .zh = "为其基站供电的线路，省略时公众移动通信随任一线路停电",
     .en = "the power line that feeds its masts; when absent, a mobile network depends on every line"},
    {.name = "covers", .type = FIELD_REFS, .offset = AT(covers), .entity = ENT_PLACE,
     .zh = "只在这些地点及其周边 800 米内可用，省略为全域可用",
     .en = "works only at these places and up to 800 m around them; everywhere when absent", .mark = "U"},
    {.name = "dead", .type = FIELD_DOC, .offset = offsetof(struct channel_row, dead),
     .zh = "信号盲区：多边形的列表，每个为 { {x, y}, .. }，3 至 64 个角点",
     .en = "where it does not work: a list of areas { {x, y}, .. } of 3 to 64 corners", .mark = "U"},
};
#undef AT

static enum rc accept_channel(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct channel *c = &((struct channel_row *)row)->channel;

    if (!row_has(d, "delay"))
        c->delay_ms = CHANNELS[c->kind].delay_ms;
    if (!row_has(d, "per_minute"))
        c->per_minute = CHANNELS[c->kind].per_minute;
    enum rc rc = areas_read(r, ((struct channel_row *)row)->dead, &c->dead, &c->dead_count);
    r->atlas->channel[id] = *c;
    return rc;
}

/* --- agencies --- */

struct agency_row {
    struct text id;
    struct agency agency;
    const struct doc *levels, *posts;
};

#define AT(member) offsetof(struct agency_row, agency.member)
static const struct field agency_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct agency_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true,
     .zh = "名称", .en = "title"},
    {.name = "admin", .type = FIELD_CHOICE, .offset = AT(admin), .dflt = ADMIN_DISTRICT,
     .choices = "city district town unit", .zh = "层级：市、区、镇街、企业（社区）",
     .en = "tier: city, district, town, enterprise or village"},
    {.name = "parent", .type = FIELD_REF, .offset = AT(parent), .entity = ENT_AGENCY,
     .zh = "上级单位，向其上报", .en = "agency that it reports to"},
    {.name = "played", .type = FIELD_BOOL, .offset = AT(played),
     .zh = "由参演人员担任；否则由程序模拟", .en = "a seat in the room; else simulated"},
    {.name = "place", .type = FIELD_REF, .offset = AT(place), .entity = ENT_PLACE,
     .zh = "办公地点", .en = "where its people sit"},
    {.name = "sign", .type = FIELD_TEXT, .offset = AT(sign),
     .zh = "地图上的一个字，省略为名称首字", .en = "one character on the map; the first of its title"},
    {.name = "levels", .type = FIELD_DOC, .offset = offsetof(struct agency_row, levels),
     .zh = "有权启动的响应级别，如 { 3, 4 }", .en = "response levels it may start, as { 3, 4 }"},
    {.name = "colours", .type = FIELD_SET, .offset = AT(colours),
     .choices = "none red orange yellow blue", .zh = "有权发布的预警颜色",
     .en = "government warnings it may publish"},
    {.name = "commands", .type = FIELD_BOOL, .offset = AT(commands),
     .zh = "有权设指挥部、明确总指挥、批准方案",
     .en = "may set up the post, name the commander, approve the plan"},
    {.name = "read", .type = FIELD_DURATION, .offset = AT(read_ms), .low = 0, .high = 86400,
     .dflt = 120, .zh = "模拟单位收文所需时间", .en = "time a simulated agency takes to read",
     .mark = "U"},
    {.name = "act", .type = FIELD_DURATION, .offset = AT(act_ms), .low = 0, .high = 86400,
     .dflt = 300, .zh = "模拟单位办理所需时间", .en = "time a simulated agency takes to act",
     .mark = "U"},
    {.name = "staff", .type = FIELD_INT, .offset = AT(staff), .low = 1, .high = 1000, .dflt = 3,
     .zh = "可同时办理的请求数", .en = "requests it can work on at once", .mark = "U"},
    {.name = "channels", .type = FIELD_REFS, .offset = AT(channels), .entity = ENT_CHANNEL,
     .zh = "拥有的通信手段，按使用次序；省略为除广播、铜锣外的全部",
     .en = "channels it has, in order of use; all but broadcast and gong when absent"},
    {.name = "posts", .type = FIELD_DOC, .offset = offsetof(struct agency_row, posts), .choices = "scenario.posts[]",
     .zh = "职务，按叫应次序；姓名、电话可省略，写则须为虚构",
     .en = "its posts in the order in which they are called; names and phones are optional and must be invented"},
};
#undef AT

/* { 3, 4 } or { "3", "三级" }: bits of the level words. */
static enum rc read_levels(struct atlas_reading *r, const struct doc *list, uint32_t *out)
{
    for (const struct doc *d = list != NULL ? list->child : NULL; d != NULL; d = d->next) {
        int64_t level = -1;
        if (d->kind == DOC_INT)
            level = d->i;
        else if (d->kind == DOC_TEXT)
            level = word_find(NULL, VK_LEVEL, d->t);
        if (level < 1 || level >= word_count(VK_LEVEL))
            return DOC_ERR0(d, r->e, MSG_CORE_ATLAS_LEVEL);
        *out |= (uint32_t)1 << level;
    }
    return RC_OK;
}

static enum rc usual_channels(struct atlas_reading *r, struct id_list *out)
{
    const int count = ATLAS_COUNT(r->atlas, ENT_CHANNEL);

    out->id = ARENA_NEW(r->arena, int32_t, count + 1);
    if (out->id == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t i = 0; i < count; i++)
        if (r->atlas->channel[i].kind < CHANNEL_BROADCAST)
            out->id[out->count++] = i;
    return RC_OK;
}

/* The first character of the Chinese title. */
static struct text first_sign(struct text t)
{
    int n = t.len > 0 ? 1 : 0;

    while (n > 0 && n < t.len && ((unsigned char)t.at[n] & 0xc0u) == 0x80u)
        n++;
    return (struct text){t.at, n};
}

static enum rc accept_agency(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct agency_row *in = row;
    struct agency *a = &in->agency;
    enum rc rc = read_levels(r, in->levels, &a->levels);

    if (rc == RC_OK && (text_is(in->id, "world") || text_is(in->id, "facilitator")))
        rc = DOC_ERR(doc_get(d, "id"), r->e, MSG_CORE_ATLAS_RESERVED, arg_t(in->id));
    if (rc == RC_OK && !row_has(d, "channels"))
        rc = usual_channels(r, &a->channels);
    if (rc == RC_OK)
        rc = posts_read(r, in->posts, a);
    if (a->sign.len == 0)
        a->sign = first_sign(a->title.zh);
    r->atlas->agency[id] = *a;
    return rc;
}

/* --- services --- */

struct service_row {
    struct text id;
    struct service service;
};

#define AT(member) offsetof(struct service_row, service.member)
static const struct field service_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct service_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true,
     .zh = "事项名称", .en = "title"},
    {.name = "agency", .type = FIELD_REF, .offset = AT(agency), .required = true,
     .entity = ENT_AGENCY, .zh = "由谁提供", .en = "who provides it"},
    {.name = "effect", .type = FIELD_CHOICE, .offset = AT(effect), .dflt = SERVICE_NONE,
     .choices = "none team channel power_cut power_back brief close bus",
     .zh = "办结后的作用：无、队伍可用、恢复通信、断电、送电、通报情况、封路、客车",
     .en = "what it does once carried out"},
    {.name = "channel", .type = FIELD_REF, .offset = AT(channel), .entity = ENT_CHANNEL,
     .zh = "作用于哪种通信手段", .en = "the channel it acts on"},
    {.name = "line", .type = FIELD_REF, .offset = AT(line), .entity = ENT_LINE,
     .zh = "作用于哪条线路", .en = "the line it acts on"},
    {.name = "road", .type = FIELD_REF, .offset = AT(road), .entity = ENT_ROAD,
     .zh = "作用于哪条道路", .en = "the road it acts on"},
    {.name = "read", .type = FIELD_DURATION, .offset = AT(read_ms), .low = 0, .high = 86400,
     .zh = "收文时间，省略同该单位", .en = "time to read; the agency's own when absent"},
    {.name = "act", .type = FIELD_DURATION, .offset = AT(act_ms), .low = 0, .high = 86400,
     .zh = "办理时间，省略同该单位", .en = "time to act; the agency's own when absent"},
    {.name = "daylight", .type = FIELD_BOOL, .offset = AT(daylight),
     .zh = "夜间不办理", .en = "refused at night"},
    {.name = "wind_max", .type = FIELD_NUM, .offset = AT(wind_max), .low = 0, .high = 60,
     .unit = "m/s", .zh = "风速超过此值不办理，0 为不限", .en = "refused above this wind; 0: no limit"},
    {.name = "once", .type = FIELD_BOOL, .offset = AT(once), .dflt = 1,
     .zh = "办理中再次请求算重复", .en = "a second request while one is open is a duplicate"},
    {.name = "buses", .type = FIELD_INT, .offset = AT(buses), .low = 0, .high = 1000,
     .unit = "辆", .zh = "转移群众的客车数", .en = "vehicles for moving people"},
    {.name = "free_from", .type = FIELD_MOMENT, .offset = AT(free_ms),
     .zh = "此前力量另有任务，请求会被退回（力量已用尽）",
     .en = "committed elsewhere until then: requests are refused, nobody free", .mark = "U"},
    {.name = "shares", .type = FIELD_REFS, .offset = AT(shares), .entity = ENT_SERVICE,
     .zh = "由同一批人办理的其他事项：其中一件在办或已办，其余会被退回",
     .en = "services done by the same people: while one is in hand or done the others are refused"},
};
#undef AT

static enum rc accept_service(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct service *s = &((struct service_row *)row)->service;
    const char *needs = NULL;

    if (!row_has(d, "read"))
        s->read_ms = -1;
    if (!row_has(d, "act"))
        s->act_ms = -1;
    if (s->effect == SERVICE_CHANNEL && s->channel < 0)
        needs = "channel";
    if ((s->effect == SERVICE_POWER_CUT || s->effect == SERVICE_POWER_BACK) && s->line < 0)
        needs = "line";
    if (s->effect == SERVICE_CLOSE && s->road < 0)
        needs = "road";
    if (s->effect == SERVICE_BUS && s->buses <= 0)
        needs = "buses";
    r->atlas->service[id] = *s;
    if (needs != NULL)
        return DOC_ERR(d, r->e, MSG_CORE_ATLAS_EFFECT_NEEDS, arg_s(needs));
    return RC_OK;
}

/* --- teams --- */

struct team_row {
    struct text id;
    struct team team;
};

#define AT(member) offsetof(struct team_row, team.member)
static const struct field team_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct team_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true,
     .zh = "名称", .en = "title"},
    {.name = "agency", .type = FIELD_REF, .offset = AT(agency), .required = true,
     .entity = ENT_AGENCY, .zh = "所属单位", .en = "whom it belongs to"},
    {.name = "kind", .type = FIELD_WORD, .offset = AT(kind), .required = true,
     .words = VK_TEAM_KIND, .zh = "类别", .en = "kind"},
    {.name = "people", .type = FIELD_INT, .offset = AT(people), .required = true, .low = 1,
     .high = 10000, .unit = "人", .zh = "人数", .en = "people"},
    {.name = "vehicles", .type = FIELD_INT, .offset = AT(vehicles), .low = 0, .high = 1000,
     .dflt = 1, .unit = "辆", .zh = "车辆", .en = "vehicles"},
    {.name = "home", .type = FIELD_REF, .offset = AT(home), .required = true, .entity = ENT_PLACE,
     .zh = "驻地", .en = "where it is at home"},
    {.name = "muster", .type = FIELD_DURATION, .offset = AT(muster_ms), .low = 0, .high = 86400,
     .dflt = 900, .zh = "白天集结时间", .en = "time to muster by day", .mark = "U"},
    {.name = "muster_night", .type = FIELD_DURATION, .offset = AT(muster_night_ms), .low = 0,
     .high = 86400, .zh = "夜间集结时间，省略为白天的 2 倍",
     .en = "by night; twice the time by day when absent", .mark = "U"},
    {.name = "outside", .type = FIELD_BOOL, .offset = AT(outside),
     .zh = "外援，不熟地形，需向导、电台、地图",
     .en = "does not know the ground: needs guide, channel and map"},
    {.name = "service", .type = FIELD_REF, .offset = AT(service), .entity = ENT_SERVICE,
     .zh = "该协同事项办结后才可用", .en = "available only once this service was carried out"},
    {.name = "unasked", .type = FIELD_BOOL, .offset = AT(unasked),
     .zh = "自发前来的志愿者，由注入引入", .en = "volunteers who come by an inject"},
    {.name = "flies", .type = FIELD_BOOL, .offset = AT(flies),
     .zh = "空中力量，省略时直升机为是", .en = "flies; yes for a helicopter when absent"},
    {.name = "tasks", .type = FIELD_TASKS, .offset = AT(tasks),
     .zh = "能执行的任务，省略时按类别", .en = "tasks it can do; by kind when absent"},
    {.name = "shift", .type = FIELD_DURATION, .offset = AT(shift_ms), .low = 600, .high = 172800,
     .dflt = 28800, .zh = "连续工作至疲劳的时间", .en = "works so long before it is exhausted",
     .mark = "U"},
    {.name = "walk_ms", .type = FIELD_NUM, .offset = AT(walk_ms), .low = 0.1, .high = 5,
     .dflt = 0.8, .unit = "m/s", .zh = "山地步行速度", .en = "speed on foot in hills", .mark = "U"},
};
#undef AT

static bool says(const char *words, struct text word)
{
    struct text rest = text_of(words != NULL ? words : "");

    for (struct text w = text_word(&rest); w.len > 0; w = text_word(&rest))
        if (text_eq(w, word))
            return true;
    return false;
}

/* What a team of a kind can do when the scenario does not say: what its kind says, what the tasks say of
 * it; some tasks everybody can do. */
static struct task_set usual_tasks(const struct names *n, int32_t kind, bool said, struct task_set set)
{
    const struct kind_row *row = kind_row(n, VK_TEAM_KIND, kind);

    for (int32_t t = word_next(n, VK_TASK, -1); t >= 0; t = word_next(n, VK_TASK, t)) {
        const struct task_row *task = task_row(n, t);
        bool usual = says(row->usual, text_of(task->name)) || says(task->crews, text_of(row->name));
        if ((task->flags & TASK_ALL) != 0 || (usual && !said))
            task_set_add(&set, t);
    }
    return set;
}

static enum rc accept_team(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct team *t = &((struct team_row *)row)->team;

    if (!row_has(d, "muster_night"))
        t->muster_night_ms = 2 * t->muster_ms;
    if (!row_has(d, "flies"))
        t->flies = kind_row(&r->atlas->names, VK_TEAM_KIND, t->kind)->flies;
    t->tasks = usual_tasks(&r->atlas->names, t->kind, row_has(d, "tasks"), t->tasks);
    r->atlas->team[id] = *t;
    if (t->service >= 0 && r->atlas->service[t->service].effect != SERVICE_TEAM)
        return DOC_ERR(doc_get(d, "service"), r->e, MSG_CORE_ATLAS_TEAM_SERVICE,
                       names_arg(&r->atlas->names, ENT_SERVICE, t->service));
    return RC_OK;
}

/* --- groups, supplies, stock --- */

struct group_row {
    struct text id;
    struct group group;
};

static const struct field group_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct group_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = offsetof(struct group_row, group.title),
     .required = true, .zh = "名称", .en = "title"},
    {.name = "lead", .type = FIELD_REF, .offset = offsetof(struct group_row, group.lead),
     .required = true, .entity = ENT_AGENCY, .zh = "预案规定的牵头单位", .en = "leading agency by the plan"},
    {.name = "members", .type = FIELD_REFS, .offset = offsetof(struct group_row, group.members),
     .entity = ENT_AGENCY, .zh = "成员单位", .en = "members"},
};

static enum rc accept_group(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    (void)d;
    r->atlas->group[id] = ((const struct group_row *)row)->group;
    return RC_OK;
}

struct supply_row {
    struct text id;
    struct supply supply;
};

static const struct field supply_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct supply_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = offsetof(struct supply_row, supply.title),
     .required = true, .zh = "名称", .en = "title"},
    {.name = "unit", .type = FIELD_TITLE, .offset = offsetof(struct supply_row, supply.unit),
     .zh = "计量单位", .en = "unit"},
    {.name = "person_day", .type = FIELD_NUM, .offset = offsetof(struct supply_row, supply.person_day), .low = 0,
     .high = 1000, .zh = "安置点每人每天消耗，0 为不消耗",
     .en = "units a day for each person in a shelter; 0: none", .mark = "U"},
    {.name = "crew_day", .type = FIELD_NUM, .offset = offsetof(struct supply_row, supply.crew_day), .low = 0,
     .high = 1000, .zh = "作业人员每人每天从所在地库存消耗，0 为自带",
     .en = "units a day for each person at work, from what lies at the place; 0: they bring their own", .mark = "U"},
    {.name = "tasks", .type = FIELD_TASKS, .offset = offsetof(struct supply_row, supply.tasks),
     .zh = "哪些任务消耗它，省略为全部", .en = "tasks that take it; all when absent"},
    {.name = "carry", .type = FIELD_DURATION, .offset = offsetof(struct supply_row, supply.carry_ms), .low = 0,
     .high = 172800, .zh = "队伍随身可用多久，省略为不会用尽",
     .en = "crews carry enough for so long; when absent they never run out", .mark = "U"},
    {.name = "without", .type = FIELD_CHOICE, .offset = offsetof(struct supply_row, supply.without), .dflt = WITHOUT_SLOW,
     .choices = "slow stop harm", .zh = "用尽后：效率减半、停下待补、后撤且高温下有人倒下（安置点也有人病倒）",
     .en = "a crew without: works at half its rate, stops till it comes, or falls back and in the heat people collapse (in shelters they fall ill)",
     .mark = "U"},
};

static enum rc accept_supply(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct supply *s = &((struct supply_row *)row)->supply;

    if (!row_has(d, "tasks"))
        s->tasks = task_set_all();
    r->atlas->supply[id] = *s;
    return RC_OK;
}

static const struct field stock_rows[] = {
    {.name = "place", .type = FIELD_REF, .offset = offsetof(struct stock, place), .required = true,
     .entity = ENT_PLACE, .zh = "储备点", .en = "depot"},
    {.name = "supply", .type = FIELD_REF, .offset = offsetof(struct stock, supply),
     .required = true, .entity = ENT_SUPPLY, .zh = "物资", .en = "supply"},
    {.name = "count", .type = FIELD_INT, .offset = offsetof(struct stock, count), .required = true,
     .low = 0, .high = 10000000, .zh = "数量", .en = "how many"},
    {.name = "owner", .type = FIELD_REF, .offset = offsetof(struct stock, owner), .entity = ENT_AGENCY,
     .zh = "所有单位，省略时各单位均可调出", .en = "whose it is; when absent anybody may send from it"},
    {.name = "custodian", .type = FIELD_REF, .offset = offsetof(struct stock, custodian),
     .entity = ENT_AGENCY, .zh = "保管单位", .en = "who keeps it"},
    {.name = "good_for", .type = FIELD_DURATION, .offset = offsetof(struct stock, good_ms), .low = 60,
     .high = 31536000, .zh = "自演练开始起的剩余保质期，省略为不过期",
     .en = "usable so long after the start; when absent it keeps"},
};

static enum rc accept_stock(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct stock *s = row;

    if (!row_has(d, "good_for"))
        s->good_ms = -1;
    if (s->custodian >= 0 && s->owner < 0)
        return DOC_ERR(d, r->e, MSG_CORE_ATLAS_STOCK_OWNER,
                       names_arg(&r->atlas->names, ENT_AGENCY, s->custodian));
    for (int i = 0; i < id; i++)
        if (r->atlas->stock[i].place == s->place && r->atlas->stock[i].supply == s->supply)
            return DOC_ERR(d, r->e, MSG_CORE_ATLAS_STOCK_TWICE,
                           names_arg(&r->atlas->names, ENT_PLACE, s->place),
                           names_arg(&r->atlas->names, ENT_SUPPLY, s->supply));
    r->atlas->stock[id] = *s;
    r->atlas->stock_count = id + 1;
    return RC_OK;
}

const struct section ATLAS_PEOPLE[] = {
    {"channels", ENT_CHANNEL, CHANNEL_MAX, channel_rows, COUNT_OF(channel_rows),
     sizeof(struct channel_row), accept_channel, "channels 通信手段", "channels"},
    {"agencies", ENT_AGENCY, AGENCY_MAX, agency_rows, COUNT_OF(agency_rows),
     sizeof(struct agency_row), accept_agency, "agencies 单位", "agencies"},
    {"services", ENT_SERVICE, MORE_MAX, service_rows, COUNT_OF(service_rows),
     sizeof(struct service_row), accept_service, "services 协同事项",
     "services: what one agency can ask of another"},
    {"teams", ENT_TEAM, TEAM_MAX, team_rows, COUNT_OF(team_rows), sizeof(struct team_row),
     accept_team, "teams 队伍", "teams"},
    {"groups", ENT_GROUP, MORE_MAX, group_rows, COUNT_OF(group_rows), sizeof(struct group_row),
     accept_group, "groups 工作组", "groups: working groups"},
    {"supplies", ENT_SUPPLY, MORE_MAX, supply_rows, COUNT_OF(supply_rows),
     sizeof(struct supply_row), accept_supply, "supplies 物资", "supplies"},
    {"stock", ENT_COUNT, 16 * MORE_MAX, stock_rows, COUNT_OF(stock_rows), sizeof(struct stock),
     accept_stock, "stock 库存", "stock: what lies where"},
};
const int ATLAS_PEOPLE_COUNT = COUNT_OF(ATLAS_PEOPLE);

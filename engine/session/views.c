/* views.c -- the world as scripts see it: `s`, the truth, and `k`, what the room has been told. */
#include "session/bridge.h"

#include "core/scenario/units.h"
#include "hazard/hazards.h"

enum view_kind {
    VIEW_ROOT, VIEW_TEAMS, VIEW_PLACES, VIEW_ROADS, VIEW_LINES, VIEW_CHANNELS, VIEW_INJECTS, VIEW_REQUESTS,
    VIEW_MEASURES, VIEW_TEAM, VIEW_PLACE, VIEW_ROAD, VIEW_LINE, VIEW_CHANNEL, VIEW_INJECT, VIEW_REQUEST,
    VIEW_HAZARD, VIEW_WEATHER, VIEW_ASSETS, VIEW_ASSET, VIEW_KINDS
};

/* One readable key of one kind of view. */
struct key_row {
    enum view_kind kind;
    const char *name;
    bool truth, known; /* in which of the two views it exists */
    struct script_value (*read)(struct bridge *b, int32_t id, bool known);
    const char *zh, *en;
};

/* ---- what the room knows: the newest that any played seat was told ---- */

static struct fact room_fact(const struct bridge *b, int32_t topic, int32_t subject)
{
    const struct knowledge *k = b->p->world.knowledge;
    struct fact best = knowledge_get(k, EVERYBODY, topic, subject);
    for (int a = 0; a < ATLAS_COUNT(&b->s->atlas, ENT_AGENCY); a++) {
        if (!b->s->atlas.agency[a].played)
            continue;
        struct fact f = knowledge_get(k, a, topic, subject);
        if (f.seen_ms > best.seen_ms)
            best = f;
    }
    return best;
}

static int64_t room_value(const struct bridge *b, int32_t topic, int32_t subject, int64_t missing)
{
    struct fact f = room_fact(b, topic, subject);
    return f.seen_ms < 0 ? missing : f.value;
}

static struct script_value entity_text(struct bridge *b, enum entity kind, int64_t id)
{
    return id < 0 ? script_nil() : script_text(names_name(&b->s->atlas.names, kind, (int)id));
}

static struct script_value word_text(struct bridge *b, enum value_kind kind, int64_t i)
{
    return script_text(text_of(word_name(&b->s->atlas.names, kind, (int32_t)i)));
}

/* ---- root ---- */

static struct script_value root_time(struct bridge *b, int32_t id, bool known)
{
    (void)id, (void)known;
    return script_num((double)b->p->world.now_ms / 60000.0);
}

static struct script_value root_night(struct bridge *b, int32_t id, bool known)
{
    (void)id, (void)known;
    return script_bool(atlas_is_night(&b->s->atlas, b->p->world.now_ms));
}

static struct script_value root_level(struct bridge *b, int32_t id, bool known)
{
    (void)id;
    struct command_view c;
    response_command(b->p->response, &c);
    return script_int(known ? room_value(b, TOPIC_LEVEL, 0, 0) : c.level);
}

static struct script_value root_post(struct bridge *b, int32_t id, bool known)
{
    (void)id;
    struct command_view c;
    response_command(b->p->response, &c);
    return entity_text(b, ENT_PLACE, known ? room_value(b, TOPIC_POST, 0, -1) : c.post_place);
}

static struct script_value root_commander(struct bridge *b, int32_t id, bool known)
{
    (void)id;
    struct command_view c;
    response_command(b->p->response, &c);
    return entity_text(b, ENT_AGENCY, known ? room_value(b, TOPIC_COMMANDER, 0, -1) : c.commander);
}

static struct script_value root_post_open(struct bridge *b, int32_t id, bool known)
{
    (void)id, (void)known;
    struct command_view c;
    response_command(b->p->response, &c);
    return script_bool(c.post_open);
}

static struct script_value root_approved(struct bridge *b, int32_t id, bool known)
{
    (void)id, (void)known;
    struct command_view c;
    response_command(b->p->response, &c);
    return script_bool(c.plan_approved);
}

static struct script_value root_consultations(struct bridge *b, int32_t id, bool known)
{
    (void)id, (void)known;
    struct command_view c;
    response_command(b->p->response, &c);
    return script_int(c.consultations);
}

static struct script_value root_wind_ahead(struct bridge *b, int32_t id, bool known)
{
    (void)id, (void)known;
    int64_t deg = room_value(b, TOPIC_WIND_AHEAD, 0, -1);
    return deg < 0 ? script_nil() : script_int(deg);
}

/* ---- team ---- */

static struct script_value team_stage(struct bridge *b, int32_t id, bool known)
{
    struct team_view t;
    response_team(b->p->response, id, &t);
    int64_t at_rest = b->s->atlas.team[id].service >= 0 || b->s->atlas.team[id].unasked ? W(STAGE, AWAY) : W(STAGE, HOME);
    return word_text(b, VK_STAGE, known ? room_value(b, TOPIC_TEAM_STAGE, id, at_rest) : t.stage);
}

static struct script_value team_place(struct bridge *b, int32_t id, bool known)
{
    struct team_view t;
    response_team(b->p->response, id, &t);
    return entity_text(b, ENT_PLACE,
                       known ? room_value(b, TOPIC_TEAM_PLACE, id, b->s->atlas.team[id].home) : t.place);
}

static struct script_value team_task(struct bridge *b, int32_t id, bool known)
{
    struct team_view t;
    response_team(b->p->response, id, &t);
    return word_text(b, VK_TASK, known ? room_value(b, TOPIC_TEAM_TASK, id, 0) : t.task);
}

static struct script_value team_hurt(struct bridge *b, int32_t id, bool known)
{
    struct team_view t;
    response_team(b->p->response, id, &t);
    return script_int(known ? room_value(b, TOPIC_TEAM_HURT, id, 0) : t.hurt + t.dead);
}

static struct script_value team_people(struct bridge *b, int32_t id, bool known)
{
    struct team_view t;
    response_team(b->p->response, id, &t);
    return script_int(known ? b->s->atlas.team[id].people : t.people);
}

/* ---- place ---- */

static struct script_value place_people(struct bridge *b, int32_t id, bool known)
{
    (void)known;
    return script_int(b->s->atlas.place[id].people);
}

static struct script_value place_moved(struct bridge *b, int32_t id, bool known)
{
    struct place_view p;
    response_place(b->p->response, id, &p);
    return script_int(known ? room_value(b, TOPIC_PLACE_MOVED, id, 0) : p.moved);
}

static struct script_value place_ordered(struct bridge *b, int32_t id, bool known)
{
    struct place_view p;
    response_place(b->p->response, id, &p);
    return script_bool(known ? room_value(b, TOPIC_PLACE_ORDERED, id, 0) != 0 : p.ordered);
}

static struct script_value place_state(struct bridge *b, int32_t id, bool known)
{
    static const char *const words[] = {"quiet", "threatened", "reached"};
    const struct felt x = exposure_place(b->p->world.exposure, id);
    int64_t state = x.since_ms >= 0 ? 2 : x.danger > 0.0 ? 1 : 0;
    if (known)
        state = room_value(b, TOPIC_PLACE_STATE, id, 0);
    return script_text(text_of(words[state < 0 || state > 2 ? 0 : state]));
}

static struct script_value place_distance(struct bridge *b, int32_t id, bool known)
{
    (void)known;
    return script_num(exposure_place(b->p->world.exposure, id).distance_m);
}

static struct script_value place_trapped(struct bridge *b, int32_t id, bool known)
{
    (void)known;
    struct place_view p;
    response_place(b->p->response, id, &p);
    return script_int(p.trapped);
}

static struct script_value place_shelter(struct bridge *b, int32_t id, bool known)
{
    struct place_view p;
    response_place(b->p->response, id, &p);
    return script_bool(known ? room_value(b, TOPIC_SHELTER, id, 0) != 0 : p.shelter_open);
}

/* ---- road, line, channel, inject, request ---- */

static struct script_value road_state(struct bridge *b, int32_t id, bool known)
{
    static const char *const words[] = {"open", "closed", "cut", "jammed"};
    int64_t state = known ? room_value(b, TOPIC_ROAD_STATE, id, 0) : response_road_state(b->p->response, id);
    return script_text(text_of(words[state < 0 || state > 3 ? 0 : state]));
}

static struct script_value line_done(struct bridge *b, int32_t id, bool known)
{
    double share = response_line_share(b->p->response, id);
    return script_num(known ? (double)room_value(b, TOPIC_LINE_DONE, id, 0) : share * 100.0);
}

static struct script_value line_cut(struct bridge *b, int32_t id, bool known)
{
    (void)known;
    return script_bool(room_value(b, TOPIC_POWER_CUT, id, 0) != 0);
}

static struct script_value channel_percent(struct bridge *b, int32_t id, bool known)
{
    return script_int(known ? room_value(b, TOPIC_CHANNEL_STATE, id, 100)
                            : response_channel_percent(b->p->response, id));
}

static struct script_value inject_fired(struct bridge *b, int32_t id, bool known)
{
    (void)known;
    return script_bool(b->p->world.inject->stage[id] == INJECT_FIRED);
}

static struct script_value inject_told(struct bridge *b, int32_t id, bool known)
{
    (void)known;
    return script_bool(room_value(b, TOPIC_INJECT, id, 0) != 0);
}

static struct script_value request_state(struct bridge *b, int32_t id, bool known)
{
    struct request_view r, last = {.state = -1, .closed_ms = -1};
    for (int32_t i = 0; i < response_requests(b->p->response); i++) {
        response_request(b->p->response, i, &r);
        if (r.service == id)
            last = r;
    }
    static const char *const words[] = {"open", "read", "accepted", "refused", "done", "done", "unanswered"};
    if (last.state < 0)
        return script_text(TEXT("none"));
    if (known && last.closed_ms < 0 && last.state != 6)
        return script_text(TEXT("open"));
    return script_text(text_of(words[last.state]));
}

/* ---- asset ---- */

/* 60 for "60%", else the word. */
static struct script_value setting_value(struct bridge *b, int64_t setting)
{
    int percent = setting_percent((int32_t)setting);
    return percent >= 0 ? script_int(percent) : word_text(b, VK_SETTING, setting);
}

static struct script_value asset_is(struct bridge *b, int32_t id, bool known)
{
    int64_t first = b->s->atlas.asset[id].setting;
    return setting_value(b, known ? room_value(b, TOPIC_ASSET, id, first) : b->p->world.assets->at[id].is);
}

static struct script_value asset_wish(struct bridge *b, int32_t id, bool known)
{
    (void)known;
    return setting_value(b, b->p->world.assets->at[id].wish);
}

static struct script_value asset_broken(struct bridge *b, int32_t id, bool known)
{
    return script_bool(known ? room_value(b, TOPIC_ASSET_BROKEN, id, 0) != 0 : b->p->world.assets->at[id].broken);
}

/* ---- hazard, weather ---- */

/* Whether any headline of any hazard has been told to the room. */
static struct script_value hazard_heard(struct bridge *b, int32_t id, bool known)
{
    const struct names *n = &b->s->atlas.names;
    bool heard = false;
    (void)id, (void)known;
    for (int32_t t = topic_headline(n, -1); t >= 0; t = topic_headline(n, t))
        heard = heard || room_fact(b, t, 0).seen_ms >= 0;
    return script_bool(heard);
}

/* A topic of a hazard that needs no subject; -1. */
static int32_t hazard_topic(const struct bridge *b, struct text name)
{
    const struct names *n = b ? &b->s->atlas.names : NULL;
    int32_t t = word_find(n, VK_TOPIC, name);
    bool free = t >> OWN_BITS > OWN_CORE && text_is(name, topic_row(n, t)->name) && topic_row(n, t)->entity == ENT_COUNT;
    return free ? t : -1;
}

static bool is_number(const struct topic_row *row)
{
    return row->kind == VK_NUM || row->kind == VK_COUNT;
}

/* k.hazard.TOPIC: what the room has been told of it, 0 before it was told anything; only numbers. s.hazard.TOPIC and s.hazard.MEASURE: the truth of it, where it has one. */
static bool hazard_fact(struct bridge *b, struct text name, bool known, struct script_value *out)
{
    int32_t topic = hazard_topic(b, name);
    const struct topic_row *row = topic >= 0 ? topic_row(&b->s->atlas.names, topic) : NULL;
    if (known) {
        if (row && is_number(row))
            *out = script_num((double)room_value(b, topic, 0, 0) / row->scale);
        return row && is_number(row);
    }
    int i = session_measure_find(b->s, row && row->measure ? text_of(row->measure) : name);
    if (i >= 0)
        *out = script_num(session_measure(b->s, i));
    return i >= 0;
}

static struct script_value weather_wind(struct bridge *b, int32_t id, bool known)
{
    (void)id;
    return script_num(known ? (double)room_value(b, TOPIC_WIND, 0, 0) / 10.0 : b->p->world.weather->now.wind_ms);
}

static struct script_value weather_from(struct bridge *b, int32_t id, bool known)
{
    (void)id;
    return script_num(known ? (double)room_value(b, TOPIC_WIND_FROM, 0, 0) : b->p->world.weather->now.from_deg);
}

static struct script_value weather_humidity(struct bridge *b, int32_t id, bool known)
{
    (void)id, (void)known;
    return script_int(b->p->world.weather->now.humidity);
}

static const struct key_row keys[] = {
    {VIEW_ROOT, "time", true, true, root_time, "演练时间，分钟", "drill time, minutes"},
    {VIEW_ROOT, "night", true, true, root_night, "是否夜间", "is it night"},
    {VIEW_ROOT, "level", true, true, root_level, "响应级别，0 未启动", "response level, 0 none"},
    {VIEW_ROOT, "post", true, true, root_post, "指挥部所在地点，无则 nil", "place of the command post or nil"},
    {VIEW_ROOT, "commander", true, true, root_commander, "总指挥单位，无则 nil", "commanding agency or nil"},
    {VIEW_ROOT, "post_open", true, true, root_post_open, "指挥部是否已开设", "is the post open"},
    {VIEW_ROOT, "plan_approved", true, true, root_approved, "方案是否已批准", "was the action plan approved"},
    {VIEW_ROOT, "consultations", true, true, root_consultations, "会商次数", "consultations held"},
    {VIEW_ROOT, "wind_ahead", false, true, root_wind_ahead, "预报风向，未知则 nil", "forecast wind direction or nil"},
    {VIEW_TEAM, "stage", true, true, team_stage, "状态", "stage"},
    {VIEW_TEAM, "place", true, true, team_place, "所在地点，在途则 nil", "place, nil on the way"},
    {VIEW_TEAM, "task", true, true, team_task, "任务", "task"},
    {VIEW_TEAM, "hurt", true, true, team_hurt, "伤亡人数", "casualties"},
    {VIEW_TEAM, "people", true, true, team_people, "人数", "people"},
    {VIEW_PLACE, "people", true, true, place_people, "人口", "population"},
    {VIEW_PLACE, "moved", true, true, place_moved, "已转移人数", "people moved"},
    {VIEW_PLACE, "ordered", true, true, place_ordered, "是否已下令转移", "was it ordered out"},
    {VIEW_PLACE, "state", true, true, place_state, "quiet / threatened / reached", "quiet / threatened / reached"},
    {VIEW_PLACE, "distance", true, false, place_distance, "距危害边缘，米", "metres to the hazard"},
    {VIEW_PLACE, "trapped", true, false, place_trapped, "被困人数", "people trapped"},
    {VIEW_PLACE, "shelter_open", true, true, place_shelter, "安置点是否启用", "is the shelter open"},
    {VIEW_ROAD, "state", true, true, road_state, "open / closed / cut / jammed", "open / closed / cut / jammed"},
    {VIEW_LINE, "done", true, true, line_done, "完成百分比", "per cent built"},
    {VIEW_LINE, "cut", true, true, line_cut, "是否已断电", "is it de-energised"},
    {VIEW_CHANNEL, "percent", true, true, channel_percent, "可用百分比", "per cent that works"},
    {VIEW_INJECT, "fired", true, false, inject_fired, "是否已注入", "was it fired"},
    {VIEW_INJECT, "told", false, true, inject_told, "室内是否已得知", "has the room been told"},
    {VIEW_REQUEST, "state", true, true, request_state, "none / open / refused / done / unanswered",
     "none / open / refused / done / unanswered"},
    {VIEW_ASSET, "is", true, true, asset_is, "状态：百分数或 open、closed 等", "how it is set: per cent, or open, closed .."},
    {VIEW_ASSET, "wish", true, false, asset_wish, "最近一次指令要求的状态", "as ordered last"},
    {VIEW_ASSET, "broken", true, true, asset_broken, "是否损坏", "is it broken"},
    {VIEW_HAZARD, "heard", true, true, hazard_heard, "是否已有报告", "has it been reported"},
    {VIEW_WEATHER, "wind", true, true, weather_wind, "风速 m/s", "wind, m/s"},
    {VIEW_WEATHER, "from", true, true, weather_from, "风的来向，度", "wind from, degrees"},
    {VIEW_WEATHER, "humidity", true, false, weather_humidity, "相对湿度 %", "relative humidity, %"},
};

/* Collections: s.team.fire_pro_1 and the like. */
static const struct {
    const char *name;
    enum view_kind list, item;
    enum entity entity;
} collections[] = {
    {"team", VIEW_TEAMS, VIEW_TEAM, ENT_TEAM},          {"place", VIEW_PLACES, VIEW_PLACE, ENT_PLACE},
    {"road", VIEW_ROADS, VIEW_ROAD, ENT_ROAD},          {"line", VIEW_LINES, VIEW_LINE, ENT_LINE},
    {"channel", VIEW_CHANNELS, VIEW_CHANNEL, ENT_CHANNEL}, {"inject", VIEW_INJECTS, VIEW_INJECT, ENT_INJECT},
    {"request", VIEW_REQUESTS, VIEW_REQUEST, ENT_SERVICE}, {"asset", VIEW_ASSETS, VIEW_ASSET, ENT_ASSET},
};

static enum rc view_get(const struct script_view *v, const struct script_value *key, struct script_value *out,
                        struct err *e);
static int view_count(const struct script_view *v);
static void view_key(const struct script_view *v, int i, struct script_value *out);

static const struct script_view_ops list_ops = {"list", view_get, view_count, view_key};
static const struct script_view_ops item_ops = {"view", view_get, NULL, NULL};

const struct script_view_ops *const bridge_views[] = {&list_ops, &item_ops};
const int bridge_view_count = COUNT_OF(bridge_views);

static struct script_value object(const struct script_view *from, enum view_kind kind, int32_t id, bool list)
{
    return script_object((struct script_view){list ? &list_ops : &item_ops, from->ctx, (int32_t)kind, id,
                                              from->extra});
}

static int collection_of(int32_t kind)
{
    for (int i = 0; i < COUNT_OF(collections); i++) {
        if ((int32_t)collections[i].list == kind)
            return i;
    }
    return -1;
}

static enum rc unknown_key(const struct script_view *v, struct text key, struct err *e)
{
    struct text best = {"", 0};
    int distance = 4;
    for (int i = 0; i < COUNT_OF(keys); i++) {
        if ((int32_t)keys[i].kind != v->kind)
            continue;
        int d = text_distance(key, text_of(keys[i].name), distance);
        if (d < distance) {
            distance = d;
            best = text_of(keys[i].name);
        }
    }
    const struct names *n = &((const struct bridge *)v->ctx)->s->atlas.names;
    for (int32_t t = word_next(n, VK_TOPIC, -1); t >= 0 && v->kind == VIEW_HAZARD; t = word_next(n, VK_TOPIC, t)) {
        struct text name = text_of(topic_row(n, t)->name);
        int d = t >> OWN_BITS > OWN_CORE ? text_distance(key, name, distance) : distance;
        if (d < distance) {
            distance = d;
            best = name;
        }
    }
    return best.len > 0 ? ERR(e, RC_INPUT, MSG_SESSION_VIEW_NEAR, arg_t(key), arg_t(best))
                        : ERR(e, RC_INPUT, MSG_SESSION_VIEW_KEY, arg_t(key));
}

static enum rc get_from_list(const struct script_view *v, int c, const struct script_value *key,
                             struct script_value *out, struct err *e)
{
    struct bridge *b = v->ctx;
    const struct names *names = &b->s->atlas.names;
    int id = key->kind == SCRIPT_TEXT ? names_find(names, collections[c].entity, key->t) : (int)key->i - 1;
    if (key->kind != SCRIPT_TEXT && (id < 0 || id >= names->count[collections[c].entity])) {
        *out = script_nil();
        return RC_OK;
    }
    if (id < 0)
        return ERR(e, RC_INPUT, MSG_SESSION_VIEW_NEAR, arg_t(key->t),
                   arg_t(names_nearest(names, collections[c].entity, key->t)));
    *out = object(v, collections[c].item, id, false);
    return RC_OK;
}

static enum rc get_from_root(const struct script_view *v, const struct script_value *key,
                             struct script_value *out)
{
    for (int i = 0; i < COUNT_OF(collections); i++) {
        if (text_is(key->t, collections[i].name)) {
            *out = object(v, collections[i].list, 0, true);
            return RC_OK;
        }
    }
    if (text_is(key->t, "hazard"))
        *out = object(v, VIEW_HAZARD, 0, false);
    else if (text_is(key->t, "weather"))
        *out = object(v, VIEW_WEATHER, 0, false);
    else if (text_is(key->t, "measure") && v->extra == 0)
        *out = object(v, VIEW_MEASURES, 0, false);
    else
        return RC_NO;
    return RC_OK;
}

static enum rc view_get(const struct script_view *v, const struct script_value *key, struct script_value *out,
                        struct err *e)
{
    struct bridge *b = v->ctx;
    bool known = v->extra != 0;
    if (!b->p)
        return ERR0(e, RC_INPUT, MSG_SESSION_ORDER_NOW);
    int c = collection_of(v->kind);
    if (c >= 0)
        return get_from_list(v, c, key, out, e);
    if (key->kind != SCRIPT_TEXT) {
        *out = script_nil();
        return RC_OK;
    }
    if (v->kind == VIEW_MEASURES) {
        int i = session_measure_find(b->s, key->t);
        if (i < 0)
            return ERR(e, RC_INPUT, MSG_SESSION_VIEW_KEY, arg_t(key->t));
        *out = script_num(session_measure(b->s, i));
        return RC_OK;
    }
    if (v->kind == VIEW_ROOT && get_from_root(v, key, out) == RC_OK)
        return RC_OK;
    if (v->kind == VIEW_HAZARD && hazard_fact(b, key->t, known, out))
        return RC_OK;
    for (int i = 0; i < COUNT_OF(keys); i++) {
        if ((int32_t)keys[i].kind == v->kind && (known ? keys[i].known : keys[i].truth) &&
            text_is(key->t, keys[i].name)) {
            *out = keys[i].read(b, v->id, known);
            return RC_OK;
        }
    }
    return unknown_key(v, key->t, e);
}

static int view_count(const struct script_view *v)
{
    struct bridge *b = v->ctx;
    int c = collection_of(v->kind);
    return c < 0 ? 0 : b->s->atlas.names.count[collections[c].entity];
}

static void view_key(const struct script_view *v, int i, struct script_value *out)
{
    struct bridge *b = v->ctx;
    int c = collection_of(v->kind);
    *out = c < 0 ? script_nil() : script_text(names_name(&b->s->atlas.names, collections[c].entity, i));
}

struct script_value view_truth(struct bridge *b)
{
    return script_object((struct script_view){&item_ops, b, VIEW_ROOT, 0, 0});
}

struct script_value view_known(struct bridge *b)
{
    return script_object((struct script_view){&item_ops, b, VIEW_ROOT, 0, 1});
}

/* Each topic of a hazard that is a number and needs no subject, of all hazards there are: -1 begins and ends. */
static int32_t next_hazard_topic(int32_t t)
{
    do
        t = word_next(NULL, VK_TOPIC, t);
    while (t >= 0 && (t >> OWN_BITS == OWN_CORE || topic_row(NULL, t)->entity != ENT_COUNT || !is_number(topic_row(NULL, t))));
    return t;
}

/* "已安置群众，人 / people in shelters, people" */
static void say_number(const char *zh, const char *en, const char *unit, int lang, struct buf *out)
{
    const struct unit_row *row = unit && unit[0] ? unit_find(text_of(unit)) : NULL;
    for (int l = 0; l < LANG_COUNT; l++) {
        const char *word = row ? (l == LANG_ZH ? row->zh : row->en) : unit ? unit : "";
        if (lang >= 0 && l != lang)
            continue;
        buf_str(out, lang < 0 && l > 0 ? " / " : "");
        buf_str(out, l == LANG_ZH ? zh : en);
        buf_str(out, word[0] == '\0' ? "" : l == LANG_ZH ? "，" : ", ");
        buf_str(out, word);
    }
}

void view_manual(enum lang lang, struct buf *out)
{
    static const char *const kind_name[VIEW_KINDS] = {
        [VIEW_ROOT] = "", [VIEW_TEAM] = "team.ID.", [VIEW_PLACE] = "place.ID.", [VIEW_ROAD] = "road.ID.",
        [VIEW_LINE] = "line.ID.", [VIEW_CHANNEL] = "channel.ID.", [VIEW_INJECT] = "inject.ID.",
        [VIEW_REQUEST] = "request.SERVICE.", [VIEW_HAZARD] = "hazard.", [VIEW_WEATHER] = "weather.",
        [VIEW_ASSET] = "asset.ID."};
    for (int i = 0; i < COUNT_OF(keys); i++) {
        buf_str(out, "- `");
        buf_str(out, keys[i].truth && keys[i].known ? "s|k." : keys[i].truth ? "s." : "k.");
        buf_str(out, kind_name[keys[i].kind]);
        buf_str(out, keys[i].name);
        buf_str(out, "` ");
        buf_str(out, lang == LANG_ZH ? keys[i].zh : keys[i].en);
        buf_char(out, '\n');
    }
    for (int32_t t = next_hazard_topic(-1); t >= 0; t = next_hazard_topic(t)) {
        const struct topic_row *row = topic_row(NULL, t);
        buf_str(out, row->measure ? "- `s|k.hazard." : "- `k.hazard.");
        buf_str(out, row->name);
        buf_str(out, "` ");
        say_number(row->zh, row->en, row->unit, (int)lang, out);
        buf_char(out, '\n');
    }
    for (int h = 0; h < hazard_count; h++)
        for (int i = 0; i < hazard_table[h]->measure_count; i++) {
            const struct measure_row *m = &hazard_table[h]->measures[i];
            buf_str(out, "- `s.hazard.");
            buf_str(out, m->name);
            buf_str(out, "` ");
            say_number(m->zh, m->en, m->unit, (int)lang, out);
            buf_char(out, '\n');
        }
}

static void number_field(const char *name, const char *zh, const char *en, const char *unit, struct buf *out)
{
    buf_str(out, "---@field ");
    buf_str(out, name);
    buf_str(out, " any ");
    say_number(zh, en, unit, -1, out);
    buf_char(out, '\n');
}

/* One class a kind of view: s.team and k.team differ in what they show. */
static void view_class(enum view_kind kind, const char *kind_name, bool known, struct buf *out)
{
    buf_str(out, "---@class ");
    buf_str(out, known ? "known" : "truth");
    buf_str(out, kind_name);
    buf_char(out, '\n');
    for (int i = 0; i < COUNT_OF(keys); i++) {
        if (keys[i].kind != kind || !(known ? keys[i].known : keys[i].truth))
            continue;
        buf_str(out, "---@field ");
        buf_str(out, keys[i].name);
        buf_str(out, " any ");
        buf_str(out, keys[i].zh);
        buf_str(out, " / ");
        buf_str(out, keys[i].en);
        buf_char(out, '\n');
    }
    for (int32_t t = next_hazard_topic(-1); t >= 0 && kind == VIEW_HAZARD; t = next_hazard_topic(t)) {
        const struct topic_row *row = topic_row(NULL, t);
        if (known || row->measure)
            number_field(row->name, row->zh, row->en, row->unit, out);
    }
    for (int h = 0; h < hazard_count && kind == VIEW_HAZARD && !known; h++)
        for (int i = 0; i < hazard_table[h]->measure_count; i++) {
            const struct measure_row *m = &hazard_table[h]->measures[i];
            number_field(m->name, m->zh, m->en, m->unit, out);
        }
}

void view_stubs(struct buf *out)
{
    static const struct {
        enum view_kind kind;
        const char *name;
    } single[] = {{VIEW_HAZARD, "hazard"}, {VIEW_WEATHER, "weather"}};
    for (int known = 0; known < 2; known++) {
        const char *root = known ? "known" : "truth";
        char dotted[32];
        for (int i = 0; i < COUNT_OF(collections) + COUNT_OF(single); i++) {
            int k = i - COUNT_OF(collections);
            struct buf b = BUF_ON(dotted);
            buf_char(&b, '.');
            buf_str(&b, k < 0 ? collections[i].name : single[k].name);
            view_class((enum view_kind)(k < 0 ? (int)collections[i].item : (int)single[k].kind), dotted, known != 0, out);
            buf_char(out, '\n');
        }
        view_class(VIEW_ROOT, "", known != 0, out);
        for (int i = 0; i < COUNT_OF(collections) + COUNT_OF(single); i++) {
            int k = i - COUNT_OF(collections);
            const char *name = k < 0 ? collections[i].name : single[k].name;
            buf_str(out, "---@field ");
            buf_str(out, name);
            buf_str(out, k < 0 ? " table<string, " : " ");
            buf_str(out, root);
            buf_char(out, '.');
            buf_str(out, name);
            buf_str(out, k < 0 ? ">\n" : "\n");
        }
        buf_char(out, '\n');
    }
}

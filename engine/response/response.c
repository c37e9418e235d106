/* response.c -- puts the parts together: the order of their steps, the table of rules, measures. */
#include "response/response.h"

#include "response/parts.h"

enum { RULES_MAX = 64 };

struct arg word_arg(enum value_kind kind, int32_t i)
{
    struct title t = word_title(NULL, kind, i);
    return arg_zh_en(t.zh.at, t.en.at); /* words are literals: they end with a NUL */
}

enum rc response_open(const struct atlas *atlas, uint64_t seed, struct arena *perm, struct response **out, struct err *e)
{
    struct response *r = ARENA_NEW(perm, struct response, 1);
    *out = NULL;
    if (!r)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    r->atlas = atlas;
    enum rc rc = routes_make(r, seed, perm, &r->routes, e);
    if (rc == RC_OK)
        rc = comms_make(r, seed, perm, &r->comms, e);
    if (rc == RC_OK)
        rc = command_make(r, seed, perm, &r->command, e);
    if (rc == RC_OK)
        rc = coord_make(r, seed, perm, &r->coord, e);
    if (rc == RC_OK)
        rc = teams_make(r, seed, perm, &r->teams, e);
    if (rc == RC_OK)
        rc = people_make(r, seed, perm, &r->people, e);
    if (rc == RC_OK)
        rc = supply_make(r, seed, perm, &r->supply, e);
    if (rc == RC_OK)
        rc = assets_work_make(r, seed, perm, &r->assets, e);
    if (rc == RC_OK)
        *out = r;
    return rc;
}

/* Roads first, then who moves on them; messages last, so that what was said in this step can still arrive. */
void response_wire(struct response *r, struct world *w)
{
    r->souls = w->souls;
    people_hand_over(r, w);
    r->works = w->works;
    world_add(w, &routes_ops, r);
    world_add(w, &teams_ops, r);
    world_add(w, &people_ops, r);
    world_add(w, &supply_ops, r);
    world_add(w, &assets_work_ops, r);
    world_add(w, &coord_ops, r);
    world_add(w, &command_ops, r);
    world_add(w, &comms_ops, r);
}

const struct rule *response_find_rule(int32_t verb)
{
    const struct { const struct rule *row; int count; } tables[] = {
        {routes_rules, routes_rule_count}, {comms_rules, comms_rule_count}, {command_rules, command_rule_count},
        {coord_rules, coord_rule_count},   {teams_rules, teams_rule_count}, {people_rules, people_rule_count},
        {supply_rules, supply_rule_count}, {assets_work_rules, assets_work_rule_count}};
    for (int k = 0; k < COUNT_OF(tables); k++) {
        for (int i = 0; i < tables[k].count; i++) {
            if (tables[k].row[i].verb == verb)
                return &tables[k].row[i];
        }
    }
    return NULL;
}

int32_t response_road_state(const struct response *r, int32_t road) { return routes_state(r, road); }

int32_t response_channel_percent(const struct response *r, int32_t channel) { return comms_percent(r, channel); }

/* ---- measures ---- */

enum { M_PEOPLE_MOVED, M_PEOPLE_TRAPPED, M_PEOPLE_HURT, M_PEOPLE_DEAD, M_RESPONDERS_HURT, M_RESPONDERS_DEAD, M_WORKING,
       M_REQUESTS_OPEN, M_ORPHANS, M_TREATED, M_AT_RISK };

const struct measure_row response_measures[] = {
    [M_PEOPLE_MOVED] = {"people_moved", "人", "已安置群众", "people in shelters", MEASURE_CURVE | MEASURE_HEADLINE},
    [M_PEOPLE_TRAPPED] = {"people_trapped", "人", "被困群众", "people trapped", 0},
    [M_PEOPLE_HURT] = {"people_hurt", "人", "受伤群众", "people hurt", MEASURE_LOSS},
    [M_PEOPLE_DEAD] = {"people_dead", "人", "遇难群众", "people dead", MEASURE_LOSS},
    [M_RESPONDERS_HURT] = {"responders_hurt", "人", "受伤救援人员", "responders hurt", MEASURE_LOSS},
    [M_RESPONDERS_DEAD] = {"responders_dead", "人", "牺牲救援人员", "responders dead", MEASURE_LOSS},
    [M_WORKING] = {"responders_working", "人", "作业人数", "people at work", MEASURE_CURVE | MEASURE_HEADLINE},
    [M_REQUESTS_OPEN] = {"requests_open", "件", "未办结协同请求", "open requests", 0},
    [M_ORPHANS] = {"requests_orphaned", "件", "无人应答的请求", "orphaned requests", 0},
    [M_TREATED] = {"people_treated", "人", "已救治", "people treated", 0},
    [M_AT_RISK] = {"people_reached", "人", "危害到达时尚未撤出的群众", "people still there when the hazard came", MEASURE_LOSS},
};
const int response_measure_count = COUNT_OF(response_measures);

static double of_places(const struct response *r, int i)
{
    int64_t sum = 0;
    for (int32_t p = 0; p < ATLAS_COUNT(r->atlas, ENT_PLACE); p++) {
        struct place_view v;
        response_place(r, p, &v);
        sum += i == M_PEOPLE_MOVED ? v.moved : i == M_PEOPLE_TRAPPED ? v.trapped : i == M_PEOPLE_HURT ? v.hurt
               : i == M_TREATED ? v.treated : i == M_AT_RISK ? v.caught : v.dead;
    }
    return (double)sum;
}

static double of_teams(const struct response *r, int i)
{
    int64_t sum = 0;
    for (int32_t t = 0; t < ATLAS_COUNT(r->atlas, ENT_TEAM); t++) {
        struct team_view v;
        response_team(r, t, &v);
        sum += i == M_RESPONDERS_HURT ? v.hurt : i == M_RESPONDERS_DEAD ? v.dead : v.stage == W(STAGE, WORKING) ? v.people : 0;
    }
    return (double)sum;
}

static double of_requests(const struct response *r, int i)
{
    int32_t sum = 0;
    for (int32_t k = 0; k < response_requests(r); k++) {
        struct request_view v;
        response_request(r, k, &v);
        sum += i == M_ORPHANS ? v.state == 6 : v.state <= 2;
    }
    return sum;
}

double response_measure(const struct response *r, int i)
{
    switch (i) {
    case M_PEOPLE_MOVED: case M_PEOPLE_TRAPPED: case M_PEOPLE_HURT: case M_PEOPLE_DEAD: case M_TREATED: case M_AT_RISK:
        return of_places(r, i);
    case M_RESPONDERS_HURT: case M_RESPONDERS_DEAD: case M_WORKING:
        return of_teams(r, i);
    default:
        return of_requests(r, i);
    }
}

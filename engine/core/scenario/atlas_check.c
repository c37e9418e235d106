/* What only the whole scenario can show: islands, cycles, powers that nobody has. */
#include "core/scenario/atlas_read.h"

#include <string.h>

/* The i-th item of a section, for messages. */
static const struct doc *item(const struct atlas_reading *r, const char *section, int i)
{
    return doc_at(doc_get(r->doc, section), i + 1);
}

static int32_t root_of(int32_t *parent, int32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/* Every place must be reachable by road from every other. */
static enum rc check_islands(struct atlas_reading *r)
{
    const struct atlas *at = r->atlas;
    const int nodes = ATLAS_COUNT(at, ENT_NODE);
    int32_t *parent = ARENA_NEW(r->arena, int32_t, nodes + 1);
    int32_t first = -1;

    if (parent == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t i = 0; i < nodes; i++)
        parent[i] = i;
    for (int i = 0; i < ATLAS_COUNT(at, ENT_ROAD); i++)
        parent[root_of(parent, at->road[i].from)] = root_of(parent, at->road[i].to);
    for (int32_t i = 0; i < ATLAS_COUNT(at, ENT_PLACE); i++) {
        if (at->place[i].node < 0)
            continue;
        if (first < 0)
            first = i;
        if (root_of(parent, at->place[i].node) != root_of(parent, at->place[first].node))
            return DOC_ERR(item(r, "places", i), r->e, MSG_CORE_ATLAS_ISLAND,
                           names_arg(&at->names, ENT_PLACE, i),
                           names_arg(&at->names, ENT_PLACE, first),
                           arg_t(names_name(&at->names, ENT_NODE, at->place[i].node)));
    }
    return RC_OK;
}

static enum rc check_chart(struct atlas_reading *r)
{
    const struct atlas *at = r->atlas;
    const int count = ATLAS_COUNT(at, ENT_AGENCY);

    for (int i = 0; i < count; i++) {
        int32_t up = at->agency[i].parent;
        for (int steps = 0; up >= 0; steps++, up = at->agency[up].parent)
            if (up == i || steps > count)
                return DOC_ERR(item(r, "agencies", i), r->e, MSG_CORE_ATLAS_PARENT_CYCLE,
                               names_arg(&at->names, ENT_AGENCY, i));
    }
    return RC_OK;
}

static enum rc check_chains(struct atlas_reading *r)
{
    const struct atlas *at = r->atlas;
    const int count = ATLAS_COUNT(at, ENT_INJECT);

    for (int i = 0; i < count; i++) {
        int32_t before = at->inject[i].after;
        for (int steps = 0; before >= 0; steps++, before = at->inject[before].after)
            if (before == i || steps > count)
                return DOC_ERR(item(r, "injects", i), r->e, MSG_CORE_ATLAS_CHAIN_CYCLE,
                               names_arg(&at->names, ENT_INJECT, i));
    }
    return RC_OK;
}

static enum rc check_powers(struct atlas_reading *r)
{
    const struct atlas *at = r->atlas;
    const struct doc *list = doc_get(r->doc, "agencies");
    bool commands = false;
    bool levels = false;

    for (int i = 0; i < ATLAS_COUNT(at, ENT_AGENCY); i++) {
        commands = commands || at->agency[i].commands;
        levels = levels || at->agency[i].levels != 0;
    }
    if (list == NULL)
        list = r->doc;
    if (!commands)
        return DOC_ERR(list, r->e, MSG_CORE_ATLAS_NO_COMMAND, arg_s("commands = true"));
    if (!levels)
        return DOC_ERR(list, r->e, MSG_CORE_ATLAS_NO_LEVEL, arg_s("levels = { 3, 4 }"));
    return RC_OK;
}

/* A pattern that waits for a power which nobody (or not the agency it names) has can never be met. */
static enum rc check_pattern(const struct atlas_reading *r, const struct order_pattern *p, int32_t agency, const struct doc *where)
{
    const struct atlas *at = r->atlas;
    uint32_t held = 0;

    if (where == NULL || (p->verb != VERB_LEVEL && p->verb != VERB_WARN))
        return RC_OK;
    if (p->agency >= 0)
        agency = p->agency;
    for (int i = 0; i < ATLAS_COUNT(at, ENT_AGENCY); i++)
        if (agency < 0 || agency == i)
            held |= p->verb == VERB_LEVEL ? at->agency[i].levels : at->agency[i].colours;
    if ((p->given & 1) ? held >> p->arg[0] & 1 : held != 0)
        return RC_OK;
    struct arg what = arg_zh_en(verb_row(p->verb)->zh, verb_row(p->verb)->name);
    if (agency >= 0)
        return DOC_ERR(where, r->e, MSG_CORE_ATLAS_NOT_ITS_POWER, names_arg(&at->names, ENT_AGENCY, agency), what);
    return DOC_ERR(where, r->e, MSG_CORE_ATLAS_NOBODYS_POWER, what);
}

static enum rc check_patterns(const struct atlas_reading *r)
{
    const struct atlas *at = r->atlas;
    enum rc rc = RC_OK;

    for (int i = 0; i < ATLAS_COUNT(at, ENT_INJECT) && rc == RC_OK; i++) {
        rc = check_pattern(r, &at->inject[i].seen, -1, doc_get(item(r, "injects", i), "on_order"));
        if (rc == RC_OK)
            rc = check_pattern(r, &at->inject[i].absent, -1, doc_get(item(r, "injects", i), "absent"));
    }
    for (int i = 0; i < ATLAS_COUNT(at, ENT_CLAUSE) && rc == RC_OK; i++)
        rc = check_pattern(r, &at->clause[i].what, at->clause[i].agency, doc_get(item(r, "plan", i), "order"));
    return rc;
}

/* A service that brings a team must have one to bring. */
static enum rc check_services(struct atlas_reading *r)
{
    const struct atlas *at = r->atlas;

    for (int i = 0; i < ATLAS_COUNT(at, ENT_SERVICE); i++) {
        bool found = at->service[i].effect != SERVICE_TEAM;
        for (int t = 0; t < ATLAS_COUNT(at, ENT_TEAM) && !found; t++)
            found = at->team[t].service == i;
        if (!found)
            return DOC_ERR(item(r, "services", i), r->e, MSG_CORE_ATLAS_NO_TEAM,
                           arg_t(names_name(&at->names, ENT_SERVICE, i)));
    }
    return RC_OK;
}

enum rc atlas_check(struct atlas_reading *r)
{
    enum rc rc = check_islands(r);

    if (rc == RC_OK)
        rc = check_chart(r);
    if (rc == RC_OK)
        rc = check_chains(r);
    if (rc == RC_OK)
        rc = check_powers(r);
    if (rc == RC_OK)
        rc = check_services(r);
    if (rc == RC_OK)
        rc = check_patterns(r);
    return rc;
}

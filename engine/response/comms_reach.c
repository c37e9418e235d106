/* comms_reach.c -- which channels join two ends of a message. */
#include "response/comms_reach.h"

static bool from_team(const struct message *m)
{
    return m->kind == MESSAGE_SIGHT || m->kind == MESSAGE_STATUS || m->kind == MESSAGE_FOUND;
}

static bool to_team(const struct message *m)
{
    return m->kind == MESSAGE_ORDER || m->kind == MESSAGE_HANDS;
}

int32_t message_agency_of(const struct response *r, const struct message *m, bool sender)
{
    bool team = sender ? from_team(m) : to_team(m);
    int32_t id = sender ? m->from : m->to;
    if (!sender && m->kind == MESSAGE_WARNING)
        return -1; /* a place */
    return team && id >= 0 ? r->atlas->team[id].agency : id;
}

bool message_in_field(const struct message *m)
{
    return from_team(m) || to_team(m);
}

/* Where an end of the message is: the team in the field, the place that is warned, the office. False: nobody knows. */
static bool spot_of(const struct response *r, const struct message *m, bool sender, double at[2])
{
    bool team = sender ? from_team(m) : to_team(m);
    int32_t id = sender ? m->from : m->to, place = -1;
    if (team) {
        struct team_view v;
        response_team(r, id, &v);
        at[0] = v.x;
        at[1] = v.y;
        return true;
    }
    if (!sender && m->kind == MESSAGE_REMOTE) {
        const double *far = r->atlas->asset[m->value[0]].at;
        at[0] = far[0];
        at[1] = far[1];
        return true;
    }
    if (id >= 0)
        place = !sender && m->kind == MESSAGE_WARNING ? id : r->atlas->agency[id].place;
    if (place < 0)
        return false;
    at[0] = r->atlas->place[place].at[0];
    at[1] = r->atlas->place[place].at[1];
    return true;
}

bool message_covered(const struct response *r, const struct message *m, int32_t channel)
{
    const struct channel *c = &r->atlas->channel[channel];
    double at[2];
    if (c->covers.count == 0 && c->dead_count == 0)
        return true;
    for (int end = 0; end < 2; end++) {
        if (spot_of(r, m, end == 0, at) && !atlas_covers(r->atlas, channel, at[0], at[1]))
            return false;
    }
    return true;
}

/* Whether both ends have it, and whether it reaches people in the open. */
static bool shared(const struct response *r, const struct message *m, int32_t channel)
{
    int32_t kind = r->atlas->channel[channel].kind;
    if (message_in_field(m) && (kind == CHANNEL_FIXED || kind == CHANNEL_BROADCAST || kind == CHANNEL_GONG))
        return false;
    int32_t to = message_agency_of(r, m, false);
    if (to < 0)
        return true;
    const struct id_list *list = &r->atlas->agency[to].channels;
    for (int i = 0; i < list->count; i++) {
        if (list->id[i] == channel)
            return true;
    }
    return false;
}

int32_t message_next_channel(const struct response *r, const struct message *m, int32_t last, bool anywhere)
{
    int32_t from = message_agency_of(r, m, true);
    bool past = last < 0;
    if (from < 0)
        return RUNNER;
    const struct id_list *list = &r->atlas->agency[from].channels;
    for (int i = 0; i < list->count; i++) {
        if (past && comms_percent(r, list->id[i]) > 0 && shared(r, m, list->id[i]) &&
            (anywhere || message_covered(r, m, list->id[i])))
            return list->id[i];
        past = past || list->id[i] == last;
    }
    return RUNNER;
}

bool comms_reachable(const struct response *r, int32_t agency)
{
    const struct agency *a = &r->atlas->agency[agency];
    for (int i = 0; i < a->channels.count; i++) {
        const double *at = a->place >= 0 ? r->atlas->place[a->place].at : NULL;
        if (comms_percent(r, a->channels.id[i]) > 0 && (!at || atlas_covers(r->atlas, a->channels.id[i], at[0], at[1])))
            return true;
    }
    return false;
}

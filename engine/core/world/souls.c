/* souls.c -- people counted once; see souls.h. */
#include "core/world/souls.h"

#include "core/world/world.h"

enum rc souls_make(const struct atlas *atlas, struct arena *perm, struct souls **out, struct err *e)
{
    struct souls *s = ARENA_NEW(perm, struct souls, 1);

    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->places = ATLAS_COUNT(atlas, ENT_PLACE);
    s->keeper = ARENA_NEW(perm, uint8_t, s->places + 1);
    s->at = ARENA_NEW(perm, struct soul_count, s->places + 1);
    s->notice = ARENA_NEW(perm, struct notice, NOTICES_MAX);
    if (!s->keeper || !s->at || !s->notice)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int32_t i = 0; i < s->places; i++) {
        s->at[i].in = s->at[i].due = atlas->place[i].people;
        s->declared += atlas->place[i].people;
    }
    *out = s;
    return RC_OK;
}

bool souls_claim(struct souls *s, int32_t place, int owner)
{
    ASSERT(place >= 0 && place < s->places && owner > OWN_CORE && owner < OWNERS_MAX);
    if (s->keeper[place] != KEEPER_RESPONSE)
        return false;
    s->keeper[place] = (uint8_t)owner;
    return true;
}

bool souls_claimed(const struct souls *s, int32_t place)
{
    return s->keeper[place] != KEEPER_RESPONSE;
}

bool souls_notice(struct souls *s, const struct notice *notice)
{
    if (s->notices == NOTICES_MAX)
        return false;
    s->notice[s->notices++] = *notice;
    return true;
}

bool souls_add_up(const struct souls *s)
{
    int64_t sum = 0;
    bool good = true;

    for (int32_t i = 0; i < s->places; i++) {
        const struct soul_count *c = &s->at[i];
        good = good && c->in >= 0 && c->hurt >= 0 && c->dead >= 0 && c->out >= 0 &&
               c->in + c->hurt + c->dead + c->out == c->due;
        sum += c->in + c->hurt + c->dead + (souls_claimed(s, i) ? 0 : c->out);
    }
    return good && sum == s->declared + s->arrived - s->left;
}

/* Who comes out is booked where he comes to; a keeper books the rest by himself, what he says here. */
static void apply_out(struct souls *s, const struct event *e)
{
    struct soul_count *from = &s->at[e->i[0]], *to = &s->at[e->i[1]];
    const int32_t count = e->i[2], hurt = e->i[3];

    ASSERT(souls_claimed(s, e->i[0]) && e->i[0] != e->i[1]);
    ASSERT(hurt >= 0 && hurt <= count && hurt <= from->hurt && count - hurt <= from->in);
    from->in -= count - hurt;
    from->hurt -= hurt;
    from->out += count;
    to->in += count - hurt;
    to->hurt += hurt;
    to->due += count;
}

void souls_apply(void *self, const struct world *w, const struct event *e)
{
    struct souls *s = self;

    (void)w;
    switch (e->kind) {
    case EV_PEOPLE_HURT:
        s->at[e->i[0]].in -= e->i[1] + e->i[2];
        s->at[e->i[0]].hurt += e->i[1];
        s->at[e->i[0]].dead += e->i[2];
        ASSERT(!souls_claimed(s, e->i[0]) || s->at[e->i[0]].in >= 0);
        break;
    case EV_PEOPLE_OUT:
        apply_out(s, e);
        break;
    case EV_PEOPLE_CAME:
        s->at[e->i[0]].in += e->i[1];
        s->at[e->i[0]].due += e->i[1];
        s->arrived += e->i[1];
        break;
    case EV_PEOPLE_LEFT:
        ASSERT(souls_claimed(s, e->i[0]) && e->i[1] <= s->at[e->i[0]].in);
        s->at[e->i[0]].in -= e->i[1];
        s->at[e->i[0]].out += e->i[1];
        s->left += e->i[1];
        break;
    default:
        break;
    }
}

static void walk_notice(struct walk *w, struct notice *n)
{
    walk_i32(w, "notice_place", &n->place, 1);
    walk_i32(w, "notice_what", &n->what, 1);
    walk_i32(w, "notice_agency", &n->agency, 1);
    walk_i32(w, "notice_to", &n->to, 1);
    walk_f64(w, "notice_share", &n->share, 1);
    walk_i64(w, "notice_from", &n->from_ms, 1);
    walk_i64(w, "notice_order", &n->order, 1);
    walk_i64(w, "notice_event", &n->event, 1);
}

void souls_walk(void *self, struct walk *w)
{
    struct souls *s = self;

    walk_facts(w, "keeper due arrived left");
    walk_u8(w, "keeper", s->keeper, s->places);
    for (int32_t i = 0; i < s->places; i++) {
        struct soul_count *c = &s->at[i];
        walk_i32(w, "in", &c->in, 1);
        walk_i32(w, "hurt", &c->hurt, 1);
        walk_i32(w, "dead", &c->dead, 1);
        walk_i32(w, "out", &c->out, 1);
        walk_i32(w, "due", &c->due, 1);
    }
    walk_i64(w, "arrived", &s->arrived, 1);
    walk_i64(w, "left", &s->left, 1);
    walk_count(w, "notices", &s->notices, NOTICES_MAX);
    for (int32_t i = 0; i < s->notices && !w->bad; i++)
        walk_notice(w, &s->notice[i]);
}

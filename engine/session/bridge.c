#include "session/bridge.h"

#include <stdlib.h>
#include <string.h>

enum { REHEARSAL_STEPS = 180 };
static const int64_t REHEARSAL_NS = 2000000000; /* of a slow scenario the beginning must do */

static enum rc give_order(void *ctx, const struct script_value *arg, int count, struct script_value *result,
                          struct err *e)
{
    (void)count;
    struct bridge *b = ctx;
    struct order o;
    if (!b->out)
        return ERR0(e, RC_INPUT, MSG_SESSION_ORDER_NOW);
    enum rc rc = order_parse(arg[0].t, &b->s->atlas, b->p->world.now_ms, &o, e);
    if (rc != RC_OK)
        return rc;
    if (b->count == b->max)
        return ERR(e, RC_LIMIT, MSG_SESSION_ORDERS, arg_i(b->max));
    o.origin = b->origin;
    o.at_ms = b->p->world.now_ms;
    *result = script_bool(session_check(b->s, b->p, &o, NULL) == RC_OK);
    b->out[b->count++] = o;
    return RC_OK;
}

/* An order of the script about an inject. */
static enum rc about_inject(struct bridge *b, int32_t verb, int32_t inject, struct err *e)
{
    if (b->count == b->max)
        return ERR(e, RC_LIMIT, MSG_SESSION_ORDERS, arg_i(b->max));
    struct order o = {.verb = verb, .agency = -1, .origin = ORIGIN_SCRIPT, .given = 1};
    o.arg[0] = inject;
    o.at_ms = b->p->world.now_ms;
    b->out[b->count++] = o;
    return RC_OK;
}

static enum rc give_inject(void *ctx, const struct script_value *arg, int count, struct script_value *result,
                           struct err *e)
{
    (void)count, (void)result;
    struct bridge *b = ctx;
    const struct names *names = &b->s->atlas.names;
    int id = names_find(names, ENT_INJECT, arg[0].t);
    if (!b->out)
        return ERR0(e, RC_INPUT, MSG_SESSION_ORDER_NOW);
    if (id < 0)
        return ERR(e, RC_INPUT, MSG_SESSION_VIEW_NEAR, arg_t(arg[0].t),
                   arg_t(names_nearest(names, ENT_INJECT, arg[0].t)));
    return about_inject(b, VERB_INJECT, id, e);
}

const struct script_fn bridge_functions[] = {
    {"order", "text:text -> bool", "下达一条指令（与手工输入同一语言），下一步生效；返回当前是否可执行",
     "give an order in the language typed by hand; it takes effect in the next step; true when it would be accepted now",
     give_order},
    {"inject", "id:text", "触发一项注入", "fire an inject", give_inject},
};
const int bridge_function_count = COUNT_OF(bridge_functions);

static enum rc read_source(void *ctx, const char *name, struct text *out, struct err *e)
{
    struct bridge *b = ctx;
    return session_find_source(b->s, text_of(name), out, e);
}

static enum rc read_handlers(struct bridge *b, const struct doc *doc, struct err *e)
{
    const struct doc *on = doc_get(doc, "on");
    for (const struct doc *d = on ? on->child : NULL; d; d = d->next) {
        int kind = event_find(d->key);
        if (kind < 0)
            return DOC_ERR(d, e, MSG_SESSION_NO_EVENT, arg_t(d->key));
        if (d->kind != DOC_FUNC)
            return DOC_ERR(d, e, MSG_SESSION_NOT_FUNC, arg_t(d->key));
        b->handler[kind] = d->func;
    }
    return RC_OK;
}

enum rc bridge_open(struct session *s, struct bridge **out, const struct doc **doc, struct err *e)
{
    struct bridge *b = calloc(1, sizeof(*b));
    *out = NULL;
    if (!b)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    b->s = s;
    b->bot = -1;
    for (int i = 0; i < EVENT_KINDS; i++)
        b->handler[i] = -1;
    arena_init(&b->arena, 0);
    struct script_options opt = {.reader = {b, read_source},
                                 .fn = bridge_functions,
                                 .fn_count = bridge_function_count,
                                 .view_ops = bridge_views,
                                 .views = bridge_view_count,
                                 .ctx = b};
    enum rc rc = script_open(&opt, &b->script, e);
    /* The first document becomes the session's and must outlive the bridge. */
    if (rc == RC_OK)
        rc = script_load(b->script, "scenario.lua", s->doc ? &b->arena : &s->perm, doc, e);
    if (rc == RC_OK)
        rc = read_handlers(b, *doc, e);
    if (rc != RC_OK) {
        bridge_close(b);
        return rc;
    }
    *out = b;
    return RC_OK;
}

void bridge_close(struct bridge *b)
{
    if (!b)
        return;
    script_close(b->script);
    arena_free(&b->arena);
    free(b);
}

enum rc bridge_seal(struct bridge *b, struct err *e)
{
    if (b->sealed)
        return RC_OK;
    enum rc rc = script_seal(b->script, e);
    b->sealed = rc == RC_OK;
    return rc;
}

struct script *bridge_script(struct bridge *b)
{
    return b->script;
}

void bridge_serve(struct bridge *b, struct session *s)
{
    b->s = s;
    b->p = s->play;
}

static void list_bots(const struct session *s, struct buf *out)
{
    const struct doc *bots = doc_get(s->doc, "bots");
    for (const struct doc *d = bots ? bots->child : NULL; d; d = d->next) {
        if (out->len > 0)
            buf_str(out, ", ");
        buf_text(out, d->kind == DOC_TEXT ? d->t : d->key);
    }
}

static bool bot_exists(const struct session *s, const char *bot)
{
    const struct doc *bots = doc_get(s->doc, "bots");
    for (const struct doc *d = bots ? bots->child : NULL; d; d = d->next) {
        if (d->kind == DOC_TEXT && text_is(d->t, bot))
            return true;
    }
    return false;
}

enum rc bridge_bot(struct bridge *b, const char *bot, struct err *e)
{
    char file[NAME_BYTES + 16], all[512];
    struct buf f = BUF_ON(file), names = BUF_ON(all);
    list_bots(b->s, &names);
    if (!bot_exists(b->s, bot))
        return ERR(e, RC_INPUT, MSG_SESSION_EXISTS_BOT, arg_s(bot), arg_s(all));
    buf_str(&f, "bots/");
    buf_str(&f, bot);
    buf_str(&f, ".lua");
    const struct doc *doc;
    enum rc rc = script_load(b->script, file, &b->arena, &doc, e);
    if (rc != RC_OK)
        return rc;
    if (doc->kind != DOC_FUNC)
        return ERR(e, RC_INPUT, MSG_SESSION_BOT_FUNC, arg_s(file));
    b->bot = doc->func;
    return RC_OK;
}

/* An event as a map for handlers: kind, t (minutes), and its fields with ids as names. */
static struct script_value event_value(struct bridge *b, const struct event *ev, struct text *key,
                                       struct script_value *item, char (*words)[NAME_BYTES])
{
    const struct event_row *row = event_row(ev->kind);
    int n = 0, ints = 0, nums = 0;
    key[n] = TEXT("kind");
    item[n++] = script_text(text_of(row->name));
    key[n] = TEXT("t");
    item[n++] = script_num((double)ev->t_ms / 60000.0);
    for (int i = 0; row->field[i].kind != VK_NONE; i++) {
        enum value_kind kind = row->field[i].kind;
        key[n] = text_of(row->field[i].name);
        if (kind == VK_NUM) {
            item[n++] = script_num(ev->f[nums++]);
            continue;
        }
        int32_t v = ev->i[ints++];
        enum entity ent = value_entity(kind);
        if (ent != ENT_COUNT || word_has_words(kind)) {
            struct buf w = buf_on(words[n], NAME_BYTES);
            if (ent == ENT_COUNT || v >= 0)
                value_format(kind, v, &b->s->atlas, LANG_EN, true, &w);
            item[n] = script_text(text_of(words[n]));
            n++;
        } else {
            item[n++] = script_int(v);
        }
    }
    return script_map(key, item, n);
}

static enum rc call_handlers(struct bridge *b, struct err *e)
{
    enum { FIELDS = EVENT_INTS + EVENT_NUMS + 3 };
    for (int i = 0; i < b->p->world.events; i++) {
        const struct event *ev = &b->p->world.event[i];
        if (b->handler[ev->kind] < 0)
            continue;
        struct text key[FIELDS];
        struct script_value item[FIELDS];
        char words[FIELDS][NAME_BYTES];
        struct script_value args[2] = {event_value(b, ev, key, item, words), view_truth(b)};
        enum rc rc = script_call(b->script, b->handler[ev->kind], args, 2, NULL, HANDLER_STEPS, e);
        if (rc != RC_OK)
            return rc;
    }
    return RC_OK;
}

static bool is_true(const struct script_value *v)
{
    return v->kind != SCRIPT_NIL && (v->kind != SCRIPT_BOOL || v->b);
}

static enum rc call_conditions(struct bridge *b, struct err *e)
{
    const struct atlas *atlas = &b->s->atlas;
    const struct inject_state *state = b->p->world.inject;
    for (int i = 0; i < state->count; i++) {
        if (atlas->inject[i].trigger != TRIGGER_WORLD || state->stage[i] != INJECT_WAITING ||
            state->due_ms[i] >= 0)
            continue;
        struct script_value arg = view_truth(b), is;
        enum rc rc = script_call(b->script, atlas->inject[i].when, &arg, 1, &is, WHEN_STEPS, e);
        if (rc != RC_OK)
            return rc;
        if (!is_true(&is))
            continue;
        rc = about_inject(b, VERB_INJECT, i, e);
        if (rc != RC_OK)
            return rc;
    }
    return RC_OK;
}

/* Injects that are due and state what is not so: held, for the facilitator to decide. */
static enum rc call_truths(struct bridge *b, struct err *e)
{
    const struct inject_state *state = b->p->world.inject;
    for (int32_t i = 0; i < state->count; i++) {
        if (!inject_asks(state, &b->p->world, i))
            continue;
        struct script_value arg = view_truth(b), is;
        enum rc rc = script_call(b->script, b->s->atlas.inject[i].true_if, &arg, 1, &is, WHEN_STEPS, e);
        if (rc == RC_OK && !is_true(&is))
            rc = about_inject(b, VERB_HOLD, i, e);
        if (rc != RC_OK)
            return rc;
    }
    return RC_OK;
}

enum rc bridge_step(struct bridge *b, struct session *s, struct play *p, struct order *out, int max, int *count,
                    struct err *e)
{
    b->s = s;
    b->p = p;
    b->out = out;
    b->max = max;
    b->count = 0;
    b->origin = ORIGIN_SCRIPT;
    enum rc rc = bridge_seal(b, e);
    if (rc == RC_OK)
        rc = call_conditions(b, e);
    if (rc == RC_OK)
        rc = call_truths(b, e);
    if (rc == RC_OK)
        rc = call_handlers(b, e);
    if (rc == RC_OK && b->bot >= 0) {
        b->origin = ORIGIN_BOT;
        struct script_value arg = view_known(b);
        rc = script_call(b->script, b->bot, &arg, 1, NULL, BOT_STEPS, e);
    }
    b->out = NULL;
    *count = b->count;
    return rc;
}

/* Plays the beginning with a bot ("": none), and looks after every step whether the scripts hold
 * anything that a snapshot cannot keep: found in a drill it would only make going back slow, and
 * nobody would be told. */
static enum rc rehearse(struct session *s, const char *bot, struct err *e)
{
    struct session *twin;
    struct script_memory m = {0};
    enum rc rc = session_twin(s, &twin, e);
    if (rc == RC_OK && bot[0])
        rc = bridge_bot(twin->bridge, bot, e);
    int64_t until = session_clock_ns() + REHEARSAL_NS;
    for (int i = 0; rc == RC_OK && i < REHEARSAL_STEPS && session_phase(twin) < SESSION_FINISHED;
         i++) {
        rc = session_step(twin, e);
        if (rc == RC_OK && session_phase(twin) < SESSION_FINISHED)
            rc = script_save(twin->bridge->script, &m, e);
        if (session_clock_ns() > until)
            break;
    }
    script_memory_free(&m);
    session_close(twin);
    return rc;
}

enum rc session_check_bots(struct session *s, struct err *e)
{
    const struct doc *bots = doc_get(s->doc, "bots");
    enum rc rc = rehearse(s, "", e);
    for (const struct doc *d = bots ? bots->child : NULL; d && rc == RC_OK; d = d->next) {
        char name[NAME_BYTES];
        if (d->kind != DOC_TEXT)
            return DOC_ERR0(d, e, MSG_SESSION_BOT_NAME);
        (void)text_copy(name, (int)sizeof(name), d->t);
        rc = bridge_bot(s->bridge, name, e);
        if (rc == RC_OK)
            rc = rehearse(s, name, e);
    }
    return rc;
}

struct text session_bot_name(const struct session *s, int i)
{
    const struct doc *bots = doc_get(s->doc, "bots");
    const struct doc *d = bots ? bots->child : NULL;
    for (; d && i > 0; i--)
        d = d->next;
    return d && d->kind == DOC_TEXT ? d->t : (struct text){"", 0};
}

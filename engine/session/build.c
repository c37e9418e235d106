/* build.c -- reading the scenario, and the play: world and systems wired in table order. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/scenario/doc_codec.h"
#include "hazard/hazards.h"
#include "session/inner.h"

enum { SOURCE_BYTES_MAX = 64 << 20 };
#define DOC_SOURCE "scenario.doc"

enum rc session_alloc(struct session **out, struct err *e)
{
    struct session *s = calloc(1, sizeof(*s));
    *out = s;
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    arena_init(&s->perm, 0);
    s->line = 1;
    s->speed = 1.0;
    snaps_init(&s->snaps);
    return RC_OK;
}

enum rc session_add_source(struct session *s, struct text name, struct text bytes, struct err *e)
{
    if (s->sources == s->source_cap) {
        int cap = s->source_cap ? s->source_cap * 2 : 16;
        struct source *more = realloc(s->source, (size_t)cap * sizeof(*more));
        if (!more)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
        s->source = more;
        s->source_cap = cap;
    }
    struct text copy = arena_text(&s->perm, name);
    if (!copy.at)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->source[s->sources++] = (struct source){copy, bytes};
    return RC_OK;
}

/* A name that stays inside the scenario's folder. */
static bool name_is_safe(struct text name)
{
    if (name.len == 0 || name.len > 200 || name.at[0] == '/')
        return false;
    for (int i = 0; i < name.len; i++) {
        if (name.at[i] == '\\' || name.at[i] == ':' || (unsigned char)name.at[i] < 32)
            return false;
        if (name.at[i] == '.' && i + 1 < name.len && name.at[i + 1] == '.')
            return false;
    }
    return true;
}

static enum rc read_file(struct session *s, struct text name, struct text *out, struct err *e)
{
    char path[4096];
    struct buf b = BUF_ON(path);
    buf_str(&b, s->folder);
    buf_char(&b, '/');
    buf_text(&b, name);
    FILE *f = fopen(path, "rb");
    if (!f)
        return ERR(e, errno == ENOENT ? RC_INPUT : RC_IO, MSG_SESSION_NO_FILE, arg_s(path),
                   arg_s(strerror(errno)));
    enum rc rc = RC_OK;
    struct stat st;
    if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode))
        rc = ERR(e, RC_INPUT, MSG_SESSION_NOT_FILE, arg_s(path));
    else if (st.st_size > SOURCE_BYTES_MAX)
        rc = ERR(e, RC_LIMIT, MSG_SESSION_FILE_BIG, arg_s(path), arg_i(SOURCE_BYTES_MAX >> 20));
    char *bytes = rc == RC_OK ? arena_alloc(&s->perm, 1, (size_t)st.st_size + 1) : NULL;
    if (rc == RC_OK && !bytes)
        rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (rc == RC_OK && fread(bytes, 1, (size_t)st.st_size, f) != (size_t)st.st_size)
        rc = ERR(e, RC_IO, MSG_SESSION_NO_FILE, arg_s(path), arg_s(strerror(errno)));
    fclose(f);
    if (rc == RC_OK)
        *out = (struct text){bytes, (int)st.st_size};
    return rc;
}

enum rc session_find_source(struct session *s, struct text name, struct text *out, struct err *e)
{
    for (int i = 0; i < s->sources; i++) {
        if (text_eq(s->source[i].name, name)) {
            *out = s->source[i].bytes;
            return RC_OK;
        }
    }
    if (!name_is_safe(name))
        return ERR(e, RC_INPUT, MSG_SESSION_BAD_PATH, arg_t(name));
    if (!s->folder)
        return ERR(e, RC_INPUT, MSG_SESSION_NO_SOURCE, arg_t(name));
    enum rc rc = read_file(s, name, out, e);
    return rc == RC_OK ? session_add_source(s, name, *out, e) : rc;
}

enum rc session_read_folder(struct session *s, const char *folder, struct err *e)
{
    size_t len = strlen(folder);
    while (len > 1 && folder[len - 1] == '/')
        len--;
    s->folder = calloc(len + 1, 1);
    if (!s->folder)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    memcpy(s->folder, folder, len);
    struct stat st;
    if (stat(s->folder, &st) != 0 || !S_ISDIR(st.st_mode))
        return ERR(e, RC_INPUT, MSG_SESSION_NO_SCENARIO, arg_s(folder));
    enum rc rc = bridge_open(s, &s->bridge, &s->doc, e);
    return rc == RC_OK ? atlas_read(s->doc, &s->perm, &s->atlas, e) : rc;
}

static enum rc take_source(void *ctx, const char *name, size_t size)
{
    (void)size;
    struct session *s = ctx;
    struct text bytes;
    enum rc rc = store_get_source(s->store, name, &s->perm, &bytes, NULL);
    return rc == RC_OK ? session_add_source(s, text_of(name), bytes, NULL) : rc;
}

enum rc session_read_store(struct session *s, struct err *e)
{
    enum rc rc = store_each_source(s->store, take_source, s, e);
    if (rc != RC_OK)
        return rc;
    struct text bytes;
    rc = session_find_source(s, TEXT(DOC_SOURCE), &bytes, e);
    if (rc != RC_OK)
        return rc;
    s->doc = doc_decode((const uint8_t *)bytes.at, (size_t)bytes.len, &s->perm);
    if (!s->doc)
        return ERR0(e, RC_CORRUPT, MSG_SESSION_BAD_DOC);
    const struct store_meta *meta = store_get_meta(s->store);
    s->seed = meta->seed;
    s->course = meta->course;
    (void)text_copy(s->bot, (int)sizeof(s->bot), text_of(meta->bot));
    return atlas_read(s->doc, &s->perm, &s->atlas, e);
}

static enum rc read_for_hazard(void *ctx, struct text name, struct text *out, struct err *e)
{
    return session_find_source(ctx, name, out, e);
}

enum rc session_no_hazard(const struct doc *d, struct err *e)
{
    char all[HAZARDS_MAX * NAME_BYTES];
    struct buf b = BUF_ON(all);
    for (int i = 0; i < hazard_count; i++) {
        if (!hazard_table[i])
            continue;
        buf_str(&b, b.len > 0 ? ", " : "");
        buf_str(&b, hazard_table[i]->section);
    }
    return DOC_ERR(d, e, MSG_SESSION_NO_HAZARD, arg_t(d->key), arg_s(all));
}

static enum rc open_hazards(struct session *s, struct play *p, struct err *e)
{
    const struct doc *list = doc_get(s->doc, "hazards");
    for (const struct doc *d = list ? list->child : NULL; d; d = d->next) {
        const struct hazard_ops *ops = NULL;
        for (int i = 0; i < hazard_count; i++) {
            if (text_is(d->key, hazard_table[i]->section))
                ops = hazard_table[i];
        }
        if (!ops)
            return session_no_hazard(d, e);
        if (p->hazards == HAZARDS_MAX)
            return DOC_ERR(d, e, MSG_SESSION_HAZARDS, arg_i(HAZARDS_MAX));
        struct file_source files = {s, read_for_hazard};
        enum rc rc = ops->open(d, &s->atlas, files, s->seed, &p->arena, &p->hazard_self[p->hazards], e);
        if (rc != RC_OK)
            return rc;
        rc = hazard_wire(ops, p->hazard_self[p->hazards], &p->world, &p->arena, e);
        if (rc != RC_OK)
            return rc;
        p->hazard[p->hazards++] = ops;
    }
    return layers_check_views(&s->atlas, p->hazard, p->hazards, e);
}

enum rc play_open(struct session *s, struct play **out, struct err *e)
{
    *out = NULL;
    struct play *p = calloc(1, sizeof(*p));
    if (!p)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    arena_init(&p->arena, 0);
    enum rc rc = world_init(&p->world, &s->atlas, s->seed, &p->arena, e);
    if (!s->pool && s->threads != 1)
        s->pool = lane_pool_open(s->threads); /* without memory for it: serial, and the same bits */
    if (s->pool)
        p->world.lanes = lane_pool_lanes(s->pool);
    p->world.kernel = lane_kernel();
    if (rc == RC_OK)
        rc = open_hazards(s, p, e);
    if (rc == RC_OK)
        rc = response_open(&s->atlas, s->seed, &p->arena, &p->response, e);
    if (rc != RC_OK) {
        play_close(p);
        return rc;
    }
    response_wire(p->response, &p->world);
    *out = p;
    return RC_OK;
}

void play_close(struct play *p)
{
    if (!p)
        return;
    arena_free(&p->arena);
    free(p);
}

bool session_rule(const struct session *s, const struct play *p, int32_t verb, struct rule *out, void **self)
{
    const struct rule *found = response_find_rule(verb);
    const struct verb_row *row = verb_row(verb);
    *self = p->response;
    for (int i = 0; i < session_rule_count; i++) {
        if (session_rules[i].verb == verb) {
            found = &session_rules[i];
            *self = (void *)(uintptr_t)s;
        }
    }
    *out = found ? *found : (struct rule){verb, row->check, row->act};
    for (int i = 0; i < p->hazards && !found; i++) {
        if (p->hazard[i]->owner == verb >> OWN_BITS) {
            *self = p->hazard_self[i];
            return out->check != NULL;
        }
    }
    return found != NULL;
}

enum rc session_check(const struct session *s, const struct play *p, const struct order *o, struct err *e)
{
    const struct verb_row *row = verb_row(o->verb);
    struct arg verb = arg_zh_en(row->zh, row->name);
    if (row->who == WHO_SEAT && o->agency < 0)
        return ERR(e, RC_NO, MSG_SESSION_NEEDS_SEAT, verb);
    if (row->who == WHO_WORLD && o->origin != ORIGIN_INJECT && o->origin != ORIGIN_SCRIPT)
        return ERR(e, RC_NO, MSG_SESSION_WORLD_ONLY, verb);
    void *self;
    struct rule rule;
    if (!session_rule(s, p, o->verb, &rule, &self))
        return ERR(e, RC_NO, MSG_SESSION_NO_RULE, verb);
    return rule.check(self, &p->world, o, e);
}

static void carry_out(struct session *s, struct play *p, const struct order *o)
{
    struct world *w = &p->world;
    void *self;
    struct rule rule;
    inject_note_order(w->inject, w, o);
    if (session_rule(s, p, o->verb, &rule, &self) && rule.check(self, w, o, NULL) == RC_OK) {
        rule.act(self, w, o);
        return;
    }
    world_emit(w, &(struct event){.kind = EV_ORDER_FAILED,
                                  .i = {o->agency, o->verb, 0, (int32_t)o->seq, -1},
                                  .cause = o->seq > 0 ? cause_order(o->seq) : o->cause});
}

/* Effects of the injects that fired, each when its moment falls into this step. */
static void carry_out_effects(struct session *s, struct play *p)
{
    struct world *w = &p->world;
    for (int i = 0; i < w->inject->count; i++) {
        if (w->inject->stage[i] != INJECT_FIRED)
            continue;
        const struct inject *in = &s->atlas.inject[i];
        for (int k = 0; k < in->effect_count; k++) {
            int64_t at = w->inject->due_ms[i] + in->effects[k].at_ms;
            if (at <= w->now_ms - w->tick_ms || at > w->now_ms)
                continue;
            struct order o = in->effects[k];
            o.at_ms = w->now_ms;
            o.origin = ORIGIN_INJECT;
            o.cause = cause_event(w->inject->fired_event[i]);
            carry_out(s, p, &o);
        }
    }
}

/* Those an inject is meant for are told: at once, or by the channel it comes through. */
static void tell_injects(struct play *p)
{
    struct world *w = &p->world;
    for (int k = 0; k < w->events; k++) {
        if (w->event[k].kind == EV_INJECT_FIRED)
            response_tell_inject(p->response, w, w->event[k].i[0], w->event[k].seq);
    }
}

enum rc play_step(struct session *s, struct play *p, struct err *e)
{
    struct world *w = &p->world;
    int64_t before = w->now_ms;
    w->events = 0;
    w->overflow = false;
    w->now_ms += w->tick_ms;
    if (before == 0)
        world_emit(w, &(struct event){.kind = EV_DRILL_STARTED});
    while (p->next_order < s->record.orders && s->record.order[p->next_order].at_ms <= before) {
        const struct order *o = &s->record.order[p->next_order++];
        w->order_seq = o->seq;
        carry_out(s, p, o);
    }
    world_step(w);
    carry_out_effects(s, p);
    tell_injects(p);
    if (w->now_ms >= s->atlas.meta.length_ms && !w->finished && !w->aborted)
        world_emit(w, &(struct event){.kind = EV_DRILL_FINISHED});
    if (w->overflow)
        return ERR(e, RC_LIMIT, MSG_SESSION_EVENTS, arg_i(STEP_EVENT_MAX));
    p->hash = world_hash(w, &p->walk);
    return RC_OK;
}

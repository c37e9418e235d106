#include "session/desk.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "store/store.h"

static const char own_set[] = "scenario";

/* ---- entries as JSON ---- */

static char *encode(const struct entry *entry)
{
    json_t *j = json_object();
    bool good = json_object_set_new(j, "entry", json_string(entry_name(entry->kind))) == 0;
    for (int i = 0; i < entry->pairs && good; i++) {
        const struct entry_pair *p = &entry->pair[i];
        char key[NAME_BYTES];
        good = text_copy(key, (int)sizeof(key), p->key) &&
               json_object_set_new(j, key, json_stringn(p->value.at, (size_t)p->value.len)) == 0;
    }
    char *text = good ? json_dumps(j, JSON_COMPACT) : NULL;
    json_decref(j);
    return text;
}

static bool decode(struct text body, struct arena *a, struct entry *out)
{
    json_t *j = json_loadb(body.at, (size_t)body.len, JSON_REJECT_DUPLICATES, NULL);
    const char *key;
    json_t *value;
    *out = (struct entry){.kind = -1};
    bool good = json_is_object(j);
    if (good)
        out->kind = entry_find(text_of(json_string_value(json_object_get(j, "entry"))));
    json_object_foreach(j, key, value)
    {
        if (strcmp(key, "entry") == 0)
            continue;
        struct text k = arena_text(a, text_of(key));
        struct text v = arena_text(a, (struct text){json_string_value(value), (int)json_string_length(value)});
        good = good && json_is_string(value) && k.at && v.at && out->pairs < ENTRY_PAIRS;
        if (good)
            out->pair[out->pairs++] = (struct entry_pair){k, v};
    }
    json_decref(j);
    return good && out->kind >= 0;
}

/* ---- the fold ---- */

static enum rc find_evidence(struct desk *d, int kind, struct err *e)
{
    return panel_evidence(&d->panels.of[kind], &d->auto_eval.input, d->auto_eval.eval.clause, &d->evidence, e);
}

static enum rc open_panel(struct desk *d, const struct entry *entry, struct err *e)
{
    enum rc rc = entry_check(entry, e);
    int kind = panel_kind_find(text_trim(entry_get(entry, "kind")));
    struct rubric *set = ARENA_NEW(&d->arena, struct rubric, 1);
    char name[SET_PATH];
    if (rc != RC_OK)
        return rc;
    if (kind < 0)
        return ERR(e, RC_INPUT, MSG_PANEL_KIND, arg_t(entry_get(entry, "kind")));
    if (!set)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    (void)text_copy(name, (int)sizeof(name), entry_get(entry, "file"));
    const struct atlas *atlas = session_atlas(d->session);
    struct text source = arena_text(&d->arena, entry_get(entry, "text"));
    if (text_is(entry_get(entry, "set"), own_set))
        rc = rubric_of_scenario(atlas, &d->arena, set, e);
    else
        rc = set_read(name, source, atlas, &d->arena, set, e);
    if (rc == RC_OK)
        rc = panel_open(&d->panels, kind, set, entry_get(entry, "file"), source, e);
    if (rc == RC_OK)
        rc = find_evidence(d, kind, e);
    return rc;
}

static enum rc apply(struct desk *d, const struct entry *entry, struct err *e)
{
    int64_t last = session_record(d->session)->events;
    switch (entry->kind) {
    case ENTRY_OPEN:
        return open_panel(d, entry, e);
    case ENTRY_FINDING:
    case ENTRY_DISMISS:
    case ENTRY_ACTION:
    case ENTRY_STATE:
        return findings_apply(&d->findings, &d->panels, session_atlas(d->session), entry, last, e);
    default:
        return panel_apply(&d->panels, entry, last, e);
    }
}

static enum rc keep_entry(struct desk *d, const struct entry *entry, struct err *e)
{
    if (d->entries == d->entry_cap) {
        int64_t cap = d->entry_cap ? d->entry_cap * 2 : 64;
        struct entry *more = realloc(d->entry, (size_t)cap * sizeof(*more));
        if (!more)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
        d->entry = more;
        d->entry_cap = cap;
    }
    d->entry[d->entries++] = *entry;
    return RC_OK;
}

/* Everything from the entries again. They were good when they were recorded. */
static enum rc fold(struct desk *d, struct err *e)
{
    panels_init(&d->panels, &d->arena);
    enum rc rc = findings_init(&d->findings, &d->arena, e);
    for (int64_t i = 0; i < d->entries && rc == RC_OK; i++) {
        rc = apply(d, &d->entry[i], e);
        if (rc != RC_OK && e) {
            char where[96];
            struct buf b = BUF_ON(where);
            buf_str(&b, "#");
            buf_i64(&b, d->entry[i].seq);
            buf_str(&b, ": ");
            err_prefix(e, where);
        }
    }
    return rc;
}

static enum rc read_entry(void *ctx, int64_t seq, int64_t wall_ms, struct text body)
{
    struct desk *d = ctx;
    struct entry entry;
    if (!decode(body, &d->arena, &entry))
        return RC_CORRUPT;
    entry.seq = seq;
    entry.wall_ms = wall_ms;
    return keep_entry(d, &entry, NULL);
}

/* ---- opening ---- */

/* A stored baseline, or a twin that is stepped on as the drill goes on, so that a refresh costs a few steps. */
static enum rc measure_twin(struct desk *d, double *values, struct err *e)
{
    enum rc rc = RC_OK;
    if ((session_phase(d->session) >= SESSION_FINISHED || session_archived(d->session, NULL)) && assess_stored_baseline(d->session, values))
        return RC_OK;
    if (d->twin && session_now(d->twin) > session_now(d->session)) {
        session_close(d->twin); /* another line, which is not as far */
        d->twin = NULL;
    }
    if (!d->twin)
        rc = session_twin(d->session, &d->twin, e);
    if (rc == RC_OK)
        rc = session_run_until(d->twin, session_now(d->session), e);
    for (int i = 0; rc == RC_OK && i < session_measures(d->session); i++)
        values[i] = session_measure(d->twin, i);
    return rc;
}

enum rc desk_refresh(struct desk *d, struct err *e)
{
    struct arena scratch;
    const struct record *r = session_record(d->session);
    uint64_t hash = r->steps > 0 ? r->step[r->steps - 1].hash : 0;
    const struct eval_input *in = &d->auto_eval.input; /* whose lists may have moved, for another line or a longer one */
    if (d->assessed && d->steps == r->steps && d->orders == r->orders && d->hash == hash && in->event == r->event && in->order == r->order)
        return RC_OK;
    if (d->assessed)
        assess_free(&d->auto_eval);
    d->assessed = true;
    arena_init(&scratch, 0);
    double *twin = ARENA_NEW(&scratch, double, session_measures(d->session) + 1);
    enum rc rc = twin ? measure_twin(d, twin, e) : ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    d->auto_eval = (struct assessment){0};
    if (rc == RC_OK)
        rc = assess_over(d->session, twin, &d->auto_eval, e);
    arena_free(&scratch);
    d->steps = rc == RC_OK ? r->steps : -1;
    d->orders = r->orders;
    d->hash = hash;
    arena_reset(&d->evidence);
    for (int k = 0; k < PANEL_KINDS; k++)
        d->panels.of[k].evidence = NULL;
    for (int k = 0; k < PANEL_KINDS && rc == RC_OK; k++) {
        if (d->panels.of[k].phase != PANEL_CLOSED)
            rc = find_evidence(d, k, e);
    }
    return rc;
}

enum rc desk_open(struct session *s, struct desk *out, struct err *e)
{
    *out = (struct desk){.session = s};
    arena_init(&out->arena, 0);
    arena_init(&out->evidence, 0);
    panels_init(&out->panels, &out->arena);
    enum rc rc = desk_refresh(out, e);
    struct store *st = session_store(s);
    if (rc == RC_OK && st) {
        rc = store_each_entry(st, read_entry, out, e);
        if (rc == RC_CORRUPT)
            rc = ERR0(e, RC_CORRUPT, MSG_DESK_BAD_ENTRY);
    }
    if (rc == RC_OK)
        rc = fold(out, e);
    if (rc != RC_OK)
        desk_close(out);
    return rc;
}

void desk_close(struct desk *d)
{
    if (d->assessed)
        assess_free(&d->auto_eval);
    session_close(d->twin);
    free(d->entry);
    arena_free(&d->evidence);
    arena_free(&d->arena);
    *d = (struct desk){0};
}

bool desk_has_panel(const struct desk *d)
{
    return d->panels.of[PANEL_EXPERT].phase != PANEL_CLOSED;
}

/* ---- recording ---- */

static enum rc copy_entry(struct desk *d, const struct entry *from, struct entry *to, struct err *e)
{
    *to = *from;
    for (int i = 0; i < from->pairs; i++) {
        to->pair[i].key = arena_text(&d->arena, from->pair[i].key);
        to->pair[i].value = arena_text(&d->arena, from->pair[i].value);
        if (!to->pair[i].key.at || !to->pair[i].value.at)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    return RC_OK;
}

/* What only the desk knows. */
static enum rc complete(struct desk *d, struct entry *entry, struct err *e)
{
    char line[80];
    struct buf b = BUF_ON(line);
    const char *key = NULL;
    if (entry->kind == ENTRY_SIGN && !entry_has(entry, "head")) {
        key = "head";
        if (session_store(d->session)) {
            char head[65];
            store_head(session_store(d->session), head);
            buf_str(&b, head);
        } else {
            buf_str(&b, "-");
        }
    } else if (entry->kind == ENTRY_FINDING && !entry_has(entry, "id")) {
        key = "id";
        finding_next_id(&d->findings, &b);
    }
    if (!key)
        return RC_OK;
    struct text value = arena_text(&d->arena, (struct text){b.at, b.len});
    return value.at && entry_set(entry, key, value) ? RC_OK : ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
}

static enum rc write_entries(struct desk *d, int64_t from, struct err *e)
{
    struct store *st = session_store(d->session);
    int count = (int)(d->entries - from);
    int64_t first = from + 1, wall_ms = session_wall_ms();
    enum rc rc = RC_OK;
    if (st) {
        struct text *body = calloc((size_t)count + 1, sizeof(*body));
        for (int i = 0; body && i < count; i++) {
            body[i].at = encode(&d->entry[from + i]);
            body[i].len = body[i].at ? (int)strlen(body[i].at) : 0;
            if (!body[i].at)
                rc = RC_MEMORY;
        }
        rc = !body || rc != RC_OK
                 ? ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY)
                 : store_append_entries(st, session_line(d->session), session_now(d->session), body, count, wall_ms, &first, e);
        for (int i = 0; body && i < count; i++)
            free((void *)(uintptr_t)body[i].at);
        free(body);
    }
    for (int i = 0; i < count && rc == RC_OK; i++) {
        d->entry[from + i].seq = first + i;
        d->entry[from + i].wall_ms = wall_ms;
    }
    return rc;
}

enum rc desk_record(struct desk *d, const struct entry *entry, int count, int *failed, struct err *e)
{
    int64_t before = d->entries;
    int at = -1;
    enum rc rc = session_may_record(d->session, e);
    if (failed)
        *failed = -1;
    if (rc != RC_OK)
        return rc;
    rc = desk_refresh(d, e);
    for (int i = 0; i < count && rc == RC_OK; i++) {
        struct entry mine;
        rc = copy_entry(d, &entry[i], &mine, e);
        if (rc == RC_OK)
            rc = complete(d, &mine, e);
        mine.wall_ms = session_wall_ms();
        if (rc == RC_OK)
            rc = apply(d, &mine, e);
        if (rc == RC_OK)
            rc = keep_entry(d, &mine, e);
        if (rc != RC_OK)
            at = i;
    }
    if (rc == RC_OK && count > 0)
        rc = write_entries(d, before, e);
    if (failed)
        *failed = at;
    if (rc == RC_OK)
        return RC_OK;
    if (at == 0 && d->entries == before && entry[0].kind != ENTRY_OPEN)
        return rc; /* a refused entry has left everything as it was */
    d->entries = before; /* nothing half-recorded */
    struct err inner = {0};
    enum rc again = fold(d, &inner);
    return again == RC_OK ? rc : again;
}

enum rc desk_open_set(struct desk *d, int32_t kind, const char *name, struct err *e)
{
    char path[SET_PATH] = "-";
    struct text bytes = TEXT("-");
    struct rubric *set = ARENA_NEW(&d->arena, struct rubric, 1);
    bool own = strcmp(name, own_set) == 0;
    if (!set)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    enum rc rc = RC_OK;
    if (!own)
        rc = set_find(name, &d->arena, path, &bytes, e);
    if (rc == RC_OK && !own)
        rc = set_read(path, bytes, session_atlas(d->session), &d->arena, set, e); /* for its id */
    if (rc != RC_OK)
        return rc;
    const char *base = strrchr(path, '/');
    struct entry entry = {.kind = ENTRY_OPEN};
    (void)entry_set(&entry, "set", own ? text_of(own_set) : set->id);
    (void)entry_set(&entry, "kind", text_of(panel_kind_name(kind)));
    (void)entry_set(&entry, "file", text_of(base ? base + 1 : path));
    (void)entry_set(&entry, "text", bytes);
    return desk_record(d, &entry, 1, NULL, e);
}

/* ---- the score ---- */

static const char *text_at(struct arena *a, struct text t)
{
    struct text c = arena_text(a, t);
    return c.at ? c.at : "";
}

static const char *joined(struct arena *a, const struct panel *p, int item, enum lang lang)
{
    char line[2048];
    struct buf b = BUF_ON(line);
    const struct auto_decision *dec = &p->decision[item];
    if (panel_automatic(&p->set->item[item])) {
        if (p->evidence)
            buf_str(&b, p->evidence[item].reason[lang]);
        if (dec->reason.len > 0) {
            buf_str(&b, lang == LANG_ZH ? "；改判：" : "; overruled: ");
            buf_text(&b, dec->reason);
        }
        return text_at(a, (struct text){b.at, b.len});
    }
    for (int i = 0; i < p->evaluators; i++) {
        const struct panel_mark *m = panel_mark(p, i, item);
        if (m->comment.len == 0 || !p->evaluator[i].submitted)
            continue;
        if (b.len > 0)
            buf_str(&b, lang == LANG_ZH ? "；" : "; ");
        buf_text(&b, m->comment);
    }
    return text_at(a, (struct text){b.at, b.len});
}

static const char *basis_of(struct arena *a, const struct panel *p)
{
    char line[NAME_BYTES + 8];
    struct buf b = BUF_ON(line);
    buf_str(&b, "panel:");
    buf_text(&b, p->set->id);
    return text_at(a, (struct text){b.at, b.len});
}

enum rc desk_store_score(struct desk *d, int32_t *version, struct err *e)
{
    const struct panel *p = &d->panels.of[PANEL_EXPERT];
    struct panel_score s;
    struct arena a;
    int32_t number = 0;
    if (p->phase == PANEL_CLOSED)
        return ERR(e, RC_NO, MSG_PANEL_NOT_OPEN, arg_zh_en(panel_kind_title(PANEL_EXPERT).zh.at, panel_kind_title(PANEL_EXPERT).en.at));
    arena_init(&a, 0);
    enum rc rc = panel_score(p, false, -1, &a, &s, e);
    int n = p->set->projects + p->set->items, k = 0;
    struct store_score_item *item = ARENA_NEW(&a, struct store_score_item, n + 1);
    if (rc == RC_OK && !item)
        rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; rc == RC_OK && i < p->set->projects; i++) {
        const struct rubric_project *of = &p->set->project[i];
        const struct project_result *r = &s.project[i];
        item[k++] = (struct store_score_item){.kind = 2, .id = text_at(&a, of->id), .parent = "", .title_zh = text_at(&a, of->title.zh),
                                              .title_en = text_at(&a, of->title.en), .method = p->weight ? "ahp" : "sum", .unit = "",
                                              .reason_zh = "", .reason_en = "", .weight = r->weight * 100, .value = 0.0 / 0.0,
                                              .score = r->applicable ? r->score : 0.0 / 0.0, .lost = r->lost};
    }
    static const char *const how[] = {"choice", "points", "measure"};
    for (int i = 0; rc == RC_OK && i < p->set->items; i++) {
        const struct rubric_item *it = &p->set->item[i];
        const struct item_result *r = &s.item[i];
        bool counted = r->state == ITEM_COUNTED;
        item[k++] = (struct store_score_item){
            .kind = 3, .id = text_at(&a, it->id), .parent = text_at(&a, p->set->project[it->project].id),
            .title_zh = text_at(&a, it->text.zh), .title_en = text_at(&a, it->text.en),
            .method = panel_automatic(it) ? "log" : how[it->method], .unit = text_at(&a, it->unit),
            .reason_zh = joined(&a, p, i, LANG_ZH), .reason_en = joined(&a, p, i, LANG_EN), .weight = it->weight,
            .value = !counted ? 0.0 / 0.0
                     : panel_automatic(it) && p->decision[i].state == AUTO_CONFIRMED ? p->evidence[i].value
                                                                                     : rubric_raw(p->set, it, r->score), .score = counted ? r->score : 0.0 / 0.0,
            .lost = r->lost, .evidence = p->evidence ? p->evidence[i].evidence : NULL,
            .evidence_count = p->evidence && it->has_rule ? p->evidence[i].evidence_count : 0};
    }
    if (rc == RC_OK && session_store(d->session)) {
        char letter[2] = {(char)('A' + (s.grade < 26 ? s.grade : 25)), 0};
        const struct rubric_level *g = &p->set->grade[s.grade];
        const struct rubric_item *veto = s.veto >= 0 ? &p->set->item[s.veto] : NULL;
        struct store_score score = {session_line(d->session), s.total, letter, text_at(&a, g->title.zh), text_at(&a, g->title.en),
                                    veto ? text_at(&a, veto->text.zh) : "", veto ? text_at(&a, veto->text.en) : "", item, k,
                                    basis_of(&a, p)};
        rc = store_put_score(session_store(d->session), &score, session_wall_ms(), &number, e);
    }
    if (version)
        *version = number;
    arena_free(&a);
    return rc;
}

#include "ui/marking.h"

#include <stdlib.h>
#include <string.h>

#include "session/desk.h"
#include "ui/worker.h"

enum { PAIR_END = '\x1f' };

struct marking {
    struct session *session;
    struct desk desk;
    bool open;
    enum desk_page page;
    int kind;
    char who[NAME_BYTES];
    struct desk_answer answer;
    struct err failed;
};

/* ---- wishes ---- */

void wish_entry(struct wish *w, int32_t entry_kind)
{
    *w = (struct wish){.kind = WISH_ENTRY, .seq = entry_kind};
}

void wish_pair(struct wish *w, const char *key, const char *value)
{
    int used = (int)strlen(w->text);
    struct buf b = buf_on(w->text + used, WISH_TEXT - used);
    if (!value || !value[0])
        return;
    buf_str(&b, key);
    buf_char(&b, '=');
    buf_str(&b, value);
    buf_char(&b, PAIR_END);
}

void wish_desk(struct wish *w, enum desk_page page, int kind, const char *who)
{
    *w = (struct wish){.kind = WISH_DESK, .value = (double)page, .seq = kind};
    (void)text_copy(w->text, NAME_BYTES, text_of(who));
}

/* The pairs point into the wish. */
static void read_entry(const struct wish *w, struct entry *out)
{
    struct text rest = text_of(w->text);
    *out = (struct entry){.kind = (int32_t)w->seq};
    while (rest.len > 0 && out->pairs < ENTRY_PAIRS) {
        int len = 0, equals = 0;
        while (len < rest.len && rest.at[len] != PAIR_END)
            len++;
        while (equals < len && rest.at[equals] != '=')
            equals++;
        if (equals < len)
            out->pair[out->pairs++] =
                (struct entry_pair){{rest.at, equals}, {rest.at + equals + 1, len - equals - 1}};
        rest = (struct text){rest.at + len + (len < rest.len), rest.len - len - (len < rest.len)};
    }
}

/* ---- the desk ---- */

struct marking *marking_open(struct session *s)
{
    struct marking *m = calloc(1, sizeof(*m));
    if (m)
        m->session = s;
    return m;
}

void marking_close(struct marking *m)
{
    if (!m)
        return;
    if (m->open)
        desk_close(&m->desk);
    free(m);
}

/* Opened when it is first needed, and as far as the drill is. */
static enum rc follow(struct marking *m)
{
    enum rc rc;
    m->failed = (struct err){0};
    if (m->open) {
        rc = desk_refresh(&m->desk, &m->failed);
    } else {
        rc = desk_open(m->session, &m->desk, &m->failed);
        m->open = rc == RC_OK;
    }
    return rc;
}

static enum rc open_set(struct marking *m, const struct entry *asked, struct err *e)
{
    char name[SET_PATH];
    int kind = panel_kind_find(entry_get(asked, "kind"));
    if (!text_copy(name, (int)sizeof(name), text_trim(entry_get(asked, "set"))) || !name[0])
        return ERR(e, RC_INPUT, MSG_ENTRY_MISSING, arg_s("open"), arg_s("set"),
                   arg_s("set=.. [kind=..]"));
    return kind < 0 ? ERR(e, RC_INPUT, MSG_PANEL_KIND, arg_t(entry_get(asked, "kind")))
                    : desk_open_set(&m->desk, kind, name, e);
}

static enum rc record(struct marking *m, struct entry *entry, struct err *e)
{
    struct arena scratch;
    int32_t version;
    if (entry->kind < 0 || entry->kind >= ENTRY_KINDS)
        return RC_INTERNAL;
    if (entry->kind == ENTRY_OPEN)
        return open_set(m, entry, e);
    arena_init(&scratch, 0);
    enum rc rc = RC_OK;
    if ((entry->kind == ENTRY_FINDING || entry->kind == ENTRY_DISMISS) && entry_has(entry, "from"))
        rc = desk_fill(&m->desk, &scratch, entry, e);
    if (rc == RC_OK)
        rc = desk_record(&m->desk, entry, 1, NULL, e);
    arena_free(&scratch);
    if (rc == RC_OK &&
        entry->kind == ENTRY_SIGN) /* what was signed is kept as a version of the score */
        rc = desk_store_score(&m->desk, &version, e);
    return rc;
}

void marking_do(struct marking *m, const struct wish *w, struct err *done)
{
    struct err e = {0};
    if (w->kind == WISH_DESK) {
        m->page = w->value >= 0 && w->value < DESK_PAGES ? (enum desk_page)w->value : PAGE_DRILL;
        m->kind = w->seq >= 0 && w->seq < PANEL_KINDS ? (int)w->seq : PANEL_EXPERT;
        (void)text_copy(m->who, (int)sizeof(m->who), text_of(w->text));
        return;
    }
    struct entry entry;
    char item[NAME_BYTES];
    read_entry(w, &entry);
    (void)text_copy(item, (int)sizeof(item), entry_get(&entry, "item"));
    enum rc rc = follow(m);
    if (rc == RC_OK)
        rc = record(m, &entry, &e);
    else
        e = m->failed;
    m->answer = (struct desk_answer){
        .number = m->answer.number + 1, .good = rc == RC_OK, .kind = entry.kind};
    memcpy(m->answer.item, item, sizeof(item));
    if (rc == RC_OK) {
        struct title t = entry_title(entry.kind);
        (void)ERR(&e, RC_OK, MSG_MARK_RECORDED, arg_zh_en(t.zh.at, t.en.at));
    }
    m->answer.text = e;
    *done = e;
}

/* ---- copying ---- */

static const char *text(struct arena *a, struct text t)
{
    struct text c = arena_text(a, t);
    return c.at ? c.at : "";
}

static void title(struct arena *a, struct title t, const char *out[LANG_COUNT])
{
    out[LANG_ZH] = text(a, t.zh.len > 0 ? t.zh : t.en);
    out[LANG_EN] = text(a, t.en.len > 0 ? t.en : t.zh);
}

/* A mark as people read it, in both languages. */
static void value(struct arena *a, const struct panel *p, int item, int state, double raw,
                  const char *out[LANG_COUNT])
{
    for (int l = 0; l < LANG_COUNT; l++) {
        char line[160];
        struct buf b = BUF_ON(line);
        if (state == MARK_RATED)
            rubric_format(p->set, &p->set->item[item], raw, (enum lang)l, &b);
        else
            buf_text(&b, l == LANG_ZH ? mark_state_title(state).zh : mark_state_title(state).en);
        out[l] = text(a, (struct text){b.at, b.len});
    }
}

static int numbers(const int64_t *from, int count, int64_t *to)
{
    for (int i = 0; i < count && i < EVIDENCE_MAX; i++)
        to[i] = from[i];
    return count < EVIDENCE_MAX ? count : EVIDENCE_MAX;
}

static void take_words(struct arena *a, const struct panel *p, int i, struct snap_item *out)
{
    const struct rubric_item *it = &p->set->item[i];
    *out = (struct snap_item){.id = text(a, it->id),
                              .project = it->project,
                              .method = it->method,
                              .optional = it->optional,
                              .automatic = panel_automatic(it),
                              .veto = it->veto != 0,
                              .chosen = -1,
                              .unit = text(a, it->unit),
                              .typed = "",
                              .comment = "",
                              .reason = "",
                              .decided_by = "",
                              .decided_why = "",
                              .at_ms = -1};
    title(a, it->text, out->text);
    title(a, it->guide, out->guide);
    for (int l = 0; l < LANG_COUNT; l++) {
        char line[320];
        struct buf b = BUF_ON(line);
        rubric_allowed(p->set, it, (enum lang)l, &b);
        out->allowed[l] = text(a, (struct text){b.at, b.len});
        out->decided[l] = "";
    }
    if (it->method != METHOD_CHOICE)
        return;
    const struct rubric_scale *s = &p->set->scale[it->scale];
    out->levels = s->levels;
    for (int k = 0; k < s->levels; k++) {
        out->level_id[k] = text(a, s->level[k].id);
        out->level_score[k] = s->level[k].score;
        title(a, s->level[k].title, out->level[k]);
    }
}

static void take_evidence(struct arena *a, const struct panel *p, int i, struct snap_item *out)
{
    const struct scored *s = p->evidence ? &p->evidence[i] : NULL;
    if (!s || !p->set->item[i].has_rule)
        return;
    out->has_evidence = true;
    out->applies = s->applicable;
    out->evidence_score = s->score;
    out->events = numbers(s->evidence, s->evidence_count, out->seq);
    for (int l = 0; l < LANG_COUNT; l++)
        out->evidence[l] = text(a, text_of(s->reason[l]));
}

static void take_own(struct arena *a, const struct panel *p, int who, int i, struct snap_item *out)
{
    const struct panel_mark *m = panel_mark(p, who, i);
    out->state = m->state;
    out->chosen = m->state == MARK_RATED && out->levels > 0 ? (int)m->raw : -1;
    out->comment = text(a, m->comment);
    out->reason = text(a, m->reason);
    out->event = m->event;
    out->at_ms = m->state == MARK_NONE ? -1 : m->at_ms;
    value(a, p, i, m->state, m->raw, out->value);
    if (m->state == MARK_RATED && out->levels == 0) {
        char line[40];
        struct buf b = BUF_ON(line);
        buf_f64(&b, m->raw);
        out->typed = text(a, (struct text){b.at, b.len});
    }
}

/* What an expert decided on the log's evidence: by whom is no secret, what is one until all are in.
 */
static void take_decision(struct arena *a, const struct panel *p, int who, int i, bool revealed,
                          struct snap_item *out)
{
    const struct auto_decision *d = &p->decision[i];
    bool mine = who >= 0 && text_eq(d->by, p->evaluator[who].id);
    out->decision = d->state;
    out->decided_by = text(a, d->by);
    if (d->state == AUTO_OVERRULED && (mine || revealed)) {
        value(a, p, i, d->not_applicable ? MARK_NOT_APPLICABLE : MARK_RATED, d->raw, out->decided);
        out->decided_why = text(a, d->reason);
    }
}

static void take_others(struct arena *a, const struct panel *p, const struct panel_score *s,
                        int who, int i, struct snap_item *out)
{
    const struct item_result *r = &s->item[i];
    out->spread = r->spread;
    out->counted = r->state == ITEM_COUNTED;
    out->low = r->low;
    out->high = r->high;
    out->score = r->score;
    out->lost = r->lost;
    out->other = ARENA_NEW(a, struct snap_other, p->evaluators + 1);
    for (int k = 0; out->other && k < p->evaluators; k++) {
        const struct panel_mark *m = panel_mark(p, k, i);
        if (k == who || !p->evaluator[k].submitted || !panel_expects(p, k, i))
            continue;
        struct snap_other *o = &out->other[out->others++];
        *o = (struct snap_other){.name = text(a, p->evaluator[k].name),
                                 .comment = text(a, m->comment),
                                 .reason = text(a, m->reason),
                                 .changed = m->changed,
                                 .outlier = r->outlier == k};
        value(a, p, i, m->state, m->raw, o->value);
        value(a, p, i, m->first_state, m->first_raw, o->first);
    }
}

static void take_item(struct arena *a, const struct panel *p, const struct panel_score *s, int i,
                      struct snap_panel *out)
{
    struct snap_item *it = &out->item[out->items++];
    take_words(a, p, i, it);
    take_evidence(a, p, i, it);
    if (it->automatic) {
        take_decision(a, p, out->who, i, s != NULL, it);
    } else {
        take_own(a, p, out->who, i, it);
        out->to_mark++;
        out->marked += it->state != MARK_NONE;
    }
    if (s)
        take_others(a, p, s, out->who, i, it);
}

/* Project by project; what comes from the log alone stands last. */
static void take_sheet(struct arena *a, const struct panel *p, const struct panel_score *s,
                       struct snap_panel *out)
{
    out->item = ARENA_NEW(a, struct snap_item, p->set->items + 1);
    for (int k = 0; k < 2 * p->set->projects && out->item; k++) {
        for (int i = 0; i < p->set->items; i++) {
            bool automatic = panel_automatic(&p->set->item[i]);
            if (p->set->item[i].project != k % p->set->projects ||
                automatic != (k >= p->set->projects))
                continue;
            if (automatic ? out->kind == PANEL_EXPERT
                          : out->who >= 0 && panel_expects(p, out->who, i))
                take_item(a, p, s, i, out);
        }
    }
}

static void take_projects(struct arena *a, const struct panel *p, const struct panel_score *s,
                          struct snap_panel *out)
{
    out->project = ARENA_NEW(a, struct snap_project, p->set->projects + 1);
    out->projects = out->project ? p->set->projects : 0;
    for (int i = 0; i < out->projects; i++) {
        struct snap_project *to = &out->project[i];
        title(a, p->set->project[i].title, to->title);
        if (s) {
            to->applicable = s->project[i].applicable;
            to->score = s->project[i].score;
            to->weight = s->project[i].weight;
        }
    }
}

static void take_score(struct arena *a, const struct panel *p, const struct panel_score *s,
                       struct snap_panel *out)
{
    out->revealed = true;
    out->total = s->total;
    out->pending = s->pending;
    out->spread = s->spread;
    title(a, p->set->grade[s->grade].title, out->grade);
    if (s->veto >= 0)
        title(a, p->set->item[s->veto].text, out->veto);
}

static enum rc take_panel(const struct marking *m, struct arena *a, struct snap_panel *out,
                          struct err *e)
{
    const struct panel *p = &m->desk.panels.of[m->kind];
    struct panel_score score;
    struct arena scratch;
    enum rc rc = RC_OK;
    *out = (struct snap_panel){
        .kind = m->kind, .phase = p->phase, .who = -1, .signed_by = "", .head = ""};
    for (int k = 0; k < PANEL_KINDS; k++)
        out->phase_of[k] = m->desk.panels.of[k].phase;
    if (p->phase == PANEL_CLOSED)
        return RC_OK;
    title(a, p->set->title, out->set);
    out->person = ARENA_NEW(a, struct snap_person, p->evaluators + 1);
    for (int i = 0; out->person && i < p->evaluators; i++) {
        const struct evaluator *ev = &p->evaluator[i];
        out->person[i] =
            (struct snap_person){text(a, ev->id), text(a, ev->name), text(a, ev->unit),
                                 ev->lead,        ev->submitted,     panel_missing(p, i)};
        out->persons++;
        if (text_is(ev->id, m->who))
            out->who = i;
    }
    bool reveal = p->phase >= PANEL_RECONCILING;
    arena_init(&scratch, 0);
    if (reveal)
        rc = panel_score(p, false, -1, &scratch, &score, e);
    if (rc == RC_OK) {
        take_sheet(a, p, reveal ? &score : NULL, out);
        take_projects(a, p, reveal ? &score : NULL, out);
        out->signed_by = text(a, p->signed_by);
        out->head = text(a, p->head);
    }
    if (rc == RC_OK && reveal)
        take_score(a, p, &score, out);
    arena_free(&scratch);
    return rc;
}

/* ---- findings ---- */

static void take_finding(struct arena *a, const struct finding *f, struct snap_finding *out)
{
    *out = (struct snap_finding){.id = text(a, f->id),
                                 .text = text(a, f->text),
                                 .cause = text(a, f->cause),
                                 .by = text(a, f->by),
                                 .item = text(a, f->item),
                                 .clause = text(a, f->clause),
                                 .from = text(a, f->from),
                                 .evidence = text(a, f->evidence),
                                 .verified_by = text(a, f->verified_by),
                                 .class = f->class,
                                 .state = f->state,
                                 .actions = f->actions};
    out->events = numbers(f->event, f->events, out->seq);
    for (int i = 0; i < f->actions; i++)
        out->action[i] =
            (struct snap_action){text(a, f->action[i].measure), text(a, f->action[i].unit),
                                 text(a, f->action[i].person), text(a, f->action[i].due)};
}

static enum rc take_findings(const struct marking *m, struct arena *a, struct snap_desk *out,
                             struct err *e)
{
    const struct findings *f = &m->desk.findings;
    bool revealed = m->desk.panels.of[PANEL_EXPERT].phase >= PANEL_RECONCILING;
    struct proposal *list;
    struct arena scratch;
    int count;
    arena_init(&scratch, 0);
    out->finding = ARENA_NEW(a, struct snap_finding, f->count + 1);
    for (int i = 0; out->finding && i < f->count; i++)
        take_finding(a, &f->list[i], &out->finding[out->findings++]);
    /* While the experts mark, what they gave suggests nothing: it would tell one what another gave.
     */
    enum rc rc = desk_propose(&m->desk, revealed, &scratch, &list, &count, e);
    out->proposal = ARENA_NEW(a, struct snap_proposal, PROPOSAL_MAX);
    for (int i = 0; rc == RC_OK && out->proposal && i < count; i++) {
        if (list[i].finding >= 0 || list[i].dismissed >= 0)
            continue;
        struct snap_proposal *to = &out->proposal[out->proposals++];
        *to = (struct snap_proposal){
            .key = text(a, text_of(list[i].key)), .class = list[i].class, .agency = list[i].agency};
        title(a, list[i].text, to->text);
        for (int l = 0; l < LANG_COUNT; l++)
            to->cause[l] = text(a, text_of(list[i].cause[l]));
        to->events = numbers(list[i].event, list[i].events, to->seq);
    }
    arena_free(&scratch);
    return rc;
}

bool marking_take(struct marking *m, struct snapshot *n)
{
    if (m->page == PAGE_DRILL)
        return true;
    struct snap_desk *d = ARENA_NEW(&n->arena, struct snap_desk, 1);
    if (!d)
        return false;
    n->desk = d;
    d->page = m->page;
    d->answer = m->answer;
    d->panel = (struct snap_panel){.kind = m->kind, .who = -1};
    enum rc rc = follow(m);
    if (rc != RC_OK)
        d->failed = m->failed;
    if (rc == RC_OK)
        rc = take_panel(m, &n->arena, &d->panel, &d->failed);
    if (rc == RC_OK && m->page == PAGE_FINDINGS)
        rc = take_findings(m, &n->arena, d, &d->failed);
    if (rc != RC_OK)
        d->failed.rc = rc;
    return true;
}

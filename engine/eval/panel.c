#include "eval/panel.h"

#include "base/num.h"
#include "core/scenario/schema.h"
#include "eval/weights.h"

/* ---- opening ---- */

void panels_init(struct panels *p, struct arena *a)
{
    *p = (struct panels){.a = a};
}

enum rc panel_open(struct panels *p, int32_t kind, const struct rubric *set, struct text file, struct text source,
                   struct err *e)
{
    struct panel *n = &p->of[kind];
    if (n->phase != PANEL_CLOSED)
        return ERR(e, RC_NO, MSG_PANEL_OPEN, arg_zh_en(panel_kind_title(kind).zh.at, panel_kind_title(kind).en.at), arg_t(n->set->id));
    *n = (struct panel){.phase = PANEL_MARKING, .set = set, .file = arena_text(p->a, file),
                        .source = arena_text(p->a, source), .cr = 0.0 / 0.0};
    n->evaluator = ARENA_NEW(p->a, struct evaluator, EVALUATOR_MAX);
    n->mark = ARENA_NEW(p->a, struct panel_mark, (size_t)EVALUATOR_MAX * (size_t)set->items);
    n->decision = ARENA_NEW(p->a, struct auto_decision, set->items);
    if (n->evaluator && n->mark && n->decision && n->file.at && n->source.at)
        return RC_OK;
    n->phase = PANEL_CLOSED;
    return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
}

enum rc panel_evidence(struct panel *p, const struct eval_input *in, const struct clause_result *clause, struct arena *a,
                       struct err *e)
{
    p->evidence = ARENA_NEW(a, struct scored, p->set->items + 1);
    if (!p->evidence)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < p->set->items; i++) {
        if (!p->set->item[i].has_rule)
            continue;
        p->evidence[i].indicator = &p->set->item[i].rule;
        eval_item(in, clause, &p->evidence[i]);
    }
    return RC_OK;
}

/* ---- looking ---- */

bool panel_automatic(const struct rubric_item *it)
{
    return it->has_rule && it->way == WAY_LOG;
}

bool panel_evaluator(const struct panels *p, struct text id, int *kind, int *evaluator)
{
    for (int k = 0; k < PANEL_KINDS; k++) {
        for (int i = 0; i < p->of[k].evaluators; i++) {
            if (!text_eq(p->of[k].evaluator[i].id, id))
                continue;
            *kind = k;
            *evaluator = i;
            return true;
        }
    }
    return false;
}

bool panel_expects(const struct panel *p, int evaluator, int item)
{
    const struct evaluator *ev = &p->evaluator[evaluator];
    const struct rubric_item *it = &p->set->item[item];
    if (panel_automatic(it))
        return false;
    for (int i = 0; i < ev->sheets; i++) {
        const struct sheet_key *s = &ev->sheet[i];
        bool phase = s->phase < 0 || it->phase < 0 || s->phase == it->phase;
        bool role = s->role < 0 || it->role < 0 || s->role == it->role;
        if (phase && role)
            return true;
    }
    return ev->sheets == 0;
}

const struct panel_mark *panel_mark(const struct panel *p, int evaluator, int item)
{
    return &p->mark[evaluator * p->set->items + item];
}

int panel_missing(const struct panel *p, int evaluator)
{
    int n = 0;
    for (int i = 0; i < p->set->items; i++)
        n += panel_expects(p, evaluator, i) && panel_mark(p, evaluator, i)->state == MARK_NONE;
    return n;
}

/* ---- applying ---- */

struct applying {
    struct panels *p;
    const struct entry *f;
    int64_t last_event;
    struct err *e;
    int kind, who; /* of the evaluator named by `by` */
    struct panel *panel;
};

static struct text keep(struct applying *x, const char *key)
{
    struct text t = text_trim(entry_get(x->f, key));
    struct text copy = arena_text(x->p->a, t);
    return copy.at ? copy : TEXT("");
}

static enum rc find_by(struct applying *x)
{
    struct text by = text_trim(entry_get(x->f, "by"));
    if (panel_evaluator(x->p, by, &x->kind, &x->who)) {
        x->panel = &x->p->of[x->kind];
        return RC_OK;
    }
    return ERR(x->e, RC_INPUT, MSG_PANEL_NO_EVALUATOR, arg_t(by));
}

static enum rc find_item(struct applying *x, int *item)
{
    struct text id = text_trim(entry_get(x->f, "item"));
    *item = rubric_find(x->panel->set, id);
    if (*item >= 0)
        return RC_OK;
    struct text near = rubric_nearest(x->panel->set, id);
    return near.len > 0 ? ERR(x->e, RC_INPUT, MSG_PANEL_NO_ITEM_NEAR, arg_t(x->panel->set->id), arg_t(id), arg_t(near))
                        : ERR(x->e, RC_INPUT, MSG_PANEL_NO_ITEM, arg_t(x->panel->set->id), arg_t(id));
}

static enum rc only_lead(struct applying *x)
{
    enum rc rc = find_by(x);
    if (rc == RC_OK && (x->kind != PANEL_EXPERT || !x->panel->evaluator[x->who].lead))
        return ERR(x->e, RC_NO, MSG_PANEL_ONLY_LEAD, arg_s(entry_name(x->f->kind)), arg_t(entry_get(x->f, "by")));
    return rc;
}

static int word_at(const struct rubric_word *list, int count, struct text word)
{
    for (int i = 0; i < count; i++) {
        if (text_eq(list[i].id, word) || text_eq(list[i].title.zh, word) || text_eq(list[i].title.en, word))
            return i;
    }
    return -1;
}

/* "respond:command, start:*": the sheets of an evaluator, stage and role. */
static enum rc read_sheets(struct applying *x, const struct rubric *r, struct evaluator *out)
{
    struct text rest = entry_get(x->f, "sheets");
    while (rest.len > 0) {
        int len = 0, colon = -1;
        for (; len < rest.len && rest.at[len] != ','; len++)
            colon = rest.at[len] == ':' && colon < 0 ? len : colon;
        struct text all = text_trim((struct text){rest.at, len});
        struct text phase = text_trim((struct text){rest.at, colon < 0 ? len : colon});
        struct text role = colon < 0 ? TEXT("*") : text_trim((struct text){rest.at + colon + 1, len - colon - 1});
        struct sheet_key key = {word_at(r->phase, r->phases, phase), word_at(r->role, r->roles, role)};
        if ((key.phase < 0 && !text_is(phase, "*")) || (key.role < 0 && !text_is(role, "*")))
            return ERR(x->e, RC_INPUT, MSG_PANEL_NO_SHEET, arg_t(all));
        if (out->sheets == SHEETS_MAX)
            return ERR(x->e, RC_LIMIT, MSG_PANEL_MANY_SHEETS, arg_i(SHEETS_MAX));
        out->sheet[out->sheets++] = key;
        rest = len < rest.len ? (struct text){rest.at + len + 1, rest.len - len - 1} : (struct text){"", 0};
    }
    return RC_OK;
}

static bool evaluator_id_ok(struct text id)
{
    if (id.len < 1 || id.len >= NAME_BYTES)
        return false;
    for (int i = 0; i < id.len; i++) {
        char c = id.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    }
    return true;
}

static enum rc apply_evaluator(struct applying *x)
{
    struct text id = text_trim(entry_get(x->f, "id")), weight = text_trim(entry_get(x->f, "weight"));
    struct text lead = text_trim(entry_get(x->f, "lead"));
    struct evaluator ev = {.weight = 1.0, .lead = text_is(lead, "yes") || text_is(lead, "是")};
    int kind = panel_kind_find(text_trim(entry_get(x->f, "kind"))), k, i;
    if (kind < 0)
        return ERR(x->e, RC_INPUT, MSG_PANEL_KIND, arg_t(entry_get(x->f, "kind")));
    struct panel *p = &x->p->of[kind];
    if (p->phase == PANEL_CLOSED)
        return ERR(x->e, RC_NO, MSG_PANEL_NOT_OPEN, arg_zh_en(panel_kind_title(kind).zh.at, panel_kind_title(kind).en.at));
    if (p->phase != PANEL_MARKING)
        return ERR0(x->e, RC_NO, MSG_PANEL_LATE_EVALUATOR);
    if (!evaluator_id_ok(id))
        return ERR(x->e, RC_INPUT, MSG_PANEL_BAD_ID, arg_t(id));
    if (panel_evaluator(x->p, id, &k, &i))
        return ERR(x->e, RC_NO, MSG_PANEL_TWICE, arg_t(id));
    if (p->evaluators == EVALUATOR_MAX)
        return ERR(x->e, RC_LIMIT, MSG_PANEL_MANY, arg_i(EVALUATOR_MAX));
    if (weight.len > 0 && (!text_to_f64(weight, &ev.weight) || !(ev.weight > 0 && ev.weight <= 100)))
        return ERR(x->e, RC_INPUT, MSG_PANEL_WEIGHT, arg_t(weight));
    if (lead.len > 0 && !ev.lead && !text_is(lead, "no") && !text_is(lead, "否"))
        return ERR(x->e, RC_INPUT, MSG_PANEL_YES_NO, arg_s("lead"), arg_t(lead));
    enum rc rc = read_sheets(x, p->set, &ev);
    for (int n = 0; n < p->evaluators && ev.lead && rc == RC_OK; n++) {
        if (p->evaluator[n].lead)
            rc = ERR(x->e, RC_NO, MSG_PANEL_TWO_LEADS, arg_t(p->evaluator[n].name));
    }
    if (rc != RC_OK)
        return rc;
    ev.id = keep(x, "id");
    ev.name = keep(x, "name");
    ev.unit = keep(x, "unit");
    ev.role = keep(x, "role");
    ev.expertise = keep(x, "expertise");
    p->evaluator[p->evaluators++] = ev;
    return RC_OK;
}

/* A mark this far (points of 100) from what the log says needs a word. */
static const double APART_FROM_EVIDENCE = 25.0;

static enum rc needs_comment(struct applying *x, const struct rubric_item *it, int item, const struct panel_mark *m)
{
    const struct panel *p = x->panel;
    if (m->comment.len > 0 || x->kind != PANEL_EXPERT)
        return RC_OK;
    if (m->state == MARK_NOT_APPLICABLE && !it->optional)
        return ERR(x->e, RC_NO, MSG_PANEL_NA_COMMENT, arg_t(it->id));
    if (m->state != MARK_RATED)
        return RC_OK;
    double score = rubric_score(p->set, it, m->raw);
    if (score < 100.0)
        return ERR(x->e, RC_NO, MSG_PANEL_COMMENT, arg_t(it->id));
    const struct scored *s = it->has_rule && p->evidence ? &p->evidence[item] : NULL;
    if (s && s->applicable && num_abs(s->score - score) > APART_FROM_EVIDENCE)
        return ERR(x->e, RC_NO, MSG_PANEL_AGAINST_LOG, arg_t(it->id), arg_d(s->score, 0));
    return RC_OK;
}

static enum rc bad_value(struct applying *x, const struct rubric_item *it, const char *key)
{
    char zh[256], en[256];
    struct buf z = BUF_ON(zh), n = BUF_ON(en);
    rubric_allowed(x->panel->set, it, LANG_ZH, &z);
    rubric_allowed(x->panel->set, it, LANG_EN, &n);
    return ERR(x->e, RC_INPUT, MSG_PANEL_BAD_VALUE, arg_t(it->id), arg_t(entry_get(x->f, key)), arg_zh_en(zh, en));
}

static enum rc read_ties(struct applying *x, struct panel_mark *m)
{
    struct text event = text_trim(entry_get(x->f, "event")), at = text_trim(entry_get(x->f, "at"));
    m->at_ms = -1;
    if (event.len > 0 && (!text_to_i64(event, &m->event) || m->event < 1 || m->event > x->last_event))
        return ERR(x->e, RC_INPUT, MSG_PANEL_EVENT, arg_t(event), arg_i(x->last_event));
    if (at.len > 0 && !offset_parse(at, &m->at_ms) && !duration_parse(at, &m->at_ms))
        return ERR(x->e, RC_INPUT, MSG_PANEL_MOMENT, arg_t(at));
    return RC_OK;
}

static enum rc apply_mark(struct applying *x)
{
    int item;
    struct panel_mark m = {.event = 0};
    enum rc rc = find_by(x);
    if (rc == RC_OK)
        rc = find_item(x, &item);
    if (rc != RC_OK)
        return rc;
    struct panel *p = x->panel;
    const struct rubric_item *it = &p->set->item[item];
    const struct evaluator *ev = &p->evaluator[x->who];
    struct panel_mark *now = &p->mark[x->who * p->set->items + item];
    struct text reason = text_trim(entry_get(x->f, "reason"));
    if (p->phase == PANEL_SIGNED)
        return ERR0(x->e, RC_NO, MSG_PANEL_SIGNED_ALREADY);
    if (panel_automatic(it))
        return ERR(x->e, RC_NO, MSG_PANEL_FROM_LOG, arg_t(it->id));
    if (!panel_expects(p, x->who, item))
        return ERR(x->e, RC_NO, MSG_PANEL_NOT_YOURS, arg_t(it->id), arg_t(ev->name));
    if (p->phase == PANEL_MARKING && ev->submitted)
        return ERR(x->e, RC_NO, MSG_PANEL_HANDED_IN, arg_t(ev->name));
    if (p->phase == PANEL_RECONCILING && !ev->submitted)
        return ERR(x->e, RC_NO, MSG_PANEL_LEFT_OUT, arg_t(ev->name));
    if (p->phase == PANEL_RECONCILING && reason.len == 0)
        return ERR(x->e, RC_NO, MSG_PANEL_REASON, arg_t(it->id));
    if (!panel_read_value(p->set, it, entry_get(x->f, "value"), &m.state, &m.raw) || m.state == MARK_NONE)
        return bad_value(x, it, "value");
    m.comment = text_trim(entry_get(x->f, "comment"));
    if (m.comment.len == 0 && p->phase == PANEL_RECONCILING)
        m.comment = now->comment.len > 0 ? now->comment : reason;
    rc = read_ties(x, &m);
    if (rc == RC_OK)
        rc = needs_comment(x, it, item, &m);
    if (rc != RC_OK)
        return rc;
    m.comment = arena_text(x->p->a, m.comment);
    m.reason = keep(x, "reason");
    m.first_state = now->first_state;
    m.first_raw = now->first_raw;
    m.changed = p->phase == PANEL_RECONCILING;
    *now = m;
    return RC_OK;
}

static enum rc apply_auto(struct applying *x)
{
    int item;
    enum rc rc = find_by(x);
    if (rc == RC_OK && x->kind != PANEL_EXPERT)
        rc = ERR(x->e, RC_NO, MSG_PANEL_ONLY_EXPERT, arg_t(entry_get(x->f, "by")));
    if (rc == RC_OK)
        rc = find_item(x, &item);
    if (rc != RC_OK)
        return rc;
    struct panel *p = x->panel;
    const struct rubric_item *it = &p->set->item[item];
    struct text what = text_trim(entry_get(x->f, "do"));
    bool confirm = text_is(what, "confirm") || text_is(what, "确认");
    struct auto_decision d = {.state = confirm ? AUTO_CONFIRMED : AUTO_OVERRULED};
    int32_t state = MARK_NONE;
    if (p->phase == PANEL_SIGNED)
        return ERR0(x->e, RC_NO, MSG_PANEL_SIGNED_ALREADY);
    if (!panel_automatic(it))
        return ERR(x->e, RC_NO, MSG_PANEL_NOT_AUTOMATIC, arg_t(it->id));
    if (!confirm && !text_is(what, "overrule") && !text_is(what, "改判"))
        return ERR(x->e, RC_INPUT, MSG_PANEL_CONFIRM, arg_t(what));
    bool again = p->phase == PANEL_RECONCILING && p->decision[item].state != AUTO_PENDING;
    if ((!confirm || again) && text_trim(entry_get(x->f, "reason")).len == 0)
        return ERR(x->e, RC_NO, MSG_PANEL_REASON, arg_t(it->id));
    if (!confirm && (!panel_read_value(p->set, it, entry_get(x->f, "value"), &state, &d.raw) ||
                     (state != MARK_RATED && state != MARK_NOT_APPLICABLE)))
        return bad_value(x, it, "value");
    d.not_applicable = state == MARK_NOT_APPLICABLE;
    d.by = keep(x, "by");
    d.reason = keep(x, "reason");
    p->decision[item] = d;
    return RC_OK;
}

static enum rc apply_submit(struct applying *x)
{
    enum rc rc = find_by(x);
    if (rc != RC_OK)
        return rc;
    struct panel *p = x->panel;
    struct evaluator *ev = &p->evaluator[x->who];
    if (p->phase != PANEL_MARKING || ev->submitted)
        return ERR(x->e, RC_NO, MSG_PANEL_HANDED_IN, arg_t(ev->name));
    int missing = panel_missing(p, x->who), first = 0;
    while (missing > 0 && !(panel_expects(p, x->who, first) && panel_mark(p, x->who, first)->state == MARK_NONE))
        first++;
    if (missing > 0 && x->kind != PANEL_SURVEY)
        return ERR(x->e, RC_NO, MSG_PANEL_MISSING, arg_t(ev->name), arg_i(missing), arg_t(p->set->item[first].id));
    ev->submitted = true;
    ev->submitted_ms = x->f->wall_ms;
    return RC_OK;
}

static enum rc apply_reconcile(struct applying *x)
{
    enum rc rc = only_lead(x);
    if (rc != RC_OK)
        return rc;
    struct panel *p = x->panel;
    int in = 0, out = -1;
    if (p->phase != PANEL_MARKING)
        return ERR(x->e, RC_NO, MSG_PANEL_PHASE, arg_zh_en(panel_phase_title(p->phase).zh.at, panel_phase_title(p->phase).en.at));
    for (int i = 0; i < p->evaluators; i++) {
        in += p->evaluator[i].submitted;
        out = p->evaluator[i].submitted ? out : i;
    }
    if (in == 0)
        return ERR0(x->e, RC_NO, MSG_PANEL_NONE_IN);
    if (out >= 0 && text_trim(entry_get(x->f, "reason")).len == 0)
        return ERR(x->e, RC_NO, MSG_PANEL_NOT_ALL_IN, arg_t(p->evaluator[out].name), arg_i(p->evaluators - in));
    p->phase = PANEL_RECONCILING;
    for (int i = 0; i < EVALUATOR_MAX * p->set->items; i++) {
        p->mark[i].first_state = p->mark[i].state;
        p->mark[i].first_raw = p->mark[i].raw;
    }
    return RC_OK;
}

static enum rc apply_weights(struct applying *x)
{
    enum rc rc = only_lead(x);
    if (rc != RC_OK)
        return rc;
    struct panel *p = x->panel;
    int n = p->set->projects, judges = 0, max = EVALUATOR_MAX * n * n;
    struct ahp ahp;
    if (p->phase == PANEL_SIGNED)
        return ERR0(x->e, RC_NO, MSG_PANEL_SIGNED_ALREADY);
    double *at = ARENA_NEW(x->p->a, double, max);
    if (!at)
        return ERR0(x->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (n < 2 || !panel_read_judges(entry_get(x->f, "judges"), n, at, max, &judges))
        return ERR(x->e, RC_INPUT, MSG_PANEL_JUDGES, arg_i(n));
    rc = ahp_run(at, judges, n, AHP_EIGEN, AHP_SAATY2005, x->p->a, &ahp, x->e);
    if (rc != RC_OK)
        return rc;
    bool force = text_is(text_trim(entry_get(x->f, "force")), "yes");
    if (ahp.cr >= AHP_CR_LIMIT && !(force && text_trim(entry_get(x->f, "reason")).len > 0))
        return ERR(x->e, RC_NO, MSG_PANEL_CR, arg_d(ahp.cr, 3));
    p->weight = ahp.weight;
    p->cr = ahp.cr;
    p->judges = judges;
    p->forced = ahp.cr >= AHP_CR_LIMIT;
    return RC_OK;
}

static enum rc apply_sign(struct applying *x)
{
    enum rc rc = only_lead(x);
    if (rc != RC_OK)
        return rc;
    struct panel *p = x->panel;
    if (p->phase != PANEL_RECONCILING)
        return ERR(x->e, RC_NO, MSG_PANEL_PHASE, arg_zh_en(panel_phase_title(p->phase).zh.at, panel_phase_title(p->phase).en.at));
    for (int i = 0; i < p->set->items; i++) {
        if (panel_automatic(&p->set->item[i]) && p->decision[i].state == AUTO_PENDING)
            return ERR(x->e, RC_NO, MSG_PANEL_PENDING, arg_t(p->set->item[i].id));
    }
    p->signed_by = keep(x, "by");
    p->head = keep(x, "head");
    p->signed_ms = x->f->wall_ms;
    p->signatures++;
    p->phase = PANEL_SIGNED;
    return RC_OK;
}

static enum rc apply_reopen(struct applying *x)
{
    enum rc rc = only_lead(x);
    if (rc != RC_OK)
        return rc;
    if (x->panel->phase != PANEL_SIGNED)
        return ERR(x->e, RC_NO, MSG_PANEL_PHASE,
                   arg_zh_en(panel_phase_title(x->panel->phase).zh.at, panel_phase_title(x->panel->phase).en.at));
    x->panel->phase = PANEL_RECONCILING;
    return RC_OK;
}

enum rc panel_apply(struct panels *p, const struct entry *f, int64_t last_event, struct err *e)
{
    static enum rc (*const rule[ENTRY_KINDS])(struct applying *x) = {
        [ENTRY_EVALUATOR] = apply_evaluator, [ENTRY_MARK] = apply_mark, [ENTRY_AUTO] = apply_auto,
        [ENTRY_SUBMIT] = apply_submit, [ENTRY_RECONCILE] = apply_reconcile, [ENTRY_WEIGHTS] = apply_weights,
        [ENTRY_SIGN] = apply_sign, [ENTRY_REOPEN] = apply_reopen};
    struct applying x = {p, f, last_event, e, 0, -1, NULL};
    ASSERT(f->kind >= 0 && f->kind < ENTRY_KINDS && rule[f->kind]);
    enum rc rc = entry_check(f, e);
    return rc == RC_OK ? rule[f->kind](&x) : rc;
}

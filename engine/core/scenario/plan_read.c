/* What the drill is for: objectives, the clauses of the plan under test, assumptions. */
#include "core/scenario/atlas_read.h"

struct objective_row {
    struct text id;
    struct objective objective;
};

static const struct field objective_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct objective_row, id),
     .required = true, .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = offsetof(struct objective_row, objective.title),
     .required = true, .zh = "演练目标", .en = "objective"},
    {.name = "weight", .type = FIELD_NUM, .offset = offsetof(struct objective_row, objective.weight),
     .low = 0, .high = 1000, .dflt = 1, .zh = "权重，相对值", .en = "weight, relative"},
};

static enum rc accept_objective(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    (void)d;
    r->atlas->objective[id] = ((const struct objective_row *)row)->objective;
    return RC_OK;
}

/* --- clauses --- */

struct clause_row {
    struct text id;
    struct clause clause;
    const struct doc *order, *needs;
    struct text event, trigger_event;
};

#define AT(member) offsetof(struct clause_row, clause.member)
static const struct field clause_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = offsetof(struct clause_row, id), .required = true,
     .zh = "标识", .en = "id"},
    {.name = "text", .type = FIELD_TITLE, .offset = AT(text), .required = true,
     .zh = "条款内容", .en = "what the clause says"},
    {.name = "who", .type = FIELD_REF, .offset = AT(agency), .entity = ENT_AGENCY,
     .zh = "责任单位，省略为任一单位", .en = "who must act; any when absent"},
    {.name = "order", .type = FIELD_DOC, .offset = offsetof(struct clause_row, order),
     .zh = "履行条款的指令 { verb = .. }，与 event 二选一",
     .en = "the order that meets it { verb = .. }; this or event"},
    {.name = "event", .type = FIELD_TEXT, .offset = offsetof(struct clause_row, event),
     .zh = "履行条款的事件，如 \"level_started\"", .en = "the event that meets it"},
    {.name = "trigger_event", .type = FIELD_TEXT,
     .offset = offsetof(struct clause_row, trigger_event),
     .zh = "开始计时的事件，省略为演练开始", .en = "event that starts its clock; else the start"},
    {.name = "trigger_inject", .type = FIELD_REF, .offset = AT(trigger_inject),
     .entity = ENT_INJECT, .zh = "开始计时的注入", .en = "inject that starts its clock"},
    {.name = "within", .type = FIELD_DURATION, .offset = AT(within_ms), .low = 0, .high = 2592000,
     .zh = "时限，省略为演练全程", .en = "time limit; the whole drill when absent"},
    {.name = "depends", .type = FIELD_REFS, .offset = AT(depends), .entity = ENT_CLAUSE,
     .zh = "须先履行的条款", .en = "clauses that must be met before"},
    {.name = "needs", .type = FIELD_DOC, .offset = offsetof(struct clause_row, needs),
     .zh = "履行所需的力量，不具备时不归咎于人", .en = "what it takes; without it nobody is blamed"},
    {.name = "source", .type = FIELD_TEXT, .offset = AT(source),
     .zh = "出处", .en = "where the plan says so"},
};
#undef AT

static const struct field need_rows[] = {
    {.name = "task", .type = FIELD_WORD, .offset = offsetof(struct need, task), .words = VK_TASK, .zh = "能执行此任务的队伍", .en = "teams that can do this task"},
    {.name = "supply", .type = FIELD_REF, .offset = offsetof(struct need, supply), .entity = ENT_SUPPLY, .zh = "或此种物资", .en = "or this supply"},
    {.name = "count", .type = FIELD_INT, .offset = offsetof(struct need, count), .dflt = 1, .low = 1, .high = 1000000, .zh = "数量", .en = "how many"},
};

void plan_needs_manual(enum lang lang, struct buf *out)
{
    schema_manual("plan[].needs[]", need_rows, COUNT_OF(need_rows), lang, out);
}

static enum rc read_needs(struct atlas_reading *r, const struct doc *list, struct clause *out)
{
    int n = 0;
    if (!list)
        return RC_OK;
    out->need = ARENA_NEW(r->arena, struct need, list->count + 1);
    if (!out->need)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list->child; d; d = d->next) {
        struct need *to = &out->need[n++];
        enum rc rc = schema_read(d, need_rows, COUNT_OF(need_rows), &r->atlas->names, r->arena, to, r->e);
        if (rc != RC_OK)
            return rc;
        if (!row_has(d, "task"))
            to->task = -1;
        if ((to->task >= 0) == (to->supply >= 0))
            return DOC_ERR(d, r->e, MSG_CORE_ATLAS_ONE_OF, arg_s("task"), arg_s("supply"));
    }
    out->needs = n;
    return RC_OK;
}

enum rc event_name_read(struct atlas_reading *r, const struct doc *d, struct text name, int32_t *out)
{
    int best = name.len / 3 > 2 ? name.len / 3 + 1 : 3;
    const char *near = "drill_started";

    *out = -1;
    if (name.len == 0)
        return RC_OK;
    *out = event_find(name);
    if (*out >= 0)
        return RC_OK;
    const struct names *n = &r->atlas->names;
    for (int i = event_next(n, -1); i >= 0; i = event_next(n, i)) {
        int distance = text_distance(name, text_of(event_row(i)->name), best);
        if (distance < best) {
            best = distance;
            near = event_row(i)->name;
        }
    }
    return DOC_ERR(d, r->e, MSG_CORE_ATLAS_EVENT, arg_t(name), arg_s(near));
}

static enum rc accept_clause(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct clause_row *in = row;
    struct clause *c = &in->clause;
    enum rc rc = pattern_read(r, in->order, &c->what);

    if (rc == RC_OK)
        rc = read_needs(r, in->needs, c);
    if (rc == RC_OK)
        rc = event_name_read(r, doc_get(d, "event"), in->event, &c->what_event);
    if (rc == RC_OK)
        rc = event_name_read(r, doc_get(d, "trigger_event"), in->trigger_event, &c->trigger_event);
    if (rc != RC_OK)
        return rc;
    if ((c->what.verb >= 0) == (c->what_event >= 0))
        return DOC_ERR(d, r->e, MSG_CORE_ATLAS_ONE_OF, arg_s("order"), arg_s("event"));
    if (c->trigger_event >= 0 && c->trigger_inject >= 0)
        return DOC_ERR(d, r->e, MSG_CORE_ATLAS_NOT_BOTH, arg_s("trigger_event"),
                       arg_s("trigger_inject"));
    if (!row_has(d, "within"))
        c->within_ms = r->atlas->meta.length_ms;
    for (int i = 0; i < c->depends.count; i++)
        if (c->depends.id[i] >= id)
            return DOC_ERR(doc_get(d, "depends"), r->e, MSG_CORE_ATLAS_DEPENDS,
                           arg_t(names_name(&r->atlas->names, ENT_CLAUSE, c->depends.id[i])));
    r->atlas->clause[id] = *c;
    return RC_OK;
}

/* --- assumptions --- */

static const struct field assumption_rows[] = {
    {.name = "text", .type = FIELD_TITLE, .offset = offsetof(struct assumption, text),
     .required = true, .zh = "假定", .en = "what is assumed"},
    {.name = "mark", .type = FIELD_TEXT, .offset = offsetof(struct assumption, mark),
     .zh = "出处，或 U 未核实", .en = "source, or U: unverified"},
};

static enum rc accept_assumption(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct assumption *a = row;

    (void)d;
    if (a->mark.len == 0)
        a->mark = TEXT("U");
    r->atlas->assumption[id] = *a;
    r->atlas->assumption_count = id + 1;
    return RC_OK;
}

/* --- limits for reports: law and local rules differ, so they are data --- */

struct report_limit_row {
    struct report_limit limit;
    struct text trigger_event;
};

#define AT(member) offsetof(struct report_limit_row, limit.member)
static const struct field limit_rows[] = {
    {.name = "text", .type = FIELD_TITLE, .offset = AT(text), .required = true, .zh = "规定", .en = "what the rule says"},
    {.name = "from", .type = FIELD_REF, .offset = AT(from), .required = true, .entity = ENT_AGENCY, .zh = "报送单位", .en = "who must report"},
    {.name = "to", .type = FIELD_REF, .offset = AT(to), .required = true, .entity = ENT_AGENCY, .zh = "报送对象", .en = "to whom"},
    {.name = "form", .type = FIELD_CHOICE, .offset = AT(form), .choices = "first update final", .required = true, .zh = "初报、续报、核报", .en = "form of the report"},
    {.name = "trigger_event", .type = FIELD_TEXT, .offset = offsetof(struct report_limit_row, trigger_event), .zh = "开始计时的事件", .en = "event that starts its clock"},
    {.name = "trigger_inject", .type = FIELD_REF, .offset = AT(trigger_inject), .entity = ENT_INJECT, .zh = "开始计时的注入", .en = "inject that starts its clock"},
    {.name = "within", .type = FIELD_DURATION, .offset = AT(within_ms), .required = true, .low = 60, .high = 2592000, .zh = "时限", .en = "time limit"},
    {.name = "source", .type = FIELD_TEXT, .offset = AT(source), .required = true, .zh = "出处；未核实的以 U 开头", .en = "source; begin with U when unverified"},
};
#undef AT

static enum rc accept_limit(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct report_limit_row *in = row;
    struct report_limit *l = &in->limit;
    enum rc rc = event_name_read(r, doc_get(d, "trigger_event"), in->trigger_event, &l->trigger_event);
    if (rc != RC_OK)
        return rc;
    if ((l->trigger_event >= 0) == (l->trigger_inject >= 0))
        return DOC_ERR(d, r->e, MSG_CORE_ATLAS_ONE_OF, arg_s("trigger_event"), arg_s("trigger_inject"));
    r->atlas->report_limit[id] = *l;
    r->atlas->report_limit_count = id + 1;
    return RC_OK;
}

const struct section ATLAS_PLAN[] = {
    {"objectives", ENT_OBJECTIVE, OBJECTIVE_MAX, objective_rows, COUNT_OF(objective_rows),
     sizeof(struct objective_row), accept_objective, "objectives 演练目标", "objectives"},
    {"plan", ENT_CLAUSE, CLAUSE_MAX, clause_rows, COUNT_OF(clause_rows), sizeof(struct clause_row),
     accept_clause, "plan 预案条款", "plan: clauses of the plan under test"},
    {"assumptions", ENT_COUNT, MORE_MAX, assumption_rows, COUNT_OF(assumption_rows),
     sizeof(struct assumption), accept_assumption, "assumptions 假定", "assumptions"},
    {"report_limits", ENT_COUNT, MORE_MAX, limit_rows, COUNT_OF(limit_rows), sizeof(struct report_limit_row), accept_limit,
     "report_limits 报送时限", "report_limits: how soon who must report to whom"},
};
const int ATLAS_PLAN_COUNT = COUNT_OF(ATLAS_PLAN);

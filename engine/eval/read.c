/* read.c -- indicators as data. */
#include "eval/eval.h"

#define AT(member) offsetof(struct indicator, member)

struct raw { /* what one row of `indicators` says */
    struct indicator i;
    struct text event, from;
    const struct doc *where, *from_where;
};

#define RAW(member) offsetof(struct raw, member)

static const struct field rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = RAW(i) + AT(id), .required = true, .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = RAW(i) + AT(title), .required = true, .zh = "指标内容", .en = "what is looked at"},
    {.name = "objective", .type = FIELD_REF, .offset = RAW(i) + AT(objective), .required = true, .entity = ENT_OBJECTIVE, .zh = "所属演练目标", .en = "objective"},
    {.name = "weight", .type = FIELD_NUM, .offset = RAW(i) + AT(weight), .dflt = 1, .low = 0.001, .high = 1000, .zh = "目标内权重", .en = "weight within its objective"},
    {.name = "rule", .type = FIELD_CHOICE, .offset = RAW(i) + AT(rule), .required = true, .choices = "delay count measure ratio baseline complete before happened plan", .zh = "取证方法", .en = "how the evidence is taken"},
    {.name = "event", .type = FIELD_TEXT, .offset = RAW(event), .zh = "事件", .en = "event"},
    {.name = "where", .type = FIELD_DOC, .offset = RAW(where), .zh = "事件须符合的字段", .en = "fields the event must have"},
    {.name = "from", .type = FIELD_TEXT, .offset = RAW(from), .zh = "起算事件，缺省为演练开始", .en = "event the clock starts at; default: the start"},
    {.name = "from_where", .type = FIELD_DOC, .offset = RAW(from_where), .zh = "起算事件须符合的字段", .en = "fields that event must have"},
    {.name = "from_inject", .type = FIELD_REF, .offset = RAW(i) + AT(from_inject), .entity = ENT_INJECT, .zh = "起算注入", .en = "inject the clock starts at"},
    {.name = "full", .type = FIELD_NUM, .offset = RAW(i) + AT(full), .dflt = 1, .zh = "满分值（时间为分钟）", .en = "value for 100 (minutes for delays)"},
    {.name = "zero", .type = FIELD_NUM, .offset = RAW(i) + AT(zero), .dflt = 0, .zh = "零分值", .en = "value for 0"},
    {.name = "measure", .type = FIELD_TEXT, .offset = RAW(i) + AT(measure), .zh = "量", .en = "measure"},
    {.name = "of", .type = FIELD_TEXT, .offset = RAW(i) + AT(of), .zh = "分母", .en = "measure it is divided by"},
    {.name = "field", .type = FIELD_TEXT, .offset = RAW(i) + AT(field), .zh = "要素字段", .en = "field with the elements"},
    {.name = "source", .type = FIELD_TEXT, .offset = RAW(i) + AT(source), .zh = "依据及核实标记", .en = "source and mark"},
    {.name = "veto", .type = FIELD_CHOICE, .offset = RAW(i) + AT(veto), .choices = "none fair", .zh = "否决：低于 veto_below 时等级不超过一般", .en = "veto: below veto_below the grade is at most fair"},
    {.name = "veto_below", .type = FIELD_NUM, .offset = RAW(i) + AT(veto_below), .dflt = 50, .low = 0, .high = 100, .zh = "否决线", .en = "veto line"},
};

static enum value_kind field_kind(int kind, const char *name)
{
    const struct event_row *row = event_row(kind);
    for (int i = 0; row->field[i].kind != VK_NONE; i++) {
        if (text_eq(text_of(row->field[i].name), text_of(name)))
            return row->field[i].kind;
    }
    return VK_NONE;
}

static enum rc read_where(const struct doc *where, const struct names *names, struct event_pattern *p, struct err *e)
{
    for (const struct doc *d = where ? where->child : NULL; d; d = d->next) {
        char name[NAME_BYTES];
        (void)text_copy(name, (int)sizeof(name), d->key);
        int at = event_field(p->kind, name);
        if (at < 0 || at >= EVENT_INTS || p->fields == EVENT_INTS)
            return DOC_ERR(d, e, MSG_EVAL_NO_FIELD, arg_t(d->key), arg_s(event_row(p->kind)->name));
        enum value_kind kind = field_kind(p->kind, name);
        int64_t v = -1;
        if (d->kind == DOC_INT)
            v = d->i;
        else if (d->kind == DOC_BOOL)
            v = d->b;
        else if (d->kind == DOC_TEXT && value_entity(kind) != ENT_COUNT)
            v = names_find(names, value_entity(kind), d->t);
        else if (d->kind == DOC_TEXT && kind == VK_VERB)
            v = verb_find(d->t);
        else if (d->kind == DOC_TEXT)
            v = word_find(NULL, kind, d->t);
        if (v < 0)
            return DOC_ERR(d, e, MSG_EVAL_BAD_VALUE, arg_t(d->key));
        p->at[p->fields] = at;
        p->value[p->fields++] = (int32_t)v;
    }
    return RC_OK;
}

static enum rc read_pattern(const struct doc *d, struct text name, const struct doc *where, const struct names *names,
                            struct event_pattern *p, struct err *e)
{
    p->kind = -1;
    if (name.len == 0)
        return RC_OK;
    p->kind = event_find(name);
    if (p->kind < 0)
        return DOC_ERR(d, e, MSG_EVAL_NO_EVENT, arg_t(name));
    return read_where(where, names, p, e);
}

static bool needs_event(int32_t rule)
{
    return rule == RULE_DELAY || rule == RULE_COUNT || rule == RULE_COMPLETE || rule == RULE_BEFORE ||
           rule == RULE_HAPPENED;
}

static bool needs_measure(int32_t rule)
{
    return rule == RULE_MEASURE || rule == RULE_RATIO || rule == RULE_BASELINE;
}

/* The elements of a complete report stand in one field; a misspelt one would score nought without a word. */
static enum rc check_elements(const struct doc *d, const struct indicator *it, struct err *e)
{
    char name[NAME_BYTES];
    struct text field = it->field.len > 0 ? it->field : TEXT("elements");
    (void)text_copy(name, (int)sizeof(name), field);
    int at = event_field(it->event.kind, name);
    if (at >= 0 && at < EVENT_INTS)
        return RC_OK;
    const struct doc *where = doc_get(d, "field");
    return DOC_ERR(where ? where : d, e, MSG_EVAL_NO_FIELD, arg_t(field), arg_s(event_row(it->event.kind)->name));
}

enum { HEAD_ROWS = 4 }; /* id, title, objective, weight: of a whole indicator only */

enum rc eval_read_rule(const struct doc *d, bool whole, const struct atlas *atlas, struct arena *a,
                       struct indicator *out, struct err *e)
{
    static const struct names none;
    const struct names *names = atlas ? &atlas->names : &none;
    struct raw raw = {0};
    int skip = whole ? 0 : HEAD_ROWS;
    enum rc rc = schema_read(d, rows + skip, COUNT_OF(rows) - skip, names, a, &raw, e);
    if (rc == RC_OK)
        rc = read_pattern(d, raw.event, raw.where, names, &raw.i.event, e);
    if (rc == RC_OK)
        rc = read_pattern(d, raw.from, raw.from_where, names, &raw.i.from, e);
    if (rc != RC_OK)
        return rc;
    if (needs_event(raw.i.rule) && raw.i.event.kind < 0)
        return DOC_ERR0(d, e, MSG_EVAL_NEEDS_EVENT);
    if (raw.i.rule == RULE_COMPLETE && (rc = check_elements(d, &raw.i, e)) != RC_OK)
        return rc;
    if (needs_measure(raw.i.rule) && raw.i.measure.len == 0)
        return DOC_ERR0(d, e, MSG_EVAL_NEEDS_MEASURE);
    if (raw.i.full == raw.i.zero)
        return DOC_ERR0(d, e, MSG_EVAL_SAME_MARKS);
    *out = raw.i;
    return RC_OK;
}

enum rc eval_read(const struct atlas *atlas, struct arena *a, struct evaluation *out, struct err *e)
{
    *out = (struct evaluation){.veto = -1};
    const struct doc *list = doc_get(atlas->doc, "indicators");
    int count = list ? list->count : 0;
    if (count > INDICATOR_MAX)
        return DOC_ERR(list, e, MSG_EVAL_TOO_MANY, arg_i(INDICATOR_MAX));
    out->indicator = ARENA_NEW(a, struct indicator, count + 1);
    out->item = ARENA_NEW(a, struct scored, count + 1);
    out->clause = ARENA_NEW(a, struct clause_result, ATLAS_COUNT(atlas, ENT_CLAUSE) + 1);
    if (!out->indicator || !out->item || !out->clause)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list ? list->child : NULL; d; d = d->next) {
        enum rc rc = eval_read_rule(d, true, atlas, a, &out->indicator[out->items], e);
        if (rc != RC_OK)
            return rc;
        out->item[out->items].indicator = &out->indicator[out->items];
        out->items++;
    }
    return RC_OK;
}

void eval_manual(enum lang lang, struct buf *out)
{
    schema_manual("indicators", rows, COUNT_OF(rows), lang, out);
}

void eval_stubs(struct buf *out)
{
    schema_stubs("scenario.indicators", rows, COUNT_OF(rows), out);
}

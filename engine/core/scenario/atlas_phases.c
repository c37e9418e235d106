/* How the room is led: the phases of the agenda, the posts in an agency, the chain that an inject
 * should set going. */
#include <string.h>

#include "core/scenario/atlas_read.h"

/* --- posts --- */

struct post_row {
    struct post post;
    struct text deputy;
};

static const struct field post_rows[] = {
    {.name = "id",
     .type = FIELD_NAME,
     .offset = offsetof(struct post_row, post.id),
     .required = true,
     .zh = "标识，单位内不重复",
     .en = "id, unlike others of the agency"},
    {.name = "title",
     .type = FIELD_TITLE,
     .offset = offsetof(struct post_row, post.title),
     .required = true,
     .zh = "职务，如 区长、分管副区长",
     .en = "the post, such as district head"},
    {.name = "name",
     .type = FIELD_TEXT,
     .offset = offsetof(struct post_row, post.name),
     .zh = "姓名，可省略；须为虚构",
     .en = "who holds it; optional, and invented"},
    {.name = "phone",
     .type = FIELD_TEXT,
     .offset = offsetof(struct post_row, post.phone),
     .zh = "电话，可省略；须为虚构",
     .en = "phone; optional, and invented"},
    {.name = "place",
     .type = FIELD_REF,
     .offset = offsetof(struct post_row, post.place),
     .entity = ENT_PLACE,
     .zh = "所在地点",
     .en = "where that person is"},
    {.name = "deputy",
     .type = FIELD_TEXT,
     .offset = offsetof(struct post_row, deputy),
     .zh = "联系不上时由谁代行：本单位另一职务的标识",
     .en = "who stands in when nobody answers: id of another post of the agency"},
};

/* The post of that id; -1, with the nearest of them. */
static int32_t find_post(const struct agency *a, struct text id, struct text *near)
{
    int best = 3;

    for (int32_t i = 0; i < a->posts; i++) {
        int distance = text_distance(id, a->post[i].id, best);
        if (text_eq(id, a->post[i].id))
            return i;
        if (distance < best) {
            best = distance;
            *near = a->post[i].id;
        }
    }
    return -1;
}

/* Deputies may stand below: they are looked up when all posts are known. */
static enum rc deputies(struct atlas_reading *r, const struct doc *list, struct agency *out)
{
    const struct arg kind = arg_zh_en("职务", "post");

    for (const struct doc *d = list->child; d != NULL; d = d->next) {
        struct post *p = &out->post[d->index - 1];
        const struct doc *deputy = doc_get(d, "deputy");
        struct text near = {"", 0};
        if (deputy == NULL || deputy->kind == DOC_NIL)
            continue;
        p->deputy = find_post(out, deputy->t, &near);
        if (p->deputy == d->index - 1)
            return DOC_ERR0(deputy, r->e, MSG_CORE_POST_ITSELF);
        if (p->deputy < 0 && near.len > 0)
            return DOC_ERR(deputy, r->e, MSG_CORE_UNKNOWN_REF_NEAR, kind, arg_t(deputy->t),
                           arg_t(near));
        if (p->deputy < 0)
            return DOC_ERR(deputy, r->e, MSG_CORE_UNKNOWN_REF, kind, arg_t(deputy->t));
    }
    return RC_OK;
}

enum rc posts_read(struct atlas_reading *r, const struct doc *list, struct agency *out)
{
    if (list == NULL)
        return RC_OK;
    if (list->count > POST_MAX)
        return section_full(r, list, POST_MAX);
    out->post = ARENA_NEW(r->arena, struct post, list->count + 1);
    if (out->post == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list->child; d != NULL; d = d->next) {
        struct post_row row;
        struct text near;
        if (d->index == 0 || d->kind != DOC_TABLE)
            return DOC_ERR0(d, r->e, MSG_CORE_ATLAS_LIST);
        enum rc rc =
            schema_read(d, post_rows, COUNT_OF(post_rows), &r->atlas->names, r->arena, &row, r->e);
        if (rc != RC_OK)
            return rc;
        if (find_post(out, row.post.id, &near) >= 0)
            return DOC_ERR(doc_get(d, "id"), r->e, MSG_CORE_HERE_TWICE, arg_t(row.post.id));
        row.post.deputy = -1;
        out->post[out->posts++] = row.post;
    }
    return deputies(r, list, out);
}

/* --- expected chains --- */

struct step_row {
    struct chain_step step;
    const struct doc *order;
    struct text event;
};

#define AT(member) offsetof(struct step_row, step.member)
static const struct field step_rows[] = {
    {.name = "who",
     .type = FIELD_REF,
     .offset = AT(agency),
     .required = true,
     .entity = ENT_AGENCY,
     .zh = "由哪个单位",
     .en = "which agency"},
    {.name = "does",
     .type = FIELD_CHOICE,
     .offset = AT(does),
     .required = true,
     .choices = "receive decide act report",
     .zh = "接报、决策、处置、报告",
     .en = "receives, decides, acts, reports"},
    {.name = "text",
     .type = FIELD_TITLE,
     .offset = AT(text),
     .zh = "做什么；写了 order 可省略",
     .en = "what; may be left out beside order"},
    {.name = "order",
     .type = FIELD_DOC,
     .offset = offsetof(struct step_row, order),
     .zh = "以这样的指令为准 { verb = .. }",
     .en = "such an order shows it { verb = .. }"},
    {.name = "event",
     .type = FIELD_TEXT,
     .offset = offsetof(struct step_row, event),
     .zh = "或以此事件为准；都不写的由专家看",
     .en = "or this event shows it; with neither the experts watch for it"},
    {.name = "within",
     .type = FIELD_DURATION,
     .offset = AT(within_ms),
     .low = 60,
     .high = 864000,
     .zh = "注入后多久之内",
     .en = "so soon after the inject"},
};
#undef AT

static enum rc read_step(struct atlas_reading *r, const struct doc *d, struct chain_step *out)
{
    struct step_row row;
    enum rc rc =
        schema_read(d, step_rows, COUNT_OF(step_rows), &r->atlas->names, r->arena, &row, r->e);

    if (rc == RC_OK)
        rc = pattern_read(r, row.order, &row.step.order);
    if (rc == RC_OK)
        rc = event_name_read(r, doc_get(d, "event"), row.event, &row.step.event);
    if (rc != RC_OK)
        return rc;
    if (row.step.order.verb >= 0 && row.step.event >= 0)
        return DOC_ERR(d, r->e, MSG_CORE_ATLAS_NOT_BOTH, arg_s("order"), arg_s("event"));
    if (row.step.order.verb < 0 && row.step.text.zh.len == 0)
        return DOC_ERR(d, r->e, MSG_CORE_MISSING_KEY, arg_s("text"), arg_zh_en("做什么", "what"));
    if (row.step.order.verb >= 0 && row.step.order.agency < 0)
        row.step.order.agency = row.step.agency; /* whose step it is */
    *out = row.step;
    return RC_OK;
}

enum rc chain_read(struct atlas_reading *r, const struct doc *list, struct inject *out)
{
    int64_t last = 0;

    if (list == NULL)
        return RC_OK;
    if (list->count > CHAIN_MAX)
        return section_full(r, list, CHAIN_MAX);
    out->chain = ARENA_NEW(r->arena, struct chain_step, list->count + 1);
    if (out->chain == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list->child; d != NULL; d = d->next) {
        if (d->index == 0 || d->kind != DOC_TABLE)
            return DOC_ERR0(d, r->e, MSG_CORE_ATLAS_LIST);
        struct chain_step *s = &out->chain[out->chain_count];
        enum rc rc = read_step(r, d, s);
        if (rc != RC_OK)
            return rc;
        if (s->within_ms > 0 && s->within_ms < last)
            return DOC_ERR0(doc_get(d, "within"), r->e, MSG_CORE_CHAIN_BACK);
        last = s->within_ms > 0 ? s->within_ms : last;
        out->chain_count++;
    }
    return RC_OK;
}

void chain_step_say(const struct atlas *atlas, const struct chain_step *s, enum lang lang,
                    struct buf *out)
{
    static const enum msg does[] = {[STEP_RECEIVE] = MSG_CORE_STEP_RECEIVE,
                                    [STEP_DECIDE] = MSG_CORE_STEP_DECIDE,
                                    [STEP_ACT] = MSG_CORE_STEP_ACT,
                                    [STEP_REPORT] = MSG_CORE_STEP_REPORT};
    char within[48];
    struct buf b = BUF_ON(within);
    struct arg what = arg_zh_en("", "");

    if (s->text.zh.len > 0) {
        what.zh = s->text.zh;
        what.en = s->text.en;
    } else {
        what = arg_zh_en(verb_row(s->order.verb)->zh, verb_row(s->order.verb)->name);
    }
    value_format(VK_MS, s->within_ms, atlas, lang, false, &b);
    const struct arg args[] = {names_arg(&atlas->names, ENT_AGENCY, s->agency),
                               arg_msg(does[s->does]), what, arg_s(within)};
    msg_format(out, lang, s->within_ms > 0 ? MSG_CORE_STEP_WITHIN : MSG_CORE_STEP, args,
               COUNT_OF(args));
}

/* --- phases --- */

struct phase_row {
    struct phase phase;
    const struct doc *questions;
};

#define AT(member) offsetof(struct phase_row, phase.member)
static const struct field phase_rows[] = {
    {.name = "id",
     .type = FIELD_NAME,
     .offset = AT(id),
     .required = true,
     .zh = "标识",
     .en = "id"},
    {.name = "title",
     .type = FIELD_TITLE,
     .offset = AT(title),
     .required = true,
     .zh = "阶段名称",
     .en = "title"},
    {.name = "from",
     .type = FIELD_MOMENT,
     .offset = AT(from_ms),
     .zh = "开始的时刻，与 after 二选一",
     .en = "begins at this moment; this or after"},
    {.name = "after",
     .type = FIELD_REF,
     .offset = AT(after),
     .entity = ENT_INJECT,
     .zh = "或自该注入触发时开始",
     .en = "or begins when that inject fires"},
    {.name = "room",
     .type = FIELD_DURATION,
     .offset = AT(room_ms),
     .low = 60,
     .high = 86400,
     .zh = "室内用时预算，省略为不限",
     .en = "time the room may take for it; no budget when absent"},
    {.name = "questions",
     .type = FIELD_DOC,
     .offset = offsetof(struct phase_row, questions),
     .choices = "scenario.title[]",
     .zh = "向各席位提出的问题，至多 3 个",
     .en = "questions put to the seats, at most 3"},
    {.name = "seats",
     .type = FIELD_REFS,
     .offset = AT(seats),
     .entity = ENT_AGENCY,
     .zh = "依次发言的单位",
     .en = "agencies that speak, in order"},
    {.name = "injects",
     .type = FIELD_REFS,
     .offset = AT(injects),
     .entity = ENT_INJECT,
     .zh = "属于本阶段的注入",
     .en = "injects that belong to it"},
    {.name = "decision",
     .type = FIELD_TITLE,
     .offset = AT(decision),
     .zh = "进入下一阶段前须作出的决定",
     .en = "what must be decided before the next begins"},
};
#undef AT

static enum rc read_questions(struct atlas_reading *r, const struct doc *list, struct phase *out)
{
    static const struct field rows[] = {
        {.name = "zh",
         .type = FIELD_TEXT,
         .offset = offsetof(struct title, zh),
         .required = true,
         .zh = "中文",
         .en = "Chinese"},
        {.name = "en",
         .type = FIELD_TEXT,
         .offset = offsetof(struct title, en),
         .zh = "英文",
         .en = "English"},
    };

    if (list != NULL && list->count > QUESTIONS_MAX)
        return section_full(r, list, QUESTIONS_MAX);
    for (const struct doc *d = list != NULL ? list->child : NULL; d != NULL; d = d->next) {
        struct title *q = &out->question[out->questions++];
        enum rc rc = RC_OK;
        if (d->index == 0)
            return DOC_ERR0(d, r->e, MSG_CORE_ATLAS_LIST);
        if (d->kind == DOC_TEXT)
            *q = (struct title){d->t, d->t};
        else
            rc = schema_read(d, rows, COUNT_OF(rows), NULL, NULL, q, r->e);
        if (rc != RC_OK)
            return rc;
        if (q->en.len == 0)
            q->en = q->zh;
    }
    return RC_OK;
}

/* What only phases together can show: the same id, a moment before the last one, an inject in two
 * of them. */
static enum rc check_against(struct atlas_reading *r, const struct doc *d, const struct phase *p,
                             int id)
{
    const struct atlas *at = r->atlas;

    for (int i = 0; i < id; i++) {
        const struct phase *before = &at->phase[i];
        if (text_eq(before->id, p->id))
            return DOC_ERR(doc_get(d, "id"), r->e, MSG_CORE_HERE_TWICE, arg_t(p->id));
        if (before->after < 0 && p->after < 0 && p->from_ms < before->from_ms)
            return DOC_ERR0(doc_get(d, "from"), r->e, MSG_CORE_PHASE_BACK);
        for (int k = 0; k < p->injects.count; k++)
            for (int n = 0; n < before->injects.count; n++)
                if (p->injects.id[k] == before->injects.id[n])
                    return DOC_ERR(doc_get(d, "injects"), r->e, MSG_CORE_PHASE_INJECT,
                                   names_arg(&at->names, ENT_INJECT, p->injects.id[k]),
                                   arg_t(before->id));
    }
    return RC_OK;
}

static enum rc accept_phase(struct atlas_reading *r, int id, const struct doc *d, void *row)
{
    struct phase_row *in = row;
    struct phase *p = &in->phase;

    if (row_has(d, "from") == row_has(d, "after"))
        return DOC_ERR(d, r->e, MSG_CORE_ATLAS_ONE_OF, arg_s("from"), arg_s("after"));
    if (p->from_ms > r->atlas->meta.length_ms)
        return DOC_ERR0(doc_get(d, "from"), r->e, MSG_CORE_ATLAS_TOO_LATE);
    enum rc rc = read_questions(r, in->questions, p);
    if (rc == RC_OK)
        rc = check_against(r, d, p, id);
    r->atlas->phase[id] = *p;
    r->atlas->phase_count = id + 1;
    return rc;
}

const struct section ATLAS_PHASES[] = {
    {"phases", ENT_COUNT, PHASE_MAX, phase_rows, COUNT_OF(phase_rows), sizeof(struct phase_row),
     accept_phase, "phases 阶段", "phases of the agenda"},
};
const int ATLAS_PHASES_COUNT = COUNT_OF(ATLAS_PHASES);

void phases_manual(enum lang lang, struct buf *out)
{
    schema_manual("agencies[].posts[]", post_rows, COUNT_OF(post_rows), lang, out);
    schema_manual("injects[].chain[]", step_rows, COUNT_OF(step_rows), lang, out);
}

void phases_stubs(struct buf *out)
{
    schema_stubs("scenario.posts", post_rows, COUNT_OF(post_rows), out);
    schema_stubs("scenario.chain", step_rows, COUNT_OF(step_rows), out);
}

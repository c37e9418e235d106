#include "session/model_case.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "core/world/world.h"
#include "hazard/hazards.h"
#include "script/script.h"
#include "session/inner.h"
#include "session/model_grid.h"

enum { ROWS_MAX = 1024, CASE_HAZARDS = 4 };

/* ---- what a case says ---- */

struct case_head {
    struct title title;
    struct text source;
    const struct doc *setup, *files, *works, *expect;
    int64_t run_ms;
};

#define AT(member) offsetof(struct case_head, member)
static const struct field head_fields[] = {
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true, .zh = "算例名称", .en = "title"},
    {.name = "source", .type = FIELD_TEXT, .offset = AT(source), .required = true, .zh = "期望值的来源", .en = "where the expected values come from"},
    {.name = "setup", .type = FIELD_DOC, .offset = AT(setup), .zh = "情景的有关各节；只算公式时省略", .en = "sections of a scenario; none when only formulas are worked"},
    {.name = "files", .type = FIELD_DOC, .offset = AT(files), .zh = "栅格：文件名 = { cell_m, value, east, north, boxes }", .en = "grids: name = { cell_m, value, east, north, boxes }"},
    {.name = "works", .type = FIELD_DOC, .offset = AT(works), .zh = "按时出现的作业线等", .en = "lines and the like, by time"},
    {.name = "run", .type = FIELD_DURATION, .offset = AT(run_ms), .low = 1, .high = 8640000, .dflt = 3600, .unit = "s", .zh = "推演时长", .en = "how long to run"},
    {.name = "expect", .type = FIELD_DOC, .offset = AT(expect), .required = true, .zh = "期望值", .en = "expected values"},
};
#undef AT

struct expect {
    struct title what;
    int64_t at_ms;
    struct text measure, probe, event, calc, result;
    double point[2];
    const struct doc *given;
    double want, absolute, relative, low, high, scale;
    struct text unit;
    const struct doc *doc;
};

#define NOT_GIVEN 1e300
#define AT(member) offsetof(struct expect, member)
static const struct field expect_fields[] = {
    {.name = "what", .type = FIELD_TITLE, .offset = AT(what), .zh = "说明", .en = "what it is"},
    {.name = "at", .type = FIELD_DURATION, .offset = AT(at_ms), .low = 0, .high = 8640000, .dflt = 0, .unit = "s", .zh = "何时；省略为推演结束", .en = "when; at the end of the run when absent"},
    {.name = "measure", .type = FIELD_TEXT, .offset = AT(measure), .zh = "灾害的某个量", .en = "a measure of the hazard"},
    {.name = "probe", .type = FIELD_TEXT, .offset = AT(probe), .zh = "某一点的量", .en = "a value at a point"},
    {.name = "point", .type = FIELD_POINT, .offset = AT(point), .unit = "m", .zh = "该点", .en = "the point"},
    {.name = "event", .type = FIELD_TEXT, .offset = AT(event), .zh = "某种事件的次数", .en = "how many events of a kind"},
    {.name = "calc", .type = FIELD_TEXT, .offset = AT(calc), .zh = "手算公式", .en = "a formula of tuiyan calc"},
    {.name = "given", .type = FIELD_DOC, .offset = AT(given), .zh = "公式的参数", .en = "its parameters"},
    {.name = "result", .type = FIELD_TEXT, .offset = AT(result), .zh = "公式的结果", .en = "its result"},
    {.name = "scale", .type = FIELD_NUM, .offset = AT(scale), .dflt = 1, .zh = "乘以此数再比较", .en = "what was got is multiplied by this"},
    {.name = "unit", .type = FIELD_TEXT, .offset = AT(unit), .zh = "乘后的单位", .en = "unit after that"},
    {.name = "value", .type = FIELD_NUM, .offset = AT(want), .dflt = NOT_GIVEN, .zh = "期望值", .en = "expected value"},
    {.name = "abs", .type = FIELD_NUM, .offset = AT(absolute), .dflt = 0, .zh = "绝对误差", .en = "tolerance, absolute"},
    {.name = "rel", .type = FIELD_NUM, .offset = AT(relative), .dflt = 0, .zh = "相对误差", .en = "tolerance, relative"},
    {.name = "low", .type = FIELD_NUM, .offset = AT(low), .dflt = NOT_GIVEN, .zh = "或：不小于", .en = "or: at least"},
    {.name = "high", .type = FIELD_NUM, .offset = AT(high), .dflt = NOT_GIVEN, .zh = "或：不大于", .en = "or: at most"},
};
#undef AT

#define AT(member) offsetof(struct work, member)
static const struct field work_fields[] = {
    {.name = "at", .type = FIELD_DURATION, .offset = AT(at_ms), .low = 0, .high = 8640000, .dflt = 0, .unit = "s", .zh = "何时", .en = "when"},
    {.name = "kind", .type = FIELD_WORD, .offset = AT(task), .words = VK_TASK,
     .zh = "哪一种任务的成果，省略为第一种沿线任务", .en = "the task that made it; the first along a line when absent"},
    {.name = "from", .type = FIELD_POINT, .offset = AT(ax), .required = true, .unit = "m", .zh = "起点", .en = "from"},
    {.name = "to", .type = FIELD_POINT, .offset = AT(bx), .required = true, .unit = "m", .zh = "终点", .en = "to"},
    {.name = "width", .type = FIELD_NUM, .offset = AT(amount), .low = 0, .high = 1000, .dflt = 10,
     .zh = "数量，按该任务自己的单位；沿线作业为宽度（米）", .en = "amount in the task's own unit; of work along a line its width in metres"},
    {.name = "lasts", .type = FIELD_DURATION, .offset = AT(until_ms), .low = 0, .high = 8640000, .dflt = 0, .unit = "s", .zh = "保持多久；省略为一直", .en = "how long; for good when absent"},
};
#undef AT

void case_manual(enum lang lang, struct buf *out)
{
    schema_manual("case", head_fields, COUNT_OF(head_fields), lang, out);
    schema_manual("case.expect[]", expect_fields, COUNT_OF(expect_fields), lang, out);
    schema_manual("case.works[]", work_fields, COUNT_OF(work_fields), lang, out);
    model_grid_manual(lang, out);
}

/* ---- the stage ---- */

struct stage {
    struct case_head head;
    struct folder_reader folder;
    struct script *script;
    struct names no_names;
    struct atlas atlas;
    struct world world;
    bool has_world;
    const struct hazard_ops *hazard[CASE_HAZARDS];
    void *self[CASE_HAZARDS];
    int hazards;
    struct work *work;
    int works;
    struct expect *expect;
    int64_t *count; /* by event kind */
    const struct calc_row *(*formula)(int i);
    struct arena *a;
    struct case_result *out;
};

static enum rc read_doc(struct stage *s, const char *path, const struct doc **doc, struct err *e)
{
    char folder[1024];
    const char *slash = strrchr(path, '/');
    struct text dir = slash ? (struct text){path, (int)(slash - path)} : TEXT(".");
    if (slash == path)
        dir = TEXT("/");
    if (!text_copy(folder, (int)sizeof(folder), dir))
        return ERR(e, RC_INPUT, MSG_SESSION_BAD_PATH, arg_s(path));
    enum rc rc = folder_reader_init(&s->folder, folder, e);
    if (rc != RC_OK)
        return rc;
    struct script_options opt = {.reader = folder_reader_source(&s->folder)};
    rc = script_open(&opt, &s->script, e);
    return rc == RC_OK ? script_load(s->script, slash ? slash + 1 : path, s->a, doc, e) : rc;
}

static enum rc read_works(struct stage *s, struct err *e)
{
    const struct doc *list = s->head.works;
    s->work = ARENA_NEW(s->a, struct work, list ? list->count + 1 : 1);
    if (!s->work)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list ? list->child : NULL; d; d = d->next) {
        struct work *w = &s->work[s->works];
        enum rc rc = schema_read(d, work_fields, COUNT_OF(work_fields), &s->no_names, s->a, w, e);
        if (rc != RC_OK)
            return rc;
        for (int32_t k = word_next(NULL, VK_TASK, -1); k >= 0 && w->task < 0; k = word_next(NULL, VK_TASK, k))
            w->task = task_row(NULL, k)->shape == TASK_STRETCH ? k : -1;
        w->team = w->line = w->asset = -1;
        w->until_ms = w->until_ms > 0 ? w->at_ms + w->until_ms : -1;
        s->works++;
    }
    return RC_OK;
}

static enum rc read_expect(struct stage *s, struct err *e)
{
    const struct doc *list = s->head.expect;
    if (list->count > ROWS_MAX)
        return DOC_ERR(list, e, MSG_SESSION_CASE_ROWS, arg_i(ROWS_MAX));
    s->expect = ARENA_NEW(s->a, struct expect, list->count + 1);
    s->out->row = ARENA_NEW(s->a, struct case_row, list->count + 1);
    if (!s->expect || !s->out->row)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list->child; d; d = d->next) {
        struct expect *x = &s->expect[s->out->rows];
        enum rc rc = schema_read(d, expect_fields, COUNT_OF(expect_fields), &s->no_names, s->a, x, e);
        if (rc != RC_OK)
            return rc;
        x->doc = d;
        int kinds = (x->measure.len > 0) + (x->probe.len > 0) + (x->event.len > 0) + (x->calc.len > 0);
        bool band = x->low < NOT_GIVEN || x->high < NOT_GIVEN;
        if (kinds != 1)
            return DOC_ERR0(d, e, MSG_SESSION_CASE_ONE);
        if (band == (x->want < NOT_GIVEN))
            return DOC_ERR0(d, e, MSG_SESSION_CASE_BAND);
        if (x->calc.len == 0 && !s->head.setup)
            return DOC_ERR0(d, e, MSG_SESSION_CASE_SETUP);
        if (doc_get(d, "at") == NULL)
            x->at_ms = s->head.run_ms;
        if (x->at_ms > s->head.run_ms)
            return DOC_ERR0(d, e, MSG_SESSION_CASE_LATE);
        s->out->rows++;
    }
    return RC_OK;
}

/* Grids the case draws itself, else files beside it. */
static enum rc read_for_hazard(void *ctx, struct text name, struct text *out, struct err *e)
{
    struct stage *s = ctx;
    char path[512], file[512];
    for (const struct doc *d = s->head.files ? s->head.files->child : NULL; d; d = d->next)
        if (text_eq(d->key, name))
            return model_grid_draw(d, &s->atlas.map, s->a, out, e);
    struct source_reader reader = folder_reader_source(&s->folder);
    if (!text_copy(file, (int)sizeof(file), name) || !text_copy(path, (int)sizeof(path), name))
        return ERR(e, RC_INPUT, MSG_SESSION_BAD_PATH, arg_t(name));
    struct text bytes;
    enum rc rc = reader.read(reader.ctx, file, &bytes, e);
    if (rc == RC_OK)
        *out = arena_text(s->a, bytes); /* the reader's bytes last until the next read */
    return rc == RC_OK && !out->at ? ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY) : rc;
}

static enum rc open_hazard(struct stage *s, const struct doc *d, struct err *e)
{
    const struct hazard_ops *ops = NULL;
    for (int i = 0; i < hazard_count; i++)
        if (text_is(d->key, hazard_table[i]->section))
            ops = hazard_table[i];
    if (!ops)
        return session_no_hazard(d, e);
    if (s->hazards == CASE_HAZARDS)
        return DOC_ERR(d, e, MSG_SESSION_HAZARDS, arg_i(CASE_HAZARDS));
    struct file_source files = {s, read_for_hazard};
    enum rc rc = ops->open(d, &s->atlas, files, 1, s->a, &s->self[s->hazards], e);
    if (rc == RC_OK)
        rc = hazard_wire(ops, s->self[s->hazards], &s->world, s->a, e);
    if (rc == RC_OK)
        s->hazard[s->hazards++] = ops;
    return rc;
}

static enum rc open_world(struct stage *s, struct err *e)
{
    s->count = ARENA_NEW(s->a, int64_t, EVENT_KINDS);
    if (!s->count)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (!s->head.setup)
        return RC_OK;
    enum rc rc = atlas_read_part(s->head.setup, s->a, &s->atlas, e);
    if (rc == RC_OK)
        rc = world_init(&s->world, &s->atlas, 1, s->a, e);
    const struct doc *list = doc_get(s->head.setup, "hazards");
    for (const struct doc *d = rc == RC_OK && list ? list->child : NULL; d && rc == RC_OK; d = d->next)
        rc = open_hazard(s, d, e);
    if (rc == RC_OK && s->hazards == 0)
        rc = DOC_ERR0(s->head.setup, e, MSG_SESSION_CASE_HAZARD);
    s->has_world = rc == RC_OK;
    return rc;
}

/* ---- reading off ---- */

static enum rc read_measure(struct stage *s, const struct expect *x, double *got, const char **unit, struct err *e)
{
    for (int h = 0; h < s->hazards; h++)
        for (int i = 0; i < s->hazard[h]->measure_count; i++)
            if (text_is(x->measure, s->hazard[h]->measures[i].name)) {
                *got = s->hazard[h]->measure(s->self[h], i);
                *unit = s->hazard[h]->measures[i].unit;
                return RC_OK;
            }
    return DOC_ERR(x->doc, e, MSG_SESSION_CASE_NO_MEASURE, arg_t(x->measure));
}

static enum rc read_probe(struct stage *s, const struct expect *x, double *got, const char **unit, struct err *e)
{
    for (int h = 0; h < s->hazards; h++)
        for (int i = 0; i < s->hazard[h]->probe_count; i++)
            if (text_is(x->probe, s->hazard[h]->probes[i].name)) {
                *got = s->hazard[h]->probe(s->self[h], i, x->point[0], x->point[1]);
                *unit = s->hazard[h]->probes[i].unit;
                return RC_OK;
            }
    return DOC_ERR(x->doc, e, MSG_SESSION_CASE_NO_PROBE, arg_t(x->probe));
}

/* "key = value" of a document, as it would be typed. */
static enum rc give(const struct calc_row *row, const struct doc *given, struct calc_input *in, struct err *e)
{
    for (const struct doc *d = given ? given->child : NULL; d; d = d->next) {
        char number[40];
        struct buf b = BUF_ON(number);
        buf_f64(&b, d->n);
        struct text value = d->kind == DOC_TEXT ? d->t : (struct text){number, b.len};
        enum rc rc = calc_argument(row, d->key, value, in, e);
        if (rc != RC_OK) {
            char where[256];
            struct buf w = BUF_ON(where);
            doc_where(d, &w);
            buf_str(&w, ": ");
            err_prefix(e, where);
            return rc;
        }
    }
    return RC_OK;
}

static enum rc read_calc(struct stage *s, const struct expect *x, double *got, const char **unit, struct err *e)
{
    const struct calc_row *row = NULL;
    for (int i = 0; s->formula(i); i++)
        if (text_is(x->calc, s->formula(i)->name))
            row = s->formula(i);
    if (!row)
        return DOC_ERR(x->doc, e, MSG_CALC_NONE, arg_t(x->calc));
    struct calc_input in;
    struct calc_output *out = ARENA_NEW(s->a, struct calc_output, 1);
    if (!out)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    out->arena = s->a;
    calc_begin(row, &in);
    enum rc rc = give(row, x->given, &in, e);
    if (rc == RC_OK)
        rc = calc_work(row, &in, out, e);
    if (rc != RC_OK)
        return rc;
    for (int i = 0; i < calc_results(row); i++)
        if (text_is(x->result, row->result[i].name) && out->value[i].kind == CALC_NUMBER) {
            *got = out->value[i].num;
            *unit = row->result[i].unit;
            return RC_OK;
        }
    return DOC_ERR(x->doc, e, MSG_SESSION_CASE_NO_RESULT, arg_t(x->calc), arg_t(x->result));
}

static enum rc read_event(struct stage *s, const struct expect *x, double *got, const char **unit, struct err *e)
{
    int kind = event_find(x->event);
    if (kind < 0)
        return DOC_ERR(x->doc, e, MSG_SESSION_NO_EVENT, arg_t(x->event));
    *got = (double)s->count[kind];
    *unit = "";
    return RC_OK;
}

static enum rc judge(struct stage *s, int i, struct err *e)
{
    const struct expect *x = &s->expect[i];
    struct case_row *row = &s->out->row[i];
    double got = 0.0;
    enum rc rc;
    if (x->measure.len > 0)
        rc = read_measure(s, x, &got, &row->unit, e);
    else if (x->probe.len > 0)
        rc = read_probe(s, x, &got, &row->unit, e);
    else if (x->event.len > 0)
        rc = read_event(s, x, &got, &row->unit, e);
    else
        rc = read_calc(s, x, &got, &row->unit, e);
    if (rc != RC_OK)
        return rc;
    row->what = x->what;
    if (row->what.zh.len == 0)
        row->what.zh = row->what.en = x->measure.len ? x->measure : x->probe.len ? x->probe : x->event.len ? x->event : x->result;
    if (x->unit.len > 0)
        row->unit = arena_text(s->a, x->unit).at;
    row->got = got * x->scale;
    row->want = x->want < NOT_GIVEN ? x->want : 0.0 / 0.0;
    row->tolerance = x->want < NOT_GIVEN ? num_max(x->absolute, x->relative * num_abs(x->want)) : 0.0;
    row->low = x->want < NOT_GIVEN ? x->want - row->tolerance : x->low < NOT_GIVEN ? x->low : -NOT_GIVEN;
    row->high = x->want < NOT_GIVEN ? x->want + row->tolerance : x->high;
    row->pass = row->got >= row->low && row->got <= row->high; /* NaN does not pass */
    s->out->failed += row->pass ? 0 : 1;
    return RC_OK;
}

/* ---- the run ---- */

static enum rc one_step(struct stage *s, struct err *e)
{
    struct world *w = &s->world;
    w->events = 0;
    for (int i = 0; i < s->works; i++)
        if (s->work[i].at_ms >= w->now_ms && s->work[i].at_ms < w->now_ms + w->tick_ms && !works_add(w->works, &s->work[i]))
            return ERR(e, RC_LIMIT, MSG_SESSION_CASE_WORKS, arg_i(WORKS_MAX));
    w->now_ms += w->tick_ms;
    world_step(w);
    if (w->overflow)
        return ERR(e, RC_LIMIT, MSG_SESSION_EVENTS, arg_i(STEP_EVENT_MAX));
    for (int k = 0; k < w->events; k++)
        s->count[w->event[k].kind]++;
    s->out->steps++;
    return RC_OK;
}

static enum rc run(struct stage *s, struct err *e)
{
    enum rc rc = RC_OK;
    for (;;) {
        int64_t now = s->has_world ? s->world.now_ms : s->head.run_ms;
        int64_t before = s->has_world && now > 0 ? now - s->world.tick_ms : -1;
        for (int i = 0; i < s->out->rows && rc == RC_OK; i++)
            if (s->expect[i].at_ms > before && s->expect[i].at_ms <= now)
                rc = judge(s, i, e);
        if (rc != RC_OK || now >= s->head.run_ms)
            return rc;
        rc = one_step(s, e);
    }
}

enum rc case_run(const char *path, const struct calc_row *(*formula)(int i), struct arena *a, struct case_result *out,
                 struct err *e)
{
    *out = (struct case_result){0};
    struct stage *s = calloc(1, sizeof(*s));
    const struct doc *doc;
    if (!s)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    s->a = a;
    s->out = out;
    s->formula = formula;
    enum rc rc = read_doc(s, path, &doc, e);
    if (rc == RC_OK)
        rc = schema_read(doc, head_fields, COUNT_OF(head_fields), &s->no_names, a, &s->head, e);
    if (rc == RC_OK)
        rc = read_works(s, e);
    if (rc == RC_OK)
        rc = read_expect(s, e);
    if (rc == RC_OK)
        rc = open_world(s, e);
    if (rc == RC_OK)
        rc = run(s, e);
    out->title = s->head.title;
    out->source = s->head.source;
    if (s->script)
        script_close(s->script);
    folder_reader_free(&s->folder);
    free(s);
    return rc;
}

#include "eval/rubric.h"

#include "base/num.h"

/* ---- the rows of a set ---- */

struct set_row {
    struct text id, version, source;
    struct title title, note;
    int32_t mark, combine;
    const struct doc *scales, *phases, *roles, *projects, *items, *grades;
    struct text cap;
};

#define SET(member) offsetof(struct set_row, member)
static const char marks[] = "V V2 K U D";
static const struct field set_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = SET(id), .required = true, .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = SET(title), .required = true, .zh = "名称；未核实的须写“自拟指标（参照……）”", .en = "name; an unverified set calls itself 自拟指标"},
    {.name = "version", .type = FIELD_TEXT, .offset = SET(version), .required = true, .zh = "版本", .en = "version"},
    {.name = "source", .type = FIELD_TEXT, .offset = SET(source), .required = true, .zh = "出处", .en = "source"},
    {.name = "mark", .type = FIELD_CHOICE, .offset = SET(mark), .required = true, .choices = marks, .zh = "核实标记：V 原文，V2 转引，K 经验，U 未核实，D 自拟", .en = "V read in full, V2 secondary copy, K practice, U unverified, D our own"},
    {.name = "note", .type = FIELD_TITLE, .offset = SET(note), .zh = "说明", .en = "note"},
    {.name = "combine", .type = FIELD_CHOICE, .offset = SET(combine), .choices = "mean median trimmed", .zh = "多位专家评分的合成：平均、中位数、去掉最高最低（5 人以上）", .en = "how experts' marks are put together; trimmed needs 5"},
    {.name = "scales", .type = FIELD_DOC, .offset = SET(scales), .zh = "等级量表", .en = "scales of choices"},
    {.name = "phases", .type = FIELD_DOC, .offset = SET(phases), .zh = "阶段", .en = "stages"},
    {.name = "roles", .type = FIELD_DOC, .offset = SET(roles), .zh = "评估角色", .en = "roles of evaluators"},
    {.name = "projects", .type = FIELD_DOC, .offset = SET(projects), .required = true, .zh = "评估项目", .en = "projects"},
    {.name = "items", .type = FIELD_DOC, .offset = SET(items), .required = true, .zh = "评估指标", .en = "items"},
    {.name = "grades", .type = FIELD_DOC, .offset = SET(grades), .zh = "等级界限，缺省优 90 良 75 一般 60 差", .en = "bounds of the grades; default 90, 75, 60"},
    {.name = "cap", .type = FIELD_TEXT, .offset = SET(cap), .dflt = 0, .zh = "否决后最高等级的标识，缺省 fair", .en = "the best grade a veto leaves; default fair"},
};

#define LEVEL(member) offsetof(struct rubric_level, member)
static const struct field level_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = LEVEL(id), .required = true, .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = LEVEL(title), .required = true, .zh = "等级", .en = "level"},
    {.name = "score", .type = FIELD_NUM, .offset = LEVEL(score), .low = 0, .high = 100, .zh = "折算得分", .en = "what it is worth"},
    {.name = "at_least", .type = FIELD_NUM, .offset = LEVEL(at_least), .dflt = -1, .low = -1, .high = 100, .zh = "得分达到此值即为本等级，缺省取与下一等级的中点", .en = "scores from here on are this level; default: halfway to the next"},
};

#define SCALE(member) offsetof(struct scale_row, member)
struct scale_row {
    struct text id;
    struct title title;
    const struct doc *levels;
};
static const struct field scale_rows[] = {
    {.name = "id", .type = FIELD_NAME, .offset = SCALE(id), .required = true, .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = SCALE(title), .required = true, .zh = "名称", .en = "name"},
    {.name = "levels", .type = FIELD_DOC, .offset = SCALE(levels), .required = true, .zh = "等级，由高到低", .en = "levels, best first"},
};

#define WORD(member) offsetof(struct rubric_project, member)
static const struct field project_rows[] = {
    {.name = "id", .type = FIELD_TEXT, .offset = WORD(id), .required = true, .zh = "标识", .en = "id"},
    {.name = "title", .type = FIELD_TITLE, .offset = WORD(title), .required = true, .zh = "名称", .en = "name"},
    {.name = "weight", .type = FIELD_NUM, .offset = WORD(weight), .dflt = 1, .low = 0, .high = 1000, .zh = "权重", .en = "weight"},
};
enum { WORD_ROWS = 2 }; /* stages and roles have no weight */

struct item_row {
    struct rubric_item i;
    struct text project, scale, phase, role;
    const struct doc *rule;
};
#define ITEM(member) offsetof(struct item_row, member)
static const struct field item_rows[] = {
    {.name = "id", .type = FIELD_TEXT, .offset = ITEM(i.id), .required = true, .zh = "编号，如 B2.2", .en = "id such as B2.2"},
    {.name = "text", .type = FIELD_TITLE, .offset = ITEM(i.text), .required = true, .zh = "评估内容", .en = "what is judged"},
    {.name = "guide", .type = FIELD_TITLE, .offset = ITEM(i.guide), .zh = "评估要点", .en = "what to look at"},
    {.name = "project", .type = FIELD_TEXT, .offset = ITEM(project), .required = true, .zh = "所属项目", .en = "project"},
    {.name = "method", .type = FIELD_CHOICE, .offset = ITEM(i.method), .required = true, .choices = "choice points measure", .zh = "方法：选择项、评分、定量测量", .en = "method"},
    {.name = "way", .type = FIELD_SET, .offset = ITEM(i.way), .required = true, .choices = "observe interview record log", .zh = "方式：观察、访谈、资料、系统日志", .en = "way"},
    {.name = "scale", .type = FIELD_TEXT, .offset = ITEM(scale), .zh = "选择项的量表", .en = "scale of a choice"},
    {.name = "max", .type = FIELD_NUM, .offset = ITEM(i.max), .dflt = 5, .low = 0.5, .high = 100, .zh = "评分的满分", .en = "full points"},
    {.name = "step", .type = FIELD_NUM, .offset = ITEM(i.step), .dflt = 0.5, .low = 0.01, .high = 100, .zh = "评分的步长", .en = "step of points"},
    {.name = "full", .type = FIELD_NUM, .offset = ITEM(i.full), .dflt = 1, .zh = "定量测量的满分值", .en = "measured value for 100"},
    {.name = "zero", .type = FIELD_NUM, .offset = ITEM(i.zero), .dflt = 0, .zh = "定量测量的零分值", .en = "measured value for 0"},
    {.name = "unit", .type = FIELD_TEXT, .offset = ITEM(i.unit), .zh = "计量单位", .en = "unit"},
    {.name = "weight", .type = FIELD_NUM, .offset = ITEM(i.weight), .dflt = 1, .low = 0.001, .high = 1000, .zh = "项目内权重", .en = "weight within its project"},
    {.name = "optional", .type = FIELD_BOOL, .offset = ITEM(i.optional), .zh = "可选项（▲），可不适用", .en = "may be not applicable"},
    {.name = "phase", .type = FIELD_TEXT, .offset = ITEM(phase), .zh = "阶段，缺省为全部", .en = "stage; default: every"},
    {.name = "role", .type = FIELD_TEXT, .offset = ITEM(role), .zh = "由何种评估角色填写，缺省为全部", .en = "which evaluators fill it; default: every"},
    {.name = "mark", .type = FIELD_CHOICE, .offset = ITEM(i.mark), .required = true, .choices = marks, .zh = "核实标记", .en = "mark of the source"},
    {.name = "source", .type = FIELD_TEXT, .offset = ITEM(i.source), .zh = "出处", .en = "source"},
    {.name = "auto", .type = FIELD_DOC, .offset = ITEM(rule), .zh = "自动取证规则，同 indicators", .en = "automatic evidence, as in indicators"},
    {.name = "veto", .type = FIELD_CHOICE, .offset = ITEM(i.veto), .choices = "none cap", .zh = "否决项", .en = "veto item"},
    {.name = "veto_below", .type = FIELD_NUM, .offset = ITEM(i.veto_below), .dflt = 50, .low = 0, .high = 100, .zh = "否决线", .en = "veto line"},
};

/* ---- reading ---- */

struct set_reading {
    const struct atlas *atlas;
    struct arena *a;
    struct rubric *out;
    struct err *e;
};

/* Ids of sheets: a letter or digit first, then letters, digits, dots, dashes and underscores. */
static bool id_ok(struct text id)
{
    if (id.len < 1 || id.len >= NAME_BYTES)
        return false;
    for (int i = 0; i < id.len; i++) {
        char c = id.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (i == 0 || (c != '.' && c != '-' && c != '_')))
            return false;
    }
    return true;
}

/* No id twice in a list of projects, scales, levels. */
static enum rc only_once(const struct set_reading *r, const struct doc *list, const struct doc *d, struct text id)
{
    for (const struct doc *b = list->child; b != d; b = b->next) {
        const struct doc *other = doc_get(b, "id");
        if (other && text_eq(other->t, id))
            return DOC_ERR(d, r->e, MSG_RUBRIC_TWICE, arg_t(id));
    }
    return RC_OK;
}

static enum rc too_many(const struct set_reading *r, const struct doc *d, int max)
{
    return d && d->count > max ? DOC_ERR(d, r->e, MSG_RUBRIC_TOO_MANY, arg_i(max)) : RC_OK;
}

/* Levels go down: each worth less than the one before, and reached from a lower score. */
static enum rc read_levels(struct set_reading *r, const struct doc *list, bool grades, struct rubric_level *level,
                           int *count)
{
    enum rc rc = too_many(r, list, RUBRIC_LEVELS_MAX);
    *count = 0;
    for (const struct doc *d = list ? list->child : NULL; d && rc == RC_OK; d = d->next) {
        struct rubric_level *l = &level[*count];
        rc = schema_read(d, level_rows, COUNT_OF(level_rows), NULL, r->a, l, r->e);
        if (rc == RC_OK)
            rc = only_once(r, list, d, l->id);
        if (rc == RC_OK && grades && l->at_least < 0)
            rc = DOC_ERR0(d, r->e, MSG_RUBRIC_GRADE_BOUND);
        if (rc == RC_OK && *count > 0 && (grades ? l[-1].at_least <= l->at_least : l[-1].score <= l->score))
            rc = DOC_ERR0(d, r->e, MSG_RUBRIC_LEVELS_FALL);
        (*count)++;
    }
    if (rc == RC_OK && list && *count < 2)
        return DOC_ERR0(list, r->e, MSG_RUBRIC_TWO_LEVELS);
    for (int i = 0; i < *count && rc == RC_OK; i++) {
        if (level[i].at_least < 0)
            level[i].at_least = i + 1 < *count ? (level[i].score + level[i + 1].score) / 2 : 0;
        if (i > 0 && level[i - 1].at_least <= level[i].at_least)
            rc = DOC_ERR0(doc_at(list, i + 1), r->e, MSG_RUBRIC_LEVELS_FALL);
    }
    return rc;
}

static enum rc read_scales(struct set_reading *r, const struct doc *list)
{
    struct rubric *out = r->out;
    enum rc rc = too_many(r, list, RUBRIC_SCALES_MAX);
    for (const struct doc *d = list ? list->child : NULL; d && rc == RC_OK; d = d->next) {
        struct scale_row row = {0};
        rc = schema_read(d, scale_rows, COUNT_OF(scale_rows), NULL, r->a, &row, r->e);
        if (rc == RC_OK)
            rc = only_once(r, list, d, row.id);
        if (rc != RC_OK)
            break;
        struct rubric_scale *s = &out->scale[out->scales++];
        s->id = row.id;
        s->title = row.title;
        rc = read_levels(r, row.levels, false, s->level, &s->levels);
    }
    return rc;
}

static enum rc read_words(struct set_reading *r, const struct doc *list, int max, bool weights,
                          void (*keep)(struct rubric *out, const struct rubric_project *row))
{
    enum rc rc = too_many(r, list, max);
    for (const struct doc *d = list ? list->child : NULL; d && rc == RC_OK; d = d->next) {
        struct rubric_project row = {0};
        rc = schema_read(d, project_rows, weights ? COUNT_OF(project_rows) : WORD_ROWS, NULL, r->a, &row, r->e);
        if (rc == RC_OK && !id_ok(row.id))
            rc = DOC_ERR(d, r->e, MSG_RUBRIC_BAD_ID, arg_t(row.id));
        if (rc == RC_OK)
            rc = only_once(r, list, d, row.id);
        if (rc == RC_OK)
            keep(r->out, &row);
    }
    return rc;
}

static void keep_phase(struct rubric *out, const struct rubric_project *row)
{
    out->phase[out->phases++] = (struct rubric_word){row->id, row->title};
}

static void keep_role(struct rubric *out, const struct rubric_project *row)
{
    out->role[out->roles++] = (struct rubric_word){row->id, row->title};
}

static void keep_project(struct rubric *out, const struct rubric_project *row)
{
    out->project[out->projects++] = *row;
}

/* The place of id in a list of structs that begin with their id; -1 and an error when it is not there. */
static enum rc find_word(struct set_reading *r, const struct doc *d, const char *key, struct text id, const void *list,
                         int count, size_t size, int32_t *out)
{
    const struct doc *at = doc_get(d, key);
    struct text near = {"", 0};
    int best = 4;
    *out = -1;
    for (int i = 0; i < count; i++) {
        struct text word = *(const struct text *)((const char *)list + (size_t)i * size);
        if (text_eq(word, id)) {
            *out = i;
            return RC_OK;
        }
        int distance = text_distance(word, id, best);
        if (distance < best) {
            best = distance;
            near = word;
        }
    }
    if (near.len > 0)
        return DOC_ERR(at ? at : d, r->e, MSG_RUBRIC_NO_WORD_NEAR, arg_t(id), arg_t(near));
    return DOC_ERR(at ? at : d, r->e, MSG_RUBRIC_NO_WORD, arg_t(id));
}

static enum rc read_rule(struct set_reading *r, const struct doc *d, struct item_row *row)
{
    row->i.has_rule = row->rule != NULL;
    if (!row->rule)
        return row->i.way == WAY_LOG ? DOC_ERR0(d, r->e, MSG_RUBRIC_LOG_RULE) : RC_OK;
    enum rc rc = eval_read_rule(row->rule, false, r->atlas, r->a, &row->i.rule, r->e);
    row->i.rule.id = row->i.id;
    row->i.rule.title = row->i.text;
    return rc;
}

static enum rc read_item(struct set_reading *r, const struct doc *d)
{
    struct rubric *out = r->out;
    struct item_row row = {0};
    enum rc rc = schema_read(d, item_rows, COUNT_OF(item_rows), NULL, r->a, &row, r->e);
    if (rc != RC_OK)
        return rc;
    if (!id_ok(row.i.id))
        return DOC_ERR(d, r->e, MSG_RUBRIC_BAD_ID, arg_t(row.i.id));
    if (rubric_find(out, row.i.id) >= 0)
        return DOC_ERR(d, r->e, MSG_RUBRIC_TWICE, arg_t(row.i.id));
    row.i.phase = row.i.role = row.i.scale = -1;
    rc = find_word(r, d, "project", row.project, out->project, out->projects, sizeof(out->project[0]), &row.i.project);
    if (rc == RC_OK && row.phase.len > 0)
        rc = find_word(r, d, "phase", row.phase, out->phase, out->phases, sizeof(out->phase[0]), &row.i.phase);
    if (rc == RC_OK && row.role.len > 0)
        rc = find_word(r, d, "role", row.role, out->role, out->roles, sizeof(out->role[0]), &row.i.role);
    if (rc == RC_OK && row.i.method == METHOD_CHOICE && row.scale.len == 0)
        rc = DOC_ERR0(d, r->e, MSG_RUBRIC_CHOICE_SCALE);
    if (rc == RC_OK && row.i.method == METHOD_CHOICE)
        rc = find_word(r, d, "scale", row.scale, out->scale, out->scales, sizeof(out->scale[0]), &row.i.scale);
    if (rc == RC_OK && row.i.method != METHOD_CHOICE && row.scale.len > 0)
        rc = DOC_ERR0(d, r->e, MSG_RUBRIC_SCALE_CHOICE);
    if (rc == RC_OK && row.i.method == METHOD_MEASURE && row.i.full == row.i.zero)
        rc = DOC_ERR0(d, r->e, MSG_EVAL_SAME_MARKS);
    if (rc == RC_OK)
        rc = read_rule(r, d, &row);
    if (rc == RC_OK)
        out->item[out->items++] = row.i;
    return rc;
}

/* Whose table could not be read calls itself our own. */
static enum rc check_name(struct set_reading *r, const struct doc *doc)
{
    static const struct text own = TEXT_INIT("自拟指标");
    const struct rubric *s = r->out;
    bool read = s->mark == SOURCE_FULL || s->mark == SOURCE_COPY;
    for (int i = 0; i < s->items && read; i++)
        read = s->item[i].mark == SOURCE_FULL || s->item[i].mark == SOURCE_COPY;
    if (read)
        return RC_OK;
    for (int i = 0; i + own.len <= s->title.zh.len; i++) {
        if (text_eq((struct text){s->title.zh.at + i, own.len}, own))
            return RC_OK;
    }
    const struct doc *at = doc_get(doc, "title");
    return DOC_ERR0(at ? at : doc, r->e, MSG_RUBRIC_OWN_NAME);
}

static const struct rubric_level usual_grades[] = {
    {TEXT_INIT("excellent"), {TEXT_INIT("优"), TEXT_INIT("excellent")}, 100, 90},
    {TEXT_INIT("good"), {TEXT_INIT("良"), TEXT_INIT("good")}, 0, 75},
    {TEXT_INIT("fair"), {TEXT_INIT("一般"), TEXT_INIT("fair")}, 0, 60},
    {TEXT_INIT("poor"), {TEXT_INIT("差"), TEXT_INIT("poor")}, 0, 0},
};

static void set_usual_grades(struct rubric *out)
{
    out->grades = COUNT_OF(usual_grades);
    for (int i = 0; i < out->grades; i++)
        out->grade[i] = usual_grades[i];
    out->cap = 2;
}

static enum rc read_grades(struct set_reading *r, const struct doc *doc, const struct set_row *row)
{
    struct rubric *out = r->out;
    if (!row->grades) {
        set_usual_grades(out);
    } else {
        enum rc rc = read_levels(r, row->grades, true, out->grade, &out->grades);
        if (rc != RC_OK)
            return rc;
        if (out->grade[out->grades - 1].at_least > 0)
            return DOC_ERR0(row->grades, r->e, MSG_RUBRIC_LAST_GRADE);
        out->cap = out->grades > 2 ? 2 : out->grades - 1;
    }
    if (row->cap.len == 0)
        return RC_OK;
    int32_t cap;
    enum rc rc = find_word(r, doc, "cap", row->cap, out->grade, out->grades, sizeof(out->grade[0]), &cap);
    out->cap = cap;
    return rc;
}

enum rc rubric_read(const struct doc *doc, const struct atlas *atlas, struct arena *a, struct rubric *out, struct err *e)
{
    struct set_reading r = {atlas, a, out, e};
    struct set_row row = {0};
    *out = (struct rubric){0};
    enum rc rc = schema_read(doc, set_rows, COUNT_OF(set_rows), NULL, a, &row, e);
    if (rc != RC_OK)
        return rc;
    out->id = row.id;
    out->title = row.title;
    out->version = row.version;
    out->source = row.source;
    out->note = row.note;
    out->mark = row.mark;
    out->combine = row.combine;
    rc = read_scales(&r, row.scales);
    if (rc == RC_OK)
        rc = read_words(&r, row.phases, RUBRIC_WORDS_MAX, false, keep_phase);
    if (rc == RC_OK)
        rc = read_words(&r, row.roles, RUBRIC_WORDS_MAX, false, keep_role);
    if (rc == RC_OK)
        rc = read_words(&r, row.projects, RUBRIC_PROJECTS_MAX, true, keep_project);
    if (rc == RC_OK)
        rc = read_grades(&r, doc, &row);
    if (rc == RC_OK)
        rc = too_many(&r, row.items, RUBRIC_ITEMS_MAX);
    out->item = rc == RC_OK ? ARENA_NEW(a, struct rubric_item, row.items->count + 1) : NULL;
    if (rc == RC_OK && !out->item)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = rc == RC_OK ? row.items->child : NULL; d && rc == RC_OK; d = d->next)
        rc = read_item(&r, d);
    if (rc == RC_OK && out->items == 0)
        rc = DOC_ERR0(row.items, e, MSG_RUBRIC_NO_ITEMS);
    return rc == RC_OK ? check_name(&r, doc) : rc;
}

enum rc rubric_of_scenario(const struct atlas *atlas, struct arena *a, struct rubric *out, struct err *e)
{
    struct evaluation ev;
    *out = (struct rubric){0};
    enum rc rc = eval_read(atlas, a, &ev, e);
    if (rc != RC_OK)
        return rc;
    out->id = TEXT("scenario");
    out->title = (struct title){TEXT("情景自动指标（自拟指标）"), TEXT("automatic indicators of the scenario (our own)")};
    out->version = TEXT("1");
    out->source = atlas->meta.name;
    out->mark = SOURCE_OWN;
    set_usual_grades(out);
    for (int o = 0; o < ATLAS_COUNT(atlas, ENT_OBJECTIVE) && o < RUBRIC_PROJECTS_MAX; o++)
        out->project[out->projects++] = (struct rubric_project){names_name(&atlas->names, ENT_OBJECTIVE, o),
                                                                atlas->objective[o].title, atlas->objective[o].weight};
    out->item = ARENA_NEW(a, struct rubric_item, ev.items + 1);
    if (!out->item)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < ev.items; i++) {
        const struct indicator *it = &ev.indicator[i];
        out->item[out->items++] = (struct rubric_item){
            .id = it->id, .text = it->title, .project = it->objective, .method = METHOD_POINTS, .scale = -1,
            .way = WAY_LOG, .max = 100, .step = 0.01, .full = it->full, .zero = it->zero, .weight = it->weight,
            .phase = -1, .role = -1, .mark = SOURCE_OWN, .source = it->source, .has_rule = true, .rule = *it,
            .veto = it->veto, .veto_below = it->veto_below};
    }
    return RC_OK;
}

int rubric_find(const struct rubric *r, struct text id)
{
    for (int i = 0; i < r->items; i++) {
        if (text_eq(r->item[i].id, id))
            return i;
    }
    return -1;
}

struct text rubric_nearest(const struct rubric *r, struct text id)
{
    struct text near = {"", 0};
    int best = id.len / 3 + 2;
    for (int i = 0; i < r->items; i++) {
        int distance = text_distance(r->item[i].id, id, best);
        if (distance < best) {
            best = distance;
            near = r->item[i].id;
        }
    }
    return near;
}

/* ---- marks ---- */

/* Ids are lower case; who writes P for p means the same. */
static bool is_id(struct text id, struct text word)
{
    for (int i = 0; i < word.len && i < id.len; i++) {
        char c = word.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != id.at[i])
            return false;
    }
    return word.len == id.len;
}

static bool is_level(const struct rubric_level *l, struct text word)
{
    return is_id(l->id, word) || text_eq(l->title.zh, word) || text_eq(l->title.en, word);
}

bool rubric_parse(const struct rubric *r, const struct rubric_item *it, struct text word, double *raw)
{
    double v;
    word = text_trim(word);
    int before = word.len - it->unit.len; /* "4 次": the unit may stand behind the number */
    if (it->unit.len > 0 && before > 0 && text_eq((struct text){word.at + before, it->unit.len}, it->unit))
        word = text_trim((struct text){word.at, before});
    bool number = text_to_f64(word, &v);
    if (it->method == METHOD_CHOICE) {
        const struct rubric_scale *s = &r->scale[it->scale];
        for (int i = 0; i < s->levels; i++) {
            if (is_level(&s->level[i], word)) {
                *raw = i;
                return true;
            }
        }
        return false;
    }
    if (!number)
        return false;
    *raw = v;
    if (it->method == METHOD_MEASURE)
        return true;
    double steps = v / it->step;
    return v >= 0 && v <= it->max && num_abs(steps - num_floor(steps + 0.5)) < 1e-6;
}

void rubric_format(const struct rubric *r, const struct rubric_item *it, double raw, enum lang lang, struct buf *out)
{
    if (it->method == METHOD_CHOICE) {
        int i = (int)raw;
        const struct rubric_scale *s = &r->scale[it->scale];
        if (i >= 0 && i < s->levels)
            buf_text(out, lang == LANG_ZH || s->level[i].title.en.len == 0 ? s->level[i].title.zh : s->level[i].title.en);
        return;
    }
    /* to the hundredth, without zeros at the end */
    double shown = num_floor(num_abs(raw) * 100.0 + 0.5) / 100.0;
    buf_f64(out, raw < 0 ? -shown : shown);
    if (it->unit.len > 0) {
        buf_char(out, ' ');
        buf_text(out, it->unit);
    }
}

void rubric_allowed(const struct rubric *r, const struct rubric_item *it, enum lang lang, struct buf *out)
{
    if (it->method == METHOD_CHOICE) {
        for (int i = 0; i < r->scale[it->scale].levels; i++) {
            if (i > 0)
                buf_str(out, " / ");
            rubric_format(r, it, i, lang, out);
        }
    } else if (it->method == METHOD_POINTS) {
        buf_str(out, "0 - ");
        buf_f64(out, it->max);
        buf_str(out, lang == LANG_ZH ? "，步长 " : ", in steps of ");
        buf_f64(out, it->step);
    } else {
        buf_str(out, lang == LANG_ZH ? "数值" : "a number");
        if (it->unit.len > 0) {
            buf_char(out, ' ');
            buf_text(out, it->unit);
        }
    }
}

double rubric_score(const struct rubric *r, const struct rubric_item *it, double raw)
{
    switch ((enum item_method)it->method) {
    case METHOD_CHOICE: {
        int i = (int)raw;
        const struct rubric_scale *s = &r->scale[it->scale];
        return s->level[i < 0 ? 0 : i < s->levels ? i : s->levels - 1].score;
    }
    case METHOD_POINTS:
        return num_clamp(raw / it->max, 0.0, 1.0) * 100.0;
    case METHOD_MEASURE:
        return eval_mark(raw, it->full, it->zero);
    }
    return 0.0;
}

int rubric_choice(const struct rubric_scale *s, double score)
{
    for (int i = 0; i + 1 < s->levels; i++) {
        if (score >= s->level[i].at_least)
            return i;
    }
    return s->levels - 1;
}

double rubric_raw(const struct rubric *r, const struct rubric_item *it, double score)
{
    switch ((enum item_method)it->method) {
    case METHOD_CHOICE:
        return rubric_choice(&r->scale[it->scale], score);
    case METHOD_POINTS:
        return num_floor(score / 100.0 * it->max / it->step + 0.5) * it->step;
    case METHOD_MEASURE:
        return it->zero + (it->full - it->zero) * score / 100.0;
    }
    return 0.0;
}

int rubric_grade(const struct rubric *r, double total)
{
    for (int i = 0; i + 1 < r->grades; i++) {
        if (total >= r->grade[i].at_least)
            return i;
    }
    return r->grades - 1;
}

struct title source_mark_title(int32_t mark)
{
    static const struct title titles[] = {{TEXT_INIT("已核原文"), TEXT_INIT("read in full")},
                                          {TEXT_INIT("据转引"), TEXT_INIT("from a secondary copy")},
                                          {TEXT_INIT("据从业经验"), TEXT_INIT("from practice")},
                                          {TEXT_INIT("未核实"), TEXT_INIT("unverified")},
                                          {TEXT_INIT("自拟"), TEXT_INIT("our own")}};
    return titles[mark >= 0 && mark < COUNT_OF(titles) ? mark : SOURCE_UNVERIFIED];
}

struct title item_method_title(int32_t method)
{
    static const struct title titles[] = {
        {TEXT_INIT("选择项"), TEXT_INIT("choice")}, {TEXT_INIT("评分"), TEXT_INIT("points")}, {TEXT_INIT("定量测量"), TEXT_INIT("measure")}};
    return titles[method >= 0 && method < COUNT_OF(titles) ? method : 0];
}

struct title combine_title(int32_t combine)
{
    static const struct title titles[] = {{TEXT_INIT("加权平均"), TEXT_INIT("weighted mean")},
                                          {TEXT_INIT("中位数"), TEXT_INIT("median")},
                                          {TEXT_INIT("去掉最高最低后平均"), TEXT_INIT("mean without highest and lowest")}};
    return titles[combine >= 0 && combine < COUNT_OF(titles) ? combine : 0];
}

void rubric_manual(enum lang lang, struct buf *out)
{
    schema_manual("indicator set", set_rows, COUNT_OF(set_rows), lang, out);
    schema_manual("scales[]", scale_rows, COUNT_OF(scale_rows), lang, out);
    schema_manual("scales[].levels[], grades[]", level_rows, COUNT_OF(level_rows), lang, out);
    schema_manual("projects[], phases[], roles[]", project_rows, COUNT_OF(project_rows), lang, out);
    schema_manual("items[]", item_rows, COUNT_OF(item_rows), lang, out);
}

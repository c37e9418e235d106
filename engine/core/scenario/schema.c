#include "core/scenario/schema.h"

#include <string.h>

#include "base/limits.h"
#include "base/num.h"
#include "core/order/vocab.h"
#include "core/scenario/units.h"

/* What every reader needs. */
struct reading {
    const struct names *names;
    struct arena *arena;
    struct err *e;
};

static const enum msg KIND_WORD[] = {
    [DOC_NIL] = MSG_CORE_TYPE_NIL,   [DOC_BOOL] = MSG_CORE_TYPE_BOOL,
    [DOC_INT] = MSG_CORE_TYPE_INT,   [DOC_NUM] = MSG_CORE_TYPE_NUM,
    [DOC_TEXT] = MSG_CORE_TYPE_TEXT, [DOC_TABLE] = MSG_CORE_TYPE_TABLE,
    [DOC_FUNC] = MSG_CORE_TYPE_FUNC,
};

static enum rc wrong_type(const struct doc *d, enum msg expected, struct err *e)
{
    return DOC_ERR(d, e, MSG_CORE_WRONG_TYPE, arg_msg(expected), arg_msg(KIND_WORD[d->kind]));
}

static bool is_number(const struct doc *d)
{
    return d->kind == DOC_INT || d->kind == DOC_NUM;
}

static double number_of(const struct doc *d)
{
    return d->kind == DOC_INT ? (double)d->i : d->n;
}

/* --- unknown keys --- */

static const struct field *find_row(const struct field *rows, int count, struct text key)
{
    for (int i = 0; i < count; i++)
        if (text_is(key, rows[i].name))
            return &rows[i];
    return NULL;
}

static enum rc unknown_key(const struct doc *d, const struct field *rows, int count, struct err *e)
{
    int best = d->key.len / 3 > 2 ? d->key.len / 3 + 1 : 3;
    const char *near = NULL;

    for (int i = 0; i < count; i++) {
        int distance = text_distance(d->key, text_of(rows[i].name), best);
        if (distance < best) {
            best = distance;
            near = rows[i].name;
        }
    }
    if (near != NULL)
        return DOC_ERR(d, e, MSG_CORE_UNKNOWN_KEY_NEAR, arg_t(d->key), arg_s(near));
    return DOC_ERR(d, e, MSG_CORE_UNKNOWN_KEY, arg_t(d->key));
}

static enum rc check_keys(const struct doc *table, const struct field *rows, int count,
                          struct err *e)
{
    for (const struct doc *d = table->child; d != NULL; d = d->next) {
        if (d->index > 0)
            return DOC_ERR(d, e, MSG_CORE_STRAY_ITEM, arg_i(d->index));
        if (find_row(rows, count, d->key) == NULL)
            return unknown_key(d, rows, count, e);
    }
    return RC_OK;
}

/* --- one reader a type; d is never NULL nor DOC_NIL --- */

/* " m" after a number, in both languages; nothing for a bare count. */
static struct arg unit_arg(const char *unit, struct buf *b)
{
    const struct unit_row *row = unit_find(text_of(unit));
    const char *zh = row != NULL ? row->zh : unit;
    const char *en = row != NULL ? row->en : unit;

    if (zh[0] == '\0' && en[0] == '\0')
        return arg_s("");
    buf_char(b, ' ');
    buf_str(b, zh);
    buf_char(b, '\0');
    const int cut = b->len;
    buf_char(b, ' ');
    buf_str(b, en);
    return arg_zh_en(b->at, b->at + cut);
}

static enum rc check_range(const struct doc *d, const struct field *f, double v, const char *unit,
                           struct err *e)
{
    char low[40], high[40], got[40], after[48];
    struct buf low_b = BUF_ON(low), high_b = BUF_ON(high), got_b = BUF_ON(got), after_b = BUF_ON(after);

    if (!num_is_finite(v))
        return DOC_ERR0(d, e, MSG_CORE_NOT_FINITE);
    if (!(f->low < f->high) || (v >= f->low && v <= f->high))
        return RC_OK;
    buf_f64(&low_b, f->low);
    buf_f64(&high_b, f->high);
    buf_f64(&got_b, v);
    return DOC_ERR(d, e, MSG_CORE_OUT_OF_RANGE, arg_s(got), arg_s(low), arg_s(high), unit_arg(unit, &after_b));
}

static const char *unit_of(const struct field *f)
{
    return f->unit != NULL ? f->unit : "";
}

static enum rc read_int(const struct doc *d, const struct field *f, int32_t *out, struct err *e)
{
    char after[48];
    struct buf after_b = BUF_ON(after);
    double v;
    enum rc rc;

    if (!is_number(d))
        return wrong_type(d, MSG_CORE_TYPE_INT, e);
    v = number_of(d);
    rc = check_range(d, f, v, unit_of(f), e);
    if (rc != RC_OK)
        return rc;
    if (v < (double)INT32_MIN || v > (double)INT32_MAX)
        return DOC_ERR(d, e, MSG_CORE_OUT_OF_RANGE, arg_d(v, 0), arg_i(INT32_MIN),
                       arg_i(INT32_MAX), unit_arg(unit_of(f), &after_b));
    /* 10 / 2 is 5.0 in Lua: a whole number all the same */
    if (v != num_floor(v))
        return wrong_type(d, MSG_CORE_TYPE_INT, e);
    *out = (int32_t)v;
    return RC_OK;
}

static enum rc read_num(const struct doc *d, const struct field *f, double *out, struct err *e)
{
    enum rc rc;

    if (!is_number(d))
        return wrong_type(d, MSG_CORE_TYPE_NUM, e);
    rc = check_range(d, f, number_of(d), unit_of(f), e);
    if (rc == RC_OK)
        *out = number_of(d);
    return rc;
}

static enum rc read_name(const struct doc *d, struct text *out, struct err *e)
{
    bool good;

    if (d->kind != DOC_TEXT)
        return wrong_type(d, MSG_CORE_TYPE_NAME, e);
    good = d->t.len > 0 && d->t.len < NAME_BYTES && d->t.at[0] >= 'a' && d->t.at[0] <= 'z';
    for (int i = 0; i < d->t.len && good; i++) {
        char c = d->t.at[i];
        good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
    if (!good)
        return DOC_ERR(d, e, MSG_CORE_BAD_NAME, arg_t(d->t), arg_i(NAME_BYTES - 1));
    *out = d->t;
    return RC_OK;
}

static enum rc read_title(const struct doc *d, struct title *out, struct err *e)
{
    static const struct field rows[] = {
        {.name = "zh", .type = FIELD_TEXT, .offset = offsetof(struct title, zh)},
        {.name = "en", .type = FIELD_TEXT, .offset = offsetof(struct title, en)},
    };
    enum rc rc;

    if (d->kind == DOC_TEXT) {
        out->zh = out->en = d->t;
        return RC_OK;
    }
    if (d->kind != DOC_TABLE || d->count == 0)
        return wrong_type(d, MSG_CORE_TYPE_TITLE, e);
    rc = schema_read(d, rows, COUNT_OF(rows), NULL, NULL, out, e);
    if (out->zh.len == 0)
        out->zh = out->en;
    if (out->en.len == 0)
        out->en = out->zh;
    return rc;
}

static bool seconds_to_ms(double s, int64_t *out)
{
    /* 366 days, as duration_parse has it */
    if (!(s >= 0.0 && s <= 366.0 * 86400.0))
        return false;
    *out = (int64_t)num_round(s * 1000.0);
    return true;
}

static enum rc bad_time(const struct doc *d, const struct field *f, struct err *e)
{
    char number[40];
    struct buf b = BUF_ON(number);
    enum msg id = f->type == FIELD_MOMENT ? MSG_CORE_BAD_MOMENT : MSG_CORE_BAD_DURATION;

    if (is_number(d))
        buf_f64(&b, number_of(d));
    return DOC_ERR(d, e, id, is_number(d) ? arg_s(number) : arg_t(d->t));
}

static enum rc read_time(const struct doc *d, const struct field *f, const struct reading *r,
                         int64_t *out)
{
    int64_t start = r->names != NULL ? r->names->start_clock_ms : 0;
    bool moment = f->type == FIELD_MOMENT;
    bool good;

    if (is_number(d))
        good = seconds_to_ms(number_of(d), out);
    else if (d->kind != DOC_TEXT)
        return wrong_type(d, moment ? MSG_CORE_TYPE_MOMENT : MSG_CORE_TYPE_DURATION, r->e);
    else
        good = moment ? moment_parse(d->t, start, out) : duration_parse(d->t, out);
    if (!good)
        return bad_time(d, f, r->e);
    return check_range(d, f, (double)*out / 1000.0, "s", r->e);
}

static enum rc read_point(const struct doc *d, double *out, struct err *e)
{
    const struct doc *x = doc_at(d, 1);
    const struct doc *y = doc_at(d, 2);

    if (d->kind != DOC_TABLE)
        return wrong_type(d, MSG_CORE_TYPE_POINT, e);
    if (x == NULL && y == NULL) {
        x = doc_get(d, "x");
        y = doc_get(d, "y");
    }
    if (d->count != 2 || x == NULL || y == NULL || !is_number(x) || !is_number(y))
        return DOC_ERR0(d, e, MSG_CORE_BAD_POINT);
    if (!num_is_finite(number_of(x)) || !num_is_finite(number_of(y)))
        return DOC_ERR0(d, e, MSG_CORE_NOT_FINITE);
    out[0] = number_of(x);
    out[1] = number_of(y);
    return RC_OK;
}

static enum rc read_choice(const struct doc *d, const struct field *f, int32_t *out, struct err *e)
{
    struct text rest = text_of(f->choices);
    struct text near = {"", 0};
    int best = d->t.len / 3 > 2 ? d->t.len / 3 + 1 : 3;

    if (d->kind != DOC_TEXT)
        return wrong_type(d, f->type == FIELD_SET ? MSG_CORE_TYPE_SET : MSG_CORE_TYPE_CHOICE, e);
    for (int i = 0;; i++) {
        struct text word = text_word(&rest);
        if (word.len == 0)
            break;
        if (text_eq(word, d->t)) {
            *out = i;
            return RC_OK;
        }
        int distance = text_distance(d->t, word, best);
        if (distance < best) {
            best = distance;
            near = word;
        }
    }
    if (near.len > 0)
        return DOC_ERR(d, e, MSG_CORE_BAD_CHOICE_NEAR, arg_t(d->t), arg_t(near),
                       arg_s(f->choices));
    return DOC_ERR(d, e, MSG_CORE_BAD_CHOICE, arg_t(d->t), arg_s(f->choices));
}

static enum rc read_set(const struct doc *d, const struct field *f, uint32_t *out, struct err *e)
{
    int32_t bit = 0;
    enum rc rc = RC_OK;

    *out = 0;
    if (d->kind == DOC_TEXT) {
        rc = read_choice(d, f, &bit, e);
        *out = (uint32_t)1 << bit;
        return rc;
    }
    if (d->kind != DOC_TABLE)
        return wrong_type(d, MSG_CORE_TYPE_SET, e);
    for (const struct doc *item = d->child; item != NULL && rc == RC_OK; item = item->next) {
        if (item->index == 0)
            return wrong_type(d, MSG_CORE_TYPE_SET, e);
        rc = read_choice(item, f, &bit, e);
        ASSERT(bit < 32);
        *out |= (uint32_t)1 << bit;
    }
    return rc;
}

/* A word of a kind that hazards add to. */
static enum rc read_word(const struct doc *d, enum value_kind kind, const struct names *n, int32_t *out,
                         struct err *e)
{
    char list[512];
    struct buf b = BUF_ON(list);
    const char *near = NULL;
    int best = d->t.len / 3 > 2 ? d->t.len / 3 + 1 : 3;

    if (d->kind != DOC_TEXT)
        return wrong_type(d, MSG_CORE_TYPE_CHOICE, e);
    for (int32_t v = word_next(n, kind, -1); v >= 0; v = word_next(n, kind, v)) {
        const char *name = word_name(n, kind, v);
        if (text_is(d->t, name)) {
            *out = v;
            return RC_OK;
        }
        int distance = text_distance(d->t, text_of(name), best);
        if (distance < best) {
            best = distance;
            near = name;
        }
        if (b.len > 0)
            buf_char(&b, ' ');
        buf_str(&b, name);
    }
    if (near != NULL)
        return DOC_ERR(d, e, MSG_CORE_BAD_CHOICE_NEAR, arg_t(d->t), arg_s(near), arg_s(list));
    return DOC_ERR(d, e, MSG_CORE_BAD_CHOICE, arg_t(d->t), arg_s(list));
}

static enum rc read_tasks(const struct doc *d, const struct names *n, struct task_set *out, struct err *e)
{
    enum rc rc = RC_OK;
    int32_t task = 0;

    *out = (struct task_set){{0}};
    if (d->kind == DOC_TEXT) {
        rc = read_word(d, VK_TASK, n, &task, e);
        if (rc == RC_OK)
            task_set_add(out, task);
        return rc;
    }
    if (d->kind != DOC_TABLE)
        return wrong_type(d, MSG_CORE_TYPE_SET, e);
    for (const struct doc *item = d->child; item != NULL && rc == RC_OK; item = item->next) {
        if (item->index == 0)
            return wrong_type(d, MSG_CORE_TYPE_SET, e);
        rc = read_word(item, VK_TASK, n, &task, e);
        if (rc == RC_OK)
            task_set_add(out, task);
    }
    return rc;
}

static struct arg entity_arg(enum entity kind)
{
    struct title t = entity_title(kind);
    struct arg a = arg_zh_en("", "");

    a.zh = t.zh;
    a.en = t.en;
    return a;
}

static enum rc wrong_ref(const struct doc *d, const struct field *f, struct err *e)
{
    char zh[80], en[80];
    struct buf zh_b = BUF_ON(zh), en_b = BUF_ON(en);
    struct arg kind = entity_arg(f->entity);
    enum msg id = f->type == FIELD_REFS ? MSG_CORE_TYPE_REFS : MSG_CORE_TYPE_REF;

    msg_format(&zh_b, LANG_ZH, id, &kind, 1);
    msg_format(&en_b, LANG_EN, id, &kind, 1);
    return DOC_ERR(d, e, MSG_CORE_WRONG_TYPE, arg_zh_en(zh, en), arg_msg(KIND_WORD[d->kind]));
}

static enum rc read_ref(const struct doc *d, const struct field *f, const struct reading *r,
                        int32_t *out)
{
    struct text near;

    ASSERT(r->names != NULL);
    if (d->kind != DOC_TEXT)
        return wrong_ref(d, f, r->e);
    *out = names_find(r->names, f->entity, d->t);
    if (*out >= 0)
        return RC_OK;
    near = names_nearest(r->names, f->entity, d->t);
    if (near.len > 0)
        return DOC_ERR(d, r->e, MSG_CORE_UNKNOWN_REF_NEAR, entity_arg(f->entity), arg_t(d->t),
                       arg_t(near));
    return DOC_ERR(d, r->e, MSG_CORE_UNKNOWN_REF, entity_arg(f->entity), arg_t(d->t));
}

static enum rc read_refs(const struct doc *d, const struct field *f, const struct reading *r,
                         struct id_list *out)
{
    enum rc rc = RC_OK;

    if (d->kind != DOC_TABLE)
        return wrong_ref(d, f, r->e);
    if (d->count == 0)
        return RC_OK;
    out->id = ARENA_NEW(r->arena, int32_t, d->count);
    if (out->id == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *item = d->child; item != NULL && rc == RC_OK; item = item->next) {
        if (item->index == 0)
            return wrong_ref(d, f, r->e);
        rc = read_ref(item, f, r, &out->id[out->count]);
        if (rc == RC_OK)
            out->count++;
    }
    return rc;
}

/* --- rows --- */

static void set_default(const struct field *f, void *at)
{
    const double dflt = f->dflt;

    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_NAME:
        *(struct text *)at = (struct text){"", 0};
        break;
    case FIELD_TITLE:
        *(struct title *)at = (struct title){{"", 0}, {"", 0}};
        break;
    case FIELD_BOOL:
        *(bool *)at = dflt > 0.0;
        break;
    case FIELD_INT:
    case FIELD_CHOICE:
        *(int32_t *)at = (int32_t)dflt;
        break;
    case FIELD_NUM:
        *(double *)at = dflt;
        break;
    case FIELD_DURATION:
    case FIELD_MOMENT:
        *(int64_t *)at = (int64_t)num_round(dflt * 1000.0);
        break;
    case FIELD_POINT:
        memset(at, 0, 2 * sizeof(double));
        break;
    case FIELD_SET:
        *(uint32_t *)at = (uint32_t)dflt;
        break;
    case FIELD_TASKS:
        *(struct task_set *)at = (struct task_set){{0}};
        break;
    case FIELD_WORD:
    case FIELD_REF:
    case FIELD_FUNC:
        *(int32_t *)at = -1;
        break;
    case FIELD_REFS:
        *(struct id_list *)at = (struct id_list){NULL, 0};
        break;
    case FIELD_DOC:
        *(const struct doc **)at = NULL;
        break;
    }
}

static enum rc read_field(const struct doc *d, const struct field *f, const struct reading *r,
                          void *at)
{
    switch (f->type) {
    case FIELD_TEXT:
        if (d->kind != DOC_TEXT)
            return wrong_type(d, MSG_CORE_TYPE_TEXT, r->e);
        *(struct text *)at = d->t;
        return RC_OK;
    case FIELD_NAME:
        return read_name(d, at, r->e);
    case FIELD_TITLE:
        return read_title(d, at, r->e);
    case FIELD_BOOL:
        if (d->kind != DOC_BOOL)
            return wrong_type(d, MSG_CORE_TYPE_BOOL, r->e);
        *(bool *)at = d->b;
        return RC_OK;
    case FIELD_INT:
        return read_int(d, f, at, r->e);
    case FIELD_NUM:
        return read_num(d, f, at, r->e);
    case FIELD_DURATION:
    case FIELD_MOMENT:
        return read_time(d, f, r, at);
    case FIELD_POINT:
        return read_point(d, at, r->e);
    case FIELD_CHOICE:
        return read_choice(d, f, at, r->e);
    case FIELD_SET:
        return read_set(d, f, at, r->e);
    case FIELD_WORD:
        return read_word(d, (enum value_kind)f->words, r->names, at, r->e);
    case FIELD_TASKS:
        return read_tasks(d, r->names, at, r->e);
    case FIELD_REF:
        return read_ref(d, f, r, at);
    case FIELD_REFS:
        return read_refs(d, f, r, at);
    case FIELD_DOC:
        if (d->kind != DOC_TABLE)
            return wrong_type(d, MSG_CORE_TYPE_TABLE, r->e);
        *(const struct doc **)at = d;
        return RC_OK;
    case FIELD_FUNC:
        if (d->kind != DOC_FUNC)
            return wrong_type(d, MSG_CORE_TYPE_FUNC, r->e);
        *(int32_t *)at = d->func;
        return RC_OK;
    }
    return RC_INTERNAL;
}

enum rc schema_read(const struct doc *table, const struct field *rows, int row_count,
                    const struct names *names, struct arena *a, void *out, struct err *e)
{
    const struct reading r = {names, a, e};
    enum rc rc = RC_OK;

    for (int i = 0; i < row_count; i++)
        set_default(&rows[i], (char *)out + rows[i].offset);
    if (table != NULL && table->kind != DOC_TABLE)
        return wrong_type(table, MSG_CORE_TYPE_TABLE, e);
    if (table != NULL)
        rc = check_keys(table, rows, row_count, e);
    for (int i = 0; i < row_count && rc == RC_OK; i++) {
        const struct doc *d = doc_get(table, rows[i].name);
        if (d != NULL && d->kind != DOC_NIL)
            rc = read_field(d, &rows[i], &r, (char *)out + rows[i].offset);
        else if (rows[i].required)
            rc = DOC_ERR(table, e, MSG_CORE_MISSING_KEY, arg_s(rows[i].name),
                         arg_zh_en(rows[i].zh != NULL ? rows[i].zh : "",
                                   rows[i].en != NULL ? rows[i].en : ""));
    }
    return rc;
}

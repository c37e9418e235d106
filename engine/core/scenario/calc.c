#include "core/scenario/calc.h"

#include "base/num.h"

int calc_params(const struct calc_row *row)
{
    int n = 0;
    while (row->param && n < CALC_PARAMS && row->param[n].name)
        n++;
    return n;
}

int calc_results(const struct calc_row *row)
{
    int n = 0;
    while (n < CALC_RESULTS && row->result[n].name)
        n++;
    return n;
}

/* ---- numbers as people write them ---- */

/* "3", "1/3", "6%", "1e-3" */
static bool read_number(struct text t, double *out)
{
    double scale = 1.0, over, under;
    if (t.len > 1 && t.at[t.len - 1] == '%') {
        scale = 100.0;
        t.len--;
    }
    int slash = 0;
    while (slash < t.len && t.at[slash] != '/')
        slash++;
    if (!text_to_f64((struct text){t.at, slash}, &over))
        return false;
    if (slash == t.len) {
        *out = over / scale;
        return true;
    }
    if (!text_to_f64((struct text){t.at + slash + 1, t.len - slash - 1}, &under) || under == 0.0)
        return false;
    *out = over / under / scale;
    return true;
}

/* ---- arguments ---- */

struct text calc_choice(const struct calc_param *p, int index)
{
    struct text rest = text_of(p->choices), word = text_word(&rest);
    for (int i = 0; i < index && word.len > 0; i++)
        word = text_word(&rest);
    return word;
}

void calc_begin(const struct calc_row *row, struct calc_input *in)
{
    *in = (struct calc_input){0};
    for (int i = 0; i < calc_params(row); i++)
        in->num[i] = row->param[i].dflt;
}

static enum rc unknown_key(const struct calc_row *row, struct text key, struct err *e)
{
    int best = 4;
    const char *near = NULL;
    char all[512];
    struct buf b = BUF_ON(all);
    for (int i = 0; i < calc_params(row); i++) {
        int d = text_distance(key, text_of(row->param[i].name), best);
        if (d < best) {
            best = d;
            near = row->param[i].name;
        }
        buf_str(&b, i > 0 ? ", " : "");
        buf_str(&b, row->param[i].name);
    }
    if (near)
        return ERR(e, RC_INPUT, MSG_CALC_NO_KEY_NEAR, arg_s(row->name), arg_t(key), arg_s(near));
    if (b.len == 0)
        return ERR(e, RC_INPUT, MSG_CALC_NO_KEYS, arg_s(row->name), arg_t(key));
    return ERR(e, RC_INPUT, MSG_CALC_NO_KEY, arg_s(row->name), arg_t(key), arg_s(all));
}

static enum rc read_choice(const struct calc_param *p, struct text value, double *out,
                           struct err *e)
{
    int best = 4;
    struct text near = {"", 0}, word;
    for (int i = 0; (word = calc_choice(p, i)).len > 0; i++) {
        if (text_eq(word, value)) {
            *out = i;
            return RC_OK;
        }
        int d = text_distance(value, word, best);
        if (d < best) {
            best = d;
            near = word;
        }
    }
    if (near.len > 0)
        return ERR(e, RC_INPUT, MSG_CALC_NO_WORD_NEAR, arg_s(p->name), arg_t(value), arg_t(near));
    return ERR(e, RC_INPUT, MSG_CALC_NO_WORD, arg_s(p->name), arg_t(value), arg_s(p->choices));
}

/* A fraction of one needs no unit in a sentence. */
static const char *unit_word(const struct calc_param *p)
{
    return text_is(text_of(p->unit), "1") ? "" : p->unit;
}

static enum rc check_range(const struct calc_param *p, struct text value, double v, struct err *e)
{
    char low[40], high[40];
    struct buf low_b = BUF_ON(low), high_b = BUF_ON(high);
    if (!(p->low < p->high) || (v >= p->low && v <= p->high))
        return RC_OK;
    buf_f64(&low_b, p->low);
    buf_f64(&high_b, p->high);
    return ERR(e, RC_INPUT, MSG_CALC_RANGE, arg_s(p->name), arg_t(value), arg_s(low), arg_s(high),
               arg_s(unit_word(p)));
}

enum rc calc_argument(const struct calc_row *row, struct text key, struct text value,
                      struct calc_input *in, struct err *e)
{
    int i = 0, count = calc_params(row);
    while (i < count && !text_is(key, row->param[i].name))
        i++;
    if (i == count)
        return unknown_key(row, key, e);
    const struct calc_param *p = &row->param[i];
    if (in->given[i])
        return ERR(e, RC_INPUT, MSG_CALC_TWICE, arg_s(p->name));
    in->given[i] = true;
    if (p->choices)
        return read_choice(p, value, &in->num[i], e);
    if (!read_number(value, &in->num[i]))
        return ERR(e, RC_INPUT, MSG_CALC_NUMBER, arg_s(p->name), arg_t(value), arg_s(unit_word(p)));
    return check_range(p, value, in->num[i], e);
}

enum rc calc_work(const struct calc_row *row, const struct calc_input *in, struct calc_output *out,
                  struct err *e)
{
    for (int i = 0; i < calc_params(row); i++) {
        const struct calc_param *p = &row->param[i];
        if (!in->given[i] && p->dflt != p->dflt)
            return ERR(e, RC_INPUT, MSG_CALC_MISSING, arg_s(row->name), arg_s(p->name),
                       arg_zh_en(p->zh, p->en), arg_s(p->choices ? p->choices : unit_word(p)));
    }
    if (row->table_zh && in->matrices == 0)
        return ERR(e, RC_INPUT, MSG_CALC_WANTS_TABLE, arg_s(row->name),
                   arg_zh_en(row->table_zh, row->table_en));
    if (!row->table_zh && in->matrices > 0)
        return ERR(e, RC_INPUT, MSG_CALC_NO_TABLE, arg_s(row->name));
    return row->work(in, out, e);
}

/* ---- tables ---- */

struct table_reader {
    struct text name;
    int line;
    double *value; /* of all matrices, one after another */
    int values, cap;
    struct calc_matrix *matrix;
    int matrices;
    struct err *e;
};

static bool is_gap(char c)
{
    return c == ' ' || c == '\t' || c == ',' || c == ';' || c == '\r';
}

/* One line; values counts those of it. */
static enum rc read_line(struct table_reader *r, struct text line, int *values)
{
    *values = 0;
    for (int at = 0; at < line.len && line.at[at] != '#';) {
        if (is_gap(line.at[at])) {
            at++;
            continue;
        }
        int end = at;
        while (end < line.len && !is_gap(line.at[end]) && line.at[end] != '#')
            end++;
        struct text word = {line.at + at, end - at};
        double v = 0.0 / 0.0;
        if (!text_is(word, "*") && !read_number(word, &v))
            return ERR(r->e, RC_INPUT, MSG_CALC_TABLE_NUMBER, arg_t(r->name), arg_i(r->line),
                       arg_i(*values + 1), arg_t(word));
        ASSERT(r->values < r->cap);
        r->value[r->values++] = v;
        (*values)++;
        at = end;
    }
    return RC_OK;
}

/* The number of values and of matrices can be at most this. */
static int count_words(struct text bytes, int *lines)
{
    int words = 0;
    *lines = 1;
    for (int i = 0; i < bytes.len; i++) {
        bool gap = is_gap(bytes.at[i]) || bytes.at[i] == '\n';
        words += !gap && (i == 0 || is_gap(bytes.at[i - 1]) || bytes.at[i - 1] == '\n');
        *lines += bytes.at[i] == '\n';
    }
    return words;
}

static enum rc read_lines(struct table_reader *r, struct text bytes)
{
    bool open = false; /* within a matrix */
    for (int at = 0; at < bytes.len;) {
        int end = at, values, start = r->values;
        while (end < bytes.len && bytes.at[end] != '\n')
            end++;
        r->line++;
        enum rc rc = read_line(r, (struct text){bytes.at + at, end - at}, &values);
        if (rc != RC_OK)
            return rc;
        bool comment = text_starts(text_trim((struct text){bytes.at + at, end - at}), "#");
        at = end + 1;
        if (values == 0) {
            open = open && comment;
            continue;
        }
        if (!open)
            r->matrix[r->matrices++] = (struct calc_matrix){0, values, r->value + start};
        open = true;
        struct calc_matrix *m = &r->matrix[r->matrices - 1];
        if (values != m->cols)
            return ERR(r->e, RC_INPUT, MSG_CALC_TABLE_RAGGED, arg_t(r->name), arg_i(r->line),
                       arg_i(values), arg_i(m->cols));
        m->rows++;
    }
    return RC_OK;
}

enum rc calc_read_table(struct text bytes, struct text name, struct arena *a,
                        struct calc_matrix **matrix, int *matrices, struct err *e)
{
    int lines, words = count_words(bytes, &lines);
    if (words == 0)
        return ERR(e, RC_INPUT, MSG_CALC_TABLE_EMPTY, arg_t(name));
    if (words > CALC_CELLS_MAX)
        return ERR(e, RC_LIMIT, MSG_CALC_TABLE_LARGE, arg_t(name), arg_i(CALC_CELLS_MAX));
    struct table_reader r = {.name = name, .cap = words, .e = e};
    r.value = ARENA_NEW(a, double, words);
    r.matrix = ARENA_NEW(a, struct calc_matrix, lines);
    if (!r.value || !r.matrix)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    enum rc rc = read_lines(&r, bytes);
    if (rc == RC_OK && r.matrices == 0)
        rc = ERR(e, RC_INPUT, MSG_CALC_TABLE_EMPTY, arg_t(name));
    *matrix = r.matrix;
    *matrices = rc == RC_OK ? r.matrices : 0;
    return rc;
}

/* ---- results ---- */

void calc_set(struct calc_output *out, int i, double v)
{
    ASSERT(i >= 0 && i < CALC_RESULTS);
    out->value[i].kind = CALC_NUMBER;
    out->value[i].num = v;
}

void calc_set_title(struct calc_output *out, int i, const char *zh, const char *en)
{
    ASSERT(i >= 0 && i < CALC_RESULTS);
    out->value[i].kind = CALC_TITLE;
    out->value[i].title = (struct title){text_of(zh), text_of(en)};
}

double *calc_set_matrix(struct calc_output *out, int i, int rows, int cols)
{
    ASSERT(i >= 0 && i < CALC_RESULTS && rows > 0 && cols > 0);
    struct calc_value *v = &out->value[i];
    v->vector = ARENA_NEW(out->arena, double, (size_t)rows * (size_t)cols);
    if (!v->vector)
        return NULL;
    v->kind = CALC_VECTOR;
    v->rows = rows;
    v->cols = cols;
    return v->vector;
}

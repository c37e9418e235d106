/* The author's manual printed from schema rows; declared in schema.h. */
#include "core/scenario/schema.h"

#include "core/order/vocab.h"

static const enum msg TYPE_WORD[] = {
    [FIELD_TEXT] = MSG_CORE_TYPE_TEXT,         [FIELD_NAME] = MSG_CORE_TYPE_NAME,
    [FIELD_TITLE] = MSG_CORE_TYPE_TITLE,       [FIELD_BOOL] = MSG_CORE_TYPE_BOOL,
    [FIELD_INT] = MSG_CORE_TYPE_INT,           [FIELD_NUM] = MSG_CORE_TYPE_NUM,
    [FIELD_DURATION] = MSG_CORE_TYPE_DURATION, [FIELD_MOMENT] = MSG_CORE_TYPE_MOMENT,
    [FIELD_POINT] = MSG_CORE_TYPE_POINT,       [FIELD_CHOICE] = MSG_CORE_TYPE_CHOICE,
    [FIELD_SET] = MSG_CORE_TYPE_SET,           [FIELD_REF] = MSG_CORE_TYPE_REF,
    [FIELD_REFS] = MSG_CORE_TYPE_REFS,         [FIELD_DOC] = MSG_CORE_TYPE_TABLE,
    [FIELD_FUNC] = MSG_CORE_TYPE_FUNC,         [FIELD_WORD] = MSG_CORE_TYPE_CHOICE,
    [FIELD_TASKS] = MSG_CORE_TYPE_SET,
};

/* A cell of a Markdown table: a bar or a line break would end it. */
static void cell(const char *s, struct buf *out)
{
    for (; s != NULL && *s != '\0'; s++) {
        if (*s == '|')
            buf_char(out, '\\');
        buf_char(out, *s == '\n' ? ' ' : *s);
    }
    buf_str(out, " | ");
}

static bool has_choices(const struct field *f)
{
    return f->type == FIELD_CHOICE || f->type == FIELD_SET || f->type == FIELD_WORD || f->type == FIELD_TASKS;
}

static bool is_list(const struct field *f)
{
    return f->type == FIELD_SET || f->type == FIELD_TASKS;
}

/* The words separated by blanks: as the row gives them, or those of every owner. */
static const char *choices_of(const struct field *f, struct buf *b)
{
    const enum value_kind kind = f->type == FIELD_TASKS ? VK_TASK : (enum value_kind)f->words;

    if (f->type != FIELD_WORD && f->type != FIELD_TASKS)
        return f->choices;
    for (int32_t v = word_next(NULL, kind, -1); v >= 0; v = word_next(NULL, kind, v)) {
        if (b->len > 0)
            buf_char(b, ' ');
        buf_str(b, word_name(NULL, kind, v));
    }
    return b->at;
}

static void write_range(const struct field *f, struct buf *out)
{
    char words[1024];
    struct buf b = BUF_ON(words);

    if (has_choices(f)) {
        cell(choices_of(f, &b), out);
        return;
    }
    if (f->low < f->high) {
        buf_f64(out, f->low);
        buf_str(out, " .. ");
        buf_f64(out, f->high);
    }
    buf_str(out, " | ");
}

static void write_default(const struct field *f, enum lang lang, struct buf *out)
{
    if (f->required) {
        buf_str(out, msg_text(lang, MSG_CORE_MANUAL_REQUIRED));
    } else if (f->type == FIELD_INT || f->type == FIELD_NUM) {
        buf_f64(out, f->dflt);
    } else if (f->type == FIELD_DURATION || f->type == FIELD_MOMENT) {
        duration_format((int64_t)(f->dflt * 1000.0), out);
    } else if (f->type == FIELD_BOOL) {
        buf_str(out, f->dflt > 0.0 ? "true" : "false");
    } else if (f->type == FIELD_CHOICE && f->choices != NULL) {
        struct text rest = text_of(f->choices);
        struct text word = text_word(&rest);
        for (int i = 0; i < (int)f->dflt; i++)
            word = text_word(&rest);
        buf_text(out, word);
    }
    buf_str(out, " | ");
}

static void write_row(const struct field *f, enum lang lang, struct buf *out)
{
    struct title kind = entity_title(f->entity);
    struct arg arg = arg_t(lang == LANG_ZH ? kind.zh : kind.en);
    const char *unit = f->unit;

    buf_str(out, "| `");
    buf_str(out, f->name);
    buf_str(out, "` | ");
    msg_format(out, lang, TYPE_WORD[f->type], &arg, 1);
    buf_str(out, " | ");
    if ((unit == NULL || unit[0] == '\0') && f->low < f->high && f->type == FIELD_DURATION)
        unit = "s";
    cell(unit, out);
    write_range(f, out);
    write_default(f, lang, out);
    cell(lang == LANG_ZH ? f->zh : f->en, out);
    if (f->mark != NULL && f->mark[0] == 'U' && (f->mark[1] == ' ' || f->mark[1] == '\0')) {
        buf_str(out, msg_text(lang, MSG_CORE_MANUAL_UNVERIFIED));
        buf_str(out, f->mark + 1);
        buf_str(out, " |\n");
    } else {
        cell(f->mark, out);
        buf_char(out, '\n');
    }
}

void schema_manual(const char *heading, const struct field *rows, int row_count, enum lang lang,
                   struct buf *out)
{
    buf_str(out, "## ");
    buf_str(out, heading);
    buf_str(out, "\n\n");
    buf_str(out, msg_text(lang, MSG_CORE_MANUAL_HEAD));
    buf_str(out, "\n|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < row_count; i++)
        write_row(&rows[i], lang, out);
    buf_char(out, '\n');
}

/* ---- stubs ---- */

static const char *const STUB_TYPE[] = {
    [FIELD_TEXT] = "string",   [FIELD_NAME] = "string",          [FIELD_TITLE] = "scenario.title",
    [FIELD_BOOL] = "boolean",  [FIELD_INT] = "integer",          [FIELD_NUM] = "number",
    [FIELD_DURATION] = "string|number", [FIELD_MOMENT] = "string|number", [FIELD_POINT] = "number[]",
    [FIELD_REF] = "string",    [FIELD_REFS] = "string[]",        [FIELD_DOC] = "table",
    [FIELD_FUNC] = "function", [FIELD_WORD] = "string",              [FIELD_TASKS] = "string[]",
};

/* "a"|"b"; words that are numbers may be written as numbers too. */
static void write_choices(const struct field *f, struct buf *out)
{
    char words[1024];
    struct buf b = BUF_ON(words);
    struct text rest = text_of(choices_of(f, &b));
    bool digits = false;

    for (struct text word = text_word(&rest); word.len > 0; word = text_word(&rest)) {
        digits = digits || (word.at[0] >= '0' && word.at[0] <= '9');
        buf_char(out, '"');
        buf_text(out, word);
        buf_str(out, "\"|");
    }
    buf_str(out, digits ? "integer" : "string");
}

void schema_stubs(const char *name, const struct field *rows, int row_count, struct buf *out)
{
    buf_str(out, "---@class ");
    buf_str(out, name);
    buf_char(out, '\n');
    for (int i = 0; i < row_count; i++) {
        const struct field *f = &rows[i];
        buf_str(out, "---@field ");
        buf_str(out, f->name);
        buf_str(out, f->required ? " " : "? ");
        if (is_list(f))
            buf_char(out, '(');
        if (has_choices(f))
            write_choices(f, out);
        else
            buf_str(out, f->type == FIELD_DOC && f->choices != NULL ? f->choices : STUB_TYPE[f->type]);
        if (is_list(f))
            buf_str(out, ")[]|string");
        buf_char(out, ' ');
        buf_str(out, f->zh != NULL ? f->zh : "");
        buf_str(out, " / ");
        buf_str(out, f->en != NULL ? f->en : "");
        if (f->unit != NULL && f->unit[0] != '\0') {
            buf_str(out, ", ");
            buf_str(out, f->unit);
        }
        buf_char(out, '\n');
    }
    buf_char(out, '\n');
}

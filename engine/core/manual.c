/* The author's manual printed from schema rows; declared in schema.h. */
#include "core/schema.h"

static const enum msg TYPE_WORD[] = {
    [FIELD_TEXT] = MSG_CORE_TYPE_TEXT,         [FIELD_NAME] = MSG_CORE_TYPE_NAME,
    [FIELD_TITLE] = MSG_CORE_TYPE_TITLE,       [FIELD_BOOL] = MSG_CORE_TYPE_BOOL,
    [FIELD_INT] = MSG_CORE_TYPE_INT,           [FIELD_NUM] = MSG_CORE_TYPE_NUM,
    [FIELD_DURATION] = MSG_CORE_TYPE_DURATION, [FIELD_MOMENT] = MSG_CORE_TYPE_MOMENT,
    [FIELD_POINT] = MSG_CORE_TYPE_POINT,       [FIELD_CHOICE] = MSG_CORE_TYPE_CHOICE,
    [FIELD_SET] = MSG_CORE_TYPE_SET,           [FIELD_REF] = MSG_CORE_TYPE_REF,
    [FIELD_REFS] = MSG_CORE_TYPE_REFS,         [FIELD_DOC] = MSG_CORE_TYPE_TABLE,
    [FIELD_FUNC] = MSG_CORE_TYPE_FUNC,
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
    return f->type == FIELD_CHOICE || f->type == FIELD_SET;
}

static void write_range(const struct field *f, struct buf *out)
{
    if (has_choices(f)) {
        cell(f->choices, out);
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

/* The manual and the typed stubs, printed from the rows. */
#include "script/script.h"
#include "script/signature.h"

static struct text result_type(const struct script_fn *fn)
{
    struct text rest = text_of(fn->args);
    struct signature_arg a;

    while (signature_next(&rest, &a))
        if (a.result)
            return a.type;
    return (struct text){"", 0};
}

void script_manual(const struct script_fn *fn, int count, enum lang lang, struct buf *out)
{
    for (int i = 0; i < count; i++) {
        struct text rest = text_of(fn[i].args);
        struct text type = result_type(&fn[i]);
        struct signature_arg a;
        buf_str(out, "### `");
        buf_str(out, fn[i].name);
        buf_char(out, '(');
        signature_show(fn[i].args, out);
        buf_str(out, ")`\n\n");
        buf_str(out, lang == LANG_ZH ? fn[i].zh : fn[i].en);
        buf_str(out, "\n\n");
        while (signature_next(&rest, &a)) {
            if (a.result || a.rest)
                continue;
            buf_str(out, "- `");
            buf_text(out, a.name);
            if (a.optional)
                buf_char(out, '?');
            buf_str(out, "`: ");
            buf_text(out, a.type);
            buf_char(out, '\n');
        }
        if (type.len > 0) {
            buf_str(out, "- ");
            buf_str(out, msg_text(lang, MSG_SCRIPT_MANUAL_RETURNS));
            buf_str(out, ": ");
            buf_text(out, type);
            buf_char(out, '\n');
        }
        buf_char(out, '\n');
    }
}

/* Our type words in those of the Lua language server. */
static const char *stub_type(struct text type)
{
    static const struct {
        const char *ours, *theirs;
    } types[] = {
        {"bool", "boolean"}, {"int", "integer"}, {"num", "number"},   {"text", "string"},
        {"list", "any[]"},   {"map", "table"},   {"table", "table"}, {"func", "function"},
    };

    for (int i = 0; i < COUNT_OF(types); i++)
        if (text_is(type, types[i].ours))
            return types[i].theirs;
    return "any";
}

void script_stubs(const struct script_fn *fn, int count, struct buf *out)
{
    buf_str(out, "---@meta\n\n");
    for (int i = 0; i < count; i++) {
        struct text rest = text_of(fn[i].args);
        struct signature_arg a;
        bool first = true;
        buf_str(out, "--- ");
        buf_str(out, fn[i].zh);
        buf_str(out, "\n--- ");
        buf_str(out, fn[i].en);
        buf_char(out, '\n');
        while (signature_next(&rest, &a)) {
            buf_str(out, a.result ? "---@return " : "---@param ");
            if (!a.result) {
                buf_text(out, a.name);
                buf_str(out, a.optional ? "? " : " ");
            }
            buf_str(out, stub_type(a.type));
            buf_char(out, '\n');
        }
        buf_str(out, "function ");
        buf_str(out, fn[i].name);
        buf_char(out, '(');
        rest = text_of(fn[i].args);
        while (signature_next(&rest, &a)) {
            if (a.result)
                continue;
            if (!first)
                buf_str(out, ", ");
            first = false;
            buf_text(out, a.name);
        }
        buf_str(out, ") end\n\n");
    }
}

#include "script/signature.h"

bool signature_next(struct text *rest, struct signature_arg *out)
{
    struct text word = text_word(rest);

    *out = (struct signature_arg){{"", 0}, {"any", 3}, false, false, false};
    if (word.len == 0)
        return false;
    if (text_is(word, "->")) {
        out->type = text_word(rest);
        out->result = true;
        return true;
    }
    out->name = word;
    out->rest = text_is(word, "...");
    for (int i = 0; i < word.len; i++) {
        if (word.at[i] != ':')
            continue;
        out->name.len = i;
        out->type = (struct text){word.at + i + 1, word.len - i - 1};
        break;
    }
    if (out->name.len > 0 && out->name.at[out->name.len - 1] == '?') {
        out->name.len--;
        out->optional = true;
    }
    return true;
}

void signature_show(const char *args, struct buf *out)
{
    struct text rest = text_of(args);
    struct signature_arg a;
    bool first = true;

    while (signature_next(&rest, &a)) {
        if (a.result)
            continue;
        if (!first)
            buf_str(out, ", ");
        first = false;
        buf_text(out, a.name);
        if (a.optional)
            buf_char(out, '?');
    }
}

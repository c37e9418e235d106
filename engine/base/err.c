#include "base/err.h"

/* One line whatever was quoted: what a stranger typed may hold line breaks and escapes for a terminal. */
static void keep_one_line(char *at)
{
    for (; *at; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            *at = ' ';
    }
}

enum rc err_set(struct err *e, enum rc rc, enum msg id, const struct arg *args, int count)
{
    if (!e)
        return rc;
    e->rc = rc;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = BUF_ON(e->text[lang]);
        msg_format(&b, (enum lang)lang, id, args, count);
        keep_one_line(e->text[lang]);
    }
    return rc;
}

void err_prefix(struct err *e, const char *prefix)
{
    if (!e)
        return;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        char old[ERR_TEXT];
        struct text was = text_of(e->text[lang]);
        (void)text_copy(old, (int)sizeof(old), was);
        struct buf b = BUF_ON(e->text[lang]);
        buf_str(&b, prefix);
        buf_str(&b, old);
    }
}

const char *err_text(const struct err *e, enum lang lang)
{
    return e->text[lang];
}

#include "core/order/scan.h"

uint32_t scan_raw(struct text t, int pos, int *next)
{
    const unsigned char *s = (const unsigned char *)t.at;
    uint32_t c;
    int size;

    if (pos >= t.len) {
        *next = t.len;
        return 0;
    }
    c = s[pos];
    size = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    if (size > t.len - pos)
        size = 1; /* cannot happen in valid UTF-8; stays in bounds all the same */
    if (size > 1)
        c &= 0x7fu >> size;
    for (int i = 1; i < size; i++)
        c = c << 6 | (s[pos + i] & 0x3fu);
    *next = pos + size;
    return c;
}

static uint32_t fold(uint32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e) /* full-width forms of ASCII */
        c -= 0xfee0;
    if (c >= 'A' && c <= 'Z')
        return c + 32;
    switch (c) {
    case 0x3000: /* ideographic space */
    case 0x00a0:
    case '\t':
    case '\r':
    case '\n':
        return ' ';
    case 0x201c: /* Chinese quotes */
    case 0x201d:
        return '"';
    case 0x3001: /* the enumeration comma joins */
        return '+';
    case 0x3002: /* full stop */
        return ',';
    default:
        return c;
    }
}

uint32_t scan_char(struct text t, int pos, int *next)
{
    return fold(scan_raw(t, pos, next));
}

bool scan_is_blank(uint32_t c)
{
    return c == ' ' || c == ',' || c == ';';
}

bool scan_is_quote(uint32_t c)
{
    return c == '"';
}

int scan_skip(struct text t, int pos)
{
    int next;

    while (pos < t.len && scan_is_blank(scan_char(t, pos, &next)))
        pos = next;
    return pos;
}

static bool is_latin(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

int scan_match(struct text t, int pos, struct text word)
{
    uint32_t c = 0;
    int at = 0;
    int next;

    if (word.len == 0)
        return -1;
    while (at < word.len) {
        c = scan_char(word, at, &at);
        if (pos >= t.len || scan_char(t, pos, &next) != c)
            return -1;
        pos = next;
    }
    if (is_latin(c) && pos < t.len && is_latin(scan_char(t, pos, &next)))
        return -1;
    return pos;
}

bool scan_begins(struct text t, int pos, struct text word)
{
    int at = 0;

    while (pos < t.len) {
        if (at >= word.len || scan_char(word, at, &at) != scan_char(t, pos, &pos))
            return false;
    }
    return true;
}

struct text scan_word(struct text t, int pos)
{
    enum { SHOWN = 60 };
    int end = pos;

    while (end < t.len) {
        int next;
        uint32_t c = scan_char(t, end, &next);
        if (end > pos && (scan_is_blank(c) || scan_is_quote(c) || c == '=' || c == ':'))
            break;
        if (next - pos > SHOWN)
            break;
        end = next;
    }
    return (struct text){t.at + pos, end - pos};
}

int scan_chunk(struct text t, int pos, struct buf *to)
{
    while (pos < t.len) {
        int next;
        uint32_t c = scan_char(t, pos, &next);
        if (scan_is_blank(c) || scan_is_quote(c))
            break;
        if (c < 0x80)
            buf_char(to, (char)c);
        else
            buf_text(to, (struct text){t.at + pos, next - pos});
        pos = next;
    }
    return pos;
}

bool scan_whole(struct text t, int *pos, int64_t *out)
{
    int64_t v = 0;
    int digits = 0;
    int at = *pos;
    int next = at;

    for (; at < t.len; at = next) {
        uint32_t c = scan_char(t, at, &next);
        if (c < '0' || c > '9')
            break;
        if (++digits > 10)
            return false;
        v = v * 10 + (int64_t)(c - '0');
    }
    if (digits == 0)
        return false;
    if (at < t.len) {
        uint32_t c = scan_char(t, at, &next);
        if (is_latin(c) || c == '.')
            return false;
    }
    *pos = at;
    *out = v;
    return true;
}

bool scan_decimal(struct text t, int *pos, double *out)
{
    char digits[32];
    struct buf b = BUF_ON(digits);
    int at = *pos;

    buf_clear(&b);
    while (at < t.len) {
        int next;
        uint32_t c = scan_char(t, at, &next);
        if (!(c >= '0' && c <= '9') && c != '.' && !(c == '-' && b.len == 0))
            break;
        buf_char(&b, (char)c);
        at = next;
    }
    if (b.full || !text_to_f64((struct text){b.at, b.len}, out))
        return false;
    *pos = at;
    return true;
}

int scan_column(struct text t, int pos)
{
    int column = 1;

    for (int at = 0; at < pos && at < t.len; column++)
        (void)scan_raw(t, at, &at);
    return column;
}

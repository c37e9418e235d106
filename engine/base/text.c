#include "base/text.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text text_of(const char *cstr)
{
    return cstr ? (struct text){cstr, (int)strlen(cstr)} : (struct text){"", 0};
}

bool text_eq(struct text a, struct text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, (size_t)a.len) == 0);
}

bool text_is(struct text a, const char *cstr)
{
    return text_eq(a, text_of(cstr));
}

int text_compare(struct text a, struct text b)
{
    int shorter = a.len < b.len ? a.len : b.len;
    int order = shorter > 0 ? memcmp(a.at, b.at, (size_t)shorter) : 0;
    return order != 0 ? order : a.len - b.len;
}

bool text_starts(struct text a, const char *prefix)
{
    int len = (int)strlen(prefix);
    return a.len >= len && memcmp(a.at, prefix, (size_t)len) == 0;
}

/* Bytes of the blank at the start of t: ASCII blanks or the ideographic space; 0 when there is
 * none. */
static int blank_at(const char *at, int len)
{
    if (len > 0 && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
        return 1;
    return len >= 3 && memcmp(at, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
}

struct text text_trim(struct text a)
{
    for (int n; (n = blank_at(a.at, a.len)) > 0;) {
        a.at += n;
        a.len -= n;
    }
    for (;;) {
        if (a.len >= 3 && memcmp(a.at + a.len - 3, "\xe3\x80\x80", 3) == 0)
            a.len -= 3;
        else if (a.len > 0 && blank_at(a.at + a.len - 1, 1))
            a.len -= 1;
        else
            return a;
    }
}

struct text text_word(struct text *rest)
{
    struct text t = text_trim(*rest);
    int end = 0;
    if (t.len > 0 && t.at[0] == '"') {
        end = 1;
        while (end < t.len && t.at[end] != '"')
            end++;
        if (end < t.len)
            end++;
    } else {
        while (end < t.len && blank_at(t.at + end, t.len - end) == 0)
            end++;
    }
    *rest = (struct text){t.at + end, t.len - end};
    return (struct text){t.at, end};
}

bool text_to_i64(struct text a, int64_t *out)
{
    int i = 0;
    bool negative = a.len > 0 && a.at[0] == '-';
    if (a.len > 0 && (a.at[0] == '-' || a.at[0] == '+'))
        i = 1;
    if (i == a.len)
        return false;
    int64_t v = 0; /* kept negative: INT64_MIN has no positive twin */
    for (; i < a.len; i++) {
        if (a.at[i] < '0' || a.at[i] > '9')
            return false;
        int digit = a.at[i] - '0';
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v))
            return false;
    }
    if (!negative && v == INT64_MIN)
        return false;
    *out = negative ? v : -v;
    return true;
}

/* Does a look like [sign] digits [. digits] [e [sign] digits]? */
static bool is_decimal(struct text a)
{
    int i = 0, digits = 0;
    if (i < a.len && (a.at[i] == '-' || a.at[i] == '+'))
        i++;
    for (; i < a.len && a.at[i] >= '0' && a.at[i] <= '9'; i++)
        digits++;
    if (i < a.len && a.at[i] == '.') {
        for (i++; i < a.len && a.at[i] >= '0' && a.at[i] <= '9'; i++)
            digits++;
    }
    if (digits == 0)
        return false;
    if (i < a.len && (a.at[i] == 'e' || a.at[i] == 'E')) {
        i++;
        if (i < a.len && (a.at[i] == '-' || a.at[i] == '+'))
            i++;
        int exponent = 0;
        for (; i < a.len && a.at[i] >= '0' && a.at[i] <= '9'; i++)
            exponent++;
        if (exponent == 0)
            return false;
    }
    return i == a.len;
}

bool text_to_f64(struct text a, double *out)
{
    char probe[16], copy[400];
    if (!is_decimal(a) || a.len > (int)sizeof(copy) - (int)sizeof(probe))
        return false;
    /* strtod wants the decimal point of the locale in force, which printf shows: 0 point 5 */
    int shown = snprintf(probe, sizeof(probe), "%.1f", 0.5);
    ASSERT(shown >= 3 && shown < (int)sizeof(probe));
    struct buf b = BUF_ON(copy);
    for (int i = 0; i < a.len; i++) {
        if (a.at[i] == '.')
            buf_text(&b, (struct text){probe + 1, shown - 2});
        else
            buf_char(&b, a.at[i]);
    }
    char *end;
    double v = strtod(copy, &end);
    if (*end != 0 || v > DBL_MAX || v < -DBL_MAX)
        return false;
    *out = v;
    return true;
}

/* Length of the well-formed UTF-8 character at the start, 0 when it is not one. */
static int utf8_length(const unsigned char *s, int len)
{
    if (len <= 0)
        return 0;
    if (s[0] < 0x80)
        return 1;
    int need = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4 || len < need)
        return 0;
    for (int i = 1; i < need; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    }
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
        (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
        return 0;
    return need;
}

bool text_is_utf8(struct text a)
{
    for (int i = 0; i < a.len;) {
        int n = utf8_length((const unsigned char *)a.at + i, a.len - i);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

int text_distance(struct text a, struct text b, int cap)
{
    enum { LONGEST = 64 };
    int row[LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST)
        return text_eq(a, b) ? 0 : cap;
    for (int j = 0; j <= b.len; j++)
        row[j] = j;
    for (int i = 1; i <= a.len; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= b.len; j++) {
            int best = diagonal + (a.at[i - 1] != b.at[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[b.len] < cap ? row[b.len] : cap;
}

struct buf buf_on(char *at, int cap)
{
    ASSERT(cap >= 1);
    at[0] = 0;
    return (struct buf){at, 0, cap, false};
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->full = false;
    b->at[0] = 0;
}

void buf_text(struct buf *b, struct text t)
{
    int room = b->cap - 1 - b->len;
    int take = t.len;
    if (b->full)
        take = 0;
    if (take > room) {
        take = room;
        b->full = true;
        while (take > 0 && ((unsigned char)t.at[take] & 0xc0) == 0x80)
            take--; /* never half a character */
    }
    if (take > 0)
        memcpy(b->at + b->len, t.at, (size_t)take);
    b->len += take;
    b->at[b->len] = 0;
}

void buf_str(struct buf *b, const char *cstr)
{
    buf_text(b, text_of(cstr));
}

void buf_char(struct buf *b, char c)
{
    if (b->full || b->len >= b->cap - 1) {
        b->full = true;
        return;
    }
    b->at[b->len++] = c;
    b->at[b->len] = 0;
}

static void put_u64(struct buf *b, uint64_t v, int at_least)
{
    char digits[24];
    int n = (int)sizeof(digits);
    do {
        digits[--n] = (char)('0' + v % 10);
        v /= 10;
        at_least--;
    } while (v > 0 || at_least > 0);
    buf_text(b, (struct text){digits + n, (int)sizeof(digits) - n});
}

void buf_i64(struct buf *b, int64_t v)
{
    if (v < 0)
        buf_char(b, '-');
    put_u64(b, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, 1);
}

void buf_u64_hex(struct buf *b, uint64_t v, int digits)
{
    for (int i = digits - 1; i >= 0; i--)
        buf_char(b, "0123456789abcdef"[(v >> (4 * i)) & 15]);
}

/* Appends what printf made of a number, whatever its locale's decimal point looks like. */
static void put_printed(struct buf *b, const char *made)
{
    bool point = false;
    for (const char *c = made; *c; c++) {
        bool plain = (*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') || *c == '-' || *c == '+';
        if (plain)
            buf_char(b, *c);
        else if (!point)
            buf_char(b, '.');
        point = !plain;
    }
}

/* fraction * unit rounded half up, exactly: the fraction is cut into three limbs of 30 bits, which
 * hold every bit of a fraction above 2^-37; a smaller one rounds to 0 with any unit up to 10^9. */
static uint64_t scaled_fraction(double fraction, uint64_t unit)
{
    uint64_t limb[3];
    for (int i = 0; i < 3; i++) {
        fraction *= 0x1p30;
        limb[i] = (uint64_t)fraction;
        fraction -= (double)limb[i];
    }
    const uint64_t mask = (1u << 30) - 1;
    uint64_t low = limb[2] * unit;
    uint64_t middle = limb[1] * unit + (low >> 30);
    uint64_t high = limb[0] * unit + (middle >> 30);
    return (high >> 30) + ((high & mask) >= (1u << 29) ? 1 : 0);
}

void buf_fixed(struct buf *b, double v, int decimals)
{
    static const uint64_t power[] = {1,      10,      100,      1000,      10000,
                                     100000, 1000000, 10000000, 100000000, 1000000000};
    ASSERT(decimals >= 0 && decimals <= 9);
    double size = v < 0 ? -v : v;
    if (!(size < 0x1p52)) { /* whole numbers, infinities and NaN */
        char made[400];
        (void)snprintf(made, sizeof(made), "%.*f", decimals, v);
        put_printed(b, v == v ? made : "nan");
        return;
    }
    uint64_t unit = power[decimals], whole = (uint64_t)size;
    uint64_t part = scaled_fraction(size - (double)whole, unit);
    if (part == unit) {
        part = 0;
        whole++;
    }
    if (v < 0 && (whole > 0 || part > 0))
        buf_char(b, '-');
    put_u64(b, whole, 1);
    if (decimals > 0) {
        buf_char(b, '.');
        put_u64(b, part, decimals);
    }
}

void buf_f64(struct buf *b, double v)
{
    char made[40];
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(made, sizeof(made), "%.*g", digits, v);
        if (strtod(made, NULL) == v)
            break;
    }
    put_printed(b, v == v ? made : "nan");
}

bool text_copy(char *to, int cap, struct text from)
{
    struct buf b = buf_on(to, cap);
    buf_text(&b, from);
    return !b.full;
}

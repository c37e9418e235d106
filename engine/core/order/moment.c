/* Durations, moments and clock times as people write them; declared in schema.h. */
#include "core/scenario/schema.h"

enum { SECOND_MS = 1000, MINUTE_MS = 60000, HOUR_MS = 3600000, DAY_MS = 86400000 };

/* A drill never lasts a year; the bound keeps every sum far from overflow. */
static const int64_t DURATION_MAX_MS = 366LL * DAY_MS;

static const struct {
    const char *word;
    int64_t ms;
} UNITS[] = {
    /* longer words first, so that "min" is not read as "m" */
    {"minutes", MINUTE_MS}, {"minute", MINUTE_MS}, {"min", MINUTE_MS},
    {"分钟", MINUTE_MS},    {"小时", HOUR_MS},     {"hours", HOUR_MS},
    {"hour", HOUR_MS},      {"days", DAY_MS},      {"day", DAY_MS},
    {"ms", 1},              {"分", MINUTE_MS},     {"时", HOUR_MS},
    {"秒", SECOND_MS},      {"天", DAY_MS},        {"日", DAY_MS},
    {"h", HOUR_MS},         {"m", MINUTE_MS},      {"s", SECOND_MS},
    {"d", DAY_MS},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct text after(struct text t, int n)
{
    return (struct text){t.at + n, t.len - n};
}

/* Cuts "12" or "1.5" off *t and gives it in thousandths; at most three decimals. */
static bool take_number(struct text *t, int64_t *milli)
{
    int64_t v = 0;
    int n = 0;
    int decimals = 0;

    while (n < t->len && is_digit(t->at[n]) && n < 10)
        v = v * 10 + (t->at[n++] - '0');
    if (n == 0 || (n < t->len && is_digit(t->at[n])))
        return false;
    v *= 1000;
    if (n + 1 < t->len && t->at[n] == '.' && is_digit(t->at[n + 1])) {
        int64_t place = 100;
        for (n++; n < t->len && is_digit(t->at[n]); n++) {
            if (++decimals > 3)
                return false;
            v += place * (t->at[n] - '0');
            place /= 10;
        }
    }
    *t = after(*t, n);
    *milli = v;
    return true;
}

bool duration_parse(struct text t, int64_t *out_ms)
{
    int64_t sum = 0;

    t = text_trim(t);
    if (t.len == 0)
        return false;
    while (t.len > 0) {
        int64_t milli;
        int64_t unit = 0;
        if (!take_number(&t, &milli))
            return false;
        t = text_trim(t);
        for (int i = 0; i < COUNT_OF(UNITS) && unit == 0; i++)
            if (text_starts(t, UNITS[i].word)) {
                unit = UNITS[i].ms;
                t = text_trim(after(t, text_of(UNITS[i].word).len));
            }
        if (unit == 0) {
            /* a bare number is seconds, and then it stands alone */
            if (t.len > 0 || sum > 0)
                return false;
            unit = SECOND_MS;
        }
        if (milli / 1000 > DURATION_MAX_MS / unit)
            return false;
        sum += milli * unit / 1000;
        if (sum > DURATION_MAX_MS)
            return false;
    }
    *out_ms = sum;
    return true;
}

/* "15:20" or "15:20:30" with an ASCII or full-width colon, into ms since midnight. */
static bool clock_parse(struct text t, int64_t *out_ms)
{
    static const int64_t unit[3] = {HOUR_MS, MINUTE_MS, SECOND_MS};
    static const int bound[3] = {24, 60, 60};
    int64_t sum = 0;
    int part = 0;

    t = text_trim(t);
    for (; part < 3; part++) {
        int v = 0;
        int n = 0;
        for (; n < 2 && n < t.len && is_digit(t.at[n]); n++)
            v = v * 10 + (t.at[n] - '0');
        if (n == 0 || (part > 0 && n != 2) || v >= bound[part])
            return false;
        sum += v * unit[part];
        t = after(t, n);
        if (t.len == 0)
            break;
        int colon = text_starts(t, ":") ? 1 : text_starts(t, "：") ? 3 : 0;
        if (colon == 0)
            return false;
        t = after(t, colon);
    }
    if (part < 1 || part > 2)
        return false;
    *out_ms = sum;
    return true;
}

bool moment_parse(struct text t, int64_t start_clock_ms, int64_t *out_ms)
{
    int64_t clock;

    t = text_trim(t);
    if (text_starts(t, "+"))
        return duration_parse(after(t, 1), out_ms);
    if (clock_parse(t, &clock)) {
        int64_t ms = (clock - start_clock_ms) % DAY_MS;
        *out_ms = ms < 0 ? ms + DAY_MS : ms;
        return true;
    }
    return duration_parse(t, out_ms);
}

void duration_format(int64_t ms, struct buf *out)
{
    if (ms < 0) {
        buf_char(out, '-');
        ms = -ms;
    }
    if (ms == 0) {
        buf_str(out, "0s");
        return;
    }
    if (ms >= HOUR_MS) {
        buf_i64(out, ms / HOUR_MS);
        buf_char(out, 'h');
    }
    if (ms % HOUR_MS >= MINUTE_MS) {
        buf_i64(out, ms % HOUR_MS / MINUTE_MS);
        buf_str(out, "min");
    }
    if (ms % MINUTE_MS >= SECOND_MS) {
        buf_i64(out, ms % MINUTE_MS / SECOND_MS);
        if (ms % SECOND_MS == 0)
            buf_char(out, 's');
    } else if (ms % SECOND_MS > 0) {
        buf_char(out, '0');
    }
    if (ms % SECOND_MS > 0) {
        buf_char(out, '.');
        for (int64_t rest = ms % SECOND_MS, place = 100; place > 0; place /= 10)
            buf_char(out, (char)('0' + rest / place % 10));
        buf_char(out, 's');
    }
}

static void two_digits(int64_t v, struct buf *out)
{
    if (v < 10)
        buf_char(out, '0');
    buf_i64(out, v);
}

static void write_clock(int64_t ms, struct buf *out)
{
    two_digits(ms / HOUR_MS, out);
    buf_char(out, ':');
    two_digits(ms % HOUR_MS / MINUTE_MS, out);
    if (ms % MINUTE_MS >= SECOND_MS) {
        buf_char(out, ':');
        two_digits(ms % MINUTE_MS / SECOND_MS, out);
    }
}

void clock_format(int64_t t_ms, int64_t start_clock_ms, struct buf *out)
{
    int64_t ms = (t_ms + start_clock_ms) % DAY_MS;

    write_clock(ms < 0 ? ms + DAY_MS : ms, out);
}

void offset_format(int64_t t_ms, struct buf *out)
{
    if (t_ms < 0) {
        buf_char(out, '-');
        t_ms = -t_ms;
    }
    write_clock(t_ms, out);
}

bool offset_parse(struct text t, int64_t *out_ms)
{
    int64_t part[3] = {0};
    int n = 0;
    while (n < 3) {
        int len = 0;
        while (len < t.len && t.at[len] != ':')
            len++;
        if (!text_to_i64((struct text){t.at, len}, &part[n]) || part[n] < 0 || part[n] > (n > 0 ? 59 : 9999))
            return false;
        n++;
        if (len == t.len)
            break;
        t = (struct text){t.at + len + 1, t.len - len - 1};
        if (n == 3)
            return false;
    }
    if (n < 2)
        return false;
    *out_ms = ((part[0] * 60 + part[1]) * 60 + part[2]) * 1000;
    return true;
}

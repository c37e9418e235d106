#include "report/book/book_parts.h"

#include <string.h>

/* ECMA-376 part 1, 18.8.30: 14..22 and 45..47 everywhere; 27..36 and 50..58 in Chinese, Japanese,
 * Korean. */
enum format_kind format_of_id(int id)
{
    if (id == 9 || id == 10)
        return FORMAT_PERCENT;
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
        id == 57 || id == 58)
        return FORMAT_DATE;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 ||
        id == 56)
        return FORMAT_TIME;
    if (id == 22)
        return FORMAT_MOMENT;
    return id == 46 ? FORMAT_ELAPSED : FORMAT_NUMBER;
}

/* Steps over what is shown as it stands, "quoted" or \escaped, and over [brackets]; at the end of
 * the format's first section returns -1. */
static int skip_literal(struct text code, int i)
{
    const char *close;
    switch (code.at[i]) {
    case ';':
        return -1;
    case '"':
    case '[':
        close = memchr(code.at + i + 1, code.at[i] == '"' ? '"' : ']', (size_t)(code.len - i - 1));
        return close ? (int)(close - code.at) + 1 : -1;
    case '\\':
    case '_':
    case '*':
        return i + 2;
    default:
        return i;
    }
}

enum format_kind format_of_code(struct text code)
{
    bool date = false, time = false, month = false, elapsed = false;
    if (text_is(code, "General"))
        return FORMAT_NUMBER;
    for (int i = 0; i < code.len;) {
        int next = skip_literal(code, i);
        if (next < 0)
            break;
        if (next > i) {
            char unit = (char)(code.at[i] == '[' && next > i + 2 ? code.at[i + 1] | 0x20 : 0);
            char last = (char)(next >= 2 && next <= code.len ? code.at[next - 2] | 0x20 : 0);
            elapsed = elapsed || ((unit == 'h' || unit == 'm' || unit == 's') && last == unit);
            i = next;
            continue;
        }
        switch (code.at[i] | 0x20) {
        case '%' | 0x20:
            return FORMAT_PERCENT;
        case 'y':
        case 'd':
            date = true;
            break;
        case 'h':
        case 's':
            time = true;
            break;
        case 'm': /* a month, or minutes beside hours or seconds */
            month = true;
            break;
        default:
            break;
        }
        i++;
    }
    if (elapsed)
        return FORMAT_ELAPSED;
    if (date || (month && !time))
        return time ? FORMAT_MOMENT : FORMAT_DATE;
    return time ? FORMAT_TIME : FORMAT_NUMBER;
}

/* Days since 1970-01-01 of a day of the Gregorian calendar, and back: counted in eras of 400 years
 * that begin on 1 March, so that the leap day is the last of its year. */
static int64_t days_of(int64_t y, int64_t m, int64_t d)
{
    y -= m <= 2;
    int64_t era = y / 400, of_era = y % 400;
    int64_t of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void day_of(int64_t days, int64_t *y, int64_t *m, int64_t *d)
{
    days += 719468;
    int64_t era = days / 146097, of_era = days % 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    *d = of_year - (153 * month + 2) / 5 + 1;
    *m = month < 10 ? month + 3 : month - 9;
    *y = era * 400 + year + (*m <= 2);
}

static void digits(struct buf *out, int64_t v, int width)
{
    for (int64_t least = 10; width > 1; width--, least *= 10)
        if (v < least)
            buf_char(out, '0');
    buf_i64(out, v);
}

static void put_time(struct buf *out, int64_t s)
{
    digits(out, s / 3600, 2);
    buf_char(out, ':');
    digits(out, s / 60 % 60, 2);
    buf_char(out, ':');
    digits(out, s % 60, 2);
}

enum {
    EPOCH_1900 = -25569,
    EPOCH_1904 = -24107,
    SERIAL_END = 2958466
}; /* days from 1970; 10000-01-01 */

bool date_text(double serial, enum format_kind kind, bool from_1904, struct buf *out)
{
    if (!(serial >= 0) || serial >= SERIAL_END)
        return false;
    int64_t seconds = (int64_t)(serial * 86400 + 0.5);
    int64_t day = seconds / 86400, left = seconds % 86400;
    if (kind == FORMAT_ELAPSED || (kind == FORMAT_TIME && day == 0)) {
        put_time(out, seconds);
        return true;
    }
    /* Excel's calendar has a 29 February 1900: day 60 never was, days before it are one off. */
    if (!from_1904 && (day == 0 || day == 60))
        return false;
    int64_t y, m, d;
    day_of(day + (from_1904 ? EPOCH_1904 : EPOCH_1900) + (!from_1904 && day < 60), &y, &m, &d);
    if (y > 9999)
        return false;
    digits(out, y, 4);
    buf_char(out, '-');
    digits(out, m, 2);
    buf_char(out, '-');
    digits(out, d, 2);
    if (left > 0 || kind == FORMAT_TIME || kind == FORMAT_MOMENT) {
        buf_char(out, 'T');
        put_time(out, left);
    }
    return true;
}

/* Reads count digits and, before them, the mark when it is not 0. */
static bool take(struct text *t, char mark, int count, int64_t *out)
{
    int skip = mark ? 1 : 0;
    if (t->len < skip + count || (mark && t->at[0] != mark))
        return false;
    for (int i = 0; i < count; i++)
        if (t->at[skip + i] < '0' || t->at[skip + i] > '9')
            return false;
    bool good = text_to_i64((struct text){t->at + skip, count}, out);
    *t = (struct text){t->at + skip + count, t->len - skip - count};
    return good;
}

bool date_serial(struct text iso, double *serial, enum format_kind *kind)
{
    int64_t y, m, d, hour = 0, minute = 0, second = 0, days = 0;
    struct text t = iso;
    bool dated = iso.len > 4 && iso.at[4] == '-';
    if (dated) {
        if (!take(&t, 0, 4, &y) || !take(&t, '-', 2, &m) || !take(&t, '-', 2, &d) || m < 1 ||
            m > 12 || d < 1 || d > 31)
            return false;
        int64_t back_y, back_m, back_d;
        days = days_of(y, m, d);
        day_of(days, &back_y, &back_m, &back_d);
        days -= EPOCH_1900;
        if (back_d != d || days <= 60)
            return false;
    }
    bool timed = t.len > 0;
    if (timed) {
        if (!take(&t, dated ? 'T' : 0, 2, &hour) || !take(&t, ':', 2, &minute))
            return false;
        if (t.len > 0 && !take(&t, ':', 2, &second))
            return false;
    }
    if (t.len > 0 || hour > 23 || minute > 59 || second > 59 || !(dated || timed))
        return false;
    *serial = (double)days + (double)(hour * 3600 + minute * 60 + second) / 86400;
    *kind = dated && timed ? FORMAT_MOMENT : dated ? FORMAT_DATE : FORMAT_TIME;
    return true;
}

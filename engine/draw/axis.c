/* axis.c -- round ticks, numbers and clock times for people, and the parts all figures share. */
#include "base/num.h"
#include "draw/chart.h"
#include "draw/label.h"

double tick_step(double span, int most)
{
    if (!num_is_finite(span) || !(span > 0) || most < 1)
        return 0;
    double base = num_pow(10, num_floor(num_log10(span / most)));
    const double step[] = {1, 2, 5, 10, 20};
    for (int i = 0; i < COUNT_OF(step); i++)
        if (span / (base * step[i]) <= most)
            return base * step[i];
    return base * 50;
}

double tick_step_clock(double span_s, int most)
{
    static const double step[] = {1,    2,    5,    10,    15,    30,    60,    120,  300,  600,
                                  900,  1800, 3600, 7200,  10800, 21600, 43200, 86400};
    if (!num_is_finite(span_s) || !(span_s > 0) || most < 1)
        return 0;
    for (int i = 0; i < COUNT_OF(step); i++)
        if (span_s / step[i] <= most)
            return step[i];
    return 86400 * num_ceil(span_s / 86400 / most);
}

void clock_for_people(struct buf *b, double second_of_day)
{
    if (!num_is_finite(second_of_day) || num_abs(second_of_day) > 1e12) {
        buf_str(b, "-");
        return;
    }
    int64_t s = (int64_t)num_floor(second_of_day + 0.5) % 86400;
    if (s < 0)
        s += 86400;
    const int64_t part[3] = {s / 3600, s / 60 % 60, s % 60};
    for (int i = 0; i < (part[2] ? 3 : 2); i++) {
        if (i)
            buf_char(b, ':');
        if (part[i] < 10)
            buf_char(b, '0');
        buf_i64(b, part[i]);
    }
}

static void trim_zeros(struct buf *b, int from)
{
    int dot = -1;
    for (int i = from; i < b->len; i++)
        if (b->at[i] == '.')
            dot = i;
    if (dot < 0)
        return;
    while (b->len > dot + 1 && b->at[b->len - 1] == '0')
        b->len--;
    if (b->len == dot + 1)
        b->len = dot;
    b->at[b->len] = 0;
}

void number_for_people(struct buf *b, enum lang lang, double v, int decimals)
{
    if (!num_is_finite(v)) {
        buf_str(b, "-");
        return;
    }
    char digits[64];
    struct buf d = BUF_ON(digits);
    if (num_abs(v) >= 1e15) {
        buf_f64(b, v);
        return;
    }
    if (lang == LANG_ZH && num_abs(v) >= 10000) {
        buf_fixed(&d, v / 10000, 2);
        trim_zeros(&d, 0);
        const struct arg arg[1] = {arg_t((struct text){d.at, d.len})};
        msg_format(b, lang, MSG_DRAW_TEN_THOUSAND, arg, 1);
        return;
    }
    buf_fixed(&d, v, decimals);
    trim_zeros(&d, 0);
    if (text_is((struct text){d.at, d.len}, "-0")) {
        buf_char(b, '0');
        return;
    }
    int whole = 0;
    while (whole < d.len && d.at[whole] != '.')
        whole++;
    int sign = d.at[0] == '-';
    for (int i = 0; i < d.len; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0 && whole - sign > 4)
            buf_char(b, ',');
        buf_char(b, d.at[i]);
    }
}

struct rect draw_title(cairo_t *cr, const struct theme *th, struct rect r, const char *title)
{
    if (!title || !*title || r.h < 3 * th->text)
        return r;
    struct label how = {.size = th->text * 1.12, .bold = true, .colour = th->ink, .lines = 1};
    double h = th->text * 1.9;
    draw_label_in(cr, th, (struct rect){r.x, r.y, r.w, h}, title, &how);
    return (struct rect){r.x, r.y + h + 2, r.w, num_max(0, r.h - h - 2)};
}

void draw_no_data(cairo_t *cr, const struct theme *th, struct rect r, enum lang lang)
{
    struct label how = {.size = th->text, .colour = th->ink_faint, .align = ALIGN_CENTRE};
    draw_label_in(cr, th, r, msg_text(lang, MSG_DRAW_NO_DATA), &how);
}

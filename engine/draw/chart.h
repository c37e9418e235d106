/* chart.h -- curves over time, bars, radar.
 *
 * Plain values, borrowed for the call. NaN in a series breaks its line; values that are not finite
 * elsewhere count as absent. Nothing to show is said in words instead of an empty frame. */
#ifndef TUIYAN_DRAW_CHART_H
#define TUIYAN_DRAW_CHART_H

#include "draw/theme.h"

struct chart_series {
    const char *name; /* written at the end of its line */
    const double *x;  /* rising; seconds of drill time, or any unit */
    const double *y;
    int count;
    uint32_t colour; /* 0: the theme's series colour of its place */
    bool step;       /* holds its value until the next point */
    bool fill;       /* shaded down to the axis */
    bool dashed;     /* a forecast, a baseline */
};

struct chart_mark {
    double x;
    const char *name;
    uint32_t colour; /* 0: dim ink */
};

struct chart_band {
    double x0, x1; /* a pause, the night */
    const char *name;
};

struct chart {
    enum lang lang;
    const char *title; /* NULL: none */
    const char *unit;  /* of y, written above the axis; NULL: none */
    bool clock;        /* x is seconds of drill time, labelled as clock times */
    double clock_start_s; /* time of day at x = 0, seconds after midnight */
    const char *x_unit;   /* when not clock */
    double x0, x1;        /* equal: from the data */
    double y0, y1;        /* equal: from the data, with zero */
    const struct chart_series *series;
    int series_count;
    const struct chart_mark *marks; /* upright lines */
    int mark_count;
    const struct chart_band *bands;
    int band_count;
    bool has_now;
    double now;
};

struct bar {
    const char *name;
    double value;
    double full;     /* > 0: drawn as a pale track of that length */
    double compare;  /* a baseline, drawn as a tick; NaN none */
    uint32_t colour; /* 0: accent */
    const char *note; /* behind the value; NULL: none */
};

struct bars {
    enum lang lang;
    const char *title;
    const char *unit; /* behind each value */
    const struct bar *bars;
    int count; /* those that find no room are left out from the end, and the last row says how many */
    int decimals;
    const char *compare_name; /* what the tick means; NULL: no key */
};

struct radar_series {
    const char *name;
    const double *value; /* 0..1 an axis; NaN: not rated, the outline passes by */
    uint32_t colour;
};

struct radar {
    enum lang lang;
    const char *title;
    const char *const *axes; /* from the top clockwise */
    int axis_count;          /* under 3 is drawn as words: no data */
    const struct radar_series *series;
    int series_count;
};

void draw_chart(cairo_t *cr, const struct theme *th, struct rect r, const struct chart *c);
void draw_bars(cairo_t *cr, const struct theme *th, struct rect r, const struct bars *b);
void draw_radar(cairo_t *cr, const struct theme *th, struct rect r, const struct radar *d);

/* A number for people: at most the decimals, trailing zeros off; from 10,000 in 万 in Chinese, with
 * commas in English. */
void number_for_people(struct buf *b, enum lang lang, double v, int decimals);
/* Step of round ticks, at most `most` of them over the span; 0 when the span is no positive number. */
double tick_step(double span, int most);
double tick_step_clock(double span_s, int most); /* the same in steps people use for time */
/* "15:20" for seconds after midnight, any day. */
void clock_for_people(struct buf *b, double second_of_day);
/* Title line; gives the rectangle left under it. */
struct rect draw_title(cairo_t *cr, const struct theme *th, struct rect r, const char *title);
/* Says in the middle of r that there is nothing to show. */
void draw_no_data(cairo_t *cr, const struct theme *th, struct rect r, enum lang lang);

#endif

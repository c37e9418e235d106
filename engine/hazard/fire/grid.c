#include "hazard/fire/grid.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next word, or the empty text at the end. */
static struct text word(struct text *rest)
{
    int i = 0;
    while (i < rest->len && is_blank(rest->at[i]))
        i++;
    int from = i;
    while (i < rest->len && !is_blank(rest->at[i]))
        i++;
    struct text w = {rest->at + from, i - from};
    rest->at += i;
    rest->len -= i;
    return w;
}

/* Plain decimals, which is all that grids hold in practice; a million of them want to be quick. */
static bool number(struct text w, double *out)
{
    static const double ten[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    bool minus = w.len > 0 && w.at[0] == '-';
    int64_t v = 0;
    int i = minus ? 1 : 0, digits = 0, after = -1;
    for (; i < w.len; i++) {
        char c = w.at[i];
        if (c == '.' && after < 0) {
            after = 0;
            continue;
        }
        if (c < '0' || c > '9' || digits >= 15 || after >= COUNT_OF(ten) - 1)
            return text_to_f64(w, out);
        v = v * 10 + (c - '0');
        digits++;
        after += after >= 0 ? 1 : 0;
    }
    if (digits == 0)
        return false;
    double d = (double)v / (after > 0 ? ten[after] : 1.0);
    *out = minus ? -d : d;
    return true;
}

/* Keys of the head are matched without case; letters alone are folded. */
static bool key_is(struct text w, const char *lower)
{
    size_t n = strlen(lower);
    if ((size_t)w.len != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = w.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != lower[i])
            return false;
    }
    return true;
}

struct head {
    double cols, rows, cell, x0, y0, nodata;
    bool has_nodata;
};

static enum rc read_head(struct text *rest, struct text name, struct head *h, struct err *e)
{
    *h = (struct head){0};
    for (;;) {
        struct text before = *rest;
        struct text key = word(rest);
        if (key.len == 0 ||
            !((key.at[0] >= 'a' && key.at[0] <= 'z') || (key.at[0] >= 'A' && key.at[0] <= 'Z'))) {
            *rest = before;
            break;
        }
        double v;
        if (!number(word(rest), &v))
            return ERR(e, RC_INPUT, MSG_FIRE_GRID_HEAD, arg_t(name), arg_t(key));
        if (key_is(key, "ncols"))
            h->cols = v;
        else if (key_is(key, "nrows"))
            h->rows = v;
        else if (key_is(key, "cellsize"))
            h->cell = v;
        else if (key_is(key, "xllcorner") || key_is(key, "xllcenter"))
            h->x0 = v;
        else if (key_is(key, "yllcorner") || key_is(key, "yllcenter"))
            h->y0 = v;
        else if (key_is(key, "nodata_value")) {
            h->nodata = v;
            h->has_nodata = true;
        } else
            return ERR(e, RC_INPUT, MSG_FIRE_GRID_HEAD, arg_t(name), arg_t(key));
    }
    /* A cell size below a centimetre is a grid in degrees: another projection. */
    if (!(h->cols >= 1 && h->rows >= 1 && h->cols * h->rows <= GRID_CELLS_MAX) ||
        !(h->cell >= 0.01) || h->cols != (double)(int)h->cols || h->rows != (double)(int)h->rows)
        return ERR(e, RC_INPUT, MSG_FIRE_GRID_SIZE, arg_t(name), arg_d(h->cols, 0),
                   arg_d(h->rows, 0), arg_d(h->cell, 6));
    return RC_OK;
}

enum rc grid_read(struct text bytes, struct text name, struct arena *a, struct grid *out,
                  struct err *e)
{
    struct head h;
    enum rc rc = read_head(&bytes, name, &h, e);
    if (rc != RC_OK)
        return rc;
    *out = (struct grid){(int)h.cols, (int)h.rows, h.cell, h.x0, h.y0, NULL};
    int cells = out->cols * out->rows;
    out->value = ARENA_NEW(a, float, cells);
    if (!out->value)
        return ERR0(e, RC_MEMORY, MSG_FIRE_MEMORY);
    for (int i = 0; i < cells; i++) {
        double v;
        struct text w = word(&bytes);
        int row = i / out->cols + 1, col = i % out->cols + 1;
        if (w.len == 0)
            return ERR(e, RC_INPUT, MSG_FIRE_GRID_SHORT, arg_t(name), arg_i(cells), arg_i(i));
        if (!number(w, &v))
            return ERR(e, RC_INPUT, MSG_FIRE_GRID_NUMBER, arg_t(name), arg_i(row), arg_i(col),
                       arg_t(w));
        if (h.has_nodata && v == h.nodata)
            return ERR(e, RC_INPUT, MSG_FIRE_GRID_HOLE, arg_t(name), arg_i(row), arg_i(col),
                       arg_t(w));
        out->value[i] = (float)v;
    }
    if (word(&bytes).len > 0)
        return ERR(e, RC_INPUT, MSG_FIRE_GRID_LONG, arg_t(name), arg_i(cells));
    return RC_OK;
}

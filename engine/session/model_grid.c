#include "session/model_grid.h"

#include <stdlib.h>

#include "base/num.h"
#include "core/scenario/schema.h"

enum { CELLS_MAX = 16 * 1000 * 1000, CELL_BYTES = 12, BOXES_MAX = 256 };

struct box {
    double from[2], to[2], value;
};

struct plane {
    double cell_m, value, east, north;
    const struct doc *boxes;
    struct box box[BOXES_MAX];
    int count;
};

#define AT(member) offsetof(struct plane, member)
static const struct field plane_fields[] = {
    {.name = "cell_m", .type = FIELD_NUM, .offset = AT(cell_m), .required = true, .low = 0.1, .high = 10000, .unit = "m", .zh = "单元边长", .en = "size of a cell"},
    {.name = "value", .type = FIELD_NUM, .offset = AT(value), .zh = "各单元的值", .en = "value of every cell"},
    {.name = "east", .type = FIELD_NUM, .offset = AT(east), .zh = "每向东一米增加", .en = "added for every metre east"},
    {.name = "north", .type = FIELD_NUM, .offset = AT(north), .zh = "每向北一米增加", .en = "added for every metre north"},
    {.name = "boxes", .type = FIELD_DOC, .offset = AT(boxes), .zh = "矩形，后者盖住前者", .en = "boxes, later ones over earlier ones"},
};
#undef AT
#define AT(member) offsetof(struct box, member)
static const struct field box_fields[] = {
    {.name = "from", .type = FIELD_POINT, .offset = AT(from), .required = true, .unit = "m", .zh = "西南角", .en = "south-west corner"},
    {.name = "to", .type = FIELD_POINT, .offset = AT(to), .required = true, .unit = "m", .zh = "东北角", .en = "north-east corner"},
    {.name = "value", .type = FIELD_NUM, .offset = AT(value), .required = true, .zh = "值", .en = "value"},
};
#undef AT

void model_grid_manual(enum lang lang, struct buf *out)
{
    schema_manual("case.files.*", plane_fields, COUNT_OF(plane_fields), lang, out);
    schema_manual("case.files.*.boxes[]", box_fields, COUNT_OF(box_fields), lang, out);
}

static double value_at(const struct plane *p, double x, double y)
{
    double v = p->value + p->east * x + p->north * y;
    for (int i = 0; i < p->count; i++) {
        const struct box *b = &p->box[i];
        if (x >= b->from[0] && x < b->to[0] && y >= b->from[1] && y < b->to[1])
            v = b->value;
    }
    return v;
}

static void draw(const struct plane *p, int cols, int rows, struct buf *b)
{
    buf_str(b, "ncols ");
    buf_i64(b, cols);
    buf_str(b, "\nnrows ");
    buf_i64(b, rows);
    buf_str(b, "\nxllcorner 0\nyllcorner 0\ncellsize ");
    buf_f64(b, p->cell_m);
    buf_str(b, "\nNODATA_value -9999\n");
    for (int row = 0; row < rows; row++)
        for (int col = 0; col < cols; col++) {
            double v = value_at(p, (col + 0.5) * p->cell_m, (rows - row - 0.5) * p->cell_m);
            if (v == num_floor(v))
                buf_i64(b, (int64_t)v);
            else
                buf_fixed(b, v, 3);
            buf_char(b, col == cols - 1 ? '\n' : ' ');
        }
}

enum rc model_grid_draw(const struct doc *d, const struct map_frame *map, struct arena *a, struct text *out, struct err *e)
{
    if (d->kind == DOC_TEXT) {
        *out = d->t;
        return RC_OK;
    }
    struct names none = {0};
    struct plane *p = ARENA_NEW(a, struct plane, 1);
    if (!p)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    enum rc rc = schema_read(d, plane_fields, COUNT_OF(plane_fields), &none, a, p, e);
    for (const struct doc *b = rc == RC_OK && p->boxes ? p->boxes->child : NULL; b && rc == RC_OK; b = b->next) {
        if (p->count == BOXES_MAX)
            return DOC_ERR(b, e, MSG_SESSION_CASE_ROWS, arg_i(BOXES_MAX));
        rc = schema_read(b, box_fields, COUNT_OF(box_fields), &none, a, &p->box[p->count++], e);
    }
    if (rc != RC_OK)
        return rc;
    double cols = num_round(map->width_m / p->cell_m), rows = num_round(map->height_m / p->cell_m);
    if (!(cols >= 1.0 && rows >= 1.0 && cols * rows <= CELLS_MAX))
        return DOC_ERR(d, e, MSG_SESSION_CASE_GRID, arg_d(cols, 0), arg_d(rows, 0), arg_i(CELLS_MAX));
    int cap = (int)(cols * rows) * CELL_BYTES + 256;
    char *at = arena_alloc(a, 1, (size_t)cap);
    if (!at)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    struct buf b = buf_on(at, cap);
    draw(p, (int)cols, (int)rows, &b);
    ASSERT(!b.full);
    *out = (struct text){b.at, b.len};
    return RC_OK;
}

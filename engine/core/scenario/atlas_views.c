/* atlas_views.c -- the section `views`: parts of the map that have a tab of their own (a court, a level under
 * ground). It is a table by name, in the order in which the author wrote it. */
#include "core/scenario/atlas_read.h"

struct view_row {
    struct site_view view;
};

#define AT(member) offsetof(struct view_row, view.member)
static const struct field view_rows[] = {
    {.name = "title", .type = FIELD_TITLE, .offset = AT(title), .required = true,
     .zh = "页签上的名称", .en = "what its tab says"},
    {.name = "x0", .type = FIELD_NUM, .offset = AT(x0), .required = true, .low = 0, .high = 500000,
     .unit = "m", .zh = "西边", .en = "its west edge"},
    {.name = "y0", .type = FIELD_NUM, .offset = AT(y0), .required = true, .low = 0, .high = 500000,
     .unit = "m", .zh = "南边", .en = "its south edge"},
    {.name = "x1", .type = FIELD_NUM, .offset = AT(x1), .required = true, .low = 0, .high = 500000,
     .unit = "m", .zh = "东边，至少比西边大 10", .en = "its east edge, at least 10 past the west edge"},
    {.name = "y1", .type = FIELD_NUM, .offset = AT(y1), .required = true, .low = 0, .high = 500000,
     .unit = "m", .zh = "北边，至少比南边大 10", .en = "its north edge, at least 10 past the south edge"},
    {.name = "layers", .type = FIELD_DOC, .offset = AT(layers),
     .zh = "只画这些图层 { \"名称\", .. }，省略为全部",
     .en = "draws only these layers { \"name\", .. }; all when absent"},
    {.name = "level", .type = FIELD_INT, .offset = AT(level), .low = -5000, .high = 5000, .unit = "m",
     .zh = "只画这一层：地面以上为正，地下为负；省略为各层都画",
     .en = "draws only this level, above ground positive, below negative; all levels when absent"},
};
#undef AT

static enum rc check_extent(const struct atlas_reading *r, const struct doc *d, const struct site_view *v)
{
    enum { LEAST_M = 10 };
    const double low[2] = {v->x0, v->y0}, high[2] = {v->x1, v->y1};

    if (v->x1 - v->x0 < LEAST_M || v->y1 - v->y0 < LEAST_M)
        return DOC_ERR(d, r->e, MSG_CORE_VIEW_EXTENT, arg_d(v->x0, 0), arg_d(v->y0, 0), arg_d(v->x1, 0),
                       arg_d(v->y1, 0), arg_i(LEAST_M));
    enum rc rc = point_check(r, d, low);
    return rc == RC_OK ? point_check(r, d, high) : rc;
}

static enum rc check_layers(const struct atlas_reading *r, const struct doc *list)
{
    for (const struct doc *d = list ? list->child : NULL; d != NULL; d = d->next)
        if (d->index == 0 || d->kind != DOC_TEXT)
            return DOC_ERR0(d, r->e, MSG_CORE_VIEW_LAYERS);
    return RC_OK;
}

static enum rc read_view(struct atlas_reading *r, const struct doc *d, struct site_view *out)
{
    struct view_row row = {0};
    enum rc rc;

    if (d->index > 0 || d->kind != DOC_TABLE)
        return DOC_ERR0(d, r->e, MSG_CORE_VIEWS_NAMED);
    rc = schema_read(d, view_rows, COUNT_OF(view_rows), &r->atlas->names, r->arena, &row, r->e);
    if (rc == RC_OK)
        rc = check_extent(r, d, &row.view);
    if (rc == RC_OK)
        rc = check_layers(r, row.view.layers);
    if (!row_has(d, "level"))
        row.view.level = LEVEL_ANY;
    row.view.name = d->key;
    *out = row.view;
    return rc;
}

enum rc atlas_views_read(struct atlas_reading *r)
{
    struct atlas *atlas = r->atlas;
    const struct doc *list = doc_get(r->doc, "views");
    enum rc rc = RC_OK;

    if (list == NULL || list->kind == DOC_NIL)
        return RC_OK;
    if (list->kind != DOC_TABLE)
        return DOC_ERR0(list, r->e, MSG_CORE_VIEWS_NAMED);
    if (list->count > SITE_VIEW_MAX)
        return section_full(r, list, SITE_VIEW_MAX);
    atlas->view = ARENA_NEW(r->arena, struct site_view, list->count + 1);
    if (atlas->view == NULL)
        return ERR0(r->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (const struct doc *d = list->child; d != NULL && rc == RC_OK; d = d->next)
        rc = read_view(r, d, &atlas->view[atlas->view_count++]);
    return rc;
}

void atlas_views_manual(enum lang lang, struct buf *out)
{
    schema_manual(lang == LANG_ZH ? "views 分图：按名称列出" : "views: parts of the map, by name", view_rows,
                  COUNT_OF(view_rows), lang, out);
}

void atlas_views_stubs(struct buf *out)
{
    schema_stubs("scenario.views", view_rows, COUNT_OF(view_rows), out);
}

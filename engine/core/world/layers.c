/* layers.c -- bands of a layer, and which layers a site view shows. */
#include "core/world/layers.h"

#include "core/world/hazard.h"

int layer_class_of(const struct layer_row *row, double value)
{
    int found = 0;
    for (int k = 0; k < LAYER_CLASSES && row->class[k].zh; k++) {
        ASSERT(k == 0 || row->class[k].from > row->class[k - 1].from);
        if (value >= row->class[k].from)
            found = k + 1;
    }
    return found;
}

bool layer_in_view(const struct layer_row *row, const struct site_view *view)
{
    if (!view)
        return true;
    bool by_line = row->shape == LAYER_LINES || row->shape == LAYER_FLOW;
    if (view->level != LEVEL_ANY && !by_line && row->level != view->level)
        return false;
    bool named = view->layers == NULL;
    for (const struct doc *d = view->layers ? view->layers->child : NULL; d && !named; d = d->next)
        named = text_is(d->t, row->name);
    return named;
}

/* All names there are, for a message. */
static void list_names(const struct hazard_ops *const *hazard, int count, struct buf *out)
{
    for (int h = 0; h < count; h++)
        for (int i = 0; i < hazard[h]->layer_count; i++) {
            buf_str(out, out->len > 0 ? " " : "");
            buf_str(out, hazard[h]->layers[i].name);
        }
}

static bool is_layer(struct text name, const struct hazard_ops *const *hazard, int count)
{
    for (int h = 0; h < count; h++)
        for (int i = 0; i < hazard[h]->layer_count; i++)
            if (text_is(name, hazard[h]->layers[i].name))
                return true;
    return false;
}

enum rc layers_check_views(const struct atlas *atlas, const struct hazard_ops *const *hazard,
                           int count, struct err *e)
{
    for (int v = 0; v < atlas->view_count; v++) {
        const struct doc *list = atlas->view[v].layers;
        for (const struct doc *d = list ? list->child : NULL; d; d = d->next) {
            char names[400];
            struct buf b = BUF_ON(names);
            if (is_layer(d->t, hazard, count))
                continue;
            list_names(hazard, count, &b);
            return DOC_ERR(d, e, MSG_CORE_VIEW_LAYER, arg_t(d->t), arg_s(names));
        }
    }
    return RC_OK;
}

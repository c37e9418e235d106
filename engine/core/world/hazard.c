/* hazard.c -- how an opened hazard is wired into the world. */
#include "core/world/hazard.h"

static enum rc add_fields(const struct hazard_ops *ops, const void *self, struct world *w, struct arena *perm, struct err *e)
{
    struct field_source source[HAZARD_FIELDS_MAX];
    const int count = ops->fields != NULL ? ops->fields(self, source, HAZARD_FIELDS_MAX) : 0;
    enum rc rc = RC_OK;

    ASSERT(count <= HAZARD_FIELDS_MAX);
    for (int i = 0; i < count && rc == RC_OK; i++)
        rc = fields_add(&w->fields, &source[i], perm, e);
    if (rc == RC_OK)
        fields_turn(&w->fields); /* what there is at the start can be read in the first step */
    return rc;
}

static enum rc claim_places(const struct hazard_ops *ops, const void *self, struct world *w, struct err *e)
{
    for (int32_t i = 0; ops->keeps != NULL && i < w->souls->places; i++)
        if (ops->keeps(self, i) && !souls_claim(w->souls, i, ops->owner))
            return ERR(e, RC_INPUT, MSG_CORE_KEPT_TWICE, names_arg(&w->atlas->names, ENT_PLACE, i));
    return RC_OK;
}

enum rc hazard_wire(const struct hazard_ops *ops, void *self, struct world *w, struct arena *perm, struct err *e)
{
    enum rc rc = claim_places(ops, self, w, e);

    ASSERT(ops->owner > OWN_CORE && ops->owner < OWNERS_MAX && !w->hazard[ops->owner].ops);
    if (!exposure_open(w->exposure, ops->owner, perm))
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    w->hazard[ops->owner] = (struct hazard_used){ops, self};
    world_add(w, &ops->slice, self);
    for (int i = 0; i < ops->mode_count && rc == RC_OK; i++) {
        if (w->modes == MODES_MAX)
            return ERR(e, RC_LIMIT, MSG_CORE_MODES_FULL, arg_i(MODES_MAX));
        w->mode[w->modes++] = (struct mode){&ops->modes[i], self};
    }
    if (rc == RC_OK)
        rc = add_fields(ops, self, w, perm, e);
    for (int i = 0; i < ops->layer_count && rc == RC_OK; i++) {
        struct layer_out size = {.at_ms = LAYER_NOW};
        if (ops->layers[i].shape == LAYER_RASTER && ops->layer(self, i, &size))
            rc = knowledge_add_layer(w->knowledge, ops->owner, i, &size, perm, e);
    }
    return rc;
}

const struct harm_row *hazard_harm(const struct world *w, int32_t owner)
{
    static const struct harm_row none = {0};
    const struct hazard_ops *ops = owner >= 0 && owner < OWNERS_MAX ? w->hazard[owner].ops : NULL;

    return ops != NULL && ops->harm != NULL ? ops->harm : &none;
}

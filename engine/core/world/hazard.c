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

enum rc hazard_wire(const struct hazard_ops *ops, void *self, struct world *w, struct arena *perm, struct err *e)
{
    world_add(w, &ops->slice, self);
    return add_fields(ops, self, w, perm, e);
}

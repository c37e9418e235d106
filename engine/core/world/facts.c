/* Watches that facts change in apply alone; see facts.h. */
#include "core/world/facts.h"

#include "core/world/world.h"

/* The hash of the field when it was last looked at; of nothing when it was not there yet. */
static uint64_t kept_hash(const struct fact_watch *f, const struct walk_field *field, int near)
{
    for (int k = 0; k < f->kept.fields; k++) {
        const struct walk_field *at = &f->kept.field[(near + k) % f->kept.fields];
        if (at->slice == field->slice && at->name == field->name)
            return at->hash;
    }
    return WALK_NOTHING;
}

static void look(struct world *w, struct walk *walk)
{
    walk_begin_hash(walk);
    walk->watch = true;
    world_walk(w, walk);
}

void facts_before(struct fact_watch *f, struct world *w, int32_t event_kind)
{
    look(w, &f->walk);
    f->looks++;
    for (int i = 0; f->began && f->slice == NULL && i < f->walk.fields; i++) {
        const struct walk_field *field = &f->walk.field[i];
        if (field->hash == kept_hash(f, field, i) || !field->fact)
            continue;
        f->slice = field->slice;
        f->field = field->name;
        f->t_ms = w->now_ms;
        f->before = event_kind;
    }
}

void facts_after(struct fact_watch *f, struct world *w)
{
    look(w, &f->kept);
    f->began = true;
}

/* Also when the slice has no field at all: nothing of its kind is in this world. */
static bool has_field(const struct walk *w, const char *slice, struct text name)
{
    bool none = true;

    for (int i = 0; i < w->fields; i++) {
        if (w->field[i].slice == slice && text_is(name, w->field[i].name))
            return true;
        none = none && w->field[i].slice != slice;
    }
    return none;
}

const char *facts_unknown(const struct fact_watch *f, int i, struct text *name)
{
    for (int k = 0; k < f->kept.named_count; k++) {
        struct text rest = text_of(f->kept.named[k].names);
        for (*name = text_word(&rest); name->len > 0; *name = text_word(&rest))
            if (!has_field(&f->kept, f->kept.named[k].slice, *name) && i-- == 0)
                return f->kept.named[k].slice;
    }
    return NULL;
}

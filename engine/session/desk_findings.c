/* desk_findings.c -- proposals of findings, and what a confirmed one takes over from them. */
#include <string.h>

#include "session/desk.h"

enum rc desk_propose(const struct desk *d, bool with_marks, struct arena *a, struct proposal **out,
                     int *count, struct err *e)
{
    struct panel_score score;
    const struct panel *p = with_marks && desk_has_panel(d) ? &d->panels.of[PANEL_EXPERT] : NULL;
    *out = ARENA_NEW(a, struct proposal, PROPOSAL_MAX);
    *count = 0;
    enum rc rc = *out ? RC_OK : ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (rc == RC_OK && p)
        rc = panel_score(p, false, -1, a, &score, e);
    if (rc == RC_OK)
        *count = findings_propose(&d->findings, session_atlas(d->session), &d->auto_eval.eval, p,
                                  p ? &score : NULL, *out, PROPOSAL_MAX);
    return rc;
}

static struct text events_of(const struct proposal *p, struct arena *a)
{
    char line[EVIDENCE_MAX * 12] = "";
    struct buf b = BUF_ON(line);
    for (int i = 0; i < p->events; i++) {
        buf_str(&b, i ? " " : "");
        buf_i64(&b, p->event[i]);
    }
    return arena_text(a, (struct text){b.at, b.len});
}

enum rc desk_fill(const struct desk *d, struct arena *a, struct entry *entry, struct err *e)
{
    struct proposal *list, *p = NULL;
    struct text from = entry_get(entry, "from");
    int count;
    enum rc rc = desk_propose(d, true, a, &list, &count, e);
    for (int i = 0; rc == RC_OK && i < count; i++)
        p = text_is(from, list[i].key) ? &list[i] : p;
    if (rc != RC_OK)
        return rc;
    if (!p)
        return ERR(e, RC_INPUT, MSG_DESK_NO_PROPOSAL, arg_t(from));
    if (entry->kind == ENTRY_DISMISS)
        return RC_OK;
    struct text about = text_of(strchr(p->key, ':') + 1);
    const char *kind = p->key[0] == 'c' ? "clause" : "item";
    struct fill {
        const char *key;
        struct text value;
    } fills[] = {{"class", text_of(finding_class_name(p->class))},
                 {"text", p->text.zh},
                 {"cause", text_of(p->cause[LANG_ZH])},
                 {"events", events_of(p, a)},
                 {kind, about}};
    for (int i = 0; i < COUNT_OF(fills); i++) {
        if (entry_has(entry, fills[i].key) || fills[i].value.len == 0)
            continue;
        struct text copy = arena_text(a, fills[i].value);
        if (!copy.at || !entry_set(entry, fills[i].key, copy))
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    return RC_OK;
}

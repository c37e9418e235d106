/* preview.c -- what a correction would change, before anything is changed. */
#include <stdlib.h>

#include "session/inner.h"

/* The room's orders as they would have been. Scripts and the bot give theirs again by themselves. */
static enum rc make_list(const struct session *s, int64_t seq, const struct order *instead, int64_t said_ms, struct again *out,
                         struct err *e)
{
    bool placed = seq > 0 || !instead;
    *out = (struct again){malloc((size_t)(s->record.orders + 2) * sizeof(struct order)), 0};
    if (!out->order)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int64_t i = 0; i < s->record.orders; i++) {
        const struct order *o = &s->record.order[i];
        if (!placed && o->at_ms >= said_ms) {
            out->order[out->count] = *instead;
            out->order[out->count].seq = 0;
            out->order[out->count++].at_ms = said_ms;
            placed = true;
        }
        if (seq > 0 && o->seq == seq) {
            if (!instead)
                continue;
            out->order[out->count] = *instead;
            out->order[out->count].seq = 0;
            out->order[out->count++].at_ms = o->at_ms;
        } else if (session_is_room(o)) {
            out->order[out->count++] = *o;
        }
    }
    if (!placed) {
        out->order[out->count] = *instead;
        out->order[out->count++].at_ms = said_ms;
    }
    return RC_OK;
}

enum rc session_preview(struct session *s, int64_t seq, const struct order *instead, int64_t said_ms, struct change *out,
                        double *measure, struct err *e)
{
    struct session *twin = NULL;
    struct again list = {NULL, 0};
    *out = (struct change){0};
    if (seq > 0 && !session_order(s, seq))
        return ERR(e, RC_INPUT, MSG_SESSION_NO_ORDER, arg_i(seq), arg_i(s->record.orders));
    enum rc rc = make_list(s, seq, instead, said_ms, &list, e);
    if (rc == RC_OK)
        rc = session_twin(s, &twin, e);
    if (rc == RC_OK && s->bot[0])
        rc = bridge_bot(twin->bridge, s->bot, e);
    if (rc == RC_OK)
        rc = session_play_again(twin, &list, session_now(s), out, e);
    for (int i = 0; rc == RC_OK && i < session_measures(s); i++)
        measure[i] = session_measure(twin, i);
    out->dropped = seq > 0 && !instead;
    session_close(twin);
    free(list.order);
    return rc;
}

/* rules.c -- what the facilitator's verbs and the world's own verbs need and do. */
#include "session/inner.h"

static enum rc inject_open(void *self, const struct world *w, const struct order *o, struct err *e)
{
    (void)self;
    int32_t i = (int32_t)o->arg[0];
    struct arg name = names_arg(&w->atlas->names, ENT_INJECT, i);
    if (w->inject->stage[i] == INJECT_FIRED)
        return ERR(e, RC_NO, MSG_SESSION_INJECT_FIRED, name);
    if (w->inject->stage[i] == INJECT_CANCELLED && o->verb != VERB_RESCHEDULE)
        return ERR(e, RC_NO, MSG_SESSION_INJECT_CANCELLED, name);
    if (o->verb == VERB_RESCHEDULE && o->arg[1] <= w->now_ms)
        return ERR0(e, RC_NO, MSG_SESSION_PAST);
    return RC_OK;
}

static enum rc always(void *self, const struct world *w, const struct order *o, struct err *e)
{
    (void)self, (void)w, (void)o, (void)e;
    return RC_OK;
}

static void note_only(void *self, struct world *w, const struct order *o)
{
    (void)self, (void)w, (void)o; /* inject_note_order has seen it */
}

static void hold(void *self, struct world *w, const struct order *o)
{
    (void)self;
    world_emit(w, &(struct event){.kind = EV_INJECT_HELD, .i = {(int32_t)o->arg[0]}, .cause = cause_of_order(o)});
}

static void cancel(void *self, struct world *w, const struct order *o)
{
    (void)self;
    world_emit(w, &(struct event){.kind = EV_INJECT_CANCELLED, .i = {(int32_t)o->arg[0]}, .cause = cause_of_order(o)});
}

static void reschedule(void *self, struct world *w, const struct order *o)
{
    (void)self;
    world_emit(w, &(struct event){.kind = EV_INJECT_MOVED,
                                  .i = {(int32_t)o->arg[0], (int32_t)o->arg[1]},
                                  .cause = cause_of_order(o)});
}

static void improvise(void *self, struct world *w, const struct order *o)
{
    (void)self;
    world_emit(w, &(struct event){.kind = EV_STATEMENT,
                                  .i = {(int32_t)o->arg[0], (int32_t)o->seq},
                                  .cause = cause_of_order(o)});
}

/* What the model cannot play goes on record for the experts. */
static void put_on_record(void *self, struct world *w, const struct order *o)
{
    (void)self;
    world_emit(w, &(struct event){.kind = EV_STATEMENT, .i = {o->agency, (int32_t)o->seq}, .cause = cause_of_order(o)});
}

static enum rc has_words(void *self, const struct world *w, const struct order *o, struct err *e)
{
    (void)self, (void)w;
    return o->text[0] ? RC_OK : ERR0(e, RC_NO, MSG_SESSION_STATE_WHAT);
}

static void finish(void *self, struct world *w, const struct order *o)
{
    (void)self;
    world_emit(w, &(struct event){.kind = o->verb == VERB_ABORT ? EV_DRILL_ABORTED : EV_DRILL_FINISHED,
                                  .cause = cause_of_order(o)});
}

static enum rc wind_check(void *self, const struct world *w, const struct order *o, struct err *e)
{
    (void)self, (void)w;
    if (o->arg[0] < 0 || o->arg[0] > 60 || o->arg[1] < 0 || o->arg[1] > 360)
        return ERR(e, RC_NO, MSG_SESSION_WIND, arg_i(o->arg[0]), arg_i(o->arg[1]));
    return RC_OK;
}

static void wind(void *self, struct world *w, const struct order *o)
{
    (void)self;
    const struct weather_row *now = &w->weather->now;
    world_emit(w, &(struct event){.kind = EV_WEATHER_CHANGED,
                                  .i = {now->humidity},
                                  .f = {(double)o->arg[0], (double)o->arg[1], now->temp_c},
                                  .cause = cause_of_order(o)});
}

static void trip(void *self, struct world *w, const struct order *o)
{
    (void)self;
    world_emit(w, &(struct event){.kind = EV_POWER_TRIPPED, .i = {(int32_t)o->arg[0]}, .cause = cause_of_order(o)});
}

const struct rule session_rules[] = {
    {VERB_INJECT, inject_open, note_only}, {VERB_HOLD, inject_open, hold},
    {VERB_CANCEL, inject_open, cancel},    {VERB_RESCHEDULE, inject_open, reschedule},
    {VERB_IMPROVISE, always, improvise},   {VERB_FINISH, always, finish},
    {VERB_STATE, has_words, put_on_record},
    {VERB_ABORT, always, finish},
    {VERB_WIND, wind_check, wind},         {VERB_TRIP, always, trip},
};
const int session_rule_count = COUNT_OF(session_rules);

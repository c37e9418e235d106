/* fire_words.c -- the forest fire's vocabulary: rows of events, tasks, reasons, verbs and kinds, and the rule of each verb. */
#include "hazard/fire/fire_words.h"

#include "core/world/world.h"

static const struct event_row EVENTS[] = {
#define EVENT(id, name, class, zh, en, ...) {name, class, zh, en, {__VA_ARGS__}},
#include "hazard/fire/fire.def"
#undef EVENT
};

static const struct word_row REASONS[] = {
#define REASON(id, name, zh, en) {name, zh, en},
#include "hazard/fire/fire.def"
#undef REASON
};

static const struct topic_row TOPICS[] = {
#define TOPIC(id, name, zh, en, kind, scale, unit, headline, measure) {name, zh, en, ENT_COUNT, kind, scale, unit, headline, measure},
#include "hazard/fire/fire.def"
#undef TOPIC
};

static const struct task_row TASKS[] = {
#define TASK(id, name_, zh_, en_, shape_, targets_, flags_, crews_)                                 \
    {.name = name_, .zh = zh_, .en = en_, .shape = shape_, .targets = targets_, .flags = flags_, .crews = crews_},
#include "hazard/fire/fire.def"
#undef TASK
};

static const struct word_row TACTICS[] = {
#define TACTIC(id, name, zh, en) {name, zh, en},
#include "hazard/fire/fire.def"
#undef TACTIC
};

static const struct kind_row TEAM_KINDS[] = {
    {.name = "fire_pro", .zh = "森林消防专业队", .en = "professional forest fire crew", .sign = "林",
     .usual = "recon line attack mopup guard burnout"},
    {.name = "fire_semi", .zh = "森林消防半专业队", .en = "part-time forest fire crew", .sign = "林",
     .usual = "line attack mopup guard"},
};

static const struct kind_row LINE_KINDS[] = {
    {.name = "break", .zh = "隔离带", .en = "firebreak"},
};

/* ---- verbs ---- */

/* Anything burns or does not: the model says so when it is lit. */
static enum rc may_ignite(void *self, const struct world *w, const struct order *o, struct err *e)
{
    (void)self, (void)w, (void)o, (void)e;
    return RC_OK;
}

static void ignite(void *self, struct world *w, const struct order *o)
{
    struct event ev = {.kind = FIRE_EV_IGNITED, .cause = cause_of_order(o)};

    (void)self;
    point_unpack(o->arg[0], &ev.f[0], &ev.f[1]);
    world_emit(w, &ev);
}

static const struct verb_row VERBS[] = {
    [FIRE_VERB_IGNITE & 255] = {"ignite", "起火", WHO_WORLD, "某坐标起火", "ignite at a point",
     {{"at", "坐标", VK_POINT, HOW_KEY, true}}, may_ignite, ignite, NULL},
};

const struct vocab fire_vocab = {
    .name = "fire",
    .zh = "森林火灾",
    .en = "forest fire",
    .event = EVENTS,
    .events = COUNT_OF(EVENTS),
    .verb = VERBS,
    .verbs = COUNT_OF(VERBS),
    .task = TASKS,
    .tasks = COUNT_OF(TASKS),
    .tactic = TACTICS,
    .tactics = COUNT_OF(TACTICS),
    .more = fire_more,
    .mores = FIRE_MORES,
    .reason = REASONS,
    .reasons = COUNT_OF(REASONS),
    .topic = TOPICS,
    .topics = COUNT_OF(TOPICS),
    .team_kind = TEAM_KINDS,
    .team_kinds = COUNT_OF(TEAM_KINDS),
    .line_kind = LINE_KINDS,
    .line_kinds = COUNT_OF(LINE_KINDS),
};

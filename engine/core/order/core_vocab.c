/* core_vocab.c -- core's own words as rows: what there is whatever the hazard; declared in vocab.h. */
#include "core/order/vocab.h"
#include "core/scenario/atlas.h"

#define A_END {NULL, NULL, VK_NONE, HOW_POS, false}
static const struct verb_row VERBS[CORE_VERBS] = {
#define VERB(id, name, zh, who, help_zh, help_en, ...)                                             \
    [VERB_##id] = {name, zh, who, help_zh, help_en, {__VA_ARGS__}, NULL, NULL, NULL},
#define VERB_ALSO(id, name, zh, also, who, help_zh, help_en, ...)                                  \
    [VERB_##id] = {name, zh, who, help_zh, help_en, {__VA_ARGS__}, NULL, NULL, also},
#include "core/order/verbs.def"
#undef VERB
};
#undef A_END

static const struct event_row EVENTS[CORE_EVENTS] = {
#define EVENT(id, name, class, zh, en, ...) [EV_##id] = {name, class, zh, en, {__VA_ARGS__}},
#include "core/world/events.def"
#undef EVENT
};

static const struct task_row TASKS[] = {
#define TASK(id, name, zh, en, shape, targets, flags, crews)                                       \
    [W(TASK, id)] = {name, zh, en, shape, targets, flags, crews, NULL, 0.0, NULL, 0},
#include "core/order/tasks.def"
#undef TASK
};

static const struct topic_row TOPICS[] = {
#define TOPIC(id, name_, zh_, en_, entity_, kind_, scale_)                                         \
    {.name = name_, .zh = zh_, .en = en_, .entity = entity_, .kind = kind_, .scale = scale_},
#include "core/world/topics.def"
#undef TOPIC
};

/* Of words.def those three kinds that hazards add to. */
#define WORD_TASK(...)
#define WORD_LEVEL(...)
#define WORD_FORM(...)
#define WORD_STAGE(...)
#define WORD_COLOUR(...)
#define WORD_TRIGGER(...)
#define WORD_WARN_SET(...)
#define WORD_LEVEL_SET(...)
#define WORD_REPORT_SET(...)
#define WORD(kind, id, name, zh, en) WORD_##kind(name, zh, en)

static const struct word_row REASONS[] = {
#define WORD_REASON(name, zh, en) {name, zh, en},
#define WORD_TACTIC(...)
#define WORD_SETTING(...)
#include "core/order/words.def"
#undef WORD_REASON
#undef WORD_TACTIC
#undef WORD_SETTING
};

static const struct word_row TACTICS[] = {
#define WORD_REASON(...)
#define WORD_TACTIC(name, zh, en) {name, zh, en},
#define WORD_SETTING(...)
#include "core/order/words.def"
#undef WORD_REASON
#undef WORD_TACTIC
#undef WORD_SETTING
};

static const struct word_row SETTINGS[] = {
#define WORD_REASON(...)
#define WORD_TACTIC(...)
#define WORD_SETTING(name, zh, en) {name, zh, en},
#include "core/order/words.def"
#undef WORD_REASON
#undef WORD_TACTIC
#undef WORD_SETTING
};
#undef WORD

static const struct kind_row PLACE_KINDS[] = {
#define PLACE(id, name_, zh_, en_, inhabited_)                                                     \
    [PLACE_##id] = {.name = name_, .zh = zh_, .en = en_, .inhabited = inhabited_},
#include "core/scenario/kinds.def"
#undef PLACE
};

static const struct kind_row TEAM_KINDS[] = {
#define TEAM(id, name_, zh_, en_, sign_, flies_)                                                   \
    [TEAM_##id] = {.name = name_, .zh = zh_, .en = en_, .sign = sign_, .flies = flies_},
#include "core/scenario/kinds.def"
#undef TEAM
};

static const struct kind_row LINE_KINDS[] = {
#define LINE(id, name_, zh_, en_) [LINE_##id] = {.name = name_, .zh = zh_, .en = en_},
#include "core/scenario/kinds.def"
#undef LINE
};

static const struct kind_row ASSET_KINDS[] = {
#define ASSET(id, name_, zh_, en_, sign_, settings_, minutes_)                                     \
    [ASSET_##id] = {.name = name_, .zh = zh_, .en = en_, .sign = sign_, .settings = settings_,     \
                    .hands_ms = (minutes_) * 60000},
#include "core/scenario/kinds.def"
#undef ASSET
};

static const struct word_row SAFETIES[] = {
    [SAFETY_GUIDE] = {"guide", "向导", "guide"},
    [SAFETY_LOOKOUT] = {"lookout", "观察哨", "lookout"},
    [SAFETY_RADIO] = {"radio", "电台", "radio"},
};

const struct vocab core_vocab = {
    .name = "core",
    .zh = "通用",
    .en = "core",
    .event = EVENTS,
    .events = CORE_EVENTS,
    .verb = VERBS,
    .verbs = CORE_VERBS,
    .task = TASKS,
    .tasks = COUNT_OF(TASKS),
    .reason = REASONS,
    .reasons = COUNT_OF(REASONS),
    .safety = SAFETIES,
    .safeties = COUNT_OF(SAFETIES),
    .tactic = TACTICS,
    .tactics = COUNT_OF(TACTICS),
    .topic = TOPICS,
    .topics = COUNT_OF(TOPICS),
    .place_kind = PLACE_KINDS,
    .place_kinds = COUNT_OF(PLACE_KINDS),
    .team_kind = TEAM_KINDS,
    .team_kinds = COUNT_OF(TEAM_KINDS),
    .line_kind = LINE_KINDS,
    .line_kinds = COUNT_OF(LINE_KINDS),
    .setting = SETTINGS,
    .settings = COUNT_OF(SETTINGS),
    .asset_kind = ASSET_KINDS,
    .asset_kinds = COUNT_OF(ASSET_KINDS),
};

/* fire_words.h -- the forest fire's own words by number; their rows are in fire.def and fire_words.c. */
#ifndef TUIYAN_HAZARD_FIRE_FIRE_WORDS_H
#define TUIYAN_HAZARD_FIRE_FIRE_WORDS_H

#include "core/order/vocab.h"
#include "hazard/hazards.h"

enum fire_event {
    FIRE_EV_BEFORE = (FIRE_OWNER << OWN_BITS) - 1,
#define EVENT(id, name, class, zh, en, ...) FIRE_EV_##id,
#include "hazard/fire/fire.def"
#undef EVENT
};

enum fire_reason {
    FIRE_REASON_BEFORE = (FIRE_OWNER << OWN_BITS) - 1,
#define REASON(id, name, zh, en) FIRE_REASON_##id,
#include "hazard/fire/fire.def"
#undef REASON
};

enum fire_topic {
    FIRE_TOPIC_BEFORE = (FIRE_OWNER << OWN_BITS) - 1,
#define TOPIC(id, ...) FIRE_TOPIC_##id,
#include "hazard/fire/fire.def"
#undef TOPIC
};

enum fire_task {
    FIRE_TASK_BEFORE = (FIRE_OWNER << OWN_BITS) - 1,
#define TASK(id, name, zh, en, shape, targets, flags, crews) FIRE_TASK_##id,
#include "hazard/fire/fire.def"
#undef TASK
};

enum fire_tactic {
    FIRE_TACTIC_BEFORE = (FIRE_OWNER << OWN_BITS) - 1,
#define TACTIC(id, name, zh, en) FIRE_TACTIC_##id,
#include "hazard/fire/fire.def"
#undef TACTIC
};

enum fire_verb { FIRE_VERB_IGNITE = FIRE_OWNER << OWN_BITS };
enum fire_line_kind { FIRE_LINE_BREAK = FIRE_OWNER << OWN_BITS };

/* What it reads of a team (`more` in vocab.h). */
struct fire_crew {
    double line_mh; /* metres of line an hour, whole crew, in reference fuel */
    double line_width_m;
    double attack_mh;     /* metres of front put out an hour */
    double flame_limit_m; /* direct attack only below */
    double wind_limit_ms; /* direct attack only below; 0: no limit */
    int32_t water_l;      /* 0: none carried; used up by attack and mop-up */
};
enum { FIRE_MORE_TEAMS, FIRE_MORES };
extern const struct more fire_more[FIRE_MORES]; /* fire_rows.c */

extern const struct vocab fire_vocab;

#endif

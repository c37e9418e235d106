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

enum fire_verb { FIRE_VERB_IGNITE = FIRE_OWNER << OWN_BITS };
enum fire_line_kind { FIRE_LINE_BREAK = FIRE_OWNER << OWN_BITS };

extern const struct vocab fire_vocab;

#endif

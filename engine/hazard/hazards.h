/* hazard/hazards.h -- the table of all hazards there are. */
#ifndef TUIYAN_HAZARD_HAZARDS_H
#define TUIYAN_HAZARD_HAZARDS_H

#include "core/world/hazard.h"

/* Numbers of the owners of words (core/order/vocab.h); they go on file by name, never by number. */
enum hazard_owner { FIRE_OWNER = 1 };

extern const struct hazard_ops *const hazard_table[];
extern const int hazard_count;

#endif

/* hazard/hazards.h -- the table of all hazards there are. */
#ifndef TUIYAN_HAZARD_HAZARDS_H
#define TUIYAN_HAZARD_HAZARDS_H

#include "core/world/hazard.h"

extern const struct hazard_ops *const hazard_table[];
extern const int hazard_count;

#endif

/* hazard/hazard.h -- the table of all hazards there are. */
#ifndef TUIYAN_HAZARD_HAZARD_H
#define TUIYAN_HAZARD_HAZARD_H

#include "core/hazard.h"

extern const struct hazard_ops *const hazard_table[];
extern const int hazard_count;

#endif

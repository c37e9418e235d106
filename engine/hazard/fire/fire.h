/* fire.h -- the forest fire as a hazard of the drill.
 *
 * Reads `hazards.fire` of a scenario: a fuel grid, heights, what the codes mean, moisture,
 * ignitions. Each step it takes over weather and works, lets the fire run to the end of the tick,
 * lets teams put out front, tests the lines that flames lean on, writes exposure, and says with
 * causes what has happened. Within a tick things take effect at its start: weather, works, then the
 * fire. */
#ifndef TUIYAN_HAZARD_FIRE_FIRE_H
#define TUIYAN_HAZARD_FIRE_FIRE_H

#include "core/world/hazard.h"

extern const struct hazard_ops fire_hazard;

#endif

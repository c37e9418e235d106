/* moisture.h -- how dry dead fuel is, from temperature, humidity and the hour.
 *
 * Fine dead fuel follows the equilibrium moisture content of the US National Fire Danger Rating
 * System (Simard 1968: three pieces in humidity), with a correction for sun and shade. The 10 h and
 * 100 h classes are 1 h plus 1 % and 2 % (the usual rule where nothing was measured). A scenario
 * may give measured values instead. */
#ifndef TUIYAN_HAZARD_FIRE_MOISTURE_H
#define TUIYAN_HAZARD_FIRE_MOISTURE_H

#include "hazard/fire/rothermel.h"

/* Equilibrium moisture content, fraction; temp_c -40..60, humidity 0..100 %. Simard 1968. */
double moisture_equilibrium(double temp_c, double humidity);
/* Fine dead moisture, fraction, never below 0.02. hour 0..24 local; shade 0 (open) .. 1 (closed
 * canopy). ASSUMED: full sun by day lowers it by a quarter, a closed canopy adds 0.02. */
double moisture_fine_dead(double temp_c, double humidity, double hour, double shade);
/* dead_1h as above, 10 h and 100 h one and two points wetter; live as given. */
struct fire_moisture moisture_of_weather(double temp_c, double humidity, double hour, double shade,
                                         double herb, double woody);

#endif

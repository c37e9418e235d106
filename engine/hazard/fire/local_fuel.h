/* local_fuel.h -- stands of south-west China as published fuel models, scaled, with what stands above.
 *
 * No measured fuel loads of the district were found: each row says which published model stands for it
 * and by how much it is scaled, and is an assumption to be replaced by an author who knows better (every
 * figure may be overridden in the scenario). assets/fuels/local_fuels.csv is the same table for reading. */
#ifndef TUIYAN_HAZARD_FIRE_LOCAL_FUEL_H
#define TUIYAN_HAZARD_FIRE_LOCAL_FUEL_H

#include "hazard/fire/fuel.h"

struct local_fuel {
    const char *code;  /* "masson_pine" */
    const char *model; /* the published model it is taken as */
    double load_scale, depth_scale;
    double shade, cover, canopy_m, crown_ratio;
    double crown_base_m, crown_density; /* 0: no crown fire */
    double ks;   /* of Wang Zhengfei's model */
    double line; /* line building against the teams' reference ground */
    const char *zh, *en;
};

const struct local_fuel *local_fuel_table(int *count);
const struct local_fuel *local_fuel_by_code(struct text code); /* or NULL */

#endif

#include "hazard/hazards.h"

#include "hazard/fire/fire.h"

const struct hazard_ops *const hazard_table[] = {
    &fire_hazard,
};
const int hazard_count = COUNT_OF(hazard_table);

/* hazards.c -- all hazards there are: a new one is a folder, a line in each of the two tables, an owner's number. */
#include "hazard/hazards.h"

#include "hazard/fire/fire.h"
#include "hazard/fire/fire_words.h"

const struct hazard_ops *const hazard_table[] = {
    &fire_hazard,
};
const int hazard_count = COUNT_OF(hazard_table);

const struct vocab *const vocab_table[OWNERS_MAX] = {
    [OWN_CORE] = &core_vocab,
    [FIRE_OWNER] = &fire_vocab,
};

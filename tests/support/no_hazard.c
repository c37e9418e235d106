/* no_hazard.c -- the table of vocabularies for tests of modules that know no hazard: core's words alone. */
#include "core/order/vocab.h"

const struct vocab *const vocab_table[OWNERS_MAX] = {[OWN_CORE] = &core_vocab};

#include "hazard/fire/local_fuel.h"

/* All assumed. ks: values of open implementations of the model (wangzhengfei.h). line: ratios of the NWCG
 * production table between the models taken (grass 30, litter 7, brush 6 chains an hour), softened because
 * wide breaks are felled, not scraped. */
static const struct local_fuel fuels[] = {
    {"masson_pine", "TL8", 1.0, 1.0, 0.5, 0.6, 12.0, 0.5, 4.0, 0.10, 1.0, 1.0, "马尾松林", "Masson pine"},
    {"chinese_fir", "TL5", 1.2, 1.0, 0.6, 0.7, 14.0, 0.5, 3.0, 0.12, 0.4, 0.9, "杉木林", "Chinese fir"},
    {"cypress", "TL3", 1.2, 1.0, 0.5, 0.6, 9.0, 0.6, 2.0, 0.12, 0.7, 0.9, "柏木林", "cypress"},
    {"bamboo", "TL6", 1.2, 1.5, 0.6, 0.8, 11.0, 0.4, 0.0, 0.0, 1.2, 0.7, "竹林", "bamboo"},
    {"broadleaf", "TL6", 0.8, 1.0, 0.7, 0.7, 12.0, 0.5, 0.0, 0.0, 0.7, 1.0, "阔叶林", "broadleaved forest"},
    {"mixed", "TU1", 1.0, 1.0, 0.5, 0.6, 11.0, 0.5, 3.0, 0.08, 0.7, 0.9, "针阔混交林", "mixed forest"},
    {"shrub", "SH2", 1.2, 1.0, 0.1, 0.0, 0.0, 0.5, 0.0, 0.0, 1.8, 0.8, "灌丛", "shrub"},
    {"cogon", "GR6", 1.0, 1.0, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 1.6, 1.5, "茅草坡", "cogon grass"},
    {"grass", "GR2", 1.0, 1.0, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 1.6, 2.0, "低矮草地", "low grass"},
    {"stubble", "GR1", 1.0, 1.0, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 1.6, 2.5, "收割后农田", "stubble fields"},
};

const struct local_fuel *local_fuel_table(int *count)
{
    *count = COUNT_OF(fuels);
    return fuels;
}

const struct local_fuel *local_fuel_by_code(struct text code)
{
    for (int i = 0; i < COUNT_OF(fuels); i++)
        if (text_is(code, fuels[i].code))
            return &fuels[i];
    return NULL;
}

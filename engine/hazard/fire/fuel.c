#include "hazard/fire/fuel.h"

/* Source of every figure: firelab/behave, src/behave/fuelModels.cpp (public domain), after Anderson
 * 1982 (INT-GTR-122) and Scott and Burgan 2005 (RMRS-GTR-153). Chinese names are our rendering.
 * number, code, dynamic, depth ft, extinction, heat dead, heat live, loads {1h 10h 100h herb
 * woody}, surface to volume {1h, herb, woody}, names. */
static const struct fuel models[] = {
    /* clang-format off */
    {1, "FM1", false, 1, 0.12, 8000, 8000, {0.034, 0, 0, 0, 0},
     3500, 1500, 1500,
     "Short grass [1]",
     "矮草"},
    {2, "FM2", false, 1, 0.15, 8000, 8000, {0.092, 0.046, 0.023, 0.023, 0},
     3000, 1500, 1500,
     "Timber grass and understory [2]",
     "林下草地"},
    {3, "FM3", false, 2.5, 0.25, 8000, 8000, {0.138, 0, 0, 0, 0},
     1500, 1500, 1500,
     "Tall grass [3]",
     "高草"},
    {4, "FM4", false, 6, 0.2, 8000, 8000, {0.23, 0.184, 0.092, 0, 0.23},
     2000, 1500, 1500,
     "Chaparral [4]",
     "密灌丛"},
    {5, "FM5", false, 2, 0.2, 8000, 8000, {0.046, 0.023, 0, 0, 0.092},
     2000, 1500, 1500,
     "Brush [5]",
     "灌丛"},
    {6, "FM6", false, 2.5, 0.25, 8000, 8000, {0.069, 0.115, 0.092, 0, 0},
     1750, 1500, 1500,
     "Dormant brush, hardwood slash [6]",
     "休眠灌丛、阔叶采伐剩余物"},
    {7, "FM7", false, 2.5, 0.4, 8000, 8000, {0.052, 0.086, 0.069, 0, 0.017},
     1750, 1500, 1500,
     "Southern rough [7]",
     "南方粗灌"},
    {8, "FM8", false, 0.2, 0.3, 8000, 8000, {0.069, 0.046, 0.115, 0, 0},
     2000, 1500, 1500,
     "Short needle litter [8]",
     "密实针叶枯落物"},
    {9, "FM9", false, 0.2, 0.25, 8000, 8000, {0.134, 0.019, 0.007, 0, 0},
     2500, 1500, 1500,
     "Long needle or hardwood litter [9]",
     "长针叶或阔叶枯落物"},
    {10, "FM10", false, 1, 0.25, 8000, 8000, {0.138, 0.092, 0.23, 0, 0.092},
     2000, 1500, 1500,
     "Timber litter & understory [10]",
     "林下枯落物与下木"},
    {11, "FM11", false, 1, 0.15, 8000, 8000, {0.069, 0.207, 0.253, 0, 0},
     1500, 1500, 1500,
     "Light logging slash [11]",
     "轻度采伐剩余物"},
    {12, "FM12", false, 2.3, 0.2, 8000, 8000, {0.184, 0.644, 0.759, 0, 0},
     1500, 1500, 1500,
     "Medium logging slash [12]",
     "中度采伐剩余物"},
    {13, "FM13", false, 3, 0.25, 8000, 8000, {0.322, 1.058, 1.288, 0, 0},
     1500, 1500, 1500,
     "Heavy logging slash [13]",
     "重度采伐剩余物"},
    {101, "GR1", true, 0.4, 0.15, 8000, 8000, {0.00459137, 0, 0, 0.0137741, 0},
     2200, 2000, 1500,
     "Short, sparse, dry climate grass (D)",
     "稀疏矮草（干燥）"},
    {102, "GR2", true, 1, 0.15, 8000, 8000, {0.00459137, 0, 0, 0.04591368, 0},
     2000, 1800, 1500,
     "Low load, dry climate grass (D)",
     "低载量草地（干燥）"},
    {103, "GR3", true, 2, 0.3, 8000, 8000, {0.00459137, 0.01836547, 0, 0.06887052, 0},
     1500, 1300, 1500,
     "Low load, very coarse, humid climate grass (D)",
     "低载量极粗草（湿润）"},
    {104, "GR4", true, 2, 0.15, 8000, 8000, {0.01147842, 0, 0, 0.087236, 0},
     2000, 1800, 1500,
     "Moderate load, dry climate grass (D)",
     "中载量草地（干燥）"},
    {105, "GR5", true, 1.5, 0.4, 8000, 8000, {0.01836547, 0, 0, 0.11478421, 0},
     1800, 1600, 1500,
     "Low load, humid climate grass (D)",
     "低载量草地（湿润）"},
    {106, "GR6", true, 1.5, 0.4, 9000, 9000, {0.00459137, 0, 0, 0.15610652, 0},
     2200, 2000, 1500,
     "Moderate load, humid climate grass (D)",
     "中载量草地（湿润）"},
    {107, "GR7", true, 3, 0.15, 8000, 8000, {0.04591368, 0, 0, 0.24793388, 0},
     2000, 1800, 1500,
     "High load, dry climate grass (D)",
     "高载量草地（干燥）"},
    {108, "GR8", true, 4, 0.3, 8000, 8000, {0.02295684, 0.04591368, 0, 0.33516988, 0},
     1500, 1300, 1500,
     "High load, very coarse, humid climate grass (D)",
     "高载量极粗草（湿润）"},
    {109, "GR9", true, 5, 0.4, 8000, 8000, {0.04591368, 0.04591368, 0, 0.41322314, 0},
     1800, 1600, 1500,
     "Very high load, humid climate grass (D)",
     "极高载量草地（湿润）"},
    {121, "GS1", true, 0.9, 0.15, 8000, 8000, {0.00918274, 0, 0, 0.02295684, 0.02984389},
     2000, 1800, 1800,
     "Low load, dry climate grass-shrub (D)",
     "低载量草灌（干燥）"},
    {122, "GS2", true, 1.5, 0.15, 8000, 8000, {0.02295684, 0.02295684, 0, 0.02754821, 0.04591368},
     2000, 1800, 1800,
     "Moderate load, dry climate grass-shrub (D)",
     "中载量草灌（干燥）"},
    {123, "GS3", true, 1.8, 0.4, 8000, 8000, {0.0137741, 0.01147842, 0, 0.06657484, 0.0573921},
     1800, 1600, 1600,
     "Moderate load, humid climate grass-shrub (D)",
     "中载量草灌（湿润）"},
    {124, "GS4", true, 2.1, 0.4, 8000, 8000, {0.087236, 0.0137741, 0.00459137, 0.15610652, 0.32598714},
     1800, 1600, 1600,
     "High load, humid climate grass-shrub (D)",
     "高载量草灌（湿润）"},
    {141, "SH1", true, 1, 0.15, 8000, 8000, {0.01147842, 0.01147842, 0, 0.00688705, 0.05968779},
     2000, 1800, 1600,
     "Low load, dry climate shrub (D)",
     "低载量灌木（干燥）"},
    {142, "SH2", true, 1, 0.15, 8000, 8000, {0.06198347, 0.11019284, 0.03443526, 0, 0.17676768},
     2000, 1800, 1600,
     "Moderate load, dry climate shrub (S)",
     "中载量灌木（干燥）"},
    {143, "SH3", true, 2.4, 0.4, 8000, 8000, {0.02066116, 0.13774105, 0, 0, 0.28466483},
     1600, 1800, 1400,
     "Moderate load, humid climate shrub (S)",
     "中载量灌木（湿润）"},
    {144, "SH4", true, 3, 0.3, 8000, 8000, {0.03902663, 0.05280073, 0.00918274, 0, 0.11707989},
     2000, 1800, 1600,
     "Low load, humid climate timber-shrub (S)",
     "低载量林下灌木（湿润）"},
    {145, "SH5", true, 6, 0.15, 8000, 8000, {0.16528926, 0.09641873, 0, 0, 0.13314968},
     750, 1800, 1600,
     "High load, dry climate shrub (S)",
     "高载量灌木（干燥）"},
    {146, "SH6", true, 2, 0.3, 8000, 8000, {0.13314968, 0.06657484, 0, 0, 0.06427916},
     750, 1800, 1600,
     "Low load, humid climate shrub (S)",
     "低载量灌木（湿润）"},
    {147, "SH7", true, 6, 0.15, 8000, 8000, {0.16069789, 0.24334252, 0.1010101, 0, 0.15610652},
     750, 1800, 1600,
     "Very high load, dry climate shrub (S)",
     "极高载量灌木（干燥）"},
    {148, "SH8", true, 3, 0.4, 8000, 8000, {0.09412305, 0.15610652, 0.03902663, 0, 0.19972452},
     750, 1800, 1600,
     "High load, humid climate shrub (S)",
     "高载量灌木（湿润）"},
    {149, "SH9", true, 4.4, 0.4, 8000, 8000, {0.20661157, 0.11248852, 0, 0.07116621, 0.32139578},
     750, 1800, 1500,
     "Very high load, humid climate shrub (D)",
     "极高载量灌木（湿润）"},
    {161, "TU1", true, 0.6, 0.2, 8000, 8000, {0.00918274, 0.04132231, 0.06887052, 0.00918274, 0.04132231},
     2000, 1800, 1600,
     "Light load, dry climate timber-grass-shrub (D)",
     "轻载量林草灌（干燥）"},
    {162, "TU2", true, 1, 0.3, 8000, 8000, {0.043618, 0.08264463, 0.0573921, 0, 0.00918274},
     2000, 1800, 1600,
     "Moderate load, humid climate timber-shrub (S)",
     "中载量林灌（湿润）"},
    {163, "TU3", true, 1.3, 0.3, 8000, 8000, {0.05050505, 0.00688705, 0.01147842, 0.02984389, 0.05050505},
     1800, 1600, 1400,
     "Moderate load, humid climate timber-grass-shrub (D)",
     "中载量林草灌（湿润）"},
    {164, "TU4", true, 0.5, 0.12, 8000, 8000, {0.20661157, 0, 0, 0, 0.09182736},
     2300, 1800, 2000,
     "Dwarf conifer understory (S)",
     "矮针叶林下木"},
    {165, "TU5", true, 1, 0.25, 8000, 8000, {0.18365473, 0.18365473, 0.13774105, 0, 0.13774105},
     1500, 1800, 750,
     "Very high load, dry climate timber-shrub (S)",
     "极高载量林灌（干燥）"},
    {181, "TL1", true, 0.2, 0.3, 8000, 8000, {0.04591368, 0.1010101, 0.16528926, 0, 0},
     2000, 1800, 1600,
     "Low load, compact conifer litter (S)",
     "低载量密实针叶枯落物"},
    {182, "TL2", true, 0.2, 0.25, 8000, 8000, {0.06427916, 0.10560147, 0.1010101, 0, 0},
     2000, 1800, 1600,
     "Low load broadleaf litter (S)",
     "低载量阔叶枯落物"},
    {183, "TL3", true, 0.3, 0.2, 8000, 8000, {0.02295684, 0.1010101, 0.12855831, 0, 0},
     2000, 1800, 1600,
     "Moderate load conifer litter (S)",
     "中载量针叶枯落物"},
    {184, "TL4", true, 0.4, 0.25, 8000, 8000, {0.02295684, 0.06887052, 0.19283747, 0, 0},
     2000, 1800, 1600,
     "Small downed logs (S)",
     "细小倒木"},
    {185, "TL5", true, 0.6, 0.25, 8000, 8000, {0.05280073, 0.11478421, 0.2020202, 0, 0},
     2000, 1800, 160,
     "High load conifer litter (S)",
     "高载量针叶枯落物"},
    {186, "TL6", true, 0.3, 0.25, 8000, 8000, {0.11019284, 0.05509642, 0.05509642, 0, 0},
     2000, 1800, 1600,
     "High load broadleaf litter (S)",
     "中载量阔叶枯落物"},
    {187, "TL7", true, 0.4, 0.25, 8000, 8000, {0.0137741, 0.06427916, 0.37190083, 0, 0},
     2000, 1800, 1600,
     "Large downed logs (S)",
     "粗大倒木"},
    {188, "TL8", true, 0.3, 0.35, 8000, 8000, {0.26629936, 0.06427916, 0.05050505, 0, 0},
     1800, 1800, 1600,
     "Long-needle litter (S)",
     "长针叶枯落物"},
    {189, "TL9", true, 0.6, 0.35, 8000, 8000, {0.30532599, 0.15151515, 0.19054178, 0, 0},
     1800, 1800, 1600,
     "Very high load broadleaf litter (S)",
     "极高载量阔叶枯落物"},
    {201, "SB1", true, 1, 0.25, 8000, 8000, {0.06887052, 0.13774105, 0.50505051, 0, 0},
     2000, 1800, 1600,
     "Low load activity fuel (S)",
     "低载量采伐剩余物"},
    {202, "SB2", true, 1, 0.25, 8000, 8000, {0.20661157, 0.19513315, 0.18365473, 0, 0},
     2000, 1800, 1600,
     "Moderate load activity or low load blowdown (S)",
     "中载量采伐剩余物或轻度风倒"},
    {203, "SB3", true, 1.2, 0.25, 8000, 8000, {0.25252525, 0.12626263, 0.13774105, 0, 0},
     2000, 1800, 1600,
     "High load activity fuel or moderate load blowdown (S)",
     "高载量采伐剩余物或中度风倒"},
    {204, "SB4", true, 2.7, 0.25, 8000, 8000, {0.24104683, 0.16069789, 0.24104683, 0, 0},
     2000, 1800, 1600,
     "High load blowdown (S)",
     "高载量风倒木"},
    /* clang-format on */
};

const struct fuel *fuel_table(int *count)
{
    *count = COUNT_OF(models);
    return models;
}

const struct fuel *fuel_by_number(int number)
{
    for (int i = 0; i < COUNT_OF(models); i++)
        if (models[i].number == number)
            return &models[i];
    return NULL;
}

const struct fuel *fuel_by_code(struct text code)
{
    for (int i = 0; i < COUNT_OF(models); i++)
        if (text_is(code, models[i].code))
            return &models[i];
    return NULL;
}

static bool between(double v, double low, double high)
{
    return v >= low && v <= high; /* false for NaN */
}

enum rc fuel_check(const struct fuel *f, struct err *e)
{
    bool good = between(f->depth_ft, 0.01, 30.0) && between(f->mx_dead, 0.01, 4.0) &&
                between(f->heat_dead_btu_lb, 1000.0, 20000.0) &&
                between(f->heat_live_btu_lb, 1000.0, 20000.0) && between(f->sav_1h, 16.0, 5000.0) &&
                between(f->sav_herb, 16.0, 5000.0) && between(f->sav_woody, 16.0, 5000.0);
    double total = 0.0;
    for (int i = 0; i < FUEL_CLASSES; i++) {
        good = good && between(f->load_lb_ft2[i], 0.0, 10.0);
        total += f->load_lb_ft2[i];
    }
    /* A bed denser than wood, or without anything in it, is a slip of units. */
    if (good && total > 0.0 && total / f->depth_ft < 16.0)
        return RC_OK;
    return ERR(e, RC_INPUT, MSG_FIRE_BAD_FUEL, arg_i(f->number), arg_s(f->code));
}

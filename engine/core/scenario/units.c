/* The table of units; declared in units.h. */
#include "core/scenario/units.h"

static const struct unit_row UNITS[] = {
    {"人", "人", "people", "名 位 口", 0},
    {"户", "户", "households", "", 0},
    {"件", "件", "", "套 台 个 只 袋 箱", 0},
    {"辆", "辆", "vehicles", "车", 0},
    {"ha", "ha", "ha", "公顷", 1},
    {"公顷", "公顷", "ha", "", 1}, /* of topics, which stand in sentences */
    {"m", "m", "m", "米", 1},
    {"m/s", "m/s", "m/s", "米/秒", 1},
    {"m3/s", "m³/s", "m³/s", "立方米/秒", 0},
    {"人/m2", "人/m²", "people/m²", "人/平方米", 1},
    {"ppm", "ppm", "ppm", "", 0},
    {"%", "%", "%", "", 0},
    {"°", "°", "°", "度", 0},
};

const struct unit_row *unit_at(int i)
{
    return i >= 0 && i < COUNT_OF(UNITS) ? &UNITS[i] : NULL;
}

const struct unit_row *unit_find(struct text unit)
{
    for (int i = 0; i < COUNT_OF(UNITS); i++)
        if (text_is(unit, UNITS[i].unit))
            return &UNITS[i];
    return NULL;
}

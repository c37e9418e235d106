#include "eval/law.h"

/* By level from 1: from here on it is at least that level. */
static const double deaths_from[] = {0, 30, 10, 3};
static const double injured_from[] = {0, 100, 50, 10};
static const double loss_from[] = {0, 1e8, 5e7, 1e7};
static const double area_from[] = {0, 1000, 100, 1};

static enum law_level higher(enum law_level so_far, double v, const double *from)
{
    for (enum law_level l = LAW_ESPECIALLY_SERIOUS; l < so_far; l++) {
        if (v >= from[l])
            return l;
    }
    return so_far;
}

enum law_level law_level(double deaths, double injured, double loss_yuan)
{
    enum law_level l = higher(LAW_ORDINARY, deaths, deaths_from);
    l = higher(l, injured, injured_from);
    return higher(l, loss_yuan, loss_from);
}

enum law_level law_forest_level(double area_ha, double deaths, double injured)
{
    enum law_level l = higher(LAW_ORDINARY, deaths, deaths_from);
    l = higher(l, injured, injured_from);
    return higher(l, area_ha, area_from);
}

struct title law_level_title(enum law_level level)
{
    static const char *const zh[] = {"", "特别重大（Ⅰ级）", "重大（Ⅱ级）", "较大（Ⅲ级）", "一般（Ⅳ级）"};
    static const char *const en[] = {"", "I, especially serious", "II, serious", "III, larger", "IV, ordinary"};
    return (struct title){text_of(zh[level]), text_of(en[level])};
}

/* law.h -- levels of accidents and fires by law: the highest level that any criterion reaches. "以上" takes
 * the bound in, "以下" leaves it out. Pure functions. */
#ifndef TUIYAN_EVAL_LAW_H
#define TUIYAN_EVAL_LAW_H

#include "core/scenario/names.h"

enum law_level { LAW_ESPECIALLY_SERIOUS = 1, LAW_SERIOUS, LAW_LARGER, LAW_ORDINARY };
struct title law_level_title(enum law_level level);

/* Accidents at work: 生产安全事故报告和调查处理条例 (State Council Order 493) art. 3. loss_yuan: direct. */
enum law_level law_level(double deaths, double injured, double loss_yuan);
/* Forest fires: 森林防火条例 art. 40. area_ha: burnt forest. */
enum law_level law_forest_level(double area_ha, double deaths, double injured);

#endif

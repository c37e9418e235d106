/* eval_calc.h -- agreement, weights and legal levels for `tuiyan calc`. */
#ifndef TUIYAN_EVAL_EVAL_CALC_H
#define TUIYAN_EVAL_EVAL_CALC_H

#include "core/scenario/calc.h"

enum { EVAL_CALCS = 12 };
extern const struct calc_row eval_calc[EVAL_CALCS];

/* Of calc_weights.c. */
extern const struct calc_param calc_ahp_param[], calc_entropy_param[], calc_fuzzy_param[], calc_level_param[],
    calc_forest_level_param[];
extern const struct calc_result_row calc_ahp_result[], calc_entropy_result[], calc_fuzzy_result[],
    calc_level_result[];
enum rc calc_work_ahp(const struct calc_input *in, struct calc_output *out, struct err *e);
enum rc calc_work_entropy(const struct calc_input *in, struct calc_output *out, struct err *e);
enum rc calc_work_fuzzy(const struct calc_input *in, struct calc_output *out, struct err *e);
enum rc calc_work_level(const struct calc_input *in, struct calc_output *out, struct err *e);
enum rc calc_work_forest_level(const struct calc_input *in, struct calc_output *out, struct err *e);

#endif

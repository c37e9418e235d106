/* fire_calc_parts.h -- formulas of fire_calc_room.c, for the table in fire_calc.c. */
#ifndef TUIYAN_HAZARD_FIRE_FIRE_CALC_PARTS_H
#define TUIYAN_HAZARD_FIRE_FIRE_CALC_PARTS_H

#include "core/scenario/calc.h"

extern const struct calc_param calc_contain_param[];
extern const struct calc_result_row calc_contain_result[];
enum rc calc_work_contain(const struct calc_input *in, struct calc_output *out, struct err *e);
extern const struct calc_param calc_spotting_param[];
extern const struct calc_result_row calc_spotting_result[];
enum rc calc_work_spotting(const struct calc_input *in, struct calc_output *out, struct err *e);
extern const struct calc_param calc_crown_param[];
extern const struct calc_result_row calc_crown_result[];
enum rc calc_work_crown(const struct calc_input *in, struct calc_output *out, struct err *e);
extern const struct calc_param calc_line_param[];
extern const struct calc_result_row calc_line_result[];
enum rc calc_work_line(const struct calc_input *in, struct calc_output *out, struct err *e);
extern const struct calc_param calc_attack_param[];
extern const struct calc_result_row calc_attack_result[];
enum rc calc_work_attack(const struct calc_input *in, struct calc_output *out, struct err *e);
extern const struct calc_result_row calc_outline_result[];
enum rc calc_work_outline(const struct calc_input *in, struct calc_output *out, struct err *e);

#endif

/* calc_weights.c -- weights, fuzzy evaluation and legal levels worked by hand. */
#include "base/num.h"
#include "eval/eval_calc.h"
#include "eval/law.h"
#include "eval/weights.h"

/* ---- weights.ahp ---- */

enum { AH_METHOD, AH_RI, AH_FORCE };
const struct calc_param calc_ahp_param[] = {
    {"method", "", "eigen geometric columns", 0, 0, AHP_EIGEN, "求权重的方法：特征向量、几何平均（方根法）、和法",
     "principal eigenvector, geometric mean of rows, mean of normalised columns"},
    {"ri", "", "classic saaty2005 donegan", 0, 0, AHP_CLASSIC, "平均随机一致性指标表", "table of random indices"},
    {"force", "", "no yes", 0, 0, 0, "CR 不小于 0.1 时是否仍给出", "give weights though CR is 0.1 or more"},
    {0},
};
enum { HR_WEIGHTS, HR_LAMBDA, HR_CI, HR_CR, HR_RI, HR_JUDGES, HR_MISSING, HR_NOTE };
const struct calc_result_row calc_ahp_result[] = {
    {"weights", "1", "权重", "weights"},
    {"lambda_max", "", "最大特征值", "principal eigenvalue"},
    {"ci", "1", "一致性指标 CI", "consistency index"},
    {"cr", "1", "一致性比例 CR，应小于 0.1", "consistency ratio, to be below 0.1"},
    {"ri", "1", "所用随机一致性指标 RI", "random index used"},
    {"judge_cr", "1", "各人判断矩阵的 CR", "consistency ratio of each judge"},
    {"missing", "", "无人比较的对数", "pairs that nobody compared"},
    {"note", "", "提示", "note"},
    {0},
};

static enum rc join_judges(const struct calc_input *in, double *all, struct err *e)
{
    int n = in->matrix[0].cols;
    for (int k = 0; k < in->matrices; k++) {
        const struct calc_matrix *m = &in->matrix[k];
        if (m->rows != n || m->cols != n)
            return ERR(e, RC_INPUT, MSG_AHP_NOT_SQUARE, arg_i(k + 1), arg_i(m->rows), arg_i(m->cols));
        for (int c = 0; c < n * n; c++)
            all[(size_t)k * (size_t)n * (size_t)n + (size_t)c] = m->at[c];
    }
    return RC_OK;
}

/* One judge's ratio may be undefined (too few pairs compared) though the group's is not. */
static enum rc set_judges(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    double *cr = calc_set_matrix(out, HR_JUDGES, 1, in->matrices);
    if (!cr)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int k = 0; k < in->matrices; k++) {
        struct ahp one;
        enum rc rc = ahp_run(in->matrix[k].at, 1, in->matrix[0].cols, (enum ahp_method)(int)in->num[AH_METHOD],
                             (enum ahp_index)(int)in->num[AH_RI], out->arena, &one, e);
        if (rc == RC_MEMORY)
            return rc;
        cr[k] = rc == RC_OK ? one.cr : 0.0 / 0.0;
    }
    return RC_OK;
}

enum rc calc_work_ahp(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    int n = in->matrix[0].cols;
    struct ahp v;
    if (n > AHP_MAX || in->matrices > AHP_JUDGES_MAX)
        return ERR(e, RC_LIMIT, MSG_AHP_LARGE, arg_i(AHP_MAX), arg_i(AHP_JUDGES_MAX));
    double *all = ARENA_NEW(out->arena, double, (size_t)n * (size_t)n * (size_t)in->matrices);
    if (!all)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    enum rc rc = join_judges(in, all, e);
    if (rc == RC_OK)
        rc = ahp_run(all, in->matrices, n, (enum ahp_method)(int)in->num[AH_METHOD], (enum ahp_index)(int)in->num[AH_RI],
                     out->arena, &v, e);
    if (rc == RC_OK && v.cr >= AHP_CR_LIMIT && in->num[AH_FORCE] < 0.5)
        rc = ERR(e, RC_NO, MSG_AHP_INCONSISTENT, arg_d(v.cr, 4));
    if (rc == RC_OK && in->matrices > 1)
        rc = set_judges(in, out, e);
    double *weight = rc == RC_OK ? calc_set_matrix(out, HR_WEIGHTS, 1, n) : NULL;
    if (rc == RC_OK && !weight)
        rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (rc != RC_OK)
        return rc;
    for (int i = 0; i < n; i++)
        weight[i] = v.weight[i];
    calc_set(out, HR_LAMBDA, v.lambda_max);
    calc_set(out, HR_CI, v.ci);
    calc_set(out, HR_CR, v.cr);
    calc_set(out, HR_RI, v.ri);
    if (v.missing > 0)
        calc_set(out, HR_MISSING, v.missing);
    if (v.cr >= AHP_CR_LIMIT)
        calc_set_title(out, HR_NOTE, "CR 不小于 0.1，权重系强制给出", "CR is not below 0.1; the weights were forced");
    return RC_OK;
}

/* ---- weights.entropy ---- */

enum { EN_SCALE };
const struct calc_param calc_entropy_param[] = {
    {"scale", "", "none minmax", 0, 0, 0, "是否先按列作极差标准化", "scale each column to 0..1 first"},
    {0},
};
enum { ER_WEIGHTS, ER_ENTROPY };
const struct calc_result_row calc_entropy_result[] = {
    {"weights", "1", "权重：反映差异大小，不反映重要程度", "weights: they tell what differs, not what matters"},
    {"entropy", "1", "各列信息熵", "entropy of each column"},
    {0},
};

enum rc calc_work_entropy(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    const struct calc_matrix *m = in->matrix;
    if (in->matrices != 1)
        return ERR(e, RC_INPUT, MSG_AGREE_ONE_TABLE, arg_s("weights.entropy"), arg_i(in->matrices));
    double *weight = calc_set_matrix(out, ER_WEIGHTS, 1, m->cols);
    double *entropy = calc_set_matrix(out, ER_ENTROPY, 1, m->cols);
    if (!weight || !entropy)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    return entropy_run(m->at, m->rows, m->cols, in->num[EN_SCALE] > 0.5, entropy, weight, e);
}

/* ---- fuzzy.evaluate ---- */

enum { FZ_OPERATOR };
const struct calc_param calc_fuzzy_param[] = {
    {"operator", "", "mean minmax productmax minsum", 0, 0, FUZZY_MEAN,
     "算子：M(·,+) 加权平均，M(∧,∨)，M(·,∨)，M(∧,⊕)", "M(.,+) weighted mean, M(and,or), M(.,or), M(and,+)"},
    {0},
};
enum { ZR_RESULT, ZR_SHARES, ZR_BEST, ZR_SCORE };
const struct calc_result_row calc_fuzzy_result[] = {
    {"result", "1", "各等级隶属度 B", "membership of each grade"},
    {"normalized", "1", "归一化的隶属度", "the same, sum 1"},
    {"best", "", "隶属度最大的等级（从 1 起）", "grade of the greatest membership, from 1"},
    {"score", "", "按等级分值的得分", "score by the grades' marks"},
    {0},
};

enum rc calc_work_fuzzy(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    const struct calc_matrix *m = in->matrix;
    if (in->matrices < 2 || in->matrices > 3 || m[0].rows != 1 || m[0].cols != m[1].rows ||
        (in->matrices == 3 && (m[2].rows != 1 || m[2].cols != m[1].cols)))
        return ERR0(e, RC_INPUT, MSG_FUZZY_TABLES);
    int grades = m[1].cols, best = 0;
    double sum = 0.0, score = 0.0;
    double *b = calc_set_matrix(out, ZR_RESULT, 1, grades), *share = calc_set_matrix(out, ZR_SHARES, 1, grades);
    if (!b || !share)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    enum rc rc = fuzzy_run(m[0].at, m[1].at, m[1].rows, grades, (enum fuzzy_operator)(int)in->num[FZ_OPERATOR], b, e);
    if (rc != RC_OK)
        return rc;
    for (int j = 0; j < grades; j++) {
        sum += b[j];
        best = b[j] > b[best] ? j : best;
    }
    for (int j = 0; j < grades; j++) {
        share[j] = sum > 0.0 ? b[j] / sum : 0.0 / 0.0;
        score += in->matrices == 3 ? share[j] * m[2].at[j] : 0.0;
    }
    calc_set(out, ZR_BEST, best + 1);
    if (in->matrices == 3)
        calc_set(out, ZR_SCORE, score);
    return RC_OK;
}

/* ---- law.level, law.forest_level ---- */

#define DEATHS                                                                                     \
    {"deaths", "", NULL, 0, 1e6, 0, "死亡人数", "deaths"}
#define INJURED                                                                                    \
    {"injured", "", NULL, 0, 1e6, 0, "重伤人数（含急性工业中毒）", "seriously injured, acute poisoning included"}

enum { LE_DEATHS, LE_INJURED, LE_LOSS };
const struct calc_param calc_level_param[] = {
    DEATHS,
    INJURED,
    {"loss", "yuan", NULL, 0, 1e13, 0, "直接经济损失", "direct loss"},
    {0},
};
enum { FO_AREA, FO_DEATHS, FO_INJURED };
const struct calc_param calc_forest_level_param[] = {
    {"area", "ha", NULL, 0, 1e8, 0, "受害森林面积", "burnt forest"},
    DEATHS,
    INJURED,
    {0},
};
enum { LR_LEVEL, LR_TITLE };
const struct calc_result_row calc_level_result[] = {
    {"level", "", "级别：1 最高，4 最低", "level: 1 is the highest, 4 the lowest"},
    {"title", "", "等级", "its name"},
    {0},
};

static enum rc set_level(struct calc_output *out, enum law_level l)
{
    calc_set(out, LR_LEVEL, l);
    calc_set_title(out, LR_TITLE, law_level_title(l).zh.at, law_level_title(l).en.at);
    return RC_OK;
}

enum rc calc_work_level(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    return set_level(out, law_level(in->num[LE_DEATHS], in->num[LE_INJURED], in->num[LE_LOSS]));
}

enum rc calc_work_forest_level(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    (void)e;
    return set_level(out, law_forest_level(in->num[FO_AREA], in->num[FO_DEATHS], in->num[FO_INJURED]));
}

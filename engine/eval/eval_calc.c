#include "eval/eval_calc.h"

#include "eval/agree.h"
#include "eval/icc.h"

#define TABLE_ZH "每位评估人一行，每项一列；缺失写 *"
#define TABLE_EN "a rater a line, an item a column; * is a missing mark"

enum { ROWS_RATERS, ROWS_ITEMS };
#define ROWS_PARAM                                                                                 \
    {"rows", "", "raters items", 0, 0, ROWS_RATERS, "一行是一位评估人，还是一个项目",              \
     "what a line is: a rater, or an item"}

static enum rc one_table(const struct calc_input *in, const char *name, struct err *e)
{
    return in->matrices == 1 ? RC_OK : ERR(e, RC_INPUT, MSG_AGREE_ONE_TABLE, arg_s(name), arg_i(in->matrices));
}

/* The only table, turned so that a row is a rater. */
static enum rc read_raters(const struct calc_input *in, const char *name, double rows, struct arena *a,
                           struct agree_table *t, struct err *e)
{
    enum rc rc = one_table(in, name, e);
    if (rc != RC_OK)
        return rc;
    const struct calc_matrix *m = in->matrix;
    *t = (struct agree_table){m->rows, m->cols, m->at};
    if ((int)rows == ROWS_RATERS)
        return RC_OK;
    double *turned = ARENA_NEW(a, double, (size_t)m->rows * (size_t)m->cols);
    if (!turned)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int r = 0; r < m->rows; r++) {
        for (int c = 0; c < m->cols; c++)
            turned[(size_t)c * (size_t)m->rows + (size_t)r] = m->at[(size_t)r * (size_t)m->cols + (size_t)c];
    }
    *t = (struct agree_table){m->cols, m->rows, turned};
    return RC_OK;
}

static void note_few(struct calc_output *out, int i, const struct agree_table *t)
{
    if (agree_too_few(t->raters, t->items))
        calc_set_title(out, i, "样本过少（评估人少于 3 位或项目少于 5 项），仅供参考",
                       "too few: below 3 raters or 5 items; take it as a hint only");
}

#define NOTE_ROW                                                                                   \
    {"note", "", "提示", "note"}

/* ---- agreement.alpha ---- */

enum { AL_LEVEL, AL_ROWS };
static const struct calc_param alpha_param[] = {
    {"level", "", "nominal ordinal interval ratio", 0, 0, ALPHA_ORDINAL, "测量尺度：名义、顺序、间隔、比率",
     "level of measurement"},
    ROWS_PARAM,
    {0},
};
enum { AR_ALPHA, AR_OBSERVED, AR_EXPECTED, AR_UNITS, AR_MARKS, AR_NOTE };
static const struct calc_result_row alpha_result[] = {
    {"alpha", "1", "Krippendorff α；0.8 以上可靠，0.667 至 0.8 供参考（通行说法，未核）",
     "Krippendorff's alpha; 0.8 and more reliable, 0.667 to 0.8 tentative (custom, unverified)"},
    {"observed", "1", "实际分歧 Do", "observed disagreement Do"},
    {"expected", "1", "期望分歧 De", "expected disagreement De"},
    {"units", "", "有两个以上评分的项目数", "items with two marks or more"},
    {"marks", "", "其上的评分数", "marks on them"},
    NOTE_ROW,
    {0},
};

static enum rc work_alpha(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    struct agree_table t;
    struct agree_alpha v;
    enum rc rc = read_raters(in, "agreement.alpha", in->num[AL_ROWS], out->arena, &t, e);
    if (rc == RC_OK)
        rc = agree_alpha(&t, (enum alpha_level)(int)in->num[AL_LEVEL], out->arena, &v, e);
    if (rc != RC_OK)
        return rc;
    calc_set(out, AR_ALPHA, v.alpha);
    calc_set(out, AR_OBSERVED, v.observed);
    calc_set(out, AR_EXPECTED, v.expected);
    calc_set(out, AR_UNITS, v.units);
    calc_set(out, AR_MARKS, v.marks);
    note_few(out, AR_NOTE, &t);
    return RC_OK;
}

/* ---- agreement.icc ---- */

enum { IC_CONFIDENCE, IC_ROWS };
static const struct calc_param icc_param[] = {
    {"confidence", "1", NULL, 0.5, 0.9999, 0.95, "置信水平", "confidence of the intervals"},
    ROWS_PARAM,
    {0},
};
enum { IR_VALUE, IR_LOW = ICC_FORMS, IR_HIGH = 2 * ICC_FORMS, IR_BETWEEN = 3 * ICC_FORMS, IR_WITHIN, IR_JUDGES, IR_ERROR,
       IR_F_ONE, IR_P_ONE, IR_F_TWO, IR_P_TWO, IR_DF, IR_NOTE };
static const struct calc_result_row icc_result[] = {
    {"icc.1,1", "1", "单因素随机，单个评估人", "one-way random, one rater"},
    {"icc.2,1", "1", "双因素随机，绝对一致，单个评估人（专家组用这个）",
     "two-way random, absolute agreement, one rater (the one for a panel)"},
    {"icc.3,1", "1", "双因素混合，一致性，单个评估人", "two-way mixed, consistency, one rater"},
    {"icc.1,k", "1", "单因素随机，平均分", "one-way random, mean of the raters"},
    {"icc.2,k", "1", "双因素随机，绝对一致，平均分（专家组平均分的可靠程度）",
     "two-way random, absolute agreement, mean of the raters"},
    {"icc.3,k", "1", "双因素混合，一致性，平均分", "two-way mixed, consistency, mean of the raters"},
    {"low.1,1", "1", "置信下限", "lower bound"},
    {"low.2,1", "1", "置信下限", "lower bound"},
    {"low.3,1", "1", "置信下限", "lower bound"},
    {"low.1,k", "1", "置信下限", "lower bound"},
    {"low.2,k", "1", "置信下限", "lower bound"},
    {"low.3,k", "1", "置信下限", "lower bound"},
    {"high.1,1", "1", "置信上限", "upper bound"},
    {"high.2,1", "1", "置信上限", "upper bound"},
    {"high.3,1", "1", "置信上限", "upper bound"},
    {"high.1,k", "1", "置信上限", "upper bound"},
    {"high.2,k", "1", "置信上限", "upper bound"},
    {"high.3,k", "1", "置信上限", "upper bound"},
    {"ms_between", "", "项目间均方 MSB", "mean square between items"},
    {"ms_within", "", "项目内均方 MSW", "mean square within items"},
    {"ms_judges", "", "评估人间均方 MSJ", "mean square between raters"},
    {"ms_error", "", "残差均方 MSE", "residual mean square"},
    {"f_one_way", "", "F = MSB/MSW", "F = MSB/MSW"},
    {"p_one_way", "1", "其显著性", "its significance"},
    {"f_two_way", "", "F = MSB/MSE", "F = MSB/MSE"},
    {"p_two_way", "1", "其显著性", "its significance"},
    {"df", "", "ICC(2,1) 区间的自由度", "degrees of freedom of the interval of ICC(2,1)"},
    NOTE_ROW,
    {0},
};

static enum rc work_icc(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    struct agree_table t;
    struct icc v;
    enum rc rc = read_raters(in, "agreement.icc", in->num[IC_ROWS], out->arena, &t, e);
    if (rc == RC_OK)
        rc = icc_run(&t, in->num[IC_CONFIDENCE], &v, e);
    if (rc != RC_OK)
        return rc;
    for (int i = 0; i < ICC_FORMS; i++) {
        calc_set(out, IR_VALUE + i, v.value[i]);
        calc_set(out, IR_LOW + i, v.low[i]);
        calc_set(out, IR_HIGH + i, v.high[i]);
    }
    calc_set(out, IR_BETWEEN, v.between);
    calc_set(out, IR_WITHIN, v.within);
    calc_set(out, IR_JUDGES, v.judges);
    calc_set(out, IR_ERROR, v.error);
    calc_set(out, IR_F_ONE, v.f_one);
    calc_set(out, IR_P_ONE, v.p_one);
    calc_set(out, IR_F_TWO, v.f_two);
    calc_set(out, IR_P_TWO, v.p_two);
    calc_set(out, IR_DF, v.df);
    note_few(out, IR_NOTE, &t);
    return RC_OK;
}

/* ---- agreement.kendall ---- */

enum { KE_ROWS };
static const struct calc_param kendall_param[] = {ROWS_PARAM, {0}};
enum { KR_W, KR_TIED, KR_CHI2, KR_P, KR_CHI2_TIED, KR_P_TIED, KR_DF, KR_S, KR_TIES, KR_NOTE };
static const struct calc_result_row kendall_result[] = {
    {"w", "1", "Kendall W", "Kendall's W"},
    {"w_tied", "1", "W，经同分校正", "W corrected for ties"},
    {"chi2", "", "χ² = m(n−1)W", "chi-squared"},
    {"p", "1", "其显著性", "its significance"},
    {"chi2_tied", "", "χ²，经同分校正", "chi-squared with W corrected for ties"},
    {"p_tied", "1", "其显著性", "its significance"},
    {"df", "", "自由度", "degrees of freedom"},
    {"s", "", "秩和离差平方和 S", "sum of squares of the rank sums"},
    {"ties", "", "同分项 Σ(t³−t)", "ties, sum of t^3 - t"},
    NOTE_ROW,
    {0},
};

static enum rc work_kendall(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    struct agree_table t;
    struct agree_kendall v;
    enum rc rc = read_raters(in, "agreement.kendall", in->num[KE_ROWS], out->arena, &t, e);
    if (rc == RC_OK)
        rc = agree_kendall(&t, out->arena, &v, e);
    if (rc != RC_OK)
        return rc;
    calc_set(out, KR_W, v.w);
    calc_set(out, KR_TIED, v.w_tied);
    calc_set(out, KR_CHI2, v.chi2);
    calc_set(out, KR_P, v.p);
    calc_set(out, KR_CHI2_TIED, v.chi2_tied);
    calc_set(out, KR_P_TIED, v.p_tied);
    calc_set(out, KR_DF, v.df);
    calc_set(out, KR_S, v.s);
    calc_set(out, KR_TIES, v.ties);
    note_few(out, KR_NOTE, &t);
    return RC_OK;
}

/* ---- agreement.fleiss, agreement.cohen ---- */

enum { FL_TABLE };
enum { TABLE_COUNTS, TABLE_RATERS, TABLE_ITEMS };
static const struct calc_param fleiss_param[] = {
    {"rows", "", "counts raters items", 0, 0, TABLE_COUNTS,
     "一行是一个项目在各类别上的人数，还是一位评估人的评定，或各人对一个项目的评定",
     "what a line is: an item with the raters counted by category, a rater's marks, or an item's marks"},
    {0},
};
enum { KA_KAPPA, KA_OBSERVED, KA_EXPECTED };
static const struct calc_result_row kappa_result[] = {
    {"kappa", "1", "κ；Landis 与 Koch：0.2 以下轻微，0.4 以下尚可，0.6 以下中等，0.8 以下较强，以上几乎完全",
     "kappa; Landis and Koch: to 0.2 slight, 0.4 fair, 0.6 moderate, 0.8 substantial, above almost perfect"},
    {"observed", "1", "实际一致率", "observed agreement"},
    {"expected", "1", "偶然一致率", "agreement by chance"},
    {0},
};

static void set_kappa(struct calc_output *out, const struct agree_kappa *v)
{
    calc_set(out, KA_KAPPA, v->kappa);
    calc_set(out, KA_OBSERVED, v->observed);
    calc_set(out, KA_EXPECTED, v->expected);
}

static enum rc work_fleiss(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    struct agree_table t;
    struct agree_kappa v;
    int rows = (int)in->num[FL_TABLE];
    enum rc rc = read_raters(in, "agreement.fleiss", rows == TABLE_ITEMS ? ROWS_ITEMS : ROWS_RATERS, out->arena, &t, e);
    if (rc == RC_OK && rows == TABLE_COUNTS)
        rc = agree_fleiss(t.at, t.raters, t.items, &v, e);
    else if (rc == RC_OK)
        rc = agree_fleiss_marks(&t, out->arena, &v, e);
    if (rc == RC_OK)
        set_kappa(out, &v);
    return rc;
}

static enum rc work_cohen(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    struct agree_kappa v;
    const struct calc_matrix *m = in->matrix;
    enum rc rc = one_table(in, "agreement.cohen", e);
    if (rc == RC_OK && m->rows != m->cols)
        rc = ERR(e, RC_INPUT, MSG_AGREE_SQUARE, arg_i(m->rows), arg_i(m->cols));
    if (rc == RC_OK)
        rc = agree_cohen(m->at, m->cols, &v, e);
    if (rc == RC_OK)
        set_kappa(out, &v);
    return rc;
}

/* ---- agreement.percent, agreement.rwg ---- */

enum { PE_ROWS };
static const struct calc_param percent_param[] = {ROWS_PARAM, {0}};
enum { PR_PAIRS, PR_WHOLE, PR_UNITS, PR_NOTE };
static const struct calc_result_row percent_result[] = {
    {"pairs", "1", "两两一致的比例", "share of pairs of marks that are equal"},
    {"whole", "1", "全体一致的项目比例", "share of items on which all marks are equal"},
    {"units", "", "有两个以上评分的项目数", "items with two marks or more"},
    NOTE_ROW,
    {0},
};

static enum rc work_percent(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    struct agree_table t;
    struct agree_percent v;
    enum rc rc = read_raters(in, "agreement.percent", in->num[PE_ROWS], out->arena, &t, e);
    if (rc == RC_OK)
        rc = agree_percent(&t, &v, e);
    if (rc != RC_OK)
        return rc;
    calc_set(out, PR_PAIRS, v.pairs);
    calc_set(out, PR_WHOLE, v.whole);
    calc_set(out, PR_UNITS, v.units);
    note_few(out, PR_NOTE, &t);
    return RC_OK;
}

enum { RW_STEPS, RW_ROWS };
static const struct calc_param rwg_param[] = {
    {"steps", "", NULL, 2, 1000, 5, "评分等级数", "steps of the scale"},
    ROWS_PARAM,
    {0},
};
static const struct calc_result_row rwg_result[] = {
    {"rwg", "1", "每项的 r_wg", "r_wg of each item"},
    {0},
};

static enum rc work_rwg(const struct calc_input *in, struct calc_output *out, struct err *e)
{
    struct agree_table t;
    enum rc rc = read_raters(in, "agreement.rwg", in->num[RW_ROWS], out->arena, &t, e);
    if (rc != RC_OK)
        return rc;
    double *v = calc_set_matrix(out, 0, 1, t.items);
    if (!v)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < t.items; i++)
        v[i] = agree_rwg(&t, i, in->num[RW_STEPS]);
    return RC_OK;
}

#define SOURCE_AHP                                                                                 \
    "Saaty 1980; missing pairs: Bozóki, Fülöp and Rónyai 2010; RI of complete matrices, classic's 9 and 10 unverified"

const struct calc_row eval_calc[EVAL_CALCS] = {
    {"agreement.alpha", "评估人一致性：Krippendorff α（可有缺失）", "agreement of raters: Krippendorff's alpha, holes allowed",
     "Krippendorff 2011, Computing Krippendorff's alpha-reliability", TABLE_ZH, TABLE_EN, alpha_param, alpha_result, work_alpha},
    {"agreement.icc", "评估人一致性：组内相关系数及置信区间", "agreement of raters: intraclass correlation with intervals",
     "Shrout and Fleiss 1979", TABLE_ZH, TABLE_EN, icc_param, icc_result, work_icc},
    {"agreement.kendall", "评估人排序一致性：Kendall W", "agreement of rankings: Kendall's W", "Kendall and Babington Smith 1939",
     TABLE_ZH, TABLE_EN, kendall_param, kendall_result, work_kendall},
    {"agreement.fleiss", "评估人分类一致性：Fleiss κ", "agreement on categories: Fleiss' kappa", "Fleiss 1971",
     "每个项目一行，每个类别一列，值为人数（rows 可改）", "an item a line, a category a column, raters counted (see rows)",
     fleiss_param, kappa_result, work_fleiss},
    {"agreement.cohen", "两位评估人分类一致性：Cohen κ", "agreement of two raters on categories: Cohen's kappa", "Cohen 1960",
     "方阵：甲评为行、乙评为列的次数", "a square table: how often the first said the row, the second the column", NULL,
     kappa_result, work_cohen},
    {"agreement.percent", "评估人一致率", "percent agreement, as a share", "plain count", TABLE_ZH, TABLE_EN, percent_param,
     percent_result, work_percent},
    {"agreement.rwg", "每项的组内一致度 r_wg", "agreement on each item: r_wg", "James, Demaree and Wolf 1984", TABLE_ZH, TABLE_EN,
     rwg_param, rwg_result, work_rwg},
    {"weights.ahp", "层次分析法权重（可不完整，可多人）", "weights by the analytic hierarchy process", SOURCE_AHP,
     "判断矩阵每行一行，可写 1/3，未比较写 *；多人的矩阵之间空一行", "a row of the matrix a line, 1/3 allowed, * is not compared; an empty line between judges",
     calc_ahp_param, calc_ahp_result, calc_work_ahp},
    {"weights.entropy", "熵权法权重", "weights by entropy", "Shannon entropy over the share of each object",
     "每个对象一行，每项指标一列", "an object a line, an indicator a column", calc_entropy_param, calc_entropy_result,
     calc_work_entropy},
    {"fuzzy.evaluate", "模糊综合评价", "fuzzy comprehensive evaluation", "operators of fuzzy comprehensive evaluation as in Chinese textbooks",
     "一行权重，空一行，隶属度矩阵（每因素一行、每等级一列）；可再空一行给等级分值",
     "a line of weights, an empty line, memberships (a factor a line, a grade a column); after another empty line the grades' marks may follow",
     calc_fuzzy_param, calc_fuzzy_result, calc_work_fuzzy},
    {"law.level", "生产安全事故等级", "level of an accident at work", "生产安全事故报告和调查处理条例（国务院令第493号）第三条", NULL, NULL,
     calc_level_param, calc_level_result, calc_work_level},
    {"law.forest_level", "森林火灾等级", "level of a forest fire", "森林防火条例第四十条", NULL, NULL, calc_forest_level_param,
     calc_level_result, calc_work_forest_level},
};

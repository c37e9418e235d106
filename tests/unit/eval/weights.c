/* Protects weights and levels: Saaty's matrices by three methods and three random indices, several judges, pairs nobody compared,
 * refusals by cell; entropy; fuzzy operators; the bounds of the levels by law. */
#include "eval/law.h"
#include "eval/weights.h"
#include "stage.h"

/* Fills a whole matrix from its upper triangle, row by row. */
static void from_upper(const double *upper, int n, double *m)
{
    for (int i = 0; i < n; i++) {
        m[i * n + i] = 1.0;
        for (int j = i + 1; j < n; j++) {
            m[i * n + j] = *upper;
            m[j * n + i] = 1.0 / *upper++;
        }
    }
}

static struct ahp run(const double *upper, int n, enum ahp_method method, enum ahp_index index)
{
    double m[64];
    struct ahp v;
    from_upper(upper, n, m);
    if (ahp_run(m, 1, n, method, index, &arena, &v, &err) != RC_OK)
        fail_msg("%s", err_text(&err, LANG_EN));
    return v;
}

static void all_near(const double *got, const double *want, int n, double within)
{
    for (int i = 0; i < n; i++)
        near(got[i], want[i], within);
}

static const double drinks[] = {9, 5, 2, 1, 1, 0.5, 1 / 3.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 3.0, 0.25, 1 / 3.0, 1 / 9.0,
                                1, 0.5, 1, 1 / 3.0, 2, 1, 0.5, 0.5, 1 / 3.0, 1 / 3.0};

/* coffee wine tea beer soda milk water; the upper triangle of the printed matrix. */
static void saaty_drinks(void **state)
{
    (void)state;
    static const double m[] = {
        1,       9, 5,       2,       1,       1,       0.5,     1 / 9.0, 1, 1 / 3.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0,
        0.2,     3, 1,       1 / 3.0, 0.25,    1 / 3.0, 1 / 9.0, 0.5,     9, 3,       1,       0.5,     1,       1 / 3.0,
        1,       9, 4,       2,       1,       2,       0.5,     1,       9, 3,       1,       0.5,     1,       1 / 3.0,
        2,       9, 9,       3,       2,       3,       1,
    };
    static const double eig[] = {.1775, .0191, .0418, .1164, .1896, .1288, .3268};
    static const double geo[] = {.1787, .0185, .0422, .1165, .1911, .1286, .3243};
    static const double col[] = {.1776, .0195, .0421, .1173, .1888, .1296, .3250};
    struct ahp v;
    assert_int_equal(ahp_run(m, 1, 7, AHP_EIGEN, AHP_CLASSIC, &arena, &v, &err), RC_OK);
    all_near(v.weight, eig, 7, 5.1e-5);
    near(v.lambda_max, 7.17663, 5e-6);
    near(v.ci, .02944, 5e-6);
    near(v.cr, .0223, 5e-5);
    assert_int_equal(ahp_run(m, 1, 7, AHP_EIGEN, AHP_SAATY2005, &arena, &v, &err), RC_OK);
    near(v.cr, .0218, 5e-5);
    assert_int_equal(ahp_run(m, 1, 7, AHP_EIGEN, AHP_DONEGAN, &arena, &v, &err), RC_OK);
    near(v.cr, .0235, 5e-5);
    assert_int_equal(ahp_run(m, 1, 7, AHP_GEOMETRIC, AHP_CLASSIC, &arena, &v, &err), RC_OK);
    all_near(v.weight, geo, 7, 5.1e-5);
    assert_int_equal(ahp_run(m, 1, 7, AHP_COLUMNS, AHP_CLASSIC, &arena, &v, &err), RC_OK);
    all_near(v.weight, col, 7, 5.1e-5);
}

/* A hierarchy: four criteria, three candidates. */
static void choosing_a_leader(void **state)
{
    (void)state;
    static const double criteria[] = {4, 3, 7, 1 / 3.0, 3, 5}, weight[] = {.5476, .1266, .2699, .0559};
    static const double below[][3] = {{.25, 4, 9}, {3, .2, 1 / 7.0}, {5, 9, 4}, {1 / 3.0, 5, 9}};
    static const double each[][3] = {{.2172, .7171, .0658}, {.1884, .0810, .7306}, {.7429, .1939, .0633}, {.2654, .6716, .0629}};
    static const double cr[] = {.0355, .0624, .0685, .0279}, want[] = {.3581, .4928, .1491};
    static const double group_cr[] = {.0439, .0444, .0476};
    double total[3] = {0};
    struct ahp top = run(criteria, 4, AHP_EIGEN, AHP_CLASSIC);
    all_near(top.weight, weight, 4, 5.1e-5);
    near(top.lambda_max, 4.11842, 5e-6);
    for (int i = AHP_CLASSIC; i <= AHP_DONEGAN; i++)
        near(run(criteria, 4, AHP_EIGEN, (enum ahp_index)i).cr, group_cr[i], 5.1e-5);
    for (int c = 0; c < 4; c++) {
        struct ahp v = run(below[c], 3, AHP_EIGEN, AHP_SAATY2005);
        all_near(v.weight, each[c], 3, 5.1e-5);
        near(v.cr, cr[c], 5.1e-5);
        for (int i = 0; i < 3; i++)
            total[i] += top.weight[c] * v.weight[i];
    }
    near(run(below[0], 3, AHP_EIGEN, AHP_CLASSIC).lambda_max, 3.03690, 5e-6);
    all_near(total, want, 3, 5.1e-5); /* Moll, Nell, Sue */
}

static void inconsistent(void **state)
{
    (void)state;
    static const double upper[] = {3, .2, 5};
    struct ahp v = run(upper, 3, AHP_EIGEN, AHP_CLASSIC);
    near(v.lambda_max, 5.45429, 5e-6);
    near(v.cr, 2.116, 5e-4);
    assert_true(v.cr >= AHP_CR_LIMIT);
    assert_true(run(upper, 2, AHP_EIGEN, AHP_CLASSIC).cr == 0.0);
}

static void several_judges(void **state)
{
    (void)state;
    double m[2 * 9];
    from_upper((const double[]){2, 8, 4}, 3, m);
    from_upper((const double[]){8, 2, 1}, 3, m + 9); /* together 4, 4, 2 */
    struct ahp v, alone = run((const double[]){4, 4, 2}, 3, AHP_EIGEN, AHP_CLASSIC);
    assert_int_equal(ahp_run(m, 2, 3, AHP_EIGEN, AHP_CLASSIC, &arena, &v, &err), RC_OK);
    all_near(v.weight, alone.weight, 3, 1e-14);
    near(v.cr, alone.cr, 1e-13);
    m[1] = m[3] = HOLE; /* only the second compared 1 and 2 */
    alone = run((const double[]){8, 4, 2}, 3, AHP_EIGEN, AHP_CLASSIC);
    assert_int_equal(ahp_run(m, 2, 3, AHP_EIGEN, AHP_CLASSIC, &arena, &v, &err), RC_OK);
    assert_int_equal(v.missing, 0);
    all_near(v.weight, alone.weight, 3, 1e-14);
}

/* Of a consistent matrix any part that joins all gives the weights back; of another the completion is where lambda is least. */
static void incomplete(void **state)
{
    (void)state;
    double m[49];
    struct ahp v;
    static const double chain[] = {2, HOLE, HOLE, 3, HOLE, 0.5};
    from_upper(chain, 4, m);
    /* w1 = 2 w2, w2 = 3 w3, w3 = w4 / 2: 6 3 1 2 of 12 */
    assert_int_equal(ahp_run(m, 1, 4, AHP_EIGEN, AHP_CLASSIC, &arena, &v, &err), RC_OK);
    assert_int_equal(v.missing, 3);
    near(v.weight[0], 6.0 / 12, 1e-12);
    near(v.weight[1], 3.0 / 12, 1e-12);
    near(v.weight[2], 1.0 / 12, 1e-12);
    near(v.weight[3], 2.0 / 12, 1e-12);
    near(v.lambda_max, 4.0, 1e-12);
    from_upper(drinks, 7, m);
    m[0 * 7 + 3] = m[3 * 7 + 0] = m[2 * 7 + 5] = m[5 * 7 + 2] = m[4 * 7 + 6] = m[6 * 7 + 4] = HOLE;
    assert_int_equal(ahp_run(m, 1, 7, AHP_EIGEN, AHP_CLASSIC, &arena, &v, &err), RC_OK);
    assert_int_equal(v.missing, 3);
    for (int side = 0; side < 2; side++) {
        static const int pair[][2] = {{0, 3}, {2, 5}, {4, 6}};
        for (int p = 0; p < 3; p++) {
            double near_by[49];
            struct ahp moved;
            memcpy(near_by, v.group, sizeof(near_by));
            int i = pair[p][0], j = pair[p][1];
            near_by[i * 7 + j] *= side ? 1.01 : 0.99;
            near_by[j * 7 + i] = 1.0 / near_by[i * 7 + j];
            assert_int_equal(ahp_run(near_by, 1, 7, AHP_EIGEN, AHP_CLASSIC, &arena, &moved, &err), RC_OK);
            assert_true(moved.lambda_max > v.lambda_max);
        }
    }
}

static void bad_matrices(void **state)
{
    (void)state;
    struct ahp v;
    static const double not_reciprocal[] = {1, 2, 3, 1, 1, 1, 1 / 3.0, 1, 1}, below[] = {1, -2, -.5, 1}, diagonal[] = {2, 1, 1, 1};
    static const double apart[] = {1, 2, HOLE, HOLE, .5, 1, HOLE, HOLE, HOLE, HOLE, 1, 3, HOLE, HOLE, 1 / 3.0, 1};
    static const double rounded[] = {1, 3, 7, .33, 1, 2, .14, .5, 1};
    assert_int_equal(ahp_run(not_reciprocal, 1, 3, AHP_EIGEN, AHP_CLASSIC, &arena, &v, &err), RC_INPUT);
    assert_non_null(strstr(err_text(&err, LANG_EN), "row 1, column 2 times row 2, column 1 must be 1"));
    assert_int_equal(ahp_run(below, 1, 2, AHP_EIGEN, AHP_CLASSIC, &arena, &v, &err), RC_INPUT);
    assert_int_equal(ahp_run(diagonal, 1, 2, AHP_EIGEN, AHP_CLASSIC, &arena, &v, &err), RC_INPUT);
    assert_int_equal(ahp_run(apart, 1, 4, AHP_EIGEN, AHP_CLASSIC, &arena, &v, &err), RC_INPUT);
    assert_int_equal(ahp_run(rounded, 1, 3, AHP_EIGEN, AHP_CLASSIC, &arena, &v, &err), RC_OK);
}

static void entropy(void **state)
{
    (void)state;
    static const double at[] = {10, 20, 30, 12, 22, 28, 8, 18, 32}, flat[] = {1, 5, 1, 9, 3, 3}, equal[] = {4, 4, 4, 4};
    static const double e[] = {.987781, .996961, .998650}, w[] = {.735739, .183002, .081259};
    double got[3], weight[3];
    assert_int_equal(entropy_run(at, 3, 3, false, got, weight, &err), RC_OK);
    all_near(got, e, 3, 1e-6);
    all_near(weight, w, 3, 1e-6);
    assert_int_equal(entropy_run(flat, 3, 2, true, got, weight, &err), RC_OK);
    near(weight[0] + weight[1], 1.0, 1e-15);
    assert_int_equal(entropy_run(equal, 2, 2, true, got, weight, &err), RC_OK);
    assert_true(weight[0] == 0.5 && weight[1] == 0.5);
    assert_int_equal(entropy_run(at, 1, 3, false, got, weight, &err), RC_INPUT);
    assert_int_equal(entropy_run((const double[]){1, -1, 2, 2}, 2, 2, false, got, weight, &err), RC_INPUT);
}

static void fuzzy(void **state)
{
    (void)state;
    static const double a[] = {.5, .3, .2}, r[] = {.7, .2, .1, 0, .2, .3, .4, .1, .3, .4, .2, .1};
    static const double want[][4] = {
        [FUZZY_MEAN] = {.47, .27, .21, .05},
        [FUZZY_MIN_MAX] = {.5, .3, .3, .1},
        [FUZZY_PRODUCT_MAX] = {.35, .1, .12, .03}, /* .5*.7 .5*.2 .3*.4 .3*.1 */
        [FUZZY_MIN_SUM] = {.9, .7, .6, .2},        /* .5+.2+.2 .2+.3+.2 .1+.3+.2 0+.1+.1 */
    };
    double b[4];
    for (int op = FUZZY_MEAN; op <= FUZZY_MIN_SUM; op++) {
        assert_int_equal(fuzzy_run(a, r, 3, 4, (enum fuzzy_operator)op, b, &err), RC_OK);
        all_near(b, want[op], 4, 1e-12);
    }
    assert_int_equal(fuzzy_run((const double[]){.5, .3, .3}, r, 3, 4, FUZZY_MEAN, b, &err), RC_INPUT);
    assert_int_equal(fuzzy_run((const double[]){1}, (const double[]){1.2}, 1, 1, FUZZY_MEAN, b, &err), RC_INPUT);
}

static void levels(void **state)
{
    (void)state;
    static const struct { double deaths, injured, loss; enum law_level level; } accident[] = {
        {2, 9, 9999999, LAW_ORDINARY}, {3, 0, 0, LAW_LARGER},   {0, 10, 0, LAW_LARGER},      {0, 0, 1e7, LAW_LARGER},
        {9, 49, 4.9e7, LAW_LARGER},    {10, 0, 0, LAW_SERIOUS}, {0, 50, 0, LAW_SERIOUS},     {0, 0, 5e7, LAW_SERIOUS},
        {29, 99, 9.99e7, LAW_SERIOUS}, {30, 0, 0, 1},           {0, 100, 0, 1},              {0, 0, 1e8, 1},
        {0, 0, 0, LAW_ORDINARY},
    };
    static const struct { double area, deaths, injured; enum law_level level; } fire[] = {
        {0.99, 2, 9, LAW_ORDINARY}, {1, 0, 0, LAW_LARGER},    {99.99, 0, 0, LAW_LARGER}, {0, 3, 0, LAW_LARGER},
        {0, 0, 10, LAW_LARGER},     {100, 0, 0, LAW_SERIOUS}, {999.9, 9, 49, LAW_SERIOUS}, {0, 10, 0, LAW_SERIOUS},
        {0, 0, 50, LAW_SERIOUS},    {1000, 0, 0, 1},          {0, 30, 0, 1},             {0, 0, 100, 1},
    };
    for (int i = 0; i < COUNT_OF(accident); i++)
        assert_int_equal(law_level(accident[i].deaths, accident[i].injured, accident[i].loss), accident[i].level);
    for (int i = 0; i < COUNT_OF(fire); i++)
        assert_int_equal(law_forest_level(fire[i].area, fire[i].deaths, fire[i].injured), fire[i].level);
    assert_true(text_is(law_level_title(LAW_SERIOUS).zh, "重大（Ⅱ级）"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saaty_drinks),   cmocka_unit_test(choosing_a_leader), cmocka_unit_test(inconsistent),
        cmocka_unit_test(several_judges), cmocka_unit_test(incomplete),        cmocka_unit_test(bad_matrices),
        cmocka_unit_test(entropy),        cmocka_unit_test(fuzzy),             cmocka_unit_test(levels),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

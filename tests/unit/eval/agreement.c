/* Protects the statistics of the panel: Krippendorff's own data at four levels, Shrout and Fleiss' table with its intervals, ranks
 * with ties, kappas, r_wg, the quantiles behind the intervals, and what happens with holes, with equal marks, with too little. */
#include "eval/dist.h"
#include "eval/icc.h"
#include "stage.h"

static const double krippendorff[] = {
    1,    2, 3, 3, 2, 1, 4, 1, 2, HOLE, HOLE, HOLE, /* A */
    1,    2, 3, 3, 2, 2, 4, 1, 2, 5,    HOLE, 3,    /* B */
    HOLE, 3, 3, 3, 2, 3, 4, 2, 2, 5,    1,    HOLE, /* C */
    1,    2, 3, 3, 2, 4, 4, 1, 2, 5,    1,    HOLE, /* D */
};
static const struct agree_table k1 = {4, 12, krippendorff};

static void alpha_of_krippendorff(void **state)
{
    (void)state;
    static const double want[][3] = {
        [ALPHA_NOMINAL] = {0.743421, 0.200000, 0.779487},
        [ALPHA_ORDINAL] = {0.815388, 47.275, 256.076923},
        [ALPHA_INTERVAL] = {0.849107, 0.433333, 2.871795},
        [ALPHA_RATIO] = {0.797403, 0.022433, 0.110726},
    };
    for (int level = ALPHA_NOMINAL; level <= ALPHA_RATIO; level++) {
        struct agree_alpha v;
        assert_int_equal(agree_alpha(&k1, (enum alpha_level)level, &arena, &v, &err), RC_OK);
        near(v.alpha, want[level][0], 1e-6);
        near(v.observed, want[level][1], 1e-6);
        near(v.expected, want[level][2], 1e-6);
        assert_int_equal(v.marks, 40);
        assert_int_equal(v.units, 11);
    }
}

/* Ratio distances at every pair; the other levels go through shorter sums, which this compares with the definition. */
static void alpha_by_definition(void **state)
{
    (void)state;
    double at[7 * 9];
    for (int c = 0; c < 63; c++)
        at[c] = c % 5 == 3 ? HOLE : (c * 37 + c * c * 11) % 13 * 0.5;
    struct agree_table t = {7, 9, at};
    double o = 0.0, x = 0.0, n = 0.0;
    for (int i = 0; i < 9; i++) {
        double m = 0.0, sum = 0.0;
        for (int r = 0; r < 7; r++) {
            double v = at[r * 9 + i];
            m += v == v;
            for (int q = 0; q < 7; q++) {
                double d = v - at[q * 9 + i];
                sum += d == d ? d * d : 0.0;
            }
        }
        assert_true(m >= 2.0);
        o += sum / (m - 1.0);
        n += m;
    }
    for (int c = 0; c < 63; c++) {
        for (int k = 0; k < 63; k++) {
            double d = at[c] - at[k];
            x += d == d ? d * d : 0.0;
        }
    }
    struct agree_alpha v;
    assert_int_equal(agree_alpha(&t, ALPHA_INTERVAL, &arena, &v, &err), RC_OK);
    near(v.alpha, 1.0 - o / n / (x / (n * (n - 1.0))), 1e-12);
}

static void alpha_at_its_edges(void **state)
{
    (void)state;
    struct agree_alpha v;
    static const double equal[] = {3, 3, 3, 3}, apart[] = {1, HOLE, HOLE, 2}, below[] = {1, -2, 1, 3}, same[] = {1, 5, 1, 5};
    assert_int_equal(agree_alpha(&(struct agree_table){2, 2, equal}, ALPHA_INTERVAL, &arena, &v, &err), RC_OK);
    assert_true(v.alpha != v.alpha);
    assert_int_equal(agree_alpha(&(struct agree_table){2, 2, same}, ALPHA_RATIO, &arena, &v, &err), RC_OK);
    assert_true(v.alpha == 1.0);
    assert_int_equal(agree_alpha(&(struct agree_table){2, 2, apart}, ALPHA_NOMINAL, &arena, &v, &err), RC_INPUT);
    assert_int_equal(agree_alpha(&(struct agree_table){2, 2, below}, ALPHA_RATIO, &arena, &v, &err), RC_INPUT);
    assert_non_null(strstr(err_text(&err, LANG_EN), "rater 1, item 2"));
}

/* Judges are rows here; the printed table has them as columns. */
static const double shrout_fleiss[] = {9, 6, 8, 7, 10, 6, 2, 1, 4, 1, 5, 2, 5, 3, 6, 2, 6, 4, 8, 2, 8, 6, 9, 7};

static void icc_of_shrout_and_fleiss(void **state)
{
    (void)state;
    static const double want[ICC_FORMS][3] = {
        [ICC_1_1] = {0.165742, -0.1329, 0.7226}, [ICC_2_1] = {0.289764, 0.0188, 0.7611}, [ICC_3_1] = {0.714841, 0.3425, 0.9459},
        [ICC_1_K] = {0.442797, -0.8844, 0.9124}, [ICC_2_K] = {0.620051, 0.0711, 0.9272}, [ICC_3_K] = {0.909316, 0.6757, 0.9859},
    };
    struct icc v;
    assert_int_equal(icc_run(&(struct agree_table){4, 6, shrout_fleiss}, 0.95, &v, &err), RC_OK);
    for (int i = 0; i < ICC_FORMS; i++) {
        near(v.value[i], want[i][0], 1e-6);
        near(v.low[i], want[i][1], 1e-4);
        near(v.high[i], want[i][2], 1e-4);
    }
    near(v.between, 56.2083 / 5, 1e-4);
    near(v.within, 112.75 / 18, 1e-6);
    near(v.judges, 97.4583 / 3, 1e-4);
    near(v.error, 15.2917 / 15, 1e-4);
    near(v.f_one, 1.7947, 1e-4);
    near(v.p_one, 0.1648, 1e-4);
    near(v.f_two, 11.0272, 1e-4);
    near(v.p_two, 0.000135, 1e-6);
    near(v.df, 4.7851, 1e-4);
}

static void icc_at_its_edges(void **state)
{
    (void)state;
    struct icc v;
    static const double same[] = {1, 2, 3, 4, 1, 2, 3, 4}, shifted[] = {1, 2, 3, 4, 2, 3, 4, 5}, equal[] = {2, 2, 2, 2};
    static const double against[] = {1, 2, 3, 3, 2, 1};
    assert_int_equal(icc_run(&(struct agree_table){2, 4, same}, 0.95, &v, &err), RC_OK);
    for (int i = 0; i < ICC_FORMS; i++)
        assert_true(v.value[i] == 1.0 && v.low[i] == 1.0 && v.high[i] == 1.0);
    assert_int_equal(icc_run(&(struct agree_table){2, 4, shifted}, 0.95, &v, &err), RC_OK);
    near(v.value[ICC_3_1], 1.0, 1e-12);
    near(v.value[ICC_2_1], (10.0 / 3) / (10.0 / 3 + 2 * 2.0 / 4), 1e-12); /* MSB 10/3, MSJ 2, MSE 0 */
    assert_true(v.low[ICC_2_1] < v.value[ICC_2_1] && v.value[ICC_2_1] < v.high[ICC_2_1]);
    assert_int_equal(icc_run(&(struct agree_table){2, 2, equal}, 0.95, &v, &err), RC_OK);
    assert_true(v.value[ICC_2_1] != v.value[ICC_2_1]);
    assert_int_equal(icc_run(&(struct agree_table){2, 3, against}, 0.95, &v, &err), RC_OK);
    near(v.value[ICC_3_1], -1.0, 1e-12);
    assert_int_equal(icc_run(&k1, 0.95, &v, &err), RC_INPUT);
    assert_non_null(strstr(err_text(&err, LANG_EN), "rater 1 has none for item 10; agreement.alpha takes them"));
    assert_int_equal(icc_run(&(struct agree_table){1, 6, shrout_fleiss}, 0.95, &v, &err), RC_INPUT);
}

static void kendall_with_ties(void **state)
{
    (void)state;
    static const double at[] = {
        3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3, /* r1 */
        3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4, /* r2 */
        2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2, /* r3 */
    };
    struct agree_kendall v;
    assert_int_equal(agree_kendall(&(struct agree_table){3, 20, at}, &arena, &v, &err), RC_OK);
    near(v.s, 3004, 1e-9);
    near(v.ties, 1674, 1e-9);
    near(v.w, 0.501921, 1e-6);
    near(v.chi2, 28.6095, 1e-4);
    near(v.p, 0.0724, 1e-4);
    near(v.w_tied, 0.539657, 1e-6);
    near(v.chi2_tied, 30.7604, 1e-4);
    near(v.p_tied, 0.0429, 1e-4);
    static const double orders[] = {1, 2, 3, 10, 20, 30}, against[] = {1, 2, 3, 3, 2, 1}, flat[] = {1, 1, 1, 1};
    assert_int_equal(agree_kendall(&(struct agree_table){2, 3, orders}, &arena, &v, &err), RC_OK);
    assert_true(v.w == 1.0 && v.w_tied == 1.0);
    assert_int_equal(agree_kendall(&(struct agree_table){2, 3, against}, &arena, &v, &err), RC_OK);
    assert_true(v.w == 0.0);
    assert_int_equal(agree_kendall(&(struct agree_table){2, 2, flat}, &arena, &v, &err), RC_OK);
    assert_true(v.w_tied != v.w_tied);
    assert_int_equal(agree_kendall(&k1, &arena, &v, &err), RC_INPUT);
}

static void kappas(void **state)
{
    (void)state;
    static const double fleiss[] = {0, 0, 0, 0, 14, 0, 2, 6, 4, 2, 0, 0, 3, 5, 6, 0, 3, 9, 2, 0, 2, 2, 8, 1, 1,
                                    7, 7, 0, 0, 0, 3, 2, 6, 3, 0, 2, 5, 3, 2, 2, 6, 5, 2, 1, 0, 0, 2, 2, 3, 7};
    static const double cohen[] = {20, 5, 10, 15}, uneven[] = {2, 0, 1, 0};
    struct agree_kappa v;
    assert_int_equal(agree_fleiss(fleiss, 10, 5, &v, &err), RC_OK);
    near(v.observed, 0.378022, 1e-6);
    near(v.expected, 0.212755, 1e-6);
    near(v.kappa, 0.209931, 1e-6);
    /* The same ratings, one by one: 14 raters, each a line. */
    double at[14 * 10];
    for (int i = 0; i < 10; i++) {
        int r = 0;
        for (int j = 0; j < 5; j++) {
            for (int c = 0; c < (int)fleiss[i * 5 + j]; c++)
                at[r++ * 10 + i] = j + 1;
        }
    }
    struct agree_kappa raw;
    assert_int_equal(agree_fleiss_marks(&(struct agree_table){14, 10, at}, &arena, &raw, &err), RC_OK);
    near(raw.kappa, v.kappa, 1e-15);
    assert_int_equal(agree_cohen(cohen, 2, &v, &err), RC_OK);
    near(v.observed, 0.7, 1e-12);
    near(v.expected, 0.5, 1e-12);
    near(v.kappa, 0.4, 1e-12);
    assert_int_equal(agree_fleiss(uneven, 2, 2, &v, &err), RC_INPUT);
    assert_non_null(strstr(err_text(&err, LANG_EN), "row 2 adds up to 1"));
}

static void small_ones(void **state)
{
    (void)state;
    static const double ratings[] = {4, 4, 5, 4, 3};
    struct agree_percent p;
    near(agree_rwg(&(struct agree_table){5, 1, ratings}, 0, 5), 0.75, 1e-12);
    static const double marks[] = {1, 2, HOLE, 1, 3, 4, 1, 2, HOLE};
    assert_int_equal(agree_percent(&(struct agree_table){3, 3, marks}, &p, &err), RC_OK);
    assert_int_equal(p.units, 2); /* all three agree on the first, two of three on the second */
    near(p.pairs, 4.0 / 6.0, 1e-12);
    near(p.whole, 0.5, 1e-12);
    assert_true(agree_too_few(2, 100) && agree_too_few(5, 4) && !agree_too_few(3, 5));
}

/* Quantiles as printed in tables of F and chi-squared, tails in closed form. */
static void distributions(void **state)
{
    (void)state;
    near(dist_f_quantile(0.975, 5, 18), 3.3820, 1e-4);
    near(dist_f_quantile(0.95, 1, 1), 161.4476, 1e-3);
    near(dist_f_quantile(0.95, 10, 10), 2.9782, 1e-4);
    near(dist_beta(0.3, 1, 4), 1.0 - 0.7 * 0.7 * 0.7 * 0.7, 1e-14);
    near(dist_beta(0.5, 7.5, 7.5), 0.5, 1e-13);
    near(dist_f_above(3.0, 2, 8), num_pow(1.0 + 2 * 3.0 / 8, -4.0), 1e-14); /* df1 = 2 */
    near(dist_f_above(1.0 / 0.0, 3, 4), 0.0, 0.0);
    near(dist_chi2_above(5.0, 2), num_exp(-2.5), 1e-14);
    near(dist_chi2_above(0.5, 2), num_exp(-0.25), 1e-14);
    near(dist_chi2_above(3.841459, 1), 0.05, 1e-7);
    for (int i = 1; i < 20; i++) {
        double f = dist_f_quantile(i / 20.0, 4.7851, 5);
        near(dist_f_above(f, 4.7851, 5), 1.0 - i / 20.0, 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alpha_of_krippendorff), cmocka_unit_test(alpha_by_definition), cmocka_unit_test(alpha_at_its_edges),
        cmocka_unit_test(icc_of_shrout_and_fleiss), cmocka_unit_test(icc_at_its_edges), cmocka_unit_test(kendall_with_ties),
        cmocka_unit_test(kappas), cmocka_unit_test(small_ones), cmocka_unit_test(distributions),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

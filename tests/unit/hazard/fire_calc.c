/* Protects the fire's formulas worked by hand: their rows fit the tables they choose from, and their
 * figures are those of the published cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/num.h"
#include "hazard/fire/fire_calc.h"
#include "hazard/fire/rothermel.h"
#include "hazard/fire/wangzhengfei.h"

static const struct calc_row *find(const char *name)
{
    for (int i = 0; i < FIRE_CALCS; i++)
        if (strcmp(fire_calc[i].name, name) == 0)
            return &fire_calc[i];
    fail_msg("no row %s", name);
    return NULL;
}

/* The result called result of the formula called name for "key=value .." */
static double value(const char *name, const char *words, const char *result)
{
    const struct calc_row *row = find(name);
    struct calc_input in;
    struct calc_output out = {0};
    struct err e = {0};
    struct text rest = text_of(words), word;
    calc_begin(row, &in);
    while ((word = text_word(&rest)).len > 0) {
        int n = (int)((const char *)memchr(word.at, '=', (size_t)word.len) - word.at);
        if (calc_argument(row, (struct text){word.at, n}, (struct text){word.at + n + 1, word.len - n - 1}, &in, &e) != RC_OK)
            fail_msg("%s", err_text(&e, LANG_EN));
    }
    if (calc_work(row, &in, &out, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    for (int i = 0; i < calc_results(row); i++)
        if (strcmp(row->result[i].name, result) == 0)
            return out.value[i].num;
    fail_msg("no result %s", result);
    return 0.0;
}

static void near(double got, double want, double rel)
{
    if (!(num_abs(got - want) <= rel * num_abs(want)))
        fail_msg("got %.12g, want %.12g", got, want);
}

static void choices_fit(void **state)
{
    (void)state;
    int fuels, wangs;
    const struct fuel *f = fuel_table(&fuels);
    const struct wang_fuel *w = wang_fuel_table(&wangs);
    const struct calc_param *fuel = &find("fire.rothermel")->param[0];
    const struct calc_param *kind = &find("fire.wangzhengfei")->param[0];
    for (int i = 0; i < fuels; i++)
        assert_true(text_is(calc_choice(fuel, i), f[i].code));
    assert_int_equal(calc_choice(fuel, fuels).len, 0);
    for (int i = 0; i < wangs; i++)
        assert_true(text_is(calc_choice(kind, i), w[i].code));
    assert_int_equal(calc_choice(kind, wangs).len, 0);
}

static void rows_are_whole(void **state)
{
    (void)state;
    for (int i = 0; i < FIRE_CALCS; i++) {
        const struct calc_row *r = &fire_calc[i];
        assert_true(text_starts(text_of(r->name), "fire.") && r->zh[0] && r->en[0] && r->source[0]);
        assert_true((calc_params(r) > 0 || r->table_zh) && calc_params(r) < CALC_PARAMS && calc_results(r) > 0);
        for (int p = 0; p < calc_params(r); p++)
            assert_true(r->param[p].unit && r->param[p].zh && r->param[p].en);
        for (int k = 0; k < calc_results(r); k++)
            assert_true(r->result[k].unit && r->result[k].zh && r->result[k].en);
    }
}

static void published(void **state)
{
    (void)state;
    /* firelab/behave: GS4, 6/7/8/60/90 %, midflame 5 mph, 30 % slope */
    const char *gs4 = "fuel=GS4 dead_1h=6% dead_10h=7% dead_100h=8% herb=60% woody=90% wind=2.2352 slope=30%";
    near(value("fire.rothermel", gs4, "rate") * 3600.0 / 20.1168, 34.011429, 1e-6);
    near(value("fire.rothermel", gs4, "flame") / 0.3048, 15.811421, 1e-6);
    assert_true(value("fire.rothermel", gs4, "heading") == 0.0);
    assert_true(num_abs(value("fire.rothermel", "fuel=GR2 wind=3 wind_from=270", "heading") - 90.0) < 1e-9);
    /* ELMFIRE's ellipse: 843.99 m/h, 2.236; 27.887 ha in an hour */
    const char *elmfire = "rate=0.23444167 length_to_width=2.236";
    near(value("fire.ellipse", elmfire, "area"), 27.887, 1e-4);
    near(value("fire.ellipse", elmfire, "back") * 3600.0, 47.0371, 1e-4);
    near(value("fire.ellipse", elmfire, "flank") * 3600.0, 199.2458, 1e-4);
    near(value("fire.ellipse", "rate=0.2 length_to_width=2 angle=0", "rate_at"), 0.2, 1e-12);
    near(value("fire.flame", "intensity=500", "flame"), 0.0775 * num_pow(500.0, 0.46), 1e-3);
    near(value("fire.flame", "rate=0.1 heat_per_area=5000", "intensity"), 500.0, 1e-12);
    near(value("fire.wangzhengfei", "temp=35 humidity=40 wind=6", "r0"), 1.55, 1e-12);
    near(value("fire.wangzhengfei", "temp=35 humidity=40 wind=6 fuel=grass", "rate_min"), 1.55 * 1.6 * num_exp(0.1783 * 6.0), 1e-12);
    assert_true(value("fire.wind", "wind=8", "force") == 5.0);
}

/* behave's CONTAIN test; and a crew that is too slow never closes the line. */
static void contain(void **state)
{
    (void)state;
    const char *crew = "rate=0.02794 length_to_width=3 size=0.40468564 attack=2 work=8 line=402.336";
    near(value("fire.contain", crew, "line") / 20.1168, 39.5398, 2e-5);
    near(value("fire.contain", crew, "size") / 0.40468564, 9.42750, 2e-5);
    near(value("fire.contain", crew, "time"), 238.75, 1e-3);
    /* From the rear the head runs on meanwhile: more line, more land. */
    const char *rear = "rate=0.02794 length_to_width=3 size=0.40468564 attack=2 work=8 line=402.336 tactic=rear";
    assert_true(value("fire.contain", rear, "size") > 9.5 * 0.40468564);
    const char *slow = "rate=0.3 length_to_width=3 size=1 attack=1 work=2 line=300";
    near(value("fire.contain", slow, "line") + 1.0, 1.0, 1e-12);
}

/* The NWCG table in its own unit, and Wangu's break by hand crews alone: it could not have been. */
static void line_rates(void **state)
{
    (void)state;
    near(value("fire.line", "fuel=FM1 crew=type1", "rate") / 20.1168, 30.0, 1e-12);
    near(value("fire.line", "fuel=FM8 crew=type2", "rate") / 20.1168, 5.0, 1e-12);
    near(value("fire.line", "fuel=FM9_hardwood crew=type2 people=40", "rate") / 20.1168, 48.0, 1e-12);
    near(value("fire.line", "fuel=FM10 width=20 length=6000 people=300", "hours"),
         6000.0 * 20.0 / (4.0 * 20.1168 * 15.0), 1e-12);
    near(value("fire.attack", "flame=1 means=blower", "flame_limit"), 1.5, 1e-12);
}

static void both_models_agree_with_their_own(void **state)
{
    (void)state;
    const char *w = "fuel=GR4 temp=35 humidity=20 wind=8 slope=0.2 ks=1.6 uphill=45";
    near(value("fire.spread", w, "wang_rate"),
         value("fire.wangzhengfei", "ks=1.6 temp=35 humidity=20 wind=8 slope=0.2 uphill=45", "rate_min"), 1e-12);
    near(value("fire.spread", w, "dead_1h"), value("fire.moisture", "temp=35 humidity=20", "dead_1h"), 1e-12);
    near(value("fire.spread", w, "ratio"),
         value("fire.spread", w, "wang_rate") / value("fire.spread", w, "rothermel_rate"), 1e-12);
    near(value("fire.spread", w, "wind_midflame"), value("fire.wind", "wind=8 depth=0.6096", "wind_midflame"), 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(choices_fit),
        cmocka_unit_test(rows_are_whole),
        cmocka_unit_test(published),
        cmocka_unit_test(contain), cmocka_unit_test(line_rates),
        cmocka_unit_test(both_models_agree_with_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

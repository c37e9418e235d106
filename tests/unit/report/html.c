/* Protects the paper a district files: one file with nothing fetched, every text escaped, every chapter
 * there in both languages, reasons for lost points, evidence that links to its event. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report_sample.h"

static struct bytes html_of(const struct report_model *m, enum lang lang)
{
    struct bytes b = {0};
    struct err e;
    assert_int_equal(report_write_html(m, lang, &b, &e), RC_OK);
    assert_non_null(b.at);
    return b;
}

static int count_of(const struct bytes *b, const char *needle)
{
    int n = 0;
    for (const char *p = b->at; (p = strstr(p, needle)); p += strlen(needle))
        n++;
    return n;
}

static void test_filled(void **state)
{
    (void)state;
    struct report_sample *s = malloc(sizeof *s);
    assert_non_null(s);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        report_sample_fill(s, (enum lang)lang);
        struct bytes b = html_of(&s->model, (enum lang)lang);
        assert_memory_equal(b.at, "<!DOCTYPE html>", 15);
        assert_int_equal(count_of(&b, lang == LANG_ZH ? "<html lang=\"zh-CN\">" : "<html lang=\"en\">"), 1);
        assert_int_equal(count_of(&b, "<h2>"), 11);
        assert_int_equal(count_of(&b, "<table>"), count_of(&b, "</table>"));
        assert_int_equal(count_of(&b, "<table>"), count_of(&b, "<thead>"));
        assert_int_equal(count_of(&b, "data:image/png;base64,"), 2);
        assert_int_equal(count_of(&b, "data:image/svg+xml;base64,"), 5);
        assert_non_null(strstr(b.at, lang == LANG_ZH ? "一、演练基本情况" : "1. The drill"));
        assert_non_null(strstr(b.at, lang == LANG_ZH ? "首报迟 18 分钟" : "first report 18 min late"));
        assert_non_null(strstr(b.at, "href=\"#e31\""));
        assert_non_null(strstr(b.at, "id=\"e31\""));
        assert_non_null(strstr(b.at, s->model.chain_head));
        assert_non_null(strstr(b.at, "18446744073709551615"));
        assert_non_null(strstr(b.at, "15:20"));
        assert_non_null(strstr(b.at, "</html>"));
        bytes_free(&b);
    }
    free(s);
}

static void test_nothing_is_fetched(void **state)
{
    (void)state;
    struct report_sample *s = malloc(sizeof *s);
    assert_non_null(s);
    report_sample_fill(s, LANG_ZH);
    struct bytes b = html_of(&s->model, LANG_ZH);
    assert_int_equal(count_of(&b, "http:"), 0);
    assert_int_equal(count_of(&b, "https:"), 0);
    assert_int_equal(count_of(&b, "<script"), 0);
    assert_int_equal(count_of(&b, "<link"), 0);
    assert_int_equal(count_of(&b, "url("), 0);
    assert_int_equal(count_of(&b, "@import"), 0);
    assert_int_equal(count_of(&b, "src=\""), count_of(&b, "src=\"data:"));
    assert_int_equal(count_of(&b, "href=\""), count_of(&b, "href=\"#"));
    bytes_free(&b);
    free(s);
}

static void test_same_model_same_bytes(void **state)
{
    (void)state;
    struct report_sample *s = malloc(sizeof *s);
    assert_non_null(s);
    report_sample_fill(s, LANG_EN);
    struct bytes a = html_of(&s->model, LANG_EN), b = html_of(&s->model, LANG_EN);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.at, b.at, a.size);
    bytes_free(&a);
    bytes_free(&b);
    free(s);
}

static void test_empty_model(void **state)
{
    (void)state;
    static const struct report_model model = {.title = NULL};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct bytes b = html_of(&model, (enum lang)lang);
        assert_int_equal(count_of(&b, "<img"), 0);
        assert_int_equal(count_of(&b, "<h2>"), 10); /* no chapter on assumptions without any */
        assert_non_null(strstr(b.at, msg_text((enum lang)lang, MSG_REPORT_NO_ORDERS)));
        assert_non_null(strstr(b.at, msg_text((enum lang)lang, MSG_REPORT_NO_FINDINGS)));
        assert_non_null(strstr(b.at, msg_text((enum lang)lang, MSG_REPORT_NO_CHAIN)));
        bytes_free(&b);
    }
}

/* The same hostile text in every field a model has for text. */
static void test_everything_is_escaped(void **state)
{
    (void)state;
    static const char bad[] = "<img src=x onerror=\"a('1')\">&\x01\xff\n{0}";
    static const int64_t evidence[] = {7};
    static const struct report_fact fact = {bad, bad};
    static const struct report_agency agency = {bad, bad, true, 1};
    static const struct report_clock change = {REPORT_CLOCK_PAUSE, 0, bad, 0, bad};
    static const struct report_order orders[] = {{1, 0, bad, bad, REPORT_REFUSED, bad, REPORT_NEVER},
                                                 {2, 0, bad, bad, REPORT_FAILED, bad, 0}};
    static const struct report_event event = {7, 0, bad, bad, true};
    static const struct report_objective objective = {bad, 1, 5, 10};
    static const struct report_indicator indicator = {0, bad, bad, bad, 1, 2, true, bad, evidence, 1};
    static const struct report_finding finding = {REPORT_CORRECT, bad, bad, bad, bad, bad, bad, evidence, 1, false, bad, bad};
    static const struct report_clause clause = {bad, bad, bad, 1, 0, 0, REPORT_CLAUSE_LATE, true, bad};
    static const struct report_post post = {bad, bad, bad, 0, true};
    static const struct report_correction correction = {0, bad, bad, bad, bad};
    static const struct report_assumption assumption = {bad, bad, true};
    static const struct report_loss loss = {bad, bad, 1, 2, 0};
    static const struct report_signer signer = {bad, bad};
    const struct report_model model = {
        .title = bad, .issuer = bad, .number = bad, .date = bad, .scenario = bad, .summary = bad,
        .trains = bad, .town = bad, .bot = bad, .engine = bad, .line = bad, .facts = &fact,
        .fact_count = 1, .agencies = &agency, .agency_count = 1, .clock = &change, .clock_count = 1,
        .orders = orders, .order_count = 2, .events = &event, .event_count = 1,
        .score = {50, bad, bad, bad, bad, &objective, 1, &indicator, 1}, .findings = &finding,
        .finding_count = 1, .clauses = &clause, .clause_count = 1, .post = &post, .post_count = 1,
        .corrections = &correction, .correction_count = 1, .assumptions = &assumption,
        .assumption_count = 1, .losses = &loss, .loss_count = 1,
        .script = {true, 1, 1, 1, 1, 1, 4, 1, bad}, .terrain_note = bad, .chain_head = bad,
        .signers = &signer, .signer_count = 1};
    struct bytes b = html_of(&model, LANG_EN);
    assert_int_equal(count_of(&b, "<img src=x"), 0);
    assert_int_equal(count_of(&b, "onerror=\""), 0);
    assert_int_equal(count_of(&b, "('"), 0);
    assert_int_equal(count_of(&b, "\x01"), 0);
    assert_int_equal(count_of(&b, "\xff"), 0);
    assert_true(count_of(&b, "&lt;img src=x onerror=&quot;a(&#39;1&#39;)&quot;&gt;&amp;") > 40);
    assert_true(text_is_utf8((struct text){b.at, (int)b.size}));
    bytes_free(&b);
}

static void test_broken_figure_is_an_error(void **state)
{
    (void)state;
    static const struct map nothing = {.bare = true};
    const struct report_figure map = {{FIGURE_MAP, &nothing, NULL, 99999, 10, 0}, "x", false};
    const struct report_model model = {.maps = &map, .map_count = 1};
    struct bytes b = {0};
    struct err e;
    assert_int_equal(report_write_html(&model, LANG_ZH, &b, &e), RC_INPUT);
    assert_non_null(strstr(e.text[LANG_ZH], "199998")); /* pixels: maps are drawn at twice the size */
    bytes_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filled),
        cmocka_unit_test(test_nothing_is_fetched),
        cmocka_unit_test(test_same_model_same_bytes),
        cmocka_unit_test(test_empty_model),
        cmocka_unit_test(test_everything_is_escaped),
        cmocka_unit_test(test_broken_figure_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

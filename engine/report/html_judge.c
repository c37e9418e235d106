/* html_judge.c -- chapters on what it was worth: score, plan, findings, corrections, assumptions, signatures. */
#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "report/html_parts.h"

static void objective_figures(struct page *p)
{
    const struct report_score *s = &p->m->score;
    int n = 0;
    struct bar *bar = calloc((size_t)s->objective_count + 1, sizeof *bar);
    const char **axis = calloc((size_t)s->objective_count + 1, sizeof *axis);
    double *share = calloc((size_t)s->objective_count + 1, sizeof *share);
    for (int i = 0; bar && axis && share && i < s->objective_count; i++) {
        const struct report_objective *o = &s->objectives[i];
        if (!(o->full > 0) || !num_is_finite(o->earned))
            continue;
        uint32_t tone = o->earned < 0.6 * o->full ? theme_light()->bad : 0;
        bar[n] = (struct bar){o->name, o->earned, o->full, (double)NAN, tone, NULL};
        axis[n] = o->name;
        share[n++] = o->earned / o->full;
    }
    if (n > 0) {
        const struct bars bars = {.lang = p->lang, .bars = bar, .count = n, .decimals = 1};
        const struct figure f = {.kind = FIGURE_BARS, .of = &bars, .width = 700,
                                 .height = 30 + 28 * n, .margin = 10};
        page_figure(p, &f, msg_text(p->lang, MSG_REPORT_CHART_SCORE));
    }
    if (n >= 3 && n <= 12) {
        const struct radar_series series = {NULL, share, 0};
        const struct radar radar = {p->lang, NULL, axis, n, &series, 1};
        const struct figure f = {.kind = FIGURE_RADAR, .of = &radar, .width = 520, .height = 340,
                                 .margin = 8};
        page_figure(p, &f, msg_text(p->lang, MSG_REPORT_CHART_RADAR));
    }
    free(bar);
    free(axis);
    free(share);
}

static void objective_table(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_OBJECTIVE, ""}, {MSG_REPORT_C_WEIGHT, "w12"},
                                            {MSG_REPORT_C_EARNED, "w12"},
                                            {MSG_REPORT_C_FULL, "w12"}};
    const struct report_score *s = &p->m->score;
    table_begin(p, MSG_REPORT_T_OBJECTIVES, columns, COUNT_OF(columns));
    for (int i = 0; i < s->objective_count; i++) {
        const struct report_objective *o = &s->objectives[i];
        table_row(p);
        table_text(p, o->name);
        page_raw(p, "<td class=\"n\">");
        page_number(p, o->weight, 2);
        page_raw(p, "<td class=\"n\">");
        if (o->full > 0)
            page_number(p, o->earned, 2);
        else
            page_msg(p, MSG_REPORT_NOT_APPLICABLE);
        page_raw(p, "<td class=\"n\">");
        page_number(p, o->full > 0 ? o->full : (double)NAN, 2);
        table_row_end(p);
    }
    page_raw(p, "<tr class=\"total\"><td>");
    page_msg(p, MSG_REPORT_TOTAL);
    page_raw(p, "<td><td class=\"n\">");
    page_number(p, s->total, 2);
    page_raw(p, "<td class=\"n\">100");
    table_row_end(p);
    table_end(p);
}

static void indicator_row(struct page *p, const struct report_indicator *d)
{
    table_row(p);
    table_text(p, d->name);
    if (d->method) {
        page_raw(p, "<br><small>");
        page_text(p, d->method);
        page_raw(p, "</small>");
    }
    table_text(p, d->value);
    page_raw(p, "<td class=\"n\">");
    if (d->applicable) {
        page_number(p, d->earned, 2);
        page_raw(p, " / ");
        page_number(p, d->full, 2);
    } else {
        page_msg(p, MSG_REPORT_NOT_APPLICABLE);
    }
    table_cell(p);
    bool lost = d->applicable && d->earned < d->full - 1e-9;
    if (d->reason)
        page_text(p, d->reason);
    else if (lost)
        page_msg(p, MSG_REPORT_NO_REASON);
    else
        page_raw(p, "—");
    page_raw(p, "<td>");
    page_evidence(p, d->evidence, d->evidence_count);
    table_row_end(p);
}

static void indicator_table(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_INDICATOR, "w30"},
                                            {MSG_REPORT_C_MEASURED, "w18"},
                                            {MSG_REPORT_C_EARNED, "w12"},
                                            {MSG_REPORT_C_REASON, ""},
                                            {MSG_REPORT_C_EVIDENCE, "w10"}};
    const struct report_score *s = &p->m->score;
    table_begin(p, MSG_REPORT_T_INDICATORS, columns, COUNT_OF(columns));
    for (int k = -1; k < s->objective_count; k++) {
        bool headed = false;
        for (int i = 0; i < s->indicator_count; i++) {
            int of = s->indicators[i].objective;
            if (of != k && !(k < 0 && of >= s->objective_count))
                continue;
            if (k >= 0 && !headed) {
                page_raw(p, "<tr class=\"total\"><td colspan=\"5\">");
                page_text(p, s->objectives[k].name);
                table_row_end(p);
            }
            headed = true;
            indicator_row(p, &s->indicators[i]);
        }
    }
    table_end(p);
}

void html_score(struct page *p)
{
    const struct report_score *s = &p->m->score;
    page_chapter(p, MSG_REPORT_CH_SCORE);
    if (s->objective_count < 1 && s->indicator_count < 1) {
        page_none(p, MSG_REPORT_NOT_SCORED);
        return;
    }
    if (s->version) {
        page_raw(p, "<p>");
        PAGE_FILL(p, MSG_REPORT_VERSION, arg_s(s->version));
        page_raw(p, "</p>\n");
    }
    if (s->reliability) {
        page_raw(p, "<p>");
        PAGE_FILL(p, MSG_REPORT_RELIABILITY, arg_s(s->reliability));
        page_raw(p, "</p>\n");
    } else {
        page_paragraph(p, MSG_REPORT_AUTOMATIC);
    }
    if (s->objective_count > 0) {
        objective_table(p);
        objective_figures(p);
    }
    if (s->indicator_count > 0)
        indicator_table(p);
}

static void clause_state(struct page *p, enum report_clause_state state)
{
    static const struct {
        enum msg name;
        const char *open;
    } row[REPORT_CLAUSE_STATES] = {{MSG_REPORT_MET, "<span class=\"tag ok\">"},
                            {MSG_REPORT_LATE, "<span class=\"tag late\">"},
                            {MSG_REPORT_VIOLATED, "<span class=\"tag no\">"},
                            {MSG_REPORT_NOT_TRIGGERED, "<span class=\"tag idle\">"},
                            {MSG_REPORT_UNTESTED, "<span class=\"tag idle\">"}};
    if (state < 0 || state >= REPORT_CLAUSE_STATES)
        return;
    page_raw(p, row[state].open);
    page_msg(p, row[state].name);
    page_raw(p, "</span>");
}

static void clause_row(struct page *p, const struct report_clause *c)
{
    table_row(p);
    table_text(p, c->text);
    if (c->source) {
        page_raw(p, "<br><small>");
        page_text(p, c->source);
        page_raw(p, "</small>");
    }
    if (c->advice) {
        page_raw(p, "<br><span class=\"late\">");
        PAGE_FILL(p, c->impossible ? MSG_REPORT_REMARK : MSG_REPORT_REVISE, arg_s(c->advice));
        page_raw(p, "</span>");
    }
    table_text(p, c->who);
    table_cell(p);
    if (c->within_ms > 0)
        page_duration(p, c->within_ms);
    else
        page_raw(p, "—");
    page_raw(p, "<td>");
    page_moment(p, c->triggered_ms);
    page_raw(p, "<td>");
    page_moment(p, c->done_ms);
    table_cell(p);
    clause_state(p, c->state);
    table_row_end(p);
}

void html_plan(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_CLAUSE, ""}, {MSG_REPORT_C_WHO, "w15"},
                                            {MSG_REPORT_C_LIMIT, "w12"},
                                            {MSG_REPORT_C_TRIGGERED, "w12"},
                                            {MSG_REPORT_C_DONE, "w12"},
                                            {MSG_REPORT_C_STATE, "w12"}};
    int count[REPORT_CLAUSE_STATES] = {0};
    page_chapter(p, MSG_REPORT_CH_PLAN);
    if (p->m->clause_count < 1) {
        page_none(p, MSG_REPORT_NO_CLAUSES);
        return;
    }
    for (int i = 0; i < p->m->clause_count; i++)
        if (p->m->clauses[i].state >= 0 && p->m->clauses[i].state < REPORT_CLAUSE_STATES)
            count[p->m->clauses[i].state]++;
    page_raw(p, "<p>");
    PAGE_FILL(p, MSG_REPORT_CLAUSE_COUNTS, arg_i(p->m->clause_count), arg_i(count[REPORT_CLAUSE_MET]),
              arg_i(count[REPORT_CLAUSE_LATE]), arg_i(count[REPORT_CLAUSE_VIOLATED]),
              arg_i(count[REPORT_CLAUSE_NOT_TRIGGERED]), arg_i(count[REPORT_CLAUSE_UNTESTED]));
    page_raw(p, " ");
    PAGE_FILL(p, MSG_REPORT_COVERAGE, arg_d(p->m->plan_tested, 0), arg_d(p->m->plan_met, 0));
    page_raw(p, "</p>\n");
    table_begin(p, MSG_REPORT_T_CLAUSES, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->clause_count; i++)
        clause_row(p, &p->m->clauses[i]);
    table_end(p);
}

static void finding_row(struct page *p, const struct report_finding *f)
{
    static const enum msg name[3] = {MSG_REPORT_DEFICIENCY, MSG_REPORT_CORRECT, MSG_REPORT_IMPROVE};
    static const char *const tone[3] = {"<td class=\"no\">", "<td class=\"late\">", "<td>"};
    int k = f->fclass >= 0 && f->fclass <= REPORT_IMPROVE ? (int)f->fclass : 2;
    table_row(p);
    page_raw(p, tone[k]);
    page_msg(p, name[k]);
    table_text(p, f->text);
    if (f->cause) {
        page_raw(p, "<br><small>");
        PAGE_FILL(p, MSG_REPORT_CAUSE, arg_s(f->cause));
        page_raw(p, "</small>");
    }
    if (f->verified) {
        page_raw(p, "<br><small>");
        page_text(p, f->verified);
        page_raw(p, "</small>");
    }
    if (f->evidence_count > 0) {
        page_raw(p, " <small>");
        page_evidence(p, f->evidence, f->evidence_count);
        page_raw(p, "</small>");
    }
    table_text(p, f->measure);
    table_text(p, f->unit);
    if (f->person) {
        page_raw(p, "<br>");
        page_text(p, f->person);
    }
    table_text(p, f->due);
    table_cell(p);
    if (f->state)
        page_text(p, f->state);
    else
        page_msg(p, f->confirmed ? MSG_REPORT_YES : MSG_REPORT_PROPOSED);
    table_row_end(p);
}

void html_findings(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_CLASS, "w10"},
                                            {MSG_REPORT_C_PROBLEM, "w30"},
                                            {MSG_REPORT_C_MEASURE, "w25"},
                                            {MSG_REPORT_C_UNIT, "w15"}, {MSG_REPORT_C_DUE, "w12"},
                                            {MSG_REPORT_C_CONFIRMED, "w10"}};
    bool proposed = false;
    page_chapter(p, MSG_REPORT_CH_FINDINGS);
    if (p->m->finding_count < 1) {
        page_none(p, MSG_REPORT_NO_FINDINGS);
        return;
    }
    table_begin(p, MSG_REPORT_T_FINDINGS, columns, COUNT_OF(columns));
    for (int k = 0; k <= REPORT_IMPROVE; k++) /* the gravest first */
        for (int i = 0; i < p->m->finding_count; i++) {
            const struct report_finding *f = &p->m->findings[i];
            if ((int)f->fclass != k)
                continue;
            finding_row(p, f);
            proposed = proposed || !f->confirmed;
        }
    table_end(p);
    if (proposed)
        page_paragraph(p, MSG_REPORT_FINDINGS_NOTE);
}

void html_corrections(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_TIME, "w18"}, {MSG_REPORT_C_WAS, ""},
                                            {MSG_REPORT_C_NOW, ""}, {MSG_REPORT_C_WHY, "w30"}};
    page_chapter(p, MSG_REPORT_CH_CORRECTIONS);
    if (p->m->correction_count < 1) {
        page_none(p, MSG_REPORT_NO_CORRECTIONS);
        return;
    }
    table_begin(p, MSG_REPORT_T_CORRECTIONS, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->correction_count; i++) {
        const struct report_correction *c = &p->m->corrections[i];
        table_row(p);
        page_raw(p, "<td class=\"t\">");
        page_moment(p, c->t_ms);
        table_text(p, c->was);
        table_text(p, c->now);
        table_text(p, c->why);
        if (c->effect) {
            page_raw(p, "<br><small>");
            page_text(p, c->effect);
            page_raw(p, "</small>");
        }
        table_row_end(p);
    }
    table_end(p);
}

void html_assumptions(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_SEQ, "w8"}, {MSG_REPORT_C_ASSUMPTION, ""},
                                            {MSG_REPORT_C_SOURCE, "w30"}};
    bool unverified = false;
    if (!p->m->synthetic && !p->m->terrain_note && p->m->assumption_count < 1)
        return;
    page_chapter(p, MSG_REPORT_CH_ASSUMPTIONS);
    if (p->m->terrain_note) {
        page_raw(p, "<p>");
        page_text(p, p->m->terrain_note);
        page_raw(p, "</p>\n");
    }
    if (p->m->synthetic)
        page_paragraph(p, MSG_REPORT_SYNTHETIC);
    if (p->m->assumption_count < 1)
        return;
    table_begin(p, MSG_REPORT_T_ASSUMPTIONS, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->assumption_count; i++) {
        const struct report_assumption *a = &p->m->assumptions[i];
        table_row(p);
        page_raw(p, "<td class=\"n\">");
        page_int(p, i + 1);
        table_text(p, a->text);
        table_cell(p);
        if (a->unverified) {
            page_raw(p, "<span class=\"tag late\">");
            page_msg(p, MSG_REPORT_UNVERIFIED);
            page_raw(p, "</span> ");
        }
        page_text(p, a->mark);
        table_row_end(p);
        unverified = unverified || a->unverified;
    }
    table_end(p);
    if (unverified)
        page_paragraph(p, MSG_REPORT_UNVERIFIED_NOTE);
}

void html_sign(struct page *p)
{
    static const enum msg usual[] = {MSG_REPORT_SIGN_COMMANDER, MSG_REPORT_SIGN_FACILITATOR,
                                     MSG_REPORT_SIGN_EVALUATOR, MSG_REPORT_SIGN_OFFICE};
    page_raw(p, "<section class=\"keep\">\n");
    page_chapter(p, MSG_REPORT_CH_SIGN);
    if (p->m->chain_head) {
        page_raw(p, "<p>");
        page_msg(p, MSG_REPORT_CHAIN);
        page_raw(p, "</p>\n<p class=\"small\"><code>");
        page_text(p, p->m->chain_head);
        page_raw(p, "</code><br>");
        page_msg(p, MSG_REPORT_CHAIN_NOTE);
        page_raw(p, "</p>\n");
    } else {
        page_none(p, MSG_REPORT_NO_CHAIN);
    }
    bool own = p->m->signer_count > 0;
    page_raw(p, "<div class=\"sign\">\n");
    for (int i = 0; i < (own ? p->m->signer_count : COUNT_OF(usual)); i++) {
        page_raw(p, "<div>");
        page_text(p, own ? p->m->signers[i].role : msg_text(p->lang, usual[i]));
        page_raw(p, p->lang == LANG_ZH ? "：" : ": ");
        page_text(p, own ? p->m->signers[i].name : NULL);
        page_raw(p, "</div>\n");
    }
    page_raw(p, "</div>\n<p class=\"date\">");
    if (p->m->date)
        page_text(p, p->m->date);
    else
        page_msg(p, MSG_REPORT_SIGN_DATE);
    page_raw(p, "</p>\n</section>\n");
}

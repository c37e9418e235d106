/* html_panel.c -- chapters of the experts: who, projects, items, changes; the annex on agreement. */
#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "report/html_parts.h"

static void sentence(struct page *p, enum msg id, const struct arg *args, int count)
{
    page_raw(p, "<p>");
    page_fill(p, id, args, count);
    page_raw(p, "</p>\n");
}
#define SENTENCE(p, id, ...) sentence((p), (id), (const struct arg[]){__VA_ARGS__}, (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))

static void words(struct page *p, const char *text)
{
    page_raw(p, "<p>");
    page_text(p, text);
    page_raw(p, "</p>\n");
}

static void number_cell(struct page *p, double v, int decimals)
{
    page_raw(p, "<td class=\"n\">");
    page_number(p, v, decimals);
}

static void introduction(struct page *p, const struct report_panel *x)
{
    SENTENCE(p, MSG_REPORT_PANEL_SET, arg_s(x->set), arg_s(x->source ? x->source : "—"));
    if (x->note)
        words(p, x->note);
    SENTENCE(p, MSG_REPORT_PANEL_PHASE, arg_s(x->phase), arg_s(x->combine));
    if (x->weights)
        words(p, x->weights);
    if (num_is_finite(x->total))
        SENTENCE(p, MSG_REPORT_PANEL_TOTAL, arg_d(x->total, 2), arg_s(x->grade));
    if (x->pending > 0)
        SENTENCE(p, MSG_REPORT_PANEL_PENDING, arg_i(x->pending));
    if (x->cap) {
        page_raw(p, "<p class=\"veto\">");
        PAGE_FILL(p, MSG_REPORT_PANEL_CAP, arg_s(x->cap));
        page_raw(p, "</p>\n");
    }
}

static void evaluator_table(struct page *p, const struct report_panel *x)
{
    static const struct column columns[] = {{MSG_REPORT_C_NAME, "w18"}, {MSG_REPORT_C_UNIT, ""}, {MSG_REPORT_C_ROLE, "w18"},
                                            {MSG_REPORT_C_WEIGHT, "w10"}, {MSG_REPORT_C_SHEET, "w10"}};
    table_begin(p, MSG_REPORT_T_EVALUATORS, columns, COUNT_OF(columns));
    for (int i = 0; i < x->evaluator_count; i++) {
        const struct report_evaluator *ev = &x->evaluators[i];
        table_row(p);
        table_text(p, ev->name);
        if (ev->lead) {
            page_raw(p, " <span class=\"tag ok\">");
            page_msg(p, MSG_REPORT_LEAD);
            page_raw(p, "</span>");
        }
        table_text(p, ev->unit);
        table_text(p, ev->role);
        number_cell(p, ev->weight, 2);
        table_cell(p);
        page_msg(p, ev->submitted ? MSG_REPORT_SHEET_IN : MSG_REPORT_SHEET_OUT);
        table_row_end(p);
    }
    table_end(p);
}

static void project_table(struct page *p, const struct report_project *list, int count, double total)
{
    static const struct column columns[] = {{MSG_REPORT_C_PROJECT, ""}, {MSG_REPORT_C_SCORE, "w12"},
                                            {MSG_REPORT_C_EARNED, "w12"}, {MSG_REPORT_C_FULL, "w12"}};
    table_begin(p, MSG_REPORT_T_PROJECTS, columns, COUNT_OF(columns));
    for (int i = 0; i < count; i++) {
        table_row(p);
        table_text(p, list[i].name);
        if (list[i].applicable) {
            number_cell(p, list[i].score, 1);
            number_cell(p, list[i].earned, 2);
            number_cell(p, list[i].full, 2);
        } else {
            page_raw(p, "<td colspan=\"3\">");
            page_msg(p, MSG_REPORT_NOT_APPLICABLE);
        }
        table_row_end(p);
    }
    page_raw(p, "<tr class=\"total\"><td>");
    page_msg(p, MSG_REPORT_TOTAL);
    page_raw(p, "<td>");
    number_cell(p, total, 2);
    page_raw(p, "<td class=\"n\">100");
    table_row_end(p);
    table_end(p);
}

/* The panel's projects between the highest and the lowest that any expert gives. */
static void radar(struct page *p, const struct report_panel *x)
{
    enum { AXES = 16 };
    const char *axis[AXES];
    double share[3][AXES]; /* highest, the panel, lowest */
    int axes = 0;
    for (int k = 0; k < x->project_count && axes < AXES; k++) {
        if (!x->projects[k].applicable)
            continue;
        axis[axes] = x->projects[k].name;
        share[0][axes] = share[1][axes] = share[2][axes] = x->projects[k].score / 100;
        for (int i = 0; i < x->evaluator_count; i++) {
            double v = x->evaluators[i].submitted && x->evaluators[i].project ? x->evaluators[i].project[k] / 100 : (double)NAN;
            if (v > share[0][axes])
                share[0][axes] = v;
            if (v < share[2][axes])
                share[2][axes] = v;
        }
        axes++;
    }
    if (axes < 3)
        return;
    const struct radar_series series[3] = {{msg_text(p->lang, MSG_REPORT_HIGHEST), share[0], 0},
                                           {msg_text(p->lang, MSG_REPORT_PANEL_ALL), share[1], 0},
                                           {msg_text(p->lang, MSG_REPORT_LOWEST), share[2], 0}};
    const struct radar d = {p->lang, NULL, axis, axes, series, 3};
    const struct figure f = {.kind = FIGURE_RADAR, .of = &d, .width = 620, .height = 380, .margin = 8};
    page_figure(p, &f, msg_text(p->lang, MSG_REPORT_PANEL_RADAR));
}

static void item_row(struct page *p, const struct report_panel_item *it)
{
    table_row(p);
    table_text(p, it->id);
    page_raw(p, " ");
    page_text(p, it->text);
    page_raw(p, "<br><small>");
    page_text(p, it->how);
    page_raw(p, "</small>");
    table_text(p, it->marks);
    if (it->log) {
        page_raw(p, "<br><small>");
        page_text(p, it->log);
        page_raw(p, "</small>");
    }
    page_raw(p, "<td class=\"n\">");
    if (it->counted) {
        page_number(p, it->score, 1);
        page_raw(p, "<br><small>");
        page_number(p, it->earned, 2);
        page_raw(p, " / ");
        page_number(p, it->full, 2);
        page_raw(p, "</small>");
    } else {
        page_text(p, it->why_not);
    }
    table_cell(p);
    if (it->counted && it->high > it->low) {
        page_number(p, it->low, 0);
        page_raw(p, "–");
        page_number(p, it->high, 0);
    } else {
        page_raw(p, "—");
    }
    if (it->spread) {
        page_raw(p, "<br><span class=\"tag late\">");
        page_msg(p, MSG_REPORT_FAR_APART);
        page_raw(p, "</span>");
    }
    table_text(p, it->reason);
    page_raw(p, "<td>");
    page_evidence(p, it->evidence, it->evidence_count);
    table_row_end(p);
}

static void item_table(struct page *p, const struct report_panel *x)
{
    static const struct column columns[] = {{MSG_REPORT_C_MARKED, "w25"}, {MSG_REPORT_C_MARKS, "w18"}, {MSG_REPORT_C_EARNED, "w10"},
                                            {MSG_REPORT_C_RANGE, "w8"}, {MSG_REPORT_C_REASON, "w30"}, {MSG_REPORT_C_EVIDENCE, "w8"}};
    table_begin(p, MSG_REPORT_T_ITEMS, columns, COUNT_OF(columns));
    int project = -1;
    for (int i = 0; i < x->item_count; i++) {
        if (x->items[i].project != project && x->items[i].project < x->project_count) {
            page_raw(p, "<tr class=\"total\"><td colspan=\"6\">");
            page_text(p, x->projects[x->items[i].project].name);
            table_row_end(p);
        }
        project = x->items[i].project;
        item_row(p, &x->items[i]);
    }
    table_end(p);
}

static void change_table(struct page *p, const struct report_panel *x)
{
    static const struct column columns[] = {{MSG_REPORT_C_NAME, "w15"}, {MSG_REPORT_C_MARKED, "w12"}, {MSG_REPORT_C_WAS, "w15"},
                                            {MSG_REPORT_C_NOW, "w15"}, {MSG_REPORT_C_WHY, ""}};
    if (x->change_count < 1)
        return;
    table_begin(p, MSG_REPORT_T_CHANGES, columns, COUNT_OF(columns));
    for (int i = 0; i < x->change_count; i++) {
        const struct report_change *c = &x->changes[i];
        table_row(p);
        table_text(p, c->who);
        table_text(p, c->item);
        table_text(p, c->was);
        table_text(p, c->now);
        table_text(p, c->reason);
        table_row_end(p);
    }
    table_end(p);
}

static void fuzzy_table(struct page *p, const struct report_panel *x)
{
    static const struct column columns[] = {{MSG_REPORT_C_GRADE, ""}, {MSG_REPORT_C_MEMBERSHIP, "w25"}};
    if (x->grade_count < 1)
        return;
    table_begin(p, MSG_REPORT_T_FUZZY, columns, COUNT_OF(columns));
    for (int i = 0; i < x->grade_count; i++) {
        table_row(p);
        table_text(p, x->grades[i]);
        number_cell(p, x->membership[i], 1);
        page_raw(p, " %");
        table_row_end(p);
    }
    table_end(p);
}

static void voices(struct page *p)
{
    for (int i = 0; i < p->m->voice_count; i++) {
        const struct report_voice *v = &p->m->voices[i];
        SENTENCE(p, MSG_REPORT_VOICE, arg_s(v->title), arg_s(v->set), arg_i(v->people), arg_d(v->total, 1));
        project_table(p, v->projects, v->project_count, v->total);
    }
}

static void statements(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_SEQ, "w8"}, {MSG_REPORT_C_TIME, "w18"}, {MSG_REPORT_C_UNIT, "w20"},
                                            {MSG_REPORT_C_STATEMENT, ""}};
    if (p->m->statement_count < 1)
        return;
    table_begin(p, MSG_REPORT_T_STATEMENTS, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->statement_count; i++) {
        const struct report_statement *s = &p->m->statements[i];
        table_row(p);
        page_raw(p, "<td class=\"n\">");
        page_int(p, s->seq);
        page_raw(p, "<td class=\"t\">");
        page_moment(p, s->t_ms);
        table_text(p, s->seat);
        table_text(p, s->text);
        table_row_end(p);
    }
    table_end(p);
    page_paragraph(p, MSG_REPORT_STATEMENTS_NOTE);
}

void html_panel(struct page *p)
{
    const struct report_panel *x = p->m->panel;
    if (!x && p->m->voice_count < 1 && p->m->statement_count < 1)
        return;
    page_chapter(p, MSG_REPORT_CH_PANEL);
    if (!x) {
        statements(p);
        voices(p);
        return;
    }
    introduction(p, x);
    evaluator_table(p, x);
    if (x->project_count > 0) {
        project_table(p, x->projects, x->project_count, x->total);
        radar(p, x);
        item_table(p, x);
        change_table(p, x);
        fuzzy_table(p, x);
    }
    statements(p);
    voices(p);
    if (x->signed_by) {
        SENTENCE(p, MSG_REPORT_PANEL_SIGNED, arg_s(x->signed_by));
        page_raw(p, "<p class=\"small\"><code>");
        page_text(p, x->head);
        page_raw(p, "</code></p>\n");
    } else {
        page_paragraph(p, MSG_REPORT_PANEL_NOT_SIGNED);
    }
}

void html_agreement(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_STATISTIC, ""}, {MSG_REPORT_C_FIRST, "w30"}, {MSG_REPORT_C_LAST, "w30"}};
    const struct report_panel *x = p->m->panel;
    if (!x || x->statistic_count < 1)
        return;
    page_chapter(p, MSG_REPORT_CH_AGREEMENT);
    if (x->too_few)
        words(p, x->too_few);
    table_begin(p, MSG_REPORT_T_STATISTICS, columns, COUNT_OF(columns));
    for (int i = 0; i < x->statistic_count; i++) {
        table_row(p);
        table_text(p, x->statistics[i].name);
        table_text(p, x->statistics[i].first);
        table_text(p, x->statistics[i].last);
        table_row_end(p);
    }
    table_end(p);
    page_paragraph(p, MSG_REPORT_AGREE_NOTE);
}

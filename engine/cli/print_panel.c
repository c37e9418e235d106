#include "cli/print_panel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *real_json(double v)
{
    return v == v ? json_real(v) : json_null();
}

/* A statistic, or a dash where the data do not define it. */
static struct arg number_arg(double v, int decimals)
{
    return v == v ? arg_d(v, decimals) : arg_s("—");
}

static int need_panel(struct call *c, struct desk *d, bool all_in)
{
    struct err e = {0};
    if (!desk_has_panel(d))
        ERR(&e, RC_NO, MSG_PANEL_NOT_OPEN, title_arg(panel_kind_title(PANEL_EXPERT)));
    else if (all_in && d->panels.of[PANEL_EXPERT].phase == PANEL_MARKING)
        ERR0(&e, RC_NO, MSG_CLI_STILL_MARKING);
    else
        return EXIT_GOOD;
    return call_failed(c, &e);
}

/* ---- state ---- */

static json_t *panel_json(const struct panel *p, int kind)
{
    json_t *people = json_array();
    static const char *const phases[] = {"closed", "marking", "reconciling", "signed"};
    for (int i = 0; i < p->evaluators; i++) {
        const struct evaluator *ev = &p->evaluator[i];
        json_array_append_new(people, json_pack("{s:o, s:o, s:o, s:f, s:b, s:b, s:i}", "id", text_json(ev->id), "name",
                                                text_json(ev->name), "unit", text_json(ev->unit), "weight", ev->weight, "lead",
                                                ev->lead, "submitted", ev->submitted, "missing", panel_missing(p, i)));
    }
    return json_pack("{s:s, s:s, s:o, s:i, s:o, s:o}", "panel", panel_kind_name(kind), "phase", phases[p->phase], "set",
                     text_json(p->set->id), "items", p->set->items, "evaluators", people, "head", text_json(p->head));
}

static int count_pending(const struct panel *p)
{
    int n = 0;
    for (int i = 0; i < p->set->items; i++)
        n += panel_automatic(&p->set->item[i]) && p->decision[i].state == AUTO_PENDING;
    return n;
}

static void print_evidence(struct call *c, const struct panel *p, int i)
{
    const struct scored *s = &p->evidence[i];
    char events[EVIDENCE_MAX * 12] = "";
    struct buf b = BUF_ON(events);
    for (int k = 0; k < s->evidence_count; k++) {
        buf_str(&b, " #");
        buf_i64(&b, s->evidence[k]);
    }
    SAY(c, s->applicable ? MSG_CLI_EVIDENCE : MSG_CLI_EVIDENCE_NONE, arg_s(s->reason[c->lang]), arg_d(s->score, 0), arg_s(events));
}

int print_panel_state(struct call *c, struct desk *d)
{
    if (c->json) {
        json_t *all = json_array();
        for (int k = 0; k < PANEL_KINDS; k++) {
            if (d->panels.of[k].phase != PANEL_CLOSED)
                json_array_append_new(all, panel_json(&d->panels.of[k], k));
        }
        return say_json(all);
    }
    int open = 0;
    for (int k = 0; k < PANEL_KINDS; k++) {
        const struct panel *p = &d->panels.of[k];
        if (p->phase == PANEL_CLOSED)
            continue;
        open++;
        SAY(c, MSG_CLI_PANEL_STATE, title_arg(panel_kind_title(k)), title_arg(panel_phase_title(p->phase)),
            title_arg(p->set->title), arg_i(p->set->items), arg_i(count_pending(p)));
        for (int i = 0; i < p->evaluators; i++) {
            const struct evaluator *ev = &p->evaluator[i];
            SAY(c, ev->submitted ? MSG_CLI_PERSON_IN : MSG_CLI_PERSON_OUT, arg_t(ev->id), arg_t(ev->name),
                ev->lead ? arg_msg(MSG_CLI_LEAD) : arg_s(""), arg_t(ev->unit), arg_i(panel_missing(p, i)));
        }
        for (int i = 0; i < p->set->items; i++) {
            if (!panel_automatic(&p->set->item[i]) || p->decision[i].state != AUTO_PENDING)
                continue;
            SAY(c, MSG_CLI_PENDING, arg_t(p->set->item[i].id), title_arg(p->set->item[i].text));
            print_evidence(c, p, i);
        }
        if (p->phase == PANEL_SIGNED)
            SAY(c, MSG_CLI_SIGNED, arg_t(p->signed_by), arg_t(p->head));
    }
    if (open == 0)
        SAY(c, MSG_CLI_NO_PANEL, arg_s(c->arg[0]));
    return EXIT_GOOD;
}

int print_statements(struct call *c, struct desk *d)
{
    const struct record *r = session_record(d->session);
    const struct atlas *atlas = session_atlas(d->session);
    json_t *all = json_array();
    int count = 0;
    for (int64_t i = 0; i < r->orders; i++) {
        const struct order *o = &r->order[i];
        char clock[32];
        struct buf b = BUF_ON(clock);
        if (o->verb != VERB_STATE)
            continue;
        clock_format(o->at_ms, atlas->meta.start_clock_ms, &b);
        json_array_append_new(all, json_pack("{s:I, s:s, s:o, s:s}", "order", (json_int_t)o->seq, "clock", clock, "agency",
                                             text_json(names_name(&atlas->names, ENT_AGENCY, o->agency)), "text", o->text));
        if (!c->json)
            SAY(c, MSG_CLI_STATEMENT, arg_i(o->seq), arg_s(clock), names_arg(&atlas->names, ENT_AGENCY, o->agency), arg_s(o->text));
        count++;
    }
    if (!c->json && count == 0)
        SAY(c, MSG_CLI_NO_STATEMENT, arg_i(0));
    if (c->json)
        return say_json(all);
    json_decref(all);
    return EXIT_GOOD;
}

/* ---- one sheet ---- */

int print_sheet(struct call *c, struct desk *d, const char *evaluator)
{
    int kind, who;
    struct err e = {0};
    if (!panel_evaluator(&d->panels, text_of(evaluator), &kind, &who)) {
        ERR(&e, RC_INPUT, MSG_PANEL_NO_EVALUATOR, arg_s(evaluator));
        return call_failed(c, &e);
    }
    const struct panel *p = &d->panels.of[kind];
    json_t *list = c->json ? json_array() : NULL;
    int project = -1;
    for (int i = 0; i < p->set->items; i++) {
        const struct rubric_item *it = &p->set->item[i];
        if (!panel_expects(p, who, i))
            continue;
        const struct panel_mark *m = panel_mark(p, who, i);
        char value[128], allowed[256];
        struct buf v = BUF_ON(value), al = BUF_ON(allowed);
        if (m->state == MARK_RATED)
            rubric_format(p->set, it, m->raw, c->lang, &v);
        rubric_allowed(p->set, it, c->lang, &al);
        if (list) {
            json_array_append_new(list, json_pack("{s:o, s:s, s:s, s:o}", "item", text_json(it->id), "value", value, "allowed",
                                                  allowed, "comment", text_json(m->comment)));
            continue;
        }
        if (it->project != project)
            SAY(c, MSG_CLI_PROJECT, title_arg(p->set->project[it->project].title));
        project = it->project;
        SAY(c, MSG_CLI_SHEET_ROW, arg_t(it->id), title_arg(it->text), arg_s(allowed),
            m->state == MARK_RATED ? arg_s(value) : title_arg(mark_state_title(m->state)), arg_t(m->comment));
        if (it->has_rule && p->evidence)
            print_evidence(c, p, i);
    }
    return list ? say_json(list) : EXIT_GOOD;
}

/* ---- spread ---- */

static void format_mark(struct call *c, const struct panel *p, int item, int32_t state, double raw, struct buf *out)
{
    if (state == MARK_RATED)
        rubric_format(p->set, &p->set->item[item], raw, c->lang, out);
    else
        buf_text(out, c->lang == LANG_ZH ? mark_state_title(state).zh : mark_state_title(state).en);
}

static json_t *spread_json(struct call *c, const struct panel *p, const struct panel_score *s)
{
    json_t *all = json_array();
    for (int i = 0; i < p->set->items; i++) {
        json_t *marks = json_object();
        if (panel_automatic(&p->set->item[i]))
            continue;
        for (int k = 0; k < p->evaluators; k++) {
            char value[128], id[NAME_BYTES];
            struct buf v = BUF_ON(value);
            const struct panel_mark *m = panel_mark(p, k, i);
            if (m->first_state == MARK_NONE || !text_copy(id, (int)sizeof(id), p->evaluator[k].id))
                continue;
            format_mark(c, p, i, m->state, m->raw, &v);
            json_object_set_new(marks, id, json_string(value));
        }
        json_array_append_new(all, json_pack("{s:o, s:b, s:o, s:o, s:o, s:o}", "item", text_json(p->set->item[i].id), "spread",
                                             s->item[i].spread, "low", real_json(s->item[i].low), "high",
                                             real_json(s->item[i].high), "outlier",
                                             s->item[i].outlier >= 0 ? text_json(p->evaluator[s->item[i].outlier].id) : json_null(),
                                             "marks", marks));
    }
    return all;
}

int print_spread(struct call *c, struct desk *d)
{
    int code = need_panel(c, d, true);
    const struct panel *p = &d->panels.of[PANEL_EXPERT];
    struct err e = {0};
    struct panel_score s;
    struct arena a;
    if (code != EXIT_GOOD)
        return code;
    arena_init(&a, 0);
    if (panel_score(p, false, -1, &a, &s, &e) != RC_OK) {
        code = call_failed(c, &e);
    } else if (c->json) {
        code = say_json(spread_json(c, p, &s));
    } else {
        SAY(c, MSG_CLI_SPREAD, arg_i(s.spread), arg_i(p->set->items));
        for (int i = 0; i < p->set->items; i++) {
            const struct item_result *r = &s.item[i];
            if (r->spread)
                SAY(c, MSG_CLI_SPREAD_ITEM, arg_t(p->set->item[i].id), title_arg(p->set->item[i].text), arg_d(r->low, 0),
                    arg_d(r->high, 0), r->outlier >= 0 ? arg_t(p->evaluator[r->outlier].name) : arg_s("-"));
            for (int k = 0; k < p->evaluators && r->spread; k++) {
                char value[128];
                struct buf v = BUF_ON(value);
                const struct panel_mark *m = panel_mark(p, k, i);
                if (!p->evaluator[k].submitted || !panel_expects(p, k, i))
                    continue;
                format_mark(c, p, i, m->state, m->raw, &v);
                SAY(c, MSG_CLI_SPREAD_MARK, arg_t(p->evaluator[k].name), arg_s(value), arg_t(m->comment));
            }
        }
        for (int k = 0; k < p->evaluators; k++) {
            for (int i = 0; i < p->set->items; i++) {
                const struct panel_mark *m = panel_mark(p, k, i);
                char was[128], now[128];
                struct buf w = BUF_ON(was), n = BUF_ON(now);
                if (!m->changed)
                    continue;
                format_mark(c, p, i, m->first_state, m->first_raw, &w);
                format_mark(c, p, i, m->state, m->raw, &n);
                SAY(c, MSG_CLI_CHANGED, arg_t(p->evaluator[k].name), arg_t(p->set->item[i].id), arg_s(was), arg_s(now), arg_t(m->reason));
            }
        }
    }
    arena_free(&a);
    return code;
}

/* ---- agreement ---- */

static json_t *agreement_json(const struct agreement *g)
{
    const struct icc *icc = &g->icc;
    double none = (double)NAN;
    json_t *i = json_pack("{s:o, s:o, s:o, s:o}", "2,1", real_json(g->has_icc ? icc->value[ICC_2_1] : none), "2,k",
                          real_json(g->has_icc ? icc->value[ICC_2_K] : none), "2,1_low",
                          real_json(g->has_icc ? icc->low[ICC_2_1] : none), "2,1_high",
                          real_json(g->has_icc ? icc->high[ICC_2_1] : none));
    return json_pack("{s:i, s:i, s:i, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "raters", g->raters, "items", g->items, "holes",
                     g->holes, "too_few", g->too_few, "alpha_interval", real_json(g->interval.alpha), "alpha_ordinal",
                     real_json(g->ordinal.alpha), "icc", i, "w", real_json(g->kendall.w), "w_tied",
                     real_json(g->kendall.w_tied), "kappa", real_json(g->has_kappa ? g->kappa.kappa : none), "percent",
                     real_json(g->percent.pairs));
}

int print_agreement(struct call *c, struct desk *d)
{
    int code = need_panel(c, d, true);
    const struct panel *p = &d->panels.of[PANEL_EXPERT];
    struct err e = {0};
    struct arena a;
    if (code != EXIT_GOOD)
        return code;
    arena_init(&a, 0);
    json_t *both = json_object();
    for (int first = 1; first >= 0 && code == EXIT_GOOD; first--) {
        struct agreement g;
        if (panel_agreement(p, first, &a, &g, &e) != RC_OK) {
            code = call_failed(c, &e);
            break;
        }
        json_object_set_new(both, first ? "independent" : "reconciled", agreement_json(&g));
        if (c->json)
            continue;
        SAY(c, first ? MSG_CLI_AGREE_FIRST : MSG_CLI_AGREE_LAST, arg_i(g.raters), arg_i(g.items), arg_i(g.holes));
        if (g.too_few)
            SAY(c, MSG_REPORT_TOO_FEW, arg_i(g.raters), arg_i(g.items));
        SAY(c, MSG_CLI_ALPHA, number_arg(g.interval.alpha, 3), number_arg(g.ordinal.alpha, 3));
        if (g.has_icc)
            SAY(c, MSG_CLI_ICC, number_arg(g.icc.value[ICC_2_1], 3), number_arg(g.icc.low[ICC_2_1], 3), number_arg(g.icc.high[ICC_2_1], 3),
                number_arg(g.icc.value[ICC_2_K], 3), number_arg(g.icc.low[ICC_2_K], 3), number_arg(g.icc.high[ICC_2_K], 3));
        else
            SAY(c, MSG_CLI_NO_ICC, arg_i(g.holes));
        SAY(c, MSG_CLI_AGREE_REST, number_arg(g.kendall.w_tied, 3), number_arg(g.has_kappa ? g.kappa.kappa : (double)NAN, 3),
            number_arg(g.percent.pairs * 100, 1));
    }
    if (c->json && code == EXIT_GOOD)
        code = say_json(json_incref(both));
    json_decref(both);
    arena_free(&a);
    return code;
}

/* ---- score ---- */

static const char *item_state_word(int32_t state)
{
    static const char *const words[] = {"counted", "not_applicable", "not_observed", "unmarked", "pending"};
    return words[state];
}

static json_t *score_json(const struct panel *p, const struct panel_score *s, const double *fuzzy)
{
    json_t *projects = json_array(), *items = json_array(), *f = json_array();
    for (int k = 0; k < p->set->projects; k++)
        json_array_append_new(projects, json_pack("{s:o, s:f, s:o, s:f}", "id", text_json(p->set->project[k].id), "weight",
                                                  s->project[k].weight, "score",
                                                  real_json(s->project[k].applicable ? s->project[k].score : (double)NAN), "lost",
                                                  s->project[k].lost));
    for (int i = 0; i < p->set->items; i++)
        json_array_append_new(items, json_pack("{s:o, s:s, s:o, s:f, s:i, s:b}", "id", text_json(p->set->item[i].id), "state",
                                               item_state_word(s->item[i].state), "score", real_json(s->item[i].score), "lost",
                                               s->item[i].lost, "rated", s->item[i].rated, "spread", s->item[i].spread));
    for (int k = 0; fuzzy && k < p->set->grades; k++)
        json_array_append_new(f, json_real(fuzzy[k]));
    return json_pack("{s:o, s:f, s:o, s:o, s:i, s:o, s:o, s:o, s:o}", "set", text_json(p->set->id), "total", s->total, "grade",
                     text_json(p->set->grade[s->grade].id), "veto",
                     s->veto >= 0 ? text_json(p->set->item[s->veto].id) : json_null(), "pending", s->pending, "cr",
                     real_json(p->cr), "projects", projects, "items", items, "fuzzy", f);
}

static void print_score_rows(struct call *c, const struct panel *p, const struct panel_score *s)
{
    for (int k = 0; k < p->set->projects; k++) {
        const struct project_result *r = &s->project[k];
        SAY(c, r->applicable ? MSG_CLI_PROJECT_SCORE : MSG_CLI_PROJECT_NONE, title_arg(p->set->project[k].title), arg_d(r->score, 1),
            arg_d(r->weight * 100, 1), arg_d(r->lost, 1));
        for (int i = 0; i < p->set->items; i++) {
            const struct item_result *it = &s->item[i];
            if (p->set->item[i].project != k)
                continue;
            if (it->state == ITEM_COUNTED)
                SAY(c, MSG_CLI_ITEM_SCORE, arg_t(p->set->item[i].id), arg_d(it->score, 1), arg_d(it->lost, 1),
                    title_arg(p->set->item[i].text), it->spread ? arg_msg(MSG_CLI_FAR_APART) : arg_s(""));
            else
                SAY(c, MSG_CLI_ITEM_NONE, arg_t(p->set->item[i].id), arg_msg((enum msg)(MSG_CLI_ITEM_COUNTED + it->state)),
                    title_arg(p->set->item[i].text));
        }
    }
}

int print_panel_score(struct call *c, struct desk *d, int combine, bool fuzzy)
{
    int code = need_panel(c, d, false);
    const struct panel *p = &d->panels.of[PANEL_EXPERT];
    struct err e = {0};
    struct panel_score s;
    struct arena a;
    if (code != EXIT_GOOD)
        return code;
    arena_init(&a, 0);
    double *member = ARENA_NEW(&a, double, RUBRIC_LEVELS_MAX);
    enum rc rc = member ? panel_score(p, false, combine, &a, &s, &e) : ERR0(&e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (rc == RC_OK && fuzzy)
        rc = panel_fuzzy(p, &s, &a, member, &e);
    if (rc != RC_OK) {
        code = call_failed(c, &e);
    } else if (c->json) {
        code = say_json(score_json(p, &s, fuzzy ? member : NULL));
    } else {
        print_score_rows(c, p, &s);
        SAY(c, MSG_CLI_PANEL_TOTAL, title_arg(p->set->title), arg_d(s.total, 2), title_arg(p->set->grade[s.grade].title),
            title_arg(combine_title(combine < 0 ? p->set->combine : combine)), title_arg(panel_phase_title(p->phase)));
        if (p->weight)
            SAY(c, p->forced ? MSG_CLI_CR_FORCED : MSG_CLI_CR, arg_i(p->judges), arg_d(p->cr, 3));
        if (s.veto >= 0)
            SAY(c, MSG_CLI_VETO_ITEM, title_arg(p->set->item[s.veto].text), title_arg(p->set->grade[p->set->cap].title));
        if (s.pending > 0)
            SAY(c, MSG_CLI_SCORE_PENDING, arg_i(s.pending));
        for (int k = 0; fuzzy && k < p->set->grades; k++)
            SAY(c, MSG_CLI_FUZZY, title_arg(p->set->grade[k].title), arg_d(member[k] * 100, 1));
    }
    arena_free(&a);
    return code;
}

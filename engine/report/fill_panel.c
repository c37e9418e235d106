/* fill_panel.c -- the experts' part: who marked what, how it adds up, what was changed, how far they agree. */
#include <math.h>

#include "base/num.h"
#include "report/fill_parts.h"

struct panel_filling {
    struct filling *f;
    const struct panel *p;
    struct panel_score score;
    struct report_panel *to;
};

static const char *mark_text(struct panel_filling *x, int item, int32_t state, double raw)
{
    char line[160];
    struct buf b = BUF_ON(line);
    if (state == MARK_RATED)
        rubric_format(x->p->set, &x->p->set->item[item], raw, x->f->lang, &b);
    else
        return fill_title(x->f, mark_state_title(state));
    return fill_text(x->f, (struct text){b.at, b.len});
}

static const char *evaluator_name(struct panel_filling *x, struct text id)
{
    for (int i = 0; i < x->p->evaluators; i++) {
        if (text_eq(x->p->evaluator[i].id, id))
            return fill_text(x->f, x->p->evaluator[i].name);
    }
    return fill_text(x->f, id);
}

static bool counts(const struct panel *p, int who)
{
    return p->phase == PANEL_MARKING || p->evaluator[who].submitted;
}

static void fill_evaluators(struct panel_filling *x)
{
    const struct panel *p = x->p;
    struct report_evaluator *list = FILL_NEW(x->f, struct report_evaluator, p->evaluators);
    for (int i = 0; list && i < p->evaluators; i++) {
        const struct evaluator *ev = &p->evaluator[i];
        double *project = FILL_NEW(x->f, double, p->set->projects);
        for (int k = 0; project && k < p->set->projects; k++) /* nobody's own view is shown while marking is independent */
            project[k] = p->phase == PANEL_MARKING ? (double)NAN : x->score.project_by[i][k];
        list[i] = (struct report_evaluator){fill_text(x->f, ev->name), fill_text(x->f, ev->unit), fill_text(x->f, ev->role),
                                            ev->weight, ev->lead, ev->submitted, project};
    }
    x->to->evaluators = list;
    x->to->evaluator_count = list ? p->evaluators : 0;
}

static const struct report_project *projects_of(struct filling *f, const struct panel *p, const struct panel_score *s)
{
    struct report_project *list = FILL_NEW(f, struct report_project, p->set->projects);
    for (int k = 0; list && k < p->set->projects; k++) {
        const struct project_result *r = &s->project[k];
        double full = r->weight * 100;
        list[k] = (struct report_project){fill_title(f, p->set->project[k].title), r->applicable, full, r->score, full - r->lost,
                                          full};
    }
    return list;
}

static const char *how(struct panel_filling *x, const struct rubric_item *it)
{
    char line[256];
    struct buf b = BUF_ON(line);
    const struct title parts[] = {item_method_title(it->method), source_mark_title(it->mark)};
    for (int i = 0; i < COUNT_OF(parts); i++) {
        if (i > 0)
            buf_str(&b, " · ");
        buf_text(&b, x->f->lang == LANG_ZH ? parts[i].zh : parts[i].en);
    }
    if (it->optional) {
        buf_str(&b, " · ");
        buf_str(&b, msg_text(x->f->lang, MSG_REPORT_OPTIONAL));
    }
    return fill_text(x->f, (struct text){b.at, b.len});
}

static const char *decided(struct panel_filling *x, int item)
{
    const struct auto_decision *d = &x->p->decision[item];
    if (d->state == AUTO_PENDING)
        return msg_text(x->f->lang, MSG_REPORT_TO_DECIDE);
    const char *who = evaluator_name(x, d->by);
    if (d->state == AUTO_CONFIRMED)
        return FILL_MSG(x->f, MSG_REPORT_CONFIRMED_BY, arg_s(who));
    return FILL_MSG(x->f, MSG_REPORT_OVERRULED_BY, arg_s(who),
                    arg_s(mark_text(x, item, d->not_applicable ? MARK_NOT_APPLICABLE : MARK_RATED, d->raw)), arg_t(d->reason));
}

/* "张：良；李：中": each expert's mark; while marking is independent only how many there are. */
static const char *all_marks(struct panel_filling *x, int item)
{
    char line[2048];
    struct buf b = BUF_ON(line);
    const struct panel *p = x->p;
    if (panel_automatic(&p->set->item[item]))
        return decided(x, item);
    for (int i = 0; i < p->evaluators && p->phase != PANEL_MARKING; i++) {
        const struct panel_mark *m = panel_mark(p, i, item);
        if (!counts(p, i) || m->state == MARK_NONE)
            continue;
        if (b.len > 0)
            buf_str(&b, x->f->lang == LANG_ZH ? "；" : "; ");
        buf_text(&b, p->evaluator[i].name);
        buf_str(&b, x->f->lang == LANG_ZH ? "：" : ": ");
        buf_str(&b, mark_text(x, item, m->state, m->raw));
    }
    return b.len > 0 ? fill_text(x->f, (struct text){b.at, b.len}) : NULL;
}

static const char *comments(struct panel_filling *x, int item)
{
    char line[3000];
    struct buf b = BUF_ON(line);
    const struct panel *p = x->p;
    for (int i = 0; i < p->evaluators && p->phase != PANEL_MARKING; i++) {
        const struct panel_mark *m = panel_mark(p, i, item);
        if (!counts(p, i) || m->comment.len == 0)
            continue;
        if (b.len > 0)
            buf_str(&b, x->f->lang == LANG_ZH ? "；" : "; ");
        buf_text(&b, m->comment);
    }
    return b.len > 0 ? fill_text(x->f, (struct text){b.at, b.len}) : NULL;
}

/* Events of the evidence and those that marks are tied to. */
static void cite(struct panel_filling *x, int item, struct report_panel_item *to)
{
    const struct panel *p = x->p;
    const struct scored *s = p->evidence && p->set->item[item].has_rule ? &p->evidence[item] : NULL;
    int64_t *list = FILL_NEW(x->f, int64_t, EVIDENCE_MAX + EVALUATOR_MAX);
    int n = 0;
    for (int i = 0; list && s && i < s->evidence_count; i++)
        list[n++] = s->evidence[i];
    for (int i = 0; list && i < p->evaluators && p->phase != PANEL_MARKING; i++) {
        const struct panel_mark *m = panel_mark(p, i, item);
        bool there = m->event <= 0 || !counts(p, i);
        for (int k = 0; k < n; k++)
            there = there || list[k] == m->event;
        if (!there)
            list[n++] = m->event;
    }
    to->evidence = list;
    to->evidence_count = n;
    to->log = s ? fill_text(x->f, text_of(s->reason[x->f->lang])) : NULL;
}

static void fill_items(struct panel_filling *x)
{
    static const enum msg why_not[] = {MSG_REPORT_NOT_DEFINED, MSG_CLI_ITEM_NA, MSG_CLI_ITEM_UNSEEN, MSG_CLI_ITEM_UNMARKED,
                                       MSG_CLI_ITEM_PENDING};
    const struct rubric *set = x->p->set;
    struct report_panel_item *list = FILL_NEW(x->f, struct report_panel_item, set->items);
    for (int i = 0; list && i < set->items; i++) {
        const struct rubric_item *it = &set->item[i];
        const struct item_result *r = &x->score.item[i];
        bool counted = r->state == ITEM_COUNTED;
        list[i] = (struct report_panel_item){
            .project = it->project, .id = fill_text(x->f, it->id), .text = fill_title(x->f, it->text), .how = how(x, it),
            .marks = all_marks(x, i), .counted = counted, .spread = r->spread && x->p->phase != PANEL_MARKING,
            .why_not = counted ? NULL : msg_text(x->f->lang, why_not[r->state]), .score = r->score, .low = r->low,
            .high = r->high, .full = r->weight, .earned = r->weight - r->lost, .reason = comments(x, i)};
        cite(x, i, &list[i]);
    }
    x->to->items = list;
    x->to->item_count = list ? set->items : 0;
}

static void fill_changes(struct panel_filling *x)
{
    const struct panel *p = x->p;
    int n = 0;
    for (int i = 0; i < p->evaluators * p->set->items; i++)
        n += p->mark[i].changed;
    struct report_change *list = FILL_NEW(x->f, struct report_change, n);
    x->to->change_count = 0;
    for (int i = 0; list && i < p->evaluators; i++) {
        for (int k = 0; k < p->set->items; k++) {
            const struct panel_mark *m = panel_mark(p, i, k);
            if (m->changed)
                list[x->to->change_count++] = (struct report_change){
                    fill_text(x->f, p->evaluator[i].name), fill_text(x->f, p->set->item[k].id),
                    mark_text(x, k, m->first_state, m->first_raw), mark_text(x, k, m->state, m->raw), fill_text(x->f, m->reason)};
        }
    }
    x->to->changes = list;
}

/* ---- agreement ---- */

static const char *number(struct panel_filling *x, double v, int decimals)
{
    char line[64];
    struct buf b = BUF_ON(line);
    if (!num_is_finite(v))
        return msg_text(x->f->lang, MSG_REPORT_NOT_DEFINED);
    buf_fixed(&b, v, decimals);
    return fill_text(x->f, (struct text){b.at, b.len});
}

static const char *interval(struct panel_filling *x, bool has, double v, double low, double high)
{
    if (!has || !num_is_finite(v))
        return msg_text(x->f->lang, MSG_REPORT_NOT_DEFINED);
    return FILL_MSG(x->f, MSG_REPORT_INTERVAL, arg_d(v, 3), arg_d(low, 3), arg_d(high, 3));
}

enum { STATISTICS = 8 };

static void statistics(struct panel_filling *x, const struct agreement *g, const char *out[STATISTICS])
{
    out[0] = FILL_MSG(x->f, MSG_REPORT_RATERS, arg_i(g->raters), arg_i(g->items), arg_i(g->holes));
    out[1] = number(x, g->interval.alpha, 3);
    out[2] = number(x, g->ordinal.alpha, 3);
    out[3] = interval(x, g->has_icc, g->icc.value[ICC_2_1], g->icc.low[ICC_2_1], g->icc.high[ICC_2_1]);
    out[4] = interval(x, g->has_icc, g->icc.value[ICC_2_K], g->icc.low[ICC_2_K], g->icc.high[ICC_2_K]);
    out[5] = number(x, g->kendall.w_tied, 3);
    out[6] = number(x, g->has_kappa ? g->kappa.kappa : (double)NAN, 3);
    out[7] = number(x, g->percent.pairs * 100, 1);
}

static void fill_statistics(struct panel_filling *x)
{
    static const struct title names[STATISTICS] = {
        {TEXT_INIT("样本"), TEXT_INIT("sample")},
        {TEXT_INIT("Krippendorff α（等距）"), TEXT_INIT("Krippendorff's alpha, interval")},
        {TEXT_INIT("Krippendorff α（次序）"), TEXT_INIT("Krippendorff's alpha, ordinal")},
        {TEXT_INIT("ICC(2,1) 单个专家"), TEXT_INIT("ICC(2,1), one expert")},
        {TEXT_INIT("ICC(2,k) 专家组平均"), TEXT_INIT("ICC(2,k), the panel's mean")},
        {TEXT_INIT("Kendall W（校正同分）"), TEXT_INIT("Kendall's W, ties corrected")},
        {TEXT_INIT("Fleiss κ"), TEXT_INIT("Fleiss' kappa")},
        {TEXT_INIT("两两一致（%）"), TEXT_INIT("pairs that agree, %")}};
    struct agreement first, last;
    const char *a[STATISTICS], *b[STATISTICS];
    if (x->p->phase == PANEL_MARKING)
        return;
    struct report_statistic *list = FILL_NEW(x->f, struct report_statistic, STATISTICS);
    if (!list || panel_agreement(x->p, true, x->f->a, &first, NULL) != RC_OK ||
        panel_agreement(x->p, false, x->f->a, &last, NULL) != RC_OK) {
        x->f->short_of_memory = true;
        return;
    }
    statistics(x, &first, a);
    statistics(x, &last, b);
    for (int i = 0; i < STATISTICS; i++)
        list[i] = (struct report_statistic){fill_title(x->f, names[i]), a[i], b[i]};
    x->to->statistics = list;
    x->to->statistic_count = STATISTICS;
    if (first.too_few)
        x->to->too_few = FILL_MSG(x->f, MSG_REPORT_TOO_FEW_SAMPLE, arg_i(first.raters), arg_i(first.items));
}

static void fill_fuzzy(struct panel_filling *x)
{
    int n = x->p->set->grades;
    double *member = FILL_NEW(x->f, double, n);
    const char **names = FILL_NEW(x->f, const char *, n);
    if (x->p->phase == PANEL_MARKING)
        return;
    if (!member || !names || panel_fuzzy(x->p, &x->score, x->f->a, member, NULL) != RC_OK) {
        x->f->short_of_memory = true;
        return;
    }
    for (int i = 0; i < n; i++) {
        names[i] = fill_title(x->f, x->p->set->grade[i].title);
        member[i] *= 100;
    }
    x->to->grades = names;
    x->to->membership = member;
    x->to->grade_count = n;
}

/* ---- the whole ---- */

static void fill_experts(struct filling *f, const struct panel *p)
{
    struct report_panel *to = FILL_NEW(f, struct report_panel, 1);
    struct panel_filling x = {f, p, {0}, to};
    if (!to || panel_score(p, false, -1, f->a, &x.score, NULL) != RC_OK) {
        f->short_of_memory = true;
        return;
    }
    to->set = fill_title(f, p->set->title);
    to->source = fill_text(f, p->set->source);
    to->note = fill_title(f, p->set->note);
    to->phase = fill_title(f, panel_phase_title(p->phase));
    to->combine = fill_title(f, combine_title(p->set->combine));
    if (p->weight)
        to->weights = FILL_MSG(f, p->forced ? MSG_REPORT_PANEL_AHP_FORCED : MSG_REPORT_PANEL_AHP, arg_i(p->judges), arg_d(p->cr, 3));
    to->total = p->phase == PANEL_MARKING || x.score.counted == 0 ? (double)NAN : x.score.total;
    to->grade = fill_title(f, p->set->grade[x.score.grade].title);
    to->cap = x.score.veto >= 0 ? fill_title(f, p->set->item[x.score.veto].text) : NULL;
    to->pending = x.score.pending;
    fill_evaluators(&x);
    to->projects = projects_of(f, p, &x.score);
    to->project_count = p->phase == PANEL_MARKING || !to->projects ? 0 : p->set->projects;
    fill_items(&x);
    fill_changes(&x);
    fill_statistics(&x);
    fill_fuzzy(&x);
    if (p->phase == PANEL_SIGNED) {
        to->signed_by = evaluator_name(&x, p->signed_by);
        to->head = fill_text(f, p->head);
    }
    f->m->panel = to;
}

static void fill_voices(struct filling *f)
{
    struct report_voice *list = FILL_NEW(f, struct report_voice, PANEL_KINDS);
    int n = 0;
    for (int k = PANEL_SELF; list && k < PANEL_KINDS; k++) {
        const struct panel *p = &f->src->panels->of[k];
        struct panel_score s;
        if (p->phase == PANEL_CLOSED)
            continue;
        if (panel_score(p, false, -1, f->a, &s, NULL) != RC_OK) {
            f->short_of_memory = true;
            return;
        }
        int people = 0;
        for (int i = 0; i < p->evaluators; i++)
            people += p->evaluator[i].submitted;
        if (s.counted == 0)
            continue;
        list[n++] = (struct report_voice){fill_title(f, panel_kind_title(k)), fill_title(f, p->set->title), people,
                                          projects_of(f, p, &s), p->set->projects, s.total};
    }
    f->m->voices = list;
    f->m->voice_count = n;
}

static void fill_statements(struct filling *f)
{
    int n = 0;
    for (int64_t i = 0; i < f->src->orders; i++)
        n += f->src->order[i].verb == VERB_STATE;
    struct report_statement *list = FILL_NEW(f, struct report_statement, n);
    f->m->statement_count = 0;
    for (int64_t i = 0; list && i < f->src->orders; i++) {
        const struct order *o = &f->src->order[i];
        if (o->verb == VERB_STATE)
            list[f->m->statement_count++] = (struct report_statement){o->seq, o->at_ms, fill_agency(f, o->agency),
                                                                      fill_text(f, text_of(o->text))};
    }
    f->m->statements = list;
}

void fill_panel(struct filling *f)
{
    fill_statements(f);
    if (!f->src->panels)
        return;
    if (f->src->panels->of[PANEL_EXPERT].phase != PANEL_CLOSED)
        fill_experts(f, &f->src->panels->of[PANEL_EXPERT]);
    fill_voices(f);
}

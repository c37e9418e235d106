/* fill_judge.c -- score with the reason for each lost point, clauses, findings the program proposes. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "report/fill_parts.h"

enum { CLAUSE_FINDINGS_MAX = 64 };

/* Below these an indicator becomes a finding; parameters of this program, no published rule. */
static const double deficient_below = 30, correct_below = 60, improve_below = 85;

static const char *measured(struct filling *f, const struct scored *s)
{
    if (!s->applicable)
        return NULL;
    if (!num_is_finite(s->value))
        return msg_text(f->lang, MSG_REPORT_NOT_DONE);
    enum eval_rule rule = (enum eval_rule)s->indicator->rule;
    char digits[64];
    struct buf b = BUF_ON(digits);
    bool share = rule == RULE_RATIO || rule == RULE_BASELINE || rule == RULE_COMPLETE;
    if (rule == RULE_BEFORE || rule == RULE_HAPPENED)
        return msg_text(f->lang, s->value > 0 ? MSG_REPORT_YES : MSG_REPORT_NO);
    number_for_people(&b, f->lang, share ? s->value * 100 : s->value, 1);
    if (rule == RULE_DELAY)
        return FILL_MSG(f, MSG_REPORT_MINUTES, arg_s(digits));
    if (share)
        buf_char(&b, '%');
    return fill_text(f, (struct text){b.at, b.len});
}

static const char *method(struct filling *f, const struct indicator *in)
{
    static const enum msg name[] = {MSG_REPORT_RULE_DELAY,    MSG_REPORT_RULE_COUNT,
                                    MSG_REPORT_RULE_MEASURE,  MSG_REPORT_RULE_RATIO,
                                    MSG_REPORT_RULE_BASELINE, MSG_REPORT_RULE_COMPLETE,
                                    MSG_REPORT_RULE_BEFORE,   MSG_REPORT_RULE_HAPPENED};
    if (in->rule < 0 || in->rule >= COUNT_OF(name))
        return fill_text(f, in->source);
    char full[48], zero[48];
    struct buf a = BUF_ON(full), b = BUF_ON(zero);
    number_for_people(&a, f->lang, in->full, 2);
    number_for_people(&b, f->lang, in->zero, 2);
    return FILL_MSG(f, in->source.len > 0 ? MSG_REPORT_METHOD_SOURCE : MSG_REPORT_METHOD,
                    arg_msg(name[in->rule]), arg_s(full), arg_s(zero), arg_t(in->source));
}

static void fill_objectives(struct filling *f)
{
    const struct evaluation *ev = f->src->eval;
    const struct atlas *atlas = f->src->atlas;
    int n = ATLAS_COUNT(atlas, ENT_OBJECTIVE);
    struct report_objective *list = FILL_NEW(f, struct report_objective, n);
    double sum = 0;
    for (int i = 0; i < n && i < OBJECTIVE_MAX; i++)
        sum += ev->objective[i].applicable ? ev->objective[i].weight : 0;
    for (int i = 0; list && i < n && i < OBJECTIVE_MAX; i++) {
        const struct objective_score *o = &ev->objective[i];
        double full = o->applicable && sum > 0 ? o->weight / sum * 100 : 0;
        list[i] = (struct report_objective){fill_title(f, atlas->objective[i].title), o->weight,
                                            full - o->lost, full};
    }
    f->m->score.objectives = list;
    f->m->score.objective_count = list ? n : 0;
}

static void fill_indicators(struct filling *f)
{
    const struct evaluation *ev = f->src->eval;
    const struct report_score *to = &f->m->score;
    struct report_indicator *list = FILL_NEW(f, struct report_indicator, ev->items);
    for (int i = 0; list && i < ev->items; i++) {
        const struct scored *s = &ev->item[i];
        double of = 0, weights = 0;
        for (int k = 0; k < ev->items; k++)
            if (ev->item[k].applicable && ev->item[k].indicator->objective == s->indicator->objective)
                weights += ev->item[k].indicator->weight;
        int o = s->indicator->objective;
        if (o >= 0 && o < to->objective_count && weights > 0)
            of = to->objectives[o].full * s->indicator->weight / weights;
        double full = s->applicable ? of : 0; /* points of the total, as eval renormalises */
        list[i] = (struct report_indicator){
            .objective = o, .name = fill_title(f, s->indicator->title), .value = measured(f, s),
            .method = method(f, s->indicator), .full = full, .earned = full - s->lost,
            .applicable = s->applicable, .evidence = s->evidence,
            .evidence_count = s->evidence_count,
            .reason = s->lost > 0 || !s->applicable ? fill_text(f, text_of(s->reason[f->lang])) : NULL};
    }
    f->m->score.indicators = list;
    f->m->score.indicator_count = list ? ev->items : 0;
}

void fill_score(struct filling *f)
{
    const struct evaluation *ev = f->src->eval;
    if (!ev) {
        f->m->score.total = (double)NAN;
        return;
    }
    f->m->score.total = ev->total;
    f->m->score.grade = fill_title(f, grade_title(ev->grade));
    if (ev->veto >= 0 && ev->veto < ev->items)
        f->m->score.cap = fill_title(f, ev->item[ev->veto].indicator->title);
    fill_objectives(f);
    fill_indicators(f);
}

static int64_t moment(int64_t t_ms)
{
    return t_ms < 0 ? REPORT_NEVER : t_ms;
}

void fill_clauses(struct filling *f)
{
    const struct evaluation *ev = f->src->eval;
    const struct atlas *atlas = f->src->atlas;
    int n = ev && ev->clause ? ATLAS_COUNT(atlas, ENT_CLAUSE) : 0;
    struct report_clause *list = FILL_NEW(f, struct report_clause, n);
    _Static_assert((int)PLAN_UNTESTED == (int)REPORT_CLAUSE_UNTESTED, "the same order");
    for (int i = 0; list && i < n; i++) {
        const struct clause *c = &atlas->clause[i];
        const struct clause_result *r = &ev->clause[i];
        list[i] = (struct report_clause){
            .text = fill_title(f, c->text), .who = c->agency < 0 ? NULL : fill_agency(f, c->agency),
            .source = fill_text(f, c->source), .within_ms = c->within_ms,
            .triggered_ms = moment(r->trigger_ms), .done_ms = moment(r->done_ms),
            .state = (enum report_clause_state)r->state};
    }
    f->m->clauses = list;
    f->m->clause_count = list ? n : 0;
}

/* An indicator marked low is a finding; a veto is a deficiency whatever its mark. */
static bool finding_class(const struct evaluation *ev, int i, enum report_finding_class *out)
{
    const struct scored *s = &ev->item[i];
    if (!s->applicable || (s->score >= improve_below && i != ev->veto))
        return false;
    *out = i == ev->veto || s->score < deficient_below ? REPORT_DEFICIENCY
           : s->score < correct_below                  ? REPORT_CORRECT
                                                       : REPORT_IMPROVE;
    return true;
}

void fill_findings(struct filling *f)
{
    const struct evaluation *ev = f->src->eval;
    int n = 0;
    if (!ev)
        return;
    struct report_finding *list =
        FILL_NEW(f, struct report_finding, ev->items + CLAUSE_FINDINGS_MAX);
    enum report_finding_class class = REPORT_IMPROVE;
    for (int i = 0; list && i < ev->items; i++) {
        const struct scored *s = &ev->item[i];
        if (finding_class(ev, i, &class))
            list[n++] = (struct report_finding){
                .fclass = class, .text = fill_title(f, s->indicator->title),
                .cause = fill_text(f, text_of(s->reason[f->lang])), .evidence = s->evidence,
                .evidence_count = s->evidence_count};
    }
    for (int i = 0, k = 0; list && i < f->m->clause_count && k < CLAUSE_FINDINGS_MAX; i++) {
        const struct report_clause *c = &f->m->clauses[i];
        if (c->state != REPORT_CLAUSE_LATE && c->state != REPORT_CLAUSE_VIOLATED)
            continue;
        bool late = c->state == REPORT_CLAUSE_LATE;
        list[n++] = (struct report_finding){
            .fclass = late ? REPORT_IMPROVE : REPORT_CORRECT, .unit = c->who,
            .text = FILL_MSG(f, late ? MSG_REPORT_CLAUSE_LATE : MSG_REPORT_CLAUSE_BROKEN,
                             arg_s(c->text))};
        k++;
    }
    f->m->findings = list;
    f->m->finding_count = list ? n : 0;
}

/* fill_judge.c -- score with the reason for each lost point, clauses, findings the program proposes. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "report/fill_parts.h"

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
            .state = (enum report_clause_state)r->state, .impossible = r->impossible,
            .advice = r->impossible ? msg_text(f->lang, MSG_REPORT_NOBODY_COULD) : NULL};
    }
    if (list) {
        struct plan_coverage cover = eval_coverage(ev, n);
        f->m->plan_tested = cover.tested;
        f->m->plan_met = cover.met;
    }
    f->m->clauses = list;
    f->m->clause_count = list ? n : 0;
}

/* The experts' findings with their corrections, then what the program proposes and nobody decided on. */

static enum report_finding_class class_of(int32_t class)
{
    _Static_assert((int)FINDING_IMPROVE == (int)REPORT_IMPROVE, "the same order");
    return (enum report_finding_class)class;
}

static const char *joined_actions(struct filling *f, const struct finding *x, struct text (*part)(const struct action *a))
{
    char line[1024];
    struct buf b = BUF_ON(line);
    for (int i = 0; i < x->actions; i++) {
        if (i > 0)
            buf_str(&b, f->lang == LANG_ZH ? "；" : "; ");
        buf_text(&b, part(&x->action[i]));
    }
    return b.len > 0 ? fill_text(f, (struct text){b.at, b.len}) : NULL;
}

static struct text measure_of(const struct action *a)
{
    return a->measure;
}

static struct text unit_of(const struct action *a)
{
    return a->unit;
}

static struct text person_of(const struct action *a)
{
    return a->person;
}

static struct text due_of(const struct action *a)
{
    return a->due;
}

static const char *verified(struct filling *f, const struct finding *x)
{
    return x->evidence.len > 0 ? FILL_MSG(f, MSG_REPORT_VERIFIED, arg_t(x->evidence), arg_t(x->verified_by)) : NULL;
}

/* Texts taken over from a proposal are told in the report's language. */
static void add_confirmed(struct filling *f, const struct finding *x, const struct proposal *from, struct report_finding *to)
{
    bool as_proposed = from && text_eq(x->text, from->text.zh);
    *to = (struct report_finding){
        .fclass = class_of(x->class), .text = as_proposed ? fill_title(f, from->text) : fill_text(f, x->text),
        .cause = as_proposed && text_is(x->cause, from->cause[LANG_ZH]) ? fill_text(f, text_of(from->cause[f->lang]))
                                                                        : fill_text(f, x->cause),
        .measure = joined_actions(f, x, measure_of), .unit = joined_actions(f, x, unit_of),
        .person = joined_actions(f, x, person_of), .due = joined_actions(f, x, due_of), .evidence = x->event,
        .evidence_count = x->events, .confirmed = true, .state = fill_title(f, finding_state_title(x->state)),
        .verified = verified(f, x)};
}

static void add_proposed(struct filling *f, const struct proposal *p, struct report_finding *to)
{
    *to = (struct report_finding){.fclass = class_of(p->class), .text = fill_title(f, p->text),
                                  .cause = fill_text(f, text_of(p->cause[f->lang])),
                                  .unit = p->agency >= 0 ? fill_agency(f, p->agency) : NULL, .evidence = p->event,
                                  .evidence_count = p->events};
}

void fill_findings(struct filling *f)
{
    const struct evaluation *ev = f->src->eval;
    const struct findings *own = f->src->findings;
    const struct panel *p = f->src->panels ? &f->src->panels->of[PANEL_EXPERT] : NULL;
    struct panel_score score;
    int n = 0;
    if (!ev || !ev->clause)
        return;
    p = p && p->phase != PANEL_CLOSED ? p : NULL;
    if (p && panel_score(p, false, -1, f->a, &score, NULL) != RC_OK) {
        f->short_of_memory = true;
        return;
    }
    struct proposal *proposal = FILL_NEW(f, struct proposal, PROPOSAL_MAX);
    struct report_finding *list = FILL_NEW(f, struct report_finding, PROPOSAL_MAX + FINDING_MAX);
    int proposals = proposal && list ? findings_propose(own, f->src->atlas, ev, p, p ? &score : NULL, proposal, PROPOSAL_MAX) : 0;
    for (int i = 0; list && own && i < own->count; i++) {
        const struct proposal *from = NULL;
        for (int k = 0; k < proposals; k++)
            from = proposal[k].finding == i ? &proposal[k] : from;
        add_confirmed(f, &own->list[i], from, &list[n++]);
    }
    for (int i = 0; i < proposals; i++) {
        if (proposal[i].finding < 0 && proposal[i].dismissed < 0)
            add_proposed(f, &proposal[i], &list[n++]);
    }
    f->m->findings = list;
    f->m->finding_count = list ? n : 0;
}

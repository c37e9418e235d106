/* panel_score.c -- marks to item, project, total and grade; spread; agreement. */
#include <string.h>

#include "base/num.h"
#include "eval/panel.h"
#include "eval/weights.h"

static const double NO_VALUE = 0.0 / 0.0;
/* Marks this far apart on items that are no choices (points of 100) are talked about; a parameter of this program. */
static const double SPREAD_SCORE = 40.0;

struct given { /* one expert's mark of an item, as far as it counts */
    int evaluator;
    double raw, score, weight;
};

/* Whose marks count: everybody's while marking, then those who handed in. */
static bool takes_part(const struct panel *p, int evaluator)
{
    return p->phase == PANEL_MARKING || p->evaluator[evaluator].submitted;
}

static int32_t state_of(const struct panel_mark *m, bool first, double *raw)
{
    *raw = first ? m->first_raw : m->raw;
    return first ? m->first_state : m->state;
}

/* Sorted by score, ties by evaluator. Returns how many rated the item. */
static int gather(const struct panel *p, int item, bool first, struct given *out, struct item_result *r)
{
    int n = 0;
    for (int i = 0; i < p->evaluators; i++) {
        double raw;
        if (!takes_part(p, i) || !panel_expects(p, i, item))
            continue;
        int32_t state = state_of(panel_mark(p, i, item), first, &raw);
        r->missing += state == MARK_NONE;
        r->not_applicable += state == MARK_NOT_APPLICABLE;
        r->not_observed += state == MARK_NOT_OBSERVED;
        if (state != MARK_RATED)
            continue;
        struct given g = {i, raw, rubric_score(p->set, &p->set->item[item], raw), p->evaluator[i].weight};
        int at = n++;
        for (; at > 0 && out[at - 1].score > g.score; at--)
            out[at] = out[at - 1];
        out[at] = g;
    }
    r->rated = n;
    return n;
}

static double weighted_mean(const struct given *g, int from, int to)
{
    double sum = 0, weights = 0;
    for (int i = from; i < to; i++) {
        sum += g[i].score * g[i].weight;
        weights += g[i].weight;
    }
    return sum / weights;
}

static double median(const struct given *g, int n)
{
    return (g[(n - 1) / 2].score + g[n / 2].score) / 2.0;
}

static bool far_apart(const struct panel *p, int item, const struct given *g, int n)
{
    const struct rubric_item *it = &p->set->item[item];
    if (it->method != METHOD_CHOICE)
        return g[n - 1].score - g[0].score >= SPREAD_SCORE;
    int levels = (int)g[0].raw - (int)g[n - 1].raw; /* the worst has the highest index */
    return levels >= (p->set->scale[it->scale].levels > 2 ? 2 : 1);
}

static void score_marked(const struct panel *p, int item, bool first, int combine, struct item_result *r)
{
    struct given g[EVALUATOR_MAX];
    int n = gather(p, item, first, g, r);
    if (n == 0) {
        r->state = r->not_applicable > 0 ? ITEM_NOT_APPLICABLE : r->not_observed > 0 ? ITEM_NOT_OBSERVED : ITEM_UNMARKED;
        return;
    }
    r->state = ITEM_COUNTED;
    r->low = g[0].score;
    r->high = g[n - 1].score;
    if (combine == COMBINE_MEDIAN)
        r->score = median(g, n);
    else if (combine == COMBINE_TRIMMED && n >= 5)
        r->score = weighted_mean(g, 1, n - 1);
    else
        r->score = weighted_mean(g, 0, n);
    r->spread = (n > 1 && far_apart(p, item, g, n)) || r->not_applicable > 0;
    if (r->spread && n > 1 && r->high > r->low) {
        double m = median(g, n);
        r->outlier = m - g[0].score > g[n - 1].score - m ? g[0].evaluator : g[n - 1].evaluator;
    }
}

static void score_automatic(const struct panel *p, int item, struct item_result *r)
{
    const struct auto_decision *d = &p->decision[item];
    const struct scored *s = p->evidence ? &p->evidence[item] : NULL;
    r->state = ITEM_PENDING;
    if (d->state == AUTO_OVERRULED) {
        r->state = d->not_applicable ? ITEM_NOT_APPLICABLE : ITEM_COUNTED;
        r->score = d->not_applicable ? NO_VALUE : rubric_score(p->set, &p->set->item[item], d->raw);
    } else if (d->state == AUTO_CONFIRMED && s) {
        r->state = s->applicable ? ITEM_COUNTED : ITEM_NOT_APPLICABLE;
        r->score = s->applicable ? s->score : NO_VALUE;
    }
    if (r->state == ITEM_COUNTED)
        r->low = r->high = r->score;
}

/* Weights are renormalised over what counted, first within projects, then among them. */
static void add_up(const struct panel *p, struct panel_score *out)
{
    const struct rubric *set = p->set;
    double inside[RUBRIC_PROJECTS_MAX] = {0}, all = 0;
    for (int i = 0; i < set->items; i++) {
        if (out->item[i].state == ITEM_COUNTED)
            inside[set->item[i].project] += set->item[i].weight;
    }
    for (int k = 0; k < set->projects; k++) {
        struct project_result *r = &out->project[k];
        *r = (struct project_result){.weight = p->weight ? p->weight[k] : set->project[k].weight};
        r->applicable = inside[k] > 0 && r->weight > 0;
        all += r->applicable ? r->weight : 0;
    }
    for (int k = 0; k < set->projects; k++)
        out->project[k].weight = out->project[k].applicable ? out->project[k].weight / all : 0;
    for (int i = 0; i < set->items; i++) {
        struct item_result *r = &out->item[i];
        struct project_result *of = &out->project[set->item[i].project];
        if (r->state != ITEM_COUNTED || !of->applicable)
            continue;
        double share = set->item[i].weight / inside[set->item[i].project];
        r->weight = share * of->weight * 100.0;
        r->lost = r->weight * (100.0 - r->score) / 100.0;
        of->score += share * r->score;
        of->lost += r->lost;
        out->total += r->weight * r->score / 100.0;
    }
}

/* What each expert alone would give each project. */
static void by_expert(const struct panel *p, bool first, struct panel_score *out)
{
    for (int e = 0; e < p->evaluators; e++) {
        double sum[RUBRIC_PROJECTS_MAX] = {0}, weight[RUBRIC_PROJECTS_MAX] = {0};
        for (int i = 0; i < p->set->items; i++) {
            const struct rubric_item *it = &p->set->item[i];
            double raw;
            if (!takes_part(p, e) || !panel_expects(p, e, i) || state_of(panel_mark(p, e, i), first, &raw) != MARK_RATED)
                continue;
            sum[it->project] += it->weight * rubric_score(p->set, it, raw);
            weight[it->project] += it->weight;
        }
        for (int k = 0; k < p->set->projects; k++)
            out->project_by[e][k] = weight[k] > 0 ? sum[k] / weight[k] : NO_VALUE;
    }
}

enum rc panel_score(const struct panel *p, bool first, int combine, struct arena *a, struct panel_score *out, struct err *e)
{
    ASSERT(p->phase != PANEL_CLOSED);
    *out = (struct panel_score){.veto = -1};
    out->item = ARENA_NEW(a, struct item_result, p->set->items + 1);
    if (!out->item)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < p->set->items; i++) {
        struct item_result *r = &out->item[i];
        *r = (struct item_result){.score = NO_VALUE, .low = NO_VALUE, .high = NO_VALUE, .outlier = -1};
        if (panel_automatic(&p->set->item[i]))
            score_automatic(p, i, r);
        else
            score_marked(p, i, first, combine < 0 ? p->set->combine : combine, r);
        out->counted += r->state == ITEM_COUNTED;
        out->pending += r->state == ITEM_PENDING;
        out->unmarked += r->state == ITEM_UNMARKED;
        out->spread += r->spread;
    }
    add_up(p, out);
    by_expert(p, first, out);
    out->grade = rubric_grade(p->set, out->total);
    for (int i = 0; i < p->set->items && out->veto < 0; i++) {
        const struct rubric_item *it = &p->set->item[i];
        if (it->veto && out->item[i].state == ITEM_COUNTED && out->item[i].score < it->veto_below)
            out->veto = i;
    }
    if (out->veto >= 0 && out->grade < p->set->cap)
        out->grade = p->set->cap;
    return RC_OK;
}

/* ---- agreement ---- */

/* Raters: who takes part. Items: those that two of them or more should mark. */
static enum rc make_table(const struct panel *p, bool first, struct arena *a, struct agree_table *t, bool *choices,
                          int *holes, struct err *e)
{
    int rater[EVALUATOR_MAX], raters = 0, items = 0;
    double *at = ARENA_NEW(a, double, (size_t)EVALUATOR_MAX * (size_t)p->set->items + 1);
    int *item = ARENA_NEW(a, int, p->set->items + 1);
    if (!at || !item)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < p->evaluators; i++) {
        if (takes_part(p, i))
            rater[raters++] = i;
    }
    *choices = true;
    for (int i = 0; i < p->set->items; i++) {
        int who = 0, rated = 0;
        for (int k = 0; k < raters; k++) {
            double raw;
            who += panel_expects(p, rater[k], i);
            rated += panel_expects(p, rater[k], i) && state_of(panel_mark(p, rater[k], i), first, &raw) == MARK_RATED;
        }
        if (who < 2 || rated == 0) /* what nobody rated did not apply: no hole */
            continue;
        *choices = *choices && p->set->item[i].method == METHOD_CHOICE;
        item[items++] = i;
    }
    *holes = 0;
    for (int k = 0; k < raters; k++) {
        for (int i = 0; i < items; i++) {
            double raw;
            bool rated = panel_expects(p, rater[k], item[i]) &&
                         state_of(panel_mark(p, rater[k], item[i]), first, &raw) == MARK_RATED;
            at[k * items + i] = rated ? rubric_score(p->set, &p->set->item[item[i]], raw) : NO_VALUE;
            *holes += !rated;
        }
    }
    *t = (struct agree_table){raters, items, at};
    return RC_OK;
}

enum rc panel_agreement(const struct panel *p, bool first, struct arena *a, struct agreement *out, struct err *e)
{
    struct agree_table t;
    bool choices;
    *out = (struct agreement){.interval.alpha = NO_VALUE, .ordinal.alpha = NO_VALUE, .kendall.w = NO_VALUE,
                              .kendall.w_tied = NO_VALUE, .percent.pairs = NO_VALUE, .percent.whole = NO_VALUE};
    enum rc rc = make_table(p, first, a, &t, &choices, &out->holes, e);
    if (rc != RC_OK)
        return rc;
    out->raters = t.raters;
    out->items = t.items;
    out->too_few = agree_too_few(t.raters, t.items);
    if (t.raters < 2 || t.items < 1)
        return RC_OK;
    if (agree_alpha(&t, ALPHA_INTERVAL, a, &out->interval, NULL) != RC_OK)
        out->interval.alpha = NO_VALUE;
    if (agree_alpha(&t, ALPHA_ORDINAL, a, &out->ordinal, NULL) != RC_OK)
        out->ordinal.alpha = NO_VALUE;
    if (agree_percent(&t, &out->percent, NULL) != RC_OK)
        out->percent.pairs = out->percent.whole = NO_VALUE;
    if (out->holes > 0 || t.items < 2)
        return RC_OK;
    out->has_icc = icc_run(&t, 0.95, &out->icc, NULL) == RC_OK;
    if (agree_kendall(&t, a, &out->kendall, NULL) != RC_OK)
        out->kendall.w = out->kendall.w_tied = NO_VALUE;
    out->has_kappa = choices && agree_fleiss_marks(&t, a, &out->kappa, NULL) == RC_OK;
    return RC_OK;
}

enum rc panel_fuzzy(const struct panel *p, const struct panel_score *s, struct arena *a, double *out, struct err *e)
{
    int n = 0, grades = p->set->grades;
    double *weight = ARENA_NEW(a, double, p->set->items + 1);
    double *member = ARENA_NEW(a, double, (size_t)(p->set->items + 1) * (size_t)grades);
    double all = 0;
    if (!weight || !member)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < p->set->items; i++) {
        struct given g[EVALUATOR_MAX];
        struct item_result none = {0};
        if (s->item[i].state != ITEM_COUNTED || s->item[i].weight <= 0)
            continue;
        int rated = panel_automatic(&p->set->item[i]) ? 0 : gather(p, i, false, g, &none);
        for (int k = 0; k < rated; k++)
            member[n * grades + rubric_grade(p->set, g[k].score)] += 1.0 / rated;
        if (rated == 0)
            member[n * grades + rubric_grade(p->set, s->item[i].score)] = 1.0;
        for (int k = 0; k < grades; k++) /* thirds may add up to a last digit over 1 */
            member[n * grades + k] = num_clamp(member[n * grades + k], 0.0, 1.0);
        weight[n++] = s->item[i].weight;
        all += s->item[i].weight;
    }
    for (int i = 0; i < n; i++)
        weight[i] /= all;
    if (n == 0) {
        memset(out, 0, (size_t)grades * sizeof(out[0]));
        return RC_OK;
    }
    return fuzzy_run(weight, member, n, grades, FUZZY_MEAN, out, e);
}

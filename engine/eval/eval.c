#include "eval/eval.h"

#include "base/num.h"

double eval_mark(double value, double full, double zero)
{
    return num_clamp((value - zero) / (full - zero), 0.0, 1.0) * 100.0;
}

struct title grade_title(enum grade g)
{
    static const struct title titles[] = {
        {{"优", 3}, {"excellent", 9}}, {{"良", 3}, {"good", 4}}, {{"一般", 6}, {"fair", 4}}, {{"差", 3}, {"poor", 4}}};
    return titles[g];
}

const char *grade_name(enum grade g)
{
    static const char *const names[] = {"A", "B", "C", "D"};
    return names[g];
}

struct title plan_state_title(enum plan_state s)
{
    static const struct title titles[] = {
        {{"按时执行", 12}, {"met", 3}}, {{"逾时执行", 12}, {"late", 4}}, {{"未执行", 9}, {"violated", 8}},
        {{"未触发", 9}, {"not triggered", 13}}, {{"已触发未检验", 18}, {"triggered, untested", 19}}};
    return titles[s];
}

static bool fits(const struct event_pattern *p, const struct event *ev)
{
    if (ev->kind != p->kind)
        return false;
    for (int i = 0; i < p->fields; i++) {
        if (ev->i[p->at[i]] != p->value[i])
            return false;
    }
    return true;
}

static const struct event *first_fit(const struct eval_input *in, const struct event_pattern *p, int64_t from)
{
    for (int64_t i = from; i < in->events; i++) {
        if (fits(p, &in->event[i]))
            return &in->event[i];
    }
    return NULL;
}

static void note_evidence(struct scored *s, const struct event *ev)
{
    if (ev && s->evidence_count < EVIDENCE_MAX)
        s->evidence[s->evidence_count++] = ev->seq;
}

/* The moment the clock starts at. False: it never did, the indicator does not apply. */
static bool find_trigger(const struct eval_input *in, const struct indicator *it, struct scored *s, int64_t *t_ms)
{
    struct event_pattern p = it->from;
    if (it->from_inject >= 0)
        p = (struct event_pattern){.kind = EV_INJECT_FIRED, .fields = 1, .value = {it->from_inject}};
    if (p.kind < 0) {
        *t_ms = 0;
        return true;
    }
    const struct event *ev = first_fit(in, &p, 0);
    if (!ev)
        return false;
    note_evidence(s, ev);
    *t_ms = ev->t_ms;
    return true;
}

static void reason(struct scored *s, enum msg id, const struct arg *args, int count)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = BUF_ON(s->reason[lang]);
        msg_format(&b, (enum lang)lang, id, args, count);
    }
}
#define REASON(s, id, ...)                                                                         \
    reason((s), (id), (const struct arg[]){__VA_ARGS__},                                           \
           (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))

static void rule_delay(const struct eval_input *in, const struct indicator *it, struct scored *s)
{
    int64_t start;
    s->applicable = find_trigger(in, it, s, &start);
    if (!s->applicable) {
        REASON(s, MSG_EVAL_NOT_TRIGGERED, arg_i(0));
        return;
    }
    for (int64_t i = 0; i < in->events; i++) {
        const struct event *ev = &in->event[i];
        if (ev->t_ms < start || !fits(&it->event, ev))
            continue;
        note_evidence(s, ev);
        s->value = (double)(ev->t_ms - start) / 60000.0;
        s->score = eval_mark(s->value, it->full, it->zero);
        REASON(s, MSG_EVAL_DELAY, arg_d(s->value, 0), arg_d(it->full, 0), arg_d(it->zero, 0));
        return;
    }
    s->value = (double)(in->end_ms - start) / 60000.0;
    /* Nothing was due yet when the drill ended within the full-mark time. */
    if (s->value < it->full)
        s->applicable = false;
    REASON(s, MSG_EVAL_NEVER, arg_d(s->value, 0), arg_d(it->full, 0));
}

/* With `from`, a count means something only when such an event happened at all: who sent no report sent no false one. */
static bool count_applies(const struct eval_input *in, const struct indicator *it)
{
    if (it->from.kind < 0)
        return true;
    for (int64_t i = 0; i < in->events; i++) {
        if (fits(&it->from, &in->event[i]))
            return true;
    }
    return false;
}

static void rule_count(const struct eval_input *in, const struct indicator *it, struct scored *s)
{
    s->applicable = count_applies(in, it);
    if (!s->applicable) {
        REASON(s, MSG_EVAL_NOT_TRIGGERED, arg_i(0));
        return;
    }
    for (int64_t i = 0; i < in->events; i++) {
        if (fits(&it->event, &in->event[i])) {
            s->value += 1.0;
            note_evidence(s, &in->event[i]);
        }
    }
    s->score = eval_mark(s->value, it->full, it->zero);
    REASON(s, MSG_EVAL_COUNT, arg_d(s->value, 0), arg_d(it->full, 0), arg_d(it->zero, 0));
}

static void rule_measure(const struct eval_input *in, const struct indicator *it, struct scored *s)
{
    double v, of = 1.0;
    s->applicable = in->measure(in->ctx, it->measure, &v);
    if (s->applicable && it->rule == RULE_RATIO)
        s->applicable = in->measure(in->ctx, it->of, &of) && of > 0.0;
    if (s->applicable && it->rule == RULE_BASELINE)
        s->applicable = in->baseline(in->ctx, it->measure, &of) && of > 0.0;
    if (!s->applicable) {
        REASON(s, MSG_EVAL_NOT_TRIGGERED, arg_i(0));
        return;
    }
    s->value = it->rule == RULE_BASELINE ? 1.0 - v / of : v / of;
    s->score = eval_mark(s->value, it->full, it->zero);
    if (it->rule == RULE_BASELINE)
        REASON(s, MSG_EVAL_BASELINE, arg_d(v, 1), arg_d(of, 1), arg_d(s->value * 100.0, 0));
    else if (it->rule == RULE_RATIO)
        REASON(s, MSG_EVAL_RATIO, arg_d(v, 0), arg_d(of, 0), arg_d(s->value * 100.0, 0), arg_d(it->full * 100.0, 0));
    else
        REASON(s, MSG_EVAL_MEASURE, arg_d(v, 1), arg_d(it->full, 1), arg_d(it->zero, 1));
}

static int bits(uint32_t v)
{
    int n = 0;
    for (; v; v &= v - 1)
        n++;
    return n;
}

static void rule_complete(const struct eval_input *in, const struct indicator *it, struct scored *s)
{
    char name[NAME_BYTES];
    (void)text_copy(name, (int)sizeof(name), it->field.len ? it->field : TEXT("elements"));
    int at = event_field(it->event.kind, name);
    const struct event_row *row = event_row(it->event.kind);
    int total = 0;
    for (int i = 0; row->field[i].kind != VK_NONE; i++) {
        if (text_eq(text_of(row->field[i].name), text_of(name)))
            total = word_is_set(row->field[i].kind) ? word_count(row->field[i].kind) : 0;
    }
    s->applicable = true;
    int best = 0;
    const struct event *shown = NULL;
    for (int64_t i = 0; i < in->events && at >= 0; i++) {
        if (fits(&it->event, &in->event[i]) && (!shown || bits((uint32_t)in->event[i].i[at]) > best)) {
            shown = &in->event[i];
            best = bits((uint32_t)in->event[i].i[at]);
        }
    }
    note_evidence(s, shown);
    s->value = total > 0 ? (double)best / total : 0.0;
    s->score = shown ? eval_mark(s->value, it->full, it->zero) : 0.0;
    REASON(s, shown ? MSG_EVAL_COMPLETE : MSG_EVAL_NOT_DONE, arg_i(best), arg_i(total));
}

static void rule_before(const struct eval_input *in, const struct indicator *it, struct scored *s)
{
    int64_t end;
    const struct event *ev = first_fit(in, &it->event, 0);
    bool waits = it->rule == RULE_BEFORE || it->from.kind >= 0 || it->from_inject >= 0;
    s->applicable = !waits || find_trigger(in, it, s, &end);
    if (!s->applicable) {
        REASON(s, MSG_EVAL_NOT_TRIGGERED, arg_i(0));
        return;
    }
    note_evidence(s, ev);
    bool good = ev && (it->rule == RULE_HAPPENED || ev->t_ms <= end);
    s->value = good;
    s->score = good ? 100.0 : 0.0;
    REASON(s, good ? MSG_EVAL_DONE : ev ? MSG_EVAL_TOO_LATE : MSG_EVAL_NOT_DONE, arg_i(0));
}

/* Of the clauses that were triggered and could be met: how many were, in time. */
static void rule_plan(const struct eval_input *in, const struct clause_result *clause, struct scored *s)
{
    int met = 0, due = 0;
    for (int i = 0; clause && i < ATLAS_COUNT(in->atlas, ENT_CLAUSE); i++) {
        const struct clause_result *r = &clause[i];
        if (r->state == PLAN_NOT_TRIGGERED || r->state == PLAN_UNTESTED || r->impossible)
            continue;
        due++;
        met += r->state == PLAN_MET;
        if (r->done_ms >= 0 && !r->by_order && s->evidence_count < EVIDENCE_MAX)
            s->evidence[s->evidence_count++] = r->done_event;
    }
    s->applicable = due > 0;
    if (!s->applicable) {
        REASON(s, MSG_EVAL_NOT_TRIGGERED, arg_i(0));
        return;
    }
    s->value = (double)met / due;
    s->score = eval_mark(s->value, s->indicator->full, s->indicator->zero);
    REASON(s, MSG_EVAL_PLAN, arg_i(met), arg_i(due));
}

void eval_item(const struct eval_input *in, const struct clause_result *clause, struct scored *s)
{
    const struct indicator *it = s->indicator;
    switch ((enum eval_rule)it->rule) {
    case RULE_DELAY:
        rule_delay(in, it, s);
        break;
    case RULE_COUNT:
        rule_count(in, it, s);
        break;
    case RULE_MEASURE:
    case RULE_RATIO:
    case RULE_BASELINE:
        rule_measure(in, it, s);
        break;
    case RULE_COMPLETE:
        rule_complete(in, it, s);
        break;
    case RULE_BEFORE:
    case RULE_HAPPENED:
        rule_before(in, it, s);
        break;
    case RULE_PLAN:
        rule_plan(in, clause, s);
        break;
    case RULE_COUNT_OF:
        break;
    }
}

/* Weights are renormalised over what applied, first inside an objective, then among objectives. */
static void add_up(const struct eval_input *in, struct evaluation *out)
{
    int objectives = ATLAS_COUNT(in->atlas, ENT_OBJECTIVE);
    double inside[OBJECTIVE_MAX] = {0}, all = 0.0;
    for (int i = 0; i < out->items; i++) {
        if (out->item[i].applicable)
            inside[out->indicator[i].objective] += out->indicator[i].weight;
    }
    for (int o = 0; o < objectives; o++) {
        out->objective[o] = (struct objective_score){inside[o] > 0.0, in->atlas->objective[o].weight, 0.0, 0.0};
        if (inside[o] > 0.0)
            all += in->atlas->objective[o].weight;
    }
    for (int i = 0; i < out->items && all > 0.0; i++) {
        struct scored *s = &out->item[i];
        int o = out->indicator[i].objective;
        if (!s->applicable)
            continue;
        double share = out->indicator[i].weight / inside[o];
        double points = share * in->atlas->objective[o].weight / all * 100.0;
        s->lost = points * (100.0 - s->score) / 100.0;
        out->objective[o].score += share * s->score;
        out->objective[o].lost += s->lost;
        out->total += points * s->score / 100.0;
    }
}

static void grade(struct evaluation *out)
{
    out->grade = out->total >= 90.0   ? GRADE_EXCELLENT
                 : out->total >= 75.0 ? GRADE_GOOD
                 : out->total >= 60.0 ? GRADE_FAIR
                                      : GRADE_POOR;
    for (int i = 0; i < out->items; i++) {
        const struct indicator *it = &out->indicator[i];
        if (it->veto && out->item[i].applicable && out->item[i].score < it->veto_below && out->veto < 0) {
            out->veto = i;
            if (out->grade < GRADE_FAIR)
                out->grade = GRADE_FAIR;
        }
    }
}

/* ---- the plan ---- */

static bool clause_trigger(const struct eval_input *in, const struct clause *c, struct clause_result *r)
{
    struct event_pattern p = {.kind = c->trigger_event};
    if (c->trigger_inject >= 0)
        p = (struct event_pattern){.kind = EV_INJECT_FIRED, .fields = 1, .value = {c->trigger_inject}};
    r->trigger_ms = 0;
    if (p.kind < 0)
        return true;
    const struct event *ev = first_fit(in, &p, 0);
    if (!ev)
        return false;
    r->trigger_ms = ev->t_ms;
    r->trigger_event = ev->seq;
    return true;
}

static void clause_done(const struct eval_input *in, const struct clause *c, struct clause_result *r)
{
    r->done_ms = -1;
    for (int64_t i = 0; i < in->orders && c->what.verb >= 0; i++) {
        const struct order *o = &in->order[i];
        if (order_matches(&c->what, o) && (c->agency < 0 || o->agency == c->agency)) {
            r->done_ms = o->at_ms;
            r->done_event = o->seq;
            r->by_order = true;
            return;
        }
    }
    struct event_pattern p = {.kind = c->what_event};
    const struct event *ev = p.kind >= 0 ? first_fit(in, &p, 0) : NULL;
    if (ev) {
        r->done_ms = ev->t_ms;
        r->done_event = ev->seq;
    }
}

/* What it takes did not exist in this drill: too few teams of the roster, or stocks, or a clause it depends on could
 * not be met itself. */
static bool impossible(const struct eval_input *in, const struct clause *c, const struct clause_result *out)
{
    const struct atlas *atlas = in->atlas;
    for (int i = 0; i < c->depends.count; i++) {
        if (out[c->depends.id[i]].impossible)
            return true;
    }
    for (int i = 0; i < c->needs; i++) {
        int64_t there = 0;
        for (int k = 0; c->need[i].task >= 0 && k < ATLAS_COUNT(atlas, ENT_TEAM); k++)
            there += task_set_has(atlas->team[k].tasks, c->need[i].task);
        for (int k = 0; c->need[i].supply >= 0 && k < atlas->stock_count; k++)
            there += atlas->stock[k].supply == c->need[i].supply ? atlas->stock[k].count : 0;
        if (there < c->need[i].count)
            return true;
    }
    return false;
}

void eval_plan(const struct eval_input *in, struct clause_result *out)
{
    for (int i = 0; i < ATLAS_COUNT(in->atlas, ENT_CLAUSE); i++) {
        const struct clause *c = &in->atlas->clause[i];
        struct clause_result *r = &out[i];
        *r = (struct clause_result){.trigger_ms = -1, .due_ms = -1, .done_ms = -1};
        if (!clause_trigger(in, c, r)) {
            r->trigger_ms = -1;
            r->state = PLAN_NOT_TRIGGERED;
            continue;
        }
        clause_done(in, c, r);
        r->due_ms = r->trigger_ms + c->within_ms;
        if (c->what.verb < 0 && c->what_event < 0)
            r->state = PLAN_UNTESTED;
        else if (r->done_ms >= 0)
            r->state = c->within_ms == 0 || r->done_ms <= r->due_ms ? PLAN_MET : PLAN_LATE;
        else
            r->state = in->end_ms >= r->due_ms ? PLAN_VIOLATED : PLAN_UNTESTED;
        r->impossible = r->state != PLAN_UNTESTED && impossible(in, c, out);
        if (r->impossible)
            r->state = PLAN_VIOLATED; /* whatever was ordered: the clause asks for more than there is */
    }
}

struct plan_coverage eval_coverage(const struct evaluation *ev, int clauses)
{
    struct plan_coverage c = {.clauses = clauses};
    for (int i = 0; i < clauses; i++) {
        const struct clause_result *r = &ev->clause[i];
        c.of[r->state]++;
        c.impossible += r->impossible;
    }
    int tested = c.of[PLAN_MET] + c.of[PLAN_LATE] + c.of[PLAN_VIOLATED];
    c.tested = clauses > 0 ? 100.0 * tested / clauses : 0.0;
    c.met = tested - c.impossible > 0 ? 100.0 * c.of[PLAN_MET] / (tested - c.impossible) : 0.0;
    return c;
}

/* ---- how scripted it was ---- */

static void count_scripted(const struct eval_input *in, struct evaluation *out)
{
    struct scripted *s = &out->scripted;
    for (int64_t i = 0; i < in->events; i++) {
        const struct event *ev = &in->event[i];
        if (ev->kind == EV_INJECT_FIRED && ev->i[1] >= 0 && ev->i[1] < 5) {
            s->fired[ev->i[1]]++;
            s->total++;
        }
    }
    for (int64_t k = 0; k < in->orders; k++) {
        const struct order *o = &in->order[k];
        if (o->origin == ORIGIN_SCRIPT || o->origin == ORIGIN_INJECT || verb_row(o->verb)->who != WHO_SEAT)
            continue;
        s->orders++;
        bool moved = false;
        for (int64_t i = 0; i < in->events && !moved; i++)
            moved = in->event[i].cause.kind == CAUSE_ORDER && in->event[i].cause.ref == o->seq &&
                    in->event[i].kind != EV_ORDER_FAILED && in->event[i].kind != EV_STATEMENT;
        s->idle += !moved;
    }
}

enum rc eval_run(const struct eval_input *in, struct arena *a, struct evaluation *out, struct err *e)
{
    enum rc rc = eval_read(in->atlas, a, out, e);
    if (rc != RC_OK)
        return rc;
    eval_plan(in, out->clause);
    for (int i = 0; i < out->items; i++)
        eval_item(in, out->clause, &out->item[i]);
    add_up(in, out);
    grade(out);
    count_scripted(in, out);
    return RC_OK;
}

int eval_why(const struct event *event, int64_t events, int64_t seq, int64_t *out, int max)
{
    int n = 0;
    int64_t queue[64];
    int head = 0, tail = 0;
    queue[tail++] = seq;
    while (head < tail && n < max) {
        int64_t at = queue[head++];
        bool seen = false;
        for (int i = 0; i < n; i++)
            seen = seen || out[i] == at;
        if (seen)
            continue;
        out[n++] = at;
        if (at < 1 || at > events)
            continue;
        const struct cause causes[2] = {event[at - 1].cause, event[at - 1].also};
        for (int i = 0; i < 2 && tail < COUNT_OF(queue); i++) {
            if (causes[i].kind == CAUSE_EVENT)
                queue[tail++] = causes[i].ref;
            else if (causes[i].kind == CAUSE_ORDER)
                queue[tail++] = -causes[i].ref;
        }
    }
    return n;
}

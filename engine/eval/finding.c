#include "eval/finding.h"

/* Below these a score suggests a finding; parameters of this program, no published rule. */
static const double DEFICIENT_BELOW = 30, CORRECT_BELOW = 60, IMPROVE_BELOW = 85;

struct said_row {
    const char *name;
    struct title title;
};

static const struct said_row classes[FINDING_CLASSES] = {
    {"deficiency", {TEXT_INIT("不足项"), TEXT_INIT("deficiency")}},
    {"correct", {TEXT_INIT("整改项"), TEXT_INIT("to be corrected")}},
    {"improve", {TEXT_INIT("改进项"), TEXT_INIT("to be improved")}},
};

static const struct said_row states[FINDING_STATES] = {
    {"open", {TEXT_INIT("待整改"), TEXT_INIT("open")}},
    {"doing", {TEXT_INIT("整改中"), TEXT_INIT("under way")}},
    {"verify", {TEXT_INIT("待验证"), TEXT_INIT("to be verified")}},
    {"closed", {TEXT_INIT("已关闭"), TEXT_INIT("closed")}},
};

static int find_word(const struct said_row *rows, int count, struct text word)
{
    word = text_trim(word);
    for (int i = 0; i < count; i++) {
        if (text_is(word, rows[i].name) || text_eq(word, rows[i].title.zh) || text_eq(word, rows[i].title.en))
            return i;
    }
    return -1;
}

struct title finding_class_title(int32_t class)
{
    return classes[class].title;
}

struct title finding_state_title(int32_t state)
{
    return states[state].title;
}

int finding_class_find(struct text word)
{
    return find_word(classes, FINDING_CLASSES, word);
}

int finding_state_find(struct text word)
{
    return find_word(states, FINDING_STATES, word);
}

const char *finding_class_name(int32_t class)
{
    return classes[class].name;
}

const char *finding_state_name(int32_t state)
{
    return states[state].name;
}

enum rc findings_init(struct findings *f, struct arena *a, struct err *e)
{
    *f = (struct findings){.a = a};
    f->list = ARENA_NEW(a, struct finding, FINDING_MAX);
    f->dismissed = ARENA_NEW(a, struct dismissal, PROPOSAL_MAX);
    return f->list && f->dismissed ? RC_OK : ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
}

int finding_find(const struct findings *f, struct text id)
{
    for (int i = 0; i < f->count; i++) {
        if (text_eq(f->list[i].id, id))
            return i;
    }
    return -1;
}

void finding_next_id(const struct findings *f, struct buf *out)
{
    for (int n = f->count + 1;; n++) {
        buf_clear(out);
        buf_char(out, 'f');
        buf_i64(out, n);
        if (finding_find(f, (struct text){out->at, out->len}) < 0)
            return;
    }
}

/* ---- applying ---- */

struct applying {
    struct findings *f;
    const struct panels *panels;
    const struct atlas *atlas;
    const struct entry *entry;
    int64_t last_event;
    struct err *e;
};

static struct text said(const struct applying *x, const char *key)
{
    return text_trim(entry_get(x->entry, key));
}

static struct text keep(const struct applying *x, const char *key)
{
    struct text copy = arena_text(x->f->a, said(x, key));
    return copy.at ? copy : TEXT("");
}

static bool known_item(const struct applying *x, struct text id)
{
    for (int k = 0; x->panels && k < PANEL_KINDS; k++) {
        if (x->panels->of[k].set && rubric_find(x->panels->of[k].set, id) >= 0)
            return true;
    }
    const struct doc *list = doc_get(x->atlas->doc, "indicators");
    for (const struct doc *d = list ? list->child : NULL; d; d = d->next) {
        const struct doc *name = doc_get(d, "id");
        if (name && text_eq(name->t, id))
            return true;
    }
    return false;
}

static enum rc read_events(const struct applying *x, struct finding *out)
{
    struct text rest = said(x, "events");
    while (rest.len > 0) {
        int len = 0;
        while (len < rest.len && rest.at[len] != ' ' && rest.at[len] != ',')
            len++;
        struct text word = {rest.at, len};
        int64_t n = 0;
        rest = len < rest.len ? (struct text){rest.at + len + 1, rest.len - len - 1} : (struct text){"", 0};
        if (word.len == 0)
            continue;
        if (!text_to_i64(word, &n) || n < 1 || n > x->last_event)
            return ERR(x->e, RC_INPUT, MSG_PANEL_EVENT, arg_t(word), arg_i(x->last_event));
        if (out->events == EVIDENCE_MAX)
            return ERR(x->e, RC_LIMIT, MSG_FINDING_EVENTS, arg_i(EVIDENCE_MAX));
        out->event[out->events++] = n;
    }
    return RC_OK;
}

static enum rc check_by(const struct applying *x, const char *key)
{
    int kind, who;
    struct text by = said(x, key);
    if (by.len == 0 || (x->panels && panel_evaluator(x->panels, by, &kind, &who)))
        return RC_OK;
    return ERR(x->e, RC_INPUT, MSG_PANEL_NO_EVALUATOR, arg_t(by));
}

static enum rc apply_finding(struct applying *x)
{
    struct finding n = {.class = finding_class_find(said(x, "class"))};
    struct text id = said(x, "id"), item = said(x, "item"), clause = said(x, "clause"), from = said(x, "from");
    int at = finding_find(x->f, id);
    if (n.class < 0)
        return ERR(x->e, RC_INPUT, MSG_FINDING_CLASS, arg_t(said(x, "class")));
    if (at < 0 && x->f->count == FINDING_MAX)
        return ERR(x->e, RC_LIMIT, MSG_FINDING_MANY, arg_i(FINDING_MAX));
    if (item.len > 0 && !known_item(x, item))
        return ERR(x->e, RC_INPUT, MSG_FINDING_ITEM, arg_t(item));
    if (clause.len > 0 && names_find(&x->atlas->names, ENT_CLAUSE, clause) < 0)
        return ERR(x->e, RC_INPUT, MSG_FINDING_CLAUSE, arg_t(clause));
    for (int i = 0; i < x->f->count && from.len > 0; i++) {
        if (i != at && text_eq(x->f->list[i].from, from))
            return ERR(x->e, RC_NO, MSG_FINDING_CONFIRMED, arg_t(from), arg_t(x->f->list[i].id));
    }
    enum rc rc = check_by(x, "by");
    if (rc == RC_OK)
        rc = read_events(x, &n);
    if (rc != RC_OK)
        return rc;
    if (at >= 0) { /* an edit: its actions and state stay */
        struct finding *old = &x->f->list[at];
        n.state = old->state;
        n.actions = old->actions;
        for (int i = 0; i < old->actions; i++)
            n.action[i] = old->action[i];
        n.evidence = old->evidence;
        n.verified_by = old->verified_by;
    }
    n.id = keep(x, "id");
    n.text = keep(x, "text");
    n.cause = keep(x, "cause");
    n.by = keep(x, "by");
    n.item = keep(x, "item");
    n.clause = keep(x, "clause");
    n.from = keep(x, "from");
    x->f->list[at >= 0 ? at : x->f->count++] = n;
    return RC_OK;
}

static enum rc apply_dismiss(struct applying *x)
{
    struct text from = said(x, "from");
    enum rc rc = check_by(x, "by");
    if (rc != RC_OK)
        return rc;
    for (int i = 0; i < x->f->count; i++) {
        if (text_eq(x->f->list[i].from, from))
            return ERR(x->e, RC_NO, MSG_FINDING_CONFIRMED, arg_t(from), arg_t(x->f->list[i].id));
    }
    for (int i = 0; i < x->f->dismissals; i++) {
        if (text_eq(x->f->dismissed[i].from, from))
            return ERR(x->e, RC_NO, MSG_FINDING_DISMISSED, arg_t(from));
    }
    if (x->f->dismissals == PROPOSAL_MAX)
        return ERR(x->e, RC_LIMIT, MSG_FINDING_MANY, arg_i(PROPOSAL_MAX));
    x->f->dismissed[x->f->dismissals++] = (struct dismissal){keep(x, "from"), keep(x, "by"), keep(x, "reason")};
    return RC_OK;
}

/* 2026-12-31, a day there is. */
static bool date_ok(struct text t)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t y, m, d;
    if (t.len != 10 || t.at[4] != '-' || t.at[7] != '-' || !text_to_i64((struct text){t.at, 4}, &y) ||
        !text_to_i64((struct text){t.at + 5, 2}, &m) || !text_to_i64((struct text){t.at + 8, 2}, &d))
        return false;
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return y >= 2000 && y < 2200 && m >= 1 && m <= 12 && d >= 1 && d <= days[m - 1] - (m == 2 && !leap);
}

static enum rc find_finding(const struct applying *x, struct finding **out)
{
    int i = finding_find(x->f, said(x, "finding"));
    *out = i < 0 ? NULL : &x->f->list[i];
    return i < 0 ? ERR(x->e, RC_INPUT, MSG_FINDING_NONE, arg_t(said(x, "finding"))) : RC_OK;
}

static enum rc apply_action(struct applying *x)
{
    struct finding *f;
    enum rc rc = find_finding(x, &f);
    if (rc != RC_OK)
        return rc;
    if (f->state == STATE_CLOSED)
        return ERR(x->e, RC_NO, MSG_FINDING_IS_CLOSED, arg_t(f->id));
    if (f->actions == ACTION_MAX)
        return ERR(x->e, RC_LIMIT, MSG_FINDING_ACTIONS, arg_i(ACTION_MAX));
    if (!date_ok(said(x, "due")))
        return ERR(x->e, RC_INPUT, MSG_FINDING_DUE, arg_t(said(x, "due")));
    f->action[f->actions++] = (struct action){keep(x, "measure"), keep(x, "unit"), keep(x, "person"), keep(x, "due"),
                                              keep(x, "element")};
    return RC_OK;
}

static enum rc apply_state(struct applying *x)
{
    struct finding *f;
    enum rc rc = find_finding(x, &f);
    int to = finding_state_find(said(x, "to"));
    if (rc != RC_OK)
        return rc;
    if (to < 0)
        return ERR(x->e, RC_INPUT, MSG_FINDING_STATE, arg_t(said(x, "to")));
    bool back = f->state == STATE_VERIFY && to == STATE_DOING; /* verification failed */
    if (to != f->state + 1 && !back)
        return ERR(x->e, RC_NO, MSG_FINDING_STEP, arg_t(f->id),
                   arg_zh_en(states[f->state].title.zh.at, states[f->state].title.en.at),
                   arg_zh_en(states[to].title.zh.at, states[to].title.en.at));
    if (to == STATE_DOING && f->actions == 0)
        return ERR(x->e, RC_NO, MSG_FINDING_NO_ACTION, arg_t(f->id));
    if ((to == STATE_VERIFY || back) && said(x, "evidence").len == 0)
        return ERR(x->e, RC_NO, MSG_FINDING_EVIDENCE, arg_t(f->id));
    if (to == STATE_CLOSED && said(x, "by").len == 0)
        return ERR(x->e, RC_NO, MSG_FINDING_VERIFIER, arg_t(f->id));
    f->state = to;
    if (said(x, "evidence").len > 0)
        f->evidence = keep(x, "evidence");
    if (to == STATE_CLOSED)
        f->verified_by = keep(x, "by");
    return RC_OK;
}

enum rc findings_apply(struct findings *f, const struct panels *panels, const struct atlas *atlas,
                       const struct entry *entry, int64_t last_event, struct err *e)
{
    struct applying x = {f, panels, atlas, entry, last_event, e};
    enum rc rc = entry_check(entry, e);
    if (rc != RC_OK)
        return rc;
    switch (entry->kind) {
    case ENTRY_FINDING:
        return apply_finding(&x);
    case ENTRY_DISMISS:
        return apply_dismiss(&x);
    case ENTRY_ACTION:
        return apply_action(&x);
    default:
        ASSERT(entry->kind == ENTRY_STATE);
        return apply_state(&x);
    }
}

/* ---- proposals ---- */

static bool class_of(double score, bool veto, int32_t *class)
{
    *class = veto || score < DEFICIENT_BELOW ? FINDING_DEFICIENCY
             : score < CORRECT_BELOW         ? FINDING_CORRECT
                                             : FINDING_IMPROVE;
    return veto || score < IMPROVE_BELOW;
}

static void key_of(struct proposal *p, const char *kind, struct text id)
{
    struct buf b = BUF_ON(p->key);
    buf_str(&b, kind);
    buf_text(&b, id);
}

static void copy_cause(struct proposal *p, const struct scored *s)
{
    for (int l = 0; l < LANG_COUNT; l++)
        (void)text_copy(p->cause[l], REASON_BYTES, text_of(s->reason[l]));
}

/* The experts' words on an item, one after another. */
static void copy_comments(struct proposal *out, const struct panel *p, int item)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        struct buf b = BUF_ON(out->cause[l]);
        for (int i = 0; i < p->evaluators; i++) {
            const struct panel_mark *m = panel_mark(p, i, item);
            if (m->state != MARK_RATED || m->comment.len == 0 || (p->phase != PANEL_MARKING && !p->evaluator[i].submitted))
                continue;
            if (b.len > 0)
                buf_str(&b, l == LANG_ZH ? "；" : "; ");
            buf_text(&b, m->comment);
        }
    }
}

static void settle(const struct findings *f, struct proposal *p)
{
    p->finding = p->dismissed = -1;
    for (int i = 0; f && i < f->count; i++) {
        if (text_is(f->list[i].from, p->key))
            p->finding = i;
    }
    for (int i = 0; f && i < f->dismissals; i++) {
        if (text_is(f->dismissed[i].from, p->key))
            p->dismissed = i;
    }
}

static int propose_items(const struct panel *p, const struct panel_score *s, struct proposal *out, int max)
{
    int n = 0;
    for (int i = 0; i < p->set->items && n < max; i++) {
        const struct rubric_item *it = &p->set->item[i];
        struct proposal *to = &out[n];
        int32_t class;
        bool automatic = panel_automatic(it) && p->evidence;
        /* what the log says is proposed before anybody confirmed it; what experts mark once they did */
        double score = automatic && s->item[i].state == ITEM_PENDING ? p->evidence[i].score : s->item[i].score;
        bool counts = automatic && s->item[i].state == ITEM_PENDING ? p->evidence[i].applicable
                                                                    : s->item[i].state == ITEM_COUNTED;
        if (!counts || !class_of(score, i == s->veto, &class))
            continue;
        *to = (struct proposal){.class = class, .text = it->text, .agency = -1};
        key_of(to, "item:", it->id);
        if (automatic)
            copy_cause(to, &p->evidence[i]);
        else
            copy_comments(to, p, i);
        if (it->has_rule && p->evidence) {
            to->event = p->evidence[i].evidence;
            to->events = p->evidence[i].evidence_count;
        }
        n++;
    }
    return n;
}

static int propose_indicators(const struct evaluation *ev, struct proposal *out, int max)
{
    int n = 0;
    for (int i = 0; i < ev->items && n < max; i++) {
        const struct scored *s = &ev->item[i];
        int32_t class;
        if (!s->applicable || !class_of(s->score, i == ev->veto, &class))
            continue;
        out[n] = (struct proposal){.class = class, .text = s->indicator->title, .agency = -1, .event = s->evidence,
                                   .events = s->evidence_count};
        key_of(&out[n], "indicator:", s->indicator->id);
        copy_cause(&out[n], s);
        n++;
    }
    return n;
}

static int propose_clauses(const struct atlas *atlas, const struct evaluation *ev, struct proposal *out, int max)
{
    int n = 0;
    for (int i = 0; i < ATLAS_COUNT(atlas, ENT_CLAUSE) && n < max; i++) {
        const struct clause_result *r = &ev->clause[i];
        bool late = r->state == PLAN_LATE;
        if ((!late && r->state != PLAN_VIOLATED) || r->impossible)
            continue;
        struct proposal *to = &out[n++];
        *to = (struct proposal){.class = late ? FINDING_IMPROVE : FINDING_CORRECT, .text = atlas->clause[i].text,
                                .agency = atlas->clause[i].agency};
        key_of(to, "clause:", names_name(&atlas->names, ENT_CLAUSE, i));
        for (int l = 0; l < LANG_COUNT; l++) {
            struct buf b = BUF_ON(to->cause[l]);
            const struct arg arg = arg_i(late ? (r->done_ms - r->due_ms) / 60000 : atlas->clause[i].within_ms / 60000);
            msg_format(&b, (enum lang)l, late ? MSG_FINDING_CLAUSE_LATE : MSG_FINDING_CLAUSE_MISSED, &arg, 1);
        }
        to->one = late && !r->by_order ? r->done_event : r->trigger_event;
        to->events = to->one > 0;
    }
    return n;
}

int findings_propose(const struct findings *f, const struct atlas *atlas, const struct evaluation *ev,
                     const struct panel *p, const struct panel_score *s, struct proposal *out, int max)
{
    int n = p && s ? propose_items(p, s, out, max) : 0;
    n += propose_indicators(ev, out + n, max - n);
    int before = n;
    n += propose_clauses(atlas, ev, out + n, max - n);
    for (int i = before; i < n; i++)
        out[i].event = out[i].events > 0 ? &out[i].one : NULL;
    for (int i = 0; i < n; i++)
        settle(f, &out[i]);
    return n;
}

#include "report/fill.h"

#include <string.h>

#include "report/fill_parts.h"

enum { LINE_BYTES = 1600, COURSE_MAX = 120 };

void *fill_new(struct filling *f, int64_t count, size_t size)
{
    void *at = arena_alloc(f->a, (size_t)(count > 0 ? count : 1), size);
    f->short_of_memory = f->short_of_memory || !at;
    return at;
}

const char *fill_text(struct filling *f, struct text t)
{
    if (t.len <= 0)
        return NULL;
    struct text copy = arena_text(f->a, t);
    f->short_of_memory = f->short_of_memory || !copy.at;
    return copy.at;
}

const char *fill_title(struct filling *f, struct title t)
{
    struct text first = f->lang == LANG_ZH ? t.zh : t.en, other = f->lang == LANG_ZH ? t.en : t.zh;
    return fill_text(f, first.len > 0 ? first : other);
}

const char *fill_msg(struct filling *f, enum msg id, const struct arg *args, int count)
{
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    msg_format(&b, f->lang, id, args, count);
    return fill_text(f, (struct text){b.at, b.len});
}

const char *fill_agency(struct filling *f, int64_t agency)
{
    const struct atlas *atlas = f->src->atlas;
    if (agency < 0 || agency >= ATLAS_COUNT(atlas, ENT_AGENCY))
        return msg_text(f->lang, MSG_REPORT_FACILITATOR);
    return fill_title(f, atlas->agency[agency].title);
}

const char *fill_event_text(struct filling *f, const struct event *ev)
{
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    event_format(ev, f->src->atlas, f->lang, &b);
    return fill_text(f, (struct text){b.at, b.len});
}

bool fill_is_seat_order(const struct order *o)
{
    return o->origin != ORIGIN_SCRIPT && o->origin != ORIGIN_INJECT &&
           verb_row(o->verb)->who != WHO_WORLD;
}

static const char *cause_text(struct filling *f, const struct cause *c)
{
    const struct atlas *atlas = f->src->atlas;
    switch (c->kind) {
    case CAUSE_ORDER:
        return FILL_MSG(f, MSG_REPORT_BY_ORDER, arg_i(c->ref));
    case CAUSE_EVENT:
        return FILL_MSG(f, MSG_REPORT_BY_EVENT, arg_i(c->ref));
    case CAUSE_INJECT:
        return FILL_MSG(f, MSG_REPORT_BY_INJECT, names_arg(&atlas->names, ENT_INJECT, (int)c->ref));
    case CAUSE_ABSENCE:
        if (!verb_valid(c->ref))
            return NULL;
        return FILL_MSG(f, MSG_REPORT_BY_ABSENCE,
                        arg_zh_en(verb_row((int)c->ref)->zh, verb_row((int)c->ref)->name));
    default:
        return NULL;
    }
}

static void mark_cited(const struct report_source *s, const int64_t *seq, int count, uint8_t *mark)
{
    for (int n = 0; n < count; n++)
        for (int64_t i = 0; i < s->events; i++)
            if (s->event[i].seq == seq[n])
                mark[i] |= 2;
}

/* 1: main event, 2: cited; by position in the source. */
static void mark_events(struct filling *f, uint8_t *mark)
{
    const struct report_source *s = f->src;
    int shown = 0;
    for (int64_t i = 0; i < s->events; i++) {
        if (event_turns(s->event[i].kind) && shown < COURSE_MAX) {
            mark[i] |= 1;
            shown++;
        }
    }
    for (int k = 0; s->eval && k < s->eval->items; k++)
        mark_cited(s, s->eval->item[k].evidence, s->eval->item[k].evidence_count, mark);
    for (int k = 0; k < f->m->finding_count; k++)
        mark_cited(s, f->m->findings[k].evidence, f->m->findings[k].evidence_count, mark);
    for (int k = 0; f->m->panel && k < f->m->panel->item_count; k++)
        mark_cited(s, f->m->panel->items[k].evidence, f->m->panel->items[k].evidence_count, mark);
}

void fill_events(struct filling *f)
{
    const struct report_source *s = f->src;
    uint8_t *mark = FILL_NEW(f, uint8_t, s->events);
    int count = 0;
    if (!mark)
        return;
    mark_events(f, mark);
    for (int64_t i = 0; i < s->events; i++)
        count += mark[i] != 0;
    struct report_event *list = FILL_NEW(f, struct report_event, count);
    if (!list)
        return;
    int n = 0;
    for (int64_t i = 0; i < s->events; i++) {
        const struct event *ev = &s->event[i];
        if (mark[i])
            list[n++] = (struct report_event){ev->seq, ev->t_ms, fill_event_text(f, ev),
                                              cause_text(f, &ev->cause), (mark[i] & 1) != 0};
    }
    f->m->events = list;
    f->m->event_count = n;
}

static void fill_agencies(struct filling *f)
{
    const struct atlas *atlas = f->src->atlas;
    static const enum msg admin[] = {MSG_REPORT_ADMIN_CITY, MSG_REPORT_ADMIN_DISTRICT,
                                     MSG_REPORT_ADMIN_TOWN, MSG_REPORT_ADMIN_UNIT};
    int n = ATLAS_COUNT(atlas, ENT_AGENCY);
    struct report_agency *list = FILL_NEW(f, struct report_agency, n);
    if (!list)
        return;
    for (int i = 0; i < n; i++) {
        int level = atlas->agency[i].admin;
        list[i] = (struct report_agency){
            .name = fill_agency(f, i), .played = atlas->agency[i].played,
            .role = level >= 0 && level < COUNT_OF(admin) ? msg_text(f->lang, admin[level]) : NULL};
    }
    for (int64_t k = 0; k < f->src->orders; k++) {
        const struct order *o = &f->src->order[k];
        if (fill_is_seat_order(o) && o->agency >= 0 && o->agency < n)
            list[o->agency].orders++;
    }
    f->m->agencies = list;
    f->m->agency_count = n;
}

static void fill_assumptions(struct filling *f)
{
    const struct atlas *atlas = f->src->atlas;
    struct report_assumption *list = FILL_NEW(f, struct report_assumption, atlas->assumption_count);
    if (!list)
        return;
    for (int i = 0; i < atlas->assumption_count; i++) {
        struct text mark = atlas->assumption[i].mark;
        bool open = text_starts(mark, "U") || text_starts(mark, "[U]");
        list[i] = (struct report_assumption){
            .text = fill_title(f, atlas->assumption[i].text),
            .mark = open && mark.len <= 3 ? NULL : fill_text(f, mark), .unverified = open};
    }
    f->m->assumptions = list;
    f->m->assumption_count = atlas->assumption_count;
}

static void fill_script(struct filling *f)
{
    if (!f->src->eval)
        return;
    const struct scripted *s = &f->src->eval->scripted;
    struct report_script *to = &f->m->script;
    to->known = true;
    to->by_time = s->fired[TRIGGER_TIME];
    to->by_world = s->fired[TRIGGER_WORLD];
    to->by_decision = s->fired[TRIGGER_DECISION];
    to->by_chain = s->fired[TRIGGER_CHAIN];
    to->by_hand = s->fired[TRIGGER_HAND];
    to->decisions = s->orders;
    to->without_effect = s->idle;
}

enum rc report_fill(struct report_model *m, const struct report_source *src, enum lang lang,
                    struct arena *a, struct err *e)
{
    struct filling f = {m, src, lang, a, false};
    const struct meta *meta = &src->atlas->meta;
    memset(m, 0, sizeof *m);
    m->scenario = fill_title(&f, meta->title);
    m->summary = fill_title(&f, meta->summary);
    m->trains = fill_title(&f, meta->trains);
    m->town = fill_title(&f, meta->town);
    m->start_clock_ms = meta->start_clock_ms;
    m->end_ms = src->end_ms;
    m->aborted = src->aborted;
    m->terrain_note = fill_title(&f, meta->terrain_note);
    m->synthetic = m->terrain_note != NULL;
    m->score.total = src->eval ? src->eval->total : 0;
    fill_agencies(&f);
    fill_orders(&f);
    fill_post(&f);
    fill_score(&f);
    fill_clauses(&f);
    fill_findings(&f);
    fill_panel(&f);
    fill_events(&f); /* after all who cite */
    fill_matrix(&f);
    fill_timeline(&f);
    fill_script(&f);
    fill_agenda(&f);
    fill_assumptions(&f);
    if (f.short_of_memory)
        return ERR(e, RC_MEMORY, MSG_DRAW_FAILED, arg_s("out of memory"));
    return RC_OK;
}

/* fill_agenda.c -- how the room was to be led: posts, phases, the chains that injects should set
 * going. */
#include "report/fill_parts.h"

enum { LINE_BYTES = 1600 };

static const char *place_name(struct filling *f, int32_t place)
{
    return place >= 0 ? fill_title(f, f->src->atlas->place[place].title) : NULL;
}

static void fill_duties(struct filling *f)
{
    const struct atlas *at = f->src->atlas;
    int count = 0, n = 0;
    for (int i = 0; i < ATLAS_COUNT(at, ENT_AGENCY); i++)
        count += at->agency[i].posts;
    struct report_duty *list = FILL_NEW(f, struct report_duty, count);
    for (int i = 0; list && i < ATLAS_COUNT(at, ENT_AGENCY); i++) {
        const struct agency *a = &at->agency[i];
        for (int k = 0; k < a->posts; k++) {
            const struct post *p = &a->post[k];
            list[n++] = (struct report_duty){
                .agency = fill_agency(f, i),
                .title = fill_title(f, p->title),
                .name = fill_text(f, p->name),
                .phone = fill_text(f, p->phone),
                .place = place_name(f, p->place),
                .deputy = p->deputy >= 0 ? fill_title(f, a->post[p->deputy].title) : NULL};
        }
    }
    f->m->duties = list;
    f->m->duty_count = n;
}

/* "1. ..\n2. ..", and who speaks, beneath. */
static const char *questions(struct filling *f, const struct phase *p)
{
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    for (int i = 0; i < p->questions; i++) {
        if (i > 0)
            buf_char(&b, '\n');
        buf_i64(&b, i + 1);
        buf_str(&b, ". ");
        buf_text(&b, f->lang == LANG_ZH ? p->question[i].zh : p->question[i].en);
    }
    return fill_text(f, (struct text){b.at, b.len});
}

static const char *seats(struct filling *f, const struct phase *p)
{
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    for (int i = 0; i < p->seats.count; i++) {
        struct title t = f->src->atlas->agency[p->seats.id[i]].title;
        if (i > 0)
            buf_str(&b, f->lang == LANG_ZH ? "、" : ", ");
        buf_text(&b, f->lang == LANG_ZH ? t.zh : t.en);
    }
    return fill_text(f, (struct text){b.at, b.len});
}

static const char *begins(struct filling *f, const struct phase *p)
{
    const struct atlas *at = f->src->atlas;
    char clock[32];
    struct buf b = BUF_ON(clock);
    if (p->after >= 0)
        return FILL_MSG(f, MSG_REPORT_WITH_INJECT, names_arg(&at->names, ENT_INJECT, p->after));
    clock_format(p->from_ms, at->meta.start_clock_ms, &b);
    return fill_text(f, (struct text){b.at, b.len});
}

static void fill_phases(struct filling *f)
{
    const struct atlas *at = f->src->atlas;
    struct report_phase *list = FILL_NEW(f, struct report_phase, at->phase_count);
    for (int i = 0; list && i < at->phase_count; i++) {
        const struct phase *p = &at->phase[i];
        list[i] = (struct report_phase){.title = fill_title(f, p->title),
                                        .from = begins(f, p),
                                        .room_ms = p->room_ms,
                                        .questions = questions(f, p),
                                        .seats = seats(f, p),
                                        .decision = fill_title(f, p->decision)};
    }
    f->m->phases = list;
    f->m->phase_count = list ? at->phase_count : 0;
}

static int64_t fired_at(const struct report_source *s, int inject)
{
    for (int64_t i = 0; i < s->events; i++)
        if (s->event[i].kind == EV_INJECT_FIRED && s->event[i].i[0] == inject)
            return s->event[i].t_ms;
    return REPORT_NEVER;
}

static void fill_steps(struct filling *f)
{
    const struct atlas *at = f->src->atlas;
    int count = 0, n = 0;
    for (int i = 0; i < ATLAS_COUNT(at, ENT_INJECT); i++)
        count += at->inject[i].chain_count;
    struct report_step *list = FILL_NEW(f, struct report_step, count);
    for (int i = 0; list && i < ATLAS_COUNT(at, ENT_INJECT); i++) {
        const struct inject *in = &at->inject[i];
        for (int k = 0; k < in->chain_count; k++) {
            char line[LINE_BYTES];
            struct buf b = BUF_ON(line);
            chain_step_say(at, &in->chain[k], f->lang, &b);
            list[n++] = (struct report_step){fill_title(f, in->title), fired_at(f->src, i),
                                             fill_text(f, (struct text){b.at, b.len}), k == 0};
        }
    }
    f->m->steps = list;
    f->m->step_count = n;
}

void fill_agenda(struct filling *f)
{
    fill_duties(f);
    fill_phases(f);
    fill_steps(f);
}

/* Events as rows and as sentences; declared in event.h. */
#include "core/world/event.h"

#include "base/num.h"
#include "core/scenario/atlas.h"

const struct event_row *event_row(int kind)
{
    const struct vocab *from = kind >= 0 ? vocab_of(NULL, kind >> OWN_BITS) : NULL;

    ASSERT(from != NULL && (kind & OWN_ROW) < from->events);
    return &from->event[kind & OWN_ROW];
}

static int events_of(const struct vocab *v, enum value_kind kind)
{
    (void)kind;
    return v->events;
}

int event_next(const struct names *n, int kind)
{
    return vocab_next(n, kind, events_of, VK_NONE);
}

int event_find(struct text name)
{
    for (int kind = event_next(NULL, -1); kind >= 0; kind = event_next(NULL, kind))
        if (text_is(name, event_row(kind)->name))
            return kind;
    return -1;
}

enum event_class event_class(int kind)
{
    return (enum event_class)(event_row(kind)->class & EVENT_CLASS);
}

bool event_turns(int kind)
{
    return (event_row(kind)->class & EVENT_TURN) != 0;
}

/* A field by the name that a released program had for it. */
static struct text todays_name(int kind, struct text name)
{
    if (kind == EV_TEAM_SAW && text_is(name, "size"))
        return TEXT("value");
    return kind == EV_REPORT_SENT && text_is(name, "area") ? TEXT("fact") : name;
}

/* Finds the field and its place among the integers or among the numbers. */
static const struct event_field *find_field(int kind, struct text name, int *place)
{
    int ints = 0;
    int nums = 0;

    name = todays_name(kind, name);
    for (const struct event_field *f = event_row(kind)->field; f->kind != VK_NONE; f++) {
        int here = f->kind == VK_NUM ? EVENT_INTS + nums++ : ints++;
        if (text_is(name, f->name)) {
            *place = here;
            return f;
        }
    }
    return NULL;
}

int event_field(int kind, const char *name)
{
    int place = -1;

    return find_field(kind, text_of(name), &place) != NULL ? place : -1;
}

int64_t event_int(const struct event *e, const char *name, int64_t missing)
{
    int place = event_field(e->kind, name);

    return place >= 0 && place < EVENT_INTS ? e->i[place] : missing;
}

double event_num(const struct event *e, const char *name, double missing)
{
    int place = event_field(e->kind, name);

    return place >= EVENT_INTS ? e->f[place - EVENT_INTS] : missing;
}

/* The line that the event is about; -1. */
static int32_t line_of(const struct event *e)
{
    int place = event_field(e->kind, "line");

    return place >= 0 && place < EVENT_INTS ? e->i[place] : -1;
}

/* What was seen first, and how much of it. Records of earlier programs do not say what: it was the first headline. */
static void write_topic(const struct event *e, int32_t topic, const struct atlas *atlas, enum lang lang, struct buf *out)
{
    const struct names *n = atlas != NULL ? &atlas->names : NULL;
    double value = event_num(e, "value", 0.0);

    if (topic < 0 && value > 0.0)
        topic = topic_headline(n, -1);
    if (topic < 0) {
        buf_str(out, msg_text(lang, MSG_CORE_SAY_SEEN));
        return;
    }
    const struct topic_row *row = topic_row(n, topic);
    buf_str(out, lang == LANG_ZH ? row->zh : row->en);
    buf_str(out, msg_text(lang, MSG_CORE_SAY_ABOUT));
    topic_format(topic, (int64_t)num_round(value * row->scale), atlas, lang, out);
}

/* A warning without a place is for everybody; work without a place is at its line; elsewhere a missing place means a position. */
static void write_field(const struct event *e, const struct event_field *f, int place,
                        const struct atlas *atlas, enum lang lang, struct buf *out)
{
    if (f->kind == VK_NUM)
        buf_fixed(out, e->f[place - EVENT_INTS], 1);
    else if (f->kind == VK_TOPIC)
        write_topic(e, e->i[place], atlas, lang, out);
    else if (e->kind == EV_WARNING_ISSUED && f->kind == VK_PLACE && e->i[place] < 0)
        buf_str(out, msg_text(lang, MSG_CORE_SAY_EVERYWHERE));
    else if (f->kind == VK_PLACE && e->i[place] < 0 && line_of(e) >= 0)
        value_format(VK_LINE, line_of(e), atlas, lang, false, out);
    else if (f->kind == VK_ROAD && e->i[place] < 0)
        buf_str(out, msg_text(lang, MSG_CORE_SAY_ON_THE_WAY));
    else
        value_format(f->kind, e->i[place], atlas, lang, false, out);
}

void event_format(const struct event *e, const struct atlas *atlas, enum lang lang, struct buf *out)
{
    const struct event_row *row = event_row(e->kind);
    struct text rest = text_of(lang == LANG_ZH ? row->zh : row->en);

    while (rest.len > 0) {
        int end = 0;
        int place = -1;
        const struct event_field *f = NULL;
        if (rest.at[0] == '{') {
            while (end < rest.len && rest.at[end] != '}')
                end++;
            if (end < rest.len)
                f = find_field(e->kind, (struct text){rest.at + 1, end - 1}, &place);
        }
        if (f != NULL) {
            write_field(e, f, place, atlas, lang, out);
            end++;
        } else {
            for (end = 1; end < rest.len && rest.at[end] != '{';)
                end++;
            buf_text(out, (struct text){rest.at, end});
        }
        rest = (struct text){rest.at + end, rest.len - end};
    }
}

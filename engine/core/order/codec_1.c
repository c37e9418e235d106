/* codec_1.c -- orders and events as the programs of 2026 wrote them; declared in codec.h and order.h.
 *
 * Codec 1 wrote verbs, kinds of event and the arguments' words by their number in tables that have moved
 * since, so this file keeps its own copy of those tables, frozen as they stood on 28 November 2026: never
 * follow a change of verbs.def, events.def or words.def here. What is read is turned into today's terms
 * by name; an argument or a field that the program no longer has is left out, and what the file's
 * sentences (table `word`) say of it still stands there.
 *
 * Two rows of verbs were put into the middle of the table twice, and every program said it was 0.1.0: a
 * verb's number means one of three things (`age`). Words and fields were only added at the end. */
#include "core/order/codec.h"
#include "core/order/order_read.h"
#include "core/scenario/atlas.h"

#include <string.h>

/* "name:kind" in order; after the name ':' a bare value, '>' after its word, '=' name=value. Kinds: a capital is an
 * entity, a small letter a word (WORDS), a set (w e q), a verb v, or a number: n count, m duration, o moment, p point,
 * b yes or no, d with decimals. */
struct old_row {
    const char *name, *fields;
};

static const struct old_verb {
    const char *name, *fields;
    int since; /* the age that brought it */
    bool world;
} VERBS[] = {
    {"level", "level:l elements=e for=m", 0, false},
    {"end_response", "", 0, false},
    {"post", "at>P", 0, false},
    {"commander", "agency:A", 0, false},
    {"group", "group:G lead=A", 0, false},
    {"consult", "with=A", 0, false},
    {"approve", "", 0, false},
    {"report", "to>A form=f area=n hurt=n elements=q", 0, false},
    {"warn", "colour:c to>P elements=w channel=C", 0, false},
    {"call", "agency:A", 0, false},
    {"dispatch", "team:T to>P task=t line=L at=p guide=b lookout=b radio=b tactic=k", 0, false},
    {"withdraw", "team:T to>P", 0, false},
    {"relieve", "team:T by>T", 0, false},
    {"request", "service:S", 0, false},
    {"ask", "agency:A", 0, false},
    {"evacuate", "place:P to>P", 0, false},
    {"shelter", "place:P", 0, false},
    {"close", "road:R", 0, false},
    {"open", "road:R", 0, false},
    {"send", "supply:U count:n from>P to>P", 0, false},
    {"state", "", 0, false},
    {"accept", "request:n", 1, false},
    {"refuse", "request:n reason=r", 1, false},
    {"register", "team:T", 2, false},
    {"turn_away", "team:T", 2, false},
    {"inject", "inject:I trigger=g", 0, false},
    {"hold", "inject:I", 0, false},
    {"cancel", "inject:I", 0, false},
    {"reschedule", "inject:I to>o", 0, false},
    {"improvise", "agency:A", 0, false},
    {"finish", "", 0, false},
    {"abort", "", 0, false},
    {"ignite", "at=p", 0, true},
    {"wind", "speed=n from=n", 0, true},
    {"outage", "channel:C for=m", 0, true},
    {"restore", "channel:C", 0, true},
    {"tell", "agency:A area=n", 0, true},
    {"come", "team:T to>P", 0, true},
    {"hurt", "place:P count=n", 0, true},
    {"trip", "line:L", 0, true},
};

static const struct old_row EVENTS[] = {
    {"drill_started", ""},
    {"drill_finished", ""},
    {"drill_aborted", ""},
    {"inject_fired", "inject:I trigger:g order:n"},
    {"inject_held", "inject:I"},
    {"inject_cancelled", "inject:I"},
    {"inject_moved", "inject:I at:o"},
    {"statement", "agency:A order:n"},
    {"order_failed", "agency:A verb:v reason:r order:n team:T"},
    {"weather_changed", "humidity:n wind:d from:d temp:d"},
    {"ignited", "spot:b x:d y:d"},
    {"hazard_grew", "front:n size:d"},
    {"place_threatened", "place:P distance:d"},
    {"place_reached", "place:P intensity:d"},
    {"road_cut", "road:R"},
    {"road_cleared", "road:R"},
    {"team_endangered", "team:T distance:d intensity:d"},
    {"team_caught", "team:T intensity:d"},
    {"line_held", "line:L work:n width:d flame:d"},
    {"line_crossed", "line:L work:n reason:r width:d flame:d"},
    {"hazard_edge", "side:n"},
    {"hazard_out", "front:n size:d"},
    {"hazard_back", "spot:b x:d y:d"},
    {"power_tripped", "line:L"},
    {"attack_unsafe", "team:T reason:r flame:d"},
    {"depot_exploded", "place:P minutes:n"},
    {"hotspot_seen", "number:n x:d y:d"},
    {"hotspot_checked", "number:n team:T real:b"},
    {"level_started", "agency:A level:l elements:e order:n"},
    {"level_ended", "agency:A"},
    {"post_ordered", "agency:A place:P order:n"},
    {"post_opened", "agency:A place:P"},
    {"post_overrun", "place:P"},
    {"commander_named", "agency:A before:A order:n"},
    {"group_formed", "group:G agency:A order:n"},
    {"group_staffed", "group:G agency:A"},
    {"comms_checked", "agency:A count:n"},
    {"consult_started", "agency:A order:n"},
    {"consult_held", "agency:A members:n age:m"},
    {"plan_approved", "agency:A consulted:b order:n"},
    {"report_sent", "agency:A to:A form:f elements:q order:n hurt:n area:d"},
    {"report_received", "agency:A to:A form:f"},
    {"report_false", "agency:A form:f order:n"},
    {"warning_issued", "agency:A colour:c place:P elements:w order:n"},
    {"call_made", "agency:A to:A order:n"},
    {"call_answered", "agency:A to:A"},
    {"call_unanswered", "agency:A to:A"},
    {"authority_exceeded", "agency:A verb:v order:n"},
    {"question_asked", "agency:A to:A order:n"},
    {"question_answered", "agency:A to:A"},
    {"report_concealed", "agency:A form:f order:n known:n hurt:n"},
    {"report_missing", "agency:A to:A form:f limit:m"},
    {"report_late", "agency:A to:A form:f late:m order:n"},
    {"team_ordered", "team:T place:P task:t line:L order:n agency:A"},
    {"team_told", "team:T order:n"},
    {"team_refused", "team:T reason:r order:n"},
    {"team_departed", "team:T place:P travel:m"},
    {"team_road", "team:T road:R forward:b"},
    {"team_blocked", "team:T road:R reason:r"},
    {"team_rerouted", "team:T road:R travel:m"},
    {"team_arrived", "team:T place:P line:L"},
    {"task_started", "team:T task:t place:P line:L"},
    {"task_done", "team:T task:t place:P line:L"},
    {"task_stopped", "team:T task:t reason:r"},
    {"line_done", "line:L team:T length:d width:d"},
    {"team_tired", "team:T worked:m"},
    {"team_dry", "team:T"},
    {"team_withdrawn", "team:T reason:r place:P"},
    {"team_hurt", "team:T hurt:n dead:n order:n"},
    {"team_saw", "team:T place:P size:d distance:d"},
    {"team_came", "team:T place:P"},
    {"team_registered", "team:T agency:A order:n"},
    {"team_turned_away", "team:T agency:A order:n"},
    {"team_strayed", "team:T waited:m"},
    {"team_short", "team:T supply:U"},
    {"team_supplied", "team:T supply:U"},
    {"road_closed", "agency:A road:R order:n"},
    {"road_opened", "agency:A road:R order:n"},
    {"road_jammed", "road:R vehicles:n"},
    {"evacuation_ordered", "agency:A place:P shelter:P order:n"},
    {"people_warned", "place:P percent:n"},
    {"people_moved", "place:P moved:n left:n percent:n"},
    {"people_trapped", "place:P count:n ordered:b"},
    {"people_hurt", "place:P hurt:n dead:n"},
    {"people_rescued", "team:T place:P count:n"},
    {"people_treated", "team:T count:n"},
    {"shelter_opened", "place:P agency:A order:n"},
    {"shelter_full", "place:P capacity:n"},
    {"people_ill", "place:P from:P count:n supply:U"},
    {"channel_down", "channel:C percent:n"},
    {"channel_up", "channel:C percent:n"},
    {"message_lost", "agency:A to:A reason:r order:n team:T"},
    {"message_switched", "agency:A to:A channel:C"},
    {"request_made", "request:n agency:A to:A service:S order:n"},
    {"request_read", "request:n agency:A to:A service:S"},
    {"request_accepted", "request:n agency:A to:A service:S"},
    {"request_refused", "request:n agency:A to:A service:S reason:r"},
    {"request_done", "request:n agency:A to:A service:S"},
    {"request_closed", "request:n agency:A to:A service:S"},
    {"request_orphaned", "request:n agency:A to:A service:S"},
    {"request_duplicated", "request:n agency:A to:A service:S"},
    {"order_conflict", "team:T order:n before:n"},
    {"power_cut", "line:L agency:A"},
    {"power_back", "line:L agency:A"},
    {"supply_sent", "agency:A place:P to:P supply:U count:n order:n"},
    {"supply_came", "place:P supply:U count:n"},
    {"supply_short", "place:P supply:U"},
    {"supply_spoilt", "place:P supply:U count:n"},
    {"supply_taken", "agency:A owner:A place:P supply:U count:n order:n"},
};

static const struct old_words {
    char letter;
    enum value_kind kind; /* whose words of today they are looked up among */
    const char *words;
} WORDS[] = {
    {'t', VK_TASK,
     "standby recon line attack mopup guard evacuate cordon medical comms "
     "power drop water rescue support rest burnout"},
    {'l', VK_LEVEL,
     "0 1 2 3 4"},
    {'c', VK_COLOUR,
     "none red orange yellow blue"},
    {'f', VK_FORM,
     "first update final"},
    {'s', VK_STAGE,
     "none home muster moving blocked ready working resting lost away"},
    {'r', VK_REASON,
     "none flame width night wind road busy authority safety tired water "
     "channel unread duplicate hazard powered done ordered uphill headon tall "
     "gully stock"},
    {'g', VK_TRIGGER,
     "time world decision chain hand"},
    {'k', VK_TACTIC,
     "none flank head rear"},
    {'w', VK_WARN_SET,
     "kind level start area notice measures issuer time"},
    {'e', VK_LEVEL_SET,
     "matter level period measures"},
    {'q', VK_REPORT_SET,
     "unit site course losses measures other"},
};

static const struct {
    char letter;
    enum entity entity;
} ENTITIES[] = {{'A', ENT_AGENCY}, {'T', ENT_TEAM}, {'P', ENT_PLACE}, {'R', ENT_ROAD}, {'L', ENT_LINE}, {'C', ENT_CHANNEL},
                {'S', ENT_SERVICE}, {'G', ENT_GROUP}, {'U', ENT_SUPPLY}, {'I', ENT_INJECT}, {'O', ENT_OBJECTIVE},
                {'X', ENT_CLAUSE}};

/* ---- the frozen tables ---- */

static const struct old_words *words_of(char letter)
{
    for (int i = 0; i < COUNT_OF(WORDS); i++)
        if (WORDS[i].letter == letter)
            return &WORDS[i];
    return NULL;
}

/* The i-th of words that stand with a blank between; empty past the end. */
static struct text word_at(const char *words, int64_t i)
{
    int n = 0;

    for (; i > 0 && *words != '\0'; words++)
        i -= *words == ' ';
    while (i == 0 && words[n] != ' ' && words[n] != '\0')
        n++;
    return (struct text){words, n};
}

static int words_in(const char *words)
{
    int n = *words != '\0';

    for (; *words != '\0'; words++)
        n += *words == ' ';
    return n;
}

struct old_field {
    struct text name;
    char how, kind;
};

static bool field_at(const char *fields, int i, struct old_field *out)
{
    struct text t = word_at(fields, i);

    if (t.len == 0)
        return false;
    *out = (struct old_field){{t.at, t.len - 2}, t.at[t.len - 2], t.at[t.len - 1]};
    return true;
}

static const struct old_verb *find_verb(struct text name)
{
    for (int v = 0; v < COUNT_OF(VERBS); v++)
        if (text_is(name, VERBS[v].name))
            return &VERBS[v];
    return NULL;
}

/* What a verb's number meant in a program of that age. */
static const struct old_verb *numbered_verb(int age, int64_t number)
{
    for (int v = 0; v < COUNT_OF(VERBS); v++)
        if (VERBS[v].since <= age && number-- == 0)
            return &VERBS[v];
    return NULL;
}

static enum entity entity_of(char letter)
{
    for (int i = 0; i < COUNT_OF(ENTITIES); i++)
        if (ENTITIES[i].letter == letter)
            return ENTITIES[i].entity;
    return ENT_COUNT;
}

static bool is_set(char letter)
{
    return letter == 'w' || letter == 'e' || letter == 'q';
}

/* Whether a program of then could have written it as an argument. */
static bool possible(char kind, int64_t v)
{
    const struct old_words *w = words_of(kind);

    if (entity_of(kind) != ENT_COUNT)
        return v >= -1 && v <= INT32_MAX;
    if (is_set(kind))
        return v >= 0 && v < (int64_t)1 << words_in(w->words);
    if (w != NULL)
        return v >= 0 && v < words_in(w->words);
    return kind != 'b' || v == 0 || v == 1;
}

/* ---- into today's terms ---- */

static int64_t verb_of(struct codec_in *in, int age, int64_t number)
{
    const struct old_verb *verb = numbered_verb(age, number);

    if (verb != NULL)
        return codec_find_verb(in, text_of(verb->name));
    in->bad = in->bad || number != -1;
    return -1;
}

/* The value as today's kind has it; none when that kind has no such word any more. */
static int64_t value_of(struct codec_in *in, int age, char letter, int64_t v, enum value_kind kind, int64_t none)
{
    const struct old_words *w = words_of(letter);
    int64_t set = 0;

    if (letter == 'v')
        return verb_of(in, age, v);
    if (w == NULL)
        return v;
    if (!is_set(letter)) {
        struct text name = v >= 0 ? word_at(w->words, v) : (struct text){"", 0};
        int word = name.len > 0 ? word_find(NULL, kind, name) : -1;
        return word >= 0 ? word : none;
    }
    for (int i = 0; i < words_in(w->words); i++) {
        int word = word_find(NULL, kind, word_at(w->words, i));
        set |= (int64_t)(v >> i & 1 && word >= 0) << (word >= 0 ? word : 0);
    }
    return set;
}

static struct cause cause_of(struct codec_in *in, int age)
{
    struct cause c = {(int32_t)codec_take(in, 1), 0};

    c.ref = (int64_t)codec_take(in, 8);
    in->bad = in->bad || c.kind > CAUSE_ABSENCE;
    if (!in->bad && c.kind == CAUSE_ABSENCE)
        c.ref = verb_of(in, age, c.ref);
    return c;
}

static int arg_named(int verb, struct text name)
{
    char cname[CODEC_NAME_MAX + 1];

    return text_copy(cname, (int)sizeof cname, name) ? verb_arg_find(verb, cname) : -1;
}

/* The head of an order and its arguments as they stand on file. */
static const struct old_verb *take_order(struct codec_in *in, int age, struct order *out, int64_t value[ORDER_ARGS])
{
    const struct old_verb *old = find_verb(codec_take_text(in, 1));
    struct old_field f;
    int a = 0;

    if (in->bad || old == NULL || !codec_take_order_head(in, out))
        return NULL;
    out->cause = cause_of(in, age);
    out->given = (uint32_t)codec_take(in, 2);
    for (; a < ORDER_ARGS && field_at(old->fields, a, &f); a++) {
        value[a] = (out->given >> a & 1u) != 0 ? (int64_t)codec_take(in, 8) : -1;
        if ((out->given >> a & 1u) != 0 && !possible(f.kind, value[a]))
            in->bad = true;
    }
    if (in->bad || out->given >> a != 0 || !codec_take_statement(in, out))
        return NULL;
    return old;
}

/* Safety measures were arguments of their own, yes or no. */
static void take_safety(struct order *out, struct text name, int64_t yes)
{
    const int arg = order_safety_arg(out->verb);
    const int32_t word = arg >= 0 ? word_find(NULL, VK_SAFETY, name) : -1;

    if (word < 0)
        return;
    out->arg[arg] |= yes ? (int64_t)1 << word_bit(VK_SAFETY, word) : 0;
    out->given |= 1u << arg;
}

bool order_decode_1(struct codec_in *in, int age, struct order *out)
{
    int64_t value[ORDER_ARGS];
    const struct old_verb *old = take_order(in, age, out, value);
    const struct verb_row *row;
    struct old_field f;
    uint32_t given = out->given;

    out->verb = old != NULL ? codec_find_verb(in, text_of(old->name)) : -1;
    if (out->verb < 0)
        return false;
    row = verb_row(out->verb);
    for (int a = 0; a < ORDER_ARGS && row->arg[a].name != NULL; a++)
        out->arg[a] = codec_none(row->arg[a].kind);
    out->given = 0;
    for (int a = 0; a < ORDER_ARGS && field_at(old->fields, a, &f); a++) {
        int to = (given >> a & 1u) != 0 ? arg_named(out->verb, f.name) : -1;
        if ((given >> a & 1u) != 0 && to < 0)
            take_safety(out, f.name, value[a]);
        int64_t v = to >= 0 ? value_of(in, age, f.kind, value[a], row->arg[to].kind, INT64_MIN) : INT64_MIN;
        if (v == INT64_MIN)
            continue;
        out->arg[to] = v;
        out->given |= 1u << to;
    }
    return !in->bad;
}

/* ---- events ---- */

static const struct old_row *find_event(struct text name)
{
    for (int k = 0; k < COUNT_OF(EVENTS); k++)
        if (text_is(name, EVENTS[k].name))
            return &EVENTS[k];
    return NULL;
}

/* Today's field of that name, and its place as event_field gives it; -1. */
static int field_named(int kind, struct text name, enum value_kind *out)
{
    char cname[CODEC_NAME_MAX + 1];
    int place = text_copy(cname, (int)sizeof cname, name) ? event_field(kind, cname) : -1, ints = 0;

    *out = VK_NUM;
    for (const struct event_field *f = event_row(kind)->field; f->kind != VK_NONE; f++)
        if (f->kind != VK_NUM && ints++ == place)
            *out = f->kind;
    return place;
}

/* All of today's fields say nothing until the file says something. */
static void say_nothing(struct event *out)
{
    int ints = 0, nums = 0;

    for (const struct event_field *f = event_row(out->kind)->field; f->kind != VK_NONE; f++) {
        if (f->kind == VK_NUM)
            out->f[nums++] = -1.0;
        else
            out->i[ints++] = -1;
    }
}

/* The integers, then the numbers. A kind that gained an integer since has no numbers: where the bytes end early, those that
 * are missing say nothing. */
static void take_fields(struct codec_in *in, int age, const struct old_row *row, bool numbers, struct event *out)
{
    struct old_field f;
    bool mixed = false;

    for (int i = 0; field_at(row->fields, i, &f); i++)
        mixed = mixed || f.kind == 'd';
    for (int i = 0; field_at(row->fields, i, &f); i++) {
        enum value_kind kind = VK_NONE;
        int to = field_named(out->kind, f.name, &kind);
        if ((f.kind == 'd') != numbers || (in->left == 0 && i > 0 && !mixed))
            continue;
        int64_t v = numbers ? 0 : (int32_t)(uint32_t)codec_take(in, 4);
        double d = numbers ? codec_take_num(in) : 0.0;
        if (numbers && to >= EVENT_INTS)
            out->f[to - EVENT_INTS] = d;
        else if (!numbers && to >= 0 && to < EVENT_INTS)
            out->i[to] = (int32_t)value_of(in, age, f.kind, v, kind, -1);
    }
}

bool event_decode_1(struct codec_in *in, int age, struct event *out)
{
    struct text name = codec_take_text(in, 1);
    const struct old_row *row = in->bad ? NULL : find_event(name);

    if (row == NULL)
        return codec_fail(in, MSG_CORE_CODEC_EVENT, name);
    out->kind = codec_find_event(in, name);
    out->seq = (int64_t)codec_take(in, 8);
    out->t_ms = (int64_t)codec_take(in, 8);
    out->cause = cause_of(in, age);
    out->also = cause_of(in, age);
    if (in->bad)
        return false;
    say_nothing(out);
    take_fields(in, age, row, false, out);
    take_fields(in, age, row, true, out);
    return !in->bad && in->left == 0;
}

/* ---- as it was written then ---- */

static void write_old(char kind, int64_t v, const struct atlas *atlas, struct buf *out)
{
    static const struct {
        char letter;
        enum value_kind kind;
    } numbers[] = {{'n', VK_COUNT}, {'m', VK_MS}, {'o', VK_MOMENT}, {'p', VK_POINT}, {'b', VK_BOOL}};
    const struct old_words *w = words_of(kind);
    enum entity entity = entity_of(kind);
    bool any = false;

    if (entity != ENT_COUNT && v >= 0 && v < atlas->names.count[entity])
        buf_text(out, names_name(&atlas->names, entity, (int)v));
    else if (entity != ENT_COUNT)
        buf_char(out, '-');
    for (int i = 0; i < COUNT_OF(numbers); i++)
        if (numbers[i].letter == kind)
            value_format(numbers[i].kind, v, atlas, LANG_EN, true, out);
    if (w == NULL)
        return;
    if (!is_set(kind)) {
        buf_text(out, word_at(w->words, v));
        return;
    }
    for (int i = 0; i < words_in(w->words); i++) {
        if ((v >> i & 1) == 0)
            continue;
        if (any)
            buf_char(out, '+');
        any = true;
        buf_text(out, word_at(w->words, i));
    }
    if (!any)
        buf_str(out, "none");
}

bool order_text_1(const uint8_t *from, int size, int age, const struct atlas *atlas, struct buf *out)
{
    struct codec_in in = {from, size, size < 0, NULL};
    struct order o;
    int64_t value[ORDER_ARGS];
    struct old_field f;
    bool skipped = false;

    memset(&o, 0, sizeof o);
    if (codec_take(&in, 1) != ORDER_TAG || codec_take(&in, 1) != 1)
        return false;
    const struct old_verb *old = take_order(&in, age, &o, value);
    if (old == NULL)
        return false;
    if (o.agency >= 0)
        write_old('A', o.agency, atlas, out);
    else
        buf_str(out, old->world ? "world" : "facilitator");
    buf_char(out, ' ');
    buf_str(out, old->name);
    for (int a = 0; field_at(old->fields, a, &f); a++) {
        if (!order_has(&o, a)) {
            skipped = skipped || f.how == ':';
            continue;
        }
        buf_char(out, ' ');
        if (f.how != ':' || skipped) {
            buf_text(out, f.name);
            buf_char(out, f.how == '>' ? ' ' : '=');
        }
        write_old(f.kind, value[a], atlas, out);
    }
    if (o.text[0] != '\0') {
        buf_char(out, ' ');
        order_quote(text_of(o.text), out);
    }
    return true;
}

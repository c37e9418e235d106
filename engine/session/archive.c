/* archive.c -- a drill that other models played: shown from what its file holds, never replayed.
 *
 * The same orders would take another course today, and an old state is not one of today's, so nothing is worked out again:
 * orders, events and steps are those on file, sentences too (as their program said them), curves and the end of the drill
 * are the measures that were stored with its score, what nobody acting would have made of it is the baseline stored. The world
 * stands at its beginning and is shown to nobody. Records of codec 1 are compared with the canonical lines that lie
 * beside them. */
#include "session/archive.h"

#include <stdlib.h>
#include <string.h>

#include "hazard/hazards.h"
#include "session/model.h"

struct said { /* a sentence as the file has it; empty when it has none */
    struct text text[LANG_COUNT];
};

struct archive {
    int format;
    int32_t model;
    int older;          /* by how many ages its verbs' numbers are older than the newest */
    struct said *said;  /* by event */
    int64_t cap;
    double *end;        /* measures at the end of the line; NaN: not on file */
    int64_t odd, first; /* orders that do not read as they were written, and the first's number */
    bool memory;        /* ran out of it */
};

bool archive_needed(const struct store_kind *kind)
{
    return kind->format < STORE_FORMAT || kind->model != MODEL_NUMBER;
}

void archive_free(struct archive *a)
{
    if (!a)
        return;
    free(a->said);
    free(a->end);
    free(a);
}

/* ---- which numbers of verbs the file has ---- */

struct probe {
    int age;
    int64_t wrong;
};

/* An order that failed names its verb in its sentence. */
static enum rc try_age(void *ctx, int32_t kind, const uint8_t *at, int size, const struct store_words *words)
{
    struct probe *p = ctx;
    struct event ev;
    if (kind != LOG_EVENT || !words->en[0] || !event_decode(at, size, p->age, &ev, NULL) || ev.kind != EV_ORDER_FAILED)
        return RC_OK;
    int64_t verb = event_int(&ev, "verb", -1);
    p->wrong += verb < 0 || strstr(words->en, verb_row((int)verb)->name) == NULL;
    return RC_OK;
}

/* Rows were put into the middle of the table twice: once before the programs of format 3, once after. */
static enum rc find_age(struct session *s, struct archive *a, struct err *e)
{
    int from = a->format < 3 ? 1 : 0;
    int64_t least = INT64_MAX;
    enum rc rc = RC_OK;
    for (int older = from; older < CODEC_AGES && rc == RC_OK && least > 0; older++) {
        struct probe p = {CODEC_AGE - older, 0};
        struct store_reader reader = {.ctx = &p, .raw = try_age};
        rc = store_read_line(s->store, s->line, &reader, e);
        if (p.wrong < least) {
            least = p.wrong;
            a->older = older;
        }
    }
    return rc;
}

/* ---- the record ---- */

struct taking {
    struct session *s;
    int64_t first_event; /* of the step under way */
    int64_t t_ms;
    bool aborted, finished;
};

static struct text keep_text(struct taking *in, const char *text)
{
    struct text t = arena_text(&in->s->perm, text_of(text));
    in->s->archive->memory = in->s->archive->memory || !t.at;
    return t.at ? t : (struct text){"", 0};
}

static void compare_order(struct taking *in, const uint8_t *at, int size, const struct store_words *words)
{
    struct archive *a = in->s->archive;
    char line[2048];
    struct buf b = BUF_ON(line);
    if (!words->en[0] || size < 2 || at[1] != 1)
        return;
    if (order_text_1(at, size, CODEC_AGE - a->older, &in->s->atlas, &b) && strcmp(line, words->en) == 0)
        return;
    if (a->odd++ == 0)
        a->first = in->s->record.orders + 1;
}

static enum rc take_raw(void *ctx, int32_t kind, const uint8_t *at, int size, const struct store_words *words)
{
    struct taking *in = ctx;
    struct archive *a = in->s->archive;
    int64_t i = in->s->record.events;
    if (kind == LOG_ORDER) {
        compare_order(in, at, size, words);
        return RC_OK;
    }
    if (i >= a->cap) {
        int64_t cap = a->cap ? a->cap * 2 : 512;
        struct said *more = realloc(a->said, (size_t)cap * sizeof(*more));
        if (!more)
            return RC_MEMORY;
        a->said = more;
        a->cap = cap;
    }
    a->said[i].text[LANG_ZH] = keep_text(in, words->zh);
    a->said[i].text[LANG_EN] = keep_text(in, words->en);
    return a->memory ? RC_MEMORY : RC_OK;
}

static enum rc take_order(void *ctx, const struct order *o)
{
    struct taking *in = ctx;
    return record_order(&in->s->record, o, NULL);
}

static enum rc take_refusal(void *ctx, const struct order *o, const struct err *why)
{
    struct taking *in = ctx;
    return record_refusal(&in->s->record, o, why, NULL);
}

static enum rc take_event(void *ctx, const struct event *ev)
{
    struct taking *in = ctx;
    in->finished = in->finished || ev->kind == EV_DRILL_FINISHED;
    in->aborted = in->aborted || ev->kind == EV_DRILL_ABORTED;
    return record_events(&in->s->record, ev, 1, NULL);
}

static enum rc take_step(void *ctx, int64_t t_ms, uint64_t hash, const uint32_t *field, int fields)
{
    struct taking *in = ctx;
    (void)field, (void)fields;
    enum rc rc = record_step(in->s, t_ms, hash, in->first_event, NULL);
    in->first_event = in->s->record.events;
    in->t_ms = t_ms;
    return rc;
}

static enum rc take_record(struct session *s, struct err *e)
{
    struct taking in = {.s = s};
    struct store_reader reader = {.ctx = &in, .order = take_order, .refusal = take_refusal, .event = take_event, .step = take_step,
                                  .raw = take_raw, .older = s->archive->older};
    enum rc rc = store_read_line(s->store, s->line, &reader, e);
    s->play->world.now_ms = in.t_ms;
    s->phase = in.aborted             ? SESSION_ABORTED
               : in.finished          ? SESSION_FINISHED
               : s->record.steps > 0 ? SESSION_PAUSED
                                      : SESSION_IDLE;
    return rc;
}

/* ---- curves ---- */

struct drawing {
    struct session *s;
    int measure; /* index of the name last seen */
    char name[NAME_BYTES];
    int64_t step;      /* the step after the last point */
    double last;       /* its value */
    int64_t last_step; /* -1: none yet */
};

/* The course between two points is a straight line, as the curve shows it. */
static void take_point(void *ctx, const char *name, int64_t t_ms, double value)
{
    struct drawing *d = ctx;
    struct session *s = d->s;
    int measures = session_measures(s);
    int64_t k = t_ms / s->atlas.meta.tick_ms - 1;
    if (!text_is(text_of(name), d->name)) {
        (void)text_copy(d->name, (int)sizeof(d->name), text_of(name));
        d->measure = session_measure_find(s, text_of(name));
        d->last_step = -1;
    }
    if (d->measure < 0 || k < 0 || k >= s->record.steps)
        return;
    int64_t from = d->last_step < 0 ? 0 : d->last_step + 1;
    for (int64_t i = from; i <= k; i++) {
        double share = d->last_step < 0 ? 1.0 : (double)(i - d->last_step) / (double)(k - d->last_step);
        s->record.measure[i * measures + d->measure] = d->last_step < 0 ? value : d->last + (value - d->last) * share;
    }
    d->last = value;
    d->last_step = k;
    /* Scores were made at the end, of curves of about 60 points; an earlier one says nothing of the end. */
    int64_t every = s->record.steps > 120 ? s->record.steps / 60 : 1;
    if (k + every >= s->record.steps) {
        s->archive->end[d->measure] = value;
        for (int64_t i = k + 1; i < s->record.steps; i++)
            s->record.measure[i * measures + d->measure] = value;
    }
}

static enum rc take_curves(struct session *s, struct err *e)
{
    struct drawing d = {.s = s, .measure = -1, .last_step = -1};
    return store_each_measure(s->store, s->line, take_point, &d, e);
}

/* ---- opening ---- */

/* The world at its beginning, and whose measures there are; no hazard is opened: its document may be of another time. */
static enum rc make_play(struct session *s, struct err *e)
{
    struct play *p = s->play = calloc(1, sizeof(*p));
    if (!p)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    arena_init(&p->arena, 0);
    const struct doc *list = doc_get(s->doc, "hazards");
    for (const struct doc *d = list ? list->child : NULL; d && p->hazards < HAZARDS_MAX; d = d->next) {
        for (int i = 0; i < hazard_count; i++) {
            if (text_is(d->key, hazard_table[i]->section))
                p->hazard[p->hazards++] = hazard_table[i];
        }
    }
    enum rc rc = world_init(&p->world, &s->atlas, s->seed, &p->arena, e);
    if (rc == RC_OK)
        rc = response_open(&s->atlas, s->seed, &p->arena, &p->response, e);
    if (rc == RC_OK)
        response_wire(p->response, &p->world);
    return rc;
}

static enum rc read_archive(struct session *s, int32_t line, struct err *e)
{
    struct archive *a = s->archive;
    struct store_difference d = {.kind = DIFFERENCE_NONE};
    bool open;
    /* Sentences and curves are not derived here: there is nothing left to make them from. */
    enum rc rc = store_verify(s->store, &d, &open, e);
    if (rc == RC_OK && d.kind != DIFFERENCE_NONE) {
        store_say_difference(&d, e);
        rc = RC_CORRUPT;
    }
    if (rc == RC_OK)
        rc = session_read_store(s, e);
    if (rc == RC_OK)
        rc = make_play(s, e);
    if (rc != RC_OK)
        return rc;
    int measures = session_measures(s);
    a->end = malloc((size_t)(measures + 1) * sizeof(*a->end));
    if (!a->end)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < measures; i++)
        a->end[i] = 0.0 / 0.0;
    s->line = line > 0 ? line : store_official(s->store);
    rc = find_age(s, a, e);
    if (rc == RC_OK)
        rc = take_record(s, e);
    return rc == RC_OK ? take_curves(s, e) : rc;
}

enum rc archive_open(const char *file, const struct store_kind *kind, int32_t line, bool writable, struct session **out,
                     struct err *e)
{
    struct session *s;
    enum rc rc = session_alloc(&s, e);
    *out = NULL;
    if (rc != RC_OK)
        return rc;
    s->archive = calloc(1, sizeof(*s->archive));
    if (s->archive)
        *s->archive = (struct archive){.format = kind->format, .model = kind->model};
    rc = s->archive ? store_open(file, writable && kind->format >= STORE_FORMAT, &s->store, e) : ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    if (rc == RC_OK)
        rc = read_archive(s, line, e);
    if (rc != RC_OK) {
        session_close(s);
        return rc;
    }
    *out = s;
    return RC_OK;
}

/* ---- what is said of it ---- */

static void say(const struct store_kind *kind, struct err *e)
{
    ERR(e, RC_NO, MSG_SESSION_ARCHIVE, arg_i(kind->format), arg_i(kind->model), arg_i(STORE_FORMAT), arg_i(MODEL_NUMBER));
}

enum rc archive_refuse(const struct store_kind *kind, struct err *e)
{
    say(kind, e);
    return RC_NO;
}

bool session_archived(const struct session *s, struct err *notice)
{
    if (!s->archive)
        return false;
    say(&(struct store_kind){s->archive->format, s->archive->model}, notice);
    return true;
}

bool session_archive_odd(const struct session *s, struct err *notice)
{
    if (!s->archive || s->archive->odd == 0)
        return false;
    ERR(notice, RC_CORRUPT, MSG_SESSION_ARCHIVE_ODD, arg_i(s->archive->odd), arg_i(s->archive->first));
    return true;
}

enum rc session_live(const struct session *s, struct err *e)
{
    return session_archived(s, e) ? RC_NO : RC_OK;
}

enum rc session_may_record(const struct session *s, struct err *e)
{
    if (!s->archive || s->archive->format >= STORE_FORMAT)
        return RC_OK;
    return ERR(e, RC_NO, MSG_STORE_OLD_FORMAT, arg_i(s->archive->format), arg_i(STORE_FORMAT));
}

double archive_measure(const struct archive *a, int i)
{
    return a->end[i];
}

void session_say_event(const struct session *s, const struct event *ev, enum lang lang, struct buf *out)
{
    int64_t i = ev - s->record.event;
    if (s->archive && i >= 0 && i < s->record.events && s->archive->said[i].text[lang].len > 0)
        buf_text(out, s->archive->said[i].text[lang]);
    else
        event_format(ev, &s->atlas, lang, out);
}

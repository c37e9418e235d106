/* assess_report.c -- a drill as its report: what report_fill cannot know (clock, maps, curves, losses, chain), and the
 * file on disk. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/assess.h"
#include "draw/map_atlas.h"
#include "report/fill.h"
#include "store/store.h"

enum { FRAMES = 12, LINES_MAX = 64, CLOCKS_MAX = 512 };

struct pages {
    struct session *s;
    const struct assessment *as;
    const struct desk *desk; /* or NULL */
    struct arena *a;
    enum lang lang;
    struct report_model m;
    struct report_clock *clock;
    int clocks;
};

static const char *copy(struct pages *p, const char *at)
{
    struct text t = arena_text(p->a, text_of(at));
    return t.at ? t.at : "";
}

static const char *in_words(struct pages *p, enum msg id, const struct arg *arg, int count)
{
    char line[512];
    struct buf b = BUF_ON(line);
    msg_format(&b, p->lang, id, arg, count);
    return copy(p, line);
}

/* ---- clock ---- */

static const char *wall_text(struct pages *p, int64_t wall_ms)
{
    char line[40];
    time_t t = (time_t)(wall_ms / 1000 + 8 * 3600); /* Beijing time, whatever the machine is set to */
    struct tm tm;
    if (!gmtime_r(&t, &tm) || strftime(line, sizeof(line), "%Y-%m-%d %H:%M:%S", &tm) == 0)
        return NULL;
    return copy(p, line);
}

static enum rc note_clock(void *ctx, int32_t kind, int64_t t_ms, double speed, int64_t wall_ms)
{
    static const enum report_clock_kind kinds[] = {
        [CLOCK_START] = REPORT_CLOCK_START, [CLOCK_PAUSE] = REPORT_CLOCK_PAUSE, [CLOCK_RESUME] = REPORT_CLOCK_RESUME,
        [CLOCK_SPEED] = REPORT_CLOCK_SPEED, [CLOCK_HOLD] = REPORT_CLOCK_HOLD, [CLOCK_FINISH] = REPORT_CLOCK_FINISH,
        [CLOCK_ABORT] = REPORT_CLOCK_ABORT};
    struct pages *p = ctx;
    if (p->clocks < CLOCKS_MAX && kind >= 0 && kind < COUNT_OF(kinds))
        p->clock[p->clocks++] = (struct report_clock){kinds[kind], t_ms, wall_text(p, wall_ms),
                                                      kind == CLOCK_SPEED ? speed : 0.0, NULL};
    return RC_OK;
}

static enum rc fill_clock(struct pages *p, struct err *e)
{
    struct store *st = session_store(p->s);
    if (!st)
        return RC_OK;
    p->clock = ARENA_NEW(p->a, struct report_clock, CLOCKS_MAX);
    if (!p->clock)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    struct store_reader reader = {.ctx = p, .clock = note_clock};
    enum rc rc = store_read_line(st, session_line(p->s), &reader, e);
    p->m.clock = p->clock;
    p->m.clock_count = p->clocks;
    return rc;
}

/* ---- corrections: every line but the first, as the file tells it ---- */

static enum rc fill_lines(struct pages *p, struct err *e)
{
    static const enum msg what[] = {[LINE_MAIN] = MSG_CLI_LINE_MAIN, [LINE_BRANCH] = MSG_CLI_LINE_BRANCH,
                                    [LINE_CORRECTION] = MSG_CLI_LINE_CORRECTION, [LINE_BACKDATE] = MSG_CLI_LINE_BACKDATE};
    struct store *st = session_store(p->s);
    struct store_line *line = ARENA_NEW(p->a, struct store_line, LINES_MAX);
    struct report_correction *out = ARENA_NEW(p->a, struct report_correction, LINES_MAX);
    if (!line || !out)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    int count = st ? store_lines(st, line, LINES_MAX) : 0, kept = 0;
    for (int i = 0; i < count && i < LINES_MAX; i++) {
        if (line[i].reason != LINE_CORRECTION && line[i].reason != LINE_BACKDATE)
            continue;
        out[kept++] = (struct report_correction){
            .t_ms = line[i].fork_ms,
            .was = in_words(p, MSG_CLI_LINE_NUMBER, (const struct arg[]){arg_i(line[i].parent)}, 1),
            .now = in_words(p, MSG_CLI_LINE_NUMBER, (const struct arg[]){arg_i(line[i].id)}, 1),
            .why = line[i].note[0] ? copy(p, line[i].note) : msg_text(p->lang, what[line[i].reason]),
            .effect = line[i].official ? msg_text(p->lang, MSG_CLI_LINE_OFFICIAL) : NULL};
    }
    p->m.corrections = out;
    p->m.correction_count = kept;
    if (count > 1)
        p->m.line = in_words(p, MSG_CLI_LINE_NUMBER, (const struct arg[]){arg_i(session_line(p->s))}, 1);
    return RC_OK;
}

/* ---- maps ---- */

static void set_states(struct pages *p, struct map_pieces *pieces)
{
    const struct atlas *atlas = session_atlas(p->s);
    const struct response *r = session_response(p->s);
    for (int32_t i = 0; i < ATLAS_COUNT(atlas, ENT_ROAD); i++)
        pieces->road[i].closed = response_road_state(r, i) == 1 || response_road_state(r, i) == 2;
    for (int32_t i = 0; i < ATLAS_COUNT(atlas, ENT_PLACE); i++) {
        struct place_view v;
        response_place(r, i, &v);
        if (atlas->place[i].people > 0)
            pieces->place[i].moved = (double)v.moved / atlas->place[i].people;
        const struct felt x = exposure_place(session_world(p->s)->exposure, i);
        if (kind_row(&atlas->names, VK_PLACE_KIND, atlas->place[i].kind)->inhabited)
            pieces->place[i].state = x.since_ms >= 0 ? SITE_REACHED : v.moved > 0 ? SITE_MOVED
                                     : x.danger > 0.0 ? SITE_THREATENED : SITE_NORMAL;
    }
    for (int32_t i = 0; i < ATLAS_COUNT(atlas, ENT_TEAM); i++) {
        struct team_view v;
        response_team(r, i, &v);
        bool out = v.stage != W(STAGE, HOME) && v.stage != W(STAGE, AWAY);
        pieces->team[i].x_m = out ? v.x : (double)NAN;
        pieces->team[i].y_m = v.y;
        pieces->team[i].mark = mark_of_stage(v.stage);
    }
    for (int32_t i = 0; i < ATLAS_COUNT(atlas, ENT_LINE); i++)
        pieces->line[i].done = response_line_share(r, i);
    for (int32_t i = 0; i < ATLAS_COUNT(atlas, ENT_ASSET); i++) {
        const struct asset_state *a = &session_world(p->s)->assets->at[i];
        map_asset_set(&pieces->asset[i], &atlas->names, p->lang, a->is);
        pieces->asset[i].broken = a->broken;
    }
    struct command_view c;
    response_command(r, &c);
    if (c.post_place >= 0)
        pieces->m.post = (struct map_post){true, atlas->place[c.post_place].at[0], atlas->place[c.post_place].at[1],
                                           msg_text(p->lang, MSG_CLI_POST)};
}

static const char *moment_text(struct pages *p, int64_t t_ms)
{
    char line[48];
    struct buf b = BUF_ON(line);
    clock_format(t_ms, session_atlas(p->s)->meta.start_clock_ms, &b);
    return copy(p, line);
}

/* What all hazards show at a moment, as far as they can tell it. */
static enum rc take_layers(struct pages *p, int64_t at_ms, struct map_layer **out, int *count, struct err *e)
{
    const struct hazard_ops *ops;
    const void *self;
    enum rc rc = RC_OK;
    *count = 0;
    *out = ARENA_NEW(p->a, struct map_layer, MAP_LAYERS_MAX);
    if (!*out)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int h = 0; rc == RC_OK && (ops = session_hazard(p->s, h, &self)) != NULL; h++)
        rc = map_take_layers(ops, self, h, at_ms, p->a, *out, count, e);
    return rc;
}

/* The row of small pictures: the layers alone, in equal steps of time. Moments of which no hazard can tell are left out. */
static enum rc add_frames(struct pages *p, const struct map_pieces *last, struct report_figure *out, struct err *e)
{
    int64_t end = session_now(p->s);
    int before = p->m.map_count;
    for (int k = 0; k < FRAMES; k++) {
        int64_t t = end * (k + 1) / FRAMES;
        struct map *m = ARENA_NEW(p->a, struct map, 1);
        struct map_layer *layers;
        int count;
        enum rc rc = m ? take_layers(p, t, &layers, &count, e) : ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
        if (rc != RC_OK)
            return rc;
        if (count == 0 || (t == end && p->m.map_count == before))
            continue;
        *m = last->m;
        m->bare = true;
        m->team_count = m->place_count = m->line_count = m->road_count = 0;
        m->post.shown = false;
        m->wind_mps = (double)NAN;
        m->moment = NULL;
        (void)map_show_view(m, NULL, layers, count, map_layers_off(layers, count), layers);
        out[p->m.map_count++] = (struct report_figure){{FIGURE_MAP, m, NULL, 180, 180, 0}, moment_text(p, t), true};
    }
    return RC_OK;
}

/* One figure a site view: its part of the map, its layers. */
static enum rc add_views(struct pages *p, const struct map_pieces *whole, const struct map_layer *layers, int count,
                         struct report_figure *out, struct err *e)
{
    const struct atlas *atlas = session_atlas(p->s);
    for (int i = 0; i < atlas->view_count; i++) {
        const struct site_view *v = &atlas->view[i];
        struct map *m = ARENA_NEW(p->a, struct map, 1);
        struct map_layer *shown = ARENA_NEW(p->a, struct map_layer, MAP_LAYERS_MAX);
        if (!m || !shown)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
        *m = whole->m;
        m->x0_m = v->x0;
        m->y0_m = v->y0;
        m->x1_m = v->x1;
        m->y1_m = v->y1;
        (void)map_show_view(m, v, layers, count, map_layers_off(layers, count), shown);
        out[p->m.map_count++] = (struct report_figure){{FIGURE_MAP, m, NULL, 0, 0, 0}, title_text(v->title, p->lang, p->a), false};
    }
    return RC_OK;
}

static enum rc add_ground(struct pages *p, struct map_pieces *pieces, struct err *e)
{
    const struct hazard_ops *ops;
    const void *self;
    struct ground ground;
    for (int h = 0; (ops = session_hazard(p->s, h, &self)) != NULL; h++) {
        if (map_ground_of(ops, self, &ground))
            return map_add_ground(&ground, p->a, pieces, e);
    }
    return RC_OK;
}

static enum rc fill_maps(struct pages *p, struct err *e)
{
    struct map_pieces *pieces = ARENA_NEW(p->a, struct map_pieces, 1);
    struct report_figure *out = ARENA_NEW(p->a, struct report_figure, FRAMES + SITE_VIEW_MAX + 1);
    struct map_layer *layers, *shown = ARENA_NEW(p->a, struct map_layer, MAP_LAYERS_MAX);
    int count;
    if (!pieces || !out || !shown)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    enum rc rc = map_from_atlas(session_atlas(p->s), p->lang, p->a, pieces, e);
    if (rc == RC_OK)
        rc = add_ground(p, pieces, e);
    if (rc == RC_OK)
        rc = take_layers(p, LAYER_NOW, &layers, &count, e);
    if (rc != RC_OK)
        return rc;
    (void)map_show_view(&pieces->m, NULL, layers, count, map_layers_off(layers, count), shown);
    set_states(p, pieces);
    const struct weather_row *air = &session_world(p->s)->weather->now;
    pieces->m.wind_mps = air->wind_ms;
    pieces->m.wind_from_deg = air->from_deg;
    pieces->m.moment = moment_text(p, session_now(p->s));
    p->m.maps = out;
    out[p->m.map_count++] = (struct report_figure){{FIGURE_MAP, &pieces->m, NULL, 0, 0, 0},
                                                   msg_text(p->lang, MSG_CLI_MAP_END), false};
    rc = add_views(p, pieces, layers, count, out, e);
    return rc == RC_OK ? add_frames(p, pieces, out, e) : rc;
}

/* ---- curves and losses ---- */

/* The measures worth a curve: those that move. */
static enum rc fill_curves(struct pages *p, struct err *e)
{
    const struct record *r = session_record(p->s);
    struct report_figure *out = ARENA_NEW(p->a, struct report_figure, session_measures(p->s) + 1);
    if (!out)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < session_measures(p->s); i++) {
        const struct measure_row *row = session_measure_row(p->s, i);
        if (!(row->flags & MEASURE_CURVE) || r->steps < 2)
            continue;
        struct chart *c = ARENA_NEW(p->a, struct chart, 1);
        struct chart_series *series = ARENA_NEW(p->a, struct chart_series, 1);
        double *x = ARENA_NEW(p->a, double, r->steps), *y = ARENA_NEW(p->a, double, r->steps);
        if (!c || !series || !x || !y)
            return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
        for (int64_t n = 0; n < r->steps; n++) {
            x[n] = (double)r->step[n].t_ms / 1000.0;
            y[n] = session_measure_at(p->s, n, i);
        }
        *series = (struct chart_series){.name = p->lang == LANG_ZH ? row->zh : row->en, .x = x, .y = y, .count = (int)r->steps};
        *c = (struct chart){.lang = p->lang, .unit = measure_unit(row, p->lang), .clock = true,
                            .clock_start_s = (double)session_atlas(p->s)->meta.start_clock_ms / 1000.0,
                            .series = series, .series_count = 1};
        out[p->m.curve_count++] = (struct report_figure){{FIGURE_CHART, c, NULL, 0, 0, 0}, series->name, false};
    }
    p->m.curves = out;
    return RC_OK;
}

static enum rc fill_losses(struct pages *p, struct err *e)
{
    struct report_loss *out = ARENA_NEW(p->a, struct report_loss, session_measures(p->s) + 1);
    if (!out)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < session_measures(p->s); i++) {
        const struct measure_row *row = session_measure_row(p->s, i);
        if (!(row->flags & MEASURE_LOSS))
            continue;
        out[p->m.loss_count++] = (struct report_loss){p->lang == LANG_ZH ? row->zh : row->en, measure_unit(row, p->lang),
                                                      session_measure(p->s, i), p->as->baseline[i], measure_decimals(row)};
    }
    p->m.losses = out;
    return RC_OK;
}

/* ---- the whole ---- */

static struct report_refusal *refusals(struct pages *p)
{
    const struct record *r = session_record(p->s);
    struct report_refusal *out = ARENA_NEW(p->a, struct report_refusal, r->refusals + 1);
    for (int64_t i = 0; out && i < r->refusals; i++)
        out[i] = (struct report_refusal){&r->refusal[i].order, err_text(&r->refusal[i].why, p->lang)};
    return out;
}

static enum rc fill(struct pages *p, struct err *e)
{
    const struct record *r = session_record(p->s);
    struct report_source src = {.atlas = session_atlas(p->s), .eval = &p->as->eval, .event = r->event, .events = r->events,
                                .order = r->order, .orders = r->orders, .refusals = refusals(p),
                                .refusal_count = (int)r->refusals, .end_ms = session_now(p->s),
                                .aborted = session_phase(p->s) == SESSION_ABORTED,
                                .panels = p->desk ? &p->desk->panels : NULL,
                                .findings = p->desk ? &p->desk->findings : NULL};
    if (!src.refusals)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    enum rc rc = report_fill(&p->m, &src, p->lang, p->a, e);
    if (rc != RC_OK)
        return rc;
    p->m.seed = session_seed(p->s);
    char course[256];
    struct buf b = BUF_ON(course);
    p->m.course = session_course_say(p->s, p->lang, &b) ? copy(p, course) : NULL;
    p->m.bot = session_bot(p->s)[0] ? session_bot(p->s) : NULL;
    if (session_store(p->s)) {
        char head[65];
        store_head(session_store(p->s), head);
        p->m.chain_head = copy(p, head);
        p->m.engine = copy(p, store_get_meta(session_store(p->s))->engine);
    }
    struct err notice;
    bool archived = session_archived(p->s, &notice);
    if (archived)
        p->m.archive = copy(p, err_text(&notice, p->lang));
    rc = fill_clock(p, e);
    if (rc == RC_OK)
        rc = fill_lines(p, e);
    if (rc == RC_OK)
        rc = archived ? RC_OK : fill_maps(p, e); /* there is no state to draw */
    if (rc == RC_OK)
        rc = fill_curves(p, e);
    return rc == RC_OK ? fill_losses(p, e) : rc;
}

/* Through a file beside it, so that a report is whole or not there. */
static enum rc write_file(const char *path, const struct bytes *bytes, struct err *e)
{
    char part[1100];
    struct buf b = BUF_ON(part);
    buf_str(&b, path);
    buf_str(&b, ".part");
    FILE *f = fopen(part, "wb");
    bool good = f && fwrite(bytes->at, 1, bytes->size, f) == bytes->size;
    int why = errno;
    if (f && fclose(f) != 0) {
        good = false;
        why = errno;
    }
    if (good && rename(part, path) != 0) {
        good = false;
        why = errno;
    }
    if (good)
        return RC_OK;
    (void)remove(part);
    return ERR(e, RC_IO, MSG_CLI_CANNOT_WRITE, arg_s(path), arg_s(strerror(why)));
}

enum rc assess_report(struct session *s, const struct assessment *a, const struct desk *desk, const char *dir, enum lang lang,
                      char *path, int cap, struct err *e)
{
    struct buf b = buf_on(path, cap);
    buf_str(&b, dir);
    buf_str(&b, "/report.html");
    if (b.len != (int)(strlen(dir) + strlen("/report.html")))
        return ERR(e, RC_INPUT, MSG_CLI_PATH_LONG, arg_s(dir));
    if (mkdir(dir, 0777) != 0 && errno != EEXIST)
        return ERR(e, RC_IO, MSG_CLI_CANNOT_WRITE, arg_s(dir), arg_s(strerror(errno)));
    struct arena arena;
    struct bytes html = {0};
    arena_init(&arena, 0);
    struct pages p = {.s = s, .as = a, .desk = desk, .a = &arena, .lang = lang};
    enum rc rc = fill(&p, e);
    if (rc == RC_OK)
        rc = report_write_html(&p.m, lang, &html, e);
    if (rc == RC_OK)
        rc = write_file(path, &html, e);
    bytes_free(&html);
    arena_free(&arena);
    return rc;
}

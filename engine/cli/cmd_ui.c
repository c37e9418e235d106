/* cmd_ui.c -- the window, or a picture of any of its screens without a display. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "ui/window.h"

enum { ITEMS_MAX = 64, OBJECTIVES_SHOWN = 3 };
#define SCENARIOS "scenarios"
#define DRILLS "drills"

/* ---- what there is to begin or to go on with ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static struct text in_language(struct title t, enum lang lang)
{
    return lang == LANG_ZH || !t.en.len ? t.zh : t.en;
}

/* In the author's words; without any, its first objectives. */
static void say_trained(const struct atlas *a, enum lang lang, struct buf *out)
{
    buf_text(out, in_language(a->meta.trains, lang));
    for (int i = 0; a->meta.trains.zh.len == 0 && i < ATLAS_COUNT(a, ENT_OBJECTIVE) && i < OBJECTIVES_SHOWN; i++) {
        buf_str(out, i == 0 ? "" : lang == LANG_ZH ? "、" : ", ");
        buf_text(out, in_language(a->objective[i].title, lang));
    }
}

static void describe_scenario(struct start_item *it)
{
    struct session_options opt = {.seed = 1};
    struct session *s;
    struct err e = {0};
    if (session_new(it->path, &opt, &s, &e) != RC_OK) {
        for (int l = 0; l < LANG_COUNT; l++) {
            (void)text_copy(it->title[l], TITLE_BYTES, text_of(it->path));
            (void)text_copy(it->note[l], (int)sizeof(it->note[l]), text_of(err_text(&e, (enum lang)l)));
        }
        return;
    }
    const struct meta *m = &session_atlas(s)->meta;
    (void)text_copy(it->title[LANG_ZH], TITLE_BYTES, m->title.zh);
    (void)text_copy(it->title[LANG_EN], TITLE_BYTES, m->title.en.len ? m->title.en : m->title.zh);
    for (int l = 0; l < LANG_COUNT; l++) {
        struct buf b = buf_on(it->note[l], (int)sizeof(it->note[l]));
        buf_str(&b, l == LANG_ZH ? "训练：" : "Trains: ");
        say_trained(session_atlas(s), (enum lang)l, &b);
        buf_str(&b, "\n");
        buf_text(&b, l == LANG_ZH || !m->summary.en.len ? m->summary.zh : m->summary.en);
    }
    session_close(s);
}

static void find_items(const char *folder, bool drills, struct start_item *items, int *count)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    while (d && (e = readdir(d)) && *count < ITEMS_MAX) {
        struct start_item *it = &items[*count];
        char probe[600];
        struct stat st;
        if (e->d_name[0] == '.' || (drills && !ends_with(e->d_name, ".drill")))
            continue;
        memset(it, 0, sizeof(*it));
        it->drill = drills;
        snprintf(it->path, sizeof(it->path), "%.200s/%.255s", folder, e->d_name);
        snprintf(probe, sizeof(probe), "%s%s", it->path, drills ? "" : "/scenario.lua");
        if (stat(probe, &st) != 0)
            continue;
        (*count)++;
        it->changed_ms = (int64_t)st.st_mtim.tv_sec * 1000 + st.st_mtim.tv_nsec / 1000000;
        if (!drills) {
            describe_scenario(it);
            continue;
        }
        for (int l = 0; l < LANG_COUNT; l++) {
            (void)text_copy(it->title[l], TITLE_BYTES, text_of(e->d_name));
            (void)text_copy(it->note[l], (int)sizeof(it->note[l]), text_of(it->path));
        }
    }
    if (d)
        closedir(d);
}

static int by_path(const void *a, const void *b)
{
    const struct start_item *x = a, *y = b;
    if (x->drill && y->drill && x->changed_ms != y->changed_ms)
        return x->changed_ms < y->changed_ms ? 1 : -1;
    return x->drill != y->drill ? x->drill - y->drill : strcmp(x->path, y->path);
}

/* A file name that is free: drills/NAME-1.drill, -2, .. */
static void free_name(const char *scenario, char *out, int cap)
{
    const char *name = strrchr(scenario, '/');
    name = name && name[1] ? name + 1 : scenario;
    (void)mkdir(DRILLS, 0777);
    for (int i = 1; i < 10000; i++) {
        struct stat st;
        snprintf(out, (size_t)cap, DRILLS "/%.64s-%d.drill", name, i);
        if (stat(out, &st) != 0)
            return;
    }
}

static enum rc open_item(void *ctx, const struct start_item *item, session_progress *progress,
                         void *progress_ctx, struct session **out, struct err *e)
{
    const int64_t *seed = ctx;
    char file[256];
    if (item->drill)
        return session_load_watched(item->path, true, progress, progress_ctx, out, e);
    free_name(item->path, file, (int)sizeof(file));
    struct session_options opt = {.seed = (uint64_t)*seed, .file = file, .hold = true};
    return session_new(item->path, &opt, out, e);
}

/* ---- the score of a drill that has ended ---- */

static bool score(struct session *s, struct arena *a, struct evaluation *out)
{
    struct assessment as;
    struct err e = {0};
    bool good = assess(s, &as, &e) == RC_OK && (session_archived(s, NULL) || assess_store(s, &as, &e) == RC_OK);
    if (good) {
        *a = as.arena; /* the evaluation lives there */
        *out = as.eval;
    } else {
        assess_free(&as);
    }
    return good;
}

/* ---- pictures ---- */

/* "1366x768" */
static bool parse_size(const char *text, int *w, int *h)
{
    char left[16] = "", *x = strchr(text ? text : "", 'x');
    int64_t a = 0, b = 0;
    if (!x || x - text >= (long)sizeof(left))
        return false;
    memcpy(left, text, (size_t)(x - text));
    if (!text_to_i64(text_of(left), &a) || !text_to_i64(text_of(x + 1), &b) || a < 200 || a > 7680 || b < 150 || b > 4320)
        return false;
    *w = (int)a;
    *h = (int)b;
    return true;
}

/* "facilitator:teams", "post", "projector", "start", "help" .. */
static bool parse_view(const char *text, struct picture_options *o)
{
    static const struct { const char *name; const char *view; int left, right; bool help, released; enum desk_page page; int panel; } views[] = {
        {"mark", "facilitator", 0, 0, false, false, PAGE_MARK, PANEL_EXPERT}, {"self", "facilitator", 0, 0, false, false, PAGE_MARK, PANEL_SELF},
        {"survey", "facilitator", 0, 0, false, false, PAGE_MARK, PANEL_SURVEY},
        {"findings", "facilitator", 0, 0, false, false, PAGE_FINDINGS, PANEL_EXPERT},
        {"facilitator", "facilitator", 0, 0, false, false, PAGE_DRILL, 0}, {"injects", "facilitator", 0, 0, false, false, PAGE_DRILL, 0},
        {"agencies", "facilitator", 1, 0, false, false, PAGE_DRILL, 0},    {"post", "facilitator", 2, 1, false, false, PAGE_DRILL, 0},
        {"plan", "facilitator", 3, 0, false, false, PAGE_DRILL, 0},        {"teams", "facilitator", 0, 1, false, false, PAGE_DRILL, 0},
        {"curves", "facilitator", 1, 2, false, false, PAGE_DRILL, 0},      {"score", "facilitator", 2, 3, false, false, PAGE_DRILL, 0},
        {"help", "facilitator", 0, 0, true, false, PAGE_DRILL, 0},         {"projector", "projector", -1, -1, false, false, PAGE_DRILL, 0},
        {"released", "projector", -1, -1, false, true, PAGE_DRILL, 0},     {"start", "start", -1, -1, false, false, PAGE_DRILL, 0}};
    if (strcmp(text, "hidden") == 0) { /* the facilitator's screen while the truth is hidden */
        o->name = "facilitator";
        o->hidden = true;
        return true;
    }
    for (int i = 0; i < COUNT_OF(views); i++) {
        if (strcmp(views[i].name, text) == 0) {
            o->name = views[i].view;
            o->left = views[i].left;
            o->right = views[i].right;
            o->help = views[i].help;
            o->released = views[i].released;
            o->page = views[i].page;
            o->panel = views[i].panel;
            return true;
        }
    }
    return false;
}

static int find_id(const struct call *c, const struct session *s, const char *option, enum entity kind, bool *good)
{
    const char *name = call_option(c, option);
    if (!name)
        return -1;
    int id = s ? names_find(&session_atlas(s)->names, kind, text_of(name)) : -1;
    *good = *good && id >= 0;
    return id;
}

/* The view that --site names, 1 the first; 0 when none is asked for. */
static int find_site(const struct call *c, const struct session *s, bool *good)
{
    const char *name = call_option(c, "--site");
    const struct atlas *a = s && name ? session_atlas(s) : NULL;
    for (int i = 0; a && i < a->view_count; i++)
        if (text_is(a->view[i].name, name))
            return i + 1;
    *good = *good && !name;
    return 0;
}

static int picture(struct call *c, struct session *s, struct start_item *items, int count)
{
    struct picture_options o = {.name = "facilitator", .lang = c->lang, .width = 1366, .height = 768, .scale = 1.0, .left = -1, .right = -1,
                                .team = -1, .place = -1, .inject = -1, .row = -1, .score = score, .items = items, .item_count = count};
    struct err e = {0};
    const char *view = call_option(c, "--view"), *size = call_option(c, "--size"), *path = call_option(c, "--screenshot"), *at = call_option(c, "--at");
    int64_t percent = 100, until = -1;
    bool good = true;
    if (!call_number(c, "--scale", 100, 200, &percent))
        return EXIT_INPUT;
    if ((view && !parse_view(view, &o)) || (size && !parse_size(size, &o.width, &o.height)) || (!s && strcmp(o.name, "start") != 0)) {
        ERR(&e, RC_INPUT, MSG_CLI_BAD_VIEW, arg_s(view ? view : ""), arg_s(size ? size : ""));
        return call_failed(c, &e);
    }
    int64_t row = 0;
    if (!call_number(c, "--row", 1, 1000, &row))
        return EXIT_INPUT;
    o.row = (int)row - 1;
    o.clause = (int)row;
    o.evaluator = call_option(c, "--evaluator");
    o.item = call_option(c, "--item");
    o.scale = (double)percent / 100.0;
    o.team = find_id(c, s, "--team", ENT_TEAM, &good);
    o.place = find_id(c, s, "--place", ENT_PLACE, &good);
    o.inject = find_id(c, s, "--inject", ENT_INJECT, &good);
    o.site = find_site(c, s, &good);
    if (!good) {
        ERR(&e, RC_INPUT, MSG_CLI_BAD_VIEW, arg_s(view ? view : ""), arg_s("--team --place --inject --site"));
        return call_failed(c, &e);
    }
    if (s && at && !call_moment(at, 0, &until, c->lang))
        return EXIT_INPUT;
    enum rc rc = s && until >= 0 ? session_run_until(s, until, &e) : RC_OK;
    if (rc == RC_OK && ends_with(path, ".txt")) {
        static char text[1 << 20];
        struct buf b = BUF_ON(text);
        rc = window_text(s, &o, &b, &e);
        FILE *f = rc == RC_OK ? fopen(path, "wb") : NULL;
        if (rc == RC_OK && (!f || fwrite(b.at, 1, (size_t)b.len, f) != (size_t)b.len || fclose(f) != 0))
            rc = ERR(&e, RC_IO, MSG_UI_NO_PICTURE, arg_s(path));
    } else if (rc == RC_OK) {
        rc = window_picture(s, &o, path, &e);
    }
    return rc == RC_OK ? EXIT_GOOD : call_failed(c, &e);
}

/* ---- the command ---- */

static int run(struct call *c)
{
    int64_t seed = 1, percent = 100, quit_after = 0, course = 0;
    struct err e = {0};
    struct session *s = NULL;
    enum rc rc = RC_OK;
    int count = 0, code;
    if (!call_number(c, "--seed", 0, INT64_MAX, &seed) || !call_number(c, "--scale", 100, 200, &percent) ||
        !call_number(c, "--seconds", 1, 86400, &quit_after) || !call_number(c, "--course", 1, COURSES_MAX, &course))
        return EXIT_INPUT;
    bool shot = call_option(c, "--screenshot") != NULL;
    int width = 0, height = 0;
    if (call_option(c, "--size") && !parse_size(call_option(c, "--size"), &width, &height)) {
        ERR(&e, RC_INPUT, MSG_CLI_BAD_VIEW, arg_s(""), arg_s(call_option(c, "--size")));
        return call_failed(c, &e);
    }
    if (!shot && !window_has_display()) {
        ERR(&e, RC_NO, MSG_UI_NO_DISPLAY, arg_s("DISPLAY"));
        return call_failed(c, &e);
    }
    struct start_item *items = calloc(ITEMS_MAX, sizeof(*items));
    struct start_item first = {.drill = true};
    bool stored = c->arg[0] && ends_with(c->arg[0], ".drill");
    if (stored && shot) {
        rc = session_load(c->arg[0], false, &s, &e);
    } else if (stored) { /* opened in the window, which shows how far it is */
        (void)text_copy(first.path, (int)sizeof(first.path), text_of(c->arg[0]));
    } else if (c->arg[0]) {
        char file[256];
        const char *out = call_option(c, "-o");
        if (!out && !shot) {
            free_name(c->arg[0], file, (int)sizeof(file));
            out = file;
        }
        struct session_options opt = {.seed = (uint64_t)seed, .file = out, .bot = call_option(c, "--bot"), .hold = !shot,
                                      .course = (int32_t)course};
        rc = session_new(c->arg[0], &opt, &s, &e);
    } else if (items) {
        find_items(SCENARIOS, false, items, &count);
        find_items(DRILLS, true, items, &count);
        qsort(items, (size_t)count, sizeof(*items), by_path);
    }
    if (rc != RC_OK || !items) {
        free(items);
        return rc != RC_OK ? call_failed(c, &e) : EXIT_INTERNAL;
    }
    if (shot) {
        code = picture(c, s, items, count);
        session_close(s);
    } else {
        struct window_options opt = {.lang = c->lang,
                                     .scale = (double)percent / 100.0,
                                     .projector = call_option(c, "--projector") != NULL,
                                     .width = width,
                                     .height = height,
                                     .score = score,
                                     .items = items,
                                     .item_count = count,
                                     .ctx = &seed,
                                     .open = open_item,
                                     .first = stored ? &first : NULL,
                                     .quit_after_ms = quit_after * 1000};
        rc = window_run(s, &opt, &e);
        code = rc == RC_OK ? EXIT_GOOD : call_failed(c, &e);
    }
    free(items);
    return code;
}

const struct command command_ui = {
    .name = "ui", .usage = "[SCENARIO or FILE.drill]", .help = MSG_CLI_UI, .args_min = 0, .args_max = 1,
    .option = {{"--projector", NULL, MSG_CLI_OPT_PROJECTOR}, {"--seed", "N", MSG_CLI_OPT_SEED}, {"--course", "N", MSG_CLI_OPT_COURSE}, {"--bot", "NAME", MSG_CLI_OPT_BOT},
               {"-o", "FILE.drill", MSG_CLI_OPT_OUT}, {"--scale", "100..200", MSG_CLI_OPT_SCALE}, {"--screenshot", "FILE", MSG_CLI_OPT_SHOT},
               {"--view", "NAME", MSG_CLI_OPT_VIEW}, {"--at", "HH:MM", MSG_CLI_OPT_AT}, {"--size", "WxH", MSG_CLI_OPT_SIZE},
               {"--team", "ID", MSG_CLI_OPT_SELECT}, {"--place", "ID", MSG_CLI_OPT_SELECT}, {"--inject", "ID", MSG_CLI_OPT_SELECT},
               {"--site", "ID", MSG_CLI_OPT_SITE},
               {"--evaluator", "ID", MSG_CLI_OPT_WHOSE}, {"--item", "ID", MSG_CLI_OPT_ITEM}, {"--row", "N", MSG_CLI_OPT_ROW},
               {"--seconds", "N", MSG_CLI_OPT_SECONDS}},
    .run = run,
};

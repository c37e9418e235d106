/* view_map.c -- the map of the facilitator and of the projector, and what a click on it finds. */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/num.h"
#include "ui/view_parts.h"

#define CLICK_UNITS 16.0
#define ZOOM 1.25
#define ZOOM_LEAST_M 1500.0

static enum rc make_map(struct view_map *m, struct session *s, enum lang lang, struct err *e)
{
    const void *self;
    struct ground ground;
    memset(m, 0, sizeof(*m));
    arena_init(&m->arena, 0);
    enum rc rc = map_from_atlas(session_atlas(s), lang, &m->arena, &m->pieces, e);
    for (int h = 0; rc == RC_OK && !m->pieces.m.terrain.height_m && session_hazard(s, h, &self); h++) {
        if (map_ground_of(session_hazard(s, h, &self), self, &ground))
            rc = map_add_ground(&ground, &m->arena, &m->pieces, e);
    }
    return rc;
}

static const struct site_view *site_of(const struct view *v, const struct atlas *a)
{
    return v->site >= 0 && v->site < a->view_count ? &a->view[v->site] : NULL;
}

void view_reset_map(struct view *v, const struct atlas *atlas)
{
    const struct site_view *site = site_of(v, atlas);
    v->x0 = site ? site->x0 : 0.0;
    v->y0 = site ? site->y0 : 0.0;
    v->x1 = site ? site->x1 : atlas->map.width_m;
    v->y1 = site ? site->y1 : atlas->map.height_m;
}

void view_choose_site(struct view *v, const struct atlas *atlas, int site)
{
    if (site == v->site)
        return;
    v->site = site;
    view_reset_map(v, atlas);
}

enum rc view_open(struct view *v, struct session *s, enum lang lang, struct err *e)
{
    *v = (struct view){.lang = lang, .scale = 1.0, .left_w = 310, .right_w = 370, .show = 31, .site = -1, .team = -1, .place = -1, .asset = -1, .inject = -1,
                       .agency = -1, .clause = -1, .task = -1, .start_choice = -1, .mark = {.item = -1}, .finding = {.row = -1, .class = -1}};
    arena_init(&v->curve_arena, 0);
    if (!s)
        return RC_OK;
    view_reset_map(v, session_atlas(s));
    const struct hazard_ops *ops;
    const void *self;
    enum rc rc = RC_OK;
    for (int h = 0, bit = 0; (ops = session_hazard(s, h, &self)) != NULL; h++) {
        for (int i = 0; i < ops->layer_count && bit < MAP_LAYERS_MAX; i++, bit++)
            v->off |= ops->layers[i].off_at_start ? 1u << bit : 0;
    }
    for (int k = 0; k < 2 * LANG_COUNT && rc == RC_OK; k++)
        rc = make_map(&v->map[k / 2][k % 2], s, (enum lang)(k / 2), e);
    return rc;
}

void view_close(struct view *v)
{
    for (int k = 0; k < 2 * LANG_COUNT; k++)
        arena_free(&v->map[k / 2][k % 2].arena);
    arena_free(&v->curve_arena);
}

/* ---- following the snapshot ---- */

/* The layer of the truth that a sighting is of; NULL: there is none. */
static const struct map_layer *layer_of(const struct snapshot *n, const struct seen_layer *seen, int *bit)
{
    for (int i = 0; i < n->layers; i++) {
        if (n->layer[i].owner == seen->owner && n->layer[i].index == seen->layer) {
            *bit = i;
            return &n->layer[i];
        }
    }
    return NULL;
}

/* The truth, or what was reported of it, as it was seen when it was seen. */
static void follow_layers(struct view_map *m, const struct view *v, const struct snapshot *n, bool truth)
{
    const struct site_view *site = site_of(v, n->atlas);
    struct map_layer seen[MAP_LAYERS_MAX];
    uint32_t off = 0;
    int count = 0;
    if (truth) {
        (void)map_show_view(&m->pieces.m, site, n->layer, n->layers, v->show & SHOW_HAZARDS ? v->off : UINT32_MAX, m->layer);
        return;
    }
    for (int i = 0; i < n->seen_layers && count < MAP_LAYERS_MAX; i++) {
        const struct seen_layer *l = &n->seen[i];
        int bit = 0;
        const struct map_layer *of = layer_of(n, l, &bit);
        if (!of)
            continue;
        off |= v->off >> bit & 1 || !(v->show & SHOW_HAZARDS) ? 1u << count : 0;
        seen[count++] = (struct map_layer){.row = of->row, .owner = l->owner, .index = l->layer, .cls = l->cls,
                                           .grid = {l->cols, l->rows, l->cell_m, l->west_m, l->south_m}};
    }
    (void)map_show_view(&m->pieces.m, site, seen, count, off, m->layer);
}

static void follow_teams(struct view_map *m, const struct view *v, const struct snapshot *n, bool truth)
{
    for (int i = 0; i < ATLAS_COUNT(n->atlas, ENT_TEAM); i++) {
        struct map_team *t = &m->pieces.team[i];
        const struct team_view *is = &n->team[i];
        int32_t stage = is->stage;
        double x = is->x, y = is->y;
        if (!truth) {
            /* Where it last said it was; on the way: between, so not shown by place. */
            struct snap_fact at = n->known_team_place[i], st = n->known_team_stage[i];
            stage = st.seen_ms < 0 ? W(STAGE, HOME) : (int32_t)st.value;
            x = y = (double)NAN;
            if (at.seen_ms >= 0 && at.value >= 0) {
                x = n->atlas->place[at.value].at[0];
                y = n->atlas->place[at.value].at[1];
            }
        }
        bool shown = stage != W(STAGE, AWAY) && stage != W(STAGE, NONE) && stage != W(STAGE, HOME);
        t->x_m = shown ? x : (double)NAN;
        t->y_m = y;
        t->mark = mark_of_stage(stage);
        t->selected = truth && v->team == i;
    }
}

static void follow_places(struct view_map *m, const struct snapshot *n, bool truth, int chosen)
{
    const struct atlas *a = n->atlas;
    for (int i = 0; i < ATLAS_COUNT(a, ENT_PLACE); i++) {
        struct map_place *p = &m->pieces.place[i];
        int64_t known = n->known_place[i].seen_ms < 0 ? 0 : n->known_place[i].value;
        bool reached = truth ? n->place_feels[i].since_ms >= 0 : known == 2;
        bool near = truth ? n->place_feels[i].danger > 0.0 : known == 1;
        int64_t moved = truth ? n->place[i].moved : n->known_moved[i].seen_ms < 0 ? 0 : n->known_moved[i].value;
        bool inhabited = kind_row(&a->names, VK_PLACE_KIND, a->place[i].kind)->inhabited;
        p->state = inhabited && reached ? SITE_REACHED : inhabited && near ? SITE_THREATENED : moved > 0 ? SITE_MOVED : SITE_NORMAL;
        p->moved = a->place[i].people > 0 ? (double)moved / a->place[i].people : 0.0;
    }
    for (int i = 0; i < ATLAS_COUNT(a, ENT_ROAD); i++) {
        int64_t state = truth ? n->road[i] : n->known_road[i].seen_ms < 0 ? 0 : n->known_road[i].value;
        m->pieces.road[i].closed = state == 1 || state == 2;
    }
    for (int i = 0; i < ATLAS_COUNT(a, ENT_ASSET); i++) {
        struct map_asset *x = &m->pieces.asset[i];
        const struct snap_fact is = n->known_asset[i], broken = n->known_broken[i];
        map_asset_set(x, &a->names, m->pieces.m.lang,
                      truth ? n->asset[i].is : is.seen_ms < 0 ? a->asset[i].setting : (int32_t)is.value);
        x->broken = truth ? n->asset[i].broken : broken.seen_ms >= 0 && broken.value != 0;
        x->selected = truth && chosen == i;
    }
    for (int i = 0; i < ATLAS_COUNT(a, ENT_LINE); i++)
        m->pieces.line[i].done = truth ? n->line_share[i] : n->known_line[i].seen_ms < 0 ? 0.0 : (double)n->known_line[i].value / 100.0;
}

void view_map_follow(struct view *v, struct view_map *m, const struct snapshot *n, bool truth)
{
    struct map *map = &m->pieces.m;
    const uint64_t parts[6] = {n->version, (uint64_t)(v->team + 1), v->show, v->off, (uint64_t)(v->site + 1), (uint64_t)(v->asset + 1)};
    uint64_t of = hash_bytes(parts, sizeof(parts), 7);
    bool moved = map->x0_m != v->x0 || map->x1_m != v->x1 || map->y0_m != v->y0;
    if (m->of == of && !moved)
        return;
    m->of = of;
    m->version++;
    follow_layers(m, v, n, truth);
    follow_teams(m, v, n, truth);
    follow_places(m, n, truth, v->asset);
    map->x0_m = v->x0;
    map->y0_m = v->y0;
    map->x1_m = v->x1;
    map->y1_m = v->y1;
    int64_t post = truth ? n->command.post_place : n->known_post.seen_ms < 0 ? -1 : n->known_post.value;
    map->post.shown = post >= 0;
    if (post >= 0)
        map->post = (struct map_post){true, n->atlas->place[post].at[0], n->atlas->place[post].at[1], SAY0(v, MSG_UI_POST)};
    map->wind_mps = truth ? n->weather.wind_ms : n->known_wind.seen_ms < 0 ? (double)NAN : (double)n->known_wind.value / 10.0;
    map->wind_from_deg = truth ? n->weather.from_deg : (double)n->known_from.value;
    map->team_count = v->show & SHOW_TEAMS ? ATLAS_COUNT(n->atlas, ENT_TEAM) : 0;
    map->place_count = v->show & SHOW_PLACES ? ATLAS_COUNT(n->atlas, ENT_PLACE) : 0;
    map->asset_count = v->show & SHOW_PLACES ? ATLAS_COUNT(n->atlas, ENT_ASSET) : 0;
    map->road_count = v->show & SHOW_ROADS ? ATLAS_COUNT(n->atlas, ENT_ROAD) : 0;
    map->line_count = v->show & SHOW_LINES ? ATLAS_COUNT(n->atlas, ENT_LINE) : 0;
}

/* ---- the mouse ---- */

static void zoom(struct view *v, const struct map_view *f, const struct ui *ui, double factor, double least_m)
{
    double mx = map_x_m(f, ui->in.x), my = map_y_m(f, ui->in.y);
    if (factor < 1.0 && (v->x1 - v->x0) * factor < least_m)
        return;
    v->x0 = mx + (v->x0 - mx) * factor;
    v->x1 = mx + (v->x1 - mx) * factor;
    v->y0 = my + (v->y0 - my) * factor;
    v->y1 = my + (v->y1 - my) * factor;
}

/* A site may be smaller than what one zooms to on the whole map. */
static double zoom_least(const struct view *v, const struct atlas *a)
{
    const struct site_view *site = site_of(v, a);
    return site ? num_min(ZOOM_LEAST_M, (site->x1 - site->x0) / 8) : ZOOM_LEAST_M;
}

static void keep_on_map(struct view *v, const struct atlas *a)
{
    if (v->x1 - v->x0 >= a->map.width_m || v->y1 - v->y0 >= a->map.height_m) {
        view_reset_map(v, a);
        return;
    }
    double dx = v->x0 < 0 ? -v->x0 : v->x1 > a->map.width_m ? a->map.width_m - v->x1 : 0.0;
    double dy = v->y0 < 0 ? -v->y0 : v->y1 > a->map.height_m ? a->map.height_m - v->y1 : 0.0;
    v->x0 += dx;
    v->x1 += dx;
    v->y0 += dy;
    v->y1 += dy;
}

static double far(const struct map_view *f, const struct ui *ui, double x, double y)
{
    return num_hypot(map_px(f, x) - ui->in.x, map_py(f, y) - ui->in.y);
}

/* The second click of an order: where. */
static bool send_team(struct view *v, const struct snapshot *n, int place)
{
    if (v->task < 0 || v->team < 0 || place < 0)
        return false;
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    buf_str(&b, "dispatch ");
    buf_text(&b, names_name(&n->atlas->names, ENT_TEAM, v->team));
    buf_str(&b, " to ");
    buf_text(&b, names_name(&n->atlas->names, ENT_PLACE, place));
    buf_str(&b, " task=");
    buf_str(&b, word_name(&n->atlas->names, VK_TASK, v->task));
    view_order(v, n, n->atlas->team[v->team].agency, line);
    v->task = -1;
    return true;
}

static void click(struct view *v, struct ui *ui, const struct snapshot *n, const struct map_view *f)
{
    int team = -1, place = -1, asset = -1;
    double best = CLICK_UNITS;
    for (int i = 0; i < ATLAS_COUNT(n->atlas, ENT_TEAM) && v->task < 0; i++) {
        const struct map_team *t = &v->map[v->lang][MAP_TRUTH].pieces.team[i];
        double d = t->x_m == t->x_m ? far(f, ui, t->x_m, t->y_m) : 1e9;
        if (d < best) {
            best = d;
            team = i;
        }
    }
    for (int i = 0; i < ATLAS_COUNT(n->atlas, ENT_PLACE); i++) {
        double d = far(f, ui, n->atlas->place[i].at[0], n->atlas->place[i].at[1]);
        if (d < best) {
            best = d;
            team = -1;
            place = i;
        }
    }
    for (int i = 0; i < ATLAS_COUNT(n->atlas, ENT_ASSET) && v->task < 0; i++) {
        double d = far(f, ui, n->atlas->asset[i].at[0], n->atlas->asset[i].at[1]);
        if (d < best) {
            best = d;
            team = place = -1;
            asset = i;
        }
    }
    if (send_team(v, n, place))
        return;
    v->team = team;
    v->place = place;
    v->asset = asset;
    v->task = -1;
}

static void mouse(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    struct map_view f = map_view_of(r, &v->map[v->lang][MAP_TRUTH].pieces.m);
    bool over = ui_over(ui, r) && !ui->used && !ui->blocked;
    if (over && ui->in.wheel != 0.0)
        zoom(v, &f, ui, ui->in.wheel > 0 ? 1.0 / ZOOM : ZOOM, zoom_least(v, n->atlas));
    if (over && ui->in.pressed) {
        v->dragging = true;
        v->drag_x = ui->drag_x = ui->in.x;
        v->drag_y = ui->drag_y = ui->in.y;
        ui->focus = 0;
    }
    if (v->dragging && ui->in.down && f.scale > 0.0) {
        double dx = (ui->in.x - v->drag_x) / f.scale, dy = (ui->in.y - v->drag_y) / f.scale;
        v->x0 -= dx;
        v->x1 -= dx;
        v->y0 += dy;
        v->y1 += dy;
        v->drag_x = ui->in.x;
        v->drag_y = ui->in.y;
    }
    if (v->dragging && ui->in.released) {
        v->dragging = false;
        if (num_hypot(ui->in.x - ui->drag_x, ui->in.y - ui->drag_y) < 5.0)
            click(v, ui, n, &f);
    }
    keep_on_map(v, n->atlas);
}

/* ---- the tabs of site views, the buttons of layers ---- */

struct rect view_site_tabs(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    const char *names[SITE_VIEW_MAX + 1] = {SAY0(v, MSG_UI_WHOLE)};
    int count = n->atlas->view_count;
    if (count == 0)
        return r;
    for (int i = 0; i < count; i++)
        names[i + 1] = say_title(ui, v->lang, n->atlas->view[i].title);
    struct rect tabs = {r.x, r.y, num_min(r.w, 140.0 * (count + 1)), 28};
    ui_box(ui, (struct rect){r.x, r.y, r.w, 28}, 0, ui->theme->panel);
    int now = v->site + 1;
    if (ui_pressed(ui, KEY_F12, false))
        now = (now + 1) % (count + 1);
    view_choose_site(v, n->atlas, ui_tabs(ui, "site", tabs, names, count + 1, now) - 1);
    return (struct rect){r.x, r.y + 30, r.w, num_max(0, r.h - 30)};
}

static void show_buttons(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    static const struct { unsigned show; enum msg name; } buttons[] = {
        {SHOW_HAZARDS, MSG_UI_LAYER_HAZARD}, {SHOW_ROADS, MSG_UI_LAYER_ROADS}, {SHOW_PLACES, MSG_UI_LAYER_PLACES},
        {SHOW_TEAMS, MSG_UI_LAYER_TEAMS}, {SHOW_LINES, MSG_UI_LAYER_LINES}};
    double x = r.x + 8;
    for (int i = 0; i < COUNT_OF(buttons); i++, x += 62) {
        char id[24] = "layer0";
        id[5] = (char)('0' + i);
        if (ui_button(ui, id, (struct rect){x, r.y + 8, 58, 24}, SAY0(v, buttons[i].name),
                      v->show & buttons[i].show ? BUTTON_ON : BUTTON_PLAIN, SAY0(v, MSG_UI_LAYER_TIP)))
            v->show ^= buttons[i].show;
    }
    if (ui_button(ui, "whole", (struct rect){x, r.y + 8, 58, 24}, SAY0(v, MSG_UI_WHOLE), BUTTON_PLAIN, SAY0(v, MSG_UI_WHOLE_TIP)))
        view_reset_map(v, n->atlas);
}

/* One button a layer once there are several; how much room they took. */
static double layer_buttons(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    double x = r.x + 8, y = r.y + 68;
    for (int i = 0; i < n->layers && n->layers > 1; i++, x += 96) {
        const struct layer_row *row = n->layer[i].row;
        char id[24];
        struct buf b = BUF_ON(id);
        buf_str(&b, "of_layer");
        buf_i64(&b, i);
        if (x + 92 > r.x + r.w && x > r.x + 8) {
            x = r.x + 8;
            y += 28;
        }
        if (ui_button(ui, id, (struct rect){x, y, 92, 24}, v->lang == LANG_ZH ? row->zh : row->en,
                      v->off >> i & 1 ? BUTTON_PLAIN : BUTTON_ON, SAY0(v, MSG_UI_LAYER_TIP)))
            v->off ^= 1u << i;
    }
    return n->layers > 1 ? y + 30 - r.y : 68;
}

void view_map_area(struct view *v, struct ui *ui, const struct snapshot *n, struct rect all)
{
    bool truth = !v->hide_truth;
    struct view_map *m = &v->map[v->lang][truth ? MAP_TRUTH : MAP_COMMON];
    struct rect r = view_site_tabs(v, ui, n, all);
    v->map_rect = r;
    view_map_follow(v, m, n, truth);
    if (!truth)
        view_map_follow(v, &v->map[v->lang][MAP_TRUTH], n, true);
    list_add(ui->list, (struct mark){.kind = DRAW_MAP, .r = r, .of = &m->pieces.m, .version = m->version,
                                        .text = truth ? SAY0(v, MSG_UI_MAP_TRUTH) : SAY0(v, MSG_UI_MAP_COMMON)});
    show_buttons(v, ui, n, r);
    struct rect sign = {r.x + 8, r.y + 38, 230, 24};
    ui_box(ui, sign, 12, ui->theme->panel);
    ui_tag(ui, sign, truth ? SAY0(v, MSG_UI_MAP_TRUTH) : SAY0(v, MSG_UI_MAP_COMMON), truth ? ui->theme->bad : ui->theme->accent);
    double below = layer_buttons(v, ui, n, r);
    if (v->task >= 0) {
        struct rect where = {r.x + 8, r.y + below, 340, 26};
        ui_box(ui, where, 13, ui->theme->panel);
        ui_tag(ui, where, SAY0(v, MSG_UI_CLICK_WHERE), ui->theme->warn);
    }
    if (v->team >= 0 || v->place >= 0 || v->asset >= 0)
        view_facts(v, ui, n, (struct rect){r.x + 8, r.y + r.h - 268, 330, 260});
    mouse(v, ui, n, r);
}

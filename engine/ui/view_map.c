/* view_map.c -- the map of the facilitator and of the projector, and what a click on it finds. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "ui/view_parts.h"

#define CLICK_UNITS 16.0
#define ZOOM 1.25
#define ZOOM_LEAST_M 1500.0

static enum rc make_map(struct view_map *m, struct session *s, enum lang lang, struct err *e)
{
    const void *self;
    const struct hazard_ops *ops = session_hazard(s, 0, &self);
    const struct hazard_view *hv = ops && ops->view ? ops->view(self) : NULL;
    memset(m, 0, sizeof(*m));
    arena_init(&m->arena, 0);
    enum rc rc = map_from_atlas(session_atlas(s), lang, &m->arena, &m->pieces, e);
    if (rc == RC_OK)
        rc = map_add_ground(hv, self, &m->arena, &m->pieces, e);
    if (rc == RC_OK && hv) {
        m->common = ARENA_NEW(&m->arena, uint8_t, (size_t)hv->cols * (size_t)hv->rows);
        if (!m->common)
            rc = ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    }
    return rc;
}

void view_reset_map(struct view *v, const struct atlas *atlas)
{
    v->x0 = v->y0 = 0.0;
    v->x1 = atlas->map.width_m;
    v->y1 = atlas->map.height_m;
}

enum rc view_open(struct view *v, struct session *s, enum lang lang, struct err *e)
{
    *v = (struct view){.lang = lang, .scale = 1.0, .left_w = 310, .right_w = 370, .layers = 31, .team = -1, .place = -1, .inject = -1,
                       .agency = -1, .clause = -1, .task = -1, .start_choice = -1, .mark = {.item = -1}, .finding = {.row = -1, .class = -1}};
    arena_init(&v->curve_arena, 0);
    if (!s)
        return RC_OK;
    view_reset_map(v, session_atlas(s));
    enum rc rc = RC_OK;
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

static void follow_hazard(struct view_map *m, const struct snapshot *n, bool truth)
{
    struct map *map = &m->pieces.m;
    map->hazard = (struct map_hazard){.grid = {n->cols, n->rows, n->cell_m, 0, 0}, .hclass = n->hazard};
    if (!n->hazard || truth)
        return;
    for (int row = 0; row < n->rows; row++) {
        for (int col = 0; col < n->cols; col++) {
            bool seen = n->seen[row * KNOWN_GRID / n->rows * KNOWN_GRID + col * KNOWN_GRID / n->cols] != 0;
            uint8_t c = n->hazard[row * n->cols + col];
            /* What was reported is an extent, not how hot it burns now. */
            m->common[row * n->cols + col] = seen && c != HAZARD_NONE ? HAZARD_PAST : HAZARD_NONE;
        }
    }
    map->hazard.hclass = m->common;
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

static void follow_places(struct view_map *m, const struct snapshot *n, bool truth)
{
    const struct atlas *a = n->atlas;
    for (int i = 0; i < ATLAS_COUNT(a, ENT_PLACE); i++) {
        struct map_place *p = &m->pieces.place[i];
        int64_t known = n->known_place[i].seen_ms < 0 ? 0 : n->known_place[i].value;
        bool reached = truth ? n->place_suffers[i].since_ms >= 0 : known == 2;
        bool near = truth ? n->place_suffers[i].distance_m < 1000.0 : known == 1;
        int64_t moved = truth ? n->place[i].moved : n->known_moved[i].seen_ms < 0 ? 0 : n->known_moved[i].value;
        bool inhabited = kind_row(&a->names, VK_PLACE_KIND, a->place[i].kind)->inhabited;
        p->state = inhabited && reached ? SITE_REACHED : inhabited && near ? SITE_THREATENED : moved > 0 ? SITE_MOVED : SITE_NORMAL;
        p->moved = a->place[i].people > 0 ? (double)moved / a->place[i].people : 0.0;
    }
    for (int i = 0; i < ATLAS_COUNT(a, ENT_ROAD); i++) {
        int64_t state = truth ? n->road[i] : n->known_road[i].seen_ms < 0 ? 0 : n->known_road[i].value;
        m->pieces.road[i].closed = state == 1 || state == 2;
    }
    for (int i = 0; i < ATLAS_COUNT(a, ENT_LINE); i++)
        m->pieces.line[i].done = truth ? n->line_share[i] : n->known_line[i].seen_ms < 0 ? 0.0 : (double)n->known_line[i].value / 100.0;
}

void view_map_follow(struct view *v, struct view_map *m, const struct snapshot *n, bool truth)
{
    struct map *map = &m->pieces.m;
    uint64_t of = n->version * 4096 + (uint64_t)(v->team + 1) + ((uint64_t)v->layers << 58);
    bool moved = map->x0_m != v->x0 || map->x1_m != v->x1 || map->y0_m != v->y0;
    if (m->of == of && !moved)
        return;
    m->of = of;
    m->version++;
    follow_hazard(m, n, truth);
    follow_teams(m, v, n, truth);
    follow_places(m, n, truth);
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
    map->team_count = v->layers & LAYER_TEAMS ? ATLAS_COUNT(n->atlas, ENT_TEAM) : 0;
    map->place_count = v->layers & LAYER_PLACES ? ATLAS_COUNT(n->atlas, ENT_PLACE) : 0;
    map->road_count = v->layers & LAYER_ROADS ? ATLAS_COUNT(n->atlas, ENT_ROAD) : 0;
    map->line_count = v->layers & LAYER_LINES ? ATLAS_COUNT(n->atlas, ENT_LINE) : 0;
    if (!(v->layers & LAYER_HAZARD))
        map->hazard.hclass = NULL;
}

/* ---- the mouse ---- */

static void zoom(struct view *v, const struct map_view *f, const struct ui *ui, double factor)
{
    double mx = map_x_m(f, ui->in.x), my = map_y_m(f, ui->in.y);
    if (factor < 1.0 && (v->x1 - v->x0) * factor < ZOOM_LEAST_M)
        return;
    v->x0 = mx + (v->x0 - mx) * factor;
    v->x1 = mx + (v->x1 - mx) * factor;
    v->y0 = my + (v->y0 - my) * factor;
    v->y1 = my + (v->y1 - my) * factor;
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
    int team = -1, place = -1;
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
    if (send_team(v, n, place))
        return;
    v->team = team;
    v->place = place;
    v->task = -1;
}

static void mouse(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    struct map_view f = map_view_of(r, &v->map[v->lang][MAP_TRUTH].pieces.m);
    bool over = ui_over(ui, r) && !ui->used && !ui->blocked;
    if (over && ui->in.wheel != 0.0)
        zoom(v, &f, ui, ui->in.wheel > 0 ? 1.0 / ZOOM : ZOOM);
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

void view_map_area(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    static const struct { unsigned layer; enum msg name; } layers[] = {
        {LAYER_HAZARD, MSG_UI_LAYER_HAZARD}, {LAYER_ROADS, MSG_UI_LAYER_ROADS}, {LAYER_PLACES, MSG_UI_LAYER_PLACES},
        {LAYER_TEAMS, MSG_UI_LAYER_TEAMS}, {LAYER_LINES, MSG_UI_LAYER_LINES}};
    bool truth = !v->hide_truth;
    struct view_map *m = &v->map[v->lang][truth ? MAP_TRUTH : MAP_COMMON];
    v->map_rect = r;
    view_map_follow(v, m, n, truth);
    if (!truth)
        view_map_follow(v, &v->map[v->lang][MAP_TRUTH], n, true);
    list_add(ui->list, (struct mark){.kind = DRAW_MAP, .r = r, .of = &m->pieces.m, .version = m->version,
                                        .text = truth ? SAY0(v, MSG_UI_MAP_TRUTH) : SAY0(v, MSG_UI_MAP_COMMON)});
    double x = r.x + 8;
    for (int i = 0; i < COUNT_OF(layers); i++, x += 62) {
        char id[24] = "layer0";
        id[5] = (char)('0' + i);
        if (ui_button(ui, id, (struct rect){x, r.y + 8, 58, 24}, SAY0(v, layers[i].name),
                      v->layers & layers[i].layer ? BUTTON_ON : BUTTON_PLAIN, SAY0(v, MSG_UI_LAYER_TIP)))
            v->layers ^= layers[i].layer;
    }
    if (ui_button(ui, "whole", (struct rect){x, r.y + 8, 58, 24}, SAY0(v, MSG_UI_WHOLE), BUTTON_PLAIN, SAY0(v, MSG_UI_WHOLE_TIP)))
        view_reset_map(v, n->atlas);
    struct rect sign = {r.x + 8, r.y + 38, 230, 24};
    ui_box(ui, sign, 12, ui->theme->panel);
    ui_tag(ui, sign, truth ? SAY0(v, MSG_UI_MAP_TRUTH) : SAY0(v, MSG_UI_MAP_COMMON), truth ? ui->theme->bad : ui->theme->accent);
    if (v->task >= 0) {
        struct rect where = {r.x + 8, r.y + 68, 340, 26};
        ui_box(ui, where, 13, ui->theme->panel);
        ui_tag(ui, where, SAY0(v, MSG_UI_CLICK_WHERE), ui->theme->warn);
    }
    if (v->team >= 0 || v->place >= 0)
        view_facts(v, ui, n, (struct rect){r.x + 8, r.y + r.h - 268, 330, 260});
    mouse(v, ui, n, r);
}

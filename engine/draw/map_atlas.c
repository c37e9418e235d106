#include "draw/map_atlas.h"

#include <math.h>
#include <string.h>

#include "core/world/knowledge.h"

const char *title_text(struct title t, enum lang lang, struct arena *a)
{
    struct text chosen = lang == LANG_ZH ? t.zh : t.en;
    if (chosen.len <= 0)
        chosen = lang == LANG_ZH ? t.en : t.zh;
    struct text copy = arena_text(a, chosen);
    return copy.at ? copy.at : "";
}

enum symbol symbol_of_team(const struct names *names, int32_t team_kind)
{
    const char *sign = kind_row(names, VK_TEAM_KIND, team_kind)->sign;

    for (int i = 0; i < SYMBOL_COUNT && sign; i++)
        if (strcmp(symbol_row((enum symbol)i)->glyph, sign) == 0)
            return (enum symbol)i;
    return SYMBOL_OTHER;
}

enum map_team_mark mark_of_stage(int32_t stage)
{
    static const struct {
        const char *name;
        enum map_team_mark mark;
    } row[] = {{"muster", TEAM_MARK_MOVING}, {"moving", TEAM_MARK_MOVING},
               {"blocked", TEAM_MARK_WARN},  {"working", TEAM_MARK_WORKING},
               {"resting", TEAM_MARK_NONE},  {"lost", TEAM_MARK_LOST}};
    if (stage < 0 || stage >= word_count(VK_STAGE))
        return TEAM_MARK_NONE;
    for (int i = 0; i < COUNT_OF(row); i++)
        if (strcmp(row[i].name, word_name(NULL, VK_STAGE, stage)) == 0)
            return row[i].mark;
    return TEAM_MARK_NONE;
}

static enum map_place_kind site_of(const struct place *p)
{
    if (p->capacity > 0 && p->people == 0)
        return SITE_SHELTER;
    switch (p->kind) {
    case PLACE_TOWN:
        return SITE_TOWN;
    case PLACE_VILLAGE:
        return SITE_VILLAGE;
    case PLACE_SCHOOL:
        return SITE_SCHOOL;
    case PLACE_HOSPITAL:
        return SITE_HOSPITAL;
    case PLACE_DEPOT:
        return SITE_DEPOT;
    case PLACE_WATER:
        return SITE_WATER;
    default:
        return SITE_POINT;
    }
}

static void fill_places(const struct atlas *atlas, enum lang lang, struct arena *a,
                        struct map_pieces *out)
{
    for (int i = 0; i < ATLAS_COUNT(atlas, ENT_PLACE); i++) {
        const struct place *p = &atlas->place[i];
        out->place[i] = (struct map_place){.x_m = p->at[0], .y_m = p->at[1],
                                           .name = title_text(p->title, lang, a),
                                           .people = p->people > 0 ? p->people : -1,
                                           .kind = site_of(p)};
    }
}

static enum rc fill_roads(const struct atlas *atlas, enum lang lang, struct arena *a,
                          struct map_pieces *out)
{
    int n = ATLAS_COUNT(atlas, ENT_ROAD);
    double *xy = ARENA_NEW(a, double, 4 * (n > 0 ? n : 1));
    if (!xy)
        return RC_MEMORY;
    for (int i = 0; i < n; i++) {
        const struct road *r = &atlas->road[i];
        memcpy(xy + 4 * i, atlas->node[r->from].at, 2 * sizeof *xy);
        memcpy(xy + 4 * i + 2, atlas->node[r->to].at, 2 * sizeof *xy);
        enum map_road_class c = r->class <= ROAD_COUNTY    ? MAP_ROAD_MAIN
                                : r->class == ROAD_VILLAGE ? MAP_ROAD_MINOR
                                                           : MAP_ROAD_TRACK;
        out->road[i] = (struct map_road){xy + 4 * i, 2, c, false, title_text(r->title, lang, a)};
    }
    return RC_OK;
}

static void fill_teams(const struct atlas *atlas, enum lang lang, struct arena *a,
                       struct map_pieces *out)
{
    for (int i = 0; i < ATLAS_COUNT(atlas, ENT_TEAM); i++) {
        const struct team *t = &atlas->team[i];
        bool there = t->home >= 0 && t->service < 0 && !t->unasked;
        const double *at = there ? atlas->place[t->home].at : NULL;
        out->team[i] = (struct map_team){.x_m = at ? at[0] : (double)NAN,
                                         .y_m = at ? at[1] : (double)NAN,
                                         .symbol = symbol_of_team(&atlas->names, t->kind),
                                         .name = title_text(t->title, lang, a),
                                         .to_x_m = (double)NAN, .to_y_m = (double)NAN};
    }
}

static void fill_lines(const struct atlas *atlas, enum lang lang, struct arena *a,
                       struct map_pieces *out)
{
    for (int i = 0; i < ATLAS_COUNT(atlas, ENT_LINE); i++) {
        const struct control_line *l = &atlas->line[i];
        enum map_line_kind kind = l->kind == LINE_POWER    ? MAP_LINE_POWER
                                  : l->kind == LINE_CORDON ? MAP_LINE_CORDON
                                                           : MAP_LINE_PLANNED;
        out->line[i] = (struct map_line){.xy = l->xy, .points = l->points, .kind = kind,
                                         .name = title_text(l->title, lang, a)};
    }
}

static enum rc no_memory(struct err *e)
{
    return ERR(e, RC_MEMORY, MSG_DRAW_FAILED, arg_s("out of memory"));
}

enum rc map_from_atlas(const struct atlas *atlas, enum lang lang, struct arena *a,
                       struct map_pieces *out, struct err *e)
{
    memset(out, 0, sizeof *out);
    struct map *m = &out->m;
    m->lang = lang;
    m->x1_m = atlas->map.width_m;
    m->y1_m = atlas->map.height_m;
    m->road_count = ATLAS_COUNT(atlas, ENT_ROAD);
    m->place_count = ATLAS_COUNT(atlas, ENT_PLACE);
    m->team_count = ATLAS_COUNT(atlas, ENT_TEAM);
    m->line_count = ATLAS_COUNT(atlas, ENT_LINE);
    m->wind_mps = m->wind_from_deg = (double)NAN;
    m->synthetic = atlas->meta.terrain_note.zh.len > 0;
    out->road = ARENA_NEW(a, struct map_road, m->road_count + 1);
    out->place = ARENA_NEW(a, struct map_place, m->place_count + 1);
    out->team = ARENA_NEW(a, struct map_team, m->team_count + 1);
    out->line = ARENA_NEW(a, struct map_line, m->line_count + 1);
    if (!out->road || !out->place || !out->team || !out->line)
        return no_memory(e);
    fill_places(atlas, lang, a, out);
    fill_teams(atlas, lang, a, out);
    fill_lines(atlas, lang, a, out);
    if (fill_roads(atlas, lang, a, out) != RC_OK)
        return no_memory(e);
    m->roads = out->road;
    m->places = out->place;
    m->teams = out->team;
    m->lines = out->line;
    return RC_OK;
}

static struct map_grid grid_of(const struct hazard_view *view)
{
    return (struct map_grid){view->cols, view->rows, view->cell_m, 0, 0};
}

enum rc map_add_ground(const struct hazard_view *view, const void *self, struct arena *a,
                       struct map_pieces *io, struct err *e)
{
    if (!view || !view->ground || view->cols <= 0 || view->rows <= 0)
        return RC_OK;
    size_t n = (size_t)view->cols * (size_t)view->rows;
    float *height = ARENA_NEW(a, float, n);
    if (!height)
        return no_memory(e);
    for (int row = 0; row < view->rows; row++) {
        for (int col = 0; col < view->cols; col++) {
            int class = 0;
            double z = 0;
            view->ground(self, col, row, &class, &z);
            height[(size_t)row * (size_t)view->cols + (size_t)col] = (float)z;
        }
    }
    io->m.terrain = (struct map_terrain){grid_of(view), height};
    return RC_OK;
}

/* Classes of a cell of hazard_view: 1 active, 2 past, 4 out; barriers are not part of the hazard. */
static uint8_t class_of(int state, int64_t age_ms)
{
    if (state == 1)
        return age_ms < 900000 ? HAZARD_4 : age_ms < 2400000 ? HAZARD_3 : HAZARD_2;
    return state == 2 || state == 4 ? HAZARD_PAST : HAZARD_NONE;
}

static bool was_seen(const struct hazard_view *view, const struct map *m, const uint8_t *seen,
                     int col, int row)
{
    double x = (col + 0.5) * view->cell_m, y = (row + 0.5) * view->cell_m; /* y from the north */
    int c = m->x1_m > 0 ? (int)(x / m->x1_m * KNOWN_GRID) : 0;
    int r = m->y1_m > 0 ? (int)(y / m->y1_m * KNOWN_GRID) : 0;
    if (c < 0 || r < 0 || c >= KNOWN_GRID || r >= KNOWN_GRID)
        return false;
    return seen[r * KNOWN_GRID + c] != 0;
}

enum rc map_add_hazard(const struct hazard_view *view, const void *self, int64_t now_ms,
                       const uint8_t *seen, struct arena *a, struct map_pieces *io, struct err *e)
{
    if (!view || !view->cell || view->cols <= 0 || view->rows <= 0)
        return RC_OK;
    uint8_t *cells = ARENA_NEW(a, uint8_t, (size_t)view->cols * (size_t)view->rows);
    if (!cells)
        return no_memory(e);
    for (int row = 0; row < view->rows; row++) {
        for (int col = 0; col < view->cols; col++) {
            int state = 0;
            int64_t arrival = -1;
            view->cell(self, col, row, &state, &arrival);
            if (state == 0 || (seen && !was_seen(view, &io->m, seen, col, row)))
                continue;
            cells[(size_t)row * (size_t)view->cols + (size_t)col] =
                class_of(state, arrival < 0 ? 0 : now_ms - arrival);
        }
    }
    io->m.hazard = (struct map_hazard){.grid = grid_of(view), .hclass = cells};
    return RC_OK;
}

#include "draw/map_atlas.h"

#include <math.h>
#include <string.h>

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
                                         .to_x_m = (double)NAN,
                                         .to_y_m = (double)NAN};
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

void map_asset_set(struct map_asset *out, const struct names *names, enum lang lang, int32_t setting)
{
    const struct title said = word_title(names, VK_SETTING, setting);

    (void)text_copy(out->setting, (int)sizeof(out->setting), lang == LANG_ZH ? said.zh : said.en);
}

static void fill_assets(const struct atlas *atlas, enum lang lang, struct arena *a,
                        struct map_pieces *out)
{
    for (int i = 0; i < ATLAS_COUNT(atlas, ENT_ASSET); i++) {
        const struct asset *x = &atlas->asset[i];
        const char *sign = kind_row(&atlas->names, VK_ASSET_KIND, x->kind)->sign;
        out->asset[i] = (struct map_asset){.x_m = x->at[0], .y_m = x->at[1], .glyph = sign ? sign : "?",
                                           .name = title_text(x->title, lang, a)};
        map_asset_set(&out->asset[i], &atlas->names, lang, x->setting);
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
    m->asset_count = ATLAS_COUNT(atlas, ENT_ASSET);
    m->wind_mps = m->wind_from_deg = (double)NAN;
    m->synthetic = atlas->meta.terrain_note.zh.len > 0;
    out->road = ARENA_NEW(a, struct map_road, m->road_count + 1);
    out->place = ARENA_NEW(a, struct map_place, m->place_count + 1);
    out->team = ARENA_NEW(a, struct map_team, m->team_count + 1);
    out->line = ARENA_NEW(a, struct map_line, m->line_count + 1);
    out->asset = ARENA_NEW(a, struct map_asset, m->asset_count + 1);
    if (!out->road || !out->place || !out->team || !out->line || !out->asset)
        return no_memory(e);
    fill_places(atlas, lang, a, out);
    fill_teams(atlas, lang, a, out);
    fill_lines(atlas, lang, a, out);
    fill_assets(atlas, lang, a, out);
    if (fill_roads(atlas, lang, a, out) != RC_OK)
        return no_memory(e);
    m->roads = out->road;
    m->places = out->place;
    m->teams = out->team;
    m->lines = out->line;
    m->assets = out->asset;
    return RC_OK;
}

bool map_ground_of(const struct hazard_ops *ops, const void *self, struct ground *out)
{
    return ops && ops->ground && ops->ground(self, out) && out->cols > 0 && out->rows > 0;
}

enum rc map_add_ground(const struct ground *g, struct arena *a, struct map_pieces *io,
                       struct err *e)
{
    if (!g || g->cols <= 0 || g->rows <= 0)
        return RC_OK;
    size_t n = (size_t)g->cols * (size_t)g->rows;
    float *height = ARENA_NEW(a, float, n);
    if (!height)
        return no_memory(e);
    if (g->height_m)
        memcpy(height, g->height_m, n * sizeof *height);
    io->m.terrain =
        (struct map_terrain){{g->cols, g->rows, g->cell_m, g->west_m, g->south_m}, height};
    return RC_OK;
}

/* ---- layers ---- */

/* A copy of count things of a size; an empty list stays NULL. False without memory. */
static bool twin(const void *from, int64_t count, size_t size, struct arena *a, const void **out)
{
    void *to = from && count > 0 ? arena_alloc(a, (size_t)count, size) : NULL;
    *out = to;
    if (to)
        memcpy(to, from, (size_t)count * size);
    return to || !from || count <= 0;
}

static bool twin_lines(const struct layer_line *from, int count, struct arena *a,
                       const struct layer_line **out)
{
    struct layer_line *to = from && count > 0 ? ARENA_NEW(a, struct layer_line, count) : NULL;
    bool good = to || !from || count <= 0;
    *out = to;
    for (int i = 0; to && good && i < count; i++) {
        const void *xy;
        good = twin(from[i].xy, from[i].points, 2 * sizeof(double), a, &xy);
        to[i] = from[i];
        to[i].xy = xy;
    }
    return good;
}

/* Lines and dots; the raster is copied apart. */
static bool copy_lists(struct map_layer *l, struct arena *a)
{
    const void *x, *y, *dot;
    bool good = twin_lines(l->line, l->lines, a, &l->line) &&
                twin(l->x, l->dots, sizeof *l->x, a, &x) &&
                twin(l->y, l->dots, sizeof *l->y, a, &y) && twin(l->dot, l->dots, 1, a, &dot);
    if (!good)
        return false;
    l->x = x;
    l->y = y;
    l->dot = dot;
    return true;
}

bool map_copy_layers(const struct map_layer *from, int count, struct arena *a,
                     struct map_layer **out)
{
    *out = count > 0 ? ARENA_NEW(a, struct map_layer, count) : NULL;
    for (int i = 0; *out && i < count; i++) {
        struct map_layer *l = &(*out)[i];
        const void *cls;
        *l = from[i];
        if (!twin(l->cls, (int64_t)l->grid.cols * l->grid.rows, 1, a, &cls) || !copy_lists(l, a))
            return false;
        l->cls = cls;
    }
    return *out || count <= 0;
}

enum rc map_take_layers(const struct hazard_ops *ops, const void *self, int32_t owner,
                        int64_t at_ms, struct arena *a, struct map_layer *out, int *count,
                        struct err *e)
{
    for (int i = 0; i < ops->layer_count && *count < MAP_LAYERS_MAX; i++) {
        struct layer_out o = {.at_ms = at_ms};
        if (!ops->layer(self, i, &o))
            continue;
        struct map_layer *l = &out[*count];
        *l = (struct map_layer){.row = &ops->layers[i],
                                .owner = owner,
                                .index = i,
                                .line = o.line,
                                .lines = o.lines,
                                .x = o.x,
                                .y = o.y,
                                .dot = o.dot,
                                .dots = o.dots};
        if (ops->layers[i].shape == LAYER_RASTER) {
            l->grid = (struct map_grid){o.cols, o.rows, o.cell_m, o.west_m, o.south_m};
            o.cls = ARENA_NEW(a, uint8_t, (size_t)o.cols * (size_t)o.rows + 1);
            if (!o.cls)
                return no_memory(e);
            (void)ops->layer(self, i, &o); /* it said yes a moment ago */
            l->cls = o.cls;
        }
        if (!copy_lists(l, a))
            return no_memory(e);
        ++*count;
    }
    return RC_OK;
}

uint32_t map_layers_off(const struct map_layer *l, int count)
{
    uint32_t off = 0;
    for (int i = 0; i < count; i++)
        off |= l[i].row->off_at_start ? 1u << i : 0;
    return off;
}

int map_show_view(struct map *m, const struct site_view *view, const struct map_layer *from,
                  int count, uint32_t off, struct map_layer *out)
{
    int shown = 0;
    for (int i = 0; i < count; i++)
        if (!(off >> i & 1) && layer_in_view(from[i].row, view))
            out[shown++] = from[i];
    m->layers = out;
    m->layer_count = shown;
    m->one_level = view && view->level != LEVEL_ANY;
    m->level = view ? view->level : 0;
    return shown;
}

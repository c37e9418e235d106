/* map_marks.c -- places, teams and the command post. */
#include "draw/map_parts.h"

#include "base/num.h"

static const struct symbol_row symbols[SYMBOL_COUNT] = {
    [SYMBOL_BRIGADE] = {"消", 0xCF2A2AFF, MSG_DRAW_SYM_BRIGADE},
    [SYMBOL_FOREST] = {"林", 0x17653AFF, MSG_DRAW_SYM_FOREST},
    [SYMBOL_POLICE] = {"警", 0x1D4FD0FF, MSG_DRAW_SYM_POLICE},
    [SYMBOL_MEDICAL] = {"医", 0x12994EFF, MSG_DRAW_SYM_MEDICAL},
    [SYMBOL_MILITIA] = {"民", 0x66701AFF, MSG_DRAW_SYM_MILITIA},
    [SYMBOL_VOLUNTEER] = {"志", 0xB5508BFF, MSG_DRAW_SYM_VOLUNTEER},
    [SYMBOL_POWER] = {"电", 0xA85B00FF, MSG_DRAW_SYM_POWER},
    [SYMBOL_COMMS] = {"通", 0x0B7A75FF, MSG_DRAW_SYM_COMMS},
    [SYMBOL_SUPPLY] = {"供", 0x85552CFF, MSG_DRAW_SYM_SUPPLY},
    [SYMBOL_WEATHER] = {"气", 0x2878B0FF, MSG_DRAW_SYM_WEATHER},
    [SYMBOL_AIR] = {"机", 0x7438C9FF, MSG_DRAW_SYM_AIR},
    [SYMBOL_TRANSPORT] = {"运", 0xB88200FF, MSG_DRAW_SYM_TRANSPORT},
    [SYMBOL_RESCUE] = {"救", 0xD9541EFF, MSG_DRAW_SYM_RESCUE},
    [SYMBOL_COMMAND] = {"指", 0x121A29FF, MSG_DRAW_SYM_COMMAND},
    [SYMBOL_OTHER] = {"队", 0x55606FFF, MSG_DRAW_SYM_OTHER},
};

const struct symbol_row *symbol_row(enum symbol s)
{
    return &symbols[s >= 0 && s < SYMBOL_COUNT ? s : SYMBOL_OTHER];
}

void draw_symbol(cairo_t *cr, const struct theme *th, double x, double y, double side,
                 enum symbol s)
{
    if (!num_is_finite(x + y + side) || side < 2)
        return;
    const struct symbol_row *row = symbol_row(s);
    struct rect box = {x - side / 2, y - side / 2, side, side};
    double edge = num_max(1, side * 0.07);
    fill_round_rect(cr, (struct rect){box.x - edge, box.y - edge + 0.6, side + 2 * edge,
                                      side + 2 * edge}, side * 0.24, 0x00000038);
    fill_round_rect(cr, (struct rect){box.x - edge, box.y - edge, side + 2 * edge,
                                      side + 2 * edge}, side * 0.24, 0xFFFFFFFF);
    fill_round_rect(cr, box, side * 0.2, row->colour);
    if (side < 9)
        return;
    struct label how = {.size = side * 0.68, .bold = true, .colour = 0xFFFFFFFF};
    struct size size = label_size(cr, th, row->glyph, &how);
    draw_label(cr, th, x - size.w / 2, y - size.h / 2 - side * 0.01, row->glyph, &how);
}

static const uint32_t state_colour[] = {0xFFFFFFFF, 0xF5B83DFF, 0xCF2A2AFF, 0x2F9E6BFF};

static void place_shape(cairo_t *cr, double x, double y, double k, enum map_place_kind kind)
{
    cairo_new_sub_path(cr);
    switch (kind) {
    case SITE_TOWN:
        cairo_rectangle(cr, x - k * 1.1, y - k * 1.1, 2.2 * k, 2.2 * k);
        break;
    case SITE_SHELTER:
        cairo_move_to(cr, x - k * 1.3, y + k);
        cairo_line_to(cr, x, y - k * 1.3);
        cairo_line_to(cr, x + k * 1.3, y + k);
        cairo_close_path(cr);
        break;
    case SITE_DEPOT:
    case SITE_POINT:
        cairo_move_to(cr, x, y - k * 1.2);
        cairo_line_to(cr, x + k * 1.2, y);
        cairo_line_to(cr, x, y + k * 1.2);
        cairo_line_to(cr, x - k * 1.2, y);
        cairo_close_path(cr);
        break;
    case SITE_VILLAGE:
    case SITE_HOSPITAL:
    case SITE_SCHOOL:
    case SITE_WATER:
    default:
        cairo_arc(cr, x, y, k, 0, 2 * NUM_PI);
        break;
    }
}

void map_place_mark(const struct map_pen *p, double x, double y, double size,
                    enum map_place_kind kind, enum map_place_state state)
{
    cairo_t *cr = p->cr;
    uint32_t fill = state_colour[state >= 0 && state <= SITE_MOVED ? state : 0];
    if (kind == SITE_WATER && state == SITE_NORMAL)
        fill = p->th->map_water;
    place_shape(cr, x, y, size, kind);
    set_colour(cr, fill);
    cairo_fill_preserve(cr);
    set_colour(cr, p->th->map_ink);
    cairo_set_line_width(cr, 1.4 * p->unit);
    cairo_stroke(cr);
    double c = size * 0.6;
    if (kind == SITE_HOSPITAL) { /* a cross */
        stroke_line(cr, x - c, y, x + c, y, 1.8 * p->unit, 0xCF2A2AFF);
        stroke_line(cr, x, y - c, x, y + c, 1.8 * p->unit, 0xCF2A2AFF);
    }
    if (kind == SITE_SCHOOL)
        fill_disc(cr, x, y, size * 0.4, p->th->map_ink);
    if (state == SITE_REACHED) /* a second sign beside the colour */
        stroke_line(cr, x - c, y + c, x + c, y - c, 1.4 * p->unit, 0xFFFFFFFF);
}

static double place_size(const struct map_pen *p, const struct map_place *place)
{
    double k = place->kind == SITE_TOWN ? 5.2 : 4.4;
    if (place->people > 500)
        k += 0.8;
    if (place->people > 2000)
        k += 0.8;
    return k * p->unit;
}

void map_places_draw(const struct map_pen *p)
{
    for (int i = 0; i < p->m->place_count; i++) {
        const struct map_place *place = &p->m->places[i];
        if (!num_is_finite(place->x_m + place->y_m))
            continue;
        double x = map_px(&p->f, place->x_m), y = map_py(&p->f, place->y_m);
        double k = place_size(p, place);
        if (place->state == SITE_THREATENED || place->state == SITE_REACHED)
            fill_disc(p->cr, x, y, k + 5 * p->unit, colour_alpha(state_colour[place->state], 0.35));
        map_place_mark(p, x, y, k, place->kind, place->state);
        if (place->moved > 0) {
            cairo_new_sub_path(p->cr);
            cairo_arc(p->cr, x, y, k + 3.4 * p->unit, -NUM_PI / 2,
                      -NUM_PI / 2 + 2 * NUM_PI * num_min(1, place->moved));
            set_colour(p->cr, 0x1E8A58FF);
            cairo_set_line_width(p->cr, 2.4 * p->unit);
            cairo_stroke(p->cr);
        }
        boxes_take(p->boxes, (struct rect){x - k, y - k, 2 * k, 2 * k});
    }
}

static int place_rank(const struct map_place *p)
{
    if (p->kind == SITE_TOWN)
        return -1;
    if (p->state == SITE_THREATENED || p->state == SITE_REACHED)
        return 0;
    return p->kind == SITE_POINT ? 4 : 2;
}

void map_place_names_draw(const struct map_pen *p, int first, int last)
{
    for (int rank = first; rank <= last; rank++) {
        for (int i = 0; i < p->m->place_count; i++) {
            const struct map_place *place = &p->m->places[i];
            if (place_rank(place) != rank || !place->name ||
                !num_is_finite(place->x_m + place->y_m))
                continue;
            char line[256];
            struct buf b = BUF_ON(line);
            buf_str(&b, place->name);
            if (place->people > 0) {
                const struct arg arg[1] = {arg_i(place->people)};
                buf_str(&b, " ");
                msg_format(&b, p->m->lang, MSG_DRAW_PEOPLE, arg, 1);
            }
            struct label how = {.size = (place->kind == SITE_TOWN ? 14 : 12) * p->unit,
                                .bold = place->kind == SITE_TOWN, .colour = p->th->map_ink,
                                .halo = p->th->map_halo, .halo_width = 3.2 * p->unit};
            double x = map_px(&p->f, place->x_m), y = map_py(&p->f, place->y_m);
            double away = place_size(p, place) + 2 * p->unit;
            if (!map_name_near(p, x, y, away, line, &how, false))
                map_name_near(p, x, y, away, place->name, &how, false);
        }
    }
}

static uint32_t mark_colour(enum map_team_mark mark)
{
    static const uint32_t row[] = {0, 0x3D8BFDFF, 0x2FBF71FF, 0xF5A524FF, 0x111111FF};
    return row[mark >= 0 && mark <= TEAM_MARK_LOST ? mark : 0];
}

/* Teams at one place stand side by side: the nearest free spot on rings around it. */
static bool team_spot(const struct map_pen *p, double side, double *x, double *y)
{
    double gap = side + 5 * p->unit;
    for (int ring = 0; ring <= 3; ring++) {
        int spots = ring == 0 ? 1 : 8 * ring;
        for (int k = 0; k < spots; k++) {
            double a = 2 * NUM_PI * k / spots - NUM_PI / 2;
            double cx = *x + ring * gap * num_cos(a), cy = *y + ring * gap * num_sin(a);
            struct rect box = {cx - side / 2 - 1, cy - side / 2 - 1, side + 2, side + 2};
            if (!boxes_free(p->boxes, box))
                continue;
            boxes_take(p->boxes, box);
            *x = cx;
            *y = cy;
            return true;
        }
    }
    return false;
}

static void team_draw(const struct map_pen *p, const struct map_team *t, double side)
{
    cairo_t *cr = p->cr;
    double x0 = map_px(&p->f, t->x_m), y0 = map_py(&p->f, t->y_m), x = x0, y = y0;
    if (t->mark == TEAM_MARK_MOVING && num_is_finite(t->to_x_m + t->to_y_m) &&
        (t->to_x_m != 0 || t->to_y_m != 0)) {
        const double dash[2] = {3 * p->unit, 4 * p->unit};
        cairo_set_dash(cr, dash, 2, 0);
        stroke_line(cr, x, y, map_px(&p->f, t->to_x_m), map_py(&p->f, t->to_y_m), 1.3 * p->unit,
                    symbol_row(t->symbol)->colour);
        cairo_set_dash(cr, NULL, 0, 0);
    }
    struct rect view = rect_inset(p->f.rect, -side);
    if (!rect_inside((struct rect){x, y, 0, 0}, view))
        return;
    if (!team_spot(p, side, &x, &y)) { /* no room left around here: a dot where it is */
        fill_disc(cr, x0, y0, 3.6 * p->unit, 0xFFFFFFFF);
        fill_disc(cr, x0, y0, 2.8 * p->unit, symbol_row(t->symbol)->colour);
        return;
    }
    if (num_hypot(x - x0, y - y0) > side * 0.8) {
        stroke_line(cr, x0, y0, x, y, 1.0 * p->unit, 0x1B243090);
        fill_disc(cr, x0, y0, 2 * p->unit, 0x1B2430C0);
    }
    if (t->selected)
        stroke_round_rect(cr, (struct rect){x - side / 2 - 5, y - side / 2 - 5, side + 10,
                                            side + 10}, side * 0.3, 2.4, p->th->accent);
    draw_symbol(cr, p->th, x, y, side, t->symbol);
    if (t->mark != TEAM_MARK_NONE) {
        fill_disc(cr, x + side * 0.5, y - side * 0.5, side * 0.23, 0xFFFFFFFF);
        fill_disc(cr, x + side * 0.5, y - side * 0.5, side * 0.17, mark_colour(t->mark));
    }
    if (t->mark == TEAM_MARK_LOST)
        stroke_line(cr, x - side / 2, y + side / 2, x + side / 2, y - side / 2, 2 * p->unit,
                    0xFFFFFFFF);
    struct label how = {.size = 11 * p->unit, .colour = p->th->map_ink};
    map_name_near(p, x, y, side * 0.58, t->name, &how, true);
}

void map_teams_draw(const struct map_pen *p)
{
    double side = (p->m->team_count > 120 ? 16 : 21) * p->unit;
    for (int pass = 0; pass < 2; pass++) /* selected teams get their room and name first */
        for (int i = 0; i < p->m->team_count; i++) {
            const struct map_team *t = &p->m->teams[i];
            if (t->selected == (pass == 0) && num_is_finite(t->x_m + t->y_m))
                team_draw(p, t, side);
        }
}

void map_post_draw(const struct map_pen *p)
{
    const struct map_post *post = &p->m->post;
    if (!post->shown || !num_is_finite(post->x_m + post->y_m))
        return;
    double x = map_px(&p->f, post->x_m), y = map_py(&p->f, post->y_m), side = 25 * p->unit;
    team_spot(p, side, &x, &y);
    draw_symbol(p->cr, p->th, x, y, side, SYMBOL_COMMAND);
    stroke_round_rect(p->cr, (struct rect){x - side / 2, y - side / 2, side, side}, side * 0.2,
                      1.8 * p->unit, 0xF5C542FF);
    struct label how = {.size = 12 * p->unit, .bold = true, .colour = p->th->map_ink};
    const char *name = post->name ? post->name : msg_text(p->m->lang, MSG_DRAW_POST);
    map_name_near(p, x, y, side * 0.6, name, &how, true);
}

/* A frame with its sign, its name and how it is set beside it; a stroke through it when it is broken. */
void map_assets_draw(const struct map_pen *p)
{
    double side = 17 * p->unit;
    for (int i = 0; i < p->m->asset_count; i++) {
        const struct map_asset *a = &p->m->assets[i];
        if (!num_is_finite(a->x_m + a->y_m))
            continue;
        double x = map_px(&p->f, a->x_m), y = map_py(&p->f, a->y_m);
        if (!rect_inside((struct rect){x, y, 0, 0}, rect_inset(p->f.rect, -side)))
            continue;
        (void)team_spot(p, side, &x, &y);
        struct rect box = {x - side / 2, y - side / 2, side, side};
        fill_round_rect(p->cr, box, 2 * p->unit, 0xFFFFFFFF);
        stroke_round_rect(p->cr, box, 2 * p->unit, (a->selected ? 2.6 : 1.5) * p->unit,
                          a->selected ? p->th->accent : a->broken ? state_colour[SITE_REACHED] : p->th->map_ink);
        struct label how = {.size = side * 0.66, .bold = true, .colour = p->th->map_ink};
        struct size size = label_size(p->cr, p->th, a->glyph, &how);
        draw_label(p->cr, p->th, x - size.w / 2, y - size.h / 2, a->glyph, &how);
        if (a->broken)
            stroke_line(p->cr, box.x, box.y + side, box.x + side, box.y, 1.8 * p->unit, state_colour[SITE_REACHED]);
        char line[160];
        struct buf b = BUF_ON(line);
        buf_str(&b, a->name);
        buf_char(&b, ' ');
        buf_str(&b, a->setting);
        how = (struct label){.size = 11 * p->unit, .colour = p->th->map_ink};
        map_name_near(p, x, y, side * 0.6, line, &how, true);
    }
}

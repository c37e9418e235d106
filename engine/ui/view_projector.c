/* view_projector.c -- what the room sees: the common picture and nothing else; and the start screen. */
#include "base/num.h"
#include "ui/thumb.h"
#include "ui/view_parts.h"

/* The newest inject that a played seat has been told; -1 none. */
static int current_inject(const struct snapshot *n)
{
    int best = -1;
    for (int i = 0; i < ATLAS_COUNT(n->atlas, ENT_INJECT); i++) {
        if (n->inject_told[i] && n->inject_stage[i] == INJECT_FIRED && n->atlas->inject[i].message.zh.len > 0 &&
            (best < 0 || n->inject_due_ms[i] >= n->inject_due_ms[best]))
            best = i;
    }
    return best;
}

static double line(struct ui *ui, struct rect r, double y, const char *name, const char *value)
{
    double names = r.w < 420 ? r.w * 0.42 : r.w * 0.35;
    ui_text(ui, (struct rect){r.x, y, names - 4, 30}, name, &(struct label){.size = 18, .colour = ui->theme->ink_dim, .lines = 1});
    ui_text(ui, (struct rect){r.x + names, y, r.w - names, 30}, value, &(struct label){.size = 19, .bold = true, .lines = 1});
    return y + 34;
}

/* What has been told of a hazard first of all, and as of when. */
static double headline(struct view *v, struct ui *ui, const struct snapshot *n, const struct snap_headline *h, struct rect r, double y)
{
    const struct topic_row *row = topic_row(&n->atlas->names, h->topic);
    const char *said = SAY0(v, MSG_UI_NOT_REPORTED);
    if (h->fact.seen_ms >= 0) {
        char value[48];
        struct buf b = BUF_ON(value);
        topic_format(h->topic, h->fact.value, n->atlas, v->lang, &b);
        said = SAYF(ui, v, MSG_UI_HEADLINE_AT, arg_s(value), arg_s(say_clock(ui, n, h->fact.seen_ms)));
    }
    return line(ui, r, y, v->lang == LANG_ZH ? row->zh : row->en, said);
}

static double known_facts(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    const char *unknown = SAY0(v, MSG_UI_NOT_REPORTED);
    double y = r.y;
    y = line(ui, r, y, SAY0(v, MSG_UI_LEVEL), n->known_level.seen_ms >= 0 && n->known_level.value ? say_word(v, ui, VK_LEVEL, (int)n->known_level.value) : unknown);
    y = line(ui, r, y, SAY0(v, MSG_UI_COMMANDER), n->known_commander.seen_ms >= 0 && n->known_commander.value >= 0 ? say_name(ui, v, n, ENT_AGENCY, (int)n->known_commander.value) : unknown);
    y = line(ui, r, y, SAY0(v, MSG_UI_POST), n->known_post.seen_ms >= 0 && n->known_post.value >= 0 ? say_name(ui, v, n, ENT_PLACE, (int)n->known_post.value) : unknown);
    for (int i = 0; i < n->headlines; i++)
        y = headline(v, ui, n, &n->headline[i], r, y);
    int64_t moved = 0;
    for (int i = 0; i < ATLAS_COUNT(n->atlas, ENT_PLACE); i++)
        moved += n->known_moved[i].seen_ms >= 0 ? n->known_moved[i].value : 0;
    return line(ui, r, y, SAY0(v, MSG_UI_MOVED), SAYF(ui, v, MSG_UI_PEOPLE, arg_i(moved)));
}

void view_projector(struct view *v, struct ui *ui, const struct snapshot *n, double w, double h)
{
    const struct theme *th = ui->theme;
    double top = 64, clock = 148, left = (w - clock) / 2;
    ui_box(ui, (struct rect){0, 0, w, top}, 0, th->panel);
    ui_text(ui, (struct rect){16, 6, left - 32, 52}, say_title(ui, v->lang, n->atlas->meta.title), &(struct label){.size = 28, .bold = true, .lines = 1});
    ui_text(ui, (struct rect){left, 6, w - left - clock - 16, 52}, SAY0(v, MSG_UI_EXERCISE), &(struct label){.size = 22, .bold = true, .colour = th->warn, .lines = 1});
    ui_text(ui, (struct rect){w - clock - 16, 4, clock, 56}, say_clock(ui, n, n->now_ms),
            &(struct label){.size = 44, .bold = true, .digits = true, .align = ALIGN_RIGHT, .lines = 1});
    view_room(v, ui, n, (struct rect){0, top, w, h - top});
}

void view_room(struct view *v, struct ui *ui, const struct snapshot *n, struct rect all)
{
    if (n->archived) {
        view_archived(v, ui, n, (struct rect){all.x + 8, all.y + 8, all.w - 16, all.h - 16});
        return;
    }
    const struct theme *th = ui->theme;
    struct view_map *common = &v->map[v->lang][MAP_COMMON];
    double side = num_max(360, all.w * 0.36);
    struct rect map = view_site_tabs(v, ui, n, (struct rect){all.x + 8, all.y + 8, all.w - side - 24, all.h - 16});
    view_map_follow(v, common, n, false);
    list_add(ui->list, (struct mark){.kind = DRAW_MAP, .r = map, .of = &common->pieces.m, .version = common->version, .text = SAY0(v, MSG_UI_MAP_COMMON)});
    struct rect r = {all.x + all.w - side - 4, all.y + 8, side - 8, all.h - 16};
    struct rect in = ui_panel(ui, r, NULL);
    int inject = current_inject(n);
    double low = num_min(190, in.h * 0.5);
    if (inject >= 0) {
        ui_text(ui, (struct rect){in.x, in.y + 4, in.w, 36}, say_name(ui, v, n, ENT_INJECT, inject), &(struct label){.size = 26, .bold = true, .colour = th->accent, .lines = 1});
        ui_text(ui, (struct rect){in.x, in.y + 46, in.w, in.h - low - 54}, say_title(ui, v->lang, n->atlas->inject[inject].message),
                &(struct label){.size = 25, .lines = (int)num_max(2, (in.h - low - 60) / 36)});
    } else {
        ui_text(ui, (struct rect){in.x, in.y + 10, in.w, 60}, SAY0(v, MSG_UI_NO_INJECT), &(struct label){.size = 22, .lines = 2, .colour = th->ink_dim});
    }
    struct rect facts = {in.x, in.y + in.h - low + 8, in.w, low - 8};
    ui_box(ui, (struct rect){in.x, facts.y - 6, in.w, 1}, 0, th->border);
    if (v->score_released && n->scored) {
        char total[24];
        struct buf b = BUF_ON(total);
        buf_fixed(&b, n->eval.total, 1);
        (void)line(ui, facts, facts.y, SAY0(v, MSG_UI_SCORE), list_keep(ui->list, total));
        (void)line(ui, facts, facts.y + 34, SAY0(v, MSG_UI_GRADE), say_title(ui, v->lang, grade_title(n->eval.grade)));
        return;
    }
    (void)known_facts(v, ui, n, facts);
}

/* One scenario or drill; true when it was chosen. */
static bool start_row(struct view *v, struct ui *ui, const struct start_item *it, int i, struct rect r)
{
    const struct theme *th = ui->theme;
    char id[24];
    struct buf b = BUF_ON(id);
    buf_str(&b, "item");
    buf_i64(&b, i);
    double left = it->drill || r.w < 420 ? 14 : THUMB_W + 18; /* beside the picture */
    ui_box(ui, r, 6, th->panel);
    ui_edge(ui, r, 6, th->border);
    if (left > 14 && it->picture)
        list_add(ui->list, (struct mark){.kind = DRAW_PICTURE, .r = {r.x + 4, r.y + 4, THUMB_W, THUMB_H}, .of = it->picture});
    ui_text_tip(ui, (struct rect){r.x + left, r.y + (it->drill ? 2 : 6), r.w - left - 146, 26}, it->title[v->lang],
                &(struct label){.size = 17, .bold = true, .lines = 1});
    ui_text_tip(ui, (struct rect){r.x + left, r.y + (it->drill ? 26 : 34), r.w - left - 146, it->drill ? 16 : THUMB_H - 34}, it->note[v->lang],
                &(struct label){.size = it->drill ? 11.5 : 13, .colour = th->ink_dim, .lines = it->drill ? 1 : 4});
    return ui_button(ui, id, (struct rect){r.x + r.w - 124, r.y + (it->drill ? 8 : 40), 110, 30}, it->drill ? SAY0(v, MSG_UI_GO_ON) : SAY0(v, MSG_UI_BEGIN),
                     it->drill ? 0 : BUTTON_ACCENT, it->path);
}

/* Scenarios or drills under their heading; moves *y on. */
static int start_group(struct view *v, struct ui *ui, const struct start_item *items, int count, bool drills, struct rect r, double *y)
{
    int chosen = -1, shown = 0;
    ui_text(ui, (struct rect){r.x, *y, r.w, 24}, drills ? SAY0(v, MSG_UI_DRILLS) : SAY0(v, MSG_UI_SCENARIOS), &(struct label){.size = 16, .bold = true, .lines = 1});
    *y += 30;
    for (int i = 0; i < count; i++) {
        if (items[i].drill != drills)
            continue;
        struct rect row = {r.x, *y, r.w, drills ? 46 : THUMB_H + 8};
        if (start_row(v, ui, &items[i], i, row))
            chosen = i;
        *y += row.h + 8;
        shown++;
    }
    if (shown == 0)
        ui_text(ui, (struct rect){r.x, *y, r.w, 22}, SAY0(v, MSG_UI_NOTHING), &(struct label){.size = 13, .colour = ui->theme->ink_dim, .lines = 1});
    *y += shown == 0 ? 34 : 14;
    return chosen;
}

int view_start(struct view *v, struct ui *ui, const struct start_item *items, int count, const char *problem, double w, double h)
{
    const struct theme *th = ui->theme;
    double width = num_min(900, w - 40), x = (w - width) / 2, y = 40;
    v->wishes = 0;
    if (ui_pressed(ui, KEY_F9, false))
        v->lang = v->lang == LANG_ZH ? LANG_EN : LANG_ZH;
    ui_text(ui, (struct rect){x, y, width - 60, 46}, SAY0(v, MSG_UI_TITLE), &(struct label){.size = 30, .bold = true, .lines = 1});
    if (ui_button(ui, "lang", (struct rect){x + width - 50, y + 6, 50, 30}, v->lang == LANG_ZH ? "EN" : "中", 0, SAY0(v, MSG_UI_LANG_TIP)))
        v->lang = v->lang == LANG_ZH ? LANG_EN : LANG_ZH;
    ui_text(ui, (struct rect){x, y + 46, width, 24}, SAY0(v, MSG_UI_SUBTITLE), &(struct label){.size = 15, .colour = th->ink_dim, .lines = 1});
    y += 86;
    if (problem && problem[0])
        ui_text_tip(ui, (struct rect){x, y - 8, width, 24}, problem, &(struct label){.size = 14, .colour = th->bad, .lines = 1});
    y += 18;
    struct ui_pane pane;
    struct rect room = ui_scroll_begin(ui, "start", (struct rect){x, y, width, num_max(40, h - y - 8)}, v->start_height, &pane);
    double at = room.y;
    int scenario = start_group(v, ui, items, count, false, room, &at);
    int drill = start_group(v, ui, items, count, true, room, &at);
    ui_scroll_end(ui, &pane);
    v->start_height = at - room.y;
    return scenario >= 0 ? scenario : drill;
}

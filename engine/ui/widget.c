#include "ui/widget.h"

#include <string.h>

#include "base/hash.h"
#include "base/num.h"

enum { ROW = 24, FIELD_WRAPS = 46, FIELD_LINE = 21 };

uint64_t ui_id(const char *text)
{
    uint64_t h = hash_bytes(text, strlen(text), 7);
    return h ? h : 1;
}

bool ui_over(const struct ui *ui, struct rect r)
{
    return ui->in.x >= r.x && ui->in.x < r.x + r.w && ui->in.y >= r.y && ui->in.y < r.y + r.h;
}

bool ui_pressed(const struct ui *ui, enum ui_key key, bool ctrl)
{
    for (int i = 0; i < ui->in.keys; i++) {
        if (ui->in.key[i].key == key && ui->in.key[i].ctrl == ctrl)
            return true;
    }
    return false;
}

bool ui_take(struct ui *ui, enum ui_key key)
{
    bool found = false;
    for (int i = 0; i < ui->in.keys; i++) {
        if (ui->in.key[i].key == key && !ui->in.key[i].ctrl && !ui->in.key[i].shift) {
            ui->in.key[i].key = KEY_NONE;
            found = true;
        }
    }
    return found;
}

void ui_begin(struct ui *ui, struct draw_list *list, const struct theme *th)
{
    ui->list = list;
    ui->theme = th;
    ui->focusables = 0;
    ui->tip = NULL;
    ui->hot = 0;
    ui->used = false;
    ui->focus_typed = false;
    list_clear(list);
}

static bool focusable(struct ui *ui, uint64_t id)
{
    if (ui->focusables < UI_FOCUSABLE && !ui->blocked)
        ui->focusable[ui->focusables++] = id;
    return ui->focus == id;
}

static void move_focus(struct ui *ui, int by)
{
    int at = -1;
    for (int i = 0; i < ui->focusables; i++) {
        if (ui->focusable[i] == ui->focus)
            at = i;
    }
    if (ui->focusables > 0)
        ui->focus = ui->focusable[(at + by + ui->focusables) % ui->focusables];
}

/* How wide it is set, about: Han are as wide as high, Latin half. */
static double text_width(const char *text, double size)
{
    double w = 0;
    for (const char *c = text; *c; c++)
        w += ((unsigned char)*c & 0x80) == 0 ? 0.52 : ((unsigned char)*c & 0xc0) == 0xc0 ? 1.0 : 0;
    return w * size;
}

static bool is_cut(const char *text, double size, double width, int lines)
{
    /* A line of several ends at a word, which leaves some of it empty. */
    return text_width(text, size) > width * (lines > 1 ? 0.92 * lines : 1.0);
}

void ui_end(struct ui *ui, double width, double height)
{
    for (int i = 0; i < ui->in.keys; i++) {
        if (ui->in.key[i].key == KEY_TAB)
            move_focus(ui, ui->in.key[i].shift ? -1 : 1);
        if (ui->in.key[i].key == KEY_ESCAPE)
            ui->focus = 0;
    }
    if (ui->tip) {
        double w = num_min(320, width - 16);
        int lines = 2;
        while (lines < 6 && is_cut(ui->tip, 12, w - 16, lines))
            lines++;
        double h = 12 + 18.0 * lines;
        struct rect r = {num_min(ui->in.x + 12, width - w - 8), num_min(ui->in.y + 18, height - h - 8), w, h};
        ui_box(ui, r, 6, ui->theme->panel_alt);
        ui_edge(ui, r, 6, ui->theme->border);
        ui_text(ui, (struct rect){r.x + 8, r.y + 6, r.w - 16, r.h - 10}, ui->tip, &(struct label){.size = 12, .lines = lines});
    }
    if (ui->in.released)
        ui->active = 0;
    double x = ui->in.x, y = ui->in.y;
    bool down = ui->in.down;
    ui->in = (struct ui_input){.x = x, .y = y, .down = down};
}

/* ---- shapes ---- */

void ui_box(struct ui *ui, struct rect r, double radius, uint32_t colour)
{
    list_add(ui->list, (struct mark){.kind = DRAW_BOX, .r = r, .radius = radius, .colour = colour});
}

void ui_edge(struct ui *ui, struct rect r, double radius, uint32_t colour)
{
    list_add(ui->list, (struct mark){.kind = DRAW_EDGE, .r = r, .radius = radius, .colour = colour});
}

void ui_text(struct ui *ui, struct rect r, const char *text, const struct label *how)
{
    static const struct label plain = {0};
    if (r.w <= 2 || r.h <= 2 || !text || !text[0])
        return;
    struct mark c = {.kind = DRAW_TEXT, .r = r, .text = text, .how = how ? *how : plain};
    if (!c.how.colour)
        c.how.colour = ui->theme->ink;
    if (c.how.size <= 0)
        c.how.size = 13;
    list_add(ui->list, c);
}

void ui_text_tip(struct ui *ui, struct rect r, const char *text, const struct label *how)
{
    ui_text(ui, r, text, how);
    if (text && !ui->blocked && ui_over(ui, r) && is_cut(text, how->size > 0 ? how->size : 13, r.w, how->lines > 0 ? how->lines : 1))
        ui->tip = list_keep(ui->list, text);
}

struct rect ui_panel(struct ui *ui, struct rect r, const char *title)
{
    ui_box(ui, r, 6, ui->theme->panel);
    ui_edge(ui, r, 6, ui->theme->border);
    double head = title ? 26 : 6;
    ui_text(ui, (struct rect){r.x + 10, r.y + 4, r.w - 20, 22}, title, &(struct label){.size = 13, .bold = true});
    return (struct rect){r.x + 8, r.y + head, r.w - 16, r.h - head - 6};
}

void ui_tag(struct ui *ui, struct rect r, const char *text, uint32_t colour)
{
    ui_box(ui, r, r.h / 2, colour_alpha(colour, 0.25));
    ui_text_tip(ui, r, text, &(struct label){.size = 11.5, .align = ALIGN_CENTRE, .colour = colour});
}

void ui_bar(struct ui *ui, struct rect r, double share, uint32_t colour)
{
    ui_box(ui, r, r.h / 2, ui->theme->grid);
    share = num_clamp(share, 0.0, 1.0);
    if (share > 0.01)
        ui_box(ui, (struct rect){r.x, r.y, r.w * share, r.h}, r.h / 2, colour);
}

/* ---- pressing ---- */

/* The common part of everything that is pressed. */
static bool press(struct ui *ui, uint64_t id, struct rect r, bool enabled)
{
    bool over = !ui->blocked && ui_over(ui, r);
    bool has_focus = enabled && focusable(ui, id);
    if (over)
        ui->hot = id;
    if (over && enabled && ui->in.pressed && !ui->used) {
        ui->active = id;
        ui->focus = id;
        ui->used = true;
    }
    if (over && enabled && ui->in.released && ui->active == id)
        return true;
    if (has_focus && !ui->blocked && (ui_pressed(ui, KEY_ENTER, false) || ui_pressed(ui, KEY_SPACE, false)))
        return true;
    return false;
}

bool ui_button(struct ui *ui, const char *id, struct rect r, const char *text, int flags, const char *tip)
{
    const struct theme *th = ui->theme;
    uint64_t n = ui_id(id);
    bool enabled = !(flags & BUTTON_OFF);
    bool hit = press(ui, n, r, enabled);
    bool over = ui->hot == n;
    uint32_t back = flags & (BUTTON_ACCENT | BUTTON_ON) ? th->accent : th->panel_alt;
    uint32_t ink = flags & (BUTTON_ACCENT | BUTTON_ON) ? th->on_accent : th->ink;
    if (!enabled) {
        back = th->panel;
        ink = th->ink_faint;
    } else if (over) {
        back = colour_mix(back, th->ink, 0.12);
    }
    if (!(flags & BUTTON_FLAT) || over)
        ui_box(ui, r, 5, back);
    if (!(flags & BUTTON_FLAT))
        ui_edge(ui, r, 5, ui->focus == n ? th->accent : th->border);
    else if (ui->focus == n)
        ui_edge(ui, r, 5, th->accent);
    ui_text(ui, (struct rect){r.x + 4, r.y, r.w - 8, r.h}, text,
            &(struct label){.size = 13, .align = ALIGN_CENTRE, .colour = ink, .lines = 1});
    if (over && is_cut(text, 13, r.w - 8, 1)) {
        char whole[UI_TEXT];
        struct buf b = BUF_ON(whole);
        buf_str(&b, text);
        buf_str(&b, tip && tip[0] ? "\n" : "");
        buf_str(&b, tip ? tip : "");
        ui->tip = list_keep(ui->list, whole);
    } else if (over && tip && tip[0]) {
        ui->tip = list_keep(ui->list, tip);
    }
    return hit && enabled;
}

int ui_tabs(struct ui *ui, const char *id, struct rect r, const char *const *names, int count, int now)
{
    const struct theme *th = ui->theme;
    double w = r.w / (count > 0 ? count : 1);
    for (int i = 0; i < count; i++) {
        char name[96];
        struct buf b = BUF_ON(name);
        buf_str(&b, id);
        buf_i64(&b, i);
        struct rect tab = {r.x + i * w, r.y, w, r.h};
        uint64_t n = ui_id(name);
        if (press(ui, n, tab, true))
            now = i;
        ui_text(ui, tab, names[i], &(struct label){.size = 13, .align = ALIGN_CENTRE, .bold = i == now, .lines = 1,
                                                   .colour = i == now || ui->hot == n ? th->ink : th->ink_dim});
        ui_box(ui, (struct rect){tab.x + 4, tab.y + tab.h - 2, tab.w - 8, 2}, 1, i == now ? th->accent : th->grid);
        if (ui->focus == n)
            ui_edge(ui, rect_inset(tab, 1), 4, th->accent);
    }
    return now;
}

int ui_dropdown(struct ui *ui, const char *id, struct rect r, const char *const *names, int count, int now, bool *open)
{
    const struct theme *th = ui->theme;
    char text[160];
    struct buf b = BUF_ON(text);
    buf_str(&b, now >= 0 && now < count ? names[now] : "—");
    buf_str(&b, " ▾");
    if (ui_button(ui, id, r, text, *open ? BUTTON_ON : BUTTON_PLAIN, NULL))
        *open = !*open;
    if (!*open)
        return now;
    struct rect box = {r.x, r.y + r.h + 2, r.w, count * (double)ROW + 4};
    ui_box(ui, box, 5, th->panel_alt);
    ui_edge(ui, box, 5, th->accent);
    for (int i = 0; i < count; i++) {
        char name[96];
        struct buf nb = BUF_ON(name);
        buf_str(&nb, id);
        buf_str(&nb, "/");
        buf_i64(&nb, i);
        if (ui_button(ui, name, (struct rect){box.x + 2, box.y + 2 + i * (double)ROW, box.w - 4, ROW}, names[i],
                      BUTTON_FLAT | (i == now ? BUTTON_ON : 0), NULL)) {
            now = i;
            *open = false;
        }
    }
    if (ui->in.pressed && !ui_over(ui, box) && !ui_over(ui, r))
        *open = false;
    return now;
}

/* ---- fields ---- */

void ui_edit_set(struct ui_edit *edit, const char *text)
{
    (void)text_copy(edit->text, (int)sizeof(edit->text), text_of(text));
    edit->caret = (int)strlen(edit->text);
    edit->changed = true;
}

void ui_focus(struct ui *ui, const char *id)
{
    ui->focus = ui_id(id);
}

static int step_back(const char *text, int at)
{
    if (at <= 0)
        return 0;
    at--;
    while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
        at--;
    return at;
}

static int step_on(const char *text, int at)
{
    if (!text[at])
        return at;
    at++;
    while (((unsigned char)text[at] & 0xc0) == 0x80)
        at++;
    return at;
}

static void insert(struct ui_edit *edit, const char *text)
{
    int n = (int)strlen(text), len = (int)strlen(edit->text);
    if (n == 0 || len + n >= UI_TEXT || !text_is_utf8((struct text){text, n}))
        return;
    memmove(edit->text + edit->caret + n, edit->text + edit->caret, (size_t)(len - edit->caret) + 1);
    for (int i = 0; i < n; i++)
        edit->text[edit->caret + i] = (unsigned char)text[i] < 32 ? ' ' : text[i];
    edit->caret += n;
    edit->changed = true;
}

static void erase(struct ui_edit *edit, int from, int to)
{
    if (to <= from)
        return;
    memmove(edit->text + from, edit->text + to, strlen(edit->text + to) + 1);
    edit->caret = from;
    edit->changed = true;
}

static bool edit_keys(struct ui *ui, struct ui_edit *edit)
{
    bool entered = false;
    for (int i = 0; i < ui->in.keys; i++) {
        switch (ui->in.key[i].key) {
        case KEY_ENTER: entered = ui->in.preedit[0] == '\0'; break;
        case KEY_LEFT: edit->caret = step_back(edit->text, edit->caret); break;
        case KEY_RIGHT: edit->caret = step_on(edit->text, edit->caret); break;
        case KEY_HOME: edit->caret = 0; break;
        case KEY_END: edit->caret = (int)strlen(edit->text); break;
        case KEY_BACKSPACE: erase(edit, step_back(edit->text, edit->caret), edit->caret); break;
        case KEY_DELETE: erase(edit, edit->caret, step_on(edit->text, edit->caret)); break;
        default: break;
        }
    }
    insert(edit, ui->in.text);
    if (ui->in.paste)
        insert(edit, ui->in.paste);
    return entered;
}

double ui_field_height(const char *text, double width, int least, int most)
{
    double at = 0;
    int lines = 1;
    for (const char *c = text; *c; c++) { /* Han are as wide as high, Latin about half */
        double w = ((unsigned char)*c & 0x80) == 0 ? 7.6 : ((unsigned char)*c & 0xc0) == 0xc0 ? 14.2 : 0;
        lines += at + w > width - 18;
        at = at + w > width - 18 ? w : at + w;
    }
    lines = lines < least ? least : lines > most ? most : lines;
    return lines > 1 ? lines * (double)FIELD_LINE + 10 : 30;
}

bool ui_field(struct ui *ui, const char *id, struct rect r, struct ui_edit *edit, const char *hint)
{
    const struct theme *th = ui->theme;
    uint64_t n = ui_id(id);
    bool over = !ui->blocked && ui_over(ui, r), entered = false;
    bool focus = focusable(ui, n);
    const int lines = r.h >= FIELD_WRAPS ? (int)((r.h - 8) / FIELD_LINE) : 1;
    const struct rect inner = {r.x + 8, r.y + (lines > 1 ? 5 : 0), r.w - 16, r.h - (lines > 1 ? 8 : 0)};
    edit->changed = false;
    if (over && ui->in.pressed && !ui->used) {
        ui->focus = n;
        ui->used = true;
        focus = true;
        edit->caret = ui->painter ? painter_index(ui->painter, edit->text, 14, lines > 1 ? inner.w : 0, ui->in.x - inner.x, ui->in.y - inner.y) : (int)strlen(edit->text);
        if (edit->caret > (int)strlen(edit->text))
            edit->caret = (int)strlen(edit->text);
        if (edit->caret > 0) /* between characters, never inside one */
            edit->caret = step_on(edit->text, step_back(edit->text, edit->caret));
    }
    if (focus) {
        entered = edit_keys(ui, edit);
        ui->focus_typed = true;
        ui->field = r;
    }
    ui_box(ui, r, 5, th->back);
    ui_edge(ui, r, 5, focus ? th->accent : th->border);
    char shown[2 * UI_TEXT];
    struct buf b = BUF_ON(shown);
    buf_text(&b, (struct text){edit->text, edit->caret});
    int caret = b.len;
    if (focus && ui->in.preedit[0]) {
        buf_str(&b, "[");
        buf_str(&b, ui->in.preedit);
        caret = b.len;
        buf_str(&b, "]");
    }
    buf_str(&b, edit->text + edit->caret);
    if (shown[0])
        ui_text(ui, inner, shown, &(struct label){.size = 14, .lines = lines});
    else
        ui_text(ui, inner, hint, &(struct label){.size = 14, .colour = th->ink_faint, .lines = lines});
    if (focus)
        list_add(ui->list, (struct mark){.kind = DRAW_CARET, .r = inner, .text = shown, .number = caret, .colour = th->accent,
                                            .how = {.size = 14, .lines = lines}});
    return entered;
}

/* ---- tables ---- */

static double *scroll_of(struct ui *ui, uint64_t id)
{
    int empty = 0;
    for (int i = 0; i < UI_SCROLLS; i++) {
        if (ui->scroll[i].id == id)
            return &ui->scroll[i].at;
        if (!ui->scroll[i].id) {
            empty = i;
            break;
        }
    }
    ui->scroll[empty].id = id;
    ui->scroll[empty].at = -1; /* never scrolled */
    return &ui->scroll[empty].at;
}

static void draw_row(struct ui *ui, const struct ui_table *t, const struct ui_row *row, struct rect r, bool mark)
{
    const struct theme *th = ui->theme;
    double sum = 0.0, x = r.x + 4;
    for (int c = 0; c < t->columns; c++)
        sum += t->width[c];
    if (row->back || mark)
        ui_box(ui, r, 4, mark ? colour_alpha(th->accent, 0.3) : row->back);
    if (row->below) {
        double indent = t->columns > 1 ? (r.w - 8) * t->width[0] / sum : 0;
        ui_text(ui, (struct rect){x + indent, r.y + r.h - 21, r.w - 12 - indent, 18}, row->below, &(struct label){.size = 11.5, .lines = 1, .colour = th->ink_dim});
        r.h -= 18;
    }
    for (int c = 0; c < t->columns; c++) {
        const struct ui_cell *cell = &row->cell[c];
        double w = (r.w - 8) * t->width[c] / sum;
        struct rect at = {x, r.y, w - 4, r.h};
        x += w;
        if (!cell->text || !cell->text[0])
            continue;
        bool tall = r.h > 30;
        if (!cell->tag)
            ui_text_tip(ui, tall ? (struct rect){at.x, at.y + 3, at.w, at.h - 4} : at, cell->text,
                        &(struct label){.size = 12.5, .bold = cell->bold, .colour = cell->colour ? cell->colour : th->ink,
                                        .lines = tall ? 2 : 1});
        else
            ui_tag(ui, (struct rect){at.x, r.y + (r.h > 30 ? 4 : 3), at.w, 18}, cell->text, cell->colour ? cell->colour : th->idle);
    }
}

static void bring_into_sight(double *at, double row, double height, double room)
{
    if (row < *at)
        *at = row;
    if (row + height > *at + room)
        *at = row + height - room;
}

int ui_table(struct ui *ui, const char *id, struct rect r, const struct ui_table *t, int selected)
{
    const struct theme *th = ui->theme;
    uint64_t n = ui_id(id);
    double *at = scroll_of(ui, n), height = t->row_height > 0 ? t->row_height : ROW;
    double most = num_max(0.0, t->rows * height - r.h);
    bool over = !ui->blocked && ui_over(ui, r), focus = focusable(ui, n), at_end = *at < 0 || *at >= most - height * 1.5;
    int chosen = -1;
    if (over && ui->in.wheel != 0.0)
        *at -= ui->in.wheel * height * 3;
    if (focus) {
        *at += (ui_pressed(ui, KEY_PAGE_DOWN, false) - ui_pressed(ui, KEY_PAGE_UP, false)) * r.h;
        int move = ui_pressed(ui, KEY_DOWN, false) - ui_pressed(ui, KEY_UP, false);
        if (move && t->rows > 0) {
            chosen = selected + move < 0 ? 0 : selected + move >= t->rows ? t->rows - 1 : selected + move;
            bring_into_sight(at, chosen * height, height, r.h);
        }
    }
    if (t->show && selected >= 0)
        bring_into_sight(at, selected * height, height, r.h);
    if (t->to_end && !t->show && at_end && ui->in.wheel == 0.0)
        *at = most;
    *at = num_clamp(*at, 0.0, most);
    list_add(ui->list, (struct mark){.kind = DRAW_CLIP, .r = r});
    for (int i = (int)(*at / height); i < t->rows && i * height - *at < r.h; i++) {
        struct rect line = {r.x, r.y + i * height - *at, r.w - (most > 0 ? 8 : 0), height - 1};
        struct ui_row row = {0};
        t->row(t->ctx, i, &row);
        bool under = over && ui_over(ui, line);
        if (under && ui->in.pressed && !ui->used) {
            chosen = i;
            ui->focus = n;
            ui->used = true;
        }
        draw_row(ui, t, &row, line, i == selected);
        if (under && i != selected)
            ui_edge(ui, line, 4, th->border);
    }
    if (most > 0) {
        double share = r.h / (t->rows * height);
        ui_box(ui, (struct rect){r.x + r.w - 5, r.y + *at / (t->rows * height) * r.h, 4, num_max(12, r.h * share)}, 2, th->ink_faint);
    }
    list_add(ui->list, (struct mark){.kind = DRAW_UNCLIP, .r = r});
    if (focus)
        ui_edge(ui, rect_inset(r, -2), 4, colour_alpha(th->accent, 0.6));
    return chosen;
}

struct rect ui_scroll_begin(struct ui *ui, const char *id, struct rect r, double content, struct ui_pane *pane)
{
    double *at = scroll_of(ui, ui_id(id)), most = num_max(0.0, content - r.h);
    bool over = !ui->blocked && ui_over(ui, r);
    if (over)
        *at -= ui->in.wheel * 48;
    *at = num_clamp(*at, 0.0, most);
    *pane = (struct ui_pane){r, content, *at, ui->in.x, ui->in.y};
    if (!over)
        ui->in.x = ui->in.y = -1e6;
    list_add(ui->list, (struct mark){.kind = DRAW_CLIP, .r = r});
    return (struct rect){r.x, r.y - *at, r.w - (most > 0 ? 10 : 0), num_max(r.h, content)};
}

void ui_scroll_end(struct ui *ui, const struct ui_pane *pane)
{
    const struct rect r = pane->r;
    ui->in.x = pane->x;
    ui->in.y = pane->y;
    list_add(ui->list, (struct mark){.kind = DRAW_UNCLIP, .r = r});
    if (pane->content > r.h)
        ui_box(ui, (struct rect){r.x + r.w - 5, r.y + pane->at / pane->content * r.h, 4, num_max(12, r.h * r.h / pane->content)}, 2, ui->theme->ink_faint);
}

double ui_split(struct ui *ui, const char *id, struct rect r, double at, bool upright)
{
    uint64_t n = ui_id(id);
    if (!ui->blocked && ui_over(ui, r)) {
        ui->hot = n;
        if (ui->in.pressed && !ui->used) {
            ui->active = n;
            ui->used = true;
        }
    }
    if (ui->active == n && ui->in.down)
        at = upright ? ui->in.x : ui->in.y;
    ui_box(ui, upright ? (struct rect){r.x + r.w / 2 - 1, r.y + r.h / 2 - 14, 2, 28} : (struct rect){r.x + r.w / 2 - 14, r.y + r.h / 2 - 1, 28, 2}, 1,
           ui->hot == n || ui->active == n ? ui->theme->accent : ui->theme->border);
    return at;
}

/* view.c -- the facilitator's screen: clock and controls above, panels at the sides, the line for orders below. */
#include "ui/view_parts.h"

#include <string.h>

#include "base/num.h"

/* ---- words ---- */

const char *say_msg(struct ui *ui, enum lang lang, enum msg id, const struct arg *args, int count)
{
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    msg_format(&b, lang, id, args, count);
    return list_keep(ui->list, line);
}

const char *say_title(struct ui *ui, enum lang lang, struct title t)
{
    char line[TITLE_BYTES * 4];
    struct text first = lang == LANG_ZH ? t.zh : t.en;
    (void)text_copy(line, (int)sizeof(line), first.len > 0 ? first : lang == LANG_ZH ? t.en : t.zh);
    return list_keep(ui->list, line);
}

const char *say_name(struct ui *ui, const struct view *v, const struct snapshot *n, enum entity kind, int id)
{
    char line[TITLE_BYTES * 2];
    struct buf b = BUF_ON(line);
    static const enum value_kind kinds[] = {[ENT_AGENCY] = VK_AGENCY, [ENT_TEAM] = VK_TEAM, [ENT_PLACE] = VK_PLACE, [ENT_ROAD] = VK_ROAD,
                                            [ENT_LINE] = VK_LINE, [ENT_CHANNEL] = VK_CHANNEL, [ENT_SERVICE] = VK_SERVICE,
                                            [ENT_GROUP] = VK_GROUP, [ENT_SUPPLY] = VK_SUPPLY, [ENT_INJECT] = VK_INJECT,
                                            [ENT_OBJECTIVE] = VK_OBJECTIVE, [ENT_CLAUSE] = VK_CLAUSE,
                                            [ENT_ASSET] = VK_ASSET};
    value_format(kinds[kind], id, n->atlas, v->lang, false, &b);
    return list_keep(ui->list, line);
}

const char *say_clock(struct ui *ui, const struct snapshot *n, int64_t t_ms)
{
    char line[32];
    struct buf b = BUF_ON(line);
    clock_format(t_ms, n->atlas->meta.start_clock_ms, &b);
    return list_keep(ui->list, line);
}

const char *say_word(const struct view *v, struct ui *ui, enum value_kind kind, int i)
{
    return say_title(ui, v->lang, word_title(NULL, kind, i));
}

const char *say_event(struct ui *ui, const struct view *v, const struct snapshot *n, const struct event *e)
{
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    event_format(e, n->atlas, v->lang, &b);
    return list_keep(ui->list, line);
}

/* ---- wishes ---- */

void view_wish(struct view *v, enum wish_kind kind, const char *text)
{
    if (v->wishes == VIEW_WISHES)
        return;
    struct wish *w = &v->wish[v->wishes++];
    *w = (struct wish){.kind = kind};
    if (text)
        (void)text_copy(w->text, (int)sizeof(w->text), text_of(text));
}

int view_commander(const struct snapshot *n)
{
    if (n->command.commander >= 0)
        return n->command.commander;
    for (int i = 0; i < ATLAS_COUNT(n->atlas, ENT_AGENCY); i++) {
        if (n->atlas->agency[i].commands && n->atlas->agency[i].played)
            return i;
    }
    return 0;
}

void view_order(struct view *v, const struct snapshot *n, int agency, const char *rest)
{
    char line[LINE_BYTES];
    struct buf b = BUF_ON(line);
    if (agency >= 0) {
        buf_text(&b, names_name(&n->atlas->names, ENT_AGENCY, agency));
        buf_char(&b, ' ');
    } else {
        buf_str(&b, "facilitator ");
    }
    buf_str(&b, rest);
    view_wish(v, WISH_ORDER, line);
}

/* ---- the bar above ---- */

static const double speeds[] = {1, 10, 30, 60, 120, 300, 600, 3600};

static void speed_choice(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    const char *names[COUNT_OF(speeds)];
    int now = 3;
    for (int i = 0; i < COUNT_OF(speeds); i++) {
        names[i] = SAYF(ui, v, MSG_UI_SPEED, arg_i((int64_t)speeds[i]));
        if (n->speed >= speeds[i])
            now = i;
    }
    int chosen = ui_dropdown(ui, "speed", r, names, COUNT_OF(speeds), now, &v->speed_open);
    if (chosen != now) {
        view_wish(v, WISH_SPEED, NULL);
        v->wish[v->wishes - 1].value = speeds[chosen];
    }
}

/* "At this pace it ends at 17:40": from now, at this speed, without further pauses. */
static const char *pace(struct view *v, struct ui *ui, const struct snapshot *n)
{
    if (v->wall_ms <= 0 || n->phase != SESSION_RUNNING || n->speed <= 0.0)
        return "";
    int64_t left = n->atlas->meta.length_ms - n->now_ms;
    int64_t end = v->wall_ms + (int64_t)((double)left / n->speed) + 8 * 3600000; /* Beijing time */
    char clock[16];
    struct buf b = BUF_ON(clock);
    clock_format(end % 86400000 / 60000 * 60000, 0, &b);
    return SAYF(ui, v, MSG_UI_PACE, arg_s(clock));
}

static const char *phase_word(const struct view *v, const struct snapshot *n)
{
    static const enum msg words[] = {MSG_UI_IDLE, MSG_UI_RUNNING, MSG_UI_PAUSED, MSG_UI_FINISHED, MSG_UI_ABORTED};
    return n->holding && n->phase != SESSION_RUNNING ? SAY0(v, MSG_UI_HOLDING) : SAY0(v, words[n->phase]);
}

static void top_bar(struct view *v, struct ui *ui, const struct snapshot *n, double w)
{
    const struct theme *th = ui->theme;
    bool over = n->phase >= SESSION_FINISHED, running = n->phase == SESSION_RUNNING;
    ui_box(ui, (struct rect){0, 0, w, 48}, 0, th->panel);
    ui_text(ui, (struct rect){12, 4, w * 0.24, 22}, say_title(ui, v->lang, n->atlas->meta.title),
            &(struct label){.size = 15, .bold = true, .lines = 1});
    ui_text(ui, (struct rect){12, 25, w * 0.24, 18}, SAY0(v, MSG_UI_EXERCISE), &(struct label){.size = 11.5, .colour = th->warn, .lines = 1});
    double x = w * 0.25 + 12;
    ui_text(ui, (struct rect){x, 4, 92, 40}, say_clock(ui, n, n->now_ms),
            &(struct label){.size = 26, .bold = true, .digits = true, .colour = running ? th->good : th->warn, .lines = 1});
    ui_text(ui, (struct rect){x + 96, 4, 190, 20}, phase_word(v, n), &(struct label){.size = 13, .bold = true, .lines = 1,
                                                                                    .colour = running ? th->good : over ? th->idle : th->warn});
    double run_x = num_max(x + 200, w - 640);
    bool room = run_x - 74 > x + 96 + 118; /* for the button of the assessment; F11 does it everywhere */
    ui_text(ui, (struct rect){x + 96, 24, room ? num_min(190, run_x - 82 - x - 96) : 190, 18}, pace(v, ui, n), &(struct label){.size = 11.5, .colour = th->ink_dim, .lines = 1});
    x = run_x;
    if (room && ui_button(ui, "desk", (struct rect){x - 74, 9, 68, 30}, SAY0(v, MSG_MARK_BUTTON), v->page != PAGE_DRILL ? BUTTON_ON : 0,
                          SAY0(v, MSG_MARK_BUTTON_TIP)))
        v->page = v->page == PAGE_DRILL ? PAGE_MARK : PAGE_DRILL;
    if (ui_button(ui, "run", (struct rect){x, 9, 74, 30}, running ? SAY0(v, MSG_UI_PAUSE) : SAY0(v, MSG_UI_RUN),
                  over ? BUTTON_OFF : BUTTON_ACCENT, SAY0(v, MSG_UI_RUN_TIP)))
        view_wish(v, running ? WISH_PAUSE : WISH_RUN, NULL);
    if (ui_button(ui, "step", (struct rect){x + 80, 9, 58, 30}, SAY0(v, MSG_UI_STEP), over || running ? BUTTON_OFF : 0, SAY0(v, MSG_UI_STEP_TIP)))
        view_wish(v, WISH_STEP, NULL);
    if (ui_button(ui, "next", (struct rect){x + 144, 9, 92, 30}, SAY0(v, MSG_UI_NEXT), over ? BUTTON_OFF : 0, SAY0(v, MSG_UI_NEXT_TIP)))
        view_wish(v, WISH_NEXT, NULL);
    struct rect speed = {x + 242, 9, 84, 30};
    if (ui_button(ui, "projector", (struct rect){x + 332, 9, 76, 30}, v->hide_truth ? SAY0(v, MSG_UI_SHOW_TRUTH) : SAY0(v, MSG_UI_HIDE_TRUTH),
                  v->hide_truth ? BUTTON_ON : 0, SAY0(v, MSG_UI_HIDE_TIP)))
        v->hide_truth = !v->hide_truth;
    if (ui_button(ui, "screen", (struct rect){x + 414, 9, 62, 30}, SAY0(v, MSG_UI_PROJECTOR), v->show_projector ? BUTTON_ON : 0,
                  SAY0(v, MSG_UI_PROJECTOR_TIP)))
        v->open_projector = true;
    if (ui_button(ui, "finish", (struct rect){x + 482, 9, 56, 30}, SAY0(v, MSG_UI_FINISH), over ? BUTTON_OFF : 0, SAY0(v, MSG_UI_FINISH_TIP)))
        view_wish(v, WISH_FINISH, NULL);
    if (ui_button(ui, "lang", (struct rect){x + 544, 9, 38, 30}, v->lang == LANG_ZH ? "EN" : "中", 0, SAY0(v, MSG_UI_LANG_TIP)))
        v->lang = v->lang == LANG_ZH ? LANG_EN : LANG_ZH;
    if (ui_button(ui, "help", (struct rect){x + 588, 9, 40, 30}, "F1", v->help ? BUTTON_ON : 0, SAY0(v, MSG_UI_HELP_TIP)))
        v->help = !v->help;
    speed_choice(v, ui, n, speed);
}

/* ---- the line for orders ---- */

/* "14:32" typed as a clock time, on or after the start; -1 when it is none. */
static int64_t said_moment(const struct snapshot *n, const char *text)
{
    int64_t t;
    struct text trimmed = text_trim(text_of(text));
    return trimmed.len > 0 && moment_parse(trimmed, n->atlas->meta.start_clock_ms, &t) ? t : -1;
}

/* A correction or a back-dated order is tried first; true: only its preview was asked for. */
static bool try_first(struct view *v, int64_t said)
{
    char what[sizeof(v->previewed)];
    struct buf b = BUF_ON(what);
    buf_i64(&b, v->correct);
    buf_char(&b, ' ');
    buf_i64(&b, v->correct > 0 ? 0 : said);
    buf_char(&b, ' ');
    buf_str(&b, v->order.text);
    /* Only what was read can be confirmed: a second Enter before the answer came tries again. */
    bool seen = strcmp(what, v->previewed) == 0 && v->answer.kind == WISH_PREVIEW && v->answer.good;
    (void)text_copy(v->previewed, (int)sizeof(v->previewed), seen ? TEXT("") : text_of(what));
    if (seen)
        return false;
    view_wish(v, WISH_PREVIEW, v->order.text);
    v->wish[v->wishes - 1].seq = v->correct;
    v->wish[v->wishes - 1].t_ms = said;
    return true;
}

static void submit(struct view *v, const struct snapshot *n)
{
    int64_t said = said_moment(n, v->said.text);
    if ((v->correct > 0 || said >= 0) && try_first(v, said))
        return;
    if (v->correct > 0) {
        view_wish(v, WISH_CORRECT, v->order.text);
        v->wish[v->wishes - 1].seq = v->correct;
        v->correct = 0;
    } else if (said >= 0) {
        view_wish(v, WISH_SAID, v->order.text);
        v->wish[v->wishes - 1].t_ms = said;
    } else {
        view_wish(v, WISH_ORDER, v->order.text);
    }
    ui_edit_set(&v->said, "");
}

/* The last word is replaced by the completion. */
static void complete(struct view *v, struct ui *ui, int i)
{
    char line[UI_TEXT];
    struct buf b = BUF_ON(line);
    int cut = (int)strlen(v->order.text);
    while (cut > 0 && v->order.text[cut - 1] != ' ')
        cut--;
    buf_text(&b, (struct text){v->order.text, cut});
    buf_text(&b, v->completion[i]);
    if (b.len > 0 && line[b.len - 1] != '=')
        buf_char(&b, ' ');
    ui_edit_set(&v->order, line);
    ui_focus(ui, "order");
}

/* What would change, whole, above the line until it is confirmed or left. */
static void preview_panel(struct view *v, struct ui *ui, struct rect r)
{
    const double width = num_min(760, r.w * 0.6);
    struct rect at = {r.x + r.w - width - 8, r.y - 124, width, 120};
    struct rect in = ui_panel(ui, at, SAY0(v, MSG_UI_PREVIEW_TITLE));
    ui_edge(ui, at, 6, ui->theme->accent);
    ui_text(ui, in, err_text(&v->answer.text, v->lang),
            &(struct label){.size = 13, .lines = 4, .colour = v->answer.good ? ui->theme->ink : ui->theme->bad});
}

/* A bar with the share that is done, and the button that ends it; true when that was pressed. */
static bool busy_strip(struct view *v, struct ui *ui, struct rect r, enum msg id, double share)
{
    const struct theme *th = ui->theme;
    struct rect bar = {r.x, r.y, r.w - 84, r.h};
    ui_box(ui, bar, 4, th->back);
    if (share > 0.0)
        ui_box(ui, (struct rect){bar.x, bar.y, bar.w * num_min(1.0, share), bar.h}, 4, th->accent);
    ui_text(ui, (struct rect){bar.x + 8, bar.y + 2, bar.w - 12, bar.h - 4},
            SAYF(ui, v, id, arg_i((int64_t)(share * 100.0))),
            &(struct label){.size = 13, .bold = true, .lines = 1});
    return ui_button(ui, "call_off", (struct rect){r.x + r.w - 78, r.y, 76, r.h},
                     SAY0(v, MSG_UI_CALL_OFF), 0, SAY0(v, MSG_UI_CALL_OFF_TIP));
}

bool view_opening(struct view *v, struct ui *ui, double share, double w, double h)
{
    ui_box(ui, (struct rect){0, 0, w, h}, 0, ui->theme->back);
    bool off =
        busy_strip(v, ui, (struct rect){w * 0.2, h * 0.5 - 14, w * 0.6, 28}, MSG_UI_OPENING, share);
    return ui_pressed(ui, KEY_ESCAPE, false) || off;
}

static bool is_busy(const struct view *v)
{
    return v->busy.on && v->busy.for_ms >= BUSY_SHOWN_MS;
}

/* The first team that the drill has, sent somewhere to do what it can, as one would type it. */
static const char *example_order(const struct view *v, struct ui *ui, const struct snapshot *n)
{
    const struct atlas *a = n->atlas;
    const struct names *names = &a->names;
    char line[400];
    struct buf b = BUF_ON(line);
    int32_t task = -1, place = -1;
    if (ATLAS_COUNT(a, ENT_TEAM) == 0)
        return "";
    for (int32_t k = word_next(names, VK_TASK, -1); k >= 0 && task < 0; k = word_next(names, VK_TASK, k)) {
        const struct task_row *row = task_row(names, k);
        if (task_set_has(a->team[0].tasks, k) && (row->targets & ON_PLACE) && !(row->flags & TASK_IDLE))
            task = k;
    }
    for (int32_t i = 0; i < ATLAS_COUNT(a, ENT_PLACE) && place < 0; i++)
        if (i != a->team[0].home)
            place = i;
    const struct verb_row *verb = verb_row(VERB_DISPATCH);
    const bool zh = v->lang == LANG_ZH;
    const int to = verb_arg_find(VERB_DISPATCH, "to"), what = verb_arg_find(VERB_DISPATCH, "task");
    value_format(VK_AGENCY, a->team[0].agency, a, v->lang, !zh, &b);
    buf_char(&b, ' ');
    buf_str(&b, zh ? verb->zh : verb->name);
    buf_char(&b, ' ');
    value_format(VK_TEAM, 0, a, v->lang, !zh, &b);
    if (place >= 0) {
        buf_char(&b, ' ');
        buf_str(&b, zh ? verb->arg[to].zh : verb->arg[to].name);
        buf_char(&b, ' ');
        value_format(VK_PLACE, place, a, v->lang, !zh, &b);
    }
    if (task >= 0) {
        buf_char(&b, ' ');
        buf_str(&b, zh ? verb->arg[what].zh : verb->arg[what].name);
        buf_char(&b, '=');
        value_format(VK_TASK, task, a, v->lang, !zh, &b);
    }
    return list_keep(ui->list, line);
}

static void order_bar(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    const struct theme *th = ui->theme;
    ui_box(ui, r, 0, th->panel);
    double y = r.y + 6;
    const char *hint = v->correct > 0 ? SAYF(ui, v, MSG_UI_CORRECT_HINT, arg_i(v->correct))
                                      : SAYF(ui, v, MSG_UI_ORDER_HINT, arg_s(example_order(v, ui, n)));
    bool entered = ui_field(ui, "order", (struct rect){r.x + 8, y, r.w - 320, 34}, &v->order, hint);
    (void)ui_field(ui, "said", (struct rect){r.x + r.w - 304, y, 140, 34}, &v->said, SAY0(v, MSG_UI_SAID_HINT));
    if (ui_button(ui, "give", (struct rect){r.x + r.w - 156, y, 72, 34}, v->correct > 0 ? SAY0(v, MSG_UI_CORRECT) : SAY0(v, MSG_UI_GIVE),
                  BUTTON_ACCENT, SAY0(v, MSG_UI_GIVE_TIP)))
        entered = true;
    if (ui_button(ui, "clear", (struct rect){r.x + r.w - 78, y, 68, 34}, SAY0(v, MSG_UI_CLEAR), 0, NULL)) {
        ui_edit_set(&v->order, "");
        ui_edit_set(&v->said, "");
        v->correct = 0;
        v->previewed[0] = '\0';
    }
    if (entered && (v->order.text[0] || v->correct > 0))
        submit(v, n);
    v->completions = order_complete(text_of(v->order.text), n->atlas, v->lang, v->completion, VIEW_COMPLETIONS);
    double x = r.x + 8;
    for (int i = 0; i < v->completions; i++) {
        char id[] = "complete0", word[NAME_BYTES + 2];
        id[8] = (char)('0' + i);
        (void)text_copy(word, (int)sizeof(word), v->completion[i]);
        double width = 24 + 8.0 * num_min(16, v->completion[i].len);
        if (x + width > r.x + r.w * 0.53)
            break;
        if (ui_button(ui, id, (struct rect){x, y + 40, width, 24}, word, 0, NULL))
            complete(v, ui, i);
        x += width + 6;
    }
    if (is_busy(v)) {
        if (busy_strip(v, ui, (struct rect){r.x + r.w * 0.54, y + 40, r.w * 0.45, 24}, MSG_UI_BUSY,
                       v->busy.share))
            view_wish(v, WISH_CALL_OFF, NULL);
        return;
    }
    if (v->previewed[0] && v->answer.kind == WISH_PREVIEW) {
        preview_panel(v, ui, r);
        return;
    }
    bool notice = v->notice.rc != RC_OK && v->notice_at == v->answer.number;
    const char *word = notice ? err_text(&v->notice, v->lang) : v->answer.number > 0 ? err_text(&v->answer.text, v->lang) : SAY0(v, MSG_UI_READY);
    ui_text(ui, (struct rect){r.x + r.w * 0.54, y + 40, r.w * 0.45, 24}, word,
            &(struct label){.size = 13, .bold = true, .lines = 1, .colour = notice ? th->warn : v->answer.number == 0 ? th->ink_dim : v->answer.good ? th->good : th->bad});
}

/* ---- keys and help ---- */

static void keys(struct view *v, struct ui *ui, const struct snapshot *n)
{
    bool running = n->phase == SESSION_RUNNING, over = n->phase >= SESSION_FINISHED;
    if (ui_pressed(ui, KEY_F1, false))
        v->help = !v->help;
    if (ui_pressed(ui, KEY_F2, false))
        ui_focus(ui, "order");
    if (ui_pressed(ui, KEY_F3, false))
        v->left = (v->left + 1) % LEFT_TABS;
    if (ui_pressed(ui, KEY_F4, false))
        v->right = (v->right + 1) % RIGHT_TABS;
    if (ui_pressed(ui, KEY_F5, false) && !over)
        view_wish(v, running ? WISH_PAUSE : WISH_RUN, NULL);
    if (ui_pressed(ui, KEY_F6, false) && !running && !over)
        view_wish(v, WISH_STEP, NULL);
    if (ui_pressed(ui, KEY_F7, false) && !over)
        view_wish(v, WISH_NEXT, NULL);
    if (ui_pressed(ui, KEY_F8, false))
        v->hide_truth = !v->hide_truth;
    if (ui_pressed(ui, KEY_F9, false))
        v->lang = v->lang == LANG_ZH ? LANG_EN : LANG_ZH;
    if (ui_pressed(ui, KEY_F10, false))
        v->open_projector = true;
    if (ui_pressed(ui, KEY_F11, false)) {
        v->page = (v->page + 1) % DESK_PAGES;
        ui->focus = 0;
    }
    if (ui_pressed(ui, KEY_PLUS, true))
        v->scale = num_min(2.0, v->scale + 0.25);
    if (ui_pressed(ui, KEY_MINUS, true))
        v->scale = num_max(1.0, v->scale - 0.25);
    bool escape = ui_pressed(ui, KEY_ESCAPE, false);
    if (escape && is_busy(v)) {
        view_wish(v, WISH_CALL_OFF, NULL);
    } else if (escape) {
        v->help = false;
        v->task = v->team = v->place = v->asset = -1;
        v->correct = 0;
        v->previewed[0] = '\0';
    }
}

static void help_panel(struct view *v, struct ui *ui, double w, double h)
{
    struct rect r = {w / 2 - 340, h / 2 - 200, 680, 400};
    struct rect in = ui_panel(ui, r, SAY0(v, MSG_UI_HELP));
    ui_text(ui, (struct rect){in.x, in.y, in.w, in.h - 100}, SAY0(v, MSG_UI_HELP_TEXT), &(struct label){.size = 14, .lines = 20});
    ui_text(ui, (struct rect){in.x, in.y + in.h - 96, in.w, 96}, SAY0(v, MSG_MARK_HELP), &(struct label){.size = 14, .lines = 5});
}

static void small_screen(struct view *v, struct ui *ui, const struct snapshot *n, double w, double h)
{
    ui_box(ui, (struct rect){0, 0, w, h}, 0, ui->theme->back);
    ui_text(ui, (struct rect){6, 4, w - 12, 30}, say_clock(ui, n, n->now_ms), &(struct label){.size = 22, .bold = true, .lines = 1});
    ui_text(ui, (struct rect){6, 38, w - 12, h - 40}, SAY0(v, MSG_UI_TOO_SMALL), &(struct label){.size = 12, .lines = 4});
}

/* In place of everything that shows a state: the line that says why there is none. */
void view_archived(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    struct rect in = ui_panel(ui, r, NULL);
    ui_text(ui, (struct rect){in.x + 12, in.y + 12, in.w - 24, in.h - 24}, err_text(&n->notice, v->lang),
            &(struct label){.size = 16, .lines = 12, .colour = ui->theme->warn});
}

static void drill_page(struct view *v, struct ui *ui, const struct snapshot *n, double w, double top, double low)
{
    bool speed_was_open = v->speed_open;
    if (n->archived) {
        view_archived(v, ui, n, (struct rect){6, top, w - v->right_w - 12, low - top});
        return;
    }
    view_left(v, ui, n, (struct rect){6, top, v->left_w - 6, low - top});
    struct rect map = {v->left_w + 6, top, w - v->left_w - v->right_w - 12, low - top};
    /* The open list of speeds lies over the map; what is clicked there is not the map's. */
    ui->used = ui->used || (speed_was_open && ui->in.y < 280 && ui->in.pressed);
    view_map_area(v, ui, n, map);
    if (speed_was_open)
        ui->used = false;
    v->left_w = ui_split(ui, "split_left", (struct rect){v->left_w, top, 6, low - top}, v->left_w, true);
}

/* The open list of speeds lies over it, too. */
static void desk_page(struct view *v, struct ui *ui, const struct snapshot *n, struct rect r)
{
    bool speed_was_open = v->speed_open, used = ui->used;
    ui->used = used || (speed_was_open && ui->in.y < 280 && ui->in.pressed);
    if (v->page == PAGE_MARK)
        view_mark(v, ui, n, r);
    else
        view_finding(v, ui, n, r);
    if (speed_was_open)
        ui->used = used;
}

void view_facilitator(struct view *v, struct ui *ui, const struct snapshot *n, double w, double h)
{
    v->wishes = 0;
    keys(v, ui, n);
    if (w < 900 || h < 480) {
        small_screen(v, ui, n, w, h);
        return;
    }
    double bar = 80, top = 54, low = h - bar - 6;
    if (v->hide_truth) { /* a mirrored display: the room reads everything here, so only what is its own is drawn */
        view_room(v, ui, n, (struct rect){0, top, w, low - top});
        order_bar(v, ui, n, (struct rect){0, h - bar, w, bar});
        top_bar(v, ui, n, w);
        if (v->help)
            help_panel(v, ui, w, h);
        return;
    }
    v->left_w = num_clamp(v->left_w, 240, w * 0.35);
    v->right_w = num_clamp(v->right_w, 280, w * 0.4);
    bool drill = v->page == PAGE_DRILL;
    double side = drill ? v->right_w : num_min(v->right_w, num_max(250, w * 0.272)); /* sheets need the room more than the log */
    view_right(v, ui, n, (struct rect){w - side, top, side - 6, low - top});
    if (drill)
        drill_page(v, ui, n, w, top, low);
    else
        desk_page(v, ui, n, (struct rect){6, top, w - side - 14, low - top});
    double edge = ui_split(ui, "split_right", (struct rect){w - side - 6, top, 6, low - top}, w - side, true);
    if (edge != w - side)
        v->right_w = w - edge;
    order_bar(v, ui, n, (struct rect){0, h - bar, w, bar});
    top_bar(v, ui, n, w);
    if (v->page == PAGE_MARK)
        view_mark_keys(v, ui, n);
    view_mark_follow(v, ui, n);
    if (v->help)
        help_panel(v, ui, w, h);
}

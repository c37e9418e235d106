/* window.c -- SDL: two windows on plain surfaces, cairo paints on them, events become input. It waits for events; it never waits for a
 * step. */
#include "ui/window.h"

#include <SDL2/SDL.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/num.h"
#include "ui/thumb.h"

enum { TOUCHED_MAX = 128, WIDTH = 1366, HEIGHT = 768, OPENING_MS = 100 };

struct pane { /* one window */
    SDL_Window *window;
    uint32_t id;
    struct ui ui;
    struct draw_list list;
    struct painter *painter;
    bool stale;
};

struct desk {
    const struct window_options *opt;
    struct pane main, room;
    struct view view;
    struct worker *worker;
    struct snapshot *shown;
    uint32_t wake; /* SDL event type */
    bool quit, ime;
    uint32_t opening_since, opening_drawn; /* SDL ticks */
    struct err problem;
    struct thumbs *thumbs; /* of the start screen; NULL once a drill is open */
};

static double pixels_a_unit(const struct desk *d, const struct pane *p)
{
    int w = 0, pw = 0;
    SDL_GetWindowSize(p->window, &w, NULL);
    SDL_Surface *s = SDL_GetWindowSurface(p->window);
    pw = s ? s->w : w;
    return d->view.scale * (w > 0 ? (double)pw / w : 1.0);
}

/* Something new from the worker or from the thread that draws maps. */
static void on_other_thread(void *ctx)
{
    SDL_Event e = {.type = *(const uint32_t *)ctx};
    (void)SDL_PushEvent(&e);
}

/* ---- windows ---- */

static bool open_pane(struct desk *d, struct pane *p, const char *title, int x, int y, int w, int h, uint32_t flags)
{
    if (!p->list.at && !list_make(&p->list))
        return false;
    if (!p->painter)
        p->painter = painter_make(theme_dark());
    if (p->painter && !painter_draw_maps_aside(p->painter, on_other_thread, &d->wake))
        return false;
    p->window = SDL_CreateWindow(title, x, y, w, h, SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | flags);
    if (!p->window || !p->painter)
        return false;
    SDL_SetWindowMinimumSize(p->window, 200, 150);
    p->id = SDL_GetWindowID(p->window);
    p->ui.painter = p->painter;
    p->ui.in.x = p->ui.in.y = -100;
    p->stale = true;
    return SDL_GetWindowSurface(p->window) != NULL;
}

static void close_pane(struct pane *p)
{
    if (p->window)
        SDL_DestroyWindow(p->window);
    painter_free(p->painter);
    list_free(&p->list);
    *p = (struct pane){0};
}

static void open_room(struct desk *d)
{
    unsigned display = SDL_GetNumVideoDisplays() > 1 ? 1 : 0;
    if (d->room.window) {
        SDL_RaiseWindow(d->room.window);
        return;
    }
    (void)open_pane(d, &d->room, msg_text(d->view.lang, MSG_UI_MAP_COMMON), (int)SDL_WINDOWPOS_CENTERED_DISPLAY(display),
                    (int)SDL_WINDOWPOS_CENTERED_DISPLAY(display), 1280, 720, display ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    d->view.show_projector = d->room.window != NULL;
}

/* ---- events become input ---- */

static enum ui_key key_of(SDL_Keycode k)
{
    static const struct { SDL_Keycode from; enum ui_key to; } keys[] = {
        {SDLK_TAB, KEY_TAB}, {SDLK_RETURN, KEY_ENTER}, {SDLK_KP_ENTER, KEY_ENTER}, {SDLK_SPACE, KEY_SPACE}, {SDLK_ESCAPE, KEY_ESCAPE},
        {SDLK_BACKSPACE, KEY_BACKSPACE}, {SDLK_DELETE, KEY_DELETE}, {SDLK_LEFT, KEY_LEFT}, {SDLK_RIGHT, KEY_RIGHT}, {SDLK_UP, KEY_UP},
        {SDLK_DOWN, KEY_DOWN}, {SDLK_HOME, KEY_HOME}, {SDLK_END, KEY_END}, {SDLK_PAGEUP, KEY_PAGE_UP}, {SDLK_PAGEDOWN, KEY_PAGE_DOWN},
        {SDLK_EQUALS, KEY_PLUS}, {SDLK_PLUS, KEY_PLUS}, {SDLK_KP_PLUS, KEY_PLUS}, {SDLK_MINUS, KEY_MINUS}, {SDLK_KP_MINUS, KEY_MINUS},
        {SDLK_a, KEY_A}, {SDLK_v, KEY_V}, {SDLK_c, KEY_C},
        {SDLK_e, KEY_E}, {SDLK_n, KEY_N}, {SDLK_o, KEY_O}, {SDLK_s, KEY_S}, {SDLK_y, KEY_Y}};
    for (int i = 0; i < COUNT_OF(keys); i++) {
        if (keys[i].from == k)
            return keys[i].to;
    }
    if (k >= SDLK_0 && k <= SDLK_9)
        return (enum ui_key)((int)KEY_0 + (int)(k - SDLK_0));
    if (k >= SDLK_KP_1 && k <= SDLK_KP_9)
        return (enum ui_key)((int)KEY_1 + (int)(k - SDLK_KP_1));
    return k >= SDLK_F1 && k <= SDLK_F12 ? (enum ui_key)((int)KEY_F1 + (int)(k - SDLK_F1)) : KEY_NONE;
}

static struct pane *pane_of(struct desk *d, uint32_t id)
{
    return d->room.window && id == d->room.id ? &d->room : &d->main;
}

static void on_key(struct pane *p, const SDL_KeyboardEvent *k)
{
    struct ui_input *in = &p->ui.in;
    enum ui_key key = key_of(k->keysym.sym);
    bool ctrl = (k->keysym.mod & KMOD_CTRL) != 0;
    /* While something is being composed, keys belong to the input method; a blank typed into a field is text, not a press. */
    if (key == KEY_NONE || in->keys == UI_KEYS || in->preedit[0] || (key == KEY_SPACE && p->ui.focus_typed))
        return;
    if (ctrl && key == KEY_V) {
        char *clip = SDL_GetClipboardText();
        if (clip) {
            (void)text_copy(in->text, (int)sizeof(in->text), text_of(clip));
            SDL_free(clip);
        }
        return;
    }
    in->key[in->keys].key = key;
    in->key[in->keys].ctrl = ctrl;
    in->key[in->keys++].shift = (k->keysym.mod & KMOD_SHIFT) != 0;
}

static void add_text(struct ui_input *in, const char *text)
{
    char all[UI_TEXT];
    struct buf b = BUF_ON(all);
    buf_str(&b, in->text);
    buf_str(&b, text);
    memcpy(in->text, all, sizeof(all));
}

static void on_mouse(struct desk *d, struct pane *p, const SDL_Event *e)
{
    struct ui_input *in = &p->ui.in;
    if (e->type == SDL_MOUSEMOTION) {
        in->x = e->motion.x / d->view.scale;
        in->y = e->motion.y / d->view.scale;
    } else if (e->type == SDL_MOUSEWHEEL) {
        in->wheel += e->wheel.y;
    } else if (e->button.button == SDL_BUTTON_LEFT) {
        in->x = e->button.x / d->view.scale;
        in->y = e->button.y / d->view.scale;
        in->down = e->type == SDL_MOUSEBUTTONDOWN;
        in->pressed = in->pressed || in->down;
        in->released = in->released || !in->down;
    }
}

static void on_window(struct desk *d, const SDL_WindowEvent *w)
{
    struct pane *p = pane_of(d, w->windowID);
    switch (w->event) {
    case SDL_WINDOWEVENT_CLOSE:
        if (p == &d->room) {
            close_pane(&d->room);
            d->view.show_projector = false;
        } else {
            d->quit = true;
        }
        return;
    case SDL_WINDOWEVENT_SIZE_CHANGED:
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_DISPLAY_CHANGED:
        painter_forget(p->painter);
        break;
    case SDL_WINDOWEVENT_LEAVE:
        p->ui.in.x = p->ui.in.y = -100;
        break;
    default:
        break;
    }
    p->stale = true;
}

static bool in_sight(SDL_Window *w)
{
    SDL_Rect at = {0}, display, both;
    SDL_GetWindowPosition(w, &at.x, &at.y);
    SDL_GetWindowSize(w, &at.w, &at.h);
    for (int i = 0; i < SDL_GetNumVideoDisplays(); i++) {
        if (SDL_GetDisplayBounds(i, &display) == 0 && SDL_IntersectRect(&at, &display, &both))
            return true;
    }
    return false;
}

/* The room's window never comes up over the facilitator's when its display goes: it is closed, and said so. */
static void on_display(struct desk *d, const SDL_DisplayEvent *e)
{
    if (e->event != SDL_DISPLAYEVENT_DISCONNECTED)
        return;
    if (d->room.window && SDL_GetNumVideoDisplays() < 2) {
        close_pane(&d->room);
        d->view.show_projector = false;
        (void)ERR0(&d->view.notice, RC_NO, MSG_UI_DISPLAY_GONE);
        d->view.notice_at = d->view.answer.number;
    }
    if (!in_sight(d->main.window))
        SDL_SetWindowPosition(d->main.window, (int)SDL_WINDOWPOS_CENTERED, (int)SDL_WINDOWPOS_CENTERED);
    painter_forget(d->main.painter);
    d->main.stale = true;
}

static void on_event(struct desk *d, const SDL_Event *e)
{
    struct pane *p = &d->main;
    switch (e->type) {
    case SDL_QUIT:
        d->quit = true;
        return;
    case SDL_WINDOWEVENT:
        on_window(d, &e->window);
        return;
    case SDL_DISPLAYEVENT:
        on_display(d, &e->display);
        return;
    case SDL_KEYDOWN:
        p = pane_of(d, e->key.windowID);
        on_key(p, &e->key);
        break;
    case SDL_TEXTINPUT:
        p = pane_of(d, e->text.windowID);
        p->ui.in.preedit[0] = '\0';
        add_text(&p->ui.in, e->text.text);
        break;
    case SDL_TEXTEDITING:
        p = pane_of(d, e->edit.windowID);
        (void)text_copy(p->ui.in.preedit, UI_TEXT, text_of(e->edit.text));
        break;
    case SDL_MOUSEMOTION:
        p = pane_of(d, e->motion.windowID);
        on_mouse(d, p, e);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        p = pane_of(d, e->button.windowID);
        on_mouse(d, p, e);
        break;
    case SDL_MOUSEWHEEL:
        p = pane_of(d, e->wheel.windowID);
        on_mouse(d, p, e);
        break;
    default:
        d->room.stale = d->main.stale = true; /* the worker has something new */
        return;
    }
    p->stale = true;
}

/* ---- frames ---- */

static void tell_input_method(struct desk *d)
{
    bool typed = d->main.ui.focus_typed;
    if (typed && !d->ime)
        SDL_StartTextInput();
    if (!typed && d->ime)
        SDL_StopTextInput();
    d->ime = typed;
    if (typed) {
        double s = d->view.scale;
        SDL_Rect r = {(int)(d->main.ui.field.x * s), (int)(d->main.ui.field.y * s), (int)(d->main.ui.field.w * s), (int)(d->main.ui.field.h * s)};
        SDL_SetTextInputRect(&r);
    }
}

/* Paints straight onto the window's surface and shows what was touched. */
static void present(struct desk *d, struct pane *p)
{
    struct rect touched[TOUCHED_MAX];
    SDL_Rect shown[TOUCHED_MAX];
    SDL_Surface *s = SDL_GetWindowSurface(p->window);
    if (!s || s->w < 1 || s->h < 1)
        return;
    cairo_surface_t *image = cairo_image_surface_create_for_data(s->pixels, CAIRO_FORMAT_RGB24, s->w, s->h, s->pitch);
    int n = painter_draw(p->painter, image, pixels_a_unit(d, p), &p->list, touched, TOUCHED_MAX);
    cairo_surface_destroy(image);
    for (int i = 0; i < n; i++)
        shown[i] = (SDL_Rect){(int)touched[i].x, (int)touched[i].y, (int)num_ceil(touched[i].w), (int)num_ceil(touched[i].h)};
    if (n > 0)
        SDL_UpdateWindowSurfaceRects(p->window, shown, n);
}

static enum rc take_session(struct desk *d, struct session *s, struct err *e)
{
    double scale = d->view.scale;
    enum lang lang = d->view.lang;
    enum rc rc = view_open(&d->view, s, lang, e);
    d->view.scale = scale;
    if (rc == RC_OK)
        rc = worker_start(s, d->opt->score, on_other_thread, &d->wake, &d->worker, e);
    if (rc != RC_OK)
        session_close(s);
    return rc;
}

/* While a drill is being opened nothing else can be done: its progress is drawn from here, and asks
 * for its end. */
static bool opening(void *ctx, double share)
{
    struct desk *d = ctx;
    struct pane *p = &d->main;
    SDL_Event e;
    uint32_t now = SDL_GetTicks();
    if (now - d->opening_since < BUSY_SHOWN_MS || now - d->opening_drawn < OPENING_MS)
        return true;
    d->opening_drawn = now;
    while (SDL_PollEvent(&e))
        on_event(d, &e);
    int w = 0, h = 0;
    SDL_GetWindowSize(p->window, &w, &h);
    double uw = w / d->view.scale, uh = h / d->view.scale;
    ui_begin(&p->ui, &p->list, theme_dark());
    bool off = view_opening(&d->view, &p->ui, share, uw, uh);
    ui_end(&p->ui, uw, uh);
    present(d, p);
    return !off && !d->quit;
}

static enum rc open_drill(struct desk *d, const struct start_item *item, struct err *e)
{
    struct session *s = NULL;
    d->opening_since = d->opening_drawn = SDL_GetTicks();
    enum rc rc = d->opt->open(d->opt->ctx, item, opening, d, &s, e);
    return rc == RC_OK ? take_session(d, s, e) : rc;
}

static void begin_drill(struct desk *d, const struct start_item *item)
{
    if (open_drill(d, item, &d->problem) != RC_OK)
        return;
    d->problem = (struct err){0};
    thumbs_end(d->thumbs);
    d->thumbs = NULL;
}

static void frame_main(struct desk *d)
{
    struct pane *p = &d->main;
    int w = 0, h = 0;
    SDL_GetWindowSize(p->window, &w, &h);
    double uw = w / d->view.scale, uh = h / d->view.scale;
    ui_begin(&p->ui, &p->list, theme_dark());
    if (d->shown) {
        view_facilitator(&d->view, &p->ui, d->shown, uw, uh);
        for (int i = 0; i < d->view.wishes; i++)
            (void)worker_wish(d->worker, &d->view.wish[i]);
        if (d->view.open_projector) {
            d->view.open_projector = false;
            open_room(d);
        }
    } else if (!d->worker) {
        thumbs_collect(d->thumbs, d->opt->items, d->opt->item_count);
        int chosen = view_start(&d->view, &p->ui, d->opt->items, d->opt->item_count, err_text(&d->problem, d->view.lang), uw, uh);
        ui_end(&p->ui, uw, uh);
        present(d, p);
        if (chosen >= 0)
            begin_drill(d, &d->opt->items[chosen]);
        return;
    } else {
        present(d, p);
        return; /* what is pressed before the first snapshot waits for it */
    }
    ui_end(&p->ui, uw, uh);
    tell_input_method(d);
    present(d, p);
}

static void frame_room(struct desk *d)
{
    struct pane *p = &d->room;
    int w = 0, h = 0;
    SDL_GetWindowSize(p->window, &w, &h);
    double uw = w / d->view.scale, uh = h / d->view.scale;
    ui_begin(&p->ui, &p->list, theme_dark());
    if (d->shown)
        view_projector(&d->view, &p->ui, d->shown, uw, uh);
    ui_end(&p->ui, uw, uh);
    present(d, p);
}

static void follow_worker(struct desk *d)
{
    if (!d->worker)
        return;
    struct snapshot *n = worker_take(d->worker);
    if (n) {
        snapshot_free(d->shown);
        d->shown = n;
        d->main.stale = d->room.stale = true;
    }
    uint64_t before = d->view.answer.number;
    worker_answer(d->worker, &d->view.answer);
    worker_busy(d->worker, &d->view.busy);
    bool to_order = d->view.answer.kind == WISH_ORDER || d->view.answer.kind == WISH_SAID || d->view.answer.kind == WISH_CORRECT;
    if (d->view.answer.number != before && d->view.answer.good && to_order && d->view.answer.text.rc == RC_OK)
        ui_edit_set(&d->view.order, ""); /* a refused order stays, to be mended */
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    d->view.wall_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void loop(struct desk *d)
{
    uint32_t begun = SDL_GetTicks();
    while (!d->quit) {
        SDL_Event e;
        bool some = d->opt->quit_after_ms > 0 ? SDL_WaitEventTimeout(&e, 50) != 0 : SDL_WaitEvent(&e) != 0;
        if (some)
            on_event(d, &e);
        while (SDL_PollEvent(&e))
            on_event(d, &e);
        follow_worker(d);
        if (d->main.stale) {
            d->main.stale = false;
            frame_main(d);
            /* What a press changed shows at once, not at the next event. */
            frame_main(d);
        }
        if (d->room.window && d->room.stale) {
            d->room.stale = false;
            frame_room(d);
        }
        if (d->opt->quit_after_ms > 0 && SDL_GetTicks() - begun > (uint32_t)d->opt->quit_after_ms)
            d->quit = true;
    }
}

static bool start_video(void)
{
    /* Before the first surface, or SDL would emulate it through GL. */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    return SDL_Init(SDL_INIT_VIDEO) == 0;
}

bool window_has_display(void)
{
    if (SDL_WasInit(SDL_INIT_VIDEO))
        return true;
    bool good = start_video() && SDL_GetNumVideoDisplays() > 0 && strcmp(SDL_GetCurrentVideoDriver(), "offscreen") != 0;
    SDL_Quit();
    return good;
}

enum rc window_run(struct session *s, const struct window_options *opt, struct err *e)
{
    struct desk d = {.opt = opt};
    enum rc rc = RC_OK;
    if (!start_video()) {
        session_close(s);
        return ERR(e, RC_NO, MSG_UI_NO_DISPLAY, arg_s(SDL_GetError()));
    }
    if (!label_has_chinese())
        SDL_LogWarn(SDL_LOG_CATEGORY_APPLICATION, "%s", msg_text(LANG_EN, MSG_UI_NO_FONT));
    enum lang lang = label_has_chinese() ? opt->lang : LANG_EN;
    SDL_Rect usable = {0, 0, WIDTH, HEIGHT};
    (void)SDL_GetDisplayUsableBounds(0, &usable);
    int w = opt->width ? opt->width : usable.w > 1600 ? 1600 : usable.w, h = opt->height ? opt->height : usable.h > 900 ? 900 : usable.h;
    SDL_StopTextInput(); /* on from the start: only for fields, or a key that opens a field would also be written there */
    d.wake = SDL_RegisterEvents(1);
    rc = view_open(&d.view, NULL, lang, e);
    d.view.scale = opt->scale;
    if (rc == RC_OK && !open_pane(&d, &d.main, "推演 tuiyan", (int)SDL_WINDOWPOS_CENTERED, (int)SDL_WINDOWPOS_CENTERED, w, h, 0)) {
        /* Native Wayland gives no plain surface: once more through its renderer. */
        close_pane(&d.main);
        SDL_Quit();
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "1");
        if (SDL_Init(SDL_INIT_VIDEO) != 0 ||
            !open_pane(&d, &d.main, "推演 tuiyan", (int)SDL_WINDOWPOS_CENTERED, (int)SDL_WINDOWPOS_CENTERED, w, h, 0))
            rc = ERR(e, RC_NO, MSG_UI_NO_DISPLAY, arg_s(SDL_GetError()));
        d.wake = SDL_RegisterEvents(1);
    }
    if (rc == RC_OK && s)
        rc = take_session(&d, s, e);
    else if (rc == RC_OK && opt->first)
        rc = open_drill(&d, opt->first, e);
    else if (rc == RC_OK)
        d.thumbs = thumbs_start(opt->items, opt->item_count, lang, on_other_thread, &d.wake);
    else if (rc != RC_OK)
        session_close(s);
    if (rc == RC_OK && opt->projector)
        open_room(&d);
    if (rc == RC_OK)
        loop(&d);
    thumbs_end(d.thumbs);
    close_pane(&d.main); /* first: the threads that draw maps read the session's atlas */
    close_pane(&d.room);
    worker_end(d.worker);
    snapshot_free(d.shown);
    view_close(&d.view);
    SDL_Quit();
    return rc;
}

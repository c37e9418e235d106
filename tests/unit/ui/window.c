/* Protects the windows against what a desk does to them, under SDL's dummy driver: the room's display is unplugged in mid-drill (its window
 * closes, the drill goes on and is whole), it is opened and closed again, the window is made tiny and 4K, hidden and shown, keys come from a
 * window that is gone. Each event is sent when the one before has shown its effect; nothing waits for time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <SDL2/SDL.h>
#include <stdio.h>
#include <string.h>

#include "ui/window.h"

enum { MAIN_FIRST = 1, ROOM_FIRST = 2, ROOM_AGAIN = 3 }; /* windows are numbered as they are made */

struct desk_test {
    int stage;
    uint32_t room[4];
    int rooms, gone;
};

static void send_key(SDL_Keycode k, uint32_t window)
{
    SDL_Event e = {.key = {.type = SDL_KEYDOWN, .state = SDL_PRESSED, .windowID = window, .keysym = {.sym = k}}};
    assert_int_equal(SDL_PushEvent(&e), 1);
}

static void send_window(uint8_t what, uint32_t window)
{
    SDL_Event e = {.window = {.type = SDL_WINDOWEVENT, .event = what, .windowID = window}};
    assert_int_equal(SDL_PushEvent(&e), 1);
}

static void send_display(uint8_t what)
{
    SDL_Event e = {.display = {.type = SDL_DISPLAYEVENT, .display = 1, .event = what}};
    assert_int_equal(SDL_PushEvent(&e), 1);
}

/* After the room's second window has gone: sizes, hiding, a key from nowhere, the end. */
static void last_acts(void)
{
    SDL_Window *w = SDL_GetWindowFromID(MAIN_FIRST);
    assert_non_null(w);
    static const int sizes[][2] = {{200, 150}, {3840, 2160}, {1366, 768}};
    for (int i = 0; i < COUNT_OF(sizes); i++)
        SDL_SetWindowSize(w, sizes[i][0], sizes[i][1]);
    SDL_HideWindow(w);
    SDL_ShowWindow(w);
    send_window(SDL_WINDOWEVENT_EXPOSED, MAIN_FIRST);
    send_window(SDL_WINDOWEVENT_LEAVE, MAIN_FIRST);
    send_key(SDLK_F9, ROOM_FIRST); /* its window is no more */
    send_display(SDL_DISPLAYEVENT_CONNECTED);
    send_display(SDL_DISPLAYEVENT_DISCONNECTED); /* no room's window: nothing to close */
    send_key(SDLK_F6, MAIN_FIRST);               /* a step: the drill goes on */
    SDL_Event end = {.type = SDL_QUIT};
    assert_int_equal(SDL_PushEvent(&end), 1);
}

/* Sees every event as it is sent; answers those that show what an act has done. */
static int SDLCALL watch(void *ctx, SDL_Event *e)
{
    struct desk_test *t = ctx;
    if (e->type != SDL_WINDOWEVENT || e->window.windowID == MAIN_FIRST)
        return 1;
    if (e->window.event == SDL_WINDOWEVENT_SHOWN && t->rooms < COUNT_OF(t->room)) {
        t->room[t->rooms++] = e->window.windowID;
        if (t->rooms == 1)
            send_display(SDL_DISPLAYEVENT_DISCONNECTED);
        else
            send_window(SDL_WINDOWEVENT_CLOSE, e->window.windowID);
    } else if (e->window.event == SDL_WINDOWEVENT_HIDDEN) {
        t->gone++;
        if (t->gone == 1)
            send_key(SDLK_F10, MAIN_FIRST); /* plugged in again */
        else
            last_acts();
    }
    return 1;
}

static void an_unplugged_display_closes_the_rooms_window_alone(void **state)
{
    (void)state;
    const char *file = "build/window_test.drill";
    struct session *s;
    struct err e = {0};
    struct difference_found found;
    struct desk_test t = {0};
    struct session_options so = {.seed = 1, .file = file, .bot = "textbook"};
    remove(file);
    if (session_new("scenarios/forest_fire", &so, &s, &e) != RC_OK || session_run_until(s, 10 * 60000, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(SDL_setenv("SDL_VIDEODRIVER", "dummy", 1), 0);
    assert_int_equal(SDL_Init(SDL_INIT_EVENTS), 0);
    SDL_AddEventWatch(watch, &t);
    struct window_options o = {.lang = LANG_ZH, .scale = 1.0, .projector = true, .width = 1366, .height = 768, .quit_after_ms = 60000};
    enum rc rc = window_run(s, &o, &e);
    SDL_DelEventWatch(watch, &t);
    SDL_Quit();
    if (rc != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    assert_int_equal(t.rooms, 2);
    assert_int_equal(t.gone, 2);
    assert_int_equal(t.room[0], ROOM_FIRST);
    assert_int_equal(t.room[1], ROOM_AGAIN);
    if (session_verify(file, 1, false, &found, &e) != RC_OK)
        fail_msg("%s", err_text(&e, LANG_EN));
    remove(file);
}

/* Presses Esc, and asks how far it may go on, until the window has drawn itself and heard of it. */
static enum rc open_slowly(void *ctx, const struct start_item *item, session_progress *progress, void *progress_ctx,
                           struct session **out, struct err *e)
{
    bool *called_off = ctx;
    *out = NULL;
    assert_true(item->drill);
    uint32_t begun = SDL_GetTicks();
    while (!*called_off && SDL_GetTicks() - begun < 20000) {
        send_key(SDLK_ESCAPE, MAIN_FIRST);
        *called_off = !progress(progress_ctx, 0.5);
        SDL_FlushEvent(SDL_KEYDOWN);
    }
    assert_true(SDL_GetTicks() - begun >= BUSY_SHOWN_MS); /* what is quick is not disturbed */
    return ERR0(e, RC_NO, MSG_SESSION_CALLED_OFF);
}

static void what_opens_slowly_can_be_called_off(void **state)
{
    (void)state;
    struct err e = {0};
    struct start_item first = {.path = "some.drill", .drill = true};
    bool called_off = false;
    assert_int_equal(SDL_setenv("SDL_VIDEODRIVER", "dummy", 1), 0);
    struct window_options o = {.lang = LANG_ZH, .scale = 1.0, .width = 1366, .height = 768, .first = &first,
                               .ctx = &called_off, .open = open_slowly, .quit_after_ms = 60000};
    assert_int_equal(window_run(NULL, &o, &e), RC_NO);
    assert_true(called_off);
    assert_non_null(strstr(err_text(&e, LANG_EN), "called off"));
}

static void without_a_display_it_says_so(void **state)
{
    (void)state;
    struct err e = {0};
    struct window_options o = {.lang = LANG_ZH, .scale = 1.0};
    assert_int_equal(SDL_setenv("SDL_VIDEODRIVER", "no_such_driver", 1), 0);
    assert_int_equal(window_run(NULL, &o, &e), RC_NO);
    assert_non_null(strstr(err_text(&e, LANG_ZH), "tuiyan run"));
    assert_non_null(strstr(err_text(&e, LANG_EN), "tuiyan run"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_unplugged_display_closes_the_rooms_window_alone),
                                       cmocka_unit_test(what_opens_slowly_can_be_called_off),
        cmocka_unit_test(without_a_display_it_says_so)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

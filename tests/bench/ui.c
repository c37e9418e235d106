/* How fast the window paints without a GPU: a frame of the running forest fire at 1920x1080, hovering, typing, nothing changed; the
 * first frame; memory. Each frame is the whole way from snapshot to pixels. Printed twice: by the clock on the wall, which on a busy
 * machine also counts the turns of others (whole time slices of the scheduler), and as work of the frame's own thread. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "spent.h"
#include "ui/window.h"

enum { FRAMES = 300 };
#define WIDE 1920
#define HIGH 1080

static struct view view;
static struct ui ui;
static struct draw_list list;
static struct painter *painter;
static cairo_surface_t *image;

static struct spent frame(const struct snapshot *n)
{
    struct rect touched[128];
    struct spent t = now();
    ui_begin(&ui, &list, theme_dark());
    view_facilitator(&view, &ui, n, WIDE, HIGH);
    ui_end(&ui, WIDE, HIGH);
    (void)painter_draw(painter, image, 1.0, &list, touched, 128);
    return since(t);
}

static void print(const char *name, const struct spent *ms, int count, const char *limit)
{
    static double wall[FRAMES], own[FRAMES];
    for (int i = 0; i < count; i++) {
        wall[i] = ms[i].wall;
        own[i] = ms[i].own;
    }
    qsort(wall, (size_t)count, sizeof(*wall), by_value);
    qsort(own, (size_t)count, sizeof(*own), by_value);
    printf("%-18s %8.3f ms median, %.3f ms p99 (own work %.3f, %.3f)   limit %s\n", name, wall[count / 2], wall[count * 99 / 100],
           own[count / 2], own[count * 99 / 100], limit);
}

int main(void)
{
    static struct spent running[FRAMES], hover[FRAMES], typing[FRAMES], idle[FRAMES], snap[FRAMES];
    struct session_options opt = {.seed = 1, .bot = "textbook"};
    struct session *s;
    struct err e = {0};
    if (session_new("scenarios/forest_fire", &opt, &s, &e) != RC_OK || session_run_until(s, 30 * 60000, &e) != RC_OK)
        return 1;
    struct spent t = now();
    painter = painter_make(theme_dark());
    image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, HIGH);
    if (!list_make(&list) || view_open(&view, s, LANG_ZH, &e) != RC_OK || !painter || !painter_draw_maps_aside(painter, NULL, NULL))
        return 1;
    ui.painter = painter;
    struct snapshot *n = snapshot_make(s, 1);
    (void)frame(n);
    printf("%-18s %8.3f s                    limit 0.3 s\n", "first_frame", since(t).wall / 1e3);
    struct timespec map_time = {0, 20000000}; /* a step a second at 60x: the map has long been drawn when the next comes */
    for (int i = 0; i < FRAMES; i++) {
        if (session_step(s, &e) != RC_OK)
            break;
        t = now();
        struct snapshot *next = snapshot_make(s, (uint64_t)i + 2);
        snap[i] = since(t);
        running[i] = frame(next);
        (void)nanosleep(&map_time, NULL);
        struct spent shown = frame(next); /* the frame that shows the new map */
        running[i].wall = shown.wall > running[i].wall ? shown.wall : running[i].wall;
        running[i].own = shown.own > running[i].own ? shown.own : running[i].own;
        snapshot_free(n);
        n = next;
    }
    for (int i = 0; i < FRAMES; i++) {
        ui.in.x = 20 + i % 280;
        ui.in.y = 100 + i * 7 % 500;
        hover[i] = frame(n);
    }
    ui_focus(&ui, "order");
    for (int i = 0; i < FRAMES; i++) {
        ui.in.x = ui.in.y = -100;
        (void)text_copy(ui.in.text, UI_TEXT, i % 40 ? TEXT("林") : TEXT(""));
        if (i % 40 == 0)
            ui_edit_set(&view.order, "");
        typing[i] = frame(n);
    }
    for (int i = 0; i < FRAMES; i++)
        idle[i] = frame(n);
    print("frame_running", running, FRAMES, "8 ms p99 (peer: Dear ImGui prototype 40-58 ms)");
    print("frame_hover", hover, FRAMES, "1 ms");
    print("frame_typing", typing, FRAMES, "1 ms");
    print("frame_unchanged", idle, FRAMES, "-");
    print("snapshot", snap, FRAMES, "on the worker's thread");
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    printf("%-18s %8.1f MB                   limit 120 MB\n", "window_memory", (double)use.ru_maxrss / 1024.0);
    return 0;
}

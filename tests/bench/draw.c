/* How fast layers are drawn: a ragged raster of a million cells with its edge, 20,000 dots, the
 * snapshot of such a raster for the screen, and the window's frames with both. The raster is the
 * small test scenario's fire on cells of 3 m. Work is that of the measuring thread alone; maps of a
 * window are drawn on another, as in the program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/num.h"
#include "spent.h"
#include "ui/window.h"

enum { SIDE = 1000, DOTS = 20000, TIMES = 31, FRAMES = 200, WIDE = 1920, HIGH = 1080 };
#define FOLDER "build/bench_million"

static void print(const char *name, const struct spent *ms, int count, const char *limit)
{
    static double wall[FRAMES], own[FRAMES];
    for (int i = 0; i < count; i++) {
        wall[i] = ms[i].wall;
        own[i] = ms[i].own;
    }
    qsort(wall, (size_t)count, sizeof(*wall), by_value);
    qsort(own, (size_t)count, sizeof(*own), by_value);
    printf("%-18s %8.3f ms median, %.3f ms p99 (own work %.3f, %.3f)   limit %s\n", name,
           wall[count / 2], wall[count * 99 / 100], own[count / 2], own[count * 99 / 100], limit);
}

/* ---- one layer ---- */

static const struct layer_row ragged_row = {.name = "ragged",
                                            .zh = "水深",
                                            .en = "Depth",
                                            .shape = LAYER_RASTER,
                                            .palette = PALETTE_WATER,
                                            .outline = true};
static const struct layer_row dots_row = {.name = "dots",
                                          .zh = "人群",
                                          .en = "Crowd",
                                          .shape = LAYER_DOTS,
                                          .palette = PALETTE_DENSITY,
                                          .class = {{0, "人", "people"}}};
static uint8_t ragged[SIDE * SIDE], dot[DOTS];
static float dot_x[DOTS], dot_y[DOTS];

/* A hash in place of chance: the same picture everywhere. */
static uint32_t mix(uint32_t i)
{
    i *= 2654435761u;
    return (i ^ i >> 15) * 2246822519u >> 8;
}

static void make_layers(void)
{
    for (uint32_t i = 0; i < SIDE * SIDE; i++)
        ragged[i] =
            mix(i) % 10 < 6 ? (uint8_t)(1 + mix(i / 7) % 6) : 0; /* most cells have a border */
    for (uint32_t i = 0; i < DOTS; i++) {
        dot_x[i] = (float)(mix(2 * i) % 3000);
        dot_y[i] = (float)(mix(2 * i + 1) % 3000);
        dot[i] = 1;
    }
}

static void draw_one(const char *name, const struct map_layer *l, const char *limit)
{
    static struct spent ms[TIMES];
    struct map m = {.layers = l, .layer_count = 1, .bare = true, .x1_m = 3000, .y1_m = 3000};
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1230, 940); /* the map of a full screen */
    cairo_t *cr = cairo_create(image);
    for (int i = 0; i < TIMES; i++) {
        struct spent t = now();
        draw_map_over(cr, theme_light(), (struct rect){0, 0, 1230, 940}, &m);
        ms[i] = since(t);
    }
    cairo_destroy(cr);
    cairo_surface_destroy(image);
    print(name, ms, TIMES, limit);
}

/* ---- a drill of a million cells ---- */

static bool write_grid(const char *name, int value)
{
    FILE *f = fopen(name, "wb");
    if (!f)
        return false;
    fprintf(f, "ncols %d\nnrows %d\nxllcorner 0\nyllcorner 0\ncellsize 3\nNODATA_value -9999\n",
            SIDE, SIDE);
    for (int row = 0; row < SIDE; row++) {
        for (int col = 0; col < SIDE; col++)
            fprintf(f, "%d ", value + (value > 9 ? row / 20 : 0));
        fputc('\n', f);
    }
    return fclose(f) == 0;
}

/* The scenario with fires all over, so that most of the raster is reached. */
static bool copy_scenario(const char *from, const char *to)
{
    static char text[1 << 16];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    if (!in || !out)
        return false;
    size_t n = fread(text, 1, sizeof(text) - 1, in);
    text[n] = '\0';
    char *at = strstr(text, "ignitions = {");
    if (at) {
        at += strlen("ignitions = {");
        fwrite(text, 1, (size_t)(at - text), out);
        for (int i = 0; i < 63; i++)
            fprintf(out, " { at = { %d, %d }, time = \"0min\" },", 100 + i % 8 * 370,
                    100 + i / 8 * 370);
        fputs(at, out);
    }
    fclose(in);
    return fclose(out) == 0 && at;
}

static struct session *open_million(void)
{
    struct session *s = NULL;
    struct err e = {0};
    struct session_options opt = {.seed = 1};
    (void)mkdir("build", 0777);
    (void)mkdir(FOLDER, 0777);
    bool good = write_grid(FOLDER "/fuel.asc", 1) && write_grid(FOLDER "/dem.asc", 100) &&
                copy_scenario("tests/data/small/scenario.lua", FOLDER "/scenario.lua");
    if (!good || session_new(FOLDER, &opt, &s, &e) != RC_OK ||
        session_run_until(s, 45 * 60000, &e) != RC_OK)
        fprintf(stderr, "%s\n", err_text(&e, LANG_EN));
    remove(FOLDER "/fuel.asc");
    remove(FOLDER "/dem.asc");
    remove(FOLDER "/scenario.lua");
    rmdir(FOLDER);
    return s;
}

static struct view view;
static struct ui ui;
static struct draw_list list;

static struct spent frame(struct painter *painter, cairo_surface_t *image, const struct snapshot *n)
{
    struct rect touched[128];
    struct spent t = now();
    ui_begin(&ui, &list, theme_dark());
    view_facilitator(&view, &ui, n, WIDE, HIGH);
    ui_end(&ui, WIDE, HIGH);
    (void)painter_draw(painter, image, 1.0, &list, touched, 128);
    return since(t);
}

/* Frames while it runs: each step a new snapshot with the raster and the dots, then the frame that
 * shows the new map. */
static void draw_million(struct session *s, const struct map_layer *dots)
{
    static struct spent ms[FRAMES], snap[FRAMES];
    struct painter *painter = painter_make(theme_dark());
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, HIGH);
    struct timespec map_time = {0, 60000000};
    struct err e = {0};
    int count = 0;
    if (!painter || !list_make(&list) || view_open(&view, s, LANG_ZH, &e) != RC_OK ||
        !painter_draw_maps_aside(painter, NULL, NULL))
        exit(1);
    ui.painter = painter;
    for (; count < FRAMES; count++) {
        struct spent t = now();
        struct snapshot *n = snapshot_make(s, (uint64_t)count + 2);
        snap[count] = since(t);
        if (!n)
            exit(1);
        n->layer[n->layers++] = *dots;
        ms[count] = frame(painter, image, n);
        (void)nanosleep(&map_time, NULL);
        struct spent shown = frame(painter, image, n);
        ms[count].wall = num_max(ms[count].wall, shown.wall);
        ms[count].own = num_max(ms[count].own, shown.own);
        if (count % 16 == 0 && session_run_until(s, session_now(s) + 60000, &e) != RC_OK)
            exit(1);
        snapshot_free(n);
    }
    print("snapshot_million", snap, count, "4 ms (14.7 by one call a cell)");
    print("frame_million", ms, count, "8 ms p99");
    painter_free(painter);
    cairo_surface_destroy(image);
    view_close(&view);
}

int main(void)
{
    make_layers();
    const struct map_layer raster = {
        .row = &ragged_row, .grid = {SIDE, SIDE, 3, 0, 0}, .cls = ragged};
    const struct map_layer dots = {
        .row = &dots_row, .owner = 1, .x = dot_x, .y = dot_y, .dot = dot, .dots = DOTS};
    draw_one("ragged_million", &raster, "100 ms (3.6 s by strokes)");
    draw_one("dots_20000", &dots, "5 ms (149 ms by arcs)");
    struct session *s = open_million();
    if (!s)
        return 1;
    int burnt = session_measure_find(s, TEXT("burnt_ha"));
    printf("%-18s %8.1f %% of the cells reached\n", "raster_million",
           burnt >= 0 ? session_measure(s, burnt) / 9.0 : 0.0);
    draw_million(s, &dots);
    session_close(s);
    return 0;
}

/* picture.c -- a view without a display: as a PNG, or as the text of its draw list. */
#include <string.h>

#include "draw/surface.h"
#include "ui/thumb.h"
#include "ui/window.h"

struct shot {
    struct draw_list list;
    struct ui ui;
    struct view view;
    struct painter *painter;
    struct snapshot *snapshot;
    struct arena score_arena;
    struct marking *marking;
};

static void draw(struct shot *sh, const struct picture_options *opt)
{
    double w = opt->width / opt->scale, h = opt->height / opt->scale;
    ui_begin(&sh->ui, &sh->list, theme_dark());
    if (strcmp(opt->name, "start") == 0)
        (void)view_start(&sh->view, &sh->ui, opt->items, opt->item_count, NULL, w, h);
    else if (strcmp(opt->name, "projector") == 0)
        view_projector(&sh->view, &sh->ui, sh->snapshot, w, h);
    else
        view_facilitator(&sh->view, &sh->ui, sh->snapshot, w, h);
    ui_end(&sh->ui, w, h);
}

static enum rc begin(struct shot *sh, struct session *s, const struct picture_options *opt, struct err *e)
{
    memset(sh, 0, sizeof(*sh));
    arena_init(&sh->score_arena, 0);
    enum rc rc = view_open(&sh->view, s, opt->lang, e);
    if (rc != RC_OK)
        return rc;
    sh->painter = painter_make(theme_dark());
    if (!list_make(&sh->list) || !sh->painter)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    sh->ui.in.x = sh->ui.in.y = -100;
    sh->view.team = opt->team;
    sh->view.place = opt->place;
    sh->view.inject = opt->inject;
    sh->view.help = opt->help;
    sh->view.hide_truth = opt->hidden;
    sh->view.score_released = opt->released;
    sh->view.left = opt->left >= 0 ? (enum left_tab)opt->left : LEFT_INJECTS;
    sh->view.right = opt->right >= 0 ? (enum right_tab)opt->right : RIGHT_LOG;
    sh->view.clause = opt->clause - 1;
    if (s)
        view_choose_site(&sh->view, session_atlas(s), opt->site - 1);
    sh->view.page = opt->page;
    sh->view.mark.kind = opt->panel;
    (void)text_copy(sh->view.mark.who, NAME_BYTES, text_of(opt->evaluator));
    sh->view.finding.row = opt->row;
    if (!s)
        return RC_OK;
    sh->snapshot = snapshot_make(s, 1);
    if (!sh->snapshot)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    sh->snapshot->speed = 60.0;
    struct wish page;
    wish_desk(&page, opt->page, opt->panel, opt->evaluator);
    sh->marking = marking_open(s);
    if (!sh->marking)
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    marking_do(sh->marking, &page, e);
    if (!marking_take(sh->marking, sh->snapshot))
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; sh->snapshot->desk && opt->item && i < sh->snapshot->desk->panel.items; i++) {
        if (strcmp(sh->snapshot->desk->panel.item[i].id, opt->item) == 0)
            sh->view.mark.item = i;
    }
    sh->view.mark.show = true;
    if (opt->score && session_phase(s) == SESSION_FINISHED)
        sh->snapshot->scored = opt->score(s, &sh->score_arena, &sh->snapshot->eval);
    return RC_OK;
}

static void end(struct shot *sh)
{
    snapshot_free(sh->snapshot);
    marking_close(sh->marking);
    painter_free(sh->painter);
    list_free(&sh->list);
    view_close(&sh->view);
    arena_free(&sh->score_arena);
}

/* The start screen's maps, at once. */
static void draw_thumbs(const struct picture_options *opt)
{
    for (int i = 0; i < opt->item_count && strcmp(opt->name, "start") == 0; i++) {
        if (!opt->items[i].drill && !opt->items[i].picture)
            opt->items[i].picture = thumb_draw(opt->items[i].path, opt->lang);
    }
}

static void free_thumbs(const struct picture_options *opt)
{
    for (int i = 0; i < opt->item_count; i++) {
        if (opt->items[i].picture)
            cairo_surface_destroy(opt->items[i].picture);
        opt->items[i].picture = NULL;
    }
}

enum rc window_picture(struct session *s, const struct picture_options *opt, const char *path, struct err *e)
{
    struct shot sh;
    struct rect touched[64];
    draw_thumbs(opt);
    enum rc rc = begin(&sh, s, opt, e);
    cairo_surface_t *image = NULL;
    if (rc == RC_OK) {
        image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, opt->width, opt->height);
        /* Twice: lists that keep to their end know their length after the first. */
        draw(&sh, opt);
        draw(&sh, opt);
        ASSERT(!sh.list.full);
        (void)painter_draw(sh.painter, image, opt->scale, &sh.list, touched, 64);
        if (cairo_surface_write_to_png(image, path) != CAIRO_STATUS_SUCCESS)
            rc = ERR(e, RC_IO, MSG_UI_NO_PICTURE, arg_s(path));
    }
    if (image)
        cairo_surface_destroy(image);
    end(&sh);
    free_thumbs(opt);
    return rc;
}

enum rc window_text(struct session *s, const struct picture_options *opt, struct buf *out, struct err *e)
{
    struct shot sh;
    draw_thumbs(opt);
    enum rc rc = begin(&sh, s, opt, e);
    if (rc == RC_OK) {
        draw(&sh, opt);
        draw(&sh, opt);
        ASSERT(!sh.list.full);
        list_print(&sh.list, out);
    }
    end(&sh);
    free_thumbs(opt);
    return rc;
}

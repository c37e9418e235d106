/* knowledge_seen.c -- what is known of rasters: classes as they were seen, cell by cell. */
#include <string.h>

#include "base/hash.h"
#include "core/world/knowledge_parts.h"
#include "core/world/layers.h"

static void forget(struct picture *p, size_t cells)
{
    memset(p->cls, 0, cells);
    for (size_t i = 0; i < cells; i++)
        p->seen_s[i] = -1;
}

static bool make_pictures(struct raster *r, int32_t agencies, struct arena *perm)
{
    size_t cells = (size_t)r->grid.cols * (size_t)r->grid.rows;
    r->of = ARENA_NEW(perm, struct picture, agencies + 1);
    for (int32_t a = 0; r->of && a <= agencies; a++) {
        struct picture *p = &r->of[a];
        p->cls = ARENA_NEW(perm, uint8_t, cells);
        p->seen_s = ARENA_NEW(perm, int32_t, cells);
        if (!p->cls || !p->seen_s)
            return false;
        forget(p, cells);
    }
    return r->of != NULL;
}

enum rc knowledge_add_layer(struct knowledge *k, int owner, int layer, const struct layer_out *size,
                            struct arena *perm, struct err *e)
{
    if (k->rasters == KNOWN_LAYERS_MAX)
        return ERR(e, RC_LIMIT, MSG_CORE_KNOWN_LAYERS, arg_i(KNOWN_LAYERS_MAX));
    int longer = size->cols > size->rows ? size->cols : size->rows;
    int fold = (longer + KNOWN_GRID - 1) / KNOWN_GRID;
    struct raster *r = &k->raster[k->rasters];
    *r = (struct raster){.owner = owner, .layer = layer};
    r->grid = (struct known_grid){(size->cols + fold - 1) / fold, (size->rows + fold - 1) / fold, fold, size->cell_m * fold,
                                  size->west_m, size->south_m};
    /* Row 0 is the layer's: a last row that is not full hangs over to the south. */
    r->grid.south_m -= (r->grid.rows * fold - size->rows) * size->cell_m;
    if (!make_pictures(r, k->agencies, perm))
        return ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    k->rasters++;
    return RC_OK;
}

static const struct raster *find(const struct knowledge *k, int owner, int layer)
{
    for (int i = 0; i < k->rasters; i++)
        if (k->raster[i].owner == owner && k->raster[i].layer == layer)
            return &k->raster[i];
    return NULL;
}

bool knowledge_grid(const struct knowledge *k, int owner, int layer, struct known_grid *out)
{
    const struct raster *r = find(k, owner, layer);
    if (r)
        *out = r->grid;
    return r != NULL;
}

static struct picture *picture_of(const struct knowledge *k, const struct raster *r, int32_t agency)
{
    ASSERT(agency >= EVERYBODY && agency < k->agencies);
    return &r->of[agency + 1];
}

void knowledge_seen(const struct knowledge *k, int32_t agency, int owner, int layer, uint8_t *cls, int32_t *minute)
{
    const struct raster *r = find(k, owner, layer);
    ASSERT(r);
    const struct picture *own = picture_of(k, r, agency), *shared = picture_of(k, r, EVERYBODY);
    for (int i = 0; i < r->grid.cols * r->grid.rows; i++) {
        const struct picture *p = own->seen_s[i] > shared->seen_s[i] ? own : shared;
        cls[i] = p->cls[i];
        minute[i] = p->seen_s[i] < 0 ? -1 : p->seen_s[i] / 60;
    }
}

static void see(struct picture *p, const struct picture *shared, int cell, int cls, int32_t seen_s)
{
    if (seen_s < p->seen_s[cell] || (p != shared && shared->seen_s[cell] >= seen_s))
        return; /* newer is known */
    p->cls[cell] = (uint8_t)cls;
    p->seen_s[cell] = seen_s;
    p->told = p->stale = true;
}

static void hear_cells(struct knowledge *k, int32_t agency, const struct sight *sight, int64_t seen_ms)
{
    const struct raster *r = find(k, sight->topic >> OWN_BITS & (OWNERS_MAX - 1), sight->topic & OWN_ROW);
    ASSERT(r && sight->subject >= 0 && sight->subject < r->grid.cols * r->grid.rows);
    struct picture *p = picture_of(k, r, agency);
    int row_end = (sight->subject / r->grid.cols + 1) * r->grid.cols;
    for (int i = 0; i < CELLS_EACH && sight->subject + i < row_end; i++) {
        int cls = (int)((uint64_t)sight->value >> (4 * i) & 15u);
        if (cls != CELL_UNSEEN)
            see(p, picture_of(k, r, EVERYBODY), sight->subject + i, cls, (int32_t)(seen_ms / 1000));
    }
}

bool knowledge_hear(struct knowledge *k, int32_t agency, const struct sight *sight, int64_t seen_ms, int64_t heard_ms,
                    int64_t event)
{
    if ((sight->topic & SIGHT_CELLS) == 0)
        return knowledge_tell(k, agency, sight->topic, sight->subject, sight->value, seen_ms, heard_ms, event);
    hear_cells(k, agency, sight, seen_ms);
    return true;
}

void knowledge_show(struct knowledge *k, int32_t from, int32_t to)
{
    for (int n = 0; n < k->rasters; n++) {
        const struct raster *r = &k->raster[n];
        const struct picture *have = picture_of(k, r, from), *shared = picture_of(k, r, EVERYBODY);
        for (int i = 0; have->told && i < r->grid.cols * r->grid.rows; i++)
            if (have->seen_s[i] >= 0)
                see(picture_of(k, r, to), shared, i, have->cls[i], have->seen_s[i]);
    }
}

/* One stretch of cells that look alike and were told at once: a report covers many, most of a map was never seen. */
static int32_t walk_run(struct picture *p, int32_t from, int32_t cells, struct walk *w)
{
    int32_t cls = p->cls[from], seen_s = p->seen_s[from], end = from + 1;
    while (w->mode == WALK_SAVE && end < cells && p->cls[end] == cls && p->seen_s[end] == seen_s)
        end++;
    walk_count(w, "seen_until", &end, cells);
    walk_count(w, "seen_class", &cls, CELL_UNSEEN);
    walk_i32(w, "seen_at", &seen_s, 1);
    w->bad = w->bad || end <= from;
    for (int32_t i = from; w->mode == WALK_LOAD && !w->bad && i < end; i++) {
        p->cls[i] = (uint8_t)cls;
        p->seen_s[i] = seen_s;
    }
    return end;
}

void knowledge_walk_picture(struct raster *r, int32_t which, struct walk *w)
{
    struct picture *p = &r->of[which];
    size_t cells = (size_t)r->grid.cols * (size_t)r->grid.rows;
    if (p->stale && w->mode == WALK_HASH) {
        p->digest = hash_bytes(p->seen_s, cells * sizeof(p->seen_s[0]), hash_bytes(p->cls, cells, 1));
        p->stale = false;
    }
    walk_bool(w, "seen", &p->told, 1);
    walk_digest(w, "seen_cells", p->digest);
    if (w->mode == WALK_HASH || w->bad)
        return;
    if (w->mode == WALK_LOAD) {
        forget(p, cells);
        p->stale = p->told;
        p->digest = 0;
    }
    for (int32_t i = 0; p->told && i < (int32_t)cells && !w->bad;)
        i = walk_run(p, i, (int32_t)cells, w);
}

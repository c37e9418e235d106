#include "cli/sheets.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "report/book/book.h"
#include "store/store.h"

static const char sheet_mark[] = "tuiyan-sheet-1";

enum { COL_ID, COL_PROJECT, COL_TEXT, COL_GUIDE, COL_SCALE, COL_EVIDENCE, COL_VALUE, COL_COMMENT, COL_EVENT, COL_AT, COLS };
enum { ROW_TITLE, ROW_WHOSE, ROW_HOW, ROW_KEY, ROW_HEAD, HEAD_ROWS };
enum { KEY_MARK, KEY_DRILL, KEY_SET, KEY_WHO };

/* ---- out ---- */

struct making {
    struct call *c;
    struct desk *d;
    struct arena *a;
    struct out_cell *cell;
    struct out_rule *rule;
    int rows, rules;
};

static const char *drill_id(const struct desk *d)
{
    return session_store(d->session) ? store_get_meta(session_store(d->session))->uuid : "-";
}

static struct text made(struct making *m, const struct buf *b)
{
    struct text t = arena_text(m->a, (struct text){b->at, b->len});
    return t.at ? t : TEXT("");
}

static struct text worded(struct making *m, enum msg id, const struct arg *args, int count)
{
    char line[1024];
    struct buf b = BUF_ON(line);
    msg_format(&b, m->c->lang, id, args, count);
    return made(m, &b);
}
#define WORDED(m, id, ...) worded((m), (id), (const struct arg[]){__VA_ARGS__}, (int)(sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)))

static struct text in_language(const struct making *m, struct title t)
{
    return m->c->lang == LANG_ZH || t.en.len == 0 ? t.zh : t.en;
}

static void put(struct making *m, int row, int column, int style, struct text t)
{
    m->cell[row * COLS + column] = (struct out_cell){.kind = t.len > 0 ? CELL_TEXT : CELL_EMPTY, .style = style, .text = t};
}

static struct text evidence_text(struct making *m, const struct panel *p, int i)
{
    char line[1024];
    struct buf b = BUF_ON(line);
    const struct scored *s = &p->evidence[i];
    buf_str(&b, s->reason[m->c->lang]);
    for (int k = 0; k < s->evidence_count; k++) {
        buf_str(&b, " #");
        buf_i64(&b, s->evidence[k]);
    }
    return made(m, &b);
}

/* What may be typed: a choice's words in the sheet's language and the two that are not marks. */
static void add_rule(struct making *m, const struct rubric *r, const struct rubric_item *it, int row)
{
    struct out_rule *rule = &m->rule[m->rules];
    *rule = (struct out_rule){.row = row, .column = COL_VALUE, .rows = 1, .columns = 1};
    if (it->method != METHOD_CHOICE)
        return; /* a number or one of the two words: checked when it is read */
    const struct rubric_scale *s = &r->scale[it->scale];
    struct text *word = ARENA_NEW(m->a, struct text, s->levels + 2);
    if (!word)
        return;
    for (int i = 0; i < s->levels; i++)
        word[rule->words++] = in_language(m, s->level[i].title);
    word[rule->words++] = in_language(m, mark_state_title(MARK_NOT_APPLICABLE));
    word[rule->words++] = in_language(m, mark_state_title(MARK_NOT_OBSERVED));
    rule->word = word;
    rule->wrong = WORDED(m, MSG_CLI_SHEET_WRONG, arg_t(it->id));
    m->rules++;
}

static void put_item(struct making *m, const struct panel *p, int who, int i, int row)
{
    const struct rubric_item *it = &p->set->item[i];
    const struct panel_mark *k = panel_mark(p, who, i);
    char line[256];
    struct buf b = BUF_ON(line);
    put(m, row, COL_ID, STYLE_CENTRE, it->id);
    put(m, row, COL_PROJECT, STYLE_WRAP, in_language(m, p->set->project[it->project].title));
    put(m, row, COL_TEXT, STYLE_WRAP, in_language(m, it->text));
    put(m, row, COL_GUIDE, STYLE_WRAP, in_language(m, it->guide));
    rubric_allowed(p->set, it, m->c->lang, &b);
    put(m, row, COL_SCALE, STYLE_WRAP, made(m, &b));
    put(m, row, COL_EVIDENCE, STYLE_WRAP, it->has_rule && p->evidence ? evidence_text(m, p, i) : TEXT(""));
    buf_clear(&b);
    if (k->state == MARK_RATED)
        rubric_format(p->set, it, k->raw, m->c->lang, &b);
    else if (k->state != MARK_NONE)
        buf_text(&b, in_language(m, mark_state_title(k->state)));
    put(m, row, COL_VALUE, STYLE_INPUT, made(m, &b));
    put(m, row, COL_COMMENT, STYLE_REMARK, k->comment);
    buf_clear(&b);
    if (k->event > 0)
        buf_i64(&b, k->event);
    put(m, row, COL_EVENT, STYLE_INPUT, made(m, &b));
    buf_clear(&b);
    if (k->state != MARK_NONE && k->at_ms >= 0)
        offset_format(k->at_ms, &b);
    put(m, row, COL_AT, STYLE_INPUT, made(m, &b));
    add_rule(m, p->set, it, row);
}

static void put_head(struct making *m, const struct panel *p, const struct evaluator *ev)
{
    static const enum msg heads[COLS] = {MSG_CLI_SHEET_ID, MSG_CLI_SHEET_PROJECT, MSG_CLI_SHEET_TEXT, MSG_CLI_SHEET_GUIDE,
                                         MSG_CLI_SHEET_SCALE, MSG_CLI_SHEET_EVIDENCE, MSG_CLI_SHEET_VALUE,
                                         MSG_CLI_SHEET_COMMENT, MSG_CLI_SHEET_EVENT, MSG_CLI_SHEET_AT};
    const struct atlas *atlas = session_atlas(m->d->session);
    put(m, ROW_TITLE, 0, STYLE_TITLE, text_of(msg_text(m->c->lang, MSG_CLI_SHEET_TITLE)));
    put(m, ROW_WHOSE, 0, STYLE_NOTE, WORDED(m, MSG_CLI_SHEET_WHOSE, arg_t(in_language(m, atlas->meta.title)),
                                            arg_t(in_language(m, p->set->title)), arg_t(ev->name), arg_t(ev->unit)));
    put(m, ROW_HOW, 0, STYLE_NOTE, text_of(msg_text(m->c->lang, MSG_CLI_SHEET_HOW)));
    put(m, ROW_KEY, KEY_MARK, STYLE_KEY, text_of(sheet_mark));
    put(m, ROW_KEY, KEY_DRILL, STYLE_KEY, text_of(drill_id(m->d)));
    put(m, ROW_KEY, KEY_SET, STYLE_KEY, p->set->id);
    put(m, ROW_KEY, KEY_WHO, STYLE_KEY, ev->id);
    for (int k = 0; k < COLS; k++)
        put(m, ROW_HEAD, k, STYLE_HEAD, text_of(msg_text(m->c->lang, heads[k])));
}

static enum rc write_sheet(struct call *c, struct desk *d, int kind, int who, const char *dir, char *path, int cap, struct err *e)
{
    static const double widths[COLS] = {9, 14, 36, 30, 22, 34, 12, 40, 9, 9};
    struct arena a;
    arena_init(&a, 0);
    struct making m = {.c = c, .d = d, .a = &a};
    const struct panel *p = &d->panels.of[kind];
    const struct evaluator *ev = &p->evaluator[who];
    bool csv = call_option(c, "--csv") != NULL;
    int rows = HEAD_ROWS;
    m.cell = ARENA_NEW(&a, struct out_cell, (size_t)(p->set->items + HEAD_ROWS) * COLS);
    m.rule = ARENA_NEW(&a, struct out_rule, p->set->items + 1);
    struct buf b = buf_on(path, cap);
    buf_str(&b, dir);
    buf_str(&b, "/sheet_");
    buf_text(&b, ev->id);
    buf_str(&b, csv ? ".csv" : ".xlsx");
    enum rc rc = !m.cell || !m.rule ? ERR0(e, RC_MEMORY, MSG_CORE_NO_MEMORY)
                 : b.full           ? ERR(e, RC_INPUT, MSG_CLI_PATH_LONG, arg_s(dir))
                                    : RC_OK;
    if (rc == RC_OK) {
        put_head(&m, p, ev);
        for (int i = 0; i < p->set->items; i++) {
            if (panel_expects(p, who, i))
                put_item(&m, p, who, i, rows++);
        }
        struct out_sheet sheet = {.name = text_of(msg_text(c->lang, MSG_CLI_SHEET_TAB)), .rows = rows, .columns = COLS,
                                  .cell = m.cell, .width = widths, .protect = true, .frozen_rows = HEAD_ROWS,
                                  .frozen_columns = 1, .head_row = ROW_HEAD, .head_rows = 1, .rule = m.rule, .rules = m.rules,
                                  .footer = ev->name};
        struct out_book book = {.sheet = &sheet, .sheets = 1, .title = in_language(&m, p->set->title)};
        rc = csv ? book_write_csv(path, &sheet, e) : book_write(path, &book, e);
    }
    arena_free(&a);
    return rc;
}

int sheets_export(struct call *c, struct desk *d, const char *dir)
{
    struct err e = {0};
    char path[BOOK_PATH_MAX];
    int count = 0;
    if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
        ERR(&e, RC_IO, MSG_CLI_CANNOT_WRITE, arg_s(dir), arg_s(strerror(errno)));
        return call_failed(c, &e);
    }
    for (int k = 0; k < PANEL_KINDS; k++) {
        for (int i = 0; i < d->panels.of[k].evaluators; i++) {
            if (write_sheet(c, d, k, i, dir, path, (int)sizeof(path), &e) != RC_OK)
                return call_failed(c, &e);
            count++;
            if (!c->json)
                SAY(c, MSG_CLI_SHEET_AT_PATH, arg_s(path));
        }
    }
    if (count == 0) {
        ERR0(&e, RC_NO, MSG_CLI_SHEET_NOBODY);
        return call_failed(c, &e);
    }
    if (c->json)
        printf("{\"sheets\": %d}\n", count);
    return EXIT_GOOD;
}

/* ---- in ---- */

struct taking {
    struct call *c;
    struct desk *d;
    struct arena *a;
    struct entry *entry;
    struct book_place *place; /* of each entry */
    int entries, cap;
    int kind, who;            /* whose sheet this is */
    bool *item_seen;
    struct err *e;
};

static enum rc complain(struct taking *t, const struct book *b, const struct sheet *s, int row, int column, enum msg id,
                        struct text what, struct text right)
{
    struct book_place place;
    const struct arg where = book_place(&place, b->path, s ? &s->name : NULL, row, column);
    return ERR(t->e, RC_INPUT, id, where, arg_t(what), arg_t(right));
}

/* The row that says whose sheet this is; -1: none. */
static int find_key(const struct sheet *s)
{
    for (int r = 0; r < s->rows && r < 20; r++) {
        if (text_is(text_trim(book_cell(s, r, KEY_MARK)->text), sheet_mark))
            return r;
    }
    return -1;
}

/* A cell that is to be taken as it stands. */
static enum rc plain_cell(struct taking *t, const struct book *b, const struct sheet *s, int row, int column, struct text *out)
{
    const struct cell *cell = book_cell(s, row, column);
    if (cell->merged)
        return complain(t, b, s, row, column, MSG_CLI_SHEET_MERGED, TEXT(""), TEXT(""));
    if (cell->kind == CELL_FORMULA)
        return complain(t, b, s, row, column, MSG_CLI_SHEET_FORMULA, cell->text, TEXT(""));
    if (cell->kind == CELL_ERROR)
        return complain(t, b, s, row, column, MSG_CLI_SHEET_ERROR, cell->text, TEXT(""));
    *out = text_trim(cell->text);
    return RC_OK;
}

static enum rc whose(struct taking *t, const struct book *b, const struct sheet *s, int row)
{
    struct text key[4];
    enum rc rc = RC_OK;
    for (int k = 0; k < 4 && rc == RC_OK; k++)
        rc = plain_cell(t, b, s, row, k, &key[k]);
    if (rc != RC_OK)
        return rc;
    if (!text_is(key[KEY_DRILL], drill_id(t->d)))
        return complain(t, b, s, row, KEY_DRILL, MSG_CLI_SHEET_OTHER_DRILL, key[KEY_DRILL], text_of(drill_id(t->d)));
    if (!panel_evaluator(&t->d->panels, key[KEY_WHO], &t->kind, &t->who))
        return complain(t, b, s, row, KEY_WHO, MSG_CLI_SHEET_NO_PERSON, key[KEY_WHO], TEXT(""));
    const struct rubric *set = t->d->panels.of[t->kind].set;
    if (!text_eq(key[KEY_SET], set->id))
        return complain(t, b, s, row, KEY_SET, MSG_CLI_SHEET_OTHER_SET, key[KEY_SET], set->id);
    return RC_OK;
}

static enum rc add_entry(struct taking *t, const struct book *b, const struct sheet *s, int row, const struct entry *entry)
{
    if (t->entries == t->cap)
        return ERR(t->e, RC_LIMIT, MSG_CLI_ENTRY_LINES, arg_t(b->path), arg_i(t->cap));
    (void)book_place(&t->place[t->entries], b->path, s ? &s->name : NULL, row, row < 0 ? 0 : COL_VALUE);
    t->entry[t->entries++] = *entry;
    return RC_OK;
}

static enum rc read_row(struct taking *t, const struct book *b, const struct sheet *s, int row)
{
    const struct panel *p = &t->d->panels.of[t->kind];
    struct text cell[COLS] = {{"", 0}};
    static const int wanted[] = {COL_ID, COL_VALUE, COL_COMMENT, COL_EVENT, COL_AT};
    enum rc rc = RC_OK;
    for (int k = 0; k < COUNT_OF(wanted) && rc == RC_OK; k++)
        rc = plain_cell(t, b, s, row, wanted[k], &cell[wanted[k]]);
    if (rc != RC_OK)
        return rc;
    if (cell[COL_ID].len == 0) {
        if (cell[COL_VALUE].len == 0 && cell[COL_COMMENT].len == 0)
            return RC_OK; /* an empty row */
        return complain(t, b, s, row, COL_ID, MSG_CLI_SHEET_ITEM, TEXT(""), TEXT(""));
    }
    int item = rubric_find(p->set, cell[COL_ID]);
    if (item < 0 || !panel_expects(p, t->who, item))
        return complain(t, b, s, row, COL_ID, MSG_CLI_SHEET_ITEM, cell[COL_ID], rubric_nearest(p->set, cell[COL_ID]));
    if (t->item_seen[item])
        return complain(t, b, s, row, COL_ID, MSG_CLI_SHEET_ITEM_TWICE, cell[COL_ID], TEXT(""));
    t->item_seen[item] = true;
    if (cell[COL_VALUE].len == 0 && t->kind == PANEL_SURVEY)
        return RC_OK;
    if (cell[COL_VALUE].len == 0)
        return complain(t, b, s, row, COL_VALUE, MSG_CLI_SHEET_EMPTY, cell[COL_ID], TEXT(""));
    struct entry entry = {.kind = ENTRY_MARK};
    (void)entry_set(&entry, "by", p->evaluator[t->who].id);
    (void)entry_set(&entry, "item", cell[COL_ID]);
    (void)entry_set(&entry, "value", cell[COL_VALUE]);
    if (cell[COL_COMMENT].len > 0)
        (void)entry_set(&entry, "comment", cell[COL_COMMENT]);
    if (cell[COL_EVENT].len > 0) {
        struct text number = cell[COL_EVENT].at[0] == '#' ? (struct text){cell[COL_EVENT].at + 1, cell[COL_EVENT].len - 1} : cell[COL_EVENT];
        (void)entry_set(&entry, "event", number);
    }
    if (cell[COL_AT].len > 0)
        (void)entry_set(&entry, "at", cell[COL_AT]);
    return add_entry(t, b, s, row, &entry);
}

static enum rc read_sheet(struct taking *t, const struct book *b, const struct sheet *s, int key)
{
    const struct panel *p;
    enum rc rc = whose(t, b, s, key);
    if (rc != RC_OK)
        return rc;
    p = &t->d->panels.of[t->kind];
    struct text id = p->evaluator[t->who].id;
    for (int i = 0; i < t->entries; i++) {
        if (t->entry[i].kind == ENTRY_SUBMIT && text_eq(entry_get(&t->entry[i], "by"), id))
            return complain(t, b, s, key, KEY_WHO, MSG_CLI_SHEET_TWICE, p->evaluator[t->who].name, entry_get(&t->entry[i], "source"));
    }
    t->item_seen = ARENA_NEW(t->a, bool, p->set->items + 1);
    if (!t->item_seen)
        return ERR0(t->e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int row = key + 2; row < s->rows && rc == RC_OK; row++)
        rc = read_row(t, b, s, row);
    for (int i = 0; i < p->set->items && rc == RC_OK; i++) {
        if (panel_expects(p, t->who, i) && !t->item_seen[i] && t->kind != PANEL_SURVEY)
            rc = complain(t, b, s, -1, 0, MSG_CLI_SHEET_GONE, p->set->item[i].id, TEXT(""));
    }
    if (rc != RC_OK)
        return rc;
    struct entry submit = {.kind = ENTRY_SUBMIT};
    const char *path = b->path.at, *slash = strrchr(path, '/');
    (void)entry_set(&submit, "by", id);
    (void)entry_set(&submit, "source", text_of(slash ? slash + 1 : path));
    return add_entry(t, b, s, -1, &submit);
}

static enum rc read_book(struct taking *t, const char *path)
{
    struct book b;
    enum rc rc = book_read(path, t->a, &b, t->e);
    int found = 0;
    for (int i = 0; i < b.sheets && rc == RC_OK; i++) {
        int key = find_key(&b.sheet[i]);
        if (key < 0)
            continue;
        found++;
        rc = read_sheet(t, &b, &b.sheet[i], key);
    }
    if (rc == RC_OK && found == 0)
        return complain(t, &b, NULL, -1, 0, MSG_CLI_SHEET_NOT_OURS, TEXT(""), TEXT(""));
    return rc;
}

int sheets_import(struct call *c, struct desk *d, const char *const *path, int paths)
{
    struct err e = {0};
    struct arena a;
    arena_init(&a, 0);
    struct taking t = {.c = c, .d = d, .a = &a, .e = &e, .cap = paths * (RUBRIC_ITEMS_MAX + 1)};
    t.entry = ARENA_NEW(&a, struct entry, t.cap + 1);
    t.place = ARENA_NEW(&a, struct book_place, t.cap + 1);
    enum rc rc = paths == 0            ? ERR0(&e, RC_INPUT, MSG_CLI_SHEET_WHICH)
                 : t.entry && t.place ? RC_OK
                                      : ERR0(&e, RC_MEMORY, MSG_CORE_NO_MEMORY);
    for (int i = 0; i < paths && rc == RC_OK; i++)
        rc = read_book(&t, path[i]);
    int failed = -1;
    if (rc == RC_OK)
        rc = desk_record(d, t.entry, t.entries, &failed, &e);
    if (rc != RC_OK && failed >= 0) { /* in both languages its own place */
        struct err with = {.rc = e.rc};
        for (int l = 0; l < LANG_COUNT; l++) {
            struct buf b = BUF_ON(with.text[l]);
            buf_str(&b, t.place[failed].text[l]);
            buf_str(&b, l == LANG_ZH ? "：" : ": ");
            buf_str(&b, e.text[l]);
        }
        e = with;
    }
    int code = EXIT_GOOD;
    if (rc != RC_OK)
        code = call_failed(c, &e);
    else if (c->json)
        printf("{\"sheets\": %d, \"recorded\": %d}\n", paths, t.entries);
    else
        SAY(c, MSG_CLI_SHEETS_IN, arg_i(paths), arg_i(t.entries));
    arena_free(&a);
    return code;
}

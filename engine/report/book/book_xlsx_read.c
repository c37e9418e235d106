#include "report/book/book_xlsx.h"

#include <stdlib.h>
#include <string.h>

/* --- texts --- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* The unit of "_x000D_" at s, else -1. ECMA-376 part 1, 22.9.2.19: ST_Xstring. */
static int escaped(const char *s, const char *end)
{
    int v = 0;
    if (end - s < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        if (hex_digit(s[i]) < 0)
            return -1;
        v = v * 16 + hex_digit(s[i]);
    }
    return v;
}

static char *put_utf8(char *to, int unit)
{
    if (unit >= 0xD800 && unit < 0xE000)
        unit = 0xFFFD;
    if (unit < 0x80) {
        *to++ = (char)unit;
    } else if (unit < 0x800) {
        *to++ = (char)(0xC0 | unit >> 6);
        *to++ = (char)(0x80 | (unit & 0x3F));
    } else {
        *to++ = (char)(0xE0 | unit >> 12);
        *to++ = (char)(0x80 | (unit >> 6 & 0x3F));
        *to++ = (char)(0x80 | (unit & 0x3F));
    }
    return to;
}

struct text reader_text(struct reader *r)
{
    if (r->text.full || r->text.len > BOOK_TEXT_MAX)
        return (struct text){NULL, BOOK_TEXT_MAX + 1};
    char *to = r->room;
    const char *end = r->room + r->text.len;
    bool cr = false;
    for (const char *s = r->room; s < end;) {
        int unit = escaped(s, end);
        int c = unit >= 0 ? unit : (unsigned char)*s;
        s += unit >= 0 ? 7 : 1;
        bool newline = c == '\r' || (c == '\n' && !cr);
        if (newline)
            *to++ = '\n';
        else if (unit >= 0x80)
            to = put_utf8(to, unit);
        else if (c == '\t' || (c >= ' ' && c != 0x7F))
            *to++ = (char)c;
        cr = c == '\r';
    }
    return (struct text){r->room, (int)(to - r->room)};
}

void reader_gather(void *with, const char *at, int len)
{
    struct reader *r = with;
    if (r->in_text)
        buf_text(&r->text, (struct text){at, len});
}

static void add_string(struct reader *r)
{
    struct text t = reader_text(r);
    if (r->strings == STRINGS_MAX) {
        package_stop(&r->p, book_fail_limit(r->f, MSG_BOOK_STRINGS, STRINGS_MAX));
        return;
    }
    if (r->strings == r->string_cap) {
        int32_t cap = r->string_cap ? r->string_cap * 2 : 512;
        struct text *more = realloc(r->string, (size_t)cap * sizeof(*more));
        if (more) {
            r->string = more;
            r->string_cap = cap;
        }
    }
    if (t.at)
        t = arena_text(r->f->a, t);
    bool lost = !t.at && t.len <= BOOK_TEXT_MAX;
    if (r->strings == r->string_cap || lost)
        package_stop(&r->p, book_fail(r->f, RC_MEMORY, MSG_BOOK_NO_MEMORY));
    else
        r->string[r->strings++] = t;
}

/* An <si> is one <t>, or runs <r> with a <t> each; <rPh> holds how it is pronounced. */
static void open_string(void *with, const char *name, const char **attr)
{
    struct reader *r = with;
    (void)attr;
    if (strcmp(name, "si") == 0)
        buf_clear(&r->text);
    else if (strcmp(name, "rPh") == 0)
        r->phonetic = true;
    else if (strcmp(name, "t") == 0)
        r->in_text = !r->phonetic;
}

static void close_string(void *with, const char *name)
{
    struct reader *r = with;
    if (strcmp(name, "t") == 0)
        r->in_text = false;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic = false;
    else if (strcmp(name, "si") == 0)
        add_string(r);
}

enum rc reader_strings(struct reader *r, const char *part)
{
    static const struct walk_ops ops = {open_string, close_string, reader_gather};
    r->in_text = r->phonetic = false;
    buf_clear(&r->text);
    return package_walk(&r->p, part, &ops, r);
}

/* --- number formats --- */

struct styles {
    struct reader *r;
    bool in_codes, in_formats;
};

static void add_code(struct reader *r, const char **attr)
{
    const char *code = attr_get(attr, "formatCode");
    int64_t id;
    if (!code || !attr_int(attr, "numFmtId", &id))
        return;
    if (r->codes == CODES_MAX) {
        package_stop(&r->p, package_fail_here(&r->p));
        return;
    }
    r->code[r->codes].id = id;
    r->code[r->codes++].kind = format_of_code(text_of(code));
}

static void add_format(struct reader *r, const char **attr)
{
    int64_t id = 0;
    if (r->formats == FORMATS_MAX) {
        package_stop(&r->p, package_fail_here(&r->p));
        return;
    }
    enum format_kind kind = FORMAT_NUMBER;
    if (attr_int(attr, "numFmtId", &id) && id >= 0 && id < 164)
        kind = format_of_id((int)id);
    for (int32_t i = 0; i < r->codes; i++)
        if (r->code[i].id == id)
            kind = r->code[i].kind;
    r->format[r->formats++] = (unsigned char)kind;
}

static void open_style(void *with, const char *name, const char **attr)
{
    struct styles *w = with;
    if (strcmp(name, "numFmts") == 0)
        w->in_codes = true;
    else if (strcmp(name, "cellXfs") == 0)
        w->in_formats = true;
    else if (w->in_codes && strcmp(name, "numFmt") == 0)
        add_code(w->r, attr);
    else if (w->in_formats && strcmp(name, "xf") == 0)
        add_format(w->r, attr);
}

static void close_style(void *with, const char *name)
{
    struct styles *w = with;
    if (strcmp(name, "numFmts") == 0)
        w->in_codes = false;
    else if (strcmp(name, "cellXfs") == 0)
        w->in_formats = false;
}

enum rc reader_styles(struct reader *r, const char *part)
{
    static const struct walk_ops ops = {open_style, close_style, NULL};
    struct styles w = {.r = r};
    r->format = malloc(FORMATS_MAX);
    r->code = malloc(CODES_MAX * sizeof(*r->code));
    if (!r->format || !r->code)
        return book_fail(r->f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    return package_walk(&r->p, part, &ops, &w);
}

/* --- the workbook --- */

struct tab {
    struct text name;
    char id[64];
    bool hidden;
};
struct tabs {
    struct reader *r;
    bool workbook; /* it is one */
    int32_t count;
    struct tab tab[BOOK_SHEETS_MAX];
};

static const char *relation(const char **attr)
{
    const char *id =
        attr_get(attr, "http://schemas.openxmlformats.org/officeDocument/2006/relationships|id");
    return id ? id : attr_get(attr, "http://purl.oclc.org/ooxml/officeDocument/relationships|id");
}

static void add_tab(struct tabs *w, const char **attr)
{
    struct reader *r = w->r;
    const char *name = attr_get(attr, "name"), *id = relation(attr),
               *state = attr_get(attr, "state");
    if (w->count == BOOK_SHEETS_MAX) {
        package_stop(&r->p, book_fail_limit(r->f, MSG_BOOK_SHEETS, BOOK_SHEETS_MAX));
        return;
    }
    struct tab *t = &w->tab[w->count];
    if (!name || !id || !text_copy(t->id, (int)sizeof(t->id), text_of(id))) {
        package_stop(&r->p, package_fail_here(&r->p));
        return;
    }
    buf_clear(&r->text);
    for (const char *c = name; *c; c++)
        buf_char(&r->text, (unsigned char)*c < ' ' ? ' ' : *c);
    struct text clean = reader_text(r);
    if (clean.at)
        clean = arena_text(r->f->a, clean);
    if (!clean.at) {
        package_stop(&r->p, clean.len > BOOK_TEXT_MAX
                                ? package_fail_here(&r->p)
                                : book_fail(r->f, RC_MEMORY, MSG_BOOK_NO_MEMORY));
        return;
    }
    t->name = clean;
    t->hidden = state && (strcmp(state, "hidden") == 0 || strcmp(state, "veryHidden") == 0);
    w->count++;
}

static void open_workbook(void *with, const char *name, const char **attr)
{
    struct tabs *w = with;
    if (strcmp(name, "workbook") == 0) {
        w->workbook = true;
    } else if (strcmp(name, "workbookPr") == 0) {
        const char *v = attr_get(attr, "date1904");
        w->r->from_1904 = v && (strcmp(v, "1") == 0 || strcmp(v, "true") == 0);
    } else if (w->workbook && strcmp(name, "sheet") == 0) {
        add_tab(w, attr);
    }
}

/* The workbook's part; what is a zip but no workbook ends here. */
static enum rc find_workbook(struct reader *r, char part[PART_NAME_BYTES])
{
    bool found = false;
    if (!package_has(&r->p, "_rels/.rels"))
        return book_fail(r->f, RC_INPUT,
                         package_has(&r->p, "content.xml") ? MSG_BOOK_ODS : MSG_BOOK_NOT_TABLE);
    enum rc rc = package_follow(&r->p, "", NULL, "/officeDocument", part, &found);
    if (rc != RC_OK)
        return rc;
    if (!found)
        return book_fail(r->f, RC_INPUT, MSG_BOOK_NOT_TABLE);
    size_t n = strlen(part);
    if (n > 4 && strcmp(part + n - 4, ".bin") == 0)
        return book_fail(r->f, RC_INPUT, MSG_BOOK_XLSB);
    return RC_OK;
}

/* Strings and styles may be absent. */
static enum rc read_common(struct reader *r, const char *workbook)
{
    char part[PART_NAME_BYTES];
    bool found = false;
    enum rc rc = package_follow(&r->p, workbook, NULL, "/sharedStrings", part, &found);
    if (rc == RC_OK && found)
        rc = reader_strings(r, part);
    if (rc == RC_OK)
        rc = package_follow(&r->p, workbook, NULL, "/styles", part, &found);
    return rc == RC_OK && found ? reader_styles(r, part) : rc;
}

/* Sheets of charts and dialogs are left out. */
static enum rc read_tab(struct reader *r, const char *workbook, const struct tab *t)
{
    char part[PART_NAME_BYTES];
    bool found = false;
    r->f->sheet = t->name;
    enum rc rc = package_follow(&r->p, workbook, t->id, "/worksheet", part, &found);
    if (rc == RC_OK && !found) {
        rc = package_follow(&r->p, workbook, t->id, "", part, &found);
        if (rc == RC_OK && !found)
            rc = book_fail_sheet(r->f, RC_CORRUPT, MSG_BOOK_BROKEN);
        return rc;
    }
    if (rc != RC_OK)
        return rc;
    struct sheet *s = &r->f->out->sheet[r->f->out->sheets++];
    s->hidden = t->hidden;
    return reader_sheet(r, part, s);
}

static enum rc read_all(struct reader *r, struct tabs *w)
{
    static const struct walk_ops ops = {.open = open_workbook};
    char workbook[PART_NAME_BYTES];
    enum rc rc = package_open(&r->p, r->f);
    if (rc == RC_OK)
        rc = find_workbook(r, workbook);
    if (rc == RC_OK)
        rc = package_walk(&r->p, workbook, &ops, w);
    if (rc == RC_OK && w->count == 0)
        rc = book_fail(r->f, RC_INPUT, w->workbook ? MSG_BOOK_NO_SHEET : MSG_BOOK_NOT_TABLE);
    if (rc == RC_OK)
        rc = read_common(r, workbook);
    if (rc != RC_OK)
        return rc;
    r->f->out->sheet = ARENA_NEW(r->f->a, struct sheet, w->count);
    if (!r->f->out->sheet)
        return book_fail(r->f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    for (int32_t i = 0; i < w->count && rc == RC_OK; i++)
        rc = read_tab(r, workbook, &w->tab[i]);
    if (rc == RC_OK && r->f->out->sheets == 0)
        rc = book_fail(r->f, RC_INPUT, MSG_BOOK_NO_SHEET);
    return rc;
}

enum rc book_read_xlsx(struct book_file *f)
{
    struct reader *r = calloc(1, sizeof(*r));
    struct tabs *w = calloc(1, sizeof(*w));
    enum rc rc = RC_MEMORY;
    if (r && w) {
        r->f = f;
        r->text = BUF_ON(r->room);
        w->r = r;
        rc = read_all(r, w);
        package_close(&r->p);
        free(r->string);
        free(r->format);
        free(r->code);
    } else {
        rc = book_fail(f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    }
    free(r);
    free(w);
    return rc;
}

#include "report/book/book_package.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 16, RATIO_FROM = 1 << 20, DEPTH_MAX = 64 };

static enum rc fail_part(struct package *p, enum rc rc, enum msg id, const char *part, int64_t line)
{
    struct book_place place;
    return ERR(p->f->e, rc, id, book_place(&place, p->f->path, NULL, -1, -1), arg_s(part),
               arg_i(line));
}

enum rc package_fail_here(struct package *p)
{
    return fail_part(p, RC_CORRUPT, MSG_BOOK_PART_BROKEN, p->part,
                     (int64_t)XML_GetCurrentLineNumber(p->parser));
}

/* Index of a part, -1 when there is none. Part names are told apart without regard to case
 * (ECMA-376 part 2), and some writers put the slashes of their own system. */
static zip_int64_t locate(struct package *p, const char *part)
{
    zip_int64_t at = zip_name_locate(p->zip, part, 0);
    if (at < 0)
        at = zip_name_locate(p->zip, part, ZIP_FL_NOCASE);
    if (at >= 0)
        return at;
    char other[PART_NAME_BYTES];
    (void)text_copy(other, (int)sizeof(other), text_of(part));
    for (char *c = other; *c; c++)
        if (*c == '/')
            *c = '\\';
    return zip_name_locate(p->zip, other, ZIP_FL_NOCASE);
}

bool package_has(struct package *p, const char *part)
{
    return locate(p, part) >= 0;
}

enum rc package_open(struct package *p, struct book_file *f)
{
    *p = (struct package){.f = f};
    zip_error_t ze;
    zip_error_init(&ze);
    zip_source_t *from = zip_source_buffer_create(f->at, f->size, 0, &ze);
    p->zip = from ? zip_open_from_source(from, ZIP_RDONLY, &ze) : NULL;
    bool memory = zip_error_code_zip(&ze) == ZIP_ER_MEMORY;
    zip_error_fini(&ze);
    if (!p->zip) {
        if (from)
            zip_source_free(from);
        return memory ? book_fail(f, RC_MEMORY, MSG_BOOK_NO_MEMORY)
                      : book_fail(f, RC_CORRUPT, MSG_BOOK_BROKEN);
    }
    if (zip_get_num_entries(p->zip, 0) > BOOK_PARTS_MAX)
        return book_fail_limit(f, MSG_BOOK_PARTS, BOOK_PARTS_MAX);
    return RC_OK;
}

void package_close(struct package *p)
{
    if (p->zip)
        zip_discard(p->zip);
    p->zip = NULL;
}

void package_stop(struct package *p, enum rc rc)
{
    if (p->rc == RC_OK)
        p->rc = rc;
    (void)XML_StopParser(p->parser, XML_FALSE);
}

/* --- XML --- */

struct walk {
    struct package *p;
    const struct walk_ops *ops;
    void *with;
    int depth;
};

/* Namespaces of the parts read here, transitional and strict, and of relationships. */
static const char *const spaces[] = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main|",
    "http://purl.oclc.org/ooxml/spreadsheetml/main|",
    "http://schemas.openxmlformats.org/package/2006/relationships|",
};

static const char *bare(const char *name)
{
    for (int i = 0; i < COUNT_OF(spaces); i++) {
        size_t n = strlen(spaces[i]);
        if (strncmp(name, spaces[i], n) == 0)
            return name + n;
    }
    return strchr(name, '|') ? "" : name;
}

static void XMLCALL on_open(void *with, const char *name, const char **attr)
{
    struct walk *w = with;
    if (w->p->rc != RC_OK)
        return;
    if (++w->depth > DEPTH_MAX) {
        package_stop(w->p, package_fail_here(w->p));
        return;
    }
    w->ops->open(w->with, bare(name), attr);
}

static void XMLCALL on_close(void *with, const char *name)
{
    struct walk *w = with;
    w->depth--;
    if (w->p->rc == RC_OK && w->ops->close)
        w->ops->close(w->with, bare(name));
}

static void XMLCALL on_text(void *with, const char *at, int len)
{
    struct walk *w = with;
    if (w->p->rc == RC_OK && w->ops->text)
        w->ops->text(w->with, at, len);
}

static void XMLCALL on_doctype(void *with, const char *name, const char *system, const char *public,
                               int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    struct walk *w = with;
    package_stop(w->p, fail_part(w->p, RC_INPUT, MSG_BOOK_DOCTYPE, w->p->part, 0));
}

/* Is the part within the limits, as its directory entry has it? It may lie: feed counts too. */
static enum rc check_entry(struct package *p, zip_int64_t at, int64_t *packed)
{
    zip_stat_t st;
    if (zip_stat_index(p->zip, (zip_uint64_t)at, 0, &st) != 0 || !(st.valid & ZIP_STAT_SIZE) ||
        !(st.valid & ZIP_STAT_COMP_SIZE))
        return book_fail(p->f, RC_CORRUPT, MSG_BOOK_BROKEN);
    if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
        return book_fail(p->f, RC_INPUT, MSG_BOOK_PASSWORD);
    if (st.size > BOOK_UNPACKED_MAX || p->unpacked + (int64_t)st.size > BOOK_UNPACKED_MAX)
        return book_fail_limit(p->f, MSG_BOOK_UNPACKED_LARGE, BOOK_UNPACKED_MAX >> 20);
    *packed = st.comp_size < BOOK_FILE_MAX ? (int64_t)st.comp_size : BOOK_FILE_MAX;
    if (st.size > RATIO_FROM && (int64_t)st.size > (*packed + 1) * BOOK_RATIO_MAX)
        return book_fail_limit(p->f, MSG_BOOK_BOMB, BOOK_RATIO_MAX);
    return RC_OK;
}

/* Unpacks the entry into the parser. */
static enum rc feed(struct package *p, zip_int64_t at, int64_t packed, char *chunk)
{
    zip_file_t *in = zip_fopen_index(p->zip, (zip_uint64_t)at, 0);
    if (!in)
        return book_fail(p->f, RC_CORRUPT, MSG_BOOK_BROKEN);
    enum rc rc = RC_OK;
    int64_t got = 0;
    bool last = false;
    while (rc == RC_OK && !last) {
        zip_int64_t n = zip_fread(in, chunk, CHUNK);
        last = n == 0;
        got += n;
        if (n < 0)
            rc = book_fail(p->f, RC_CORRUPT, MSG_BOOK_BROKEN);
        else if (p->unpacked + got > BOOK_UNPACKED_MAX)
            rc = book_fail_limit(p->f, MSG_BOOK_UNPACKED_LARGE, BOOK_UNPACKED_MAX >> 20);
        else if (got > RATIO_FROM && got > (packed + 1) * BOOK_RATIO_MAX)
            rc = book_fail_limit(p->f, MSG_BOOK_BOMB, BOOK_RATIO_MAX);
        else if (XML_Parse(p->parser, chunk, (int)n, last) != XML_STATUS_OK)
            rc = p->rc != RC_OK ? p->rc
                 : XML_GetErrorCode(p->parser) == XML_ERROR_NO_MEMORY
                     ? book_fail(p->f, RC_MEMORY, MSG_BOOK_NO_MEMORY)
                     : package_fail_here(p);
        else
            rc = p->rc;
    }
    p->unpacked += got;
    (void)zip_fclose(in);
    return rc;
}

enum rc package_walk(struct package *p, const char *part, const struct walk_ops *ops, void *with)
{
    zip_int64_t at = locate(p, part);
    if (at < 0)
        return fail_part(p, RC_CORRUPT, MSG_BOOK_PART_MISSING, part, 0);
    int64_t packed = 0;
    enum rc rc = check_entry(p, at, &packed);
    if (rc != RC_OK)
        return rc;
    struct walk w = {.p = p, .ops = ops, .with = with};
    char *chunk = malloc(CHUNK);
    p->parser = chunk ? XML_ParserCreateNS(NULL, '|') : NULL;
    p->part = part;
    p->rc = RC_OK;
    if (p->parser) {
        XML_SetUserData(p->parser, &w);
        XML_SetElementHandler(p->parser, on_open, on_close);
        XML_SetCharacterDataHandler(p->parser, on_text);
        XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
        rc = feed(p, at, packed, chunk);
        XML_ParserFree(p->parser);
        p->parser = NULL;
    } else {
        rc = book_fail(p->f, RC_MEMORY, MSG_BOOK_NO_MEMORY);
    }
    free(chunk);
    return rc;
}

const char *attr_get(const char **attr, const char *name)
{
    for (; *attr; attr += 2)
        if (strcmp(attr[0], name) == 0)
            return attr[1];
    return NULL;
}

bool attr_int(const char **attr, const char *name, int64_t *out)
{
    const char *v = attr_get(attr, name);
    return v && text_to_i64(text_of(v), out);
}

/* --- relationships --- */

struct follow {
    struct package *p;
    const char *id, *type;
    char target[PART_NAME_BYTES];
    bool found, wrong;
};

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static void on_relationship(void *with, const char *name, const char **attr)
{
    struct follow *w = with;
    const char *id = attr_get(attr, "Id"), *type = attr_get(attr, "Type"),
               *target = attr_get(attr, "Target");
    const char *mode = attr_get(attr, "TargetMode");
    if (w->found || strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        (mode && strcmp(mode, "External") == 0))
        return;
    if ((w->id && strcmp(id, w->id) != 0) || !ends_with(type, w->type))
        return;
    w->found = true;
    w->wrong = !text_copy(w->target, (int)sizeof(w->target), text_of(target));
}

/* to = target as seen from the folder of from: "/xl/a.xml" from the root, "../a.xml" from above. */
static bool resolve(const char *from, const char *target, char to[PART_NAME_BYTES])
{
    char whole[2 * PART_NAME_BYTES];
    struct buf b = BUF_ON(whole);
    const char *folder = strrchr(from, '/');
    if (target[0] != '/' && target[0] != '\\' && folder)
        buf_text(&b, (struct text){from, (int)(folder - from) + 1});
    buf_str(&b, target);
    struct buf out = buf_on(to, PART_NAME_BYTES);
    for (const char *s = whole; *s;) {
        size_t n = strcspn(s, "/\\");
        if (n == 2 && memcmp(s, "..", 2) == 0) {
            while (out.len > 0 && out.at[out.len - 1] != '/')
                out.len--;
            out.len -= out.len > 0;
        } else if (n > 0 && !(n == 1 && s[0] == '.')) {
            if (out.len > 0)
                buf_char(&out, '/');
            buf_text(&out, (struct text){s, (int)n});
        }
        s += n + (s[n] != 0);
    }
    out.at[out.len] = 0;
    return out.len > 0 && !out.full && !b.full;
}

enum rc package_follow(struct package *p, const char *from, const char *id, const char *type,
                       char to[PART_NAME_BYTES], bool *found)
{
    static const struct walk_ops ops = {.open = on_relationship};
    char part[PART_NAME_BYTES + 16];
    struct buf b = BUF_ON(part);
    const char *base = strrchr(from, '/');
    base = base ? base + 1 : from;
    buf_text(&b, (struct text){from, (int)(base - from)});
    buf_str(&b, "_rels/");
    buf_str(&b, base);
    buf_str(&b, ".rels");
    struct follow w = {.p = p, .id = id, .type = type};
    *found = false;
    enum rc rc = package_walk(p, part, &ops, &w);
    if (rc != RC_OK || !w.found)
        return rc;
    if (w.wrong || !resolve(from, w.target, to))
        return fail_part(p, RC_CORRUPT, MSG_BOOK_PART_BROKEN, part, 1);
    *found = true;
    return RC_OK;
}

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "report/book/book_xlsx_rows.h"

/* Excel fits rows to their text when it opens a book, LibreOffice does not; so each row gets the
 * height its text is guessed to need. libxlsxwriter marks such a height as chosen by hand, and then
 * no row would grow with what an evaluator types: the mark is taken off again. */

enum {
    HEIGHT_MAX = 409,
    HEIGHT_DEFAULT = 15,
    WIDTH_DEFAULT = 8,
    DOS_DATE = 1 << 5 | 1 /* 1980-01-01 */
};

/* Lines of a text in a column of so many digits: a Han character is as wide as two. */
static int lines_of(struct text t, double width)
{
    int lines = 1;
    double used = 0, room = width > 3 ? width - 1 : 2;
    for (int i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.at[i];
        if (c == '\n') {
            lines++;
            used = 0;
        } else if ((c & 0xC0) != 0x80) {
            double w = c < 0x80 ? 1 : 2;
            if (used + w > room) {
                lines++;
                used = 0;
            }
            used += w;
        }
    }
    return lines;
}

double row_height(const struct out_sheet *s, int row, const struct cell_look *look)
{
    double most = 0;
    for (int column = 0; column < s->columns; column++) {
        const struct out_cell *c = &s->cell[(size_t)row * (size_t)s->columns + (size_t)column];
        if (s->hidden_column && s->hidden_column[column])
            continue;
        double width = s->width && s->width[column] > 0 ? s->width[column] : WIDTH_DEFAULT;
        int lines = look[c->style].wrap && c->kind == CELL_TEXT ? lines_of(c->text, width) : 1;
        bool nothing = c->kind == CELL_EMPTY && c->style == STYLE_PLAIN;
        double height = nothing ? 0 : lines * look[c->style].points * 1.35 + 2;
        most = height > most ? height : most;
    }
    most = most > HEIGHT_MAX ? HEIGHT_MAX : most;
    return most > HEIGHT_DEFAULT ? (double)(int)(most * 4 + 0.5) / 4 : 0;
}

/* Takes the mark off rows whose height the caller left open, in place; returns the length. */
static size_t loosen(char *xml, const struct out_sheet *s)
{
    static const char mark[] = " customHeight=\"1\"", row[] = "<row r=\"";
    char *to = xml;
    const char *from = xml;
    for (;;) {
        const char *at = strstr(from, row);
        const char *end = at ? strchr(at, '>') : NULL;
        const char *cut = end ? strstr(at, mark) : NULL;
        if (!end)
            break;
        long number = strtol(at + sizeof(row) - 1, NULL, 10);
        bool chosen = s->height && number >= 1 && number <= s->rows && s->height[number - 1] > 0;
        const char *stop = cut && cut < end && !chosen ? cut : end;
        memmove(to, from, (size_t)(stop - from));
        to += stop - from;
        from = stop == end ? end : cut + sizeof(mark) - 1;
        /* The rest of the tag, so that the search goes on behind it. */
        memmove(to, from, (size_t)(end - from));
        to += end - from;
        from = end;
    }
    size_t left = strlen(from);
    memmove(to, from, left + 1);
    return (size_t)(to - xml) + left;
}

static char *unpack(zip_t *z, zip_uint64_t at)
{
    zip_stat_t st;
    if (zip_stat_index(z, at, 0, &st) != 0 || !(st.valid & ZIP_STAT_SIZE) || st.size > (1u << 30))
        return NULL;
    char *xml = malloc((size_t)st.size + 1);
    zip_file_t *f = xml ? zip_fopen_index(z, at, 0) : NULL;
    bool good = f && zip_fread(f, xml, st.size) == (zip_int64_t)st.size;
    if (f)
        (void)zip_fclose(f);
    if (!good) {
        free(xml);
        return NULL;
    }
    xml[st.size] = 0;
    return xml;
}

static bool loosen_sheet(zip_t *z, int number, const struct out_sheet *s)
{
    char name[48];
    struct buf b = BUF_ON(name);
    buf_str(&b, "xl/worksheets/sheet");
    buf_i64(&b, number);
    buf_str(&b, ".xml");
    zip_int64_t at = zip_name_locate(z, name, 0);
    char *xml = at >= 0 ? unpack(z, (zip_uint64_t)at) : NULL;
    if (!xml)
        return false;
    size_t size = loosen(xml, s);
    zip_source_t *from = zip_source_buffer(z, xml, size, 1); /* frees xml */
    if (!from) {
        free(xml);
        return false;
    }
    if (zip_file_replace(z, (zip_uint64_t)at, from, 0) != 0) {
        zip_source_free(from);
        return false;
    }
    return zip_file_set_dostime(z, (zip_uint64_t)at, 0, DOS_DATE, 0) == 0;
}

bool rows_loosen(const char *path, const struct out_book *b)
{
    zip_t *z = zip_open(path, 0, NULL);
    bool good = z != NULL;
    for (int i = 0; i < b->sheets && good; i++)
        good = loosen_sheet(z, i + 1, &b->sheet[i]);
    if (good && zip_close(z) == 0)
        return true;
    if (z)
        zip_discard(z);
    return false;
}

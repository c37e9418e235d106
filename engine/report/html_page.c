#include "report/html_page.h"

#include <string.h>

#include "base/num.h"

void page_raw(struct page *p, const char *markup)
{
    bytes_str(p->out, markup);
}

/* Length of the UTF-8 sequence at s that is fit for HTML; 0 when there is none. Text ends in NUL, so
 * continuation bytes may be looked at one after the other. */
static int sequence(const unsigned char *s)
{
    if (s[0] < 0x80)
        return s[0] >= 0x20 && s[0] != 0x7F ? 1 : s[0] == '\t' ? 1 : 0;
    int n = s[0] >= 0xC2 && s[0] < 0xE0 ? 2 : (s[0] & 0xF0) == 0xE0 ? 3
            : s[0] >= 0xF0 && s[0] < 0xF5 ? 4 : 0;
    for (int i = 1; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
        (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F) ||
        (s[0] == 0xC2 && s[1] < 0xA0))
        return 0; /* overlong, surrogate, beyond U+10FFFF, C1 control */
    return n;
}

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\n':
        return "<br>";
    default:
        return NULL;
    }
}

void page_text(struct page *p, const char *text)
{
    const char *from = text;
    if (!text)
        return;
    for (const char *s = text; *s;) {
        const char *replace = entity(*s);
        int n = replace ? 1 : sequence((const unsigned char *)s);
        if (n == 0) {
            replace = "\xEF\xBF\xBD";
            n = 1;
        }
        if (replace) {
            bytes_add(p->out, from, (size_t)(s - from));
            bytes_str(p->out, replace);
            from = s + n;
        }
        s += n;
    }
    bytes_str(p->out, from);
}

void page_msg(struct page *p, enum msg id)
{
    page_text(p, msg_text(p->lang, id));
}

void page_fill(struct page *p, enum msg id, const struct arg *args, int count)
{
    char line[4096];
    struct buf b = BUF_ON(line);
    msg_format(&b, p->lang, id, args, count);
    page_text(p, line);
}

void page_int(struct page *p, int64_t v)
{
    char line[32];
    struct buf b = BUF_ON(line);
    buf_i64(&b, v);
    page_text(p, line);
}

void page_number(struct page *p, double v, int decimals)
{
    char line[64];
    struct buf b = BUF_ON(line);
    if (num_is_finite(v))
        number_for_people(&b, p->lang, v, decimals);
    else
        buf_str(&b, "—");
    page_text(p, line);
}

static void two_digits(struct buf *b, int64_t v)
{
    if (v < 10)
        buf_char(b, '0');
    buf_i64(b, v);
}

void page_moment(struct page *p, int64_t t_ms)
{
    if (t_ms == REPORT_NEVER) {
        page_raw(p, "—");
        return;
    }
    char line[96];
    struct buf b = BUF_ON(line);
    clock_for_people(&b, (double)(p->m->start_clock_ms / 1000) + (double)(t_ms / 1000));
    page_text(p, line);
    b = BUF_ON(line);
    int64_t s = (t_ms < 0 ? -t_ms : t_ms) / 1000;
    buf_str(&b, t_ms < 0 ? "T-" : "T+");
    two_digits(&b, s / 3600);
    buf_char(&b, ':');
    two_digits(&b, s / 60 % 60);
    if (s % 60) {
        buf_char(&b, ':');
        two_digits(&b, s % 60);
    }
    page_raw(p, " <small>");
    page_text(p, line);
    page_raw(p, "</small>");
}

void page_duration(struct page *p, int64_t ms)
{
    if (ms == REPORT_NEVER) {
        page_raw(p, "—");
        return;
    }
    int64_t s = (ms < 0 ? 0 : ms) / 1000;
    if (s >= 3600 && s / 60 % 60)
        PAGE_FILL(p, MSG_REPORT_HOURS_MINUTES, arg_i(s / 3600), arg_i(s / 60 % 60));
    else if (s >= 3600)
        PAGE_FILL(p, MSG_REPORT_HOURS, arg_i(s / 3600));
    else if (s >= 60 && s % 60)
        PAGE_FILL(p, MSG_REPORT_MINUTES_SECONDS, arg_i(s / 60), arg_i(s % 60));
    else if (s >= 60)
        PAGE_FILL(p, MSG_REPORT_MINUTES, arg_i(s / 60));
    else
        PAGE_FILL(p, MSG_REPORT_SECONDS, arg_i(s));
}

void page_chapter(struct page *p, enum msg title)
{
    static const char *const han[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
                                      "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八"};
    p->chapter++;
    page_raw(p, "<h2>");
    if (p->lang == LANG_ZH && p->chapter <= COUNT_OF(han)) {
        page_raw(p, han[p->chapter - 1]);
        page_raw(p, "、");
    } else {
        page_int(p, p->chapter);
        page_raw(p, ". ");
    }
    page_msg(p, title);
    page_raw(p, "</h2>\n");
}

void page_section(struct page *p, enum msg title)
{
    page_raw(p, "<h3>");
    page_msg(p, title);
    page_raw(p, "</h3>\n");
}

void page_paragraph(struct page *p, enum msg id)
{
    page_raw(p, "<p>");
    page_msg(p, id);
    page_raw(p, "</p>\n");
}

void page_none(struct page *p, enum msg id)
{
    page_raw(p, "<p class=\"none\">");
    page_msg(p, id);
    page_raw(p, "</p>\n");
}

void table_begin(struct page *p, enum msg caption, const struct column *columns, int count)
{
    page_raw(p, "<table>\n<caption>");
    PAGE_FILL(p, MSG_REPORT_TABLE_NUMBER, arg_i(++p->table), arg_msg(caption));
    page_raw(p, "</caption>\n<thead><tr>");
    for (int i = 0; i < count; i++) {
        page_raw(p, "<th scope=\"col\" class=\"");
        page_text(p, columns[i].style);
        page_raw(p, "\">");
        page_msg(p, columns[i].name);
        page_raw(p, "</th>");
    }
    page_raw(p, "</tr></thead>\n<tbody>\n");
}

void table_row(struct page *p)
{
    page_raw(p, "<tr>");
}

/* HTML lets the end of a cell be left out. */
void table_cell(struct page *p)
{
    page_raw(p, "<td>");
}

void table_row_end(struct page *p)
{
    page_raw(p, "</tr>\n");
}

void table_end(struct page *p)
{
    page_raw(p, "</tbody>\n</table>\n");
}

void table_text(struct page *p, const char *text)
{
    table_cell(p);
    if (text && *text)
        page_text(p, text);
    else
        page_raw(p, "—");
}

static bool has_event(const struct report_model *m, int64_t seq)
{
    int low = 0, high = m->event_count - 1;
    while (low <= high) {
        int mid = low + (high - low) / 2;
        if (m->events[mid].seq == seq)
            return true;
        if (m->events[mid].seq < seq)
            low = mid + 1;
        else
            high = mid - 1;
    }
    return false;
}

void page_evidence(struct page *p, const int64_t *seq, int count)
{
    for (int i = 0; i < count; i++) {
        bool link = has_event(p->m, seq[i]);
        page_raw(p, i ? " " : "");
        if (link) {
            page_raw(p, "<a href=\"#e");
            page_int(p, seq[i]);
            page_raw(p, "\">");
        }
        page_raw(p, "#");
        page_int(p, seq[i]);
        page_raw(p, link ? "</a>" : "");
    }
    if (count <= 0)
        page_raw(p, "—");
}

static void defaults(struct figure *f)
{
    static const double size[][2] = {{760, 470}, {760, 320}, {700, 280}, {460, 380}, {760, 380},
                                     {700, 600}};
    if (!f->theme)
        f->theme = theme_light();
    if (!(f->width > 0) || !(f->height > 0)) {
        f->width = size[f->kind][0];
        f->height = size[f->kind][1];
        if (f->kind == FIGURE_TIMELINE)
            f->height = num_clamp(timeline_height(f->theme, f->of), 160, 1000);
        if (f->kind == FIGURE_MATRIX)
            f->height = num_clamp(170 + 40 * ((const struct matrix *)f->of)->size, 200, 700);
    }
}

static void picture(struct page *p, const struct figure *figure, const char *caption, bool numbered)
{
    struct figure f = *figure;
    struct bytes bytes = {0};
    if (p->rc || !f.of)
        return;
    defaults(&f);
    bool map = f.kind == FIGURE_MAP;
    p->figure += numbered;
    p->rc = map ? figure_png(&f, 2, &bytes, p->e) : figure_svg(&f, NULL, &bytes, p->e);
    if (p->rc == RC_OK) {
        page_raw(p, "<figure><img alt=\"");
        page_text(p, caption);
        if (map && numbered) {
            char words[2048];
            struct buf b = BUF_ON(words);
            map_legend_text(f.of, &b);
            page_raw(p, b.len > 0 ? "; " : "");
            page_text(p, words);
        }
        page_raw(p, map ? "\" src=\"data:image/png;base64," : "\" src=\"data:image/svg+xml;base64,");
        bytes_base64(p->out, bytes.at, bytes.size);
        page_raw(p, "\"><figcaption>");
        if (numbered) {
            PAGE_FILL(p, MSG_REPORT_FIGURE_NUMBER, arg_i(p->figure));
            page_raw(p, " ");
        }
        page_text(p, caption);
        page_raw(p, "</figcaption></figure>\n");
    }
    bytes_free(&bytes);
}

void page_figure(struct page *p, const struct figure *figure, const char *caption)
{
    picture(p, figure, caption, true);
}

void page_frame(struct page *p, const struct figure *figure, const char *caption)
{
    picture(p, figure, caption, false);
}

/* html.c -- the HTML report: head, title, summary, then the chapters in order. */
#include "base/num.h"
#include <string.h>

#include "report/html_parts.h"

static void write_title(struct page *p)
{
    const struct report_model *m = p->m;
    if (m->title) {
        page_text(p, m->title);
        return;
    }
    const char *name = m->scenario ? m->scenario : msg_text(p->lang, MSG_REPORT_UNTITLED);
    /* a scenario that calls itself a tabletop drill is not called so twice */
    static const char twice[] = "桌面推演";
    size_t n = strlen(name), t = sizeof(twice) - 1;
    bool has = p->lang == LANG_ZH && n > t && strcmp(name + n - t, twice) == 0;
    PAGE_FILL(p, has ? MSG_REPORT_TITLE_SHORT : MSG_REPORT_TITLE, arg_s(name));
}

static void write_head(struct page *p)
{
    page_raw(p, "<!DOCTYPE html>\n<html lang=\"");
    page_raw(p, p->lang == LANG_ZH ? "zh-CN" : "en");
    page_raw(p, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "img-src data:; style-src 'unsafe-inline'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"generator\" content=\"tuiyan\">\n<title>");
    write_title(p);
    page_raw(p, "</title>\n<style>\n");
    for (int i = 0; html_style[i]; i++)
        page_raw(p, html_style[i]);
    page_raw(p, "</style>\n</head>\n<body>\n<main>\n");
}

static void write_banner(struct page *p)
{
    const struct report_model *m = p->m;
    page_raw(p, "<div class=\"drillmark\">");
    page_msg(p, MSG_REPORT_DRILL_ONLY);
    page_raw(p, "</div>\n");
    if (m->issuer) {
        page_raw(p, "<div class=\"issuer\">");
        page_text(p, m->issuer);
        page_raw(p, "</div>\n");
    }
    if (m->number) {
        page_raw(p, "<div class=\"number\">");
        page_text(p, m->number);
        page_raw(p, "</div>\n");
    }
    if (m->issuer || m->number)
        page_raw(p, "<hr class=\"rule\">\n");
    page_raw(p, "<h1>");
    write_title(p);
    page_raw(p, "</h1>\n<div class=\"under\">");
    page_text(p, m->town);
    if (m->town && m->date)
        page_raw(p, "　");
    page_text(p, m->date);
    page_raw(p, "</div>\n");
}

static void card_begin(struct page *p, const char *tone, enum msg name)
{
    page_raw(p, "<div class=\"card ");
    page_raw(p, tone);
    page_raw(p, "\">");
    page_msg(p, name);
    page_raw(p, "<b>");
}

static void card_end(struct page *p)
{
    page_raw(p, "</span></div>\n");
}

static const char *total_tone(double total)
{
    return total >= 75 ? "good" : total >= 60 ? "warn" : "bad";
}

static void card_score(struct page *p)
{
    const struct report_score *s = &p->m->score;
    bool scored = num_is_finite(s->total) && (s->indicator_count > 0 || s->objective_count > 0);
    card_begin(p, scored ? total_tone(s->total) : "", MSG_REPORT_TOTAL);
    if (!scored) {
        page_raw(p, "—</b><span>");
        page_msg(p, MSG_REPORT_NOT_SCORED);
        card_end(p);
        return;
    }
    page_number(p, s->total, 2);
    page_raw(p, "</b><span>");
    page_msg(p, MSG_REPORT_OF_100);
    if (s->grade) {
        page_raw(p, " · ");
        page_msg(p, MSG_REPORT_GRADE);
        page_raw(p, " ");
        page_text(p, s->grade);
    }
    card_end(p);
}

static void card_loss(struct page *p)
{
    const struct report_loss *l = p->m->losses;
    if (p->m->loss_count < 1)
        return;
    page_raw(p, "<div class=\"card\">");
    page_text(p, l->name);
    page_raw(p, "<b>");
    page_number(p, l->value, l->decimals);
    page_raw(p, "<small> ");
    page_text(p, l->unit);
    page_raw(p, "</small></b><span>");
    if (num_is_finite(l->baseline) && num_is_finite(l->value) && l->baseline > 0) {
        double share = (l->baseline - l->value) / l->baseline * 100;
        PAGE_FILL(p, share >= 0 ? MSG_REPORT_AGAINST_NOTHING : MSG_REPORT_MORE_THAN_NOTHING,
                  arg_d(num_abs(share), 0));
    }
    card_end(p);
}

static void card_clauses(struct page *p)
{
    int met = 0, tested = 0, bad = 0;
    for (int i = 0; i < p->m->clause_count; i++) {
        enum report_clause_state s = p->m->clauses[i].state;
        met += s == REPORT_CLAUSE_MET;
        bad += s == REPORT_CLAUSE_VIOLATED;
        tested += s == REPORT_CLAUSE_MET || s == REPORT_CLAUSE_LATE || s == REPORT_CLAUSE_VIOLATED;
    }
    if (p->m->clause_count < 1)
        return;
    card_begin(p, bad ? "bad" : met == tested ? "good" : "warn", MSG_REPORT_CLAUSES_MET);
    PAGE_FILL(p, MSG_REPORT_OF, arg_i(met), arg_i(tested));
    page_raw(p, "</b><span>");
    page_msg(p, MSG_REPORT_NOT_EXERCISED);
    page_raw(p, " ");
    page_int(p, p->m->clause_count - tested);
    card_end(p);
}

static void card_findings(struct page *p)
{
    int count[3] = {0};
    for (int i = 0; i < p->m->finding_count; i++)
        if (p->m->findings[i].fclass <= REPORT_IMPROVE)
            count[p->m->findings[i].fclass]++;
    card_begin(p, count[0] ? "bad" : "", MSG_REPORT_FINDINGS_COUNT);
    page_int(p, p->m->finding_count);
    page_raw(p, "</b><span>");
    PAGE_FILL(p, MSG_REPORT_FINDINGS_SPLIT, arg_i(count[0]), arg_i(count[1]), arg_i(count[2]));
    card_end(p);
}

static void write_summary(struct page *p)
{
    if (p->m->aborted)
        page_none(p, MSG_REPORT_ABORTED);
    page_raw(p, "<div class=\"cards\">\n");
    card_score(p);
    card_loss(p);
    card_clauses(p);
    card_findings(p);
    page_raw(p, "</div>\n");
    if (p->m->score.cap) {
        page_raw(p, "<p class=\"veto\">");
        PAGE_FILL(p, MSG_REPORT_CAPPED, arg_s(p->m->score.cap));
        page_raw(p, "</p>\n");
    }
}

enum rc report_write_html(const struct report_model *m, enum lang lang, struct bytes *out,
                          struct err *e)
{
    static void (*const chapter[])(struct page *) = {
        html_basics, html_course,      html_command,     html_losses,   html_score, html_panel, html_plan,
        html_findings, html_corrections, html_assumptions, html_agreement, html_agenda,
        html_evidence, html_sign};
    struct page p = {.out = out, .m = m, .lang = lang, .e = e};
    write_head(&p);
    write_banner(&p);
    write_summary(&p);
    for (int i = 0; i < COUNT_OF(chapter) && p.rc == RC_OK; i++)
        chapter[i](&p);
    page_raw(&p, "</main>\n</body>\n</html>\n");
    if (p.rc)
        return p.rc;
    if (out->failed)
        return ERR(e, RC_MEMORY, MSG_DRAW_FAILED, arg_s("out of memory"));
    return RC_OK;
}

/* html_agenda.c -- the annex on how the room was to be led: phases, expected chains, posts. */
#include "report/html_parts.h"

static void phases(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_PHASE, "w18"},
                                            {MSG_REPORT_C_BEGINS, "w15"},
                                            {MSG_REPORT_C_ROOM, "w10"},
                                            {MSG_REPORT_C_QUESTIONS, ""},
                                            {MSG_REPORT_C_DECISION, "w20"}};
    if (p->m->phase_count < 1)
        return;
    table_begin(p, MSG_REPORT_T_PHASES, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->phase_count; i++) {
        const struct report_phase *f = &p->m->phases[i];
        table_row(p);
        table_text(p, f->title);
        table_text(p, f->from);
        table_cell(p);
        if (f->room_ms > 0)
            page_duration(p, f->room_ms);
        table_text(p, f->questions);
        if (f->seats) {
            page_raw(p, f->questions ? "<br><small>" : "<small>");
            page_text(p, f->seats);
            page_raw(p, "</small>");
        }
        table_text(p, f->decision);
        table_row_end(p);
    }
    table_end(p);
}

/* The steps of an inject in one cell, numbered. */
static void chains(struct page *p)
{
    static const struct column columns[] = {
        {MSG_REPORT_C_INJECT, "w25"}, {MSG_REPORT_C_FIRED, "w18"}, {MSG_REPORT_C_EXPECTED, ""}};
    if (p->m->step_count < 1)
        return;
    table_begin(p, MSG_REPORT_T_CHAINS, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->step_count;) {
        const struct report_step *first = &p->m->steps[i];
        table_row(p);
        table_text(p, first->inject);
        page_raw(p, "<td class=\"t\">");
        page_moment(p, first->fired_ms);
        table_cell(p);
        for (int k = 1; i < p->m->step_count && (k == 1 || !p->m->steps[i].opens); i++, k++) {
            if (k > 1)
                page_raw(p, "<br>");
            page_int(p, k);
            page_raw(p, ". ");
            page_text(p, p->m->steps[i].text);
        }
        table_row_end(p);
    }
    table_end(p);
}

static void duties(struct page *p)
{
    static const struct column columns[] = {
        {MSG_REPORT_C_AGENCY, "w25"}, {MSG_REPORT_C_POST_TITLE, ""}, {MSG_REPORT_C_NAME, "w10"},
        {MSG_REPORT_C_PHONE, "w15"},  {MSG_REPORT_C_AT, "w15"},      {MSG_REPORT_C_DEPUTY, "w15"}};
    if (p->m->duty_count < 1)
        return;
    table_begin(p, MSG_REPORT_T_DUTIES, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->duty_count; i++) {
        const struct report_duty *d = &p->m->duties[i];
        table_row(p);
        table_text(p, d->agency);
        table_text(p, d->title);
        table_text(p, d->name);
        table_text(p, d->phone);
        table_text(p, d->place);
        table_text(p, d->deputy);
        table_row_end(p);
    }
    table_end(p);
}

void html_agenda(struct page *p)
{
    if (p->m->phase_count + p->m->step_count + p->m->duty_count < 1)
        return;
    page_chapter(p, MSG_REPORT_CH_AGENDA);
    phases(p);
    chains(p);
    duties(p);
}

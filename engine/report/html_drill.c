/* html_drill.c -- chapters on what happened: basics, course, command and coordination, losses. */
#include "base/num.h"
#include "report/html_parts.h"

static void fact(struct page *p, enum msg name, const char *value)
{
    if (!value || !*value)
        return;
    table_row(p);
    table_cell(p);
    page_msg(p, name);
    table_text(p, value);
    table_row_end(p);
}

static void fact_span(struct page *p)
{
    char from[32], to[32];
    struct buf a = BUF_ON(from), b = BUF_ON(to);
    double start = (double)(p->m->start_clock_ms / 1000);
    clock_for_people(&a, start);
    clock_for_people(&b, start + (double)(p->m->end_ms / 1000));
    table_row(p);
    table_cell(p);
    page_msg(p, MSG_REPORT_SPAN);
    table_cell(p);
    PAGE_FILL(p, MSG_REPORT_SPAN_VALUE, arg_s(from), arg_s(to));
    page_duration(p, p->m->end_ms);
    table_row_end(p);
}

static void fact_seed(struct page *p)
{
    char seed[32];
    uint64_t v = p->m->seed;
    int n = COUNT_OF(seed) - 1;
    seed[n] = 0;
    do {
        seed[--n] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    fact(p, MSG_REPORT_SEED, seed + n);
}

static void agencies(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_AGENCY, "w25"}, {MSG_REPORT_C_ROLE, ""},
                                            {MSG_REPORT_C_PLAYED, "w15"},
                                            {MSG_REPORT_C_ORDERS, "w10"}};
    if (p->m->agency_count < 1)
        return;
    table_begin(p, MSG_REPORT_T_AGENCIES, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->agency_count; i++) {
        const struct report_agency *a = &p->m->agencies[i];
        table_row(p);
        table_text(p, a->name);
        table_text(p, a->role);
        table_cell(p);
        page_msg(p, a->played ? MSG_REPORT_PLAYED : MSG_REPORT_SIMULATED);
        page_raw(p, "<td class=\"n\">");
        page_int(p, a->orders);
        table_row_end(p);
    }
    table_end(p);
}

void html_basics(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_ITEM, "w25"}, {MSG_REPORT_C_CONTENT, ""}};
    const struct report_model *m = p->m;
    page_chapter(p, MSG_REPORT_CH_BASICS);
    table_begin(p, MSG_REPORT_T_FACTS, columns, COUNT_OF(columns));
    fact(p, MSG_REPORT_SCENARIO, m->scenario);
    fact(p, MSG_REPORT_ABOUT, m->summary);
    fact(p, MSG_REPORT_TRAINS, m->trains);
    fact(p, MSG_REPORT_TOWN, m->town);
    fact_span(p);
    for (int i = 0; i < m->fact_count; i++) {
        table_row(p);
        table_text(p, m->facts[i].name);
        table_text(p, m->facts[i].value);
        table_row_end(p);
    }
    if (m->bot) {
        table_row(p);
        table_cell(p);
        page_msg(p, MSG_REPORT_BOT);
        table_cell(p);
        PAGE_FILL(p, MSG_REPORT_BOT_NOTE, arg_s(m->bot));
        table_row_end(p);
    }
    fact(p, MSG_REPORT_LINE, m->line);
    fact_seed(p);
    fact(p, MSG_REPORT_COURSE, m->course);
    fact(p, MSG_REPORT_ENGINE, m->engine);
    fact(p, MSG_REPORT_ARCHIVE, m->archive);
    table_end(p);
    agencies(p);
}

static void clock_table(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_TIME, "w20"}, {MSG_REPORT_C_WALL, "w25"},
                                            {MSG_REPORT_C_CHANGE, "w20"},
                                            {MSG_REPORT_C_NOTE, ""}};
    static const enum msg kind[REPORT_CLOCK_KINDS] = {
        MSG_REPORT_CLOCK_START,  MSG_REPORT_CLOCK_SPEED, MSG_REPORT_CLOCK_PAUSE,
        MSG_REPORT_CLOCK_HOLD,   MSG_REPORT_CLOCK_RESUME, MSG_REPORT_CLOCK_JUMP,
        MSG_REPORT_CLOCK_FINISH, MSG_REPORT_CLOCK_ABORT};
    if (p->m->clock_count < 1) {
        page_none(p, MSG_REPORT_NO_CLOCK);
        return;
    }
    table_begin(p, MSG_REPORT_T_CLOCK, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->clock_count; i++) {
        const struct report_clock *c = &p->m->clock[i];
        table_row(p);
        table_cell(p);
        page_moment(p, c->t_ms);
        table_text(p, c->wall);
        table_cell(p);
        if (c->kind == REPORT_CLOCK_SPEED) {
            char times[40];
            struct buf b = BUF_ON(times);
            number_for_people(&b, p->lang, c->speed, 1);
            PAGE_FILL(p, MSG_REPORT_CLOCK_SPEED, arg_s(times));
        } else if (c->kind >= 0 && c->kind < REPORT_CLOCK_KINDS) {
            page_msg(p, kind[c->kind]);
        }
        table_text(p, c->note);
        table_row_end(p);
    }
    table_end(p);
}

static void event_rows(struct page *p, bool turning)
{
    for (int i = 0; i < p->m->event_count; i++) {
        const struct report_event *e = &p->m->events[i];
        if (turning && !e->turning)
            continue;
        page_raw(p, "<tr");
        if (!turning) {
            page_raw(p, " id=\"e");
            page_int(p, e->seq);
            page_raw(p, "\"");
        }
        page_raw(p, "><td class=\"n\">");
        page_int(p, e->seq);
        page_raw(p, "<td class=\"t\">");
        page_moment(p, e->t_ms);
        table_text(p, e->text);
        table_text(p, e->cause);
        table_row_end(p);
    }
}

static const struct column event_columns[] = {{MSG_REPORT_C_SEQ, "w8"}, {MSG_REPORT_C_TIME, "w18"},
                                              {MSG_REPORT_C_EVENT, ""},
                                              {MSG_REPORT_C_CAUSE, "w25"}};

static void course_table(struct page *p)
{
    int turning = 0;
    for (int i = 0; i < p->m->event_count; i++)
        turning += p->m->events[i].turning;
    if (turning < 1)
        return;
    table_begin(p, MSG_REPORT_T_COURSE, event_columns, COUNT_OF(event_columns));
    event_rows(p, true);
    table_end(p);
}

void html_evidence(struct page *p)
{
    page_chapter(p, MSG_REPORT_CH_EVIDENCE);
    if (p->m->event_count < 1) {
        page_none(p, MSG_REPORT_NO_EVENTS);
        return;
    }
    table_begin(p, MSG_REPORT_T_EVIDENCE, event_columns, COUNT_OF(event_columns));
    event_rows(p, false);
    table_end(p);
}

static void figures(struct page *p, enum msg title, const struct report_figure *list, int count)
{
    if (count < 1)
        return;
    page_section(p, title);
    for (int i = 0; i < count; i++) {
        if (!list[i].sheet) {
            page_figure(p, &list[i].figure, list[i].caption);
            continue;
        }
        if (i == 0 || !list[i - 1].sheet)
            page_raw(p, "<div class=\"sheet\">\n");
        page_frame(p, &list[i].figure, list[i].caption);
        if (i + 1 == count || !list[i + 1].sheet)
            page_raw(p, "</div>\n");
    }
}

static void script_part(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_TRIGGER, ""}, {MSG_REPORT_C_COUNT, "w15"},
                                            {MSG_REPORT_C_SHARE, "w15"}};
    static const enum msg name[5] = {MSG_REPORT_BY_TIME, MSG_REPORT_BY_WORLD,
                                     MSG_REPORT_BY_DECISION, MSG_REPORT_BY_CHAIN,
                                     MSG_REPORT_BY_HAND};
    const struct report_script *s = &p->m->script;
    if (!s->known)
        return;
    const int64_t count[5] = {s->by_time, s->by_world, s->by_decision, s->by_chain, s->by_hand};
    int64_t sum = 0;
    for (int i = 0; i < 5; i++)
        sum += count[i];
    page_section(p, MSG_REPORT_H_SCRIPT);
    table_begin(p, MSG_REPORT_T_SCRIPT, columns, COUNT_OF(columns));
    for (int i = 0; i < 5; i++) {
        table_row(p);
        table_cell(p);
        page_msg(p, name[i]);
        page_raw(p, "<td class=\"n\">");
        page_int(p, count[i]);
        page_raw(p, "<td class=\"n\">");
        page_number(p, sum ? 100.0 * (double)count[i] / (double)sum : 0, 0);
        page_raw(p, "%");
        table_row_end(p);
    }
    table_end(p);
    if (s->without_effect >= 0) {
        page_raw(p, "<p>");
        PAGE_FILL(p, MSG_REPORT_SCRIPT_EFFECT, arg_i(s->decisions), arg_i(s->without_effect));
        page_raw(p, "</p>\n");
    }
    if (s->remark) {
        page_raw(p, "<p>");
        page_text(p, s->remark);
        page_raw(p, "</p>\n");
    }
}

void html_course(struct page *p)
{
    page_chapter(p, MSG_REPORT_CH_COURSE);
    course_table(p);
    figures(p, MSG_REPORT_H_MAPS, p->m->maps, p->m->map_count);
    figures(p, MSG_REPORT_H_CURVES, p->m->curves, p->m->curve_count);
    if (p->m->timeline) {
        const struct figure f = {.kind = FIGURE_TIMELINE, .of = p->m->timeline, .margin = 8};
        page_section(p, MSG_REPORT_H_TIMELINE);
        page_figure(p, &f, msg_text(p->lang, MSG_REPORT_H_TIMELINE));
    }
    clock_table(p);
    script_part(p);
}

static void post_table(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_WHAT, "w18"}, {MSG_REPORT_C_PLANNED, ""},
                                            {MSG_REPORT_C_ACTUAL, ""}, {MSG_REPORT_C_WHEN, "w18"},
                                            {MSG_REPORT_C_GOOD, "w10"}};
    if (p->m->post_count < 1)
        return;
    page_section(p, MSG_REPORT_H_POST);
    table_begin(p, MSG_REPORT_T_POST, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->post_count; i++) {
        const struct report_post *c = &p->m->post[i];
        table_row(p);
        table_text(p, c->what);
        table_text(p, c->planned);
        table_text(p, c->actual);
        page_raw(p, "<td class=\"t\">");
        page_moment(p, c->t_ms);
        page_raw(p, c->good ? "<td><span class=\"ok\">" : "<td><span class=\"no\">");
        page_msg(p, c->good ? MSG_REPORT_YES : MSG_REPORT_NO);
        page_raw(p, "</span>");
        table_row_end(p);
    }
    table_end(p);
}

static void order_row(struct page *p, const struct report_order *o)
{
    const char *reason = o->reason ? o->reason : msg_text(p->lang, MSG_REPORT_NO_REASON);
    page_raw(p, o->answer == REPORT_ACCEPTED ? "<tr>" : "<tr class=\"refused\">");
    page_raw(p, "<td class=\"n\">");
    if (o->seq > 0)
        page_int(p, o->seq);
    else
        page_raw(p, "—");
    page_raw(p, "<td class=\"t\">");
    page_moment(p, o->t_ms);
    table_text(p, o->seat);
    table_text(p, o->text);
    if (o->said_ms != REPORT_NEVER) {
        char said[32];
        struct buf b = BUF_ON(said);
        clock_for_people(&b, (double)((p->m->start_clock_ms + o->said_ms) / 1000));
        page_raw(p, " <small>");
        PAGE_FILL(p, MSG_REPORT_SAID_AT, arg_s(said));
        page_raw(p, "</small>");
    }
    table_cell(p);
    if (o->answer == REPORT_ACCEPTED)
        page_msg(p, MSG_REPORT_ACCEPTED);
    else if (o->answer == REPORT_REFUSED)
        PAGE_FILL(p, MSG_REPORT_REFUSED, arg_s(reason));
    else
        PAGE_FILL(p, MSG_REPORT_FAILED, arg_s(reason));
    table_row_end(p);
}

void html_command(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_SEQ, "w8"}, {MSG_REPORT_C_TIME, "w18"},
                                            {MSG_REPORT_C_SEAT, "w15"}, {MSG_REPORT_C_ORDER, ""},
                                            {MSG_REPORT_C_ANSWER, "w25"}};
    page_chapter(p, MSG_REPORT_CH_COMMAND);
    post_table(p);
    page_section(p, MSG_REPORT_H_ORDERS);
    if (p->m->order_count < 1) {
        page_none(p, MSG_REPORT_NO_ORDERS);
    } else {
        table_begin(p, MSG_REPORT_T_ORDERS, columns, COUNT_OF(columns));
        for (int i = 0; i < p->m->order_count; i++)
            order_row(p, &p->m->orders[i]);
        table_end(p);
    }
    if (p->m->coordination) {
        const struct figure f = {.kind = FIGURE_MATRIX, .of = p->m->coordination, .margin = 8};
        page_section(p, MSG_REPORT_H_MATRIX);
        page_figure(p, &f, msg_text(p->lang, MSG_REPORT_MATRIX_CAPTION));
    }
}

void html_losses(struct page *p)
{
    static const struct column columns[] = {{MSG_REPORT_C_LOSS, ""}, {MSG_REPORT_C_VALUE, "w18"},
                                            {MSG_REPORT_C_BASELINE, "w18"},
                                            {MSG_REPORT_C_DIFFERENCE, "w15"}};
    page_chapter(p, MSG_REPORT_CH_LOSSES);
    if (p->m->loss_count < 1) {
        page_none(p, MSG_REPORT_NO_LOSSES);
        return;
    }
    table_begin(p, MSG_REPORT_T_LOSSES, columns, COUNT_OF(columns));
    for (int i = 0; i < p->m->loss_count; i++) {
        const struct report_loss *l = &p->m->losses[i];
        double change = (l->value - l->baseline) / l->baseline * 100;
        table_row(p);
        table_text(p, l->name);
        if (l->unit && *l->unit) {
            page_raw(p, " <small>");
            page_text(p, l->unit);
            page_raw(p, "</small>");
        }
        page_raw(p, "<td class=\"n\">");
        page_number(p, l->value, l->decimals);
        page_raw(p, "<td class=\"n\">");
        page_number(p, l->baseline, l->decimals);
        page_raw(p, "<td class=\"n\">");
        if (num_is_finite(change)) {
            page_raw(p, change > 0 ? "+" : "");
            page_number(p, change, 0);
            page_raw(p, "%");
        } else {
            page_raw(p, "—");
        }
        table_row_end(p);
    }
    table_end(p);
    page_raw(p, "<p class=\"small\">");
    page_msg(p, MSG_REPORT_LOSSES_NOTE);
    page_raw(p, "</p>\n");
}


#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"

static json_t *item_json(const struct scored *sc, const struct atlas *atlas)
{
    json_t *evidence = json_array();
    for (int i = 0; i < sc->evidence_count; i++)
        json_array_append_new(evidence, json_integer(sc->evidence[i]));
    const struct indicator *it = sc->indicator;
    return json_pack("{s:o, s:o, s:o, s:o, s:f, s:o, s:o, s:f, s:s, s:s, s:o}", "id", text_json(it->id), "objective",
                     text_json(names_name(&atlas->names, ENT_OBJECTIVE, it->objective)), "zh", text_json(it->title.zh),
                     "en", text_json(it->title.en), "weight", it->weight, "value",
                     sc->applicable ? json_real(sc->value) : json_null(), "score",
                     sc->applicable ? json_real(sc->score) : json_null(), "lost", sc->lost, "reason_zh",
                     sc->reason[LANG_ZH], "reason_en", sc->reason[LANG_EN], "events", evidence);
}

/* null for what is not on file */
static json_t *number_json(double v)
{
    return v == v ? json_real(v) : json_null();
}

static int print_json(struct session *s, const struct assessment *a)
{
    const struct evaluation *ev = &a->eval;
    const struct atlas *atlas = session_atlas(s);
    json_t *items = json_array(), *measures = json_object(), *baseline = json_object(), *scripted = json_object(), *losses = json_object();
    for (int i = 0; i < ev->items; i++)
        json_array_append_new(items, item_json(&ev->item[i], atlas));
    for (int i = 0; i < session_measures(s); i++) {
        if (session_measure_row(s, i)->flags & MEASURE_LOSS)
            json_object_set_new(losses, session_measure_row(s, i)->name, number_json(session_measure(s, i)));
        json_object_set_new(measures, session_measure_row(s, i)->name, number_json(session_measure(s, i)));
        json_object_set_new(baseline, session_measure_row(s, i)->name, number_json(a->baseline[i]));
    }
    static const char *const triggers[] = {"time", "world", "decision", "chain", "hand"};
    for (int i = 0; i < COUNT_OF(triggers); i++)
        json_object_set_new(scripted, triggers[i], json_integer(ev->scripted.fired[i]));
    json_object_set_new(scripted, "orders", json_integer(ev->scripted.orders));
    json_object_set_new(scripted, "without_effect", json_integer(ev->scripted.idle));
    json_t *clauses = json_array();
    static const char *const states[] = {"met", "late", "violated", "not_triggered", "untested"};
    for (int i = 0; i < ATLAS_COUNT(atlas, ENT_CLAUSE); i++)
        json_array_append_new(clauses, json_pack("{s:o, s:s, s:b}", "id", text_json(names_name(&atlas->names, ENT_CLAUSE, i)),
                                                 "state", states[ev->clause[i].state], "impossible", ev->clause[i].impossible));
    struct plan_coverage cover = eval_coverage(ev, ATLAS_COUNT(atlas, ENT_CLAUSE));
    json_t *plan = json_pack("{s:i, s:f, s:f, s:i}", "clauses", cover.clauses, "tested", cover.tested, "met", cover.met,
                             "impossible", cover.impossible);
    char hash[20];
    const struct record *r = session_record(s);
    snprintf(hash, sizeof(hash), "%016llx", r->steps ? (unsigned long long)r->step[r->steps - 1].hash : 0ull);
    json_t *all = json_pack("{s:o, s:s, s:i, s:I, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "total", number_json(ev->total), "grade",
                            grade_name(ev->grade), "veto", ev->veto, "orders", (json_int_t)r->orders, "hash", hash,
                            "indicators", items, "measures", measures, "baseline", baseline, "scripted", scripted, "clauses",
                            clauses, "plan", plan, "losses", losses);
    return say_json(all);
}

static void print_item(struct call *c, const struct scored *sc)
{
    char title[512];
    (void)in_lang(c, sc->indicator->title, title, (int)sizeof(title));
    if (sc->applicable)
        printf("  %5.1f  -%-5.1f %s: %s\n", sc->score, sc->lost, title, sc->reason[c->lang]);
    else
        printf("      -   -     %s: %s\n", title, sc->reason[c->lang]);
}

int print_score(struct call *c, struct session *s, const struct assessment *a)
{
    if (c->json)
        return print_json(s, a);
    const struct evaluation *ev = &a->eval;
    const struct atlas *atlas = session_atlas(s);
    char title[512], grade[64];
    puts("");
    for (int o = 0; o < ATLAS_COUNT(atlas, ENT_OBJECTIVE); o++) {
        (void)in_lang(c, atlas->objective[o].title, title, (int)sizeof(title));
        if (ev->objective[o].applicable)
            printf("%5.1f  -%-5.1f %s\n", ev->objective[o].score, ev->objective[o].lost, title);
        else
            printf("    -   -     %s\n", title);
        for (int i = 0; i < ev->items; i++) {
            if (ev->indicator[i].objective == o)
                print_item(c, &ev->item[i]);
        }
    }
    for (int i = 0; i < session_measures(s); i++) {
        const struct measure_row *m = session_measure_row(s, i);
        if (session_measure(s, i) != session_measure(s, i))
            continue;
        SAY(c, MSG_CLI_MEASURE, arg_zh_en(m->zh, m->en), arg_d(session_measure(s, i), measure_decimals(m)),
            arg_s(measure_unit(m, c->lang)), arg_d(a->baseline[i], measure_decimals(m)));
    }
    struct plan_coverage cover = eval_coverage(ev, ATLAS_COUNT(atlas, ENT_CLAUSE));
    if (cover.clauses > 0)
        SAY(c, MSG_CLI_PLAN, arg_i(cover.clauses), arg_d(cover.tested, 0), arg_d(cover.met, 0), arg_i(cover.impossible));
    (void)in_lang(c, grade_title(ev->grade), grade, (int)sizeof(grade));
    if (ev->total == ev->total)
        SAY(c, MSG_CLI_TOTAL, arg_d(ev->total, 2), arg_s(grade));
    else
        SAY(c, MSG_CLI_TOTAL_NONE, arg_i(0));
    if (ev->veto >= 0)
        SAY(c, MSG_CLI_VETO, arg_s(in_lang(c, ev->indicator[ev->veto].title, title, (int)sizeof(title))));
    return EXIT_GOOD;
}

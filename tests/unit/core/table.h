/* table.h -- documents for tests, written as they stand in a scenario: { key = 1, "text", { .. } }.
 *
 * Just enough of the notation to build a struct doc without a script: names, numbers, quoted texts,
 * true, false, fn (a function) and tables. Lines are counted, the file is "test.lua". */
#ifndef TUIYAN_TESTS_TABLE_H
#define TUIYAN_TESTS_TABLE_H

#include <string.h>

#include "core/scenario/doc.h"

struct table_in {
    const char *s;
    int line;
    struct arena *a;
};

static void table_blank(struct table_in *in)
{
    while (*in->s == ' ' || *in->s == '\n' || *in->s == ',') {
        in->line += *in->s == '\n';
        in->s++;
    }
}

static int table_name(const char *s)
{
    int n = 0;

    while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= '0' && s[n] <= '9') || s[n] == '_')
        n++;
    return s[0] >= 'a' && s[0] <= 'z' ? n : 0;
}

static struct doc *table_value(struct table_in *in, struct doc *parent, struct text key);

static void table_items(struct table_in *in, struct doc *table)
{
    for (table_blank(in); *in->s != '}' && *in->s != '\0'; table_blank(in)) {
        int n = table_name(in->s);
        const char *after = in->s + n;
        struct text key = {in->s, 0};
        while (*after == ' ')
            after++;
        if (n > 0 && *after == '=') {
            key.len = n;
            in->s = after + 1;
            table_blank(in);
        }
        (void)table_value(in, table, key);
    }
    if (*in->s == '}')
        in->s++;
}

static struct doc *table_value(struct table_in *in, struct doc *parent, struct text key)
{
    const char *s = in->s;
    int line = in->line;
    int n = table_name(s);
    enum doc_kind kind = *s == '{' ? DOC_TABLE : *s == '"' ? DOC_TEXT : n > 0 ? DOC_BOOL : DOC_INT;
    struct doc *d;

    if (n == 2 && s[0] == 'f')
        kind = DOC_FUNC;
    d = doc_add(in->a, parent, key, kind);
    d->file = TEXT("test.lua");
    d->line = line;
    if (kind == DOC_TABLE) {
        in->s++;
        table_items(in, d);
    } else if (kind == DOC_TEXT) {
        const char *end = strchr(s + 1, '"');
        d->t = arena_text(in->a, (struct text){s + 1, (int)(end - s - 1)});
        in->s = end + 1;
    } else if (n > 0) {
        d->b = s[0] == 't';
        d->func = kind == DOC_FUNC ? 7 : -1;
        in->s += n;
    } else {
        n = (int)strspn(s, "-0123456789.e");
        (void)text_to_f64((struct text){s, n}, &d->n);
        if (text_to_i64((struct text){s, n}, &d->i))
            d->n = (double)d->i;
        else
            d->kind = DOC_NUM;
        in->s += n > 0 ? n : 1;
    }
    return d;
}

static const struct doc *table_doc(struct arena *a, const char *source)
{
    struct table_in in = {source, 1, a};

    table_blank(&in);
    return table_value(&in, NULL, (struct text){"", 0});
}

/* A scenario with one of everything that orders and events speak of. */
static const char SMALL_SCENARIO[] =
    "{ api = 1,\n"
    "meta = { title = { zh = \"小火\", en = \"Small fire\" }, start = \"15:00\", length = \"6h\",\n"
    "  terrain_note = { zh = \"合成地形\", en = \"synthetic terrain\" } },\n"
    "map = { width_m = 6000, height_m = 5000 },\n"
    "nodes = { { id = \"n1\", at = { 0, 0 } }, { id = \"n2\", at = { 3000, 4000 } },\n"
    "  { id = \"n3\", at = { 100, 100 } } },\n"
    "places = {\n"
    "  { id = \"town\", title = { zh = \"万古镇\", en = \"Wangu\" }, at = { 10, 10 }, kind = \"town\", node = \"n1\" },\n"
    "  { id = \"north_ridge\", title = { zh = \"北山脊\", en = \"North ridge\" }, at = { 2990, 3990 }, kind = \"hill\" },\n"
    "  { id = \"village\", title = { zh = \"向阳村\", en = \"Xiangyang\" }, at = { 90, 90 }, kind = \"village\", people = 120 } },\n"
    "roads = { { id = \"r1\", title = { zh = \"县道1\", en = \"County road 1\" }, from = \"n1\", to = \"n2\", class = \"county\" },\n"
    "  { id = \"r2\", from = \"n1\", to = \"n3\", class = \"track\", length_m = 250, speed_kmh = 18 } },\n"
    "lines = { { id = \"break_a\", title = { zh = \"甲隔离带\", en = \"Line A\" }, points = { { 0, 0 }, { 300, 400 } } },\n"
    "  { id = \"power_500\", title = { zh = \"500千伏线\", en = \"500 kV line\" }, kind = \"power\", points = { { 0, 0 }, { 3, 4 } } } },\n"
    "channels = { { id = \"mobile\", title = { zh = \"手机\", en = \"mobile\" }, kind = \"mobile\" },\n"
    "  { id = \"gong\", title = { zh = \"铜锣\", en = \"gong\" }, kind = \"gong\", reach = 0.5 } },\n"
    "agencies = {\n"
    "  { id = \"district\", title = { zh = \"区政府\", en = \"District\" }, played = true, levels = { 2, 3 }, colours = { \"red\" }, commands = true },\n"
    "  { id = \"forestry\", title = { zh = \"林业局\", en = \"Forestry Bureau\" }, played = true, parent = \"district\", levels = { \"4\" } },\n"
    "  { id = \"power\", title = { zh = \"供电公司\", en = \"Power company\" }, parent = \"district\", read = \"3min\" } },\n"
    "services = { { id = \"cut_500\", title = { zh = \"500千伏线断电\", en = \"cut the 500 kV line\" }, agency = \"power\", effect = \"power_cut\", line = \"power_500\" } },\n"
    "teams = {\n"
    "  { id = \"fire_pro_1\", title = { zh = \"专业队1\", en = \"Pro team 1\" }, agency = \"forestry\", kind = \"fire_pro\", people = 25, home = \"town\", muster = \"15min\", tasks = { \"line\", \"attack\" } },\n"
    "  { id = \"heli\", title = { zh = \"直升机\", en = \"Helicopter\" }, agency = \"district\", kind = \"helicopter\", people = 3, home = \"town\" } },\n"
    "groups = { { id = \"rescue\", title = { zh = \"扑救组\", en = \"Fire group\" }, lead = \"forestry\", members = { \"forestry\", \"power\" } } },\n"
    "supplies = { { id = \"hose\", title = { zh = \"水带\", en = \"hose\" }, unit = { zh = \"盘\", en = \"rolls\" } } },\n"
    "assets = { { id = \"sluice\", title = { zh = \"水闸\", en = \"Sluice\" }, kind = \"gate\", holder = \"power\", place = \"town\", remote = \"mobile\" } },\n"
    "stock = { { place = \"town\", supply = \"hose\", count = 40 } },\n"
    "objectives = { { id = \"fast\", title = { zh = \"快速处置\", en = \"Act fast\" }, weight = 2 } },\n"
    "injects = {\n"
    "  { id = \"fire\", title = { zh = \"起火\", en = \"Fire\" }, at = \"5min\", effects = { \"world ignite at=3000,4000\", \"00:10 outage 手机 for=90min\" }, to = { \"forestry\" }, objective = \"fast\" },\n"
    "  { id = \"late\", title = \"迟缓\", absent = { verb = \"evacuate\", place = \"village\", by = \"district\" }, by = \"35min\" },\n"
    "  { id = \"warned\", title = \"预警\", on_order = { verb = \"warn\", colour = \"red\", elements = { \"kind\", \"area\" } }, delay = \"2min\" },\n"
    "  { id = \"deaf\", title = \"无答复\", unanswered = \"cut_500\", within = \"20min\" },\n"
    "  { id = \"next\", title = \"再起火\", after = \"fire\", delay = \"5min\" },\n"
    "  { id = \"seen\", title = \"态势\", when = fn },\n"
    "  { id = \"hand\", title = \"导调\" } },\n"
    "plan = {\n"
    "  { id = \"c1\", text = { zh = \"启动响应\", en = \"Start the response\" }, who = \"district\", event = \"level_started\", trigger_inject = \"fire\", within = \"15min\" },\n"
    "  { id = \"c2\", text = \"转移群众\", order = { verb = \"转移\" }, depends = { \"c1\" }, source = \"5.2\" } },\n"
    "assumptions = { { text = \"风场均匀\" } },\n"
    "hazards = { { kind = \"fire\" } }, weather = {}, on = { drill_started = fn }, bots = {}, indicators = {}\n"
    "}";

#endif

#include "session/manual.h"

#include "eval/rubric.h"
#include "hazard/hazards.h"
#include "session/bridge.h"
#include "session/model_case.h"

static void verbs(enum lang lang, struct buf *out)
{
    buf_str(out, lang == LANG_ZH ? "## 指令\n\n" : "## orders\n\n");
    for (int v = verb_next(NULL, -1); v >= 0; v = verb_next(NULL, v)) {
        const struct verb_row *row = verb_row(v);
        buf_str(out, "- `");
        buf_str(out, row->name);
        for (int a = 0; a < ORDER_ARGS && row->arg[a].name; a++) {
            buf_str(out, row->arg[a].required ? " " : " [");
            buf_str(out, row->arg[a].name);
            buf_str(out, row->arg[a].required ? "" : "]");
        }
        buf_str(out, "` ");
        buf_str(out, row->zh);
        buf_str(out, lang == LANG_ZH ? "：" : ": ");
        buf_str(out, lang == LANG_ZH ? row->help_zh : row->help_en);
        buf_char(out, '\n');
    }
}

static void events(enum lang lang, struct buf *out)
{
    buf_str(out, lang == LANG_ZH ? "\n## 事件\n\n" : "\n## events\n\n");
    for (int k = event_next(NULL, -1); k >= 0; k = event_next(NULL, k)) {
        const struct event_row *row = event_row(k);
        buf_str(out, "- `");
        buf_str(out, row->name);
        buf_str(out, "` ");
        buf_str(out, lang == LANG_ZH ? row->zh : row->en);
        buf_char(out, '\n');
    }
}

/* Functions, views, then every table a scenario may have. */
static void print_stubs(struct buf *out)
{
    script_stubs(bridge_functions, bridge_function_count, out);
    view_stubs(out);
    buf_str(out, "---@class scenario.title\n---@field zh string\n---@field en string\n\n");
    weather_stubs(out);
    for (int i = 0; i < hazard_count; i++) {
        if (hazard_table[i]->stubs)
            hazard_table[i]->stubs(out);
    }
    eval_stubs(out);
    atlas_stubs(out);
    buf_str(out, "---@field api integer\n---@field weather scenario.weather[]\n---@field hazards table\n"
                 "---@field indicators? scenario.indicators[]\n"
                 "---@field on? table<string, fun(e: table, s: truth)>\n---@field bots? string[]\n");
}

void session_manual(enum lang lang, bool stubs, struct buf *out)
{
    if (stubs) {
        print_stubs(out);
        return;
    }
    atlas_manual(lang, out);
    weather_manual(lang, out);
    for (int i = 0; i < hazard_count; i++) {
        if (hazard_table[i]->manual)
            hazard_table[i]->manual(lang, out);
    }
    eval_manual(lang, out);
    rubric_manual(lang, out);
    buf_str(out, lang == LANG_ZH ? "\n# 算例（tuiyan models）\n\n" : "\n# cases (tuiyan models)\n\n");
    case_manual(lang, out);
    verbs(lang, out);
    events(lang, out);
    buf_str(out, lang == LANG_ZH ? "\n## 函数\n\n" : "\n## functions\n\n");
    script_manual(bridge_functions, bridge_function_count, lang, out);
    buf_str(out, lang == LANG_ZH ? "\n## 视图（s 真实，k 室内所知）\n\n" : "\n## views (s: the truth, k: what the room knows)\n\n");
    view_manual(lang, out);
}

/* report_sample.h -- a filled report of a made-up drill, in both languages. For tests only. */
#ifndef TUIYAN_TESTS_REPORT_SAMPLE_H
#define TUIYAN_TESTS_REPORT_SAMPLE_H

#include "../draw/sample.h"
#include "report/report.h"

#define MIN_MS 60000

struct report_sample {
    struct sample draw;
    struct map map_early;
    struct report_fact facts[2];
    struct report_agency agencies[4];
    struct report_clock clock[6];
    struct report_figure maps[2], curves[1];
    struct report_order orders[6];
    struct report_event events[6];
    int64_t evidence[2];
    struct report_objective objectives[6];
    struct report_indicator indicators[5];
    struct report_finding findings[3];
    struct report_clause clauses[5];
    struct report_post post[4];
    struct report_correction corrections[1];
    struct report_assumption assumptions[3];
    struct report_loss losses[4];
    struct report_model model;
};

#define SAY(zh, en) pick(&s->draw, zh, en)

static inline void report_sample_course(struct report_sample *s)
{
    s->facts[0] = (struct report_fact){SAY("演练方式", "Kind of drill"), SAY("桌面推演（检验性）", "tabletop, to test the plan")};
    s->facts[1] = (struct report_fact){SAY("参演人数", "People"), SAY("38 人，另有评估专家 3 人", "38, and 3 evaluators")};
    s->agencies[0] = (struct report_agency){SAY("区应急管理局", "Emergency bureau"), SAY("综合协调、信息报送", "coordination, reporting"), true, 21};
    s->agencies[1] = (struct report_agency){SAY("区林业局", "Forestry bureau"), SAY("扑救指挥、专业队调度", "suppression, crews"), true, 18};
    s->agencies[2] = (struct report_agency){SAY("万古镇人民政府", "Wangu town"), SAY("先期处置、群众转移", "first response, evacuation"), true, 12};
    s->agencies[3] = (struct report_agency){SAY("市应急管理局", "City emergency bureau"), SAY("航空救援、上级指导", "aircraft, guidance"), false, 0};
    s->clock[0] = (struct report_clock){REPORT_CLOCK_START, 0, "2026-07-03 09:02:11", 0, NULL};
    s->clock[1] = (struct report_clock){REPORT_CLOCK_SPEED, 0, "2026-07-03 09:02:11", 4, NULL};
    s->clock[2] = (struct report_clock){REPORT_CLOCK_HOLD, 95 * MIN_MS, "2026-07-03 09:26:40", 0, SAY("会商研判", "consultation")};
    s->clock[3] = (struct report_clock){REPORT_CLOCK_RESUME, 95 * MIN_MS, "2026-07-03 09:34:02", 0, NULL};
    s->clock[4] = (struct report_clock){REPORT_CLOCK_SPEED, 200 * MIN_MS, "2026-07-03 09:55:00", 12.5, NULL};
    s->clock[5] = (struct report_clock){REPORT_CLOCK_FINISH, 360 * MIN_MS, "2026-07-03 10:12:09", 0, NULL};
    s->orders[0] = (struct report_order){1, 6 * MIN_MS, SAY("万古镇", "Wangu town"), SAY("调派半专业队 3 到双龙村，侦察", "dispatch semi 3 to Shuanglong, reconnoitre"), REPORT_ACCEPTED, NULL, REPORT_NEVER};
    s->orders[1] = (struct report_order){2, 14 * MIN_MS, SAY("应急管理局", "Emergency bureau"), SAY("启动三级响应", "start response level III"), REPORT_ACCEPTED, NULL, REPORT_NEVER};
    s->orders[2] = (struct report_order){0, 31 * MIN_MS, SAY("林业局", "Forestry"), SAY("调派专业队 1 到鹰嘴岩，直接扑打", "dispatch pro 1 to Eagle rock, attack"), REPORT_REFUSED, SAY("专业队 1 已在途中", "pro 1 is already on its way"), REPORT_NEVER};
    s->orders[3] = (struct report_order){3, 48 * MIN_MS, SAY("应急管理局", "Emergency bureau"), SAY("向市应急管理局请求直升机", "ask the city for a helicopter"), REPORT_ACCEPTED, NULL, 44 * MIN_MS};
    s->orders[4] = (struct report_order){4, 90 * MIN_MS, SAY("万古镇", "Wangu town"), SAY("转移双龙村群众到镇中学", "move Shuanglong to the school"), REPORT_FAILED, SAY("林场便道已中断", "the forest track is cut"), REPORT_NEVER};
    s->orders[5] = (struct report_order){5, 108 * MIN_MS, SAY("万古镇", "Wangu town"), SAY("转移双龙村群众经古石村道", "move Shuanglong by the Gushi road"), REPORT_ACCEPTED, NULL, REPORT_NEVER};
    s->events[0] = (struct report_event){1, 0, SAY("演练开始", "the drill started"), NULL, true};
    s->events[1] = (struct report_event){12, 14 * MIN_MS, SAY("应急管理局启动三级响应", "the bureau started level III"), SAY("指令 #2", "order #2"), true};
    s->events[2] = (struct report_event){31, 78 * MIN_MS, SAY("应急管理局向区政府上报初报", "first report to the district"), SAY("指令 #3", "order #3"), false};
    s->events[3] = (struct report_event){57, 86 * MIN_MS, SAY("林场便道被危害阻断", "the forest track was cut"), SAY("事件 #49 火头到达", "event #49, the head arrived"), true};
    s->events[4] = (struct report_event){88, 120 * MIN_MS, SAY("危害到达石庙村", "the fire reached Shimiao"), SAY("注入「风向突变」", "inject “wind shift”"), true};
    s->events[5] = (struct report_event){140, 360 * MIN_MS, SAY("演练结束", "the drill finished"), NULL, true};
    s->evidence[0] = 31;
    s->evidence[1] = 88;
    s->post[0] = (struct report_post){SAY("火场前线指挥部", "Front command post"), SAY("到场 30 分钟内开设", "within 30 min of arrival"), SAY("在万古镇政府开设", "opened at the town hall"), 42 * MIN_MS, true};
    s->post[1] = (struct report_post){SAY("总指挥", "Commander"), SAY("启动响应时明确", "named with the level"), SAY("区林业局负责人", "head of forestry"), 14 * MIN_MS, true};
    s->post[2] = (struct report_post){SAY("工作组", "Working groups"), SAY("7 个", "7"), SAY("5 个，缺医疗救护组、社会稳定组", "5; medical and order missing"), 66 * MIN_MS, false};
    s->post[3] = (struct report_post){SAY("通信核验", "Communications check"), SAY("开设后立即核验", "at once"), SAY("未核验", "not done"), REPORT_NEVER, false};
}

static inline void report_sample_score(struct report_sample *s)
{
    for (int i = 0; i < 6; i++)
        s->objectives[i] = (struct report_objective){s->draw.bar[i].name, s->draw.bar[i].full / 100, s->draw.bar[i].value, s->draw.bar[i].full};
    s->indicators[0] = (struct report_indicator){0, SAY("指挥部开设时间", "Command post opened in time"), SAY("42 分钟", "42 min"), SAY("预案 4.2：60 分钟", "plan 4.2: 60 min"), 7, 7, true, NULL, NULL, 0};
    s->indicators[1] = (struct report_indicator){0, SAY("工作组编组", "Working groups formed"), SAY("5 / 7 个", "5 of 7"), SAY("预案 3.3", "plan 3.3"), 6, 8, true, SAY("缺医疗救护组、社会稳定组，每缺 1 组扣 1 分", "two groups missing, a point each"), NULL, 0};
    s->indicators[2] = (struct report_indicator){1, SAY("初报时限", "First report in time"), SAY("78 分钟", "78 min"), SAY("1 小时内（国务院令第 493 号）", "within 1 h (Order 493)"), 4.5, 10, true, SAY("首报迟 18 分钟，按线性扣分", "first report 18 min late, linear"), s->evidence, 1};
    s->indicators[3] = (struct report_indicator){2, SAY("人员按时转移", "People moved in time"), SAY("石庙村 80%", "Shimiao 80%"), SAY("火到之前转移的比例", "share moved before the fire"), 16, 20, true, SAY("172 人在火到之后转移", "172 moved after the fire came"), s->evidence + 1, 1};
    s->indicators[4] = (struct report_indicator){5, SAY("夜间撤离", "Withdrawal at night"), NULL, SAY("本次在入夜前结束", "the drill ended before night"), 0, 5, false, NULL, NULL, 0};
    s->findings[0] = (struct report_finding){REPORT_CORRECT, SAY("初报超过 1 小时时限", "the first report came after the limit of 1 h"), SAY("席位等待核实面积，没有先报后核", "the seat waited for the area"), SAY("修订信息报送规程：先报后核", "rule: report first, verify after"), SAY("区应急管理局", "Emergency bureau"), SAY("值班科", "duty desk"), "2026-08-31", s->evidence, 1, true, NULL, NULL};
    s->findings[1] = (struct report_finding){REPORT_DEFICIENCY, SAY("石庙村 172 人在火到之后才转移", "172 people of Shimiao moved after the fire came"), SAY("风变预警晚收 12 分钟，转移令晚 18 分钟", "the wind warning came 12 min late, the order 18"), SAY("风力预警与转移令挂钩，叫应到村", "tie the order to the warning; call every village"), SAY("万古镇人民政府", "Wangu town"), NULL, "2026-07-31", s->evidence + 1, 1, false, NULL, NULL};
    s->findings[2] = (struct report_finding){REPORT_IMPROVE, SAY("指挥部未核验通信", "communications were not verified"), NULL, NULL, NULL, NULL, NULL, NULL, 0, false, NULL, NULL};
    s->clauses[0] = (struct report_clause){SAY("接报后 15 分钟内启动响应", "Start the level within 15 min"), SAY("应急管理局", "Emergency bureau"), "大足府办发〔2022〕35号 6.2", 15 * MIN_MS, 0, 14 * MIN_MS, REPORT_CLAUSE_MET, false, NULL};
    s->clauses[1] = (struct report_clause){SAY("1 小时内上报初报", "First report within 1 h"), SAY("应急管理局", "Emergency bureau"), "大足府办发〔2022〕35号 5.3", 60 * MIN_MS, 0, 78 * MIN_MS, REPORT_CLAUSE_LATE, false, SAY("写明先报后核", "say: report first")};
    s->clauses[2] = (struct report_clause){SAY("火场指挥权不得多头", "One commander at the fire"), SAY("指挥部", "command post"), NULL, 0, 14 * MIN_MS, 120 * MIN_MS, REPORT_CLAUSE_VIOLATED, false, NULL};
    s->clauses[3] = (struct report_clause){SAY("夜间停止扑打", "No attack at night"), SAY("林业局", "Forestry"), NULL, 0, REPORT_NEVER, REPORT_NEVER, REPORT_CLAUSE_NOT_TRIGGERED, false, NULL};
    s->clauses[4] = (struct report_clause){SAY("请求驻军支援的程序", "Asking the army for help"), SAY("区政府", "District"), NULL, 0, REPORT_NEVER, REPORT_NEVER, REPORT_CLAUSE_UNTESTED, false, NULL};
}

static inline void report_sample_rest(struct report_sample *s)
{
    s->corrections[0] = (struct report_correction){108 * MIN_MS, SAY("转移双龙村群众经林场便道", "move Shuanglong by the track"), SAY("转移双龙村群众经古石村道", "move Shuanglong by the Gushi road"), SAY("导调员录入有误", "typed wrongly by the facilitator"), SAY("后续 2 项指令不变", "2 later orders unchanged")};
    s->assumptions[0] = (struct report_assumption){SAY("专业队集结用时 15 分钟", "a professional team musters in 15 min"), SAY("情景作者设定", "the author"), true};
    s->assumptions[1] = (struct report_assumption){SAY("手工开设 1 米宽隔离带每人每小时 12 米", "12 m of line a person and hour"), "Broyles 2011", false};
    s->assumptions[2] = (struct report_assumption){SAY("村民收到预警后 6 分钟内一半出发", "half of the villagers leave within 6 min"), NULL, true};
    s->losses[0] = (struct report_loss){SAY("过火面积", "Burnt area"), SAY("公顷", "ha"), 421.3, 640.2, 0};
    s->losses[1] = (struct report_loss){SAY("受威胁时未转移人员", "People not moved in time"), SAY("人", "people"), 172, 2100, 0};
    s->losses[2] = (struct report_loss){SAY("救援人员遇险", "Responders endangered"), SAY("人次", "times"), 8, 0, 0};
    s->losses[3] = (struct report_loss){SAY("停电时间", "Power cut"), SAY("小时", "h"), 2.5, (double)NAN, 1};
    s->map_early = s->draw.map;
    s->map_early.layer_count = 1;
    s->map_early.moment = SAY("14:10　T+00:50", "14:10  T+00:50");
    s->maps[0] = (struct report_figure){{FIGURE_MAP, &s->map_early, NULL, 0, 0, 0}, SAY("14:10 态势：初报之前", "14:10, before the first report"), false};
    s->maps[1] = (struct report_figure){{FIGURE_MAP, &s->draw.map, NULL, 0, 0, 0}, SAY("15:20 态势：火到石庙村", "15:20, the fire at Shimiao"), false};
    s->draw.chart.title = NULL;
    s->draw.timeline.title = NULL;
    s->draw.matrix.title = NULL;
    s->curves[0] = (struct report_figure){{FIGURE_CHART, &s->draw.chart, NULL, 0, 0, 8}, SAY("过火面积与在场力量", "Burnt area and crews on scene"), false};
}

static inline void report_sample_fill(struct report_sample *s, enum lang lang)
{
    sample_fill(&s->draw, lang);
    report_sample_course(s);
    report_sample_score(s);
    report_sample_rest(s);
    s->model = (struct report_model){
        .issuer = SAY("重庆市大足区安全生产委员会办公室", NULL), .number = SAY("大足安办〔2026〕×号", NULL),
        .date = SAY("2026年7月3日", "3 July 2026"), .scenario = SAY("万古镇森林火灾", "Wangu forest fire"),
        .summary = SAY("持续高温下，与铜梁交界的林区起火，风向突变，三个村庄受威胁。", "In great heat a fire starts on the border; the wind shifts; three villages are threatened."),
        .trains = SAY("检验预案、检验队伍、检验机制", "the plan, the teams, the working together"), .town = SAY("大足区万古镇", "Wangu, Dazu district"),
        .seed = UINT64_MAX, .engine = "0.1", .start_clock_ms = (13 * 60 + 20) * MIN_MS, .end_ms = 360 * MIN_MS,
        .facts = s->facts, .fact_count = 2, .agencies = s->agencies, .agency_count = 4, .clock = s->clock, .clock_count = 6,
        .maps = s->maps, .map_count = 2, .curves = s->curves, .curve_count = 1, .timeline = &s->draw.timeline,
        .orders = s->orders, .order_count = 6,
        .score = {69.5, SAY("一般", "fair"), SAY("命令队伍进入险区（指标 5.2），等级不高于“一般”", "a team was ordered into danger (5.2): the grade is at most fair"),
                  SAY("自动评分 第 1 版", "automatic, version 1"), NULL, s->objectives, 6, s->indicators, 5},
        .events = s->events, .event_count = 6, .findings = s->findings, .finding_count = 3, .clauses = s->clauses, .clause_count = 5,
        .coordination = &s->draw.matrix, .post = s->post, .post_count = 4, .corrections = s->corrections, .correction_count = 1,
        .assumptions = s->assumptions, .assumption_count = 3, .losses = s->losses, .loss_count = 4,
        .script = {true, 9, 6, 5, 3, 2, 51, 7, SAY("按时触发占 36%，低于一半，演练没有停留于导演剧本。", "36% by the clock, under half: the drill did not follow a director's script.")},
        .synthetic = true, .chain_head = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"};
}

#endif

/* sample.h -- one made-up moment of a forest fire, as figures, in both languages. For tests only. */
#ifndef TUIYAN_TESTS_DRAW_SAMPLE_H
#define TUIYAN_TESTS_DRAW_SAMPLE_H

#include <math.h>
#include <string.h>

#include "base/num.h"
#include "draw/figure.h"

enum { SAMPLE_CELLS = 200, SAMPLE_TEAMS = 14, SAMPLE_PLACES = 10, SAMPLE_POINTS = 73 };

struct sample {
    enum lang lang;
    float height[SAMPLE_CELLS * SAMPLE_CELLS];
    uint8_t cls[SAMPLE_CELLS * SAMPLE_CELLS];
    float dot_x[400], dot_y[400];
    uint8_t dot[400];
    double flow_xy[8];
    struct layer_line flow[1];
    struct map_layer layer[3];
    double road_xy[4][24], line_xy[5][24], ring_xy[64];
    struct map_road road[4];
    struct map_line line[6];
    struct map_place place[SAMPLE_PLACES];
    struct map_team team[SAMPLE_TEAMS];
    struct map map;
    double x[SAMPLE_POINTS], y[4][SAMPLE_POINTS];
    struct chart_series series[4];
    struct chart_mark mark[3];
    struct chart_band band[1];
    struct chart chart;
    struct bar bar[6];
    struct bars bars;
    double rating[2][6];
    const char *axes[6];
    struct radar_series spokes[2];
    struct radar radar;
    const char *rows[5];
    struct timeline_kind kinds[4];
    struct timeline_item item[28];
    struct timeline_deadline due[2];
    struct timeline timeline;
    const char *agencies[9];
    int count[81], bad[81];
    struct matrix matrix;
};

static inline const char *pick(const struct sample *s, const char *zh, const char *en)
{
    return s->lang == LANG_ZH ? zh : en;
}

static inline void sample_rasters(struct sample *s)
{
    for (int row = 0; row < SAMPLE_CELLS; row++) {
        for (int col = 0; col < SAMPLE_CELLS; col++) {
            double x = col / 200.0, y = 1 - row / 200.0;
            double ridge = num_exp(-num_pow((y - 0.55 - 0.12 * num_sin(x * 7)) * 5, 2));
            double z = 320 + 260 * ridge + 60 * num_sin(x * 11 + y * 5) + 45 * num_cos(y * 13 - x * 4) +
                       14 * num_sin(x * 37) * num_cos(y * 31);
            s->height[row * SAMPLE_CELLS + col] = (float)z;
            double dx = x - 0.36, dy = y - 0.5;
            double along = dx * 0.9 + dy * 0.43, across = -dx * 0.43 + dy * 0.9;
            double d = along > 0 ? along / 0.28 : -along / 0.09;
            double t = num_hypot(d, across / 0.11) * 7200 * (1 + 0.22 * num_sin(x * 60) * num_cos(y * 53));
            double age = 7200 - t;
            s->cls[row * SAMPLE_CELLS + col] = age < 0 ? 0 : age > 2000 ? 1 : (uint8_t)(5 - (int)(age / 500));
        }
    }
}

static inline void sample_path(double *xy, const double *from, int points)
{
    memcpy(xy, from, (size_t)points * 2 * sizeof(double));
}

static inline void sample_map_lines(struct sample *s)
{
    static const double main_xy[] = {0, 2100, 2200, 2500, 4000, 2300, 6200, 2900, 8800, 2600, 12000, 3300};
    static const double minor_xy[] = {4000, 2300, 4300, 4200, 3600, 6100, 4400, 8000, 5600, 9400, 5900, 12000};
    static const double track_xy[] = {4300, 4200, 5900, 4700, 7300, 5800, 8300, 7600, 8900, 9100};
    static const double cross_xy[] = {8800, 2600, 9400, 4600, 9900, 6600, 8900, 9100, 5600, 9400};
    static const double river_xy[] = {0, 1000, 1800, 1300, 3600, 900, 5600, 1500, 7900, 1100, 12000, 1500};
    static const double plan_xy[] = {7700, 3300, 8000, 4600, 8500, 6000, 8600, 7900, 7900, 9000};
    static const double power_xy[] = {400, 11400, 2600, 9900, 4700, 8700, 6900, 7300, 9300, 5500, 11800, 4300};
    static const double border_xy[] = {10700, 12000, 10300, 9800, 11000, 8000, 10700, 6000, 11300, 3900, 10900, 0};
    static const double lost_xy[] = {5200, 4500, 5600, 5200, 5900, 6000};
    sample_path(s->road_xy[0], main_xy, 6);
    sample_path(s->road_xy[1], minor_xy, 6);
    sample_path(s->road_xy[2], track_xy, 5);
    sample_path(s->road_xy[3], cross_xy, 5);
    s->road[0] = (struct map_road){s->road_xy[0], 6, MAP_ROAD_MAIN, false, pick(s, "万铜公路", "Wan-Tong Road")};
    s->road[1] = (struct map_road){s->road_xy[1], 6, MAP_ROAD_MINOR, false, pick(s, "古石村道", "Gushi road")};
    s->road[2] = (struct map_road){s->road_xy[2], 5, MAP_ROAD_TRACK, true, pick(s, "林场便道", "Forest track")};
    s->road[3] = (struct map_road){s->road_xy[3], 5, MAP_ROAD_MINOR, false, NULL};
    sample_path(s->line_xy[0], river_xy, 6);
    sample_path(s->line_xy[1], plan_xy, 5);
    sample_path(s->line_xy[2], power_xy, 6);
    sample_path(s->line_xy[3], border_xy, 6);
    sample_path(s->line_xy[4], lost_xy, 3);
    for (int i = 0; i < 32; i++) {
        s->ring_xy[2 * i] = 5300 + 3700 * num_cos(2 * NUM_PI * i / 32);
        s->ring_xy[2 * i + 1] = 6300 + 3700 * num_sin(2 * NUM_PI * i / 32);
    }
    s->line[0] = (struct map_line){s->line_xy[0], 6, MAP_LINE_RIVER, 0, false, pick(s, "淮远河", "Huaiyuan River")};
    s->line[1] = (struct map_line){s->line_xy[1], 5, MAP_LINE_PLANNED, 0.55, false, pick(s, "东线隔离带", "East line")};
    s->line[2] = (struct map_line){s->line_xy[2], 6, MAP_LINE_POWER, 0, false, pick(s, "220 kV 万铜线", "220 kV line")};
    s->line[3] = (struct map_line){s->line_xy[3], 6, MAP_LINE_BORDER, 0, false, pick(s, "铜梁区界", "Tongliang border")};
    s->line[4] = (struct map_line){s->line_xy[4], 3, MAP_LINE_CROSSED, 0, false, NULL};
    s->line[5] = (struct map_line){s->ring_xy, 32, MAP_LINE_CORDON, 0, true, NULL};
}

static inline void sample_map_items(struct sample *s)
{
    const struct map_place place[SAMPLE_PLACES] = {
        {4000, 2300, pick(s, "万古镇", "Wangu town"), 12400, SITE_TOWN, SITE_NORMAL, 0},
        {6700, 7900, pick(s, "石庙村", "Shimiao"), 860, SITE_VILLAGE, SITE_REACHED, 0.8},
        {8300, 7600, pick(s, "双龙村", "Shuanglong"), 1240, SITE_VILLAGE, SITE_THREATENED, 0.35},
        {3600, 6100, pick(s, "团结村", "Tuanjie"), 620, SITE_VILLAGE, SITE_MOVED, 1},
        {5600, 9400, pick(s, "大石村", "Dashi"), 730, SITE_VILLAGE, SITE_NORMAL, 0},
        {9400, 4600, pick(s, "新店村", "Xindian"), 540, SITE_VILLAGE, SITE_NORMAL, 0},
        {2200, 2500, pick(s, "镇中学安置点", "School shelter"), -1, SITE_SHELTER, SITE_NORMAL, 0},
        {4900, 2480, pick(s, "镇卫生院", "Clinic"), -1, SITE_HOSPITAL, SITE_NORMAL, 0},
        {2600, 9900, pick(s, "水库取水点", "Reservoir"), -1, SITE_WATER, SITE_NORMAL, 0},
        {7300, 5800, pick(s, "鹰嘴岩", "Eagle rock"), -1, SITE_POINT, SITE_NORMAL, 0}};
    memcpy(s->place, place, sizeof place);
    const struct map_team team[SAMPLE_TEAMS] = {
        {8250, 5300, SYMBOL_FOREST, TEAM_MARK_WORKING, pick(s, "专业队 1", "Pro 1"), true, 0, 0},
        {8250, 5300, SYMBOL_FOREST, TEAM_MARK_WORKING, pick(s, "专业队 2", "Pro 2"), false, 0, 0},
        {8500, 6700, SYMBOL_FOREST, TEAM_MARK_WARN, pick(s, "半专业队 3", "Semi 3"), false, 0, 0},
        {6000, 2840, SYMBOL_BRIGADE, TEAM_MARK_MOVING, pick(s, "消防一中队", "Fire co. 1"), false, 8300, 7600},
        {6700, 7600, SYMBOL_BRIGADE, TEAM_MARK_WORKING, pick(s, "消防二中队", "Fire co. 2"), false, 0, 0},
        {8600, 7700, SYMBOL_POLICE, TEAM_MARK_WORKING, pick(s, "派出所", "Police"), false, 0, 0},
        {4000, 2300, SYMBOL_POLICE, TEAM_MARK_NONE, pick(s, "交巡警", "Traffic"), false, 0, 0},
        {4000, 2300, SYMBOL_MEDICAL, TEAM_MARK_NONE, pick(s, "急救 120-1", "Ambulance"), false, 0, 0},
        {4000, 2300, SYMBOL_POWER, TEAM_MARK_NONE, pick(s, "供电抢修", "Power crew"), false, 0, 0},
        {4000, 2300, SYMBOL_COMMS, TEAM_MARK_NONE, pick(s, "通信保障", "Comms van"), false, 0, 0},
        {3600, 6100, SYMBOL_MILITIA, TEAM_MARK_WORKING, pick(s, "民兵应急排", "Militia"), false, 0, 0},
        {4300, 4200, SYMBOL_SUPPLY, TEAM_MARK_MOVING, pick(s, "物资车", "Supplies"), false, 3600, 6100},
        {2600, 9800, SYMBOL_AIR, TEAM_MARK_WORKING, pick(s, "直升机", "Helicopter"), false, 0, 0},
        {9300, 5500, SYMBOL_FOREST, TEAM_MARK_LOST, pick(s, "友邻支援队", "Neighbours"), false, 0, 0}};
    memcpy(s->team, team, sizeof team);
}

static const struct layer_row sample_rows[3] = {
    {.name = "spread", .zh = "火线强度", .en = "Fire intensity", .unit = "", .shape = LAYER_RASTER, .palette = PALETTE_HEAT, .outline = true,
     .class = {{0, "已过", "passed"}, {0, "弱", "low"}, {0, "中", "middling"}, {0, "强", "high"}, {0, "很强", "extreme"}}},
    {.name = "stream", .zh = "水流", .en = "Flow", .unit = "m/s", .shape = LAYER_FLOW, .palette = PALETTE_WATER,
     .class = {{0.1, "0.1 以上", "over 0.1"}, {0.5, "0.5 以上", "over 0.5"}, {1, "1 以上", "over 1"}, {2, "2 以上", "over 2"}}},
    {.name = "walkers", .zh = "人群", .en = "Crowd", .unit = "", .shape = LAYER_DOTS, .palette = PALETTE_DENSITY,
     .class = {{0, "疏", "loose"}, {0, "密", "dense"}, {0, "拥挤", "packed"}}}};

static inline void sample_layers(struct sample *s)
{
    static const double flow_xy[] = {1000, 10500, 3000, 9800, 5200, 10400, 8000, 10900};
    memcpy(s->flow_xy, flow_xy, sizeof flow_xy);
    s->flow[0] = (struct layer_line){s->flow_xy, 4, 4, 1, 0};
    for (int i = 0; i < 400; i++) {
        s->dot_x[i] = (float)(1200 + i % 20 * 70 + i % 7 * 9);
        s->dot_y[i] = (float)(4200 + i / 20 * 60 + i % 5 * 11);
        s->dot[i] = (uint8_t)(1 + i % 3);
    }
    s->layer[0] = (struct map_layer){.row = &sample_rows[0], .grid = {SAMPLE_CELLS, SAMPLE_CELLS, 60, 0, 0}, .cls = s->cls};
    s->layer[1] = (struct map_layer){.row = &sample_rows[1], .owner = 1, .line = s->flow, .lines = 1};
    s->layer[2] = (struct map_layer){.row = &sample_rows[2], .owner = 2, .x = s->dot_x, .y = s->dot_y, .dot = s->dot, .dots = 400};
}

static inline void sample_map(struct sample *s)
{
    sample_layers(s);
    sample_rasters(s);
    sample_map_lines(s);
    sample_map_items(s);
    s->map = (struct map){
        .lang = s->lang,
        .terrain = {{SAMPLE_CELLS, SAMPLE_CELLS, 60, 0, 0}, s->height},
        .layers = s->layer, .layer_count = 3,
        .roads = s->road, .road_count = 4, .places = s->place, .place_count = SAMPLE_PLACES,
        .teams = s->team, .team_count = SAMPLE_TEAMS, .lines = s->line, .line_count = 6,
        .post = {true, 5500, 3300, NULL}, .wind_mps = 6.4, .wind_from_deg = 235,
        .moment = pick(s, "15:20　T+02:00", "15:20  T+02:00"), .synthetic = true};
}

static inline void sample_charts(struct sample *s)
{
    for (int i = 0; i < SAMPLE_POINTS; i++) {
        double t = i * 300.0, u = i / 72.0;
        s->x[i] = t;
        s->y[0][i] = 420 * u * u * (3 - 2 * u);
        s->y[1][i] = 640 * u * u;
        s->y[2][i] = i < 12 ? 0 : i < 30 ? 60 : i < 50 ? 180 : 260;
        s->y[3][i] = i > 20 && i < 27 ? (double)NAN : 90 + 60 * num_sin(u * 9);
    }
    s->series[0] = (struct chart_series){pick(s, "过火面积 公顷", "Burnt, ha"), s->x, s->y[0], SAMPLE_POINTS, 0, false, true, false};
    s->series[1] = (struct chart_series){pick(s, "不作为基准", "Do-nothing"), s->x, s->y[1], SAMPLE_POINTS, 0, false, false, true};
    s->series[2] = (struct chart_series){pick(s, "在场队员", "Crew on scene"), s->x, s->y[2], SAMPLE_POINTS, 0, true, false, false};
    s->series[3] = (struct chart_series){pick(s, "在途消息", "Messages"), s->x, s->y[3], SAMPLE_POINTS, 0, false, false, false};
    s->mark[0] = (struct chart_mark){2400, pick(s, "启动三级响应", "Level III"), 0};
    s->mark[1] = (struct chart_mark){9000, pick(s, "风向突变", "Wind shift"), 0};
    s->mark[2] = (struct chart_mark){10200, pick(s, "通信中断", "Outage"), 0};
    s->band[0] = (struct chart_band){16800, 18600, pick(s, "讨论不计时", "Hold")};
    s->chart = (struct chart){.lang = s->lang, .title = pick(s, "态势曲线", "Course of the drill"),
                              .unit = pick(s, "公顷 / 人 / 条", "ha / people / messages"), .clock = true,
                              .clock_start_s = 13 * 3600 + 1200, .series = s->series, .series_count = 4,
                              .marks = s->mark, .mark_count = 3, .bands = s->band, .band_count = 1};
    const struct bar bar[6] = {
        {pick(s, "指挥部开设", "Command post"), 13, 15, (double)NAN, 0, NULL},
        {pick(s, "信息报送", "Reporting up"), 9.5, 15, (double)NAN, 0, pick(s, "续报迟 18 分钟", "update 18 min late")},
        {pick(s, "人员转移", "Evacuation"), 16, 20, (double)NAN, 0, NULL},
        {pick(s, "队伍调度", "Deployment"), 14, 20, (double)NAN, 0, NULL},
        {pick(s, "部门协同", "Coordination"), 11, 15, (double)NAN, 0, NULL},
        {pick(s, "安全管控", "Safety"), 6, 15, (double)NAN, 0xC0272DFF, pick(s, "否决项 1", "1 veto item")}};
    memcpy(s->bar, bar, sizeof bar);
    s->bars = (struct bars){s->lang, pick(s, "各目标得分", "Score by objective"), NULL, s->bar, 6, 1, NULL};
    const char *axes[6] = {pick(s, "指挥", "Command"), pick(s, "信息", "Information"), pick(s, "转移", "Evacuation"),
                           pick(s, "调度", "Deployment"), pick(s, "协同", "Coordination"), pick(s, "安全", "Safety")};
    memcpy(s->axes, axes, sizeof axes);
    const double rating[2][6] = {{0.87, 0.63, 0.8, 0.7, 0.73, 0.4}, {0.6, 0.5, 0.45, 0.62, (double)NAN, 0.7}};
    memcpy(s->rating, rating, sizeof rating);
    s->spokes[0] = (struct radar_series){pick(s, "本次", "This drill"), s->rating[0], 0};
    s->spokes[1] = (struct radar_series){pick(s, "迟缓", "Late bot"), s->rating[1], 0};
    s->radar = (struct radar){s->lang, pick(s, "能力雷达", "Capabilities"), s->axes, 6, s->spokes, 2};
}

static inline void sample_times(struct sample *s)
{
    const char *rows[5] = {pick(s, "应急管理局", "Emergency bureau"), pick(s, "林业局", "Forestry"), pick(s, "消防救援支队", "Fire and rescue"),
                           pick(s, "公安局", "Police"), pick(s, "万古镇", "Wangu town")};
    memcpy(s->rows, rows, sizeof rows);
    s->kinds[0] = (struct timeline_kind){pick(s, "指令", "Order"), 0};
    s->kinds[1] = (struct timeline_kind){pick(s, "注入", "Inject"), 0};
    s->kinds[2] = (struct timeline_kind){pick(s, "上报", "Report"), 0};
    s->kinds[3] = (struct timeline_kind){pick(s, "拒绝", "Refused"), 0};
    static const char *const zh[7] = {"启动三级响应", "调派专业队 1", "发布橙色预警", "转移双龙村群众", "请求直升机", "续报", "封闭林场便道"};
    static const char *const en[7] = {"Level III", "Dispatch pro 1", "Orange warning", "Move Shuanglong", "Ask helicopter", "Update", "Close track"};
    for (int i = 0; i < 28; i++) {
        bool bar = i % 9 == 4;
        s->item[i] = (struct timeline_item){i * 3 % 5, 300.0 + i * 710.0 + (i % 3) * 90.0, bar ? 3600.0 : 0,
                                            i * 5 % 4, s->lang == LANG_ZH ? zh[i % 7] : en[i % 7], i % 11 == 6};
    }
    s->due[0] = (struct timeline_deadline){0, 3600, DUE_MET, pick(s, "初报时限", "first report due")};
    s->due[1] = (struct timeline_deadline){4, 9000, DUE_LATE, pick(s, "转移时限", "evacuation due")};
    s->timeline = (struct timeline){.lang = s->lang, .title = pick(s, "时间线", "Timeline"), .rows = s->rows, .row_count = 5,
                                    .kinds = s->kinds, .kind_count = 4, .items = s->item, .item_count = 28,
                                    .deadlines = s->due, .deadline_count = 2, .clock_start_s = 13 * 3600 + 1200,
                                    .has_now = true, .now_s = 16000};
    const char *agencies[9] = {pick(s, "应急管理局", "Emergency bureau"), pick(s, "林业局", "Forestry"), pick(s, "消防救援支队", "Fire and rescue"),
                               pick(s, "公安局", "Police"), pick(s, "卫生健康委", "Health"), pick(s, "供电公司", "Power company"),
                               pick(s, "通信管理办", "Communications"), pick(s, "气象局", "Weather"), pick(s, "万古镇", "Wangu town")};
    memcpy(s->agencies, agencies, sizeof agencies);
    for (int i = 0; i < 81; i++) {
        s->count[i] = i / 9 == i % 9 ? 0 : (i * 37 % 11) * (i / 9 < 2 || i % 9 < 2 ? 2 : 1) / 2;
        s->bad[i] = s->count[i] > 3 && i % 7 == 0;
    }
    s->matrix = (struct matrix){s->lang, pick(s, "部门协同矩阵", "Coordination matrix"), s->agencies, 9, s->count, s->bad,
                                pick(s, "数字为请求与消息次数；右上角三角表示有逾期或未应答。", "Requests and messages; a corner mark means some were late or unanswered.")};
}

static inline void sample_fill(struct sample *s, enum lang lang)
{
    memset(s, 0, sizeof *s);
    s->lang = lang;
    sample_map(s);
    sample_charts(s);
    sample_times(s);
}

static inline struct figure sample_figure(const struct sample *s, enum figure_kind kind, const struct theme *th)
{
    const void *const of[] = {&s->map, &s->chart, &s->bars, &s->radar, &s->timeline, &s->matrix};
    static const double size[][2] = {{900, 640}, {760, 320}, {620, 300}, {460, 380}, {1000, 380}, {640, 560}};
    return (struct figure){kind, of[kind], th, size[kind][0], size[kind][1], kind == FIGURE_MAP ? 0 : 14};
}

#endif

-- 万古镇森林火灾桌面推演 A tabletop drill of a forest fire at Wangu, on the border of Dazu and Tongliang.
--
-- Modelled on the fire of 20-22 August 2022 (start about 15:00 on the border of the districts, open flame out after
-- 53.5 h, 2,589 responders, a 6 km break of 20 m): the first six hours are drilled. Towns and villages bear real names;
-- positions, terrain, people, forces and times are invented and said so under `assumptions`. No person is named.

local function T(zh, en) return { zh = zh, en = en } end

-- 【演练】 and EXERCISE stand before every simulated message.
local function M(zh, en) return { zh = "【演练】" .. zh, en = "EXERCISE. " .. en } end

-- ---- the map: metres from the south-west corner ----

local nodes = {
  { id = "n_west", at = { 200, 5900 } }, { id = "n_wangu", at = { 4200, 5250 } }, { id = "n_school", at = { 5300, 5550 } },
  { id = "n_xinshi", at = { 6350, 5200 } }, { id = "n_care", at = { 8300, 4880 } }, { id = "n_lianhua", at = { 8950, 5450 } },
  { id = "n_gulong", at = { 10650, 7750 } }, { id = "n_fengding", at = { 7150, 4450 } }, { id = "n_station", at = { 6700, 4000 } },
  { id = "n_pass", at = { 7000, 3100 } }, { id = "n_jieta", at = { 9700, 2700 } }, { id = "n_jieyi", at = { 10700, 3700 } },
  { id = "n_east", at = { 11850, 3300 } }, { id = "n_sanyuan", at = { 4300, 2600 } }, { id = "n_yuqing", at = { 5650, 2750 } },
  { id = "n_gas", at = { 6150, 3300 } }, { id = "n_shahe", at = { 7300, 7600 } }, { id = "n_yongxi", at = { 8400, 11300 } },
}

local places = {
  { id = "seat", title = T("大足城区方向", "district seat (west)"), at = { 200, 5900 }, kind = "border", node = "n_west" },
  { id = "wangu", title = T("万古镇政府", "Wangu town hall"), at = { 4200, 5250 }, kind = "town", node = "n_wangu", post_site = true, radius_m = 500 },
  { id = "health_centre", title = T("万古镇中心卫生院", "Wangu health centre"), at = { 4150, 5050 }, kind = "hospital", node = "n_wangu" },
  { id = "school", title = T("万古中学", "Wangu middle school"), at = { 5300, 5550 }, kind = "school", node = "n_school", capacity = 1200, post_site = true },
  { id = "depot", title = T("万古物资储备点", "Wangu supply depot"), at = { 4400, 5350 }, kind = "depot", node = "n_wangu" },
  { id = "xinshi", title = T("新石村", "Xinshi village"), at = { 6350, 5200 }, kind = "village", node = "n_xinshi", people = 420, vulnerable = 90, post_site = true, radius_m = 300 },
  { id = "fengding", title = T("凤顶村", "Fengding village"), at = { 7150, 4450 }, kind = "village", node = "n_fengding", people = 260, vulnerable = 70, radius_m = 230 },
  { id = "station", title = T("林场管护站", "forest ranger station"), at = { 6700, 4000 }, kind = "facility", node = "n_station", people = 16, radius_m = 120 },
  { id = "care_home", title = T("莲花敬老院", "Lianhua care home"), at = { 8300, 4880 }, kind = "facility", node = "n_care", people = 64, vulnerable = 56, radius_m = 240 },
  { id = "lianhua", title = T("莲花村", "Lianhua village"), at = { 8950, 5450 }, kind = "village", node = "n_lianhua", people = 380, vulnerable = 85, radius_m = 380 },
  { id = "yuqing", title = T("玉清村", "Yuqing village"), at = { 5650, 2750 }, kind = "village", node = "n_yuqing", people = 300, vulnerable = 66, radius_m = 240 },
  { id = "gas_depot", title = T("液化气储配站", "LPG depot"), at = { 6150, 3300 }, kind = "facility", node = "n_gas", people = 8, radius_m = 180 },
  { id = "jie_a", title = T("铜梁侧甲村", "village A (Tongliang side)"), at = { 9700, 2700 }, kind = "village", node = "n_jieta", people = 240, vulnerable = 50, radius_m = 230 },
  { id = "jie_b", title = T("铜梁侧乙村", "village B (Tongliang side)"), at = { 10700, 3700 }, kind = "village", node = "n_jieyi", people = 200, vulnerable = 45, capacity = 400, radius_m = 120 },
  { id = "shahe", title = T("沙河村委会", "Shahe village hall"), at = { 7300, 7600 }, kind = "village", node = "n_shahe", capacity = 300, radius_m = 120 },
  { id = "sanyuan", title = T("三元村委会", "Sanyuan village hall"), at = { 4300, 2600 }, kind = "village", node = "n_sanyuan", capacity = 400, radius_m = 120 },
  { id = "gulong", title = T("古龙镇", "Gulong town"), at = { 10650, 7750 }, kind = "town", node = "n_gulong", capacity = 600, radius_m = 380 },
  { id = "ridge", title = T("界山垭口", "border pass on the ridge"), at = { 7000, 3100 }, kind = "hill", node = "n_pass" },
  { id = "north_foot", title = T("凤顶后山", "hill behind Fengding"), at = { 7350, 4150 }, kind = "hill", node = "n_fengding" },
  { id = "east_flank", title = T("莲花后山", "hill behind Lianhua"), at = { 8100, 4450 }, kind = "hill", node = "n_care" },
  { id = "reservoir", title = T("后山水库取水点", "reservoir water point"), at = { 5450, 4150 }, kind = "water", node = "n_gas" },
  { id = "tongliang_border", title = T("铜梁方向", "Tongliang (east)"), at = { 11850, 3300 }, kind = "border", node = "n_east" },
}

local roads = {
  { id = "r_seat", title = T("城区至万古公路", "road from the district seat"), from = "n_west", to = "n_wangu", class = "county" },
  { id = "r_town", title = T("万古镇街道", "Wangu main street"), from = "n_wangu", to = "n_school", class = "county" },
  { id = "r_xinshi", title = T("万古至新石公路", "road Wangu to Xinshi"), from = "n_school", to = "n_xinshi", class = "county" },
  { id = "r_care", title = T("新石至敬老院公路", "road Xinshi to the care home"), from = "n_xinshi", to = "n_care", class = "county" },
  { id = "r_lianhua", title = T("莲花村道", "Lianhua road"), from = "n_care", to = "n_lianhua", class = "village" },
  { id = "r_gulong", title = T("莲花至古龙公路", "road Lianhua to Gulong"), from = "n_lianhua", to = "n_gulong", class = "county" },
  { id = "r_track", title = T("凤顶单行便道", "narrow track to Fengding"), from = "n_xinshi", to = "n_fengding", class = "track", capacity = 44 },
  { id = "r_station", title = T("管护站林道", "forest track to the ranger station"), from = "n_fengding", to = "n_station", class = "track" },
  { id = "r_pass", title = T("垭口林道", "forest track to the pass"), from = "n_station", to = "n_pass", class = "track" },
  { id = "r_border", title = T("越界林道", "forest track over the border"), from = "n_pass", to = "n_jieta", class = "track" },
  { id = "r_jie", title = T("铜梁侧村道", "village road (Tongliang side)"), from = "n_jieta", to = "n_jieyi", class = "village" },
  { id = "r_east", title = T("铜梁方向公路", "road to Tongliang"), from = "n_jieyi", to = "n_east", class = "county" },
  { id = "r_east_gulong", title = T("古龙至界山公路", "road Gulong to the border"), from = "n_gulong", to = "n_jieyi", class = "county" },
  { id = "r_sanyuan", title = T("万古至三元公路", "road Wangu to Sanyuan"), from = "n_wangu", to = "n_sanyuan", class = "county" },
  { id = "r_yuqing", title = T("玉清村道", "Yuqing road"), from = "n_sanyuan", to = "n_yuqing", class = "village" },
  { id = "r_gas", title = T("储配站路", "road to the LPG depot"), from = "n_yuqing", to = "n_gas", class = "village" },
  { id = "r_gas_up", title = T("储配站上山林道", "forest track from the LPG depot"), from = "n_gas", to = "n_station", class = "track" },
  { id = "r_shahe", title = T("沙河村道", "Shahe road"), from = "n_xinshi", to = "n_shahe", class = "village" },
  { id = "r_yongxi", title = T("沙河至雍溪公路", "road Shahe to Yongxi"), from = "n_shahe", to = "n_yongxi", class = "county" },
}

local lines = {
  { id = "break_fengding", title = T("凤顶隔离带", "Fengding break"), points = { { 6880, 4200 }, { 7150, 4220 }, { 7420, 4330 } }, width_m = 8 },
  { id = "break_station", title = T("管护站隔离带", "ranger station break"), points = { { 6050, 3560 }, { 6400, 3800 }, { 6650, 4180 } }, width_m = 8 },
  { id = "break_lianhua", title = T("莲花隔离带", "Lianhua break"), points = { { 7900, 4550 }, { 8300, 4620 }, { 8800, 5000 } }, width_m = 8 },
  { id = "break_ridge", title = T("山脊阻火带", "ridge break"), points = { { 9150, 5450 }, { 9600, 5050 }, { 9950, 4600 } }, width_m = 8 },
  { id = "power_110", title = T("110千伏线路", "110 kV line"), kind = "power", points = { { 3600, 4900 }, { 6000, 4850 }, { 7700, 4720 }, { 9300, 4000 }, { 11800, 4200 } }, width_m = 30 },
}

-- ---- who ----

local channels = {
  { id = "mobile", title = T("公众移动通信", "public mobile network"), kind = "mobile", reach = 0.55,
    -- behind the northern ridge, from the pass to the hill behind Fengding
    dead = { { { 6500, 2750 }, { 8300, 2750 }, { 8300, 3950 }, { 6500, 3950 } } } },
  { id = "fixed", title = T("固定电话", "fixed line"), kind = "fixed" },
  { id = "radio", title = T("PDT对讲", "PDT radio"), kind = "radio",
    dead = { { { 8700, 2900 }, { 9400, 2900 }, { 9400, 3500 }, { 8700, 3500 } } } }, -- the valley east of the pass
  { id = "satellite", title = T("卫星电话", "satellite phone"), kind = "satellite" },
  { id = "broadcast", title = T("村村响广播", "village loudspeakers"), kind = "broadcast", reach = 0.7 },
}

local all = { "radio", "mobile", "fixed" }

-- Posts in the order in which they are called. No names: whoever sits there holds the post.
local function post(id, zh, en, deputy) return { id = id, title = T(zh, en), deputy = deputy } end
local district_posts = {
  post("commander", "总指挥（区政府主要负责人）", "commander (head of the district)", "vice"),
  post("vice", "副总指挥（分管副区长）", "deputy commander (vice head in charge)", "office"),
  post("office", "办公室主任（区应急局局长）", "head of the office (emergency bureau)"),
}
local town_posts = {
  post("secretary", "镇党委书记", "party secretary of the town", "mayor"),
  post("mayor", "镇长", "mayor of the town", "vice_mayor"),
  post("vice_mayor", "分管副镇长", "vice mayor in charge"),
  { id = "fengding_secretary", title = T("凤顶村支书", "village secretary of Fengding"), place = "fengding", deputy = "fengding_head" },
  { id = "fengding_head", title = T("凤顶村村主任", "village head of Fengding"), place = "fengding" },
}
local forestry_posts = {
  post("head", "区林业局局长", "head of the forestry bureau", "fire_vice"),
  post("fire_vice", "分管防火副局长", "vice head in charge of fire"),
  { id = "ranger", title = T("管护站站长", "head of the ranger station"), place = "station" },
}
local agencies = {
  { id = "city", title = T("市森防指", "city forest-fire headquarters"), admin = "city", levels = { 1, 2 }, colours = { "red", "orange" }, commands = true, read = "6min", act = "10min", channels = { "fixed", "mobile", "satellite" } },
  { id = "district", title = T("区森防指", "district forest-fire headquarters"), admin = "district", parent = "city", played = true, place = "seat", levels = { 3, 4 }, colours = { "yellow", "blue" }, commands = true, channels = { "radio", "mobile", "fixed", "satellite", "broadcast" }, posts = district_posts },
  { id = "emergency", title = T("区应急局", "district emergency bureau"), admin = "district", parent = "district", played = true, place = "seat", levels = { 4 }, channels = { "radio", "mobile", "fixed", "satellite" } },
  { id = "forestry", title = T("区林业局", "district forestry bureau"), admin = "district", parent = "district", played = true, place = "seat", channels = { "radio", "mobile", "fixed" }, posts = forestry_posts },
  { id = "police", title = T("区公安局", "district police"), admin = "district", parent = "district", played = true, place = "seat", channels = all },
  { id = "health", title = T("区卫生健康委", "district health commission"), admin = "district", parent = "district", played = true, place = "seat", channels = { "mobile", "fixed" } },
  { id = "town", title = T("万古镇政府", "Wangu town government"), admin = "town", parent = "district", played = true, place = "wangu", channels = { "radio", "mobile", "fixed", "broadcast" }, posts = town_posts },
  { id = "publicity", title = T("区委宣传部", "district publicity department"), admin = "district", parent = "district", played = true, place = "seat", channels = { "mobile", "fixed" } },
  { id = "rescue", title = T("区消防救援支队", "district fire and rescue"), admin = "district", parent = "district", place = "seat", channels = all, act = "4min" },
  { id = "militia", title = T("区人武部", "people's armed forces department"), admin = "district", parent = "district", place = "seat", channels = all, act = "20min" },
  { id = "weather", title = T("区气象局", "district weather bureau"), admin = "district", parent = "district", place = "seat", channels = { "mobile", "fixed" }, act = "8min" },
  { id = "power", title = T("区供电公司", "power company"), admin = "unit", parent = "district", place = "seat", channels = { "radio", "mobile", "fixed" }, act = "12min" },
  { id = "telecom", title = T("区经信委（通信保障）", "economy and information commission (communications)"), admin = "district", parent = "district", place = "seat", channels = { "mobile", "fixed", "satellite" }, act = "25min" },
  { id = "transport", title = T("区交通局", "district transport bureau"), admin = "district", parent = "district", place = "seat", channels = { "mobile", "fixed" }, act = "25min" },
  { id = "tongliang", title = T("铜梁区森防指", "Tongliang forest-fire headquarters"), admin = "district", parent = "city", place = "tongliang_border", channels = { "mobile", "fixed" }, read = "5min", act = "30min" },
}

local services = {
  { id = "helicopter", title = T("航空灭火支援", "helicopter support"), agency = "city", effect = "team", act = "50min", daylight = true, wind_max = 10.8, free_from = "30min" },
  { id = "brigade", title = T("跨区增援队伍", "reinforcement from another district"), agency = "city", effect = "team", act = "80min", free_from = "60min" },
  { id = "tongliang_crew", title = T("铜梁区联合处置", "joint action of Tongliang"), agency = "tongliang", effect = "team", act = "35min" },
  { id = "militia_call", title = T("民兵动员", "call-out of militia"), agency = "militia", effect = "team", act = "40min", shares = { "militia_help" } },
  { id = "militia_help", title = T("民兵协助安置群众", "militia to help in the shelters"), agency = "militia", act = "30min", shares = { "militia_call" } },
  { id = "brief", title = T("火场气象会商", "weather briefing"), agency = "weather", effect = "brief", act = "6min", once = false },
  { id = "power_cut", title = T("110千伏线路停电", "switching off the 110 kV line"), agency = "power", effect = "power_cut", line = "power_110" },
  { id = "power_back", title = T("110千伏线路复电", "switching the 110 kV line on"), agency = "power", effect = "power_back", line = "power_110" },
  { id = "mobile_back", title = T("应急通信车保障", "emergency communications vehicle"), agency = "telecom", effect = "channel", channel = "mobile", act = "40min" },
  { id = "buses", title = T("转移客车", "buses for moving people"), agency = "transport", effect = "bus", buses = 6 },
}

local teams = {
  { id = "pro_1", title = T("区专业队一中队", "professional crew 1"), agency = "forestry", kind = "fire_pro", people = 30, vehicles = 4, home = "seat", muster = "10min", line_mh = 180, line_width_m = 6, attack_mh = 320, flame_limit_m = 1.8, water_l = 1200, shift = "6h" },
  { id = "pro_2", title = T("区专业队二中队", "professional crew 2"), agency = "forestry", kind = "fire_pro", people = 30, vehicles = 4, home = "seat", muster = "15min", line_mh = 180, line_width_m = 6, attack_mh = 320, flame_limit_m = 1.8, water_l = 1200, shift = "6h" },
  { id = "semi_wangu", title = T("万古镇半专业队", "Wangu semi-professional crew"), agency = "town", kind = "fire_semi", people = 25, vehicles = 3, home = "wangu", muster = "8min", line_mh = 110, line_width_m = 5, attack_mh = 200, flame_limit_m = 1.3, shift = "5h" },
  { id = "semi_gulong", title = T("古龙镇半专业队", "Gulong semi-professional crew"), agency = "forestry", kind = "fire_semi", people = 20, vehicles = 3, home = "gulong", muster = "15min", line_mh = 90, line_width_m = 5, attack_mh = 160, flame_limit_m = 1.3, shift = "5h" },
  { id = "engines", title = T("消防救援站", "fire and rescue station"), agency = "rescue", kind = "fire_rescue", people = 24, vehicles = 5, home = "wangu", muster = "3min", attack_mh = 420, flame_limit_m = 2.4, water_l = 18000, shift = "8h", tasks = { "attack", "mopup", "guard", "rescue", "water", "recon", "evacuate" } },
  { id = "diggers", title = T("工程机械队", "plant and diggers"), agency = "emergency", kind = "engineer", people = 12, vehicles = 6, home = "wangu", muster = "25min", line_mh = 320, line_width_m = 12, shift = "10h", tasks = { "line" } },
  { id = "militia_1", title = T("民兵应急连", "militia company"), agency = "militia", kind = "militia", people = 60, vehicles = 6, home = "seat", service = "militia_call", muster = "15min", line_mh = 160, line_width_m = 5, attack_mh = 100, flame_limit_m = 1.0, shift = "6h", tasks = { "line", "mopup", "guard", "evacuate", "support", "cordon" } },
  { id = "brigade_1", title = T("外区增援中队", "crew from another district"), agency = "emergency", kind = "fire_pro", people = 40, vehicles = 6, home = "seat", service = "brigade", outside = true, muster = "10min", line_mh = 220, line_width_m = 6, attack_mh = 380, flame_limit_m = 1.8, water_l = 1500, shift = "7h" },
  { id = "tongliang_1", title = T("铜梁区专业队", "Tongliang professional crew"), agency = "tongliang", kind = "fire_pro", people = 35, vehicles = 5, home = "tongliang_border", service = "tongliang_crew", muster = "10min", line_mh = 180, line_width_m = 6, attack_mh = 320, flame_limit_m = 1.8, water_l = 1200, shift = "6h" },
  { id = "helicopter_1", title = T("吊桶直升机", "bucket helicopter"), agency = "city", kind = "helicopter", people = 4, vehicles = 1, home = "seat", service = "helicopter", muster = "5min", attack_mh = 500, flame_limit_m = 3.5, shift = "4h", tasks = { "drop", "recon" } },
  { id = "riders", title = T("摩托志愿队", "motorcycle volunteers"), agency = "town", kind = "volunteer", people = 45, vehicles = 30, home = "wangu", unasked = true, muster = "5min", shift = "5h", tasks = { "support", "water" } },
  { id = "saws", title = T("油锯志愿队", "chainsaw volunteers"), agency = "town", kind = "volunteer", people = 30, vehicles = 12, home = "wangu", unasked = true, muster = "10min", line_mh = 90, line_width_m = 5, shift = "5h", tasks = { "line", "support" } },
  { id = "police_1", title = T("派出所民警组", "police station"), agency = "police", kind = "police", people = 14, vehicles = 4, home = "wangu", muster = "5min", tasks = { "cordon", "evacuate", "recon" } },
  { id = "police_2", title = T("特巡警中队", "patrol company"), agency = "police", kind = "police", people = 30, vehicles = 6, home = "seat", muster = "15min", tasks = { "cordon", "evacuate" } },
  { id = "cadres_1", title = T("万古镇干部一组", "town cadres 1"), agency = "town", kind = "other", people = 16, vehicles = 4, home = "wangu", muster = "6min", tasks = { "evacuate", "support", "recon" } },
  { id = "cadres_2", title = T("万古镇干部二组", "town cadres 2"), agency = "town", kind = "other", people = 16, vehicles = 4, home = "wangu", muster = "6min", tasks = { "evacuate", "support", "recon" } },
  { id = "rangers", title = T("护林员组", "forest rangers"), agency = "forestry", kind = "other", people = 8, vehicles = 4, home = "station", muster = "2min", tasks = { "recon", "guard", "evacuate" } },
  { id = "medical_1", title = T("卫生院急救组", "health centre ambulance"), agency = "health", kind = "medical", people = 8, vehicles = 2, home = "health_centre", muster = "5min", tasks = { "medical" } },
  { id = "medical_2", title = T("区医院急救组", "district hospital ambulance"), agency = "health", kind = "medical", people = 10, vehicles = 3, home = "seat", muster = "10min", tasks = { "medical" } },
  { id = "power_1", title = T("供电抢修队", "power repair team"), agency = "power", kind = "power", people = 12, vehicles = 3, home = "seat", muster = "15min", tasks = { "power" } },
  { id = "comms_1", title = T("通信抢修队", "communications repair team"), agency = "telecom", kind = "comms", people = 8, vehicles = 3, home = "seat", muster = "20min", tasks = { "comms" } },
}

local groups = {
  { id = "coordination", title = T("综合协调组", "coordination group"), lead = "emergency", members = { "district", "town" } },
  { id = "fighting", title = T("火灾扑救组", "fire-fighting group"), lead = "forestry", members = { "rescue", "militia" } },
  { id = "moving", title = T("转移安置组", "evacuation group"), lead = "town", members = { "police", "transport" } },
  { id = "medicine", title = T("医疗救治组", "medical group"), lead = "health", members = {} },
  { id = "order", title = T("治安警戒与交通管制组", "cordon and traffic group"), lead = "police", members = { "transport" } },
  { id = "signals", title = T("通信电力保障组", "communications and power group"), lead = "telecom", members = { "power" } },
  { id = "news", title = T("宣传舆情组", "information group"), lead = "publicity", members = {} },
}

local supplies = {
  -- A case is 24 bottles, 13 L: a litre an hour at hard work in the heat, 3 L a day in a shelter.
  { id = "water_l", title = T("饮用水", "drinking water"), unit = T("件", "cases"), person_day = 0.25, crew_day = 1.8, carry = "3h", without = "harm",
    tasks = { "line", "attack", "mopup", "guard", "burnout" } },
  { id = "food", title = T("方便食品", "ready meals"), unit = T("份", "rations"), person_day = 3, crew_day = 3, carry = "5h",
    tasks = { "line", "attack", "mopup", "guard", "burnout", "water" } },
  -- A can is 20 L; blowers, saws and plant of a crew take about two thirds of a litre an hour for each of its people.
  { id = "fuel_can", title = T("油料", "fuel"), unit = T("桶", "cans"), crew_day = 0.8, carry = "2h30min", without = "stop",
    tasks = { "line", "attack", "mopup", "burnout" } },
  { id = "hose", title = T("水泵水带", "hoses for the pumps"), unit = T("盘", "reels"), crew_day = 4, carry = "3h", tasks = { "water" } },
  { id = "blower", title = T("风力灭火机", "blowers"), unit = T("台", "units") },
}

local stock = {
  { place = "depot", supply = "water_l", count = 600, owner = "emergency", custodian = "town" },
  { place = "depot", supply = "food", count = 2000, owner = "emergency", custodian = "town", good_for = "720h" },
  { place = "depot", supply = "fuel_can", count = 90, owner = "forestry", custodian = "town" },
  { place = "depot", supply = "blower", count = 30, owner = "forestry", custodian = "town" },
  { place = "depot", supply = "hose", count = 40, owner = "rescue", custodian = "town" },
  { place = "seat", supply = "fuel_can", count = 60, owner = "militia", custodian = "militia" }, -- taken by requisition alone
  { place = "gulong", supply = "water_l", count = 200 }, { place = "gulong", supply = "food", count = 500 },
}

-- ---- what is trained ----

local objectives = {
  { id = "command", title = T("组织指挥", "command"), weight = 20 },
  { id = "reporting", title = T("信息报送与预警", "reporting and warning"), weight = 15 },
  { id = "people", title = T("群众转移安置", "moving people"), weight = 25 },
  { id = "fire", title = T("火灾扑救", "fighting the fire"), weight = 20 },
  { id = "safety", title = T("扑火安全", "safety of the crews"), weight = 10 },
  { id = "coordination", title = T("部门协同与保障", "coordination and support"), weight = 10 },
}

-- ---- injects: what the room is told, and when ----

local injects = {
  { id = "call_12119", title = T("群众报警", "call to 12119"), at = "3min", to = { "forestry", "town" }, objective = "reporting", decide = true,
    message = M("群众拨打12119：凤顶村后山、与铜梁交界的山脊上有浓烟，看得见明火，风向凤顶村吹。", "A villager calls 12119: thick smoke and open flame on the ridge behind Fengding, at the border to Tongliang; the wind blows towards Fengding."),
    guidance = T("等待席位核实火情并报告，不要催促。", "Wait for the seats to verify and to report; do not push."),
    expected = T("派护林员核实；林业局、镇政府向区森防指报告；镇半专业队先期处置。", "Send rangers to verify; forestry and the town report to the district; the town crew makes the first attack.") },
  { id = "smoke_camera", title = T("林火监控报警", "camera alarm"), at = "6min", to = { "district", "emergency" }, objective = "command",
    message = M("林火视频监控自动报警：界山垭口东侧，火线约百米，气温41℃，湿度24%。", "Forest camera alarm: east of the border pass, a front of about 100 m, 41 °C, humidity 24 %."),
    effects = { "world tell district area=1", "world tell forestry area=1", "world tell emergency area=1" },
    guidance = T("观察是否启动响应、是否明确总指挥。", "Watch whether a response level is started and a commander named."),
    expected = T("启动响应，设立火场前线指挥部，明确总指挥，调派专业队。", "Start a response level, set up the forward post, name the commander, send the professional crews.") },
  { id = "track_jam", title = T("便道会车", "track blocked"), when = function(s) return s.time > 20 and s.team.pro_1.stage == "moving" end, to = { "police", "district" }, objective = "coordination",
    message = M("凤顶单行便道上社会车辆与上山车队对头，交通员请求管制。", "Private cars meet the crews head on on the narrow track to Fengding; traffic control is asked for."),
    guidance = T("不管制则便道渐堵。", "Without control the track jams by and by."),
    expected = T("公安封闭便道，只放行应急车辆和转移车辆。", "The police close the track to all but emergency and evacuation vehicles.") },
  { id = "fengding_asks", title = T("凤顶村请示", "Fengding asks"), when = function(s) return s.time > 12 and s.place.fengding.distance < 700 end, to = { "town", "district" }, objective = "people", decide = true,
    message = M("凤顶村支书：火离最近的房子不到一公里，老人多，请示是否转移，往哪里转移。", "The village secretary of Fengding: the fire is less than a kilometre from the houses, there are many old people; shall we leave, and where to?"),
    guidance = T("要求席位明确：转移哪些人、到哪里、谁负责。", "Ask the seats: who leaves, where to, who is in charge."),
    chain = {
      { who = "town", does = "receive", text = T("记录请示人、时间、村内人数和老弱人数", "note who asks, when, how many people, how many of them old or weak"), within = "3min" },
      { who = "district", does = "decide", text = T("明确转移谁、到哪里、谁负责、何时完成", "settle who leaves, where to, who is in charge, by when"), within = "10min" },
      { who = "town", does = "act", text = T("下达转移命令", "order the people out"), event = "evacuation_ordered", within = "15min" },
      { who = "town", does = "act", text = T("启用安置点", "open a shelter"), event = "shelter_opened", within = "30min" },
      { who = "district", does = "report", text = T("威胁居民点，向市森防指续报", "homes threatened: an update to the city"), order = { verb = "report", form = "update" }, within = "60min" },
    },
    expected = T("下令转移并启用安置点，派干部、民警上门，请求客车。", "Order the evacuation, open a shelter, send cadres and police to the doors, ask for buses.") },
  { id = "consult_1", title = T("第一次会商时点", "time for a consultation"), at = "45min", to = { "district" }, objective = "command", decide = true,
    message = M("前方与后方信息不一致，各单位等待统一部署。", "Information from the front and the rear differs; all units wait for one plan."),
    guidance = T("如席位未提出会商，可以追问：谁来定方案，依据是什么？", "If nobody proposes a consultation, ask who decides on the plan and on what grounds."),
    expected = T("会商研判，批准处置方案：先两翼、保村庄，划定隔离带。", "Consult, approve an action plan: flanks first, protect the villages, lay out the breaks.") },
  { id = "level_missing", title = T("上级追问", "the city asks"), absent = { verb = "level" }, by = "30min", to = { "district" }, objective = "command",
    message = M("市森防指来电：网上已有视频，你区是否启动响应？谁任总指挥？", "The city calls: there are videos on the net. Has the district started a response? Who is in command?"),
    guidance = T("仅在30分钟内未启动响应时出现。", "Comes only when no response was started within 30 min."),
    expected = T("立即启动响应并报告。", "Start a response at once and report.") },
  { id = "report_missing", title = T("市值班室催报", "duty office presses for a report"), absent = { verb = "report" }, by = "50min", to = { "district", "emergency" }, objective = "reporting",
    message = M("市政府总值班室：火情已见媒体，至今未收到初报，请立即书面报告。", "The city duty office: the fire is in the media and no first report has come; report in writing at once."),
    expected = T("报送初报，要素齐全，数据与掌握情况一致。", "Send a first report with all elements and true figures.") },
  { id = "volunteers", title = T("志愿者自发前来", "volunteers arrive"), at = "70min", to = { "town", "district" }, objective = "coordination",
    message = M("数十名摩托车手和带油锯的志愿者赶到万古镇，要求上山。", "Dozens of motorcyclists and volunteers with chainsaws arrive in Wangu and want to go up."),
    effects = { "world come riders to wangu", "world come saws to wangu" },
    guidance = T("是否登记、编组、明确任务和安全要求？", "Are they registered, put into groups, given a task and safety rules?"),
    expected = T("登记编组，承担运水和辅助开设，不得直接打火头。", "Register them; water and support tasks; no direct attack.") },
  { id = "wind_rises", title = T("风力增大", "the wind rises"), at = "95min", to = {}, objective = "fire",
    message = M("（不告知席位）风速增至6.5米每秒。", "(not told to the seats) the wind rises to 6.5 m/s.") },
  { id = "hotspot", title = T("卫星热点", "satellite hot spots"), at = "80min", to = { "forestry", "emergency" }, objective = "reporting",
    message = M("卫星监测平台推送热点，位置见图，未经核实。", "The satellite service reports hot spots, shown on the map, not verified."),
    guidance = T("本批热点中有误报，位置随种子变化。不核实就派重兵者记录在案。", "One of them is false; where depends on the seed. Forces sent without verifying are put on record."),
    expected = T("派人核实，不分散主要力量。", "Have it verified; keep the main force together.") },
  { id = "line_trips", title = T("线路跳闸", "the power line trips"), when = function(s) return s.hazard.size_ha > 60 and not s.line.power_110.cut end, to = { "power", "district" }, objective = "safety",
    message = M("110千伏线路因浓烟跳闸，重合不成功，万古、古龙部分停电。", "The 110 kV line tripped in the smoke and does not close again; parts of Wangu and Gulong are without power."),
    effects = { "world trip power_110" },
    expected = T("确认线路不带电再安排线下作业；保障卫生院、基站用电。", "Make sure the line is dead before work under it; power for the health centre and the base stations.") },
  { id = "mobile_down", title = T("移动通信中断", "mobile network fails"), at = "130min", to = { "telecom" }, objective = "coordination", decide = true,
    message = M("凤顶、莲花一带基站退服，公众移动通信中断。", "Base stations around Fengding and Lianhua are out; the mobile network is down."),
    effects = { "world outage mobile for=3h" },
    guidance = T("不主动告知指挥部，看其多久发现、改用何种手段。", "Do not tell the post; see how soon it notices and what it uses instead."),
    expected = T("改用PDT和卫星电话，调应急通信车，派通信员。", "Use PDT and satellite phones, send the communications vehicle.") },
  { id = "rumour", title = T("网络谣言", "rumour"), after = "mobile_down", delay = "15min", to = { "publicity" }, objective = "reporting",
    message = M("网传“凤顶村烧死三人、政府封锁消息”，转发两万次。", "A rumour says three people burnt in Fengding and the government hides it; shared 20,000 times."),
    expected = T("及时发布权威信息，核实伤亡后再说数字。", "Publish facts soon; figures only when verified.") },
  { id = "wind_warning", title = T("大风蓝色预警（迟到）", "wind warning (late)"), at = "185min", to = { "district", "emergency" }, channel = "fixed", objective = "safety", decide = true,
    message = M("区气象局：预计18时30分前后转西南风，阵风6至7级。", "The weather bureau: the wind will turn to the south-west about 18:30, gusts of 6 to 7 Beaufort."),
    guidance = T("距风向突变不足半小时。早先做过气象会商的席位应已掌握。", "Less than half an hour before the shift. Seats that had asked for a weather briefing know already."),
    chain = {
      { who = "emergency", does = "receive", text = T("复核风向、时刻、影响范围", "check direction, hour and area of the warning"), within = "5min" },
      { who = "district", does = "decide", text = T("会商研判：哪些队伍撤出、哪些村先转移", "consult: which crews come out, which villages leave first"), event = "consult_held", within = "15min" },
      { who = "district", does = "act", text = T("撤出火头前方队伍", "take the crews out from ahead of the head"), event = "team_withdrawn", within = "20min" },
      { who = "town", does = "act", text = T("转移莲花敬老院和莲花村", "move the care home and Lianhua"), event = "evacuation_ordered", within = "20min" },
    },
    expected = T("撤出火头前方队伍，提前转移敬老院和莲花村。", "Take crews out from ahead of the fire, move the care home and Lianhua early.") },
  { id = "wind_shift", title = T("风向突变", "wind shift"), at = "210min", to = { "district", "forestry" }, objective = "safety",
    message = M("前方报告：风向突然转西南，火头转向莲花村、敬老院方向。", "From the front: the wind has turned to the south-west; the head now runs towards Lianhua and the care home."),
    expected = T("重新部署，撤离受威胁队伍，转移群众。", "Redeploy, withdraw crews in danger, move people.") },
  { id = "care_home_calls", title = T("敬老院求助", "the care home calls"), when = function(s) return s.place.care_home.distance < 750 and not s.place.care_home.ordered end, to = { "town", "health" }, objective = "people",
    message = M("莲花敬老院：64人中56人行动不便，只有一辆面包车，请求救援。", "The care home: 56 of 64 people cannot walk, there is one minibus; help is asked for."),
    expected = T("立即转移，派车派医护，落实接收点。", "Move them at once with vehicles and medical staff; a place to receive them.") },
  { id = "gas_threat", title = T("储配站受威胁", "LPG depot threatened"), when = function(s) return s.time > 110 and s.place.gas_depot.distance < 1000 end, to = { "district", "rescue", "emergency" }, objective = "fire",
    message = M("液化气储配站存液化气约80吨，火线距站不足一公里。", "The LPG depot holds about 80 t; the front is less than a kilometre away."),
    expected = T("消防到场冷却警戒，疏散玉清村下风向群众。", "Engines on site, cordon, move people downwind in Yuqing.") },
  { id = "heat_cases", title = T("队员中暑", "heat casualties"), at = "150min", to = { "health", "forestry" }, objective = "coordination",
    message = M("前线多名队员中暑，凤顶村两名村民烧伤烫伤，需要救治。", "Several crew members suffer from heat; two villagers of Fengding have burns."),
    effects = { "world hurt fengding count=2" },
    expected = T("医疗组前出，落实轮换和饮水。", "Medical team forward, relief and water for the crews.") },
  { id = "helicopter_open", title = T("航空支援无答复", "no answer on the helicopter"), unanswered = "helicopter", within = "40min", to = { "district" }, objective = "coordination",
    message = M("航空支援请求40分钟未见答复，距日落时间有限。", "No answer on the helicopter for 40 min; daylight is running out."),
    expected = T("叫应市森防指，催办并报告需求要素。", "Call the city until answered; state what is needed.") },
  { id = "level_raised", title = T("提级响应后的督导", "after raising the level"), on_order = { verb = "level", level = "3" }, delay = "20min", to = { "district" }, objective = "command",
    message = M("市森防指已知悉三级响应，派工作组前来指导，预计两小时到达。", "The city knows of level III and sends a working group, expected in two hours."),
    expected = T("准备汇报，明确指挥权移交条件。", "Prepare a briefing; be clear when command passes.") },
  { id = "press", title = T("媒体采访", "the press"), at = "165min", to = { "publicity", "district" }, objective = "reporting",
    message = M("多家媒体到场，询问起火原因、过火面积和转移人数。", "Several media ask for cause, area and people moved."),
    expected = T("统一口径，由宣传组发布，数据与上报一致。", "One voice through the information group; the same figures as reported.") },
  { id = "border_fire", title = T("火越区界", "fire crosses the border"), when = function(s) return s.hazard.size_ha > 120 end, to = { "district", "tongliang" }, objective = "coordination",
    message = M("火线已越过与铜梁的区界，铜梁侧村庄受烟气影响。", "The fire has crossed the border to Tongliang; villages there are in the smoke."),
    expected = T("通报铜梁并请求联合处置；按规定向市森防指报告。", "Inform Tongliang, ask for joint action; report to the city as required.") },
  { id = "night_falls", title = T("夜幕降临", "night falls"), at = "270min", to = { "district", "forestry" }, objective = "safety", decide = true,
    message = M("19时30分天黑。有人建议连夜上山打火头，也有人建议守线待天亮。", "19:30, dark. Some propose to attack the head by night, others to hold the lines till dawn."),
    guidance = T("追问：观察哨、撤离路线、向导、通信是否落实？", "Ask: lookout, escape route, guide, communications?"),
    expected = T("会商后定：夜间守线，不打迎风火头；外来队伍配向导、电台。", "Consult: hold the lines by night, no head attack; guide and radio for crews from outside.") },
  { id = "shelter_needs", title = T("安置点缺水缺床", "shelter runs short"), after = "fengding_asks", delay = "120min", to = { "town", "emergency" }, objective = "people",
    message = M("万古中学安置点饮水和食品不足，部分老人需要药品。", "The school shelter is short of water and food; some old people need medicine."),
    expected = T("从储备点调运物资。", "Send supplies from the depot.") },
  { id = "reignite", title = T("清理区冒烟", "smoke in the mopped-up area"), at = "310min", to = { "forestry" }, objective = "fire",
    message = M("已清理地段重新冒烟，看守人员请求增援。", "Smoke again where it had been mopped up; those on guard ask for help."),
    expected = T("落实看守，安排清理。", "Guard and mop up.") },
  { id = "spare_press", title = T("备用：领导来电", "spare: a call from above"), to = { "district" }, objective = "command",
    message = M("市领导来电询问：现在最需要市里做什么？", "A leader of the city asks: what do you need most from the city now?"),
    guidance = T("节奏偏慢时由导调使用。", "For the facilitator when the room is idle.") },
  { id = "spare_school", title = T("备用：学生夏令营", "spare: a summer camp"), to = { "town" }, objective = "people",
    message = M("莲花村有30名学生在参加暑期活动，家长来电询问。", "Thirty pupils are at a summer activity in Lianhua; parents are calling."),
    guidance = T("检验人员底数掌握。", "Tests whether the numbers are known.") },
}

-- ---- how the room goes through it: 150 minutes ----

local phases = {
  { id = "alarm", title = T("接报核实与先期处置", "report verified, first response"), from = "15:00", room = "20min", seats = { "forestry", "town", "emergency" },
    questions = { T("谁去核实，几分钟内报回？", "Who verifies it, back within how many minutes?"), T("就近哪支队伍先上，带谁作向导？", "Which crew near by goes first, with whom as guide?"),
      T("向谁报告，报什么，还不知道什么？", "Who is told, what, and what is not known yet?") },
    injects = { "smoke_camera", "call_12119" }, decision = T("是否启动响应，启动几级", "whether to start a response, and which level") },
  { id = "command", title = T("启动响应与指挥部组建", "response started, command set up"), after = "smoke_camera", room = "25min", seats = { "district", "emergency", "forestry", "police" },
    questions = { T("总指挥是谁，前线指挥部设在哪里？", "Who commands, and where is the forward post?"), T("各工作组由谁牵头，何时到位？", "Who leads each group, and when is it there?"),
      T("最近的村离火多远，谁去通知？", "How far is the nearest village, and who tells it?") },
    injects = { "track_jam", "level_missing" }, decision = T("明确总指挥、指挥部地点和通信手段", "the commander, the place of the post and how it talks") },
  { id = "plan", title = T("会商研判与部署", "consultation and deployment"), after = "consult_1", room = "30min", seats = { "district", "forestry", "weather", "town", "police" },
    questions = { T("火往哪里走，什么时候到哪个村？", "Where does the fire go, when does it reach which village?"), T("守哪条线，投入谁，撤离路线在哪？", "Which line is held, by whom, and which way out?"),
      T("转移谁、到哪里、谁负责？", "Who is moved, where to, who is in charge?") },
    injects = { "fengding_asks", "hotspot", "volunteers", "report_missing" }, decision = T("批准处置方案和转移名单", "the action plan and the list of those to be moved") },
  { id = "worse", title = T("情况恶化与提级", "things get worse, the level is raised"), after = "mobile_down", room = "30min", seats = { "district", "forestry", "telecom", "health", "rescue" },
    questions = { T("哪些队伍联系不上，怎么办？", "Which crews cannot be reached, and what then?"), T("什么情况下必须撤出来？", "What makes the crews come out?"),
      T("是否提级，请求市里什么支援？", "Is the level raised, what is asked of the city?") },
    injects = { "line_trips", "rumour", "heat_cases", "gas_threat" }, decision = T("提级、请求支援、撤出受威胁队伍", "raise the level, ask for support, withdraw crews in danger") },
  { id = "shift", title = T("风向突变与转移", "the wind shifts, people are moved"), after = "wind_warning", room = "25min", seats = { "district", "town", "health", "police" },
    questions = { T("还有谁在火头前方？", "Who is still ahead of the head?"), T("走不动的人怎么走？", "How do those who cannot walk leave?"), T("转移名单谁签字，还差几人？", "Who signs the list, and how many are missing?") },
    injects = { "wind_shift", "care_home_calls", "border_fire" }, decision = T("转移敬老院和莲花村，通报铜梁", "move the care home and Lianhua, inform Tongliang") },
  { id = "night", title = T("夜间守控、移交与信息发布", "the night, hand-over, what is published"), after = "night_falls", room = "20min", seats = { "district", "forestry", "publicity", "health" },
    questions = { T("夜里守哪里，谁看守，几点轮换？", "What is held by night, by whom, relieved when?"), T("过火面积达到重大，指挥权怎么移交？", "The area makes it a major fire: how does command pass?"),
      T("对外说什么数字，谁来说？", "Which figures are published, and by whom?") },
    injects = { "shelter_needs", "reignite" }, decision = T("夜间方案、移交条件、解除响应的条件", "the plan for the night, conditions of hand-over and of ending the response") },
}

-- ---- the plan under test ----

local PLAN_SOURCE = "自拟条款（参照区级森林火灾应急预案的常见章节）made up after the usual chapters of district plans"
local plan = {
  { id = "p_report_up", text = T("接报后1小时内向市森防指报送初报", "first report to the city within 1 h of the call"), who = "district", order = { verb = "report", form = "first" }, trigger_inject = "call_12119", within = "60min", source = "重庆市突发事件应对条例第28条（较大以上1小时内）" },
  { id = "p_level", text = T("接报后30分钟内启动响应", "start a response within 30 min of the call"), who = "district", order = { verb = "level" }, trigger_inject = "call_12119", within = "30min", source = PLAN_SOURCE },
  { id = "p_first", text = T("接报后10分钟内调派就近队伍先期处置", "send the nearest crew within 10 min of the call"), who = "town", order = { verb = "dispatch", team = "semi_wangu" }, trigger_inject = "call_12119", within = "10min", source = PLAN_SOURCE },
  { id = "p_post", text = T("启动响应后30分钟内开设火场前线指挥部", "forward post open within 30 min of the start of the response"), event = "post_opened", trigger_event = "level_started", within = "30min", depends = { "p_level" }, source = PLAN_SOURCE },
  { id = "p_commander", text = T("启动响应后15分钟内明确总指挥", "commander named within 15 min of the start of the response"), event = "commander_named", trigger_event = "level_started", within = "15min", depends = { "p_level" }, source = "生产安全事故应急条例第20、21条 总指挥负责制" },
  { id = "p_groups", text = T("指挥部开设后30分钟内火灾扑救组到位", "fire-fighting group staffed within 30 min of the post"), event = "group_staffed", trigger_event = "post_opened", within = "30min", depends = { "p_post" }, source = PLAN_SOURCE },
  { id = "p_consult", text = T("方案批准前须会商研判", "a consultation before the plan is approved"), event = "consult_held", trigger_event = "post_opened", within = "45min", source = PLAN_SOURCE },
  { id = "p_move", text = T("村庄受威胁后20分钟内下令转移", "order people out within 20 min of a threat"), event = "evacuation_ordered", trigger_event = "place_threatened", within = "20min", source = PLAN_SOURCE },
  { id = "p_shelter", text = T("下令转移后30分钟内安置点启用", "a shelter open within 30 min of the order"), event = "shelter_opened", trigger_event = "evacuation_ordered", within = "30min", depends = { "p_move" }, source = PLAN_SOURCE },
  { id = "p_warn", text = T("威胁居民点时发布预警", "a warning when homes are threatened"), who = "district", order = { verb = "warn" }, trigger_event = "place_threatened", within = "20min", source = PLAN_SOURCE },
  { id = "p_city", text = T("区界火灾通报铜梁并请求联合处置", "ask Tongliang for joint action on a fire at the border"), order = { verb = "request", service = "tongliang_crew" }, trigger_inject = "smoke_camera", within = "30min", source = "重庆市森林防火条例第36条（区界火灾立即报告）" },
  { id = "p_power", text = T("线路下方作业前停电", "power off before work under the line"), order = { verb = "request", service = "power_cut" }, trigger_inject = "smoke_camera", within = "90min", source = PLAN_SOURCE },
  { id = "p_brief", text = T("扑救中每2小时至少一次火场气象会商", "a weather briefing at least every 2 h"), order = { verb = "request", service = "brief" }, trigger_inject = "smoke_camera", within = "120min", source = PLAN_SOURCE },
  { id = "p_comms", text = T("通信中断后30分钟内启用备用手段", "other means within 30 min of an outage"), order = { verb = "request", service = "mobile_back" }, trigger_event = "channel_down", within = "30min", source = PLAN_SOURCE },
  { id = "p_air", text = T("请求后3小时内两架以上直升机吊桶洒水", "two helicopters or more drop water within 3 h of the alarm"), order = { verb = "dispatch", task = "drop" }, trigger_inject = "smoke_camera", within = "3h", needs = { { task = "drop", count = 2 } }, source = PLAN_SOURCE },
  { id = "p_traffic", text = T("火场道路实行交通管制", "traffic control on the roads to the fire"), who = "police", order = { verb = "close" }, trigger_inject = "call_12119", within = "45min", source = "森林防火条例（扑救时可采取交通管制）" },
}

-- Who must report to whom, and how soon: two lines, the duty office's and the department's own. Local rules differ: edit here.
local report_limits = {
  { text = T("镇政府接报后向区森防指报告", "the town reports to the district"), from = "town", to = "district", form = "first", trigger_inject = "call_12119", within = "30min", source = "U 地方常见规定：电话30分钟（R12，未核实） a common local rule, unverified" },
  { text = T("林业局向市森防指（主管部门线）报告", "forestry reports on the department's line"), from = "forestry", to = "city", form = "first", trigger_inject = "smoke_camera", within = "2h", source = "国务院令第493号第10条：逐级上报每级不超过2小时（R3）" },
  { text = T("区森防指向市森防指（总值班室线）报送初报", "the district sends its first report"), from = "district", to = "city", form = "first", trigger_inject = "smoke_camera", within = "60min", source = "重庆市突发事件应对条例第28条：1小时内（R5）" },
  { text = T("威胁居民点后续报", "an update when homes are threatened"), from = "district", to = "city", form = "update", trigger_event = "place_threatened", within = "2h", source = "U 续报频次由情景设定 set by the scenario" },
}

local assumptions = {
  { text = T("枝下高、树冠密度、飞火频率、复燃频率、烟雾阻断道路的浓度均为假设值", "crown base and density, how often brands start fires and embers come back, and the smoke that closes roads are assumed"), mark = "U" },
  { text = T("地形、林相为程序合成，村庄位置、人口、道路走向均为虚构", "terrain and fuels are synthetic; positions, people and roads are invented"), mark = "U" },
  { text = T("起火时间、大致地点、天气炎热、风向突变与预警迟到参照2022年8月重庆山火的公开报道", "start, rough place, heat, the shift of wind and its late warning follow public reports of August 2022"), mark = "公开报道 public reports 2022" },
  { text = T("队伍数量、装备、集结时间、开设和扑打速率为假设值，可在情景文件中修改", "numbers, equipment, muster times and rates of the crews are assumptions, to be edited here"), mark = "U" },
  { text = T("实际扑救历时53.5小时、2589人参加；本推演只含前6小时和其中一部分力量", "the real fire took 53.5 h and 2,589 people; this drill has the first 6 h and a part of the force"), mark = "公开报道 public reports 2022" },
  { text = T("可燃物用Scott和Burgan（2005）模型近似川东马尾松、柏木、竹林和草地，未经本地标定", "fuels are Scott and Burgan (2005) models standing for local pine, cypress, bamboo and grass; not calibrated"), mark = "U" },
  { text = T("6小时过火面积假设：不作为150至350公顷，按预案扑救100至250公顷；当地2011年两起有人扑救的火：8.5小时20公顷，约19小时67公顷以上",
    "burnt after 6 h, assumed: left alone 150 to 350 ha, fought by the book 100 to 250 ha; two fires of 2011 nearby, both fought: 20 ha in 8.5 h, over 67 ha in about 19 h"), mark = "U" },
  { text = T("卫星过境时刻和误报个数、储配站燃爆条件为假设值", "the satellite's passes and false alarms, and when the LPG depot goes, are assumed"), mark = "U" },
  { text = T("山脊北侧公众移动通信盲区、垭口以东山谷PDT盲区的范围为假设值", "where the mobile network is dead behind the northern ridge, and PDT radio in the valley east of the pass, is assumed"), mark = "U" },
  { text = T("饮水、食品、油料、水带的消耗和随身携带量为假设值：高温下重体力作业每人每小时饮水约1升，队伍带3小时", "use and loads of water, food, fuel and hoses are assumptions: a litre an hour at hard work in the heat, three hours carried"), mark = "U" },
  { text = T("航空力量和外区队伍在演练开始后30、60分钟内另有任务（当月重庆多处山火同时发生），时长为假设值", "helicopters and crews of other districts are committed elsewhere for 30 and 60 min (many fires burnt in Chongqing that month); how long is assumed"), mark = "U" },
  { text = T("志愿者无人登记30分钟后自行上山，登记编组需10分钟，均为假设值", "volunteers whom nobody registers go up by themselves after 30 min; registering takes 10 min; assumed"), mark = "U" },
  { text = T("人员转移：干部上门、广播、电话的知晓率与准备时间为假设值", "how people learn and how long they take to leave are assumptions"), mark = "U" },
  { text = T("被困人员伤亡比例为假设值，只用于比较", "shares of hurt and dead are assumptions, for comparison only"), mark = "U" },
}

-- ---- how it is scored ----

local LAW = "[V] "
local indicators = {
  { id = "i_first_crew", title = T("先期处置队伍出动用时", "time to the first crew on its way"), objective = "fire", weight = 1, rule = "delay", event = "team_departed", from_inject = "call_12119", full = 20, zero = 60, source = "自拟 made up" },
  { id = "i_level", title = T("启动响应用时", "time to start the response"), objective = "command", weight = 2, rule = "delay", event = "level_started", from_inject = "call_12119", full = 20, zero = 75, source = "预案 p_level" },
  { id = "i_level_elements", title = T("响应启动四要素", "the four elements of the start"), objective = "command", weight = 1, rule = "complete", event = "level_started", field = "elements", full = 1, zero = 0, source = LAW .. "突发事件应对法第72条" },
  { id = "i_commander", title = T("明确总指挥用时", "time to name the commander"), objective = "command", weight = 1, rule = "delay", event = "commander_named", from_inject = "call_12119", full = 30, zero = 90, source = LAW .. "生产安全事故应急条例第20条" },
  { id = "i_post", title = T("前线指挥部开设用时", "time to open the forward post"), objective = "command", weight = 2, rule = "delay", event = "post_opened", from_inject = "call_12119", full = 60, zero = 150, source = "预案 p_post" },
  { id = "i_comms", title = T("指挥部通信核验", "communications of the post verified"), objective = "command", weight = 1, rule = "happened", event = "comms_checked", source = "自拟 made up" },
  { id = "i_groups", title = T("工作组到位数", "working groups staffed"), objective = "command", weight = 1, rule = "count", event = "group_staffed", full = 5, zero = 0, source = "自拟 made up" },
  { id = "i_consult", title = T("会商研判次数", "consultations"), objective = "command", weight = 1, rule = "count", event = "consult_held", full = 3, zero = 0, source = "自拟 made up" },
  { id = "i_plan", title = T("会商后批准处置方案", "plan approved after a consultation"), objective = "command", weight = 1, rule = "happened", event = "plan_approved", where = { consulted = true }, source = "预案 p_consult" },
  { id = "i_report", title = T("初报用时", "time to the first report"), objective = "reporting", weight = 2, rule = "delay", event = "report_sent", where = { form = "first", to = "city" }, from_inject = "call_12119", full = 60, zero = 120, source = LAW .. "重庆市突发事件应对条例第28条", veto = "fair", veto_below = 1 },
  { id = "i_report_elements", title = T("报告要素", "elements of the report"), objective = "reporting", weight = 1, rule = "complete", event = "report_sent", field = "elements", full = 1, zero = 0, source = LAW .. "国务院令第493号第12条" },
  { id = "i_updates", title = T("续报次数", "updates"), objective = "reporting", weight = 1, rule = "count", event = "report_sent", where = { form = "update" }, full = 3, zero = 0, source = "自拟 made up" },
  { id = "i_false", title = T("报告数据与掌握情况不符", "reports that differ from what was known"), objective = "reporting", weight = 1, rule = "count", event = "report_false", from = "report_sent", full = 0, zero = 2, source = LAW .. "国务院令第493号第4条" },
  { id = "i_late", title = T("未按时限报送", "reports missing at their limit"), objective = "reporting", weight = 1, rule = "count", event = "report_missing", full = 0, zero = 4, source = LAW .. "报送时限 report_limits" },
  { id = "i_concealed", title = T("漏报瞒报伤亡", "casualties concealed"), objective = "reporting", weight = 1, rule = "count", event = "report_concealed", from = "report_sent", full = 0, zero = 1, source = LAW .. "国务院令第493号第4条" },
  { id = "i_warning", title = T("预警发布用时", "time to the warning"), objective = "reporting", weight = 1, rule = "delay", event = "warning_issued", from = "place_threatened", full = 15, zero = 60, source = "预案 p_warn" },
  { id = "i_warning_elements", title = T("预警八要素", "the eight elements of a warning"), objective = "reporting", weight = 1, rule = "complete", event = "warning_issued", field = "elements", full = 1, zero = 0, source = LAW .. "突发事件应对法第64条" },
  { id = "i_order_fengding", title = T("凤顶村转移命令用时", "time to order Fengding out"), objective = "people", weight = 2, rule = "delay", event = "evacuation_ordered", where = { place = "fengding" }, from = "place_threatened", from_where = { place = "fengding" }, full = 15, zero = 60, source = "预案 p_move" },
  { id = "i_caught", title = T("火到时尚未撤出的群众", "people still there when the fire came"), objective = "people", weight = 3, rule = "measure", measure = "people_reached", full = 0, zero = 120, source = "自拟 made up" },
  { id = "i_moved", title = T("已安置群众", "people in shelters"), objective = "people", weight = 2, rule = "measure", measure = "people_moved", full = 900, zero = 0, source = "自拟 made up" },
  { id = "i_civil_dead", title = T("群众伤亡", "people hurt or dead"), objective = "people", weight = 2, rule = "measure", measure = "people_hurt", full = 2, zero = 20, source = "自拟 made up" },
  { id = "i_burnt", title = T("过火面积比不作为减少", "burnt area against doing nothing"), objective = "fire", weight = 3, rule = "baseline", measure = "burnt_ha", full = 0.3, zero = 0, source = "自拟 made up" },
  { id = "i_lines", title = T("隔离带开设", "line built"), objective = "fire", weight = 1, rule = "measure", measure = "line_built_m", full = 1500, zero = 0, source = "自拟 made up" },
  { id = "i_responders", title = T("救援人员伤亡", "responders hurt"), objective = "safety", weight = 3, rule = "measure", measure = "responders_hurt", full = 0, zero = 6, source = "自拟 made up", veto = "fair", veto_below = 1 },
  { id = "i_endangered", title = T("队伍遇险次数", "crews endangered"), objective = "safety", weight = 1, rule = "count", event = "team_endangered", from = "team_departed", full = 0, zero = 8, source = "自拟 made up" },
  { id = "i_refused", title = T("违反安全规定的指令", "orders that leaders had to refuse"), objective = "safety", weight = 1, rule = "count", event = "team_refused", from = "team_ordered", full = 0, zero = 4, source = "三先四不打 foresters' rule" },
  { id = "i_brief", title = T("风向突变前掌握风情", "knew of the shift before it came"), objective = "safety", weight = 1, rule = "before", event = "request_closed", where = { service = "brief" }, from_inject = "wind_warning", source = "预案 p_brief" },
  { id = "i_power", title = T("线路停电", "power line switched off"), objective = "safety", weight = 1, rule = "happened", event = "power_cut", source = "预案 p_power" },
  { id = "i_traffic", title = T("道路管制用时", "time to traffic control"), objective = "coordination", weight = 1, rule = "delay", event = "road_closed", from_inject = "call_12119", full = 45, zero = 120, source = "预案 p_traffic" },
  { id = "i_city", title = T("请求上级和邻区支援办结", "support of city and neighbour obtained"), objective = "coordination", weight = 1, rule = "count", event = "request_done", full = 5, zero = 0, source = "自拟 made up" },
  { id = "i_hotspot", title = T("卫星热点地面核查", "hot spots verified on the ground"), objective = "reporting", weight = 1, rule = "count", event = "hotspot_checked", from = "hotspot_seen", full = 1, zero = 0, source = "自拟 made up" },
  { id = "i_orphans", title = T("无人应答的请求", "requests nobody answered"), objective = "coordination", weight = 1, rule = "count", event = "request_orphaned", from = "request_made", full = 0, zero = 2, source = "自拟 made up" },
  { id = "i_conflicts", title = T("相互冲突的指令", "conflicting orders"), objective = "coordination", weight = 1, rule = "count", event = "order_conflict", from = "team_ordered", full = 0, zero = 3, source = "自拟 made up" },
  { id = "i_volunteers", title = T("无人管理、自行上山的志愿队伍", "volunteers whom nobody registered and who went up by themselves"), objective = "coordination", weight = 1, rule = "count", event = "team_strayed", from = "team_came", full = 0, zero = 2, source = "自拟 made up" },
  { id = "i_short", title = T("因物资用尽停下的队伍", "crews that ran out of what they need"), objective = "coordination", weight = 1, rule = "count", event = "team_short", from = "task_started", full = 0, zero = 6, source = "自拟 made up" },
  { id = "i_treated", title = T("伤员救治", "hurt people treated"), objective = "coordination", weight = 1, rule = "happened", event = "people_treated", source = "自拟 made up" },
}

return {
  api = 1,
  meta = {
    name = "forest_fire",
    title = T("万古镇森林火灾桌面推演", "Forest fire at Wangu"),
    summary = T("高温伏旱，万古镇与铜梁交界处山脊起火，风向凤顶村，傍晚转西南风。六小时内建立指挥、转移群众、守住村庄。",
                "Heat and drought; a fire on the ridge at the border runs towards Fengding and turns with the evening wind. Six hours to set up command, move people and hold the villages."),
    trains = T("组织指挥、信息报送、群众转移、扑火安全、部门协同", "command, reporting, moving people, crew safety, coordination"),
    town = T("万古镇", "Wangu"),
    date = "2022-08-20", start = "15:00", length = "6h", tick = "60s",
    terrain_note = T("地形与植被为程序合成，非实测", "terrain and vegetation are synthetic, not surveyed"),
    dusk = "19:30", dawn = "06:15",
  },
  map = { width_m = 12000, height_m = 12000, dem = "dem.asc" },
  nodes = nodes, places = places, roads = roads, lines = lines, channels = channels, agencies = agencies, services = services,
  report_limits = report_limits,
  teams = teams, groups = groups, supplies = supplies, stock = stock, objectives = objectives, injects = injects, phases = phases, plan = plan,
  assumptions = assumptions, indicators = indicators,
  -- Great heat; a light south-easterly up the slope, a rise at 16:35, the shift to the south-west at 18:30.
  weather = {
    { at = "15:00", wind = 4.5, from = 150, temp = 41, humidity = 23 }, { at = "16:00", wind = 5.0, from = 155, temp = 42, humidity = 20 },
    { at = "16:35", wind = 6.5, from = 150, temp = 42, humidity = 19 }, { at = "17:30", wind = 6.0, from = 165, temp = 41, humidity = 21 },
    { at = "18:30", wind = 10.0, from = 200, temp = 39, humidity = 24 }, { at = "19:15", wind = 8.0, from = 205, temp = 37, humidity = 28 },
    { at = "20:00", wind = 5.5, from = 215, temp = 35, humidity = 33 },
  },
  hazards = {
    fire = {
      fuel = "fuel.asc",
      fuels = {
        { code = 1, model = "TU5", class = "forest", shade = 0.4, cover = 0.5, canopy = 12 },
        { code = 2, model = "TL8", class = "forest", shade = 0.6, cover = 0.7, canopy = 14, crown_base = 4, crown_density = 0.1 },
        { code = 3, model = "TL6", class = "forest", shade = 0.7, cover = 0.8, canopy = 10 },
        { code = 4, model = "SH2", class = "shrub" }, { code = 5, model = "GR4", class = "grass" },
        { code = 6, model = "GR1", class = "field" }, { code = 7, model = "none", class = "field" },
        { code = 8, model = "none", class = "built" }, { code = 9, model = "none", class = "water" },
      },
      ignitions = { { at = { 7600, 3500 }, time = "0min" } },
      -- Two passes of a satellite, a false hot spot in each; the LPG depot may go when the front stands at it.
      hotspots = { { at = "80min", false_alarms = 1 }, { at = "240min", false_alarms = 1 } },
      depots = { { place = "gas_depot", after = "15min" } },
      live_herb = 0.45, live_woody = 0.75, threat = 750,
    },
  },
  bots = { "textbook", "late", "chaotic", "do_nothing" },
}

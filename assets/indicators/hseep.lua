-- HSEEP: core capabilities useful to a district, rated P / S / M / U on an exercise evaluation guide.
--
-- The four ratings and their short names are the programme's (secondary copies, V2). The choice of capabilities is from general
-- knowledge (U); targets and critical tasks are our own words for what a district does (D), not FEMA's text.
-- at_least 80 / 66 / 50 are bands published with these names by one firm for its own tabletop exercises in 2022 (V2), not by FEMA.
-- Assumption: what a rating is worth. Below P each is the middle of its band ((66+80)/2 = 73, (50+66)/2 = 58, (0+50)/2 = 25); P is
-- worth 100, for nothing was wanting. "Not observed" (N/A) is no rating: leave the mark out or mark it not applicable.

local function T(zh, en) return { zh = zh, en = en } end

local SEE, SEE_LOG, SEE_ASK, SEE_PAPER = { "observe" }, { "observe", "log" }, { "observe", "interview" }, { "observe", "record" }

return {
  id = "hseep",
  title = T("自拟指标（参照 HSEEP 核心能力评级）", "Core capabilities after HSEEP (our own targets and tasks)"),
  version = "1",
  source = "HSEEP 评级 P/S/M/U 及界限据转引（V2）；能力选取未核实（U）；任务自拟（D）",
  mark = "U",
  note = T("8 项核心能力 25 项关键任务。评级名称据转引；界限 80、66、50 出自一家公司公布的桌面演练成绩（V2），不是 FEMA 规定；各级折算分取所在区间中点，为假定。未观察到的不评级。",
           "8 core capabilities, 25 critical tasks. The ratings come from secondary copies; the bands 80, 66, 50 from one firm's published tabletop scores (V2), not from FEMA; what a rating is worth is the middle of its band, an assumption. What was not observed is not rated."),
  scales = {
    { id = "psmu", title = T("能力评级", "capability rating"), levels = {
      { id = "p", title = T("P 顺利完成", "P performed without challenges"), score = 100, at_least = 80 },
      { id = "s", title = T("S 完成，有一些困难", "S performed with some challenges"), score = 73, at_least = 66 },
      { id = "m", title = T("M 完成，有较大困难", "M performed with major challenges"), score = 58, at_least = 50 },
      { id = "u", title = T("U 未能完成", "U unable to be performed"), score = 25, at_least = 0 } } },
  },
  phases = {
    { id = "prepare", title = T("准备", "preparation") }, { id = "start", title = T("启动", "start") },
    { id = "respond", title = T("处置", "response") }, { id = "close", title = T("恢复与总结", "recovery and summary") },
  },
  roles = {
    { id = "command", title = T("指挥协调", "command") }, { id = "information", title = T("信息与预警", "information and warning") },
    { id = "teams", title = T("队伍与资源", "teams and resources") }, { id = "public", title = T("群众与公众", "people and public") },
    { id = "safety", title = T("安全", "safety") }, { id = "overall", title = T("总体", "overall") },
  },
  projects = {
    { id = "planning", title = T("预案与方案", "Planning"), weight = 10 },
    { id = "warning", title = T("公共信息与预警", "Public Information and Warning"), weight = 15 },
    { id = "coordination", title = T("行动协调", "Operational Coordination"), weight = 20 },
    { id = "assessment", title = T("态势评估", "Situational Assessment"), weight = 15 },
    { id = "communications", title = T("行动通信", "Operational Communications"), weight = 10 },
    { id = "mass_care", title = T("群众转移安置", "Mass Care"), weight = 15 },
    { id = "logistics", title = T("后勤与物资保障", "Logistics"), weight = 5 },
    { id = "health_safety", title = T("环境应对与健康安全（救援人员）", "Environmental Response, Health and Safety (responders)"), weight = 10 },
  },
  items = {
    -- 目标：按预案行动，情况变化时及时调整 Target: act by the plan, change it when the facts do
    { id = "planning-1", project = "planning", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "overall", mark = "D",
      text = T("按预案条款行动，并在时限内完成", "Act on the clauses of the plan, each within its limit"),
      auto = { rule = "plan", full = 0.9, zero = 0.2, source = "界限自拟 bounds made up" } },
    { id = "planning-2", project = "planning", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "command", mark = "D",
      text = T("会商后形成处置方案并批准", "Make a plan of action from a consultation and approve it"),
      auto = { rule = "happened", event = "plan_approved", where = { consulted = true } } },
    { id = "planning-3", project = "planning", method = "choice", scale = "psmu", way = SEE, phase = "respond", role = "command", mark = "D",
      text = T("情况变化后调整方案，并告知各单位", "Change the plan when the situation changes, and tell everybody") },
    -- 目标：受威胁的群众及时收到看得懂的警示 Target: threatened people get a warning in time that they understand
    { id = "warning-1", project = "warning", method = "choice", scale = "psmu", way = SEE_LOG, phase = "start", role = "information", mark = "D",
      text = T("目标受威胁后及时发布预警", "Warn soon after a place comes under threat"),
      auto = { rule = "delay", event = "warning_issued", from = "place_threatened", full = 15, zero = 60, source = "时限自拟 limits made up" } },
    { id = "warning-2", project = "warning", method = "choice", scale = "psmu", way = SEE_LOG, phase = "start", role = "information", mark = "D",
      text = T("预警写明范围、事项和应采取的措施", "Say in the warning where, what, and what to do"),
      auto = { rule = "complete", event = "warning_issued", field = "elements", full = 1, zero = 0, source = "突发事件应对法第64条八要素（V）" } },
    { id = "warning-3", project = "warning", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "public", mark = "D",
      text = T("预警送达基层，叫应有回音", "Get the warning down to the grass roots, every call answered"),
      auto = { rule = "count", event = "call_unanswered", from = "call_made", full = 0, zero = 3, source = "次数自拟 counts made up" } },
    { id = "warning-4", project = "warning", method = "choice", scale = "psmu", way = SEE_PAPER, phase = "respond", role = "public", mark = "D",
      text = T("统一口径发布信息，回应传言", "Publish with one voice and answer rumours") },
    -- 目标：统一指挥，各单位协同 Target: one command, all bodies together
    { id = "coordination-1", project = "coordination", method = "choice", scale = "psmu", way = SEE_LOG, phase = "start", role = "command", mark = "D",
      text = T("及时开设指挥部，工作组到位", "Open the command post in time, with its groups staffed"),
      auto = { rule = "delay", event = "post_opened", from = "inject_fired", full = 60, zero = 150, source = "时限自拟 limits made up" } },
    { id = "coordination-2", project = "coordination", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "command", mark = "D",
      text = T("指令出自一处，不相冲突", "Give orders from one place, none against another"),
      auto = { rule = "count", event = "order_conflict", from = "team_ordered", full = 0, zero = 3, source = "次数自拟 counts made up" } },
    { id = "coordination-3", project = "coordination", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "command", mark = "D",
      text = T("部门之间的请求有人办、有反馈", "See that requests between departments are carried out and reported back"),
      auto = { rule = "count", event = "request_closed", full = 5, zero = 0, source = "件数自拟 counts made up" } },
    { id = "coordination-4", project = "coordination", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "command", mark = "D",
      text = T("各席位在权限之内行动", "Keep every seat within its authority"),
      auto = { rule = "count", event = "authority_exceeded", full = 0, zero = 3, source = "次数自拟 counts made up" } },
    -- 目标：决策者掌握真实、新近的情况 Target: those who decide know what is true now
    { id = "assessment-1", project = "assessment", method = "choice", scale = "psmu", way = SEE_LOG, phase = "start", role = "information", mark = "D",
      text = T("接报后主动询问核实", "Ask back and verify after the first message"),
      auto = { rule = "delay", event = "question_asked", from = "inject_fired", full = 10, zero = 45, source = "时限自拟 limits made up" } },
    { id = "assessment-2", project = "assessment", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "information", mark = "D",
      text = T("定期会商研判，所用信息新近", "Consult regularly, on fresh information"),
      auto = { rule = "count", event = "consult_held", full = 3, zero = 0, source = "次数自拟 counts made up" } },
    { id = "assessment-3", project = "assessment", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "information", mark = "D",
      text = T("如实上报，数字与掌握情况一致", "Report truthfully, with the numbers that are known"),
      auto = { rule = "count", event = "report_false", from = "report_sent", full = 0, zero = 2, source = "次数自拟 counts made up" } },
    -- 目标：指令和情况传得到 Target: orders and news get through
    { id = "communications-1", project = "communications", method = "choice", scale = "psmu", way = SEE_LOG, phase = "start", role = "information", mark = "D",
      text = T("指挥部开设后核验通信手段", "Verify the means of communication once the post is open"),
      auto = { rule = "happened", event = "comms_checked" } },
    { id = "communications-2", project = "communications", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "information", mark = "D",
      text = T("通信中断后尽快恢复或改用备用手段", "Restore a channel that fails, or use other means"),
      auto = { rule = "delay", event = "channel_up", from = "channel_down", full = 30, zero = 120, source = "时限自拟 limits made up" } },
    { id = "communications-3", project = "communications", method = "choice", scale = "psmu", way = SEE_ASK, phase = "respond", role = "information", mark = "D",
      text = T("专人值守、复述、记录", "Have somebody listen, repeat back and write down") },
    -- 目标：群众在危害到达前撤出并得到安置 Target: people out and cared for before the hazard comes
    { id = "mass_care-1", project = "mass_care", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "public", mark = "D",
      text = T("目标受威胁后及时下令转移", "Order people out soon after a place comes under threat"),
      auto = { rule = "delay", event = "evacuation_ordered", from = "place_threatened", full = 15, zero = 60, source = "时限自拟 limits made up" } },
    { id = "mass_care-2", project = "mass_care", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "public", mark = "D",
      text = T("危害到达前把群众撤出险区", "Have people out before the hazard comes"),
      auto = { rule = "baseline", measure = "people_reached", full = 0.9, zero = 0, source = "满分值自拟 full mark made up" } },
    { id = "mass_care-3", project = "mass_care", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "public", mark = "D",
      text = T("启用安置点，清点人数，保障生活", "Open shelters, count heads, provide for people"),
      auto = { rule = "delay", event = "shelter_opened", from = "evacuation_ordered", full = 30, zero = 90, source = "时限自拟 limits made up" } },
    { id = "mass_care-4", project = "mass_care", method = "choice", scale = "psmu", way = SEE_ASK, phase = "respond", role = "public", mark = "D",
      text = T("特殊人群有人包、有车接", "See that the vulnerable each have a helper and a seat") },
    -- 目标：物资、装备跟得上 Target: supplies keep pace
    { id = "logistics-1", project = "logistics", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "teams", mark = "D",
      text = T("预计需求，提前调运，不出现短缺", "Foresee needs and send early, so that nothing runs short"),
      auto = { rule = "count", event = "supply_short", full = 0, zero = 3, source = "次数自拟 counts made up" } },
    { id = "logistics-2", project = "logistics", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "teams", mark = "D",
      text = T("队伍轮换休整，不疲劳作业", "Rest and relieve teams before they are exhausted"),
      auto = { rule = "count", event = "team_tired", from = "team_departed", full = 0, zero = 4, source = "次数自拟 counts made up" } },
    -- 目标：救援人员不受伤亡 Target: no responder is hurt
    { id = "health_safety-1", project = "health_safety", method = "choice", scale = "psmu", way = SEE_LOG, phase = "respond", role = "safety", mark = "D",
      text = T("队伍不陷入险境，受伤人数为零", "Keep teams out of danger and unhurt"),
      auto = { rule = "measure", measure = "responders_hurt", full = 0, zero = 6, source = "人数自拟 number made up" } },
    { id = "health_safety-2", project = "health_safety", method = "choice", scale = "psmu", way = SEE_ASK, phase = "respond", role = "safety", mark = "D",
      text = T("有安全员或观察哨，撤离路线和信号人人知道", "Post a safety officer or lookout; make escape routes and signals known to all") },
  },
}

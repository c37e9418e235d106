-- A small set for tests: three projects, choices, points, a measure, evidence from the log.
local function T(zh, en) return { zh = zh, en = en } end
return {
  id = "panel_test", title = T("自拟指标（测试）", "our own items (a test)"), version = "1", source = "tests", mark = "D",
  scales = {
    { id = "grade5", title = T("五级", "five grades"), levels = {
      { id = "excellent", title = T("优", "excellent"), score = 100 }, { id = "good", title = T("良", "good"), score = 85 },
      { id = "medium", title = T("中", "medium"), score = 75 }, { id = "pass", title = T("合格", "pass"), score = 65 },
      { id = "poor", title = T("差", "poor"), score = 30 } } },
    { id = "yes_no", title = T("是否", "yes or no"), levels = {
      { id = "yes", title = T("是", "yes"), score = 100 }, { id = "no", title = T("否", "no"), score = 0 } } },
  },
  phases = { { id = "start", title = T("启动", "start") }, { id = "respond", title = T("处置", "response") } },
  roles = { { id = "command", title = T("指挥", "command") }, { id = "public", title = T("群众", "public") } },
  projects = {
    { id = "command", title = T("指挥", "command"), weight = 2 }, { id = "people", title = T("群众转移", "people moved"), weight = 1 },
    { id = "whole", title = T("总体", "as a whole"), weight = 1 },
  },
  items = {
    { id = "C.1", text = T("启动响应及时", "response started in time"), project = "command", method = "choice", scale = "grade5",
      way = { "observe", "log" }, phase = "start", role = "command", mark = "D",
      auto = { rule = "delay", event = "level_started", full = 10, zero = 60 } },
    { id = "C.2", text = T("会商研判后决策", "decided after a consultation"), project = "command", method = "choice", scale = "yes_no",
      way = { "log" }, phase = "respond", role = "command", mark = "D", auto = { rule = "happened", event = "consult_held" } },
    { id = "C.3", text = T("指令清楚", "orders are clear"), project = "command", method = "points", max = 5, step = 0.5,
      way = { "observe" }, phase = "respond", role = "command", mark = "D" },
    { id = "P.1", text = T("转移有序", "people moved in order"), project = "people", method = "choice", scale = "grade5",
      way = { "observe" }, phase = "respond", role = "public", mark = "D", veto = "cap", veto_below = 40 },
    { id = "P.2", text = T("特殊人群有人负责", "somebody looks after the frail"), project = "people", method = "choice", scale = "yes_no",
      way = { "observe", "interview" }, phase = "respond", role = "public", optional = true, mark = "D" },
    { id = "W.1", text = T("配合默契", "departments work together"), project = "whole", method = "choice", scale = "grade5",
      way = { "observe" }, mark = "D" },
    { id = "W.2", text = T("问话次数", "questions asked"), project = "whole", method = "measure", full = 5, zero = 0, unit = "次",
      way = { "observe" }, mark = "D" },
  },
}

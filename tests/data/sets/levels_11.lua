-- expect: levels_11.lua:5: .*at most 10
local function T(zh, en) return { zh = zh, en = en } end
return {
  id = "bad", title = T("自拟指标（测试）", "a set for tests"), version = "1", source = "自拟", mark = "D",
  scales = { { id = "three", title = T("三级", "three"), levels = {
    { id = "good", title = T("好", "good"), score = 100 },
    { id = "fair", title = T("中", "fair"), score = 60 },
    { id = "l1", title = T("1", "1"), score = 50 }, { id = "l2", title = T("2", "2"), score = 45 }, { id = "l3", title = T("3", "3"), score = 40 }, { id = "l4", title = T("4", "4"), score = 35 },
    { id = "l5", title = T("5", "5"), score = 30 }, { id = "l6", title = T("6", "6"), score = 25 }, { id = "l7", title = T("7", "7"), score = 20 }, { id = "l8", title = T("8", "8"), score = 15 },
    { id = "bad", title = T("差", "bad"), score = 0 } } } },
  phases = { { id = "start", title = T("启动", "start") } },
  roles = { { id = "command", title = T("指挥", "command") } },
  projects = { { id = "p", title = T("项目", "project"), weight = 1 } },
  items = {
    { id = "1.1", project = "p", text = T("一", "one"), method = "choice", scale = "three", way = { "observe" }, mark = "D" },
    { id = "1.2", project = "p", text = T("二", "two"), method = "points", way = { "observe", "log" }, mark = "D",
      auto = { rule = "delay", event = "level_started", full = 20, zero = 60 } },
  },
}

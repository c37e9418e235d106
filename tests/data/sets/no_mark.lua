-- expect: no_mark.lua:13: .*the required key 'mark' is missing
local function T(zh, en) return { zh = zh, en = en } end
return {
  id = "bad", title = T("自拟指标（测试）", "a set for tests"), version = "1", source = "自拟", mark = "D",
  scales = { { id = "three", title = T("三级", "three"), levels = {
    { id = "good", title = T("好", "good"), score = 100 },
    { id = "fair", title = T("中", "fair"), score = 60 },
    { id = "bad", title = T("差", "bad"), score = 0 } } } },
  phases = { { id = "start", title = T("启动", "start") } },
  roles = { { id = "command", title = T("指挥", "command") } },
  projects = { { id = "p", title = T("项目", "project"), weight = 1 } },
  items = {
    { id = "1.1", project = "p", text = T("一", "one"), method = "choice", scale = "three", way = { "observe" } },
    { id = "1.2", project = "p", text = T("二", "two"), method = "points", way = { "observe", "log" }, mark = "D",
      auto = { rule = "delay", event = "level_started", full = 20, zero = 60 } },
  },
}

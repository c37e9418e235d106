-- expect: items_300.lua:8: items: at most 256
local function T(zh, en) return { zh = zh, en = en } end
local items = {}
for i = 1, 300 do
  items[i] = { id = "n" .. i, project = "p", text = T("项", "item"), method = "points", way = { "observe" }, mark = "D" }
end
return {
  items = items,
  id = "bad", title = T("自拟指标（测试）", "a set for tests"), version = "1", source = "自拟", mark = "D",
  scales = { { id = "three", title = T("三级", "three"), levels = {
    { id = "good", title = T("好", "good"), score = 100 },
    { id = "fair", title = T("中", "fair"), score = 60 },
    { id = "bad", title = T("差", "bad"), score = 0 } } } },
  phases = { { id = "start", title = T("启动", "start") } },
  roles = { { id = "command", title = T("指挥", "command") } },
  projects = { { id = "p", title = T("项目", "project"), weight = 1 } },
}

-- NAME: a scenario from the template of `tuiyan new`. Change everything; `tuiyan check` says what is wrong and
-- where, `tuiyan api` explains every key, `tuiyan test` plays the bots.
-- 由 `tuiyan new` 生成的情景模板：逐项改写；`tuiyan check` 检查，`tuiyan api` 查看每一项的含义，`tuiyan test` 试演。

local function T(zh, en) return { zh = zh, en = en } end

-- Every simulated message begins so. 所有模拟信息以【演练】开头。
local function M(zh, en) return { zh = "【演练】" .. zh, en = "EXERCISE. " .. en } end

return {
  api = 1,
  meta = {
    name = "NAME", title = T("新情景", "New scenario"),
    summary = T("山脊起火，向村庄蔓延。", "A fire on a ridge runs towards a village."),
    trains = T("信息报送、群众转移、扑救", "reporting, moving people, fighting the fire"),
    town = T("某镇", "A town"),
    date = "2022-08-20", start = "15:00", length = "90min", tick = "60s",
    terrain_note = T("平地，为模板虚构", "flat, invented for the template"),
  },
  -- Metres from the south-west corner. 坐标为距西南角的米数。
  map = { width_m = 3000, height_m = 3000 },
  nodes = { { id = "n_town", at = { 400, 400 } }, { id = "n_village", at = { 2400, 1500 } } },
  places = {
    { id = "town", title = T("镇政府", "town hall"), at = { 400, 400 }, kind = "town", capacity = 500, post_site = true },
    { id = "village", title = T("村庄", "village"), at = { 2400, 1500 }, kind = "village", people = 120, vulnerable = 20 },
  },
  roads = { { id = "road", title = T("村道", "village road"), from = "n_town", to = "n_village", class = "village" } },
  lines = {
    { id = "break_1", title = T("1号隔离带", "break 1"), points = { { 2000, 1100 }, { 2000, 1900 } }, width_m = 8 },
  },
  channels = {
    { id = "mobile", title = T("公众移动通信", "mobile network"), kind = "mobile", reach = 0.8 },
    { id = "radio", title = T("对讲机", "radio"), kind = "radio" },
  },
  agencies = {
    { id = "district", title = T("区森防指", "district headquarters"), admin = "district", played = true, place = "town",
      levels = { 4, 3 }, colours = { "blue", "yellow" }, commands = true, channels = { "radio", "mobile" },
      -- In the order in which they are called; names and phones only invented. 按叫应次序；姓名、电话须为虚构。
      posts = { { id = "head", title = T("总指挥", "commander"), deputy = "vice" }, { id = "vice", title = T("副总指挥", "deputy commander") } } },
    { id = "forestry", title = T("区林业局", "forestry bureau"), admin = "district", parent = "district", played = true,
      place = "town", channels = { "radio", "mobile" } },
  },
  services = {},
  teams = {
    { id = "crew_1", title = T("专业队", "professional crew"), agency = "forestry", kind = "fire_pro", people = 30, vehicles = 4,
      home = "town", muster = "10min", line_mh = 600, line_width_m = 8, attack_mh = 300, flame_limit_m = 1.8, shift = "6h" },
  },
  groups = {}, supplies = {}, stock = {},
  objectives = { { id = "all", title = T("处置", "response"), weight = 1 } },
  injects = {
    { id = "call", title = T("群众报警", "a call"), at = "2min", to = { "district", "forestry" }, objective = "all", decide = true,
      message = M("村庄以西起火。", "Fire west of the village."),
      guidance = T("等待席位核实并报告。", "Wait for the seats to verify and report."),
      expected = T("启动响应，转移群众，调派队伍。", "Start a response, move people, send the crew."),
      chain = {
        { who = "forestry", does = "receive", text = T("记录来电，派人核实", "note the call, have it verified"), within = "5min" },
        { who = "district", does = "decide", order = { verb = "level" }, within = "20min" },
      } },
    { id = "asks", title = T("村里请示", "the village asks"), to = { "district" }, objective = "all",
      when = function(s) return s.place.village.distance < 900 and not s.place.village.ordered end,
      message = M("火离村庄不到一公里，是否转移？", "The fire is less than a kilometre away; shall we leave?") },
    { id = "no_report", title = T("催报", "pressed for a report"), absent = { verb = "level" }, by = "30min", to = { "district" },
      objective = "all", message = M("上级来电：是否启动响应？", "A call from above: has a response been started?") },
  },
  -- How the room goes through it. 室内各阶段。
  phases = {
    { id = "alarm", title = T("接报核实与先期处置", "the alarm"), from = "15:00", room = "15min", seats = { "forestry", "district" }, injects = { "call" },
      questions = { T("谁去核实？", "Who verifies it?"), T("是否启动响应？", "Is a response started?") },
      decision = T("是否启动响应，启动几级", "whether to start a response, and which level") },
    { id = "village", title = T("转移群众", "people are moved"), after = "asks", room = "15min", seats = { "district" }, injects = { "asks" } },
  },
  plan = {
    { id = "p_level", text = T("接报后20分钟内启动响应", "start a response within 20 min of the call"), who = "district",
      order = { verb = "level" }, trigger_inject = "call", within = "20min", source = "自拟 made up" },
  },
  assumptions = { { text = T("全部数据为模板虚构", "all data are invented for the template"), mark = "U" } },
  weather = { { at = "0min", wind = 6, from = 270, temp = 38, humidity = 30 } },
  hazards = { fire = { fuel = "fuel.asc", fuels = { { code = 1, model = "GR2", class = "grass" } },
    ignitions = { { at = { 1500, 1500 }, time = "0min" } } } },
  indicators = {
    { id = "i_level", title = T("启动响应用时", "time to start the response"), objective = "all", rule = "delay",
      event = "level_started", from_inject = "call", full = 15, zero = 45, source = "自拟 made up" },
    { id = "i_caught", title = T("火到时未撤出的群众", "people still there when the fire came"), objective = "all",
      rule = "measure", measure = "people_reached", full = 0, zero = 60, source = "自拟 made up" },
    { id = "i_order", title = T("转移命令用时", "time to order people out"), objective = "all", rule = "delay",
      event = "evacuation_ordered", from_inject = "call", full = 20, zero = 60, source = "自拟 made up" },
  },
  -- Best first: `tuiyan test` expects their scores to fall in this order. 由好到差排列，`tuiyan test` 按此检验。
  bots = { "prompt", "do_nothing" },
}

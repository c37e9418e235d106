-- A small fire for tests: 3 x 3 km, one village, two teams, five steps and more when asked.
return {
  api = 1,
  meta = {
    name = "small",
    title = { zh = "小型演练", en = "Small drill" },
    summary = { zh = "测试用", en = "for tests" },
    trains = { zh = "测试", en = "tests" },
    town = { zh = "万古镇", en = "Wangu" },
    date = "2022-08-20", start = "15:00", length = "60min", tick = "60s",
    terrain_note = { zh = "合成地形", en = "synthetic terrain" },
  },
  map = { width_m = 3000, height_m = 3000 },
  agencies = {
    { id = "district", title = { zh = "区政府", en = "District government" }, admin = "district", played = true, place = "town",
      levels = { "4", "3" }, colours = { "blue", "yellow" }, commands = true, channels = { "mobile", "radio" } },
    { id = "forestry", title = { zh = "区林业局", en = "Forestry bureau" }, admin = "district", parent = "district", played = true,
      place = "town", levels = { "4" }, channels = { "radio", "mobile" } },
    { id = "police", title = { zh = "区公安局", en = "Police" }, admin = "district", parent = "district", place = "town",
      channels = { "radio" } },
  },
  places = {
    { id = "town", title = { zh = "镇区", en = "Town" }, at = { 400, 400 }, kind = "town", people = 0, capacity = 500, post_site = true },
    { id = "village", title = { zh = "王家湾", en = "Wang village" }, at = { 2400, 1500 }, kind = "village", people = 120, vulnerable = 20 },
    { id = "ridge", title = { zh = "北山脊", en = "North ridge" }, at = { 1500, 2200 }, kind = "hill" },
  },
  nodes = {
    { id = "n_town", at = { 400, 400 } }, { id = "n_mid", at = { 1400, 1000 } },
    { id = "n_village", at = { 2400, 1500 } }, { id = "n_ridge", at = { 1500, 2200 } },
  },
  roads = {
    { id = "county", title = { zh = "县道", en = "County road" }, from = "n_town", to = "n_mid", class = "county" },
    { id = "lane", title = { zh = "村道", en = "Village road" }, from = "n_mid", to = "n_village", class = "village" },
    { id = "track", title = { zh = "机耕道", en = "Track" }, from = "n_mid", to = "n_ridge", class = "track" },
  },
  channels = {
    { id = "mobile", title = { zh = "公众移动通信", en = "Mobile phone" }, kind = "mobile", delay = "1min", per_minute = 60, reach = 0.8 },
    { id = "radio", title = { zh = "对讲机", en = "Radio" }, kind = "radio", delay = "1min", per_minute = 30 },
  },
  teams = {
    { id = "pro_1", title = { zh = "专业队1", en = "Professional crew 1" }, agency = "forestry", kind = "fire_pro", people = 30, vehicles = 3,
      home = "town", muster = "5min", tasks = { "line", "attack", "mopup", "recon" }, line_mh = 400, line_width_m = 10, attack_mh = 300,
      flame_limit_m = 1.5, shift = "6h" },
    { id = "police_1", title = { zh = "民警1组", en = "Police 1" }, agency = "police", kind = "police", people = 10, vehicles = 2,
      home = "town", muster = "5min", tasks = { "evacuate", "cordon" } },
  },
  assets = {
    { id = "bar", title = { zh = "一号栏杆", en = "Barrier 1" }, kind = "barrier", holder = "police", place = "village", remote = "radio" },
    { id = "pump", title = { zh = "水泵", en = "Pump" }, kind = "pump", holder = "forestry", at = { 500, 300 }, hands = "4min" },
  },
  lines = {
    { id = "break_1", title = { zh = "1号隔离带", en = "Break 1" }, kind = "break", points = { { 1900, 1200 }, { 2100, 1900 } }, width_m = 10 },
  },
  services = {
    { id = "brief", title = { zh = "气象会商", en = "Weather briefing" }, agency = "police", effect = "brief" },
  },
  groups = { { id = "rescue", title = { zh = "抢险救援组", en = "Rescue group" }, lead = "forestry", members = { "police" } } },
  supplies = {}, stock = {},
  objectives = { { id = "all", title = { zh = "处置", en = "Response" }, weight = 1 } },
  injects = {
    { id = "report", title = { zh = "群众报警", en = "Call from a villager" }, message = { zh = "【演练】王家湾西侧起火。", en = "EXERCISE: fire west of Wang village." },
      at = "2min", to = { "district", "forestry" }, objective = "all" },
    { id = "wind", title = { zh = "风向突变", en = "Wind shift" }, message = { zh = "【演练】风力增大。", en = "EXERCISE: the wind rises." },
      when = function(s) return s.hazard.size_ha > 1 end, to = { "district" }, effects = { "world wind speed=7 from=250" }, objective = "all" },
    { id = "press", title = { zh = "媒体询问", en = "The press asks" }, message = { zh = "【演练】记者询问伤亡。", en = "EXERCISE: the press asks." },
      absent = { verb = "report" }, by = "30min", to = { "district" }, objective = "all" },
    { id = "rumour", title = { zh = "谣言", en = "Rumour" }, message = { zh = "【演练】网上谣言。", en = "EXERCISE: a rumour." },
      after = "press", delay = "5min", to = { "district" }, objective = "all" },
    { id = "extra", title = { zh = "备用注入", en = "Spare inject" }, message = { zh = "【演练】备用。", en = "EXERCISE: spare." }, to = { "district" }, objective = "all" },
  },
  plan = {
    { id = "c1", text = { zh = "接报后30分钟内启动响应", en = "start the response within 30 min of the call" }, who = "district",
      order = { verb = "level" }, trigger_inject = "report", within = "30min", source = "测试 test" },
  },
  assumptions = { { text = { zh = "全部数据为测试虚构", en = "all data are made up for tests" }, mark = "U" } },
  weather = { { at = "0min", wind = 4, from = 270, temp = 38, humidity = 30 } },
  hazards = { fire = { fuel = "fuel.asc", dem = "dem.asc", fuels = { { code = 1, model = "GR2", class = "grass" } },
    ignitions = { { at = { 900, 1500 }, time = "0min" } } } },
  indicators = {
    { id = "level_time", title = { zh = "启动响应用时", en = "time to start the response" }, objective = "all", rule = "delay",
      event = "level_started", from_inject = "report", full = 15, zero = 45 },
    { id = "burnt", title = { zh = "过火面积", en = "burnt area" }, objective = "all", rule = "baseline", measure = "burnt_ha", full = 0.5, zero = 0 },
  },
  on = {
    level_started = function(e, s)
      if e.level == "3" then inject("extra") end
    end,
  },
  bots = { "quick", "still" },
}

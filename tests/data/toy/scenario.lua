-- Snow on a pass, for tests/toy: a scenario of a hazard that the program itself does not have.
return {
  api = 1,
  meta = {
    name = "toy", title = { zh = "垭口暴雪（测试）", en = "Snow on the pass (test)" },
    summary = { zh = "测试用", en = "for tests" }, trains = { zh = "测试", en = "tests" }, town = { zh = "雪镇", en = "Snowtown" },
    date = "2026-01-20", start = "08:00", length = "90min", tick = "60s", terrain_note = { zh = "合成地形", en = "synthetic terrain" },
  },
  map = { width_m = 4000, height_m = 4000 },
  agencies = {
    { id = "town", title = { zh = "雪镇政府", en = "Town government" }, admin = "town", played = true, place = "hall", levels = { "4" },
      colours = { "blue" }, commands = true, channels = { "phone" } },
    { id = "roads", title = { zh = "公路站", en = "Road service" }, admin = "town", parent = "town", played = true, place = "hall", channels = { "phone" } },
  },
  places = {
    { id = "hall", title = { zh = "镇政府", en = "Town hall" }, at = { 500, 500 }, kind = "town", capacity = 300, post_site = true },
    { id = "pass", title = { zh = "垭口村", en = "Pass village" }, at = { 2500, 2500 }, kind = "village", people = 80, vulnerable = 10 },
    { id = "hut", title = { zh = "山顶小屋", en = "Hut" }, at = { 3300, 3300 }, kind = "hill", node = "n_pass" },
  },
  nodes = { { id = "n_hall", at = { 500, 500 } }, { id = "n_pass", at = { 2500, 2500 } } },
  roads = { { id = "road", title = { zh = "盘山路", en = "Pass road" }, from = "n_hall", to = "n_pass", class = "county" } },
  channels = { { id = "phone", title = { zh = "电话", en = "Phone" }, kind = "mobile", delay = "1min", per_minute = 60, reach = 0.8 } },
  teams = {
    { id = "plough_1", title = { zh = "铲雪队", en = "Plough crew" }, agency = "roads", kind = "engineer", people = 12, vehicles = 2, home = "hall",
      muster = "3min" },
    { id = "ski_1", title = { zh = "滑雪巡护队", en = "Ski patrol" }, agency = "roads", kind = "other", people = 4, vehicles = 1, home = "hall",
      muster = "3min", tasks = { "rescue", "recon" } },
  },
  assets = {
    { id = "heater_1", title = { zh = "一号加热段", en = "Heated stretch 1" }, kind = "heater", holder = "roads", place = "hall", remote = "phone" },
  },
  groups = {}, services = {}, supplies = {}, stock = {},
  objectives = { { id = "all", title = { zh = "保畅", en = "Keep it open" }, weight = 1 } },
  injects = {
    { id = "call", title = { zh = "报告积雪", en = "Snow is reported" }, message = { zh = "【演练】垭口积雪。", en = "EXERCISE: snow on the pass." },
      at = "1min", to = { "town", "roads" }, objective = "all" },
  },
  plan = {}, assumptions = { { text = { zh = "全部数据为测试虚构", en = "all data are made up for tests" }, mark = "U" } },
  weather = { { at = "0min", wind = 3, from = 0, temp = -3, humidity = 90 } },
  hazards = { snow = { rate_cm_h = 12, cut_cm = 8 } },
  indicators = {
    { id = "open", title = { zh = "积雪比不作为减少", en = "less snow than with nobody acting" }, objective = "all", rule = "baseline", measure = "snow_cm",
      full = 0.5, zero = 0 },
  },
}

-- Xichang, 30 March 2020, made small: a county crew from outside is sent up a steep slope by night, above a quiet fire, without a
-- guide, a radio of the incident or a lookout; after midnight the wind turns and blows up the slope. Times from the news of
-- the time; ground, fuel and wind are made up. `bad.orders` is what was done, `good.orders` what should have been.
return {
  api = 1,
  meta = {
    name = "xichang", title = { zh = "西昌小型算例", en = "Xichang made small" },
    summary = { zh = "夜间在火场上方陡坡作业，风向突变", en = "a crew above a quiet fire by night; the wind turns" },
    trains = { zh = "扑火安全", en = "safety of crews" }, town = { zh = "泸山", en = "Lushan" },
    date = "2020-03-30", start = "19:00", length = "8h", tick = "60s",
    terrain_note = { zh = "合成地形，非真实地形", en = "made-up terrain, not the real one" },
  },
  map = { width_m = 3000, height_m = 3000 },
  agencies = {
    { id = "county", title = { zh = "县政府", en = "County government" }, admin = "district", played = true, place = "town",
      levels = { "4", "3" }, colours = { "blue", "yellow" }, commands = true, channels = { "radio" } },
    { id = "forestry", title = { zh = "县林草局", en = "Forestry and grassland bureau" }, admin = "district", parent = "county", played = true,
      place = "town", levels = { "4" }, channels = { "radio" } },
  },
  channels = { { id = "radio", title = { zh = "对讲机", en = "Radio" }, kind = "radio", delay = "1min", per_minute = 30 } },
  services = { { id = "brief", title = { zh = "气象会商", en = "Weather briefing" }, agency = "county", effect = "brief" } },
  groups = { { id = "fighting", title = { zh = "扑救组", en = "Fire group" }, lead = "forestry", members = { "county" } } },
  supplies = {}, stock = {}, lines = {}, plan = {},
  objectives = { { id = "safe", title = { zh = "扑火安全", en = "Safety of crews" }, weight = 1 } },
  places = {
    { id = "town", title = { zh = "集结点", en = "Staging area" }, at = { 300, 120 }, kind = "town", post_site = true },
    { id = "foot", title = { zh = "山脚", en = "Foot of the slope" }, at = { 2400, 260 }, kind = "hill" },
    { id = "slope", title = { zh = "半山腰", en = "Middle of the slope" }, at = { 1650, 1450 }, kind = "hill" },
  },
  nodes = { { id = "n_town", at = { 300, 120 } }, { id = "n_foot", at = { 2400, 220 } }, { id = "n_mid", at = { 1500, 200 } }, { id = "n_side", at = { 2600, 1400 } } },
  roads = {
    { id = "road_1", title = { zh = "环山路", en = "Ring road" }, from = "n_town", to = "n_mid", class = "county" },
    { id = "road_2", title = { zh = "环山路东段", en = "Ring road, east" }, from = "n_mid", to = "n_foot", class = "county" },
    { id = "track", title = { zh = "林道", en = "Forest track" }, from = "n_foot", to = "n_side", class = "track" },
  },
  teams = {
    { id = "ningnan", title = { zh = "宁南县专业队", en = "Ningnan county crew" }, agency = "forestry", kind = "fire_pro", people = 22,
      vehicles = 2, home = "town", muster = "90min", muster_night = "90min", outside = true, tasks = { "attack", "mopup", "recon", "guard" },
      attack_mh = 200, flame_limit_m = 1.5, shift = "8h", walk_ms = 0.5 },
  },
  weather = {
    { at = "0min", wind = 3, from = 0, temp = 16, humidity = 70 }, { at = "5h30min", wind = 9, from = 180, temp = 18, humidity = 20 },
    { at = "7h", wind = 5, from = 190, temp = 17, humidity = 30 },
  },
  hazards = { fire = { fuel = "fuel.asc", dem = "dem.asc", spotting = 0,
    fuels = { { code = 1, model = "SH5", class = "shrub" }, { code = 2, model = "TL8", class = "forest" }, { code = 3, model = "none", class = "field" } },
    ignitions = { { at = { 1500, 520 }, time = "0min" }, { at = { 1250, 600 }, time = "0min" } } } },
  injects = {
    { id = "warning", title = { zh = "大风预警", en = "Wind warning" }, at = "5h35min", to = { "county" }, objective = "safe",
      message = { zh = "【演练】阵风 7 级，风向转南。", en = "EXERCISE: gusts of force 7, from the south." } },
  },
  assumptions = { { text = { zh = "地形、可燃物、风为虚构；时刻取自当年新闻", en = "terrain, fuel and wind are made up; times from the news of the time" }, mark = "U" } },
  indicators = {
    { id = "hurt", title = { zh = "队员伤亡", en = "crew hurt" }, objective = "safe", rule = "count", event = "team_hurt", full = 0, zero = 1 },
  },
}

-- Muli, 31 March 2019, made small: a quiet fire of a night in a high gully; the crew moves down to deal with what still smokes; in the
-- afternoon the wind turns and the gully blows up. Times from the news of the time; ground, fuel and wind are made up.
-- `bad.orders` is what was done, `good.orders` what should have been.
return {
  api = 1,
  meta = {
    name = "muli", title = { zh = "木里小型算例", en = "Muli made small" },
    summary = { zh = "转场进入窄谷，风向突变，林火爆燃", en = "a crew moves into a gully; the wind turns and it blows up" },
    trains = { zh = "扑火安全", en = "safety of crews" }, town = { zh = "立尔村", en = "Li'er village" },
    date = "2019-03-31", start = "10:00", length = "8h", tick = "60s",
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
    { id = "town", title = { zh = "营地", en = "Camp" }, at = { 2700, 300 }, kind = "town", post_site = true },
    { id = "ridge", title = { zh = "山脊", en = "Ridge" }, at = { 2350, 1500 }, kind = "hill" },
    { id = "gully", title = { zh = "谷底上方", en = "Upper gully" }, at = { 1500, 1650 }, kind = "hill" },
  },
  nodes = { { id = "n_town", at = { 2700, 300 } }, { id = "n_ridge", at = { 2400, 1400 } } },
  roads = { { id = "track", title = { zh = "山道", en = "Track" }, from = "n_town", to = "n_ridge", class = "track" } },
  teams = {
    { id = "crew", title = { zh = "扑火队", en = "Fire crew" }, agency = "forestry", kind = "fire_pro", people = 30, vehicles = 2, home = "town",
      muster = "30min", tasks = { "attack", "mopup", "recon", "guard" }, attack_mh = 200, flame_limit_m = 1.5, shift = "10h", walk_ms = 0.5 },
  },
  weather = {
    { at = "0min", wind = 1, from = 0, temp = 10, humidity = 45 }, { at = "4h30min", wind = 13, from = 185, temp = 17, humidity = 12 },
    { at = "6h", wind = 4, from = 180, temp = 14, humidity = 25 },
  },
  hazards = { fire = { fuel = "fuel.asc", dem = "dem.asc", spotting = 0,
    fuels = { { code = 1, model = "TU5", class = "forest" }, { code = 2, model = "TL3", class = "forest" } },
    ignitions = { { at = { 1480, 900 }, time = "0min" } } } },
  injects = {
    { id = "warning", title = { zh = "大风预警", en = "Wind warning" }, at = "4h20min", to = { "county" }, objective = "safe",
      message = { zh = "【演练】午后南风增强。", en = "EXERCISE: the south wind will rise." } },
  },
  assumptions = { { text = { zh = "地形、可燃物、风为虚构；时刻取自当年新闻", en = "terrain, fuel and wind are made up; times from the news of the time" }, mark = "U" } },
  indicators = {
    { id = "hurt", title = { zh = "队员伤亡", en = "crew hurt" }, objective = "safe", rule = "count", event = "team_hurt", full = 0, zero = 1 },
  },
}

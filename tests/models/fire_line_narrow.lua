-- F9: a line narrower than the flames is crossed
return {
  title = { zh = "窄隔离带：被突破", en = "a line narrower than the flames is crossed" },
  source = "exact: nothing burns beyond a closed line, everything beyond an open one",
  setup = {
    api = 1,
    meta = { title = { zh = "隔离带", en = "firebreak" }, start = "12:00", length = "24h", tick = "60s", terrain_note = { zh = "平地", en = "flat" } },
    map = { width_m = 3600, height_m = 2400 },
    weather = { { at = "0min", wind = 5, from = 270, temp = 36, humidity = 30 } },
    hazards = { fire = { fuel = "fuel.asc", fuels = { { code = 1, model = "GR2", class = "grass" }, { code = 9, model = "none" } }, dead = 0.06,
      ignitions = { { at = { 915, 1215 }, time = "0min" } } } },
  },
  files = { ["fuel.asc"] = { cell_m = 30, value = 1 } },
  works = { { at = "20min", kind = "line", from = { 2400, -5 }, to = { 2430, 2405 }, width = 1 } },
  run = "24h",
  expect = {
    { what = { zh = "带外", en = "beyond the line" }, probe = "state", point = { 2600, 1200 }, low = 2, high = 4 },
    { what = { zh = "突破事件数", en = "events line_crossed" }, event = "line_crossed", low = 1, high = 1000 },
  },
}

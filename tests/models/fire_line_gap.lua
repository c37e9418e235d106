-- F9: a line with a gap of 100 m lets the fire through
return {
  title = { zh = "隔离带有 100 米缺口：挡不住", en = "a line with a gap of 100 m lets the fire through" },
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
  works = { { at = "20min", kind = "line", from = { 2415, -5 }, to = { 2415, 1150 }, width = 40 }, { at = "20min", kind = "line", from = { 2415, 1250 }, to = { 2415, 2405 }, width = 40 } },
  run = "24h",
  expect = {
    { what = { zh = "缺口之外", en = "beyond the gap" }, probe = "state", point = { 2600, 1200 }, low = 2, high = 4 },
    { what = { zh = "隔离带背后", en = "in the lee of the line" }, probe = "state", point = { 2600, 300 }, low = 2, high = 4 },
    { what = { zh = "突破事件数", en = "events line_crossed" }, event = "line_crossed", value = 0, abs = 0 },
  },
}

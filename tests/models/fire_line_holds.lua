-- F9: a wide line put in in the middle of the run holds
return {
  title = { zh = "宽隔离带在中途开设：阻住", en = "a wide line put in in the middle of the run holds" },
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
  works = { { at = "20min", kind = "line", from = { 2400, -5 }, to = { 2430, 2405 }, width = 40 } },
  run = "24h",
  expect = {
    { what = { zh = "带外，北段", en = "beyond the line, north" }, probe = "state", point = { 2600, 2000 }, value = 0, abs = 0 },
    { what = { zh = "带外，中段", en = "beyond the line, middle" }, probe = "state", point = { 2600, 1200 }, value = 0, abs = 0 },
    { what = { zh = "带外，南段", en = "beyond the line, south" }, probe = "state", point = { 2600, 300 }, value = 0, abs = 0 },
    { what = { zh = "带内", en = "before the line" }, probe = "state", point = { 2300, 1200 }, low = 2, high = 4 },
    { what = { zh = "阻住事件数", en = "events line_held" }, event = "line_held", value = 1, abs = 0 },
    { what = { zh = "突破事件数", en = "events line_crossed" }, event = "line_crossed", value = 0, abs = 0 },
    { what = { zh = "明火扑灭", en = "the fire is out" }, event = "hazard_out", value = 1, abs = 0 },
  },
}

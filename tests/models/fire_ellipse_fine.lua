-- F4 on 5 m cells: 400,000 cells burn; the area lies within half a per cent.
local HEAD, LW = 843.99 / 3600, 2.236
local expect = {}
for h = 1, 6 do
  expect[#expect + 1] = { what = { zh = h .. " 小时后面积", en = "area after " .. h .. " h" }, measure = "burnt_ha", at = h .. "h", value = 27.887 * h * h, rel = h < 3 and 0.01 or 0.005 }
end
return {
  title = { zh = "椭圆火场（5 米单元）", en = "an elliptical fire on 5 m cells" },
  source = "lautenberger/elmfire verification 01 (rate, length to width); areas exact",
  setup = {
    api = 1,
    meta = { title = { zh = "椭圆", en = "ellipse" }, start = "12:00", length = "6h", tick = "60s", terrain_note = { zh = "平地", en = "flat" } },
    map = { width_m = 5600, height_m = 2500 },
    hazards = { fire = { fuel = "fuel.asc", fuels = { { code = 1, model = "GR2" } }, spread = "given",
      given = { rate_ms = HEAD, length_to_width = LW, heading = 90 }, ignitions = { { at = { 402.5, 1252.5 }, time = "0min" } } } },
  },
  files = { ["fuel.asc"] = { cell_m = 5, value = 1 } },
  run = "6h",
  expect = expect,
}

-- F4: an ellipse of 843.99 m/h and length to width 2.236 from a point, on 30 m cells; area, head, back and flank hour by hour.
local HEAD, LW = 843.99 / 3600, 2.236
local ECC = (LW * LW - 1) ^ 0.5 / LW
local X, Y = 915, 1515
-- exact arrival of an ellipse with the ignition in its focus: T = (d - e x) / (R (1 - e)), x along the heading
local function exact(x, y) return ((x * x + y * y) ^ 0.5 - ECC * x) / (HEAD * (1 - ECC)) end
local expect = {}
for h = 1, 6 do
  local cells = 0 -- whose centre the exact fire has reached
  for i = -15, 30 * h do
    for j = -12 * h, 12 * h do
      if exact(30 * i, 30 * j) <= 3600 * h then cells = cells + 1 end
    end
  end
  expect[#expect + 1] = { what = { zh = h .. " 小时后面积（光滑椭圆 " .. 27.887 * h * h .. "）", en = "area after " .. h .. " h (the smooth ellipse: " .. 27.887 * h * h .. ")" }, measure = "burnt_ha", at = h .. "h",
    value = cells * 0.09, rel = h < 3 and 0.035 or h < 6 and 0.013 or 0.01 }
end
local function arrival(what, x, y)
  expect[#expect + 1] = { what = what, probe = "arrival_s", point = { X + x, Y + y }, value = exact(x, y), rel = 0.003 }
end
arrival({ zh = "火头 1500 米处", en = "head at 1,500 m" }, 1500, 0)
arrival({ zh = "火头 4500 米处", en = "head at 4,500 m" }, 4500, 0)
arrival({ zh = "火尾 240 米处", en = "back at 240 m" }, -240, 0)
arrival({ zh = "火翼 300 米处", en = "flank at 300 m" }, 0, 300)
arrival({ zh = "斜向，东 1200 米、南 600 米", en = "oblique, 1,200 m east and 600 m south" }, 1200, -600)
return {
  title = { zh = "椭圆火场（30 米单元）", en = "an elliptical fire on 30 m cells" },
  source = "lautenberger/elmfire verification 01 (rate, length to width); areas and times exact",
  setup = {
    api = 1,
    meta = { title = { zh = "椭圆", en = "ellipse" }, start = "12:00", length = "6h", tick = "60s", terrain_note = { zh = "平地", en = "flat" } },
    map = { width_m = 6600, height_m = 3000 },
    hazards = { fire = { fuel = "fuel.asc", fuels = { { code = 1, model = "GR2" } }, spread = "given",
      given = { rate_ms = HEAD, length_to_width = LW, heading = 90 }, ignitions = { { at = { X, Y }, time = "0min" } } } },
  },
  files = { ["fuel.asc"] = { cell_m = 30, value = 1 } },
  run = "6h",
  expect = expect,
}

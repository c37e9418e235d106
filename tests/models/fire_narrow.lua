-- F5: length to width 4, heading 37 degrees: exact arrival times; the mean error stays below 1 per cent (a unit test),
-- single points beside the axis below 1.5 per cent.
local HEAD, LW = 0.5, 4.0
local ECC = (LW * LW - 1) ^ 0.5 / LW
local E, N = 0.6018150231520483, 0.7986355100472928 -- sine and cosine of 37 degrees
local X, Y = 615, 615
local expect = {}
for i, p in ipairs({ { 4000, 0 }, { 2000, 0 }, { 1500, 150 }, { 1500, -150 }, { 400, 100 }, { 400, -100 } }) do
  local x, y = p[1] * E - p[2] * N, p[1] * N + p[2] * E -- along the heading, and to its left
  local cx, cy = 30 * math.floor(x / 30 + 0.5), 30 * math.floor(y / 30 + 0.5) -- to the centre of a cell
  local d = (cx * cx + cy * cy) ^ 0.5
  expect[i] = { what = "arrival " .. p[1] .. " m on, " .. p[2] .. " m aside", probe = "arrival_s", point = { X + cx, Y + cy },
    value = (d - ECC * (cx * E + cy * N)) / (HEAD * (1 - ECC)), rel = p[2] == 0 and 0.003 or 0.015 }
end
expect[#expect + 1] = { what = "area after 2 h", measure = "burnt_ha", at = "2h", rel = 0.012,
  value = math.pi * (HEAD * 7200 * (1 + (1 - ECC) / (1 + ECC))) ^ 2 / (4 * LW) / 1e4 }
return {
  title = { zh = "长宽比 4、斜向 37 度的火场", en = "length to width 4 at 37 degrees" },
  source = "exact: T = (d - e w.x) / (R (1 - e)) (Anderson 1983)",
  setup = {
    api = 1,
    meta = { title = { zh = "椭圆", en = "ellipse" }, start = "12:00", length = "3h", tick = "60s", terrain_note = { zh = "平地", en = "flat" } },
    map = { width_m = 4500, height_m = 5100 },
    hazards = { fire = { fuel = "fuel.asc", fuels = { { code = 1, model = "GR2" } }, spread = "given",
      given = { rate_ms = HEAD, length_to_width = LW, heading = 37 }, ignitions = { { at = { X, Y }, time = "0min" } } } },
  },
  files = { ["fuel.asc"] = { cell_m = 30, value = 1 } },
  run = "150min",
  expect = expect,
}

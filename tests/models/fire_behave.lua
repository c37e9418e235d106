-- Surface fire by Rothermel: figures of firelab/behave's own tests, and of ELMFIRE's verification.
local MPH, CH_H, FT, BTU_FT_S = 0.44704, 20.1168 / 3600, 0.3048, 1055.05585262 / 0.3048 / 1000
local LN_SHELTERED, LN_GR2 = 2.0665381368439277, 5.053793020208877 -- ln((20 + 0.36 h) / (0.13 h)), h 30 ft and 1 ft
local function gs4(what, wind, result, value, scale, unit, more)
  local given = { fuel = "GS4", dead_1h = 0.06, dead_10h = 0.07, dead_100h = 0.08, herb = 0.60, woody = 0.90, wind = wind }
  for k, v in pairs(more or {}) do given[k] = v end
  return { what = what, calc = "fire.rothermel", given = given, result = result, value = value, rel = 1e-6, scale = scale, unit = unit }
end
-- 5 mph at 20 ft under a canopy of 30 ft, cover and crown ratio one half (Albini and Baughman 1979)
local under = 5 * MPH * 0.555 / ((0.5 * 0.5 / 3 * 30) ^ 0.5 * LN_SHELTERED)
return {
  title = { zh = "地表火：behave 与 ELMFIRE 的公布值", en = "surface fire: figures of behave and ELMFIRE" },
  source = "firelab/behave src/testBehave (public domain); ELMFIRE verification 01",
  expect = {
    gs4("F2 head, sheltered, upslope 30 %", under, "rate", 8.876216, 1 / CH_H, "ch/h", { slope = 0.30 }),
    gs4("F2 back", under, "back", 2.916147, 1 / CH_H, "ch/h", { slope = 0.30 }),
    gs4("F2 flank", under, "flank", 5.087666, 1 / CH_H, "ch/h", { slope = 0.30 }),
    gs4("F2b wind across the slope", under, "rate", 7.091665, 1 / CH_H, "ch/h", { slope = 0.30, wind_from = 270 }),
    gs4("F2c wind from 45, uphill 275, 30 degrees", under, "rate", 19.677584, 1 / CH_H, "ch/h",
      { slope = 0.57735026918962576, wind_from = 45, uphill = 275 }),
    gs4("F2d rate in the open", 5 * MPH, "rate", 34.011429, 1 / CH_H, "ch/h", { slope = 0.30 }),
    gs4("F2d flame", 5 * MPH, "flame", 15.811421, 1 / FT, "ft", { slope = 0.30 }),
    gs4("F2d intensity", 5 * MPH, "intensity", 2292.684759, 1 / BTU_FT_S, "Btu/ft/s", { slope = 0.30 }),
    gs4("F2e length to width, calm", 0, "length_to_width", 1.0),
    gs4("F2e length to width, 5 mph", 5 * MPH, "length_to_width", 1.590064),
    { what = "F3 GR2, 3 %, 10 mph at 20 ft", calc = "fire.rothermel", result = "rate_min", value = 46.147133, rel = 1e-5,
      scale = 1 / FT, unit = "ft/min",
      given = { fuel = "GR2", dead_1h = 0.03, dead_10h = 0.04, dead_100h = 0.05, herb = 0.30, woody = 0.60, wind = 10 * MPH * 1.83 / LN_GR2 } },
    { what = "F3 midflame wind", calc = "fire.wind", result = "wind_midflame", value = 3.62, abs = 0.005, scale = 1 / MPH, unit = "mph",
      given = { wind = 10 * MPH * 1.15, depth = FT } },
  },
}

-- F7: behave's CONTAIN test: 1 acre when reported, 5 ch/h, length to width 3, one crew of 20 ch/h from two hours on, at the head.
-- behave integrates in coarser steps (238.75 min); its size and perimeter at the attack come from another formula and are not compared.
local CH, AC = 20.1168, 0.40468564224
local given = { rate = 5 * CH / 3600, length_to_width = 3, size = AC, attack = 2, work = 8, line = 20 * CH }
return {
  title = { zh = "CONTAIN：一支队伍围住火场", en = "CONTAIN: one crew closes the line" },
  source = "firelab/behave testContain (public domain), after Fried and Fried 1996",
  expect = {
    { what = { zh = "接报至围住", en = "contained after the report" }, calc = "fire.contain", given = given, result = "time", value = 238.75, rel = 1e-3, unit = "min" },
    { what = { zh = "开设总长", en = "line" }, calc = "fire.contain", given = given, result = "line", value = 39.5398, rel = 2e-5, scale = 1 / CH, unit = "ch" },
    { what = { zh = "最终面积", en = "final size" }, calc = "fire.contain", given = given, result = "size", value = 9.42750, rel = 2e-5, scale = 1 / AC, unit = "ac" },
  },
}

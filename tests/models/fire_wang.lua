-- Wang Zhengfei's model against hand calculation; coefficients from open implementations, the papers unseen.
local function row(what, given, result, value)
  return { what = what, calc = "fire.wangzhengfei", given = given, result = result, value = value, rel = 1e-12 }
end
return {
  title = { zh = "王正非模型：手算对照", en = "Wang Zhengfei's model by hand" },
  source = "R = R0 Ks Kw Kphi; coefficients of open implementations (王正非 1983/1992, 毛贤敏 1993 unseen; d unverified)",
  expect = {
    row("R0 at 35 C, force 4, 40 %: 1.05 + 0.2 + 0.6 - 0.3", { temp = 35, humidity = 40, wind = 6 }, "r0", 1.55),
    row("Kw at 6 m/s", { temp = 35, humidity = 40, wind = 6 }, "kw", math.exp(0.1783 * 6)),
    row("R with grass", { temp = 35, humidity = 40, wind = 6, fuel = "grass" }, "rate_min", 1.55 * 1.6 * math.exp(0.1783 * 6)),
    row("Kphi at 30 degrees", { temp = 35, humidity = 40, wind = 0, slope = 0.57735026918962576 }, "kphi", math.exp(3.533 * 0.57735026918962576 ^ 1.2)),
    row("Kphi is capped at 45 degrees", { temp = 35, humidity = 40, wind = 0, slope = 3 }, "kphi", math.exp(3.533)),
  },
}

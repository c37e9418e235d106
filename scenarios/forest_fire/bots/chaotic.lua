-- 混乱 chaotic: much is ordered, little of it fits. Teams are sent twice and elsewhere, heads are attacked, people are moved
-- towards the fire's flank, reports are guessed, nobody commands for long.

local done = {}
local camera = nil

local function once(id, text)
  if done[id] then return end
  if order(text) then done[id] = true end
end

local steps = {
  { 0, "semi", "town dispatch semi_wangu to fengding task=attack tactic=head" },
  { 1, "semi_again", "district dispatch semi_wangu to gas_depot task=attack" },
  { 4, "pro_1", "forestry dispatch pro_1 to ridge task=attack tactic=head" },
  { 5, "pro_1_again", "district dispatch pro_1 to shahe task=recon" },
  { 8, "riders_all", "district dispatch engines to shahe task=recon" },
  { 12, "brigade", "district request brigade" },
  { 14, "helicopter", "district request helicopter" },
  { 20, "helicopter_again", "forestry request helicopter" },
  { 25, "helicopter_third", "town request helicopter" },
  { 30, "level", "emergency level 4" },
  { 45, "pro_2", "forestry dispatch pro_2 to north_foot task=attack tactic=head" },
  { 46, "pro_2_again", "district dispatch pro_2 to gas_depot task=guard" },
  { 60, "post", "district post at fengding" },
  { 62, "brigade_again", "district request brigade" },
  { 70, "commander", "district commander forestry" },
  { 80, "commander_2", "district commander emergency" },
  { 85, "semi_gulong", "forestry dispatch semi_gulong to ridge task=attack" },
  { 95, "out_fengding", "town evacuate fengding to gulong" },
  { 100, "pro_1_third", "forestry dispatch pro_1 to north_foot task=attack" },
  { 110, "report", "district report to city form=first area=3 hurt=0 elements=site" },
  { 120, "diggers", "emergency dispatch diggers task=line line=break_station" },
  { 140, "diggers_2", "district dispatch diggers task=line line=break_lianhua" },
  { 141, "diggers_3", "emergency dispatch diggers task=line line=break_fengding" },
  { 150, "warn", "district warn blue to wangu elements=kind" },
  { 180, "rangers", "forestry dispatch rangers to fengding task=evacuate" },
  { 200, "update", "district report to city form=update area=10 elements=site" },
  { 225, "out_lianhua", "town evacuate lianhua to jie_b" },
  { 240, "engines_2", "rescue dispatch engines to east_flank task=attack tactic=head" },
  { 275, "brigade_night", "district dispatch brigade_1 to east_flank task=attack tactic=head" },
  { 280, "semi_night", "town dispatch semi_wangu to north_foot task=attack" },
}

return function(k)
  if k.inject.smoke_camera.told and not camera then camera = k.time end
  if not camera then return end
  for _, step in ipairs(steps) do
    if k.time >= camera + step[1] then once(step[2], step[3]) end
  end
  if k.team.brigade_1.stage == "home" then once("brigade_go", "district dispatch brigade_1 to north_foot task=attack tactic=head") end
  if k.team.helicopter_1.stage == "home" then once("helicopter_go", "district dispatch helicopter_1 to shahe task=recon") end
end

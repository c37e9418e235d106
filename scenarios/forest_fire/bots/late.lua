-- 迟缓 late: knows the plan but waits for certainty; every step comes about 50 minutes too late, some never.

local done = {}
local camera = nil

local function once(id, text)
  if done[id] then return end
  if order(text) then done[id] = true end
end

-- { minutes after the room knew, id, order }
local steps = {
  { 15, "semi", "town dispatch semi_wangu task=line line=break_fengding with=lookout" },
  { 25, "rangers", "forestry dispatch rangers to north_foot task=recon" },
  { 40, "pro_1", "forestry dispatch pro_1 task=line line=break_fengding with=lookout" },
  { 50, "level", "district level 4 elements=matter+level" },
  { 55, "commander", "district commander district" },
  { 60, "pro_2", "forestry dispatch pro_2 to north_foot task=attack with=lookout tactic=flank" },
  { 65, "post", "district post at school" },
  { 70, "out_fengding", "town evacuate fengding to school" },
  { 75, "report", "district report to city form=first area=20 elements=site+course+measures" },
  { 78, "riders", "town turn_away riders" },
  { 80, "doors_1", "town dispatch cadres_1 to fengding task=evacuate" },
  { 85, "shelter", "town shelter school" },
  { 90, "group_fighting", "district group fighting" },
  { 92, "group_moving", "district group moving" },
  { 95, "diggers", "emergency dispatch diggers task=line line=break_ridge" },
  { 100, "helicopter", "district request helicopter" },
  { 105, "militia", "district request militia_call" },
  { 110, "warn", "district warn yellow to fengding elements=kind+level+area+measures" },
  { 115, "engines", "district dispatch engines to gas_depot task=guard" },
  { 120, "semi_gulong", "forestry dispatch semi_gulong task=line line=break_ridge" },
  { 135, "consult", "district consult \"研究处置方案\"" },
  { 150, "approve", "district approve \"批准方案\"" },
  { 160, "power", "district request power_cut" },
  { 170, "track", "police close r_track" },
  { 180, "buses", "town request buses" },
  { 200, "medics", "health dispatch medical_1 to fengding task=medical" },
  { 205, "school_water", "emergency send water_l 60 from depot to school" },
  { 210, "fengding_water", "emergency send water_l 40 from depot to fengding" },
  { 215, "mobile", "district request mobile_back" },
  { 230, "gulong", "town shelter gulong" },
  { 232, "out_care", "town evacuate care_home to gulong" },
  { 235, "out_lianhua", "town evacuate lianhua to gulong" },
  { 240, "doors_2", "police dispatch police_1 to lianhua task=evacuate" },
  { 250, "update", "district report to city form=update area=150 elements=site+losses+measures" },
  { 270, "tongliang", "district request tongliang_crew" },
}

return function(k)
  if k.inject.smoke_camera.told and not camera then camera = k.time end
  if not camera then return end
  for _, step in ipairs(steps) do
    if k.time >= camera + step[1] then once(step[2], step[3]) end
  end
  if k.team.militia_1.stage == "home" then once("militia_go", "district dispatch militia_1 task=line line=break_ridge") end
  if k.team.helicopter_1.stage == "home" then once("helicopter_go", "district dispatch helicopter_1 to north_foot task=drop") end
end

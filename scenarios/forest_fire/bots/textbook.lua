-- 照章处置 textbook: does what the plan asks, in time, on what the room has been told and on nothing else.

local done = {}

-- Gives an order once. It is tried again each minute while it would be refused.
local function once(id, text)
  if done[id] then return end
  if order(text) then done[id] = true end
end

local heard, camera, listed = nil, nil, nil -- minutes at which the room was told

-- A request that was refused is made again a quarter of an hour later.
local asked = {}
local function ask(k, service, by)
  local state = k.request[service].state
  if state ~= "none" and (state ~= "refused" or k.time < asked[service] + 15) then return end
  if order(by .. " request " .. service) then asked[service] = k.time end
end

local function start_command(k)
  once("level", "district level 4 elements=matter+level+period+measures")
  once("commander", "district commander district")
  once("post", "district post at xinshi")
  once("brief", "forestry request brief")
  once("power", "district request power_cut")
  once("buses", "town request buses")
  ask(k, "helicopter", "district")
  once("militia", "district request militia_call")
  once("tongliang", "district request tongliang_crew")
  for _, g in ipairs({ "coordination", "fighting", "moving", "medicine", "order", "signals", "news" }) do
    once("group_" .. g, "district group " .. g)
  end
end

local function fight(k)
  once("semi", "town dispatch semi_wangu task=line line=break_fengding with=lookout+radio")
  once("diggers", "emergency dispatch diggers task=line line=break_ridge")
  once("pro_1", "forestry dispatch pro_1 task=line line=break_fengding with=lookout")
  -- The power line runs over the eastern flank: nobody works under it before it is dead.
  if k.line.power_110.cut then once("pro_2", "forestry dispatch pro_2 to east_flank task=attack with=lookout tactic=flank") end
  once("semi_gulong", "forestry dispatch semi_gulong task=line line=break_ridge with=lookout")
end

local function move(k)
  once("shelter", "town shelter school")
  once("out_fengding", "town evacuate fengding to school")
  once("doors_1", "town dispatch cadres_1 to fengding task=evacuate")
  once("doors_2", "police dispatch police_1 to fengding task=evacuate")
  once("track", "police close r_track")
  once("warn", "district warn yellow to fengding elements=kind+level+start+area+notice+measures+issuer+time channel=broadcast")
end

-- Places that were reported threatened, and before the wind turns those that lie under it.
local function move_others(k)
  local turning = k.wind_ahead and k.wind_ahead > 180 or k.inject.wind_warning.told
  if k.place.care_home.state ~= "quiet" or turning or k.time > camera + 60 then
    once("gulong_open", "town shelter gulong")
    once("out_care", "town evacuate care_home to gulong")
    once("doors_3", "town dispatch cadres_2 to care_home task=evacuate")
    once("medics_care", "health dispatch medical_2 to care_home task=medical")
  end
  if k.place.lianhua.state ~= "quiet" or turning or k.time > camera + 90 then
    once("out_lianhua", "town evacuate lianhua to gulong")
    once("doors_4", "police dispatch police_2 to lianhua task=evacuate")
    once("warn_lianhua", "district warn yellow to lianhua elements=kind+level+start+area+notice+measures+issuer+time channel=broadcast")
  end
  if k.inject.gas_threat.told then
    once("out_yuqing", "town evacuate yuqing to sanyuan")
    once("sanyuan_open", "town shelter sanyuan")
  end
end

local function lines(k)
  once("engines", "district dispatch engines to fengding task=attack with=lookout tactic=flank")
  if k.line.break_fengding.done >= 100 then
    once("semi_2", "town dispatch semi_wangu task=guard to fengding with=lookout")
    once("pro_1_2", "forestry dispatch pro_1 to north_foot task=attack with=lookout tactic=flank")
  end
  if k.line.break_ridge.done >= 100 then
    once("diggers_2", "emergency dispatch diggers task=line line=break_lianhua")
    once("militia_2", "district dispatch militia_1 task=line line=break_lianhua")
  end
  if k.team.militia_1.stage == "home" then once("militia_go", "district dispatch militia_1 task=line line=break_ridge") end
  if k.team.tongliang_1.stage == "home" then once("tongliang_go", "district dispatch tongliang_1 to east_flank task=attack with=guide+lookout+radio tactic=flank") end
  if k.team.helicopter_1.stage == "home" then once("helicopter_go", "district dispatch helicopter_1 to east_flank task=drop") end
  -- Nobody goes up who was not registered and briefed, which takes ten minutes.
  if k.inject.volunteers.told then
    once("register_saws", "town register saws")
    once("register_riders", "town register riders")
    listed = listed or k.time
  end
  if listed and k.time >= listed + 12 then
    once("saws", "town dispatch saws task=line line=break_ridge")
    once("riders", "town dispatch riders to xinshi task=water")
  end
end

-- What crews and shelters use is there before they run out of what they brought.
local function supply(k)
  if k.time >= camera + 25 then
    once("school_water", "emergency send water_l 40 from depot to school")
    once("school_food", "emergency send food 300 from depot to school")
  end
  if k.time >= camera + 12 then -- before the track is cut
    once("fengding_water", "emergency send water_l 50 from depot to fengding")
    once("fengding_fuel", "forestry send fuel_can 25 from depot to fengding")
    once("fengding_food", "emergency send food 150 from depot to fengding")
  end
  if k.time >= camera + 60 then
    once("lianhua_water", "emergency send water_l 60 from depot to lianhua")
    once("lianhua_fuel", "forestry send fuel_can 25 from depot to lianhua")
    once("lianhua_food", "emergency send food 200 from depot to lianhua")
    once("care_water", "emergency send water_l 50 from depot to care_home")
    once("care_fuel", "forestry send fuel_can 25 from depot to care_home")
    once("care_food", "emergency send food 150 from depot to care_home")
  end
  if k.time >= camera + 100 then
    once("hoses", "rescue send hose 30 from depot to xinshi")
    once("xinshi_food", "emergency send food 60 from depot to xinshi")
  end
end

-- A report every two hours, with what is known.
local function report(k, id, form)
  once(id, "district report to city form=" .. form .. " area=" .. math.floor(k.hazard.size_ha + 0.5) .. " hurt=0 elements=unit+site+course+losses+measures+other")
end

local function command_later(k)
  if k.post_open then
    if k.time > camera + 35 then once("consult_1", "district consult \"先两翼、保村庄，沿凤顶、莲花划定隔离带\"") end
    if k.consultations >= 1 then once("approve", "district approve \"方案：打两翼、开隔离带、转移群众\"") end
  end
  if k.inject.wind_warning.told or k.time > 175 then once("consult_2", "district consult \"风向将转西南，撤出火头前方队伍\"") end
  if k.inject.night_falls.told then once("consult_3", "district consult \"夜间守线，不打迎风火头\"") end
  if k.hazard.size_ha > 50 then once("level_3", "district level 3 elements=matter+level+period+measures") end
  if k.inject.heat_cases.told then once("medics", "health dispatch medical_1 to fengding task=medical") end
  if k.inject.press.told then once("press", "publicity state \"统一口径发布过火面积和转移人数\"") end
  if k.inject.rumour.told then once("rumour", "publicity state \"核实无群众死亡，发布权威信息\"") end
  if k.channel.mobile.percent < 100 then
    once("mobile", "district request mobile_back")
    once("comms", "district dispatch comms_1 to xinshi task=comms")
  end
  if k.inject.shelter_needs.told then
    once("water", "emergency send water_l 60 from depot to school")
    once("food", "emergency send food 300 from depot to school")
  end
  if k.inject.helicopter_open.told then once("call_city", "district call city") end
  if k.time > 150 then once("brief_2", "forestry request brief") end
  if k.inject.night_falls.told then
    once("rest_semi", "forestry dispatch semi_gulong to lianhua task=guard with=lookout")
  end
end

return function(k)
  if k.inject.call_12119.told and not heard then heard = k.time end
  if k.inject.smoke_camera.told and not camera then camera = k.time end
  if heard then
    once("rangers", "forestry dispatch rangers to north_foot task=recon with=lookout")
    fight(k)
  end
  if not camera then return end
  start_command(k)
  if k.time >= camera + 6 then move(k) end
  once("town_report", "town report to district form=first elements=unit+site+course+losses+measures+other")
  if k.time >= camera + 30 then once("forestry_report", "forestry report to city form=first area=" .. math.floor(k.hazard.size_ha + 0.5) .. " hurt=0 elements=unit+site+course+losses+measures+other") end
  if k.time >= camera + 25 then report(k, "first", "first") end
  if k.time >= camera + 110 then report(k, "update_1", "update") end
  if k.time >= camera + 200 then report(k, "update_2", "update") end
  if k.time >= camera + 300 then report(k, "update_3", "update") end
  move_others(k)
  lines(k)
  command_later(k)
  supply(k)
end

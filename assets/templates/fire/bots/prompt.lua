-- 及时 prompt: acts as soon as the room has been told. 只凭室内已知信息 k 行动。
local done = {}
local function once(id, text)
  if not done[id] and order(text) then done[id] = true end
end

return function(k)
  if not k.inject.call.told then return end
  once("level", "district level 4 elements=matter+level+period+measures")
  once("out", "district evacuate village to town")
  once("shelter", "district shelter town")
  once("crew", "forestry dispatch crew_1 task=line line=break_1 with=lookout")
end

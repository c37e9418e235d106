local done = {}
local function once(id, text)
  if not done[id] then
    done[id] = true
    order(text)
  end
end
return function(k)
  if k.inject.report.told then
    once("level", "district level 3 elements=matter+level+period+measures")
    once("post", "district post at town")
    once("crew", "forestry dispatch pro_1 to ridge task=line line=break_1")
    once("police", "police dispatch police_1 to village task=evacuate")
    once("move", "district evacuate village to town")
  end
  if k.time > 20 then
    once("report", "district report to district form=first")
  end
end

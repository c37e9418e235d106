-- 参演单位自评 Self-evaluation: every unit that played looks at itself, before it hears the experts.
--
-- All of it is our own (D); that participants evaluate themselves is a step of AQ/T 9009-2015 (7.2, secondary copy V2), its form is not
-- given there. Items have no role: whoever played answers all of them. Assumptions: weights, the worth of the grades.

local function T(zh, en) return { zh = zh, en = en } end

local ASK, ASK_PAPER = { "interview" }, { "interview", "record" }

return {
  id = "self",
  title = T("参演单位自评表（自拟指标）", "Self-evaluation of the units that played (our own)"),
  version = "1",
  source = "自拟",
  mark = "D",
  note = T("10 项，由参演单位在专家讲评之前填写，与专家评分分开统计。评“合格”及以下的，请在备注写明原因和打算。条目、权重和等级折算均为自拟，可以修改。",
           "10 items, filled by each unit before the experts speak and counted apart from their marks. For \"pass\" and below say why, and what you mean to do. Items, weights and what a grade is worth are our own and may be changed."),
  scales = {
    { id = "grade5", title = T("五级", "five grades"), levels = {
      { id = "excellent", title = T("优", "excellent"), score = 100, at_least = 90 }, { id = "good", title = T("良", "good"), score = 85, at_least = 80 },
      { id = "medium", title = T("中", "medium"), score = 75, at_least = 70 }, { id = "pass", title = T("合格", "pass"), score = 65, at_least = 60 },
      { id = "poor", title = T("差", "poor"), score = 30, at_least = 0 } } },
  },
  phases = {
    { id = "prepare", title = T("准备", "preparation") }, { id = "start", title = T("启动", "start") },
    { id = "respond", title = T("处置", "response") }, { id = "close", title = T("恢复与总结", "recovery and summary") },
  },
  roles = {
    { id = "command", title = T("指挥协调", "command") }, { id = "information", title = T("信息与预警", "information and warning") },
    { id = "teams", title = T("队伍与资源", "teams and resources") }, { id = "public", title = T("群众与公众", "people and public") },
    { id = "safety", title = T("安全", "safety") }, { id = "overall", title = T("总体", "overall") },
  },
  projects = {
    { id = "ready", title = T("事前准备", "before"), weight = 20 },
    { id = "act", title = T("履职处置", "what we did"), weight = 50 },
    { id = "learn", title = T("收获与改进", "what we learned"), weight = 30 },
  },
  items = {
    { id = "S1", project = "ready", method = "choice", scale = "grade5", way = ASK_PAPER, phase = "prepare", mark = "D",
      text = T("演练前，本单位人员熟悉预案中自己的职责", "Before the drill our people knew their duties in the plan"),
      guide = T("能否不看文本说出本单位的三项主要职责", "Could they name three main duties without the text?") },
    { id = "S2", project = "ready", method = "choice", scale = "grade5", way = ASK_PAPER, phase = "prepare", mark = "D",
      text = T("联系方式、队伍和物资清单是最新的", "Our contacts and our lists of teams and supplies were current"),
      guide = T("演练中打不通、调不动的有哪些", "What could not be reached or moved during the drill?") },
    { id = "S3", project = "act", method = "choice", scale = "grade5", way = ASK, phase = "start", mark = "D",
      text = T("接到信息后反应迅速，知道先做什么", "On the first message we acted fast and knew what came first") },
    { id = "S4", project = "act", method = "choice", scale = "grade5", way = ASK_PAPER, phase = "respond", mark = "D",
      text = T("信息上报及时、准确、口径一致", "What we reported was timely, accurate and of one voice"),
      guide = T("有无数字前后不一、有无该报未报", "Did numbers differ, was anything left unreported?") },
    { id = "S5", project = "act", method = "choice", scale = "grade5", way = ASK, phase = "respond", mark = "D",
      text = T("决策有依据，先会商后拍板", "Our decisions had grounds, and we consulted before deciding") },
    { id = "S6", project = "act", method = "choice", scale = "grade5", way = ASK, phase = "respond", mark = "D",
      text = T("与其他单位的协同顺畅", "Our work with other units went smoothly"),
      guide = T("请写明最不顺畅的一次", "Name the time it went worst") },
    { id = "S7", project = "act", method = "choice", scale = "grade5", way = ASK, phase = "respond", mark = "D",
      text = T("把群众安全和队伍安全放在首位", "We put the safety of people and crews first") },
    { id = "S8", project = "learn", method = "choice", scale = "grade5", way = ASK_PAPER, phase = "close", mark = "D",
      text = T("演练检验了预案，我们找到了预案的不足", "The drill tested the plan and we found where it falls short"),
      guide = T("请写明是哪一条、怎样修改", "Which clause, and how should it read?") },
    { id = "S9", project = "learn", method = "choice", scale = "grade5", way = ASK, phase = "close", mark = "D",
      text = T("参演人员得到锻炼", "Our people gained from it") },
    { id = "S10", project = "learn", method = "choice", scale = "grade5", way = ASK_PAPER, phase = "close", mark = "D",
      text = T("本单位的整改打算具体，有责任人和时限", "What we mean to mend is concrete, with a name and a date") },
  },
}

-- 参演人员问卷 Survey: what those who took part thought of the drill itself. Without names.
--
-- All of it is our own (D). Five grades as in the other sets, so that answers can stand beside them. Every question may be left out.
-- Assumptions: weights, the worth of the grades.

local function T(zh, en) return { zh = zh, en = en } end

local ASK = { "interview" }

return {
  id = "survey",
  title = T("参演人员问卷（自拟指标）", "Survey of those who took part (our own)"),
  version = "1",
  source = "自拟",
  mark = "D",
  note = T("8 题，不记名，每题可不答，与专家评分分开统计。题目、权重和等级折算均为自拟，可以修改。",
           "8 questions, without names, any of them may be left out; counted apart from the experts' marks. Questions, weights and what a grade is worth are our own and may be changed."),
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
    { id = "drill", title = T("演练的组织", "how the drill was run"), weight = 50 },
    { id = "worth", title = T("演练的收获", "what it was worth"), weight = 50 },
  },
  items = {
    { id = "Y1", project = "drill", method = "choice", scale = "grade5", way = ASK, phase = "start", mark = "D", optional = true,
      text = T("演练目的、规则和我的任务讲清楚了", "Purpose, rules and my task were explained") },
    { id = "Y2", project = "drill", method = "choice", scale = "grade5", way = ASK, phase = "respond", mark = "D", optional = true,
      text = T("情景真实，像本地会发生的事", "The scenario was real, something that could happen here") },
    { id = "Y3", project = "drill", method = "choice", scale = "grade5", way = ASK, phase = "respond", mark = "D", optional = true,
      text = T("节奏合适，有思考和讨论的时间", "The pace was right, with time to think and talk") },
    { id = "Y4", project = "drill", method = "choice", scale = "grade5", way = ASK, phase = "respond", mark = "D", optional = true,
      text = T("结果由我们的决定造成，不是照着剧本走", "What happened followed from our decisions, not from a script") },
    { id = "Y5", project = "drill", method = "choice", scale = "grade5", way = ASK, phase = "respond", mark = "D", optional = true,
      text = T("场地、屏幕、声音和软件好用", "Room, screen, sound and software served us well") },
    { id = "Y6", project = "worth", method = "choice", scale = "grade5", way = ASK, phase = "close", mark = "D", optional = true,
      text = T("我更清楚自己的职责和该找谁", "I know my duties, and whom to turn to, better than before") },
    { id = "Y7", project = "worth", method = "choice", scale = "grade5", way = ASK, phase = "close", mark = "D", optional = true,
      text = T("我看到了预案或准备工作的不足", "I saw where our plan or our readiness falls short") },
    { id = "Y8", project = "worth", method = "choice", scale = "grade5", way = ASK, phase = "close", mark = "D", optional = true,
      text = T("这次演练值得花时间，我愿意再参加", "It was worth the time, and I would take part again") },
  },
}

---@meta

--- 下达一条指令（与手工输入同一语言），下一步生效；返回当前是否可执行
--- give an order in the language typed by hand; it takes effect in the next step; true when it would be accepted now
---@param text string
---@return boolean
function order(text) end

--- 触发一项注入
--- fire an inject
---@param id string
function inject(id) end

---@class truth.team
---@field stage any 状态 / stage
---@field place any 所在地点，在途则 nil / place, nil on the way
---@field task any 任务 / task
---@field hurt any 伤亡人数 / casualties
---@field people any 人数 / people

---@class truth.place
---@field people any 人口 / population
---@field moved any 已转移人数 / people moved
---@field ordered any 是否已下令转移 / was it ordered out
---@field state any quiet / threatened / reached / quiet / threatened / reached
---@field distance any 距危害边缘，米 / metres to the hazard
---@field trapped any 被困人数 / people trapped
---@field shelter_open any 安置点是否启用 / is the shelter open

---@class truth.road
---@field state any open / closed / cut / jammed / open / closed / cut / jammed

---@class truth.line
---@field done any 完成百分比 / per cent built
---@field cut any 是否已断电 / is it de-energised

---@class truth.channel
---@field percent any 可用百分比 / per cent that works

---@class truth.inject
---@field fired any 是否已注入 / was it fired

---@class truth.request
---@field state any none / open / refused / done / unanswered / none / open / refused / done / unanswered

---@class truth.asset
---@field is any 状态：百分数或 open、closed 等 / how it is set: per cent, or open, closed ..
---@field wish any 最近一次指令要求的状态 / as ordered last
---@field broken any 是否损坏 / is it broken

---@class truth.hazard
---@field heard any 是否已有报告 / has it been reported
---@field size_ha any 过火面积，公顷 / area burnt, ha
---@field burnt_ha any 过火面积，ha / burnt area, ha
---@field perimeter_m any 火场周长，m / perimeter, m
---@field front_m any 燃烧火线长，m / active front, m
---@field flame_max_m any 最大火焰长度，m / greatest flame length, m
---@field unmopped_m any 已扑灭未清理的边缘，m / edge put out but not mopped up, m
---@field spot_fires any 飞火起火次数 / fires started by brands
---@field line_built_m any 已建隔离带，m / line built, m

---@class truth.weather
---@field wind any 风速 m/s / wind, m/s
---@field from any 风的来向，度 / wind from, degrees
---@field humidity any 相对湿度 % / relative humidity, %

---@class truth
---@field time any 演练时间，分钟 / drill time, minutes
---@field night any 是否夜间 / is it night
---@field level any 响应级别，0 未启动 / response level, 0 none
---@field post any 指挥部所在地点，无则 nil / place of the command post or nil
---@field commander any 总指挥单位，无则 nil / commanding agency or nil
---@field post_open any 指挥部是否已开设 / is the post open
---@field plan_approved any 方案是否已批准 / was the action plan approved
---@field consultations any 会商次数 / consultations held
---@field team table<string, truth.team>
---@field place table<string, truth.place>
---@field road table<string, truth.road>
---@field line table<string, truth.line>
---@field channel table<string, truth.channel>
---@field inject table<string, truth.inject>
---@field request table<string, truth.request>
---@field asset table<string, truth.asset>
---@field hazard truth.hazard
---@field weather truth.weather

---@class known.team
---@field stage any 状态 / stage
---@field place any 所在地点，在途则 nil / place, nil on the way
---@field task any 任务 / task
---@field hurt any 伤亡人数 / casualties
---@field people any 人数 / people

---@class known.place
---@field people any 人口 / population
---@field moved any 已转移人数 / people moved
---@field ordered any 是否已下令转移 / was it ordered out
---@field state any quiet / threatened / reached / quiet / threatened / reached
---@field shelter_open any 安置点是否启用 / is the shelter open

---@class known.road
---@field state any open / closed / cut / jammed / open / closed / cut / jammed

---@class known.line
---@field done any 完成百分比 / per cent built
---@field cut any 是否已断电 / is it de-energised

---@class known.channel
---@field percent any 可用百分比 / per cent that works

---@class known.inject
---@field told any 室内是否已得知 / has the room been told

---@class known.request
---@field state any none / open / refused / done / unanswered / none / open / refused / done / unanswered

---@class known.asset
---@field is any 状态：百分数或 open、closed 等 / how it is set: per cent, or open, closed ..
---@field broken any 是否损坏 / is it broken

---@class known.hazard
---@field heard any 是否已有报告 / has it been reported
---@field size_ha any 过火面积，公顷 / area burnt, ha
---@field fire_count any 火点数 / separate fires

---@class known.weather
---@field wind any 风速 m/s / wind, m/s
---@field from any 风的来向，度 / wind from, degrees

---@class known
---@field time any 演练时间，分钟 / drill time, minutes
---@field night any 是否夜间 / is it night
---@field level any 响应级别，0 未启动 / response level, 0 none
---@field post any 指挥部所在地点，无则 nil / place of the command post or nil
---@field commander any 总指挥单位，无则 nil / commanding agency or nil
---@field post_open any 指挥部是否已开设 / is the post open
---@field plan_approved any 方案是否已批准 / was the action plan approved
---@field consultations any 会商次数 / consultations held
---@field wind_ahead any 预报风向，未知则 nil / forecast wind direction or nil
---@field team table<string, known.team>
---@field place table<string, known.place>
---@field road table<string, known.road>
---@field line table<string, known.line>
---@field channel table<string, known.channel>
---@field inject table<string, known.inject>
---@field request table<string, known.request>
---@field asset table<string, known.asset>
---@field hazard known.hazard
---@field weather known.weather

---@class scenario.title
---@field zh string
---@field en string

---@class scenario.weather
---@field at string|number 从此时起 / from this moment on
---@field wind number 10 米高平均风速 / mean wind at 10 m, m/s
---@field from number 风的来向，北为 0，顺时针 / where it comes from, 0 north, clockwise, °
---@field temp number 气温 / air temperature, ℃
---@field humidity integer 相对湿度 / relative humidity, %

---@class scenario.hazards.fire
---@field fuel string 可燃物栅格文件（ESRI ASCII） / fuel grid file (ESRI ASCII) of codes
---@field dem? string 高程栅格文件，行列与可燃物栅格相同；不写则用 map.dem / height grid of the same shape; map.dem when absent
---@field fuels table 可燃物代码表 / what the codes mean
---@field ignitions? table 起火点 / ignitions
---@field spread? "rothermel"|"wangzhengfei"|"given"|string 蔓延模型 / spread model
---@field given? table spread = "given" 时处处相同的速度与形状（算例用） / with spread = "given": one rate and shape everywhere, for cases
---@field live_herb? number 活草本含水率 / live herb moisture, fraction, 1
---@field live_woody? number 活灌木含水率 / live woody moisture, fraction, 1
---@field dead? number 细小死可燃物含水率；0 或不写则按气温湿度和时刻推算 / fine dead moisture; 0: from temperature, humidity and hour, 1
---@field hold_factor? number 隔离带宽度达到火焰长度的几倍才阻得住 / a line holds while its width is this many flame lengths
---@field contact? number 火头抵带后仍可能突破的时间 / how long a front that has come to a line may still cross it, s
---@field threat? number 火线距居民点多近为受威胁 / a place is threatened when the front is this near, m
---@field road_cut? number 火线距道路多近为阻断 / a road is cut when the front is this near, m
---@field smoke? number 烟的衰减距离 / distance over which smoke thins out, m
---@field road_smoke? number 烟浓到几分（0..1）时道路因能见度阻断 / a road is cut by smoke this dense (0..1)
---@field power_trip? number 火线距输电线多近会跳闸 / a power line trips when the front is this near, m
---@field reburn? number 未清理的火场边缘每公里每小时复燃次数（干燥、风速 5 m/s 时） / fires that come back from a kilometre of edge not mopped up, an hour, when dry and 5 m/s, 1/km/h
---@field spotting? number 每公里火头每小时飞火起火次数（火焰 3 米、干燥时），0 为不计 / fires started by brands from a kilometre of front, an hour, at flames of 3 m; 0: none, 1/km/h
---@field depots? table 会燃爆的场所 / places that may explode
---@field hotspots? table 卫星过境：热点何时报来，须地面核查 / satellite passes: when hot spots are reported, to be verified on the ground

---@class scenario.hazards.fire.given
---@field rate_ms number 火头速度 / rate of the head, m/s
---@field length_to_width? number 长宽比 / length to width, 1
---@field heading? number 蔓延方向，北为 0，顺时针 / direction of the head, 0 north, clockwise, °

---@class scenario.hazards.fire.hotspots
---@field at string|number 热点报来的时刻 / when the report arrives
---@field false_alarms? integer 其中虚假热点个数 / how many false ones come with it

---@class scenario.hazards.fire.depots
---@field place string 场所 / which place
---@field after? string|number 火线抵近后多久燃爆 / how long the front must stand at it, s
---@field radius? number 伤人和飞火的半径 / how far it hurts people and throws fire, m

---@class scenario.hazards.fire.fuels
---@field code integer 栅格中的代码 / code in the grid
---@field model string 可燃物模型 FM1..FM13、GR1..SB4，或本地类型 masson_pine 等（assets/fuels）；不可燃写 "none" / fuel model FM1..FM13, GR1..SB4, a local one such as masson_pine (assets/fuels), or "none"
---@field class? "none"|"forest"|"shrub"|"grass"|"field"|"built"|"water"|string 地类，用于制图 / class of ground, for maps
---@field shade? number 林冠遮荫 0..1 / shading by the canopy
---@field cover? number 郁闭度 0..1 / canopy cover
---@field canopy? number 林冠高 / canopy height, m
---@field crown_ratio? number 冠长比 / crown ratio
---@field crown_base? number 枝下高；0 或不写则不发生树冠火 / height of the lowest green branches; 0: no crown fire, m
---@field crown_density? number 树冠可燃物密度 / canopy bulk density, kg/m3
---@field foliar? number 针叶含水率 / foliar moisture, fraction, 1
---@field line? number 在此开设隔离带的速度为队伍参照速度的几倍（见 tuiyan calc fire.line） / line building here, times the teams' reference rate (see tuiyan calc fire.line)
---@field load_scale? number 本地可燃物：载量为该模型的几倍 / local fuel: loads times this
---@field depth_scale? number 本地可燃物：床层厚度为该模型的几倍 / local fuel: depth times this
---@field ks? number 王正非模型的可燃物系数 / fuel factor of Wang Zhengfei's model

---@class scenario.hazards.fire.ignitions
---@field at number[] 坐标 / where
---@field time? string|number 起火时刻 / when

---@class scenario.indicators
---@field id string 标识 / id
---@field title scenario.title 指标内容 / what is looked at
---@field objective string 所属演练目标 / objective
---@field weight? number 目标内权重 / weight within its objective
---@field rule "delay"|"count"|"measure"|"ratio"|"baseline"|"complete"|"before"|"happened"|"plan"|string 取证方法 / how the evidence is taken
---@field event? string 事件 / event
---@field where? table 事件须符合的字段 / fields the event must have
---@field from? string 起算事件，缺省为演练开始 / event the clock starts at; default: the start
---@field from_where? table 起算事件须符合的字段 / fields that event must have
---@field from_inject? string 起算注入 / inject the clock starts at
---@field full? number 满分值（时间为分钟） / value for 100 (minutes for delays)
---@field zero? number 零分值 / value for 0
---@field measure? string 量 / measure
---@field of? string 分母 / measure it is divided by
---@field field? string 要素字段 / field with the elements
---@field source? string 依据及核实标记 / source and mark
---@field veto? "none"|"fair"|string 否决：低于 veto_below 时等级不超过一般 / veto: below veto_below the grade is at most fair
---@field veto_below? number 否决线 / veto line

---@class scenario.meta
---@field name? string 情景标识 / id of the scenario
---@field title scenario.title 情景名称 { zh = , en = } / title { zh = , en = }
---@field summary? scenario.title 简介 / summary
---@field trains? scenario.title 练什么 / what it trains
---@field town? scenario.title 所在镇街 / town
---@field date? string 日期 "2022-08-20" / date, "2022-08-20"
---@field start string|number 开始的北京时间 "15:00" / clock time of the start, "15:00"
---@field length string|number 计划时长 / planned length
---@field tick? string|number 推演步长 / length of a step
---@field terrain_note scenario.title 地形来源说明，印在每张图上；合成地形须写明 / where the terrain comes from, on every map; say so when it is synthetic
---@field dusk? string|number 天黑的北京时间，省略为 19:30 / clock time of dusk; 19:30 when absent
---@field dawn? string|number 天亮的北京时间，省略为 6:15 / clock time of dawn; 6:15 when absent
---@field course? scenario.course 默认走向 { number = , title = }；各危害可抽取的范围写在其自己一节 / the course that is played by default { number = , title = }; what a hazard may draw stands in its own section

---@class scenario.course
---@field number? integer 走向编号；同号同走向 / number of the course; the same number is the same course
---@field title? scenario.title 走向名称 / its title

---@class scenario.map
---@field width_m number 东西宽 / extent west to east, m
---@field height_m number 南北长 / extent south to north, m
---@field dem? string 高程栅格文件（ESRI ASCII） / file of elevations (ESRI ASCII grid)
---@field crs? string 坐标系：WGS-84、CGCS2000、GCJ-02 / reference system: WGS-84, CGCS2000, GCJ-02
---@field lon0? number 西南角经度 / longitude of the south-west corner, °
---@field lat0? number 西南角纬度 / latitude of the south-west corner, °

---@class scenario.posts
---@field id string 标识，单位内不重复 / id, unlike others of the agency
---@field title scenario.title 职务，如 区长、分管副区长 / the post, such as district head
---@field name? string 姓名，可省略；须为虚构 / who holds it; optional, and invented
---@field phone? string 电话，可省略；须为虚构 / phone; optional, and invented
---@field place? string 所在地点 / where that person is
---@field deputy? string 联系不上时由谁代行：本单位另一职务的标识 / who stands in when nobody answers: id of another post of the agency

---@class scenario.chain
---@field who string 由哪个单位 / which agency
---@field does "receive"|"decide"|"act"|"report"|string 接报、决策、处置、报告 / receives, decides, acts, reports
---@field text? scenario.title 做什么；写了 order 可省略 / what; may be left out beside order
---@field order? table 以这样的指令为准 { verb = .. } / such an order shows it { verb = .. }
---@field event? string 或以此事件为准；都不写的由专家看 / or this event shows it; with neither the experts watch for it
---@field within? string|number 注入后多久之内 / so soon after the inject

---@class scenario.views
---@field title scenario.title 页签上的名称 / what its tab says
---@field x0 number 西边 / its west edge, m
---@field y0 number 南边 / its south edge, m
---@field x1 number 东边，至少比西边大 10 / its east edge, at least 10 past the west edge, m
---@field y1 number 北边，至少比南边大 10 / its north edge, at least 10 past the south edge, m
---@field layers? table 只画这些图层 { "名称", .. }，省略为全部 / draws only these layers { "name", .. }; all when absent
---@field level? integer 只画这一层：地面以上为正，地下为负；省略为各层都画 / draws only this level, above ground positive, below negative; all levels when absent, m

---@class scenario.nodes
---@field id string 标识 / id
---@field title? scenario.title 名称 / title
---@field at number[] 路口位置 / where the junction is, m

---@class scenario.places
---@field id string 标识 / id
---@field title scenario.title 名称 / title
---@field at number[] 位置，自地图西南角起 / position from the south-west corner of the map, m
---@field kind "town"|"village"|"school"|"hospital"|"facility"|"post"|"depot"|"junction"|"hill"|"water"|"border"|string 类别 / kind
---@field node? string 所在路口，省略为最近的路口 / junction it lies at; the nearest when absent
---@field people? integer 受威胁时须转移的人数 / people to be moved when threatened, 人
---@field vulnerable? integer 其中老弱病残 / of them old, ill or disabled, 人
---@field capacity? integer 作为安置点可容纳人数，0 为不是安置点 / people it shelters; 0: no shelter, 人
---@field post_site? boolean 适于设指挥部 / fit for a command post
---@field radius_m? number 范围半径 / extent, m

---@class scenario.roads
---@field id string 标识 / id
---@field title? scenario.title 名称 / title
---@field from string 起点路口 / junction it begins at
---@field to string 终点路口 / junction it ends at
---@field class? "highway"|"county"|"village"|"track"|"foot"|string 等级 / class
---@field length_m? number 长度，省略为直线距离的 1.3 倍 / length; 1.3 times the straight distance when absent, m
---@field speed_kmh? number 车速，省略时按等级为 60、40、25、12，步道 4 / speed; 60, 40, 25, 12 by class when absent, footpath 4, km/h
---@field capacity? integer 同时容纳的车辆，超过即拥堵；省略时按等级每车占 20、30、50、100 米 / vehicles on it at once before it jams; by class 20, 30, 50, 100 m each when absent, 辆

---@class scenario.lines
---@field id string 标识 / id
---@field title scenario.title 名称 / title
---@field kind? "power"|"cordon"|"break"|string 类别，省略为本情景灾害的第一种 / kind; the first of the scenario's hazard when absent
---@field points table 折点 { {x, y}, .. }，2 至 64 个 / corners { {x, y}, .. }, 2 to 64
---@field width_m? number 计划宽度 / planned width, m

---@class scenario.channels
---@field id string 标识 / id
---@field title scenario.title 名称 / title
---@field kind "mobile"|"fixed"|"radio"|"satellite"|"runner"|"broadcast"|"gong"|string 类别 / kind
---@field delay? string|number 接通所需时间，省略时按类别 1、1、0.5、2、20、5、10 分钟 / time to get through; 1, 1, 0.5, 2, 20, 5, 10 min by kind when absent
---@field per_minute? integer 每分钟可传条数，省略时按类别 20、6、6、2、1、1、1 / messages a minute; 20, 6, 6, 2, 1, 1, 1 by kind when absent
---@field reach? number 一小时内可通知到的群众比例，0 为不面向公众 / share of the public it reaches in an hour; 0: not for the public
---@field power_line? string 为其基站供电的线路，省略时公众移动通信随任一线路停电 / the power line that feeds its masts; when absent, a mobile network depends on every line
---@field covers? string[] 只在这些地点及其周边 800 米内可用，省略为全域可用 / works only at these places and up to 800 m around them; everywhere when absent
---@field dead? table 信号盲区：多边形的列表，每个为 { {x, y}, .. }，3 至 64 个角点 / where it does not work: a list of areas { {x, y}, .. } of 3 to 64 corners

---@class scenario.agencies
---@field id string 标识 / id
---@field title scenario.title 名称 / title
---@field admin? "city"|"district"|"town"|"unit"|string 层级：市、区、镇街、企业（社区） / tier: city, district, town, enterprise or village
---@field parent? string 上级单位，向其上报 / agency that it reports to
---@field played? boolean 由参演人员担任；否则由程序模拟 / a seat in the room; else simulated
---@field place? string 办公地点 / where its people sit
---@field sign? string 地图上的一个字，省略为名称首字 / one character on the map; the first of its title
---@field levels? table 有权启动的响应级别，如 { 3, 4 } / response levels it may start, as { 3, 4 }
---@field colours? ("none"|"red"|"orange"|"yellow"|"blue"|string)[]|string 有权发布的预警颜色 / government warnings it may publish
---@field commands? boolean 有权设指挥部、明确总指挥、批准方案 / may set up the post, name the commander, approve the plan
---@field read? string|number 模拟单位收文所需时间 / time a simulated agency takes to read
---@field act? string|number 模拟单位办理所需时间 / time a simulated agency takes to act
---@field staff? integer 可同时办理的请求数 / requests it can work on at once
---@field channels? string[] 拥有的通信手段，按使用次序；省略为除广播、铜锣外的全部 / channels it has, in order of use; all but broadcast and gong when absent
---@field posts? scenario.posts[] 职务，按叫应次序；姓名、电话可省略，写则须为虚构 / its posts in the order in which they are called; names and phones are optional and must be invented

---@class scenario.services
---@field id string 标识 / id
---@field title scenario.title 事项名称 / title
---@field agency string 由谁提供 / who provides it
---@field effect? "none"|"team"|"channel"|"power_cut"|"power_back"|"brief"|"close"|"bus"|string 办结后的作用：无、队伍可用、恢复通信、断电、送电、通报情况、封路、客车 / what it does once carried out
---@field channel? string 作用于哪种通信手段 / the channel it acts on
---@field line? string 作用于哪条线路 / the line it acts on
---@field road? string 作用于哪条道路 / the road it acts on
---@field read? string|number 收文时间，省略同该单位 / time to read; the agency's own when absent
---@field act? string|number 办理时间，省略同该单位 / time to act; the agency's own when absent
---@field daylight? boolean 夜间不办理 / refused at night
---@field wind_max? number 风速超过此值不办理，0 为不限 / refused above this wind; 0: no limit, m/s
---@field once? boolean 办理中再次请求算重复 / a second request while one is open is a duplicate
---@field buses? integer 转移群众的客车数 / vehicles for moving people, 辆
---@field free_from? string|number 此前力量另有任务，请求会被退回（力量已用尽） / committed elsewhere until then: requests are refused, nobody free
---@field shares? string[] 由同一批人办理的其他事项：其中一件在办或已办，其余会被退回 / services done by the same people: while one is in hand or done the others are refused

---@class scenario.teams
---@field id string 标识 / id
---@field title scenario.title 名称 / title
---@field agency string 所属单位 / whom it belongs to
---@field kind "fire_rescue"|"militia"|"volunteer"|"police"|"medical"|"power"|"comms"|"helicopter"|"engineer"|"transport"|"other"|"fire_pro"|"fire_semi"|string 类别 / kind
---@field people integer 人数 / people, 人
---@field vehicles? integer 车辆 / vehicles, 辆
---@field home string 驻地 / where it is at home
---@field muster? string|number 白天集结时间 / time to muster by day
---@field muster_night? string|number 夜间集结时间，省略为白天的 2 倍 / by night; twice the time by day when absent
---@field outside? boolean 外援，不熟地形，需向导、电台、地图 / does not know the ground: needs guide, channel and map
---@field service? string 该协同事项办结后才可用 / available only once this service was carried out
---@field unasked? boolean 自发前来的志愿者，由注入引入 / volunteers who come by an inject
---@field flies? boolean 空中力量，省略时直升机为是 / flies; yes for a helicopter when absent
---@field tasks? ("standby"|"recon"|"evacuate"|"cordon"|"medical"|"comms"|"power"|"water"|"rescue"|"support"|"rest"|"line"|"attack"|"mopup"|"guard"|"drop"|"burnout"|string)[]|string 能执行的任务，省略时按类别 / tasks it can do; by kind when absent
---@field shift? string|number 连续工作至疲劳的时间 / works so long before it is exhausted
---@field walk_ms? number 山地步行速度 / speed on foot in hills, m/s
---@field line_mh? number 全队每小时开设隔离带 / metres of line an hour, whole crew, m/h
---@field line_width_m? number 开设宽度 / width of its line, m
---@field attack_mh? number 全队每小时扑灭火线 / metres of front put out an hour, m/h
---@field flame_limit_m? number 火焰高于此值不直接扑打 / direct attack only below, m
---@field wind_limit_ms? number 10 米风速高于此值不直接扑打，0 为不限（风力灭火机 5.5，即 4 级以下；空中力量省略时为 14，假定） / direct attack only below this wind at 10 m; 0: no limit (blowers 5.5, below force 4; aircraft 14 when absent, assumed), m/s
---@field water_l? integer 携带水量，0 为不带水 / water carried; 0: none, L

---@class scenario.groups
---@field id string 标识 / id
---@field title scenario.title 名称 / title
---@field lead string 预案规定的牵头单位 / leading agency by the plan
---@field members? string[] 成员单位 / members

---@class scenario.supplies
---@field id string 标识 / id
---@field title scenario.title 名称 / title
---@field unit? scenario.title 计量单位 / unit
---@field person_day? number 安置点每人每天消耗，0 为不消耗 / units a day for each person in a shelter; 0: none
---@field crew_day? number 作业人员每人每天从所在地库存消耗，0 为自带 / units a day for each person at work, from what lies at the place; 0: they bring their own
---@field tasks? ("standby"|"recon"|"evacuate"|"cordon"|"medical"|"comms"|"power"|"water"|"rescue"|"support"|"rest"|"line"|"attack"|"mopup"|"guard"|"drop"|"burnout"|string)[]|string 哪些任务消耗它，省略为全部 / tasks that take it; all when absent
---@field carry? string|number 队伍随身可用多久，省略为不会用尽 / crews carry enough for so long; when absent they never run out
---@field without? "slow"|"stop"|"harm"|string 用尽后：效率减半、停下待补、后撤且高温下有人倒下（安置点也有人病倒） / a crew without: works at half its rate, stops till it comes, or falls back and in the heat people collapse (in shelters they fall ill)

---@class scenario.stock
---@field place string 储备点 / depot
---@field supply string 物资 / supply
---@field count integer 数量 / how many
---@field owner? string 所有单位，省略时各单位均可调出 / whose it is; when absent anybody may send from it
---@field custodian? string 保管单位 / who keeps it
---@field good_for? string|number 自演练开始起的剩余保质期，省略为不过期 / usable so long after the start; when absent it keeps

---@class scenario.assets
---@field id string 标识 / id
---@field title scenario.title 名称 / title
---@field kind "barrier"|"door"|"gate"|"pump"|"fan"|"exit"|"stair"|string 类别 / kind
---@field holder string 管理单位 / agency whose it is
---@field place? string 所在地点 / place where it stands
---@field at? number[] 位置，省略为所在地点的位置 / position; that of its place when absent, m
---@field level? integer 所在水平或楼层，地面为 0 / level of the mine or storey; 0 at the surface
---@field path? table 不是一个点时的折点 { {x, y}, .. }，2 至 64 个 / its corners when it is no point, { {x, y}, .. }, 2 to 64
---@field remote? string 遥控所用的通信手段，省略为只能现场手动 / channel by which its holder sets it from the desk; by hand alone when absent
---@field setting? string 开始时的状态，如 "60%"、"closed"；省略为该类别的第一种，按百分比的为 0% / how it is set at the start, as "60%" or "closed"; the first of its kind, or 0%, when absent
---@field hands? string|number 现场手动所需时间，省略按类别 / time it takes by hand; its kind's when absent

---@class scenario.injects
---@field id string 标识 / id
---@field title scenario.title 名称 / title
---@field message? scenario.title 告知席位的原话 / what the seats are told, in words
---@field at? string|number 按时触发的时刻 / fires at this moment
---@field when? function 态势触发：function(s) 返回真时 / fires when function(s) says so
---@field true_if? function 所述是否属实：function(s)；到触发时返回假则暂缓，由导调决定 / whether what it states is true: function(s); when it says false at the moment of firing the inject is held for the facilitator
---@field on_order? table 决策触发：有这样的指令时 { verb = .. } / fires when such an order is given
---@field absent? table 决策触发：到 by 时仍无这样的指令 / fires when no such order was given by `by`
---@field by? string|number absent 的截止时刻 / the moment for absent
---@field unanswered? string 决策触发：该协同请求超过 within 无答复 / fires when a request for it is open longer than `within`
---@field within? string|number unanswered 的时限 / the limit for unanswered
---@field after? string 连锁触发：该注入之后 / comes after that inject
---@field delay? string|number 触发后再过多久 / so long after the trigger
---@field to? string[] 告知哪些单位 / agencies that are told
---@field channel? string 经何种手段，省略为导调口头告知 / by which means; the facilitator tells when absent
---@field guidance? scenario.title 给导调的提示 / for the facilitator
---@field expected? scenario.title 预期行动 / what is expected of the seats
---@field chain? scenario.chain[] 预期处置链：按次序写明谁在多久内接报、决策、处置、报告 / what is expected to follow, step by step: who receives, decides, acts, reports, and how soon
---@field objective? string 检验的演练目标 / objective it tests
---@field effects? table 情景指令 { "world outage mobile for=90min", .. }，时间自触发起算 / orders of the world; times count from the firing
---@field decide? boolean 须当场决策，可暂停时钟 / the clock may hold for a decision

---@class scenario.objectives
---@field id string 标识 / id
---@field title scenario.title 演练目标 / objective
---@field weight? number 权重，相对值 / weight, relative

---@class scenario.plan
---@field id string 标识 / id
---@field text scenario.title 条款内容 / what the clause says
---@field who? string 责任单位，省略为任一单位 / who must act; any when absent
---@field order? table 履行条款的指令 { verb = .. }，与 event 二选一 / the order that meets it { verb = .. }; this or event
---@field event? string 履行条款的事件，如 "level_started" / the event that meets it
---@field trigger_event? string 开始计时的事件，省略为演练开始 / event that starts its clock; else the start
---@field trigger_inject? string 开始计时的注入 / inject that starts its clock
---@field within? string|number 时限，省略为演练全程 / time limit; the whole drill when absent
---@field depends? string[] 须先履行的条款 / clauses that must be met before
---@field needs? table 履行所需的力量，不具备时不归咎于人 / what it takes; without it nobody is blamed
---@field source? string 出处 / where the plan says so

---@class scenario.assumptions
---@field text scenario.title 假定 / what is assumed
---@field mark? string 出处，或 U 未核实 / source, or U: unverified

---@class scenario.report_limits
---@field text scenario.title 规定 / what the rule says
---@field from string 报送单位 / who must report
---@field to string 报送对象 / to whom
---@field form "first"|"update"|"final"|string 初报、续报、核报 / form of the report
---@field trigger_event? string 开始计时的事件 / event that starts its clock
---@field trigger_inject? string 开始计时的注入 / inject that starts its clock
---@field within string|number 时限 / time limit
---@field source string 出处；未核实的以 U 开头 / source; begin with U when unverified

---@class scenario.phases
---@field id string 标识 / id
---@field title scenario.title 阶段名称 / title
---@field from? string|number 开始的时刻，与 after 二选一 / begins at this moment; this or after
---@field after? string 或自该注入触发时开始 / or begins when that inject fires
---@field room? string|number 室内用时预算，省略为不限 / time the room may take for it; no budget when absent
---@field questions? scenario.title[] 向各席位提出的问题，至多 3 个 / questions put to the seats, at most 3
---@field seats? string[] 依次发言的单位 / agencies that speak, in order
---@field injects? string[] 属于本阶段的注入 / injects that belong to it
---@field decision? scenario.title 进入下一阶段前须作出的决定 / what must be decided before the next begins

---@class scenario
---@field meta scenario.meta
---@field map scenario.map
---@field views? table<string, scenario.views>
---@field nodes? scenario.nodes[]
---@field places? scenario.places[]
---@field roads? scenario.roads[]
---@field lines? scenario.lines[]
---@field channels? scenario.channels[]
---@field agencies? scenario.agencies[]
---@field services? scenario.services[]
---@field teams? scenario.teams[]
---@field groups? scenario.groups[]
---@field supplies? scenario.supplies[]
---@field stock? scenario.stock[]
---@field assets? scenario.assets[]
---@field injects? scenario.injects[]
---@field objectives? scenario.objectives[]
---@field plan? scenario.plan[]
---@field assumptions? scenario.assumptions[]
---@field report_limits? scenario.report_limits[]
---@field phases? scenario.phases[]
---@field api integer
---@field weather scenario.weather[]
---@field hazards table
---@field indicators? scenario.indicators[]
---@field on? table<string, fun(e: table, s: truth)>
---@field bots? string[]

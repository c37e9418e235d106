#!/bin/sh
# Protects that any hazard plugs in: the toy (toy.c, at most 200 lines, linked here alone) brings words, a thing that can be set, a
# layer, a measure, a topic and a way of moving, and is walked from the order as it is typed to log, legend, curve and report, in
# both languages, by the program's own commands. Nothing outside toy.c names it.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=${B:-build/release}/tests/toy/tuiyan
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0
check() { # name, command
    name=$1
    shift
    if "$@" >"$work/said" 2>&1; then echo "ok toy_$name"; else
        echo "not ok toy_$name"
        head -5 "$work/said"
        status=1
    fi
}
has() { grep -qE -- "$2" "$work/$1"; }
hasnt() { ! has "$1" "$2"; }
run() { # drill, orders on standard input
    cat >"$work/orders"
    "$T" run tests/data/toy --orders "$work/orders" -o "$work/$1.drill" --json >"$work/$1.json" 2>"$work/$1.err"
}
cm() { sed -n '/"measures"/,/}/s/.*"snow_cm": \([0-9.]*\).*/\1/p' "$work/$1.json"; }

check is_small test "$(wc -l <tests/toy/toy.c)" -le 200
check stands_alone test -z "$(grep -rliE '\bsnow|积雪|plough|铲雪' engine assets scenarios || true)"
check passes_check "$T" check tests/data/toy

# Typed in Chinese and in English; one order comes when the snow is too deep for it.
run acted <<'ORDERS'
00:02 公路站 撒融雪剂
00:03 roads dispatch plough_1 to pass task=plough
00:05 公路站 设置 一号加热段 加热
00:30 公路站 调派 滑雪巡护队 到 山顶小屋 任务=搜救
ORDERS
run idle </dev/null
for lang in zh en; do "$T" log "$work/acted.drill" --lang $lang >"$work/log.$lang"; done
"$T" log "$work/idle.drill" --lang zh >"$work/idle.zh"
check verb_is_said has log.zh '公路站：撒融雪剂'
check event_is_said has log.zh '垭口积雪 [0-9.]+ 厘米'
check event_is_said_in_english has log.en '[0-9.]+ cm of snow on the pass'
check task_is_said has log.en 'Plough crew started: plough'
check topic_is_reported has log.zh '铲雪队报告：积雪深度约 [0-9.]+ cm'
check asset_is_set has log.zh '一号加热段已设为加热'
check mode_takes_over has log.zh '滑雪巡护队自垭口村继续前进'
check mode_arrives has log.zh '滑雪巡护队到达山顶小屋'
check road_is_cut_when_nobody_acts has idle.zh '盘山路被.*阻断'
check road_stays_open_when_they_do hasnt log.zh '盘山路被.*阻断'
check measure_moves awk -v a="$(cm acted)" -v i="$(cm idle)" 'BEGIN {exit !(a != "" && i > 17 && a + 5 < i)}'

run deep <<'ORDERS'
00:02 公路站 撒融雪剂
00:25 公路站 调派 铲雪队 到 垭口村 任务=铲雪
01:25 公路站 撒融雪剂
ORDERS
"$T" log "$work/deep.drill" --lang zh >"$work/deep.zh"
check task_stops_for_its_reason has deep.zh '铲雪队停止铲雪：积雪过深'
"$T" run tests/data/toy --orders "$work/orders" --lang zh >"$work/deep.run" 2>&1
check rule_refuses_for_its_reason has deep.run '撒融雪剂.*积雪过深'
# Without the heated stretch there is more; without ploughing there is more still: each of them counts.
run unheated <<'ORDERS'
00:03 roads dispatch plough_1 to pass task=plough
ORDERS
check every_part_counts awk -v a="$(cm acted)" -v u="$(cm unheated)" -v d="$(cm deep)" 'BEGIN {exit !(a < u && u < d)}'

for view in facilitator curves projector; do "$T" ui "$work/acted.drill" --view $view --lang zh --screenshot "$work/$view.txt" >/dev/null 2>&1; done
check curve_in_the_window has curves.txt '^figure .*积雪深度'
check headline_for_the_room has projector.txt '积雪深度'
"$T" ui tests/data/toy --lang zh --screenshot "$work/start.txt" >/dev/null 2>&1
for lang in zh en; do
    "$T" report "$work/acted.drill" -o "$work/report" --lang $lang >/dev/null 2>&1
    mv "$work/report/report.html" "$work/report.$lang"
done
check legend_in_the_report has report.zh 'alt="[^"]*积雪, cm：[0-9]+ 厘米以上'
check legend_in_english has report.en 'alt="[^"]*Snow, cm: [0-9]+ cm and more'
check curve_in_the_report has report.zh '<figure><img alt="积雪深度"'
check loss_in_the_report has report.en 'depth of snow'
check log_in_the_report has report.en 'cm of snow on the pass'
check replays_to_the_bit "$T" verify "$work/acted.drill"
"$T" api --lang zh >"$work/api"
check manual_has_its_words has api '`salt` 撒融雪剂'
# A scenario without snow does not know its words; one with it does not know the forest fire's.
printf '00:02 district salt\n' >"$work/orders"
"$T" run tests/data/small --orders "$work/orders" --lang zh >"$work/other" 2>&1
check its_verb_stays_at_home has other '“salt”不是指令'
printf '00:02 公路站 调派 铲雪队 到 垭口村 任务=直接扑打\n' >"$work/orders"
"$T" run tests/data/toy --orders "$work/orders" --lang zh >"$work/other" 2>&1
check others_tasks_stay_away has other '“直接扑打”'
exit $status

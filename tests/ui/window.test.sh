#!/bin/sh
# Protects the window as a facilitator uses it, for real under a virtual display: start, run, a typed Chinese order, an order in two
# clicks, an inject fired by hand, a correction, the second window, the end with its score. Each act is looked up in the drill file.
# SHOTS=DIR keeps a picture after each act.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=$PWD/${B:-build/release}/tuiyan
for tool in Xvfb xdotool sqlite3; do
    command -v $tool >/dev/null || { echo "not ok window_needs_$tool"; exit 1; }
done
work=$(mktemp -d) || exit 3
status=0
display=:$((90 + $$ % 900))
Xvfb $display -screen 0 1366x768x24 >/dev/null 2>&1 &
xvfb=$!
DISPLAY=$display
export DISPLAY
app=
trap 'kill $app 2>/dev/null; kill $xvfb 2>/dev/null; rm -rf "$work"' EXIT
cp -r scenarios "$work/"
here=$PWD
cd "$work" || exit 3
D=$work/drills/forest_fire-1.drill

# Waits until a command says so; at most 15 s.
until_true() {
    for _ in $(seq 1 150); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    return 1
}
shot() {
    [ -n "${SHOTS:-}" ] && command -v import-im6 >/dev/null && import-im6 -window root "$here/$SHOTS/$1.png"
}
check() { # name, command: waits for it
    name=$1
    shift
    if until_true "$@"; then echo "ok window_$name"; else
        echo "not ok window_$name"
        status=1
    fi
    shot "$name"
}
# The log of a drill that is open is read from a copy: the program holds the file.
has() { # table-or-view pattern
    rm -f "$work"/look.drill*
    cp "$D" "$work/look.drill" && cp "$D-wal" "$work/look.drill-wal" 2>/dev/null
    sqlite3 "$work/look.drill" "SELECT coalesce(zh, '') || ' ' || coalesce(en, '') FROM $1" | grep -q "$2"
}
clicks() { # x y
    xdotool mousemove "$1" "$2"
    sleep 0.15
    xdotool click 1
    sleep 0.25
}
keys() {
    xdotool key --delay 30 "$@"
    sleep 0.2
}
types() {
    xdotool type --delay 15 "$1"
    sleep 0.3
}

until_true xdotool getmouselocation
"$T" ui --lang zh >"$work/out" 2>&1 &
app=$!
# Without a window manager nothing gives the keyboard to the window.
windows() { xdotool search --onlyvisible --class tuiyan 2>/dev/null; }
opened() { [ "$(windows | wc -l)" -ge "$1" ]; }
focus() { xdotool windowfocus "$(windows | head -1)" 2>/dev/null; }
check opens opened 1
focus
sleep 0.5
shot start
clicks 1063 215 # begin the scenario
check begins_a_drill test -f "$D"
sleep 0.7
keys F6 F6 F6 # three steps
check steps has v_event '群众报警'
keys F2
types '区森防指 启动响应 四级 要素=响应事项+级别+预计期限+应急处置措施'
keys Return
check takes_a_chinese_order has v_order '区森防指：启动响应 四级'
keys F2
types 'forestry level 2'
keys Return
check says_a_refusal has v_refusal '无权'
keys ctrl+a
clicks 1320 712 # clear
clicks 200 210 # an inject in the list
clicks 46 430  # fire it
check fires_an_inject has v_order '导调：注入'
keys F6
keys F4
clicks 1090 106 # the first team in the list
sleep 0.2
shot team_chosen
clicks 445 485  # its task: direct attack
clicks 713 450  # a place on the map
check gives_an_order_in_two_clicks has v_order '区林业局：调派 区专业队一中队 到'
keys Escape F6
keys F4 F4 F4 # back to the log
clicks 1080 107 # its filter
clicks 1080 158 # only orders
sleep 0.2
clicks 1180 145 # the first order
shot order_chosen
clicks 1270 107 # correct it
keys ctrl+a
types ''
shot correcting
keys Return # what it would change
sleep 0.6
shot preview
keys Return
corrected() {
    rm -f "$work"/look.drill*
    cp "$D" "$work/look.drill" && cp "$D-wal" "$work/look.drill-wal" 2>/dev/null
    [ "$(sqlite3 "$work/look.drill" "SELECT count(*) FROM v_line WHERE reason LIKE '更正%'")" -ge 1 ]
}
check corrects_an_order corrected
keys F10
check opens_the_second_window opened 2
focus
sleep 0.3
keys F9
shot english
keys F9
keys F5
sleep 1.5
keys F5
ran() {
    rm -f "$work"/look.drill*
    cp "$D" "$work/look.drill" && cp "$D-wal" "$work/look.drill-wal" 2>/dev/null
    [ "$(sqlite3 "$work/look.drill" 'SELECT count(*) FROM v_step')" -ge 6 ]
}
check runs ran
kill $app
wait $app 2>/dev/null
# Killed in mid-drill: nothing acknowledged is lost, and it goes on.
check keeps_what_was_acknowledged "$T" verify "$D"
"$T" ui "$D" --lang zh --seconds 25 >"$work/out2" 2>&1 &
app=$!
until_true opened 1
focus
sleep 1
clicks 1235 24 # end
scored() {
    rm -f "$work"/look.drill*
    cp "$D" "$work/look.drill" && cp "$D-wal" "$work/look.drill-wal" 2>/dev/null
    sqlite3 "$work/look.drill" 'SELECT count(*) FROM score' | grep -q '^[1-9]'
}
check ends_with_a_score scored
exit $status

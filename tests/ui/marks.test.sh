#!/bin/sh
# Protects marking as an expert does it, with real keys under a virtual display, while the drill runs: a set chosen, an evaluator named, a
# mark, a deduction with its comment, not applicable, not observed, a clause of the plan ticked and given. Each is looked up in the file.
# SHOTS=DIR keeps a picture after each act.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=$PWD/${B:-build/release}/tuiyan
for tool in Xvfb xdotool sqlite3; do
    command -v $tool >/dev/null || { echo "not ok marks_need_$tool"; exit 1; }
done
work=$(mktemp -d) || exit 3
status=0
display=:$((1000 + $$ % 900))
Xvfb $display -screen 0 1366x768x24 >/dev/null 2>&1 &
xvfb=$!
DISPLAY=$display
export DISPLAY
app=
trap 'kill $app 2>/dev/null; kill $xvfb 2>/dev/null; rm -rf "$work"' EXIT
D=$work/a.drill
here=$PWD

until_true() { # a command; at most 15 s
    for _ in $(seq 1 150); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    return 1
}
check() { # name, command: waits for it
    name=$1
    shift
    if until_true "$@"; then echo "ok marks_$name"; else
        echo "not ok marks_$name"
        status=1
    fi
    [ -n "${SHOTS:-}" ] && command -v import-im6 >/dev/null && import-im6 -window root "$here/$SHOTS/marks_$name.png"
    return 0
}
says() { # SQL, what it must give; the program holds the file, so a copy is read
    rm -f "$work"/look.drill*
    cp "$D" "$work/look.drill" && cp "$D-wal" "$work/look.drill-wal" 2>/dev/null
    [ "$(sqlite3 "$work/look.drill" "$1")" = "$2" ]
}
keys() {
    xdotool key --delay 40 "$@"
    sleep 0.2
}
types() {
    xdotool type --delay 15 "$1"
    sleep 0.3
}
clicks() { # x y
    xdotool mousemove "$1" "$2"
    sleep 0.15
    xdotool click 1
    sleep 0.25
}

until_true xdotool getmouselocation
"$T" ui scenarios/forest_fire -o "$D" --lang zh >"$work/out" 2>&1 &
app=$!
opened() { xdotool search --onlyvisible --class tuiyan; }
check opens opened
xdotool windowfocus "$(opened | head -1)" 2>/dev/null
sleep 0.5
keys F5 # runs at 60 drill seconds a second
keys F11
clicks 496 211 # the second: the set for tabletop drills
check opens_a_set says "SELECT count(*) FROM v_entry WHERE kind = 'open'" 1
sleep 0.4
types e1 # the form for the first evaluator is open
keys Tab
types '王建国'
keys Return
check names_an_evaluator says "SELECT name FROM v_evaluator" 王建国
sleep 0.5
keys F5 # it was held at a decision; on
keys 1
check marks_by_a_key says "SELECT item || ' ' || value FROM v_mark" 'B1.1 yes'
keys Tab
keys 2 # a deduction: refused until there is a word
sleep 0.4
types '没有量化'
keys Return
check takes_a_deduction_with_its_comment says "SELECT item || ' ' || value || ' ' || comment FROM v_mark WHERE item = 'B1.2'" 'B1.2 no 没有量化'
keys Tab
keys o
check not_observed says "SELECT value FROM v_mark WHERE item = 'B1.3'" not_observed
keys Tab
keys c
types 'n is for another scene'
keys Return
keys n
check not_applicable says "SELECT value || ' ' || comment FROM v_mark WHERE item = 'B1.4'" 'na n is for another scene'
on() { says "SELECT count(*) >= 6 FROM v_step" 1; }
check the_drill_goes_on on
keys F11 F11 # back to the map
keys F3 F3 F3 # the plan
clicks 24 168 # the box of the second clause
types '四级'
keys Return
check gives_a_ticked_clause says "SELECT count(*) FROM v_order WHERE zh LIKE '%区森防指：启动响应 四级%'" 1
kill $app
wait $app 2>/dev/null
check keeps_the_marks "$T" mark "$D" sheet e1
check verifies "$T" verify "$D"
exit $status

#!/bin/sh
# Protects the commands as their users meet them: what they print, in both languages, their exit codes and their JSON.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=$PWD/${B:-build/release}/tuiyan
work=$(mktemp -d) || exit 3
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
status=0
small=tests/data/small
D=$work/d.drill

# expect NAME CODE PATTERN COMMAND..: exit code and a line of output (stdout and stderr) that matches
expect() {
    name=$1 code=$2 pattern=$3
    shift 3
    "$@" >"$work/out" 2>"$work/err" </dev/null
    got=$?
    if [ "$got" -eq "$code" ] && { cat "$work/out" "$work/err"; echo; } | grep -qaE -- "$pattern"; then
        echo "ok $name"
    else
        echo "not ok $name"
        echo "exit $got, wanted $code; no line matches: $pattern"
        head -5 "$work/out" "$work/err"
        status=1
    fi
}
valid_json() { # NAME COMMAND..
    name=$1
    shift
    "$@" --json >"$work/out" 2>"$work/err"
    if [ $? -le 1 ] && python3 -c 'import json,sys; [json.loads(l) for l in ([open(sys.argv[1]).read()] if open(sys.argv[1]).read().lstrip()[:1] == "{" and "\n{" not in open(sys.argv[1]).read() else open(sys.argv[1]))]' "$work/out" 2>"$work/py" ||
        { ! command -v python3 >/dev/null && grep -q '^[{[]' "$work/out"; }; then
        echo "ok $name"
    else
        echo "not ok $name"
        head -3 "$work/out" "$work/err" "$work/py"
        status=1
    fi
}

expect overview_zh 0 '桌面推演' "$T" --help --lang zh
expect overview_en 0 'tabletop' "$T" --help --lang en
expect unknown_command 2 "did you mean 'run'" "$T" rnu --lang en
expect unknown_option 2 '选项' "$T" run $small --sede 3 --lang zh
expect missing_argument 2 'usage|argument' "$T" run --lang en
expect bad_number 2 'whole number' "$T" run $small --seed x --lang en
for command in run check replay verify rebuild log score why branch compare report export api ui; do
    expect "help_$command" 0 "tuiyan $command" "$T" $command --help --lang en
    expect "help_zh_$command" 0 '语言' "$T" $command --help --lang zh
done

expect check 0 '通过' "$T" check $small --lang zh
expect run 0 'Total|total|总分' "$T" run $small --bot quick -o "$D" --report "$work/report" --lang en
expect run_never_overwrites 2 'exists' "$T" run $small -o "$D" --lang en
expect unknown_bot 2 'quick' "$T" run $small --bot quik --lang en
expect report_is_there 0 'Drill material' cat "$work/report/report.html"
expect replay 0 'state|状态' "$T" replay "$D" --at 00:30
expect verify 0 'same|一致' "$T" verify "$D" --scripts
expect log_orders 0 '专业队1' "$T" log "$D" --orders --lang zh
expect log_kind 0 'ignition' "$T" log "$D" --kind ignited --lang en
expect score 0 '过火面积' "$T" score "$D" --lang zh
expect why 0 '起火' "$T" why "$D" 36 --lang zh
expect why_unknown 2 '.' "$T" why "$D" 99999
expect branch 0 '2' "$T" branch "$D" --at 00:20 --order 'district shelter town' --note 'what if'
expect compare_lines 0 'burnt|过火' "$T" compare "$D" --line-a 1 --line-b 2 --lang en
expect report 0 'report.html' "$T" report "$D" -o "$work/r2" --lang en
expect rebuild 0 '.' "$T" rebuild "$D"
expect verify_after_rebuild 0 'same|一致' "$T" verify "$D"
expect rescore_is_a_new_version 0 '.' "$T" score "$D" --again
expect two_versions 0 '^[2-9]$' sqlite3 "$D" 'SELECT count(*) FROM score'
expect api 0 'agencies' "$T" api --lang en

# An exported drill played again is the same drill.
"$T" export "$D" >"$work/orders" 2>/dev/null
expect orders_file 0 '.' "$T" run $small --orders "$work/orders" --quiet
hash() { sed -n 's/.*"hash": "\([0-9a-f]*\)".*/\1/p' "$1"; }
"$T" run $small --bot quick --json >"$work/a.json" 2>/dev/null
"$T" run $small --orders "$work/orders" --json >"$work/b.json" 2>/dev/null
sed 's/forestry dispatch pro_1 to ridge/forestry dispatch pro_9 to ridge/' "$work/orders" >"$work/orders.bad"
expect orders_file_with_an_error 2 "pro_1" "$T" run $small --orders "$work/orders.bad" --lang en
printf '00:10 district level 1 elements=matter\n' >"$work/refused"
expect refusal_is_said 0 '没有单位有权启动一级响应' "$T" run $small --orders "$work/refused" --lang zh

for command in "run $small" "replay $D" "verify $D" "score $D" "log $D" "compare $D --line-a 1 --line-b 2" "why $D 36"; do
    valid_json "json_$(echo "$command" | cut -d' ' -f1)" "$T" $command
done

# The window: without a display it says so and offers the terminal; it opens at any size; its pictures need no display.
expect ui_without_a_display 1 'tuiyan run' env -u DISPLAY -u WAYLAND_DISPLAY "$T" ui scenarios/forest_fire --lang zh
for size in 200x150 1366x768 3840x2160; do
    expect "ui_opens_at_$size" 0 '^$' env SDL_VIDEODRIVER=dummy "$T" ui scenarios/forest_fire -o "$work/w$size.drill" --size $size --seconds 1 --projector
done
expect ui_of_a_file_in_use 2 'exists' env SDL_VIDEODRIVER=dummy "$T" ui scenarios/forest_fire -o "$work/w1366x768.drill" --seconds 1 --lang en
expect ui_bad_size 2 '0x0' "$T" ui $small --screenshot "$work/x.png" --size 0x0 --lang en
expect ui_bad_view 2 'nosuch' "$T" ui $small --screenshot "$work/x.png" --view nosuch --lang en
expect ui_picture 0 'PNG' sh -c "$T ui $small --bot quick --at 00:20 --screenshot $work/x.png && head -c 4 $work/x.png"
expect ui_resumes_a_drill 0 'PNG' sh -c "$T ui $D --screenshot $work/y.png --view score && head -c 4 $work/y.png"

# Files that are not what they should be.
printf 'not a drill' >"$work/junk.drill"
expect not_a_drill 2 'not a drill' "$T" log "$work/junk.drill" --lang en
expect no_file 2 'no drill file' "$T" log "$work/none.drill" --lang en
head -c 40000 "$D" >"$work/cut.drill"
expect truncated 2 '损坏|damaged' "$T" verify "$work/cut.drill"
cp "$D" "$work/newer.drill"
sqlite3 "$work/newer.drill" 'PRAGMA user_version = 999'
expect newer_is_refused 2 'newer version' "$T" log "$work/newer.drill" --lang en
# A changed byte of the log is found, and the part before it recovered.
cp "$D" "$work/forged.drill"
sqlite3 "$work/forged.drill" "DROP TRIGGER log_no_update; UPDATE log SET t_ms = t_ms + 1 WHERE id = 40;"
expect forged_log_is_found 2 'chain|链' "$T" verify "$work/forged.drill"
expect intact_part_is_recovered 0 '.' "$T" rebuild "$work/forged.drill" -o "$work/saved.drill"
expect recovered_file_reads 0 '起火' "$T" log "$work/saved.drill" --lang zh
# A disk that fills up in mid-drill: said in words; what was acknowledged can be read.
expect full_disk 2 'disk is full|cannot|failed|写' sh -c "ulimit -f 4000; trap '' XFSZ; exec $T run scenarios/forest_fire --bot textbook -o $work/full.drill --quiet --lang en"
expect full_disk_at_the_start 2 'disk is full|cannot|failed|写' sh -c "ulimit -f 100; trap '' XFSZ; exec $T run scenarios/forest_fire -o $work/never.drill --quiet --lang en"
expect full_disk_leaves_no_half_file 2 'no drill file' "$T" log "$work/never.drill" --lang en
expect full_disk_keeps_what_was_said 0 '起火' "$T" log "$work/full.drill" --lang zh
expect cannot_write 2 '.' "$T" run $small -o /proc/x.drill --quiet
# In use by another program.
cp "$D" "$work/used.drill"
sqlite3 "$work/used.drill" 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; SELECT 1;' '.shell sleep 3' >/dev/null 2>&1 &
holder=$!
sleep 0.5
expect in_use_is_said 2 'another program' "$T" branch "$work/used.drill" --at 00:10 --lang en
kill $holder 2>/dev/null
wait $holder 2>/dev/null
expect log_refuses_updates 19 'append-only' sqlite3 "$D" "UPDATE log SET t_ms = 0"
expect log_refuses_replace 19 'append-only' sqlite3 "$D" "PRAGMA recursive_triggers = ON; REPLACE INTO log SELECT * FROM log WHERE id = 3"
exit $status

#!/bin/sh
# Protects what a scenario says about the room: the course asked for stands in the file, the log and the report; an inject
# that states what is not so is held by a recorded order, replays without Lua, and goes out by hand; phases, posts and
# chains are counted by check and printed in the report. Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
. tests/tools/suite.sh

cd "$work" || exit 3
"$T" new plain --lang en >/dev/null
sed -i 's/at = "2min", to/at = "2min", true_if = function(s) return s.time > 5 end, to/
s/length = "90min"/length = "32min", course = { number = 2, title = T("大风", "strong wind") }/' plain/scenario.lua

out=$("$T" check plain --lang en)
printf '%s\n' "$out" | grep -q '1 that are looked at before they fire'
result check_counts $? "$out"

"$T" run plain --bot do_nothing -o held.drill --quiet --lang en >run.txt 2>&1
out=$("$T" log held.drill --lang en)
printf '%s\n' "$out" | grep -q '^Course: course 2 (strong wind)$'
result course_in_the_log $? "$out"
printf '%s\n' "$out" | grep -q 'inject “a call” held' && ! printf '%s\n' "$out" | grep -q 'inject “a call” ('
result untrue_is_held $? "$out"
"$T" verify held.drill --lang en >verify.txt 2>&1
result held_replays $? "$(cat verify.txt)"

# The same, fired by hand; and true in time.
printf '00:10 facilitator inject call\n' >hand.orders
"$T" run plain --orders hand.orders -o hand.drill --quiet --lang en >run.txt 2>&1
out=$("$T" log hand.drill --lang en --kind inject_fired --json)
printf '%s\n' "$out" | grep -q '"clock": *"15:11'
result by_hand_it_fires $? "$out"
sed 's/s.time > 5/s.time >= 2/' plain/scenario.lua >plain/later.lua && mv plain/later.lua plain/scenario.lua
"$T" run plain --bot do_nothing -o true.drill --quiet --course 3 --lang en >run.txt 2>&1
out=$("$T" log true.drill --lang en --kind inject_fired --json)
printf '%s\n' "$out" | grep -q '"clock": *"15:03'
result true_fires_a_step_later $? "$out"
out=$("$T" log true.drill --lang zh)
printf '%s\n' "$out" | grep -q '^情景走向：第 3 号走向$'
result course_asked_for $? "$out"
"$T" report true.drill -o . --lang zh >report.txt 2>&1
grep -q '情景走向' ./*.html && grep -q '第 3 号走向' ./*.html
result course_in_the_report $? "$(cat report.txt)"
out=$("$T" run plain --course 0 --lang en 2>&1)
[ $? -eq 2 ] && printf '%s\n' "$out" | grep -q 'course'
result course_out_of_range $? "$out"

# A function that is none is refused with its place.
sed -i 's/true_if = function(s) return s.time >= 2 end/true_if = 5/' plain/scenario.lua
out=$("$T" check plain --lang en 2>&1)
[ $? -eq 2 ] && printf '%s\n' "$out" | grep -q 'scenario.lua:[0-9]*: injects\[1\].true_if'
result true_if_must_be_a_function $? "$out"

cd - >/dev/null || exit 3
out=$("$T" check scenarios/forest_fire --lang zh)
printf '%s\n' "$out" | grep -q '阶段 6（室内 150 分钟）'
result forest_fire_has_phases $? "$out"
exit $status

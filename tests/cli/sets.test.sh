#!/bin/sh
# Protects indicator sets as authors and experts meet them: every shipped set passes check and opens in a drill, with a proposal from the
# log where a rule applies; a set that no longer says it is our own is refused; each bad set in tests/data/sets is refused with exit
# code 2, its file, line and what is wrong (the first line of each says which), in both languages. Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
. tests/tools/suite.sh
checks() { # set, projects, items, rules, unverified
    out=$("$T" check --set "$1" --lang en 2>&1)
    printf '%s\n' "$out" | grep -q ": $2 projects, $3 items, $4 with evidence from the log, $5 unverified; nothing wrong found$"
    result "check_$1" $? "$out"
    # A copy without the words calls itself the standard's own table.
    sed 's/自拟指标/评估指标/' "assets/indicators/$1.lua" >"$work/$1.lua"
    line=$(grep -n '^  title = ' "$work/$1.lua" | cut -d: -f1)
    out=$("$T" check "$work/$1.lua" --lang en 2>&1)
    [ $? -eq 2 ] && printf '%s\n' "$out" | grep -q "$1.lua:$line: title: .*must say 自拟指标"
    result "refused_without_its_name_$1" $? "$out"
}
checks tabletop 5 30 16 23
checks live 13 73 37 57
checks preparation 3 28 0 8
checks hseep 8 25 20 0
checks forest_fire 7 41 31 0
checks self 3 10 0 0
checks survey 2 8 0 0

# The set printed in the README is one.
awk '/^```lua$/ {on = 1; next} /^```/ {on = 0} on' assets/indicators/README.md >"$work/printed.lua"
out=$("$T" check "$work/printed.lua" --lang en 2>&1)
printf '%s\n' "$out" | grep -q ': 2 projects, 2 items, 2 with evidence'
result check_of_the_set_in_the_readme $? "$out"

"$T" run tests/data/small --bot quick -o "$work/small.drill" >/dev/null 2>&1
result drill $? "no drill to try the sets on"
for set in tabletop live preparation hseep forest_fire self survey; do
    cp "$work/small.drill" "$work/$set.drill"
    out=$("$T" mark "$work/$set.drill" open "set=$set" --lang en 2>&1 && "$T" mark "$work/$set.drill" evaluator id=e1 name=e1 --lang en 2>&1 &&
        "$T" mark "$work/$set.drill" sheet e1 --lang en 2>&1)
    [ $? -eq 0 ] && ! printf '%s\n' "$out" | grep -q '[（）]'
    result "opens_in_a_drill_$set" $? "$out"
done
# The quick bot starts a level: the set knows how soon, and proposes.
"$T" mark "$work/tabletop.drill" sheet e1 --lang en | grep -A1 '^  B2.2 ' | grep -q 'took [0-9]* min'
result proposes_from_the_log $? "$("$T" mark "$work/tabletop.drill" sheet e1 --lang en | grep -A1 '^  B2.2 ')"
"$T" mark "$work/hseep.drill" mark by=e1 item=planning-3 value=P --lang en >"$work/out" 2>&1
result a_letter_is_a_rating $? "$(cat "$work/out")"

for bad in tests/data/sets/*.lua; do
    want=$(sed -n '1s/^-- expect: //p' "$bad")
    out=$("$T" check "$bad" --lang en 2>&1)
    [ $? -eq 2 ] && [ -n "$want" ] && printf '%s\n' "$out" | grep -q -- "^tuiyan: $want" && [ "$(printf '%s\n' "$out" | wc -l)" -eq 1 ]
    good=$?
    zh=$("$T" check "$bad" --lang zh 2>&1)
    [ $? -eq 2 ] && [ "${zh%%:*}" = tuiyan ] && [ "$zh" != "$out" ] || good=1
    result "refused_$(basename "$bad" .lua)" $good "$out
wanted: $want"
done
exit $status

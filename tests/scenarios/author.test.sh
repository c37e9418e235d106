#!/bin/sh
# Protects authors: the stubs in the tree are those the engine prints, a new scenario passes `check` and its bots come in
# the order it declares, and each kind of bad scenario ends in one line with its place and exit code 2.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=$PWD/${B:-build/release}/tuiyan
status=0
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
is() { # name, exit code wanted, exit code got, what was said
    if [ "$2" -eq "$3" ]; then echo "ok $1"; else
        printf 'not ok %s\n%s: %s\n' "$1" "$3" "$4"
        status=1
    fi
}

"$T" api --stubs >"$work/api.lua"
out=$(diff scenarios/api.lua "$work/api.lua" | head -5)
[ -z "$out" ]
is stubs_are_current 0 $? "write them anew: tuiyan api --stubs >scenarios/api.lua; $out"

(cd "$work" && "$T" new my_fire) >/dev/null 2>&1
out=$("$T" check "$work/my_fire" --lang en 2>&1)
is new_passes_check 0 $? "$out"
out=$("$T" test "$work/my_fire" --lang en 2>&1)
is new_has_its_order 0 $? "$out"
sed -i 's/{ "prompt", "do_nothing" }/{ "do_nothing", "prompt" }/' "$work/my_fire/scenario.lua"
out=$("$T" test "$work/my_fire" --lang en 2>&1)
is wrong_order_is_no 1 $? "$out"
out=$(cd "$work" && "$T" new my_fire 2>&1)
is new_overwrites_nothing 2 $? "$out"
out=$(cd "$work" && "$T" new ../Bad 2>&1)
is new_refuses_a_bad_name 2 $? "$out"

out=$(cd "$work" && "$T" new other --of flud --lang en 2>&1)
is new_lists_its_templates 2 $? "$out"
printf '%s\n' "$out" | grep -q "no template 'flud'; there are: .*fire"
is new_names_its_templates 0 $? "$out"
out=$(cd "$work" && "$T" new other --of ../templates/fire 2>&1)
is new_stays_in_its_templates 2 $? "$out"
for t in assets/templates/*/; do
    t=$(basename "$t")
    (cd "$work" && "$T" new "of_$t" --of "$t") >/dev/null 2>&1
    out=$("$T" check "$work/of_$t" --lang en 2>&1)
    is "template_${t}_passes_check" 0 $? "$out"
    ! grep -rq NAME "$work/of_$t"
    is "template_${t}_has_its_name" 0 $? "$(grep -r NAME "$work/of_$t" | head -3)"
done

refused() { # name, sed script on scenario.lua, pattern of the one line
    rm -rf "$work/s" && cp -r tests/data/small "$work/s"
    [ -z "$2" ] || sed -i "$2" "$work/s/scenario.lua"
    [ "$1" != missing_file ] || rm "$work/s/fuel.asc"
    [ "$1" != no_scenario ] || rm "$work/s/scenario.lua"
    [ "$1" != bytecode_file ] || printf '\033LuaS\000' >"$work/s/scenario.lua"
    [ "$1" != raster_of_wrong_size ] || sed -i '7d' "$work/s/fuel.asc"
    out=$( (ulimit -t 20; "$T" check "$work/s" --lang en) 2>&1)
    code=$?
    lines=$(printf '%s\n' "$out" | wc -l)
    if [ $code -eq 2 ] && [ "$lines" -eq 1 ] && printf '%s\n' "$out" | grep -qE -- "$3"; then echo "ok bad_$1"; else
        printf 'not ok bad_%s\n%s, %s lines: %s\n' "$1" "$code" "$lines" "$(printf '%s\n' "$out" | head -4)"
        status=1
    fi
}
code() { # name, Lua put before the scenario, pattern
    refused "$1" "1i $2" "$3"
}
refused unknown_key 's/ town = / twon = /' "scenario.lua:[0-9]+: meta.twon.*did you mean 'town'"
refused wrong_type 's/people = 30,/people = "thirty",/' 'scenario.lua:[0-9]+: teams\[1\].people'
refused misspelt_id 's/home = "town", muster = "5min", tasks = { "line"/home = "twon", tasks = { "line"/' "scenario.lua:[0-9]+: teams\[1\].home.*'twon'.*did you mean 'town'"
refused unknown_hazard 's/hazards = { fire = {/hazards = { flud = {/' "hazards.flud: there is no hazard 'flud'; there is: .*fire"
refused missing_file '' 'fuel.asc'
refused no_scenario '' 'scenario.lua'
refused raster_of_wrong_size '' 'fuel.asc'
refused cycle_of_injects 's/after = "press", delay = "5min"/after = "rumour", delay = "5min"/' 'scenario.lua:[0-9]+: injects\[4\]'
refused negative_team 's/people = 30,/people = -30,/' 'scenario.lua:[0-9]+: teams\[1\].people'
refused agency_cycle 's/admin = "district", played = true, place = "town",$/& parent = "police",/' 'scenario.lua:[0-9]+: agencies'
refused bytecode_file '' 'scenario.lua'
code loop 'while true do end' 'scenario.lua:1: '
code grows 'local t = {} for i = 1, 1e9 do t[i] = { i } end' 'scenario.lua:1: '
code catches_its_budget 'while true do pcall(function() while true do end end) end' 'scenario.lua:1: '
code rep 'local s = string.rep("x", 1e9)' 'scenario.lua:1: '
code recurses 'local function f() return 1 + f() end f()' 'scenario.lua:1: '
code loads_bytecode 'load("\\27Lua")' 'scenario.lua:1: '
code reaches_for_os 'os.execute("true")' 'scenario.lua:1: '
code reaches_for_io 'io.open("x")' 'scenario.lua:1: '
code syntax 'local = 3' 'scenario.lua:1: '
exit $status

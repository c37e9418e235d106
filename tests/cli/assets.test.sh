#!/bin/sh
# Protects things that can be set, through the whole program: declared and checked with file and line, ordered by the file of
# orders and from a script, said in the log, seen by scripts as they are and as the room knows them, replayed to the same
# state. Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
. tests/tools/suite.sh

cp -R tests/data/small "$work/small"
cd "$work" || exit 3
sed -i 's/^    level_started = /    asset_set = function(e, s)\
      order("forestry state \\"" .. e.asset .. " is " .. s.asset[e.asset].is .. ", was to be " .. s.asset.pump.wish .. "\\"")\
      if e.asset == "bar" then order("forestry set pump on") end\
    end,\
&/' small/scenario.lua
cat >give.orders <<'O'
00:02 district close bar
00:40 区政府 开启 一号栏杆
O
out=$("$T" run small --orders give.orders -o a.drill --quiet --lang en 2>&1)
result runs $? "$out"
out=$("$T" log a.drill --lang en)
printf '%s\n' "$out" | grep -q 'District government ordered Barrier 1 set to closed' &&
    printf '%s\n' "$out" | grep -q 'Barrier 1 was set to closed' && printf '%s\n' "$out" | grep -q 'Barrier 1 was set to open'
result said_in_the_log $? "$out"
printf '%s\n' "$out" | grep -q 'bar is closed, was to be off' && printf '%s\n' "$out" | grep -q 'pump is on, was to be on'
result seen_by_scripts $? "$out"
out=$("$T" verify a.drill --lang en 2>&1)
result replays $? "$out"

sed 's/kind = "pump",/kind = "pump", setting = "reverse",/' small/scenario.lua >s.lua && cp s.lua small/scenario.lua
out=$("$T" check small --lang en 2>&1)
printf '%s\n' "$out" | grep -q "scenario.lua:[0-9]*.*setting.*'reverse' is not one of the choices: off, on"
result bad_setting $? "$out"
sed 's/, setting = "reverse"//; s/kind = "pump"/kind = "pumb"/' s.lua >small/scenario.lua
out=$("$T" check small --lang en 2>&1)
printf '%s\n' "$out" | grep -q "did you mean 'pump'"
result bad_kind $? "$out"
exit $status

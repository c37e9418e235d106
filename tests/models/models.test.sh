#!/bin/sh
# Protects the models against the published figures they were checked with: every case that ships must pass, a
# case that does not fit must fail with exit code 1, and a case that is wrong must be refused with its line.
# Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=${B:-build/release}/tuiyan
status=0
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
ok() { echo "ok $1"; }
fail() {
    printf 'not ok %s\n%s\n' "$1" "$2"
    status=1
}
for file in tests/models/*.lua; do
    name=$(basename "$file" .lua)
    out=$("$T" models "$name" --lang en 2>&1) && ok "$name" || fail "$name" "$(printf '%s\n' "$out" | grep -v '^  pass' | head -20)"
done

sed 's/value = 39.5398/value = 40.5/' tests/models/fire_contain.lua >"$work/off.lua"
out=$("$T" models "$work/off.lua" --lang en 2>&1)
code=$?
if [ $code -eq 1 ] && printf '%s\n' "$out" | grep -q '^  FAIL.*line$' && printf '%s\n' "$out" | grep -q '^2 of 3 pass'; then ok fails; else fail fails "$code $out"; fi

refused() { # name, sed script on fire_line_holds, pattern
    sed "$2" tests/models/fire_line_holds.lua >"$work/$1.lua"
    out=$("$T" models "$work/$1.lua" --lang en 2>&1)
    code=$?
    if [ $code -eq 2 ] && printf '%s\n' "$out" | grep -q -- "$3"; then ok "refused_$1"; else fail "refused_$1" "$code $out"; fi
}
refused model 's/GR2/GR22/' 'model.lua:10.*GR22'
refused wind 's/wind = 5/wind = -3/' 'weather.*-3 is out of range.*0 and 60'
refused moisture 's/dead = 0.06/dead = 4.0/' 'fire.dead: 4 is out of range.*0.6'
refused ignition 's/915, 1215/-10, 1215/' 'off the map'
refused measure 's/event = "hazard_out"/measure = "burned"/' "measures 'burned'"
refused key 's/run = "24h"/rum = "24h"/' "did you mean 'run'"
refused nothing 's/value = 1, abs = 0/abs = 0/' 'value (with abs or rel), or a band'
out=$("$T" models no_such_case --lang en 2>&1)
[ $? -eq 2 ] && ok no_such_case || fail no_such_case "$out"
json=$("$T" models fire_contain --json --lang en | tr -d ' \n')
case $json in *'"case":"fire_contain"'*'"failed":0'*) ok json ;; *) fail json "$json" ;; esac
exit $status

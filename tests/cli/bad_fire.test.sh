#!/bin/sh
# Protects authors of a fire from bad input: each wrong value is refused with exit code 2, its place and what would be
# right. Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=$PWD/${B:-build/release}/tuiyan
status=0
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
refused() { # name, file, sed script, pattern
    rm -rf "$work/s" && cp -r tests/data/small "$work/s"
    sed -i "$3" "$work/s/$2"
    out=$("$T" check "$work/s" --lang en 2>&1)
    code=$?
    if [ $code -eq 2 ] && printf '%s\n' "$out" | grep -q -- "$4"; then echo "ok $1"; else
        printf 'not ok %s\n%s %s\n' "$1" "$code" "$out"
        status=1
    fi
}
refused fuel_code_without_model fuel.asc '10s/^[^ ]*/7/' 'fuel.asc, row 4, column 1: fuel code 7 is not listed'
refused unknown_model scenario.lua 's/model = "GR2"/model = "GR22"/' "no fuel model 'GR22'"
refused moisture_400_percent scenario.lua 's/dem = "dem.asc",/dem = "dem.asc", live_herb = 4.0,/' 'live_herb: 4 is out of range.*0.3 and 3'
refused dead_moisture scenario.lua 's/dem = "dem.asc",/dem = "dem.asc", dead = 4.0,/' 'dead: 4 is out of range'
refused wind_below_nought scenario.lua 's/wind = 4/wind = -3/' 'weather.1..wind: -3 is out of range.*0 and 60 m/s'
refused hole dem.asc '10s/^[^ ]*/-9999/' 'dem.asc, row 4, column 1 has no data'
refused degrees dem.asc 's/cellsize 30/cellsize 0.0003/' 'no grid in degrees'
refused projection dem.asc 's/xllcorner 0/xllcorner 571200/' 'another projection or extent'
refused shape dem.asc 's/ncols 100/ncols 50/; s/nrows 100/nrows 200/' 'does not fit the fuel grid'
refused no_number dem.asc '10s/^[^ ]*/abc/' "row 4, column 1: 'abc' is not a number"
refused ignition_off_the_map scenario.lua 's/at = { 900, 1500 }/at = { -900, 1500 }/' 'ignition at (-900, 1500) is not on fuel'
refused ignition_in_water scenario.lua 's/{ code = 1, model = "GR2", class = "grass" }/{ code = 1, model = "none", class = "water" }/' 'not on fuel: it is off the map, in water'
refused line_off_the_map scenario.lua 's/{ 1900, 1200 }/{ 1900, 9200 }/' 'lines.1..points.1.: the point (1900, 9200) lies off the map'
refused crown_below_base scenario.lua 's/model = "GR2"/model = "GR2", canopy = 5, crown_base = 6/' 'canopy (5.0 m) must be higher'
refused misspelt_key scenario.lua 's/dem = "dem.asc",/dem = "dem.asc", spoting = 1,/' "did you mean 'spotting'"
# A fire that reaches the edge says so.
sed 's/{ at = { 900, 1500 }/{ at = { 60, 1500 }/' tests/data/small/scenario.lua >"$work/scenario.lua"
rm -rf "$work/s" && cp -r tests/data/small "$work/s" && cp "$work/scenario.lua" "$work/s/scenario.lua"
out=$("$T" run "$work/s" --lang en 2>&1)
if printf '%s\n' "$out" | grep -q 'reached the edge of the map'; then echo "ok says_edge"; else
    printf 'not ok says_edge\n%s\n' "$(printf '%s\n' "$out" | tail -5)"
    status=1
fi
exit $status

#!/bin/sh
# Protects `tuiyan calc` as a user meets it: the list, the description, results with units, JSON, and refusals
# with exit code 2 that say what would be right. Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=${B:-build/release}/tuiyan
status=0
is() { # name, expected, got
    if [ "$2" = "$3" ]; then echo "ok $1"; else
        printf 'not ok %s\n  expected: %s\n  got: %s\n' "$1" "$2" "$3"
        status=1
    fi
}
says() { # name, exit code, pattern, arguments..
    name=$1 want=$2 pattern=$3
    shift 3
    out=$("$T" "$@" 2>&1)
    code=$?
    printf '%s\n' "$out" | grep -q -- "$pattern" && found=yes || found="no: $out"
    is "$name" "$want yes" "$code $found"
}
says lists 0 '^  fire.rothermel' calc --lang en
says lists_in_chinese 0 '王正非' calc --lang zh
says describes 0 'dead_1h .*0 to 1; default 0.06' calc fire.rothermel --lang en
says rate_of_gs4 0 '^rate  *0.1900559 m/s' calc fire.rothermel fuel=GS4 wind=2.2352 slope=30% --lang en
says option_form 0 '^force  *5  *(' calc fire.wind --wind 8 --lang en
says spread_has_both 0 '^wang_rate' calc fire.spread fuel=GR4 temp=35 humidity=20 wind=8 --lang en
says no_formula 2 "did you mean 'fire.spread'" calc fire.spred --lang en
says no_formula_zh 2 '您是否指' calc fire.spred --lang zh
says wet_fuel 2 '0.3 to 3 ' calc fire.rothermel fuel=GR1 woody=400% --lang en
says wind_below_nought 2 'wind=-3 is out of range; 0 to 40 m/s' calc fire.rothermel fuel=GR1 wind=-3 --lang en
says no_such_fuel 2 "did you mean 'GR9'" calc fire.rothermel fuel=GR99 --lang en
says no_table 2 'takes no table' calc fire.flame "$0" --lang en
says missing 2 'lacks the parameter fuel' calc fire.rothermel wind=1 --lang en
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
printf '# a field of 200 m by 300 m\n0 0\n200, 0\n200;300\n0 600/2\n' >"$work/points"
says table_from_file 0 '^area  *6 ha' calc fire.outline "$work/points" --lang en
table() { # text of a table from standard input; its answer in English
    printf '%s' "$1" | "$T" calc fire.outline - --lang en 2>&1
}
is table_from_input 'area                   0.5 ha  (area)' "$(table '0 0
100 0
0 100' | head -1)"
is table_ragged 'tuiyan: -, line 2 has 1 values, the lines before it in this table 2; write * for a missing value and an empty line between tables' "$(table '0 0
100
0 100')"
is table_missing 'tuiyan: point 2 is missing; every point needs both coordinates' "$(table '0 0
* 4
0 100')"
says no_file 2 'cannot read .*nowhere' calc fire.outline /nowhere --lang en
json=$("$T" calc fire.flame intensity=500 --json --lang en)
is json_value yes "$(printf '%s' "$json" | tr -d ' \n' | grep -q '"flame":{"value":1.35111978[0-9]*,"unit":"m"}' && echo yes || echo "$json")"
is json_of_the_list yes "$("$T" calc --json | tr -d ' \n' | grep -q '"name":"fire.ellipse"' && echo yes || echo no)"
exit $status

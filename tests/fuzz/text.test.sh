#!/bin/sh
# Protects against strangers' bytes: the corpus as it is and mutated (ROUNDS rounds): order lines, a scenario, a drill file,
# entries of an assessment, indicator sets.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
rounds=${ROUNDS:-200}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0
check() { # name, rounds, arguments
    name=$1
    ROUNDS=$2
    export ROUNDS
    shift 2
    if timeout 1800 "$B/tests/fuzz/text" "$@" >"$work/out" 2>&1; then
        echo "ok fuzz_$name"
    else
        echo "not ok fuzz_$name"
        tail -20 "$work/out"
        status=1
    fi
}
"$B/tuiyan" run tests/data/small --bot quick -o "$work/small.drill" --quiet >/dev/null 2>&1 || exit 3
check orders "$rounds" orders tests/fuzz/corpus/orders.txt
check scenario "$rounds" scenario tests/data/small
check drill "$rounds" drill "$work/small.drill"
check entries "$rounds" entries tests/fuzz/corpus/entries.txt
check sets "$rounds" set assets/indicators/forest_fire.lua tests/data/panel/set.lua
exit $status

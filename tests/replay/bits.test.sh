#!/bin/sh
# Protects "same orders, same drill, to the bit": other compilers, optimisation levels, processors with and without FMA,
# locales and time zones give the same hashes. FULL=1 (make soak) tries every combination; else one build of each kind.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
status=0
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT

# Final hash, number of orders and score of three drills played by one build.
play() { # program
    for drill in "tests/data/small quick 1" "tests/data/small quick 7" "scenarios/forest_fire textbook 1"; do
        set -- "$1" $drill
        [ -f "$2/scenario.lua" ] || continue
        "$1" run "$2" --bot "$3" --seed "$4" --json >"$work/out" 2>"$work/err" || { cat "$work/err"; return 1; }
        sed -n 's/.*"hash": "\([0-9a-f]*\)".*/\1/p; s/.*"total": \([0-9.]*\).*/\1/p' "$work/out"
    done
}
compare() { # name, program
    if got=$(play "$2") && [ "$got" = "$want" ]; then
        echo "ok same_hashes_$1"
    else
        echo "not ok same_hashes_$1"
        echo "want $want"
        echo "got $got"
        status=1
    fi
}
build() { # name, make arguments
    name=$1
    shift
    dir=build/bits_$name
    if make --no-print-directory B="$dir" "$@" "$dir/tuiyan" >"$work/build" 2>&1; then
        compare "$name" "$dir/tuiyan"
    else
        echo "not ok same_hashes_$name"
        grep -E 'error|Error' "$work/build" | head -5
        status=1
    fi
}

want=$(play "$B/tuiyan") || { echo "not ok same_hashes"; echo "$want"; exit 1; }
[ -n "$want" ] || { echo "not ok same_hashes"; echo "no hash was printed"; exit 1; }
build clang_O0 CC=clang MODE=debug
if grep -qw fma /proc/cpuinfo 2>/dev/null; then
    build gcc_O2_fma CC=gcc XCFLAGS=-march=haswell
fi
if [ "${FULL:-0}" = 1 ]; then
    build gcc_O0 CC=gcc MODE=debug
    build clang_O2 CC=clang
    build gcc_O3 CC=gcc XCFLAGS=-O3
    grep -qw fma /proc/cpuinfo 2>/dev/null && build clang_O2_fma CC=clang XCFLAGS=-march=haswell
fi
for place in "C UTC0" "C.UTF-8 Asia/Shanghai" "zh_CN.UTF-8 America/New_York"; do
    set -- $place
    LC_ALL=$1 TZ=$2
    export LC_ALL TZ
    compare "locale_$(echo "$1_$2" | tr './-' '___')" "$B/tuiyan"
done
exit $status

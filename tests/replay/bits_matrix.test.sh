#!/bin/sh
# Protects the rules of engine/base/lanes8.h: a vector kernel gives the same bits with gcc and clang, with and without FMA in the
# processor, scalar, SSE2 and AVX2, with 1, 2 and 3 threads, at widths that no lane divides. And that this test would see
# contraction, which is what the rules are against. Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
status=0
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
sources="tests/replay/kernel.c engine/core/world/lanes.c engine/session/lanes.c engine/base/hash.c engine/base/rng.c engine/base/err.c \
engine/base/text.c engine/base/num.c engine/base/catalogue.c engine/base/attr.c engine/base/arena.c"
has() { grep -qw "$1" /proc/cpuinfo 2>/dev/null; }
levels="scalar sse2"
has avx2 && levels="$levels avx2"

compile() { # program, compiler, flags
    out=$1
    cc=$2
    shift 2
    # shellcheck disable=SC2086
    "$cc" -std=c17 -D_GNU_SOURCE -Iengine -Wno-psabi "$@" -o "$out" $sources -lpthread 2>"$work/cc" && return 0
    head -5 "$work/cc"
    return 1
}
try() { # name, compiler, flags
    name=$1
    shift
    compile "$work/$name" "$@" || { echo "not ok kernel_$name"; status=1; return; }
    for level in $levels; do
        for threads in 1 2 3; do
            got=$("$work/$name" "$level" "$threads")
            [ -n "${want:-}" ] || want=$got
            if [ -n "$got" ] && [ "$got" = "$want" ]; then
                echo "ok kernel_${name}_${level}_$threads"
            else
                echo "not ok kernel_${name}_${level}_$threads"
                printf '%s\n' "$got" | head -3
                status=1
            fi
        done
    done
}

try gcc_O0 gcc -O0 -ffp-contract=off
try gcc_O2 gcc -O2 -ffp-contract=off
try clang_O2 clang -O2 -ffp-contract=off
if has fma; then
    try gcc_O3_fma gcc -O3 -march=haswell -ffp-contract=off
    try clang_O3_fma clang -O3 -march=haswell -ffp-contract=off
    compile "$work/fused" gcc -O2 -march=haswell -ffp-contract=fast
    if [ "$("$work/fused" scalar 1)" != "$want" ]; then echo "ok kernel_sees_contraction"; else
        echo "not ok kernel_sees_contraction"
        status=1
    fi
fi
exit $status

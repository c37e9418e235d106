#!/bin/sh
# Compares the result bits of base/num between compilers, optimisation levels and processors with FMA.
# Prints one line a build; ends with "N passed, N failed" and status 1 when any line differs.
set -u
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT

cat >"$dir/driver.c" <<'EOF'
#include <stdio.h>
#include "num_bits.h"
int main(void)
{
    printf("%016llx\n", (unsigned long long)num_bits_checksum());
    return num_bits_checksum() != NUM_BITS_EXPECTED;
}
EOF

passed=0 failed=0
try() {
    name=$*
    command -v "$1" >/dev/null 2>&1 || { echo "skip  $name (not installed)"; return; }
    if "$@" -std=c17 -ffp-contract=off -Iengine -Itests/unit/base -o "$dir/driver" \
        "$dir/driver.c" engine/base/num.c && line=$("$dir/driver"); then
        passed=$((passed + 1)); echo "ok    $line  $name"
    else
        failed=$((failed + 1)); echo "FAIL  ${line:-did not build}  $name"
    fi
}

try gcc -O0
try gcc -O2
try gcc -O3
case $(uname -m) in
x86_64) grep -qw fma /proc/cpuinfo 2>/dev/null && try gcc -O2 -mfma ;;
esac
try gcc -O2 -march=native
try clang -O0
try clang -O2
try clang -O2 -march=native

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

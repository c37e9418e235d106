#!/bin/sh
# A campaign (make soak-aarch64): the same drill on another processor family, under emulation. As root it installs the cross compiler, the
# emulator and four libraries for arm64. Last line: N passed, N failed.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
if ! command -v aarch64-linux-gnu-gcc >/dev/null || [ ! -e /usr/lib/aarch64-linux-gnu/libsqlite3.so ]; then
    dpkg --add-architecture arm64 && apt-get update -q && apt-get install -y -q --no-install-recommends gcc-aarch64-linux-gnu \
        libc6-dev-arm64-cross qemu-user libsqlite3-dev:arm64 liblua5.4-dev:arm64 libxxhash-dev:arm64 libmd-dev:arm64 || exit 3
fi
out=build/aarch64
mkdir -p "$out"
sources=$(ls engine/base/*.c engine/core/*.c engine/hazard/*.c engine/hazard/*/*.c engine/response/*.c engine/eval/*.c engine/script/*.c \
    engine/store/*.c engine/session/*.c)
flags="-std=c17 -D_GNU_SOURCE -ffp-contract=off -fno-math-errno -fno-builtin-exp -fno-builtin-log -fno-builtin-pow -fno-builtin-sin -fno-builtin-cos -Iengine -isystem /usr/include/lua5.4"
want=$("$B/tests/replay/heart") || exit 3
passed=0 failed=0
for level in -O0 -O2; do
    # shellcheck disable=SC2086
    aarch64-linux-gnu-gcc $level $flags -o "$out/heart$level" tests/replay/heart.c $sources -L/usr/lib/aarch64-linux-gnu -llua5.4 -lsqlite3 -lxxhash -lmd -lm -lpthread || exit 3
    got=$(qemu-aarch64 -L /usr/aarch64-linux-gnu -E LD_LIBRARY_PATH=/usr/lib/aarch64-linux-gnu "$out/heart$level")
    if [ "$got" = "$want" ]; then
        passed=$((passed + 1))
        echo "ok aarch64 $level $got"
    else
        failed=$((failed + 1))
        echo "not ok aarch64 $level: $got, here $want"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

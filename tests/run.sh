#!/bin/sh
# Runs every test: the unit test binaries named as arguments, then the shell suites in tests/*/*.test.sh.
# A suite prints "ok NAME" or "not ok NAME" lines. Last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 3
passed=0
failed=0
log=${B:-build/release}/test.log
mkdir -p "$(dirname "$log")"
count() { # name, exit code: counts the TAP-like lines in $log
    good=$(grep -cE '^(\[ +OK +\]|ok )' "$log")
    # cmocka names a failed test twice.
    bad=$(grep -E '^(\[ +FAILED +\] [A-Za-z_0-9]+$|not ok )' "$log" | sort -u | grep -c .)
    # A test that crashed or printed nothing has failed, whatever it counted.
    [ "$2" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
    [ $((good + bad)) -eq 0 ] && bad=1
    passed=$((passed + good))
    failed=$((failed + bad))
    if [ "$bad" -ne 0 ]; then
        echo "FAILED $1 ($good passed, $bad failed)"
        grep -vE '^\[ +(RUN|OK) +\]|^ok ' "$log" | head -40
    else
        echo "ok     $1 ($good)"
    fi
}
for bin in "$@"; do
    "$bin" >"$log" 2>&1 </dev/null
    count "${bin#*/tests/}" $?
done
for suite in tests/*/*.test.sh; do
    [ -e "$suite" ] || continue
    sh "$suite" >"$log" 2>&1 </dev/null
    count "$suite" $?
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

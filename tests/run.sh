#!/bin/sh
# Runs every test: the unit test binaries named as arguments, beside them the shell suites in tests/*/*.test.sh, and last, alone, what
# needs the machine for itself (tests/ui). A suite prints "ok NAME" or "not ok NAME" lines. Last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 3
logs=${B:-build/release}/test-logs
rm -rf "$logs"
mkdir -p "$logs"
count() { # name, exit code, log, totals: counts the TAP-like lines in the log
    good=$(grep -cE '^(\[ +OK +\]|ok )' "$3")
    # cmocka names a failed test twice.
    bad=$(grep -E '^(\[ +FAILED +\] [A-Za-z_0-9]+$|not ok )' "$3" | sort -u | grep -c .)
    # A test that crashed or printed nothing has failed, whatever it counted.
    [ "$2" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
    [ $((good + bad)) -eq 0 ] && bad=1
    echo "$good $bad" >>"$4"
    if [ "$bad" -ne 0 ]; then
        echo "FAILED $1 ($good passed, $bad failed)"
        grep -vE '^\[ +(RUN|OK) +\]|^ok ' "$3" | head -40
    else
        echo "ok     $1 ($good)"
    fi
}
units() {
    for bin in "$@"; do
        "$bin" >"$logs/unit" 2>&1 </dev/null
        count "${bin#*/tests/}" $? "$logs/unit" "$logs/unit.totals"
    done
}
suites() { # log name, files
    log=$1
    shift
    for suite in "$@"; do
        [ -e "$suite" ] || continue
        sh "$suite" >"$logs/$log" 2>&1 </dev/null
        count "$suite" $? "$logs/$log" "$logs/$log.totals"
    done
}
suites beside $(ls tests/*/*.test.sh | grep -v '^tests/ui/') >"$logs/beside.out" &
units "$@"
wait
cat "$logs/beside.out"
suites alone $(ls tests/ui/*.test.sh)
cat "$logs"/*.totals | awk '{good += $1; bad += $2} END {print good + 0 " passed, " bad + 0 " failed"; exit bad > 0}'
